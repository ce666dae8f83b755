//! 台账目录 Every register that the book keeps: how many entries it has, the last one, and the report that
//! shows it. An entry is a record that is not reversed.

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{Ledger, Name};
use super::books::Books;
use super::{Heading, Period, Words};
use crate::date::Day;
use crate::event::welfare::WelfareFamily;
use crate::event::{Fact, Recorded};
use crate::ids::Seq;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Registers {
    pub heading: Heading,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub register: Words,
    /// The report that shows it.
    pub report: String,
    /// 登记数
    pub entries: u64,
    /// 末次登记 The last record of it, and its business day.
    pub last: Option<Last>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Last {
    pub seq: Seq,
    /// None of a record that has no business day.
    pub date: Option<Day>,
}

struct Register {
    zh: &'static str,
    en: &'static str,
    report: Name,
    holds: fn(&Fact, &State) -> bool,
}

macro_rules! registers {
    ($($zh:literal, $en:literal, $report:ident = $($fact:ident)|+ $(, of $which:ident)?;)*) => {
        /// One row a register: what it is called, the report, and the facts that are its entries.
        const REGISTERS: &[Register] = &[$(Register {
            zh: $zh,
            en: $en,
            report: Name::$report,
            holds: |fact, _state| {
                matches!(fact, $(Fact::$fact(_))|+) $(&& $which(fact, _state))?
            },
        }),*];
    };
}

registers! {
    "会员名册", "Members", Membership = MemberEnrolled | MemberArrived | MemberLeft | MemberDeparted;
    "会费台账", "Dues", Dues = DuesReceived | DuesRefunded | DuesWaived;
    "拨缴经费台账", "The allocation", Allocation = AllocationReceived | AllocationCollected;
    "催缴登记", "Demands", AllocationArrears = DemandIssued | DemandAdvanced;
    "票据登记簿", "Numbered receipts", ReceiptRegister =
        ReceiptStockReceived | PaperReceiptIssued | PaperReceiptVoided | ReceiptIssued;
    "捐款登记册", "Donations", Donors = DonationReceived | SuppliesReceived;
    "募捐台账", "Drives", Drives = DriveOpened | GiftsListed | GoodsReceived | GoodsGiven
        | GoodsWithdrawn | DriveClosed;
    "互助保障台账", "Mutual aid", MutualAid = CoverListed | ClaimOpened | ClaimDecided;
    "代管经费台账", "Money held for others", Custodial =
        CustodialProjectOpened | CustodialReceived | CustodialPaid;
    "专项资金台账", "Earmarked funds", Earmarked = FundEstablished | FundReleased | FundClosed;
    "借款台账", "Advances", Advances = AdvanceOpened | AdvanceSettled;
    "固定资产台账", "Assets and their cards", Assets = AssetCarded | AssetMoved | AssetDisposed;
    "库存物品台账", "Supplies", Supplies = SupplyCarded | SuppliesStored | SuppliesIssued;
    "盘点登记", "Stocktakes", AssetAgreement = StocktakeRecorded;
    "银行对账登记", "Bank reconciliations", BankReconciliation =
        BankStatementRecorded | BankStatementWithdrawn | BankReconciled;
    "预算登记", "The budget", Budget = BudgetAdopted | BudgetAdjusted;
    "审计发现和整改台账", "Findings and what was put right", Audit =
        FindingRaised | FindingCleared | AuditConcluded;
    "公示登记", "Notices to the members", Disclosures = DisclosurePublished;
    "审计整改登记", "What is done about findings", Findings =
        FindingAssigned | RectificationReported;
    "任职登记", "Those in office", Officers =
        OfficerAppointed | OfficerRemoved | SubstituteNamed | HandoverRecorded;
    "福利发放台账", "Benefits", Benefits =
        BenefitListed | BenefitDistributed | BenefitRemainderReturned;
    "学习和奖励台账", "Study and awards", Awards = BenefitListed, of is_award;
    "慰问登记", "Visits", Visits = VisitMade;
    "困难职工档案", "Hardship cases", Cases = CaseOpened | CaseReviewed | CaseClosed;
    "帮扶资金发放台账", "Aid on cases", AidRegister =
        AidApplied | AidReviewed | AidRequested | AidObjected | ObjectionAnswered;
    "帮扶公示登记", "Notices of aid", CaseNotices = NoticePosted;
}

/// Lists of study and awards are those whose item is of that family.
fn is_award(fact: &Fact, state: &State) -> bool {
    let Fact::BenefitListed(list) = fact else { return false };
    let item = state.welfare.item(&list.item);
    item.is_some_and(|item| item.kind.family() == WelfareFamily::Award)
}

#[must_use]
pub fn report(ledger: Ledger<'_>, period: Period) -> Registers {
    let Ledger { state, chart, records } = ledger;
    let mut found: Vec<(u64, Option<Last>)> = vec![(0, None); REGISTERS.len()];
    records.each(&mut |record: &Recorded| {
        let date = record.fact.date();
        let outside = date.is_some_and(|date| !period.contains(date.month()));
        if outside || state.periods.reversal_of(record.seq).is_some() {
            return;
        }
        for (register, (entries, last)) in REGISTERS.iter().zip(&mut found) {
            if (register.holds)(&record.fact, state) {
                *entries = entries.saturating_add(1);
                *last = Some(Last { seq: record.seq, date });
            }
        }
    });
    let line = |(register, (entries, last)): (&Register, (u64, Option<Last>))| Line {
        register: Words::new(register.zh, register.en),
        report: register.report.to_string(),
        entries,
        last,
    };
    let heading = Words::new("台账目录", "Registers");
    Registers {
        heading: Books { state, chart }.heading(heading, "", period),
        lines: REGISTERS.iter().zip(found).map(line).collect(),
    }
}
