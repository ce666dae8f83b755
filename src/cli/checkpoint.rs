//! Checkpoints: the treasurer signs the book as it stands. What witnesses say of them comes in by
//! `witness`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use mingzhang::book::Folder;
use mingzhang::chain::checkpoint::{Note, NoteError};
use mingzhang::chain::tree::{TreeHash, leaf_hash};
use mingzhang::store::log::LogReader;
use serde_json::json;

use super::Global;
use super::apply::open;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::key::{self, Lock};
use super::output::Output;
use super::world::World;

#[derive(Subcommand)]
pub(crate) enum Checkpoint {
    /// 签名 Sign the book as it stands
    Sign(Sign),
    /// 查看 Show the newest checkpoint
    Show,
}

#[derive(Args)]
pub(crate) struct Sign {
    /// 签名密钥 The log key, if it is not in the book's folder
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    lock: Lock,
}

impl Checkpoint {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        match self {
            Checkpoint::Sign(sign) => {
                let mut book = open(global, world, out)?;
                let path = sign.key.unwrap_or_else(|| folder.log_key());
                let key = key::read(&path, &sign.lock, world)?;
                show(&book.sign(&key)?, out)
            }
            Checkpoint::Show => show(&read(&folder.checkpoint())?, out),
        }
    }
}

pub(crate) fn show(note: &Note, out: &Output) -> Result<(), Failure> {
    if out.json {
        let checkpoint = note.checkpoint().map_err(|e| note_failure(&e))?;
        let signers: Vec<String> = note.signatures().iter().map(|s| s.name.to_string()).collect();
        out.value(&json!({
            "origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root,
            "signatures": signers, "note": note.to_string(),
        }));
    } else {
        out.text(&note.to_string());
    }
    Ok(())
}

pub(crate) fn read(path: &Path) -> Result<Note, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::file(path, &e).next("mingzhang checkpoint sign"))?;
    Note::parse(&text).map_err(|e| note_failure(&e))
}

pub(crate) fn note_failure(error: &NoteError) -> Failure {
    let zh = format!("检查点不可用：{}", chinese(error));
    Failure::one(exit::BROKEN, Problem::new("CKP1", zh, error.to_string()))
}

/// The leaves of the first `size` records; fewer where there are fewer.
pub(crate) fn leaves(folder: &Folder, size: u64) -> Result<Vec<TreeHash>, Failure> {
    let mut leaves = Vec::new();
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    for line in LogReader::open(&folder.events())?.take(size) {
        leaves.push(leaf_hash(&line?.bytes));
    }
    Ok(leaves)
}
