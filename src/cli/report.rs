//! `report NAME`: what the book adds up to, now, as of a business day, or as it was known then.

use clap::{Args, ValueEnum};
use mingzhang::book::{Folder, Reading, Until};
use mingzhang::chart::Chart;
use mingzhang::date::{Day, FiscalYear, Month};
use mingzhang::lang::Lang;
use mingzhang::projection::State;
use mingzhang::render::{self, Beside};
use mingzhang::report::trial_balance::By;
use mingzhang::report::{self, Period, Term};
use serde::Serialize;

use super::Global;
use super::failure::Failure;
use super::output::Output;
use super::unmask::{People, Unmask};
use super::world::World;

#[derive(Args)]
pub(crate) struct Report {
    name: Name,
    /// 月份 For this month
    #[arg(long)]
    month: Option<Month>,
    /// 年度 For this year
    #[arg(long, value_parser = year, conflicts_with = "month")]
    year: Option<FiscalYear>,
    /// 期间 For months such as 2026-01..2026-06
    #[arg(long, conflicts_with_all = ["month", "year"])]
    period: Option<Period>,
    /// 按资金列示 Each fund by itself
    #[arg(long)]
    by_fund: bool,
    /// 截至业务日期 Only business days up to this one
    #[arg(long, value_name = "DAY")]
    as_of: Option<Day>,
    /// 截至记录 As known when the book had so many records
    #[arg(long, value_name = "RECORDS", value_parser = clap::value_parser!(u64).range(1..))]
    at: Option<u64>,
    #[command(flatten)]
    unmask: Unmask,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Name {
    /// 科目余额表
    TrialBalance,
    /// 资产负债表 工会01表
    BalanceSheet,
    /// 收入支出表 工会02表
    IncomeStatement,
    /// 会费收缴情况
    Dues,
    /// 经费审查报告
    Audit,
    /// 资金结存
    Funds,
    /// 科目表
    Chart,
}

fn year(text: &str) -> Result<FiscalYear, String> {
    match text.parse() {
        Ok(year) if (1949..=2200).contains(&year) => Ok(FiscalYear(year)),
        Ok(_) | Err(_) => Err(format!("a year such as 2026, not {text}")),
    }
}

impl Report {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let bar = world.progress("reading");
        let reading = if self.as_of.is_some() || self.at.is_some() {
            let until = Until { size: self.at, day: self.as_of };
            Reading::replay(&folder, until, &mut |n, _| bar.set_position(n))
        } else {
            Reading::open(&folder, &mut |n| bar.set_position(n))
        };
        bar.finish_and_clear();
        let reading = reading?;
        if let Some(at) = self.at.filter(|at| *at > reading.tree.size()) {
            return Err(Failure::too_few_records(at, reading.tree.size()));
        }
        let chart = reading.chart()?;
        let asked = self.asked();
        let people = || people(self.name, &reading.state, &chart, &asked);
        let beside = self.unmask.beside(people, global, world, out)?;
        print_beside(self.name, &reading.state, &chart, &asked, &beside, out);
        Ok(())
    }

    fn asked(&self) -> Asked {
        let period = match (self.month, self.year) {
            (Some(month), _) => Some(Period::Month(month)),
            (None, Some(year)) => Some(Period::Year(year)),
            (None, None) => self.period,
        };
        Asked { period, by_fund: self.by_fund }
    }
}

/// What of a report was asked for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Asked {
    pub(crate) period: Option<Period>,
    pub(crate) by_fund: bool,
}

/// Prints a report, as a table or as JSON.
pub(crate) fn print(name: Name, state: &State, chart: &Chart, asked: &Asked, out: &Output) {
    print_beside(name, state, chart, asked, &Beside::default(), out);
}

/// Whom a report names; `None` where it is not about persons.
fn people(name: Name, state: &State, chart: &Chart, asked: &Asked) -> Option<People> {
    let period = asked.period.unwrap_or(Period::All);
    match name {
        Name::Dues => {
            let members = report::dues::report(state, chart, period).members();
            Some(People { members, ..People::default() })
        }
        Name::Audit => {
            let officers = report::audit::report(state, chart, period).officers();
            Some(People { officers, ..People::default() })
        }
        Name::TrialBalance
        | Name::BalanceSheet
        | Name::IncomeStatement
        | Name::Funds
        | Name::Chart => None,
    }
}

/// The same, with a private field beside each number.
fn print_beside(
    name: Name,
    state: &State,
    chart: &Chart,
    asked: &Asked,
    beside: &Beside,
    out: &Output,
) {
    let period = asked.period.unwrap_or(Period::All);
    let term = || term(asked.period, state);
    match name {
        Name::TrialBalance => {
            let by = if asked.by_fund { By::Fund } else { By::Account };
            show(
                &report::trial_balance::report(state, chart, period, by),
                render::trial_balance,
                out,
            );
        }
        Name::BalanceSheet => {
            show(&report::balance_sheet::report(state, chart, term()), render::balance_sheet, out);
        }
        Name::IncomeStatement => {
            let report = report::income_statement::report(state, chart, term());
            show(&report, render::income_statement, out);
        }
        Name::Dues => {
            let text = |report: &_, lang| render::dues_beside(report, beside, lang);
            show_beside(&report::dues::report(state, chart, period), beside, text, out);
        }
        Name::Audit => {
            let text = |report: &_, lang| render::audit_beside(report, beside, lang);
            show_beside(&report::audit::report(state, chart, period), beside, text, out);
        }
        Name::Funds => show(&report::funds::report(state, chart, period), render::funds, out),
        Name::Chart => show(&report::chart::report(chart), render::chart, out),
    }
}

fn show<R: Serialize>(report: &R, text: fn(&R, Lang) -> String, out: &Output) {
    if out.json {
        out.value(report);
    } else {
        out.text(&text(report, out.lang));
    }
}

/// In JSON what is shown beside the numbers stands beside the report's own fields, as `unmasked`.
fn show_beside<R: Serialize>(
    report: &R,
    beside: &Beside,
    text: impl Fn(&R, Lang) -> String,
    out: &Output,
) {
    if !out.json {
        out.text(&text(report, out.lang));
        return;
    }
    if beside.field.is_none() {
        out.value(report);
        return;
    }
    let mut value = serde_json::to_value(report).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("unmasked".to_owned(), serde_json::to_value(beside).unwrap_or_default());
    }
    out.value(&value);
}

/// A statement is for a month or a year: the one asked for, else the last year that is closed,
/// else the last month that has a voucher.
fn term(asked: Option<Period>, state: &State) -> Term {
    let last = state.periods.last_month();
    let last = last.or_else(|| state.offices.ledger().map(|ledger| ledger.starts.month()));
    match (asked, last) {
        (Some(Period::Year(year)), _) => Term::Year(year),
        (Some(Period::Month(last) | Period::Months { last, .. }), _) => Term::Month(last),
        (Some(Period::All) | None, Some(month)) if state.periods.year_is_closed(month.year()) => {
            Term::Year(month.year())
        }
        (Some(Period::All) | None, month) => {
            month.map_or(Term::Year(FiscalYear(2022)), Term::Month)
        }
    }
}
