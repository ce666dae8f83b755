//! Every figure of every report of the demo year is the sum of records that can be named.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod demo_book;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use demo_book::Book;
use mingzhang::event::Recorded;
use mingzhang::ids::Seq;
use mingzhang::projection::{State, reverses};
use mingzhang::report::asked::{Asked, Name, Settled};
use mingzhang::report::explain::{Explained, Explainer, keys};
use mingzhang::report::{Period, asked};

static DEMO: LazyLock<Book> = LazyLock::new(Book::demo);
static RECORDS: LazyLock<BTreeMap<Seq, Recorded>> =
    LazyLock::new(|| DEMO.records().into_iter().map(|(record, _)| (record.seq, record)).collect());

fn settled(name: Name, period: &str, by_fund: bool) -> Settled {
    let period = Some(period.parse::<Period>().unwrap());
    Asked { name, period, by_fund, of: None }.settle(DEMO.state())
}

fn explained(of: &Settled, line: &str, state: &State) -> Explained {
    let mut explainer = Explainer::new(of, state, DEMO.chart(), line).unwrap();
    for record in RECORDS.values() {
        explainer.take(record, reverses(&record.fact).and_then(|seq| RECORDS.get(&seq)));
    }
    explainer.finish()
}

#[test]
fn the_records_behind_every_line_of_every_report_add_up_to_its_figures() {
    let mut figures = 0;
    for period in ["2025", "2025-01", "2025-06", "2025-12", "all"] {
        for name in Name::ALL.iter().copied() {
            for by_fund in [false, true] {
                if by_fund && name != Name::TrialBalance {
                    continue;
                }
                let of = settled(name, period, by_fund);
                for key in keys(&of, DEMO.state(), DEMO.chart()) {
                    // Stands for any member's number, which is the next test's.
                    if key == "MEMBER" {
                        continue;
                    }
                    let found = explained(&of, &key, DEMO.state());
                    assert!(found.agrees, "{name} {key} {period}: {found:#?}");
                    let with_rows = found.columns.iter().filter(|column| !column.rows.is_empty());
                    figures += with_rows.count();
                }
            }
        }
    }
    assert!(figures > 500, "{figures}");
}

#[test]
fn what_each_member_paid_is_explained_by_the_receipts() {
    let of = settled(Name::Dues, "2025", false);
    let total = explained(&of, "total", DEMO.state());
    let members =
        DEMO.state().members.members().map(|(id, _)| explained(&of, id.as_str(), DEMO.state()));
    let sum = members.fold(mingzhang::money::Money::ZERO, |sum, member| {
        assert!(member.agrees, "{member:?}");
        sum.plus(member.columns[0].sum)
    });
    assert_eq!(sum, total.columns[0].figure);
    assert!(sum.is_positive());
}

#[test]
fn a_line_is_found_by_its_number_and_by_its_name_in_either_language() {
    let of = settled(Name::IncomeStatement, "2025", false);
    let by_number = explained(&of, "4", DEMO.state());
    for name in ["三、收入合计", "收入合计", "3. Total income", "Total income"] {
        let found = Explainer::new(&of, DEMO.state(), DEMO.chart(), name);
        assert!(found.is_ok(), "{name}");
    }
    let by_name = explained(&of, "三、收入合计", DEMO.state());
    let of_line = |said: &Explained| said.line.clone();
    assert_ne!(of_line(&by_number), of_line(&explained(&of, "5", DEMO.state())));
    let number = keys(&of, DEMO.state(), DEMO.chart())
        .into_iter()
        .find(|key| explained(&of, key, DEMO.state()).line == by_name.line)
        .unwrap();
    assert_eq!(explained(&of, &number, DEMO.state()), by_name);
    let wrong = Explainer::new(&of, DEMO.state(), DEMO.chart(), "nothing").err().unwrap();
    assert_eq!(wrong.known, keys(&of, DEMO.state(), DEMO.chart()));
}

#[test]
fn a_state_that_is_not_what_the_records_add_up_to_is_found_out() {
    // As a cache would say it that somebody has altered: one voucher was left out.
    let mut state = State::default();
    let left_out = RECORDS
        .values()
        .rfind(|record| record.voucher.is_some() && record.fact.kind() == "dues.received");
    for record in RECORDS.values() {
        let mut record = record.clone();
        if Some(record.seq) == left_out.map(|record| record.seq) {
            record.voucher = None;
        }
        let reversed = reverses(&record.fact).and_then(|seq| RECORDS.get(&seq));
        state.apply(&record, reversed);
    }
    let of = settled(Name::IncomeStatement, "2025", false);
    let right = explained(&of, "会费收入", DEMO.state());
    let wrong = explained(&of, "会费收入", &state);
    assert!(right.agrees && !wrong.agrees);
    assert_eq!(wrong.columns[0].sum, right.columns[0].figure, "the records say the same as ever");
    assert_ne!(wrong.columns[0].figure, right.columns[0].figure);
}

#[test]
fn an_explained_line_has_no_record_too_many() {
    let of = settled(Name::TrialBalance, "2025-03", false);
    let found = explained(&of, "401", DEMO.state());
    let report = asked::make(&of, asked::Ledger::of(DEMO.state(), DEMO.chart()));
    assert!(matches!(report, asked::Made::TrialBalance(_)));
    let credit = &found.columns[2];
    for row in &credit.rows {
        let voucher = RECORDS[&row.seq].voucher.as_ref().unwrap();
        assert_eq!(voucher.date.month().to_string(), "2025-03");
        assert!(voucher.entries.iter().any(|entry| entry.account.as_str() == "401"));
    }
    let expected = RECORDS.values().filter(|record| {
        record.voucher.as_ref().is_some_and(|voucher| {
            voucher.date.month().to_string() == "2025-03"
                && voucher.entries.iter().any(|entry| entry.account.as_str() == "401")
        })
    });
    assert_eq!(credit.rows.len(), expected.count());
}
