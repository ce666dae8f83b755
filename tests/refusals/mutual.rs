//! Mutual aid: schemes and their terms, who is covered, and claims.

use crate::given::relief::{
    by_bands, by_days, claim, contribute, contributed, contribution, cover, decide, next,
    request_claims, scheme, terms, with_schemes,
};
use crate::given::{
    Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, approve, asks, of, pay, request, reverse,
    yuan,
};
use mingzhang::event::welfare::Beneficiary;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, LATER, after, case};

fn member(id: &str) -> Beneficiary {
    Beneficiary::Member(of(id))
}

fn paid(id: &str, amount: &str) -> [Asked; 3] {
    let [asked, approved] = crate::approved(LATER, id, amount);
    [asked, approved, pay(CASHIER, LATER, id, "bank")]
}

/// m-1 is covered by `bands` in 2025, by the record with this place.
fn covered() -> (Vec<Asked>, u64) {
    let before = with_schemes();
    let receipt = next(&before);
    (after(before, [contribution(FIRST, &["m-1"])]), receipt)
}

/// Two claims of m-1, the second of them decided.
fn claimed() -> Vec<Asked> {
    let claims = [
        claim(LATER, "cl-1", "m-1", "2025-02-01", "6000.00"),
        claim(LATER, "cl-2", "m-1", "2025-02-02", "100.00"),
        decide(LATER, "cl-2", "50.00"),
    ];
    after(covered().0, claims)
}

pub(crate) fn schemes() -> Vec<Case> {
    let opens = |id: &str, fund: &str, item: &str| scheme(LATER, id, fund, item);
    let ordered = |one: Value, other: Value| terms(LATER, &[one, other]);
    let mut fallen = by_bands("bands");
    fallen["bands"][1]["up_to"] = "5000.00".into();
    let contributes =
        |id: &str| contribute(LATER, contributed(LATER, id, &["m-1"], "2025-01-01", "2025-12-31"));
    let benefit = |item: &str| {
        let fields = json!({
            "disbursement": "b-1", "date": LATER, "item": item,
            "lines": [{"to": {"member": "m-1"}, "amount": "60.00"}],
            "control": {"people": 1, "total": "60.00"}, "purpose": "慰问",
        });
        asks(CLERK, LATER, "benefit.request", fields)
    };
    vec![
        case(
            with_schemes(),
            opens("bands", RELIEF, "aid"),
            Refusal::SchemeExists { scheme: of("bands") },
            opens("third", RELIEF, "aid"),
        ),
        case(
            with_schemes(),
            contributes("none"),
            Refusal::SchemeUnknown { scheme: of("none") },
            contributes("bands"),
        ),
        case(
            with_schemes(),
            opens("third", "general", "aid"),
            Refusal::SchemeOfFreeFund { fund: of("general") },
            opens("third", RELIEF, "aid"),
        ),
        case(
            with_schemes(),
            opens("third", "drive", "aid"),
            Refusal::SchemeFundTaken { fund: of("drive"), scheme: of("bands") },
            opens("third", RELIEF, "aid"),
        ),
        case(
            with_schemes(),
            opens("third", RELIEF, "feast"),
            Refusal::NotAMutualItem { item: of("feast") },
            opens("third", RELIEF, "aid"),
        ),
        case(
            with_schemes(),
            benefit("aid"),
            Refusal::PaidByClaim { item: of("aid") },
            benefit("feast"),
        ),
        case(
            with_schemes(),
            ordered(fallen, by_days("days")),
            Refusal::TermsNotInOrder { scheme: of("bands") },
            ordered(by_bands("bands"), by_days("days")),
        ),
        case(
            after(with_schemes(), [opens("third", RELIEF, "aid")]),
            contributes("third"),
            Refusal::TermsMissing { scheme: of("third"), on: of("2025-01-01") },
            contributes("bands"),
        ),
    ]
}

pub(crate) fn covers() -> Vec<Case> {
    let declared = |people: u32, total: &str| {
        let mut fields = contributed(LATER, "bands", &["m-1", "m-2"], "2025-01-01", "2025-12-31");
        fields["control"] = json!({"people": people, "total": total});
        contribute(LATER, fields)
    };
    let term = |id: &str, first: &str, last: &str| {
        contribute(LATER, contributed(LATER, "bands", &[id], first, last))
    };
    // It begins before the other one and ends after it.
    let around = |id: &str| term(id, "2025-01-01", "2025-12-31");
    let two = || after(with_schemes(), paid("d-1", "60.00"));
    let both = ["m-1", "m-2"];
    let receipt = next(&with_schemes());
    vec![
        case(
            with_schemes(),
            declared(3, "110.00"),
            Refusal::ContributionsDiffer {
                scheme: of("bands"),
                each: yuan("50.00"),
                declared_people: 3,
                declared: yuan("110.00"),
                people: 2,
                total: yuan("100.00"),
                people_apart: 1,
                apart: yuan("10.00"),
            },
            declared(2, "100.00"),
        ),
        case(
            after(with_schemes(), [term("m-1", "2025-03-01", "2025-08-31")]),
            around("m-1"),
            Refusal::CoveredAlready {
                scheme: of("bands"),
                to: member("m-1"),
                first: of("2025-03-01"),
                last: of("2025-08-31"),
                by: Seq(receipt + 1),
            },
            around("m-2"),
        ),
        case(
            after(two(), paid("d-2", "61.00")),
            cover(LATER, "d-2", &both, 2025),
            Refusal::CoverNotPaid {
                disbursement: of("d-2"),
                each: yuan("30.00"),
                people: 2,
                total: yuan("60.00"),
                requested: yuan("61.00"),
                apart: yuan("1.00"),
            },
            cover(LATER, "d-1", &both, 2025),
        ),
        case(
            after(after(two(), [cover(LATER, "d-1", &both, 2025)]), paid("d-2", "60.00")),
            cover(LATER, "d-1", &both, 2026),
            Refusal::CoverPaidAlready { disbursement: of("d-1"), by: Seq(next(&two())) },
            cover(LATER, "d-2", &both, 2026),
        ),
        case(
            after(two(), [request(LATER, "d-2", "60.00"), approve(FINANCE, LATER, "d-2", "60.00")]),
            cover(LATER, "d-2", &both, 2025),
            Refusal::CoverBeforePayment { disbursement: of("d-2") },
            cover(LATER, "d-1", &both, 2025),
        ),
    ]
}

pub(crate) fn claims() -> Vec<Case> {
    let befell = |id: &str, to: &str, on: &str| claim(LATER, id, to, on, "6000.00");
    let by = Seq(next(&claimed()) - 1);
    vec![
        case(
            claimed(),
            befell("cl-1", "m-1", "2025-02-03"),
            Refusal::ClaimExists { claim: of("cl-1") },
            befell("cl-3", "m-1", "2025-02-03"),
        ),
        case(
            claimed(),
            decide(LATER, "cl-9", "1850.00"),
            Refusal::ClaimUnknown { claim: of("cl-9") },
            decide(LATER, "cl-1", "1850.00"),
        ),
        case(
            covered().0,
            befell("cl-1", "m-2", "2025-02-01"),
            Refusal::NotCovered { scheme: of("bands"), to: member("m-2"), date: of("2025-02-01") },
            befell("cl-1", "m-1", "2025-02-01"),
        ),
        case(
            covered().0,
            befell("cl-1", "m-1", "2025-01-30"),
            Refusal::InWaitingPeriod {
                claim: of("cl-1"),
                first: of("2025-01-01"),
                waiting: 30,
                date: of("2025-01-30"),
            },
            befell("cl-1", "m-1", "2025-01-31"),
        ),
        case(
            claimed(),
            decide(LATER, "cl-2", "50.00"),
            Refusal::ClaimDecidedAlready { claim: of("cl-2"), by },
            decide(LATER, "cl-1", "1850.00"),
        ),
        case(
            claimed(),
            decide(LATER, "cl-1", "1851.00"),
            Refusal::ClaimOtherwise {
                claim: of("cl-1"),
                granted: yuan("1850.00"),
                asked: yuan("1851.00"),
                apart: yuan("1.00"),
            },
            decide(LATER, "cl-1", "1850.00"),
        ),
        case(
            claimed(),
            request_claims(LATER, "d-1", &["cl-1"]),
            Refusal::ClaimNotGranted { claim: of("cl-1") },
            request_claims(LATER, "d-1", &["cl-2"]),
        ),
    ]
}

/// Nobody decides on the claim of a relative.
pub(crate) fn claims_of_relatives() -> Vec<Case> {
    let fields = json!({
        "officer": CHAIR, "to": {"member": "m-1"}, "kind": "relative", "from": FIRST,
    });
    let declared = asks(CHAIR, LATER, "relation.declare", fields);
    let by_finance = {
        let fields = json!({"claim": "cl-1", "on": LATER, "amount": "1850.00"});
        asks(FINANCE, LATER, "claim.decide", fields)
    };
    let relation = Seq(next(&claimed()));
    vec![case(
        after(claimed(), [declared]),
        decide(LATER, "cl-1", "1850.00"),
        Refusal::ReviewerRelated { officer: of(CHAIR), relation },
        by_finance,
    )]
}

pub(crate) fn claims_paid() -> Vec<Case> {
    let asked = |claims: &[&str]| request_claims(LATER, "d-9", claims);
    let both = || after(claimed(), [decide(LATER, "cl-1", "1850.00")]);
    let out_of = |fund: &str| {
        let fields = json!({
            "disbursement": "d-9", "date": LATER, "claims": ["cl-1"], "fund": fund,
            "purpose": "互助给付",
        });
        asks(CLERK, LATER, "claims.request", fields)
    };
    let (before, receipt) = covered();
    // m-2 has paid as well, and claims nothing.
    let others = next(&before);
    let claims = [
        contribution(LATER, &["m-2"]),
        claim(LATER, "cl-1", "m-1", "2025-02-01", "200.00"),
        decide(LATER, "cl-1", "60.00"),
        request_claims(LATER, "d-1", &["cl-1"]),
    ];
    vec![
        case(
            after(both(), [request_claims(LATER, "d-1", &["cl-2"])]),
            asked(&["cl-2"]),
            Refusal::ClaimRequestedAlready { claim: of("cl-2") },
            asked(&["cl-1"]),
        ),
        case(
            both(),
            asked(&["cl-1", "cl-2", "cl-1"]),
            Refusal::ClaimsMixed { claim: of("cl-1") },
            asked(&["cl-1", "cl-2"]),
        ),
        case(
            both(),
            out_of(RELIEF),
            Refusal::ClaimOfOtherFund { scheme: of("bands"), fund: of("drive"), asked: of(RELIEF) },
            out_of("drive"),
        ),
        case(
            after(before, claims),
            reverse(LATER, receipt),
            Refusal::ContributionClaimed { record: Seq(receipt), claim: of("cl-1") },
            reverse(LATER, others),
        ),
    ]
}
