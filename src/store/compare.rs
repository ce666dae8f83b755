//! The whole index held against the whole log, for whoever verifies a book.

use serde::Deserialize;

use super::ReadError;
use super::disk::DiskStore;
use super::log::{LogError, LogReader};
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
    #[error("the head of the index is not the last record of the log")]
    Head,
}

/// Why the comparison did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Index(#[from] ReadError),
}

/// Of a record, what a receipt hangs on; reading all of it takes ten times as long.
#[derive(Deserialize)]
struct Keyed {
    idem: Idem,
}

impl DiskStore {
    /// Compares every record, every receipt and the head; appends wait meanwhile. `each` is told
    /// how many records of the log were compared.
    pub fn compare_with_log(
        &self,
        each: &mut dyn FnMut(u64),
    ) -> Result<Vec<Difference>, CompareError> {
        let _state = self.reading()?;
        let mut differences = Vec::new();
        let mut stored = self.index.records().peekable();
        let (mut seq, mut last, mut idem) = (Seq(0), None, None);
        for line in LogReader::open(&self.log_path)? {
            let line = line?;
            // Keys are in order, so whatever comes before this one has no line.
            while let Some(Ok((found, _))) = stored.peek()
                && *found < seq
            {
                differences.push(Difference::OnlyInIndex { seq: *found });
                stored.next();
            }
            match stored.next_if(|next| next.as_ref().map_or(true, |(found, _)| *found == seq)) {
                None => differences.push(Difference::OnlyInLog { seq }),
                Some(Err(error)) => return Err(ReadError::from(error).into()),
                Some(Ok((_, bytes))) if bytes.as_ref() != line.bytes => {
                    differences.push(Difference::Different { seq });
                }
                Some(Ok(_)) => {}
            }
            // A line that is no record is the verifier's to name, and has no receipt.
            let keyed = serde_json::from_slice::<Keyed>(&line.bytes).ok();
            if let Some(keyed) = keyed.filter(|keyed| idem.as_ref() != Some(&keyed.idem)) {
                differences.extend(self.wrong_receipt(seq, &keyed.idem)?);
                idem = Some(keyed.idem);
            }
            last = Some((seq, RecordHash::of(&line.bytes)));
            seq = seq.next();
            each(seq.0);
        }
        for left in stored {
            let (seq, _) = left.map_err(ReadError::from)?;
            differences.push(Difference::OnlyInIndex { seq });
        }
        let head = self.index.head().map_err(ReadError::from)?;
        if head.map(|head| (head.seq, head.hash)) != last {
            differences.push(Difference::Head);
        }
        Ok(differences)
    }

    fn wrong_receipt(&self, seq: Seq, idem: &Idem) -> Result<Option<Difference>, ReadError> {
        let key = idem.key();
        let receipt = self.index.receipt(key)?;
        let right = receipt.is_some_and(|receipt| {
            receipt.idem == *idem && (receipt.first..=receipt.last).contains(&seq)
        });
        Ok((!right).then(|| Difference::Receipt { seq, key: key.to_owned() }))
    }
}
