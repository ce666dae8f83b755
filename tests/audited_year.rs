//! 审计 The demo's year, kept as a union keeps it that is looked after: with a budget, cash that is
//! counted and a bank that is reconciled every month. A second person, who has the bundle alone, finds in
//! it what is there; and what is planted in it, and nothing else.
#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    clippy::double_ended_iterator_last,
    reason = "a year told in its order, as commands in a text"
)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

mod demo_book;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command as Process;

use demo_book::{Book, Line, files, lines};
use mingzhang::chart::Use;
use mingzhang::date::{Day, Month};
use mingzhang::event::{Fact, Recorded};
use mingzhang::ids::Seq;
use mingzhang::money::Money;
use mingzhang::projection::accounts::Kind;
use mingzhang::report::Period;
use mingzhang::report::asked::Ledger;
use mingzhang::report::programme::{self, Outcome, Programme};
use mingzhang::rules::{Command, drawing};
use serde_json::{Value, json};
use tempfile::TempDir;

/// 违规 What is planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Planted {
    /// Two payments to one organisation, each below the band of the chair.
    Split,
    /// A second benefit in one year, and the cap only afterwards.
    AboveCap,
    /// The head of finance approves a payment to a relative who is declared only afterwards.
    Relative,
}

/// The year as it is asked for, month by month, and the book that it makes.
struct Year {
    book: Book,
    /// The commands of each file as one applies them.
    texts: BTreeMap<String, String>,
    keys: u32,
}

impl Year {
    fn of(planted: &BTreeSet<Planted>) -> Year {
        let mut year = Year { book: Book::begin(), texts: BTreeMap::new(), keys: 0 };
        for (file, first) in files() {
            let month = first.month();
            let setup = file.starts_with("00");
            let closes = |line: &Line| {
                matches!(line.command, Command::ClosePeriod(_) | Command::CloseYear(_))
            };
            let (closing, own): (Vec<Line>, Vec<Line>) =
                lines(&file, first).into_iter().partition(closes);
            for mut line in own {
                if let Command::ReverseEntry(reverse) = &mut line.command {
                    reverse.seq = year.wrong_interest();
                }
                year.apply(&file, line);
            }
            if setup {
                year.kept_as_it_should_be(&file);
            } else {
                year.more(&file, month, planted);
                year.count_and_reconcile(&file, month);
            }
            for line in closing {
                year.apply(&file, line);
            }
        }
        year
    }

    fn apply(&mut self, file: &str, line: Line) {
        let mut value = serde_json::to_value(&line.command).unwrap();
        value["as"] = json!(line.by);
        value["key"] = json!(line.key);
        let text = self.texts.entry(file.to_owned()).or_default();
        text.push_str(&format!("{value}\n"));
        self.book.apply(&line);
    }

    fn ask(&mut self, file: &str, today: Day, by: &str, name: &str, fields: Value) {
        self.keys += 1;
        let command = Command::read(name, fields).unwrap().unwrap();
        let key = format!("audited-{:04}", self.keys);
        let (place, by) = (format!("{file} {key} {name}"), by.parse().unwrap());
        let line =
            Line { place, key: serde_json::from_value(json!(key)).unwrap(), by, today, command };
        self.apply(file, line);
    }

    fn wrong_interest(&self) -> Seq {
        let records = self.book.records();
        let wrong = records.iter().map(|(record, _)| record).filter(|record| {
            matches!(&record.fact, Fact::InterestReceived(f) if f.amount.to_string() == "128.50")
        });
        wrong.last().unwrap().seq
    }

    /// A budget, limits of the earmarked funds, and rules that say by when.
    fn kept_as_it_should_be(&mut self, file: &str) {
        let day: Day = "2025-01-01".parse().unwrap();
        let source = "示例工会委员会决议2025-2号";
        let rules = [
            json!({"name": "remittance_due", "day_of_month": 15}),
            json!({"name": "approval_expiry", "days": 30}),
            json!({
                "name": "audit_thresholds", "late_days": 31, "round_sum": "10000.00",
                "hours_first": 7, "hours_last": 21,
            }),
        ];
        for rule in rules {
            let fields = json!({"rule": rule, "from": day, "source": source});
            self.ask(file, day, "chair-a", "rule.set", fields);
        }
        for fund in ["relief", "donation"] {
            let fields = json!({"fund": fund, "accounts": ["504"], "resolution": source});
            self.ask(file, day, "chair-a", "fund.limit", fields);
        }
        let line = |account: &str, fund: &str, amount: &str| json!({"account": account, "fund": fund, "amount": amount});
        let lines = [
            line("401", "general", "30000.00"),
            line("402", "general", "83000.00"),
            line("403", "relief", "20000.00"),
            line("405", "general", "10000.00"),
            line("408", "general", "800.00"),
            line("408", "donation", "8000.00"),
            line("501", "general", "90000.00"),
            line("503", "general", "12000.00"),
            line("504", "general", "10000.00"),
            line("504", "relief", "20000.00"),
            line("504", "donation", "5000.00"),
            line("505", "general", "6000.00"),
            line("507", "general", "4000.00"),
        ];
        let fields = json!({"budget": 2025, "date": day, "lines": lines, "resolution": source});
        self.ask(file, day, "acc-b", "budget.adopt", fields);
        let item = json!({
            "item": "hospital", "name": "会员住院慰问", "kind": "hospital", "account": "50105",
            "eligible": ["member"],
        });
        self.ask(file, day, "fin-e", "welfare_item.define", item);
    }

    /// A benefit in May, its cap in October; and what is planted.
    fn more(&mut self, file: &str, month: Month, planted: &BTreeSet<Planted>) {
        let day = month.last_day();
        match month.number() {
            5 => self.benefit(file, day, "b-1", "400.00"),
            7 if planted.contains(&Planted::Split) => {
                for id in ["s-1", "s-2"] {
                    let payee = json!({"organisation": "示例市某某礼仪公司"});
                    self.pay(file, day, id, "50103", "900.00", payee);
                }
            }
            9 if planted.contains(&Planted::AboveCap) => self.benefit(file, day, "b-2", "800.00"),
            10 => {
                let schedule = json!({
                    "name": "benefit_schedule",
                    "lines": [{"item": "hospital", "per": "person_year", "amount": "1000.00"}],
                });
                let fields = json!({
                    "rule": schedule, "from": "2025-01-01", "source": "示例省总工会经费收支管理细则（示例）",
                });
                self.ask(file, day, "chair-a", "rule.set", fields);
            }
            11 if planted.contains(&Planted::Relative) => {
                self.pay(file, day, "r-1", "50405", "600.00", json!({"member": "m-0061"}));
            }
            12 if planted.contains(&Planted::Relative) => {
                let fields = json!({
                    "officer": "fin-e", "to": {"member": "m-0061"}, "kind": "relative",
                    "from": "2010-01-01",
                });
                self.ask(file, day, "audit-f", "relation.declare", fields);
            }
            _ => {}
        }
    }

    fn benefit(&mut self, file: &str, day: Day, id: &str, amount: &str) {
        let fields = json!({
            "disbursement": id, "date": day, "item": "hospital",
            "lines": [{"to": {"member": "m-0051"}, "amount": amount}],
            "control": {"people": 1, "total": amount}, "purpose": "住院慰问",
        });
        self.ask(file, day, "clerk-d", "benefit.request", fields);
        self.paid(file, day, id, amount);
        let signed = json!({"disbursement": id, "date": day});
        self.ask(file, day, "clerk-d", "benefit.distribute", signed);
    }

    fn pay(&mut self, file: &str, day: Day, id: &str, account: &str, amount: &str, payee: Value) {
        let fields = json!({
            "disbursement": id, "date": day, "account": account, "amount": amount, "payee": payee,
            "purpose": "活动用款",
        });
        self.ask(file, day, "clerk-d", "disbursement.request", fields);
        self.paid(file, day, id, amount);
    }

    fn paid(&mut self, file: &str, day: Day, id: &str, amount: &str) {
        let approval = json!({"disbursement": id, "date": day, "amount": amount});
        self.ask(file, day, "fin-e", "disbursement.approve", approval);
        let payment = json!({"disbursement": id, "date": day, "from": "bank"});
        self.ask(file, day, "cash-c", "disbursement.pay", payment);
    }

    /// The till is counted and the bank reconciled on the last day, with nothing outstanding.
    fn count_and_reconcile(&mut self, file: &str, month: Month) {
        let day = month.last_day();
        let held = |of: Use| {
            let account = self.book.chart().at(of).unwrap();
            self.book.state().accounts.slips([account])
        };
        let counted = Money::sum(held(Use::Cash).iter().map(|slip| slip.amount));
        let slips = held(Use::Bank);
        let opening =
            slips.iter().filter(|slip| slip.kind == Kind::Opening || slip.day.month() < month);
        let opening = Money::sum(opening.map(|slip| slip.amount));
        let own: Vec<_> = slips
            .iter()
            .filter(|s| s.kind != Kind::Opening && s.day.month() == month && !s.amount.is_zero())
            .copied()
            .collect();
        let lines: Vec<Value> = (1..)
            .zip(&own)
            .map(|(no, slip): (u32, _)| json!({"no": no, "date": slip.day, "amount": slip.amount}))
            .collect();
        let closing = opening.plus(Money::sum(own.iter().map(|slip| slip.amount)));
        let count = json!({"date": day, "counted": counted, "witness": "acc-b"});
        self.ask(file, day, "cash-c", "cash.count", count);
        let statement = json!({
            "statement": month.to_string(), "date": day, "first": month.first_day(), "last": day,
            "opening": opening, "closing": closing, "source": "5f".repeat(32), "lines": lines,
        });
        self.ask(file, day, "acc-b", "bank_statement.record", statement);
        for (no, slip) in (1..).zip(&own) {
            let no: u32 = no;
            let pair = json!({"statement": month.to_string(), "lines": [no], "seqs": [slip.seq]});
            self.ask(file, day, "acc-b", "bank.match", pair);
        }
        let sheet = json!({"date": day, "statement": month.to_string(), "adjusted": closing});
        self.ask(file, day, "acc-b", "bank.reconcile", sheet);
    }

    fn programme(&self) -> Programme {
        let records: Vec<Recorded> =
            self.book.records().into_iter().map(|(record, _)| record).collect();
        let (state, chart) = (self.book.state(), self.book.chart());
        let ledger = Ledger { state, chart, records: &records };
        programme::report(ledger, "2025".parse::<Period>().unwrap(), None)
    }
}

/// The exceptions of each check, in words, and what could not be judged.
fn found(programme: &Programme) -> BTreeMap<String, Vec<String>> {
    let checks = programme
        .checks
        .iter()
        .filter(|check| !matches!(check.result, Outcome::InOrder | Outcome::NothingToLookAt));
    checks
        .map(|check| {
            let code = serde_json::to_value(check.code).unwrap();
            let why = check.why.iter().map(|why| format!("not judged: {}", why.en));
            let said = check.exceptions.iter().map(|of| match of.amount {
                Some(amount) => format!("{} [{amount}]", of.says.en),
                None => of.says.en.clone(),
            });
            (code.as_str().unwrap().to_owned(), why.chain(said).collect())
        })
        .collect()
}

/// The same from JSON.
fn found_in(report: &Value) -> BTreeMap<String, Vec<String>> {
    let checks = report["checks"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    checks
        .filter(|check| check["result"] != "in_order" && check["result"] != "nothing_to_look_at")
        .map(|check| {
            let why = check["why"]["en"].as_str().map(|why| format!("not judged: {why}"));
            let said = check["exceptions"].as_array().unwrap().iter().map(|of| {
                let says = text(&of["says"]["en"]);
                of["amount"].as_str().map_or(says.clone(), |amount| format!("{says} [{amount}]"))
            });
            (text(&check["code"]), why.into_iter().chain(said).collect())
        })
        .collect()
}

/// What the demo's year has by right: a member who did not pay a month, and one red voucher.
fn by_right() -> BTreeMap<String, Vec<String>> {
    let one = |code: &str, says: &str| (code.to_owned(), vec![says.to_owned()]);
    BTreeMap::from([
        one("dues_paid", DUES_OWED),
        one("receipt_numbers", "not judged: no book of receipts is recorded"),
        one("reversals", "记-2025-03-0014 reverses 记-2025-03-0012"),
    ])
}

const DUES_OWED: &str = "the member m-0045 owes for 2025-11 [34.80]";

/// What one planted irregularity adds.
fn planted(what: Planted) -> (String, Vec<String>) {
    let (code, says) = match what {
        Planted::Split => (
            "split_payments",
            "s-1, s-2: 2 to one payee or of one list, which together take a higher band [1800.00]",
        ),
        Planted::AboveCap => (
            "benefit_caps",
            "the member m-0051 has 1200.00 of hospital, and 1000.00 a year is allowed (b-2), by a \
             schedule recorded after the payment [200.00]",
        ),
        Planted::Relative => {
            ("related_payees", "fin-e approved r-1 and is a relative of the payee [600.00]")
        }
    };
    (code.to_owned(), vec![says.to_owned()])
}

#[test]
fn a_clean_year_has_no_exception_but_those_that_are_there() {
    assert_eq!(found(&Year::of(&BTreeSet::new()).programme()), by_right());
}

#[test]
fn each_irregularity_is_found_and_nothing_else_changes() {
    for what in [Planted::Split, Planted::AboveCap, Planted::Relative] {
        let year = Year::of(&BTreeSet::from([what]));
        let mut expected = by_right();
        expected.extend([planted(what)]);
        assert_eq!(found(&year.programme()), expected, "{what:?}");
    }
}

/// A folder with the treasurer's book and the auditor's bundle, and the program.
struct Desk {
    dir: TempDir,
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    #[track_caller]
    fn run(&self, clock: &str, args: &[&str]) -> String {
        let output = Process::new(env!("CARGO_BIN_EXE_mingzhang"))
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .env("LC_ALL", "C")
            .env("MINGZHANG_CLOCK", clock)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}\n{told}");
        String::from_utf8(output.stdout).unwrap()
    }

    #[track_caller]
    fn record(&self, clock: &str, commands: &[Value]) {
        let text: String = commands.iter().map(|command| format!("{command}\n")).collect();
        fs::write(self.path("more.jsonl"), text).unwrap();
        self.run(clock, &["-b", "book", "apply", "more.jsonl", "--quiet"]);
    }

    /// A bundle of all there is, which replaces the one before.
    fn bundle(&self, clock: &str) {
        fs::remove_dir_all(self.path("bundle")).ok();
        self.run(clock, &["-b", "book", "checkpoint", "sign", "--quiet"]);
        self.run(clock, &["-b", "book", "export", "bundle", "--out", "bundle", "--quiet"]);
    }

    /// A report that is made of the bundle alone.
    fn report(&self, clock: &str, args: &[&str]) -> Value {
        let all = [&["-b", "bundle", "--json", "report"], args, &["--year", "2025"]].concat();
        serde_json::from_str(&self.run(clock, &all)).unwrap()
    }

    /// The year, recorded with the program as a treasurer does: each month on its last day.
    fn of(year: &Year) -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        let begin = "2025-01-01T02:00:00Z";
        desk.run(
            begin,
            &[
                "-b",
                "book",
                "init",
                "gh.example.org/branch-017",
                "--organisation",
                "示例市某某厂工会委员会",
                "--starts",
                "2025-01-01",
                "--no-passphrase",
                "--as",
                "acc-b",
                "--quiet",
            ],
        );
        for (file, first) in files() {
            let day = if file.starts_with("00") { first } else { first.month().last_day() };
            let clock = format!("{day}T02:00:00Z");
            fs::write(desk.path(&file), &year.texts[&file]).unwrap();
            desk.run(&clock, &["-b", "book", "apply", &file, "--quiet"]);
        }
        desk
    }
}

const AUDIT: &str = "2026-01-20T02:00:00Z";
const SEED: &str = "8d7f1c2b8d7f1c2b8d7f1c2b8d7f1c2b8d7f1c2b8d7f1c2b8d7f1c2b8d7f1c2b";

#[test]
fn a_second_person_audits_the_year_from_the_bundle_alone() {
    let all = BTreeSet::from([Planted::Split, Planted::AboveCap, Planted::Relative]);
    let desk = Desk::of(&Year::of(&all));
    desk.bundle("2025-12-31T03:00:00Z");
    fs::rename(desk.path("book"), desk.path("away")).unwrap();
    let programme = desk.report(AUDIT, &["audit-programme"]);
    let mut expected = by_right();
    expected.extend(all.iter().map(|what| planted(*what)));
    assert_eq!(found_in(&programme), expected);
    fs::rename(desk.path("away"), desk.path("book")).unwrap();

    // The committee opens the audit, draws, raises a finding for each, and reports.
    let day = "2026-01-20";
    let records = |code: &str| {
        let checks = programme["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["code"] == code).unwrap();
        check["exceptions"][0]["records"].clone()
    };
    let finding = |id: &str, code: &str, says: &str| {
        json!({
            "command": "finding.raise", "finding": id, "date": day, "records": records(code),
            "says": says, "asks": "说明情况并整改", "owner": "acc-b", "due": "2026-03-31", "as": "audit-f",
        })
    };
    desk.record(
        AUDIT,
        &[
            json!({
                "command": "audit.open", "audit": "a-2025", "on": day, "first": "2025-01",
                "last": "2025-12", "team": ["audit-f", "audit-g"], "lead": "audit-f",
                "basis": "经审会2025年度审计计划", "as": "audit-f",
            }),
            json!({
                "command": "sample.draw", "audit": "a-2025", "on": day, "seed": SEED,
                "population": {"what": "payments", "first": "2025-01", "last": "2025-12", "above": "1000.00"},
                "size_asked": 10, "as": "audit-g",
            }),
            finding("f-1", "split_payments", "同一收款人的用款拆为两笔"),
            finding("f-2", "benefit_caps", "住院慰问超过年度标准"),
            finding("f-3", "related_payees", "批准人未回避"),
        ],
    );
    desk.bundle(AUDIT);
    let figures = desk.report(AUDIT, &["audit"]);
    let reported = json!({
        "command": "audit.report", "audit": "a-2025", "date": day, "findings": ["f-1", "f-2", "f-3"],
        "income": figures["income"]["total"], "spending": figures["spending"]["total"],
        "closing": figures["balance"]["total"]["closing"],
        "advice": ["先定标准后发放", "按季公布用款明细"], "as": "audit-f",
    });
    let concluded = json!({
        "command": "audit.conclude", "date": day, "first": "2025-01", "last": "2025-12",
        "opinion": "qualified", "says": "除所列三项外，收支真实、合规", "as": "audit-f",
    });
    let rectified = json!({
        "command": "rectification.report", "finding": "f-2", "date": day, "measure": "超标部分已退回",
        "status": "done", "evidence": "退款回单（示例）", "as": "acc-b",
    });
    let cleared = json!({
        "command": "finding.clear", "finding": "f-2", "date": day, "reason": "已核对退款", "as": "audit-g",
    });
    desk.record(AUDIT, &[reported, concluded, rectified, cleared]);
    desk.bundle(AUDIT);

    let report = desk.report(AUDIT, &["audit"]);
    let [income, spending] = [&report["income"], &report["spending"]];
    assert_eq!(income["budget"], "151800.00");
    assert_eq!(spending["budget"], "147000.00");
    for side in [income, spending] {
        let first_level = side["lines"].as_array().unwrap().iter();
        let planned = first_level.filter(|line| line["first_level"] == true);
        for line in planned {
            for column in ["budget", "actual", "completion", "share"] {
                assert!(line[column].is_string(), "{column}: {line}");
            }
        }
    }
    let standing: Vec<_> =
        report["findings"].as_array().unwrap().iter().map(|line| &line["standing"]).collect();
    assert_eq!(standing, ["open", "cleared", "open"]);
    assert_eq!(report["opinions"][0]["opinion"], "qualified");
    assert_eq!(report["audits"][0]["reported"]["advice"][0], "先定标准后发放");

    // Anybody draws the same again from the records of the bundle.
    let sample = &report["audits"][0]["samples"][0];
    let population = payments_above(&desk, sample["seq"].as_u64().unwrap());
    let drawn = drawing(&SEED.parse().unwrap(), population.iter().copied());
    assert_eq!(sample["population_size"], population.len());
    assert_eq!(sample["drawn"], json!(drawn[..10]));

    let register = desk.report(AUDIT, &["findings"]);
    assert_eq!(
        register["counts"],
        json!({"findings": 3, "open": 2, "in_progress": 0, "rectified": 0, "cleared": 1, "overdue": 0})
    );
    // Its own text, whole, is what the congress is given.
    let page = desk.run(
        AUDIT,
        &["-b", "bundle", "--lang", "zh", "report", "audit", "--year", "2025", "--no-footer"],
    );
    for part in [
        "各位代表",
        "一、收入",
        "二、支出",
        "三、结余",
        "四、固定资产",
        "十三、审计发现和整改",
        "十四、审查意见",
        "十五、建议",
        "十六、提请审议",
        "经审会主任",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    // Each figure is the sum of its records.
    for key in ["401", "50105", "income", "spending"] {
        let explained =
            desk.run(AUDIT, &["-b", "bundle", "--json", "explain", "audit", key, "--year", "2025"]);
        let explained: Value = serde_json::from_str(&explained).unwrap();
        assert_eq!(explained["agrees"], true, "{key}");
    }
}

/// The vouchers before that record that leave less than 1,000.00 in cash and bank, read without the
/// program from the lines of the bundle.
fn payments_above(desk: &Desk, before: u64) -> Vec<Seq> {
    let text = fs::read_to_string(desk.path("bundle").join("events.ndjson")).unwrap();
    let mut found = Vec::new();
    for (seq, line) in (0..before).zip(text.lines()) {
        let record: Value = serde_json::from_str(line).unwrap();
        let Some(entries) = record["body"]["entries"].as_array() else { continue };
        let of_tills = entries.iter().filter(|entry| {
            let account = entry["account"].as_str().unwrap();
            ["101", "10101", "102", "10201"].contains(&account)
        });
        let amount = |entry: &Value, side: &str| {
            entry[side].as_str().map_or(Money::ZERO, |text| text.parse().unwrap())
        };
        let moved = Money::sum(of_tills.map(|e| amount(e, "credit").minus(amount(e, "debit"))));
        if moved > "1000.00".parse().unwrap() {
            found.push(Seq(seq));
        }
    }
    found
}
