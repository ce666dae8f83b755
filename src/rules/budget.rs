//! The budget: adopted once, adjusted so often as the rule says, and held against what is spent.

use std::collections::{BTreeMap, BTreeSet};

use super::spent::Spent;
use super::{Context, Refusal};
use crate::chart::Class;
use crate::date::{Day, FiscalYear, Month};
use crate::event::Fact;
use crate::event::book::{Rule, RuleKind, Strictness};
use crate::event::budget::{
    AdjustBudget, AdoptBudget, BudgetAdjusted, BudgetAdopted, BudgetChange, BudgetLine,
};
use crate::ids::{AccountCode, FundId, ProjectId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::budgets::{Budget, Line};

/// More lines become several records of one command, so that each stays under 4,096 bytes.
pub const BUDGET_LINES_MAX: usize = 12;

pub(super) fn adopt(context: &Context<'_>, asked: &AdoptBudget) -> Result<Vec<Fact>, Refusal> {
    let AdoptBudget { budget, date, lines, resolution } = asked;
    let (budget, date) = (*budget, *date);
    open_year(context, budget)?;
    if context.state.budgets.of(budget).is_some() {
        return Err(Refusal::BudgetExists { year: budget });
    }
    let mut seen = BTreeSet::new();
    for BudgetLine { account, fund, project, amount } in lines {
        budgetable(context, account, fund)?;
        once(&mut seen, (account, fund, project))?;
        if !amount.is_positive() {
            return Err(Refusal::AmountNotPositive { amount: *amount });
        }
    }
    parts(lines, |part, lines| {
        let resolution = resolution.clone();
        Fact::BudgetAdopted(BudgetAdopted { budget, part, date, lines, resolution })
    })
}

pub(super) fn adjust(context: &Context<'_>, asked: &AdjustBudget) -> Result<Vec<Fact>, Refusal> {
    let AdjustBudget { budget, date, lines, resolution } = asked;
    let (year, date) = (*budget, *date);
    open_year(context, year)?;
    let found = context.state.budgets.of(year);
    let found = found.ok_or(Refusal::BudgetMissing { year })?;
    if let Some((most, ..)) = control(context, date) {
        let times = u32::try_from(found.adjusted().len()).unwrap_or(u32::MAX);
        if times >= most {
            return Err(Refusal::AdjustedTooOften { year, times, most });
        }
    }
    let mut seen = BTreeSet::new();
    for BudgetChange { account, fund, project, by } in lines {
        budgetable(context, account, fund)?;
        once(&mut seen, (account, fund, project))?;
        let before = found.of_project(fund, account, project.as_ref()).unwrap_or_default();
        if by.is_zero() || before.plus(*by).is_negative() {
            let (account, by) = (account.clone(), *by);
            return Err(Refusal::BudgetBelowNothing { account, before, by });
        }
    }
    if let Some((_, _, Strictness::Refuse)) = control(context, date)
        && let Some(refusal) = below_spent(context, year, lines)
    {
        return Err(refusal);
    }
    parts(lines, |part, lines| {
        let resolution = resolution.clone();
        Fact::BudgetAdjusted(BudgetAdjusted { budget: year, part, date, lines, resolution })
    })
}

/// What an adjustment leaves a line of spending less than is spent of it already, if the rule warns of
/// spending above the budget; it is not taken at all where the rule refuses that.
pub(super) fn warned(context: &Context<'_>, adjusted: &BudgetAdjusted) -> Option<Refusal> {
    match control(context, adjusted.date) {
        Some((_, _, Strictness::Warn)) => below_spent(context, adjusted.budget, &adjusted.lines),
        Some((_, _, Strictness::Refuse | Strictness::Allow)) | None => None,
    }
}

fn below_spent(context: &Context<'_>, year: FiscalYear, lines: &[BudgetChange]) -> Option<Refusal> {
    let budget = context.state.budgets.of(year)?;
    let mut changes: BTreeMap<(&FundId, &AccountCode), Money> = BTreeMap::new();
    for BudgetChange { account, fund, by, .. } in lines {
        let sum = changes.entry((fund, account)).or_default();
        *sum = sum.plus(*by);
    }
    changes.into_iter().filter(|(_, by)| by.is_negative()).find_map(|((fund, account), by)| {
        let line = budget.covering(fund, account).filter(|line| line.is(fund, account))?;
        let class = context.chart.account(account).map(|found| found.class);
        let spent = Execution::of(context.state, budget, year.last_month(), line).actual;
        let planned = line.current().plus(by);
        let (account, fund) = (account.clone(), fund.clone());
        (class == Some(Class::Expense) && planned < spent).then_some(Refusal::BudgetBelowSpent {
            account,
            fund,
            planned,
            spent,
        })
    })
}

fn open_year(context: &Context<'_>, year: FiscalYear) -> Result<(), Refusal> {
    let closed = context.state.periods.year_is_closed(year);
    if closed { Err(Refusal::YearClosedAlready { year }) } else { Ok(()) }
}

/// Income or spending, of whatever level.
fn budgetable(context: &Context<'_>, account: &AccountCode, fund: &FundId) -> Result<(), Refusal> {
    super::fund::known(context, fund)?;
    let account = account.clone();
    match context.chart.account(&account).map(|found| found.class) {
        None => Err(Refusal::AccountUnknown { account }),
        Some(Class::Income | Class::Expense) => Ok(()),
        Some(Class::Asset | Class::Liability | Class::NetAsset) => {
            Err(Refusal::NotBudgetable { account })
        }
    }
}

/// One line of a command by what it is about.
type Key<'a> = (&'a AccountCode, &'a FundId, &'a Option<ProjectId>);

fn once<'a>(seen: &mut BTreeSet<Key<'a>>, line: Key<'a>) -> Result<(), Refusal> {
    if seen.insert(line) {
        return Ok(());
    }
    Err(Refusal::BudgetLineTwice { account: line.0.clone(), fund: line.1.clone() })
}

fn parts<L: Clone>(lines: &[L], fact: impl Fn(u32, Vec<L>) -> Fact) -> Result<Vec<Fact>, Refusal> {
    if lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    let parts = (1..).zip(lines.chunks(BUDGET_LINES_MAX));
    Ok(parts.map(|(part, lines)| fact(part, lines.to_vec())).collect())
}

fn control(context: &Context<'_>, on: Day) -> Option<(u32, Strictness, Strictness)> {
    let rule = &context.state.offices.rule(RuleKind::BudgetControl, on)?.rule;
    let Rule::BudgetControl { adjustments_per_year, without, above } = *rule else { return None };
    Some((adjustments_per_year, without, above))
}

/// What one command spends against the budget of its year, line by line: refused, or taken with a
/// warning. Without the rule nothing is looked at.
pub(super) fn check(context: &Context<'_>, spent: &[Spent]) -> Result<Vec<Refusal>, Refusal> {
    let mut warnings = Vec::new();
    let mut asked: BTreeMap<(FiscalYear, &FundId, &AccountCode), Money> = BTreeMap::new();
    for spent in spent {
        let Some((_, without, above)) = control(context, spent.date) else { continue };
        let (year, Spent { fund, account, amount, .. }) = (spent.date.year(), spent);
        let budget = context.state.budgets.of(year);
        let Some((budget, line)) = budget.and_then(|b| Some((b, b.covering(fund, account)?)))
        else {
            let (fund, account) = (fund.clone(), account.clone());
            judge(without, Refusal::SpendingWithoutBudget { year, account, fund }, &mut warnings)?;
            continue;
        };
        let sum = asked.entry((year, line.fund, line.account)).or_default();
        *sum = sum.plus(*amount);
        let execution = Execution::of(context.state, budget, year.last_month(), line);
        // What is paid for a request was committed by it.
        let committed = if spent.requested { Money::ZERO } else { execution.committed };
        let (planned, used, asked) = (line.current(), execution.actual.plus(committed), *sum);
        let over = used.plus(asked).minus(planned);
        if over.is_positive() {
            let (account, fund) = (line.account.clone(), fund.clone());
            let refusal =
                Refusal::SpendingAboveBudget { account, fund, planned, used, asked, over };
            judge(above, refusal, &mut warnings)?;
        }
    }
    Ok(warnings)
}

fn judge(
    strictness: Strictness,
    refusal: Refusal,
    warnings: &mut Vec<Refusal>,
) -> Result<(), Refusal> {
    match strictness {
        Strictness::Refuse => return Err(refusal),
        Strictness::Warn => warnings.push(refusal),
        Strictness::Allow => {}
    }
    Ok(())
}

/// 执行 What became of one line of a budget so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Execution {
    /// 执行数 Debit less credit of the year, up to that month, with what the book took over of it.
    pub(crate) actual: Money,
    /// 已申请未付 Requests of the same time that are open.
    pub(crate) committed: Money,
}

impl Execution {
    pub(crate) fn of(state: &State, budget: &Budget, through: Month, line: Line<'_>) -> Execution {
        let within = |month: Month| month.year() == through.year() && month <= through;
        let counts = |fund: &FundId, account: &AccountCode| {
            budget.covering(fund, account).is_some_and(|found| found.is(line.fund, line.account))
        };
        let actual = state.accounts.sum(|fund, account, month, kind| {
            state.offices.is_result(month, kind) && within(month) && counts(fund, account)
        });
        let requests = state.disbursements.open().map(|open| &open.request);
        let of_line = requests.filter(|r| within(r.date.month()) && counts(&r.fund, &r.account));
        let committed = Money::sum(of_line.map(|request| request.amount));
        Execution { actual: actual.balance(), committed }
    }
}
