//! What a voucher was for, in one line, of fields that name no person.
//!
//! Purposes, reasons and payees are left out, for people write names into them: whoever needs them
//! finds the record by its seq.

use crate::chart::Chart;
use crate::event::dues::DuesReceipt;
use crate::event::income::SubsidyKind;
use crate::event::period::CarryStep;
use crate::event::{Fact, moves_no_money};
use crate::ids::AccountCode;

pub(super) fn of(fact: &Fact, chart: &Chart) -> String {
    match fact {
        Fact::OpeningRecorded(_) => "期初余额".to_owned(),
        Fact::DuesReceived(f) => dues(f),
        Fact::AllocationReceived(f) => {
            format!("收拨缴经费 {} 留成 {} 应上解 {}", f.month, f.own, f.up)
        }
        Fact::RemittancePaid(_) => "上解经费".to_owned(),
        Fact::SubsidyReceived(f) => match f.kind {
            SubsidyKind::SuperiorGeneral => format!("收上级一般补助 {}", f.from),
            SubsidyKind::SuperiorEarmarked => format!("收上级专项补助 {}", f.from),
            SubsidyKind::Administration => format!("收行政补助 {}", f.from),
        },
        Fact::DonationReceived(f) => format!("收捐款 {}人", f.donors),
        Fact::InterestReceived(_) => "收利息".to_owned(),
        Fact::OtherIncomeReceived(_) => "收其他收入".to_owned(),
        Fact::DisbursementPaid(f) => {
            format!("付款 {} {}", f.disbursement, named(&f.account, chart))
        }
        Fact::FundTransferred(f) => format!("资金划转 {}", f.resolution),
        Fact::CashDrawn(_) => "提现".to_owned(),
        Fact::CashDeposited(_) => "存现".to_owned(),
        Fact::CarryForwardRecorded(f) => match f.step {
            CarryStep::Result => "收支结转".to_owned(),
            CarryStep::YearEnd => "年末结转".to_owned(),
        },
        Fact::EntryReversed(f) => format!("红字冲销 {}", f.reverses_voucher),
        Fact::AdjustmentRecorded(f) => format!("审计调整 {}", f.basis),
        // Facts that move no money
        moves_no_money!() => fact.kind().to_owned(),
    }
}

/// The months that were paid for and how many people paid.
fn dues(receipt: &DuesReceipt) -> String {
    let mut members: Vec<_> = receipt.lines.iter().map(|line| &line.member).collect();
    members.sort_unstable();
    members.dedup();
    let months = receipt.lines.iter().map(|line| line.month);
    let months = match (months.clone().min(), months.max()) {
        (Some(first), Some(last)) if first < last => format!("{first} 至 {last}"),
        (Some(month), _) => month.to_string(),
        (None, _) => String::new(),
    };
    format!("收会费 {months} {}人", members.len())
}

fn named<'a>(account: &AccountCode, chart: &'a Chart) -> &'a str {
    chart.account(account).map_or("", |found| found.zh.as_str())
}
