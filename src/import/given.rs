//! What the rules say beside the file, by its kind: what nobody would use, or cannot be read, is a
//! slip of the pen, and is refused before it passes for something that was said.

use std::collections::BTreeSet;

use super::code;
use super::columns::{Column, Type, forms, is_personal};
use super::flaw::Flaw;
use super::lines::{Line, stated};
use super::rules::Rules;
use super::table::folded;
use super::values::Misread;
use crate::event::import::ImportKind;
use crate::rules::Command;

/// What can be said of a file of a kind as a whole, and stands in none of its columns.
fn of_whole(kind: ImportKind) -> &'static [(&'static str, Type)] {
    match kind {
        ImportKind::Roster | ImportKind::Payroll => &[("from", Type::Month)],
        ImportKind::DuesRoll => {
            &[("into", Type::Text), ("group", Type::Text), ("fund", Type::Text)]
        }
        ImportKind::BankStatement => &[
            ("opening", Type::Amount),
            ("closing", Type::Amount),
            ("received", Type::Day),
            ("first", Type::Day),
            ("last", Type::Day),
            ("statement", Type::Text),
        ],
        ImportKind::TaxList => &[("list", Type::Text), ("channel", Type::Text)],
        ImportKind::Vouchers | ImportKind::Entries => &[],
    }
}

/// Whether each line becomes what rules say of it.
fn takes_rules(kind: ImportKind) -> bool {
    match kind {
        ImportKind::Vouchers | ImportKind::Entries => true,
        ImportKind::Roster
        | ImportKind::DuesRoll
        | ImportKind::Payroll
        | ImportKind::BankStatement
        | ImportKind::TaxList => false,
    }
}

fn columns(kind: ImportKind) -> impl Iterator<Item = &'static Column> {
    forms(kind).iter().copied().flatten()
}

/// What is wrong with the rules for a file of this kind, whatever stands in it.
#[must_use]
pub fn flaws(kind: ImportKind, rules: &Rules) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if !rules.matchers.is_empty() && !takes_rules(kind) {
        let names = rules.matchers.iter().map(|matcher| matcher.name.as_str());
        let names = names.collect::<Vec<_>>().join(", ");
        flaws.push(Flaw {
            code: code::RULES_UNUSED,
            zh: format!("{kind} 一类的文件不按规则逐行判断，这些规则用不上：{names}"),
            en: format!("no rule of lines is used for a file of kind {kind}: {names}"),
            next: "mingzhang import FILE --kind entries --rules RULES.toml --dry-run".to_owned(),
            ..Flaw::default()
        });
    }
    if rules.empty.is_some() && kind != ImportKind::DuesRoll {
        flaws.push(Flaw {
            code: code::RULES_UNUSED,
            zh: format!(
                "empty = \"skip\" 只用于会费名单，这是{}",
                kind.title(crate::lang::Lang::Zh)
            ),
            en: format!("empty = \"skip\" is for a dues roll alone, and this is {kind}"),
            next: "mingzhang import FILE --kind dues-roll --set empty=skip --dry-run".to_owned(),
            ..Flaw::default()
        });
    }
    let keys: BTreeSet<&str> = columns(kind).map(|column| column.key).collect();
    for (section, said) in [
        ("columns", rules.columns.keys().collect::<Vec<_>>()),
        ("prefix", rules.prefix.keys().collect()),
    ] {
        let unknown = said.into_iter().filter(|key| !keys.contains(key.as_str()));
        flaws.extend(unknown.map(|key| unknown_key(section, key, &keys)));
    }
    for (key, names) in &rules.columns {
        for name in names.list().into_iter().filter(|name| is_personal(name)) {
            flaws.push(Flaw {
                code: code::RULE_PERSONAL,
                zh: format!("[columns] 的 {key} 用到“{name}”：个人信息不进入记录"),
                en: format!("{key} in [columns] uses {name:?}: nobody's data go into a record"),
                next: "mingzhang vault put --help".to_owned(),
                ..Flaw::default()
            });
        }
    }
    flaws.extend(of_fixed(kind, rules, keys));
    flaws
}

/// What the rules say of groups and accounts that no line of the file has.
#[must_use]
pub fn unused(kind: ImportKind, rules: &Rules, lines: &[Line]) -> Vec<String> {
    let said = |key: &str| -> BTreeSet<String> {
        lines.iter().filter_map(|line| line.text_of(key)).map(folded).collect()
    };
    let groups = if kind == ImportKind::Roster { said("group") } else { BTreeSet::new() };
    let accounts = if kind == ImportKind::Vouchers { said("account") } else { BTreeSet::new() };
    let accounts: BTreeSet<&String> =
        accounts.iter().filter_map(|code| rules.account_of(code)).map(|(from, _)| from).collect();
    let group = rules.groups.keys().filter(|name| !groups.contains(&folded(name)));
    let group = group.map(|name| format!("[groups] {name}"));
    let account = rules.accounts.keys().filter(|from| !accounts.contains(from));
    group.chain(account.map(|from| format!("[accounts] {from}"))).collect()
}

/// What is fixed is a column, what is said of the whole file, or a word of the rules themselves.
fn of_fixed(kind: ImportKind, rules: &Rules, columns_of: BTreeSet<&str>) -> Vec<Flaw> {
    let named: Vec<String> = rules.matchers.iter().flat_map(super::table::Matcher::names).collect();
    let makes = rules.matchers.iter().flat_map(|matcher| &matcher.makes);
    let forms: Vec<serde_json::Value> =
        makes.filter_map(|make| Command::schema(&make.command)).map(Into::into).collect();
    let mut keys: BTreeSet<&str> = columns_of;
    keys.extend(of_whole(kind).iter().map(|(key, _)| *key));
    keys.extend(named.iter().map(String::as_str));
    let fields = forms.iter().filter_map(|form| form.get("properties")?.as_object());
    keys.extend(fields.flat_map(|fields| fields.keys().map(String::as_str)));
    let mut flaws = Vec::new();
    for (key, said) in &rules.fixed {
        if !keys.contains(key.as_str()) {
            flaws.push(unknown_key("fixed", key, &keys));
            continue;
        }
        let own = of_whole(kind).iter().find(|(own, _)| own == key).map(|(_, holds)| *holds);
        let column = columns(kind).find(|column| column.key == key).map(|column| column.holds);
        let Some(holds) = own.or(column) else { continue };
        match stated(holds, said) {
            Err(misread) => flaws.push(unreadable(key, said, &misread)),
            Ok(None) if !matches!(holds, Type::Text | Type::Id) => {
                flaws.push(unreadable(key, said, &Misread::Blank));
            }
            Ok(_) => {}
        }
    }
    flaws
}

fn unknown_key(section: &str, key: &str, keys: &BTreeSet<&str>) -> Flaw {
    let mut near: Vec<&str> = keys.iter().copied().filter(|key| !is_personal(key)).collect();
    near.sort_by(|a, b| strsim::jaro_winkler(b, key).total_cmp(&strsim::jaro_winkler(a, key)));
    near.truncate(3);
    let near = near.join(", ");
    Flaw {
        code: code::RULES_FORM,
        zh: format!("[{section}] 中的 {key} 没有用处；相近的有 {near}"),
        en: format!("{key} in [{section}] is of no use; the nearest are {near}"),
        expected: Some(near),
        found: Some(key.to_owned()),
        next: "mingzhang import --help".to_owned(),
        ..Flaw::default()
    }
}

fn unreadable(key: &str, said: &str, misread: &Misread) -> Flaw {
    Flaw {
        code: code::RULES_FORM,
        zh: format!("[fixed] 或 --set 的 {key} 读不出：{said}"),
        en: format!("{key} in [fixed] or --set cannot be read: {said}"),
        expected: misread.expected().map(str::to_owned),
        found: Some(said.to_owned()),
        next: format!("mingzhang import FILE --set {key}=…"),
        ..Flaw::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(kind: ImportKind, rules: &str) -> Vec<(&'static str, Option<String>)> {
        let rules = Rules::read(rules).unwrap();
        flaws(kind, &rules).into_iter().map(|flaw| (flaw.code, flaw.found)).collect()
    }

    #[test]
    fn a_key_that_no_column_has_and_a_value_that_cannot_be_read_are_refused() {
        let said = found(
            ImportKind::BankStatement,
            "[columns]\nammount = \"金额\"\n[fixed]\ndaet = \"2025-04-01\"\nclosng = \"1.00\"\n\
             opening = \"1,0.0\"\nreceived = \"1/2/25\"\n",
        );
        let of = |text: &str| ("I30", Some(text.to_owned()));
        assert_eq!(said, [of("ammount"), of("closng"), of("daet"), of("1,0.0"), of("1/2/25")]);
    }

    #[test]
    fn values_that_people_write_are_read_as_in_a_file() {
        let rules = "[fixed]\nclosing = \"99,999.99\"\nreceived = \"2025/04/01\"\n";
        assert_eq!(found(ImportKind::BankStatement, rules), []);
    }

    #[test]
    fn rules_of_lines_are_refused_where_no_line_is_judged_by_them() {
        let rules = "[fixed]\nfund = \"general\"\n[[rule]]\nname = \"利息\"\ncommand = \"interest.receive\"\n";
        assert_eq!(found(ImportKind::Entries, rules), []);
        assert_eq!(found(ImportKind::DuesRoll, rules), [("I53", None)]);
    }

    #[test]
    fn a_column_of_somebodys_data_is_no_key_of_a_record() {
        let rules = "[columns]\nmember = \"身份证号\"\n";
        assert_eq!(found(ImportKind::Roster, rules), [("I48", None)]);
    }
}
