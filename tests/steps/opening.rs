//! How members stood in an old book, and payrolls that are corrected.

use mingzhang::date::Month;
use mingzhang::projection::State;
use serde_json::json;

use super::Step;
use crate::given::{ACCOUNTANT, Asked, CLERK};

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    if step.other.is_multiple_of(2) {
        let months: Vec<Month> = state.allocation.payrolls().map(|p| p.month).collect();
        let month = step.pick(&months)?;
        let fields = json!({
            "month": month, "total": step.amount, "headcount": 8, "basis": "漏报",
        });
        return Some(step.by(ACCOUNTANT, "payroll.correct", fields));
    }
    let members: Vec<_> = state.members.members().map(|(id, _)| id.clone()).collect();
    let member = step.pick(&members)?;
    let mut fields = json!({"member": member, "paid_through": "2024-11"});
    if step.which.is_multiple_of(3) {
        fields["owed"] = json!(step.amount);
    }
    Some(step.by(CLERK, "dues_standing.open", fields))
}
