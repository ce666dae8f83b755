//! Rules that the union sets, who sets them, and what they ask for.

use mingzhang::chain::verify::FaultKind::*;
use serde_json::{Value, json};

use super::super::office::{act, appointed, requested, rule};
use super::offices::{Part, concluded, one, with};
use super::{Case, then};

/// Bands by which the chair decides on everything.
fn chair_alone() -> Value {
    json!({ "name": "approval_bands", "bands": [{ "roles": ["chair"] }] })
}

/// A rule by which nothing is signed.
fn nothing() -> Value {
    json!({ "name": "acts_signed", "types": [] })
}

fn on_papers() -> Value {
    json!({ "name": "attachments", "required_above": "9.00", "bytes_max": 1000 })
}

fn head_of_finance() -> Part {
    ("c1", vec![appointed("f1", &["finance_head"]), act("c1", 1)])
}

pub(super) fn cases() -> Vec<Case> {
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
                json!([{ "up_to": "2.00", "roles": ["chair"] }, { "up_to": "2.00", "roles": ["chair"] }, { "roles": ["chair"] }]),
            ),
        ),
        form(
            "a band's amount has three decimals",
            bands(json!([{ "up_to": "2.000", "roles": ["chair"] }, { "roles": ["chair"] }])),
        ),
        form(
            "a band needs nobody",
            bands(json!([{ "up_to": "2.00", "roles": [] }, { "roles": ["chair"] }])),
        ),
        form("the last band needs nobody", bands(json!([{ "roles": [] }]))),
        then(
            "the chair sets the bands, and signs",
            vec![("c1", vec![rule(chair_alone()), act("c1", 7)])],
            &[],
        ),
        one(
            "the chair sets the bands, and does not sign",
            "c1",
            rule(chair_alone()),
            &[ActUnsigned],
        ),
        one("the clerk sets the bands", "k1", rule(chair_alone()), &[OfficeWrong, ActUnsigned]),
        one(
            "the founder sets what is signed, after the chair",
            "t1",
            rule(nothing()),
            &[OfficeWrong, ActUnsigned],
        ),
        one("the chair sets another rule without signing", "c1", rule(on_papers()), &[]),
        one("the clerk sets another rule", "k1", rule(on_papers()), &[OfficeWrong]),
        one(
            "the founder sets another rule, after the chair",
            "t1",
            rule(on_papers()),
            &[OfficeWrong],
        ),
        then(
            "the head of finance sets another rule",
            vec![head_of_finance(), ("f1", vec![rule(on_papers())])],
            &[],
        ),
        then(
            "the head of finance sets the bands",
            vec![head_of_finance(), ("f1", vec![rule(chair_alone())])],
            &[(2, OfficeWrong), (2, ActUnsigned)],
        ),
        then(
            "no rule asks for signatures any more, and an appointment is signed all the same",
            vec![
                ("c1", vec![rule(nothing()), act("c1", 13)]),
                ("c1", vec![appointed("x1", &["clerk"]), act("c1", 1)]),
                ("u1", vec![concluded("无")]),
            ],
            &[],
        ),
        then(
            "no rule asks for signatures any more, and an appointment is not signed",
            vec![
                ("c1", vec![rule(nothing()), act("c1", 13)]),
                ("c1", vec![appointed("x1", &["clerk"])]),
            ],
            &[(2, ActUnsigned)],
        ),
        then(
            "a rule asks the clerk to sign requests",
            vec![
                (
                    "c1",
                    vec![
                        rule(json!({ "name": "acts_signed", "types": ["disbursement.requested"] })),
                        act("c1", 13),
                    ],
                ),
                ("k1", vec![requested("d-2", "4.00")]),
            ],
            &[(2, ActUnsigned)],
        ),
        then(
            "a rule asks for signatures under every rule",
            vec![
                (
                    "c1",
                    vec![
                        rule(json!({ "name": "acts_signed", "types": ["rule.set"] })),
                        act("c1", 13),
                    ],
                ),
                ("c1", vec![rule(on_papers())]),
                ("c1", vec![rule(on_papers()), act("c1", 18)]),
            ],
            &[(2, ActUnsigned)],
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
                ("c1", vec![with(rule(nothing()), json!({ "from": "2026-04-01" })), act("c1", 13)]),
                ("u1", vec![concluded("无")]),
            ],
            &[],
        ),
        then(
            "a rule of tomorrow is not in force",
            vec![
                ("c1", vec![with(rule(nothing()), json!({ "from": "2026-04-02" })), act("c1", 13)]),
                ("u1", vec![concluded("无")]),
            ],
            &[(2, ActUnsigned)],
        ),
    ]
}
