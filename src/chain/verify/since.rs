//! Bundles that continue another (docs/FORMAT.md, section 13.3).

use super::super::checkpoint::decimal;
use super::super::tree::{TreeHash, TreeHead, verify_consistency};
use super::NamedBytes;
use super::finding::Findings;
use super::kind::FaultKind;
use super::signed::Claimed;

/// The newest checkpoint of a bundle, by its path.
const CHECKPOINT: &str = "checkpoint";

/// The bundle that another one continues.
pub struct Base<R> {
    /// `events.ndjson`.
    pub events: R,
    /// The signed checkpoints, by their paths.
    pub checkpoints: Vec<NamedBytes>,
    /// `since`, where it continues another one itself.
    pub since: Option<Vec<u8>>,
}

/// What `since` says: where the earlier bundle ends, and that this one's tree begins with it.
pub(super) struct Since {
    pub(super) head: TreeHead,
    proof: Vec<TreeHash>,
}

/// Records to be read, one bundle after the other.
pub(super) struct Part<R> {
    pub(super) events: R,
    /// Where the next part begins, and the root there.
    pub(super) until: Option<TreeHead>,
}

/// Why the records could not be put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    expected: String,
    found: String,
}

impl Misfit {
    /// The one fault that is said: without the earlier records nothing else means anything.
    pub(super) fn say(self, findings: &mut Findings) {
        findings.fault_of_book(FaultKind::BaseWrong, self.expected, self.found);
    }
}

impl Since {
    fn parse(bytes: &[u8]) -> Option<Since> {
        let text = core::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
        let mut lines = text.split('\n');
        let size = decimal(lines.next()?.strip_prefix("old ")?).filter(|size| *size > 0)?;
        let root = TreeHash::parse(lines.next()?).ok()?;
        let proof = lines.map(|line| TreeHash::parse(line).ok()).collect::<Option<_>>()?;
        Some(Since { head: TreeHead { size, root }, proof })
    }

    /// The bundle's own checkpoint has to be there, and to begin with the earlier tree.
    fn check(&self, checkpoints: &[NamedBytes], findings: &mut Findings) {
        let file = checkpoints.iter().find(|file| file.name == CHECKPOINT);
        // What is wrong with the checkpoint itself is said elsewhere.
        let newest = file.and_then(|file| Claimed::read(file, &mut Findings::default()));
        let shown = newest.map(|newest| verify_consistency(&self.head, &newest.head, &self.proof));
        let why = match shown {
            Some(Ok(())) => return,
            Some(Err(error)) => error.to_string(),
            None => "checkpoint: -".to_owned(),
        };
        let expected = format!("old {} {}", self.head.size, self.head.root);
        findings.fault_of_book(FaultKind::ConsistencyWrong, expected, why);
    }
}

/// The parts in the order of their records.
pub(super) fn parts<R>(
    events: R,
    since: Option<&[u8]>,
    checkpoints: &[NamedBytes],
    bases: Vec<Base<R>>,
    findings: &mut Findings,
) -> Result<Vec<Part<R>>, Misfit> {
    let Some(since) = since else { return Ok(vec![Part { events, until: None }]) };
    let newest = read(since)?;
    newest.check(checkpoints, findings);
    let mut all = Vec::new();
    for base in bases {
        let since = base.since.as_deref().map(read).transpose()?;
        if let Some(since) = &since {
            since.check(&base.checkpoints, findings);
        }
        all.push((since.map(|since| since.head), base.events));
    }
    all.sort_by_key(|(head, _)| head.map_or(0, |head| head.size));
    all.push((Some(newest.head), events));
    if let Some((Some(head), _)) = all.first() {
        let expected = format!("{} {}", head.size, head.root);
        return Err(Misfit { expected, found: "-".to_owned() });
    }
    let starts: Vec<Option<TreeHead>> = all.iter().map(|(head, _)| *head).collect();
    let ends = starts.into_iter().skip(1).chain([None]);
    Ok(all.into_iter().zip(ends).map(|((_, events), until)| Part { events, until }).collect())
}

fn read(since: &[u8]) -> Result<Since, Misfit> {
    Since::parse(since).ok_or_else(|| {
        let found = String::from_utf8_lossy(since).into_owned();
        Misfit { expected: "since: old M, root, proof".to_owned(), found }
    })
}

/// Whether the records so far are those that the next part begins after.
pub(super) fn expect(until: &TreeHead, found: &TreeHead) -> Result<(), Misfit> {
    let shown = |head: &TreeHead| format!("{} {}", head.size, head.root);
    if until == found {
        Ok(())
    } else {
        Err(Misfit { expected: shown(until), found: shown(found) })
    }
}
