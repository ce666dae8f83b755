//! Whatever can be recorded stands in a good book, and programs that are not ours find it good: both
//! other verifiers, and hledger, ledger and beancount, which add its vouchers up by themselves.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod exported;
mod given;
mod golden;
mod support;
mod verifiers;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use exported::{Exports, agree};
use given::acts::{LOG_KEY, log_key};
use given::american::{OLMS, a_year};
use given::{Asked, Given, given_on};
use golden::first;
use mingzhang::book::recorded;
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::Envelope;
use mingzhang::chain::verify::NoteKind;
use mingzhang::chart::STATUTORY;
use mingzhang::event::Fact;
use mingzhang::export::{By, Exported};
use mingzhang::rules::Command;
use support::{Bundle, instant};
use verifiers::{Said, difference, page, program, python};

/// After the last record of all these books.
const NOW: &str = "2027-01-10T00:00:00Z";

/// The same book, begun under a log key and a policy, as every book of the program is.
fn kept_by_a_log(mut asked: Vec<Asked>) -> Vec<Asked> {
    if let Some(Command::CreateLedger(new)) = asked.first_mut().map(|first| &mut first.command) {
        new.log = log_key(LOG_KEY).vkey().to_string();
        new.policy = format!("log {}\nquorum none\n", new.log);
        new.policy_sha256 = support::sha256(new.policy.as_bytes());
        new.format_sha256 = "00".repeat(32);
    }
    asked
}

/// Every book of golden records, and a year on a chart that is not Chinese, in dollars.
fn books() -> &'static [(String, Given)] {
    static BOOKS: OnceLock<Vec<(String, Given)>> = OnceLock::new();
    BOOKS.get_or_init(|| {
        let first = first::books().into_iter().map(|book| (first::CHART, book));
        let families = golden::books().into_iter().map(|book| (STATUTORY, book));
        let all = first.chain(families).chain([(OLMS, a_year())]);
        let given = |(n, (chart, book))| {
            (format!("book {n} on {chart}"), given_on(chart, kept_by_a_log(book)))
        };
        (0..).zip(all).map(given).collect()
    })
}

/// The book as it travels, without a checkpoint: its log key may have changed.
fn bundle(book: &Given) -> Bundle {
    let lines = book.lines();
    Bundle {
        chart: Some(book.book.chart().json().as_bytes().to_vec()),
        checkpoints: Vec::new(),
        log_vkey: None,
        policy: None,
        now: instant(NOW),
        ..support::bundle(&lines)
    }
}

#[test]
fn every_fact_stands_in_one_of_the_books() {
    let lines = books().iter().flat_map(|(_, book)| book.lines());
    let found: BTreeSet<String> = lines.map(|line| Envelope::read(&line).unwrap().kind).collect();
    let all: BTreeSet<String> = Fact::NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(found, all);
}

#[test]
fn verify_finds_no_fault_in_them_and_knows_every_voucher() {
    for (name, book) in books() {
        let verdict = bundle(book).verify();
        assert_eq!(verdict.faults, [], "{name}");
        assert_eq!(verdict.note_count(NoteKind::VoucherTypeUnknown), 0, "{name}");
        // What was added up from the records alone is what the book itself says.
        let ours = book.state().accounts.turnovers();
        for row in &verdict.trial_balance {
            let (fund, account) = (row.fund.parse().unwrap(), row.account.parse().unwrap());
            let balance = book.state().accounts.balance(&fund, &account);
            assert_eq!(row.balance.to_string(), balance.to_string(), "{name} {account} {fund}");
        }
        let posted: BTreeSet<_> =
            ours.map(|p| (p.account.to_string(), p.fund.to_string())).collect();
        let rows = verdict.trial_balance.iter().map(|row| (row.account.clone(), row.fund.clone()));
        assert_eq!(rows.collect::<BTreeSet<_>>(), posted, "{name}");
    }
}

fn planned() -> Vec<verifiers::Book> {
    let one = |(name, book): &(String, Given)| verifiers::Book {
        done: name.clone(),
        bundle: bundle(book),
        found: Vec::new(),
    };
    books().iter().map(one).collect()
}

fn assert_good(books: &[verifiers::Book], theirs: &[Said]) {
    assert_eq!(books.len(), theirs.len());
    for (book, said) in books.iter().zip(theirs) {
        assert_eq!(difference(book, said), None);
        assert_eq!(said.faults, BTreeSet::new(), "{}", book.done);
        assert_eq!(said.vouchers_unknown, 0, "{}", book.done);
    }
}

#[test]
fn the_verifier_in_python_finds_them_good() {
    let Some(name) = program("MINGZHANG_PYTHON") else { return };
    let books = planned();
    let theirs: Vec<Said> = books.iter().map(|book| python(&name, &book.bundle)).collect();
    assert_good(&books, &theirs);
}

#[test]
fn the_page_finds_them_good() {
    let Some(name) = program("MINGZHANG_PYTHON") else { return };
    let books = planned();
    assert_good(&books, &page(&name, &[&books]));
}

fn exports(book: &Given) -> Exports {
    let one = |line: Vec<u8>| {
        let hash = RecordHash::of(&line).to_string();
        Exported { record: recorded(Envelope::read(&line).unwrap()).unwrap(), hash }
    };
    let records = book.lines().into_iter().map(one).collect();
    Exports { records, state: book.state().clone(), chart: book.book.chart().clone() }
}

#[test]
fn hledger_ledger_and_beancount_find_the_same_balances() {
    // A book of officers who sign, for one, has nothing that is exported.
    let posted = |book: &Given| book.state().accounts.turnovers().next().is_some();
    for (name, book) in books().iter().filter(|(_, book)| posted(book)) {
        println!("{name}");
        agree(&exports(book));
    }
}

#[test]
fn exports_hold_custodial_projects_by_their_names_and_dollars_as_dollars() {
    let texts = |book: &Given| {
        let exports = exports(book);
        [By::Currency, By::Fund].map(|by| [exports.journal(by), exports.beancount(by)]).concat()
    };
    let custodial = books().iter().filter(|(_, book)| book.state().custody.projects().count() > 0);
    let mut seen = 0;
    for (name, book) in custodial {
        seen += 1;
        let projects: Vec<String> =
            book.state().custody.projects().map(|project| format!("-{}", project.name)).collect();
        let of_one = |line: &str| {
            line.contains("Liabilities:221-代管经费:F")
                && projects.iter().any(|project| line.contains(project))
        };
        for text in texts(book) {
            assert!(text.lines().any(of_one), "{name}: {text}");
        }
    }
    assert!(seen > 0);
    let (_, american) = books().last().unwrap();
    for text in texts(american) {
        assert!(text.contains("USD") && !text.contains("CNY"), "{text}");
    }
}
