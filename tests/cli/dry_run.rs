//! A dry run at every door that records: it shows what would be, and writes nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::program::{Desk, files, without_hashes, words};

/// Everything of the book but its index, which any opening may touch, and its lock.
fn kept(desk: &Desk) -> BTreeMap<PathBuf, Vec<u8>> {
    let (store, lock) = (desk.path("b/store"), desk.path("b/lock"));
    let mut found = files(&desk.path("b"));
    found.retain(|path, _| !path.starts_with(&store) && *path != lock);
    found
}

#[test]
fn no_door_writes_anything_in_a_dry_run() {
    let desk = Desk::with_small_book();
    for line in [
        "--as acc record dues.receive --date 2025-01-15 --into bank --lines member=m-1,month=2025-01,amount=27.15",
        "--as clerk record disbursement.request --disbursement d-1 --date 2025-01-20 --account 50405 --amount 500.00 --payee member=m-1 --purpose 慰问",
    ] {
        desk.run(&[&["-b", "b"], &words(line)[..]].concat()).ends(0);
    }
    desk.write(
        "file.jsonl",
        "{\"command\":\"group.define\",\"group\":\"g9\",\"name\":\"x\",\"as\":\"acc\"}\n",
    );
    desk.write("answers", "2025-01-31\n1.00\n\n");
    desk.write("paper.txt", "paper");
    desk.write("fields.json", "{\"姓名\":\"示例\"}");
    let before = kept(&desk);
    for (line, shown) in [
        ("apply file.jsonl --dry-run", "- group.defined\n"),
        ("--as acc record group.define --group g9 --name x --dry-run", "- group.defined\n"),
        (
            "--as acc add interest.receive --answers answers --dry-run",
            "- interest.received 记-2025-01-0003\n记-2025-01-0003 2025-01-31\n",
        ),
        ("--as fin approve d-1 --date 2025-01-21 --dry-run", "- approval.given\n"),
        (
            "--as acc undo --reason x --dry-run",
            "- entry.reversed 记-2025-01-0003\n记-2025-01-0003 2025-01-15\n",
        ),
        ("--as acc undo 26 --reason x --dry-run", "- entry.reversed 记-2025-01-0003\n"),
        ("--as acc receipt issue 26 --date 2025-01-15 --dry-run", "- receipt.issued\n"),
        (
            "--as chair publish notice 2025-01 --place 公示栏 --out notice.txt --interim --dry-run",
            "- disclosure.published\n",
        ),
        ("--as acc attach 26 paper.txt --title 单据 --dry-run", "- [..] 5\n"),
        ("--as acc vault put fields.json --of member=m-1 --subject s1 --dry-run", "- s1 [姓名]\n"),
    ] {
        let said = desk.run(&[&["-b", "b"], &words(line)[..]].concat()).ends(0);
        let out = without_hashes(&said.out);
        assert!(out.starts_with(shown), "{line}: {out}");
        assert!(said.err.contains("dry run: nothing was recorded\n"), "{line}: {}", said.err);
        assert!(kept(&desk) == before, "{line} wrote something");
    }
    assert!(!desk.path("notice.txt").exists());
}
