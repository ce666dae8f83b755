//! 上级汇总 What many unions' bundles add up to, for the level above: each bundle with what its
//! verification said, the statements of all that count, rates, what stands between the unions, and
//! which bundles are left out and why.
//!
//! A sum here is the sum of the books' own reports and nothing is eliminated: what one union paid to
//! another stands in both, and [`between`] holds the two sides against each other instead.

mod union;
mod statements;
pub mod between;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::balance_sheet::BalanceSheet;
use super::collection::Collected;
use super::income_statement::IncomeStatement;
use super::{Period, Rate, Term, Words, remittance};
use crate::date::{Day, Month};
use crate::event::book::Level;
use crate::ids::{FindingId, PayerId};
use crate::money::Money;

pub use between::Between;
pub use statements::TakenOver;
pub use union::{Figures, Unlike, figures};

/// What is asked of all bundles alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Asked {
    #[serde(serialize_with = "term_as_period")]
    #[schemars(with = "Period")]
    pub term: Term,
    /// On which day it is looked at: a month that is still open is late only after its time.
    pub today: Day,
    /// 按时结账 So many days after its end a month is closed in time.
    pub close_within_days: u32,
    /// 记账本位币 Books of another one cannot be summed.
    pub currency: String,
    /// Whether only witnessed bundles count.
    pub witnessed_only: bool,
}

/// One bundle, as its verification and its records say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Where it lies: its folder.
    pub place: String,
    /// As its first record says; none where that cannot be read.
    pub origin: Option<String>,
    pub organisation: Option<String>,
    pub records: u64,
    /// The tree's root over all records, in base64.
    pub root: Option<String>,
    pub last_record: Option<Day>,
    /// Records that no witness of the policy has seen.
    pub unwitnessed: u64,
    pub standing: Standing,
    /// Why it stands so.
    pub why: Words,
    /// None where it cannot be summed.
    pub figures: Option<Box<Figures>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 已验证并有见证
    Witnessed,
    /// 已验证，无见证
    NotWitnessed,
    /// 过期: older than asked, or than a checkpoint that the level above holds.
    Stale,
    /// 损坏
    Broken,
    /// 分叉: two bundles of one book that are different histories.
    Forked,
    /// 重复: a copy of a book that another bundle has as far or further.
    Duplicate,
    /// 未登记: no log of the level above's own policy is of this book.
    Unknown,
    /// 不可汇总: of another chart or currency, or recorded on days that are still to come.
    Unlike,
    /// 读不出
    Unreadable,
}

impl Standing {
    pub const ALL: [Standing; 9] = [
        Standing::Witnessed,
        Standing::NotWitnessed,
        Standing::Stale,
        Standing::Broken,
        Standing::Forked,
        Standing::Duplicate,
        Standing::Unknown,
        Standing::Unlike,
        Standing::Unreadable,
    ];

    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Standing::Witnessed => Words::new("有见证", "witnessed"),
            Standing::NotWitnessed => Words::new("无见证", "not witnessed"),
            Standing::Stale => Words::new("过期", "stale"),
            Standing::Broken => Words::new("损坏", "broken"),
            Standing::Forked => Words::new("分叉", "forked"),
            Standing::Duplicate => Words::new("重复", "duplicate"),
            Standing::Unknown => Words::new("信任文件未列", "not in the policy"),
            Standing::Unlike => Words::new("不可汇总", "cannot be summed"),
            Standing::Unreadable => Words::new("读不出", "cannot be read"),
        }
    }

    /// Whether its records were verified and its figures may count.
    fn may_count(self, asked: &Asked) -> bool {
        match self {
            Standing::Witnessed => true,
            Standing::NotWitnessed => !asked.witnessed_only,
            Standing::Stale
            | Standing::Broken
            | Standing::Forked
            | Standing::Duplicate
            | Standing::Unknown
            | Standing::Unlike
            | Standing::Unreadable => false,
        }
    }
}

/// 应建账单位 A lower union that should keep books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unit {
    /// Its id in the superior's own book.
    pub unit: PayerId,
    pub name: String,
    /// The name of its book, where it is known; else the bundle of that organisation is its own.
    pub origin: Option<String>,
}

/// The book of the level above itself, which is not summed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    pub origin: String,
    pub organisation: String,
    pub figures: Box<Figures>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Consolidated {
    pub title: Words,
    pub asked: Asked,
    /// 年初至期末: dues, the allocation and what goes between unions are of these months.
    pub months: Period,
    pub counts: Counts,
    /// 建账率; none where nobody said who should keep books.
    pub coverage: Option<Coverage>,
    pub total: Row,
    /// How many of the unions that had months to close closed all of them in time.
    pub in_time: InTime,
    pub balance_sheet: BalanceSheet,
    pub income_statement: IncomeStatement,
    /// Books of the year that began in mid-year, and what they took over.
    pub taken_over: Option<TakenOver>,
    /// Unions whose book has no year before; only of a year.
    pub without_last_year: u32,
    /// 各单位, by the name of their books.
    pub unions: Vec<Union>,
    /// 同名单位: unions that count, have one name, and keep different books: one union may have been
    /// summed twice.
    pub like_named: Vec<LikeNamed>,
    /// 往来核对
    pub between: Vec<Between>,
    /// 未销号的审计发现
    pub findings: Vec<OpenFinding>,
    /// 未计入
    pub left_out: Vec<LeftOut>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    pub bundles: u32,
    pub counted: u32,
    /// By standing, those of which there are any.
    pub by_standing: BTreeMap<Standing, u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Coverage {
    /// 应建账
    pub registered: u32,
    /// 已建账: registered units of which a bundle counts.
    pub keeping: u32,
    pub rate: Option<Rate>,
    /// 未建账或未报送
    pub missing: Vec<Unit>,
    /// Books that count and are of no registered unit.
    pub unlisted: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct InTime {
    pub unions: u32,
    pub of: u32,
    pub rate: Option<Rate>,
}

/// One union's line, and of all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Row {
    /// 会员 at the end of the term
    pub members: u32,
    /// 会费
    pub dues: Collected,
    /// 会费截至 The last month whose dues are counted; of several unions the latest.
    pub dues_through: Option<Month>,
    /// 拨缴经费
    pub allocation: Allocated,
    /// 上解
    pub remittance: RemittanceSums,
    /// 结账
    pub closing: MonthsClosed,
    /// 审计发现
    pub findings: Findings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Allocated {
    pub due: Money,
    pub received: Money,
    pub arrears: Money,
    /// 收缴率
    pub collection_rate: Option<Rate>,
    pub payers_due: u32,
    pub payers_in_full: u32,
    /// 足额率
    pub full_payment_rate: Option<Rate>,
    pub payers: u32,
    pub payers_paid: u32,
    /// 覆盖率
    pub coverage_rate: Option<Rate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct RemittanceSums {
    pub owed: Money,
    pub paid: Money,
    pub unpaid: Money,
    /// By the end of the term.
    pub overdue: Money,
    /// 应付上级经费 211 at the end of the term
    pub balance: Money,
}

/// Months of the year up to the term's end whose time for closing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct MonthsClosed {
    pub due: u32,
    /// 按时
    pub in_time: u32,
    /// 逾期结账
    pub late: u32,
    /// 未结
    pub open: u32,
    /// 按时结账率
    pub rate: Option<Rate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Findings {
    pub open: u32,
    /// 逾期未整改: open after the day that the finding names.
    pub overdue: u32,
    pub cleared: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Union {
    pub origin: String,
    pub organisation: String,
    pub level: Level,
    pub place: String,
    pub records: u64,
    pub root: String,
    pub last_record: Option<Day>,
    pub standing: Standing,
    pub why: Words,
    pub unwitnessed: u64,
    #[serde(flatten)]
    pub row: Row,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LikeNamed {
    pub organisation: String,
    pub origins: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpenFinding {
    pub origin: String,
    pub finding: FindingId,
    pub date: Day,
    pub due: Option<Day>,
    pub overdue: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeftOut {
    pub place: String,
    pub origin: Option<String>,
    pub organisation: Option<String>,
    pub records: u64,
    pub last_record: Option<Day>,
    pub standing: Standing,
    pub why: Words,
}

/// The picture of all of them. Of two bundles of one book whoever asks has let one count at most.
#[must_use]
pub fn report(
    asked: &Asked,
    bundles: Vec<Bundle>,
    own: Option<&Own>,
    units: Option<&[Unit]>,
) -> Consolidated {
    let mut bundles = bundles;
    bundles.sort_by(|one, other| (&one.origin, &one.place).cmp(&(&other.origin, &other.place)));
    let mut counts =
        Counts { bundles: size(bundles.len()), counted: 0, by_standing: BTreeMap::new() };
    for bundle in &bundles {
        let count = counts.by_standing.entry(bundle.standing).or_default();
        *count = count.saturating_add(1);
    }
    let (counted, others): (Vec<Bundle>, Vec<Bundle>) =
        bundles.into_iter().partition(|b| b.standing.may_count(asked) && b.figures.is_some());
    counts.counted = size(counted.len());
    let (mut unions, mut all) = (Vec::new(), BTreeMap::new());
    for bundle in counted {
        if let (Some(figures), Some(origin)) = (bundle.figures, bundle.origin) {
            unions.push(Union {
                origin: origin.clone(),
                organisation: bundle.organisation.unwrap_or_default(),
                level: figures.level,
                place: bundle.place,
                records: bundle.records,
                root: bundle.root.unwrap_or_default(),
                last_record: bundle.last_record,
                standing: bundle.standing,
                why: bundle.why,
                unwitnessed: bundle.unwitnessed,
                row: figures.row,
            });
            all.insert(origin, figures);
        }
    }
    let summed = statements::sum(asked, all.values().map(AsRef::as_ref), records(&unions));
    let name = own.map(|own| own.organisation.clone()).unwrap_or_default();
    let (mut balance_sheet, mut income_statement) = (summed.balance_sheet, summed.income_statement);
    balance_sheet.heading.organisation.clone_from(&name);
    income_statement.heading.organisation = name;
    let known = between::Known { unions: &unions, units: units.unwrap_or_default() };
    Consolidated {
        title: Words::new("上级汇总", "The unions below, together"),
        months: asked.term.year_to_date(),
        coverage: units.map(|units| coverage(units, known)),
        total: unions.iter().fold(Row::default(), |sum, union| sum.plus(&union.row)).rated(),
        in_time: in_time(&unions),
        balance_sheet,
        income_statement,
        taken_over: summed.taken_over,
        without_last_year: summed.without_last_year,
        between: between::lines(known, &all, own),
        findings: open_findings(&all, asked.today),
        left_out: others.into_iter().map(left_out).collect(),
        like_named: like_named(&unions),
        unions,
        asked: asked.clone(),
        counts,
    }
}

fn like_named(unions: &[Union]) -> Vec<LikeNamed> {
    let mut by_name: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for union in unions {
        by_name.entry(&union.organisation).or_default().push(union.origin.clone());
    }
    let many = by_name.into_iter().filter(|(_, origins)| origins.len() > 1);
    many.map(|(name, origins)| LikeNamed { organisation: name.to_owned(), origins }).collect()
}

fn left_out(bundle: Bundle) -> LeftOut {
    let Bundle { place, origin, organisation, records, last_record, standing, why, .. } = bundle;
    LeftOut { place, origin, organisation, records, last_record, standing, why }
}

fn records(unions: &[Union]) -> u64 {
    unions.iter().fold(0, |sum, union| sum.saturating_add(union.records))
}

fn coverage(units: &[Unit], known: between::Known<'_>) -> Coverage {
    let mut missing = Vec::new();
    let mut kept = BTreeSet::new();
    for unit in units {
        match known.of_unit(unit) {
            // A book is one union's: whoever else names it keeps none.
            Some(union) if kept.insert(union.origin.as_str()) => {}
            Some(_) | None => missing.push(unit.clone()),
        }
    }
    let registered = size(units.len());
    let keeping = registered.saturating_sub(size(missing.len()));
    let unlisted = known.unions.iter().map(|union| &union.origin);
    Coverage {
        registered,
        keeping,
        rate: Rate::of_count(keeping, registered),
        missing,
        unlisted: unlisted.filter(|origin| !kept.contains(origin.as_str())).cloned().collect(),
    }
}

fn in_time(unions: &[Union]) -> InTime {
    let had = |union: &&Union| union.row.closing.due > 0;
    let all = |union: &&Union| union.row.closing.due == union.row.closing.in_time;
    let of = size(unions.iter().filter(had).count());
    let in_time = size(unions.iter().filter(had).filter(all).count());
    InTime { unions: in_time, of, rate: Rate::of_count(in_time, of) }
}

fn open_findings(all: &BTreeMap<String, Box<Figures>>, today: Day) -> Vec<OpenFinding> {
    let found = all.iter().flat_map(|(origin, figures)| {
        figures.open_findings.iter().map(move |found| (origin, found))
    });
    found
        .map(|(origin, found)| OpenFinding {
            origin: origin.clone(),
            finding: found.finding.clone(),
            date: found.date,
            due: found.due,
            overdue: found.due.is_some_and(|due| due < today),
        })
        .collect()
}

impl Consolidated {
    /// Whether any bundle was left out because it stands so.
    #[must_use]
    pub fn left_out_as(&self, standing: Standing) -> bool {
        self.left_out.iter().any(|one| one.standing == standing)
    }
}

impl Row {
    fn plus(self, other: &Row) -> Row {
        Row {
            members: self.members.saturating_add(other.members),
            dues: self.dues.plus(other.dues),
            dues_through: self.dues_through.max(other.dues_through),
            allocation: self.allocation.plus(other.allocation),
            remittance: self.remittance.plus(other.remittance),
            closing: self.closing.plus(other.closing),
            findings: Findings {
                open: self.findings.open.saturating_add(other.findings.open),
                overdue: self.findings.overdue.saturating_add(other.findings.overdue),
                cleared: self.findings.cleared.saturating_add(other.findings.cleared),
            },
        }
    }

    fn rated(self) -> Row {
        Row {
            dues: self.dues.rated(),
            allocation: self.allocation.rated(),
            closing: self.closing.rated(),
            ..self
        }
    }
}

impl Allocated {
    fn plus(self, other: Allocated) -> Allocated {
        Allocated {
            due: self.due.plus(other.due),
            received: self.received.plus(other.received),
            arrears: self.arrears.plus(other.arrears),
            payers_due: self.payers_due.saturating_add(other.payers_due),
            payers_in_full: self.payers_in_full.saturating_add(other.payers_in_full),
            payers: self.payers.saturating_add(other.payers),
            payers_paid: self.payers_paid.saturating_add(other.payers_paid),
            ..Allocated::default()
        }
    }

    fn rated(self) -> Allocated {
        Allocated {
            collection_rate: Rate::of(self.due.minus(self.arrears), self.due),
            full_payment_rate: Rate::of_count(self.payers_in_full, self.payers_due),
            coverage_rate: Rate::of_count(self.payers_paid, self.payers),
            ..self
        }
    }
}

impl RemittanceSums {
    fn plus(self, other: RemittanceSums) -> RemittanceSums {
        RemittanceSums {
            owed: self.owed.plus(other.owed),
            paid: self.paid.plus(other.paid),
            unpaid: self.unpaid.plus(other.unpaid),
            overdue: self.overdue.plus(other.overdue),
            balance: self.balance.plus(other.balance),
        }
    }

    fn of(report: &remittance::Remittance) -> RemittanceSums {
        let remittance::Total { owed, paid, unpaid, overdue } = report.total;
        RemittanceSums { owed, paid, unpaid, overdue, balance: report.balance }
    }
}

impl MonthsClosed {
    fn plus(self, other: MonthsClosed) -> MonthsClosed {
        MonthsClosed {
            due: self.due.saturating_add(other.due),
            in_time: self.in_time.saturating_add(other.in_time),
            late: self.late.saturating_add(other.late),
            open: self.open.saturating_add(other.open),
            rate: None,
        }
    }

    fn rated(self) -> MonthsClosed {
        MonthsClosed { rate: Rate::of_count(self.in_time, self.due), ..self }
    }
}

/// When each month was closed, as the records say: the first time, for a month that was opened again
/// had been closed by then.
pub type Closings = BTreeMap<Month, Day>;

fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn term_as_period<S: serde::Serializer>(term: &Term, serializer: S) -> Result<S::Ok, S::Error> {
    Period::from(*term).serialize(serializer)
}
