//! What a union owns: bought, carded, worn off, counted, gone.

use serde_json::{Value, json};

use super::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, approve, asks, given,
    opening, pay, requested, rule, union, yuan,
};

/// The day on which things are bought.
pub const BOUGHT: &str = "2025-02-10";
/// The last day of that month.
pub const MONTH_END: &str = "2025-02-28";

/// The small union with 100,000.00 in the bank.
pub fn union_that_buys() -> Vec<Asked> {
    let lines = json!([
        {"account": "102", "fund": "general", "debit": "100000.00"},
        {"account": "32205", "fund": "general", "credit": "100000.00"},
    ]);
    and(union(), [opening(FIRST, lines)])
}

pub fn and(mut asked: Vec<Asked>, more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    asked.extend(more);
    asked
}

/// The place of the last record of these commands.
pub fn last(asked: &[Asked]) -> u64 {
    u64::try_from(given(asked.to_vec()).lines().len()).unwrap() - 1
}

/// Requested, approved by both, and paid out of the bank.
pub fn buys(id: &str, account: &str, amount: &str, acquires: &str) -> Vec<Asked> {
    let mut fields = requested(BOUGHT, id, account, amount, &json!({"organisation": "示例商店"}));
    fields["acquires"] = acquires.into();
    let approved = [FINANCE, CHAIR].map(|by| approve(by, BOUGHT, id, amount));
    let approvers = if yuan(amount) > yuan("1000.00") { 2 } else { 1 };
    let approved = approved.into_iter().take(approvers);
    let request = asks(CLERK, BOUGHT, "disbursement.request", fields);
    std::iter::once(request).chain(approved).chain([pay(CASHIER, BOUGHT, id, "bank")]).collect()
}

/// The fields of a card of a television of 3,600.00 that is worn off over six years.
pub fn television(asset: &str, from: u64) -> Value {
    json!({
        "asset": asset, "name": "电视机", "category": "office", "from": from, "cost": "3600.00",
        "in_use_from": BOUGHT, "life_months": 72, "keeper": {"officer": CLERK},
        "place": "一车间活动室",
    })
}

pub fn card(fields: Value) -> Asked {
    asks(ACCOUNTANT, BOUGHT, "asset.card", fields)
}

/// The union with one television that has its card.
pub fn with_television() -> Vec<Asked> {
    let bought = and(union_that_buys(), buys("d-1", "50702", "3600.00", "fixed_asset"));
    let from = last(&bought);
    and(bought, [card(television("tv-1", from))])
}

pub fn depreciate(on: &str, month: &str) -> Asked {
    asks(ACCOUNTANT, on, "depreciation.record", json!({"month": month}))
}

pub fn receive_asset(class: &str, how: &str, amount: &str) -> Asked {
    let fields = json!({
        "date": BOUGHT, "class": class, "amount": amount, "how": how, "from": "示例公司",
    });
    asks(ACCOUNTANT, BOUGHT, "asset.receive", fields)
}

pub fn dispose(on: &str, asset: &str, how: &str) -> Asked {
    let fields = json!({"date": on, "asset": asset, "how": how, "basis": "委员会决议2025-8号"});
    asks(ACCOUNTANT, on, "asset.dispose", fields)
}

pub fn sell(on: &str, asset: &str, proceeds: &str) -> Asked {
    let fields = json!({
        "date": on, "asset": asset, "how": "sold", "proceeds": proceeds, "into": "bank",
        "basis": "委员会决议2025-8号",
    });
    asks(ACCOUNTANT, on, "asset.dispose", fields)
}

pub fn item(item: &str) -> Asked {
    let fields = json!({"item": item, "name": "象棋", "unit": "副", "keeper": {"officer": CLERK}});
    asks(CLERK, BOUGHT, "supply.card", fields)
}

pub fn store(item: &str, from: u64, quantity: u32, amount: &str) -> Asked {
    let fields = json!({
        "date": BOUGHT, "item": item, "from": from, "quantity": quantity, "amount": amount,
    });
    asks(CLERK, BOUGHT, "supplies.store", fields)
}

pub fn receive_supplies(item: &str, quantity: u32, amount: &str) -> Asked {
    let fields = json!({
        "date": BOUGHT, "item": item, "quantity": quantity, "amount": amount, "from": "示例公司",
    });
    asks(ACCOUNTANT, BOUGHT, "supplies.receive", fields)
}

pub fn issue(on: &str, item: &str, quantity: u32) -> Asked {
    let fields = json!({"date": on, "item": item, "quantity": quantity, "to": {"group": "g1"}});
    asks(ACCOUNTANT, on, "supplies.issue", fields)
}

/// The union with ten sets of chess for 250.00, bought and stored.
pub fn with_chess() -> Vec<Asked> {
    let bought = and(union_that_buys(), buys("d-1", "50102", "250.00", "supplies"));
    let from = last(&bought);
    and(bought, [item("chess"), store("chess", from, 10, "250.00")])
}

pub fn count(on: &str, id: &str, counted: Value) -> Asked {
    let fields = json!({"stocktake": id, "date": on, "counted": counted, "witness": AUDITOR});
    asks(CLERK, on, "stocktake.record", fields)
}

pub fn count_asset(on: &str, id: &str, asset: &str, present: bool) -> Asked {
    count(on, id, json!({"assets": [{"asset": asset, "present": present}]}))
}

pub fn count_item(on: &str, id: &str, item: &str, found: u32) -> Asked {
    count(on, id, json!({"supplies": [{"item": item, "found": found}]}))
}

/// A difference of a stocktake; of what, as the command says it.
pub fn differs(on: &str, id: &str, of: Value) -> Asked {
    let fields = json!({"date": on, "stocktake": id, "of": of});
    asks(ACCOUNTANT, on, "stocktake_difference.record", fields)
}

pub fn resolve(on: &str, pending: u64) -> Asked {
    resolve_with(on, pending, &json!({}))
}

pub fn resolve_with(on: &str, pending: u64, more: &Value) -> Asked {
    let mut fields = json!({"date": on, "pending": pending, "basis": "委员会决议2025-9号"});
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    asks(CHAIR, on, "stocktake_difference.resolve", fields)
}

/// What is to be invested, requested and approved by both.
pub fn invests(id: &str, fund: &str, amount: &str) -> Vec<Asked> {
    let bank = json!({"organisation": "示例银行"});
    let mut fields = requested(BOUGHT, id, "151", amount, &bank);
    fields["fund"] = fund.into();
    let mut asked = vec![asks(CLERK, BOUGHT, "disbursement.request", fields)];
    let approvers = if yuan(amount) > yuan("1000.00") { 2 } else { 1 };
    let approved = [FINANCE, CHAIR].map(|by| approve(by, BOUGHT, id, amount));
    asked.extend(approved.into_iter().take(approvers));
    asked
}

/// Paid, as was requested under this id.
pub fn invest(id: &str) -> Asked {
    let fields = json!({
        "disbursement": id, "date": BOUGHT, "investment": id, "name": "国债", "from": "bank",
        "resolution": "委员会决议2025-6号",
    });
    asks(CASHIER, BOUGHT, "investment.acquire", fields)
}

/// The same, and invested.
pub fn invested(id: &str, fund: &str, amount: &str) -> Vec<Asked> {
    and(invests(id, fund, amount), [invest(id)])
}

/// What comes back; a loss is recorded by the finance head, by resolution.
pub fn recover(on: &str, id: &str, principal: &str, received: &str) -> Asked {
    let mut fields = json!({
        "date": on, "investment": id, "principal": principal, "received": received, "into": "bank",
    });
    let lost = yuan(principal) > yuan(received);
    if lost {
        fields["resolution"] = "委员会决议2025-9号".into();
    }
    asks(if lost { FINANCE } else { ACCOUNTANT }, on, "investment.recover", fields)
}

/// 财会〔2021〕7号, Art. 32.
pub fn thresholds() -> Asked {
    let set = json!({"name": "asset_thresholds", "general": "1000.00", "special": "1500.00"});
    rule(CHAIR, BOUGHT, &set)
}

/// A part of 财会〔2021〕7号, 附录2.
pub fn lives() -> Asked {
    rule(CHAIR, BOUGHT, &lives_of(&json!({"at_least": 72})))
}

pub fn lives_of(office: &Value) -> Value {
    let arts = json!({"at_least": 60, "at_most": 180});
    json!({"name": "asset_lives", "lives": {"office": office, "arts": arts}})
}
