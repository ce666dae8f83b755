//! What travels beside the records is held against them: tiles, the way from an earlier bundle,
//! private fields, papers, the list of files; and log keys that change.
#![allow(clippy::unwrap_used, reason = "helpers of tests; a failure is a panic")]

mod support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mingzhang::chain::policy::Policy;
use mingzhang::chain::proof::LogProof;
use mingzhang::chain::proof_verdict::weigh;
use mingzhang::chain::tree::leaf_hash;
use mingzhang::chain::verify::{Evidence, FaultKind, NamedBytes, NoteKind, Outcome, verify};
use mingzhang::ids::Seq;
use serde_json::{Value, json};
use support::office::{
    PAPER, act, attached, command, committed, good_office, office, opening, paper, rotated, shown,
};
use support::own_chart::good_own_chart;
use support::travel::{increment, leaf, packed, sums, tiles};
use support::{Bundle, COSIGNED, bundle, checkpoint, found, good, instant, named, policy, seal};

/// Lines that are no records have hashes as well.
#[test]
fn tiles_of_every_size_are_those_of_the_tree() {
    for count in [1_u32, 255, 256, 257, 511, 65_535, 65_536, 65_537] {
        let lines: Vec<String> = (0..count).map(|n| n.to_string()).collect();
        let events = format!("{}\n", lines.join("\n"));
        let leaves: Vec<_> = lines.iter().map(|line| leaf(line.as_bytes())).collect();
        let tiles = tiles(&leaves);
        let wrong = |tiles: Vec<NamedBytes>| {
            let evidence = Evidence {
                tiles: Box::new(tiles.into_iter().map(Ok)),
                ..Evidence::of_records(events.as_bytes(), instant(COSIGNED))
            };
            let verdict = verify(evidence, &mut |_| {}).unwrap();
            verdict.fault_counts.get(&FaultKind::TileWrong).copied()
        };
        let names: Vec<&str> = tiles.iter().map(|tile| tile.name.as_str()).collect();
        match count {
            255 => assert_eq!(names, ["tile/0/000.p/255"]),
            256 => assert_eq!(names, ["tile/0/000", "tile/1/000.p/1"]),
            257 => assert_eq!(names, ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]),
            65_537 => {
                let last = ["tile/0/256.p/1", "tile/1/000", "tile/2/000.p/1"];
                assert_eq!(names[256..], last);
            }
            _ => {}
        }
        assert_eq!(wrong(tiles.clone()), None, "{count}");
        let mut changed = tiles.clone();
        for tile in &mut changed {
            *tile.bytes.last_mut().unwrap() ^= 1;
        }
        assert_eq!(wrong(changed), Some(tiles.len() as u64), "{count}");
        let mut beyond = tiles;
        let Some(last) = beyond.iter_mut().rfind(|tile| tile.name.contains(".p/")) else {
            continue;
        };
        let (name, width) = last.name.rsplit_once('/').unwrap();
        let wider = width.parse::<usize>().unwrap() + 1;
        last.name = if wider < 256 { format!("{name}/{wider}") } else { name.replace(".p", "") };
        last.bytes.extend([0; 32]);
        assert_eq!(wrong(beyond), Some(1), "{count}");
    }
}

/// A small book in two bundles, with all that can travel.
fn small() -> Bundle {
    let mut records = support::records();
    let made = vec![committed("s-1", &[("姓名", "某甲"), ("电话", "5678")]), attached(1, PAPER)];
    records.extend(command("t1", "k9~0123456789abcdef", made));
    let shown = opening("s-1", json!({ "姓名": shown("某甲"), "电话": "withheld" }));
    let whole = Bundle {
        // Reading the chart anew for each change would take most of the time.
        chart: None,
        openings: Some(shown.into_bytes()),
        papers: vec![paper(PAPER)],
        ..bundle(&seal(records))
    };
    let base = Bundle { openings: None, papers: Vec::new(), ..increment(&whole, 0, 5) };
    let part = Bundle { bases: vec![base], ..increment(&whole, 5, 11) };
    Bundle { sums: Some(sums(&part)), ..part }
}

fn is_witnessed(bundle: &Bundle) -> bool {
    matches!(bundle.verify().outcome, Outcome::VerifiedAndWitnessed { .. })
}

/// Every place of one byte, for a test that changes each of them.
fn places(bundle: &mut Bundle) -> Vec<&mut u8> {
    let files = bundle.tiles.iter_mut().chain(&mut bundle.papers).map(|file| &mut file.bytes);
    files.chain(&mut bundle.since).chain(&mut bundle.openings).flatten().collect()
}

#[test]
fn no_byte_of_what_travels_can_be_changed() {
    let good = Bundle { sums: None, ..small() };
    assert_eq!(good.verify().faults, []);
    assert!(is_witnessed(&good));
    let mut changed = good.clone();
    for at in 0..places(&mut changed).len() {
        for mask in [0x01, 0x20, 0x80] {
            *places(&mut changed)[at] ^= mask;
            assert!(changed.verify().is_broken(), "byte {at} ^ {mask:#x}");
            *places(&mut changed)[at] ^= mask;
        }
    }
    assert!(is_witnessed(&changed));
}

#[test]
fn no_byte_of_the_list_nor_of_a_listed_file_can_be_changed() {
    let good = small();
    assert_eq!(good.verify().faults, []);
    let mut changed = good.clone();
    let length = good.sums.as_ref().unwrap().len();
    assert!(length > 600, "the list names each file");
    for at in 0..length {
        for mask in [0x01, 0x20, 0x80] {
            changed.sums.as_mut().unwrap()[at] ^= mask;
            assert!(changed.verify().is_broken(), "byte {at} ^ {mask:#x}");
            changed.sums.as_mut().unwrap()[at] ^= mask;
        }
    }
    for at in 0..good.checkpoints[0].bytes.len() {
        changed.checkpoints[0].bytes[at] ^= 1;
        assert!(changed.verify().is_broken(), "checkpoint, byte {at}");
        changed.checkpoints[0].bytes[at] ^= 1;
    }
}

#[test]
fn a_chain_of_bundles_is_one_book() {
    let whole = good_office();
    let [first, second, third] = [(0, 12), (12, 13), (13, 36)]
        .map(|(from, to)| Bundle { openings: None, ..increment(&whole, from, to) });
    let chain = Bundle { bases: vec![second, first], openings: whole.openings.clone(), ..third };
    let (verdict, alone) = (chain.verify(), whole.verify());
    assert_eq!(verdict.faults, []);
    assert_eq!((verdict.root, verdict.chain_head), (alone.root, alone.chain_head));
    assert_eq!((verdict.records, verdict.acts), (alone.records, alone.acts));
    assert_eq!(verdict.trial_balance, alone.trial_balance);
    // A fault keeps its place in the whole book.
    let mut broken = chain.clone();
    broken.bases[1].events = support::file(&{
        let mut lines = broken.bases[1].lines();
        let at = lines[11].len() - 2;
        lines[11][at] = b'2';
        lines
    });
    assert_eq!(found(&broken.verify()), [(None, FaultKind::BaseWrong)]);
    let mut lines = chain.lines();
    let at = lines[0].len() - 2;
    lines[0][at] = b'2';
    let broken = Bundle { events: support::file(&lines), sums: None, ..chain };
    let expected = [
        (None, FaultKind::RootWrong),
        (None, FaultKind::TileWrong),
        (Some(13), FaultKind::VersionUnknown),
        (Some(14), FaultKind::PrevWrong),
    ];
    assert_eq!(found(&broken.verify()), expected);
}

/// The union with a changed log key, cosigned, under a policy that names the old or the new one.
fn under(is_proved: bool, named_in_policy: u8) -> Bundle {
    let rotation = rotated(7, 8, is_proved, json!({}));
    let signed =
        if is_proved { vec![rotation] } else { vec![rotation, act("c1", 1), act("u1", 1)] };
    let mut records = office();
    records.extend(command("c1", "x0~0123456789abcdef", signed));
    let new = support::office::book_key(8);
    let lines = seal(records);
    let mut note = checkpoint(&lines).sign(&new.key).unwrap();
    let by = support::witness(1);
    let cosigned = mingzhang::chain::witness::cosign(&note, &by, instant(COSIGNED)).unwrap();
    note.attach(cosigned).unwrap();
    let before = support::signed(&checkpoint(&lines[..20]), &[1]);
    let keys = [7, named_in_policy].map(|seed| support::office::book_key(seed).vkey().to_string());
    Bundle {
        checkpoints: vec![named("checkpoint", note), named("checkpoints/20", before)],
        log_vkey: Some(format!("{}\n", new.vkey()).into_bytes()),
        policy: Some(policy().replace(&keys[0], &keys[1])),
        ..bundle(&lines)
    }
}

fn witnessed_size(bundle: &Bundle) -> (u64, bool) {
    let verdict = bundle.verify();
    assert_eq!(verdict.faults, []);
    let unproved = verdict.notes.iter().any(|note| note.kind == NoteKind::LogKeyUnproved);
    match verdict.outcome {
        Outcome::VerifiedAndWitnessed { size, .. } => (size, unproved),
        Outcome::VerifiedNotWitnessed { .. } | Outcome::Broken => (0, unproved),
    }
}

#[test]
fn a_log_key_that_its_predecessor_signed_is_trusted_by_who_trusted_that_one() {
    assert_eq!(witnessed_size(&under(true, 7)), (37, false));
    assert_eq!(witnessed_size(&under(true, 8)), (37, false));
}

#[test]
fn a_log_key_that_its_predecessor_did_not_sign_is_trusted_when_the_auditor_names_it() {
    // What was cosigned before the loss still counts.
    assert_eq!(witnessed_size(&under(false, 7)), (20, true));
    assert_eq!(witnessed_size(&under(false, 8)), (39, false));
    // Of both keys the newer one is the auditor's word.
    let both = under(false, 7);
    let line = |seed| format!("log {}\n", support::office::book_key(seed).vkey());
    let policy = both.policy.clone().unwrap().replace(&line(7), &(line(7) + &line(8)));
    assert_eq!(witnessed_size(&Bundle { policy: Some(policy), ..both }), (39, false));
}

#[test]
fn without_a_policy_the_newest_log_key_signs_the_newest_checkpoint() {
    let verdict = Bundle { policy: None, log_vkey: None, ..under(true, 7) }.verify();
    assert_eq!(verdict.faults, []);
    let old = Some(format!("{}\n", support::log_key().vkey()).into_bytes());
    let stale = Bundle { policy: None, log_vkey: old, ..under(true, 7) };
    assert_eq!(found(&stale.verify()), [(None, FaultKind::LogKeyDiffers)]);
}

#[test]
fn records_of_the_future_are_said() {
    let at = instant(support::AT);
    let said = |seconds| {
        let verdict = Bundle { now: at.plus_seconds(seconds), policy: None, ..good() }.verify();
        let future = verdict.notes.into_iter().find(|note| note.kind == NoteKind::AtInFuture);
        future.map(|note| (note.record, note.found))
    };
    assert_eq!(said(-support::DAY_SECONDS), None);
    let found = format!("{} (9)", support::AT);
    assert_eq!(said(-support::DAY_SECONDS - 1), Some((Some(0), found)));
}

#[test]
fn a_packed_bundle_says_what_was_kept_apart() {
    let bundle = packed(good_office());
    let none = Bundle { openings: None, papers: Vec::new(), sums: None, ..bundle.clone() }.verify();
    assert_eq!(none.faults, []);
    let (private, papers) = (&none.private, (none.papers, none.papers_at_hand));
    assert_eq!((private.in_force, private.shown, private.withheld), (3, 0, 0));
    assert_eq!((private.erased.len(), papers), (1, (1, 0)));
    assert_eq!(bundle.verify().papers_at_hand, 1);
}

/// What becomes of a proof that brings these bytes, for the record with this number: whether it is
/// witnessed, and why it shows nothing.
fn proved(lines: &[Vec<u8>], seq: u64, extra: &[u8]) -> (bool, Vec<String>) {
    let leaves: Vec<_> = lines.iter().map(|line| leaf_hash(line)).collect();
    let note = support::signed(&checkpoint(lines), &[1]);
    let proof = LogProof::new(Seq(seq), &leaves, note).unwrap().to_string();
    let (head, rest) = proof.split_once('\n').unwrap();
    let proof = format!("{head}\nextra {}\n{rest}", STANDARD.encode(extra));
    let proof = LogProof::parse(&proof).unwrap();
    let policy = Policy::parse(&policy()).unwrap();
    let verdict = weigh(&proof, extra, Some(&policy), instant(support::NOW), 35 * 86_400);
    assert!(verdict.faults.iter().all(|fault| fault.kind == FaultKind::ProofWrong), "{verdict:?}");
    let witnessed = matches!(verdict.outcome, Outcome::VerifiedAndWitnessed { .. });
    (witnessed, verdict.faults.into_iter().map(|fault| fault.found).collect())
}

#[test]
fn a_proof_that_brings_its_record_stands_by_itself() {
    let mut records = support::records();
    records[3]["seq"] = 7.into();
    records[4]["ledger"] = "gh.example.org/x".into();
    let mut lines = seal(records);
    lines[6] = b"[]".to_vec();
    let of = |seq: usize| proved(&lines, seq as u64, &lines[seq]);
    assert_eq!(of(2), (true, Vec::new()));
    assert_eq!(of(3), (false, vec!["seq 7, index 3".to_owned()]));
    assert_eq!(of(4), (false, vec![format!("gh.example.org/x ≠ {}", support::ORIGIN)]));
    assert_eq!((of(6).0, of(6).1.len()), (false, 1), "it brings no record");
    let (witnessed, faults) = proved(&lines, 2, &lines[1]);
    assert_eq!(
        (witnessed, faults.len()),
        (false, 2),
        "another record, which is not under this root"
    );
}

#[test]
fn payments_are_out_of_the_cash_and_bank_that_the_chart_names() {
    let own = good_own_chart();
    assert_eq!(found(&own.verify()), []);
    // Held against the codes of the statutory chart, the same payment came out of nothing.
    let mut file: Value = serde_json::from_slice(own.chart.as_ref().unwrap()).unwrap();
    file.as_object_mut().unwrap().remove("posting");
    let other = Bundle { chart: Some(file.to_string().into_bytes()), ..own };
    let kinds: Vec<FaultKind> = found(&other.verify()).into_iter().map(|(_, kind)| kind).collect();
    assert!(kinds.contains(&FaultKind::PaymentWrong), "{kinds:?}");
}
