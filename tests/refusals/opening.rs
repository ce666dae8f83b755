//! A book that begins in mid-life, and a payroll that was declared wrong.

use crate::given::{
    self, ACCOUNTANT, Asked, CLERK, FIRST, allocation, asks, dues, given, of, opening, payroll,
    union, yuan,
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

/// An old book's claims of 50.00, and an advance that is a part of them.
pub(crate) fn advances() -> Vec<Case> {
    let lines = json!([
        {"account": "135", "fund": "general", "debit": "50.00"},
        {"account": "32205", "fund": "general", "credit": "50.00"},
    ]);
    let brought_in = union().len();
    let begun = || after(union(), [opening(FIRST, lines.clone())]);
    let open = |id: &str, amount: &str, since: &str| {
        let fields = json!({
            "advance": id, "date": FIRST, "from": brought_in, "who": {"member": "m-1"},
            "amount": amount, "since": since, "purpose": "备用金",
        });
        asks(ACCOUNTANT, LATER, "advance.open", fields)
    };
    vec![
        case(
            begun(),
            open("old-1", "50.00", "2025-01-02"),
            Refusal::AdvanceNotOfOpening {
                since: of("2025-01-02"),
                date: of(FIRST),
                brought: of(FIRST),
            },
            open("old-1", "50.00", FIRST),
        ),
        case(
            after(begun(), [open("old-1", "20.00", "2024-11-05")]),
            open("old-2", "30.01", "2024-11-05"),
            Refusal::AdvancesAboveOpening {
                from: mingzhang::ids::Seq(brought_in as u64),
                fund: of("general"),
                brought: yuan("50.00"),
                opened: yuan("20.00"),
                asked: yuan("30.01"),
            },
            open("old-2", "30.00", "2024-11-05"),
        ),
    ]
}

/// An advance of an old book is settled by its id, goes with its opening, and is no claim of others.
#[test]
fn an_advance_of_an_old_book_is_a_part_of_its_opening() {
    let case = advances().remove(0);
    let open = &case.accepted;
    let half = advances().remove(1).given.pop().unwrap();
    let mut book = given(case.given);
    book.then(&half);
    let id = book.when(open).unwrap_err();
    assert_eq!(id.code(), "X01", "{id:?}");
    let request = json!({
        "disbursement": "old-1", "date": LATER, "account": "50504", "amount": "1.00",
        "payee": {"member": "m-2"}, "purpose": "办公",
    });
    let id = book.when(&asks(CLERK, LATER, "disbursement.request", request)).unwrap_err();
    assert_eq!(id.code(), "X01", "{id:?}");
    let spent = |amount: &str| {
        let fields = json!({
            "date": LATER, "disbursement": "old-1", "returned": amount, "into": "cash",
        });
        asks(ACCOUNTANT, LATER, "advance.settle", fields)
    };
    assert_eq!(book.when(&spent("20.01")).unwrap_err().code(), "X25");
    let settled = book.then(&spent("15.00"))[0].seq;
    assert_eq!(book.state().spending.settled(&of("old-1")), yuan("15.00"));
    let opening = book.state().spending.opened(&of("old-1")).unwrap().from;
    let reverse = |seq: mingzhang::ids::Seq| given::reverse(LATER, seq.0);
    let rests = book.when(&reverse(opening)).unwrap_err();
    // Nor when nothing rests on it any more: other vouchers have gone on from it.
    let kind = "opening.recorded".to_owned();
    assert_eq!(rests, Refusal::NotReversible { seq: opening, kind: kind.clone() });
    book.then(&reverse(settled));
    let still = book.when(&reverse(opening)).unwrap_err();
    assert_eq!(still, Refusal::NotReversible { seq: opening, kind });
    assert_eq!(book.state().spending.settled(&of("old-1")), yuan("0.00"));
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
