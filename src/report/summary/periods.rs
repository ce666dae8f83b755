//! Periods.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::period::{self, CarryStep};
use crate::report::Words;

impl Said for period::CarryForward {
    fn said(&self, _: &Chart) -> Words {
        match self.step {
            CarryStep::Result => words("收支结转", "results carried forward"),
            CarryStep::YearEnd => words("年末结转", "year-end carry forward"),
        }
    }
}

impl Said for period::PeriodClosed {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("月末结账 {} 凭证 {} 号", self.month, self.vouchers),
            format!("{} closed with {} vouchers", self.month, self.vouchers),
        )
    }
}

impl Said for period::YearClosed {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("年末结账 {} 收入 {} 支出 {}", self.year, self.income, self.expense),
            format!("{} closed: income {}, spending {}", self.year, self.income, self.expense),
        )
    }
}

impl Said for period::Reopening {
    fn said(&self, _: &Chart) -> Words {
        words(format!("重新开账 {}", self.month), format!("{} opened again", self.month))
    }
}

impl Said for period::VouchersReviewed {
    fn said(&self, _: &Chart) -> Words {
        let period::VouchersReviewed { month, first, last } = self;
        words(
            format!("稽核 {month} 凭证 {first}–{last} 号"),
            format!("vouchers {first} to {last} of {month} reviewed"),
        )
    }
}
