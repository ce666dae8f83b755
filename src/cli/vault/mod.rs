//! `vault`: private fields are put away, shown to whoever may see them, and erased.

mod put;
mod show;
mod erase;
mod check;
mod disclose;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mingzhang::book::{Book, Folder, Instruction, Mode, Reading, Receipt};
use mingzhang::event::privacy::{Commitment, Commitments, Person, Unmasking};
use mingzhang::ids::{OfficerId, Seq, SubjectId, Text};
use mingzhang::lang::Lang;
use mingzhang::projection::privacy::{Field, Privacy, Subject};
use mingzhang::rules::{Command, SUBJECTS_MAX};
use mingzhang::vault::{Kept, Vault as Opened, VaultError};
use serde_json::{Value, json};

use super::Global;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::output::Output;
use super::world::World;

pub(crate) use check::faults;
pub(crate) use disclose::Disclose;

#[derive(Subcommand)]
pub(crate) enum Vault {
    /// 登记 Put private fields of one person away, and commit to them in the book
    ///
    /// What the fields say is read from a file or from standard input, never from the command line:
    /// that is seen by everybody on the machine who lists its processes, and kept in the shell's
    /// history. 内容从文件或标准输入读取，从不写在命令行上：命令行会被同机的人看到，也会留在历史记录里。
    Put(put::Put),
    /// 查阅 Show fields in clear; who saw what and why is recorded before anything is shown
    Show(show::Show),
    /// 删除 Erase fields for ever; the records stay as they are
    Erase(erase::Erase),
    /// 清单 Which subjects and fields there are, and nothing of what they say
    List,
    /// 核对 Whether the vault holds what the records commit to, and no more
    Check(check::Check),
    /// 清理 Carry out what a crash has left to do: openings that no record commits to are destroyed
    Tidy(check::Check),
}

/// How the vault's key is opened.
#[derive(Args, Clone, Default)]
pub(crate) struct Unlock {
    /// 口令文件 A file that holds the passphrase of the vault's key
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Vault {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        match self {
            Vault::Put(put) => put.run(global, world, out),
            Vault::Show(show) => show.run(global, world, out),
            Vault::Erase(erase) => erase.run(global, world, out),
            Vault::List => list(global, out),
            Vault::Check(check) => return check.run(global, world, out),
            Vault::Tidy(check) => check.tidy(global, world, out),
        }?;
        Ok(exit::DONE)
    }
}

fn list(global: &Global, out: &Output) -> Result<(), Failure> {
    let reading = Reading::open(&Folder::new(&global.book), &mut |_| ())?;
    let privacy = &reading.state.privacy;
    if out.json {
        let subjects: Vec<Value> = privacy
            .subjects()
            .map(|(id, s)| json!({ "subject": id, "of": s.of, "fields": s.fields }))
            .collect();
        out.value(&subjects);
        return Ok(());
    }
    if privacy.subjects().next().is_none() {
        out.note("没有登记个人信息", "no private field is recorded");
    }
    for (id, subject) in privacy.subjects() {
        let field = |(name, field): (&Text, &Field)| match (field, out.lang) {
            (Field::InForce { since, .. }, _) => format!("{name} #{since}"),
            (Field::Erased { by, .. }, Lang::Zh) => format!("{name} 已由 #{by} 删除"),
            (Field::Erased { by, .. }, Lang::En) => format!("{name} erased by #{by}"),
        };
        let fields: Vec<String> = subject.fields.iter().map(field).collect();
        let of = match &subject.of {
            Some(Person::Member(id)) => format!("member={id}"),
            Some(Person::Officer(id)) => format!("officer={id}"),
            Some(Person::Disbursement(id)) => format!("disbursement={id}"),
            None => "-".to_owned(),
        };
        out.text(&format!("{id} {of} [{}]", fields.join(", ")));
    }
    Ok(())
}

#[derive(Clone)]
enum Whom {
    Subject(SubjectId),
    Person(Person),
}

fn person(text: &str) -> Result<Person, String> {
    let (kind, id) = text.split_once('=').unwrap_or_default();
    serde_json::from_value(json!({ kind: id }))
        .map_err(|_| format!("member=ID, officer=ID or disbursement=ID, not {text}"))
}

fn whom(text: &str) -> Result<Whom, String> {
    if text.contains('=') {
        return person(text).map(Whom::Person);
    }
    SubjectId::parse(text).map(Whom::Subject).map_err(|e| e.to_string())
}

fn subjects(privacy: &Privacy, whom: &Whom) -> Result<Vec<(SubjectId, Subject)>, Failure> {
    let own = |(id, subject): (&SubjectId, &Subject)| (id.clone(), subject.clone());
    let found: Vec<_> = match whom {
        Whom::Subject(id) => privacy.subject(id).map(|s| own((id, s))).into_iter().collect(),
        Whom::Person(person) => privacy.of(person).map(own).collect(),
    };
    if found.is_empty() {
        let failure =
            Failure::usage("没有登记此人的信息", "nothing private is recorded of this person");
        return Err(failure.next("mingzhang vault list"));
    }
    Ok(found)
}

/// Opens the vault, asking for its passphrase if it has one.
pub(crate) fn unlock(
    how: &Unlock,
    world: &World,
    open: impl Fn(Option<&str>) -> Result<Opened, VaultError>,
) -> Result<Opened, Failure> {
    let prompt = match world.lang {
        Lang::Zh => "保险箱的口令：",
        Lang::En => "passphrase of the vault: ",
    };
    let given = match &how.passphrase_file {
        Some(file) => world.passphrase(Some(file), prompt)?,
        None => None,
    };
    match open(given.as_deref()) {
        Err(VaultError::PassphraseNeeded) => {
            let asked = world.passphrase(None, prompt)?;
            Ok(open(asked.as_deref())?)
        }
        opened => Ok(opened?),
    }
}

/// The records that these subjects' fields were shown: as many as it takes.
pub(crate) fn opened(
    subjects: &[SubjectId],
    fields: &[Text],
    purpose: &Text,
    by: &OfficerId,
) -> Result<Vec<Instruction>, Failure> {
    let most = usize::try_from(SUBJECTS_MAX).unwrap_or(usize::MAX);
    let parts = subjects.chunks(most).map(|part| {
        let (subjects, fields, purpose) = (part.to_vec(), fields.to_vec(), purpose.clone());
        let shown = Unmasking { subjects, fields, purpose };
        instruction("open", by, Command::OpenPrivacy(shown))
    });
    parts.collect()
}

/// With a key of its own: the same may be asked twice, and is then recorded twice.
pub(crate) fn instruction(
    what: &str,
    by: &OfficerId,
    command: Command,
) -> Result<Instruction, Failure> {
    let random: [u8; 32] = World::random()?;
    let hex = blake3::Hash::from_bytes(random).to_hex();
    let key = format!("{what}-{}", hex.as_str().get(..20).unwrap_or_default());
    Ok(Instruction { command, by: by.clone(), key, signed: None })
}

pub(crate) fn record(
    book: &mut Book,
    instructions: &[Instruction],
    world: &World,
    dry_run: bool,
) -> Result<Vec<Receipt>, Failure> {
    let recorded = book.record(instructions, world.now(), Mode { dry_run, expected_head: None });
    recorded.map_err(|error| Failure::not_recorded(error, |_| None))
}

pub(crate) fn officer(global: &Global) -> Result<OfficerId, Failure> {
    global
        .officer
        .clone()
        .ok_or_else(|| Failure::usage("用 --as 说明由谁办理", "say who asks: --as OFFICER"))
}

/// What the rules have nothing against, and was not done: the fields by their names alone.
fn tried<'a>(subject: &SubjectId, fields: impl Iterator<Item = &'a Text>, out: &Output) {
    let fields: Vec<&str> = fields.map(Text::as_str).collect();
    if out.json {
        out.value(&json!({ "subject": subject, "fields": fields, "dry_run": true }));
    } else {
        out.text(&format!("- {subject} [{}]", fields.join(", ")));
        out.note("试算：没有记账", "dry run: nothing was recorded");
    }
}

pub(crate) fn seqs(receipts: &[Receipt]) -> Vec<Seq> {
    receipts.iter().flat_map(|receipt| receipt.records.iter().map(|record| record.seq)).collect()
}

/// `#12, #13`
pub(crate) fn said(records: &[Seq]) -> String {
    let records: Vec<String> = records.iter().map(|seq| format!("#{seq}")).collect();
    records.join(", ")
}

/// Whom a person is in the vault: the subject that he is already, or one that is drawn now.
pub(crate) fn subject_of(privacy: &Privacy, person: &Person) -> Result<SubjectId, Failure> {
    match privacy.of(person).next() {
        Some((id, _)) => Ok(id.clone()),
        None => new_subject(),
    }
}

fn new_subject() -> Result<SubjectId, Failure> {
    let random: [u8; 32] = World::random()?;
    let hex = blake3::Hash::from_bytes(random).to_hex();
    let id = SubjectId::parse(&format!("s{}", hex.as_str().get(..20).unwrap_or_default()));
    id.map_err(|e| Failure::usage(chinese(&e), e.to_string()))
}

/// The command that commits to these fields of one subject.
pub(crate) fn committed(
    subject: &SubjectId,
    kept: &[Kept],
    of: Option<&Person>,
) -> Result<Command, Failure> {
    let commit = |kept: &Kept| {
        let commitment = kept.opening.commitment(&kept.name)?;
        Ok(Commitment { name: kept.name.clone(), commitment })
    };
    let fields = kept.iter().map(commit).collect::<Result<_, VaultError>>()?;
    Ok(Command::CommitPrivacy(Commitments { subject: subject.clone(), fields, of: of.cloned() }))
}

pub(crate) fn settle(vault: &Opened, privacy: &Privacy, id: &SubjectId) -> Result<(), Failure> {
    match privacy.subject(id) {
        Some(subject) => Ok(vault.settle(id, subject)?),
        None => Ok(()),
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Failure {
        let (zh, en) = (chinese(&error), error.to_string());
        match error {
            VaultError::File(error) => error.into(),
            VaultError::Private(_) => Failure::one(exit::USAGE, Problem::new("VLT1", zh, en)),
            VaultError::PassphraseNeeded
            | VaultError::PassphraseWrong
            | VaultError::PassphraseEmpty => {
                Failure::one(exit::USAGE, Problem::new("VLT2", zh, en))
                    .next("mingzhang vault show --passphrase-file FILE --help")
            }
            VaultError::KeyMissing { .. } => Failure::io("VLT3", zh, en),
            VaultError::KeyForm { .. }
            | VaultError::Lost { .. }
            | VaultError::Sealed { .. }
            | VaultError::Form { .. } => Failure::one(exit::BROKEN, Problem::new("VLT4", zh, en))
                .next("mingzhang vault check"),
        }
    }
}
