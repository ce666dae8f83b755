//! The house is built as `src/lib.rs` says: each room names only those above it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

use std::fs;
use std::path::{Path, PathBuf};

use mingzhang::event::Fact;
use mingzhang::rules::Command;

const LINES_MAX: usize = 700;

/// A room that names one below it: (file, the room that it names, why it has to). None has to.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

struct File {
    /// From `src/` on, with `/`.
    name: String,
    text: String,
}

impl File {
    /// The first part of its path: `chain` of `chain/tree.rs`, `money` of `money.rs`.
    fn room(&self) -> &str {
        let first = self.name.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    fn is_of_the_binary(&self) -> bool {
        matches!(self.room(), "main" | "cli" | "web")
    }

    /// How many modules deep it stands: 1 for `money.rs` and `chain/mod.rs`, 2 for `chain/tree.rs`.
    fn depth(&self) -> usize {
        let parts = self.name.split('/').count();
        if self.name.ends_with("/mod.rs") { parts - 1 } else { parts }
    }

    /// Its lines without comments, each with its number.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines().map(without_comment))
    }

    /// The same, up to its tests.
    fn code_without_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.name.ends_with("/tests.rs") || self.name.ends_with("/given.rs");
        self.code().take_while(move |(_, line)| !tests && !line.starts_with("mod tests {"))
    }
}

/// A line up to its comment. What stands behind `//` inside a text is lost too, and not missed.
fn without_comment(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files() -> Vec<File> {
    let (mut folders, mut files) = (vec![source()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(source()).unwrap().to_str().unwrap().to_owned();
                files.push(File { name, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

/// The rooms in the reading order of `src/lib.rs`.
fn rooms() -> Vec<String> {
    let lib = fs::read_to_string(source().join("lib.rs")).unwrap();
    let of_line = |line: &str| {
        let name = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?;
        Some(name.strip_suffix(';')?.to_owned())
    };
    lib.lines().filter_map(of_line).collect()
}

/// What stands behind each `prefix` in a line, as far as it is a name.
fn named<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let end = |rest: &'a str| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        &rest[..end.unwrap_or(rest.len())]
    };
    line.match_indices(prefix).map(|(at, _)| end(&line[at + prefix.len()..])).collect()
}

/// Fails with every place at once.
#[track_caller]
fn none(found: &[String], what: &str) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn each_room_names_only_rooms_above_it() {
    let rooms = rooms();
    let place = |room: &str| rooms.iter().position(|name| name == room);
    let mut found = Vec::new();
    for file in files().iter().filter(|file| !file.is_of_the_binary() && file.name != "lib.rs") {
        let Some(own) = place(file.room()) else {
            found.push(format!("src/{}: lib.rs does not name its room", file.name));
            continue;
        };
        for (number, line) in file.code() {
            let at = format!("src/{}:{number}", file.name);
            // `use crate::{a, b}` would hide a room from this test.
            if line.contains("crate::{") || line.contains("crate::*") {
                found.push(format!("{at}: name each room on a line of its own"));
            }
            for room in named(line, "crate::") {
                let excused = EXCEPTIONS.iter().any(|(f, r, _)| *f == file.name && *r == room);
                match place(room) {
                    Some(other) if other <= own || excused => {}
                    Some(_) => found.push(format!("{at}: {} names {room}", file.room())),
                    None if room.is_empty() => {}
                    None => found.push(format!("{at}: crate::{room} is no room")),
                }
            }
            let inner = usize::from(line.starts_with(' '));
            let ups = (1..=6).take_while(|n| line.contains(&"super::".repeat(*n))).count();
            if ups >= file.depth() + inner {
                found.push(format!("{at}: super:: leaves the room"));
            }
        }
    }
    none(&found, "a room names one that is not above it");
}

#[test]
fn every_room_is_there_and_the_first_rooms_are_the_smallest_words() {
    let rooms = rooms();
    for room in &rooms {
        let (file, folder) =
            (source().join(format!("{room}.rs")), source().join(room).join("mod.rs"));
        assert!(file.exists() != folder.exists(), "{room}");
    }
    let order = ["money", "event", "posting", "projection", "rules", "chain", "store", "book"];
    let places: Vec<_> = order.map(|room| rooms.iter().position(|name| name == room)).into();
    assert!(places.is_sorted() && !places.contains(&None), "{rooms:?}");
}

#[test]
fn one_file_names_the_engine_and_the_binary_alone_names_its_flags() {
    let mut found = Vec::new();
    for file in files() {
        for (number, line) in file.code() {
            let at = format!("src/{}:{number}", file.name);
            if (line.contains("sled::") || line.contains("use sled"))
                && file.name != "store/disk.rs"
            {
                found.push(format!("{at}: the engine is named in store/disk.rs alone"));
            }
            if line.contains("clap::") && !file.is_of_the_binary() {
                found.push(format!("{at}: clap is the binary's"));
            }
            if line.contains("mingzhang::") && !file.is_of_the_binary() {
                found.push(format!("{at}: the library calls itself crate"));
            }
        }
    }
    none(&found, "a crate is named where it is not at home");
}

#[test]
fn the_library_has_no_clock_no_environment_no_random_order_and_prints_nothing() {
    const WORLD: [&str; 11] = [
        "HashMap",
        "HashSet",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "std::env",
        "env::var",
        "println!",
        "print!(",
        "dbg!",
    ];
    let mut found = Vec::new();
    for file in files().iter().filter(|file| !file.is_of_the_binary()) {
        for (number, line) in file.code_without_tests() {
            for word in WORLD.iter().filter(|word| line.contains(**word)) {
                found.push(format!("src/{}:{number}: {word}", file.name));
            }
        }
    }
    none(&found, "the library looks at the world by itself");
}

#[test]
fn what_is_decided_is_decided_without_a_disk_and_without_chance() {
    let pure =
        ["money", "date", "ids", "chart", "event", "posting", "projection", "rules", "report"];
    let mut found = Vec::new();
    for file in files().iter().filter(|file| pure.contains(&file.room())) {
        for (number, line) in file.code_without_tests() {
            for word in ["std::fs", "File::", "getrandom", "std::net", "std::thread", "f64", "f32"]
            {
                if line.contains(word) {
                    found.push(format!("src/{}:{number}: {word}", file.name));
                }
            }
        }
    }
    none(&found, "a pure room reaches out");
}

#[test]
fn no_file_is_longer_than_can_be_read() {
    let long = files().into_iter().map(|file| (file.text.lines().count(), file.name));
    let found: Vec<String> = long
        .filter(|(lines, _)| *lines > LINES_MAX)
        .map(|(lines, name)| format!("src/{name}: {lines} lines"))
        .collect();
    none(&found, "a file is longer than 700 lines");
}

/// `noun.verb`, both of a-z and `_`.
fn parts(name: &str) -> (&str, &str) {
    let (noun, verb) = name.split_once('.').unwrap_or_else(|| panic!("{name} is not noun.verb"));
    for part in [noun, verb] {
        let plain = part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        assert!(plain && !part.is_empty() && !part.starts_with('_'), "{name}");
    }
    (noun, verb)
}

#[test]
fn facts_are_in_the_past_and_commands_in_the_imperative() {
    const IRREGULAR: [&str; 8] =
        ["set", "left", "paid", "given", "drawn", "written", "made", "withdrawn"];
    for name in Fact::NAMES {
        let (_, verb) = parts(name);
        assert!(verb.ends_with("ed") || IRREGULAR.contains(&verb), "{name} is not in the past");
    }
    for name in Command::NAMES {
        let (_, verb) = parts(name);
        let past = verb.ends_with("ed") || IRREGULAR[1..].contains(&verb);
        assert!(!past, "{name} is in the past");
    }
}
