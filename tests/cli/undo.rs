//! Undo as a treasurer meets it: one's own last voucher, shown before it is reversed.

use crate::program::{Desk, without_hashes};

fn book() -> Desk {
    let desk = Desk::with_small_book();
    for (date, amount) in [("2025-01-31", "1.00"), ("2025-02-28", "2.00")] {
        let line = format!("-b b --as acc record interest.receive --date {date} --amount {amount}");
        desk.say(&line).ends(0);
    }
    desk.say("-b b --as cash record cash.deposit --date 2025-03-03 --amount 100.00").ends(0);
    desk
}

#[test]
fn the_last_voucher_of_one_s_own_is_offered_and_needs_a_yes() {
    let desk = book();
    let said = desk.say("-b b --as acc undo --reason 重复").ends(2);
    assert_eq!(
        said.err,
        "error[UND2] one's own last voucher is 记-2025-02-0001 (record 27); to reverse it: --yes\n  \
         next: mingzhang show 27\n"
    );
    let said = desk.say("-b b --lang zh --as acc undo --reason 重复").ends(2);
    assert_eq!(
        said.err,
        "错误[UND2] 自己的最后一张凭证是 记-2025-02-0001（记录 27）；确要冲销请加 --yes\n  \
         下一步: mingzhang show 27\n"
    );
    let said = desk.say("-b b --as acc undo --reason 重复 --yes").ends(0);
    assert_eq!(
        without_hashes(&said.err),
        "head [..]\nreversed one's own last voucher: 记-2025-02-0001 of 2025-02-28 (record 27)\n\
         the red voucher is of the voucher's own day: 2025-02-28; for another day: --date\n"
    );
    assert!(said.out.starts_with("#29 entry.reversed 记-2025-02-0002\n"), "{}", said.out);
    // What is reversed and what reverses are passed over.
    let said = desk.say("-b b --lang zh --as acc undo --reason 重复 --yes").ends(0);
    assert_eq!(
        without_hashes(&said.err),
        "链头 [..]\n冲销的是自己的最后一张凭证：记-2025-01-0002，2025-01-31（记录 26）\n\
         红字凭证记在原凭证的日期：2025-01-31；要记在别的日子，用 --date\n"
    );
}

#[test]
fn what_cannot_be_reversed_says_what_to_do_instead() {
    let desk = book();
    desk.say("-b b --as clerk record disbursement.request --disbursement d-1 --date 2025-03-05 --account 50405 --amount 5.00 --payee member=m-1 --purpose x").ends(0);
    for (what, code, next) in [
        ("29", "C01", "mingzhang record disbursement.cancel --help"),
        ("15", "C01", "mingzhang record member.leave --help"),
        ("25", "C03", "mingzhang show 25"),
        ("12", "C01", "mingzhang record fund.close --help"),
    ] {
        let errors =
            desk.say(&format!("-b b --as acc --json undo {what} --reason x")).ends(3).errors();
        assert_eq!(
            (&errors[0]["code"], &errors[0]["next"]),
            (&code.into(), &next.into()),
            "{what}"
        );
    }
    let said = desk.say("-b b --as chair undo --reason x --yes").ends(2);
    assert_eq!(
        said.err,
        "error[UND4] there is no voucher of one's own to reverse\n  next: mingzhang log --last 5\n"
    );
    let said = desk.say("-b b --as acc undo").ends(2);
    assert_eq!(said.err, "error[UND1] say why: --reason REASON\n  next: mingzhang undo --help\n");
}

#[test]
fn the_log_is_asked_for_one_day() {
    let desk = book();
    let log = desk.say("-b b log --day 2025-02-28").ends(0).out;
    assert_eq!(log.lines().count(), 1);
    assert!(log.contains(" 记-2025-02-0001 ") && log.contains(" 2.00 "), "{log}");
    desk.say("-b b log --day 2025-02-28 --business-from 2025-01-01").ends(2);
}
