//! Record 0, which pins what the rest is checked against (docs/FORMAT.md, section 8).

use super::super::policy::Policy;
use super::accounts::sha256_hex;
use super::calendar::{Day, UtcOffset};
use super::finding::Findings;
use super::form::is_hash;
use super::json::{Json, Object};
use super::kind::FaultKind;

const FIELDS: [&str; 11] = [
    "random",
    "organisation",
    "level",
    "currency",
    "chart",
    "starts",
    "utc_offset",
    "log",
    "policy",
    "policy_sha256",
    "format_sha256",
];

/// What record 0 says, as far as it could be read.
#[derive(Debug, Default)]
pub(super) struct Opening {
    pub(super) starts: Option<Day>,
    pub(super) utc_offset: UtcOffset,
    /// Id and SHA-256.
    pub(super) chart: Option<(String, String)>,
    pub(super) log: Option<String>,
    pub(super) policy: Option<String>,
    pub(super) format_sha256: Option<String>,
}

/// A body that is not of its form pins nothing.
pub(super) fn read(body: &Object<'_>, findings: &mut Findings) -> Opening {
    let before = findings.count();
    for (name, _) in body.fields().filter(|(name, _)| !FIELDS.contains(name)) {
        findings.fault(FaultKind::BodyForm, FIELDS.join(" "), name);
    }
    if body.fields().count() > FIELDS.len() {
        findings.fault(FaultKind::BodyForm, FIELDS.join(" "), Json::Object(body.clone()).shown());
    }
    let mut fields = Fields { body, findings };
    fields.text("random", "[0-9a-f]{64}", is_hash);
    fields.text("organisation", "text", |text| !text.is_empty());
    fields.text("level", "grassroots|county", |text| matches!(text, "grassroots" | "county"));
    fields.text("currency", "[A-Z]{3}", |text| {
        text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
    });
    let starts = fields.text("starts", "YYYY-MM-DD", |text| Day::parse(text).is_some());
    let offset = fields.text("utc_offset", "±HH:MM", |text| UtcOffset::parse(text).is_some());
    let hash = fields.text("policy_sha256", "[0-9a-f]{64}", is_hash);
    let format = fields.text("format_sha256", "[0-9a-f]{64}", is_hash);
    let policy = fields.text("policy", "text", |_| true);
    let log = fields.text("log", "vkey", |_| true);
    let chart = fields.chart();
    if findings.count() > before {
        return Opening::default();
    }
    if let Some((policy, hash)) = policy.zip(hash) {
        check_policy(policy, hash, findings);
    }
    Opening {
        starts: starts.and_then(Day::parse),
        utc_offset: offset.and_then(UtcOffset::parse).unwrap_or_default(),
        chart,
        log: log.map(ToOwned::to_owned),
        policy: policy.map(ToOwned::to_owned),
        format_sha256: format.map(ToOwned::to_owned),
    }
}

struct Fields<'a, 'f> {
    body: &'a Object<'a>,
    findings: &'f mut Findings,
}

impl<'a> Fields<'a, '_> {
    fn text(&mut self, name: &str, form: &str, fits: impl Fn(&str) -> bool) -> Option<&'a str> {
        let value = self.body.get(name);
        let text = value.and_then(Json::text).filter(|text| fits(text));
        if text.is_none() {
            let found = value.map_or_else(|| "-".to_owned(), Json::shown);
            self.findings.fault(FaultKind::BodyForm, format!("{name}: {form}"), found);
        }
        text
    }

    fn chart(&mut self) -> Option<(String, String)> {
        let value = self.body.get("chart");
        let chart = value.and_then(Json::object);
        let chart = chart.filter(|chart| chart.has_exactly(&["id", "sha256"]));
        let id = chart.and_then(|chart| chart.text("id")).filter(|id| !id.is_empty());
        let sha256 = chart.and_then(|chart| chart.text("sha256")).filter(|hash| is_hash(hash));
        let pin = id.zip(sha256).map(|(id, sha256)| (id.to_owned(), sha256.to_owned()));
        if pin.is_none() {
            let found = value.map_or_else(|| "-".to_owned(), Json::shown);
            self.findings.fault(FaultKind::BodyForm, "chart: {id, sha256}", found);
        }
        pin
    }
}

pub(super) fn check_policy(policy: &str, hash: &str, findings: &mut Findings) {
    if let Err(errors) = Policy::parse(policy) {
        findings.fault(FaultKind::PolicyInvalid, "tlog-policy", errors.to_string());
    }
    let found = sha256_hex(policy.as_bytes());
    if hash != found {
        findings.fault(FaultKind::PolicyHashWrong, hash, found);
    }
}
