//! Rolls, payments, terms, waivers, refunds, comings and goings; books of numbered receipts.

use crate::given::allocation::{TOWN, collect, county, preparation};
use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FIRST, RELIEF, allocation, asks, dues, enrol, of,
    payroll, refund, refund_approved, requested, reverse, union, yuan,
};
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, LATER, after, case, union_records};

/// The roll of the group g1 for January, in which two members owe 25.00 each.
fn roll(members: u32, total: &str, more: &Value) -> Asked {
    let mut fields = json!({
        "date": LATER, "into": "bank", "group": "g1", "month": "2025-01",
        "control": {"members": members, "total": total},
    });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    asks(ACCOUNTANT, LATER, "dues.receive_roll", fields)
}

fn pays(amount: &str) -> Asked {
    let fields = json!({"date": LATER, "into": "cash", "member": "m-1", "amount": amount});
    asks(ACCOUNTANT, LATER, "dues.pay", fields)
}

fn waives(from: &str, more: &Value) -> Asked {
    let mut fields = json!({
        "on": LATER, "member": "m-1", "from": from, "reason": "家庭困难",
        "resolution": "工会委员会决议2025-2号",
    });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    asks(CHAIR, LATER, "dues.waive", fields)
}

fn cancels(waiver: usize) -> Asked {
    let fields = json!({"on": LATER, "waiver": waiver, "reason": "记错"});
    asks(CHAIR, LATER, "dues_waiver.cancel", fields)
}

/// By the request of that amount.
fn refunds(amount: &str) -> Asked {
    refund(LATER, "d-1", "m-1", "2025-01", amount)
}

fn approved(amount: &str) -> [Asked; 2] {
    refund_approved(LATER, "d-1", "m-1", amount)
}

fn refunded(amount: &str) -> impl Iterator<Item = Asked> {
    approved(amount).into_iter().chain([refunds(amount)])
}

/// What is given back goes to whom it was approved for, out of the fund that it is in.
pub(crate) fn refunds_approved() -> Vec<Case> {
    let paid = || after(union(), [dues(LATER, "m-1", "2025-01", "20.00")]);
    let with = |more: &Value| {
        let line = json!([{"member": "m-1", "month": "2025-01", "amount": "5.00"}]);
        let mut fields =
            json!({"date": LATER, "from": "cash", "lines": line, "reason": "重复缴纳"});
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        asks(CASHIER, LATER, "dues.refund", fields)
    };
    let requests = |payee: &Value| {
        asks(CLERK, LATER, "disbursement.request", requested(LATER, "d-1", "401", "5.00", payee))
    };
    vec![
        case(
            after(paid(), approved("5.00")),
            with(&json!({})),
            Refusal::RequestNeeded { command: "dues.refund".to_owned(), account: of("401") },
            refunds("5.00"),
        ),
        case(
            after(paid(), approved("5.00")),
            with(&json!({"fund": RELIEF, "disbursement": "d-1"})),
            Refusal::RefundOfOtherFund {
                member: of("m-1"),
                month: of("2025-01"),
                fund: of(RELIEF),
                paid: yuan("0.00"),
                asked: yuan("5.00"),
            },
            refunds("5.00"),
        ),
        case(
            paid(),
            requests(&json!({"organisation": "示例商店"})),
            Refusal::DuesBackToMembers { account: of("401") },
            requests(&json!({"roster": "退费名册2025-1"})),
        ),
    ]
}

pub(crate) fn rolls() -> Vec<Case> {
    let line =
        |month: &str| json!({"lines": [{"member": "m-1", "month": month, "amount": "25.00"}]});
    let g2 = json!({"group": "g2", "name": "二车间"});
    let two_groups =
        after(union(), [asks(CLERK, LATER, "group.define", g2), enrol(LATER, "m-3", "g2")]);
    vec![
        case(
            union(),
            roll(3, "50.05", &json!({})),
            Refusal::RollDiffers {
                declared_members: 3,
                declared: yuan("50.05"),
                members: 2,
                total: yuan("50.00"),
                members_apart: 1,
                apart: yuan("0.05"),
                concerned: vec![of("m-1"), of("m-2")],
            },
            roll(2, "50.00", &json!({})),
        ),
        case(
            two_groups,
            roll(1, "25.00", &json!({"except": ["m-3"]})),
            Refusal::NotInGroup { member: of("m-3"), group: of("g1"), month: of("2025-01") },
            roll(1, "25.00", &json!({"except": ["m-2"]})),
        ),
        case(
            union(),
            roll(1, "25.00", &line("2025-02")),
            Refusal::RollOtherMonth {
                month: of("2025-02"),
                first: of("2025-01"),
                last: of("2025-01"),
            },
            roll(1, "25.00", &line("2025-01")),
        ),
        case(
            union(),
            roll(2, "100.00", &json!({"through": "2024-12"})),
            Refusal::DuesMonthsBackwards { first: of("2025-01"), last: of("2024-12") },
            roll(2, "100.00", &json!({"through": "2025-02"})),
        ),
    ]
}

/// In February: two months owed and twelve ahead, of 25.00 each.
pub(crate) fn sums_paid() -> Vec<Case> {
    vec![case(
        union(),
        pays("350.01"),
        Refusal::DuesPaidTooFar {
            member: of("m-1"),
            asked: yuan("350.01"),
            owed: yuan("350.00"),
            through: of("2026-02"),
            over: yuan("0.01"),
        },
        pays("350.00"),
    )]
}

pub(crate) fn waivers_and_refunds() -> Vec<Case> {
    let paid = || after(union(), [dues(LATER, "m-1", "2025-01", "20.00")]);
    let record = union_records();
    vec![
        case(
            paid(),
            waives("2025-01", &json!({"amount": "5.01"})),
            Refusal::WaivedTooMuch {
                member: of("m-1"),
                month: of("2025-01"),
                due: yuan("25.00"),
                waived: yuan("0.00"),
                paid: yuan("20.00"),
                asked: yuan("5.01"),
            },
            waives("2025-01", &json!({"amount": "5.00"})),
        ),
        case(
            union(),
            waives("2024-11", &json!({"through": "2024-12"})),
            Refusal::NothingOwed { member: of("m-1"), first: of("2024-11"), last: of("2024-12") },
            waives("2024-11", &json!({"through": "2025-01"})),
        ),
        case(
            after(paid(), [waives("2025-02", &json!({}))]),
            cancels(record),
            Refusal::WaiverUnknown { waiver: mingzhang::ids::Seq(record as u64) },
            cancels(record + 1),
        ),
        case(
            after(paid(), [enrol(LATER, "m-16", "g1")]),
            waives("2025-02", &json!({"member": "m-16"})),
            Refusal::OwnDuesWaived { officer: of(CHAIR), member: of("m-16") },
            waives("2025-02", &json!({})),
        ),
        case(
            union(),
            waives("2025-02", &json!({"through": "2026-03"})),
            Refusal::WaivedTooFar {
                member: of("m-1"),
                last: of("2026-03"),
                through: of("2026-02"),
            },
            waives("2025-02", &json!({"through": "2026-02"})),
        ),
        case(
            after(paid(), approved("20.00")),
            refunds("20.01"),
            Refusal::RefundedTooMuch {
                member: of("m-1"),
                month: of("2025-01"),
                paid: yuan("20.00"),
                asked: yuan("20.01"),
                over: yuan("0.01"),
            },
            refunds("20.00"),
        ),
        case(
            after(after(paid(), [dues(LATER, "m-2", "2025-01", "25.00")]), refunded("5.00")),
            reverse(LATER, record as u64),
            Refusal::DuesRefundedSince {
                seq: mingzhang::ids::Seq(record as u64),
                member: of("m-1"),
                month: of("2025-01"),
                paid: yuan("15.00"),
                taken: yuan("20.00"),
            },
            reverse(LATER, record as u64 + 4),
        ),
    ]
}

pub(crate) fn those_who_come_back() -> Vec<Case> {
    let leaves = json!({"member": "m-1", "on": "2025-02-01", "reason": "resigned"});
    let gone = after(union(), [asks(CLERK, LATER, "member.leave", leaves)]);
    let again = |on: &str| {
        let fields = json!({"member": "m-1", "group": "g1", "on": on});
        asks(CLERK, LATER, "member.enrol", fields)
    };
    vec![case(
        gone,
        again("2025-02-01"),
        Refusal::RejoinTooEarly { member: of("m-1"), left: of("2025-02-01"), on: of("2025-02-01") },
        again("2025-02-02"),
    )]
}

fn stock(id: &str, first: u64, last: u64) -> Asked {
    let fields = json!({
        "stock": id, "kind": "dues", "series": "示会2025", "first": first, "last": last, "on": FIRST,
    });
    asks(ACCOUNTANT, LATER, "receipt_stock.receive", fields)
}

fn issues(number: u64, to: u64, amount: &str) -> Asked {
    let fields = json!({
        "stock": "b-1", "number": number, "on": LATER, "of": to, "payer": {"member": "m-1"},
        "amount": amount,
    });
    asks(CASHIER, LATER, "paper_receipt.issue", fields)
}

fn voids(number: u64, on: &str) -> Asked {
    let fields = json!({"stock": "b-1", "number": number, "on": on, "reason": "写错"});
    asks(CASHIER, LATER, "paper_receipt.void", fields)
}

/// The numbers 101 to 150, and 25.00 of m-1 in the record that comes before them.
fn with_stock() -> Vec<Asked> {
    after(union(), [dues(LATER, "m-1", "2025-01", "25.00"), stock("b-1", 101, 150)])
}

pub(crate) fn books_of_receipts() -> Vec<Case> {
    let most = 9_007_199_254_740_991;
    vec![
        case(
            with_stock(),
            stock("b-1", 201, 250),
            Refusal::StockExists { stock: of("b-1") },
            stock("b-2", 201, 250),
        ),
        case(
            union(),
            stock("b-1", 150, 149),
            Refusal::StockRangeWrong { first: 150, last: 149, most },
            stock("b-1", 150, 150),
        ),
        case(
            union(),
            stock("b-1", 1, 1_000_001),
            Refusal::StockTooManyForms {
                first: 1,
                last: 1_000_001,
                forms: 1_000_001,
                most: 1_000_000,
            },
            stock("b-1", 1, 1_000_000),
        ),
        case(
            with_stock(),
            stock("b-2", 150, 199),
            Refusal::StockOverlaps { stock: of("b-2"), other: of("b-1"), first: 101, last: 150 },
            stock("b-2", 151, 199),
        ),
        case(
            after(union(), [dues(LATER, "m-1", "2025-01", "25.00")]),
            issues(101, union_records() as u64, "25.00"),
            Refusal::StockUnknown { stock: of("b-1") },
            stock("b-1", 101, 150),
        ),
        case(
            with_stock(),
            issues(151, union_records() as u64, "25.00"),
            Refusal::FormNotOfStock { stock: of("b-1"), number: 151, first: 101, last: 150 },
            issues(150, union_records() as u64, "25.00"),
        ),
    ]
}

/// 《工会经费收入专用收据》 is for the two per cent by whatever way it came, preparation funds among it.
#[test]
fn a_receipt_of_the_allocation_is_for_whatever_way_it_came_in() {
    let mut book = crate::given(county());
    let forms = json!({
        "stock": "b-1", "kind": "allocation", "series": "示会2025", "first": 1, "last": 9,
        "on": FIRST,
    });
    book.then(&asks(ACCOUNTANT, LATER, "receipt_stock.receive", forms));
    let collected = book.then(&collect(LATER, "tax_bureau", Some(TOWN), "1000.00"))[0].seq;
    let prepared = book.then(&preparation("preparation_fund.receive", LATER, "500.00"))[0].seq;
    let form = |number: u64, of: mingzhang::ids::Seq, amount: &str| {
        let fields = json!({
            "stock": "b-1", "number": number, "on": LATER, "of": of,
            "payer": {"organisation": "示例单位"}, "amount": amount,
        });
        asks(CASHIER, LATER, "paper_receipt.issue", fields)
    };
    book.then(&form(1, collected, "1000.00"));
    book.then(&form(2, prepared, "500.00"));
    let above = book.when(&form(3, prepared, "0.01")).unwrap_err();
    assert!(matches!(above, Refusal::PaperReceiptTooLarge { .. }), "{above:?}");
}

pub(crate) fn numbers_of_receipts() -> Vec<Case> {
    let record = union_records() as u64;
    let of_record = |seq: u64| mingzhang::ids::Seq(seq);
    let with_allocation = after(
        with_stock(),
        [payroll(LATER, "2025-01", "100000.00"), allocation(LATER, "2025-01", "2000.00")],
    );
    vec![
        case(
            after(with_stock(), [issues(101, record, "10.00")]),
            issues(101, record, "15.00"),
            Refusal::FormUsed { stock: of("b-1"), number: 101, seq: of_record(record + 2) },
            issues(102, record, "15.00"),
        ),
        case(
            after(with_stock(), [issues(103, record, "10.00")]),
            issues(102, record, "15.00"),
            Refusal::FormOutOfOrder { stock: of("b-1"), number: 102, last: 103 },
            issues(104, record, "15.00"),
        ),
        case(
            with_allocation,
            issues(101, record + 3, "25.00"),
            Refusal::FormKindWrong {
                stock: of("b-1"),
                of: of_record(record + 3),
                kind: "allocation.received".to_owned(),
            },
            issues(101, record, "25.00"),
        ),
        case(
            after(with_stock(), [issues(101, record, "10.00")]),
            issues(102, record, "15.01"),
            Refusal::PaperReceiptTooLarge {
                of: of_record(record),
                amount: yuan("25.00"),
                receipted: yuan("10.00"),
                asked: yuan("15.01"),
                over: yuan("0.01"),
            },
            issues(102, record, "15.00"),
        ),
        case(
            after(with_stock(), [voids(101, LATER)]),
            voids(101, LATER),
            Refusal::FormVoidAlready { stock: of("b-1"), number: 101, seq: of_record(record + 2) },
            voids(102, LATER),
        ),
        case(
            after(with_stock(), [issues(101, record, "25.00")]),
            voids(101, FIRST),
            Refusal::FormTooEarly {
                stock: of("b-1"),
                number: 101,
                date: of(FIRST),
                since: of(LATER),
            },
            voids(101, LATER),
        ),
    ]
}

/// A month that was paid again since is not paid twice.
pub(crate) fn refunds_reversed() -> Vec<Case> {
    let paid = || after(union(), [dues(LATER, "m-1", "2025-01", "20.00")]);
    let record = union_records();
    vec![case(
        after(after(paid(), refunded("5.00")), [dues(LATER, "m-1", "2025-01", "10.00")]),
        reverse(LATER, record as u64 + 3),
        Refusal::DuesOverpaid {
            member: of("m-1"),
            month: of("2025-01"),
            due: yuan("25.00"),
            paid: yuan("25.00"),
            asked: yuan("5.00"),
        },
        reverse(LATER, record as u64 + 4),
    )]
}
