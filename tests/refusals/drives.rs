//! Donation drives: their funds, their donors, their goods, and what is left.

use crate::given::relief::{
    close_drive, drive, drive_fields, gifts, give, goods, item, next, receive, with_funds,
};
use crate::given::welfare::listed;
use crate::given::{
    ACCOUNTANT, Asked, CHAIR, CLERK, FIRST, RELIEF, asks, establish, interest, interest_into, of,
    reverse, rule, yuan,
};
use mingzhang::event::welfare::Beneficiary;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, LATER, after, case};

/// With a drive on the fund of its own, and one on the project.
fn going() -> Vec<Asked> {
    after(with_funds(), [drive(LATER, "dr-1", "drive"), drive(LATER, "dr-2", "kept")])
}

fn given_money(id: &str) -> Asked {
    receive(LATER, gifts(LATER, id, &[("m-1", "100.00"), ("m-2", "20.50")]))
}

fn changed(mut fields: Value, name: &str, value: Value) -> Value {
    fields[name] = value;
    fields
}

pub(crate) fn drives() -> Vec<Case> {
    let for_m2 = {
        let fields = changed(drive_fields("dr-1", "drive"), "for", json!({"member": "m-2"}));
        let feast = item(FIRST, "feast", "donation");
        let received = receive(LATER, gifts(LATER, "dr-1", &[("m-1", "100.00")]));
        after(with_funds(), [feast, asks(CHAIR, LATER, "drive.open", fields), received])
    };
    let handed_to = |who: &str| {
        let fields = listed(LATER, "b-1", "feast", &[(who, "60.00")]);
        asks(CLERK, LATER, "benefit.request", changed(fields, "fund", "drive".into()))
    };
    let holding = |custodial: bool| {
        let set = json!({"name": "drive_holding", "custodial": custodial});
        after(with_funds(), [rule(CHAIR, FIRST, &set)])
    };
    let lasting = |last: &str| {
        let fields = changed(drive_fields("dr-1", "drive"), "last", last.into());
        asks(CHAIR, LATER, "drive.open", fields)
    };
    let one = || after(with_funds(), [drive(LATER, "dr-1", "drive")]);
    vec![
        case(
            one(),
            drive(LATER, "dr-1", "kept"),
            Refusal::DriveExists { drive: of("dr-1") },
            drive(LATER, "dr-2", "kept"),
        ),
        case(
            for_m2,
            handed_to("m-1"),
            Refusal::DriveForAnother { drive: of("dr-1"), to: Beneficiary::Member(of("m-1")) },
            handed_to("m-2"),
        ),
        case(
            one(),
            drive(LATER, "dr-2", "drive"),
            Refusal::DriveFundTaken { fund: of("drive"), drive: of("dr-1") },
            drive(LATER, "dr-2", "kept"),
        ),
        case(
            with_funds(),
            drive(LATER, "dr-1", "general"),
            Refusal::DriveOfFreeFund { fund: of("general") },
            drive(LATER, "dr-1", "drive"),
        ),
        case(
            after(with_funds(), [interest_into("drive", LATER, LATER, "1.00")]),
            drive(LATER, "dr-1", "drive"),
            Refusal::DriveFundUsed { fund: of("drive") },
            drive(LATER, "dr-1", "kept"),
        ),
        case(
            holding(true),
            drive(LATER, "dr-1", "drive"),
            Refusal::DriveIsCustodial { fund: of("drive") },
            drive(LATER, "dr-1", "kept"),
        ),
        case(
            holding(false),
            drive(LATER, "dr-1", "kept"),
            Refusal::DriveIsOwn { fund: of("kept") },
            drive(LATER, "dr-1", "drive"),
        ),
        case(
            with_funds(),
            lasting("2025-01-14"),
            Refusal::DriveDaysWrong { first: of("2025-01-15"), last: of("2025-01-14") },
            lasting("2025-01-15"),
        ),
    ]
}

pub(crate) fn gifts_and_goods() -> Vec<Case> {
    let listed = |id: &str| gifts(LATER, id, &[("m-1", "100.00"), ("m-2", "20.50")]);
    let dated = |date: &str| receive(LATER, changed(listed("dr-1"), "date", date.into()));
    let declared = |people: u32, total: &str| {
        let control = json!({"people": people, "total": total});
        receive(LATER, changed(listed("dr-1"), "control", control))
    };
    let into = |fund: &str| {
        let fields = json!({
            "date": LATER, "fund": fund, "into": "bank", "amount": "100.00", "donors": 2,
            "purpose": "一日捐",
        });
        asks(ACCOUNTANT, LATER, "donation.receive", fields)
    };
    vec![
        case(
            after(going(), [goods(LATER, "dr-1", "棉被", 3)]),
            withdraws("dr-1", 0),
            Refusal::NoGoodsThere { drive: of("dr-1"), record: Seq(0) },
            withdraws("dr-1", next(&going())),
        ),
        case(
            going(),
            given_money("dr-9"),
            Refusal::DriveUnknown { drive: of("dr-9") },
            given_money("dr-1"),
        ),
        case(
            going(),
            dated("2025-01-14"),
            Refusal::DriveNotGoing {
                drive: of("dr-1"),
                first: of("2025-01-15"),
                last: of("2025-02-28"),
                date: of("2025-01-14"),
            },
            dated("2025-01-15"),
        ),
        case(
            going(),
            declared(5, "121.00"),
            Refusal::GiftsDiffer {
                drive: of("dr-1"),
                declared_people: 5,
                declared: yuan("121.00"),
                people: 2,
                total: yuan("120.50"),
                people_apart: 3,
                apart: yuan("0.50"),
            },
            declared(2, "120.50"),
        ),
        case(
            going(),
            into("drive"),
            Refusal::GiftsWithoutDonors { fund: of("drive"), drive: of("dr-1") },
            into(RELIEF),
        ),
        case(
            after(going(), [goods(LATER, "dr-1", "棉被", 3)]),
            goods(LATER, "dr-1", "毛毯", 3),
            Refusal::ArticleIsOther { article: of("quilt"), name: of("棉被"), unit: of("床") },
            goods(LATER, "dr-1", "棉被", 3),
        ),
        case(
            after(going(), [goods(LATER, "dr-1", "棉被", 7), give(LATER, "dr-1", 1)]),
            give(LATER, "dr-1", 8),
            Refusal::GoodsTooFew { article: of("quilt"), left: 6, asked: 8 },
            give(LATER, "dr-1", 6),
        ),
    ]
}

/// Goods are given from the day on which they came.
fn withdraws(drive: &str, record: u64) -> Asked {
    let fields = json!({"drive": drive, "record": record, "reason": "登记错误"});
    asks(CLERK, LATER, "drive_goods.withdraw", fields)
}

pub(crate) fn goods_that_are_there() -> Vec<Case> {
    let early = |on: &str| {
        let mut asked = give(on, "dr-1", 1);
        asked.on = of(LATER);
        asked
    };
    let mut for_m2 = drive_fields("dr-3", "third");
    for_m2["for"] = json!({"member": "m-2"});
    let funds = [establish(ACCOUNTANT, LATER, "third", true)];
    let drives = [asks(CHAIR, LATER, "drive.open", for_m2), goods(LATER, "dr-3", "棉被", 3)];
    let all = [goods(LATER, "dr-1", "棉被", 3)];
    let three = after(going(), all.clone());
    let came = next(&three) - 1;
    let one_left = after(three.clone(), [give(LATER, "dr-1", 1)]);
    vec![
        case(
            one_left,
            withdraws("dr-1", came),
            Refusal::GoodsTooFew { article: of("quilt"), left: 2, asked: 3 },
            withdraws("dr-1", came + 1),
        ),
        case(
            after(going(), all.clone()),
            early("2025-02-09"),
            Refusal::GoodsTooFew { article: of("quilt"), left: 0, asked: 1 },
            early(LATER),
        ),
        case(
            after(going(), funds.into_iter().chain(drives).chain(all)),
            give(LATER, "dr-3", 1),
            Refusal::DriveForAnother { drive: of("dr-3"), to: Beneficiary::Member(of("m-1")) },
            give(LATER, "dr-1", 1),
        ),
    ]
}

pub(crate) fn drives_closed() -> Vec<Case> {
    let closed = || after(going(), [close_drive(LATER, "dr-1", None)]);
    let released = |fund: &str| {
        let fields = json!({"date": LATER, "from": fund, "amount": "1.00", "resolution": "决议"});
        asks(CHAIR, LATER, "fund.release", fields)
    };
    let received = || after(going(), [interest(LATER, "1.00"), given_money("dr-1")]);
    let receipt = next(&going()) + 1;
    vec![
        case(
            closed(),
            close_drive(LATER, "dr-1", None),
            Refusal::DriveClosedAlready { drive: of("dr-1"), by: Seq(next(&going())) },
            close_drive(LATER, "dr-2", None),
        ),
        case(
            after(going(), [given_money("dr-2")]),
            close_drive(LATER, "dr-2", None),
            Refusal::DriveHoldsMoney {
                drive: of("dr-2"),
                project: of("kept"),
                left: yuan("120.50"),
            },
            close_drive(LATER, "dr-1", None),
        ),
        case(
            after(going(), [goods(LATER, "dr-2", "棉被", 3), give(LATER, "dr-2", 1)]),
            close_drive(LATER, "dr-2", None),
            Refusal::DriveHoldsGoods { drive: of("dr-2"), goods: 2 },
            close_drive(LATER, "dr-1", None),
        ),
        case(
            after(received(), [close_drive(LATER, "dr-1", None)]),
            reverse(LATER, receipt),
            Refusal::GiftsOnList { record: Seq(receipt), drive: of("dr-1") },
            reverse(LATER, receipt - 1),
        ),
        case(
            after(received(), [interest_into(RELIEF, LATER, LATER, "1.00")]),
            released("drive"),
            Refusal::DriveGoesOn { fund: of("drive"), drive: of("dr-1") },
            released(RELIEF),
        ),
    ]
}
