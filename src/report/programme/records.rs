//! One pass over the records: what only they show, and no projection keeps.

use std::collections::{BTreeMap, BTreeSet};

use super::{Exception, Thresholds};
use crate::chart::Class;
use crate::date::{Day, Instant, Month, Offset};
use crate::event::book::Role;
use crate::event::fund::FundLimited;
use crate::event::office::Handover;
use crate::event::{Fact, Recorded, Voucher};
use crate::ids::{DisbursementId, FundId, Seq};
use crate::money::Money;
use crate::report::asked::Ledger;

#[derive(Default)]
pub(super) struct Seen {
    /// Records that concern the months, and vouchers of the months.
    pub(super) records: usize,
    pub(super) vouchers: usize,
    /// Voucher numbers of each month, in the order of their records.
    pub(super) numbers: BTreeMap<Month, Vec<(u32, Seq)>>,
    pub(super) late: Vec<Exception>,
    pub(super) hours: Vec<Exception>,
    pub(super) private: Vec<Exception>,
    pub(super) after_closing: Vec<Exception>,
    /// Handovers of the offices that keep books and money.
    pub(super) handovers: usize,
    pub(super) after_handover: Vec<Exception>,
    pub(super) outside_limits: Vec<Exception>,
    /// Vouchers that spend out of restricted funds, and what they spend.
    pub(super) restricted: (usize, Money),
}

/// The union's own day of the last record.
pub(super) fn last_day(ledger: Ledger<'_>) -> Option<Day> {
    let mut last: Option<Instant> = None;
    ledger.records.each(&mut |record: &Recorded| last = Some(record.at));
    last.map(|at| at.day(offset(ledger)))
}

fn offset(ledger: Ledger<'_>) -> Offset {
    ledger.state.offices.ledger().map_or_else(Offset::china, |ledger| ledger.utc_offset)
}

/// What is known at each record, on the way through them.
struct Pass<'a> {
    ledger: Ledger<'a>,
    offset: Offset,
    months: BTreeSet<Month>,
    thresholds: &'a Thresholds,
    /// Requests of the months, and those that were paid in them.
    requests: BTreeSet<DisbursementId>,
    /// The first and the last day on which records were made that concern the months.
    made: Option<(Day, Day)>,
    /// Each time that private data was shown, and the day.
    opened: Vec<(Day, Exception)>,
    handovers: Vec<(Seq, &'a Handover)>,
    /// Months that were closed once, whatever came of it.
    closed: BTreeSet<Month>,
    /// The limits of funds as they are known so far.
    limits: BTreeMap<FundId, FundLimited>,
    seen: Seen,
}

pub(super) fn seen(ledger: Ledger<'_>, months: &[Month], thresholds: &Thresholds) -> Seen {
    let months: BTreeSet<Month> = months.iter().copied().collect();
    let mut pass = Pass {
        ledger,
        offset: offset(ledger),
        requests: requests(ledger, &months),
        months,
        thresholds,
        made: None,
        opened: Vec::new(),
        handovers: handovers(ledger),
        closed: BTreeSet::new(),
        limits: BTreeMap::new(),
        seen: Seen::default(),
    };
    ledger.records.each(&mut |record: &Recorded| pass.take(record));
    pass.finish()
}

fn requests(ledger: Ledger<'_>, months: &BTreeSet<Month>) -> BTreeSet<DisbursementId> {
    let disbursements = &ledger.state.disbursements;
    let asked = disbursements.disbursements().map(|found| &found.request);
    let asked = asked.filter(|request| months.contains(&request.date.month()));
    let paid = disbursements.payments().map(|(_, payment)| &payment.paid);
    let paid = paid.filter(|paid| months.contains(&paid.date.month()));
    let ids = asked.map(|request| &request.disbursement);
    ids.chain(paid.map(|paid| &paid.disbursement)).cloned().collect()
}

/// Of the offices that keep the books and the money.
fn handovers(ledger: Ledger<'_>) -> Vec<(Seq, &Handover)> {
    let all = ledger.state.handovers.all().map(|(seq, handed)| (*seq, &handed.handover));
    all.filter(|(_, handover)| matches!(handover.office, Role::Cashier | Role::Accountant))
        .collect()
}

impl Pass<'_> {
    fn take(&mut self, record: &Recorded) {
        let day = record.at.day(self.offset);
        if self.concerns(record, day) {
            self.seen.records = self.seen.records.saturating_add(1);
            // Days may go backwards where a clock was wrong.
            let (first, last) = self.made.unwrap_or((day, day));
            self.made = Some((first.min(day), last.max(day)));
            self.hour(record);
            self.after_handover(record);
        }
        if let Fact::PrivacyOpened(_) = &record.fact {
            let by = &record.actor;
            let zh = format!("{day} {by} 查阅个人信息");
            let en = format!("{by} was shown private data on {day}");
            self.opened.push((day, Exception::new([record.seq], &zh, &en)));
        }
        if let Some(voucher) = &record.voucher
            && self.months.contains(&voucher.date.month())
        {
            self.seen.vouchers = self.seen.vouchers.saturating_add(1);
            let numbers = self.seen.numbers.entry(voucher.number.month).or_default();
            numbers.push((voucher.number.number, record.seq));
            self.late(record, voucher, day);
            self.after_closing(record, voucher);
            self.restricted(record, voucher);
        }
        if let Fact::FundLimited(limited) = &record.fact {
            self.limits.insert(limited.fund.clone(), limited.clone());
        }
        if let Fact::PeriodClosed(closed) = &record.fact {
            self.closed.insert(closed.month);
        }
    }

    /// What was recorded in the months, and what is of their vouchers and requests, whenever it was
    /// recorded: books that are kept afterwards are looked at all the same.
    fn concerns(&self, record: &Recorded, day: Day) -> bool {
        let voucher = record.voucher.as_ref();
        self.months.contains(&day.month())
            || voucher.is_some_and(|voucher| self.months.contains(&voucher.date.month()))
            || of_request(&record.fact).is_some_and(|id| self.requests.contains(id))
    }

    fn finish(mut self) -> Seen {
        let made = self.made;
        let within = |day: Day| made.is_some_and(|(first, last)| first <= day && day <= last);
        let opened = self.opened.into_iter().filter(|(day, _)| within(*day));
        self.seen.private = opened.map(|(_, exception)| exception).collect();
        self.seen.handovers = self.handovers.len();
        self.seen
    }

    /// What was handed over was a figure of that day: whoever changes it later is to be who answers for it.
    fn after_handover(&mut self, record: &Recorded) {
        let Some(voucher) = &record.voucher else { return };
        let (by, date, number) = (&record.actor, voucher.date, voucher.number);
        let before = || self.handovers.iter().filter(|(seq, _)| *seq < record.seq);
        let is_brought =
            matches!(record.fact, Fact::OpeningRecorded(_) | Fact::CarryForwardRecorded(_));
        let changed: Vec<&(Seq, &Handover)> =
            before().filter(|(_, handover)| date < handover.on && !is_brought).collect();
        let took_over = changed.iter().any(|(_, handover)| handover.to == *by);
        let left = before().rfind(|(_, handover)| handover.from == *by).filter(|(left, of)| {
            !before().any(|(seq, later)| left < seq && later.office == of.office && later.to == *by)
        });
        if let Some((seq, handover)) = left {
            let on = handover.on;
            let zh = format!("{number} 由 {by} 在 {on} 移交之后记入");
            let en = format!("{number} was recorded by {by}, who had handed over on {on}");
            self.seen.after_handover.push(Exception::new([record.seq, *seq], &zh, &en));
        } else if !changed.is_empty() && !took_over {
            let zh = format!("{number} 业务日 {date} 在交接之前，交接之后由 {by} 记入，非接收人");
            let en = format!(
                "{number} of {date} is of before a handover and was recorded after it by {by}, who \
                 did not take over"
            );
            let records = std::iter::once(record.seq).chain(changed.iter().map(|(seq, _)| *seq));
            self.seen.after_handover.push(Exception::new(records, &zh, &en));
        }
    }

    fn hour(&mut self, record: &Recorded) {
        let local = record.at.local(self.offset);
        let hour = local.get(11..13).and_then(|hour| hour.parse::<u32>().ok()).unwrap_or_default();
        let Thresholds { hours_first, hours_last, .. } = *self.thresholds;
        if hours_first <= hour && hour < hours_last {
            return;
        }
        let (by, kind) = (&record.actor, record.fact.kind());
        let zh = format!("{local} {by} 记 {kind}");
        let en = format!("{by} recorded {kind} at {local}");
        self.seen.hours.push(Exception::new([record.seq], &zh, &en));
    }

    /// Opening balances and what is carried forward are of a day that is not theirs.
    fn late(&mut self, record: &Recorded, voucher: &Voucher, day: Day) {
        if matches!(record.fact, Fact::OpeningRecorded(_) | Fact::CarryForwardRecorded(_)) {
            return;
        }
        let days = voucher.date.days_to(day);
        if days > self.thresholds.late_days && voucher.date < day {
            let (number, date) = (voucher.number, voucher.date);
            let zh = format!("{number} 业务日 {date}，{day} 记录，迟 {days} 天");
            let en = format!("{number} of {date} was recorded on {day}, {days} days later");
            self.seen.late.push(Exception::new([record.seq], &zh, &en));
        }
    }

    fn after_closing(&mut self, record: &Recorded, voucher: &Voucher) {
        if self.closed.contains(&voucher.number.month) {
            let number = voucher.number;
            let zh = format!("{number} 在该月结账后记入");
            let en = format!("{number} was recorded after its month had been closed");
            self.seen.after_closing.push(Exception::new([record.seq], &zh, &en));
        }
    }

    /// What was spent and stands: a red entry takes back and spends nothing.
    fn restricted(&mut self, record: &Recorded, voucher: &Voucher) {
        let Ledger { state, chart, .. } = self.ledger;
        if state.periods.reversal_of(record.seq).is_some() {
            return;
        }
        let mut spends = false;
        for entry in &voucher.entries {
            let class = chart.account(&entry.account).map(|found| found.class);
            let amount = entry.side.columns().0.unwrap_or_default();
            let own = state.funds.fund(&entry.fund).is_some_and(|fund| fund.restricted);
            if class != Some(Class::Expense) || !amount.is_positive() || !own {
                continue;
            }
            spends = true;
            self.seen.restricted.1 = self.seen.restricted.1.plus(amount);
            let Some(limited) = self.limits.get(&entry.fund) else { continue };
            let named =
                |of: &crate::ids::AccountCode| entry.account.as_str().starts_with(of.as_str());
            let on_purpose = limited.accounts.iter().any(named);
            let in_time = limited.until.is_none_or(|until| voucher.date <= until);
            if !on_purpose || !in_time {
                let (number, fund, account) = (voucher.number, &entry.fund, &entry.account);
                let zh = format!(
                    "{number} 专项资金 {fund} 用于 {account} {}，超出限定用途或期限",
                    entry.name
                );
                let name = chart.account(account).map_or("", |of| of.name(crate::lang::Lang::En));
                let en = format!(
                    "{number}: {fund} spent on {account} {name}, outside its purpose or term"
                );
                self.seen.outside_limits.push(Exception::new([record.seq], &zh, &en).of(amount));
            }
        }
        if spends {
            self.seen.restricted.0 = self.seen.restricted.0.saturating_add(1);
        }
    }
}

/// The request that a record is a step of.
fn of_request(fact: &Fact) -> Option<&DisbursementId> {
    if let Fact::DisbursementRequested(request) = fact {
        Some(&request.disbursement)
    } else if let Fact::ApprovalGiven(approval) = fact {
        Some(&approval.disbursement)
    } else if let Fact::ApprovalRefused(rejection) = fact {
        Some(&rejection.disbursement)
    } else if let Fact::DisbursementCancelled(cancellation) = fact {
        Some(&cancellation.disbursement)
    } else {
        None
    }
}
