//! Notes to the statements. Their text is the union's own, and is left out.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::note::Note;
use crate::report::Words;

impl Said for Note {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("附注 {} 年度第 {} 项", self.year, self.item),
            format!("notes of {}, item {}", self.year, self.item),
        )
    }
}
