//! Caps: what the rules would have refused, and an audit finds all the same.

use super::{Code, Programme, report};
use crate::event::book::{Per, Rule, RuleSetting, ScheduleLine};
use crate::event::disbursement::{Paid, Payee, Request};
use crate::event::privacy::{Commitments, Person};
use crate::event::welfare::{Beneficiary, BenefitListed, Form, Share, WelfareItem, WelfareKind};
use crate::event::{Fact, Till};
use crate::ids::Seq;
use crate::report::asked::Ledger;
use crate::report::given::{Given, day, hardship, text, yuan};

fn union() -> Given {
    let mut given = Given::book("示范基层工会", "2026-01-01");
    for (id, kind) in [("feast", WelfareKind::Festival), ("paper", WelfareKind::Paper)] {
        given.record(
            "chair",
            Fact::WelfareItemDefined(WelfareItem {
                item: id.parse().unwrap(),
                name: text(id),
                kind,
                account: "50105".parse().unwrap(),
                eligible: std::collections::BTreeSet::new(),
                children_under: None,
                form: crate::event::welfare::Allowed::default(),
            }),
        );
    }
    given
}

fn schedule(given: &mut Given, from: &str, item: &str, per: Per) -> Seq {
    let (item, amount) = (item.parse().unwrap(), yuan("500.00"));
    let lines = vec![ScheduleLine { item, per, amount, exact: false }];
    let (rule, from) = (Rule::BenefitSchedule { lines }, day(from));
    let source = "示例决议".parse().unwrap();
    given.record("chair", Fact::RuleSet(RuleSetting { rule, from, source }))
}

/// Paid on the last of these days for the first.
fn gives(
    given: &mut Given,
    (on, paid): (&str, &str),
    id: &str,
    lines: &[(Beneficiary, &str)],
) -> Seq {
    let disbursement: crate::ids::DisbursementId = id.parse().unwrap();
    let share = |(to, amount): &(Beneficiary, &str)| Share {
        to: to.clone(),
        amount: yuan(amount),
        times: 1,
    };
    let lines: Vec<Share> = lines.iter().map(share).collect();
    let amount = crate::money::Money::sum(lines.iter().map(|share| share.amount));
    let (fund, account) = (hardship(), "50105".parse().unwrap());
    let request = Request {
        disbursement,
        date: day(paid),
        fund,
        account,
        amount,
        payee: Payee::Roster(text("名册")),
        purpose: text("慰问"),
        people: None,
        acquires: None,
    };
    let Request { disbursement, fund, account, .. } = request.clone();
    given.record("accountant", Fact::DisbursementRequested(request));
    let (item, form) = ("feast".parse().unwrap(), Form::Money);
    let listed =
        BenefitListed { disbursement: disbursement.clone(), item, on: day(on), form, lines };
    given.record("accountant", Fact::BenefitListed(listed));
    let (date, from) = (day(paid), Till::Bank);
    let paid = Paid { disbursement, date, from, fund, account, amount, acquires: None };
    given.record("cashier", Fact::DisbursementPaid(paid))
}

fn member() -> Beneficiary {
    Beneficiary::Member("m-1".parse().unwrap())
}

fn made(given: &Given) -> Programme {
    let Given { state, chart, records } = given;
    report(Ledger { state, chart, records }, "2026".parse().unwrap(), None)
}

fn found(given: &Given) -> Vec<(Vec<Seq>, Option<crate::money::Money>)> {
    let check = made(given).checks.into_iter().find(|check| check.code == Code::BenefitCaps);
    check.unwrap().exceptions.into_iter().map(|of| (of.records, of.amount)).collect()
}

#[test]
fn a_schedule_of_other_items_hides_nothing() {
    let mut given = union();
    let capped = schedule(&mut given, "2026-01-01", "feast", Per::PersonYear);
    schedule(&mut given, "2026-01-01", "paper", Per::Time);
    schedule(&mut given, "2026-03-01", "paper", Per::Time);
    let day = ("2026-03-02", "2026-03-02");
    let paid = gives(&mut given, day, "b-1", &[(member(), "600.00")]);
    assert_eq!(found(&given), [(vec![paid, capped], Some(yuan("100.00")))]);
}

#[test]
fn one_person_under_two_names_of_one_list_has_both_shares() {
    let mut given = union();
    let capped = schedule(&mut given, "2026-01-01", "feast", Per::PersonYear);
    let subject: crate::ids::SubjectId = "s-1".parse().unwrap();
    let of = Some(Person::Member("m-1".parse().unwrap()));
    given.record(
        "accountant",
        Fact::PrivacyCommitted(Commitments { subject: subject.clone(), of, fields: Vec::new() }),
    );
    let lines = [(member(), "300.00"), (Beneficiary::Subject(subject), "300.00")];
    let paid = gives(&mut given, ("2026-03-02", "2026-03-02"), "b-1", &lines);
    assert_eq!(found(&given), [(vec![paid, capped], Some(yuan("100.00")))]);
}

#[test]
fn a_list_is_of_the_month_of_its_payment_as_of_the_day_that_it_says() {
    let mut given = union();
    let capped = schedule(&mut given, "2025-01-01", "feast", Per::PersonYear);
    let paid = gives(&mut given, ("2025-12-31", "2026-03-02"), "b-1", &[(member(), "600.00")]);
    assert_eq!(found(&given), [(vec![paid, capped], Some(yuan("100.00")))]);
}

#[test]
fn what_is_given_without_a_cap_is_named() {
    let mut given = union();
    gives(&mut given, ("2026-03-02", "2026-03-02"), "b-1", &[(member(), "600.00")]);
    let named = |given: &Given| {
        let items = made(given).items_without_cap;
        items.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(named(&given), ["feast"]);
    schedule(&mut given, "2026-01-01", "feast", Per::PersonYear);
    assert!(named(&given).is_empty());
}
