//! 余额调节表 Both balances, what is outstanding between them, and a difference that was there at the opening.

use crate::given::{ACCOUNTANT, CHAIR, CLERK, FIRST, Given, asks, close, given, rule, union, yuan};
use crate::{
    LATER, accept, after, book, draw, found, found_in, interest, january, matches, statement,
};
use mingzhang::chart::{Chart, STATUTORY};
use mingzhang::event::Fact;
use mingzhang::lang::Lang;
use mingzhang::render;
use mingzhang::report::Period;
use mingzhang::report::bank_outstanding::{self, BankOutstanding};
use mingzhang::report::reconciliation;
use serde_json::json;

#[test]
fn a_cheque_from_before_the_first_statement_is_proposed_on_it() {
    let book = book([statement(
        "b-1",
        [FIRST, "2025-01-31"],
        ["1040.00", "1000.00"],
        &[("2025-01-03", "-40.00", "")],
    )]);
    assert_eq!(found(&book), ["likely: b-1:1 = 01-0001 (only_one 10)"]);
    let chart = Chart::built_in(STATUTORY).unwrap();
    let shown = render::bank_matches(&found_in(book.state(), None), Lang::Zh).to_string();
    assert!(shown.contains("| 期初差异 #"), "{shown}");
    let mut book = book;
    accept(&mut book);
    // The bank has paid it: nothing differs any more.
    let report = reconciliation::report(book.state(), &chart, Period::All, Some("b-1"));
    assert_eq!(report.sheet.unwrap().opening_difference, None);
}

/// The books had 1,000.00 before the first statement; the bank says that it had more.
fn differing(opening: &str) -> Given {
    let closing = yuan(opening).plus(yuan("5.00")).to_string();
    let lines = [("2025-01-09", "5.00", "结息")];
    book([statement("b-1", [FIRST, "2025-01-31"], [opening, &closing], &lines)])
}

#[test]
fn an_opening_that_differs_is_its_own_line_of_the_reconciliation_and_of_what_is_outstanding() {
    let mut book = differing("1060.00");
    let chart = Chart::built_in(STATUTORY).unwrap();
    let sheet = |book: &Given| {
        let report = reconciliation::report(book.state(), &chart, Period::All, Some("b-1"));
        (render::reconciliation(&report, Lang::Zh).to_string(), report.sheet.unwrap())
    };
    let (text, found) = sheet(&book);
    let records = book.state().next();
    assert_eq!(
        text,
        format!(
            "\
银行存款余额调节表
单位名称: 示例市示例厂工会  期间: 建账至今  单位: 元  记录数: {records}
对账单: b-1  截至: 2025-01-31
+------------------------+----------------------------------+------------+----------+
| 项目                   | 凭证或对账单行                   | 日期       |     金额 |
+===================================================================================+
| 银行对账单余额         |                                  |            | 1,065.00 |
| 减：期初差异           | 账面 1,000.00，b-1 期初 1,060.00 | 2025-01-01 |    60.00 |
| 调节后余额             |                                  |            | 1,005.00 |
| 单位账面余额           |                                  |            | 1,000.00 |
| 加：银行已收、单位未收 | b-1:1 结息                       | 2025-01-09 |     5.00 |
| 调节后余额             |                                  |            | 1,005.00 |
+------------------------+----------------------------------+------------+----------+
期初差异（勾对时用 记-2025-01-0001 #17）：2025-01-01 之前账面与银行余额不同。当时的未达账项，与银行收付的行勾对；漏记、错记的，补记或更正，与该凭证勾对
调节相符，但期初差异尚未查清，未登记
编制:            复核:
"
        )
    );
    assert_eq!((found.booked_in.len(), found.booked_out.len()), (0, 0));
    let difference = found.opening_difference.unwrap();
    assert_eq!(difference.amount, yuan("-60.00"));
    let listed = outstanding(&book, "b-1");
    assert_eq!(listed.vouchers, []);
    assert_eq!(listed.opening_difference.as_ref().unwrap().of, difference);
    let text = format!(
        "\
Outstanding items of the bank
Organisation: 示例市示例厂工会  Period: all so far  Unit: yuan  Records: {records}
Statement: b-1  On: 2025-01-31
+-----------------------------+-----------------------------------------+------------+--------+------+------+------------+------------------+
| Outstanding                 | Voucher or line                         | Day        | Amount | Days | Long | Cleared on | Command          |
+===========================================================================================================================================+
| opening difference          | books 1,000.00, b-1 opens with 1,060.00 | 2025-01-01 | -60.00 |   30 |      |            | find out why     |
| in the bank, not yet booked | b-1:1 结息                              | 2025-01-09 |   5.00 |   22 |      |            | interest.receive |
+-----------------------------+-----------------------------------------+------------+--------+------+------+------------+------------------+
Opening difference (matched as 记-2025-01-0001 #17): before 2025-01-01 the books and the bank had different balances. What was \
outstanding then is matched with the bank's line; what was left out or wrong is corrected, and matched with that voucher
Outstanding for long: 0
"
    );
    assert_eq!(render::bank_outstanding(&listed, Lang::En).to_string(), text);
    // It is reconciled like everything that only one side has, and counted.
    let fields = json!({"date": LATER, "statement": "b-1", "adjusted": "1005.00"});
    let recorded = book.then(&asks(ACCOUNTANT, LATER, "bank.reconcile", fields));
    let Fact::BankReconciled(fact) = &recorded[0].fact else { panic!() };
    assert_eq!((fact.booked_out, fact.items), (yuan("60.00"), 2));
    assert_eq!(sheet(&book).1.reconciled, Some(recorded[0].seq));
    // It was a receipt that the books had left out: it is booked now, and the two are one another.
    let opening = difference.seq.unwrap();
    let late = book.then(&interest("2025-01-02", "60.00"))[0].seq;
    book.then(&matches(&[], &[opening, late]));
    let found = sheet(&book).1;
    assert_eq!(
        (found.opening_difference, found.booked_in, found.booked_out),
        (None, vec![], vec![])
    );
    assert!(found.agrees);
}

/// Nothing was booked before the first statement: the difference has no voucher to stand with, and both
/// sides agree all the same.
#[test]
fn an_opening_of_a_book_that_had_nothing_is_a_difference_too() {
    let first = statement("b-1", ["2025-01-02", "2025-01-31"], ["12.00", "12.00"], &[]);
    let mut book = given(after(union(), [interest("2025-01-03", "12.00"), first]));
    let chart = Chart::built_in(STATUTORY).unwrap();
    let report = reconciliation::report(book.state(), &chart, Period::All, Some("b-1"));
    let sheet = report.sheet.unwrap();
    let difference = sheet.opening_difference.unwrap();
    assert_eq!((difference.amount, difference.seq), (yuan("-12.00"), None));
    assert_eq!((sheet.adjusted_bank, sheet.adjusted_book), (yuan("12.00"), yuan("12.00")));
    let fields = json!({"date": LATER, "statement": "b-1", "adjusted": "12.00"});
    book.then(&asks(ACCOUNTANT, LATER, "bank.reconcile", fields));
}

/// January ends with a cheque, a fee and interest outstanding; in February the cheque is cleared and the
/// interest recorded.
fn two_months() -> Given {
    let mut book = book([
        rule(CHAIR, FIRST, &json!({"name": "bank_matching", "days": 10, "outstanding_days": 20})),
        draw("2025-01-06", "50.00"),
        draw("2025-01-30", "60.00"),
        january(&[
            ("2025-01-06", "-50.00", "现金支票 00001"),
            ("2025-01-10", "-2.00", "账户管理费"),
            ("2025-01-31", "1.26", "结息"),
        ]),
        interest("2025-02-01", "1.26"),
    ]);
    book.then(&statement(
        "b-2",
        ["2025-02-01", "2025-02-28"],
        ["949.26", "874.26"],
        &[("2025-02-03", "-60.00", ""), ("2025-02-20", "-15.00", "转账")],
    ));
    accept(&mut book);
    book
}

fn outstanding(book: &Given, of: &str) -> BankOutstanding {
    let chart = Chart::built_in(STATUTORY).unwrap();
    bank_outstanding::report(book.state(), &chart, Period::All, Some(of))
}

#[test]
fn what_was_outstanding_at_the_end_of_a_month_clears_in_a_later_one() {
    let book = two_months();
    let january = outstanding(&book, "b-1");
    let records = january.heading.records;
    let zh = format!(
        "\
银行未达账项
单位名称: 示例市示例厂工会  期间: 建账至今  单位: 元  记录数: {records}
对账单: b-1  截至: 2025-01-31
+--------------------+---------------------+------------+-------+------+------+------------+----------------------+
| 未达账项           | 凭证或对账单行      | 日期       |  金额 | 天数 | 长期 | 已清日期   | 记账指令             |
+=================================================================================================================+
| 单位已付、银行未付 | 记-2025-01-0003 #20 | 2025-01-30 | 60.00 |    1 |      | 2025-02-03 |                      |
| 银行已付、单位未付 | b-1:2 账户管理费    | 2025-01-10 |  2.00 |   21 | 是   |            | disbursement.request |
| 银行已收、单位未收 | b-1:3 结息          | 2025-01-31 |  1.26 |    0 |      | 2025-02-01 |                      |
+--------------------+---------------------+------------+-------+------+------+------------+----------------------+
长期未达 1 项
"
    );
    assert_eq!(render::bank_outstanding(&january, Lang::Zh).to_string(), zh);
    let february = outstanding(&book, "b-2");
    let en = format!(
        "\
Outstanding items of the bank
Organisation: 示例市示例厂工会  Period: all so far  Unit: yuan  Records: {records}
Statement: b-2  On: 2025-02-28
+---------------------------------+------------------+------------+--------+------+------+------------+----------------------+
| Outstanding                     | Voucher or line  | Day        | Amount | Days | Long | Cleared on | Command              |
+============================================================================================================================+
| out of the bank, not yet booked | b-1:2 账户管理费 | 2025-01-10 |   2.00 |   49 | yes  |            | disbursement.request |
| out of the bank, not yet booked | b-2:2 转账       | 2025-02-20 |  15.00 |    8 |      |            | ask the bank         |
+---------------------------------+------------------+------------+--------+------+------+------------+----------------------+
Outstanding for long: 1
"
    );
    assert_eq!(render::bank_outstanding(&february, Lang::En).to_string(), en);
}

/// 财会〔2021〕7号, 102: both sides, on the last day of each statement, whatever came after it.
#[test]
fn each_statement_has_its_own_reconciliation_on_which_both_sides_agree() {
    let mut book = two_months();
    let chart = Chart::built_in(STATUTORY).unwrap();
    for (id, expected) in [
        ("b-1", ["949.26", "889.26", "890.00", "889.26"]),
        ("b-2", ["874.26", "874.26", "891.26", "874.26"]),
    ] {
        let sheet = reconciliation::report(book.state(), &chart, Period::All, Some(id)).sheet;
        let sheet = sheet.unwrap();
        let sides = [sheet.bank, sheet.adjusted_bank, sheet.book, sheet.adjusted_book];
        assert_eq!(sides, expected.map(yuan), "{id}");
        assert_eq!((sheet.agrees, sheet.reconciled), (true, None));
        let fields = json!({"date": LATER, "statement": id, "adjusted": expected[1]});
        book.then(&asks(ACCOUNTANT, LATER, "bank.reconcile", fields));
        let again = reconciliation::report(book.state(), &chart, Period::All, Some(id)).sheet;
        assert!(again.unwrap().reconciled.is_some(), "{id}");
    }
    let made = reconciliation::report(book.state(), &chart, Period::All, Some("b-1"));
    for (lang, signed) in [
        (Lang::Zh, "编制:            复核:\n"),
        (Lang::En, "Prepared by:            Reviewed by:\n"),
    ] {
        assert!(render::reconciliation(&made, lang).to_string().ends_with(signed));
    }
}

/// The drafts of what only the bank has are commands that the rules take; a closed month gives way to the
/// first day that is open.
#[test]
fn what_only_the_bank_has_is_drafted_as_commands() {
    let lines = [
        ("2025-01-10", "-2.00", "账户管理费"),
        ("2025-01-21", "30.00", "汇入"),
        ("2025-01-22", "-15.00", "转账"),
        ("2025-01-31", "1.26", "结息"),
    ];
    let mut book = book([january(&lines)]);
    let drafted = |book: &Given| {
        let chart = Chart::built_in(STATUTORY).unwrap();
        bank_outstanding::drafts(&outstanding(book, "b-1"), book.state(), &chart)
    };
    let fee = json!({
        "command": "disbursement.request", "key": "bank-b-1-1", "disbursement": "bank-b-1-1",
        "date": "2025-01-10", "amount": "2.00", "account": "510",
        "payee": {"organisation": "开户银行"}, "purpose": "账户管理费",
        "analysis": {"nature": "basic", "economic": "30204"},
    });
    let unknown = json!({
        "command": "income.receive", "key": "bank-b-1-2", "date": "2025-01-21", "amount": "30.00",
        "account": "215", "into": "bank", "from": "待查明", "purpose": "汇入",
    });
    let interest = json!({
        "command": "interest.receive", "key": "bank-b-1-4", "date": "2025-01-31", "amount": "1.26",
    });
    assert_eq!(drafted(&book), [fee.clone(), unknown, interest]);
    for (mut draft, by) in drafted(&book).into_iter().zip([CLERK, ACCOUNTANT, ACCOUNTANT]) {
        let fields = draft.as_object_mut().unwrap();
        fields.remove("key");
        let name = fields.remove("command").unwrap();
        book.then(&asks(by, LATER, name.as_str().unwrap(), draft));
    }
    accept(&mut book);
    // What is recorded is drafted no more; the fee is still to be approved and paid.
    assert_eq!(drafted(&book), [fee]);
    book.then(&asks(
        CLERK,
        LATER,
        "disbursement.cancel",
        json!({"disbursement": "bank-b-1-1", "date": LATER, "reason": "结账后再付"}),
    ));
    book.then(&close(LATER, "2025-01"));
    assert_eq!(drafted(&book)[0]["date"], "2025-02-01");
}
