//! Payers 缴费单位 of the two per cent: who they are, what they owe, what the tax bureau says of them,
//! and what is done about arrears.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::allocation::Channel;
use crate::date::{Day, Month};
use crate::ids::{DemandId, PayerId, Source, TaxListId, Text};
use crate::lang::Lang;
use crate::money::Money;

/// 登记缴费单位 A unit that pays, or a lower union: an organisation, and never a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPayer {
    pub payer: PayerId,
    pub name: Text,
    /// 单位种类 What kind of payer
    pub kind: PayerKind,
    /// 建会日期 Since when it has a union; none where it has none yet 未建会.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub union_since: Option<Day>,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PayerKind {
    /// 企业
    Enterprise,
    /// 机关事业单位
    Institution,
    /// 社会组织
    Organisation,
    /// 下级工会
    LowerUnion,
}

/// 建会 A payer has a union from this day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnionFounded {
    pub payer: PayerId,
    pub on: Day,
}

/// 缴费单位申报工资总额 A payer declares a month's payroll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayerPayroll {
    pub payer: PayerId,
    pub month: Month,
    /// 工资总额 yuan
    pub total: Money,
    /// 职工人数 How many employees
    pub headcount: u32,
}

/// 更正工资总额 What was declared was wrong: an audit or the tax bureau found another payroll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayrollCorrection {
    /// 缴费单位，只有一家时不写 None for the one employer of a grassroots union.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<PayerId>,
    pub month: Month,
    pub total: Money,
    /// 职工人数 How many employees
    pub headcount: u32,
    /// 依据 The audit's report, the tax bureau's letter.
    pub basis: Source,
}

/// 税务代收清单 What the tax bureau or the treasury says it collected. A long list is several records of one
/// command; each says the count and the total of the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxList {
    pub list: TaxListId,
    pub channel: Channel,
    /// 所属月份 Of which month
    pub month: Month,
    /// 清单的行 The lines of the list
    pub lines: Vec<TaxLine>,
    /// 户数 of the whole list
    pub count: u32,
    /// 合计 of the whole list
    pub total: Money,
}

/// One payer on the list. It need not be known to the book: that is what a reconciliation finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxLine {
    pub payer: PayerId,
    pub amount: Money,
}

/// 催缴通知 Arrears are asked for in writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    pub demand: DemandId,
    pub date: Day,
    /// 缴费单位，只有一家时不写 None for the one employer of a grassroots union.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<PayerId>,
    /// 欠缴月份 From this month to the last one.
    pub first: Month,
    pub last: Month,
    /// 欠缴本金 What is in arrears
    pub principal: Money,
    /// 限期 Due by
    pub due_by: Day,
}

/// 催缴的下一步 What comes after a demand, each only after what has to come before it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 加收滞纳金: only where a local rule has it.
    LateFee,
    /// 申请支付令 (工会法 Art. 44)
    PaymentOrder,
    /// 申请强制执行 (工会法 Art. 44)
    Enforcement,
    /// 已缴清
    Settled,
    /// 撤回
    Withdrawn,
}

/// 催缴进展 The demand goes on, or ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DemandAdvance {
    pub demand: DemandId,
    pub date: Day,
    pub stage: Stage,
    /// 滞纳金 by that day; it is computed, and what is said is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    /// 文号 The letter, the court's file, the bank's slip.
    pub reference: Source,
}

impl Stage {
    /// What the stage is called; of none, that only the demand was issued.
    #[must_use]
    pub fn title(of: Option<Stage>, lang: Lang) -> &'static str {
        let (zh, en) = match of {
            None => ("已催缴", "demanded"),
            Some(Stage::LateFee) => ("加收滞纳金", "late fee"),
            Some(Stage::PaymentOrder) => ("申请支付令", "payment order"),
            Some(Stage::Enforcement) => ("申请强制执行", "enforcement"),
            Some(Stage::Settled) => ("已缴清", "settled"),
            Some(Stage::Withdrawn) => ("已撤回", "withdrawn"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl PayerKind {
    /// What such a payer is called.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            PayerKind::Enterprise => ("企业", "enterprise"),
            PayerKind::Institution => ("机关事业单位", "public institution"),
            PayerKind::Organisation => ("社会组织", "organisation"),
            PayerKind::LowerUnion => ("下级工会", "lower union"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
