//! What of daily use is unfinished or written wrongly: settings, requests, bank lines.

use mingzhang::book::Reading;

use super::{Findings, Looked, Status};
use crate::cli::config::layers::Settings;
use crate::cli::failure::Problem;

impl Findings {
    /// What is wrong with the files of settings; nothing is said of files that are well or not there.
    pub(super) fn settings(&mut self, settings: &Settings) {
        let problems = settings.problems.iter().map(|problem| {
            let Problem { place, zh, en, .. } = problem.clone();
            let at = place.map(|p| format!("{}:{}:{}: ", p.file, p.line, p.column));
            let at = at.unwrap_or_default();
            Problem::new("", format!("{at}{zh}"), format!("{at}{en}")).next("mingzhang config")
        });
        self.problems(Looked::Settings, problems);
    }

    /// Requests that wait, those for approval and those for payment together.
    pub(super) fn requests(&mut self, reading: &Reading) {
        let open = reading.state.disbursements.open();
        let (mut approved, mut waiting) = (Vec::new(), Vec::new());
        for found in open {
            let id = found.request.disbursement.to_string();
            if found.approvals.is_empty() { waiting.push(id) } else { approved.push(id) }
        }
        if !waiting.is_empty() {
            let list = waiting.join(", ");
            self.note_next(
                Looked::Requests,
                format!("待批的申请 {} 笔：{list}", waiting.len()),
                format!("requests that nobody has approved yet: {} ({list})", waiting.len()),
                "mingzhang approve",
            );
        }
        if !approved.is_empty() {
            let list = approved.join(", ");
            self.note_next(
                Looked::Requests,
                format!("已有人批准、尚未付款的申请 {} 笔：{list}", approved.len()),
                format!("requests with an approval that are not paid: {} ({list})", approved.len()),
                "mingzhang approve",
            );
        }
    }

    /// Lines of the newest statement that nobody has matched.
    pub(super) fn statements(&mut self, reading: &Reading) {
        let Some(held) = reading.state.bank.statements().next_back() else { return };
        let left = held.lines.len().saturating_sub(held.matched.len());
        if left > 0 {
            let id = &held.statement.statement;
            self.note_next(
                Looked::Statements,
                format!("对账单 {id} 有 {left} 行未勾对"),
                format!("{left} lines of the statement {id} are not matched"),
                "mingzhang record bank.match --help",
            );
        }
    }

    fn note_next(&mut self, name: Looked, zh: String, en: String, next: &str) {
        let said = Problem::new("", zh, en).next(next);
        self.checks.push(super::Check { name, status: Status::Note, said });
    }
}
