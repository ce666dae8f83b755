//! Every code that the program can print: what it means, where the rule stands, what is said for
//! instance, and how it is put right. `explain CODE` shows one.

mod program;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use mingzhang::chain::verify::{FaultKind, NoteKind};
use mingzhang::lang::Lang;
use mingzhang::render;
use mingzhang::rules::opening::Found;
use serde::Serialize;

use super::doctor::Looked;
use super::instructions::nearest;

/// The refusals, each with the example that its test holds.
const REFUSALS: &str = include_str!("../../../docs/refusals.md");

/// A code explained, each text in Chinese and in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Explained {
    pub(crate) code: String,
    /// The rule's own name, where it has one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) name: String,
    pub(crate) means: [String; 2],
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) example: Option<[String; 2]>,
    pub(crate) mend: [String; 2],
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) next: String,
}

/// Both languages of a text.
fn both([zh, en]: [&str; 2]) -> [String; 2] {
    [zh.to_owned(), en.to_owned()]
}

/// Everything that can be explained, in the order of the families.
pub(crate) fn all() -> Vec<Explained> {
    let mut all = refusals();
    all.extend(opening());
    all.extend(program::ROWS.iter().map(|(code, means, mend, next)| Explained {
        code: (*code).to_owned(),
        name: String::new(),
        means: both(*means),
        source: String::new(),
        example: None,
        mend: both(*mend),
        next: (*next).to_owned(),
    }));
    let said = |message: &dyn Fn(Lang) -> &'static str| Lang::ALL.map(message).map(str::to_owned);
    all.extend(FaultKind::ALL.iter().map(|kind| Explained {
        code: kind.name().to_owned(),
        name: String::new(),
        means: said(&|lang| kind.message(lang)),
        source: "docs/FORMAT.md, 14".to_owned(),
        example: None,
        mend: both([
            "验证发现的故障：账套或审计包不可信。不要改动它，留作证据；从备份或早先的审计包恢复",
            "a fault that verification found: the book or bundle cannot be trusted. Leave it as it is, \
             it is evidence; bring the book back from a backup or an earlier bundle",
        ]),
        next: "mingzhang verify".to_owned(),
    }));
    all.extend(NoteKind::ALL.iter().map(|kind| Explained {
        code: kind.name().to_owned(),
        name: String::new(),
        means: said(&|lang| kind.message(lang)),
        source: "docs/FORMAT.md, 14".to_owned(),
        example: None,
        mend: both([
            "验证时的说明：账套没有坏，只是这一项未能核对或须知道。补上所缺的文件、公钥或见证再验证",
            "a note of a verification: nothing is broken, but this could not be checked or is good to \
             know. Give the file, key or cosignature that is missing and verify again",
        ]),
        next: "mingzhang verify --help".to_owned(),
    }));
    all.extend(Looked::MEANINGS.iter().map(|(code, means)| Explained {
        code: (*code).to_owned(),
        name: String::new(),
        means: both(*means),
        source: String::new(),
        example: None,
        mend: both([
            "检查（doctor）的一项：按它的下一步办理",
            "one of the things that doctor looks at: do what its next step says",
        ]),
        next: "mingzhang doctor".to_owned(),
    }));
    all
}

/// The rules that refuse a command, from the page that their tests write.
fn refusals() -> Vec<Explained> {
    let mut found = Vec::new();
    let mut family = (String::new(), String::new());
    for section in REFUSALS.split("\n### ") {
        let (head, rest) = section.split_once('\n').unwrap_or((section, ""));
        if let Some((code, name)) =
            head.split_once(' ').filter(|_| rest.contains("- 依据 source: "))
        {
            let field = |label: &str| {
                let start = format!("- {label}: ");
                let line = rest.lines().find_map(|line| line.strip_prefix(&start));
                line.unwrap_or_default().to_owned()
            };
            let (zh, en) = &family;
            found.push(Explained {
                code: code.to_owned(),
                name: name.to_owned(),
                means: [
                    format!("{zh}的一条规则：违反它的指令不予记账"),
                    format!("a rule of {en}: a command that breaks it is not recorded"),
                ],
                source: field("依据 source"),
                example: Some([field("zh"), field("en")]),
                mend: [
                    "按所说的数改正指令，或先办下一步所说的事".to_owned(),
                    "mend the command by the figures that are said, or first do what the next step says"
                        .to_owned(),
                ],
                next: field("下一步 next").trim_matches('`').to_owned(),
            });
        }
        // The heading of the next family stands at the end of the section before it.
        if let Some(heading) = section.lines().find_map(|line| line.strip_prefix("## ")) {
            let names = heading.split_once(' ').map_or(heading, |(_, names)| names);
            let (zh, en) = names.split_once(' ').unwrap_or((names, names));
            family = (zh.to_owned(), en.to_owned());
        }
    }
    found
}

/// What can be wrong with the document of an old book.
fn opening() -> Vec<Explained> {
    let of = |(code, name, source): &(&str, &str, &str)| {
        let message = Found::MESSAGES.iter().find(|(known, _)| known == code);
        let example = message.map(|(_, texts)| texts.map(unfilled));
        Explained {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            means: both([
                "期初文件的一条规则：文件不合时，什么都不记",
                "a rule of the opening document: where it is broken, nothing is recorded",
            ]),
            source: (*source).to_owned(),
            example,
            mend: both([
                "改正文件中所指的一项，再整个交来",
                "mend what is pointed at in the document, and hand in the whole of it again",
            ]),
            next: "mingzhang schema opening".to_owned(),
        }
    };
    Found::ALL.iter().map(of).collect()
}

/// A message without its figures.
fn unfilled(message: &str) -> String {
    let mut parts = message.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push('…');
        text.push_str(part.split_once('}').map_or("", |(_, after)| after));
    }
    text
}

/// The code that was asked for, as it stands in an error or alone.
pub(crate) fn find(asked: &str) -> Option<Explained> {
    let asked = plain(asked);
    all().into_iter().find(|one| one.code.eq_ignore_ascii_case(asked))
}

/// The codes that are most like it.
pub(crate) fn like(asked: &str) -> String {
    let all = all();
    let codes: Vec<&str> = all.iter().map(|one| one.code.as_str()).collect();
    let asked = plain(asked);
    // What is written in capitals is looked for among capitals.
    let upper = asked.to_ascii_uppercase();
    let is_word = asked.contains('_') || asked.len() > 6;
    nearest(if is_word { asked } else { &upper }, &codes)
}

/// `F07` of `error[F07]`.
fn plain(asked: &str) -> &str {
    let inside = asked.split_once('[').map_or(asked, |(_, inside)| inside);
    inside.trim_end_matches(']').trim()
}

impl Explained {
    pub(crate) fn text(&self, lang: Lang) -> String {
        let of = |texts: &[String; 2]| {
            let [zh, en] = texts;
            match lang {
                Lang::Zh => zh.clone(),
                Lang::En => en.clone(),
            }
        };
        let labels = match lang {
            Lang::Zh => ["含义", "依据", "例如", "改正", "下一步"],
            Lang::En => ["means", "source", "for instance", "to mend", "next"],
        };
        let source = Some(render::source(&self.source, lang)).filter(|source| !source.is_empty());
        let next = Some(self.next.clone()).filter(|next| !next.is_empty());
        let said = [
            Some(of(&self.means)),
            source,
            self.example.as_ref().map(of),
            Some(of(&self.mend)),
            next,
        ];
        let mut text = format!("{} {}", self.code, self.name).trim_end().to_owned();
        for (label, said) in labels.into_iter().zip(said) {
            if let Some(said) = said {
                write!(text, "\n  {label}: {said}").ok();
            }
        }
        text
    }
}
