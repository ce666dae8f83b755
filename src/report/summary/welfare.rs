//! Welfare. Lists are said by their numbers: nobody on them is named.

use super::spending::requested;
use super::{Said, words};
use crate::chart::Chart;
use crate::event::welfare::{
    BenefitDistributed, BenefitListed, MemberTraits, RemainderReturned, WelfareItem,
};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::report::Words;

impl Said for WelfareItem {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.kind.title(lang));
        words(
            format!("设立福利事项 {} {zh}", self.item),
            format!("welfare item {} defined: {en}", self.item),
        )
    }
}

impl Said for MemberTraits {
    fn said(&self, _: &Chart) -> Words {
        let member = &self.member;
        words(
            format!("登记会员 {member} 的情况"),
            format!("what benefits need to know of {member}"),
        )
    }
}

impl Said for BenefitListed {
    fn said(&self, _: &Chart) -> Words {
        let (people, item) = (self.lines.len(), &self.item);
        let total = Money::sum(self.lines.iter().map(|share| share.amount));
        words(
            format!("{} 的名册：{item} {people} 人 {total}", self.disbursement),
            format!("list of {}: {item}, {people} people, {total}", self.disbursement),
        )
    }
}

impl Said for BenefitDistributed {
    fn said(&self, _: &Chart) -> Words {
        let (signed, gone) = (self.signed.len(), self.unclaimed.len());
        words(
            format!("{} 已签收 {signed} 人，未领 {gone} 人", self.disbursement),
            format!("{}: signed by {signed}, unclaimed by {gone}", self.disbursement),
        )
    }
}

impl Said for RemainderReturned {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("退回 {} 的未领款 {}", self.disbursement, self.amount),
            format!("{} unclaimed of {} came back", self.amount, self.disbursement),
        )
    }

    fn in_its_words(&self, state: &State) -> Vec<String> {
        requested(&self.disbursement, state)
    }
}
