//! Files that others wrote become records whole, or nothing of them does: sessions as an officer types
//! them, with everything that is printed, in both languages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// A union of five members, as the manual begins with it; then each session.
const BEGIN: &str = "\
mingzhang init gh.example.org/shop --organisation 示例工会 --starts 2025-01-01 \
--no-passphrase --as acc --quiet >/dev/null 2>&1 || exit 1
mingzhang apply practices/00-begin.jsonl --quiet >/dev/null || exit 1";

/// The time is taken to be this, so that what is printed is the same each time.
const CLOCK: &str = "2025-04-02T01:00:00Z";

const MARK: &str = "@@next@@";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

/// A folder with the files of the practices, and those that are imported.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = root().join("fixtures");
    copy(&fixtures.join("practices"), &folder.path().join("practices"));
    copy(&fixtures.join("imports"), &folder.path().join("imports"));
    copy(&fixtures.join("imports/kinds"), &folder.path().join("kinds"));
    copy(&fixtures.join("imports/rules"), &folder.path().join("rules"));
    folder
}

fn shell(folder: &Path, locale: &str, script: &str) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_mingzhang")).parent().unwrap();
    let ran = Command::new("bash")
        .args(["-c", &format!("exec 2>&1\n{script}")])
        .current_dir(folder)
        .env_clear()
        .envs([
            ("PATH", format!("{}:/usr/bin:/bin", bin.display()).as_str()),
            ("LANG", locale),
            ("MINGZHANG_BOOK", "book"),
            ("MINGZHANG_OFFICER", "acc"),
            ("MINGZHANG_CLOCK", CLOCK),
        ])
        .output()
        .unwrap();
    String::from_utf8(ran.stdout).unwrap()
}

/// Heads of books, which no two share, and hashes of files.
fn without_hashes(text: &str) -> String {
    let plain = |word: &str| {
        let hash = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if word.len() == 44 && word.ends_with('=') {
            return "[..]".to_owned();
        }
        if is_hash { word.replace(hash, "[..]") } else { word.to_owned() }
    };
    let line = |line: &str| {
        line.trim_end().split(' ').map(plain).collect::<Vec<_>>().join(" ").trim_end().to_owned()
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Types the commands one after another; the transcript is compared whole.
fn session(name: &str, commands: &[&str]) {
    for (lang, locale) in [("zh", "zh_CN.UTF-8"), ("en", "en_US.UTF-8")] {
        let folder = folder();
        let typed: Vec<String> = commands
            .iter()
            .map(|command| format!("{command}; echo \"= $?\"; echo {MARK}"))
            .collect();
        let printed = shell(folder.path(), locale, &format!("{BEGIN}\n{}", typed.join("\n")));
        let mut found = String::new();
        for (command, printed) in commands.iter().zip(printed.split(&format!("{MARK}\n"))) {
            writeln!(found, "$ {command}\n{}", without_hashes(printed)).unwrap();
        }
        compare(&root().join(format!("fixtures/imports/sessions/{name}.{lang}.txt")), &found);
    }
}

fn compare(path: &PathBuf, found: &str) {
    if std::env::var_os("MINGZHANG_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, found).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(expected == found, "{} is not what is printed:\n{found}", path.display());
}

#[test]
fn a_dues_roll_is_shown_then_recorded_and_the_same_file_is_recorded_once() {
    session(
        "dues-roll",
        &[
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml --dry-run",
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml",
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml",
            "cp kinds/dues-roll.csv another-name.csv",
            "mingzhang import another-name.csv --kind dues-roll --set date=2025-03-31 --json",
            // The same roll with one member more: its other lines are there already.
            "mingzhang import kinds/dues-roll-one-more.csv --kind dues-roll --set date=2025-03-31",
            "mingzhang import kinds/dues-roll-one-more.csv --kind dues-roll --set date=2025-03-31 \
             --duplicates skip:6",
            "mingzhang import kinds/dues-roll-one-more.csv --kind dues-roll --set date=2025-03-31 \
             --duplicates skip:3-5 --count 4 --total 117.45 --quiet",
            "mingzhang log --last 7",
            "mingzhang log --last 2 --json",
            "mingzhang attachment list",
        ],
    );
}

#[test]
fn a_bank_statement_is_recorded_with_its_lines_and_the_bank_s_own_balances() {
    session(
        "bank-statement",
        &[
            "mingzhang import kinds/bank-statement.csv --rules rules/bank-statement.toml --dry-run",
            "mingzhang import kinds/bank-statement.csv --quiet",
            "mingzhang log --last 5",
            "mingzhang import kinds/bank-statement-broken.csv --kind bank-statement",
            "mingzhang verify book --quiet",
        ],
    );
}

#[test]
fn every_kind_of_file_becomes_its_own_commands() {
    session(
        "kinds",
        &[
            "mingzhang import kinds/roster.csv --rules rules/roster.toml",
            "mingzhang import kinds/payroll-members.csv --kind payroll --set from=2025-04",
            "mingzhang import kinds/payroll-totals.csv",
            "mingzhang import kinds/tax-list.csv --json",
            "mingzhang import kinds/vouchers.csv --rules rules/vouchers.toml",
            "mingzhang report trial-balance --month 2025-03",
            "grep -c 示例己 book/events.ndjson",
        ],
    );
}

#[test]
fn a_line_becomes_what_the_first_rule_that_fits_says() {
    session(
        "entries",
        &[
            "mingzhang record payroll.declare --month 2025-02 --total 100000.00 --headcount 18 --quiet",
            "mingzhang import kinds/entries.csv --rules rules/entries.toml --dry-run",
            "mingzhang import kinds/entries.csv --rules rules/entries.toml",
            // Two lines that are alike may be two payments: a person says so.
            "mingzhang import kinds/entries-twice.csv --rules rules/entries.toml --quiet",
            "mingzhang import kinds/entries-twice.csv --rules rules/entries.toml --quiet \
             --duplicates record:3",
            "mingzhang log --last 8",
        ],
    );
}

#[test]
fn what_somebody_recorded_by_hand_is_found_again_in_a_file() {
    session(
        "by-hand",
        &[
            "mingzhang record interest.receive --date 2025-03-21 --fund general --amount 12.34 --quiet",
            "mingzhang import kinds/entries-twice.csv --rules rules/entries.toml --quiet",
            "mingzhang import kinds/entries-twice.csv --rules rules/entries.toml --quiet \
             --duplicates skip:2 --duplicates record:3",
            "mingzhang import kinds/entries-twice.csv --rules rules/entries.toml",
        ],
    );
}

#[test]
fn a_file_is_recorded_again_once_all_that_it_became_is_undone() {
    session(
        "again",
        &[
            // Under the wrong day; undone; and imported again under the right one.
            "mingzhang import kinds/dues-roll.csv --kind dues-roll --set date=2025-03-01 --quiet",
            "mingzhang undo 27 --reason 日期不对 --quiet",
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml --dry-run --quiet",
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml",
            "mingzhang log --last 3",
            // Nothing of it is undone now.
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml",
            "mingzhang undo 31 --reason 又不对 --quiet",
            // Another file with the same lines and one more: what is undone is no duplicate.
            "mingzhang import kinds/dues-roll-one-more.csv --kind dues-roll --set date=2025-03-31 --quiet",
            // Its lines are there now, by that file.
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml --quiet",
            "mingzhang verify book --quiet",
        ],
    );
}

#[test]
fn of_a_file_that_is_partly_undone_a_person_says_what_is_recorded_again() {
    session(
        "again-in-part",
        &[
            "mingzhang record payroll.declare --month 2025-02 --total 100000.00 --headcount 18 --quiet",
            "mingzhang import kinds/entries.csv --rules rules/entries.toml --quiet",
            "mingzhang undo 32 --reason 金额不对 --quiet",
            "mingzhang import kinds/entries.csv --rules rules/entries.toml --quiet",
            "mingzhang import kinds/entries.csv --rules rules/entries.toml --json",
            "mingzhang import kinds/entries.csv --rules rules/entries.toml \
             --duplicates record:3 --duplicates skip:all",
            // All of it stands again.
            "mingzhang import kinds/entries.csv --rules rules/entries.toml",
            "mingzhang undo 39 --reason 还是不对 --quiet",
            "mingzhang import kinds/entries.csv --rules rules/entries.toml --quiet --duplicates skip:all",
            "mingzhang verify book --quiet",
        ],
    );
}

#[test]
fn a_line_between_those_of_a_record_that_stands_is_not_taken_for_undone() {
    session(
        "again-between",
        &[
            // Two days, one record each: one has the lines 2 and 4, the other the line 3.
            "mingzhang import kinds/dues-two-days.csv --kind dues-roll --quiet",
            "mingzhang log --last 2",
            "mingzhang undo 29 --reason 误记 --quiet",
            "mingzhang import kinds/dues-two-days.csv --kind dues-roll --quiet",
            "mingzhang import kinds/dues-two-days.csv --kind dues-roll --quiet \
             --duplicates record:3 --duplicates skip:all",
            "mingzhang import kinds/dues-two-days.csv --kind dues-roll",
            // The other one: both of its lines are undone, and the line between them is not.
            "mingzhang undo 28 --reason 误记 --quiet",
            "mingzhang import kinds/dues-two-days.csv --kind dues-roll --quiet",
        ],
    );
}

#[test]
fn what_was_made_again_by_hand_is_not_undone_and_what_was_undone_by_hand_is_no_duplicate() {
    session(
        "again-by-hand",
        &[
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml --quiet",
            "mingzhang undo 28 --reason 少了一人 --quiet",
            "mingzhang record dues.receive --date 2025-03-31 --into bank --quiet --lines \
             '[{\"member\":\"m-1\",\"month\":\"2025-03\",\"amount\":\"27.15\"}]'",
            "mingzhang record entry.correct --replaces 29 --by 30 --quiet",
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml",
            // The voucher that stood for it is undone as well.
            "mingzhang undo 30 --reason 仍不对 --quiet",
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml --quiet",
            "mingzhang record interest.receive --date 2025-03-21 --fund general --amount 12.34 --quiet",
            "mingzhang undo --yes --reason 误记 --quiet",
            "mingzhang import kinds/entries-twice.csv --rules rules/entries.toml --quiet \
             --duplicates record:3",
        ],
    );
}

#[test]
fn hidden_rows_of_a_sheet_are_named_and_a_person_says_whether_they_are_taken() {
    session(
        "hidden",
        &[
            "mingzhang import imports/dues-filtered.xlsx --kind dues-roll --set date=2025-03-31",
            "mingzhang import imports/dues-filtered.xlsx --kind dues-roll --set date=2025-03-31 \
             --hidden take --dry-run --json",
            "mingzhang import imports/dues-filtered.xlsx --kind dues-roll --set date=2025-03-31 \
             --hidden leave-out",
            "mingzhang undo 28 --reason 筛选未取消 --quiet",
            "mingzhang import imports/dues-filtered.xlsx --kind dues-roll --set date=2025-03-31 \
             --hidden take --quiet",
            "mingzhang import imports/dues-folded.xlsx --rules rules/hidden-taken.toml --dry-run",
            "mingzhang import imports/dues-folded.xlsx --kind dues-roll --hidden some",
        ],
    );
}

#[test]
fn names_of_a_roster_go_into_the_vault_and_stand_nowhere_else() {
    session(
        "private",
        &[
            "printf 'open sesame\\n' > phrase",
            "mingzhang import kinds/roster.csv --rules rules/roster.toml --private 姓名 --dry-run",
            // A dry run leaves nothing in the vault.
            "ls book/vault",
            "mingzhang import kinds/roster.csv --rules rules/roster.toml --private 姓名 \
             --passphrase-file phrase --quiet",
            "grep -r -l -e 示例己 -e 示例庚 -e 示例辛 book; ls book/vault/*.age | wc -l",
            "mingzhang vault check --passphrase-file phrase",
            "mingzhang report dues --month 2025-04 --no-footer",
            "mingzhang report dues --month 2025-04 --no-footer --unmask 姓名 --purpose 核对名册 \
             --passphrase-file phrase",
            "mingzhang import kinds/roster.csv --rules rules/roster.toml --private 姓名",
            // What is no column, what is recorded, and what is no roster.
            "cat kinds/roster.csv > again.csv; echo >> again.csv",
            "mingzhang import again.csv --rules rules/roster.toml --private 名字 --private 工号",
            "mingzhang import kinds/dues-roll.csv --kind dues-roll --set date=2025-03-31 --private 姓名",
        ],
    );
}

#[test]
fn a_line_says_which_officer_it_is_recorded_by_where_that_is_another_one() {
    session(
        "officers",
        &[
            "mingzhang record payroll.declare --month 2025-02 --total 100000.00 --headcount 18 --quiet",
            "mingzhang import kinds/entries.csv --rules rules/entries-officers.toml",
            "mingzhang log --last 5",
            // A request that is withdrawn is undone; what was asked for once keeps its number.
            "mingzhang record disbursement.cancel --as clerk --disbursement fee-4 --date 2025-03-31 \
             --reason 重复 --quiet",
            "mingzhang import kinds/entries.csv --rules rules/entries-officers.toml --quiet",
            "mingzhang import kinds/entries.csv --rules rules/entries-officers.toml --quiet \
             --duplicates record:4 --duplicates skip:all",
            "sed 's/fee-/again-/' rules/entries-officers.toml > rules/again.toml",
            "mingzhang import kinds/entries.csv --rules rules/again.toml --quiet \
             --duplicates record:4 --duplicates skip:all",
            "mingzhang import kinds/entries.csv --rules rules/again.toml",
        ],
    );
}

#[test]
fn what_is_no_table_is_called_what_it_is() {
    let files = [
        "imports/bad-letter.csv",
        "imports/bad-old.xls",
        "imports/bad-old-bare.csv",
        "imports/bad-scan.pdf",
        "imports/bad-photo.csv",
        "imports/bad-phone.csv",
        "imports/bad-document.csv",
        "imports/bad-document.doc",
        "kinds/notes.txt",
    ];
    let commands: Vec<String> =
        files.iter().map(|file| format!("mingzhang import {file}")).collect();
    let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
    session("no-table", &commands);
}

#[test]
fn a_file_with_a_fault_changes_nothing_and_all_its_faults_are_named() {
    session(
        "faults",
        &[
            "sha256sum book/events.ndjson > before",
            "mingzhang import kinds/dues-roll-bad.csv --kind dues-roll --set date=2025-03-31",
            "mingzhang import kinds/dues-roll-total.csv --kind dues-roll --set date=2025-03-31",
            "mingzhang import kinds/dues-roll-total.csv --kind dues-roll",
            "mingzhang import kinds/dues-roll.csv --rules rules/dues-roll.toml --count 4 --total 81.30",
            "mingzhang import kinds/vouchers-bad.csv --rules rules/vouchers.toml",
            "mingzhang import kinds/entries-unmatched.csv --rules rules/entries.toml",
            "mingzhang import kinds/entries.csv --rules rules/bad.toml",
            "mingzhang import kinds/entries.csv --rules rules/wrong.toml",
            "mingzhang import kinds/entries.csv",
            "mingzhang import kinds/nowhere.csv",
            // The rules of the book refuse: nobody of this number is a member.
            "mingzhang import kinds/payroll-members.csv --rules rules/roster.toml --kind payroll \
             --set from=2025-04 --json",
            "sha256sum --check --quiet before && ls book",
        ],
    );
}

#[test]
fn rows_of_subtotals_are_held_against_the_lines_above_them_and_never_recorded() {
    session(
        "subtotals",
        &[
            "mingzhang import kinds/dues-subtotals.csv --kind dues-roll --set date=2025-03-31 --dry-run",
            "mingzhang import kinds/dues-subtotals-off.csv --kind dues-roll --set date=2025-03-31",
            "mingzhang import kinds/dues-subtotals-off.csv --kind dues-roll --set date=2025-03-31 --json",
        ],
    );
}

#[test]
fn a_foot_is_shown_as_no_line_and_what_it_states_is_held_against_the_lines() {
    session(
        "feet",
        &[
            "mingzhang import kinds/bank-feet.csv --dry-run --quiet",
            "mingzhang import kinds/bank-feet.csv",
            "mingzhang import kinds/bank-feet-off.csv --kind bank-statement",
        ],
    );
}

#[test]
fn who_did_not_pay_is_left_out_of_a_dues_roll_where_the_rules_say_so() {
    session(
        "dues-unpaid",
        &[
            "mingzhang import kinds/dues-unpaid.csv --kind dues-roll --set date=2025-03-31",
            "mingzhang import kinds/dues-unpaid.csv --kind dues-roll --set date=2025-03-31 \
             --set empty=skip --count 2 --total 57.20",
            "mingzhang import kinds/bank-feet.csv --set empty=skip",
            "mingzhang import kinds/dues-unpaid.csv --kind dues-roll --set empty=keep",
        ],
    );
}

#[test]
fn a_kind_that_was_guessed_is_said_and_so_is_how_to_go_on() {
    session(
        "going-on",
        &[
            "mingzhang import kinds/roster-own-group.csv --dry-run",
            "mingzhang import kinds/dues-unpaid.csv --set date=2025-03-31",
            "mingzhang import kinds/dues-own-heading.csv --kind dues-roll --set date=2025-03-31",
            "printf '[columns]\\namount = \"三月实收\"\\n' > own.toml",
            "mingzhang import kinds/dues-own-heading.csv --kind dues-roll --rules own.toml \
             --set date=2025-03-31 --set month=2025-03 --quiet",
            "mingzhang import kinds/dues-own-heading.csv --kind dues-roll --set date=2025-03-30",
            "sed 's/m-2,三月/m-2,2月/' kinds/dues-own-heading.csv > february.csv",
            "mingzhang import february.csv --kind dues-roll --rules own.toml --set date=2025-03-31",
        ],
    );
}

#[test]
fn a_minus_beside_in_or_out_and_words_of_the_rules_that_no_line_has_are_told() {
    session(
        "told",
        &[
            "mingzhang import kinds/entries-way.csv --rules rules/entries-any-amount.toml",
            "mingzhang import kinds/entries-way.csv --rules rules/entries-by-word.toml --dry-run",
            "mingzhang import kinds/roster.csv --rules rules/roster-unused.toml --dry-run",
        ],
    );
}

#[test]
fn what_the_rules_say_in_vain_or_against_the_file_is_refused() {
    session(
        "rules-in-vain",
        &[
            // The first line gives interest back: it is no receipt of 12.34.
            "mingzhang import kinds/entries-other-way.csv --rules rules/entries-any-amount.toml",
            "mingzhang import kinds/dues-roll.csv --kind dues-roll --rules rules/entries-any-amount.toml",
            "mingzhang import kinds/dues-roll.csv --rules rules/misspelt.toml --set daet=2025-03-31 --json",
            "mingzhang import kinds/bank-statement.csv --kind bank-statement --set closng=99,999.99 \
             --set opening=1,0.0 --set received=1/2/25",
            // Written as people write them, they are read.
            "mingzhang import kinds/bank-statement.csv --kind bank-statement --set closing=61,733.55 \
             --set received=2025/04/01 --dry-run",
            "mingzhang import kinds/entries-fixed-amount.csv --kind entries \
             --rules rules/entries-any-amount.toml --set amount=27.15 --dry-run",
            "mingzhang import kinds/entries-side.csv --rules rules/entries-any-amount.toml --dry-run",
            // Whoever the line is about is not shown.
            "mingzhang import kinds/dues-roll-named-bad.csv --kind dues-roll --set date=2025-03-31 --json",
            "mingzhang import /dev/zero --kind dues-roll",
        ],
    );
}

#[test]
fn an_empty_file_of_each_kind_has_the_headings_that_are_known() {
    session(
        "templates",
        &["for k in roster dues-roll payroll bank-statement tax-list vouchers entries; do \
             mingzhang import --template $k; done"],
    );
}

#[allow(clippy::disallowed_methods, reason = "where the data are is said by whoever runs this")]
fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("MINGZHANG_REAL_DATA")?;
    Some(PathBuf::from(folder).join("olms-2021-sample"))
}

/// 2,810 payments of 46 American unions, one request each: what was recorded adds up to the data,
/// filing by filing.
#[test]
fn payments_of_real_filings_become_requests_that_add_up_to_them() {
    let Some(data) = real_data() else {
        eprintln!("skipped: MINGZHANG_REAL_DATA does not say where the data are");
        return;
    };
    let payments = data.join("payments.csv");
    let mut expected: BTreeMap<String, (u64, i64)> = BTreeMap::new();
    for line in csv::Reader::from_path(&payments).unwrap().records() {
        let line = line.unwrap();
        let sum = expected.entry(format!("f-{}", &line[0])).or_default();
        *sum = (sum.0 + 1, sum.1 + line[3].parse::<i64>().unwrap());
    }
    let mut begin = vec![
        json!({"command": "officer.appoint", "officer": "acc", "roles": ["accountant"],
            "from": "2020-01-01"})
        .to_string(),
    ];
    begin.extend(expected.keys().map(|fund| {
        json!({"command": "fund.establish", "fund": fund, "name": fund, "restricted": false,
            "purpose": "as filed"})
        .to_string()
    }));
    let folder = folder();
    fs::write(folder.path().join("begin.jsonl"), begin.join("\n")).unwrap();
    fs::copy(&payments, folder.path().join("payments.csv")).unwrap();
    let printed = shell(
        folder.path(),
        "en_US.UTF-8",
        "mingzhang init us.example.org/all --organisation All --starts 2020-01-01 --chart us-olms \
         --no-passphrase --quiet >/dev/null && mingzhang apply begin.jsonl --quiet >/dev/null && \
         mingzhang import payments.csv --rules rules/olms-payments.toml --quiet --json >said.json; \
         echo $?; mingzhang verify book --quiet; echo $?",
    );
    assert!(printed.starts_with("0\n") && printed.ends_with("0\n"), "{printed}");
    let mut found: BTreeMap<String, (u64, i64)> = BTreeMap::new();
    let mut files = 0;
    for line in fs::read_to_string(folder.path().join("book/events.ndjson")).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let (kind, body) = (record["type"].as_str().unwrap(), &record["body"]);
        files += usize::from(kind == "import.recorded");
        if kind == "disbursement.requested" {
            let amount: String = body["amount"].as_str().unwrap().replace(".00", "");
            let sum = found.entry(body["fund"].as_str().unwrap().to_owned()).or_default();
            *sum = (sum.0 + 1, sum.1 + amount.parse::<i64>().unwrap());
        }
    }
    assert_eq!(found, expected);
    assert_eq!(found.values().map(|sum| sum.0).sum::<u64>(), 2_810);
    // Forty lines of the file a record.
    assert_eq!(files, 2_810_usize.div_ceil(40), "records of the file");
}
