//! 审计程序表 The audit programme: what an audit committee checks, one row a check, with its figure and
//! what is out of order. Each row says exactly what it holds for an exception; what cannot be judged
//! says why, and is not in order because nobody could look.
//!
//! It is made of the records alone, so that whoever holds the bundle makes the same.

#[allow(clippy::unnecessary_wraps, reason = "any check may say why it could not be judged")]
mod money;
#[allow(clippy::unnecessary_wraps, reason = "any check may say why it could not be judged")]
mod spending;
#[allow(clippy::unnecessary_wraps, reason = "any check may say why it could not be judged")]
mod welfare;
#[allow(clippy::unnecessary_wraps, reason = "any check may say why it could not be judged")]
mod books;
mod records;
#[allow(clippy::unnecessary_wraps, reason = "any check may say why it could not be judged")]
mod samples;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod capped;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::Ledger;
use super::audit::{self, Audit, AuditLine, Concern, opinions};
use super::books::Books;
use super::{Heading, Period, Words};
use crate::date::{Day, Month};
use crate::event::book::{Rule, RuleKind};
use crate::ids::{AuditId, Seq, WelfareItemId};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use records::Seen;

/// 默认标准 What is called late, round and unusual where no rule says: more than 30 days after the
/// business day, whole multiples of 10,000.00, and from 22:00 to 06:00.
const LATE_DAYS: u32 = 30;
const ROUND_FEN: i64 = 1_000_000;
const HOURS: (u32, u32) = (6, 22);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Programme {
    pub heading: Heading,
    /// 审计项目 of months of the period.
    pub audits: Vec<AuditLine>,
    pub thresholds: Thresholds,
    /// The months that are looked at: of the period, those that are over by the last record's day.
    pub months: Vec<Month>,
    pub checks: Vec<Check>,
    /// 未定标准的事项 What was given although no schedule says how much; no exception, but a question.
    pub items_without_cap: Vec<WelfareItemId>,
    #[serde(flatten)]
    pub counts: Counts,
}

/// How many checks are in order, have exceptions, had nothing to look at, and could not be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    pub in_order: u32,
    pub with_exceptions: u32,
    pub nothing_to_look_at: u32,
    pub not_judged: u32,
}

/// The programme as the committee's report carries it: each check that has exceptions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InShort {
    pub months: Vec<Month>,
    #[serde(flatten)]
    pub counts: Counts,
    pub found: Vec<CheckInShort>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CheckInShort {
    pub code: Code,
    pub title: Words,
    pub exceptions: u32,
    /// Those of all its exceptions, each once, in their order.
    pub records: Vec<Seq>,
}

/// 审计提示标准, and where they come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Thresholds {
    pub late_days: u32,
    pub round_sum: Money,
    pub hours_first: u32,
    pub hours_last: u32,
    /// 依据; none where no rule says and these are the program's own.
    pub source: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    pub code: Code,
    pub title: Words,
    /// 依据
    pub source: String,
    /// How many payments, months, members or records were looked at, as the check says.
    pub looked_at: u32,
    /// The sum that was looked at, where there is one.
    pub amount: Option<Money>,
    pub result: Outcome,
    /// Why it could not be judged.
    pub why: Option<Words>,
    pub exceptions: Vec<Exception>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 未见例外
    InOrder,
    /// 有例外
    Exceptions,
    /// 无判断对象: nobody has seen that it is in order, for there was nothing to see.
    NothingToLookAt,
    /// 无法判断
    NotJudged,
}

/// One thing that is out of order, with the records that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Exception {
    pub records: Vec<Seq>,
    pub says: Words,
    pub amount: Option<Money>,
}

/// What a look at the books came to; an error is why it could not be judged.
struct Looked {
    count: usize,
    amount: Option<Money>,
    found: Vec<Exception>,
}

type Look = fn(&Ground<'_>) -> Result<Looked, Words>;

/// What the checks look at.
struct Ground<'a> {
    ledger: Ledger<'a>,
    books: Books<'a>,
    /// The months that are over.
    months: Vec<Month>,
    /// From the first to the last of them.
    span: Period,
    /// The day of the last record.
    as_of: Option<Day>,
    thresholds: Thresholds,
    audit: Audit,
    seen: Seen,
}

macro_rules! checks {
    ($($(#[doc = $doc:literal])* $code:ident($look:path) = $zh:literal, $en:literal, $source:literal;)*) => {
        /// A check, by a name that stays.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Code {
            $($(#[doc = $doc])* $code,)*
        }

        impl Code {
            /// All checks, in the order of the programme.
            pub const ALL: &'static [Code] = &[$(Code::$code),*];

            #[must_use]
            pub fn title(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(Code::$code => ($zh, $en),)* };
                match lang {
                    Lang::Zh => zh,
                    Lang::En => en,
                }
            }

            /// The law or document that has it checked.
            #[must_use]
            pub fn source(self) -> &'static str {
                match self { $(Code::$code => $source,)* }
            }

            fn look(self) -> Look {
                match self { $(Code::$code => $look,)* }
            }
        }
    };
}

checks! {
    /// An exception is a year of the period without a budget.
    BudgetAdopted(money::budget_adopted) =
        "预算已下达", "budget adopted", "工会法第45条; 总工办发〔2020〕29号";
    /// Each line of spending at the end of the last month: an exception is one on which more was spent
    /// than it has with all adjustments, and spending that no line covers.
    BudgetKept(money::budget_kept) =
        "支出未超预算", "spending within the budget", "总工办发〔2020〕29号（严禁无预算、超预算支出）";
    /// What came in and goes up, month by month, oldest payments first: an exception is a month that is
    /// not paid up whole by the end of the period, where its day is over; where no rule sets a day, at
    /// the end of a year. Not judged, where nothing is late and no payroll is declared.
    RemittanceInFull(money::remittance_in_full) = "上解足额", "remittance in full", "工会法第43条";
    /// The same: an exception is a month whose last part was paid up after its day.
    RemittanceOnTime(money::remittance_on_time) =
        "上解按期", "remittance on time", "工会法第43条; 规定: remittance_due";
    /// An exception is a member who owes dues for months of the period, and months that cannot be
    /// assessed.
    DuesPaid(money::dues_paid) = "会费收缴", "dues collected", "中国工会章程（会费）";
    /// An exception is a month for which a payer owes.
    AllocationPaid(money::allocation_paid) =
        "拨缴经费收缴", "allocation collected", "工会法第43、44条";
    /// Every voucher that spends out of a restricted fund: an exception is one on an account that the
    /// fund's limit, as it was known then, does not name, or after its last day.
    SpecialFunds(spending::special_funds) =
        "专项资金专款专用", "earmarked money spent as given", "财会〔2021〕7号第22条";
    /// Every payment: an exception is one without a request, of an ended request, or of another fund,
    /// account or amount than was requested.
    PaymentsRequested(spending::requested) =
        "付款有申请", "payments as requested", "会计基础工作规范; 皖工发〔2025〕18号";
    /// Every payment: an exception is one in which one person asked, approved or paid twice, or was paid.
    DutiesSeparate(spending::separate) =
        "不相容职务分离", "duties separate", "会计法第35条; 会计基础工作规范第11条";
    /// Every payment: an exception is one that lacks an office of the band of its request, and one or a
    /// transfer out of a restricted fund without the chair.
    ApprovalsComplete(spending::approved) =
        "审批齐全", "approvals complete", "规定: approval_bands; 皖工发〔2025〕18号（集体领导下的主席负责制）";
    /// Every payment: an exception is one later after its last approval than the rule of its day allows.
    ApprovalsInTime(spending::in_time) = "审批未过期", "approvals not expired", "规定: approval_expiry";
    /// An exception is a request of the period or before it that is neither paid, refused nor withdrawn.
    RequestsEnded(spending::ended) = "用款申请已办结", "requests ended", "会计基础工作规范";
    /// Every payment: an exception is one that somebody requested, approved or paid who is on that day a
    /// relative of the payee or has an interest in it, by whatever was declared up to now. The payees of a
    /// list are those on it, but for benefits that are for everybody: festivals, Women's and Children's Day,
    /// health checks, recuperation.
    RelatedPayees(spending::related) =
        "关联收款人回避", "related payees", "会计基础工作规范第16条（回避）";
    /// An exception is payments to one payee within the days of the rule that each are below an approval
    /// band and together in it.
    SplitPayments(spending::split) =
        "拆分付款", "split payments", "规定: approval_bands, split_watch";
    /// An exception is a payment of a whole multiple of the round sum.
    RoundSums(spending::round) = "整数大额付款", "round sums", "规定: audit_thresholds";
    /// Every benefit: an exception is a person, item and year, occasion or day with more than the schedule
    /// of the day of payment allows, by the rule of that day as it is known now, also where it was recorded
    /// only afterwards.
    BenefitCaps(welfare::caps) =
        "福利待遇未超标准", "benefits within their caps", "总工办发〔2017〕32号; 规定: benefit_schedule";
    /// Every list that was paid: an exception is one on which somebody has neither signed nor is said not
    /// to have come, and one of which what nobody came for is not back.
    ListsSettled(welfare::settled) =
        "名册签收和余款退回", "lists signed and settled", "总工办发〔2017〕32号; 会计基础工作规范第48条";
    /// An exception is a cash or bank account of a fund below nothing at a month's end.
    TillsNotNegative(money::tills) = "货币资金不为负", "no till below nothing", "现金管理暂行条例";
    /// Every month in which cash moved or was held: an exception is one that was not counted after its last
    /// movement, or of which the last count is not the book, and a difference that pends.
    CashCounted(money::cash_counted) = "库存现金盘点", "cash counted", "财会〔2021〕7号, 101";
    /// Every month in which the bank moved or held money: an exception is one without a reconciliation of
    /// its last day, or of which the books were changed since.
    BankReconciled(money::bank_reconciled) =
        "银行存款对账", "bank reconciled", "财会〔2021〕7号, 102";
    /// Every book of printed receipts: an exception is a number that was passed over, and a form that is
    /// out although its payment was reversed.
    ReceiptNumbers(books::receipt_numbers) =
        "票据连号", "receipt numbers", "工会经费收入专用收据管理; 会计基础工作规范第56条";
    /// Every voucher: an exception is a number that is missing in its month, or there twice.
    VoucherNumbers(books::voucher_numbers) =
        "凭证连号", "voucher numbers", "会计基础工作规范第51条; 财会〔2024〕12号第21条";
    /// Funds against the books, the asset fund against the assets, and results of closed years carried.
    BooksAgree(books::agree) = "账账相符", "books agree", "会计基础工作规范第62条";
    /// An exception is a month that is over and not closed.
    MonthsClosed(books::closed) = "按期结账", "months closed", "会计基础工作规范第63条";
    /// An exception is a red voucher of the period.
    Reversals(books::reversals) = "红字冲销", "reversals", "会计基础工作规范第51条（五）";
    /// An exception is a month that was opened again, and every voucher that was recorded into a month
    /// after it had been closed once.
    Reopened(books::reopened) =
        "结账后补记", "recorded after closing", "会计基础工作规范第63条; 财会〔2024〕12号第24条";
    /// Every voucher but those of opening balances and of carrying forward: an exception is one recorded
    /// more days after its business day than the thresholds allow.
    LateRecordings(books::late) = "补记延迟", "late recordings", "会计法第9条; 规定: audit_thresholds";
    /// Every handover of the cashier's or the accountant's office: an exception is a voucher of a day before
    /// it that was recorded after it, but not by who took over; and one that was recorded after it by who
    /// handed over and has not taken the office back.
    Handovers(books::handovers) =
        "交接前后记账", "recorded after a handover", "会计基础工作规范第25至35条（会计工作交接）";
    /// Every record that concerns the months: an exception is one of an hour outside the thresholds, by the
    /// book's own time.
    UnusualHours(books::hours) = "非常时间记账", "unusual hours", "规定: audit_thresholds";
    /// An exception is a record that private data was shown in clear, on a day of the months or between the
    /// first and the last day on which records were made that concern them.
    PrivateOpened(books::private) = "查阅个人信息", "private data opened", "个人信息保护法第6条; docs/FORMAT.md 20";
    /// What earlier reports of audits named as income, spending and balance: an exception is one that the
    /// books have differently now.
    ReportsStand(books::reports_stand) =
        "已报告数据未变", "reported figures stand", "工会法第45条";
    /// Every sample that was ever drawn: an exception is one of which the seed and the population give
    /// other records, or another number of them.
    SamplesRedrawn(samples::redrawn) =
        "抽样可重抽", "samples drawn again", "docs/auditing.md";
    /// Every finding: an exception is one that is not cleared, whose day is over and that is not said to be
    /// put right.
    FindingsFollowedUp(books::followed_up) =
        "审计发现整改", "findings followed up", "工会法第45条; 审计整改";
}

/// The audit that is asked for; `None` where none is called so.
fn asked<'a>(state: &'a State, of: Option<&str>) -> Option<&'a crate::projection::audit::Engaged> {
    let id = AuditId::parse(of?).ok()?;
    state.audit.engagement(&id)
}

/// Of a period, or of the months of one audit.
#[must_use]
pub fn report(ledger: Ledger<'_>, period: Period, of: Option<&str>) -> Programme {
    let Ledger { state, chart, .. } = ledger;
    let books = Books { state, chart };
    let engaged = asked(state, of);
    let period = engaged.map_or(period, |engaged| period_of(engaged.months()));
    let mut audits = opinions::audits(books, period);
    if let Some(engaged) = engaged {
        audits.retain(|line| line.audit == engaged.engagement.audit);
    }
    let as_of = records::last_day(ledger);
    let months = over(books, period, as_of);
    let span = match (months.first(), months.last()) {
        (Some(first), Some(last)) => period_of((*first, *last)),
        (Some(_) | None, Some(_) | None) => period,
    };
    let on = as_of.or_else(|| months.last().map(|month| month.last_day()));
    let thresholds = thresholds(state, on);
    let ground = Ground {
        ledger,
        books,
        span,
        as_of,
        audit: audit::report(state, chart, span),
        seen: records::seen(ledger, &months, &thresholds),
        thresholds,
        months,
    };
    let checks: Vec<Check> = Code::ALL.iter().map(|code| check(*code, &ground)).collect();
    let count = |outcome: Outcome| {
        let of = checks.iter().filter(|check| check.result == outcome).count();
        u32::try_from(of).unwrap_or(u32::MAX)
    };
    Programme {
        heading: books.heading(Words::new("审计程序表", "Audit programme"), "", period),
        audits,
        counts: Counts {
            in_order: count(Outcome::InOrder),
            with_exceptions: count(Outcome::Exceptions),
            nothing_to_look_at: count(Outcome::NothingToLookAt),
            not_judged: count(Outcome::NotJudged),
        },
        checks,
        items_without_cap: welfare::without_cap(&ground),
        thresholds: ground.thresholds,
        months: ground.months,
    }
}

/// The committee's report with what the programme of the same period has found.
#[must_use]
pub fn audit(ledger: Ledger<'_>, period: Period) -> Audit {
    let report = audit::report(ledger.state, ledger.chart, period);
    Audit { programme: in_short(ledger, period), ..report }
}

/// What the programme of this period has found; nothing where there are no records to look at.
fn in_short(ledger: Ledger<'_>, period: Period) -> Option<InShort> {
    records::last_day(ledger)?;
    let programme = report(ledger, period, None);
    let found = programme.checks.into_iter().filter(|check| !check.exceptions.is_empty());
    let found = found.map(|check| {
        let records = check.exceptions.iter().flat_map(|found| found.records.iter().copied());
        CheckInShort {
            code: check.code,
            title: check.title,
            exceptions: u32::try_from(check.exceptions.len()).unwrap_or(u32::MAX),
            records: records.collect::<BTreeSet<Seq>>().into_iter().collect(),
        }
    });
    Some(InShort { months: programme.months, counts: programme.counts, found: found.collect() })
}

fn check(code: Code, ground: &Ground<'_>) -> Check {
    let looked = code.look()(ground);
    let title = Words::new(code.title(Lang::Zh), code.title(Lang::En));
    let (result, why, looked) = match looked {
        Ok(looked) if !looked.found.is_empty() => (Outcome::Exceptions, None, looked),
        Ok(looked) if looked.count == 0 => (Outcome::NothingToLookAt, None, looked),
        Ok(looked) => (Outcome::InOrder, None, looked),
        Err(why) => (Outcome::NotJudged, Some(why), Looked::nothing()),
    };
    Check {
        code,
        title,
        source: code.source().to_owned(),
        looked_at: u32::try_from(looked.count).unwrap_or(u32::MAX),
        amount: looked.amount,
        result,
        why,
        exceptions: looked.found,
    }
}

fn period_of((first, last): (Month, Month)) -> Period {
    let year = first.year();
    if first == year.first_month() && last == year.last_month() {
        Period::Year(year)
    } else {
        Period::Months { first, last }
    }
}

/// The months of the period that the book has and that are over.
fn over(books: Books<'_>, period: Period, as_of: Option<Day>) -> Vec<Month> {
    let starts = books.state.offices.ledger().map(|ledger| ledger.starts.month());
    let last = books.last_month();
    let mut months = books.months(period);
    months.retain(|month| {
        starts.is_none_or(|starts| starts <= *month)
            && last.is_none_or(|last| *month <= last)
            && as_of.is_none_or(|day| month.last_day() <= day)
    });
    months
}

fn thresholds(state: &State, on: Option<Day>) -> Thresholds {
    let setting = on.and_then(|on| state.offices.rule(RuleKind::AuditThresholds, on));
    if let Some(setting) = setting
        && let Rule::AuditThresholds { late_days, round_sum, hours_first, hours_last } =
            setting.rule
    {
        let source = Some(setting.source.to_string());
        return Thresholds { late_days, round_sum, hours_first, hours_last, source };
    }
    Thresholds {
        late_days: LATE_DAYS,
        round_sum: Money::from_fen(ROUND_FEN),
        hours_first: HOURS.0,
        hours_last: HOURS.1,
        source: None,
    }
}

impl Looked {
    fn nothing() -> Looked {
        Looked { count: 0, amount: None, found: Vec::new() }
    }

    fn at(looked_at: usize, found: Vec<Exception>) -> Looked {
        Looked { count: looked_at, amount: None, found }
    }

    fn sum(looked_at: usize, amount: Money, found: Vec<Exception>) -> Looked {
        Looked { count: looked_at, amount: Some(amount), found }
    }
}

impl Exception {
    fn new(records: impl IntoIterator<Item = Seq>, zh: &str, en: &str) -> Exception {
        Exception { records: records.into_iter().collect(), says: Words::new(zh, en), amount: None }
    }

    fn of(self, amount: Money) -> Exception {
        Exception { amount: Some(amount), ..self }
    }
}

impl Ground<'_> {
    /// What the committee's report names under these codes.
    fn concerns(&self, of: &[Concern]) -> Vec<Exception> {
        let found = self.audit.exceptions.iter().filter(|found| of.contains(&found.code));
        found.map(concern).collect()
    }
}

fn concern(of: &audit::Exception) -> Exception {
    let place = |lang: Lang| {
        let place: Vec<String> = [
            of.month.map(|month| month.to_string()),
            of.fund.as_ref().map(ToString::to_string),
            of.account.as_ref().map(|account| account.label(lang)),
            of.disbursement.as_ref().map(ToString::to_string),
        ]
        .into_iter()
        .flatten()
        .collect();
        let what = of.what.get(lang);
        if place.is_empty() { what.to_owned() } else { format!("{what}: {}", place.join(", ")) }
    };
    let says = Words { zh: place(Lang::Zh), en: place(Lang::En) };
    Exception { records: of.record.into_iter().collect(), says, amount: of.amount }
}
