//! One thing that is wrong, for a treasurer: a stable code, the place, what was expected and found and
//! how far they are apart, up to where all agreed, the source of the rule, the next command; in both
//! languages.

use std::fmt::Write as _;

use mingzhang::lang::Lang;
use mingzhang::render;
use mingzhang::rules::{Bound, Figures};
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::output::seen;
use super::within::Within;

#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Problem {
    pub(crate) code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Place>,
    pub(crate) zh: String,
    pub(crate) en: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) source: String,
    /// `at_most` or `at_least` where what was found need not be just what was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bound: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) found: Option<String>,
    /// Found less expected: `-0.01`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) difference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) agreed: Option<Agreed>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) next: String,
}

/// Where in a file, counted from 1; the column counts characters. A line or column of 0 means the file
/// or the line as a whole.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    #[serde(skip)]
    pub(crate) excerpt: String,
    /// Of a command of several lines, where each of them stands.
    #[serde(skip)]
    pub(crate) within: Within,
}

/// The last point up to which everything agreed: a line of a file or a statement, or a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Agreed {
    Line(u32),
    Record {
        seq: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<String>,
    },
}

impl Agreed {
    pub(crate) fn line(line: u32) -> Agreed {
        Agreed::Line(line)
    }

    fn said(&self, lang: Lang) -> String {
        match (self, lang) {
            (Agreed::Line(line), Lang::Zh) => format!("至第 {line} 行"),
            (Agreed::Line(line), Lang::En) => format!("through line {line}"),
            (Agreed::Record { seq, date }, Lang::Zh) => {
                let date = date.as_ref().map(|date| format!("（{date}）")).unwrap_or_default();
                format!("至记录 {seq}{date}")
            }
            (Agreed::Record { seq, date }, Lang::En) => {
                let date = date.as_ref().map(|date| format!(" ({date})")).unwrap_or_default();
                format!("through record {seq}{date}")
            }
        }
    }
}

impl Problem {
    pub(crate) fn new(code: &str, zh: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { code: code.to_owned(), zh: zh.into(), en: en.into(), ..Problem::default() }
    }

    pub(crate) fn at(mut self, place: Place) -> Problem {
        self.place = Some(place);
        self
    }

    pub(crate) fn next(mut self, next: impl Into<String>) -> Problem {
        self.next = next.into();
        self
    }

    /// With the figures that a rule compared, if it did.
    pub(crate) fn compared(self, figures: Option<Figures>) -> Problem {
        let Some(Figures { bound, expected, found, difference }) = figures else { return self };
        let bound = match bound {
            Bound::Same => None,
            Bound::AtMost => Some("at_most"),
            Bound::AtLeast => Some("at_least"),
        };
        Problem { bound, expected: Some(expected), found: Some(found), difference, ..self }
    }

    pub(crate) fn text(&self, lang: Lang) -> String {
        let of = |zh: &'static str, en: &'static str| match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        let message = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        let error = of("错误", "error");
        let mut text = format!("{error}[{}] {message}\n", self.code);
        if let Some(place) = &self.place {
            text.push_str(&place.text());
        }
        let expected = self.expected.as_ref().map(|expected| match (self.bound, lang) {
            (Some("at_most"), Lang::Zh) => format!("不超过 {expected}"),
            (Some("at_most"), Lang::En) => format!("at most {expected}"),
            (Some("at_least"), Lang::Zh) => format!("不少于 {expected}"),
            (Some("at_least"), Lang::En) => format!("at least {expected}"),
            (Some(_) | None, _) => expected.clone(),
        });
        let source = Some(&self.source).filter(|source| !source.is_empty());
        for (label, said) in [
            (of("应为", "expected"), expected),
            (of("实为", "found"), self.found.clone()),
            (of("差额", "difference"), self.difference.as_ref().map(|by| apart(by, lang))),
            (of("相符", "agreed"), self.agreed.as_ref().map(|agreed| agreed.said(lang))),
            (of("依据", "source"), source.map(|source| render::source(source, lang))),
            (of("下一步", "next"), Some(self.next.clone()).filter(|next| !next.is_empty())),
        ] {
            if let Some(said) = said {
                writeln!(text, "  {label}: {said}").ok();
            }
        }
        text
    }
}

/// How far two figures are apart, in words: 少 0.01, 0.01 too little.
fn apart(difference: &str, lang: Lang) -> String {
    let one = |by: &str| {
        let (amount, less) = by.strip_prefix('-').map_or((by, false), |amount| (amount, true));
        let none = amount.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        match (none, less, lang) {
            (true, ..) => amount.to_owned(),
            (false, true, Lang::Zh) => format!("少 {amount}"),
            (false, true, Lang::En) => format!("{amount} too little"),
            (false, false, Lang::Zh) => format!("多 {amount}"),
            (false, false, Lang::En) => format!("{amount} too much"),
        }
    };
    difference.split(" / ").map(one).collect::<Vec<_>>().join(" / ")
}

impl Place {
    /// The place, the line around the fault, and a caret under the fault itself.
    fn text(&self) -> String {
        let Place { file, line, column, excerpt, .. } = self;
        match (line, column) {
            (0, _) => format!("  --> {file}\n"),
            (_, 0) if excerpt.is_empty() => format!("  --> {file}:{line}\n"),
            (_, 0) => format!("  --> {file}:{line}\n{}", shown(*line, 1, excerpt, "")),
            _ if excerpt.is_empty() => format!("  --> {file}:{line}:{column}\n"),
            _ => format!("  --> {file}:{line}:{column}\n{}", shown(*line, *column, excerpt, "^")),
        }
    }
}

/// How far a tab moves on, at most.
const TAB: usize = 4;

/// The part of a line around a character, and `mark` under that character by the width that everything
/// before it takes on a screen: a Chinese letter takes two columns, a combining mark none, a tab up to
/// the next of its stops, and what is not shown takes its number.
fn shown(line: usize, column: usize, excerpt: &str, mark: &str) -> String {
    const SHOWN_BEFORE: usize = 30;
    const SHOWN_AFTER: usize = 40;
    let is_mark = |c: &char| c.width() == Some(0);
    let letters: Vec<char> = excerpt.trim_end_matches(['\n', '\r']).chars().collect();
    let at = column.saturating_sub(1).min(letters.len());
    // A mark stands on the letter before it, and so does the caret.
    let to_letter = |at: usize| {
        let marks = letters.iter().take(at.saturating_add(1)).rev().take_while(|c| is_mark(c));
        at.saturating_sub(marks.count())
    };
    let at = if letters.get(at).is_some_and(is_mark) { to_letter(at) } else { at };
    let from = at.saturating_sub(SHOWN_BEFORE);
    let from = if letters.get(from).is_some_and(is_mark) { to_letter(from) } else { from };
    let (mut cut, mut indent) = (String::new(), 0);
    for (place, letter) in letters.iter().enumerate().skip(from) {
        if place == at {
            indent = cut.width();
        }
        if place >= from.saturating_add(SHOWN_BEFORE + SHOWN_AFTER) {
            break;
        }
        if *letter == '\t' {
            let stop = TAB - cut.width() % TAB;
            cut.push_str(&" ".repeat(stop));
        } else {
            cut.push_str(&seen(letter.encode_utf8(&mut [0; 4])));
        }
    }
    if at == letters.len() {
        indent = cut.width();
    }
    let margin = " ".repeat(line.to_string().len());
    let under = format!("{}{mark}", " ".repeat(indent));
    let under = if mark.is_empty() { String::new() } else { format!("  {margin} | {under}\n") };
    format!("  {margin} |\n  {line} | {cut}\n{under}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt and the line with the caret.
    fn pointed(column: usize, excerpt: &str) -> (String, String) {
        let text = shown(7, column, excerpt, "^");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "    |");
        (lines[1].to_owned(), lines[2].to_owned())
    }

    #[test]
    fn the_caret_stands_under_its_letter_by_the_width_that_is_seen() {
        for (excerpt, letter, before) in [
            ("a,b", 'b', 2),
            ("会费,x", 'x', 5),
            ("１２．５０,x", 'x', 11),
            ("e\u{301}te\u{301},x", 'x', 4),
            ("👷🏽,x", 'x', 3),
            ("❤\u{fe0f},x", 'x', 3),
            ("\tx", 'x', 4),
            ("ab\tx", 'x', 4),
            ("会费\tx", 'x', 8),
            ("a\u{202e}x", 'x', 9),
            ("a\u{200b}会x", 'x', 11),
        ] {
            let column = excerpt.chars().position(|c| c == letter).unwrap() + 1;
            let (line, caret) = pointed(column, excerpt);
            assert_eq!(caret, format!("    | {}^", " ".repeat(before)), "{excerpt:?}");
            let at = line.find(letter).unwrap();
            assert_eq!(line[..at].width(), caret.find('^').unwrap(), "{excerpt:?}: {line:?}");
        }
    }

    #[test]
    fn a_caret_at_a_mark_is_under_the_letter_that_bears_it_and_one_at_the_end_behind_all() {
        assert_eq!(pointed(3, "ae\u{301}b").1, "    |  ^");
        assert_eq!(pointed(4, "会费x").1, "    |      ^".to_owned());
        assert_eq!(pointed(99, "会").1, "    |   ^");
        assert_eq!(pointed(1, "").1, "    | ^");
        assert_eq!(shown(7, 1, "会费", ""), "    |\n  7 | 会费\n");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_fault_is_shown() {
        let line = format!("{}错{}", "会".repeat(100), "费".repeat(100));
        let (cut, caret) = pointed(101, &line);
        assert_eq!(cut, format!("  7 | {}错{}", "会".repeat(30), "费".repeat(39)));
        assert_eq!(caret, format!("    | {}^", " ".repeat(60)));
    }

    #[test]
    fn a_problem_says_what_was_expected_found_and_by_how_much_and_up_to_where_all_agreed() {
        let problem = Problem {
            code: "H15".to_owned(),
            zh: "余额不符".to_owned(),
            en: "the balance differs".to_owned(),
            source: "财会〔2021〕7号 Art. 10, 11".to_owned(),
            expected: Some("24399.50".to_owned()),
            found: Some("24399.49".to_owned()),
            difference: Some("-0.01".to_owned()),
            agreed: Some(Agreed::line(16)),
            ..Problem::default()
        }
        .at(Place {
            file: "2.csv".into(),
            line: 17,
            column: 4,
            excerpt: "会费,x".into(),
            ..Place::default()
        })
        .next("mingzhang doctor");
        assert_eq!(
            problem.text(Lang::En),
            "error[H15] the balance differs\n  --> 2.csv:17:4\n     |\n  17 | 会费,x\n     |      ^\n  \
             expected: 24399.50\n  found: 24399.49\n  difference: 0.01 too little\n  \
             agreed: through line 16\n  source: accounting system of trade unions (财会〔2021〕7号) Art. 10, 11\n  \
             next: mingzhang doctor\n"
        );
        assert_eq!(
            problem.text(Lang::Zh),
            "错误[H15] 余额不符\n  --> 2.csv:17:4\n     |\n  17 | 会费,x\n     |      ^\n  应为: 24399.50\n  \
             实为: 24399.49\n  差额: 少 0.01\n  相符: 至第 16 行\n  \
             依据: 财会〔2021〕7号第10、11条\n  下一步: mingzhang doctor\n"
        );
        let capped = Problem { bound: Some("at_most"), agreed: None, ..problem };
        assert!(capped.text(Lang::En).contains("  expected: at most 24399.50\n"));
        assert!(capped.text(Lang::Zh).contains("  应为: 不超过 24399.50\n"));
    }

    #[test]
    fn what_is_apart_is_said_in_words() {
        for (by, zh, en) in [
            ("-0.01", "少 0.01", "0.01 too little"),
            ("3", "多 3", "3 too much"),
            ("0.00", "0.00", "0.00"),
            ("-1 / 5.00", "少 1 / 多 5.00", "1 too little / 5.00 too much"),
        ] {
            assert_eq!((apart(by, Lang::Zh), apart(by, Lang::En)), (zh.into(), en.into()));
        }
    }
}
