//! Funds, the budget, cash and bank.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::cash::{CashCount, CashDifference, Difference, DifferenceResolved, Ending};
use crate::event::statement::{
    Match, Reconciliation, Statement, StatementLines, StatementWithdrawn, Unmatch,
};
use crate::event::{bank, budget, custody, fund};
use crate::ids::AccountCode;
use crate::projection::State;
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

impl Said for custody::CustodialProject {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.project;
        words(format!("设立代管项目 {id}"), format!("custodial project {id} opened"))
    }
}

impl Said for custody::CustodialReceived {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.project;
        words(format!("收代管经费 {id}"), format!("custodial money received for {id}"))
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.from.to_string()]
    }
}

impl Said for custody::CustodialPaid {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.project;
        words(format!("付代管经费 {id}"), format!("custodial money of {id} paid"))
    }

    fn in_its_words(&self, state: &State) -> Vec<String> {
        super::spending::requested(&self.disbursement, state)
    }
}

impl Said for CashCount {
    fn said(&self, _: &Chart) -> Words {
        let CashCount { counted, book, .. } = self;
        let difference = self.difference();
        let (zh, en) = if difference.is_zero() {
            ("账款相符".to_owned(), "as in the books".to_owned())
        } else if difference.is_negative() {
            let short = difference.abs();
            (format!("短款{short}"), format!("{short} short"))
        } else {
            (format!("长款{difference}"), format!("{difference} over"))
        };
        words(
            format!("现金盘点 账面{book} 实点{counted} {zh}"),
            format!("cash counted: {book} booked, {counted} there, {en}"),
        )
    }
}

impl Said for CashDifference {
    fn said(&self, _: &Chart) -> Words {
        match self.kind {
            Difference::Over => words("现金长款", "cash over"),
            Difference::Short => words("现金短款", "cash short"),
        }
    }
}

impl Said for DifferenceResolved {
    fn said(&self, _: &Chart) -> Words {
        let (zh, en) = match &self.ends {
            Ending::Income => ("转其他收入".to_owned(), "other income".to_owned()),
            Ending::Owed => ("应付有关方".to_owned(), "owed to somebody".to_owned()),
            Ending::Spending => ("转其他支出".to_owned(), "other spending".to_owned()),
            Ending::Liable(officer) => (format!("由{officer}赔偿"), format!("owed by {officer}")),
        };
        let (of, basis) = (self.of, &self.basis);
        words(
            format!("处理长短款 #{of} {zh} {basis}"),
            format!("difference #{of} resolved: {en}, {basis}"),
        )
    }
}

impl Said for Statement {
    fn said(&self, _: &Chart) -> Words {
        let Statement { statement, first, last, closing, .. } = self;
        words(
            format!("银行对账单 {statement} {first}至{last} 余额{closing}"),
            format!("bank statement {statement}, {first} to {last}, balance {closing}"),
        )
    }
}

impl Said for StatementLines {
    fn said(&self, _: &Chart) -> Words {
        let (id, count) = (&self.statement, self.lines.len());
        words(format!("对账单明细 {id} {count}行"), format!("{count} lines of the statement {id}"))
    }
}

impl Said for Match {
    fn said(&self, _: &Chart) -> Words {
        let (id, lines, seqs) = (&self.statement, self.lines.len(), self.seqs.len());
        words(
            format!("勾对 {id} {lines}行与{seqs}张凭证"),
            format!("{lines} lines of {id} matched with {seqs} vouchers"),
        )
    }
}

impl Said for StatementWithdrawn {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.statement;
        words(format!("撤销对账单 {id}"), format!("statement {id} withdrawn"))
    }
}

impl Said for Unmatch {
    fn said(&self, _: &Chart) -> Words {
        words(format!("取消勾对 #{}", self.of), format!("matching #{} undone", self.of))
    }
}

impl Said for Reconciliation {
    fn said(&self, _: &Chart) -> Words {
        let Reconciliation { day, adjusted, items, .. } = self;
        words(
            format!("银行存款余额调节表 {day} 调节后{adjusted} 未达{items}项"),
            format!("bank reconciled on {day}: {adjusted} adjusted, {items} items outstanding"),
        )
    }
}
