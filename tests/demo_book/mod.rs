//! The demo book, built from its fixtures as a treasurer's commands would: no disk, no clock.
#![allow(dead_code, reason = "each test file uses its own part of this module")]

use core::num::NonZeroU32;
use std::fs;
use std::path::{Path, PathBuf};

use mingzhang::book::{Book as Recording, Instruction, Mode, recorded};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::{Envelope, Origin};
use mingzhang::chart::Chart;
use mingzhang::date::{Day, Month, Offset};
use mingzhang::event::Recorded;
use mingzhang::event::book::{ChartPin, Level, NewLedger};
use mingzhang::event::fund::NewFund;
use mingzhang::ids::{FundId, OfficerId, Seq, Text};
use mingzhang::projection::State;
use mingzhang::rules::Command;
use mingzhang::store::memory::MemoryStore;
use mingzhang::store::{Direction, EventStore, StoredRecord};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A book in memory.
pub(crate) struct Book {
    book: Recording<MemoryStore>,
    offset: Offset,
}

/// One line of a command file.
pub(crate) struct Line {
    pub(crate) place: String,
    pub(crate) key: String,
    pub(crate) by: OfficerId,
    pub(crate) today: Day,
    pub(crate) command: Command,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Union {
    origin: Origin,
    organisation: Text,
    level: Level,
    chart: String,
    currency: String,
    starts: Day,
    utc_offset: Offset,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo")
}

/// The command files in the order in which they are applied, each with the first day it may name.
pub(crate) fn files() -> Vec<(String, Day)> {
    let january = Month::new(2025, 1).unwrap();
    let months = january.through(january.year().last_month());
    let setup = ("00-setup.jsonl".to_owned(), january.first_day());
    let of_month = |month: Month| (format!("{month}.jsonl"), month.first_day());
    std::iter::once(setup).chain(months.map(of_month)).collect()
}

/// The lines of one file. A line without a day of its own is of the day of the line before it, and
/// a closing is of the last day that it closes.
pub(crate) fn lines(file: &str, first: Day) -> Vec<Line> {
    let text = fs::read_to_string(fixtures().join(file)).unwrap();
    let setup = file.starts_with("00");
    let mut today = first;
    let mut lines = Vec::new();
    for (place, line) in (1..).zip(text.lines()) {
        let mut object: Map<String, Value> = serde_json::from_str(line).unwrap();
        let by = serde_json::from_value(object.remove("as").unwrap()).unwrap();
        let key = serde_json::from_value(object.remove("key").unwrap()).unwrap();
        let own = object.get("date").or_else(|| object.get("on")).and_then(Value::as_str);
        let command = serde_json::from_value(Value::Object(object.clone())).unwrap();
        if matches!(command, Command::ClosePeriod(_) | Command::CloseYear(_)) {
            today = first.month().last_day();
        } else if let (Some(own), false) = (own, setup) {
            let own = Day::parse(own).unwrap();
            assert!(own >= today && own.month() == first.month(), "{file}:{place}: {own}");
            today = own;
        }
        lines.push(Line { place: format!("{file}:{place}"), key, by, today, command });
    }
    lines
}

impl Book {
    /// The book with its record 0, and nothing else.
    pub(crate) fn begin() -> Book {
        let text = fs::read_to_string(fixtures().join("union.json")).unwrap();
        let union: Union = serde_json::from_str(&text).unwrap();
        let chart = Chart::built_in(&union.chart).unwrap();
        let ledger = NewLedger {
            random: "0".repeat(64),
            organisation: union.organisation,
            level: union.level,
            currency: union.currency,
            chart: ChartPin { id: union.chart, sha256: chart.sha256().to_owned() },
            starts: union.starts,
            utc_offset: union.utc_offset,
            log: union.origin.to_string(),
            policy: String::new(),
            policy_sha256: String::new(),
            format_sha256: String::new(),
        };
        let book = Recording::<MemoryStore>::on(MemoryStore::new(), union.origin, chart);
        let mut book = Book { book, offset: union.utc_offset };
        book.apply(&Line {
            place: "union.json".to_owned(),
            key: "create".to_owned(),
            by: OfficerId::parse("acc-b").unwrap(),
            today: union.starts,
            command: Command::CreateLedger(ledger),
        });
        let general = NewFund {
            fund: FundId::general(),
            name: Text::parse("一般资金").unwrap(),
            restricted: false,
            purpose: Text::parse("工会日常收支").unwrap(),
        };
        book.apply(&Line {
            place: "union.json".to_owned(),
            key: "general-fund".to_owned(),
            by: OfficerId::parse("acc-b").unwrap(),
            today: union.starts,
            command: Command::EstablishFund(general),
        });
        book
    }

    /// The whole year.
    pub(crate) fn demo() -> Book {
        Book::demo_through(12)
    }

    /// The year up to and with that month.
    pub(crate) fn demo_through(month: usize) -> Book {
        let mut book = Book::begin();
        for (file, first) in files().into_iter().take(month + 1) {
            for line in lines(&file, first) {
                book.apply(&line);
            }
        }
        book
    }

    /// The whole year but its closing.
    pub(crate) fn demo_before_closing() -> Book {
        let mut book = Book::demo_through(11);
        for (file, first) in files().into_iter().skip(12) {
            let closes = |line: &Line| matches!(line.command, Command::CloseYear(_));
            for line in lines(&file, first).into_iter().filter(|line| !closes(line)) {
                book.apply(&line);
            }
        }
        book
    }

    /// Records one line.
    pub(crate) fn apply(&mut self, line: &Line) {
        let at = line.today.at(9, 0, self.offset).unwrap();
        let (command, by, key) = (line.command.clone(), line.by.clone(), line.key.clone());
        let recorded = self.book.record(
            &[Instruction { command, by, key, signed: None }],
            at,
            Mode::default(),
        );
        recorded.unwrap_or_else(|why| panic!("{}: {why:?}", line.place));
    }

    /// The place of the next record.
    pub(crate) fn next(&self) -> Seq {
        self.state().next()
    }

    pub(crate) fn state(&self) -> &State {
        self.book.state()
    }

    pub(crate) fn chart(&self) -> &Chart {
        self.book.chart()
    }

    /// Every record with its hash.
    pub(crate) fn records(&self) -> Vec<(Recorded, RecordHash)> {
        let (all, from) = (NonZeroU32::MAX, Seq(0));
        let store = self.book.store();
        let found = store.read_stream(self.book.origin(), from, Direction::Forward, all).unwrap();
        let read = |record: StoredRecord| {
            let envelope = Envelope::read(&record.bytes).unwrap();
            (recorded(envelope).unwrap(), RecordHash::of(&record.bytes))
        };
        found.records.into_iter().map(read).collect()
    }
}
