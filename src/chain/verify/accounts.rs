//! The chart that lies beside the records (docs/FORMAT.md, section 8), and the sums of their
//! entries (section 7).

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::finding::Findings;
use super::kind::FaultKind;

/// What a verifier needs of `chart.json`.
#[derive(Default)]
pub(super) struct ChartFile {
    id: String,
    sha256: String,
    /// Code → Chinese name.
    names: BTreeMap<String, String>,
    /// Cash and bank, from which everything is paid.
    tills: Vec<String>,
}

/// Where a chart does not say itself.
const TILLS: [&str; 2] = ["101", "102"];

impl ChartFile {
    /// `None`, and a fault, where the file is not of the form.
    pub(super) fn read(bytes: &[u8], findings: &mut Findings) -> Option<ChartFile> {
        let chart = Self::parse(bytes);
        if let Err(why) = &chart {
            findings.fault_of_book(FaultKind::ChartInvalid, "chart.json", why);
        }
        chart.ok()
    }

    fn parse(bytes: &[u8]) -> Result<ChartFile, String> {
        let file: Value = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        let text_of = |value: &Value, key: &str| {
            let text = value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
            text.map(ToOwned::to_owned).ok_or_else(|| format!("{key}: {value}"))
        };
        let accounts = file.get("accounts").and_then(Value::as_array);
        let mut names = BTreeMap::new();
        for account in accounts.ok_or_else(|| "accounts".to_owned())? {
            let code = text_of(account, "code")?;
            text_of(account, "class")?;
            if names.insert(code.clone(), text_of(account, "zh")?).is_some() {
                return Err(format!("code: {code}, {code}"));
            }
        }
        let tills = match file.get("posting").and_then(Value::as_object) {
            Some(posting) => ["cash", "bank"]
                .iter()
                .filter_map(|of| Some(posting.get(*of)?.as_str()?.to_owned()))
                .collect(),
            None => ChartFile::tills_of(None),
        };
        Ok(ChartFile { id: text_of(&file, "id")?, sha256: sha256_hex(bytes), names, tills })
    }

    /// The accounts from which everything is paid.
    pub(super) fn tills_of(chart: Option<&ChartFile>) -> Vec<String> {
        chart.map_or_else(
            || TILLS.iter().map(|till| (*till).to_owned()).collect(),
            |chart| chart.tills.clone(),
        )
    }

    /// The account's Chinese name.
    pub(super) fn name(&self, code: &str) -> Option<&str> {
        self.names.get(code).map(String::as_str)
    }

    pub(super) fn expect(&self, id: &str, sha256: &str, findings: &mut Findings) {
        if self.id != id || self.sha256 != sha256 {
            let found = format!("{} {}", self.id, self.sha256);
            findings.fault_of_book(FaultKind::ChartDiffers, format!("{id} {sha256}"), found);
        }
    }
}

pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    blake3::Hash::from_bytes(Sha256::digest(bytes).into()).to_hex().as_str().to_owned()
}

/// A sum in fen, exact: 10¹⁷ amounts of the largest size still fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fen(pub i128);

impl Fen {
    pub(super) fn add(&mut self, fen: i128) {
        self.0 = self.0.saturating_add(fen);
    }
}

impl core::fmt::Display for Fen {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        let yuan = fen.checked_div(100).unwrap_or_default();
        let rest = fen.checked_rem(100).unwrap_or_default();
        f.pad(&format!("{sign}{yuan}.{rest:02}"))
    }
}

impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One account in one fund 试算平衡表.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrialRow {
    pub account: String,
    pub fund: String,
    pub debit: Fen,
    pub credit: Fen,
    /// Debit less credit.
    pub balance: Fen,
}

/// Debits and credits, red ones with their sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sums {
    pub(super) debit: Fen,
    pub(super) credit: Fen,
}

impl Sums {
    pub(super) fn add(&mut self, debit: i128, credit: i128) {
        self.debit.add(debit);
        self.credit.add(credit);
    }
}

/// The sums by account and fund.
#[derive(Default)]
pub(super) struct TrialBalance(BTreeMap<String, BTreeMap<String, Sums>>);

impl TrialBalance {
    /// Adds one entry's amounts.
    pub(super) fn add(&mut self, account: &str, fund: &str, debit: i128, credit: i128) {
        // Looked up by the borrowed text first: a million entries need no million copies of it.
        if let Some(sums) = self.0.get_mut(account).and_then(|funds| funds.get_mut(fund)) {
            sums.add(debit, credit);
        } else {
            let funds = self.0.entry(account.to_owned()).or_default();
            funds.entry(fund.to_owned()).or_default().add(debit, credit);
        }
    }

    pub(super) fn rows(&self) -> Vec<TrialRow> {
        let mut rows = Vec::new();
        for (account, funds) in &self.0 {
            for (fund, Sums { debit, credit }) in funds {
                rows.push(TrialRow {
                    account: account.clone(),
                    fund: fund.clone(),
                    debit: *debit,
                    credit: *credit,
                    balance: Fen(debit.0.saturating_sub(credit.0)),
                });
            }
        }
        rows
    }
}
