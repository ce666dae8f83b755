//! The allocation.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::allocation;
use crate::report::Words;

impl Said for allocation::Payroll {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("申报工资总额 {} {}", self.month, self.total),
            format!("payroll of {}: {}", self.month, self.total),
        )
    }
}

impl Said for allocation::PayrollCorrection {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("更正工资总额 {} {}", self.month, self.total),
            format!("payroll of {} corrected: {}", self.month, self.total),
        )
    }
}

impl Said for allocation::AllocationReceived {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("收拨缴经费 {} 留成 {} 应上解 {}", self.month, self.own, self.up),
            format!("allocation for {}, {} kept, {} goes up", self.month, self.own, self.up),
        )
    }
}

impl Said for allocation::Remittance {
    fn said(&self, _: &Chart) -> Words {
        words("上解经费", "remittance to the union above")
    }
}
