//! Mutual aid 互助保障: schemes, who is covered, and claims.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::disbursements::Standing;
use super::{State, as_list};
use crate::date::{Day, FiscalYear};
use crate::event::mutual::{
    ClaimDecided, ClaimOpened, ClaimsRequested, CoverListed, CoverPaid, SchemeOpened,
};
use crate::event::welfare::Beneficiary;
use crate::ids::{ClaimId, DisbursementId, FundId, OfficerId, SchemeId, Seq};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mutual {
    schemes: BTreeMap<SchemeId, Scheme>,
    claims: BTreeMap<ClaimId, Claim>,
    /// What the union's disbursements paid for, each by the record of its first list.
    paid: BTreeMap<DisbursementId, Seq>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    pub seq: Seq,
    pub opened: SchemeOpened,
    #[serde(with = "as_list")]
    covers: BTreeMap<Beneficiary, Vec<Cover>>,
}

/// 保障期 One term of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    pub record: Seq,
    pub paid_by: CoverPaid,
    pub first: Day,
    pub last: Day,
    pub each: Money,
}

impl Cover {
    /// Whether it covers, and is no mere part beside the member's own.
    #[must_use]
    pub fn covers(&self) -> bool {
        match self.paid_by {
            CoverPaid::Members(_) | CoverPaid::Union(_) => true,
            CoverPaid::Subsidy(_) => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub seq: Seq,
    pub opened: ClaimOpened,
    pub by: OfficerId,
    pub decided: Option<(Seq, OfficerId, ClaimDecided)>,
    pub requested: Option<DisbursementId>,
}

impl Mutual {
    pub(super) fn open(&mut self, seq: Seq, opened: &SchemeOpened) {
        let scheme = Scheme { seq, opened: opened.clone(), covers: BTreeMap::new() };
        self.schemes.insert(opened.scheme.clone(), scheme);
    }

    pub(super) fn cover(&mut self, seq: Seq, listed: &CoverListed) {
        let Some(scheme) = self.schemes.get_mut(&listed.scheme) else { return };
        let CoverListed { paid_by, first, last, each, .. } = listed.clone();
        if let CoverPaid::Union(id) | CoverPaid::Subsidy(id) = &paid_by {
            self.paid.entry(id.clone()).or_insert(seq);
        }
        for person in &listed.people {
            let paid_by = paid_by.clone();
            let cover = Cover { record: seq, paid_by, first, last, each };
            scheme.covers.entry(person.clone()).or_default().push(cover);
        }
    }

    /// The money of a list went back: it covers nobody.
    pub(super) fn undo(&mut self, receipt: Seq) {
        for scheme in self.schemes.values_mut() {
            for covers in scheme.covers.values_mut() {
                covers.retain(|cover| cover.paid_by != CoverPaid::Members(receipt));
            }
            scheme.covers.retain(|_, covers| !covers.is_empty());
        }
    }

    pub(super) fn claim(&mut self, seq: Seq, by: &OfficerId, opened: &ClaimOpened) {
        let (opened, by) = (opened.clone(), by.clone());
        let id = opened.claim.clone();
        self.claims.insert(id, Claim { seq, opened, by, decided: None, requested: None });
    }

    pub(super) fn decide(&mut self, seq: Seq, by: &OfficerId, decided: &ClaimDecided) {
        if let Some(claim) = self.claims.get_mut(&decided.claim) {
            claim.decided = Some((seq, by.clone(), decided.clone()));
        }
    }

    pub(super) fn request(&mut self, requested: &ClaimsRequested) {
        for id in &requested.claims {
            if let Some(claim) = self.claims.get_mut(id) {
                claim.requested = Some(requested.disbursement.clone());
            }
        }
    }

    #[must_use]
    pub fn scheme(&self, id: &SchemeId) -> Option<&Scheme> {
        self.schemes.get(id)
    }

    /// The scheme whose money is in that fund or project.
    #[must_use]
    pub fn of_fund(&self, fund: &FundId) -> Option<&SchemeId> {
        let mut of_fund = self.schemes.iter().filter(|(_, scheme)| scheme.opened.fund == *fund);
        of_fund.next().map(|(id, _)| id)
    }

    /// The list that a disbursement paid for.
    #[must_use]
    pub fn list_paid_by(&self, id: &DisbursementId) -> Option<Seq> {
        self.paid.get(id).copied()
    }

    pub fn schemes(&self) -> impl Iterator<Item = (&SchemeId, &Scheme)> {
        self.schemes.iter()
    }

    #[must_use]
    pub fn claim_of(&self, id: &ClaimId) -> Option<&Claim> {
        self.claims.get(id)
    }

    pub fn claims(&self) -> impl Iterator<Item = (&ClaimId, &Claim)> {
        self.claims.iter()
    }
}

impl State {
    /// Everybody for whom something was paid, with what; what was given back covers nobody.
    pub fn covered<'a>(
        &'a self,
        scheme: &'a Scheme,
    ) -> impl Iterator<Item = (&'a Beneficiary, Vec<&'a Cover>)> {
        scheme.covers.iter().filter_map(|(person, covers)| {
            let stands: Vec<&Cover> = covers.iter().filter(|cover| self.stands(cover)).collect();
            (!stands.is_empty()).then_some((person, stands))
        })
    }

    /// What was paid for a person by a scheme, under whichever of his names.
    pub fn covers_of<'a>(
        &'a self,
        scheme: &'a Scheme,
        person: &Beneficiary,
    ) -> impl Iterator<Item = &'a Cover> {
        let names = self.names_of(person);
        let covers = scheme.covers.iter().filter(move |(name, _)| names.contains(*name));
        covers.flat_map(|(_, covers)| covers).filter(|cover| self.stands(cover))
    }

    /// The term that covers a person on that day.
    #[must_use]
    pub fn cover_on<'a>(
        &'a self,
        scheme: &'a Scheme,
        person: &Beneficiary,
        day: Day,
    ) -> Option<&'a Cover> {
        let covers = self.covers_of(scheme, person).filter(|cover| cover.covers());
        let mut on_day = covers.filter(|cover| cover.first <= day && day <= cover.last);
        on_day.next()
    }

    /// 连续参保 Since when a person has been covered without a gap, up to that day's term.
    #[must_use]
    pub fn covered_since(&self, scheme: &Scheme, person: &Beneficiary, day: Day) -> Option<Day> {
        let mut first = self.cover_on(scheme, person, day)?.first;
        let covers = || self.covers_of(scheme, person).filter(|cover| cover.covers());
        while let Some(before) =
            covers().find(|cover| cover.first < first && cover.last.next() >= first)
        {
            first = before.first;
        }
        Some(first)
    }

    fn stands(&self, cover: &Cover) -> bool {
        match &cover.paid_by {
            CoverPaid::Members(_) => true,
            CoverPaid::Union(id) | CoverPaid::Subsidy(id) => {
                let found = self.disbursements.disbursement(id).map(|found| &found.standing);
                matches!(found, Some(Standing::Paid { .. }))
            }
        }
    }

    /// What a person was granted by a scheme for what befell him in that year, this claim left out.
    #[must_use]
    pub fn granted_in_year(
        &self,
        scheme: &SchemeId,
        person: &Beneficiary,
        year: FiscalYear,
        without: &ClaimId,
    ) -> Money {
        let person = self.person(person);
        let claims = self.mutual.claims.iter().filter(|(id, claim)| {
            let opened = &claim.opened;
            *id != without
                && opened.scheme == *scheme
                && self.person(&opened.to) == person
                && opened.on.year() == year
        });
        Money::sum(claims.filter_map(|(_, claim)| Some(claim.decided.as_ref()?.2.amount)))
    }

    /// Whether a claim waits for its money or has it.
    #[must_use]
    pub fn claim_is_requested(&self, claim: &Claim) -> bool {
        let id = claim.requested.as_ref();
        let found = id.and_then(|id| self.disbursements.disbursement(id));
        found.is_some_and(|found| found.standing.takes_up())
    }
}
