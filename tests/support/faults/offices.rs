//! Officers, what they sign, and the ways in which sections 10 and 18 of the format are broken.

use mingzhang::chain::verify::FaultKind::{self, *};
use serde_json::{Value, json};

use super::super::office::{
    CLOSED, CLOSED_AGAIN, DUES, act, act_with, appointed, approval, cleared, finding, officer_key,
    registered, requested,
};
use super::super::{AT, record, witness};
use super::{Case, then};

pub(super) const AFTER: u64 = 36;

pub(super) fn cases() -> Vec<Case> {
    [offices(), acts(), keys_of_officers(), periods(), audits()].into_iter().flatten().collect()
}

pub(super) type Part = (&'static str, Vec<Value>);

/// The body with other fields.
pub(super) fn with(mut record: Value, fields: Value) -> Value {
    for (name, value) in fields.as_object().unwrap() {
        record["body"][name] = value.clone();
    }
    record
}

pub(super) fn one(
    done: &'static str,
    by: &'static str,
    record: Value,
    found: &[FaultKind],
) -> Case {
    let found: Vec<_> = found.iter().map(|kind| (0, *kind)).collect();
    then(done, vec![(by, vec![record])], &found)
}

/// An opinion that is not the one in the good book.
pub(super) fn concluded(says: &str) -> Value {
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
        one(
            "somebody who is no chair appoints",
            "k1",
            appointed("x1", &["clerk"]),
            &[OfficeWrong, ActUnsigned],
        ),
        one(
            "the founder appoints after the chair",
            "t1",
            appointed("x1", &["clerk"]),
            &[OfficeWrong, ActUnsigned],
        ),
        one(
            "somebody who is no chair removes",
            "k1",
            removed("p1", "2026-03-01"),
            &[OfficeWrong, ActUnsigned],
        ),
        then(
            "the chair removes, and signs",
            vec![("c1", vec![removed("p1", "2026-03-01"), act("c1", 3)])],
            &[],
        ),
        one(
            "the chair removes, and does not sign",
            "c1",
            removed("p1", "2026-03-01"),
            &[ActUnsigned],
        ),
        then(
            "the chair appoints, and somebody else signs",
            vec![("c1", vec![appointed("x1", &["clerk"]), act("u1", 1)])],
            &[(0, ActUnsigned), (1, OfficeWrong)],
        ),
        then(
            "a chair who has left appoints",
            vec![
                ("c1", vec![removed("c1", "2026-04-01"), act("c1", 1)]),
                ("c1", vec![appointed("x1", &["clerk"]), act("c1", 1)]),
            ],
            &[(2, OfficeWrong)],
        ),
        then(
            "a chair who leaves tomorrow appoints",
            vec![
                ("c1", vec![removed("c1", "2026-04-02"), act("c1", 1)]),
                ("c1", vec![appointed("x1", &["clerk"]), act("c1", 1)]),
            ],
            &[],
        ),
        then(
            "a chair of tomorrow appoints today",
            vec![("c1", vec![late, act("c1", 1)]), ("c2", vec![appointed("x1", &["clerk"])])],
            &[(2, OfficeWrong), (2, ActUnsigned)],
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

fn refused(id: &str) -> Value {
    let body = json!({ "disbursement": id, "date": "2026-03-21", "reason": "不急" });
    record("approval.refused", body)
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
            "an approval is signed for another request",
            vec![
                request.clone(),
                ("k1", vec![requested("d-3", "4.00")]),
                ("c1", vec![approval("d-2", "4.00"), act("c1", AFTER + 1)]),
            ],
            &[(2, ActUnsigned), (3, ActLeafWrong)],
        ),
        then(
            "a refusal is signed for the request",
            vec![request.clone(), ("c1", vec![refused("d-2"), act("c1", AFTER)])],
            &[],
        ),
        then(
            "a refusal is signed for something else",
            vec![request.clone(), ("c1", vec![refused("d-2"), act("c1", 1)])],
            &[(2, ActLeafWrong)],
        ),
        then(
            "a clearing is signed for its finding",
            vec![
                ("u1", vec![finding("f-2", DUES)]),
                ("u1", vec![cleared("f-2"), act("u1", AFTER)]),
            ],
            &[],
        ),
        then(
            "a clearing is signed for another finding",
            vec![
                ("u1", vec![finding("f-2", DUES)]),
                ("u1", vec![cleared("f-2"), act("u1", CLOSED_AGAIN + 1)]),
            ],
            &[(2, ActLeafWrong)],
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
            "a first key is signed with itself alone, and there is a chair who signs",
            vec![("k1", vec![registered("k1", 1), act("k1", 1)])],
            &[(0, ActUnsigned)],
        ),
        then(
            "a first key is signed with itself and by the chair",
            vec![("k1", vec![registered("k1", 1), act("k1", 1), act("c1", 1)])],
            &[],
        ),
        then(
            "a first key is signed with itself and by a member of the audit committee",
            vec![("k1", vec![registered("k1", 1), act("k1", 1), act("u1", 1)])],
            &[(0, ActUnsigned)],
        ),
        then(
            "a first key is signed with itself alone, and the chair has left",
            vec![
                ("c1", vec![removed("c1", "2026-04-01"), act("c1", 1)]),
                ("k1", vec![registered("k1", 1), act("k1", 1)]),
            ],
            &[],
        ),
        then(
            "somebody without office registers a key",
            vec![("x9", vec![registered("x9", 1), act("x9", 1), act("c1", 1)])],
            &[(0, OfficeWrong)],
        ),
        one(
            "an officer registers the key of another one",
            "k1",
            with(registered("k1", 1), json!({ "key": officer_key("c1", 1).vkey().to_string() })),
            &[ActRepeated],
        ),
        then(
            "an officer registers the key that another one has given up",
            vec![
                ("c1", vec![registered("c1", 2), act_with("c1", 1, 2, json!({})), act("c1", 1)]),
                (
                    "k1",
                    vec![with(
                        registered("k1", 1),
                        json!({ "key": officer_key("c1", 1).vkey().to_string() }),
                    )],
                ),
            ],
            &[(3, ActUnsigned)],
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
                    ("c1", vec![approval("d-2", "4.00"), act_with("c1", AFTER + 2, 2, json!({}))]),
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
    let on = |month: &str, on: u64| vec![reopened(month), act("c1", on), act("u1", on)];
    let both = |month: &str| on(month, CLOSED_AGAIN);
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
                ("c1", on("2026-02", AFTER)),
                ("c1", both("2026-01")),
            ],
            &[],
        ),
        then(
            "a month is reopened for an older closing",
            vec![("c1", on("2026-01", CLOSED))],
            &[(0, ActUnsigned), (1, ActLeafWrong), (2, ActLeafWrong)],
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
            vec![("c1", vec![reopened("2026-01"), act("c1", CLOSED_AGAIN)])],
            &[(0, ActUnsigned)],
        ),
        then(
            "a chair who is also of the audit committee is one person",
            vec![
                ("c1", vec![auditor, act("c1", 1)]),
                ("c1", vec![reopened("2026-01"), act("c1", CLOSED_AGAIN)]),
            ],
            &[(2, ActUnsigned)],
        ),
        then(
            "a month is reopened by two of the audit committee",
            vec![
                ("u2", vec![registered("u2", 1), act("u2", 1), act("c1", 1)]),
                ("u1", vec![reopened("2026-01"), act("u1", CLOSED_AGAIN), act("u2", CLOSED_AGAIN)]),
            ],
            &[(3, ActUnsigned)],
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
