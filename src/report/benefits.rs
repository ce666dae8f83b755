//! 福利发放台账 What was given by lists: a line a list, or the people of one list to sign it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::welfare::{Beneficiary, Form, WelfareKind};
use crate::ids::{DisbursementId, WelfareItemId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::disbursements::Standing;
use crate::projection::welfare::{Claim, Got, List};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Benefits {
    pub heading: Heading,
    /// What was paid within the period, by the day of its payment; nothing where one list is asked for.
    pub lines: Vec<Line>,
    /// 按事项
    pub items: Vec<ItemLine>,
    pub total: Sums,
    /// 发放名册 The list that was asked for, paid or not.
    pub list: Option<Sheet>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub disbursement: DisbursementId,
    pub paid: Day,
    /// 事项日期
    pub on: Day,
    #[serde(flatten)]
    pub of: ItemName,
    pub form: Form,
    #[serde(flatten)]
    pub sums: Sums,
}

/// An item as its list knew it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct ItemName {
    pub item: WelfareItemId,
    /// None where the item is defined nowhere.
    pub item_name: Option<String>,
    pub kind: Option<WelfareKind>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemLine {
    #[serde(flatten)]
    pub of: ItemName,
    pub lists: u32,
    #[serde(flatten)]
    pub sums: Sums,
}

/// What is on the lists is signed for, waits, or was left; and what was left came back or did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Sums {
    /// 人次
    pub people: u32,
    /// 次数
    pub times: u32,
    pub amount: Money,
    /// 已签收
    pub signed: Money,
    /// 待签收
    pub waiting: Money,
    /// 未领
    pub unclaimed: Money,
    /// 已退回
    pub returned: Money,
}

/// 发放名册
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sheet {
    pub disbursement: DisbursementId,
    pub on: Day,
    #[serde(flatten)]
    pub of: ItemName,
    pub form: Form,
    /// None while it is not paid.
    pub paid: Option<Day>,
    pub people: Vec<Person>,
    pub sums: Sums,
}

/// By number, never by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Person {
    pub to: Beneficiary,
    pub times: u32,
    pub amount: Money,
    /// 签收
    pub signed: Option<Day>,
    /// 未领
    pub unclaimed: Option<Day>,
}

impl Sums {
    pub(super) fn add(&mut self, other: Sums) {
        self.people = self.people.saturating_add(other.people);
        self.times = self.times.saturating_add(other.times);
        self.amount = self.amount.plus(other.amount);
        self.signed = self.signed.plus(other.signed);
        self.waiting = self.waiting.plus(other.waiting);
        self.unclaimed = self.unclaimed.plus(other.unclaimed);
        self.returned = self.returned.plus(other.returned);
    }

    pub(super) fn of(got: &Got) -> Sums {
        let mut sums = Sums { people: 1, times: got.times, amount: got.amount, ..Sums::default() };
        match got.claim {
            Claim::Listed => sums.waiting = got.amount,
            Claim::Signed(_) => sums.signed = got.amount,
            Claim::Unclaimed(_) => sums.unclaimed = got.amount,
        }
        sums
    }

    fn of_list(list: &List) -> Sums {
        let returned = list.returned.map(|back| back.amount).unwrap_or_default();
        let mut sums = Sums { returned, ..Sums::default() };
        list.shares.values().for_each(|got| sums.add(Sums::of(got)));
        sums
    }
}

impl Benefits {
    /// Whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<Beneficiary> {
        let people = self.list.iter().flat_map(|list| &list.people);
        people.map(|person| person.to.clone()).collect()
    }
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period, asked: Option<&str>) -> Benefits {
    let books = Books { state, chart };
    if let Some(asked) = asked {
        let list = DisbursementId::parse(asked).ok().and_then(|id| sheet(state, &id));
        let total = list.as_ref().map(|list| list.sums).unwrap_or_default();
        let title = Words::new("发放名册", "List of a benefit");
        let heading = books.heading(title, "", period);
        return Benefits { heading, lines: Vec::new(), items: Vec::new(), total, list };
    }
    let mut lines: Vec<Line> =
        paid(state, period).map(|(id, list, paid)| line(state, id, list, paid)).collect();
    lines.sort_by(|one, other| {
        (one.paid, &one.disbursement).cmp(&(other.paid, &other.disbursement))
    });
    let mut items: BTreeMap<ItemName, (u32, Sums)> = BTreeMap::new();
    let mut total = Sums::default();
    for line in &lines {
        let (lists, sums) = items.entry(line.of.clone()).or_default();
        *lists = lists.saturating_add(1);
        sums.add(line.sums);
        total.add(line.sums);
    }
    let title = Words::new("福利发放台账", "Register of benefits");
    Benefits {
        heading: books.heading(title, "", period),
        lines,
        items: items.into_iter().map(|(of, (lists, sums))| ItemLine { of, lists, sums }).collect(),
        total,
        list: None,
    }
}

/// The lists that are paid, each with the day of its payment.
pub(super) fn paid(
    state: &State,
    period: Period,
) -> impl Iterator<Item = (&DisbursementId, &List, Day)> {
    let lists = state.welfare.lists();
    let paid = lists.filter_map(|(id, list)| Some((id, list, paid_on(state, id)?)));
    paid.filter(move |(_, _, day)| period.contains(day.month()))
}

fn paid_on(state: &State, id: &DisbursementId) -> Option<Day> {
    match state.disbursements.disbursement(id)?.standing {
        Standing::Paid { on, .. } => Some(on),
        Standing::Open
        | Standing::Refused { .. }
        | Standing::Cancelled { .. }
        | Standing::Accrued { .. } => None,
    }
}

pub(super) fn item_name(state: &State, item: &WelfareItemId) -> ItemName {
    let found = state.welfare.item(item);
    ItemName {
        item: item.clone(),
        item_name: found.map(|item| item.name.as_str().to_owned()),
        kind: found.map(|item| item.kind),
    }
}

fn line(state: &State, id: &DisbursementId, list: &List, paid: Day) -> Line {
    Line {
        disbursement: id.clone(),
        paid,
        on: list.on,
        of: item_name(state, &list.item),
        form: list.form,
        sums: Sums::of_list(list),
    }
}

/// 编号顺序 As people count: `m-2` before `m-10`, members before others.
pub(super) fn in_order(to: &Beneficiary) -> (bool, Vec<(usize, String)>) {
    let id = to.to_string();
    let mut parts: Vec<(usize, String)> = Vec::new();
    let mut digits = false;
    for c in id.chars() {
        match parts.last_mut() {
            Some((_, part)) if digits == c.is_ascii_digit() => part.push(c),
            Some(_) | None => parts.push((0, c.to_string())),
        }
        digits = c.is_ascii_digit();
    }
    // Of two runs of digits the longer one is the greater number.
    for (length, part) in &mut parts {
        if part.starts_with(|c: char| c.is_ascii_digit()) {
            let number = part.trim_start_matches('0');
            (*length, *part) = (number.len(), number.to_owned());
        }
    }
    (to.member().is_none(), parts)
}

fn sheet(state: &State, id: &DisbursementId) -> Option<Sheet> {
    let list = state.welfare.list_of(id)?;
    let person = |(to, got): (&Beneficiary, &Got)| {
        let (signed, unclaimed) = match got.claim {
            Claim::Listed => (None, None),
            Claim::Signed(day) => (Some(day), None),
            Claim::Unclaimed(day) => (None, Some(day)),
        };
        Person { to: to.clone(), times: got.times, amount: got.amount, signed, unclaimed }
    };
    let mut people: Vec<(&Beneficiary, &Got)> = list.shares.iter().collect();
    people.sort_by_cached_key(|(to, _)| in_order(to));
    Some(Sheet {
        disbursement: id.clone(),
        on: list.on,
        of: item_name(state, &list.item),
        form: list.form,
        paid: paid_on(state, id),
        people: people.into_iter().map(person).collect(),
        sums: Sums::of_list(list),
    })
}
