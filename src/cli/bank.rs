//! `bank`: the bank's statements held against the books, as a treasurer does it: look at what is
//! proposed, accept what is sure, match the rest by hand, see what is outstanding, reconcile.

use std::collections::BTreeSet;
use std::str::FromStr;

use clap::{Args, Subcommand};
use mingzhang::book::{Folder, Reading};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chart::Chart;
use mingzhang::date::Day;
use mingzhang::event::VoucherNumber;
use mingzhang::event::statement::Match;
use mingzhang::ids::{Seq, StatementId, Text};
use mingzhang::render::{self, Beside};
use mingzhang::report::asked::{Ledger, Made, Name, make};
use mingzhang::report::bank_matches::{BankMatches, Confidence, Suggestion};
use mingzhang::report::bank_outstanding::{self, BankOutstanding, Unrecorded};
use mingzhang::report::reconciliation::BankReconciliation;
use serde_json::{Map, Value, json};

use super::Global;
use super::apply::{How, open, record_in};
use super::failure::{Failure, Place};
use super::history::find_voucher;
use super::instructions::{self, Placed};
use super::output::Output;
use super::record::record_line;
use super::report::{Wanted, json};
use super::shortcuts::today;
use super::world::World;

#[derive(Subcommand)]
pub(crate) enum Bank {
    /// 勾对建议 Which lines may be which vouchers, and why
    Suggest(Of),
    /// 接受建议 Record the proposals that are certain; nothing ambiguous is ever taken
    Accept(Accept),
    /// 勾对 Match lines of a statement with vouchers
    Match(ByHand),
    /// 取消勾对 Take a matching back
    Unmatch(Unmatch),
    /// 撤销对账单 Take the last statement back, which was recorded wrongly; its file can then be imported again
    Withdraw(Withdraw),
    /// 未达账项 What only the bank or only the book has, for how long, and what would record it
    Outstanding(Outstanding),
    /// 编制银行存款余额调节表 Work out the adjusted balance, record it and show the statement
    Reconcile(Reconcile),
}

#[derive(Args)]
pub(crate) struct Of {
    /// 对账单 Of this statement alone
    #[arg(long)]
    statement: Option<StatementId>,
}

#[derive(Args)]
pub(crate) struct Accept {
    #[command(flatten)]
    of: Of,
    /// 只接受确定的 Only what is certain, which it is without this too
    #[arg(long, conflicts_with = "likely")]
    certain: bool,
    /// 也接受很可能的 What is likely as well
    #[arg(long)]
    likely: bool,
    #[command(flatten)]
    how: Tried,
}

#[derive(Args)]
pub(crate) struct ByHand {
    /// 对账单 The statement
    statement: StatementId,
    /// 对账单行号 Lines, such as 3,4; none where vouchers cancel each other
    #[arg(long, value_delimiter = ',')]
    lines: Vec<u32>,
    /// 凭证 Vouchers by record or number, such as 12,#15,记-2026-01-0003; none where lines cancel each other
    #[arg(long, value_delimiter = ',')]
    vouchers: Vec<Which>,
    #[command(flatten)]
    how: Tried,
}

#[derive(Args)]
pub(crate) struct Unmatch {
    /// 勾对 The record of the matching, or what is in it: #50, 记-2026-01-0003, or a line as STATEMENT:3
    what: Matched,
    /// 取消原因 Why
    #[arg(long)]
    reason: Text,
    #[command(flatten)]
    how: Tried,
}

#[derive(Args)]
pub(crate) struct Withdraw {
    /// 对账单 The last statement
    statement: StatementId,
    /// 撤销原因 Why
    #[arg(long)]
    reason: Text,
    #[command(flatten)]
    how: Tried,
}

#[derive(Args)]
pub(crate) struct Outstanding {
    #[command(flatten)]
    of: Of,
    /// 待记账的指令 Commands that would record the bank's lines, one a line, to look over and apply
    #[arg(long)]
    drafts: bool,
}

#[derive(Args)]
pub(crate) struct Reconcile {
    /// 对账单 The statement
    statement: StatementId,
    /// 编制日期 Today unless given
    #[arg(long)]
    date: Option<Day>,
    #[command(flatten)]
    how: Tried,
}

// How to record what has no voucher. No doc comment: clap would put it in the place of what each command is
// for.
#[derive(Args)]
pub(crate) struct Tried {
    /// 试算，不记账 Look what it would do, write nothing
    #[arg(long)]
    dry_run: bool,
    /// 仅当账套停在此处时记账 Record only if this is the book's head
    #[arg(long, value_name = "HASH")]
    expect_head: Option<RecordHash>,
}

impl From<Tried> for How {
    fn from(tried: Tried) -> How {
        How::without_vouchers(tried.dry_run, tried.expect_head)
    }
}

/// A voucher by its record or its number.
#[derive(Debug, Clone)]
enum Which {
    Record(Seq),
    Number(VoucherNumber),
}

impl FromStr for Which {
    type Err = String;
    fn from_str(text: &str) -> Result<Which, String> {
        let record = text.trim_start_matches('#').parse().map(|seq| Which::Record(Seq(seq)));
        let number = |_| text.parse().map(Which::Number);
        record.or_else(number).map_err(|_| {
            format!("a record such as 12 or #12, or a voucher such as 记-2026-01-0003, not {text}")
        })
    }
}

impl Which {
    fn seq(&self, folder: &Folder) -> Result<Seq, Failure> {
        match self {
            Which::Record(seq) => Ok(*seq),
            Which::Number(number) => find_voucher(folder, &number.to_string()),
        }
    }
}

/// A matching by its record, or by something that is in it.
#[derive(Debug, Clone)]
enum Matched {
    Line(StatementId, u32),
    Of(Which),
}

impl FromStr for Matched {
    type Err = String;
    fn from_str(text: &str) -> Result<Matched, String> {
        match text.rsplit_once(':') {
            None => text.parse().map(Matched::Of),
            Some((statement, line)) => {
                let statement = StatementId::parse(statement).map_err(|e| e.to_string())?;
                let line = line.parse().map_err(|_| format!("no line's number: {line}"))?;
                Ok(Matched::Line(statement, line))
            }
        }
    }
}

impl Bank {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        match self {
            Bank::Suggest(of) => of.suggest(global, out),
            Bank::Accept(accept) => accept.run(global, world, out),
            Bank::Match(by_hand) => by_hand.run(global, world, out),
            Bank::Unmatch(unmatch) => unmatch.run(global, world, out),
            Bank::Withdraw(withdraw) => withdraw.run(global, world, out),
            Bank::Outstanding(outstanding) => outstanding.run(global, out),
            Bank::Reconcile(reconcile) => reconcile.run(global, world, out),
        }
    }
}

/// The book as it stands.
struct Desk {
    reading: Reading,
    chart: Chart,
}

impl Desk {
    fn of(global: &Global) -> Result<Desk, Failure> {
        let folder = Folder::new(&global.book);
        let reading = Reading::open(&folder, &mut |_| ())?;
        let chart = reading.chart(&folder)?;
        Ok(Desk { reading, chart })
    }

    /// The same report as `report` makes, of all that is open or of one statement.
    fn made(&self, name: Name, of: Option<&StatementId>) -> Result<Made, Failure> {
        let ledger = Ledger::of(&self.reading.state, &self.chart);
        let wanted = Wanted::of_what(of.map(ToString::to_string));
        Ok(make(&wanted.settled(name, ledger)?, ledger))
    }

    fn matches(&self, of: Option<&StatementId>) -> Result<Option<BankMatches>, Failure> {
        let made = self.made(Name::BankMatches, of)?;
        Ok(if let Made::BankMatches(found) = made { Some(found) } else { None })
    }

    /// The lines that may be vouchers of the book.
    fn proposed(&self, of: Option<&StatementId>) -> Result<BTreeSet<(StatementId, u32)>, Failure> {
        let found = self.matches(of)?.map(|found| found.suggestions).unwrap_or_default();
        let with_voucher = found.into_iter().filter(|one| !one.vouchers.is_empty());
        let lines = with_voucher.flat_map(|one| one.lines);
        Ok(lines.map(|line| (line.statement, line.no)).collect())
    }

    fn outstanding(&self, of: Option<&StatementId>) -> Result<Option<BankOutstanding>, Failure> {
        let made = self.made(Name::BankOutstanding, of)?;
        Ok(if let Made::BankOutstanding(found) = made { Some(found) } else { None })
    }

    /// Matching the same again after it was taken back is another matching, and reconciling again after
    /// something changed is another statement: a key is of the book as it stands.
    fn key(&self, what: &str) -> String {
        format!("bank-{}-{what}", self.reading.tree.size())
    }
}

fn show(made: &Made, out: &Output) {
    let beside = Beside::default();
    if out.json {
        out.json(&json(made, None, &beside));
    } else {
        out.page(&render::made(made, &beside, out.lang));
    }
}

fn next(out: &Output, command: &str) {
    if !out.json {
        out.note(&format!("下一步: {command}"), &format!("next: {command}"));
    }
}

impl Of {
    fn suggest(&self, global: &Global, out: &Output) -> Result<(), Failure> {
        let desk = Desk::of(global)?;
        let made = desk.made(Name::BankMatches, self.statement.as_ref())?;
        show(&made, out);
        let Made::BankMatches(found) = made else { return Ok(()) };
        next(out, &after(&found, self.statement.as_ref()));
        Ok(())
    }
}

/// What helps on with these proposals: the surest first, then those that a person has to look at.
fn after(found: &BankMatches, of: Option<&StatementId>) -> String {
    let first = |wanted: Confidence| found.suggestions.iter().find(|s| s.confidence == wanted);
    let line = first(Confidence::Ambiguous).and_then(|found| found.lines.first());
    let command = match (first(Confidence::Certain), first(Confidence::Likely), line) {
        (Some(_), ..) => "mingzhang bank accept",
        (None, Some(_), _) => "mingzhang bank accept --likely",
        (None, None, Some(line)) => {
            let (statement, no) = (&line.statement, line.no);
            return format!("mingzhang bank match {statement} --lines {no} --help");
        }
        (None, None, None) => "mingzhang bank outstanding",
    };
    with_statement(command, of)
}

fn with_statement(command: &str, of: Option<&StatementId>) -> String {
    of.map_or_else(|| command.to_owned(), |of| format!("{command} --statement {of}"))
}

impl Accept {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let Accept { of: Of { statement }, likely, certain: _, how } = self;
        let how = How::from(how);
        let desk = Desk::of(global)?;
        let Some(found) = desk.matches(statement.as_ref())? else { return Ok(()) };
        let sure = |suggestion: &&Suggestion| match suggestion.confidence {
            Confidence::Certain => true,
            Confidence::Likely => likely,
            Confidence::Ambiguous => false,
        };
        let taken: Vec<&Suggestion> = found.suggestions.iter().filter(sure).collect();
        let left = found.suggestions.len() - taken.len();
        let lines = taken.iter().enumerate().filter_map(|(place, suggestion)| {
            Some(match_line(&suggestion.accepted()?, &desk.key(&place.to_string())))
        });
        let lines: Vec<String> = lines.collect();
        let beside = Map::from_iter([
            ("accepted".to_owned(), json!(taken)),
            ("left".to_owned(), left.into()),
        ]);
        if lines.is_empty() {
            if out.json {
                let mut answer = beside;
                answer.insert("receipts".to_owned(), json!([]));
                answer.insert("dry_run".to_owned(), how.is_dry_run().into());
                out.value(&answer);
            }
            out.note("没有可以接受的建议", "there is no proposal to accept");
        } else {
            let placed = read(&lines.join("\n"), global)?;
            let mut book = open(global, world, out)?;
            record_in(&mut book, world, out, placed, how, beside)?;
        }
        if left > 0 {
            let zh = format!("接受 {} 组，还有 {left} 组建议未接受", taken.len());
            let en = format!("accepted {}; {left} proposals are left", taken.len());
            out.note(&zh, &en);
        }
        let then = if left > 0 { "mingzhang bank suggest" } else { "mingzhang bank outstanding" };
        next(out, &with_statement(then, statement.as_ref()));
        Ok(())
    }
}

fn match_line(of: &Match, key: &str) -> String {
    let Match { statement, lines, seqs } = of;
    let line = json!({
        "command": "bank.match", "statement": statement, "lines": lines, "seqs": seqs, "key": key,
    });
    line.to_string()
}

/// What the program itself wrote has no place to point at.
fn read(lines: &str, global: &Global) -> Result<Vec<Placed>, Failure> {
    let mut placed = instructions::read("", lines, global.officer.as_ref())?;
    for Placed { place, .. } in &mut placed {
        *place = Place::default();
    }
    Ok(placed)
}

impl ByHand {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let ByHand { statement, lines, vouchers, how } = self;
        let folder = Folder::new(&global.book);
        let desk = Desk::of(global)?;
        let seqs = vouchers.iter().map(|which| which.seq(&folder)).collect::<Result<_, _>>()?;
        let of = Match { statement, lines, seqs };
        record_line(global, world, out, &match_line(&of, &desk.key("hand")), how.into())?;
        next(out, &format!("mingzhang bank suggest --statement {}", of.statement));
        Ok(())
    }
}

impl Unmatch {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let Unmatch { what, reason, how } = self;
        let desk = Desk::of(global)?;
        let bank = &desk.reading.state.bank;
        let of = match &what {
            Matched::Line(statement, no) => {
                let held = bank.statement(statement);
                held.and_then(|held| held.matched.get(no).copied()).ok_or_else(|| {
                    Failure::usage(
                        format!("{statement}:{no} 没有勾对"),
                        format!("{statement}:{no} is not matched"),
                    )
                    .next(format!("mingzhang bank suggest --statement {statement}"))
                })?
            }
            Matched::Of(which) => {
                let seq = which.seq(&Folder::new(&global.book))?;
                // What is no matching at all is refused by name when it is recorded.
                bank.matching_of(seq).unwrap_or(seq)
            }
        };
        let statement = bank.matching(of).map(|of| of.statement.clone());
        let line = json!({
            "command": "bank.unmatch", "of": of, "reason": reason, "key": desk.key("unmatch"),
        });
        record_line(global, world, out, &line.to_string(), how.into())?;
        if let Some(statement) = statement {
            next(out, &format!("mingzhang bank suggest --statement {statement}"));
        }
        Ok(())
    }
}

impl Withdraw {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let Withdraw { statement, reason, how } = self;
        let line = json!({
            "command": "bank_statement.withdraw", "statement": statement, "reason": reason,
            "key": Desk::of(global)?.key("withdraw"),
        });
        record_line(global, world, out, &line.to_string(), how.into())
    }
}

impl Outstanding {
    fn run(&self, global: &Global, out: &Output) -> Result<(), Failure> {
        let of = self.of.statement.as_ref();
        let desk = Desk::of(global)?;
        if self.drafts {
            let Some(mut found) = desk.outstanding(of)? else { return Ok(()) };
            let proposed = desk.proposed(of)?;
            let all = found.lines.len();
            found.lines.retain(|line| !proposed.contains(&(line.statement.clone(), line.no)));
            let left = all.saturating_sub(found.lines.len());
            if left > 0 {
                out.note(
                    &format!("{left} 行可能已有凭证，没有起草：先勾对"),
                    &format!("lines that may have their vouchers: {left}; match them first"),
                );
                next(out, "mingzhang bank suggest");
            }
            let state = &desk.reading.state;
            let drafts: Vec<Value> = bank_outstanding::drafts(&found, state, &desk.chart);
            let count = drafts.len();
            for draft in drafts {
                out.json(&typed(draft));
            }
            let unknown = |line: &&Unrecorded| line.command.is_none() && line.age.cleared.is_none();
            let unknown = found.lines.iter().filter(unknown).count();
            out.note(
                &format!("{count} 条指令，核对科目和事由后用 mingzhang apply 记账"),
                &format!(
                    "commands: {count}; look over their accounts and words, then mingzhang apply"
                ),
            );
            if unknown > 0 {
                out.note(
                    &format!("{unknown} 笔付款用途不明，先向银行查明"),
                    &format!("payments that nobody knows: {unknown}; ask the bank first"),
                );
            }
            return Ok(());
        }
        let made = desk.made(Name::BankOutstanding, of)?;
        show(&made, out);
        let Made::BankOutstanding(found) = made else { return Ok(()) };
        let Some(statement) = &found.statement else {
            next(out, "mingzhang record bank_statement.record --help");
            return Ok(());
        };
        if !desk.proposed(of)?.is_empty() {
            next(out, "mingzhang bank suggest");
        } else if found.lines.iter().any(|line| line.command.is_some()) {
            next(out, &format!("mingzhang bank outstanding --statement {statement} --drafts"));
        } else {
            next(out, &format!("mingzhang bank reconcile {statement}"));
        }
        Ok(())
    }
}

/// As a person writes a command: its name first.
fn typed(mut draft: Value) -> String {
    let name = draft.as_object_mut().and_then(|fields| fields.remove("command"));
    let fields = draft.to_string();
    format!("{{\"command\":{},{}", name.unwrap_or_default(), fields.trim_start_matches('{'))
}

impl Reconcile {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let Reconcile { statement, date, how } = self;
        let desk = Desk::of(global)?;
        let made = desk.made(Name::BankReconciliation, Some(&statement))?;
        let Made::BankReconciliation(BankReconciliation { sheet, .. }) = &made else {
            return Ok(());
        };
        let adjusted = sheet.as_ref().map(|sheet| sheet.adjusted_bank);
        let line = json!({
            "command": "bank.reconcile", "date": date.or(today(&desk.reading, world)),
            "statement": statement, "adjusted": adjusted, "key": desk.key("reconcile"),
        });
        let placed = read(&line.to_string(), global)?;
        let beside = Map::from_iter([("sheet".to_owned(), json!(sheet))]);
        let mut book = open(global, world, out)?;
        record_in(&mut book, world, out, placed, how.into(), beside)?;
        if !out.json {
            let desk = Desk { reading: book.reading().clone(), chart: desk.chart };
            show(&desk.made(Name::BankReconciliation, Some(&statement))?, out);
        }
        Ok(())
    }
}
