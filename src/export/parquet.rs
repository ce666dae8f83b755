//! Records and entries as Parquet, for databases and notebooks: typed columns, not compressed, and the
//! same bytes for the same records, for nothing in them says when or by what version they were written.

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::{Export, Exported, Names, title, warning};
use crate::date::Day;
use crate::money::Money;
use crate::projection::reverses;
use crate::report::summary;

const ENTRIES: &str = "message entries {
    required binary voucher (STRING);
    required int32 line;
    required int32 date (DATE);
    required binary summary (STRING);
    required binary account (STRING);
    required binary account_name (STRING);
    required binary fund (STRING);
    required binary fund_name (STRING);
    required int64 debit (DECIMAL(18,2));
    required int64 credit (DECIMAL(18,2));
    required int64 record;
    optional int64 reverses;
}";

const RECORDS: &str = "message records {
    required int64 record;
    required int64 recorded_at (TIMESTAMP(MILLIS,true));
    required binary officer (STRING);
    required binary type (STRING);
    optional int32 date (DATE);
    optional binary voucher (STRING);
    required binary summary (STRING);
    optional int64 reverses;
    required binary hash (STRING);
}";

/// The values of one column from the first row to the last.
enum Column {
    Texts(Vec<Option<String>>),
    Days(Vec<Option<i32>>),
    Numbers(Vec<Option<i64>>),
}

/// Each file by its name.
pub fn files(export: &Export<'_>) -> Result<Vec<(&'static str, Vec<u8>)>> {
    Ok(vec![
        ("entries.parquet", file(export, ENTRIES, entries(export))?),
        ("records.parquet", file(export, RECORDS, records(export))?),
    ])
}

fn entries(export: &Export<'_>) -> Vec<Column> {
    let names = Names::of(export);
    let mut rows = Vec::new();
    for Exported { record, .. } in export.records {
        let Some(voucher) = &record.voucher else { continue };
        let said = summary::of(&record.fact, export.chart).zh;
        rows.extend(
            (1..)
                .zip(&voucher.entries)
                .map(|(line, entry)| (record, voucher, said.clone(), line, entry)),
        );
    }
    let account = |code: &_, name: &str| {
        let known = export.chart.account(code);
        known.map_or(name, |known| known.zh.as_str()).to_owned()
    };
    let fund = |id: &_| names.funds.get(id).map_or("", |(_, name)| *name).to_owned();
    vec![
        texts(&rows, |(_, voucher, ..)| Some(voucher.number.to_string())),
        days(&rows, |(_, _, _, line, _)| Some(*line)),
        days(&rows, |(_, voucher, ..)| Some(since_1970(voucher.date))),
        texts(&rows, |(_, _, said, ..)| Some(said.clone())),
        texts(&rows, |(.., entry)| Some(entry.account.to_string())),
        texts(&rows, |(.., entry)| Some(account(&entry.account, entry.name.as_str()))),
        texts(&rows, |(.., entry)| Some(entry.fund.to_string())),
        texts(&rows, |(.., entry)| Some(fund(&entry.fund))),
        numbers(&rows, |(.., entry)| entry.side.columns().0.unwrap_or(Money::ZERO).fen()),
        numbers(&rows, |(.., entry)| entry.side.columns().1.unwrap_or(Money::ZERO).fen()),
        numbers(&rows, |(record, ..)| i64::try_from(record.seq.0).ok()),
        numbers(&rows, |(record, ..)| i64::try_from(reverses(&record.fact)?.0).ok()),
    ]
}

fn records(export: &Export<'_>) -> Vec<Column> {
    let rows = export.records;
    vec![
        numbers(rows, |one| i64::try_from(one.record.seq.0).ok()),
        numbers(rows, |one| one.record.at.unix().checked_mul(1000)),
        texts(rows, |one| Some(one.record.actor.to_string())),
        texts(rows, |one| Some(one.record.fact.kind().to_owned())),
        days(rows, |one| one.record.fact.date().map(since_1970)),
        texts(rows, |one| Some(one.record.voucher.as_ref()?.number.to_string())),
        texts(rows, |one| Some(summary::of(&one.record.fact, export.chart).zh)),
        numbers(rows, |one| i64::try_from(reverses(&one.record.fact)?.0).ok()),
        texts(rows, |one| Some(one.hash.clone())),
    ]
}

fn texts<R>(rows: &[R], value: impl Fn(&R) -> Option<String>) -> Column {
    Column::Texts(rows.iter().map(value).collect())
}

fn days<R>(rows: &[R], value: impl Fn(&R) -> Option<i32>) -> Column {
    Column::Days(rows.iter().map(value).collect())
}

fn numbers<R>(rows: &[R], value: impl Fn(&R) -> Option<i64>) -> Column {
    Column::Numbers(rows.iter().map(value).collect())
}

/// Days since 1970-01-01.
fn since_1970(day: Day) -> i32 {
    let Ok(first) = Day::parse("1970-01-01") else { return 0 };
    let days = |later: Day, earlier: Day| i32::try_from(later.days_after(earlier)).unwrap_or(0);
    if day < first { days(first, day).saturating_neg() } else { days(day, first) }
}

fn file(export: &Export<'_>, schema: &str, columns: Vec<Column>) -> Result<Vec<u8>> {
    let schema = Arc::new(parse_message_type(schema)?);
    let mut said = vec![KeyValue::new("mingzhang.heading".to_owned(), title(export))];
    if let Some(warning) = warning(export) {
        said.insert(0, KeyValue::new("mingzhang.warning".to_owned(), warning));
    }
    let properties = WriterProperties::builder()
        .set_created_by("mingzhang".to_owned())
        .set_key_value_metadata(Some(said))
        .build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in columns {
        let Some(mut into) = group.next_column()? else { break };
        // A column of a field that must be there has no levels, and takes none.
        match column {
            Column::Texts(values) => {
                let (values, levels) = apart(values);
                let values: Vec<ByteArray> =
                    values.into_iter().map(|text| ByteArray::from(text.into_bytes())).collect();
                into.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            }
            Column::Days(values) => {
                let (values, levels) = apart(values);
                into.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
            }
            Column::Numbers(values) => {
                let (values, levels) = apart(values);
                into.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
            }
        }
        into.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(bytes)
}

/// The values that are there, and for each row whether it has one.
fn apart<T>(values: Vec<Option<T>>) -> (Vec<T>, Vec<i16>) {
    let levels = values.iter().map(|value| i16::from(value.is_some())).collect();
    (values.into_iter().flatten().collect(), levels)
}
