//! 两点之间 What changed between two points of one book: its accounts, and who and what it knows.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::trial_balance::By;
use super::{AccountName, Words};
use crate::chart::Chart;
use crate::date::Month;
use crate::ids::{AccountCode, FundId};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::Turnover;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changes {
    /// 科目余额, debit less credit; only those that moved.
    pub accounts: Vec<Account>,
    /// 其他变动, each kind with the ids that it concerns.
    pub others: Vec<Other>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Account {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundId>,
    pub account: AccountName,
    pub before: Money,
    pub after: Money,
    pub difference: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Other {
    pub what: Words,
    pub ids: Vec<String>,
}

#[must_use]
pub fn between(before: &State, after: &State, chart: &Chart, by: By) -> Changes {
    let mut others = members(before, after).to_vec();
    others.extend(people_and_rules(before, after));
    others.extend(spending(before, after));
    others.extend(periods(before, after));
    others.retain(|other| !other.ids.is_empty());
    Changes { accounts: accounts(before, after, chart, by), others }
}

fn accounts(before: &State, after: &State, chart: &Chart, by: By) -> Vec<Account> {
    let books = Books { state: after, chart };
    let old = turnover(before, by);
    let new = turnover(after, by);
    let keys: BTreeSet<&Key<'_>> = old.keys().chain(new.keys()).collect();
    let account = |key: &Key<'_>| {
        let sides = [&old, &new].map(|sums| sums.get(key).copied().unwrap_or_default());
        let [before, after] = sides.map(Turnover::balance);
        let (fund, account) = (key.0.cloned(), books.name(key.1));
        // An account that was debited and credited alike has moved as well.
        let [one, other] = sides;
        let line = Account { fund, account, before, after, difference: after.minus(before) };
        (one != other).then_some(line)
    };
    keys.into_iter().filter_map(account).collect()
}

/// Of one fund, where they are asked for by fund.
type Key<'a> = (Option<&'a FundId>, &'a AccountCode);

fn turnover(state: &State, by: By) -> BTreeMap<Key<'_>, Turnover> {
    let mut sums: BTreeMap<Key<'_>, Turnover> = BTreeMap::new();
    for posted in state.accounts.turnovers() {
        let fund = match by {
            By::Account => None,
            By::Fund => Some(posted.fund),
        };
        let sum = sums.entry((fund, posted.account)).or_default();
        *sum = sum.plus(posted.turnover);
    }
    sums
}

fn other(zh: &str, en: &str, ids: impl IntoIterator<Item = impl ToString>) -> Other {
    let ids = ids.into_iter().map(|id| id.to_string()).collect();
    Other { what: Words::new(zh, en), ids }
}

fn members(before: &State, after: &State) -> [Other; 4] {
    let known = |id| before.members.member(id);
    let joined = after.members.members().filter(|(id, _)| known(id).is_none());
    let left = after.members.members().filter(|(id, member)| {
        member.left.is_some() && known(id).is_none_or(|known| known.left != member.left)
    });
    let changed = after.members.members().filter(|(id, member)| {
        known(id).is_some_and(|known| known != *member && known.left == member.left)
    });
    let groups = after.members.groups().filter(|(id, _)| before.members.group(id).is_none());
    [
        other("新入会", "members enrolled", joined.map(|(id, _)| id)),
        other("离会", "members who left", left.map(|(id, _)| id)),
        other(
            "缴费、基数或小组有变",
            "members whose payments, base or group changed",
            changed.map(|(id, _)| id),
        ),
        other("新设小组", "groups defined", groups.map(|(id, _)| id)),
    ]
}

fn people_and_rules(before: &State, after: &State) -> [Other; 3] {
    let changed = after.offices.officers();
    let changed = changed.filter(|(id, officer)| before.offices.officer(id) != Some(*officer));
    let old = before.offices.rules_set().count();
    let rules = after.offices.rules_set().skip(old);
    let rules = rules.map(|(seq, set)| {
        let name = set.setting.rule.kind().title(Lang::Zh);
        let english = set.setting.rule.kind().title(Lang::En);
        format!("#{seq} {name} {english} {} ({})", set.setting.from, set.setting.source)
    });
    let funds = after.funds.funds().filter(|fund| before.funds.fund(&fund.fund).is_none());
    [
        other("任免", "officers changed", changed.map(|(id, _)| id)),
        other("制度", "rules set", rules),
        other("新设资金", "funds established", funds.map(|fund| &fund.fund)),
    ]
}

fn spending(before: &State, after: &State) -> [Other; 3] {
    let known = |id| before.disbursements.disbursement(id);
    let all = || after.disbursements.disbursements();
    let requested = all().filter(|d| known(&d.request.disbursement).is_none());
    let ended = all().filter(|d| {
        known(&d.request.disbursement).is_some_and(|known| known.standing != d.standing)
    });
    let paid = after.disbursements.payments();
    let old: BTreeSet<_> = before.disbursements.payments().map(|(seq, _)| *seq).collect();
    let paid = paid.filter(|(seq, _)| !old.contains(seq));
    [
        other("新申请", "disbursements requested", requested.map(|d| &d.request.disbursement)),
        other(
            "申请状态有变",
            "disbursements of another standing",
            ended.map(|d| &d.request.disbursement),
        ),
        other("付款", "payments", paid.map(|(seq, p)| format!("#{seq} {}", p.paid.disbursement))),
    ]
}

fn periods(before: &State, after: &State) -> [Other; 4] {
    let (old, new) = (before.periods.closed_through(), after.periods.closed_through());
    let first = old.map(Month::next).or_else(|| Some(after.offices.ledger()?.starts.month()));
    let closed = first.zip(new).into_iter().flat_map(|(first, last)| first.through(last));
    let opened = new.map(Month::next).zip(old).into_iter();
    let opened = opened.flat_map(|(first, last)| first.through(last));
    let years = new.into_iter().flat_map(|last| {
        let first = old.map_or(last.year(), Month::year);
        (first.0..=last.year().0).map(crate::date::FiscalYear)
    });
    let years = years.filter(|year| {
        after.periods.year_is_closed(*year) && !before.periods.year_is_closed(*year)
    });
    let reversed =
        after.periods.reversed().filter(|(seq, _)| before.periods.reversal_of(**seq).is_none());
    [
        other("已结账月份", "months closed", closed),
        other("重新开账月份", "months opened again", opened),
        other("年结", "years closed", years),
        other("已冲销", "vouchers reversed", reversed.map(|(_, entry)| entry.voucher)),
    ]
}
