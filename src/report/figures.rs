//! The lines of a report with their figures, each by the names that somebody may ask for it.

use super::account_book::AccountBook;
use super::advances::Advances;
use super::aid::{AidRegister, CaseNotices};
use super::allocation::{self, Divided};
use super::allocation_arrears::AllocationArrears;
use super::allocation_balances::AllocationBalances;
use super::annual_report::AnnualReport;
use super::arrears::Arrears;
use super::asked::{Made, each_report};
use super::asset_agreement::AssetAgreement;
use super::assets::AssetRegister;
use super::audit::{Allocation, Audit, FixedAssets, ResultLine, Results};
use super::awards::Awards;
use super::balance_sheet::BalanceSheet;
use super::bank_matches::BankMatches;
use super::bank_outstanding::BankOutstanding;
use super::benefit_standing::BenefitStanding;
use super::benefits::Benefits;
use super::budget::{self, Budget};
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
use super::final_accounts::{self, FinalAccounts};
use super::findings::Findings;
use super::fiscal_grants::FiscalGrants;
use super::funds::{Funds, Movement};
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
use super::trial_balance::{Line as TrialLine, TrialBalance};
use super::visits::VisitRegister;
use super::vouchers::Vouchers;
use super::{AccountName, Columns, Words};
use crate::lang::Lang;
use crate::money::Money;

/// One line that is made of records, with a figure in each of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// A line's number or code first, then its names as printed.
    pub names: Vec<String>,
    pub title: Words,
    pub columns: Vec<(Words, Money)>,
}

/// A report's lines whose figures are sums over vouchers. What is counted and not added up has none:
/// rates, counts, what is due, what is in arrears.
pub(crate) trait Figured {
    fn figures(&self) -> Vec<Figures> {
        Vec::new()
    }
}

#[must_use]
pub fn of(report: &Made) -> Vec<Figures> {
    each_report!(report, report => report.figures())
}

// What was received of dues is no sum over entries; `explain` adds it up by members.
impl Figured for Dues {}
impl Figured for Arrears {}
impl Figured for Collection {}
impl Figured for Membership {}
impl Figured for TransferLetter {}
// Forms are counted beside the records that they are for.
impl Figured for ReceiptRegister {}
// Offices move no money; what was handed over was counted at that moment.
impl Figured for Officers {}
impl Figured for HandoverPaper {}
impl Figured for ChartList {}
// Their figures are other reports', or stand beside their records already.
impl Figured for Notes {}
impl Figured for AccountBook {}
impl Figured for Vouchers {}
// Which funds are fiscal is not said by one record alone; the other two have lines that differ by
// the side of an entry.
impl Figured for FiscalGrants {}
impl Figured for StateAssets {}
impl Figured for CostExpense {}
// A closing is looked at, and adds nothing up.
impl Figured for Closing {}
// Notices and registers show the figures of other reports, or count records.
impl Figured for PublicNotice {}
impl Figured for Donors {}
// A drive's and a scheme's figures are counted by lists that no voucher holds.
impl Figured for Drives {}
impl Figured for MutualAid {}
impl Figured for Renewals {}
impl Figured for AnnualReport {}
impl Figured for MemberStatement {}
impl Figured for Disclosures {}
impl Figured for Registers {}
// What was looked at names its records already, and so does a finding.
impl Figured for Programme {}
impl Figured for Findings {}
// Lists say who got a payment, and a payment alone does not.
impl Figured for Benefits {}
impl Figured for BenefitStanding {}
impl Figured for VisitRegister {}
impl Figured for Awards {}
// Registers are of cards and counts, and not of entries.
impl Figured for AssetRegister {}
impl Figured for StockBook {}
impl Figured for AssetAgreement {}
// They are of cases and of people's shares of a list, and not of entries.
impl Figured for Cases {}
impl Figured for CaseFile {}
impl Figured for AidRegister {}
impl Figured for CaseNotices {}
// What is compared or paid off month by month, and what stands now, is no sum over vouchers.
impl Figured for AllocationArrears {}
impl Figured for Remittance {}
impl Figured for TaxReconciliation {}
impl Figured for AllocationBalances {}

impl Figured for allocation::Allocation {
    fn figures(&self) -> Vec<Figures> {
        let shares = |received: Money, of: Divided| {
            let columns = [
                ("实拨", "Received", received),
                ("到账", "Banked", of.banked),
                ("留成", "Kept", of.own),
                ("应上解", "Goes up", of.up),
                ("应转拨", "Goes down", of.down),
                ("冲应收", "Accrued before", of.settles),
            ];
            columns.map(|(zh, en, amount)| (Words::new(zh, en), amount)).to_vec()
        };
        let month = |line: &allocation::MonthLine| {
            let key = line.month.to_string();
            named(&key, &key, &key, shares(line.received, line.divided))
        };
        let total = shares(self.total.received, self.total.divided);
        let total = named("total", "合计", "Total", total);
        self.months.iter().map(month).chain([total]).collect()
    }
}

impl Figured for TrialBalance {
    fn figures(&self) -> Vec<Figures> {
        trial_balance(self)
    }
}

fn trial_balance(report: &TrialBalance) -> Vec<Figures> {
    let line = |line: &TrialLine| {
        let code = line.account.code.to_string();
        let key = line.fund.as_ref().map_or_else(|| code.clone(), |fund| format!("{fund}/{code}"));
        let balance = |columns: Columns| columns.debit.minus(columns.credit);
        let amounts = line.amounts;
        let mut figures = account(&line.account, key);
        figures.columns = vec![
            (
                Words::new("期初余额(借减贷)", "Opening balance, debit less credit"),
                balance(amounts.opening),
            ),
            (Words::new("本期借方", "Debit"), amounts.period.debit),
            (Words::new("本期贷方", "Credit"), amounts.period.credit),
            (
                Words::new("期末余额(借减贷)", "Closing balance, debit less credit"),
                balance(amounts.closing),
            ),
        ];
        figures
    };
    report.lines.iter().map(line).collect()
}

/// A line named by an account; without columns yet.
fn account(account: &AccountName, key: String) -> Figures {
    let labels = Lang::ALL.map(|lang| account.label(lang));
    let [zh, en] = labels.clone();
    let names = std::iter::once(key).chain(labels).collect();
    Figures { names, title: Words { zh, en }, columns: Vec::new() }
}

impl Figured for BalanceSheet {
    fn figures(&self) -> Vec<Figures> {
        balance_sheet(self)
    }
}

fn balance_sheet(report: &BalanceSheet) -> Vec<Figures> {
    let [opening, closing] = &report.columns;
    let lines = report.lines.iter().map(|line| {
        let (first, last) = (line.amounts.opening, line.amounts.closing);
        let columns = vec![(opening.clone(), first), (closing.clone(), last)];
        numbered(line.number, &line.name, columns)
    });
    lines.collect()
}

impl Figured for IncomeStatement {
    fn figures(&self) -> Vec<Figures> {
        income_statement(self)
    }
}

fn income_statement(report: &IncomeStatement) -> Vec<Figures> {
    let [this, other] = &report.columns;
    let lines = report.lines.iter().map(|line| {
        let second = line.other.map(|amount| (other.clone(), amount));
        let columns = std::iter::once((this.clone(), line.this)).chain(second).collect();
        numbered(line.number, &line.name, columns)
    });
    lines.collect()
}

impl Figured for Statement {
    fn figures(&self) -> Vec<Figures> {
        let line = |line: &super::statement::Line| Figures {
            names: vec![line.no.clone(), line.name.zh.clone(), line.name.en.clone()],
            title: line.name.clone(),
            columns: self.columns.iter().cloned().zip(line.amounts.iter().copied()).collect(),
        };
        self.lines.iter().map(line).collect()
    }
}

/// A line of a statement: by its number, by its name as printed, and by the name alone.
fn numbered(number: u32, name: &Words, columns: Vec<(Words, Money)>) -> Figures {
    let mut names = vec![number.to_string()];
    for printed in [&name.zh, &name.en] {
        let alone = printed.rsplit_once(['、', ')', '.']).map(|(_, alone)| alone.trim());
        names.extend([printed.clone()].into_iter().chain(alone.map(str::to_owned)));
    }
    Figures { names, title: name.clone(), columns }
}

impl Figured for Funds {
    fn figures(&self) -> Vec<Figures> {
        funds(self)
    }
}

fn funds(report: &Funds) -> Vec<Figures> {
    let mut lines = Vec::new();
    for line in &report.lines {
        let names = vec![line.fund.to_string(), line.name.clone()];
        let title = Words::new(&line.name, &line.name);
        lines.push(Figures { names, title, columns: movement(&line.movement) });
    }
    lines.push(named("total", "合计", "Total", movement(&report.total)));
    lines
}

fn named(key: &str, zh: &str, en: &str, columns: Vec<(Words, Money)>) -> Figures {
    let names = [key, zh, en].map(str::to_owned).to_vec();
    Figures { names, title: Words::new(zh, en), columns }
}

fn movement(of: &Movement) -> Vec<(Words, Money)> {
    let columns = [
        ("期初结转结余", "Opening", of.opening),
        ("收入", "Income", of.income),
        ("支出", "Spending", of.spending),
        ("调入", "Moved in", of.transferred_in),
        ("调出", "Moved out", of.transferred_out),
        ("调整", "Adjustments", of.adjustments),
        ("期末结转结余", "Closing", of.closing),
        ("库存现金", "Cash", of.cash),
        ("银行存款", "Bank", of.bank),
    ];
    columns.map(|(zh, en, amount)| (Words::new(zh, en), amount)).to_vec()
}

// Open items, and what analyses say beside the vouchers, are no sums over entries.
impl Figured for Spending {}
impl Figured for Advances {}
impl Figured for BankReconciliation {}
impl Figured for BankMatches {}
impl Figured for BankOutstanding {}

impl Figured for Custodial {
    fn figures(&self) -> Vec<Figures> {
        let columns = |of: &super::custodial::Movement| {
            let columns = [
                ("期初", "Opening", of.opening),
                ("收入", "Received", of.received),
                ("付出", "Paid", of.paid),
                ("期末", "Closing", of.closing),
                ("库存现金", "Cash", of.cash),
                ("银行存款", "Bank", of.bank),
            ];
            columns.map(|(zh, en, amount)| (Words::new(zh, en), amount)).to_vec()
        };
        let mut lines: Vec<Figures> = Vec::new();
        for line in &self.lines {
            let names = vec![line.project.to_string(), line.name.clone()];
            let title = Words::new(&line.name, &line.name);
            lines.push(Figures { names, title, columns: columns(&line.movement) });
        }
        lines.push(named("total", "合计", "Total", columns(&self.total)));
        lines
    }
}

impl Figured for Audit {
    fn figures(&self) -> Vec<Figures> {
        audit(self)
    }
}

fn audit(report: &Audit) -> Vec<Figures> {
    let mut lines = results(&report.income, "income", "收入", "Income");
    lines.extend(results(&report.spending, "spending", "支出", "Spending"));
    lines.extend(funds(&report.balance));
    lines.push(fixed_assets(&report.fixed_assets));
    lines.extend(allocation(&report.allocation));
    lines
}

fn results(results: &Results, key: &str, zh: &str, en: &str) -> Vec<Figures> {
    let actual = |amount| vec![(Words::new("实际数", "Actual"), amount)];
    let line = |line: &ResultLine| Figures {
        columns: actual(line.actual),
        ..account(&line.account, line.account.code.to_string())
    };
    let total = named(key, zh, en, actual(results.total));
    results.lines.iter().map(line).chain([total]).collect()
}

fn fixed_assets(of: &FixedAssets) -> Figures {
    let columns = [
        ("期初原值", "Opening cost", of.opening),
        ("增加", "Increase", of.increase),
        ("减少", "Decrease", of.decrease),
        ("期末原值", "Closing cost", of.closing),
        ("累计折旧", "Depreciation", of.depreciation),
        ("净值", "Net", of.net),
    ];
    let columns = columns.map(|(zh, en, amount)| (Words::new(zh, en), amount)).to_vec();
    named("fixed-assets", "固定资产", "Fixed assets", columns)
}

fn allocation(of: &Allocation) -> Vec<Figures> {
    let shares = |received, of: Divided| {
        let columns = [
            ("实拨", "Received", received),
            ("留成", "Kept", of.own),
            ("应上解", "Goes up", of.up),
            ("应转拨", "Goes down", of.down),
        ];
        columns.map(|(zh, en, amount)| (Words::new(zh, en), amount)).to_vec()
    };
    let mut lines = Vec::new();
    for line in &of.months {
        let key = line.month.to_string();
        lines.push(named(&key, &key, &key, shares(line.received, line.divided)));
    }
    let mut total = shares(of.received, of.divided);
    total.push((Words::new("上解", "Sent up"), of.remitted));
    total.push((Words::new("期初欠解", "Owed at first"), of.owed_at_opening));
    total.push((Words::new("期末欠解", "Owed at end"), of.owed_at_closing));
    total.push((Words::new("转拨下级", "Passed down"), of.passed_down));
    total.push((Words::new("期末应转拨", "To pass down"), of.to_pass_down));
    lines.push(named("allocation", "拨缴经费", "Allocation", total));
    lines
}

impl Figured for Budget {
    fn figures(&self) -> Vec<Figures> {
        let mut lines = executed(&self.income, "income", "收入合计", "Income");
        lines.extend(executed(&self.spending, "spending", "支出合计", "Spending"));
        lines
    }
}

/// What was executed of each line; what was planned is no sum of vouchers.
fn executed(side: &budget::Side, key: &str, zh: &str, en: &str) -> Vec<Figures> {
    let columns = |amount| vec![(Words::new("执行数", "Actual"), amount)];
    let line = |line: &budget::Line| Figures {
        columns: columns(line.amounts.actual),
        ..account(&line.account, format!("{}/{}", line.fund, line.account.code))
    };
    let total = named(key, zh, en, columns(side.total.actual));
    side.lines.iter().map(line).chain([total]).collect()
}

impl Figured for FinalAccounts {
    fn figures(&self) -> Vec<Figures> {
        let mut lines = section(&self.income, "income", "收入合计", "Income");
        lines.extend(section(&self.spending, "spending", "支出合计", "Spending"));
        lines.extend(funds(&self.balance));
        lines
    }
}

fn section(of: &final_accounts::Section, key: &str, zh: &str, en: &str) -> Vec<Figures> {
    let columns = |amount| vec![(Words::new("决算数", "Actual"), amount)];
    let line = |line: &final_accounts::Line| Figures {
        columns: columns(line.figure.actual),
        ..account(&line.account, line.account.code.to_string())
    };
    let total = named(key, zh, en, columns(of.total.actual));
    of.lines.iter().map(line).chain([total]).collect()
}

impl Figured for Earmarked {
    fn figures(&self) -> Vec<Figures> {
        let mut lines = Vec::new();
        for fund in &self.funds {
            let names = vec![fund.fund.to_string(), fund.name.clone()];
            let title = Words::new(&fund.name, &fund.name);
            lines.push(Figures { names, title, columns: movement(&fund.movement) });
            for line in fund.receipts.iter().chain(&fund.uses) {
                let columns = vec![(Words::new("金额", "Amount"), line.amount)];
                let key = format!("{}/{}", fund.fund, line.account.code);
                lines.push(Figures { columns, ..account(&line.account, key) });
            }
        }
        lines
    }
}
