//! What was posted for the members.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::disclosure::Publication;
use crate::lang::Lang;
use crate::report::{Period, Words};

impl Said for Publication {
    fn said(&self, _: &Chart) -> Words {
        let months = Period::Months { first: self.first, last: self.last };
        let [zh, en] = Lang::ALL.map(|lang| self.what.title(lang));
        let [months_zh, months_en] = Lang::ALL.map(|lang| months.label(lang));
        let interim =
            if self.interim { ("（期间未完）", ", not over yet") } else { ("", "") };
        words(
            format!("公示 {months_zh} {zh}{}，依据 {} 条记录", interim.0, self.size),
            format!("posted: {en} of {months_en}{}, on {} records", interim.1, self.size),
        )
    }
}
