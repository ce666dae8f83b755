//! 过账科目 What the program uses accounts for. A chart says for each use which account it is; facts are
//! posted by their use, so that a union with another chart posts the same facts to its own accounts.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::Class;

macro_rules! uses {
    ($($(#[$doc:meta])* $use:ident = $name:literal, $statutory:literal;)*) => {
        /// One use of an account.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Use {
            $($(#[$doc])* $use,)*
        }

        impl Use {
            pub const ALL: &'static [Use] = &[$(Use::$use),*];

            /// As a chart file writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Use::$use => $name,)* }
            }

            /// Whether it is for any account under the one that the chart names, which takes no
            /// entries itself.
            #[must_use]
            pub fn is_of_all_under_it(self) -> bool {
                self == Use::Capital
            }

            /// What the account has to be: a till that is an income account would be closed away at
            /// the end of the year. It is the class of the statutory account.
            #[must_use]
            pub fn class(self) -> Class {
                match self.statutory().as_bytes().first() {
                    Some(b'1') => Class::Asset,
                    Some(b'2') => Class::Liability,
                    Some(b'3') => Class::NetAsset,
                    Some(b'4') => Class::Income,
                    Some(_) | None => Class::Expense,
                }
            }

            /// The account of the statutory chart (财会〔2021〕7号, 第二部分, 第三部分). It does not number
            /// the sub-accounts 代管经费 of 101 and 102; those numbers are ours.
            #[must_use]
            pub(super) fn statutory(self) -> &'static str {
                match self { $(Use::$use => $statutory,)* }
            }
        }
    };
}

uses! {
    /// 库存现金
    Cash = "cash", "101";
    /// 银行存款
    Bank = "bank", "102";
    /// 库存现金—代管经费
    CustodialCash = "custodial_cash", "10101";
    /// 银行存款—代管经费
    CustodialBank = "custodial_bank", "10201";
    /// 应收上级补助
    SuperiorSubsidyDue = "superior_subsidy_due", "13101";
    /// 应收上级转拨经费
    SuperiorPassdownDue = "superior_passdown_due", "13102";
    /// 应收下级经费
    LowerDue = "lower_due", "132";
    /// 其他应收款, advances among them
    Receivable = "receivable", "135";
    /// 库存物品
    Supplies = "supplies", "141";
    /// 投资
    Investments = "investments", "151";
    /// 在建工程
    Construction = "construction", "161";
    /// 固定资产
    FixedAssets = "fixed_assets", "162";
    /// 累计折旧
    Depreciation = "depreciation", "163";
    /// 无形资产
    IntangibleAssets = "intangible_assets", "171";
    /// 累计摊销
    Amortisation = "amortisation", "172";
    /// 长期待摊费用
    Prepaid = "prepaid", "181";
    /// 待处理财产损溢
    Suspense = "suspense", "182";
    /// 应付职工薪酬
    SalariesOwed = "salaries_owed", "201";
    /// 应付上级经费
    OwedUp = "owed_up", "211";
    /// 应付下级补助
    LowerSubsidyOwed = "lower_subsidy_owed", "21201";
    /// 应付下级转拨经费
    LowerPassdownOwed = "lower_passdown_owed", "21202";
    /// 其他应付款
    Payable = "payable", "215";
    /// 代管经费
    Custodial = "custodial", "221";
    /// 资产基金—库存物品
    SuppliesFund = "supplies_fund", "30101";
    /// 资产基金—投资
    InvestmentsFund = "investments_fund", "30102";
    /// 资产基金—在建工程
    ConstructionFund = "construction_fund", "30103";
    /// 资产基金—固定资产
    FixedAssetsFund = "fixed_assets_fund", "30104";
    /// 资产基金—无形资产
    IntangiblesFund = "intangibles_fund", "30105";
    /// 资产基金—长期待摊费用
    PrepaidFund = "prepaid_fund", "30106";
    /// 工会资金结转—年初余额调整
    RestrictedPrior = "restricted_prior", "32101";
    /// 工会资金结转—单位内部调剂
    RestrictedMoved = "restricted_moved", "32102";
    /// 工会资金结转—本年收支结转
    RestrictedResult = "restricted_result", "32103";
    /// 工会资金结转—累计结转
    RestrictedCarried = "restricted_carried", "32104";
    /// 工会资金结余—年初余额调整
    SurplusPrior = "surplus_prior", "32201";
    /// 工会资金结余—单位内部调剂
    SurplusMoved = "surplus_moved", "32202";
    /// 工会资金结余—本年收支结转
    SurplusResult = "surplus_result", "32203";
    /// 工会资金结余—结转转入
    SurplusFromRestricted = "surplus_from_restricted", "32204";
    /// 工会资金结余—累计结余
    SurplusCarried = "surplus_carried", "32205";
    /// 财政拨款结转—年初余额调整
    FiscalPrior = "fiscal_prior", "33101";
    /// 财政拨款结转—单位内部调剂
    FiscalMoved = "fiscal_moved", "33102";
    /// 财政拨款结转—本年收支结转
    FiscalResult = "fiscal_result", "33103";
    /// 财政拨款结转—累计结转
    FiscalCarried = "fiscal_carried", "33104";
    /// 财政拨款结余—年初余额调整
    FiscalSurplusPrior = "fiscal_surplus_prior", "33201";
    /// 财政拨款结余—归集上缴
    FiscalSurplusReturned = "fiscal_surplus_returned", "33202";
    /// 财政拨款结余—单位内部调剂
    FiscalSurplusMoved = "fiscal_surplus_moved", "33203";
    /// 财政拨款结余—结转转入
    FiscalSurplusFromCarried = "fiscal_surplus_from_carried", "33204";
    /// 财政拨款结余—累计结余
    FiscalSurplusCarried = "fiscal_surplus_carried", "33205";
    /// 会费收入
    Dues = "dues", "401";
    /// 拨缴经费收入
    Allocation = "allocation", "402";
    /// 一般性转移支付补助收入
    SubsidyGeneral = "subsidy_general", "40301";
    /// 专项转移支付补助收入
    SubsidyEarmarked = "subsidy_earmarked", "40302";
    /// 行政补助收入
    SubsidyAdministration = "subsidy_administration", "405";
    /// 投资收益
    InvestmentIncome = "investment_income", "407";
    /// 利息收入 The bank's interest, which the statutory chart has among other income
    Interest = "interest", "408";
    /// 其他收入
    OtherIncome = "other_income", "408";
    /// 补助下级支出—一般性转移支付
    LowerSubsidyGeneral = "lower_subsidy_general", "50801";
    /// 补助下级支出—专项转移支付
    LowerSubsidyEarmarked = "lower_subsidy_earmarked", "50802";
    /// 其他支出
    OtherSpending = "other_spending", "510";
    /// 资本性支出, of which fixed assets are bought; any account under it
    Capital = "capital", "507";
    /// 安排预算稳定调节基金
    StabilisationProvision = "stabilisation_provision", "521";
    /// 动用预算稳定调节基金
    StabilisationDraw = "stabilisation_draw", "411";
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
