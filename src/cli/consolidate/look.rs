//! One bundle: verified from its bytes, then read, and only its figures kept.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use mingzhang::book::{Folder, Reading, Until, point};
use mingzhang::chain::record::Envelope;
use mingzhang::chain::verify::{Outcome, Verdict, VerifyError, verify};
use mingzhang::date::{Instant, Offset};
use mingzhang::event::Fact;
use mingzhang::lang::Lang;
use mingzhang::report::Words;
use mingzhang::report::consolidated::{Asked, Bundle, Closings, Standing, figures};

use super::super::chinese::chinese;
use super::super::evidence;
use super::super::failure::Failure;
use super::super::output::Output;
use super::super::verify;
use super::super::world::World;
use super::Place;
use super::held::{Held, Policies};

/// A record is at most this long; the first line of what is no bundle may be anything.
const RECORD_BYTES_MAX: u64 = 4096;
const DAY_SECONDS: i64 = 86_400;

pub(super) struct Looker<'a> {
    pub(super) asked: &'a Asked,
    pub(super) policies: Option<&'a Policies>,
    pub(super) held: &'a Held,
    pub(super) fresh_days: u32,
    pub(super) max_age_days: u32,
    pub(super) world: &'a World,
    pub(super) out: &'a Output,
}

/// A bundle with the folder that it lies in.
pub(super) struct Looked {
    pub(super) folder: Folder,
    pub(super) bundle: Bundle,
}

/// Why it does not come to figures.
struct Stands(Standing, Words);

impl Looker<'_> {
    pub(super) fn look(&self, place: &Place) -> Looked {
        let folder = Folder::new(&place.path);
        let mut bundle = named(&place.path);
        let stands = if place.is_bundle {
            self.verified(&folder, &mut bundle)
        } else {
            Err(Stands::unreadable(
                "不是审计包：没有 events.ndjson；打包的请先解开",
                "it is no bundle: there is no events.ndjson; unpack what is packed",
            ))
        };
        let Stands(standing, why) = stands.unwrap_or_else(|stands| stands);
        bundle.standing = standing;
        bundle.why = why;
        Looked { folder, bundle }
    }

    /// What verification says comes first: nothing is read into figures that is not whole.
    fn verified(&self, folder: &Folder, bundle: &mut Bundle) -> Result<Stands, Stands> {
        let first = first_record(&folder.events())
            .map_err(|e| Stands::failed(&Failure::file(&folder.events(), &e)))?;
        bundle.origin = first.as_ref().map(|first| first.ledger.to_string());
        bundle.organisation = first.as_ref().and_then(organisation);
        if folder.since().exists() {
            return Err(Stands::unreadable(
                "只是接续另一个包的一部分：请报送完整的审计包",
                "it continues another bundle: ask for a whole one",
            ));
        }
        let origin = bundle.origin.clone().unwrap_or_default();
        let policy = self.policies.map(|policies| policies.of(&origin));
        if let (Some(None), Some(_)) = (&policy, &first) {
            return Err(Stands(
                Standing::Unknown,
                Words::new(
                    "信任文件里没有这个账套的日志公钥",
                    "no log key of the policy is of this book",
                ),
            ));
        }
        let verdict = self.verdict(folder, &origin, policy.flatten())?;
        bundle.records = verdict.records;
        bundle.root = Some(verdict.root.to_string());
        bundle.unwitnessed = verdict.unwitnessed;
        let stands = outcome(&verdict)?;
        let last_at = self.read(folder, &verdict, bundle)?;
        self.fresh(&origin, verdict.records, last_at)?;
        Ok(stands)
    }

    fn verdict(
        &self,
        folder: &Folder,
        origin: &str,
        policy: Option<String>,
    ) -> Result<Verdict, Stands> {
        let asked = verify::Asked { max_age_days: Some(self.max_age_days), ..Default::default() };
        let evidence = evidence::gather(folder, &asked, self.world, self.out);
        let mut evidence = evidence.map_err(|failure| Stands::failed(&failure))?;
        evidence.policy = policy;
        // A log whose end cannot be read is held against everything.
        let records = point::size(folder).unwrap_or(u64::MAX);
        evidence.against.extend(self.held.of(origin, records));
        verify(evidence, &mut |_| ()).map_err(|error| match error {
            VerifyError::Read(error) => Stands::failed(&Failure::file(folder.path(), &error)),
            VerifyError::Policy(errors) => {
                Stands::unreadable(&chinese(&errors), &errors.to_string())
            }
        })
    }

    /// The figures of the very records that were verified; gives when the last of them was made.
    fn read(
        &self,
        folder: &Folder,
        verdict: &Verdict,
        bundle: &mut Bundle,
    ) -> Result<Option<Instant>, Stands> {
        let (mut closings, mut offset) = (Closings::new(), Offset::china());
        let reading = Reading::replay(folder, Until::default(), &mut |_, record| {
            if let Fact::LedgerCreated(ledger) = &record.fact {
                offset = ledger.utc_offset;
            }
            if let Fact::PeriodClosed(closed) = &record.fact {
                closings.entry(closed.month).or_insert(record.at.day(offset));
            }
        });
        let reading = reading.map_err(|error| Stands::failed(&error.into()))?;
        if reading.tree.root() != verdict.root || reading.head != verdict.chain_head {
            return Err(Stands::unreadable(
                "读取之间被改动：请在没有人写入时再来",
                "it was changed while it was read: come again when nobody writes to it",
            ));
        }
        bundle.last_record = reading.last_at.map(|at| at.day(offset));
        let chart = reading.chart(folder).map_err(|error| Stands::failed(&error.into()))?;
        match figures(&reading.state, &chart, &closings, self.asked) {
            Ok(figures) => bundle.figures = Some(Box::new(figures)),
            Err(unlike) => return Err(Stands(Standing::Unlike, unlike.words())),
        }
        Ok(reading.last_at)
    }

    /// Older than a checkpoint that the level above holds, too long without a record, or ahead of the day.
    fn fresh(&self, origin: &str, records: u64, last: Option<Instant>) -> Result<(), Stands> {
        if let Some(size) = self.held.newest(origin).filter(|size| *size > records) {
            return Err(Stands(
                Standing::Stale,
                Words::new(
                    &format!("有 {records} 条记录，而本级手中的检查点已有 {size} 条"),
                    &format!("it has {records} records, and a checkpoint held here is of {size}"),
                ),
            ));
        }
        // A day for clocks that differ; what lies further ahead would be fresh for years.
        let tomorrow = self.world.now().plus_seconds(DAY_SECONDS);
        if let Some(ahead) = last.filter(|last| *last > tomorrow) {
            let day = ahead.day(Offset::china());
            return Err(Stands(
                Standing::Unlike,
                Words::new(
                    &format!("最后一条记录在 {day}，那一天还没有到"),
                    &format!("its last record is of {day}, which is still to come"),
                ),
            ));
        }
        let days = self.fresh_days;
        let latest =
            last.map(|last| last.plus_seconds(i64::from(days).saturating_mul(DAY_SECONDS)));
        if latest.is_none_or(|latest| latest >= self.world.now()) {
            return Ok(());
        }
        let last = last.map(|last| last.day(Offset::china()).to_string()).unwrap_or_default();
        Err(Stands(
            Standing::Stale,
            Words::new(
                &format!("最后一条记录在 {last}，早于 {days} 天前"),
                &format!("its last record is of {last}, more than {days} days ago"),
            ),
        ))
    }
}

impl Stands {
    fn unreadable(zh: &str, en: &str) -> Stands {
        Stands(Standing::Unreadable, Words::new(zh, en))
    }

    fn failed(failure: &Failure) -> Stands {
        Stands(Standing::Unreadable, why(failure))
    }
}

/// What a failure says first.
pub(super) fn why(failure: &Failure) -> Words {
    let said = failure.errors.first();
    said.map_or_else(
        || Words::new("读不出", "it cannot be read"),
        |problem| Words::new(&problem.zh, &problem.en),
    )
}

fn named(path: &Path) -> Bundle {
    Bundle {
        place: path.display().to_string(),
        origin: None,
        organisation: None,
        records: 0,
        root: None,
        last_record: None,
        unwitnessed: 0,
        standing: Standing::Unreadable,
        why: Words::new("", ""),
        figures: None,
    }
}

/// The three things that verification says, of which one is no figure at all.
fn outcome(verdict: &Verdict) -> Result<Stands, Stands> {
    let said = |lang: Lang| verdict.outcome.message(verdict.records, lang);
    match &verdict.outcome {
        Outcome::VerifiedAndWitnessed { .. } => {
            Ok(Stands(Standing::Witnessed, Words::new(&said(Lang::Zh), &said(Lang::En))))
        }
        Outcome::VerifiedNotWitnessed { .. } => {
            Ok(Stands(Standing::NotWitnessed, Words::new(&said(Lang::Zh), &said(Lang::En))))
        }
        Outcome::Broken => Err(Stands(
            Standing::Broken,
            Words::new(&faults(verdict, Lang::Zh), &faults(verdict, Lang::En)),
        )),
    }
}

/// The first fault, and how many more there are.
fn faults(verdict: &Verdict, lang: Lang) -> String {
    let first = verdict.faults.first();
    let first = first.map(|fault| format!("{}: {}", fault.kind.name(), fault.message(lang)));
    let first = first.unwrap_or_default();
    match (verdict.fault_count().saturating_sub(1), lang) {
        (0, _) => first,
        (more, Lang::Zh) => format!("{first}；此外还有 {more} 处"),
        (more, Lang::En) => format!("{first}; and {more} more"),
    }
}

/// Record 0 as far as it can be read: whose bundle it claims to be.
fn first_record(events: &Path) -> std::io::Result<Option<Envelope>> {
    let mut line = Vec::new();
    let file = std::fs::File::open(events)?;
    if !file.metadata()?.is_file() {
        return Err(std::io::Error::from(std::io::ErrorKind::InvalidInput));
    }
    BufReader::new(file.take(RECORD_BYTES_MAX.saturating_add(1))).read_until(b'\n', &mut line)?;
    let line = line.strip_suffix(b"\n").unwrap_or(&line);
    Ok(Envelope::read(line).ok())
}

fn organisation(first: &Envelope) -> Option<String> {
    Some(first.body.get("organisation")?.as_str()?.to_owned())
}
