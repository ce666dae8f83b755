//! Relatives, split payments, the life of an approval, offices that the union itself keeps apart.

use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, appoint, approve, asks, of,
    pay, request, request_for, rule, union, union_with_money, yuan,
};
use mingzhang::event::book::Role;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, LATER, after, approved, case, union_records};

fn related(by: &str, officer: &str, to: &Value) -> Asked {
    let fields = json!({"officer": officer, "to": to, "kind": "relative", "from": "1990-01-01"});
    asks(by, LATER, "relation.declare", fields)
}

fn ended(by: &str, officer: &str, to: &Value, on: &str) -> Asked {
    let fields =
        json!({"officer": officer, "to": to, "kind": "relative", "on": on, "reason": "已离婚"});
    asks(by, LATER, "relation.end", fields)
}

/// The number of the next record after the small union's.
fn next() -> Seq {
    Seq(u64::try_from(union_records()).unwrap())
}

pub(crate) fn relations() -> Vec<Case> {
    let to = |member: &str| json!({"member": member});
    let known = || after(union(), [related(CLERK, CLERK, &to("m-1"))]);
    vec![
        case(
            known(),
            related(CLERK, CLERK, &to("m-1")),
            Refusal::RelationDeclaredAlready { officer: of(CLERK), relation: next() },
            related(CLERK, CLERK, &to("m-2")),
        ),
        case(
            known(),
            ended(CHAIR, CLERK, &to("m-2"), LATER),
            Refusal::RelationUnknown { officer: of(CLERK) },
            ended(CHAIR, CLERK, &to("m-1"), LATER),
        ),
        case(
            union(),
            related(CLERK, CLERK, &json!({"officer": CLERK})),
            Refusal::RelationToOneself { officer: of(CLERK) },
            related(CLERK, CLERK, &json!({"officer": FINANCE})),
        ),
        case(
            after(union(), [related(CHAIR, CHAIR, &to("m-1"))]),
            ended(CHAIR, CHAIR, &to("m-1"), LATER),
            Refusal::RelationEndedByItself { officer: of(CHAIR) },
            ended(AUDITOR, CHAIR, &to("m-1"), LATER),
        ),
        case(
            after(union(), [related(CLERK, CLERK, &json!({"organisation": "示例商店"}))]),
            ended(CHAIR, CLERK, &json!({"organisation": "示例商店"}), "1989-12-31"),
            Refusal::RelationEndsBefore { from: of("1990-01-01"), on: of("1989-12-31") },
            ended(CHAIR, CLERK, &json!({"organisation": "示例商店"}), LATER),
        ),
    ]
}

pub(crate) fn relatives() -> Vec<Case> {
    let shop = json!({"organisation": "示例商店"});
    let by = |officer| request_for(officer, LATER, "d-1", "1.00", &shop);
    let to_member = |by, id: &str| request_for(by, LATER, id, "1.00", &json!({"member": "m-1"}));
    let son = related(FINANCE, FINANCE, &json!({"officer": CLERK}));
    let spouse = json!({"officer": CASHIER});
    vec![
        case(
            after(union(), [related(CLERK, CLERK, &shop)]),
            by(CLERK),
            Refusal::RelatedToPayee { officer: of(CLERK), relation: next() },
            to_member(CLERK, "d-1"),
        ),
        case(
            after(union(), [son, request(LATER, "d-1", "1.00"), to_member(CHAIR, "d-2")]),
            approve(FINANCE, LATER, "d-1", "1.00"),
            Refusal::RelatedToRequester {
                officer: of(FINANCE),
                requester: of(CLERK),
                relation: next(),
            },
            approve(FINANCE, LATER, "d-2", "1.00"),
        ),
        case(
            union(),
            related(CHAIR, CHAIR, &spouse),
            Refusal::RelativesInOffice {
                officer: of(CHAIR),
                role: Role::Chair,
                other: of(CASHIER),
                other_role: Role::Cashier,
            },
            related(CHAIR, CLERK, &spouse),
        ),
    ]
}

/// The same rules, broken at other places: approving, paying, reviewing, taking office.
pub(crate) fn relatives_again() -> Vec<Case> {
    let member = json!({"member": "m-1"});
    let relative = |officer| after(union_with_money(), [related(officer, officer, &member)]);
    let payee = |officer: &str| Refusal::RelatedToPayee {
        officer: of(officer),
        relation: Seq(next().0 + 1),
    };
    let to = |by, id: &str, payee: &Value| request_for(by, LATER, id, "1.00", payee);
    let requests = [to(CLERK, "d-1", &member), to(CLERK, "d-2", &json!({"member": "m-2"}))];
    let both = |more: [Asked; 2]| after(requests.to_vec(), more);
    let yes = |id| approve(FINANCE, LATER, id, "1.00");
    let takes_office = |roles: &[&str]| appoint(CHAIR, LATER, "second", roles, Some("m-1"));
    let review =
        |by| asks(by, LATER, "vouchers.review", json!({"month": "2025-02", "first": 1, "last": 1}));
    vec![
        case(after(relative(FINANCE), requests.clone()), yes("d-1"), payee(FINANCE), yes("d-2")),
        case(
            after(relative(CASHIER), both([yes("d-1"), yes("d-2")])),
            pay(CASHIER, LATER, "d-1", "bank"),
            payee(CASHIER),
            pay(CASHIER, LATER, "d-2", "bank"),
        ),
        case(
            after(
                relative(ACCOUNTANT),
                [to(CLERK, "d-1", &member), yes("d-1"), pay(CASHIER, LATER, "d-1", "bank")],
            ),
            review(ACCOUNTANT),
            payee(ACCOUNTANT),
            review(FINANCE),
        ),
        // The member is nobody's officer yet; his relative leads the finances.
        case(
            relative(FINANCE),
            takes_office(&["accountant"]),
            Refusal::RelativesInOffice {
                officer: of("second"),
                role: Role::Accountant,
                other: of(FINANCE),
                other_role: Role::FinanceHead,
            },
            takes_office(&["clerk"]),
        ),
    ]
}

pub(crate) fn approvals_that_are_kept_honest() -> Vec<Case> {
    let watch = json!({"name": "split_watch", "days": 7, "refuse": "refuse"});
    let first = request(LATER, "d-1", "600.00");
    let watched = after(union(), [rule(CHAIR, FIRST, &watch), first]);
    let second = |amount: &str| request(LATER, "d-2", amount);
    let expires = rule(CHAIR, FIRST, &json!({"name": "approval_expiry", "days": 30}));
    let paid = |on: &str| asks(CASHIER, on, "disbursement.pay", paying(on));
    vec![
        case(
            watched,
            second("400.01"),
            Refusal::PaymentSplit {
                disbursement: of("d-2"),
                earlier: "d-1".to_owned(),
                days: 7,
                sum: yuan("1000.01"),
                band: vec![Role::Chair, Role::FinanceHead],
            },
            second("400.00"),
        ),
        case(
            after(after(union_with_money(), [expires]), approved(LATER, "d-1", "1.00")),
            paid("2025-03-13"),
            Refusal::ApprovalExpired {
                disbursement: of("d-1"),
                approved: of(LATER),
                date: of("2025-03-13"),
                days: 30,
            },
            paid("2025-03-12"),
        ),
    ]
}

fn paying(on: &str) -> Value {
    json!({"disbursement": "d-1", "date": on, "from": "bank"})
}

pub(crate) fn offices_of_the_union() -> Vec<Case> {
    let pairs =
        |pairs: Value| rule(CHAIR, FIRST, &json!({"name": "incompatible_offices", "pairs": pairs}));
    let term = |years: u32| rule(CHAIR, FIRST, &json!({"name": "office_terms", "years": years}));
    let second = |roles: &[&str]| appoint(CHAIR, LATER, "second", roles, None);
    vec![
        case(
            after(union(), [pairs(json!([["chair", "accountant"]]))]),
            second(&["vice_chair", "chair", "accountant"]),
            Refusal::OfficesIncompatibleHere {
                officer: of("second"),
                one: Role::Chair,
                other: Role::Accountant,
                source: "工会委员会决议2025-1号".to_owned(),
            },
            second(&["vice_chair", "accountant"]),
        ),
        case(
            union(),
            pairs(json!([["chair", "chair"]])),
            Refusal::OfficePairWrong { role: Role::Chair },
            pairs(json!([["chair", "clerk"]])),
        ),
        case(union(), term(11), Refusal::TermNotGiven { years: 11 }, term(5)),
    ]
}
