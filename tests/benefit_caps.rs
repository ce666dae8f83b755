//! No cap is broken, whatever is asked for, refused, withdrawn, left unclaimed, paid late or taken back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;

use std::collections::{BTreeMap, BTreeSet};

use given::owned::{issue, last, with_chess};
use given::welfare::{items, listed, paid, schedule, sent_back, signed, subject, visit, visits};
use given::{
    Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, Given, approve, asks, enrol, given, of, opening,
    pay, reverse, union, yuan,
};
use mingzhang::date::Day;
use mingzhang::event::Fact;
use mingzhang::event::welfare::Beneficiary;
use mingzhang::money::Money;
use mingzhang::rules::Refusal;
use proptest::prelude::*;
use serde_json::json;

const LATER: &str = "2025-02-10";

/// Three members, two of whom the vault knows once more, and one whom it alone knows.
const PEOPLE: [&str; 6] = ["m-1", "s-1", "m-2", "s-2", "m-3", "s-9"];

/// Who somebody is, as this test knows it.
fn person(to: &Beneficiary) -> String {
    match to.to_string().as_str() {
        "s-1" => "m-1".to_owned(),
        "s-2" => "m-2".to_owned(),
        other => other.to_owned(),
    }
}

/// The cap of a year is raised in July, and begins anew with the next year.
fn cap(on: Day) -> Money {
    if on < of("2025-07-01") { yuan("500.00") } else { yuan("800.00") }
}

fn begin() -> Vec<Asked> {
    let lines = json!([
        {"account": "102", "fund": "general", "debit": "1000000.00"},
        {"account": "32205", "fund": "general", "credit": "1000000.00"},
    ]);
    let line = |amount: &str| json!([{"item": "calls", "per": "person_year", "amount": amount}]);
    let mut asked = union();
    asked.push(opening(FIRST, lines));
    asked.extend(items());
    asked.push(enrol(FIRST, "m-3", "g1"));
    asked.push(schedule(FIRST, &line("500.00")));
    let mut later = schedule(FIRST, &line("800.00"));
    if let mingzhang::rules::Command::SetRule(setting) = &mut later.command {
        setting.from = of("2025-07-01");
    }
    asked.push(later);
    asked.extend([subject(FIRST, "s-1", Some("m-1")), subject(FIRST, "s-2", Some("m-2"))]);
    asked.push(subject(FIRST, "s-9", None));
    asked
}

#[derive(Debug, Clone)]
struct Step {
    what: u32,
    forward: usize,
    which: usize,
    who: BTreeSet<usize>,
    fen: i64,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = prop::collection::btree_set(0..PEOPLE.len(), 1..4);
    let one = (0u32..14, 0usize..12, 0usize..1_000, who, 1i64..60_000);
    let step = |(what, forward, which, who, fen)| Step { what, forward, which, who, fen };
    prop::collection::vec(one.prop_map(step), 30..110)
}

/// A list as the records say it, and whether it still counts.
#[derive(Debug, Default)]
struct Listed {
    on: Option<Day>,
    shares: BTreeMap<String, (Money, bool)>,
    ended: bool,
    /// The record of its payment, while that stands.
    paid: Option<u64>,
}

#[derive(Default)]
struct Model {
    lists: BTreeMap<String, Listed>,
    numbers: BTreeMap<String, Vec<String>>,
}

impl Model {
    #[allow(clippy::wildcard_enum_match_arm, reason = "no other fact gives or takes a share")]
    fn take(&mut self, seq: u64, fact: &Fact) {
        match fact {
            Fact::BenefitListed(f) => {
                let id = f.disbursement.to_string();
                let list = self.lists.entry(id.clone()).or_default();
                list.on = Some(f.on);
                for share in &f.lines {
                    list.shares.insert(person(&share.to), (share.amount, true));
                    self.numbers.entry(id.clone()).or_default().push(share.to.to_string());
                }
            }
            Fact::ApprovalRefused(f) => self.of(&f.disbursement.to_string()).ended = true,
            Fact::DisbursementCancelled(f) => self.of(&f.disbursement.to_string()).ended = true,
            Fact::DisbursementPaid(f) => self.of(&f.disbursement.to_string()).paid = Some(seq),
            Fact::EntryReversed(f) => {
                let paid = self.lists.values_mut().find(|list| list.paid == Some(f.reverses.0));
                if let Some(list) = paid {
                    list.paid = None;
                }
            }
            Fact::BenefitDistributed(f) => {
                let list = self.of(&f.disbursement.to_string());
                for (people, counts) in [(&f.signed, true), (&f.unclaimed, false)] {
                    for to in people {
                        list.shares.get_mut(&person(to)).unwrap().1 = counts;
                    }
                }
            }
            _ => {}
        }
    }

    fn of(&mut self, id: &str) -> &mut Listed {
        self.lists.get_mut(id).unwrap()
    }

    /// What each got or is to get in that year.
    fn sums(&self, year: i32) -> BTreeMap<&str, Money> {
        let mut sums: BTreeMap<&str, Money> = BTreeMap::new();
        let lists = self.lists.values().filter(|list| !list.ended);
        for list in lists.filter(|list| list.on.is_some_and(|on| on.year().0 == year)) {
            for (who, (amount, _)) in list.shares.iter().filter(|(_, (_, counts))| *counts) {
                let sum = sums.entry(who).or_default();
                *sum = sum.plus(*amount);
            }
        }
        sums
    }
}

fn asked(step: &Step, on: &str, model: &Model, next: u64) -> Asked {
    let id = {
        let ids: Vec<&String> = model.lists.keys().collect();
        step.which.checked_rem(ids.len()).map(|place| ids[place].clone())
    };
    let Some(id) = id.filter(|_| step.what > 2) else {
        let amount = Money::from_fen(step.fen).to_string();
        let shares: Vec<(&str, &str)> =
            step.who.iter().map(|who| (PEOPLE[*who], amount.as_str())).collect();
        return asks(
            CLERK,
            on,
            "benefit.request",
            listed(on, &format!("b-{next}"), "calls", &shares),
        );
    };
    let list = &model.lists[&id];
    let total = Money::sum(list.shares.values().map(|(amount, _)| *amount)).to_string();
    let numbers: Vec<&str> = model.numbers[&id].iter().map(String::as_str).collect();
    let (some, others) = numbers.split_at(step.which % (numbers.len() + 1));
    match step.what {
        3 | 4 => approve(FINANCE, on, &id, &total),
        5 => approve(CHAIR, on, &id, &total),
        6 | 7 => pay(CASHIER, on, &id, "bank"),
        8 => {
            let fields = json!({"disbursement": id, "date": on, "reason": "不合适"});
            let name = ["disbursement.cancel", "disbursement.refuse"][step.which % 2];
            asks([CLERK, FINANCE][step.which % 2], on, name, fields)
        }
        9 | 10 => signed(on, &id, some, others),
        11 => signed(on, &id, some, &[]),
        12 => sent_back(on, &id, "bank"),
        _ => reverse(on, list.paid.unwrap_or(next.saturating_sub(1))),
    }
}

fn walk(book: &mut Given, steps: &[Step], seen: &mut BTreeMap<&'static str, u32>) {
    let days: Vec<Day> =
        std::iter::successors(Some(of("2025-01-02")), |day: &Day| Some(day.next()))
            .take(1_500)
            .collect();
    let (mut model, mut today) = (Model::default(), 0);
    for step in steps {
        today += step.forward;
        let on = days[today];
        let asked = asked(step, &on.to_string(), &model, book.state().next().0);
        match book.when(&asked) {
            Ok(records) => {
                for record in &records {
                    *seen.entry(record.fact.kind()).or_default() += 1;
                    model.take(record.seq.0, &record.fact);
                }
            }
            Err(Refusal::AboveCap { most, before, asked, .. }) => {
                // Whoever comes late is counted by the cap of his list.
                assert!(most <= cap(on));
                assert!(before.plus(asked) > most);
                *seen.entry("above the cap").or_default() += 1;
            }
            Err(_) => *seen.entry("refused otherwise").or_default() += 1,
        }
        for (who, sum) in model.sums(on.year().0) {
            assert!(sum <= cap(on), "{who} has {sum} on {on}, after {asked:?}");
        }
    }
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nobody_ever_has_more_of_an_item_in_a_year_than_the_cap_of_the_day(steps in steps()) {
        let mut book = given(begin());
        walk(&mut book, &steps, &mut BTreeMap::new());
    }
}

/// A test of the test: the steps reach what frees a share and what takes its room.
#[test]
fn the_steps_reach_all_that_moves_a_cap() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let (mut runner, mut seen) = (TestRunner::deterministic(), BTreeMap::new());
    for _ in 0..40 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        walk(&mut given(begin()), &steps, &mut seen);
    }
    for wanted in [
        "benefit.listed",
        "approval.refused",
        "disbursement.cancelled",
        "disbursement.paid",
        "benefit.distributed",
        "benefit_remainder.returned",
        "entry.reversed",
        "above the cap",
    ] {
        assert!(seen.get(wanted).is_some_and(|times| *times >= 3), "{wanted}: {seen:?}");
    }
}

/// What one left is another request's by the time that the payment of the first is taken back and made
/// anew: he stays out of it.
#[test]
fn a_share_that_was_left_makes_room_once() {
    let mut book = given(begin());
    let on = "2025-02-10";
    let request = |id: &str| {
        asks(CLERK, on, "benefit.request", listed(on, id, "calls", &[("m-1", "500.00")]))
    };
    book.then(&request("b-1"));
    book.then(&approve(FINANCE, on, "b-1", "500.00"));
    let paid = book.then(&pay(CASHIER, on, "b-1", "bank"))[0].seq;
    book.then(&signed(on, "b-1", &[], &["m-1"]));
    // Whoever comes late signs while there is room for it.
    book.then(&signed(on, "b-1", &["m-1"], &[]));
    assert!(matches!(book.when(&request("b-2")), Err(Refusal::AboveCap { .. })));
    let mut book = given(begin());
    book.then(&request("b-1"));
    book.then(&approve(FINANCE, on, "b-1", "500.00"));
    assert_eq!(book.then(&pay(CASHIER, on, "b-1", "bank"))[0].seq, paid);
    book.then(&signed(on, "b-1", &[], &["m-1"]));
    book.then(&request("b-2"));
    assert!(matches!(book.when(&signed(on, "b-1", &["m-1"], &[])), Err(Refusal::AboveCap { .. })));
    book.then(&reverse(on, paid.0));
    book.then(&pay(CASHIER, on, "b-1", "bank"));
    let to = Beneficiary::Member(of("m-1"));
    let counted: Vec<String> =
        book.state().given(&to).map(|given| given.disbursement.to_string()).collect();
    assert_eq!(counted, ["b-2"]);
    let back = book.then(&sent_back(on, "b-1", "bank"));
    let amount = back[0].voucher.as_ref().map(|voucher| voucher.entries[0].side.columns().0);
    assert_eq!(amount, Some(Some(yuan("500.00"))));
}

/// A schedule of awards lifts no cap of festivals, also where both begin on one day.
#[test]
fn a_schedule_speaks_for_its_own_items_alone() {
    let line =
        |item: &str, amount: &str| json!([{"item": item, "per": "person_year", "amount": amount}]);
    let mut book = given(begin());
    book.then(&schedule(FIRST, &line("feast", "300.00")));
    let caps = |book: &Given, on: &str| {
        let schedule = book.state().offices.benefit_schedule(of(on));
        schedule.iter().map(|l| format!("{} {}", l.item, l.amount)).collect::<Vec<_>>()
    };
    assert_eq!(caps(&book, FIRST), ["calls 500.00", "feast 300.00"]);
    book.then(&schedule("2025-02-01", &line("feast", "400.00")));
    assert_eq!(caps(&book, "2025-01-31"), ["calls 500.00", "feast 300.00"]);
    assert_eq!(caps(&book, "2025-07-01"), ["calls 800.00", "feast 400.00"]);
}

/// The vault knows the chair once as a member and once as an officer: one person, and one cap.
#[test]
fn an_officer_whom_the_vault_knows_is_the_member_that_he_is() {
    let mut book = given(begin());
    book.then(&enrol(FIRST, "m-16", "g1"));
    let fields = json!({
        "subject": "s-7", "of": {"officer": CHAIR},
        "fields": [{"name": "姓名", "commitment": "a".repeat(64)}],
    });
    book.then(&asks(CLERK, FIRST, "privacy.commit", fields));
    let request = |id: &str, who: &str, amount: &str| {
        let fields = listed(FIRST, id, "calls", &[(who, amount)]);
        asks(FINANCE, FIRST, "benefit.request", fields)
    };
    book.then(&request("b-1", "s-7", "400.00"));
    let above = book.when(&request("b-2", "m-16", "100.01"));
    assert!(matches!(above, Err(Refusal::AboveCap { before, .. }) if before == yuan("400.00")));
    book.then(&request("b-2", "m-16", "100.00"));
}

/// What nobody claimed is spent no longer, in the analysis of spending as in the accounts.
#[test]
fn what_comes_back_leaves_the_analysis_as_it_leaves_the_account() {
    use mingzhang::report::{Period, spending};
    let on = "2025-02-10";
    let mut book = given(begin());
    let mut fields = listed(on, "b-1", "calls", &[("m-1", "60.00"), ("m-2", "40.00")]);
    fields["analysis"] = json!({"nature": "basic", "economic": "30309"});
    book.then(&asks(CLERK, on, "benefit.request", fields));
    book.then(&approve(FINANCE, on, "b-1", "100.00"));
    book.then(&pay(CASHIER, on, "b-1", "bank"));
    book.then(&signed(on, "b-1", &["m-1"], &["m-2"]));
    let back = book.then(&sent_back(on, "b-1", "bank"))[0].seq;
    let spent = |book: &Given| {
        let report = spending::report(book.state(), book.book.chart(), Period::All);
        let lines = report.lines.iter().map(|line| (line.nature.is_some(), line.amount));
        lines.collect::<Vec<_>>()
    };
    assert_eq!(spent(&book), [(true, yuan("60.00"))]);
    book.then(&reverse(on, back.0));
    assert_eq!(spent(&book), [(true, yuan("100.00"))]);
}

/// Three sets of chess at 25.00 are brought beside a share of 60.00 where a hundred a year is the most; and what is
/// said of the person counts them, whether a list was there or not.
#[test]
fn goods_of_a_visit_count_with_the_share_that_it_brought() {
    let cap = json!([{"item": "calls", "per": "person_year", "amount": "100.00"}]);
    let mut asked = with_chess();
    asked.extend(items().into_iter().map(|one| Asked { on: of(LATER), ..one }));
    asked.extend([schedule(LATER, &cap), issue(LATER, "chess", 4)]);
    let issued = last(&asked);
    asked.extend(paid(LATER, "b-1", "calls", &[("m-1", "60.00"), ("m-2", "60.00")], "bank"));
    let mut book = given(asked);
    let brought = |id: &str, who: &str, list: Option<&str>, quantity: u32, value: &str| {
        let mut fields = visit(LATER, id, who);
        fields["goods"] = json!({"issue": issued, "quantity": quantity});
        fields["value"] = value.into();
        if let Some(list) = list {
            fields["disbursement"] = list.into();
        }
        visits(LATER, fields)
    };
    let refusal = Refusal::AboveCap {
        item: of("calls"),
        to: Beneficiary::Member(of("m-1")),
        per: mingzhang::event::book::Per::PersonYear,
        most: yuan("100.00"),
        before: yuan("60.00"),
        asked: yuan("50.00"),
        over: yuan("10.00"),
    };
    assert_eq!(book.when(&brought("v-1", "m-1", Some("b-1"), 2, "110.00")), Err(refusal));
    book.then(&brought("v-1", "m-1", Some("b-1"), 1, "85.00"));
    // What no list names stands under no item.
    book.then(&brought("v-2", "m-2", None, 2, "50.00"));
    let listed = |amount: &str| {
        let fields = listed(LATER, "b-2", "calls", &[("m-1", amount)]);
        asks(CLERK, LATER, "benefit.request", fields)
    };
    let above = book.when(&listed("15.01")).unwrap_err();
    assert!(
        matches!(above, Refusal::AboveCap { before, .. } if before == yuan("85.00")),
        "{above:?}"
    );
    book.then(&listed("15.00"));
    let period = mingzhang::report::Period::All;
    let standing = mingzhang::report::benefit_standing::report;
    let report = standing(book.state(), book.book.chart(), period, None);
    let goods = report.goods.iter().map(|line| (line.to.to_string(), line.visits, line.worth));
    let goods: Vec<_> = goods.collect();
    assert_eq!(goods, [("m-1".into(), 1, yuan("25.00")), ("m-2".into(), 1, yuan("50.00"))]);
    assert_eq!(report.goods_total, yuan("75.00"));
    // A visit that is withdrawn brought nothing.
    book.then(&given::welfare::withdraw(LATER, "v-1"));
    let report = standing(book.state(), book.book.chart(), period, Some("m-1"));
    assert_eq!((report.goods, report.goods_total), (vec![], Money::ZERO));
}

/// Once its year is closed, what nobody came for comes back as a correction of the payment; then the list
/// is settled, and a reversal of the correction opens it again.
#[test]
fn what_comes_back_after_its_year_is_closed_is_back() {
    let mut asked = union();
    asked.push(opening(
        FIRST,
        json!([
            {"account": "102", "fund": "general", "debit": "1000.00"},
            {"account": "32205", "fund": "general", "credit": "1000.00"},
        ]),
    ));
    asked.extend(items());
    asked.extend(given::eleven_months());
    let (day, shares) = ("2025-12-05", [("m-1", "60.00"), ("m-2", "60.00")]);
    let payment = last(&asked) + 4;
    asked.extend(paid(day, "b-1", "calls", &shares, "bank"));
    asked.push(given::welfare::all_but(day, "b-1", &["m-2"]));
    asked.push(given::close_year("2025-12-31", 2025));
    let mut book = given(asked);
    let list = |book: &Given| book.state().welfare.list_of(&of("b-1")).unwrap().clone();
    // Another sum, or one that is only owed, is not what nobody came for.
    let corrects = |account: &str, amount: &str| {
        let lines = [(account, "debit", amount)];
        given::correct_prior_year("2026-02-10", payment, "general", &lines)
    };
    for other in [corrects("102", "59.00"), corrects("135", "60.00")] {
        let seq = book.then(&other)[0].seq;
        assert!(!list(&book).is_settled());
        book.then(&reverse("2026-02-10", seq.0));
    }
    let seq = book.then(&corrects("102", "60.00"))[0].seq;
    assert!(list(&book).is_settled());
    let returned = list(&book).returned.unwrap();
    assert_eq!((returned.by, returned.amount, returned.corrects), (seq, yuan("60.00"), true));
    book.then(&reverse("2026-02-10", seq.0));
    assert!(!list(&book).is_settled());
}
