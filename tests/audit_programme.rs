//! 审计程序 Each check of the programme finds what it is for, and another book than that does not change
//! for it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;
#[path = "golden/auditing.rs"]
mod story;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use given::acts::{both, finding_fields, reopen, union_that_signs};
use given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, Given, allocation, approve,
    asks, close, given, interest, interest_into, pay, payroll, remit, request, reverse, rule,
    union_with_money,
};
use mingzhang::book::recorded;
use mingzhang::chain::record::Envelope;
use mingzhang::event::{Fact, Recorded};
use mingzhang::lang::Lang;
use mingzhang::projection::State;
use mingzhang::render;
use mingzhang::report::asked::{Ledger, Made, Name, Settled, make};
use mingzhang::report::programme::{self, Code, Outcome, Programme};
use mingzhang::report::trial_balance::By;
use serde_json::json;

const LATER: &str = "2025-02-10";

fn records(book: &Given) -> Vec<Recorded> {
    book.lines().iter().map(|line| recorded(Envelope::read(line).unwrap()).unwrap()).collect()
}

/// The programme of January.
fn programme_of(asked: Vec<Asked>) -> Programme {
    let book = given(asked);
    let (state, chart, records) = (book.state(), book.book.chart(), records(&book));
    let ledger = Ledger { state, chart, records: &records };
    programme::report(ledger, "2025-01".parse().unwrap(), None)
}

/// How many exceptions each check of January has.
fn exceptions(asked: Vec<Asked>) -> BTreeMap<String, usize> {
    let programme = programme_of(asked);
    let found = programme.checks.into_iter().filter(|check| check.result == Outcome::Exceptions);
    let code = |code: Code| serde_json::to_value(code).unwrap().as_str().unwrap().to_owned();
    found.map(|check| (code(check.code), check.exceptions.len())).collect()
}

/// What the second book has more than the first.
#[track_caller]
fn adds(without: Vec<Asked>, more: Vec<Asked>, expected: &[(&str, usize)]) {
    let with = without.iter().cloned().chain(more).collect();
    let (before, after) = (exceptions(without), exceptions(with));
    let lost: Vec<&String> = before.keys().filter(|code| !after.contains_key(*code)).collect();
    assert_eq!(lost, Vec::<&String>::new());
    let more = after.into_iter().filter_map(|(code, count)| {
        let more = count - before.get(&code).copied().unwrap_or_default();
        (more > 0).then_some((code, more))
    });
    let expected: Vec<(String, usize)> =
        expected.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect();
    assert_eq!(more.collect::<Vec<_>>(), expected);
}

/// Into February, so that January is over.
fn later() -> Asked {
    let fields = json!({"group": "g9", "name": "三车间"});
    asks(CLERK, LATER, "group.define", fields)
}

fn union() -> Vec<Asked> {
    let mut asked = union_with_money();
    asked.push(interest("2025-01-20", "1.00"));
    asked.push(later());
    asked
}

fn thresholds(late: u32, round: &str, first: u32) -> Asked {
    let rule_of = json!({
        "name": "audit_thresholds", "late_days": late, "round_sum": round, "hours_first": first,
        "hours_last": 24,
    });
    let fields = json!({"rule": rule_of, "from": FIRST, "source": "审计方案"});
    asks(CHAIR, LATER, "rule.set", fields)
}

fn spent(on: &str, id: &str, amount: &str) -> Vec<Asked> {
    vec![request(on, id, amount), approve(FINANCE, on, id, amount), pay(CASHIER, on, id, "bank")]
}

#[test]
fn what_is_recorded_long_after_its_day_is_named() {
    let late = vec![interest_into("general", LATER, "2025-01-10", "2.00")];
    adds(union(), late, &[("late_recordings", 1)]);
    let late = vec![interest_into("general", LATER, "2025-01-11", "2.00")];
    adds(union(), late, &[]);
    let strict = || union().into_iter().chain([thresholds(20, "10000.00", 6)]).collect::<Vec<_>>();
    adds(
        strict(),
        vec![interest_into("general", LATER, "2025-01-20", "2.00")],
        &[("late_recordings", 1)],
    );
    adds(strict(), vec![interest_into("general", LATER, "2025-01-21", "2.00")], &[]);
}

#[test]
fn the_hours_and_the_round_sum_are_those_of_the_rule() {
    // Everything in these books is recorded at nine.
    let count = given(union()).state().next().0 - 1;
    let all = usize::try_from(count).unwrap();
    adds(union(), vec![thresholds(30, "10000.00", 10)], &[("unusual_hours", all)]);
    let of_100 = || {
        let before = union_with_money().into_iter().chain(spent("2025-01-15", "d-1", "100.00"));
        before.chain([later()]).collect::<Vec<_>>()
    };
    adds(of_100(), vec![thresholds(30, "50.00", 6)], &[("round_sums", 1)]);
    adds(of_100(), vec![thresholds(30, "60.00", 6)], &[]);
}

#[test]
fn a_red_voucher_is_named_with_what_it_takes_back() {
    let place = given(union_with_money()).state().next().0;
    adds(union(), vec![reverse(LATER, place)], &[]);
    let dated = json!({"seq": place, "date": "2025-01-31", "reason": "记错"});
    adds(union(), vec![asks(ACCOUNTANT, LATER, "entry.reverse", dated)], &[("reversals", 1)]);
}

#[test]
fn a_month_that_is_opened_again_and_what_is_recorded_into_it_are_named() {
    let mut closed = union_that_signs();
    closed.extend([interest("2025-01-20", "1.00"), close(LATER, "2025-01")]);
    let again = reopen(LATER, "2025-01").signed(both());
    let more = interest_into("general", LATER, "2025-01-25", "2.00");
    let shut = || close(LATER, "2025-01");
    adds(closed.clone(), vec![again.clone(), shut()], &[("reopened", 1)]);
    adds(closed, vec![again, more, shut()], &[("reopened", 2)]);
}

#[test]
fn spending_above_its_budget_and_without_one_is_named() {
    let adopt = |account: &str| {
        let lines = json!([{"account": account, "amount": "50.00"}]);
        let fields =
            json!({"budget": 2025, "date": FIRST, "lines": lines, "resolution": "决议2025-4号"});
        asks(ACCOUNTANT, FIRST, "budget.adopt", fields)
    };
    let book =
        |account: &str| union_with_money().into_iter().chain([adopt(account)]).collect::<Vec<_>>();
    let pays =
        || spent("2025-01-15", "d-1", "51.00").into_iter().chain([later()]).collect::<Vec<_>>();
    let with = |account: &str| exceptions(book(account).into_iter().chain(pays()).collect());
    assert_eq!(with("501").get("budget_kept"), Some(&1));
    assert_eq!(with("504").get("budget_kept"), Some(&1));
    let within: Vec<Asked> = book("501")
        .into_iter()
        .chain(spent("2025-01-15", "d-1", "50.00"))
        .chain([later()])
        .collect();
    assert_eq!(exceptions(within).get("budget_kept"), None);
}

#[test]
fn what_is_owed_to_and_by_the_union_is_named() {
    let mut base = union_with_money();
    base.extend([
        payroll("2025-01-10", "2025-01", "1000.00"),
        rule(CHAIR, "2025-01-10", &json!({"name": "remittance_due", "day_of_month": 5})),
    ]);
    let due = |amount: &str| vec![allocation("2025-01-12", "2025-01", amount), later()];
    let of = |more: Vec<Asked>| exceptions(base.iter().cloned().chain(more).collect());
    assert_eq!(of(due("19.00")).get("allocation_paid"), Some(&1));
    assert_eq!(of(due("20.00")).get("allocation_paid"), None);
    // By 5 February; of the month alone nothing is late at its own end.
    assert_eq!(of(due("20.00")).get("remittance_on_time"), None);
    let late =
        vec![allocation("2025-01-12", "2025-01", "20.00"), remit("2025-02-06", "8.00"), later()];
    let book = given(
        base.iter()
            .cloned()
            .chain(late)
            .chain([asks(
                CLERK,
                "2025-03-10",
                "group.define",
                json!({"group": "g8", "name": "四车间"}),
            )])
            .collect::<Vec<_>>(),
    );
    let (state, chart, records) = (book.state(), book.book.chart(), records(&book));
    let ledger = Ledger { state, chart, records: &records };
    let programme = programme::report(ledger, "2025-01..2025-02".parse().unwrap(), None);
    let late = programme.checks.iter().find(|check| check.code == Code::RemittanceOnTime).unwrap();
    assert_eq!(late.exceptions.len(), 1, "{late:?}");
}

#[test]
fn a_finding_that_nobody_has_put_right_in_time_is_named() {
    let mut fields = finding_fields("2025-01-20", "f-1", &[3]);
    (fields["owner"], fields["due"]) = (ACCOUNTANT.into(), "2025-02-09".into());
    let mut raised = union_with_money();
    raised.push(asks(AUDITOR, "2025-01-20", "finding.raise", fields));
    let done = json!({
        "finding": "f-1", "date": LATER, "measure": "已补", "status": "done", "evidence": "发票",
    });
    let done = asks(ACCOUNTANT, LATER, "rectification.report", done);
    let with = |more: Vec<Asked>| exceptions(raised.iter().cloned().chain(more).collect());
    assert_eq!(with(vec![later()]).get("findings_followed_up"), Some(&1));
    assert_eq!(with(vec![later(), done]).get("findings_followed_up"), None);
}

/// Everything about January is recorded in February, at nine: after the books have begun.
#[test]
fn what_is_recorded_after_the_months_is_looked_at_as_what_is_of_them() {
    let early = || union().into_iter().chain([thresholds(31, "10000.00", 10)]).collect::<Vec<_>>();
    let voucher = interest_into("general", LATER, "2025-01-20", "2.00");
    adds(early(), vec![voucher], &[("unusual_hours", 1)]);
    let fields = json!({
        "disbursement": "d-1", "date": "2025-01-20", "account": "50102", "amount": "10.00",
        "payee": {"organisation": "示例商店"}, "purpose": "文体活动",
    });
    let asked = || asks(CLERK, LATER, "disbursement.request", fields.clone());
    let approval = || approve(FINANCE, LATER, "d-1", "10.00");
    adds(early(), vec![asked(), approval()], &[("requests_ended", 1), ("unusual_hours", 2)]);
    // Paid in February, it still was a request of January.
    let paid = pay(CASHIER, LATER, "d-1", "bank");
    adds(early(), vec![asked(), approval(), paid], &[("unusual_hours", 2)]);
    let of_february = request(LATER, "d-2", "10.00");
    adds(early(), vec![of_february], &[]);
}

#[test]
fn private_data_that_was_shown_while_books_were_kept_afterwards_is_named() {
    let committed = given::welfare::subject(LATER, "s-1", None);
    let book = || union().into_iter().chain([committed.clone()]).collect::<Vec<_>>();
    let show = |on: &str| {
        let fields = json!({"subjects": ["s-1"], "fields": ["姓名"], "purpose": "核对"});
        asks(CLERK, on, "privacy.open", fields)
    };
    let kept = interest_into("general", LATER, "2025-01-20", "2.00");
    adds(book(), vec![show(LATER)], &[]);
    adds(book(), vec![show(LATER), kept], &[("private_opened", 1)]);
}

#[test]
fn a_check_that_saw_nothing_is_not_in_order() {
    let programme = programme_of(union());
    let result = |code: Code| programme.checks.iter().find(|c| c.code == code).unwrap().result;
    for code in [Code::RelatedPayees, Code::RoundSums, Code::Handovers, Code::FindingsFollowedUp] {
        assert_eq!(result(code), Outcome::NothingToLookAt, "{code:?}");
    }
    assert_eq!(result(Code::RemittanceInFull), Outcome::NotJudged);
    assert_eq!(result(Code::PrivateOpened), Outcome::InOrder);
    let counts = programme.counts;
    let all =
        [counts.in_order, counts.with_exceptions, counts.nothing_to_look_at, counts.not_judged];
    assert_eq!(all.iter().sum::<u32>(), u32::try_from(programme.checks.len()).unwrap());
}

#[test]
fn of_a_list_only_what_is_for_everybody_is_left_out_of_the_relations() {
    let related = |kind: &str| {
        let item = given::welfare::item("gift", kind, "50105", &["member"]);
        let mut asked = union_with_money();
        asked.push(asks(CHAIR, FIRST, "welfare_item.define", item));
        asked.extend(given::welfare::paid(
            "2025-01-15",
            "b-1",
            "gift",
            &[("m-1", "10.00"), ("m-2", "10.00")],
            "bank",
        ));
        let relation = json!({
            "officer": FINANCE, "to": {"member": "m-1"}, "kind": "relative", "from": "2020-01-01",
        });
        asked.extend([asks(CHAIR, LATER, "relation.declare", relation), later()]);
        exceptions(asked).get("related_payees").copied()
    };
    for kind in
        ["hospital", "wedding", "birth", "member_death", "relative_death", "retirement", "birthday"]
    {
        assert_eq!(related(kind), Some(1), "{kind}");
    }
    for kind in ["festival", "womens_day", "health_check", "recuperation", "other_benefit"] {
        assert_eq!(related(kind), None, "{kind}");
    }
}

#[test]
fn what_changes_the_books_behind_a_handover_is_named() {
    let day = "2025-01-31";
    let handover = json!({
        "office": "accountant", "from": ACCOUNTANT, "to": "second", "witness": FINANCE, "on": day,
        "declared": {
            "cash": "0.00", "bank": "0.00", "voucher": "记-2025-01-0001", "receipts": 0, "advances": 0,
        },
        "explanation": "另见盘点表", "list": [{"what": "账簿", "count": 12}],
    });
    let appointed = json!({"officer": "second", "roles": ["accountant"], "from": FIRST});
    let mut asked = union_with_money();
    asked.extend([
        asks(CHAIR, FIRST, "officer.appoint", appointed),
        asks(ACCOUNTANT, day, "handover.record", handover),
        later(),
    ]);
    let interest = |by: &str, date: &str| {
        let fields = json!({"date": date, "fund": "general", "amount": "2.00"});
        asks(by, LATER, "interest.receive", fields)
    };
    // Whoever took over may, and no third for days before it; the rules keep whoever handed over from it.
    adds(asked.clone(), vec![interest("second", "2025-01-20")], &[]);
    let appointed = json!({"officer": "third", "roles": ["accountant"], "from": FIRST});
    asked.push(asks(CHAIR, LATER, "officer.appoint", appointed));
    adds(asked.clone(), vec![interest("third", "2025-01-20")], &[("handovers", 1)]);
    adds(asked, vec![interest("third", day)], &[]);
}

#[test]
fn the_report_to_the_congress_has_the_exceptions_of_the_programme_and_no_purposes() {
    let mut asked = union();
    let purpose = "看望某某甲";
    let payee = json!({"organisation": "示例商店"});
    let mut fields = given::requested("2025-01-20", "d-1", "50102", "10.00", &payee);
    fields["purpose"] = purpose.into();
    asked.insert(asked.len() - 1, asks(CLERK, "2025-01-20", "disbursement.request", fields));
    let book = given(asked.clone());
    let (state, chart, records) = (book.state(), book.book.chart(), records(&book));
    let ledger = Ledger { state, chart, records: &records };
    let period = "2025-01".parse().unwrap();
    let settled = Settled {
        name: Name::Audit,
        period,
        term: "2025-01".parse().unwrap(),
        by: By::Account,
        of: None,
    };
    let Made::Audit(audit) = make(&settled, ledger) else { panic!("no audit") };
    let programme = programme::report(ledger, period, None);
    let found: Vec<_> = programme.checks.iter().filter(|c| !c.exceptions.is_empty()).collect();
    let short = audit.programme.as_ref().unwrap();
    assert_eq!(short.counts, programme.counts);
    assert_eq!(short.found.len(), found.len());
    for (short, whole) in short.found.iter().zip(found) {
        assert_eq!((short.code, short.exceptions as usize), (whole.code, whole.exceptions.len()));
        let all: BTreeSet<_> = whole.exceptions.iter().flat_map(|e| e.records.clone()).collect();
        assert_eq!(short.records, all.into_iter().collect::<Vec<_>>());
    }
    let open = &audit.open_disbursements[0];
    let ended = short.found.iter().find(|check| check.code == Code::RequestsEnded).unwrap();
    assert_eq!(ended.records, [open.seq]);
    let exception = audit.exceptions.iter().find(|e| e.record == Some(open.seq)).unwrap();
    assert_eq!((exception.amount, exception.count), (Some(open.amount), None));
    assert!(!serde_json::to_string(&audit).unwrap().contains(purpose));
    let text = render::audit(&audit, Lang::Zh).to_string();
    assert!(!text.contains(purpose));
    assert!(text.contains("| requests_ended "), "{text}");
}

/// A lottery's numbers are a seed as they are printed.
#[test]
fn any_text_is_a_seed_and_the_record_says_which() {
    let mut asked = union();
    asked.push(asks(
        AUDITOR,
        LATER,
        "audit.open",
        json!({
            "audit": "a-1", "on": LATER, "first": "2025-01", "last": "2025-01",
            "team": [AUDITOR], "lead": AUDITOR, "basis": "审计计划",
        }),
    ));
    let sample = |seed: &str| {
        let population = json!({"what": "vouchers", "first": "2025-01", "last": "2025-01"});
        let fields = json!({
            "audit": "a-1", "on": LATER, "seed": seed, "population": population, "size_asked": 2,
        });
        let mut book = given(asked.clone());
        let records = book.then(&asks(AUDITOR, LATER, "sample.draw", fields));
        let [Recorded { fact: Fact::SampleDrawn(sample), .. }] = &records[..] else {
            panic!("{records:?}")
        };
        sample.clone()
    };
    let said = sample("彩票12345");
    // printf '%s' 彩票12345 | b3sum
    let seed = "f9042e36562b69f7584d518980101f6fc8b01c9fc9c44235985db56dd5ce64e5";
    assert_eq!(
        (said.seed.as_str(), said.said.as_ref().map(mingzhang::ids::Text::as_str)),
        (seed, Some("彩票12345"))
    );
    let hashed = sample(seed);
    assert_eq!((hashed.said, hashed.drawn), (None, said.drawn));
}

/// What a check says of a book with these records, exceptions in English.
#[allow(clippy::ptr_arg, reason = "records are streamed, and a slice has no size of its own")]
fn says(book: &Given, records: &Vec<Recorded>, code: Code) -> (Outcome, Vec<String>) {
    let ledger = Ledger { state: book.state(), chart: book.book.chart(), records };
    let programme = programme::report(ledger, "2025-01".parse().unwrap(), None);
    let check = programme.checks.into_iter().find(|check| check.code == code).unwrap();
    (check.result, check.exceptions.into_iter().map(|found| found.says.en).collect())
}

/// Nothing else in a book says what a seed draws: the last record may have been written by anybody.
#[test]
fn a_sample_that_its_seed_does_not_draw_is_named() {
    let mut asked = union();
    assert_eq!(
        says(&given(asked.clone()), &Vec::new(), Code::SamplesRedrawn).0,
        Outcome::NothingToLookAt
    );
    asked.extend((0..8).map(|_| interest_into("general", LATER, "2025-01-20", "1.00")));
    let population = json!({"what": "vouchers", "first": "2025-01", "last": "2025-01"});
    asked.extend([
        asks(
            AUDITOR,
            LATER,
            "audit.open",
            json!({
                "audit": "a-1", "on": LATER, "first": "2025-01", "last": "2025-01",
                "team": [AUDITOR], "lead": AUDITOR, "basis": "审计计划",
            }),
        ),
        asks(
            AUDITOR,
            LATER,
            "sample.draw",
            json!({
                "audit": "a-1", "on": LATER, "seed": "ab".repeat(32), "population": population,
                "size_asked": 3,
            }),
        ),
    ]);
    let book = given(asked);
    let honest = records(&book);
    assert_eq!(says(&book, &honest, Code::SamplesRedrawn), (Outcome::InOrder, vec![]));
    let forged = |forge: &dyn Fn(&mut mingzhang::event::audit::Sample)| {
        let mut all = honest.clone();
        let Some(last) = all.last_mut() else { panic!("there are records") };
        let Fact::SampleDrawn(sample) = &mut last.fact else { panic!("{last:?}") };
        forge(sample);
        let mut state = State::default();
        for record in &all {
            state.apply(record, None);
        }
        let ledger = Ledger { state: &state, chart: book.book.chart(), records: &all };
        let programme = programme::report(ledger, "2025-01".parse().unwrap(), None);
        let check = programme.checks.into_iter().find(|c| c.code == Code::SamplesRedrawn).unwrap();
        check.exceptions.into_iter().map(|found| found.says.en).collect::<Vec<_>>()
    };
    let size = forged(&|sample| sample.population_size += 1);
    let [size] = &size[..] else { panic!("{size:?}") };
    assert!(size.starts_with("a sample of a-1 says that its population is "), "{size}");
    let drawn = forged(&|sample| sample.drawn.reverse());
    let [drawn] = &drawn[..] else { panic!("{drawn:?}") };
    assert!(drawn.starts_with("a sample of a-1 is not what its seed draws"), "{drawn}");
}

#[test]
fn a_list_that_is_not_signed_and_what_is_unclaimed_of_it_and_not_back_is_named() {
    use given::welfare::{all_but, items, paid, sent_back};
    let two = [("m-1", "60.00"), ("m-2", "60.00")];
    let with = |more: Vec<Asked>| {
        let mut asked = union_with_money();
        asked.extend(items());
        asked.extend(paid("2025-01-15", "b-1", "feast", &two, "bank"));
        asked.extend(more);
        asked.push(later());
        let book = given(asked);
        says(&book, &records(&book), Code::ListsSettled)
    };
    let none = given(union());
    assert_eq!(says(&none, &records(&none), Code::ListsSettled).0, Outcome::NothingToLookAt);
    let unsigned = "of b-1 2 have not signed; 0.00 is unclaimed and 0.00 back".to_owned();
    assert_eq!(with(vec![]), (Outcome::Exceptions, vec![unsigned]));
    let came = || all_but("2025-01-20", "b-1", &["m-2"]);
    let kept = "of b-1 0 have not signed; 60.00 is unclaimed and 0.00 back".to_owned();
    assert_eq!(with(vec![came()]), (Outcome::Exceptions, vec![kept]));
    let back = sent_back("2025-01-21", "b-1", "bank");
    assert_eq!(with(vec![came(), back]), (Outcome::InOrder, vec![]));
}

/// The page for auditors says of each check what it holds for an exception.
#[test]
fn every_check_stands_on_the_page_for_auditors() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/auditing.md");
    let page = fs::read_to_string(path).unwrap();
    for code in Code::ALL {
        let code = serde_json::to_value(code).unwrap();
        let row = format!("| `{}` |", code.as_str().unwrap());
        assert!(page.contains(&row), "{row} is not in docs/auditing.md");
    }
}

#[test]
fn the_story_of_an_audit_is_recorded_and_says_the_same_when_it_is_read_again() {
    let book = given(given::union().into_iter().chain(story::scene()));
    assert_eq!(given::replayed(&book.lines()), *book.state());
    let kinds: BTreeSet<&str> = records(&book).iter().map(|record| record.fact.kind()).collect();
    for kind in [
        "audit.opened",
        "sample.drawn",
        "finding.assigned",
        "rectification.reported",
        "audit.reported",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
}

/// Lists that are longer than a record are several records of one command.
#[test]
fn a_long_sample_and_a_long_report_stay_under_the_length_of_a_record() {
    let mut asked = union_with_money();
    asked.extend((0..130).map(|_| interest("2025-01-20", "1.00")));
    asked.push(asks(
        AUDITOR,
        LATER,
        "audit.open",
        json!({
            "audit": "a-1", "on": LATER, "first": "2025-01", "last": "2025-01",
            "team": [AUDITOR], "lead": AUDITOR, "basis": "审计计划",
        }),
    ));
    let ids: Vec<String> = (0..45).map(|n| format!("{n:0>40}")).collect();
    for id in &ids {
        asked.push(asks(AUDITOR, LATER, "finding.raise", finding_fields(LATER, id, &[3])));
    }
    let mut book = given(asked);
    let population = json!({"what": "vouchers", "first": "2025-01", "last": "2025-01"});
    let sample = json!({
        "audit": "a-1", "on": LATER, "seed": "ab".repeat(32), "population": population,
        "size_asked": 125,
    });
    assert_eq!(book.then(&asks(AUDITOR, LATER, "sample.draw", sample)).len(), 2);
    let advice = vec!["议".repeat(200); 3];
    let report = json!({
        "audit": "a-1", "date": LATER, "findings": ids, "income": "130.00", "spending": "0.00",
        "closing": "1230.00", "advice": advice,
    });
    assert_eq!(book.then(&asks(AUDITOR, LATER, "audit.report", report)).len(), 3);
    assert!(book.lines().iter().all(|line| line.len() <= 4_096));
    let audit = book.state().audit.engagement(&given::of("a-1")).unwrap();
    assert_eq!(audit.reported.as_ref().unwrap().findings.len(), 45);
    let drawn: BTreeSet<_> = audit.samples.iter().flat_map(|(_, part)| &part.drawn).collect();
    assert_eq!(drawn.len(), 125);
}

#[test]
fn a_finding_names_nobody_of_the_committee_to_put_it_right() {
    let mut book = given(union_with_money());
    let raised = |owner: &str| {
        let mut fields = finding_fields(LATER, "f-1", &[3]);
        fields["owner"] = owner.into();
        asks(AUDITOR, LATER, "finding.raise", fields)
    };
    assert_eq!(book.when(&raised(AUDITOR)).unwrap_err().name(), "OwnerOnCommittee");
    book.then(&raised(CASHIER));
}

#[test]
fn a_sample_that_takes_the_place_of_another_says_of_which_and_why() {
    let book = given(given::union().into_iter().chain(story::scene()));
    let report = mingzhang::report::audit::report(
        book.state(),
        book.book.chart(),
        mingzhang::report::Period::All,
    );
    let samples = report.audits.iter().flat_map(|audit| &audit.samples);
    let replaced: Vec<_> = samples.filter_map(|sample| sample.replaces.as_ref()).collect();
    let [replaced] = &replaced[..] else { panic!("{replaced:?}") };
    let page = render::audit(&report, Lang::Zh).to_string();
    let said = format!("  重抽, 代替 #{}, 原因: 补充抽样\n", replaced.records[0]);
    assert!(page.contains(&said), "{page}");
}
