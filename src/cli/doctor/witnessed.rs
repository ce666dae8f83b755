//! Checkpoints and witnesses: whether somebody else would know if the book were rewritten.

use mingzhang::book::{LastWord, Reading, Witnessing, record_at};
use mingzhang::chain::policy::Policy;
use mingzhang::chain::record::Envelope;
use mingzhang::date::{Instant, Offset};
use mingzhang::event::Fact;
use mingzhang::ids::Seq;
use mingzhang::store::log::LogReader;

use super::{DAY_SECONDS, Findings, Looked, MAX_AGE_DAYS};
use crate::cli::failure::Failure;
use crate::cli::witness::agreed;

impl Findings {
    /// Signed lately, and after each month that was closed.
    pub(super) fn checkpoints(&mut self, reading: &Reading) -> Result<(), Failure> {
        let records = reading.tree.size();
        let witnessing = Witnessing::read(&self.folder, None, self.now, 0)?;
        let Some(signed) = witnessing.signed else {
            let said = (
                format!("还没有签过检查点；{records} 条记录只有账套自己作证"),
                format!(
                    "no checkpoint was ever signed: {records} records are the book's word alone"
                ),
            );
            let since = record_at(&self.folder, Seq(0))?.at;
            self.waits(Looked::Checkpoint, since, said, "mingzhang checkpoint sign");
            return Ok(());
        };
        let last = signed.checked_sub(1).map(|seq| record_at(&self.folder, Seq(seq)));
        let covered = match last.transpose() {
            Ok(record) => record.map(|record| record.at.to_string()).unwrap_or_default(),
            Err(error) => {
                self.problems(Looked::Checkpoint, Failure::from(error).errors);
                return Ok(());
            }
        };
        self.ok(
            Looked::Checkpoint,
            format!("最新检查点含 {signed} 条（共 {records} 条），其中最后一条记于 {covered}；last-signed 在"),
            format!("the newest has {signed} of {records} records, the last of them of {covered}; \
                     last-signed is there"),
        );
        let closed = self.closed_after(signed)?;
        if let Some((_, since)) = closed.first() {
            let months: Vec<&str> = closed.iter().map(|(month, _)| month.as_str()).collect();
            let months = months.join(", ");
            let said = (
                format!("结账后没有签过检查点：{months}"),
                format!("closed, and no checkpoint was signed since: {months}"),
            );
            self.waits(Looked::Closings, *since, said, "mingzhang checkpoint sign");
        }
        Ok(())
    }

    /// The months whose closing stands at this place or behind it, each with when it was recorded.
    fn closed_after(&self, size: u64) -> Result<Vec<(String, Instant)>, Failure> {
        let mut months = Vec::new();
        for line in LogReader::open(&self.folder.events())? {
            let line = line?;
            // The replay has read every record already.
            let Ok(envelope) = Envelope::read(&line.bytes) else { continue };
            if envelope.seq.0 < size || envelope.kind != "period.closed" {
                continue;
            }
            let at = envelope.at;
            if let Ok((Fact::PeriodClosed(closing), _)) =
                Fact::from_body(&envelope.kind, envelope.tv, envelope.body)
            {
                months.push((closing.month.to_string(), at));
            }
        }
        Ok(months)
    }

    pub(super) fn witnesses(&mut self, reading: &Reading) -> Result<(), Failure> {
        let policy = agreed(&reading.state);
        let seconds = u64::try_from(MAX_AGE_DAYS * DAY_SECONDS).unwrap_or(0);
        let found = Witnessing::read(&self.folder, policy.as_ref(), self.now, seconds)?;
        let asks = policy.as_ref().is_some_and(Policy::needs_witnesses);
        if !asks {
            self.advice(
                Looked::Witnesses,
                "约定的见证规则不要求见证：没有人能证明账套未被改写",
                "the agreed policy asks for no witness: nobody can show that the book was not \
                 rewritten",
                "mingzhang record witness.change --help",
            );
        }
        for word in &found.witnesses {
            self.witness(word, found.signed)?;
        }
        if asks {
            self.quorum(&found)?;
        }
        self.unwitnessed(reading, &found, asks)
    }

    fn witness(&mut self, word: &LastWord, signed: Option<u64>) -> Result<(), Failure> {
        let LastWord { name, key, url, counts, seen } = word;
        let next = match url {
            Some(_) => "mingzhang witness submit".to_owned(),
            None => format!("mingzhang witness request --for {name} --out FILE"),
        };
        let Some((size, time)) = seen else {
            let (zh, en) = (
                format!("{name}（{key}）还没有见证过"),
                format!("{name} ({key}) has cosigned nothing"),
            );
            // Whoever the quorum can do without is not waited for.
            if *counts {
                let since = record_at(&self.folder, Seq(0))?.at;
                self.waits(Looked::Witness, since, (zh, en), next);
            } else {
                self.note(Looked::Witness, zh, en);
            }
            return Ok(());
        };
        let seconds = (self.now.unix() - time.unix()).max(0);
        let (age, old) = (seconds / DAY_SECONDS, seconds > MAX_AGE_DAYS * DAY_SECONDS);
        let behind = signed.is_some_and(|signed| *size < signed);
        let (old_zh, old_en) = if old { ("，已过期", ", which is too old") } else { ("", "") };
        let (behind_zh, behind_en) = if behind {
            ("，还没有见证最新的检查点", ", and not yet the newest checkpoint")
        } else {
            ("", "")
        };
        let (zh, en) = (
            format!("{name}（{key}）最近见证 {size} 条，{time}，{age} 天前{old_zh}{behind_zh}"),
            format!(
                "{name} ({key}) cosigned {size} last, at {time}, {age} days ago{old_en}{behind_en}"
            ),
        );
        if *counts && old {
            self.attention(Looked::Witness, zh, en, next);
        } else if *counts && behind {
            let unseen = record_at(&self.folder, Seq(*size))?.at;
            self.waits(Looked::Witness, unseen, (zh, en), next);
        } else {
            self.ok(Looked::Witness, zh, en);
        }
        Ok(())
    }

    fn quorum(&mut self, found: &Witnessing) -> Result<(), Failure> {
        match (found.met, found.fresh) {
            (_, Some(size)) => self.ok(
                Looked::Quorum,
                format!("前 {size} 条记录的见证达到法定人数且有效"),
                format!("met and fresh for the first {size} records"),
            ),
            (Some(size), None) => self.attention(
                Looked::Quorum,
                format!("前 {size} 条记录的见证曾达到法定人数，已过 {MAX_AGE_DAYS} 天：请见证人再见证一次"),
                format!("met for the first {size} records, more than {MAX_AGE_DAYS} days ago: ask the \
                         witnesses to cosign again"),
                "mingzhang witness request --for NAME --out FILE",
            ),
            (None, None) => {
                let since = record_at(&self.folder, Seq(0))?.at;
                let said = (
                    "没有检查点的见证达到法定人数",
                    "no checkpoint was cosigned by enough witnesses",
                );
                let next = "mingzhang witness request --for NAME --out FILE";
                self.waits(Looked::Quorum, since, said, next);
            }
        }
        Ok(())
    }

    fn unwitnessed(
        &mut self,
        reading: &Reading,
        found: &Witnessing,
        asks: bool,
    ) -> Result<(), Failure> {
        let (records, witnessed) = (reading.tree.size(), found.fresh.unwrap_or(0));
        if witnessed >= records {
            self.ok(Looked::Unwitnessed, "每条记录都有见证", "every record is witnessed");
            return Ok(());
        }
        let first = record_at(&self.folder, Seq(witnessed))?;
        let offset = reading.state.offices.ledger().map_or_else(Offset::china, |l| l.utc_offset);
        let (count, since) = (records - witnessed, first.at.day(offset));
        // Records of a month that is under way are not yet anybody's to witness.
        let zh = format!("{count} 条记录还没有见证，自记录 {witnessed}（{since}）起");
        let en = format!("{count} records are not witnessed, from record {witnessed} ({since}) on");
        if self.is_young(first.at) && found.fresh.is_some() {
            self.note(Looked::Unwitnessed, zh, en);
        } else {
            // What was signed already waits for witnesses; signing again would bring them nothing.
            let next = if found.signed == Some(records) {
                "mingzhang witness request --for NAME --out FILE"
            } else {
                "mingzhang checkpoint sign"
            };
            // Where nobody was agreed on, nobody is late.
            if asks {
                self.waits(Looked::Unwitnessed, first.at, (zh, en), next);
            } else {
                self.advice(Looked::Unwitnessed, zh, en, next);
            }
        }
        Ok(())
    }
}
