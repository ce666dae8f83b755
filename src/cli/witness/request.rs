//! `witness request`: what a witness is asked, as C2SP tlog-witness writes it.

use std::path::PathBuf;

use clap::Args;
use mingzhang::book::Folder;
use mingzhang::chain::checkpoint::Note;
use mingzhang::chain::key::{KeyName, VKey};
use mingzhang::chain::tree::{Tree, TreeHash, consistency_proof};
use mingzhang::chain::witness::{CosignRequest, verify_cosignature};
use serde_json::json;

use super::super::Global;
use super::super::checkpoint::{self, leaves, note_failure};
use super::super::chinese::chinese;
use super::super::failure::{Failure, Problem, exit};
use super::super::key::key_failure;
use super::super::output::Output;
use super::policy::{agreed_in, named};

#[derive(Args)]
pub(crate) struct Request {
    /// 见证人 The witness: its name in the agreed policy, its verification key, or a file of that
    #[arg(long = "for", value_name = "NAME, VKEY or FILE")]
    witness: String,
    /// 上次见证的记录数 How many records it cosigned last; else what its signatures in the book say
    #[arg(long, value_name = "N")]
    old: Option<u64>,
    /// 存放处 A file; standard output unless given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Request {
    pub(crate) fn run(self, global: &Global, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let witness = named(&self.witness, agreed_in(&folder)?.as_ref())?;
        let asking = Asking::read(&folder)?;
        let old = match self.old {
            Some(old) => old,
            None => last_cosigned(&folder, &witness)?,
        };
        let request = asking.from(old)?;
        let (size, text) = (request.checkpoint().size, request.to_string());
        if let Some(path) = &self.out {
            std::fs::write(path, &text).map_err(|e| Failure::file(path, &e))?;
        }
        if out.json {
            out.value(&json!({ "old": old, "size": size, "request": text }));
        } else if self.out.is_none() {
            out.text(&text);
        }
        out.note(
            &format!("请见证人 {} 见证：从 {old} 条到 {size} 条记录", witness.name()),
            &format!("for {}: from {old} to {size} records", witness.name()),
        );
        Ok(())
    }
}

/// The newest checkpoint, and what is needed to show that it begins with an older one.
pub(super) struct Asking {
    note: Note,
    leaves: Vec<TreeHash>,
}

impl Asking {
    pub(super) fn read(folder: &Folder) -> Result<Asking, Failure> {
        let note = checkpoint::read(&folder.checkpoint())?;
        let asked = note.checkpoint().map_err(|e| note_failure(&e))?;
        let leaves = leaves(folder, asked.size)?;
        if Tree::of(&leaves).head() != asked.head() {
            let size = asked.size;
            let zh = format!("最新的检查点（{size} 条）不是这些记录的：没有作出请求");
            let en = format!("the newest checkpoint ({size}) is not of these records: not asked");
            return Err(
                Failure::one(exit::BROKEN, Problem::new("WIT4", zh, en)).next("mingzhang verify")
            );
        }
        // A witness needs the book's own signature and nobody else's.
        let name = KeyName::parse(asked.origin.as_str()).map_err(|e| key_failure(&e))?;
        let note = note.signed_by(&name).unwrap_or(note);
        Ok(Asking { note, leaves })
    }

    pub(super) fn size(&self) -> u64 {
        u64::try_from(self.leaves.len()).unwrap_or(u64::MAX)
    }

    /// From what the witness has cosigned last; 0 is nothing.
    pub(super) fn from(&self, old: u64) -> Result<CosignRequest, Failure> {
        let size = self.size();
        if old > size {
            let zh = format!("最新的检查点只有 {size} 条记录，不能从 {old} 条开始");
            let en =
                format!("the newest checkpoint has {size} records, and cannot start from {old}");
            return Err(Failure::one(exit::USAGE, Problem::new("USE2", zh, en))
                .next("mingzhang checkpoint sign"));
        }
        let proof = consistency_proof(&self.leaves, old).unwrap_or_default();
        CosignRequest::new(old, proof, self.note.clone())
            .map_err(|e| Failure::usage(chinese(&e), e.to_string()))
    }
}

/// The size of the largest checkpoint in the book that carries this witness's cosignature; else 0.
pub(super) fn last_cosigned(folder: &Folder, witness: &VKey) -> Result<u64, Failure> {
    let notes = folder.read_checkpoints()?;
    let cosigned = notes.iter().filter_map(|(_, text)| {
        let note = Note::parse(text).ok()?;
        verify_cosignature(&note, witness).ok()?;
        note.checkpoint().ok().map(|checkpoint| checkpoint.size)
    });
    Ok(cosigned.max().unwrap_or(0))
}
