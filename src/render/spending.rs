use super::table::{amount, figures, heading, pick, table, words};
use crate::event::spending::Nature;
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::spending::Spending;

#[must_use]
pub fn spending(report: &Spending, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "支出科目", "Account")),
        words(pick(lang, "性质", "Nature")),
        words(pick(lang, "项目", "Project")),
        words(pick(lang, "经济分类", "Economic class")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let mut rows = Vec::new();
    for line in &report.lines {
        let nature = match line.nature {
            Some(Nature::Basic) => pick(lang, "基本支出", "basic"),
            Some(Nature::Project) => pick(lang, "项目支出", "project"),
            None => pick(lang, "未分析", "not analysed"),
        };
        let project = match (&line.project, &line.project_name) {
            (Some(id), Some(name)) => format!("{id} {name}"),
            (Some(id), None) => id.to_string(),
            (None, _) => String::new(),
        };
        let economic = line.economic.as_ref();
        let economic = economic.map(|code| economic_class(code.as_str(), lang));
        rows.push(vec![
            line.account.label(lang),
            nature.to_owned(),
            project,
            economic.unwrap_or_default(),
            amount(line.amount),
        ]);
    }
    let total = pick(lang, "合计", "Total");
    rows.push(vec![
        total.to_owned(),
        String::new(),
        String::new(),
        String::new(),
        amount(report.total),
    ]);
    let rest = pick(lang, "其中未分析", "Of it not analysed");
    let rest = format!("{rest}: {}\n", amount(report.unanalysed));
    heading(&report.heading, lang) + table(&columns, rows) + rest
}

/// 款 with the class 类 that it stands in, for the items have no names of their own here.
fn economic_class(code: &str, lang: Lang) -> String {
    match (class(code, lang), code.get(..3)) {
        ("", _) | (_, None) => code.to_owned(),
        (name, Some(of)) => format!("{code} ({of} {name})"),
    }
}

/// 类 The class that an item stands in, by its first three digits (政府收支分类科目).
fn class(code: &str, lang: Lang) -> &'static str {
    match code.get(..3).unwrap_or_default() {
        "301" => pick(lang, "工资福利支出", "wages and benefits"),
        "302" => pick(lang, "商品和服务支出", "goods and services"),
        "303" => pick(lang, "对个人和家庭的补助", "help to persons and families"),
        "307" => pick(lang, "债务利息及费用支出", "interest and costs of debts"),
        "309" => pick(lang, "资本性支出（基本建设）", "capital spending (construction)"),
        "310" => pick(lang, "资本性支出", "capital spending"),
        "311" => pick(lang, "对企业补助（基本建设）", "help to firms (construction)"),
        "312" => pick(lang, "对企业补助", "help to firms"),
        "313" => pick(lang, "对社会保障基金补助", "help to social security funds"),
        "399" => pick(lang, "其他支出", "other spending"),
        _ => "",
    }
}
