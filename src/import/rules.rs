//! The rules of an import 导入规则: a TOML file that says which file it is for, which column is what,
//! what does not stand in the file, and what becomes of each line. A plain file needs none.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;

use serde::Deserialize;
use serde_json::Value as Json;
use toml::Spanned;

use super::code;
use super::flaw::Flaw;
use super::hidden::Hidden;
use super::table::{Make, Matcher, SKIP, folded};
use crate::event::import::ImportKind;
use crate::ids::OfficerId;
use crate::money::Money;

/// Which sign an amount has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// As it stands; in a bank's columns 借 is out and 贷 is in, for they are the bank's own books.
    #[default]
    AsBank,
    /// 借 is in and 贷 is out, as in the union's own books.
    AsBooks,
    /// One column with its sign turned: what went out is above nothing.
    Turned,
    /// 收、支 say which way, and a minus before the amount only says 支 again.
    ByWord,
    /// 红字 A minus beside 收 or 支 takes back what was recorded there.
    Red,
}

/// What becomes of the lines of those who did not pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Empty {
    /// 不取 They are left out, and shown as such.
    Skip,
}

/// One name, or any of several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Names {
    One(String),
    Any(Vec<String>),
}

impl Names {
    #[must_use]
    pub fn list(&self) -> Vec<String> {
        match self {
            Names::One(name) => vec![name.clone()],
            Names::Any(names) => names.clone(),
        }
    }
}

/// What a rules file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    pub kind: Option<ImportKind>,
    /// 文件名 Which files it is for: `*` stands for any part of a name.
    pub file: Option<String>,
    pub sheet: Option<String>,
    /// 隐藏的行 Whether rows that are hidden in the sheet are taken.
    pub hidden: Option<Hidden>,
    /// 个人信息 The headings of what goes into the vault, of a roster's members.
    pub private: Vec<String>,
    /// 判断表 A sheet with the rules of lines, beside the rules file.
    pub table: Option<String>,
    pub sign: Sign,
    /// 未缴的行 What becomes of lines of a dues roll without an amount; refused where nothing is said.
    pub empty: Option<Empty>,
    /// 列 Which column is what: the names of its heading.
    pub columns: BTreeMap<String, Names>,
    /// What is put before an id as it stands in the file.
    pub prefix: BTreeMap<String, String>,
    /// 固定内容 What does not stand in the file.
    pub fixed: BTreeMap<String, String>,
    pub count: Option<u32>,
    pub total: Option<Money>,
    /// 小组 What a group is called in the file, and its id.
    pub groups: BTreeMap<String, String>,
    /// 科目 Accounts of another program, and ours; the longest beginning wins.
    pub accounts: BTreeMap<String, String>,
    pub matchers: Vec<Matcher>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Form {
    kind: Option<Spanned<String>>,
    file: Option<String>,
    sheet: Option<String>,
    hidden: Option<Hidden>,
    private: Vec<String>,
    table: Option<String>,
    sign: Sign,
    empty: Option<Empty>,
    columns: BTreeMap<String, Names>,
    prefix: BTreeMap<String, String>,
    fixed: BTreeMap<String, String>,
    control: ControlForm,
    groups: BTreeMap<String, String>,
    accounts: BTreeMap<String, String>,
    rule: Vec<Spanned<RuleForm>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct ControlForm {
    count: Option<u32>,
    total: Option<Spanned<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RuleForm {
    name: Option<String>,
    #[serde(rename = "if")]
    when: BTreeMap<String, String>,
    command: Option<String>,
    #[serde(rename = "as")]
    by: Option<OfficerId>,
    with: BTreeMap<String, Json>,
    then: Vec<ThenForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThenForm {
    command: String,
    #[serde(rename = "as")]
    by: Option<OfficerId>,
    #[serde(default)]
    with: BTreeMap<String, Json>,
}

impl Rules {
    /// Reads a rules file; what is wrong with it has its own line and column.
    pub fn read(text: &str) -> Result<Rules, Vec<Flaw>> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let form: Form = toml::from_str(text).map_err(|error| {
            let said = ["规则文件不合规定", "the rules do not say what they must"];
            vec![at(text, error.span(), code::RULES_FORM, said, error.message())]
        })?;
        let mut flaws = Vec::new();
        let mut unread = |said: [&str; 2], place: Range<usize>, cause: String| {
            flaws.push(at(text, Some(place), code::RULES_FORM, said, &cause));
        };
        let kind = word(form.kind.as_ref(), str::parse::<ImportKind>, |place, cause| {
            unread(["没有这种文件", "there is no such kind of file"], place, cause);
        });
        let total = word(form.control.total.as_ref(), Money::parse, |place, cause| {
            unread(["控制数不是金额", "the declared total is no amount"], place, cause);
        });
        let mut matchers = Vec::new();
        for (number, rule) in (1_u32..).zip(form.rule) {
            let span = rule.span();
            match rule.into_inner().matcher(number, line_of(text, span.start)) {
                Ok(matcher) => matchers.push(matcher),
                Err([zh, en]) => {
                    flaws.push(at(text, Some(span), code::RULE_FORM, [&zh, &en], ""));
                }
            }
        }
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let Form {
            file,
            sheet,
            hidden,
            private,
            table,
            sign,
            empty,
            columns,
            prefix,
            fixed,
            control,
            groups,
            accounts,
            ..
        } = Form { rule: Vec::new(), ..form };
        let count = control.count;
        Ok(Rules {
            kind,
            file,
            sheet,
            hidden,
            private,
            table,
            sign,
            empty,
            columns,
            prefix,
            fixed,
            count,
            total,
            groups,
            accounts,
            matchers,
        })
    }

    /// What does not stand in the file.
    #[must_use]
    pub fn fixed(&self, key: &str) -> Option<&str> {
        self.fixed.get(key).map(String::as_str)
    }

    /// What the rules say of another program's account: the longest beginning wins.
    #[must_use]
    pub fn account_of(&self, code: &str) -> Option<(&String, &String)> {
        let digits = |code: &str| -> String { code.chars().filter(char::is_ascii_digit).collect() };
        let plain = digits(&folded(code));
        let fits = |(from, _): &(&String, &String)| {
            let from = digits(from);
            !from.is_empty() && plain.starts_with(&from)
        };
        self.accounts.iter().filter(fits).max_by_key(|(from, _)| from.len())
    }

    /// Whether the rules are for a file of this name.
    #[must_use]
    pub fn is_for(&self, name: &str) -> bool {
        self.file.as_deref().is_none_or(|pattern| fits(pattern, name))
    }
}

impl RuleForm {
    fn matcher(self, number: u32, line: u32) -> Result<Matcher, [String; 2]> {
        let RuleForm { name, when, command, by, with, then } = self;
        let mut makes: Vec<Make> = Vec::new();
        match command {
            Some(command) if command == SKIP && then.is_empty() && with.is_empty() => {}
            Some(command) if command == SKIP => {
                return Err([
                    "不取的行没有内容".to_owned(),
                    "a line that is left out has no fields".to_owned(),
                ]);
            }
            Some(command) => makes.push(Make { command, by, fields: with }),
            None if then.is_empty() => {
                return Err(["没有 command".to_owned(), "there is no command".to_owned()]);
            }
            None => {}
        }
        makes.extend(then.into_iter().map(|then| Make {
            command: then.command,
            by: then.by,
            fields: then.with,
        }));
        let name = name.unwrap_or_else(|| format!("{number}"));
        Matcher::new(name, line, when, makes)
    }
}

/// Whether a name is as the pattern says, in which `*` stands for any part.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices().any(|(from, _)| rest.get(from..).is_some_and(|r| fits(after, r)))
                || fits(after, "")
        }),
    }
}

/// What a word of the rules means, where it is said; what keeps it from being read is told with its
/// place.
fn word<T, E: Display>(
    said: Option<&Spanned<String>>,
    read: impl Fn(&str) -> Result<T, E>,
    unread: impl FnOnce(Range<usize>, String),
) -> Option<T> {
    let said = said?;
    read(said.get_ref()).map_err(|error| unread(said.span(), error.to_string())).ok()
}

fn line_of(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or_default();
    u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1)
}

fn at(
    text: &str,
    span: Option<Range<usize>>,
    code: &'static str,
    [zh, en]: [&str; 2],
    cause: &str,
) -> Flaw {
    let offset = span.map_or(0, |span| span.start);
    let before = text.get(..offset).unwrap_or_default();
    let line = line_of(text, offset);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
    let excerpt = text
        .lines()
        .nth(usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX))
        .unwrap_or_default()
        .to_owned();
    Flaw {
        code,
        line,
        column,
        excerpt,
        zh: zh.to_owned(),
        en: en.to_owned(),
        cause: cause.to_owned(),
        next: "mingzhang import --help".to_owned(),
        ..Flaw::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rules_file_says_which_file_it_is_for_and_what_becomes_of_a_line() {
        let rules = Rules::read(
            "kind = \"bank-statement\"\nfile = \"对账单*.csv\"\n[columns]\ndate = \"交易日\"\n\
             [control]\ncount = 3\ntotal = \"12.00\"\n\
             [[rule]]\nname = \"利息\"\nif = { \"摘要\" = \"结息\" }\ncommand = \"interest.receive\"\n",
        )
        .unwrap();
        assert_eq!(rules.kind, Some(ImportKind::BankStatement));
        assert!(rules.is_for("对账单2025.csv") && !rules.is_for("名册.csv"));
        assert_eq!((rules.count, rules.total), (Some(3), Some(Money::from_fen(1200))));
        assert_eq!(rules.matchers.len(), 1);
    }

    #[test]
    fn what_is_wrong_with_a_rules_file_has_its_place() {
        let flaws = Rules::read("kind = \"roster\"\nnothing = 1\n").unwrap_err();
        assert_eq!((flaws[0].line, flaws[0].code), (2, "I30"));
        let flaws = Rules::read("kind = \"x\"\n[control]\ntotal = \"1\"\n[[rule]]\nif = {}\n");
        let flaws = flaws.unwrap_err();
        let places: Vec<(u32, &str)> = flaws.iter().map(|f| (f.line, f.code)).collect();
        assert_eq!(places, [(1, "I30"), (3, "I30"), (4, "I31")]);
    }
}
