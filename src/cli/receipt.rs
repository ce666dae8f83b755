//! `receipt`: a receipt 收据 for a member who paid, and its paper with the proof on it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use mingzhang::book::{Folder, NotRecorded, Reading, Why, line_at, record_at};
use mingzhang::date::Day;
use mingzhang::event::paper::ReceiptNumber;
use mingzhang::event::{Fact, Recorded};
use mingzhang::ids::{MemberId, Seq};
use mingzhang::render::{self, ReceiptError, ReceiptPaper};
use mingzhang::rules::Refusal;
use serde_json::json;

use super::Global;
use super::apply::How;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::output::Output;
use super::proof;
use super::record::record_line;
use super::shortcuts::today;
use super::world::World;

#[derive(Subcommand)]
pub(crate) enum Receipt {
    /// 开收据 Issue receipts for dues that were received
    Issue(Issue),
    /// 打印收据 The paper of one receipt, with its proof as a QR code
    Print(Print),
}

#[derive(Args)]
pub(crate) struct Issue {
    /// 收款记录 The record of the dues
    seq: u64,
    /// 会员 For this member; needed where several paid
    #[arg(long, conflicts_with = "all")]
    member: Option<MemberId>,
    /// 全部会员 For each member of the record who has none yet
    #[arg(long)]
    all: bool,
    /// 收据日期 Today unless given
    #[arg(long)]
    date: Option<Day>,
    #[command(flatten)]
    how: How,
}

#[derive(Args)]
pub(crate) struct Print {
    /// 收据号 Such as 收-2026-0001
    number: ReceiptNumber,
    /// 存放处 The page, HTML
    #[arg(long)]
    out: PathBuf,
}

impl Receipt {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        match self {
            Receipt::Issue(issue) => issue.run(global, world, out),
            Receipt::Print(print) => print.run(global, world, out),
        }
    }
}

impl Issue {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let reading = world.reading(&folder)?;
        let date = self.date.or(today(&reading, world));
        let line = |member: &MemberId| {
            let line = json!({
                "command": "receipt.issue", "payment": self.seq, "member": member, "date": date,
            });
            line.to_string()
        };
        let lines: Vec<String> = self.members(&folder, &reading)?.iter().map(line).collect();
        record_line(global, world, out, &lines.join("\n"), self.how)
    }

    /// For whom: who was named, or who is in the record.
    fn members(&self, folder: &Folder, reading: &Reading) -> Result<Vec<MemberId>, Failure> {
        if let Some(member) = &self.member {
            return Ok(vec![member.clone()]);
        }
        let payment = Seq(self.seq);
        let Fact::DuesReceived(received) = record_at(folder, payment)?.fact else {
            let why = Why::Rule(Refusal::ReceiptOfNoDues { payment });
            return Err(Failure::not_recorded(NotRecorded::Refused(vec![(0, why)]), |_| None));
        };
        let paid: BTreeSet<MemberId> = received.lines.into_iter().map(|line| line.member).collect();
        if !self.all && paid.len() > 1 {
            let zh = format!("记录 {payment} 有 {} 名会员：用 --member 或 --all", paid.len());
            let en =
                format!("{} members are in record {payment}: say --member or --all", paid.len());
            return Err(Failure::usage(zh, en));
        }
        let has = |member: &MemberId| reading.state.receipts.of_payment(payment, member).is_some();
        let without: Vec<MemberId> = paid.into_iter().filter(|m| !self.all || !has(m)).collect();
        if without.is_empty() {
            let zh = format!("记录 {payment} 的会员都已有收据");
            let en = format!("every member of record {payment} has a receipt already");
            return Err(Failure::usage(zh, en).next("mingzhang log --type receipt.issued"));
        }
        Ok(without)
    }
}

impl Print {
    fn run(&self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let reading = world.reading(&folder)?;
        let number = self.number;
        let Some(issued) = reading.state.receipts.receipt(number) else {
            let (zh, en) = (format!("没有收据 {number}"), format!("there is no receipt {number}"));
            return Err(Failure::usage(zh, en).next("mingzhang log --type receipt.issued"));
        };
        if issued.is_void {
            let zh = format!("收据 {number} 已作废：所收的款已冲销");
            let en = format!("the receipt {number} is void: its payment was reversed");
            return Err(Failure::one(exit::REFUSED, Problem::new("RCP1", zh, en))
                .next(format!("mingzhang show {}", issued.seq)));
        }
        let payment = record_at(&folder, issued.receipt.payment)?;
        let Recorded { fact: Fact::DuesReceived(paid), voucher, .. } = payment else {
            let seq = issued.receipt.payment;
            let (zh, en) = (format!("记录 {seq} 不是收会费"), format!("record {seq} is no dues"));
            return Err(Failure::one(exit::BROKEN, Problem::new("CHN1", zh, en)));
        };
        let proof =
            proof::of_record(&folder, issued.seq)?.with_record(&line_at(&folder, issued.seq)?);
        let proof = proof.map_err(|e| unusable(&e.into()))?;
        let roles = reading.state.offices.officer(&issued.by);
        let roles: Vec<_> = roles
            .map(|o| o.roles_on(issued.receipt.date))
            .unwrap_or_default()
            .into_iter()
            .collect();
        let ledger = reading.state.offices.ledger();
        let (page, too_long) = render::receipt(&ReceiptPaper {
            organisation: ledger.map(|l| l.organisation.as_str()).unwrap_or_default(),
            currency: ledger.map(|l| l.currency.as_str()).unwrap_or_default(),
            receipt: &issued.receipt,
            payment: &paid,
            voucher: voucher.map(|voucher| voucher.number),
            issued_by: &issued.by,
            offices: &roles,
            proof: &proof,
            lang: out.lang,
        })
        .map_err(|e| unusable(&e))?;
        if proof.note().signatures().len() < 2 {
            out.note(
                "检查点还没有见证：会员拿到的证明只有账套自己的签名；见证后再打印",
                "no witness has cosigned the checkpoint: the proof is the book's own word alone; print it \
                 again after witness add",
            );
        }
        write(&self.out, &page)?;
        let beside = match too_long {
            None => None,
            Some(error) => {
                let beside = self.out.with_extension("tlog-proof");
                write(&beside, &proof.to_string())?;
                let zh = format!("{}，证明另存为 {}", chinese(&error), beside.display());
                out.note(&zh, &format!("{error}; the proof is in {}", beside.display()));
                Some(beside)
            }
        };
        if out.json {
            out.value(&json!({ "out": self.out, "receipt": number, "proof": beside }));
        } else {
            out.text(&self.out.display().to_string());
        }
        Ok(())
    }
}

fn unusable(error: &ReceiptError) -> Failure {
    let zh = format!("收据无法打印：{}", chinese(error));
    Failure::one(exit::BROKEN, Problem::new("RCP2", zh, error.to_string()))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|e| Failure::file(path, &e))
}
