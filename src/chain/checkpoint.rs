//! Checkpoints 检查点: how large a book is and its root, signed by the book's own key.
//!
//! The text is C2SP tlog-checkpoint, its armour C2SP signed-note.

use core::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::{KeyError, KeyId, KeyKind, KeyName, NoteKey, VKey};
use super::record::Origin;
use super::tree::{TreeHash, TreeHead};

/// More signatures than any quorum needs; C2SP signed-note asks for 16 at the least.
pub const SIGNATURES_MAX: usize = 64;

/// The longest note that is read, bytes; above it nothing is looked at.
pub const NOTE_BYTES_MAX: usize = 1_000_000;

/// Why a text is not a note or a checkpoint, or why a signature does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    #[error("not a signed note: {0}")]
    Form(&'static str),
    #[error("a note has at most 1000000 bytes, and this one has {0}")]
    TooLong(usize),
    #[error("a note has at most 64 signatures, and this one has {0}")]
    TooMany(usize),
    #[error("not a signature line, which is \"— NAME BASE64\": {0:?}")]
    Line(String),
    #[error(transparent)]
    Name(#[from] KeyError),
    #[error("not a checkpoint, which is three lines, origin, size and root: {0:?}")]
    Checkpoint(String),
    #[error("a {expected} key is needed here, and {name} is a {found} key")]
    Kind { name: KeyName, expected: KeyKind, found: KeyKind },
    #[error("the key is of {key}, and the checkpoint of {origin}")]
    Origin { key: KeyName, origin: Origin },
    #[error("{0} has not signed this checkpoint")]
    NotSigned(KeyName),
    #[error("a signature in the name of {0} is not of its key over this text")]
    Signature(KeyName),
    #[error("a cosignature of {name} carries no possible time: {seconds} seconds")]
    Time { name: KeyName, seconds: u64 },
    #[error("a cosignature of {name} is of {seconds} seconds from now")]
    Future { name: KeyName, seconds: i64 },
}

/// How large a book is and its root: what a log key signs and a witness cosigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: Origin,
    /// Records, which are leaves.
    pub size: u64,
    pub root: TreeHash,
}

/// One line below a note's text; who signed and the raw bytes, not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    pub name: KeyName,
    pub key_id: KeyId,
    /// 64 bytes for a log's signature; 8 of time and 64 for a cosignature.
    pub bytes: Vec<u8>,
}

/// A text and at least one signature, well formed but not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl Checkpoint {
    /// Three lines, each with its newline; no extension lines, since no monitor could audit them.
    pub fn parse(text: &str) -> Result<Checkpoint, NoteError> {
        let wrong = || NoteError::Checkpoint(text.to_owned());
        let mut lines = text.strip_suffix('\n').ok_or_else(wrong)?.split('\n');
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(wrong());
        };
        Ok(Checkpoint {
            origin: Origin::parse(origin).map_err(|_| wrong())?,
            size: decimal(size).ok_or_else(wrong)?,
            root: TreeHash::parse(root).map_err(|_| wrong())?,
        })
    }

    #[must_use]
    pub fn head(&self) -> TreeHead {
        TreeHead { size: self.size, root: self.root }
    }

    /// The note that the book's own key makes of it. The key is a log key in the origin's name.
    pub fn sign(&self, key: &NoteKey) -> Result<Note, NoteError> {
        expect_log_of(self, &key.vkey())?;
        Ok(Note::signed(self.to_string(), key))
    }
}

impl NoteSignature {
    /// One line without its newline: em dash, space, name, space, base64 of key id and signature.
    pub fn parse(line: &str) -> Result<NoteSignature, NoteError> {
        let wrong = || NoteError::Line(line.to_owned());
        let (name, bytes) =
            line.strip_prefix("— ").and_then(|rest| rest.split_once(' ')).ok_or_else(wrong)?;
        let bytes = STANDARD.decode(bytes).map_err(|_| wrong())?;
        match bytes.split_first_chunk::<4>() {
            Some((id, bytes)) if !bytes.is_empty() => Ok(NoteSignature {
                name: KeyName::parse(name)?,
                key_id: KeyId::from(*id),
                bytes: bytes.to_vec(),
            }),
            Some(_) | None => Err(wrong()),
        }
    }
}

impl Note {
    /// A text, an empty line and 1 to 64 signature lines; the last empty line divides them, and no
    /// control character but the newline stands anywhere.
    pub fn parse(note: &str) -> Result<Note, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::TooLong(note.len()));
        }
        if note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(NoteError::Form("a control character stands in it"));
        }
        let (text, signatures) = note
            .rsplit_once("\n\n")
            .ok_or(NoteError::Form("no empty line divides the text from the signatures"))?;
        let lines =
            signatures.strip_suffix('\n').ok_or(NoteError::Form("the last line has no end"))?;
        let count = lines.split('\n').count();
        if count > SIGNATURES_MAX {
            return Err(NoteError::TooMany(count));
        }
        let signatures = lines.split('\n').map(NoteSignature::parse).collect::<Result<_, _>>()?;
        Ok(Note { text: format!("{text}\n"), signatures })
    }

    /// What is signed, with the newline at its end.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// A text with the signature of this key under it.
    pub(super) fn signed(text: String, key: &NoteKey) -> Note {
        let (name, key_id) = (key.name().clone(), key.vkey().id());
        let bytes = key.sign(text.as_bytes()).to_vec();
        Note { text, signatures: vec![NoteSignature { name, key_id, bytes }] }
    }

    /// The checkpoint that the text claims; nothing is verified.
    pub fn checkpoint(&self) -> Result<Checkpoint, NoteError> {
        Checkpoint::parse(&self.text)
    }

    /// Adds a signature below the others, unless the very same one stands there.
    pub fn attach(&mut self, signature: NoteSignature) -> Result<(), NoteError> {
        if self.signatures.contains(&signature) {
            return Ok(());
        }
        if self.signatures.len() >= SIGNATURES_MAX {
            return Err(NoteError::TooMany(self.signatures.len().saturating_add(1)));
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// The same note with one line a key, the newest: whoever cosigned again is asked of once, and
    /// some readers refuse a key that stands there twice.
    #[must_use]
    pub fn newest_of_each_key(&self) -> Note {
        let is_newest = |line: &&NoteSignature| {
            let same =
                |other: &&NoteSignature| other.name == line.name && other.key_id == line.key_id;
            // A cosignature begins with its time, the highest byte first.
            self.signatures.iter().filter(same).all(|other| other.bytes <= line.bytes)
        };
        let signatures = self.signatures.iter().filter(is_newest).cloned().collect();
        Note { text: self.text.clone(), signatures }
    }

    /// The lines that stand here beside those of another note of the same text; none, if it is of
    /// another text.
    #[must_use]
    pub fn beside(&self, other: &Note) -> Vec<NoteSignature> {
        let is_same = self.text == other.text;
        let lines =
            self.signatures.iter().filter(|line| is_same && !other.signatures.contains(line));
        lines.cloned().collect()
    }

    /// The same text with the lines of this name alone; `None` where there are none.
    #[must_use]
    pub fn signed_by(&self, name: &KeyName) -> Option<Note> {
        let lines = self.signatures.iter().filter(|line| line.name == *name);
        let signatures: Vec<NoteSignature> = lines.cloned().collect();
        (!signatures.is_empty()).then(|| Note { text: self.text.clone(), signatures })
    }

    /// The same text with this line alone, so that it can be verified by itself.
    #[must_use]
    pub fn with_only(&self, signature: NoteSignature) -> Note {
        Note { text: self.text.clone(), signatures: vec![signature] }
    }

    /// Puts a cosignature in the place of what the same key has said of this text before: a witness
    /// counts once, with its newest time, so a book that rests keeps one line a witness.
    pub fn renew(&mut self, signature: NoteSignature) -> Result<(), NoteError> {
        let same =
            |line: &NoteSignature| line.name == signature.name && line.key_id == signature.key_id;
        self.signatures.retain(|line| !same(line));
        self.attach(signature)
    }

    /// The checkpoint, if this log key has signed it and the key's name is the checkpoint's origin.
    /// One false signature in the key's name spoils the note (C2SP signed-note, signatures).
    pub fn verify_log(&self, key: &VKey) -> Result<Checkpoint, NoteError> {
        let checkpoint = self.checkpoint()?;
        expect_log_of(&checkpoint, key)?;
        let mut signed = false;
        for signature in self.signatures_of(key) {
            if !key.verifies(self.text.as_bytes(), &signature.bytes) {
                return Err(NoteError::Signature(key.name().clone()));
            }
            signed = true;
        }
        if signed { Ok(checkpoint) } else { Err(NoteError::NotSigned(key.name().clone())) }
    }

    /// The lines that claim to be of this key: same name and same id.
    pub(super) fn signatures_of<'a>(
        &'a self,
        key: &'a VKey,
    ) -> impl Iterator<Item = &'a NoteSignature> {
        let id = key.id();
        self.signatures.iter().filter(move |line| line.name == *key.name() && line.key_id == id)
    }
}

/// A decimal number in its one form: no sign, no leading zero.
pub(super) fn decimal(text: &str) -> Option<u64> {
    text.parse::<u64>().ok().filter(|number| number.to_string() == text)
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)
    }
}

impl FromStr for Checkpoint {
    type Err = NoteError;
    fn from_str(text: &str) -> Result<Checkpoint, NoteError> {
        Checkpoint::parse(text)
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.key_id.as_bytes().as_slice(), &self.bytes].concat();
        write!(f, "— {} {}", self.name, STANDARD.encode(bytes))
    }
}

impl FromStr for NoteSignature {
    type Err = NoteError;
    fn from_str(line: &str) -> Result<NoteSignature, NoteError> {
        NoteSignature::parse(line)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl FromStr for Note {
    type Err = NoteError;
    fn from_str(text: &str) -> Result<Note, NoteError> {
        Note::parse(text)
    }
}

fn expect_log_of(checkpoint: &Checkpoint, key: &VKey) -> Result<(), NoteError> {
    expect_kind(key, KeyKind::Log)?;
    if key.name().as_str() == checkpoint.origin.as_str() {
        Ok(())
    } else {
        let (key, origin) = (key.name().clone(), checkpoint.origin.clone());
        Err(NoteError::Origin { key, origin })
    }
}

pub(super) fn expect_kind(key: &VKey, expected: KeyKind) -> Result<(), NoteError> {
    if key.kind() == expected {
        Ok(())
    } else {
        Err(NoteError::Kind { name: key.name().clone(), expected, found: key.kind() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Tree, leaf_hash};
    use super::*;

    const ORIGIN: &str = "gh.example.org/branch-017";

    fn key(name: &str, kind: KeyKind, seed: u8) -> NoteKey {
        NoteKey::from_seed(KeyName::parse(name).unwrap(), kind, &[seed; 32])
    }

    fn checkpoint() -> Checkpoint {
        let TreeHead { size, root } = Tree::of(&[leaf_hash(b"a"), leaf_hash(b"b")]).head();
        Checkpoint { origin: Origin::parse(ORIGIN).unwrap(), size, root }
    }

    fn note() -> Note {
        checkpoint().sign(&key(ORIGIN, KeyKind::Log, 7)).unwrap()
    }

    #[test]
    fn a_checkpoint_has_three_lines_and_one_form() {
        let text = checkpoint().to_string();
        assert_eq!(Checkpoint::parse(&text), Ok(checkpoint()));
        for bad in [
            text.trim_end().to_owned(),
            format!("{text}\n"),
            format!("{text}extension\n"),
            text.replace("\n2\n", "\n02\n"),
            text.replace("\n2\n", "\n+2\n"),
            text.replace("\n2\n", "\n-2\n"),
            text.replace("\n2\n", "\n18446744073709551616\n"),
            text.replace("\n2\n", "\n\n"),
            text.replace("=\n", "\n"),
            text.replace("gh.", "g h."),
            text.replace('\n', "\r\n"),
            String::new(),
        ] {
            assert_eq!(Checkpoint::parse(&bad), Err(NoteError::Checkpoint(bad.clone())));
        }
    }

    #[test]
    fn of_a_key_that_signed_again_the_newest_line_is_kept() {
        let mut note = note();
        let line = |name: &str, seconds: u64| NoteSignature {
            name: KeyName::parse(name).unwrap(),
            key_id: KeyId::from([1, 2, 3, 4]),
            bytes: [&seconds.to_be_bytes()[..], &[7; 64]].concat(),
        };
        for (name, seconds) in [("w1", 255), ("w2", 9), ("w1", 256), ("w1", 254)] {
            note.attach(line(name, seconds)).unwrap();
        }
        let kept = note.newest_of_each_key();
        assert_eq!(kept.text(), note.text());
        let log = note.signatures()[0].clone();
        assert_eq!(kept.signatures(), [log, line("w2", 9), line("w1", 256)]);
    }

    #[test]
    fn a_signed_checkpoint_is_read_back_and_verified() {
        let vkey = key(ORIGIN, KeyKind::Log, 7).vkey();
        let read = Note::parse(&note().to_string()).unwrap();
        assert_eq!(read, note());
        assert_eq!(read.verify_log(&vkey), Ok(checkpoint()));
    }

    #[test]
    fn no_byte_of_a_signed_checkpoint_can_be_changed() {
        let vkey = key(ORIGIN, KeyKind::Log, 7).vkey();
        let good = note().to_string();
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bytes = good.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let Ok(text) = String::from_utf8(bytes) else { continue };
                let verified = Note::parse(&text).and_then(|note| note.verify_log(&vkey));
                assert!(verified.is_err(), "byte {at}, bit {bit}: {text}");
            }
        }
    }

    #[test]
    fn a_note_in_any_other_form_is_refused() {
        let good = note().to_string();
        let line = good.lines().last().unwrap();
        for (bad, why) in [
            (good.replace("\n\n", "\n"), "no empty line divides the text from the signatures"),
            (good.trim_end().to_owned(), "the last line has no end"),
            (good.replace('\n', "\r\n"), "a control character stands in it"),
            (good.replace("gh", "g\0h"), "a control character stands in it"),
        ] {
            assert_eq!(Note::parse(&bad), Err(NoteError::Form(why)));
        }
        for bad in ["—", "- a AAAAAAA=", "— a", "— a AAAAAA==", "— a AAAAAAA", "— a  AAAAAAA="]
        {
            let text = good.replace(line, bad);
            assert_eq!(Note::parse(&text), Err(NoteError::Line(bad.to_owned())), "{bad}");
        }
        let many = format!("{}{}", good, format!("{line}\n").repeat(64));
        assert_eq!(Note::parse(&many), Err(NoteError::TooMany(65)));
        let long = format!("{}{good}", "x\n".repeat(500_000));
        assert_eq!(Note::parse(&long), Err(NoteError::TooLong(long.len())));
        assert!(Note::parse(&good.replace("— gh", "— g+h")).is_err());
    }

    #[test]
    fn the_right_key_with_another_origin_does_not_verify() {
        let other = key("gh.example.org/branch-018", KeyKind::Log, 7);
        let origin =
            NoteError::Origin { key: other.name().clone(), origin: Origin::parse(ORIGIN).unwrap() };
        assert_eq!(checkpoint().sign(&other), Err(origin.clone()));
        assert_eq!(note().verify_log(&other.vkey()), Err(origin));
    }

    #[test]
    fn another_key_in_the_same_name_has_not_signed() {
        let other = key(ORIGIN, KeyKind::Log, 8).vkey();
        assert_eq!(note().verify_log(&other), Err(NoteError::NotSigned(other.name().clone())));
        let witness = key(ORIGIN, KeyKind::Witness, 7);
        let kind = NoteError::Kind {
            name: witness.name().clone(),
            expected: KeyKind::Log,
            found: KeyKind::Witness,
        };
        assert_eq!(checkpoint().sign(&witness), Err(kind.clone()));
        assert_eq!(note().verify_log(&witness.vkey()), Err(kind));
    }

    #[test]
    fn unknown_signatures_are_ignored_and_a_false_one_of_a_known_key_is_not() {
        let vkey = key(ORIGIN, KeyKind::Log, 7).vkey();
        let mut note = note();
        let mut stranger = note.signatures()[0].clone();
        stranger.key_id = KeyId::from([0; 4]);
        note.attach(stranger).unwrap();
        assert_eq!(note.verify_log(&vkey), Ok(checkpoint()));
        let mut falsified = note.signatures()[0].clone();
        falsified.bytes[0] ^= 1;
        note.attach(falsified).unwrap();
        assert_eq!(note.verify_log(&vkey), Err(NoteError::Signature(vkey.name().clone())));
    }

    #[test]
    fn the_same_signature_is_attached_once_and_never_more_than_64() {
        let mut note = note();
        let line = note.signatures()[0].clone();
        note.attach(line.clone()).unwrap();
        assert_eq!(note.signatures().len(), 1);
        for n in 1..64 {
            note.attach(NoteSignature { bytes: vec![n], ..line.clone() }).unwrap();
        }
        let one_more = note.attach(NoteSignature { bytes: vec![64], ..line });
        assert_eq!(one_more, Err(NoteError::TooMany(65)));
    }
}
