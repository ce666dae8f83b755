//! A book from nothing, by hand: the treasurer records, the chair approves, the audit committee
//! witnesses.

use crate::program::Desk;

const SETUP: &str = "2026-01-05T01:00:00Z";

/// A book with officers, rules, a fund, a group and two members, all of it by flags.
fn book() -> Desk {
    let mut desk = Desk::new();
    desk.clock = SETUP;
    desk.say("key new audit.example.org/w1 --out w1.pem --no-passphrase").ends(0);
    desk.say(
        "-b b --as acc-b init gh.example.org/b1 --organisation 测试工会 --starts 2026-01-01 \
         --witness w1.vkey --no-passphrase",
    )
    .ends(0);
    for line in [
        "officer.appoint --officer acc-b --roles accountant --from 2026-01-01",
        "officer.appoint --officer cash-c --roles [\"cashier\"] --from 2026-01-01",
        "officer.appoint --officer clerk-d --roles clerk --from 2026-01-01",
        "officer.appoint --officer fin-e --roles finance_head --roles committee --from 2026-01-01",
        "officer.appoint --officer audit-f --roles audit_chair,audit_member --from 2026-01-01",
        "rule.set --rule name=dues_rate,basis_points=50,step=10.00 --from 2026-01-01 --source 章程",
        "rule.set --rule {\"name\":\"approval_bands\",\"bands\":[{\"up_to\":\"1000.00\",\
         \"roles\":[\"finance_head\"]},{\"roles\":[\"chair\",\"finance_head\"]}]} \
         --from 2026-01-01 --source 决议",
        "fund.establish --fund relief --name 帮扶 --restricted true --purpose 困难帮扶",
        "opening.record --date 2026-01-01 --lines account=102,fund=general,debit=1000.00 \
         --lines account=32205,fund=general,credit=1000.00 --source 决算",
        "group.define --group g1 --name 一组",
        "officer.appoint --officer chair-a --roles chair --from 2026-01-01",
    ] {
        desk.say(&format!("-b b --as acc-b record {line}")).ends(0);
    }
    for line in [
        "member.enrol --member m-1 --group g1 --on 2026-01-01",
        "member.enrol --member m-2 --group g1 --on 2026-01-01",
        "dues_base.set --member m-1 --base 5000.00 --from 2026-01",
        "dues_base.set --member m-2 --base 6009.99 --from 2026-01",
    ] {
        desk.say(&format!("-b b --as clerk-d record {line}")).ends(0);
    }
    desk
}

fn records(desk: &Desk) -> usize {
    desk.text("b/events.ndjson").lines().count()
}

#[test]
fn dues_are_received_and_their_voucher_is_shown() {
    let desk = book();
    let said = desk
        .say(
            "-b b --as acc-b record dues.receive --date 2026-01-05 --into bank \
             --lines member=m-1,month=2026-01,amount=25.00 \
             --lines member=m-2,month=2026-01,amount=30.00",
        )
        .ends(0);
    let expected = "\
#17 dues.received 记-2026-01-0002
记-2026-01-0002 2026-01-05
+---------------------+---------+-------+--------+
| Account             | Fund    | Debit | Credit |
+================================================+
| 102 Bank deposits   | general | 55.00 |        |
| 401 Membership dues | general |       |  55.00 |
+---------------------+---------+-------+--------+
";
    assert_eq!(said.out, expected);
    assert!(said.err.starts_with("head "), "{}", said.err);
    let zh = desk.say("-b b --lang zh report dues --month 2026-01").ends(0).out;
    assert!(
        zh.contains("| 合计    |        2 |        2 | 55.00 | 55.00 | 0.00 | 100.00% | 100.00% |"),
        "{zh}"
    );
}

#[test]
fn a_disbursement_is_requested_approved_paid_and_undone() {
    let mut desk = book();
    let none = desk.say("-b b approve").ends(0);
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", "no disbursement waits\n"));
    desk.say(
        "-b b --as clerk-d record disbursement.request --disbursement d-1 --date 2026-01-05 \
         --account 50102 --amount 300.00 --payee organisation=某店 --purpose 联欢",
    )
    .ends(0);
    let waiting = desk.say("-b b approve").ends(0).out;
    assert_eq!(waiting, "d-1 2026-01-05         300.00 联欢 ← clerk-d []\n");
    let pay =
        "-b b --as cash-c record disbursement.pay --disbursement d-1 --date 2026-01-05 --from bank";
    desk.say(pay).ends(3);
    desk.say("-b b --as clerk-d approve d-1").ends(3);
    desk.say("-b b --as fin-e approve d-1").ends(0);
    let again = desk.say("-b b --as fin-e approve d-1").ends(0);
    assert!(again.err.starts_with("recorded already (key approve-d-1-fin-e)\n"), "{}", again.err);
    desk.say("-b b --as fin-e approve d-9").ends(3);
    desk.say(pay).ends(0);
    let before = records(&desk);
    desk.clock = "2026-02-10T01:00:00Z";
    let said = desk.say("-b b --as acc-b undo 记-2026-01-0002 --reason 重复").ends(0);
    // On the voucher's own day, for its month is open.
    let on = "the red voucher is of the voucher's own day: 2026-01-05";
    assert!(said.err.contains(on), "{}", said.err);
    let undone = said.out;
    assert!(undone.contains("entry.reversed 记-2026-01-0003\n"), "{undone}");
    assert!(undone.contains("-300.00"), "{undone}");
    assert_eq!(records(&desk), before + 1);
    desk.say(&format!("-b b --as acc-b undo {} --reason 再次", before - 1)).ends(3);
    desk.say("-b b --as acc-b undo 记-2026-01-0002 --reason 再次").ends(3);
    desk.say("-b b replay").ends(0);
}

#[test]
fn a_month_is_closed_and_takes_no_more_vouchers() {
    let mut desk = book();
    desk.clock = "2026-02-02T01:00:00Z";
    desk.say("-b b --as acc-b record period.close --month 2026-01").ends(0);
    let line = "-b b --as acc-b record interest.receive --date 2026-01-31 --amount 1.00";
    let said = desk.say(&format!("{line} --json")).ends(3);
    let errors = said.errors();
    assert_eq!(errors.len(), 1);
    assert!(errors[0]["source"].is_string() && errors[0]["next"].is_string(), "{errors:?}");
    assert!(errors[0].get("place").is_none(), "what was typed has no line");
    desk.say("-b b --as acc-b record interest.receive --date 2026-02-02 --amount 1.00").ends(0);
}

#[test]
fn a_witness_cosigns_what_has_only_grown() {
    let desk = book();
    desk.copy("b", "before");
    let unsigned = desk.say("-b b checkpoint show").ends(5);
    assert!(unsigned.err.contains("next: mingzhang checkpoint sign"), "{}", unsigned.err);
    desk.say("-b b checkpoint sign").ends(0);
    let refused = desk.say("witness cosign b --key w1.pem").ends(2);
    assert!(refused.err.starts_with("error[WIT3] "), "{}", refused.err);
    desk.say("witness init --key w1.pem --log b/log.vkey").ends(0);
    desk.say("witness cosign b --key w1.pem").ends(0);
    desk.write("policy", policy(&desk));
    desk.say("verify b --policy policy").ends(0);
    desk.copy("b", "older");

    desk.say("-b b --as acc-b record group.define --group g2 --name 二组").ends(0);
    desk.say("-b b checkpoint sign").ends(0);
    let note = desk.say("witness cosign b --key w1.pem").ends(0).out;
    assert_eq!(note.lines().filter(|line| line.starts_with('—')).count(), 2, "{note}");

    let older = "witness cosign older --key w1.pem";
    let refused = desk.say(older).ends(4).err;
    let said = "error[WIT2] the witness refuses (409): \
                rollback: 18 records were cosigned before, and the checkpoint has only 17; \
                it may be a file left over, and proves nothing by itself";
    assert!(refused.starts_with(said), "{refused}");
    let refused = desk.say(&format!("--lang zh {older}")).ends(4).err;
    let said = "错误[WIT2] 见证人拒绝（409）：回退：曾见证 18 条记录，检查点只有 17 条。\
                可能是以前留下的文件，本身不能证明什么";
    assert!(refused.starts_with(said), "{refused}");

    // The same number of records, and another history.
    desk.say("-b before --as acc-b record group.define --group g3 --name 三组").ends(0);
    desk.say("-b before checkpoint sign").ends(0);
    let fork = desk.say("witness cosign before --key w1.pem").ends(4);
    assert!(fork.err.contains("fork: "), "{}", fork.err);
    desk.say("verify before --against b/checkpoint").ends(4);
}

fn policy(desk: &Desk) -> String {
    let log = desk.text("b/log.vkey");
    let witness = desk.text("w1.vkey");
    format!("log {log}witness w1 {witness}quorum w1\n")
}

#[test]
fn a_cosigned_checkpoint_comes_back_into_the_book() {
    let desk = book();
    desk.say("-b b checkpoint sign").ends(0);
    desk.say("-b b export bundle --out bundle").ends(0);
    desk.say("witness init --key w1.pem --log b/log.vkey").ends(0);
    desk.say("witness cosign bundle --key w1.pem").ends(0);
    desk.write("policy", policy(&desk));
    desk.say("verify b --policy policy").ends(1);
    desk.say("-b b witness add bundle/checkpoint").ends(0);
    desk.say("verify b --policy policy").ends(0);
    // A signature in the witness's name that is not its own is not taken in.
    let note = desk.text("bundle/checkpoint");
    let at = note.rfind('=').unwrap_or(note.len() - 1) - 8;
    let mut bad = note.into_bytes();
    bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
    desk.write("bad", bad);
    desk.say("-b b witness add bad").ends(4);
    desk.say("verify b --policy policy").ends(0);
}

#[test]
fn a_member_gets_a_proof_that_a_record_is_in_the_book() {
    let desk = book();
    desk.say("-b b proof 3").ends(5);
    desk.say("-b b checkpoint sign").ends(0);
    let proof = desk.say("-b b proof 3").ends(0).out;
    assert!(proof.starts_with("c2sp.org/tlog-proof@v1\nextra ey"), "{proof}");
    assert!(proof.contains("\nindex 3\n"), "{proof}");
    desk.say("-b b proof 3 --out p").ends(0);
    assert_eq!(desk.text("p"), proof);
    desk.say("-b b --as acc-b record group.define --group g2 --name 二组").ends(0);
    let outside = desk.say("-b b proof 17").ends(2);
    assert!(outside.err.contains("not under the newest checkpoint of 17"), "{}", outside.err);
}

#[test]
fn a_key_with_a_passphrase_opens_with_it_alone() {
    let desk = Desk::new();
    let secret = "correct horse 马";
    desk.write("good", format!("{secret}\n"));
    desk.write("wrong", "something else\n");
    let said = desk.say("key new audit.example.org/w1 --out w1.pem --passphrase-file good").ends(0);
    let mut everything = said.out + &said.err;
    let init = "init gh.example.org/b1 --organisation x --starts 2026-01-01 --passphrase-file good";
    let said = desk.say(&format!("-b b --as acc-b {init}")).ends(0);
    everything += &(said.out + &said.err);
    let pem = desk.text("b/keys/log.pem");
    assert!(pem.contains("BEGIN ENCRYPTED PRIVATE KEY"), "{pem}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for key in ["w1.pem", "b/keys/log.pem"] {
            let mode = std::fs::metadata(desk.path(key)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{key}");
        }
    }
    for (line, code) in [
        ("-b b checkpoint sign", 2),
        ("-b b checkpoint sign --passphrase-file wrong", 2),
        ("-b b checkpoint sign --passphrase-file nowhere", 5),
        ("-b b checkpoint sign --passphrase-file good", 0),
        ("witness init --key w1.pem --log b/log.vkey --passphrase-file good", 0),
        ("witness cosign b --key w1.pem --passphrase-file wrong", 2),
        ("witness cosign b --key w1.pem --passphrase-file good", 0),
        ("witness serve --key w1.pem --passphrase-file wrong", 2),
        ("witness show --key w1.pem", 0),
    ] {
        let said = desk.say(line).ends(code);
        everything += &(said.out + &said.err);
    }
    assert!(!everything.contains(secret) && !everything.contains("PRIVATE"), "{everything}");
    let secret_lines = pem.lines().filter(|line| line.len() > 40);
    for line in secret_lines {
        assert!(!everything.contains(line), "{everything}");
    }
}

#[test]
fn a_beginning_that_fails_leaves_nothing_behind() {
    let desk = Desk::new();
    let init = "-b b --as acc-b init gh.example.org/b1 --organisation x --starts 2026-01-01";
    desk.say(init).ends(2);
    assert!(!desk.path("b").exists(), "no passphrase was given");
    desk.say(&format!("{init} --no-passphrase --witness nonsense")).ends(2);
    desk.say(&format!("{init} --no-passphrase --chart nope")).ends(2);
    assert!(!desk.path("b").exists());
    desk.say(&format!("{init} --no-passphrase")).ends(0);
    let again = desk.say(&format!("{init} --no-passphrase")).ends(5);
    assert!(again.err.starts_with("error[IO7] there is a book in b already"), "{}", again.err);
    desk.say("verify b").ends(0);
}
