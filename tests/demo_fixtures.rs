//! The demo year is accepted line by line, and adds up to what its README says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod demo_book;

use std::collections::{BTreeMap, BTreeSet};

use demo_book::{Book, files, lines};
use mingzhang::date::{FiscalYear, Month};
use mingzhang::event::disbursement::{Acquisition, Payee};
use mingzhang::event::member::LeavingReason;
use mingzhang::event::{Fact, Till};
use mingzhang::ids::{AccountCode, FundId, GroupId, MemberId};
use mingzhang::money::Money;
use mingzhang::projection::disbursements::Standing;
use mingzhang::projection::members::Member;
use mingzhang::rules::Command;

fn yuan(text: &str) -> Money {
    Money::parse(text).unwrap()
}

fn month(number: u32) -> Month {
    Month::new(2025, number).unwrap()
}

fn fund(id: &str) -> FundId {
    FundId::parse(id).unwrap()
}

fn member(id: &str) -> MemberId {
    MemberId::parse(id).unwrap()
}

fn balance(book: &Book, id: &str, account: &str) -> Money {
    book.state().accounts.balance(&fund(id), &AccountCode::parse(account).unwrap())
}

fn owing_in(book: &Book, month: Month) -> impl Iterator<Item = (&MemberId, &Member)> {
    book.state().members.members().filter(move |(_, member)| member.owes_in(month))
}

/// What a group owes and has paid for the year.
fn year_of(book: &Book, group: &str) -> (Money, Money) {
    let group = GroupId::parse(group).unwrap();
    let (mut due, mut paid) = (Money::ZERO, Money::ZERO);
    for month in month(1).through(month(12)) {
        for (id, member) in owing_in(book, month) {
            if member.group_in(month) == Some(&group) {
                due = due.plus(book.state().dues_due(id, month).unwrap());
                paid = paid.plus(member.paid_for(month));
            }
        }
    }
    (due, paid)
}

/// Amount and people of what was paid for a purpose.
fn paid_for(book: &Book, purpose: &str) -> Vec<(String, Money, Option<u32>)> {
    let disbursements = book.state().disbursements.disbursements();
    disbursements
        .filter(|d| matches!(d.standing, Standing::Paid { .. }))
        .filter(|d| d.request.purpose.as_str().contains(purpose))
        .map(|d| (d.request.account.to_string(), d.request.amount, d.request.people))
        .collect()
}

#[test]
fn every_line_is_accepted_and_no_till_is_ever_below_nothing() {
    let mut book = Book::begin();
    let mut keys = BTreeSet::new();
    for (file, first) in files() {
        for line in lines(&file, first) {
            book.apply(&line);
            assert!(
                keys.insert(line.key.clone()),
                "{}: key {} is used twice",
                line.place,
                line.key
            );
            for (id, till) in ["general", "relief", "donation"]
                .iter()
                .flat_map(|id| Till::ALL.map(|till| (id, till)))
            {
                let code = book.chart().at(till.of()).unwrap().to_string();
                let held = balance(&book, id, &code);
                assert!(!held.is_negative(), "{}: {id} {till:?} {held}", line.place);
            }
        }
    }
}

#[test]
fn every_month_ends_with_its_closing() {
    for (place, (file, first)) in files().iter().enumerate().skip(1) {
        let all = lines(file, *first);
        let last = all.last().map(|line| line.command.name());
        assert_eq!(last, Some(if place == 12 { "year.close" } else { "period.close" }), "{file}");
        let closings = all
            .iter()
            .filter(|l| matches!(l.command, Command::ClosePeriod(_) | Command::CloseYear(_)));
        assert_eq!(closings.count(), 1, "{file}");
    }
}

#[test]
fn the_union_has_78_members_in_six_groups_and_one_joins_and_one_retires() {
    let book = Book::demo();
    for (number, expected) in [(1, 78), (2, 78), (3, 79), (6, 79), (7, 78), (12, 78)] {
        assert_eq!(owing_in(&book, month(number)).count(), expected, "{number}");
    }
    let mut groups: BTreeMap<&GroupId, u32> = BTreeMap::new();
    for (_, member) in owing_in(&book, month(1)) {
        *groups.entry(member.group_in(month(1)).unwrap()).or_default() += 1;
    }
    assert_eq!(groups.values().copied().collect::<Vec<_>>(), [13; 6]);
    let retired = book.state().members.member(&member("m-0070")).unwrap();
    let left = retired.left.map(|(day, reason)| (day.to_string(), reason));
    assert_eq!(left, Some(("2025-06-30".to_owned(), LeavingReason::Retired)));
}

#[test]
fn five_groups_pay_in_full_and_one_lacks_one_month_of_one_member() {
    let book = Book::demo();
    for group in ["g1", "g2", "g3", "g5", "g6"] {
        let (due, paid) = year_of(&book, group);
        assert_eq!(due, paid, "{group}");
    }
    let (due, paid) = year_of(&book, "g4");
    let lacking = book.state().dues_due(&member("m-0045"), month(11)).unwrap();
    assert_eq!((due.minus(paid), lacking.is_positive()), (lacking, true));
}

#[test]
fn the_two_per_cent_came_in_whole_and_what_was_owed_went_up() {
    let book = Book::demo();
    for month in month(1).through(month(12)) {
        let payroll = book.state().allocation.payroll(month).unwrap();
        let received = book.state().allocation.received_for(None, month);
        assert_eq!(received, payroll.total.basis_points(200), "{month}");
    }
    assert_eq!(balance(&book, "general", "211"), Money::ZERO);
}

#[test]
fn relief_visits_and_benefits_are_the_promised_sums() {
    let book = Book::demo();
    let paid = |purpose: &str| paid_for(&book, purpose);
    let one = |account: &str, amount: &str, people| {
        vec![(account.to_owned(), yuan(amount), Some(people))]
    };
    assert_eq!(paid("春节前慰问困难职工11户"), one("50404", "5600.00", 11));
    assert_eq!(paid("走访慰问17人"), one("50405", "4300.00", 17));
    assert_eq!(paid("春节慰问品"), one("50105", "23400.00", 78));
    assert_eq!(paid("妇女节"), one("50105", "1860.00", 31));
    assert_eq!(paid("会员住院慰问"), one("50105", "500.00", 1));
    let standing = |wanted: fn(&Standing) -> bool| {
        book.state().disbursements.disbursements().filter(|d| wanted(&d.standing)).count()
    };
    assert_eq!(standing(|s| matches!(s, Standing::Refused { .. })), 1);
    assert_eq!(standing(|s| matches!(s, Standing::Cancelled { .. })), 1);
    assert_eq!(standing(|s| matches!(s, Standing::Open)), 0);
    let projector = book.state().disbursements.disbursements();
    let bought: Vec<_> =
        projector.filter(|d| d.request.acquires == Some(Acquisition::FixedAsset)).collect();
    assert_eq!(bought.len(), 1);
    assert_eq!(bought[0].request.amount, yuan("3680.00"));
    assert!(matches!(bought[0].request.payee, Payee::Organisation(_)));
}

#[test]
fn the_wrong_interest_is_reversed_once_and_the_audit_committee_adjusts_once() {
    let book = Book::demo();
    let (seq, reversed) = book.state().periods.reversed().next().unwrap();
    let (record, _) = &book.records()[usize::try_from(seq.0).unwrap()];
    assert!(matches!(&record.fact, Fact::InterestReceived(i) if i.amount == yuan("128.50")));
    assert_eq!(reversed.voucher, record.voucher.as_ref().unwrap().number);
    assert_eq!(book.state().periods.reversed().count(), 1);
    assert_eq!(book.state().periods.adjustments().count(), 1);
}

#[test]
fn after_the_closing_income_and_expenditure_are_nil_and_each_fund_balances() {
    let book = Book::demo();
    assert!(book.state().periods.year_is_closed(FiscalYear(2025)));
    for id in ["general", "relief", "donation"] {
        let id = fund(id);
        let mut sum = Money::ZERO;
        for (account, balance) in
            book.state().accounts.balances_through(&id, Month::new(2025, 12).unwrap())
        {
            sum = sum.plus(balance);
            if account.as_str().starts_with(['4', '5']) {
                assert_eq!(balance, Money::ZERO, "{id} {account}");
            }
        }
        assert_eq!(sum, Money::ZERO, "{id}");
    }
    // 一日捐 7,430.00, of which 3,000.00 was given.
    assert_eq!(balance(&book, "donation", "32104"), yuan("-4430.00"));
    // 12,000 + 20,000 + 6,000 - 5,600 - 6,000 - 4,000
    assert_eq!(balance(&book, "relief", "102"), yuan("22400.00"));
}
