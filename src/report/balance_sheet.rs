//! 工会01表 资产负债表 The balance sheet of a month or a year (财会〔2021〕7号, 第四、第五部分).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{Heading, Term, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BalanceSheet {
    pub heading: Heading,
    /// 年初余额, and 期末余额 or 年末余额.
    pub columns: [Words; 2],
    /// In the order of the form; lines of nothing are kept.
    pub lines: Vec<Line>,
    /// 资产总计 = 负债与净资产总计, in both columns.
    pub balanced: bool,
    /// 资产总计 less 负债与净资产总计; nothing where it balances.
    pub difference: Amounts,
    /// 年中启用 Only in the year of a book that begins in mid-year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_over: Option<TakenOver>,
}

/// What a book that begins in mid-year knows of the beginning of its year: 资金结转结余, which are its
/// opening balances less the year's result that it took over. Of every other line it knows the
/// balance on its first day alone, so that the column of 年初余额 differs by that result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TakenOver {
    /// 启用日
    pub starts: Day,
    /// 年初至启用前的收支差额
    pub result: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// 行次
    pub number: u32,
    pub section: Section,
    pub name: Words,
    /// The first-level accounts that it adds up; none in a line that adds up others.
    pub accounts: Vec<String>,
    #[serde(flatten)]
    pub amounts: Amounts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Assets,
    Liabilities,
    NetAssets,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Amounts {
    /// 年初余额
    pub opening: Money,
    /// 期末余额
    pub closing: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, term: Term) -> BalanceSheet {
    let books = Books { state, chart };
    let (balances, result) = balances(books, term);
    let mut sheet = Sheet { balances, lines: Vec::new() };
    let assets = sheet.assets(term);
    let claims = sheet.claims();
    let taken_over = Amounts { opening: result, closing: Money::ZERO };
    let difference = assets.minus(claims).minus(taken_over);
    let end = match term {
        Term::Month(_) => Words::new("期末余额", "End of period"),
        Term::Year(_) => Words::new("年末余额", "End of year"),
    };
    BalanceSheet {
        heading: books.heading(Words::new("资产负债表", "Balance sheet"), "工会01表", term.into()),
        columns: [Words::new("年初余额", "Beginning of year"), end],
        lines: sheet.lines,
        balanced: difference == Amounts::default(),
        difference,
        taken_over: books
            .takes_over_in(term.last().year())
            .map(|starts| TakenOver { starts, result }),
    }
}

/// Debit less credit of every first-level account, at the beginning of the year and at the end of
/// the term, with results where they will be carried; and the result of the year that was taken over.
fn balances(books: Books<'_>, term: Term) -> (BTreeMap<String, Amounts>, Money) {
    let mut taken_over = Money::ZERO;
    let mut balances: BTreeMap<String, Amounts> = BTreeMap::new();
    for posted in books.turnovers() {
        let when = books.counted(term.year_to_date(), &posted);
        if when == When::After {
            continue;
        }
        let code = books.stands_under(posted.fund, posted.account);
        let sum = balances.entry(code.to_owned()).or_default();
        let balance = posted.turnover.balance();
        sum.closing = sum.closing.plus(balance);
        if when == When::Before {
            sum.opening = sum.opening.plus(balance);
        } else if books.is_taken_over(&posted) {
            taken_over = taken_over.minus(balance);
        }
    }
    (balances, taken_over)
}

struct Sheet {
    balances: BTreeMap<String, Amounts>,
    lines: Vec<Line>,
}

impl Sheet {
    fn assets(&mut self, term: Term) -> Amounts {
        let mut current = self.asset("货币资金", "Cash and bank deposits", &["101", "102"]);
        // 仅在中期报表中列示，年度报表中不列示 (第五部分 一(四)1(2)).
        if let Term::Month(_) = term {
            current =
                current.plus(self.asset("零余额账户用款额度", "Zero-balance quota", &["111"]));
        }
        for (zh, en, code) in [
            ("财政应返还额度", "Fiscal quota receivable", "121"),
            ("应收上级经费", "Receivable from superior unions", "131"),
            ("应收下级经费", "Receivable from subordinate unions", "132"),
            ("其他应收款", "Other receivables", "135"),
            ("库存物品", "Supplies in stock", "141"),
        ] {
            current = current.plus(self.asset(zh, en, &[code]));
        }
        self.total(Section::Assets, "流动资产合计", "Total current assets", current);
        let mut total = current;
        total = total.plus(self.asset("投资", "Investments", &["151"]));
        total = total.plus(self.asset("在建工程", "Construction in progress", &["161"]));
        let cost = self.asset("固定资产原值", "Fixed assets at cost", &["162"]);
        let worn = self.contra("减:累计折旧", "Less: accumulated depreciation", "163");
        let net = cost.minus(worn);
        self.total(Section::Assets, "固定资产净值", "Fixed assets, net", net);
        total = total.plus(net);
        let cost = self.asset("无形资产原值", "Intangible assets at cost", &["171"]);
        let worn = self.contra("减:累计摊销", "Less: accumulated amortisation", "172");
        let net = cost.minus(worn);
        self.total(Section::Assets, "无形资产净值", "Intangible assets, net", net);
        total = total.plus(net);
        total = total.plus(self.asset("长期待摊费用", "Long-term deferred expenses", &["181"]));
        let pending = self.asset("待处理财产损溢", "Gains and losses pending disposal", &["182"]);
        total = total.plus(pending);
        self.total(Section::Assets, "资产总计", "Total assets", total);
        total
    }

    fn claims(&mut self) -> Amounts {
        let mut liabilities = Amounts::default();
        for (zh, en, code) in [
            ("应付职工薪酬", "Employee compensation payable", "201"),
            ("应付上级经费", "Payable to superior unions", "211"),
            ("应付下级经费", "Payable to subordinate unions", "212"),
            ("其他应付款", "Other payables", "215"),
            ("代管经费", "Custodial money", "221"),
        ] {
            liabilities = liabilities.plus(self.owed(Section::Liabilities, zh, en, code));
        }
        self.total(Section::Liabilities, "负债合计", "Total liabilities", liabilities);
        let mut net_assets = Amounts::default();
        for (zh, en, code) in [
            ("资产基金", "Asset fund", "301"),
            ("专用基金", "Special-purpose funds", "311"),
            ("工会资金结转", "Union funds carried forward", "321"),
            ("工会资金结余", "Union funds surplus", "322"),
            ("财政拨款结转", "Fiscal appropriations carried forward", "331"),
            ("财政拨款结余", "Fiscal appropriations surplus", "332"),
            ("预算稳定调节基金", "Budget stabilisation fund", "341"),
        ] {
            net_assets = net_assets.plus(self.owed(Section::NetAssets, zh, en, code));
        }
        self.total(Section::NetAssets, "净资产合计", "Total net assets", net_assets);
        let total = liabilities.plus(net_assets);
        let (zh, en) = ("负债与净资产总计", "Total liabilities and net assets");
        self.total(Section::NetAssets, zh, en, total);
        total
    }

    fn asset(&mut self, zh: &str, en: &str, codes: &[&str]) -> Amounts {
        let sum = codes.iter().fold(Amounts::default(), |sum, code| sum.plus(self.balance(code)));
        self.line(Section::Assets, Words::new(zh, en), codes, sum);
        sum
    }

    fn contra(&mut self, zh: &str, en: &str, code: &str) -> Amounts {
        let amounts = Amounts::default().minus(self.balance(code));
        self.line(Section::Assets, Words::new(zh, en), &[code], amounts);
        amounts
    }

    fn owed(&mut self, section: Section, zh: &str, en: &str, code: &str) -> Amounts {
        let amounts = Amounts::default().minus(self.balance(code));
        self.line(section, Words::new(zh, en), &[code], amounts);
        amounts
    }

    fn total(&mut self, section: Section, zh: &str, en: &str, amounts: Amounts) {
        self.line(section, Words::new(zh, en), &[], amounts);
    }

    fn line(&mut self, section: Section, name: Words, codes: &[&str], amounts: Amounts) {
        let above = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        let accounts = codes.iter().map(|code| (*code).to_owned()).collect();
        let number = above.saturating_add(1);
        self.lines.push(Line { number, section, name, accounts, amounts });
    }

    fn balance(&self, code: &str) -> Amounts {
        self.balances.get(code).copied().unwrap_or_default()
    }
}

impl Amounts {
    #[must_use]
    pub fn plus(self, other: Amounts) -> Amounts {
        Amounts {
            opening: self.opening.plus(other.opening),
            closing: self.closing.plus(other.closing),
        }
    }

    #[must_use]
    pub fn minus(self, other: Amounts) -> Amounts {
        Amounts {
            opening: self.opening.minus(other.opening),
            closing: self.closing.minus(other.closing),
        }
    }
}
