//! Signed acts (docs/FORMAT.md, section 18.2): signatures of officers, each in a record of its own
//! right after the record that is signed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::key::{KeyKind, VKey};
use super::super::tree::TreeHash;
use super::body;
use super::calendar::Day;
use super::envelope::Record;
use super::finding::{Findings, Place};
use super::form::{Digest, digest_of};
use super::jcs;
use super::json::{self, Json, Object};
use super::keys::{Rotation, signs};
use super::kind::FaultKind;
use super::offices::Offices;
use super::order::Standing;
use super::roles::Roles;

const OFFICER_KEY_REGISTERED: &str = "officer_key.registered";

/// What is signed begins so.
const HEADER: &str = "mingzhang-act@v1";

/// These stand beside the fact's own fields, and the signer cannot know them.
const OF_THE_VOUCHER: [&str; 2] = ["voucher", "entries"];

/// An officer's key that is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficerKey {
    pub officer: String,
    /// Eight hex digits.
    pub key_id: String,
    /// The record that registers it.
    pub since: u64,
}

/// The officers' keys, and the record that is being signed.
#[derive(Default)]
pub(super) struct Acts {
    keys: BTreeMap<String, Held>,
    /// The last line that is not a signature.
    signed: Signed,
    /// What that line has to be signed for, and who has signed it.
    needs: Vec<Need>,
    signatures: Vec<Signature>,
    /// Each five lines that were signed, and the place of the record that they stood under.
    seen: BTreeMap<Digest, u64>,
    count: u64,
}

struct Held {
    key: VKey,
    since: u64,
}

/// A line that signatures may follow.
#[derive(Default)]
struct Signed {
    place: Option<Place>,
    seq: u64,
    /// Its bytes, where another record of the same append follows.
    line: Vec<u8>,
    is_unbroken: bool,
    /// The place of the record that it acts on, where the text says which that is.
    on: Option<u64>,
    /// What it says, read when the first signature comes.
    content: Option<Result<Content, Unclear>>,
}

/// Nobody can say what the canonical form of the line is.
struct Unclear;

/// What officers sign of a record, and who did it.
struct Content {
    origin: String,
    /// `body`, `tv` and `type` in canonical form.
    act: String,
    actor: Option<String>,
    /// Of `officer_key.registered`: whose key it is, and the key.
    registers: Option<(String, VKey)>,
    registers_any: bool,
}

/// Why signatures have to be there.
pub(super) enum Need {
    /// By its actor, as a rule asks.
    Actor(String),
    /// By a chair and by an auditor, on this day.
    ChairAndAuditor(Day),
    /// The same, for a log key that its predecessor did not sign.
    Rotation(Box<Rotation>, Option<Day>),
    /// By the officer with the new key, and with the old one or by a chair.
    OwnKey { officer: String, key: Box<VKey>, today: Option<Day> },
}

/// One that counts.
struct Signature {
    officer: String,
    /// Whether it is of the key that is being registered, and whether of one in force.
    is_new: bool,
    is_held: bool,
}

/// What became of a need.
pub(super) enum Settled {
    /// The fault is of the record at this place.
    Unsigned(Place),
    Rotated(Box<Rotation>),
    NotRotated(Place),
    Nothing,
}

impl Acts {
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The keys in force, by officer.
    pub(super) fn keys(&self) -> Vec<OfficerKey> {
        let shown = |(officer, held): (&String, &Held)| {
            let (officer, key_id) = (officer.clone(), held.key.id().to_string());
            OfficerKey { officer, key_id, since: held.since }
        };
        self.keys.iter().map(shown).collect()
    }

    /// A line that is not a signature: what the one before it was signed for is settled first.
    pub(super) fn begin(
        &mut self,
        place: Place,
        standing: Standing,
        line: Option<&[u8]>,
        more: Option<bool>,
    ) {
        self.signatures.clear();
        self.signed.line.clear();
        if more == Some(true) {
            self.signed.line.extend_from_slice(line.unwrap_or_default());
        }
        self.signed.place = Some(place);
        self.signed.seq = standing.seq;
        self.signed.is_unbroken = true;
        self.signed.on = None;
        self.signed.content = None;
    }

    /// The record that was begun last acts on the one at this place, and on no other.
    pub(super) fn expect_on(&mut self, place: Option<u64>) {
        self.signed.on = place;
    }

    /// The record that was begun last has to be signed so.
    pub(super) fn need(&mut self, need: Need) {
        self.needs.push(need);
    }

    /// `officer_key.registered`. `None` where the key counts for nothing, and nobody has to sign.
    pub(super) fn register(
        &mut self,
        body: &Object<'_>,
        today: Option<Day>,
        findings: &mut Findings,
    ) -> Option<()> {
        let exact = body::exactly(body, &["officer", "key"], &[]);
        let Some((officer, text)) = exact.and(body::id(body, "officer").zip(body.text("key")))
        else {
            body::wrong(body, "{officer, key}", findings);
            return None;
        };
        let Some(key) = key_of(text) else {
            findings.fault(FaultKind::VkeyInvalid, "name+id+key, 0x01", text);
            return None;
        };
        // Whoever has one key under two names would sign for two.
        let same = |held: &Held| held.key.public_bytes() == key.public_bytes();
        let other = self.keys.iter().find(|(other, held)| *other != officer && same(held));
        if let Some((other, _)) = other {
            findings.fault(FaultKind::ActRepeated, format!("≠ {other}"), text);
            return None;
        }
        self.need(Need::OwnKey { officer: officer.to_owned(), key: Box::new(key), today });
        Some(())
    }

    /// Whether the signatures are there, now that no other can follow.
    pub(super) fn settle(&mut self, offices: &Offices) -> Vec<Settled> {
        let needs = std::mem::take(&mut self.needs);
        let Some(place) = self.signed.place else { return Vec::new() };
        needs.into_iter().map(|need| self.settle_one(need, place, offices)).collect()
    }

    fn settle_one(&mut self, need: Need, place: Place, offices: &Offices) -> Settled {
        let is_met = match &need {
            Need::Actor(actor) => self.signatures.iter().any(|one| one.officer == *actor),
            Need::ChairAndAuditor(today) => self.has_both(*today, offices),
            Need::Rotation(_, today) => today.is_some_and(|today| self.has_both(today, offices)),
            Need::OwnKey { officer, today, .. } => self.has_own(officer, *today, offices),
        };
        match need {
            Need::Rotation(rotation, _) if is_met => Settled::Rotated(rotation),
            Need::Rotation(..) => Settled::NotRotated(place),
            Need::OwnKey { officer, key, .. } if is_met => {
                self.keys.insert(officer, Held { key: *key, since: place.record });
                Settled::Nothing
            }
            Need::Actor(_) | Need::ChairAndAuditor(_) if is_met => Settled::Nothing,
            Need::Actor(_) | Need::ChairAndAuditor(_) | Need::OwnKey { .. } => {
                Settled::Unsigned(place)
            }
        }
    }

    /// A chair and an auditor, who are two persons.
    fn has_both(&self, today: Day, offices: &Offices) -> bool {
        let holding = |roles: Roles| {
            let signers = self.signatures.iter().map(|one| one.officer.as_str());
            signers.filter(move |officer| offices.roles_on(officer, today).meets(roles))
        };
        holding(Roles::CHAIR)
            .any(|chair| holding(Roles::AUDIT).any(|auditor| !offices.is_same(chair, auditor)))
    }

    /// The officer with the new key and, where there was one, another signature for the old key. A
    /// first key is vouched for by another person, once there is a chair who can sign.
    fn has_own(&self, officer: &str, today: Option<Day>, offices: &Offices) -> bool {
        let had_key = self.keys.contains_key(officer);
        let own = |one: &Signature| one.officer == officer;
        let is_other_chair = |other: &str| {
            let roles = today.map(|today| offices.roles_on(other, today));
            roles.is_some_and(|roles| roles.meets(Roles::CHAIR)) && !offices.is_same(other, officer)
        };
        let needs_second = had_key || self.keys.keys().any(|other| is_other_chair(other));
        let with_new = |(_, one): &(usize, &Signature)| own(one) && one.is_new;
        let all = || self.signatures.iter().enumerate();
        all().filter(with_new).any(|(new, _)| {
            !needs_second
                || all().any(|(place, one)| {
                    place != new && ((own(one) && one.is_held) || is_other_chair(&one.officer))
                })
        })
    }

    /// `act.signed`, which stands where `standing` says among these lines.
    pub(super) fn sign(
        &mut self,
        record: &Record<'_>,
        standing: Standing,
        leaves: &[TreeHash],
        offices: &Offices,
        findings: &mut Findings,
    ) {
        let is_first = self.follows_at_once(findings.here);
        self.signed.is_unbroken &= standing.is_continued;
        // A version that cannot be read is taken for the one that is described.
        let Some(body) = record.body.filter(|_| record.tv.is_none_or(|tv| tv == 1)) else { return };
        let Some(act) = Act::read(body) else {
            return body::wrong(body, "{of, officer, on, leaf, signature}", findings);
        };
        let signed = &mut self.signed;
        let line = &signed.line;
        let content =
            signed.content.get_or_insert_with(|| Content::read(line).ok_or(Unclear)).as_ref();
        let is_target = signed.is_unbroken && signed.seq == act.of;
        let Some((content, place)) = content.ok().filter(|_| is_target).zip(signed.place) else {
            let (expected, found) = (format!("seq {}", signed.seq), format!("seq {}", act.of));
            return findings.fault(FaultKind::ActTargetWrong, expected, found);
        };
        if let Some(actor) = content.actor.as_deref()
            && is_first
            && actor != act.officer
        {
            findings.fault(FaultKind::OfficeWrong, actor, act.officer);
        }
        let before = findings.count();
        act.check_leaf(leaves, signed.on, findings);
        let text = act.text(content);
        let signature = act.check_signature(content, &text, &self.keys, findings);
        let Some(signature) = signature.filter(|_| findings.count() == before) else { return };
        self.count = self.count.saturating_add(1);
        let repeats = |one: &Signature| offices.is_same(&one.officer, act.officer);
        if !content.registers_any && self.signatures.iter().any(repeats) {
            findings.fault(FaultKind::ActRepeated, "1", format!("{}: 2", act.officer));
        }
        let first = *self
            .seen
            .entry(digest_of(blake3::hash(text.as_bytes()).as_bytes()))
            .or_insert(place.record);
        if first != place.record {
            let found = format!("record {first}");
            findings.fault(FaultKind::ActRepeated, "on SEQ LEAF", found);
        }
        self.signatures.push(signature);
    }

    fn follows_at_once(&self, here: Option<Place>) -> bool {
        let signed = self.signed.place.map(|place| place.record.saturating_add(1));
        signed == here.map(|here| here.record)
    }
}

/// The body of one `act.signed`.
struct Act<'a> {
    of: u64,
    officer: &'a str,
    on: u64,
    leaf: [u8; 32],
    signature: [u8; 68],
}

impl<'a> Act<'a> {
    fn read(body: &'a Object<'_>) -> Option<Act<'a>> {
        body::exactly(body, &["of", "officer", "on", "leaf", "signature"], &[])?;
        Some(Act {
            of: body::number(body, "of")?,
            officer: body::id(body, "officer")?,
            on: body::number(body, "on")?,
            leaf: body::base64(body, "leaf")?,
            signature: body::base64(body, "signature")?,
        })
    }

    /// The record that is acted on stands further up, is the one that the signer saw, and is the one
    /// that such an act is about.
    fn check_leaf(&self, leaves: &[TreeHash], about: Option<u64>, findings: &mut Findings) {
        let above = self.on < self.of && findings.here.is_some_and(|here| self.on < here.record);
        let place = usize::try_from(self.on).ok().filter(|_| above);
        let expected = place.and_then(|place| leaves.get(place));
        if expected.map(TreeHash::as_bytes) != Some(&self.leaf) {
            let expected = expected.map_or(format!("< {}", self.of), TreeHash::to_string);
            let found = format!("{} {}", self.on, TreeHash::from(self.leaf));
            findings.fault(FaultKind::ActLeafWrong, expected, found);
        } else if let Some(about) = about.filter(|about| *about != self.on) {
            findings.fault(FaultKind::ActLeafWrong, format!("on {about}"), self.on.to_string());
        }
    }

    /// Five lines.
    fn text(&self, content: &Content) -> String {
        let Content { origin, act, .. } = content;
        let (officer, leaf) = (self.officer, TreeHash::from(self.leaf));
        format!("{HEADER}\n{origin}\n{officer}\non {} {leaf}\n{act}\n", self.on)
    }

    fn check_signature(
        &self,
        content: &Content,
        text: &str,
        keys: &BTreeMap<String, Held>,
        findings: &mut Findings,
    ) -> Option<Signature> {
        let held = keys.get(self.officer).map(|held| &held.key);
        let own = content.registers.as_ref().filter(|(officer, _)| officer == self.officer);
        let new = own.map(|(_, key)| key);
        if held.or(new).is_none() {
            findings.fault(FaultKind::ActKeyMissing, OFFICER_KEY_REGISTERED, self.officer);
            return None;
        }
        let by = |key: Option<&VKey>| key.is_some_and(|key| signs(key, text, &self.signature));
        let (is_new, is_held) = (by(new), by(held));
        if !is_new && !is_held {
            let expected = held.or(new).map(VKey::to_string).unwrap_or_default();
            findings.fault(FaultKind::ActSignatureWrong, expected, self.officer);
            return None;
        }
        Some(Signature { officer: self.officer.to_owned(), is_new, is_held })
    }
}

impl Content {
    /// `None` where nobody can say what its canonical form is.
    fn read(line: &[u8]) -> Option<Content> {
        let reading = json::read(line);
        let unclear = |kind| matches!(kind, FaultKind::DuplicateKey | FaultKind::NumberForm);
        if reading.blemishes.iter().any(|blemish| unclear(blemish.kind)) {
            return None;
        }
        let object = reading.object?;
        let origin = object.text("ledger")?.to_owned();
        let kind = object.text("type")?;
        let tv = object.get("tv").and_then(Json::number)?;
        let body = object.get("body").and_then(Json::object)?;
        let mut act = String::from("{\"body\":");
        jcs::write_object(body, &OF_THE_VOUCHER, &mut act);
        act.push_str(",\"tv\":");
        act.push_str(&tv.to_string());
        act.push_str(",\"type\":");
        jcs::write_text(kind, &mut act);
        act.push('}');
        let actor = object.text("actor").filter(|actor| !actor.is_empty());
        let registers_any = kind == OFFICER_KEY_REGISTERED && tv == 1;
        let registers = || {
            let exact = body::exactly(body, &["officer", "key"], &[]);
            let officer = exact.and(body::id(body, "officer"))?;
            Some((officer.to_owned(), key_of(body.text("key")?)?))
        };
        let registers = registers().filter(|_| registers_any);
        let actor = actor.map(ToOwned::to_owned);
        Some(Content { origin, act, actor, registers, registers_any })
    }
}

/// Any vkey of type 0x01, whatever its name.
fn key_of(text: &str) -> Option<VKey> {
    VKey::parse(text).ok().filter(|key| key.kind() == KeyKind::Log)
}
