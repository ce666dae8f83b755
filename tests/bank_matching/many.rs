//! What holds of any lines and vouchers, however many.

use std::collections::BTreeSet;

use crate::given::{ACCOUNTANT, FIRST, of};
use crate::{found_in, short};
use mingzhang::date::{Day, Instant};
use mingzhang::event::income::Interest;
use mingzhang::event::statement::{BankLine, Statement, StatementLines};
use mingzhang::event::{Entry, Fact, Recorded, Side, Voucher, VoucherNumber};
use mingzhang::ids::{FundId, Text};
use mingzhang::money::Money;
use mingzhang::projection::State;
use mingzhang::report::bank_matches::{BankMatches, Confidence, Suggestion};
use proptest::prelude::*;

/// A bank's lines and vouchers as they may be read from any book, of days from January on and sums in fen.
fn state_of(vouchers: &[(u32, i64)], lines: &[(u32, i64)]) -> State {
    let mut state = State::default();
    let first: Day = of(FIRST);
    let day = |days: u32| (0..days).fold(first, |day, _| day.next());
    let days: Vec<Day> = (0..=400).map(day).collect();
    let record = |state: &mut State, fact: Fact, voucher: Option<Voucher>| {
        let seq = state.next();
        let at = Instant::from_unix(1_735_689_600).unwrap();
        let actor = of(ACCOUNTANT);
        state.apply(&Recorded { seq, at, actor, fact, voucher, key: None }, None);
    };
    for (place, (on, fen)) in (1..).zip(vouchers) {
        let (date, amount) = (days[usize::try_from(*on).unwrap()], Money::from_fen(*fen));
        let entry = |account: &str, side: Side| Entry {
            account: of(account),
            name: of::<Text>("科目"),
            fund: FundId::general(),
            side,
        };
        let number = VoucherNumber { month: date.month(), number: place };
        let entries = vec![entry("102", Side::Debit(amount)), entry("408", Side::Credit(amount))];
        let voucher = Voucher { number, date, entries };
        let fact = Fact::InterestReceived(Interest { date, fund: FundId::general(), amount });
        record(&mut state, fact, Some(voucher));
    }
    let last = days[400];
    let statement = Statement {
        statement: of("b-1"),
        date: last,
        first,
        last,
        opening: Money::ZERO,
        closing: Money::ZERO,
        lines: u32::try_from(lines.len()).unwrap(),
        source: of(&"ab".repeat(32)),
    };
    record(&mut state, Fact::BankStatementRecorded(statement), None);
    let line = |(no, (on, fen)): (u32, &(u32, i64))| BankLine {
        no,
        date: days[usize::try_from(*on).unwrap()],
        amount: Money::from_fen(*fen),
        balance: None,
        reference: None,
    };
    let lines = (1..).zip(lines).map(line).collect();
    let lines = StatementLines { statement: of("b-1"), lines };
    record(&mut state, Fact::BankLineRecorded(lines), None);
    state
}

/// Nothing is in two proposals, and what may be accepted comes to the same on both sides.
fn holds_together(found: &BankMatches, vouchers: usize, lines: usize) {
    let (mut seen_lines, mut seen_vouchers) = (BTreeSet::new(), BTreeSet::new());
    for one in &found.suggestions {
        for line in &one.lines {
            assert!(seen_lines.insert((line.statement.clone(), line.no)), "{}", short(one));
        }
        for voucher in &one.vouchers {
            assert!(seen_vouchers.insert(voucher.seq), "{}", short(one));
        }
        let lines = Money::sum(one.lines.iter().map(|line| line.amount));
        let booked = Money::sum(one.vouchers.iter().map(|voucher| voucher.amount));
        match one.confidence {
            Confidence::Certain | Confidence::Likely => assert_eq!(lines, booked, "{}", short(one)),
            Confidence::Ambiguous => assert!(one.lines.len() + one.vouchers.len() > 2),
        }
    }
    let left = usize::try_from(found.lines_left).unwrap();
    assert_eq!(seen_lines.len() + left, lines, "every line is somewhere");
    let left = usize::try_from(found.vouchers_left).unwrap();
    assert_eq!(seen_vouchers.len() + left, vouchers, "every voucher is somewhere");
}

/// Sums that are often alike and often come together, in and out.
fn items() -> impl Strategy<Value = Vec<(u32, i64)>> {
    let fen = prop_oneof![(1i64..12).prop_map(|sum| sum * 500), 1i64..90_000];
    let item = (0u32..40, fen, any::<bool>());
    let item = item.prop_map(|(day, fen, out)| (day, if out { -fen } else { fen }));
    prop::collection::vec(item, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_line_and_no_voucher_is_in_two_proposals_and_each_comes_to_its_sum(
        vouchers in items(),
        lines in items(),
    ) {
        let mut lines = lines;
        lines.sort_by_key(|(day, _)| *day);
        let state = state_of(&vouchers, &lines);
        let found = found_in(&state, None);
        holds_together(&found, vouchers.len(), lines.len());
        prop_assert_eq!(&found, &found_in(&state, None));
    }
}

/// What came in and went out, by the same sums a few days later: everything is found, and nothing of it
/// hangs on the order in which the vouchers were written.
#[test]
fn the_order_of_the_vouchers_changes_nothing_of_what_is_found() {
    let vouchers: Vec<(u32, i64)> = (0..60).map(|n| (n * 5, i64::from(n) * 317 + 100)).collect();
    let lines: Vec<(u32, i64)> = vouchers.iter().map(|(day, fen)| (day + 2, *fen)).collect();
    let mut back = vouchers.clone();
    back.reverse();
    let pairs = |vouchers: &[(u32, i64)]| {
        let found = found_in(&state_of(vouchers, &lines), None);
        let pair =
            |one: &Suggestion| (one.lines[0].no, one.vouchers[0].day, one.vouchers[0].amount);
        found.suggestions.iter().map(pair).collect::<Vec<_>>()
    };
    assert_eq!(pairs(&vouchers).len(), 60);
    assert_eq!(pairs(&vouchers), pairs(&back));
}

/// Every second line is a voucher's; the rest is searched for sums, and a search that explodes never ends.
#[test]
fn of_ten_thousand_lines_and_vouchers_those_that_are_one_another_are_found() {
    let sum = |n: u32| i64::from(n.wrapping_mul(2_654_435_761) % 9_000_000) + 1;
    let vouchers: Vec<(u32, i64)> = (0..10_000).map(|n| (n / 28, sum(n))).collect();
    // Every second line is a voucher's, three days later; the others are nobody's.
    let of_line = |n: u32| if n.is_multiple_of(2) { sum(n) } else { sum(n + 20_000) };
    let lines: Vec<(u32, i64)> = (0..10_000).map(|n| (n / 28 + 3, of_line(n))).collect();
    let state = state_of(&vouchers, &lines);
    let found = found_in(&state, None);
    holds_together(&found, 10_000, 10_000);
    let likely = found.suggestions.iter().filter(|s| s.confidence == Confidence::Likely);
    assert!(likely.count() > 4_900);
}

/// All of one sum on a few days is the worst for whoever pairs each with each.
#[test]
fn ten_thousand_of_one_sum_are_one_doubt() {
    let all: Vec<(u32, i64)> = (0..10_000).map(|n| (n / 1_000, 500)).collect();
    let state = state_of(&all, &all);
    let found = found_in(&state, None);
    assert_eq!(found.suggestions.len(), 1);
    let [doubt] = found.suggestions.as_slice() else { unreachable!() };
    assert_eq!((doubt.lines.len(), doubt.vouchers.len()), (10_000, 10_000));
    assert_eq!(doubt.confidence, Confidence::Ambiguous);
}
