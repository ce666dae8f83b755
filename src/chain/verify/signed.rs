//! Checkpoints and the keys that sign them (docs/FORMAT.md, sections 9 and 12).

use std::collections::BTreeMap;

use super::super::checkpoint::{Note, decimal};
use super::super::key::{KeyKind, VKey};
use super::super::policy::{FUTURE_SECONDS_MAX, Policy};
use super::super::tree::{TreeHash, TreeHead};
use super::super::witness::cosigned_message;
use super::NamedBytes;
use super::finding::{Findings, Place};
use super::form::is_origin;
use super::keys::{self, Keys, Rotation};
use super::kind::{FaultKind, NoteKind};
use super::order::First;
use crate::date::Instant;

/// A checkpoint whose form could be read; nothing of it is believed yet.
pub(super) struct Claimed {
    name: String,
    note: Note,
    origin: String,
    pub(super) head: TreeHead,
}

/// What became of a checkpoint.
pub(super) struct Checked {
    pub(super) size: u64,
    pub(super) is_good: bool,
    /// The witnesses that count, by their name in the policy, with the newest time of each.
    pub(super) cosigners: BTreeMap<String, Instant>,
}

/// Where a bundle keeps its cosigned checkpoints, each under its size.
const SIZED_NAMES: &str = "checkpoints/";

impl Claimed {
    /// `None`, and a fault, where it is no checkpoint.
    pub(super) fn read(file: &NamedBytes, findings: &mut Findings) -> Option<Claimed> {
        let claimed = Self::parse(file);
        if let Err(why) = &claimed {
            let found = format!("{}: {why}", file.name);
            findings.fault_of_book(FaultKind::CheckpointForm, "signed note", found);
        }
        claimed.ok()
    }

    fn parse(file: &NamedBytes) -> Result<Claimed, String> {
        let text = core::str::from_utf8(&file.bytes).map_err(|e| e.to_string())?;
        if let Some(c) = text.chars().find(|c| *c != '\n' && super::json::is_control(*c)) {
            return Err(format!("U+{:04X}", u32::from(c)));
        }
        let note = Note::parse(text).map_err(|e| e.to_string())?;
        let wrong = || note.text().to_owned();
        let mut lines = note.text().strip_suffix('\n').ok_or_else(wrong)?.split('\n');
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(wrong());
        };
        let origin = Some(origin).filter(|origin| is_origin(origin)).ok_or_else(wrong)?.to_owned();
        let size = decimal(size).ok_or_else(wrong)?;
        let root = TreeHash::parse(root).map_err(|e| e.to_string())?;
        match file.name.strip_prefix(SIZED_NAMES) {
            Some(name) if name != size.to_string() => Err(size.to_string()),
            Some(_) | None => {
                let name = file.name.clone();
                Ok(Claimed { name, note, origin, head: TreeHead { size, root } })
            }
        }
    }
}

/// The keys that checkpoints are checked with.
pub(super) struct LogKeys {
    keys: Keys,
    /// One that the records do not name: then all is checked with it alone.
    stranger: Option<VKey>,
    /// From this size on the auditor's key does not vouch for the key in force.
    unproved_from: Option<u64>,
}

impl LogKeys {
    /// The key that a checkpoint of this size is signed with.
    fn at(&self, size: u64) -> Option<&VKey> {
        self.stranger.as_ref().or_else(|| self.keys.in_force(size))
    }

    fn is_trusted(&self, size: u64) -> bool {
        self.unproved_from.is_none_or(|from| size < from)
    }
}

/// Which log keys are used, and whether all that name one agree (sections 12 and 17).
pub(super) fn log_keys(
    policy: Option<&Policy>,
    file: Option<&VKey>,
    first: &First<'_>,
    keys: Keys,
    findings: &mut Findings,
) -> LogKeys {
    let trusted = policy.and_then(|policy| {
        let named = keys::trusted(policy, first.ledger, &keys);
        if named.is_none() {
            let known: Vec<&str> = policy.logs().iter().map(|l| l.key.name().as_str()).collect();
            let place = RECORD_0.filter(|_| first.is_read);
            let found = first.ledger.unwrap_or("-");
            findings.fault_at(place, FaultKind::LogNotInPolicy, known.join(" "), found);
        }
        named
    });
    let named = trusted.or(file);
    let stranger = named.filter(|named| !keys.all().any(|key| key == *named)).cloned();
    let Some(newest) = stranger.as_ref().or_else(|| keys.newest()).cloned() else {
        findings.note(None, NoteKind::LogKeyMissing, "log.vkey", "-");
        return LogKeys { keys, stranger, unproved_from: None };
    };
    if let Some(file) = file.filter(|file| **file != newest) {
        let found = format!("log.vkey: {file}");
        findings.fault_of_book(FaultKind::LogKeyDiffers, newest.to_string(), found);
    }
    if let Some((stranger, of_book)) = stranger.as_ref().zip(keys.newest()) {
        let (expected, found) = (stranger.to_string(), of_book.to_string());
        findings.fault_at(RECORD_0, FaultKind::LogKeyDiffers, expected, found);
    }
    let unproved = trusted.filter(|_| stranger.is_none());
    let unproved = unproved.and_then(|trusted| keys.unproved_after(trusted)).map(Rotation::place);
    if let Some((place, trusted)) = unproved.zip(trusted) {
        let found = newest.to_string();
        findings.note(Some(place), NoteKind::LogKeyUnproved, trusted.to_string(), found);
    }
    let unproved_from = unproved.map(|place| place.saturating_add(1));
    LogKeys { keys, stranger, unproved_from }
}

/// `log.vkey`: one vkey and a line feed.
pub(super) fn log_key_file(bytes: &[u8], findings: &mut Findings) -> Option<VKey> {
    let text = core::str::from_utf8(bytes).ok().and_then(|text| text.strip_suffix('\n'));
    let key = text.and_then(|text| VKey::parse(text).ok());
    let key = key.filter(|key| key.kind() == KeyKind::Log);
    if key.is_none() {
        let found = format!("log.vkey: {}", String::from_utf8_lossy(bytes));
        findings.fault_of_book(FaultKind::VkeyInvalid, "name+id+key LF", found);
    }
    key
}

/// The key that record 0 names.
pub(super) fn log_key_of_book(text: &str, findings: &mut Findings) -> Option<VKey> {
    match VKey::parse(text) {
        Ok(key) if key.kind() == KeyKind::Log => Some(key),
        Ok(key) => {
            findings.fault_at(RECORD_0, FaultKind::VkeyInvalid, "0x01", key.to_string());
            None
        }
        Err(error) => {
            let found = error.to_string();
            findings.fault_at(RECORD_0, FaultKind::VkeyInvalid, "name+id+key", found);
            None
        }
    }
}

const RECORD_0: Option<Place> = Some(Place { record: 0, byte: 0 });

/// All that one checkpoint is held against.
pub(super) struct Against<'a> {
    pub(super) keys: &'a LogKeys,
    pub(super) origin: Option<&'a str>,
    /// The root at each size that a checkpoint claims, as far as there are records.
    pub(super) roots: &'a BTreeMap<u64, TreeHash>,
    pub(super) records: u64,
    pub(super) policy: Option<&'a Policy>,
    pub(super) now: Instant,
}

/// Each checkpoint by itself, and then against the others.
pub(super) fn check_all(
    claimed: &[Claimed],
    against: &Against<'_>,
    findings: &mut Findings,
) -> Vec<Checked> {
    // Size → the first root that the log key has signed.
    let mut signed: BTreeMap<u64, &Claimed> = BTreeMap::new();
    let mut forked = Vec::new();
    let mut checked = Vec::new();
    for checkpoint in claimed {
        let before = findings.count();
        let is_signed = against.check_log(checkpoint, findings);
        against.check_records(checkpoint, findings);
        let mut cosigners = against.cosigners(checkpoint, findings);
        let TreeHead { size, root } = checkpoint.head;
        if !against.keys.is_trusted(size) {
            cosigners.clear();
        }
        if is_signed {
            let first = *signed.entry(size).or_insert(checkpoint);
            if first.head.root != root {
                let expected = format!("{}: {}", first.name, first.head.root);
                let found = format!("{}: {root}", checkpoint.name);
                findings.fault_of_book(FaultKind::LogFork, expected, found);
                forked.push(size);
            }
        }
        checked.push(Checked { size, is_good: findings.count() == before, cosigners });
    }
    for one in checked.iter_mut().filter(|one| forked.contains(&one.size)) {
        one.is_good = false;
    }
    checked
}

impl Against<'_> {
    /// Whether the log key has signed it.
    fn check_log(&self, claimed: &Claimed, findings: &mut Findings) -> bool {
        let Claimed { name, note, origin, .. } = claimed;
        let key = self.keys.at(claimed.head.size);
        let expected = key.map(|key| key.name().as_str()).or(self.origin);
        if let Some(expected) = expected.filter(|expected| expected != origin) {
            let found = format!("{name}: {origin}");
            findings.fault_of_book(FaultKind::CheckpointOriginWrong, expected, found);
        }
        let Some(key) = key else { return false };
        let mut lines = note.signatures_of(key).peekable();
        if lines.peek().is_none() {
            let found = format!("{name}: -");
            findings.fault_of_book(FaultKind::CheckpointUnsigned, key.to_string(), found);
            return false;
        }
        let verifies = lines.all(|line| key.verifies(note.text().as_bytes(), &line.bytes));
        if !verifies {
            findings.fault_of_book(FaultKind::LogSignatureWrong, key.to_string(), name);
        }
        verifies
    }

    fn check_records(&self, claimed: &Claimed, findings: &mut Findings) {
        let Claimed { name, head: TreeHead { size, root }, .. } = claimed;
        if *size > self.records {
            let found = format!("{name}: {}", self.records);
            findings.fault_of_book(FaultKind::TailCut, format!("≥ {size}"), found);
        } else if let Some(found) = self.roots.get(size).filter(|found| *found != root) {
            let found = format!("{name}: {size}: {found}");
            findings.fault_of_book(FaultKind::RootWrong, root.to_string(), found);
        }
    }

    fn cosigners(&self, claimed: &Claimed, findings: &mut Findings) -> BTreeMap<String, Instant> {
        let mut cosigners = BTreeMap::new();
        let Some(policy) = self.policy else { return cosigners };
        let Claimed { name, note, .. } = claimed;
        for witness in policy.witnesses() {
            for line in note.signatures_of(&witness.key) {
                let Some(time) = cosigned_at(&witness.key, note.text(), &line.bytes) else {
                    let (expected, found) = (witness.key.to_string(), format!("{name}: {line}"));
                    findings.fault_of_book(FaultKind::CosignatureWrong, expected, found);
                    continue;
                };
                let latest = self.now.unix().saturating_add(FUTURE_SECONDS_MAX);
                let time = Instant::from_unix(time).filter(|time| time.unix() <= latest);
                let Some(time) = time else {
                    let found = format!("{name}: {} > {latest}", witness.name);
                    findings.note(None, NoteKind::CosignatureInFuture, self.now.to_string(), found);
                    continue;
                };
                if policy.reaches(&witness.name) {
                    let newest = cosigners.entry(witness.name.clone()).or_insert(time);
                    *newest = time.max(*newest);
                }
            }
        }
        cosigners
    }
}

/// Seconds after 1970, where the cosignature is the witness's own over this text and this time.
fn cosigned_at(key: &VKey, text: &str, bytes: &[u8]) -> Option<i64> {
    let (seconds, signature) = bytes.split_first_chunk::<8>()?;
    let seconds = u64::from_be_bytes(*seconds);
    let time = i64::try_from(seconds).ok()?;
    key.verifies(&cosigned_message(seconds, text), signature).then_some(time)
}
