//! Programs that nobody here wrote for this program come to the same verdicts on the same books:
//! two verifiers made from docs/FORMAT.md alone, one in Python and one that is a page in a browser,
//! and the code of Go's checksum database. docs/faults.md says which of them finds what.
//!
//! `tests/run.sh` installs them and names them in the environment; where they are not named, that
//! is said, and nothing is tested.

#![allow(clippy::unwrap_used, reason = "a program of others that cannot be asked is a failed test")]

mod support;
mod verifiers;

use std::process::Command;
use std::sync::OnceLock;

use support::faults::cases;
use support::{Bundle, found, good, log_key, policy_of_both, records, seal};
use verifiers::table::Run;
use verifiers::{Book, Said, difference, others, page, program, python, table};

/// Each takes a tenth of a second, which is Python's start.
const RANDOM_BOOKS: u64 = 100;

/// The good books, then a book for each fault.
fn planned() -> &'static [Book] {
    static BOOKS: OnceLock<Vec<Book>> = OnceLock::new();
    BOOKS.get_or_init(|| {
        let good = good_books().into_iter();
        let good = good.map(|(done, bundle)| Book { done: done.to_owned(), bundle, found: vec![] });
        let faulty = cases().into_iter();
        let faulty = faulty.map(|case| Book {
            done: case.done.to_owned(),
            bundle: case.bundle,
            found: case.found,
        });
        good.chain(faulty).collect()
    })
}

/// Books that are changed without a plan, so that the verifiers are compared where nobody thought
/// of it.
fn random() -> &'static [Book] {
    static BOOKS: OnceLock<Vec<Book>> = OnceLock::new();
    BOOKS.get_or_init(|| {
        let book = |seed| {
            let (done, bundle) = support::random::book(seed);
            Book { done: format!("{seed} {done}"), bundle, found: vec![] }
        };
        (0..RANDOM_BOOKS).map(book).collect()
    })
}

/// What verify.py says of the planned books, where it can be asked.
fn python_of_planned() -> Option<&'static [Said]> {
    static SAID: OnceLock<Option<Vec<Said>>> = OnceLock::new();
    let ask = |name: String| planned().iter().map(|book| python(&name, &book.bundle)).collect();
    SAID.get_or_init(|| program("MINGZHANG_PYTHON").map(ask)).as_deref()
}

/// What verify.html says of the planned books and then of the others, in one browser.
fn page_of_all() -> Option<(&'static [Said], &'static [Said])> {
    static SAID: OnceLock<Option<Vec<Said>>> = OnceLock::new();
    let ask = |name: String| page(&name, &[planned(), random()]);
    let said = SAID.get_or_init(|| program("MINGZHANG_PYTHON").map(ask)).as_deref()?;
    said.split_at_checked(planned().len())
}

fn assert_all_say(books: &[Book], theirs: &[Said]) {
    assert_eq!(books.len(), theirs.len());
    let both = books.iter().zip(theirs);
    let wrong = both.filter_map(|(book, theirs)| difference(book, theirs));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_verifier_written_from_the_format_alone_says_the_same() {
    let Some(theirs) = python_of_planned() else { return };
    assert_all_say(planned(), theirs);
}

#[test]
fn both_say_the_same_of_books_that_were_changed_at_random() {
    let Some(name) = program("MINGZHANG_PYTHON") else { return };
    let theirs: Vec<Said> = random().iter().map(|book| python(&name, &book.bundle)).collect();
    assert_all_say(random(), &theirs);
}

#[test]
fn the_page_says_the_same() {
    let Some((theirs, _)) = page_of_all() else { return };
    assert_all_say(planned(), theirs);
}

#[test]
fn the_page_says_the_same_of_books_that_were_changed_at_random() {
    let Some((_, theirs)) = page_of_all() else { return };
    assert_all_say(random(), theirs);
}

/// What is missed fails, so a ✓ on the page is a fault found at its place.
#[test]
fn every_fault_is_found_by_all_three_and_docs_say_so() {
    let (Some(python), Some((page, _))) = (python_of_planned(), page_of_all()) else { return };
    let Some(others) = others::refusing(planned()) else { return };
    let ours = |book: &Book| {
        let found = found(&book.bundle.verify()).into_iter();
        found.map(|(record, kind)| (record, kind.name().to_owned())).collect()
    };
    let theirs = |said: &[Said]| said.iter().map(|said| said.faults.clone()).collect();
    let verifiers = [
        ("mingzhang verify", planned().iter().map(ours).collect()),
        ("verify.py", theirs(python)),
        ("verify.html", theirs(page)),
    ];
    let run = Run { books: planned(), verifiers, others: &others };
    let missed = run.missed();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    table::compare(&run.page());
}

#[test]
fn go_s_checksum_database_accepts_the_good_books() {
    let Some(sumdb) = program("MINGZHANG_SUMDB") else { return };
    for (done, bundle) in good_books() {
        let folder = tempfile::tempdir().unwrap();
        bundle.write(folder.path());
        for checkpoint in &bundle.checkpoints {
            let output = Command::new(&sumdb)
                .arg(log_key().vkey().to_string())
                .args([&checkpoint.name, "events.ndjson"].map(|name| folder.path().join(name)))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{done}: {complaint}");
            let root = bundle.verify().root.to_string();
            if checkpoint.name == "checkpoint" {
                assert_eq!(said, format!("ok {} {root}\n", bundle.lines().len()), "{done}");
            }
        }
    }
}

/// Books without a fault: with and without witnesses, and with an older checkpoint.
fn good_books() -> Vec<(&'static str, Bundle)> {
    let lines = seal(records());
    let mut older = good();
    let note = support::signed(&support::checkpoint(&lines[..5]), &[1, 2]);
    older.checkpoints.push(support::named("checkpoints/5", note));
    vec![
        ("a good book", good()),
        ("a good book with an older checkpoint", older),
        ("a good book without a policy", Bundle { policy: None, ..good() }),
        ("a good book with too few witnesses", Bundle { policy: Some(policy_of_both()), ..good() }),
        ("a good book of one record", support::bundle(&lines[..1])),
        ("a good book on a chart of its own", support::own_chart::good_own_chart()),
    ]
}
