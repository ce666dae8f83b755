//! What the audit committee itself has said.

use crate::ids::OfficerId;
use crate::lang::Lang;
use crate::render::page::Page;
use crate::render::table::{amount, pick, table, words};
use crate::report::audit::{Audit, AuditLine, FindingLine, Reopened, SampleLine};

/// Findings with what became of them 整改台账.
pub(in crate::render) fn findings(lines: &[FindingLine], lang: Lang) -> Page {
    if lines.is_empty() {
        return Page::from(none(lang));
    }
    let columns = [
        words(pick(lang, "编号", "Finding")),
        words(pick(lang, "审计项目", "Audit")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "所涉记录", "Record")),
        words(pick(lang, "问题", "Says")),
        words(pick(lang, "整改要求", "Asks")),
        words(pick(lang, "责任人", "Owner")),
        words(pick(lang, "期限", "Due")),
        words(pick(lang, "整改措施", "Measure")),
        words(pick(lang, "整改证据", "Evidence")),
        words(pick(lang, "状态", "State")),
        words(pick(lang, "签名", "Signed by")),
    ];
    let row = |line: &FindingLine| {
        let records: Vec<String> = line.records.iter().map(ToString::to_string).collect();
        let title = line.standing.title(lang);
        let state = match &line.cleared {
            Some(cleared) => format!("{title} {}: {}", cleared.date, cleared.reason),
            None => title.to_owned(),
        };
        vec![
            line.finding.to_string(),
            line.audit.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.date.to_string(),
            records.join(", "),
            line.says.clone(),
            line.asks.clone(),
            line.owner.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.due.map(|day| day.to_string()).unwrap_or_default(),
            line.measure.clone().unwrap_or_default(),
            line.evidence.clone().unwrap_or_default(),
            state,
            names(&line.signed_by),
        ]
    };
    table(&columns, lines.iter().map(row))
}

/// A line for each audit and each of its samples; nothing where none was opened.
pub(in crate::render) fn audits(audits: &[AuditLine], lang: Lang) -> String {
    audits.iter().map(|line| audit(line, lang)).collect()
}

fn audit(line: &AuditLine, lang: Lang) -> String {
    let AuditLine { audit, on, first, last, lead, basis, .. } = line;
    let team = names(&line.team);
    let begun = match lang {
        Lang::Zh => format!(
            "审计项目: {audit}, {on} 立项, 期间 {first} 至 {last}, 组长 {lead}, 成员 {team}, 依据 {basis}\n"
        ),
        Lang::En => format!(
            "Audit: {audit}, opened on {on}, of {first} to {last}, lead {lead}, team {team}, basis {basis}\n"
        ),
    };
    let sample = |sample: &SampleLine| {
        let what = sample.population.what.title(lang);
        let (first, last) = (sample.population.first, sample.population.last);
        let above = sample.population.above.map(|above| match lang {
            Lang::Zh => format!(" {above} 以上"),
            Lang::En => format!(" above {above}"),
        });
        let above = above.unwrap_or_default();
        let said = sample.said.as_ref().map(|said| match lang {
            Lang::Zh => format!(" (“{said}”的 BLAKE3)"),
            Lang::En => format!(" (the BLAKE3 of {said:?})"),
        });
        let seed = format!("{}{}", sample.seed, said.unwrap_or_default());
        let (of, seq) = (sample.population_size, sample.seq);
        let drawn: Vec<String> = sample.drawn.iter().map(|seq| format!("#{seq}")).collect();
        let (count, drawn) = (drawn.len(), drawn.join(" "));
        let replaces = sample.replaces.as_ref().map(|replaced| {
            let records = replaced.records.iter().map(|seq| format!("#{seq}"));
            let records = records.collect::<Vec<_>>().join(" ");
            let reason = &replaced.reason;
            match lang {
                Lang::Zh => format!("  重抽, 代替 {records}, 原因: {reason}\n"),
                Lang::En => format!("  It takes the place of {records}, because: {reason}\n"),
            }
        });
        let replaces = replaces.unwrap_or_default();
        match lang {
            Lang::Zh => format!(
                "抽样: #{seq}, {first} 至 {last} {what}{above} {of} 条, 抽 {count} 条, 种子 {seed}: {drawn}\n{replaces}"
            ),
            Lang::En => format!(
                "Sample: #{seq}, {count} of {of} {what}{above} of {first} to {last}, seed {seed}: {drawn}\n{replaces}"
            ),
        }
    };
    begun + &line.samples.iter().map(sample).collect::<String>()
}

/// What the audits' own reports say, beside what the books say now.
pub(super) fn reported(report: &Audit, lang: Lang) -> String {
    let line = |line: &AuditLine| {
        let audit = &line.audit;
        let Some(reported) = &line.reported else {
            return match lang {
                Lang::Zh => format!("审计项目 {audit} 尚未出具报告\n"),
                Lang::En => format!("The audit {audit} is not reported yet\n"),
            };
        };
        let [income, spending, closing] =
            [reported.income, reported.spending, reported.closing].map(amount);
        let (date, seq, found) = (reported.date, reported.seq, reported.findings.len());
        match lang {
            Lang::Zh => format!(
                "审计报告 {audit} ({date}, #{seq}): 收入 {income}, 支出 {spending}, 期末结转结余 {closing}, \
                 审计发现 {found} 项\n"
            ),
            Lang::En => format!(
                "Report of {audit} ({date}, #{seq}): income {income}, spending {spending}, \
                 closing {closing}, {found} findings\n"
            ),
        }
    };
    report.audits.iter().map(line).collect()
}

pub(super) fn advice(report: &Audit, lang: Lang) -> String {
    let reported = report.audits.iter().filter_map(|line| line.reported.as_ref());
    let advice = reported.flat_map(|reported| &reported.advice);
    let lines: Vec<String> =
        (1_u32..).zip(advice).map(|(place, advice)| format!("{place}. {advice}\n")).collect();
    if lines.is_empty() { none(lang) } else { lines.concat() }
}

pub(super) fn opinions(report: &Audit, lang: Lang) -> Page {
    if report.opinions.is_empty() {
        return Page::from(none(lang));
    }
    let columns = [
        words(pick(lang, "期间", "Months")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "意见", "Opinion")),
        words(pick(lang, "说明", "Says")),
        words(pick(lang, "提出", "By")),
        words(pick(lang, "签名", "Signed by")),
    ];
    let rows = report.opinions.iter().map(|line| {
        vec![
            format!("{}..{}", line.first, line.last),
            line.date.to_string(),
            line.opinion.title(lang).to_owned(),
            line.says.clone(),
            line.by.to_string(),
            names(&line.signed_by),
        ]
    });
    table(&columns, rows)
}

/// A line for each time that a month was opened again; none where none was.
pub(in crate::render) fn reopened(months: &[Reopened], lang: Lang) -> String {
    let line = |again: &Reopened| {
        let (month, date, reason, by) =
            (again.month, again.date, &again.reason, names(&again.signed_by));
        match lang {
            Lang::Zh => format!("重新开账: {month}, {date}, {reason} (签名 {by})\n"),
            Lang::En => format!("Opened again: {month}, {date}, {reason} (signed by {by})\n"),
        }
    };
    months.iter().map(line).collect()
}

fn names(officers: &[OfficerId]) -> String {
    let names: Vec<&str> = officers.iter().map(OfficerId::as_str).collect();
    names.join(", ")
}

fn none(lang: Lang) -> String {
    pick(lang, "无\n", "None\n").to_owned()
}
