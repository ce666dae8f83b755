//! The first two books, on the first edition of the statutory chart: what every union does in a year,
//! and officers who sign.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::given::acts::{
    AUDITOR_KEY, CHAIR_KEY, LOG_KEY, NEXT_LOG_KEY, OTHER_KEY, both, change_witnesses, clear,
    conclude, finding, finding_fields, log_key, register, register_with_chair, reopen, rotate,
    rotate_lost, signs, union_with_log_key,
};
use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, adjust, allocation,
    appoint, approve, asks, cash, close, close_year, dues, eleven_months, given_on, interest,
    opening, pay, payroll, remit, request, request_for, requested, reverse, rule, subsidy,
    transfer, union,
};

/// Records are not made anew when the statutory chart has a new edition.
pub(crate) const CHART: &str = "cn-gonghui-2021";

const DAY: &str = "2025-01-15";

/// The two books from whose records the forms are counted first, in this order.
pub(crate) fn books() -> [Vec<Asked>; 2] {
    [story(), signed()]
}

/// The place of the record that comes after these commands.
fn next(asked: &[Asked]) -> u64 {
    given_on(CHART, asked.to_vec()).state().next().0
}

/// The first book, with the last interest reversed before January is closed.
pub(crate) fn story() -> Vec<Asked> {
    let mut story = unreversed();
    let place = story.iter().position(|asked| asked.command.name() == "interest.receive").unwrap();
    story.insert(place + 1, reverse(DAY, next(&story[..place])));
    story
}

/// A book in which everything happens that could at first. It grows at its end alone: the golden
/// records hold their places in it.
fn unreversed() -> Vec<Asked> {
    let openings = json!([
        {"account": "101", "fund": "general", "debit": "500.00"},
        {"account": "102", "fund": "general", "debit": "90000.00"},
        {"account": "32205", "fund": "general", "credit": "90500.00"},
    ]);
    let lines = json!([
        {"account": "50501", "fund": "general", "debit": "1.00"},
        {"account": "50502", "fund": "general", "credit": "1.00"},
    ]);
    let second = |name: &str, fields: Value| asks(CLERK, DAY, name, fields);
    let mut story = union();
    story.extend([
        appoint(CHAIR, FIRST, "second", &["vice_chair", "committee"], None),
        opening(FIRST, openings),
        asks(CHAIR, DAY, "officer.remove", json!({"officer": "second", "on": DAY})),
        second("group.define", json!({"group": "g2", "name": "二车间"})),
        second("member.transfer", json!({"member": "m-2", "group": "g2", "on": DAY})),
        second("member.leave", json!({"member": "m-2", "on": DAY, "reason": "transferred_out"})),
        dues(DAY, "m-1", "2025-01", "25.00"),
        payroll(DAY, "2025-01", "100000.00"),
        allocation(DAY, "2025-01", "2000.00"),
        remit(DAY, "800.00"),
        subsidy(DAY, "superior_general", "general", "10.00"),
        subsidy(DAY, "superior_earmarked", RELIEF, "3000.00"),
        subsidy(DAY, "administration", "general", "20.00"),
        asks(
            ACCOUNTANT,
            DAY,
            "donation.receive",
            json!({
                "date": DAY, "fund": RELIEF, "into": "cash", "amount": "50.00",
                "donors": 5, "purpose": "一日捐",
            }),
        ),
        interest(DAY, "12.34"),
        asks(
            ACCOUNTANT,
            DAY,
            "other_income.receive",
            json!({
                "date": DAY, "into": "bank", "amount": "7.00", "purpose": "废品",
            }),
        ),
        cash("cash.draw", DAY, "100.00"),
        cash("cash.deposit", DAY, "50.00"),
        transfer(DAY, "general", RELIEF, "200.00"),
        adjust(DAY, lines),
    ]);
    story.extend(spending());
    story.extend(eleven_months());
    story.push(close_year("2025-12-31", 2025));
    story.push(receipt_for_the_dues());
    story.extend(privacy_and_papers());
    story
}

/// A receipt for what m-1 paid in January.
fn receipt_for_the_dues() -> Asked {
    const DUES: u64 = 23;
    const LATER: &str = "2026-01-05";
    let fields = json!({"date": LATER, "member": "m-1", "payment": DUES});
    asks(CASHIER, LATER, "receipt.issue", fields)
}

/// After the year is closed: facts without a day of business.
fn privacy_and_papers() -> Vec<Asked> {
    let on = "2026-01-05";
    let by_clerk = |name: &str, fields: Value| asks(CLERK, on, name, fields);
    let field = |name: &str, digit: &str| json!({"name": name, "commitment": digit.repeat(64)});
    let of = |subject: &str, person: Value| {
        let fields = json!([field("姓名", "a"), field("电话", "b")]);
        by_clerk("privacy.commit", json!({"subject": subject, "fields": fields, "of": person}))
    };
    let alone = json!({"subject": "s-4", "fields": [field("姓名", "c")]});
    let shown = json!({"subjects": ["s-1", "s-2"], "fields": ["姓名"], "purpose": "核对名册"});
    let erased = json!({
        "subject": "s-1", "fields": ["电话"], "basis": "本人申请", "approver": CHAIR,
    });
    let paper = |title: Option<&str>| {
        let mut fields = json!({"to": 0, "sha256": "d".repeat(64), "bytes": 12_345});
        if let Some(title) = title {
            (fields["title"], fields["to"]) = (title.into(), 1.into());
        }
        by_clerk("attachment.add", fields)
    };
    let papers = json!({
        "name": "attachments", "required_above": "5000.00", "bytes_max": 5_000_000,
    });
    vec![
        of("s-1", json!({"member": "m-1"})),
        of("s-2", json!({"officer": CASHIER})),
        of("s-3", json!({"disbursement": "d-2"})),
        by_clerk("privacy.commit", alone),
        by_clerk("privacy.open", shown),
        by_clerk("privacy.erase", erased),
        paper(None),
        paper(Some("发票")),
        rule(CHAIR, on, &papers),
    ]
}

fn spending() -> Vec<Asked> {
    let shop = json!({"organisation": "示例商店"});
    let refuse = json!({"disbursement": "d-2", "date": DAY, "reason": "超出预算"});
    let cancel = json!({"disbursement": "d-3", "date": DAY, "reason": "不再需要"});
    let buys = |id: &str, account: &str, what: &str| {
        let mut fields = requested(DAY, id, account, "900.00", &shop);
        fields["acquires"] = what.into();
        asks(CLERK, DAY, "disbursement.request", fields)
    };
    let mut visit = requested(DAY, "d-4", "50405", "600.00", &json!({"roster": "走访名册2025-1"}));
    (visit["people"], visit["fund"]) = (6.into(), RELIEF.into());
    vec![
        request(DAY, "d-1", "100.00"),
        request_for(CLERK, DAY, "d-2", "100.00", &json!({"member": "m-1"})),
        request_for(CLERK, DAY, "d-3", "100.00", &json!({"officer": CHAIR})),
        asks(CLERK, DAY, "disbursement.request", visit),
        buys("d-5", "50702", "fixed_asset"),
        buys("d-6", "50105", "supplies"),
        approve(FINANCE, DAY, "d-1", "100.00"),
        asks(FINANCE, DAY, "disbursement.refuse", refuse),
        asks(CLERK, DAY, "disbursement.cancel", cancel),
        approve(FINANCE, DAY, "d-4", "600.00"),
        approve(FINANCE, DAY, "d-5", "900.00"),
        approve(FINANCE, DAY, "d-6", "900.00"),
        pay(CASHIER, DAY, "d-1", "cash"),
        pay(CASHIER, DAY, "d-4", "bank"),
        pay(CASHIER, DAY, "d-5", "bank"),
        pay(CASHIER, DAY, "d-6", "bank"),
    ]
}

/// The union of the second book: chair and auditor have keys. Once a first key took no chair's word,
/// and the head of finance had one too; what is appointed instead leaves all that follows in its place.
fn union_that_signed() -> Vec<Asked> {
    let mut asked = union_with_log_key();
    asked.push(register(CHAIR, CHAIR_KEY));
    asked.push(register_with_chair(AUDITOR, AUDITOR_KEY));
    asked.push(appoint(CHAIR, FIRST, "spare", &["clerk"], None));
    asked
}

/// A second book, of officers who sign, of keys that change and of what the audit finds. It grows at
/// its end alone, and new scenes go there: forms are counted over both books in this order.
fn signed() -> Vec<Asked> {
    let mut all = union_that_signed();
    let february = "2025-02-10";
    let mut owned = finding_fields(february, "f-2", &[2, 3]);
    (owned["owner"], owned["due"]) = (ACCOUNTANT.into(), "2025-03-10".into());
    let policy = format!("log {}\nquorum none\n", log_key(LOG_KEY).vkey());
    let sha256 = blake3::Hash::from_bytes(Sha256::digest(&policy).into()).to_string();
    all.extend([
        register(CHAIR, OTHER_KEY).signed([signs(CHAIR, OTHER_KEY), signs(CHAIR, CHAIR_KEY)]),
        register(CHAIR, CHAIR_KEY).signed([signs(CHAIR, CHAIR_KEY), signs(CHAIR, OTHER_KEY)]),
        request(DAY, "d-1", "100.00"),
        appoint(CHAIR, DAY, "other", &["clerk"], None).signed([signs(CHAIR, CHAIR_KEY)]),
        close("2025-02-01", "2025-01"),
        reopen(february, "2025-01").signed(both()),
        finding(february, "f-1", &[1]).signed([signs(AUDITOR, AUDITOR_KEY)]),
        asks(AUDITOR, february, "finding.raise", owned),
        clear(february, "f-1"),
        conclude(february, "2025-01", "2025-01"),
        change_witnesses(february, &policy, &sha256),
    ]);
    all.push(rotate(february, next(&all), LOG_KEY, NEXT_LOG_KEY));
    let lost = rotate_lost(february, next(&all), NEXT_LOG_KEY, OTHER_KEY);
    all.push(lost.signed(both()));
    let types = json!({"name": "acts_signed", "types": ["approval.given", "period.reopened"]});
    all.push(rule(CHAIR, february, &types));
    all
}
