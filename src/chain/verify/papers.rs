//! Papers that belong to records (docs/FORMAT.md, section 21).

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::body;
use super::finding::Findings;
use super::json::Object;
use super::kind::FaultKind;
use super::order::Order;

/// A file as it was hashed: nobody has to hold it in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashedFile {
    pub name: String,
    /// Hex.
    pub sha256: String,
    pub bytes: u64,
}

/// The papers that the records name.
#[derive(Default)]
pub(super) struct Papers {
    /// The record that it belongs to, and the hash.
    added: BTreeSet<(u64, [u8; 32])>,
    /// By the hash, each length that a record says.
    lengths: BTreeMap<[u8; 32], BTreeSet<u64>>,
}

impl Papers {
    /// How many papers the records name.
    pub(super) fn count(&self) -> u64 {
        u64::try_from(self.lengths.len()).unwrap_or(u64::MAX)
    }

    pub(super) fn belong_to(&self, seq: u64) -> bool {
        self.added.range((seq, [0; 32])..=(seq, [0xff; 32])).next().is_some()
    }

    /// `attachment.added`.
    pub(super) fn add(&mut self, body: &Object<'_>, order: &Order, findings: &mut Findings) {
        let read = || {
            body::exactly(body, &["to", "sha256", "bytes"], &["title"])?;
            body::optional(body, "title", || body::text(body, "title")).ok()?;
            let to = body::number(body, "to")?;
            Some((to, body::hash(body, "sha256")?, body::number(body, "bytes")?))
        };
        let Some((to, sha256, bytes)) = read() else {
            return body::wrong(body, "{to, sha256, bytes[, title]}", findings);
        };
        if !order.stood_before(to) {
            findings.fault(FaultKind::AttachmentWrong, "seq < N", format!("seq {to}"));
        } else if self.added.insert((to, sha256)) {
            self.lengths.entry(sha256).or_default().insert(bytes);
        } else {
            let found = body.text("sha256").unwrap_or_default();
            findings.fault(FaultKind::AttachmentWrong, "1", format!("{found}: 2"));
        }
    }

    /// What lies in `attachments/`, and how many of the papers are there.
    pub(super) fn check(
        &self,
        files: impl Iterator<Item = io::Result<HashedFile>>,
        findings: &mut Findings,
    ) -> io::Result<u64> {
        let mut there: BTreeSet<[u8; 32]> = BTreeSet::new();
        let mut any = false;
        for file in files {
            let HashedFile { name, sha256, bytes } = file?;
            any = true;
            let kind = FaultKind::AttachmentDiffers;
            if name != sha256 {
                findings.fault_of_book(kind, format!("attachments/{name}"), &sha256);
            }
            let Some(hash) = body::hash_of(&name) else { continue };
            there.insert(hash);
            let lengths = self.lengths.get(&hash).into_iter().flatten();
            for length in lengths.filter(|length| **length != bytes) {
                let found = format!("attachments/{name}: {bytes}");
                findings.fault_of_book(kind, length.to_string(), found);
            }
        }
        let at_hand = self.lengths.keys().filter(|hash| there.contains(*hash)).count();
        if any {
            for hash in self.lengths.keys().filter(|hash| !there.contains(*hash)) {
                let name = blake3::Hash::from_bytes(*hash).to_hex();
                let expected = format!("attachments/{name}");
                findings.fault_of_book(FaultKind::AttachmentMissing, expected, "-");
            }
        }
        Ok(u64::try_from(at_hand).unwrap_or(u64::MAX))
    }
}
