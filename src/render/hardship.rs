use crate::render::page::Page;
use std::fmt::Write as _;

use super::beside::{Beside, MASK};
use super::table::{amount, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::money::Money;
use crate::report::aid::{AidRegister, CaseNotices, Claimed};
use crate::report::cases::{CaseFile, CaseLine, Cases, Disputed, File, PrivacyClass};

/// With a private field beside each member's number.
#[must_use]
pub fn cases_beside(report: &Cases, beside: &Beside, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "档案", "Case")),
        words(pick(lang, "编号", "Person")),
        words(pick(lang, "类别", "Class")),
        words(pick(lang, "建档", "Since")),
        words(pick(lang, "最近复核", "Reviewed")),
        words(pick(lang, "有效期至", "Valid through")),
        words(pick(lang, "状态", "Standing")),
        figures(pick(lang, "本年帮扶", "Aid in the year")),
    ];
    let row = |line: &CaseLine| {
        vec![
            line.case.to_string(),
            beside.beneficiary(&line.of),
            line.class.title(lang).to_owned(),
            line.since.to_string(),
            line.reviewed.map(|day| day.to_string()).unwrap_or_default(),
            line.valid_through.to_string(),
            standing(line, lang),
            amount(line.aid),
        ]
    };
    let blank = String::new;
    let total = pick(lang, "合计", "Total").to_owned();
    let last =
        vec![total, blank(), blank(), blank(), blank(), blank(), blank(), amount(report.aid)];
    let mut text = heading(&report.heading, lang);
    if let Some(day) = report.day {
        writeln!(text, "{} {day}", pick(lang, "截至", "As of")).ok();
    }
    text += table(&columns, report.lines.iter().map(row).chain([last]));
    let columns = [
        words(pick(lang, "类别", "Class")),
        figures(pick(lang, "在档", "Open")),
        figures(pick(lang, "其中逾期未复核", "Review overdue")),
        figures(pick(lang, "本年帮扶", "Aid in the year")),
    ];
    let counts = |name: &str, open: u32, overdue: u32, aid: Money| {
        vec![name.to_owned(), open.to_string(), overdue.to_string(), amount(aid)]
    };
    let classes = report
        .classes
        .iter()
        .map(|line| counts(line.class.title(lang), line.open, line.overdue, line.aid));
    let total = counts(pick(lang, "合计", "Total"), report.open, report.overdue, report.aid);
    text += table(&columns, classes.chain([total]));
    text
}

fn standing(line: &CaseLine, lang: Lang) -> String {
    match line.closed {
        Some(closed) => {
            let said = pick(lang, "撤档", "closed");
            format!("{said} {} {}", closed.on, closed.reason.title(lang))
        }
        None if line.overdue => pick(lang, "逾期未复核", "review overdue").to_owned(),
        None => pick(lang, "在档", "open").to_owned(),
    }
}

/// One page; what the vault holds is named, and masked.
#[must_use]
pub fn case_beside(report: &CaseFile, beside: &Beside, lang: Lang) -> Page {
    let Some(file) = &report.file else {
        let asked = report.asked.as_deref().unwrap_or("-");
        let title = report.heading.title.get(lang);
        return match lang {
            Lang::Zh => Page::from(format!("{title}\n没有档案 {asked}（用 --of 指明档案编号）\n")),
            Lang::En => {
                Page::from(format!("{title}\nThere is no case {asked}; name one with --of\n"))
            }
        };
    };
    let line = &file.line;
    let mut text = heading(&report.heading, lang);
    let said = [
        (pick(lang, "档案", "Case"), line.case.to_string()),
        (pick(lang, "编号", "Person"), beside.beneficiary(&line.of)),
        (pick(lang, "类别", "Class"), line.class.title(lang).to_owned()),
        (pick(lang, "有效期至", "Valid through"), line.valid_through.to_string()),
        (pick(lang, "状态", "Standing"), standing(line, lang)),
        (pick(lang, "本年帮扶", "Aid in the year"), amount(line.aid)),
    ];
    for (name, value) in said {
        writeln!(text, "{name}: {value}").ok();
    }
    text += seen(file, lang);
    text += fields(file, lang);
    text += applications(file, lang);
    for year in &file.years {
        let said = pick(lang, "已付帮扶", "aid paid");
        writeln!(text, "{} {said}: {}", year.year, amount(year.aid)).ok();
    }
    text
}

fn seen(file: &File, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "建档、复核", "Opened, reviewed")),
        words(pick(lang, "类别", "Class")),
        words(pick(lang, "有效期至", "Valid through")),
        words(pick(lang, "依据", "Source")),
        figures(pick(lang, "记录", "Record")),
    ];
    let rows = file.seen.iter().map(|seen| {
        vec![
            seen.on.to_string(),
            seen.class.title(lang).to_owned(),
            seen.valid_through.to_string(),
            seen.source.clone(),
            seen.record.to_string(),
        ]
    });
    table(&columns, rows)
}

fn fields(file: &File, lang: Lang) -> Page {
    if file.fields.is_empty() {
        return Page::from(format!(
            "{}\n",
            pick(lang, "保险箱中没有个人信息", "The vault holds no private field")
        ));
    }
    let columns = [
        words(pick(lang, "分级", "Privacy")),
        words(pick(lang, "个人信息", "Field")),
        words(pick(lang, "内容", "Content")),
    ];
    let rows = file.fields.iter().map(|line| {
        let class = match line.class {
            PrivacyClass::Public => pick(lang, "可公示", "public"),
            PrivacyClass::Office => pick(lang, "内部", "office"),
            PrivacyClass::Sealed => pick(lang, "保密", "sealed"),
        };
        let content = if line.erased { pick(lang, "已删除", "erased") } else { MASK };
        vec![class.to_owned(), line.field.to_string(), content.to_owned()]
    });
    table(&columns, rows)
}

fn applications(file: &File, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "申请", "Application")),
        words(pick(lang, "项目", "Item")),
        words(pick(lang, "申请日期", "Applied on")),
        figures(pick(lang, "申请金额", "Applied")),
        words(pick(lang, "审核", "Reviewed")),
        figures(pick(lang, "核定", "Granted")),
        words(pick(lang, "公示", "Notice")),
        words(pick(lang, "异议", "Objection")),
        words(pick(lang, "用款", "Disbursement")),
        words(pick(lang, "付款", "Paid")),
        words(pick(lang, "签收", "Signed")),
    ];
    let rows = file.applications.iter().map(|line| {
        let day =
            |day: Option<crate::date::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        vec![
            line.application.to_string(),
            line.item.to_string(),
            line.on.to_string(),
            amount(line.applied),
            day(line.reviewed),
            line.granted.map(amount).unwrap_or_default(),
            line.notice.as_ref().map(ToString::to_string).unwrap_or_default(),
            disputed(line.disputed, lang).to_owned(),
            line.disbursement.as_ref().map(ToString::to_string).unwrap_or_default(),
            day(line.paid),
            day(line.signed),
        ]
    });
    table(&columns, rows)
}

fn disputed(of: Disputed, lang: Lang) -> &'static str {
    match of {
        Disputed::No => "",
        Disputed::Open => pick(lang, "待处理", "open"),
        Disputed::Dismissed => pick(lang, "不成立", "dismissed"),
        Disputed::Upheld => pick(lang, "成立", "upheld"),
    }
}

/// With a private field beside each member's number.
#[must_use]
pub fn aid_register_beside(report: &AidRegister, beside: &Beside, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "付款日期", "Paid on")),
        words(pick(lang, "凭证", "Voucher")),
        words(pick(lang, "用款", "Disbursement")),
        words(pick(lang, "编号", "Person")),
        words(pick(lang, "档案", "Case")),
        words(pick(lang, "申请", "Application")),
        words(pick(lang, "项目", "Item")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "签收", "Signed")),
    ];
    let mut rows = Vec::new();
    for line in &report.lines {
        let signed = match line.claim {
            Claimed::Waiting => pick(lang, "待签收", "not yet").to_owned(),
            Claimed::Signed => line.signed.map(|day| day.to_string()).unwrap_or_default(),
            Claimed::Unclaimed => pick(lang, "未领", "unclaimed").to_owned(),
        };
        rows.push(vec![
            line.day.to_string(),
            line.voucher.map(|number| number.to_string()).unwrap_or_default(),
            line.disbursement.to_string(),
            beside.beneficiary(&line.to),
            line.case.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.application.as_ref().map(ToString::to_string).unwrap_or_default(),
            format!("{} {}", line.item, line.name),
            amount(line.amount),
            signed,
        ]);
    }
    let blank = String::new;
    let total = pick(lang, "合计", "Total").to_owned();
    let head = [total, blank(), blank(), blank(), blank(), blank(), blank()];
    rows.push(head.into_iter().chain([amount(report.total), blank()]).collect());
    let mut text = heading(&report.heading, lang) + table(&columns, rows);
    for line in &report.kinds {
        let (title, sum) = (line.kind.title(lang), amount(line.amount));
        match lang {
            Lang::Zh => writeln!(text, "{title}: {} 人次 {sum}", line.times).ok(),
            Lang::En => writeln!(text, "{title}: {} times, {sum}", line.times).ok(),
        };
    }
    let (unsigned, unclaimed) = (amount(report.unsigned), amount(report.unclaimed));
    match lang {
        Lang::Zh => writeln!(text, "待签收: {unsigned}  未领: {unclaimed}").ok(),
        Lang::En => writeln!(text, "Not yet signed for: {unsigned}  Unclaimed: {unclaimed}").ok(),
    };
    text
}

#[must_use]
pub fn case_notices(report: &CaseNotices, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "公示", "Notice")),
        words(pick(lang, "公示日", "Posted")),
        words(pick(lang, "公示至", "Through")),
        figures(pick(lang, "工作日", "Working days")),
        words(pick(lang, "地点", "Place")),
        words(pick(lang, "申请", "Applications")),
        figures(pick(lang, "核定金额", "Granted")),
        figures(pick(lang, "异议", "Objections")),
        words(pick(lang, "补记", "Recorded")),
    ];
    let rows = report.lines.iter().map(|line| {
        let applications: Vec<String> = line
            .applications
            .iter()
            .map(|found| match disputed(found.disputed, lang) {
                "" => found.application.to_string(),
                said => format!("{} ({said})", found.application),
            })
            .collect();
        vec![
            line.notice.to_string(),
            line.on.to_string(),
            line.through.to_string(),
            line.working_days.to_string(),
            line.place.clone(),
            applications.join(pick(lang, "、", ", ")),
            amount(line.granted),
            line.objections.to_string(),
            if line.recorded_late { pick(lang, "事后补记", "afterwards") } else { "" }.to_owned(),
        ]
    });
    heading(&report.heading, lang) + table(&columns, rows)
}
