//! A witness at work: its key, its memory of each book beside the key, and one request at a time.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use mingzhang::chain::checkpoint::{Checkpoint, Note, NoteSignature};
use mingzhang::chain::key::{KeyKind, NoteKey, VKey};
use mingzhang::chain::record::Origin;
use mingzhang::chain::witness::{CosignRequest, WitnessError, WitnessRefusal, WitnessState};
use mingzhang::date::Instant;
use mingzhang::store::files::write_whole;

use super::super::chinese::chinese;
use super::super::failure::{Failure, Problem, exit};
use super::super::key::{self, Lock};
use super::super::world::World;
use super::evidence;

/// A name of this many bytes still fits a file's name with what stands around it.
const NAME_BYTES_MAX: usize = 120;

/// A day, within which a witness is told that it has cosigned the very same already.
const AGAIN_SECONDS: i64 = 86_400;

pub(crate) struct Desk {
    key: NoteKey,
    path: PathBuf,
}

/// What a witness gives for a request.
pub(crate) struct Cosigned {
    /// The answer: one line.
    pub(crate) line: NoteSignature,
    /// The request's note with that line.
    pub(crate) note: Note,
    pub(crate) checkpoint: Checkpoint,
    /// When this very checkpoint was cosigned before, if that is less than a day ago.
    pub(crate) again: Option<Instant>,
}

/// Why there is no cosignature.
pub(crate) enum NotCosigned {
    Form(WitnessError),
    /// No memory of this book lies beside the key.
    Unknown {
        origin: Origin,
        state: PathBuf,
    },
    Refused {
        refusal: Box<WitnessRefusal>,
        origin: Origin,
        evidence: Option<PathBuf>,
    },
    /// The witness's own disk or memory.
    Failed(Failure),
}

impl From<Failure> for NotCosigned {
    fn from(failure: Failure) -> NotCosigned {
        NotCosigned::Failed(failure)
    }
}

impl Desk {
    pub(crate) fn new(key: NoteKey, path: &Path) -> Result<Desk, Failure> {
        if key.kind() != KeyKind::Witness {
            let (zh, en) = ("这不是见证人的密钥", "this is not a witness's key");
            return Err(Failure::usage(zh, en).next("mingzhang key new NAME --out FILE"));
        }
        Ok(Desk { key, path: path.to_path_buf() })
    }

    pub(crate) fn read(path: &Path, lock: &Lock, world: &World) -> Result<Desk, Failure> {
        Desk::new(key::read(path, lock, world)?, path)
    }

    pub(crate) fn key(&self) -> &NoteKey {
        &self.key
    }

    /// Begins a memory of a book; one that is there is never made anew.
    pub(crate) fn begin(&self, state: &WitnessState) -> Result<PathBuf, Failure> {
        let path = state_path(&self.path, state.log().name().as_str());
        let _alone = self.alone()?;
        if path.exists() {
            let shown = path.display();
            let zh = format!("见证状态 {shown} 已存在，不会重建：重建等于忘记见证过什么");
            let en = format!(
                "the witness's state {shown} is there already and is never made anew: that would \
                 be to forget what was cosigned"
            );
            return Err(Failure::one(exit::USAGE, Problem::new("WIT5", zh, en))
                .next("mingzhang witness show --key KEY"));
        }
        write_whole(&path, &state.to_string())?;
        Ok(path)
    }

    /// Follows a book to its new key; what was cosigned of it is kept.
    pub(crate) fn follow(&self, log: &VKey) -> Result<PathBuf, Failure> {
        let origin = Origin::parse(log.name().as_str());
        let origin = origin.map_err(|e| Failure::usage(chinese(&e), e.to_string()))?;
        let _alone = self.alone()?;
        let state = self.state(&origin).map_err(NotCosigned::into_failure)?;
        let next = state.follow(log.clone());
        let next = next.map_err(|e| Failure::usage(chinese(&e), e.to_string()))?;
        let path = state_path(&self.path, origin.as_str());
        write_whole(&path, &next.to_string())?;
        Ok(path)
    }

    /// Looks at a request as C2SP tlog-witness says. The memory is on the disk before the
    /// signature leaves; what is refused and proves something is kept.
    pub(crate) fn cosign(&self, request: &str, now: Instant) -> Result<Cosigned, NotCosigned> {
        let asked = CosignRequest::parse(request).map_err(NotCosigned::Form)?;
        let origin = asked.checkpoint().origin.clone();
        let _alone = self.alone()?;
        let path = state_path(&self.path, origin.as_str());
        let state = read_state(&path)?;
        let state = state
            .ok_or_else(|| NotCosigned::Unknown { origin: origin.clone(), state: path.clone() })?;
        let (next, line) = match state.cosign(&asked, &self.key, now) {
            Ok(cosigned) => cosigned,
            Err(refusal) => {
                let other_root = refusal.status() == 409
                    && refusal.held().is_some()
                    && state.contradicts(&asked);
                let evidence = if refusal.is_evidence() || other_root {
                    evidence::keep(&self.path, request, &asked, &state, &refusal, now)?
                } else {
                    None
                };
                let refusal = Box::new(refusal);
                return Err(NotCosigned::Refused { refusal, origin, evidence });
            }
        };
        write_whole(&path, &next.to_string()).map_err(Failure::from)?;
        let mut note = asked.note().clone();
        note.renew(line.clone()).map_err(|e| super::super::checkpoint::note_failure(&e))?;
        let same = state.newest().map(Checkpoint::head) == Some(asked.checkpoint().head());
        let last = state.newest_time(&self.key.vkey());
        let again = last.filter(|last| same && now.unix() - last.unix() < AGAIN_SECONDS);
        Ok(Cosigned { line, note, checkpoint: asked.checkpoint().clone(), again })
    }

    /// What this witness remembers of a book.
    pub(crate) fn state(&self, origin: &Origin) -> Result<WitnessState, NotCosigned> {
        let path = state_path(&self.path, origin.as_str());
        let unknown = |state| NotCosigned::Unknown { origin: origin.clone(), state };
        read_state(&path)?.ok_or_else(|| unknown(path))
    }

    /// One request at a time, whichever process takes it: the lock goes with the value.
    fn alone(&self) -> Result<File, Failure> {
        let path = self.path.with_extension("lock");
        let opened = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let locked = opened.and_then(|file| file.lock().map(|()| file));
        locked.map_err(|e| Failure::file(&path, &e))
    }
}

impl NotCosigned {
    /// For the person who runs the witness's commands.
    pub(crate) fn into_failure(self) -> Failure {
        match self {
            NotCosigned::Form(error) => {
                let zh = format!("见证请求不可用：{}", chinese(&error));
                Failure::one(exit::USAGE, Problem::new("WIT6", zh, error.to_string()))
                    .next("mingzhang witness request --for NAME --out FILE")
            }
            NotCosigned::Unknown { origin, state } => {
                let shown = state.display();
                let zh = format!(
                    "没有账套 {origin} 的见证状态 {shown}：若从未见证过，先 witness init；若曾见证过，须先找回"
                );
                let en = format!(
                    "there is no witness's state {shown} of {origin}: begin with witness init if \
                     this key never witnessed the book, and otherwise bring the state back"
                );
                Failure::one(exit::USAGE, Problem::new("WIT3", zh, en))
                    .next("mingzhang witness init --key KEY --log LOG.vkey")
            }
            NotCosigned::Refused { refusal, origin, evidence } => {
                refused(&refusal, &origin, evidence.as_deref())
            }
            NotCosigned::Failed(failure) => failure,
        }
    }
}

fn refused(refusal: &WitnessRefusal, origin: &Origin, evidence: Option<&Path>) -> Failure {
    let status = refusal.status();
    let kept = evidence.map(Path::display);
    let (zh, en, next) = if let (WitnessRefusal::Rollback { .. }, Some(shown)) = (refusal, &kept) {
        // An old checkpoint is honest, and anybody may bring it again.
        (
            format!(
                "。可能是以前留下的文件，本身不能证明什么；若账套确实变短了，请会计说明。已存于 {shown}"
            ),
            format!(
                "; it may be a file left over, and proves nothing by itself; if the book has become \
                 shorter, ask the treasurer to explain; kept in {shown}"
            ),
            "mingzhang witness show --key KEY".to_owned(),
        )
    } else if let Some(shown) = kept {
        (
            format!(
                "。证据保存在 {shown}：不要再为此账套见证，请告知其他见证人、经费审查委员会和上级工会，\
                 并请会计说明"
            ),
            format!(
                "; the evidence is kept in {shown}: cosign nothing more of this book, tell the other \
                 witnesses, the audit committee and the union above, and ask the treasurer to explain"
            ),
            format!("mingzhang verify BOOK --against {shown}/held"),
        )
    } else if let Some(held) = refusal.held() {
        (
            "。请会计从此处重新请求".to_owned(),
            "; the treasurer makes the request again from there".to_owned(),
            format!("mingzhang witness request --for NAME --old {held} --out FILE"),
        )
    } else if matches!(refusal, WitnessRefusal::NotSigned(_)) {
        (
            format!("。请核对 {origin} 的公钥"),
            format!("; compare the verification key of {origin}"),
            "mingzhang witness show --key KEY".to_owned(),
        )
    } else {
        (String::new(), String::new(), String::new())
    };
    let zh = format!("见证人拒绝（{status}）：{}{zh}", chinese(refusal));
    let en = format!("the witness refuses ({status}): {refusal}{en}");
    Failure::one(exit::BROKEN, Problem::new("WIT2", zh, en)).next(next)
}

/// Where a witness keeps what it has cosigned of a book: beside its key, each origin in a file of
/// its own name.
fn state_path(key: &Path, origin: &str) -> PathBuf {
    let written = origin.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
            char::from(byte).to_string()
        }
        b'/' => "~".to_owned(),
        other => format!("%{other:02X}"),
    });
    let mut name: String = written.collect();
    if name.len() > NAME_BYTES_MAX {
        name = blake3::hash(origin.as_bytes()).to_string();
    }
    key.with_file_name(format!("{}.{name}.witness", stem(key)))
}

pub(super) fn stem(key: &Path) -> String {
    key.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read_state(path: &Path) -> Result<Option<WitnessState>, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => WitnessState::parse(&text).map(Some).map_err(|e| {
            let shown = path.display();
            let zh = format!("见证状态 {shown} 已损坏：{}", chinese(&e));
            let en = format!("the witness's state {shown} is damaged: {e}");
            Failure::one(exit::BROKEN, Problem::new("WIT1", zh, en))
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Failure::file(path, &e)),
    }
}

/// The memory of every book that this key watches, by the names of their files.
pub(super) fn states(key: &Path) -> Result<Vec<(PathBuf, WitnessState)>, Failure> {
    let folder = match key.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let begins = format!("{}.", stem(key));
    let wrong = |e: std::io::Error| Failure::file(folder, &e);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        let name = entry.map_err(wrong)?.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(&begins) || !name.ends_with(".witness") {
            continue;
        }
        let path = key.with_file_name(name.as_ref());
        // A file of another key may begin with the same letters; its name then says so.
        if let Some(state) = read_state(&path)?
            && state_path(key, state.log().name().as_str()) == path
        {
            found.push((path, state));
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_origin_has_a_file_of_its_own() {
        let key = Path::new("keys/w1.pem");
        let name = |origin| state_path(key, origin).display().to_string();
        assert_eq!(name("gh.example.org/b1"), "keys/w1.gh.example.org~b1.witness");
        assert_eq!(name("gh.example.org~b1"), "keys/w1.gh.example.org%7Eb1.witness");
        assert_ne!(name("工会/一"), name("工会/二"));
        assert!(name(&"长".repeat(80)).len() < 120);
    }
}
