//! The command line: one file a command.

mod world;
mod chinese;
mod problem;
mod within;
mod failure;
mod output;
mod config;
mod usage;
mod amounts;
mod choices;
mod instructions;
mod init;
mod apply;
mod import;
mod opening;
mod record;
mod add;
mod act;
mod sheet;
mod shortcuts;
mod publish;
mod point;
mod log;
mod history;
mod diff;
mod checkpoint;
mod witness;
mod proof;
mod receipt;
mod bank;
mod evidence;
mod external;
mod verify;
mod unmask;
mod form;
mod report;
mod codes;
mod explain;
mod found;
mod verify_report;
mod consolidate;
mod export;
mod schema;
mod key;
mod rotate;
mod doctor;
mod vault;
mod attach;
mod completions;
mod man;
mod demo;
#[cfg(test)]
mod hints;
#[cfg(test)]
mod help_texts;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use config::layers::{Settings, settle};
use failure::{Failure, exit};
use mingzhang::date::Instant;
use mingzhang::ids::OfficerId;
use mingzhang::lang::Lang;
use output::{Output, When};
use world::World;

/// 明账 Mingzhang: 工会经费与福利资金的事件账本，谁都能验证
///
/// An event-sourced ledger for union dues and welfare funds that anyone can verify.
#[derive(Parser)]
#[command(name = "mingzhang", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Verb,
}

#[derive(Args, Clone)]
#[command(next_help_heading = "通用选项 Options of every command")]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Global {
    /// 账套文件夹 The book's folder
    #[arg(short, long, global = true, env = "MINGZHANG_BOOK", default_value = ".")]
    book: PathBuf,
    /// 经办人 The officer who acts
    #[arg(long = "as", global = true, env = "MINGZHANG_OFFICER", value_name = "OFFICER")]
    officer: Option<OfficerId>,
    /// 语言 zh or en; else from the locale
    #[arg(long, global = true)]
    lang: Option<Lang>,
    /// 输出 JSON Print JSON
    #[arg(long, global = true)]
    json: bool,
    /// 只输出结果 Print results only
    #[arg(short, long, global = true)]
    quiet: bool,
    /// 不显示进度 Show no progress
    #[arg(long, global = true)]
    no_progress: bool,
    /// 最多列出几处错误（0 为全部） How many errors are told at most; 0 tells them all
    #[arg(long, global = true, value_name = "NUMBER", default_value_t = 100)]
    max_errors: usize,
    /// 颜色 Whether errors are coloured
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    color: Option<When>,
    /// 不提问 Ask nothing
    #[arg(long, global = true)]
    no_input: bool,
    /// The time it is taken to be, for repeatable runs
    #[arg(long, global = true, env = "MINGZHANG_CLOCK", hide = true)]
    clock: Option<Instant>,
}

#[derive(Subcommand)]
enum Verb {
    /// 演示 A year of a real-shaped union: recorded, closed, cosigned, verified, reported
    Demo(demo::Demo),
    /// 建账 Begin a book
    Init(init::Init),
    /// 按文件记账 Record a file of commands, all or none (- is standard input)
    Apply(apply::Apply),
    /// 导入 Bring in a roster, a dues roll, a bank statement, a tax list or vouchers, all or none
    Import(Box<import::Import>),
    /// 期初建账 Bring in what an old book hands over, all of it checked (schema opening)
    Opening(opening::Opening),
    /// 记一笔 Record one command; `record NAME --help` shows its fields
    Record(record::Record),
    /// 问答记账 Guided entry: asks for what is needed, shows the voucher, then records
    Add(add::Add),
    /// 批准支出 Approve a disbursement
    Approve(shortcuts::Approve),
    /// 公示 Make the page that is posted for the members, and record that it was posted
    Publish(publish::Publish),
    /// 签名文书 Draft, show, sign and take in what officers sign themselves
    #[command(subcommand)]
    Act(act::Act),
    /// 冲销 Reverse an entry by a red voucher
    Undo(shortcuts::Undo),
    /// 附件 Attach papers to a record, a voucher or a disbursement
    Attach(attach::Attach),
    /// 查看附件 The papers of the book
    #[command(subcommand)]
    Attachment(attach::Attachment),
    /// 个人信息 Private fields: put away, shown, erased
    #[command(subcommand)]
    Vault(vault::Vault),
    /// 验证 Verify a book or a bundle from its bytes
    Verify(proof::VerifyOrProof),
    /// 重演 Replay the history and compare it with what the book says
    Replay(history::Replay),
    /// 操作日志 What was recorded, by whom and when
    Log(log::Log),
    /// 比较 What was recorded between two points, and what it changed
    Diff(diff::Diff),
    /// 查看记录 Show one record, by its number or its voucher's
    Show(history::Show),
    /// 会员证明 Prove that one record is in the book; verify --proof checks it
    Proof(proof::Proof),
    /// 收据 Issue and print receipts of dues
    #[command(subcommand)]
    Receipt(receipt::Receipt),
    /// 银行对账 Match the bank's statements with the books, and reconcile them
    #[command(subcommand)]
    Bank(bank::Bank),
    /// 检查点 Sign and show checkpoints
    #[command(subcommand)]
    Checkpoint(checkpoint::Checkpoint),
    /// 见证 Ask witnesses to cosign, take their answers in; be a witness yourself
    #[command(subcommand)]
    Witness(witness::Witness),
    /// 检查 Look over a book and its keys: what is well, what needs attention, what to do next
    Doctor(doctor::Doctor),
    /// 报表 Print a report
    Report(report::Report),
    /// 溯源、解释代码 Every record behind one line of a report, and their sum; or what a code means
    Explain(explain::Explain),
    /// 核对报表 Make a printed report again and compare it byte by byte
    VerifyReport(verify_report::VerifyReport),
    /// 上级汇总 Verify many unions' bundles and make one picture of them
    Consolidate(consolidate::Consolidate),
    /// 导出 Write a bundle, or the books for another program
    #[command(subcommand)]
    Export(export::Export),
    /// 数据格式 JSON Schema of a command or an event
    Schema(schema::Schema),
    /// 密钥 Make a key, or replace the log key
    #[command(subcommand)]
    Key(key::Key),
    /// 设置 Every setting with its value and where it comes from
    Config(config::Config),
    /// 命令补全 What a shell needs to complete commands and their values
    Completions(completions::Completions),
    /// 手册页 Man pages of every command, in both languages
    Man(man::Man),
}

/// Every command with all its flags.
pub(crate) fn forms() -> clap::Command {
    act::add_forms(record::add_forms(<Cli as clap::CommandFactory>::command()))
}

pub(crate) fn run() -> ExitCode {
    let parsed = forms().try_get_matches().and_then(|matches| {
        let cli = <Cli as clap::FromArgMatches>::from_arg_matches(&matches)?;
        Ok((matches, cli))
    });
    let (matches, mut cli) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage::end(&error),
    };
    let settings = settle(&mut cli.global, &matches);
    let world = World::new(&cli.global);
    let out = Output::new(world.lang, cli.global.json, cli.global.quiet, cli.global.max_errors);
    let mut out = out.colored(settings.color);
    match dispatch(&cli.global, &settings, cli.command, &world, &mut out) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            out.failure(&failure);
            ExitCode::from(failure.exit)
        }
    }
}

fn dispatch(
    global: &Global,
    settings: &Settings,
    verb: Verb,
    world: &World,
    out: &mut Output,
) -> Result<u8, Failure> {
    // A file that says something else than was meant is mended first. Those that look at it say so too.
    // A shell that starts up, and whoever reads a page, have nothing to do with it.
    let looks_on =
        matches!(verb, Verb::Config(_) | Verb::Doctor(_) | Verb::Completions(_) | Verb::Man(_));
    if !looks_on {
        config::faults(settings)?;
    }
    match verb {
        Verb::Demo(demo) => return demo.run(global, world, out),
        Verb::Init(init) => init.run(global, world, out),
        Verb::Apply(apply) => apply.run(global, world, out),
        Verb::Import(import) => import.run(global, world, out),
        Verb::Opening(opening) => opening.run(global, world, out),
        Verb::Record(record) => record.run(global, world, out),
        Verb::Add(add) => add.run(global, world, out),
        Verb::Approve(approve) => approve.run(global, world, out),
        Verb::Publish(publish) => publish.run(global, world, out),
        Verb::Act(act) => return act.run(global, world, out),
        Verb::Undo(undo) => undo.run(global, world, out),
        Verb::Attach(attach) => attach.run(global, world, out),
        Verb::Attachment(attachment) => return attachment.run(global, out),
        Verb::Vault(vault) => return vault.run(global, world, out),
        Verb::Verify(verify) => return verify.run(global, world, out),
        Verb::Replay(replay) => replay.run(global, world, out),
        Verb::Log(log) => log.run(global, world, out),
        Verb::Diff(diff) => diff.run(global, world, out),
        Verb::Show(show) => show.run(global, world, out),
        Verb::Proof(proof) => proof.run(global, world, out),
        Verb::Receipt(receipt) => receipt.run(global, world, out),
        Verb::Bank(bank) => bank.run(global, world, out),
        Verb::Checkpoint(checkpoint) => checkpoint.run(global, world, out),
        Verb::Witness(witness) => return witness.run(global, world, out),
        Verb::Doctor(doctor) => return doctor.run(global, settings, world, out),
        Verb::Report(report) => report.run(global, world, out),
        Verb::Explain(explain) => explain.run(global, world, out),
        Verb::VerifyReport(verify) => return verify.run(global, world, out),
        Verb::Consolidate(consolidate) => return consolidate.run(global, world, out),
        Verb::Export(export) => export.run(global, world, out),
        Verb::Schema(schema) => schema.run(out),
        Verb::Key(key) => key.run(global, world, out),
        Verb::Config(config) => config.run(global, settings, out),
        Verb::Completions(completions) => {
            completions.run(out);
            Ok(())
        }
        Verb::Man(man) => man.run(settings.typed_language(), out),
    }?;
    Ok(exit::DONE)
}
