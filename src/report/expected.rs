//! Whether a report can be made of what was asked for: that the chart has it, and that there is what
//! `--of` names. A page of nothing would look like an answer.

use super::Period;
use super::asked::{Ledger, Name, Settled};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::VoucherNumber;
use crate::ids::{
    AccountCode, AuditId, CaseId, DisbursementId, DriveId, FundId, MemberId, Seq, StatementId,
    WelfareItemId,
};
use crate::projection::State;
use crate::projection::members::Member;

/// Why a report is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMade {
    /// 工会01表 and 工会02表 have the lines of the statutory chart alone.
    #[error("{report} is a statement of the Chinese chart, and this book's is {chart}")]
    OtherChart { report: Name, chart: String },
    #[error("{report} finds no {asked:?}; there are: {}", listed(.known))]
    Nothing { report: Name, asked: String, known: Vec<String> },
    #[error("{report} is of one alone: say which with --of; there are: {}", listed(.known))]
    Unsaid { report: Name, known: Vec<String> },
    #[error("{report} is of the whole book and takes no --of {asked:?}")]
    Whole { report: Name, asked: String },
    /// 会计报表 are of a month or a year (财会〔2021〕7号, 第四部分).
    #[error(
        "{report} is of a month or a year, and {period} is neither: final-accounts, budget and \
         trial-balance take --period"
    )]
    NeitherMonthNorYear { report: Name, period: Period },
    #[error("the book begins on {starts}: it has no {report} of {period}")]
    BeforeTheBook { report: Name, period: Period, starts: Day },
}

impl NotMade {
    /// The report that shows what there is to choose from.
    #[must_use]
    pub fn look_at(&self) -> Name {
        let report = match self {
            NotMade::OtherChart { .. } => return Name::Statement,
            NotMade::Whole { report, .. } | NotMade::BeforeTheBook { report, .. } => {
                return *report;
            }
            NotMade::NeitherMonthNorYear { .. } => return Name::TrialBalance,
            NotMade::Nothing { report, .. } | NotMade::Unsaid { report, .. } => *report,
        };
        match of_what(report) {
            Of::Accounts => Name::Chart,
            Of::OneVoucher => Name::Vouchers,
            Of::OneDeparted => Name::Membership,
            Of::OneMember => Name::Dues,
            Of::Handovers => Name::Officers,
            Of::Funds => Name::Funds,
            Of::Drives => Name::Drives,
            Of::Lists => Name::Benefits,
            Of::Receivers => Name::BenefitStanding,
            Of::OneCase => Name::Cases,
            Of::Statements | Of::Audits | Of::BankStatements | Of::Nothing => report,
        }
    }
}

fn listed(known: &[String]) -> String {
    if known.is_empty() { "none".to_owned() } else { known.join(", ") }
}

/// What `--of` means to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Accounts, by the first digits of their codes; all of them without it.
    Accounts,
    /// One voucher, by its number or its record.
    OneVoucher,
    /// One member who went over to another union.
    OneDeparted,
    /// One member, whoever he is.
    OneMember,
    /// A fund; all that are restricted without it.
    Funds,
    /// A drive; all of them without it.
    Drives,
    /// The record of a handover; the last one without it.
    Handovers,
    /// A list behind a disbursement; all of them without it.
    Lists,
    /// A member or a welfare item; everybody and everything without it.
    Receivers,
    /// A statement of the chart; without it, which there are.
    Statements,
    /// An audit; without it, a period.
    Audits,
    /// One hardship case.
    OneCase,
    /// A bank statement; without it, the last one or all of the period.
    BankStatements,
    Nothing,
}

pub fn expect(of: &Settled, ledger: Ledger<'_>) -> Result<(), NotMade> {
    let (report, chart) = (of.name, ledger.chart);
    let chinese = matches!(
        report,
        Name::BalanceSheet
            | Name::IncomeStatement
            | Name::FiscalGrants
            | Name::StateAssets
            | Name::CostExpense
            | Name::Notes
    );
    if chinese && !chart.is_statutory() {
        return Err(NotMade::OtherChart { report, chart: chart.id().to_string() });
    }
    if chinese {
        expect_term(of, ledger.state)?;
    }
    let means = of_what(report);
    match (&of.of, means) {
        (None, Of::OneVoucher | Of::OneDeparted | Of::OneMember | Of::OneCase) => {
            Err(NotMade::Unsaid { report, known: means.known(ledger) })
        }
        (
            None,
            Of::Accounts
            | Of::Funds
            | Of::Lists
            | Of::Drives
            | Of::Receivers
            | Of::Statements
            | Of::Handovers
            | Of::Audits
            | Of::BankStatements
            | Of::Nothing,
        ) => Ok(()),
        (Some(asked), Of::Nothing) => Err(NotMade::Whole { report, asked: asked.clone() }),
        (Some(asked), _) if means.has(asked, ledger) => Ok(()),
        (Some(asked), _) => {
            let known = means.known(ledger);
            Err(NotMade::Nothing { report, asked: asked.clone(), known })
        }
    }
}

/// Whether a statement 会计报表 can be made of the period that was asked for.
fn expect_term(of: &Settled, state: &State) -> Result<(), NotMade> {
    let (report, period) = (of.name, of.period);
    if let Period::Months { .. } = period {
        return Err(NotMade::NeitherMonthNorYear { report, period });
    }
    let starts = state.offices.ledger().map(|ledger| ledger.starts);
    match (starts, period.last()) {
        (Some(starts), Some(last)) if last < starts.month() => {
            Err(NotMade::BeforeTheBook { report, period, starts })
        }
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

fn of_what(report: Name) -> Of {
    match report {
        Name::GeneralLedger | Name::AccountLedger | Name::CashJournal | Name::BankJournal => {
            Of::Accounts
        }
        Name::Voucher => Of::OneVoucher,
        Name::TransferLetter => Of::OneDeparted,
        Name::MemberStatement => Of::OneMember,
        Name::Earmarked => Of::Funds,
        Name::Donors => Of::Drives,
        Name::Statement => Of::Statements,
        Name::Handover => Of::Handovers,
        Name::AuditProgramme => Of::Audits,
        Name::Benefits => Of::Lists,
        Name::BenefitStanding => Of::Receivers,
        Name::Case => Of::OneCase,
        Name::BankReconciliation | Name::BankMatches | Name::BankOutstanding => Of::BankStatements,
        Name::TrialBalance
        | Name::BalanceSheet
        | Name::IncomeStatement
        | Name::FiscalGrants
        | Name::StateAssets
        | Name::CostExpense
        | Name::Notes
        | Name::Vouchers
        | Name::Dues
        | Name::Arrears
        | Name::Collection
        | Name::Membership
        | Name::ReceiptRegister
        | Name::Allocation
        | Name::AllocationArrears
        | Name::Remittance
        | Name::TaxReconciliation
        | Name::AllocationBalances
        | Name::Audit
        | Name::PublicNotice
        | Name::Drives
        | Name::MutualAid
        | Name::Renewals
        | Name::AnnualReport
        | Name::Disclosures
        | Name::Registers
        | Name::Officers
        | Name::Findings
        | Name::Funds
        | Name::Budget
        | Name::FinalAccounts
        | Name::Closing
        | Name::Assets
        | Name::Supplies
        | Name::AssetAgreement
        | Name::Custodial
        | Name::Spending
        | Name::Advances
        | Name::Cases
        | Name::AidRegister
        | Name::CaseNotices
        | Name::Visits
        | Name::Awards
        | Name::Chart => Of::Nothing,
    }
}

impl Of {
    fn has(self, asked: &str, ledger: Ledger<'_>) -> bool {
        let Ledger { state, chart, .. } = ledger;
        match self {
            Of::Accounts => {
                let begins = |code: &AccountCode| code.as_str().starts_with(asked);
                !asked.is_empty() && chart.accounts().any(|account| begins(&account.code))
            }
            Of::OneVoucher => has_voucher(asked, ledger),
            Of::OneDeparted => {
                MemberId::parse(asked).is_ok_and(|id| departed(state).any(|of| *of == id))
            }
            Of::OneMember => {
                MemberId::parse(asked).is_ok_and(|id| state.members.member(&id).is_some())
            }
            Of::Funds => FundId::parse(asked).is_ok_and(|id| state.funds.fund(&id).is_some()),
            Of::Drives => DriveId::parse(asked).is_ok_and(|id| state.drives.drive(&id).is_some()),
            Of::Lists => {
                let id = DisbursementId::parse(asked).ok();
                id.is_some_and(|id| state.welfare.list_of(&id).is_some())
            }
            Of::Receivers => {
                let member = MemberId::parse(asked).ok();
                let item = WelfareItemId::parse(asked).ok();
                member.is_some_and(|id| state.members.member(&id).is_some())
                    || item.is_some_and(|id| state.welfare.item(&id).is_some())
            }
            Of::Statements => statements(chart).any(|id| id == asked),
            Of::Handovers => {
                let seq = asked.trim_start_matches('#').parse().map(Seq);
                seq.is_ok_and(|seq| state.handovers.handover(seq).is_some())
            }
            Of::Audits => audits(state).any(|id| id.as_str() == asked),
            Of::OneCase => CaseId::parse(asked).is_ok_and(|id| state.hardship.case(&id).is_some()),
            Of::BankStatements => {
                StatementId::parse(asked).is_ok_and(|id| state.bank.statement(&id).is_some())
            }
            Of::Nothing => false,
        }
    }

    /// What can be asked for. Of vouchers, the numbers of the last twelve months that have any.
    fn known(self, ledger: Ledger<'_>) -> Vec<String> {
        let Ledger { state, chart, .. } = ledger;
        match self {
            Of::Accounts => chart.first_level().map(|account| account.code.to_string()).collect(),
            Of::OneVoucher => vouchers(state),
            Of::OneDeparted => departed(state).map(ToString::to_string).collect(),
            Of::OneMember => members(state),
            Of::Funds => state.funds.funds().map(|fund| fund.fund.to_string()).collect(),
            Of::Drives => state.drives.drives().map(|(id, _)| id.to_string()).collect(),
            Of::Lists => state.welfare.lists().map(|(id, _)| id.to_string()).collect(),
            Of::Receivers => state.welfare.items().map(|item| item.item.to_string()).collect(),
            Of::Statements => statements(chart).map(str::to_owned).collect(),
            Of::Handovers => state.handovers.all().map(|(seq, _)| seq.to_string()).collect(),
            Of::Audits => audits(state).map(ToString::to_string).collect(),
            Of::OneCase => state.hardship.cases().map(|(id, _)| id.to_string()).collect(),
            Of::BankStatements => {
                let ids = state.bank.statements().map(|held| held.statement.statement.to_string());
                ids.collect()
            }
            Of::Nothing => Vec::new(),
        }
    }
}

fn has_voucher(asked: &str, ledger: Ledger<'_>) -> bool {
    if let Ok(VoucherNumber { month, number }) = VoucherNumber::parse(asked) {
        return (1..=ledger.state.periods.totals(month).vouchers).contains(&number);
    }
    let Ok(seq) = asked.parse().map(Seq) else { return false };
    let mut found = false;
    ledger.records.each(&mut |record| found |= record.seq == seq && record.voucher.is_some());
    found
}

fn vouchers(state: &State) -> Vec<String> {
    const MONTHS: usize = 12;
    let range = |(month, last)| {
        let first = VoucherNumber { month, number: 1 };
        if last == 1 { first.to_string() } else { format!("{first}..{last:04}") }
    };
    let months: Vec<_> = state.periods.vouchers().collect();
    let skipped = months.len().saturating_sub(MONTHS);
    months.into_iter().skip(skipped).map(range).collect()
}

fn departed(state: &State) -> impl Iterator<Item = &MemberId> {
    let went = |member: &Member| member.spells().any(|spell| spell.to_union.is_some());
    state.members.members().filter(move |(_, member)| went(member)).map(|(id, _)| id)
}

/// The first of them: a list of thousands would bury what it answers.
fn members(state: &State) -> Vec<String> {
    const SHOWN: usize = 20;
    let mut known: Vec<String> =
        state.members.members().take(SHOWN).map(|(id, _)| id.to_string()).collect();
    if state.members.members().count() > SHOWN {
        known.push("…".to_owned());
    }
    known
}

fn statements(chart: &Chart) -> impl Iterator<Item = &str> {
    chart.statements().iter().map(|form| form.id.as_str())
}

fn audits(state: &State) -> impl Iterator<Item = &AuditId> {
    state.audit.engagements().map(|engaged| &engaged.engagement.audit)
}
