//! Relatives, substitutes and handovers.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::office::{Related, RelationDeclared, RelationEnded, RelationKind};
use crate::lang::Lang;
use crate::report::Words;

impl Said for RelationDeclared {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = related(&self.to);
        let [kind_zh, kind_en] = kind(self.kind);
        words(
            format!("声明{kind_zh}：{} 与 {zh}", self.officer),
            format!("{kind_en} of {} and {en} declared", self.officer),
        )
    }
}

impl Said for RelationEnded {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = related(&self.to);
        let [kind_zh, kind_en] = kind(self.kind);
        words(
            format!("解除{kind_zh}：{} 与 {zh}", self.officer),
            format!("{kind_en} of {} and {en} ended", self.officer),
        )
    }
}

/// What a kind of relation is called.
#[must_use]
pub(in crate::report) fn kind(kind: RelationKind) -> [&'static str; 2] {
    match kind {
        RelationKind::Relative => ["亲属关系", "kinship"],
        RelationKind::Interest => ["利害关系", "an interest"],
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
