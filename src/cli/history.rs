//! What was recorded: `log`, `show`, `replay`.

use clap::Args;
use mingzhang::book::{Folder, Reading, Until, line_at, recorded};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::Envelope;
use mingzhang::chain::tree::leaf_hash;
use mingzhang::date::Day;
use mingzhang::event::{Fact, Recorded, VoucherNumber};
use mingzhang::ids::{OfficerId, Seq};
use mingzhang::money::Money;
use mingzhang::render;
use mingzhang::store::log::LogReader;
use serde_json::{Value, json};

use super::Global;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::instructions::unknown_event;
use super::output::Output;
use super::world::World;

/// The operation log 操作日志 (财会〔2024〕12号, Art. 32): by operator, time and content.
#[derive(Args)]
pub(crate) struct Log {
    /// 事件类型 Only this type, such as dues.received
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// 操作人 Only what this officer recorded
    #[arg(long)]
    by: Option<OfficerId>,
    /// 业务日期自 From this business day
    #[arg(long)]
    from: Option<Day>,
    /// 业务日期至 To this business day
    #[arg(long)]
    to: Option<Day>,
    /// 最后几条 Only so many, the last ones
    #[arg(long)]
    last: Option<usize>,
}

impl Log {
    pub(crate) fn run(self, global: &Global, _: &World, out: &Output) -> Result<(), Failure> {
        if let Some(kind) = self.kind.as_deref().filter(|kind| !Fact::NAMES.contains(kind)) {
            return Err(Failure::one(exit::USAGE, unknown_event(kind)));
        }
        let mut lines = std::collections::VecDeque::new();
        for (place, line) in LogReader::open(&Folder::new(&global.book).events())?.enumerate() {
            let record = read(&line?.bytes, place)?;
            if !self.wants(&record) {
                continue;
            }
            if out.json {
                lines.push_back(summary(&record).to_string());
            } else {
                lines.push_back(one_line(&record));
            }
            match self.last {
                Some(last) if lines.len() > last => drop(lines.pop_front()),
                // Without a limit nothing is kept back.
                Some(_) => {}
                None => lines.drain(..).for_each(|line| out.text(&line)),
            }
        }
        for line in lines {
            out.text(&line);
        }
        Ok(())
    }

    fn wants(&self, record: &Recorded) -> bool {
        let day = record.fact.date();
        self.kind.as_deref().is_none_or(|kind| kind == record.fact.kind())
            && self.by.as_ref().is_none_or(|by| *by == record.actor)
            && self.from.is_none_or(|from| day.is_some_and(|day| day >= from))
            && self.to.is_none_or(|to| day.is_some_and(|day| day <= to))
    }
}

fn read(line: &[u8], place: usize) -> Result<Recorded, Failure> {
    let broken = |why: String| {
        let zh = format!("记录 {place} 已损坏：{}", chinese(&why));
        let en = format!("record {place} is broken: {why}");
        Failure::one(exit::BROKEN, Problem::new("CHN1", zh, en).next("mingzhang verify"))
    };
    let envelope = Envelope::read(line).map_err(|e| broken(e.to_string()))?;
    recorded(envelope).map_err(|e| broken(e.to_string()))
}

/// What the voucher moves: the sum of its debits.
fn amount(record: &Recorded) -> Option<Money> {
    let voucher = record.voucher.as_ref()?;
    Some(Money::sum(voucher.entries.iter().filter_map(|entry| entry.side.columns().0)))
}

fn one_line(record: &Recorded) -> String {
    let voucher = record.voucher.as_ref().map(|v| v.number.to_string()).unwrap_or_default();
    let date = record.fact.date().map(|day| day.to_string()).unwrap_or_default();
    let amount = amount(record).map(|a| a.to_string()).unwrap_or_default();
    format!(
        "{:>6} {} {:<12} {:<24} {date:<10} {voucher:<16} {amount:>14}",
        record.seq.to_string(),
        record.at,
        record.actor,
        record.fact.kind(),
    )
    .trim_end()
    .to_owned()
}

fn summary(record: &Recorded) -> Value {
    json!({
        "seq": record.seq, "at": record.at, "actor": record.actor, "type": record.fact.kind(),
        "date": record.fact.date(), "voucher": record.voucher.as_ref().map(|v| v.number),
        "amount": amount(record),
    })
}

#[derive(Args)]
pub(crate) struct Show {
    /// 记录号或凭证号 A record's number, or a voucher's: 12 or 记-2025-01-0003
    what: String,
}

impl Show {
    pub(crate) fn run(self, global: &Global, _: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let seq = match self.what.parse() {
            Ok(seq) => Seq(seq),
            Err(_) => find_voucher(&folder, &self.what)?,
        };
        let line = line_at(&folder, seq)?;
        let text = String::from_utf8_lossy(&line);
        let (hash, leaf) = (RecordHash::of(&line), leaf_hash(&line));
        if out.json {
            let record: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
            out.value(&json!({ "record": record, "hash": hash, "leaf": leaf }));
            return Ok(());
        }
        let record = read(&line, usize::try_from(seq.0).unwrap_or(usize::MAX))?;
        out.text(&one_line(&record));
        if let Some(voucher) = &record.voucher {
            let chart = Reading::open(&folder, &mut |_| ()).and_then(|reading| reading.chart())?;
            out.text(&render::voucher(voucher, &chart, out.lang));
        }
        out.text(&format!("{text}\nhash {hash}\nleaf {leaf}"));
        Ok(())
    }
}

/// The record of a voucher, by its number.
pub(crate) fn find_voucher(folder: &Folder, what: &str) -> Result<Seq, Failure> {
    let wanted = VoucherNumber::parse(what).map_err(|_| {
        Failure::usage(
            format!("不是记录号或凭证号：{what}"),
            format!("neither a record's number nor a voucher's: {what}"),
        )
    })?;
    for (place, line) in LogReader::open(&folder.events())?.enumerate() {
        let record = read(&line?.bytes, place)?;
        if record.voucher.as_ref().is_some_and(|v| v.number == wanted) {
            return Ok(record.seq);
        }
    }
    Err(Failure::usage(format!("没有凭证 {wanted}"), format!("there is no voucher {wanted}")))
}

/// Replays every record from the first and compares with what the book shows.
#[derive(Args)]
pub(crate) struct Replay {
    /// 记录数 Only the first so many records
    #[arg(long, value_name = "RECORDS", value_parser = clap::value_parser!(u64).range(1..))]
    until: Option<u64>,
}

impl Replay {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let (replayed, same) = match self.until {
            None => replay(&folder, world).map(|(replayed, same)| (replayed, Some(same)))?,
            Some(size) => {
                let until = Until { size: Some(size), day: None };
                (Reading::replay(&folder, until, &mut |_, _| ())?, None)
            }
        };
        let (size, head, root) = (replayed.tree.size(), replayed.head, replayed.tree.root());
        if let Some(until) = self.until.filter(|until| *until > size) {
            return Err(Failure::too_few_records(until, size));
        }
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
    let bar = world.progress("replaying");
    let each = &mut |n, _: &Recorded| bar.set_position(n);
    // First what the book shows, then as many records: another process may be writing.
    let shown = Reading::open(folder, &mut |_| ())?;
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
