//! What is owed of dues 会费, by the rules and the terms in force: said here and nowhere else.

use serde::Serialize;

use super::State;
use super::members::Member;
use super::officers::DuesStandard;
use crate::date::Month;
use crate::event::dues::Terms;
use crate::ids::MemberId;
use crate::money::Money;

/// One month of one member: what is due, and what of it was waived and paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Owed {
    pub due: Money,
    pub waived: Money,
    pub paid: Money,
}

impl Owed {
    /// 欠缴 Due, less what was waived and paid; never below nothing.
    #[must_use]
    pub fn arrears(self) -> Money {
        let left = self.due.minus(self.waived).minus(self.paid);
        if left.is_negative() { Money::ZERO } else { left }
    }
}

impl State {
    /// The dues of a member for a month by the terms and the rule then in force; `None` where the
    /// base or the rule is not set, nothing owed where the membership does not cover the month.
    #[must_use]
    pub fn dues_due(&self, member: &MemberId, month: Month) -> Option<Money> {
        let found = self.members.member(member)?;
        if !found.owes_in(month) {
            return Some(Money::ZERO);
        }
        let starts = self.offices.ledger().map(|ledger| ledger.starts.month());
        if let Some(settled) = found.settled_before(month, starts) {
            return Some(settled);
        }
        let by_base = |(basis_points, step): (u32, Money)| {
            Some(found.base_in(month)?.floor_to(step).basis_points(basis_points))
        };
        let day = month.last_day();
        match found.terms_in(month) {
            Some(Terms::Exempt { .. }) => Some(Money::ZERO),
            Some(Terms::Flat { amount }) => Some(*amount),
            Some(Terms::ByBase {}) => by_base(self.offices.dues_rate(day)?),
            None => match self.offices.dues_standard(day)? {
                DuesStandard::Flat(amount) => Some(amount),
                DuesStandard::Rate(basis_points, step) => by_base((basis_points, step)),
            },
        }
    }

    /// What is due, waived and paid of a member's month; `None` as of [`State::dues_due`].
    #[must_use]
    pub fn dues_owed(&self, member: &MemberId, month: Month) -> Option<Owed> {
        let due = self.dues_due(member, month)?;
        let found = self.members.member(member)?;
        Some(Owed { due, waived: found.waived_for(month), paid: found.paid_for(month) })
    }

    /// The months for which a member owes dues in this book, through that one. What was owed before
    /// the book begins is not in it.
    pub fn dues_months(&self, member: &Member, last: Month) -> impl Iterator<Item = Month> {
        let starts = self.offices.ledger().map(|ledger| ledger.starts.month());
        let first = starts.map_or(member.first_month(), |starts| starts.max(member.first_month()));
        first.through(last).filter(|month| member.owes_in(*month))
    }

    /// 会费缴至 The last month up to which a member owes nothing: through `last` months that were
    /// waived or are exempt count as well, after it those alone that were paid for.
    #[must_use]
    pub fn dues_paid_through(&self, member: &MemberId, last: Month) -> Option<Month> {
        let found = self.members.member(member)?;
        let end = found.last_settled().map_or(last, |settled| settled.max(last));
        let settled = |month: &Month| {
            let owed = self.dues_owed(member, *month);
            owed.is_some_and(|owed| {
                owed.arrears().is_zero() && (*month <= last || owed.paid.is_positive())
            })
        };
        self.dues_months(found, end).take_while(settled).last()
    }
}
