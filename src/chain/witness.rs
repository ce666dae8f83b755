//! Witnesses 见证人: who has seen a book's checkpoint, and keeps it from ever shrinking or forking.
//!
//! A cosignature is C2SP tlog-cosignature of type 0x04, the exchange C2SP tlog-witness: a file to
//! carry on a stick, or the same bytes over HTTP.

use core::fmt;
use std::str::FromStr;

use super::checkpoint::{Checkpoint, Note, NoteError, NoteSignature, decimal, expect_kind};
use super::key::{KeyError, KeyKind, NoteKey, VKey};
use super::record::Origin;
use super::tree::{Tree, TreeError, TreeHash, TreeHead, verify_consistency};
use crate::date::Instant;

/// The most hashes of a consistency proof in a request (C2SP tlog-witness).
pub const PROOF_LINES_MAX: usize = 63;

/// The first line of a witness's state file.
const STATE_HEADER: &str = "mingzhang-witness-state@v1";

/// Why a text is not a request or a witness's state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WitnessError {
    #[error("not a request to a witness: {0}")]
    Request(&'static str),
    #[error("a request has at most 63 lines of proof, and this one has {0}")]
    TooMany(usize),
    #[error("not a witness's state: {0}")]
    State(&'static str),
    #[error(transparent)]
    Tree(#[from] TreeError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// Why a witness does not cosign. [`WitnessRefusal::status`] gives the answer over HTTP.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WitnessRefusal {
    #[error("this witness keeps {held}, and the checkpoint is of {asked}")]
    UnknownOrigin { held: Origin, asked: Origin },
    #[error("the checkpoint is not signed by its book: {0}")]
    NotSigned(NoteError),
    #[error("the request starts from {old} records, and its checkpoint has only {asked}")]
    Backwards { old: u64, asked: u64 },
    #[error("rollback: {held} records were cosigned before, and the checkpoint has only {asked}")]
    Rollback { held: u64, asked: u64 },
    #[error("{held} records were cosigned last, and the request starts from {old}")]
    OtherStart { held: u64, old: u64 },
    #[error("fork: at {size} records the root {held} was cosigned, and now it is {asked}")]
    Fork { size: u64, held: TreeHash, asked: TreeHash },
    #[error("fork: the first {held} records are not shown to be those cosigned before: {cause}")]
    Inconsistent { held: u64, cause: TreeError },
    #[error("an empty book has one root only, and {0} is another")]
    EmptyRoot(TreeHash),
    #[error("the clock says {now}, and this witness has cosigned at {last}")]
    ClockBehind { now: Instant, last: Instant },
    #[error("the cosignature could not be made: {0}")]
    Cosign(NoteError),
}

/// What a book asks of a witness: cosign this checkpoint, which begins with what you have seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignRequest {
    old: u64,
    proof: Vec<TreeHash>,
    note: Note,
    checkpoint: Checkpoint,
}

/// What a witness remembers of one book: the book's key and the newest checkpoint it has cosigned.
/// The caller keeps its text in a file, and a file that has gone missing is never made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessState {
    /// The key that signs the book's checkpoints now.
    log: VKey,
    /// Those that did before: what was cosigned last may be signed by one of them.
    earlier: Vec<VKey>,
    newest: Option<(Note, Checkpoint)>,
}

/// The line by which a witness says: of all trees of this origin that I have seen, this one is the
/// largest, and consistent with all of them, at this time (UTC, whole seconds after 1970).
pub fn cosign(note: &Note, key: &NoteKey, time: Instant) -> Result<NoteSignature, NoteError> {
    let vkey = key.vkey();
    expect_kind(&vkey, KeyKind::Witness)?;
    note.checkpoint()?;
    // Zero stands for "no time" in C2SP tlog-cosignature.
    let seconds = u64::try_from(time.unix()).ok().filter(|seconds| *seconds > 0);
    let seconds =
        seconds.ok_or_else(|| NoteError::Time { name: key.name().clone(), seconds: 0 })?;
    let signature = key.sign(&cosigned_message(seconds, note.text()));
    let bytes = [seconds.to_be_bytes().as_slice(), &signature].concat();
    Ok(NoteSignature { name: key.name().clone(), key_id: vkey.id(), bytes })
}

/// When this witness has cosigned; the newest time, if it has done so more than once. One false
/// line in the witness's name spoils the note (C2SP signed-note, signatures).
pub fn verify_cosignature(note: &Note, key: &VKey) -> Result<Instant, NoteError> {
    expect_kind(key, KeyKind::Witness)?;
    note.checkpoint()?;
    let mut newest = None;
    for line in note.signatures_of(key) {
        let wrong = || NoteError::Signature(key.name().clone());
        let (seconds, signature) = line.bytes.split_first_chunk::<8>().ok_or_else(wrong)?;
        let seconds = u64::from_be_bytes(*seconds);
        if !key.verifies(&cosigned_message(seconds, note.text()), signature) {
            return Err(wrong());
        }
        let time = i64::try_from(seconds).ok().filter(|seconds| *seconds > 0);
        let time = time
            .and_then(Instant::from_unix)
            .ok_or_else(|| NoteError::Time { name: key.name().clone(), seconds })?;
        newest = newest.max(Some(time));
    }
    newest.ok_or_else(|| NoteError::NotSigned(key.name().clone()))
}

/// Whether a witness that cosigned `held` last may cosign what is asked. Looks at the trees only:
/// [`WitnessState::cosign`] has looked at the origin and the book's signature before. The order is
/// that of C2SP tlog-witness, with one refusal of our own for a book that has become shorter.
pub fn decide(held: Option<&Checkpoint>, request: &CosignRequest) -> Result<(), WitnessRefusal> {
    let asked = request.checkpoint.head();
    let empty = TreeHead { size: 0, root: Tree::default().root() };
    let held = held.map_or(empty, Checkpoint::head);
    if request.old > asked.size {
        return Err(WitnessRefusal::Backwards { old: request.old, asked: asked.size });
    }
    if asked.size < held.size {
        return Err(WitnessRefusal::Rollback { held: held.size, asked: asked.size });
    }
    if request.old != held.size {
        return Err(WitnessRefusal::OtherStart { held: held.size, old: request.old });
    }
    if asked.size == 0 && asked.root != empty.root {
        return Err(WitnessRefusal::EmptyRoot(asked.root));
    }
    if asked.size == held.size && asked.root != held.root {
        let TreeHead { size, root } = held;
        return Err(WitnessRefusal::Fork { size, held: root, asked: asked.root });
    }
    verify_consistency(&held, &asked, &request.proof)
        .map_err(|cause| WitnessRefusal::Inconsistent { held: held.size, cause })
}

impl WitnessRefusal {
    /// The status of C2SP tlog-witness. With 409, [`WitnessRefusal::held`] is the body.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            WitnessRefusal::Backwards { .. } => 400,
            WitnessRefusal::NotSigned(_) => 403,
            WitnessRefusal::UnknownOrigin { .. } => 404,
            WitnessRefusal::Rollback { .. } | WitnessRefusal::OtherStart { .. } => 409,
            WitnessRefusal::Fork { .. }
            | WitnessRefusal::Inconsistent { .. }
            | WitnessRefusal::EmptyRoot(_) => 422,
            // The witness's own trouble: the book may ask again later.
            WitnessRefusal::ClockBehind { .. } => 503,
            WitnessRefusal::Cosign(_) => 500,
        }
    }

    /// Whether the request is worth keeping: its book has signed what cannot follow what the
    /// witness has seen. A request that only starts from elsewhere, or is not the book's, is not.
    #[must_use]
    pub fn is_evidence(&self) -> bool {
        match self {
            WitnessRefusal::Rollback { .. }
            | WitnessRefusal::Fork { .. }
            | WitnessRefusal::Inconsistent { .. }
            | WitnessRefusal::EmptyRoot(_) => true,
            WitnessRefusal::Backwards { .. }
            | WitnessRefusal::NotSigned(_)
            | WitnessRefusal::UnknownOrigin { .. }
            | WitnessRefusal::OtherStart { .. }
            | WitnessRefusal::ClockBehind { .. }
            | WitnessRefusal::Cosign(_) => false,
        }
    }

    /// How many records were cosigned last, where the refusal is about just that.
    #[must_use]
    pub fn held(&self) -> Option<u64> {
        match self {
            WitnessRefusal::Rollback { held, .. } | WitnessRefusal::OtherStart { held, .. } => {
                Some(*held)
            }
            WitnessRefusal::Backwards { .. }
            | WitnessRefusal::NotSigned(_)
            | WitnessRefusal::UnknownOrigin { .. }
            | WitnessRefusal::Fork { .. }
            | WitnessRefusal::Inconsistent { .. }
            | WitnessRefusal::EmptyRoot(_)
            | WitnessRefusal::ClockBehind { .. }
            | WitnessRefusal::Cosign(_) => None,
        }
    }
}

impl CosignRequest {
    /// `old` is the size that the witness cosigned last (0: none), `proof` leads from there.
    pub fn new(old: u64, proof: Vec<TreeHash>, note: Note) -> Result<CosignRequest, WitnessError> {
        if proof.len() > PROOF_LINES_MAX {
            return Err(WitnessError::TooMany(proof.len()));
        }
        let checkpoint = note.checkpoint()?;
        Ok(CosignRequest { old, proof, note, checkpoint })
    }

    /// The body of `add-checkpoint`: `old N`, hashes, an empty line, the signed checkpoint.
    pub fn parse(text: &str) -> Result<CosignRequest, WitnessError> {
        let (head, note) = text
            .split_once("\n\n")
            .ok_or(WitnessError::Request("no empty line stands before the checkpoint"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| decimal(line.strip_prefix("old ")?));
        let old = old.ok_or(WitnessError::Request("it does not begin with \"old N\""))?;
        let count = lines.clone().count();
        if count > PROOF_LINES_MAX {
            return Err(WitnessError::TooMany(count));
        }
        let proof = lines.map(TreeHash::parse).collect::<Result<_, _>>()?;
        CosignRequest::new(old, proof, Note::parse(note)?)
    }

    /// Records, of the tree that the proof starts from.
    #[must_use]
    pub fn old(&self) -> u64 {
        self.old
    }

    #[must_use]
    pub fn proof(&self) -> &[TreeHash] {
        &self.proof
    }

    #[must_use]
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// As the note claims it.
    #[must_use]
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

impl WitnessState {
    /// A witness that begins to watch the book of this key and has cosigned nothing yet.
    pub fn new(log: VKey) -> Result<WitnessState, WitnessError> {
        expect_kind(&log, KeyKind::Log)?;
        Origin::parse(log.name().as_str())
            .map_err(|_| WitnessError::State("the key's name is no book's origin"))?;
        Ok(WitnessState { log, earlier: Vec::new(), newest: None })
    }

    /// The book's key has changed (docs/FORMAT.md, section 17). What was cosigned is not forgotten.
    pub fn follow(&self, log: VKey) -> Result<WitnessState, WitnessError> {
        if log.name() != self.log.name() || log == self.log {
            return Err(WitnessError::State("a book's new key has its name, and is another key"));
        }
        let mut next = WitnessState::new(log)?;
        next.earlier.clone_from(&self.earlier);
        next.earlier.push(self.log.clone());
        next.newest.clone_from(&self.newest);
        Ok(next)
    }

    /// Reads what `Display` writes: a header, `log VKEY`, `earlier VKEY` for each key before it, an
    /// empty line, and the newest cosigned note where there is one.
    pub fn parse(text: &str) -> Result<WitnessState, WitnessError> {
        let (head, note) = text
            .split_once("\n\n")
            .ok_or(WitnessError::State("no empty line follows the book's key"))?;
        let log = head
            .strip_prefix(STATE_HEADER)
            .and_then(|rest| rest.strip_prefix("\nlog "))
            .ok_or(WitnessError::State("it does not begin with its header and \"log VKEY\""))?;
        let mut lines = log.split('\n');
        let mut state = WitnessState::new(VKey::parse(lines.next().unwrap_or_default())?)?;
        for line in lines {
            let earlier = line.strip_prefix("earlier ").ok_or(WitnessError::State(
                "a line is neither of the book's key nor of an earlier",
            ))?;
            state.earlier.push(VKey::parse(earlier)?);
        }
        if !note.is_empty() {
            let note = Note::parse(note)?;
            let keys = state.earlier.iter().rev();
            let checkpoint = keys.fold(note.verify_log(&state.log), |found, key| {
                found.or_else(|_| note.verify_log(key))
            })?;
            state.newest = Some((note, checkpoint));
        }
        Ok(state)
    }

    #[must_use]
    pub fn log(&self) -> &VKey {
        &self.log
    }

    /// What was cosigned last.
    #[must_use]
    pub fn newest(&self) -> Option<&Checkpoint> {
        self.newest.as_ref().map(|(_, checkpoint)| checkpoint)
    }

    /// The note that was cosigned last, with the cosignature.
    #[must_use]
    pub fn newest_note(&self) -> Option<&Note> {
        self.newest.as_ref().map(|(note, _)| note)
    }

    /// When this witness has cosigned it.
    #[must_use]
    pub fn newest_time(&self, witness: &VKey) -> Option<Instant> {
        verify_cosignature(self.newest_note()?, witness).ok()
    }

    /// Whether the request's checkpoint has the size of the one that was cosigned last and another
    /// root. That is a fork from wherever the request starts.
    #[must_use]
    pub fn contradicts(&self, request: &CosignRequest) -> bool {
        let asked = request.checkpoint.head();
        self.newest().is_some_and(|held| held.size == asked.size && held.root != asked.root)
    }

    /// The cosignature, and the state that must be on disk before the cosignature leaves.
    pub fn cosign(
        &self,
        request: &CosignRequest,
        key: &NoteKey,
        time: Instant,
    ) -> Result<(WitnessState, NoteSignature), WitnessRefusal> {
        let asked = &request.checkpoint.origin;
        if asked.as_str() != self.log.name().as_str() {
            let held = Origin::parse(self.log.name().as_str()).unwrap_or_else(|_| asked.clone());
            return Err(WitnessRefusal::UnknownOrigin { held, asked: asked.clone() });
        }
        let checkpoint = request.note.verify_log(&self.log).map_err(WitnessRefusal::NotSigned)?;
        decide(self.newest(), request)?;
        // A cosignature that is dated before the last one would deny what this witness has seen.
        if let Some(last) = self.newest_time(&key.vkey()).filter(|last| *last > time) {
            return Err(WitnessRefusal::ClockBehind { now: time, last });
        }
        let line = cosign(&request.note, key, time).map_err(WitnessRefusal::Cosign)?;
        let mut note = request.note.clone();
        note.renew(line.clone()).map_err(WitnessRefusal::Cosign)?;
        let state = WitnessState { newest: Some((note, checkpoint)), ..self.clone() };
        Ok((state, line))
    }
}

impl fmt::Display for CosignRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}

impl FromStr for CosignRequest {
    type Err = WitnessError;
    fn from_str(text: &str) -> Result<CosignRequest, WitnessError> {
        CosignRequest::parse(text)
    }
}

impl fmt::Display for WitnessState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{STATE_HEADER}\nlog {}", self.log)?;
        self.earlier.iter().try_for_each(|key| writeln!(f, "earlier {key}"))?;
        writeln!(f)?;
        self.newest_note().map_or(Ok(()), |note| note.fmt(f))
    }
}

impl FromStr for WitnessState {
    type Err = WitnessError;
    fn from_str(text: &str) -> Result<WitnessState, WitnessError> {
        WitnessState::parse(text)
    }
}

/// What a witness signs of a note.
pub(super) fn cosigned_message(seconds: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {seconds}\n{text}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::key::KeyName;
    use super::super::tree::{consistency_proof, leaf_hash};
    use super::*;

    const ORIGIN: &str = "gh.example.org/branch-017";

    fn key(name: &str, kind: KeyKind, seed: u8) -> NoteKey {
        NoteKey::from_seed(KeyName::parse(name).unwrap(), kind, &[seed; 32])
    }

    fn log() -> NoteKey {
        key(ORIGIN, KeyKind::Log, 7)
    }

    fn witness() -> NoteKey {
        key("audit.example/w1", KeyKind::Witness, 9)
    }

    fn at(seconds: i64) -> Instant {
        Instant::from_unix(seconds).unwrap()
    }

    fn leaves(count: usize) -> Vec<TreeHash> {
        (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    /// The same book, but its first record is another.
    fn rewritten(count: usize) -> Vec<TreeHash> {
        let mut leaves = leaves(count);
        leaves[0] = leaf_hash(b"another");
        leaves
    }

    fn checkpoint(leaves: &[TreeHash]) -> Checkpoint {
        let TreeHead { size, root } = Tree::of(leaves).head();
        Checkpoint { origin: Origin::parse(ORIGIN).unwrap(), size, root }
    }

    fn request(old: u64, leaves: &[TreeHash]) -> CosignRequest {
        let proof = consistency_proof(leaves, old).unwrap_or_default();
        CosignRequest::new(old, proof, checkpoint(leaves).sign(&log()).unwrap()).unwrap()
    }

    fn state_at(count: usize) -> WitnessState {
        let fresh = WitnessState::new(log().vkey()).unwrap();
        fresh.cosign(&request(0, &leaves(count)), &witness(), at(1_772_700_000)).unwrap().0
    }

    fn refusal(state: &WitnessState, request: &CosignRequest) -> (u16, WitnessRefusal) {
        let refusal = state.cosign(request, &witness(), at(1_772_700_100)).unwrap_err();
        (refusal.status(), refusal)
    }

    #[test]
    fn a_witness_cosigns_a_book_that_grows() {
        let mut state = WitnessState::new(log().vkey()).unwrap();
        let mut old = 0;
        for (turn, size) in [3u64, 3, 4, 17, 17, 64].into_iter().enumerate() {
            let request = request(old, &leaves(usize::try_from(size).unwrap()));
            let read = CosignRequest::parse(&request.to_string()).unwrap();
            assert_eq!(read, request);
            let time = at(1_772_700_000 + i64::try_from(turn).unwrap());
            let (next, line) = state.cosign(&read, &witness(), time).unwrap();
            let mut note = request.note().clone();
            note.attach(line).unwrap();
            assert_eq!(verify_cosignature(&note, &witness().vkey()), Ok(time));
            assert_eq!(WitnessState::parse(&next.to_string()), Ok(next.clone()));
            assert_eq!(next.newest(), Some(request.checkpoint()));
            (state, old) = (next, size);
        }
    }

    #[test]
    fn a_book_that_has_become_shorter_is_a_rollback() {
        let state = state_at(5);
        for old in [0, 3] {
            let expected = WitnessRefusal::Rollback { held: 5, asked: 3 };
            assert_eq!(expected.held(), Some(5));
            assert_eq!(refusal(&state, &request(old, &leaves(3))), (409, expected));
        }
        let backwards = WitnessRefusal::Backwards { old: 5, asked: 3 };
        assert_eq!(refusal(&state, &request(5, &leaves(3))), (400, backwards));
    }

    #[test]
    fn a_request_starts_from_what_was_cosigned_last() {
        let other = WitnessRefusal::OtherStart { held: 5, old: 4 };
        assert!(!other.is_evidence());
        assert_eq!(refusal(&state_at(5), &request(4, &leaves(9))), (409, other));
        let none = WitnessState::new(log().vkey()).unwrap();
        let other = WitnessRefusal::OtherStart { held: 0, old: 4 };
        assert_eq!(refusal(&none, &request(4, &leaves(9))), (409, other));
    }

    #[test]
    fn another_root_at_the_same_size_is_a_fork() {
        let fork = WitnessRefusal::Fork {
            size: 5,
            held: checkpoint(&leaves(5)).root,
            asked: checkpoint(&rewritten(5)).root,
        };
        assert!(fork.is_evidence());
        assert_eq!(refusal(&state_at(5), &request(5, &rewritten(5))), (422, fork));
    }

    #[test]
    fn a_fork_contradicts_wherever_its_request_starts() {
        let state = state_at(5);
        assert!(state.contradicts(&request(0, &rewritten(5))));
        assert!(!state.contradicts(&request(0, &leaves(5))));
        assert!(!state.contradicts(&request(0, &rewritten(6))));
        assert!(!WitnessState::new(log().vkey()).unwrap().contradicts(&request(0, &leaves(5))));
    }

    #[test]
    fn a_book_s_new_key_is_followed_and_nothing_is_forgotten() {
        let new = key(ORIGIN, KeyKind::Log, 8);
        let signed_anew = |count| {
            let note = checkpoint(&leaves(count)).sign(&new).unwrap();
            CosignRequest::new(5, consistency_proof(&leaves(count), 5).unwrap(), note).unwrap()
        };
        let state = state_at(5);
        assert_eq!(refusal(&state, &signed_anew(6)).0, 403);
        let state = state.follow(new.vkey()).unwrap();
        assert_eq!(WitnessState::parse(&state.to_string()), Ok(state.clone()));
        assert_eq!(refusal(&state, &request(5, &leaves(6))).0, 403);
        let note = checkpoint(&rewritten(5)).sign(&new).unwrap();
        assert_eq!(refusal(&state, &CosignRequest::new(5, Vec::new(), note).unwrap()).0, 422);
        let (state, _) = state.cosign(&signed_anew(6), &witness(), at(1_772_900_000)).unwrap();
        assert_eq!(state.newest().unwrap().size, 6);
        assert_eq!(WitnessState::parse(&state.to_string()), Ok(state.clone()));
        for other in
            [new.vkey(), key("gh.example.org/other", KeyKind::Log, 9).vkey(), witness().vkey()]
        {
            assert!(state.follow(other).is_err());
        }
    }

    #[test]
    fn no_cosignature_is_dated_before_the_last_one() {
        let state = state_at(5);
        let last = state.newest_time(&witness().vkey()).unwrap();
        let earlier = last.plus_seconds(-1);
        let refusal = state.cosign(&request(5, &leaves(6)), &witness(), earlier).unwrap_err();
        assert_eq!(refusal, WitnessRefusal::ClockBehind { now: earlier, last });
        assert_eq!((refusal.status(), refusal.held()), (503, None));
        state.cosign(&request(5, &leaves(6)), &witness(), last).unwrap();
    }

    #[test]
    fn a_rewritten_book_that_has_grown_is_a_fork() {
        for count in [6, 8, 13] {
            let (status, refusal) = refusal(&state_at(5), &request(5, &rewritten(count)));
            assert_eq!(status, 422);
            assert!(matches!(refusal, WitnessRefusal::Inconsistent { held: 5, .. }), "{refusal}");
        }
        let padded = CosignRequest { proof: leaves(1), ..request(5, &leaves(5)) };
        assert_eq!(refusal(&state_at(5), &padded).0, 422);
        let from_nothing = CosignRequest { proof: leaves(1), ..request(0, &leaves(5)) };
        let none = WitnessState::new(log().vkey()).unwrap();
        assert_eq!(refusal(&none, &from_nothing).0, 422);
    }

    #[test]
    fn an_empty_book_has_one_root() {
        let mut lie = checkpoint(&[]);
        lie.root = leaf_hash(b"");
        let note = lie.sign(&log()).unwrap();
        let request = CosignRequest::new(0, Vec::new(), note).unwrap();
        let fresh = WitnessState::new(log().vkey()).unwrap();
        assert_eq!(refusal(&fresh, &request), (422, WitnessRefusal::EmptyRoot(lie.root)));
        assert_eq!(state_at(0).newest().unwrap().size, 0);
    }

    #[test]
    fn a_checkpoint_of_another_book_or_without_the_books_signature_is_refused() {
        let state = state_at(5);
        let origin = Origin::parse("gh.example.org/branch-018").unwrap();
        let other = Checkpoint { origin: origin.clone(), ..checkpoint(&leaves(6)) };
        let note = other.sign(&key(origin.as_str(), KeyKind::Log, 7)).unwrap();
        let unknown =
            WitnessRefusal::UnknownOrigin { held: Origin::parse(ORIGIN).unwrap(), asked: origin };
        let request = CosignRequest::new(5, Vec::new(), note).unwrap();
        assert_eq!(refusal(&state, &request), (404, unknown));
        let note = checkpoint(&leaves(6)).sign(&key(ORIGIN, KeyKind::Log, 8)).unwrap();
        let request = CosignRequest::new(5, Vec::new(), note).unwrap();
        let not_signed = WitnessRefusal::NotSigned(NoteError::NotSigned(log().name().clone()));
        assert_eq!(refusal(&state, &request), (403, not_signed));
    }

    #[test]
    fn no_bit_of_a_cosignature_can_be_changed() {
        let note = state_at(5).newest_note().unwrap().clone();
        let good = note.to_string();
        let line = note.signatures()[1].clone();
        for bit in 0..line.bytes.len() * 8 {
            let mut bytes = line.bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let changed = NoteSignature { bytes, ..line.clone() };
            let changed = Note::parse(&good.replace(&line.to_string(), &changed.to_string()));
            let error = verify_cosignature(&changed.unwrap(), &witness().vkey()).unwrap_err();
            assert_eq!(error, NoteError::Signature(witness().name().clone()));
        }
    }

    #[test]
    fn a_witness_that_cosigned_twice_counts_with_its_newest_time() {
        let mut note = state_at(5).newest_note().unwrap().clone();
        for time in [1_772_800_000, 1_772_750_000] {
            note.attach(cosign(&note, &witness(), at(time)).unwrap()).unwrap();
        }
        assert_eq!(verify_cosignature(&note, &witness().vkey()), Ok(at(1_772_800_000)));
        let other = key("audit.example/w2", KeyKind::Witness, 9).vkey();
        let not_signed = NoteError::NotSigned(other.name().clone());
        assert_eq!(verify_cosignature(&note, &other), Err(not_signed));
    }

    #[test]
    fn only_a_witness_key_cosigns_and_only_after_1970() {
        let note = checkpoint(&leaves(2)).sign(&log()).unwrap();
        let kind = NoteError::Kind {
            name: log().name().clone(),
            expected: KeyKind::Witness,
            found: KeyKind::Log,
        };
        assert_eq!(cosign(&note, &log(), at(1)), Err(kind.clone()));
        assert_eq!(verify_cosignature(&note, &log().vkey()), Err(kind));
        for time in [0, -1] {
            let error = cosign(&note, &witness(), at(time)).unwrap_err();
            assert_eq!(error, NoteError::Time { name: witness().name().clone(), seconds: 0 });
        }
    }

    #[test]
    fn a_request_in_any_other_form_is_refused() {
        let good = request(5, &leaves(9)).to_string();
        for bad in [
            good.replace("old 5", "old 05"),
            good.replace("old 5", "old -5"),
            good.replace("old 5", "Old 5"),
            good.replace("old 5\n", "\n"),
            good.replace("\n\n", "\n"),
            good.replacen("\n\n", "\n\n\n", 1),
            good.replacen("=\n", "\n", 1),
            good.replace('\n', "\r\n"),
            good.trim_end().to_owned(),
            format!("{good}\n"),
        ] {
            assert!(CosignRequest::parse(&bad).is_err(), "{bad}");
        }
        let (head, note) = good.split_once("\n\n").unwrap();
        let hash = format!("\n{}", leaf_hash(b"more"));
        let long = format!("{head}{}\n\n{note}", hash.repeat(63));
        assert!(matches!(CosignRequest::parse(&long), Err(WitnessError::TooMany(_))));
    }

    #[test]
    fn a_spoiled_state_is_refused() {
        let good = state_at(5).to_string();
        let fresh = WitnessState::new(log().vkey()).unwrap();
        assert_eq!(WitnessState::parse(&fresh.to_string()), Ok(fresh));
        for bad in [
            String::new(),
            good.replace("@v1", "@v2"),
            good.replace("\n5\n", "\n6\n"),
            good.replace("log gh", "log hg"),
            good.replacen("\n\n", "\nlater x\n\n", 1),
            good.trim_end().to_owned(),
        ] {
            assert!(WitnessState::parse(&bad).is_err(), "{bad}");
        }
        assert!(WitnessState::new(witness().vkey()).is_err());
    }
}
