//! What may be given to whom; lists, those who sign them, and visits.

use crate::given::owned::{and, issue, last, with_chess};
use crate::given::welfare::{
    all_but, benefit, item, items, listed, paid, parent, schedule, sent_back, signed, subject,
    visit, visits, withdraw, woman,
};
use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, approve, asks, dues, enrol, of, pay,
    request, requested, reverse, rule, union, union_with_money, yuan,
};
use mingzhang::date::FiscalYear;
use mingzhang::event::book::{Per, Role};
use mingzhang::event::visit::Occasion;
use mingzhang::event::welfare::{Beneficiary, Eligible, Form, WelfareKind};
use mingzhang::ids::Seq;
use mingzhang::rules::{LeftOut, Refusal};
use serde_json::{Value, json};

use crate::{Case, LATER, after, case};

fn member(id: &str) -> Beneficiary {
    Beneficiary::Member(of(id))
}

fn with_items() -> Vec<Asked> {
    after(union_with_money(), items())
}

fn define(fields: Value) -> Asked {
    asks(CHAIR, LATER, "welfare_item.define", fields)
}

#[allow(clippy::needless_pass_by_value, reason = "a command is written where it is asked")]
fn request_with(item: &str, more: Value) -> Asked {
    let mut fields = listed(LATER, "b-1", item, &[("m-1", "60.00")]);
    for (name, value) in more.as_object().into_iter().flatten() {
        fields[name] = value.clone();
    }
    asks(CLERK, LATER, "benefit.request", fields)
}

pub(crate) fn items_and_schedules() -> Vec<Case> {
    let mut ageless = item("kids", "childrens_day", "50105", &["children"]);
    ageless["children_under"] = json!(null);
    let line = |per: &str| json!({"item": "feast", "per": per, "amount": "500.00"});
    let exact = |per: &str| {
        schedule(LATER, &json!([{"item": "feast", "per": per, "amount": "60.00", "exact": true}]))
    };
    let mut goods = item("gifts", "festival", "50105", &["member"]);
    goods["form"] = "goods".into();
    let goods = || after(union_with_money(), [define(goods.clone())]);
    vec![
        case(
            goods(),
            request_with("gifts", json!({})),
            Refusal::FormOfItem { item: of("gifts"), alone: Form::Goods, asked: Form::Money },
            request_with("gifts", json!({"form": "goods", "supplier": "示例商场"})),
        ),
        case(
            with_items(),
            request_with("none", json!({})),
            Refusal::WelfareItemUnknown { item: of("none") },
            request_with("feast", json!({})),
        ),
        case(
            union(),
            define(ageless),
            Refusal::ChildrenWithoutAge { item: of("kids") },
            define(item("kids", "childrens_day", "50105", &["children"])),
        ),
        case(
            after(with_items(), [benefit(LATER, "b-1", "feast", &[("m-1", "60.00")])]),
            define(item("feast", "festival", "50105", &[])),
            Refusal::ItemInUse { item: of("feast") },
            define(item("feast", "festival", "50105", &["member"])),
        ),
        case(
            with_items(),
            schedule(LATER, &json!([line("person_year"), line("person_year")])),
            Refusal::ScheduleTwice { item: of("feast") },
            schedule(LATER, &json!([line("person_year"), line("time")])),
        ),
        case(
            with_items(),
            exact("person_year"),
            Refusal::ExactByTimeAlone { item: of("feast") },
            exact("time"),
        ),
        case(
            with_items(),
            asks(
                CLERK,
                LATER,
                "member_traits.record",
                json!({"member": "m-1", "children_born": ["2025-03"]}),
            ),
            Refusal::BornLater { member: of("m-1"), born: of("2025-03"), today: of("2025-02") },
            asks(
                CLERK,
                LATER,
                "member_traits.record",
                json!({"member": "m-1", "children_born": ["2025-02"]}),
            ),
        ),
    ]
}

#[allow(clippy::too_many_lines, reason = "a table: one case for each rule")]
pub(crate) fn lists() -> Vec<Case> {
    let feast = |lines: &[(&str, &str)]| benefit(LATER, "b-1", "feast", lines);
    let times = |item: &str, times: u32| {
        let lines = json!([{"to": {"member": "m-1"}, "amount": "60.00", "times": times}]);
        request_with(item, json!({"lines": lines}))
    };
    let by =
        |per: &str| schedule(FIRST, &json!([{"item": "feast", "per": per, "amount": "1000.00"}]));
    let by_year = after(with_items(), [by("person_year")]);
    // The account of the feast, without a list.
    let plain = |account: &str| {
        let payee = json!({"roster": "全体会员"});
        let fields = requested(LATER, "d-1", account, "60.00", &payee);
        asks(CLERK, LATER, "disbursement.request", fields)
    };
    let everybody = |item: &str, people: u32, total: &str| {
        let control = json!({"people": people, "total": total});
        let more = json!({"lines": [], "everybody": {"amount": "60.00"}, "control": control});
        request_with(item, more)
    };
    vec![
        case(
            with_items(),
            request_with("feast", json!({"control": {"people": 2, "total": "120.00"}})),
            Refusal::ListDiffers {
                declared_people: 2,
                declared: yuan("120.00"),
                people: 1,
                total: yuan("60.00"),
                people_apart: 1,
                apart: yuan("60.00"),
            },
            request_with("feast", json!({})),
        ),
        // One person under two numbers.
        case(
            after(with_items(), [subject(LATER, "s-1", Some("m-1"))]),
            feast(&[("m-1", "60.00"), ("s-1", "60.00")]),
            Refusal::ListedTwice { to: Beneficiary::Subject(of("s-1")) },
            feast(&[("m-2", "60.00"), ("s-1", "60.00")]),
        ),
        case(
            by_year.clone(),
            plain("50105"),
            Refusal::GivenByList {
                account: of("50105"),
                item: of("feast"),
                command: "benefit.request".to_owned(),
            },
            plain("50102"),
        ),
        case(
            by_year,
            times("feast", 0),
            Refusal::TimesWrong { to: member("m-1"), times: 0 },
            times("feast", 366),
        ),
        // A cap of each time is no cap where nothing counts the times.
        case(
            after(with_items(), [by("time")]),
            times("feast", 4),
            Refusal::OnceOnly { item: of("feast"), to: member("m-1"), times: 4 },
            times("feast", 1),
        ),
        case(
            with_items(),
            everybody("calls", 2, "120.00"),
            Refusal::EverybodyOfAnyone { item: of("calls") },
            everybody("feast", 2, "120.00"),
        ),
        case(
            after(with_items(), [woman("m-2")]),
            everybody("women", 2, "120.00"),
            Refusal::EverybodyDiffers {
                item: of("women"),
                declared_people: 2,
                declared: yuan("120.00"),
                people: 1,
                total: yuan("60.00"),
                left_out: vec![LeftOut { member: of("m-1"), why: Eligible::Woman }],
            },
            everybody("women", 1, "60.00"),
        ),
        case(
            with_items(),
            everybody("children", 1, "60.00"),
            Refusal::NobodyEligible {
                item: of("children"),
                left_out: ["m-1", "m-2"]
                    .map(|id| LeftOut { member: of(id), why: Eligible::Children })
                    .into(),
            },
            everybody("feast", 2, "120.00"),
        ),
        case(
            with_items(),
            request_with("feast", json!({"on": "2026-01-01"})),
            Refusal::FarFromItsYear {
                item: of("feast"),
                on: of("2026-01-01"),
                first: of(FIRST),
                last: of("2025-12-31"),
            },
            request_with("feast", json!({"on": "2025-12-31"})),
        ),
    ]
}

pub(crate) fn those_who_may() -> Vec<Case> {
    let times = |times: u32| {
        let lines = json!([{"to": {"member": "m-1"}, "amount": "60.00", "times": times}]);
        request_with("children", json!({"lines": lines}))
    };
    let newcomer = |item: &str, on: &str| {
        let lines = json!([{"to": {"member": "m-3"}, "amount": "60.00"}]);
        request_with(item, json!({"lines": lines, "on": on}))
    };
    let with_newcomer = || after(with_items(), [enrol(LATER, "m-3", "g1")]);
    vec![
        case(
            after(with_items(), [subject(LATER, "s-9", None)]),
            benefit(LATER, "b-1", "feast", &[("s-9", "60.00")]),
            Refusal::NotAMember { item: of("feast"), to: Beneficiary::Subject(of("s-9")) },
            benefit(LATER, "b-1", "calls", &[("s-9", "60.00")]),
        ),
        case(
            with_newcomer(),
            newcomer("feast", "2025-02-09"),
            Refusal::NotEligibleMember {
                item: of("feast"),
                member: of("m-3"),
                on: of("2025-02-09"),
            },
            newcomer("feast", LATER),
        ),
        case(
            with_newcomer(),
            newcomer("staff", "2025-02-09"),
            Refusal::NotEligibleWorking {
                item: of("staff"),
                member: of("m-3"),
                on: of("2025-02-09"),
            },
            newcomer("staff", LATER),
        ),
        case(
            after(with_items(), [woman("m-2")]),
            benefit(LATER, "b-1", "women", &[("m-1", "60.00")]),
            Refusal::NotEligibleWoman { item: of("women"), member: of("m-1") },
            benefit(LATER, "b-1", "women", &[("m-2", "60.00")]),
        ),
        // One is fourteen already.
        case(
            after(with_items(), [parent("m-1", &["2011-02", "2011-03"])]),
            times(2),
            Refusal::TooFewChildren {
                item: of("children"),
                member: of("m-1"),
                under: 14,
                children: 1,
                times: 2,
            },
            times(1),
        ),
        case(
            after(with_items(), [dues(LATER, "m-2", "2025-01", "25.00")]),
            benefit(LATER, "b-1", "benefit", &[("m-1", "60.00")]),
            Refusal::DuesUnpaid { item: of("benefit"), member: of("m-1"), unpaid: 1, most: 0 },
            benefit(LATER, "b-1", "benefit", &[("m-2", "60.00")]),
        ),
    ]
}

pub(crate) fn caps() -> Vec<Case> {
    let cap = schedule(
        FIRST,
        &json!([
            {"item": "feast", "per": "person_year", "amount": "500.00"},
            {"item": "tuition", "per": "time", "amount": "200.00", "exact": true},
        ]),
    );
    let capped = || after(with_items(), [cap.clone(), subject(FIRST, "s-1", Some("m-1"))]);
    let first = benefit(LATER, "b-1", "feast", &[("s-1", "400.00")]);
    vec![
        case(
            after(capped(), [first]),
            benefit(LATER, "b-2", "feast", &[("m-1", "100.01")]),
            Refusal::AboveCap {
                item: of("feast"),
                to: member("m-1"),
                per: Per::PersonYear,
                most: yuan("500.00"),
                before: yuan("400.00"),
                asked: yuan("100.01"),
                over: yuan("0.01"),
            },
            benefit(LATER, "b-2", "feast", &[("m-1", "100.00")]),
        ),
        case(
            capped(),
            benefit(LATER, "b-1", "tuition", &[("m-1", "199.99")]),
            Refusal::NotTheRate {
                item: of("tuition"),
                to: member("m-1"),
                rate: yuan("200.00"),
                asked: yuan("199.99"),
            },
            benefit(LATER, "b-1", "tuition", &[("m-1", "200.00")]),
        ),
    ]
}

const BOTH: [(&str, &str); 2] = [("m-1", "60.00"), ("m-2", "40.00")];

/// Two lists that are paid.
fn with_two() -> Vec<Asked> {
    let [one, two] = ["b-1", "b-2"].map(|id| paid(LATER, id, "feast", &BOTH, "bank"));
    after(with_items(), one.into_iter().chain(two))
}

pub(crate) fn distributions() -> Vec<Case> {
    let tuition = [benefit(LATER, "b-1", "tuition", &[("m-1", "60.00")])];
    let proof = rule(CHAIR, FIRST, &json!({"name": "benefit_proof", "items": ["tuition"]}));
    let by_proof = after(with_items(), [proof].into_iter().chain(tuition));
    let requested = last(&by_proof);
    let certificate = json!({"to": requested, "sha256": "a".repeat(64), "bytes": 9});
    let new_year = "2026-01-05";
    let back = |date: &str| {
        let fields = json!({"disbursement": "b-1", "date": date, "into": "cash"});
        asks(ACCOUNTANT, new_year, "benefit_remainder.return", fields)
    };
    let with_one = after(with_items(), paid(LATER, "b-1", "feast", &BOTH, "bank"));
    let payment = Seq(last(&with_one));
    vec![
        case(
            after(with_two(), [request(LATER, "d-1", "1.00")]),
            all_but(LATER, "d-1", &[]),
            Refusal::NoListBehind { disbursement: of("d-1") },
            all_but(LATER, "b-1", &[]),
        ),
        case(
            after(with_two(), [benefit(LATER, "b-3", "feast", &BOTH)]),
            all_but(LATER, "b-3", &[]),
            Refusal::NotPaidYet { disbursement: of("b-3") },
            all_but(LATER, "b-1", &[]),
        ),
        case(
            after(with_two(), [signed(LATER, "b-1", &["m-1"], &[])]),
            signed(LATER, "b-1", &["m-1"], &[]),
            Refusal::NotWaiting { disbursement: of("b-1"), to: member("m-1") },
            signed(LATER, "b-1", &["m-2"], &[]),
        ),
        case(
            after(
                with_two(),
                [all_but(LATER, "b-1", &["m-2"]), all_but(LATER, "b-2", &["m-2"])]
                    .into_iter()
                    .chain([sent_back(LATER, "b-1", "cash")]),
            ),
            sent_back(LATER, "b-1", "cash"),
            Refusal::RemainderReturnedAlready {
                disbursement: of("b-1"),
                by: Seq(last(&with_two()) + 5),
            },
            sent_back(LATER, "b-2", "cash"),
        ),
        case(
            after(with_two(), [all_but(LATER, "b-1", &[]), all_but(LATER, "b-2", &["m-2"])]),
            sent_back(LATER, "b-1", "cash"),
            Refusal::NothingUnclaimed { disbursement: of("b-1") },
            sent_back(LATER, "b-2", "cash"),
        ),
        case(
            after(with_one, [all_but(LATER, "b-1", &["m-2"])]),
            back(new_year),
            Refusal::RemainderOfEarlierYear {
                disbursement: of("b-1"),
                seq: payment,
                year: FiscalYear(2025),
                date: of(new_year),
            },
            back("2025-12-31"),
        ),
        case(
            after(with_two(), [signed(LATER, "b-1", &[], &["m-2"])]),
            sent_back(LATER, "b-1", "cash"),
            Refusal::StillWaiting { disbursement: of("b-1"), people: 1 },
            all_but(LATER, "b-1", &[]),
        ),
        case(
            after(by_proof, [approve(FINANCE, LATER, "b-1", "60.00")]),
            pay(CASHIER, LATER, "b-1", "bank"),
            Refusal::ProofMissing {
                disbursement: of("b-1"),
                item: of("tuition"),
                seq: Seq(requested - 1),
            },
            asks(ACCOUNTANT, LATER, "attachment.add", certificate),
        ),
    ]
}

#[allow(clippy::too_many_lines, reason = "a table: one case for each rule")]
pub(crate) fn visits_made() -> Vec<Case> {
    let nothing = |id: &str| visits(LATER, visit(LATER, id, "m-1"));
    let with = |id: &str, who: &str, more: Value| {
        let mut fields = visit(LATER, id, who);
        for (name, value) in more.as_object().into_iter().flatten() {
            fields[name] = value.clone();
        }
        visits(LATER, fields)
    };
    let share = |id: &str, who: &str, value: &str| {
        with(id, who, json!({"disbursement": "b-1", "value": value}))
    };
    let one = || after(with_items(), paid(LATER, "b-1", "calls", &[("m-1", "60.00")], "bank"));
    let feast = || after(with_items(), paid(LATER, "b-1", "feast", &[("m-1", "60.00")], "bank"));
    let on = |occasion: &str| {
        with("v-1", "m-1", json!({"disbursement": "b-1", "value": "60.00", "occasion": occasion}))
    };
    let payment = last(&one());
    let chess = and(with_chess(), [issue(LATER, "chess", 3)]);
    let issued = last(&chess);
    let goods = move |id: &str, issue: u64, quantity: u32, value: &str| {
        let taken = json!({"issue": issue, "quantity": quantity});
        with(id, "m-1", json!({"goods": taken, "value": value}))
    };
    let mut nobody = visit(LATER, "v-1", "m-1");
    nobody["people"] = 0.into();
    vec![
        case(
            union(),
            visits(LATER, nobody),
            Refusal::VisitToNobody { visit: of("v-1"), people: 0 },
            visits(LATER, visit(LATER, "v-1", "m-1")),
        ),
        case(
            after(union(), [nothing("v-1")]),
            nothing("v-1"),
            Refusal::VisitExists { visit: of("v-1") },
            nothing("v-2"),
        ),
        case(
            after(union(), [nothing("v-1")]),
            withdraw(LATER, "v-2"),
            Refusal::VisitUnknown { visit: of("v-2") },
            withdraw(LATER, "v-1"),
        ),
        // What is given to everybody at a festival is brought to nobody's sickbed.
        case(
            feast(),
            on("sick"),
            Refusal::OccasionOfOther {
                visit: of("v-1"),
                occasion: Occasion::Sick,
                item: of("feast"),
                kind: WelfareKind::Festival,
            },
            on("festival"),
        ),
        case(
            one(),
            share("v-1", "m-2", "60.00"),
            Refusal::NotOnTheList { disbursement: of("b-1"), to: member("m-2") },
            share("v-1", "m-1", "60.00"),
        ),
        case(
            after(one(), [share("v-1", "m-1", "60.00")]),
            share("v-2", "m-1", "60.00"),
            Refusal::ShareVisited { disbursement: of("b-1"), to: member("m-1"), visit: of("v-1") },
            nothing("v-2"),
        ),
        case(
            chess.clone(),
            goods("v-1", issued - 1, 1, "25.00"),
            Refusal::NoIssueThere { seq: Seq(issued - 1) },
            goods("v-1", issued, 1, "25.00"),
        ),
        case(
            after(chess, [goods("v-1", issued, 1, "25.00")]),
            goods("v-2", issued, 3, "75.00"),
            Refusal::IssueSpent { seq: Seq(issued), issued: 3, given: 1, asked: 3 },
            goods("v-2", issued, 2, "50.00"),
        ),
        case(
            one(),
            share("v-1", "m-1", "59.00"),
            Refusal::VisitValueDiffers {
                visit: of("v-1"),
                declared: yuan("59.00"),
                found: yuan("60.00"),
                apart: yuan("1.00"),
            },
            share("v-1", "m-1", "60.00"),
        ),
        case(
            after(one(), [share("v-1", "m-1", "60.00")]),
            reverse(LATER, payment),
            Refusal::VisitRests { seq: Seq(payment), visit: of("v-1") },
            withdraw(LATER, "v-1"),
        ),
        case(
            union(),
            with("v-1", "m-1", json!({"went": [CLERK, CLERK]})),
            Refusal::WentTwice { officer: of(CLERK) },
            with("v-1", "m-1", json!({"went": [CLERK, CHAIR]})),
        ),
    ]
}

/// Rules that are broken in more ways than one.
pub(crate) fn more_ways() -> Vec<Case> {
    let most = json!({"name": "benefit_schedule", "lines": [
        {"item": "feast", "per": "person_year", "amount": "500.00"},
    ]});
    let mut stranger = visit(LATER, "v-1", "m-9");
    stranger["to"] = json!({"member": "m-9"});
    let back =
        after(with_two(), [all_but(LATER, "b-1", &["m-2"]), sent_back(LATER, "b-1", "cash")]);
    let (returned, payment) = (last(&back), last(&with_two()));
    // Of two lists of four records each, the first payment.
    let first = payment - 4;
    vec![
        case(
            union(),
            visits(LATER, stranger),
            Refusal::MemberUnknown { member: of("m-9") },
            visits(LATER, visit(LATER, "v-1", "m-1")),
        ),
        // What came back goes out again before the payment is taken back.
        case(
            back,
            reverse(LATER, first),
            Refusal::RemainderReturnedAlready { disbursement: of("b-1"), by: Seq(returned) },
            reverse(LATER, returned),
        ),
        // A year in which there was no book has no cap that anything was counted under.
        case(
            with_items(),
            request_with("feast", json!({"on": "2024-12-31"})),
            Refusal::FarFromItsYear {
                item: of("feast"),
                on: of("2024-12-31"),
                first: of(FIRST),
                last: of("2025-12-31"),
            },
            request_with("feast", json!({"on": FIRST})),
        ),
        // Whoever approves under a cap does not set it.
        case(
            with_items(),
            rule(FINANCE, LATER, &most),
            Refusal::OfficeNeeded {
                officer: of(FINANCE),
                holds: vec![Role::Committee, Role::FinanceHead],
                needed: vec![Role::Chair],
            },
            rule(CHAIR, LATER, &most),
        ),
    ]
}
