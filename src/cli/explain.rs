//! `explain REPORT LINE`: every record behind one line of a report, and their sum.
//! `explain CODE`: what a code that the program printed means, and how it is put right.

use clap::Args;
use mingzhang::book::{Folder, Point, records};
use mingzhang::lang::Lang;
use mingzhang::render;
use mingzhang::report::asked::{Ledger, Name};
use mingzhang::report::explain::{Explainer, NoLine};
use mingzhang::report::foot::Foot;

use super::Global;
use super::codes;
use super::failure::{Failure, Problem, exit};
use super::form::{Printed, Printing};
use super::instructions::nearest;
use super::output::Output;
use super::report::Wanted;
use super::sheet::{Sheet, quoted};
use super::world::World;

#[derive(Args)]
#[command(after_help = LINES, after_long_help = LINES)]
pub(crate) struct Explain {
    /// 报表，或错误代码 The report; or a code that was printed, such as F07 or `posting_differs`
    #[arg(value_name = "REPORT|CODE")]
    what: String,
    /// 行 The report's line: an account, a line's number or name, a fund, a group, a member
    line: Option<String>,
    #[command(flatten)]
    of: Wanted,
    #[command(flatten)]
    printed: Printed,
}

const LINES: &str = "CODE 代码 错误、注意、验证和检查所印的代码 as errors, warnings, verify and doctor print them: explain F07
LINE 行 (无此行时列出所有行 a wrong one lists them all):
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
        let report = Name::ALL.iter().copied().find(|name| name.to_string() == self.what);
        match (report, &self.line) {
            (Some(report), Some(line)) => self.sum(report, line, global, world, out),
            (Some(report), None) => Err(Failure::usage(
                format!("说明要溯源 {report} 的哪一行"),
                format!("say which line of {report} is to be explained"),
            )
            .next("mingzhang explain --help")),
            (None, Some(_)) => {
                let names: Vec<String> = Name::ALL.iter().map(ToString::to_string).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let (what, near) = (&self.what, nearest(&self.what, &names));
                Err(Failure::usage(
                    format!("没有报表 {what}；相近的有：{near}"),
                    format!("there is no report {what}; the nearest are: {near}"),
                )
                .next("mingzhang report --help"))
            }
            (None, None) => code(&self.what, out),
        }
    }

    fn sum(
        &self,
        report: Name,
        line: &str,
        global: &Global,
        world: &World,
        out: &Output,
    ) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let (sheet, agrees) = self.sheet(report, line, &folder, world, out.lang)?;
        sheet.put(&self.printed, &folder, out)?;
        if agrees {
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

    pub(crate) fn form(&self) -> &Printing {
        &self.printed.printing
    }

    /// The report and the line, where it is one that is explained and not a code.
    pub(crate) fn of_line(&self) -> Option<(Name, &str)> {
        let report = Name::ALL.iter().copied().find(|name| name.to_string() == self.what);
        report.zip(self.line.as_deref())
    }

    pub(crate) fn at(&self) -> Option<&Point> {
        self.of.at.as_ref()
    }

    /// The page, and whether the sum is the report's figure.
    pub(crate) fn sheet(
        &self,
        report: Name,
        line: &str,
        folder: &Folder,
        world: &World,
        lang: Lang,
    ) -> Result<(Sheet, bool), Failure> {
        let reading = self.of.read(folder, world)?;
        let chart = reading.chart(folder)?;
        let log = self.of.log(&reading, folder)?;
        let ledger = Ledger { state: &reading.state, chart: &chart, records: &log };
        let settled = self.of.settled(report, ledger)?;
        let explainer = Explainer::new(&settled, &reading.state, &chart, line);
        let mut explainer = explainer.map_err(|error| no_line(&error))?;
        let bar = world.progress("溯源", "explaining");
        for record in records(folder, log.until)? {
            let (record, reversed) = record?;
            explainer.take(&record, reversed.as_ref());
            bar.inc(1);
        }
        bar.finish_and_clear();
        let explained = explainer.finish();
        let (page, agrees) = (render::explain(&explained, lang), explained.agrees);
        let json = move |foot: Option<&Foot>| {
            let printed = render::Printed { report: &explained, foot, unmasked: None };
            render::json(&printed).unwrap_or_default()
        };
        let said = format!("explain {report} {}", quoted(line));
        let typed = (said, self.of.typed(reading.tree.size(), lang));
        Ok((Sheet { reading, page, json: Box::new(json), typed, lang }, agrees))
    }
}

/// What a code means, in the language of the run.
fn code(asked: &str, out: &Output) -> Result<(), Failure> {
    let Some(explained) = codes::find(asked) else {
        let near = codes::like(asked);
        let problem = Problem::new(
            "COD1",
            format!("没有代码 {asked}；相近的有：{near}"),
            format!("there is no code {asked}; the nearest are: {near}"),
        );
        return Err(Failure::one(exit::USAGE, problem.next("mingzhang explain --help")));
    };
    if out.json {
        out.value(&explained);
    } else {
        out.text(&explained.text(out.lang));
    }
    Ok(())
}

fn no_line(error: &NoLine) -> Failure {
    let problem = Problem::new("EXP1", error.said(Lang::Zh), error.said(Lang::En));
    Failure::one(exit::USAGE, problem.next(format!("mingzhang report {}", error.report)))
}
