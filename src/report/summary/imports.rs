//! Files that were imported: what they are and how many lines; never a name of a file or of somebody.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::import::Imported;
use crate::lang::Lang;
use crate::report::Words;

impl Said for Imported {
    fn said(&self, _: &Chart) -> Words {
        let Imported { kind, lines_taken, lines_left, total, part, parts, .. } = self;
        let file = self.source.as_str().get(..12).unwrap_or_default();
        words(
            format!(
                "导入 {} {file}：取 {lines_taken} 行，未取 {lines_left} 行，合计 {total}（{part}/{parts}）",
                kind.title(Lang::Zh)
            ),
            format!(
                "{} {file} imported: {lines_taken} lines taken, {lines_left} left out, {total} in all ({part}/{parts})",
                kind.title(Lang::En)
            ),
        )
    }
}
