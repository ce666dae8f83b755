//! Corrections and the audit.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::{audit, correction};
use crate::lang::Lang;
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

impl Said for audit::Engagement {
    fn said(&self, _: &Chart) -> Words {
        let (audit, first, last) = (&self.audit, self.first, self.last);
        words(
            format!("审计立项 {audit}: {first} 至 {last}"),
            format!("audit {audit} of {first} to {last} opened"),
        )
    }
}

impl Said for audit::Sample {
    fn said(&self, _: &Chart) -> Words {
        let (audit, drawn, of) = (&self.audit, self.drawn.len(), self.population_size);
        words(
            format!("抽样 {audit}: {of} 条中抽 {drawn} 条 ({})", self.part),
            format!("sample of {audit}: {drawn} of {of} drawn ({})", self.part),
        )
    }
}

impl Said for audit::Assignment {
    fn said(&self, _: &Chart) -> Words {
        let finding = &self.finding;
        words(format!("落实整改责任 {finding}"), format!("finding {finding} assigned"))
    }
}

impl Said for audit::Rectification {
    fn said(&self, _: &Chart) -> Words {
        let (finding, status) = (&self.finding, self.status);
        words(
            format!("整改情况 {finding}: {}", status.title(Lang::Zh)),
            format!("finding {finding}: {}", status.title(Lang::En)),
        )
    }
}

impl Said for audit::AuditReported {
    fn said(&self, _: &Chart) -> Words {
        let (audit, findings) = (&self.audit, self.findings.len());
        words(
            format!("审计报告 {audit}: 审计发现 {findings} 项 ({})", self.part),
            format!("audit {audit} reported: {findings} findings ({})", self.part),
        )
    }
}
