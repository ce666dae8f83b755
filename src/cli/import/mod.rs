//! `import FILE`: what a bank, a bureau, a personnel office or another program has written becomes
//! records, all of it or nothing; the file itself is kept, and every record names its line.

mod private;
mod show;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::attachments::{self, Measure};
use mingzhang::book::{Book, Instruction, Mode};
use mingzhang::date::{Day, Offset};
use mingzhang::event::import::{FileLines, ImportKind};
use mingzhang::event::paper::Attachment;
use mingzhang::event::statement::RecordStatement;
use mingzhang::ids::{OfficerId, Seq, Text};
use mingzhang::import::decode::decode;
use mingzhang::import::duplicates::Decisions;
use mingzhang::import::flaw::Flaw;
use mingzhang::import::grid::{self, Grid};
use mingzhang::import::hidden::Hidden;
use mingzhang::import::plan::{self, Asked, Plan};
use mingzhang::import::rules::{Empty, Rules};
use mingzhang::import::table;
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::projection;
use mingzhang::rules::Command;
use mingzhang::store::EventStore;
use serde::Serialize;
use serde_json::{Map, json};

use private::Away;

use super::Global;
use super::amounts::amount;
use super::apply::{How, nothing_recorded, open, record_in};
use super::failure::{Failure, Place, Problem, exit};
use super::instructions::{Keys, Placed};
use super::output::Output;
use super::vault::{Unlock, officer};
use super::within::{Row, Within};
use super::world::World;

#[derive(Args)]
pub(crate) struct Import {
    /// 要导入的文件 CSV in whatever encoding, or a workbook
    #[arg(required_unless_present = "template")]
    file: Option<PathBuf>,
    /// 文件种类 roster, dues-roll, payroll, bank-statement, tax-list, vouchers or entries
    #[arg(long)]
    kind: Option<ImportKind>,
    /// 导入规则 Which column is what, such as [columns] amount = "实缴", and what becomes of each line
    #[arg(long, value_name = "RULES.toml")]
    rules: Option<PathBuf>,
    /// 工作表 The sheet of a workbook
    #[arg(long)]
    sheet: Option<String>,
    /// 固定内容 What does not stand in the file, such as month=2025-03
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// 控制数：个数 How many it declares
    #[arg(long)]
    count: Option<u32>,
    /// 控制数：合计 The sum that it declares
    #[arg(long, value_parser = amount)]
    total: Option<Money>,
    /// 重复的行 What is decided of duplicates: skip:LINES or record:LINES, all of them: all
    #[arg(long, value_name = "DECISION")]
    duplicates: Vec<Decisions>,
    /// 隐藏的行 Whether rows that are hidden in the sheet are taken: take or leave-out
    #[arg(long, value_name = "DECISION")]
    hidden: Option<Hidden>,
    /// 存入保险箱 Put this column of a roster, such as 姓名, into the vault; may be repeated
    #[arg(long, value_name = "COLUMN")]
    private: Vec<String>,
    /// 保留原件 Keep the file among the papers though it has somebody's data, which then travels with them
    #[arg(long)]
    keep_file: bool,
    /// 空表 Print the header of an empty file of a kind
    #[arg(long, value_name = "KIND")]
    template: Option<ImportKind>,
    #[command(flatten)]
    unlock: Unlock,
    #[command(flatten)]
    how: How,
}

/// A file of the officer's, and what its bytes are.
struct Source {
    path: PathBuf,
    shown: String,
    bytes: Vec<u8>,
    measure: Measure,
}

impl Source {
    fn read(path: &Path) -> Result<Source, Failure> {
        let shown = path.display().to_string();
        let found = fs::metadata(path).map_err(|e| Failure::file(path, &e))?;
        // A device or a pipe may never end.
        if !found.is_file() && !found.is_dir() {
            return Err(Failure::io(
                "IO1",
                format!("{shown} 不是普通文件，不能导入"),
                format!("{shown} is no regular file, and is not read"),
            )
            .next("mingzhang import --help"));
        }
        if found.is_file() && found.len() > u64::try_from(grid::BYTES_MAX).unwrap_or(u64::MAX) {
            let problem = Problem::from((shown.as_str(), grid::too_long(found.len())));
            return Err(nothing_recorded(Failure::all(exit::USAGE, vec![problem])));
        }
        let measure = attachments::measure(path)?;
        let bytes = fs::read(path).map_err(|e| Failure::file(path, &e))?;
        Ok(Source { path: path.to_path_buf(), shown, bytes, measure })
    }

    fn short(&self) -> &str {
        self.measure.sha256.as_str().get(..FileLines::DIGITS).unwrap_or_default()
    }

    /// What is wrong with it, all at once.
    fn failure(&self, exit: u8, flaws: Vec<Flaw>) -> Failure {
        let errors =
            flaws.into_iter().map(|flaw| Problem::from((self.shown.as_str(), flaw))).collect();
        nothing_recorded(Failure::all(exit, errors))
    }
}

impl Import {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        if let Some(kind) = self.template {
            out.text(&plan::template(kind, out.lang));
            return Ok(());
        }
        let by = officer(global)?;
        let path = self.file.clone().unwrap_or_default();
        let source = Source::read(&path)?;
        let Given { rules, papers } = self.given()?;
        let mut book = open(global, world, out)?;
        let standing = book.state().imports_standing();
        let digest = &source.measure.sha256;
        let before: Vec<ImportKind> = book.state().imports.kinds_of(digest).collect();
        // Nobody says which kind it is: then it is what it was.
        let again = self.kind.or(rules.kind).or_else(|| before.first().copied());
        let found = again.and_then(|kind| standing.of(digest, kind));
        if let Some(found) = found.filter(|found| found.undone.is_empty()) {
            let sets = self.rules.is_some() || !self.set.is_empty() || !self.private.is_empty();
            imported_already(&source, &found, sets, out);
            return Ok(());
        }
        let sheet = self.sheet.as_deref().or(rules.sheet.as_deref());
        let grid =
            grid::read(&source.bytes, sheet).map_err(|flaws| source.failure(exit::USAGE, flaws))?;
        let plan = self.plan(&book, &by, &source, &rules, &papers, &grid, world)?;
        let said = show::text(&source.shown, &grid, &plan, &rules, out.lang);
        let last = standing.of(digest, plan.kind);
        if !out.json {
            if self.how.is_dry_run() {
                out.text(&said);
            } else {
                out.note(&said, &said);
            }
            if let Some(last) = last.as_ref().filter(|last| last.is_undone()) {
                imported_anew(&source, last.seq, out);
            }
        }
        if !out.json {
            for Flaw { code, zh, en, next, .. } in &plan.warnings {
                out.warning(code, zh, en, next);
            }
        }
        let early = ends_early(&plan, world.now().day(offset(&book)));
        if let Some(Early { zh, en, next }) = early.as_ref().filter(|_| !out.json) {
            out.warning("I60", zh, en, next);
        }
        if !plan.undecided.is_empty() {
            return Err(source.failure(exit::REFUSED, plan.undecided));
        }
        // What is shown of it from here on has no names in it.
        let header = grid.rows.iter().position(|row| row.line == plan.header).unwrap_or_default();
        let grid = grid.veiled(header);
        let mut beside = Map::from_iter([
            ("file".to_owned(), json!(source.shown)),
            ("form".to_owned(), json!(grid.form)),
            ("import".to_owned(), json!(plan)),
        ]);
        beside.extend(early.map(|early| ("ends_early".to_owned(), json!(early))));
        if plan.import.is_none() {
            nothing_to_record(&source, beside, out);
            return Ok(());
        }
        // The lines of one file as two kinds are two sets of commands, and so are those that are
        // recorded again once they are undone.
        let mut of_kind = if before.is_empty() { String::new() } else { format!("-{}", plan.kind) };
        if let Some(last) = last {
            of_kind = format!("{of_kind}-again-{}", last.times.saturating_add(1));
        }
        let keys = format!("import-{}", source.short());
        let to = Destination { keys, of_kind, next: book.state().next(), by: &by };
        // Names and numbers of people stay out of the book, and so does a file that has them.
        let is_personal = !plan.personal.is_empty() || !plan.private.is_empty();
        let file = (!is_personal || self.keep_file).then_some(&source);
        let kept: Vec<&Source> = file.into_iter().chain(&papers).collect();
        let away = private::drawn(&plan.secrets, &book.state().privacy)?;
        let placed = placed(&source, &kept, &grid, &plan, &away, &to)?;
        try_first(&mut book, &placed, world)?;
        if file.is_none() {
            out.note(
                "文件中有个人信息，没有存入附件，只记下它的 SHA-256：请自己保存好原件（确要存入：--keep-file）",
                "the file has somebody's data and is not kept among the papers, only its SHA-256: keep \
                 it yourself (to put it there all the same: --keep-file)",
            );
        }
        let mut vault = None;
        if !self.how.is_dry_run() {
            // Whoever does not know the passphrase leaves nothing behind.
            vault = private::put(&away, &self.unlock, &global.book, world)?;
            for kept in kept {
                attachments::store(&global.book, &kept.path, &kept.measure)?;
            }
        }
        let next = next_of(&plan);
        let is_dry_run = self.how.is_dry_run();
        record_in(&mut book, world, out, placed, self.how, beside)?;
        if let Some(vault) = vault {
            private::settled(&vault, &away, &book.state().privacy)?;
        }
        if let Some(next) = next.filter(|_| !is_dry_run && !out.json) {
            out.note(&format!("下一步: {next}"), &format!("next: {next}"));
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "all that a file is read with, once")]
    fn plan(
        &self,
        book: &Book,
        by: &OfficerId,
        source: &Source,
        rules: &Rules,
        papers: &[Source],
        grid: &Grid,
        world: &World,
    ) -> Result<Plan, Failure> {
        let decided = self.duplicates.iter().cloned();
        let decisions = decided.fold(Decisions::default(), Decisions::with);
        let name = source.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let digest = |at: usize| papers.get(at).map(|paper| paper.measure.sha256.clone());
        let said_before = |command: &Command| said_before(book, command, by);
        let asked = Asked {
            by,
            name,
            kind: self.kind,
            rules,
            rules_digest: digest(0),
            table_digest: digest(1),
            decisions: &decisions,
            state: book.state(),
            chart: book.chart(),
            today: world.now().day(offset(book)),
            said_before: &said_before,
        };
        plan::plan(grid, &asked).map_err(|flaws| source.failure(exit::USAGE, flaws))
    }

    /// The rules with what the command line adds to them, and the files that they came from.
    fn given(&self) -> Result<Given, Failure> {
        let mut papers = Vec::new();
        let mut rules = Rules::default();
        if let Some(path) = &self.rules {
            let source = Source::read(path)?;
            let text = decode(&source.bytes).map_err(|flaws| source.failure(exit::USAGE, flaws))?;
            rules = Rules::read(&text.1).map_err(|flaws| source.failure(exit::USAGE, flaws))?;
            papers.push(source);
            if let Some(name) = rules.table.clone() {
                let table = Source::read(&path.with_file_name(name))?;
                let read = grid::read(&table.bytes, None).and_then(|grid| table::read(&grid));
                let read = read.map_err(|flaws| table.failure(exit::USAGE, flaws))?;
                rules.matchers.extend(read);
                papers.push(table);
            }
        }
        for said in &self.set {
            let (key, value) = said.split_once('=').ok_or_else(|| {
                Failure::usage(
                    format!("--set 写作 KEY=VALUE，而不是 {said}"),
                    format!("--set is written KEY=VALUE, not {said}"),
                )
                .next("mingzhang import --help")
            })?;
            if key == "empty" {
                rules.empty = Some(empty(value)?);
                continue;
            }
            rules.fixed.insert(key.to_owned(), value.to_owned());
        }
        rules.private.extend(self.private.iter().cloned());
        rules.hidden = self.hidden.or(rules.hidden);
        rules.count = self.count.or(rules.count);
        rules.total = self.total.or(rules.total);
        Ok(Given { rules, papers })
    }
}

/// What `--set empty=skip` says of lines without an amount.
fn empty(value: &str) -> Result<Empty, Failure> {
    if value == "skip" {
        return Ok(Empty::Skip);
    }
    Err(Failure::usage(
        format!("--set empty= 只能是 skip，而不是 {value}"),
        format!("--set empty= is skip, not {value}"),
    )
    .next("mingzhang import FILE --set empty=skip --dry-run"))
}

/// The rules, and the files that they came from: the rules themselves, then their table.
struct Given {
    rules: Rules,
    papers: Vec<Source>,
}

fn offset(book: &Book) -> Offset {
    book.state().offices.ledger().map_or_else(Offset::china, |ledger| ledger.utc_offset)
}

fn statement_of(plan: &Plan) -> Option<&RecordStatement> {
    let mut commands = plan.drafts.iter().flat_map(|draft| &draft.commands);
    commands.find_map(|made| {
        if let Command::RecordStatement(new) = &made.command { Some(new) } else { None }
    })
}

/// What follows on a bank's statement: it is matched.
fn next_of(plan: &Plan) -> Option<String> {
    let new = statement_of(plan)?;
    Some(format!("mingzhang bank suggest --statement {}", new.statement))
}

/// A month that is over is reconciled on its last day. A file whose last day is that of its last line mostly
/// goes to the end of the month and does not say so; what it covers is not for the program to guess.
fn ends_early(plan: &Plan, today: Day) -> Option<Early> {
    let RecordStatement { statement, last, lines, .. } = statement_of(plan)?;
    let end = last.month().last_day();
    let of_last_line = lines.last().is_some_and(|line| line.date == *last);
    if *last == end || end >= today || !of_last_line {
        return None;
    }
    Some(Early {
        zh: format!(
            "最后一行是 {last}，没有说明更晚的截止日：{statement} 到这一天为止，而月末对账要到 {end}；此后确无收付的，写明截止日"
        ),
        en: format!(
            "the last line is of {last}, and no later day is said: {statement} ends there, and the month is \
             reconciled on {end}; if nothing moved until then, say that day"
        ),
        next: format!("mingzhang import FILE --set last={end}"),
    })
}

/// What is said of a file that may go further than it says.
#[derive(Serialize)]
struct Early {
    zh: String,
    en: String,
    next: String,
}

/// The record of the same command, where somebody recorded it without a file.
fn said_before(book: &Book, command: &Command, by: &OfficerId) -> Option<Seq> {
    let key = Keys::default().key(command, by);
    let stored = book.store().receipt(book.origin(), &key).ok().flatten();
    // What was taken back is not there any more.
    let stands = |first: &Seq| book.state().periods.undone_by(*first).is_none();
    stored.map(|stored| stored.first).filter(stands)
}

fn imported_already(source: &Source, found: &projection::imports::File, sets: bool, out: &Output) {
    let (seq, lines) = (found.seq, found.lines_taken);
    // What was recorded goes first; a list without vouchers goes on from what it has.
    let next = match found.standing.first() {
        Some(part) => format!("mingzhang undo {} --reason REASON", part.seq),
        None => "mingzhang import FILE --duplicates skip:all".to_owned(),
    };
    if out.json {
        out.value(&json!({
            "file": source.shown, "source": source.measure.sha256, "repeated": true,
            "import": { "seq": seq, "lines_taken": lines }, "receipts": [], "next": next,
        }));
        return;
    }
    let short = source.short();
    out.note(
        &format!(
            "{} 已经导入过，见记录 {seq}（那时取 {lines} 行，键 import-{short}）；这次没有记账",
            source.shown,
        ),
        &format!(
            "{} was imported already, as record {seq} ({lines} lines taken then, key import-{short}); nothing was recorded now",
            source.shown,
        ),
    );
    if sets {
        out.note(
            "这次的 --rules、--set、--private 没有用上：导入时的设置仍然有效",
            "--rules, --set and --private of this time were not used: what was said then stands",
        );
    }
    if found.standing.is_empty() {
        out.note(
            &format!("名册等有了改动：改好后另存一次，再导入，原有的行不再记：{next}"),
            &format!("a list that has changed is saved again and imported, without the lines that are there: {next}"),
        );
    } else {
        let all: Vec<String> = found.standing.iter().map(|part| part.seq.to_string()).collect();
        let all = all.join(", ");
        out.note(
            &format!("要换一种设置再记：先冲销它所记的（记录 {all}），再导入同一个文件；下一步: {next}"),
            &format!("to record it otherwise, undo what it became (records {all}) and import the same file again; next: {next}"),
        );
    }
}

/// Everything that the file became is undone: it is imported like a new one.
fn imported_anew(source: &Source, seq: Seq, out: &Output) {
    out.note(
        &format!(
            "{} 曾经导入，见记录 {seq}；所记的都已冲销或撤销，现在重新导入",
            source.shown
        ),
        &format!(
            "{} was imported before, as record {seq}, and all that it became is undone: it is imported anew",
            source.shown
        ),
    );
}

fn nothing_to_record(source: &Source, mut beside: Map<String, serde_json::Value>, out: &Output) {
    if out.json {
        beside.insert("receipts".to_owned(), json!([]));
        out.value(&beside);
        return;
    }
    out.note(
        &format!("{} 没有一行要记账", source.shown),
        &format!("no line of {} is to be recorded", source.shown),
    );
}

/// What the records of a file are called by, and who asks for them.
struct Destination<'a> {
    keys: String,
    of_kind: String,
    /// The record that says which file it is; its papers belong to it.
    next: Seq,
    by: &'a OfficerId,
}

/// What the file is, its papers, and the commands of its lines, each with the key of its lines.
fn placed(
    source: &Source,
    papers: &[&Source],
    grid: &Grid,
    plan: &Plan,
    away: &[Away],
    to: &Destination<'_>,
) -> Result<Vec<Placed>, Failure> {
    let Destination { keys, of_kind, next, by } = to;
    let mut placed = Vec::new();
    let mut push = |command: Command, by: &OfficerId, key: String, place: Place| {
        let instruction = Instruction { command, by: by.clone(), key, signed: None };
        placed.push(Placed { instruction, place });
    };
    if let Some(import) = &plan.import {
        let command = Command::RecordImport(import.clone());
        push(command, by, format!("{keys}{of_kind}"), Place::default());
    }
    let titles = ["导入规则", "判断表"];
    let own = papers.iter().filter(|paper| paper.path == source.path).map(|_| "导入的文件");
    for (number, (kept, title)) in (1..).zip(papers.iter().zip(own.chain(titles))) {
        let Measure { sha256, bytes } = kept.measure.clone();
        let title = Text::parse(title).map_err(|e| Failure::usage(title, e.to_string()))?;
        let added = Attachment { to: *next, sha256, bytes, title: Some(title) };
        let key = format!("{keys}-paper-{number}{of_kind}");
        push(Command::AddAttachment(added), by, key, Place::default());
    }
    let sheet = Sheet::new(&source.shown, grid, plan);
    for draft in &plan.drafts {
        let (Some(first), Some(last)) = (draft.lines.iter().min(), draft.lines.iter().max()) else {
            continue;
        };
        let lines = if first == last { format!("L{first}") } else { format!("L{first}-{last}") };
        let several = draft.commands.len() > 1;
        for (number, made) in (1..).zip(&draft.commands) {
            let part = if several { format!(".{number}") } else { String::new() };
            let key = format!("{keys}-{lines}{part}{of_kind}");
            let by = made.by.as_ref().unwrap_or(*by);
            let rows = draft.lines.iter().filter_map(|line| sheet.row(*line)).collect();
            let command = serde_json::to_value(&made.command).unwrap_or_default();
            let place = Place { within: Within { command, rows }, ..sheet.place(*first) };
            push(made.command.clone(), by, key, place);
        }
    }
    // Whoever they are of is a member by then.
    for Away { line, commands, .. } in away {
        for (number, command) in (1..).zip(commands) {
            let key = format!("{keys}-L{line}-private-{number}{of_kind}");
            push(command.clone(), by, key, sheet.place(*line));
        }
    }
    Ok(placed)
}

/// The rows of the file by their lines, and which cell of them is what.
struct Sheet<'a> {
    file: &'a str,
    rows: BTreeMap<u32, &'a grid::Row>,
    cells: Vec<(&'a str, usize)>,
}

impl Sheet<'_> {
    fn new<'a>(file: &'a str, grid: &'a Grid, plan: &'a Plan) -> Sheet<'a> {
        let rows: BTreeMap<u32, &grid::Row> = grid.rows.iter().map(|row| (row.line, row)).collect();
        let header = rows.get(&plan.header);
        let cell = |[key, head]: &'a [String; 2]| {
            let at = header?.cells.iter().position(|cell| cell.text().trim() == head)?;
            Some((key.as_str(), at))
        };
        let cells = plan.columns.iter().filter_map(cell).collect();
        Sheet { file, rows, cells }
    }

    fn row(&self, line: u32) -> Option<Row> {
        let row = self.rows.get(&line)?;
        let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let column = |(key, at): &(&str, usize)| {
            row.cells.get(*at).map(|cell| ((*key).to_owned(), count(cell.column)))
        };
        let columns = self.cells.iter().filter_map(column).collect();
        Some(Row { line: count(line), excerpt: row.raw.trim_end().to_owned(), columns })
    }

    fn place(&self, line: u32) -> Place {
        let row = self.rows.get(&line);
        let excerpt = row.map(|row| row.raw.trim_end().to_owned()).unwrap_or_default();
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        Place { file: self.file.to_owned(), line, column: 1, excerpt, ..Place::default() }
    }
}

/// What the rules refuse is not kept: nothing of the file is stored before they have agreed to all.
fn try_first(book: &mut Book, placed: &[Placed], world: &World) -> Result<(), Failure> {
    let instructions: Vec<Instruction> = placed.iter().map(|p| p.instruction.clone()).collect();
    let mode = Mode { dry_run: true, expected_head: None };
    let tried = book.record(&instructions, world.now(), mode);
    let place = |n: usize| {
        let place = placed.get(n).map(|placed| placed.place.clone());
        place.filter(|place| place.line > 0)
    };
    match tried {
        Ok(_) => Ok(()),
        Err(error) => Err(nothing_recorded(Failure::not_recorded(error, place))),
    }
}

/// Where a record comes from, in words.
pub(crate) fn origin_said(from: &FileLines, lang: Lang) -> String {
    let FileLines { file, .. } = from;
    match lang {
        Lang::Zh => format!("文件 {file} 第 {from} 行"),
        Lang::En => format!("file {file}, line {from}"),
    }
}
