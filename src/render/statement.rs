use super::table::{amount, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::statement::{Known, Line, Statement};

#[must_use]
pub fn statement(report: &Statement, lang: Lang) -> Page {
    let heading = heading(&report.heading, lang);
    if report.id.is_none() {
        let columns = [words(pick(lang, "编号", "Id")), words(pick(lang, "报表", "Statement"))];
        let row = |known: &Known| vec![known.id.clone(), known.title.get(lang).to_owned()];
        return heading + table(&columns, report.known.iter().map(row));
    }
    let mut columns = vec![words(pick(lang, "行次", "No.")), words(pick(lang, "项目", "Item"))];
    columns.extend(report.columns.iter().map(|column| figures(column.get(lang))));
    let row = |line: &Line| {
        let named = [line.no.clone(), line.name.get(lang).to_owned()];
        named.into_iter().chain(line.amounts.iter().map(|sum| amount(*sum))).collect()
    };
    heading + table(&columns, report.lines.iter().map(row))
}
