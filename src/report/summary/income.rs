//! Other income.

use super::{Said, named, words};
use crate::chart::Chart;
use crate::event::income::{self, SubsidyKind};
use crate::projection::State;
use crate::report::Words;

impl Said for income::Subsidy {
    fn said(&self, _: &Chart) -> Words {
        match self.kind {
            SubsidyKind::SuperiorGeneral => words("收上级一般补助", "general subsidy from above"),
            SubsidyKind::SuperiorEarmarked => {
                words("收上级专项补助", "earmarked subsidy from above")
            }
            SubsidyKind::Administration => words("收行政补助", "subsidy from the employer"),
        }
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.from.to_string()]
    }
}

impl Said for income::Donation {
    fn said(&self, _: &Chart) -> Words {
        words(format!("收捐款 {}人", self.donors), format!("donations of {} people", self.donors))
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.purpose.to_string()]
    }
}

impl Said for income::Interest {
    fn said(&self, _: &Chart) -> Words {
        words("收利息", "interest")
    }
}

impl Said for income::OtherIncome {
    fn said(&self, _: &Chart) -> Words {
        words("收其他收入", "other income")
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.purpose.to_string()]
    }
}

impl Said for income::Income {
    fn said(&self, chart: &Chart) -> Words {
        let [zh, en] = named(&self.account, chart);
        words(format!("收款 {} {zh}", self.account), format!("received: {} {en}", self.account))
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.purpose.to_string(), self.from.to_string()]
    }
}
