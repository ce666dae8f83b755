//! `events.ndjson`: the records of a book, one canonical line each, and the same bytes that a
//! bundle carries. It is write-ahead log, export, backup and source of repair in one: an append is
//! acknowledged when its lines are synced here, and the index beside it only follows.
//!
//! A reader needs no lock. It sees complete appends only, because every record says whether
//! another one of the same append follows.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::files::{FileError, free_name, sync_folder};
use crate::chain::hash::RecordHash;
use crate::chain::record::{Idem, RECORD_BYTES_MAX, RecordError, Sealed};
use crate::ids::Seq;

/// The log's name in a book's folder.
pub const LOG_FILE: &str = "events.ndjson";

/// So much is handed to the operating system at once.
const WRITE_BYTES: usize = 1 << 20;

/// So much is read at once when looking for a line's beginning from its end.
const LOOK_BACK_BYTES: u64 = 8 << 10;

/// What is wrong with a log, or with writing to it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("no line of the log begins at byte {offset}")]
    NotALineStart { offset: u64 },
    #[error("the log ends at byte {end}, before byte {offset}")]
    Shorter { offset: u64, end: u64 },
    #[error("the log is damaged at byte {offset}, where record {seq} was due: {why}")]
    Damaged { seq: Seq, offset: u64, why: String },
    #[error("the last line of the log, at byte {offset}, is no record: {why}")]
    LastLine { offset: u64, why: RecordError },
    #[error("the log ends in the middle of an append, {bytes} bytes behind byte {end}")]
    Unfinished { end: u64, bytes: u64 },
    #[error("the log was left {expected} bytes long and is now {found}: someone else wrote to it")]
    LengthChanged { expected: u64, found: u64 },
    #[error("the log was moved or replaced while it was open")]
    Replaced,
    #[error("an earlier append failed ({reason})")]
    Refused { reason: String },
    #[error("writing to the log failed: {0}")]
    WriteFailed(FileError),
    #[error("syncing the log failed: {0}")]
    SyncFailed(FileError),
}

/// The log, open for the one writer.
#[derive(Debug)]
pub struct Log {
    file: File,
    path: PathBuf,
    /// Bytes that are known to be on the disk.
    end: u64,
    refused: Option<String>,
}

impl Log {
    /// A new, empty log, durable under its name.
    pub fn create(path: &Path) -> Result<Log, LogError> {
        let created = OpenOptions::new().append(true).create_new(true).open(path);
        let file = created.map_err(|e| FileError::new("create", path, &e))?;
        file.sync_all().map_err(|e| FileError::new("sync", path, &e))?;
        path.parent().map_or(Ok(()), sync_folder)?;
        Ok(Log { file, path: path.to_path_buf(), end: 0, refused: None })
    }

    /// Opens a log for appending. An unfinished tail is refused: set it aside first.
    pub fn open(path: &Path) -> Result<Log, LogError> {
        let opened = OpenOptions::new().read(true).append(true).open(path);
        let file = opened.map_err(|e| FileError::new("open", path, &e))?;
        let found = length(&file, path)?;
        let end = complete_end(&file, found).map_err(|e| FileError::new("read", path, &e))?;
        if found != end {
            return Err(LogError::Unfinished { end, bytes: found.saturating_sub(end) });
        }
        Ok(Log { file, path: path.to_path_buf(), end, refused: None })
    }

    #[must_use]
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Why nothing more is written here, if that is so.
    #[must_use]
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// Writes the lines and syncs them; gives the log's new length. After a failure nothing more
    /// is written: what the disk holds then is found out by opening the log again.
    pub fn append(&mut self, records: &[Sealed]) -> Result<u64, LogError> {
        if let Some(reason) = &self.refused {
            return Err(LogError::Refused { reason: reason.clone() });
        }
        self.check_untouched()?;
        let written = self.write_lines(records);
        if let Err(error) = &written {
            self.refused = Some(error.to_string());
        }
        self.end = written?;
        Ok(self.end)
    }

    fn write_lines(&mut self, records: &[Sealed]) -> Result<u64, LogError> {
        let failed =
            |e: io::Error| LogError::WriteFailed(FileError::new("write to", &self.path, &e));
        let mut end = self.end;
        let mut lines = Vec::new();
        for record in records {
            lines.extend_from_slice(&record.bytes);
            lines.push(b'\n');
            end = end.saturating_add(line_bytes(&record.bytes));
            if lines.len() >= WRITE_BYTES {
                (&self.file).write_all(&lines).map_err(failed)?;
                lines.clear();
            }
        }
        (&self.file).write_all(&lines).map_err(failed)?;
        let synced = self.file.sync_data();
        synced.map_err(|e| LogError::SyncFailed(FileError::new("sync", &self.path, &e)))?;
        Ok(end)
    }

    /// Another writer, or a hand in the file, is found before it does more harm.
    fn check_untouched(&self) -> Result<(), LogError> {
        let found = length(&self.file, &self.path)?;
        if found != self.end {
            return Err(LogError::LengthChanged { expected: self.end, found });
        }
        if same_file(&self.file, &self.path)? { Ok(()) } else { Err(LogError::Replaced) }
    }
}

/// One line of the log, without its newline, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    pub offset: u64,
    /// Of a line that is too long for a record, one byte more than a record may have: enough to
    /// be refused.
    pub bytes: Vec<u8>,
    /// Where the next line begins.
    pub end: u64,
}

/// Gives the lines of all appends that were complete when it was opened. It judges no line: that
/// is for whoever verifies.
#[derive(Debug)]
pub struct LogReader {
    file: BufReader<File>,
    path: PathBuf,
    at: u64,
    end: u64,
    unfinished: u64,
}

impl LogReader {
    pub fn open(path: &Path) -> Result<LogReader, LogError> {
        LogReader::open_at(path, 0)
    }

    /// Goes on where an earlier reader came to its end.
    pub fn open_at(path: &Path, offset: u64) -> Result<LogReader, LogError> {
        let wrong = |e: io::Error| FileError::new("read", path, &e);
        let mut file = File::open(path).map_err(wrong)?;
        let found = length(&file, path)?;
        let end = complete_end(&file, found).map_err(wrong)?;
        let unfinished = found.saturating_sub(end);
        if offset > end {
            return Err(LogError::Shorter { offset, end });
        }
        if line_start(&file, offset).map_err(wrong)? != offset {
            return Err(LogError::NotALineStart { offset });
        }
        file.seek(SeekFrom::Start(offset)).map_err(wrong)?;
        let file = BufReader::with_capacity(1 << 16, file);
        Ok(LogReader { file, path: path.to_path_buf(), at: offset, end, unfinished })
    }

    /// Where the next line begins.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.at
    }

    /// Where the last complete append ends.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Bytes behind `end`, which are not read: an append that is being written, was torn by a
    /// crash, or lost its end to somebody.
    #[must_use]
    pub fn unfinished(&self) -> u64 {
        self.unfinished
    }

    fn read_line(&mut self) -> io::Result<LogLine> {
        let mut bytes = Vec::new();
        // A line longer than any record is not taken into memory.
        let limit = length_of(RECORD_BYTES_MAX).saturating_add(1);
        (&mut self.file).take(limit).read_until(b'\n', &mut bytes)?;
        let mut read = length_of(bytes.len());
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else {
            read = read.saturating_add(length_of(self.file.skip_until(b'\n')?));
        }
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let offset = self.at;
        self.at = self.at.saturating_add(read);
        Ok(LogLine { offset, bytes, end: self.at })
    }
}

impl Iterator for LogReader {
    type Item = Result<LogLine, LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let line = self.read_line();
        if line.is_err() {
            self.end = self.at;
        }
        Some(line.map_err(|e| FileError::new("read", &self.path, &e).into()))
    }
}

/// How a log ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEnd {
    /// Where the last complete append ends.
    pub end: u64,
    /// Bytes behind `end`: an append that was never acknowledged, or one being written.
    pub unfinished: u64,
    /// The last record of the last complete append, and where it begins.
    pub last: Option<(u64, Sealed)>,
}

impl LogEnd {
    /// Reads the last lines only, however long the log is.
    pub fn read(path: &Path) -> Result<LogEnd, LogError> {
        let wrong = |e: io::Error| FileError::new("read", path, &e);
        let file = File::open(path).map_err(wrong)?;
        let found = length(&file, path)?;
        let end = complete_end(&file, found).map_err(wrong)?;
        let unfinished = found.saturating_sub(end);
        let last = line_ending_at(&file, end).map_err(wrong)?;
        let last = last.map(|(offset, line)| match Sealed::read(&line) {
            Ok(record) => Ok((offset, record)),
            Err(why) => Err(LogError::LastLine { offset, why }),
        });
        Ok(LogEnd { end, unfinished, last: last.transpose()? })
    }
}

/// Makes durable what an earlier process may have written and never synced. Whatever is built from
/// the log comes after this, or a power cut could leave it ahead of the log.
pub(super) fn sync(path: &Path) -> Result<(), FileError> {
    let opened = OpenOptions::new().append(true).open(path);
    let file = opened.map_err(|e| FileError::new("open", path, &e))?;
    file.sync_all().map_err(|e| FileError::new("sync", path, &e))
}

/// What was taken out of a log's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it began in the log.
    pub offset: u64,
    pub bytes: u64,
    /// Where it is now.
    pub path: PathBuf,
}

/// Moves an unfinished append, which was never acknowledged, out of the log into a file beside
/// it. Only the one writer may do so: beside another it would take what that one is writing.
pub fn set_aside_unfinished_tail(path: &Path) -> Result<Option<SetAside>, LogError> {
    let opened = OpenOptions::new().read(true).write(true).open(path);
    let mut file = opened.map_err(|e| FileError::new("open", path, &e))?;
    let reading = |e: io::Error| FileError::new("read", path, &e);
    let found = length(&file, path)?;
    let offset = complete_end(&file, found).map_err(reading)?;
    if offset == found {
        return Ok(None);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let aside = free_name(folder, &format!("unfinished-{offset}"), ".ndjson");
    let writing = |e: io::Error| FileError::new("write", &aside, &e);
    let mut copy = OpenOptions::new().write(true).create_new(true).open(&aside).map_err(writing)?;
    file.seek(SeekFrom::Start(offset)).map_err(reading)?;
    let bytes = io::copy(&mut file, &mut copy).map_err(writing)?;
    copy.sync_all().map_err(writing)?;
    sync_folder(folder)?;
    let cut = file.set_len(offset).and_then(|()| file.sync_all());
    cut.map_err(|e| FileError::new("shorten", path, &e))?;
    Ok(Some(SetAside { offset, bytes, path: aside }))
}

/// Reads records and holds each against the one before it: what catching up may trust.
pub(super) struct RecordReader {
    lines: LogReader,
    next: Seq,
    prev: RecordHash,
}

impl RecordReader {
    /// From byte `offset`, behind the record `after`.
    pub(super) fn open_behind(
        path: &Path,
        offset: u64,
        after: Option<(Seq, RecordHash)>,
    ) -> Result<RecordReader, LogError> {
        let (next, prev) =
            after.map_or((Seq(0), RecordHash::NONE), |(seq, hash)| (seq.next(), hash));
        Ok(RecordReader { lines: LogReader::open_at(path, offset)?, next, prev })
    }

    fn read(&mut self, line: &LogLine) -> Result<Sealed, LogError> {
        let (due, prev) = (self.next, self.prev);
        let damaged = |why: String| LogError::Damaged { seq: due, offset: line.offset, why };
        let record = Sealed::read(&line.bytes).map_err(|e| damaged(e.to_string()))?;
        if record.seq != due {
            return Err(damaged(format!("record {} stands there", record.seq)));
        }
        if record.prev != prev {
            return Err(damaged(format!("it follows {}, not {prev}", record.prev)));
        }
        (self.next, self.prev) = (due.next(), record.hash);
        Ok(record)
    }
}

impl Iterator for RecordReader {
    type Item = Result<Sealed, LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.lines.next()?;
        Some(line.and_then(|line| self.read(&line)))
    }
}

/// What a record says of `more`, without reading all of it. In canonical form the field stands
/// behind `body`, and what follows it holds no `"` that is not escaped, except around names: the
/// last `,"more":` of the line is the record's own.
pub(super) fn says_more(line: &[u8]) -> bool {
    let name: &[u8] = br#","more":"#;
    let at = line.windows(name.len()).rposition(|part| part == name);
    let value = at.and_then(|at| line.get(at.saturating_add(name.len())..));
    value.is_some_and(|value| value.starts_with(b"true"))
}

/// The key of a record, and nothing else of it: reading all of it takes ten times as long.
pub(super) fn idem_of(line: &[u8]) -> Option<Idem> {
    serde_json::from_slice::<Keyed>(line).ok().map(|keyed| keyed.idem)
}

#[derive(Deserialize)]
struct Keyed {
    idem: Idem,
}

/// Bytes of a record in the log.
pub(super) fn line_bytes(record: &[u8]) -> u64 {
    length_of(record.len()).saturating_add(1)
}

/// The line that ends, newline and all, at `end`.
pub(super) fn last_line_before(path: &Path, end: u64) -> Result<Option<Vec<u8>>, LogError> {
    let wrong = |e: io::Error| FileError::new("read", path, &e);
    let file = File::open(path).map_err(wrong)?;
    let line = line_ending_at(&file, end).map_err(wrong)?;
    Ok(line.map(|(_, line)| line))
}

fn length_of(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

fn length(file: &File, path: &Path) -> Result<u64, FileError> {
    file.metadata().map(|data| data.len()).map_err(|e| FileError::new("look at", path, &e))
}

/// Where the last complete append ends: behind the last line that ends and says no more.
fn complete_end(file: &File, length: u64) -> io::Result<u64> {
    let mut end = line_start(file, length)?;
    while let Some((start, line)) = line_ending_at(file, end)? {
        if !says_more(&line) {
            break;
        }
        end = start;
    }
    Ok(end)
}

/// The line whose newline is the byte before `end`: where it begins, and its bytes.
fn line_ending_at(mut file: &File, end: u64) -> io::Result<Option<(u64, Vec<u8>)>> {
    let Some(newline) = end.checked_sub(1) else {
        return Ok(None);
    };
    let start = line_start(file, newline)?;
    let limit = length_of(RECORD_BYTES_MAX).saturating_add(1);
    file.seek(SeekFrom::Start(start))?;
    let mut line = Vec::new();
    file.take(newline.saturating_sub(start).min(limit)).read_to_end(&mut line)?;
    Ok(Some((start, line)))
}

/// Behind the last newline before byte `before`, or 0.
fn line_start(mut file: &File, before: u64) -> io::Result<u64> {
    let mut end = before;
    while end > 0 {
        let start = end.saturating_sub(LOOK_BACK_BYTES);
        file.seek(SeekFrom::Start(start))?;
        let mut part = Vec::new();
        file.take(end.saturating_sub(start)).read_to_end(&mut part)?;
        if let Some(at) = part.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start.saturating_add(length_of(at)).saturating_add(1));
        }
        end = start;
    }
    Ok(0)
}

/// Whether the path still names the open file. A log that was renamed away would take appends
/// that nobody finds again.
#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> Result<bool, FileError> {
    use std::os::unix::fs::MetadataExt;
    let wrong = |e: io::Error| FileError::new("look at", path, &e);
    let held = file.metadata().map_err(wrong)?;
    match fs::metadata(path) {
        Ok(named) => Ok(named.dev() == held.dev() && named.ino() == held.ino()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(wrong(e)),
    }
}

#[cfg(not(unix))]
fn same_file(_: &File, path: &Path) -> Result<bool, FileError> {
    fs::exists(path).map_err(|e| FileError::new("look at", path, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(more: bool, n: u32) -> String {
        format!(r#"{{"body":{{"a":1,"more":true,"n":{n}}},"idem":"k","more":{more},"prev":"x"}}"#)
    }

    fn lines(path: &Path) -> Vec<String> {
        let text = |line: LogLine| String::from_utf8(line.bytes).unwrap();
        LogReader::open(path).unwrap().map(|line| text(line.unwrap())).collect()
    }

    #[test]
    fn a_record_says_more_in_its_envelope_and_not_in_its_body() {
        assert!(says_more(line(true, 1).as_bytes()));
        assert!(!says_more(line(false, 1).as_bytes()));
        assert!(!says_more(br#"{"idem":"a,\"more\":true"}"#));
        assert!(!says_more(b""));
    }

    #[test]
    fn a_reader_stops_before_an_append_that_is_not_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(LOG_FILE);
        let (one, two, three) = (line(false, 1), line(true, 2), line(false, 3));
        for (log, complete) in [
            (String::new(), vec![]),
            (one.clone(), vec![]),
            (format!("{one}\n"), vec![&one]),
            (format!("{one}\n{two}\n"), vec![&one]),
            (format!("{one}\n{two}\n{two}\n{three}"), vec![&one]),
            (format!("{one}\n{two}\n{three}\n"), vec![&one, &two, &three]),
            (format!("{two}\n"), vec![]),
            (format!("{one}\n{}", "\0".repeat(20_000)), vec![&one]),
        ] {
            fs::write(&path, &log).unwrap();
            assert_eq!(lines(&path).iter().collect::<Vec<_>>(), complete, "{log}");
        }
    }

    /// `/dev/full` takes no byte, and `/dev/null` cannot be synced.
    #[cfg(target_os = "linux")]
    #[test]
    fn after_a_failed_append_the_log_takes_nothing_more() {
        let bytes = line(false, 1).into_bytes();
        let idem = Idem::new("k", b"").unwrap();
        let hash = RecordHash::of(&bytes);
        let (seq, prev, more) = (Seq(0), RecordHash::NONE, false);
        let record = [Sealed { bytes, seq, prev, idem, more, hash }];
        let full = Path::new("/dev/full");
        let mut log = Log::open(full).unwrap();
        let error = FileError::StorageFull { path: full.to_path_buf() };
        let failed = LogError::WriteFailed(error);
        assert_eq!(log.append(&record), Err(failed.clone()));
        assert_eq!(log.append(&record), Err(LogError::Refused { reason: failed.to_string() }));

        let mut log = Log::open(Path::new("/dev/null")).unwrap();
        let Err(failed @ LogError::SyncFailed(_)) = log.append(&record) else {
            panic!("nothing can be synced there")
        };
        assert_eq!(log.append(&record), Err(LogError::Refused { reason: failed.to_string() }));
        assert_eq!((log.end(), log.refused()), (0, Some(failed.to_string().as_str())));
    }

    #[test]
    fn a_reader_goes_on_where_another_ended_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(LOG_FILE);
        let one = line(false, 1);
        let end = u64::try_from(one.len()).unwrap() + 1;
        fs::write(&path, format!("{one}\n{one}\n")).unwrap();
        let rest: Vec<_> = LogReader::open_at(&path, end).unwrap().map(Result::unwrap).collect();
        assert_eq!(rest, [LogLine { offset: end, bytes: one.into_bytes(), end: end * 2 }]);
        let wrong = LogReader::open_at(&path, 5).unwrap_err();
        assert_eq!(wrong, LogError::NotALineStart { offset: 5 });
        let beyond = LogReader::open_at(&path, end * 2 + 1).unwrap_err();
        assert_eq!(beyond, LogError::Shorter { offset: end * 2 + 1, end: end * 2 });
    }

    #[test]
    fn a_line_that_is_too_long_for_a_record_is_cut_and_the_next_one_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(LOG_FILE);
        fs::write(&path, format!("{}\n{}\n", "x".repeat(50_000), line(false, 1))).unwrap();
        let found = lines(&path);
        assert_eq!(found[0].len(), RECORD_BYTES_MAX + 1);
        assert_eq!(found[1], line(false, 1));
    }

    #[test]
    fn an_unfinished_tail_is_kept_beside_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(LOG_FILE);
        let (one, two) = (line(false, 1), line(true, 2));
        let offset = one.len() + 1;
        for name in [format!("unfinished-{offset}.ndjson"), format!("unfinished-{offset}-2.ndjson")]
        {
            fs::write(&path, format!("{one}\n{two}\n{{\"act")).unwrap();
            let refused = Log::open(&path).map(|log| log.end()).unwrap_err();
            assert!(matches!(refused, LogError::Unfinished { .. }));
            let aside = set_aside_unfinished_tail(&path).unwrap().unwrap();
            assert_eq!(aside.path, folder.path().join(name));
            assert_eq!(fs::read_to_string(&aside.path).unwrap(), format!("{two}\n{{\"act"));
            assert_eq!(fs::read_to_string(&path).unwrap(), format!("{one}\n"));
            assert_eq!(set_aside_unfinished_tail(&path).unwrap(), None);
        }
    }
}
