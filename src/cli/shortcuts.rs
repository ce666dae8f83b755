//! The two commands that a committee uses most: approve what was requested, undo what was wrong.

use std::path::Path;

use clap::Args;
use mingzhang::book::{Folder, Reading, line_at, record_at};
use mingzhang::date::Day;
use mingzhang::event::{Fact, Recorded, Voucher};
use mingzhang::ids::{DisbursementId, OfficerId, Seq};
use mingzhang::render;
use mingzhang::rules::Command;
use serde_json::json;

use super::Global;
use super::apply::How;
use super::failure::{Failure, Problem, exit};
use super::history::find_voucher;
use super::log::{Read, Shown};
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
        let reading = world.reading(&Folder::new(&global.book))?;
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
        let approved: Vec<&str> = found.approvals.keys().map(OfficerId::as_str).collect();
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
    /// 记录号或凭证号 The record or voucher to reverse; one's own last one unless given
    what: Option<String>,
    /// 冲销原因 Why; asked for in a terminal
    #[arg(long)]
    reason: Option<String>,
    /// 冲销日期 The voucher's own day unless given, or today where its month is closed
    #[arg(long)]
    date: Option<Day>,
    /// 不再确认 Reverse the last one without being asked
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    how: How,
}

impl Undo {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let reading = world.reading(&folder)?;
        let seq = match &self.what {
            Some(what) => what.parse().map(Seq).or_else(|_| find_voucher(&folder, what))?,
            None => last_own(&folder, &reading, global.officer.as_ref())?,
        };
        // A record that is not there is refused by name when the command is recorded.
        let found = record_at(&folder, seq).ok();
        let of = found.as_ref().and_then(|record| record.voucher.clone());
        let reason = self.why(world, out)?;
        if let (None, Some(voucher)) = (&self.what, &of) {
            self.agreed(&folder, &reading, (seq, voucher), world, out)?;
        }
        let closed = |voucher: &Voucher| reading.state.periods.is_closed(voucher.date.month());
        // A voucher is taken back on its own day, so that its month is right, while that is open.
        let own_day = of.as_ref().filter(|voucher| !closed(voucher)).map(|voucher| voucher.date);
        let date = self.date.or(own_day).or(today(&reading, world));
        let line = json!({
            "command": "entry.reverse", "seq": seq, "date": date, "reason": reason,
        });
        let recorded = record_line(global, world, out, &line.to_string(), self.how);
        recorded.map_err(|failure| instead(failure, found.as_ref()))?;
        if let (Some(Voucher { number, date: day, .. }), None, false) =
            (&of, &self.what, self.how.is_dry_run())
        {
            out.note(
                &format!("冲销的是自己的最后一张凭证：{number}，{day}（记录 {seq}）"),
                &format!("reversed one's own last voucher: {number} of {day} (record {seq})"),
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

    fn why(&self, world: &World, out: &Output) -> Result<String, Failure> {
        if let Some(reason) = &self.reason {
            return Ok(reason.clone());
        }
        if !world.may_ask {
            let problem =
                Problem::new("UND1", "用 --reason 说明冲销原因", "say why: --reason REASON");
            return Err(Failure::one(exit::USAGE, problem.next("mingzhang undo --help")));
        }
        answer(out.say("冲销原因：", "why is it reversed: "), out)
    }

    /// What nobody has named is shown, and reversed only if that is meant.
    fn agreed(
        &self,
        folder: &Folder,
        reading: &Reading,
        (seq, voucher): (Seq, &Voucher),
        world: &World,
        out: &Output,
    ) -> Result<(), Failure> {
        if self.yes || self.how.is_dry_run() {
            return Ok(());
        }
        let number = voucher.number;
        if !world.may_ask {
            let problem = Problem::new(
                "UND2",
                format!("自己的最后一张凭证是 {number}（记录 {seq}）；确要冲销请加 --yes"),
                format!("one's own last voucher is {number} (record {seq}); to reverse it: --yes"),
            );
            return Err(Failure::one(exit::USAGE, problem.next(format!("mingzhang show {seq}"))));
        }
        let line = Shown::of(folder)?.line(&Read::of(&line_at(folder, seq)?, seq.0)?, out.lang);
        let shown = render::voucher(voucher, &reading.chart(folder)?, out.lang).to_string();
        let shown = format!("{line}\n{}", shown.trim_end());
        out.note(&shown, &shown);
        let said = answer(out.say("冲销这一张？输入 yes：", "reverse this one? type yes: "), out)?;
        if matches!(said.as_str(), "yes" | "是") {
            return Ok(());
        }
        let problem = Problem::new("UND3", "没有冲销", "nothing was reversed");
        Err(Failure::one(exit::USAGE, problem))
    }
}

/// One line that somebody types.
fn answer(prompt: &str, out: &Output) -> Result<String, Failure> {
    out.note(prompt, prompt);
    let mut said = String::new();
    let read = std::io::stdin().read_line(&mut said);
    read.map_err(|e| Failure::file(Path::new("terminal"), &e))?;
    Ok(said.trim().to_owned())
}

/// The newest voucher of this officer, or of anybody where none is named, that was not taken back and
/// takes nothing back itself.
fn last_own(
    folder: &Folder,
    reading: &Reading,
    officer: Option<&OfficerId>,
) -> Result<Seq, Failure> {
    for seq in (0..reading.tree.size()).rev().map(Seq) {
        let record = record_at(folder, seq)?;
        let own = officer.is_none_or(|officer| record.actor == *officer);
        let takes_back = matches!(record.fact, Fact::EntryReversed(_));
        let taken_back = reading.state.periods.reversal_of(seq).is_some();
        if own && record.voucher.is_some() && !takes_back && !taken_back {
            return Ok(seq);
        }
    }
    let problem = Problem::new(
        "UND4",
        "没有自己的凭证可以冲销",
        "there is no voucher of one's own to reverse",
    );
    Err(Failure::one(exit::USAGE, problem.next("mingzhang log --last 5")))
}

/// The words that a command begins with which takes back what has no voucher.
const TAKES_BACK: [&str; 11] = [
    "cancel", "close", "correct", "end", "leave", "remove", "reopen", "return", "unmatch", "void",
    "withdraw",
];

/// A record without a voucher is not reversed: what is there for it instead, by its noun.
fn instead(mut failure: Failure, record: Option<&Recorded>) -> Failure {
    let Some(record) = record.filter(|record| record.voucher.is_none()) else { return failure };
    let noun = record.fact.kind().split('.').next().unwrap_or_default();
    let command = Command::NAMES.iter().find(|name| {
        name.split_once('.').is_some_and(|(of, verb)| of == noun && TAKES_BACK.contains(&verb))
    });
    if let (Some(command), Some(problem)) = (command, failure.errors.last_mut()) {
        problem.next = format!("mingzhang record {command} --help");
    }
    failure
}
