//! `key rotate`: another log key. The old key signs for the new one; where it was lost, two officers
//! do.

use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::{Book, Folder, Instruction, Mode, Reading};
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey, VKey};
use mingzhang::chain::rotation::Rotation;
use mingzhang::event::book::KeyRotation;
use mingzhang::ids::{OfficerId, Seq, Text};
use mingzhang::rules::Command;
use serde_json::json;

use super::Global;
use super::act;
use super::apply::open;
use super::failure::Failure;
use super::key::{self, Lock, key_failure};
use super::output::Output;
use super::world::World;

#[derive(Args)]
pub(crate) struct Rotate {
    /// 更换原因 Why
    #[arg(long)]
    reason: Text,
    /// 原密钥 The key in force, if it is not in the book's folder
    #[arg(long, value_name = "FILE", conflicts_with = "lost")]
    key: Option<PathBuf>,
    /// 存放处 Where the new key is kept; in the book's folder unless given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// 原密钥已遗失 The old key is lost: two officers sign instead, and nothing is recorded yet
    #[arg(long, requires_all = ["out", "signers"])]
    lost: bool,
    /// 签名人 Who signs where the old key is lost: a chair and one of the audit committee
    #[arg(long = "for", value_name = "OFFICER", requires = "lost")]
    signers: Vec<OfficerId>,
    #[command(flatten)]
    lock: Lock,
}

impl Rotate {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let mut book = open(global, world, out)?;
        let name = KeyName::parse(book.origin().as_str()).map_err(|e| key_failure(&e))?;
        let new = NoteKey::from_seed(name, KeyKind::Log, &World::random()?);
        if self.lost {
            return self.draft(&book, &new, &Folder::new(&global.book), world, out);
        }
        let by = global.officer.clone().ok_or_else(|| {
            Failure::usage("用 --as 说明由谁更换", "say who replaces the key: --as OFFICER")
        })?;
        let folder = Folder::new(&global.book);
        let old_path = self.key.clone().unwrap_or_else(|| folder.log_key());
        let old = key::read(&old_path, &self.lock, world)?;
        // The new key is on the disk before the book names it.
        let kept = self.out.clone().unwrap_or_else(|| folder.keys().join("log.pem.new"));
        key::put(&kept, &key::sealed(&new, &self.lock, world)?)?;
        let recorded = rotate(&mut book, &old, &new, self.reason, by, world);
        if let Err(failure) = recorded {
            // This run made it, and nothing names it.
            std::fs::remove_file(&kept).ok();
            return Err(failure);
        }
        let aside = set_aside(&folder, &old, &kept, self.out.is_none())?;
        let vkey = new.vkey().to_string();
        if out.json {
            out.value(&json!({ "log": vkey, "old": aside, "head": book.reading().head }));
        } else {
            out.text(&format!("{vkey}\nhead {}", book.reading().head));
            out.note(
                "账套密钥已更换。下一步：mingzhang checkpoint sign",
                "the log key is replaced; next: mingzhang checkpoint sign",
            );
        }
        Ok(())
    }

    /// What the two officers sign; it is of the next record, so that nothing may come between.
    fn draft(
        self,
        book: &Book,
        new: &NoteKey,
        folder: &Folder,
        world: &World,
        out: &Output,
    ) -> Result<(), Failure> {
        let kept = self.out.clone().unwrap_or_default();
        let in_force = book.state().offices.log_key().unwrap_or_default();
        let old = VKey::parse(in_force).map_err(|e| key_failure(&e))?;
        let change = rotation(book, old, new);
        let command = Command::RotateKey(KeyRotation {
            old: change.old.to_string(),
            new: change.new.to_string(),
            reason: self.reason,
            proof_new: change.prove(new),
            proof_old: None,
        });
        key::put(&kept, &key::sealed(new, &self.lock, world)?)?;
        for officer in self.signers {
            let to = kept.with_extension(format!("{officer}.act"));
            let reading = Reading::open(folder, &mut |_| ())?;
            let request = act::request(folder, reading, &command, officer, None)?;
            act::give(&request, Some(&to), out)?;
        }
        out.note(
            "两人签名之前请勿记账：签名只对下一条记录有效。之后：mingzhang act add FILE FILE",
            "record nothing before both have signed, for it is of the next record; \
             then: mingzhang act add FILE FILE",
        );
        Ok(())
    }
}

fn rotation(book: &Book, old: VKey, new: &NoteKey) -> Rotation {
    let seq = Seq(book.reading().tree.size());
    Rotation { origin: book.origin().clone(), seq, old, new: new.vkey() }
}

fn rotate(
    book: &mut Book,
    old: &NoteKey,
    new: &NoteKey,
    reason: Text,
    by: OfficerId,
    world: &World,
) -> Result<(), Failure> {
    let change = rotation(book, old.vkey(), new);
    let command = Command::RotateKey(KeyRotation {
        old: change.old.to_string(),
        new: change.new.to_string(),
        reason,
        proof_new: change.prove(new),
        proof_old: Some(change.prove(old)),
    });
    let key = format!("rotate-{}", new.vkey().id());
    let instruction = Instruction { command, by, key, signed: None };
    let recorded = book.record(&[instruction], world.now(), Mode::default());
    recorded.map(|_| ()).map_err(|error| Failure::not_recorded(error, |_| None))
}

/// The old key stays beside the new one: what it has signed is still asked about.
fn set_aside(
    folder: &Folder,
    old: &NoteKey,
    kept: &Path,
    in_the_book: bool,
) -> Result<Option<PathBuf>, Failure> {
    let place = folder.log_key();
    let aside = folder.keys().join(format!("log.{}.old", old.vkey().id()));
    let moved = if place.exists() {
        std::fs::rename(&place, &aside).map_err(|e| Failure::file(&place, &e))?;
        Some(aside)
    } else {
        None
    };
    if in_the_book {
        std::fs::rename(kept, &place).map_err(|e| Failure::file(&place, &e))?;
    }
    Ok(moved)
}
