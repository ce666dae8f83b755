//! Members, dues and the allocation.

use crate::given::{
    ACCOUNTANT, CLERK, FIRST, allocation, asks, dues, enrol, of, payroll, remit, union, yuan,
};
use mingzhang::rules::Refusal;
use serde_json::json;

use crate::{Case, LATER, after, case};

pub(crate) fn members() -> Vec<Case> {
    let group = |id: &str| asks(CLERK, LATER, "group.define", json!({"group": id, "name": "组"}));
    let moves = |member: &str, on: &str| {
        asks(CLERK, LATER, "member.transfer", json!({"member": member, "group": "g1", "on": on}))
    };
    let base = |amount: &str| {
        let fields = json!({"member": "m-1", "base": amount, "from": "2025-02"});
        asks(CLERK, LATER, "dues_base.set", fields)
    };
    let leaves = json!({"member": "m-1", "on": "2025-02-01", "reason": "retired"});
    let gone = after(union(), [asks(CLERK, LATER, "member.leave", leaves)]);
    vec![
        case(union(), group("g1"), Refusal::GroupExists { group: of("g1") }, group("g2")),
        case(
            union(),
            enrol(LATER, "m-3", "g9"),
            Refusal::GroupUnknown { group: of("g9") },
            enrol(LATER, "m-3", "g1"),
        ),
        case(
            union(),
            enrol(LATER, "m-1", "g1"),
            Refusal::MemberExists { member: of("m-1") },
            enrol(LATER, "m-3", "g1"),
        ),
        case(
            union(),
            moves("m-3", LATER),
            Refusal::MemberUnknown { member: of("m-3") },
            moves("m-2", LATER),
        ),
        case(
            gone,
            moves("m-1", LATER),
            Refusal::MemberGone { member: of("m-1"), left: of("2025-02-01") },
            moves("m-2", LATER),
        ),
        case(
            union(),
            moves("m-1", "2024-12-31"),
            Refusal::MemberNotYet { member: of("m-1"), joined: of(FIRST), date: of("2024-12-31") },
            moves("m-1", "2025-01-02"),
        ),
        case(union(), base("-0.01"), Refusal::BaseNegative { base: yuan("-0.01") }, base("0.00")),
    ]
}

pub(crate) fn dues_paid() -> Vec<Case> {
    let twice = |second: &str| {
        let line = |month: &str| json!({"member": "m-1", "month": month, "amount": "10.00"});
        let lines = json!([line("2025-01"), line(second)]);
        let fields = json!({"date": LATER, "into": "bank", "lines": lines});
        asks(ACCOUNTANT, LATER, "dues.receive", fields)
    };
    let without_base = after(union(), [enrol(FIRST, "m-3", "g1")]);
    let half_paid = after(union(), [dues(LATER, "m-1", "2025-01", "20.00")]);
    vec![
        case(
            union(),
            dues(LATER, "m-1", "2024-12", "25.00"),
            Refusal::DuesNotOwed { member: of("m-1"), month: of("2024-12") },
            dues(LATER, "m-1", "2025-01", "25.00"),
        ),
        case(
            without_base,
            dues(LATER, "m-3", "2025-01", "25.00"),
            Refusal::DuesBaseMissing { member: of("m-3"), month: of("2025-01") },
            dues(LATER, "m-2", "2025-01", "25.00"),
        ),
        case(
            half_paid,
            dues(LATER, "m-1", "2025-01", "5.01"),
            Refusal::DuesOverpaid {
                member: of("m-1"),
                month: of("2025-01"),
                due: yuan("25.00"),
                paid: yuan("20.00"),
                asked: yuan("5.01"),
            },
            dues(LATER, "m-1", "2025-01", "5.00"),
        ),
        case(
            union(),
            twice("2025-01"),
            Refusal::DuesLineTwice { member: of("m-1"), month: of("2025-01") },
            twice("2025-02"),
        ),
    ]
}

pub(crate) fn the_allocation() -> Vec<Case> {
    let declared = || after(union(), [payroll(LATER, "2025-01", "100000.00")]);
    let received = || after(declared(), [allocation(LATER, "2025-01", "1500.00")]);
    vec![
        case(
            declared(),
            payroll(LATER, "2025-01", "90000.00"),
            Refusal::PayrollDeclared { month: of("2025-01"), total: yuan("100000.00") },
            payroll(LATER, "2025-02", "90000.00"),
        ),
        case(
            declared(),
            allocation(LATER, "2025-02", "1.00"),
            Refusal::PayrollMissing { month: of("2025-02") },
            allocation(LATER, "2025-01", "1.00"),
        ),
        case(
            received(),
            allocation(LATER, "2025-01", "500.01"),
            Refusal::AllocationTooLarge {
                month: of("2025-01"),
                due: yuan("2000.00"),
                received: yuan("1500.00"),
                asked: yuan("500.01"),
            },
            allocation(LATER, "2025-01", "500.00"),
        ),
        case(
            received(),
            remit(LATER, "600.01"),
            Refusal::RemittanceTooLarge {
                owed: yuan("600.00"),
                asked: yuan("600.01"),
                over: yuan("0.01"),
            },
            remit(LATER, "600.00"),
        ),
    ]
}
