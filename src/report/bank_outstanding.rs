//! 未达账项 What only one of the two sides has on the last day of a statement: for how many days, whether
//! that is long, when it cleared if it did, and what would record what the bank alone has.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::books::Books;
use super::reconciliation::{OpeningDifference, last_statement};
use super::{Heading, Period, Words};
use crate::chart::{Chart, Use};
use crate::date::Day;
use crate::event::VoucherNumber;
use crate::ids::{Seq, StatementId};
use crate::money::Money;
use crate::projection::State;
use crate::rules::BankBook;

/// Where no rule says so: longer than from one monthly statement to the next.
pub const OUTSTANDING_DAYS: u32 = 31;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BankOutstanding {
    pub heading: Heading,
    /// None where the period has no bank statement.
    pub statement: Option<StatementId>,
    /// The statement's last day, from which the days are counted.
    pub day: Option<Day>,
    /// 期初差异, until it is matched with what the bank did about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening_difference: Option<Opened>,
    /// 单位已收付、银行未收付
    pub vouchers: Vec<Unpaid>,
    /// 银行已收付、单位未收付
    pub lines: Vec<Unrecorded>,
    /// 长期未达 How many are outstanding for long.
    pub long: u32,
}

/// 期初差异, as old as the first statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Opened {
    #[serde(flatten)]
    pub of: OpeningDifference,
    pub days: u32,
    /// 长期未达
    pub long: bool,
    /// 已清 The day from which it is matched, after the statement's last.
    pub cleared: Option<Day>,
}

/// A voucher that the bank has no line of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unpaid {
    pub seq: Seq,
    pub voucher: VoucherNumber,
    /// In with its sign as it stands, out negative.
    pub amount: Money,
    #[serde(flatten)]
    pub age: Age,
}

/// A line that no voucher is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unrecorded {
    pub statement: StatementId,
    pub no: u32,
    pub reference: Option<String>,
    /// In with its sign as it stands, out negative.
    pub amount: Money,
    #[serde(flatten)]
    pub age: Age,
    /// What it is by the bank's words.
    pub nature: Nature,
    /// The command that would record it; none where the bank is asked first.
    pub command: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Age {
    pub day: Day,
    pub days: u32,
    /// 长期未达
    pub long: bool,
    /// 已清 The day from which it is matched, after the statement's last.
    pub cleared: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// 利息
    Interest,
    /// 手续费
    Fee,
    /// 待查明的收款
    UnknownIn,
    /// 待查明的付款
    UnknownOut,
}

/// What banks write beside interest and beside fees. It decides what is drafted, and nothing else.
const INTEREST: [&str; 4] = ["结息", "利息", "存款息", "interest"];
const FEES: [&str; 8] = ["手续费", "管理费", "工本费", "服务费", "年费", "短信费", "fee", "charge"];

/// 手续费 of 部门预算支出经济分类.
const BANK_CHARGES: &str = "30204";

/// What the bank itself calls a line, where its text has such a word: the only part of a summary that
/// names nobody.
#[must_use]
pub fn word_of_the_bank(said: &str) -> Option<&'static str> {
    let said = said.to_lowercase();
    INTEREST.into_iter().chain(FEES).find(|word| said.contains(word))
}

impl Nature {
    fn of(amount: Money, reference: Option<&str>) -> Nature {
        let said = reference.unwrap_or_default().to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        match amount.is_positive() {
            true if says(&INTEREST) => Nature::Interest,
            true => Nature::UnknownIn,
            false if says(&FEES) => Nature::Fee,
            false => Nature::UnknownOut,
        }
    }

    /// A fee is paid like anything else, on request and approval. What nobody knows yet is owed to
    /// somebody 暂存款 if it came in; if it went out, the bank is asked before anything is recorded.
    fn command(self) -> Option<&'static str> {
        match self {
            Nature::Interest => Some("interest.receive"),
            Nature::Fee => Some("disbursement.request"),
            Nature::UnknownIn => Some("income.receive"),
            Nature::UnknownOut => None,
        }
    }
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period, of: Option<&str>) -> BankOutstanding {
    let title = Words::new("银行未达账项", "Outstanding items of the bank");
    let heading = Books { state, chart }.heading(title, "", period);
    let Some(held) = last_statement(state, period, of) else {
        let (vouchers, lines) = (Vec::new(), Vec::new());
        return BankOutstanding {
            heading,
            statement: None,
            day: None,
            opening_difference: None,
            vouchers,
            lines,
            long: 0,
        };
    };
    let book = BankBook::of(state, chart);
    let (sheet, days) = (book.sheet(held), book.days());
    let rule = state.offices.bank_matching(sheet.day);
    let most = rule.map_or(OUTSTANDING_DAYS, |(_, outstanding)| outstanding);
    let age = |day: Day, matched: Option<Seq>| {
        let old = day.days_to(sheet.day);
        let cleared = matched.and_then(|by| days.get(&by).copied());
        Age { day, days: old, long: old > most, cleared }
    };
    let opening_difference = sheet.opening.as_ref().map(|found| {
        let of = OpeningDifference::of(found);
        let matched = found.slip.and_then(|slip| state.bank.matching_of(slip.seq));
        let Age { days, long, cleared, .. } = age(of.day, matched);
        Opened { of, days, long, cleared }
    });
    let vouchers: Vec<Unpaid> = sheet
        .vouchers
        .iter()
        .map(|slip| Unpaid {
            seq: slip.seq,
            voucher: slip.number,
            amount: slip.amount,
            age: age(slip.day, state.bank.matching_of(slip.seq)),
        })
        .collect();
    let lines: Vec<Unrecorded> = sheet
        .lines
        .iter()
        .map(|(statement, line)| {
            let reference = line.reference.as_ref().map(|text| text.as_str().to_owned());
            let nature = Nature::of(line.amount, reference.as_deref());
            let held = state.bank.statement(statement);
            let age = age(line.date, held.and_then(|held| held.matched.get(&line.no).copied()));
            Unrecorded {
                statement: statement.clone(),
                no: line.no,
                amount: line.amount,
                command: nature.command().filter(|_| age.cleared.is_none()),
                reference,
                age,
                nature,
            }
        })
        .collect();
    let ages = vouchers.iter().map(|item| item.age).chain(lines.iter().map(|item| item.age));
    let ages = ages.map(|age| (age.long, age.cleared));
    let ages = ages.chain(opening_difference.iter().map(|item| (item.long, item.cleared)));
    let long = ages.filter(|(long, cleared)| *long && cleared.is_none()).count();
    BankOutstanding {
        heading,
        statement: Some(held.statement.statement.clone()),
        day: Some(sheet.day),
        opening_difference,
        long: u32::try_from(long).unwrap_or(u32::MAX),
        vouchers,
        lines,
    }
}

/// 待记账的指令 For each line that no voucher is of, the command that would record it, for the accountant
/// to look over. Its key is the line's, so that it is recorded once. It is of the line's own day, or of
/// the first day that is open.
#[must_use]
pub fn drafts(report: &BankOutstanding, state: &State, chart: &Chart) -> Vec<Value> {
    let closed = state.periods.closed_through();
    let open = |day: Day| match closed {
        Some(closed) if day.month() <= closed => closed.next().first_day(),
        Some(_) | None => day,
    };
    report.lines.iter().filter_map(|line| draft(line, open(line.age.day), chart)).collect()
}

/// What is recorded of a line is called by it: `bank-2025-01-3`. A statement that came from a file is called
/// after the bank already.
#[must_use]
pub fn drafted(statement: &StatementId, no: u32) -> String {
    let bank = if statement.as_str().starts_with("bank-") { "" } else { "bank-" };
    format!("{bank}{statement}-{no}")
}

fn draft(line: &Unrecorded, date: Day, chart: &Chart) -> Option<Value> {
    let command = line.command?;
    let id = drafted(&line.statement, line.no);
    let amount = line.amount.abs();
    let purpose = line.reference.clone().unwrap_or_else(|| "待查明".to_owned());
    let common = json!({"command": command, "date": date, "amount": amount, "key": id});
    let beside = match line.nature {
        Nature::Interest => json!({}),
        Nature::Fee => json!({
            "disbursement": id, "account": chart.at(Use::OtherSpending)?,
            "payee": {"organisation": "开户银行"}, "purpose": purpose,
            "analysis": {"nature": "basic", "economic": BANK_CHARGES},
        }),
        Nature::UnknownIn => json!({
            "account": chart.at(Use::Payable)?, "into": "bank", "from": "待查明", "purpose": purpose,
        }),
        Nature::UnknownOut => return None,
    };
    let fields = [common, beside].into_iter().filter_map(|part| match part {
        Value::Object(fields) => Some(fields),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            None
        }
    });
    Some(Value::Object(fields.flatten().collect()))
}
