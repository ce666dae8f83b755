//! Lines of the log file, one at a time, in bounded memory.

use std::io::{self, BufRead};

use sha2::{Digest, Sha256};

use super::super::hash::{RECORD_CONTEXT, RecordHash};
use super::super::tree::{TreeHash, leaf_hash};

/// A line that is longer is hashed as it goes by, and not looked into.
const LOOKED_INTO_BYTES_MAX: usize = 1 << 20;

/// The reader of lines, and its one buffer.
pub(super) struct Lines<R> {
    events: R,
    buffer: Vec<u8>,
    next_byte: u64,
    /// Kept, so that the context is not hashed again for each line.
    chain: blake3::Hasher,
}

/// One line, without its line feed.
pub(super) struct RawLine<'a> {
    /// Where it begins in the file.
    pub(super) byte: u64,
    pub(super) length: u64,
    /// `None` where it is too long to be looked into.
    pub(super) bytes: Option<&'a [u8]>,
    pub(super) chain_hash: RecordHash,
    pub(super) leaf: TreeHash,
    /// Whether the file ends before its line feed.
    pub(super) torn: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(events: R) -> Lines<R> {
        let chain = blake3::Hasher::new_derive_key(RECORD_CONTEXT);
        Lines { events, buffer: Vec::new(), next_byte: 0, chain }
    }

    /// The next line, `None` after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<RawLine<'_>>> {
        self.buffer.clear();
        let byte = self.next_byte;
        let mut long: Option<LongLine> = None;
        let mut ended = false;
        while !ended {
            let available = match self.events.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            let (part, read) = match available.split(|b| *b == b'\n').next() {
                Some(part) if part.len() < available.len() => (part, part.len().saturating_add(1)),
                Some(_) | None => (available, available.len()),
            };
            ended = read > part.len();
            if let Some(long) = &mut long {
                long.push(part);
            } else {
                self.buffer.extend_from_slice(part);
                if self.buffer.len() > LOOKED_INTO_BYTES_MAX {
                    long = Some(LongLine::new(&self.buffer));
                }
            }
            self.next_byte = self.next_byte.saturating_add(as_u64(read));
            self.events.consume(read);
        }
        if !ended && self.next_byte == byte {
            return Ok(None);
        }
        let line_feed = u64::from(ended);
        let length = self.next_byte.saturating_sub(byte).saturating_sub(line_feed);
        let bytes = self.buffer.as_slice();
        Ok(Some(match long {
            Some(long) => long.finish(byte, length, !ended),
            None => RawLine {
                byte,
                length,
                bytes: Some(bytes),
                chain_hash: {
                    let hash = self.chain.reset().update(bytes).finalize();
                    RecordHash::from(*hash.as_bytes())
                },
                leaf: leaf_hash(bytes),
                torn: !ended,
            },
        }))
    }
}

/// Both hashes of a line that is not kept.
struct LongLine {
    chain: blake3::Hasher,
    leaf: Sha256,
}

impl LongLine {
    fn new(start: &[u8]) -> LongLine {
        let mut line = LongLine {
            chain: blake3::Hasher::new_derive_key(RECORD_CONTEXT),
            leaf: Sha256::new().chain_update([0]),
        };
        line.push(start);
        line
    }

    fn push(&mut self, part: &[u8]) {
        self.chain.update(part);
        self.leaf.update(part);
    }

    fn finish<'a>(self, byte: u64, length: u64, torn: bool) -> RawLine<'a> {
        RawLine {
            byte,
            length,
            bytes: None,
            chain_hash: RecordHash::from(*self.chain.finalize().as_bytes()),
            leaf: TreeHash::from(<[u8; 32]>::from(self.leaf.finalize())),
            torn,
        }
    }
}

fn as_u64(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
