//! `demo`: a year of a union of 78 members, from the files in `fixtures/demo`, through the same
//! commands that a treasurer has; then the audit committee's machine cosigns, and an auditor
//! verifies the bundle.

use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::{Book, Folder, Mode};
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey};
use mingzhang::chain::witness::WitnessState;
use mingzhang::date::{Day, Instant, Month};
use mingzhang::event::book::Level;
use mingzhang::ids::OfficerId;
use mingzhang::report::Period;
use mingzhang::report::asked::Name;
use mingzhang::rules::Command;
use serde::Deserialize;
use serde_json::Value;

use super::Global;
use super::chinese::chinese;
use super::export::bundle;
use super::failure::{Failure, exit};
use super::init::{NewBook, begin, chart_of, policy_of};
use super::instructions::{self, Placed};
use super::key::{self, key_failure};
use super::output::Output;
use super::report;
use super::verify::{self, Asked as Checks};
use super::witness::{Desk, cosign_folder};
use super::world::World;

#[derive(Args)]
pub(crate) struct Demo {
    /// 存放处 A folder that is not there yet; one is made here unless given
    dir: Option<PathBuf>,
    /// 种子 Make the same keys each time, for repeatable runs
    #[arg(long)]
    seed: Option<u64>,
}

macro_rules! fixture {
    ($name:literal) => {
        ($name, include_str!(concat!("../../fixtures/demo/", $name)))
    };
}

const UNION: (&str, &str) = fixture!("union.json");
const SETUP: (&str, &str) = fixture!("00-setup.jsonl");
const MONTHS: [(&str, &str); 12] = [
    fixture!("2025-01.jsonl"),
    fixture!("2025-02.jsonl"),
    fixture!("2025-03.jsonl"),
    fixture!("2025-04.jsonl"),
    fixture!("2025-05.jsonl"),
    fixture!("2025-06.jsonl"),
    fixture!("2025-07.jsonl"),
    fixture!("2025-08.jsonl"),
    fixture!("2025-09.jsonl"),
    fixture!("2025-10.jsonl"),
    fixture!("2025-11.jsonl"),
    fixture!("2025-12.jsonl"),
];
/// Who begins the book in the files.
const CREATOR: &str = "acc-b";
const WITNESS: &str = "gh.example.org/branch-017/audit-committee";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Union {
    origin: mingzhang::chain::record::Origin,
    organisation: mingzhang::ids::Text,
    level: Level,
    chart: String,
    #[serde(rename = "currency")]
    _currency: String,
    starts: Day,
    utc_offset: mingzhang::date::Offset,
}

impl Demo {
    pub(crate) fn run(self, _: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        let dir = new_folder(self.dir)?;
        let secrets = Secrets::new(self.seed)?;
        let mut year = Year::begin(&dir, &secrets)?;
        for (number, (name, text)) in (0..).zip([SETUP].into_iter().chain(MONTHS)) {
            let month = Month::new(year.starts.year().0, u32::max(number, 1));
            let month = month.ok_or_else(|| bad_fixture(name, "a month"))?;
            let records = year.record(name, text, month)?;
            if number == 0 {
                out.note(&format!("建账 {records} 条"), &format!("set up: {records} records"));
            } else {
                let size = year.sign_and_cosign(year.clock)?;
                out.note(
                    &format!("{month} 记 {records} 条，结账，检查点 {size} 已签名并见证"),
                    &format!(
                        "{month}: {records} records, closed; checkpoint {size} signed and cosigned"
                    ),
                );
            }
        }
        // The newest cosignature is of today: that is what makes a book fresh.
        year.cosign(world.now().max(year.clock))?;
        let Year { folder, book, .. } = year;
        bundle(&folder, &dir.join("bundle"))?;
        print_reports(&book, out);
        drop(book);
        let checks = Checks { policy: Some(dir.join("policy")), ..Checks::default() };
        let status = verify::check(&dir.join("bundle"), &checks, world, out)?;
        next_commands(&dir, out);
        Ok(status)
    }
}

fn new_folder(asked: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let dir = asked.unwrap_or_else(|| {
        let names = (1..).map(|n| match n {
            1 => PathBuf::from("mingzhang-demo"),
            n => PathBuf::from(format!("mingzhang-demo-{n}")),
        });
        let mut free = names.filter(|name| !name.exists());
        free.next().unwrap_or_default()
    });
    if dir.exists() {
        let shown = dir.display();
        return Err(Failure::io(
            "IO7",
            format!("{shown} 已存在，演示不会覆盖"),
            format!("{shown} is there already, and the demo overwrites nothing"),
        )
        .next("mingzhang demo ANOTHER-FOLDER"));
    }
    std::fs::create_dir_all(&dir).map_err(|e| Failure::file(&dir, &e))?;
    Ok(dir)
}

/// The keys and the book's random bytes; from a seed they are the same each time.
struct Secrets {
    log: [u8; 32],
    witness: [u8; 32],
    book: [u8; 32],
}

impl Secrets {
    fn new(seed: Option<u64>) -> Result<Secrets, Failure> {
        let random = World::random()?;
        let root = seed.map_or(random, |seed| *blake3::hash(&seed.to_be_bytes()).as_bytes());
        let derived = |what| blake3::derive_key(what, &root);
        Ok(Secrets {
            log: derived("mingzhang demo log key"),
            witness: derived("mingzhang demo witness key"),
            book: derived("mingzhang demo book"),
        })
    }
}

/// The book on its way through the year.
struct Year {
    folder: Folder,
    book: Book,
    log_key: NoteKey,
    witness: Desk,
    starts: Day,
    /// The demo's own time: it follows the days of the files.
    clock: Instant,
    offset: mingzhang::date::Offset,
}

impl Year {
    fn begin(dir: &Path, secrets: &Secrets) -> Result<Year, Failure> {
        let union: Union =
            serde_json::from_str(UNION.1).map_err(|e| bad_fixture(UNION.0, &e.to_string()))?;
        let name = KeyName::parse(union.origin.as_str()).map_err(|e| key_failure(&e))?;
        let log_key = NoteKey::from_seed(name, KeyKind::Log, &secrets.log);
        let witness = witness_key(&secrets.witness)?;
        let policy = policy_of(&log_key, &[witness.vkey().to_string()]);
        let put = |path: PathBuf, text: &str| {
            std::fs::write(&path, text).map_err(|e| Failure::file(&path, &e))
        };
        put(dir.join("policy"), &policy)?;
        let committee = dir.join("audit-committee");
        std::fs::create_dir(&committee).map_err(|e| Failure::file(&committee, &e))?;
        let witness_path = committee.join("w1.pem");
        let pem = |key: &NoteKey| key.to_pem().map_err(|e| key_failure(&e));
        key::put(&witness_path, &pem(&witness)?)?;
        key::put_vkey(&witness_path, &witness)?;
        let witness = Desk::new(witness, &witness_path)?;
        let watched = WitnessState::new(log_key.vkey());
        witness.begin(&watched.map_err(|e| bad_fixture(WITNESS, &e.to_string()))?)?;
        let Union { origin, organisation, level, chart, starts, utc_offset, .. } = union;
        let by = OfficerId::parse(CREATOR).map_err(|e| bad_fixture(CREATOR, &e.to_string()))?;
        let offset = utc_offset;
        let chart = chart_of(&chart)?;
        let new = NewBook { origin, organisation, level, chart, starts, utc_offset, policy, by };
        let clock = starts.at(8, 0, offset).ok_or_else(|| bad_fixture(UNION.0, "a time"))?;
        let path = dir.join("book");
        // The demo's keys are worth nothing, so nobody is asked for a passphrase.
        let keep = |path: &Path| key::put(path, &pem(&log_key)?);
        let book = begin(&path, new, &log_key, secrets.book, clock, keep)?;
        let folder = Folder::new(&path);
        Ok(Year { folder, book, log_key, witness, starts, clock, offset })
    }

    /// Records the lines of one file, each at its own day; gives how many records they made.
    fn record(&mut self, name: &str, text: &str, month: Month) -> Result<u64, Failure> {
        let before = self.book.reading().tree.size();
        let placed = instructions::read(name, text, None)?;
        for Placed { instruction, place } in placed {
            let day = day_of(&instruction.command, month);
            self.advance(day)?;
            let recorded = self.book.record(&[instruction], self.clock, Mode::default());
            recorded.map_err(|error| Failure::not_recorded(error, |_| Some(place.clone())))?;
        }
        Ok(self.book.reading().tree.size() - before)
    }

    /// One minute on, or to the next morning.
    fn advance(&mut self, day: Day) -> Result<(), Failure> {
        let morning = day.at(9, 0, self.offset).ok_or_else(|| bad_fixture("fixtures", "a day"))?;
        self.clock = self.clock.plus_seconds(60).max(morning);
        Ok(())
    }

    fn sign_and_cosign(&mut self, time: Instant) -> Result<u64, Failure> {
        let note = self.book.sign(&self.log_key)?;
        self.cosign(time)?;
        let checkpoint = note.checkpoint().map_err(mingzhang::book::BookError::from)?;
        Ok(checkpoint.size)
    }

    fn cosign(&self, time: Instant) -> Result<(), Failure> {
        cosign_folder(&self.witness, &self.folder, time).map(|_| ())
    }
}

fn witness_key(seed: &[u8; 32]) -> Result<NoteKey, Failure> {
    let name = KeyName::parse(WITNESS).map_err(|e| key_failure(&e))?;
    Ok(NoteKey::from_seed(name, KeyKind::Witness, seed))
}

/// The day on which a line is recorded: its own, where it falls into the file's month; a closing
/// is of the month's last day.
fn day_of(command: &Command, month: Month) -> Day {
    let closing = matches!(command, Command::ClosePeriod(_) | Command::CloseYear(_));
    let value = serde_json::to_value(command).unwrap_or_default();
    let said = value.get("date").or_else(|| value.get("on")).and_then(Value::as_str);
    let day = said.and_then(|said| Day::parse(said).ok()).filter(|day| day.month() == month);
    if closing { month.last_day() } else { day.unwrap_or(month.first_day()) }
}

fn bad_fixture(name: &str, why: &str) -> Failure {
    let problem = super::failure::Problem::new(
        "DEM1",
        format!("演示文件 {name}：{}", chinese(&why)),
        format!("the demo's file {name}: {why}"),
    );
    Failure::one(exit::USAGE, problem)
}

fn print_reports(book: &Book, out: &Output) {
    if out.json {
        return;
    }
    let year = book.state().offices.ledger().map(|ledger| Period::Year(ledger.starts.year()));
    for name in
        [Name::TrialBalance, Name::BalanceSheet, Name::IncomeStatement, Name::Dues, Name::Audit]
    {
        report::print(name, book.state(), book.chart(), year, out);
        out.text("");
    }
}

/// As they can be typed here and now: with the program's own path, as it was called.
fn next_commands(dir: &Path, out: &Output) {
    let program = std::env::args().next().unwrap_or_else(|| "mingzhang".to_owned());
    let dir = dir.display();
    out.note("\n接下来可以试试：", "\nNext, try:");
    for command in [
        format!("verify {dir}/book --policy {dir}/policy"),
        format!("-b {dir}/book report funds"),
        format!("-b {dir}/book report audit-programme --year 2025"),
        format!("-b {dir}/book log --type dues.received --last 5"),
        format!("-b {dir}/book proof 200"),
        format!("-b {dir}/book export journal --by fund"),
    ] {
        let line = format!("  {program} {command}");
        out.note(&line, &line);
    }
}
