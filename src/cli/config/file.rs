//! A file of settings: read with the place of every fault, written line by line, so that what somebody
//! has noted beside them stays.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use toml::de::DeTable;

use super::layers::{Key, Layer};
use crate::cli::add::words::Words;
use crate::cli::chinese::chinese;
use crate::cli::failure::{Place, Problem};
use crate::cli::instructions::nearest;

#[derive(Default)]
pub(crate) struct Read {
    pub(crate) values: Vec<(Key, String)>,
    pub(crate) problems: Vec<Problem>,
}

impl Read {
    pub(crate) fn get(&self, key: Key) -> Option<&str> {
        self.values.iter().find(|(of, _)| *of == key).map(|(_, value)| value.as_str())
    }
}

/// What the file says, and everything that is wrong with it.
pub(crate) fn read(path: &Path, text: &str, layer: Layer) -> Read {
    let mut read = Read::default();
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let why = error.message().lines().next().unwrap_or_default().to_owned();
            let zh = format!("不是 TOML：{}", chinese(&why));
            let problem = Problem::new("CFG1", zh, format!("not TOML: {why}"));
            let at = error.span().map_or(0, |span| span.start);
            read.problems.push(problem.at(place(path, text, at)));
            return read;
        }
    };
    let mut found: Vec<_> = table.get_ref().iter().collect();
    found.sort_by_key(|(name, _)| name.span().start);
    for (name, value) in found {
        let Some(key) = key_of(name.get_ref(), layer) else {
            let problem = unknown(name.get_ref(), layer);
            read.problems.push(problem.at(place(path, text, name.span().start)));
            continue;
        };
        let value_at = value.span().start;
        let inner = value.get_ref();
        let said = inner.as_str().map(str::to_owned);
        let said = said.or_else(|| inner.as_bool().map(|yes| yes.to_string()));
        let wrong = match &said {
            None => Some(Words::new("应为文字", "a text is needed")),
            Some(said) => key.wrong(said),
        };
        match (said, wrong) {
            (Some(said), None) => read.values.push((key, said)),
            (_, wrong) => {
                let Words { zh, en } = wrong.unwrap_or_default();
                let name = key.name();
                let problem =
                    Problem::new("CFG3", format!("{name}：{zh}"), format!("{name}: {en}"));
                read.problems.push(problem.at(place(path, text, value_at)));
            }
        }
    }
    read
}

pub(crate) fn key_of(name: &str, layer: Layer) -> Option<Key> {
    Key::ALL.into_iter().find(|key| key.name() == name && key.is_of(layer))
}

pub(crate) fn unknown(name: &str, layer: Layer) -> Problem {
    let near = nearest(name, &Key::names(layer));
    let (zh, en) = match layer {
        Layer::Book => ("账套设置", "a book's file"),
        Layer::User => ("用户设置", "a user's file"),
    };
    Problem::new(
        "CFG2",
        format!("{zh}中没有 {name} 这一项；相近的有：{near}"),
        format!("{en} has no setting {name}; the nearest are: {near}"),
    )
    .next("mingzhang config")
}

fn place(path: &Path, text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let excerpt = text.lines().nth(line - 1).unwrap_or_default().to_owned();
    Place { file: path.display().to_string(), line, column, excerpt, ..Place::default() }
}

/// The same file with this setting in it, or without it.
pub(crate) fn with(text: &str, key: Key, value: Option<&str>) -> String {
    let line = value.map(|value| {
        let value = if key.is_yes_or_no() { value.to_owned() } else { quoted(value) };
        format!("{} = {value}\n", key.name())
    });
    let line = line.unwrap_or_default();
    if let Some(Range { start, end }) = lines_of(text, key) {
        let (before, after) = (text.get(..start), text.get(end..));
        return format!("{}{line}{}", before.unwrap_or_default(), after.unwrap_or_default());
    }
    let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{newline}{line}")
}

/// The whole lines in which a setting stands.
fn lines_of(text: &str, key: Key) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let (name, value) = table.get_ref().iter().find(|(name, _)| name.get_ref() == key.name())?;
    let (start, end) = (name.span().start, value.span().end);
    let start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(end..)?.find('\n').map_or(text.len(), |at| end + at + 1);
    Some(start..end)
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                write!(quoted, "\\u{:04X}", u32::from(letter)).ok();
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_takes_its_line_and_leaves_the_others_as_they_are() {
        let text = "# 我的设置\nlang = \"zh\" # 中文\nofficer = \"acc\"\n";
        assert_eq!(
            with(text, Key::Lang, Some("en")),
            "# 我的设置\nlang = \"en\"\nofficer = \"acc\"\n"
        );
        assert_eq!(with(text, Key::Lang, None), "# 我的设置\nofficer = \"acc\"\n");
        assert_eq!(with("a", Key::Input, Some("false")), "a\ninput = false\n");
        assert_eq!(with("", Key::Clock, None), "");
    }

    #[test]
    fn what_is_written_is_read_back_whatever_it_is() {
        for value in ["/账套/a b", "a\"b\\c", "a\tb\u{1}", "$x 'y'"] {
            let text = with("", Key::Book, Some(value));
            let read = read(Path::new("config.toml"), &text, Layer::User);
            assert_eq!(read.values, [(Key::Book, value.to_owned())], "{text}");
        }
    }
}
