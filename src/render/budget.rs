use super::picture::{Bar, Row, picture};
use super::table::{amount, amount_or_blank, figures, heading, pick, rate, table, words};
use crate::lang::Lang;
use crate::render::page::{Column, Page};
use crate::report::budget::{Amounts, Budget, Line, Project, Resolved, Side};

#[must_use]
pub fn budget(report: &Budget, lang: Lang) -> Page {
    let mut rows = side(&report.income, pick(lang, "收入合计", "Income"), lang);
    rows.extend(side(&report.spending, pick(lang, "支出合计", "Spending"), lang));
    let verdict = if report.agrees {
        pick(lang, "执行数与科目余额表相符", "The actual figures are those of the accounts")
    } else {
        pick(lang, "执行数与科目余额表不符!", "The actual figures are not those of the accounts!")
    };
    let head = heading(&report.heading, lang) + &resolutions(report, lang);
    let income = pick(lang, "收入预算执行", "Income: budget and actual");
    let spending = pick(lang, "支出预算执行", "Spending: budget and actual");
    let page = head + table(&columns(lang), rows) + verdict + "\n";
    page + executed(&report.income, income, lang) + executed(&report.spending, spending, lang)
}

/// What of the budget of each account was carried out, in bars.
fn executed(of: &Side, title: &str, lang: Lang) -> Page {
    let row = |line: &Line| Row {
        label: title_of(line, lang),
        bars: vec![Bar::amount(line.amounts.current), Bar::amount(line.amounts.actual)],
    };
    let series = [pick(lang, "现行预算", "Current"), pick(lang, "执行数", "Actual")];
    picture(title, &series, of.lines.iter().map(row).collect())
}

fn resolutions(report: &Budget, lang: Lang) -> String {
    let line = |label: &str, of: &Resolved| format!("{label}: {} {}\n", of.date, of.resolution);
    let adopted = match &report.adopted {
        Some(adopted) => line(pick(lang, "下达", "Adopted"), adopted),
        None => pick(lang, "本年尚未下达预算\n", "No budget is adopted for this year\n").to_owned(),
    };
    let adjusted = report.adjusted.iter().map(|of| line(pick(lang, "调整", "Adjusted"), of));
    std::iter::once(adopted).chain(adjusted).collect()
}

fn columns(lang: Lang) -> [Column; 9] {
    [
        words(pick(lang, "科目", "Account")),
        words(pick(lang, "资金", "Fund")),
        figures(pick(lang, "年初预算", "Adopted")),
        figures(pick(lang, "调整", "Adjusted")),
        figures(pick(lang, "现行预算", "Current")),
        figures(pick(lang, "执行数", "Actual")),
        figures(pick(lang, "已申请", "Requested")),
        figures(pick(lang, "未执行", "Left")),
        figures(pick(lang, "完成率", "Done")),
    ]
}

fn side(of: &Side, total: &str, lang: Lang) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for line in &of.lines {
        rows.push(row(&title_of(line, lang), line.fund.as_str(), &line.amounts));
        rows.extend(line.projects.iter().map(|project| project_row(project, lang)));
    }
    rows.push(row(total, "", &of.total));
    rows
}

fn title_of(line: &Line, lang: Lang) -> String {
    let unplanned = if line.budgeted { "" } else { pick(lang, " (未列预算)", " (no budget)") };
    format!("{}{unplanned}", line.account.label(lang))
}

fn row(title: &str, fund: &str, of: &Amounts) -> Vec<String> {
    let [adjusted, committed] = [of.adjusted, of.committed].map(amount_or_blank);
    let [adopted, current, actual, left] = [of.adopted, of.current, of.actual, of.left].map(amount);
    let (title, fund) = (title.to_owned(), fund.to_owned());
    vec![title, fund, adopted, adjusted, current, actual, committed, left, rate(of.rate)]
}

/// What a project has; what is spent is known of the account alone.
fn project_row(of: &Project, lang: Lang) -> Vec<String> {
    let name = of.project.as_deref().unwrap_or(pick(lang, "其他", "other"));
    let [adopted, current] = [of.adopted, of.current].map(amount);
    let mut row = vec![format!("  {name}"), String::new(), adopted, amount_or_blank(of.adjusted)];
    row.push(current);
    row.resize(9, String::new());
    row
}
