//! Lists and visits: asked for, paid, signed for, left and sent back.

use mingzhang::event::welfare::Beneficiary;
use mingzhang::money::Money;
use mingzhang::projection::State;
use mingzhang::projection::disbursements::Standing;
use mingzhang::projection::welfare::Claim;
use serde_json::{Value, json};

use super::Step;
use crate::given::welfare::{items, schedule, subject};
use crate::given::{ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, approve, asks};

/// What may be given, a cap, and a member whom the vault knows once more.
pub(crate) fn begin() -> Vec<Asked> {
    let mut asked = items();
    let cap = json!([{"item": "feast", "per": "person_year", "amount": "900.00"}]);
    asked.push(schedule(FIRST, &cap));
    asked.extend([subject(FIRST, "s-1", Some("m-1")), subject(FIRST, "s-2", None)]);
    asked
}

/// Whatever is under way goes on for the most part, so that few steps go all the way.
#[allow(clippy::unnecessary_wraps, reason = "the form of every family")]
pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    match step.other % 12 {
        0 => return Some(define(step)),
        1 => return Some(traits(step)),
        2 => return Some(request(step, state)),
        3 => return Some(visit(step, state)),
        4 => {
            if let Some(withdrawn) = withdraw(step, state) {
                return Some(withdrawn);
            }
        }
        _ => {}
    }
    let next = send_back(step, state).or_else(|| distribute(step, state));
    let next = next.or_else(|| forward(step, state));
    Some(next.unwrap_or_else(|| request(step, state)))
}

fn define(step: &Step) -> Asked {
    let kind = ["birthday", "wedding", "hospital"][step.which % 3];
    let account = if step.which.is_multiple_of(7) { "408" } else { "50105" };
    let fields = json!({"item": kind, "name": "慰问", "kind": kind, "account": account});
    step.by(CHAIR, "welfare_item.define", fields)
}

fn traits(step: &Step) -> Asked {
    let member = ["m-1", "m-2"][step.which % 2];
    let fields = json!({"member": member, "woman": true, "children_born": ["2019-05"]});
    step.by(CLERK, "member_traits.record", fields)
}

fn request(step: &Step, state: &State) -> Asked {
    let id = format!("b-{}", state.next());
    // Small, so that it can be paid.
    let amount = step.amount.min(Money::from_fen(9_900));
    let to = |who: usize| match who % 4 {
        0 => json!({"member": "m-1"}),
        1 => json!({"subject": "s-1"}),
        2 => json!({"member": "m-2"}),
        _ => json!({"subject": "s-2"}),
    };
    let item = ["feast", "calls", "calls", "women"][step.which % 4];
    let people = 1 + step.which % 3;
    let lines: Vec<Value> =
        (0..people).map(|n| json!({"to": to(step.which + 2 * n), "amount": amount})).collect();
    let total = Money::sum((0..people).map(|_| amount));
    let fields = json!({
        "disbursement": id, "date": step.date, "item": item, "lines": lines,
        "control": {"people": people, "total": total}, "purpose": "慰问",
    });
    step.by(CLERK, "benefit.request", fields)
}

/// A list that waits is approved, and then paid.
fn forward(step: &Step, state: &State) -> Option<Asked> {
    let open: Vec<_> = state.disbursements.open().collect();
    let listed = |d: &&&mingzhang::projection::disbursements::Disbursement| {
        state.welfare.list_of(&d.request.disbursement).is_some()
    };
    let open: Vec<_> = open.iter().filter(listed).collect();
    let found = step.pick(&open)?;
    let (id, today) = (found.request.disbursement.to_string(), step.today.to_string());
    let amount = found.request.amount.to_string();
    Some(match found.approvals.len() {
        0 => approve(FINANCE, &today, &id, &amount),
        1 if found.band.as_ref().is_some_and(|band| band.len() > 1) => {
            approve(CHAIR, &today, &id, &amount)
        }
        _ => {
            let fields = json!({"disbursement": id, "date": today, "from": "bank"});
            asks(CASHIER, &today, "disbursement.pay", fields)
        }
    })
}

/// The ids of lists that are paid, and whether each has somebody who waits or stayed away.
fn paid(state: &State, wanted: fn(Claim) -> bool) -> Vec<(String, Vec<&Beneficiary>)> {
    let lists = state.welfare.lists().filter(|(id, _)| {
        let standing = state.disbursements.disbursement(id).map(|found| &found.standing);
        matches!(standing, Some(Standing::Paid { .. }))
    });
    let found = lists.map(|(id, list)| {
        let people = list.shares.iter().filter(|(_, got)| wanted(got.claim));
        (id.to_string(), people.map(|(to, _)| to).collect::<Vec<_>>())
    });
    found.filter(|(_, people)| !people.is_empty()).collect()
}

fn distribute(step: &Step, state: &State) -> Option<Asked> {
    let lists = paid(state, |claim| claim == Claim::Listed);
    let (id, people) = step.pick(&lists)?;
    let gone: Vec<_> = people.iter().take(step.which % 3).collect();
    let fields = json!({"disbursement": id, "date": step.today, "unclaimed": gone});
    Some(step.by(CLERK, "benefit.distribute", fields))
}

fn send_back(step: &Step, state: &State) -> Option<Asked> {
    let mut lists = paid(state, |claim| matches!(claim, Claim::Unclaimed(_)));
    lists.retain(|(id, _)| {
        let list = state.welfare.list_of(&crate::given::of(id));
        list.is_some_and(|list| list.returned.is_none() && list.waiting() == 0)
    });
    let (id, _) = step.pick(&lists)?;
    let fields = json!({"disbursement": id, "date": step.today, "into": "bank"});
    Some(step.by(ACCOUNTANT, "benefit_remainder.return", fields))
}

fn visit(step: &Step, state: &State) -> Asked {
    let mut fields = json!({
        "visit": format!("v-{}", state.next()), "date": step.date, "occasion": "festival",
        "to": {"member": "m-2"}, "people": 2, "went": [CHAIR], "value": "0.00",
    });
    let lists = paid(state, |claim| !matches!(claim, Claim::Unclaimed(_)));
    if let Some((id, people)) = step.pick(&lists)
        && !step.which.is_multiple_of(3)
    {
        let to = people[0];
        let id = crate::given::of(id);
        let got = state.welfare.list_of(&id).and_then(|list| list.shares.get(to));
        fields["to"] = json!(to);
        fields["disbursement"] = json!(id);
        fields["value"] = json!(got.map(|got| got.amount).unwrap_or_default());
    }
    step.by(CLERK, "visit.make", fields)
}

fn withdraw(step: &Step, state: &State) -> Option<Asked> {
    let visits: Vec<_> = state.visits.visits().collect();
    let fields = json!({"visit": step.pick(&visits)?.visit, "reason": "登记错误"});
    Some(step.by(CLERK, "visit.withdraw", fields))
}
