//! 溯源 Every record behind one figure of a report, and their sum beside it.
//!
//! A figure is a sum over entries, so what one record adds to it is the figure of the same report
//! over a book in which this record alone was posted. The report's own code therefore says which
//! accounts, funds and months make a line; nothing is said twice. The sum is made from the records
//! one by one and the figure from the whole state: where they differ, one of them is wrong.

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{Ledger, Made, Name, Settled, make};
use super::books::Books;
use super::figures::{self, Figures};
use super::{Period, Words, dues, summary};
use crate::chart::Chart;
use crate::date::{Day, Month};
use crate::event::dues::DuesLine;
use crate::event::{Fact, Recorded, VoucherNumber};
use crate::ids::{GroupId, MemberId, Seq};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Explained {
    pub report: String,
    pub period: Period,
    pub line: Words,
    pub columns: Vec<Column>,
    /// How many records were looked at.
    pub records: u64,
    /// Whether every column's sum is the report's figure.
    pub agrees: bool,
}

/// One figure of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Column {
    pub name: Words,
    /// What the report says.
    pub figure: Money,
    /// What the records add up to.
    pub sum: Money,
    pub agrees: bool,
    pub rows: Vec<Row>,
}

/// What one record adds to the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    pub seq: Seq,
    pub voucher: Option<VoucherNumber>,
    pub date: Option<Day>,
    pub summary: Words,
    pub amount: Money,
    /// The sum up to and with this record.
    pub sum: Money,
}

/// The report has no such line. It carries the keys of those that it has; where it has none, the reports
/// of this book that have some.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said(Lang::En))]
pub struct NoLine {
    pub report: Name,
    pub asked: String,
    pub known: Vec<String>,
    pub others: Vec<Name>,
}

impl NoLine {
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let NoLine { report, asked, known, others } = self;
        let others: Vec<String> = others.iter().map(ToString::to_string).collect();
        let itself = *report == Name::AuditProgramme;
        match (known.is_empty(), lang) {
            (false, Lang::Zh) => {
                format!("报表 {report} 没有行 {asked:?}；有的是 {}", known.join("、"))
            }
            (false, Lang::En) => {
                format!("the report {report} has no line {asked:?}; there are {}", known.join(", "))
            }
            (true, Lang::Zh) => {
                let itself = if itself { "，每项例外的记录号就在表中" } else { "" };
                format!(
                    "报表 {report} 没有由凭证合计而成的行，无可追溯{itself}；有这种行的报表是 {}",
                    others.join("、")
                )
            }
            (true, Lang::En) => {
                let itself =
                    if itself { ": the records of each exception stand in it" } else { "" };
                format!(
                    "the report {report} has no lines that are sums of vouchers{itself}; reports that \
                     have such lines are {}",
                    others.join(", ")
                )
            }
        }
    }
}

/// Takes the records of a book in their order and keeps those behind one line.
pub struct Explainer<'a> {
    of: Settled,
    chart: &'a Chart,
    line: Line<'a>,
    explained: Explained,
}

enum Line<'a> {
    /// A line of figures by its key, and the book with nothing posted.
    Posted { key: String, alone: Box<State> },
    /// What was received of dues.
    Dues { state: &'a State, payers: Payers, months: Vec<Month> },
}

/// Whose dues are asked for.
enum Payers {
    All,
    Member(MemberId),
    Group(Option<GroupId>),
}

impl<'a> Explainer<'a> {
    /// The line of a report of this state, by any of its names.
    pub fn new(
        of: &Settled,
        state: &'a State,
        chart: &'a Chart,
        asked: &str,
    ) -> Result<Explainer<'a>, NoLine> {
        let report = made(of, state, chart);
        let (figures, line) = if let Made::Dues(report) = &report {
            dues_line(of, state, chart, report, asked)?
        } else {
            let lines = figures::of(&report);
            let known = || lines.iter().filter_map(|line| line.names.first().cloned());
            let named = |line: &&Figures| line.names.iter().any(|name| name == asked);
            let found = lines.iter().find(named).cloned();
            let no_line = || NoLine {
                others: if lines.is_empty() { with_lines(of, state, chart) } else { Vec::new() },
                ..no_line(of.name, asked, known().collect())
            };
            let found = found.ok_or_else(no_line)?;
            let key = found.names.first().cloned().unwrap_or_default();
            (found, Line::Posted { key, alone: Box::new(state.nothing_posted()) })
        };
        let column = |(name, figure): (Words, Money)| Column {
            name,
            figure,
            sum: Money::ZERO,
            agrees: figure.is_zero(),
            rows: Vec::new(),
        };
        let period = if matches!(of.name, Name::BalanceSheet | Name::IncomeStatement) {
            of.term.into()
        } else if of.name == Name::Budget {
            of.term.year_to_date()
        } else if of.name == Name::FinalAccounts {
            Period::Year(of.term.last().year())
        } else {
            of.period
        };
        let explained = Explained {
            report: of.name.to_string(),
            period,
            line: figures.title,
            columns: figures.columns.into_iter().map(column).collect(),
            records: 0,
            agrees: false,
        };
        Ok(Explainer { of: of.clone(), chart, line, explained })
    }

    /// The next record, with the one that it reverses.
    pub fn take(&mut self, record: &Recorded, reversed: Option<&Recorded>) {
        self.explained.records = self.explained.records.saturating_add(1);
        if record.voucher.is_none() {
            return;
        }
        let amounts: Vec<Money> = match &mut self.line {
            Line::Posted { key, alone } => {
                alone.post_only(record, reversed);
                let lines = figures::of(&made(&self.of, alone, self.chart));
                let own = lines.into_iter().find(|line| line.names.first() == Some(key));
                own.map(|line| line.columns.into_iter().map(|(_, amount)| amount).collect())
                    .unwrap_or_default()
            }
            Line::Dues { state, payers, months } => {
                vec![received(state, payers, months, record, reversed)]
            }
        };
        for (column, amount) in self.explained.columns.iter_mut().zip(amounts) {
            if amount.is_zero() {
                continue;
            }
            column.sum = column.sum.plus(amount);
            column.agrees = column.sum == column.figure;
            column.rows.push(Row {
                seq: record.seq,
                voucher: record.voucher.as_ref().map(|voucher| voucher.number),
                date: record.voucher.as_ref().map(|voucher| voucher.date),
                summary: summary::of(&record.fact, self.chart),
                amount,
                sum: column.sum,
            });
        }
    }

    #[must_use]
    pub fn finish(mut self) -> Explained {
        self.explained.agrees = self.explained.columns.iter().all(|column| column.agrees);
        self.explained
    }
}

/// The keys of the lines that can be explained.
#[must_use]
pub fn keys(of: &Settled, state: &State, chart: &Chart) -> Vec<String> {
    let made = made(of, state, chart);
    if let Made::Dues(report) = &made {
        return dues_keys(report);
    }
    figures::of(&made).into_iter().filter_map(|line| line.names.into_iter().next()).collect()
}

/// The reports of the same time that have lines to explain.
fn with_lines(of: &Settled, state: &State, chart: &Chart) -> Vec<Name> {
    let all = Name::ALL.iter().copied();
    let has = |name: &Name| {
        !keys(&Settled { name: *name, of: None, ..of.clone() }, state, chart).is_empty()
    };
    all.filter(has).collect()
}

/// Figures are sums over what is posted, so that the records themselves are not asked for.
fn made(of: &Settled, state: &State, chart: &Chart) -> Made {
    make(of, Ledger::of(state, chart))
}

fn no_line(report: Name, asked: &str, known: Vec<String>) -> NoLine {
    NoLine { report, asked: asked.to_owned(), known, others: Vec::new() }
}

/// How the line of members in no group is asked for.
const NO_GROUP: &str = "no-group";

fn dues_keys(report: &dues::Dues) -> Vec<String> {
    let group = |line: &dues::Line| {
        line.group.as_ref().map_or_else(|| NO_GROUP.to_owned(), ToString::to_string)
    };
    report.lines.iter().map(group).chain(["total".to_owned(), "MEMBER".to_owned()]).collect()
}

fn dues_line<'a>(
    of: &Settled,
    state: &'a State,
    chart: &Chart,
    report: &dues::Dues,
    asked: &str,
) -> Result<(Figures, Line<'a>), NoLine> {
    let months = Books { state, chart }.months(of.period);
    let found = |names: Words, figure: Money, payers: Payers| {
        let columns = vec![(Words::new("实缴", "Received"), figure)];
        let figures = Figures { names: vec![asked.to_owned()], title: names, columns };
        (figures, Line::Dues { state, payers, months: months.clone() })
    };
    if asked == "total" || Lang::ALL.map(total).contains(&asked) {
        let title = Words::new(total(Lang::Zh), total(Lang::En));
        return Ok(found(title, report.total.received, Payers::All));
    }
    for line in &report.lines {
        let key = line.group.as_ref().map_or(NO_GROUP, |group| group.as_str());
        if key == asked || line.name.as_deref() == Some(asked) {
            let name = line.name.as_deref().unwrap_or(key);
            let payers = Payers::Group(line.group.clone());
            return Ok(found(Words::new(name, name), line.collected.received, payers));
        }
    }
    let id = MemberId::parse(asked).ok();
    let member = id.and_then(|id| state.members.member(&id).map(|member| (id, member)));
    let (id, member) = member.ok_or_else(|| no_line(of.name, asked, dues_keys(report)))?;
    let paid = Money::sum(months.iter().map(|month| member.paid_for(*month)));
    Ok(found(Words::new(asked, asked), paid, Payers::Member(id)))
}

fn total(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "合计",
        Lang::En => "Total",
    }
}

/// What a record says was received, or takes back, of these payers for these months.
fn received(
    state: &State,
    payers: &Payers,
    months: &[Month],
    record: &Recorded,
    reversed: Option<&Recorded>,
) -> Money {
    let of = |lines: &[DuesLine]| {
        let counted = lines.iter().filter(|line| months.contains(&line.month));
        let counted = counted.filter(|line| {
            let member = state.members.member(&line.member);
            member.is_some_and(|member| match payers {
                Payers::All => true,
                Payers::Member(asked) => line.member == *asked,
                Payers::Group(asked) => dues::group_of(member, line.month) == *asked,
            })
        });
        Money::sum(counted.map(|line| line.amount))
    };
    // What is given back counts below nothing, and so does what is taken back.
    let said = |fact: &Fact| {
        if let Fact::DuesReceived(receipt) = fact {
            return Some(of(&receipt.lines));
        }
        let Fact::DuesRefunded(refund) = fact else { return None };
        Some(of(&refund.lines).negated())
    };
    let back = reversed.and_then(|original| said(&original.fact)).map(Money::negated);
    said(&record.fact).or(back).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Till;
    use crate::event::dues::Refund;
    use crate::projection::reverses;
    use crate::report::asked::Asked;
    use crate::report::given::{Given, a_year, debit, general};

    #[track_caller]
    fn every_line_adds_up(given: &Given, period: &str) -> usize {
        let mut rows = 0;
        for name in Name::ALL {
            let period = Some(period.parse().unwrap());
            let of = Asked { name: *name, period, by_fund: true, of: None }.settle(&given.state);
            let keys = keys(&of, &given.state, &given.chart);
            for key in keys.into_iter().filter(|key| key != "MEMBER") {
                let new = Explainer::new(&of, &given.state, &given.chart, &key);
                let mut explainer = new.unwrap();
                for record in &given.records {
                    let original = reverses(&record.fact)
                        .map(|seq| &given.records[usize::try_from(seq.0).unwrap()]);
                    explainer.take(record, original);
                }
                let explained = explainer.finish();
                assert!(explained.agrees, "{explained:#?}");
                rows += explained.columns.iter().map(|column| column.rows.len()).sum::<usize>();
            }
        }
        rows
    }

    /// What a book seldom has and a figure has to survive: an allocation, a remittance, dues and an
    /// opening that are reversed, in another month and in another year.
    #[test]
    fn reversals_of_every_kind_leave_sums_and_figures_the_same() {
        let mut given = a_year();
        let kinds = ["allocation.received", "remittance.paid", "dues.received", "fund.transferred"];
        let all: Vec<(Seq, &str)> =
            given.records.iter().map(|record| (record.seq, record.fact.kind())).collect();
        for kind in kinds.into_iter().chain(["opening.recorded", "disbursement.paid"]) {
            let (seq, _) = all.iter().find(|(_, found)| *found == kind).unwrap();
            given.reverse("2026-12-20", *seq, "录错");
        }
        given.allocation("2026-12-21", "2026-01", "1200.00", "800.00");
        for period in ["2026", "2026-02", "2026-06", "2026-12", "2026-01..2026-03", "all"] {
            assert!(every_line_adds_up(&given, period) > 20, "{period}");
        }
    }

    /// Dues that were given back, and a giving back that is reversed.
    #[test]
    fn dues_given_back_leave_sums_and_figures_the_same() {
        let mut given = a_year();
        let paid = |given: &Given| {
            let member = given.state.members.member(&"m4".parse().unwrap()).unwrap();
            member.paid_for("2026-04".parse().unwrap())
        };
        let before = paid(&given);
        given.dues("2026-12-18", Till::Bank, &[("m4", "2026-04", "19.95")]);
        let back = |given: &mut Given, amount: &str| {
            let refund = Refund {
                date: "2026-12-19".parse().unwrap(),
                fund: general(),
                from: Till::Bank,
                lines: vec![DuesLine {
                    member: "m4".parse().unwrap(),
                    month: "2026-04".parse().unwrap(),
                    amount: amount.parse().unwrap(),
                }],
                reason: "重缴".parse().unwrap(),
                disbursement: None,
            };
            given.record("cashier", Fact::DuesRefunded(refund))
        };
        back(&mut given, "5.00");
        let wrong = back(&mut given, "7.00");
        given.reverse("2026-12-20", wrong, "退错");
        for period in ["2026", "2026-04", "2026-12", "all"] {
            assert!(every_line_adds_up(&given, period) > 10, "{period}");
        }
        assert_eq!(paid(&given), before.plus("14.95".parse().unwrap()));
    }

    #[test]
    fn figures_are_explained_before_and_after_the_year_is_closed_and_in_the_next() {
        let mut given = a_year();
        given.close_year("2026-01");
        given.interest("2027-01-21", "7.77");
        let wrong = given.opening("2027-01-21", vec![debit("102", &general(), "5.00")]);
        given.reverse("2027-02-01", wrong, "录错");
        for period in ["2026", "2026-12", "2027", "2027-01", "2027-02", "all"] {
            assert!(every_line_adds_up(&given, period) > 20, "{period}");
        }
    }
}
