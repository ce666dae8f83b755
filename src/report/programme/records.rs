//! One pass over the records: what only they show, and no projection keeps.

use std::collections::{BTreeMap, BTreeSet};

use super::{Exception, Thresholds};
use crate::chart::Class;
use crate::date::{Day, Instant, Month, Offset};
use crate::event::fund::FundLimited;
use crate::event::{Fact, Recorded, Voucher};
use crate::ids::{FundId, Seq};
use crate::money::Money;
use crate::report::asked::Ledger;

#[derive(Default)]
pub(super) struct Seen {
    /// Records and vouchers of the months.
    pub(super) records: usize,
    pub(super) vouchers: usize,
    /// Voucher numbers of each month, in the order of their records.
    pub(super) numbers: BTreeMap<Month, Vec<(u32, Seq)>>,
    pub(super) late: Vec<Exception>,
    pub(super) hours: Vec<Exception>,
    pub(super) private: Vec<Exception>,
    pub(super) after_closing: Vec<Exception>,
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
    /// Months that were closed once, whatever came of it.
    closed: BTreeSet<Month>,
    /// The limits of funds as they are known so far.
    limits: BTreeMap<FundId, FundLimited>,
    seen: Seen,
}

pub(super) fn seen(ledger: Ledger<'_>, months: &[Month], thresholds: &Thresholds) -> Seen {
    let mut pass = Pass {
        ledger,
        offset: offset(ledger),
        months: months.iter().copied().collect(),
        thresholds,
        closed: BTreeSet::new(),
        limits: BTreeMap::new(),
        seen: Seen::default(),
    };
    ledger.records.each(&mut |record: &Recorded| pass.take(record));
    pass.seen
}

impl Pass<'_> {
    fn take(&mut self, record: &Recorded) {
        let day = record.at.day(self.offset);
        if self.months.contains(&day.month()) {
            self.seen.records = self.seen.records.saturating_add(1);
            self.hour(record);
            if let Fact::PrivacyOpened(_) = &record.fact {
                let by = &record.actor;
                let zh = format!("{day} {by} 查阅个人信息");
                let en = format!("{by} was shown private data on {day}");
                self.seen.private.push(Exception::new([record.seq], &zh, &en));
            }
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
