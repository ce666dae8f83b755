//! The trust file 信任策略: whose signatures an auditor believes, and how many are enough.
//!
//! The text is C2SP tlog-policy. The auditor keeps it; it is never read from what is audited.

use core::fmt;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use super::checkpoint::{Checkpoint, Note, NoteError};
use super::key::{KeyError, KeyKind, VKey};
use super::witness::verify_cosignature;
use crate::date::Instant;

/// How far ahead of ours a witness's clock may be, seconds: a day, so that a clock with a wrong zone
/// does no harm. A time beyond it would keep a stale checkpoint fresh (docs/FORMAT.md, section 12).
pub const FUTURE_SECONDS_MAX: i64 = 86_400;

/// The name that stands for "no cosignature is needed".
const NONE: &str = "none";

/// What is wrong with one line of a policy; line 0 is the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct PolicyError {
    /// Counted from 1.
    pub line: usize,
    pub fault: PolicyFault,
}

/// Every fault of a policy, one a line when printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyErrors(pub Vec<PolicyError>);

/// The rule of C2SP tlog-policy that a line breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    #[error("a control character stands in it")]
    Control,
    #[error("the last line has no newline")]
    Unfinished,
    #[error("a line begins with log, witness, group or quorum, and this one with {0:?}")]
    Keyword(String),
    #[error("{form:?} was expected, and {found} words follow the first")]
    Words { form: &'static str, found: usize },
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("a {expected} key is needed here, and this is a {found} key")]
    Kind { expected: KeyKind, found: KeyKind },
    #[error("the same key stands on line {0} already")]
    SameKey(usize),
    #[error("the name {0:?} is taken")]
    NameTaken(String),
    #[error("no witness or group named {0:?} is defined above")]
    NotDefined(String),
    #[error("{0:?} is a member of another group already, or twice of this one")]
    MemberTwice(String),
    #[error("any, all or a number from 1 to {members} was expected, and {found:?} was found")]
    Threshold { members: usize, found: String },
    #[error("the quorum is set on line {0} already")]
    QuorumTwice(usize),
    #[error("there is no quorum line")]
    NoQuorum,
}

/// Logs, witnesses, groups of witnesses, and the quorum that makes a checkpoint count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    quorum: Quorum,
}

/// A book whose checkpoints are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Its name is the book's origin.
    pub key: VKey,
    pub url: Option<String>,
}

/// A witness under the name that the policy gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    pub name: String,
    pub key: VKey,
    pub url: Option<String>,
}

/// What a policy says of one note, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether a key of the policy whose name is the checkpoint's origin has signed.
    pub log_signed: bool,
    /// The checkpoint, where `log_signed`.
    pub checkpoint: Option<Checkpoint>,
    /// Each witness that the quorum reaches and whose cosignature holds, once, in the policy's order, with its newest time.
    pub cosigners: Vec<(String, Instant)>,
    /// Signatures in the name of known keys that do not hold. They count for nothing, and C2SP
    /// signed-note advises to reject such a note altogether.
    pub refused: Vec<NoteError>,
    pub quorum_met: bool,
    /// The newest time among the cosigners.
    pub newest: Option<Instant>,
    /// Whether those whose cosignature is not older than asked are a quorum by themselves: one
    /// that cosigns again does not keep the others' word alive. Never without any cosignature.
    pub fresh: bool,
}

/// A group: so many of its members must have witnessed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    name: String,
    threshold: usize,
    members: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Quorum {
    None,
    Named(String),
}

impl Policy {
    /// Reads a policy and reports every fault in it, in the order of its lines. The same key under
    /// two names is refused, so that nobody counts twice (C2SP tlog-policy, defining a witness).
    pub fn parse(text: &str) -> Result<Policy, PolicyErrors> {
        let mut reader = Reader::default();
        for (at, line) in text.split('\n').enumerate() {
            reader.line = at.saturating_add(1);
            if let Err(fault) = reader.read(line) {
                reader.errors.push(PolicyError { line: reader.line, fault });
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            reader.errors.push(PolicyError { line: reader.line, fault: PolicyFault::Unfinished });
        }
        reader.finish()
    }

    #[must_use]
    pub fn logs(&self) -> &[Log] {
        &self.logs
    }

    #[must_use]
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// Whether any cosignature is asked for at all: `quorum none` asks for none.
    #[must_use]
    pub fn needs_witnesses(&self) -> bool {
        self.quorum != Quorum::None
    }

    /// Judges a note at a time; `max_age_seconds` is how old a cosignature may be.
    #[must_use]
    pub fn judge(&self, note: &Note, now: Instant, max_age_seconds: u64) -> Judgement {
        let mut refused = Vec::new();
        let checkpoint = self.signed_by_log(note, &mut refused);
        let cosigners = self.cosigners(note, now, &mut refused);
        // A text that is no checkpoint is refused by every key alike.
        refused.dedup();
        let newest = cosigners.iter().map(|(_, time)| *time).max();
        let age_max = i64::try_from(max_age_seconds).unwrap_or(i64::MAX);
        let lately = cosigners.iter().filter(|(_, time)| seconds_between(*time, now) <= age_max);
        let fresh = newest.is_some() && self.is_met_by(lately.map(|(name, _)| name.as_str()));
        Judgement {
            log_signed: checkpoint.is_some(),
            checkpoint,
            quorum_met: self.is_met_by(cosigners.iter().map(|(name, _)| name.as_str())),
            cosigners,
            refused,
            newest,
            fresh,
        }
    }

    fn signed_by_log(&self, note: &Note, refused: &mut Vec<NoteError>) -> Option<Checkpoint> {
        let mut signed = None;
        for log in &self.logs {
            match note.verify_log(&log.key) {
                Ok(checkpoint) => signed = Some(checkpoint),
                Err(NoteError::NotSigned(_) | NoteError::Origin { .. }) => {}
                Err(error) => refused.push(error),
            }
        }
        signed
    }

    fn cosigners(
        &self,
        note: &Note,
        now: Instant,
        refused: &mut Vec<NoteError>,
    ) -> Vec<(String, Instant)> {
        let mut cosigners = Vec::new();
        for witness in &self.witnesses {
            match verify_cosignature(note, &witness.key) {
                Ok(time) => {
                    let seconds = seconds_between(now, time);
                    if seconds > FUTURE_SECONDS_MAX {
                        let name = witness.key.name().clone();
                        refused.push(NoteError::Future { name, seconds });
                    } else if self.reaches(&witness.name) {
                        cosigners.push((witness.name.clone(), time));
                    }
                }
                Err(NoteError::NotSigned(_)) => {}
                Err(error) => refused.push(error),
            }
        }
        cosigners
    }

    /// Whether the witness of this name can make a difference: the quorum is it, or is a group that
    /// it belongs to, through groups.
    #[must_use]
    pub fn reaches(&self, name: &str) -> bool {
        let mut reached: BTreeSet<&str> = match &self.quorum {
            Quorum::None => return false,
            Quorum::Named(name) => BTreeSet::from([name.as_str()]),
        };
        // A group is defined after its members, so one pass from the last to the first is enough.
        for group in self.groups.iter().rev() {
            if reached.contains(group.name.as_str()) {
                reached.extend(group.members.iter().map(String::as_str));
            }
        }
        reached.contains(name)
    }

    /// Whether these witnesses are a quorum. Under `quorum none` everybody is.
    #[must_use]
    pub fn is_met_by<'a>(&'a self, witnesses: impl IntoIterator<Item = &'a str>) -> bool {
        let mut met: BTreeSet<&str> = witnesses.into_iter().collect();
        // A group names only what is defined above it, so one pass in order is enough.
        for group in &self.groups {
            let count = group.members.iter().filter(|m| met.contains(m.as_str())).count();
            if count >= group.threshold {
                met.insert(&group.name);
            }
        }
        match &self.quorum {
            Quorum::None => true,
            Quorum::Named(name) => met.contains(name.as_str()),
        }
    }
}

impl Judgement {
    /// Whether the checkpoint is verified and witnessed: signed by its book, cosigned by a quorum
    /// of somebody, lately, and with no false signature in a known name. Under `quorum none` a
    /// note without cosigners is never that.
    #[must_use]
    pub fn is_witnessed(&self) -> bool {
        self.log_signed && self.quorum_met && self.fresh && self.refused.is_empty()
    }
}

impl FromStr for Policy {
    type Err = PolicyErrors;
    fn from_str(text: &str) -> Result<Policy, PolicyErrors> {
        Policy::parse(text)
    }
}

impl std::error::Error for PolicyErrors {}

impl fmt::Display for PolicyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

/// What has been read so far, and where each key and name was first seen.
#[derive(Default)]
struct Reader {
    line: usize,
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    quorum: Option<(usize, Quorum)>,
    log_keys: BTreeMap<[u8; 32], usize>,
    witness_keys: BTreeMap<[u8; 32], usize>,
    names: BTreeSet<String>,
    members: BTreeSet<String>,
    errors: Vec<PolicyError>,
}

impl Reader {
    fn read(&mut self, line: &str) -> Result<(), PolicyFault> {
        if line.chars().any(|c| c.is_ascii_control() && c != '\t') {
            return Err(PolicyFault::Control);
        }
        // Spaces and tabs only: a space of Unicode's belongs to the name it stands in.
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        let Some((keyword, words)) = words.split_first() else {
            return Ok(());
        };
        match *keyword {
            comment if comment.starts_with('#') => Ok(()),
            "log" => self.log(words),
            "witness" => self.witness(words),
            "group" => self.group(words),
            "quorum" => self.quorum(words),
            other => Err(PolicyFault::Keyword(other.to_owned())),
        }
    }

    fn log(&mut self, words: &[&str]) -> Result<(), PolicyFault> {
        let (vkey, url) = match words {
            [vkey] => (vkey, None),
            [vkey, url] => (vkey, Some((*url).to_owned())),
            _ => return Err(wrong_words("log VKEY [URL]", words)),
        };
        let key = key_of(vkey, KeyKind::Log)?;
        self.new_key(&key)?;
        self.log_keys.insert(*key.public_bytes(), self.line);
        self.logs.push(Log { key, url });
        Ok(())
    }

    fn witness(&mut self, words: &[&str]) -> Result<(), PolicyFault> {
        let (name, vkey, url) = match words {
            [name, vkey] => (name, vkey, None),
            [name, vkey, url] => (name, vkey, Some((*url).to_owned())),
            _ => return Err(wrong_words("witness NAME VKEY [URL]", words)),
        };
        // The name first: a bad key must not be reported again wherever its name is used.
        let name = self.new_name(name)?;
        let key = key_of(vkey, KeyKind::Witness)?;
        self.new_key(&key)?;
        self.witness_keys.insert(*key.public_bytes(), self.line);
        self.witnesses.push(Witness { name, key, url });
        Ok(())
    }

    fn group(&mut self, words: &[&str]) -> Result<(), PolicyFault> {
        let [name, threshold, members @ ..] = words else {
            return Err(wrong_words("group NAME any|all|N MEMBER...", words));
        };
        if members.is_empty() {
            return Err(wrong_words("group NAME any|all|N MEMBER...", words));
        }
        for (at, member) in members.iter().enumerate() {
            if !self.names.contains(*member) {
                return Err(PolicyFault::NotDefined((*member).to_owned()));
            }
            let before = members.get(..at).unwrap_or_default();
            if self.members.contains(*member) || before.contains(member) {
                return Err(PolicyFault::MemberTwice((*member).to_owned()));
            }
        }
        let name = self.new_name(name)?;
        let threshold = threshold_of(threshold, members.len())?;
        let members: Vec<String> = members.iter().map(|member| (*member).to_owned()).collect();
        self.members.extend(members.iter().cloned());
        self.groups.push(Group { name, threshold, members });
        Ok(())
    }

    fn quorum(&mut self, words: &[&str]) -> Result<(), PolicyFault> {
        let [name] = words else {
            return Err(wrong_words("quorum NAME|none", words));
        };
        if let Some((line, _)) = &self.quorum {
            return Err(PolicyFault::QuorumTwice(*line));
        }
        if *name == NONE {
            self.quorum = Some((self.line, Quorum::None));
            return Ok(());
        }
        // Set even when its name is wrong, so that it is not reported as missing as well.
        self.quorum = Some((self.line, Quorum::Named((*name).to_owned())));
        if self.names.contains(*name) {
            Ok(())
        } else {
            Err(PolicyFault::NotDefined((*name).to_owned()))
        }
    }

    fn new_name(&mut self, name: &str) -> Result<String, PolicyFault> {
        if name == NONE || !self.names.insert(name.to_owned()) {
            return Err(PolicyFault::NameTaken(name.to_owned()));
        }
        Ok(name.to_owned())
    }

    /// A key stands once in a policy, under whatever name. A book that were its own witness would
    /// be witnessed by nobody, so a log's key is not a witness's either.
    fn new_key(&self, key: &VKey) -> Result<(), PolicyFault> {
        let seen = self.log_keys.get(key.public_bytes());
        match seen.or_else(|| self.witness_keys.get(key.public_bytes())) {
            Some(line) => Err(PolicyFault::SameKey(*line)),
            None => Ok(()),
        }
    }

    fn finish(mut self) -> Result<Policy, PolicyErrors> {
        let quorum = if let Some((_, quorum)) = self.quorum {
            quorum
        } else {
            self.errors.push(PolicyError { line: 0, fault: PolicyFault::NoQuorum });
            Quorum::None
        };
        if self.errors.is_empty() {
            let Reader { logs, witnesses, groups, .. } = self;
            Ok(Policy { logs, witnesses, groups, quorum })
        } else {
            Err(PolicyErrors(self.errors))
        }
    }
}

fn key_of(text: &str, expected: KeyKind) -> Result<VKey, PolicyFault> {
    let key = VKey::parse(text)?;
    if key.kind() == expected {
        Ok(key)
    } else {
        Err(PolicyFault::Kind { expected, found: key.kind() })
    }
}

fn threshold_of(text: &str, members: usize) -> Result<usize, PolicyFault> {
    let number = match text {
        "any" => Some(1),
        "all" => Some(members),
        digits => digits.parse::<usize>().ok().filter(|number| number.to_string() == digits),
    };
    number
        .filter(|number| (1..=members).contains(number))
        .ok_or_else(|| PolicyFault::Threshold { members, found: text.to_owned() })
}

fn wrong_words(form: &'static str, words: &[&str]) -> PolicyFault {
    PolicyFault::Words { form, found: words.len() }
}

fn seconds_between(from: Instant, to: Instant) -> i64 {
    to.unix().saturating_sub(from.unix())
}

#[cfg(test)]
mod tests {
    use super::super::checkpoint::NoteSignature;
    use super::super::key::{KeyName, NoteKey};
    use super::super::record::Origin;
    use super::super::tree::{Tree, leaf_hash};
    use super::super::witness::cosign;
    use super::*;

    const ORIGIN: &str = "gh.example.org/branch-017";
    const NOW: i64 = 1_772_700_000;
    const MONTH: u64 = 35 * 86_400;

    fn key(name: &str, kind: KeyKind, seed: u8) -> NoteKey {
        NoteKey::from_seed(KeyName::parse(name).unwrap(), kind, &[seed; 32])
    }

    fn log() -> NoteKey {
        key(ORIGIN, KeyKind::Log, 7)
    }

    fn witness(n: u8) -> NoteKey {
        key(&format!("audit.example/w{n}"), KeyKind::Witness, 10 + n)
    }

    fn at(seconds: i64) -> Instant {
        Instant::from_unix(seconds).unwrap()
    }

    fn checkpoint() -> Checkpoint {
        let head = Tree::of(&[leaf_hash(b"a")]).head();
        Checkpoint { origin: Origin::parse(ORIGIN).unwrap(), size: head.size, root: head.root }
    }

    fn note(cosigned: &[(u8, i64)]) -> Note {
        let mut note = checkpoint().sign(&log()).unwrap();
        for (n, time) in cosigned {
            note.attach(cosign(&note, &witness(*n), at(*time)).unwrap()).unwrap();
        }
        note
    }

    /// A log, five witnesses named w1 to w5, and what follows.
    fn policy(rest: &str) -> Policy {
        Policy::parse(&text(rest)).unwrap()
    }

    fn text(rest: &str) -> String {
        let line = |n| format!("witness w{n} {}\n", witness(n).vkey());
        format!("log {}\n{}{rest}", log().vkey(), [1, 2, 3, 4, 5].map(line).concat())
    }

    fn faults(text: &str) -> Vec<(usize, PolicyFault)> {
        let PolicyErrors(errors) = Policy::parse(text).unwrap_err();
        errors.into_iter().map(|error| (error.line, error.fault)).collect()
    }

    #[test]
    fn a_quorum_is_counted_group_in_group() {
        let policy =
            policy("group x 2 w1 w2 w3\ngroup y any w4 w5\ngroup both all x y\nquorum both\n");
        for (cosigned, met) in [
            (&[][..], false),
            (&[1, 2], false),
            (&[1, 4], false),
            (&[4, 5], false),
            (&[1, 3, 5], true),
            (&[1, 2, 3, 4, 5], true),
        ] {
            let times: Vec<(u8, i64)> = cosigned.iter().map(|n| (*n, NOW)).collect();
            let judgement = policy.judge(&note(&times), at(NOW), MONTH);
            assert!(judgement.log_signed);
            assert_eq!(judgement.quorum_met, met, "{cosigned:?}");
            assert_eq!(judgement.is_witnessed(), met);
            let names: Vec<String> = cosigned.iter().map(|n| format!("w{n}")).collect();
            let counted: Vec<String> = judgement.cosigners.into_iter().map(|(n, _)| n).collect();
            assert_eq!(counted, names);
        }
    }

    #[test]
    fn the_same_witness_twice_counts_once() {
        let policy = policy("group x 2 w1 w2\nquorum x\n");
        let judgement = policy.judge(&note(&[(1, NOW - 50), (1, NOW - 10)]), at(NOW), MONTH);
        assert_eq!(judgement.cosigners, [("w1".to_owned(), at(NOW - 10))]);
        assert!(!judgement.quorum_met);
    }

    #[test]
    fn the_same_key_under_two_names_is_refused() {
        let again = key("other.example", KeyKind::Witness, 11).vkey();
        let text = text(&format!("witness w6 {again}\nquorum w1\n"));
        assert_eq!(faults(&text), [(7, PolicyFault::SameKey(2))]);
        let own = key("other.example", KeyKind::Witness, 7).vkey();
        let text = format!("log {}\nwitness w {own}\nquorum w\n", log().vkey());
        assert_eq!(faults(&text), [(2, PolicyFault::SameKey(1))]);
    }

    #[test]
    fn a_cosignature_grows_stale_to_the_second() {
        let policy = policy("quorum w1\n");
        let note = note(&[(1, NOW)]);
        let limit = NOW + 35 * 86_400;
        for (now, fresh) in [(NOW, true), (limit, true), (limit + 1, false)] {
            let judgement = policy.judge(&note, at(now), MONTH);
            assert_eq!((judgement.quorum_met, judgement.fresh), (true, fresh));
            assert_eq!(judgement.is_witnessed(), fresh);
            assert_eq!(judgement.newest, Some(at(NOW)));
        }
        assert!(policy.judge(&note, at(NOW - 86_400), MONTH).is_witnessed());
        let early = policy.judge(&note, at(NOW - 86_401), MONTH);
        let name = witness(1).name().clone();
        assert_eq!(early.refused, [NoteError::Future { name, seconds: 86_401 }]);
        assert_eq!((early.quorum_met, early.fresh), (false, false));
    }

    #[test]
    fn one_witness_that_cosigns_again_does_not_keep_the_others_fresh() {
        let policy = policy("group both all w1 w2\nquorum both\n");
        let later = NOW + 36 * 86_400;
        for (second, fresh) in [(NOW, false), (later, true)] {
            let judgement = policy.judge(&note(&[(1, later), (2, second)]), at(later), MONTH);
            assert_eq!((judgement.quorum_met, judgement.fresh), (true, fresh));
        }
    }

    #[test]
    fn without_a_witness_nothing_is_witnessed() {
        let judgement = policy("quorum none\n").judge(&note(&[]), at(NOW), MONTH);
        assert_eq!((judgement.log_signed, judgement.quorum_met), (true, true));
        assert_eq!((judgement.newest, judgement.fresh), (None, false));
        assert!(!judgement.is_witnessed());
    }

    #[test]
    fn a_stranger_s_log_key_does_not_count() {
        let other = checkpoint().sign(&key(ORIGIN, KeyKind::Log, 8)).unwrap();
        let judgement = policy("quorum none\n").judge(&other, at(NOW), MONTH);
        assert_eq!((judgement.log_signed, judgement.checkpoint), (false, None));
        let origin = Origin::parse("gh.example.org/branch-018").unwrap();
        let elsewhere = Checkpoint { origin: origin.clone(), ..checkpoint() };
        let elsewhere = elsewhere.sign(&key(origin.as_str(), KeyKind::Log, 7)).unwrap();
        assert!(!policy("quorum none\n").judge(&elsewhere, at(NOW), MONTH).log_signed);
    }

    #[test]
    fn a_false_signature_in_a_known_name_is_named_and_counts_for_nothing() {
        let mut note = note(&[(1, NOW)]);
        let name = witness(2).name().clone();
        let key_id = witness(2).vkey().id();
        note.attach(NoteSignature { name: name.clone(), key_id, bytes: vec![0; 72] }).unwrap();
        let judgement = policy("quorum w1\n").judge(&note, at(NOW), MONTH);
        assert!(judgement.quorum_met);
        assert_eq!(judgement.refused, [NoteError::Signature(name)]);
        assert!(!judgement.is_witnessed());
    }

    #[test]
    fn comments_blank_lines_tabs_and_addresses_are_allowed() {
        let text = format!(
            "# 经审会\n\n \t \nlog\t{}  https://log.example/\n  # w\n witness 经审 {} https://w.example/ \nquorum 经审\n",
            log().vkey(),
            witness(1).vkey(),
        );
        let policy = Policy::parse(&text).unwrap();
        assert_eq!(policy.logs()[0].url.as_deref(), Some("https://log.example/"));
        assert_eq!(policy.witnesses()[0].name, "经审");
        assert!(policy.judge(&note(&[(1, NOW)]), at(NOW), MONTH).is_witnessed());
    }

    #[test]
    fn each_broken_rule_is_named_with_its_line() {
        use PolicyFault as F;
        let group = "group NAME any|all|N MEMBER...";
        let threshold = |found: &str| F::Threshold { members: 2, found: found.to_owned() };
        for (rest, fault) in [
            ("quorums w1\n", F::Keyword("quorums".into())),
            ("Quorum w1\n", F::Keyword("Quorum".into())),
            ("log\n", F::Words { form: "log VKEY [URL]", found: 0 }),
            ("witness w6\n", F::Words { form: "witness NAME VKEY [URL]", found: 1 }),
            ("group g any\n", F::Words { form: group, found: 2 }),
            ("group g\n", F::Words { form: group, found: 1 }),
            ("group g 0 w1 w2\n", threshold("0")),
            ("group g 3 w1 w2\n", threshold("3")),
            ("group g 01 w1 w2\n", threshold("01")),
            ("group g +1 w1 w2\n", threshold("+1")),
            ("group g most w1 w2\n", threshold("most")),
            ("group g any w1 w9\n", F::NotDefined("w9".into())),
            ("group g any g\n", F::NotDefined("g".into())),
            ("group g any w1 none\n", F::NotDefined("none".into())),
            ("group g any w1 w1\n", F::MemberTwice("w1".into())),
            ("group w1 any w2\n", F::NameTaken("w1".into())),
            ("group none any w2\n", F::NameTaken("none".into())),
            ("witness w6 abc\n", F::Key(KeyError::Form("abc".into()))),
            ("log a\rb\n", F::Control),
        ] {
            assert_eq!(faults(&text(&format!("{rest}quorum w1\n"))), [(7, fault)], "{rest}");
        }
        let kind = F::Kind { expected: KeyKind::Witness, found: KeyKind::Log };
        let swapped = format!("witness w6 {}\nquorum w1\n", log().vkey());
        assert_eq!(faults(&text(&swapped)), [(7, kind)]);
        assert_eq!(faults(&text("quorum w9\n")), [(7, F::NotDefined("w9".into()))]);
        assert_eq!(
            faults(&text("quorum w1 w2\n"))[0],
            (7, F::Words { form: "quorum NAME|none", found: 2 })
        );
        assert_eq!(faults(&text("quorum w1\nquorum w1\n")), [(8, F::QuorumTwice(7))]);
        assert_eq!(
            faults(&text("group g any w1\ngroup h any w1\nquorum h\n"))[0],
            (8, F::MemberTwice("w1".into()))
        );
        assert_eq!(faults(&text("quorum w1")), [(7, F::Unfinished)]);
        assert_eq!(faults(""), [(0, F::NoQuorum)]);
    }

    #[test]
    fn all_faults_are_reported_at_once_and_none_twice() {
        let error = "log x\nwitness w1 y\nquorum w1\nwhat\n".parse::<Policy>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 1: not a verifier key, written as name+id+base64: \"x\"\n\
             line 2: not a verifier key, written as name+id+base64: \"y\"\n\
             line 4: a line begins with log, witness, group or quorum, and this one with \"what\""
        );
    }
}
