//! 收支公示 The notice of a month for the members: what came in and was spent, what is planned, what each
//! fund holds, how the dues came in, whom it reached without saying who. Its figures are those of the
//! statement of income and spending and of the report on funds, made by the same functions.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::annual_report::so_far;
use super::audit::results;
use super::books::Books;
use super::reached;
pub use super::reached::{Line as ReachedLine, Reached, Total as ReachedTotal};
use super::{AccountName, Heading, Period, Term, Words, budget, custodial, dues, funds};
use crate::chart::{Chart, Class};
use crate::date::{Day, FiscalYear, Month};
use crate::event::book::Role;
use crate::ids::{AccountCode, FundId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::disbursements::Disbursement;
use crate::rules::unfilled;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PublicNotice {
    pub heading: Heading,
    /// 已结账 Whether every month of it is closed, so that its figures stay as they are.
    pub closed: bool,
    /// 一、收入
    pub income: Side,
    /// 二、支出
    pub spending: Side,
    /// 三、各项资金
    pub funds: Vec<FundLine>,
    pub funds_total: Moved,
    /// 代管经费 Others' money that the union keeps; none where it keeps none.
    pub custodial: Option<Moved>,
    /// 四、计划用款
    pub plan: Plan,
    /// 五、惠及职工 Whom spending reached, by item, in numbers alone.
    pub reached: Reached,
    /// 六、会费收缴 of these months.
    pub dues: dues::Collected,
    /// 公示地点 By the rule of the last month; none where no rule says so.
    pub place: Option<String>,
    /// 联系 Whom to ask.
    pub contact: Option<String>,
    /// 应公示日期
    pub due: Option<Day>,
    /// 公示日期 Where somebody posts it, and says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posted: Option<Day>,
}

impl PublicNotice {
    /// As it is posted: at a place that may be another one than the rule's, and on a day.
    #[must_use]
    pub fn posted_at(self, place: Option<String>, posted: Option<Day>) -> PublicNotice {
        PublicNotice { place: place.or(self.place), posted: posted.or(self.posted), ..self }
    }
}

/// Income or spending by first-level account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Side {
    pub lines: Vec<Line>,
    pub total: Money,
    /// 本年累计 From the first month of the year of the last one.
    pub year_to_date: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub account: AccountName,
    pub amount: Money,
    pub year_to_date: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FundLine {
    pub fund: FundId,
    pub name: String,
    /// 专项
    pub restricted: bool,
    #[serde(flatten)]
    pub moved: Moved,
}

/// opening + received - paid + moved = closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Moved {
    /// 期初
    pub opening: Money,
    /// 收入
    pub received: Money,
    /// 支出
    pub paid: Money,
    /// 调剂及调整 Moved in from other funds, less what was moved out, and adjustments.
    pub moved: Money,
    /// 期末
    pub closing: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Plan {
    pub year: FiscalYear,
    /// 支出预算 of the year by first-level account, up to the last month; none without a budget.
    pub budget: Vec<Planned>,
    pub budget_total: Option<Amounts>,
    /// 待审批用款申请 Requested, and not approved by all whom the rule asks.
    pub requested: Waiting,
    /// 已批准未付
    pub approved: Waiting,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Planned {
    pub account: AccountName,
    #[serde(flatten)]
    pub amounts: Amounts,
}

/// planned - spent - requested = left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Amounts {
    /// 预算
    pub planned: Money,
    /// 已支出
    pub spent: Money,
    /// 已申请未付
    pub requested: Money,
    /// 余额
    pub left: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Waiting {
    /// 笔数
    pub requests: u32,
    pub amount: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, asked: Period) -> PublicNotice {
    let books = Books { state, chart };
    let period = of_months(books, asked);
    let last = period.last();
    let funds = funds::report(state, chart, period);
    let custodial = custodial::report(state, chart, period);
    let rule = last.and_then(|last| state.notice_rule(last));
    let months = books.months(period);
    PublicNotice {
        heading: books.heading(Words::new("工会经费收支公示", "Notice to the members"), "", period),
        closed: !months.is_empty() && months.iter().all(|month| state.periods.is_closed(*month)),
        income: side(books, period, Class::Income),
        spending: side(books, period, Class::Expense),
        funds: funds.lines.iter().map(fund).collect(),
        funds_total: Moved::of(&funds.total),
        custodial: (!custodial.lines.is_empty()).then(|| Moved::held(&custodial.total)),
        plan: plan(books, last),
        reached: reached::of(books, period),
        dues: dues::report(state, chart, so_far(books, period)).total,
        place: rule.map(|rule| rule.place.as_str().to_owned()),
        contact: rule.map(|rule| rule.contact.as_str().to_owned()),
        due: rule.map(|rule| rule.due),
        posted: None,
    }
}

/// A notice is of months that can be named: without any, of the last one in which anything was posted.
pub(super) fn of_months(books: Books<'_>, asked: Period) -> Period {
    match asked {
        Period::All => books.last_month().map_or(Period::All, Period::Month),
        Period::Year(_) | Period::Month(_) | Period::Months { .. } => asked,
    }
}

pub(super) fn year_to_date(period: Period) -> Period {
    period.last().map_or(period, |last| Term::Month(last).year_to_date())
}

fn side(books: Books<'_>, period: Period, class: Class) -> Side {
    let these = results::of(books, period, class);
    let so_far = results::of(books, year_to_date(period), class);
    let mut lines: BTreeMap<AccountCode, Line> = BTreeMap::new();
    for (of, is_year) in [(&these, false), (&so_far, true)] {
        for found in of.lines.iter().filter(|line| line.first_level) {
            let account = found.account.clone();
            let line = lines.entry(account.code.clone()).or_insert(Line {
                account,
                amount: Money::ZERO,
                year_to_date: Money::ZERO,
            });
            if is_year {
                line.year_to_date = found.actual;
            } else {
                line.amount = found.actual;
            }
        }
    }
    let some = |line: &Line| !line.amount.is_zero() || !line.year_to_date.is_zero();
    Side {
        lines: lines.into_values().filter(some).collect(),
        total: these.total,
        year_to_date: so_far.total,
    }
}

fn fund(line: &funds::Line) -> FundLine {
    let (fund, name) = (line.fund.clone(), line.name.clone());
    FundLine { fund, name, restricted: line.restricted, moved: Moved::of(&line.movement) }
}

impl Moved {
    pub(super) fn of(of: &funds::Movement) -> Moved {
        let moved = of.transferred_in.minus(of.transferred_out).plus(of.adjustments);
        Moved {
            opening: of.opening,
            received: of.income,
            paid: of.spending,
            moved,
            closing: of.closing,
        }
    }

    fn held(of: &custodial::Movement) -> Moved {
        let custodial::Movement { opening, received, paid, closing, .. } = *of;
        Moved { opening, received, paid, moved: Money::ZERO, closing }
    }
}

fn plan(books: Books<'_>, last: Option<Month>) -> Plan {
    let month = last.or_else(|| books.last_month());
    let year = month.map_or(FiscalYear(2022), Month::year);
    let (mut requested, mut approved) = (Waiting::default(), Waiting::default());
    for open in books.state.disbursements.open() {
        let waiting = if is_approved(books.state, open) { &mut approved } else { &mut requested };
        waiting.requests = waiting.requests.saturating_add(1);
        waiting.amount = waiting.amount.plus(open.request.amount);
    }
    let has_budget = books.state.budgets.of(year).is_some();
    let planned = month.filter(|_| has_budget);
    let spending =
        planned.map(|month| budget::report(books.state, books.chart, Term::Month(month)).spending);
    let mut lines: BTreeMap<AccountCode, Amounts> = BTreeMap::new();
    for line in spending.iter().flat_map(|side| &side.lines) {
        let above = AccountCode::literal(line.account.code.level_one());
        let sum = lines.entry(above).or_default();
        *sum = sum.plus(Amounts::of(&line.amounts));
    }
    let line =
        |(code, amounts): (AccountCode, Amounts)| Planned { account: books.name(&code), amounts };
    Plan {
        year,
        budget: lines.into_iter().map(line).collect(),
        budget_total: spending.map(|side| Amounts::of(&side.total)),
        requested,
        approved,
    }
}

impl Amounts {
    fn of(of: &budget::Amounts) -> Amounts {
        let budget::Amounts { current, actual, committed, left, .. } = *of;
        Amounts { planned: current, spent: actual, requested: committed, left }
    }

    fn plus(self, other: Amounts) -> Amounts {
        Amounts {
            planned: self.planned.plus(other.planned),
            spent: self.spent.plus(other.spent),
            requested: self.requested.plus(other.requested),
            left: self.left.plus(other.left),
        }
    }
}

/// Whether all have approved whom the band of the request asks for, one officer for one office.
fn is_approved(state: &State, open: &Disbursement) -> bool {
    let Some(band) = &open.band else { return !open.approvals.is_empty() };
    let roles = |(id, day): (&crate::ids::OfficerId, &Day)| {
        state.offices.officer(id).map(|officer| officer.roles_on(*day)).unwrap_or_default()
    };
    let approvers: Vec<BTreeSet<Role>> = open.approvals.iter().map(roles).collect();
    let needed: Vec<Role> = band.iter().copied().collect();
    unfilled(&needed, &approvers).is_empty()
}
