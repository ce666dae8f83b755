//! Private fields, papers, receipts and log keys: sections 17, 20 and 21 of the format.

use mingzhang::chain::verify::FaultKind::{self, *};
use serde_json::{Value, json};

use super::super::office::{
    DUES, PAPER, REQUEST, act, attached, commitment, committed, erased, receipt, rotated,
};
use super::super::{Bundle, checkpoint, named, policy, record, reversal, sha256, witness};
use super::offices::{AFTER, Part, one, with};
use super::{Case, case, kept, then};

pub(super) fn cases() -> Vec<Case> {
    [starts(), privacy(), papers(), receipts(), log_keys()].into_iter().flatten().collect()
}

/// The day on which the book starts.
fn starts() -> Vec<Case> {
    vec![
        case(
            "a voucher is dated before the book starts",
            kept(|r| r[0]["body"]["starts"] = "2026-01-06".into()),
            &[(1, PostingInClosedPeriod)],
        ),
        case(
            "the first voucher is dated when the book starts",
            kept(|r| r[0]["body"]["starts"] = "2026-01-05".into()),
            &[],
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
    let dues = super::office().swap_remove(usize::try_from(DUES).unwrap());
    let mut reversed = record("entry.reversed", reversal(&dues, DUES, "记-2026-03-0003"));
    reversed["body"]["date"] = "2026-03-28".into();
    let mut padded = record("dues.received", dues["body"].clone());
    padded["body"]["voucher"] = "记-2026-03-0003".into();
    padded["body"]["lines"][0]["amount"] = "99.00".into();
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
        then(
            "a receipt is for dues that were reversed",
            vec![
                ("a1", vec![reversed]),
                ("p1", vec![receipt("收-2026-0002", "m-0002", DUES, "3.00")]),
            ],
            &[(1, ReceiptWrong)],
        ),
        then(
            "a receipt is for dues whose lines say more than was booked",
            vec![
                ("a1", vec![padded]),
                ("p1", vec![receipt("收-2026-0002", "m-0002", AFTER, "3.00")]),
            ],
            &[(0, PostingDiffers), (1, ReceiptWrong)],
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
    let by =
        |officer, proved| -> Vec<Part> { vec![(officer, vec![rotated(7, 8, proved, json!({}))])] };
    let mut at_no_time = rotated(7, 8, false, none.clone());
    at_no_time["at"] = "2026".into();
    let other_policy = record(
        "witness.changed",
        json!({ "policy": policy(), "policy_sha256": sha256(policy().as_bytes()), "reason": "换届" }),
    );
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
        under(
            7,
            7,
            "a lost log key is replaced at no time, and by nobody",
            vec![("c1", vec![at_no_time])],
            &[(Some(0), EnvelopeForm), (Some(0), KeyRotationWrong)],
        ),
        under(8, 7, "the accountant changes the log key", by("a1", true), &[]),
        under(8, 7, "the clerk changes the log key", by("k1", true), &[(Some(0), OfficeWrong)]),
        under(
            8,
            7,
            "the audit committee changes a log key that is not lost",
            by("u1", true),
            &[(Some(0), OfficeWrong)],
        ),
        under(
            8,
            7,
            "the audit committee replaces a lost log key",
            vec![("u1", vec![rotated(7, 8, false, none.clone()), act("u1", 1), act("c1", 1)])],
            &[],
        ),
        one("the clerk changes the witnesses", "k1", other_policy, &[OfficeWrong]),
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
