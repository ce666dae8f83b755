//! Visits 走访慰问 (五必访, 三必访): who went to whom, why, and what they brought. The money is a share of a
//! list, the goods come out of stock; what stands here is the visit itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::welfare::{Beneficiary, WelfareKind};
use crate::date::Day;
use crate::ids::{DisbursementId, OfficerId, Seq, Text, VisitId};
use crate::lang::Lang;
use crate::money::Money;

macro_rules! occasions {
    ($($(#[$doc:meta])* $occasion:ident = $zh:literal, $en:literal;)*) => {
        /// 走访事由
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Occasion {
            $(#[doc = $zh] $(#[$doc])* $occasion,)*
        }

        impl Occasion {
            pub const ALL: &'static [Occasion] = &[$(Occasion::$occasion),*];

            #[must_use]
            pub fn title(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(Occasion::$occasion => ($zh, $en),)* };
                match lang {
                    Lang::Zh => zh,
                    Lang::En => en,
                }
            }
        }
    };
}

occasions! {
    Festival = "节日", "festival";
    Sick = "患病住院", "illness";
    Bereaved = "丧事", "bereavement";
    Wedding = "结婚", "wedding";
    Birth = "生育", "birth";
    Hardship = "生活困难", "hardship";
    /// 突发变故、意外灾害
    Disaster = "意外变故", "accident";
    /// 思想波动、矛盾纠纷
    Dispute = "矛盾纠纷", "dispute";
    Retired = "退休离岗", "retirement";
    Other = "其他", "other";
}

impl Occasion {
    /// Whether a share of an item of this kind is brought for it. 婚丧嫁娶 and 退休 are 会员活动 (50105), of items
    /// of their own, and not 送温暖 (50405).
    #[must_use]
    pub fn fits(self, kind: WelfareKind) -> bool {
        let of: &[Occasion] = match kind {
            WelfareKind::Festival | WelfareKind::WomensDay | WelfareKind::ChildrensDay => {
                &[Occasion::Festival]
            }
            WelfareKind::Wedding => &[Occasion::Wedding],
            WelfareKind::Birth => &[Occasion::Birth],
            WelfareKind::Hospital => &[Occasion::Sick],
            WelfareKind::MemberDeath | WelfareKind::RelativeDeath => &[Occasion::Bereaved],
            WelfareKind::Retirement => &[Occasion::Retired],
            WelfareKind::Visit => &[
                Occasion::Festival,
                Occasion::Sick,
                Occasion::Hardship,
                Occasion::Disaster,
                Occasion::Dispute,
                Occasion::Other,
            ],
            WelfareKind::Living
            | WelfareKind::Medical
            | WelfareKind::Schooling
            | WelfareKind::Legal
            | WelfareKind::Vocational
            | WelfareKind::Placement
            | WelfareKind::Donation => {
                &[Occasion::Festival, Occasion::Sick, Occasion::Hardship, Occasion::Disaster]
            }
            WelfareKind::MutualAid | WelfareKind::MedicalMutualAid => {
                &[Occasion::Sick, Occasion::Bereaved, Occasion::Hardship, Occasion::Disaster]
            }
            WelfareKind::Birthday
            | WelfareKind::HealthCheck
            | WelfareKind::Recuperation
            | WelfareKind::OtherBenefit
            | WelfareKind::Tuition
            | WelfareKind::Paper
            | WelfareKind::Competition
            | WelfareKind::ModelWorker => &[Occasion::Other],
        };
        of.contains(&self)
    }
}

/// 走访 What is said of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeVisit {
    /// 走访编号 Its id
    pub visit: VisitId,
    /// 走访日期 The day of the visit
    pub date: Day,
    /// 走访事由 Why they went
    pub occasion: Occasion,
    /// 慰问对象 A member, or a household that only the vault knows.
    pub to: Beneficiary,
    /// 户内人数 How many live there
    pub people: u32,
    /// 走访人 The officers who went
    pub went: Vec<OfficerId>,
    /// 慰问金 The payment on whose list they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disbursement: Option<DisbursementId>,
    /// 慰问品 Goods out of stock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<TakenAlong>,
    /// 慰问金额 What both come to, as it was declared.
    pub value: Money,
}

/// 慰问品 So many of what one record issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakenAlong {
    /// The record of `supplies.issued`.
    pub issue: Seq,
    /// 件数 How many of them
    pub quantity: u32,
}

/// The same, with what money and goods are worth by the records that they come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    pub visit: VisitId,
    pub date: Day,
    pub occasion: Occasion,
    pub to: Beneficiary,
    pub people: u32,
    pub went: Vec<OfficerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disbursement: Option<DisbursementId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<TakenAlong>,
    /// 慰问金, or goods that were bought for those on the list
    pub share: Money,
    /// 慰问品 What so many of them cost.
    pub cost: Money,
}

/// 撤销走访登记 A visit that was recorded wrongly stands no longer; it can be recorded anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitWithdrawn {
    /// 走访编号 The visit
    pub visit: VisitId,
    /// 原因 Why it is withdrawn
    pub reason: Text,
}
