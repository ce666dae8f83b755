//! What the reports of arrears, of collection and of receipts say.

use mingzhang::event::Recorded;
use mingzhang::ids::Seq;
use mingzhang::report::asked::{Ledger, Records};
use mingzhang::report::receipt_register::{Gap, ReceiptRegister, Standing};
use mingzhang::report::{Period, arrears, collection, receipt_register};
use mingzhang::rules::Refusal;
use serde_json::json;

use crate::given::{
    ACCOUNTANT, CASHIER, CHAIR, CLERK, FIRST, Given, asks, dues, given, of, reverse, rule, union,
    yuan,
};
use crate::{DAY, by, records};

#[test]
fn six_months_without_dues_are_flagged_and_five_are_not() {
    let flagged = |last: &str| {
        let book = given(union());
        let report = arrears::report(book.state(), book.book.chart(), Period::Month(of(last)));
        let [line, _] = &report.members[..] else { panic!("two members owe") };
        let ages = [line.ages.months_1_to_3, line.ages.months_4_to_6, line.ages.over_6_months];
        (line.six_months_unpaid, ages.map(|amount| amount.to_string()))
    };
    assert_eq!(flagged("2025-05"), (false, ["75.00", "50.00", "0.00"].map(str::to_owned)));
    assert_eq!(flagged("2025-06"), (true, ["75.00", "75.00", "0.00"].map(str::to_owned)));
    assert_eq!(flagged("2025-08"), (true, ["75.00", "75.00", "50.00"].map(str::to_owned)));
    // A fen for one of the months, and it is no refusal to pay.
    let book = given([union(), vec![dues(DAY, "m-1", "2025-03", "0.01")]].concat());
    let report = arrears::report(book.state(), book.book.chart(), Period::Month(of("2025-06")));
    assert_eq!(
        (report.members[0].six_months_unpaid, report.total.members_6_months_unpaid),
        (false, 1)
    );
}

#[test]
fn a_hundred_percent_is_said_only_where_nothing_is_missing() {
    let rate = |paid: &str| {
        let fields = json!({"member": "m-1", "base": "99999990.00", "from": "2025-01"});
        let book = given(
            [
                union(),
                vec![
                    asks(CLERK, FIRST, "dues_base.set", fields),
                    dues(DAY, "m-1", "2025-01", paid),
                    dues(DAY, "m-2", "2025-01", "25.00"),
                ],
            ]
            .concat(),
        );
        let period = Period::Month(of("2025-01"));
        let report = collection::report(book.state(), book.book.chart(), period);
        report.total.total.rate.unwrap().to_string()
    };
    assert_eq!(rate("499999.95"), "100.00");
    assert_eq!(rate("499999.94"), "99.99");
}

struct All(Vec<Recorded>);

impl Records for All {
    fn each(&self, take: &mut dyn FnMut(&Recorded)) {
        self.0.iter().for_each(take);
    }
}

fn register(given: &Given) -> ReceiptRegister {
    let records = All(records(given));
    let (state, chart) = (given.state(), given.book.chart());
    receipt_register::report(Ledger { state, chart, records: &records }, Period::All)
}

#[test]
fn the_register_names_every_gap_every_void_and_every_payment_without_a_receipt() {
    let mut book = given(union());
    let stock = json!({
        "stock": "b-1", "kind": "dues", "series": "示会2025", "first": 101, "last": 110, "on": FIRST,
    });
    let paid = book.then(&dues(DAY, "m-1", "2025-01", "25.00"))[0].seq;
    let other = book.then(&dues(DAY, "m-2", "2025-01", "25.00"))[0].seq;
    book.then(&dues(DAY, "m-2", "2025-02", "20.00"));
    book.then(&by(ACCOUNTANT, "receipt_stock.receive", stock));
    let issues = |number: u64, to: Seq, member: &str, amount: &str| {
        let fields = json!({
            "stock": "b-1", "number": number, "on": DAY, "of": to, "payer": {"member": member},
            "amount": amount,
        });
        by(CASHIER, "paper_receipt.issue", fields)
    };
    let voids = json!({"stock": "b-1", "number": 102, "on": DAY, "reason": "写错"});
    book.then(&issues(101, paid, "m-1", "25.00"));
    book.then(&by(CASHIER, "paper_receipt.void", voids));
    book.then(&issues(105, other, "m-2", "25.00"));
    let report = register(&book);
    let [of_stock] = &report.books[..] else { panic!("one book of forms") };
    assert_eq!(of_stock.gaps, [Gap { first: 103, last: 104 }]);
    let counts =
        (of_stock.numbers, of_stock.used, of_stock.void, of_stock.passed_over, of_stock.left);
    assert_eq!(counts, (10, 2, 1, 2, 5));
    let [of_dues, _] = &report.kinds[..] else { panic!("two kinds") };
    let sums = (of_dues.received, of_dues.receipted, of_dues.not_receipted, of_dues.agrees);
    assert_eq!(sums, (yuan("70.00"), yuan("50.00"), yuan("20.00"), true));
    assert_eq!(report.without.len(), 1);
    // What was receipted and is reversed has a form out that has to be voided.
    book.then(&reverse(DAY, other.0));
    let report = register(&book);
    assert_eq!(report.forms.last().unwrap().standing, Standing::ToBeVoided);
    assert!(!report.kinds[0].agrees);
    let voids = json!({"stock": "b-1", "number": 105, "on": DAY, "reason": "收款已冲销"});
    book.then(&by(CASHIER, "paper_receipt.void", voids));
    assert!(register(&book).kinds[0].agrees);
}

#[test]
fn a_rule_lets_numbers_be_used_in_any_order() {
    let mut book = given(union());
    let stock = json!({
        "stock": "b-1", "kind": "dues", "series": "会", "first": 1, "last": 9, "on": FIRST,
    });
    let paid = book.then(&dues(DAY, "m-1", "2025-01", "25.00"))[0].seq;
    book.then(&by(ACCOUNTANT, "receipt_stock.receive", stock));
    let issues = |number: u64| {
        let fields = json!({
            "stock": "b-1", "number": number, "on": DAY, "of": paid,
            "payer": {"organisation": "一车间"}, "amount": "5.00",
        });
        by(CASHIER, "paper_receipt.issue", fields)
    };
    book.then(&issues(5));
    let refusal = Refusal::FormOutOfOrder { stock: of("b-1"), number: 4, last: 5 };
    assert_eq!(book.when(&issues(4)), Err(refusal));
    book.then(&rule(CHAIR, DAY, &json!({"name": "receipt_order", "any_order": true})));
    book.then(&issues(4));
}
