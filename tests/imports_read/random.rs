//! What must hold of any text, any amount and any bytes.

use std::fs;
use std::io::{Cursor, Write};

use encoding_rs::GB18030;
use mingzhang::import::decode::decode;
use mingzhang::import::flaw::Flaw;
use mingzhang::import::grid::{self, BYTES_MAX, COLUMNS_MAX, Epoch, ROWS_MAX};
use mingzhang::import::header::{self, Wanted};
use mingzhang::import::values;
use mingzhang::money::Money;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::folder;
use crate::workbooks::{archive, parts};

/// Texts as they stand in files: Chinese and Latin, wide and narrow, rare characters too.
fn text() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        4 => prop::char::range('一', '龥'),
        3 => prop::char::range(' ', '~'),
        1 => prop::char::range('！', '～'),
        1 => prop::sample::select(vec!['\n', '\t', '€', '·', '𠮷', '㐀', 'é', '😀']),
    ];
    let starts_as_page = |text: &String| text.trim_start().starts_with('<');
    prop::collection::vec(letter, 1..60)
        .prop_map(|letters| letters.into_iter().collect())
        .prop_filter("a page", move |text| !starts_as_page(text))
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(unit).collect()
}

/// An amount as people write it.
fn written(amount: Money, manner: usize) -> String {
    let plain = amount.abs().to_string();
    let (whole, fen) = plain.split_once('.').unwrap();
    let groups = |separator: &str| {
        let digits: Vec<char> = whole.chars().collect();
        let groups: Vec<String> = digits.rchunks(3).rev().map(|g| g.iter().collect()).collect();
        format!("{}.{fen}", groups.join(separator))
    };
    let wide = |text: &str| {
        text.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect::<String>()
    };
    let minus = if amount.is_negative() { "-" } else { "" };
    match manner {
        0 => format!("{minus}{plain}"),
        1 => format!("{minus}{}", groups(",")),
        2 => format!("{minus}{}", groups(" ")),
        3 => format!("{minus}{}", groups("\u{a0}")),
        4 => wide(&format!("{minus}{}", groups(","))),
        5 => format!("¥{minus}{}", groups(",")),
        6 => format!("{minus}￥{plain}元"),
        7 => format!("CNY {minus}{plain}"),
        8 => format!(" {minus}{plain}000\t"),
        9 if amount.is_negative() => format!("({})", groups(",")),
        10 if amount.is_negative() => format!("（{}）", wide(&plain)),
        _ => format!("{}{plain}", if amount.is_negative() { "－" } else { "＋" }),
    }
}

/// Everything that reads, on bytes of any kind.
fn read_all(bytes: &[u8]) {
    let Ok(grid) = grid::read(bytes, None) else { return };
    let first = grid.rows.iter().flat_map(|row| &row.cells).map(values_of).find(|t| !t.is_empty());
    let wanted = Wanted { key: "a".into(), names: vec![first.unwrap_or_default()], needed: true };
    drop(header::find(&grid, &[wanted]));
}

fn values_of(cell: &grid::Cell) -> String {
    drop(values::amount_of(cell));
    drop(values::day_of(cell, Epoch::From1904));
    drop(values::month_of(cell));
    drop(values::count_of(cell));
    drop(values::text_of(cell));
    cell.text()
}

fn workbook() -> Vec<u8> {
    fs::read(folder().join("roster-merged.xlsx")).unwrap()
}

proptest! {
    #[test]
    fn a_text_is_the_same_in_whatever_encoding_it_comes(text in text()) {
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let (national, _, unmapped) = GB18030.encode(&text);
        prop_assert!(!unmapped);
        let mut all = vec![text.clone().into_bytes(), marked, utf16(&text, u16::to_le_bytes), utf16(&text, u16::to_be_bytes)];
        // Bytes that are UTF-8 by chance are read as UTF-8: nobody could tell.
        if std::str::from_utf8(&national).is_err() {
            all.push(national.into_owned());
        }
        for bytes in all {
            prop_assert_eq!(decode(&bytes).map(|(_, text)| text), Ok(text.clone()));
        }
    }

    #[test]
    fn an_amount_is_read_back_however_it_is_written(
        fen in prop_oneof![-9_999_999..=9_999_999_i64, -99_999_999_999_999_999..=99_999_999_999_999_999_i64],
        manner in 0..12_usize,
    ) {
        let amount = Money::from_fen(fen);
        let text = written(amount, manner);
        prop_assert_eq!(values::amount(&text), Ok(amount), "{}", text);
    }

    #[test]
    fn bytes_of_any_kind_never_stop_the_program(
        start in prop::sample::select(vec![&b""[..], b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF", b"PK\x03\x04", b"\xD0\xCF\x11\xE0"]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        read_all(&[start, &bytes].concat());
    }

    #[test]
    fn any_cell_is_a_value_or_a_refusal(text in any::<String>()) {
        values_of(&grid::Cell { column: 1, value: grid::Value::Text(text) });
    }

    #[test]
    fn a_workbook_that_is_cut_off_is_refused(length in 4..5_000_usize) {
        // Of fewer bytes than the mark of an archive nobody can tell what they were.
        let whole = workbook();
        let length = length.min(whole.len() - 1);
        prop_assert!(grid::read(&whole[..length], None).is_err());
    }

    #[test]
    fn a_workbook_with_anything_in_its_parts_never_stops_the_program(
        part in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0..4_usize,
        into in prop::sample::select(vec![
            "", "0", "9", "99999999999", "\"", "<", ">", "ZZZZZZZ9", "A0", "B1:A1", "-1", "1e999", "NaN", "inf", "&#0;", "é", "/",
        ]),
    ) {
        let mut parts = parts(&workbook());
        let part = part.index(parts.len());
        let text = &mut parts[part].1;
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let from = at.index(places.len());
        let end = places.get(from + length).copied().unwrap_or(text.len());
        text.replace_range(places[from]..end, into);
        let parts: Vec<(&str, &str)> = parts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        read_all(&archive(&parts));
    }
}

fn only(flaws: &[Flaw]) -> (&'static str, u32) {
    assert_eq!(flaws.len(), 1);
    (flaws[0].code, flaws[0].line)
}

#[test]
fn a_file_is_read_up_to_its_limits_and_no_further() {
    let long = vec![b'a'; BYTES_MAX + 1];
    assert_eq!(only(&grid::read(&long, None).unwrap_err()), ("I08", 0));
    let rows = "1,2\n".repeat(ROWS_MAX);
    assert_eq!(grid::read(rows.as_bytes(), None).unwrap().rows.len(), ROWS_MAX);
    let more = format!("{rows}3,4\n");
    assert_eq!(only(&grid::read(more.as_bytes(), None).unwrap_err()), ("I08", 100_001));
    let wide = vec!["1"; COLUMNS_MAX].join(",");
    assert_eq!(grid::read(wide.as_bytes(), None).unwrap().rows[0].cells.len(), COLUMNS_MAX);
    assert_eq!(only(&grid::read(format!("{wide},1").as_bytes(), None).unwrap_err()), ("I08", 1));
}

/// A megabyte that unpack to more than is read.
#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for name in ["xl/workbook.xml", "xl/sharedStrings.xml"] {
        writer.start_file(name, packed.compression_level(Some(1))).unwrap();
        for _ in 0..65 {
            writer.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 2 << 20, "{}", bytes.len());
    assert_eq!(only(&grid::read(&bytes, None).unwrap_err()), ("I08", 0));
}
