//! A record's eleven fields (docs/FORMAT.md, section 4).

use super::calendar::Moment;
use super::finding::Findings;
use super::form::{is_hash, is_origin};
use super::json::{Json, Object};
use super::kind::FaultKind;

/// The version of the envelope that this program reads.
const VERSION: u64 = 1;

const FIELDS: [&str; 11] =
    ["v", "ledger", "seq", "prev", "at", "actor", "idem", "more", "type", "tv", "body"];

/// What could be read of a record; a field is `None` where it is not there or not of its form.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    /// Whether it is an object at all.
    pub(super) is_read: bool,
    /// Any text, also one that no origin can be.
    pub(super) ledger: Option<&'a str>,
    pub(super) seq: Option<u64>,
    pub(super) prev: Option<&'a str>,
    pub(super) at: Option<(&'a str, Moment)>,
    pub(super) actor: Option<&'a str>,
    pub(super) idem: Option<&'a str>,
    pub(super) more: Option<bool>,
    pub(super) kind: Option<&'a str>,
    pub(super) tv: Option<u64>,
    pub(super) body: Option<&'a Object<'a>>,
}

pub(super) fn read<'a>(object: &'a Object<'a>, findings: &mut Findings) -> Record<'a> {
    for (name, value) in object.fields() {
        if !FIELDS.contains(&name) {
            findings.fault(FaultKind::EnvelopeForm, FIELDS.join(" "), name);
        } else if *value == Json::Null {
            findings.fault(FaultKind::EnvelopeForm, format!("{name} ≠ null"), "null");
        }
    }
    let mut fields = Fields { object, findings };
    let v = fields.take("v", "v: 1", Json::number);
    let mut record = Record {
        is_read: true,
        actor: None,
        ledger: object.text("ledger"),
        seq: fields.take("seq", "seq: 0…", Json::number),
        prev: fields.take("prev", "prev: [0-9a-f]{64}", |prev| prev.text().filter(|p| is_hash(p))),
        at: fields.take("at", "at: YYYY-MM-DDTHH:MM:SSZ", |at| {
            at.text().and_then(|text| Moment::parse(text).map(|moment| (text, moment)))
        }),
        idem: fields.take("idem", "idem: text", |idem| idem.text().filter(|t| !t.is_empty())),
        more: fields.take("more", "more: true|false", |more| match more {
            Json::Bool(more) => Some(*more),
            Json::Null | Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => None,
        }),
        kind: fields.take("type", "type: noun.past_participle", |kind| {
            kind.text().filter(|kind| is_type(kind))
        }),
        tv: fields.take("tv", "tv: 1…", |tv| tv.number().filter(|tv| *tv > 0)),
        body: fields.take("body", "body: {…}", Json::object),
    };
    fields.take("ledger", "ledger: [^+ ]+", |ledger| ledger.text().filter(|l| is_origin(l)));
    record.actor =
        fields.take("actor", "actor: text", |actor| actor.text().filter(|t| !t.is_empty()));
    if let Some(v) = v.filter(|v| *v != VERSION) {
        findings.fault(FaultKind::VersionUnknown, VERSION.to_string(), v.to_string());
    }
    record
}

/// 64 lower-case hex digits.
struct Fields<'a, 'f> {
    object: &'a Object<'a>,
    findings: &'f mut Findings,
}

impl<'a> Fields<'a, '_> {
    fn take<T>(
        &mut self,
        name: &str,
        form: &str,
        read: impl FnOnce(&'a Json<'a>) -> Option<T>,
    ) -> Option<T> {
        let Some(value) = self.object.get(name) else {
            self.findings.fault(FaultKind::EnvelopeForm, form, "");
            return None;
        };
        let read = read(value);
        // Null was named above.
        if read.is_none() && *value != Json::Null {
            self.findings.fault(FaultKind::EnvelopeForm, form, value.shown());
        }
        read
    }
}

fn is_type(text: &str) -> bool {
    let word = |word: &str| {
        word.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    text.split_once('.').is_some_and(|(noun, participle)| word(noun) && word(participle))
}
