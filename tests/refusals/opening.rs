//! A book that begins in mid-life, and a payroll that was declared wrong.

use crate::given::{
    ACCOUNTANT, Asked, CLERK, allocation, asks, dues, given, of, payroll, union, yuan,
};
use mingzhang::event::allocation::Payroll;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, LATER, after, case};

pub(crate) fn standings() -> Vec<Case> {
    let standing = |member: &str, paid_through: &str| {
        let fields = json!({"member": member, "paid_through": paid_through});
        asks(CLERK, LATER, "dues_standing.open", fields)
    };
    let owing = |paid_through: &str| {
        let fields = json!({"member": "m-1", "paid_through": paid_through, "owed": "50.00"});
        asks(CLERK, LATER, "dues_standing.open", fields)
    };
    vec![
        case(
            after(union(), [standing("m-1", "2024-12")]),
            standing("m-1", "2024-12"),
            Refusal::StandingSaid { member: of("m-1"), paid_through: of("2024-12") },
            standing("m-2", "2024-12"),
        ),
        case(
            after(union(), [dues(LATER, "m-1", "2025-02", "25.00")]),
            standing("m-1", "2025-02"),
            Refusal::StandingOfPaidMonth {
                member: of("m-1"),
                month: of("2025-02"),
                paid_through: of("2025-02"),
            },
            standing("m-1", "2025-01"),
        ),
        case(
            union(),
            owing("2024-12"),
            Refusal::StandingOwesNothing {
                member: of("m-1"),
                paid_through: of("2024-12"),
                owed: yuan("50.00"),
                starts: of("2025-01-01"),
            },
            owing("2024-11"),
        ),
    ]
}

pub(crate) fn payrolls() -> Vec<Case> {
    let corrected = |fields: Value| asks(ACCOUNTANT, LATER, "payroll.correct", fields);
    let right = |total: &str| -> Asked {
        let reason = "漏报一个车间";
        corrected(json!({"month": "2025-01", "total": total, "headcount": 2, "basis": reason}))
    };
    vec![case(
        after(union(), [payroll(LATER, "2025-01", "100000.00")]),
        right("100000.00"),
        Refusal::PayrollUnchanged { month: of("2025-01"), total: yuan("100000.00"), headcount: 2 },
        right("120000.00"),
    )]
}

#[test]
fn what_is_due_follows_the_corrected_payroll_and_what_was_declared_stays() {
    let mut book = given(after(union(), [payroll(LATER, "2025-01", "100000.00")]));
    let two_per_cent = allocation(LATER, "2025-01", "2400.00");
    assert_eq!(book.when(&two_per_cent).unwrap_err().code(), "A03");
    let fields = json!({
        "month": "2025-01", "total": "120000.00", "headcount": 3, "basis": "审计报告〔2025〕1号",
    });
    book.then(&asks(ACCOUNTANT, LATER, "payroll.correct", fields));
    book.then(&two_per_cent);
    let allocation = &book.state().allocation;
    let totals = |payrolls: &[Payroll]| payrolls.iter().map(|p| p.total).collect::<Vec<_>>();
    assert_eq!(totals(allocation.corrected(of("2025-01"))), [yuan("100000.00")]);
    assert_eq!(allocation.payroll(of("2025-01")).unwrap().total, yuan("120000.00"));
}
