//! The hashes of the tree as they lie in a bundle (docs/FORMAT.md, section 13.3).

use std::io;

use super::super::tree::{Tree, TreeHash};
use super::NamedBytes;
use super::finding::Findings;
use super::kind::FaultKind;

/// Hashes in a tile that is full.
const WIDTH: usize = 256;

/// Each tile against the records. A level is made when a tile of it comes.
pub(super) fn check(
    tiles: impl Iterator<Item = io::Result<NamedBytes>>,
    leaves: Vec<TreeHash>,
    findings: &mut Findings,
) -> io::Result<()> {
    let mut levels = vec![leaves];
    for tile in tiles {
        let NamedBytes { name, bytes } = tile?;
        let Some(Name { level, number, width }) = Name::parse(&name) else {
            findings.fault_of_book(FaultKind::TileWrong, "tile/<L>/<N>", &name);
            continue;
        };
        while levels.len() <= level && levels.last().is_some_and(|below| below.len() >= WIDTH) {
            let above = levels.last().map(|below| roots(below)).unwrap_or_default();
            levels.push(above);
        }
        let from = number.checked_mul(WIDTH);
        let to = from.and_then(|from| from.checked_add(width));
        let range = from.zip(to).map(|(from, to)| from..to);
        let hashes = levels.get(level).zip(range).and_then(|(level, range)| level.get(range));
        let expected = hashes.map(|hashes| hashes.iter().flat_map(TreeHash::as_bytes));
        if !expected.is_some_and(|expected| expected.eq(&bytes)) {
            let expected = hashes.map_or_else(|| "-".to_owned(), |_| "tree".to_owned());
            findings.fault_of_book(FaultKind::TileWrong, expected, &name);
        }
    }
    Ok(())
}

/// The root of each 256 hashes that are all there.
fn roots(below: &[TreeHash]) -> Vec<TreeHash> {
    below.chunks_exact(WIDTH).map(|chunk| Tree::of(chunk).root()).collect()
}

/// Level, number and hashes of `tile/<L>/<N>` or `tile/<L>/<N>.p/<W>`.
#[derive(Debug, PartialEq, Eq)]
struct Name {
    level: usize,
    number: usize,
    width: usize,
}

impl Name {
    fn parse(path: &str) -> Option<Name> {
        let (level, number) = path.strip_prefix("tile/")?.split_once('/')?;
        let (number, width) = match number.split_once(".p/") {
            Some((number, width)) => (number, decimal(width).filter(|w| (1..WIDTH).contains(w))?),
            None => (number, WIDTH),
        };
        let level = decimal(level)?;
        let digits: String = number.split('/').map(|group| group.trim_start_matches('x')).collect();
        let number = decimal(digits.trim_start_matches('0')).or((digits == "000").then_some(0))?;
        // Written again it is the same: no name has two spellings.
        let name = Name { level, number, width };
        (name.to_string() == path).then_some(name)
    }
}

impl core::fmt::Display for Name {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut groups = Vec::new();
        let mut rest = self.number;
        loop {
            groups.push(format!("{:03}", rest.checked_rem(1000).unwrap_or_default()));
            rest = rest.checked_div(1000).unwrap_or_default();
            if rest == 0 {
                break;
            }
        }
        groups.reverse();
        write!(f, "tile/{}/", self.level)?;
        for (place, group) in groups.iter().enumerate() {
            let is_last = place.saturating_add(1) == groups.len();
            if is_last { f.write_str(group)? } else { write!(f, "x{group}/")? }
        }
        if self.width < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// In its one form: no sign, no leading zero.
fn decimal(text: &str) -> Option<usize> {
    text.parse::<usize>().ok().filter(|number| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_s_name_has_one_form() {
        for (path, level, number, width) in [
            ("tile/0/000", 0, 0, 256),
            ("tile/0/000.p/255", 0, 0, 255),
            ("tile/1/999", 1, 999, 256),
            ("tile/0/x001/000", 0, 1000, 256),
            ("tile/0/x001/x234/067.p/8", 0, 1_234_067, 8),
        ] {
            assert_eq!(Name::parse(path), Some(Name { level, number, width }), "{path}");
        }
        for bad in [
            "tile/0/0",
            "tile/00/000",
            "tile/0/0001",
            "tile/0/001/000",
            "tile/0/x000/001",
            "tile/0/x001/x000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/xx001/000",
            "tile/-1/000",
            "tile/0/",
            "tile/entries/000",
            "tile/0/000/",
        ] {
            assert_eq!(Name::parse(bad), None, "{bad}");
        }
    }
}
