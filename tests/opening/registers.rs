//! What was handed over beside the balances is a register from the first day.

use mingzhang::chain::record::Envelope;
use mingzhang::date::Month;
use mingzhang::event::{Fact, Recorded};
use mingzhang::money::Money;
use mingzhang::report::asked::Ledger;
use mingzhang::report::{Period, advances, asset_agreement};
use serde_json::{Value, json};

use crate::given::{self, ACCOUNTANT, Given, of, yuan};
use crate::{advance, begun, card, control, june, mutual, recorded, towels};

/// What the registers hold is what the accounts do, from the records that brought it in.
#[test]
fn cards_supplies_advances_and_custody_are_registers_from_the_first_day() {
    let mut document = june();
    let [balance, credit] = ["debit", "credit"].map(|side| {
        move |account: &str, fund: &str, amount: &str| json!({"account": account, "fund": fund, side: amount})
    });
    let more = [
        balance("171", "general", "360.00"),
        credit("172", "general", "60.00"),
        credit("30105", "general", "300.00"),
        balance("181", "relief", "240.00"),
        credit("30106", "relief", "240.00"),
        balance("141", "relief", "20.00"),
        credit("30101", "relief", "20.00"),
        balance("10201", "mutual", "70.00"),
        credit("221", "mutual", "70.00"),
    ];
    document["balances"].as_array_mut().unwrap().extend(more);
    document["custody"] = json!([mutual()]);
    let software = json!({
        "asset": "a-2", "name": "软件", "category": "software", "cost": "360.00",
        "in_use_from": "2024-07-01", "life_months": 72, "worn": {"months": 12, "amount": "60.00"},
        "keeper": {"officer": "clerk"}, "place": "办公室",
    });
    let repairs = json!({
        "asset": "a-3", "name": "装修", "category": "prepaid", "cost": "240.00", "fund": "relief",
        "in_use_from": "2025-07-01", "life_months": 24, "keeper": {"officer": "clerk"}, "place": "活动室",
    });
    document["cards"] = json!([card("600.00", "100.00"), software, repairs]);
    document["supplies"] = json!([towels("general", 8, "80.00"), towels("relief", 2, "20.00")]);
    document["advances"] = json!([advance("30.00")]);
    document["control"] = json!({
        "debit": "2820.00", "credit": "2820.00", "members": 3, "cards": "1200.00",
        "supplies": "100.00", "advances": "30.00",
    });
    let mut book = begun("2025-07-01");
    let records = recorded(&mut book, &document);
    let opening: Vec<_> = records
        .iter()
        .filter(|record| matches!(record.fact, Fact::OpeningRecorded(_)))
        .map(|record| record.seq)
        .collect();
    let from = |record: &Recorded| match &record.fact {
        Fact::AssetCarded(card) => Some(card.from),
        Fact::SuppliesStored(stored) => Some(stored.from),
        Fact::AdvanceOpened(opened) => Some(opened.from),
        _ => None,
    };
    let named: Vec<_> = records.iter().filter_map(from).collect();
    assert_eq!(named.len(), 6);
    assert!(named.iter().all(|from| opening.contains(from)), "{named:?} {opening:?}");
    let read = |line: &Vec<u8>| mingzhang::book::recorded(Envelope::read(line).unwrap()).unwrap();
    let all: Vec<Recorded> = book.lines().iter().map(read).collect();
    let (state, chart) = (book.state(), book.book.chart());
    let agreement = asset_agreement::report(Ledger { state, chart, records: &all });
    assert!(agreement.cards.iter().all(|line| line.difference.is_zero()), "{agreement:?}");
    assert_eq!((agreement.uncarded.len(), agreement.cards.len()), (0, 7), "{agreement:?}");
    // The first month is worn off from where the old book stopped.
    let ask = |name: &str, on: &str, fields: Value| given::asks(ACCOUNTANT, on, name, fields);
    let worn = book.then(&ask("depreciation.record", "2026-01-05", json!({"month": "2025-07"})));
    let lines = worn.iter().flat_map(|record| match &record.fact {
        Fact::AssetDepreciated(run) => run.lines.clone(),
        _ => Vec::new(),
    });
    let mut lines: Vec<_> = lines.map(|l| format!("{} {}", l.asset, l.amount)).collect();
    lines.sort();
    assert_eq!(lines, ["a-1 8.33", "a-2 5.00", "a-3 10.00"]);
    let settled = json!({
        "date": "2025-07-31", "disbursement": "old-1", "returned": "10.00", "into": "cash",
        "spent": [{"account": "50504", "amount": "20.00", "purpose": "差旅费"}],
    });
    let settlement = book.then(&ask("advance.settle", "2026-01-05", settled))[0].seq;
    let shown = |book: &Given, month: &str| {
        let month: Month = of(month);
        let report = advances::report(book.state(), book.book.chart(), Period::Month(month));
        let line = &report.lines[0];
        (line.paid, line.outstanding, line.days)
    };
    assert_eq!(shown(&book, "2025-07"), (of("2025-05-06"), Money::ZERO, None));
    // What is taken back is open again, for as long as it was.
    let reverse = |seq| given::reverse("2026-01-05", seq);
    book.then(&reverse(settlement.0));
    assert_eq!(shown(&book, "2025-07"), (of("2025-05-06"), yuan("30.00"), Some(86)));
}

/// What other unions owed when the old book ended comes in by the record that brought it in.
#[test]
fn what_was_due_from_other_unions_is_settled_by_its_opening() {
    let mut document = june();
    let balances = document["balances"].as_array_mut().unwrap();
    balances.push(json!({"account": "13101", "debit": "500.00"}));
    balances[7]["credit"] = "1400.00".into();
    control(&mut document, "2630.00", "2630.00");
    let mut book = begun("2025-07-01");
    let records = recorded(&mut book, &document);
    let opening = records.iter().find(|r| matches!(r.fact, Fact::OpeningRecorded(_))).unwrap().seq;
    let settle = |amount: &str, kind: Option<&str>| {
        let mut fields = json!({"date": "2025-07-08", "accrual": opening, "amount": amount});
        if let Some(kind) = kind {
            fields["kind"] = kind.into();
        }
        given::asks(ACCOUNTANT, "2026-01-05", "accrual.settle", fields)
    };
    let code = |book: &mut Given, asked| book.when(&asked).unwrap_err().name();
    assert_eq!(code(&mut book, settle("1.00", None)), "AccrualUnknown");
    assert_eq!(code(&mut book, settle("1.00", Some("lower_allocation"))), "AccrualUnknown");
    let subsidy = Some("superior_subsidy_general");
    assert_eq!(code(&mut book, settle("500.01", subsidy)), "AccrualTooSmall");
    let settled = book.then(&settle("300.00", subsidy));
    let entries = &settled[0].voucher.as_ref().unwrap().entries;
    let entries: Vec<_> = entries.iter().map(|e| (e.account.as_str(), e.side.balance())).collect();
    assert_eq!(entries, [("102", yuan("300.00")), ("13101", yuan("-300.00"))]);
    // The other kind is due on the same account.
    assert_eq!(
        code(&mut book, settle("200.01", Some("superior_subsidy_earmarked"))),
        "AccrualTooSmall"
    );
    assert_eq!(code(&mut book, given::reverse("2026-01-05", opening.0)), "NotReversible");
    book.then(&given::reverse("2026-01-05", settled[0].seq.0));
    book.then(&settle("500.00", subsidy));
}
