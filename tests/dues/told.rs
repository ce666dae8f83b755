//! What is due, less what was waived and paid, is in arrears: of every member and month, after any
//! steps, counted anew from the records.

use std::collections::BTreeMap;

use mingzhang::date::{Day, Month};
use mingzhang::event::dues::Terms;
use mingzhang::event::{Fact, Recorded};
use mingzhang::ids::MemberId;
use mingzhang::money::Money;
use mingzhang::report::membership::Counts;
use mingzhang::report::{Period, arrears, collection, membership};
use proptest::prelude::*;

use crate::given::{Given, given, of, union_with_money};
use crate::records;
use crate::steps::steps;

/// The dues of a book as its records say them, counted without a line of the program's own sums.
#[derive(Default)]
struct Told {
    /// Each membership: its first month owed, and its last.
    spells: BTreeMap<MemberId, Vec<(Month, Option<Month>)>>,
    bases: BTreeMap<(MemberId, Month), Money>,
    terms: BTreeMap<(MemberId, Month), (Option<Month>, Terms)>,
    paid: BTreeMap<(MemberId, Month), Money>,
    waived: BTreeMap<(MemberId, Month), Money>,
}

impl Told {
    fn of(records: &[Recorded]) -> Told {
        let mut told = Told::default();
        for record in records {
            match &record.fact {
                Fact::MemberEnrolled(f) => told.come(&f.member, f.on.month()),
                Fact::MemberArrived(f) => {
                    let from = f.dues_paid_through.map_or(f.on.month(), Month::next);
                    told.come(&f.member, from);
                }
                Fact::MemberLeft(f) => told.go(&f.member, f.on),
                Fact::MemberDeparted(f) => told.go(&f.member, f.on),
                Fact::DuesBaseSet(f) => {
                    told.bases.insert((f.member.clone(), f.from), f.base);
                }
                Fact::DuesTermsSet(f) => {
                    let terms = (f.until, f.terms.clone());
                    told.terms.insert((f.member.clone(), f.from), terms);
                }
                Fact::EntryReversed(f) => {
                    let original = &records[usize::try_from(f.reverses.0).unwrap()];
                    told.take(&original.fact, true);
                }
                Fact::DuesWaiverCancelled(f) => {
                    let original = &records[usize::try_from(f.waiver.0).unwrap()];
                    told.take(&original.fact, true);
                }
                other => told.take(other, false),
            }
        }
        told
    }

    fn come(&mut self, member: &MemberId, from: Month) {
        self.spells.entry(member.clone()).or_default().push((from, None));
    }

    fn go(&mut self, member: &MemberId, on: Day) {
        self.spells.get_mut(member).unwrap().last_mut().unwrap().1 = Some(on.month());
    }

    fn take(&mut self, fact: &Fact, back: bool) {
        let sign = |amount: Money| if back { amount.negated() } else { amount };
        let add = |sums: &mut BTreeMap<(MemberId, Month), Money>, member: &MemberId, month, by| {
            let sum = sums.entry((member.clone(), month)).or_default();
            *sum = sum.plus(by);
        };
        if let Fact::DuesReceived(f) = fact {
            f.lines.iter().for_each(|l| add(&mut self.paid, &l.member, l.month, sign(l.amount)));
        }
        if let Fact::DuesRefunded(f) = fact {
            let back = |amount| sign(amount).negated();
            f.lines.iter().for_each(|l| add(&mut self.paid, &l.member, l.month, back(l.amount)));
        }
        if let Fact::DuesWaived(f) = fact {
            f.lines.iter().for_each(|l| add(&mut self.waived, &f.member, l.month, sign(l.amount)));
        }
    }

    /// Half a percent of whole tens of yuan of the base, unless the member has other terms.
    fn due(&self, member: &MemberId, month: Month) -> Money {
        let spells = &self.spells[member];
        let owes = |(from, last): &(Month, Option<Month>)| {
            *from <= month && last.is_none_or(|last| month <= last)
        };
        if !spells.iter().any(owes) {
            return Money::ZERO;
        }
        let own = self.terms.iter().rev();
        let mut own = own.filter(|((id, from), (until, _))| {
            id == member && *from <= month && until.is_none_or(|until| month <= until)
        });
        match own.next() {
            Some((_, (_, Terms::Flat { amount }))) => return *amount,
            Some((_, (_, Terms::Exempt { .. }))) => return Money::ZERO,
            Some((_, (_, Terms::ByBase {}))) | None => {}
        }
        let bases = self.bases.iter().rev();
        let mut bases = bases.filter(|((id, from), _)| id == member && *from <= month);
        let Some((_, base)) = bases.next() else { return Money::ZERO };
        Money::from_fen(base.fen().unwrap() / 1000 * 5)
    }
}

/// The reports of arrears and collection say, of every member and month, what the records say.
fn agrees(given: &Given) {
    let (state, chart) = (given.state(), given.book.chart());
    let told = Told::of(&records(given));
    let last: Month = of("2026-12");
    let period = Period::Months { first: of("2025-01"), last };
    let report = arrears::report(state, chart, period);
    let mut said = BTreeMap::new();
    for line in &report.members {
        for month in &line.months {
            assert_eq!(month.arrears, month.due.minus(month.waived).minus(month.paid));
            said.insert((line.member.clone(), month.month), month.arrears);
        }
        let ages = line.ages;
        let sum = Money::sum([ages.months_1_to_3, ages.months_4_to_6, ages.over_6_months]);
        assert_eq!(sum, ages.amount, "{}", line.member);
    }
    // Of months to come nobody owes anything yet.
    let collected = collection::report(state, chart, period);
    let counted = |month: &Month| collected.months.contains(month);
    let (mut expected, mut due, mut paid, mut waived) =
        (BTreeMap::new(), Money::ZERO, Money::ZERO, Money::ZERO);
    for member in told.spells.keys() {
        for month in of::<Month>("2025-01").through(last) {
            let key = (member.clone(), month);
            let one = |sums: &BTreeMap<_, Money>| sums.get(&key).copied().unwrap_or_default();
            let of_month = told.due(member, month);
            let left = of_month.minus(one(&told.waived)).minus(one(&told.paid));
            if left.is_positive() {
                expected.insert(key.clone(), left);
            }
            if counted(&month) {
                due = due.plus(of_month);
                paid = paid.plus(one(&told.paid));
                waived = waived.plus(one(&told.waived));
            }
        }
    }
    assert_eq!(said, expected);
    let owed = Money::sum(expected.values().copied());
    assert_eq!(report.total.amount, owed);
    let of_counted = expected.iter().filter(|((_, month), _)| counted(month));
    let owed = Money::sum(of_counted.map(|(_, left)| *left));
    let total = collected.total.total;
    assert_eq!((total.due, total.received, total.arrears), (due, paid, owed));
    assert_eq!(total.waived, waived);
    let groups = collected.groups.iter().map(|line| line.total.arrears);
    assert_eq!(Money::sum(groups), owed);
    let full = total.rate.is_some_and(|rate| rate.to_string() == "100.00");
    assert!(!full || owed.is_zero(), "{total:?}");
}

/// Opening and what moved is closing, of every group and of all, and closing is who is there.
fn members_add_up(given: &Given) {
    let (state, chart) = (given.state(), given.book.chart());
    for period in ["all", "2025", "2025-03", "2026-01..2026-04"] {
        let period: Period = period.parse().unwrap();
        let report = membership::report(state, chart, period);
        for counts in report.groups.iter().map(|line| &line.counts).chain([&report.total]) {
            let Counts { opening, joined, arrived, moved_in, moved_out, .. } = *counts;
            let Counts { resigned, departed, retired, died, closing, .. } = *counts;
            let came = opening + joined + arrived + moved_in;
            assert_eq!(came, closing + moved_out + resigned + departed + retired + died);
        }
        let end = period.last().map(Month::last_day);
        let there = state.members.members().filter(|(_, member)| {
            member.spells().any(|spell| {
                let by = |day: Day| end.is_none_or(|end| day <= end);
                by(spell.joined) && spell.left.is_none_or(|(left, _)| !by(left))
            })
        });
        assert_eq!(report.total.closing, u32::try_from(there.count()).unwrap(), "{period}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_due_less_what_was_waived_and_paid_is_in_arrears(steps in steps(120)) {
        let mut book = given(union_with_money());
        for (place, step) in steps.iter().enumerate() {
            while let Some(asked) = step.asked(book.state(), 0) {
                let before = book.state().members.clone();
                let records = book.when(&asked);
                if let Ok([Recorded { seq, voucher: Some(_), .. }]) = records.as_deref()
                    && !step.stays()
                    && book.when(&step.reversal_of(*seq)).is_ok()
                {
                    prop_assert!(book.state().members == before, "{:?}", asked);
                }
                // Months are closed one after the other; everything else is asked once.
                if records.is_err() || asked.command.name() != "period.close" {
                    break;
                }
            }
            if place % 12 == 0 {
                agrees(&book);
                members_add_up(&book);
            }
        }
        agrees(&book);
        members_add_up(&book);
    }
}
