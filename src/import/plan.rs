//! From a file that was read to the commands that it becomes, and everything that is to be shown
//! before they are recorded; or all that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::code;
use super::columns::{forms, is_personal, wanted};
use super::duplicates::{Decisions, Like};
use super::feet;
use super::flaw::Flaw;
use super::given;
use super::grid::{Encoding, Form, Grid};
use super::header::{self, Header, Wanted};
use super::hidden::HiddenLines;
use super::judge::{Judged, judge};
use super::kinds::{self, Draft, Input, Unit};
use super::lines::{self, Blanks, Line};
use super::private::{self, Secret};
use super::rules::Rules;
use super::table::folded;
use super::totals::{self, Summed};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::import::{
    Declared, FileForm, ImportKind, LeftLine, RecordImport, TakenLine, TextEncoding, WhyLeft,
};
use crate::ids::{Digest, OfficerId, Seq, Text};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::rules::Command;

/// What a file is read with.
pub struct Asked<'a> {
    /// Who imports.
    pub by: &'a OfficerId,
    /// The file's own name, without its folder.
    pub name: &'a str,
    pub kind: Option<ImportKind>,
    pub rules: &'a Rules,
    pub rules_digest: Option<Digest>,
    pub table_digest: Option<Digest>,
    pub decisions: &'a Decisions,
    pub state: &'a State,
    pub chart: &'a Chart,
    pub today: Day,
    /// The record of a command that says the same and was made without a file.
    pub said_before: &'a dyn Fn(&Command) -> Option<Seq>,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    pub source: Digest,
    pub kind: ImportKind,
    /// Whether nobody said the kind, so that it was told by the header.
    #[serde(skip_serializing_if = "is_false")]
    pub guessed: bool,
    /// The line of the header.
    pub header: u32,
    /// What each column is: our own name, and the heading.
    pub columns: Vec<[String; 2]>,
    /// Headings that nobody asks for.
    pub unused: Vec<String>,
    /// Headings of somebody's data, which are not read.
    pub personal: Vec<String>,
    /// Headings of somebody's data that go into the vault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub private: Vec<Text>,
    #[serde(skip)]
    pub secrets: Vec<Secret>,
    /// What of it is hidden in the sheet.
    #[serde(skip_serializing_if = "HiddenLines::is_empty")]
    pub hidden: HiddenLines,
    /// What is said beside it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Flaw>,
    /// Groups and accounts of the rules that no line has, such as `[groups] 机关`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unused_rules: Vec<String>,
    /// 不是明细的行 Lines below the header that are neither data nor a sum.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_lines: Vec<u32>,
    pub lines: Vec<Fate>,
    pub rules: Vec<RuleSum>,
    pub control: Vec<Control>,
    #[serde(skip)]
    pub drafts: Vec<Draft>,
    /// What is said of the file itself; none where no line becomes a record.
    #[serde(skip)]
    pub import: Option<RecordImport>,
    /// Duplicates on which nobody has decided.
    #[serde(skip)]
    pub undecided: Vec<Flaw>,
}

/// What becomes of one line, or of the lines of one voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fate {
    pub line: u32,
    /// How many lines it has.
    pub lines: u32,
    pub rule: String,
    pub amount: Money,
    /// The names of the commands that it becomes, or a part of.
    pub commands: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<WhyLeft>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<Like>,
    /// The commands that the rules let somebody else ask than who imports, and who.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<ByOther>,
    /// Whether it is hidden in the sheet.
    #[serde(skip_serializing_if = "is_false")]
    pub hidden: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A command of a line that another officer is recorded with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ByOther {
    pub command: String,
    #[serde(rename = "as")]
    pub by: OfficerId,
}

/// What a rule has made of how many lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleSum {
    pub rule: String,
    pub lines: u32,
    pub total: Money,
}

/// A figure that was declared, beside what the lines come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Control {
    /// The row of totals; 0 where it was declared beside the file.
    #[serde(skip)]
    pub line: u32,
    pub zh: String,
    pub en: String,
    pub declared: String,
    pub found: String,
    pub difference: String,
}

/// What a file is and which of its rows name the columns.
struct Recognised {
    kind: ImportKind,
    form: &'static [super::columns::Column],
    header: Header,
}

/// What is said of a kind that nobody told.
fn with_guess(kind: ImportKind, mut flaws: Vec<Flaw>) -> Vec<Flaw> {
    if let Some(first) = flaws.first_mut() {
        let other = other_than(kind);
        let said = kind.title(Lang::Zh);
        first.zh = format!(
            "{}（没有说明种类，按表头认作{said} {kind}；不是的，用 --kind 说明，如 --kind {other}）",
            first.zh
        );
        first.en = format!(
            "{} (by its header the file is taken for a {kind}; if it is another kind, say it: --kind {other})",
            first.en
        );
    }
    flaws
}

/// A kind to give as an example of another one.
#[must_use]
pub fn other_than(kind: ImportKind) -> ImportKind {
    if kind == ImportKind::Roster { ImportKind::DuesRoll } else { ImportKind::Roster }
}

pub fn plan(grid: &Grid, asked: &Asked<'_>) -> Result<Plan, Vec<Flaw>> {
    let told = asked.kind.or(asked.rules.kind);
    let guess = |kind, flaws| if told.is_some() { flaws } else { with_guess(kind, flaws) };
    let wrong = |kind| given::flaws(kind, asked.rules);
    let recognised = recognise(grid, asked).map_err(|flaws| {
        let of_rules = told.map(wrong).unwrap_or_default();
        // Why no header is found is plain where there is no table.
        let flaws = grid.not_a_table().map_or(flaws, |flaw| vec![flaw]);
        of_rules.into_iter().chain(flaws).collect::<Vec<Flaw>>()
    })?;
    let kind = recognised.kind;
    let wrong = wrong(kind);
    if !wrong.is_empty() {
        return Err(guess(kind, wrong));
    }
    let mut plan = planned(grid, asked, recognised).map_err(|flaws| guess(kind, flaws))?;
    plan.guessed = told.is_none();
    plan.undecided = guess(kind, plan.undecided);
    Ok(plan)
}

fn planned(grid: &Grid, asked: &Asked<'_>, recognised: Recognised) -> Result<Plan, Vec<Flaw>> {
    let Recognised { kind, form, mut header } = recognised;
    let grid = &grid.veiled(header.row);
    let heads = lines::heads(grid, &header);
    let private = private::columns(kind, asked, &header, &heads, form)?;
    let whole = header.clone();
    let hidden = HiddenLines::of(grid, &mut header, &heads, asked.rules.hidden);
    let blanks = match kind {
        ImportKind::Vouchers => Blanks::Allowed,
        ImportKind::Roster
        | ImportKind::DuesRoll
        | ImportKind::Payroll
        | ImportKind::BankStatement
        | ImportKind::TaxList
        | ImportKind::Entries => Blanks::Missing,
    };
    let (read, mut flaws) = lines::read(grid, &header, form, asked.rules, blanks);
    flaws.extend(of_rules(asked, form, &heads));
    // What could not be read would be missing in every sum.
    let readable = flaws.is_empty();
    let input = Input::new(kind, grid, &header, asked, &read, readable);
    let found = kinds::units(&input);
    flaws.extend(found.flaws);
    once(&mut flaws);
    let units = found.all;
    let (mut control, declared) = (Vec::new(), declared(asked.rules));
    if readable {
        // A row of totals may add up what is hidden too.
        let is_left = !hidden.left().is_empty();
        let all = is_left.then(|| lines::read(grid, &whole, form, asked.rules, blanks).0);
        let summed = Summed { read: &read, all: all.as_deref() };
        flaws.extend(totals::check(grid, &header, form, &heads, &summed, &mut control));
        flaws.extend(feet::check(grid, &header, asked.rules, &summed, &mut control));
        flaws.extend(controls(kind, declared, &units, &read, &mut control));
    }
    if read.is_empty() && readable {
        flaws.push(Flaw {
            code: code::NO_DATA,
            zh: "表头以下没有数据行".to_owned(),
            en: "there is no line of data below the header".to_owned(),
            ..Flaw::default()
        });
    }
    let of_hidden =
        units.iter().filter(|unit| input.numbers(unit).iter().any(|line| hidden.contains(*line)));
    let of_hidden = Money::sum(of_hidden.map(|unit| unit.amount));
    let undecided = hidden.undecided(of_hidden);
    if !flaws.is_empty() {
        flaws.extend(undecided);
        flaws.sort_by_key(|flaw| (flaw.line, flaw.column));
        return Err(flaws);
    }
    let judged = judge(&input, asked, units)?;
    let undecided: Vec<Flaw> =
        undecided.into_iter().chain(judged.undecided.iter().cloned()).collect();
    let plan = Plan {
        source: grid.source.clone(),
        kind,
        guessed: false,
        header: grid.rows.get(header.row).map_or(0, |row| row.line),
        columns: named_columns(&header, &heads),
        unused: others(&header, false),
        personal: heads
            .iter()
            .zip(0..)
            .filter(|(head, at)| is_personal(head) && private.iter().all(|(_, of)| of != at))
            .map(|(head, _)| head.clone())
            .collect(),
        warnings: hidden.warnings(of_hidden),
        hidden,
        unused_rules: given::unused(kind, asked.rules, &read),
        not_lines: numbered(grid, &header.feet),
        lines: Vec::new(),
        rules: Vec::new(),
        control,
        private: private.iter().map(|(name, _)| name.clone()).collect(),
        secrets: Vec::new(),
        drafts: Vec::new(),
        import: None,
        undecided,
    };
    let mut plan = finish(plan, &input, asked, &judged, declared)?;
    plan.secrets = private::of(grid, &private, &plan.drafts)?;
    Ok(plan)
}

fn numbered(grid: &Grid, rows: &[usize]) -> Vec<u32> {
    rows.iter().filter_map(|at| grid.rows.get(*at)).map(|row| row.line).collect()
}

/// A column that is not there is missing on every line, and said once.
fn once(flaws: &mut Vec<Flaw>) {
    let mut said: BTreeSet<String> = BTreeSet::new();
    flaws.retain(|flaw| flaw.code != code::NOT_SAID || said.insert(flaw.zh.clone()));
}

fn others(header: &Header, personal: bool) -> Vec<String> {
    let heads = header.others.iter().map(|(_, head)| head.clone());
    heads.filter(|head| !head.is_empty() && is_personal(head) == personal).collect()
}

fn named_columns(header: &Header, heads: &[String]) -> Vec<[String; 2]> {
    let name =
        |(key, at): (&String, &usize)| [key.clone(), heads.get(*at).cloned().unwrap_or_default()];
    header.columns.iter().map(name).collect()
}

/// The kind that was asked for, or the one whose columns are named most.
fn recognise(grid: &Grid, asked: &Asked<'_>) -> Result<Recognised, Vec<Flaw>> {
    if let (false, Some(pattern)) = (asked.rules.is_for(asked.name), &asked.rules.file) {
        return Err(vec![Flaw {
            code: code::OTHER_FILE,
            zh: format!("这些规则是给 {pattern} 的，而文件叫 {}", asked.name),
            en: format!("the rules are for {pattern}, and the file is called {}", asked.name),
            ..Flaw::default()
        }]);
    }
    if let Some(kind) = asked.kind.or(asked.rules.kind) {
        let mut first = None;
        for form in forms(kind) {
            match header::find(grid, &narrowed(grid, wanted(form, asked.rules))) {
                Ok(header) => return Ok(Recognised { kind, form, header }),
                Err(flaws) if header::is_swallowing(&flaws) => return Err(flaws),
                Err(flaws) => drop(first.get_or_insert(flaws)),
            }
        }
        return Err(first.unwrap_or_default());
    }
    let (mut fit, mut above): (Vec<Recognised>, _) = (Vec::new(), None);
    for kind in ImportKind::ALL.into_iter().filter(|kind| *kind != ImportKind::Entries) {
        for form in forms(kind) {
            let found = header::find(grid, &narrowed(grid, wanted(form, asked.rules)));
            // A list of days and sums is a bank's where a balance stands beside them.
            let is_it = |header: &Header| {
                kind != ImportKind::BankStatement || header.columns.contains_key("balance")
            };
            match found {
                Ok(header) if is_it(&header) => fit.push(Recognised { kind, form, header }),
                Err(flaws) if header::is_swallowing(&flaws) => above = Some(flaws),
                Ok(_) | Err(_) => {}
            }
        }
    }
    if let (true, Some(flaws)) = (fit.is_empty(), above) {
        return Err(flaws);
    }
    let most = fit.iter().map(|one| one.header.columns.len()).max().unwrap_or(0);
    fit.retain(|one| one.header.columns.len() == most);
    match fit.pop() {
        Some(only) if fit.is_empty() => Ok(only),
        Some(_) | None => Err(vec![Flaw {
            code: code::KIND_UNKNOWN,
            zh: "看不出这是哪一种文件：用 --kind 说明".to_owned(),
            en: "which kind of file this is cannot be told: say it by --kind".to_owned(),
            expected: Some(ImportKind::ALL.map(ImportKind::name).join(", ")),
            next: "mingzhang import --help".to_owned(),
            ..Flaw::default()
        }]),
    }
}

/// Of the names of a column only the first that stands in the file: a bank that prints a serial number
/// and a voucher's number means the first of them.
fn narrowed(grid: &Grid, wanted: Vec<Wanted>) -> Vec<Wanted> {
    const ROWS: usize = 100;
    let cells = grid.rows.iter().take(ROWS).flat_map(|row| &row.cells);
    let present: BTreeSet<String> = cells.map(|cell| header::folded(&cell.text())).collect();
    let narrow = |one: Wanted| {
        let first = one.names.iter().find(|name| present.contains(&header::folded(name)));
        let names = first.map_or_else(|| one.names.clone(), |name| vec![name.clone()]);
        Wanted { names, ..one }
    };
    wanted.into_iter().map(narrow).collect()
}

/// Columns that the rules name: each is there, and none of somebody's data is recorded.
fn of_rules(asked: &Asked<'_>, form: &[super::columns::Column], heads: &[String]) -> Vec<Flaw> {
    const ALWAYS: [&str; 9] =
        ["line", "amount", "金额", "借", "贷", "debit", "credit", "number", "凭证号"];
    let known = |name: &str| {
        ALWAYS.contains(&name)
            || form.iter().any(|column| column.key == name)
            || asked.rules.fixed(name).is_some()
            || heads.iter().any(|head| folded(head) == folded(name))
    };
    let mut flaws = Vec::new();
    for matcher in &asked.rules.matchers {
        let rule = &matcher.name;
        let missing: BTreeSet<String> =
            matcher.names().into_iter().filter(|name| !known(name)).collect();
        for name in missing {
            let near = nearest(&name, heads);
            flaws.push(Flaw {
                code: code::RULE_COLUMN,
                zh: format!("规则“{rule}”说到的列“{name}”不在文件中；相近的有 {near}"),
                en: format!("the rule {rule:?} names the column {name:?}, which the file has not; the nearest are {near}"),
                expected: Some(name),
                ..Flaw::default()
            });
        }
        let personal = matcher.names().into_iter().chain(matcher.recorded());
        let personal: BTreeSet<String> = personal.filter(|name| is_personal(name)).collect();
        for name in personal {
            flaws.push(Flaw {
                code: code::RULE_PERSONAL,
                zh: format!("规则“{rule}”用到“{name}”：个人信息不进入记录"),
                en: format!("the rule {rule:?} uses {name:?}: nobody's data go into a record"),
                next: "mingzhang vault put --help".to_owned(),
                ..Flaw::default()
            });
        }
    }
    flaws
}

fn nearest(name: &str, heads: &[String]) -> String {
    let mut near: Vec<&String> = heads.iter().filter(|head| !is_personal(head)).collect();
    near.sort_by(|a, b| strsim::jaro_winkler(b, name).total_cmp(&strsim::jaro_winkler(a, name)));
    near.truncate(3);
    near.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn declared(rules: &Rules) -> Declared {
    Declared { count: rules.count, total: rules.total }
}

/// What was declared of the whole file. Of a dues roll it is people who are counted.
fn controls(
    kind: ImportKind,
    declared: Declared,
    units: &[Unit],
    read: &[Line],
    control: &mut Vec<Control>,
) -> Vec<Flaw> {
    let counted = units.iter().filter(|unit| !unit.left);
    let found_count = if kind == ImportKind::DuesRoll {
        let of = counted.clone().flat_map(|unit| &unit.lines).filter_map(|at| read.get(*at));
        let members: BTreeSet<&str> = of.filter_map(|line| line.text_of("member")).collect();
        members.len()
    } else {
        counted.clone().count()
    };
    let found_count = u32::try_from(found_count).unwrap_or(u32::MAX);
    let found_total = Money::sum(counted.map(|unit| unit.amount));
    let mut differ = Vec::new();
    if let Some(count) = declared.count {
        let difference = i64::from(found_count).saturating_sub(i64::from(count));
        differ.push((
            ["控制数：个数", "declared count"],
            count.to_string(),
            found_count.to_string(),
            difference.to_string(),
            difference != 0,
        ));
    }
    if let Some(total) = declared.total {
        let difference = found_total.minus(total);
        differ.push((
            ["控制数：合计", "declared total"],
            total.to_string(),
            found_total.to_string(),
            difference.to_string(),
            !difference.is_zero(),
        ));
    }
    let mut flaws = Vec::new();
    for ([zh, en], declared, found, difference, differs) in differ {
        if differs {
            flaws.push(Flaw {
                code: code::CONTROL,
                zh: format!("{zh} {declared}，文件中是 {found}，差 {difference}"),
                en: format!("{en}: {declared}, and the file has {found}, {difference} apart"),
                expected: Some(declared.clone()),
                found: Some(found.clone()),
                difference: Some(difference.clone()),
                next: "mingzhang import FILE --dry-run".to_owned(),
                ..Flaw::default()
            });
        }
        let (zh, en) = (zh.to_owned(), en.to_owned());
        control.push(Control { line: 0, zh, en, declared, found, difference });
    }
    flaws
}

fn finish(
    mut plan: Plan,
    input: &Input<'_>,
    asked: &Asked<'_>,
    judged: &Judged,
    declared: Declared,
) -> Result<Plan, Vec<Flaw>> {
    let found = kinds::drafts(input, &judged.taken);
    if !found.flaws.is_empty() {
        return Err(found.flaws);
    }
    plan.drafts = found.all;
    let mut made: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut others: BTreeMap<u32, Vec<ByOther>> = BTreeMap::new();
    for draft in &plan.drafts {
        let by_others = draft.commands.iter().filter_map(|one| {
            let by = one.by.clone().filter(|by| by != asked.by)?;
            Some(ByOther { command: one.command.name().to_owned(), by })
        });
        let by_others: Vec<ByOther> = by_others.collect();
        others.extend(draft.lines.iter().map(|line| (*line, by_others.clone())));
        let names = draft.commands.iter().map(|one| one.command.name().to_owned());
        let names: Vec<String> = names.collect();
        made.extend(draft.lines.iter().map(|line| (*line, names.clone())));
    }
    let next = asked.state.next();
    let (mut taken, mut left, mut sums) = (Vec::new(), Vec::new(), Vec::<RuleSum>::new());
    for (unit, marked, like, why) in &judged.fates {
        let numbers = input.numbers(unit);
        let Some(line) = numbers.first().copied() else { continue };
        let lines = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        let commands = made.get(&line).cloned().filter(|_| why.is_none()).unwrap_or_default();
        plan.lines.push(Fate {
            line,
            lines,
            rule: unit.rule.clone(),
            amount: unit.amount,
            commands,
            left: *why,
            like: *like,
            by: others.get(&line).cloned().filter(|_| why.is_none()).unwrap_or_default(),
            hidden: numbers.iter().any(|line| plan.hidden.contains(*line)),
        });
        if let Some(why) = *why {
            left.extend(numbers.iter().map(|line| LeftLine { line: *line, why }));
            continue;
        }
        let like = like.and_then(|like| match like {
            Like::Imported { seq, .. } | Like::Recorded { seq } => Some(seq),
            Like::SameFile { .. } => Some(next),
            // What is undone is there no more: nothing is recorded twice.
            Like::Undone { .. } => None,
        });
        taken.push(TakenLine { line, mark: marked.mark.clone(), like });
        match sums.iter_mut().find(|sum| sum.rule == unit.rule) {
            Some(sum) => {
                sum.lines = sum.lines.saturating_add(1);
                sum.total = sum.total.plus(unit.amount);
            }
            None => {
                sums.push(RuleSum { rule: unit.rule.clone(), lines: 1, total: unit.amount });
            }
        }
    }
    let rows = input.header.totals.iter().filter_map(|total| input.grid.rows.get(total.row));
    left.extend(rows.map(|row| LeftLine { line: row.line, why: WhyLeft::Total }));
    // Whoever imports has decided it, and the rules may say it too.
    let hidden = plan.hidden.left().iter();
    left.extend(hidden.map(|line| LeftLine { line: *line, why: WhyLeft::Rule }));
    left.sort_by_key(|left| left.line);
    plan.rules = sums;
    if taken.is_empty() {
        return Ok(plan);
    }
    let total = Money::sum(judged.taken.iter().map(|unit| unit.amount));
    plan.import = Some(RecordImport {
        source: plan.source.clone(),
        form: file_form(&input.grid.form),
        kind: plan.kind,
        rules: asked.rules_digest.clone(),
        table: asked.table_digest.clone(),
        total,
        declared: Some(declared).filter(|declared| *declared != Declared::default()),
        taken,
        left,
    });
    Ok(plan)
}

/// How its bytes were read, as it is recorded.
fn file_form(form: &Form) -> FileForm {
    match form {
        Form::Csv { encoding, .. } => FileForm::Csv {
            encoding: match encoding {
                Encoding::Utf8 => TextEncoding::Utf8,
                Encoding::Utf8Bom => TextEncoding::Utf8Bom,
                Encoding::Utf16Le => TextEncoding::Utf16Le,
                Encoding::Utf16Be => TextEncoding::Utf16Be,
                Encoding::Gb18030 => TextEncoding::Gb18030,
            },
        },
        Form::Xlsx { sheet, .. } => FileForm::Xlsx { sheet: Text::parse(sheet).ok() },
    }
}

/// What an encoding is called.
#[must_use]
pub fn encoding_name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf8Bom => "UTF-8 BOM",
        Encoding::Utf16Le => "UTF-16LE",
        Encoding::Utf16Be => "UTF-16BE",
        Encoding::Gb18030 => "GB18030",
    }
}

/// An empty file of a kind, with the headings that are known without rules.
#[must_use]
pub fn template(kind: ImportKind, lang: Lang) -> String {
    let columns = forms(kind).first().copied().unwrap_or_default();
    let english = |name: &&&str| name.is_ascii();
    let heads = columns.iter().filter(|column| {
        !matches!(column.key, "side" | "debit" | "credit") || kind == ImportKind::Vouchers
    });
    let heads = heads.filter(|column| column.key != "amount" || kind != ImportKind::BankStatement);
    let name = |column: &super::columns::Column| {
        let first = column.names.first().copied().unwrap_or(column.key);
        match lang {
            Lang::Zh => first,
            Lang::En => column.names.iter().find(english).copied().unwrap_or(first),
        }
        .to_owned()
    };
    heads.map(name).collect::<Vec<_>>().join(",")
}
