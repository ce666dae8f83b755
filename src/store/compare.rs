//! The whole index held against the whole log, for whoever verifies a book.

use super::ReadError;
use super::disk::DiskStore;
use super::log::{LogError, LogReader, idem_of};
use crate::chain::hash::RecordHash;
use crate::chain::record::Idem;
use crate::ids::Seq;

/// One respect in which the index is not what the log says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Difference {
    #[error("record {seq} is in the log and not in the index")]
    OnlyInLog { seq: Seq },
    #[error("record {seq} is in the index and not in the log")]
    OnlyInIndex { seq: Seq },
    #[error("record {seq} is not the same in the log and in the index")]
    Different { seq: Seq },
    #[error("the index does not give the receipt of record {seq} for the key {key:?}")]
    Receipt { seq: Seq, key: String },
    #[error("the index has a receipt for the key {key:?}, and record {first} does not bear it")]
    StrayReceipt { key: String, first: Seq },
    #[error("the head of the index is not the last record of the log")]
    Head,
}

/// The last record, if there is one.
type Last = Option<(Seq, RecordHash)>;

/// Why the comparison did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Index(#[from] ReadError),
}

impl DiskStore {
    /// Compares every record, every receipt and the head; appends wait meanwhile. `each` is told
    /// how many records of the log were compared.
    pub fn compare_with_log(
        &self,
        each: &mut dyn FnMut(u64),
    ) -> Result<Vec<Difference>, CompareError> {
        let _state = self.reading()?;
        let (mut differences, last) = self.compare_records(each)?;
        differences.extend(self.compare_receipts()?);
        let head = self.index.head().map_err(ReadError::from)?;
        if head.map(|head| (head.seq, head.hash)) != last {
            differences.push(Difference::Head);
        }
        Ok(differences)
    }

    /// Also gives the log's last record.
    fn compare_records(
        &self,
        each: &mut dyn FnMut(u64),
    ) -> Result<(Vec<Difference>, Last), CompareError> {
        let mut differences = Vec::new();
        let mut stored = self.index.records().peekable();
        let (mut seq, mut last) = (Seq(0), None);
        for line in LogReader::open(&self.log_path)? {
            let line = line?;
            // Numbers are in order and without a gap, so the index has this one next or not at all.
            match stored.next_if(|next| next.as_ref().map_or(true, |(found, _)| *found == seq)) {
                None => differences.push(Difference::OnlyInLog { seq }),
                Some(Err(error)) => return Err(ReadError::from(error).into()),
                Some(Ok((_, bytes))) if bytes.as_ref() != line.bytes => {
                    differences.push(Difference::Different { seq });
                }
                Some(Ok(_)) => {}
            }
            last = Some((seq, RecordHash::of(&line.bytes)));
            seq = seq.next();
            each(seq.0);
        }
        for left in stored {
            let (seq, _) = left.map_err(ReadError::from)?;
            differences.push(Difference::OnlyInIndex { seq });
        }
        Ok((differences, last))
    }

    fn compare_receipts(&self) -> Result<Vec<Difference>, CompareError> {
        let mut differences = Vec::new();
        let (mut seq, mut keys, mut idem) = (Seq(0), 0_u64, None);
        for line in LogReader::open(&self.log_path)? {
            // A line that is no record is the verifier's to name, and has no receipt.
            let next = idem_of(&line?.bytes);
            if let Some(next) = next.filter(|next| idem.as_ref() != Some(next)) {
                differences.extend(self.wrong_receipt(seq, &next)?);
                keys = keys.saturating_add(1);
                idem = Some(next);
            }
            seq = seq.next();
        }
        // Where each key of the log has its receipt, there is a stray one only if there are more.
        let mut stored = self.index.receipts();
        let count = stored.try_fold(0_u64, |n, one| one.map(|_| n.saturating_add(1)));
        if !differences.is_empty() || count.map_err(ReadError::from)? != keys {
            for receipt in self.index.receipts() {
                let receipt = receipt.map_err(ReadError::from)?;
                if !self.bears(&receipt).map_err(ReadError::from)? {
                    let (key, first) = (receipt.idem.key().to_owned(), receipt.first);
                    differences.push(Difference::StrayReceipt { key, first });
                }
            }
        }
        Ok(differences)
    }

    fn wrong_receipt(&self, seq: Seq, idem: &Idem) -> Result<Option<Difference>, ReadError> {
        let key = idem.key();
        let receipt = self.index.receipt(key)?;
        let right = receipt.is_some_and(|receipt| receipt.idem == *idem && receipt.first == seq);
        Ok((!right).then(|| Difference::Receipt { seq, key: key.to_owned() }))
    }
}
