//! The three supplements of unions of county level and above: 工会附01表, 附02表, 附03表.

use super::table::{amount, amount_if_any, figures, pick, signatures, statement, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::cost_expense::CostExpense;
use crate::report::fiscal_grants::{Amounts, FiscalGrants};
use crate::report::state_assets::StateAssets;

/// A book of a grassroots union shows the form all the same, and says that nobody asks for it.
fn unasked(required: bool, lang: Lang) -> &'static str {
    if required {
        return "";
    }
    pick(
        lang,
        "基层工会不编制本表，县级以上工会编制 (财会〔2021〕7号 第四部分)\n",
        "filed by unions of county level and above, not by this one (accounting system of trade unions, 财会〔2021〕7号, part 4)\n",
    )
}

#[must_use]
pub fn fiscal_grants(report: &FiscalGrants, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "项目", "Item")),
        figures(pick(lang, "年初结转", "Opening, carried")),
        figures(pick(lang, "年初结余", "Opening, surplus")),
        figures(pick(lang, "调整年初结转结余", "Adjusted")),
        figures(pick(lang, "本年归集上缴", "Given back")),
        figures(pick(lang, "内部调剂-结转", "Moved, carried")),
        figures(pick(lang, "内部调剂-结余", "Moved, surplus")),
        figures(pick(lang, "本年收入", "Income")),
        figures(pick(lang, "本年支出", "Spending")),
        figures(pick(lang, "年末结转", "Closing, carried")),
        figures(pick(lang, "年末结余", "Closing, surplus")),
    ];
    let rows = report.lines.iter().map(|line| {
        let of = |column: fn(&Amounts) -> crate::money::Money| {
            amount_if_any(line.amounts.as_ref().map(column))
        };
        let indent = if line.main { "" } else { "  " };
        vec![
            format!("{indent}{}", line.name.get(lang)),
            of(|a| a.opening_carried),
            of(|a| a.opening_surplus),
            of(|a| a.adjusted),
            of(|a| a.pooled),
            of(|a| a.moved_carried),
            of(|a| a.moved_surplus),
            of(|a| a.income),
            amount(line.spending),
            of(|a| a.closing_carried),
            of(|a| a.closing_surplus),
        ]
    });
    let verdict = if report.holds {
        pick(
            lang,
            "年末 = 年初 + 调整 + 上缴 + 调剂 + 收入 - 支出",
            "closing = opening + what moved",
        )
    } else {
        pick(lang, "年末数与本年变动不符!", "The closing is not the opening and what moved!")
    };
    let heading = statement(&report.heading, false, lang) + unasked(report.required, lang);
    heading + table(&columns, rows) + verdict + "\n" + signatures(lang)
}

#[must_use]
pub fn state_assets(report: &StateAssets, lang: Lang) -> Page {
    let columns = [
        figures(pick(lang, "行次", "No.")),
        words(pick(lang, "项目", "Item")),
        figures(pick(lang, "年初余额", "Beginning of year")),
        figures(pick(lang, "年末余额", "End of year")),
    ];
    let rows = report.lines.iter().map(|line| {
        vec![
            line.number.to_string(),
            line.name.get(lang).to_owned(),
            amount(line.amounts.opening),
            amount(line.amounts.closing),
        ]
    });
    let heading = statement(&report.heading, true, lang) + unasked(report.required, lang);
    heading + table(&columns, rows) + signatures(lang)
}

#[must_use]
pub fn cost_expense(report: &CostExpense, lang: Lang) -> Page {
    let [this, other] = &report.columns;
    let columns = [
        figures(pick(lang, "行次", "No.")),
        words(pick(lang, "项目", "Item")),
        figures(this.get(lang)),
        figures(other.get(lang)),
    ];
    let rows = report.lines.iter().map(|line| {
        vec![
            line.number.to_string(),
            line.name.get(lang).to_owned(),
            amount(line.this),
            amount_if_any(line.other),
        ]
    });
    let heading = statement(&report.heading, false, lang) + unasked(report.required, lang);
    heading + table(&columns, rows) + signatures(lang)
}
