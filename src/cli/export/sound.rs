//! A book as it is given to an export: as far as it verifies, and what is wrong with it beside.

use clap::Args;
use mingzhang::book::{BookError, Folder, Point, PointError, Sound, Until};
use mingzhang::chart::{Chart, STATUTORY};
use mingzhang::date::Day;
use mingzhang::export::{By, Export, Exported, Extent};
use mingzhang::ids::Seq;
use mingzhang::projection::State;

use super::super::failure::{Failure, Problem, exit};
use super::super::world::World;

/// How much of the book is asked for.
#[derive(Args, Clone, Default)]
pub(crate) struct Part {
    /// 截至业务日期 Only business days up to this one
    #[arg(long, value_name = "DAY")]
    upto: Option<Day>,
    /// 截至时点 As the book was known at that point
    #[arg(long, value_name = "POINT")]
    at: Option<Point>,
}

/// What an export is made of.
pub(crate) struct Books {
    pub(crate) records: Vec<Exported>,
    pub(crate) state: State,
    pub(crate) chart: Chart,
    head: Option<(Seq, String)>,
    upto: Option<Day>,
    fault: Option<Damage>,
}

/// What is wrong with the book, for its reader and for the file.
struct Damage {
    en: String,
    failure: Failure,
}

impl Books {
    /// Reads it without a lock, beside whoever writes.
    pub(crate) fn read(folder: &Folder, part: &Part, world: &World) -> Result<Books, Failure> {
        let size = part.at.as_ref().map(|at| size_at(at, folder)).transpose()?;
        let until = Until { size, day: part.upto };
        let bar = world.progress("导出", "exporting");
        let sound = Sound::read(folder, until, &mut |n| bar.set_position(n));
        bar.finish_and_clear();
        let Sound { reading, records, mut fault } = sound?;
        let chart = match reading.chart(folder) {
            Ok(chart) => chart,
            Err(BookError::Empty) => statutory()?,
            Err(unknown @ BookError::ChartUnknown { .. }) => {
                let ledger = reading.state.offices.ledger();
                let currency = ledger.map_or("CNY", |ledger| ledger.currency.as_str()).to_owned();
                fault = fault.or(Some(unknown));
                statutory()?.without_accounts(&currency)
            }
            Err(error) => return Err(error.into()),
        };
        let read = reading.tree.size();
        let head = read.checked_sub(1).map(|last| (Seq(last), reading.head.to_string()));
        let one = |(record, hash): (_, mingzhang::chain::hash::RecordHash)| Exported {
            record,
            hash: hash.to_string(),
        };
        let records = records.into_iter().map(one).collect();
        let fault = fault.map(|fault| Damage::of(fault, read));
        Ok(Books { records, state: reading.state, chart, head, upto: part.upto, fault })
    }

    pub(crate) fn export(&self, by: By) -> Export<'_> {
        let head = self.head.as_ref().map(|(seq, hash)| (*seq, hash.as_str()));
        let fault = self.fault.as_ref().map(|damage| damage.en.as_str());
        let extent = Extent { head, upto: self.upto, fault };
        let Books { records, state, chart, .. } = self;
        Export { records, state, chart, by, extent }
    }

    /// What was written stands; that the book is damaged is said, and the run ends as broken.
    pub(crate) fn told(self) -> Result<(), Failure> {
        self.fault.map_or(Ok(()), |damage| Err(damage.failure))
    }

    pub(crate) fn is_damaged(&self) -> bool {
        self.fault.is_some()
    }
}

impl Damage {
    fn of(fault: BookError, read: u64) -> Damage {
        let en = fault.to_string();
        let mut failure = Failure::from(fault);
        let said = Problem::new(
            "XPT1",
            format!("账套已损坏：只导出了可验证的前 {read} 条记录，导出的文件里也写明了"),
            format!(
                "the book is damaged: only its first {read} records, which verify, were exported, and \
                 the export says so"
            ),
        );
        failure.errors.insert(0, said.next("mingzhang verify"));
        failure.exit = exit::BROKEN;
        Damage { en, failure }
    }
}

fn statutory() -> Result<Chart, Failure> {
    let chart = Chart::built_in(STATUTORY);
    chart.ok_or_else(|| BookError::Empty.into())
}

/// A number of records needs no sound book to be understood.
fn size_at(at: &Point, folder: &Folder) -> Result<u64, Failure> {
    match (at, at.resolve(folder)) {
        (_, Ok(size)) => Ok(size),
        (Point::Size(size), Err(PointError::Book(_))) => Ok(*size),
        (_, Err(error)) => Err(error.into()),
    }
}
