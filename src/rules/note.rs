//! Notes to the statements 附注: of a year of the book, under one of the eight items.

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::note::Note;

/// 财会〔2021〕7号, 第六部分: (一) to (八).
const ITEMS: u32 = 8;

pub(super) fn write(context: &Context<'_>, note: &Note) -> Result<Vec<Fact>, Refusal> {
    let Note { year, item, .. } = *note;
    if item == 0 || item > ITEMS {
        return Err(Refusal::NoteItemUnknown { item, most: ITEMS });
    }
    let last = context.today.year();
    let first = context.state.offices.ledger().map_or(last, |ledger| ledger.starts.year());
    if year < first || year > last {
        return Err(Refusal::NoteOfAnotherYear { year, first, last });
    }
    let same = context.state.notes.of(year, item).iter().find(|(_, text)| *text == note.text);
    if let Some((seq, _)) = same {
        return Err(Refusal::NoteThereAlready { year, item, seq: *seq });
    }
    Ok(vec![Fact::NoteWritten(note.clone())])
}
