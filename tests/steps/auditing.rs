//! Audits: opened, sampled, followed up, reported.

use mingzhang::date::Month;
use mingzhang::projection::State;
use mingzhang::projection::audit::{Engaged, Raised};
use serde_json::json;

use super::Step;
use crate::given::{ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK};

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    match step.which % 9 {
        0 => Some(open(step, state)),
        1 => sample(step, state),
        2 => Some(raise(step, state)),
        3 => assign(step, state),
        4 | 5 => rectify(step, state),
        6 => clear(step, state),
        7 => report(step, state),
        _ => conclude(step, state),
    }
}

fn open(step: &Step, state: &State) -> Asked {
    let last = step.today.month();
    let first =
        Month::new(last.year().0, last.number().min(1 + u32::try_from(step.other % 12).unwrap()))
            .unwrap();
    let fields = json!({
        "audit": format!("a-{}", state.next()), "on": step.date, "first": first, "last": last,
        "team": [AUDITOR], "lead": AUDITOR, "basis": "审计计划",
    });
    step.by(AUDITOR, "audit.open", fields)
}

fn one(step: &Step, state: &State) -> Option<Engaged> {
    let open: Vec<Engaged> =
        state.audit.engagements().filter(|audit| audit.reported.is_none()).cloned().collect();
    step.pick(&open).cloned()
}

fn sample(step: &Step, state: &State) -> Option<Asked> {
    let audit = one(step, state)?.engagement;
    let what = ["vouchers", "payments", "receipts"][step.other % 3];
    let mut fields = json!({
        "audit": audit.audit, "on": step.today, "seed": format!("{:064x}", step.other),
        "population": {"what": what, "first": audit.first, "last": audit.last},
        "size_asked": step.other % 150,
    });
    // The newest sample, whatever it was drawn from: now and then it is the one to be replaced.
    let drawn = state.audit.engagements().flat_map(|audit| &audit.samples);
    let newest = drawn.filter(|(_, part)| part.part == 1).map(|(seq, _)| *seq).max();
    if let Some(newest) = newest.filter(|_| step.other.is_multiple_of(2)) {
        fields["replaces"] = json!({"records": [newest], "reason": "总体有误"});
    }
    Some(step.by(AUDITOR, "sample.draw", fields))
}

fn raise(step: &Step, state: &State) -> Asked {
    let record = state.next().0.saturating_sub(1 + step.other as u64 % 30);
    let fields = json!({
        "finding": format!("f-{}", state.next()), "date": step.date, "records": [record],
        "says": "缺附件", "asks": "补齐",
    });
    step.by(AUDITOR, "finding.raise", fields)
}

fn finding(step: &Step, state: &State) -> Option<Raised> {
    let all: Vec<Raised> = state.audit.findings().cloned().collect();
    step.pick(&all).cloned()
}

fn assign(step: &Step, state: &State) -> Option<Asked> {
    let finding = finding(step, state)?.finding.finding;
    let owner = [CASHIER, CLERK, CHAIR, AUDITOR][step.other % 4];
    let fields = json!({"finding": finding, "date": step.today, "owner": owner, "due": step.today});
    Some(step.by(AUDITOR, "finding.assign", fields))
}

fn rectify(step: &Step, state: &State) -> Option<Asked> {
    let finding = finding(step, state)?.finding.finding;
    let (status, evidence) = [("in_progress", None), ("done", Some("发票"))][step.other % 2];
    let mut fields =
        json!({"finding": finding, "date": step.today, "measure": "整改", "status": status});
    if let Some(evidence) = evidence {
        fields["evidence"] = evidence.into();
    }
    Some(step.by([ACCOUNTANT, CHAIR, CASHIER][step.other / 2 % 3], "rectification.report", fields))
}

fn clear(step: &Step, state: &State) -> Option<Asked> {
    let finding = finding(step, state)?.finding.finding;
    let fields = json!({"finding": finding, "date": step.today, "reason": "已整改"});
    Some(step.by(AUDITOR, "finding.clear", fields))
}

/// With all its findings, and the figures of a book whose random year nobody has added up by hand: as
/// often as not the figures are wrong, and refused.
fn report(step: &Step, state: &State) -> Option<Asked> {
    let audit = one(step, state)?;
    let findings = state.audit.findings().filter(|raised| {
        let id = &raised.finding.finding;
        audit.was_open_at(raised.seq) && state.audit.reported_in(id).is_none()
    });
    let findings: Vec<_> = findings.map(|raised| raised.finding.finding.clone()).collect();
    let chart = mingzhang::chart::Chart::built_in(mingzhang::chart::STATUTORY).unwrap();
    let (first, last) = audit.months();
    let period = mingzhang::report::Period::Months { first, last };
    let of = mingzhang::report::audit::report(state, &chart, period);
    let fields = json!({
        "audit": audit.engagement.audit, "date": step.today, "findings": findings,
        "income": of.income.total, "spending": of.spending.total,
        "closing": of.balance.total.closing, "advice": ["完善制度"],
    });
    Some(step.by(AUDITOR, "audit.report", fields))
}

fn conclude(step: &Step, state: &State) -> Option<Asked> {
    let all: Vec<Engaged> = state.audit.engagements().cloned().collect();
    let audit = step.pick(&all)?;
    let (first, last) = audit.months();
    let fields = json!({
        "date": step.today, "first": first, "last": last, "opinion": "unqualified", "says": "属实",
    });
    Some(step.by(AUDITOR, "audit.conclude", fields))
}
