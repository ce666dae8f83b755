//! `verify`: a book or a bundle from its bytes alone, held against what the auditor has.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::Folder;
use mingzhang::chain::record::Envelope;
use mingzhang::chain::verify::{
    Evidence, Fault, FaultKind, NamedBytes, Outcome, Verdict, VerifyError, verify,
};
use mingzhang::chart::Chart;
use mingzhang::store::disk::DiskStore;
use mingzhang::store::files::FileError;
use mingzhang::store::opening::{IndexOpening, OpenError, OpeningReport};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Global;
use super::chinese::chinese;
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
    /// 见证有效天数 How old the newest cosignature may be
    #[arg(long, value_name = "DAYS", default_value = "35")]
    pub(crate) max_age_days: Option<u32>,
    /// 核对附件 Check the papers too: each is there, with its bytes and length
    #[arg(long)]
    pub(crate) attachments: bool,
}

impl Verify {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        let path = self.path.as_deref().unwrap_or(&global.book);
        check(path, &self.asked, world, out)
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
    let folder = Folder::new(path);
    let bar = world.progress("verifying");
    let verdict = verify(evidence(&folder, asked, world)?, &mut |n| bar.set_position(n));
    bar.finish_and_clear();
    let verdict = verdict.map_err(|error| match error {
        VerifyError::Read(error) => Failure::file(&folder.events(), &error),
        VerifyError::Policy(errors) => Failure::one(
            exit::USAGE,
            Problem::new(
                "POL1",
                format!("信任文件不合规定：{}", chinese(&errors)),
                errors.to_string(),
            ),
        ),
    })?;
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
    print(&verdict, &index, out);
    Ok(match verdict.outcome {
        Outcome::Broken => exit::BROKEN,
        Outcome::VerifiedAndWitnessed { .. } | Outcome::VerifiedNotWitnessed { .. }
            if !index.is_empty() =>
        {
            exit::BROKEN
        }
        Outcome::VerifiedNotWitnessed { .. } if asked.policy.is_some() => exit::PROBLEMS,
        Outcome::VerifiedAndWitnessed { .. } | Outcome::VerifiedNotWitnessed { .. } => exit::DONE,
    })
}

fn evidence(
    folder: &Folder,
    asked: &Asked,
    world: &World,
) -> Result<Evidence<impl BufRead>, Failure> {
    let events = folder.events();
    let file = std::fs::File::open(&events).map_err(|e| {
        Failure::file(&events, &e).next("mingzhang verify FOLDER-OF-A-BOOK-OR-BUNDLE")
    })?;
    let mut evidence = Evidence::of_records(BufReader::with_capacity(1 << 18, file), world.now());
    let named = |(name, text): (String, String)| NamedBytes { name, bytes: text.into_bytes() };
    evidence.checkpoints = folder.read_checkpoints()?.into_iter().map(named).collect();
    let guard = Folder::read_optional(&folder.last_signed())?;
    evidence.against.extend(guard.map(|text| named(("last-signed".to_owned(), text))));
    for path in &asked.against {
        let bytes = std::fs::read(path).map_err(|e| Failure::file(path, &e))?;
        evidence.against.push(NamedBytes { name: path.display().to_string(), bytes });
    }
    evidence.log_vkey = Folder::read_optional(&folder.log_vkey())?.map(String::into_bytes);
    let chart = Folder::read_optional(&folder.chart())?;
    evidence.chart = chart.or_else(|| built_in_chart(&events)).map(String::into_bytes);
    let format = Folder::read_optional(&folder.format())?;
    evidence.format_sha256 =
        format.map(|text| blake3::Hash::from_bytes(Sha256::digest(text).into()).to_string());
    if let Some(path) = &asked.policy {
        let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
        evidence.policy = Some(text);
    }
    let days = u64::from(asked.max_age_days.unwrap_or(35));
    evidence.max_age_seconds = days * 86_400;
    Ok(evidence)
}

/// The chart that record 0 names, where this program has it; a book carries no copy of it.
fn built_in_chart(events: &Path) -> Option<String> {
    let mut line = Vec::new();
    BufReader::new(std::fs::File::open(events).ok()?).read_until(b'\n', &mut line).ok()?;
    let first = Envelope::read(line.strip_suffix(b"\n")?).ok()?;
    let id = first.body.get("chart")?.get("id")?.as_str()?.to_owned();
    Chart::built_in(&id).map(|chart| chart.json().to_owned())
}

/// Where a book has an index of its log, every record of the one against every record of the other.
/// A book that somebody else writes to, or that may not be written to, is left alone.
fn compare_index(folder: &Folder, world: &World, out: &Output) -> Result<Vec<Problem>, Failure> {
    if !folder.store().is_dir() {
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

fn print(verdict: &Verdict, index: &[Problem], out: &Output) {
    if out.json {
        let changed = changed(verdict);
        out.value(&json!({ "verdict": verdict, "changed_records": changed, "index": index }));
        return;
    }
    let lang = out.lang;
    for fault in &verdict.faults {
        out.text(&format!("{}: {}", fault.kind.name(), fault.message(lang)));
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
