//! What was recorded, looked at and replayed: `show`, `replay`.

use clap::Args;
use mingzhang::book::{Folder, Point, Reading, Until, line_at};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::tree::leaf_hash;
use mingzhang::chart::Chart;
use mingzhang::event::{Recorded, VoucherNumber};
use mingzhang::ids::Seq;
use mingzhang::lang::Lang;
use mingzhang::render::{self, Page};
use mingzhang::report::foot::Foot;
use mingzhang::store::log::LogReader;
use serde_json::{Value, json};

use super::failure::{Failure, Problem, exit};
use super::form::{Format, Printed, Printing};
use super::log::{Read, Shown};
use super::output::Output;
use super::sheet::Sheet;
use super::world::World;
use super::{Global, point};

#[derive(Args)]
pub(crate) struct Show {
    /// 记录号或凭证号 A record's number, or a voucher's: 12 or 记-2025-01-0003
    what: String,
    #[command(flatten)]
    printed: Printed,
}

impl Show {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let seq = self.seq(&folder)?;
        let format = self.printed.printing.format(out)?;
        if self.printed.is_kept(format) {
            return self.sheet(seq, &folder, out.lang)?.put(&self.printed, &folder, out);
        }
        let line = line_at(&folder, seq)?;
        let json = || render::json(&value(&line)).unwrap_or_default();
        // A record that cannot be read has no page, and its bytes are shown all the same.
        if format == Format::Json {
            return self.printed.put(&Page::default(), json, out);
        }
        let chart = || Ok(world.reading(&folder)?.chart(&folder)?);
        self.printed.put(&page(&line, seq, &folder, chart, out.lang)?, json, out)
    }

    pub(crate) fn form(&self) -> &Printing {
        &self.printed.printing
    }

    /// The record and those before it, where it was named by its number.
    pub(crate) fn records(&self) -> Option<u64> {
        self.what.parse::<u64>().ok()?.checked_add(1)
    }

    /// The record that was asked for.
    pub(crate) fn seq(&self, folder: &Folder) -> Result<Seq, Failure> {
        match self.what.parse() {
            Ok(seq) => Ok(Seq(seq)),
            Err(_) => find_voucher(folder, &self.what),
        }
    }

    /// The page rests on the records up to this one: whatever came later changes nothing about it.
    pub(crate) fn sheet(&self, seq: Seq, folder: &Folder, lang: Lang) -> Result<Sheet, Failure> {
        let line = line_at(folder, seq)?;
        let until = Until { size: Some(seq.0.saturating_add(1)), day: None };
        let reading = Reading::replay(folder, until, &mut |_, _| ())?;
        let page = page(&line, seq, folder, || Ok(reading.chart(folder)?), lang)?;
        let json = move |foot: Option<&Foot>| {
            let printed = render::Printed { report: &value(&line), foot, unmasked: None };
            render::json(&printed).unwrap_or_default()
        };
        let typed = (format!("show {seq}"), format!("--lang {lang}"));
        Ok(Sheet { reading, page, json: Box::new(json), typed, lang })
    }
}

fn value(line: &[u8]) -> Value {
    let record: Value = serde_json::from_slice(line).unwrap_or(Value::Null);
    json!({ "record": record, "hash": RecordHash::of(line), "leaf": leaf_hash(line) })
}

fn page(
    line: &[u8],
    seq: Seq,
    folder: &Folder,
    chart: impl FnOnce() -> Result<Chart, Failure>,
    lang: Lang,
) -> Result<Page, Failure> {
    let read = Read::of(line, seq.0)?;
    let mut page = Page::from(Shown::of(folder)?.line(&read, lang) + "\n");
    if let Some(voucher) = &read.record.voucher {
        page += render::voucher(voucher, &chart()?, lang);
    }
    let (text, hash, leaf) = (String::from_utf8_lossy(line), RecordHash::of(line), leaf_hash(line));
    page += format!("{text}\nhash {hash}\nleaf {leaf}\n");
    Ok(page)
}

/// Replays every record from the first and compares with what the book shows.
#[derive(Args)]
#[command(after_help = point::HELP)]
pub(crate) struct Replay {
    /// 至时点 Only the records up to this point
    #[arg(long, value_name = "POINT")]
    until: Option<Point>,
}

impl Replay {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let (replayed, same) = match &self.until {
            None => replay(&folder, world).map(|(replayed, same)| (replayed, Some(same)))?,
            Some(at) => {
                let until = Until { size: Some(point::records(at, &folder)?), day: None };
                {
                    let bar = world.progress("重演", "replaying");
                    let each = &mut |n, _: &Recorded| bar.set_position(n);
                    let replayed = Reading::replay(&folder, until, each);
                    bar.finish_and_clear();
                    (replayed?, None)
                }
            }
        };
        let (size, head, root) = (replayed.tree.size(), replayed.head, replayed.tree.root());
        if out.json {
            out.value(&json!({ "records": size, "head": head, "root": root, "agrees": same }));
        } else {
            let records = out.say("条记录", "records");
            out.text(&format!("{size} {records}\nhead {head}\nroot {root}"));
        }
        match same {
            Some(false) => Err(Failure::one(exit::BROKEN, cache_differs())),
            Some(true) => {
                out.note("与账套所示一致", "the same as the book shows");
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// Everything replayed from the first record, and whether the book shows the same.
pub(crate) fn replay(folder: &Folder, world: &World) -> Result<(Reading, bool), Failure> {
    let bar = world.progress("重演", "replaying");
    let each = &mut |n, _: &Recorded| bar.set_position(n);
    // First what the book shows, then as many records: another process may be writing.
    let shown = world.reading(folder)?;
    let until = Until { size: Some(shown.tree.size()), day: None };
    let replayed = Reading::replay(folder, until, each)?;
    bar.finish_and_clear();
    let same = shown.state == replayed.state;
    Ok((replayed, same))
}

pub(crate) fn cache_differs() -> Problem {
    Problem::new(
        "CHN12",
        "重演的结果与快照不同：快照只是缓存，请删除 snapshots 文件夹",
        "the replay differs from the snapshot, which is only a cache: delete the folder snapshots",
    )
    .next("rm -r BOOK/snapshots")
}

/// The record of a voucher, by its number.
pub(crate) fn find_voucher(folder: &Folder, what: &str) -> Result<Seq, Failure> {
    let wanted = VoucherNumber::parse(what).map_err(|_| {
        Failure::usage(
            format!("不是记录号或凭证号：{what}"),
            format!("neither a record's number nor a voucher's: {what}"),
        )
    })?;
    for (place, line) in (0..).zip(LogReader::open(&folder.events())?) {
        let record = Read::of(&line?.bytes, place)?.record;
        if record.voucher.as_ref().is_some_and(|v| v.number == wanted) {
            return Ok(record.seq);
        }
    }
    Err(Failure::usage(format!("没有凭证 {wanted}"), format!("there is no voucher {wanted}")))
}
