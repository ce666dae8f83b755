//! Relatives, substitutes and handovers.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::office::{
    Handover, HandoverListed, Related, RelationDeclared, RelationEnded, RelationKind,
    SubstituteNamed,
};
use crate::lang::Lang;
use crate::report::Words;

impl Said for RelationDeclared {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = related(&self.to);
        let Words { zh: kind_zh, en: kind_en } = relation_kind(self.kind);
        words(
            format!("声明{kind_zh}：{} 与 {zh}", self.officer),
            format!("{kind_en} of {} and {en} declared", self.officer),
        )
    }
}

impl Said for RelationEnded {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = related(&self.to);
        let Words { zh: kind_zh, en: kind_en } = relation_kind(self.kind);
        words(
            format!("解除{kind_zh}：{} 与 {zh}", self.officer),
            format!("{kind_en} of {} and {en} ended", self.officer),
        )
    }
}

/// The other side by its number; an organisation is left out of what leaves the house.
fn related(to: &Related) -> [String; 2] {
    match to {
        Related::Officer(id) => [Lang::Zh, Lang::En].map(|_| id.to_string()),
        Related::Member(id) => [Lang::Zh, Lang::En].map(|_| id.to_string()),
        Related::Organisation(_) => ["某单位".to_owned(), "an organisation".to_owned()],
        Related::Subject(id) => [Lang::Zh, Lang::En].map(|_| id.to_string()),
    }
}

impl Said for SubstituteNamed {
    fn said(&self, _: &Chart) -> Words {
        let SubstituteNamed { officer, by, first, last, .. } = self;
        words(
            format!("{by} 代理 {officer} 审批，{first} 至 {last}"),
            format!("{by} approves for {officer} from {first} to {last}"),
        )
    }
}

impl Said for Handover {
    fn said(&self, _: &Chart) -> Words {
        let Handover { office, from, to, .. } = self;
        let [zh, en] = Lang::ALL.map(|lang| office.title(lang));
        words(
            format!("{zh}工作交接：{from} 移交 {to}"),
            format!("work of the {en} handed over by {from} to {to}"),
        )
    }
}

impl Said for HandoverListed {
    fn said(&self, _: &Chart) -> Words {
        let (of, lines) = (self.of, self.list.len());
        words(
            format!("记录 {of} 的移交清册 {lines} 行"),
            format!("{lines} lines of the handover of record {of}"),
        )
    }
}

/// What a kind of relation is called.
#[must_use]
pub(in crate::report) fn relation_kind(kind: RelationKind) -> Words {
    match kind {
        RelationKind::Relative => Words::new("亲属关系", "kinship"),
        RelationKind::Interest => Words::new("利害关系", "an interest"),
    }
}
