//! `export bundle`: the book for whoever wants to check it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::{Folder, Reading, Until};
use mingzhang::chain::tree::TreeHead;
use mingzhang::export::bundle::{self, BundleError, Contents, Written};
use mingzhang::store::log::LogReader;
use serde_json::json;

use super::super::Global;
use super::super::checkpoint;
use super::super::failure::{Failure, Problem, exit};
use super::super::init::FORMAT;
use super::super::output::Output;
use super::super::vault::Disclose;
use super::super::world::World;

#[derive(Args)]
pub(crate) struct Bundle {
    /// 存放处 A folder that is not there yet
    #[arg(long)]
    out: PathBuf,
    /// 只要此后的记录 Only what came after this checkpoint, or after this bundle's
    #[arg(long, value_name = "CHECKPOINT_OR_BUNDLE")]
    since: Option<PathBuf>,
    /// 附上附件 With the papers that its records name
    #[arg(long)]
    attachments: bool,
    #[command(flatten)]
    disclose: Disclose,
}

impl Bundle {
    pub(super) fn run(&self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = &Folder::new(&global.book);
        let since = self.since.as_deref().map(|path| earlier(folder, path)).transpose()?;
        let papers = folder.attachments();
        let papers = self.attachments.then_some(papers.as_path());
        let openings = self.disclose.openings(global, world, out)?;
        let more = openings.map(|bytes| (bundle::OPENINGS.to_owned(), bytes)).into_iter().collect();
        let asked = Contents { since, papers, more, ..Contents::default() };
        let Written { records, from, files } = write_bundle(folder, &self.out, &asked)?;
        if out.json {
            out.value(&json!({
                "out": self.out, "records": records, "from": from, "files": files,
            }));
            return Ok(());
        }
        let shown = self.out.display();
        let held = out.say("条记录", "records");
        if since.is_some() {
            let from = format!("{} {from}", out.say("自记录", "from record"));
            out.text(&format!("{shown} ({records} {held}, {from})"));
        } else {
            out.text(&format!("{shown} ({records} {held})"));
        }
        Ok(())
    }
}

/// Writes a whole bundle into a new folder; gives how many records it holds.
pub(crate) fn bundle(folder: &Folder, to: &Path) -> Result<u64, Failure> {
    let written = write_bundle(folder, to, &Contents::default())?;
    Ok(written.records)
}

/// Writes a bundle with what the book itself has of it.
fn write_bundle(folder: &Folder, to: &Path, asked: &Contents<'_>) -> Result<Written, Failure> {
    // What lies under a snapshot is looked at too: a bundle of a damaged book is no evidence.
    let reading = Reading::replay(folder, Until::default(), &mut |_, _| ())?;
    let log_vkey = reading.state.offices.ledger().map(|l| l.log.clone()).unwrap_or_default();
    let chart = reading.chart(folder)?;
    let contents = Contents {
        checkpoints: folder.read_checkpoints()?,
        log_vkey: &log_vkey,
        chart: chart.json(),
        format: FORMAT,
        ..asked.clone()
    };
    // Whole appends, and no record that another process adds meanwhile.
    let size = usize::try_from(reading.tree.size()).unwrap_or(usize::MAX);
    let lines = LogReader::open(&folder.events())?.take(size).map(|line| Ok(line?.bytes));
    bundle::write(to, lines, &contents).map_err(bundle_failure)
}

/// The tree of an earlier checkpoint: the file itself, or that of a bundle.
fn earlier(folder: &Folder, path: &Path) -> Result<TreeHead, Failure> {
    let file = if path.is_dir() { Folder::new(path).checkpoint() } else { path.to_path_buf() };
    let checkpoint = checkpoint::read(&file)?.checkpoint();
    let checkpoint = checkpoint.map_err(|e| checkpoint::note_failure(&e))?;
    let own = Reading::open(folder, &mut |_| ())?.origin;
    if own.as_ref().is_some_and(|own| *own != checkpoint.origin) {
        let (own, other) = (own.map(|own| own.to_string()).unwrap_or_default(), checkpoint.origin);
        let zh = format!("{} 是账套 {other} 的检查点，而不是 {own} 的", file.display());
        let en = format!("{} is a checkpoint of {other}, and not of {own}", file.display());
        return Err(Failure::one(exit::BROKEN, Problem::new("BND1", zh, en)));
    }
    Ok(checkpoint.head())
}

fn bundle_failure(error: BundleError) -> Failure {
    let en = error.to_string();
    let broken = |code: &str, zh: String, next: &str| {
        Failure::one(exit::BROKEN, Problem::new(code, zh, en.clone()).next(next))
    };
    match error {
        BundleError::Log(error) => error.into(),
        BundleError::File(error) => error.into(),
        BundleError::Exists(path) => Failure::file(&path, &ErrorKind::AlreadyExists.into()),
        BundleError::Note(error) => checkpoint::note_failure(&error),
        BundleError::NotAPrefix { size, root } => broken(
            "BND1",
            format!("账套的前 {size} 条记录不是根为 {root} 的那些：请保留那个检查点作为证据"),
            "mingzhang verify --against CHECKPOINT",
        ),
        BundleError::OtherCheckpoint { size, root } => broken(
            "BND2",
            format!("检查点是 {size} 条记录的（根 {root}），账套中的与之不符"),
            "mingzhang verify",
        ),
        BundleError::NotCovered { newest, since } => Failure::one(
            exit::USAGE,
            Problem::new("BND3", format!("最新检查点有 {newest} 条记录，早先的有 {since} 条"), en),
        )
        .next("mingzhang checkpoint sign"),
        BundleError::OtherPaper { sha256 } => {
            broken("BND4", format!("附件 {sha256} 的内容已被改动"), "mingzhang verify")
        }
    }
}
