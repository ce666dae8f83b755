//! `explain REPORT LINE`: every record behind one line of a report, and their sum.

use clap::Args;
use mingzhang::book::{Folder, records};
use mingzhang::lang::Lang;
use mingzhang::render;
use mingzhang::report::asked::{Ledger, Name};
use mingzhang::report::explain::{Explainer, NoLine};

use super::Global;
use super::failure::{Failure, Problem, exit};
use super::form::Printed;
use super::output::Output;
use super::report::{self, Wanted};
use super::world::World;

#[derive(Args)]
#[command(after_help = LINES, after_long_help = LINES)]
pub(crate) struct Explain {
    /// 报表 The report
    #[arg(value_parser = report::names(), hide_possible_values = true)]
    report: Name,
    /// 行 Its line: an account, a line's number or name, a fund, a group, a member
    line: String,
    #[command(flatten)]
    of: Wanted,
    #[command(flatten)]
    printed: Printed,
}

const LINES: &str = "LINE 行 (无此行时列出所有行 a wrong one lists them all):
  trial-balance     科目代码 an account, 401; with --by-fund: general/401
  balance-sheet     行次或项目 a line's number or name, 2 or 货币资金
  income-statement  行次或项目 a line's number or name, 3 or 会费收入
  statement         --of 报表编号的行次 a line's number of the statement --of ID
  funds             资金编号 a fund, general; total
  dues              会员号或小组 a member or group; no-group; total (实缴 what was received)
  audit             科目代码 an account; income, spending; a fund; fixed-assets; a month or \
allocation (拨缴)
POINT 时点同 report POINT as in report --help
合计须等于报表数，否则以 4 结束。The sum has to be the report's figure, else the exit status is 4.";

impl Explain {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let reading = self.of.read(&folder, world)?;
        let chart = reading.chart(&folder)?;
        let log = self.of.log(&reading, &folder)?;
        let ledger = Ledger { state: &reading.state, chart: &chart, records: &log };
        let settled = self.of.settled(self.report, ledger)?;
        let explainer = Explainer::new(&settled, &reading.state, &chart, &self.line);
        let mut explainer = explainer.map_err(|error| no_line(&error))?;
        let bar = world.progress("explaining");
        for record in records(&folder, log.until)? {
            let (record, reversed) = record?;
            explainer.take(&record, reversed.as_ref());
            bar.inc(1);
        }
        bar.finish_and_clear();
        let explained = explainer.finish();
        let json = || render::json(&explained).unwrap_or_default();
        self.printed.put(&render::explain(&explained, out.lang), json, out)?;
        if explained.agrees {
            return Ok(());
        }
        Err(Failure::one(
            exit::BROKEN,
            Problem::new(
                "EXP2",
                "报表数与其记录之和不符：报表或快照不可信",
                "the report's figure is not the sum of its records: the report or the cache is wrong",
            )
            .next("mingzhang replay"),
        ))
    }
}

fn no_line(error: &NoLine) -> Failure {
    let problem = Problem::new("EXP1", error.said(Lang::Zh), error.said(Lang::En));
    Failure::one(exit::USAGE, problem.next(format!("mingzhang report {}", error.report)))
}
