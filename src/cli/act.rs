//! `act`: what an officer signs himself. It is drafted from a book or a bundle, shown and signed
//! anywhere, without either, and brought into the book by whoever carries it.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, FromArgMatches, Subcommand};
use mingzhang::book::{CONTENT_KEY, Signed};
use mingzhang::book::{
    Folder, Instruction, Reading, acted_on, canonical, check_about, is_about, line_at, recorded,
};
use mingzhang::chain::act::{Act as SignedAct, ActError, Request, Statement};
use mingzhang::chain::record::Envelope;
use mingzhang::chain::tree::leaf_hash;
use mingzhang::event::Recorded;
use mingzhang::ids::{OfficerId, Seq};
use mingzhang::lang::Lang;
use mingzhang::projection::State;
use mingzhang::render;
use mingzhang::rules::{Command, chair_to_vouch};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::Global;
use super::apply::{How, record_all};
use super::chinese::chinese;
use super::failure::{Failure, Place, Problem, exit};
use super::instructions::{self, Placed};
use super::key::{self, Lock};
use super::output::Output;
use super::record;
use super::world::World;

#[derive(Subcommand)]
pub(crate) enum Act {
    /// 拟稿 Write down what an officer is to sign, with the record that it acts on
    Draft(Draft),
    /// 查看 Say in plain words what a file asks to be signed; needs no book
    Show(Show),
    /// 签名 Sign a file with one's own key; needs no book
    Sign(Sign),
    /// 入账 Bring one act into the book, with all its signatures
    Add(Add),
}

/// One command with its fields, as `record` takes them, and who is to sign it.
pub(crate) struct Draft {
    fields: Map<String, Value>,
    to: To,
}

#[derive(Args)]
struct To {
    /// 签名人 Who signs
    #[arg(long = "for", value_name = "OFFICER")]
    signer: OfficerId,
    /// 针对的记录 The record that is acted on; else what was requested, found or closed
    #[arg(long = "on-record", value_name = "SEQ")]
    about: Option<u64>,
    /// 存放处 A file; standard output unless given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Show {
    /// 文书 What act draft or act sign has written
    file: PathBuf,
}

#[derive(Args)]
pub(crate) struct Sign {
    /// 文书 What act draft has written, or somebody has signed
    file: PathBuf,
    /// 个人密钥 The officer's own key
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// 存放处 A file; standard output unless given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// 不再确认 Sign without being asked
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    lock: Lock,
}

#[derive(Args)]
pub(crate) struct Add {
    /// 已签名的文书 Signed files, all of one act; the first is of the one who acts
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 幂等键 The same key is the same act; else made from what it says
    #[arg(long = "key", value_name = "KEY")]
    key: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Act {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        match self {
            Act::Draft(draft) => draft.run(global, world, out).map(|()| exit::DONE),
            Act::Show(show) => show.run(out),
            Act::Sign(sign) => sign.run(world, out).map(|()| exit::DONE),
            Act::Add(add) => add.run(global, world, out).map(|()| exit::DONE),
        }
    }
}

impl Args for Draft {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.subcommand_required(true).arg_required_else_help(true)
    }
    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Draft::augment_args(command)
    }
}

impl FromArgMatches for Draft {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Draft, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, fields) = matches.subcommand().ok_or_else(missing)?;
        let to = To::from_arg_matches(fields)?;
        Ok(Draft { fields: record::read_fields(name, fields)?, to })
    }
    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Draft::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Adds a form for each command that can be signed under `act draft`.
pub(crate) fn add_forms(cli: clap::Command) -> clap::Command {
    cli.mut_subcommand("act", |act| {
        act.mut_subcommand("draft", |draft| {
            let names = Command::names_to_sign().into_iter();
            names.fold(draft, |draft, name| draft.subcommand(form(name)))
        })
    })
}

fn form(name: &'static str) -> clap::Command {
    let form = record::fields_form(name);
    let has_own = form.get_arguments().any(|arg| arg.get_long() == Some("on"));
    let form = To::augment_args(form);
    // Where `on` is a day of the command's own, the record is said at length.
    if has_own { form } else { form.mut_arg("about", |arg| arg.long("on")) }
}

impl Draft {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let Draft { fields, to } = self;
        let typed = Value::Object(fields.clone()).to_string();
        let command = instructions::command(&typed, fields);
        let command = command.map_err(|bad| Failure::one(exit::USAGE, bad.1))?;
        let folder = Folder::new(&global.book);
        let reading = world.reading(&folder)?;
        let chair = who_else(&reading, &command, &to.signer, world);
        let request = request(&folder, reading, &command, to.signer, to.about.map(Seq))?;
        give(&request, to.out.as_deref(), out)?;
        if let Some(chair) = chair {
            out.note(
                &format!("首次登记密钥还须主席 {chair} 另签一份：act draft … --for {chair}；两份一并 act add"),
                &format!(
                    "a first key takes the chair's word as well: {chair} signs a second file, from \
                     act draft … --for {chair}; then act add FILE FILE"
                ),
            );
        }
        Ok(())
    }
}

/// The chair who has to sign beside the officer whose first key it is.
fn who_else(
    reading: &Reading,
    command: &Command,
    signer: &OfficerId,
    world: &World,
) -> Option<OfficerId> {
    let Command::RegisterOfficerKey(new) = command else { return None };
    let state = &reading.state;
    if state.acts.key(&new.officer).is_some() || *signer != new.officer {
        return None;
    }
    let today = world.now().day(state.offices.ledger()?.utc_offset);
    chair_to_vouch(state, &new.officer, today)
}

/// What this officer is asked to sign, as the book stands.
pub(crate) fn request(
    folder: &Folder,
    reading: Reading,
    command: &Command,
    officer: OfficerId,
    about: Option<Seq>,
) -> Result<Request, Failure> {
    let no_book = || Failure::from(mingzhang::book::BookError::Empty);
    known(&reading.state, command)?;
    let on = about.or_else(|| acted_on(&reading.state, command)).ok_or_else(no_book)?;
    let record = line_at(folder, on)?;
    check_about(&reading.state, command, &officer, on)?;
    let fact = command.to_sign().ok_or_else(|| {
        let kind = ActError::Kind(command.name().to_owned());
        act_failure(&kind)
    })?;
    let origin = reading.origin.ok_or_else(no_book)?;
    let statement = Statement { origin, officer, on, leaf: leaf_hash(&record), fact };
    Ok(Request { statement, record: Some(record), signatures: Vec::new() })
}

/// What is approved or refused was requested: else the signer would be shown another record.
fn known(state: &State, command: &Command) -> Result<(), Failure> {
    let id = if let Command::Approve(approval) = command {
        &approval.disbursement
    } else if let Command::Refuse(refusal) = command {
        &refusal.disbursement
    } else {
        return Ok(());
    };
    if state.disbursements.disbursement(id).is_some() {
        return Ok(());
    }
    let (zh, en) = (format!("没有支出 {id}"), format!("there is no disbursement {id}"));
    Err(Failure::usage(zh, en).next("mingzhang log --type disbursement.requested"))
}

/// Writes an act where it is wanted.
pub(crate) fn give(request: &Request, to: Option<&Path>, out: &Output) -> Result<(), Failure> {
    let text = request.text().map_err(|e| act_failure(&e))?;
    match to {
        None if out.json => out.value(&json!({ "act": text })),
        None => out.text(&text),
        Some(path) => {
            let file = std::fs::File::create_new(path);
            let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
            written.map_err(|e| Failure::file(path, &e))?;
            if out.json {
                out.value(&json!({ "out": path }));
            } else {
                out.text(&path.display().to_string());
            }
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Request, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
    Request::parse(&text).map_err(|error| {
        let shown = path.display();
        let zh = format!("{shown}：{}", chinese(&error));
        let en = format!("{shown}: {error}");
        Failure::one(exit::USAGE, Problem::new("ACT1", zh, en)).next("mingzhang act draft --help")
    })
}

fn act_failure(error: &ActError) -> Failure {
    Failure::one(exit::USAGE, Problem::new("ACT1", chinese(error), error.to_string()))
}

/// Somebody would sign of another record than he was shown.
fn other_record(on: Seq) -> Problem {
    Problem::new(
        "ACT2",
        format!("附上的记录不是所签的记录 {on}：不要签名"),
        format!("the record that came along is not the record {on} of the act: do not sign"),
    )
}

/// The record that came along, if it can be read.
fn record_of(request: &Request) -> Option<Recorded> {
    let envelope = Envelope::read(request.record.as_ref()?).ok()?;
    let found = recorded(envelope).ok()?;
    (found.seq == request.statement.on).then_some(found)
}

/// The act is about something else than the record that it names.
fn other_matter(on: Seq) -> Problem {
    Problem::new(
        "ACT5",
        format!("记录 {on} 不是此项所针对的申请、审计发现或结账：不要签名"),
        format!(
            "record {on} is not the request, finding or closing that the act is about: do not sign"
        ),
    )
}

/// Whether the record that came along is of another hash or another place, or none of ours.
fn is_of_another(request: &Request) -> bool {
    request.record.is_some()
        && (request.is_of_its_record() != Some(true) || record_of(request).is_none())
}

/// Why this should not be signed, as far as the file shows it.
fn warning(request: &Request) -> Option<Problem> {
    let Statement { on, fact, .. } = &request.statement;
    if is_of_another(request) {
        return Some(other_record(*on));
    }
    let record = record_of(request)?;
    (!is_about(fact, &record.fact)).then(|| other_matter(*on))
}

/// Everything that is signed, in words, and the digest of its exact bytes.
fn in_words(request: &Request, lang: Lang) -> Result<String, Failure> {
    let text = request.statement.text().map_err(|e| act_failure(&e))?;
    let mut words = render::act(&request.statement, lang);
    if let Some(record) = record_of(request).filter(|_| !is_of_another(request)) {
        words.push_str(&render::acted_on(&record, lang));
    }
    for signature in &request.signatures {
        let signed = match lang {
            Lang::Zh => format!("已签 {} {:?}\n", signature.name, signature.key_id),
            Lang::En => format!("signed with {} {:?}\n", signature.name, signature.key_id),
        };
        words.push_str(&signed);
    }
    Ok(format!("{words}sha256 {}\n", sha256(&text)))
}

fn sha256(text: &str) -> String {
    blake3::Hash::from_bytes(Sha256::digest(text).into()).to_string()
}

impl Show {
    fn run(self, out: &Output) -> Result<u8, Failure> {
        let request = read(&self.file)?;
        if out.json {
            out.value(&as_json(&request)?);
        } else {
            out.text(&in_words(&request, out.lang)?);
        }
        match warning(&request) {
            None => Ok(exit::DONE),
            Some(problem) => Err(Failure::one(exit::PROBLEMS, problem)),
        }
    }
}

fn as_json(request: &Request) -> Result<Value, Failure> {
    let statement = &request.statement;
    let text = statement.text().map_err(|e| act_failure(&e))?;
    let record = request.record.as_ref().map(|record| String::from_utf8_lossy(record).into_owned());
    let record: Option<Value> = record.map(|text| serde_json::from_str(&text).unwrap_or_default());
    let signatures: Vec<String> = request.signatures.iter().map(ToString::to_string).collect();
    Ok(json!({
        "origin": statement.origin, "officer": statement.officer, "on": statement.on,
        "leaf": statement.leaf, "type": statement.fact.kind(),
        "body": statement.fact.to_body(None).unwrap_or_default(),
        "text": text, "sha256": sha256(&text), "signatures": signatures,
        "record": record, "record_is_the_one": request.record.as_ref().map(|_| !is_of_another(request)),
    }))
}

impl Sign {
    fn run(self, world: &World, out: &Output) -> Result<(), Failure> {
        let request = read(&self.file)?;
        if let Some(problem) = warning(&request) {
            return Err(Failure::one(exit::BROKEN, problem));
        }
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| in_words(&request, lang));
        out.note(zh?.trim_end(), en?.trim_end());
        // Who must not be asked has not said yes.
        if !(self.yes || confirmed(world, out)?) {
            let problem = Problem::new("ACT3", "没有签名", "nothing was signed");
            return Err(Failure::one(exit::USAGE, problem.next("mingzhang act sign --yes --help")));
        }
        let key = key::read(&self.key, &self.lock, world)?;
        let signed = request.sign(&key).map_err(|e| act_failure(&e))?;
        give(&signed, self.out.as_deref(), out)
    }
}

/// What somebody types who has read what he signs.
fn confirmed(world: &World, out: &Output) -> Result<bool, Failure> {
    if !world.may_ask {
        return Ok(false);
    }
    out.note("签名？输入 yes：", "sign this? type yes:");
    let mut said = String::new();
    let terminal = Path::new("terminal");
    std::io::stdin().read_line(&mut said).map_err(|e| Failure::file(terminal, &e))?;
    Ok(matches!(said.trim(), "yes" | "是"))
}

impl Add {
    fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let carrier = global.officer.clone().ok_or_else(|| {
            Failure::usage("用 --as 说明由谁送达", "say who brings it in: --as OFFICER")
        })?;
        let mut acts: Vec<SignedAct> = Vec::new();
        for file in &self.files {
            let request = read(file)?;
            if request.signatures.is_empty() {
                let shown = file.display();
                let zh = format!("{shown} 还没有签名");
                let problem = Problem::new("ACT4", zh, format!("nobody has signed {shown} yet"));
                let next = format!("mingzhang act sign {shown} --key KEY");
                return Err(Failure::one(exit::USAGE, problem.next(next)));
            }
            acts.extend(request.acts());
        }
        let instruction = Instruction::of_acts(acts, carrier, String::new());
        let mut instruction = instruction
            .ok_or_else(|| act_failure(&ActError::Kind("an act without a command".to_owned())))?;
        instruction.key = match self.key {
            Some(key) => key,
            None => content_key(&instruction.command, instruction.signed.as_ref()),
        };
        let placed = vec![Placed { instruction, place: Place::default() }];
        record_all(global, world, out, placed, self.how)
    }
}

/// A key made of what is signed and of the signatures: the same act again is found out.
fn content_key(command: &Command, signed: Option<&Signed>) -> String {
    let digest = blake3::hash(&canonical(command, signed).unwrap_or_default()).to_hex();
    format!("{CONTENT_KEY}{}-1", digest.as_str().get(..20).unwrap_or_default())
}
