//! Which lines are proposed for which vouchers, and what is taken of that.

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, FINANCE, FIRST, approve, asks, given, of, pay, request,
    reverse_dated, rule, union_with_money, yuan,
};
use crate::{LATER, after, book, draw, found, found_in, interest, january, matches, short};
use mingzhang::ids::Seq;
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::render;
use mingzhang::report::bank_matches::Confidence;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

#[test]
fn a_reference_that_names_a_voucher_decides_between_two_of_one_sum() {
    let book = book([
        draw("2025-01-06", "50.00"),
        draw("2025-01-07", "50.00"),
        january(&[("2025-01-08", "-50.00", "支取 记-2025-01-0003"), ("2025-01-09", "-50.00", "")]),
    ]);
    assert_eq!(
        found(&book),
        ["certain: b-1:1 = 01-0003 (referred)", "likely: b-1:2 = 01-0002 (only_one 10)"]
    );
}

#[test]
fn a_cheque_s_number_in_the_purpose_of_a_payment_or_on_its_paper_names_it() {
    let mut requested = request(LATER, "d-1", "50.00");
    if let mingzhang::rules::Command::RequestDisbursement(request) = &mut requested.command {
        request.purpose = of("文体活动，转账支票00417");
    }
    let paid = [requested, approve(FINANCE, LATER, "d-1", "50.00")];
    let mut book = book(paid.into_iter().chain([pay(CASHIER, LATER, "d-1", "bank")]));
    let drawn = book.then(&draw("2025-01-09", "50.00"))[0].seq;
    book.then(&asks(
        ACCOUNTANT,
        LATER,
        "attachment.add",
        json!({"to": drawn, "sha256": "cd".repeat(32), "bytes": 10, "title": "现金支票 00418 存根"}),
    ));
    book.then(&january(&[
        ("2025-01-10", "-50.00", "CHQ00418"),
        ("2025-01-11", "-50.00", "支票 00417"),
    ]));
    // The payment is of March: a number decides whatever the days are.
    assert_eq!(
        found(&book),
        ["certain: b-1:1 = 01-0002 (referred)", "certain: b-1:2 = 03-0001 (referred)"]
    );
}

#[test]
fn a_reference_that_names_several_vouchers_is_all_of_them() {
    let book = book([
        draw("2025-01-06", "50.00"),
        draw("2025-01-07", "30.00"),
        interest("2025-01-20", "9.00"),
        january(&[
            ("2025-01-08", "-80.00", "2025-01-0002、2025-01-0003"),
            ("2025-01-21", "4.00", "记-2025-01-0004"),
            ("2025-01-22", "5.00", "记-2025-01-0004"),
        ]),
    ]);
    assert_eq!(
        found(&book),
        [
            "certain: b-1:1 = 01-0002 01-0003 (referred)",
            "certain: b-1:2 b-1:3 = 01-0004 (referred)"
        ]
    );
}

/// The bank paid it twice, or somebody wrote the wrong number: it is nothing else's line either.
#[test]
fn a_line_that_names_what_it_does_not_come_to_is_said_and_proposed_for_nothing() {
    let book = book([
        draw("2025-01-06", "50.00"),
        draw("2025-01-07", "60.00"),
        january(&[("2025-01-08", "-60.00", "记-2025-01-0002")]),
    ]);
    let found = found_in(book.state(), None);
    assert_eq!(found.suggestions, []);
    assert_eq!((found.lines_left, found.vouchers_left), (1, 2));
    let astray: Vec<(u32, String)> =
        found.astray.iter().map(|a| (a.line.no, a.vouchers[0].to_string())).collect();
    assert_eq!(astray, [(1, "记-2025-01-0002".to_owned())]);
    for (lang, said) in [
        (
            Lang::Zh,
            "b-1:1 记-2025-01-0002（2025-01-08，-60.00）摘要所指 记-2025-01-0002 金额不符或已勾对，请查明\n\
             确定 0 组，很可能 0 组，不明 0 组；没有建议的：对账单 1 行，凭证 2 张\n",
        ),
        (
            Lang::En,
            "b-1:1 记-2025-01-0002 (2025-01-08, -60.00) names 记-2025-01-0002, which is another sum or \
             matched already: look into it\n\
             0 certain, 0 likely, 0 ambiguous; without a proposal: lines 1, vouchers 2\n",
        ),
    ] {
        let page = render::bank_matches(&found, lang).to_string();
        let shown: Vec<&str> = page.lines().skip(2).collect();
        assert_eq!(shown.join("\n") + "\n", said);
    }
}

#[test]
fn the_only_one_of_its_sum_is_likely_within_the_days_of_the_rule_and_nothing_beyond() {
    let lines = [("2025-01-16", "-50.00", ""), ("2025-01-31", "-60.00", "")];
    let vouchers = [draw("2025-01-06", "50.00"), draw("2025-01-20", "60.00")];
    let without = book(vouchers.clone().into_iter().chain([january(&lines)]));
    // Ten days where no rule says so; the second is eleven days away.
    assert_eq!(found(&without), ["likely: b-1:1 = 01-0002 (only_one 10)"]);
    let days = |days: u32| json!({"name": "bank_matching", "days": days, "outstanding_days": 20});
    let with = [rule(CHAIR, FIRST, &days(9)), rule(CHAIR, "2025-01-20", &days(11))];
    let book =
        given(after(union_with_money(), with.into_iter().chain(vouchers).chain([january(&lines)])));
    assert_eq!(found(&book), ["likely: b-1:2 = 01-0003 (only_one 11)"]);
}

#[test]
fn days_of_more_than_a_year_are_no_rule() {
    let rule = |days: u32, outstanding: u32| {
        let rule = json!({"name": "bank_matching", "days": days, "outstanding_days": outstanding});
        rule_set(&rule)
    };
    let mut book = book([]);
    let refused = Refusal::TooManyAtOnce { found: 367, most: 366 };
    assert_eq!(book.when(&rule(367, 31)), Err(refused.clone()));
    assert_eq!(book.when(&rule(10, 367)), Err(refused));
    book.then(&rule(366, 366));
}

fn rule_set(of: &Value) -> Asked {
    rule(CHAIR, LATER, of)
}

/// Which of them is which, nobody knows by their sums; a day decides where it is the same one.
#[test]
fn several_of_one_sum_are_one_doubt_with_all_of_them() {
    let book = book([
        draw("2025-01-06", "50.00"),
        draw("2025-01-08", "50.00"),
        draw("2025-01-14", "20.00"),
        draw("2025-01-21", "20.00"),
        january(&[
            ("2025-01-09", "-50.00", ""),
            ("2025-01-14", "-20.00", ""),
            ("2025-01-23", "-20.00", ""),
        ]),
    ]);
    assert_eq!(
        found(&book),
        [
            "likely: b-1:2 = 01-0004 (same_day)",
            "likely: b-1:3 = 01-0005 (only_one 10)",
            "ambiguous: b-1:1 = 01-0002 01-0003 (several_alike 10)",
        ]
    );
    let doubt = &found_in(book.state(), None).suggestions[2];
    assert_eq!((doubt.confidence, doubt.accepted()), (Confidence::Ambiguous, None));
}

#[test]
fn one_line_may_be_several_vouchers_and_several_lines_one() {
    let book = book([
        interest("2025-01-06", "31.00"),
        interest("2025-01-08", "7.50"),
        interest("2025-01-21", "90.00"),
        january(&[
            ("2025-01-08", "38.50", ""),
            ("2025-01-20", "49.99", ""),
            ("2025-01-22", "40.01", ""),
        ]),
    ]);
    assert_eq!(
        found(&book),
        [
            "likely: b-1:1 = 01-0002 01-0003 (sum_of_several 10)",
            "likely: b-1:2 b-1:3 = 01-0004 (sum_of_several 10)"
        ]
    );
}

#[test]
fn a_line_that_comes_to_two_sums_is_a_doubt_with_both() {
    let vouchers = ["10.00", "28.50", "15.00", "23.50"].map(|sum| interest("2025-01-06", sum));
    let book = book(vouchers.into_iter().chain([january(&[("2025-01-08", "38.50", "")])]));
    assert_eq!(
        found(&book),
        ["ambiguous: b-1:1 = 01-0002 01-0003 01-0004 01-0005 (several_sums 10)"]
    );
}

/// Twenty and more are never gone through one by one: all of a day, or nothing.
#[test]
fn a_day_s_vouchers_may_be_one_line_however_many_they_are() {
    let sums: Vec<String> = (1..=24).map(|n| format!("{n}.1{}", n % 10)).collect();
    let vouchers = sums.iter().map(|sum| interest("2025-01-06", sum));
    let all = Money::sum(sums.iter().map(|sum| yuan(sum))).to_string();
    let book = book(vouchers.chain([january(&[("2025-01-08", &all, "扫码收款")])]));
    let found = found_in(book.state(), None).suggestions;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].vouchers.len(), found[0].lines.len()), (24, 1));
    assert!(short(&found[0]).ends_with("(whole_day)"));
}

#[test]
fn lines_that_cancel_each_other_are_no_voucher_s() {
    let book = book([january(&[
        ("2025-01-06", "-70.00", "错账"),
        ("2025-01-08", "70.00", "冲正"),
        ("2025-01-09", "5.00", ""),
    ])]);
    assert_eq!(found(&book), ["likely: b-1:1 b-1:2 =  (cancelled 10)"]);
}

/// A wrong voucher, the red one and the right one: the bank knows only one of the three.
#[test]
fn a_reversed_voucher_is_its_red_one_unless_the_bank_paid_it_back() {
    let mut first = book([draw("2025-01-06", "50.00")]);
    let wrong = first.state().next().0 - 1;
    first.then(&reverse_dated(LATER, "2025-01-06", wrong));
    first.then(&draw("2025-01-06", "50.00"));
    first.then(&january(&[("2025-01-07", "-50.00", "")]));
    assert_eq!(
        found(&first),
        ["certain:  = 01-0002 01-0003 (reversed)", "likely: b-1:1 = 01-0004 (only_one 10)"]
            .map(str::to_owned)
    );
    let mut second = book([draw("2025-01-06", "50.00")]);
    second.then(&reverse_dated(LATER, "2025-01-20", wrong));
    second.then(&january(&[("2025-01-07", "-50.00", ""), ("2025-01-21", "50.00", "退汇")]));
    assert_eq!(
        found(&second),
        ["likely: b-1:1 = 01-0002 (only_one 10)", "likely: b-1:2 = 01-0003 (only_one 10)"]
    );
}

#[test]
fn what_is_matched_is_not_matched_again_until_it_is_taken_back() {
    let mut book = book([
        draw("2025-01-06", "50.00"),
        january(&[("2025-01-08", "-50.00", ""), ("2025-01-09", "-50.00", "")]),
    ]);
    let drawn = Seq(book.state().next().0 - 3);
    let matching = book.then(&matches(&[1], &[drawn]))[0].seq;
    let refused = Refusal::MatchedAlready { what: format!("#{drawn}") };
    assert_eq!(refused.next(), format!("mingzhang bank unmatch #{drawn} --help"));
    assert_eq!(book.when(&matches(&[2], &[drawn])), Err(refused));
    let wrong = json!({"of": matching, "reason": "应为第2行"});
    book.then(&asks(ACCOUNTANT, LATER, "bank.unmatch", wrong));
    book.then(&matches(&[2], &[drawn]));
}
