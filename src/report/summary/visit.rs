//! Visits. Whom they went to is a number, or not said.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::visit::{Visit, VisitWithdrawn};
use crate::lang::Lang;
use crate::report::Words;

impl Said for Visit {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.occasion.title(lang));
        let (visit, people, value) = (&self.visit, self.people, self.share.plus(self.cost));
        words(
            format!("走访 {visit}：{zh}，{people} 人，{value}"),
            format!("visit {visit}: {en}, {people} people, {value}"),
        )
    }
}

impl Said for VisitWithdrawn {
    fn said(&self, _: &Chart) -> Words {
        words(format!("撤销走访 {} 的登记", self.visit), format!("visit {} withdrawn", self.visit))
    }
}
