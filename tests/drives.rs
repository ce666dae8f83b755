//! Donation drives and mutual aid 募捐、互助: what holds whatever is asked, and what money does to both.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;
mod steps;
#[path = "golden/drives.rs"]
mod story;

use given::relief::{
    by_bands, claim, close_drive, contribute, contributed, contribution, decide, drive, gifts,
    next, receive, request_claims, somebody, terms, with_funds, with_schemes,
};
use given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, approve, asks, given, of, pay,
    replayed, request, reverse, union, yuan,
};
use mingzhang::event::Fact;
use mingzhang::event::welfare::Beneficiary;
use mingzhang::projection::mutual::Cover;
use mingzhang::rules::Refusal;
use proptest::prelude::*;
use serde_json::{Value, json};

const LATER: &str = "2025-02-10";

fn member(id: &str) -> Beneficiary {
    Beneficiary::Member(of(id))
}

fn and(mut asked: Vec<Asked>, more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    asked.extend(more);
    asked
}

#[test]
fn the_story_reaches_every_fact_of_drives_and_mutual_aid() {
    let book = given(and(union(), story::scene()));
    assert_eq!(replayed(&book.lines()), *book.state());
    let text: Vec<u8> = book.lines().concat();
    let text = String::from_utf8(text).unwrap();
    let ours = ["drive", "scheme", "cover.", "claim"];
    for name in Fact::NAMES.iter().filter(|name| ours.iter().any(|of| name.starts_with(of))) {
        assert!(text.contains(&format!("\"{name}\"")), "{name}");
    }
}

/// The wrong name of an article goes with its only record; what was handed on comes back to be given.
#[test]
fn goods_that_were_recorded_wrongly_are_recorded_anew() {
    use given::relief::{give, goods};
    let mut book = given(and(with_funds(), [drive(LATER, "dr-1", "drive")]));
    let withdraw = |record: mingzhang::ids::Seq| {
        let fields = json!({"drive": "dr-1", "record": record, "reason": "登记错误"});
        asks(CLERK, LATER, "drive_goods.withdraw", fields)
    };
    let wrong = book.then(&goods(LATER, "dr-1", "棉衣", 30))[0].seq;
    book.then(&withdraw(wrong));
    assert!(book.when(&withdraw(wrong)).is_err());
    book.then(&goods(LATER, "dr-1", "棉被", 3));
    let all = book.then(&give(LATER, "dr-1", 3))[0].seq;
    book.then(&withdraw(all));
    book.then(&give(LATER, "dr-1", 2));
    let drive = book.state().drives.drive(&of("dr-1")).unwrap();
    let quilts = &drive.goods[&of("quilt")];
    assert_eq!((quilts.name.as_str(), quilts.received, quilts.given), ("棉被", 3, 2));
    assert_eq!(replayed(&book.lines()), *book.state());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_drive_gives_what_it_did_not_get_and_no_scheme_more_than_its_limit(
        steps in steps::steps(260)
    ) {
        let mut book = given(steps::begin());
        for (place, step) in steps.iter().enumerate() {
            let asked = match place % 5 {
                0 | 1 => steps::relief::step(step, book.state()),
                2 | 3 => steps::relief::mutual(step, book.state()),
                _ => {
                    let last = book.state().next().0;
                    let seq = last.saturating_sub(1 + step.which as u64 % 12);
                    let fields = json!({"seq": seq, "date": step.today, "reason": "记错"});
                    Some(step.by(ACCOUNTANT, "entry.reverse", fields))
                }
            };
            let Some(asked) = asked else { continue };
            if book.when(&asked).is_ok() {
                steps::relief::check(book.state());
            }
        }
        prop_assert_eq!(replayed(&book.lines()), book.state().clone());
    }
}

/// A test of the test above: its steps do give, and grant.
#[test]
fn the_random_steps_give_and_grant() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut goods, mut paid, mut granted) = (0, 0, 0);
    for _ in 0..12 {
        let steps = steps::steps(260).new_tree(&mut runner).unwrap().current();
        let mut book = given(steps::begin());
        for (place, step) in steps.iter().enumerate() {
            let family = if place % 2 == 0 { steps::relief::step } else { steps::relief::mutual };
            if let Some(asked) = family(step, book.state()) {
                let _ = book.when(&asked);
            }
        }
        let state = book.state();
        goods += state.drives.drives().filter(|(_, drive)| !drive.given.is_empty()).count();
        let of_drive = |fund| state.drives.of_fund(fund).is_some();
        paid += state.disbursements.payments().filter(|(_, p)| of_drive(&p.paid.fund)).count();
        granted += state.mutual.claims().filter(|(_, claim)| claim.decided.is_some()).count();
    }
    assert!(goods > 3 && paid > 3 && granted > 3, "{goods} {paid} {granted}");
}

#[test]
fn a_list_of_many_donors_is_several_short_records_and_one_voucher() {
    let names = |n: u32| json!({"organisation": format!("{n}号{}", "单位".repeat(60))});
    let list: Vec<Value> = (0..41).map(|n| json!({"donor": names(n), "amount": "10.00"})).collect();
    let mut fields = gifts(LATER, "dr-1", &[]);
    fields["gifts"] = list.into();
    fields["control"] = json!({"people": 41, "total": "410.00"});
    let mut book = given(and(with_funds(), [drive(LATER, "dr-1", "drive")]));
    let records = book.then(&receive(LATER, fields));
    assert_eq!(records.iter().filter(|record| record.voucher.is_some()).count(), 1);
    assert_eq!(records.len(), 10);
    assert!(book.lines().iter().all(|line| line.len() <= 4_096));
    let found = book.state().drives.drive(&of("dr-1")).unwrap();
    assert_eq!((found.total(), found.gifts().count()), (yuan("410.00"), 41));
}

#[test]
fn nobody_stands_on_a_list_twice_by_two_names() {
    let before = and(with_funds(), [somebody(FIRST, "s-m1", Some("m-1"))]);
    let mut book = given(and(before, [drive(LATER, "dr-1", "drive")]));
    let mut fields = gifts(LATER, "dr-1", &[("m-1", "1.00"), ("m-2", "2.00")]);
    fields["gifts"][1]["donor"] = json!({"subject": "s-m1"});
    let twice = Refusal::ListedTwice { to: Beneficiary::Subject(of("s-m1")) };
    assert_eq!(book.when(&receive(LATER, fields)), Err(twice));
    let before = and(with_schemes(), [somebody(FIRST, "s-m1", Some("m-1"))]);
    let mut book = given(and(before, [contribution(FIRST, &["m-1"])]));
    let again =
        contribute(FIRST, contributed(FIRST, "bands", &["s-m1"], "2025-03-01", "2025-03-31"));
    assert!(matches!(book.when(&again), Err(Refusal::CoveredAlready { .. })));
}

#[test]
fn what_stays_after_a_drive_is_paid_out_for_its_purpose_and_takes_nothing_more() {
    let received = receive(LATER, gifts(LATER, "dr-1", &[("m-1", "100.00")]));
    let closed = [drive(LATER, "dr-1", "drive"), received, close_drive(LATER, "dr-1", None)];
    let mut book = given(and(with_funds(), closed));
    let mut fields =
        given::requested(LATER, "d-1", "50404", "60.00", &json!({"organisation": "示例医院"}));
    fields["fund"] = "drive".into();
    book.then(&asks(CLERK, LATER, "disbursement.request", fields));
    book.then(&approve(FINANCE, LATER, "d-1", "60.00"));
    book.then(&pay(CASHIER, LATER, "d-1", "bank"));
    let more = receive(LATER, gifts(LATER, "dr-1", &[("m-1", "1.00")]));
    assert!(matches!(book.when(&more), Err(Refusal::DriveClosedAlready { .. })));
    let second = drive(LATER, "dr-2", "drive");
    assert!(matches!(book.when(&second), Err(Refusal::DriveFundTaken { .. })));
}

#[test]
fn a_drive_is_not_closed_before_its_last_gift_and_others_money_is_never_the_unions() {
    let received = receive(LATER, gifts(LATER, "dr-1", &[("m-1", "100.00")]));
    let opened = [drive(LATER, "dr-1", "drive"), drive(LATER, "dr-2", "kept"), received];
    let mut book = given(and(with_funds(), opened));
    let early = asks(
        CHAIR,
        LATER,
        "drive.close",
        json!({"drive": "dr-1", "on": "2025-02-09", "resolution": "决议"}),
    );
    let wrong = Refusal::DriveDaysWrong { first: of(LATER), last: of("2025-02-09") };
    assert_eq!(book.when(&early), Err(wrong));
    let custodial = close_drive(LATER, "dr-2", Some("general"));
    assert_eq!(book.when(&custodial), Err(Refusal::FundUnknown { fund: of("kept") }));
    let records = book.then(&close_drive(LATER, "dr-1", Some("general")));
    let kinds: Vec<&str> = records.iter().map(|record| record.fact.kind()).collect();
    assert_eq!(kinds, ["fund.released", "fund.closed", "drive.closed"]);
}

#[test]
fn a_scheme_pays_no_claim_above_what_it_holds() {
    let claims = [
        contribution(FIRST, &["m-1"]),
        claim(LATER, "cl-1", "m-1", "2025-02-01", "6000.00"),
        decide(LATER, "cl-1", "1850.00"),
        request_claims(LATER, "d-1", &["cl-1"]),
        approve(FINANCE, LATER, "d-1", "1850.00"),
        approve(CHAIR, LATER, "d-1", "1850.00"),
    ];
    let mut book = given(and(with_schemes(), claims));
    let small = Refusal::FundTooSmall {
        fund: of("drive"),
        held: yuan("50.00"),
        asked: yuan("1850.00"),
        short: yuan("1800.00"),
    };
    assert_eq!(book.when(&pay(CASHIER, LATER, "d-1", "bank")), Err(small));
}

#[test]
fn a_claim_whose_contribution_went_back_is_granted_nothing() {
    let before = with_schemes();
    let receipt = next(&before);
    let claims = [
        contribution(FIRST, &["m-1"]),
        claim(LATER, "cl-1", "m-1", "2025-02-01", "200.00"),
        claim(LATER, "cl-2", "m-1", "2025-02-02", "300.00"),
        decide(LATER, "cl-2", "90.00"),
        reverse(LATER, receipt),
    ];
    let mut book = given(and(before, claims));
    let not = |on: &str| {
        Err(Refusal::NotCovered { scheme: of("bands"), to: member("m-1"), date: of(on) })
    };
    assert_eq!(book.when(&decide(LATER, "cl-1", "60.00")), not("2025-02-01"));
    assert_eq!(book.when(&request_claims(LATER, "d-1", &["cl-2"])), not("2025-02-02"));
    // The same term is open to him again.
    book.then(&contribution(LATER, &["m-1"]));
    book.then(&request_claims(LATER, "d-1", &["cl-2"]));
}

#[test]
fn whoever_renews_without_a_gap_waits_no_second_time() {
    let term = |first: &str, last: &str| {
        contribute(FIRST, contributed(FIRST, "bands", &["m-1"], first, last))
    };
    let befell = claim("2025-03-10", "cl-1", "m-1", "2025-03-05", "200.00");
    let renewed = [term("2025-01-01", "2025-02-28"), term("2025-03-01", "2025-12-31")];
    given(and(with_schemes(), renewed)).then(&befell);
    // A day without cover, and the waiting begins anew.
    let late = [term("2025-01-01", "2025-02-27"), term("2025-03-01", "2025-12-31")];
    let waits = Refusal::InWaitingPeriod {
        claim: of("cl-1"),
        first: of("2025-03-01"),
        waiting: 30,
        date: of("2025-03-05"),
    };
    assert_eq!(given(and(with_schemes(), late)).when(&befell), Err(waits));
}

#[test]
fn the_limit_of_a_year_counts_every_name_of_a_person() {
    let mut bands = by_bands("bands");
    bands["most_in_year"] = "100.00".into();
    let before =
        and(with_schemes(), [somebody(FIRST, "s-m1", Some("m-1")), terms("2025-01-02", &[bands])]);
    let mut other = given::relief::claimed("cl-2", "bands", "s-m1", "2025-02-02");
    other["costs"] = "300.00".into();
    let claims = [
        contribute(
            "2025-01-02",
            contributed("2025-01-02", "bands", &["m-1"], "2025-01-02", "2025-12-31"),
        ),
        claim(LATER, "cl-1", "m-1", "2025-02-02", "250.00"),
        decide(LATER, "cl-1", "75.00"),
        asks(CLERK, LATER, "claim.open", other),
    ];
    let mut book = given(and(before, claims));
    assert!(matches!(
        book.when(&decide(LATER, "cl-2", "90.00")),
        Err(Refusal::ClaimOtherwise { .. })
    ));
    book.then(&decide(LATER, "cl-2", "25.00"));
}

#[test]
fn a_claim_may_be_of_a_month_that_is_closed() {
    let closes = given::close("2025-02-01", "2025-01");
    let before = and(with_schemes(), [contribution(FIRST, &["m-1"]), closes]);
    given(before).then(&claim(LATER, "cl-1", "m-1", "2025-01-31", "200.00"));
}

#[test]
fn the_unions_part_is_for_those_who_have_paid_theirs() {
    let mut bands = by_bands("bands");
    bands["union_share"] = "30.00".into();
    let paid = |id: &str, amount: &str| {
        [
            request(LATER, id, amount),
            approve(FINANCE, LATER, id, amount),
            pay(CASHIER, LATER, id, "bank"),
        ]
    };
    let before = and(with_schemes(), [terms(FIRST, &[bands]), contribution(FIRST, &["m-1"])]);
    let before = and(and(before, paid("d-1", "30.00")), paid("d-2", "60.00"));
    let cover = |id: &str, ids: &[&str]| {
        let people = given::relief::people(ids);
        let fields = json!({
            "scheme": "bands", "disbursement": id, "first": "2025-01-01", "last": "2025-12-31",
            "people": people,
        });
        asks(CLERK, LATER, "cover.list", fields)
    };
    let mut book = given(before);
    let not =
        Refusal::NotCovered { scheme: of("bands"), to: member("m-2"), date: of("2025-01-01") };
    assert_eq!(book.when(&cover("d-2", &["m-1", "m-2"])), Err(not));
    book.then(&cover("d-1", &["m-1"]));
    let scheme = book.state().mutual.scheme(&of("bands")).unwrap();
    let covers: Vec<_> =
        book.state().covers_of(scheme, &member("m-1")).map(Cover::covers).collect();
    assert_eq!(covers, [true, false]);
    // The union's part is given once as well.
    let twice = cover("d-2", &["m-1"]);
    assert!(matches!(book.when(&twice), Err(Refusal::CoveredAlready { .. })));
}

/// What the vault holds of a beneficiary stands in no byte beside it: not in the book's files, not in what
/// the program prints of a drive.
#[test]
fn nothing_private_of_whom_a_drive_is_for_leaves_the_vault() {
    const SECRETS: [&str; 3] = ["赵示例甲", "示例之重症", "13900000000"];
    let folder = tempfile::tempdir().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/practices");
    let [name, illness, phone] = SECRETS;
    let fields = json!({"姓名": name, "病情": illness, "电话": phone});
    std::fs::write(folder.path().join("person.json"), fields.to_string()).unwrap();
    let run = |args: &[&str]| -> Vec<u8> {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_mingzhang"));
        let program = program.current_dir(folder.path()).env_clear().args(["-b", "book"]);
        let ran = program.args(args).output().unwrap();
        assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
        [ran.stdout, ran.stderr].concat()
    };
    let path = |name: &str| root.join(name).to_str().unwrap().to_owned();
    let (starts, organisation) = ("--starts=2025-01-01", "--organisation=示例工会");
    let origin = "gh.example.org/shop";
    run(&["init", origin, organisation, starts, "--no-passphrase", "--as", "acc"]);
    run(&["apply", &path("00-begin.jsonl")]);
    run(&["vault", "put", "--subject", "s-101", "person.json", "--as", "clerk"]);
    let mut said = run(&["apply", &path("10-donation-drives.jsonl"), "--vouchers"]);
    for report in ["donors", "drives", "custodial", "vouchers"] {
        said.extend(run(&["report", report]));
        said.extend(run(&["report", report, "--json"]));
    }
    said.extend(run(&["log"]));
    let mut files: Vec<_> = vec![folder.path().join("book")];
    let mut looked_at = 0;
    while let Some(file) = files.pop() {
        if file.is_dir() {
            let entries = std::fs::read_dir(&file).unwrap().map(|entry| entry.unwrap().path());
            files.extend(entries.filter(|path| !path.ends_with("vault")));
        } else {
            looked_at += 1;
            said.extend(std::fs::read(&file).unwrap());
        }
    }
    assert!(looked_at > 1);
    for secret in SECRETS {
        let found = said.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
        assert!(!found, "{secret} is outside the vault");
    }
    // The search would find what is there.
    assert!(said.windows("s-101".len()).any(|bytes| bytes == b"s-101"));
}

/// The terms of one scheme take nothing from another, also where both begin on one day.
#[test]
fn terms_speak_for_their_own_scheme_alone() {
    let mut dearer = given::relief::by_days("days");
    dearer["union_share"] = "35.00".into();
    let mut book = given(with_schemes());
    let share = |book: &given::Given, scheme: &str, on: &str| {
        let terms = book.state().offices.scheme_terms(&of(scheme), of(on));
        terms.map(|terms| (terms.contribution, terms.union_share))
    };
    let before = [share(&book, "bands", LATER), share(&book, "days", LATER)];
    assert!(before.iter().all(Option::is_some));
    book.then(&terms(LATER, &[dearer]));
    assert_eq!(share(&book, "bands", LATER), before[0]);
    assert_eq!(share(&book, "days", "2025-02-09"), before[1]);
    assert_eq!(share(&book, "days", LATER).unwrap().1, yuan("35.00"));
}
