//! Funds, the budget, cash and bank.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::{bank, budget, fund};
use crate::ids::AccountCode;
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

impl Said for fund::FundReleased {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("结余性质的结转 {} → {} {}", self.from, self.to, self.resolution),
            format!("surplus of {} released to {}, {}", self.from, self.to, self.resolution),
        )
    }
}

impl Said for fund::FundLimited {
    fn said(&self, _: &Chart) -> Words {
        let accounts: Vec<&str> = self.accounts.iter().map(AccountCode::as_str).collect();
        let accounts = accounts.join(", ");
        words(
            format!("限定用途 {} {accounts} {}", self.fund, self.resolution),
            format!("fund {} is for {accounts}, {}", self.fund, self.resolution),
        )
    }
}

impl Said for fund::FiscalFund {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("标明财政拨款 {} {}", self.fund, self.source),
            format!("fund {} is the treasury's money, {}", self.fund, self.source),
        )
    }
}

impl Said for fund::FundClosed {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("专项完结 {} {}", self.fund, self.resolution),
            format!("fund {} closed, {}", self.fund, self.resolution),
        )
    }
}

impl Said for budget::BudgetAdopted {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("下达预算 {} 第{}部分 {}", self.budget, self.part, self.resolution),
            format!("budget of {} adopted, part {}, {}", self.budget, self.part, self.resolution),
        )
    }
}

impl Said for budget::BudgetAdjusted {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("调整预算 {} 第{}部分 {}", self.budget, self.part, self.resolution),
            format!("budget of {} adjusted, part {}, {}", self.budget, self.part, self.resolution),
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
