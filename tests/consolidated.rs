//! The level above: many bundles, one picture. What counts adds up to the books' own reports, and
//! what does not count is named with its reason.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

mod unions;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use mingzhang::date::Month;
use mingzhang::money::Money;
use mingzhang::report::{
    Period, Term, allocation, balance_sheet, collection, income_statement, remittance,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use unions::{NOW, Union, county, many, name_of, origin_of, policy, remitted, set_up, witness};

/// A place to work in: `in` with bundles, and what the level above holds.
struct Desk {
    dir: TempDir,
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    #[track_caller]
    fn ends(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }

    /// The code of the one error.
    #[track_caller]
    fn refused(&self) -> String {
        let said: Value = serde_json::from_str(&self.err).unwrap();
        said["errors"][0]["code"].as_str().unwrap().to_owned()
    }
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.path("in")).unwrap();
        desk
    }

    /// With the bundles of so many unions, and the policy over them.
    fn with(count: u32) -> (Desk, Vec<Union>) {
        let desk = Desk::new();
        let unions = many(count);
        for (n, union) in (1..).zip(&unions) {
            union.lay_all(&desk.bundle(n));
        }
        desk.write("policy", &policy(&unions));
        (desk, unions)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn bundle(&self, n: u32) -> PathBuf {
        self.path(&format!("in/{n:04}"))
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, line: &str) -> Ran {
        self.run_at(NOW, line)
    }

    fn run_at(&self, now: &str, line: &str) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
            .args(line.split_whitespace())
            .current_dir(self.dir.path())
            .env_clear()
            .envs([("LC_ALL", "C"), ("MINGZHANG_CLOCK", now)])
            .output()
            .unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn january_2025() -> Month {
    Month::new(2025, 1).unwrap()
}

/// Every bundle that was left out by its folder, with its standing.
fn left_out(picture: &Value) -> BTreeMap<String, String> {
    let lines = picture["left_out"].as_array().unwrap().iter();
    let named = |line: &Value, field: &str| line[field].as_str().unwrap_or_default().to_owned();
    lines.map(|line| (named(line, "place"), named(line, "standing"))).collect()
}

fn money(value: &Value) -> Money {
    value.as_str().unwrap().parse().unwrap()
}

/// Changes one digit of money in a record that is not the last.
fn damage(bundle: &Path) {
    let path = bundle.join("events.ndjson");
    let text = fs::read_to_string(&path).unwrap();
    let damaged = text.replacen("\"total\":\"2", "\"total\":\"3", 1);
    assert!(damaged != text, "there is a payroll to be changed");
    fs::write(path, damaged).unwrap();
}

/// The books' own reports of the term, line by line.
fn sums_of_books<'a>(unions: impl Iterator<Item = &'a Union>) -> (Vec<[Money; 2]>, Vec<Money>) {
    let (term, mut sheet, mut results) = (Term::Month(january_2025()), Vec::new(), Vec::new());
    for union in unions {
        let (state, chart) = (union.book.state(), union.book.chart());
        for (at, line) in balance_sheet::report(state, chart, term).lines.iter().enumerate() {
            if sheet.len() == at {
                sheet.push([Money::ZERO; 2]);
            }
            let [opening, closing] = sheet[at];
            let amounts = line.amounts;
            sheet[at] = [opening.plus(amounts.opening), closing.plus(amounts.closing)];
        }
        for (at, line) in income_statement::report(state, chart, term).lines.iter().enumerate() {
            if results.len() == at {
                results.push(Money::ZERO);
            }
            results[at] = results[at].plus(line.this);
        }
    }
    (sheet, results)
}

#[test]
fn three_hundred_unions_add_up_to_their_own_books_and_what_does_not_count_is_named() {
    const UNIONS: u32 = 300;
    const BROKEN: u32 = 7;
    const STALE: u32 = 13;
    const CUT: u32 = 16;
    const COPIED: u32 = 20;
    const FORKED: u32 = 21;
    const UNSEEN: u32 = 30;
    let (desk, mut unions) = Desk::with(UNIONS);
    let at = |n: u32| usize::try_from(n - 1).unwrap();
    damage(&desk.bundle(BROKEN));
    // One that has said nothing since it was set up.
    unions[at(STALE)] = set_up(STALE);
    fs::remove_dir_all(desk.bundle(STALE)).unwrap();
    unions[at(STALE)].lay_all(&desk.bundle(STALE));
    // One of which the level above has seen more than it shows now.
    let whole = unions[at(CUT)].lines().len();
    desk.write("held/cut", &unions[at(CUT)].checkpoint(whole, true).to_string());
    unions[at(CUT)].lay(&desk.bundle(CUT), whole - 1, true);
    unions[at(COPIED)].lay_all(&desk.path("in/copy"));
    let mut other = set_up(FORKED);
    other.on(
        "2025-01-15",
        "acc",
        json!({"command": "payroll.declare", "month": "2025-01",
        "total": "20000.00", "headcount": 1}),
    );
    other.lay_all(&desk.path("in/other"));
    let all = unions[at(UNSEEN)].lines().len();
    unions[at(UNSEEN)].lay(&desk.bundle(UNSEEN), all, false);

    let begun = Instant::now();
    let line = "consolidate in --policy policy --against held --month 2025-01 --json";
    let picture = desk.run(line).ends(4).json();
    println!("{UNIONS} bundles in {:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());

    let expected = [
        (format!("in/{BROKEN:04}"), "broken"),
        (format!("in/{STALE:04}"), "stale"),
        (format!("in/{CUT:04}"), "stale"),
        ("in/copy".to_owned(), "duplicate"),
        (format!("in/{FORKED:04}"), "forked"),
        ("in/other".to_owned(), "forked"),
    ];
    let expected = expected.map(|(place, standing)| (place, standing.to_owned()));
    assert_eq!(left_out(&picture), BTreeMap::from(expected));
    for n in [BROKEN, STALE, FORKED] {
        let lines = picture["left_out"].as_array().unwrap();
        let line = lines.iter().find(|line| line["origin"] == origin_of(n)).unwrap();
        assert_eq!(line["organisation"], name_of(n));
    }
    let out = [BROKEN, STALE, CUT, FORKED];
    let counted = || (1..).zip(&unions).filter(|(n, _)| !out.contains(n)).map(|(_, union)| union);
    let places = picture["unions"].as_array().unwrap();
    assert_eq!(places.len(), counted().count());
    let origins: Vec<&str> = places.iter().map(|line| line["origin"].as_str().unwrap()).collect();
    let own: Vec<&str> = counted().map(|union| union.origin.as_str()).collect();
    assert_eq!(origins, own);
    let unseen: Vec<&Value> =
        places.iter().filter(|line| line["standing"] != "witnessed").collect();
    assert_eq!(unseen.len(), 1);
    assert_eq!(unseen[0]["origin"], origin_of(UNSEEN));
    assert_eq!(unseen[0]["standing"], "not_witnessed");

    let (sheet, results) = sums_of_books(counted());
    let of = |line: &Value| [money(&line["opening"]), money(&line["closing"])];
    let lines = picture["balance_sheet"]["lines"].as_array().unwrap();
    assert_eq!(lines.iter().map(of).collect::<Vec<_>>(), sheet);
    assert!(sheet.iter().any(|[_, closing]| closing.is_positive()));
    assert_eq!(picture["balance_sheet"]["balanced"], true);
    let lines = picture["income_statement"]["lines"].as_array().unwrap();
    assert_eq!(lines.iter().map(|line| money(&line["this"])).collect::<Vec<_>>(), results);
    rates_are_of_the_sums(&picture["total"], &counted().collect::<Vec<_>>());
    assert_eq!(desk.run(&format!("{line} --threads 1")).ends(4).json(), picture);

    let without = desk.run(&format!("{line} --witnessed-only")).ends(4).json();
    assert_eq!(left_out(&without)[&format!("in/{UNSEEN:04}")], "not_witnessed");
    assert_eq!(without["counts"]["counted"], u64::from(UNIONS) - 5);
}

/// Dues, the allocation and what was sent up, against the books' own reports; months and findings
/// against how the unions were made.
fn rates_are_of_the_sums(total: &Value, unions: &[&Union]) {
    let period = Period::Month(january_2025());
    let (mut dues, mut allocated, mut sent) = ([Money::ZERO; 3], [Money::ZERO; 2], Money::ZERO);
    let (mut due, mut in_full, mut overdue) = (0, 0, Money::ZERO);
    for union in unions {
        let (state, chart) = (union.book.state(), union.book.chart());
        let own = collection::report(state, chart, period).total.total;
        for (sum, own) in dues.iter_mut().zip([own.due, own.received, own.arrears]) {
            *sum = sum.plus(own);
        }
        let own = allocation::report(state, chart, period).total;
        for (sum, own) in allocated.iter_mut().zip([own.due, own.arrears]) {
            *sum = sum.plus(own);
        }
        (due, in_full) = (due + own.payers_due, in_full + own.payers_in_full);
        let own = remittance::report(state, chart, period).total;
        (sent, overdue) = (sent.plus(own.paid), overdue.plus(own.overdue));
    }
    let of = &total["dues"];
    assert_eq!([&of["due"], &of["received"], &of["arrears"]].map(money), dues);
    assert_eq!(of["rate"], percent(dues[0].minus(dues[2]), dues[0]));
    let of = &total["allocation"];
    assert_eq!([&of["due"], &of["arrears"]].map(money), allocated);
    assert_eq!((&of["payers_due"], &of["payers_in_full"]), (&json!(due), &json!(in_full)));
    assert!(0 < in_full && in_full < due);
    let full = percent(Money::from_fen(in_full.into()), Money::from_fen(due.into()));
    assert_eq!(of["full_payment_rate"], full);
    assert_eq!(
        [&total["remittance"]["paid"], &total["remittance"]["overdue"]].map(money),
        [sent, overdue]
    );
    let numbers = || unions.iter().map(|union| number(union));
    let count = |wanted: &dyn Fn(u32) -> bool| numbers().filter(|n| wanted(*n)).count();
    let closing = &total["closing"];
    assert_eq!(closing["due"], json!(unions.len()));
    assert_eq!(closing["open"], json!(count(&|n| n % 6 == 0)));
    assert_eq!(closing["late"], json!(count(&|n| n % 6 == 1)));
    assert_eq!(closing["in_time"], json!(count(&|n| n % 6 > 1)));
    assert_eq!(total["findings"]["open"], json!(count(&|n| n % 10 == 0)));
    assert_eq!(total["findings"]["overdue"], json!(count(&|n| n % 20 == 0)));
    let members: u32 = numbers().map(|n| 1 + n % 4).sum();
    assert_eq!(total["members"], json!(members));
}

fn number(union: &Union) -> u32 {
    union.origin.as_str().rsplit('-').next().unwrap().parse().unwrap()
}

/// In hundredths of a per cent, computed in whole numbers.
fn percent(part: Money, whole: Money) -> String {
    let (part, whole) = (i128::from(part.fen().unwrap()), i128::from(whole.fen().unwrap()));
    let points = (part * 20_000 + whole) / (whole * 2);
    format!("{}.{:02}", points / 100, points % 100)
}

#[test]
fn a_month_that_was_sent_up_is_found_in_the_superior_s_book_or_named_as_a_difference() {
    let (desk, _) = Desk::with(3);
    let short = remitted(2).minus(Money::from_fen(100));
    county(&[(1, remitted(1)), (2, short), (4, Money::ZERO)]).lay_all(&desk.path("own"));
    let line = "consolidate in --policy policy --month 2025-01 -b own";
    let picture = desk.run(&format!("{line} --json")).ends(0).json();
    let coverage = &picture["coverage"];
    assert_eq!((&coverage["registered"], &coverage["keeping"]), (&json!(3), &json!(2)));
    assert_eq!(coverage["rate"], "66.67");
    assert_eq!(
        coverage["missing"],
        json!([{"unit": "p-0004", "name": name_of(4), "origin": null}])
    );
    assert_eq!(coverage["unlisted"], json!([origin_of(3)]));
    let between = picture["between"].as_array().unwrap();
    let sides =
        |line: &Value| (line["lower"].as_str().unwrap().to_owned(), money(&line["difference"]));
    let expected = vec![(origin_of(1), Money::ZERO), (origin_of(2), Money::from_fen(100))];
    assert_eq!(between.iter().map(sides).collect::<Vec<_>>(), expected);
    assert_eq!(picture["counts"]["counted"], 3, "the superior's own book is not summed");
    let text = desk.run(&format!("{line} --part between --lang en")).ends(0).out;
    assert!(text.contains("| sent up |"), "{text}");

    // The list of units may be a file, which knows the books' names.
    desk.write(
        "units.csv",
        &format!("unit,name,book\np-1,\"甲, 乙\",{}\np-2,{},\n", origin_of(1), name_of(2)),
    );
    let listed = desk.run(&format!("{line} --units units.csv --json")).ends(0).json();
    assert_eq!(listed["coverage"]["rate"], "100.00");
    desk.write("units.csv", "unit,name\np-1,x\n");
    let refused = desk.run(&format!("{line} --units units.csv --json")).ends(2);
    assert_eq!(refused.refused(), "LVL5");
}

/// Without a policy the bundles count as they are.
#[test]
fn a_bundle_of_days_to_come_does_not_count_and_two_unions_of_one_name_are_named() {
    let desk = Desk::new();
    for (place, origin) in [("in/1", "gh.example.org/one"), ("in/2", "gh.example.org/two")] {
        let mut union = Union::begin(origin, "示例工会", "grassroots", "cn-gonghui-2021");
        union.on(
            "2025-03-01",
            "acc",
            json!({"command": "officer.appoint", "officer": "acc",
            "roles": ["accountant"], "from": "2025-01-01"}),
        );
        union.lay_all(&desk.path(place));
    }
    let line = "consolidate in --month 2025-01 --json";
    let picture = desk.run(line).ends(0).json();
    let origins = json!(["gh.example.org/one", "gh.example.org/two"]);
    let alike = json!([{"organisation": "示例工会", "origins": origins}]);
    assert_eq!(picture["like_named"], alike);
    let text = desk.run("consolidate in --month 2025-01 --lang en").ends(0).out;
    let said = "One name and different books: 示例工会: gh.example.org/one, gh.example.org/two\n";
    assert!(text.contains(said), "{text}");
    // The clock of the level above stands before their last records.
    let before = desk.run_at("2025-02-20T02:00:00Z", line).ends(1).json();
    let expected = ["in/1", "in/2"].map(|place| (place.to_owned(), "unlike".to_owned()));
    assert_eq!(left_out(&before), BTreeMap::from(expected));
    let why = before["left_out"][0]["why"]["en"].as_str().unwrap();
    assert_eq!(why, "its last record is of 2025-03-01, which is still to come");
}

#[test]
fn what_cannot_be_summed_or_read_or_is_not_known_is_named_and_left_out() {
    let (desk, unions) = Desk::with(6);
    desk.write("policy", &policy(&unions[..5]));
    let mut american =
        Union::begin("us.example.org/local-1", "Example Local", "grassroots", "us-olms");
    american.on(
        "2025-03-01",
        "acc",
        json!({"command": "officer.appoint", "officer": "acc",
        "roles": ["accountant"], "from": "2025-01-01"}),
    );
    american.lay_all(&desk.path("in/american"));
    let logs = policy(unions[..5].iter().chain([&american]));
    desk.write("policy", &logs);
    fs::create_dir(desk.path("in/empty")).unwrap();
    fs::create_dir_all(desk.path("in/folder/events.ndjson")).unwrap();
    desk.write("in/packed.zip", "PK");
    desk.write("in/notes.txt", "not looked at");
    desk.write("in/part/events.ndjson", "not a record\n");
    desk.write("in/part/since", "old 1\n");
    let picture = desk.run("consolidate in --policy policy --month 2025-01 --json").ends(1).json();
    let expected = [
        ("in/0006", "unknown"),
        ("in/american", "unlike"),
        ("in/empty", "unreadable"),
        ("in/folder", "unreadable"),
        ("in/packed.zip", "unreadable"),
        ("in/part", "unreadable"),
    ];
    let expected = expected.map(|(place, standing)| (place.to_owned(), standing.to_owned()));
    assert_eq!(left_out(&picture), BTreeMap::from(expected));
    assert_eq!(picture["counts"]["counted"], 5);
    let csv = "consolidate in --policy policy --month 2025-01 --part bundles --format csv";
    let csv = desk.run(csv).ends(1).out;
    let of_bundles = csv.lines().filter(|line| line.starts_with("in/"));
    assert!(of_bundles.clone().all(|line| line.split(',').count() >= 23), "{csv}");
    assert_eq!(of_bundles.count(), 11);
    desk.run("consolidate in --csv").ends(2);
}

#[test]
fn a_consolidation_that_was_kept_names_its_bundles_and_is_made_again_where_they_lie() {
    let (desk, unions) = Desk::with(3);
    let asked = "consolidate in --policy policy --month 2025-01 --fresh 90";
    for format in ["table", "csv", "json", "xlsx", "html"] {
        desk.run(&format!("{asked} --format {format} --out c.{format}")).ends(0);
    }
    let page = fs::read_to_string(desk.path("c.table")).unwrap();
    assert_eq!(page.matches("Bundle: in/").count(), unions.len(), "{page}");
    assert!(
        page.contains(
            "Made by: mingzhang consolidate in --policy policy --month 2025-01 --fresh 90 --clock "
        ),
        "{page}"
    );
    let json: Value =
        serde_json::from_str(&fs::read_to_string(desk.path("c.json")).unwrap()).unwrap();
    assert_eq!(json["foot"]["bundles"][0]["root"], json["unions"][0]["root"]);
    for format in ["table", "csv", "json", "xlsx", "html"] {
        let said = desk.run(&format!("verify-report c.{format} --lang en")).ends(0).out;
        assert!(said.contains("the same: mingzhang consolidate in "), "{said}");
    }
    let figure = page.replacen("5/", "6/", 1).replacen(" 3 |", " 4 |", 1);
    assert_ne!(figure, page);
    desk.write("changed", &figure);
    desk.run("verify-report changed").ends(4);
    // What a foot names is read only where it is what it is said to be.
    desk.write("endless", &page.replacen("--policy policy", "--policy /dev/zero", 1));
    assert_eq!(desk.run("verify-report endless --json").ends(2).refused(), "RPT11");
    // Without its bundles it is said what it needs.
    fs::rename(desk.path("in"), desk.path("elsewhere")).unwrap();
    let refused = desk.run("verify-report c.table --json").ends(2);
    assert_eq!(refused.refused(), "RPT11");
}

#[test]
fn a_consolidation_that_cannot_be_made_says_why() {
    let (desk, unions) = Desk::with(2);
    fs::create_dir(desk.path("nothing")).unwrap();
    fs::create_dir(desk.path("policies")).unwrap();
    for (line, code) in [
        ("consolidate nothing", "LVL1"),
        ("consolidate nowhere", "IO2"),
        ("consolidate in --policy nowhere", "IO2"),
        ("consolidate in --policy policies", "LVL3"),
        ("consolidate in --against policy", "CKP1"),
        ("consolidate in -b nowhere", "IO2"),
    ] {
        let ran = desk.run(&format!("{line} --month 2025-01 --json"));
        assert_eq!((ran.refused().as_str(), ran.code > 1), (code, true), "{line}: {}", ran.err);
    }
    desk.write("policies/a", &policy(&unions));
    desk.write("policies/b", &policy(&unions[1..]));
    assert_eq!(desk.run("consolidate in --policy policies --json").ends(2).refused(), "LVL4");
    desk.write("policies/b", "log nothing\n");
    assert_eq!(desk.run("consolidate in --policy policies --json").ends(2).refused(), "POL1");
    // A folder of policies, one a union, says the same as one file with all of them.
    fs::remove_dir_all(desk.path("policies")).unwrap();
    for (n, union) in (1..).zip(&unions) {
        desk.write(&format!("policies/{n}"), &policy([union]));
    }
    let one = desk.run("consolidate in --policy policies --month 2025-01 --json").ends(0).json();
    let other = desk.run("consolidate in --policy policy --month 2025-01 --json").ends(0).json();
    assert_eq!(one, other);
    assert_eq!(one["counts"]["by_standing"], json!({"witnessed": 2}));
}

#[test]
fn without_a_policy_nothing_is_witnessed_and_everything_counts_and_is_marked() {
    let (desk, _) = Desk::with(2);
    let picture = desk.run("consolidate in --month 2025-01 --json").ends(0).json();
    assert_eq!(picture["counts"]["by_standing"], json!({"not_witnessed": 2}));
    assert_eq!(picture["counts"]["counted"], 2);
    let last = desk.run("consolidate in --json").ends(0).json();
    assert_eq!(
        (&last["asked"]["term"], &last["months"]),
        (&json!("2025-02"), &json!("2025-01..2025-02"))
    );
    let text = desk.run("consolidate in --month 2025-01 --lang en --part unions").ends(0).out;
    assert!(text.contains("verified, not independently witnessed"), "{text}");
}

#[test]
fn a_checkpoint_that_is_held_shows_a_history_that_was_rewritten() {
    let (desk, unions) = Desk::with(2);
    let mut rewritten = set_up(1);
    while rewritten.lines().len() < unions[0].lines().len() {
        let group = format!("g-{}", rewritten.lines().len());
        rewritten.on(
            "2025-03-01",
            "acc",
            json!({"command": "group.define", "group": group,
            "name": "组"}),
        );
    }
    rewritten.lay_all(&desk.bundle(1));
    let size = unions[0].lines().len() - 1;
    desk.write("held/1", &unions[0].checkpoint(size, false).to_string());
    let line = "consolidate in --policy policy --month 2025-01 --json";
    desk.run(line).ends(0);
    let picture = desk.run(&format!("{line} --against held")).ends(4).json();
    assert_eq!(left_out(&picture), BTreeMap::from([("in/0001".to_owned(), "broken".to_owned())]));
    let why = picture["left_out"][0]["why"]["en"].as_str().unwrap();
    assert!(why.starts_with("root_wrong: "), "{why}");
    assert!(witness().vkey().to_string().starts_with("audit.example/w1+"));
}
