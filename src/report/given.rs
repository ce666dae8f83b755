//! Books for tests: facts are posted, numbered and applied as the program does, without its rules,
//! so that a test can also hold what the rules would refuse.

use std::collections::BTreeSet;

use crate::chart::Chart;
use crate::date::{Day, Instant, Month, Offset};
use crate::event::allocation::{AllocationReceived, Payroll, Remittance};
use crate::event::audit::Adjustment;
use crate::event::bank::CashDrawing;
use crate::event::book::{
    Appointment, ApprovalBand, ChartPin, Level, NewLedger, Opening, Role, Rule, RuleSetting,
};
use crate::event::correction::Reversal;
use crate::event::disbursement::{Acquisition, Approval, Paid, Payee, Request};
use crate::event::dues::{DuesLine, DuesReceipt};
use crate::event::fund::{FundTransferred, NewFund};
use crate::event::income::{Interest, Subsidy, SubsidyKind};
use crate::event::member::{DuesBase, Enrolment, Group, Transfer};
use crate::event::period::{ClosePeriod, CloseYear};
use crate::event::{Entry, Fact, Line, Recorded, Side, Till, Voucher};
use crate::ids::{FundId, Seq, Text};
use crate::money::Money;
use crate::posting;
use crate::projection::{State, reverses};
use crate::rules::{Command, Context, decide};

pub(crate) struct Given {
    pub(crate) state: State,
    pub(crate) chart: Chart,
    pub(crate) records: Vec<Recorded>,
}

pub(crate) fn yuan(text: &str) -> Money {
    Money::parse(text).unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(crate) fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

pub(crate) fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

pub(crate) fn general() -> FundId {
    FundId::general()
}

pub(crate) fn hardship() -> FundId {
    "hardship".parse().unwrap()
}

pub(crate) fn debit(account: &str, fund: &FundId, amount: &str) -> Line {
    let account = account.parse().unwrap();
    Line { account, fund: fund.clone(), side: Side::Debit(yuan(amount)) }
}

pub(crate) fn credit(account: &str, fund: &FundId, amount: &str) -> Line {
    let account = account.parse().unwrap();
    Line { account, fund: fund.clone(), side: Side::Credit(yuan(amount)) }
}

impl Given {
    /// A grassroots union's book with a general and a restricted fund, and an accountant.
    pub(crate) fn book(organisation: &str, starts: &str) -> Given {
        Given::book_of(Level::Grassroots, organisation, starts)
    }

    pub(crate) fn book_of(level: Level, organisation: &str, starts: &str) -> Given {
        let chart = Chart::built_in("cn-gonghui-2021").unwrap();
        let mut given = Given { state: State::default(), chart, records: Vec::new() };
        given.record(
            "chair",
            Fact::LedgerCreated(NewLedger {
                random: "00".repeat(32),
                organisation: text(organisation),
                level,
                currency: "CNY".to_owned(),
                chart: ChartPin {
                    id: given.chart.id().to_string(),
                    sha256: given.chart.sha256().to_owned(),
                },
                starts: day(starts),
                utc_offset: Offset::china(),
                log: String::new(),
                policy: String::new(),
                policy_sha256: String::new(),
                format_sha256: String::new(),
            }),
        );
        for (officer, role) in [
            ("chair", Role::Chair),
            ("finance", Role::FinanceHead),
            ("accountant", Role::Accountant),
            ("cashier", Role::Cashier),
            ("auditor", Role::AuditChair),
        ] {
            given.record(
                "chair",
                Fact::OfficerAppointed(Appointment {
                    officer: officer.parse().unwrap(),
                    roles: BTreeSet::from([role]),
                    from: day(starts),
                    member: None,
                }),
            );
        }
        given.fund("general", "一般资金", false);
        given.fund("hardship", "困难帮扶", true);
        given
    }

    pub(crate) fn fund(&mut self, id: &str, name: &str, restricted: bool) {
        let purpose = text(name);
        let (fund, name) = (id.parse().unwrap(), text(name));
        let new = NewFund { fund, name, restricted, purpose };
        self.record("accountant", Fact::FundEstablished(new));
    }

    pub(crate) fn record(&mut self, actor: &str, fact: Fact) -> Seq {
        let reversed = reverses(&fact).map(|seq| self.at(seq).clone());
        let original = reversed.as_ref().and_then(|r| r.voucher.as_ref());
        let original = original.map(|voucher| voucher.entries.as_slice());
        let entries = posting::entries(&fact, original, &self.chart).unwrap();
        self.append(actor, fact, entries)
    }

    fn append(&mut self, actor: &str, fact: Fact, entries: Vec<Entry>) -> Seq {
        let reversed = reverses(&fact).map(|seq| self.at(seq).clone());
        let seq = self.state.next();
        let voucher = (!entries.is_empty()).then(|| {
            let date = fact.date().unwrap();
            let number = self.state.periods.next_voucher(date.month());
            Voucher { number, date, entries }
        });
        let at = Instant::parse("2027-01-05T01:00:00Z").unwrap();
        let record = Recorded { seq, at, actor: actor.parse().unwrap(), fact, voucher, key: None };
        self.state.apply(&record, reversed.as_ref());
        self.records.push(record);
        seq
    }

    fn at(&self, seq: Seq) -> &Recorded {
        &self.records[usize::try_from(seq.0).unwrap()]
    }

    /// By the rules, as the accountant, long after.
    pub(crate) fn command(&mut self, command: &Command) {
        let look_up = |seq: Seq| Some(self.at(seq).clone());
        let by = "accountant".parse().unwrap();
        let today = day("2030-01-01");
        let context = Context {
            state: &self.state,
            chart: &self.chart,
            by: &by,
            today,
            signers: &[],
            look_up: &look_up,
            hash_of: &|_| None,
        };
        for decided in decide(&context, command).unwrap() {
            self.append("accountant", decided.fact, decided.entries);
        }
    }

    pub(crate) fn close_year(&mut self, from: &str) {
        let first = month(from);
        for month in first.through(first.year().last_month()).filter(|m| !m.is_last_of_year()) {
            self.command(&Command::ClosePeriod(ClosePeriod { month }));
        }
        self.command(&Command::CloseYear(CloseYear { year: first.year() }));
    }

    pub(crate) fn opening(&mut self, date: &str, lines: Vec<Line>) -> Seq {
        let source = "上年度决算报表".parse().unwrap();
        let opening = Opening { date: day(date), lines, source };
        self.record("accountant", Fact::OpeningRecorded(opening))
    }

    pub(crate) fn adjust(&mut self, date: &str, lines: Vec<Line>, reason: &str) -> Seq {
        let (reason, basis) = (text(reason), "经审〔2026〕3号".parse().unwrap());
        let adjustment = Adjustment { date: day(date), lines, reason, basis };
        self.record("auditor", Fact::AdjustmentRecorded(adjustment))
    }

    pub(crate) fn reverse(&mut self, date: &str, seq: Seq, reason: &str) -> Seq {
        let reverses_voucher = self.at(seq).voucher.as_ref().unwrap().number;
        let (date, reason) = (day(date), text(reason));
        let reversal = Reversal { date, reason, reverses: seq, reverses_voucher };
        self.record("accountant", Fact::EntryReversed(reversal))
    }

    pub(crate) fn interest(&mut self, date: &str, amount: &str) -> Seq {
        let interest = Interest { date: day(date), fund: general(), amount: yuan(amount) };
        self.record("accountant", Fact::InterestReceived(interest))
    }

    pub(crate) fn subsidy(&mut self, date: &str, kind: SubsidyKind, fund: FundId, amount: &str) {
        let (date, amount, from) = (day(date), yuan(amount), text("市总工会"));
        let subsidy = Subsidy { date, kind, fund, amount, from };
        self.record("accountant", Fact::SubsidyReceived(subsidy));
    }

    pub(crate) fn allocation(&mut self, date: &str, of: &str, own: &str, up: &str) {
        let (own, up) = (yuan(own), yuan(up));
        let (date, month, amount) = (day(date), month(of), own.plus(up));
        let received = AllocationReceived { date, month, fund: general(), amount, own, up };
        self.record("accountant", Fact::AllocationReceived(received));
    }

    /// Requested by the accountant, unless another says so, and paid by the cashier.
    pub(crate) fn spend(&mut self, date: &str, id: &str, spent: &Spent<'_>) {
        self.request(date, id, spent);
        let amount = yuan(spent.amount);
        for approver in spent.approved_by {
            let disbursement = id.parse().unwrap();
            let approval = Approval { disbursement, date: day(date), amount };
            self.record(approver, Fact::ApprovalGiven(approval));
        }
        let paid = Paid {
            disbursement: id.parse().unwrap(),
            date: day(date),
            from: spent.from,
            fund: spent.fund.clone(),
            account: spent.account.parse().unwrap(),
            amount,
            acquires: spent.acquires,
        };
        self.record("cashier", Fact::DisbursementPaid(paid));
    }

    pub(crate) fn request(&mut self, date: &str, id: &str, spent: &Spent<'_>) {
        let request = Request {
            disbursement: id.parse().unwrap(),
            date: day(date),
            fund: spent.fund.clone(),
            account: spent.account.parse().unwrap(),
            amount: yuan(spent.amount),
            payee: Payee::Organisation(text("供应商")),
            purpose: text(spent.purpose),
            people: None,
            acquires: spent.acquires,
        };
        self.record(spent.requested_by, Fact::DisbursementRequested(request));
    }

    pub(crate) fn dues(&mut self, date: &str, into: Till, paid: &[(&str, &str, &str)]) -> Seq {
        let line = |(member, of, amount): &(&str, &str, &str)| DuesLine {
            member: member.parse().unwrap(),
            month: month(of),
            amount: yuan(amount),
        };
        let lines = paid.iter().map(line).collect();
        let receipt = DuesReceipt { date: day(date), fund: general(), into, lines };
        self.record("accountant", Fact::DuesReceived(receipt))
    }

    fn rules(&mut self, starts: &str) {
        let up_to = |amount: &str| Some(yuan(amount));
        let two = BTreeSet::from([Role::Chair, Role::FinanceHead]);
        for (rule, source) in [
            (Rule::DuesRate { basis_points: 50, step: yuan("10.00") }, "会费收缴规定"),
            (
                Rule::AllocationSplit { payroll_basis_points: 200, up_basis_points: 4000 },
                "工会法第四十三条",
            ),
            (
                Rule::ApprovalBands {
                    bands: vec![
                        ApprovalBand {
                            up_to: up_to("5000.00"),
                            roles: BTreeSet::from([Role::Chair]),
                        },
                        ApprovalBand { up_to: None, roles: two },
                    ],
                },
                "经费审批办法",
            ),
        ] {
            let setting = RuleSetting { rule, from: day(starts), source: source.parse().unwrap() };
            self.record("chair", Fact::RuleSet(setting));
        }
    }

    fn members(&mut self) {
        for (id, name) in [("g1", "第一小组"), ("g2", "第二小组")] {
            let group = Group { group: id.parse().unwrap(), name: text(name) };
            self.record("accountant", Fact::GroupDefined(group));
        }
        for (id, group, on, base) in [
            ("m1", "g1", "2020-03-01", "5438.70"),
            ("m2", "g1", "2020-03-01", "6000.00"),
            ("m3", "g2", "2021-09-01", "4800.00"),
            ("m4", "g2", "2026-03-02", "3999.90"),
        ] {
            let (member, group) = (id.parse().unwrap(), group.parse().unwrap());
            let enrolment = Enrolment { member, group, on: day(on) };
            self.record("accountant", Fact::MemberEnrolled(enrolment));
            let (member, base) = (id.parse().unwrap(), yuan(base));
            let base = DuesBase { member, base, from: month("2026-01") };
            self.record("accountant", Fact::DuesBaseSet(base));
        }
        let (member, group) = ("m3".parse().unwrap(), "g1".parse().unwrap());
        let transfer = Transfer { member, group, on: day("2026-11-15") };
        self.record("accountant", Fact::MemberTransferred(transfer));
    }
}

pub(crate) struct Spent<'a> {
    pub(crate) requested_by: &'a str,
    pub(crate) approved_by: &'a [&'a str],
    pub(crate) fund: FundId,
    pub(crate) account: &'a str,
    pub(crate) amount: &'a str,
    pub(crate) from: Till,
    pub(crate) acquires: Option<Acquisition>,
    pub(crate) purpose: &'a str,
}

impl Default for Spent<'_> {
    fn default() -> Self {
        Spent {
            requested_by: "accountant",
            approved_by: &["chair"],
            fund: general(),
            account: "50105",
            amount: "1.00",
            from: Till::Bank,
            acquires: None,
            purpose: "活动",
        }
    }
}

/// A small union's 2026, all of it recorded and nothing closed.
pub(crate) fn a_year() -> Given {
    let mut given = Given::book("示范基层工会", "2026-01-01");
    given.rules("2026-01-01");
    given.members();
    let (general, hardship) = (&general(), &hardship());
    given.opening(
        "2026-01-01",
        vec![
            debit("101", general, "500.00"),
            debit("102", general, "40000.00"),
            debit("162", general, "12000.00"),
            credit("163", general, "2000.00"),
            credit("211", general, "1200.00"),
            credit("30104", general, "10000.00"),
            credit("32205", general, "39300.00"),
        ],
    );
    given.opening(
        "2026-01-01",
        vec![debit("102", hardship, "3000.00"), credit("32104", hardship, "3000.00")],
    );
    first_half(&mut given);
    second_half(&mut given);
    given
}

/// A county's 2026 with a government's money: one appropriation for its running costs, one for a
/// project, each in a fund of its own.
pub(crate) fn a_county() -> Given {
    let mut given = Given::book_of(Level::County, "示例县总工会", "2026-01-01");
    given.fund("basic", "财政基本支出", false);
    given.fund("project", "财政项目: 职工服务中心", true);
    let (basic, project) = (&"basic".parse().unwrap(), &"project".parse().unwrap());
    given.opening(
        "2026-01-01",
        vec![
            debit("102", project, "8500.00"),
            credit("33104", project, "8000.00"),
            credit("33205", project, "500.00"),
            debit("162", project, "50000.00"),
            credit("163", project, "5000.00"),
            credit("30104", project, "45000.00"),
        ],
    );
    given.opening(
        "2026-01-01",
        vec![
            debit("102", &general(), "30000.00"),
            credit("32205", &general(), "30000.00"),
            debit("141", &general(), "900.00"),
            credit("30101", &general(), "900.00"),
        ],
    );
    let mut moves = |date: &str, fund: &FundId, lines: &[(&str, &str, &str)]| {
        let lines = lines.iter().flat_map(|(debited, credited, amount)| {
            [debit(debited, fund, amount), credit(credited, fund, amount)]
        });
        given.adjust(date, lines.collect(), "县级业务");
    };
    moves("2026-01-15", basic, &[("102", "40401", "120000.00")]);
    moves("2026-02-10", project, &[("102", "40401", "60000.00")]);
    moves("2026-03-31", basic, &[("50601", "102", "70000.00"), ("50602", "102", "12000.00")]);
    moves("2026-04-02", project, &[("33101", "102", "300.00"), ("33202", "102", "200.00")]);
    moves("2026-06-20", project, &[("50305", "102", "21000.00")]);
    moves("2026-06-30", project, &[("30104", "163", "1250.00")]);
    moves("2026-07-08", project, &[("50703", "102", "9000.00"), ("162", "30104", "9000.00")]);
    moves("2026-08-01", &general(), &[("502", "102", "4000.00"), ("141", "30101", "4000.00")]);
    moves("2026-09-01", &general(), &[("30101", "141", "2500.00"), ("510", "102", "66.00")]);
    given
}

fn first_half(given: &mut Given) {
    for of in ["2026-01", "2026-02"] {
        let (month, total) = (month(of), yuan("100000.00"));
        let payroll = Payroll { month, total, headcount: 20 };
        given.record("accountant", Fact::PayrollDeclared(payroll));
    }
    given.allocation("2026-02-12", "2026-01", "1200.00", "800.00");
    given.allocation("2026-03-12", "2026-02", "900.00", "600.00");
    let quarter = ["2026-01", "2026-02", "2026-03"];
    let owed = [("m1", "27.15"), ("m2", "30.00"), ("m3", "24.00")];
    let roll: Vec<_> =
        quarter.iter().flat_map(|of| owed.map(|(member, sum)| (member, *of, sum))).collect();
    given.dues("2026-03-10", Till::Cash, &roll);
    given.dues("2026-03-11", Till::Bank, &[("m4", "2026-03", "19.95")]);
    given.subsidy("2026-04-20", SubsidyKind::SuperiorEarmarked, hardship(), "5000.00");
    given.subsidy("2026-04-21", SubsidyKind::SuperiorGeneral, general(), "3000.00");
    let festival = Spent { amount: "1800.00", purpose: "端午节慰问", ..Spent::default() };
    given.spend("2026-05-28", "d-1", &festival);
    given.record(
        "cashier",
        Fact::RemittancePaid(Remittance {
            date: day("2026-06-15"),
            fund: general(),
            amount: yuan("2000.00"),
        }),
    );
    let wrong = given.interest("2026-06-21", "66.60");
    given.reverse("2026-07-03", wrong, "利息金额录错");
    given.interest("2026-07-03", "6.66");
}

fn second_half(given: &mut Given) {
    let moved = FundTransferred {
        date: day("2026-09-01"),
        from: general(),
        from_restricted: false,
        to: hardship(),
        to_restricted: true,
        amount: yuan("1000.00"),
        resolution: "委员会决议2026-8".parse().unwrap(),
    };
    given.record("accountant", Fact::FundTransferred(moved));
    let relief = Spent {
        fund: hardship(),
        account: "50405",
        amount: "4200.00",
        purpose: "送温暖",
        ..Spent::default()
    };
    given.spend("2026-10-10", "d-2", &relief);
    let desks = Spent {
        account: "50702",
        amount: "6500.00",
        acquires: Some(Acquisition::FixedAsset),
        approved_by: &["chair", "finance"],
        purpose: "职工书屋桌椅",
        ..Spent::default()
    };
    given.spend("2026-10-20", "d-3", &desks);
    let (general_fund, reason) = (&general(), "收回上年度多付活动款");
    given.adjust(
        "2026-11-05",
        vec![debit("102", general_fund, "350.00"), credit("32201", general_fund, "350.00")],
        reason,
    );
    let cash = CashDrawing { date: day("2026-11-20"), fund: general(), amount: yuan("200.00") };
    given.record("cashier", Fact::CashDrawn(cash));
    let meeting = Spent {
        requested_by: "cashier",
        account: "50502",
        amount: "300.00",
        from: Till::Cash,
        purpose: "会员大会",
        ..Spent::default()
    };
    given.spend("2026-12-05", "d-4", &meeting);
    let rest: Vec<String> = (4..=12).map(|number| format!("2026-{number:02}")).collect();
    let mut roll = Vec::new();
    for (place, of) in rest.iter().enumerate() {
        roll.extend([("m1", of.as_str(), "27.15"), ("m2", of.as_str(), "30.00")]);
        if place < 7 {
            roll.push(("m3", of.as_str(), "24.00"));
        }
    }
    roll.push(("m4", "2026-04", "10.00"));
    given.dues("2026-12-10", Till::Bank, &roll);
    let match_day =
        Spent { account: "50102", amount: "900.00", purpose: "元旦球赛", ..Spent::default() };
    given.request("2026-12-20", "d-5", &match_day);
}
