//! 抽样 Samples that anyone can draw again: from a seed that nobody in the union has chosen, and from
//! the records that were there before.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Refusal};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::audit::{DrawSample, Drawable, Population, Replaced, Sample};
use crate::event::{Fact, Recorded, Till, Voucher};
use crate::ids::{AuditId, Digest, Seq};
use crate::money::Money;
use crate::projection::audit::Engaged;

/// More places become several records of one command, so that each stays under 4,096 bytes.
const DRAWN_MAX: usize = 100;

pub(super) fn draw(context: &Context<'_>, asked: &DrawSample) -> Result<Vec<Fact>, Refusal> {
    let DrawSample { audit, on, seed, population, size_asked, replaces } = asked.clone();
    let engaged = under_way(context, &audit, on)?;
    let Population { first, last, .. } = population;
    if last < first {
        return Err(Refusal::MonthsBackwards { first, last });
    }
    let (begins, ends) = engaged.months();
    if first < begins || ends < last {
        return Err(Refusal::OutsideTheAudit { audit, first: begins, last: ends });
    }
    if let Some(above) = population.above.filter(|above| !above.is_positive()) {
        return Err(Refusal::AmountNotPositive { amount: above });
    }
    drawn_once(context, &population, replaces.as_ref())?;
    let all: Vec<Seq> = (0..context.state.next().0)
        .filter_map(|seq| (context.look_up)(Seq(seq)))
        .filter(|record| belongs(context.chart, &population, record))
        .map(|record| record.seq)
        .collect();
    if all.is_empty() || size_asked == 0 {
        return Err(Refusal::NothingToDraw { asked: size_asked });
    }
    let population_size = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let (seed, said) = match Digest::parse(seed.as_str()) {
        Ok(seed) => (seed, None),
        Err(_) => (Digest::of(seed.as_str()), Some(seed)),
    };
    let mut drawn = drawing(&seed, all);
    drawn.truncate(usize::try_from(size_asked).unwrap_or(usize::MAX));
    let part = |(part, drawn): (u32, &[Seq])| {
        Fact::SampleDrawn(Sample {
            audit: audit.clone(),
            on,
            seed: seed.clone(),
            said: said.clone(),
            population: population.clone(),
            size_asked,
            population_size,
            part,
            drawn: drawn.to_vec(),
            replaces: replaces.clone().filter(|_| part == 1),
        })
    };
    Ok((1..).zip(drawn.chunks(DRAWN_MAX)).map(part).collect())
}

/// Who may draw twice draws until the sample pleases him: whatever the audit and the amount, months are
/// drawn from again only in the place of a sample that is named.
fn drawn_once(
    context: &Context<'_>,
    population: &Population,
    replaces: Option<&Replaced>,
) -> Result<(), Refusal> {
    let all = || context.state.audit.engagements().flat_map(|engaged| &engaged.samples);
    let replaced: BTreeSet<Seq> = all()
        .filter_map(|(_, sample)| sample.replaces.as_ref())
        .flat_map(|replaces| replaces.records.iter().copied())
        .collect();
    let standing = all().filter(|(seq, sample)| {
        let of = &sample.population;
        let overlaps = of.first <= population.last && population.first <= of.last;
        sample.part == 1 && of.what == population.what && overlaps && !replaced.contains(seq)
    });
    let mut standing: BTreeMap<Seq, &Sample> =
        standing.map(|(seq, sample)| (*seq, sample)).collect();
    for seq in replaces.into_iter().flat_map(|replaces| &replaces.records) {
        if standing.remove(seq).is_none() {
            return Err(Refusal::SampleReplacesNone { seq: *seq });
        }
    }
    let Some((seq, sample)) = standing.first_key_value() else { return Ok(()) };
    Err(Refusal::SampleDrawnAlready { audit: sample.audit.clone(), seq: *seq })
}

/// An audit that is not reported yet, for something of that day.
pub(super) fn under_way<'a>(
    context: &Context<'a>,
    audit: &AuditId,
    date: Day,
) -> Result<&'a Engaged, Refusal> {
    let audit = audit.clone();
    let Some(found) = context.state.audit.engagement(&audit) else {
        return Err(Refusal::AuditUnknown { audit });
    };
    if let Some(reported) = &found.reported {
        return Err(Refusal::AuditReportedAlready { audit, seq: reported.seq });
    }
    let opened = found.engagement.on;
    if date < opened {
        return Err(Refusal::BeforeItsAudit { date, opened });
    }
    Ok(found)
}

/// The order of a drawing: by the BLAKE3 of the text `mingzhang-sample@v1`, SEED and SEQ in decimal,
/// each followed by LF. The first n of it are the sample of n.
#[must_use]
pub fn drawing(seed: &Digest, population: impl IntoIterator<Item = Seq>) -> Vec<Seq> {
    let lot = |seq: Seq| {
        let text = format!("mingzhang-sample@v1\n{seed}\n{seq}\n");
        (*blake3::hash(text.as_bytes()).as_bytes(), seq)
    };
    let mut lots: Vec<([u8; 32], Seq)> = population.into_iter().map(lot).collect();
    lots.sort_unstable();
    lots.into_iter().map(|(_, seq)| seq).collect()
}

/// Whether a record belongs to the population, by its own voucher alone.
pub(crate) fn belongs(chart: &Chart, population: &Population, record: &Recorded) -> bool {
    let Population { what, first, last, above } = *population;
    let Some(voucher) = &record.voucher else { return false };
    let month = voucher.date.month();
    if month < first || last < month {
        return false;
    }
    let left = moved(chart, voucher);
    let amount = match what {
        Drawable::Vouchers => {
            let debits = voucher.entries.iter().filter_map(|entry| entry.side.columns().0);
            return above.is_none_or(|above| Money::sum(debits) > above);
        }
        Drawable::Payments => left.negated(),
        Drawable::Receipts if matches!(record.fact, Fact::OpeningRecorded(_)) => Money::ZERO,
        Drawable::Receipts => left,
    };
    amount > above.unwrap_or_default()
}

/// What a voucher leaves more in cash and bank, custody included.
fn moved(chart: &Chart, voucher: &Voucher) -> Money {
    let of_tills = voucher.entries.iter().filter(|entry| {
        let uses = Till::ALL.into_iter().flat_map(Till::uses);
        uses.into_iter().any(|of| chart.is_for(&entry.account, of))
    });
    Money::sum(of_tills.map(|entry| entry.side.balance()))
}
