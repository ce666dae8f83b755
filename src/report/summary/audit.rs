//! Corrections and the audit.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::{audit, correction};
use crate::projection::State;
use crate::report::Words;

impl Said for correction::Reversal {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("红字冲销 {} (#{})", self.reverses_voucher, self.reverses),
            format!("reverses {} (#{})", self.reverses_voucher, self.reverses),
        )
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.reason.to_string()]
    }
}

impl Said for correction::Correction {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("订正: 记录 #{} 代替由 #{} 冲销的凭证", self.by, self.replaces),
            format!("#{} stands for the voucher that #{} reversed", self.by, self.replaces),
        )
    }
}

impl Said for correction::PriorYearCorrected {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("以前年度更正 {} (#{}) {}", self.of_voucher, self.of, self.basis),
            format!("earlier year corrected: {} (#{}), {}", self.of_voucher, self.of, self.basis),
        )
    }
}

impl Said for audit::Adjustment {
    fn said(&self, _: &Chart) -> Words {
        words(format!("审计调整 {}", self.basis), format!("audit adjustment, {}", self.basis))
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.reason.to_string()]
    }
}

impl Said for audit::Finding {
    fn said(&self, _: &Chart) -> Words {
        words(format!("审计发现 {}", self.finding), format!("finding {} raised", self.finding))
    }
}

impl Said for audit::Clearing {
    fn said(&self, _: &Chart) -> Words {
        words(format!("销号 {}", self.finding), format!("finding {} cleared", self.finding))
    }
}

impl Said for audit::Conclusion {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("审计意见 {} 至 {}", self.first, self.last),
            format!("opinion on {} to {}", self.first, self.last),
        )
    }
}
