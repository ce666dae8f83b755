//! What a file becomes, before it is recorded: how it was read, which rule made what of each line,
//! counts and sums, and what was declared beside what was found.

use std::fmt::Write as _;

use mingzhang::event::import::WhyLeft;
use mingzhang::import::duplicates::Like;
use mingzhang::import::grid::{Form, Grid};
use mingzhang::import::plan::{self, ByOther, Control, Fate, Plan, RuleSum, encoding_name};
use mingzhang::import::rules::Rules;
use mingzhang::lang::Lang;
use mingzhang::render;

pub(super) fn text(file: &str, grid: &Grid, plan: &Plan, rules: &Rules, lang: Lang) -> String {
    let mut out = String::new();
    head(&mut out, file, grid, plan, lang);
    for fate in &plan.lines {
        line(&mut out, fate, lang);
    }
    let of_rule = match lang {
        Lang::Zh => "按规则：",
        Lang::En => "By rule:",
    };
    writeln!(out, "{of_rule}").ok();
    for RuleSum { rule, lines, total } in &plan.rules {
        let total = render::amount(*total);
        match lang {
            Lang::Zh => writeln!(out, "  {rule}  {lines} 笔  {total}").ok(),
            Lang::En => writeln!(out, "  {rule}  {lines}  {total}").ok(),
        };
    }
    let unused = rules
        .matchers
        .iter()
        .filter(|matcher| !plan.lines.iter().any(|fate| fate.rule == matcher.name));
    let unused: Vec<&str> = unused.map(|matcher| matcher.name.as_str()).collect();
    if !unused.is_empty() {
        let unused = unused.join(", ");
        match lang {
            Lang::Zh => writeln!(out, "没有用到的规则：{unused}").ok(),
            Lang::En => writeln!(out, "Rules that no line fits: {unused}").ok(),
        };
    }
    if !plan.unused_rules.is_empty() {
        let unused = plan.unused_rules.join(", ");
        match lang {
            Lang::Zh => writeln!(out, "规则中没有一行用到的：{unused}").ok(),
            Lang::En => writeln!(out, "Of the rules, what no line has: {unused}").ok(),
        };
    }
    if !plan.not_lines.is_empty() {
        let lines = plan.not_lines.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        match lang {
            Lang::Zh => writeln!(out, "不是明细的行，没有取：第 {lines} 行").ok(),
            Lang::En => writeln!(out, "Rows that are no lines, not taken: {lines}").ok(),
        };
    }
    for control in &plan.control {
        let Control { zh, en, declared, found, difference, .. } = control;
        match lang {
            Lang::Zh => writeln!(out, "{zh}：应为 {declared}，实为 {found}，差 {difference}").ok(),
            Lang::En => {
                writeln!(out, "{en}: declared {declared}, found {found}, difference {difference}")
                    .ok()
            }
        };
    }
    out.trim_end().to_owned()
}

fn head(out: &mut String, file: &str, grid: &Grid, plan: &Plan, lang: Lang) {
    let form = match (&grid.form, lang) {
        (Form::Csv { encoding, .. }, _) => format!("CSV, {}", encoding_name(*encoding)),
        (Form::Xlsx { sheet, .. }, Lang::Zh) => format!("工作簿，工作表“{sheet}”"),
        (Form::Xlsx { sheet, .. }, Lang::En) => format!("workbook, sheet {sheet:?}"),
    };
    let (kind, header) = (plan.kind.title(lang), plan.header);
    let columns = plan.columns.iter().map(|[key, head]| format!("{key}={head}"));
    let columns = columns.collect::<Vec<_>>().join(" ");
    let list = |heads: &[String]| heads.join(", ");
    match lang {
        Lang::Zh => {
            writeln!(out, "文件 {file}（{form}），SHA-256 {}", grid.source).ok();
            writeln!(out, "{kind}；表头在第 {header} 行：{columns}").ok();
        }
        Lang::En => {
            writeln!(out, "File {file} ({form}), SHA-256 {}", grid.source).ok();
            writeln!(out, "{kind}; header on line {header}: {columns}").ok();
        }
    }
    if plan.guessed {
        let other = plan::other_than(plan.kind);
        match lang {
            Lang::Zh => writeln!(
                out,
                "种类按表头认作 {}；不是的，用 --kind 说明，如 --kind {other}",
                plan.kind
            )
            .ok(),
            Lang::En => writeln!(
                out,
                "The kind {} is told by the header; if it is another, say it: --kind {other}",
                plan.kind
            )
            .ok(),
        };
    }
    if let Form::Xlsx { hidden, .. } = &grid.form
        && !hidden.is_empty()
    {
        let label = match lang {
            Lang::Zh => "隐藏的工作表，没有读取：",
            Lang::En => "Hidden sheets, not read: ",
        };
        writeln!(out, "{label}{}", hidden.join(", ")).ok();
    }
    if !plan.unused.is_empty() {
        let label = match lang {
            Lang::Zh => "不用的列：",
            Lang::En => "Columns not used: ",
        };
        writeln!(out, "{label}{}", list(&plan.unused)).ok();
    }
    if !plan.private.is_empty() {
        let label = match lang {
            Lang::Zh => "存入保险箱，账上只记承诺：",
            Lang::En => "Into the vault, and only committed to in the book: ",
        };
        let names: Vec<String> = plan.private.iter().map(ToString::to_string).collect();
        writeln!(out, "{label}{}", list(&names)).ok();
    }
    if !plan.personal.is_empty() {
        let label = match lang {
            Lang::Zh => "个人信息，不读取也不记录：",
            Lang::En => "Somebody's data, neither read nor recorded: ",
        };
        writeln!(out, "{label}{}", list(&plan.personal)).ok();
    }
}

fn line(out: &mut String, fate: &Fate, lang: Lang) {
    let Fate { line, lines, rule, amount, commands, left, like, by, hidden } = fate;
    let number = match lines {
        1 => line.to_string(),
        more => format!("{line}+{}", more.saturating_sub(1)),
    };
    let becomes = match (left, lang) {
        (None, _) => commands.join(" + "),
        (Some(WhyLeft::Total), Lang::Zh) => "不取：合计行".to_owned(),
        (Some(WhyLeft::Total), Lang::En) => "left out: a total".to_owned(),
        (Some(WhyLeft::Rule), Lang::Zh) => "不取：按规则".to_owned(),
        (Some(WhyLeft::Rule), Lang::En) => "left out: by the rule".to_owned(),
        (Some(WhyLeft::Duplicate), Lang::Zh) => "不取：重复".to_owned(),
        (Some(WhyLeft::Duplicate), Lang::En) => "left out: a duplicate".to_owned(),
    };
    let like = match (like, left, lang) {
        (None, _, _) | (_, Some(_), _) => "",
        (Some(Like::Undone { .. }), None, Lang::Zh) => "  （冲销后再记）",
        (Some(Like::Undone { .. }), None, Lang::En) => "  (undone before)",
        (Some(_), None, Lang::Zh) => "  （有相同的）",
        (Some(_), None, Lang::En) => "  (like another)",
    };
    let by = by.iter().map(|ByOther { command, by }| match lang {
        Lang::Zh => format!("  （{command} 由 {by} 办理）"),
        Lang::En => format!("  ({command} by {by})"),
    });
    let by = by.collect::<String>();
    let hidden = match (hidden, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "  （隐藏的行）",
        (true, Lang::En) => "  (a hidden row)",
    };
    let amount = render::amount(*amount);
    writeln!(out, "{number:>7}  {rule}  {amount}  {becomes}{like}{by}{hidden}").ok();
}
