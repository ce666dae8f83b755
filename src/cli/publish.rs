//! `publish`: makes the page that is posted for the members, and records that it was posted, with its
//! SHA-256 and the head of the records that it rests on. What is posted can be made again for ever:
//! `verify-report FILE` does it.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use mingzhang::book::{Folder, Reading};
use mingzhang::date::{Day, Month};
use mingzhang::event::disclosure::Disclosed;
use mingzhang::ids::Text;
use mingzhang::report::Period;
use mingzhang::report::asked::Name;
use mingzhang::report::foot::Covered;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Global;
use super::apply::{self, How};
use super::failure::{Failure, Place};
use super::form::{self, Printing};
use super::instructions;
use super::output::Output;
use super::report::{Posting, Report, notes, policy};
use super::shortcuts::today;
use super::world::World;

#[derive(Args)]
pub(crate) struct Publish {
    /// 公示内容 What is posted
    #[arg(value_parser = pages())]
    page: Page,
    /// 期间 Of which month, year or months: 2026-03, 2026, 2026-01..2026-03
    period: Period,
    /// 公示地点 Where: 公示栏, 群, 网站; of a notice, where the book's rule says, unless given
    #[arg(long)]
    place: Option<Text>,
    /// 公示文件 Where the page is written, to be printed and posted
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    printing: Printing,
    /// 公示日期 The day on which it is posted; today unless given
    #[arg(long)]
    on: Option<Day>,
    /// 公示截止 The last day on which it is up
    #[arg(long, value_name = "DAY")]
    through: Option<Day>,
    /// 期间未完 The months are not over
    #[arg(long)]
    interim: bool,
    #[command(flatten)]
    how: How,
}

/// A page that is posted: its name here, what it is recorded as, and its report.
#[derive(Clone, Copy)]
struct Page {
    name: &'static str,
    help: &'static str,
    what: Disclosed,
    report: Name,
}

const PAGES: [Page; 3] = [
    Page {
        name: "notice",
        help: "收支公示 Income and spending",
        what: Disclosed::Notice,
        report: Name::PublicNotice,
    },
    Page {
        name: "donors",
        help: "捐款公示 Donations",
        what: Disclosed::Donors,
        report: Name::Donors,
    },
    Page {
        name: "annual-report",
        help: "年度报告 The year's report",
        what: Disclosed::AnnualReport,
        report: Name::AnnualReport,
    },
];

fn pages() -> impl TypedValueParser<Value = Page> {
    let value = |page: &Page| PossibleValue::new(page.name).help(page.help);
    let names = PossibleValuesParser::new(PAGES.iter().map(value));
    names.try_map(|name| {
        let found = PAGES.into_iter().find(|page| page.name == name);
        found.ok_or_else(|| format!("no page is called {name}"))
    })
}

impl Publish {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let (Some(first), Some(last)) = (self.period.first(), self.period.last()) else {
            return Err(Failure::usage(
                "公示须指明月份或年度",
                "say of which month, year or months it is",
            ));
        };
        let folder = Folder::new(&global.book);
        let reading = world.reading(&folder)?;
        let on = self.on.or_else(|| today(&reading, world));
        let place = self.place_of(&reading, last, out)?;
        // What --json asks for is what this run prints, and no page to post.
        let format = self.printing.format_of_page();
        let mut report = Report::of_period(self.page.report, self.period);
        report.printed.printing = self.printing.clone();
        if self.page.report == Name::PublicNotice {
            report.posting = Posting::new(place.as_str(), on);
        }
        let covered =
            Covered::of(&notes(&folder, &reading)?, policy(&reading), reading.tree.size());
        if covered.is_none() {
            out.note(
                "页脚没有检查点：先签发检查点再公示，日后才能证明账没有改过: mingzhang checkpoint sign",
                "the foot names no checkpoint: sign one first, so that later it can be shown that \
                 the book is the same: mingzhang checkpoint sign",
            );
        }
        let foot = report.foot(&reading, covered, out.lang, format);
        let page = report.bytes(&reading, &folder, Some(&foot), out.lang, format)?;
        let sha256 = blake3::Hash::from_bytes(Sha256::digest(&page).into()).to_string();
        let line = json!({
            "command": "disclosure.publish",
            "what": self.page.what,
            "first": first,
            "last": last,
            "on": on,
            "place": place,
            "through": self.through,
            "interim": self.interim,
            "size": foot.records,
            "head": foot.head,
            "report_sha256": sha256,
        });
        if !self.how.is_dry_run() {
            form::write(&self.out, &page)?;
        }
        let beside = json!({ "out": self.out, "report_sha256": sha256 });
        let recorded = self.record(global, world, out, &line.to_string(), beside);
        // A page that was not recorded is not to be posted.
        if recorded.is_err() && !self.how.is_dry_run() {
            std::fs::remove_file(&self.out).map_err(|e| Failure::file(&self.out, &e))?;
        }
        recorded?;
        let shown = self.out.display();
        if !out.json {
            // As sha256sum prints it.
            out.text(&format!("{sha256}  {shown}"));
        }
        out.note(
            &format!("谁都可以核对公示: mingzhang verify-report {shown}"),
            &format!("anybody can check the page: mingzhang verify-report {shown}"),
        );
        Ok(())
    }

    /// Where it is posted. The rule is about the monthly notice and no other page; it is said where a place
    /// that nobody typed comes from.
    fn place_of(&self, reading: &Reading, last: Month, out: &Output) -> Result<Text, Failure> {
        if let Some(place) = &self.place {
            return Ok(place.clone());
        }
        let is_notice = self.page.report == Name::PublicNotice;
        let rule = reading.state.notice_rule(last).filter(|_| is_notice);
        let Some(place) = rule.map(|rule| rule.place.clone()) else {
            return Err(Failure::usage(
                "没有说明公示地点：用 --place 写明（收支公示也可以由规定 monthly_notice 定下）",
                "nobody says where it is posted: say it by --place; of notices the rule monthly_notice may",
            )
            .next("mingzhang publish --help"));
        };
        out.note(
            &format!("公示地点 {place}：按规定 monthly_notice"),
            &format!("posted at {place}, by the rule monthly_notice"),
        );
        Ok(place)
    }

    fn record(
        &self,
        global: &Global,
        world: &World,
        out: &Output,
        line: &str,
        beside: Value,
    ) -> Result<(), Failure> {
        let mut placed = instructions::read("", line, global.officer.as_ref())?;
        // Nobody typed this line, so that there is no place in it to point at.
        for placed in &mut placed {
            placed.place = Place::default();
        }
        let mut book = apply::open(global, world, out)?;
        let beside = if let Value::Object(beside) = beside { beside } else { Map::new() };
        apply::record_in(&mut book, world, out, placed, self.how, beside)
    }
}
