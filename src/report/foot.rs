//! 页脚 What a report rests on, so that anybody can make it again and compare: the book, its records
//! up to there, and how it was asked for.
//!
//! All of it is a function of the records and of what was asked, but for the checkpoint, which is
//! what the witnesses have seen so far.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::chain::checkpoint::Note;
use crate::chain::hash::RecordHash;
use crate::chain::policy::Policy;
use crate::chain::tree::TreeHash;
use crate::chain::witness::verify_cosignature;
use crate::lang::Lang;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Foot {
    /// 账套 The book's origin.
    pub book: String,
    /// 记录数 How many records the report rests on.
    pub records: u64,
    /// 链头
    pub head: RecordHash,
    /// 树根
    pub root: TreeHash,
    /// 检查点 None where the book has signed none.
    pub checkpoint: Option<Covered>,
    /// 语言
    pub lang: Lang,
    /// How it was asked for, as it can be typed.
    pub made_by: String,
}

/// What a picture of many books rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FootOfMany {
    /// 审计包 By the place in which each lay.
    pub bundles: Vec<BundleRead>,
    /// 语言
    pub lang: Lang,
    /// How it was asked for, as it can be typed.
    pub made_by: String,
}

/// A bundle whose records were read, whether it counts or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BundleRead {
    pub place: String,
    /// 账套 The book's origin.
    pub book: String,
    pub records: u64,
    /// 树根
    pub root: String,
}

/// A checkpoint that covers the records, or as many of them as any does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Covered {
    pub size: u64,
    /// 见证人 Witnesses of the policy that the book agreed to, whose cosignatures hold.
    pub cosigners: Vec<String>,
}

impl Covered {
    /// Of these checkpoints the one that says most of the first `records`: the smallest that covers
    /// them all, else the newest. Later checkpoints therefore change nothing about it.
    #[must_use]
    pub fn of(notes: &[Note], policy: &str, records: u64) -> Option<Covered> {
        let sized = |note: &Note| Some((note.checkpoint().ok()?.size, note.clone()));
        let sizes: Vec<(u64, Note)> = notes.iter().filter_map(sized).collect();
        let whole = sizes.iter().map(|(size, _)| *size).filter(|size| *size >= records).min();
        let size = whole.or_else(|| sizes.iter().map(|(size, _)| *size).max())?;
        let mut cosigners: Vec<String> = Vec::new();
        for (_, note) in sizes.iter().filter(|(of, _)| *of == size) {
            cosigners.extend(cosigners_of(note, policy));
        }
        cosigners.sort_unstable();
        cosigners.dedup();
        Some(Covered { size, cosigners })
    }
}

/// The witnesses of a policy whose cosignature on a note holds.
fn cosigners_of(note: &Note, policy: &str) -> Vec<String> {
    let Ok(policy) = Policy::parse(policy) else { return Vec::new() };
    let witnesses = policy.witnesses().iter();
    let holding = witnesses.filter(|witness| verify_cosignature(note, &witness.key).is_ok());
    holding.map(|witness| witness.key.name().to_string()).collect()
}
