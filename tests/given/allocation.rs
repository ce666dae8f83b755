//! A county union: rules of shares, a lower union with its union, a firm without one.
#![allow(dead_code, reason = "each test file uses its own part of this module")]

use serde_json::{Value, json};

use super::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, approve, asks, bands,
    officers, opening, requested, rule, split,
};

/// A lower union, whose union is old, and a firm that has none yet.
pub const TOWN: &str = "p-town";
pub const FIRM: &str = "p-firm";
/// The last day of the book's first year.
pub const YEAR_END: &str = "2025-12-31";

/// 税务代收 and 财政划拨 35 / 5 / 60, 上级转拨 40 / 0 / 60, 下级上缴 70 / 30 / 0.
pub fn shares() -> Value {
    let of = |channel: &str, [own, up, down]: [u32; 3], remainder: &str| {
        json!({"channel": channel, "own_basis_points": own, "up_basis_points": up,
            "down_basis_points": down, "remainder": remainder})
    };
    json!({"name": "allocation_shares", "shares": [
        of("tax_bureau", [3500, 500, 6000], "own"),
        of("treasury", [3500, 500, 6000], "down"),
        of("passed_down", [4000, 0, 6000], "own"),
        of("lower_remittance", [7000, 3000, 0], "own"),
    ]})
}

pub fn preparation_shares() -> Value {
    json!({"name": "preparation_shares", "own_basis_points": 3500, "up_basis_points": 500,
        "down_basis_points": 6000, "remainder": "down"})
}

pub fn late_fee() -> Value {
    json!({"name": "late_fee", "basis_points_per_day": 50, "cap_basis_points": 10_000})
}

pub fn register(payer: &str, kind: &str, union_since: Option<&str>) -> Asked {
    let mut fields = json!({"payer": payer, "name": "示例单位", "kind": kind});
    if let Some(since) = union_since {
        fields["union_since"] = since.into();
    }
    asks(ACCOUNTANT, FIRST, "payer.register", fields)
}

/// The county's book with 10,000.00 in the bank, its rules and two payers.
pub fn county() -> Vec<Asked> {
    let lines = json!([
        {"account": "102", "fund": "general", "debit": "10000.00"},
        {"account": "32205", "fund": "general", "credit": "10000.00"},
    ]);
    let mut asked = officers("county");
    let rules = [split(), bands(), shares(), preparation_shares()];
    asked.extend(rules.iter().map(|set| rule(CHAIR, FIRST, set)));
    asked.push(opening(FIRST, lines));
    asked.push(register(TOWN, "lower_union", Some("2010-05-01")));
    asked.push(register(FIRM, "enterprise", None));
    asked
}

pub fn collect(on: &str, channel: &str, payer: Option<&str>, amount: &str) -> Asked {
    let mut fields = json!({"date": on, "month": "2025-01", "channel": channel, "amount": amount});
    if let Some(payer) = payer {
        fields["payer"] = payer.into();
    }
    asks(ACCOUNTANT, on, "allocation.collect", fields)
}

pub fn payer_payroll(on: &str, payer: &str, month: &str, total: &str) -> Asked {
    let fields = json!({"payer": payer, "month": month, "total": total, "headcount": 20});
    asks(ACCOUNTANT, on, "payer_payroll.declare", fields)
}

pub fn found(on: &str, payer: &str) -> Asked {
    asks(ACCOUNTANT, on, "payer_union.found", json!({"payer": payer, "on": on}))
}

/// `preparation_fund.receive` or `preparation_fund.settle`.
pub fn preparation(name: &str, on: &str, amount: &str) -> Asked {
    asks(ACCOUNTANT, on, name, json!({"date": on, "payer": FIRM, "amount": amount}))
}

pub fn pass_down(on: &str, kind: &str, amount: &str) -> Asked {
    let fields = json!({"date": on, "to": TOWN, "kind": kind, "amount": amount});
    asks(CASHIER, on, "passdown.pay", fields)
}

pub fn accrue(date: &str, kind: &str, other: Option<&str>, amount: &str) -> Asked {
    let fund = if kind == "superior_subsidy_earmarked" { RELIEF } else { "general" };
    let mut fields = json!({"date": date, "kind": kind, "fund": fund, "amount": amount,
        "notice": "示例通知2025-9号"});
    if let Some(other) = other {
        fields["counterparty"] = other.into();
    }
    if kind.starts_with("lower_subsidy") {
        fields["disbursement"] = kind.replace('_', "-").into();
    }
    asks(ACCOUNTANT, YEAR_END, "accrual.record", fields)
}

/// The request for a subsidy to the lower union, and its approval; the accrual names it.
pub fn subsidy_approved(on: &str, kind: &str, amount: &str) -> [Asked; 2] {
    let account = if kind == "lower_subsidy_general" { "50801" } else { "50802" };
    let (id, payee) = (kind.replace('_', "-"), json!({"organisation": "示例单位"}));
    let fields = requested(on, &id, account, amount, &payee);
    [asks(CLERK, on, "disbursement.request", fields), approve(FINANCE, on, &id, amount)]
}

/// The same, and then accrued.
pub fn subsidy_accrued(kind: &str, amount: &str) -> Vec<Asked> {
    let mut asked = Vec::from(subsidy_approved(YEAR_END, kind, amount));
    asked.push(accrue(YEAR_END, kind, Some(TOWN), amount));
    asked
}

pub fn settle(on: &str, accrual: u64, amount: &str) -> Asked {
    let fields = json!({"date": on, "accrual": accrual, "amount": amount});
    asks(ACCOUNTANT, on, "accrual.settle", fields)
}

pub fn demand(on: &str, id: &str, principal: &str) -> Asked {
    let fields = json!({"demand": id, "date": on, "payer": TOWN, "first": "2025-01",
        "last": "2025-01", "principal": principal, "due_by": "2025-02-28"});
    asks(ACCOUNTANT, on, "demand.issue", fields)
}

pub fn advance(on: &str, id: &str, stage: &str, fee: Option<&str>) -> Asked {
    let mut fields = json!({"demand": id, "date": on, "stage": stage, "reference": "示例函1号"});
    if let Some(fee) = fee {
        fields["fee"] = fee.into();
    }
    asks(ACCOUNTANT, on, "demand.advance", fields)
}

pub fn tax_list(on: &str, list: &str, lines: &[(&str, &str)], count: u32, total: &str) -> Asked {
    let line = |(payer, amount): &(&str, &str)| json!({"payer": payer, "amount": amount});
    let lines: Vec<Value> = lines.iter().map(line).collect();
    let fields = json!({"list": list, "channel": "tax_bureau", "month": "2025-01",
        "lines": lines, "count": count, "total": total});
    asks(ACCOUNTANT, on, "tax_list.record", fields)
}
