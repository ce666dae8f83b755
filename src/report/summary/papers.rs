//! Private data and papers.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::{paper, privacy};
use crate::report::Words;

impl Said for privacy::Commitments {
    fn said(&self, _: &Chart) -> Words {
        let count = self.fields.len();
        words(
            format!("登记个人信息 {} {count} 项", self.subject),
            format!("{count} private fields of {}", self.subject),
        )
    }
}

impl Said for privacy::Unmasking {
    fn said(&self, _: &Chart) -> Words {
        let count = self.subjects.len();
        words(
            format!("查阅个人信息 {count} 人"),
            format!("private fields of {count} subjects opened"),
        )
    }
}

impl Said for privacy::Erasure {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("删除个人信息 {} {}", self.subject, self.basis),
            format!("private fields of {} erased, {}", self.subject, self.basis),
        )
    }
}

impl Said for paper::Attachment {
    fn said(&self, _: &Chart) -> Words {
        words(format!("附件 归 #{}", self.to), format!("paper for #{}", self.to))
    }
}
