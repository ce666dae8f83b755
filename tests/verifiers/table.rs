//! docs/faults.md: each fault, the books that show it, and who found it in them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use mingzhang::chain::verify::FaultKind;
use mingzhang::lang::Lang;

use super::others::OTHERS;
use super::{Book, is_ours_alone};

/// What was found in a book.
pub(crate) type Pairs = BTreeSet<(Option<u64>, String)>;

/// What was found in the run that the page is of: one answer a book.
pub(crate) struct Run<'a> {
    pub(crate) books: &'a [Book],
    pub(crate) verifiers: [(&'static str, Vec<Pairs>); 3],
    pub(crate) others: &'a [BTreeSet<&'static str>],
}

/// A book that shows a fault, by its number in the run, and the record where it does.
struct Shown {
    book: usize,
    record: Option<u64>,
    /// The format describes enough for those who know nothing but the format.
    is_described: bool,
}

impl Run<'_> {
    /// The books that show this fault.
    fn shown(&self, kind: FaultKind) -> Vec<Shown> {
        let of_book = |(n, book): (usize, &Book)| {
            let pairs = book.found.iter().filter(|(_, found)| *found == kind);
            let shown = pairs.map(|(record, _)| Shown {
                book: n,
                record: *record,
                is_described: !is_ours_alone(&book.bundle, *record, kind.name()),
            });
            shown.collect::<Vec<_>>()
        };
        self.books.iter().enumerate().flat_map(of_book).collect()
    }

    /// What each of the three missed, in words.
    pub(crate) fn missed(&self) -> Vec<String> {
        let mut missed = Vec::new();
        for kind in FaultKind::ALL {
            for shown in self.shown(*kind).iter().filter(|shown| shown.is_described) {
                for (name, said) in &self.verifiers {
                    let pair = (shown.record, kind.name().to_owned());
                    if !said[shown.book].contains(&pair) {
                        let done = &self.books[shown.book].done;
                        missed.push(format!("{name} misses {kind} in: {done}"));
                    }
                }
            }
        }
        missed
    }

    /// A mark for each of the three, and in how many of the books the others see anything.
    fn marks(&self, kind: FaultKind, shown: &[Shown]) -> Vec<String> {
        let described = shown.iter().filter(|shown| shown.is_described).count();
        let of_three = self.verifiers.iter().map(|(_, said)| {
            let pair = |shown: &Shown| (shown.record, kind.name().to_owned());
            let found =
                shown.iter().filter(|shown| said[shown.book].contains(&pair(shown))).count();
            match found {
                0 => "—".to_owned(),
                found if found >= described => "✓".to_owned(),
                found => format!("{found}/{described}"),
            }
        });
        let books: BTreeSet<usize> = shown.iter().map(|shown| shown.book).collect();
        let of_others = OTHERS.map(|other| {
            match books.iter().filter(|book| self.others[**book].contains(other)).count() {
                0 => String::new(),
                refused => format!("{refused}/{}", books.len()),
            }
        });
        of_three.chain(of_others).collect()
    }

    pub(crate) fn page(&self) -> String {
        let mut page = String::from(HEAD);
        let columns = ["差错 fault", "造错账套 books"].map(str::to_owned).into_iter();
        let names = self.verifiers.iter().map(|(name, _)| *name).chain(OTHERS);
        let columns: Vec<String> = columns.chain(names.map(str::to_owned)).collect();
        writeln!(page, "| {} |\n|{}", columns.join(" | "), "---|".repeat(columns.len())).unwrap();
        for kind in FaultKind::ALL {
            let shown = self.shown(*kind);
            let books: BTreeSet<usize> = shown.iter().map(|shown| shown.book).collect();
            let marks = self.marks(*kind, &shown).join(" | ");
            let alone = if *kind == FaultKind::PostingDiffers { " ¹" } else { "" };
            let note = if *kind == FaultKind::ProofWrong { " ²" } else { alone };
            writeln!(page, "| `{kind}`{note} | {} | {marks} |", books.len()).unwrap();
        }
        page.push_str(NOTES);
        for kind in FaultKind::ALL {
            self.section(*kind, &mut page);
        }
        page
    }

    fn section(&self, kind: FaultKind, page: &mut String) {
        writeln!(page, "\n### `{kind}`\n").unwrap();
        for lang in Lang::ALL {
            writeln!(page, "- {lang}: {}", kind.message(lang)).unwrap();
        }
        for Shown { book, record, is_described } in self.shown(kind) {
            let place = match record {
                Some(record) => format!("第 {record} 号记录 record {record}"),
                None => "审计包 the bundle".to_owned(),
            };
            let alone = if is_described { "" } else { " ¹" };
            writeln!(page, "- {}: {place}{alone}", self.books[book].done).unwrap();
        }
    }
}

const HEAD: &str = "# 差错 Faults

Every fault of FORMAT.md, section 14, the books in which it was put on purpose, and who found it
there when the tests were run. 下表记号均来自测试的实际运行。This page is written by
`MINGZHANG_BLESS=1 MINGZHANG_FOREIGN=1 cargo test --test foreign_verifiers` where tests/run.sh has
installed the programs of others, and compared by it otherwise; a verifier that misses one fails it.

✓ 表示在全部造错账套中、于同一处查出（标 ¹ 者除外）。A ✓ is for the fault found at its place in
every one of these books, but for those marked ¹. The programs of others know nothing of this format and name no fault: of them it is said how
many of the same books they refuse. Go's code is asked for the tree and the log's signature, b3sum
for the chain, sha256sum for the list of files.

";

const NOTES: &str = "
¹ 仅本程序能查。Only the program can see it: which entries a type gives is in its posting table, and
of a body that the format describes in part it knows the rest.

² 存在证明不在审计包之内，另行核验。A proof travels by itself and not in a bundle: `verify --proof`,
verify.py and verify.html are each tested with proofs of their own.

## 造错账套 The books

What was done to each book, and the place where the fault is found.
";

/// Compares the page with the one in docs, which is written first where that is asked for.
#[allow(clippy::disallowed_methods, reason = "how a person asks a test to write its files")]
pub(crate) fn compare(page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/faults.md");
    if std::env::var("MINGZHANG_BLESS").is_ok_and(|asked| asked == "1") {
        std::fs::write(&path, page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "docs/faults.md is not what the verifiers found: bless it");
}
