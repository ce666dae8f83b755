//! Donation drives and mutual aid: money and goods that come in with their donors, and claims by terms.

use mingzhang::event::mutual::CoverPaid;
use mingzhang::ids::{DisbursementId, MemberId};
use mingzhang::money::Money;
use mingzhang::projection::State;
use mingzhang::projection::disbursements::Standing;
use mingzhang::projection::drives::Drive;
use serde_json::{Value, json};

use super::Step;
use crate::given::relief::{by_bands, item, scheme, somebody};
use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, establish, rule,
};

/// Two funds for drives, and two schemes: one of members' contributions with a share of the union, one that
/// the union pays for.
pub(crate) fn begin() -> Vec<Asked> {
    let mut both = by_bands("both");
    both["waiting_days"] = 0.into();
    both["union_share"] = "0.30".into();
    both["contribution"] = "0.50".into();
    both["most_in_year"] = "800.00".into();
    let days = json!({
        "scheme": "days", "union_share": "0.20",
        "daily": {"amount": "4.00", "from_day": 2}, "most_in_year": "30.00",
    });
    let terms = json!({"name": "mutual_aid_terms", "terms": [both, days]});
    let funds = ["drive-0", "drive-1", "both", "days"];
    let funds = funds.map(|fund| establish(ACCOUNTANT, FIRST, fund, true));
    let schemes = [
        somebody(FIRST, "s-donor", None),
        item(FIRST, "claims", "mutual_aid"),
        scheme(FIRST, "both", "both", "claims"),
        scheme(FIRST, "days", "days", "claims"),
        rule(CHAIR, FIRST, &terms),
    ];
    funds.into_iter().chain(schemes).collect()
}

fn member(step: &Step, state: &State) -> MemberId {
    let members: Vec<MemberId> = state.members.members().map(|(id, _)| id.clone()).collect();
    let place = step.other.checked_rem(members.len()).unwrap_or(0);
    members[place].clone()
}

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    let open: Vec<&Drive> =
        state.drives.drives().map(|(_, drive)| drive).filter(|d| d.closed.is_none()).collect();
    let Some(drive) = step.pick(&open) else { return opened(step, state) };
    let id = &drive.opened.drive;
    match step.other % 12 {
        0 => opened(step, state),
        1..=4 => Some(received(step, state, drive)),
        5 | 6 => {
            let fields = json!({
                "drive": id, "on": step.date, "donor": {"organisation": "示例公司"},
                "article": "quilt", "name": "棉被", "count": step.which % 9, "unit": "床",
            });
            Some(step.by(CLERK, "drive_goods.receive", fields))
        }
        7 | 8 => {
            let fields = json!({
                "drive": id, "on": step.date, "to": {"organisation": "示例小学"},
                "article": "quilt", "count": 1 + step.which % 12,
            });
            Some(step.by(CLERK, "drive_goods.give", fields))
        }
        9 => {
            let received = drive.received.iter().map(|(seq, _)| *seq);
            let all: Vec<_> = received.chain(drive.given.iter().map(|(seq, _)| *seq)).collect();
            let record = step.pick(&all)?;
            let fields = json!({"drive": id, "record": record, "reason": "登记错误"});
            Some(step.by(CLERK, "drive_goods.withdraw", fields))
        }
        10 => Some(spent(step, state, drive)),
        _ => {
            let mut fields = json!({"drive": id, "on": step.today, "resolution": "决议"});
            if step.which.is_multiple_of(2) {
                fields["to"] = "general".into();
            }
            Some(step.by(CHAIR, "drive.close", fields))
        }
    }
}

fn opened(step: &Step, state: &State) -> Option<Asked> {
    let count = state.drives.drives().count();
    let fund = ["drive-0", "drive-1", "general"].get(count)?;
    let fields = json!({
        "drive": format!("dr-{count}"), "name": "一日捐", "fund": fund, "purpose": "帮困",
        "first": step.date, "last": "2027-12-31", "source": "决议",
    });
    Some(step.by(CHAIR, "drive.open", fields))
}

fn received(step: &Step, state: &State, drive: &Drive) -> Asked {
    let given = json!([
        {"donor": {"member": member(step, state)}, "amount": step.amount},
        {"donor": {"subject": "s-donor"}, "amount": "1.00"},
        {"donor": {"anonymous": 3}, "amount": "2.50"},
    ]);
    let total = step.amount.plus(Money::from_fen(350));
    let fields = json!({
        "drive": drive.opened.drive, "date": step.date, "into": "bank", "gifts": given,
        "control": {"people": 5, "total": total},
    });
    step.by(ACCOUNTANT, "drive.receive", fields)
}

/// Whatever the fund of the drive pays for.
fn spent(step: &Step, state: &State, drive: &Drive) -> Asked {
    let fund = &drive.opened.fund;
    let mut open = state.disbursements.open().filter(|open| open.request.fund == *fund);
    if let Some(open) = open.next() {
        return on_its_way(step, &open.request.disbursement, state, "bank");
    }
    let fields = json!({
        "disbursement": format!("r-{}", state.next()), "date": step.date, "fund": fund,
        "account": "50404", "amount": step.amount, "payee": {"organisation": "示例医院"},
        "purpose": "救助",
    });
    step.by(CLERK, "disbursement.request", fields)
}

/// Approved, and then paid.
fn on_its_way(step: &Step, id: &DisbursementId, state: &State, from: &str) -> Asked {
    let found = state.disbursements.disbursement(id).unwrap();
    let (date, amount) = (step.today, found.request.amount);
    if found.approvals.is_empty() {
        let fields = json!({"disbursement": id, "date": date, "amount": amount});
        return step.by(FINANCE, "disbursement.approve", fields);
    }
    step.by(CASHIER, "disbursement.pay", json!({"disbursement": id, "date": date, "from": from}))
}

pub(crate) fn mutual(step: &Step, state: &State) -> Option<Asked> {
    let scheme = ["both", "days"][step.which % 2];
    match step.other % 11 {
        10 => {
            let fields = json!({
                "scheme": "third", "name": "互助", "kind": "mutual", "fund": RELIEF,
                "item": "claims", "source": "决议",
            });
            Some(step.by(CHAIR, "scheme.open", fields))
        }
        0 | 1 => Some(contributed(step, state)),
        2 | 3 => Some(covered(step, state, scheme)),
        4 | 5 => Some(claimed(step, state, scheme)),
        6 | 7 => decided(step, state),
        _ => paid(step, state),
    }
}

fn term(step: &Step) -> (Value, Value) {
    let year = step.date.year();
    (json!(format!("{}-01-01", year.0)), json!(format!("{}-12-31", year.0)))
}

fn contributed(step: &Step, state: &State) -> Asked {
    let (first, last) = term(step);
    let fields = json!({
        "scheme": "both", "date": step.date, "into": "bank", "first": first, "last": last,
        "people": [{"member": member(step, state)}], "control": {"people": 1, "total": "0.50"},
    });
    step.by(ACCOUNTANT, "contributions.receive", fields)
}

/// The union's part for one member: requested, approved, paid, listed.
fn covered(step: &Step, state: &State, scheme: &str) -> Asked {
    let prefix = format!("u-{scheme}-");
    let of_cover = |id: &DisbursementId| id.to_string().starts_with(&prefix);
    let mut open = state.disbursements.open().filter(|open| of_cover(&open.request.disbursement));
    if let Some(open) = open.next() {
        return on_its_way(step, &open.request.disbursement, state, "bank");
    }
    let paid = state.disbursements.payments().map(|(_, payment)| &payment.paid.disbursement);
    let unlisted = paid.filter(|id| of_cover(id) && state.mutual.list_paid_by(id).is_none()).last();
    let (first, last) = term(step);
    if let Some(id) = unlisted {
        let fields = json!({
            "scheme": scheme, "disbursement": id, "first": first, "last": last,
            "people": [{"member": member(step, state)}],
        });
        return step.by(CLERK, "cover.list", fields);
    }
    let amount = if scheme == "both" { "0.30" } else { "0.20" };
    let fields = json!({
        "disbursement": format!("{prefix}{}", state.next()), "date": step.today,
        "account": "50305", "amount": amount, "payee": {"organisation": "示例互助会"},
        "purpose": "补助保费",
    });
    step.by(CLERK, "disbursement.request", fields)
}

fn claimed(step: &Step, state: &State, scheme: &str) -> Asked {
    let mut fields = json!({
        "claim": format!("cl-{}", state.next()), "scheme": scheme,
        "to": {"member": member(step, state)}, "on": step.date,
    });
    if scheme == "both" {
        fields["costs"] = json!(step.amount);
    } else {
        fields["days"] = (1 + step.which % 20).into();
    }
    step.by(CLERK, "claim.open", fields)
}

/// What the terms grant of it, which another command may have changed.
fn decided(step: &Step, state: &State) -> Option<Asked> {
    let open: Vec<_> = state.mutual.claims().filter(|(_, claim)| claim.decided.is_none()).collect();
    let (id, claim) = step.pick(&open)?;
    let opened = &claim.opened;
    let terms = state.offices.scheme_terms(&opened.scheme, opened.on)?;
    let granted = terms.grants(opened.costs.unwrap_or_default(), opened.days.unwrap_or(0));
    let before = state.granted_in_year(&opened.scheme, &opened.to, opened.on.year(), id);
    let most = terms.most_in_year.unwrap_or(granted).minus(before);
    let fields = json!({"claim": id, "on": step.today, "amount": granted.min(most)});
    Some(step.by(CHAIR, "claim.decide", fields))
}

/// A claim is requested out of the general fund, approved and paid.
fn paid(step: &Step, state: &State) -> Option<Asked> {
    let of_claims = |id: &DisbursementId| id.to_string().starts_with("claims-");
    let mut open = state.disbursements.open().filter(|open| of_claims(&open.request.disbursement));
    if let Some(open) = open.next() {
        return Some(on_its_way(step, &open.request.disbursement, state, "bank"));
    }
    let waits: Vec<_> =
        state.mutual.claims().filter(|(_, claim)| !state.claim_is_requested(claim)).collect();
    let (id, _) = step.pick(&waits)?;
    let fields = json!({
        "disbursement": format!("claims-{}", state.next()), "date": step.today, "claims": [id],
        "fund": "general", "purpose": "互助给付",
    });
    Some(step.by(CLERK, "claims.request", fields))
}

/// What no drive and no scheme may do, whatever was asked.
pub(crate) fn check(state: &State) {
    for (id, drive) in state.drives.drives() {
        for article in drive.goods.values() {
            assert!(article.given <= article.received, "{id} gave goods that it did not get");
        }
        let fund = &drive.opened.fund;
        let payments = state.disbursements.payments().map(|(_, payment)| &payment.paid);
        let paid = Money::sum(payments.filter(|paid| paid.fund == *fund).map(|paid| paid.amount));
        // Nothing but gifts comes into these funds, in these steps.
        assert!(paid <= drive.total(), "{id} paid {paid} of {}", drive.total());
    }
    for (id, claim) in state.mutual.claims() {
        let opened = &claim.opened;
        let terms = state.offices.scheme_terms(&opened.scheme, opened.on);
        let most = terms.and_then(|terms| terms.most_in_year);
        let Some((_, _, decided)) = &claim.decided else { continue };
        let others = state.granted_in_year(&opened.scheme, &opened.to, opened.on.year(), id);
        let sum = others.plus(decided.amount);
        assert!(most.is_none_or(|most| sum <= most), "{id}: {sum} in a year");
    }
    for (id, scheme) in state.mutual.schemes() {
        for (person, covers) in state.covered(scheme) {
            let whole: Vec<_> = covers.iter().filter(|cover| cover.covers()).collect();
            for (place, one) in whole.iter().enumerate() {
                let mut later = whole.iter().skip(place + 1);
                let apart = later.all(|other| one.last < other.first || other.last < one.first);
                let repaid = matches!(one.paid_by, CoverPaid::Union(_));
                assert!(apart || repaid, "{id} covers {person} twice");
            }
        }
    }
    let claims = state.mutual.claims().filter_map(|(_, claim)| claim.requested.as_ref());
    for id in claims {
        let found = state.disbursements.disbursement(id).unwrap();
        assert!(!matches!(found.standing, Standing::Accrued { .. }));
    }
}
