//! Samples, drawn again: a seed and a population give one sample, and whoever has written another into
//! the book is found by it.

use super::{Exception, Ground, Looked};
use crate::event::Recorded;
use crate::event::audit::Sample;
use crate::ids::Seq;
use crate::report::Words;
use crate::rules::{drawing, drawn_from};

/// One drawing, however many records it takes.
struct Drawing<'a> {
    records: Vec<Seq>,
    sample: &'a Sample,
    drawn: Vec<Seq>,
    /// What it can be drawn from: of the records before it.
    population: Vec<Seq>,
}

pub(super) fn redrawn(ground: &Ground<'_>) -> Result<Looked, Words> {
    let mut drawings = drawings(ground);
    let chart = ground.books.chart;
    ground.ledger.records.each(&mut |record: &Recorded| {
        for drawing in &mut drawings {
            let before = drawing.records.first().is_some_and(|first| record.seq < *first);
            if before && drawn_from(chart, &drawing.sample.population, record) {
                drawing.population.push(record.seq);
            }
        }
    });
    let found = drawings.iter().flat_map(Drawing::exceptions).collect();
    Ok(Looked::at(drawings.len(), found))
}

fn drawings<'a>(ground: &Ground<'a>) -> Vec<Drawing<'a>> {
    let mut drawings: Vec<Drawing<'a>> = Vec::new();
    for engaged in ground.books.state.audit.engagements() {
        let begun = drawings.len();
        for (seq, sample) in &engaged.samples {
            let own = drawings.get_mut(begun..).and_then(|own| own.last_mut());
            if let Some(drawing) = own.filter(|drawing| drawing.goes_on(*seq, sample)) {
                drawing.records.push(*seq);
                drawing.drawn.extend(&sample.drawn);
                continue;
            }
            let (records, drawn) = (vec![*seq], sample.drawn.clone());
            drawings.push(Drawing { records, sample, drawn, population: Vec::new() });
        }
    }
    drawings
}

impl Drawing<'_> {
    /// Whether that is its next part: of the next record, and alike in all that is said of the whole.
    fn goes_on(&self, seq: Seq, part: &Sample) -> bool {
        let first = self.sample;
        let said = |of: &Sample| {
            let whole = (of.population.clone(), of.size_asked, of.population_size);
            (of.seed.clone(), of.on, whole)
        };
        let next = self.records.last().is_some_and(|last| last.0.saturating_add(1) == seq.0);
        let count = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        next && part.part == count.saturating_add(1) && said(first) == said(part)
    }

    fn exceptions(&self) -> Vec<Exception> {
        let Drawing { records, sample, drawn, population } = self;
        let (audit, mut found) = (&sample.audit, Vec::new());
        let size = u32::try_from(population.len()).unwrap_or(u32::MAX);
        if size != sample.population_size {
            let said = sample.population_size;
            let zh = format!("{audit} 的抽样写明总体 {said}，重数为 {size}");
            let en =
                format!("a sample of {audit} says that its population is {said}, and it is {size}");
            found.push(Exception::new(records.iter().copied(), &zh, &en));
        }
        let mut expected = drawing(&sample.seed, population.iter().copied());
        expected.truncate(usize::try_from(sample.size_asked).unwrap_or(usize::MAX));
        if expected != *drawn {
            let shown: Vec<String> = expected.iter().take(5).map(|seq| format!("#{seq}")).collect();
            let shown = shown.join(", ");
            let zh = format!("{audit} 的抽样与种子不符，重抽起首为 {shown}");
            let en =
                format!("a sample of {audit} is not what its seed draws, which begins {shown}");
            found.push(Exception::new(records.iter().copied(), &zh, &en));
        }
        found
    }
}
