//! What the level above holds itself: policies, checkpoints from before, and the list of units.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mingzhang::chain::checkpoint::Note;
use mingzhang::chain::policy::Policy;
use mingzhang::chain::verify::NamedBytes;
use mingzhang::ids::PayerId;
use mingzhang::report::consolidated::Unit;

use super::super::checkpoint::note_failure;
use super::super::chinese::chinese;
use super::super::failure::{Failure, Place, Problem, exit};

/// Trust files, each union found by the name of its log.
pub(super) struct Policies {
    texts: Vec<String>,
    by_origin: BTreeMap<String, usize>,
}

impl Policies {
    pub(super) fn read(path: &Path) -> Result<Policies, Failure> {
        let (mut texts, mut by_origin) = (Vec::new(), BTreeMap::new());
        let mut files: BTreeMap<String, PathBuf> = BTreeMap::new();
        for path in all_files(path)? {
            let text = read_text(&path)?;
            let policy = Policy::parse(&text).map_err(|errors| {
                let (shown, zh) = (path.display(), chinese(&errors));
                let zh = format!("{shown} 不是合规定的信任文件：{zh}");
                let en = format!("{shown} is no policy that can be used: {errors}");
                Failure::one(exit::USAGE, Problem::new("POL1", zh, en))
            })?;
            for log in policy.logs() {
                let origin = log.key.name().to_string();
                let before = files.insert(origin.clone(), path.clone());
                if let Some(before) = before.filter(|before| *before != path) {
                    return Err(twice(&origin, &before, &path));
                }
                by_origin.insert(origin, texts.len());
            }
            texts.push(text);
        }
        if texts.is_empty() {
            let shown = path.display();
            let zh = format!("{shown} 里没有信任文件");
            let en = format!("there is no policy in {shown}");
            return Err(Failure::one(exit::USAGE, Problem::new("LVL3", zh, en)));
        }
        Ok(Policies { texts, by_origin })
    }

    /// The policy of one book: its own log lines, and the witnesses, groups and quorum of the file.
    /// A file of thousands of logs is not read again as a whole for each of them.
    pub(super) fn of(&self, origin: &str) -> Option<String> {
        let text = self.texts.get(*self.by_origin.get(origin)?)?;
        let is_anothers = |line: &str| {
            let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
            let is_log = words.next() == Some("log");
            let name = words.next().and_then(|key| key.split_once('+')).map(|(name, _)| name);
            is_log && name != Some(origin)
        };
        Some(text.split_inclusive('\n').filter(|line| !is_anothers(line)).collect())
    }
}

fn twice(origin: &str, before: &Path, path: &Path) -> Failure {
    let (before, path) = (before.display(), path.display());
    let zh = format!("账套 {origin} 的日志公钥既在 {before} 又在 {path}：一个账套只用一份信任文件");
    let en = format!("the log of {origin} stands in {before} and in {path}: a book has one policy");
    Failure::one(exit::USAGE, Problem::new("LVL4", zh, en))
}

/// Checkpoints that were kept from before, by the book that they are of.
pub(super) struct Held(BTreeMap<String, Vec<(u64, NamedBytes)>>);

impl Held {
    pub(super) fn read(paths: &[PathBuf]) -> Result<Held, Failure> {
        let mut held: BTreeMap<String, Vec<(u64, NamedBytes)>> = BTreeMap::new();
        for path in paths {
            for path in all_files(path)? {
                let text = read_text(&path)?;
                let checkpoint = Note::parse(&text).and_then(|note| note.checkpoint());
                let checkpoint = checkpoint.map_err(|error| {
                    let mut failure = note_failure(&error);
                    for problem in &mut failure.errors {
                        problem.zh = format!("{}：{}", path.display(), problem.zh);
                        problem.en = format!("{}: {}", path.display(), problem.en);
                    }
                    failure
                })?;
                let name = path.display().to_string();
                let file = NamedBytes { name, bytes: text.into_bytes() };
                let of = held.entry(checkpoint.origin.to_string()).or_default();
                of.push((checkpoint.size, file));
            }
        }
        Ok(Held(held))
    }

    /// How many records the newest one of a book covers.
    pub(super) fn newest(&self, origin: &str) -> Option<u64> {
        self.0.get(origin)?.iter().map(|(size, _)| *size).max()
    }

    /// Those that a bundle of so many records is held against. One that covers more says that the
    /// bundle is older than it, which is looked at by itself.
    pub(super) fn of(&self, origin: &str, records: u64) -> Vec<NamedBytes> {
        let all = self.0.get(origin).into_iter().flatten();
        all.filter(|(size, _)| *size <= records).map(|(_, file)| file.clone()).collect()
    }
}

/// A file itself, or every file of a folder and of those in it, without hidden ones.
fn all_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let (mut folders, mut files) = (vec![path.to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| Failure::file(&folder, &e))? {
            let entry = entry.map_err(|e| Failure::file(&folder, &e))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    files.sort();
    Ok(files)
}

fn read_text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))
}

/// The lower unions that should keep books: `unit,name,book` with a first line that says so; `book`
/// may be empty, and then the bundle of that organisation is meant.
pub(super) fn units(path: &Path) -> Result<Vec<Unit>, Failure> {
    let text = read_text(path)?;
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let wrong = |number: usize, line: &str, zh: String, en: String| {
        let file = path.display().to_string();
        let excerpt = line.to_owned();
        let place = Place { file, line: number + 1, column: 1, excerpt, ..Place::default() };
        Failure::one(exit::USAGE, Problem::new("LVL5", zh, en).at(place))
    };
    let head = lines.next().map(|(_, line)| line).unwrap_or_default();
    if cells(head) != ["unit", "name", "book"] {
        let zh = format!("应建账单位名单的第一行是 unit,name,book，而不是 {head:?}");
        let en = format!("the list of units begins with unit,name,book, and not with {head:?}");
        return Err(wrong(0, head, zh, en));
    }
    let (mut units, mut seen, mut books) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells = cells(line);
        let [unit, name, book] = &cells[..] else {
            let zh = format!("每行三格：unit,name,book；这一行有 {} 格", cells.len());
            let en =
                format!("a line has three cells, unit,name,book, and this one {}", cells.len());
            return Err(wrong(number, line, zh, en));
        };
        let unit =
            PayerId::parse(unit).map_err(|e| wrong(number, line, chinese(&e), e.to_string()))?;
        if let Some(before) = seen.insert(unit.clone(), number + 1) {
            let zh = format!("单位 {unit} 已在第 {before} 行");
            let en = format!("the unit {unit} stands on line {before} already");
            return Err(wrong(number, line, zh, en));
        }
        let origin = (!book.is_empty()).then(|| book.clone());
        let twice = origin.clone().and_then(|book| books.insert(book, number + 1));
        if let Some(before) = twice {
            let zh = format!("账套 {book} 已在第 {before} 行：一个账套是一个单位的");
            let en = format!("the book {book} stands on line {before} already: it is one unit's");
            return Err(wrong(number, line, zh, en));
        }
        units.push(Unit { unit, name: name.clone(), origin });
    }
    Ok(units)
}

/// The cells of one line, quoted ones without their quotes (RFC 4180).
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            _ => cell.push(letter),
        }
    }
    cells.push(cell.trim().to_owned());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_is_of_one_unit() {
        let folder = std::env::temp_dir().join(format!("mingzhang-units-{}", std::process::id()));
        let list = |second: &str| {
            let text =
                format!("unit,name,book\nu1,甲,a.example/1\nu2,乙,{second}\nu3,丙,\nu4,丁,\n");
            std::fs::write(&folder, text).unwrap();
            units(&folder)
        };
        let twice = list("a.example/1").unwrap_err();
        let accepted = list("a.example/2").unwrap();
        std::fs::remove_file(&folder).unwrap();
        assert_eq!(twice.errors[0].code, "LVL5");
        assert!(
            twice.errors[0].en.contains("a.example/1 stands on line 2"),
            "{}",
            twice.errors[0].en
        );
        assert_eq!(accepted.len(), 4);
    }

    #[test]
    fn a_cell_in_quotes_may_hold_a_comma_and_a_quote() {
        assert_eq!(cells("a, 示例 ,"), ["a", "示例", ""]);
        assert_eq!(cells(r#""a,""b""",c"#), [r#"a,"b""#, "c"]);
    }
}
