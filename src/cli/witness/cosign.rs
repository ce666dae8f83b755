//! `witness cosign`: on the witness's own machine, a request that was carried there, or a whole book
//! or bundle whose records are then hashed again.

use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::Folder;
use mingzhang::chain::tree::{Tree, consistency_proof};
use mingzhang::chain::witness::CosignRequest;
use mingzhang::date::Instant;
use serde_json::json;

use super::super::checkpoint::{self, leaves, note_failure};
use super::super::failure::{Failure, Problem, exit};
use super::super::key::Lock;
use super::super::output::Output;
use super::super::world::World;
use super::Desk;
use super::desk::{Cosigned, NotCosigned};

#[derive(Args)]
pub(crate) struct Cosign {
    /// 见证请求、账套或审计包 A request's file; or the folder of a book or bundle
    what: PathBuf,
    /// 见证人密钥 The witness's key, with its state beside it
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// 存放处 A file for the answer; standard output unless given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    lock: Lock,
}

impl Cosign {
    pub(crate) fn run(self, world: &World, out: &Output) -> Result<(), Failure> {
        if let Some(path) = self.out.as_deref().filter(|path| path.exists()) {
            let there = std::io::ErrorKind::AlreadyExists.into();
            return Err(Failure::file(path, &there));
        }
        let desk = Desk::read(&self.key, &self.lock, world)?;
        if self.what.is_dir() {
            let cosigned = cosign_folder(&desk, &Folder::new(&self.what), world.now())?;
            say_again(&cosigned, out);
            put(self.out.as_deref(), &cosigned.note.to_string())?;
            return checkpoint::show(&cosigned.note, out);
        }
        let request = std::fs::read_to_string(&self.what);
        let request = request.map_err(|e| Failure::file(&self.what, &e))?;
        let cosigned = desk.cosign(&request, world.now()).map_err(NotCosigned::into_failure)?;
        say_again(&cosigned, out);
        let answer = format!("{}\n", cosigned.line);
        let checkpoint = &cosigned.checkpoint;
        put(self.out.as_deref(), &answer)?;
        if out.json {
            out.value(&json!({
                "origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root,
                "answer": answer,
            }));
        } else if self.out.is_none() {
            out.text(&answer);
        }
        let (origin, size) = (&checkpoint.origin, checkpoint.size);
        out.note(
            &format!(
                "已见证 {origin} 的前 {size} 条记录；把答复交回会计：mingzhang witness add FILE"
            ),
            &format!(
                "the first {size} records of {origin} are cosigned; bring the answer back: \
                 mingzhang witness add FILE"
            ),
        );
        Ok(())
    }
}

/// Cosigns the newest checkpoint of a book or bundle, whose records are hashed again, and leaves it
/// there with the cosignature.
pub(crate) fn cosign_folder(
    desk: &Desk,
    folder: &Folder,
    now: Instant,
) -> Result<Cosigned, Failure> {
    let mut note = checkpoint::read(&folder.checkpoint())?;
    let asked = note.checkpoint().map_err(|e| note_failure(&e))?;
    let leaves = leaves(folder, asked.size)?;
    let records = Tree::of(&leaves).head();
    if records != asked.head() {
        let (size, root) = (records.size, records.root);
        let zh = format!("检查点不是这些记录的（{size} 条，根 {root}）：不予见证");
        let en =
            format!("the checkpoint is not of these records ({size}, root {root}): not cosigned");
        return Err(Failure::one(exit::BROKEN, Problem::new("WIT4", zh, en))
            .next(format!("mingzhang verify {}", folder.path().display())));
    }
    let state = desk.state(&asked.origin).map_err(NotCosigned::into_failure)?;
    // A checkpoint that is older than the memory is refused as what it is, a rollback.
    let held = state.newest().map_or(0, |newest| newest.size);
    let old = if held > asked.size { 0 } else { held };
    let proof = consistency_proof(&leaves, old).unwrap_or_default();
    let request = CosignRequest::new(old, proof, note.clone())
        .map_err(|e| NotCosigned::Form(e).into_failure())?;
    let cosigned = desk.cosign(&request.to_string(), now).map_err(NotCosigned::into_failure)?;
    note.renew(cosigned.line.clone()).map_err(|e| note_failure(&e))?;
    folder.keep_checkpoint(&note, asked.size)?;
    Ok(cosigned)
}

fn say_again(cosigned: &Cosigned, out: &Output) {
    if let Some(last) = cosigned.again {
        out.note(
            &format!("同一检查点已在 {last} 见证过，这次更新见证时间"),
            &format!("this very checkpoint was cosigned at {last}; this renews the time"),
        );
    }
}

/// No longer than any request can be; a larger file is something else.
fn put(path: Option<&Path>, text: &str) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    std::fs::write(path, text).map_err(|e| Failure::file(path, &e))
}
