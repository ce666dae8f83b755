//! Members, and receipts for them.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::dues::DuesStanding;
use crate::event::{member, paper};
use crate::report::Words;

impl Said for member::Group {
    fn said(&self, _: &Chart) -> Words {
        words(format!("设立小组 {}", self.group), format!("group {} defined", self.group))
    }
}

impl Said for member::Enrolment {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("入会 {} {}", self.member, self.group),
            format!("{} joins, group {}", self.member, self.group),
        )
    }
}

impl Said for member::DuesBase {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("会费基数 {} {} 自 {} 起", self.member, self.base, self.from),
            format!("dues base of {}: {} from {}", self.member, self.base, self.from),
        )
    }
}

impl Said for member::Transfer {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("调组 {} {}", self.member, self.group),
            format!("{} moves to group {}", self.member, self.group),
        )
    }
}

impl Said for member::Leaving {
    fn said(&self, _: &Chart) -> Words {
        words(format!("离会 {}", self.member), format!("{} leaves", self.member))
    }
}

impl Said for member::Arrival {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("转入 {} {}", self.member, self.group),
            format!("{} arrives, group {}", self.member, self.group),
        )
    }
}

impl Said for member::Departure {
    fn said(&self, _: &Chart) -> Words {
        let Words { zh, en } = match self.dues_paid_through {
            Some(month) => words(format!("会费缴至 {month}"), format!("dues paid through {month}")),
            None => words("会费未缴", "no dues paid"),
        };
        words(format!("转出 {} {zh}", self.member), format!("{} departs, {en}", self.member))
    }
}

impl Said for DuesStanding {
    fn said(&self, _: &Chart) -> Words {
        let Self { member, paid_through, owed } = self;
        let owed = owed.filter(|owed| !owed.is_zero());
        let (zh, en) = owed.map_or_else(Default::default, |owed| {
            (format!("，欠缴 {owed}"), format!(", {owed} in arrears"))
        });
        words(
            format!("期初缴费情况 {member} 已缴至 {paid_through}{zh}"),
            format!("dues of {member} were paid through {paid_through}{en}"),
        )
    }
}

impl Said for paper::Receipt {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("开收据 {} {} {}", self.number, self.member, self.amount),
            format!("receipt {} for {}, {}", self.number, self.member, self.amount),
        )
    }
}
