//! Mutual aid 互助互济、医疗互助: who is covered, what is claimed, and what the terms grant. Members' own
//! premiums that are only passed on are custodial 221; what the union adds is its spending 50305.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use super::spending::Analysis;
use super::welfare::{Beneficiary, ListControl};
use crate::date::Day;
use crate::ids::{
    AccountCode, ClaimId, DisbursementId, FundId, SchemeId, Seq, Source, Text, WelfareItemId,
};
use crate::lang::Lang;
use crate::money::Money;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SchemeKind {
    /// 互助互济
    Mutual,
    /// 医疗互助
    Medical,
    /// 保险
    Insurance,
}

impl SchemeKind {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            SchemeKind::Mutual => ("互助互济", "mutual aid"),
            SchemeKind::Medical => ("医疗互助", "medical mutual aid"),
            SchemeKind::Insurance => ("保险", "insurance"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// 设立互助保障
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SchemeOpened {
    pub scheme: SchemeId,
    pub name: Text,
    /// 保障种类 What kind of scheme
    pub kind: SchemeKind,
    /// 资金或代管项目 Where members' contributions are: a restricted fund 408, or a custodial project 221.
    pub fund: FundId,
    /// 给付项目 The welfare item that claims are paid as.
    pub item: WelfareItemId,
    pub source: Source,
}

/// 收互助金 Everybody's contribution for a term, with people and sum as they were declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveContributions {
    pub scheme: SchemeId,
    pub date: Day,
    pub into: Till,
    /// 保障期起 The first day of the cover
    pub first: Day,
    /// 保障期止 The last day of the cover
    pub last: Day,
    /// 参加人 Who takes part
    pub people: Vec<Beneficiary>,
    /// 控制总数 People and sum as they were declared
    pub control: ListControl,
}

/// 参保名册 What the union itself paid for, whole or in part: people and the disbursement that paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverByUnion {
    pub scheme: SchemeId,
    pub disbursement: DisbursementId,
    pub first: Day,
    pub last: Day,
    /// 参保人 Who is covered
    pub people: Vec<Beneficiary>,
}

/// 保障名册 Who is covered from when to when; a long list is several records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverListed {
    pub scheme: SchemeId,
    pub paid_by: CoverPaid,
    pub first: Day,
    pub last: Day,
    /// 每人缴费 What each of them paid, or was paid for each.
    pub each: Money,
    pub people: Vec<Beneficiary>,
}

/// 缴费来源
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoverPaid {
    /// 本人: the record that took the money in.
    Members(Seq),
    /// 工会 Who pays the whole of it.
    Union(DisbursementId),
    /// 工会补助 The union's part beside the members' own, which alone covers nobody.
    Subsidy(DisbursementId),
}

/// 申请给付
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimOpened {
    pub claim: ClaimId,
    pub scheme: SchemeId,
    pub to: Beneficiary,
    /// 出险日 The day on which it happened
    pub on: Day,
    /// 计算基数 What the person bore himself, where the terms go by it; which illness it was stays in the
    /// vault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<Money>,
    /// 住院天数, where the terms go by days
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// 核定给付 What is granted: by the terms of the day, to the fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimDecided {
    pub claim: ClaimId,
    pub on: Day,
    pub amount: Money,
}

/// 申请给付用款
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestClaims {
    pub disbursement: DisbursementId,
    pub date: Day,
    /// 给付申请 The claims that it pays
    pub claims: Vec<ClaimId>,
    /// 资金 The scheme's own, and no other
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundId>,
    /// 支出科目 Where it is not the item's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountCode>,
    /// 用途 What for
    pub purpose: Text,
    /// 支出分析 Its nature, project and economic class
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
}

/// Which claims a disbursement pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimsRequested {
    pub disbursement: DisbursementId,
    pub claims: Vec<ClaimId>,
}

/// 互助保障办法 The terms of one scheme, as a rule says them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SchemeTerms {
    pub scheme: SchemeId,
    /// 个人缴费 What each member pays; nothing where the union pays it all.
    #[serde(default)]
    pub contribution: Money,
    /// 工会补助 What the union pays for each.
    #[serde(default)]
    pub union_share: Money,
    /// 等待期 Days after the cover begins on which nothing is granted.
    #[serde(default)]
    pub waiting_days: u32,
    /// 分段比例 Each part of the costs by its own rate; the last one without an upper end.
    #[serde(default)]
    pub bands: Vec<ClaimBand>,
    /// 按日给付
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily: Option<Daily>,
    /// 起付 What is granted at least, where anything is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Money>,
    /// 封顶 What one person is granted in a year at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_in_year: Option<Money>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimBand {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Money>,
    pub basis_points: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Daily {
    pub amount: Money,
    /// 自第几天起
    pub from_day: u32,
}

impl SchemeTerms {
    /// What they grant before the year's limit is looked at.
    #[must_use]
    pub fn grants(&self, costs: Money, days: u32) -> Money {
        let mut sum = Money::ZERO;
        let mut from = Money::ZERO;
        for band in &self.bands {
            let to = band.up_to.map_or(costs, |up_to| up_to.min(costs));
            if to > from {
                sum = sum.plus(to.minus(from).basis_points(band.basis_points));
                from = to;
            }
        }
        if let Some(daily) = self.daily {
            let counted = days.saturating_sub(daily.from_day.saturating_sub(1));
            sum = sum.plus(daily.amount.times(counted));
        }
        match self.least {
            Some(least) if sum.is_positive() => sum.max(least),
            Some(_) | None => sum,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn yuan(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    fn terms(bands: &[(Option<&str>, u32)], daily: Option<(&str, u32)>) -> SchemeTerms {
        let band = |(up_to, basis_points): &(Option<&str>, u32)| ClaimBand {
            up_to: up_to.map(yuan),
            basis_points: *basis_points,
        };
        SchemeTerms {
            scheme: "scheme".parse().unwrap(),
            contribution: yuan("50.00"),
            union_share: Money::ZERO,
            waiting_days: 0,
            bands: bands.iter().map(band).collect(),
            daily: daily.map(|(amount, from_day)| Daily { amount: yuan(amount), from_day }),
            least: None,
            most_in_year: None,
        }
    }

    /// 岳阳: 30, 35, 40, 45 and 50 % at 5,000, 10,000, 20,000 and 30,000 yuan, 50 yuan at least.
    fn yueyang() -> SchemeTerms {
        let bands = [
            (Some("5000.00"), 3_000),
            (Some("10000.00"), 3_500),
            (Some("20000.00"), 4_000),
            (Some("30000.00"), 4_500),
            (None, 5_000),
        ];
        SchemeTerms { least: Some(yuan("50.00")), ..terms(&bands, None) }
    }

    #[test]
    fn each_part_of_the_costs_goes_by_its_own_rate() {
        for (costs, granted) in [
            ("0.00", "0.00"),
            ("0.02", "50.00"),
            ("166.66", "50.00"),
            ("166.70", "50.01"),
            ("5000.00", "1500.00"),
            ("5000.01", "1500.00"),
            ("5000.02", "1500.01"),
            ("10000.00", "3250.00"),
            ("20000.00", "7250.00"),
            ("30000.00", "11750.00"),
            ("30000.02", "11750.01"),
            ("106500.00", "50000.00"),
            ("200000.00", "96750.00"),
        ] {
            assert_eq!(yueyang().grants(yuan(costs), 0), yuan(granted), "{costs}");
        }
    }

    /// 北京: 40 yuan a day from the fourth day on.
    #[test]
    fn days_before_the_first_that_counts_grant_nothing() {
        let beijing = terms(&[], Some(("40.00", 4)));
        for (days, granted) in
            [(0, "0.00"), (3, "0.00"), (4, "40.00"), (10, "280.00"), (183, "7200.00")]
        {
            assert_eq!(beijing.grants(yuan("99999.00"), days), yuan(granted), "{days}");
        }
        // Where no day is named, the first one counts.
        for from_day in [0, 1] {
            let at_once = terms(&[], Some(("40.00", from_day)));
            assert_eq!(at_once.grants(Money::ZERO, 2), yuan("80.00"), "{from_day}");
        }
    }

    #[test]
    fn costs_above_a_last_band_with_an_end_grant_nothing() {
        let limited = terms(&[(Some("1000.00"), 5_000)], None);
        assert_eq!(limited.grants(yuan("3000.00"), 0), yuan("500.00"));
    }
}
