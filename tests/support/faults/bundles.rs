//! What a bundle brings besides its records, and how it differs from them.

use mingzhang::chain::verify::FaultKind::{self, *};
use serde_json::json;

use super::super::office::{PAPER, good_office, office, opening, openings, paper, shown};
use super::super::travel::{increment, packed, since, sums, tiles_of};
use super::super::{Bundle, NamedBytes, bundle, checkpoint, named, seal, signed};
use super::{Case, book_case};

pub(super) fn cases() -> Vec<Case> {
    [tiles(), lists(), shown_fields(), papers(), increments()].into_iter().flatten().collect()
}

fn tiles() -> Vec<Case> {
    let with = |done, edit: fn(&mut Vec<NamedBytes>), found: &[FaultKind]| {
        let mut bundle = packed(good_office());
        edit(&mut bundle.tiles);
        bundle.sums = None;
        book_case(done, bundle, found)
    };
    vec![
        with("a bundle has its tiles", |_| (), &[]),
        with("a tile is not there", Vec::clear, &[]),
        with("a tile has another hash", |tiles| tiles[0].bytes[40] ^= 1, &[TileWrong]),
        with("a tile is a hash shorter", |tiles| tiles[0].bytes.truncate(35 * 32), &[TileWrong]),
        with(
            "a tile of fewer hashes lies there too",
            |tiles| {
                let bytes = tiles[0].bytes[..64].to_vec();
                tiles.push(NamedBytes { name: "tile/0/000.p/2".to_owned(), bytes });
            },
            &[],
        ),
        with(
            "a tile is named as another one",
            |tiles| "tile/0/001.p/36".clone_into(&mut tiles[0].name),
            &[TileWrong],
        ),
        with(
            "a tile's name has no form",
            |tiles| "tile/0/0.p/36".clone_into(&mut tiles[0].name),
            &[TileWrong],
        ),
        with(
            "a tile is of a level that is not there",
            |tiles| tiles.push(named("tile/1/000.p/1", "0".repeat(32))),
            &[TileWrong],
        ),
    ]
}

fn lists() -> Vec<Case> {
    let with = |done, edit: fn(&mut Bundle), found: &[FaultKind]| {
        let mut bundle = packed(good_office());
        edit(&mut bundle);
        book_case(done, bundle, found)
    };
    let listed = |done, line: &str, kind| {
        let mut bundle = packed(good_office());
        bundle.sums.as_mut().unwrap().extend_from_slice(line.as_bytes());
        book_case(done, bundle, &[kind])
    };
    let hash = "0".repeat(64);
    vec![
        with("a file is not there", |b| b.tiles.clear(), &[FileMissing]),
        with("the chart is not there", |b| b.chart = None, &[FileMissing]),
        with(
            "a list is of other bytes",
            |b| {
                let sums = b.sums.as_mut().unwrap();
                sums[3] = if sums[3] == b'0' { b'1' } else { b'0' };
            },
            &[FileDiffers],
        ),
        with("a list leaves a file out", |b| b.sums = Some(Vec::new()), &[]),
        with(
            "a list's last line has no end",
            |b| b.sums = b.sums.as_ref().map(|s| s[..s.len() - 1].to_vec()),
            &[SumsForm],
        ),
        listed("a list names a file outside", &format!("{hash}  /etc/x\n"), SumsForm),
        listed("a list names a file above", &format!("{hash}  a/../../x\n"), SumsForm),
        listed("a list's hash has capitals", &format!("{}  x\n", "A".repeat(64)), SumsForm),
        listed("a list has one space", &format!("{hash} x\n"), SumsForm),
        listed("a list has an empty line", "\n", SumsForm),
        listed("a list names a file that never was", &format!("{hash}  x\n"), FileMissing),
        listed("a list says another hash", &format!("{hash}  log.vkey\n"), FileDiffers),
    ]
}

fn shown_fields() -> Vec<Case> {
    let with = |done, text: String, found: &[FaultKind]| {
        book_case(done, Bundle { openings: Some(text.into_bytes()), ..good_office() }, found)
    };
    let both = json!({ "姓名": shown("某甲"), "身份证号": shown("1234") });
    let first = opening("s-1", both.clone());
    let second = opening("s-2", json!({ "姓名": "withheld" }));
    let of_first = |fields| opening("s-1", fields);
    let wrong = &[OpeningWrong];
    vec![
        with("private fields are shown", first.clone() + &second, &[]),
        with("nothing is shown", String::new(), &[]),
        with("one subject is shown", second.clone(), &[]),
        with(
            "a field is neither shown nor withheld",
            of_first(json!({ "姓名": shown("某甲") })),
            &[OpeningMissing],
        ),
        with(
            "another value is shown",
            of_first(json!({ "姓名": shown("某丙"), "身份证号": "withheld" })),
            wrong,
        ),
        with(
            "the value of another field is shown",
            of_first(json!({ "姓名": "withheld", "身份证号": shown("某甲") })),
            wrong,
        ),
        with("another salt is shown", first.replacen("a1b2", "b1b2", 1), wrong),
        with("the salt has capitals", first.replacen("a1b2", "A1b2", 1), wrong),
        with(
            "a field is shown that was never committed",
            of_first(json!({ "姓名": "withheld", "身份证号": "withheld", "住址": shown("某处") })),
            wrong,
        ),
        with(
            "a field is shown that was erased",
            opening("s-2", json!({ "姓名": "withheld", "电话": shown("5678") })),
            wrong,
        ),
        with(
            "a field is withheld that was erased",
            opening("s-2", json!({ "姓名": "withheld", "电话": "withheld" })),
            wrong,
        ),
        with("somebody unknown is shown", opening("s-9", json!({ "姓名": "withheld" })), wrong),
        with("subjects are not sorted", second.clone() + &first, wrong),
        with("a subject is shown twice", first.clone() + &first, wrong),
        with("a line has a space", first.replacen(':', ": ", 1), wrong),
        with("the last line has no end", first.trim_end().to_owned(), wrong),
        with("a line is empty", "\n".to_owned(), wrong),
        with(
            "an opening is a number",
            of_first(json!({ "姓名": 1, "身份证号": "withheld" })),
            wrong,
        ),
        with(
            "a line has another field",
            first.replacen("{\"fields\"", "{\"a\":1,\"fields\"", 1),
            wrong,
        ),
    ]
}

fn papers() -> Vec<Case> {
    let with = |done, papers: Vec<NamedBytes>, found: &[FaultKind]| {
        book_case(done, Bundle { papers, ..good_office() }, found)
    };
    let other = paper(b"other");
    let renamed = NamedBytes { name: paper(PAPER).name, bytes: b"other".to_vec() };
    let mut longer = office();
    longer[17]["body"]["bytes"] = 99.into();
    let longer = Bundle { papers: vec![paper(PAPER)], ..bundle(&seal(longer)) };
    vec![
        with("no paper travels", vec![], &[]),
        with("a paper travels that no record names", vec![paper(PAPER), other.clone()], &[]),
        with("one paper travels, and another is missing", vec![other], &[AttachmentMissing]),
        with("a paper has other bytes", vec![renamed], &[AttachmentDiffers]),
        with(
            "a paper has no hash for a name",
            vec![paper(PAPER), NamedBytes { name: "发票".to_owned(), bytes: PAPER.to_vec() }],
            &[AttachmentDiffers],
        ),
        book_case("a paper is longer than its record says", longer, &[AttachmentDiffers]),
    ]
}

fn increments() -> Vec<Case> {
    let whole = good_office();
    let base = || Bundle { openings: None, ..increment(&whole, 0, 20) };
    let middle = || Bundle { openings: None, ..increment(&whole, 20, 30) };
    let last = |bases| Bundle { bases, ..increment(&whole, 30, 36) };
    let two = |bases| Bundle { bases, ..increment(&whole, 20, 36) };
    let longer = || Bundle { openings: None, ..increment(&whole, 0, 25) };
    let shorter = || Bundle { openings: None, ..increment(&whole, 0, 19) };
    let other = || {
        let mut records = office();
        records[3]["body"]["from"] = "2026-01-02".into();
        increment(&Bundle { openings: None, ..bundle(&seal(records)) }, 0, 20)
    };
    let edited = |done, edit: fn(&mut Bundle), found: &[FaultKind]| {
        let mut bundle = two(vec![base()]);
        bundle.sums = None;
        edit(&mut bundle);
        book_case(done, bundle, found)
    };
    let proof_of_other = |b: &mut Bundle| {
        let lines = good_office().lines();
        let text = String::from_utf8(since(&lines, 20)).unwrap();
        b.since = Some(
            text.rsplit_once('\n').unwrap().0.rsplit_once('\n').unwrap().0.to_owned().into_bytes(),
        );
        b.since.as_mut().unwrap().push(b'\n');
    };
    let mut middle_wrong = middle();
    middle_wrong.checkpoints = Vec::new();
    let mut tile_wrong = base();
    tile_wrong.tiles[0].bytes[0] ^= 1;
    vec![
        book_case("a bundle continues another", two(vec![base()]), &[]),
        book_case("a bundle continues a longer one", two(vec![longer()]), &[]),
        book_case(
            "a bundle continues one that continues another",
            last(vec![middle(), base()]),
            &[],
        ),
        book_case("the bundles are given in the other order", last(vec![base(), middle()]), &[]),
        book_case("the bundle before is not given", two(vec![]), &[BaseWrong]),
        book_case("the bundle in the middle is not given", last(vec![base()]), &[BaseWrong]),
        book_case("the first bundle is not given", last(vec![middle()]), &[BaseWrong]),
        book_case("the bundle before is shorter", two(vec![shorter()]), &[BaseWrong]),
        book_case("the bundle before is of another book", two(vec![other()]), &[BaseWrong]),
        book_case("the bundle before is the whole", two(vec![increment(&whole, 0, 36)]), &[]),
        edited(
            "a bundle does not say where it begins",
            |b| b.since = Some(b"old 20\n".to_vec()),
            &[BaseWrong],
        ),
        edited(
            "the way from before has no end",
            |b| b.since = b.since.as_ref().map(|s| s[..s.len() - 1].to_vec()),
            &[BaseWrong],
        ),
        edited(
            "a bundle that continues another has no checkpoint",
            |b| b.checkpoints.clear(),
            &[ConsistencyWrong],
        ),
        edited("the way from before lacks a step", proof_of_other, &[ConsistencyWrong]),
        edited(
            "a bundle's checkpoint is of an earlier size",
            |b| {
                let lines = good_office().lines();
                b.checkpoints = vec![named("checkpoint", signed(&checkpoint(&lines[..25]), &[1]))];
            },
            &[ConsistencyWrong],
        ),
        edited("a tile of the part is wrong", |b| b.tiles[0].bytes[0] ^= 1, &[TileWrong]),
        book_case("a tile of the bundle before is wrong", two(vec![tile_wrong]), &[TileWrong]),
        book_case(
            "the bundle in the middle has no checkpoint",
            last(vec![middle_wrong, base()]),
            &[ConsistencyWrong],
        ),
        edited(
            "what is shown is of the whole book",
            |b| b.openings = Some(openings().into_bytes()),
            &[],
        ),
        edited(
            "a bundle that continues another has the tiles of the whole",
            |b| b.tiles = tiles_of(&good_office().lines()),
            &[],
        ),
        edited("the list is of the part", |b| b.sums = Some(sums(b)), &[]),
    ]
}
