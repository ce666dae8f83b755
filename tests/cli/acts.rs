//! Officers sign with keys of their own: drafted from the book, shown and signed without it, and
//! brought in by somebody else.

use std::fs;

use crate::program::Desk;

const CLOSED: &str = "2026-02-10T01:00:00Z";

/// A book with officers, of whom chair and audit have registered their keys.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.clock = CLOSED;
    desk.say(
        "-b b --as acc init gh.example.org/b1 --organisation 测试工会 --starts 2026-01-01 \
         --no-passphrase",
    )
    .ends(0);
    let setup = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/readme/setup.jsonl");
    desk.run(&["-q", "-b", "b", "apply", setup]).ends(0);
    for officer in ["chair", "audit"] {
        desk.say(&format!(
            "key new {officer}.example --officer --out {officer}.pem --no-passphrase"
        ))
        .ends(0);
        let vkey = desk.text(&format!("{officer}.vkey")).trim().to_owned();
        draft(
            &desk,
            &format!("officer_key.register --officer {officer} --key {vkey}"),
            officer,
            officer,
        );
        sign(&desk, officer, officer);
        let mut files = format!("{officer}.signed");
        if officer != "chair" {
            let command = format!("officer_key.register --officer {officer} --key {vkey}");
            draft(&desk, &command, "chair", "vouch");
            sign(&desk, "vouch", "chair");
            files.push_str(" vouch.signed");
        }
        desk.say(&format!("-q -b b --as acc act add {files}")).ends(0);
    }
    desk
}

fn draft(desk: &Desk, command: &str, officer: &str, file: &str) {
    desk.say(&format!("-b b act draft {command} --for {officer} --out {file}.act")).ends(0);
}

/// `FILE.act` becomes `FILE.signed`, with the key of this officer.
fn sign(desk: &Desk, file: &str, officer: &str) {
    desk.say(&format!("act sign {file}.act --key {officer}.pem --yes --out {file}.signed")).ends(0);
}

fn records(desk: &Desk) -> usize {
    desk.text("b/events.ndjson").lines().count()
}

fn request(desk: &Desk, id: &str) {
    desk.say(&format!(
        "-q -b b --as clerk record disbursement.request --disbursement {id} --date 2026-02-10 \
         --account 50405 --amount 500.00 --payee member=m-1 --purpose 慰问"
    ))
    .ends(0);
}

const APPROVAL: &str = "disbursement.approve --disbursement d1 --date 2026-02-10 --amount 500.00";

#[test]
fn an_approval_is_drafted_shown_signed_and_brought_in_by_somebody_else() {
    let desk = desk();
    request(&desk, "d1");
    draft(&desk, APPROVAL, "chair", "a");
    let shown = desk.say("act show a.act --lang zh").ends(0).out;
    for words in [
        "账套 gh.example.org/b1\n签名人 chair\n事项 批准支出 (approval.given)\n",
        "  金额: 500.00\n",
        "  支出编号: d1\n",
        "：用款申请 (disbursement.requested)，clerk 于 2026-02-10T01:00:00Z 记\n",
        "  收款人\n    会员: m-1\n",
        "  用途: \"慰问\"\n",
    ] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    let text = desk.text("a.act");
    let (statement, _) = text.split_once("\n\n").unwrap();
    let digest = {
        use sha2::{Digest, Sha256};
        blake3::Hash::from_bytes(Sha256::digest(format!("{statement}\n")).into()).to_string()
    };
    assert!(shown.ends_with(&format!("sha256 {digest}\n")), "{shown}");
    let signed = desk.say("act sign a.act --key chair.pem --yes --out a.signed").ends(0);
    assert!(
        signed.err.contains("approval.given") && signed.err.contains(&digest),
        "{}",
        signed.err
    );
    assert!(desk.text("a.signed").starts_with(&format!("{statement}\n\n— chair.example ")));
    let printed = desk.say("act sign a.act --key chair.pem --yes --json").ends(0).json();
    assert_eq!(printed["act"], desk.text("a.signed"));
    let json = desk.say("act show a.signed --json").ends(0).json();
    assert_eq!((&json["officer"], &json["type"]), (&"chair".into(), &"approval.given".into()));
    assert_eq!(json["body"]["amount"], "500.00");

    let before = records(&desk);
    desk.say("-b b --as cash act add a.signed --dry-run").ends(0);
    assert_eq!(records(&desk), before);
    let added = desk.say("-b b --as cash act add a.signed").ends(0).out;
    assert!(added.contains(" approval.given\n") && added.contains(" act.signed\n"), "{added}");
    let log = desk.text("b/events.ndjson");
    let of = |kind: &str| log.lines().rfind(|line| line.contains(kind)).unwrap();
    assert!(of("approval.given").starts_with("{\"actor\":\"chair\""));
    assert!(of("act.signed").starts_with("{\"actor\":\"cash\""));
    desk.say(
        "-q -b b --as cash record disbursement.pay --disbursement d1 --date 2026-02-10 --from bank",
    )
    .ends(0);
    desk.say("-q -b b checkpoint sign").ends(0);
    desk.say("-q verify b").ends(0);
    desk.say("-b b replay").ends(0);
}

#[test]
fn the_same_act_is_taken_in_once() {
    let desk = desk();
    request(&desk, "d1");
    draft(&desk, APPROVAL, "chair", "a");
    sign(&desk, "a", "chair");
    desk.say("-q -b b --as acc act add a.signed --key mine").ends(0);
    let before = records(&desk);
    let again = desk.say("-b b --as acc act add a.signed --key mine").ends(0);
    assert!(again.err.contains("recorded already"), "{}", again.err);
    let twice = desk.say("-b b --as acc act add a.signed --key other --json").ends(3);
    assert_eq!(twice.errors()[0]["code"], "S07", "{}", twice.err);
    assert_eq!(records(&desk), before);
}

#[test]
fn a_changed_byte_another_key_and_another_officer_are_refused() {
    let desk = desk();
    request(&desk, "d1");
    draft(&desk, APPROVAL, "chair", "a");
    sign(&desk, "a", "chair");
    let before = records(&desk);
    let refused = |file: &str, code: &str| {
        let said = desk.say(&format!("-b b --as acc act add {file} --json")).ends(3);
        assert_eq!(said.errors()[0]["code"], code, "{file}: {}", said.err);
    };
    desk.write("more.signed", desk.text("a.signed").replace("500.00", "900.00"));
    refused("more.signed", "S09");
    desk.write("audit.signed", desk.text("a.signed").replace("\nchair\n", "\naudit\n"));
    refused("audit.signed", "S09");
    desk.say("act sign a.act --key audit.pem --yes --out other.signed").ends(0);
    refused("other.signed", "S09");
    assert_eq!(records(&desk), before);
    desk.say("-q -b b --as acc act add a.signed").ends(0);
}

#[test]
fn what_rests_on_another_record_is_not_signed() {
    let desk = desk();
    request(&desk, "d1");
    draft(&desk, APPROVAL, "chair", "a");
    desk.write("b.act", desk.text("a.act").replace("慰问", "旅游"));
    let shown = desk.say("act show b.act").ends(1);
    assert!(shown.err.starts_with("error[ACT2] "), "{}", shown.err);
    assert!(!shown.out.contains("旅游"), "{}", shown.out);
    let signed = desk.say("act sign b.act --key chair.pem --yes").ends(4);
    assert!(signed.err.starts_with("error[ACT2] ") && signed.out.is_empty(), "{}", signed.err);
}

#[test]
fn nothing_is_signed_unseen_or_with_another_s_kind_of_key() {
    let desk = desk();
    request(&desk, "d1");
    draft(&desk, APPROVAL, "chair", "a");
    let unasked = desk.say("act sign a.act --key chair.pem").ends(2);
    assert!(unasked.err.contains("error[ACT3] ") && unasked.out.is_empty(), "{}", unasked.err);
    let silent = desk.say("--no-input act sign a.act --key chair.pem").ends(2);
    assert!(silent.err.contains("error[ACT3] ") && silent.out.is_empty(), "{}", silent.err);
    let log_key = desk.say("act sign a.act --key b/keys/log.pem --yes").ends(2);
    assert!(log_key.err.contains("error[ACT1] the key gh.example.org/b1 is a log's"));
    let unsigned = desk.say("-b b --as acc act add a.act").ends(2);
    assert!(unsigned.err.starts_with("error[ACT4] "), "{}", unsigned.err);
    desk.write("x.act", "mingzhang-act@v2\n\n");
    desk.say("act show x.act").ends(2);
}

#[test]
fn an_act_is_drafted_from_a_bundle_too() {
    let desk = desk();
    request(&desk, "d1");
    desk.say("-b b export bundle --out bundle").ends(0);
    desk.say(&format!("-b bundle act draft {APPROVAL} --for chair --out a.act")).ends(0);
    sign(&desk, "a", "chair");
    desk.say("-q -b b --as acc act add a.signed").ends(0);
}

#[test]
fn a_month_is_opened_again_by_chair_and_audit_and_closed_again() {
    let desk = desk();
    desk.say("-q -b b --as acc record period.close --month 2026-01").ends(0);
    let reopen = "period.reopen --month 2026-01 --date 2026-02-10 --reason 漏记";
    let alone = desk.say(&format!("-b b --as chair record {reopen}")).ends(3);
    assert!(alone.err.starts_with("error[S02] ") && alone.err.contains("mingzhang act draft"));
    draft(&desk, reopen, "chair", "c");
    draft(&desk, reopen, "audit", "a");
    let other = desk.say(&format!("-b b act draft {reopen} --on 3 --for audit")).ends(3);
    assert!(other.err.starts_with("error[S21] ") && other.out.is_empty(), "{}", other.err);
    let line = desk.text("c.act").lines().last().unwrap().to_owned();
    assert!(line.contains("\"type\":\"period.closed\""), "{line}");
    sign(&desk, "c", "chair");
    sign(&desk, "a", "audit");
    desk.say("-b b --as acc act add c.signed").ends(3);
    desk.say("-q -b b --as acc act add c.signed a.signed").ends(0);
    desk.say("-q -b b --as acc record interest.receive --date 2026-01-20 --amount 3.21").ends(0);
    desk.say("-q -b b --as acc record period.close --month 2026-01 --key again").ends(0);
    desk.say("-b b replay").ends(0);
    desk.say("-q -b b checkpoint sign").ends(0);
    desk.say("-q verify b").ends(0);
}

#[test]
fn a_key_is_replaced_by_two_signatures_in_one_file() {
    let desk = desk();
    desk.say("key new chair.example --officer --out new.pem --no-passphrase").ends(0);
    let vkey = desk.text("new.vkey");
    let vkey = vkey.trim();
    draft(&desk, &format!("officer_key.register --officer chair --key {vkey}"), "chair", "k");
    sign(&desk, "k", "new");
    let refused = desk.say("-b b --as acc act add k.signed").ends(3);
    assert!(refused.err.starts_with("error[S14] "), "{}", refused.err);
    desk.say("act sign k.signed --key chair.pem --yes --out both.signed").ends(0);
    assert_eq!(desk.text("both.signed").matches("\n— chair.example ").count(), 2);
    desk.say("-q -b b --as acc act add both.signed").ends(0);
    desk.say("-q verify b").ends(0);
    request(&desk, "d1");
    draft(&desk, APPROVAL, "chair", "a");
    sign(&desk, "a", "chair");
    let old = desk.say("-b b --as acc act add a.signed").ends(3);
    assert!(old.err.starts_with("error[S09] "), "{}", old.err);
}

#[test]
fn the_log_key_is_replaced_and_the_new_one_signs() {
    let desk = desk();
    desk.say("-q -b b checkpoint sign").ends(0);
    let old = desk.text("b/log.vkey");
    desk.say("-b b --as acc key rotate --reason 定期更换 --no-passphrase").ends(0);
    let new = desk.text("b/log.vkey");
    assert_ne!(old, new);
    let id = old.split('+').nth(1).unwrap();
    let kept = format!("b/keys/log.{id}.old");
    assert!(desk.text(&kept).starts_with("mingzhang-key: gh.example.org/b1 log\n"));
    let refused = desk.say(&format!("-b b checkpoint sign --key {kept}")).ends(3);
    assert!(refused.err.starts_with("error[K04] "), "{}", refused.err);
    desk.say("-b b checkpoint sign").ends(0);
    desk.say("-b b export bundle --out bundle").ends(0);
    assert_eq!(desk.text("bundle/log.vkey"), new);
    desk.say("-b b replay").ends(0);
    // And once more.
    desk.say("-b b --as acc key rotate --reason 再换 --no-passphrase --out away.pem").ends(0);
    assert!(!desk.path("b/keys/log.pem").exists());
    desk.say("-b b checkpoint sign --key away.pem").ends(0);
}

#[test]
fn a_key_that_was_lost_is_replaced_by_two_officers() {
    let desk = desk();
    fs::remove_file(desk.path("b/keys/log.pem")).unwrap();
    desk.say(
        "-b b key rotate --lost --reason 遗失 --no-passphrase --out new.pem --for chair --for audit",
    )
    .ends(0);
    for officer in ["chair", "audit"] {
        desk.say(&format!(
            "act sign new.{officer}.act --key {officer}.pem --yes --out {officer}.rotated"
        ))
        .ends(0);
    }
    let alone = desk.say("-b b --as acc act add chair.rotated").ends(3);
    assert!(alone.err.starts_with("error[S02] "), "{}", alone.err);
    desk.say("-q -b b --as acc act add chair.rotated audit.rotated").ends(0);
    desk.say("-b b checkpoint sign --key new.pem").ends(0);
}

#[test]
fn what_has_to_be_signed_says_how() {
    let desk = desk();
    request(&desk, "d1");
    desk.say(
        "-q -b b --as chair record rule.set --from 2026-02-10 --source 决议 \
         --rule {\"name\":\"acts_signed\",\"types\":[\"approval.given\"]}",
    )
    .ends(0);
    let said = desk.say("-b b --as chair approve d1").ends(3);
    assert!(said.err.starts_with("error[S01] approval.given takes chair's own signature"));
    assert!(said.err.contains("next: mingzhang act draft"), "{}", said.err);
}

#[test]
fn a_first_key_takes_the_chair_s_word_and_the_draft_says_so() {
    let desk = desk();
    desk.say("key new cash.example --officer --out cash.pem --no-passphrase").ends(0);
    let vkey = desk.text("cash.vkey").trim().to_owned();
    let command = format!("officer_key.register --officer cash --key {vkey}");
    let drafted = desk.say(&format!("-b b act draft {command} --for cash --out k.act")).ends(0);
    assert!(drafted.err.contains("chair signs a second file"), "{}", drafted.err);
    sign(&desk, "k", "cash");
    let alone = desk.say("-b b --as acc act add k.signed").ends(3);
    assert!(alone.err.starts_with("error[S20] ") && alone.err.contains("chair"), "{}", alone.err);
    draft(&desk, &command, "chair", "c");
    sign(&desk, "c", "chair");
    desk.say("-q -b b --as acc act add k.signed c.signed").ends(0);
}

/// The statement of one request, with the bytes of another, and a leaf that fits them.
#[test]
fn an_act_about_another_request_is_not_signed() {
    let desk = desk();
    request(&desk, "d1");
    request(&desk, "d2");
    draft(&desk, APPROVAL, "chair", "a");
    desk.write("b.act", desk.text("a.act").replacen("\"d1\"", "\"d2\"", 1));
    let shown = desk.say("act show b.act").ends(1);
    assert!(shown.err.starts_with("error[ACT5] "), "{}", shown.err);
    let signed = desk.say("act sign b.act --key chair.pem --yes").ends(4);
    assert!(signed.err.starts_with("error[ACT5] ") && signed.out.is_empty(), "{}", signed.err);
}

/// Nobody is shown another request for one that is not there.
#[test]
fn an_approval_of_what_was_never_requested_is_not_drafted() {
    let desk = Desk::with_demo();
    let draft = |id: &str| {
        desk.say(&format!(
            "-b d/book act draft disbursement.approve --disbursement {id} --date 2025-01-20 \
             --amount 4300.00 --for chair-a"
        ))
    };
    let refused = draft("d99").ends(2);
    assert!(refused.err.contains("there is no disbursement d99"), "{}", refused.err);
    draft("d-2025-003").ends(0);
}
