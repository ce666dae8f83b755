use super::table::{amount, amount_if_any, figures, pick, signatures, statement, table, words};
use crate::lang::Lang;
use crate::money::Money;
use crate::render::page::Page;
use crate::report::income_statement::{IncomeStatement, Line, Proof};

#[must_use]
pub fn income_statement(report: &IncomeStatement, lang: Lang) -> Page {
    let [this, other] = &report.columns;
    let columns = [
        figures(pick(lang, "行次", "No.")),
        words(pick(lang, "项目", "Item")),
        figures(this.get(lang)),
        figures(other.get(lang)),
    ];
    let row = |line: &Line| {
        let indent = if line.main { "" } else { "  " };
        vec![
            line.number.to_string(),
            format!("{indent}{}", line.name.get(lang)),
            amount(line.this),
            amount_if_any(line.other),
        ]
    };
    let proof = report.proof.as_ref().map(|proof| verdict(proof, lang)).unwrap_or_default();
    let rows = report.lines.iter().map(row);
    let (heading, below) = (statement(&report.heading, false, lang), signatures(lang));
    heading + table(&columns, rows) + proof + below
}

/// Where the lines do not add up, what made the difference: investments where they did, and each other
/// voucher by its number.
fn verdict(proof: &Proof, lang: Lang) -> String {
    if proof.holds {
        return pick(lang, "六 = 一 + 二 + 五\n", "6 = 1 + 2 + 5\n").to_owned();
    }
    let difference = amount(proof.difference);
    let mut parts = Vec::new();
    if !proof.by_investments.is_zero() {
        let label = pick(lang, "投资", "investments");
        parts.push(format!("{label} {}", amount(proof.by_investments)));
    }
    parts.extend(proof.by_others.iter().map(|of| format!("{} {}", of.voucher, amount(of.amount))));
    let named = Money::sum(proof.by_others.iter().map(|of| of.amount)).plus(proof.by_investments);
    let left = proof.difference.minus(named);
    if !left.is_zero() {
        let label = pick(lang, "不明", "not explained");
        parts.push(format!("{label} {}!", amount(left)));
    }
    let parts = parts.join("; ");
    match lang {
        Lang::Zh => format!("六 - (一 + 二 + 五) = {difference}, 直接记入结转结余: {parts}\n"),
        Lang::En => {
            format!("6 - (1 + 2 + 5) = {difference}, posted straight to the funds: {parts}\n")
        }
    }
}
