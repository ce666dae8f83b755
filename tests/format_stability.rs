//! What is on the disk is set in stone: a golden record of every fact's every form, for ever.
//!
//! `MINGZHANG_BLESS=1` writes the files that are missing and never one that is there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;
mod golden;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use given::acts::{
    AUDITOR_KEY, CHAIR_KEY, LOG_KEY, NEXT_LOG_KEY, OTHER_KEY, both, change_witnesses, clear,
    conclude, finding, finding_fields, log_key, register, register_with_chair, reopen, rotate,
    rotate_lost, signs, union_with_log_key,
};
use given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, adjust, allocation,
    appoint, approve, asks, bless, cash, close, close_year, dues, eleven_months, given_on,
    interest, opening, pay, payroll, remit, request, request_for, requested, reverse, rule,
    subsidy, transfer, union,
};
use mingzhang::book::recorded;
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::Envelope;
use mingzhang::event::Fact;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const DAY: &str = "2025-01-15";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/golden")
}

fn hashes_file() -> PathBuf {
    folder().join("hashes.txt")
}

/// A book in which everything happens that can. It grows at its end alone: the golden records hold
/// their places in it.
fn story() -> Vec<Asked> {
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

/// The chart of the first books: records are not made anew when the statutory one has a new edition.
const CHART: &str = "cn-gonghui-2021";

/// The story's records, with the last interest reversed before January is closed.
fn records() -> Vec<Vec<u8>> {
    let story = story();
    let place = story.iter().position(|asked| asked.command.name() == "interest.receive").unwrap();
    let mut book = given_on(CHART, story[..place].iter().cloned());
    let seq = book.then(&story[place]).first().unwrap().seq;
    book.then(&reverse(DAY, seq.0));
    for asked in &story[place + 1..] {
        book.then(asked);
    }
    book.lines()
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
fn signed_records() -> Vec<Vec<u8>> {
    let mut book = given_on(CHART, union_that_signed());
    let february = "2025-02-10";
    let mut owned = finding_fields(february, "f-2", &[2, 3]);
    (owned["owner"], owned["due"]) = (ACCOUNTANT.into(), "2025-03-10".into());
    let policy = format!("log {}\nquorum none\n", log_key(LOG_KEY).vkey());
    let sha256 = blake3::Hash::from_bytes(Sha256::digest(&policy).into()).to_string();
    for asked in [
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
    ] {
        book.then(&asked);
    }
    let place = |book: &given::Given| book.state().next().0;
    book.then(&rotate(february, place(&book), LOG_KEY, NEXT_LOG_KEY));
    let lost = rotate_lost(february, place(&book), NEXT_LOG_KEY, OTHER_KEY);
    book.then(&lost.signed(both()));
    let types = json!({"name": "acts_signed", "types": ["approval.given", "period.reopened"]});
    book.then(&rule(CHAIR, february, &types));
    book.lines()
}

/// The chart of the families' books.
const STATUTORY_2: &str = "cn-gonghui-2021-2";

/// Fields that say which of its kinds a thing is.
const KINDS: &[&str] = &["kind", "acquires", "step", "level", "channel", "stage", "how", "class"];

/// Which fields there are, and which of its kinds a thing is: records alike in this are one form.
fn form(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let path = format!("{path}.{name}");
                if let (true, Value::String(kind)) = (KINDS.contains(&name.as_str()), field) {
                    found.insert(format!("{path}={kind}"));
                }
                form(field, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| form(item, path, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            found.insert(path.to_owned());
        }
    }
}

/// One record of every form, by the name of its file: the fact, its version, the form's number.
fn examples() -> BTreeMap<String, Vec<u8>> {
    let mut forms: BTreeMap<(String, u32), Vec<BTreeSet<String>>> = BTreeMap::new();
    let mut examples = BTreeMap::new();
    let families = golden::books().into_iter().flat_map(|book| given_on(STATUTORY_2, book).lines());
    for line in records().into_iter().chain(signed_records()).chain(families) {
        let envelope = Envelope::read(&line).unwrap();
        let mut found = BTreeSet::new();
        form(&Value::Object(envelope.body), "", &mut found);
        let seen = forms.entry((envelope.kind.clone(), envelope.tv)).or_default();
        if !seen.contains(&found) {
            seen.push(found);
            examples.insert(format!("{}.{}-{}.json", envelope.kind, envelope.tv, seen.len()), line);
        }
    }
    examples
}

/// The golden files: name and record, without the newline.
fn golden() -> BTreeMap<String, Vec<u8>> {
    static BLESSED: Once = Once::new();
    BLESSED.call_once(|| {
        if bless() {
            add_missing();
        }
    });
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let records = entries.filter(|path| path.extension().is_some_and(|e| e == "json"));
    records
        .map(|path| {
            let mut line = fs::read(&path).unwrap();
            assert_eq!(line.pop(), Some(b'\n'), "{}", path.display());
            (path.file_name().unwrap().to_str().unwrap().to_owned(), line)
        })
        .collect()
}

/// Every file's hash as it was when the file was made.
fn hashes() -> BTreeMap<String, RecordHash> {
    let text = fs::read_to_string(hashes_file()).unwrap();
    let read = |line: &str| {
        let (hash, name) = line.split_once("  ").unwrap();
        (name.to_owned(), RecordHash::parse(hash).unwrap())
    };
    text.lines().map(read).collect()
}

/// Adds what is missing; what is there stays as it is.
fn add_missing() {
    fs::create_dir_all(folder()).unwrap();
    let mut listed = fs::read_to_string(hashes_file()).unwrap_or_default();
    for (name, line) in examples() {
        let path = folder().join(&name);
        if path.exists() || listed.contains(&format!("  {name}\n")) {
            continue;
        }
        writeln!(listed, "{}  {name}", RecordHash::of(&line)).unwrap();
        fs::write(&path, [line.as_slice(), b"\n"].concat()).unwrap();
    }
    fs::write(hashes_file(), listed).unwrap();
}

#[test]
fn every_fact_has_its_golden_record_and_no_golden_record_has_changed() {
    let (golden, hashes) = (golden(), hashes());
    let (files, listed): (Vec<_>, Vec<_>) = (golden.keys().collect(), hashes.keys().collect());
    assert_eq!(files, listed, "hashes.txt lists each golden record once");
    for (name, line) in &golden {
        assert_eq!(RecordHash::of(line), hashes[name], "{name} has changed, which must never be");
    }
    let kinds = |names: Vec<&String>| -> BTreeSet<String> {
        names.iter().map(|name| name.rsplit_once('.').unwrap().0.to_owned()).collect()
    };
    let of_today = examples();
    let missing: Vec<_> =
        kinds(of_today.keys().collect()).difference(&kinds(files)).cloned().collect();
    assert_eq!(missing, Vec::<String>::new(), "bless adds what is missing");
    for kind in Fact::NAMES {
        let has = golden.keys().any(|name| name.starts_with(&format!("{kind}.")));
        assert!(has, "{kind} has no golden record");
    }
}

#[test]
fn old_bytes_are_the_same_fact_and_the_same_fact_is_the_same_bytes() {
    for (name, line) in golden() {
        let envelope = Envelope::read(&line).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(name.starts_with(&format!("{}.{}-", envelope.kind, envelope.tv)), "{name}");
        let record = recorded(envelope.clone()).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(record.fact.kind(), envelope.kind, "{name}");
        // An older version is brought up in memory, and its bytes stay as they are.
        if record.fact.version() == envelope.tv {
            let body = record.fact.to_body(record.voucher.as_ref()).unwrap();
            let written = Envelope { body, ..envelope }.seal().unwrap();
            assert!(written.bytes == line, "{name}: {}", String::from_utf8_lossy(&written.bytes));
            assert_eq!(written.hash, hashes()[&name], "{name}");
        }
    }
}

#[test]
fn the_same_commands_write_the_golden_records_byte_by_byte() {
    let golden = golden();
    for (name, line) in examples() {
        let Some(expected) = golden.get(&name) else { panic!("{name} has no golden record") };
        // A newer version of one fact changes the hashes of whatever follows it, and nothing else.
        let Envelope { prev, idem, .. } = Envelope::read(expected).unwrap();
        let mut written = Envelope { prev, ..Envelope::read(&line).unwrap() };
        // So it is with the digest of a signed command: it is signed about a record before it.
        if written.more && written.idem.key() == idem.key() {
            written.idem = idem;
        }
        let written = written.seal().unwrap();
        let (found, expected) =
            (String::from_utf8_lossy(&written.bytes), String::from_utf8_lossy(expected));
        assert!(found == expected, "{name}:\n{found}\n{expected}");
    }
}

#[test]
fn a_newer_version_and_an_unknown_fact_are_not_read_as_something_else() {
    for (name, line) in golden() {
        let envelope = Envelope::read(&line).unwrap();
        let newer = Envelope { tv: envelope.tv + 1_000, ..envelope.clone() };
        assert!(recorded(newer).is_err(), "{name}");
        let other = Envelope { kind: format!("{}.x", envelope.kind), ..envelope.clone() };
        assert!(recorded(other).is_err(), "{name}");
        let mut more = envelope;
        more.body.insert("surplus".to_owned(), "field".into());
        assert!(recorded(more).is_err(), "{name}: a field more");
    }
}

#[test]
fn the_officers_of_the_story_are_those_of_the_book() {
    let actors: BTreeSet<String> =
        records().iter().map(|line| Envelope::read(line).unwrap().actor.to_string()).collect();
    let all = [ACCOUNTANT, AUDITOR, CASHIER, CHAIR, CLERK, FINANCE];
    assert_eq!(actors, all.iter().map(|officer| (*officer).to_owned()).collect());
}
