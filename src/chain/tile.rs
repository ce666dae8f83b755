//! Tiles: the hashes of the tree cut into files, so that others prove records without reading them
//! (c2sp.org/tlog-tiles; docs/FORMAT.md, section 13.3).

use super::tree::{Tree, TreeHash};

/// The hashes of a full tile, and the width of a subtree that one hash of the next level stands for.
pub const TILE_WIDTH: usize = 256;

/// One file of hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// 0 is the level of the leaves.
    pub level: u32,
    /// Its place in its level, from the left.
    pub number: u64,
    /// 1 to 256 of them.
    pub hashes: Vec<TreeHash>,
}

impl Tile {
    /// Where it lies in a bundle: `tile/0/x001/234`, or `tile/0/000.p/5` while it is not full.
    #[must_use]
    pub fn path(&self) -> String {
        let number = grouped(self.number);
        let Tile { level, hashes, .. } = self;
        if hashes.len() == TILE_WIDTH {
            format!("tile/{level}/{number}")
        } else {
            format!("tile/{level}/{number}.p/{}", hashes.len())
        }
    }

    /// The hashes one after the other, 32 bytes each.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
    }
}

/// All tiles of the tree of these leaves: at each level the full ones and the one that is not full,
/// if it holds a hash.
#[must_use]
pub fn tiles(leaves: &[TreeHash]) -> Vec<Tile> {
    let mut tiles = Vec::new();
    let mut hashes = leaves.to_vec();
    for level in 0.. {
        if hashes.is_empty() {
            break;
        }
        let of_level = (0..).zip(hashes.chunks(TILE_WIDTH));
        tiles.extend(of_level.map(|(number, of_tile)| Tile {
            level,
            number,
            hashes: of_tile.to_vec(),
        }));
        // A hash of the next level is the root of a full tile; what is not full has none yet.
        let full = hashes.chunks_exact(TILE_WIDTH);
        hashes = full.map(|of_tile| Tree::of(of_tile).root()).collect();
    }
    tiles
}

/// In groups of three digits, all but the last with an `x`: 1234067 is `x001/x234/067`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let width = digits.len().next_multiple_of(3);
    let digits = format!("{digits:0>width$}");
    let mut groups = Vec::new();
    let mut rest = digits.as_str();
    while let Some((group, further)) = rest.split_at_checked(3).filter(|(_, f)| !f.is_empty()) {
        groups.push(format!("x{group}"));
        rest = further;
    }
    groups.push(rest.to_owned());
    groups.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::tree::leaf_hash;
    use super::*;

    fn leaves(count: u64) -> Vec<TreeHash> {
        (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    fn paths(count: u64) -> Vec<String> {
        tiles(&leaves(count)).iter().map(Tile::path).collect()
    }

    #[test]
    fn a_tree_is_cut_into_full_tiles_and_the_one_that_is_not() {
        assert_eq!(paths(0), Vec::<String>::new());
        assert_eq!(paths(1), ["tile/0/000.p/1"]);
        assert_eq!(paths(255), ["tile/0/000.p/255"]);
        assert_eq!(paths(256), ["tile/0/000", "tile/1/000.p/1"]);
        assert_eq!(paths(257), ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]);
        let third = ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"];
        assert_eq!(paths(600), third);
        let large = paths(65_537);
        assert_eq!(large.len(), 256 + 1 + 1 + 1);
        assert_eq!(large[255..], ["tile/0/255", "tile/0/256.p/1", "tile/1/000", "tile/2/000.p/1"]);
    }

    #[test]
    fn numbers_are_written_in_groups_of_three() {
        for (number, written) in [
            (0, "000"),
            (7, "007"),
            (999, "999"),
            (1_000, "x001/000"),
            (1_234_067, "x001/x234/067"),
        ] {
            assert_eq!(grouped(number), written);
        }
    }

    #[test]
    fn a_hash_of_a_tile_is_the_root_of_the_subtree_below_it() {
        let leaves = leaves(600);
        let tiles = tiles(&leaves);
        let below = |level: u32| 256_usize.pow(level);
        for Tile { level, number, hashes } in &tiles {
            for (at, hash) in (0..).zip(hashes) {
                let from = (usize::try_from(*number).unwrap() * 256 + at) * below(*level);
                let subtree = &leaves[from..from + below(*level)];
                assert_eq!(*hash, Tree::of(subtree).root());
            }
        }
        assert_eq!(tiles[0].bytes().len(), 256 * 32);
        assert_eq!(tiles[0].bytes()[32..64], *leaves[1].as_bytes());
    }
}
