//! Random steps over a small union: mostly what an officer would ask, some of it wrong.
#![allow(dead_code, reason = "each test file uses its own part of this module")]

mod allocation;
pub(crate) mod assets;
mod auditing;
mod benefits;
mod books;
mod budget;
pub(crate) mod relief;
mod dues;
pub(crate) mod offices;
mod hardship;
mod imports;
mod opening;
mod openness;

mod money;

#[allow(unused_imports, reason = "each test file uses its own part of this module")]
pub(crate) use assets::INVESTMENTS;

use mingzhang::date::{Day, Month};
use mingzhang::ids::Seq;
use mingzhang::money::Money;
use mingzhang::projection::State;
use mingzhang::projection::disbursements::Disbursement;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, RELIEF, asks, close, close_year,
    enrol, of, union_with_money,
};

/// A family's random command; none where the book has nothing that it could be about.
type Family = fn(&Step, &State) -> Option<Asked>;

/// One file a family; each is drawn about as often as another.
#[rustfmt::skip]
const FAMILIES: &[Family] = &[
    dues::step,
    opening::step,
    books::step,
    budget::step,
    assets::step,
    assets::counted,
    auditing::step,
    allocation::step,
    money::step,
    money::bank,
    relief::step,
    relief::mutual,
    openness::step,
    offices::step,
    benefits::step,
    hardship::step,
    imports::step,
];

/// What the steps go on from: the small union with money, and what its families need.
pub(crate) fn begin() -> Vec<Asked> {
    let mut asked = union_with_money();
    asked.push(assets::owned());
    asked.extend(allocation::begin());
    asked.extend(relief::begin());
    asked.push(offices::second_accountant());
    asked.extend(benefits::begin());
    asked.extend(hardship::begin());
    asked
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// One of the families, by its place.
    Of(usize),
    Income(Income),
    Spending(Spending),
    Moved(Moved),
    People(People),
    Private(Private),
    Reverse,
    Adjust,
    Close,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Income {
    Dues,
    Payroll,
    Allocation,
    Subsidy,
    Donation,
    Interest,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spending {
    Request,
    Approve,
    Refuse,
    Pay,
    Cancel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moved {
    Remittance,
    Transfer,
    Draw,
    Deposit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum People {
    Enrol,
    Move,
    Leave,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Private {
    Commit,
    Open,
    Erase,
    Attach,
}

/// What is asked, on which day, and the chances that decide the rest.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    what: What,
    pub(crate) today: Day,
    /// The business day: today, or some days ago, or once in a while tomorrow.
    pub(crate) date: Day,
    pub(crate) which: usize,
    pub(crate) other: usize,
    pub(crate) amount: Money,
    /// By somebody whose office it is not.
    by_a_stranger: bool,
}

/// At most so many steps, over about a year and a half.
pub(crate) fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let families = FAMILIES.len().max(1);
    let what = prop_oneof![
        90 => (0..families).prop_map(What::Of),
        6 => Just(What::Income(Income::Dues)),
        2 => Just(What::Income(Income::Payroll)),
        4 => Just(What::Income(Income::Allocation)),
        3 => Just(What::Moved(Moved::Remittance)),
        2 => Just(What::Income(Income::Subsidy)),
        2 => Just(What::Income(Income::Donation)),
        2 => Just(What::Income(Income::Interest)),
        1 => Just(What::Income(Income::Other)),
        7 => Just(What::Spending(Spending::Request)),
        9 => Just(What::Spending(Spending::Approve)),
        1 => Just(What::Spending(Spending::Refuse)),
        8 => Just(What::Spending(Spending::Pay)),
        1 => Just(What::Spending(Spending::Cancel)),
        3 => Just(What::Moved(Moved::Transfer)),
        2 => Just(What::Moved(Moved::Draw)),
        2 => Just(What::Moved(Moved::Deposit)),
        5 => Just(What::Reverse),
        2 => Just(What::Adjust),
        4 => Just(What::Close),
        1 => Just(What::People(People::Enrol)),
        1 => Just(What::People(People::Move)),
        1 => Just(What::People(People::Leave)),
        1 => Just(What::Private(Private::Commit)),
        1 => Just(What::Private(Private::Open)),
        1 => Just(What::Private(Private::Erase)),
        1 => Just(What::Private(Private::Attach)),
    ];
    let amount = prop_oneof![
        1 => -5i64..=0,
        4 => 1i64..100,
        6 => 100i64..100_000,
        2 => 100_000i64..300_000,
    ];
    let forward = prop_oneof![3 => Just(0usize), 4 => 1usize..6, 2 => 6usize..25];
    let back = prop_oneof![1 => Just(-1i32), 6 => Just(0i32), 3 => 1i32..12, 2 => 12i32..70];
    let stranger = prop::bool::weighted(0.04);
    let one = (what, forward, back, 0usize..1_000, 0usize..1_000, amount, stranger);
    prop::collection::vec(one, most / 2..=most).prop_map(|drawn| {
        let days: Vec<Day> =
            std::iter::successors(Some(of("2025-01-01")), |day: &Day| Some(day.next()))
                .take(3_000)
                .collect();
        let mut today = 0;
        let step = |(what, forward, back, which, other, fen, by_a_stranger)| {
            today += forward;
            let date: i32 = i32::try_from(today).unwrap() - back;
            let date = days[usize::try_from(date.max(0)).unwrap()];
            let amount = Money::from_fen(fen);
            Step { what, today: days[today], date, which, other, amount, by_a_stranger }
        };
        drawn.into_iter().map(step).collect()
    })
}

impl Step {
    /// The next command of this step, when so many records of it are there; most steps have one.
    pub(crate) fn asked(&self, state: &State, recorded: usize) -> Option<Asked> {
        if self.what == What::Close {
            return self.close(state);
        }
        if recorded > 0 {
            return None;
        }
        if let What::Of(place) = self.what {
            return FAMILIES.get(place).and_then(|family| family(self, state));
        }
        Some(self.one(state))
    }

    /// Every month that is over, one after the other; the last one with its year.
    fn close(&self, state: &State) -> Option<Asked> {
        let first: Month = of("2025-01");
        let next = state.periods.closed_through().map_or(first, Month::next);
        let today = self.today.to_string();
        if next.last_day() > self.today {
            return None;
        }
        let closes = if next.is_last_of_year() {
            close_year(&today, next.year().0)
        } else {
            close(&today, &next.to_string())
        };
        Some(closes)
    }

    /// Whether what it records is left to stand.
    pub(crate) fn stays(&self) -> bool {
        self.other.is_multiple_of(2)
    }

    pub(crate) fn reversal_of(&self, seq: Seq) -> Asked {
        let fields = json!({"seq": seq, "date": self.today, "reason": "试错"});
        asks(ACCOUNTANT, &self.today.to_string(), "entry.reverse", fields)
    }

    pub(crate) fn by(&self, officer: &str, name: &str, fields: Value) -> Asked {
        let stranger = if officer == AUDITOR { CASHIER } else { AUDITOR };
        let by = if self.by_a_stranger { stranger } else { officer };
        asks(by, &self.today.to_string(), name, fields)
    }

    pub(crate) fn pick<'a, T>(&self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.which.checked_rem(from.len())?)
    }

    fn one(&self, state: &State) -> Asked {
        match self.what {
            What::Income(what) => self.income(what, state),
            What::Spending(what) => self.spending(what, state),
            What::Moved(what) => self.moved(what, state),
            What::People(what) => self.people(what, state),
            What::Private(what) => self.private(what, state),
            What::Reverse => {
                let seq = state.next().0.saturating_sub(1 + self.which as u64 % 20);
                let fields = json!({"seq": seq, "date": self.date, "reason": "金额记错"});
                self.by(ACCOUNTANT, "entry.reverse", fields)
            }
            What::Adjust | What::Close | What::Of(_) => self.adjustment(),
        }
    }

    fn fund(&self) -> &'static str {
        ["general", "general", RELIEF][self.other % 3]
    }

    fn till(&self) -> &'static str {
        ["cash", "bank", "bank"][self.which % 3]
    }

    /// The month of the business day, or one before or after it.
    fn month(&self) -> Month {
        let month = self.date.month();
        if self.which.is_multiple_of(3) { month.next() } else { month }
    }

    fn income(&self, what: Income, state: &State) -> Asked {
        let Step { date, amount, .. } = self;
        let fund = self.fund();
        match what {
            Income::Dues => {
                let members: Vec<_> = state.members.members().map(|(id, _)| id.clone()).collect();
                let member = self.pick(&members).unwrap();
                // What is owed, half of it, or whatever.
                let month = self.month();
                let due = state.dues_due(member, month).unwrap_or(*amount);
                let amount = [due, due.basis_points(5_000), *amount][self.other % 3];
                let line = json!({"member": member, "month": month, "amount": amount});
                let fields = json!({"date": date, "into": self.till(), "lines": [line]});
                self.by(ACCOUNTANT, "dues.receive", fields)
            }
            Income::Payroll => {
                let fields = json!({"month": self.month(), "total": "54321.09", "headcount": 9});
                self.by(ACCOUNTANT, "payroll.declare", fields)
            }
            Income::Allocation => {
                let months: Vec<Month> = state.allocation.payrolls().map(|p| p.month).collect();
                let month = self.pick(&months).copied().unwrap_or_else(|| self.month());
                let fields = json!({"date": date, "month": month, "fund": fund, "amount": amount});
                self.by(ACCOUNTANT, "allocation.receive", fields)
            }
            Income::Subsidy => {
                let kinds = ["superior_general", "superior_earmarked", "administration"];
                let kind = kinds[self.which % 3];
                let fields = json!({"date": date, "kind": kind, "fund": fund, "amount": amount, "from": "总工会"});
                self.by(ACCOUNTANT, "subsidy.receive", fields)
            }
            Income::Donation => {
                let fields = json!({
                    "date": date, "fund": RELIEF, "into": self.till(), "amount": amount,
                    "donors": 3, "purpose": "一日捐",
                });
                self.by(ACCOUNTANT, "donation.receive", fields)
            }
            Income::Other => {
                let fields = json!({
                    "date": date, "fund": fund, "into": self.till(), "amount": amount, "purpose": "废品",
                });
                self.by(ACCOUNTANT, "other_income.receive", fields)
            }
            Income::Interest => {
                let fields = json!({"date": date, "fund": fund, "amount": amount});
                self.by(ACCOUNTANT, "interest.receive", fields)
            }
        }
    }

    fn spending(&self, what: Spending, state: &State) -> Asked {
        let open: Vec<&Disbursement> = state.disbursements.open().collect();
        let approved: Vec<&Disbursement> =
            open.iter().copied().filter(|d| !d.approvals.is_empty()).collect();
        let among = if what == Spending::Pay { &approved } else { &open };
        let Some(found) = self.pick(among).filter(|_| what != Spending::Request) else {
            return self.request(state);
        };
        let id = &found.request.disbursement;
        let (date, reason) = (self.date, "不合适");
        let named = json!({"disbursement": id, "date": date, "reason": reason});
        match what {
            Spending::Approve => {
                let amount = found.request.amount;
                let fields = json!({"disbursement": id, "date": date, "amount": amount});
                let approver = if found.approvals.is_empty() { FINANCE } else { CHAIR };
                self.by(approver, "disbursement.approve", fields)
            }
            Spending::Refuse => self.by(FINANCE, "disbursement.refuse", named),
            Spending::Cancel => self.by(CLERK, "disbursement.cancel", named),
            Spending::Request | Spending::Pay => {
                let fields = json!({"disbursement": id, "date": date, "from": self.till()});
                self.by(CASHIER, "disbursement.pay", fields)
            }
        }
    }

    fn request(&self, state: &State) -> Asked {
        let accounts = ["50102", "50105", "50405", "50702", "510", "505"];
        let account = accounts[self.which % accounts.len()];
        let mut fields = json!({
            "disbursement": format!("d-{}", state.next()),
            "date": self.date,
            "fund": self.fund(),
            "account": account,
            "amount": self.amount,
            "payee": {"organisation": "示例商店"},
            "purpose": "活动",
        });
        match account {
            "50702" => fields["acquires"] = "fixed_asset".into(),
            "50105" => fields["acquires"] = "supplies".into(),
            _ => {}
        }
        self.by(CLERK, "disbursement.request", fields)
    }

    fn moved(&self, what: Moved, state: &State) -> Asked {
        let Step { date, amount, .. } = self;
        let fund = self.fund();
        let one = json!({"date": date, "fund": fund, "amount": amount});
        match what {
            Moved::Remittance => {
                let owed = state.accounts.balance(&of(fund), &of("211")).negated();
                let amount = if self.which.is_multiple_of(4) { *amount } else { owed };
                let fields = json!({"date": date, "fund": fund, "amount": amount});
                self.by(CASHIER, "remittance.pay", fields)
            }
            Moved::Draw => self.by(CASHIER, "cash.draw", one),
            Moved::Deposit => self.by(CASHIER, "cash.deposit", one),
            Moved::Transfer => {
                let to = if fund == RELIEF { "general" } else { RELIEF };
                let fields = json!({
                    "date": date, "from": fund, "to": to, "amount": amount, "resolution": "决议",
                });
                self.by(ACCOUNTANT, "fund.transfer", fields)
            }
        }
    }

    /// Between two accounts; one in five is a fen apart.
    fn adjustment(&self) -> Asked {
        let pairs = [("50102", "50105"), ("408", "32201"), ("135", "408"), ("50405", "101")];
        let (debited, credited) = pairs[self.which % pairs.len()];
        let apart = Money::from_fen(i64::from(self.other.is_multiple_of(5)));
        let fund = self.fund();
        let fields = json!({
            "date": self.date,
            "lines": [
                {"account": debited, "fund": fund, "debit": self.amount},
                {"account": credited, "fund": fund, "credit": self.amount.plus(apart)},
            ],
            "reason": "科目记错",
            "basis": "底稿1",
        });
        self.by(AUDITOR, "adjustment.record", fields)
    }

    fn people(&self, what: People, state: &State) -> Asked {
        let today = self.today.to_string();
        let members: Vec<_> = state.members.members().map(|(id, _)| id.clone()).collect();
        let member = self.pick(&members).unwrap();
        match what {
            People::Move => {
                let fields = json!({"member": member, "group": "g1", "on": self.date});
                self.by(CLERK, "member.transfer", fields)
            }
            // Only those who came later leave, so that there is always somebody who pays.
            People::Leave if !matches!(member.as_str(), "m-1" | "m-2") => {
                let fields = json!({"member": member, "on": self.date, "reason": "retired"});
                self.by(CLERK, "member.leave", fields)
            }
            People::Leave => {
                let fields = json!({"member": member, "base": "6000.00", "from": self.month()});
                self.by(CLERK, "dues_base.set", fields)
            }
            People::Enrol => enrol(&today, &format!("m-{}", 100 + self.which % 50), "g1"),
        }
    }
    /// Private fields of two members, and papers of the last records.
    fn private(&self, what: Private, state: &State) -> Asked {
        let member = ["m-1", "m-2"][self.which % 2];
        let (subject, field) = (format!("s-{member}"), ["姓名", "电话"][self.other % 2]);
        let digest = format!("{:064x}", self.which);
        match what {
            Private::Commit => {
                let fields = json!([{"name": field, "commitment": digest}]);
                let of = json!({"member": member});
                let fields = json!({"subject": subject, "fields": fields, "of": of});
                self.by(CLERK, "privacy.commit", fields)
            }
            Private::Open => {
                let fields = json!({"subjects": [subject], "fields": [field], "purpose": "核对"});
                self.by(CLERK, "privacy.open", fields)
            }
            Private::Erase => {
                let fields = json!({
                    "subject": subject, "fields": [field], "basis": "申请", "approver": CHAIR,
                });
                self.by(CLERK, "privacy.erase", fields)
            }
            Private::Attach => {
                let to = state.next().0.saturating_sub(self.other as u64 % 20);
                let fields = json!({"to": to, "sha256": digest, "bytes": self.which});
                self.by(CASHIER, "attachment.add", fields)
            }
        }
    }
}
