//! `vault`: private fields are put away, shown to whoever may see them, and erased.

use core::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use mingzhang::book::{Book, Folder, Instruction, Mode, Reading, Receipt, Until};
use mingzhang::chain::private::{Opening, PrivateText, Salt};
use mingzhang::event::privacy::{Commitment, Commitments, Erasure, Person, Unmasking};
use mingzhang::ids::{OfficerId, Seq, Source, SubjectId, Text};
use mingzhang::lang::Lang;
use mingzhang::projection::privacy::{Field, Privacy, Subject};
use mingzhang::render::MASK;
use mingzhang::rules::{Command, FIELDS_MAX, SUBJECTS_MAX};
use mingzhang::vault::{self, Finding, Kept, Places, Vault as Opened, VaultError};
use serde_json::{Value, json};

use super::Global;
use super::apply;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::output::Output;
use super::world::World;

#[derive(Subcommand)]
pub(crate) enum Vault {
    /// 登记 Put private fields of one person away, and commit to them in the book
    ///
    /// What the fields say is read from a file or from standard input, never from the command line:
    /// that is seen by everybody on the machine who lists its processes, and kept in the shell's
    /// history. 内容从文件或标准输入读取，从不写在命令行上：命令行会被同机的人看到，也会留在历史记录里。
    Put(Put),
    /// 查阅 Show fields in clear; who saw what and why is recorded before anything is shown
    Show(Show),
    /// 删除 Erase fields for ever; the records stay as they are
    Erase(Erase),
    /// 清单 Which subjects and fields there are, and nothing of what they say
    List,
    /// 核对 Whether the vault holds what the records commit to, and no more
    Check(Check),
    /// 清理 Carry out what a crash has left to do: openings that no record commits to are destroyed
    Tidy(Check),
}

/// How the vault's key is opened.
#[derive(Args, Clone, Default)]
pub(crate) struct Unlock {
    /// 口令文件 A file that holds the passphrase of the vault's key
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Put {
    /// 内容 A JSON file such as {"姓名":"…","电话":"…"}; - is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// 谁 Whom the fields are of: member=m-1, officer=clerk or disbursement=d-1
    #[arg(long, value_name = "PERSON", value_parser = person)]
    of: Option<Person>,
    /// 主体 The subject; the one of that person, or a new one, unless given
    #[arg(long)]
    subject: Option<SubjectId>,
    #[command(flatten)]
    unlock: Unlock,
}

#[derive(Args)]
pub(crate) struct Show {
    /// 主体或人 A subject, or member=m-1, officer=clerk, disbursement=d-1
    #[arg(value_parser = whom)]
    whom: Whom,
    /// 字段 Which field; may be repeated
    #[arg(long, required = true)]
    field: Vec<Text>,
    /// 用途 What for
    #[arg(long)]
    purpose: Text,
    #[command(flatten)]
    unlock: Unlock,
}

#[derive(Args)]
pub(crate) struct Erase {
    /// 主体或人 A subject, or member=m-1, officer=clerk, disbursement=d-1
    #[arg(value_parser = whom)]
    whom: Whom,
    /// 字段 Which field; all of them unless given
    #[arg(long)]
    field: Vec<Text>,
    /// 依据 The law or request that it rests on
    #[arg(long)]
    basis: Source,
    /// 批准人 The chair who approved it
    #[arg(long)]
    approver: OfficerId,
    #[command(flatten)]
    unlock: Unlock,
}

#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    unlock: Unlock,
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

impl Put {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let by = officer(global)?;
        let fields = read_fields(&self.file)?;
        let mut book = apply::open(global, world, out)?;
        let (subject, of) = self.whose(&book.state().privacy)?;
        let mut kept = Vec::new();
        for (name, value) in fields {
            kept.push(Kept { name, opening: Opening { salt: Salt::new(World::random()?), value } });
        }
        let mut instructions = Vec::new();
        for part in kept.chunks(usize::try_from(FIELDS_MAX).unwrap_or(usize::MAX)) {
            let commit = |kept: &Kept| {
                let commitment = kept.opening.commitment(&kept.name)?;
                Ok(Commitment { name: kept.name.clone(), commitment })
            };
            let fields = part.iter().map(commit).collect::<Result<_, VaultError>>()?;
            let new = Commitments { subject: subject.clone(), fields, of: of.clone() };
            instructions.push(instruction("put", &by, Command::CommitPrivacy(new))?);
        }
        // What the rules refuse leaves nothing in the vault.
        record(&mut book, &instructions, world, true)?;
        let vault = unlock(&self.unlock, world, |passphrase| {
            Opened::open_or_make(&global.book, passphrase)
        })?;
        vault.add(&subject, &kept)?;
        let receipts = record(&mut book, &instructions, world, false)?;
        settle(&vault, &book.state().privacy, &subject)?;
        let records = seqs(&receipts);
        if out.json {
            out.value(&json!({ "subject": subject, "records": records }));
        } else {
            out.text(&format!("{subject} {}", said(&records)));
        }
        Ok(())
    }

    /// The subject that is asked for, or is that person already, or is drawn now.
    fn whose(&self, privacy: &Privacy) -> Result<(SubjectId, Option<Person>), Failure> {
        if let Some(id) = &self.subject {
            let known = privacy.subject(id).and_then(|subject| subject.of.clone());
            return Ok((id.clone(), self.of.clone().or(known)));
        }
        let known = self.of.as_ref().and_then(|person| privacy.of(person).next());
        if let Some((id, _)) = known {
            return Ok((id.clone(), self.of.clone()));
        }
        let random: [u8; 32] = World::random()?;
        let hex = blake3::Hash::from_bytes(random).to_hex();
        let id = SubjectId::parse(&format!("s{}", hex.as_str().get(..20).unwrap_or_default()));
        let id = id.map_err(|e| Failure::usage(chinese(&e), e.to_string()))?;
        Ok((id, self.of.clone()))
    }
}

impl Show {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let by = officer(global)?;
        let mut book = apply::open(global, world, out)?;
        let subjects = subjects(&book.state().privacy, &self.whom)?;
        let who: Vec<SubjectId> = subjects
            .iter()
            .filter(|(_, subject)| self.field.iter().any(|name| subject.fields.contains_key(name)))
            .map(|(id, _)| id.clone())
            .collect();
        if who.is_empty() {
            return Err(Failure::usage("没有登记这样的字段", "there is no such field")
                .next("mingzhang vault list"));
        }
        // Whoever may not see it is not asked for a passphrase first.
        let opened = opened(&who, &self.field, &self.purpose, &by)?;
        record(&mut book, &opened, world, true)?;
        let shown = self.gather(&subjects, &global.book, world)?;
        let records = seqs(&record(&mut book, &opened, world, false)?);
        if out.json {
            let fields: Vec<Value> = shown.iter().map(ShownField::json).collect();
            out.value(&json!({ "fields": fields, "records": records }));
            return Ok(());
        }
        for field in &shown {
            out.text(&format!("{} {}", field.name, field.text(out.lang)));
        }
        let records = said(&records);
        out.note(&format!("查阅已记录：{records}"), &format!("recorded: {records}"));
        Ok(())
    }

    /// What there is to show. The vault is opened only if something is left in it.
    fn gather(
        &self,
        subjects: &[(SubjectId, Subject)],
        book: &Path,
        world: &World,
    ) -> Result<Vec<ShownField>, Failure> {
        let mut vault = None;
        let mut shown = Vec::new();
        for (subject, state) in subjects {
            for name in &self.field {
                let (opening, erased_by) = match state.fields.get(name) {
                    None => continue,
                    Some(Field::Erased { by, .. }) => (None, Some(*by)),
                    Some(Field::InForce { .. }) => {
                        let opened = match vault.take() {
                            Some(opened) => opened,
                            None => unlock(&self.unlock, world, |p| Opened::open(book, p))?,
                        };
                        let opening = opened.opening(subject, state, name)?;
                        vault = Some(opened);
                        (opening, None)
                    }
                };
                let (subject, name) = (subject.clone(), name.clone());
                shown.push(ShownField { subject, name, opening, erased_by });
            }
        }
        Ok(shown)
    }
}

/// A field that was asked for.
struct ShownField {
    subject: SubjectId,
    name: Text,
    opening: Option<Opening>,
    erased_by: Option<Seq>,
}

impl ShownField {
    fn json(&self) -> Value {
        let value = self.opening.as_ref().map(|opening| opening.value.expose());
        json!({
            "subject": self.subject, "field": self.name, "value": value,
            "erased_by": self.erased_by,
        })
    }

    fn text(&self, lang: Lang) -> String {
        match (&self.opening, self.erased_by, lang) {
            (Some(opening), _, _) => opening.value.expose().to_owned(),
            (None, Some(by), Lang::Zh) => format!("{MASK}（已由记录 {by} 删除）"),
            (None, Some(by), Lang::En) => format!("{MASK} (erased by record {by})"),
            (None, None, _) => MASK.to_owned(),
        }
    }
}

impl Erase {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let by = officer(global)?;
        let mut book = apply::open(global, world, out)?;
        let found = subjects(&book.state().privacy, &self.whom)?;
        let in_force: Vec<_> = found.iter().filter(|(_, s)| s.names().next().is_some()).collect();
        let (id, subject) = match (in_force.as_slice(), found.as_slice()) {
            ([(id, subject)], _) | ([], [(id, subject), ..]) => (id.clone(), subject.clone()),
            (_, _) => {
                let ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
                let ids = ids.join(", ");
                return Err(Failure::usage(
                    format!("此人有几个主体，请指明：{ids}"),
                    format!("this person is several subjects, say which: {ids}"),
                ));
            }
        };
        let mut fields = self.field.clone();
        if fields.is_empty() {
            fields = subject.names().cloned().collect();
        }
        if fields.is_empty() {
            // Asked again after a crash, it does what was left to do.
            Places::of_book(&global.book).destroy(&id)?;
            return Err(Failure::usage(
                format!("主体 {id} 的字段均已删除"),
                format!("every field of the subject {id} is erased already"),
            )
            .next("mingzhang vault list"));
        }
        let mut instructions = Vec::new();
        for part in fields.chunks(usize::try_from(FIELDS_MAX).unwrap_or(usize::MAX)) {
            let erased = Erasure {
                subject: id.clone(),
                fields: part.to_vec(),
                basis: self.basis.clone(),
                approver: self.approver.clone(),
            };
            instructions.push(instruction("erase", &by, Command::ErasePrivacy(erased))?);
        }
        record(&mut book, &instructions, world, true)?;
        // Where fields stay, the subject's file is written anew, and for that it has to open: better
        // found out before the book says that something is gone.
        let some_stay = subject.names().any(|name| !fields.contains(name));
        let mut vault = None;
        if some_stay {
            let opened =
                unlock(&self.unlock, world, |passphrase| Opened::open(&global.book, passphrase))?;
            opened.read(&id)?;
            vault = Some(opened);
        }
        let records = seqs(&record(&mut book, &instructions, world, false)?);
        let done = match &vault {
            Some(vault) => settle(vault, &book.state().privacy, &id),
            None => Places::of_book(&global.book).destroy(&id).map_err(Failure::from),
        };
        done.map_err(|mut failure| {
            let records = said(&records);
            if let Some(last) = failure.errors.last_mut() {
                last.zh = format!("删除已记录为 {records}，但尚未完成：{}", last.zh);
                last.en =
                    format!("the erasure is recorded as {records}, and unfinished: {}", last.en);
            }
            failure.next("mingzhang vault tidy")
        })?;
        if out.json {
            out.value(&json!({ "subject": id, "fields": fields, "records": records }));
        } else {
            out.text(&format!("{id} {}", said(&records)));
        }
        out.note(
            "备份中的旧文件和旧密钥不在本程序所及之内，请一并销毁",
            "copies of the file and its key in backups are out of reach: destroy them too",
        );
        Ok(())
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

impl Check {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        let folder = Folder::new(&global.book);
        let reading = Reading::replay(&folder, Until::default(), &mut |_, _| ())?;
        let vault =
            unlock(&self.unlock, world, |passphrase| Opened::open(&global.book, passphrase))?;
        let found = vault::check(&vault, &reading.state.privacy)?;
        let faults = found.iter().any(|finding| finding.kind.is_fault());
        if out.json {
            out.value(&json!({ "findings": found, "good": !faults }));
        } else {
            for finding in &found {
                out.text(&format!("{}: {}", finding.kind.name(), finding.message(out.lang)));
            }
            out.text(if faults {
                out.say("保险箱与记录不符", "the vault is not what the records say")
            } else {
                out.say("保险箱与记录相符", "the vault is what the records say")
            });
        }
        Ok(if faults { exit::BROKEN } else { exit::DONE })
    }

    fn tidy(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let book = apply::open(global, world, out)?;
        let vault =
            unlock(&self.unlock, world, |passphrase| Opened::open(&global.book, passphrase))?;
        let privacy = &book.state().privacy;
        let before = vault::check(&vault, privacy)?;
        for id in vault.places().subjects()? {
            match privacy.subject(&id) {
                Some(subject) => vault.settle(&id, subject)?,
                None => vault.places().destroy(&id)?,
            }
        }
        let after = vault::check(&vault, privacy)?;
        let gone: Vec<&Finding> = before.iter().filter(|found| !after.contains(found)).collect();
        if out.json {
            out.value(&json!({ "destroyed": gone, "findings": after }));
            return Ok(());
        }
        for found in gone {
            out.text(&format!("{}: {}", found.kind.name(), found.message(out.lang)));
        }
        out.note("保险箱已清理", "the vault is tidied");
        Ok(())
    }
}

/// What `verify` says of a book's vault: its faults. Where the key is not at hand, or is under a
/// passphrase, that is said, and nothing is checked: the records do not need it.
pub(crate) fn faults(folder: &Folder, out: &Output) -> Result<Vec<Problem>, Failure> {
    let places = Places::of_book(folder.path());
    if !places.is_used() && !places.key().exists() {
        return Ok(Vec::new());
    }
    let vault = match Opened::open(folder.path(), None) {
        Ok(vault) => vault,
        Err(error) => {
            let zh = format!("没有核对保险箱：{}", chinese(&error));
            out.note(&zh, &format!("the vault was not checked: {error}"));
            return Ok(Vec::new());
        }
    };
    let reading = Reading::replay(folder, Until::default(), &mut |_, _| ())?;
    let mut problems = Vec::new();
    for finding in vault::check(&vault, &reading.state.privacy)? {
        let (name, zh, en) =
            (finding.kind.name(), finding.message(Lang::Zh), finding.message(Lang::En));
        if finding.kind.is_fault() {
            problems.push(Problem::new(name, zh, en));
        } else {
            out.note(&format!("{name}: {zh}"), &format!("{name}: {en}"));
        }
    }
    Ok(problems)
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
    Ok(Instruction { command, by: by.clone(), key })
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

pub(crate) fn seqs(receipts: &[Receipt]) -> Vec<Seq> {
    receipts.iter().flat_map(|receipt| receipt.records.iter().map(|record| record.seq)).collect()
}

/// `#12, #13`
pub(crate) fn said(records: &[Seq]) -> String {
    let records: Vec<String> = records.iter().map(|seq| format!("#{seq}")).collect();
    records.join(", ")
}

fn settle(vault: &Opened, privacy: &Privacy, id: &SubjectId) -> Result<(), Failure> {
    match privacy.subject(id) {
        Some(subject) => Ok(vault.settle(id, subject)?),
        None => Ok(()),
    }
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

/// The fields of a file or of standard input. What is wrong with them is said by its place alone.
fn read_fields(file: &Path) -> Result<Vec<(Text, PrivateText)>, Failure> {
    let mut text = String::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|e| Failure::file(file, &e))?;
    let wrong = |place: String| {
        Failure::usage(
            format!("应为 {{\"字段\":\"内容\",…}}，每个字段一次（{place}）"),
            format!("{{\"FIELD\":\"VALUE\",…}} was expected, each field once ({place})"),
        )
    };
    let Fields(pairs) = serde_json::from_str(&text)
        .map_err(|e| wrong(format!("{}:{}:{}", file.display(), e.line(), e.column())))?;
    let mut fields: Vec<(Text, PrivateText)> = Vec::new();
    for (number, (name, value)) in (1..).zip(pairs) {
        let bad = |e: &dyn fmt::Display| {
            Failure::usage(
                format!("第 {number} 个字段：{}", chinese(&e.to_string())),
                format!("field {number}: {e}"),
            )
        };
        // Somebody may have put the value where the name belongs.
        let name = Text::parse(&name).map_err(|_| wrong(format!("{number}")))?;
        let value = PrivateText::parse(&value).map_err(|e| bad(&e))?;
        if fields.iter().any(|(known, _)| *known == name) {
            return Err(wrong(format!("{number}")));
        }
        fields.push((name, value));
    }
    if fields.is_empty() { Err(wrong(file.display().to_string())) } else { Ok(fields) }
}

/// An object of texts, in its order, its repetitions kept.
struct Fields(Vec<(String, String)>);

impl<'de> serde::Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Fields, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Fields(pairs))
            }
        }
        deserializer.deserialize_map(Visitor)
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
                    .next("mingzhang vault … --passphrase-file FILE")
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
