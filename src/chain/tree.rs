//! The Merkle tree over the records' bytes (RFC 6962, section 2.1, with SHA-256).
//!
//! SHA-256 because checkpoints, proofs and witnesses of the C2SP family fix it, so that programs
//! nobody here wrote can verify a book.

use core::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// The hash of a leaf, of a node or of a whole tree, written in base64 (44 characters).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TreeHash([u8; 32]);

/// How many leaves a tree has, and its root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeHead {
    pub size: u64,
    pub root: TreeHash,
}

/// Why a text is not a hash, or why a proof shows nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    #[error("not a hash, which is 32 bytes in base64: {0:?}")]
    Hash(String),
    #[error("a tree of {size} leaves has {expected} perfect subtrees, and {found} were found")]
    Edge { size: u64, expected: usize, found: usize },
    #[error("there is no leaf {index} in a tree of {size} leaves")]
    Outside { index: u64, size: u64 },
    #[error("a tree of {new} leaves cannot be the later one of a tree of {old} leaves")]
    Shrunk { old: u64, new: u64 },
    #[error("a proof of {found} hashes does not fit a tree of {size} leaves")]
    Length { size: u64, found: usize },
    #[error("the proof leads to the root {found}, and {expected} was expected")]
    Root { expected: TreeHash, found: TreeHash },
}

/// The compact form of a tree that grows: the roots of the perfect subtrees on its right edge, the
/// largest first. One for each bit that is set in the size, so never more than 64.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "TreeParts")]
pub struct Tree {
    size: u64,
    edge: Vec<TreeHash>,
}

/// The leaf of a record: SHA-256 over `0x00` and the record's exact bytes.
#[must_use]
pub fn leaf_hash(record: &[u8]) -> TreeHash {
    TreeHash(Sha256::new().chain_update([0]).chain_update(record).finalize().into())
}

/// The hashes from the leaf's sibling up to the root's child; `None` where there is no such leaf
/// (RFC 6962, 2.1.1).
#[must_use]
pub fn inclusion_proof(leaves: &[TreeHash], index: u64) -> Option<Vec<TreeHash>> {
    let mut within = leaves;
    let mut at = usize::try_from(index).ok().filter(|at| *at < leaves.len())?;
    let mut proof = Vec::new();
    while let Some((left, right)) = halves(within) {
        if let Some(further) = at.checked_sub(left.len()) {
            proof.push(Tree::of(left).root());
            (within, at) = (right, further);
        } else {
            proof.push(Tree::of(right).root());
            within = left;
        }
    }
    proof.reverse();
    Some(proof)
}

/// Shows that the first `old_size` leaves are the older tree; `None` where there are fewer leaves.
/// Nothing has to be shown of an empty tree and of one of the same size (RFC 6962, 2.1.2).
#[must_use]
pub fn consistency_proof(leaves: &[TreeHash], old_size: u64) -> Option<Vec<TreeHash>> {
    let mut within = leaves;
    let mut old = usize::try_from(old_size).ok().filter(|old| *old <= leaves.len())?;
    let mut proof = Vec::new();
    // The verifier knows the older root already, unless the way down has left its left edge.
    let mut root_known = true;
    while old != 0 && old != within.len() {
        let Some((left, right)) = halves(within) else { break };
        if let Some(further) = old.checked_sub(left.len()).filter(|further| *further > 0) {
            proof.push(Tree::of(left).root());
            (within, old, root_known) = (right, further, false);
        } else {
            proof.push(Tree::of(right).root());
            within = left;
        }
    }
    if !root_known {
        proof.push(Tree::of(within).root());
    }
    proof.reverse();
    Some(proof)
}

/// Whether `leaf` stands at `index` of the tree with this head (RFC 9162, 2.1.3.2).
pub fn verify_inclusion(
    leaf: TreeHash,
    index: u64,
    proof: &[TreeHash],
    head: &TreeHead,
) -> Result<(), TreeError> {
    let last = head.size.checked_sub(1).filter(|last| index <= *last);
    let Some(last) = last else {
        return Err(TreeError::Outside { index, size: head.size });
    };
    let wrong_length = TreeError::Length { size: head.size, found: proof.len() };
    let mut path = Path { at: index, last };
    let mut found = leaf;
    for &hash in proof {
        found = match path.step().ok_or_else(|| wrong_length.clone())? {
            Side::Left => node_hash(hash, found),
            Side::Right => node_hash(found, hash),
        };
    }
    if path.last != 0 {
        return Err(wrong_length);
    }
    expect_root(head.root, found)
}

/// Whether the newer tree begins with the older one (RFC 9162, 2.1.4.2).
pub fn verify_consistency(
    old: &TreeHead,
    new: &TreeHead,
    proof: &[TreeHash],
) -> Result<(), TreeError> {
    let wrong_length = TreeError::Length { size: new.size, found: proof.len() };
    if old.size > new.size {
        return Err(TreeError::Shrunk { old: old.size, new: new.size });
    }
    if old.size == 0 || old.size == new.size {
        let expected = if old.size == 0 { Tree::default().root() } else { new.root };
        expect_root(expected, old.root)?;
        // Two empty trees are equal as well as empty.
        if new.size == 0 {
            expect_root(expected, new.root)?;
        }
        return if proof.is_empty() { Ok(()) } else { Err(wrong_length) };
    }
    let mut path = Path { at: old.size.saturating_sub(1), last: new.size.saturating_sub(1) };
    path.climb_while_left_edge();
    // Where the older tree is perfect, its root is itself the first hash of the way.
    let (first, rest) = if old.size.is_power_of_two() {
        (old.root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or_else(|| wrong_length.clone())?;
        (*first, rest)
    };
    let (mut old_found, mut new_found) = (first, first);
    for &hash in rest {
        match path.step().ok_or_else(|| wrong_length.clone())? {
            Side::Left => {
                old_found = node_hash(hash, old_found);
                new_found = node_hash(hash, new_found);
            }
            Side::Right => new_found = node_hash(new_found, hash),
        }
    }
    if path.last != 0 {
        return Err(wrong_length);
    }
    expect_root(old.root, old_found)?;
    expect_root(new.root, new_found)
}

impl TreeHash {
    /// 44 characters of base64, padded, in the one form that these 32 bytes have (RFC 4648, 4).
    pub fn parse(text: &str) -> Result<TreeHash, TreeError> {
        let wrong = || TreeError::Hash(text.to_owned());
        let bytes = STANDARD.decode(text).map_err(|_| wrong())?;
        bytes.try_into().map(TreeHash).map_err(|_| wrong())
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Tree {
    /// The tree of these leaves.
    #[must_use]
    pub fn of(leaves: &[TreeHash]) -> Tree {
        let mut tree = Tree::default();
        for leaf in leaves {
            tree.push(*leaf);
        }
        tree
    }

    /// Adds one leaf on the right.
    pub fn push(&mut self, leaf: TreeHash) {
        let mut joined = leaf;
        // As in adding one to a binary number: each bit that is carried joins two subtrees.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.edge.pop() {
                joined = node_hash(left, joined);
            }
        }
        self.edge.push(joined);
        self.size = self.size.saturating_add(1);
    }

    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root; of the empty tree it is SHA-256 of nothing (RFC 6962, 2.1).
    #[must_use]
    pub fn root(&self) -> TreeHash {
        let joined = self.edge.iter().rev().copied().reduce(|right, left| node_hash(left, right));
        joined.unwrap_or_else(|| TreeHash(Sha256::digest([]).into()))
    }

    #[must_use]
    pub fn head(&self) -> TreeHead {
        TreeHead { size: self.size, root: self.root() }
    }
}

impl From<[u8; 32]> for TreeHash {
    fn from(bytes: [u8; 32]) -> TreeHash {
        TreeHash(bytes)
    }
}

impl fmt::Display for TreeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for TreeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for TreeHash {
    type Err = TreeError;
    fn from_str(text: &str) -> Result<TreeHash, TreeError> {
        TreeHash::parse(text)
    }
}

impl Serialize for TreeHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TreeHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TreeHash, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        TreeHash::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// What a snapshot holds of a tree, before the edge is known to fit the size.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TreeParts {
    size: u64,
    edge: Vec<TreeHash>,
}

impl TryFrom<TreeParts> for Tree {
    type Error = TreeError;
    fn try_from(TreeParts { size, edge }: TreeParts) -> Result<Tree, TreeError> {
        let expected = usize::try_from(size.count_ones()).unwrap_or(usize::MAX);
        if edge.len() == expected {
            Ok(Tree { size, edge })
        } else {
            Err(TreeError::Edge { size, expected, found: edge.len() })
        }
    }
}

/// Where the proof's next hash stands, seen from the hash found so far.
enum Side {
    Left,
    Right,
}

/// The way from a leaf to the root: its place at this level, and the last place there is.
struct Path {
    at: u64,
    last: u64,
}

impl Path {
    /// One level up; `None` when the root is reached already.
    fn step(&mut self) -> Option<Side> {
        if self.last == 0 {
            return None;
        }
        let side = if self.at % 2 == 1 || self.at == self.last {
            // A place without a right neighbour rises until it has a left one.
            while self.at.is_multiple_of(2) && self.at != 0 {
                self.climb();
            }
            Side::Left
        } else {
            Side::Right
        };
        self.climb();
        Some(side)
    }

    /// To the lowest subtree that is whole in the older tree.
    fn climb_while_left_edge(&mut self) {
        while self.at % 2 == 1 {
            self.climb();
        }
    }

    fn climb(&mut self) {
        self.at /= 2;
        self.last /= 2;
    }
}

fn node_hash(left: TreeHash, right: TreeHash) -> TreeHash {
    let hasher = Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0);
    TreeHash(hasher.finalize().into())
}

fn expect_root(expected: TreeHash, found: TreeHash) -> Result<(), TreeError> {
    if expected == found { Ok(()) } else { Err(TreeError::Root { expected, found }) }
}

/// Cuts before the largest power of two that is smaller than the number of leaves; `None` for a
/// single leaf and for none.
fn halves(leaves: &[TreeHash]) -> Option<(&[TreeHash], &[TreeHash])> {
    if leaves.len() < 2 {
        return None;
    }
    leaves.split_at_checked(leaves.len().checked_next_power_of_two()? / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition of RFC 6962, 2.1, word for word.
    fn root_by_definition(records: &[Vec<u8>]) -> [u8; 32] {
        match records {
            [] => Sha256::digest([]).into(),
            [one] => Sha256::digest([&[0], one.as_slice()].concat()).into(),
            many => {
                let mut k = 1;
                while k * 2 < many.len() {
                    k *= 2;
                }
                let (left, right) =
                    (root_by_definition(&many[..k]), root_by_definition(&many[k..]));
                Sha256::digest([&[1], left.as_slice(), right.as_slice()].concat()).into()
            }
        }
    }

    fn records(count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|n| format!("record {n}").into_bytes()).collect()
    }

    fn leaves(count: usize) -> Vec<TreeHash> {
        records(count).iter().map(|record| leaf_hash(record)).collect()
    }

    fn head(leaves: &[TreeHash]) -> TreeHead {
        Tree::of(leaves).head()
    }

    fn flipped(hash: TreeHash) -> TreeHash {
        let mut bytes = hash.0;
        bytes[7] ^= 0x10;
        TreeHash(bytes)
    }

    /// Every way to spoil one hash, drop one, double one or add one.
    fn spoiled(proof: &[TreeHash]) -> Vec<Vec<TreeHash>> {
        let mut all = vec![[proof, &[leaf_hash(b"more")]].concat()];
        for at in 0..proof.len() {
            let mut changed = proof.to_vec();
            changed[at] = flipped(changed[at]);
            all.push(changed);
            let mut shorter = proof.to_vec();
            shorter.remove(at);
            all.push(shorter);
            let mut longer = proof.to_vec();
            longer.insert(at, proof[at]);
            all.push(longer);
        }
        all
    }

    #[test]
    fn the_tree_that_grows_has_the_root_of_the_definition() {
        assert_eq!(
            Tree::default().root().to_string(),
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        );
        let mut tree = Tree::default();
        for count in 0..=260 {
            assert_eq!(tree.root().0, root_by_definition(&records(count)), "{count} leaves");
            assert_eq!(tree.size(), count as u64);
            let kept = serde_json::to_string(&tree).unwrap();
            assert_eq!(serde_json::from_str::<Tree>(&kept).unwrap(), tree);
            tree.push(leaf_hash(format!("record {count}").as_bytes()));
        }
    }

    #[test]
    fn a_snapshot_whose_edge_does_not_fit_its_size_is_refused() {
        let kept = serde_json::to_string(&Tree::of(&leaves(5))).unwrap();
        let spoiled = kept.replace("\"size\":5", "\"size\":7");
        let error = serde_json::from_str::<Tree>(&spoiled).unwrap_err().to_string();
        assert_eq!(error, "a tree of 7 leaves has 3 perfect subtrees, and 2 were found");
    }

    #[test]
    fn every_leaf_of_every_small_tree_has_a_proof_and_no_other_place() {
        for count in 1..=33 {
            let leaves = leaves(count);
            let head = head(&leaves);
            for (at, leaf) in leaves.iter().enumerate() {
                let at = at as u64;
                let proof = inclusion_proof(&leaves, at).unwrap();
                assert_eq!(verify_inclusion(*leaf, at, &proof, &head), Ok(()));
                for other in (0..count as u64 + 2).filter(|other| *other != at) {
                    assert!(verify_inclusion(*leaf, other, &proof, &head).is_err());
                }
                assert!(verify_inclusion(flipped(*leaf), at, &proof, &head).is_err());
                let other_root = TreeHead { root: flipped(head.root), ..head };
                assert!(verify_inclusion(*leaf, at, &proof, &other_root).is_err());
                for bad in spoiled(&proof) {
                    assert!(verify_inclusion(*leaf, at, &bad, &head).is_err());
                }
            }
            assert_eq!(inclusion_proof(&leaves, count as u64), None);
        }
        let outside = Err(TreeError::Outside { index: 0, size: 0 });
        assert_eq!(verify_inclusion(leaf_hash(b"a"), 0, &[], &head(&[])), outside);
    }

    #[test]
    fn every_small_tree_is_consistent_with_every_earlier_one_and_with_no_other() {
        for count in 0..=33 {
            let leaves = leaves(count);
            let new = head(&leaves);
            for size in 0..=count {
                let old = head(&leaves[..size]);
                let proof = consistency_proof(&leaves, size as u64).unwrap();
                assert_eq!(verify_consistency(&old, &new, &proof), Ok(()), "{size} of {count}");
                let other_old = TreeHead { root: flipped(old.root), ..old };
                assert!(verify_consistency(&other_old, &new, &proof).is_err());
                // Of an empty tree nothing is claimed but that it is empty.
                if size > 0 {
                    let other_new = TreeHead { root: flipped(new.root), ..new };
                    assert!(verify_consistency(&old, &other_new, &proof).is_err());
                }
                for bad in spoiled(&proof) {
                    assert!(verify_consistency(&old, &new, &bad).is_err());
                }
            }
            assert_eq!(consistency_proof(&leaves, count as u64 + 1), None);
        }
    }

    #[test]
    fn a_tree_does_not_shrink() {
        let leaves = leaves(5);
        let (old, new) = (head(&leaves), head(&leaves[..3]));
        let error = TreeError::Shrunk { old: 5, new: 3 };
        assert_eq!(verify_consistency(&old, &new, &[]), Err(error));
    }

    #[test]
    fn a_hash_has_one_form() {
        let text = leaf_hash(b"a").to_string();
        assert_eq!(TreeHash::parse(&text).unwrap(), leaf_hash(b"a"));
        for bad in [&text[..43], &format!("{text}="), &format!(" {text}"), "AA==", ""] {
            assert_eq!(TreeHash::parse(bad), Err(TreeError::Hash(bad.to_owned())));
        }
        // The last character before the padding carries two bits that must be zero.
        let loose = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=";
        assert!(TreeHash::parse(loose).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn proofs_hold_in_trees_of_any_size(count in 1usize..3000, a in any::<u64>(), b in any::<u64>()) {
            let leaves = leaves(count);
            let new = head(&leaves);
            let at = a % count as u64;
            let leaf = leaves[usize::try_from(at).unwrap()];
            let proof = inclusion_proof(&leaves, at).unwrap();
            prop_assert_eq!(verify_inclusion(leaf, at, &proof, &new), Ok(()));
            for bad in spoiled(&proof) {
                prop_assert!(verify_inclusion(leaf, at, &bad, &new).is_err());
            }
            let size = usize::try_from(b % (count as u64 + 1)).unwrap();
            let old = head(&leaves[..size]);
            let proof = consistency_proof(&leaves, size as u64).unwrap();
            prop_assert_eq!(verify_consistency(&old, &new, &proof), Ok(()));
            for bad in spoiled(&proof) {
                prop_assert!(verify_consistency(&old, &new, &bad).is_err());
            }
        }

        #[test]
        fn a_changed_leaf_breaks_the_proof_of_consistency(count in 2usize..300, a in any::<u64>(), b in any::<u64>()) {
            let honest = leaves(count);
            let size = 1 + usize::try_from(a % (count as u64 - 1)).unwrap();
            let mut rewritten = honest.clone();
            let at = usize::try_from(b).unwrap_or(0) % size;
            rewritten[at] = flipped(rewritten[at]);
            let proof = consistency_proof(&rewritten, size as u64).unwrap();
            let old = head(&honest[..size]);
            prop_assert!(verify_consistency(&old, &head(&rewritten), &proof).is_err());
        }
    }
}
