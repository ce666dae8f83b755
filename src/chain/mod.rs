//! Bytes: what is stored, hashed, signed and verified.

pub mod hash;
pub mod canon;
pub mod record;
pub mod tree;
pub mod tile;
pub mod key;
pub mod checkpoint;
pub mod act;
pub mod rotation;
pub mod witness;
pub mod policy;
pub mod proof;
pub mod private;
pub mod verify;
pub mod proof_verdict;
