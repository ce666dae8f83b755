//! Dues: terms, waivers and refunds.

use std::collections::BTreeSet;

use super::{Said, words};
use crate::chart::Chart;
use crate::date::Month;
use crate::event::dues::{
    DuesReceipt, DuesTerms, ExemptReason, Refund, Terms, Waiver, WaiverCancellation,
};
use crate::ids::MemberId;
use crate::money::Money;
use crate::report::Words;

impl Said for DuesReceipt {
    fn said(&self, _: &Chart) -> Words {
        let months = months(self.lines.iter().map(|line| line.month));
        let count = members(self.lines.iter().map(|line| &line.member));
        words(
            format!("收会费 {} {count}人", months.zh),
            format!("dues for {} of {count} members", months.en),
        )
    }
}

impl Said for Refund {
    fn said(&self, _: &Chart) -> Words {
        let months = months(self.lines.iter().map(|line| line.month));
        let count = members(self.lines.iter().map(|line| &line.member));
        words(
            format!("退会费 {} {count}人", months.zh),
            format!("dues for {} given back to {count} members", months.en),
        )
    }
}

impl Said for Waiver {
    fn said(&self, _: &Chart) -> Words {
        let months = months(self.lines.iter().map(|line| line.month));
        let total = Money::sum(self.lines.iter().map(|line| line.amount));
        words(
            format!("减免会费 {} {} {total}", self.member, months.zh),
            format!("dues of {} for {} waived, {total}", self.member, months.en),
        )
    }
}

impl Said for WaiverCancellation {
    fn said(&self, _: &Chart) -> Words {
        let (member, waiver) = (&self.member, self.waiver);
        words(
            format!("撤销减免 {member} #{waiver}"),
            format!("waiver #{waiver} of {member} cancelled"),
        )
    }
}

impl Said for DuesTerms {
    fn said(&self, _: &Chart) -> Words {
        let terms = match &self.terms {
            Terms::ByBase {} => words("按基数", "by the base"),
            Terms::Flat { amount } => words(format!("定额 {amount}"), format!("{amount} a month")),
            Terms::Exempt { reason } => exempt(*reason),
        };
        let Words { zh, en } = match self.until {
            Some(until) => words(
                format!("{} 至 {until}", self.from),
                format!("from {} through {until}", self.from),
            ),
            None => words(format!("自 {} 起", self.from), format!("from {}", self.from)),
        };
        words(
            format!("缴费办法 {} {} {zh}", self.member, terms.zh),
            format!("dues of {}: {} {en}", self.member, terms.en),
        )
    }
}

fn exempt(reason: ExemptReason) -> Words {
    match reason {
        ExemptReason::Retired => words("免缴（退休）", "exempt, retired,"),
        ExemptReason::Unemployed => words("免缴（失业）", "exempt, unemployed,"),
        ExemptReason::LongIllness => words("免缴（长期病休）", "exempt, long illness,"),
        ExemptReason::Other => words("免缴", "exempt"),
    }
}

fn members<'a>(members: impl Iterator<Item = &'a MemberId>) -> usize {
    members.collect::<BTreeSet<_>>().len()
}

fn months(months: impl Iterator<Item = Month> + Clone) -> Words {
    match (months.clone().min(), months.max()) {
        (Some(first), Some(last)) if first < last => {
            words(format!("{first} 至 {last}"), format!("{first} to {last}"))
        }
        (Some(month), _) => words(month.to_string(), month.to_string()),
        (None, _) => words("", ""),
    }
}
