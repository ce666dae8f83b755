//! What somebody would do who wants to be believed: none of it is.

use std::fs;

use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::Envelope;

use crate::program::{Desk, words};

/// A demo's book with a snapshot, and the same snapshot with more money in it, sealed as ours are.
pub(crate) fn with_forged_snapshot() -> (Desk, String, Vec<u8>) {
    let desk = Desk::with_demo();
    let group = r#"{"command":"group.define","group":"x0","name":"x","as":"acc-b"}"#;
    let lines: Vec<String> = (1..1200).map(|n| group.replace("x0", &format!("x{n}"))).collect();
    desk.write("many.jsonl", lines.join("\n"));
    desk.say("-q -b d/book apply many.jsonl").ends(0);
    let mut snapshots = fs::read_dir(desk.path("d/book/snapshots")).unwrap();
    let name = snapshots.next().unwrap().unwrap().file_name().into_string().unwrap();
    let text = desk.text(&format!("d/book/snapshots/{name}"));
    let (_, state) = text.split_once('\n').unwrap();
    let forged = state.replace("86432.17", "1086432.17");
    assert!(state != forged, "the figure is there to be changed");
    let sealed = format!("{}\n{forged}", blake3::hash(forged.as_bytes()).to_hex());
    (desk, name, sealed.into_bytes())
}

#[test]
fn a_bundle_s_cache_is_not_believed() {
    let (desk, name, forged) = with_forged_snapshot();
    desk.say("-b d/book export bundle --out b").ends(0);
    let right = desk.say("-b b report trial-balance").ends(0).out;
    fs::create_dir(desk.path("b/snapshots")).unwrap();
    desk.write(&format!("b/snapshots/{name}"), forged);
    assert_eq!(desk.say("-b b report trial-balance").ends(0).out, right);
}

#[test]
fn a_book_whose_cache_was_changed_is_never_called_verified() {
    let (desk, name, forged) = with_forged_snapshot();
    desk.write(&format!("d/book/snapshots/{name}"), forged);
    let said = desk.say("verify d/book --policy d/policy").ends(4);
    assert!(said.out.contains("CHN12: the replay differs from the snapshot"), "{}", said.out);
    assert!(said.out.lines().last().unwrap().starts_with("broken: "), "{}", said.out);
    fs::remove_dir_all(desk.path("d/book/snapshots")).unwrap();
    desk.say("verify d/book --policy d/policy").ends(0);
}

#[test]
fn a_witness_does_not_cosign_a_checkpoint_of_other_records() {
    let desk = Desk::with_demo();
    desk.copy("d/book", "other");
    desk.say("-b other --as acc-b record group.define --group g8 --name 八组").ends(0);
    desk.say("-b other checkpoint sign").ends(0);
    desk.say("-b d/book --as acc-b record group.define --group g9 --name 九组").ends(0);
    fs::create_dir(desk.path("shown")).unwrap();
    for (from, to) in [
        ("d/book/events.ndjson", "shown/events.ndjson"),
        ("d/book/log.vkey", "shown/log.vkey"),
        ("other/checkpoint", "shown/checkpoint"),
    ] {
        fs::copy(desk.path(from), desk.path(to)).unwrap();
    }
    desk.say("witness init --key w9.pem --name w9.example --no-passphrase --log d/book/log.vkey")
        .ends(0);
    let refused = desk.say("witness cosign shown --key w9.pem").ends(4);
    assert!(refused.err.starts_with("error[WIT4] "), "{}", refused.err);
    desk.say("witness cosign other --key w9.pem").ends(0);
}

#[test]
fn no_report_is_made_of_a_log_that_was_cut() {
    let desk = Desk::with_demo();
    let log = desk.text("d/book/events.ndjson");
    let cut: Vec<&str> = log.split_inclusive('\n').take(200).collect();
    desk.write("d/book/events.ndjson", cut.concat());
    for report in ["", "--as-of 2025-12-31"] {
        let said = desk.say(&format!("-b d/book report funds {report}")).ends(4);
        assert!(said.err.starts_with("error[CHN2] "), "{}", said.err);
    }
}

#[test]
fn a_lost_guard_is_said_and_the_way_back_works() {
    let desk = Desk::with_demo();
    fs::remove_file(desk.path("d/book/last-signed")).unwrap();
    fs::remove_file(desk.path("d/book/checkpoint")).unwrap();
    let said = desk.say("-b d/book report funds").ends(4);
    assert!(said.err.starts_with("error[CHN14] "), "{}", said.err);
    fs::copy(desk.path("d/book/checkpoints/427"), desk.path("d/book/last-signed")).unwrap();
    desk.say("-b d/book report funds").ends(0);
}

#[test]
fn nobody_gets_the_receipt_of_somebody_else() {
    let desk = Desk::with_demo();
    let group = "record group.define --group g9 --name 九组 --key mine";
    desk.say(&format!("-b d/book --as acc-b {group}")).ends(0);
    desk.say(&format!("-b d/book --as acc-b {group}")).ends(0);
    let other = desk.say(&format!("-b d/book --as clerk-d {group}")).ends(3);
    assert!(other.err.starts_with("error[K01] "), "{}", other.err);
}

#[test]
fn the_largest_entries_still_add_up_to_what_can_be_written() {
    let desk = Desk::with_demo();
    let donation = |amount: &str, purpose: &str| {
        format!(
            "-b d/book --as acc-b record donation.receive --date 2026-01-05 --fund donation \
             --into bank --donors 1 --amount {amount} --purpose {purpose}"
        )
    };
    let refused = desk.say(&donation("10000000000.00", "a")).ends(3);
    assert!(refused.err.starts_with("error[F16] "), "{}", refused.err);
    for purpose in ["b", "c", "d"] {
        desk.say(&donation("9999999999.99", purpose)).ends(0);
    }
    desk.say("-b d/book report funds").ends(0);
    desk.say("verify d/book").ends(0);
}

#[test]
fn a_field_that_is_written_in_two_ways_is_still_given_twice() {
    let desk = Desk::with_demo();
    let line = r#"{"command":"interest.receive","date":"2026-01-05","amount":"1.00","\u0061mount":"999.00","as":"acc-b"}"#;
    desk.write("twice.jsonl", line);
    let said = desk.say("-b d/book apply twice.jsonl").ends(2);
    assert!(said.err.starts_with("error[J06] "), "{}", said.err);
}

#[test]
fn a_record_that_was_changed_and_still_reads_is_named_itself() {
    let desk = Desk::with_demo();
    let log = desk.text("d/bundle/events.ndjson");
    let changed: Vec<String> = log
        .split_inclusive('\n')
        .enumerate()
        .map(|(place, line)| match place {
            200 => line.replace("4571.89", "4571.88"),
            _ => line.to_owned(),
        })
        .collect();
    assert!(changed.concat() != log, "the figure is there to be changed");
    desk.write("d/bundle/events.ndjson", changed.concat());
    let said = desk.say("verify d/bundle --policy d/policy").ends(4);
    assert!(said.out.contains("\nchanged record (those after it agree): 200\n"), "{}", said.out);
    assert!(said.out.contains("\nfirst broken record: 200\n"), "{}", said.out);
    let json = desk.say("verify d/bundle --json").ends(4).json();
    assert_eq!(json["changed_records"], serde_json::json!([200]));
}

#[test]
fn verify_beside_a_writer_never_calls_the_book_damaged() {
    let (desk, ..) = with_forged_snapshot();
    let verified = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..40 {
                let group = format!("record group.define --group y{number} --name y");
                let said = desk.say(&format!("-q -b d/book --as acc-b {group}"));
                // A verifier that compares the index holds the lock for a moment.
                assert!([0, 5].contains(&said.code), "{}", said.err);
            }
        });
        let mut verified = 0;
        while !writer.is_finished() {
            desk.say("-q verify d/book").ends(0);
            verified += 1;
        }
        verified
    });
    assert!(verified > 0, "nothing was verified meanwhile");
}

/// The demo's book rewritten as a whole: `change` says of which records, everything is chained
/// again, and the book's own key signs it. Nothing in `r` shows it.
pub(crate) fn rewritten(desk: &Desk, change: impl Fn(&mut Envelope)) {
    let (mut prev, mut log) = (RecordHash::NONE, Vec::new());
    for line in desk.text("d/book/events.ndjson").lines() {
        let mut envelope = Envelope::read(line.as_bytes()).unwrap();
        change(&mut envelope);
        envelope.prev = prev;
        let sealed = envelope.seal().unwrap();
        prev = sealed.hash;
        log.extend(sealed.bytes);
        log.push(b'\n');
    }
    assert!(log != desk.read("d/book/events.ndjson"), "there is something to change");
    fs::create_dir_all(desk.path("r/keys")).unwrap();
    for file in ["keys/log.pem", "log.vkey", "policy"] {
        fs::copy(desk.path(&format!("d/book/{file}")), desk.path(&format!("r/{file}"))).unwrap();
    }
    desk.write("r/events.ndjson", log);
    desk.say("-b r checkpoint sign").ends(0);
}

#[test]
fn a_full_rewrite_is_refused_by_an_older_checkpoint_and_by_the_witness() {
    let desk = Desk::with_demo();
    rewritten(&desk, |envelope| {
        if envelope.kind == "group.defined" {
            envelope.body.insert("name".to_owned(), "改过的组".into());
        }
    });
    // By itself it is whole, and nobody vouches for it.
    let said = desk.say("verify r").ends(0).out;
    let last = said.lines().last().unwrap();
    assert!(last.starts_with("verified, not independently witnessed: "), "{last}");
    desk.say("verify r --policy d/policy").ends(1);
    // Whoever kept an older checkpoint sees it.
    for kept in ["d/book/checkpoint", "d/book/checkpoints/402"] {
        let said = desk.say(&format!("verify r --against {kept}")).ends(4).out;
        assert!(said.contains("root_wrong: "), "{said}");
    }
    // So does the witness: shown the whole book, or the request alone, from wherever it starts.
    let key = "--key d/audit-committee/w1.pem";
    let state = "d/audit-committee/w1.gh.example.org~branch-017.witness";
    let remembered = desk.text(state);
    let said = desk.say(&format!("witness cosign r {key}")).ends(4);
    assert!(said.err.contains("refuses (422): fork: "), "{}", said.err);
    for (more, status) in [("", 409), ("--old 427", 422)] {
        desk.say(&format!("-b r witness request --for w1 --out request {more}")).ends(0);
        let said = desk.say(&format!("witness cosign request {key}")).ends(4);
        assert!(said.err.contains(&format!("refuses ({status}): ")), "{}", said.err);
        assert!(said.err.contains("the evidence is kept in d/audit-committee/"), "{}", said.err);
    }
    // And when it has grown since.
    desk.say("-b r --as acc-b record group.define --group g9 --name x").ends(0);
    desk.say("-b r checkpoint sign").ends(0);
    desk.say("-b r witness request --for w1 --old 427 --out request").ends(0);
    let said = desk.say(&format!("witness cosign request {key}")).ends(4);
    assert!(said.err.contains("refuses (422): fork: the first 427 records"), "{}", said.err);
    // An old cosignature does not fit it either.
    let said = desk.say("-b r witness add d/book/checkpoint").ends(4);
    assert!(said.err.starts_with("error[CKP2] "), "{}", said.err);
    assert_eq!(desk.text(state), remembered);
    // The real book is cosigned as before.
    desk.say("-b d/book witness request --for w1 --out request").ends(0);
    desk.say(&format!("witness cosign request {key}")).ends(0);
}

/// A broken book may hold anything, and shall not paint over what is said of it.
#[test]
fn names_that_hold_escapes_and_turned_letters_paint_nothing() {
    let desk = Desk::with_demo();
    let log = desk.text("d/bundle/events.ndjson");
    let painted = log
        .replace("\"actor\":\"acc-b\"", "\"actor\":\"\\u001b[2J\u{202e}acc\"")
        .replace("\"purpose\":\"", "\"purpose\":\"\u{9b}31m\u{200b}\u{1b}]0;x\u{7}");
    assert!(painted != log);
    desk.write("d/bundle/events.ndjson", painted);
    let paints = |c: char| {
        (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{200b}' | '\u{202e}')
    };
    let mut shown = 0;
    for asked in
        ["verify d/bundle", "-b d/bundle log", "-b d/bundle report audit", "-b d/bundle show 13"]
    {
        for lang in ["zh", "en"] {
            let said = desk.run(&words(&format!("--lang {lang} {asked}")));
            assert!(!said.out.contains(paints), "{asked}: {:?}", said.out);
            assert!(!said.err.contains(paints), "{asked}: {:?}", said.err);
            let said = format!("{}{}", said.out, said.err).to_lowercase();
            shown += usize::from(said.contains("\\u{202e}") || said.contains("\\u{1b}"));
        }
    }
    assert!(shown > 0, "the names are said, by their numbers");
}

/// So does a report that somebody has written.
#[test]
fn lines_of_a_report_that_hold_escapes_paint_nothing() {
    let desk = Desk::with_demo();
    let made = desk.say("-b d/book report funds").ends(0).out;
    desk.write("r", made.replacen('\n', "\n\u{1b}[1A\u{202e}the same\n", 1));
    let said = desk.say("-b d/book verify-report r").ends(4).out;
    assert!(said.contains("\\u{1B}[1A\\u{202E}the same"), "{said}");
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
}
