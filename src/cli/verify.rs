//! `verify`: a book or a bundle from its bytes alone, held against what the auditor has.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::Folder;
use mingzhang::chain::record::Envelope;
use mingzhang::chain::verify::{
    Fault, FaultKind, NoteKind, Outcome, PrivateFields, Verdict, VerifyError, quoted, verify,
};
use mingzhang::lang::Lang;
use mingzhang::store::disk::DiskStore;
use mingzhang::store::files::FileError;
use mingzhang::store::opening::{IndexOpening, OpenError, OpeningReport};
use serde_json::json;

use super::Global;
use super::chinese::chinese;
use super::evidence;
use super::external::{Asking, Found};
use super::failure::{Failure, Problem, exit};
use super::history;
use super::output::Output;
use super::world::World;

#[derive(Args)]
pub(crate) struct Verify {
    /// 账套或审计包 The book or bundle; the book of --book unless given
    path: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    external: Asking,
}

/// What the auditor brings.
#[derive(Args, Default)]
pub(crate) struct Asked {
    /// 信任文件 The auditor's own policy: which log, which witnesses, which quorum
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// 手中的旧检查点 A checkpoint kept from before; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Vec<PathBuf>,
    /// 所接续的审计包 The bundle that this one continues; may be repeated
    #[arg(long, value_name = "BUNDLE")]
    pub(crate) base: Vec<PathBuf>,
    /// 见证有效天数 How old the newest cosignature may be
    #[arg(long, value_name = "DAYS", default_value = "35")]
    pub(crate) max_age_days: Option<u32>,
    /// 核对附件 Check the papers too: each is there, with its bytes and length
    #[arg(long)]
    pub(crate) attachments: bool,
}

impl Verify {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        // Whatever is checked by itself, without a book, returns before this.
        let path = self.path.as_deref().unwrap_or(&global.book);
        check_also(path, &self.asked, &self.external, world, out)
    }
}

/// Verifies and prints; gives the exit status. With a policy, a book that is not witnessed as the
/// policy asks is a problem; without one it cannot be, and the words say so.
pub(crate) fn check(
    path: &Path,
    asked: &Asked,
    world: &World,
    out: &Output,
) -> Result<u8, Failure> {
    check_also(path, asked, &Asking::default(), world, out)
}

/// The same, and asks the programs of others too where that is wanted.
fn check_also(
    path: &Path,
    asked: &Asked,
    external: &Asking,
    world: &World,
    out: &Output,
) -> Result<u8, Failure> {
    let folder = Folder::new(path);
    let bar = world.progress("验证", "verifying");
    let evidence = evidence::gather(&folder, asked, world, out)?;
    let verdict = verify(evidence, &mut |n| bar.set_position(n));
    bar.finish_and_clear();
    let verdict = verdict.map_err(|error| match error {
        VerifyError::Read(error) => Failure::file(folder.path(), &error),
        VerifyError::Policy(errors) => Failure::one(
            exit::USAGE,
            Problem::new(
                "POL1",
                format!("信任文件不合规定：{}", chinese(&errors)),
                errors.to_string(),
            ),
        ),
    })?;
    // What is looked at besides the records: each finds problems, and one is enough.
    let mut index = Vec::new();
    if !verdict.is_broken() {
        index = compare_index(&folder, world, out)?;
        // What reports show comes from a cache where there is one.
        if folder.snapshots().is_dir() && !history::replay(&folder, world)?.1 {
            index.push(history::cache_differs());
        }
        index.extend(super::vault::faults(&folder, world, out)?);
        if asked.attachments {
            index.extend(super::attach::faults(&folder)?);
        }
    }
    let external = external.run(&folder, world);
    let found = external.as_ref().and_then(|found| found.as_ref().ok());
    print(&verdict, &index, found, out);
    // That the books could not be given to other programs does not hide what was found in them.
    let others = match external {
        Some(Ok(found)) => found.exit(),
        Some(Err(failure)) if verdict.is_broken() => {
            out.failure(&failure);
            exit::DONE
        }
        Some(Err(failure)) => return Err(failure),
        None => exit::DONE,
    };
    let own = match verdict.outcome {
        Outcome::Broken => exit::BROKEN,
        Outcome::VerifiedAndWitnessed { .. } | Outcome::VerifiedNotWitnessed { .. }
            if !index.is_empty() =>
        {
            exit::BROKEN
        }
        Outcome::VerifiedNotWitnessed { .. } if asked.policy.is_some() => exit::PROBLEMS,
        Outcome::VerifiedAndWitnessed { .. } | Outcome::VerifiedNotWitnessed { .. } => exit::DONE,
    };
    Ok(own.max(others))
}

/// Where a book has an index of its log, every record of the one against every record of the other.
/// A book that somebody else writes to, or that may not be written to, is left alone.
fn compare_index(folder: &Folder, world: &World, out: &Output) -> Result<Vec<Problem>, Failure> {
    if !folder.is_book() || !folder.store().is_dir() {
        return Ok(Vec::new());
    }
    let line = mingzhang::book::line_at(folder, mingzhang::ids::Seq(0))?;
    let Ok(first) = Envelope::read(&line) else { return Ok(Vec::new()) };
    let left_alone = |why: &str| {
        out.note(
            &format!("没有核对索引：{}", chinese(&why)),
            &format!("the index was not compared: {why}"),
        );
        Ok(Vec::new())
    };
    let holder = world.holder(None);
    let (store, report) = match DiskStore::open(folder.path(), &first.ledger, &holder) {
        Ok(opened) => opened,
        Err(OpenError::InUse { holder }) => return left_alone(&holder),
        Err(OpenError::File(e @ (FileError::ReadOnly { .. } | FileError::Denied { .. }))) => {
            return left_alone(&e.to_string());
        }
        Err(error) => return Ok(Failure::from(error).errors),
    };
    super::apply::say_opening(&report, out);
    Ok(index_problems(&store, &report))
}

/// What opening an index found and what comparing it with its log finds.
pub(crate) fn index_problems(store: &DiskStore, report: &OpeningReport) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let IndexOpening::Rebuilt { reason, kept, .. } = &report.index {
        let kept = kept.display();
        problems.push(Problem::new(
            "CHN13",
            format!("索引损坏（{}），旧的留在 {kept}，已由日志重建；日志完好", chinese(reason)),
            format!("the index was damaged ({reason}) and is kept in {kept}; it was built again from the log, which is whole"),
        ));
    }
    match store.compare_with_log(&mut |_| ()) {
        Ok(differences) => problems.extend(differences.into_iter().map(|difference| {
            let zh = format!("索引与日志不符：{}", chinese(&difference));
            Problem::new("CHN7", zh, difference.to_string())
        })),
        Err(error) => {
            let zh = format!("索引无法读取：{}", chinese(&error));
            problems.push(Problem::new("CHN9", zh, error.to_string()));
        }
    }
    problems
}

/// Records that were changed and still read as records. A `prev` that is wrong says that it or the
/// record before was changed; where the next record still agrees with it, it was the one before.
fn changed(verdict: &Verdict) -> Vec<u64> {
    let wrong = verdict.faults.iter().filter(|fault| fault.kind == FaultKind::PrevWrong);
    let wrong: BTreeSet<u64> = wrong.filter_map(Fault::record).collect();
    let others = verdict.fault_counts.keys().any(|kind| {
        matches!(
            kind,
            FaultKind::RecordMissing
                | FaultKind::RecordDuplicated
                | FaultKind::RecordInserted
                | FaultKind::RecordOutOfOrder
        )
    });
    let settled = |record: &u64| *record + 1 < verdict.records && !wrong.contains(&(record + 1));
    // After a record was taken out or put in, nothing need have been changed.
    let changed = wrong.iter().filter(|record| !others && settled(record));
    changed.filter_map(|record| record.checked_sub(1)).collect()
}

/// What to do where a bundle continues another one that was not brought, or not the right one.
const NEXT_BASE: &str = "mingzhang verify BUNDLE --base EARLIER-BUNDLE --base ONE-BEFORE-IT";

fn print(verdict: &Verdict, index: &[Problem], others: Option<&Found>, out: &Output) {
    let lacks_base = verdict.fault_counts.contains_key(&FaultKind::BaseWrong);
    if out.json {
        let changed = changed(verdict);
        let next = lacks_base.then_some(NEXT_BASE);
        let mut said =
            json!({ "verdict": verdict, "changed_records": changed, "index": index, "next": next });
        if let (Some(others), Some(said)) = (others, said.as_object_mut()) {
            said.insert("external".to_owned(), json!(others));
        }
        out.value(&said);
        return;
    }
    let lang = out.lang;
    for fault in &verdict.faults {
        out.text(&format!("{}: {}", fault.kind.name(), fault.message(lang)));
    }
    if lacks_base {
        out.text(out.say(
            "此审计包接续另一个包：没有那个包，其后的记录无从验证",
            "this bundle continues another one, and without that one its records cannot be checked",
        ));
        out.text(&format!("{} {NEXT_BASE}", out.say("下一步：", "next:")));
    }
    let kept = u64::try_from(verdict.faults.len()).unwrap_or(u64::MAX);
    if verdict.fault_count() > kept {
        let more = verdict.fault_count() - kept;
        out.text(&format!("{} {more}", out.say("此外还有", "and more:")));
    }
    for note in &verdict.notes {
        out.text(&format!("{}: {}", note.kind.name(), note.message(lang)));
    }
    for problem in index {
        let message = out.say(&problem.zh, &problem.en).to_owned();
        out.text(&format!("{}: {message}", problem.code));
    }
    for record in changed(verdict) {
        out.text(&format!(
            "{} {record}",
            out.say(
                "被改动的记录（其后的记录彼此相符）：",
                "changed record (those after it agree):"
            )
        ));
    }
    let first = verdict.first_broken.into_iter().chain(changed(verdict)).min();
    if let (true, Some(first)) = (verdict.is_broken(), first) {
        out.text(&format!("{} {first}", out.say("首先损坏的记录：", "first broken record:")));
    }
    if verdict.is_broken() {
        let good = verdict.last_good_checkpoint.map_or("-".to_owned(), |size| size.to_string());
        let label = out.say("最后一个完好的检查点（记录数）：", "last good checkpoint (records):");
        out.text(&format!("{label} {good}"));
    }
    if let Outcome::VerifiedAndWitnessed { witnesses, .. } = &verdict.outcome {
        for witness in witnesses {
            out.text(&format!(
                "{} {} {}",
                out.say("见证", "witnessed by"),
                witness.key,
                witness.time
            ));
        }
    }
    print_officers(verdict, out);
    if let Some(others) = others {
        others.print(out);
    }
    let unknown = verdict.note_count(NoteKind::VoucherTypeUnknown);
    if unknown > 0 {
        out.text(&format!(
            "{} {unknown}",
            out.say("类型未知的凭证：", "vouchers of unknown types:")
        ));
    }
    out.text(&format!("head {}\nroot {}", verdict.chain_head, verdict.root));
    let outcome = match index {
        [] => verdict.outcome.message(verdict.records, lang),
        _ => out
            .say(
                "已损坏：记录本身完好，旁边的索引、快照、保险箱或附件与记录不符",
                "broken: the records are whole, and the index, cache, vault or papers beside them are not what they say",
            )
            .to_owned(),
    };
    out.text(&outcome);
}

/// What officers have signed, and what is kept apart from the records.
fn print_officers(verdict: &Verdict, out: &Output) {
    for key in &verdict.officer_keys {
        let (officer, id, since) = (quoted(&key.officer), &key.key_id, key.since);
        out.text(&match out.lang {
            Lang::Zh => format!("签名公钥 {officer} {id}（自第 {since} 号记录）"),
            Lang::En => format!("officer's key {officer} {id} since record {since}"),
        });
    }
    if verdict.acts > 0 {
        out.text(&format!("{} {}", out.say("签名文书：", "signed acts:"), verdict.acts));
    }
    let PrivateFields { in_force, shown, withheld, erased } = &verdict.private;
    if *in_force > 0 {
        out.text(&match out.lang {
            Lang::Zh => format!("个人信息：有效 {in_force} 项，出示 {shown}，保留 {withheld}"),
            Lang::En => {
                format!("private fields: {in_force} in force, {shown} shown, {withheld} withheld")
            }
        });
    }
    for field in erased {
        let (subject, name, record) = (quoted(&field.subject), quoted(&field.name), field.record);
        out.text(&match out.lang {
            Lang::Zh => format!("已删除：{subject} {name}（第 {record} 号记录）"),
            Lang::En => format!("erased by record {record}: {subject} {name}"),
        });
    }
    // A book's own papers are looked at by --attachments.
    match (verdict.papers, verdict.papers_at_hand, out.lang) {
        (0, ..) => {}
        (papers, 0, Lang::Zh) => out.text(&format!("附件：记录提到 {papers} 份")),
        (papers, 0, Lang::En) => out.text(&format!("papers: {papers} are named by records")),
        (papers, here, Lang::Zh) => out.text(&format!("附件：{papers} 份，在此 {here} 份")),
        (papers, here, Lang::En) => {
            out.text(&format!("papers: {papers}, of which {here} are here"));
        }
    }
}
