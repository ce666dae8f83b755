//! Whether the vault holds what the records commit to, and no more.

use serde::Serialize;

use super::{Kept, Vault, VaultError};
use crate::ids::{Seq, SubjectId, Text};
use crate::lang::Lang;
use crate::projection::privacy::{Field, Privacy, Subject};

/// What is to be said of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub subject: SubjectId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Text>,
    #[serde(flatten)]
    pub kind: FindingKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FindingKind {
    /// A field in force has no opening here.
    OpeningMissing,
    /// What is here does not open the field in force.
    OpeningWrong,
    /// Recorded as erased, and still here.
    ErasureUnfinished { by: Seq },
    /// Erased by that record, as it should be.
    FieldErased { by: Seq },
    /// An opening that no record commits to: what a crash leaves.
    OpeningLeftOver,
}

impl FindingKind {
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            FindingKind::OpeningMissing => "opening_missing",
            FindingKind::OpeningWrong => "opening_wrong",
            FindingKind::ErasureUnfinished { .. } => "erasure_unfinished",
            FindingKind::FieldErased { .. } => "field_erased",
            FindingKind::OpeningLeftOver => "opening_left_over",
        }
    }

    /// Whether something is not as it has to be.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        match self {
            FindingKind::OpeningMissing
            | FindingKind::OpeningWrong
            | FindingKind::ErasureUnfinished { .. } => true,
            FindingKind::FieldErased { .. } | FindingKind::OpeningLeftOver => false,
        }
    }
}

impl Finding {
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let field = self.field.as_ref().map(Text::as_str).unwrap_or_default();
        let whose = format!("{} {field}", self.subject);
        let whose = whose.trim_end();
        match (&self.kind, lang) {
            (FindingKind::OpeningMissing, Lang::Zh) => format!("{whose}：保险箱中没有"),
            (FindingKind::OpeningMissing, Lang::En) => format!("{whose}: not in the vault"),
            (FindingKind::OpeningWrong, Lang::Zh) => {
                format!("{whose}：与记录中的承诺不符，或无法打开")
            }
            (FindingKind::OpeningWrong, Lang::En) => {
                format!("{whose}: does not open what the record commits to")
            }
            (FindingKind::ErasureUnfinished { by }, Lang::Zh) => {
                format!("{whose}：记录 {by} 已删除，保险箱中仍有")
            }
            (FindingKind::ErasureUnfinished { by }, Lang::En) => {
                format!("{whose}: erased by record {by}, and still in the vault")
            }
            (FindingKind::FieldErased { by }, Lang::Zh) => format!("{whose}：已由记录 {by} 删除"),
            (FindingKind::FieldErased { by }, Lang::En) => {
                format!("{whose}: erased by record {by}")
            }
            (FindingKind::OpeningLeftOver, Lang::Zh) => format!("{whose}：没有记录与之对应"),
            (FindingKind::OpeningLeftOver, Lang::En) => format!("{whose}: no record commits to it"),
        }
    }
}

/// Holds the vault against what the records add up to.
pub fn check(vault: &Vault, privacy: &Privacy) -> Result<Vec<Finding>, VaultError> {
    let mut found = Vec::new();
    for (id, subject) in privacy.subjects() {
        of_subject(vault, id, subject, &mut found)?;
    }
    for id in vault.places().subjects()? {
        if privacy.subject(&id).is_none() {
            found.push(Finding { subject: id, field: None, kind: FindingKind::OpeningLeftOver });
        }
    }
    Ok(found)
}

fn of_subject(
    vault: &Vault,
    id: &SubjectId,
    subject: &Subject,
    found: &mut Vec<Finding>,
) -> Result<(), VaultError> {
    // What cannot be opened is told from what is not there: the one is damage, the other a loss.
    let (kept, otherwise) = match vault.read(id) {
        Ok(kept) => (kept, FindingKind::OpeningMissing),
        Err(VaultError::Lost { .. }) => (Vec::new(), FindingKind::OpeningMissing),
        Err(VaultError::Sealed { .. } | VaultError::Form { .. } | VaultError::KeyForm { .. }) => {
            (Vec::new(), FindingKind::OpeningWrong)
        }
        Err(
            error @ (VaultError::KeyMissing { .. }
            | VaultError::PassphraseNeeded
            | VaultError::PassphraseWrong
            | VaultError::PassphraseEmpty
            | VaultError::Private(_)
            | VaultError::File(_)),
        ) => return Err(error),
    };
    let mut say = |field: &Text, kind| {
        found.push(Finding { subject: id.clone(), field: Some(field.clone()), kind });
    };
    for (name, field) in &subject.fields {
        let of_name: Vec<&Kept> = kept.iter().filter(|kept| kept.name == *name).collect();
        match field {
            Field::InForce { commitment, .. } => {
                if of_name.iter().any(|kept| kept.opening.opens(name, commitment)) {
                    continue;
                }
                let none = of_name.is_empty();
                say(name, if none { otherwise.clone() } else { FindingKind::OpeningWrong });
            }
            Field::Erased { commitment, by } => {
                let still = of_name.iter().any(|kept| kept.opening.opens(name, commitment));
                let by = *by;
                say(
                    name,
                    if still {
                        FindingKind::ErasureUnfinished { by }
                    } else {
                        FindingKind::FieldErased { by }
                    },
                );
            }
        }
    }
    let known = |kept: &&Kept| match subject.fields.get(&kept.name) {
        Some(Field::InForce { commitment, .. } | Field::Erased { commitment, .. }) => {
            !kept.opening.opens(&kept.name, commitment)
        }
        None => true,
    };
    for kept in kept.iter().filter(known) {
        say(&kept.name, FindingKind::OpeningLeftOver);
    }
    Ok(())
}
