//! How far a book is witnessed, by its own policy: who has seen what, and what nobody else has.

use super::folder::Folder;
use crate::chain::checkpoint::Note;
use crate::chain::key::KeyName;
use crate::chain::policy::Policy;
use crate::chain::witness::verify_cosignature;
use crate::date::Instant;
use crate::store::files::FileError;

/// What one witness has cosigned last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastWord {
    /// Its name in the policy.
    pub name: String,
    pub key: KeyName,
    pub url: Option<String>,
    /// Whether the quorum can do with it at all.
    pub counts: bool,
    /// The largest size, and when.
    pub seen: Option<(u64, Instant)>,
}

/// The checkpoints of a book held against the policy that its records agree on. This is the
/// treasurer's own view: an auditor brings a policy of his own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Witnessing {
    /// The size of the newest signed checkpoint.
    pub signed: Option<u64>,
    pub witnesses: Vec<LastWord>,
    /// The size of the largest checkpoint that a quorum has cosigned, whenever that was.
    pub met: Option<u64>,
    /// The same, where the quorum is not older than was asked.
    pub fresh: Option<u64>,
}

impl Witnessing {
    /// `max_age_seconds` is how old a cosignature may be.
    pub fn read(
        folder: &Folder,
        policy: Option<&Policy>,
        now: Instant,
        max_age_seconds: u64,
    ) -> Result<Witnessing, FileError> {
        let mut found = Witnessing::default();
        let known = policy.map_or(&[][..], Policy::witnesses);
        found.witnesses.extend(known.iter().map(|witness| LastWord {
            name: witness.name.clone(),
            key: witness.key.name().clone(),
            url: witness.url.clone(),
            counts: policy.is_some_and(|policy| policy.reaches(&witness.name)),
            seen: None,
        }));
        for (_, text) in folder.read_checkpoints()? {
            // A checkpoint that is none is for `verify` to say.
            let Ok(note) = Note::parse(&text) else { continue };
            let Ok(checkpoint) = note.checkpoint() else { continue };
            let size = checkpoint.size;
            found.signed = found.signed.max(Some(size));
            for (word, witness) in found.witnesses.iter_mut().zip(known) {
                if let Ok(time) = verify_cosignature(&note, &witness.key) {
                    word.seen = word.seen.max(Some((size, time)));
                }
            }
            let judged = policy.map(|policy| policy.judge(&note, now, max_age_seconds));
            let Some(judged) = judged.filter(|judged| !judged.cosigners.is_empty()) else {
                continue;
            };
            if judged.quorum_met {
                found.met = found.met.max(Some(size));
            }
            if judged.is_witnessed() {
                found.fresh = found.fresh.max(Some(size));
            }
        }
        Ok(found)
    }
}
