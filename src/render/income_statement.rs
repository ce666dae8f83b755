use super::table::{amount, amount_if_any, figures, pick, signatures, statement, table, words};
use crate::lang::Lang;
use crate::report::income_statement::{IncomeStatement, Line, Proof};

#[must_use]
pub fn income_statement(report: &IncomeStatement, lang: Lang) -> String {
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
    format!("{heading}{}{proof}{below}", table(&columns, rows))
}

fn verdict(proof: &Proof, lang: Lang) -> String {
    let difference = amount(proof.difference);
    let text = match (proof.holds, proof.investment_moved, lang) {
        (true, _, Lang::Zh) => "六 = 一 + 二 + 五".to_owned(),
        (true, _, Lang::En) => "6 = 1 + 2 + 5".to_owned(),
        (false, true, Lang::Zh) => format!("六 - (一 + 二 + 五) = {difference}, 本年投资有变动"),
        (false, true, Lang::En) => format!("6 - (1 + 2 + 5) = {difference}; investments moved"),
        (false, false, Lang::Zh) => format!("不相等! 六 - (一 + 二 + 五) = {difference}"),
        (false, false, Lang::En) => format!("Not equal! 6 - (1 + 2 + 5) = {difference}"),
    };
    text + "\n"
}
