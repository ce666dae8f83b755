//! `vault erase`: recorded first, then carried out; `src/vault/mod.rs` says why.

use clap::Args;
use mingzhang::book::{Folder, recorded};
use mingzhang::chain::record::Envelope;
use mingzhang::event::Fact;
use mingzhang::event::privacy::Erasure;
use mingzhang::ids::{OfficerId, Seq, Source, SubjectId, Text};
use mingzhang::rules::{Command, FIELDS_MAX};
use mingzhang::store::log::LogReader;
use mingzhang::vault::{Places, Vault};
use serde_json::json;

use super::{
    Unlock, Whom, instruction, officer, record, said, seqs, settle, subjects, tried, unlock, whom,
};
use crate::cli::Global;
use crate::cli::apply;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::world::World;

#[derive(Args)]
pub(crate) struct Erase {
    /// 主体或人 A subject, or member=m-1, officer=clerk, disbursement=d-1
    #[arg(value_parser = whom)]
    whom: Whom,
    /// 字段 Which field; all of them unless given
    #[arg(long)]
    field: Vec<Text>,
    /// 依据 The law or request that it rests on
    #[arg(long)]
    basis: Source,
    /// 批准人 The chair who approved it
    #[arg(long)]
    approver: OfficerId,
    /// 只试一试，不删除也不记账 Ask the rules alone, erase and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    unlock: Unlock,
}

impl Erase {
    pub(super) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let by = officer(global)?;
        let mut book = apply::open(global, world, out)?;
        let found = subjects(&book.state().privacy, &self.whom)?;
        let in_force: Vec<_> = found.iter().filter(|(_, s)| s.names().next().is_some()).collect();
        let (id, subject) = match (in_force.as_slice(), found.as_slice()) {
            ([(id, subject)], _) | ([], [(id, subject), ..]) => (id.clone(), subject.clone()),
            (_, _) => {
                let ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
                let ids = ids.join(", ");
                return Err(Failure::usage(
                    format!("此人有几个主体，请指明：{ids}"),
                    format!("this person is several subjects, say which: {ids}"),
                ));
            }
        };
        let mut fields = self.field.clone();
        if fields.is_empty() {
            fields = subject.names().cloned().collect();
        }
        if fields.is_empty() {
            // Asked again after a crash, it does what was left to do.
            Places::of_book(&global.book).destroy(&id)?;
            return Err(Failure::usage(
                format!("主体 {id} 的字段均已删除"),
                format!("every field of the subject {id} is erased already"),
            )
            .next("mingzhang vault list"));
        }
        let mut instructions = Vec::new();
        for part in fields.chunks(usize::try_from(FIELDS_MAX).unwrap_or(usize::MAX)) {
            let erased = Erasure {
                subject: id.clone(),
                fields: part.to_vec(),
                basis: self.basis.clone(),
                approver: self.approver.clone(),
            };
            instructions.push(instruction("erase", &by, Command::ErasePrivacy(erased))?);
        }
        record(&mut book, &instructions, world, true)?;
        if self.dry_run {
            tried(&id, fields.iter(), out);
            return Ok(());
        }
        // Where fields stay, the subject's file is written anew, and for that it has to open: better
        // found out before the book says that something is gone.
        let some_stay = subject.names().any(|name| !fields.contains(name));
        let mut vault = None;
        if some_stay {
            let opened =
                unlock(&self.unlock, world, |passphrase| Vault::open(&global.book, passphrase))?;
            opened.read(&id)?;
            vault = Some(opened);
        }
        let records = seqs(&record(&mut book, &instructions, world, false)?);
        let done = match &vault {
            Some(vault) => settle(vault, &book.state().privacy, &id),
            None => Places::of_book(&global.book).destroy(&id).map_err(Failure::from),
        };
        done.map_err(|mut failure| {
            let records = said(&records);
            if let Some(last) = failure.errors.last_mut() {
                last.zh = format!("删除已记录为 {records}，但尚未完成：{}", last.zh);
                last.en =
                    format!("the erasure is recorded as {records}, and unfinished: {}", last.en);
            }
            failure.next("mingzhang vault tidy")
        })?;
        let shown = shown_before(&Folder::new(&global.book), &id, &fields)?;
        if out.json {
            out.value(&json!({
                "subject": id, "fields": fields, "records": records, "shown_in": shown,
            }));
        } else {
            out.text(&format!("{id} {}", said(&records)));
        }
        if !shown.is_empty() {
            let shown = said(&shown);
            out.note(
                &format!("曾经出示（记录 {shown}）：当时的审计包或抄件可能仍载有内容，请一并追回"),
                &format!(
                    "they were shown before, by the records {shown}: bundles and copies of those \
                     days may still say them, and have to be called back"
                ),
            );
        }
        out.note(
            "备份中的旧文件和旧密钥不在本程序所及之内，请一并销毁",
            "copies of the file and its key in backups are out of reach: destroy them too",
        );
        Ok(())
    }
}

/// The records by which any of these fields was shown to somebody.
fn shown_before(folder: &Folder, id: &SubjectId, fields: &[Text]) -> Result<Vec<Seq>, Failure> {
    let mut shown = Vec::new();
    for line in LogReader::open(&folder.events())? {
        let line = line?.bytes;
        let opens = br#""type":"privacy.opened""#;
        if !line.windows(opens.len()).any(|part| part == opens) {
            continue;
        }
        let Ok(Ok(record)) = Envelope::read(&line).map(recorded) else { continue };
        if let Fact::PrivacyOpened(opened) = &record.fact
            && opened.subjects.contains(id)
            && opened.fields.iter().any(|field| fields.contains(field))
        {
            shown.push(record.seq);
        }
    }
    Ok(shown)
}
