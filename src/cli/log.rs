//! The operation log 操作日志 (财会〔2024〕12号, Art. 32): by operator, time and content; it streams, and
//! reads beside a writer.

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::ops::Range;

use clap::Args;
use mingzhang::book::{Folder, Point, line_at, pinned, point, recorded};
use mingzhang::chain::record::Envelope;
use mingzhang::chart::{Chart, Use};
use mingzhang::date::{Day, Offset};
use mingzhang::event::{Entry, Fact, Recorded, VoucherNumber};
use mingzhang::ids::{AccountCode, DisbursementId, FundId, MemberId, OfficerId, Seq};
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::report::summary;
use mingzhang::store::log::LogReader;
use serde_json::{Map, Value, json};

use super::Global;
use super::amounts::amount;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::import::origin_said;
use super::instructions::unknown_event;
use super::output::Output;
use super::world::World;

#[derive(Args)]
#[command(after_help = super::point::HELP)]
pub(crate) struct Log {
    /// 事件类型或其一族 This type or family, such as dues.received or dues
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// 操作人 Only what this officer recorded
    #[arg(long, visible_alias = "actor", value_name = "OFFICER")]
    by: Option<OfficerId>,
    /// 会员 Records that name this member
    #[arg(long)]
    member: Option<MemberId>,
    /// 科目及其明细 Records that name this account or one under it
    #[arg(long)]
    account: Option<AccountCode>,
    /// 资金 Records that name this fund
    #[arg(long)]
    fund: Option<FundId>,
    /// 支出 Records of this disbursement, and those about them: reversals, signatures, papers
    #[arg(long)]
    disbursement: Option<DisbursementId>,
    /// 凭证号 This voucher, and the records about it
    #[arg(long)]
    voucher: Option<VoucherNumber>,
    /// 金额 Records in which this amount stands, red or not
    #[arg(long, value_parser = amount)]
    amount: Option<Money>,
    /// 金额大于 Records of more than this amount
    #[arg(long, value_parser = amount)]
    above: Option<Money>,
    /// 文字 Records in which this text stands
    #[arg(long)]
    text: Option<String>,
    /// 自时点 What was recorded from this point on; of a day, from its beginning
    #[arg(long, value_name = "POINT")]
    from: Option<Point>,
    /// 至时点 What was recorded up to this point; of a day, up to its end
    #[arg(long, value_name = "POINT")]
    until: Option<Point>,
    /// 业务日期自 From this business day
    #[arg(long, value_name = "DAY")]
    business_from: Option<Day>,
    /// 业务日期至 To this business day
    #[arg(long, value_name = "DAY")]
    business_to: Option<Day>,
    /// 业务日期 Of this business day
    #[arg(long, value_name = "DAY", conflicts_with_all = ["business_from", "business_to"])]
    day: Option<Day>,
    /// 最新的在前 The newest first
    #[arg(long)]
    reverse: bool,
    /// 至多几条 No more than so many
    #[arg(long)]
    limit: Option<usize>,
    /// 最后几条 Only so many, the last ones, in order
    #[arg(long, conflicts_with_all = ["reverse", "limit"])]
    last: Option<usize>,
}

impl Log {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let is_family =
            |kind: &str| Fact::NAMES.iter().any(|name| name.split('.').next() == Some(kind));
        let known = |kind: &&str| Fact::NAMES.contains(kind) || is_family(kind);
        if let Some(kind) = self.kind.as_deref().filter(|kind| !known(kind)) {
            return Err(Failure::one(exit::USAGE, unknown_event(kind)));
        }
        let folder = Folder::new(&global.book);
        // Opened before anything is looked up in it, so that a missing book is said as such.
        let lines = LogReader::open(&folder.events())?;
        let range = self.range(&folder)?;
        let shown = Shown::of(&folder)?;
        let kept = self.last.or(self.limit.filter(|_| self.reverse));
        let keeps_back = self.reverse || self.last.is_some();
        // What is printed as it is read shows by itself how far it is.
        let bar = keeps_back.then(|| world.progress("读取", "reading"));
        let mut offsets: VecDeque<u64> = VecDeque::new();
        let mut printed = 0;
        let mut about = BTreeSet::new();
        for (place, line) in (0_u64..).zip(lines) {
            if place >= range.end {
                break;
            }
            let line = line?;
            if place < range.start && !self.names_one() {
                continue;
            }
            if let Some(bar) = &bar {
                bar.set_position(place);
            }
            let record = Read::of(&line.bytes, place)?;
            if self.is_of(&record, &about) && self.names_one() {
                about.insert(record.record.seq);
            }
            if place < range.start || !self.wants(&record, &about, &shown.chart) {
                continue;
            }
            if keeps_back {
                offsets.push_back(line.offset);
                if kept.is_some_and(|kept| offsets.len() > kept) {
                    offsets.pop_front();
                }
            } else {
                if self.limit.is_some_and(|limit| printed >= limit) {
                    break;
                }
                printed += 1;
                shown.print(&record, out);
            }
        }
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        if self.reverse {
            offsets.make_contiguous().reverse();
        }
        print_at(&folder, &offsets, &shown, out)
    }

    fn range(&self, folder: &Folder) -> Result<Range<u64>, Failure> {
        let from = self.from.as_ref().map_or(Ok(0), |point| point.resolve_start(folder))?;
        let until = self.until.as_ref().map_or(Ok(u64::MAX), |point| point.resolve(folder))?;
        Ok(from..until)
    }

    /// Whether one disbursement or voucher is asked for: few records are of it, and those are kept
    /// in mind, for others are about them.
    fn names_one(&self) -> bool {
        self.disbursement.is_some() || self.voucher.is_some()
    }

    /// Whether a record is of the disbursement and voucher that are asked for, or about one that is.
    fn is_of(&self, Read { record, body, .. }: &Read, about: &BTreeSet<Seq>) -> bool {
        let names = |key: &'static str, id: &str| says(body, key, &|value| value == id);
        let own = self.disbursement.as_ref().is_none_or(|id| names("disbursement", id.as_str()))
            && self.voucher.is_none_or(|number| names("voucher", &number.to_string()));
        own || speaks_of(&record.fact).any(|seq| about.contains(&seq))
    }

    fn wants(&self, read: &Read, about: &BTreeSet<Seq>, chart: &Chart) -> bool {
        let Read { record, body, .. } = read;
        let day = record.fact.date();
        let kind = record.fact.kind();
        let family = kind.split('.').next();
        let names = |key: &'static str, id: &str| says(body, key, &|value| value == id);
        let under = |account: &AccountCode| {
            says(body, "account", &|value| value.starts_with(account.as_str()))
        };
        self.kind.as_deref().is_none_or(|asked| asked == kind || Some(asked) == family)
            && self.by.as_ref().is_none_or(|by| *by == record.actor)
            && self.day.is_none_or(|asked| day == Some(asked))
            && self.business_from.is_none_or(|from| day.is_some_and(|day| day >= from))
            && self.business_to.is_none_or(|to| day.is_some_and(|day| day <= to))
            && self.member.as_ref().is_none_or(|id| names("member", id.as_str()))
            && self.fund.as_ref().is_none_or(|id| names("fund", id.as_str()))
            && self.is_of(read, about)
            && self.account.as_ref().is_none_or(under)
            && self.amount.is_none_or(|amount| read.has_amount(amount, chart))
            && self.above.is_none_or(|above| read.amount(chart).is_some_and(|of| of.abs() > above))
            && self.text.as_deref().is_none_or(|text| has_text(body, text))
    }
}

/// The earlier records that a record is about.
fn speaks_of(fact: &Fact) -> impl Iterator<Item = Seq> {
    let one = if let Fact::EntryReversed(f) = fact {
        Some(f.reverses)
    } else if let Fact::ActSigned(f) = fact {
        Some(f.of)
    } else if let Fact::AttachmentAdded(f) = fact {
        Some(f.to)
    } else if let Fact::ReceiptIssued(f) = fact {
        Some(f.payment)
    } else {
        None
    };
    let many = if let Fact::FindingRaised(f) = fact { f.records.as_slice() } else { &[] };
    one.into_iter().chain(many.iter().copied())
}

/// The matching lines once more, from where they begin.
fn print_at(
    folder: &Folder,
    offsets: &VecDeque<u64>,
    shown: &Shown,
    out: &Output,
) -> Result<(), Failure> {
    if offsets.is_empty() {
        return Ok(());
    }
    let path = folder.events();
    let wrong = |e: std::io::Error| Failure::file(&path, &e);
    let mut log = BufReader::new(File::open(&path).map_err(wrong)?);
    let mut line = Vec::new();
    for offset in offsets {
        line.clear();
        log.seek(SeekFrom::Start(*offset)).map_err(wrong)?;
        log.read_until(b'\n', &mut line).map_err(wrong)?;
        let bytes = line.strip_suffix(b"\n").unwrap_or(&line);
        shown.print(&Read::of(bytes, 0)?, out);
    }
    Ok(())
}

/// A record and its body as it stands in the log.
pub(crate) struct Read {
    pub(crate) record: Recorded,
    body: Value,
}

impl Read {
    pub(crate) fn of(line: &[u8], place: u64) -> Result<Read, Failure> {
        let broken = |why: String| {
            let zh = format!("记录 {place} 已损坏：{}", chinese(&why));
            let en = format!("record {place} is broken: {why}");
            Failure::one(exit::BROKEN, Problem::new("CHN1", zh, en).next("mingzhang verify"))
        };
        let envelope = Envelope::read(line).map_err(|e| broken(e.to_string()))?;
        let body = Value::Object(envelope.body.clone());
        let record = recorded(envelope).map_err(|e| broken(e.to_string()))?;
        Ok(Read { record, body })
    }

    /// What went through cash and bank; of a voucher that moves no money the sum of its debits; else
    /// the amount that the record names.
    fn amount(&self, chart: &Chart) -> Option<Money> {
        if let Some(voucher) = &self.record.voucher {
            let tills = [Use::Cash, Use::Bank, Use::CustodialCash, Use::CustodialBank];
            let is_till = |entry: &&Entry| tills.iter().any(|of| chart.is_for(&entry.account, *of));
            let debits = |entry: &Entry| entry.side.columns().0;
            let credits = |entry: &Entry| entry.side.columns().1;
            let entries = voucher.entries.iter();
            let moved = || entries.clone().filter(is_till);
            if moved().next().is_none() {
                return Some(Money::sum(entries.clone().filter_map(debits)));
            }
            // From one till into another it moves once.
            let came = Money::sum(moved().filter_map(debits));
            let went = Money::sum(moved().filter_map(credits));
            return Some(if came.abs() >= went.abs() { came } else { went });
        }
        Money::parse(self.body.get("amount")?.as_str()?).ok()
    }

    fn has_amount(&self, amount: Money, chart: &Chart) -> bool {
        let same = |text: &str| Money::parse(text).is_ok_and(|found| found.abs() == amount.abs());
        let named = ["amount", "debit", "credit"].iter().any(|key| says(&self.body, key, &same));
        named || self.amount(chart).is_some_and(|found| found.abs() == amount.abs())
    }
}

/// Whether a text under this key, at any depth, is as asked.
fn says(value: &Value, key: &str, asked: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| {
            (name == key && value.as_str().is_some_and(asked)) || says(value, key, asked)
        }),
        Value::Array(items) => items.iter().any(|item| says(item, key, asked)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn has_text(value: &Value, text: &str) -> bool {
    let fields = |fields: &Map<String, Value>| fields.values().any(|value| has_text(value, text));
    match value {
        Value::String(found) => found.contains(text),
        Value::Object(object) => fields(object),
        Value::Array(items) => items.iter().any(|item| has_text(item, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// How records are shown: in the book's own time, with its own accounts.
pub(crate) struct Shown {
    offset: Offset,
    chart: Chart,
}

impl Shown {
    pub(crate) fn of(folder: &Folder) -> Result<Shown, Failure> {
        let first = Read::of(&line_at(folder, Seq(0))?, 0)?.record;
        let offset = point::utc_offset(folder)?;
        let own = if let Fact::LedgerCreated(ledger) = first.fact {
            pinned(folder, &ledger.chart).ok()
        } else {
            None
        };
        // Names of accounts are all that is taken from it; a log is shown without them too.
        let chart = own.or_else(|| Chart::built_in_ids().find_map(Chart::built_in));
        let unknown = || Failure::usage("没有科目表", "there is no chart of accounts");
        Ok(Shown { offset, chart: chart.ok_or_else(unknown)? })
    }

    fn print(&self, read: &Read, out: &Output) {
        if out.json {
            out.json(&self.value(read).to_string());
        } else {
            out.text(&self.line(read, out.lang));
        }
    }

    pub(crate) fn line(&self, read: &Read, lang: Lang) -> String {
        let record = &read.record;
        let voucher = record.voucher.as_ref().map(|v| v.number.to_string()).unwrap_or_default();
        let date = record.fact.date().map(|day| day.to_string()).unwrap_or_default();
        let amount = read.amount(&self.chart).map(|a| a.to_string()).unwrap_or_default();
        let said = summary::of(&record.fact, &self.chart);
        let origin = record.lines().map(|of| format!("  [{}]", origin_said(&of, lang)));
        format!(
            "{:>6} {} {:<12} {:<24} {date:<10} {voucher:<16} {amount:>14} {}{}",
            record.seq.to_string(),
            record.at.local(self.offset),
            record.actor,
            record.fact.kind(),
            said.get(lang),
            origin.unwrap_or_default(),
        )
        .trim_end()
        .to_owned()
    }

    pub(crate) fn value(&self, read: &Read) -> Value {
        let record = &read.record;
        let mut value = json!({
            "seq": record.seq, "at": record.at, "local": record.at.local(self.offset),
            "actor": record.actor, "type": record.fact.kind(), "date": record.fact.date(),
            "voucher": record.voucher.as_ref().map(|v| v.number), "amount": read.amount(&self.chart),
            "summary": summary::of(&record.fact, &self.chart), "body": read.body,
        });
        if let (Some(of), Some(fields)) = (record.lines(), value.as_object_mut()) {
            let lines = of.to_string();
            fields.insert("from".to_owned(), json!({ "file": of.file, "lines": lines }));
        }
        value
    }
}
