//! Hardship cases and aid: numbers, classes and days.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::hardship::{
    AidApplied, AidObjected, AidRequested, AidReviewed, CaseClosed, CaseOpened, CaseReviewed,
    NoticePosted, ObjectionAnswered,
};
use crate::lang::Lang;
use crate::report::Words;

impl Said for CaseOpened {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.class.title(lang));
        words(
            format!("建档 {} {zh}，有效至 {}", self.case, self.valid_through),
            format!("case {} opened: {en}, through {}", self.case, self.valid_through),
        )
    }
}

impl Said for CaseReviewed {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.class.title(lang));
        words(
            format!("复核档案 {} {zh}，有效至 {}", self.case, self.valid_through),
            format!("case {} reviewed: {en}, through {}", self.case, self.valid_through),
        )
    }
}

impl Said for CaseClosed {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.reason.title(lang));
        words(format!("撤档 {}：{zh}", self.case), format!("case {} closed: {en}", self.case))
    }
}

impl Said for AidApplied {
    fn said(&self, _: &Chart) -> Words {
        let (id, case, item) = (&self.application, &self.case, &self.item);
        words(
            format!("申请帮扶 {id}：档案 {case} {item} {}", self.amount),
            format!("aid {id} applied for: case {case}, {item}, {}", self.amount),
        )
    }
}

impl Said for AidReviewed {
    fn said(&self, _: &Chart) -> Words {
        let (id, granted) = (&self.application, self.granted);
        words(format!("审核 {id}：核定 {granted}"), format!("aid {id} reviewed: {granted} granted"))
    }
}

impl Said for NoticePosted {
    fn said(&self, _: &Chart) -> Words {
        let (count, days) = (self.applications.len(), self.working_days);
        let (zh_late, en_late) = if self.recorded_late {
            ("，事后补记", ", recorded afterwards")
        } else {
            ("", "")
        };
        words(
            format!(
                "公示 {} 至 {}，{count} 项，{days} 个工作日{zh_late}",
                self.notice, self.through
            ),
            format!(
                "notice {} through {}: {count}, {days} working days{en_late}",
                self.notice, self.through
            ),
        )
    }
}

impl Said for AidObjected {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.application;
        words(format!("对 {id} 提出异议"), format!("somebody objects to {id}"))
    }
}

impl Said for ObjectionAnswered {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.application;
        if self.upheld {
            words(format!("对 {id} 的异议成立"), format!("the objection to {id} is upheld"))
        } else {
            words(format!("对 {id} 的异议不成立"), format!("the objection to {id} is dismissed"))
        }
    }
}

impl Said for AidRequested {
    fn said(&self, _: &Chart) -> Words {
        let count = self.applications.len();
        words(
            format!("{} 支付帮扶申请 {count} 项", self.disbursement),
            format!("{} pays {count} applications for aid", self.disbursement),
        )
    }
}
