//! Real filings of American unions, year by year: 105 LM-2 and LM-3 reports of 2021, recorded through
//! the chart `us-olms`. Their totals come out, and the books name exactly those whose own cash does
//! not roll. The data are a public record that is not in this repository: where
//! `MINGZHANG_REAL_DATA` does not say where they are, this is skipped, and says so.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, Given, appoint, approve, asks,
    enrol, establish, given_on, ledger, of, pay,
};
use mingzhang::chart::Chart;
use mingzhang::date::{Day, Offset};
use mingzhang::event::audit::Adjustment;
use mingzhang::event::{Fact, Recorded, Voucher};
use mingzhang::ids::AccountCode;
use mingzhang::money::Money;
use mingzhang::posting;
use mingzhang::projection::State;
use mingzhang::report::Period;
use mingzhang::report::audit::{self, Concern};
use mingzhang::report::count::count;
use mingzhang::report::statement::{self, Statement};
use mingzhang::report::trial_balance::{self, By};
use mingzhang::rules::Command;
use serde_json::{Value, json};

/// Dues are received from members, which a filing does not name: one stands for all of them.
const DUES: (&str, &str) = ("DUES", "436");

/// Column of the data → account; what the form itself adds up or repeats is not among them.
const RECEIPTS: [(&str, &str); 12] = [
    ("TAX", "437"),
    ("FEES", "438"),
    ("SUPPLIES", "439"),
    ("INTEREST", "440"),
    ("DIVIDENDS", "441"),
    ("RENTS", "442"),
    ("INVESTMENTS", "443"),
    ("LOANS_OBTAINED", "444"),
    ("LOANS_MADE", "445"),
    ("AFFILIATES", "446"),
    ("MEMBERS", "447"),
    ("OTHER_RECEIPTS", "448"),
];

/// Item 67a of the LM-2: what was withheld stays in the till until it is passed on.
const WITHHELD: (&str, &str) = ("WITHHELD", "467");

const LM2_DISBURSEMENTS: [(&str, &str); 17] = [
    ("REPRESENTATIONAL", "550"),
    ("POLITICAL", "551"),
    ("CONTRIBUTIONS", "552"),
    ("GENERAL_OVERHEAD", "553"),
    ("UNION_ADMINISTRATION", "554"),
    ("BENEFITS", "555"),
    ("PER_CAPITA_TAX", "556"),
    ("STRIKE_BENEFITS", "557"),
    ("FEES", "558"),
    ("SUPPLIES", "559"),
    ("INVESTMENTS", "560"),
    ("LOANS_MADE", "561"),
    ("LOANS_PAYMENT", "562"),
    ("AFFILIATES", "563"),
    ("MEMBERS", "564"),
    ("DIRECT_TAXES", "565"),
    ("LESS_TOTAL_DISBURSED", "567"),
];

const LM3_DISBURSEMENTS: [(&str, &str); 11] = [
    ("TO_OFFICERS", "645"),
    ("TO_EMPLOYEES", "646"),
    ("PER_CAPITA_TAX", "556"),
    ("OFF_ADMIN_EXPENSE", "648"),
    ("PRO_FEES", "649"),
    ("BENEFITS", "555"),
    ("CONTRIBUTIONS", "552"),
    ("SUPPLIES", "559"),
    ("INVESTMENTS", "560"),
    ("LOANS_MADE", "561"),
    ("OTHER_DISBURSEMENTS", "654"),
];

const CLAIMED: [(&str, &str); 3] =
    [("ACCOUNTS_RECEIVABLE", "123"), ("LOANS_RECEIVABLE", "124"), ("TREASURY_SECURITIES", "125")];

const OWNED: [(&str, &str); 3] =
    [("INVESTMENTS", "126"), ("FIXED_ASSETS", "12701"), ("OTHER_ASSETS", "128")];

const LIABILITIES: [(&str, &str); 4] = [
    ("ACCOUNTS_PAYABLE", "230"),
    ("LOANS_PAYABLE", "231"),
    ("MORTGAGE_PAYABLE", "232"),
    ("OTHER_LIABILITIES", "233"),
];

const CASH: &str = "12202";
const ROLLED: &str = "33501";
/// What stands against investments, fixed and other assets.
const HELD: &str = "33503";
/// What stands against other claims, less what is owed.
const CLAIMS: &str = "33504";

/// One filing: its rows of all tables, by table and column.
struct Filing {
    id: String,
    rows: BTreeMap<&'static str, BTreeMap<String, String>>,
}

impl Filing {
    fn text(&self, table: &'static str, column: &str) -> &str {
        self.rows[table].get(column).unwrap_or_else(|| panic!("{table} has no column {column}"))
    }

    /// Whole dollars; an empty cell is a line that the form does not have.
    fn dollars(&self, table: &'static str, column: &str) -> i64 {
        let text = self.text(table, column);
        if text.is_empty() { 0 } else { text.parse().unwrap() }
    }

    fn is_lm2(&self) -> bool {
        self.text("filings", "FORM_TYPE") == "LM-2"
    }

    fn total(&self, column: &str) -> i64 {
        self.dollars("filings", column)
    }

    /// Cash at the end less what its own receipts and disbursements leave of the cash at the start.
    fn does_not_roll_by(&self) -> i64 {
        let cash = |column| self.dollars("assets", column);
        let rolled =
            cash("CASH_START") + self.total("TTL_RECEIPTS") - self.total("TTL_DISBURSEMENTS");
        cash("CASH_END") - rolled
    }
}

/// A line of the tables: fields between commas, some in double quotes, none with a quote inside.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.trim_end().chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().unwrap().push(c),
        }
    }
    fields
}

fn read(folder: &Path) -> Vec<Filing> {
    let mut filings: BTreeMap<String, Filing> = BTreeMap::new();
    for table in ["filings", "receipts", "disbursements", "assets", "liabilities"] {
        let text = fs::read_to_string(folder.join(format!("{table}.csv"))).unwrap();
        let mut lines = text.lines().map(fields);
        let columns = lines.next().unwrap();
        for line in lines {
            assert_eq!(line.len(), columns.len(), "{table}: {line:?}");
            let row: BTreeMap<String, String> = columns.iter().cloned().zip(line).collect();
            let id = row["RPT_ID"].clone();
            let new = || Filing { id: id.clone(), rows: BTreeMap::new() };
            filings.entry(id.clone()).or_insert_with(new).rows.insert(table, row);
        }
    }
    filings.into_values().collect()
}

#[allow(clippy::disallowed_methods, reason = "where the data are is said by whoever runs this")]
fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("MINGZHANG_REAL_DATA")?;
    Some(PathBuf::from(folder).join("olms-2021-sample"))
}

fn dollars(amount: i64) -> Money {
    of(&format!("{amount}.00"))
}

/// Money that came in, on the line of the form that it is reported on.
fn receive(on: &str, account: &str, amount: i64) -> Asked {
    let fields = json!({
        "date": on, "account": account, "into": "bank", "amount": dollars(amount),
        "from": "as filed", "purpose": "as filed",
    });
    asks(ACCOUNTANT, on, "income.receive", fields)
}

/// The dues of all members as those of one, whose base they are.
fn receive_dues(on: &str, amount: i64) -> [Asked; 5] {
    let month = &on[..7];
    let rate = json!({"name": "dues_rate", "basis_points": 10_000, "step": "1.00"});
    let rate = json!({"rule": rate, "from": on, "source": "bylaws"});
    let base = json!({"member": "m-1", "base": dollars(amount), "from": month});
    let lines = json!([{"member": "m-1", "month": month, "amount": dollars(amount)}]);
    [
        asks(CHAIR, on, "rule.set", rate),
        asks(CLERK, on, "group.define", json!({"group": "g1", "name": "All members"})),
        enrol(on, "m-1", "g1"),
        asks(CLERK, on, "dues_base.set", base),
        asks(ACCOUNTANT, on, "dues.receive", json!({"date": on, "into": "bank", "lines": lines})),
    ]
}

/// Requested, approved and paid, as any money that goes out.
fn disburse(on: &str, id: &str, account: &str, amount: i64) -> [Asked; 3] {
    let fields = json!({
        "disbursement": id, "date": on, "account": account, "amount": dollars(amount),
        "payee": {"organisation": "as filed"}, "purpose": "as filed",
    });
    [
        asks(CLERK, on, "disbursement.request", fields),
        approve(FINANCE, on, id, &dollars(amount).to_string()),
        pay(CASHIER, on, id, "bank"),
    ]
}

/// An entry of so much, debit above nothing and credit below it.
fn entry(account: &str, balance: i64) -> Option<Value> {
    let side = if balance > 0 { "debit" } else { "credit" };
    let amount = dollars(balance.abs());
    (balance != 0).then(|| json!({"account": account, "fund": "general", side: amount}))
}

/// Each account that is not cash by its column of the start or the end, debit above nothing, with what
/// they come to on the account of net assets that stands against them.
fn not_cash(balance: impl Fn(&'static str, &str) -> i64) -> Vec<Value> {
    let of = |table, list: &[(&str, &'static str)], sign: i64| -> Vec<(&'static str, i64)> {
        let all = list.iter();
        all.map(|(column, account)| (*account, sign * balance(table, column))).collect()
    };
    let against = |account, balances: &[(&str, i64)]| {
        (account, -balances.iter().map(|(_, balance)| balance).sum::<i64>())
    };
    let owned = of("assets", &OWNED, 1);
    let mut claims = of("assets", &CLAIMED, 1);
    claims.extend(of("liabilities", &LIABILITIES, -1));
    let nets = [against(HELD, &owned), against(CLAIMS, &claims)];
    let all = owned.into_iter().chain(claims).chain(nets);
    all.filter_map(|(account, balance)| entry(account, balance)).collect()
}

fn begun(filing: &Filing) -> (Vec<Asked>, String) {
    let (from, to) =
        (filing.text("filings", "PD_COVERED_FROM"), filing.text("filings", "PD_COVERED_TO"));
    let mut begins = ledger("grassroots");
    begins.on = of(from);
    if let Command::CreateLedger(new) = &mut begins.command {
        new.starts = of(from);
    }
    let officers: [(&str, &str); 6] = [
        (ACCOUNTANT, "accountant"),
        (CASHIER, "cashier"),
        (CLERK, "clerk"),
        (FINANCE, "finance_head"),
        (AUDITOR, "audit_chair"),
        (CHAIR, "chair"),
    ];
    let mut asked = vec![begins, establish(ACCOUNTANT, from, "general", false)];
    asked.extend(officers.map(|(id, role)| appoint(ACCOUNTANT, from, id, &[role], None)));
    let bands = json!({"name": "approval_bands", "bands": [{"roles": ["finance_head"]}]});
    let fields = json!({"rule": bands, "from": from, "source": "bylaws"});
    asked.push(asks(CHAIR, from, "rule.set", fields));
    let start = |table, column: &str| filing.dollars(table, &format!("{column}_START"));
    let cash = start("assets", "CASH");
    let mut lines = not_cash(start);
    lines.extend([entry(CASH, cash), entry(ROLLED, -cash)].into_iter().flatten());
    if !lines.is_empty() {
        let fields = json!({"date": from, "lines": lines, "source": "as filed"});
        asked.push(asks(ACCOUNTANT, from, "opening.record", fields));
    }
    (asked, to.to_owned())
}

/// The year of a filing: its opening, what came in and went out by line, and what its other assets
/// and its liabilities are said to be at the end.
fn recorded(filing: &Filing) -> (Given, State) {
    let (mut asked, to) = begun(filing);
    let withheld = filing.is_lm2().then_some(("disbursements", WITHHELD));
    let lines = RECEIPTS.iter().map(|line| ("receipts", *line)).chain(withheld);
    let dues = filing.dollars("receipts", DUES.0);
    if dues != 0 {
        asked.extend(receive_dues(&to, dues));
    }
    for (table, (column, account)) in lines {
        let amount = filing.dollars(table, column);
        asked.extend((amount != 0).then(|| receive(&to, account, amount)));
    }
    let paid: &[(&str, &str)] =
        if filing.is_lm2() { &LM2_DISBURSEMENTS } else { &LM3_DISBURSEMENTS };
    for (column, account) in paid {
        let amount = filing.dollars("disbursements", column);
        if amount != 0 {
            asked.extend(disburse(&to, &format!("d{account}"), account, amount));
        }
    }
    let change = |table, column: &str| {
        let at = |end: &str| filing.dollars(table, &format!("{column}_{end}"));
        at("END") - at("START")
    };
    let lines = not_cash(change);
    let book = given_on("us-olms", asked);
    let state = as_filed(&book, &to, Value::Array(lines));
    (book, state)
}

/// A filing says what was owned and owed at the end and not how it came there, which no command
/// would take: the change is posted below the rules.
fn as_filed(book: &Given, on: &str, lines: Value) -> State {
    let mut state = book.state().clone();
    let date: Day = of(on);
    let (reason, basis) = (of("as filed"), of("as filed"));
    let lines = serde_json::from_value(lines).unwrap();
    let fact = Fact::AdjustmentRecorded(Adjustment { date, lines, reason, basis });
    let entries = posting::entries(&fact, None, book.book.chart()).unwrap();
    let number = state.periods.next_voucher(date.month());
    let voucher = (!entries.is_empty()).then_some(Voucher { number, date, entries });
    let (seq, actor) = (state.next(), of(AUDITOR));
    let at = date.at(9, 0, Offset::china()).unwrap();
    state.apply(&Recorded { seq, at, actor, fact, voucher, key: None }, None);
    state
}

fn statement(state: &State, chart: &Chart, id: &str) -> Statement {
    let statement = statement::report(state, chart, Period::All, Some(id));
    assert_eq!(statement.id.as_deref(), Some(id));
    statement
}

/// The last column of a line.
#[track_caller]
fn line(statement: &Statement, no: &str) -> Money {
    let line = statement.lines.iter().find(|line| line.no == no);
    *line.unwrap_or_else(|| panic!("no line {no}")).amounts.last().unwrap()
}

#[test]
fn every_filing_comes_out_as_filed_and_a_count_names_those_whose_cash_does_not_roll() {
    let Some(folder) = data() else {
        println!("skipped: MINGZHANG_REAL_DATA does not say where the filings are");
        return;
    };
    let filings = read(&folder);
    assert_eq!(filings.len(), 105);
    let cash = AccountCode::parse("122").unwrap();
    let (mut found, mut expected) = (BTreeMap::new(), BTreeMap::new());
    for filing in &filings {
        let id = &filing.id;
        if filing.does_not_roll_by() != 0 {
            expected.insert(id.clone(), dollars(filing.does_not_roll_by()));
        }
        let (book, state) = recorded(filing);
        let chart = book.book.chart();
        let end: Day = of(filing.text("filings", "PD_COVERED_TO"));
        let counted = dollars(filing.dollars("assets", "CASH_END"));
        let count = count(&state, &cash, counted, end.month());
        if !count.difference.is_zero() {
            found.insert(id.clone(), count.difference);
        }
        let (form, received, paid, assets, owed) = if filing.is_lm2() {
            ("lm2", "49", "68", "29", "34")
        } else {
            ("lm3", "44", "55", "31", "36")
        };
        let [stands, flows] =
            ["a", "b"].map(|part| statement(&state, chart, &format!("{form}-{part}")));
        assert_eq!(line(&flows, received), dollars(filing.total("TTL_RECEIPTS")), "{id}");
        assert_eq!(line(&flows, paid), dollars(filing.total("TTL_DISBURSEMENTS")), "{id}");
        // The filing has the cash that was counted among its assets.
        let with_count = line(&stands, assets).plus(count.difference);
        assert_eq!(with_count, dollars(filing.total("TTL_ASSETS")), "{id}");
        assert_eq!(line(&stands, owed), dollars(filing.total("TTL_LIABILITIES")), "{id}");
        let trial = trial_balance::report(&state, chart, Period::All, By::Fund);
        assert!(trial.agrees, "{id}");
        let audit = audit::report(&state, chart, Period::All);
        let differs = [Concern::AssetFundDiffers, Concern::FundsDiffer, Concern::TillNegative];
        assert!(!audit.exceptions.iter().any(|found| differs.contains(&found.code)), "{id}");
    }
    assert_eq!(found, expected);
    assert_eq!(found["782733"], dollars(-1205));
    assert_eq!(found.len(), 5);
}

#[test]
fn the_accounts_are_those_of_the_chart() {
    let chart = Chart::built_in("us-olms").unwrap();
    let all = RECEIPTS.iter().chain(&LM2_DISBURSEMENTS).chain(&LM3_DISBURSEMENTS);
    let all = all.chain(&CLAIMED).chain(&OWNED).chain(&LIABILITIES).chain([&WITHHELD, &DUES]);
    for account in all.map(|(_, account)| *account).chain([CASH, ROLLED, HELD, CLAIMS]) {
        assert!(chart.is_postable(&AccountCode::parse(account).unwrap()), "{account}");
    }
}
