//! Relatives, split payments, the life of an approval, offices that the union itself keeps apart.

use crate::given::owned::last;
use crate::given::welfare::{benefit, items};
use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, appoint, approve, asks,
    given, interest, of, pay, request, request_for, rule, union, union_with_money, yuan,
};
use mingzhang::event::book::Role;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, LATER, after, approved, case, union_records};

fn related(by: &str, officer: &str, to: &Value) -> Asked {
    let fields = json!({"officer": officer, "to": to, "kind": "relative", "from": "1990-01-01"});
    asks(by, LATER, "relation.declare", fields)
}

fn ended(by: &str, officer: &str, to: &Value, on: &str) -> Asked {
    let fields =
        json!({"officer": officer, "to": to, "kind": "relative", "on": on, "reason": "已离婚"});
    asks(by, LATER, "relation.end", fields)
}

/// The number of the next record after the small union's.
fn next() -> Seq {
    Seq(u64::try_from(union_records()).unwrap())
}

pub(crate) fn relations() -> Vec<Case> {
    let to = |member: &str| json!({"member": member});
    let known = || after(union(), [related(CLERK, CLERK, &to("m-1"))]);
    vec![
        case(
            known(),
            related(CLERK, CLERK, &to("m-1")),
            Refusal::RelationDeclaredAlready { officer: of(CLERK), relation: next() },
            related(CLERK, CLERK, &to("m-2")),
        ),
        case(
            known(),
            ended(CHAIR, CLERK, &to("m-2"), LATER),
            Refusal::RelationUnknown { officer: of(CLERK) },
            ended(CHAIR, CLERK, &to("m-1"), LATER),
        ),
        case(
            union(),
            related(CLERK, CLERK, &json!({"officer": CLERK})),
            Refusal::RelationToOneself { officer: of(CLERK) },
            related(CLERK, CLERK, &json!({"officer": FINANCE})),
        ),
        case(
            after(union(), [related(CHAIR, CHAIR, &to("m-1"))]),
            ended(CHAIR, CHAIR, &to("m-1"), LATER),
            Refusal::RelationEndedByItself { officer: of(CHAIR) },
            ended(AUDITOR, CHAIR, &to("m-1"), LATER),
        ),
        case(
            after(union(), [related(CLERK, CLERK, &json!({"organisation": "示例商店"}))]),
            ended(CHAIR, CLERK, &json!({"organisation": "示例商店"}), "1989-12-31"),
            Refusal::RelationEndsBefore { from: of("1990-01-01"), on: of("1989-12-31") },
            ended(CHAIR, CLERK, &json!({"organisation": "示例商店"}), LATER),
        ),
    ]
}

pub(crate) fn relatives() -> Vec<Case> {
    let shop = json!({"organisation": "示例商店"});
    let by = |officer| request_for(officer, LATER, "d-1", "1.00", &shop);
    let to_member = |by, id: &str| request_for(by, LATER, id, "1.00", &json!({"member": "m-1"}));
    let son = related(FINANCE, FINANCE, &json!({"officer": CLERK}));
    let spouse = json!({"officer": CASHIER});
    vec![
        case(
            after(union(), [related(CLERK, CLERK, &shop)]),
            by(CLERK),
            Refusal::RelatedToPayee { officer: of(CLERK), relation: next() },
            to_member(CLERK, "d-1"),
        ),
        case(
            after(union(), [son, request(LATER, "d-1", "1.00"), to_member(CHAIR, "d-2")]),
            approve(FINANCE, LATER, "d-1", "1.00"),
            Refusal::RelatedToRequester {
                officer: of(FINANCE),
                requester: of(CLERK),
                relation: next(),
            },
            approve(FINANCE, LATER, "d-2", "1.00"),
        ),
        case(
            union(),
            related(CHAIR, CHAIR, &spouse),
            Refusal::RelativesInOffice {
                officer: of(CHAIR),
                role: Role::Chair,
                other: of(CASHIER),
                other_role: Role::Cashier,
            },
            related(CHAIR, CLERK, &spouse),
        ),
    ]
}

/// The same rules, broken at other places: approving, paying, reviewing, taking office.
pub(crate) fn relatives_again() -> Vec<Case> {
    let member = json!({"member": "m-1"});
    let relative = |officer| after(union_with_money(), [related(officer, officer, &member)]);
    let payee = |officer: &str| Refusal::RelatedToPayee {
        officer: of(officer),
        relation: Seq(next().0 + 1),
    };
    let to = |by, id: &str, payee: &Value| request_for(by, LATER, id, "1.00", payee);
    let requests = [to(CLERK, "d-1", &member), to(CLERK, "d-2", &json!({"member": "m-2"}))];
    let both = |more: [Asked; 2]| after(requests.to_vec(), more);
    let yes = |id| approve(FINANCE, LATER, id, "1.00");
    let takes_office = |roles: &[&str]| appoint(CHAIR, LATER, "second", roles, Some("m-1"));
    let review =
        |by| asks(by, LATER, "vouchers.review", json!({"month": "2025-02", "first": 1, "last": 1}));
    vec![
        case(after(relative(FINANCE), requests.clone()), yes("d-1"), payee(FINANCE), yes("d-2")),
        case(
            after(relative(CASHIER), both([yes("d-1"), yes("d-2")])),
            pay(CASHIER, LATER, "d-1", "bank"),
            payee(CASHIER),
            pay(CASHIER, LATER, "d-2", "bank"),
        ),
        case(
            after(
                relative(ACCOUNTANT),
                [to(CLERK, "d-1", &member), yes("d-1"), pay(CASHIER, LATER, "d-1", "bank")],
            ),
            review(ACCOUNTANT),
            payee(ACCOUNTANT),
            review(FINANCE),
        ),
        // The member is nobody's officer yet; his relative leads the finances.
        case(
            relative(FINANCE),
            takes_office(&["accountant"]),
            Refusal::RelativesInOffice {
                officer: of("second"),
                role: Role::Accountant,
                other: of(FINANCE),
                other_role: Role::FinanceHead,
            },
            takes_office(&["clerk"]),
        ),
    ]
}

/// A relative, or oneself, among those on a list, where each was chosen for it.
pub(crate) fn relatives_on_lists() -> Vec<Case> {
    let both = [("m-1", "60.00"), ("m-2", "40.00")];
    let knows = |officer| {
        let known = related(officer, officer, &json!({"member": "m-1"}));
        after(after(union_with_money(), items()), [known])
    };
    let is_listed = |officer| {
        let roles: &[&str] = if officer == FINANCE { &["finance_head"] } else { &["cashier"] };
        let second = [appoint(CHAIR, FIRST, "second", roles, Some("m-1"))];
        after(after(union_with_money(), second), items())
    };
    let asked = |item| benefit(LATER, "b-1", item, &both);
    let request = |item| vec![asked(item)];
    let yes = |by| approve(by, LATER, "b-1", "100.00");
    let approved = |item| vec![asked(item), yes(FINANCE)];
    let payee = |officer: &str, relation: u64| Refusal::RelatedToPayee {
        officer: of(officer),
        relation: Seq(relation),
    };
    let relation = last(&knows(CLERK));
    let review =
        |by| asks(by, LATER, "vouchers.review", json!({"month": "2025-02", "first": 1, "last": 1}));
    let paying = after(approved("calls"), [pay(CASHIER, LATER, "b-1", "bank")]);
    let clerk = || {
        let clerk = [appoint(CHAIR, FIRST, "second", &["clerk"], Some("m-1"))];
        after(after(union_with_money(), clerk), items())
    };
    let own = |item| Asked { by: of("second"), ..asked(item) };
    vec![
        case(knows(CLERK), asked("calls"), payee(CLERK, relation), asked("feast")),
        case(
            after(knows(FINANCE), request("calls")),
            yes(FINANCE),
            payee(FINANCE, relation),
            benefit(LATER, "b-2", "calls", &[("m-2", "40.00")]),
        ),
        case(
            after(knows(CASHIER), approved("calls")),
            pay(CASHIER, LATER, "b-1", "bank"),
            payee(CASHIER, relation),
            benefit(LATER, "b-2", "calls", &[("m-2", "40.00")]),
        ),
        case(
            after(knows(ACCOUNTANT), paying),
            review(ACCOUNTANT),
            payee(ACCOUNTANT, relation),
            review(FINANCE),
        ),
        case(
            after(is_listed(FINANCE), request("calls")),
            yes("second"),
            Refusal::ApproverIsPayee { officer: of("second") },
            yes(FINANCE),
        ),
        case(
            after(is_listed(CASHIER), approved("calls")),
            pay("second", LATER, "b-1", "bank"),
            Refusal::PayerIsPayee { officer: of("second") },
            pay(CASHIER, LATER, "b-1", "bank"),
        ),
        case(
            clerk(),
            own("calls"),
            Refusal::PayeeIsRequester { officer: of("second") },
            own("feast"),
        ),
    ]
}

pub(crate) fn approvals_that_are_kept_honest() -> Vec<Case> {
    let watch = json!({"name": "split_watch", "days": 7, "refuse": "refuse"});
    let first = request(LATER, "d-1", "600.00");
    let watched = after(union(), [rule(CHAIR, FIRST, &watch), first]);
    let second = |amount: &str| request(LATER, "d-2", amount);
    let expires = rule(CHAIR, FIRST, &json!({"name": "approval_expiry", "days": 30}));
    let paid = |on: &str| asks(CASHIER, on, "disbursement.pay", paying(on));
    vec![
        case(
            watched,
            second("400.01"),
            Refusal::PaymentSplit {
                disbursement: of("d-2"),
                earlier: "d-1".to_owned(),
                days: 7,
                sum: yuan("1000.01"),
                band: vec![Role::Chair, Role::FinanceHead],
            },
            second("400.00"),
        ),
        case(
            after(after(union_with_money(), [expires]), approved(LATER, "d-1", "1.00")),
            paid("2025-03-13"),
            Refusal::ApprovalExpired {
                disbursement: of("d-1"),
                approved: of(LATER),
                date: of("2025-03-13"),
                days: 30,
            },
            paid("2025-03-12"),
        ),
    ]
}

fn paying(on: &str) -> Value {
    json!({"disbursement": "d-1", "date": on, "from": "bank"})
}

pub(crate) fn offices_of_the_union() -> Vec<Case> {
    let pairs =
        |pairs: Value| rule(CHAIR, FIRST, &json!({"name": "incompatible_offices", "pairs": pairs}));
    let term = |years: u32| rule(CHAIR, FIRST, &json!({"name": "office_terms", "years": years}));
    let second = |roles: &[&str]| appoint(CHAIR, LATER, "second", roles, None);
    vec![
        case(
            after(union(), [pairs(json!([["chair", "accountant"]]))]),
            second(&["vice_chair", "chair", "accountant"]),
            Refusal::OfficesIncompatibleHere {
                officer: of("second"),
                one: Role::Chair,
                other: Role::Accountant,
                source: "工会委员会决议2025-1号".to_owned(),
            },
            second(&["vice_chair", "accountant"]),
        ),
        case(
            union(),
            pairs(json!([["chair", "chair"]])),
            Refusal::OfficePairWrong { role: Role::Chair },
            pairs(json!([["chair", "clerk"]])),
        ),
        case(union(), term(11), Refusal::TermNotGiven { years: 11 }, term(5)),
    ]
}

fn stands_in(by: &str, officer: &str, role: &str, last: &str) -> Asked {
    let fields = json!({
        "officer": officer, "by": by, "roles": [role], "first": LATER, "last": last,
        "resolution": "工会委员会决议2025-2号",
    });
    asks(CHAIR, LATER, "substitute.name", fields)
}

fn not_today(by: &str, today: &str) -> Refusal {
    Refusal::SubstituteNotToday {
        by: of(by),
        officer: of(CHAIR),
        first: of(LATER),
        last: of("2025-02-20"),
        today: of(today),
    }
}

pub(crate) fn substitutes() -> Vec<Case> {
    let member = json!({"member": "m-1"});
    let large = request_for(CLERK, LATER, "d-1", "1000.01", &member);
    let named = stands_in(ACCOUNTANT, CHAIR, "chair", "2025-02-20");
    // The approval bears a day of the substitute's, and is recorded on another.
    let late = |on: &str| {
        let fields = json!({"disbursement": "d-1", "date": LATER, "amount": "1000.01"});
        asks(ACCOUNTANT, on, "disbursement.approve", fields)
    };
    let for_chair = |by, last| stands_in(by, CHAIR, "chair", last);
    let cousins = related(CLERK, CLERK, &json!({"officer": CHAIR}));
    vec![
        case(
            union(),
            stands_in(CLERK, CHAIR, "finance_head", LATER),
            Refusal::SubstituteForOther {
                officer: of(CHAIR),
                roles: vec![Role::FinanceHead],
                holds: vec![Role::Chair],
            },
            for_chair(CLERK, LATER),
        ),
        case(
            after(union(), [cousins]),
            for_chair(CLERK, LATER),
            Refusal::SubstituteRelated { by: of(CLERK), officer: of(CHAIR), relation: next() },
            for_chair(FINANCE, LATER),
        ),
        case(
            union(),
            for_chair(CLERK, "2025-02-09"),
            Refusal::SubstituteDays { first: of(LATER), last: of("2025-02-09") },
            for_chair(CLERK, LATER),
        ),
        case(
            union(),
            for_chair(CHAIR, LATER),
            Refusal::SubstituteIsHimself { officer: of(CHAIR) },
            for_chair(CLERK, LATER),
        ),
        case(
            after(
                after(union(), [for_chair(CLERK, "2025-02-20")]),
                [
                    request_for(FINANCE, LATER, "d-1", "1000.01", &json!({"officer": CHAIR})),
                    request_for(FINANCE, LATER, "d-2", "1000.01", &json!({"member": "m-1"})),
                ],
            ),
            approve(CLERK, LATER, "d-1", "1000.01"),
            Refusal::SubstituteForPartial {
                by: of(CLERK),
                officer: of(CHAIR),
                disbursement: of("d-1"),
            },
            approve(CLERK, LATER, "d-2", "1000.01"),
        ),
        case(
            after(union(), [named, large]),
            late("2025-02-21"),
            not_today(ACCOUNTANT, "2025-02-21"),
            late("2025-02-20"),
        ),
    ]
}

/// The same rules as at an appointment, and approving alone.
pub(crate) fn substitutes_again() -> Vec<Case> {
    let large = [request_for(FINANCE, LATER, "d-1", "1000.01", &json!({"member": "m-1"}))];
    let named = after(union(), [stands_in(CLERK, CHAIR, "chair", "2025-02-20")]);
    let yes = |on| approve(CLERK, on, "d-1", "1000.01");
    vec![
        case(
            union(),
            stands_in(AUDITOR, CHAIR, "chair", LATER),
            Refusal::OfficesIncompatible {
                officer: of(AUDITOR),
                one: Role::AuditChair,
                other: Role::Chair,
            },
            stands_in(ACCOUNTANT, CHAIR, "chair", LATER),
        ),
        case(
            after(named.clone(), large),
            yes("2025-02-21"),
            not_today(CLERK, "2025-02-21"),
            yes("2025-02-20"),
        ),
        // He approves for the chair, and does nothing else for him.
        case(
            named,
            appoint(CLERK, LATER, "second", &["cashier"], None),
            Refusal::OfficeNeeded {
                officer: of(CLERK),
                holds: vec![Role::Clerk],
                needed: vec![Role::Chair],
            },
            appoint(CHAIR, LATER, "second", &["cashier"], None),
        ),
    ]
}

/// The small union with money and a second cashier, its till counted.
fn counted() -> Vec<Asked> {
    after(two_cashiers(), [count(LATER)])
}

fn two_cashiers() -> Vec<Asked> {
    after(union_with_money(), [appoint(CHAIR, FIRST, "second", &["cashier"], None)])
}

fn count(on: &str) -> Asked {
    let fields = json!({"date": on, "counted": "100.00", "witness": ACCOUNTANT});
    asks(CASHIER, on, "cash.count", fields)
}

/// The cashier's work goes over to the second cashier, with these fields in place of others.
fn hands_over(with: &Value) -> Asked {
    let mut fields = json!({
        "office": "cashier", "from": CASHIER, "to": "second", "witness": FINANCE, "on": LATER,
        "declared": {
            "cash": "100.00", "bank": "1000.00", "voucher": "记-2025-01-0001",
            "receipts": 0, "advances": 0,
        },
        "list": [{"what": "现金支票", "count": 12}],
    });
    for (name, value) in with.as_object().unwrap() {
        fields[name] = value.clone();
    }
    asks(CASHIER, LATER, "handover.record", fields)
}

pub(crate) fn handovers() -> Vec<Case> {
    let good = || hands_over(&json!({}));
    let off = json!({
        "cash": "99.99", "bank": "1000.00", "voucher": "记-2025-01-0001", "receipts": 0,
        "advances": 0,
    });
    let explained = json!({"declared": off, "explanation": "找零短少一分，已报财务负责人"});
    let due = || after(counted(), approved(LATER, "d-1", "1.00"));
    let pays = |by, on: &str| {
        let fields = json!({"disbursement": "d-1", "date": on, "from": "bank"});
        asks(by, LATER, "disbursement.pay", fields)
    };
    vec![
        case(
            after(due(), [good()]),
            pays(CASHIER, LATER),
            Refusal::HandedOver {
                officer: of(CASHIER),
                office: Role::Cashier,
                on: of(LATER),
                handover: Seq(last(&due()) + 1),
            },
            pays("second", LATER),
        ),
        case(
            after(counted(), [interest("2025-02-11", "1.00")]),
            Asked { on: of("2025-02-11"), ..good() },
            Refusal::HandoverAfterwards { on: of(LATER), last: of("2025-02-11") },
            interest("2025-02-11", "2.00"),
        ),
        case(
            counted(),
            hands_over(&json!({"to": CLERK})),
            Refusal::HandoverOfHeldOffices { officer: of(CLERK), office: Role::Cashier },
            good(),
        ),
        case(
            counted(),
            hands_over(&json!({"to": CASHIER})),
            Refusal::HandoverToOneself { officer: of(CASHIER) },
            good(),
        ),
        case(
            counted(),
            hands_over(&json!({"witness": ACCOUNTANT})),
            Refusal::HandoverUnwatched {
                witness: of(ACCOUNTANT),
                needed: vec![Role::Chair, Role::FinanceHead],
            },
            hands_over(&json!({"witness": CHAIR})),
        ),
        case(
            after(two_cashiers(), [count("2025-02-09")]),
            good(),
            Refusal::CashNotCounted { on: of(LATER) },
            count(LATER),
        ),
        case(
            counted(),
            hands_over(&json!({"declared": off})),
            Refusal::HandoverDiffers {
                what: "库存现金 cash".to_owned(),
                book: "100.00".to_owned(),
                declared: "99.99".to_owned(),
            },
            hands_over(&explained),
        ),
    ]
}

#[test]
fn a_voucher_of_a_day_before_a_handover_is_taken_with_a_warning_that_names_it() {
    let before = after(counted(), [hands_over(&json!({}))]);
    let handover = Seq(last(&counted()) + 1);
    let mut book = given(before);
    let warning = Refusal::HandedOver {
        officer: of(CASHIER),
        office: Role::Cashier,
        on: of(LATER),
        handover,
    };
    let earlier = Asked { on: of(LATER), ..interest("2025-02-09", "1.00") };
    assert_eq!(book.warnings(&earlier), vec![warning]);
    assert_eq!(book.warnings(&interest(LATER, "1.00")), Vec::new());
}
