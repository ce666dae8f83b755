//! Parquet files are read back by another reader as what the book says, and are the same bytes each time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod demo_book;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::{Field, Row};
use demo_book::Book;
use mingzhang::export::{By, Export, Exported, Extent, closing, parquet};

fn exported(book: &Book) -> Vec<Exported> {
    let records = book.records().into_iter();
    records.map(|(record, hash)| Exported { record, hash: hash.to_string() }).collect()
}

fn files(book: &Book, extent: Extent<'_>) -> BTreeMap<&'static str, Vec<u8>> {
    let (records, by) = (exported(book), By::Currency);
    let export = Export { records: &records, state: book.state(), chart: book.chart(), by, extent };
    parquet::files(&export).unwrap().into_iter().collect()
}

fn reader(bytes: &[u8]) -> SerializedFileReader<File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    SerializedFileReader::new(file).unwrap()
}

fn rows(bytes: &[u8]) -> Vec<Row> {
    reader(bytes).get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

fn field<'a>(row: &'a Row, name: &str) -> &'a Field {
    row.get_column_iter().find(|(column, _)| *column == name).unwrap().1
}

/// Fen, of a column with two decimals.
fn fen(row: &Row, name: &str) -> i64 {
    let Field::Decimal(amount) = field(row, name) else { panic!("{name} is no decimal") };
    assert_eq!((amount.precision(), amount.scale()), (18, 2));
    i64::from_be_bytes(amount.data().try_into().unwrap())
}

fn text(row: &Row, name: &str) -> String {
    let Field::Str(text) = field(row, name) else { panic!("{name} is no text") };
    text.clone()
}

#[test]
fn entries_add_up_to_the_balances_of_the_book() {
    let book = Book::demo();
    let files = files(&book, Extent::default());
    let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
    for row in rows(&files["entries.parquet"]) {
        let of = (text(&row, "account"), text(&row, "fund"));
        *sums.entry(of).or_default() += fen(&row, "debit") - fen(&row, "credit");
        assert!(matches!(field(&row, "date"), Field::Date(_)), "{row}");
    }
    let records = exported(&book);
    let (state, chart, extent) = (book.state(), book.chart(), Extent::default());
    let export = Export { records: &records, state, chart, by: By::Currency, extent };
    let mut ours: Vec<i64> =
        closing(&export).into_iter().map(|closing| closing.balance.fen().unwrap()).collect();
    let mut theirs: Vec<i64> = sums.into_values().collect();
    ours.sort_unstable();
    theirs.sort_unstable();
    assert_eq!(theirs, ours);
}

#[test]
fn every_record_is_a_row_with_its_hash() {
    let book = Book::demo();
    let files = files(&book, Extent::default());
    let rows = rows(&files["records.parquet"]);
    let expected: Vec<String> = exported(&book).into_iter().map(|one| one.hash).collect();
    let found: Vec<String> = rows.iter().map(|row| text(row, "hash")).collect();
    assert_eq!(found, expected);
    let first = &rows[0];
    assert_eq!(field(first, "record"), &Field::Long(0));
    assert_eq!(field(first, "voucher"), &Field::Null);
    assert!(matches!(field(first, "recorded_at"), Field::TimestampMillis(_)), "{first}");
}

#[test]
fn the_same_book_is_the_same_bytes_and_says_nothing_of_the_program() {
    let (one, other) = (Book::demo(), Book::demo());
    let first = files(&one, Extent::default());
    assert_eq!(first, files(&other, Extent::default()));
    for bytes in first.values() {
        let reader = reader(bytes);
        let said = reader.metadata().file_metadata();
        assert_eq!(said.created_by(), Some("mingzhang"));
        assert_eq!(said.key_value_metadata().unwrap()[0].key, "mingzhang.heading");
    }
    let fault = Extent { fault: Some("record 7 is broken"), ..Extent::default() };
    let damaged = files(&one, fault);
    let reader = reader(&damaged["entries.parquet"]);
    let said = reader.metadata().file_metadata().key_value_metadata().unwrap();
    assert_eq!(said[0].key, "mingzhang.warning");
    assert!(said[0].value.as_deref().unwrap().contains("record 7 is broken"));
}
