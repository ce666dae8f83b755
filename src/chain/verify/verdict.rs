//! What verification says, exactly one of three (docs/FORMAT.md, section 13.4).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::hash::RecordHash;
use super::super::policy::Policy;
use super::super::tree::{Tree, TreeHash};
use super::accounts::TrialRow;
use super::acts::OfficerKey;
use super::finding::{Fault, Findings, Note};
use super::kind::{FaultKind, NoteKind};
use super::private::PrivateFields;
use super::signed::Checked;
use super::since::Misfit;
use crate::date::Instant;
use crate::lang::Lang;

/// The whole of what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    pub outcome: Outcome,
    pub records: u64,
    /// The chain hash of the last record.
    pub chain_head: RecordHash,
    pub root: TreeHash,
    /// In the order of the records, those of the book as a whole last. At most
    /// [`FAULTS_KEPT_MAX`](super::FAULTS_KEPT_MAX); `fault_counts` has them all.
    pub faults: Vec<Fault>,
    pub fault_counts: BTreeMap<FaultKind, u64>,
    /// At most a thousand of each kind; `note_counts` has them all.
    pub notes: Vec<Note>,
    pub note_counts: BTreeMap<NoteKind, u64>,
    pub first_broken: Option<u64>,
    /// The greatest size of a good checkpoint below which no record has a fault.
    pub last_good_checkpoint: Option<u64>,
    /// Records after the witnessed size: for them the operator alone stands.
    pub unwitnessed: u64,
    /// The officers' keys that are in force.
    pub officer_keys: Vec<OfficerKey>,
    /// Signed acts that count.
    pub acts: u64,
    pub private: PrivateFields,
    /// Papers that the records name, and how many of them lie in the bundle.
    pub papers: u64,
    pub papers_at_hand: u64,
    pub trial_balance: Vec<TrialRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Outcome {
    /// No fault, and a quorum of the auditor's own witnesses has lately cosigned so many records.
    VerifiedAndWitnessed {
        size: u64,
        witnesses: Vec<Cosigner>,
        newest: Instant,
    },
    /// No fault, but nobody whom the auditor trusts vouches for it. Never to be shown as "OK".
    VerifiedNotWitnessed {
        reasons: Vec<NoteKind>,
    },
    Broken,
}

/// A witness that counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cosigner {
    /// As the policy names it.
    pub name: String,
    /// The name of its key.
    pub key: String,
    pub time: Instant,
}

impl Outcome {
    /// The three outcomes in one line each.
    #[must_use]
    pub fn message(&self, records: u64, lang: Lang) -> String {
        match (self, lang) {
            (Outcome::VerifiedAndWitnessed { size, .. }, Lang::Zh) => {
                format!("已验证并有见证：共 {records} 条记录，见证至第 {size} 条")
            }
            (Outcome::VerifiedAndWitnessed { size, .. }, Lang::En) => {
                format!("verified and witnessed: up to {size} of {records} records")
            }
            (Outcome::VerifiedNotWitnessed { reasons }, _) => {
                let reasons: Vec<_> = reasons.iter().map(|reason| reason.message(lang)).collect();
                match lang {
                    Lang::Zh => format!("已验证，但无独立见证：{}", reasons.join("；")),
                    Lang::En => {
                        format!("verified, not independently witnessed: {}", reasons.join("; "))
                    }
                }
            }
            (Outcome::Broken, Lang::Zh) => "已损坏或被改动".to_owned(),
            (Outcome::Broken, Lang::En) => "broken".to_owned(),
        }
    }
}

impl Verdict {
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.outcome == Outcome::Broken
    }

    /// How many notes of this kind there are, kept or not.
    #[must_use]
    pub fn note_count(&self, kind: NoteKind) -> u64 {
        self.note_counts.get(&kind).copied().unwrap_or_default()
    }

    /// How many faults there are, kept or not.
    #[must_use]
    pub fn fault_count(&self) -> u64 {
        self.fault_counts.values().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// What the records gave, before it is weighed.
pub(super) struct Sums {
    pub(super) records: u64,
    pub(super) chain_head: RecordHash,
    pub(super) root: TreeHash,
    pub(super) trial_balance: Vec<TrialRow>,
    pub(super) officer_keys: Vec<OfficerKey>,
    pub(super) acts: u64,
    pub(super) private: PrivateFields,
    pub(super) papers: u64,
    pub(super) papers_at_hand: u64,
}

/// What can be said where the records could not be put together: the fault alone.
pub(super) fn not_read(misfit: Misfit) -> Verdict {
    let mut findings = Findings::default();
    misfit.say(&mut findings);
    let none = Tree::default();
    let sums = Sums {
        records: 0,
        chain_head: RecordHash::NONE,
        root: none.root(),
        trial_balance: Vec::new(),
        officer_keys: Vec::new(),
        acts: 0,
        private: PrivateFields::default(),
        papers: 0,
        papers_at_hand: 0,
    };
    verdict_of(sums, Outcome::Broken, None, 0, findings)
}

pub(super) fn weigh(
    sums: Sums,
    checked: &[Checked],
    trust: &Trust<'_>,
    mut findings: Findings,
) -> Verdict {
    let witnessed = trust.witnessed(checked, &mut findings);
    let size = witnessed.map_or(0, |one| one.size);
    let unwitnessed = sums.records.saturating_sub(size);
    if witnessed.is_some() && unwitnessed > 0 {
        let kind = NoteKind::RecordsUnwitnessed;
        findings.note(None, kind, sums.records.to_string(), size.to_string());
    }
    let first_broken = findings.first_broken();
    let below = |one: &&Checked| one.is_good && first_broken.is_none_or(|first| one.size <= first);
    let last_good_checkpoint = checked.iter().filter(below).map(|one| one.size).max();
    let outcome = match (findings.count() > 0, witnessed, trust.policy) {
        (true, _, _) => Outcome::Broken,
        (false, Some(one), Some(policy)) => outcome_of(one, policy),
        (false, Some(_) | None, _) => {
            Outcome::VerifiedNotWitnessed { reasons: reasons(findings.notes()) }
        }
    };
    verdict_of(sums, outcome, last_good_checkpoint, unwitnessed, findings)
}

fn verdict_of(
    sums: Sums,
    outcome: Outcome,
    last_good_checkpoint: Option<u64>,
    unwitnessed: u64,
    findings: Findings,
) -> Verdict {
    let first_broken = findings.first_broken();
    let (fault_counts, note_counts) = (findings.counts().clone(), findings.note_counts().clone());
    let (faults, notes) = findings.into_lists();
    let Sums { records, chain_head, root, trial_balance, officer_keys, acts, private, .. } = sums;
    let Sums { papers, papers_at_hand, .. } = sums;
    Verdict {
        outcome,
        records,
        chain_head,
        root,
        faults,
        fault_counts,
        notes,
        note_counts,
        first_broken,
        last_good_checkpoint,
        unwitnessed,
        officer_keys,
        acts,
        private,
        papers,
        papers_at_hand,
        trial_balance,
    }
}

fn outcome_of(one: &Checked, policy: &Policy) -> Outcome {
    let key_of = |name: &str| {
        let witness = policy.witnesses().iter().find(|witness| witness.name == name);
        witness.map(|witness| witness.key.name().as_str().to_owned()).unwrap_or_default()
    };
    let witnesses: Vec<Cosigner> = one
        .cosigners
        .iter()
        .map(|(name, time)| Cosigner { name: name.clone(), key: key_of(name), time: *time })
        .collect();
    let newest = witnesses.iter().map(|witness| witness.time).max();
    match newest {
        Some(newest) => Outcome::VerifiedAndWitnessed { size: one.size, witnesses, newest },
        None => Outcome::VerifiedNotWitnessed { reasons: vec![NoteKind::QuorumNotMet] },
    }
}

/// Of the notes, those that say why nobody vouches.
fn reasons(notes: &[Note]) -> Vec<NoteKind> {
    let of_witnesses = |kind: NoteKind| match kind {
        NoteKind::CheckpointMissing
        | NoteKind::LogKeyMissing
        | NoteKind::PolicyNotGiven
        | NoteKind::QuorumNone
        | NoteKind::QuorumNotMet
        | NoteKind::CosignaturesStale
        | NoteKind::CosignatureInFuture
        | NoteKind::LogKeyUnproved => true,
        NoteKind::ChartMissing
        | NoteKind::PolicyDiffers
        | NoteKind::RecordsUnwitnessed
        | NoteKind::AtInFuture
        | NoteKind::FieldErased
        | NoteKind::FormatDiffers
        | NoteKind::TypeVersionUnknown
        | NoteKind::PostingNotChecked
        | NoteKind::VoucherTypeUnknown => false,
    };
    let kinds: BTreeSet<NoteKind> = notes.iter().map(|note| note.kind).collect();
    kinds.into_iter().filter(|kind| of_witnesses(*kind)).collect()
}

/// Whom the auditor trusts, and how long.
pub(super) struct Trust<'a> {
    pub(super) policy: Option<&'a Policy>,
    pub(super) now: Instant,
    pub(super) max_age_seconds: u64,
}

impl Trust<'_> {
    /// The largest good checkpoint that the quorum has cosigned lately; of two such, the newer.
    fn witnessed<'c>(
        &self,
        checked: &'c [Checked],
        findings: &mut Findings,
    ) -> Option<&'c Checked> {
        if checked.is_empty() {
            findings.note(None, NoteKind::CheckpointMissing, "checkpoint", "-");
        }
        let Some(policy) = self.policy else {
            findings.note(None, NoteKind::PolicyNotGiven, "policy", "-");
            return None;
        };
        if !policy.needs_witnesses() {
            findings.note(None, NoteKind::QuorumNone, "quorum NAME", "quorum none");
            return None;
        }
        let met: Vec<&Checked> = checked.iter().filter(|one| is_met(policy, one)).collect();
        let fresh = met.iter().copied().filter(|one| one.is_good && self.is_fresh(policy, one));
        let best = fresh.max_by_key(|one| (one.size, newest(one)));
        if met.is_empty() {
            let counted: BTreeSet<&str> =
                checked.iter().flat_map(|one| one.cosigners.keys().map(String::as_str)).collect();
            let found = counted.into_iter().collect::<Vec<_>>().join(" ");
            findings.note(None, NoteKind::QuorumNotMet, "quorum", format!("[{found}]"));
        } else if !met.iter().any(|one| self.is_fresh(policy, one)) {
            let newest = met.iter().filter_map(|one| newest(one)).max();
            let found = newest.map(|newest| newest.to_string()).unwrap_or_default();
            let expected = format!("≤ {} s", self.max_age_seconds);
            findings.note(None, NoteKind::CosignaturesStale, expected, found);
        }
        best
    }

    /// Whether those who cosigned lately are a quorum by themselves: one witness that cosigns again
    /// and again must not keep the others' old word alive.
    fn is_fresh(&self, policy: &Policy, one: &Checked) -> bool {
        let age_max = i64::try_from(self.max_age_seconds).unwrap_or(i64::MAX);
        let age = |time: &Instant| self.now.unix().saturating_sub(time.unix());
        let lately = one.cosigners.iter().filter(|(_, time)| age(time) <= age_max);
        policy.is_met_by(lately.map(|(name, _)| name.as_str()))
    }
}

fn is_met(policy: &Policy, one: &Checked) -> bool {
    one.size > 0 && policy.is_met_by(one.cosigners.keys().map(String::as_str))
}

fn newest(one: &Checked) -> Option<Instant> {
    one.cosigners.values().copied().max()
}
