//! Private fields, from where they are typed to where they are gone.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use mingzhang::ids::SubjectId;
use mingzhang::vault::Vault;

use crate::program::{Desk, Ran, files, words};

const NAME: &str = "欧阳某某甲乙丙";
const PHONE: &str = "13900001234";

/// The demo's book, in which one member is in arrears, with his name and his telephone.
struct Book {
    desk: Desk,
    subject: SubjectId,
}

impl Book {
    fn new() -> Book {
        let desk = Desk::with_demo();
        let fields = format!("{{\"姓名\":\"{NAME}\",\"电话\":\"{PHONE}\"}}");
        let line = "-b d/book --as clerk-d --json vault put --of member=m-0045";
        let said = desk.run_with_input(line, fields.as_bytes()).ends(0);
        let subject = said.json()["subject"].as_str().unwrap().parse().unwrap();
        Book { desk, subject }
    }

    fn say(&self, line: &str) -> Ran {
        self.desk.run(&[&["-b", "d/book"], &words(line)[..]].concat())
    }

    fn erase(&self, more: &str) -> Ran {
        self.say(&format!(
            "--as clerk-d vault erase member=m-0045 --basis 本人申请 --approver chair-a {more}"
        ))
    }

    fn log(&self) -> String {
        self.desk.text("d/book/events.ndjson")
    }

    fn records(&self) -> usize {
        self.log().lines().count()
    }

    fn last_type(&self) -> String {
        let log = self.log();
        let last: serde_json::Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
        last["type"].as_str().unwrap().to_owned()
    }
}

/// All the ways in which these bytes may stand in a file. In base64 a text has three forms, by its
/// place; the first and last figures depend on what stands beside it.
pub(crate) fn forms(bytes: &[u8]) -> Vec<Vec<u8>> {
    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let hex = hex.concat();
    let mut forms = vec![bytes.to_vec(), hex.to_uppercase().into_bytes(), hex.into_bytes()];
    for shift in 0..3 {
        let shifted = BASE64_STANDARD_NO_PAD.encode([&[0; 2][..shift], bytes].concat());
        forms.push(
            shifted.as_bytes()[usize::from(shift > 0) * (shift + 1)..shifted.len() - 2].to_vec(),
        );
    }
    forms
}

#[track_caller]
pub(crate) fn nowhere(folder: &Path, secrets: &[Vec<u8>]) {
    for (path, bytes) in files(folder) {
        for form in secrets.iter().flat_map(|secret| forms(secret)) {
            let found = bytes.windows(form.len()).any(|part| part == form);
            assert!(!found, "{} holds {:?}", path.display(), String::from_utf8_lossy(&form));
        }
    }
}

#[test]
fn the_forms_that_are_looked_for_are_those_that_a_text_has() {
    let secret = b"13900001234";
    for before in ["", "a", "ab", "abc"] {
        let text = BASE64_STANDARD_NO_PAD.encode([before.as_bytes(), secret, b"z"].concat());
        let found = |form: &Vec<u8>| text.as_bytes().windows(form.len()).any(|part| part == form);
        assert!(forms(secret).iter().any(found), "{before}: {text}");
    }
}

/// The promise: after an erasure nothing that opens the commitment is anywhere in the book's folder,
/// and the book is what it was, and one record more.
#[test]
fn after_an_erasure_no_opening_is_anywhere_in_the_book() {
    let book = Book::new();
    let folder = book.desk.path("d/book");
    // So many records that the book has a snapshot.
    let groups: Vec<String> = (0..700)
        .map(|n| format!("{{\"command\":\"group.define\",\"group\":\"x{n}\",\"name\":\"组{n}\",\"as\":\"acc-b\"}}\n"))
        .collect();
    book.desk.write("groups.jsonl", groups.concat());
    book.say("apply groups.jsonl").ends(0);
    assert!(folder.join("snapshots").is_dir());
    let show = "--as clerk-d vault show member=m-0045 --field 姓名 --field 电话 --purpose 核对";
    let said = book.say(show).ends(0);
    assert_eq!(said.out, format!("姓名 {NAME}\n电话 {PHONE}\n"));
    let kept = Vault::open(&folder, None).unwrap().read(&book.subject).unwrap();
    assert_eq!(kept.len(), 2);
    let sealed =
        [format!("vault/{}.age", book.subject), format!("vault/keys/{}.age", book.subject)]
            .map(|name| std::fs::read(folder.join(name)).unwrap());
    let mut secrets = vec![NAME.as_bytes().to_vec(), PHONE.as_bytes().to_vec()];
    for kept in &kept {
        let hex = kept.opening.salt.to_hex();
        secrets.push(hex.as_bytes().to_vec());
        secrets.push(blake3::Hash::from_hex(hex.as_str()).unwrap().as_bytes().to_vec());
    }
    book.say("checkpoint sign").ends(0);
    let before = book.log();
    let verified = book.say("verify").ends(0).out;
    assert!(!verified.contains("field_erased"), "{verified}");

    let erased = book.erase("").ends(0);
    assert!(erased.out.starts_with(book.subject.as_str()), "{}", erased.out);

    nowhere(&folder, &secrets);
    // Nor are the files that were sealed: not under another name, not inside another file.
    for (path, bytes) in files(&folder) {
        for sealed in &sealed {
            let same = bytes.windows(sealed.len()).any(|part| part == sealed.as_slice());
            assert!(!same, "{} holds what was erased", path.display());
        }
    }
    let after = book.log();
    let added = after.strip_prefix(&before).unwrap();
    assert_eq!(added.lines().count(), 1);
    assert_eq!(book.last_type(), "privacy.erased");
    // The checkpoint that was signed before is still the book's.
    book.say("verify d/book --against d/book/checkpoint").ends(0);
    let said = book.say("verify").ends(0);
    let by = book.records() - 1;
    assert!(said.err.contains(&format!("姓名: erased by record {by}")), "{}", said.err);
    book.say("replay").ends(0);
    let masked = book.say(show).ends(0).out;
    assert_eq!(
        masked,
        format!("姓名 *** (erased by record {by})\n电话 *** (erased by record {by})\n")
    );
}

#[test]
fn one_field_of_two_is_erased_and_the_other_stays() {
    let book = Book::new();
    let folder = book.desk.path("d/book");
    let salt = {
        let kept = Vault::open(&folder, None).unwrap().read(&book.subject).unwrap();
        let name = kept.into_iter().find(|kept| kept.name.as_str() == "姓名").unwrap();
        name.opening.salt.to_hex().as_bytes().to_vec()
    };
    let old = std::fs::read(folder.join(format!("vault/keys/{}.age", book.subject))).unwrap();
    book.erase("--field 姓名").ends(0);
    nowhere(&folder, &[NAME.as_bytes().to_vec(), salt]);
    assert!(files(&folder).values().all(|bytes| *bytes != old), "the subject's key is a new one");
    let kept = Vault::open(&folder, None).unwrap().read(&book.subject).unwrap();
    let names: Vec<&str> = kept.iter().map(|kept| kept.name.as_str()).collect();
    assert_eq!(names, ["电话"]);
    let check = book.say("vault check").ends(0).out;
    assert!(check.contains("姓名: erased by record 428"), "{check}");
    // Erased is erased, and may be given anew.
    book.erase("--field 姓名").ends(3);
    let again = "-b d/book --as clerk-d vault put --of member=m-0045";
    let put = book.desk.run_with_input(again, "{\"姓名\":\"新名某\"}".as_bytes()).ends(0).out;
    assert!(put.starts_with(book.subject.as_str()), "the same subject: {put}");
    let show = "--as clerk-d vault show member=m-0045 --field 姓名 --purpose 核对";
    assert_eq!(book.say(show).ends(0).out, "姓名 新名某\n");
}

#[test]
fn no_value_is_in_the_book_in_an_error_or_in_what_is_said_beside_the_result() {
    let book = Book::new();
    let mut said = book.log();
    let desk = &book.desk;
    for bad in [
        format!("{{\"姓名\":\"{NAME}\",}}"),
        format!("{{\"姓名\":[\"{NAME}\"]}}"),
        format!("{{\"姓名\":\"{NAME}\",\"姓名\":\"{NAME}\"}}"),
        format!("{{\"姓名\":\"{NAME}\\u0007\"}}"),
        format!("{{\"姓名\":\"{}\"}}", NAME.repeat(40)),
        format!("{{\"{}\":\"x\"}}", NAME.repeat(40)),
        format!("\"{NAME}\""),
        format!("[\"{NAME}\"]"),
        NAME.to_owned(),
        "{}".to_owned(),
        String::new(),
    ] {
        for lang in ["en", "zh"] {
            let line = format!("-b d/book --as clerk-d --lang {lang} vault put --of member=m-0045");
            let ran = desk.run_with_input(&line, bad.as_bytes()).ends(2);
            assert_eq!(ran.out, "", "{bad}");
            said += &ran.err;
        }
    }
    // Refused by a rule, by the vault's key, and by a file that is no vault's.
    let fields = format!("{{\"姓名\":\"{NAME}\"}}");
    for (who, whom, code) in [("cash-c", "member=m-0045", 3), ("clerk-d", "member=m-9999", 3)] {
        let line = format!("-b d/book --as {who} vault put --of {whom}");
        said += &desk.run_with_input(&line, fields.as_bytes()).ends(code).err;
    }
    assert_eq!(book.records(), 428);
    for line in [
        "vault list",
        "vault list --json",
        "vault check",
        "vault check --json",
        "log --last 5",
        "log --last 5 --json",
        "show 427",
        "verify",
        "report dues",
        "report audit --json",
        "--as cash-c vault show member=m-0045 --field 姓名 --purpose 核对",
        "--as cash-c report dues --unmask 姓名 --purpose 核对",
        "--as acc-b vault show member=m-0045 --field 住址 --purpose 核对",
    ] {
        let ran = book.say(line);
        said += &(ran.out + &ran.err);
    }
    for secret in [NAME, PHONE] {
        assert!(!said.contains(secret), "{said}");
    }
}

#[test]
fn who_saw_what_and_why_is_recorded_before_it_is_shown() {
    let book = Book::new();
    let show = "vault show member=m-0045 --field 姓名 --purpose 催缴会费";
    let refused = book.say(&format!("--as cash-c {show}")).ends(3);
    assert!(refused.out.is_empty() && refused.err.contains("error[B04]"), "{}", refused.err);
    book.say(show).ends(2);
    assert_eq!(book.records(), 428);
    let said = book.say(&format!("--as clerk-d {show}")).ends(0);
    assert_eq!(said.out, format!("姓名 {NAME}\n"));
    let log = book.log();
    let last: serde_json::Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    assert_eq!(last["type"], "privacy.opened");
    assert_eq!(last["actor"], "clerk-d");
    assert_eq!(last["body"]["purpose"], "催缴会费");
    assert_eq!(last["body"]["subjects"], serde_json::json!([book.subject.as_str()]));
    // Looking twice is recorded twice.
    book.say(&format!("--as clerk-d {show}")).ends(0);
    assert_eq!(book.records(), 430);
    // Where the record cannot be made, nothing is shown.
    let clock = book.desk.command(&words(
        "-b d/book --clock 2025-01-02T01:00:00Z --as clerk-d vault show member=m-0045 --field 姓名 \
         --purpose 催缴",
    ));
    let mut clock = clock;
    let output = clock.output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(5), 0));
}

#[test]
fn a_report_masks_until_it_is_asked_and_records_who_asked() {
    let book = Book::new();
    let plain = book.say("report dues").ends(0).out;
    assert!(plain.contains("| m-0045 | g4 "), "{plain}");
    let asked = "report dues --unmask 姓名 --purpose 催缴会费";
    book.say(&format!("--as cash-c {asked}")).ends(3);
    assert_eq!(book.records(), 428);
    let shown = book.say(&format!("--as clerk-d {asked}")).ends(0).out;
    assert!(shown.contains(&format!("| m-0045 {NAME} | g4 ")), "{shown}");
    assert_eq!((book.records(), book.last_type()), (429, "privacy.opened".to_owned()));
    let json = book.say(&format!("--as clerk-d --json {asked}")).ends(0).json();
    assert_eq!(json["unmasked"]["members"]["m-0045"], NAME);
    assert_eq!(json["arrears"][0]["member"], "m-0045");
    // Officers are shown as the members that they are.
    let clerk = "-b d/book --as clerk-d vault put --of member=m-0014";
    book.desk.run_with_input(clerk, "{\"姓名\":\"司徒某某\"}".as_bytes()).ends(0);
    let audit = book.say("--as audit-f report audit --unmask 姓名 --purpose 审计").ends(0).out;
    assert!(audit.contains("| clerk-d 司徒某某 | chair-a *** "), "{audit}");
    // What was erased is masked, and nothing is opened for it.
    book.erase("").ends(0);
    let records = book.records();
    let masked = book.say(&format!("--as clerk-d {asked}")).ends(0).out;
    assert!(masked.contains("| m-0045 *** | g4 "), "{masked}");
    assert_eq!(book.records(), records);
    let nobody = book.say("--as clerk-d report funds --unmask 姓名 --purpose 核对").ends(2);
    assert!(nobody.err.contains("this report names no person"), "{}", nobody.err);
    assert_eq!(book.say("report dues").ends(0).out.lines().count(), plain.lines().count());
}

#[test]
fn an_erasure_that_was_recorded_and_not_carried_out_is_seen_and_made_good() {
    let book = Book::new();
    let erase = format!(
        "--as clerk-d record privacy.erase --subject {} --fields 姓名 --basis 本人申请 \
         --approver chair-a",
        book.subject
    );
    book.say(&erase).ends(0);
    let check = book.say("vault check").ends(4).out;
    assert!(check.contains("erasure_unfinished: "), "{check}");
    let verify = book.say("verify").ends(4).out;
    assert!(verify.contains("姓名: erased by record 428, and still in the vault"), "{verify}");
    let tidy = book.say("vault tidy").ends(0).out;
    assert!(tidy.starts_with("erasure_unfinished: "), "{tidy}");
    book.say("vault check").ends(0);
    book.say("verify").ends(0);
    let show = "--as clerk-d vault show member=m-0045 --field 电话 --purpose 核对";
    assert_eq!(book.say(show).ends(0).out, format!("电话 {PHONE}\n"));
}

#[test]
fn a_lost_file_a_wrong_key_and_a_lost_key_are_said_as_such() {
    let book = Book::new();
    let (file, key) = (format!("d/book/vault/{}.age", book.subject), "d/book/keys/vault.age-key");
    let show = "--as clerk-d vault show member=m-0045 --field 姓名 --purpose 核对";
    book.desk.copy(&file, "file");
    std::fs::remove_file(book.desk.path(&file)).unwrap();
    let said = book.say("verify --json").ends(4).json();
    assert_eq!(said["index"][0]["code"], "opening_missing");
    assert!(book.say(show).ends(4).err.starts_with("error[VLT4] the vault has no file "));
    book.desk.copy("file", &file);

    book.desk.copy(key, "key");
    let other = Desk::with_demo();
    let fields = b"{\"x\":\"y\"}";
    other.run_with_input("-b d/book --as clerk-d vault put --of member=m-0045", fields).ends(0);
    std::fs::copy(other.path(key), book.desk.path(key)).unwrap();
    let said = book.say(show).ends(4);
    assert!(said.out.is_empty() && said.err.starts_with("error[VLT4] "), "{}", said.err);
    assert_eq!(
        book.say("vault check --json").ends(4).json()["findings"][0]["code"],
        "opening_wrong"
    );
    // One field cannot be taken out of what does not open; the book does not say that it was.
    let records = book.records();
    book.erase("--field 姓名").ends(4);
    assert_eq!(book.records(), records);

    std::fs::remove_file(book.desk.path(key)).unwrap();
    assert!(book.say("vault check").ends(5).err.starts_with("error[VLT3] "));
    let put = "-b d/book --as clerk-d vault put --of member=m-0001";
    book.desk.run_with_input(put, fields).ends(5);
    assert_eq!(book.records(), records, "no key is made over what another one sealed");
    let said = book.say("verify").ends(0);
    assert!(said.err.contains("the vault was not checked"), "{}", said.err);
    // The whole subject can be erased without any key.
    book.erase("").ends(0);
    assert!(!book.desk.path(&file).exists());
}

#[test]
fn a_vault_under_a_passphrase_opens_with_it_alone() {
    let desk = Desk::with_demo();
    desk.write("good", "口令 2026\n");
    desk.write("wrong", "else\n");
    desk.write("fields.json", format!("{{\"姓名\":\"{NAME}\"}}"));
    let put = "-b d/book --as clerk-d vault put --of member=m-0045 fields.json";
    desk.say(&format!("{put} --passphrase-file good")).ends(0);
    let show = "-b d/book --as clerk-d vault show member=m-0045 --field 姓名 --purpose 核对";
    let none = desk.say(show).ends(2);
    assert!(none.err.starts_with("error[VLT2] "), "{}", none.err);
    desk.say(&format!("{show} --passphrase-file wrong")).ends(2);
    let shown = desk.say(&format!("{show} --passphrase-file good")).ends(0).out;
    assert_eq!(shown, format!("姓名 {NAME}\n"));
    let said = desk.say("-b d/book verify").ends(0);
    assert!(said.err.contains("under a passphrase"), "{}", said.err);
    let key = desk.read("d/book/keys/vault.age-key");
    assert!(key.starts_with(b"age-encryption.org/v1"));
}

#[test]
fn more_fields_than_a_record_holds_are_put_away_in_several() {
    let desk = Desk::with_demo();
    let fields: Vec<String> = (1..=45).map(|n| format!("\"字段{n}\":\"值{n}\"")).collect();
    let fields = format!("{{{}}}", fields.join(","));
    let line = "-b d/book --as clerk-d --json vault put --of disbursement=d-2025-028";
    let said = desk.run_with_input(line, fields.as_bytes()).ends(0).json();
    assert_eq!(said["records"].as_array().unwrap().len(), 3);
    desk.say("-b d/book vault check").ends(0);
    let erase = "-b d/book --as clerk-d --json vault erase disbursement=d-2025-028 --basis 申请 \
                 --approver chair-a";
    assert_eq!(desk.say(erase).ends(0).json()["records"].as_array().unwrap().len(), 3);
    let list = desk.say("-b d/book vault list").ends(0).out;
    let erased =
        ["#430", "#431", "#432"].map(|by| list.matches(&format!("erased by {by}")).count());
    assert_eq!(erased, [20, 20, 5], "{list}");
}

#[test]
fn beside_a_writer_nothing_half_done_is_called_wrong() {
    let book = Book::new();
    let file = format!("d/book/vault/{}.age", book.subject);
    let none = &mut |_| ();
    let writer = mingzhang::book::Book::open(&book.desk.path("d/book"), "pid 1, somebody", none);
    std::fs::remove_file(book.desk.path(&file)).unwrap();
    let said = book.say("verify").ends(0);
    let expected = "the vault was not checked: the book is in use by pid 1, somebody";
    assert!(said.err.contains(expected), "{}", said.err);
    book.say("vault check").ends(5);
    drop(writer.unwrap());
    book.say("verify").ends(4);
    book.say("vault check").ends(4);
}

#[test]
fn an_erasure_that_cannot_be_carried_out_says_that_it_is_recorded() {
    let book = Book::new();
    let key = book.desk.path(&format!("d/book/vault/keys/{}.age", book.subject));
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    std::fs::create_dir(&key).unwrap();
    let said = book.erase("").ends(5);
    assert!(said.out.is_empty(), "{}", said.out);
    assert!(said.err.contains("recorded as #428, and unfinished"), "{}", said.err);
    assert!(said.err.contains("next: mingzhang vault tidy"), "{}", said.err);
    assert_eq!(book.last_type(), "privacy.erased");
    std::fs::remove_dir(&key).unwrap();
    std::fs::write(&key, kept).unwrap();
    book.say("verify").ends(4);
    book.say("vault tidy").ends(0);
    book.say("verify").ends(0);
    assert!(!key.exists());
}

/// A bundle shows one field because it was asked for by name and for a purpose; the others of that
/// person are withheld, and nothing of anybody else is there.
#[test]
fn a_bundle_shows_the_fields_that_were_asked_for_and_no_other() {
    let book = Book::new();
    let subject = book.subject.clone();
    let before = book.records();
    let unsaid = book.say(&format!("--as chair-a export bundle --out b --open {subject}:姓名"));
    let unsaid = unsaid.ends(2);
    assert!(unsaid.err.contains("--purpose"), "{}", unsaid.err);
    let line = |field: &str, out: &str, by: &str| {
        format!("--as {by} export bundle --out {out} --open {subject}:{field} --purpose 审计")
    };
    book.say(&line("住址", "b", "acc-b")).ends(2);
    book.say(&line("姓名", "b", "cash-c")).ends(3);
    assert_eq!(book.records(), before, "nothing is shown, and nothing is recorded");
    book.say(&line("姓名", "b", "acc-b")).ends(0);
    assert_eq!((book.records(), book.last_type().as_str()), (before + 1, "privacy.opened"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let kept = std::fs::metadata(book.desk.path("b/openings.ndjson")).unwrap();
        assert_eq!(kept.permissions().mode() & 0o777, 0o600);
    }
    let openings = book.desk.text("b/openings.ndjson");
    assert!(openings.contains(NAME) && openings.contains("\"电话\":\"withheld\""), "{openings}");
    nowhere(&book.desk.path("b"), &[PHONE.as_bytes().to_vec()]);
    let verified = book.desk.run(&words("verify b --policy d/policy")).ends(0);
    assert!(verified.out.contains("verified and witnessed"), "{}", verified.out);
    let forged = openings.replace(NAME, "欧阳某某甲乙丁");
    std::fs::write(book.desk.path("b/openings.ndjson"), forged).unwrap();
    let broken = book.desk.run(&words("verify b --policy d/policy")).ends(4);
    assert!(broken.out.contains("opening_wrong"), "{}", broken.out);
}

#[test]
fn an_erasure_says_when_the_field_was_shown() {
    let book = Book::new();
    let subject = book.subject.clone();
    let shown = book.records();
    book.say("--as clerk-d vault show member=m-0045 --field 电话 --purpose 核对").ends(0);
    let open = format!("--open {subject}:姓名 --purpose 审计");
    book.say(&format!("--as acc-b export bundle --out b {open}")).ends(0);
    let erase = "--as clerk-d vault erase member=m-0045 --basis 本人申请 --approver chair-a";
    let said = book.say(&format!("{erase} --field 姓名")).ends(0);
    assert!(said.err.contains(&format!("by the records #{}:", shown + 1)), "{}", said.err);
    let rest = book.say(&format!("--json {erase}")).ends(0).json();
    assert_eq!(rest["shown_in"], serde_json::json!([shown]), "{rest}");
}
