//! The bundle 审计包: everything that an auditor needs, in one folder that is written whole or not at
//! all (docs/FORMAT.md, section 13.3). Two bundles of the same book are the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::chain::checkpoint::{Note, NoteError};
use crate::chain::record::Envelope;
use crate::chain::tile::{Tile, tiles};
use crate::chain::tree::{Tree, TreeHash, TreeHead, consistency_proof, leaf_hash};
use crate::export::verifiers;
use crate::store::files::FileError;
use crate::store::log::LogError;

const CHECKPOINT: &str = "checkpoint";
const SUMS: &str = "SHA256SUMS";

/// What goes into a bundle besides the records.
#[derive(Debug, Clone, Default)]
pub struct Contents<'a> {
    /// By their names, `checkpoint` and `checkpoints/5`.
    pub checkpoints: Vec<(String, String)>,
    /// The log key of record 0; a record that replaces it is followed.
    pub log_vkey: &'a str,
    pub chart: &'a str,
    pub format: &'a str,
    /// What the bundle continues: the tree of an earlier checkpoint.
    pub since: Option<TreeHead>,
    /// The folder of the papers 附件, where they travel too.
    pub papers: Option<&'a Path>,
    /// Small files of others, by their names.
    pub more: Vec<(String, Vec<u8>)>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The records of the book up to here.
    pub records: u64,
    /// The first record that the bundle itself holds.
    pub from: u64,
    pub files: usize,
}

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{0} is there already")]
    Exists(PathBuf),
    #[error("the checkpoint cannot be used: {0}")]
    Note(#[from] NoteError),
    #[error("the checkpoint is of {size} records with the root {root}, and the book has others")]
    OtherCheckpoint { size: u64, root: TreeHash },
    #[error("the book does not begin with the {size} records of the root {root}")]
    NotAPrefix { size: u64, root: TreeHash },
    #[error("the newest checkpoint is of {newest} records, and the earlier one of {since}")]
    NotCovered { newest: u64, since: u64 },
    #[error("the paper {sha256} has other bytes")]
    OtherPaper { sha256: String },
}

/// Writes a bundle of these records, the lines of the log without their newlines.
pub fn write(
    to: &Path,
    records: impl Iterator<Item = Result<Vec<u8>, LogError>>,
    contents: &Contents<'_>,
) -> Result<Written, BundleError> {
    let mut draft = Draft::begin(to)?;
    let from = contents.since.map_or(0, |since| since.size);
    let seen = draft.records(from, records)?;
    let newest = newest(&contents.checkpoints, &seen.leaves)?;
    if let Some(since) = contents.since {
        let proof = growth(&seen.leaves, since, newest)?;
        draft.put("since", proof.as_bytes())?;
    }
    for (name, text) in &contents.checkpoints {
        draft.put(name, text.as_bytes())?;
    }
    let key = seen.log_vkey.as_deref().unwrap_or(contents.log_vkey);
    draft.put("log.vkey", format!("{key}\n").as_bytes())?;
    draft.put("chart.json", contents.chart.as_bytes())?;
    draft.put("FORMAT.md", contents.format.as_bytes())?;
    // Whoever holds a bundle needs no program of ours.
    for (name, text) in [("verify.py", verifiers::python()), ("verify.html", &verifiers::html())] {
        draft.put(name, text.as_bytes())?;
    }
    let covered = newest.and_then(|head| seen.leaves.get(..usize::try_from(head.size).ok()?));
    draft.tiles(covered.unwrap_or(&seen.leaves), from)?;
    for sha256 in contents.papers.iter().flat_map(|_| &seen.papers) {
        draft.paper(contents.papers.unwrap_or(Path::new("")), sha256)?;
    }
    for (name, bytes) in &contents.more {
        draft.put(name, bytes)?;
    }
    let files = draft.finish(to)?;
    let records = Tree::of(&seen.leaves).size();
    Ok(Written { records, from, files })
}

/// The head of the file `checkpoint`, which has to be of these records.
fn newest(
    checkpoints: &[(String, String)],
    leaves: &[TreeHash],
) -> Result<Option<TreeHead>, BundleError> {
    let Some((_, text)) = checkpoints.iter().find(|(name, _)| name == CHECKPOINT) else {
        return Ok(None);
    };
    let head = Note::parse(text)?.checkpoint()?.head();
    if root_at(leaves, head.size) == Some(head.root) {
        Ok(Some(head))
    } else {
        Err(BundleError::OtherCheckpoint { size: head.size, root: head.root })
    }
}

/// The file `since`: the earlier tree, and the proof that the newest begins with it.
fn growth(
    leaves: &[TreeHash],
    since: TreeHead,
    newest: Option<TreeHead>,
) -> Result<String, BundleError> {
    let TreeHead { size, root } = since;
    if root_at(leaves, size) != Some(root) {
        return Err(BundleError::NotAPrefix { size, root });
    }
    let newest = newest.map_or(0, |head| head.size);
    let covered = usize::try_from(newest).ok().and_then(|newest| leaves.get(..newest));
    let proof = covered.filter(|_| newest > 0).and_then(|all| consistency_proof(all, size));
    let proof = proof.ok_or(BundleError::NotCovered { newest, since: size })?;
    let hashes = proof.iter().map(ToString::to_string);
    let lines: Vec<String> =
        [format!("old {size}"), root.to_string()].into_iter().chain(hashes).collect();
    Ok(lines.join("\n") + "\n")
}

/// The root of the first so many; `None` where there are fewer.
fn root_at(leaves: &[TreeHash], size: u64) -> Option<TreeHash> {
    let first = leaves.get(..usize::try_from(size).ok()?)?;
    Some(Tree::of(first).root())
}

/// What was learnt from the records while they were written.
#[derive(Default)]
struct Seen {
    leaves: Vec<TreeHash>,
    /// The key of the last record that replaced the log key.
    log_vkey: Option<String>,
    /// The papers that records of this bundle name, by SHA-256.
    papers: Vec<String>,
}

impl Seen {
    /// Only the two types that say something about the bundle's other files are read.
    fn look(&mut self, line: &[u8], is_held: bool) {
        let says = |name: &[u8]| line.windows(name.len()).any(|part| part == name);
        let rotates = says(br#""type":"key.rotated""#);
        if !rotates && !says(br#""type":"attachment.added""#) {
            return;
        }
        let Ok(envelope) = Envelope::read(line) else { return };
        let text =
            |field: &str| envelope.body.get(field).and_then(Value::as_str).map(str::to_owned);
        match envelope.kind.as_str() {
            "key.rotated" => self.log_vkey = text("new").or(self.log_vkey.take()),
            "attachment.added" if is_held => self.papers.extend(text("sha256")),
            _ => {}
        }
    }
}

/// A bundle that is being written, beside its place; it goes away unless it is finished.
struct Draft {
    folder: PathBuf,
    /// SHA-256 in hex by path.
    sums: BTreeMap<String, String>,
}

/// The openings of private fields that a bundle shows.
pub const OPENINGS: &str = "openings.ndjson";

impl Draft {
    fn begin(to: &Path) -> Result<Draft, BundleError> {
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let folder = to.with_file_name(name);
        if to.exists() {
            return Err(BundleError::Exists(to.to_path_buf()));
        }
        match fs::create_dir(&folder) {
            Ok(()) => Ok(Draft { folder, sums: BTreeMap::new() }),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Err(BundleError::Exists(folder)),
            Err(e) => Err(FileError::new("create", &folder, &e).into()),
        }
    }

    /// Where a file is written; its folder is made.
    fn create(&self, name: &str) -> Result<(PathBuf, File), FileError> {
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| FileError::new("create", folder, &e))?;
        }
        let mut options = File::options();
        options.write(true).create_new(true);
        // What somebody's private fields say is for whoever the bundle is handed to, not for
        // everybody on this machine.
        #[cfg(unix)]
        if name == OPENINGS {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let file = options.open(&path).map_err(|e| FileError::new("create", &path, &e))?;
        Ok((path, file))
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), FileError> {
        let (path, mut file) = self.create(name)?;
        file.write_all(bytes).map_err(|e| FileError::new("write", &path, &e))?;
        self.sums.insert(name.to_owned(), hex(Sha256::digest(bytes).into()));
        Ok(())
    }

    /// All records are read, and those from `from` on are written.
    fn records(
        &mut self,
        from: u64,
        records: impl Iterator<Item = Result<Vec<u8>, LogError>>,
    ) -> Result<Seen, BundleError> {
        const NAME: &str = "events.ndjson";
        let (path, file) = self.create(NAME)?;
        let wrong = |e: io::Error| FileError::new("write", &path, &e);
        let (mut events, mut sum) = (BufWriter::new(file), Sha256::new());
        let mut seen = Seen::default();
        for (place, line) in (0_u64..).zip(records) {
            let line = line?;
            seen.leaves.push(leaf_hash(&line));
            seen.look(&line, place >= from);
            if place >= from {
                for part in [line.as_slice(), b"\n"] {
                    events.write_all(part).map_err(wrong)?;
                    sum.update(part);
                }
            }
        }
        let file = events.into_inner().map_err(io::IntoInnerError::into_error).map_err(wrong)?;
        file.sync_all().map_err(wrong)?;
        self.sums.insert(NAME.to_owned(), hex(sum.finalize().into()));
        // The same paper may belong to several records, and lies there once.
        seen.papers.sort_unstable();
        seen.papers.dedup();
        Ok(seen)
    }

    /// The tiles of these leaves without those that a bundle of the first `from` has.
    fn tiles(&mut self, leaves: &[TreeHash], from: u64) -> Result<(), BundleError> {
        let earlier = usize::try_from(from).ok().and_then(|from| leaves.get(..from));
        let earlier: BTreeSet<String> =
            tiles(earlier.unwrap_or_default()).iter().map(Tile::path).collect();
        for tile in tiles(leaves) {
            let path = tile.path();
            if !earlier.contains(&path) {
                self.put(&path, &tile.bytes())?;
            }
        }
        Ok(())
    }

    fn paper(&mut self, papers: &Path, sha256: &str) -> Result<(), BundleError> {
        let path = papers.join(sha256);
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|mut file| file.read_to_end(&mut bytes))
            .map_err(|e| FileError::new("read", &path, &e))?;
        if hex(Sha256::digest(&bytes).into()) != sha256 {
            return Err(BundleError::OtherPaper { sha256: sha256.to_owned() });
        }
        Ok(self.put(&format!("attachments/{sha256}"), &bytes)?)
    }

    /// The sums last, then the name. What a loss of power takes from a copy, the sums tell.
    fn finish(mut self, to: &Path) -> Result<usize, BundleError> {
        let lines = self.sums.iter().map(|(name, sum)| format!("{sum}  {name}\n"));
        let sums: String = lines.collect();
        self.put(SUMS, sums.as_bytes())?;
        if to.exists() {
            return Err(BundleError::Exists(to.to_path_buf()));
        }
        fs::rename(&self.folder, to).map_err(|e| FileError::new("rename", &self.folder, &e))?;
        Ok(self.sums.len())
    }
}

impl Drop for Draft {
    /// After the rename there is nothing left to remove.
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn hex(digest: [u8; 32]) -> String {
    blake3::Hash::from_bytes(digest).to_hex().as_str().to_owned()
}
