//! `vault put`: the opening first, then the record that commits to it.

use core::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::chain::private::PrivateText;
use mingzhang::event::privacy::Person;
use mingzhang::ids::{SubjectId, Text};
use mingzhang::projection::privacy::Privacy;
use mingzhang::rules::FIELDS_MAX;
use mingzhang::vault::{Kept, Vault};
use serde_json::json;

use super::{
    Unlock, committed, instruction, new_subject, officer, person, record, said, seqs, settle,
    subject_of, tried, unlock,
};
use crate::cli::Global;
use crate::cli::apply;
use crate::cli::chinese::chinese;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::world::World;

#[derive(Args)]
pub(crate) struct Put {
    /// 内容 A JSON file such as {"姓名":"…","电话":"…"}; - is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// 谁 Whom the fields are of: member=m-1, officer=clerk or disbursement=d-1
    #[arg(long, value_name = "PERSON", value_parser = person)]
    of: Option<Person>,
    /// 主体 The subject; the one of that person, or a new one, unless given
    #[arg(long)]
    subject: Option<SubjectId>,
    /// 只试一试，不保存也不记账 Ask the rules alone, keep and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    unlock: Unlock,
}

impl Put {
    pub(super) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let by = officer(global)?;
        let fields = read_fields(&self.file)?;
        let mut book = apply::open(global, world, out)?;
        let (subject, of) = self.whose(&book.state().privacy)?;
        let mut kept = Vec::new();
        for (name, value) in fields {
            kept.push(Kept::new(name, value, World::random()?));
        }
        let mut instructions = Vec::new();
        for part in kept.chunks(usize::try_from(FIELDS_MAX).unwrap_or(usize::MAX)) {
            instructions.push(instruction("put", &by, committed(&subject, part, of.as_ref())?)?);
        }
        // What the rules refuse leaves nothing in the vault.
        record(&mut book, &instructions, world, true)?;
        if self.dry_run {
            tried(&subject, kept.iter().map(|kept| &kept.name), out);
            return Ok(());
        }
        let vault = unlock(&self.unlock, world, |passphrase| {
            Vault::open_or_make(&global.book, passphrase)
        })?;
        vault.add(&subject, &kept)?;
        let receipts = record(&mut book, &instructions, world, false)?;
        settle(&vault, &book.state().privacy, &subject)?;
        let records = seqs(&receipts);
        if out.json {
            out.value(&json!({ "subject": subject, "records": records }));
        } else {
            out.text(&format!("{subject} {}", said(&records)));
        }
        Ok(())
    }

    /// The subject that is asked for, or is that person already, or is drawn now.
    fn whose(&self, privacy: &Privacy) -> Result<(SubjectId, Option<Person>), Failure> {
        if let Some(id) = &self.subject {
            let known = privacy.subject(id).and_then(|subject| subject.of.clone());
            return Ok((id.clone(), self.of.clone().or(known)));
        }
        let id = match &self.of {
            Some(person) => subject_of(privacy, person)?,
            None => new_subject()?,
        };
        Ok((id, self.of.clone()))
    }
}

/// The fields of a file or of standard input. What is wrong with them is said by its place alone.
fn read_fields(file: &Path) -> Result<Vec<(Text, PrivateText)>, Failure> {
    let mut text = String::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|e| Failure::file(file, &e))?;
    let wrong = |place: String| {
        Failure::usage(
            format!("应为 {{\"字段\":\"内容\",…}}，每个字段一次（{place}）"),
            format!("{{\"FIELD\":\"VALUE\",…}} was expected, each field once ({place})"),
        )
    };
    let Fields(pairs) = serde_json::from_str(&text)
        .map_err(|e| wrong(format!("{}:{}:{}", file.display(), e.line(), e.column())))?;
    let mut fields: Vec<(Text, PrivateText)> = Vec::new();
    for (number, (name, value)) in (1..).zip(pairs) {
        let bad = |e: &dyn fmt::Display| {
            Failure::usage(
                format!("第 {number} 个字段：{}", chinese(&e.to_string())),
                format!("field {number}: {e}"),
            )
        };
        // Somebody may have put the value where the name belongs.
        let name = Text::parse(&name).map_err(|_| wrong(format!("{number}")))?;
        let value = PrivateText::parse(&value).map_err(|e| bad(&e))?;
        if fields.iter().any(|(known, _)| *known == name) {
            return Err(wrong(format!("{number}")));
        }
        fields.push((name, value));
    }
    if fields.is_empty() { Err(wrong(file.display().to_string())) } else { Ok(fields) }
}

/// An object of texts, in its order, its repetitions kept.
struct Fields(Vec<(String, String)>);

impl<'de> serde::Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Fields, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Fields(pairs))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
