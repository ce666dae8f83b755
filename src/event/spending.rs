//! What spending is analysed by 支出明细核算 (财会〔2021〕7号, 总说明二), advances 借款, and the general
//! voucher 转账凭证.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::disbursement::{Acquisition, Payee, Request};
use super::{Line, Till};
use crate::date::Day;
use crate::ids::{
    AccountCode, DisbursementId, EconomicClass, FundId, MemberId, OfficerId, ProjectId, Seq,
    Source, Text,
};
use crate::money::Money;

/// 设立项目 A project that spending is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    pub project: ProjectId,
    pub name: Text,
    pub purpose: Text,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// 基本支出
    Basic,
    /// 项目支出
    Project,
}

/// Of which nature, for which project, of which economic class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    pub nature: Nature,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// 部门预算支出经济分类科目, 款级, such as `30299`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economic: Option<EconomicClass>,
}

/// 支出分析 What a disbursement is analysed by; once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Analysed {
    pub disbursement: DisbursementId,
    /// 性质 Basic or project
    pub nature: Nature,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economic: Option<EconomicClass>,
}

/// 用款申请 What somebody asks for, and what it is analysed by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestAnalysed {
    pub disbursement: DisbursementId,
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 支出科目 The expenditure account; 其他应收款 of an advance, 其他应付款 of what is given back.
    pub account: AccountCode,
    pub amount: Money,
    pub payee: Payee,
    /// 用途 What for
    pub purpose: Text,
    /// 受益人数 How many people it reaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// 购置 What the union will own afterwards, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acquires: Option<Acquisition>,
    /// 支出分析 The analysis of the spending
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
}

/// 期初借款 An advance that an old book handed over: its money is in the opening balance of 其他应收款.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvanceOpened {
    pub advance: DisbursementId,
    pub date: Day,
    /// 期初记录号 The record of the opening balances.
    pub from: Seq,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 借款人 Who takes it
    pub who: Borrower,
    pub amount: Money,
    /// 借款日期 When it was paid, in the old book.
    pub since: Day,
    /// 用途 What for
    pub purpose: Text,
}

/// 借款人 Advances are made to persons alone. By number, never by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Borrower {
    Officer(OfficerId),
    Member(MemberId),
}

/// 借款报销 An advance is settled: what was spent of it, and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvanceSettled {
    pub date: Day,
    pub disbursement: DisbursementId,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 报销 What was spent, by account
    #[serde(default)]
    pub spent: Vec<Spent>,
    /// 交回的余款 What came back
    pub returned: Money,
    pub into: Till,
}

/// One bill that was paid out of an advance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spent {
    /// 支出科目, or 待处理财产损溢 of what cannot be had back.
    pub account: AccountCode,
    pub amount: Money,
    pub purpose: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
}

/// 转账凭证 The general voucher, for what no other fact covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    pub date: Day,
    /// 分录 The entries
    pub lines: Vec<Line>,
    pub reason: Text,
    /// 依据 The resolution or paper behind it.
    pub basis: Source,
}

impl RequestAnalysed {
    /// The request alone, as it is recorded.
    #[must_use]
    pub fn request(&self) -> Request {
        let RequestAnalysed {
            disbursement,
            date,
            fund,
            account,
            amount,
            payee,
            purpose,
            people,
            acquires,
            analysis: _,
        } = self.clone();
        Request { disbursement, date, fund, account, amount, payee, purpose, people, acquires }
    }
}

impl Analysed {
    #[must_use]
    pub fn of(disbursement: DisbursementId, analysis: &Analysis) -> Analysed {
        let Analysis { nature, project, economic } = analysis.clone();
        Analysed { disbursement, nature, project, economic }
    }

    #[must_use]
    pub fn analysis(&self) -> Analysis {
        let Analysed { disbursement: _, nature, project, economic } = self.clone();
        Analysis { nature, project, economic }
    }
}

impl Borrower {
    /// The same person as somebody who is paid.
    #[must_use]
    pub fn payee(&self) -> Payee {
        match self {
            Borrower::Officer(officer) => Payee::Officer(officer.clone()),
            Borrower::Member(member) => Payee::Member(member.clone()),
        }
    }
}

impl AdvanceSettled {
    /// What was spent, and what came back.
    #[must_use]
    pub fn total(&self) -> Money {
        Money::sum(self.spent.iter().map(|spent| spent.amount)).plus(self.returned)
    }
}
