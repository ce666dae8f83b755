//! Requests, approvals, payments and corrections.

use crate::given::{
    CASHIER, CHAIR, CLERK, FINANCE, adjust, appoint, approve, asks, enrol, interest, of, pay,
    request, request_for, requested, reverse, reverse_dated, union, union_with_money, yuan,
};
use mingzhang::event::book::Role;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::json;

use crate::{Case, LATER, after, approved, case, union_records};

pub(crate) fn requests() -> Vec<Case> {
    let to = |account: &str| {
        let mut fields = requested(LATER, "d-1", account, "1.00", &json!({"organisation": "商店"}));
        fields["acquires"] = "fixed_asset".into();
        asks(CLERK, LATER, "disbursement.request", fields)
    };
    let to_expense = |account: &str| {
        let fields = requested(LATER, "d-1", account, "1.00", &json!({"organisation": "商店"}));
        asks(CLERK, LATER, "disbursement.request", fields)
    };
    let for_clerk = |by| request_for(by, LATER, "d-1", "1.00", &json!({"member": "m-13"}));
    let clerk_enrolled = after(union(), [enrol(LATER, "m-13", "g1")]);
    vec![
        case(
            after(union(), [request(LATER, "d-1", "1.00")]),
            request(LATER, "d-1", "1.00"),
            Refusal::DisbursementExists { disbursement: of("d-1") },
            request(LATER, "d-2", "1.00"),
        ),
        case(
            union(),
            to_expense("408"),
            Refusal::NotAnExpense { account: of("408") },
            to_expense("510"),
        ),
        case(
            union(),
            to_expense("521"),
            Refusal::NotPaidOut { account: of("521"), command: "journal.record".to_owned() },
            to_expense("510"),
        ),
        case(union(), to("510"), Refusal::AcquisitionMismatch { account: of("510") }, to("50702")),
        case(
            clerk_enrolled,
            for_clerk(CLERK),
            Refusal::PayeeIsRequester { officer: of(CLERK) },
            for_clerk(FINANCE),
        ),
    ]
}

pub(crate) fn requests_that_end() -> Vec<Case> {
    let cancel = |id: &str, date: &str| {
        let fields = json!({"disbursement": id, "date": date, "reason": "不再需要"});
        asks(CLERK, LATER, "disbursement.cancel", fields)
    };
    let requested = || after(union(), [request(LATER, "d-1", "1.00")]);
    vec![
        case(
            requested(),
            cancel("d-2", LATER),
            Refusal::DisbursementUnknown { disbursement: of("d-2") },
            cancel("d-1", LATER),
        ),
        case(
            after(requested(), [cancel("d-1", LATER), request(LATER, "d-2", "1.00")]),
            cancel("d-1", LATER),
            Refusal::DisbursementEnded {
                disbursement: of("d-1"),
                standing: "撤销 withdrawn (clerk)".to_owned(),
            },
            cancel("d-2", LATER),
        ),
        case(
            requested(),
            cancel("d-1", "2025-02-09"),
            Refusal::BeforeItsRequest { date: of("2025-02-09"), requested: of(LATER) },
            cancel("d-1", LATER),
        ),
    ]
}

pub(crate) fn approvals() -> Vec<Case> {
    let large = || after(union(), [request(LATER, "d-1", "1000.01")]);
    let by_finance = |amount: &str| {
        after(
            union(),
            [request_for(FINANCE, LATER, "d-1", amount, &json!({"organisation": "商店"}))],
        )
    };
    let for_finance =
        after(union(), [request_for(CLERK, LATER, "d-1", "1000.01", &json!({"officer": FINANCE}))]);
    vec![
        case(
            by_finance("1000.01"),
            approve(FINANCE, LATER, "d-1", "1000.01"),
            Refusal::ApproverIsRequester { officer: of(FINANCE) },
            approve(CHAIR, LATER, "d-1", "1000.01"),
        ),
        case(
            for_finance,
            approve(FINANCE, LATER, "d-1", "1000.01"),
            Refusal::ApproverIsPayee { officer: of(FINANCE) },
            approve(CHAIR, LATER, "d-1", "1000.01"),
        ),
        case(
            after(large(), [approve(CHAIR, LATER, "d-1", "1000.01")]),
            approve(CHAIR, LATER, "d-1", "1000.01"),
            Refusal::ApprovedTwice { officer: of(CHAIR) },
            approve(FINANCE, LATER, "d-1", "1000.01"),
        ),
        case(
            after(union(), [request(LATER, "d-1", "1000.00")]),
            approve(CHAIR, LATER, "d-1", "1000.00"),
            Refusal::ApprovalNotNeeded { officer: of(CHAIR), needed: vec![Role::FinanceHead] },
            approve(FINANCE, LATER, "d-1", "1000.00"),
        ),
        case(
            large(),
            approve(FINANCE, LATER, "d-1", "1000.00"),
            Refusal::ApprovalOfOtherAmount {
                requested: yuan("1000.01"),
                approved: yuan("1000.00"),
            },
            approve(FINANCE, LATER, "d-1", "1000.01"),
        ),
    ]
}

pub(crate) fn payments() -> Vec<Case> {
    let paid_by = |by| pay(by, LATER, "d-1", "bank");
    let two_cashiers = |roles: &[&str]| {
        after(union_with_money(), [appoint(CHAIR, LATER, "second", roles, Some("m-17"))])
    };
    let large = after(union_with_money(), approved(LATER, "d-1", "1000.01"));
    let small = approved(LATER, "d-2", "1000.00");
    let payee = request_for(CLERK, LATER, "d-1", "1.00", &json!({"officer": "second"}));
    let from_second = request_for("second", LATER, "d-1", "1.00", &json!({"organisation": "商店"}));
    let approved_one = || approve(FINANCE, LATER, "d-1", "1.00");
    let by_second = [request(LATER, "d-1", "1.00"), approve("second", LATER, "d-1", "1.00")];
    vec![
        case(
            after(large, small),
            paid_by(CASHIER),
            Refusal::NotYetApproved { disbursement: of("d-1"), missing: vec![Role::Chair] },
            pay(CASHIER, LATER, "d-2", "bank"),
        ),
        case(
            after(two_cashiers(&["cashier"]), [payee, approved_one()]),
            paid_by("second"),
            Refusal::PayerIsPayee { officer: of("second") },
            paid_by(CASHIER),
        ),
        case(
            after(two_cashiers(&["cashier", "clerk"]), [from_second, approved_one()]),
            paid_by("second"),
            Refusal::PayerIsRequester { officer: of("second") },
            paid_by(CASHIER),
        ),
        case(
            after(two_cashiers(&["cashier", "finance_head"]), by_second),
            paid_by("second"),
            Refusal::ApproverIsPayer { officer: of("second") },
            paid_by(CASHIER),
        ),
    ]
}

pub(crate) fn corrections() -> Vec<Case> {
    let with_interest = || after(union(), [interest(LATER, "1.00"), interest(LATER, "2.00")]);
    let next = u64::try_from(union_records()).unwrap();
    let moves = |debited: &str, credited: &str| {
        let debit = json!({"account": debited, "fund": "general", "debit": "1.00"});
        adjust(LATER, json!([debit, {"account": credited, "fund": "general", "credit": "1.00"}]))
    };
    vec![
        case(
            union_with_money(),
            moves("50105", "102"),
            Refusal::AdjustmentPaysOut { account: of("102") },
            moves("135", "32201"),
        ),
        case(
            union_with_money(),
            moves("102", "32201"),
            Refusal::AdjustmentKeepsOff {
                account: of("102"),
                command: "income.receive".to_owned(),
            },
            moves("135", "32201"),
        ),
        case(
            with_interest(),
            reverse(LATER, 0),
            Refusal::NothingToReverse { seq: Seq(0) },
            reverse(LATER, next),
        ),
        case(
            after(with_interest(), [reverse(LATER, next)]),
            reverse(LATER, next),
            Refusal::ReversedAlready { seq: Seq(next), by: Seq(next + 2) },
            reverse(LATER, next + 1),
        ),
        case(
            after(with_interest(), [reverse(LATER, next)]),
            reverse(LATER, next + 2),
            Refusal::NotReversible { seq: Seq(next + 2), kind: "entry.reversed".to_owned() },
            reverse(LATER, next + 1),
        ),
        case(
            with_interest(),
            reverse_dated(LATER, "2025-02-09", next),
            Refusal::ReversedBeforeItself { date: of("2025-02-09"), original: of(LATER) },
            reverse(LATER, next),
        ),
    ]
}
