//! `diff A B`: what was recorded between two points, and what that changed.

use std::path::Path;

use clap::Args;
use mingzhang::book::{Folder, Point, PointError, Reading, Until, line_at, point};
use mingzhang::ids::Seq;
use mingzhang::lang::Lang;
use mingzhang::render::{self, Page};
use mingzhang::report::changes;
use mingzhang::report::foot::Foot;
use mingzhang::report::trial_balance::By;
use mingzhang::store::log::LogReader;
use serde_json::json;

use super::Global;
use super::failure::{Failure, Problem, exit};
use super::form::{Printed, Printing};
use super::log::{Read, Shown};
use super::output::Output;
use super::sheet::Sheet;
use super::world::World;

#[derive(Args)]
#[command(after_help = super::point::HELP)]
pub(crate) struct Diff {
    /// 前一时点 The earlier point, or an earlier bundle
    #[arg(value_name = "A")]
    before: Point,
    /// 后一时点 The later point; a bundle's folder is compared without --book
    #[arg(value_name = "B")]
    after: Point,
    /// 按资金列示 Each fund by itself
    #[arg(long)]
    by_fund: bool,
    #[command(flatten)]
    printed: Printed,
}

/// The sizes of the book at both points.
struct Between {
    from: u64,
    to: u64,
}

impl Diff {
    pub(crate) fn run(self, global: &Global, _: &World, out: &Output) -> Result<(), Failure> {
        let folder = self.folder(&global.book);
        self.sheet(&folder, out.lang)?.put(&self.printed, &folder, out)
    }

    /// The book that both points are of.
    fn folder(&self, book: &Path) -> Folder {
        match &self.after {
            Point::Kept(path) if path.is_dir() => Folder::new(path),
            Point::Kept(_) | Point::Size(_) | Point::Day(_) => Folder::new(book),
        }
    }

    pub(crate) fn form(&self) -> &Printing {
        &self.printed.printing
    }

    /// The records of both points, where the same ones are meant wherever they are read.
    pub(crate) fn until(&self) -> Option<u64> {
        match (&self.before, &self.after) {
            (Point::Size(_), Point::Size(until)) => Some(*until),
            (Point::Size(_) | Point::Day(_) | Point::Kept(_), _) => None,
        }
    }

    pub(crate) fn sheet(&self, folder: &Folder, lang: Lang) -> Result<Sheet, Failure> {
        let between = self.between(folder, lang)?;
        let Between { from, to } = &between;
        let read = |size: u64| {
            let until = Until { size: Some(size), day: None };
            Reading::replay(folder, until, &mut |_, _| ())
        };
        let (before, after) = (read(*from)?, read(*to)?);
        let by = if self.by_fund { By::Fund } else { By::Account };
        let changed = changes::between(&before.state, &after.state, &after.chart(folder)?, by);
        let shown = Shown::of(folder)?;
        let (mut records, mut lines) = (Vec::new(), Vec::new());
        between.each(folder, |read| {
            records.push(shown.value(read));
            lines.push(shown.line(read, lang) + "\n");
        })?;
        let head = |reading: &Reading| json!({ "records": reading.tree.size(), "root": reading.tree.root() });
        let (head_before, head_after) = (head(&before), head(&after));
        let value = json!({
            "before": head_before, "after": head_after, "records": records, "changes": changed,
        });
        let json = move |foot: Option<&Foot>| {
            let printed = render::Printed { report: &value, foot, unmasked: None };
            render::json(&printed).unwrap_or_default()
        };
        let count = to - from;
        let first = match lang {
            Lang::Zh => format!("{from} → {to}: {count} 条记录\n"),
            Lang::En => format!("{from} → {to}: {count} records\n"),
        };
        let page = Page::from(first + &lines.concat()) + render::changes(&changed, lang);
        let by = if self.by_fund { " --by-fund" } else { "" };
        let typed = (format!("diff {from} {to}{by}"), format!("--lang {lang}"));
        Ok(Sheet { reading: after, page, json: Box::new(json), typed, lang })
    }

    fn between(&self, folder: &Folder, lang: Lang) -> Result<Between, Failure> {
        let to = self.after.resolve(folder)?;
        let from = match (self.before.resolve(folder), &self.before) {
            (
                Err(error @ (PointError::OtherRoot { .. } | PointError::Shorter { .. })),
                Point::Kept(path),
            ) if path.is_dir() => return Err(parted(&Folder::new(path), folder, error, lang)?),
            (resolved, _) => resolved?,
        };
        if from > to {
            return Err(Failure::usage(
                format!(
                    "{} 有 {from} 条记录，晚于 {} 的 {to} 条：前一时点写在前面",
                    self.before, self.after
                ),
                format!(
                    "{} has {from} records and {} only {to}: the earlier one comes first",
                    self.before, self.after
                ),
            ));
        }
        Ok(Between { from, to })
    }
}

impl Between {
    fn each(&self, folder: &Folder, mut take: impl FnMut(&Read)) -> Result<(), Failure> {
        let lines = (0..self.to).zip(LogReader::open(&folder.events())?);
        for (place, line) in lines {
            let line = line?;
            if place >= self.from {
                take(&Read::of(&line.bytes, place)?);
            }
        }
        Ok(())
    }
}

/// Two histories of one book: where they part, and what each says there.
fn parted(one: &Folder, other: &Folder, error: PointError, lang: Lang) -> Result<Failure, Failure> {
    let Some(place) = point::part(one, other)? else {
        // One is the beginning of the other, and the first is the longer.
        let (has, asked) = (point::size(other)?, point::size(one)?);
        if has < asked {
            return Ok(Failure::usage(
                format!("前者有 {asked} 条记录，后者只有 {has} 条：前一时点写在前面"),
                format!(
                    "the first has {asked} records and the second only {has}: the earlier one comes first"
                ),
            ));
        }
        return Ok(error.into());
    };
    let says = |folder: &Folder| -> Result<String, Failure> {
        let line = line_at(folder, Seq(place))?;
        let read = Read::of(&line, place);
        let shown = Shown::of(folder)?;
        Ok(read.map_or_else(|_| "?".to_owned(), |read| shown.line(&read, lang)))
    };
    let (first, second) = (says(one)?, says(other)?);
    Ok(Failure::one(
        exit::BROKEN,
        Problem::new(
            "DIF1",
            format!("两者自记录 {place} 起分叉：\n  {first}\n  {second}"),
            format!("they part at record {place}:\n  {first}\n  {second}"),
        )
        .next("mingzhang verify --against CHECKPOINT"),
    ))
}
