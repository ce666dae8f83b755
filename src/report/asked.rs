//! Any report by its name: what was asked for, and the value that answers. One place makes reports,
//! whoever wants them: to print them, to check one that was printed, to explain a figure.

use core::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::account_book::{AccountBook, Which};
use super::advances::Advances;
use super::aid::{AidRegister, CaseNotices};
use super::allocation::Allocation;
use super::allocation_arrears::AllocationArrears;
use super::allocation_balances::AllocationBalances;
use super::annual_report::AnnualReport;
use super::arrears::Arrears;
use super::asset_agreement::AssetAgreement;
use super::assets::AssetRegister;
use super::audit::Audit;
use super::awards::Awards;
use super::balance_sheet::BalanceSheet;
use super::bank_matches::BankMatches;
use super::bank_outstanding::BankOutstanding;
use super::benefit_standing::BenefitStanding;
use super::benefits::Benefits;
use super::budget::Budget;
use super::cases::{CaseFile, Cases};
use super::chart::ChartList;
use super::closing::Closing;
use super::collection::Collection;
use super::cost_expense::CostExpense;
use super::custodial::Custodial;
use super::disclosures::Disclosures;
use super::donors::Donors;
use super::drives::Drives;
use super::dues::Dues;
use super::earmarked::Earmarked;
use super::final_accounts::FinalAccounts;
use super::findings::Findings;
use super::fiscal_grants::FiscalGrants;
use super::funds::Funds;
use super::handover::HandoverPaper;
use super::income_statement::IncomeStatement;
use super::member_statement::MemberStatement;
use super::membership::Membership;
use super::mutual_aid::MutualAid;
use super::notes::Notes;
use super::officers::Officers;
use super::programme::Programme;
use super::public_notice::PublicNotice;
use super::receipt_register::ReceiptRegister;
use super::reconciliation::BankReconciliation;
use super::registers::Registers;
use super::remittance::Remittance;
use super::renewals::Renewals;
use super::spending::Spending;
use super::state_assets::StateAssets;
use super::statement::Statement;
use super::supplies::StockBook;
use super::tax_reconciliation::TaxReconciliation;
use super::transfer_letter::TransferLetter;
use super::trial_balance::{By, TrialBalance};
use super::visits::VisitRegister;
use super::vouchers::Vouchers;
use super::{
    Period, Term, account_book, advances, aid, allocation, allocation_arrears, allocation_balances,
    annual_report, arrears, asset_agreement, assets, awards, balance_sheet, bank_matches,
    bank_outstanding, benefit_standing, benefits, budget, cases, chart, closing, collection,
    cost_expense, custodial, disclosures, donors, drives, dues, earmarked, final_accounts,
    findings, fiscal_grants, funds, handover, income_statement, member_statement, membership,
    mutual_aid, notes, officers, programme, public_notice, receipt_register, reconciliation,
    registers, remittance, renewals, spending, state_assets, statement, supplies,
    tax_reconciliation, transfer_letter, trial_balance, visits, vouchers,
};
use crate::chart::Chart;
use crate::date::FiscalYear;
use crate::event::Recorded;
use crate::projection::State;

macro_rules! reports {
    (($d:tt) $($subject:literal {
        $($(#[doc = $doc:literal])* $report:ident($value:ty) = $name:literal;)*
    })*) => {
        /// The name of a report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Name {
            $($($(#[doc = $doc])* $report,)*)*
        }

        /// The value of any report.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Made {
            $($($report($value),)*)*
        }

        impl Name {
            pub const ALL: &'static [Name] = &[$($(Name::$report),*),*];

            /// The subjects, each with its reports.
            pub const SUBJECTS: &'static [(&'static str, &'static [Name])] =
                &[$(($subject, &[$(Name::$report),*])),*];

            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($(Name::$report => $name,)*)* }
            }

            /// What the report is called, in Chinese and English.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $($(Name::$report => concat!($($doc),*).trim(),)*)* }
            }

            /// JSON Schema of the report's value.
            #[must_use]
            pub fn schema(self) -> schemars::Schema {
                match self { $($(Name::$report => schemars::schema_for!($value),)*)* }
            }
        }

        /// One expression for the value of whatever report it is.
        macro_rules! each_report {
            ($d made:expr, $d report:ident => $d done:expr) => {
                match $d made {
                    $($($crate::report::asked::Made::$report($d report) => $d done,)*)*
                }
            };
        }
        pub(crate) use each_report;
    };
}

reports! {
    ($)
    "会计报表 Statements" {
        /// 资产负债表（工会01表） Balance sheet
        BalanceSheet(BalanceSheet) = "balance-sheet";
        /// 收入支出表（工会02表） Statement of income and spending
        IncomeStatement(IncomeStatement) = "income-statement";
        /// 财政拨款收入支出表（工会附01表） Income and spending of treasury money
        FiscalGrants(FiscalGrants) = "fiscal-grants";
        /// 国有资产情况表（工会附02表） State assets
        StateAssets(StateAssets) = "state-assets";
        /// 成本费用表（工会附03表） Costs and expenses
        CostExpense(CostExpense) = "cost-expense";
        /// 会计报表附注 Notes to the statements of a year
        Notes(Box<Notes>) = "notes";
        /// 自带科目表的报表 A statement of the book's own chart, --of ID (else a list)
        Statement(Statement) = "statement";
    }
    "账簿和凭证 Books and vouchers" {
        /// 科目余额表 Trial balance
        TrialBalance(TrialBalance) = "trial-balance";
        /// 总账 General ledger: first-level accounts by month
        GeneralLedger(AccountBook) = "general-ledger";
        /// 明细账 Ledger: every entry of each account, or of those --of ACCOUNT
        AccountLedger(AccountBook) = "ledger";
        /// 现金日记账 Cash journal
        CashJournal(AccountBook) = "cash-journal";
        /// 银行存款日记账 Bank journal
        BankJournal(AccountBook) = "bank-journal";
        /// 一张记账凭证 One voucher, --of NUMBER or RECORD
        Voucher(Vouchers) = "voucher";
        /// 本期记账凭证 Every voucher of a period
        Vouchers(Vouchers) = "vouchers";
        /// 科目表 Chart of accounts
        Chart(ChartList) = "chart";
    }
    "会员和会费 Members and dues" {
        /// 会员增减表 Members who came and left
        Membership(Membership) = "membership";
        /// 会员会籍转接信 Letter for a member who went to another union, --of MEMBER
        TransferLetter(TransferLetter) = "transfer-letter";
        /// 会费收缴情况表 Dues owed and received, by member and group
        Dues(Dues) = "dues";
        /// 会费收缴率 Collection rate of dues, by group and month
        Collection(Collection) = "collection";
        /// 会费欠缴账龄表 Arrears of dues by age
        Arrears(Arrears) = "arrears";
    }
    "拨缴经费 The allocation" {
        /// 拨缴经费收缴情况表 The allocation owed and received
        Allocation(Allocation) = "allocation";
        /// 拨缴经费欠缴情况表 Arrears of the allocation and demands
        AllocationArrears(AllocationArrears) = "allocation-arrears";
        /// 税务代收对账表 Reconciliation with the tax bureau
        TaxReconciliation(TaxReconciliation) = "tax-reconciliation";
        /// 上解情况表 Remittance to the union above
        Remittance(Remittance) = "remittance";
        /// 经费往来余额表 Balances with other unions and payers
        AllocationBalances(AllocationBalances) = "allocation-balances";
    }
    "预算和资金 Budget and funds" {
        /// 预算执行情况表 The budget and its execution
        Budget(Budget) = "budget";
        /// 决算表 Final accounts of a year
        FinalAccounts(Box<FinalAccounts>) = "final-accounts";
        /// 资金收支结存表 What each fund holds
        Funds(Funds) = "funds";
        /// 专项资金收支表 Receipts and uses of earmarked funds, or of one --of FUND
        Earmarked(Earmarked) = "earmarked";
        /// 支出明细 Spending by nature, project and economic class
        Spending(Spending) = "spending";
    }
    "货币资金、票据和往来 Money, receipts, advances and custody" {
        /// 银行存款余额调节表 Bank reconciliation statement, of the last statement or --of STATEMENT
        BankReconciliation(BankReconciliation) = "bank-reconciliation";
        /// 银行对账勾对建议 Suggested matches of lines and vouchers, or --of STATEMENT
        BankMatches(BankMatches) = "bank-matches";
        /// 银行未达账项 Outstanding items of the bank by age, or --of STATEMENT
        BankOutstanding(BankOutstanding) = "bank-outstanding";
        /// 票据登记簿 Register of numbered receipts
        ReceiptRegister(ReceiptRegister) = "receipt-register";
        /// 借款 Advances not yet settled
        Advances(Advances) = "advances";
        /// 代管经费 Money held for others
        Custodial(Custodial) = "custodial";
    }
    "福利、慰问和奖励 Benefits, visits and awards" {
        /// 福利发放台账 Benefits given, or the list to sign --of DISBURSEMENT
        Benefits(Benefits) = "benefits";
        /// 个人福利台账 Who got what in a year against the caps, or --of MEMBER or ITEM
        BenefitStanding(BenefitStanding) = "benefit-standing";
        /// 慰问登记 Visits, and what was brought
        Visits(VisitRegister) = "visits";
        /// 学习和奖励台账 Tuition, papers, competitions, model workers
        Awards(Awards) = "awards";
    }
    "资产和物资 Assets and supplies" {
        /// 固定资产台账 Register of assets
        Assets(AssetRegister) = "assets";
        /// 库存物品收发存表 Supplies received, issued and in stock
        Supplies(StockBook) = "supplies";
        /// 账账、账卡、账实核对表 Agreement of books, cards and counts
        AssetAgreement(AssetAgreement) = "asset-agreement";
    }
    "困难职工和帮扶 Hardship cases and aid" {
        /// 困难职工档案登记 Register of hardship cases
        Cases(Cases) = "cases";
        /// 困难职工档案 One hardship case, --of CASE
        Case(Box<CaseFile>) = "case";
        /// 帮扶资金发放台账 Register of aid paid
        AidRegister(AidRegister) = "aid-register";
        /// 公示登记 Public notices of what is granted, with objections
        CaseNotices(CaseNotices) = "case-notices";
    }
    "募捐和互助 Drives and mutual aid" {
        /// 募捐台账 Drives: received, given and left, in money and goods
        Drives(Drives) = "drives";
        /// 互助保障台账 Mutual aid: covered, contributions, claims, balance
        MutualAid(MutualAid) = "mutual-aid";
        /// 续保名单 Whose cover ends and is not renewed
        Renewals(Renewals) = "renewals";
    }
    "结账和审计 Closing and audit" {
        /// 结账检查 What stands between a month and its closing
        Closing(Closing) = "closing";
        /// 任职登记簿 Register of offices: terms, substitutes, relations, handovers
        Officers(Officers) = "officers";
        /// 会计工作移交清册 List of a handover, --of RECORD (else the last)
        Handover(HandoverPaper) = "handover";
        /// 经费审查报告 Report of the audit committee
        Audit(Box<Audit>) = "audit";
        /// 审计程序表 What an audit committee checks, and what it finds, of a period or --of AUDIT
        AuditProgramme(Box<Programme>) = "audit-programme";
        /// 审计整改台账 Findings and what became of them
        Findings(Findings) = "findings";
    }
    "公示和台账 Openness and registers" {
        /// 工会经费收支公示 Notice of a month to the members
        PublicNotice(Box<PublicNotice>) = "public-notice";
        /// 捐款公示 Donations in money and goods, or of one drive --of DRIVE
        Donors(Donors) = "donors";
        /// 工会年度报告 The year's report to the members
        AnnualReport(Box<AnnualReport>) = "annual-report";
        /// 会员对账单 A member's own statement, --of MEMBER
        MemberStatement(MemberStatement) = "member-statement";
        /// 公示登记 What was posted, and the months that were not
        Disclosures(Disclosures) = "disclosures";
        /// 台账目录 Every register with its report
        Registers(Registers) = "registers";
    }
}

/// What of a report was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub name: Name,
    pub period: Option<Period>,
    pub by_fund: bool,
    /// Of what: an account, a voucher, a member, as the report needs.
    pub of: Option<String>,
}

/// The same, where nothing is left to the state of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub name: Name,
    pub period: Period,
    /// Of statements.
    pub term: Term,
    pub by: By,
    pub of: Option<String>,
}

/// What reports are made of.
#[derive(Clone, Copy)]
pub struct Ledger<'a> {
    pub state: &'a State,
    pub chart: &'a Chart,
    /// The records themselves, for the books that show them line by line.
    pub records: &'a dyn Records,
}

impl<'a> Ledger<'a> {
    /// Without the records, for reports that are made of the state alone.
    #[must_use]
    pub fn of(state: &'a State, chart: &'a Chart) -> Ledger<'a> {
        Ledger { state, chart, records: &NoRecords }
    }
}

/// The records of a book in their order, as far as the report goes.
pub trait Records {
    fn each(&self, take: &mut dyn FnMut(&Recorded));

    /// The same with the key of each record's command, which says of which file it was made; none where
    /// there are only the records.
    fn each_with_key(&self, take: &mut dyn FnMut(&Recorded, Option<&str>)) {
        self.each(&mut |record| take(record, None));
    }
}

impl Records for [Recorded] {
    fn each(&self, take: &mut dyn FnMut(&Recorded)) {
        self.iter().for_each(take);
    }
}

impl Records for Vec<Recorded> {
    fn each(&self, take: &mut dyn FnMut(&Recorded)) {
        self.as_slice().each(take);
    }
}

struct NoRecords;

impl Records for NoRecords {
    fn each(&self, _: &mut dyn FnMut(&Recorded)) {}
}

impl Asked {
    #[must_use]
    pub fn settle(self, state: &State) -> Settled {
        let Asked { name, period, by_fund, of } = self;
        let by = if by_fund { By::Fund } else { By::Account };
        Settled { name, period: period.unwrap_or(Period::All), term: term(period, state), by, of }
    }
}

/// A statement is for a month or a year: the one asked for, else the last year that is closed,
/// else the last month that has a voucher.
fn term(asked: Option<Period>, state: &State) -> Term {
    let last = state.periods.last_month();
    let last = last.or_else(|| state.offices.ledger().map(|ledger| ledger.starts.month()));
    match (asked, last) {
        (Some(Period::Year(year)), _) => Term::Year(year),
        (Some(Period::Month(last) | Period::Months { last, .. }), _) => Term::Month(last),
        (Some(Period::All) | None, Some(month)) if state.periods.year_is_closed(month.year()) => {
            Term::Year(month.year())
        }
        (Some(Period::All) | None, month) => {
            month.map_or(Term::Year(FiscalYear(2022)), Term::Month)
        }
    }
}

#[must_use]
#[allow(clippy::too_many_lines, reason = "a table: one line for each report")]
pub fn make(of: &Settled, ledger: Ledger<'_>) -> Made {
    let Settled { name, period, term, by, of: ref what } = *of;
    let Ledger { state, chart, .. } = ledger;
    match name {
        Name::Chart => Made::Chart(chart::report(chart)),
        Name::TrialBalance => Made::TrialBalance(trial_balance::report(state, chart, period, by)),
        Name::BalanceSheet => Made::BalanceSheet(balance_sheet::report(state, chart, term)),
        Name::IncomeStatement => {
            Made::IncomeStatement(income_statement::report(state, chart, term))
        }
        Name::FiscalGrants => Made::FiscalGrants(fiscal_grants::report(state, chart, term)),
        Name::StateAssets => Made::StateAssets(state_assets::report(state, chart, term)),
        Name::CostExpense => Made::CostExpense(cost_expense::report(state, chart, term)),
        Name::Notes => Made::Notes(Box::new(notes::report(term, ledger))),
        Name::GeneralLedger => {
            Made::GeneralLedger(account_book::report(Which::GeneralLedger, of, ledger))
        }
        Name::AccountLedger => Made::AccountLedger(account_book::report(Which::Ledger, of, ledger)),
        Name::CashJournal => {
            Made::CashJournal(account_book::report(Which::CashJournal, of, ledger))
        }
        Name::BankJournal => {
            Made::BankJournal(account_book::report(Which::BankJournal, of, ledger))
        }
        Name::Voucher => Made::Voucher(vouchers::one(of, ledger)),
        Name::Vouchers => Made::Vouchers(vouchers::all(of, ledger)),
        Name::Statement => {
            Made::Statement(statement::report(state, chart, period, what.as_deref()))
        }
        Name::Funds => Made::Funds(funds::report(state, chart, period)),
        Name::Budget => Made::Budget(budget::report(state, chart, term)),
        Name::FinalAccounts => {
            Made::FinalAccounts(Box::new(final_accounts::report(state, chart, term)))
        }
        Name::Earmarked => {
            Made::Earmarked(earmarked::report(state, chart, period, of.of.as_deref()))
        }
        Name::Assets => Made::Assets(assets::report(ledger, period)),
        Name::Supplies => Made::Supplies(supplies::report(state, chart, period)),
        Name::AssetAgreement => Made::AssetAgreement(asset_agreement::report(ledger)),
        Name::Custodial => Made::Custodial(custodial::report(state, chart, period)),
        Name::Spending => Made::Spending(spending::report(state, chart, period)),
        Name::Advances => Made::Advances(advances::report(state, chart, period)),
        Name::BankReconciliation => {
            let of = what.as_deref();
            Made::BankReconciliation(reconciliation::report(state, chart, period, of))
        }
        Name::BankMatches => {
            Made::BankMatches(bank_matches::report(state, chart, period, what.as_deref()))
        }
        Name::BankOutstanding => {
            Made::BankOutstanding(bank_outstanding::report(state, chart, period, what.as_deref()))
        }
        Name::Closing => Made::Closing(closing::report(state, chart, period.last())),
        Name::Dues => Made::Dues(dues::report(state, chart, period)),
        Name::Arrears => Made::Arrears(arrears::report(state, chart, period)),
        Name::Collection => Made::Collection(collection::report(state, chart, period)),
        Name::Membership => Made::Membership(membership::report(state, chart, period)),
        Name::TransferLetter => {
            let of = of.of.as_deref();
            Made::TransferLetter(transfer_letter::report(state, chart, period, of))
        }
        Name::ReceiptRegister => Made::ReceiptRegister(receipt_register::report(ledger, period)),
        Name::Allocation => Made::Allocation(allocation::report(state, chart, period)),
        Name::AllocationArrears => {
            Made::AllocationArrears(allocation_arrears::report(state, chart, period))
        }
        Name::Remittance => Made::Remittance(remittance::report(state, chart, period)),
        Name::TaxReconciliation => {
            Made::TaxReconciliation(tax_reconciliation::report(state, chart, period))
        }
        Name::AllocationBalances => {
            Made::AllocationBalances(allocation_balances::report(state, chart))
        }
        Name::Officers => Made::Officers(officers::report(state, chart, period)),
        Name::Handover => Made::Handover(handover::report(state, chart, period, of.of.as_deref())),
        Name::Benefits => Made::Benefits(benefits::report(state, chart, period, what.as_deref())),
        Name::BenefitStanding => {
            let of = what.as_deref();
            Made::BenefitStanding(benefit_standing::report(state, chart, period, of))
        }
        Name::Visits => Made::Visits(visits::report(state, chart, period)),
        Name::Awards => Made::Awards(awards::report(state, chart, period)),
        Name::Cases => Made::Cases(cases::register(state, chart, period)),
        Name::Case => Made::Case(Box::new(cases::file(state, chart, period, of.of.as_deref()))),
        Name::AidRegister => Made::AidRegister(aid::register(state, chart, period)),
        Name::CaseNotices => Made::CaseNotices(aid::notices(state, chart, period)),
        Name::Audit => Made::Audit(Box::new(programme::audit(ledger, period))),
        Name::PublicNotice => {
            Made::PublicNotice(Box::new(public_notice::report(state, chart, period)))
        }
        Name::Donors => Made::Donors(donors::report(ledger, period, of.of.as_deref())),
        Name::Drives => Made::Drives(drives::report(state, chart, period)),
        Name::MutualAid => Made::MutualAid(mutual_aid::report(state, chart, period)),
        Name::Renewals => Made::Renewals(renewals::report(state, chart, period)),
        Name::AnnualReport => {
            Made::AnnualReport(Box::new(annual_report::report(state, chart, period)))
        }
        Name::MemberStatement => {
            Made::MemberStatement(member_statement::report(ledger, period, of.of.as_deref()))
        }
        Name::Disclosures => Made::Disclosures(disclosures::report(state, chart, period)),
        Name::Registers => Made::Registers(registers::report(ledger, period)),
        Name::AuditProgramme => {
            let of = of.of.as_deref();
            Made::AuditProgramme(Box::new(programme::report(ledger, period, of)))
        }
        Name::Findings => Made::Findings(findings::report(ledger, period)),
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a text is no report's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no report is called {0:?}")]
pub struct NameError(String);

impl FromStr for Name {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Name, NameError> {
        let named = Name::ALL.iter().copied().find(|name| name.as_str() == text);
        named.ok_or_else(|| NameError(text.to_owned()))
    }
}
