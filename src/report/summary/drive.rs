//! Donation drives: numbers and counts; no donor is named.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::drive::{
    DriveClosed, DriveOpened, GiftsListed, GoodsGiven, GoodsReceived, GoodsWithdrawn,
};
use crate::money::Money;
use crate::report::Words;

impl Said for DriveOpened {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("发起募捐 {}，{} 至 {}", self.drive, self.first, self.last),
            format!("drive {} from {} through {}", self.drive, self.first, self.last),
        )
    }
}

impl Said for GiftsListed {
    fn said(&self, _: &Chart) -> Words {
        let total = Money::sum(self.gifts.iter().map(|gift| gift.amount));
        let people = self.gifts.iter().fold(0u32, |sum, g| sum.saturating_add(g.donor.count()));
        words(
            format!("募捐 {} 的名册：{people} 人 {total}", self.drive),
            format!("donors of {}: {people}, {total}", self.drive),
        )
    }
}

impl Said for GoodsReceived {
    fn said(&self, _: &Chart) -> Words {
        let (drive, article, count) = (&self.drive, &self.article, self.count);
        words(
            format!("募捐 {drive} 收捐物 {article} {count}"),
            format!("{count} of {article} given to {drive}"),
        )
    }
}

impl Said for GoodsGiven {
    fn said(&self, _: &Chart) -> Words {
        let (drive, article, count) = (&self.drive, &self.article, self.count);
        words(
            format!("募捐 {drive} 发放捐物 {article} {count}"),
            format!("{count} of {article} handed on by {drive}"),
        )
    }
}

impl Said for GoodsWithdrawn {
    fn said(&self, _: &Chart) -> Words {
        let (drive, record) = (&self.drive, self.record);
        words(
            format!("募捐 {drive} 撤销捐物登记 #{record}"),
            format!("the goods of #{record} of {drive} count no longer"),
        )
    }
}

impl Said for DriveClosed {
    fn said(&self, _: &Chart) -> Words {
        let (drive, left) = (&self.drive, self.left);
        words(
            format!("结束募捐 {drive}，结余 {left}"),
            format!("drive {drive} closed, {left} left"),
        )
    }
}
