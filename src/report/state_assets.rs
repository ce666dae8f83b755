//! 工会附02表 国有资产情况表 State property in a union's hands at the end of a year (财会〔2021〕7号,
//! 第五部分 四): what the fiscal funds own (`fiscal`), and the whole 财政应返还额度.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::balance_sheet::Amounts;
use super::books::{Books, When};
use super::{Heading, Period, Term, Words, fiscal};
use crate::chart::Chart;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StateAssets {
    pub heading: Heading,
    /// Whether the union is one of those that file it: 县级以上工会.
    pub required: bool,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// 行次
    pub number: u32,
    pub name: Words,
    /// The first-level accounts that it adds up; none in a line that adds up others.
    pub accounts: Vec<String>,
    /// 年初余额 and 年末余额
    #[serde(flatten)]
    pub amounts: Amounts,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, term: Term) -> StateAssets {
    let books = Books { state, chart };
    let year = term.last().year();
    let mut form = Form { balances: balances(books, Period::Year(year)), lines: Vec::new() };
    form.fill();
    StateAssets {
        heading: books.heading(
            Words::new("国有资产情况表", "State property"),
            "工会附02表",
            Period::Year(year),
        ),
        required: fiscal::is_of_a_county(books),
        lines: form.lines,
    }
}

fn balances(books: Books<'_>, year: Period) -> BTreeMap<String, Amounts> {
    let fiscal = fiscal::funds(books);
    let mut balances: BTreeMap<String, Amounts> = BTreeMap::new();
    for posted in books.turnovers() {
        let code = posted.account.level_one();
        let when = books.when(year, &posted);
        if when == When::After || !(fiscal.contains(posted.fund) || code == "121") {
            continue;
        }
        let sum = balances.entry(code.to_owned()).or_default();
        let balance = posted.turnover.balance();
        sum.closing = sum.closing.plus(balance);
        if when == When::Before {
            sum.opening = sum.opening.plus(balance);
        }
    }
    balances
}

struct Form {
    balances: BTreeMap<String, Amounts>,
    lines: Vec<Line>,
}

impl Form {
    fn fill(&mut self) {
        let mut current = self.line("货币资金", "Cash and bank deposits", &["101", "102"]);
        current = current.plus(self.line("财政应返还额度", "Fiscal quota receivable", &["121"]));
        current = current.plus(self.line("库存物品", "Supplies in stock", &["141"]));
        self.total("流动资产合计", "Total current assets", current);
        let mut fixed = self.line("在建工程", "Construction in progress", &["161"]);
        let cost = self.line("固定资产原值", "Fixed assets at cost", &["162"]);
        let net = cost.minus(self.worn("减:累计折旧", "Less: accumulated depreciation", "163"));
        self.total("固定资产净值", "Fixed assets, net", net);
        fixed = fixed.plus(net);
        let cost = self.line("无形资产原值", "Intangible assets at cost", &["171"]);
        let net = cost.minus(self.worn("减:累计摊销", "Less: accumulated amortisation", "172"));
        self.total("无形资产净值", "Intangible assets, net", net);
        fixed = fixed.plus(net);
        fixed = fixed.plus(self.line("长期待摊费用", "Long-term deferred expenses", &["181"]));
        self.total("非流动资产合计", "Total non-current assets", fixed);
        self.total("资产总计", "Total assets", current.plus(fixed));
    }

    fn line(&mut self, zh: &str, en: &str, codes: &[&str]) -> Amounts {
        let balance = |code: &&str| self.balances.get(*code).copied().unwrap_or_default();
        let sum = codes.iter().map(balance).fold(Amounts::default(), Amounts::plus);
        self.push(zh, en, codes, sum);
        sum
    }

    fn worn(&mut self, zh: &str, en: &str, code: &str) -> Amounts {
        let balance = self.balances.get(code).copied().unwrap_or_default();
        let worn = Amounts::default().minus(balance);
        self.push(zh, en, &[code], worn);
        worn
    }

    fn total(&mut self, zh: &str, en: &str, amounts: Amounts) {
        self.push(zh, en, &[], amounts);
    }

    fn push(&mut self, zh: &str, en: &str, codes: &[&str], amounts: Amounts) {
        let above = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        let accounts = codes.iter().map(|code| (*code).to_owned()).collect();
        let (number, name) = (above.saturating_add(1), Words::new(zh, en));
        self.lines.push(Line { number, name, accounts, amounts });
    }
}
