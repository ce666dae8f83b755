//! Who signs with which key, and what was signed already.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::Fact;
use crate::event::act::{ActSigned, OfficerKey};
use crate::ids::{OfficerId, Seq};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Acts {
    /// The vkey that each officer signs with.
    keys: BTreeMap<OfficerId, String>,
    /// The newest record that can be signed, and a digest of what it says: its signatures follow.
    last: Option<(Seq, String)>,
    /// Every statement that was signed, by its digest, with the record that it stands under.
    statements: BTreeMap<String, Seq>,
    /// Who has signed a record, in that order.
    signers: BTreeMap<Seq, Vec<OfficerId>>,
}

impl Acts {
    pub(super) fn remember(&mut self, seq: Seq, fact: &Fact) {
        if fact.can_be_signed() {
            self.last = Some((seq, said(fact)));
        }
    }

    pub(super) fn register(&mut self, key: &OfficerKey) {
        self.keys.insert(key.officer.clone(), key.key.clone());
    }

    pub(super) fn sign(&mut self, act: &ActSigned) {
        self.signers.entry(act.of).or_default().push(act.officer.clone());
        if let Some((_, said)) = self.last.as_ref().filter(|(seq, _)| *seq == act.of) {
            self.statements.insert(statement(&act.officer, act.on, said), act.of);
        }
    }

    /// The vkey of the key that this officer signs with.
    #[must_use]
    pub fn key(&self, officer: &OfficerId) -> Option<&str> {
        self.keys.get(officer).map(String::as_str)
    }

    pub fn keys(&self) -> impl Iterator<Item = (&OfficerId, &str)> {
        self.keys.iter().map(|(officer, key)| (officer, key.as_str()))
    }

    /// Who has signed this record.
    #[must_use]
    pub fn signers(&self, of: Seq) -> &[OfficerId] {
        self.signers.get(&of).map_or(&[], Vec::as_slice)
    }

    /// The record under which this officer has said the same of the same record before.
    #[must_use]
    pub fn signed_before(&self, officer: &OfficerId, on: Seq, fact: &Fact) -> Option<Seq> {
        self.statements.get(&statement(officer, on, &said(fact))).copied()
    }
}

/// A digest of a fact, of this program alone. Never in a record, so that its form is free.
fn said(fact: &Fact) -> String {
    let body = fact.to_body(None).unwrap_or_default();
    let text = format!("{} {} {}", fact.kind(), fact.version(), serde_json::Value::Object(body));
    blake3::hash(text.as_bytes()).to_string()
}

fn statement(officer: &OfficerId, on: Seq, said: &str) -> String {
    blake3::hash(format!("{officer} {on} {said}").as_bytes()).to_string()
}
