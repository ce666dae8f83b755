//! Advances, the analysis of spending, cash that is paid out, and the general voucher.

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, approve, asks, dues, of, pay,
    request, requested, rule, union, union_with_money, yuan,
};
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::money::{income, later, limits};
use crate::{Case, LATER, after, approved, case};

fn request_on(account: &str, amount: &str, payee: &Value, analysis: Option<Value>) -> Asked {
    let mut fields = requested(LATER, "d-1", account, amount, payee);
    if let Some(analysis) = analysis {
        fields["analysis"] = analysis;
    }
    asks(CLERK, LATER, "disbursement.request", fields)
}

/// An advance of 60.00 to the accountant, paid.
fn advanced() -> Vec<Asked> {
    let asked = request_on("135", "60.00", &json!({"officer": ACCOUNTANT}), None);
    let paid = [asked, approve(FINANCE, LATER, "d-1", "60.00"), pay(CASHIER, LATER, "d-1", "cash")];
    let second = json!({"officer": "second", "roles": ["accountant"], "from": LATER});
    after(
        union_with_money(),
        [asks(CHAIR, LATER, "officer.appoint", second)].into_iter().chain(paid),
    )
}

fn settle(by: &str, id: &str, account: &str, amount: &str) -> Asked {
    let fields = json!({
        "date": LATER, "disbursement": id, "returned": "0.00", "into": "cash",
        "spent": [{"account": account, "amount": amount, "purpose": "差旅费"}],
    });
    asks(by, LATER, "advance.settle", fields)
}

pub(crate) fn advances() -> Vec<Case> {
    let shop = json!({"organisation": "示例商店"});
    let by_second = |id: &str, amount: &str| settle("second", id, "50504", amount);
    let kept = after(union_with_money(), [income("215", "40.00")]);
    vec![
        case(
            union(),
            request_on("135", "1.00", &shop, None),
            Refusal::AdvanceToPersons { account: of("135") },
            request_on("135", "1.00", &json!({"member": "m-1"}), None),
        ),
        case(
            kept,
            request_on("215", "40.01", &shop, None),
            Refusal::PayableTooSmall {
                fund: of("general"),
                owed: yuan("40.00"),
                asked: yuan("40.01"),
            },
            request_on("215", "40.00", &shop, None),
        ),
        case(
            after(advanced(), [request(LATER, "d-2", "1.00")]),
            by_second("d-2", "1.00"),
            Refusal::NotAnAdvance { disbursement: of("d-2") },
            by_second("d-1", "1.00"),
        ),
        case(
            after(advanced(), [by_second("d-1", "20.00")]),
            by_second("d-1", "40.01"),
            Refusal::AdvanceTooSmall {
                disbursement: of("d-1"),
                outstanding: yuan("40.00"),
                asked: yuan("40.01"),
                over: yuan("0.01"),
            },
            by_second("d-1", "40.00"),
        ),
        case(
            advanced(),
            settle(ACCOUNTANT, "d-1", "50504", "1.00"),
            Refusal::SettlerIsPayee { officer: of(ACCOUNTANT) },
            by_second("d-1", "1.00"),
        ),
        case(
            advanced(),
            settle("second", "d-1", "182", "60.00"),
            Refusal::WriteOffTooEarly {
                disbursement: of("d-1"),
                paid: of(LATER),
                from: of("2028-02-10"),
            },
            by_second("d-1", "60.00"),
        ),
    ]
}

fn project(id: &str) -> Asked {
    let fields = json!({"project": id, "name": "技能竞赛", "purpose": "职工技能竞赛"});
    asks(ACCOUNTANT, FIRST, "project.open", fields)
}

pub(crate) fn analysis() -> Vec<Case> {
    let required = || rule(CHAIR, FIRST, &json!({"name": "spending_analysis", "required": true}));
    let shop = || json!({"organisation": "示例商店"});
    let with = |analysis: Value| request_on("50102", "1.00", &shop(), Some(analysis));
    let basic = || json!({"nature": "basic", "economic": "30299"});
    let of_project = |id: &str| json!({"nature": "project", "project": id, "economic": "30299"});
    let analyse = |id: &str| {
        let fields = json!({"disbursement": id, "nature": "basic", "economic": "30299"});
        asks(CLERK, LATER, "disbursement.analyse", fields)
    };
    vec![
        case(
            after(union(), [required()]),
            with(json!({"nature": "basic"})),
            Refusal::AnalysisMissing { account: of("50102") },
            with(basic()),
        ),
        case(
            union(),
            with(json!({"nature": "project"})),
            Refusal::NatureWithoutProject {},
            with(json!({"nature": "basic"})),
        ),
        case(
            after(union(), [project("skills")]),
            with(of_project("sports")),
            Refusal::ProjectUnknown { project: of("sports") },
            with(of_project("skills")),
        ),
        case(
            after(union(), [project("skills")]),
            project("skills"),
            Refusal::ProjectExists { project: of("skills") },
            project("sports"),
        ),
        case(
            after(union(), [with(basic()), request(LATER, "d-2", "1.00")]),
            analyse("d-1"),
            Refusal::AnalysedAlready { disbursement: of("d-1") },
            analyse("d-2"),
        ),
    ]
}

pub(crate) fn cash_paid() -> Vec<Case> {
    let large = |limit: Asked| {
        after(union_with_money(), [limit].into_iter().chain(approved(LATER, "d-1", "50.00")))
    };
    let small = approved(LATER, "d-2", "49.99");
    // 80.00 of 180.00 came in and was not deposited.
    let received = {
        let base = asks(
            ACCOUNTANT,
            LATER,
            "other_income.receive",
            json!({"date": LATER, "into": "cash", "amount": "80.00", "purpose": "废品"}),
        );
        let spent = [request(LATER, "d-3", "49.00"), request(LATER, "d-4", "49.00")];
        let approved = ["d-3", "d-4", "d-2"]
            .map(|id| approve(FINANCE, LATER, id, if id == "d-2" { "30.00" } else { "49.00" }));
        let first = [limits(true), base, request(LATER, "d-2", "30.00")];
        let paid = ["d-3", "d-4"].map(|id| pay(CASHIER, LATER, id, "cash"));
        let all = first.into_iter().chain(spent).chain(approved).chain(paid);
        after(union_with_money(), all)
    };
    vec![
        case(
            after(large(limits(false)), small),
            pay(CASHIER, LATER, "d-1", "cash"),
            Refusal::PaidInCash { amount: yuan("50.00"), from: yuan("50.00") },
            pay(CASHIER, LATER, "d-2", "cash"),
        ),
        case(
            received,
            pay(CASHIER, LATER, "d-2", "cash"),
            Refusal::SpentFromReceipts {
                amount: yuan("30.00"),
                held: yuan("82.00"),
                receipts: yuan("80.00"),
            },
            pay(CASHIER, LATER, "d-2", "bank"),
        ),
    ]
}

/// A voucher of two lines, debit and credit.
fn journal(debited: &str, credited: &str) -> Asked {
    journal_of("general", debited, credited)
}

fn journal_of(fund: &str, debited: &str, credited: &str) -> Asked {
    let fields = json!({
        "date": LATER, "reason": "更正上年差错", "basis": "决议2025-7号",
        "lines": [
            {"account": debited, "fund": fund, "debit": "1.00"},
            {"account": credited, "fund": fund, "credit": "1.00"},
        ],
    });
    asks(ACCOUNTANT, LATER, "journal.record", fields)
}

pub(crate) fn journals() -> Vec<Case> {
    vec![
        case(
            union_with_money(),
            journal("102", "32201"),
            Refusal::NotByJournal { account: of("102") },
            journal("182", "32201"),
        ),
        case(
            union_with_money(),
            journal("32201", "50105"),
            Refusal::SpendingTakenOff { account: of("50105"), against: of("32201") },
            journal("50504", "50105"),
        ),
        case(
            union_with_money(),
            journal("162", "32201"),
            Refusal::AssetsApart {
                account: of("30104"),
                owned: yuan("1.00"),
                stands: yuan("0.00"),
            },
            journal("162", "30104"),
        ),
        case(
            union_with_money(),
            journal_of(RELIEF, "182", "32201"),
            Refusal::NetFundOfOtherKind { account: of("32201"), fund: of(RELIEF) },
            journal_of(RELIEF, "182", "32101"),
        ),
    ]
}

/// 321 is of restricted funds alone, and a fund that is finished takes no voucher at all.
pub(crate) fn journals_of_funds() -> Vec<Case> {
    let fields =
        json!({"date": LATER, "fund": RELIEF, "to": "general", "resolution": "决议2025-9号"});
    let closed = after(union_with_money(), [asks(CHAIR, LATER, "fund.close", fields)]);
    let adjusts = |account: &str| {
        let debit = json!({"account": "135", "fund": RELIEF, "debit": "1.00"});
        let credit = json!({"account": account, "fund": RELIEF, "credit": "1.00"});
        crate::given::adjust(LATER, json!([debit, credit]))
    };
    vec![
        case(
            union_with_money(),
            adjusts("32205"),
            Refusal::NetFundOfOtherKind { account: of("32205"), fund: of(RELIEF) },
            adjusts("32104"),
        ),
        case(
            union_with_money(),
            journal("182", "32101"),
            Refusal::NetFundOfOtherKind { account: of("32101"), fund: of("general") },
            journal("182", "32201"),
        ),
        case(
            closed,
            journal_of(RELIEF, "162", "30104"),
            Refusal::FundIsClosed { fund: of(RELIEF), on: of(LATER) },
            journal("162", "30104"),
        ),
    ]
}

#[test]
fn an_advance_that_is_settled_is_not_reversed_before_its_settlement() {
    let mut book = crate::given(after(advanced(), [settle("second", "d-1", "50504", "60.00")]));
    // The appointment, the request, the approval, the payment, the settlement.
    let reverse = |seq: u64| crate::given::reverse(LATER, later(seq).0);
    let refusal = Refusal::ReverseLaterFirst { seq: later(3), by: later(4) };
    assert_eq!(book.when(&reverse(3)), Err(refusal));
    book.then(&reverse(4));
    book.then(&reverse(3));
    assert_eq!(book.state().spending.settlements().count(), 0);
}

#[test]
fn receipts_that_were_deposited_may_be_spent() {
    let given = after(
        union_with_money(),
        [limits(true), dues(LATER, "m-1", "2025-01", "25.00")]
            .into_iter()
            .chain(approved(LATER, "d-1", "49.00")),
    );
    let mut book = crate::given(given);
    book.then(&crate::given::cash("cash.deposit", LATER, "25.00"));
    book.then(&pay(CASHIER, LATER, "d-1", "cash"));
}

/// Whoever could owe or earn by a voucher could pay by it, unasked.
pub(crate) fn journals_of_registers() -> Vec<Case> {
    vec![
        case(
            union_with_money(),
            journal("50105", "215"),
            Refusal::NotByJournal { account: of("215") },
            journal("50105", "201"),
        ),
        case(
            union_with_money(),
            journal("408", "211"),
            Refusal::NotByJournal { account: of("408") },
            journal("510", "182"),
        ),
        case(
            union_with_money(),
            journal("32205", "50105"),
            Refusal::NotByJournal { account: of("32205") },
            journal("50102", "50105"),
        ),
    ]
}
