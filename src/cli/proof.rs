//! `proof SEQ`: a member's own proof that one record is in the book.

use std::path::PathBuf;

use clap::Args;
use mingzhang::book::Folder;
use mingzhang::chain::checkpoint::Note;
use mingzhang::chain::proof::LogProof;
use mingzhang::ids::Seq;
use serde_json::json;

use super::Global;
use super::checkpoint::leaves;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::output::Output;
use super::world::World;

#[derive(Args)]
pub(crate) struct Proof {
    /// 记录号 The record
    seq: u64,
    /// 存放处 A file; standard output unless given
    #[arg(long)]
    out: Option<PathBuf>,
}

impl Proof {
    pub(crate) fn run(self, global: &Global, _: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let path = folder.checkpoint();
        let text = std::fs::read_to_string(&path)
            .map_err(|e| Failure::file(&path, &e).next("mingzhang checkpoint sign"))?;
        let unusable = |why: String| {
            let zh = format!("无法证明记录 {}：{}", self.seq, chinese(&why));
            let en = format!("record {} cannot be proved: {why}", self.seq);
            Failure::one(exit::BROKEN, Problem::new("PRF1", zh, en).next("mingzhang verify"))
        };
        let note = Note::parse(&text).map_err(|e| unusable(e.to_string()))?;
        let size = note.checkpoint().map_err(|e| unusable(e.to_string()))?.size;
        if self.seq >= size {
            let zh = format!("记录 {} 不在最新检查点（{size} 条）之内", self.seq);
            let en = format!("record {} is not under the newest checkpoint of {size}", self.seq);
            return Err(Failure::one(exit::USAGE, Problem::new("PRF2", zh, en))
                .next("mingzhang checkpoint sign"));
        }
        let leaves = leaves(&folder, size)?;
        let proof = LogProof::new(Seq(self.seq), &leaves, note);
        let proof = proof.map_err(|e| unusable(e.to_string()))?.to_string();
        match &self.out {
            Some(path) => std::fs::write(path, &proof).map_err(|e| Failure::file(path, &e))?,
            None if out.json => out.value(&json!({ "seq": self.seq, "proof": proof })),
            None => out.text(&proof),
        }
        Ok(())
    }
}
