//! Welfare 职工福利、慰问和帮扶: what may be given to whom, and who got what. The money goes the way of every
//! payment, requested, approved and paid; what stands here is the list behind it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use super::spending::Analysis;
use crate::date::{Day, Month};
use crate::ids::{AccountCode, DisbursementId, FundId, MemberId, SubjectId, Text, WelfareItemId};
use crate::lang::Lang;
use crate::money::Money;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident in $family:ident = $zh:literal, $en:literal;)*) => {
        /// 事项种类 What a benefit is given for.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum WelfareKind {
            $(#[doc = $zh] $(#[$doc])* $kind,)*
        }

        impl WelfareKind {
            pub const ALL: &'static [WelfareKind] = &[$(WelfareKind::$kind),*];

            /// Which register it stands in.
            #[must_use]
            pub fn family(self) -> WelfareFamily {
                match self { $(WelfareKind::$kind => WelfareFamily::$family,)* }
            }

            #[must_use]
            pub fn title(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(WelfareKind::$kind => ($zh, $en),)* };
                match lang {
                    Lang::Zh => zh,
                    Lang::En => en,
                }
            }
        }
    };
}

kinds! {
    // 会员活动支出 (50105) of 财会〔2021〕7号, and what provinces add
    Festival in Benefit = "节日慰问", "festival";
    Birthday in Benefit = "生日慰问", "birthday";
    Wedding in Benefit = "结婚慰问", "wedding";
    Birth in Benefit = "生育慰问", "birth";
    Hospital in Benefit = "住院慰问", "hospital stay";
    MemberDeath in Benefit = "会员去世慰问", "death of a member";
    RelativeDeath in Benefit = "亲属去世慰问", "death of a relative";
    Retirement in Benefit = "退休离岗慰问", "retirement";
    HealthCheck in Benefit = "体检补助", "health check";
    WomensDay in Benefit = "妇女节慰问", "Women's Day";
    ChildrensDay in Benefit = "儿童节慰问", "Children's Day";
    Recuperation in Benefit = "疗休养", "recuperation";
    OtherBenefit in Benefit = "其他普惠服务", "other benefit";
    // 五必访, 送温暖
    Visit in Visit = "走访慰问", "visit";
    // 中央财政专项帮扶资金 uses, 总工发〔2015〕20号
    Living in Aid = "生活救助", "living aid";
    Medical in Aid = "医疗救助", "medical aid";
    Schooling in Aid = "助学救助", "study aid";
    Legal in Aid = "法律援助", "legal aid";
    Vocational in Aid = "职业培训", "vocational training";
    Placement in Aid = "职业介绍", "job placement";
    Tuition in Award = "学费补助", "tuition";
    Paper in Award = "论文奖励", "paper";
    Competition in Award = "竞赛奖励", "competition";
    ModelWorker in Award = "劳模先进奖励", "model worker";
    MutualAid in MutualAid = "互助金给付", "mutual aid";
    MedicalMutualAid in MutualAid = "医疗互助给付", "medical mutual aid";
    Donation in Donation = "捐款发放", "donation handed on";
}

impl WelfareKind {
    /// 普惠 Whether it is given to everybody, so that whoever deals with it is on its list too; what is
    /// given for something that happens to one person is not.
    #[must_use]
    pub fn is_for_all(self) -> bool {
        match self {
            WelfareKind::Festival
            | WelfareKind::WomensDay
            | WelfareKind::ChildrensDay
            | WelfareKind::HealthCheck
            | WelfareKind::Recuperation
            | WelfareKind::OtherBenefit => true,
            WelfareKind::Birthday
            | WelfareKind::Wedding
            | WelfareKind::Birth
            | WelfareKind::Hospital
            | WelfareKind::MemberDeath
            | WelfareKind::RelativeDeath
            | WelfareKind::Retirement
            | WelfareKind::Visit
            | WelfareKind::Living
            | WelfareKind::Medical
            | WelfareKind::Schooling
            | WelfareKind::Legal
            | WelfareKind::Vocational
            | WelfareKind::Placement
            | WelfareKind::Tuition
            | WelfareKind::Paper
            | WelfareKind::Competition
            | WelfareKind::ModelWorker
            | WelfareKind::MutualAid
            | WelfareKind::MedicalMutualAid
            | WelfareKind::Donation => false,
        }
    }
}

/// 台账 The register that a benefit stands in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum WelfareFamily {
    /// 普惠福利
    Benefit,
    /// 走访慰问
    Visit,
    /// 困难帮扶
    Aid,
    /// 学习和奖励
    Award,
    /// 互助保障
    MutualAid,
    /// 捐款
    Donation,
}

/// 设立福利事项 Something that may be given, and to whom; a later one replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WelfareItem {
    /// 事项代号 Its id
    pub item: WelfareItemId,
    /// 名称 What it is called
    pub name: Text,
    /// 种类 What it is given for
    pub kind: WelfareKind,
    /// 支出科目 Where it is spent from, unless a request says otherwise.
    pub account: AccountCode,
    /// 发放范围 Whoever is on its list has to be all of this.
    #[serde(default)]
    pub eligible: BTreeSet<Eligible>,
    /// 子女年龄 Of `children`: under so many years on the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children_under: Option<u32>,
    /// 发放形式 How it may be given: some are for goods alone 限实物.
    #[serde(default, skip_serializing_if = "Allowed::is_any")]
    pub form: Allowed,
}

/// 发放条件
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Eligible {
    /// 会员 on the day, retired ones included
    Member,
    /// 在职会员 on the day: whoever owes dues, and no retired member
    Working,
    /// 女会员
    Woman,
    /// 有适龄子女: one time for each child
    Children,
    /// 会费已缴清, as the rule about it says
    DuesPaid,
}

impl Eligible {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Eligible::Member => ("会员", "member"),
            Eligible::Working => ("在职会员", "working member"),
            Eligible::Woman => ("女会员", "woman"),
            Eligible::Children => ("有适龄子女", "children of that age"),
            Eligible::DuesPaid => ("会费已缴清", "dues paid"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// 会员情况 What benefits need to know of a member, and no more; a later one replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberTraits {
    /// 会员编号 The member's id
    pub member: MemberId,
    /// 女会员 Whether she is a woman
    #[serde(default)]
    pub woman: bool,
    /// 子女出生年月 One for each child; nothing else is known of a child.
    #[serde(default)]
    pub children_born: Vec<Month>,
}

/// 受益人 Whom it reaches: a member by number, or somebody whom only the vault knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Beneficiary {
    Member(MemberId),
    Subject(SubjectId),
}

/// 名册一行 One person's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub to: Beneficiary,
    pub amount: Money,
    /// 次数 How many times the item: children, papers, days. Once, where nothing is said.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_once(times: &u32) -> bool {
    *times == 1
}

/// 发放形式
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 现金或转账
    #[default]
    Money,
    /// 实物
    Goods,
}

impl Form {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Form::Money, Lang::Zh) => "现金或转账",
            (Form::Money, Lang::En) => "money",
            (Form::Goods, Lang::Zh) => "实物",
            (Form::Goods, Lang::En) => "goods",
        }
    }
}

/// 可用形式
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    /// 不限
    #[default]
    Any,
    /// 限实物
    Goods,
    /// 限现金或转账
    Money,
}

impl Allowed {
    /// The one form that it leaves, if it leaves one alone.
    #[must_use]
    pub fn alone(self) -> Option<Form> {
        match self {
            Allowed::Any => None,
            Allowed::Goods => Some(Form::Goods),
            Allowed::Money => Some(Form::Money),
        }
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_any(&self) -> bool {
        *self == Allowed::Any
    }
}

/// 申请福利费 A request together with the list of those whom it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestBenefit {
    /// 用款编号 The id of the request
    pub disbursement: DisbursementId,
    /// 申请日期 The day of the request
    pub date: Day,
    /// 事项日期 The festival, the birthday: its year is the year that caps count. The request's day
    /// where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// 福利事项 What is given
    pub item: WelfareItemId,
    /// 资金 The fund that it is spent from
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 支出科目 Where it is not the item's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountCode>,
    /// 发放形式 Money or goods
    #[serde(default)]
    pub form: Form,
    /// 供应单位 Who is paid for goods; else those on the list are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<Text>,
    /// 名册 Who gets how much
    #[serde(default)]
    pub lines: Vec<Share>,
    /// 全体 Everybody who may have it, beside whom the lines name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub everybody: Option<Everybody>,
    /// 控制总数 People and sum as they were declared.
    pub control: ListControl,
    /// 用途 What for
    pub purpose: Text,
    /// 支出分析 Its nature, project and economic class
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
}

/// 全体 The list is made from the register of members: each who is all that the item asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Everybody {
    /// A head; of items for children, a child.
    pub amount: Money,
    /// 除外 Those who are left out
    #[serde(default)]
    pub but: BTreeSet<MemberId>,
}

/// 控制总数
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListControl {
    pub people: u32,
    pub total: Money,
}

/// 名册 Who gets what out of a disbursement; a long list is several records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenefitListed {
    pub disbursement: DisbursementId,
    pub item: WelfareItemId,
    pub on: Day,
    pub form: Form,
    pub lines: Vec<Share>,
}

/// 发放签收 Who signed for it, and who never came; the signed list itself is a paper of the payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenefitDistributed {
    pub disbursement: DisbursementId,
    pub date: Day,
    #[serde(default)]
    pub signed: Vec<Beneficiary>,
    /// 未领
    #[serde(default)]
    pub unclaimed: Vec<Beneficiary>,
}

/// 发放签收 What is said of it: everybody signed but these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DistributeBenefit {
    /// 用款编号 The payment with its list
    pub disbursement: DisbursementId,
    /// 签收日期 The day of signing
    pub date: Day,
    /// 签收人 All that are left, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Vec<Beneficiary>>,
    /// 未领 Who never came
    #[serde(default)]
    pub unclaimed: Vec<Beneficiary>,
}

/// 退回未领款 What is said: the money of those who never came is back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnRemainder {
    /// 用款编号 The payment with its list
    pub disbursement: DisbursementId,
    /// 退回日期 The day on which it is back
    pub date: Day,
    /// 存入 Cash or bank
    pub into: Till,
}

/// The same, with what is unclaimed and where it had been spent from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemainderReturned {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub into: Till,
    /// The fund or custodial project of the payment.
    pub fund: FundId,
    pub account: AccountCode,
    /// 代管经费 Whether it was others' money.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub custodial: bool,
    pub amount: Money,
}

impl Beneficiary {
    /// The member, where it is one.
    #[must_use]
    pub fn member(&self) -> Option<&MemberId> {
        match self {
            Beneficiary::Member(member) => Some(member),
            Beneficiary::Subject(_) => None,
        }
    }
}

impl core::fmt::Display for Beneficiary {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Beneficiary::Member(member) => member.fmt(f),
            Beneficiary::Subject(subject) => subject.fmt(f),
        }
    }
}
