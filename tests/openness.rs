//! Openness: a notice shows the figures of the statements, a member sees his own and nobody else's, and
//! the register says of each month whether its notice was posted.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;
#[path = "golden/openness.rs"]
mod story;

use given::{
    ACCOUNTANT, Asked, CHAIR, CLERK, FINANCE, Given, RELIEF, approve, asks, close, dues, given,
    interest, of, pay, request, request_for, reverse, rule, subsidy, transfer, union,
    union_with_money, yuan,
};
use mingzhang::book::recorded;
use mingzhang::chain::record::Envelope;
use mingzhang::event::Recorded;
use mingzhang::ids::Seq;
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::render::{self, Beside};
use mingzhang::report::asked::{Asked as Wanted, Ledger, Made, Name, make};
use mingzhang::report::expected::{NotMade, expect};
use mingzhang::rules::{ClosingFault, Refusal};
use serde_json::{Value, json};

fn records(book: &Given) -> Vec<Recorded> {
    book.lines().iter().map(|line| recorded(Envelope::read(line).unwrap()).unwrap()).collect()
}

fn wanted(name: Name, period: Option<&str>, of: Option<&str>) -> Wanted {
    let period = period.map(|period| period.parse().unwrap());
    Wanted { name, period, by_fund: false, of: of.map(str::to_owned) }
}

fn made(book: &Given, name: Name, period: Option<&str>, of: Option<&str>) -> Made {
    let (state, records) = (book.state(), records(book));
    let ledger = Ledger { state, chart: book.book.chart(), records: &records };
    make(&wanted(name, period, of).settle(state), ledger)
}

fn value(made: &Made) -> Value {
    serde_json::to_value(made).unwrap()
}

fn texts(made: &Made) -> [String; 2] {
    Lang::ALL.map(|lang| render::made(made, &Beside::default(), lang).to_string())
}

fn spent(on: &str, id: &str, amount: &str) -> Vec<Asked> {
    vec![request(on, id, amount), approve(FINANCE, on, id, amount), pay("cashier", on, id, "bank")]
}

/// Two months of everything that a notice shows.
fn two_months() -> Vec<Asked> {
    let mut asked = union_with_money();
    asked.push(dues("2025-01-10", "m-1", "2025-01", "25.00"));
    asked.push(interest("2025-01-21", "6.66"));
    asked.push(subsidy("2025-01-22", "superior_earmarked", RELIEF, "500.00"));
    asked.extend(spent("2025-01-23", "d1", "300.00"));
    asked.push(dues("2025-02-10", "m-2", "2025-02", "25.00"));
    asked.push(transfer("2025-02-11", "general", RELIEF, "40.00"));
    asked.extend(spent("2025-02-12", "d2", "120.50"));
    // One waits for approval, one is approved and not paid.
    asked.push(request("2025-02-13", "d3", "80.00"));
    asked.push(request("2025-02-13", "d4", "50.00"));
    asked.push(approve(FINANCE, "2025-02-13", "d4", "50.00"));
    let wrong = dues("2025-02-14", "m-2", "2025-01", "9.00");
    let seq = given(asked.clone()).state().next();
    asked.extend([wrong, reverse("2025-02-15", seq.0)]);
    asked
}

fn money(value: &Value) -> Money {
    yuan(value.as_str().unwrap())
}

#[test]
fn the_notice_shows_the_figures_of_the_statement_and_of_the_funds() {
    let book = given(two_months());
    for period in ["2025-01", "2025-02", "2025"] {
        let notice = value(&made(&book, Name::PublicNotice, Some(period), None));
        let statement = value(&made(&book, Name::IncomeStatement, Some(period), None));
        let lines = statement["lines"].as_array().unwrap();
        for (side, title) in [("income", "三、收入合计"), ("spending", "四、支出合计")]
        {
            let line = lines.iter().find(|line| line["name"]["zh"] == title).unwrap();
            assert_eq!(notice[side]["total"], line["this"], "{period} {side}");
            if period != "2025" {
                assert_eq!(notice[side]["year_to_date"], line["other"], "{period} {side}");
            }
            for found in notice[side]["lines"].as_array().unwrap() {
                let code = &found["account"]["code"];
                let line = lines.iter().find(|l| l["accounts"] == json!([code])).unwrap();
                assert_eq!(found["amount"], line["this"], "{period} {code}");
            }
        }
        let funds = value(&made(&book, Name::Funds, Some(period), None));
        let lines = funds["lines"].as_array().unwrap();
        assert_eq!(notice["funds"].as_array().unwrap().len(), lines.len());
        for (found, line) in notice["funds"].as_array().unwrap().iter().zip(lines) {
            assert_eq!(
                [&found["fund"], &found["opening"], &found["closing"]],
                [&line["fund"], &line["opening"], &line["closing"]],
            );
            assert_eq!([&found["received"], &found["paid"]], [&line["income"], &line["spending"]]);
            let moved = money(&found["opening"]).plus(money(&found["received"]));
            let moved = moved.minus(money(&found["paid"])).plus(money(&found["moved"]));
            assert_eq!(moved, money(&found["closing"]), "{period} {found}");
        }
        assert_eq!(notice["funds_total"]["closing"], funds["total"]["closing"]);
    }
}

#[test]
fn a_notice_says_what_is_planned_and_what_waits() {
    let mut book = given(two_months());
    let notice = |book: &Given| value(&made(book, Name::PublicNotice, Some("2025-02"), None));
    let plan = notice(&book)["plan"].clone();
    assert_eq!(plan["budget_total"], Value::Null);
    assert_eq!(plan["requested"], json!({"requests": 1, "amount": "80.00"}));
    assert_eq!(plan["approved"], json!({"requests": 1, "amount": "50.00"}));
    let lines = json!([
        {"account": "501", "amount": "900.00"}, {"account": "504", "amount": "100.00"},
    ]);
    let fields = json!({
        "budget": 2025, "date": "2025-02-20", "lines": lines, "resolution": "工会委员会决议2025-4号",
    });
    book.then(&asks(ACCOUNTANT, "2025-02-20", "budget.adopt", fields));
    let plan = notice(&book)["plan"].clone();
    let line = &plan["budget"][0];
    let amounts = ["planned", "spent", "requested", "left"].map(|name| line[name].clone());
    assert_eq!(amounts, ["900.00", "420.50", "130.00", "349.50"].map(Value::from));
    assert_eq!(plan["budget_total"]["planned"], "1000.00");
    let [zh, en] = texts(&made(&book, Name::PublicNotice, Some("2025-02"), None));
    assert!(zh.contains("待审批用款申请: 1 笔 80.00 元；已批准未付: 1 笔 50.00 元\n"), "{zh}");
    assert!(
        en.contains("wait for approval: 1 of 80.00; approved and not paid: 1 of 50.00\n"),
        "{en}"
    );
    assert!(zh.contains("本期尚未结账") && en.contains("Not closed yet"), "{zh}{en}");
    book.then(&close("2025-02-28", "2025-01"));
    let [zh, _] = texts(&made(&book, Name::PublicNotice, Some("2025-01"), None));
    assert!(zh.contains("本期已结账"), "{zh}");
}

#[test]
fn the_years_report_has_last_years_figures_beside() {
    let mut asked = two_months();
    let dated = |month: &str| close("2026-01-05", month);
    for open in ["d3", "d4"] {
        let fields = json!({"disbursement": open, "date": "2025-03-01", "reason": "不办了"});
        asked.push(asks(CLERK, "2025-03-01", "disbursement.cancel", fields));
    }
    asked.extend((1..=11).map(|month| dated(&format!("2025-{month:02}"))));
    asked.push(given::close_year("2026-01-05", 2025));
    asked.push(interest("2026-01-06", "3.00"));
    let book = given(asked);
    let report = value(&made(&book, Name::AnnualReport, Some("2026"), None));
    let of_2025 = value(&made(&book, Name::AnnualReport, Some("2025"), None));
    assert_eq!(of_2025["last_year"], Value::Null);
    assert_eq!((of_2025["closed"].clone(), report["closed"].clone()), (true.into(), false.into()));
    assert_eq!(report["last_year"], 2025);
    for side in ["income", "spending"] {
        assert_eq!(report[side]["total"]["last"], of_2025[side]["total"]["this"], "{side}");
        let funds = value(&made(&book, Name::Funds, Some("2025"), None));
        assert_eq!(of_2025[side]["total"]["this"], funds["total"][side], "{side}");
    }
    assert_eq!(report["income"]["total"]["this"], "3.00");
    assert_eq!(report["funds_total"]["last"], of_2025["funds_total"]["this"]);
    assert_eq!(report["funds_total"]["this"]["opening"], of_2025["funds_total"]["this"]["closing"]);
    assert_eq!(of_2025["members"]["this"]["closing"], 2);
    assert_eq!(of_2025["notices"], json!({"months": 12, "posted": 0, "late": 0}));
    for made in ["2025", "2026"].map(|year| made(&book, Name::AnnualReport, Some(year), None)) {
        assert!(texts(&made).iter().all(|text| text.lines().count() > 20));
    }
}

#[test]
fn a_member_sees_his_own_and_nobody_elses() {
    let mut asked = two_months();
    let to_member = json!({"member": "m-2"});
    asked.push(request_for(CLERK, "2025-02-16", "d5", "60.00", &to_member));
    asked.push(approve(FINANCE, "2025-02-16", "d5", "60.00"));
    asked.push(pay("cashier", "2025-02-16", "d5", "bank"));
    let mut book = given(asked);
    let waived = json!({
        "member": "m-2", "on": "2025-02-17", "from": "2025-01", "through": "2025-01",
        "amount": "5.00", "reason": "困难", "resolution": "工会委员会决议2025-6号",
    });
    let waived = book.then(&asks(FINANCE, "2025-02-17", "dues.waive", waived))[0].seq;
    let report = made(&book, Name::MemberStatement, None, Some("m-2"));
    let said = value(&report)["statement"].clone();
    assert_eq!(said["member"], "m-2");
    let months: Vec<[&Value; 5]> = said["months"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| ["month", "due", "waived", "paid", "arrears"].map(|name| &line[name]))
        .collect();
    assert_eq!(
        json!(months),
        json!([
            ["2025-01", "25.00", "5.00", "0.00", "20.00"],
            ["2025-02", "25.00", "0.00", "25.00", "0.00"],
        ])
    );
    let movements: Vec<[&Value; 3]> = said["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| ["what", "month", "amount"].map(|name| &line[name]))
        .collect();
    assert_eq!(
        json!(movements),
        json!([
            ["paid", "2025-02", "25.00"],
            ["paid", "2025-01", "9.00"],
            ["waived", "2025-01", "5.00"],
        ])
    );
    assert_eq!(said["records"][2]["seq"], waived.0);
    assert!(
        said["records"][1]["reversed_by"].is_u64() && said["records"][0]["reversed_by"].is_null()
    );
    assert_eq!(said["benefits_total"], "60.00");
    for text in texts(&report) {
        assert!(text.contains("m-2") && !text.contains("m-1"), "{text}");
    }
    // Whoever is not there has none, and is told so.
    let (state, records) = (book.state(), records(&book));
    let ledger = Ledger { state, chart: book.book.chart(), records: &records };
    let settled = wanted(Name::MemberStatement, None, Some("m-9")).settle(state);
    let known = vec!["m-1".to_owned(), "m-2".to_owned()];
    let report = Name::MemberStatement;
    let error = NotMade::Nothing { report, asked: "m-9".to_owned(), known: known.clone() };
    assert_eq!(error.look_at(), Name::Dues);
    assert_eq!(expect(&settled, ledger), Err(error));
    let unsaid = wanted(report, None, None).settle(state);
    assert_eq!(expect(&unsaid, ledger), Err(NotMade::Unsaid { report, known }));
}

#[test]
fn donations_are_counted_and_those_that_were_reversed_are_not() {
    let mut asked = union_with_money();
    let donated = |date: &str, donors: u32, amount: &str| {
        let fields = json!({
            "date": date, "fund": RELIEF, "into": "bank", "amount": amount, "donors": donors,
            "purpose": "一日捐",
        });
        asks(ACCOUNTANT, date, "donation.receive", fields)
    };
    asked.push(donated("2025-01-10", 250, "120000.00"));
    asked.push(donated("2025-01-11", 1, "7.00"));
    let wrong = given(asked.clone()).state().next().0 - 1;
    asked.push(reverse("2025-01-12", wrong));
    let card = json!({"item": "quilt", "name": "棉被", "unit": "床", "keeper": {"officer": CLERK}});
    asked.push(asks(CLERK, "2025-01-12", "supply.card", card));
    let goods = json!({
        "date": "2025-01-13", "item": "quilt", "quantity": 1000, "amount": "50000.00", "from": "某某纺织公司",
    });
    asked.push(asks(ACCOUNTANT, "2025-01-13", "supplies.receive", goods));
    let book = given(asked);
    let report = made(&book, Name::Donors, Some("2025-01"), None);
    let said = value(&report);
    assert_eq!(said["sums"].as_array().unwrap().len(), 1);
    assert_eq!(
        (said["donors_total"].clone(), said["sums_total"].clone()),
        (250.into(), "120000.00".into())
    );
    assert_eq!(said["goods"][0]["quantity"], 1000);
    assert_eq!(said["goods_total"], "50000.00");
    for text in texts(&report) {
        assert!(
            text.contains("120,000.00") && text.contains("棉被") && !text.contains("纺织公司"),
            "{text}"
        );
    }
    assert_eq!(value(&made(&book, Name::Donors, Some("2025-02"), None))["sums"], json!([]));
}

/// Two lists of goods for two members each, of which one member did not come, and one payment that only
/// says how many it reaches.
fn benefits() -> Vec<Asked> {
    let mut asked = union_with_money();
    let day = "2025-01-15";
    let item = json!({
        "item": "spring", "name": "春节慰问", "kind": "festival", "account": "50105",
    });
    asked.push(asks(FINANCE, day, "welfare_item.define", item));
    for (id, first, second) in [("b1", "m-1", "m-2"), ("b2", "m-1", "m-2")] {
        let line = |member: &str, amount: &str| json!({"to": {"member": member}, "amount": amount});
        let fields = json!({
            "disbursement": id, "date": day, "item": "spring", "form": "goods", "supplier": "示例超市",
            "lines": [line(first, "60.00"), line(second, "40.00")],
            "control": {"people": 2, "total": "100.00"}, "purpose": "春节慰问品",
        });
        asked.push(asks(CLERK, day, "benefit.request", fields));
        asked.push(approve(FINANCE, day, id, "100.00"));
        asked.push(pay("cashier", day, id, "bank"));
    }
    let came =
        json!({"disbursement": "b2", "date": "2025-01-16", "unclaimed": [{"member": "m-2"}]});
    asked.push(asks(CLERK, "2025-01-16", "benefit.distribute", came));
    let mut visit = given::requested(day, "b3", "50405", "90.00", &json!({"roster": "签收名册"}));
    visit["people"] = 3.into();
    asked.push(asks(CLERK, day, "disbursement.request", visit));
    asked.extend([approve(FINANCE, day, "b3", "90.00"), pay("cashier", day, "b3", "bank")]);
    asked.sort_by_key(|asked| asked.on);
    asked
}

#[test]
fn whom_spending_reached_is_said_in_numbers_and_names_nobody() {
    let book = given(benefits());
    let report = made(&book, Name::PublicNotice, Some("2025-01"), None);
    let said = value(&report)["reached"].clone();
    let total = |of: &Value| ["payments", "people", "amount"].map(|name| of[name].clone());
    // Of fewer than three people nobody is to guess whom.
    assert_eq!(said["lines"][0]["what"]["zh"], "其他");
    assert_eq!(total(&said["lines"][0]), [json!(3), json!(5), json!("250.00")]);
    assert_eq!(said["lines"].as_array().unwrap().len(), 1);
    assert_eq!(total(&said["total"]), [json!(3), json!(5), json!("250.00")]);
    for text in texts(&report) {
        assert!(!text.contains("m-1") && !text.contains("m-2") && !text.contains("名册"), "{text}");
    }
    let year = value(&made(&book, Name::AnnualReport, Some("2025"), None));
    assert_eq!(year["reached"], said);
    assert_eq!(
        value(&made(&book, Name::PublicNotice, Some("2025-02"), None))["reached"]["lines"],
        json!([])
    );
    let own = |member: &str| {
        let of = value(&made(&book, Name::MemberStatement, None, Some(member)));
        of["statement"]["benefits_total"].clone()
    };
    assert_eq!([own("m-1"), own("m-2")], ["120.00", "40.00"]);
}

fn monthly(by_day: u32) -> Asked {
    let monthly = json!({
        "name": "monthly_notice", "by_day": by_day, "place": "公示栏", "contact": "工会办公室",
    });
    let fields = json!({"rule": monthly, "from": "2025-01-01", "source": "工会委员会决议2025-4号"});
    asks(CHAIR, "2025-01-01", "rule.set", fields)
}

fn posted(on: &str, month: &str) -> Asked {
    let fields = json!({
        "what": "notice", "first": month, "last": month, "on": on, "place": "公示栏",
    });
    asks(ACCOUNTANT, on, "disclosure.publish", fields)
}

#[test]
fn the_register_says_of_each_month_whether_its_notice_was_posted() {
    let mut asked = union_with_money();
    asked.push(monthly(10));
    asked.extend((1..=4).map(|month| interest(&format!("2025-{month:02}-21"), "1.00")));
    asked.sort_by_key(|asked| asked.on);
    let mut book = given(asked);
    book.then(&posted("2025-05-06", "2025-01"));
    book.then(&posted("2025-05-06", "2025-04"));
    let second = book.then(&posted("2025-05-12", "2025-04"))[0].seq;
    let said = value(&made(&book, Name::Disclosures, None, None));
    let standing: Vec<&Value> =
        said["months"].as_array().unwrap().iter().map(|line| &line["standing"]).collect();
    assert_eq!(json!(standing), json!(["late", "missing", "missing", "posted"]));
    let first = &said["posted"][1];
    assert_eq!((&first["version"], &first["replaced_by"]), (&json!(1), &json!(second.0)));
    let last = &said["posted"][2];
    assert_eq!((&last["version"], &last["replaced_by"]), (&json!(2), &Value::Null));
    // What each rests on is the head that the record before it has.
    for line in said["posted"].as_array().unwrap() {
        let lines = book.lines();
        let place = usize::try_from(line["seq"].as_u64().unwrap()).unwrap();
        assert_eq!(line["size"], line["seq"]);
        let prev = Envelope::read(&lines[place]).unwrap().prev;
        assert_eq!(line["head"], prev.to_string());
    }
    assert_eq!(book.state().notices_missing(of("2025-05-09")), [of("2025-02"), of("2025-03")]);
    assert_eq!(book.state().notices_missing(of("2025-03-09")), []);
    let [zh, en] = texts(&made(&book, Name::Disclosures, None, None));
    assert!(zh.contains("逾期公示") && zh.contains("（已由 #"), "{zh}");
    assert!(en.contains("posted late") && en.contains("replaced by #"), "{en}");
}

#[test]
fn a_month_is_not_closed_before_the_notices_that_are_due_were_posted() {
    let checks = json!({"name": "closing_checks", "checks": ["notices_posted"]});
    let mut asked = union_with_money();
    asked.extend([monthly(10), rule(CHAIR, "2025-01-01", &checks)]);
    let mut book = given(asked);
    book.then(&close("2025-02-01", "2025-01"));
    let faults = vec![ClosingFault::NoticesMissing { first: of("2025-01"), months: 1 }];
    let refusal = Refusal::ClosingChecksFailed { month: of("2025-02"), faults };
    assert_eq!(book.when(&close("2025-03-01", "2025-02")), Err(refusal));
    // One that was posted before the month was over is not of the whole of it.
    let interim = json!({
        "what": "notice", "first": "2025-01", "last": "2025-01", "on": "2025-01-20",
        "place": "公示栏", "interim": true,
    });
    book.then(&asks(CHAIR, "2025-03-01", "disclosure.publish", interim));
    assert!(book.when(&close("2025-03-01", "2025-02")).is_err());
    book.then(&posted("2025-03-01", "2025-01"));
    book.then(&close("2025-03-01", "2025-02"));
}

#[test]
fn a_notice_carries_the_head_that_it_names_though_the_book_goes_on() {
    let mut book = given(union());
    let (size, head) = (book.book.reading().tree.size(), book.book.reading().head.to_string());
    book.then(&interest("2025-02-01", "1.00"));
    let mut asked = json!({
        "what": "notice", "first": "2025-01", "last": "2025-01", "on": "2025-02-02",
        "place": "公示栏", "size": size,
    });
    let record = book.then(&asks(CHAIR, "2025-02-02", "disclosure.publish", asked.clone()));
    let body = record[0].fact.to_body(None).unwrap();
    assert_eq!((&body["size"], &body["head"]), (&json!(size), &json!(head)));
    asked["size"] = 0.into();
    let has = book.state().next().0;
    assert_eq!(
        book.when(&asks(CHAIR, "2025-02-02", "disclosure.publish", asked)),
        Err(Refusal::RecordsNotThere { size: 0, has })
    );
}

#[test]
fn the_list_of_registers_counts_what_stands() {
    let book = given(two_months());
    let report = made(&book, Name::Registers, None, None);
    let said = value(&report);
    let line = |report: &str| {
        said["lines"].as_array().unwrap().iter().find(|line| line["report"] == report).unwrap()
    };
    // Three payments of dues, of which one was reversed.
    assert_eq!(line("dues")["entries"], 2);
    let last = Seq(line("dues")["last"]["seq"].as_u64().unwrap());
    assert_eq!(records(&book)[usize::try_from(last.0).unwrap()].fact.kind(), "dues.received");
    assert_eq!((&line("donors")["entries"], &line("donors")["last"]), (&json!(0), &Value::Null));
    for line in said["lines"].as_array().unwrap() {
        assert!(line["report"].as_str().unwrap().parse::<Name>().is_ok(), "{line}");
    }
    assert!(texts(&report).iter().all(|text| text.contains("mingzhang report receipt-register")));
}

#[test]
fn every_form_of_what_is_posted_is_taken() {
    let asked = union().into_iter().chain(story::scene());
    let book = given(asked);
    assert_eq!(book.state().disclosures.posted().count(), 5);
    assert!(*book.state() == given::replayed(&book.lines()), "a replay says the same");
}
