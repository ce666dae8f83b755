//! 自带报表 The statements that a chart brings with it: lines that add up accounts, or lines above them.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{Heading, Period, Words};
use crate::chart::{Adds, Chart, Class, Part, Statement as Form, StatementKind};
use crate::ids::AccountCode;
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::{Kind, Posted};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statement {
    pub heading: Heading,
    /// The statement's id; none where none was asked for.
    pub id: Option<String>,
    /// What the chart has.
    pub known: Vec<Known>,
    /// 期初余额 and 期末余额, or 本期数.
    pub columns: Vec<Words>,
    /// In the order of the form; lines of nothing are kept.
    pub lines: Vec<Line>,
}

/// One statement that the chart has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Known {
    pub id: String,
    pub title: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// 行次
    pub no: String,
    pub name: Words,
    /// The accounts that it adds up, one that is taken off with '-' before it; none in a line that
    /// adds up others.
    pub accounts: Vec<String>,
    /// One for each column.
    pub amounts: Vec<Money>,
}

/// The statement of that id; without an id, or with one that the chart does not have, only what it
/// has.
#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period, id: Option<&str>) -> Statement {
    let books = Books { state, chart };
    let known = |form: &Form| Known { id: form.id.to_string(), title: title(form) };
    let form = chart.statements().iter().find(|form| Some(form.id.as_str()) == id);
    let name = form.map_or_else(|| Words::new("报表目录", "Statements"), title);
    let mut statement = Statement {
        heading: books.heading(name, "", period),
        id: form.map(|form| form.id.to_string()),
        known: chart.statements().iter().map(known).collect(),
        columns: Vec::new(),
        lines: Vec::new(),
    };
    if let Some(form) = form {
        statement.columns = columns(form.kind);
        statement.lines = lines(books, period, form);
    }
    statement
}

fn title(form: &Form) -> Words {
    Words::new(form.title(Lang::Zh), form.title(Lang::En))
}

fn columns(kind: StatementKind) -> Vec<Words> {
    match kind {
        StatementKind::Balances => {
            vec![Words::new("期初余额", "Start of period"), Words::new("期末余额", "End of period")]
        }
        StatementKind::Flows => vec![Words::new("本期数", "This period")],
    }
}

fn lines(books: Books<'_>, period: Period, form: &Form) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for line in &form.lines {
        let nothing = || vec![Money::ZERO; columns(form.kind).len()];
        let (accounts, amounts) = match &line.adds {
            Adds::Accounts(parts) => {
                let add = |sum: Vec<Money>, part: &Part<AccountCode>| {
                    added(&sum, &of_account(books, period, form.kind, &part.of), part.taken_off)
                };
                (parts.iter().map(said).collect(), parts.iter().fold(nothing(), add))
            }
            Adds::Lines(parts) => {
                let add = |sum: Vec<Money>, part: &Part<usize>| {
                    let above = lines.get(part.of).map(|line| line.amounts.clone());
                    added(&sum, &above.unwrap_or_default(), part.taken_off)
                };
                (Vec::new(), parts.iter().fold(nothing(), add))
            }
        };
        let name = Words::new(line.zh.as_str(), line.en.as_str());
        lines.push(Line { no: line.no.to_string(), name, accounts, amounts });
    }
    lines
}

fn said(part: &Part<AccountCode>) -> String {
    format!("{}{}", if part.taken_off { "-" } else { "" }, part.of)
}

fn added(sum: &[Money], part: &[Money], taken_off: bool) -> Vec<Money> {
    let add = |(sum, part): (&Money, &Money)| {
        if taken_off { sum.minus(*part) } else { sum.plus(*part) }
    };
    sum.iter().zip(part).map(add).collect()
}

/// An account with those under it, on the side on which its class grows, one figure a column.
fn of_account(
    books: Books<'_>,
    period: Period,
    kind: StatementKind,
    code: &AccountCode,
) -> Vec<Money> {
    let own_side = |balance: Money| match books.class(code) {
        Some(Class::Asset | Class::Expense) | None => balance,
        Some(Class::Liability | Class::NetAsset | Class::Income) => balance.negated(),
    };
    let sum = |wanted: &dyn Fn(When, Kind) -> bool| {
        let of_line = |posted: &Posted<'_>| {
            let under = posted.account.as_str().starts_with(code.as_str());
            under && wanted(books.when(period, posted), posted.kind)
        };
        own_side(books.sum(of_line).balance())
    };
    match kind {
        StatementKind::Balances => {
            vec![sum(&|when, _| when == When::Before), sum(&|when, _| when != When::After)]
        }
        StatementKind::Flows => {
            vec![sum(&|when, kind| when == When::Within && kind == Kind::Ordinary)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each account of these classes stands in exactly one line that adds up accounts, with its sign.
    #[test]
    fn the_forms_of_lm_2_and_lm_3_have_a_line_for_every_account() {
        let chart = Chart::built_in("us-olms").unwrap();
        let classes = |kind| match kind {
            StatementKind::Balances => [Class::Asset, Class::Liability],
            StatementKind::Flows => [Class::Income, Class::Expense],
        };
        let mut forms = 0;
        for form in chart.statements() {
            let parts = form.lines.iter().filter_map(|line| match &line.adds {
                Adds::Accounts(parts) => Some(parts),
                Adds::Lines(_) => None,
            });
            let mut found: Vec<&str> = parts.flatten().map(|part| part.of.as_str()).collect();
            found.sort_unstable();
            let wanted = chart.first_level().filter(|a| classes(form.kind).contains(&a.class));
            let wanted: Vec<&str> = wanted.map(|account| account.code.as_str()).collect();
            assert_eq!(found, wanted, "{}", form.id);
            forms += 1;
        }
        assert_eq!(forms, 4);
    }
}
