//! Disbursements 支出 on their way from request to payment.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::event::book::Role;
use crate::event::disbursement::{Approval, Paid, Request};
use crate::event::{Line, VoucherNumber};
use crate::ids::{AccountCode, DisbursementId, OfficerId, Seq};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disbursement {
    /// The record of the request, which its papers belong to.
    pub seq: Seq,
    pub request: Request,
    pub requested_by: OfficerId,
    /// The later of its own day and the day on which it was recorded.
    pub judged_on: Day,
    /// The offices whose approval the band of that day asks for, by the rules known then: no rule
    /// that is set afterwards changes it. None where no rule was in force.
    pub band: Option<BTreeSet<Role>>,
    /// Who approved, and for which day.
    pub approvals: BTreeMap<OfficerId, Day>,
    /// 代理 Of those who approved for somebody else as well: for whom, and as what.
    pub stood_in: BTreeMap<OfficerId, BTreeMap<OfficerId, BTreeSet<Role>>>,
    pub standing: Standing,
}

impl Disbursement {
    /// The offices that an approval stands for: those of the approver, and those that he stood in for.
    #[must_use]
    pub fn with_stood_in(&self, approver: &OfficerId, mut roles: BTreeSet<Role>) -> BTreeSet<Role> {
        roles.extend(self.stood_in.get(approver).into_iter().flat_map(BTreeMap::values).flatten());
        roles
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 待批 or 已批: open until it is paid.
    Open,
    /// 不批准
    Refused { by: OfficerId },
    /// 已付
    Paid { seq: Seq, by: OfficerId, on: Day },
    /// 计提 Owed on the account of another union, and paid with what is owed to it.
    Accrued { seq: Seq, on: Day },
    /// 撤销
    Cancelled { by: OfficerId },
}

impl Standing {
    /// Whether what it was asked for waits for the money, or has it: what was refused or withdrawn may be
    /// asked for again.
    #[must_use]
    pub fn takes_up(&self) -> bool {
        match self {
            Standing::Open | Standing::Paid { .. } | Standing::Accrued { .. } => true,
            Standing::Refused { .. } | Standing::Cancelled { .. } => false,
        }
    }
}

/// One record of a payment, with what stood behind it when it was made: a record is judged by what
/// was so then, and not by what was set right or arranged afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub paid: Paid,
    pub by: OfficerId,
    pub voucher: Option<VoucherNumber>,
    /// None where it was never requested.
    pub behind: Option<Behind>,
    /// The accounts that it left by, where it acquired nothing: no state holds the chart, and what
    /// comes back comes back there.
    pub left_by: BTreeSet<AccountCode>,
}

/// A disbursement at the moment of its payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behind {
    pub disbursement: Disbursement,
    /// The offices of those who approved, on that day.
    pub approvers: BTreeMap<OfficerId, BTreeSet<Role>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Disbursements {
    by_id: BTreeMap<DisbursementId, Disbursement>,
    /// Every payment that is not reversed, by its record.
    payments: BTreeMap<Seq, Payment>,
    /// Those that are open, so that the list of what waits is short however long the book.
    open: BTreeSet<DisbursementId>,
}

impl Disbursements {
    pub(super) fn request(&mut self, new: Disbursement) {
        let id = new.request.disbursement.clone();
        self.open.insert(id.clone());
        self.by_id.insert(id, new);
    }

    pub(super) fn approve(
        &mut self,
        approval: &Approval,
        by: &OfficerId,
        stood_in: BTreeMap<OfficerId, BTreeSet<Role>>,
    ) {
        // An approval of another amount than was asked for approves nothing.
        let found = self.by_id.get_mut(&approval.disbursement);
        if let Some(found) = found.filter(|found| found.request.amount == approval.amount) {
            found.approvals.insert(by.clone(), approval.date);
            if !stood_in.is_empty() {
                found.stood_in.insert(by.clone(), stood_in);
            }
        }
    }

    /// What of these lines lies where payments leave from.
    pub(super) fn in_tills(&self, lines: &[Line]) -> Money {
        let left_by: BTreeSet<&AccountCode> =
            self.payments.values().flat_map(|payment| &payment.left_by).collect();
        let lies = |line: &&Line| left_by.contains(&line.account);
        Money::sum(lines.iter().filter(lies).map(|line| line.side.balance()))
    }

    #[must_use]
    pub fn payment(&self, seq: Seq) -> Option<&Payment> {
        self.payments.get(&seq)
    }

    pub(super) fn pay(&mut self, seq: Seq, payment: Payment, on: Day) {
        let standing = Standing::Paid { seq, by: payment.by.clone(), on };
        self.stand(&payment.paid.disbursement, standing);
        self.payments.insert(seq, payment);
    }

    /// What was paid wrongly is open again, with its approvals.
    pub(super) fn unpay(&mut self, seq: Seq, id: &DisbursementId) {
        self.payments.remove(&seq);
        self.stand(id, Standing::Open);
    }

    pub(super) fn stand(&mut self, id: &DisbursementId, standing: Standing) {
        if let Some(found) = self.by_id.get_mut(id) {
            if standing == Standing::Open {
                self.open.insert(id.clone());
            } else {
                self.open.remove(id);
            }
            found.standing = standing;
        }
    }

    #[must_use]
    pub fn disbursement(&self, id: &DisbursementId) -> Option<&Disbursement> {
        self.by_id.get(id)
    }

    pub fn disbursements(&self) -> impl Iterator<Item = &Disbursement> {
        self.by_id.values()
    }

    /// Every payment that is not reversed, in the order of its record.
    pub fn payments(&self) -> impl Iterator<Item = (&Seq, &Payment)> {
        self.payments.iter()
    }

    /// Requested and neither paid, refused nor withdrawn.
    pub fn open(&self) -> impl Iterator<Item = &Disbursement> {
        self.open.iter().filter_map(|id| self.by_id.get(id))
    }
}
