//! `vault show`: recorded first, then shown.

use std::path::Path;

use clap::Args;
use mingzhang::chain::private::Opening;
use mingzhang::ids::{Seq, SubjectId, Text};
use mingzhang::lang::Lang;
use mingzhang::projection::privacy::{Field, Subject};
use mingzhang::render::MASK;
use mingzhang::vault::Vault;
use serde_json::{Value, json};

use super::{Unlock, Whom, officer, opened, record, said, seqs, subjects, unlock, whom};
use crate::cli::Global;
use crate::cli::apply;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::world::World;

#[derive(Args)]
pub(crate) struct Show {
    /// 主体或人 A subject, or member=m-1, officer=clerk, disbursement=d-1
    #[arg(value_parser = whom)]
    whom: Whom,
    /// 字段 Which field; may be repeated
    #[arg(long, required = true)]
    field: Vec<Text>,
    /// 用途 What for
    #[arg(long)]
    purpose: Text,
    #[command(flatten)]
    unlock: Unlock,
}

impl Show {
    pub(super) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let by = officer(global)?;
        let mut book = apply::open(global, world, out)?;
        let subjects = subjects(&book.state().privacy, &self.whom)?;
        let who: Vec<SubjectId> = subjects
            .iter()
            .filter(|(_, subject)| self.field.iter().any(|name| subject.fields.contains_key(name)))
            .map(|(id, _)| id.clone())
            .collect();
        if who.is_empty() {
            return Err(Failure::usage("没有登记这样的字段", "there is no such field")
                .next("mingzhang vault list"));
        }
        // Whoever may not see it is not asked for a passphrase first.
        let opened = opened(&who, &self.field, &self.purpose, &by)?;
        record(&mut book, &opened, world, true)?;
        let shown = self.gather(&subjects, &global.book, world)?;
        let records = seqs(&record(&mut book, &opened, world, false)?);
        if out.json {
            let fields: Vec<Value> = shown.iter().map(ShownField::json).collect();
            out.value(&json!({ "fields": fields, "records": records }));
            return Ok(());
        }
        for field in &shown {
            out.text(&format!("{} {}", field.name, field.text(out.lang)));
        }
        let records = said(&records);
        out.note(&format!("查阅已记录：{records}"), &format!("recorded: {records}"));
        Ok(())
    }

    /// What there is to show. The vault is opened only if something is left in it.
    fn gather(
        &self,
        subjects: &[(SubjectId, Subject)],
        book: &Path,
        world: &World,
    ) -> Result<Vec<ShownField>, Failure> {
        let mut vault = None;
        let mut shown = Vec::new();
        for (subject, state) in subjects {
            for name in &self.field {
                let (opening, erased_by) = match state.fields.get(name) {
                    None => continue,
                    Some(Field::Erased { by, .. }) => (None, Some(*by)),
                    Some(Field::InForce { .. }) => {
                        let opened = match vault.take() {
                            Some(opened) => opened,
                            None => unlock(&self.unlock, world, |p| Vault::open(book, p))?,
                        };
                        let opening = opened.opening(subject, state, name)?;
                        vault = Some(opened);
                        (opening, None)
                    }
                };
                let (subject, name) = (subject.clone(), name.clone());
                shown.push(ShownField { subject, name, opening, erased_by });
            }
        }
        Ok(shown)
    }
}

/// A field that was asked for.
struct ShownField {
    subject: SubjectId,
    name: Text,
    opening: Option<Opening>,
    erased_by: Option<Seq>,
}

impl ShownField {
    fn json(&self) -> Value {
        let value = self.opening.as_ref().map(|opening| opening.value.expose());
        json!({
            "subject": self.subject, "field": self.name, "value": value,
            "erased_by": self.erased_by,
        })
    }

    fn text(&self, lang: Lang) -> String {
        match (&self.opening, self.erased_by, lang) {
            (Some(opening), _, _) => opening.value.expose().to_owned(),
            (None, Some(by), Lang::Zh) => format!("{MASK}（已由记录 {by} 删除）"),
            (None, Some(by), Lang::En) => format!("{MASK} (erased by record {by})"),
            (None, None, _) => MASK.to_owned(),
        }
    }
}
