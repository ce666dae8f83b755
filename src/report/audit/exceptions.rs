//! 需关注事项 What the books themselves show to be out of order. Each has a code that stays, so that
//! a finding can name it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Audit, payments};
use crate::chart::Class;
use crate::date::{FiscalYear, Month};
use crate::event::Till;
use crate::ids::{AccountCode, DisbursementId, FundId, Seq};
use crate::lang::Lang;
use crate::money::Money;
use crate::report::books::Books;
use crate::report::{AccountName, Words};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// 货币资金为负
    TillNegative,
    /// 欠缴会费
    DuesInArrears,
    /// 会费无法核定
    DuesNotAssessed,
    /// 欠拨经费
    AllocationInArrears,
    /// 欠解经费
    RemittanceOwed,
    /// 支出未结
    DisbursementOpen,
    /// 无申请付款
    PaymentNotRequested,
    /// 已结支出又付款
    PaymentNotOpen,
    /// 付款与申请不符
    PaymentDiffers,
    /// 职务未分离
    DutiesNotSeparate,
    /// 审批不足
    ApprovalsTooFew,
    /// 专项资金支出未经主席批准
    RestrictedWithoutChair,
    /// 资产基金不符
    AssetFundDiffers,
    /// 资金合计不符
    FundsDiffer,
    /// 期末结账未完成
    ClosingUnfinished,
    /// 收支未结转
    ResultNotCarried,
}

/// One thing to look at, with its figures; what does not apply is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Exception {
    pub code: Concern,
    pub what: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disbursement: Option<DisbursementId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The record that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Seq>,
    /// How many members or months, where it is about several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

pub(super) fn found(books: Books<'_>, report: &Audit, months: &[Month]) -> Vec<Exception> {
    let mut found = tills(books, months);
    found.extend(owed(report));
    found.extend(spending(report));
    found.extend(payments::found(books, report.heading.period));
    found.extend(books_themselves(books, report));
    found.sort_by_key(|exception| exception.code);
    found
}

/// Cash or bank of a fund below nothing at a month's end, each month in which it was so.
fn tills(books: Books<'_>, months: &[Month]) -> Vec<Exception> {
    let mut moved: BTreeMap<(&FundId, Till), BTreeMap<Month, Money>> = BTreeMap::new();
    for posted in books.turnovers() {
        for till in Till::ALL {
            if books.chart.is_for(posted.account, till.of()) {
                let by_month = moved.entry((posted.fund, till)).or_default();
                let sum = by_month.entry(posted.month).or_default();
                *sum = sum.plus(posted.turnover.balance());
            }
        }
    }
    let mut found = Vec::new();
    for ((fund, till), by_month) in moved {
        for month in months {
            let held = Money::sum(by_month.range(..=month).map(|(_, sum)| *sum));
            if held.is_negative() {
                found.push(Exception {
                    month: Some(*month),
                    fund: Some(fund.clone()),
                    account: books.chart.at(till.of()).map(|code| books.name(code)),
                    amount: Some(held),
                    ..Exception::of(Concern::TillNegative)
                });
            }
        }
    }
    found
}

/// What others owe the union, and the union the one above.
fn owed(report: &Audit) -> Vec<Exception> {
    let mut found = Vec::new();
    let dues = &report.dues.total;
    if dues.arrears.is_positive() {
        found.push(Exception {
            amount: Some(dues.arrears),
            count: Some(report.dues.members_in_arrears),
            ..Exception::of(Concern::DuesInArrears)
        });
    }
    if dues.months_not_assessed > 0 {
        let count = Some(dues.months_not_assessed);
        found.push(Exception { count, ..Exception::of(Concern::DuesNotAssessed) });
    }
    for line in report.allocation.months.iter().filter(|line| line.arrears.is_positive()) {
        let (month, amount) = (Some(line.month), Some(line.arrears));
        found.push(Exception { month, amount, ..Exception::of(Concern::AllocationInArrears) });
    }
    // Within the year what is owed may still be on its way 按期上解.
    let at_year_end = report.heading.period.last().is_none_or(Month::is_last_of_year);
    let owed = report.allocation.owed_at_closing;
    if at_year_end && owed.is_positive() {
        let amount = Some(owed);
        found.push(Exception { amount, ..Exception::of(Concern::RemittanceOwed) });
    }
    found
}

fn spending(report: &Audit) -> Vec<Exception> {
    let mut found = Vec::new();
    for open in &report.open_disbursements {
        found.push(Exception {
            month: Some(open.date.month()),
            fund: Some(open.fund.clone()),
            account: Some(open.account.clone()),
            disbursement: Some(open.disbursement.clone()),
            amount: Some(open.amount),
            record: Some(open.seq),
            ..Exception::of(Concern::DisbursementOpen)
        });
    }
    found
}

fn books_themselves(books: Books<'_>, report: &Audit) -> Vec<Exception> {
    let mut found = Vec::new();
    let period = report.heading.period;
    // 301 = 141 + 151 + 161 + (162 - 163) + (171 - 172) + 181: each is acquired against it.
    let difference = books.closing(period, |account| {
        books.chart.is_against_asset_fund(account) || books.chart.is_of_asset_fund(account)
    });
    if !difference.is_zero() {
        let amount = Some(difference);
        found.push(Exception { amount, ..Exception::of(Concern::AssetFundDiffers) });
    }
    if !report.balance.agrees {
        found.push(Exception::of(Concern::FundsDiffer));
    }
    let open = &report.closing.open;
    if let Some(first) = open.first() {
        let count = u32::try_from(open.len()).ok();
        let month = Some(*first);
        found.push(Exception { month, count, ..Exception::of(Concern::ClosingUnfinished) });
    }
    for year in &report.closing.years_closed {
        for (account, left) in left_on_results(books, *year) {
            found.push(Exception {
                month: Some(year.last_month()),
                account: Some(books.name(account)),
                amount: Some(left),
                ..Exception::of(Concern::ResultNotCarried)
            });
        }
    }
    found
}

/// What stands on accounts of income and expenditure at the year's end, debit less credit.
fn left_on_results(books: Books<'_>, year: FiscalYear) -> BTreeMap<&AccountCode, Money> {
    let mut left: BTreeMap<&AccountCode, Money> = BTreeMap::new();
    for posted in books.turnovers().filter(|posted| posted.month.year() <= year) {
        if let Some(Class::Income | Class::Expense) = books.class(posted.account) {
            let sum = left.entry(posted.account).or_default();
            *sum = sum.plus(posted.turnover.balance());
        }
    }
    left.retain(|_, sum| !sum.is_zero());
    left
}

impl Exception {
    pub(super) fn of(code: Concern) -> Exception {
        let what = Words::new(code.title(Lang::Zh), code.title(Lang::En));
        Exception {
            code,
            what,
            month: None,
            fund: None,
            account: None,
            disbursement: None,
            amount: None,
            record: None,
            count: None,
        }
    }
}

impl Concern {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Concern::TillNegative => {
                ("货币资金月末为负数", "cash or bank below nothing at month end")
            }
            Concern::DuesInArrears => ("欠缴会费", "dues in arrears"),
            Concern::DuesNotAssessed => {
                ("未设会费基数或标准，无法核定应缴会费", "dues cannot be assessed: no base or rate")
            }
            Concern::AllocationInArrears => ("行政欠拨经费", "allocation in arrears"),
            Concern::RemittanceOwed => {
                ("年末欠解上级经费", "remittance owed at the end of the year")
            }
            Concern::DisbursementOpen => ("支出申请未办结", "disbursement still open"),
            Concern::PaymentNotRequested => ("付款没有申请", "paid without a request"),
            Concern::PaymentNotOpen => (
                "支出已付、已否决或已撤销，又再付款",
                "paid although it was paid, refused or withdrawn before",
            ),
            Concern::PaymentDiffers => (
                "付款的资金、科目或金额与申请不符",
                "fund, account or amount is not what was requested",
            ),
            Concern::RestrictedWithoutChair => {
                ("专项资金支出或转出未经主席批准", "out of a restricted fund without the chair")
            }
            Concern::DutiesNotSeparate => {
                ("申请、批准、付款未分离", "request, approval and payment not by different people")
            }
            Concern::ApprovalsTooFew => {
                ("批准职务不全或无审批规定", "approvals missing, or no rule for them")
            }
            Concern::AssetFundDiffers => {
                ("资产基金与非货币性资产不符", "asset fund and the assets behind it differ")
            }
            Concern::FundsDiffer => ("各项资金之和与总账不符", "funds do not add up to the books"),
            Concern::ClosingUnfinished => ("尚有月份未结账", "months not closed"),
            Concern::ResultNotCarried => {
                ("年末收支未全部结转", "result of a closed year not carried forward")
            }
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
