//! Verification from bytes alone, as docs/FORMAT.md says: no projection, snapshot or index is asked.
//!
//! It streams. A record leaves behind at most a few small digests, so that a book of a million
//! records is checked in bounded memory, and every line is parsed once.

mod kind;
mod finding;
mod calendar;
mod json;
mod jcs;
mod line;
mod form;
mod types;
mod roles;
mod envelope;
mod body;
mod order;
mod accounts;
mod voucher;
mod opening;
mod period;
mod fact;
mod offices;
mod bylaws;
mod keys;
mod acts;
mod audit;
mod papers;
mod receipts;
mod spending;
mod private;
mod signed;
mod since;
mod tiles;
mod sums;
mod reader;
mod verdict;

use std::collections::BTreeMap;
use std::io::{self, BufRead};

pub use accounts::{Fen, TrialRow};
pub use acts::OfficerKey;
pub use finding::{FAULTS_KEPT_MAX, Fault, Note, Place, quoted};
pub use kind::{FaultKind, NoteKind};
pub use papers::HashedFile;
pub use private::{ErasedField, PrivateFields};
pub use since::Base;
pub use sums::{HashOfFile, SumsFile};
pub use verdict::{Cosigner, Outcome, Verdict};

use super::policy::{Policy, PolicyErrors};
use super::tree::TreeHash;
use crate::date::Instant;
use finding::Findings;
use reader::Reader;
use signed::{Against, Claimed};
use verdict::{Sums, Trust};

/// Everything that an auditor has: what came with the book, and what is held against it.
pub struct Evidence<R> {
    /// `events.ndjson`.
    pub events: R,
    /// The signed checkpoints of the bundle, by their paths in it: `checkpoint`, `checkpoints/5`.
    pub checkpoints: Vec<NamedBytes>,
    /// Older checkpoints that the auditor has kept.
    pub against: Vec<NamedBytes>,
    /// `log.vkey`.
    pub log_vkey: Option<Vec<u8>>,
    /// `chart.json`.
    pub chart: Option<Vec<u8>>,
    /// SHA-256 of the bundle's FORMAT.md in hex.
    pub format_sha256: Option<String>,
    /// `since`, where the bundle continues another one, and the bundles that it continues.
    pub since: Option<Vec<u8>>,
    pub bases: Vec<Base<R>>,
    /// The files below `tile/`, by their paths, of this bundle and of those that it continues.
    pub tiles: Box<dyn Iterator<Item = io::Result<NamedBytes>>>,
    /// `openings.ndjson`.
    pub openings: Option<Vec<u8>>,
    /// The files in `attachments/`, by their names there, of this bundle and of those that it
    /// continues.
    pub papers: Box<dyn Iterator<Item = io::Result<HashedFile>>>,
    /// `SHA256SUMS`.
    pub sums: Option<SumsFile>,
    /// The auditor's own trust file, never one from the bundle.
    pub policy: Option<String>,
    /// The time of verification.
    pub now: Instant,
    /// How old the newest cosignature may be.
    pub max_age_seconds: u64,
}

/// A small file and the name under which faults speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedBytes {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Why there is no verdict at all. Whatever is wrong with the book itself is a fault in one.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error("the records could not be read: {0}")]
    Read(#[from] io::Error),
    #[error("the auditor's own policy cannot be used: {0}")]
    Policy(#[from] PolicyErrors),
}

impl<R> Evidence<R> {
    /// 35 days (docs/FORMAT.md, section 12).
    pub const MAX_AGE_SECONDS: u64 = 35 * 86_400;

    /// The records alone, with nothing to hold them against.
    pub fn of_records(events: R, now: Instant) -> Evidence<R> {
        Evidence {
            events,
            checkpoints: Vec::new(),
            against: Vec::new(),
            log_vkey: None,
            chart: None,
            format_sha256: None,
            since: None,
            bases: Vec::new(),
            tiles: Box::new(std::iter::empty()),
            openings: None,
            papers: Box::new(std::iter::empty()),
            sums: None,
            policy: None,
            now,
            max_age_seconds: Self::MAX_AGE_SECONDS,
        }
    }
}

/// Checks everything that can be checked, and tells the number of records so far as it goes.
pub fn verify<R: BufRead>(
    evidence: Evidence<R>,
    progress: &mut dyn FnMut(u64),
) -> Result<Verdict, VerifyError> {
    let Evidence { events, checkpoints, against, log_vkey, chart, now, .. } = evidence;
    let policy = evidence.policy.as_deref().map(Policy::parse).transpose()?;
    let mut findings = Findings::default();
    let files = checkpoints.iter().chain(evidence.bases.iter().flat_map(|base| &base.checkpoints));
    let claimed: Vec<Claimed> =
        files.chain(&against).filter_map(|file| Claimed::read(file, &mut findings)).collect();
    let key_file = log_vkey.and_then(|bytes| signed::log_key_file(&bytes, &mut findings));
    let since = evidence.since.as_deref();
    let parts = since::parts(events, since, &checkpoints, evidence.bases, &mut findings);
    let parts = match parts {
        Ok(parts) => parts,
        Err(misfit) => return Ok(verdict::not_read(misfit)),
    };

    let mut book = Reader::new(chart.as_deref(), now, findings);
    book.order.expect_origin(
        policy.iter().flat_map(Policy::logs).map(|log| log.key.name().as_str().to_owned()),
        key_file.as_ref().map(|key| key.name().as_str().to_owned()),
    );
    book.roots = claimed.iter().map(|one| (one.head.size, None)).collect();
    if let Err(misfit) = book.read(parts, progress)? {
        return Ok(verdict::not_read(misfit));
    }

    let Reader { mut findings, order, opening, tree, leaves, roots, trial, acts, papers, .. } =
        book;
    let private = book.private.finish(evidence.openings.as_deref(), &mut findings);
    let papers_at_hand = papers.check(evidence.papers, &mut findings)?;
    tiles::check(evidence.tiles, leaves, &mut findings)?;
    if let Some(sums) = evidence.sums {
        sums::check(sums, &mut findings)?;
    }
    let first = order.first();
    let keys =
        signed::log_keys(policy.as_ref(), key_file.as_ref(), &first, book.keys, &mut findings);
    let held = evidence.policy.as_deref();
    note_policy(book.policy.as_deref(), held, &mut findings);
    let format = opening.format_sha256.as_deref();
    note_format(format, evidence.format_sha256.as_deref(), &mut findings);
    let roots: BTreeMap<u64, TreeHash> =
        roots.into_iter().filter_map(|(size, root)| Some((size, root?))).collect();
    let against = Against {
        keys: &keys,
        origin: first.ledger,
        roots: &roots,
        records: tree.size(),
        policy: policy.as_ref(),
        now,
    };
    let checked = signed::check_all(&claimed, &against, &mut findings);
    let sums = Sums {
        records: tree.size(),
        chain_head: order.head(),
        root: tree.root(),
        trial_balance: trial.rows(),
        officer_keys: acts.keys(),
        acts: acts.count(),
        private,
        papers: papers.count(),
        papers_at_hand,
    };
    let max_age_seconds = evidence.max_age_seconds;
    let trust = Trust { policy: policy.as_ref(), now, max_age_seconds };
    Ok(verdict::weigh(sums, &checked, &trust, findings))
}

fn note_policy(agreed: Option<&str>, held: Option<&str>, findings: &mut Findings) {
    if let Some((agreed, held)) = agreed.zip(held)
        && agreed != held
    {
        let texts = [held, agreed].map(|text| accounts::sha256_hex(text.as_bytes()));
        let [expected, found] = texts;
        findings.note(None, NoteKind::PolicyDiffers, expected, found);
    }
}

fn note_format(named: Option<&str>, found: Option<&str>, findings: &mut Findings) {
    if let Some((named, found)) = named.zip(found)
        && named != found
    {
        findings.note(None, NoteKind::FormatDiffers, named, found);
    }
}
