//! What is owed of dues 会费, by the rules and the terms in force: said here and nowhere else.

use serde::Serialize;

use super::State;
use super::members::{Member, Spell};
use super::officers::DuesStandard;
use crate::date::{Day, Month};
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
    /// the book begins is not in it, unless an old book said how the member stood.
    pub fn dues_months(&self, member: &Member, last: Month) -> impl Iterator<Item = Month> {
        let (own, book) = (member.first_month(), self.first_counted());
        let told = member.standing().map(|standing| standing.paid_through.next().max(own));
        let first = book.map_or(own, |book| book.max(own));
        let first = told.map_or(first, |told| told.min(first));
        first.through(last).filter(|month| member.owes_in(*month))
    }

    /// 会费缴至 The last month up to which nothing is owed of a membership that ends on that day, or
    /// might. Up to its month, what was waived or is exempt counts as well; after it that alone which
    /// was paid ahead.
    #[must_use]
    pub fn dues_paid_through(&self, member: &MemberId, spell: &Spell, on: Day) -> Option<Month> {
        let found = self.members.member(member)?;
        let last = on.month();
        let end = found.last_settled().map_or(last, |settled| settled.max(last));
        let settled = |month: &Month| {
            let owed = self.dues_owed(member, *month);
            owed.is_some_and(|owed| {
                owed.arrears().is_zero() && (*month <= last || owed.paid.is_positive())
            })
        };
        let first =
            self.first_counted().map_or(spell.owes_from, |first| first.max(spell.owes_from));
        first.through(end).take_while(settled).last().or(spell.paid_before)
    }

    /// The first month of the book.
    fn first_counted(&self) -> Option<Month> {
        self.offices.ledger().map(|ledger| ledger.starts.month())
    }
}
