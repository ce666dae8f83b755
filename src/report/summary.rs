//! 摘要 What a record says, in plain words and one line, in both languages.
//!
//! Free texts are left out, as in the exports: people write names into purposes and reasons.
//! Whoever needs them finds the record by its number.

use std::collections::BTreeSet;

use super::Words;
use crate::chart::Chart;
use crate::event::book::{Role, RuleKind};
use crate::event::disbursement::Paid;
use crate::event::dues::DuesReceipt;
use crate::event::income::SubsidyKind;
use crate::event::period::CarryStep;
use crate::event::{Fact, moves_no_money};
use crate::ids::AccountCode;
use crate::lang::Lang;

#[must_use]
pub fn of(fact: &Fact, chart: &Chart) -> Words {
    let said = money(fact, chart).or_else(|| spending(fact, chart)).or_else(|| beside(fact));
    said.unwrap_or_else(|| others(fact))
}

fn words(zh: impl Into<String>, en: impl Into<String>) -> Words {
    Words { zh: zh.into(), en: en.into() }
}

/// Facts that move money, a disbursement's payment among them.
fn money(fact: &Fact, chart: &Chart) -> Option<Words> {
    Some(match fact {
        Fact::OpeningRecorded(_) => words("期初余额", "opening balances"),
        Fact::DuesReceived(f) => dues(f),
        Fact::AllocationReceived(f) => words(
            format!("收拨缴经费 {} 留成 {} 应上解 {}", f.month, f.own, f.up),
            format!("allocation for {}, {} kept, {} goes up", f.month, f.own, f.up),
        ),
        Fact::RemittancePaid(_) => words("上解经费", "remittance to the union above"),
        Fact::SubsidyReceived(f) => match f.kind {
            SubsidyKind::SuperiorGeneral => words("收上级一般补助", "general subsidy from above"),
            SubsidyKind::SuperiorEarmarked => {
                words("收上级专项补助", "earmarked subsidy from above")
            }
            SubsidyKind::Administration => words("收行政补助", "subsidy from the employer"),
        },
        Fact::DonationReceived(f) => {
            words(format!("收捐款 {}人", f.donors), format!("donations of {} people", f.donors))
        }
        Fact::InterestReceived(_) => words("收利息", "interest"),
        Fact::OtherIncomeReceived(_) => words("收其他收入", "other income"),
        Fact::DisbursementPaid(f) => paid(f, chart),
        Fact::FundTransferred(f) => words(
            format!("资金划转 {} → {} {}", f.from, f.to, f.resolution),
            format!("moved from {} to {}, {}", f.from, f.to, f.resolution),
        ),
        Fact::CashDrawn(_) => words("提现", "cash drawn"),
        Fact::CashDeposited(_) => words("存现", "cash deposited"),
        Fact::CarryForwardRecorded(f) => match f.step {
            CarryStep::Result => words("收支结转", "results carried forward"),
            CarryStep::YearEnd => words("年末结转", "year-end carry forward"),
        },
        Fact::EntryReversed(f) => words(
            format!("红字冲销 {} (#{})", f.reverses_voucher, f.reverses),
            format!("reverses {} (#{})", f.reverses_voucher, f.reverses),
        ),
        Fact::AdjustmentRecorded(f) => {
            words(format!("审计调整 {}", f.basis), format!("audit adjustment, {}", f.basis))
        }
        moves_no_money!() => return None,
    })
}

/// What leads to a payment, or ends without one.
fn spending(fact: &Fact, chart: &Chart) -> Option<Words> {
    if let Fact::DisbursementRequested(f) = fact {
        let [zh, en] = named(&f.account, chart);
        return Some(words(
            format!("申请用款 {} {zh} {}", f.disbursement, f.amount),
            format!("{} requested: {en}, {}", f.disbursement, f.amount),
        ));
    }
    if let Fact::ApprovalGiven(f) = fact {
        return Some(words(
            format!("批准 {} {}", f.disbursement, f.amount),
            format!("{} approved, {}", f.disbursement, f.amount),
        ));
    }
    if let Fact::ApprovalRefused(f) = fact {
        let id = &f.disbursement;
        return Some(words(format!("不批准 {id}"), format!("{id} refused")));
    }
    if let Fact::DisbursementCancelled(f) = fact {
        let id = &f.disbursement;
        return Some(words(format!("撤销申请 {id}"), format!("{id} withdrawn")));
    }
    None
}

fn others(fact: &Fact) -> Words {
    match fact {
        Fact::LedgerCreated(f) => {
            words(format!("建账 {}", f.organisation), format!("book of {}", f.organisation))
        }
        Fact::OfficerAppointed(f) => words(
            format!("任命 {} {}", f.officer, roles(&f.roles, Lang::Zh)),
            format!("{} appointed: {}", f.officer, roles(&f.roles, Lang::En)),
        ),
        Fact::OfficerRemoved(f) => {
            words(format!("免职 {}", f.officer), format!("{} leaves office", f.officer))
        }
        Fact::RuleSet(f) => {
            let kind = f.rule.kind();
            words(
                format!("定制度 {} 自 {} 起 {}", rule(kind, Lang::Zh), f.from, f.source),
                format!("rule of {} from {}, {}", rule(kind, Lang::En), f.from, f.source),
            )
        }
        Fact::GroupDefined(f) => {
            words(format!("设立小组 {}", f.group), format!("group {} defined", f.group))
        }
        Fact::MemberEnrolled(f) => words(
            format!("入会 {} {}", f.member, f.group),
            format!("{} joins, group {}", f.member, f.group),
        ),
        Fact::DuesBaseSet(f) => words(
            format!("会费基数 {} {} 自 {} 起", f.member, f.base, f.from),
            format!("dues base of {}: {} from {}", f.member, f.base, f.from),
        ),
        Fact::MemberTransferred(f) => words(
            format!("调组 {} {}", f.member, f.group),
            format!("{} moves to group {}", f.member, f.group),
        ),
        Fact::MemberLeft(f) => words(format!("离会 {}", f.member), format!("{} leaves", f.member)),
        Fact::PayrollDeclared(f) => words(
            format!("申报工资总额 {} {}", f.month, f.total),
            format!("payroll of {}: {}", f.month, f.total),
        ),
        Fact::FundEstablished(f) => {
            words(format!("设立资金 {}", f.fund), format!("fund {} established", f.fund))
        }
        Fact::PeriodClosed(f) => words(
            format!("月末结账 {} 凭证 {} 号", f.month, f.vouchers),
            format!("{} closed with {} vouchers", f.month, f.vouchers),
        ),
        Fact::YearClosed(f) => words(
            format!("年末结账 {} 收入 {} 支出 {}", f.year, f.income, f.expense),
            format!("{} closed: income {}, spending {}", f.year, f.income, f.expense),
        ),
        Fact::PeriodReopened(f) => {
            words(format!("重新开账 {}", f.month), format!("{} opened again", f.month))
        }
        Fact::OfficerKeyRegistered(f) => {
            words(format!("登记公钥 {}", f.officer), format!("key of {} registered", f.officer))
        }
        Fact::KeyRotated(_) => words("更换账套密钥", "the book's key is replaced"),
        Fact::WitnessChanged(_) => words("更换见证人", "the witnesses are changed"),
        Fact::ActSigned(f) => words(
            format!("{} 签名 #{}", f.officer, f.of),
            format!("{} has signed #{}", f.officer, f.of),
        ),
        Fact::OpeningRecorded(_)
        | Fact::DuesReceived(_)
        | Fact::AllocationReceived(_)
        | Fact::RemittancePaid(_)
        | Fact::SubsidyReceived(_)
        | Fact::DonationReceived(_)
        | Fact::InterestReceived(_)
        | Fact::OtherIncomeReceived(_)
        | Fact::DisbursementRequested(_)
        | Fact::ApprovalGiven(_)
        | Fact::ApprovalRefused(_)
        | Fact::DisbursementPaid(_)
        | Fact::DisbursementCancelled(_)
        | Fact::FundTransferred(_)
        | Fact::CashDrawn(_)
        | Fact::CashDeposited(_)
        | Fact::CarryForwardRecorded(_)
        | Fact::EntryReversed(_)
        | Fact::AdjustmentRecorded(_)
        | Fact::FindingRaised(_)
        | Fact::FindingCleared(_)
        | Fact::AuditConcluded(_)
        | Fact::PrivacyCommitted(_)
        | Fact::PrivacyOpened(_)
        | Fact::PrivacyErased(_)
        | Fact::AttachmentAdded(_)
        | Fact::ReceiptIssued(_) => words("", ""),
    }
}

/// What is said of other records: findings, private fields, papers.
fn beside(fact: &Fact) -> Option<Words> {
    Some(match fact {
        Fact::FindingRaised(f) => {
            words(format!("审计发现 {}", f.finding), format!("finding {} raised", f.finding))
        }
        Fact::FindingCleared(f) => {
            words(format!("销号 {}", f.finding), format!("finding {} cleared", f.finding))
        }
        Fact::AuditConcluded(f) => words(
            format!("审计意见 {} 至 {}", f.first, f.last),
            format!("opinion on {} to {}", f.first, f.last),
        ),
        Fact::PrivacyCommitted(f) => {
            let count = f.fields.len();
            words(
                format!("登记个人信息 {} {count} 项", f.subject),
                format!("{count} private fields of {}", f.subject),
            )
        }
        Fact::PrivacyOpened(f) => {
            let count = f.subjects.len();
            words(
                format!("查阅个人信息 {count} 人"),
                format!("private fields of {count} subjects opened"),
            )
        }
        Fact::PrivacyErased(f) => words(
            format!("删除个人信息 {} {}", f.subject, f.basis),
            format!("private fields of {} erased, {}", f.subject, f.basis),
        ),
        Fact::AttachmentAdded(f) => {
            words(format!("附件 归 #{}", f.to), format!("paper for #{}", f.to))
        }
        Fact::ReceiptIssued(f) => words(
            format!("开收据 {} {} {}", f.number, f.member, f.amount),
            format!("receipt {} for {}, {}", f.number, f.member, f.amount),
        ),
        Fact::LedgerCreated(_)
        | Fact::OfficerAppointed(_)
        | Fact::OfficerRemoved(_)
        | Fact::RuleSet(_)
        | Fact::OpeningRecorded(_)
        | Fact::GroupDefined(_)
        | Fact::MemberEnrolled(_)
        | Fact::DuesBaseSet(_)
        | Fact::MemberTransferred(_)
        | Fact::MemberLeft(_)
        | Fact::DuesReceived(_)
        | Fact::PayrollDeclared(_)
        | Fact::AllocationReceived(_)
        | Fact::RemittancePaid(_)
        | Fact::SubsidyReceived(_)
        | Fact::DonationReceived(_)
        | Fact::InterestReceived(_)
        | Fact::OtherIncomeReceived(_)
        | Fact::DisbursementRequested(_)
        | Fact::ApprovalGiven(_)
        | Fact::ApprovalRefused(_)
        | Fact::DisbursementPaid(_)
        | Fact::DisbursementCancelled(_)
        | Fact::FundEstablished(_)
        | Fact::FundTransferred(_)
        | Fact::CashDrawn(_)
        | Fact::CashDeposited(_)
        | Fact::CarryForwardRecorded(_)
        | Fact::PeriodClosed(_)
        | Fact::YearClosed(_)
        | Fact::EntryReversed(_)
        | Fact::AdjustmentRecorded(_)
        | Fact::OfficerKeyRegistered(_)
        | Fact::KeyRotated(_)
        | Fact::WitnessChanged(_)
        | Fact::ActSigned(_)
        | Fact::PeriodReopened(_) => return None,
    })
}

fn dues(receipt: &DuesReceipt) -> Words {
    let members: BTreeSet<_> = receipt.lines.iter().map(|line| &line.member).collect();
    let months = receipt.lines.iter().map(|line| line.month);
    let (zh, en) = match (months.clone().min(), months.max()) {
        (Some(first), Some(last)) if first < last => {
            (format!("{first} 至 {last}"), format!("{first} to {last}"))
        }
        (Some(month), _) => (month.to_string(), month.to_string()),
        (None, _) => (String::new(), String::new()),
    };
    let count = members.len();
    words(format!("收会费 {zh} {count}人"), format!("dues for {en} of {count} members"))
}

fn paid(paid: &Paid, chart: &Chart) -> Words {
    let [zh, en] = named(&paid.account, chart);
    words(format!("付款 {} {zh}", paid.disbursement), format!("{} paid: {en}", paid.disbursement))
}

fn named<'a>(account: &AccountCode, chart: &'a Chart) -> [&'a str; 2] {
    let found = chart.account(account);
    Lang::ALL.map(|lang| found.map_or("", |found| found.name(lang)))
}

fn roles(roles: &BTreeSet<Role>, lang: Lang) -> String {
    let titles: Vec<&str> = roles.iter().map(|role| role.title(lang)).collect();
    titles.join(", ")
}

/// What a rule is called.
#[must_use]
pub fn rule(kind: RuleKind, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        RuleKind::DuesRate => ("会费标准", "the dues rate"),
        RuleKind::AllocationSplit => ("拨缴经费", "the allocation"),
        RuleKind::ApprovalBands => ("审批权限", "approval bands"),
        RuleKind::ActsSigned => ("须签名事项", "acts that are signed"),
        RuleKind::Attachments => ("附件", "papers of payments"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::record::Envelope;

    /// Every golden record says something, and the same thing about itself each time.
    #[test]
    fn every_fact_is_said_in_both_languages() {
        let chart = Chart::built_in("cn-gonghui-2021").unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/golden");
        let mut kinds = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let line = std::fs::read(&path).unwrap();
            let envelope = Envelope::read(line.trim_ascii_end()).unwrap();
            kinds.insert(envelope.kind.clone());
            let (fact, _) = Fact::from_body(&envelope.kind, envelope.tv, envelope.body).unwrap();
            let said = of(&fact, &chart);
            assert!(!said.zh.is_empty() && !said.en.is_empty(), "{}", path.display());
        }
        assert!(kinds.len() > 30, "{kinds:?}");
    }
}
