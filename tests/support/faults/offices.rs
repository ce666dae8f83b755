//! Officers, what they sign, and what else the records of sections 10, 17, 18, 20 and 21 can get
//! wrong.

use mingzhang::chain::verify::FaultKind::{self, *};
use serde_json::{Value, json};

use super::super::office::{
    CLOSED, DUES, PAPER, REQUEST, act, act_with, appointed, approval, attached, cleared,
    commitment, committed, erased, finding, officer_key, receipt, registered, requested, rotated,
    rule,
};
use super::super::{AT, Bundle, checkpoint, named, policy, record, sha256, witness};
use super::{Case, then};

const AFTER: u64 = 35;

pub(super) fn cases() -> Vec<Case> {
    [
        offices(),
        rules(),
        acts(),
        keys_of_officers(),
        periods(),
        audits(),
        privacy(),
        papers(),
        receipts(),
        log_keys(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

type Part = (&'static str, Vec<Value>);

/// The body with other fields.
fn with(mut record: Value, fields: Value) -> Value {
    for (name, value) in fields.as_object().unwrap() {
        record["body"][name] = value.clone();
    }
    record
}

fn one(done: &'static str, by: &'static str, record: Value, found: &[FaultKind]) -> Case {
    let found: Vec<_> = found.iter().map(|kind| (0, *kind)).collect();
    then(done, vec![(by, vec![record])], &found)
}

/// An opinion that is not the one in the good book.
fn concluded(says: &str) -> Value {
    record(
        "audit.concluded",
        json!({ "date": "2026-03-28", "first": "2026-01", "last": "2026-03",
            "opinion": "qualified", "says": says }),
    )
}

fn removed(officer: &str, on: &str) -> Value {
    record("officer.removed", json!({ "officer": officer, "on": on }))
}

fn offices() -> Vec<Case> {
    let late = with(appointed("c2", &["chair"]), json!({ "from": "2026-04-02" }));
    let adjusted = record("adjustment.recorded", json!({}));
    vec![
        one("somebody who is no chair appoints", "k1", appointed("x1", &["clerk"]), &[OfficeWrong]),
        one(
            "the founder appoints after the chair",
            "t1",
            appointed("x1", &["clerk"]),
            &[OfficeWrong],
        ),
        one("somebody who is no chair removes", "k1", removed("p1", "2026-03-01"), &[OfficeWrong]),
        one("the chair removes", "c1", removed("p1", "2026-03-01"), &[]),
        then(
            "a chair who has left appoints",
            vec![
                ("c1", vec![removed("c1", "2026-04-01")]),
                ("c1", vec![appointed("x1", &["clerk"])]),
            ],
            &[(1, OfficeWrong)],
        ),
        then(
            "a chair who leaves tomorrow appoints",
            vec![
                ("c1", vec![removed("c1", "2026-04-02")]),
                ("c1", vec![appointed("x1", &["clerk"])]),
            ],
            &[],
        ),
        then(
            "a chair of tomorrow appoints today",
            vec![("c1", vec![late]), ("c2", vec![appointed("x1", &["clerk"])])],
            &[(1, OfficeWrong)],
        ),
        one("an office is not known", "c1", appointed("x1", &["treasurer"]), &[BodyForm]),
        one("an office stands twice", "c1", appointed("x1", &["clerk", "clerk"]), &[BodyForm]),
        one("an officer's id has a space", "c1", appointed("x 1", &["clerk"]), &[BodyForm]),
        one(
            "an appointment has a field too many",
            "c1",
            with(appointed("x1", &["clerk"]), json!({ "name": "某丙" })),
            &[BodyForm],
        ),
        one("a removal is of no day", "c1", removed("p1", "2026-02-30"), &[BodyForm]),
        one("a clerk adjusts", "k1", adjusted, &[OfficeWrong, BodyForm]),
        one("a clerk finds something", "k1", finding("f-2", DUES), &[OfficeWrong]),
        then(
            "a member of the audit committee finds something, and clears it",
            vec![("u2", vec![finding("f-2", DUES)]), ("u2", vec![cleared("f-2")])],
            &[],
        ),
        then(
            "a member of the audit committee concludes",
            vec![("u2", vec![concluded("无")])],
            &[(0, OfficeWrong), (0, ActUnsigned)],
        ),
    ]
}

fn rules() -> Vec<Case> {
    let form = |done, body: Value| one(done, "c1", rule(body), &[BodyForm]);
    let bands = |bands: Value| json!({ "name": "approval_bands", "bands": bands });
    vec![
        form("there is no band", bands(json!([]))),
        form("the last band has an end", bands(json!([{ "up_to": "1.00", "roles": ["chair"] }]))),
        form(
            "a band in the middle has no end",
            bands(json!([{ "roles": ["chair"] }, { "roles": ["chair"] }])),
        ),
        form(
            "bands do not rise",
            bands(
                json!([{ "up_to": "2.00", "roles": [] }, { "up_to": "2.00", "roles": [] }, { "roles": [] }]),
            ),
        ),
        form(
            "a band's amount has three decimals",
            bands(json!([{ "up_to": "2.000", "roles": [] }, { "roles": [] }])),
        ),
        form(
            "a rule asks signatures of another type",
            json!({ "name": "acts_signed", "types": ["dues.received"] }),
        ),
        form(
            "a rule asks the same signature twice",
            json!({ "name": "acts_signed", "types": ["period.reopened", "period.reopened"] }),
        ),
        form(
            "a rule on papers lacks the length",
            json!({ "name": "attachments", "required_above": "1.00" }),
        ),
        form("a rule has no name", json!({ "types": [] })),
        one(
            "a rule's day is none",
            "c1",
            with(rule(json!({ "name": "acts_signed", "types": [] })), json!({ "from": "2026" })),
            &[BodyForm],
        ),
        then(
            "a rule of yesterday gives way to one of today",
            vec![
                (
                    "c1",
                    vec![with(
                        rule(json!({ "name": "acts_signed", "types": [] })),
                        json!({ "from": "2026-04-01" }),
                    )],
                ),
                ("u1", vec![concluded("无")]),
            ],
            &[],
        ),
        then(
            "a rule of tomorrow is not in force",
            vec![
                (
                    "c1",
                    vec![with(
                        rule(json!({ "name": "acts_signed", "types": [] })),
                        json!({ "from": "2026-04-02" }),
                    )],
                ),
                ("u1", vec![concluded("无")]),
            ],
            &[(1, ActUnsigned)],
        ),
    ]
}

fn acts() -> Vec<Case> {
    let request: Part = ("k1", vec![requested("d-2", "4.00")]);
    let approved = |acts: Vec<Value>| {
        let given = vec![approval("d-2", "4.00")];
        vec![request.clone(), ("c1", [given, acts].concat())]
    };
    let opinion = |acts: Vec<Value>| vec![("u1", [vec![concluded("无")], acts].concat())];
    let wrong = |kind| [(1, ActUnsigned), (2, kind)];
    let mut replayed =
        super::office().into_iter().find(|r| r["type"] == "audit.concluded").unwrap();
    replayed["at"] = AT.into();
    vec![
        then(
            "a signature stands by itself",
            vec![("c1", vec![act("c1", 1)])],
            &[(0, ActTargetWrong)],
        ),
        then(
            "a signature follows in a command of its own",
            vec![
                request.clone(),
                ("c1", vec![approval("d-2", "4.00")]),
                ("c1", vec![act("c1", AFTER)]),
            ],
            &wrong(ActTargetWrong),
        ),
        then(
            "a signature names another record",
            approved(vec![act_with("c1", AFTER, 1, json!({ "of": 3 }))]),
            &wrong(ActTargetWrong),
        ),
        then(
            "a signature names the signature before it",
            approved(vec![act("c1", AFTER), act_with("u1", AFTER, 1, json!({ "of": AFTER + 2 }))]),
            &[(3, ActTargetWrong)],
        ),
        then(
            "what is acted on is the act itself",
            approved(vec![act("c1", AFTER + 1)]),
            &wrong(ActLeafWrong),
        ),
        then(
            "what was acted on is another record",
            approved(vec![act_with("c1", AFTER, 1, json!({ "leaf_of": 3 }))]),
            &wrong(ActLeafWrong),
        ),
        then(
            "a signer has no key",
            approved(vec![act("c1", AFTER), act("k1", AFTER)]),
            &[(3, ActKeyMissing)],
        ),
        then(
            "a signature is of another key",
            approved(vec![act_with("c1", AFTER, 2, json!({}))]),
            &wrong(ActSignatureWrong),
        ),
        then(
            "a signature is of another text",
            approved(vec![act_with("c1", AFTER, 1, json!({ "on": 1 }))]),
            &[(1, ActUnsigned), (2, ActLeafWrong), (2, ActSignatureWrong)],
        ),
        then(
            "the chair signs twice",
            approved(vec![act("c1", AFTER), act("c1", AFTER)]),
            &[(3, ActRepeated)],
        ),
        then(
            "one opinion is signed, and stands in another record again",
            vec![("u1", vec![replayed, act("u1", CLOSED)])],
            &[(1, ActRepeated)],
        ),
        then(
            "somebody else signs first",
            opinion(vec![act("c1", CLOSED), act("u1", CLOSED)]),
            &[(1, OfficeWrong)],
        ),
        then(
            "a second officer signs as well",
            opinion(vec![act("u1", CLOSED), act("c1", CLOSED)]),
            &[],
        ),
        then(
            "only somebody else signs",
            opinion(vec![act("c1", CLOSED)]),
            &[(0, ActUnsigned), (1, OfficeWrong)],
        ),
        then("an opinion is not signed", opinion(vec![]), &[(0, ActUnsigned)]),
        then(
            "a signature has a byte too few",
            approved(vec![act_with("c1", AFTER, 1, json!({ "signature": "AAAA" }))]),
            &wrong(BodyForm),
        ),
        then(
            "a voucher is not signed with its number",
            vec![("a1", vec![super::office().swap_remove(usize::try_from(DUES).unwrap())])],
            &[(0, VoucherRepeated)],
        ),
    ]
}

fn keys_of_officers() -> Vec<Case> {
    let second = |acts: Vec<Value>| vec![("c1", [vec![registered("c1", 2)], acts].concat())];
    let signed_by = |number: u8| {
        let acts = vec![concluded("无"), act_with("u1", CLOSED, number, json!({}))];
        ("u1", acts)
    };
    let lost =
        vec![("u1", vec![registered("u1", 2), act_with("u1", 1, 2, json!({})), act("c1", 1)])];
    let witness_key = with(registered("k1", 1), json!({ "key": witness(1).vkey().to_string() }));
    let broken = format!("{}x", officer_key("k1", 1).vkey());
    vec![
        then(
            "a first key is not signed",
            vec![("k1", vec![registered("k1", 1)])],
            &[(0, ActUnsigned)],
        ),
        then(
            "a first key is signed with itself",
            vec![("k1", vec![registered("k1", 1), act("k1", 1)])],
            &[],
        ),
        then(
            "a first key is signed by another officer alone",
            vec![("c1", vec![registered("k1", 1), act("c1", 1)])],
            &[(0, ActUnsigned)],
        ),
        then(
            "a second key is signed with itself alone",
            second(vec![act_with("c1", 1, 2, json!({}))]),
            &[(0, ActUnsigned)],
        ),
        then(
            "a second key is signed with the first one alone",
            second(vec![act("c1", 1)]),
            &[(0, ActUnsigned)],
        ),
        then(
            "a second key is signed with both",
            second(vec![act_with("c1", 1, 2, json!({})), act("c1", 1)]),
            &[],
        ),
        then(
            "a second key is signed with itself and by a member of the audit committee",
            second(vec![act_with("c1", 1, 2, json!({})), act("u1", 1)]),
            &[(0, ActUnsigned)],
        ),
        then(
            "a lost key is replaced with the chair's signature, and the new one is in force",
            [lost.clone(), vec![signed_by(2)]].concat(),
            &[],
        ),
        then(
            "a lost key is replaced, and the old one signs",
            [lost, vec![signed_by(1)]].concat(),
            &[(3, ActUnsigned), (4, ActSignatureWrong)],
        ),
        then(
            "a key that does not count does not sign",
            [
                second(vec![act_with("c1", 1, 2, json!({}))]),
                vec![
                    ("k1", vec![requested("d-2", "4.00")]),
                    ("c1", vec![approval("d-2", "4.00"), act_with("c1", 1, 2, json!({}))]),
                ],
            ]
            .concat(),
            &[(0, ActUnsigned), (3, ActUnsigned), (4, ActSignatureWrong)],
        ),
        then(
            "an officer's key is a witness's",
            vec![("k1", vec![witness_key])],
            &[(0, VkeyInvalid)],
        ),
        then(
            "an officer's key is none",
            vec![("k1", vec![with(registered("k1", 1), json!({ "key": broken })), act("k1", 1)])],
            &[(0, VkeyInvalid), (1, ActKeyMissing)],
        ),
    ]
}

fn periods() -> Vec<Case> {
    let reopened = |month: &str| {
        record(
            "period.reopened",
            json!({ "month": month, "date": "2026-03-29", "reason": "漏记一笔" }),
        )
    };
    let closed = |month: &str| {
        record(
            "period.closed",
            json!({ "month": month, "vouchers": 0, "debit": "0.00", "credit": "0.00" }),
        )
    };
    let both = |month: &str| vec![reopened(month), act("c1", CLOSED), act("u1", CLOSED)];
    let year = record("year.closed", json!({ "year": 2026, "income": "0.00", "expense": "0.00" }));
    let auditor = with(appointed("c1", &["chair", "audit_member"]), json!({ "member": "m-0001" }));
    vec![
        then(
            "the last month is reopened by two, and closed again",
            vec![
                ("c1", both("2026-01")),
                ("a1", vec![closed("2026-01")]),
                ("a1", vec![closed("2026-02")]),
            ],
            &[],
        ),
        then(
            "the month after a reopened one is closed",
            vec![("c1", both("2026-01")), ("a1", vec![closed("2026-02")])],
            &[(3, PeriodOrder)],
        ),
        then("another month is reopened", vec![("c1", both("2025-12"))], &[(0, PeriodOrder)]),
        then(
            "a month is reopened before the last one",
            vec![("a1", vec![closed("2026-02")]), ("c1", both("2026-01"))],
            &[(1, PeriodOrder)],
        ),
        then(
            "two months are reopened one after the other",
            vec![
                ("a1", vec![closed("2026-02")]),
                ("c1", both("2026-02")),
                ("c1", vec![reopened("2026-01"), act("c1", CLOSED), act("u1", CLOSED)]),
            ],
            &[],
        ),
        then(
            "the first month is reopened twice",
            vec![("c1", both("2026-01")), ("c1", both("2025-12"))],
            &[(3, PeriodOrder)],
        ),
        then(
            "a month of a closed year is reopened",
            vec![("a1", vec![year.clone()]), ("c1", both("2026-01"))],
            &[(1, PeriodOrder)],
        ),
        one("a year is a text", "a1", with(year, json!({ "year": "2026" })), &[BodyForm]),
        then(
            "a month is reopened by the chair alone",
            vec![("c1", vec![reopened("2026-01"), act("c1", CLOSED)])],
            &[(0, ActUnsigned)],
        ),
        then(
            "a chair who is also of the audit committee is one person",
            vec![("c1", vec![auditor]), ("c1", vec![reopened("2026-01"), act("c1", CLOSED)])],
            &[(1, ActUnsigned)],
        ),
        then(
            "a month is reopened by two of the audit committee",
            vec![
                ("u2", vec![registered("u2", 1), act("u2", 1)]),
                ("u1", vec![reopened("2026-01"), act("u1", CLOSED), act("u2", CLOSED)]),
            ],
            &[(2, ActUnsigned)],
        ),
        then(
            "a clerk reopens a month",
            vec![("k1", both("2026-01"))],
            &[(0, OfficeWrong), (1, OfficeWrong)],
        ),
        one(
            "a reopening has no reason",
            "c1",
            with(reopened("2026-01"), json!({ "reason": "" })),
            &[BodyForm],
        ),
        then(
            "a reopening's day is not in the calendar",
            vec![("c1", vec![with(reopened("2026-01"), json!({ "date": "2026-02-30" }))])],
            &[(0, DateForm)],
        ),
    ]
}

fn audits() -> Vec<Case> {
    let many: Vec<u64> = (0..21).collect();
    vec![
        one("a finding is raised again", "u1", finding("f-1", DUES), &[FindingWrong]),
        one("a finding is about a record to come", "u1", finding("f-2", 99), &[FindingWrong]),
        one("a finding is about itself", "u1", finding("f-2", AFTER), &[FindingWrong]),
        then(
            "a finding about a record to come is cleared",
            vec![("u1", vec![finding("f-2", 99)]), ("u1", vec![cleared("f-2")])],
            &[(0, FindingWrong)],
        ),
        one("a finding is cleared again", "u1", cleared("f-1"), &[FindingWrong]),
        one("what was never found is cleared", "u1", cleared("f-2"), &[FindingWrong]),
        one(
            "a finding is about too many records",
            "u1",
            with(finding("f-2", 1), json!({ "records": many })),
            &[BodyForm],
        ),
        one(
            "a finding is about nothing",
            "u1",
            with(finding("f-2", 1), json!({ "records": [] })),
            &[BodyForm],
        ),
        one(
            "a finding has no day to be mended by",
            "u1",
            with(finding("f-2", 1), json!({ "due": "soon" })),
            &[BodyForm],
        ),
        one(
            "a clearing has no reason",
            "u1",
            with(cleared("f-1"), json!({ "reason": "" })),
            &[BodyForm],
        ),
        one(
            "an opinion is not known",
            "u1",
            with(concluded("无"), json!({ "opinion": "good" })),
            &[BodyForm],
        ),
    ]
}

fn privacy() -> Vec<Case> {
    let of = |record: Value, of: Value| with(record, json!({ "of": of }));
    let name = |value: &'static str| committed("s-1", &[("姓名", value)]);
    let twice = json!([
        { "name": "姓名", "commitment": commitment("姓名", "甲") },
        { "name": "姓名", "commitment": commitment("姓名", "乙") } ]);
    vec![
        one(
            "a subject becomes another member",
            "k1",
            of(name("某丙"), json!({ "member": "m-0002" })),
            &[PrivateFieldWrong],
        ),
        one(
            "a subject becomes an officer",
            "k1",
            of(name("某丙"), json!({ "officer": "m-0001" })),
            &[PrivateFieldWrong],
        ),
        one(
            "a subject stays the same member",
            "k1",
            of(name("某丙"), json!({ "member": "m-0001" })),
            &[],
        ),
        one("a field is committed anew", "k1", name("某丙"), &[]),
        one(
            "a field is erased that was never committed",
            "k1",
            erased("s-1", &["住址"]),
            &[PrivateFieldWrong],
        ),
        one("a field of nobody is erased", "k1", erased("s-9", &["姓名"]), &[PrivateFieldWrong]),
        one("a field is erased again", "k1", erased("s-2", &["电话"]), &[PrivateFieldWrong]),
        one(
            "a field is erased twice at once",
            "k1",
            erased("s-1", &["姓名", "姓名"]),
            &[PrivateFieldWrong],
        ),
        then(
            "a field is erased, committed anew and erased",
            vec![
                ("k1", vec![erased("s-1", &["姓名"])]),
                ("k1", vec![name("某丙")]),
                ("k1", vec![erased("s-1", &["姓名"])]),
            ],
            &[],
        ),
        one(
            "a commitment is of a field twice",
            "k1",
            with(name(""), json!({ "fields": twice })),
            &[BodyForm],
        ),
        one(
            "a commitment is of no field",
            "k1",
            with(name(""), json!({ "fields": [] })),
            &[BodyForm],
        ),
        one(
            "a commitment is of two persons",
            "k1",
            of(name("某丙"), json!({ "member": "m", "officer": "o" })),
            &[BodyForm],
        ),
        one(
            "an erasure has no basis",
            "k1",
            with(erased("s-1", &["姓名"]), json!({ "basis": "" })),
            &[BodyForm],
        ),
        one(
            "somebody was shown fields for no purpose",
            "k1",
            record("privacy.opened", json!({ "subjects": ["s-1"], "fields": ["姓名"] })),
            &[BodyForm],
        ),
    ]
}

fn papers() -> Vec<Case> {
    vec![
        one("a paper belongs to a record to come", "k1", attached(99, PAPER), &[AttachmentWrong]),
        one("a paper belongs to its own record", "k1", attached(AFTER, PAPER), &[AttachmentWrong]),
        one(
            "a paper belongs to a record twice",
            "k1",
            attached(REQUEST, PAPER),
            &[AttachmentWrong],
        ),
        one("a paper belongs to another record too", "k1", attached(DUES, PAPER), &[]),
        one(
            "a paper's hash has capitals",
            "k1",
            with(attached(DUES, PAPER), json!({ "sha256": "A".repeat(64) })),
            &[BodyForm],
        ),
        one(
            "a paper has an empty title",
            "k1",
            with(attached(DUES, PAPER), json!({ "title": "" })),
            &[BodyForm],
        ),
    ]
}

fn receipts() -> Vec<Case> {
    let form = |done, record| one(done, "p1", record, &[BodyForm]);
    vec![
        one(
            "the second receipt is issued",
            "p1",
            receipt("收-2026-0002", "m-0002", DUES, "3.00"),
            &[],
        ),
        one(
            "a receipt's number is left out",
            "p1",
            receipt("收-2026-0003", "m-0002", DUES, "3.00"),
            &[ReceiptGap],
        ),
        one(
            "a receipt's number is used again",
            "p1",
            receipt("收-2026-0001", "m-0002", DUES, "3.00"),
            &[ReceiptRepeated],
        ),
        one(
            "a receipt's number is zero",
            "p1",
            receipt("收-2026-0000", "m-0002", DUES, "3.00"),
            &[ReceiptRepeated],
        ),
        one(
            "a receipt is of another amount",
            "p1",
            receipt("收-2026-0002", "m-0002", DUES, "3.01"),
            &[ReceiptWrong],
        ),
        one(
            "a receipt is for who did not pay",
            "p1",
            receipt("收-2026-0002", "m-0003", DUES, "0.00"),
            &[ReceiptWrong],
        ),
        one(
            "a receipt is for another record",
            "p1",
            receipt("收-2026-0002", "m-0002", 1, "3.00"),
            &[ReceiptWrong],
        ),
        one(
            "a receipt is issued twice",
            "p1",
            receipt("收-2026-0002", "m-0001", DUES, "13.00"),
            &[ReceiptWrong],
        ),
        then(
            "a wrong receipt is issued again",
            vec![
                ("p1", vec![receipt("收-2026-0002", "m-0002", DUES, "3.01")]),
                ("p1", vec![receipt("收-2026-0003", "m-0002", DUES, "3.00")]),
            ],
            &[(0, ReceiptWrong), (1, ReceiptWrong)],
        ),
        form("a receipt is of another year", receipt("收-2025-0001", "m-0002", DUES, "3.00")),
        form("a receipt's number has three digits", receipt("收-2026-002", "m-0002", DUES, "3.00")),
        form(
            "a receipt's number has a leading zero",
            receipt("收-2026-00002", "m-0002", DUES, "3.00"),
        ),
        form("a receipt is for nobody", receipt("收-2026-0002", "", DUES, "3.00")),
    ]
}

/// The union with these records after it, whose last checkpoint and `log.vkey` are of this key.
fn under(
    seed: u8,
    policy_of: u8,
    done: &'static str,
    parts: Vec<Part>,
    found: &[(Option<u64>, FaultKind)],
) -> Case {
    let Case { bundle, .. } = then(done, parts, &[]);
    let key = super::super::office::book_key(seed);
    let note = checkpoint(&bundle.lines()).sign(&key.key).unwrap();
    let [old, new] =
        [7, policy_of].map(|seed| super::super::office::book_key(seed).vkey().to_string());
    let bundle = Bundle {
        checkpoints: vec![named("checkpoint", note)],
        log_vkey: Some(format!("{}\n", key.vkey()).into_bytes()),
        policy: Some(policy().replace(&old, &new)),
        ..bundle
    };
    let found =
        found.iter().map(|(place, kind)| (place.map(|place| AFTER + place), *kind)).collect();
    Case { done, bundle, found }
}

fn log_keys() -> Vec<Case> {
    let none = json!({});
    let proved: Vec<Part> = vec![("c1", vec![rotated(7, 8, true, none.clone())])];
    let lost: Vec<Part> =
        vec![("c1", vec![rotated(7, 8, false, none.clone()), act("c1", 1), act("u1", 1)])];
    let wrong = |done, old, new, fields: Value| {
        under(
            7,
            7,
            done,
            vec![("c1", vec![rotated(old, new, true, fields)])],
            &[(Some(0), KeyRotationWrong)],
        )
    };
    let other_book =
        super::super::key("gh.example.org/x", mingzhang::chain::key::KeyKind::Log, 8).vkey();
    let rotated_to_other = |mut rotation: Value| {
        rotation["rotate"]["with"]["new"] = other_book.to_string().into();
        rotation
    };
    let form = |done, fields: Value| {
        under(7, 7, done, vec![("c1", vec![rotated(7, 8, true, fields)])], &[(Some(0), BodyForm)])
    };
    let witnesses = |done, fields: Value, kind| {
        let changed = json!({ "policy": policy(), "policy_sha256": sha256(policy().as_bytes()), "reason": "换届" });
        one(done, "c1", with(record("witness.changed", changed), fields), &[kind])
    };
    let mut cases = vec![
        under(
            8,
            7,
            "the log key is changed, and the policy names the old one",
            proved.clone(),
            &[],
        ),
        under(
            8,
            8,
            "the log key is changed, and the policy names the new one",
            proved.clone(),
            &[],
        ),
        under(8, 7, "a lost log key is replaced by two", lost.clone(), &[]),
        under(
            7,
            7,
            "the old log key signs after its successor",
            proved.clone(),
            &[(None, LogKeyDiffers), (None, CheckpointUnsigned)],
        ),
        under(
            7,
            7,
            "a lost log key is replaced by one",
            vec![("c1", vec![rotated(7, 8, false, none.clone()), act("c1", 1)])],
            &[(Some(0), KeyRotationWrong)],
        ),
        under(
            7,
            7,
            "a lost log key is replaced by nobody",
            vec![("c1", vec![rotated(7, 8, false, none.clone())])],
            &[(Some(0), KeyRotationWrong)],
        ),
        wrong("a key that is not in force is replaced", 6, 8, none.clone()),
        wrong("the log key is replaced by itself", 7, 7, none.clone()),
        wrong(
            "the new key has not signed",
            7,
            8,
            json!({ "proof_new": super::super::office::zeros(68) }),
        ),
        wrong(
            "the old key has not signed",
            7,
            8,
            json!({ "proof_old": super::super::office::zeros(68) }),
        ),
        under(
            7,
            7,
            "the new key is of another book",
            vec![("c1", vec![rotated_to_other(rotated(7, 8, true, none.clone()))])],
            &[(Some(0), KeyRotationWrong)],
        ),
        under(
            7,
            7,
            "the new key is a witness's",
            vec![(
                "c1",
                vec![rotated(7, 8, true, json!({ "new": witness(1).vkey().to_string() }))],
            )],
            &[(Some(0), KeyRotationWrong)],
        ),
        form("a proof has a byte too few", json!({ "proof_old": super::super::office::zeros(67) })),
        form("a change of keys has no reason", json!({ "reason": "" })),
        witnesses(
            "a new policy is none",
            json!({ "policy": "quorum", "policy_sha256": sha256(b"quorum") }),
            PolicyInvalid,
        ),
        witnesses(
            "a new policy has another hash",
            json!({ "policy_sha256": "0".repeat(64) }),
            PolicyHashWrong,
        ),
        witnesses("a new policy has no reason", json!({ "reason": "" }), BodyForm),
    ];
    // The policy names a key that never was the book's: then that key decides alone.
    let mut stranger = under(9, 9, "the policy names a key that the book never had", proved, &[]);
    stranger.found = vec![(Some(0), LogKeyDiffers)];
    cases.push(stranger);
    cases
}
