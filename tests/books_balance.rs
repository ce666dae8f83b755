//! Whatever is asked of a book, and in whatever order, it balances: every voucher, every fund, every
//! statement, after every step; and what is refused leaves no mark.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use given::{Given, ORIGIN, given, of, replayed};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::Envelope;
use mingzhang::chain::tree::{Tree, leaf_hash};
use mingzhang::chart::Class;
use mingzhang::date::{FiscalYear, Month};
use mingzhang::event::cash::Ending;
use mingzhang::event::{Fact, Recorded, Till, Voucher};
use mingzhang::ids::{AccountCode, FundId, InvestmentId, Seq};
use mingzhang::money::Money;
use mingzhang::projection::State;
use mingzhang::projection::accounts::{Kind, Turnover};
use mingzhang::projection::allocation::Owed;
use mingzhang::report::account_book::{self, RowKind, Which};
use mingzhang::report::asked::{Asked, Ledger, Name};
use mingzhang::report::trial_balance::By;
use mingzhang::report::{
    Columns, Period, Term, advances, asset_agreement, balance_sheet, budget, custodial,
    income_statement, remittance, trial_balance,
};
use mingzhang::rules::{Command, Refusal};
use proptest::prelude::*;
use serde_json::Value;
use steps::{Step, steps};

/// A book with what was counted beside it.
struct Watched {
    given: Given,
    /// The vouchers of each month so far, and their sums.
    months: BTreeMap<Month, (u32, Turnover)>,
    /// What vouchers that are of no advance and no difference of cash moved on 135, and which they are.
    other_claims: (Money, BTreeSet<Seq>),
}

impl Watched {
    fn begin() -> Watched {
        let given = given(steps::begin());
        let mut watched =
            Watched { given, months: BTreeMap::new(), other_claims: Default::default() };
        let read = |line: &Vec<u8>| mingzhang::book::recorded(Envelope::read(line).unwrap());
        let records: Vec<Recorded> =
            watched.given.lines().iter().map(|line| read(line).unwrap()).collect();
        watched.take_in(&records);
        watched
    }

    fn state(&self) -> &State {
        self.given.state()
    }

    /// One step: its commands are recorded or refused, and everything is looked at after each.
    fn step(&mut self, step: &Step) -> Vec<Recorded> {
        let mut all = Vec::new();
        while let Some(asked) = step.asked(self.state(), all.len()) {
            let (state, reading) = (self.state().clone(), self.given.book.reading().clone());
            match self.given.when(&asked) {
                Ok(records) => {
                    self.take_in(&records);
                    self.check(&records);
                    all.extend(records);
                }
                Err(refusal) => {
                    assert!(*self.state() == state, "{refusal:?} left a mark on the state");
                    assert!(*self.given.book.reading() == reading, "{refusal:?} left a mark");
                    break;
                }
            }
        }
        all
    }

    /// Each voucher balances, takes the next number of its month, and a closing says their sums.
    fn take_in(&mut self, records: &[Recorded]) {
        for record in records {
            if let Some(voucher) = &record.voucher {
                balances(voucher);
                let (number, sum) = self.months.entry(voucher.date.month()).or_default();
                *number += 1;
                assert_eq!(voucher.number.number, *number, "{}", voucher.number);
                assert_eq!(voucher.number.month, voucher.date.month());
                for entry in &voucher.entries {
                    *sum = sum.plus(turnover(entry.side));
                }
                let of = if let Fact::EntryReversed(red) = &record.fact {
                    self.other_claims.1.contains(&red.reverses)
                } else {
                    let own = ["disbursement.paid", "advance.settled", "cash_difference.resolved"];
                    !own.contains(&record.fact.kind())
                };
                if of {
                    let claims = voucher.entries.iter().filter(|e| e.account.as_str() == "135");
                    let claims = Money::sum(claims.map(|entry| turnover(entry.side).balance()));
                    self.other_claims.0 = self.other_claims.0.plus(claims);
                    self.other_claims.1.insert(record.seq);
                }
            }
            if let Fact::PeriodClosed(closed) = &record.fact {
                let (vouchers, sum) = self.months.get(&closed.month).copied().unwrap_or_default();
                let said = (closed.vouchers, closed.debit, closed.credit);
                assert_eq!(said, (vouchers, sum.debit, sum.credit), "{}", closed.month);
            }
        }
    }

    fn check(&self, records: &[Recorded]) {
        self.check_equation();
        self.check_assets();
        self.check_tills();
        self.check_other_unions();
        self.check_custody();
        self.check_claims();
        self.check_budget();
        self.check_reports();
        for record in records {
            if let Fact::YearClosed(closed) = &record.fact {
                self.check_closed(closed.year);
            }
        }
    }

    /// 资产 = 负债 + 净资产 + 收入 - 支出, in each fund.
    fn check_equation(&self) {
        let mut funds: BTreeMap<&FundId, [Money; 5]> = BTreeMap::new();
        for posted in self.state().accounts.turnovers() {
            let class = self.given.book.chart().account(posted.account).unwrap().class;
            let place = match class {
                Class::Asset => 0,
                Class::Liability => 1,
                Class::NetAsset => 2,
                Class::Income => 3,
                Class::Expense => 4,
            };
            let sum = &mut funds.entry(posted.fund).or_default()[place];
            *sum = sum.plus(posted.turnover.balance());
        }
        for (fund, [assets, liabilities, net, income, expense]) in funds {
            let claims = Money::sum([liabilities, net, income].map(Money::negated)).minus(expense);
            assert_eq!(assets, claims, "{fund}");
        }
    }

    /// Each part of 资产基金 301 is what stands on its assets, apart from what waits on 182; and the
    /// accounts are what the cards add up to, apart from what was brought in and has no card.
    fn check_assets(&self) {
        let parts: [(&str, &[&str], &str); 6] = [
            ("30101", &["141"], "supplies"),
            ("30102", &["151"], "investments"),
            ("30103", &["161"], "construction"),
            ("30104", &["162", "163"], "fixed_asset"),
            ("30105", &["171", "172"], "intangible_asset"),
            ("30106", &["181"], "prepaid"),
        ];
        let state = self.state();
        for fund in state.funds.funds().map(|fund| &fund.fund) {
            let standing = |code: &str| state.accounts.balance(fund, &of(code));
            for (of_assets, accounts, class) in parts {
                let owned = Money::sum(accounts.iter().map(|code| standing(code)));
                let waiting = state.stocktakes.open().filter(|(_, pending)| {
                    pending.fund == *fund && serde_json::json!(pending.class) == class
                });
                let waiting = waiting.map(|(_, pending)| {
                    if pending.short { pending.amount } else { pending.amount.negated() }
                });
                let waiting = Money::sum(waiting);
                assert_eq!(standing(of_assets).negated(), owned.plus(waiting), "{of_assets}");
            }
        }
        self.check_cards();
    }

    fn check_cards(&self) {
        let lines = self.given.lines();
        let read = |line: &Vec<u8>| mingzhang::book::recorded(Envelope::read(line).unwrap());
        let records = lines.iter().map(|line| read(line).unwrap()).collect::<Vec<Recorded>>();
        let (state, chart) = (self.state(), self.given.book.chart());
        let agreement = asset_agreement::report(Ledger { state, chart, records: &records });
        let without = |fund: &FundId, what: &str| {
            let of = agreement.uncarded.iter().filter(|l| l.fund == *fund && l.what.en == what);
            Money::sum(of.map(|line| line.difference))
        };
        for line in &agreement.cards {
            let without = match line.account.code.as_str() {
                "141" => without(&line.fund, "supplies"),
                "162" => without(&line.fund, "fixed asset"),
                "171" => without(&line.fund, "intangible asset"),
                "181" => without(&line.fund, "long-term prepaid expense"),
                _ => Money::ZERO,
            };
            assert_eq!(line.difference, without, "{line:?} {:?}", agreement.uncarded);
        }
        assert!(agreement.accounts.iter().all(|line| line.difference.is_zero()));
        let stocks = state.supplies.items().flat_map(|(_, item)| item.stocks());
        for held in stocks.map(|(_, stock)| stock.through(None)) {
            assert!(held.quantity >= 0 && !held.amount.is_negative(), "{held:?}");
        }
    }

    /// No till of a fund is below nothing, today or at the end of any month.
    fn check_tills(&self) {
        let months: Vec<Month> = self.months.keys().copied().collect();
        for fund in self.state().funds.funds() {
            for till in Till::ALL {
                let mut held = Money::ZERO;
                for month in &months {
                    let within = |f: &FundId, a: &AccountCode, m: Month, _| {
                        *f == fund.fund
                            && self.given.book.chart().is_for(a, till.of())
                            && m == *month
                    };
                    held = held.plus(self.state().accounts.sum(within).balance());
                    assert!(!held.is_negative(), "{} {till:?} {month}: {held}", fund.fund);
                }
                assert_eq!(
                    held,
                    self.state()
                        .accounts
                        .balance(&fund.fund, self.given.book.chart().at(till.of()).unwrap())
                );
            }
        }
    }

    /// What is held for and owed to each unit adds up to 215, 21201, 21202 and 132; what is owed up is
    /// what was divided up, less what was remitted; and every amount is its parts.
    fn check_other_unions(&self) {
        let allocation = &self.state().allocation;
        let standing = |code: &str| {
            let of_code = |_: &FundId, account: &AccountCode, _, _| account.as_str() == code;
            self.state().accounts.sum(of_code).balance()
        };
        let open =
            |of: Owed| Money::sum(allocation.between().map(|(_, between)| between.in_all(of)));
        // Deposits stand beside the preparation funds, and never go out of them.
        assert!(standing("215").negated() >= open(Owed::Preparation));
        assert_eq!(standing("21201").negated(), open(Owed::Subsidy));
        assert_eq!(standing("21202").negated(), open(Owed::Passdown));
        assert_eq!(standing("132"), open(Owed::Claim));
        let parts = |own: Money, up: Money, down: Money| {
            assert!(![own, up, down].iter().any(|part| part.is_negative()));
            Money::sum([own, up, down])
        };
        for received in allocation.received() {
            assert_eq!(parts(received.own, received.up, Money::ZERO), received.amount);
        }
        for (_, f) in allocation.collected() {
            assert_eq!(parts(f.own, f.up, f.down).plus(f.settles), f.amount);
        }
        for (_, f) in allocation.accruals() {
            let whole = f.parts.map(|p| parts(p.own, p.up, p.down));
            assert_eq!(whole.unwrap_or(f.amount), f.amount);
        }
        let up = Money::sum(
            allocation
                .received()
                .map(|f| f.up)
                .chain(allocation.collected().map(|(_, f)| f.up))
                .chain(allocation.preparations_settled().map(|f| f.up))
                .chain(allocation.accruals().filter_map(|(_, f)| f.parts).map(|p| p.up)),
        );
        let paid = Money::sum(allocation.remitted().map(|f| f.amount));
        assert_eq!(standing("211").negated(), up.minus(paid));
    }

    /// Each custodial project holds in cash and bank what is owed to it.
    fn check_custody(&self) {
        let (state, chart) = (self.state(), self.given.book.chart());
        for project in state.custody.projects().map(|found| &found.project) {
            let standing = |code: &str| state.accounts.balance(project, &of(code));
            let held = standing("10101").plus(standing("10201"));
            assert_eq!(held, standing("221").negated(), "{project}");
        }
        assert!(custodial::report(state, chart, Period::All).agrees);
    }

    /// 135 is what is open of advances, and what somebody is liable for.
    fn check_claims(&self) {
        let (state, chart) = (self.state(), self.given.book.chart());
        let of_code = |_: &FundId, account: &AccountCode, _, _| account.as_str() == "135";
        let standing = state.accounts.sum(of_code).balance();
        let open = advances::report(state, chart, Period::All).outstanding;
        let liable = state
            .bank
            .differences()
            .filter(|(_, pending)| matches!(pending.resolved, Some((_, Ending::Liable(_)))));
        let liable = Money::sum(liable.map(|(_, pending)| pending.difference.amount));
        assert_eq!(standing, Money::sum([open, liable, self.other_claims.0]));
    }

    /// What the budget calls actual is what the accounts took in that year.
    fn check_budget(&self) {
        let (state, chart) = (self.state(), self.given.book.chart());
        let last = *self.months.keys().next_back().unwrap();
        let report = budget::report(state, chart, Term::Month(last));
        let taken = |class: char| {
            let of_class = |_: &FundId, account: &AccountCode, month: Month, kind| {
                let within = month.year() == last.year() && month <= last;
                within && kind == Kind::Ordinary && account.as_str().starts_with(class)
            };
            state.accounts.sum(of_class).balance()
        };
        assert!(report.agrees, "{last}");
        assert_eq!(report.income.total.actual, taken('4').negated(), "{last}");
        assert_eq!(report.spending.total.actual, taken('5'), "{last}");
    }

    fn check_reports(&self) {
        let (state, chart) = (self.state(), self.given.book.chart());
        let last = *self.months.keys().next_back().unwrap();
        let year = last.year();
        for period in [Period::All, Period::Month(last), Period::Year(year)] {
            assert!(remittance::report(state, chart, period).agrees, "{period}");
            for by in [By::Account, By::Fund] {
                let trial = trial_balance::report(state, chart, period, by);
                assert!(trial.agrees, "{period}");
                for line in &trial.lines {
                    let amounts = line.amounts;
                    let moved = net(amounts.opening).plus(net(amounts.period));
                    assert_eq!(moved, net(amounts.closing), "{:?} {period}", line.account.code);
                }
            }
        }
        for term in [Term::Month(last), Term::Year(year)] {
            self.check_balance_sheet(term);
        }
        self.check_income_statement(year, last);
    }

    /// Every ledger, entry by entry, ends where the trial balance does.
    fn check_ledgers(&self) {
        let read = |line: &Vec<u8>| mingzhang::book::recorded(Envelope::read(line).unwrap());
        let records: Vec<Recorded> =
            self.given.lines().iter().map(|line| read(line).unwrap()).collect();
        let (state, chart) = (self.state(), self.given.book.chart());
        let last = *self.months.keys().next_back().unwrap();
        for period in [Period::All, Period::Month(last), Period::Year(last.year())] {
            let asked =
                Asked { name: Name::AccountLedger, period: Some(period), by_fund: true, of: None };
            let ledger = Ledger { state, chart, records: &records };
            let book = account_book::report(Which::Ledger, &asked.settle(state), ledger);
            let trial = trial_balance::report(state, chart, period, By::Fund);
            for page in &book.pages {
                let of_page = |line: &&trial_balance::Line| {
                    line.fund == page.fund && line.account.code == page.account.code
                };
                // What was reversed in its own period is on the page, and on no line.
                let line = trial.lines.iter().find(of_page);
                let amounts = line.map(|line| line.amounts).unwrap_or_default();
                let entries = || page.rows.iter().filter(|row| row.kind == RowKind::Entry);
                let moved = Columns {
                    debit: Money::sum(entries().map(|row| row.debit)),
                    credit: Money::sum(entries().map(|row| row.credit)),
                };
                assert_eq!(moved, amounts.period, "{:?} {period}", page.account);
                let first = Columns::of_balance(net(amounts.opening));
                let opening = page.rows.first().unwrap();
                assert_eq!(opening.balance, first.debit.plus(first.credit), "{period}");
                let closing = page.rows.last().unwrap().balance;
                assert_eq!(closing, net(amounts.closing).abs(), "{:?} {period}", page.account);
            }
        }
    }

    /// 年初 + 本年变动 = 期末 on every line, the movement counted here and not by the report.
    fn check_balance_sheet(&self, term: Term) {
        let sheet = balance_sheet::report(self.state(), self.given.book.chart(), term);
        assert!(sheet.balanced, "{term:?}: {:?}", sheet.difference);
        for line in sheet.lines.iter().filter(|line| !line.accounts.is_empty()) {
            let mut moved = Money::ZERO;
            for posted in self.state().accounts.turnovers() {
                let before = posted.month.year() < term.last().year()
                    || (posted.kind == Kind::Opening
                        && term.last().year() == of::<Month>("2025-01").year());
                let under = self.stands_under(posted.fund, posted.account);
                let listed = line.accounts.contains(&under);
                if listed && !before && posted.month <= term.last() {
                    moved = moved.plus(posted.turnover.balance());
                }
            }
            let contra = line.accounts.iter().any(|code| matches!(code.as_str(), "163" | "172"));
            let on_credit = contra || line.section != balance_sheet::Section::Assets;
            let moved = if on_credit { moved.negated() } else { moved };
            let expected = line.amounts.opening.plus(moved);
            assert_eq!(line.amounts.closing, expected, "{} {term:?}", line.name.zh);
        }
    }

    /// The first-level account of a line: results stand where they will be carried.
    fn stands_under(&self, fund: &FundId, account: &AccountCode) -> String {
        let code = account.level_one();
        if !code.starts_with(['4', '5']) {
            return code.to_owned();
        }
        let restricted = self.state().funds.fund(fund).unwrap().restricted;
        if restricted && code != "401" { "321".to_owned() } else { "322".to_owned() }
    }

    /// 六 = 一 + 二 + 五 of the year; and each month's figures are added to the year's so far.
    fn check_income_statement(&self, year: FiscalYear, last: Month) {
        let (state, chart) = (self.state(), self.given.book.chart());
        let of_year = income_statement::report(state, chart, Term::Year(year));
        let proof = of_year.proof.clone().unwrap();
        // An investment goes out of 累计结余 and comes back to it, and is no expense or income.
        let invested = state.accounts.sum(|_, account, month, kind| {
            account.as_str() == "32205" && month.year() == year && kind == Kind::Ordinary
        });
        assert_eq!(proof.difference, invested.balance().negated(), "{year}: {proof:?}");
        assert_eq!(proof.holds, proof.difference.is_zero());
        let named = Money::sum(proof.by_others.iter().map(|of| of.amount));
        assert_eq!(named.plus(proof.by_investments), proof.difference, "{year}: {proof:?}");
        let this = income_statement::report(state, chart, Term::Month(last));
        let before = year.first_month().through(last).take_while(|month| *month < last).last();
        let before = before.map(|month| income_statement::report(state, chart, Term::Month(month)));
        for (place, line) in this.lines.iter().enumerate() {
            let so_far = before.as_ref().and_then(|b| b.lines[place].other).unwrap_or_default();
            assert_eq!(line.other, Some(so_far.plus(line.this)), "{} {last}", line.name.zh);
        }
    }

    /// Every account of the year's results is nil, and what was carried came to somebody.
    fn check_closed(&self, year: FiscalYear) {
        for fund in self.state().funds.funds() {
            let balances = self.state().accounts.balances_through(&fund.fund, year.last_month());
            for (account, balance) in balances {
                let of_the_year = account.as_str().starts_with(['4', '5'])
                    || ["32101", "32102", "32103", "32201", "32202", "32203", "32204"]
                        .contains(&account.as_str());
                assert!(!of_the_year || balance.is_zero(), "{} {account}: {balance}", fund.fund);
            }
            let of_fund =
                |f: &FundId, _: &AccountCode, _, kind| *f == fund.fund && kind == Kind::Carried;
            assert!(self.state().accounts.sum(of_fund).balance().is_zero(), "{}", fund.fund);
        }
    }

    /// The book is what its bytes say, and they are one chain and one tree.
    fn check_bytes(&self) {
        let lines = self.given.lines();
        assert!(replayed(&lines) == *self.state(), "the bytes add up to another state");
        let (mut tree, mut prev) = (Tree::default(), RecordHash::NONE);
        for (seq, line) in (0..).zip(&lines) {
            let envelope = Envelope::read(line).unwrap();
            assert_eq!((envelope.seq.0, envelope.prev), (seq, prev));
            assert_eq!(envelope.ledger.as_str(), ORIGIN);
            prev = RecordHash::of(line);
            tree.push(leaf_hash(line));
        }
        let reading = self.given.book.reading();
        assert_eq!((reading.head, reading.tree.head()), (prev, tree.head()));
    }
}

fn turnover(side: mingzhang::event::Side) -> Turnover {
    let (debit, credit) = side.columns();
    Turnover { debit: debit.unwrap_or_default(), credit: credit.unwrap_or_default() }
}

fn net(columns: Columns) -> Money {
    columns.debit.minus(columns.credit)
}

/// In itself and inside each fund.
fn balances(voucher: &Voucher) {
    let mut funds: BTreeMap<&FundId, Turnover> = BTreeMap::new();
    for entry in &voucher.entries {
        let sum = funds.entry(&entry.fund).or_default();
        *sum = sum.plus(turnover(entry.side));
    }
    for (fund, sum) in &funds {
        assert_eq!(sum.debit, sum.credit, "{} in {fund}", voucher.number);
    }
    assert!(voucher.entries.len() >= 2, "{}", voucher.number);
}

/// Everything that a reversal has to give back: what stands on each account and each book beside the
/// accounts that is kept by month, and every projection, whatever it is.
#[derive(Debug, PartialEq)]
struct Figures {
    balances: BTreeMap<String, (i64, Money)>,
    projections: Value,
}

fn figures(state: &State) -> Figures {
    let accounts = state.accounts.posted().map(|(fund, account)| {
        (format!("{fund} {account}"), (0, state.accounts.balance(fund, account)))
    });
    let assets = state.assets.assets().flat_map(|(id, asset)| {
        let (cost, worn) = (asset.cost_through(None), asset.worn_through(None));
        [(format!("{id} cost"), (0, cost)), (format!("{id} worn"), (0, worn))]
    });
    let held = |id: &InvestmentId| state.investments.investment(id).map(|found| found.held(None));
    let invested = steps::assets::INVESTMENTS.map(of::<InvestmentId>).into_iter();
    let invested = invested.filter_map(|id| held(&id).map(|held| (id.to_string(), (0, held))));
    let supplies = state.supplies.items().flat_map(|(id, item)| {
        item.stocks().map(move |(fund, stock)| {
            let held = stock.through(None);
            (format!("{id} in {fund}"), (held.quantity, held.amount))
        })
    });
    let balances = accounts.chain(assets).chain(supplies).chain(invested);
    let mut projections = serde_json::to_value(state).unwrap();
    for left in LEFT_BY_A_REVERSAL {
        take_out(&mut projections, left);
    }
    Figures {
        balances: balances.filter(|(_, held)| *held != (0, Money::ZERO)).collect(),
        projections,
    }
}

/// Takes one place out of a projection; `*` is each of a map.
fn take_out(value: &mut Value, place: &str) {
    let map = value.as_object_mut().unwrap_or_else(|| panic!("{place} is in no map"));
    match place.split_once('.') {
        None => assert!(map.remove(place).is_some(), "no projection is called {place}"),
        Some(("*", rest)) => map.values_mut().for_each(|each| take_out(each, rest)),
        Some((first, rest)) => take_out(&mut map[first], rest),
    }
}

/// The projections that differ, as they were and as they are.
fn apart(before: &Value, after: &Value) -> Vec<String> {
    let of = |state: &Value| state.as_object().unwrap().clone();
    let pairs = of(before).into_iter().zip(of(after));
    let differ = pairs.filter(|((_, one), (_, other))| one != other);
    differ.map(|((name, one), (_, other))| format!("{name}: {one} became {other}")).collect()
}

/// What a red voucher leaves behind: it is a record and a voucher of its own month that somebody
/// prepared, and it is listed; and turnover counts in its own month, of the accounts and of what is
/// kept beside them, of which what stands is compared above.
const LEFT_BY_A_REVERSAL: &[&str] = &[
    "next",
    "accounts",
    "periods.months",
    "periods.prepared",
    "periods.reversed",
    "assets.by_id.*.cost",
    "assets.by_id.*.worn",
    "supplies.items.*.stock",
    "investments.by_id.*.moves",
];

/// A fifth of the usual number of cases, for each of them is a year and more of a book;
/// `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 5, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_book_balances_whatever_is_asked_of_it(steps in steps(90)) {
        let mut book = Watched::begin();
        for (place, step) in steps.iter().enumerate() {
            book.step(step);
            if place % 16 == 0 {
                book.check_bytes();
            }
        }
        book.check_bytes();
        book.check_ledgers();
    }

    #[test]
    fn reversing_gives_back_every_figure(steps in steps(80)) {
        let mut book = Watched::begin();
        for step in &steps {
            let before = figures(book.state());
            let records = book.step(step);
            let [record] = records.as_slice() else { continue };
            // What stays makes the next thing possible: what was received can be sent up.
            if record.voucher.is_none() || step.stays() {
                continue;
            }
            let asked = step.reversal_of(record.seq);
            match book.given.when(&asked) {
                Ok(red) => {
                    book.take_in(&red);
                    book.check(&red);
                    let after = figures(book.state());
                    prop_assert_eq!(after.balances, before.balances, "{:?}", record);
                    // Too long to be shown whole: the projections that are not given back.
                    let apart = apart(&before.projections, &after.projections);
                    prop_assert!(apart.is_empty(), "{:?} of {:?}", apart, record);
                    let again = book.given.when(&asked).unwrap_err();
                    prop_assert_eq!(again, Refusal::ReversedAlready { seq: record.seq, by: red[0].seq });
                }
                // What cannot be reversed, and a day of a month that is closed on its last day.
                Err(Refusal::NotReversible { .. }) => {
                    let kind = record.fact.kind();
                    prop_assert!(matches!(kind, "entry.reversed" | "adjustment.recorded"), "{}", kind);
                }
                // Whoever handed the office over takes nothing back any more.
                Err(Refusal::PeriodClosed { .. } | Refusal::HandedOver { .. }) => {}
                Err(other) => prop_assert!(false, "{:?} of {:?}", other, record),
            }
        }
        book.check_bytes();
    }
}

/// A test of the tests: random steps that are all refused would prove nothing.
#[test]
fn the_random_steps_reach_everything() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut accepted, mut refused) = (0, 0);
    let mut kinds: BTreeMap<&'static str, u32> = BTreeMap::new();
    let once = ["ledger.created", "officer.appointed", "officer.removed", "rule.set"];
    let once = once.iter().chain(&["opening.recorded", "group.defined", "fund.established"]);
    // What takes signatures, or moves no money: tests/acts.rs, tests/receipt.rs.
    let once = once.chain(&["officer_key.registered", "key.rotated", "witness.changed"]);
    let once = once.chain(&["act.signed", "period.reopened"]);
    let once =
        once.chain(&["finding.raised", "finding.cleared", "audit.concluded", "receipt.issued"]);
    // Of unions of county level: tests/postings.
    let once = once.chain(&["fiscal_fund.marked"]);
    // Of what an old book handed over: tests/opening.
    let once = once.chain(&["advance.opened"]);
    // At the end of a year or after it, which few of these books reach: tests/postings.
    let once = once.chain(&["accrual.recorded", "accrual.settled", "prior_year.corrected"]);
    // At the end of a long way: tests/drives.rs, tests/hardship.rs, tests/postings.
    let once = once.chain(&["claims.requested", "objection.answered", "investment.recovered"]);
    let once: Vec<&str> = once.copied().collect();
    // As many books as it takes: what is rare takes more of them the more families there are.
    let missing = |kinds: &BTreeMap<&'static str, u32>| {
        let known = |kind: &&&str| !kinds.contains_key(**kind) && !once.contains(kind);
        Fact::NAMES.iter().filter(known).copied().collect::<Vec<&str>>()
    };
    for n in 0..1_500 {
        if n >= 150 && missing(&kinds).is_empty() {
            break;
        }
        let steps = steps(120).new_tree(&mut runner).unwrap().current();
        let mut book = given(steps::begin());
        for step in &steps {
            let mut recorded = 0;
            while let Some(asked) = step.asked(book.state(), recorded) {
                let Ok(records) = book.when(&asked) else {
                    refused += 1;
                    break;
                };
                accepted += 1;
                recorded += records.len();
                for record in records {
                    *kinds.entry(record.fact.kind()).or_default() += 1;
                }
            }
        }
    }
    let missing = missing(&kinds);
    assert!(missing.is_empty(), "{missing:?} of {kinds:?}");
    assert!(accepted > refused, "{accepted} accepted, {refused} refused");
    assert!(Command::NAMES.len() > once.len() && refused > 100, "{refused} refused");
}
