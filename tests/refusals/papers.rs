//! Receipts.

use crate::given::{CASHIER, asks, close, dues, given, of, reverse, union};
use mingzhang::date::FiscalYear;
use mingzhang::event::paper::ReceiptNumber;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::json;

use crate::given::Asked;
use crate::{Case, LATER, after, case, union_records};

fn receipt(date: &str, payment: Seq, member: &str) -> Asked {
    let fields = json!({"date": date, "member": member, "payment": payment});
    asks(CASHIER, LATER, "receipt.issue", fields)
}

/// Both members paid, each by a record of its own.
fn paid() -> (Vec<Asked>, Seq, Seq) {
    let first = Seq(union_records().try_into().unwrap());
    let both = ["m-1", "m-2"].map(|member| dues("2025-02-05", member, "2025-01", "25.00"));
    (after(union(), both), first, first.next())
}

pub(crate) fn receipts() -> Vec<Case> {
    let (paid, first, second) = paid();
    let number = ReceiptNumber { year: FiscalYear(2025), number: 1 };
    let in_order = receipt(LATER, second, "m-2");
    let issued = after(paid.clone(), [receipt(LATER, first, "m-1")]);
    let reversed = after(paid.clone(), [reverse(LATER, first.0)]);
    vec![
        case(
            paid.clone(),
            receipt(LATER, Seq(0), "m-1"),
            Refusal::ReceiptOfNoDues { payment: Seq(0) },
            in_order.clone(),
        ),
        case(
            paid.clone(),
            receipt(LATER, second, "m-1"),
            Refusal::ReceiptOfOtherMember { payment: second, member: of("m-1") },
            in_order.clone(),
        ),
        case(
            issued,
            receipt(LATER, first, "m-1"),
            Refusal::ReceiptIssuedAlready { payment: first, member: of("m-1"), number },
            in_order.clone(),
        ),
        case(
            reversed,
            receipt(LATER, first, "m-1"),
            Refusal::ReceiptOfReversed { payment: first, by: second.next() },
            in_order,
        ),
        case(
            paid,
            receipt("2025-02-04", second, "m-2"),
            Refusal::ReceiptBeforePayment { date: of("2025-02-04"), paid: of("2025-02-05") },
            receipt("2025-02-05", second, "m-2"),
        ),
    ]
}

#[test]
fn receipts_count_from_one_within_their_year_and_hold_what_one_member_paid() {
    let line = |member: &str, month: &str, amount: &str| json!({"member": member, "month": month, "amount": amount});
    let lines = [
        line("m-1", "2025-01", "25.00"),
        line("m-2", "2025-01", "9.00"),
        line("m-1", "2025-02", "5.00"),
    ];
    let roll = json!({"date": LATER, "into": "bank", "lines": lines});
    let mut book = given(union());
    let payment = book.then(&asks("accountant", LATER, "dues.receive", roll))[0].seq;
    let next_year = "2026-01-02";
    let late = json!({"date": next_year, "member": "m-1", "payment": 0});
    let issue = |date: &str, payment: Seq, member: &str| {
        let mut fields = late.clone();
        (fields["date"], fields["payment"], fields["member"]) =
            (date.into(), payment.0.into(), member.into());
        asks(CASHIER, date, "receipt.issue", fields)
    };
    let said = |records: &[mingzhang::event::Recorded]| {
        let body = records[0].fact.to_body(records[0].voucher.as_ref()).unwrap();
        assert!(records[0].voucher.is_none(), "a receipt moves no money");
        (body["number"].clone(), body["amount"].clone())
    };
    let first = book.then(&issue(LATER, payment, "m-1"));
    assert_eq!(said(&first), (json!("收-2025-0001"), json!("30.00")));
    let second = book.then(&issue(LATER, payment, "m-2"));
    assert_eq!(said(&second), (json!("收-2025-0002"), json!("9.00")));
    let third = book.then(&dues(next_year, "m-2", "2025-02", "1.00"))[0].seq;
    let of_next_year = book.then(&issue(next_year, third, "m-2"));
    assert_eq!(said(&of_next_year).0, json!("收-2026-0001"));
}

#[test]
fn a_receipt_is_void_once_its_payment_is_reversed_and_the_next_payment_has_another() {
    let (paid, first, _) = paid();
    let mut book = given(after(paid, [receipt(LATER, first, "m-1")]));
    let number = book.state().receipts.of_payment(first, &of("m-1")).unwrap();
    assert!(!book.state().receipts.receipt(number).unwrap().is_void);
    book.then(&reverse(LATER, first.0));
    assert!(book.state().receipts.receipt(number).unwrap().is_void);
    let again = book.then(&dues(LATER, "m-1", "2025-01", "25.00"))[0].seq;
    book.then(&receipt(LATER, again, "m-1"));
    let next = book.state().receipts.of_payment(again, &of("m-1")).unwrap();
    assert_eq!(next, ReceiptNumber { number: number.number + 1, ..number });
    assert!(*book.state() == crate::given::replayed(&book.lines()), "a replay says the same");
}

#[test]
fn a_receipt_for_a_closed_month_is_dated_in_an_open_one() {
    let (_, first, _) = paid();
    let early = dues("2025-01-20", "m-1", "2025-01", "25.00");
    let mut book = given(after(union(), [early, close(LATER, "2025-01")]));
    let refusal = Refusal::PeriodClosed { date: of("2025-01-20"), closed_through: of("2025-01") };
    assert_eq!(book.when(&receipt("2025-01-20", first, "m-1")), Err(refusal));
    book.then(&receipt("2025-02-01", first, "m-1"));
}
