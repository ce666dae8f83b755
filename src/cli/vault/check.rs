//! `vault check`, `vault tidy`, and what `verify` says of a vault.

use clap::Args;
use mingzhang::book::{Book, BookError, Folder, Reading, Until};
use mingzhang::lang::Lang;
use mingzhang::store::opening::OpenError;
use mingzhang::vault::{self, Finding, Places, Vault, VaultError};
use serde_json::json;

use super::{Unlock, unlock};
use crate::cli::Global;
use crate::cli::apply;
use crate::cli::chinese::chinese;
use crate::cli::failure::{Failure, Problem, exit};
use crate::cli::output::Output;
use crate::cli::world::World;

#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    unlock: Unlock,
}

impl Check {
    pub(super) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        let folder = Folder::new(&global.book);
        let vault =
            unlock(&self.unlock, world, |passphrase| Vault::open(&global.book, passphrase))?;
        let found = look(&folder, &vault, world).map_err(|unseen| match unseen {
            Unseen::InUse { holder } => OpenError::InUse { holder }.into(),
            Unseen::Failed(failure) => failure,
        })?;
        let faults = found.iter().any(|finding| finding.kind.is_fault());
        if out.json {
            out.value(&json!({ "findings": found, "good": !faults }));
        } else {
            for finding in &found {
                out.text(&format!("{}: {}", finding.kind.name(), finding.message(out.lang)));
            }
            out.text(if faults {
                out.say("保险箱与记录不符", "the vault is not what the records say")
            } else {
                out.say("保险箱与记录相符", "the vault is what the records say")
            });
        }
        Ok(if faults { exit::BROKEN } else { exit::DONE })
    }

    pub(super) fn tidy(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let book = apply::open(global, world, out)?;
        let vault =
            unlock(&self.unlock, world, |passphrase| Vault::open(&global.book, passphrase))?;
        let privacy = &book.state().privacy;
        let before = vault::check(&vault, privacy)?;
        // One file that does not open is in nobody else's way.
        let mut failed = None;
        for id in vault.places().subjects()? {
            let settled = match privacy.subject(&id) {
                Some(subject) => vault.settle(&id, subject),
                None => vault.places().destroy(&id).map_err(VaultError::File),
            };
            if let Err(error) = settled {
                failed.get_or_insert(error);
            }
        }
        if let Some(error) = failed {
            return Err(error.into());
        }
        let after = vault::check(&vault, privacy)?;
        let gone: Vec<&Finding> = before.iter().filter(|found| !after.contains(found)).collect();
        if out.json {
            out.value(&json!({ "destroyed": gone, "findings": after }));
            return Ok(());
        }
        for found in gone {
            out.text(&format!("{}: {}", found.kind.name(), found.message(out.lang)));
        }
        out.note("保险箱已清理", "the vault is tidied");
        Ok(())
    }
}

/// What `verify` says of a book's vault: its faults. Where the key is not at hand, or is under a
/// passphrase, that is said, and nothing is checked: the records do not need it.
pub(crate) fn faults(
    folder: &Folder,
    world: &World,
    out: &Output,
) -> Result<Vec<Problem>, Failure> {
    let places = Places::of_book(folder.path());
    if !places.is_used() && !places.key().exists() {
        return Ok(Vec::new());
    }
    let vault = match Vault::open(folder.path(), None) {
        Ok(vault) => vault,
        Err(error) => {
            let zh = format!("没有核对保险箱：{}", chinese(&error));
            out.note(&zh, &format!("the vault was not checked: {error}"));
            return Ok(Vec::new());
        }
    };
    let mut problems = Vec::new();
    let found = match look(folder, &vault, world) {
        Ok(found) => found,
        Err(Unseen::InUse { holder }) => {
            let zh = format!("没有核对保险箱：账套正被使用：{holder}");
            out.note(&zh, &format!("the vault was not checked: the book is in use by {holder}"));
            return Ok(Vec::new());
        }
        Err(Unseen::Failed(failure)) => return Err(failure),
    };
    for finding in found {
        let (name, zh, en) =
            (finding.kind.name(), finding.message(Lang::Zh), finding.message(Lang::En));
        if finding.kind.is_fault() {
            problems.push(Problem::new(name, zh, en));
        } else {
            out.note(&format!("{name}: {zh}"), &format!("{name}: {en}"));
        }
    }
    Ok(problems)
}

/// Holds the vault against the records. Somebody may be writing to both meanwhile: what looks wrong
/// is looked at again while nobody can. On a disk that may only be read nobody writes.
fn look(folder: &Folder, vault: &Vault, world: &World) -> Result<Vec<Finding>, Unseen> {
    let look = || -> Result<Vec<Finding>, Unseen> {
        let reading = Reading::replay(folder, Until::default(), &mut |_, _| ())?;
        Ok(vault::check(vault, &reading.state.privacy)?)
    };
    let found = look()?;
    if !found.iter().any(|finding| finding.kind.is_fault()) {
        return Ok(found);
    }
    match Book::open(folder.path(), &world.holder(None), &mut |_| ()) {
        Ok((book, _)) => {
            let found = look();
            drop(book);
            found
        }
        Err(BookError::Open(OpenError::InUse { holder })) => Err(Unseen::InUse { holder }),
        Err(_) => Ok(found),
    }
}

/// Why nothing can be said of a vault.
enum Unseen {
    /// Somebody is writing, and what was seen may have been half of it.
    InUse {
        holder: String,
    },
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Unseen {
    fn from(error: E) -> Unseen {
        Unseen::Failed(error.into())
    }
}
