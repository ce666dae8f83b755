//! 惠及职工 Whom spending reached, as numbers alone: how many people and how much, by what it was given for.
//! Nobody can be told from it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::Words;
use super::books::Books;
use super::period::Period;
use crate::event::welfare::{Beneficiary, WelfareKind};
use crate::ids::AccountCode;
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::disbursements::Standing;
use crate::projection::welfare::{Claim, List};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reached {
    /// What lists say by the kind of item, then payments that say only how many people they reach, by
    /// account.
    pub lines: Vec<Line>,
    pub total: Total,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub what: Words,
    #[serde(flatten)]
    pub total: Total,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Total {
    /// 笔数
    pub payments: u32,
    /// 人数 Of lists, each person once; of what has no list, as many as each payment says.
    pub people: u32,
    /// Without what was not claimed.
    pub amount: Money,
}

#[derive(Default)]
struct Tally {
    payments: u32,
    persons: BTreeSet<Beneficiary>,
    said: u32,
    amount: Money,
}

/// A line of fewer people is one that tells who they are.
const FEWEST: u32 = 3;

/// Of what was paid in the period and is not reversed.
pub(super) fn of(books: Books<'_>, period: Period) -> Reached {
    let state = books.state;
    let (mut kinds, mut accounts) = (BTreeMap::new(), BTreeMap::new());
    let mut total = Tally::default();
    for paid in state.disbursements.disbursements() {
        let Standing::Paid { on, .. } = paid.standing else { continue };
        if !period.contains(on.month()) {
            continue;
        }
        let request = &paid.request;
        let listed = state.welfare.list_of(&request.disbursement);
        let kind = listed.and_then(|list| state.welfare.item(&list.item)).map(|item| item.kind);
        if let (Some(list), Some(kind)) = (listed, kind) {
            let line: &mut Tally = kinds.entry(kind).or_default();
            line.list(books, list);
            total.list(books, list);
        } else if let Some(people) = request.people {
            let line: &mut Tally = accounts.entry(&request.account).or_default();
            line.say(people, request.amount);
            total.say(people, request.amount);
        }
    }
    let of_kind = |(kind, tally): (WelfareKind, Tally)| Line {
        what: Words::new(kind.title(Lang::Zh), kind.title(Lang::En)),
        total: tally.total(),
    };
    let of_account = |(account, tally): (&AccountCode, Tally)| {
        let account = books.name(account);
        let [zh, en] = Lang::ALL.map(|lang| account.label(lang));
        Line { what: Words { zh, en }, total: tally.total() }
    };
    let few = fold(&mut kinds, &mut accounts);
    let few = few.map(|few| Line { what: Words::new("其他", "other"), total: few.total() });
    let lines = kinds.into_iter().map(of_kind);
    let lines = lines.chain(accounts.into_iter().map(of_account)).chain(few).collect();
    Reached { lines, total: total.total() }
}

/// What reached fewer than that is not said apart, so that nobody is told from it; nor is the sum of all
/// such, as long as there is something else to add.
fn fold(
    kinds: &mut BTreeMap<WelfareKind, Tally>,
    accounts: &mut BTreeMap<&AccountCode, Tally>,
) -> Option<Tally> {
    let mut few: Option<Tally> = None;
    loop {
        let kind = kinds.iter().min_by_key(|(_, tally)| tally.people());
        let kind = kind.map(|(kind, tally)| (tally.people(), *kind));
        let account = accounts.iter().min_by_key(|(_, tally)| tally.people());
        let account = account.map(|(account, tally)| (tally.people(), *account));
        let fewest =
            kind.map(|(people, _)| people).into_iter().chain(account.map(|(p, _)| p)).min();
        let alone = fewest.is_some_and(|people| people < FEWEST);
        let short = few.as_ref().is_some_and(|few| few.people() < FEWEST);
        if fewest.is_none() || !(alone || short) {
            return few;
        }
        let of_kind = kind.filter(|(people, _)| Some(*people) == fewest);
        let next = of_kind.and_then(|(_, kind)| kinds.remove(&kind));
        let next = next.or_else(|| accounts.remove(account?.1));
        few.get_or_insert_default().add(next?);
    }
}

impl Tally {
    fn list(&mut self, books: Books<'_>, list: &List) {
        self.payments = self.payments.saturating_add(1);
        for (to, got) in &list.shares {
            if !matches!(got.claim, Claim::Unclaimed(_)) {
                self.persons.insert(books.state.person(to));
                self.amount = self.amount.plus(got.amount);
            }
        }
    }

    fn say(&mut self, people: u32, amount: Money) {
        self.payments = self.payments.saturating_add(1);
        self.said = self.said.saturating_add(people);
        self.amount = self.amount.plus(amount);
    }

    fn add(&mut self, other: Tally) {
        self.payments = self.payments.saturating_add(other.payments);
        self.persons.extend(other.persons);
        self.said = self.said.saturating_add(other.said);
        self.amount = self.amount.plus(other.amount);
    }

    fn people(&self) -> u32 {
        let persons = u32::try_from(self.persons.len()).unwrap_or(u32::MAX);
        persons.saturating_add(self.said)
    }

    fn total(self) -> Total {
        Total { payments: self.payments, people: self.people(), amount: self.amount }
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Tally, WelfareKind, fold};
    use crate::event::welfare::Beneficiary;
    use crate::report::given::yuan;

    fn of(people: &[&str]) -> Tally {
        let persons = people.iter().map(|id| Beneficiary::Member(id.parse().unwrap())).collect();
        Tally { payments: 1, persons, said: 0, amount: yuan("100.00") }
    }

    fn folded(lines: &[(WelfareKind, &[&str])]) -> (Vec<WelfareKind>, Option<(u32, u32)>) {
        let mut kinds: BTreeMap<WelfareKind, Tally> =
            lines.iter().map(|(kind, people)| (*kind, of(people))).collect();
        let few = fold(&mut kinds, &mut BTreeMap::new());
        (kinds.into_keys().collect(), few.map(|few| (few.payments, few.people())))
    }

    /// Of one person in hospital no line is left, and none of the two lines that would add up to it.
    #[test]
    fn no_line_of_a_notice_is_of_fewer_than_three_people() {
        use WelfareKind::{Birthday, Festival, Hospital, Wedding};
        let all: &[&str] = &["m-1", "m-2", "m-3", "m-4"];
        let three: &[&str] = &["m-1", "m-2", "m-3"];
        assert_eq!(folded(&[(Festival, all), (Birthday, three)]), (vec![Festival, Birthday], None));
        let lines = [(Festival, all), (Hospital, &["m-1"]), (Wedding, &["m-2", "m-3"])];
        assert_eq!(folded(&lines), (vec![Festival], Some((2, 3))));
        let lines = [(Festival, all), (Birthday, three), (Hospital, &["m-4"])];
        assert_eq!(folded(&lines), (vec![Festival], Some((2, 4))));
        assert_eq!(folded(&[(Hospital, &["m-4"])]), (vec![], Some((1, 1))));
    }
}
