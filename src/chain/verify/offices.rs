//! Officers, their roles and who may do what (docs/FORMAT.md, section 18.1).

use std::collections::BTreeMap;

use super::body;
use super::calendar::Day;
use super::envelope::Record;
use super::finding::Findings;
use super::json::Object;
use super::kind::FaultKind;
use super::roles::Roles;
use super::types::{OFFICER_APPOINTED, OFFICER_REMOVED, RULE_SET, SUBSTITUTE_NAMED, is_of_power};

/// Who holds which office.
#[derive(Default)]
pub(super) struct Offices {
    officers: BTreeMap<String, Officer>,
    /// By who is absent and who stands in for him.
    substitutes: BTreeMap<(String, String), Substitute>,
    /// Whether a chair has been appointed.
    chaired: bool,
    /// The actor of record 0.
    pub(super) founder: Option<String>,
}

struct Officer {
    roles: Roles,
    from: Day,
    member: Option<String>,
    removed: Option<Day>,
}

struct Substitute {
    roles: Roles,
    first: Day,
    last: Day,
}

impl Officer {
    fn is_in_office(&self, day: Day) -> bool {
        self.from <= day && self.removed.is_none_or(|on| day < on)
    }
}

impl Offices {
    /// What this officer may do on this day.
    pub(super) fn roles_on(&self, officer: &str, day: Day) -> Roles {
        let found = self.officers.get(officer);
        found.filter(|one| one.is_in_office(day)).map(|one| one.roles).unwrap_or_default()
    }

    /// What this officer may approve for others on this day.
    pub(super) fn as_substitute(&self, officer: &str, day: Day) -> Roles {
        if !self.officers.get(officer).is_some_and(|one| one.is_in_office(day)) {
            return Roles::default();
        }
        let named = self
            .substitutes
            .iter()
            .filter(|((_, by), named)| by == officer && named.first <= day && day <= named.last);
        named.fold(Roles::default(), |held, ((absent, _), named)| {
            held.or(named.roles.both(self.roles_on(absent, day)))
        })
    }

    /// Whether two ids are one person.
    pub(super) fn is_same(&self, one: &str, other: &str) -> bool {
        one == other || self.member(one).is_some_and(|member| self.member(other) == Some(member))
    }

    pub(super) fn is_member(&self, officer: &str, member: &str) -> bool {
        self.member(officer) == Some(member)
    }

    fn member(&self, officer: &str) -> Option<&str> {
        self.officers.get(officer)?.member.as_deref()
    }

    /// The offices of which whoever records this type needs one; of some it depends.
    fn needed(kind: &str, body: &Object<'_>) -> Option<Roles> {
        match kind {
            OFFICER_APPOINTED | OFFICER_REMOVED | SUBSTITUTE_NAMED | "witness.changed" => {
                Some(Roles::CHAIR)
            }
            RULE_SET if is_of_power(body) => Some(Roles::CHAIR),
            RULE_SET => Some(Roles::CHAIR_OR_FINANCE),
            "officer_key.registered" => Some(Roles::ANY),
            "key.rotated" if body.has("proof_old") => Some(Roles::CHAIR_OR_ACCOUNTANT),
            "key.rotated" => Some(Roles::CHAIR_OR_ACCOUNTANT.or(Roles::AUDIT)),
            "disbursement.requested" | "disbursement.cancelled" => Some(Roles::REQUESTING),
            "disbursement.paid" => Some(Roles::CASHIER),
            "adjustment.recorded" | "finding.raised" | "finding.cleared" => Some(Roles::AUDIT),
            "audit.concluded" => Some(Roles::AUDIT_CHAIR),
            "period.reopened" => Some(Roles::CHAIR_OR_AUDIT),
            _ => None,
        }
    }

    /// Whether the actor holds an office for what is recorded, before it has its effect.
    pub(super) fn check(
        &self,
        record: &Record<'_>,
        today: Option<Day>,
        body: &Object<'_>,
        findings: &mut Findings,
    ) {
        let kind = record.kind.unwrap_or_default();
        let sets_up = matches!(kind, OFFICER_APPOINTED | OFFICER_REMOVED | RULE_SET);
        let founds = sets_up && !self.chaired && self.founder.as_deref() == record.actor;
        if let Some(needed) = Self::needed(kind, body).filter(|_| !founds) {
            self.expect(needed, record.actor, today, findings);
        }
    }

    /// Whether somebody holds one of these offices today, where both are known.
    pub(super) fn expect(
        &self,
        needed: Roles,
        actor: Option<&str>,
        today: Option<Day>,
        findings: &mut Findings,
    ) {
        let Some((actor, today)) = actor.zip(today) else { return };
        Self::expect_held(needed, actor, self.roles_on(actor, today), findings);
    }

    /// The same of an approval, which a substitute may give.
    pub(super) fn expect_approver(
        &self,
        needed: Roles,
        actor: Option<&str>,
        today: Option<Day>,
        findings: &mut Findings,
    ) {
        let Some((actor, today)) = actor.zip(today) else { return };
        let holds = self.roles_on(actor, today).or(self.as_substitute(actor, today));
        Self::expect_held(needed, actor, holds, findings);
    }

    fn expect_held(needed: Roles, actor: &str, holds: Roles, findings: &mut Findings) {
        if !holds.meets(needed) {
            let found = format!("{actor}: {holds}");
            findings.fault(FaultKind::OfficeWrong, needed.to_string(), found);
        }
    }

    /// `officer.appointed`. `None` where it is not of its form.
    pub(super) fn appoint(
        &mut self,
        record: &Record<'_>,
        today: Option<Day>,
        body: &Object<'_>,
        findings: &mut Findings,
    ) -> Option<()> {
        let read = || {
            body::exactly(body, &["officer", "roles", "from"], &["member"])?;
            let member = body::optional(body, "member", || body::text(body, "member")).ok()?;
            let roles = Roles::read(body.get("roles")?)?;
            Some((body::id(body, "officer")?, roles, body::day(body, "from")?, member))
        };
        let Some((officer, roles, from, member)) = read() else {
            body::wrong(body, "{officer, roles, from[, member]}", findings);
            return None;
        };
        self.check(record, today, body, findings);
        let member = member.map(ToOwned::to_owned);
        self.officers.insert(officer.to_owned(), Officer { roles, from, member, removed: None });
        self.chaired |= roles.meets(Roles::CHAIR);
        Some(())
    }

    /// `substitute.named`. `None` where it is not of its form.
    pub(super) fn substitute(&mut self, body: &Object<'_>, findings: &mut Findings) -> Option<()> {
        let fields = ["officer", "by", "roles", "first", "last", "resolution"];
        let read = || {
            body::exactly(body, &fields, &[])?;
            body::text(body, "resolution")?;
            let (first, last) = (body::day(body, "first")?, body::day(body, "last")?);
            let roles = Roles::read(body.get("roles")?)?;
            let pair = (body::id(body, "officer")?.to_owned(), body::id(body, "by")?.to_owned());
            Some((pair, Substitute { roles, first, last }))
        };
        let Some((pair, named)) = read() else {
            body::wrong(body, "{officer, by, roles, first, last, resolution}", findings);
            return None;
        };
        self.substitutes.insert(pair, named);
        Some(())
    }

    /// `officer.removed`. `None` where it is not of its form.
    pub(super) fn remove(
        &mut self,
        record: &Record<'_>,
        today: Option<Day>,
        body: &Object<'_>,
        findings: &mut Findings,
    ) -> Option<()> {
        let exact = body::exactly(body, &["officer", "on"], &[]);
        let Some((officer, on)) = exact.and(body::id(body, "officer").zip(body::day(body, "on")))
        else {
            body::wrong(body, "{officer, on}", findings);
            return None;
        };
        self.check(record, today, body, findings);
        if let Some(found) = self.officers.get_mut(officer) {
            found.removed = Some(on);
        }
        Some(())
    }
}
