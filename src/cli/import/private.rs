//! What a roster says of its members goes into the vault: the openings first, then the records that
//! commit to them, as `vault put` does it by hand.

use std::path::Path;

use mingzhang::event::privacy::Person;
use mingzhang::ids::SubjectId;
use mingzhang::import::private::Secret;
use mingzhang::projection::privacy::Privacy;
use mingzhang::rules::{Command, FIELDS_MAX};
use mingzhang::vault::{Kept, Vault};

use crate::cli::failure::Failure;
use crate::cli::vault::{Unlock, committed, settle, subject_of, unlock};
use crate::cli::world::World;

/// The private fields of one member, with what opens them.
pub(super) struct Away {
    pub(super) line: u32,
    /// The commands that commit to them.
    pub(super) commands: Vec<Command>,
    subject: SubjectId,
    kept: Vec<Kept>,
}

/// Draws salts for them, and who they are in the vault.
pub(super) fn drawn(secrets: &[Secret], privacy: &Privacy) -> Result<Vec<Away>, Failure> {
    let mut all = Vec::new();
    for Secret { line, member, fields } in secrets {
        let person = Person::Member(member.clone());
        let subject = subject_of(privacy, &person)?;
        let mut kept = Vec::new();
        for (name, value) in fields {
            kept.push(Kept::new(name.clone(), value.clone(), World::random()?));
        }
        let most = usize::try_from(FIELDS_MAX).unwrap_or(usize::MAX);
        let commands = kept.chunks(most).map(|part| committed(&subject, part, Some(&person)));
        let commands = commands.collect::<Result<Vec<_>, _>>()?;
        all.push(Away { line: *line, commands, subject, kept });
    }
    Ok(all)
}

/// Puts them into the vault, before any record commits to them; nothing where there are none.
pub(super) fn put(
    away: &[Away],
    how: &Unlock,
    book: &Path,
    world: &World,
) -> Result<Option<Vault>, Failure> {
    if away.is_empty() {
        return Ok(None);
    }
    let vault = unlock(how, world, |passphrase| Vault::open_or_make(book, passphrase))?;
    for one in away {
        vault.add(&one.subject, &one.kept)?;
    }
    Ok(Some(vault))
}

/// Once the records stand, what they do not commit to is taken away again.
pub(super) fn settled(vault: &Vault, away: &[Away], privacy: &Privacy) -> Result<(), Failure> {
    away.iter().try_for_each(|one| settle(vault, privacy, &one.subject))
}
