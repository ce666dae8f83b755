use crate::lang::Lang;
use crate::render::audit::finding_lines;
use crate::render::page::Page;
use crate::render::table::{amount, figures, heading, pick, table, words};
use crate::report::audit::FindingLine;
use crate::report::findings::{Findings, Line};

/// The register of findings: what each is, what it is about, and what was done.
#[must_use]
pub fn findings(report: &Findings, lang: Lang) -> Page {
    let lines: Vec<FindingLine> = report.lines.iter().map(|line| line.finding.clone()).collect();
    let mut text = heading(&report.heading, lang);
    text += finding_lines(&lines, lang);
    if !report.lines.is_empty() {
        text += "\n";
        text += about(report, lang);
    }
    let steps: String = report.lines.iter().flat_map(|line| steps(line, lang)).collect();
    text + &steps + &counts(report, lang)
}

fn about(report: &Findings, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "编号", "Finding")),
        words(pick(lang, "所涉凭证", "Vouchers")),
        words(pick(lang, "所涉科目", "Accounts")),
        figures(pick(lang, "所涉金额", "Amount")),
        words(pick(lang, "销号人", "Cleared by")),
        words(pick(lang, "逾期", "Overdue")),
    ];
    let row = |line: &Line| {
        let vouchers: Vec<String> = line.vouchers.iter().map(ToString::to_string).collect();
        let accounts: Vec<String> = line.accounts.iter().map(|of| of.label(lang)).collect();
        let cleared = line.finding.cleared.as_ref().and_then(|cleared| cleared.by.as_ref());
        vec![
            line.finding.finding.to_string(),
            vouchers.join(", "),
            accounts.join(", "),
            amount(line.amount),
            cleared.map(ToString::to_string).unwrap_or_default(),
            if line.overdue { pick(lang, "是", "yes").to_owned() } else { String::new() },
        ]
    };
    table(&columns, report.lines.iter().map(row))
}

fn steps(line: &Line, lang: Lang) -> Vec<String> {
    let step = |step: &crate::report::findings::Step| {
        let (finding, date, by) = (&line.finding.finding, step.date, &step.by);
        let (status, measure, seq) = (step.status.title(lang), &step.measure, step.seq);
        let shown = step.evidence.as_ref().map(|evidence| match lang {
            Lang::Zh => format!(", 证据 {evidence}"),
            Lang::En => format!(", shown by {evidence}"),
        });
        let shown = shown.unwrap_or_default();
        format!("{finding} {date} {by} {status}: {measure}{shown} (#{seq})\n")
    };
    line.steps.iter().map(step).collect()
}

fn counts(report: &Findings, lang: Lang) -> String {
    let of = report.counts;
    let (all, open, going) = (of.findings, of.open, of.in_progress);
    let (done, cleared, late) = (of.rectified, of.cleared, of.overdue);
    let as_of = report.as_of.map(|day| day.to_string()).unwrap_or_default();
    match lang {
        Lang::Zh => format!(
            "截至 {as_of}: 审计发现 {all} 项, 未整改 {open}, 整改中 {going}, 已整改 {done}, 销号 {cleared}; 逾期 {late}\n"
        ),
        Lang::En => format!(
            "As of {as_of}: {all} findings, not begun {open}, in progress {going}, put right {done}, \
             cleared {cleared}; overdue {late}\n"
        ),
    }
}
