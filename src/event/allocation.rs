//! The employer's two per cent 拨缴经费 and the part of it that goes up 上解.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::ids::{FundId, PayerId};
use crate::lang::Lang;
use crate::money::Money;

/// 申报工资总额 The employer declares a month's payroll, on which the allocation is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payroll {
    pub month: Month,
    /// 工资总额 yuan
    pub total: Money,
    /// 职工人数 How many employees
    pub headcount: u32,
}

/// 收拨缴经费 What the treasurer says: so much came in for this month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveAllocation {
    pub date: Day,
    /// 所属月份 Of which month
    pub month: Month,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}

/// The same, split by the rule in force: `own` stays 留成, `up` is owed to the union above 应上解.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocationReceived {
    pub date: Day,
    pub month: Month,
    pub fund: FundId,
    pub amount: Money,
    pub own: Money,
    pub up: Money,
}

/// 上解经费 What is owed to the union above is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remittance {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}

/// By which way money of the two per cent comes in, other than from one's own employer 收缴方式.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 税务代收
    TaxBureau,
    /// 财政划拨
    Treasury,
    /// 上级转拨: the superior collected it and passes this union's part down.
    PassedDown,
    /// 小额缴费返还: what went up comes back to a union of little money.
    SmallPayerRefund,
    /// 下级上缴: a lower union collected it and sends up what is due.
    LowerRemittance,
}

/// Whose part of the money it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 留成
    Own,
    /// 上解
    Up,
    /// 转拨下级
    Down,
}

/// 分成比例 Of ten thousand parts of what comes in this way; the remainder of a fen goes to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelShares {
    pub channel: Channel,
    pub own_basis_points: u32,
    pub up_basis_points: u32,
    pub down_basis_points: u32,
    pub remainder: Part,
}

/// The same without the way: what an amount is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    pub own_basis_points: u32,
    pub up_basis_points: u32,
    pub down_basis_points: u32,
    pub remainder: Part,
}

impl ChannelShares {
    #[must_use]
    pub fn shares(self) -> Shares {
        let ChannelShares {
            own_basis_points,
            up_basis_points,
            down_basis_points,
            remainder,
            channel: _,
        } = self;
        Shares { own_basis_points, up_basis_points, down_basis_points, remainder }
    }
}

/// An amount in its three parts, which add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// 留成 → 402
    pub own: Money,
    /// 应上解 → 211
    pub up: Money,
    /// 应转拨 → 21202
    pub down: Money,
}

/// 收缴经费 What the accountant says: so much came in, by this way, for this month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectAllocation {
    pub date: Day,
    /// 所属月份 Of which month
    pub month: Month,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub channel: Channel,
    /// 缴费单位 Whose money it was; none for the one employer of a grassroots union.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<PayerId>,
    /// 银行实收 What the bank received.
    pub amount: Money,
    /// 所属总额 What the payer had paid in all, where only a part of it comes down to here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross: Option<Money>,
}

/// The same in its parts: `settles` + `own` + `up` + `down` is the amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocationCollected {
    pub date: Day,
    pub month: Month,
    pub fund: FundId,
    pub channel: Channel,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<PayerId>,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross: Option<Money>,
    /// 留成
    pub own: Money,
    /// 应上解
    pub up: Money,
    /// 应转拨下级
    pub down: Money,
    /// What was accrued as due from the superior at a year's end, on 13102, and is paid by this.
    pub settles: Money,
}

impl AllocationCollected {
    /// How much of what its payer owes for the month it covers.
    #[must_use]
    pub fn covers(&self) -> Money {
        match self.channel {
            Channel::TaxBureau
            | Channel::Treasury
            | Channel::PassedDown
            | Channel::LowerRemittance => self.gross.unwrap_or(self.amount),
            // It had been paid once, and comes back.
            Channel::SmallPayerRefund => Money::ZERO,
        }
    }
}

/// 收建会筹备金 A unit that has no union yet pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreparationReceived {
    pub date: Day,
    pub payer: PayerId,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}

/// 结转筹备金 What the accountant says: the unit has its union now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlePreparation {
    pub date: Day,
    pub payer: PayerId,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}

/// The same, in its parts by the rule in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreparationSettled {
    pub date: Day,
    pub payer: PayerId,
    pub fund: FundId,
    pub amount: Money,
    pub own: Money,
    pub up: Money,
    pub down: Money,
}

/// 拨付下级 What is owed to a lower union is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Passdown {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub to: PayerId,
    pub kind: PassdownKind,
    pub amount: Money,
}

/// 应付的种类 What was owed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PassdownKind {
    /// 应付下级转拨经费 21202
    Passdown,
    /// 应付下级补助 21201, accrued at a year's end
    Subsidy,
}

impl Channel {
    pub const ALL: [Channel; 5] = [
        Channel::TaxBureau,
        Channel::Treasury,
        Channel::PassedDown,
        Channel::SmallPayerRefund,
        Channel::LowerRemittance,
    ];

    /// What the way is called.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Channel::TaxBureau => ("税务代收", "tax bureau"),
            Channel::Treasury => ("财政划拨", "treasury"),
            Channel::PassedDown => ("上级转拨", "passed down"),
            Channel::SmallPayerRefund => ("小额缴费返还", "small payers' refund"),
            Channel::LowerRemittance => ("下级上缴", "lower unions"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
