//! `witness add`: what witnesses answered comes into the book, each signature verified first.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use mingzhang::book::Folder;
use mingzhang::chain::checkpoint::{Note, NoteError, NoteSignature};
use mingzhang::chain::key::VKey;
use mingzhang::chain::policy::{FUTURE_SECONDS_MAX, Policy};
use mingzhang::chain::witness::verify_cosignature;
use mingzhang::date::Instant;
use serde_json::json;

use super::super::Global;
use super::super::checkpoint::note_failure;
use super::super::chinese::chinese;
use super::super::failure::{Failure, Problem, exit};
use super::super::key;
use super::super::output::Output;
use super::super::world::World;
use super::policy::{agreed_in, witnesses};

#[derive(Args)]
pub(crate) struct Add {
    /// 见证人的答复 Files of signature lines, or of whole cosigned checkpoints
    #[arg(required = true)]
    answers: Vec<PathBuf>,
    /// 见证人公钥 A witness that the agreed policy does not name; may be repeated
    #[arg(long, value_name = "VKEY or FILE")]
    key: Vec<String>,
}

/// A cosignature that came in.
pub(super) struct Taken {
    pub(super) size: u64,
    pub(super) name: String,
    pub(super) time: Instant,
    /// The book has it, or a newer one of the same witness.
    pub(super) known: bool,
}

impl Add {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let more = self.key.iter().map(|said| key::vkey_of(said)).collect::<Result<Vec<_>, _>>()?;
        let mut desk = Intake::open(&folder, more, world.now())?;
        for path in &self.answers {
            let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
            desk.take(&path.display().to_string(), &text)?;
        }
        let taken = desk.keep()?;
        say(&taken, out);
        Ok(())
    }
}

pub(super) fn say(taken: &[Taken], out: &Output) {
    if out.json {
        let all: Vec<_> = taken
            .iter()
            .map(|t| json!({ "size": t.size, "witness": t.name, "time": t.time, "known": t.known }))
            .collect();
        out.value(&json!({ "taken": all }));
        return;
    }
    for Taken { size, name, time, known } in taken {
        let known = if *known { out.say("（已有）", " (known already)") } else { "" };
        out.text(&format!("{size} {name} {time}{known}"));
    }
}

/// Answers on their way into a book: all of them or none.
pub(super) struct Intake<'a> {
    folder: &'a Folder,
    keys: Vec<VKey>,
    now: Instant,
    /// The book's own checkpoints, by size.
    notes: BTreeMap<u64, Note>,
    taken: Vec<Taken>,
}

impl Intake<'_> {
    pub(super) fn open(
        folder: &Folder,
        more: Vec<VKey>,
        now: Instant,
    ) -> Result<Intake<'_>, Failure> {
        let policy: Option<Policy> = agreed_in(folder)?;
        let mut keys: Vec<VKey> =
            witnesses(policy.as_ref()).iter().map(|w| w.key.clone()).collect();
        keys.extend(more);
        let mut notes = BTreeMap::new();
        for (_, text) in folder.read_checkpoints()? {
            let note = Note::parse(&text).map_err(|e| note_failure(&e))?;
            let size = note.checkpoint().map_err(|e| note_failure(&e))?.size;
            notes.insert(size, note);
        }
        Ok(Intake { folder, keys, now, notes, taken: Vec::new() })
    }

    /// Reads one answer and verifies each of its signatures; `from` names it in what is said.
    pub(super) fn take(&mut self, from: &str, text: &str) -> Result<(), Failure> {
        if text.starts_with('—') {
            for line in text.lines() {
                let line = NoteSignature::parse(line).map_err(|e| note_failure(&e))?;
                self.take_line(from, line)?;
            }
            return Ok(());
        }
        let came = Note::parse(text).map_err(|e| note_failure(&e))?;
        let checkpoint = came.checkpoint().map_err(|e| note_failure(&e))?;
        let Some(own) = self.notes.get(&checkpoint.size) else {
            let size = checkpoint.size;
            let zh = format!("{from}：账套没有签过 {size} 条记录的检查点");
            let en = format!("{from}: this book has signed no checkpoint of {size} records");
            return Err(Failure::one(exit::BROKEN, Problem::new("CKP3", zh, en)));
        };
        if own.text() != came.text() {
            let zh = format!("{from}：带回的检查点与账套签过的不同：请保留两份作为证据");
            let en = format!(
                "{from}: the checkpoint that came back is not the one that this book signed: keep \
                 both as evidence"
            );
            return Err(Failure::one(exit::BROKEN, Problem::new("CKP2", zh, en)));
        }
        // The book's own line is verified by whoever verifies the book.
        let own_name = checkpoint.origin.as_str().to_owned();
        for line in came.signatures().to_vec() {
            if line.name.as_str() != own_name {
                self.take_line(from, line)?;
            }
        }
        Ok(())
    }

    fn take_line(&mut self, from: &str, line: NoteSignature) -> Result<(), Failure> {
        let mine = |key: &&VKey| *key.name() == line.name && key.id() == line.key_id;
        let Some(key) = self.keys.iter().find(mine) else {
            let (name, id) = (&line.name, line.key_id);
            let zh = format!("{from}：{name}（{id}）不是约定的见证人，无法核对");
            let en = format!("{from}: {name} ({id}) is no agreed witness, and cannot be verified");
            return Err(Failure::one(exit::BROKEN, Problem::new("WIT7", zh, en))
                .next("mingzhang witness add ANSWER --key WITNESS.vkey"));
        };
        let newest_first = self.notes.iter_mut().rev();
        let signed = newest_first.filter_map(|(size, note)| {
            let time = verify_cosignature(&note.with_only(line.clone()), key).ok()?;
            Some((*size, note, time))
        });
        let Some((size, note, time)) = { signed }.next() else {
            let error = NoteError::Signature(key.name().clone());
            let zh = format!("{from}：{}，账套的检查点中没有它签过的", chinese(&error));
            let en = format!("{from}: {error}: none of this book's checkpoints");
            return Err(Failure::one(exit::BROKEN, Problem::new("WIT7", zh, en)));
        };
        let seconds = time.unix() - self.now.unix();
        if seconds > FUTURE_SECONDS_MAX {
            let error = NoteError::Future { name: key.name().clone(), seconds };
            let zh = format!("{from}：{}；请核对双方的时钟", chinese(&error));
            let en = format!("{from}: {error}; compare the clocks");
            return Err(Failure::one(exit::BROKEN, Problem::new("WIT7", zh, en)).next("date -u"));
        }
        let held = verify_cosignature(note, key).ok();
        let known = held.is_some_and(|held| held >= time);
        let name = line.name.to_string();
        if !known {
            note.renew(line).map_err(|e| note_failure(&e))?;
        }
        self.taken.push(Taken { size, name, time, known });
        Ok(())
    }

    /// Puts what was verified into the book.
    pub(super) fn keep(self) -> Result<Vec<Taken>, Failure> {
        for (size, note) in &self.notes {
            if self.taken.iter().any(|taken| taken.size == *size && !taken.known) {
                self.folder.keep_checkpoint(note, *size)?;
            }
        }
        Ok(self.taken)
    }
}
