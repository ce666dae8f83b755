//! Dues: what is due, less what was waived and paid, is what the reports call arrears, of every member
//! and month and after anything that can be asked; and what each command promises by itself.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]
#![allow(clippy::wildcard_enum_match_arm, reason = "most facts say nothing of dues")]

mod given;
mod steps;

use std::collections::BTreeMap;

use given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, Given, approve, asks, dues, enrol,
    given, of, refund_approved, requested, reverse, rule, union, union_with_money, yuan,
};
use mingzhang::book::recorded;
use mingzhang::chain::record::Envelope;
use mingzhang::date::{Day, Month};
use mingzhang::event::book::Rule;
use mingzhang::event::dues::Terms;
use mingzhang::event::{Fact, Recorded, Till};
use mingzhang::ids::{MemberId, Seq};
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::projection::disbursements;
use mingzhang::report::asked::{Ledger, Records};
use mingzhang::report::membership::Counts;
use mingzhang::report::receipt_register::{Gap, ReceiptRegister, Standing};
use mingzhang::report::{
    Period, arrears, collection, membership, receipt_register, transfer_letter,
};
use mingzhang::rules::Refusal;
use proptest::prelude::*;
use serde_json::{Value, json};
use steps::steps;

fn records(given: &Given) -> Vec<Recorded> {
    let read = |line: Vec<u8>| recorded(Envelope::read(&line).unwrap()).unwrap();
    given.lines().into_iter().map(read).collect()
}

/// The dues of a book as its records say them, counted without a line of the program's own sums.
#[derive(Default)]
struct Told {
    /// Each membership: its first month owed, and its last.
    spells: BTreeMap<MemberId, Vec<(Month, Option<Month>)>>,
    bases: BTreeMap<(MemberId, Month), Money>,
    terms: BTreeMap<(MemberId, Month), (Option<Month>, Terms)>,
    paid: BTreeMap<(MemberId, Month), Money>,
    waived: BTreeMap<(MemberId, Month), Money>,
}

impl Told {
    fn of(records: &[Recorded]) -> Told {
        let mut told = Told::default();
        for record in records {
            match &record.fact {
                Fact::MemberEnrolled(f) => told.come(&f.member, f.on.month()),
                Fact::MemberArrived(f) => {
                    let from = f.dues_paid_through.map_or(f.on.month(), Month::next);
                    told.come(&f.member, from);
                }
                Fact::MemberLeft(f) => told.go(&f.member, f.on),
                Fact::MemberDeparted(f) => told.go(&f.member, f.on),
                Fact::DuesBaseSet(f) => {
                    told.bases.insert((f.member.clone(), f.from), f.base);
                }
                Fact::DuesTermsSet(f) => {
                    let terms = (f.until, f.terms.clone());
                    told.terms.insert((f.member.clone(), f.from), terms);
                }
                Fact::EntryReversed(f) => {
                    let original = &records[usize::try_from(f.reverses.0).unwrap()];
                    told.take(&original.fact, true);
                }
                Fact::DuesWaiverCancelled(f) => {
                    let original = &records[usize::try_from(f.waiver.0).unwrap()];
                    told.take(&original.fact, true);
                }
                other => told.take(other, false),
            }
        }
        told
    }

    fn come(&mut self, member: &MemberId, from: Month) {
        self.spells.entry(member.clone()).or_default().push((from, None));
    }

    fn go(&mut self, member: &MemberId, on: Day) {
        self.spells.get_mut(member).unwrap().last_mut().unwrap().1 = Some(on.month());
    }

    fn take(&mut self, fact: &Fact, back: bool) {
        let sign = |amount: Money| if back { amount.negated() } else { amount };
        let add = |sums: &mut BTreeMap<(MemberId, Month), Money>, member: &MemberId, month, by| {
            let sum = sums.entry((member.clone(), month)).or_default();
            *sum = sum.plus(by);
        };
        if let Fact::DuesReceived(f) = fact {
            f.lines.iter().for_each(|l| add(&mut self.paid, &l.member, l.month, sign(l.amount)));
        }
        if let Fact::DuesRefunded(f) = fact {
            let back = |amount| sign(amount).negated();
            f.lines.iter().for_each(|l| add(&mut self.paid, &l.member, l.month, back(l.amount)));
        }
        if let Fact::DuesWaived(f) = fact {
            f.lines.iter().for_each(|l| add(&mut self.waived, &f.member, l.month, sign(l.amount)));
        }
    }

    /// Half a percent of whole tens of yuan of the base, unless the member has other terms.
    fn due(&self, member: &MemberId, month: Month) -> Money {
        let spells = &self.spells[member];
        let owes = |(from, last): &(Month, Option<Month>)| {
            *from <= month && last.is_none_or(|last| month <= last)
        };
        if !spells.iter().any(owes) {
            return Money::ZERO;
        }
        let own = self.terms.iter().rev();
        let mut own = own.filter(|((id, from), (until, _))| {
            id == member && *from <= month && until.is_none_or(|until| month <= until)
        });
        match own.next() {
            Some((_, (_, Terms::Flat { amount }))) => return *amount,
            Some((_, (_, Terms::Exempt { .. }))) => return Money::ZERO,
            Some((_, (_, Terms::ByBase {}))) | None => {}
        }
        let bases = self.bases.iter().rev();
        let mut bases = bases.filter(|((id, from), _)| id == member && *from <= month);
        let Some((_, base)) = bases.next() else { return Money::ZERO };
        Money::from_fen(base.fen().unwrap() / 1000 * 5)
    }
}

/// The reports of arrears and collection say, of every member and month, what the records say.
fn agrees(given: &Given) {
    let (state, chart) = (given.state(), given.book.chart());
    let told = Told::of(&records(given));
    let last: Month = of("2026-12");
    let period = Period::Months { first: of("2025-01"), last };
    let report = arrears::report(state, chart, period);
    let mut said = BTreeMap::new();
    for line in &report.members {
        for month in &line.months {
            assert_eq!(month.arrears, month.due.minus(month.waived).minus(month.paid));
            said.insert((line.member.clone(), month.month), month.arrears);
        }
        let ages = line.ages;
        let sum = Money::sum([ages.months_1_to_3, ages.months_4_to_6, ages.over_6_months]);
        assert_eq!(sum, ages.amount, "{}", line.member);
    }
    // Of months to come nobody owes anything yet.
    let collected = collection::report(state, chart, period);
    let counted = |month: &Month| collected.months.contains(month);
    let (mut expected, mut due, mut paid, mut waived) =
        (BTreeMap::new(), Money::ZERO, Money::ZERO, Money::ZERO);
    for member in told.spells.keys() {
        for month in of::<Month>("2025-01").through(last) {
            let key = (member.clone(), month);
            let one = |sums: &BTreeMap<_, Money>| sums.get(&key).copied().unwrap_or_default();
            let of_month = told.due(member, month);
            let left = of_month.minus(one(&told.waived)).minus(one(&told.paid));
            if left.is_positive() {
                expected.insert(key.clone(), left);
            }
            if counted(&month) {
                due = due.plus(of_month);
                paid = paid.plus(one(&told.paid));
                waived = waived.plus(one(&told.waived));
            }
        }
    }
    assert_eq!(said, expected);
    let owed = Money::sum(expected.values().copied());
    assert_eq!(report.total.amount, owed);
    let of_counted = expected.iter().filter(|((_, month), _)| counted(month));
    let owed = Money::sum(of_counted.map(|(_, left)| *left));
    let total = collected.total.total;
    assert_eq!((total.due, total.received, total.arrears), (due, paid, owed));
    assert_eq!(total.waived, waived);
    let groups = collected.groups.iter().map(|line| line.total.arrears);
    assert_eq!(Money::sum(groups), owed);
    let full = total.rate.is_some_and(|rate| rate.to_string() == "100.00");
    assert!(!full || owed.is_zero(), "{total:?}");
}

/// Opening and what moved is closing, of every group and of all, and closing is who is there.
fn members_add_up(given: &Given) {
    let (state, chart) = (given.state(), given.book.chart());
    for period in ["all", "2025", "2025-03", "2026-01..2026-04"] {
        let period: Period = period.parse().unwrap();
        let report = membership::report(state, chart, period);
        for counts in report.groups.iter().map(|line| &line.counts).chain([&report.total]) {
            let Counts { opening, joined, arrived, moved_in, moved_out, .. } = *counts;
            let Counts { resigned, departed, retired, died, closing, .. } = *counts;
            let came = opening + joined + arrived + moved_in;
            assert_eq!(came, closing + moved_out + resigned + departed + retired + died);
        }
        let end = period.last().map(Month::last_day);
        let there = state.members.members().filter(|(_, member)| {
            member.spells().any(|spell| {
                let by = |day: Day| end.is_none_or(|end| day <= end);
                by(spell.joined) && spell.left.is_none_or(|(left, _)| !by(left))
            })
        });
        assert_eq!(report.total.closing, u32::try_from(there.count()).unwrap(), "{period}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_due_less_what_was_waived_and_paid_is_in_arrears(steps in steps(120)) {
        let mut book = given(union_with_money());
        for (place, step) in steps.iter().enumerate() {
            while let Some(asked) = step.asked(book.state(), 0) {
                let before = book.state().members.clone();
                let records = book.when(&asked);
                if let Ok([Recorded { seq, voucher: Some(_), .. }]) = records.as_deref()
                    && !step.stays()
                    && book.when(&step.reversal_of(*seq)).is_ok()
                {
                    prop_assert!(book.state().members == before, "{:?}", asked);
                }
                // Months are closed one after the other; everything else is asked once.
                if records.is_err() || asked.command.name() != "period.close" {
                    break;
                }
            }
            if place % 12 == 0 {
                agrees(&book);
                members_add_up(&book);
            }
        }
        agrees(&book);
        members_add_up(&book);
    }
}

const DAY: &str = "2025-03-10";

fn by(officer: &str, name: &str, fields: Value) -> Asked {
    asks(officer, DAY, name, fields)
}

fn pays(amount: &str) -> Asked {
    let fields = json!({"date": DAY, "into": "bank", "member": "m-1", "amount": amount});
    by(ACCOUNTANT, "dues.pay", fields)
}

fn terms(from: &str, until: Option<&str>, terms: &Value) -> Asked {
    let mut fields = json!({"member": "m-1", "from": from, "terms": terms});
    if let Some(until) = until {
        fields["until"] = until.into();
    }
    by(CLERK, "dues_terms.set", fields)
}

/// Month and amount of each line of what was received.
fn lines(records: &[Recorded]) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for record in records {
        if let Fact::DuesReceived(f) = &record.fact {
            let said = f.lines.iter().map(|l| (l.month.to_string(), l.amount.to_string()));
            lines.extend(said);
        }
    }
    lines
}

fn due(given: &Given, month: &str) -> Option<Money> {
    given.state().dues_due(&of("m-1"), of(month))
}

#[test]
fn a_sum_is_laid_on_the_oldest_month_first_and_then_ahead() {
    let mut book = given(union());
    book.then(&dues(DAY, "m-1", "2025-02", "20.00"));
    let said = lines(&book.then(&pays("65.00")));
    let said: Vec<(&str, &str)> = said.iter().map(|(m, a)| (m.as_str(), a.as_str())).collect();
    assert_eq!(
        said,
        [("2025-01", "25.00"), ("2025-02", "5.00"), ("2025-03", "25.00"), ("2025-04", "10.00")]
    );
    let rest = lines(&book.then(&pays("15.00")));
    assert_eq!(rest, [("2025-04".to_owned(), "15.00".to_owned())]);
}

#[test]
fn the_flat_sum_and_the_rate_follow_each_other_by_the_day_on_which_each_began() {
    let flat = json!({"name": "dues_flat", "amount": "8.00"});
    let rate = json!({"name": "dues_rate", "basis_points": 40, "step": "10.00"});
    let mut book = given(union());
    book.then(&rule(CHAIR, "2025-02-01", &flat));
    book.then(&rule(CHAIR, "2025-04-01", &rate));
    let said = ["2025-01", "2025-02", "2025-03", "2025-04"].map(|month| due(&book, month).unwrap());
    assert_eq!(said, ["25.00", "8.00", "8.00", "20.00"].map(yuan));
}

#[test]
fn terms_of_one_member_come_before_the_rule_and_end() {
    let mut book = given(union());
    book.then(&terms("2025-02", None, &json!({"kind": "flat", "amount": "5.00"})));
    book.then(&terms("2025-03", Some("2025-04"), &json!({"kind": "exempt", "reason": "retired"})));
    book.then(&terms("2025-06", None, &json!({"kind": "by_base"})));
    let months = ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06"];
    let said = months.map(|month| due(&book, month).unwrap());
    assert_eq!(said, ["25.00", "5.00", "0.00", "0.00", "5.00", "25.00"].map(yuan));
    // A sum passes over the months of which nothing is owed.
    let said = lines(&book.then(&pays("60.00")));
    let months: Vec<&str> = said.iter().map(|(month, _)| month.as_str()).collect();
    assert_eq!(months, ["2025-01", "2025-02", "2025-05", "2025-06"]);
}

#[test]
fn what_a_closed_month_owed_is_not_changed_by_terms() {
    let exempt = json!({"kind": "exempt", "reason": "unemployed"});
    let mut book = given(union());
    book.then(&given::close("2025-02-01", "2025-01"));
    let refusal = Refusal::PeriodClosed { date: of("2025-01-01"), closed_through: of("2025-01") };
    assert_eq!(book.when(&terms("2025-01", None, &exempt)), Err(refusal));
    book.then(&terms("2025-02", None, &exempt));
}

#[test]
fn what_a_closed_month_owed_is_not_changed_by_a_flat_sum_in_the_place_of_the_rate() {
    let flat = |from: &str| {
        let flat = json!({"name": "dues_flat", "amount": "8.00"});
        by(CHAIR, "rule.set", json!({"rule": flat, "from": from, "source": "决议"}))
    };
    let mut book = given(union());
    book.then(&given::close("2025-02-01", "2025-01"));
    let refusal = Refusal::PeriodClosed { date: of("2025-01-15"), closed_through: of("2025-01") };
    assert_eq!(book.when(&flat("2025-01-15")), Err(refusal));
    book.then(&flat("2025-02-01"));
}

#[test]
fn a_roll_of_a_group_is_several_short_records_that_come_to_its_control_totals() {
    let mut book = given(union());
    for number in 100..190 {
        let member = format!("m-{number}");
        book.then(&enrol(FIRST, &member, "g1"));
        let fields = json!({"member": member, "base": "4321.00", "from": "2025-01"});
        book.then(&asks(CLERK, FIRST, "dues_base.set", fields));
    }
    // 90 members of 21.60 a month and two of 25.00, for two months.
    let roll = json!({
        "date": DAY, "into": "bank", "group": "g1", "month": "2025-01", "through": "2025-02",
        "control": {"members": 92, "total": "3988.00"},
    });
    let records = book.then(&by(ACCOUNTANT, "dues.receive_roll", roll));
    assert_eq!(records.len(), 5);
    assert!(book.lines().iter().all(|line| line.len() <= 4_096));
    assert_eq!(lines(&records).len(), 184);
    let report = arrears::report(book.state(), book.book.chart(), Period::Month(of("2025-02")));
    assert_eq!(report.members, []);
}

#[test]
fn a_roll_that_does_not_come_to_its_totals_names_the_members_to_look_at() {
    let mut book = given(union());
    let roll = |more: Value| {
        let mut fields = json!({
            "date": DAY, "into": "bank", "group": "g1", "month": "2025-01",
            "control": {"members": 2, "total": "49.00"},
        });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        by(ACCOUNTANT, "dues.receive_roll", fields)
    };
    let said = |book: &mut Given, more: Value, lang: Lang| {
        let refused = book.when(&roll(more)).unwrap_err();
        assert_eq!(refused.code(), "D05");
        let message = refused.message(lang);
        let apart = if lang == Lang::Zh { "请核对 " } else { "look at " };
        message.split_once(apart).unwrap().1.to_owned()
    };
    // Nobody is left out and all pay what they owe: it can be any of them.
    assert_eq!(said(&mut book, json!({}), Lang::En), "m-1, m-2");
    // Whoever pays another sum than is owed.
    let line = |member: &str, amount: &str| json!({"member": member, "month": "2025-01", "amount": amount});
    let lines = json!({"lines": [line("m-1", "25.00"), line("m-2", "20.00")]});
    assert_eq!(said(&mut book, lines, Lang::Zh), "m-2");
    // Whoever is left out.
    assert_eq!(said(&mut book, json!({"except": ["m-1"]}), Lang::Zh), "m-1");
    book.then(&dues(DAY, "m-2", "2025-01", "25.00"));
    assert_eq!(said(&mut book, json!({}), Lang::En), "m-2");
    // Of many, ten and how many there are.
    let mut book = given(union());
    for number in 10..20 {
        let member = format!("m-{number}");
        book.then(&enrol(FIRST, &member, "g1"));
        let fields = json!({"member": member, "base": "4321.00", "from": "2025-01"});
        book.then(&asks(CLERK, FIRST, "dues_base.set", fields));
    }
    let numbers = std::iter::once(1).chain(10..20);
    let all: Vec<String> = numbers.map(|number| format!("m-{number}")).collect();
    let ten = all[..10].join(", ");
    let except = json!({"except": all});
    assert_eq!(said(&mut book, except.clone(), Lang::En), format!("{ten} and others, 11 in all"));
    assert_eq!(said(&mut book, except, Lang::Zh), format!("{} 等 11 人", ten.replace(", ", "、")));
}

#[test]
fn control_totals_hold_for_any_roll_and_change_nothing_of_the_record() {
    let fields = |control: Option<&str>| {
        let line = json!({"member": "m-1", "month": "2025-01", "amount": "25.00"});
        let mut fields = json!({"date": DAY, "into": "bank", "lines": [line]});
        if let Some(total) = control {
            fields["control"] = json!({"members": 1, "total": total});
        }
        by(ACCOUNTANT, "dues.receive", fields)
    };
    let refused = given(union()).when(&fields(Some("24.00"))).unwrap_err();
    assert_eq!(refused.code(), "D05");
    let [plain] = &given(union()).then(&fields(None))[..] else { panic!("one record") };
    let [controlled] = &given(union()).then(&fields(Some("25.00")))[..] else { panic!("one") };
    assert_eq!(plain, controlled);
}

#[test]
fn who_arrives_owes_from_the_month_after_and_who_departs_is_told_what_is_paid() {
    let mut book = given(union());
    let arrives = json!({
        "member": "m-3", "group": "g1", "on": "2025-02-10", "from_union": "示例二厂工会",
        "dues_paid_through": "2025-03",
    });
    book.then(&by(CLERK, "member.arrive", arrives));
    let flat =
        json!({"member": "m-3", "from": "2025-01", "terms": {"kind": "flat", "amount": "6.00"}});
    book.then(&by(CLERK, "dues_terms.set", flat));
    let owed = |book: &Given, month: &str| book.state().dues_due(&of("m-3"), of(month));
    assert_eq!(owed(&book, "2025-03"), Some(Money::ZERO));
    assert_eq!(owed(&book, "2025-04"), Some(yuan("6.00")));
    let departs = |member: &str, on: &str| {
        by(CLERK, "member.depart", json!({"member": member, "on": on, "to_union": "示例三厂工会"}))
    };
    book.then(&dues(DAY, "m-1", "2025-01", "25.00"));
    book.then(&dues(DAY, "m-1", "2025-02", "24.00"));
    let [record] = &book.then(&departs("m-1", DAY))[..] else { panic!("one record") };
    let Fact::MemberDeparted(gone) = &record.fact else { panic!("{record:?}") };
    assert_eq!(gone.dues_paid_through, Some(of("2025-01")));
    // What was paid at the union before counts, and what was paid ahead.
    let [record] = &book.then(&departs("m-3", DAY))[..] else { panic!("one record") };
    let Fact::MemberDeparted(gone) = &record.fact else { panic!("{record:?}") };
    assert_eq!(gone.dues_paid_through, Some(of("2025-03")));
    let ahead = json!({"date": DAY, "into": "bank", "member": "m-2", "amount": "150.00"});
    book.then(&by(ACCOUNTANT, "dues.pay", ahead));
    let [record] = &book.then(&departs("m-2", DAY))[..] else { panic!("one record") };
    let Fact::MemberDeparted(gone) = &record.fact else { panic!("{record:?}") };
    assert_eq!(gone.dues_paid_through, Some(of("2025-06")));
    let (state, chart) = (book.state(), book.book.chart());
    let letter = transfer_letter::report(state, chart, Period::All, Some("m-2")).letter.unwrap();
    assert_eq!(letter.dues_paid_through, Some(of("2025-06")));
    assert_eq!(transfer_letter::report(state, chart, Period::All, Some("m-9")).letter, None);
    // The last month owed is that of the departure.
    assert_eq!(due(&book, "2025-03"), Some(yuan("25.00")));
    assert_eq!(due(&book, "2025-04"), Some(Money::ZERO));
}

#[test]
fn who_comes_back_under_the_old_number_owes_nothing_for_the_months_between() {
    let mut book = given(union());
    let leaves = json!({"member": "m-1", "on": "2025-01-20", "reason": "resigned"});
    book.then(&by(CLERK, "member.leave", leaves));
    book.then(&by(CLERK, "member.enrol", json!({"member": "m-1", "group": "g1", "on": DAY})));
    let said = ["2025-01", "2025-02", "2025-03"].map(|month| due(&book, month).unwrap());
    assert_eq!(said, ["25.00", "0.00", "25.00"].map(yuan));
    let again =
        book.when(&by(CLERK, "member.enrol", json!({"member": "m-1", "group": "g1", "on": DAY})));
    assert_eq!(again, Err(Refusal::MemberExists { member: of("m-1") }));
    let counts = membership::report(book.state(), book.book.chart(), Period::Month(of("2025-03")));
    assert_eq!((counts.total.opening, counts.total.joined, counts.total.closing), (1, 1, 2));
}

#[test]
fn a_waiver_that_is_cancelled_is_owed_again() {
    let mut book = given(union());
    let waives = json!({
        "on": DAY, "member": "m-1", "from": "2025-01", "through": "2025-02", "reason": "困难",
        "resolution": "工会委员会决议2025-2号",
    });
    let before = book.state().members.clone();
    let records = book.then(&by(CHAIR, "dues.waive", waives));
    let owed = book.state().dues_owed(&of("m-1"), of("2025-02")).unwrap();
    assert_eq!((owed.waived, owed.arrears()), (yuan("25.00"), Money::ZERO));
    let cancels = json!({"on": DAY, "waiver": records[0].seq, "reason": "记错"});
    book.then(&by(CHAIR, "dues_waiver.cancel", cancels.clone()));
    assert_eq!(book.state().members, before);
    let again = book.when(&by(CHAIR, "dues_waiver.cancel", cancels));
    assert_eq!(again, Err(Refusal::WaiverUnknown { waiver: records[0].seq }));
}

#[test]
fn a_refund_that_is_reversed_leaves_what_was_paid_and_nobody_refunds_himself() {
    let mut book = given(union());
    // The cashier's own number as a member.
    book.then(&enrol(FIRST, "m-12", "g1"));
    book.then(&terms("2025-01", None, &json!({"kind": "flat", "amount": "5.00"})));
    let fields = json!({"member": "m-12", "base": "2000.00", "from": "2025-01"});
    book.then(&by(CLERK, "dues_base.set", fields));
    book.then(&dues(DAY, "m-12", "2025-01", "10.00"));
    book.then(&dues(DAY, "m-1", "2025-01", "5.00"));
    let refunds = |member: &str| {
        let lines = json!([{"member": member, "month": "2025-01", "amount": "5.00"}]);
        by(
            CASHIER,
            "dues.refund",
            json!({
                "date": DAY, "from": "cash", "lines": lines, "reason": "多收", "disbursement": "d-1",
            }),
        )
    };
    assert_eq!(book.when(&refunds("m-12")), Err(Refusal::PayerIsPayee { officer: of(CASHIER) }));
    for asked in refund_approved(DAY, "d-1", "m-1", "5.00") {
        book.then(&asked);
    }
    let before = book.state().members.clone();
    let records = book.then(&refunds("m-1"));
    let standing = |book: &Given| {
        book.state().disbursements.disbursement(&of("d-1")).unwrap().standing.clone()
    };
    assert!(matches!(standing(&book), disbursements::Standing::Paid { .. }));
    assert_eq!(
        book.state().members.member(&of("m-1")).unwrap().paid_for(of("2025-01")),
        Money::ZERO
    );
    book.then(&reverse(DAY, records[0].seq.0));
    assert_eq!(book.state().members, before);
    assert_eq!(standing(&book), disbursements::Standing::Open);
}

#[test]
fn a_refund_to_many_is_one_record_of_one_request_and_takes_no_more_out_than_there_is() {
    let mut book = given(union());
    // Two members of forty months each, of 1,000.00 each.
    let months: Vec<Month> = of::<Month>("2025-01").through(of("2028-04")).collect();
    let lines: Vec<Value> = ["m-1", "m-2"]
        .iter()
        .flat_map(|member| {
            let line =
                move |month: &Month| json!({"member": member, "month": month, "amount": "25.00"});
            months.iter().map(line)
        })
        .collect();
    let fields = json!({"date": DAY, "into": "bank", "lines": lines});
    book.then(&by(ACCOUNTANT, "dues.receive", fields));
    book.then(&by(CASHIER, "cash.draw", json!({"date": DAY, "amount": "1500.00"})));
    let payee = json!({"roster": "退费名册2025-1"});
    let fields = requested(DAY, "d-1", "401", "1000.00", &payee);
    book.then(&by(CLERK, "disbursement.request", fields));
    book.then(&approve(FINANCE, DAY, "d-1", "1000.00"));
    let refunds = |lines: &[Value], from: &str| {
        let fields = json!({
            "date": DAY, "from": from, "lines": lines, "reason": "多收", "disbursement": "d-1",
        });
        by(CASHIER, "dues.refund", fields)
    };
    let refusal = Refusal::TillTooSmall {
        till: Till::Bank,
        fund: of("general"),
        held: yuan("500.00"),
        asked: yuan("1000.00"),
        short: yuan("500.00"),
    };
    let many = Refusal::TooManyAtOnce { found: 41, most: 40 };
    assert_eq!(book.when(&refunds(&lines[..41], "cash")), Err(many));
    assert_eq!(book.when(&refunds(&lines[20..60], "bank")), Err(refusal));
    assert_eq!(book.then(&refunds(&lines[20..60], "cash")).len(), 1);
}

#[test]
fn six_months_without_dues_are_flagged_and_five_are_not() {
    let flagged = |last: &str| {
        let book = given(union());
        let report = arrears::report(book.state(), book.book.chart(), Period::Month(of(last)));
        let [line, _] = &report.members[..] else { panic!("two members owe") };
        let ages = [line.ages.months_1_to_3, line.ages.months_4_to_6, line.ages.over_6_months];
        (line.six_months_unpaid, ages.map(|amount| amount.to_string()))
    };
    assert_eq!(flagged("2025-05"), (false, ["75.00", "50.00", "0.00"].map(str::to_owned)));
    assert_eq!(flagged("2025-06"), (true, ["75.00", "75.00", "0.00"].map(str::to_owned)));
    assert_eq!(flagged("2025-08"), (true, ["75.00", "75.00", "50.00"].map(str::to_owned)));
    // A fen for one of the months, and it is no refusal to pay.
    let book = given([union(), vec![dues(DAY, "m-1", "2025-03", "0.01")]].concat());
    let report = arrears::report(book.state(), book.book.chart(), Period::Month(of("2025-06")));
    assert_eq!(
        (report.members[0].six_months_unpaid, report.total.members_6_months_unpaid),
        (false, 1)
    );
}

#[test]
fn a_hundred_percent_is_said_only_where_nothing_is_missing() {
    let rate = |paid: &str| {
        let fields = json!({"member": "m-1", "base": "99999990.00", "from": "2025-01"});
        let book = given(
            [
                union(),
                vec![
                    asks(CLERK, FIRST, "dues_base.set", fields),
                    dues(DAY, "m-1", "2025-01", paid),
                    dues(DAY, "m-2", "2025-01", "25.00"),
                ],
            ]
            .concat(),
        );
        let period = Period::Month(of("2025-01"));
        let report = collection::report(book.state(), book.book.chart(), period);
        report.total.total.rate.unwrap().to_string()
    };
    assert_eq!(rate("499999.95"), "100.00");
    assert_eq!(rate("499999.94"), "99.99");
}

struct All(Vec<Recorded>);

impl Records for All {
    fn each(&self, take: &mut dyn FnMut(&Recorded)) {
        self.0.iter().for_each(take);
    }
}

fn register(given: &Given) -> ReceiptRegister {
    let records = All(records(given));
    let (state, chart) = (given.state(), given.book.chart());
    receipt_register::report(Ledger { state, chart, records: &records }, Period::All)
}

#[test]
fn the_register_names_every_gap_every_void_and_every_payment_without_a_receipt() {
    let mut book = given(union());
    let stock = json!({
        "stock": "b-1", "kind": "dues", "series": "示会2025", "first": 101, "last": 110, "on": FIRST,
    });
    let paid = book.then(&dues(DAY, "m-1", "2025-01", "25.00"))[0].seq;
    let other = book.then(&dues(DAY, "m-2", "2025-01", "25.00"))[0].seq;
    book.then(&dues(DAY, "m-2", "2025-02", "20.00"));
    book.then(&by(ACCOUNTANT, "receipt_stock.receive", stock));
    let issues = |number: u64, to: Seq, member: &str, amount: &str| {
        let fields = json!({
            "stock": "b-1", "number": number, "on": DAY, "of": to, "payer": {"member": member},
            "amount": amount,
        });
        by(CASHIER, "paper_receipt.issue", fields)
    };
    let voids = json!({"stock": "b-1", "number": 102, "on": DAY, "reason": "写错"});
    book.then(&issues(101, paid, "m-1", "25.00"));
    book.then(&by(CASHIER, "paper_receipt.void", voids));
    book.then(&issues(105, other, "m-2", "25.00"));
    let report = register(&book);
    let [of_stock] = &report.books[..] else { panic!("one book of forms") };
    assert_eq!(of_stock.gaps, [Gap { first: 103, last: 104 }]);
    let counts =
        (of_stock.numbers, of_stock.used, of_stock.void, of_stock.passed_over, of_stock.left);
    assert_eq!(counts, (10, 2, 1, 2, 5));
    let [of_dues, _] = &report.kinds[..] else { panic!("two kinds") };
    let sums = (of_dues.received, of_dues.receipted, of_dues.not_receipted, of_dues.agrees);
    assert_eq!(sums, (yuan("70.00"), yuan("50.00"), yuan("20.00"), true));
    assert_eq!(report.without.len(), 1);
    // What was receipted and is reversed has a form out that has to be voided.
    book.then(&reverse(DAY, other.0));
    let report = register(&book);
    assert_eq!(report.forms.last().unwrap().standing, Standing::ToBeVoided);
    assert!(!report.kinds[0].agrees);
    let voids = json!({"stock": "b-1", "number": 105, "on": DAY, "reason": "收款已冲销"});
    book.then(&by(CASHIER, "paper_receipt.void", voids));
    assert!(register(&book).kinds[0].agrees);
}

#[test]
fn a_rule_lets_numbers_be_used_in_any_order() {
    let mut book = given(union());
    let stock = json!({
        "stock": "b-1", "kind": "dues", "series": "会", "first": 1, "last": 9, "on": FIRST,
    });
    let paid = book.then(&dues(DAY, "m-1", "2025-01", "25.00"))[0].seq;
    book.then(&by(ACCOUNTANT, "receipt_stock.receive", stock));
    let issues = |number: u64| {
        let fields = json!({
            "stock": "b-1", "number": number, "on": DAY, "of": paid,
            "payer": {"organisation": "一车间"}, "amount": "5.00",
        });
        by(CASHIER, "paper_receipt.issue", fields)
    };
    book.then(&issues(5));
    let refusal = Refusal::FormOutOfOrder { stock: of("b-1"), number: 4, last: 5 };
    assert_eq!(book.when(&issues(4)), Err(refusal));
    book.then(&rule(CHAIR, DAY, &json!({"name": "receipt_order", "any_order": true})));
    book.then(&issues(4));
}

#[test]
fn the_rules_that_ship_as_examples_can_be_set() {
    let mut book = given(union());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/rules");
    let mut rules = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.starts_with("dues-") {
            continue;
        }
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let mut fields: Value = serde_json::from_str(line).unwrap();
            fields.as_object_mut().unwrap().remove("command");
            fields.as_object_mut().unwrap().remove("as");
            for record in book.then(&asks(CHAIR, "2026-01-10", "rule.set", fields)) {
                let Fact::RuleSet(set) = record.fact else { panic!("{name}") };
                rules.push(set.rule);
            }
        }
    }
    assert!(rules.iter().any(|rule| matches!(rule, Rule::DuesFlat { .. })));
    assert!(rules.iter().any(|rule| matches!(rule, Rule::DuesRate { .. })));
    assert!(rules.iter().any(|rule| matches!(rule, Rule::ReceiptOrder { .. })));
}
