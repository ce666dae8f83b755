//! A book: the only place where rules, chain and store meet.
//!
//! [`Book`] writes and holds the lock; [`Reading`] reads beside it and needs none.

mod act;
mod folder;
mod lookup;
mod reading;
mod sound;
mod snapshot;
mod witnessing;
pub mod point;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use act::{Signed, acted_on, canonical, check_about, is_about};
pub use folder::Folder;
pub use lookup::{line_at, record_at};
pub use point::{Point, PointError};
pub use reading::{Reading, Until, pinned, recorded, records};
pub use sound::Sound;
pub use witnessing::{LastWord, Witnessing};

use crate::chain::checkpoint::{Checkpoint, Note, NoteError};
use crate::chain::hash::RecordHash;
use crate::chain::key::NoteKey;
use crate::chain::record::{Envelope, Idem, Origin, RecordError, Sealed};
use crate::chain::tree::{TreeHash, TreeHead};
use crate::chart::Chart;
use crate::date::{Instant, Offset};
use crate::event::{Fact, Recorded, Voucher};
use crate::ids::{Digest, OfficerId, Seq};
use crate::projection::{State, reverses};
use crate::rules::{self, Command, Context, Decided, Refusal};
use crate::store::disk::DiskStore;
use crate::store::files::{FileError, write_whole};
use crate::store::log::{LogEnd, LogError};
use crate::store::opening::{OpenError, OpeningReport};
use crate::store::{AppendError, Direction, EventStore, Expected, ReadError};

/// Why a book could not be opened, read or written. Refusals by rules are apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    #[error("the book has no record yet")]
    Empty,
    #[error("{path} continues another bundle, and is read together with it alone")]
    Continues { path: PathBuf },
    #[error("there is no record {seq}")]
    NoRecord { seq: Seq },
    #[error("record {seq} is broken: {why}")]
    Broken { seq: Seq, why: String },
    #[error("the book has {found} records, and it has signed a checkpoint of {signed}")]
    ShorterThanSigned { signed: u64, found: u64 },
    #[error("the first {size} records have the root {found}, and {signed} was signed")]
    OtherThanSigned { size: u64, signed: TreeHash, found: TreeHash },
    #[error("{path} is not a checkpoint: {why}")]
    GuardDamaged { path: PathBuf, why: String },
    #[error("the book has signed checkpoints, and {path} is missing")]
    GuardMissing { path: PathBuf },
    #[error("the chart {id} is not at hand, or chart.json is not the one of SHA-256 {sha256}")]
    ChartUnknown { id: String, sha256: String },
    #[error("the book's head is {found}, and {expected} was expected")]
    HeadMoved { expected: RecordHash, found: RecordHash },
    #[error("the clock says {now}, and the last record was made at {last}")]
    ClockBehind { now: Instant, last: Instant },
    #[error("the key is {found}, and the book's log key is {expected}")]
    OtherKey { expected: String, found: String },
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Log(LogError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// How keys begin that were made from what a command says, because nobody gave one. A command that
/// says the same again may be the same one or another: only a person knows, so it is refused, where
/// a key of the client's own gives its first receipt.
pub const CONTENT_KEY: &str = "auto-";

/// One command, with who asks and the key that makes it the same command when it comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    pub command: Command,
    pub by: OfficerId,
    pub key: String,
    /// By whom it is signed; `None` where the word of this machine is enough.
    pub signed: Option<Signed>,
}

/// What became of an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub key: String,
    pub records: Vec<Recorded>,
    /// It was in the book already; nothing was written now.
    pub repeated: bool,
    /// Rules that only warn, and that were not kept.
    pub warnings: Vec<Refusal>,
}

impl Receipt {
    pub fn vouchers(&self) -> impl Iterator<Item = &Voucher> {
        self.records.iter().filter_map(|record| record.voucher.as_ref())
    }
}

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRecorded {
    /// Every instruction that breaks a rule, by its place in the file, counted from 0.
    Refused(Vec<(usize, Why)>),
    Book(BookError),
}

/// Why one instruction was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Rule(Refusal),
    /// Every line of its list that a rule refuses, each with the path of what is wrong in it, such as
    /// `lines[3].amount`.
    Lines(Vec<(String, Refusal)>),
    /// The same was said before, and no key says whether this is it again or another.
    SaidBefore {
        key: String,
        first: Seq,
        at: Instant,
    },
    /// The key was used before, for another command or by somebody else.
    KeyUsed {
        key: String,
        first: Seq,
    },
    /// What it says cannot be a record.
    Record(RecordError),
}

impl From<Refusal> for Why {
    fn from(refusal: Refusal) -> Why {
        Why::Rule(refusal)
    }
}

impl<E: Into<BookError>> From<E> for NotRecorded {
    fn from(error: E) -> NotRecorded {
        NotRecorded::Book(error.into())
    }
}

/// How a batch is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mode {
    /// Decide and seal, but write nothing.
    pub dry_run: bool,
    /// Record only if this is the head.
    pub expected_head: Option<RecordHash>,
}

/// A book, open for writing.
#[derive(Debug)]
pub struct Book<S: EventStore = DiskStore> {
    store: S,
    origin: Origin,
    chart: Chart,
    reading: Reading,
    /// Where snapshots, checkpoints and the fork guard lie; a book in memory has none.
    folder: Option<Folder>,
    /// How many records the newest snapshot has seen.
    snapshot_at: u64,
}

impl Book<DiskStore> {
    /// A new book in an empty place. It has no record before `ledger.create` is recorded.
    pub fn create(
        path: &Path,
        origin: &Origin,
        chart: Chart,
        holder: &str,
    ) -> Result<Book<DiskStore>, BookError> {
        let (store, _) = DiskStore::create(path, origin, holder)?;
        let folder = Some(Folder::new(path));
        let origin = origin.clone();
        Ok(Book { store, origin, chart, reading: Reading::default(), folder, snapshot_at: 0 })
    }

    /// Opens a book for writing and says what opening found.
    pub fn open(
        path: &Path,
        holder: &str,
        each: &mut dyn FnMut(u64),
    ) -> Result<(Book<DiskStore>, OpeningReport), BookError> {
        let folder = Folder::new(path);
        let log = folder.events();
        if !log.exists() && folder.store().exists() {
            return Err(OpenError::LogMissing { log }.into());
        }
        let origin = origin_of(&folder)?;
        // What was signed was acknowledged. If the log's end lacks it, that end is no torn append,
        // and it stays as evidence: the alarm comes before anything is set aside.
        if LogEnd::read(&log)?.unfinished > 0 {
            Reading::open(&folder, &mut |_| ())?;
        }
        let (store, report) = DiskStore::open(path, &origin, holder)?;
        let (reading, snapshot_at) = Reading::open_from(&folder, each)?;
        let chart = reading.chart(&folder)?;
        Ok((Book { store, origin, chart, reading, folder: Some(folder), snapshot_at }, report))
    }

    /// Signs the book as it stands. The fork guard is on the disk before the signature leaves.
    pub fn sign(&mut self, key: &NoteKey) -> Result<Note, BookError> {
        let expected = self.state().offices.log_key().ok_or(BookError::Empty)?.to_owned();
        let found = key.vkey().to_string();
        if expected != found {
            return Err(BookError::OtherKey { expected, found });
        }
        let TreeHead { size, root } = self.reading.tree.head();
        let mut note = Checkpoint { origin: self.origin.clone(), size, root }.sign(key)?;
        // What witnesses have said of this very checkpoint stays.
        let before = self.folder.as_ref().map(|folder| folder.checkpoint_of(size)).transpose()?;
        let said = before.flatten().map(|before| before.beside(&note)).unwrap_or_default();
        said.into_iter().try_for_each(|line| note.attach(line))?;
        self.keep_in_sight()?;
        if let Some(folder) = &self.folder {
            write_whole(&folder.last_signed(), &note.to_string())?;
            folder.keep_checkpoint(&note, size)?;
        }
        Ok(note)
    }
}

/// The name of a book, from its first record.
fn origin_of(folder: &Folder) -> Result<Origin, BookError> {
    let seq = Seq(0);
    let line = line_at(folder, seq)?;
    let first = Envelope::read(&line);
    first.map(|e| e.ledger).map_err(|e| BookError::Broken { seq, why: e.to_string() })
}

impl<S: EventStore> Book<S> {
    /// A new, empty book on any store.
    pub fn on(store: S, origin: Origin, chart: Chart) -> Book<S> {
        Book { store, origin, chart, reading: Reading::default(), folder: None, snapshot_at: 0 }
    }

    /// The store itself, for whoever verifies it.
    #[must_use]
    pub fn store(&self) -> &S {
        &self.store
    }

    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    #[must_use]
    pub fn state(&self) -> &State {
        &self.reading.state
    }

    #[must_use]
    pub fn chart(&self) -> &Chart {
        &self.chart
    }

    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Records all instructions, in their order, in one append; or none, and says every one that
    /// is refused. An instruction that is in the book already gives its first receipt.
    pub fn record(
        &mut self,
        instructions: &[Instruction],
        now: Instant,
        mode: Mode,
    ) -> Result<Vec<Receipt>, NotRecorded> {
        if let Some(last) = self.reading.last_at.filter(|last| *last > now) {
            return Err(BookError::ClockBehind { now, last }.into());
        }
        match mode.expected_head {
            Some(expected) if expected != self.reading.head => {
                return Err(BookError::HeadMoved { expected, found: self.reading.head }.into());
            }
            Some(_) | None => {}
        }
        let mut draft = Draft::new(self, now);
        let mut receipts = Vec::new();
        let mut refused = Vec::new();
        for (place, instruction) in instructions.iter().enumerate() {
            match draft.take(instruction)? {
                Ok(receipt) => receipts.push(receipt),
                Err(why) => refused.push((place, why)),
            }
        }
        if !refused.is_empty() {
            return Err(NotRecorded::Refused(refused));
        }
        let batch = draft.seal()?;
        if !mode.dry_run && !batch.sealed.is_empty() {
            self.append(batch, now)?;
        }
        Ok(receipts)
    }

    fn append(&mut self, batch: Batch, now: Instant) -> Result<(), BookError> {
        let last = self.reading.tree.size().checked_sub(1);
        let expected = last.map_or(Expected::NoStream, |seq| Expected::Exact {
            seq: Seq(seq),
            hash: self.reading.head,
        });
        self.store.append(&self.origin, expected, &batch.sealed)?;
        for sealed in &batch.sealed {
            self.reading.append(&sealed.bytes, &self.origin, now);
        }
        match batch.state {
            Some(state) => self.reading.state = state,
            None => {
                for (record, reversed) in &batch.pending {
                    self.reading.state.apply(record, reversed.as_ref());
                }
            }
        }
        if batch.keys_changed {
            self.keep_in_sight()?;
        }
        self.snapshot_if_due()
    }

    /// The log key in force and the witnesses' policy lie beside the log, for whoever asks for them.
    fn keep_in_sight(&self) -> Result<(), BookError> {
        let (Some(folder), offices) = (&self.folder, &self.reading.state.offices) else {
            return Ok(());
        };
        let key = offices.log_key().map(|vkey| format!("{vkey}\n"));
        let policy = offices.policy().map(str::to_owned);
        for (path, text) in [(folder.log_vkey(), key), (folder.policy(), policy)] {
            if let Some(text) = text.filter(|text| !text.is_empty())
                && Folder::read_optional(&path)?.as_ref() != Some(&text)
            {
                write_whole(&path, &text)?;
            }
        }
        Ok(())
    }

    fn snapshot_if_due(&mut self) -> Result<(), BookError> {
        let size = self.reading.tree.size();
        if !snapshot::is_due(size, self.snapshot_at) {
            return Ok(());
        }
        if let Some(folder) = &self.folder {
            let signed = reading::last_signed(folder)?.map(|signed| signed.head());
            snapshot::write(folder, &self.reading, signed)?;
        }
        self.snapshot_at = size;
        Ok(())
    }

    /// The bytes of a record of this book, by its place.
    pub fn line(&self, seq: Seq) -> Result<Option<Vec<u8>>, BookError> {
        let one = core::num::NonZeroU32::MIN;
        let page = self.store.read_stream(&self.origin, seq, Direction::Forward, one)?;
        let found = page.records.into_iter().find(|found| found.seq == seq);
        Ok(found.map(|found| found.bytes))
    }

    /// A record of this book by its place.
    pub fn look_up(&self, seq: Seq) -> Result<Option<Recorded>, BookError> {
        let Some(line) = self.line(seq)? else { return Ok(None) };
        let broken = |why: String| BookError::Broken { seq, why };
        let envelope = Envelope::read(&line).map_err(|e| broken(e.to_string()))?;
        recorded(envelope).map(Some).map_err(|e| broken(e.to_string()))
    }
}

/// Records that are decided on and not yet written.
struct Draft<'a, S: EventStore> {
    book: &'a Book<S>,
    now: Instant,
    /// The state after all of `pending` but the newest ones; copied only when a second decision or
    /// record needs it.
    state: Option<State>,
    /// Records that `state` has not taken in yet, each with the one it reverses.
    pending: Vec<(Recorded, Option<Recorded>)>,
    records: Vec<Recorded>,
    sealed: Vec<Sealed>,
    /// The newest record, which will be the last of the append.
    last: Option<Envelope>,
    /// The keys of this draft, each with its first record.
    keys: BTreeMap<String, Seq>,
}

struct Batch {
    sealed: Vec<Sealed>,
    state: Option<State>,
    pending: Vec<(Recorded, Option<Recorded>)>,
    /// Another log key is in force afterwards, or another policy.
    keys_changed: bool,
}

impl<'a, S: EventStore> Draft<'a, S> {
    fn new(book: &'a Book<S>, now: Instant) -> Draft<'a, S> {
        Draft {
            book,
            now,
            state: None,
            pending: Vec::new(),
            records: Vec::new(),
            sealed: Vec::new(),
            last: None,
            keys: BTreeMap::new(),
        }
    }

    /// Decides on one instruction. The outer error stops everything; the inner one is this
    /// instruction's alone.
    fn take(&mut self, instruction: &Instruction) -> Result<Result<Receipt, Why>, BookError> {
        let Instruction { by, key, signed, .. } = instruction;
        let idem = match idem(instruction) {
            Ok(idem) => idem,
            Err(error) => return Ok(Err(Why::Record(error))),
        };
        if let Some(known) = self.known(key, &idem, by)? {
            return Ok(known);
        }
        self.settle();
        let decided = match self.decide(instruction) {
            Ok(decided) => decided,
            Err(why) => return Ok(Err(why)),
        };
        let (mut records, mut warnings) = (Vec::new(), Vec::new());
        for decided in decided {
            warnings.extend(decided.warnings.iter().cloned());
            match self.push(decided, by, &idem) {
                Ok(record) => records.push(record),
                Err(error) => return Ok(Err(Why::Record(error))),
            }
        }
        for decided in act::signatures(signed.as_ref(), records.first()) {
            let carrier = signed.as_ref().map_or(by, |signed| &signed.carrier);
            match self.push(decided, carrier, &idem) {
                Ok(record) => records.push(record),
                Err(error) => return Ok(Err(Why::Record(error))),
            }
        }
        Ok(Ok(Receipt { key: key.clone(), records, repeated: false, warnings }))
    }

    /// What is to be recorded, by the rules and by what was signed.
    fn decide(&self, instruction: &Instruction) -> Result<Vec<Decided>, Why> {
        let Instruction { command, by, .. } = instruction;
        let (book, state) = (self.book, self.state());
        act::check_forms(&book.origin, command)?;
        let line = |seq: Seq| self.line(seq);
        let today = self.now.day(self.offset(command));
        let next = self.next();
        let place = act::Place { origin: &book.origin, state, today, next, line: &line };
        let signers = place.signers(instruction)?;
        let context = Context {
            state,
            chart: &book.chart,
            by,
            today,
            signers: &signers,
            look_up: &|seq: Seq| self.look_up(seq),
            hash_of: &|seq: Seq| self.hash_of(seq),
        };
        let decided = rules::decide(&context, command).map_err(|refusal| {
            let lines = rules::refused_lines(&context, command);
            let is_of_line = lines.iter().any(|(_, of_line)| *of_line == refusal);
            if is_of_line { Why::Lines(lines) } else { Why::Rule(refusal) }
        })?;
        place.check_said(instruction, &decided)?;
        place.check_proofs(&decided)?;
        Ok(decided)
    }

    /// What the store or this draft already knows of a key.
    fn known(
        &self,
        key: &str,
        idem: &Idem,
        by: &OfficerId,
    ) -> Result<Option<Result<Receipt, Why>>, BookError> {
        let used = |first: Seq| Some(Err(Why::KeyUsed { key: key.to_owned(), first }));
        if let Some(first) = self.keys.get(key) {
            return Ok(used(*first));
        }
        let Some(stored) = self.book.store.receipt(&self.book.origin, key)? else {
            return Ok(None);
        };
        let mut records = Vec::new();
        for seq in stored.first.0..=stored.last.0 {
            records.extend(self.book.look_up(Seq(seq))?);
        }
        // Behind a signed record stands who brought the signatures in.
        if stored.idem != *idem || records.first().is_some_and(|record| record.actor != *by) {
            return Ok(used(stored.first));
        }
        if let (true, Some(record)) = (key.starts_with(CONTENT_KEY), records.first()) {
            let (first, at) = (record.seq, record.at);
            return Ok(Some(Err(Why::SaidBefore { key: key.to_owned(), first, at })));
        }
        Ok(Some(Ok(Receipt { key: key.to_owned(), records, repeated: true, warnings: Vec::new() })))
    }

    /// Numbers and seals one decided record behind those before it.
    fn push(
        &mut self,
        decided: Decided,
        by: &OfficerId,
        idem: &Idem,
    ) -> Result<Recorded, RecordError> {
        self.settle();
        let Decided { fact, entries, warnings: _ } = decided;
        let seq = self.next();
        let voucher = fact.date().filter(|_| !entries.is_empty()).map(|date| {
            let number = self.state().periods.next_voucher(date.month());
            Voucher { number, date, entries }
        });
        let body = fact.to_body(voucher.as_ref());
        let envelope = Envelope {
            v: 1,
            ledger: self.book.origin.clone(),
            seq,
            prev: self.sealed.last().map_or(self.book.reading.head, |last| last.hash),
            at: self.now,
            actor: by.clone(),
            idem: idem.clone(),
            more: true,
            kind: fact.kind().to_owned(),
            tv: fact.version(),
            body: body.map_err(|e| RecordError::Envelope(e.to_string()))?,
        };
        let sealed = envelope.seal()?;
        // A record that could not be read again would close the book for ever.
        let read = recorded(Envelope::read(&sealed.bytes)?);
        read.map_err(|e| RecordError::Envelope(e.to_string()))?;
        self.sealed.push(sealed);
        self.last = Some(envelope);
        self.keys.entry(idem.key().to_owned()).or_insert(seq);
        let key = Some(idem.key().to_owned());
        let record = Recorded { seq, at: self.now, actor: by.clone(), fact, voucher, key };
        let reversed = reverses(&record.fact).and_then(|original| self.look_up(original));
        self.pending.push((record.clone(), reversed));
        self.records.push(record.clone());
        Ok(record)
    }

    /// Brings the drafted state up to all records so far.
    fn settle(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let state = self.state.get_or_insert_with(|| self.book.reading.state.clone());
        for (record, reversed) in self.pending.drain(..) {
            state.apply(&record, reversed.as_ref());
        }
    }

    fn state(&self) -> &State {
        self.state.as_ref().unwrap_or(&self.book.reading.state)
    }

    /// The place of the next record.
    fn next(&self) -> Seq {
        let drafted = u64::try_from(self.records.len()).unwrap_or(u64::MAX);
        Seq(self.book.reading.tree.size().saturating_add(drafted))
    }

    /// The bytes of a record.
    fn line(&self, seq: Seq) -> Option<Vec<u8>> {
        match seq.0.checked_sub(self.book.reading.tree.size()) {
            Some(place) => Some(self.sealed.get(usize::try_from(place).ok()?)?.bytes.clone()),
            None => self.book.line(seq).ok().flatten(),
        }
    }

    /// The hash of a record, which is what the next one names before it.
    fn hash_of(&self, seq: Seq) -> Option<Digest> {
        let hash = RecordHash::of(&self.line(seq)?);
        Digest::parse(&hash.to_string()).ok()
    }

    fn look_up(&self, seq: Seq) -> Option<Recorded> {
        match seq.0.checked_sub(self.book.reading.tree.size()) {
            Some(place) => self.records.get(usize::try_from(place).ok()?).cloned(),
            None => self.book.look_up(seq).ok().flatten(),
        }
    }

    fn offset(&self, command: &Command) -> Offset {
        if let Command::CreateLedger(new) = command {
            return new.utc_offset;
        }
        let ledger = self.state().offices.ledger();
        ledger.map_or_else(Offset::china, |ledger| ledger.utc_offset)
    }

    /// The whole append: only its last record says that no more follows.
    fn seal(mut self) -> Result<Batch, BookError> {
        // One decided record needs no copy of the state; more of them have made one already.
        if self.state.is_some() {
            self.settle();
        }
        if let (Some(last), Some(mut envelope)) = (self.sealed.last_mut(), self.last) {
            envelope.more = false;
            *last = envelope.seal()?;
        }
        let keys_changed = self
            .records
            .iter()
            .any(|record| matches!(record.fact, Fact::KeyRotated(_) | Fact::WitnessChanged(_)));
        let Draft { sealed, state, pending, .. } = self;
        Ok(Batch { sealed, state, pending, keys_changed })
    }
}

/// The key with the digest of what is asked, so that the same key with other content is found out.
fn idem(instruction: &Instruction) -> Result<Idem, RecordError> {
    let Instruction { command, key, signed, .. } = instruction;
    Idem::new(key, &canonical(command, signed.as_ref())?)
}
