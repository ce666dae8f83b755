//! Income on any account, custodial money, cash and bank.

use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, appoint, approve, asks,
    cash, dues, establish, of, opening, requested, rule, union, union_with_money, yuan,
};
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, LATER, after, case, union_records};

pub(crate) fn income(account: &str, amount: &str) -> Asked {
    let fields = json!({
        "date": LATER, "account": account, "into": "bank", "amount": amount, "from": "示例市财政局",
        "purpose": "专项经费",
    });
    asks(ACCOUNTANT, LATER, "income.receive", fields)
}

/// What comes out of 预算稳定调节基金 comes out of 341, and not out of a till.
pub(crate) fn the_stabilisation_fund() -> Vec<Case> {
    vec![case(
        union(),
        income("411", "10.00"),
        Refusal::IncomeOfItsOwn { account: of("411"), command: "journal.record".to_owned() },
        income("40402", "10.00"),
    )]
}

pub(crate) fn any_income() -> Vec<Case> {
    let owed = json!([
        {"account": "135", "fund": "general", "debit": "30.00"},
        {"account": "32205", "fund": "general", "credit": "30.00"},
    ]);
    vec![
        case(
            union(),
            income("401", "10.00"),
            Refusal::IncomeOfItsOwn { account: of("401"), command: "dues.receive".to_owned() },
            income("40402", "10.00"),
        ),
        case(
            union(),
            income("32201", "10.00"),
            Refusal::NotAnIncome { account: of("32201") },
            income("215", "10.00"),
        ),
        case(
            after(union(), [opening(FIRST, owed)]),
            income("135", "30.01"),
            Refusal::ClaimTooSmall {
                fund: of("general"),
                open: yuan("30.00"),
                asked: yuan("30.01"),
            },
            income("135", "30.00"),
        ),
    ]
}

/// The record that comes so many after the small union with its money.
pub(crate) fn later(records: u64) -> Seq {
    Seq(u64::try_from(union_records()).unwrap() + 1 + records)
}

pub(crate) fn open_custody(project: &str) -> Asked {
    let fields = json!({
        "project": project, "name": "职工互助保险", "whose": "示例互助会", "purpose": "代收保费",
    });
    asks(ACCOUNTANT, FIRST, "custodial_project.open", fields)
}

fn custodial(project: &str) -> Asked {
    let fields = json!({
        "date": LATER, "project": project, "into": "cash", "amount": "1.00", "from": "会员",
    });
    asks(ACCOUNTANT, LATER, "custodial.receive", fields)
}

pub(crate) fn custody() -> Vec<Case> {
    let into = |fund: &str| {
        let fields = json!({"date": LATER, "fund": fund, "amount": "1.00"});
        asks(ACCOUNTANT, LATER, "interest.receive", fields)
    };
    vec![
        case(
            after(union(), [open_custody("mutual")]),
            into("mutual"),
            Refusal::CustodialApart { account: of("102"), fund: of("mutual") },
            into("general"),
        ),
        case(
            after(union(), [open_custody("mutual")]),
            custodial("general"),
            Refusal::CustodyUnknown { project: of("general") },
            custodial("mutual"),
        ),
    ]
}

pub(crate) fn limits(from_receipts: bool) -> Asked {
    let limits = json!({
        "name": "cash_limits", "settlement_from": "50.00", "till_max": "150.00",
        "no_spending_from_receipts": from_receipts,
    });
    rule(CHAIR, FIRST, &limits)
}

fn count(counted: &str, witness: &str) -> Asked {
    let fields = json!({"date": LATER, "counted": counted, "witness": witness});
    asks(CASHIER, LATER, "cash.count", fields)
}

fn difference(count: Seq, kind: &str, amount: &str) -> Asked {
    let fields = json!({"date": LATER, "kind": kind, "amount": amount, "count": count});
    asks(ACCOUNTANT, LATER, "cash_difference.record", fields)
}

fn resolve(of: Seq, ends: &Value) -> Asked {
    let fields = json!({"date": LATER, "of": of, "ends": ends, "basis": "决议2025-6号"});
    asks(FINANCE, LATER, "cash_difference.resolve", fields)
}

pub(crate) fn cash_counted() -> Vec<Case> {
    // The count is the next record, the difference the one after it.
    let counted = || after(union_with_money(), [count("98.00", ACCOUNTANT)]);
    let short = || after(counted(), [difference(later(0), "short", "2.00")]);
    let again = [count("98.00", AUDITOR), difference(later(0), "short", "2.00")];
    let twice = after(counted(), again);
    let spent = || json!("spending");
    let reverse = |seq: Seq| crate::given::reverse(LATER, seq.0);
    vec![
        case(
            after(union_with_money(), [limits(false)]),
            cash("cash.draw", LATER, "50.01"),
            Refusal::TillAboveLimit { held: yuan("150.01"), most: yuan("150.00") },
            cash("cash.draw", LATER, "50.00"),
        ),
        case(
            union_with_money(),
            count("98.00", CASHIER),
            Refusal::WitnessIsCounter { officer: of(CASHIER) },
            count("98.00", ACCOUNTANT),
        ),
        case(
            counted(),
            difference(Seq(0), "short", "2.00"),
            Refusal::CountUnknown { count: Seq(0) },
            difference(later(0), "short", "2.00"),
        ),
        case(
            short(),
            difference(later(0), "short", "0.01"),
            Refusal::DifferenceNotCounted {
                count: later(0),
                difference: yuan("-2.00"),
                recorded: yuan("2.00"),
                asked: yuan("0.01"),
            },
            resolve(later(1), &spent()),
        ),
        case(
            twice,
            difference(later(1), "short", "2.00"),
            Refusal::CashDifferenceBooked {
                count: later(1),
                left: yuan("2.00"),
                booked: yuan("2.00"),
                by: later(2),
                asked: yuan("2.00"),
            },
            resolve(later(2), &spent()),
        ),
        case(
            short(),
            resolve(later(0), &spent()),
            Refusal::DifferenceUnknown { of: later(0) },
            resolve(later(1), &json!({"liable": CASHIER})),
        ),
        case(
            after(
                short(),
                [appoint(CHAIR, LATER, ACCOUNTANT, &["accountant", "finance_head"], Some("m-11"))],
            ),
            Asked { by: of(ACCOUNTANT), ..resolve(later(1), &spent()) },
            Refusal::ResolvedByRecorder { officer: of(ACCOUNTANT), pending: later(1) },
            resolve(later(1), &spent()),
        ),
        case(
            after(short(), [resolve(later(1), &spent())]),
            resolve(later(1), &spent()),
            Refusal::DifferenceEnded { of: later(1), by: later(2) },
            count("98.00", AUDITOR),
        ),
        case(
            short(),
            resolve(later(1), &json!("income")),
            Refusal::EndingOfOtherKind { of: later(1) },
            resolve(later(1), &spent()),
        ),
        case(
            after(short(), [resolve(later(1), &spent())]),
            reverse(later(1)),
            Refusal::ReverseLaterFirst { seq: later(1), by: later(2) },
            reverse(later(2)),
        ),
    ]
}

/// A statement of January 2025 that opens with what the books had and closes with 3.00 less.
fn statement(id: &str, change: impl Fn(&mut Value)) -> Asked {
    let mut fields = json!({
        "statement": id, "date": LATER, "first": "2025-01-01", "last": "2025-01-31",
        "opening": "1000.00", "closing": "997.00", "source": "ab".repeat(32),
        "lines": [
            {"no": 1, "date": "2025-01-05", "amount": "-5.00", "balance": "995.00"},
            {"no": 2, "date": "2025-01-21", "amount": "2.00", "reference": "20250121001"},
        ],
    });
    change(&mut fields);
    asks(ACCOUNTANT, LATER, "bank_statement.record", fields)
}

fn january(id: &str) -> Asked {
    statement(id, |_| {})
}

fn matches(lines: &[u32], seqs: &[Seq]) -> Asked {
    let fields = json!({"statement": "b-1", "lines": lines, "seqs": seqs});
    asks(ACCOUNTANT, LATER, "bank.match", fields)
}

/// The small union with its statement of January.
fn with_january() -> Vec<Asked> {
    after(union_with_money(), [january("b-1")])
}

fn february(change: fn(&mut Value)) -> Asked {
    statement("b-2", move |fields| {
        fields["first"] = "2025-02-01".into();
        fields["last"] = "2025-02-10".into();
        fields["opening"] = "997.00".into();
        fields["closing"] = "997.00".into();
        fields["lines"] = json!([]);
        change(fields);
    })
}

/// The books had 1,000.00 on the day before the first statement.
pub(crate) fn statements_to_look_at() -> Vec<Case> {
    vec![
        case(
            union_with_money(),
            opened_lower(),
            Refusal::OpeningDiffers {
                statement: of("b-1"),
                first: of("2025-01-01"),
                book: yuan("1000.00"),
                bank: yuan("940.00"),
                difference: yuan("60.00"),
            },
            january("b-1"),
        ),
        case(
            with_january(),
            february(|fields| fields["first"] = "2025-02-03".into()),
            Refusal::StatementGap {
                statement: of("b-2"),
                ended: of("2025-01-31"),
                first: of("2025-02-03"),
                balance: yuan("997.00"),
            },
            february(|_| {}),
        ),
        case(
            after(union_with_money(), [opened_lower()]),
            reconcile("b-1", "997.00"),
            Refusal::OpeningUnexplained {
                statement: of("b-1"),
                book: yuan("1000.00"),
                bank: yuan("940.00"),
                difference: yuan("60.00"),
            },
            withdraw("b-1"),
        ),
    ]
}

fn withdraw(id: &str) -> Asked {
    let fields = json!({"statement": id, "reason": "不是本会的账户"});
    asks(ACCOUNTANT, LATER, "bank_statement.withdraw", fields)
}

fn opened_lower() -> Asked {
    statement("b-1", |fields| {
        fields["opening"] = "940.00".into();
        fields["closing"] = "937.00".into();
        fields["lines"][0]["balance"] = "935.00".into();
    })
}

fn reconcile(id: &str, adjusted: &str) -> Asked {
    let fields = json!({"date": LATER, "statement": id, "adjusted": adjusted});
    asks(ACCOUNTANT, LATER, "bank.reconcile", fields)
}

pub(crate) fn withdrawals() -> Vec<Case> {
    vec![
        case(
            after(with_january(), [february(|_| {})]),
            withdraw("b-1"),
            Refusal::StatementNotLast { statement: of("b-1"), last: of("b-2") },
            withdraw("b-2"),
        ),
        case(
            after(
                with_january(),
                [crate::given::interest(LATER, "2.00"), matches(&[2], &[later(2)])],
            ),
            withdraw("b-1"),
            Refusal::StatementMatched { statement: of("b-1"), by: later(3) },
            asks(ACCOUNTANT, LATER, "bank.unmatch", json!({"of": later(3), "reason": "勾对有误"})),
        ),
    ]
}

pub(crate) fn statements() -> Vec<Case> {
    vec![
        case(
            with_january(),
            january("b-1"),
            Refusal::StatementExists { statement: of("b-1") },
            february(|_| {}),
        ),
        case(
            with_january(),
            reconcile("b-2", "997.00"),
            Refusal::StatementUnknown { statement: of("b-2") },
            reconcile("b-1", "997.00"),
        ),
        case(
            with_january(),
            february(|fields| {
                fields["first"] = "2025-01-03".into();
                fields["last"] = "2025-01-30".into();
            }),
            Refusal::StatementOutOfOrder {
                statement: of("b-2"),
                first: of("2025-01-03"),
                last: of("2025-01-30"),
            },
            february(|_| {}),
        ),
        case(
            with_january(),
            february(|fields| fields["first"] = "2025-01-31".into()),
            Refusal::StatementOverlaps {
                statement: of("b-2"),
                first: of("2025-01-31"),
                last: of("2025-02-10"),
                before: of("b-1"),
                through: of("2025-01-31"),
            },
            february(|_| {}),
        ),
        case(
            with_january(),
            february(|fields| {
                fields["first"] = "2025-02-03".into();
                fields["opening"] = "996.00".into();
                fields["closing"] = "996.00".into();
            }),
            Refusal::StatementsMissing {
                statement: of("b-2"),
                ended: of("2025-01-31"),
                first: of("2025-02-03"),
                expected: yuan("997.00"),
                found: yuan("996.00"),
                difference: yuan("-1.00"),
            },
            february(|_| {}),
        ),
        case(
            with_january(),
            february(|fields| fields["opening"] = "996.00".into()),
            Refusal::StatementNotContinuous {
                statement: of("b-2"),
                expected: yuan("997.00"),
                found: yuan("996.00"),
            },
            february(|_| {}),
        ),
        case(
            union_with_money(),
            statement("b-1", |fields| fields["lines"][1]["date"] = "2025-01-04".into()),
            Refusal::BankLineOutOfPlace { no: 2, date: of("2025-01-04") },
            january("b-1"),
        ),
        case(
            union_with_money(),
            statement("b-1", |fields| fields["lines"][0]["balance"] = "994.00".into()),
            Refusal::BankBalanceDiffers { no: 1, expected: yuan("995.00"), found: yuan("994.00") },
            january("b-1"),
        ),
        case(
            with_january(),
            reconcile("b-1", "1000.00"),
            Refusal::NotReconciled {
                adjusted: yuan("1000.00"),
                of_bank: yuan("997.00"),
                of_book: yuan("997.00"),
            },
            reconcile("b-1", "997.00"),
        ),
    ]
}

pub(crate) fn matchings() -> Vec<Case> {
    // The statement is two records; interest of 2.00 and of 3.00 stand after it.
    let booked = || {
        let interest = |amount: &str| crate::given::interest(LATER, amount);
        let dues = dues(LATER, "m-1", "2025-01", "9.00");
        after(with_january(), [interest("2.00"), interest("3.00"), dues])
    };
    let unmatch =
        |of: Seq| asks(ACCOUNTANT, LATER, "bank.unmatch", json!({"of": of, "reason": "勾对有误"}));
    vec![
        case(
            booked(),
            matches(&[3], &[later(2)]),
            Refusal::BankLineUnknown { statement: of("b-1"), no: 3 },
            matches(&[2], &[later(2)]),
        ),
        case(
            booked(),
            matches(&[2], &[later(4)]),
            Refusal::NotABankVoucher { seq: later(4) },
            matches(&[2], &[later(2)]),
        ),
        case(
            after(booked(), [matches(&[2], &[later(2)])]),
            matches(&[2], &[later(2)]),
            Refusal::MatchedAlready { what: "b-1:2".to_owned() },
            unmatch(later(5)),
        ),
        case(
            booked(),
            matches(&[2], &[later(3)]),
            Refusal::MatchUnequal {
                lines: yuan("2.00"),
                vouchers: yuan("3.00"),
                difference: yuan("-1.00"),
            },
            matches(&[2], &[later(2)]),
        ),
        case(
            after(booked(), [matches(&[2], &[later(2)])]),
            unmatch(later(4)),
            Refusal::MatchUnknown { of: later(4) },
            unmatch(later(5)),
        ),
        case(
            after(booked(), [matches(&[2], &[later(2)])]),
            crate::given::reverse(LATER, later(2).0),
            Refusal::MatchedInStatement { seq: later(2), by: later(5) },
            unmatch(later(5)),
        ),
    ]
}

/// Whatever one count's record has booked of a shortage, another count of it has only the rest.
#[test]
fn a_shortage_that_two_counts_found_is_booked_once() {
    let twice = [count("98.00", ACCOUNTANT), count("97.00", AUDITOR)];
    let mut book = crate::given(after(union_with_money(), twice));
    let (first, second) = (later(0), later(1));
    let by = book.then(&difference(first, "short", "2.00"))[0].seq;
    let refusal = |left: &str, asked: &str| Refusal::CashDifferenceBooked {
        count: second,
        left: yuan(left),
        booked: yuan("2.00"),
        by,
        asked: yuan(asked),
    };
    let above = difference(second, "short", "1.01");
    assert_eq!(book.when(&above), Err(refusal("3.00", "1.01")));
    book.then(&difference(second, "short", "1.00"));
    let more = difference(second, "short", "0.01");
    assert_eq!(book.when(&more), Err(refusal("2.00", "0.01")));
    // A count after it finds nothing; what is reversed is to be booked again.
    let third = book.then(&count("97.00", ACCOUNTANT))[0].seq;
    assert!(book.state().bank.counted(third).unwrap().difference().is_zero());
    book.then(&crate::given::reverse(LATER, by.0));
    book.then(&difference(second, "short", "2.00"));
}

#[test]
fn no_fund_has_the_id_of_a_custodial_project() {
    let mut book = crate::given(after(union(), [open_custody("mutual")]));
    let refusal = Refusal::FundExists { fund: of("mutual") };
    let fund = establish(ACCOUNTANT, LATER, "mutual", false);
    assert_eq!(book.when(&fund), Err(refusal.clone()));
    assert_eq!(book.when(&open_custody("mutual")), Err(refusal));
}

/// What is to be paid out of the project, requested and approved by the finance head.
fn asked_of_custody(id: &str, amount: &str) -> [Asked; 2] {
    let to = json!({"organisation": "示例互助会"});
    let mut fields = requested(LATER, id, "221", amount, &to);
    fields["fund"] = "mutual".into();
    [asks(CLERK, LATER, "disbursement.request", fields), approve(FINANCE, LATER, id, amount)]
}

fn pay_custody(id: &str) -> Asked {
    let fields = json!({"disbursement": id, "date": LATER, "from": "cash"});
    asks(CASHIER, LATER, "custodial.pay", fields)
}

#[test]
fn a_project_pays_no_more_than_it_holds() {
    let given = after(union_with_money(), [open_custody("mutual"), custodial("mutual")]);
    let mut book = crate::given(after(given, asked_of_custody("too-much", "1.01")));
    let refusal = Refusal::FundTooSmall {
        fund: of("mutual"),
        held: yuan("1.00"),
        asked: yuan("1.01"),
        short: yuan("0.01"),
    };
    assert_eq!(book.when(&pay_custody("too-much")), Err(refusal));
    for asked in asked_of_custody("all", "1.00") {
        book.then(&asked);
    }
    book.then(&pay_custody("all"));
}

#[test]
fn the_cashier_alone_pays_nothing_out_of_custody_and_a_reversal_gives_the_request_back() {
    let given = after(union_with_money(), [open_custody("mutual"), custodial("mutual")]);
    let mut book = crate::given(given);
    let [asked, approved] = asked_of_custody("c-1", "1.00");
    assert_eq!(
        book.when(&pay_custody("c-1")).map_err(|r| r.name()).err(),
        Some("DisbursementUnknown")
    );
    book.then(&asked);
    assert_eq!(book.when(&pay_custody("c-1")).map_err(|r| r.name()).err(), Some("NotYetApproved"));
    book.then(&approved);
    let before = book.state().disbursements.clone();
    let at = book.state().next();
    book.then(&pay_custody("c-1"));
    assert_eq!(
        book.when(&pay_custody("c-1")).map_err(|r| r.name()).err(),
        Some("DisbursementEnded")
    );
    book.then(&crate::given::reverse(LATER, at.0));
    assert_eq!(book.state().disbursements, before);
}

#[test]
fn cash_above_its_limit_is_said_when_it_comes_in() {
    let mut book = crate::given(after(union_with_money(), [limits(false)]));
    let receive = |amount: &str| {
        let fields = json!({
            "date": LATER, "into": "cash", "amount": amount, "purpose": "废品",
        });
        asks(ACCOUNTANT, LATER, "other_income.receive", fields)
    };
    assert_eq!(book.warnings(&receive("50.00")), Vec::new());
    let above = Refusal::TillAboveLimit { held: yuan("150.01"), most: yuan("150.00") };
    assert_eq!(book.warnings(&receive("0.01")), vec![above]);
}
