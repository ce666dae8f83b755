//! Income on any account, custodial money, analyses, advances, cash and bank, the general voucher: one
//! command for each fact and each form, in January 2025.

use serde_json::{Value, json};

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, approve, asks, given, opening, pay,
    requested, rule, union,
};
use mingzhang::ids::Seq;

const DAY: &str = "2025-01-20";

fn by_accountant(name: &str, fields: Value) -> Asked {
    asks(ACCOUNTANT, DAY, name, fields)
}

/// The place of the record that comes after these commands.
fn next(asked: &[Asked]) -> u64 {
    given(asked.to_vec()).state().next().0
}

pub(crate) fn scene() -> Vec<Asked> {
    let begun = {
        let lines = json!([
            {"account": "101", "fund": "general", "debit": "500.00"},
            {"account": "102", "fund": "general", "debit": "9000.00"},
            {"account": "32205", "fund": "general", "credit": "9500.00"},
        ]);
        let mut begun = union();
        begun.push(opening(crate::given::FIRST, lines));
        begun
    };
    let mut all = begun.clone();
    all.extend(rules());
    all.extend(income_and_custody());
    all.extend(spending());
    cash_counted(&mut all);
    bank(&mut all);
    all.split_off(union().len())
}

fn rules() -> Vec<Asked> {
    let limits = json!({
        "name": "cash_limits", "settlement_from": "1000.00", "till_max": "3000.00",
        "no_spending_from_receipts": true,
    });
    [
        limits,
        json!({"name": "advances", "settle_within_days": 30}),
        json!({"name": "spending_analysis", "required": true}),
    ]
    .iter()
    .map(|set| rule(CHAIR, DAY, set))
    .collect()
}

fn income_and_custody() -> Vec<Asked> {
    vec![
        by_accountant(
            "income.receive",
            json!({
                "date": DAY, "account": "406", "into": "bank", "amount": "800.00",
                "from": "示例疗养院", "purpose": "上缴",
            }),
        ),
        by_accountant(
            "custodial_project.open",
            json!({
                "project": "mutual", "name": "职工互助保险", "whose": "示例互助会", "purpose": "代收保费",
            }),
        ),
        by_accountant(
            "custodial.receive",
            json!({
                "date": DAY, "project": "mutual", "into": "bank", "amount": "250.00", "from": "会员五人",
            }),
        ),
        asks(CLERK, DAY, "disbursement.request", {
            let to = json!({"organisation": "示例互助会"});
            let mut fields = requested(DAY, "g-c", "221", "200.00", &to);
            fields["fund"] = "mutual".into();
            fields
        }),
        approve(FINANCE, DAY, "g-c", "200.00"),
        asks(
            CASHIER,
            DAY,
            "custodial.pay",
            json!({"disbursement": "g-c", "date": DAY, "from": "bank"}),
        ),
    ]
}

fn spending() -> Vec<Asked> {
    let project = json!({"project": "skills", "name": "技能竞赛", "purpose": "全年竞赛"});
    let mut race = requested(DAY, "g-1", "50301", "600.00", &json!({"roster": "获奖名册"}));
    race["analysis"] = json!({"nature": "project", "project": "skills", "economic": "30309"});
    let advance = requested(DAY, "g-2", "135", "300.00", &json!({"member": "m-1"}));
    let bill = json!({
        "account": "50504", "amount": "180.00", "purpose": "差旅费",
        "analysis": {"nature": "basic", "economic": "30211"},
    });
    let journal = json!([
        {"account": "510", "fund": "general", "debit": "20.00"},
        {"account": "182", "fund": "general", "credit": "20.00"},
    ]);
    vec![
        by_accountant("project.open", project),
        asks(CLERK, DAY, "disbursement.request", race),
        asks(CLERK, DAY, "disbursement.request", advance),
        approve(FINANCE, DAY, "g-2", "300.00"),
        pay(CASHIER, DAY, "g-2", "cash"),
        by_accountant(
            "advance.settle",
            json!({
                "date": DAY, "disbursement": "g-2", "spent": [bill], "returned": "120.00",
                "into": "cash",
            }),
        ),
        by_accountant(
            "journal.record",
            json!({"date": DAY, "lines": journal, "reason": "核销", "basis": "决议2025-9号"}),
        ),
    ]
}

/// Two short and two over, so that each ending is there.
fn cash_counted(all: &mut Vec<Asked>) {
    let endings = [
        ("short", json!("spending")),
        ("short", json!({"liable": CASHIER})),
        ("over", json!("income")),
        ("over", json!("owed")),
    ];
    for (kind, ends) in endings {
        let held = cash_held(all);
        let counted = if kind == "short" { held - 1 } else { held + 1 };
        let fields =
            json!({"date": DAY, "counted": format!("{counted}.00"), "witness": ACCOUNTANT});
        let count = next(all);
        all.push(asks(CASHIER, DAY, "cash.count", fields));
        let fields = json!({"date": DAY, "kind": kind, "amount": "1.00", "count": Seq(count)});
        all.push(by_accountant("cash_difference.record", fields));
        let fields =
            json!({"date": DAY, "of": Seq(count + 1), "ends": ends, "basis": "决议2025-8号"});
        all.push(asks(FINANCE, DAY, "cash_difference.resolve", fields));
    }
}

/// Whole yuan of cash by the books.
fn cash_held(all: &[Asked]) -> i64 {
    let book = given(all.to_vec());
    let slips = book.state().accounts.slips(&["101".parse().unwrap()]);
    let held = mingzhang::money::Money::sum(slips.iter().map(|slip| slip.amount));
    held.fen().unwrap() / 100
}

fn bank(all: &mut Vec<Asked>) {
    let lines = json!([
        {"no": 1, "date": DAY, "amount": "800.00", "balance": "9800.00", "reference": "转账 0001"},
        {"no": 2, "date": DAY, "amount": "-3.00"},
    ]);
    let received = (0..next(all)).find(|seq| is_income(all, *seq)).unwrap();
    let statement = next(all);
    all.push(by_accountant(
        "bank_statement.record",
        json!({
            "statement": "b-1", "date": DAY, "first": "2025-01-01", "last": DAY,
            "opening": "9000.00", "closing": "9797.00", "source": "ab".repeat(32), "lines": lines,
        }),
    ));
    let matched = json!({"statement": "b-1", "lines": [1], "seqs": [received]});
    all.push(by_accountant("bank.match", matched.clone()));
    let undone = json!({"of": statement + 2, "reason": "核对"});
    all.push(by_accountant("bank.unmatch", undone));
    all.push(by_accountant("bank.match", matched));
    let fields = json!({"date": DAY, "statement": "b-1", "adjusted": "9847.00"});
    all.push(by_accountant("bank.reconcile", fields));
}

fn is_income(all: &[Asked], seq: u64) -> bool {
    let lines = given(all.to_vec()).lines();
    let line = String::from_utf8_lossy(&lines[usize::try_from(seq).unwrap()]).into_owned();
    line.contains("\"type\":\"income.received\"")
}
