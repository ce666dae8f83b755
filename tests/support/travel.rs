//! What a bundle brings besides its records, made here from the format's text: tiles, the way from
//! an earlier bundle, and the list of its files.

use mingzhang::chain::tree::{consistency_proof, leaf_hash};
use sha2::{Digest, Sha256};

use super::{Bundle, NamedBytes, checkpoint, named, sha256, signed};

type Hash = [u8; 32];

/// RFC 6962, section 2.1, as it is written there.
pub(crate) fn root(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        [..] => {
            let split = hashes.len().next_power_of_two() / 2;
            let (left, right) = (root(&hashes[..split]), root(&hashes[split..]));
            Sha256::digest([&[1], left.as_slice(), right.as_slice()].concat()).into()
        }
    }
}

pub(crate) fn leaf(line: &[u8]) -> Hash {
    Sha256::digest([&[0], line].concat()).into()
}

/// Every tile of a tree with these leaves: at each level the full ones, and the one that is not.
pub(crate) fn tiles(leaves: &[Hash]) -> Vec<NamedBytes> {
    let mut tiles = Vec::new();
    for level in 0_u32..8 {
        let below = 256_usize.pow(level);
        let count = leaves.len() / below;
        if count == 0 {
            break;
        }
        let hashes: Vec<Hash> =
            (0..count).map(|i| root(&leaves[i * below..(i + 1) * below])).collect();
        for (n, chunk) in hashes.chunks(256).enumerate() {
            let part =
                if chunk.len() < 256 { format!(".p/{}", chunk.len()) } else { String::new() };
            let name = format!("tile/{level}/{}{part}", number(n));
            tiles.push(NamedBytes { name, bytes: chunk.concat() });
        }
    }
    tiles
}

/// Groups of three digits, all but the last behind an `x`.
fn number(n: usize) -> String {
    if n < 1000 { format!("{n:03}") } else { format!("x{}/{:03}", number(n / 1000), n % 1000) }
        .replace("xx", "x")
}

pub(crate) fn tiles_of(lines: &[Vec<u8>]) -> Vec<NamedBytes> {
    tiles(&lines.iter().map(|line| leaf(line)).collect::<Vec<_>>())
}

/// The list of all files, as `sha256sum` writes it.
pub(crate) fn sums(bundle: &Bundle) -> Vec<u8> {
    let line = |file: &NamedBytes| format!("{}  {}\n", sha256(&file.bytes), file.name);
    bundle.files().iter().map(line).collect::<String>().into_bytes()
}

/// The bundle with its tiles and its list.
pub(crate) fn packed(bundle: Bundle) -> Bundle {
    let tiles =
        if bundle.since.is_none() { tiles_of(&bundle.lines()) } else { bundle.tiles.clone() };
    let bundle = Bundle { tiles, ..bundle };
    Bundle { sums: Some(sums(&bundle)), ..bundle }
}

/// `since`: that the tree of all these records begins with that of the first so many.
pub(crate) fn since(lines: &[Vec<u8>], old: usize) -> Vec<u8> {
    let leaves: Vec<_> = lines.iter().map(|line| leaf_hash(line)).collect();
    let proof = consistency_proof(&leaves, old as u64).unwrap();
    let head = [format!("old {old}"), checkpoint(&lines[..old]).root.to_string()];
    let all: Vec<String> = head.into_iter().chain(proof.iter().map(ToString::to_string)).collect();
    format!("{}\n", all.join("\n")).into_bytes()
}

/// The records from `from` to `to` of this book as a bundle that continues those before `from`.
pub(crate) fn increment(whole: &Bundle, from: usize, to: usize) -> Bundle {
    let lines = whole.lines();
    let all = tiles_of(&lines[..to]);
    let before = tiles_of(&lines[..from]);
    let part = Bundle {
        events: super::file(&lines[from..to]),
        checkpoints: vec![named("checkpoint", signed(&checkpoint(&lines[..to]), &[1]))],
        tiles: all.into_iter().filter(|tile| !before.contains(tile)).collect(),
        since: (from > 0).then(|| since(&lines[..to], from)),
        ..whole.clone()
    };
    Bundle { sums: Some(sums(&part)), ..part }
}
