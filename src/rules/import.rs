//! Files that were imported: each once, with every line of it either taken or left out; and again what
//! was undone of it.

use std::collections::BTreeSet;

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::import::{Imported, LeftLine, RecordImport, TakenLine};
use crate::ids::Text;

/// A longer file becomes several records of one command, so that each stays under 4,096 bytes.
const PART_LINES: usize = 40;

pub(super) fn record(context: &Context<'_>, new: &RecordImport) -> Result<Vec<Fact>, Refusal> {
    let source = new.source.clone();
    let standing = context.state.imports_standing();
    let found = standing.of(&source, new.kind);
    if let Some(found) = found.filter(|found| found.undone.is_empty()) {
        let (seq, taken) = (found.seq, found.lines_taken);
        return Err(Refusal::FileImportedAlready { source, seq, taken });
    }
    if new.taken.is_empty() {
        return Err(Refusal::NothingImported { source });
    }
    let mut seen = BTreeSet::new();
    let lines = new.taken.iter().map(|taken| taken.line);
    for line in lines.chain(new.left.iter().map(|left| left.line)) {
        if line == 0 || !seen.insert(line) {
            return Err(Refusal::ImportLineTwice { source, line });
        }
    }
    for TakenLine { line, mark, like } in &new.taken {
        if !is_mark(mark) {
            return Err(Refusal::ImportMarkForm { line: *line, mark: mark.clone() });
        }
        if let Some(seq) = like.filter(|seq| *seq > context.state.next()) {
            return Err(Refusal::ImportLikeUnknown { line: *line, seq });
        }
        let there = standing.marked(mark);
        if let (Some((seq, _)), None) = (there, like) {
            return Err(Refusal::ImportLineThere { line: *line, seq });
        }
    }
    Ok(parts(new))
}

fn is_mark(mark: &Text) -> bool {
    let mark = mark.as_str().as_bytes();
    mark.len() == 16 && mark.iter().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b))
}

fn parts(new: &RecordImport) -> Vec<Fact> {
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let taken = new.taken.iter().cloned().map(Named::Taken);
    let named: Vec<Named> = taken.chain(new.left.iter().cloned().map(Named::Left)).collect();
    let parts = count(named.chunks(PART_LINES).len());
    let of = |(part, named): (u32, &[Named])| {
        let (mut taken, mut left) = (Vec::new(), Vec::new());
        for one in named.iter().cloned() {
            match one {
                Named::Taken(line) => taken.push(line),
                Named::Left(line) => left.push(line),
            }
        }
        Fact::ImportRecorded(Imported {
            source: new.source.clone(),
            form: new.form.clone(),
            kind: new.kind,
            rules: new.rules.clone(),
            table: new.table.clone(),
            total: new.total,
            declared: new.declared,
            lines_taken: count(new.taken.len()),
            lines_left: count(new.left.len()),
            part,
            parts,
            taken,
            left,
        })
    };
    (1..).zip(named.chunks(PART_LINES)).map(of).collect()
}

/// A line of either list.
#[derive(Clone)]
enum Named {
    Taken(TakenLine),
    Left(LeftLine),
}
