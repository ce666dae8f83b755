//! Dues by roll and by sum, terms, waivers, refunds; members who come and go; numbered receipts.

use mingzhang::date::Month;
use mingzhang::event::disbursement::Payee;
use mingzhang::ids::MemberId;
use mingzhang::projection::State;
use serde_json::json;

use super::Step;
use crate::given::{ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, of, requested};

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    let members: Vec<MemberId> = state.members.members().map(|(id, _)| id.clone()).collect();
    let member = step.pick(&members)?.clone();
    let Step { date, amount, other, .. } = step;
    let month = date.month();
    Some(match other % 11 {
        0 => roll(step, state),
        1 => {
            let owed = state.dues_due(&member, month).unwrap_or(*amount);
            let amount = [owed, owed.plus(owed), *amount][step.which % 3];
            let fields = json!({"date": date, "into": "cash", "member": member, "amount": amount});
            step.by(ACCOUNTANT, "dues.pay", fields)
        }
        2 => {
            let terms = [
                json!({"kind": "flat", "amount": "10.00"}),
                json!({"kind": "exempt", "reason": "long_illness"}),
                json!({"kind": "by_base"}),
            ];
            let until = [None, Some(month.next())][step.which % 2];
            let terms = &terms[step.which % 3];
            let mut fields = json!({"member": member, "from": month, "terms": terms});
            if let Some(until) = until {
                fields["until"] = json!(until);
            }
            step.by(CLERK, "dues_terms.set", fields)
        }
        3 | 4 => waiver(step, state, &member),
        5 | 6 => refund(step, state, &member),
        7 => member_moves(step, &member),
        8 => {
            let first = 1 + state.receipt_stock.stocks().count() as u64 * 5;
            let fields = json!({
                "stock": format!("b-{}", step.which % 3), "kind": "dues", "series": "会",
                "first": first, "last": first + 4, "on": date,
            });
            step.by(ACCOUNTANT, "receipt_stock.receive", fields)
        }
        9 => {
            let stocks: Vec<_> = state.receipt_stock.stocks().collect();
            let stock = *step.pick(&stocks)?;
            let next = stock.next();
            let slips = state.accounts.slips(&["101", "102"].map(of));
            let came = slips.iter().rev().filter(|slip| slip.amount.is_positive());
            let came: Vec<_> = came.take(6).collect();
            let came = *step.pick(&came)?;
            let fields = json!({
                "stock": stock.stock.stock, "on": step.today,
                "number": next.unwrap_or(1) + u64::from(step.which.is_multiple_of(4)),
                "of": came.seq, "payer": {"organisation": "一车间"}, "amount": came.amount,
            });
            step.by(CASHIER, "paper_receipt.issue", fields)
        }
        _ => {
            let fields = json!({
                "stock": format!("b-{}", step.which % 3), "number": 1 + step.which as u64 % 9,
                "on": date, "reason": "写错",
            });
            step.by(CASHIER, "paper_receipt.void", fields)
        }
    })
}

/// What the group owes for the month, or a fen more.
fn roll(step: &Step, state: &State) -> Asked {
    let month = step.date.month();
    let owed = state.members.members().filter_map(|(id, member)| {
        let owed = state.dues_owed(id, month)?.arrears();
        (member.owes_in(month) && owed.is_positive()).then_some(owed)
    });
    let owed: Vec<_> = owed.collect();
    let wrong = mingzhang::money::Money::from_fen(i64::from(step.which.is_multiple_of(4)));
    let total = mingzhang::money::Money::sum(owed.iter().copied()).plus(wrong);
    let fields = json!({
        "date": step.date, "into": "bank", "group": "g1", "month": month,
        "control": {"members": owed.len(), "total": total},
    });
    step.by(ACCOUNTANT, "dues.receive_roll", fields)
}

fn waiver(step: &Step, state: &State, member: &MemberId) -> Asked {
    let Step { date, which, .. } = step;
    let last = state.next().0.saturating_sub(1 + *which as u64 % 12);
    if which.is_multiple_of(3) {
        let found = state.members.members();
        let seqs = found.flat_map(|(_, member)| {
            (0..state.next().0)
                .filter(|seq| member.waived_by(mingzhang::ids::Seq(*seq)).count() > 0)
        });
        let waiver = seqs.max().unwrap_or(last);
        let fields = json!({"on": date, "waiver": waiver, "reason": "记错"});
        return step.by(CHAIR, "dues_waiver.cancel", fields);
    }
    let fields = json!({
        "on": date, "member": member, "from": date.month(), "reason": "困难", "resolution": "决议",
    });
    step.by(CHAIR, "dues.waive", fields)
}

/// What was paid for a month, half of it, or whatever: first requested, then approved, then given back.
fn refund(step: &Step, state: &State, member: &MemberId) -> Asked {
    let open = || state.disbursements.open().filter(|found| found.request.account == of("401"));
    let request = &open().find(|found| !found.approvals.is_empty()).or_else(|| open().next());
    let (member, date) = match request.map(|found| &found.request.payee) {
        Some(Payee::Member(payee)) => (payee, step.today),
        _ => (member, step.date),
    };
    let found = state.members.member(member);
    let months: Vec<Month> = found
        .and_then(|found| Some(found.first_month().through(found.last_settled()?).collect()))
        .unwrap_or_default();
    let paid = |month: Month| found.map(|found| found.paid_for(month)).unwrap_or_default();
    let month = months.iter().rev().copied().find(|month| paid(*month).is_positive());
    let month = month.unwrap_or_else(|| step.date.month());
    let Some(found) = request else {
        let paid = paid(month);
        let amount = [paid, paid.basis_points(5_000), step.amount][step.which % 3];
        let id = format!("r-{}", state.next());
        let fields = requested(
            &date.to_string(),
            &id,
            "401",
            &amount.to_string(),
            &json!({"member": member}),
        );
        return step.by(CLERK, "disbursement.request", fields);
    };
    let (id, amount) = (&found.request.disbursement, found.request.amount);
    if found.approvals.is_empty() {
        let fields = json!({"disbursement": id, "date": date, "amount": amount});
        return step.by(FINANCE, "disbursement.approve", fields);
    }
    let lines = json!([{"member": member, "month": month, "amount": amount}]);
    let till = ["cash", "bank"][step.which % 2];
    let fields = json!({
        "date": date, "from": till, "lines": lines, "reason": "重缴", "disbursement": id,
    });
    step.by(CASHIER, "dues.refund", fields)
}

/// Members from 200 on arrive and depart, and come back.
fn member_moves(step: &Step, member: &MemberId) -> Asked {
    if step.which.is_multiple_of(2) && !matches!(member.as_str(), "m-1" | "m-2") {
        let fields = json!({"member": member, "on": step.date, "to_union": "示例二厂工会"});
        return step.by(CLERK, "member.depart", fields);
    }
    let fields = json!({
        "member": format!("m-{}", 200 + step.which % 20), "group": "g1", "on": step.date,
        "from_union": "示例二厂工会", "dues_paid_through": step.date.month(),
    });
    step.by(CLERK, "member.arrive", fields)
}
