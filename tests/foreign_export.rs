//! Programs that are not ours read our exports, agree with our balances, and catch each lie.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod demo_book;
mod exported;

use std::collections::BTreeMap;
use std::fs;

use demo_book::Book;
use exported::{BOTH, Exports, Files, Program, agree, agrees};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chart::Chart;
use mingzhang::date::{Day, Instant, Offset};
use mingzhang::event::book::{ChartPin, Level, NewLedger};
use mingzhang::event::fund::NewFund;
use mingzhang::event::income::{Subsidy, SubsidyKind};
use mingzhang::event::{Entry, Fact, Recorded, Side, Voucher};
use mingzhang::export::{By, Exported};
use mingzhang::ids::{AccountCode, FundId, OfficerId, Text};
use mingzhang::money::Money;
use mingzhang::projection::State;
use proptest::prelude::*;

fn demo() -> Exports {
    of(&Book::demo())
}

fn of(book: &Book) -> Exports {
    let (records, state, chart) = (book.records(), book.state().clone(), book.chart().clone());
    let exported =
        |(record, hash): (Recorded, RecordHash)| Exported { record, hash: hash.to_string() };
    Exports { records: records.into_iter().map(exported).collect(), state, chart }
}

#[test]
fn hledger_ledger_and_beancount_find_our_balances_line_by_line() {
    agree(&demo());
    // Before the year is closed, income and expenditure stand on their accounts.
    agree(&of(&Book::demo_through(11)));
}

#[test]
fn the_same_book_is_the_same_bytes() {
    let (one, other) = (demo(), demo());
    for by in BOTH {
        assert_eq!(one.journal(by), other.journal(by));
        assert_eq!(one.beancount(by), other.beancount(by));
    }
}

/// Records one after another, without asking any rule.
struct Chain {
    given: Exports,
}

impl Chain {
    fn new() -> Chain {
        let chart = Chart::built_in("cn-gonghui-2021").unwrap();
        Chain { given: Exports { records: Vec::new(), state: State::default(), chart } }
    }

    fn fund(&mut self, id: &str, name: &str) -> FundId {
        let fund = FundId::parse(id).unwrap();
        let name = Text::parse(name).unwrap();
        let purpose = Text::parse("示例").unwrap();
        let new = NewFund { fund: fund.clone(), name, restricted: true, purpose };
        self.record(Fact::FundEstablished(new), &[]);
        fund
    }

    fn subsidy(&mut self, date: &str, fund: &FundId, amount: &str, from: &str) {
        let (date, amount) = (Day::parse(date).unwrap(), Money::parse(amount).unwrap());
        let from = Text::parse(from).unwrap();
        let kind = SubsidyKind::SuperiorEarmarked;
        let subsidy = Subsidy { date, kind, fund: fund.clone(), amount, from };
        let lines = [("102", Side::Debit(amount)), ("40302", Side::Credit(amount))];
        self.record(
            Fact::SubsidyReceived(subsidy),
            &lines.map(|(code, side)| self.entry(code, fund, side)),
        );
    }

    fn entry(&self, code: &str, fund: &FundId, side: Side) -> Entry {
        let account = AccountCode::parse(code).unwrap();
        let name = self.given.chart.account(&account).unwrap().zh.clone();
        Entry { account, name, fund: fund.clone(), side }
    }

    fn record(&mut self, fact: Fact, entries: &[Entry]) {
        let seq = self.given.state.next();
        let voucher = (!entries.is_empty()).then(|| {
            let date = fact.date().unwrap();
            let number = self.given.state.periods.next_voucher(date.month());
            Voucher { number, date, entries: entries.to_vec() }
        });
        let at = Instant::parse("2026-03-01T01:00:00Z").unwrap();
        let actor = OfficerId::parse("acc-b").unwrap();
        let record = Recorded { seq, at, actor, fact, voucher, key: None };
        self.given.state.apply(&record, None);
        self.given.records.push(Exported { record, hash: format!("{:08x}", seq.0) });
    }
}

/// Texts that some program reads as something else than text; a book takes those without control
/// characters, and the rest of these too.
const PAYLOADS: [&str; 32] = [
    "一\n2026-03-04 * (V9) 多出来的\n    Assets:X:F1  1.00 CNY",
    "一\r2026-03-04 x",
    "一\u{85}二\u{2028}三\u{2029}四\u{7f}五\u{0}六\u{b}七\u{c}八\u{feff}九",
    "一; 二",
    "甲 ; 乙",
    "甲  ; date: 2026-03-05",
    "甲\t; 乙",
    "甲|乙",
    "* (V1) 甲",
    "! 甲",
    "(V1) 甲",
    "[2026-02-30]",
    "[2026-03-01] [=2026-03-01]",
    "date: 2026-03-05",
    "date2: 2026-02-30",
    "type: A",
    "key:: 1/0",
    ":a:b:",
    "a: b, date: 2026-03-05",
    "https://example.org/x?a=1",
    "甲\u{3000}乙  丙",
    "\"甲\" \\n \\",
    "\\\"",
    "{甲}",
    "{{1.00 CNY}}",
    "甲 @ 1.00 CNY = 5.00 CNY",
    "#福利 ^凭证-7",
    "银行（工行）、二〇二六",
    "𠮷田 ས་བོད་ ئۇيغۇر ꆈꌠ",
    "甲-乙-",
    "include /etc/passwd",
    "=SUM(A1)",
];

/// A text as a book could hold it: what it refuses is left out of it.
fn held(text: &str) -> Text {
    let kept: String = text.chars().filter(|c| !c.is_control()).take(100).collect();
    Text::parse(kept.trim()).unwrap_or_else(|_| Text::parse("示例").unwrap())
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(PAYLOADS.as_slice()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => Just(" ".to_owned()),
    ];
    proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

/// A book in which every free text is one of these: the organisation, the names of the accounts of its
/// own chart and of its funds, purposes and payers.
fn book_of(texts: &[String]) -> Exports {
    let mut texts = texts.iter().cycle().map(|text| held(text));
    let mut next = || texts.next().unwrap();
    let mut chart: serde_json::Value =
        serde_json::from_str(Chart::built_in("cn-gonghui-2021").unwrap().json()).unwrap();
    for account in chart["accounts"].as_array_mut().unwrap() {
        account["zh"] = next().as_str().into();
        account["en"] = next().as_str().into();
    }
    chart["id"] = "own".into();
    let chart = Chart::from_json(&chart.to_string()).unwrap();
    let pin = ChartPin { id: "own".to_owned(), sha256: chart.sha256().to_owned() };
    let mut chain =
        Chain { given: Exports { records: Vec::new(), state: State::default(), chart } };
    let ledger = NewLedger {
        random: "00".repeat(32),
        organisation: next(),
        level: Level::Grassroots,
        currency: "CNY".to_owned(),
        chart: pin,
        starts: Day::parse("2026-01-01").unwrap(),
        utc_offset: Offset::china(),
        log: String::new(),
        policy: String::new(),
        policy_sha256: String::new(),
        format_sha256: String::new(),
    };
    chain.record(Fact::LedgerCreated(ledger), &[]);
    for place in 0..12 {
        let fund = FundId::parse(&format!("f-{place}")).unwrap();
        let (name, purpose) = (next(), next());
        let new = NewFund { fund: fund.clone(), name, restricted: true, purpose };
        chain.record(Fact::FundEstablished(new), &[]);
        chain.subsidy("2026-03-04", &fund, "12.34", next().as_str());
        chain.subsidy("2026-03-02", &fund, "0.05", next().as_str());
    }
    chain.given
}

/// So many books, for each is read by a program four times.
fn few(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, max_shrink_iters: 20, failure_persistence: None, ..Default::default() }
}

proptest! {
    #![proptest_config(few(6))]
    #[test]
    fn hledger_finds_our_balances_whatever_the_texts_of_a_book_are(
        texts in proptest::collection::vec(hostile(), 80)
    ) {
        agrees(&book_of(&texts), Program::Hledger);
    }
}

proptest! {
    #![proptest_config(few(12))]
    #[test]
    fn ledger_finds_our_balances_whatever_the_texts_of_a_book_are(
        texts in proptest::collection::vec(hostile(), 80)
    ) {
        agrees(&book_of(&texts), Program::Ledger);
    }
}

proptest! {
    #![proptest_config(few(4))]
    #[test]
    fn beancount_finds_our_balances_whatever_the_texts_of_a_book_are(
        texts in proptest::collection::vec(hostile(), 80)
    ) {
        agrees(&book_of(&texts), Program::BeanCheck);
    }
}

#[test]
fn every_amount_has_two_decimals_and_every_balance_no_tolerance() {
    let given = demo();
    for by in BOTH {
        let (journal, beancount) = (given.journal(by), given.beancount(by));
        let mut amounts = 0;
        for line in journal.lines().chain(beancount.lines()) {
            let words: Vec<&str> = line.split(' ').collect();
            for pair in words.windows(2).filter(|pair| pair[1].starts_with("CNY")) {
                if pair[0] == "0" {
                    continue;
                }
                let fraction = pair[0].split_once('.').map(|(_, fraction)| fraction.len());
                let is_amount =
                    pair[0].starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
                assert!(!is_amount || fraction == Some(2), "{line}");
                amounts += usize::from(is_amount);
            }
        }
        assert!(amounts > 700, "{amounts}");
        let balances: Vec<&str> = beancount.lines().filter(|l| l.contains(" balance ")).collect();
        assert!(!balances.is_empty() && balances.iter().all(|line| line.contains(" ~ 0 CNY")));
        for text in [journal, beancount] {
            assert!(!text.contains(['\r', '\u{FEFF}', '¥', '￥']));
        }
    }
}

#[test]
fn no_name_or_text_makes_another_program_read_what_is_not_there() {
    let mut chain = Chain::new();
    let payloads = [
        "一; 二",
        "甲 ; 乙",
        "甲|乙",
        "* (V1) 甲",
        "! 甲",
        "(甲)",
        "[2026-02-30]",
        "[2026-03-01] [=2026-03-01]",
        "date: 2026-03-05",
        "key:: 1/0",
        ":a:b:",
        "a: b, date: 2026-03-05",
        "https://example.org/x?a=1",
        "甲\u{3000}乙  丙",
        "\"甲\" \\n \\",
        "{甲}",
        "甲 @ 1.00 CNY = 5.00 CNY",
        "银行（工行）、二〇二六",
        "𠮷田 ས་བོད་ ئۇيغۇر ꆈꌠ",
        "甲（乙）",
        "甲-乙-",
    ];
    for (place, payload) in payloads.iter().enumerate() {
        let fund = chain.fund(&format!("f-{place}"), payload);
        chain.subsidy("2026-03-04", &fund, "12.34", payload);
        chain.subsidy("2026-03-02", &fund, "0.05", payload);
    }
    agree(&chain.given);
}

#[test]
fn a_small_book_is_written_as_it_always_was() {
    let mut chain = Chain::new();
    let general = chain.fund("general", "一般资金");
    let relief = chain.fund("relief", "困难帮扶 (专项)");
    chain.subsidy("2026-03-04", &relief, "20000.00", "示例市总工会");
    chain.subsidy("2026-03-02", &general, "0.05", "示例\"厂\"; 二");
    for (by, name) in [(By::Currency, "plain"), (By::Fund, "funds")] {
        for (format, found) in
            [("journal", chain.given.journal(by)), ("beancount", chain.given.beancount(by))]
        {
            let file = format!("{}/fixtures/export/{name}.{format}", env!("CARGO_MANIFEST_DIR"));
            let expected = fs::read_to_string(&file).unwrap_or_default();
            if found != expected {
                let found_at = format!("{}/{name}.{format}", env!("CARGO_TARGET_TMPDIR"));
                fs::write(&found_at, &found).unwrap();
                panic!("{file} is expected, and {found_at} was written");
            }
        }
    }
}

#[test]
fn an_empty_book_is_exported_too() {
    let given = Chain::new().given;
    for by in BOTH {
        assert!(given.journal(by).starts_with("; 明账导出 （未建账）"));
        assert!(given.beancount(by).contains("尚无记录"));
    }
}

/// Lies, told on the aid of 5,600.00 that the relief fund paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    /// m1: one posting is a fen more.
    OneSide,
    /// m2: both postings are a fen more.
    BothSides,
    /// m3: the aid is paid from the general fund, and the closing figures are kept.
    WrongFund,
    /// m3b: the same, and the closing figures are adjusted too.
    WrongFundAndClosing,
    /// m4: an account that was not declared.
    UnknownAccount,
    /// m5: a transaction less.
    Deleted,
    /// m6: a transaction twice.
    Doubled,
}

impl Lie {
    const CAUGHT_BY_ALL: [Lie; 6] = [
        Lie::OneSide,
        Lie::BothSides,
        Lie::WrongFund,
        Lie::UnknownAccount,
        Lie::Deleted,
        Lie::Doubled,
    ];

    /// The same export, with the lie in it.
    fn told_in(self, text: &str) -> String {
        let is_aid = |block: &&str| block.contains("付款 d-") && block.contains(" 5600.00");
        assert_eq!(text.split("\n\n").filter(is_aid).count(), 1);
        let told = text.split("\n\n").map(|block| {
            if is_aid(&block) {
                self.told_of(block)
            } else if self == Lie::WrongFundAndClosing {
                let lines = block.lines().map(closing_adjusted);
                lines.collect::<Vec<_>>().join("\n")
            } else {
                block.to_owned()
            }
        });
        let told = told.filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n") + "\n";
        assert_ne!(told, text, "{self:?}");
        told
    }

    fn told_of(self, aid: &str) -> String {
        match self {
            Lie::OneSide => aid.replacen(" 5600.00", " 5600.01", 1),
            Lie::BothSides => aid.replace("5600.00", "5600.01"),
            Lie::WrongFund | Lie::WrongFundAndClosing => {
                let lines = aid.lines().map(|line| {
                    if line.contains(RELIEF_BANK) {
                        line.replace(RELIEF_BANK, GENERAL_BANK).replace("CNYB", "CNYA")
                    } else {
                        line.to_owned()
                    }
                });
                lines.collect::<Vec<_>>().join("\n")
            }
            Lie::UnknownAccount => {
                aid.replace(RELIEF_BANK, "Assets:109-账外资金:F2-困难帮扶专项资金")
            }
            Lie::Deleted => String::new(),
            Lie::Doubled => format!("{aid}\n\n{aid}"),
        }
    }
}

const GENERAL_BANK: &str = "Assets:102-银行存款:F1-一般资金";
const RELIEF_BANK: &str = "Assets:102-银行存款:F2-困难帮扶专项资金";

/// A closing line as it would stand if the general fund had paid the aid.
fn closing_adjusted(line: &str) -> String {
    let aid = Money::parse("5600.00").unwrap();
    let is_closing = line.contains(" = ") || line.contains(" balance ");
    let change = match (is_closing, line.contains(GENERAL_BANK), line.contains(RELIEF_BANK)) {
        (true, true, _) => aid.negated(),
        (true, _, true) => aid,
        (_, _, _) => return line.to_owned(),
    };
    // The closing figure is the last amount that is not a tolerance.
    let written = line.split(' ').rfind(|word| word.contains('.')).unwrap();
    let (before, after) = line.rsplit_once(written).unwrap();
    format!("{before}{}{after}", Money::parse(written).unwrap().plus(change))
}

/// What the accounts of each fund add up to: nothing, unless money crossed from one to another.
fn by_fund(trial_balance: &BTreeMap<String, Money>) -> BTreeMap<&str, Money> {
    let mut funds: BTreeMap<&str, Money> = BTreeMap::new();
    for (account, balance) in trial_balance {
        let (_, fund) = account.rsplit_once(':').unwrap();
        let sum = funds.entry(fund.split('-').next().unwrap()).or_default();
        *sum = sum.plus(*balance);
    }
    funds.retain(|_, sum| !sum.is_zero());
    funds
}

/// The programs that check, each with its export.
fn witnesses(given: &Exports, by: By) -> Vec<(Program, &'static str, String)> {
    let all = [
        (Program::Hledger, "book.journal", given.journal(by)),
        (Program::Ledger, "book.journal", given.journal(by)),
        (Program::BeanCheck, "book.beancount", given.beancount(by)),
    ];
    all.into_iter().filter(|(program, _, _)| program.is_here()).collect()
}

#[test]
fn every_program_catches_every_lie_but_one() {
    let (given, files) = (demo(), Files::new());
    for by in BOTH {
        for (program, name, text) in witnesses(&given, by) {
            for lie in Lie::CAUGHT_BY_ALL {
                let file = files.write(name, &lie.told_in(&text));
                let (accepted, _) = program.accepts(&file);
                assert!(!accepted, "{program:?} {by:?} accepts {lie:?}");
            }
        }
    }
}

#[test]
fn money_taken_from_another_fund_with_its_closing_figures_shows_by_fund() {
    let (given, files) = (demo(), Files::new());
    let crossed = BTreeMap::from([
        ("F1", Money::parse("-5600.00").unwrap()),
        ("F2", Money::parse("5600.00").unwrap()),
    ]);
    for by in BOTH {
        for (program, name, text) in witnesses(&given, by) {
            let file = files.write(name, &Lie::WrongFundAndClosing.told_in(&text));
            let (accepted, _) = program.accepts(&file);
            // ledger converts between commodities, whatever it is told.
            assert_eq!(accepted, by == By::Currency || program == Program::Ledger, "{program:?}");
            let adds_up = if program == Program::BeanCheck { Program::BeanQuery } else { program };
            if accepted && adds_up.is_here() {
                assert_eq!(by_fund(&adds_up.trial_balance(&file)), crossed, "{program:?} {by:?}");
            }
        }
    }
}

#[test]
fn every_fund_of_the_demo_year_adds_up_to_nothing() {
    let given = demo();
    for by in BOTH {
        assert_eq!(by_fund(&given.trial_balance(by)), BTreeMap::new(), "{by:?}");
    }
}
