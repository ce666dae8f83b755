//! `apply FILE`: a file of commands is recorded whole or not at all.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::{Book, Folder, Instruction, Mode, NotRecorded, Receipt};
use mingzhang::chain::hash::RecordHash;
use mingzhang::lang::Lang;
use mingzhang::render;
use mingzhang::rules::Refusal;
use mingzhang::store::opening::{IndexOpening, OpeningReport};
use serde_json::{Map, Value, json};

use super::Global;
use super::chinese::chinese;
use super::failure::{Failure, Place, Problem, exit};
use super::instructions::{self, Placed};
use super::output::Output;
use super::world::World;

#[derive(Args)]
pub(crate) struct Apply {
    /// 指令文件 One JSON command a line
    file: PathBuf,
    #[command(flatten)]
    how: How,
}

// How to record, for every door the same. No doc comment: clap would put it in the place of what each
// command is for.
#[derive(Args, Clone, Copy)]
pub(crate) struct How {
    /// 只看凭证，不记账 Show the vouchers, write nothing
    #[arg(long)]
    dry_run: bool,
    /// 显示每张凭证 Show every voucher of a file, not only of a single command
    #[arg(long)]
    vouchers: bool,
    /// 仅当账套停在此处时记账 Record only if this is the book's head
    #[arg(long, value_name = "HASH")]
    expect_head: Option<RecordHash>,
    /// The voucher was shown before, and whoever asked for it has seen it.
    #[arg(skip)]
    shown: bool,
}

impl How {
    pub(crate) fn only_tried(self) -> How {
        How { dry_run: true, ..self }
    }

    pub(crate) fn shown_already(self) -> How {
        How { shown: true, ..self }
    }

    /// Of what moves no money, and so has no voucher to show.
    pub(crate) fn without_vouchers(dry_run: bool, expect_head: Option<RecordHash>) -> How {
        How { dry_run, vouchers: false, expect_head, shown: false }
    }

    pub(crate) fn is_dry_run(self) -> bool {
        self.dry_run
    }
}

impl Apply {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let text = read(&self.file)?;
        let name = self.file.display().to_string();
        let (placed, errors) = instructions::read_lines(&name, &text, global.officer.as_ref());
        if !errors.is_empty() {
            return Err(all_that_is_wrong(global, world, out, placed, errors));
        }
        if placed.is_empty() {
            return Err(Failure::usage(
                format!("{name} 中没有指令"),
                format!("{name} holds no command"),
            ));
        }
        record_all(global, world, out, placed, self.how)
    }
}

/// With lines that cannot be read, those that can are held against the rules all the same, so that
/// one run names everything. What a bad line would have brought is then missing to a later one, so
/// what the run ends with is what a bad line ends with at every door.
fn all_that_is_wrong(
    global: &Global,
    world: &World,
    out: &Output,
    placed: Vec<Placed>,
    mut errors: Vec<Problem>,
) -> Failure {
    let (instructions, places): (Vec<Instruction>, Vec<Place>) =
        placed.into_iter().map(|p| (p.instruction, p.place)).unzip();
    let try_only = Mode { dry_run: true, expected_head: None };
    if let Ok(mut book) = open(global, world, out)
        && let Err(NotRecorded::Refused(refused)) =
            book.record(&instructions, world.now(), try_only)
    {
        let refused = NotRecorded::Refused(refused);
        errors.extend(Failure::not_recorded(refused, |n| places.get(n).cloned()).errors);
    }
    errors.sort_by_key(|problem| problem.place.as_ref().map(|place| place.line));
    nothing_recorded(Failure::all(exit::USAGE, errors))
}

pub(crate) fn nothing_recorded(failure: Failure) -> Failure {
    Failure { nothing_recorded: true, ..failure }
}

pub(crate) fn read(file: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|e| Failure::file(file, &e))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let shown = file.display();
        Failure::usage(
            format!("{shown} 不是 UTF-8（第 {at} 字节起）"),
            format!("{shown} is not UTF-8 (from byte {at})"),
        )
        .next("iconv -f GB18030 -t UTF-8 FILE")
    })
}

/// Opens the book for writing and says what opening found.
pub(crate) fn open(global: &Global, world: &World, out: &Output) -> Result<Book, Failure> {
    let folder = Folder::new(&global.book);
    // A bundle is evidence; a book has its key or its index beside the log.
    if folder.format().exists() && !folder.keys().exists() && !folder.store().exists() {
        let shown = global.book.display();
        return Err(Failure::usage(
            format!("{shown} 是审计包，不是账套，只能读取"),
            format!("{shown} is a bundle and no book: it is only read"),
        ));
    }
    let bar = world.progress("打开", "opening");
    let holder = world.holder(global.officer.as_ref());
    let (book, report) = Book::open(&global.book, &holder, &mut |n| bar.set_position(n))?;
    bar.finish_and_clear();
    say_opening(&report, out);
    Ok(book)
}

pub(crate) fn say_opening(report: &OpeningReport, out: &Output) {
    if let Some(aside) = &report.set_aside {
        let (bytes, path) = (aside.bytes, aside.path.display());
        out.note(
            &format!("日志末尾有未完成的写入（{bytes} 字节，从未确认），已移到 {path}"),
            &format!(
                "an unfinished append ({bytes} bytes, never acknowledged) was moved to {path}"
            ),
        );
    }
    match &report.index {
        IndexOpening::AsItWas => {}
        IndexOpening::CaughtUp { records, .. } => out.note(
            &format!("索引补上了日志的 {records} 条记录"),
            &format!("the index took in {records} records from the log"),
        ),
        IndexOpening::Built { records } => out.note(
            &format!("索引已由日志重建（{records} 条记录）"),
            &format!("the index was built from the log ({records} records)"),
        ),
        IndexOpening::Rebuilt { reason, kept, .. } => {
            let kept = kept.display();
            out.note(
                &format!("索引损坏（{}），已由日志重建；旧的留在 {kept}", chinese(reason)),
                &format!(
                    "the index was damaged ({reason}) and built again; the old one is in {kept}"
                ),
            );
        }
    }
}

/// Records instructions in one append and prints their receipts.
pub(crate) fn record_all(
    global: &Global,
    world: &World,
    out: &Output,
    placed: Vec<Placed>,
    how: How,
) -> Result<(), Failure> {
    let mut book = open(global, world, out)?;
    record_in(&mut book, world, out, placed, how, Map::new())
}

/// The same in a book that is open; `beside` are more fields of the answer in JSON.
pub(crate) fn record_in(
    book: &mut Book,
    world: &World,
    out: &Output,
    placed: Vec<Placed>,
    how: How,
    beside: Map<String, Value>,
) -> Result<(), Failure> {
    let (instructions, places): (Vec<Instruction>, Vec<Place>) =
        placed.into_iter().map(|p| (p.instruction, p.place)).unzip();
    let mode = Mode { dry_run: how.dry_run, expected_head: how.expect_head };
    let bar = world.busy("记账", "recording");
    let receipts = book.record(&instructions, world.now(), mode);
    bar.finish_and_clear();
    let receipts = receipts.map_err(|error| not_recorded(error, &places))?;
    print(book, &receipts, how, out, beside);
    Ok(())
}

fn not_recorded(error: NotRecorded, places: &[Place]) -> Failure {
    let whole_file = places.len() > 1;
    let failure = Failure::not_recorded(error, |n| places.get(n).filter(|p| p.line > 0).cloned());
    if whole_file { nothing_recorded(failure) } else { failure }
}

fn print(book: &Book, receipts: &[Receipt], how: How, out: &Output, beside: Map<String, Value>) {
    let How { dry_run, vouchers, shown, .. } = how;
    let head = book.reading().head.to_string();
    if out.json {
        let receipts: Vec<Value> = receipts.iter().map(receipt_json).collect();
        let mut answer = beside;
        answer.insert("receipts".to_owned(), receipts.into());
        answer.insert("head".to_owned(), head.into());
        answer.insert("dry_run".to_owned(), dry_run.into());
        out.value(&answer);
        return;
    }
    for receipt in receipts {
        if receipt.repeated {
            out.note(
                &format!("已经记过（键 {}）", receipt.key),
                &format!("recorded already (key {})", receipt.key),
            );
        }
        for warning in &receipt.warnings {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| warning.message(lang));
            out.warning(warning.code(), &zh, &en, &warning.next());
        }
        for record in &receipt.records {
            let voucher = record.voucher.as_ref().map(|v| v.number.to_string());
            let number = if dry_run { "-".to_owned() } else { format!("#{}", record.seq) };
            let line = format!("{number} {} {}", record.fact.kind(), voucher.unwrap_or_default());
            out.text(line.trim_end());
        }
        // A single command shows its voucher; a file would bury the reader in them.
        if (receipts.len() == 1 || dry_run || vouchers) && !shown {
            receipt.vouchers().for_each(|v| out.page(&render::voucher(v, book.chart(), out.lang)));
        }
    }
    if dry_run {
        out.note("试算：没有记账", "dry run: nothing was recorded");
    } else {
        out.note(&format!("链头 {head}"), &format!("head {head}"));
    }
}

fn receipt_json(receipt: &Receipt) -> Value {
    let records = receipt.records.iter().map(|record| {
        let voucher = record
            .voucher
            .as_ref()
            .map(|v| json!({ "number": v.number, "date": v.date, "entries": v.entries }));
        json!({ "seq": record.seq, "type": record.fact.kind(), "voucher": voucher })
    });
    let records: Vec<Value> = records.collect();
    let warnings: Vec<Value> = receipt.warnings.iter().map(warning_json).collect();
    json!({
        "key": receipt.key, "repeated": receipt.repeated, "records": records, "warnings": warnings,
    })
}

fn warning_json(warning: &Refusal) -> Value {
    json!({
        "code": warning.code(), "name": warning.name(), "source": warning.source(),
        "zh": warning.message(Lang::Zh), "en": warning.message(Lang::En), "next": warning.next(),
    })
}
