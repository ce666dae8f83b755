//! Whatever is done to a book is found, named and placed.

mod support;

use std::collections::BTreeSet;

use mingzhang::chain::checkpoint::Note;
use mingzhang::chain::verify::{
    Evidence, FAULTS_KEPT_MAX, FaultKind, NoteKind, Outcome, Verdict, verify,
};
use mingzhang::chain::witness::cosign;
use mingzhang::lang::Lang;
use support::faults::cases;
use support::{
    Bundle, DAY_SECONDS, bundle, checkpoint, found, good, instant, named, policy, policy_of_both,
    records, seal, signed, witness,
};

#[test]
fn each_fault_is_found_named_and_placed_and_no_other_is() {
    let mut wrong = Vec::new();
    for case in cases() {
        let mut expected = case.found.clone();
        expected.sort_unstable();
        let verdict = case.bundle.verify();
        let found = found(&verdict);
        if found != expected || verdict.is_broken() == found.is_empty() {
            wrong.push(format!("{}:\nexpected {expected:?}\n   found {found:?}", case.done));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A change that does nothing leaves a good book; whatever else was done, there is a verdict.
#[test]
fn a_book_that_was_changed_at_random_has_a_verdict() {
    let outcomes = (0..400).map(|seed| support::random::book(seed).1.verify().is_broken());
    let broken = outcomes.filter(|is_broken| *is_broken).count();
    assert!((300..400).contains(&broken), "{broken}");
}

#[test]
fn every_fault_has_a_book_that_shows_it() {
    let shown: BTreeSet<FaultKind> =
        cases().iter().flat_map(|case| case.found.iter().map(|(_, kind)| *kind)).collect();
    let missing: Vec<_> = FaultKind::ALL.iter().filter(|kind| !shown.contains(kind)).collect();
    // A member's own proof is checked by itself, and not with a book.
    assert_eq!(missing, [&FaultKind::ProofWrong]);
}

/// The contract and the program have the same names in the same order, none more and none less.
#[test]
fn the_names_are_those_of_the_format() {
    let format = include_str!("../docs/FORMAT.md");
    let (_, section) = format.split_once("## 14.").unwrap();
    let (section, _) = section.split_once("## 15.").unwrap();
    let (faults, notes) = section.split_once("| note | meaning |").unwrap();
    let names = |table: &'static str| {
        table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next())
    };
    assert!(names(faults).eq(FaultKind::ALL.iter().map(|kind| kind.name())));
    assert!(names(notes).eq(NoteKind::ALL.iter().map(|kind| kind.name())));
}

#[test]
fn every_name_is_explained_in_both_languages() {
    let faults = FaultKind::ALL.iter().map(|kind| Lang::ALL.map(|lang| kind.message(lang)));
    let notes = NoteKind::ALL.iter().map(|kind| Lang::ALL.map(|lang| kind.message(lang)));
    for [zh, en] in faults.chain(notes) {
        assert!(zh.chars().any(|c| c > '\u{2E80}'), "{zh}");
        assert!(!zh.ends_with('。') && !en.ends_with('.'), "{zh} {en}");
        assert!(en.is_ascii(), "{en}");
    }
    let torn = Bundle { events: good().events.split_last().unwrap().1.to_vec(), ..good() };
    let [fault] = torn.verify().faults.try_into().unwrap();
    let message = "record 8: the file does not end in a line feed: expected LF, found EOF";
    assert_eq!(fault.message(Lang::En), message);
    assert!(fault.message(Lang::Zh).starts_with("第 8 号记录：文件末尾没有换行"));
}

#[test]
fn a_good_book_is_verified_and_witnessed() {
    let verdict = good().verify();
    assert_eq!(verdict.faults, []);
    assert_eq!(verdict.notes, []);
    let Outcome::VerifiedAndWitnessed { size, witnesses, newest } = &verdict.outcome else {
        panic!("{:?}", verdict.outcome);
    };
    assert_eq!((*size, *newest, verdict.unwitnessed), (9, instant(support::COSIGNED), 0));
    let names: Vec<_> = witnesses.iter().map(|w| (w.name.as_str(), w.key.as_str())).collect();
    assert_eq!(names, [("w1", "audit.example/w1")]);
    assert_eq!(verdict.root, checkpoint(&good().lines()).root);
    let message = verdict.outcome.message(verdict.records, Lang::En);
    assert_eq!(message, "verified and witnessed: up to 9 of 9 records");
    let rows: Vec<String> = verdict
        .trial_balance
        .iter()
        .map(|r| format!("{}/{} {} {} {}", r.account, r.fund, r.debit, r.credit, r.balance))
        .collect();
    assert_eq!(
        rows,
        [
            "101/general 8.00 0.00 8.00",
            "102/general 12.50 8.00 4.50",
            "102/hardship 500.00 0.00 500.00",
            "401/general 0.00 12.50 -12.50",
            "408/hardship 0.00 500.00 -500.00",
        ]
    );
}

/// Every byte of the log, changed in several ways, is seen, and placed in its record: there, or as
/// a wrong `prev` in the next one.
#[test]
fn no_byte_of_the_log_can_be_changed() {
    // Reading the chart anew for each of them would take most of the time.
    let good = Bundle { chart: None, ..good() };
    let mut changed = good.clone();
    let mut record = 0;
    for (at, byte) in good.events.iter().enumerate() {
        for mask in [0x01, 0x20, 0x80] {
            changed.events[at] = byte ^ mask;
            let verdict = changed.verify();
            assert!(verdict.is_broken(), "byte {at} ^ {mask:#x}");
            let placed = verdict.first_broken.unwrap_or(record);
            assert!((record..=record + 1).contains(&placed), "byte {at} ^ {mask:#x}: {placed}");
            // In all but the last record the chain alone shows it.
            assert!(record == 8 || verdict.first_broken.is_some(), "byte {at} ^ {mask:#x}");
            assert!(verdict.last_good_checkpoint.is_none());
        }
        changed.events[at] = *byte;
        record += u64::from(*byte == b'\n');
    }
}

#[test]
fn no_byte_can_be_left_out_or_put_in() {
    // Reading the chart anew for each of them would take most of the time.
    let good = Bundle { chart: None, ..good() };
    for at in 0..good.events.len() {
        let without = [&good.events[..at], &good.events[at + 1..]].concat();
        assert!(Bundle { events: without, ..good.clone() }.verify().is_broken(), "byte {at}");
        let with = [&good.events[..at], b" ", &good.events[at..]].concat();
        assert!(Bundle { events: with, ..good.clone() }.verify().is_broken(), "byte {at}");
    }
}

#[test]
fn no_tail_can_be_cut_off_below_the_checkpoint() {
    let good = good();
    for at in 0..good.events.len() {
        let cut = Bundle { events: good.events[..at].to_vec(), ..good.clone() };
        assert!(cut.verify().is_broken(), "{at} bytes are left");
    }
}

/// Whoever holds the disk and the log key can rewrite everything; only what others hold shows it.
#[test]
fn a_full_rewrite_with_the_log_key_is_shown_by_witnesses_and_older_checkpoints_alone() {
    let mut records = records();
    records[8]["body"]["amount"] = "400.00".into();
    records[8]["body"]["entries"][0]["debit"] = "400.00".into();
    records[8]["body"]["entries"][1]["credit"] = "400.00".into();
    let lines = seal(records);
    let note = signed(&checkpoint(&lines), &[]);
    let alone =
        Bundle { checkpoints: vec![named("checkpoint", note)], policy: None, ..bundle(&lines) };
    let verdict = alone.verify();
    assert_eq!(reasons(&verdict), [NoteKind::PolicyNotGiven]);
    let message = verdict.outcome.message(verdict.records, Lang::En);
    assert!(message.starts_with("verified, not independently witnessed: "), "{message}");

    let judged = Bundle { policy: Some(policy()), ..alone.clone() };
    assert_eq!(reasons(&judged.verify()), [NoteKind::QuorumNotMet]);

    let old = good().lines();
    let held = named("held", signed(&checkpoint(&old), &[1]));
    let compared = Bundle { against: vec![held], ..alone.clone() };
    let expected = [(None, FaultKind::RootWrong), (None, FaultKind::LogFork)];
    assert_eq!(found(&compared.verify()), expected);

    // One record less would have escaped only if nobody had seen the one that was rewritten.
    let earlier = named("held", signed(&checkpoint(&old[..8]), &[1]));
    let compared = Bundle { against: vec![earlier], ..alone };
    assert_eq!(reasons(&compared.verify()), [NoteKind::PolicyNotGiven]);
}

#[test]
fn a_cosignature_that_the_keeper_kept_back_still_shows_the_rewrite() {
    let held = good().checkpoints;
    let mut records = records();
    records[1]["actor"] = "t9".into();
    let rewritten = Bundle { against: held, checkpoints: Vec::new(), ..bundle(&seal(records)) };
    assert_eq!(found(&rewritten.verify()), [(None, FaultKind::RootWrong)]);
}

#[test]
fn the_same_witness_twice_counts_once() {
    let lines = good().lines();
    let mut note = signed(&checkpoint(&lines), &[1]);
    let again = instant(support::COSIGNED).plus_seconds(60);
    note.attach(cosign(&note, &witness(1), again).unwrap()).unwrap();
    let twice = |policy| Bundle {
        checkpoints: vec![named("checkpoint", &note)],
        policy: Some(policy),
        ..good()
    };
    assert_eq!(reasons(&twice(policy_of_both()).verify()), [NoteKind::QuorumNotMet]);
    let outcome = twice(policy()).verify().outcome;
    let Outcome::VerifiedAndWitnessed { witnesses, newest, .. } = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((witnesses.len(), newest), (1, again));
}

#[test]
fn a_checkpoint_grows_stale_to_the_second_and_is_not_believed_from_the_future() {
    let cosigned = instant(support::COSIGNED);
    let verdict_at =
        |seconds: i64| Bundle { now: cosigned.plus_seconds(seconds), ..good() }.verify();
    assert!(reasons(&verdict_at(35 * DAY_SECONDS)).is_empty());
    assert_eq!(reasons(&verdict_at(35 * DAY_SECONDS + 1)), [NoteKind::CosignaturesStale]);
    assert!(reasons(&verdict_at(-DAY_SECONDS)).is_empty());
    let early = [NoteKind::QuorumNotMet, NoteKind::CosignatureInFuture];
    assert_eq!(reasons(&verdict_at(-DAY_SECONDS - 1)), early);
}

#[test]
fn one_witness_that_cosigns_again_does_not_keep_the_other_s_word_alive() {
    let later = instant(support::COSIGNED).plus_seconds(36 * DAY_SECONDS);
    let note = signed(&checkpoint(&good().lines()), &[1, 2]);
    let again = |witnesses: &[u8]| {
        let mut note = note.clone();
        for number in witnesses {
            note.attach(cosign(&note, &witness(*number), later).unwrap()).unwrap();
        }
        let checkpoints = vec![named("checkpoint", note)];
        let policy = Some(policy_of_both());
        reasons(&Bundle { checkpoints, policy, now: later, ..good() }.verify())
    };
    assert_eq!(again(&[1]), [NoteKind::CosignaturesStale]);
    assert_eq!(again(&[1, 2]), []);
}

#[test]
fn the_largest_fresh_checkpoint_counts_and_what_follows_it_is_said() {
    let lines = good().lines();
    let older = signed(&checkpoint(&lines[..5]), &[1, 2]);
    let newest = signed(&checkpoint(&lines), &[1]);
    let checkpoints = vec![named("checkpoint", newest), named("checkpoints/5", older)];
    let both = Bundle { checkpoints, ..good() };
    assert_eq!(both.verify().unwitnessed, 0);
    let verdict = Bundle { policy: Some(policy_of_both()), ..both }.verify();
    assert!(matches!(verdict.outcome, Outcome::VerifiedAndWitnessed { size: 5, .. }));
    assert_eq!(verdict.unwitnessed, 4);
    let said: Vec<_> = verdict.notes.iter().map(|note| note.kind).collect();
    assert_eq!(said, [NoteKind::PolicyDiffers, NoteKind::RecordsUnwitnessed]);
}

#[test]
fn what_is_not_at_hand_is_said() {
    let bare = Evidence::of_records(good().events, instant(support::NOW));
    let events = bare.events.as_slice();
    let bare =
        Evidence { format_sha256: Some("11".repeat(32)), ..Evidence::of_records(events, bare.now) };
    let verdict = verify(bare, &mut |_| {}).unwrap();
    let said: Vec<_> = verdict.notes.iter().map(|note| note.kind).collect();
    let expected = [
        NoteKind::ChartMissing,
        NoteKind::FormatDiffers,
        NoteKind::CheckpointMissing,
        NoteKind::PolicyNotGiven,
    ];
    assert_eq!(said, expected);
    assert_eq!(reasons(&verdict), [NoteKind::CheckpointMissing, NoteKind::PolicyNotGiven]);
}

#[test]
fn the_last_good_checkpoint_is_the_one_below_the_first_broken_record() {
    let lines = good().lines();
    let note = |size: usize| signed(&checkpoint(&lines[..size]), &[1]);
    let mut book = good();
    book.checkpoints
        .extend([3, 5, 6].map(|size| named(&format!("checkpoints/{size}"), note(size))));
    let mut changed = lines.clone();
    changed[5][20] ^= 1;
    let verdict = Bundle { events: support::file(&changed), ..book }.verify();
    assert_eq!((verdict.first_broken, verdict.last_good_checkpoint), (Some(6), Some(5)));
}

#[test]
fn faults_without_end_are_counted_and_the_first_are_kept() {
    let events = b"x\n".repeat(5000);
    let evidence = Evidence::of_records(events.as_slice(), instant(support::NOW));
    let mut told = Vec::new();
    let verdict = verify(evidence, &mut |records| told.push(records)).unwrap();
    assert_eq!(verdict.faults.len(), FAULTS_KEPT_MAX);
    assert_eq!(verdict.fault_counts[&FaultKind::NotJson], 5000);
    assert_eq!(verdict.fault_count(), 5001);
    assert_eq!(told, [1024, 2048, 3072, 4096, 5000]);
}

#[test]
fn a_line_of_many_megabytes_is_hashed_as_it_stands_and_not_kept() {
    let mut lines = good().lines();
    lines.insert(1, vec![b'x'; 5_000_000]);
    let events = support::file(&lines);
    let note: Note = signed(&checkpoint(&lines), &[1]);
    let book = Bundle { events, checkpoints: vec![named("checkpoint", note)], ..good() };
    let verdict = book.verify();
    assert_eq!(verdict.root, checkpoint(&lines).root);
    assert_eq!(verdict.fault_counts.get(&FaultKind::RecordTooLong), Some(&1));
    assert!(!verdict.fault_counts.contains_key(&FaultKind::RootWrong));
}

#[allow(clippy::panic, reason = "a book that should be good and is not is a failed test")]
fn reasons(verdict: &Verdict) -> Vec<NoteKind> {
    match &verdict.outcome {
        Outcome::VerifiedNotWitnessed { reasons } => reasons.clone(),
        Outcome::VerifiedAndWitnessed { .. } => Vec::new(),
        Outcome::Broken => panic!("{:?}", verdict.faults),
    }
}

#[test]
fn a_book_of_officers_who_sign_is_verified() {
    let verdict = support::travel::packed(support::office::good_office()).verify();
    assert_eq!(verdict.faults, []);
    let said: Vec<_> = verdict.notes.iter().map(|note| (note.record, note.kind)).collect();
    assert_eq!(said, [(Some(33), NoteKind::FieldErased)]);
    assert!(matches!(verdict.outcome, Outcome::VerifiedAndWitnessed { size: 36, .. }));
    let keys = verdict.officer_keys.iter().map(|key| (key.officer.as_str(), key.since));
    assert_eq!(keys.collect::<Vec<_>>(), [("c1", 8), ("u1", 10)]);
    assert_eq!((verdict.acts, verdict.papers, verdict.papers_at_hand), (7, 1, 1));
    let private = &verdict.private;
    assert_eq!((private.in_force, private.shown, private.withheld), (3, 2, 1));
    let [erased] = private.erased.as_slice() else { panic!("{:?}", private.erased) };
    assert_eq!((erased.subject.as_str(), erased.name.as_str(), erased.record), ("s-2", "电话", 33));
}

/// Nothing but the balance is known of it, so that no reader takes it for one of the statutory kinds.
#[test]
fn a_voucher_of_an_unknown_type_is_said_with_its_record_and_counted() {
    let mut records = records();
    let mut other = records[8].clone();
    other["type"] = "gift.received".into();
    other["body"]["voucher"] = "记-2026-03-0002".into();
    let mut later = records[8].clone();
    later["tv"] = 2.into();
    later["body"]["voucher"] = "记-2026-03-0003".into();
    for (n, record) in [other, later].into_iter().enumerate() {
        records.push(record);
        records[9 + n]["idem"] = format!("u{n}").into();
    }
    let verdict = bundle(&seal(records)).verify();
    assert_eq!(verdict.faults, []);
    let unknown: Vec<_> =
        verdict.notes.iter().filter(|note| note.kind == NoteKind::VoucherTypeUnknown).collect();
    let said: Vec<_> = unknown.iter().map(|note| (note.record, note.found.as_str())).collect();
    assert_eq!(said, [(Some(9), "gift.received tv 1"), (Some(10), "donation.received tv 2")]);
    assert_eq!(verdict.note_count(NoteKind::VoucherTypeUnknown), 2);
    let shown = serde_json::to_value(&verdict).unwrap();
    assert_eq!(shown["note_counts"]["voucher_type_unknown"], 2);
    assert_eq!(good().verify().note_count(NoteKind::VoucherTypeUnknown), 0);
}

/// Also what ought to have stood there comes from the book, and steers no terminal.
#[test]
fn what_was_expected_is_quoted_like_what_was_found() {
    let mut records = records();
    records[3]["ledger"] = "gh.example.org/x".into();
    records[0]["ledger"] = "\u{202e}\u{1b}[2Jbook".into();
    let events = support::file(&seal(records));
    let bare = Evidence::of_records(events.as_slice(), instant(support::NOW));
    let verdict = verify(bare, &mut |_| {}).unwrap();
    let wrong = verdict.faults.iter().find(|f| f.kind == FaultKind::LedgerWrong).unwrap();
    assert!(
        wrong.expected.starts_with("\\u{202e}\\u{1b}[2J") || wrong.found.starts_with("\\u{202e}"),
        "{wrong}"
    );
    let steers = |text: &str| text.chars().any(|c| c.is_control() || c == '\u{202e}');
    for fault in &verdict.faults {
        assert!(!steers(&fault.to_string()), "{fault:?}");
    }
}
