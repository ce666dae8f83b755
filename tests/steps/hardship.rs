//! Random steps of cases and aid: what a case waits for next, and now and then what it does not.

use mingzhang::ids::{ApplicationId, CaseId};
use mingzhang::projection::State;
use mingzhang::projection::hardship::{Application, Objection};
use serde_json::json;

use super::Step;
use crate::given::hardship::{LIVING, MEDICAL, items, notice_days};
use crate::given::{Asked, CHAIR, CLERK, FINANCE, FIRST, of};

/// What the steps go on from.
pub(crate) fn begin() -> Vec<Asked> {
    items().into_iter().chain([notice_days(FIRST, 1)]).collect()
}

#[allow(clippy::unnecessary_wraps, reason = "every family answers alike")]
pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    let next = |step: &Step| {
        money(step, state)
            .or_else(|| notice(step, state))
            .or_else(|| review(step, state))
            .or_else(|| apply(step, state))
            .unwrap_or_else(|| open(step, state))
    };
    let asked = match step.other % 8 {
        0 => open(step, state),
        1 => case(step, state).unwrap_or_else(|| open(step, state)),
        2 => apply(step, state).unwrap_or_else(|| open(step, state)),
        3 => dispute(step, state).unwrap_or_else(|| next(step)),
        4 => notice(step, state).unwrap_or_else(|| next(step)),
        _ => next(step),
    };
    Some(asked)
}

fn open(step: &Step, state: &State) -> Asked {
    let members: Vec<_> = state.members.members().map(|(id, _)| id.clone()).collect();
    let member = step.pick(&members);
    let classes = ["general", "hardship", "special", "deep", "relative", "accidental"];
    let fields = json!({
        "case": format!("c-{}", state.next()), "of": {"member": member},
        "class": classes[step.which % 6], "on": step.date, "valid_through": step.today.plus_years(1),
        "source": "示例",
    });
    step.by(CLERK, "case.open", fields)
}

/// A review of an open case, or its end.
fn case(step: &Step, state: &State) -> Option<Asked> {
    let open: Vec<CaseId> = open_cases(state);
    let case = step.pick(&open)?;
    if step.which.is_multiple_of(3) {
        let reasons = ["out_of_hardship", "left", "died", "false_claim"];
        let fields = json!({"case": case, "on": step.today, "reason": reasons[step.which % 4]});
        return Some(step.by(CLERK, "case.close", fields));
    }
    let fields = json!({
        "case": case, "class": "special", "on": step.date, "valid_through": step.today.plus_years(1),
        "source": "示例",
    });
    Some(step.by(CLERK, "case.review", fields))
}

fn open_cases(state: &State) -> Vec<CaseId> {
    let open = state.hardship.cases().filter(|(_, case)| case.closed.is_none());
    open.map(|(id, _)| id.clone()).collect()
}

fn apply(step: &Step, state: &State) -> Option<Asked> {
    let open = open_cases(state);
    let case = step.pick(&open)?;
    let item = [LIVING, MEDICAL][step.which % 2];
    let fields = json!({
        "application": format!("a-{}", state.next()), "case": case,
        "item": item, "amount": step.amount, "on": step.today,
    });
    Some(step.by(CLERK, "aid.apply", fields))
}

/// Those applications of which this is so.
fn all(state: &State, is: impl Fn(&Application) -> bool) -> Vec<(&ApplicationId, &Application)> {
    state.hardship.applications().filter(|(_, found)| is(found)).collect()
}

fn is_granted(found: &Application) -> bool {
    found.reviewed.as_ref().is_some_and(|(_, _, review)| review.granted.is_positive())
}

fn review(step: &Step, state: &State) -> Option<Asked> {
    let new = all(state, |found| found.reviewed.is_none());
    let (id, found) = step.pick(&new)?;
    let applied = found.applied.amount;
    let granted = [applied, applied.basis_points(5_000), of("0.00")][step.which % 3];
    let fields = json!({"application": id, "on": step.today, "granted": granted});
    Some(step.by(FINANCE, "aid.review", fields))
}

fn notice(step: &Step, state: &State) -> Option<Asked> {
    let granted = all(state, |found| is_granted(found) && found.notice.is_none());
    let ids: Vec<_> = granted.iter().map(|(id, _)| id).collect();
    if ids.is_empty() {
        return None;
    }
    let through = step.today.next().next().next();
    let fields = json!({
        "notice": format!("n-{}", state.next()), "applications": ids, "on": step.today,
        "through": through, "place": "公示栏",
    });
    Some(step.by(CLERK, "notice.post", fields))
}

/// Somebody speaks against what is on notice, or is answered.
fn dispute(step: &Step, state: &State) -> Option<Asked> {
    let open = all(state, |found| matches!(found.objection, Objection::Open(_)));
    if let Some((id, _)) = step.pick(&open) {
        let upheld = step.which.is_multiple_of(3);
        let fields = json!({"application": id, "on": step.today, "upheld": upheld});
        return Some(step.by(CHAIR, "objection.answer", fields));
    }
    let on_notice = all(state, |found| found.notice.is_some() && found.requested.is_none());
    let (id, _) = step.pick(&on_notice)?;
    Some(step.by(CLERK, "aid.object", json!({"application": id, "on": step.today})))
}

/// The money of one application whose notice is over.
fn money(step: &Step, state: &State) -> Option<Asked> {
    let over = |found: &Application| {
        let notice = found.notice.as_ref().and_then(|id| state.hardship.notice(id));
        let case = state.hardship.case(&found.applied.case);
        notice.is_some_and(|(_, posted)| posted.through < step.today)
            && case.is_some_and(|case| case.closed.is_none())
            && matches!(found.objection, Objection::None | Objection::Dismissed(_))
            && !state.aid_is_requested(found)
    };
    let ready = all(state, over);
    let (id, _) = step.pick(&ready)?;
    let fields = json!({
        "disbursement": format!("d-{}", state.next()), "date": step.today, "applications": [id],
        "fund": "general", "purpose": "帮扶",
    });
    Some(step.by(CLERK, "aid.request", fields))
}
