//! 期初建账 A book that begins in mid-life: one document with everything that the old book hands over,
//! checked as a whole, becomes the commands that bring it in.

mod fault;
mod lines;
mod check;
mod registers;

pub use fault::{Fault, Found};
pub use lines::Moved;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Command, Context};
use crate::chart::{Chart, Use};
use crate::date::{Day, Month};
use crate::event::Line;
use crate::event::book::Opening;
use crate::event::custody::CustodialProject;
use crate::event::dues::DuesStanding;
use crate::event::fund::NewFund;
use crate::event::member::{DuesBase, Enrolment, Group};
use crate::event::spending::Borrower;
use crate::ids::{
    AccountCode, DisbursementId, FundId, GroupId, MemberId, OfficerId, Seq, Source, Text,
};
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::Kind;

/// What an old book hands over on its last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// 截止日 The last day of the old book; this book begins on the next.
    pub as_of: Day,
    /// 科目表 Of which accounting system the balances are.
    #[serde(default)]
    pub chart: System,
    /// 依据 The old book, the audited statement.
    pub source: Source,
    /// 资金 Funds that are not in this book yet.
    #[serde(default)]
    pub funds: Vec<NewFund>,
    /// 工会小组 Groups that are not in this book yet.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// 代管项目 Whose money the union only keeps; their balances name them as their fund.
    #[serde(default)]
    pub custody: Vec<CustodialProject>,
    /// 科目余额
    pub balances: Vec<Balance>,
    /// 会员
    #[serde(default)]
    pub members: Vec<Standing>,
    /// 未结清的借款 Advances that nobody has settled yet.
    #[serde(default)]
    pub advances: Vec<Advance>,
    /// 资产卡片 Of fixed and intangible assets and long-term prepaid expenses.
    #[serde(default)]
    pub cards: Vec<Card>,
    /// 库存物品
    #[serde(default)]
    pub supplies: Vec<Supply>,
    /// 控制总数 What the old book says it all adds up to.
    pub control: Control,
}

/// 执行的会计制度 Which accounting system the old book was kept by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum System {
    /// 财会〔2021〕7号, and so by this book's own chart
    #[default]
    #[serde(rename = "2021")]
    Of2021,
    /// 财会〔2009〕7号; each balance goes where 财会〔2021〕16号 says
    #[serde(rename = "2009")]
    Of2009,
}

/// What one account of one fund stands at: a debit or a credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    pub account: AccountCode,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 借
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debit: Option<Money>,
    /// 贷
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Money>,
    /// 分拆 Where the parts of it go, if it does not go to one place as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub split: Vec<Part>,
}

/// A part of a balance, on the same side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// An account of this book.
    pub account: AccountCode,
    /// Without it, the fund of the balance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundId>,
    pub amount: Money,
    /// 分拆依据 Why this much of it goes there.
    pub why: Text,
}

/// A member, and how he stands with his dues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    pub member: MemberId,
    pub group: GroupId,
    /// 入会日期
    pub joined: Day,
    /// 会费基数
    pub base: Money,
    /// Without it, from the month after `dues_paid_through`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_from: Option<Month>,
    /// 会费缴至
    pub dues_paid_through: Month,
    /// 欠缴 What is owed of the months after that; without it, each of them in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrears: Option<Money>,
}

/// 借款 Money that an officer or a member holds and has not accounted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// The number that it is settled by.
    pub advance: DisbursementId,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub who: Borrower,
    pub amount: Money,
    pub since: Day,
    pub purpose: Text,
}

/// A card of the asset register: its figures here, and whatever else `asset.card` takes; which record
/// brought the asset in is added to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Card {
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 原值
    pub cost: Money,
    /// 已提折旧 What was worn off in the old book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worn: Option<Worn>,
    #[serde(flatten)]
    pub card: Map<String, Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Worn {
    pub months: u32,
    pub amount: Money,
}

/// Supplies of one kind: how many there are and what they cost, and whatever else `supply.card` takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Supply {
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub quantity: u32,
    /// 金额
    pub amount: Money,
    #[serde(flatten)]
    pub supply: Map<String, Value>,
}

/// What the sections add up to, counted by whoever wrote the document and not by this program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Control {
    pub debit: Money,
    pub credit: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advances: Option<Money>,
    /// 原值合计
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cards: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplies: Option<Money>,
}

/// A command and the part of the document that it comes from, such as `members[3]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub at: String,
    pub command: Command,
}

/// What becomes of a document. With faults nothing of it is to be recorded; the commands are then
/// those that could be made, so that the rules can be asked about them as well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    pub commands: Vec<Placed>,
    /// Where each balance goes, in the order of the document.
    pub moved: Vec<Moved>,
    pub faults: Vec<Fault>,
}

/// Holds a document against itself, the chart and the book, and says every fault of it at once.
#[must_use]
pub fn plan(document: &Document, state: &State, chart: &Chart, by: &OfficerId) -> Plan {
    let none = |_| None;
    let (today, no_hash) = (document.as_of, |_| None);
    let context =
        Context { state, chart, by, today, signers: &[], look_up: &none, hash_of: &no_hash };
    // Whoever gives the same document again needs to hear that, and not everything that follows.
    let handed_over = state.accounts.turnovers().any(|posted| posted.kind == Kind::Opening);
    if handed_over && !document.balances.is_empty() {
        let fault = Fault { at: "balances".to_owned(), found: Found::BroughtInAlready {} };
        return Plan { faults: vec![fault], ..Plan::default() };
    }
    let mut faults = Vec::new();
    let (lines, moved) = lines::of(document, &context, &mut faults);
    check::document(document, &context, &lines, &mut faults);
    let mut commands = people(document);
    let opening = Opening {
        date: document.as_of.next(),
        lines: lines::merged(&lines).collect(),
        source: document.source.clone(),
    };
    // Each of the commands so far makes one record.
    let before = u64::try_from(commands.len()).unwrap_or(u64::MAX);
    let first = Seq(state.next().0.saturating_add(before));
    let brought = Openings { first, parts: super::book::parts(&context, &opening), chart };
    if faults.is_empty() && !opening.lines.is_empty() {
        commands.push(placed("balances", Command::RecordOpening(opening)));
    }
    let (registers, wrong) = registers::of(document, &brought);
    // Without the balances that they rest on, each of them would be refused for that alone.
    if faults.is_empty() {
        commands.extend(registers);
    }
    faults.extend(wrong);
    Plan { commands, moved, faults }
}

/// The records of the opening balances, as they will be.
struct Openings<'a> {
    first: Seq,
    parts: Vec<Opening>,
    chart: &'a Chart,
}

impl Openings<'_> {
    /// The record that brings in what this fund has on the account of that use.
    fn of(&self, fund: &FundId, of: Use) -> Seq {
        let brings = |part: &Opening| {
            let of_use = |line: &Line| self.chart.is_for(&line.account, of);
            part.lines.iter().any(|line| line.fund == *fund && of_use(line))
        };
        let place = self.parts.iter().position(brings).unwrap_or_default();
        Seq(self.first.0.saturating_add(u64::try_from(place).unwrap_or_default()))
    }
}

fn placed(at: impl Into<String>, command: Command) -> Placed {
    Placed { at: at.into(), command }
}

/// Funds, custodial projects, groups and members, each by the command that brings one in.
fn people(document: &Document) -> Vec<Placed> {
    let mut commands = Vec::new();
    for (n, fund) in document.funds.iter().enumerate() {
        commands.push(placed(format!("funds[{n}]"), Command::EstablishFund(fund.clone())));
    }
    for (n, project) in document.custody.iter().enumerate() {
        let at = format!("custody[{n}]");
        commands.push(placed(at, Command::OpenCustody(project.clone())));
    }
    for (n, group) in document.groups.iter().enumerate() {
        commands.push(placed(format!("groups[{n}]"), Command::DefineGroup(group.clone())));
    }
    for (n, standing) in document.members.iter().enumerate() {
        let at = format!("members[{n}]");
        let Standing { member, group, joined, base, base_from, dues_paid_through, arrears } =
            standing.clone();
        let enrolment = Enrolment { member: member.clone(), group, on: joined };
        let from = base_from.unwrap_or_else(|| dues_paid_through.next());
        let base = DuesBase { member: member.clone(), base, from };
        let standing = DuesStanding { member, paid_through: dues_paid_through, owed: arrears };
        commands.extend([
            placed(&at, Command::EnrolMember(enrolment)),
            placed(&at, Command::SetDuesBase(base)),
            placed(&at, Command::OpenDuesStanding(standing)),
        ]);
    }
    commands
}

/// A line of the opening voucher, and the balance that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Brought {
    at: String,
    line: Line,
}
