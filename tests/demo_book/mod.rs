//! The demo book, built from its fixtures by the rules alone: no store, no clock.

use std::fs;
use std::path::{Path, PathBuf};

use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::{Envelope, Idem, Origin};
use mingzhang::chart::Chart;
use mingzhang::date::{Day, Month, Offset};
use mingzhang::event::book::{ChartPin, Level, NewLedger};
use mingzhang::event::fund::NewFund;
use mingzhang::event::{Recorded, Voucher};
use mingzhang::ids::{FundId, OfficerId, Seq, Text};
use mingzhang::projection::{State, reverses};
use mingzhang::rules::{Command, Context, Decided, decide};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A book in memory: its records with their hashes, and what they add up to.
pub(crate) struct Book {
    pub(crate) origin: Origin,
    pub(crate) chart: Chart,
    pub(crate) state: State,
    pub(crate) records: Vec<(Recorded, RecordHash)>,
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
        let mut book = Book {
            origin: union.origin,
            chart,
            state: State::default(),
            records: Vec::new(),
            offset: union.utc_offset,
        };
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

    /// Decides on one line and takes in what it leads to.
    pub(crate) fn apply(&mut self, line: &Line) {
        let look_up = |seq: Seq| self.look_up(seq);
        let context = Context {
            state: &self.state,
            chart: &self.chart,
            by: &line.by,
            today: line.today,
            look_up: &look_up,
        };
        let decided = decide(&context, &line.command);
        let decided = decided.unwrap_or_else(|refusal| panic!("{}: {refusal:?}", line.place));
        let last = decided.len() - 1;
        for (place, decided) in decided.into_iter().enumerate() {
            self.take_in(line, decided, place < last);
        }
    }

    fn take_in(&mut self, line: &Line, decided: Decided, more: bool) {
        let Decided { fact, entries } = decided;
        let at = line.today.at(9, 0, self.offset).unwrap();
        let date = fact.date().unwrap_or(line.today);
        let number = self.state.periods.next_voucher(date.month());
        let voucher = (!entries.is_empty()).then_some(Voucher { number, date, entries });
        let seq = self.state.next();
        let command = serde_json::to_vec(&line.command).unwrap();
        let envelope = Envelope {
            v: 1,
            ledger: self.origin.clone(),
            seq,
            prev: self.records.last().map_or(RecordHash::NONE, |(_, hash)| *hash),
            at,
            actor: line.by.clone(),
            idem: Idem::new(&line.key, &command).unwrap(),
            more,
            kind: fact.kind().to_owned(),
            tv: fact.version(),
            body: fact.to_body(voucher.as_ref()).unwrap(),
        };
        let sealed = envelope.seal().unwrap_or_else(|e| panic!("{}: {e}", line.place));
        let record = Recorded { seq, at, actor: line.by.clone(), fact, voucher };
        let reversed = reverses(&record.fact).and_then(|seq| self.look_up(seq));
        self.state.apply(&record, reversed.as_ref());
        self.records.push((record, sealed.hash));
    }

    fn look_up(&self, seq: Seq) -> Option<Recorded> {
        let place = usize::try_from(seq.0).ok()?;
        self.records.get(place).map(|(record, _)| record.clone())
    }
}
