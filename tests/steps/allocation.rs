//! The two per cent between unions: two payers with a union, and a firm that founds one on the way.

use mingzhang::date::{Day, Month};
use mingzhang::event::payer::Stage;
use mingzhang::ids::PayerId;
use mingzhang::projection::State;
use mingzhang::projection::allocation::Owed;
use mingzhang::projection::payers::Payer;
use serde_json::{Value, json};

use super::Step;
use crate::given::allocation::{
    FIRM, TOWN, late_fee, payer_payroll, preparation_shares, register, shares,
};
use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, of, requested, rule,
};

/// What the steps go on from.
pub(crate) fn begin() -> Vec<Asked> {
    let rules = [shares(), preparation_shares(), late_fee()];
    let mut asked: Vec<Asked> = rules.iter().map(|set| rule(CHAIR, FIRST, set)).collect();
    asked.push(register(TOWN, "lower_union", Some("2010-05-01")));
    asked.push(register("p-mill", "enterprise", Some("2012-05-01")));
    asked.push(register(FIRM, "enterprise", None));
    asked.push(payer_payroll(FIRST, TOWN, "2025-01", "3000.00"));
    asked
}

const CHANNELS: [&str; 5] =
    ["tax_bureau", "treasury", "passed_down", "small_payer_refund", "lower_remittance"];
const ACCRUALS: [&str; 6] = [
    "superior_subsidy_general",
    "superior_subsidy_earmarked",
    "superior_passdown",
    "lower_allocation",
    "lower_subsidy_general",
    "lower_subsidy_earmarked",
];

#[allow(clippy::unnecessary_wraps, reason = "every family answers alike")]
pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    let asked = match step.other % 8 {
        1 => pass_down(step, state),
        0 | 2 => preparation(step, state),
        3 => demand(step, state),
        4 | 5 if step.today >= year_end() => accrue(step, state),
        5 => tax_list(step, state),
        6 => payroll(step, state),
        7 if step.which.is_multiple_of(4) => {
            let id = format!("p-{}", step.which);
            let fields = json!({"payer": id, "name": "示例单位", "kind": "organisation"});
            step.by(ACCOUNTANT, "payer.register", fields)
        }
        _ => collect(step),
    };
    Some(asked)
}

fn year_end() -> Day {
    of("2025-12-31")
}

fn payer(step: &Step) -> &'static str {
    [TOWN, "p-mill"][step.which % 2]
}

fn month(step: &Step) -> Month {
    step.date.month()
}

fn collect(step: &Step) -> Asked {
    let channel = CHANNELS[step.which % CHANNELS.len()];
    let mut fields = json!({"date": step.date, "month": month(step), "channel": channel,
        "amount": step.amount, "payer": payer(step)});
    if channel == "small_payer_refund" {
        fields["payer"] = Value::Null;
    }
    if channel == "passed_down" {
        fields["gross"] = step.amount.plus(step.amount).to_string().into();
    }
    step.by(ACCOUNTANT, "allocation.collect", fields)
}

/// What is owed to somebody, half of it, or whatever.
fn pass_down(step: &Step, state: &State) -> Asked {
    let owed = |of: Owed| {
        let owing = state.allocation.between().map(|(id, between)| (id, between.in_all(of)));
        owing.filter(|(_, owed)| owed.is_positive()).map(|(id, owed)| (id.clone(), owed)).next()
    };
    let (kind, owing) = match owed(Owed::Subsidy) {
        Some(found) => ("subsidy", Some(found)),
        None => ("passdown", owed(Owed::Passdown)),
    };
    let (to, owed) = owing.unwrap_or_else(|| (of(TOWN), step.amount));
    let amount = [owed, owed.basis_points(5_000), step.amount][step.which % 3];
    let fields = json!({"date": step.date, "to": to, "kind": kind, "amount": amount});
    step.by(CASHIER, "passdown.pay", fields)
}

fn preparation(step: &Step, state: &State) -> Asked {
    let firm: PayerId = of(FIRM);
    let held = state.allocation.owed(&firm, Owed::Preparation, &of("general"));
    let founded = state.payers.payer(&firm).is_some_and(|firm| firm.union_since.is_some());
    let fields = |amount| json!({"date": step.date, "payer": FIRM, "amount": amount});
    match (held.is_positive(), founded) {
        (true, true) => {
            let amount = [held, held.basis_points(3_333)][step.which % 2];
            step.by(ACCOUNTANT, "preparation_fund.settle", fields(amount))
        }
        (true, false) if step.which.is_multiple_of(2) => {
            let fields = json!({"payer": FIRM, "on": step.date});
            step.by(ACCOUNTANT, "payer_union.found", fields)
        }
        (_, _) => step.by(ACCOUNTANT, "preparation_fund.receive", fields(step.amount)),
    }
}

fn demand(step: &Step, state: &State) -> Asked {
    let open = state.payers.cases().find(|(_, case)| !case.has_ended());
    if let Some((id, case)) = open {
        let stage = match case.stage() {
            None => ["late_fee", "payment_order", "settled", "withdrawn"][step.which % 4],
            Some(Stage::LateFee) => "payment_order",
            Some(Stage::PaymentOrder) => "enforcement",
            Some(Stage::Enforcement | Stage::Settled | Stage::Withdrawn) => "withdrawn",
        };
        let fields =
            json!({"demand": id, "date": step.date, "stage": stage, "reference": "示例函"});
        return step.by(ACCOUNTANT, "demand.advance", fields);
    }
    let payers = [TOWN, "p-mill"].map(of::<PayerId>);
    let declared = payers.iter().flat_map(|id| {
        let months = state.payers.payer(id).into_iter().flat_map(Payer::months_declared);
        months.map(move |month| (id, month))
    });
    let behind = declared.map(|(id, m)| (id, m, state.allocation_arrears(Some(id), m, m)));
    let found = behind.into_iter().find(|(_, _, arrears)| arrears.is_positive());
    let (id, month, principal) = found.unwrap_or((&payers[0], month(step), step.amount));
    let fields = json!({"demand": format!("c-{}", state.next()), "date": step.date, "payer": id,
        "first": month, "last": month, "principal": principal, "due_by": step.date});
    step.by(ACCOUNTANT, "demand.issue", fields)
}

fn accrue(step: &Step, state: &State) -> Asked {
    let left =
        state.allocation.accruals().map(|(seq, _)| (seq, state.allocation.accrual_left(seq)));
    let left: Vec<_> = left.filter(|(_, left)| left.is_positive()).collect();
    if let Some((seq, left)) = step.pick(&left).filter(|_| step.which.is_multiple_of(2)) {
        let fields = json!({"date": step.date, "accrual": seq, "amount": left});
        return step.by(ACCOUNTANT, "accrual.settle", fields);
    }
    let kind = ACCRUALS[step.which % ACCRUALS.len()];
    let fund = if kind == "superior_subsidy_earmarked" { RELIEF } else { "general" };
    let mut fields = json!({"date": year_end(), "kind": kind, "fund": fund, "counterparty": TOWN,
        "amount": step.amount, "notice": "示例通知"});
    let account = match kind {
        "lower_subsidy_general" => "50801",
        "lower_subsidy_earmarked" => "50802",
        _ => return step.by(ACCOUNTANT, "accrual.record", fields),
    };
    // First requested, then approved, then accrued.
    let mut open = state.disbursements.open().map(|found| (&found.request, &found.approvals));
    let Some((request, approvals)) = open.find(|(request, _)| request.account == of(account))
    else {
        let (id, amount) = (format!("a-{}", state.next()), step.amount.to_string());
        let payee = json!({"organisation": "示例单位"});
        let asked = requested("2025-12-30", &id, account, &amount, &payee);
        return step.by(CLERK, "disbursement.request", asked);
    };
    let id = &request.disbursement;
    if approvals.is_empty() {
        let asked = json!({"disbursement": id, "date": year_end(), "amount": request.amount});
        return step.by(FINANCE, "disbursement.approve", asked);
    }
    (fields["disbursement"], fields["amount"]) = (json!(id), json!(request.amount));
    step.by(ACCOUNTANT, "accrual.record", fields)
}

fn tax_list(step: &Step, state: &State) -> Asked {
    let lines = json!([
        {"payer": TOWN, "amount": step.amount},
        {"payer": "p-unknown", "amount": "1.00"},
    ]);
    let total = step.amount.plus(mingzhang::money::Money::from_fen(100));
    let fields = json!({"list": format!("l-{}", state.next()), "channel": "tax_bureau",
        "month": month(step), "lines": lines, "count": 2, "total": total});
    step.by(ACCOUNTANT, "tax_list.record", fields)
}

fn payroll(step: &Step, state: &State) -> Asked {
    let id: PayerId = of(payer(step));
    let month = month(step);
    let declared = state.payers.payer(&id).and_then(|payer| payer.payroll(month));
    let mut fields = json!({"payer": id, "month": month, "total": step.amount, "headcount": 3});
    if declared.is_none() {
        return step.by(ACCOUNTANT, "payer_payroll.declare", fields);
    }
    fields["basis"] = "示例审计报告".into();
    step.by(ACCOUNTANT, "payroll.correct", fields)
}
