use super::table::{pick, table, words};
use crate::chart::Level;
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::chart::{ChartList, Line};

#[must_use]
pub fn chart(report: &ChartList, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "科目", "Account")),
        words(pick(lang, "类别", "Class")),
        words(pick(lang, "余额方向", "Normal side")),
        words(pick(lang, "适用", "For")),
    ];
    let row = |line: &Line| {
        let indent = if line.first_level { "" } else { "  " };
        vec![
            format!("{indent}{} {}", line.code, line.name.get(lang)),
            line.class.name(lang).to_owned(),
            line.normal.name(lang).to_owned(),
            level(line, lang).to_owned(),
        ]
    };
    let title = report.title.get(lang);
    let above = format!("{title} ({})\n{}\n", report.id, report.source);
    Page::from(above) + table(&columns, report.lines.iter().map(row))
}

fn level(line: &Line, lang: Lang) -> &'static str {
    match line.level {
        Level::Grassroots => pick(lang, "基层", "grassroots"),
        Level::County => pick(lang, "县级以上", "county and above"),
        Level::All => pick(lang, "各级", "all"),
    }
}
