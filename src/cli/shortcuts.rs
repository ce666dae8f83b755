//! The two commands that a committee uses most: approve what was requested, undo what was wrong.

use clap::Args;
use mingzhang::book::{Folder, Reading, record_at};
use mingzhang::date::Day;
use mingzhang::event::Voucher;
use mingzhang::ids::{DisbursementId, Seq};
use serde_json::json;

use super::Global;
use super::apply::How;
use super::failure::Failure;
use super::history::find_voucher;
use super::output::Output;
use super::record::record_line;
use super::world::World;

#[derive(Args)]
pub(crate) struct Approve {
    /// 支出编号 The disbursement; without it, those that wait are listed
    disbursement: Option<DisbursementId>,
    /// 审批日期 Today unless given
    #[arg(long)]
    date: Option<Day>,
    /// 不批准的理由 Refuse it instead, for this reason
    #[arg(long, value_name = "REASON")]
    refuse: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Approve {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let reading = Reading::open(&Folder::new(&global.book), &mut |_| ())?;
        let Some(id) = self.disbursement else {
            list_open(&reading, out);
            return Ok(());
        };
        let today = today(&reading, world);
        let date = self.date.or(today);
        let line = if let Some(reason) = self.refuse {
            json!({
                "command": "disbursement.refuse", "disbursement": id, "date": date, "reason": reason,
            })
        } else {
            // An unknown request is refused by name when it is recorded.
            {
                let found = reading.state.disbursements.disbursement(&id);
                let amount = found.map(|d| d.request.amount).unwrap_or_default();
                json!({
                    "command": "disbursement.approve", "disbursement": id, "date": date, "amount": amount,
                    "key": format!("approve-{id}-{}", global.officer.as_ref().map_or("", |o| o.as_str())),
                })
            }
        };
        record_line(global, world, out, &line.to_string(), self.how)
    }
}

fn list_open(reading: &Reading, out: &Output) {
    let open: Vec<_> = reading.state.disbursements.open().collect();
    if out.json {
        out.value(&open);
        return;
    }
    if open.is_empty() {
        out.note("没有待批的支出", "no disbursement waits");
    }
    for found in open {
        let request = &found.request;
        let approved: Vec<&str> =
            found.approvals.keys().map(mingzhang::ids::OfficerId::as_str).collect();
        out.text(&format!(
            "{} {} {:>14} {} ← {} [{}]",
            request.disbursement,
            request.date,
            request.amount.to_string(),
            request.purpose,
            found.requested_by,
            approved.join(", "),
        ));
    }
}

pub(crate) fn today(reading: &Reading, world: &World) -> Option<Day> {
    reading.state.offices.ledger().map(|ledger| world.now().day(ledger.utc_offset))
}

#[derive(Args)]
pub(crate) struct Undo {
    /// 记录号或凭证号 The record or voucher to reverse; the last one with a voucher unless given
    what: Option<String>,
    /// 冲销原因 Why
    #[arg(long)]
    reason: String,
    /// 冲销日期 The voucher's own day unless given, or today where its month is closed
    #[arg(long)]
    date: Option<Day>,
    #[command(flatten)]
    how: How,
}

impl Undo {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let reading = Reading::open(&folder, &mut |_| ())?;
        let seq = match &self.what {
            Some(what) => what.parse().map(Seq).or_else(|_| find_voucher(&folder, what))?,
            None => Seq(last_voucher(&folder, reading.tree.size())?),
        };
        // A record that is not there is refused by name when the command is recorded.
        let of = record_at(&folder, seq).ok().and_then(|record| record.voucher);
        let closed = |voucher: &Voucher| reading.state.periods.is_closed(voucher.date.month());
        // A voucher is taken back on its own day, so that its month is right, while that is open.
        let own_day = of.as_ref().filter(|voucher| !closed(voucher)).map(|voucher| voucher.date);
        let date = self.date.or(own_day).or(today(&reading, world));
        let line = json!({
            "command": "entry.reverse", "seq": seq, "date": date, "reason": self.reason,
        });
        record_line(global, world, out, &line.to_string(), self.how)?;
        if let (Some(Voucher { number, date: day, .. }), None) = (&of, &self.what) {
            out.note(
                &format!("冲销的是最后一张凭证：{number}，{day}（记录 {seq}）"),
                &format!("reversed the last voucher: {number} of {day} (record {seq})"),
            );
        }
        if let (None, Some(taken)) = (self.date, date) {
            let (zh, en) = if own_day.is_some() {
                ("原凭证的日期", "the voucher's own day")
            } else {
                ("今天（原凭证的月份已结账）", "today, for the voucher's month is closed")
            };
            out.note(
                &format!("红字凭证记在{zh}：{taken}；要记在别的日子，用 --date"),
                &format!("the red voucher is of {en}: {taken}; for another day: --date"),
            );
        }
        Ok(())
    }
}

fn last_voucher(folder: &Folder, size: u64) -> Result<u64, Failure> {
    for seq in (0..size).rev() {
        if record_at(folder, Seq(seq))?.voucher.is_some() {
            return Ok(seq);
        }
    }
    Err(Failure::usage("没有可以冲销的凭证", "there is no voucher to reverse"))
}
