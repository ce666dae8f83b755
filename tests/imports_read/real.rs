//! Payments of American unions, itemised and dated, as a public record has them.

use std::fs;
use std::path::PathBuf;

use mingzhang::import::grid::{self, Encoding, Form};
use mingzhang::import::header::{self, Wanted};
use mingzhang::import::values;
use mingzhang::money::Money;

#[test]
fn the_payments_of_real_unions_are_read_without_a_flaw() {
    let Some(folder) = std::env::var_os("MINGZHANG_REAL_DATA") else {
        println!("skipped: MINGZHANG_REAL_DATA does not say where the payments are");
        return;
    };
    let bytes = fs::read(PathBuf::from(folder).join("olms-2021-sample/payments.csv")).unwrap();
    let grid = grid::read(&bytes, None).unwrap();
    assert_eq!(grid.form, Form::Csv { encoding: Encoding::Utf8, delimiter: ',', crlf: false });
    let wanted = ["OID", "DATE", "AMOUNT", "PURPOSE"].map(|name| Wanted {
        key: name.to_owned(),
        names: vec![name.to_owned()],
        needed: true,
    });
    let header = header::find(&grid, &wanted).unwrap();
    assert_eq!((header.row, header.rows.len(), header.totals.len()), (0, 2_810, 0));
    let mut sum = Money::ZERO;
    for at in &header.rows {
        let row = &grid.rows[*at];
        let cell = |key: &str| &row.cells[header.columns[key]];
        values::text_of(cell("PURPOSE")).unwrap();
        assert!(values::day_of(cell("DATE"), grid.epoch()).unwrap().is_some(), "{}", row.raw);
        sum = sum.plus(values::amount_of(cell("AMOUNT")).unwrap().unwrap());
    }
    assert_eq!(sum, Money::from_fen(theirs(&bytes) * 100));
}

/// The same sum by another reader: whole dollars.
fn theirs(bytes: &[u8]) -> i64 {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.records().map(|record| record.unwrap()[3].parse::<i64>().unwrap()).sum()
}
