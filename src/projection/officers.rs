//! Who holds which office, and by which rules the book is kept.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::accounts::Kind;
use crate::date::{Day, Instant, Month};
use crate::event::Recorded;
use crate::event::book::{
    Appointment, ApprovalBand, Dismissal, KeyRotation, NewLedger, Role, Rule, RuleKind,
    RuleSetting, ScheduleLine, SignedType, WitnessChange,
};
use crate::event::mutual::SchemeTerms;
use crate::event::office::SubstituteNamed;
use crate::ids::{MemberId, OfficerId, SchemeId, Seq, WelfareItemId};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    pub roles: BTreeSet<Role>,
    pub from: Day,
    pub member: Option<MemberId>,
    /// Since this day the officer holds no office.
    pub removed: Option<Day>,
}

impl Officer {
    #[must_use]
    pub fn in_office(&self, on: Day) -> bool {
        self.from <= on && self.removed.is_none_or(|removed| on < removed)
    }

    /// The offices held on that day.
    #[must_use]
    pub fn roles_on(&self, on: Day) -> BTreeSet<Role> {
        if self.in_office(on) { self.roles.clone() } else { BTreeSet::new() }
    }
}

/// The book, its officers and its rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Offices {
    ledger: Option<NewLedger>,
    /// The log key in force, a vkey.
    log_key: Option<String>,
    /// The witnesses' policy that was agreed last.
    policy: Option<String>,
    /// Who recorded record 0; appoints the first officers.
    creator: Option<OfficerId>,
    /// Since the first chair the book is set up, and stays so.
    chaired: bool,
    officers: BTreeMap<OfficerId, Officer>,
    /// 代理 In the order of their records.
    substitutes: Vec<Substitution>,
    rules: BTreeMap<RuleKind, BTreeMap<Day, RuleSetting>>,
    /// Every record of a rule: one may replace another of the same day.
    set: BTreeMap<Seq, RuleSet>,
    /// The first day from which a rule has wanted anything signed, whatever later rules say.
    signing_from: Option<Day>,
}

/// A substitute as he was named, and the record that replaced it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    pub seq: Seq,
    pub named: SubstituteNamed,
    pub replaced: Option<Seq>,
}

/// 会费标准 What members pay a month where they have no terms of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuesStandard {
    /// Basis points of the base, and the step that it is counted in.
    Rate(u32, Money),
    /// The same sum of everybody.
    Flat(Money),
}

/// A rule as it was set: by whom, when, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    pub by: OfficerId,
    pub at: Instant,
    pub setting: RuleSetting,
}

/// 现金管理 The figures of the rule about cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CashLimits {
    /// Organisations are paid through the bank from this sum on 结算起点.
    pub settlement_from: Money,
    /// 库存现金限额
    pub till_max: Money,
    /// 不得坐支
    pub no_spending_from_receipts: bool,
}

impl Offices {
    pub(super) fn begin(&mut self, ledger: &NewLedger, creator: &OfficerId) {
        self.ledger = Some(ledger.clone());
        self.log_key = Some(ledger.log.clone());
        self.policy = Some(ledger.policy.clone());
        self.creator = Some(creator.clone());
    }

    pub(super) fn rotate(&mut self, rotation: &KeyRotation) {
        self.log_key = Some(rotation.new.clone());
    }

    pub(super) fn change_policy(&mut self, change: &WitnessChange) {
        self.policy = Some(change.policy.clone());
    }

    /// The vkey of the key that signs checkpoints now.
    #[must_use]
    pub fn log_key(&self) -> Option<&str> {
        self.log_key.as_deref()
    }

    /// The witnesses' policy in force; an auditor holds his own.
    #[must_use]
    pub fn policy(&self) -> Option<&str> {
        self.policy.as_deref()
    }

    pub(super) fn appoint(&mut self, new: &Appointment) {
        let Appointment { officer, roles, from, member } = new.clone();
        self.chaired |= roles.contains(&Role::Chair);
        self.officers.insert(officer, Officer { roles, from, member, removed: None });
    }

    #[must_use]
    pub fn chaired(&self) -> bool {
        self.chaired
    }

    pub(super) fn remove(&mut self, gone: &Dismissal) {
        if let Some(officer) = self.officers.get_mut(&gone.officer) {
            officer.removed = Some(gone.on);
        }
    }

    pub(super) fn substitute(&mut self, seq: Seq, named: &SubstituteNamed) {
        let same = |before: &&mut Substitution| {
            before.named.officer == named.officer && before.named.by == named.by
        };
        for before in self.substitutes.iter_mut().filter(same) {
            before.replaced = before.replaced.or(Some(seq));
        }
        let named = named.clone();
        self.substitutes.push(Substitution { seq, named, replaced: None });
    }

    /// Every substitute that was ever named, in the order of the records.
    #[must_use]
    pub fn substitutes(&self) -> impl DoubleEndedIterator<Item = &Substitution> {
        self.substitutes.iter()
    }

    /// For whom somebody may approve on that day, and as what: what the absent holds himself.
    #[must_use]
    pub fn standing_in(&self, by: &OfficerId, on: Day) -> Vec<(&OfficerId, BTreeSet<Role>)> {
        let is_there = self.officer(by).is_some_and(|found| found.in_office(on));
        let named = self.substitutes.iter().filter(|substitution| {
            let SubstituteNamed { by: stands_in, first, last, .. } = &substitution.named;
            is_there
                && substitution.replaced.is_none()
                && stands_in == by
                && (*first..=*last).contains(&on)
        });
        named
            .map(|substitution| {
                let SubstituteNamed { officer, roles, .. } = &substitution.named;
                let held = self.officer(officer).map(|found| found.roles_on(on));
                (officer, held.unwrap_or_default().intersection(roles).copied().collect())
            })
            .collect()
    }

    pub(super) fn set_rule(&mut self, record: &Recorded, setting: &RuleSetting) {
        let Recorded { seq, at, actor, .. } = record;
        let set = RuleSet { by: actor.clone(), at: *at, setting: setting.clone() };
        self.set.insert(*seq, set);
        if let Rule::ActsSigned { types } = &setting.rule
            && !types.is_empty()
        {
            let earlier = self.signing_from.unwrap_or(setting.from);
            self.signing_from = Some(earlier.min(setting.from));
        }
        let dated = self.rules.entry(setting.rule.kind()).or_default();
        dated.insert(setting.from, setting.clone());
    }

    #[must_use]
    pub fn ledger(&self) -> Option<&NewLedger> {
        self.ledger.as_ref()
    }

    /// Whether a year counts what was posted on income and expenditure as its own: what was earned and
    /// spent in this book, and 年初至启用前 what a book that begins in mid-year took over of its first
    /// year.
    #[must_use]
    pub fn is_result(&self, month: Month, kind: Kind) -> bool {
        match kind {
            Kind::Ordinary => true,
            Kind::Opening => self.ledger().is_some_and(|ledger| {
                let begins = ledger.starts.month();
                begins != begins.year().first_month() && begins.year() == month.year()
            }),
            Kind::Carried => false,
        }
    }

    #[must_use]
    pub fn creator(&self) -> Option<&OfficerId> {
        self.creator.as_ref()
    }

    #[must_use]
    pub fn officer(&self, id: &OfficerId) -> Option<&Officer> {
        self.officers.get(id)
    }

    /// Whether two ids are one person: somebody who came back into office may bear another id.
    #[must_use]
    pub fn is_same(&self, one: &OfficerId, other: &OfficerId) -> bool {
        let member = |id: &OfficerId| self.officer(id).and_then(|found| found.member.as_ref());
        one == other || (member(one).is_some() && member(one) == member(other))
    }

    pub fn officers(&self) -> impl Iterator<Item = (&OfficerId, &Officer)> {
        self.officers.iter()
    }

    /// The rule of this kind in force on that day, with its source.
    #[must_use]
    pub fn rule(&self, kind: RuleKind, on: Day) -> Option<&RuleSetting> {
        self.rules.get(&kind)?.range(..=on).next_back().map(|(_, setting)| setting)
    }

    /// Every record of a rule, in the order in which they were made.
    pub fn rules_set(&self) -> impl Iterator<Item = (&Seq, &RuleSet)> {
        self.set.iter()
    }

    /// Basis points of the base and the step it is counted in, on that day.
    #[must_use]
    pub fn dues_rate(&self, on: Day) -> Option<(u32, Money)> {
        let Rule::DuesRate { basis_points, step } = self.rule(RuleKind::DuesRate, on)?.rule else {
            return None;
        };
        Some((basis_points, step))
    }

    /// The rate or the flat sum, whichever began later; of two that begin on one day, the flat sum.
    #[must_use]
    pub fn dues_standard(&self, on: Day) -> Option<DuesStandard> {
        let rate = self.dues_rate(on).map(|(points, step)| DuesStandard::Rate(points, step));
        let Some(setting) = self.rule(RuleKind::DuesFlat, on) else { return rate };
        let Rule::DuesFlat { amount } = setting.rule else { return rate };
        let rate_from = self.rule(RuleKind::DuesRate, on).map(|setting| setting.from);
        if rate_from > Some(setting.from) { rate } else { Some(DuesStandard::Flat(amount)) }
    }

    /// Whether printed numbers of receipts may be used in any order on that day.
    #[must_use]
    pub fn receipts_in_any_order(&self, on: Day) -> bool {
        let rule = self.rule(RuleKind::ReceiptOrder, on).map(|setting| &setting.rule);
        matches!(rule, Some(Rule::ReceiptOrder { any_order: true }))
    }

    /// Basis points of the payroll, and of those the basis points that go up.
    #[must_use]
    pub fn allocation_split(&self, on: Day) -> Option<(u32, u32)> {
        let rule = &self.rule(RuleKind::AllocationSplit, on)?.rule;
        let Rule::AllocationSplit { payroll_basis_points, up_basis_points } = *rule else {
            return None;
        };
        Some((payroll_basis_points, up_basis_points))
    }

    /// The offices that have to approve this amount; `None` where no rule says.
    #[must_use]
    pub fn approvers(&self, amount: Money, on: Day) -> Option<&BTreeSet<Role>> {
        let Rule::ApprovalBands { bands } = &self.rule(RuleKind::ApprovalBands, on)?.rule else {
            return None;
        };
        let within = |band: &&ApprovalBand| band.up_to.is_none_or(|up_to| amount <= up_to);
        bands.iter().find(within).map(|band| &band.roles)
    }

    /// Papers are required of payments above this amount, and none is longer than so many bytes.
    #[must_use]
    pub fn attachments(&self, on: Day) -> Option<(Money, u64)> {
        let rule = &self.rule(RuleKind::Attachments, on)?.rule;
        let Rule::Attachments { required_above, bytes_max } = *rule else { return None };
        Some((required_above, bytes_max))
    }

    /// 福利标准 What may be given of each item, on that day: of each item what the last schedule says
    /// that speaks of it, so that one schedule lifts no cap of another's items.
    #[must_use]
    pub fn benefit_schedule(&self, on: Day) -> Vec<ScheduleLine> {
        let mut set: Vec<(Day, &[ScheduleLine])> = Vec::new();
        for RuleSet { setting: RuleSetting { rule, from, .. }, .. } in self.set.values() {
            if let Rule::BenefitSchedule { lines } = rule
                && *from <= on
            {
                set.push((*from, lines));
            }
        }
        // Of those that begin on one day, the one that was recorded last.
        set.sort_by_key(|(from, _)| *from);
        let mut items: BTreeMap<&WelfareItemId, Vec<&ScheduleLine>> = BTreeMap::new();
        for (_, lines) in set {
            items.retain(|item, _| lines.iter().all(|line| line.item != **item));
            for line in lines {
                items.entry(&line.item).or_default().push(line);
            }
        }
        items.into_values().flatten().cloned().collect()
    }

    /// Whether what is paid of an item rests on a paper, on that day.
    #[must_use]
    pub fn benefit_needs_proof(&self, item: &WelfareItemId, on: Day) -> bool {
        let rule = self.rule(RuleKind::BenefitProof, on).map(|setting| &setting.rule);
        matches!(rule, Some(Rule::BenefitProof { items }) if items.contains(item))
    }

    /// How many months of dues somebody may owe and still get what wants dues paid, on that day.
    #[must_use]
    pub fn benefit_months_unpaid_max(&self, on: Day) -> u32 {
        let rule = self.rule(RuleKind::BenefitDues, on).map(|setting| &setting.rule);
        if let Some(Rule::BenefitDues { months_unpaid_max }) = rule {
            *months_unpaid_max
        } else {
            0
        }
    }

    /// 依档帮扶 Whether aid rests on a case, on that day.
    #[must_use]
    pub fn aid_needs_case(&self, on: Day) -> bool {
        let rule = self.rule(RuleKind::AidNeedsCase, on).map(|setting| &setting.rule);
        matches!(rule, Some(Rule::AidNeedsCase { required: true }))
    }

    /// 公示期 How many working days a notice hangs at least, on that day.
    #[must_use]
    pub fn notice_days(&self, on: Day) -> Option<u32> {
        let rule = &self.rule(RuleKind::NoticeDays, on)?.rule;
        if let Rule::NoticeDays { working_days } = rule { Some(*working_days) } else { None }
    }

    /// 工作日 By the holidays of that day's rule; without one, Monday to Friday.
    #[must_use]
    pub fn is_working_day(&self, day: Day) -> bool {
        let rule = self.rule(RuleKind::Holidays, day).map(|setting| &setting.rule);
        if let Some(Rule::Holidays { days_off, days_worked }) = rule {
            return days_worked.contains(&day) || !days_off.contains(&day) && !day.is_weekend();
        }
        !day.is_weekend()
    }

    /// The working days after the first day through the last; a day on which something begins does not
    /// count (民法典 Art. 201).
    #[must_use]
    pub fn working_days(&self, first: Day, last: Day) -> u32 {
        let days = std::iter::successors(Some(first.next()), |day| Some(day.next()));
        let span = usize::try_from(last.days_after(first)).unwrap_or(usize::MAX);
        let working = days.take(span).filter(|day| self.is_working_day(*day));
        u32::try_from(working.count()).unwrap_or(u32::MAX)
    }

    /// The day on which so many working days are over.
    #[must_use]
    pub fn after_working_days(&self, first: Day, count: u32) -> Day {
        let days = std::iter::successors(Some(first.next()), |day| Some(day.next()));
        let place = usize::try_from(count.saturating_sub(1)).unwrap_or(0);
        let mut working = days.take(400).filter(|day| self.is_working_day(*day));
        working.nth(place).unwrap_or(first)
    }

    /// 捐款管理 Whether gifts of drives are only kept, where a rule of that day says so or the contrary.
    #[must_use]
    pub fn drives_custodial(&self, on: Day) -> Option<bool> {
        let rule = &self.rule(RuleKind::DriveHolding, on)?.rule;
        if let Rule::DriveHolding { custodial } = rule { Some(*custodial) } else { None }
    }

    /// 互助保障办法 The terms of a scheme on that day: by the last rule that speaks of it, so that the terms
    /// of another scheme take nothing from it.
    #[must_use]
    pub fn scheme_terms(&self, scheme: &SchemeId, on: Day) -> Option<&SchemeTerms> {
        let mut last: Option<(Day, &SchemeTerms)> = None;
        for RuleSet { setting: RuleSetting { rule, from, .. }, .. } in self.set.values() {
            if let Rule::MutualAidTerms { terms } = rule
                && *from <= on
                // Of two that begin on one day, the one that was recorded last.
                && last.is_none_or(|(day, _)| day <= *from)
                && let Some(found) = terms.iter().find(|one| one.scheme == *scheme)
            {
                last = Some((*from, found));
            }
        }
        last.map(|(_, terms)| terms)
    }

    /// Whether every expenditure has to be analysed when it is requested, on that day.
    #[must_use]
    pub fn analysis_required(&self, on: Day) -> bool {
        let rule = self.rule(RuleKind::SpendingAnalysis, on).map(|setting| &setting.rule);
        matches!(rule, Some(Rule::SpendingAnalysis { required: true }))
    }

    /// Within how many days an advance is settled, on that day.
    #[must_use]
    pub fn advances_settle_within(&self, on: Day) -> Option<u32> {
        let rule = &self.rule(RuleKind::Advances, on)?.rule;
        let Rule::Advances { settle_within_days } = *rule else { return None };
        Some(settle_within_days)
    }

    /// Within how many days the bank's lines and vouchers are proposed for each other on that day, and
    /// after how many what is outstanding is so for long.
    #[must_use]
    pub fn bank_matching(&self, on: Day) -> Option<(u32, u32)> {
        let rule = &self.rule(RuleKind::BankMatching, on)?.rule;
        let Rule::BankMatching { days, outstanding_days } = *rule else { return None };
        Some((days, outstanding_days))
    }

    /// The limits of cash on that day.
    #[must_use]
    pub fn cash_limits(&self, on: Day) -> Option<CashLimits> {
        let rule = &self.rule(RuleKind::CashLimits, on)?.rule;
        let Rule::CashLimits { settlement_from, till_max, no_spending_from_receipts } = *rule
        else {
            return None;
        };
        Some(CashLimits { settlement_from, till_max, no_spending_from_receipts })
    }

    /// Whether a rule that wants anything signed has begun by that day.
    #[must_use]
    pub fn signing_has_begun(&self, on: Day) -> bool {
        self.signing_from.is_some_and(|from| from <= on)
    }

    /// Whether facts of this type have to be signed by whoever does them, on that day.
    #[must_use]
    pub fn must_be_signed(&self, kind: SignedType, on: Day) -> bool {
        let rule = self.rule(RuleKind::ActsSigned, on).map(|setting| &setting.rule);
        if let Some(Rule::ActsSigned { types }) = rule { types.contains(&kind) } else { false }
    }
}
