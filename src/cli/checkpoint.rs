//! Checkpoints: the treasurer signs, a witness cosigns on its own machine, and the cosigned text
//! comes back.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use mingzhang::book::Folder;
use mingzhang::chain::checkpoint::{Note, NoteError};
use mingzhang::chain::key::{NoteKey, VKey};
use mingzhang::chain::policy::Policy;
use mingzhang::chain::tree::{Tree, TreeHash, consistency_proof, leaf_hash};
use mingzhang::chain::witness::{CosignRequest, WitnessState, verify_cosignature};
use mingzhang::date::Instant;
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
    /// 见证 Cosign what has only grown since the last time
    Cosign(Cosign),
    /// 收回见证 Take a cosigned checkpoint into the book
    Add(Add),
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

#[derive(Args)]
pub(crate) struct Cosign {
    /// 账套或审计包 The book or bundle that is witnessed
    folder: PathBuf,
    /// 见证人密钥 The witness's key
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// 首次见证 This witness has never seen this book
    #[arg(long)]
    first: bool,
    #[command(flatten)]
    lock: Lock,
}

#[derive(Args)]
pub(crate) struct Add {
    /// 检查点文件 The cosigned checkpoint
    note: PathBuf,
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
            Checkpoint::Cosign(cosign) => {
                let key = key::read(&cosign.key, &cosign.lock, world)?;
                let folder = Folder::new(&cosign.folder);
                let witness = Witness { key, key_path: &cosign.key, first: cosign.first };
                show(&witness.cosign(&folder, world.now())?, out)
            }
            Checkpoint::Add(add) => show(&take_in(&folder, &add.note)?, out),
            Checkpoint::Show => show(&read(&folder.checkpoint())?, out),
        }
    }
}

fn show(note: &Note, out: &Output) -> Result<(), Failure> {
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

fn read(path: &Path) -> Result<Note, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::file(path, &e).next("mingzhang checkpoint sign"))?;
    Note::parse(&text).map_err(|e| note_failure(&e))
}

fn note_failure(error: &NoteError) -> Failure {
    let zh = format!("检查点不可用：{}", chinese(error));
    Failure::one(exit::BROKEN, Problem::new("CKP1", zh, error.to_string()))
}

/// A witness at work, with its own key and its own memory.
pub(crate) struct Witness<'a> {
    pub(crate) key: NoteKey,
    pub(crate) key_path: &'a Path,
    /// It may begin a memory of this book; otherwise a missing one is refused.
    pub(crate) first: bool,
}

impl Witness<'_> {
    /// Cosigns the newest checkpoint of a book or bundle, if the records it covers are an extension
    /// of what this witness has cosigned before. Its memory is on the disk before the signature is.
    pub(crate) fn cosign(&self, folder: &Folder, time: Instant) -> Result<Note, Failure> {
        let mut note = read(&folder.checkpoint())?;
        let checkpoint = note.checkpoint().map_err(|e| note_failure(&e))?;
        let path = key::state_path(self.key_path, checkpoint.origin.as_str());
        let state = match key::read_state(&path)? {
            Some(state) => state,
            None if self.first => WitnessState::new(log_key(folder)?).map_err(|e| {
                Failure::usage(format!("见证状态无法建立：{}", chinese(&e)), e.to_string())
            })?,
            None => return Err(no_memory(&path)),
        };
        let leaves = leaves(folder, checkpoint.size)?;
        let records = Tree::of(&leaves).head();
        if records != checkpoint.head() {
            let (size, root) = (records.size, records.root);
            let zh = format!("检查点不是这些记录的（{size} 条，根 {root}）：不予见证");
            let en = format!(
                "the checkpoint is not of these records ({size}, root {root}): not cosigned"
            );
            return Err(Failure::one(exit::BROKEN, Problem::new("WIT4", zh, en))
                .next(format!("mingzhang verify {}", folder.path().display())));
        }
        // A checkpoint that is older than the memory is refused as what it is, a rollback.
        let old = state.newest().map_or(0, |newest| newest.size.min(checkpoint.size));
        let proof = consistency_proof(&leaves, old).unwrap_or_default();
        let request = CosignRequest::new(old, proof, note.clone());
        let request = request
            .map_err(|e| Failure::usage(format!("见证请求：{}", chinese(&e)), e.to_string()))?;
        let (state, signature) = state.cosign(&request, &self.key, time).map_err(|refusal| {
            let zh = format!("见证人拒绝（{}）：{}", refusal.status(), chinese(&refusal));
            let en = format!("the witness refuses ({}): {refusal}", refusal.status());
            Failure::one(exit::BROKEN, Problem::new("WIT2", zh, en))
        })?;
        let text = state.to_string();
        let draft = path.with_extension("new");
        let kept = std::fs::write(&draft, text).and_then(|()| {
            std::fs::File::open(&draft)?.sync_all()?;
            std::fs::rename(&draft, &path)
        });
        kept.map_err(|e| Failure::file(&path, &e))?;
        note.attach(signature).map_err(|e| note_failure(&e))?;
        folder.keep_checkpoint(&note, checkpoint.size)?;
        Ok(note)
    }
}

fn no_memory(path: &Path) -> Failure {
    let shown = path.display();
    let problem = Problem::new(
        "WIT3",
        format!("没有见证状态 {shown}：若从未见证过此账套，加 --first；若曾见证过，须先找回"),
        format!(
            "there is no witness's state {shown}: say --first if this book was never witnessed \
             with this key, and otherwise bring the state back"
        ),
    );
    Failure::one(exit::USAGE, problem)
}

fn log_key(folder: &Folder) -> Result<VKey, Failure> {
    let path = folder.log_vkey();
    let text = std::fs::read_to_string(&path).map_err(|e| Failure::file(&path, &e))?;
    VKey::parse(text.trim()).map_err(|e| key::key_failure(&e))
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

/// Adds the cosignatures of a text that came back to the book's own checkpoint of that size. A
/// signature in the name of a known witness must hold.
fn take_in(folder: &Folder, path: &Path) -> Result<Note, Failure> {
    let came = read(path)?;
    let checkpoint = came.checkpoint().map_err(|e| note_failure(&e))?;
    let own = folder.checkpoints().join(checkpoint.size.to_string());
    let mut note = read(&own)?;
    if note.text() != came.text() {
        let zh = "带回的检查点与账套签过的不同：请保留两份作为证据";
        let en = "the checkpoint that came back is not the one that this book signed: keep both as evidence";
        return Err(Failure::one(exit::BROKEN, Problem::new("CKP2", zh, en)));
    }
    for signature in came
        .signatures()
        .iter()
        .filter(|s| !note.signatures().contains(s))
        .cloned()
        .collect::<Vec<_>>()
    {
        note.attach(signature).map_err(|e| note_failure(&e))?;
    }
    let reading = mingzhang::book::Reading::open(folder, &mut |_| ())?;
    let policy = reading.state.offices.policy().and_then(|text| Policy::parse(text).ok());
    for witness in policy.iter().flat_map(Policy::witnesses) {
        match verify_cosignature(&note, &witness.key) {
            Ok(_) | Err(NoteError::NotSigned(_)) => {}
            Err(error) => return Err(note_failure(&error)),
        }
    }
    folder.keep_checkpoint(&note, checkpoint.size)?;
    Ok(note)
}
