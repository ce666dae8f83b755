//! `receipt`: a receipt 收据 for a member who paid, and its paper with the proof on it.

use std::collections::BTreeSet;

use clap::{Args, Subcommand};
use mingzhang::book::{Folder, NotRecorded, Point, Reading, Until, Why, line_at, record_at};
use mingzhang::chain::checkpoint::Note;
use mingzhang::chain::proof::LogProof;
use mingzhang::date::Day;
use mingzhang::event::paper::ReceiptNumber;
use mingzhang::event::{Fact, Recorded};
use mingzhang::ids::{MemberId, Seq};
use mingzhang::lang::Lang;
use mingzhang::projection::receipts::Issued;
use mingzhang::render::{self, Page, Paper, QrTooLong, ReceiptPaper};
use mingzhang::report::foot::Foot;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use super::apply::How;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::form::{self, Printed, Printing};
use super::output::Output;
use super::record::record_line;
use super::sheet::Sheet;
use super::shortcuts::today;
use super::world::World;
use super::{Global, point, proof};

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
#[command(after_help = point::HELP)]
pub(crate) struct Print {
    /// 收据号 Such as 收-2026-0001
    number: ReceiptNumber,
    /// 截至时点 By the newest checkpoint of that point
    #[arg(long, value_name = "POINT")]
    at: Option<Point>,
    #[command(flatten)]
    printed: Printed,
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
        let Printable { sheet, proof, too_long } =
            self.printable(&folder, world, None, out.lang)?;
        if proof.note().signatures().len() < 2 {
            out.note(
                "检查点还没有见证：会员拿到的证明只有账套自己的签名；见证后再打印",
                "no witness has cosigned the checkpoint: the proof is the book's own word alone; print it \
                 again after witness add",
            );
        }
        if let (Some(error), Some(page)) = (too_long, self.printed.out()) {
            let beside = page.with_extension("tlog-proof");
            form::write(&beside, proof.to_string().as_bytes())?;
            let zh = format!("{}，证明另存为 {}", chinese(&error), beside.display());
            out.note(&zh, &format!("{error}; the proof is in {}", beside.display()));
        }
        sheet.put(&self.printed.usually_on(Paper::A5), &folder, out)
    }

    pub(crate) fn form(&self) -> Printing {
        self.printed.printing.usually_on(Paper::A5)
    }

    pub(crate) fn at(&self) -> Option<&Point> {
        self.at.as_ref()
    }

    /// The receipt with its proof; of the checkpoint's signatures only the first ones, if fewer are
    /// asked for, for others may have come since.
    fn printable(
        &self,
        folder: &Folder,
        world: &World,
        signatures: Option<usize>,
        lang: Lang,
    ) -> Result<Printable, Failure> {
        let reading = match &self.at {
            None => world.reading(folder)?,
            Some(at) => replayed(folder, point::records(at, folder)?)?,
        };
        let seq = self.issued(&reading)?.seq;
        let note = checkpoint(folder, seq, reading.tree.size())?;
        let note = signatures.map_or(note.clone(), |count| with_first(&note, count));
        let proof = proof::under(folder, seq, &note)?.with_record(&line_at(folder, seq)?);
        let proof = proof.map_err(|e| unusable(&e))?;
        let size = proof.note().checkpoint().map_err(|e| unusable(&e))?.size;
        // As many records as the proof is about; what was recorded since changes nothing about it.
        let reading = if size == reading.tree.size() { reading } else { replayed(folder, size)? };
        let (page, json, too_long) = self.page(folder, &reading, &proof, lang)?;
        let json = move |foot: Option<&Foot>| {
            let printed = render::Printed { report: &json, foot, unmasked: None };
            render::json(&printed).unwrap_or_default()
        };
        let said = format!("receipt print {}", self.number);
        let typed = (said, format!("--at {size} --lang {lang}"));
        let sheet = Sheet { reading, page, json: Box::new(json), typed, lang };
        Ok(Printable { sheet, proof, too_long })
    }

    /// As it may have been printed: with all signatures that its checkpoint has by now, or with
    /// fewer, the most first.
    pub(crate) fn sheets(
        &self,
        folder: &Folder,
        world: &World,
        lang: Lang,
    ) -> Result<Vec<Sheet>, Failure> {
        let all = self.printable(folder, world, None, lang)?;
        let fewer = (1..all.proof.note().signatures().len()).rev();
        let fewer = fewer.map(|count| Ok(self.printable(folder, world, Some(count), lang)?.sheet));
        std::iter::once(Ok(all.sheet)).chain(fewer).collect()
    }

    /// The receipt, if there is one that holds.
    fn issued<'a>(&self, reading: &'a Reading) -> Result<&'a Issued, Failure> {
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
        Ok(issued)
    }

    fn page(
        &self,
        folder: &Folder,
        reading: &Reading,
        proof: &LogProof,
        lang: Lang,
    ) -> Result<(Page, Value, Option<QrTooLong>), Failure> {
        let issued = self.issued(reading)?;
        let payment = record_at(folder, issued.receipt.payment)?;
        let Recorded { fact: Fact::DuesReceived(paid), voucher, .. } = payment else {
            let seq = issued.receipt.payment;
            let (zh, en) = (format!("记录 {seq} 不是收会费"), format!("record {seq} is no dues"));
            return Err(Failure::one(exit::BROKEN, Problem::new("CHN1", zh, en)));
        };
        let roles = reading.state.offices.officer(&issued.by);
        let roles = roles.map(|o| o.roles_on(issued.receipt.date)).unwrap_or_default();
        let roles: Vec<_> = roles.into_iter().collect();
        let ledger = reading.state.offices.ledger();
        let paper = ReceiptPaper {
            organisation: ledger.map(|l| l.organisation.as_str()).unwrap_or_default(),
            currency: ledger.map(|l| l.currency.as_str()).unwrap_or_default(),
            receipt: &issued.receipt,
            payment: &paid,
            voucher: voucher.map(|voucher| voucher.number),
            issued_by: &issued.by,
            offices: &roles,
            proof,
            lang,
        };
        let (page, too_long) = render::receipt(&paper).map_err(|e| unusable(&e))?;
        let months = paper.months().into_iter();
        let months: Vec<_> =
            months.map(|(month, amount)| json!({ "month": month, "amount": amount })).collect();
        let json = json!({
            "organisation": paper.organisation, "currency": paper.currency, "receipt": paper.receipt,
            "months": months, "capitals": paper.capitals().map_err(|e| unusable(&e))?,
            "voucher": paper.voucher, "issued_by": paper.issued_by, "seq": issued.seq,
            "proof": proof.to_string(),
        });
        Ok((page, json, too_long))
    }
}

struct Printable {
    sheet: Sheet,
    proof: LogProof,
    too_long: Option<QrTooLong>,
}

fn replayed(folder: &Folder, size: u64) -> Result<Reading, Failure> {
    let until = Until { size: Some(size), day: None };
    Ok(Reading::replay(folder, until, &mut |_, _| ())?)
}

/// The newest checkpoint of these records; of none the error says what to do.
fn checkpoint(folder: &Folder, seq: Seq, records: u64) -> Result<Note, Failure> {
    let kept = folder.read_checkpoints()?.into_iter().filter_map(|(_, text)| {
        let note = Note::parse(&text).ok()?;
        let size = note.checkpoint().ok()?.size;
        (size <= records).then(|| (size, note.newest_of_each_key()))
    });
    match kept.max_by_key(|(size, _)| *size) {
        Some((_, note)) => Ok(note),
        None => Ok(proof::of_record(folder, seq)?.note().clone()),
    }
}

fn with_first(note: &Note, count: usize) -> Note {
    let mut lines = note.signatures().iter().take(count);
    let Some(first) = lines.next() else { return note.clone() };
    let mut fewer = note.with_only(first.clone());
    // It has fewer lines than the one that they come from.
    lines.for_each(|line| fewer.attach(line.clone()).unwrap_or_default());
    fewer
}

fn unusable(error: &impl ToString) -> Failure {
    let zh = format!("收据无法打印：{}", chinese(error));
    Failure::one(exit::BROKEN, Problem::new("RCP2", zh, error.to_string()))
}
