//! Rules that the union sets from a day on (docs/FORMAT.md, section 18.3).

use std::collections::{BTreeMap, BTreeSet};

use super::body;
use super::calendar::Day;
use super::finding::Findings;
use super::json::Object;
use super::roles::Roles;
use super::types::{
    BANDS, OFFICER_APPOINTED, OFFICER_REMOVED, RULE_SET, SIGNED, SUBSTITUTE_NAMED, is_of_power,
};

/// The types that a rule may ask signatures for.
const SIGNED_TYPES: [&str; 17] = [
    OFFICER_APPOINTED,
    OFFICER_REMOVED,
    SUBSTITUTE_NAMED,
    RULE_SET,
    "officer_key.registered",
    "witness.changed",
    "key.rotated",
    "disbursement.requested",
    "disbursement.cancelled",
    "approval.given",
    "approval.refused",
    "disbursement.paid",
    "period.reopened",
    "adjustment.recorded",
    "finding.raised",
    "finding.cleared",
    "audit.concluded",
];

/// Each rule by the day from which it is in force; of two for one day the later one.
#[derive(Default)]
pub(super) struct Bylaws {
    bands: BTreeMap<Day, Vec<Band>>,
    signed: BTreeMap<Day, BTreeSet<String>>,
    /// The earliest day on which some rule asked for a signature, whatever became of it.
    signing_since: Option<Day>,
    /// Fen above which a payment needs a paper.
    papers: BTreeMap<Day, i64>,
}

struct Band {
    /// Fen; the last has none.
    up_to: Option<i64>,
    roles: Roles,
}

/// What one `rule.set` says.
enum Rule {
    Bands(Vec<Band>),
    Signed(BTreeSet<String>),
    Papers(i64),
    /// One that is not looked into.
    Other,
}

impl Bylaws {
    /// `rule.set`.
    pub(super) fn set(&mut self, body: &Object<'_>, findings: &mut Findings) {
        let read = || {
            body::exactly(body, &["rule", "from", "source"], &[])?;
            body::text(body, "source")?;
            Some((body::day(body, "from")?, read_rule(body.get("rule")?.object()?)?))
        };
        match read() {
            Some((from, Rule::Bands(bands))) => drop(self.bands.insert(from, bands)),
            Some((from, Rule::Signed(types))) => {
                if !types.is_empty() {
                    self.signing_since =
                        Some(self.signing_since.map_or(from, |since| since.min(from)));
                }
                self.signed.insert(from, types);
            }
            Some((from, Rule::Papers(above))) => drop(self.papers.insert(from, above)),
            Some((_, Rule::Other)) => {}
            None => body::wrong(body, "{rule: {name, …}, from, source}", findings),
        }
    }

    /// The offices that have to approve so much on this day; `None` where no rule says.
    pub(super) fn band(&self, day: Day, fen: i64) -> Option<Roles> {
        let bands = in_force(&self.bands, day)?;
        let band = bands.iter().find(|band| band.up_to.is_none_or(|up_to| up_to >= fen))?;
        Some(band.roles)
    }

    /// Whether its actor has to sign such a record on this day. What changes offices and the rules
    /// themselves is signed ever after some signature was asked for: else whoever can record would
    /// first abolish the rule.
    pub(super) fn must_be_signed(&self, kind: &str, body: &Object<'_>, day: Day) -> bool {
        let of_power = match kind {
            OFFICER_APPOINTED | OFFICER_REMOVED | SUBSTITUTE_NAMED => true,
            RULE_SET => is_of_power(body),
            _ => false,
        };
        (of_power && self.signing_since.is_some_and(|since| since <= day))
            || in_force(&self.signed, day).is_some_and(|types| types.contains(kind))
    }

    /// Whether a payment of so much on this day needs a paper.
    pub(super) fn needs_paper(&self, day: Day, fen: i64) -> bool {
        in_force(&self.papers, day).is_some_and(|above| *above < fen)
    }
}

fn in_force<T>(rules: &BTreeMap<Day, T>, day: Day) -> Option<&T> {
    rules.range(..=day).next_back().map(|(_, rule)| rule)
}

/// `None` where it is not of its form.
fn read_rule(rule: &Object<'_>) -> Option<Rule> {
    match body::text(rule, "name")? {
        BANDS => {
            body::exactly(rule, &["name", "bands"], &[])?;
            read_bands(rule).map(Rule::Bands)
        }
        SIGNED => {
            body::exactly(rule, &["name", "types"], &[])?;
            let types = body::texts(rule, "types", |kind| SIGNED_TYPES.contains(&kind))?;
            let count = types.len();
            let types: BTreeSet<String> = types.into_iter().map(ToOwned::to_owned).collect();
            (types.len() == count).then_some(Rule::Signed(types))
        }
        "attachments" => {
            body::exactly(rule, &["name", "required_above", "bytes_max"], &[])?;
            body::number(rule, "bytes_max")?;
            body::money(rule, "required_above").map(Rule::Papers)
        }
        _ => Some(Rule::Other),
    }
}

/// At least one, by rising amount; the last, and no other, has no end.
fn read_bands(rule: &Object<'_>) -> Option<Vec<Band>> {
    let items = rule.get("bands")?.array()?;
    let (_, before) = items.split_last()?;
    let mut bands: Vec<Band> = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let object = item.object()?;
        let roles = Roles::read(object.get("roles")?).filter(|roles| !roles.is_empty())?;
        let up_to = if place < before.len() {
            body::exactly(object, &["up_to", "roles"], &[])?;
            let up_to = body::money(object, "up_to")?;
            let last = bands.last().and_then(|band| band.up_to);
            last.is_none_or(|last| last < up_to).then_some(Some(up_to))?
        } else {
            body::exactly(object, &["roles"], &[])?;
            None
        };
        bands.push(Band { up_to, roles });
    }
    Some(bands)
}
