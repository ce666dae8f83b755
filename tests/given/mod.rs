//! Given these commands, when that one, then what is recorded or the refusal: a book in memory that
//! is written by the same path as every other.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part of this module")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]
#![allow(clippy::needless_pass_by_value, reason = "a command is written where it is asked")]

pub mod acts;
pub mod owned;
pub mod allocation;
pub mod american;
pub mod relief;
pub mod welfare;
pub mod hardship;
pub mod reports;

use core::fmt::Debug;
use core::num::NonZeroU32;
use core::str::FromStr;

use mingzhang::book::{Book, Mode, NotRecorded, Receipt, Why, recorded};
use mingzhang::chain::record::Envelope;
use mingzhang::chart::{Chart, STATUTORY};
use mingzhang::date::{Day, Offset};
use mingzhang::event::Recorded;
use mingzhang::event::book::ChartPin;
use mingzhang::ids::{FundId, OfficerId};
use mingzhang::money::Money;
use mingzhang::projection::State;
use mingzhang::rules::{Command, Refusal};
use mingzhang::store::memory::MemoryStore;
use mingzhang::store::{Direction, EventStore};
use serde_json::{Value, json};

pub const ORIGIN: &str = "example.org/branch-001";

/// A command, who asks for it, and the day on which it is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub by: OfficerId,
    pub on: Day,
    pub command: Command,
    /// Who signs it, in this order, each with the key of this seed.
    pub signed: Vec<acts::Signs>,
}

pub struct Given {
    pub book: Book<MemoryStore>,
    /// How many commands were asked, refused ones too: each has a key of its own.
    asked: u32,
}

/// A book in which all of this was recorded.
pub fn given(asked: impl IntoIterator<Item = Asked>) -> Given {
    given_on(STATUTORY, asked)
}

/// The same on another chart that comes with the program.
pub fn given_on(chart: &str, asked: impl IntoIterator<Item = Asked>) -> Given {
    let (origin, chart) = (of(ORIGIN), Chart::built_in(chart).unwrap());
    let pin = ChartPin { id: chart.id().to_string(), sha256: chart.sha256().to_owned() };
    let mut given =
        Given { book: Book::<MemoryStore>::on(MemoryStore::new(), origin, chart), asked: 0 };
    for mut asked in asked {
        if let Command::CreateLedger(new) = &mut asked.command
            && new.chart.id == STATUTORY
        {
            new.chart = pin.clone();
            given.book.chart().currency().clone_into(&mut new.currency);
        }
        given.then(&asked);
    }
    given
}

impl Given {
    /// What is recorded, or the rule that refuses it.
    pub fn when(&mut self, asked: &Asked) -> Result<Vec<Recorded>, Refusal> {
        self.asked += 1;
        let now = asked.on.at(9, 0, Offset::china()).unwrap();
        let key = format!("test-{:04}", self.asked);
        let instruction = acts::instruction(asked, key, &self.book);
        match self.book.record(&[instruction], now, Mode::default()) {
            Ok(receipts) => {
                Ok(receipts.into_iter().flat_map(|Receipt { records, .. }| records).collect())
            }
            Err(NotRecorded::Refused(refused)) => match refused.as_slice() {
                [(0, Why::Rule(refusal))] => Err(refusal.clone()),
                // The first refused line is what the command is refused for.
                [(0, Why::Lines(lines))] => Err(lines[0].1.clone()),
                other => panic!("{asked:?}: {other:?}"),
            },
            Err(error) => panic!("{asked:?}: {error:?}"),
        }
    }

    /// What is recorded of something that is in order.
    #[track_caller]
    pub fn then(&mut self, asked: &Asked) -> Vec<Recorded> {
        self.when(asked).unwrap_or_else(|refusal| panic!("{asked:?}: {refusal:?}"))
    }

    pub fn state(&self) -> &State {
        self.book.state()
    }

    /// What is said about something that is recorded all the same.
    pub fn warnings(&mut self, asked: &Asked) -> Vec<Refusal> {
        self.asked += 1;
        let now = asked.on.at(9, 0, Offset::china()).unwrap();
        let key = format!("test-{:04}", self.asked);
        let instruction = acts::instruction(asked, key, &self.book);
        let receipts = self.book.record(&[instruction], now, Mode::default()).unwrap();
        receipts.into_iter().flat_map(|receipt| receipt.warnings).collect()
    }

    /// What the store holds, record by record.
    pub fn lines(&self) -> Vec<Vec<u8>> {
        lines(&self.book)
    }
}

/// The bytes of every record of a book.
pub fn lines(book: &Book<MemoryStore>) -> Vec<Vec<u8>> {
    let (mut from, mut lines) = (Some(mingzhang::ids::Seq(0)), Vec::new());
    while let Some(seq) = from {
        let page = NonZeroU32::new(500).unwrap();
        let slice = book.store().read_stream(book.origin(), seq, Direction::Forward, page).unwrap();
        lines.extend(slice.records.into_iter().map(|record| record.bytes));
        from = slice.next;
    }
    lines
}

/// What the bytes alone add up to.
pub fn replayed(lines: &[Vec<u8>]) -> State {
    let read = |line: &Vec<u8>| recorded(Envelope::read(line).unwrap()).unwrap();
    let mut state = State::default();
    let mut records: Vec<Recorded> = Vec::new();
    for record in lines.iter().map(read) {
        let place = |seq: mingzhang::ids::Seq| usize::try_from(seq.0).unwrap();
        let reversed = mingzhang::projection::reverses(&record.fact);
        state.apply(&record, reversed.map(|seq| &records[place(seq)]));
        records.push(record);
    }
    state
}

/// A value from its written form.
#[track_caller]
pub fn of<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

#[track_caller]
pub fn yuan(text: &str) -> Money {
    of(text)
}

/// Somebody asks for a command of this name, with these fields.
#[track_caller]
pub fn asks(by: &str, on: &str, name: &str, fields: Value) -> Asked {
    let command = Command::read(name, fields).unwrap_or_else(|| panic!("no command {name}"));
    let command = command.unwrap_or_else(|e| panic!("{name}: {e}"));
    Asked { by: of(by), on: of(on), command, signed: Vec::new() }
}

// Who they are in the small union of these tests.
pub const ACCOUNTANT: &str = "accountant";
pub const CASHIER: &str = "cashier";
pub const CHAIR: &str = "chair";
pub const FINANCE: &str = "finance";
pub const CLERK: &str = "clerk";
pub const AUDITOR: &str = "auditor";

pub const RELIEF: &str = "relief";

/// The day on which the small union begins.
pub const FIRST: &str = "2025-01-01";

pub fn ledger(level: &str) -> Asked {
    ledger_with(level, STATUTORY)
}

pub fn ledger_with(level: &str, chart: &str) -> Asked {
    let built_in = Chart::built_in(STATUTORY).unwrap();
    let fields = json!({
        "random": "00".repeat(32),
        "organisation": "示例市示例厂工会",
        "level": level,
        "currency": "CNY",
        "chart": {"id": chart, "sha256": built_in.sha256()},
        "starts": FIRST,
        "utc_offset": "+08:00",
        "log": ORIGIN,
        "policy": "",
        "policy_sha256": "",
        "format_sha256": "",
    });
    asks(ACCOUNTANT, FIRST, "ledger.create", fields)
}

pub fn appoint(by: &str, on: &str, officer: &str, roles: &[&str], member: Option<&str>) -> Asked {
    let mut fields = json!({"officer": officer, "roles": roles, "from": on});
    if let Some(member) = member {
        fields["member"] = member.into();
    }
    asks(by, on, "officer.appoint", fields)
}

pub fn rule(by: &str, on: &str, rule: &Value) -> Asked {
    let fields = json!({"rule": rule, "from": on, "source": "工会委员会决议2025-1号"});
    asks(by, on, "rule.set", fields)
}

pub fn establish(by: &str, on: &str, fund: &str, restricted: bool) -> Asked {
    let fields = json!({"fund": fund, "name": fund, "restricted": restricted, "purpose": "用途"});
    asks(by, on, "fund.establish", fields)
}

pub fn dues_rate() -> Value {
    json!({"name": "dues_rate", "basis_points": 50, "step": "10.00"})
}

pub fn split() -> Value {
    json!({"name": "allocation_split", "payroll_basis_points": 200, "up_basis_points": 4000})
}

/// The head of finance approves up to 1,000.00; above it the chair too.
pub fn bands() -> Value {
    json!({"name": "approval_bands", "bands": [
        {"up_to": "1000.00", "roles": ["finance_head"]},
        {"roles": ["chair", "finance_head"]},
    ]})
}

/// The book, its funds and its officers; no rule, no member, no money.
pub fn officers(level: &str) -> Vec<Asked> {
    let appointed = |(officer, roles, member): (&str, &[&str], &str)| {
        appoint(ACCOUNTANT, FIRST, officer, roles, Some(member))
    };
    let officers: [(&str, &[&str], &str); 6] = [
        (ACCOUNTANT, &["accountant"], "m-11"),
        (CASHIER, &["cashier"], "m-12"),
        (CLERK, &["clerk"], "m-13"),
        (FINANCE, &["finance_head", "committee"], "m-14"),
        (AUDITOR, &["audit_chair"], "m-15"),
        // The chair is the last, because with him the setting up ends.
        (CHAIR, &["chair"], "m-16"),
    ];
    [ledger(level), establish(ACCOUNTANT, FIRST, "general", false)]
        .into_iter()
        .chain([establish(ACCOUNTANT, FIRST, RELIEF, true)])
        .chain(officers.into_iter().map(appointed))
        .collect()
}

/// A small union: officers, rules, one group, and two members with a base of 5,000.00. The golden
/// records of `format_stability` begin with it, so that it does not change.
pub fn union() -> Vec<Asked> {
    let mut asked = officers("grassroots");
    asked.extend([dues_rate(), split(), bands()].iter().map(|set| rule(CHAIR, FIRST, set)));
    asked.push(asks(CLERK, FIRST, "group.define", json!({"group": "g1", "name": "一车间"})));
    for member in ["m-1", "m-2"] {
        asked.push(enrol(FIRST, member, "g1"));
        let fields = json!({"member": member, "base": "5000.00", "from": "2025-01"});
        asked.push(asks(CLERK, FIRST, "dues_base.set", fields));
    }
    asked
}

/// The small union with 1,000.00 in the bank and 100.00 in cash, all of it in the general fund.
pub fn union_with_money() -> Vec<Asked> {
    let mut asked = union();
    let lines = json!([
        {"account": "101", "fund": "general", "debit": "100.00"},
        {"account": "102", "fund": "general", "debit": "1000.00"},
        {"account": "32205", "fund": "general", "credit": "1100.00"},
    ]);
    asked.push(opening(FIRST, lines));
    asked
}

pub fn opening(date: &str, lines: Value) -> Asked {
    let fields = json!({"date": date, "lines": lines, "source": "2024年度决算报表"});
    asks(ACCOUNTANT, date, "opening.record", fields)
}

pub fn enrol(on: &str, member: &str, group: &str) -> Asked {
    asks(CLERK, on, "member.enrol", json!({"member": member, "group": group, "on": on}))
}

/// Dues are given back to a member in cash: the request for it, its approval, and what names it.
pub fn refund_approved(on: &str, id: &str, member: &str, amount: &str) -> [Asked; 2] {
    let fields = requested(on, id, "401", amount, &json!({"member": member}));
    [asks(CLERK, on, "disbursement.request", fields), approve(FINANCE, on, id, amount)]
}

pub fn refund(on: &str, id: &str, member: &str, month: &str, amount: &str) -> Asked {
    let lines = json!([{"member": member, "month": month, "amount": amount}]);
    let fields = json!({
        "date": on, "from": "cash", "lines": lines, "reason": "重复缴纳", "disbursement": id,
    });
    asks(CASHIER, on, "dues.refund", fields)
}

/// One member's dues for one month, in cash.
pub fn dues(on: &str, member: &str, month: &str, amount: &str) -> Asked {
    let lines = json!([{"member": member, "month": month, "amount": amount}]);
    asks(ACCOUNTANT, on, "dues.receive", json!({"date": on, "into": "cash", "lines": lines}))
}

pub fn payroll(on: &str, month: &str, total: &str) -> Asked {
    let fields = json!({"month": month, "total": total, "headcount": 2});
    asks(ACCOUNTANT, on, "payroll.declare", fields)
}

pub fn allocation(on: &str, month: &str, amount: &str) -> Asked {
    let fields = json!({"date": on, "month": month, "amount": amount});
    asks(ACCOUNTANT, on, "allocation.receive", fields)
}

pub fn remit(on: &str, amount: &str) -> Asked {
    asks(CASHIER, on, "remittance.pay", json!({"date": on, "amount": amount}))
}

pub fn interest(on: &str, amount: &str) -> Asked {
    interest_into(FundId::general().as_str(), on, on, amount)
}

/// Interest of one day that is asked to be recorded on another.
pub fn interest_into(fund: &str, on: &str, date: &str, amount: &str) -> Asked {
    let fields = json!({"date": date, "fund": fund, "amount": amount});
    asks(ACCOUNTANT, on, "interest.receive", fields)
}

pub fn subsidy(on: &str, kind: &str, fund: &str, amount: &str) -> Asked {
    let fields =
        json!({"date": on, "kind": kind, "fund": fund, "amount": amount, "from": "示例市总工会"});
    asks(ACCOUNTANT, on, "subsidy.receive", fields)
}

pub fn transfer(on: &str, from: &str, to: &str, amount: &str) -> Asked {
    let fields = json!({
        "date": on, "from": from, "to": to, "amount": amount, "resolution": "决议2025-3号",
    });
    asks(ACCOUNTANT, on, "fund.transfer", fields)
}

/// 提现 (`cash.draw`) or 存现 (`cash.deposit`).
pub fn cash(name: &str, on: &str, amount: &str) -> Asked {
    asks(CASHIER, on, name, json!({"date": on, "amount": amount}))
}

/// A request for a supplier's bill, out of the general fund.
pub fn request(on: &str, id: &str, amount: &str) -> Asked {
    request_for(CLERK, on, id, amount, &json!({"organisation": "示例商店"}))
}

pub fn request_for(by: &str, on: &str, id: &str, amount: &str, payee: &Value) -> Asked {
    asks(by, on, "disbursement.request", requested(on, id, "50102", amount, payee))
}

/// The fields of a request.
pub fn requested(on: &str, id: &str, account: &str, amount: &str, payee: &Value) -> Value {
    json!({
        "disbursement": id,
        "date": on,
        "account": account,
        "amount": amount,
        "payee": payee,
        "purpose": "文体活动",
    })
}

pub fn approve(by: &str, on: &str, id: &str, amount: &str) -> Asked {
    let fields = json!({"disbursement": id, "date": on, "amount": amount});
    asks(by, on, "disbursement.approve", fields)
}

pub fn pay(by: &str, on: &str, id: &str, from: &str) -> Asked {
    asks(by, on, "disbursement.pay", json!({"disbursement": id, "date": on, "from": from}))
}

pub fn close(on: &str, month: &str) -> Asked {
    asks(ACCOUNTANT, on, "period.close", json!({"month": month}))
}

pub fn close_year(on: &str, year: i32) -> Asked {
    asks(ACCOUNTANT, on, "year.close", json!({"year": year}))
}

/// The closings of January to November 2025, each on the last day of its month.
pub fn eleven_months() -> Vec<Asked> {
    let first = mingzhang::date::Month::new(2025, 1).unwrap();
    let months = first.through(mingzhang::date::Month::new(2025, 11).unwrap());
    months.map(|m| close(&m.last_day().to_string(), &m.to_string())).collect()
}

pub fn reverse(on: &str, seq: u64) -> Asked {
    reverse_dated(on, on, seq)
}

pub fn reverse_dated(on: &str, date: &str, seq: u64) -> Asked {
    let fields = json!({"seq": seq, "date": date, "reason": "金额记错"});
    asks(ACCOUNTANT, on, "entry.reverse", fields)
}

/// What a voucher of a closed year said wrong is put right: account, side and amount of each line.
pub fn correct_prior_year(on: &str, of: u64, fund: &str, lines: &[(&str, &str, &str)]) -> Asked {
    let line = |(account, side, amount): &(&str, &str, &str)| json!({"account": account, "fund": fund, *side: amount});
    let lines: Value = lines.iter().map(line).collect();
    let fields = json!({
        "date": on, "of": of, "lines": lines, "reason": "多付退回", "basis": "示例单位说明2026-1",
    });
    asks(ACCOUNTANT, on, "prior_year.correct", fields)
}

pub fn adjust(on: &str, lines: Value) -> Asked {
    let fields = json!({"date": on, "lines": lines, "reason": "科目记错", "basis": "底稿2025-1"});
    asks(AUDITOR, on, "adjustment.record", fields)
}

/// Whether files that a test can write are to be written now, and not only compared.
#[allow(clippy::disallowed_methods, reason = "how a person asks a test to write its files")]
pub fn bless() -> bool {
    std::env::var("MINGZHANG_BLESS").is_ok_and(|asked| asked == "1")
}
