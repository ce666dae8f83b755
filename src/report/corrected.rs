//! The summaries of vouchers 摘要 as the law words those that correct another: 注销某月某日某号凭证 and
//! 订正某月某日某号凭证 (会计基础工作规范, Art. 51(五)).

use std::collections::BTreeMap;

use super::{Words, summary};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::{Recorded, VoucherNumber};
use crate::ids::Seq;
use crate::projection::State;

/// Takes the records of a book in their order, because a voucher is spoken of by its day: it comes
/// before the red one, and that before the blue one.
pub(super) struct Summaries<'a> {
    state: &'a State,
    chart: &'a Chart,
    /// Red → the one that it cancels.
    cancels: BTreeMap<Seq, Seq>,
    /// Blue → the one that it puts right.
    rights: BTreeMap<Seq, Seq>,
    /// Of those that were cancelled.
    spoken_of: BTreeMap<Seq, Option<(Day, VoucherNumber)>>,
}

impl<'a> Summaries<'a> {
    pub(super) fn of(state: &'a State, chart: &'a Chart) -> Summaries<'a> {
        let reversed = state.periods.reversed();
        let cancels: BTreeMap<Seq, Seq> = reversed.map(|(seq, found)| (found.by, *seq)).collect();
        let linked = state.periods.corrections();
        let rights = linked.filter_map(|(_, c)| Some((c.by, *cancels.get(&c.replaces)?)));
        let rights = rights.collect();
        let spoken_of = cancels.values().map(|seq| (*seq, None)).collect();
        Summaries { state, chart, cancels, rights, spoken_of }
    }

    /// The next record.
    pub(super) fn pass(&mut self, record: &Recorded) {
        if let (Some(voucher), Some(found)) = (&record.voucher, self.spoken_of.get_mut(&record.seq))
        {
            *found = Some((voucher.date, voucher.number));
        }
    }

    /// What the voucher of a record that was passed says.
    pub(super) fn say(&self, record: &Recorded) -> Words {
        let other = |links: &BTreeMap<Seq, Seq>| *self.spoken_of.get(links.get(&record.seq)?)?;
        if let Some((day, number)) = other(&self.cancels) {
            let cancels = Words {
                zh: format!("注销{}{number}号凭证", in_chinese(day)),
                en: format!("cancels voucher {number} of {day}"),
            };
            return summary::with(cancels, &summary::in_its_words(&record.fact, self.state));
        }
        let said = summary::in_full(&record.fact, self.state, self.chart);
        if let Some((day, number)) = other(&self.rights) {
            return Words {
                zh: format!("订正{}{number}号凭证: {}", in_chinese(day), said.zh),
                en: format!("corrects voucher {number} of {day}: {}", said.en),
            };
        }
        said
    }
}

/// 3月5日
fn in_chinese(day: Day) -> String {
    let text = day.to_string();
    let of_month = text.rsplit_once('-').map_or("", |(_, day)| day.trim_start_matches('0'));
    format!("{}月{of_month}日", day.month().number())
}
