//! `attach`, `attachment`: papers are kept with the records that they belong to.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mingzhang::attachments::{self, Measure, PaperError};
use mingzhang::book::{Folder, Reading, Until};
use mingzhang::event::paper::Attachment as Added;
use mingzhang::ids::{Digest, DisbursementId, Seq, Text};
use mingzhang::lang::Lang;
use mingzhang::projection::State;
use mingzhang::projection::papers::Paper;
use mingzhang::rules::Command;
use serde_json::{Value, json};

use super::Global;
use super::apply;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::history;
use super::output::Output;
use super::vault::{instruction, officer, record, said, seqs};
use super::world::World;

#[derive(Args)]
pub(crate) struct Attach {
    /// 记录号、凭证号或支出编号 A record's number, a voucher's, or a disbursement
    to: String,
    /// 附件 The papers' files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 名称 What they are: 发票, 名册
    #[arg(long)]
    title: Option<Text>,
    /// 只看要附什么，不保存也不记账 Show what would be attached, keep and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Subcommand)]
pub(crate) enum Attachment {
    /// 清单 The papers of the book, or of one record
    List(List),
    /// 查看 Where a paper lies, what it belongs to, and whether it is whole
    Show(Show),
    /// 补回 Put papers back that were lost or changed, where records name these very bytes
    Restore(Restore),
}

#[derive(Args)]
pub(crate) struct Restore {
    /// 附件 The papers' files
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Args)]
pub(crate) struct List {
    /// 记录号、凭证号或支出编号 A record's number, a voucher's, or a disbursement
    to: Option<String>,
}

#[derive(Args)]
pub(crate) struct Show {
    /// 附件的 SHA-256 The SHA-256 of the paper
    sha256: Digest,
}

impl Attach {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let by = officer(global)?;
        let mut book = apply::open(global, world, out)?;
        let to = record_of(&Folder::new(&global.book), book.state(), &self.to)?;
        let bar = world.progress("读取", "reading");
        let mut measured = Vec::new();
        let mut instructions = Vec::new();
        for file in &self.files {
            let measure = attachments::measure(file)?;
            let Measure { sha256, bytes } = measure.clone();
            let added = Added { to, sha256, bytes, title: self.title.clone() };
            instructions.push(instruction("attach", &by, Command::AddAttachment(added))?);
            measured.push(measure);
            bar.inc(1);
        }
        bar.finish_and_clear();
        // What the rules refuse is not stored; what is stored is there before its record.
        record(&mut book, &instructions, world, true)?;
        if self.dry_run {
            tried(to, &measured, out);
            return Ok(());
        }
        for (file, measure) in self.files.iter().zip(&measured) {
            attachments::store(&global.book, file, measure)?;
        }
        let records = seqs(&record(&mut book, &instructions, world, false)?);
        if out.json {
            let papers: Vec<Value> = measured
                .iter()
                .zip(&records)
                .map(|(m, seq)| json!({ "seq": seq, "sha256": m.sha256, "bytes": m.bytes }))
                .collect();
            out.value(&json!({ "to": to, "papers": papers }));
            return Ok(());
        }
        for measure in &measured {
            out.text(&format!("{} {}", measure.sha256, measure.bytes));
        }
        let records = said(&records);
        out.note(
            &format!("附于记录 {to}：{records}"),
            &format!("attached to record {to}: {records}"),
        );
        Ok(())
    }
}

/// What would be attached, and was not.
fn tried(to: Seq, measured: &[Measure], out: &Output) {
    if out.json {
        let paper = |m: &Measure| json!({ "sha256": m.sha256, "bytes": m.bytes });
        let papers: Vec<Value> = measured.iter().map(paper).collect();
        out.value(&json!({ "to": to, "papers": papers, "dry_run": true }));
        return;
    }
    for measure in measured {
        out.text(&format!("- {} {}", measure.sha256, measure.bytes));
    }
    out.note("试算：没有记账", "dry run: nothing was recorded");
}

impl Attachment {
    pub(crate) fn run(self, global: &Global, out: &Output) -> Result<u8, Failure> {
        let folder = Folder::new(&global.book);
        let reading = Reading::open(&folder, &mut |_| ())?;
        match self {
            Attachment::List(list) => list.run(&folder, &reading.state, out),
            Attachment::Show(show) => show.run(&folder, &reading.state, out),
            Attachment::Restore(restore) => restore.run(&folder, &reading.state, out),
        }
    }
}

impl List {
    fn run(self, folder: &Folder, state: &State, out: &Output) -> Result<u8, Failure> {
        let to = match &self.to {
            Some(to) => Some(record_of(folder, state, to)?),
            None => None,
        };
        let papers = state.papers.papers().filter(|(of, _)| to.is_none_or(|to| to == *of));
        let papers: Vec<(Seq, &Paper)> = papers.collect();
        if out.json {
            let papers: Vec<Value> = papers
                .iter()
                .map(|(to, p)| {
                    json!({
                        "to": to, "sha256": p.sha256, "bytes": p.bytes, "title": p.title,
                        "seq": p.by,
                    })
                })
                .collect();
            out.value(&papers);
            return Ok(exit::DONE);
        }
        if papers.is_empty() {
            out.note("没有附件", "there is no paper");
        }
        for (to, paper) in papers {
            let title = paper.title.as_ref().map(Text::as_str).unwrap_or_default();
            let line = format!("#{to} {} {:>10} {title}", paper.sha256, paper.bytes);
            out.text(line.trim_end());
        }
        Ok(exit::DONE)
    }
}

impl Restore {
    fn run(self, folder: &Folder, state: &State, out: &Output) -> Result<u8, Failure> {
        let mut found = Vec::new();
        for file in &self.files {
            let measure = attachments::measure(file)?;
            let is_named = |(_, paper): (Seq, &Paper)| {
                paper.sha256 == measure.sha256 && paper.bytes == measure.bytes
            };
            if !state.papers.papers().any(is_named) {
                let (shown, sha256) = (file.display(), &measure.sha256);
                return Err(Failure::usage(
                    format!("没有记录提到 {shown}（{sha256}）"),
                    format!("no record names {shown} ({sha256})"),
                )
                .next("mingzhang attachment list"));
            }
            found.push((file, measure));
        }
        for (file, measure) in &found {
            let place = attachments::place(folder.path(), &measure.sha256);
            // What lies there and is not the paper is kept beside it, as what it is.
            if place.exists() && attachments::measure(&place)? != *measure {
                let aside = place.with_extension("changed");
                std::fs::rename(&place, &aside).map_err(|e| Failure::file(&place, &e))?;
            }
            attachments::store(folder.path(), file, measure)?;
            out.text(measure.sha256.as_str());
        }
        Ok(exit::DONE)
    }
}

impl Show {
    fn run(self, folder: &Folder, state: &State, out: &Output) -> Result<u8, Failure> {
        let same = |(_, paper): &(Seq, &Paper)| paper.sha256 == self.sha256;
        let papers: Vec<(Seq, &Paper)> = state.papers.papers().filter(same).collect();
        let Some((_, first)) = papers.first() else {
            let shown = &self.sha256;
            return Err(Failure::usage(
                format!("没有附件 {shown}"),
                format!("there is no paper {shown}"),
            )
            .next("mingzhang attachment list"));
        };
        let path = attachments::place(folder.path(), &self.sha256);
        let whole = path.exists()
            && attachments::measure(&path)?
                == Measure { sha256: self.sha256.clone(), bytes: first.bytes };
        let records: Vec<Seq> = papers.iter().map(|(to, _)| *to).collect();
        if out.json {
            out.value(&json!({ "path": path, "records": records, "whole": whole }));
        } else {
            let whole = if whole {
                out.say("完好", "whole")
            } else {
                out.say("缺失或被改动", "missing or changed")
            };
            out.text(&format!("{}\n{} {whole}", path.display(), said(&records)));
        }
        Ok(if whole { exit::DONE } else { exit::BROKEN })
    }
}

/// What `verify --attachments` says: every paper of the records against its bytes.
pub(crate) fn faults(folder: &Folder) -> Result<Vec<Problem>, Failure> {
    let reading = Reading::replay(folder, Until::default(), &mut |_, _| ())?;
    let found = attachments::check(folder.path(), &reading.state.papers)?;
    let problem = |found: attachments::Finding| {
        Problem::new(found.code.name(), found.message(Lang::Zh), found.message(Lang::En))
    };
    Ok(found.into_iter().map(problem).collect())
}

/// The record that is meant: by its number, by its voucher, or of a disbursement's request.
fn record_of(folder: &Folder, state: &State, said: &str) -> Result<Seq, Failure> {
    if let Ok(seq) = said.parse() {
        return Ok(Seq(seq));
    }
    let disbursement = DisbursementId::parse(said).ok();
    match disbursement.and_then(|id| state.disbursements.disbursement(&id)) {
        Some(found) => Ok(found.seq),
        None => history::find_voucher(folder, said),
    }
}

impl From<PaperError> for Failure {
    fn from(error: PaperError) -> Failure {
        let (zh, en) = (chinese(&error), error.to_string());
        match error {
            PaperError::File(error) => error.into(),
            PaperError::Changed { .. } => Failure::io("ATT1", zh, en),
            PaperError::Damaged { .. } => Failure::one(exit::BROKEN, Problem::new("ATT2", zh, en))
                .next("mingzhang verify --attachments"),
        }
    }
}
