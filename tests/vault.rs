//! The vault: what opens the commitments is kept apart, and what was erased is nowhere.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mingzhang::chain::private::{Opening, PrivateText, Salt};
use mingzhang::event::privacy::{Commitment, Commitments, Erasure};
use mingzhang::event::{Fact, Recorded};
use mingzhang::ids::{Seq, SubjectId, Text};
use mingzhang::projection::State;
use mingzhang::vault::{Finding, FindingKind, Kept, Places, Vault, VaultError, check};

const NAME: &str = "姓名";
const PHONE: &str = "电话";

/// A book's folder with a vault, and the state that its records would add up to.
struct Desk {
    folder: tempfile::TempDir,
    state: State,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap(), state: State::default() }
    }

    fn book(&self) -> &Path {
        self.folder.path()
    }

    fn vault(&self) -> Vault {
        Vault::open_or_make(self.book(), None).unwrap()
    }

    fn record(&mut self, fact: Fact) {
        let at = mingzhang::date::Instant::EPOCH;
        let (seq, actor) = (self.state.next(), "clerk".parse().unwrap());
        self.state.apply(&Recorded { seq, at, actor, fact, voucher: None, key: None }, None);
    }

    fn commit(&mut self, kept: &[Kept]) {
        let commitment = |kept: &Kept| Commitment {
            name: kept.name.clone(),
            commitment: kept.opening.commitment(&kept.name).unwrap(),
        };
        let fields = kept.iter().map(commitment).collect();
        let subject = subject();
        self.record(Fact::PrivacyCommitted(Commitments { subject, fields, of: None }));
    }

    fn erase(&mut self, fields: &[&str]) {
        self.record(Fact::PrivacyErased(Erasure {
            subject: subject(),
            fields: fields.iter().map(|name| text(name)).collect(),
            basis: "本人申请".parse().unwrap(),
            approver: "chair".parse().unwrap(),
        }));
    }

    fn put(&mut self, kept: &[Kept]) {
        self.vault().add(&subject(), kept).unwrap();
        self.commit(kept);
        self.settle();
    }

    fn settle(&self) {
        let subject_state = self.state.privacy.subject(&subject()).unwrap();
        self.vault().settle(&subject(), subject_state).unwrap();
    }

    fn findings(&self) -> Vec<(String, String)> {
        let found = check(&self.vault(), &self.state.privacy).unwrap();
        let said = |f: Finding| {
            let field = f.field.map(|field| field.to_string()).unwrap_or_default();
            (field, f.kind.name().to_owned())
        };
        found.into_iter().map(said).collect()
    }

    fn shown(&self, name: &str) -> Option<String> {
        let state = self.state.privacy.subject(&subject()).unwrap();
        let opening = self.vault().opening(&subject(), state, &text(name)).unwrap();
        opening.map(|opening| opening.value.expose().to_owned())
    }

    fn file(&self) -> PathBuf {
        self.book().join("vault/s-1.age")
    }

    fn key(&self) -> PathBuf {
        self.book().join("vault/keys/s-1.age")
    }

    fn vault_key(&self) -> PathBuf {
        Places::of_book(self.book()).key()
    }
}

fn subject() -> SubjectId {
    "s-1".parse().unwrap()
}

fn text(text: &str) -> Text {
    text.parse().unwrap()
}

fn kept(name: &str, value: &str, salt: u8) -> Kept {
    let value = PrivateText::parse(value).unwrap();
    Kept { name: text(name), opening: Opening { salt: Salt::new([salt; 32]), value } }
}

fn both() -> [Kept; 2] {
    [kept(NAME, "甲某某", 1), kept(PHONE, "00000000000", 2)]
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

fn fault(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

#[test]
fn what_is_put_away_opens_its_commitment_and_is_nowhere_in_clear() {
    let mut desk = Desk::new();
    desk.put(&both());
    assert_eq!(desk.shown(NAME).as_deref(), Some("甲某某"));
    assert_eq!(desk.shown(PHONE).as_deref(), Some("00000000000"));
    assert_eq!(desk.findings(), []);
    for (path, bytes) in files(desk.book()) {
        for secret in ["甲某某", "00000000000", &"01".repeat(32), &"02".repeat(32)] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{} holds {secret}", path.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn the_owner_alone_reads_the_vault() {
    use std::os::unix::fs::PermissionsExt;
    let mut desk = Desk::new();
    desk.put(&both());
    for path in [desk.file(), desk.key(), desk.vault_key()] {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    let mode = fs::metadata(desk.book().join("vault")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn after_the_last_field_neither_the_file_nor_the_key_is_there() {
    let mut desk = Desk::new();
    desk.put(&both());
    let (file, key) = (fs::read(desk.file()).unwrap(), fs::read(desk.key()).unwrap());
    desk.erase(&[NAME, PHONE]);
    desk.settle();
    assert!(!desk.file().exists() && !desk.key().exists());
    // Not under another name either.
    for (path, bytes) in files(desk.book()) {
        assert!(bytes != file && bytes != key, "{}", path.display());
    }
    assert_eq!(desk.findings(), [fault(NAME, "field_erased"), fault(PHONE, "field_erased")]);
    assert_eq!(desk.shown(NAME), None);
    // Whoever kept a copy of the file alone has noise: its key is gone.
    fs::write(desk.file(), file).unwrap();
    assert!(matches!(desk.vault().read(&subject()), Err(VaultError::Lost { .. })));
}

#[test]
fn after_one_field_of_two_the_other_is_under_a_new_key() {
    let mut desk = Desk::new();
    desk.put(&both());
    let (file, key) = (fs::read(desk.file()).unwrap(), fs::read(desk.key()).unwrap());
    desk.erase(&[NAME]);
    desk.settle();
    assert_eq!(desk.shown(PHONE).as_deref(), Some("00000000000"));
    assert_eq!(desk.vault().read(&subject()).unwrap(), [kept(PHONE, "00000000000", 2)]);
    assert_eq!(desk.findings(), [fault(NAME, "field_erased")]);
    // The key that is left does not open a copy of the old file, nor the old key the new file.
    let (new_file, new_key) = (fs::read(desk.file()).unwrap(), fs::read(desk.key()).unwrap());
    fs::write(desk.file(), file).unwrap();
    assert!(matches!(desk.vault().read(&subject()), Err(VaultError::Sealed { .. })));
    fs::write(desk.key(), key).unwrap();
    assert_eq!(desk.vault().read(&subject()).unwrap().len(), 2, "the old pair was whole");
    fs::write(desk.file(), new_file).unwrap();
    assert!(matches!(desk.vault().read(&subject()), Err(VaultError::Sealed { .. })));
    fs::write(desk.key(), new_key).unwrap();
    assert_eq!(desk.shown(PHONE).as_deref(), Some("00000000000"));
}

/// A crash leaves the folder as it was between two writes; each is made here, and opened again.
#[test]
fn a_crash_between_an_opening_and_its_record_loses_nothing() {
    let mut desk = Desk::new();
    desk.put(&both());
    let newer = kept(NAME, "乙某某", 3);
    desk.vault().add(&subject(), std::slice::from_ref(&newer)).unwrap();
    // Not recorded: what is in force still opens, and what is too many is said.
    assert_eq!(desk.shown(NAME).as_deref(), Some("甲某某"));
    assert_eq!(desk.findings(), [fault(NAME, "opening_left_over")]);
    desk.settle();
    assert_eq!(desk.findings(), []);
    assert_eq!(desk.vault().read(&subject()).unwrap(), both());
    // Recorded: the older one is what is too many.
    desk.vault().add(&subject(), std::slice::from_ref(&newer)).unwrap();
    desk.commit(std::slice::from_ref(&newer));
    assert_eq!(desk.shown(NAME).as_deref(), Some("乙某某"));
    assert_eq!(desk.findings(), [fault(NAME, "opening_left_over")]);
    desk.settle();
    assert_eq!(desk.findings(), []);
    assert_eq!(desk.vault().read(&subject()).unwrap(), [both()[1].clone(), newer]);
}

#[test]
fn a_crash_after_the_record_of_an_erasure_is_seen_and_made_good() {
    let mut desk = Desk::new();
    desk.put(&both());
    desk.erase(&[NAME]);
    assert_eq!(desk.findings(), [fault(NAME, "erasure_unfinished")]);
    let found = check(&desk.vault(), &desk.state.privacy).unwrap();
    assert_eq!(found[0].kind, FindingKind::ErasureUnfinished { by: Seq(1) });
    assert!(found[0].kind.is_fault());
    desk.settle();
    assert_eq!(desk.findings(), [fault(NAME, "field_erased")]);
    desk.settle();
    assert_eq!(desk.shown(PHONE).as_deref(), Some("00000000000"));
    // The whole subject, without its key being needed.
    desk.erase(&[PHONE]);
    assert!(desk.findings().contains(&fault(PHONE, "erasure_unfinished")));
    Places::of_book(desk.book()).destroy(&subject()).unwrap();
    assert_eq!(desk.findings(), [fault(NAME, "field_erased"), fault(PHONE, "field_erased")]);
}

/// While a subject's key is changed there are three writes; after each of them the rest still opens.
#[test]
fn a_crash_while_the_key_changes_leaves_what_still_opens() {
    let mut desk = Desk::new();
    desk.put(&both());
    let old = (fs::read(desk.file()).unwrap(), fs::read(desk.key()).unwrap());
    desk.erase(&[NAME]);
    desk.settle();
    let new = fs::read(desk.file()).unwrap();
    let keys = |path: &Path| {
        let vault_key = fs::read_to_string(desk.vault_key()).unwrap();
        let vault_key: age::x25519::Identity =
            vault_key.lines().find(|l| !l.starts_with('#')).unwrap().parse().unwrap();
        let sealed = fs::read(path).unwrap();
        (age::decrypt(&vault_key, &sealed).unwrap(), vault_key.to_public())
    };
    let (new_keys, to) = keys(&desk.key());
    fs::write(desk.key(), &old.1).unwrap();
    let (old_keys, _) = keys(&desk.key());
    let both_keys = age::encrypt(&to, &[new_keys, old_keys].concat()).unwrap();
    for file in [&old.0, &new] {
        fs::write(desk.file(), file).unwrap();
        fs::write(desk.key(), &both_keys).unwrap();
        assert_eq!(desk.shown(PHONE).as_deref(), Some("00000000000"));
        fs::write(desk.file().with_extension("new"), b"half a dra").unwrap();
        fs::write(desk.key().with_extension("new"), b"half a dra").unwrap();
        desk.settle();
        assert_eq!(desk.findings(), [fault(NAME, "field_erased")]);
        assert_eq!(desk.vault().read(&subject()).unwrap(), [kept(PHONE, "00000000000", 2)]);
        let (left, _) = keys(&desk.key());
        assert_eq!(String::from_utf8(left).unwrap().lines().count(), 1, "one key is left");
        let drafts = files(desk.book()).into_keys().filter(|p| p.extension().unwrap() == "new");
        assert_eq!(drafts.count(), 0);
    }
}

#[test]
fn a_lost_file_is_missing_and_a_damaged_one_is_wrong() {
    let mut desk = Desk::new();
    desk.put(&both());
    let file = fs::read(desk.file()).unwrap();
    fs::remove_file(desk.file()).unwrap();
    let missing = [fault(NAME, "opening_missing"), fault(PHONE, "opening_missing")];
    assert_eq!(desk.findings(), missing);
    let mut bad = file.clone();
    *bad.last_mut().unwrap() ^= 1;
    fs::write(desk.file(), bad).unwrap();
    let wrong = [fault(NAME, "opening_wrong"), fault(PHONE, "opening_wrong")];
    assert_eq!(desk.findings(), wrong);
    fs::write(desk.file(), file).unwrap();
    fs::remove_file(desk.key()).unwrap();
    assert_eq!(desk.findings(), missing);
    // No new key is made over openings whose key is lost.
    let added = desk.vault().add(&subject(), &both());
    assert_eq!(added, Err(VaultError::Lost { path: desk.key() }));
    // They can still be erased.
    desk.erase(&[NAME, PHONE]);
    desk.settle();
    assert!(!desk.file().exists());
}

#[test]
fn openings_of_other_values_and_of_other_subjects_are_found_out() {
    let mut desk = Desk::new();
    desk.put(&both());
    let mut other = Desk::new();
    other.put(&[kept(NAME, "丙某某", 1), kept(PHONE, "00000000000", 2)]);
    for name in ["vault/s-1.age", "vault/keys/s-1.age", "keys/vault.age-key"] {
        fs::copy(other.book().join(name), desk.book().join(name)).unwrap();
    }
    assert_eq!(desk.findings(), [fault(NAME, "opening_wrong"), fault(NAME, "opening_left_over")]);
    // A file under somebody else's name.
    for name in ["vault/s-1.age", "vault/keys/s-1.age"] {
        fs::copy(desk.book().join(name), desk.book().join(name.replace("s-1", "s-2"))).unwrap();
    }
    let second: SubjectId = "s-2".parse().unwrap();
    assert!(matches!(desk.vault().read(&second), Err(VaultError::Form { .. })));
    assert!(desk.findings().contains(&fault("", "opening_left_over")), "nobody's file");
}

#[test]
fn another_vault_s_key_opens_nothing_and_a_lost_one_is_never_made_anew() {
    let mut desk = Desk::new();
    desk.put(&both());
    let key = fs::read(desk.vault_key()).unwrap();
    let other = Desk::new();
    other.vault();
    fs::copy(other.vault_key(), desk.vault_key()).unwrap();
    assert_eq!(desk.vault().read(&subject()), Err(VaultError::Sealed { path: desk.key() }));
    let wrong = [fault(NAME, "opening_wrong"), fault(PHONE, "opening_wrong")];
    assert_eq!(desk.findings(), wrong);
    fs::remove_file(desk.vault_key()).unwrap();
    for opened in [Vault::open(desk.book(), None), Vault::open_or_make(desk.book(), None)] {
        assert_eq!(opened.unwrap_err(), VaultError::KeyMissing { path: desk.vault_key() });
    }
    fs::write(desk.vault_key(), "no key").unwrap();
    let path = desk.vault_key();
    assert_eq!(Vault::open(desk.book(), None).unwrap_err(), VaultError::KeyForm { path });
    fs::write(desk.vault_key(), key).unwrap();
    assert_eq!(desk.findings(), []);
}

#[test]
fn a_vault_s_key_under_a_passphrase_opens_with_it_alone() {
    let desk = Desk::new();
    let empty = Vault::open_or_make(desk.book(), Some(""));
    assert_eq!(empty.unwrap_err(), VaultError::PassphraseEmpty);
    let vault = Vault::open_or_make(desk.book(), Some("口令 2026")).unwrap();
    vault.add(&subject(), &both()).unwrap();
    assert!(fs::read(desk.vault_key()).unwrap().starts_with(b"age-encryption.org/v1"));
    let none = Vault::open(desk.book(), None);
    assert_eq!(none.unwrap_err(), VaultError::PassphraseNeeded);
    let wrong = Vault::open(desk.book(), Some("wrong"));
    assert_eq!(wrong.unwrap_err(), VaultError::PassphraseWrong);
    let opened = Vault::open(desk.book(), Some("口令 2026")).unwrap();
    assert_eq!(opened.read(&subject()).unwrap(), both());
}

#[test]
fn what_is_private_is_in_no_error_and_in_no_debug_text() {
    let mut desk = Desk::new();
    desk.put(&both());
    let vault = desk.vault();
    let whole = format!("{vault:?} {:?} {:?}", vault.read(&subject()), both());
    fs::write(desk.file(), b"x").unwrap();
    let error = vault.read(&subject()).unwrap_err();
    let said = format!("{whole} {error:?} {error}");
    let secret = fs::read_to_string(desk.vault_key()).unwrap();
    let secret = secret.lines().last().unwrap();
    for hidden in ["甲某某", "00000000000", &"01".repeat(32), "1, 1, 1", secret] {
        assert!(!said.contains(hidden), "{hidden} in {said}");
    }
}

/// The tool `age` opens what this program has sealed: the vault outlives the program.
#[test]
fn the_tool_age_opens_the_subject_s_key_and_with_it_the_file() {
    #[allow(clippy::disallowed_methods, reason = "how a person asks that no program be missing")]
    let required = std::env::var("MINGZHANG_FOREIGN").is_ok_and(|value| value == "1");
    if Command::new("age").arg("--version").output().is_err() {
        assert!(!required, "age is not installed");
        println!("skipped: age is not installed");
        return;
    }
    let mut desk = Desk::new();
    desk.put(&both());
    let age = |key: &Path, file: &Path| {
        let ran = Command::new("age").arg("-d").arg("-i").arg(key).arg(file).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        ran.stdout
    };
    let key = age(&desk.vault_key(), &desk.key());
    let path = desk.book().join("key-of-s-1");
    fs::write(&path, key).unwrap();
    let plain = String::from_utf8(age(&path, &desk.file())).unwrap();
    let (one, two) = ("01".repeat(32), "02".repeat(32));
    assert_eq!(
        plain,
        format!(
            "{{\"openings\":[{{\"name\":\"姓名\",\"salt\":\"{one}\",\"value\":\"甲某某\"}},\
             {{\"name\":\"电话\",\"salt\":\"{two}\",\"value\":\"00000000000\"}}],\"subject\":\"s-1\"}}"
        )
    );
}
