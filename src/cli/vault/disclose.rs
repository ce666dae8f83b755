//! `export bundle --open`: fields that a bundle shows. Each one is asked for by itself, and who gave
//! it away and why is recorded before the bundle is written.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use clap::Args;
use mingzhang::chain::private::{Shown, SubjectOpenings, write};
use mingzhang::ids::{SubjectId, Text};
use mingzhang::vault::Vault;

use super::{Unlock, officer, opened, record, unlock};
use crate::cli::Global;
use crate::cli::apply;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::world::World;

#[derive(Args)]
pub(crate) struct Disclose {
    /// 公开字段 Show this private field of this subject in the bundle; may be repeated
    #[arg(long = "open", value_name = "SUBJECT:FIELD", requires = "purpose")]
    fields: Vec<OneField>,
    /// 用途 What it is shown for
    #[arg(long, requires = "fields")]
    purpose: Option<Text>,
    #[command(flatten)]
    unlock: Unlock,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct OneField {
    subject: SubjectId,
    name: Text,
}

impl FromStr for OneField {
    type Err = String;
    fn from_str(text: &str) -> Result<OneField, String> {
        let (subject, name) = text.split_once(':').ok_or("SUBJECT:FIELD")?;
        let subject = SubjectId::parse(subject).map_err(|e| e.to_string())?;
        let name = Text::parse(name).map_err(|e| e.to_string())?;
        Ok(OneField { subject, name })
    }
}

impl Disclose {
    /// The file `openings.ndjson`, or nothing where nothing is to be shown.
    pub(crate) fn openings(
        &self,
        global: &Global,
        world: &World,
        out: &Output,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let Some(purpose) = &self.purpose else { return Ok(None) };
        let by = officer(global)?;
        let mut book = apply::open(global, world, out)?;
        let mut asked: BTreeMap<&SubjectId, BTreeSet<&Text>> = BTreeMap::new();
        for OneField { subject, name } in &self.fields {
            let found = book.state().privacy.subject(subject);
            if found.and_then(|found| found.in_force(name)).is_none() {
                let zh = format!("主体 {subject} 没有字段 {name}，或已删除");
                let en = format!("the subject {subject} has no field {name}, or it was erased");
                return Err(Failure::usage(zh, en).next("mingzhang vault list"));
            }
            asked.entry(subject).or_default().insert(name);
        }
        let mut instructions = Vec::new();
        for (subject, names) in &asked {
            let names: Vec<Text> = names.iter().map(|name| (*name).clone()).collect();
            instructions.extend(opened(&[(*subject).clone()], &names, purpose, &by)?);
        }
        // Whoever may not see it is not asked for a passphrase first.
        record(&mut book, &instructions, world, true)?;
        let vault =
            unlock(&self.unlock, world, |passphrase| Vault::open(&global.book, passphrase))?;
        let mut shown = Vec::new();
        for (id, names) in &asked {
            let Some(subject) = book.state().privacy.subject(id) else { continue };
            let mut fields = BTreeMap::new();
            for name in subject.names().filter(|name| subject.in_force(name).is_some()) {
                let asked = names.contains(name);
                let opening = if asked { vault.opening(id, subject, name)? } else { None };
                fields.insert(name.clone(), opening.map_or(Shown::Withheld, Shown::Opening));
            }
            shown.push(SubjectOpenings { subject: (*id).clone(), fields });
        }
        let text = write(&shown)
            .map_err(|e| Failure::usage(format!("个人信息无法写出：{e}"), e.to_string()))?;
        record(&mut book, &instructions, world, false)?;
        Ok(Some(text.as_bytes().to_vec()))
    }
}
