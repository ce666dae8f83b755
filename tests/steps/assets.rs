//! What a union owns: carded, worn off, issued, counted, gone.

use std::sync::OnceLock;

use mingzhang::event::disbursement::Acquisition;
use mingzhang::ids::Seq;
use mingzhang::money::Money;
use mingzhang::projection::State;
use serde_json::{Value, json};

use super::Step;
use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CLERK, FINANCE, FIRST, given, opening, union_with_money,
};

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    match step.other % 10 {
        0..=2 => card(step, state),
        3 => Some(receive(step)),
        4 | 5 => Some(wear(step, state)),
        6 => dispose(step, state),
        7 | 8 => Some(invested(step, state)),
        _ => moved(step, state),
    }
}

/// What is in stock; and what is counted, of either.
pub(crate) fn counted(step: &Step, state: &State) -> Option<Asked> {
    let asked = match step.other % 8 {
        0 | 1 => count(step, state),
        2 | 3 => differ(step, state),
        4 => resolve(step, state),
        _ => None,
    };
    asked.or_else(|| supplies(step, state))
}

/// What the book brings in: things to write cards of, and things to store.
pub(crate) fn owned() -> Asked {
    let lines = json!([
        {"account": "162", "fund": "general", "debit": "9000.00"},
        {"account": "30104", "fund": "general", "credit": "9000.00"},
        {"account": "141", "fund": "general", "debit": "9000.00"},
        {"account": "30101", "fund": "general", "credit": "9000.00"},
    ]);
    opening(FIRST, lines)
}

/// The place of that record.
fn opened() -> Seq {
    static PLACE: OnceLock<u64> = OnceLock::new();
    let count = || given(union_with_money()).lines().len() as u64;
    Seq(*PLACE.get_or_init(count))
}

/// A payment that acquired something of this class, and of which fund.
fn paid(step: &Step, state: &State, class: Acquisition) -> Option<(Seq, Value, Money)> {
    let of = state.disbursements.payments().filter(|(_, p)| p.paid.acquires == Some(class));
    let of = of.map(|(seq, p)| (*seq, json!(p.paid.fund), p.paid.amount));
    let opened = (opened(), json!("general"), Money::from_fen(30_000));
    let of: Vec<_> = of.chain(std::iter::repeat_n(opened, 3)).collect();
    step.pick(&of).cloned()
}

fn card(step: &Step, state: &State) -> Option<Asked> {
    let (from, fund, amount) = paid(step, state, Acquisition::FixedAsset)?;
    let id = format!("a-{}", state.next());
    let life = [1, 3, 24][step.which % 3];
    let mut fields = json!({
        "asset": id, "name": "设备", "category": "office", "from": from, "fund": fund,
        "cost": amount, "in_use_from": step.date, "life_months": life,
        "keeper": {"officer": CLERK}, "place": "活动室",
    });
    if step.which.is_multiple_of(4) {
        fields["cost"] = json!(amount.basis_points(5_000));
    }
    Some(step.by(CLERK, "asset.card", fields))
}

fn receive(step: &Step) -> Asked {
    let (class, how) = [("fixed_asset", "donated"), ("intangible_asset", "built")][step.which % 2];
    let fields = json!({
        "date": step.date, "class": class, "how": how, "amount": step.amount, "from": "示例公司",
    });
    step.by(ACCOUNTANT, "asset.receive", fields)
}

/// The month that is due, or whatever month.
fn wear(step: &Step, state: &State) -> Asked {
    let first = state.periods.closed_through().map(mingzhang::date::Month::next);
    let first = first.unwrap_or_else(|| crate::given::of("2025-01"));
    let due = state.assets.next_to_depreciate(first);
    let month = due.filter(|_| !step.which.is_multiple_of(6)).unwrap_or(step.date.month());
    step.by(ACCOUNTANT, "depreciation.record", json!({"month": month}))
}

fn in_use(step: &Step, state: &State) -> Option<Value> {
    let ids: Vec<_> =
        state.assets.assets().filter(|(_, a)| a.is_in_use()).map(|(id, _)| id.clone()).collect();
    step.pick(&ids).map(|id| json!(id))
}

fn dispose(step: &Step, state: &State) -> Option<Asked> {
    let how = ["sold", "donated", "scrapped", "lost"][step.which % 4];
    let mut fields = json!({
        "date": step.date, "asset": in_use(step, state)?, "how": how, "basis": "决议",
    });
    if how == "sold" {
        (fields["proceeds"], fields["into"]) = (json!(step.amount), "bank".into());
    }
    Some(step.by(ACCOUNTANT, "asset.dispose", fields))
}

fn moved(step: &Step, state: &State) -> Option<Asked> {
    let fields = json!({
        "asset": in_use(step, state)?, "on": step.date, "keeper": {"officer": FINANCE},
        "place": "会议室",
    });
    Some(step.by(CLERK, "asset.move", fields))
}

fn supplies(step: &Step, state: &State) -> Option<Asked> {
    if state.supplies.items().count() < 2 {
        let item = format!("i-{}", state.next());
        let keeper = json!({"officer": CLERK});
        let fields = json!({"item": item, "name": "棋", "unit": "副", "keeper": keeper});
        return Some(step.by(CLERK, "supply.card", fields));
    }
    let items: Vec<_> = state.supplies.items().map(|(id, _)| id.clone()).collect();
    let item = step.pick(&items)?;
    let quantity = 1 + step.which % 9;
    let date = step.date;
    match step.which % 4 {
        0 => {
            let fields = json!({
                "date": date, "item": item, "quantity": quantity, "amount": step.amount,
                "from": "示例公司",
            });
            Some(step.by(ACCOUNTANT, "supplies.receive", fields))
        }
        1 => {
            let (from, fund, amount) = paid(step, state, Acquisition::Supplies)?;
            let fields = json!({
                "date": date, "item": item, "from": from, "fund": fund, "quantity": quantity,
                "amount": amount.basis_points(6_000),
            });
            Some(step.by(CLERK, "supplies.store", fields))
        }
        _ => {
            let fields = json!({
                "date": date, "item": item, "quantity": quantity, "to": {"group": "g1"},
            });
            Some(step.by(ACCOUNTANT, "supplies.issue", fields))
        }
    }
}

/// Everything in use and in stock, now and then one fewer or one more than there is.
fn count(step: &Step, state: &State) -> Option<Asked> {
    let id = format!("c-{}", state.next());
    let assets: Vec<Value> = state
        .assets
        .assets()
        .filter(|(_, asset)| asset.is_in_use())
        .map(|(id, _)| json!({"asset": id, "present": step.which % 4 < 1}))
        .collect();
    let stocks = state.supplies.items().flat_map(|(id, item)| {
        item.stocks().map(move |(fund, stock)| {
            let book = stock.through(None).quantity;
            let found = (book + [-1, 0, 1][step.which % 3]).max(0);
            json!({"item": id, "fund": fund, "found": found})
        })
    });
    let stocks: Vec<Value> = stocks.collect();
    let counted = if step.which.is_multiple_of(2) && !assets.is_empty() {
        json!({"assets": assets})
    } else if stocks.is_empty() {
        return None;
    } else {
        json!({"supplies": stocks})
    };
    let fields =
        json!({"stocktake": id, "date": step.date, "counted": counted, "witness": AUDITOR});
    Some(step.by(CLERK, "stocktake.record", fields))
}

fn differ(step: &Step, state: &State) -> Option<Asked> {
    let taken: Vec<_> = state.stocktakes.stocktakes().collect();
    let (id, taken) = step.pick(&taken)?;
    let missing = taken
        .assets
        .iter()
        .filter(|(id, present)| !**present && taken.asset_recorded(id).is_none());
    let asset = missing.map(|(id, _)| id).next().map(|asset| json!({"asset": asset}));
    let items = taken.items.iter().flat_map(|(item, funds)| {
        funds
            .iter()
            .filter(|(_, found)| found.difference() != 0)
            .map(move |(fund, _)| json!({"item": {"item": item, "fund": fund, "amount": "12.34"}}))
    });
    let unlisted = json!({"class": "fixed_asset", "amount": step.amount, "name": "投影仪"});
    let of = asset.into_iter().chain(items).next();
    let of = of
        .filter(|_| !step.which.is_multiple_of(5))
        .unwrap_or_else(|| json!({"unlisted": unlisted}));
    let fields = json!({"date": step.date, "stocktake": id, "of": of});
    Some(step.by(ACCOUNTANT, "stocktake_difference.record", fields))
}

fn resolve(step: &Step, state: &State) -> Option<Asked> {
    let open: Vec<_> = state.stocktakes.open().collect();
    let (pending, found) = step.pick(&open)?;
    let mut fields = json!({"date": step.date, "pending": pending, "basis": "决议"});
    if found.short && step.which.is_multiple_of(2) {
        fields["proceeds"] = json!(step.amount);
        fields["into"] = "cash".into();
    }
    Some(step.by(FINANCE, "stocktake_difference.resolve", fields))
}

/// Those that the steps buy and give back.
pub(crate) const INVESTMENTS: [&str; 3] = ["bond-0", "bond-1", "bond-2"];

fn invested(step: &Step, state: &State) -> Asked {
    let date = step.date;
    let id = INVESTMENTS[step.which % 3];
    let Some(found) = state.investments.investment(&crate::given::of(id)) else {
        let asked = state.disbursements.open().find(|d| d.request.account.as_str() == "151");
        let Some(asked) = asked else {
            let amount = step.amount.min(Money::from_fen(100_000));
            let fields = json!({
                "disbursement": format!("i-{}", state.next()), "date": date, "account": "151",
                "amount": amount, "payee": {"organisation": "示例银行"}, "purpose": "国债",
            });
            return step.by(CLERK, "disbursement.request", fields);
        };
        let (paid, amount) = (&asked.request.disbursement, asked.request.amount);
        if asked.approvals.is_empty() {
            let fields = json!({"disbursement": paid, "date": step.today, "amount": amount});
            return step.by(FINANCE, "disbursement.approve", fields);
        }
        let fields = json!({
            "disbursement": paid, "date": step.today, "investment": id, "name": "国债",
            "from": "bank", "resolution": "决议",
        });
        return step.by(CASHIER, "investment.acquire", fields);
    };
    let principal = found.held(None).basis_points(5_000);
    let fields = json!({
        "date": date, "investment": id, "principal": principal, "received": step.amount,
        "into": "bank", "resolution": "决议",
    });
    let by = if principal > step.amount { FINANCE } else { ACCOUNTANT };
    step.by(by, "investment.recover", fields)
}
