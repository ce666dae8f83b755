//! Budgets, limits and ends of funds, reviews.

use mingzhang::chart::Nature;
use mingzhang::projection::State;
use serde_json::json;

use super::Step;
use crate::given::{ACCOUNTANT, Asked, CHAIR, FINANCE, RELIEF};

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    match step.which % 7 {
        0 => Some(budget(step, state)),
        1 => Some(limit(step)),
        2 => Some(release(step)),
        3 => Some(fund(step, state)),
        4 => Some(prior_year(step, state)),
        _ => review(step, state),
    }
}

/// Adopted, or adjusted where it is.
fn budget(step: &Step, state: &State) -> Asked {
    let year = step.date.year();
    let account = ["501", "50105", "504", "401", "402", "102"][step.other % 6];
    let (name, amount) = match state.budgets.of(year) {
        None => ("budget.adopt", "amount"),
        Some(_) => ("budget.adjust", "by"),
    };
    let line = json!({"account": account, amount: step.amount});
    let fields = json!({
        "budget": year, "date": step.date, "lines": [line], "resolution": "决议",
    });
    step.by(ACCOUNTANT, name, fields)
}

fn limit(step: &Step) -> Asked {
    let accounts = [json!(["504"]), json!(["501", "504", "505", "507", "510"])];
    let accounts = &accounts[step.other % 2];
    let fields = json!({"fund": RELIEF, "accounts": accounts, "resolution": "决议"});
    step.by(CHAIR, "fund.limit", fields)
}

fn release(step: &Step) -> Asked {
    let fields = json!({
        "date": step.date, "from": RELIEF, "amount": step.amount, "resolution": "决议",
    });
    step.by(CHAIR, "fund.release", fields)
}

/// A restricted fund of its own, with some interest, and its end; the relief fund goes on.
fn fund(step: &Step, state: &State) -> Asked {
    let own = state.funds.funds().filter(|fund| {
        let id = &fund.fund;
        let open = state.funds.closing_of(id).is_none();
        open && id.as_str() != RELIEF && state.funds.nature(id) == Nature::Restricted
    });
    let own: Vec<_> = own.map(|fund| fund.fund.clone()).collect();
    let Some(fund) = step.pick(&own).filter(|_| !step.other.is_multiple_of(3)) else {
        let fields = json!({
            "fund": format!("f-{}", state.next()), "name": "专项", "restricted": true, "purpose": "用途",
        });
        return step.by(ACCOUNTANT, "fund.establish", fields);
    };
    if step.other % 3 == 1 {
        let fields = json!({"date": step.date, "fund": fund, "amount": step.amount});
        return step.by(ACCOUNTANT, "interest.receive", fields);
    }
    let fields = json!({"date": step.date, "fund": fund, "resolution": "决议"});
    step.by(CHAIR, "fund.close", fields)
}

/// Something of a voucher that may be of a closed year comes back.
fn prior_year(step: &Step, state: &State) -> Asked {
    let wrong = state.next().0.saturating_sub(1 + step.other as u64 % 60);
    let till = ["101", "102"][step.other % 2];
    let fund = ["general", RELIEF][step.other / 2 % 2];
    let line = json!({"account": till, "fund": fund, "debit": step.amount});
    let fields = json!({
        "date": step.date, "of": wrong, "lines": [line], "reason": "退回", "basis": "说明",
    });
    step.by(ACCOUNTANT, "prior_year.correct", fields)
}

/// Some vouchers of the month that nobody has reviewed, from the first of them on.
fn review(step: &Step, state: &State) -> Option<Asked> {
    let month = step.date.month();
    let (count, first) = state.periods.unreviewed(month);
    let first = first?.number;
    let last = first + u32::try_from(step.other).unwrap() % count;
    let fields = json!({"month": month, "first": first, "last": last});
    Some(step.by(FINANCE, "vouchers.review", fields))
}
