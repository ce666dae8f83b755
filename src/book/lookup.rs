//! One record of a log, found without reading those before it.
//!
//! Lines stand in the order of their numbers, so the place is found by halving. Where the log is
//! damaged and halving leads astray, the lines are counted.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};

use super::folder::Folder;
use super::{BookError, recorded};
use crate::chain::record::Envelope;
use crate::event::Recorded;
use crate::ids::Seq;
use crate::store::files::FileError;

/// Below this many bytes, reading on is quicker than halving further.
const NEAR_BYTES: u64 = 64 << 10;

/// The bytes of one record, without the newline.
pub fn line_at(folder: &Folder, seq: Seq) -> Result<Vec<u8>, BookError> {
    let path = folder.events();
    let wrong = |e: io::Error| FileError::new("read", &path, &e);
    let file = File::open(&path).map_err(|e| FileError::new("open", &path, &e))?;
    let length = file.metadata().map_err(wrong)?.len();
    let mut log = BufReader::new(file);
    let found = by_halving(&mut log, length, seq).map_err(wrong)?;
    let found = match found {
        Some(line) => Some(line),
        None => by_counting(&mut log, seq).map_err(wrong)?,
    };
    found.ok_or(BookError::NoRecord { seq })
}

/// One record of a log, with its facts.
pub fn record_at(folder: &Folder, seq: Seq) -> Result<Recorded, BookError> {
    let broken = |why: String| BookError::Broken { seq, why };
    let envelope = Envelope::read(&line_at(folder, seq)?).map_err(|e| broken(e.to_string()))?;
    recorded(envelope).map_err(|e| broken(e.to_string()))
}

fn by_halving(log: &mut BufReader<File>, length: u64, seq: Seq) -> io::Result<Option<Vec<u8>>> {
    // `from` is where a line begins whose number is not above the one that is looked for.
    let (mut from, mut to) = (0, length);
    while to.saturating_sub(from) > NEAR_BYTES {
        let middle = from.midpoint(to);
        log.seek(SeekFrom::Start(middle))?;
        log.skip_until(b'\n')?;
        let start = log.stream_position()?;
        let Some(line) = next_line(log)? else { return Ok(None) };
        match number(&line) {
            None => return Ok(None),
            Some(found) if found == seq => return Ok(Some(line)),
            Some(found) if found < seq => from = start,
            Some(_) => to = middle,
        }
    }
    log.seek(SeekFrom::Start(from))?;
    while let Some(line) = next_line(log)? {
        match number(&line) {
            Some(found) if found == seq => return Ok(Some(line)),
            Some(found) if found < seq => {}
            Some(_) | None => return Ok(None),
        }
    }
    Ok(None)
}

fn by_counting(log: &mut BufReader<File>, seq: Seq) -> io::Result<Option<Vec<u8>>> {
    log.seek(SeekFrom::Start(0))?;
    for _ in 0..seq.0 {
        if log.skip_until(b'\n')? == 0 {
            return Ok(None);
        }
    }
    next_line(log)
}

/// The next whole line, without its newline.
fn next_line(log: &mut BufReader<File>) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    log.read_until(b'\n', &mut line)?;
    Ok((line.pop() == Some(b'\n')).then_some(line))
}

fn number(line: &[u8]) -> Option<Seq> {
    Envelope::read(line).ok().map(|envelope| envelope.seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many records that halving has something to do, with a number for a place.
    fn book(records: u64) -> tempfile::TempDir {
        let first = include_str!("../../fixtures/format/events.ndjson").lines().next().unwrap();
        let line = |seq: u64| first.replace("\"seq\":0", &format!("\"seq\":{seq}")) + "\n";
        let folder = tempfile::tempdir().unwrap();
        let log: String = (0..records).map(line).collect();
        std::fs::write(folder.path().join("events.ndjson"), log).unwrap();
        folder
    }

    #[test]
    fn every_record_is_found_by_its_number() {
        let place = book(3_000);
        let folder = Folder::new(place.path());
        for seq in (0..3_000).step_by(7).chain([0, 1, 2_998, 2_999]).map(Seq) {
            assert_eq!(number(&line_at(&folder, seq).unwrap()), Some(seq));
        }
        let seq = Seq(3_000);
        assert_eq!(line_at(&folder, seq), Err(BookError::NoRecord { seq }));
    }

    #[test]
    fn in_a_damaged_log_lines_are_counted() {
        let place = book(3_000);
        let folder = Folder::new(place.path());
        let text = std::fs::read_to_string(folder.events()).unwrap();
        let damaged = text.replace("\"seq\":1", "\"sqe\":1");
        std::fs::write(folder.events(), damaged).unwrap();
        for seq in [0, 5, 1_500, 2_999].map(Seq) {
            let counted = text.lines().nth(usize::try_from(seq.0).unwrap()).unwrap();
            let found = line_at(&folder, seq).unwrap();
            assert_eq!(String::from_utf8(found).unwrap().len(), counted.len());
        }
    }
}
