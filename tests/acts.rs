//! Officers sign, and what they sign binds them: what the books hold of it, and what becomes of keys.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;

use given::acts::{
    AUDITOR_KEY, CHAIR_KEY, FINANCE_KEY, LOG_KEY, NEXT_LOG_KEY, OTHER_KEY, both, clear, conclude,
    finding, instruction, log_key, officer_key, register, reopen, rotate, rotate_lost, signs,
    union_that_signs,
};
use given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, Given, adjust, appoint,
    approve, asks, close, given, interest_into, of, replayed, request, rule, yuan,
};
use mingzhang::book::{Book, Folder, Instruction, Mode, NotRecorded, Reading, Receipt, Why};
use mingzhang::chain::act::Request;
use mingzhang::chart::Chart;
use mingzhang::date::{Day, Month, Offset};
use mingzhang::event::Fact;
use mingzhang::event::book::Role;
use mingzhang::lang::Lang;
use mingzhang::report::{Period, audit};
use mingzhang::rules::{Command, Refusal};
use mingzhang::{ids::OfficerId, render};
use proptest::prelude::*;
use serde_json::json;

const LATER: &str = "2025-02-10";

fn officers(names: &[&str]) -> Vec<OfficerId> {
    names.iter().map(|name| of(name)).collect()
}

fn requested() -> Given {
    let mut book = given(union_that_signs());
    book.then(&request(LATER, "d-1", "100.00"));
    book
}

fn approval() -> Asked {
    approve(FINANCE, LATER, "d-1", "100.00").signed([signs(FINANCE, FINANCE_KEY)])
}

#[test]
fn a_signed_act_is_the_officer_s_and_its_signature_is_brought_by_another() {
    let mut book = requested();
    let records = book.then(&approval());
    let [given, signed] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!((given.actor.clone(), signed.actor.clone()), (of(FINANCE), of(ACCOUNTANT)));
    let Fact::ActSigned(act) = &signed.fact else { panic!("{signed:?}") };
    assert_eq!(
        (act.of, act.officer.clone(), signed.seq),
        (given.seq, of(FINANCE), given.seq.next())
    );
    assert_eq!(book.state().acts.signers(given.seq), officers(&[FINANCE]));
    assert_eq!(replayed(&book.lines()), *book.state());
}

#[test]
fn another_reader_of_signed_notes_verifies_an_act() {
    let book = requested();
    let act = signs(FINANCE, FINANCE_KEY).act(&approval().command, &book.book);
    let signatures = vec![act.signature];
    let file = Request { statement: act.statement, record: None, signatures }.text().unwrap();
    let vkey = officer_key(FINANCE_KEY).vkey().to_string();
    let verifier = signed_note::StandardVerifier::new(&vkey).unwrap();
    let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
    let note = signed_note::Note::from_bytes(file.as_bytes()).unwrap();
    assert_eq!(note.verify(&known).unwrap().0.len(), 1);
    let changed = file.replace("100.00", "900.00");
    let changed = signed_note::Note::from_bytes(changed.as_bytes()).unwrap();
    assert!(changed.verify(&known).is_err());
}

#[test]
fn an_approval_counts_signed_or_not_unless_a_rule_wants_it_signed() {
    let mut book = requested();
    book.then(&approval());
    book.then(&request(LATER, "d-2", "100.00"));
    book.then(&approve(FINANCE, LATER, "d-2", "100.00"));
    let tomorrow = "2025-02-11";
    let types = json!({"name": "acts_signed", "types": ["approval.given", "approval.refused"]});
    let fields = json!({"rule": types, "from": tomorrow, "source": "决议2025-4号"});
    book.then(&asks(CHAIR, LATER, "rule.set", fields));
    book.then(&request(LATER, "d-3", "100.00"));
    book.then(&request(LATER, "d-4", "100.00"));
    book.then(&approve(FINANCE, LATER, "d-3", "100.00"));
    let unsigned = approve(FINANCE, tomorrow, "d-4", "100.00");
    let (officer, kind) = (of(FINANCE), "approval.given".to_owned());
    assert_eq!(book.when(&unsigned), Err(Refusal::SignatureNeeded { officer, kind }));
    book.then(&unsigned.signed([signs(FINANCE, FINANCE_KEY)]));
}

#[test]
fn only_the_chair_says_what_has_to_be_signed() {
    let mut book = given(union_that_signs());
    let nothing = json!({"name": "acts_signed", "types": []});
    let refused = book.when(&rule(FINANCE, FIRST, &nothing));
    let (holds, needed) = (vec![Role::Committee, Role::FinanceHead], vec![Role::Chair]);
    assert_eq!(refused, Err(Refusal::OfficeNeeded { officer: of(FINANCE), holds, needed }));
    book.then(&rule(CHAIR, FIRST, &nothing));
}

#[test]
fn appointments_and_adjustments_are_signed_as_well() {
    let mut book = given(union_that_signs());
    let chair = || [signs(CHAIR, CHAIR_KEY)];
    book.then(&appoint(CHAIR, LATER, "new", &["clerk"], None).signed(chair()));
    let remove = json!({"officer": "new", "on": LATER});
    book.then(&asks(CHAIR, LATER, "officer.remove", remove).signed(chair()));
    let lines = json!([
        {"account": "50501", "fund": "general", "debit": "1.00"},
        {"account": "50502", "fund": "general", "credit": "1.00"},
    ]);
    let records = book.then(&adjust(LATER, lines).signed([signs(AUDITOR, AUDITOR_KEY)]));
    let number = records[0].voucher.as_ref().map(|voucher| voucher.number.to_string());
    assert_eq!(number.as_deref(), Some("记-2025-02-0001"), "the signer cannot know the number");
    assert_eq!(book.state().acts.signers(records[0].seq), officers(&[AUDITOR]));
}

#[test]
fn a_signature_lends_nobody_an_office() {
    let mut book = requested();
    let cashier = approve(CASHIER, LATER, "d-1", "100.00");
    book.then(&register_on(LATER, CASHIER, OTHER_KEY).signed(with_chair(CASHIER, OTHER_KEY)));
    let refused = book.when(&cashier.signed([signs(CASHIER, OTHER_KEY)]));
    assert!(
        matches!(refused, Err(Refusal::OfficeNeeded { officer, .. }) if officer == of(CASHIER))
    );
}

#[test]
fn whoever_brings_an_act_in_is_an_officer() {
    let mut book = requested();
    let acts = vec![signs(FINANCE, FINANCE_KEY).act(&approval().command, &book.book)];
    let mut bring = |carrier: &str| {
        let instruction = Instruction::of_acts(acts.clone(), of(carrier), "one".to_owned());
        let now = of::<Day>(LATER).at(9, 0, Offset::china());
        book.book.record(&[instruction.unwrap()], now.unwrap(), Mode::default())
    };
    let refused = Why::Rule(Refusal::OfficerUnknown { officer: of("nobody") });
    assert_eq!(bring("nobody"), Err(NotRecorded::Refused(vec![(0, refused)])));
    let first = bring(CLERK).unwrap();
    let again = bring(CLERK).unwrap();
    let expected: Vec<Receipt> =
        first.into_iter().map(|receipt| Receipt { repeated: true, ..receipt }).collect();
    assert_eq!(again, expected, "the same key, the same act");
}

#[test]
fn the_same_key_with_another_signature_is_another_command() {
    let mut book = requested();
    let now = of::<Day>(LATER).at(9, 0, Offset::china()).unwrap();
    let Asked { by, command, .. } = approval();
    let act = signs(FINANCE, FINANCE_KEY).act(&command, &book.book);
    let unsigned = Instruction { command, by, key: "one".to_owned(), signed: None };
    book.book.record(&[unsigned], now, Mode::default()).unwrap();
    let signed = Instruction::of_acts(vec![act], of(CLERK), "one".to_owned()).unwrap();
    let Err(NotRecorded::Refused(refused)) = book.book.record(&[signed], now, Mode::default())
    else {
        panic!("recorded")
    };
    assert!(matches!(refused.as_slice(), [(0, Why::KeyUsed { .. })]), "{refused:?}");
}

#[test]
fn an_old_key_stops_signing_when_another_is_registered() {
    let mut book = requested();
    let both = [signs(FINANCE, OTHER_KEY), signs(FINANCE, FINANCE_KEY)];
    book.then(&register_on(LATER, FINANCE, OTHER_KEY).signed(both));
    let refused = Refusal::SignatureWrong { officer: of(FINANCE) };
    assert_eq!(book.when(&approval()), Err(refused));
    let with_new = approve(FINANCE, LATER, "d-1", "100.00").signed([signs(FINANCE, OTHER_KEY)]);
    book.then(&with_new);
}

#[test]
fn a_lost_key_is_replaced_on_the_word_of_a_chair_who_is_somebody_else() {
    let mut book = given(union_that_signs());
    let lost = |officer: &str, other: given::acts::Signs| {
        register(officer, OTHER_KEY).signed([signs(officer, OTHER_KEY), other])
    };
    let by_auditor = lost(FINANCE, signs(AUDITOR, AUDITOR_KEY));
    let refusal = Refusal::OldKeyNotProved { officer: of(FINANCE) };
    assert_eq!(book.when(&by_auditor), Err(refusal));
    book.then(&lost(FINANCE, signs(CHAIR, CHAIR_KEY)));
    assert_eq!(
        book.state().acts.key(&of(FINANCE)),
        Some(&*officer_key(OTHER_KEY).vkey().to_string())
    );
}

#[test]
fn a_month_that_is_opened_again_takes_entries_and_closes_with_other_totals() {
    let mut book = given(union_that_signs());
    let january: Month = of("2025-01");
    let late = interest_into("general", LATER, "2025-01-20", "3.21");
    book.then(&interest_into("general", "2025-01-10", "2025-01-10", "1.00"));
    book.then(&close("2025-02-01", "2025-01"));
    let closed = Refusal::PeriodClosed { date: of("2025-01-20"), closed_through: january };
    assert_eq!(book.when(&late), Err(closed));
    book.then(&reopen(LATER, "2025-01").signed(both()));
    assert_eq!(book.state().periods.closed_through(), None);
    let number = book.then(&late)[0].voucher.as_ref().unwrap().number.to_string();
    assert_eq!(number, "记-2025-01-0002");
    let again = book.then(&close(LATER, "2025-01"));
    let Fact::PeriodClosed(totals) = &again[0].fact else { panic!("{again:?}") };
    assert_eq!((totals.vouchers, totals.debit, totals.credit), (2, yuan("4.21"), yuan("4.21")));
    assert_eq!(book.state().periods.closed_through(), Some(january));
    assert_eq!(book.state().periods.closing(january), Some(again[0].seq));
    assert_eq!(replayed(&book.lines()), *book.state());
    assert_eq!(
        book.when(&late),
        Err(Refusal::PeriodClosed { date: of("2025-01-20"), closed_through: january })
    );
}

#[test]
fn one_person_under_two_ids_is_not_two_persons() {
    let mut book = given(union_that_signs());
    book.then(&close("2025-02-01", "2025-01"));
    // The chair came back as an auditor, and somebody else is chair.
    book.then(&appoint(CHAIR, LATER, "next", &["chair"], None));
    book.then(&asks(CHAIR, LATER, "officer.remove", json!({"officer": CHAIR, "on": LATER})));
    book.then(&appoint("next", LATER, "back", &["audit_member"], Some("m-16")));
    book.then(&register_on(LATER, "back", OTHER_KEY));
    let signed = [signs("back", OTHER_KEY), signs(CHAIR, CHAIR_KEY)];
    let mut reopening = reopen(LATER, "2025-01").signed(signed);
    reopening.by = of("back");
    let refusal = Refusal::TwoSignaturesNeeded { kind: "period.reopened".to_owned() };
    assert_eq!(book.when(&reopening), Err(refusal));
    book.then(&register_on(LATER, "next", 68));
    let mut reopening =
        reopen(LATER, "2025-01").signed([signs("next", 68), signs("back", OTHER_KEY)]);
    reopening.by = of("next");
    book.then(&reopening);
}

fn with_chair(officer: &str, seed: u8) -> [given::acts::Signs; 2] {
    [signs(officer, seed), signs(CHAIR, CHAIR_KEY)]
}

fn register_on(day: &str, officer: &str, seed: u8) -> Asked {
    let Asked { command, signed, .. } = register(officer, seed);
    Asked { by: of(officer), on: of(day), command, signed }
}

#[test]
fn log_keys_follow_one_another_and_a_lost_one_takes_two_signatures() {
    let mut book = given(union_that_signs());
    let key = |seed| Some(log_key(seed).vkey().to_string());
    let in_force = |book: &Given| book.state().offices.log_key().map(str::to_owned);
    let place = |book: &Given| book.state().next().0;
    assert_eq!(in_force(&book), key(LOG_KEY));
    book.then(&rotate(FIRST, place(&book), LOG_KEY, NEXT_LOG_KEY));
    assert_eq!(in_force(&book), key(NEXT_LOG_KEY));
    let lost = rotate_lost(FIRST, place(&book), NEXT_LOG_KEY, LOG_KEY);
    let mut alone = lost.clone();
    alone.by = of(CHAIR);
    let kind = "key.rotated".to_owned();
    assert_eq!(book.when(&alone), Err(Refusal::TwoSignaturesNeeded { kind }));
    book.then(&lost.signed(both()));
    assert_eq!(in_force(&book), key(LOG_KEY));
    let same = rotate(FIRST, place(&book), LOG_KEY, LOG_KEY);
    assert_eq!(book.when(&same), Err(Refusal::KeyNotNew { key: key(LOG_KEY).unwrap() }));
    let mut forged = rotate(FIRST, place(&book), LOG_KEY, NEXT_LOG_KEY);
    if let Command::RotateKey(rotation) = &mut forged.command {
        rotation.proof_old = Some(rotation.proof_new.clone());
    }
    let vkey = key(LOG_KEY).unwrap();
    assert_eq!(book.when(&forged), Err(Refusal::RotationNotProved { vkey }));
}

#[test]
fn findings_and_opinions_stand_in_the_audit_report_with_what_became_of_them() {
    let mut book = given(union_that_signs());
    book.then(&close("2025-02-01", "2025-01"));
    book.then(&finding(LATER, "f-1", &[3]).signed([signs(AUDITOR, AUDITOR_KEY)]));
    book.then(&finding("2025-02-11", "f-2", &[4, 5]));
    book.then(&clear("2025-03-02", "f-1"));
    book.then(&conclude("2025-03-02", "2025-01", "2025-02"));
    let chart = Chart::built_in(mingzhang::chart::STATUTORY).unwrap();
    let of_month = |month: &str| audit::report(book.state(), &chart, Period::Month(of(month)));
    let ids = |report: &audit::Audit| {
        let ids = report.findings.iter().map(|found| found.finding.to_string());
        ids.collect::<Vec<_>>()
    };
    let (january, february, april) =
        (of_month("2025-01"), of_month("2025-02"), of_month("2025-04"));
    assert_eq!((ids(&january), january.opinions.len()), (vec![], 1));
    assert_eq!(ids(&february), ["f-1", "f-2"]);
    assert_eq!((ids(&april), april.opinions.len()), (vec!["f-2".to_owned()], 0));
    let text = render::audit(&february, Lang::Zh).to_string();
    for words in ["十三、审计发现", "销号 2025-03-02: 附件已补齐", "未整改", "保留意见"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(february.findings[0].signed_by, officers(&[AUDITOR]));
}

#[test]
fn an_opinion_is_of_months_that_are_over_and_of_this_book() {
    let mut book = given(union_that_signs());
    let unfinished = Refusal::MonthNotOver { month: of("2025-02"), today: of(LATER) };
    assert_eq!(book.when(&conclude(LATER, "2025-01", "2025-02")), Err(unfinished));
    let early = Refusal::DateBeforeBook { date: of("2024-12-01"), starts: of(FIRST) };
    assert_eq!(book.when(&conclude(LATER, "2024-12", "2025-01")), Err(early));
    book.then(&conclude(LATER, "2025-01", "2025-01"));
}

#[test]
fn on_the_disk_the_new_key_signs_and_the_old_one_no_longer() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("book");
    let chart = Chart::built_in(mingzhang::chart::STATUTORY).unwrap();
    let mut book = Book::create(&path, &of(given::ORIGIN), chart, "test").unwrap();
    let record = |book: &mut Book, number: usize, asked: Asked| {
        let now = asked.on.at(9, 0, Offset::china()).unwrap();
        let instruction = instruction(&asked, format!("test-{number}"), book);
        book.record(&[instruction], now, Mode::default()).unwrap();
    };
    for (number, asked) in union_that_signs().into_iter().enumerate() {
        record(&mut book, number, asked);
    }
    let first = book.sign(&log_key(LOG_KEY)).unwrap();
    let next = book.state().next().0;
    record(&mut book, 100, rotate(FIRST, next, LOG_KEY, NEXT_LOG_KEY));
    let folder = Folder::new(&path);
    let vkey = || std::fs::read_to_string(folder.log_vkey()).unwrap();
    assert_eq!(vkey(), format!("{}\n", log_key(NEXT_LOG_KEY).vkey()));
    assert!(book.sign(&log_key(LOG_KEY)).is_err(), "the old key is no longer in force");
    let second = book.sign(&log_key(NEXT_LOG_KEY)).unwrap();
    assert!(first.verify_log(&log_key(LOG_KEY).vkey()).is_ok());
    assert!(second.verify_log(&log_key(NEXT_LOG_KEY).vkey()).is_ok());
    let state = book.state().clone();
    drop(book);
    // A copy that is stale, as after a crash, is put right before the next signature leaves.
    std::fs::write(folder.log_vkey(), "old\n").unwrap();
    let (mut book, _) = Book::open(&path, "test", &mut |_| ()).unwrap();
    assert_eq!(*book.state(), state);
    book.sign(&log_key(NEXT_LOG_KEY)).unwrap();
    assert_eq!(vkey(), format!("{}\n", log_key(NEXT_LOG_KEY).vkey()));
    let read = Reading::open(&folder, &mut |_| ()).unwrap();
    assert_eq!(read.state, state);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whoever signs, in whatever order: a month is opened by a chair and an auditor, or not at all.
    #[test]
    fn a_month_is_opened_only_by_both(
        drawn in prop::collection::vec((0usize..3, prop::bool::weighted(0.9)), 0..4),
    ) {
        let mut book = given(union_that_signs());
        book.then(&close("2025-02-01", "2025-01"));
        let who = [(CHAIR, CHAIR_KEY), (AUDITOR, AUDITOR_KEY), (FINANCE, FINANCE_KEY)];
        let signed = drawn.iter().map(|(which, own)| {
            let (officer, key) = who[*which];
            signs(officer, if *own { key } else { OTHER_KEY })
        });
        let signed: Vec<_> = signed.collect();
        let holds = drawn.iter().all(|(_, own)| *own);
        let twice = (0..3).any(|one| drawn.iter().filter(|(which, _)| *which == one).count() > 1);
        let by_both = [0, 1].iter().all(|one| drawn.iter().any(|(which, _)| which == one));
        // The first is who acts, and the head of finance may not.
        let first = drawn.first().is_some_and(|(which, _)| *which != 2);
        let opened = book.when(&reopen(LATER, "2025-01").signed(signed));
        prop_assert_eq!(opened.is_ok(), holds && by_both && !twice && first, "{:?}", opened);
        prop_assert_eq!(replayed(&book.lines()), book.state().clone());
    }
}
