//! What is posted for the members.

use mingzhang::projection::State;
use serde_json::json;

use super::Step;
use crate::given::{ACCOUNTANT, Asked, CHAIR};

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    // Hardly anything refuses it, so that it would crowd out what moves money.
    if !step.which.is_multiple_of(4) {
        return None;
    }
    let what = ["notice", "donors", "annual_report", "other"][step.which / 4 % 4];
    let last = step.date.month();
    let first = if step.other.is_multiple_of(3) { last.year().first_month() } else { last };
    let by = if step.other.is_multiple_of(2) { ACCOUNTANT } else { CHAIR };
    let mut fields = json!({
        "what": what, "first": first, "last": last, "on": step.date, "place": "公示栏",
        "interim": !step.other.is_multiple_of(5),
    });
    if step.other.is_multiple_of(4) {
        // Once in a while one more than there are.
        fields["size"] = (state.next().0 + step.other as u64 % 3 / 2).into();
    }
    Some(step.by(by, "disclosure.publish", fields))
}
