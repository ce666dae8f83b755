//! A book for each fault that a file can show, with everything that is to be found in it.

mod bundles;
mod keeping;
mod offices;
mod rules;
mod spending;

use mingzhang::chain::checkpoint::{Checkpoint, NoteSignature};
use mingzhang::chain::key::{KeyId, KeyKind};
use mingzhang::chain::record::Origin;
use mingzhang::chain::tree::TreeHash;
use mingzhang::chain::verify::FaultKind::{self, *};
use mingzhang::chain::witness::cosign;
use serde_json::{Value, json};

use super::office::{command, office};
use super::{
    Bundle, DAY_SECONDS, ORIGIN, bundle, checkpoint, good, instant, key, log_key, named, policy,
    posted, record, records, reversal, seal, seal_with, sha256, signed, witness,
};

/// A faulty book, and what is to be found in it: records and kinds, all of them.
pub(crate) struct Case {
    /// What was done to the book.
    pub(crate) done: &'static str,
    pub(crate) bundle: Bundle,
    pub(crate) found: Vec<(Option<u64>, FaultKind)>,
}

pub(crate) fn cases() -> Vec<Case> {
    let records = [lines(), envelopes(), order(), openings(), vouchers(), periods(), reversals()];
    let officers = [offices::cases(), rules::cases(), spending::cases(), keeping::cases()];
    let bundles = [checkpoints(), bundles::cases()];
    records.into_iter().chain(officers).chain(bundles).flatten().collect()
}

/// The union with officers, and what its officers do after that; places are counted from there.
fn then(done: &'static str, parts: Vec<(&str, Vec<Value>)>, found: &[(u64, FaultKind)]) -> Case {
    let mut records = office();
    let after = records.len() as u64;
    for (n, (actor, part)) in parts.into_iter().enumerate() {
        records.extend(command(actor, &format!("x{n}~0123456789abcdef"), part));
    }
    let found = found.iter().map(|(record, kind)| (Some(after + record), *kind)).collect();
    Case { done, bundle: bundle(&seal(records)), found }
}

fn case(done: &'static str, bundle: Bundle, found: &[(u64, FaultKind)]) -> Case {
    let found = found.iter().map(|(record, kind)| (Some(*record), *kind)).collect();
    Case { done, bundle, found }
}

fn book_case(done: &'static str, bundle: Bundle, found: &[FaultKind]) -> Case {
    Case { done, bundle, found: found.iter().map(|kind| (None, *kind)).collect() }
}

/// A book whose keeper has changed the records before he chained and signed them.
fn kept(edit: impl FnOnce(&mut Vec<Value>)) -> Bundle {
    let mut records = records();
    edit(&mut records);
    bundle(&seal(records))
}

/// The same, with the bytes of one line replaced before they are chained.
fn written(record: usize, from: &str, to: &[u8]) -> Bundle {
    bundle(&seal_with(records(), |n, line| {
        if n == record { replaced(&line, from.as_bytes(), to) } else { line }
    }))
}

fn replaced(line: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = line.windows(from.len()).position(|part| part == from).unwrap();
    [&line[..at], to, &line[at + from.len()..]].concat()
}

/// A good book in whose file somebody without the keys has changed the order of lines.
fn moved(edit: impl FnOnce(&mut Vec<Vec<u8>>)) -> Bundle {
    let good = good();
    let mut lines = good.lines();
    edit(&mut lines);
    Bundle { events: super::file(&lines), ..good }
}

fn lines() -> Vec<Case> {
    let mut torn = good();
    torn.events.pop();
    let long = "长".repeat(1400);
    let deep = format!("{}{}", "[".repeat(15), "]".repeat(15));
    vec![
        case("the last line feed is cut off", torn, &[(8, LineTorn)]),
        case(
            "a record has more than 4096 bytes",
            kept(|r| {
                r[2]["type"] = "note.taken".into();
                r[2]["body"]["note"] = long.into();
            }),
            &[(2, RecordTooLong)],
        ),
        case("a byte is not UTF-8", written(2, "t1", b"t\xff"), &[(2, NotUtf8)]),
        case(
            "a record is an array",
            bundle(&seal_with(records(), |n, line| if n == 2 { b"[]".to_vec() } else { line })),
            &[(2, NotJson)],
        ),
        case("a brace is missing", written(2, "{\"actor\"", b"\"actor\""), &[(2, NotJson)]),
        case(
            "a record begins with a byte order mark",
            written(2, "{\"a", "\u{feff}{\"a".as_bytes()),
            &[(2, NotJson)],
        ),
        case(
            "arrays are nested too deep",
            kept(|r| {
                r[2]["type"] = "note.taken".into();
                r[2]["body"]["note"] = serde_json::from_str(&deep).unwrap();
            }),
            &[(2, TooDeep)],
        ),
        case(
            "a key stands twice",
            written(2, "\"actor\":\"t1\"", b"\"actor\":\"t1\",\"actor\":\"t1\""),
            &[(2, DuplicateKey)],
        ),
        case(
            "a field of record 0's body stands twice",
            written(0, "\"currency\":\"CNY\"", b"\"currency\":\"CNY\",\"currency\":\"CNY\""),
            &[(0, DuplicateKey), (0, BodyForm)],
        ),
        case(
            "a number is a fraction",
            written(0, "\"v\":1}", b"\"v\":1.0}"),
            &[(0, NumberForm), (0, EnvelopeForm)],
        ),
        case(
            "a number is too large for a reader",
            kept(|r| {
                r[2]["type"] = "note.taken".into();
                r[2]["body"]["n"] = 9_007_199_254_740_992_u64.into();
            }),
            &[(2, NumberForm)],
        ),
        case(
            "a space stands after a colon",
            written(2, "\"actor\":", b"\"actor\": "),
            &[(2, NotCanonical)],
        ),
        case("Chinese is escaped", written(2, "某", b"\\u67d0"), &[(2, NotCanonical)]),
        case(
            "keys are not sorted",
            bundle(&seal_with(records(), |n, line| {
                if n != 2 {
                    return line;
                }
                let without = replaced(&line, b"\"actor\":\"t1\",", b"");
                replaced(&without, b"\"v\":1}", b"\"v\":1,\"actor\":\"t1\"}")
            })),
            &[(2, NotCanonical)],
        ),
        case(
            "a letter and its accent stand apart",
            kept(|r| r[2]["actor"] = "e\u{301}".into()),
            &[(2, NotNfc)],
        ),
        case(
            "a line feed stands in a text",
            kept(|r| r[2]["actor"] = "t\n1".into()),
            &[(2, ControlCharacter)],
        ),
        case(
            "a delete character stands in a key",
            kept(|r| {
                r[2]["type"] = "note.taken".into();
                r[2]["body"]["\u{7f}"] = 1.into();
            }),
            &[(2, ControlCharacter)],
        ),
        case(
            "a policy of several lines stands in another record",
            kept(|r| {
                r[2]["type"] = "note.taken".into();
                r[2]["body"]["policy"] = "a\nb".into();
            }),
            &[(2, ControlCharacter)],
        ),
    ]
}

fn envelopes() -> Vec<Case> {
    let form =
        |done, edit: fn(&mut Value)| case(done, kept(|r| edit(&mut r[2])), &[(2, EnvelopeForm)]);
    vec![
        form("a field is missing", |r| drop(r.as_object_mut().unwrap().remove("actor"))),
        form("a field is unknown", |r| r["note"] = "x".into()),
        form("a field is null", |r| r["actor"] = Value::Null),
        form("an actor is empty", |r| r["actor"] = "".into()),
        form("a version is a text", |r| r["v"] = "1".into()),
        form("a type has no dot", |r| r["type"] = "noted".into()),
        form("a body's version is 0", |r| r["tv"] = 0.into()),
        form("a body is no object", |r| r["body"] = json!([])),
        form("a time is of no day", |r| r["at"] = "2026-02-30T09:00:00Z".into()),
        form("a time has a leap second", |r| r["at"] = "2026-03-31T23:59:60Z".into()),
        form("a hash has capital letters", |r| r["prev"] = "A".repeat(64).into()),
        case("an envelope is of version 2", kept(|r| r[2]["v"] = 2.into()), &[(2, VersionUnknown)]),
        case(
            "a record is of another book",
            kept(|r| r[2]["ledger"] = "gh.example.org/x".into()),
            &[(2, LedgerWrong)],
        ),
        case(
            "a record is earlier than the one before",
            kept(|r| r[2]["at"] = "2026-03-31T09:00:00Z".into()),
            &[(2, AtDecreases)],
        ),
        case(
            "a command's key is used again",
            kept(|r| r[5]["idem"] = "k1~fedcba9876543210".into()),
            &[(5, IdemRepeated)],
        ),
        case(
            "the last record promises another",
            kept(|r| r[8]["more"] = true.into()),
            &[(8, AppendUnfinished)],
        ),
    ]
}

fn order() -> Vec<Case> {
    let mut cases = vec![case(
        "a record was deleted and the rest chained again",
        kept(|r| {
            for (seq, record) in r.iter_mut().enumerate() {
                record["seq"] = seq.into();
            }
            r.remove(2);
        }),
        &[(2, RecordMissing)],
    )];
    // Who has not the keys leaves the checkpoint behind as it was.
    let without_keys = [
        (
            "a record was deleted",
            moved(|l| drop(l.remove(2))),
            &[(Some(2), RecordMissing), (Some(2), PrevWrong), (None, TailCut)][..],
        ),
        (
            "a record stands twice",
            moved(|l| l.insert(3, l[2].clone())),
            &[(Some(3), RecordDuplicated), (Some(3), PrevWrong), (None, RootWrong)],
        ),
        (
            "a record was put in",
            moved(|l| {
                let other = replaced(&l[2], b"\"idem\":\"k2", b"\"idem\":\"k9");
                let other = replaced(&other, b"\"more\":true", b"\"more\":false");
                l.insert(3, other);
            }),
            &[
                (Some(3), RecordInserted),
                (Some(3), PrevWrong),
                (Some(4), IdemRepeated),
                (Some(4), PrevWrong),
                (None, RootWrong),
            ],
        ),
        (
            "two records changed places",
            moved(|l| l.swap(4, 5)),
            &[
                (Some(4), RecordOutOfOrder),
                (Some(4), PrevWrong),
                (Some(5), RecordOutOfOrder),
                (Some(5), PrevWrong),
                (Some(6), PrevWrong),
                (None, RootWrong),
            ],
        ),
        (
            "a letter was changed",
            moved(|l| l[1] = replaced(&l[1], b"t1", b"t2")),
            &[(Some(2), PrevWrong), (None, RootWrong)],
        ),
    ];
    for (done, bundle, found) in without_keys {
        cases.push(Case { done, bundle, found: found.to_vec() });
    }
    cases
}

fn openings() -> Vec<Case> {
    let body = |done, edit: fn(&mut Value), found: &[FaultKind]| {
        let found: Vec<_> = found.iter().map(|kind| (0, *kind)).collect();
        case(done, kept(|r| edit(&mut r[0]["body"])), &found)
    };
    let other_log = key("gh.example.org/other", KeyKind::Log, 7).vkey().to_string();
    let other_key = key(ORIGIN, KeyKind::Log, 8).vkey().to_string();
    let mut cases = vec![
        case(
            "record 0 is something else",
            kept(|r| {
                r[0]["type"] = "note.taken".into();
                r[0]["body"]["policy"] = "".into();
            }),
            &[(0, LedgerCreatedMissing)],
        ),
        case(
            "a ledger is created twice",
            kept(|r| {
                r[2]["type"] = "ledger.created".into();
                r[2]["body"] = r[0]["body"].clone();
            }),
            &[(2, LedgerCreatedAgain)],
        ),
        body(
            "a field of the opening is missing",
            |b| drop(b.as_object_mut().unwrap().remove("random")),
            &[BodyForm],
        ),
        body("a field of the opening is unknown", |b| b["note"] = "x".into(), &[BodyForm]),
        body("a level is not known", |b| b["level"] = "city".into(), &[BodyForm]),
        body("an offset is too far", |b| b["utc_offset"] = "+15:00".into(), &[BodyForm]),
        body(
            "the agreed policy has no quorum",
            |b| {
                let policy = policy().replace("quorum any\n", "");
                b["policy_sha256"] = sha256(policy.as_bytes()).into();
                b["policy"] = policy.into();
            },
            &[PolicyInvalid],
        ),
        body(
            "the agreed policy has another hash",
            |b| b["policy_sha256"] = "00".repeat(32).into(),
            &[PolicyHashWrong],
        ),
        body(
            "the log key has another id",
            |b| {
                let vkey = b["log"].as_str().unwrap().to_owned();
                let (name, rest) = vkey.split_once('+').unwrap();
                b["log"] = format!("{name}+00000000{}", &rest[8..]).into();
            },
            &[VkeyInvalid],
        ),
        body(
            "the log key is a witness's",
            |b| b["log"] = witness(1).vkey().to_string().into(),
            &[VkeyInvalid],
        ),
        case(
            "record 0 names another key",
            kept(|r| r[0]["body"]["log"] = other_key.into()),
            &[(0, LogKeyDiffers)],
        ),
        case(
            "record 0 names a key of another book",
            kept(|r| r[0]["body"]["log"] = other_log.into()),
            &[(0, LogKeyDiffers)],
        ),
    ];
    let mut bundle = good();
    bundle.log_vkey = Some(format!("{}\n", key(ORIGIN, KeyKind::Log, 8).vkey()).into_bytes());
    cases.push(book_case("the bundle has another log key", bundle, &[LogKeyDiffers]));
    let mut bundle = good();
    bundle.log_vkey = Some(log_key().vkey().to_string().into_bytes());
    cases.push(book_case("log.vkey has no line feed", bundle, &[VkeyInvalid]));
    let mut bundle = good();
    bundle.policy = Some(policy().replace(
        &log_key().vkey().to_string(),
        &key("gh.example.org/x", KeyKind::Log, 7).vkey().to_string(),
    ));
    cases.push(case("the policy is about another book", bundle, &[(0, LogNotInPolicy)]));
    let mut bundle = good();
    bundle.chart = Some(b"{}".to_vec());
    cases.push(book_case("the chart is empty", bundle, &[ChartInvalid]));
    let mut bundle = good();
    bundle.chart.as_mut().unwrap().push(b'\n');
    cases.push(book_case("the chart has one more byte", bundle, &[ChartDiffers]));
    cases
}

fn vouchers() -> Vec<Case> {
    // The donation is the last voucher and in an open month, so that nothing follows from it.
    let body = |done, edit: fn(&mut Value), found: &[FaultKind]| {
        let found: Vec<_> = found.iter().map(|kind| (8, *kind)).collect();
        case(done, kept(|r| edit(&mut r[8]["body"])), &found)
    };
    let entry = |done, edit: fn(&mut Value), kind| {
        let found = [(8, kind)];
        case(done, kept(|r| edit(&mut r[8]["body"]["entries"])), &found)
    };
    vec![
        body(
            "the fact lacks a field",
            |b| drop(b.as_object_mut().unwrap().remove("into")),
            &[BodyForm],
        ),
        body(
            "a voucher has no number",
            |b| drop(b.as_object_mut().unwrap().remove("voucher")),
            &[VoucherIncomplete],
        ),
        body(
            "a voucher has no entries",
            |b| drop(b.as_object_mut().unwrap().remove("entries")),
            &[VoucherIncomplete],
        ),
        body(
            "a voucher has no day",
            |b| drop(b.as_object_mut().unwrap().remove("date")),
            &[VoucherIncomplete],
        ),
        body(
            "a number has three digits",
            |b| b["voucher"] = "记-2026-03-001".into(),
            &[VoucherForm],
        ),
        body(
            "a number has a leading zero",
            |b| b["voucher"] = "记-2026-03-00001".into(),
            &[VoucherForm],
        ),
        body("a number is a number", |b| b["voucher"] = 1.into(), &[VoucherForm]),
        body(
            "a number is of another month",
            |b| b["voucher"] = "记-2026-04-0001".into(),
            &[VoucherMonthWrong],
        ),
        body("a number is left out", |b| b["voucher"] = "记-2026-03-0002".into(), &[VoucherGap]),
        body(
            "a number is used again",
            |b| {
                b["voucher"] = "记-2026-02-0002".into();
            },
            &[VoucherRepeated, VoucherMonthWrong],
        ),
        body("a day is not in the calendar", |b| b["date"] = "2026-02-30".into(), &[DateForm]),
        body(
            "a day is later than the record",
            |b| b["date"] = "2026-04-02".into(),
            &[DateLate, VoucherMonthWrong],
        ),
        entry("there is no entry", |e| *e = json!([]), EntryForm),
        entry("an entry has both sides", |e| e[0]["credit"] = "1.00".into(), EntryForm),
        entry("an entry has a field too many", |e| e[0]["note"] = "x".into(), EntryForm),
        entry("an entry's fund is empty", |e| e[0]["fund"] = "".into(), EntryForm),
        entry("an entry is a text", |e| e[0] = "x".into(), EntryForm),
        entry("an amount has one decimal", |e| e[0]["debit"] = "500.0".into(), MoneyForm),
        entry("an amount is a number", |e| e[0]["debit"] = 500.into(), MoneyForm),
        entry("an amount is minus nothing", |e| e[0]["debit"] = "-0.00".into(), MoneyForm),
        entry(
            "amounts are red outside a reversal",
            |e| {
                e[0]["debit"] = "-500.00".into();
                e[1]["credit"] = "-500.00".into();
            },
            AmountNegative,
        ),
        entry(
            "the sides differ by one fen",
            |e| e[0]["debit"] = "500.01".into(),
            VoucherUnbalanced,
        ),
        entry("the sides are of two funds", |e| e[1]["fund"] = "general".into(), FundUnbalanced),
        entry("an account is not in the chart", |e| e[1]["account"] = "999".into(), AccountUnknown),
        entry(
            "an account has another name",
            |e| e[1]["name"] = "会费收入".into(),
            AccountNameWrong,
        ),
        entry(
            "dues are posted to cash",
            |e| {
                e[0]["account"] = "101".into();
                e[0]["name"] = "库存现金".into();
            },
            PostingDiffers,
        ),
        entry(
            "an entry of nothing is added",
            |e| {
                let more = json!({ "account": "101", "name": "库存现金", "fund": "general", "debit": "0.00" });
                e.as_array_mut().unwrap().push(more);
            },
            PostingDiffers,
        ),
        body(
            "a fact that moves money has no voucher",
            |b| {
                let body = b.as_object_mut().unwrap();
                body.remove("voucher");
                body.remove("entries");
            },
            &[PostingDiffers],
        ),
    ]
}

fn periods() -> Vec<Case> {
    vec![
        case(
            "a closing has a field too many",
            kept(|r| r[7]["body"]["note"] = "x".into()),
            &[(7, BodyForm)],
        ),
        case(
            "a closing counts a voucher too many",
            kept(|r| r[7]["body"]["vouchers"] = 3.into()),
            &[(7, PeriodTotalsWrong)],
        ),
        case(
            "a closing is one fen off",
            kept(|r| r[4]["body"]["debit"] = "20.51".into()),
            &[(4, PeriodTotalsWrong)],
        ),
        case(
            "a month is closed before the one before it",
            kept(|r| {
                r[7]["body"] =
                    json!({ "month": "2026-03", "vouchers": 0, "debit": "0.00", "credit": "0.00" });
                r.pop();
            }),
            &[(7, PeriodOrder)],
        ),
        case(
            "a closed month gets another voucher",
            kept(|r| {
                let dues = json!({ "date": "2026-02-06", "fund": "general", "into": "bank",
                "lines": [{ "member": "m-0001", "month": "2026-02", "amount": "1.00" }] });
                r[8] = record("dues.received", posted("dues.received", dues, "记-2026-02-0003"));
                r[8]["idem"] = "k8".into();
            }),
            &[(8, PostingInClosedPeriod)],
        ),
    ]
}

fn reversals() -> Vec<Case> {
    let body = |done, edit: fn(&mut Value), kind| {
        case(done, kept(|r| edit(&mut r[6]["body"])), &[(6, kind)])
    };
    let again = |seq: usize, found: &[(u64, FaultKind)], done| {
        case(
            done,
            kept(|r| {
                let mut red = record(
                    "entry.reversed",
                    reversal(&r[seq].clone(), seq as u64, "记-2026-02-0003"),
                );
                red["idem"] = "k7x".into();
                r.insert(7, red);
                let sign = if seq == 5 { "-0.05" } else { "0.05" };
                r[8]["body"] =
                    json!({ "month": "2026-02", "vouchers": 3, "debit": sign, "credit": sign });
                r.pop();
            }),
            found,
        )
    };
    vec![
        body("a reversal has no reason", |b| b["reason"] = "".into(), BodyForm),
        body(
            "a reversal is of a record without voucher",
            |b| b["reverses"] = 4.into(),
            ReversalTargetWrong,
        ),
        body(
            "a reversal is of a record to come",
            |b| b["reverses"] = 8.into(),
            ReversalTargetWrong,
        ),
        body(
            "a reversal names another number",
            |b| b["reverses_voucher"] = "记-2026-02-0009".into(),
            ReversalTargetWrong,
        ),
        case(
            "a reversal is of another amount",
            kept(|r| {
                r[6]["body"]["entries"][0]["debit"] = "-0.04".into();
                r[6]["body"]["entries"][1]["credit"] = "-0.04".into();
                r[7]["body"]["debit"] = "0.01".into();
                r[7]["body"]["credit"] = "0.01".into();
            }),
            &[(6, ReversalEntriesWrong)],
        ),
        again(5, &[(7, ReversalRepeated)], "a voucher is reversed twice"),
        again(6, &[(7, ReversalOfReversal)], "a reversal is reversed"),
    ]
}

fn checkpoints() -> Vec<Case> {
    let with = |done, edit: fn(&mut Bundle, &[Vec<u8>]), found: &[FaultKind]| {
        let mut bundle = good();
        let lines = bundle.lines();
        edit(&mut bundle, &lines);
        book_case(done, bundle, found)
    };
    let mut cases = vec![
        with(
            "a checkpoint has a fourth line",
            |b, lines| {
                let note = signed(&checkpoint(lines), &[]).to_string();
                b.checkpoints[0] = named("checkpoint", note.replacen("\n\n", "\nmore\n\n", 1));
            },
            &[CheckpointForm],
        ),
        with(
            "a checkpoint lies under another size",
            |b, lines| {
                b.checkpoints.push(named("checkpoints/8", signed(&checkpoint(lines), &[1])));
            },
            &[CheckpointForm],
        ),
        with(
            "a checkpoint is of another book",
            |b, lines| {
                let origin = Origin::parse("gh.example.org/x").unwrap();
                let other = Checkpoint { origin, ..checkpoint(lines) };
                let note = other.sign(&key("gh.example.org/x", KeyKind::Log, 9)).unwrap();
                b.checkpoints[0] = named("checkpoint", note);
            },
            &[CheckpointOriginWrong, CheckpointUnsigned],
        ),
        with(
            "a checkpoint is signed by another key",
            |b, lines| {
                let note = checkpoint(lines).sign(&key(ORIGIN, KeyKind::Log, 9)).unwrap();
                b.checkpoints[0] = named("checkpoint", note);
            },
            &[CheckpointUnsigned],
        ),
        with(
            "a log signature is forged",
            |b, lines| {
                let note = signed(&checkpoint(lines), &[]);
                let line = NoteSignature { bytes: vec![1; 64], ..note.signatures()[0].clone() };
                b.checkpoints[0] = named("checkpoint", format!("{}\n{line}\n", note.text()));
            },
            &[LogSignatureWrong],
        ),
        with(
            "a cosignature is forged",
            |b, lines| {
                let mut note = signed(&checkpoint(lines), &[1]);
                let line = NoteSignature { bytes: vec![1; 72], ..note.signatures()[1].clone() };
                note.attach(line).unwrap();
                b.checkpoints[0] = named("checkpoint", note);
            },
            &[CosignatureWrong],
        ),
        with(
            "a cosignature is of another time",
            |b, lines| {
                let note = signed(&checkpoint(lines), &[1]);
                let mut line = note.signatures()[1].clone();
                line.bytes[7] ^= 1;
                let text = format!("{}\n{}\n{line}\n", note.text(), note.signatures()[0]);
                b.checkpoints[0] = named("checkpoint", text);
            },
            &[CosignatureWrong],
        ),
        with(
            "the tail is cut off",
            |b, lines| {
                b.events = super::file(&lines[..8]);
            },
            &[TailCut],
        ),
        with(
            "a checkpoint has another root",
            |b, lines| {
                let other = Checkpoint { root: TreeHash::from([9; 32]), ..checkpoint(lines) };
                b.checkpoints[0] = named("checkpoint", signed(&other, &[1]));
            },
            &[RootWrong],
        ),
        with(
            "two histories of one size are signed",
            |b, lines| {
                let other = Checkpoint { root: TreeHash::from([9; 32]), ..checkpoint(lines) };
                b.against.push(named("held", signed(&other, &[1])));
            },
            &[RootWrong, LogFork],
        ),
    ];
    // Lines of other keys are ignored, also when the name or the id alone agrees.
    let mut bundle = good();
    let lines = bundle.lines();
    let mut note = signed(&checkpoint(&lines), &[]);
    for key_id in [KeyId::from([0; 4]), witness(1).vkey().id()] {
        note.attach(NoteSignature { key_id, ..note.signatures()[0].clone() }).unwrap();
    }
    let late = instant(super::COSIGNED).plus_seconds(-36 * DAY_SECONDS);
    note.attach(cosign(&note, &witness(2), late).unwrap()).unwrap();
    bundle.checkpoints[0] = named("checkpoint", note);
    cases.push(book_case("strangers have signed, and a witness long ago", bundle, &[]));
    cases
}
