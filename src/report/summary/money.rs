//! Funds, cash and bank.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::{bank, fund};
use crate::report::Words;

impl Said for fund::NewFund {
    fn said(&self, _: &Chart) -> Words {
        words(format!("设立资金 {}", self.fund), format!("fund {} established", self.fund))
    }
}

impl Said for fund::FundTransferred {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("资金划转 {} → {} {}", self.from, self.to, self.resolution),
            format!("moved from {} to {}, {}", self.from, self.to, self.resolution),
        )
    }
}

impl Said for bank::CashDrawing {
    fn said(&self, _: &Chart) -> Words {
        words("提现", "cash drawn")
    }
}

impl Said for bank::CashDeposit {
    fn said(&self, _: &Chart) -> Words {
        words("存现", "cash deposited")
    }
}
