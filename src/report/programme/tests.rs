//! What the rules would have refused, and an audit finds all the same.

use super::{Code, Outcome, Programme, report};
use crate::event::book::{Rule, RuleSetting};
use crate::event::disbursement::{Approval, Paid, Payee, Request};
use crate::event::fund::FundLimited;
use crate::event::income::SubsidyKind;
use crate::event::office::{Related, RelationDeclared, RelationKind};
use crate::event::{Fact, Till};
use crate::ids::Seq;
use crate::report::asked::Ledger;
use crate::report::given::{Given, day, hardship, text, yuan};

fn union() -> Given {
    let mut given = Given::book("示范基层工会", "2026-01-01");
    given.subsidy("2026-01-05", SubsidyKind::SuperiorEarmarked, hardship(), "9000.00");
    given
}

fn made(given: &Given) -> Programme {
    let Given { state, chart, records } = given;
    report(Ledger { state, chart, records }, "2026".parse().unwrap(), None)
}

/// What a check has found: the records and what it says.
fn found(given: &Given, code: Code) -> Vec<(Vec<Seq>, String)> {
    let programme = made(given);
    let check = programme.checks.into_iter().find(|check| check.code == code).unwrap();
    check.exceptions.into_iter().map(|of| (of.records, of.says.en)).collect()
}

fn outcome(given: &Given, code: Code) -> Outcome {
    made(given).checks.into_iter().find(|check| check.code == code).unwrap().result
}

/// Requested on 6 January, approved on the first of these days and paid on the second.
fn paid(
    given: &mut Given,
    (approved, on): (&str, &str),
    id: &str,
    account: &str,
    to: Payee,
) -> Seq {
    let (disbursement, amount) = (id.parse().unwrap(), yuan("80.00"));
    let request = Request {
        disbursement,
        date: day("2026-01-06"),
        fund: hardship(),
        account: account.parse().unwrap(),
        amount,
        payee: to,
        purpose: text("帮扶"),
        people: None,
        acquires: None,
    };
    let Request { disbursement, fund, account, .. } = request.clone();
    given.record("accountant", Fact::DisbursementRequested(request));
    let approval = Approval { disbursement: disbursement.clone(), date: day(approved), amount };
    given.record("chair", Fact::ApprovalGiven(approval));
    let (date, from) = (day(on), Till::Bank);
    let paid = Paid { disbursement, date, from, fund, account, amount, acquires: None };
    given.record("cashier", Fact::DisbursementPaid(paid))
}

fn spend(given: &mut Given, on: &str, id: &str, account: &str) -> Seq {
    paid(given, (on, on), id, account, Payee::Organisation(text("供应商")))
}

fn limited(given: &mut Given, accounts: &[&str], until: Option<&str>) {
    let accounts = accounts.iter().map(|code| code.parse().unwrap()).collect();
    let (fund, until) = (hardship(), until.map(day));
    let resolution = "总工发〔2015〕20号".parse().unwrap();
    let limited = FundLimited { fund, accounts, until, resolution };
    given.record("chair", Fact::FundLimited(limited));
}

#[test]
fn what_leaves_a_fund_for_another_purpose_or_after_its_term_is_named() {
    let mut given = union();
    let early = spend(&mut given, "2026-02-01", "d-0", "50105");
    assert_eq!(outcome(&given, Code::SpecialFunds), Outcome::NotJudged);
    limited(&mut given, &["504"], Some("2026-06-30"));
    spend(&mut given, "2026-03-01", "d-1", "50404");
    let elsewhere = spend(&mut given, "2026-03-02", "d-2", "50105");
    let late = spend(&mut given, "2026-07-01", "d-3", "50404");
    let named: Vec<Vec<Seq>> =
        found(&given, Code::SpecialFunds).into_iter().map(|(records, _)| records).collect();
    assert_eq!(named, [vec![elsewhere], vec![late]], "{early} was before the limit");
}

#[test]
fn a_payment_long_after_its_approval_is_named_where_a_rule_says_how_long() {
    let mut given = union();
    let to = || Payee::Organisation(text("供应商"));
    let late = paid(&mut given, ("2026-02-01", "2026-03-04"), "d-1", "50404", to());
    paid(&mut given, ("2026-02-01", "2026-03-03"), "d-2", "50404", to());
    assert_eq!(outcome(&given, Code::ApprovalsInTime), Outcome::NotJudged);
    let (rule, from) = (Rule::ApprovalExpiry { days: 30 }, day("2026-01-01"));
    let setting = RuleSetting { rule, from, source: "示例决议".parse().unwrap() };
    given.record("chair", Fact::RuleSet(setting));
    let says = "d-1 approved on 2026-02-01 and paid on 2026-03-04, more than 30 days".to_owned();
    assert_eq!(found(&given, Code::ApprovalsInTime), [(vec![late], says)]);
}

#[test]
fn a_relation_counts_from_its_day_on_whenever_it_is_declared() {
    let mut given = union();
    let to = Payee::Member("m-1".parse().unwrap());
    let seq = paid(&mut given, ("2026-03-01", "2026-03-01"), "d-1", "50404", to);
    let declared = |from: &str| {
        Fact::RelationDeclared(RelationDeclared {
            officer: "chair".parse().unwrap(),
            to: Related::Member("m-1".parse().unwrap()),
            kind: RelationKind::Relative,
            from: day(from),
            source: None,
        })
    };
    given.record("auditor", declared("2026-03-02"));
    assert_eq!(found(&given, Code::RelatedPayees), []);
    let relation = given.record("auditor", declared("2020-01-01"));
    let says = "chair approved d-1 and is a relative of the payee".to_owned();
    assert_eq!(found(&given, Code::RelatedPayees), [(vec![seq, relation], says)]);
}
