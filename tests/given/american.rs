//! A union whose chart is not the Chinese one.

use serde_json::json;

use super::{
    Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, approve, asks, bands, dues, dues_rate,
    enrol, interest, officers, opening, pay, rule, transfer,
};

pub const OLMS: &str = "us-olms";

/// A member, 20,000.00 in the bank, and a year in which each of the usual things happened once.
pub fn a_year() -> Vec<Asked> {
    let mut asked = officers("grassroots");
    asked.extend([dues_rate(), bands()].iter().map(|set| rule(CHAIR, FIRST, set)));
    asked.push(asks(CLERK, FIRST, "group.define", json!({"group": "g1", "name": "Day shift"})));
    asked.push(enrol(FIRST, "m-1", "g1"));
    let base = json!({"member": "m-1", "base": "5000.00", "from": "2025-01"});
    asked.push(asks(CLERK, FIRST, "dues_base.set", base));
    asked.push(opening(
        FIRST,
        json!([
            {"account": "12202", "fund": "general", "debit": "20000.00"},
            {"account": "33501", "fund": "general", "credit": "20000.00"},
        ]),
    ));
    asked.push(dues("2025-01-10", "m-1", "2025-01", "25.00"));
    asked.push(interest("2025-01-20", "3.00"));
    asked.push(transfer("2025-01-21", "general", RELIEF, "500.00"));
    let computer = json!({
        "disbursement": "d1", "date": "2025-01-21", "account": "560", "amount": "900.00",
        "payee": {"organisation": "Example Office Supply"}, "purpose": "computer",
        "acquires": "fixed_asset",
    });
    asked.push(asks(CLERK, "2025-01-21", "disbursement.request", computer));
    asked.push(approve(FINANCE, "2025-01-21", "d1", "900.00"));
    asked.push(pay(CASHIER, "2025-01-22", "d1", "bank"));
    asked
}
