//! 结账检查 What is looked at before a month or a year is closed: one row a check, in the order in
//! which they are looked at. Which of them a union asks for is a rule; `report closing` shows all.
//!
//! A check is a row of [`CLOSING_CHECKS`], a function of the ground it stands on, and a variant of
//! [`ClosingFault`] that says what is not in order.

use std::collections::BTreeMap;

use super::{BankBook, Context, Execution, Refusal};
use crate::chart::{ASSET_FUNDS, Chart, Class, Use};
use crate::date::{Day, Month};
use crate::event::book::{ClosingCheck, Rule, RuleKind, Strictness};
use crate::event::statement::Statement;
use crate::event::{Till, VoucherNumber};
use crate::ids::{AccountCode, DisbursementId, FundId, StatementId};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::{Kind, Turnover};

/// What a check may look at.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub state: &'a State,
    pub chart: &'a Chart,
    /// The month that is to be closed.
    pub month: Month,
}

/// When a check is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    EveryMonth,
    /// 年末 With the last month of the year.
    YearEnd,
}

type Look = fn(Ground<'_>) -> Vec<ClosingFault>;

/// The checks, in their order.
pub const CLOSING_CHECKS: &[(ClosingCheck, When, Look)] = &[
    (ClosingCheck::VouchersReviewed, When::EveryMonth, vouchers_reviewed),
    (ClosingCheck::TrialBalance, When::EveryMonth, trial_balance),
    (ClosingCheck::ControlTotals, When::EveryMonth, control_totals),
    (ClosingCheck::TillsNotNegative, When::EveryMonth, tills_not_negative),
    (ClosingCheck::CashCounted, When::EveryMonth, cash_counted),
    (ClosingCheck::BankReconciled, When::EveryMonth, bank_reconciled),
    (ClosingCheck::AssetFund, When::EveryMonth, asset_fund),
    (ClosingCheck::DepreciationRecorded, When::EveryMonth, depreciation_recorded),
    (ClosingCheck::Custodial, When::EveryMonth, custodial),
    (ClosingCheck::RequestsEnded, When::EveryMonth, requests_ended),
    (ClosingCheck::BudgetKept, When::EveryMonth, budget_kept),
    (ClosingCheck::NoticesPosted, When::EveryMonth, notices_posted),
    (ClosingCheck::SuspenseNil, When::YearEnd, suspense_nil),
    (ClosingCheck::AdvancesSettled, When::YearEnd, advances_settled),
    (ClosingCheck::BenefitsSettled, When::YearEnd, benefits_settled),
];

/// What is not in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosingFault {
    NotReviewed {
        count: u32,
        first: VoucherNumber,
    },
    Unbalanced {
        fund: FundId,
        difference: Money,
    },
    TotalsDiffer {
        vouchers: Money,
        accounts: Money,
    },
    TillNegative {
        fund: FundId,
        till: Till,
        held: Money,
    },
    CashNotCounted {
        month: Month,
        moved: Option<Day>,
        counted: Option<Day>,
        book: Money,
    },
    CashDiffers {
        day: Day,
        counted: Money,
        book: Money,
    },
    /// With the statement of that day, where it is recorded.
    BankNotReconciled {
        day: Day,
        book: Money,
        statement: Option<StatementId>,
    },
    /// The last statement of the month goes to an earlier day, and this is what it closed with.
    BankStatementEndsEarly {
        day: Day,
        book: Money,
        statement: StatementId,
        ends: Day,
        closing: Money,
    },
    BankMovedSince {
        day: Day,
        reconciled: Money,
        book: Money,
        statement: StatementId,
    },
    AssetFundDiffers {
        assets: Money,
        fund: Money,
    },
    DepreciationLeft {
        first: Month,
        assets: usize,
        amount: Money,
    },
    CustodialDiffers {
        held: Money,
        owed: Money,
    },
    RequestOpen {
        disbursement: DisbursementId,
        amount: Money,
    },
    OverBudget {
        fund: FundId,
        account: AccountCode,
        over: Money,
    },
    NoBudget {
        fund: FundId,
        account: AccountCode,
        spent: Money,
    },
    NoticesMissing {
        first: Month,
        months: usize,
    },
    SuspenseLeft {
        balance: Money,
    },
    AdvanceOpen {
        disbursement: DisbursementId,
        outstanding: Money,
    },
    ListOpen {
        disbursement: DisbursementId,
        waiting: u32,
        unclaimed: Money,
    },
}

/// Refuses with everything at once that is not in order, of what the rule asks for.
pub(super) fn check(context: &Context<'_>, month: Month) -> Result<(), Refusal> {
    let ground = Ground { state: context.state, chart: context.chart, month };
    let asked = ground.asked();
    let rows = CLOSING_CHECKS.iter().filter(|(check, ..)| asked.contains(check));
    let faults: Vec<ClosingFault> =
        rows.filter(|(_, when, _)| ground.is_time(*when)).flat_map(|(.., l)| l(ground)).collect();
    if faults.is_empty() { Ok(()) } else { Err(Refusal::ClosingChecksFailed { month, faults }) }
}

impl<'a> Ground<'a> {
    /// The checks that the rule of that month asks for; none where there is no rule.
    #[must_use]
    pub fn asked(self) -> Vec<ClosingCheck> {
        let rule = self.state.offices.rule(RuleKind::ClosingChecks, self.month.last_day());
        let Some(Rule::ClosingChecks { checks }) = rule.map(|setting| &setting.rule) else {
            return Vec::new();
        };
        checks.iter().copied().collect()
    }

    #[must_use]
    pub fn is_time(self, when: When) -> bool {
        match when {
            When::EveryMonth => true,
            When::YearEnd => self.month.is_last_of_year(),
        }
    }

    /// Debit less credit of what `wanted` says yes to, at the end of the month.
    fn balance(self, wanted: impl Fn(&FundId, &AccountCode) -> bool) -> Money {
        let through = |fund: &FundId, account: &AccountCode, month: Month| {
            month <= self.month && wanted(fund, account)
        };
        self.state.accounts.sum(|fund, account, month, _| through(fund, account, month)).balance()
    }

    fn balance_of(self, uses: &[Use]) -> Money {
        self.balance(|_, account| uses.iter().any(|of| self.chart.is_for(account, *of)))
    }

    /// The last day of the month on which a till moved, and what it holds at its end; none where it was
    /// neither moved nor holds anything.
    fn kept(self, till: Till) -> Option<(Option<Day>, Money)> {
        let accounts = till.uses().into_iter().filter_map(|of| self.chart.at(of));
        let slips = self.state.accounts.slips(accounts);
        let here = slips.iter().filter(|s| s.kind != Kind::Opening && s.day.month() == self.month);
        let moved = here.map(|slip| slip.day).max();
        let book =
            Money::sum(slips.iter().filter(|s| s.day.month() <= self.month).map(|s| s.amount));
        (moved.is_some() || !book.is_zero()).then_some((moved, book))
    }

    fn funds(self) -> impl Iterator<Item = &'a FundId> {
        self.state.funds.funds().map(|fund| &fund.fund)
    }
}

fn vouchers_reviewed(ground: Ground<'_>) -> Vec<ClosingFault> {
    let (count, first) = ground.state.periods.unreviewed(ground.month);
    first.map(|first| ClosingFault::NotReviewed { count, first }).into_iter().collect()
}

fn trial_balance(ground: Ground<'_>) -> Vec<ClosingFault> {
    let of = |fund: &FundId| (fund.clone(), ground.balance(|of, _| of == fund));
    let apart = ground.funds().map(of).filter(|(_, difference)| !difference.is_zero());
    apart.map(|(fund, difference)| ClosingFault::Unbalanced { fund, difference }).collect()
}

fn control_totals(ground: Ground<'_>) -> Vec<ClosingFault> {
    let vouchers = ground.state.periods.totals(ground.month).turnover;
    let accounts: Turnover = ground.state.accounts.sum(|_, _, month, _| month == ground.month);
    if vouchers == accounts {
        return Vec::new();
    }
    vec![ClosingFault::TotalsDiffer { vouchers: vouchers.debit, accounts: accounts.debit }]
}

fn tills_not_negative(ground: Ground<'_>) -> Vec<ClosingFault> {
    let mut faults = Vec::new();
    for fund in ground.funds() {
        for till in Till::ALL {
            let held = ground.balance(|f, a| f == fund && ground.chart.is_for(a, till.of()));
            if held.is_negative() {
                faults.push(ClosingFault::TillNegative { fund: fund.clone(), till, held });
            }
        }
    }
    faults
}

/// The till was counted on or after the last day of the month on which it moved, and what was counted
/// is what the book says: a difference that was found is taken into the books (财会〔2021〕7号, 101).
fn cash_counted(ground: Ground<'_>) -> Vec<ClosingFault> {
    let Some((moved, book)) = ground.kept(Till::Cash) else { return Vec::new() };
    let month = ground.month;
    let counted = ground.state.bank.counted_on(month);
    // Counts are in the order of their records: the last of that day is the one that holds.
    let last = ground.state.bank.counts().map(|(_, count)| count);
    let last = last.filter(|count| Some(count.date) == counted).last();
    match last.filter(|count| moved.is_none_or(|moved| moved <= count.date)) {
        None => vec![ClosingFault::CashNotCounted { month, moved, counted, book }],
        Some(count) if count.counted == book => Vec::new(),
        Some(count) => {
            let (day, counted) = (count.date, count.counted);
            vec![ClosingFault::CashDiffers { day, counted, book }]
        }
    }
}

/// As of the last day of the month, and still true: what was dated back since makes it another book
/// (财会〔2021〕7号, 102).
fn bank_reconciled(ground: Ground<'_>) -> Vec<ClosingFault> {
    let Some((_, book)) = ground.kept(Till::Bank) else { return Vec::new() };
    let day = ground.month.last_day();
    let Some(found) = ground.state.bank.reconciled(day).map(|found| &found.reconciliation) else {
        let mut held = ground.state.bank.statements().map(|held| &held.statement);
        let last = held.rfind(|held| held.last <= day && held.last.month() == ground.month);
        return vec![match last.cloned() {
            Some(Statement { statement, last: ends, closing, .. }) if ends < day => {
                ClosingFault::BankStatementEndsEarly { day, book, statement, ends, closing }
            }
            found => {
                let statement = found.map(|held| held.statement);
                ClosingFault::BankNotReconciled { day, book, statement }
            }
        }];
    };
    let held = ground.state.bank.statement(&found.statement);
    let sheet = held.map(|held| BankBook::of(ground.state, ground.chart).sheet(held));
    let adjusted = (found.adjusted, found.adjusted);
    let stands = found.book == book && sheet.is_some_and(|sheet| sheet.adjusted() == adjusted);
    if stands {
        return Vec::new();
    }
    let (reconciled, statement) = (found.book, found.statement.clone());
    vec![ClosingFault::BankMovedSince { day, reconciled, book, statement }]
}

fn depreciation_recorded(ground: Ground<'_>) -> Vec<ClosingFault> {
    let due: Vec<Money> =
        ground.state.assets.depreciable(ground.month).map(|(.., due)| due).collect();
    if due.is_empty() {
        return Vec::new();
    }
    let starts = ground.state.offices.ledger().map(|ledger| ledger.starts.month());
    let next = starts.and_then(|starts| ground.state.assets.next_to_depreciate(starts));
    let (assets, first) = (due.len(), next.unwrap_or(ground.month));
    vec![ClosingFault::DepreciationLeft { first, assets, amount: Money::sum(due) }]
}

/// 301 = 141 + 151 + 161 + (162 - 163) + (171 - 172) + 181; while something waits in 182, the two
/// are apart by right (财会〔2021〕7号, 182, 301).
fn asset_fund(ground: Ground<'_>) -> Vec<ClosingFault> {
    let assets = Money::sum(ASSET_FUNDS.iter().map(|(_, assets)| ground.balance_of(assets)));
    let fund = ground.balance_of(&ASSET_FUNDS.map(|(fund, _)| fund)).negated();
    let waits = !ground.balance_of(&[Use::Suspense]).is_zero();
    if assets == fund || waits {
        return Vec::new();
    }
    vec![ClosingFault::AssetFundDiffers { assets, fund }]
}

/// Cash and bank of others' money are what is owed to them, on charts that keep them apart.
fn custodial(ground: Ground<'_>) -> Vec<ClosingFault> {
    let held = ground.balance_of(&[Use::CustodialCash, Use::CustodialBank]);
    let owed = ground.balance_of(&[Use::Custodial]).negated();
    let apart = ground.chart.at(Use::CustodialBank).is_some() && held != owed;
    if apart { vec![ClosingFault::CustodialDiffers { held, owed }] } else { Vec::new() }
}

fn requests_ended(ground: Ground<'_>) -> Vec<ClosingFault> {
    let open = ground.state.disbursements.open().map(|open| &open.request);
    let early = open.filter(|request| request.date.month() <= ground.month);
    early
        .map(|request| ClosingFault::RequestOpen {
            disbursement: request.disbursement.clone(),
            amount: request.amount,
        })
        .collect()
}

/// No line of the year's budget for spending is used above what it has now; and where the rule
/// refuses spending without a budget, nothing is spent that no line covers. A rule that only warns of
/// it, or allows it, keeps no month open.
fn budget_kept(ground: Ground<'_>) -> Vec<ClosingFault> {
    let is_spending = |account: &AccountCode| {
        ground.chart.account(account).is_some_and(|found| found.class == Class::Expense)
    };
    let budget = ground.state.budgets.of(ground.month.year());
    let mut faults = Vec::new();
    for (budget, line) in budget.into_iter().flat_map(|b| b.lines().map(move |line| (b, line))) {
        let used = Execution::of(ground.state, budget, ground.month, line).actual;
        let over = used.minus(line.current());
        if is_spending(line.account) && over.is_positive() {
            let (fund, account) = (line.fund.clone(), line.account.clone());
            faults.push(ClosingFault::OverBudget { fund, account, over });
        }
    }
    let rule = ground.state.offices.rule(RuleKind::BudgetControl, ground.month.last_day());
    let without = rule.map(|setting| &setting.rule);
    if !matches!(without, Some(Rule::BudgetControl { without: Strictness::Refuse, .. })) {
        return faults;
    }
    let mut uncovered: BTreeMap<(&FundId, &AccountCode), Money> = BTreeMap::new();
    for posted in ground.state.accounts.turnovers() {
        let month = posted.month;
        let within = month.year() == ground.month.year() && month <= ground.month;
        let covered = budget.is_some_and(|b| b.covering(posted.fund, posted.account).is_some());
        let counts = ground.state.offices.is_result(month, posted.kind);
        if within && counts && !covered && is_spending(posted.account) {
            let sum = uncovered.entry((posted.fund, posted.account)).or_default();
            *sum = sum.plus(posted.turnover.balance());
        }
    }
    let spent = uncovered.into_iter().filter(|(_, spent)| spent.is_positive());
    faults.extend(spent.map(|((fund, account), spent)| {
        let (fund, account) = (fund.clone(), account.clone());
        ClosingFault::NoBudget { fund, account, spent }
    }));
    faults
}

/// 应公示月份已公示: those of which the day has come by the end of this month.
fn notices_posted(ground: Ground<'_>) -> Vec<ClosingFault> {
    let missing = ground.state.notices_missing(ground.month.last_day());
    let first = missing.first().copied();
    first
        .map(|first| ClosingFault::NoticesMissing { first, months: missing.len() })
        .into_iter()
        .collect()
}

fn suspense_nil(ground: Ground<'_>) -> Vec<ClosingFault> {
    let balance = ground.balance_of(&[Use::Suspense]);
    if balance.is_zero() { Vec::new() } else { vec![ClosingFault::SuspenseLeft { balance }] }
}

/// Advances alone, one by one: what else is on 其他应收款, such as what somebody is liable for, may be
/// owed for longer (财会〔2021〕7号, 135).
fn advances_settled(ground: Ground<'_>) -> Vec<ClosingFault> {
    let day = Some(ground.month.last_day());
    let all = super::advance::standing(ground.state, ground.chart, day);
    let open = all.into_iter().filter(|advance| advance.outstanding().is_positive());
    open.map(|advance| ClosingFault::AdvanceOpen {
        disbursement: advance.id.clone(),
        outstanding: advance.outstanding(),
    })
    .collect()
}

/// Of this year's lists alone: what nobody came for goes back in the year that it was spent in.
fn benefits_settled(ground: Ground<'_>) -> Vec<ClosingFault> {
    let (year, last) = (ground.month.year(), ground.month.last_day());
    let paid = ground.state.paid_lists().filter(|(.., on)| on.year() == year && *on <= last);
    paid.filter(|(_, list, ..)| !list.is_settled())
        .map(|(id, list, ..)| ClosingFault::ListOpen {
            disbursement: id.clone(),
            waiting: list.waiting(),
            unclaimed: list.unclaimed(),
        })
        .collect()
}

impl ClosingCheck {
    /// What the check is called.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            ClosingCheck::VouchersReviewed => ("凭证已稽核", "vouchers reviewed"),
            ClosingCheck::TrialBalance => ("试算平衡", "trial balance"),
            ClosingCheck::ControlTotals => ("控制总数相符", "control totals"),
            ClosingCheck::TillsNotNegative => ("货币资金不为负", "no till below nothing"),
            ClosingCheck::CashCounted => ("库存现金已盘点", "cash counted"),
            ClosingCheck::BankReconciled => ("银行存款已对账", "bank reconciled"),
            ClosingCheck::AssetFund => ("资产基金与资产相符", "asset fund equals assets"),
            ClosingCheck::DepreciationRecorded => ("折旧已计提", "depreciation recorded"),
            ClosingCheck::Custodial => ("代管经费与代管资金相符", "custodial money is all there"),
            ClosingCheck::RequestsEnded => ("用款申请已办结", "requests ended"),
            ClosingCheck::BudgetKept => ("支出未超预算", "budget kept"),
            ClosingCheck::NoticesPosted => ("应公示月份已公示", "notices posted"),
            ClosingCheck::SuspenseNil => ("待处理财产损溢已处理", "nothing in suspense"),
            ClosingCheck::AdvancesSettled => ("借款已结清", "advances settled"),
            ClosingCheck::BenefitsSettled => ("名册已结清", "lists settled"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl ClosingFault {
    /// What is not in order, with its figures.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            ClosingFault::NotReviewed { count, first } => {
                format!("{count} 张凭证未稽核，首张 {first}")
            }
            ClosingFault::Unbalanced { fund, difference } => {
                format!("资金 {fund} 借贷差额 {difference}")
            }
            ClosingFault::TotalsDiffer { vouchers, accounts } => {
                format!("凭证借方合计 {vouchers}，账户借方合计 {accounts}")
            }
            ClosingFault::TillNegative { fund, till, held } => {
                let till = match till {
                    Till::Cash => "库存现金",
                    Till::Bank => "银行存款",
                };
                format!("资金 {fund} 的{till}为 {held}")
            }
            ClosingFault::CashNotCounted { month, moved, counted, book } => {
                let moved = moved.map_or(String::new(), |day| format!("，{day} 有收付"));
                match counted {
                    None => format!("库存现金账面 {book}{moved}，{month} 未盘点"),
                    Some(day) => format!("库存现金账面 {book}{moved}，其后未盘点，末次盘点 {day}"),
                }
            }
            ClosingFault::CashDiffers { day, counted, book } => {
                format!("{day} 盘点现金 {counted}，账面 {book}")
            }
            ClosingFault::BankNotReconciled { day, book, statement: None } => {
                format!("银行存款账面 {book}，未与银行核对至 {day}，没有到这一天的对账单")
            }
            ClosingFault::BankNotReconciled { day, book, statement: Some(statement) } => {
                format!("银行存款账面 {book}，未与银行核对至 {day}，对账单 {statement} 未编调节表")
            }
            ClosingFault::BankStatementEndsEarly { day, book, statement, ends, closing } => {
                format!(
                    "银行存款账面 {book}，未与银行核对至 {day}：对账单 {statement} 只到 {ends}，余额 {closing}；其后确无收付的，补登一张到 {day}、没有行的对账单"
                )
            }
            ClosingFault::BankMovedSince { day, reconciled, book, .. } => {
                format!("{day} 银行存款核对时账面 {reconciled}，核对后有变，现为 {book}")
            }
            ClosingFault::AssetFundDiffers { assets, fund } => {
                format!("资产 {assets}，资产基金 {fund}")
            }
            ClosingFault::DepreciationLeft { first, assets, amount } => {
                format!("{assets} 项资产自 {first} 起的折旧 {amount} 未计提")
            }
            ClosingFault::CustodialDiffers { held, owed } => {
                format!("代管资金 {held}，代管经费 {owed}")
            }
            ClosingFault::RequestOpen { disbursement, amount } => {
                format!("用款申请 {disbursement}（{amount}）未办结")
            }
            ClosingFault::OverBudget { fund, account, over } => {
                format!("资金 {fund} 科目 {account} 超预算 {over}")
            }
            ClosingFault::NoBudget { fund, account, spent } => {
                format!("资金 {fund} 科目 {account} 未列预算，已支出 {spent}")
            }
            ClosingFault::NoticesMissing { first, months } => {
                format!("{months} 个月未公示，最早的是 {first}")
            }
            ClosingFault::SuspenseLeft { balance } => format!("待处理财产损溢余额 {balance}"),
            ClosingFault::AdvanceOpen { disbursement, outstanding } => {
                format!("借款 {disbursement} 尚欠 {outstanding}")
            }
            ClosingFault::ListOpen { disbursement, waiting, unclaimed } => {
                format!("名册 {disbursement} 有 {waiting} 人未签收，未领未退 {unclaimed}")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            ClosingFault::NotReviewed { count, first } => {
                format!("vouchers not reviewed: {count}, the first is {first}")
            }
            ClosingFault::Unbalanced { fund, difference } => {
                format!("debits and credits of fund {fund} are {difference} apart")
            }
            ClosingFault::TotalsDiffer { vouchers, accounts } => {
                format!("the vouchers debit {vouchers} and the accounts {accounts}")
            }
            ClosingFault::TillNegative { fund, till, held } => {
                let till = match till {
                    Till::Cash => "cash",
                    Till::Bank => "bank money",
                };
                format!("the {till} of fund {fund} is {held}")
            }
            ClosingFault::CashNotCounted { month, moved, counted, book } => {
                let moved = moved.map_or(String::new(), |day| format!(" and moved on {day}"));
                match counted {
                    None => {
                        format!("the cash is {book} by the book{moved}; not counted in {month}")
                    }
                    Some(day) => format!(
                        "the cash is {book} by the book{moved}; not counted since, but on {day}"
                    ),
                }
            }
            ClosingFault::CashDiffers { day, counted, book } => {
                format!("{counted} of cash was counted on {day}, and the book says {book}")
            }
            ClosingFault::BankNotReconciled { day, book, statement: None } => format!(
                "the bank money is {book} by the book and not reconciled as of {day}: no statement \
                 ends on that day"
            ),
            ClosingFault::BankNotReconciled { day, book, statement: Some(statement) } => format!(
                "the bank money is {book} by the book and not reconciled as of {day}, the day of the \
                 statement {statement}"
            ),
            ClosingFault::BankStatementEndsEarly { day, book, statement, ends, closing } => {
                format!(
                    "the bank money is {book} by the book and not reconciled as of {day}: the statement \
                 {statement} ends on {ends} with {closing}; if nothing moved after that, record one without \
                 lines through {day}"
                )
            }
            ClosingFault::BankMovedSince { day, reconciled, book, .. } => format!(
                "the bank was reconciled as of {day} with {reconciled} by the book; that was changed \
                 since, and it is {book} now"
            ),
            ClosingFault::AssetFundDiffers { assets, fund } => {
                format!("the assets are {assets} and their fund is {fund}")
            }
            ClosingFault::DepreciationLeft { first, assets, amount } => format!(
                "{amount} of depreciation of {assets} assets is not recorded, from {first} on"
            ),
            ClosingFault::CustodialDiffers { held, owed } => {
                format!("{held} is held for others and {owed} owed to them")
            }
            ClosingFault::RequestOpen { disbursement, amount } => {
                format!("the request {disbursement} of {amount} is open")
            }
            ClosingFault::OverBudget { fund, account, over } => {
                format!("{account} of fund {fund} is {over} above its budget")
            }
            ClosingFault::NoBudget { fund, account, spent } => {
                format!("{spent} is spent on {account} of fund {fund}, which has no budget")
            }
            ClosingFault::NoticesMissing { first, months } => {
                format!("no notice was posted of {months} months, the first is {first}")
            }
            ClosingFault::SuspenseLeft { balance } => format!("{balance} is left in suspense"),
            ClosingFault::AdvanceOpen { disbursement, outstanding } => {
                format!("{outstanding} of the advance {disbursement} is open")
            }
            ClosingFault::ListOpen { disbursement, waiting, unclaimed } => format!(
                "{waiting} on the list of {disbursement} have not signed, and {unclaimed} of it is \
                 unclaimed and not back"
            ),
        }
    }

    /// One command that helps.
    #[must_use]
    pub fn next(&self) -> String {
        match self {
            ClosingFault::NotReviewed { first, .. } => {
                let VoucherNumber { month, number } = first;
                format!("mingzhang record vouchers.review --month {month} --first {number} --help")
            }
            ClosingFault::Unbalanced { .. } => {
                "mingzhang report trial-balance --by-fund".to_owned()
            }
            ClosingFault::TotalsDiffer { .. } => "mingzhang verify".to_owned(),
            ClosingFault::TillNegative { .. } => "mingzhang report funds".to_owned(),
            ClosingFault::CashNotCounted { .. } => "mingzhang record cash.count --help".to_owned(),
            ClosingFault::CashDiffers { .. } => {
                "mingzhang record cash_difference.record --help".to_owned()
            }
            ClosingFault::BankNotReconciled { statement: None, .. } => {
                "mingzhang record bank_statement.record --help".to_owned()
            }
            ClosingFault::BankStatementEndsEarly { day, ends, closing, .. } => {
                let next = ends.next();
                format!(
                    "mingzhang record bank_statement.record --first {next} --last {day} --opening {closing} --closing {closing} --help"
                )
            }
            ClosingFault::BankNotReconciled { statement: Some(statement), .. }
            | ClosingFault::BankMovedSince { statement, .. } => {
                format!("mingzhang bank reconcile {statement}")
            }
            ClosingFault::DepreciationLeft { first, .. } => {
                format!("mingzhang record depreciation.record --month {first}")
            }
            ClosingFault::AssetFundDiffers { .. }
            | ClosingFault::CustodialDiffers { .. }
            | ClosingFault::SuspenseLeft { .. } => "mingzhang report trial-balance".to_owned(),
            ClosingFault::AdvanceOpen { .. } => "mingzhang report advances".to_owned(),
            ClosingFault::ListOpen { disbursement, .. } => {
                format!("mingzhang record benefit.distribute --disbursement {disbursement} --help")
            }
            ClosingFault::RequestOpen { disbursement, .. } => {
                format!("mingzhang record disbursement.cancel --disbursement {disbursement} --help")
            }
            ClosingFault::OverBudget { .. } | ClosingFault::NoBudget { .. } => {
                "mingzhang report budget".to_owned()
            }
            ClosingFault::NoticesMissing { first, .. } => {
                format!("mingzhang publish notice {first} --help")
            }
        }
    }
}
