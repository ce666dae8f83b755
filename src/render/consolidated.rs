use super::csv::{self, quoted};
use super::table::{amount, amount_if_any, amount_or_blank, figures, pick, rate, table, words};
use super::{balance_sheet, income_statement};
use crate::date::Day;
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::Rate;
use crate::report::consolidated::between::Between;
use crate::report::consolidated::{
    Consolidated, Coverage, LeftOut, OpenFinding, Row, Standing, Union,
};

/// Which part of the picture is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 概况
    Overview,
    /// 汇总报表 01 and 02
    Statements,
    /// 各单位
    Unions,
    /// 往来核对
    Between,
    /// 审计发现
    Findings,
    /// 未计入
    LeftOut,
}

impl Part {
    pub const ALL: [Part; 6] = [
        Part::Overview,
        Part::Statements,
        Part::Unions,
        Part::Between,
        Part::Findings,
        Part::LeftOut,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Overview => "overview",
            Part::Statements => "statements",
            Part::Unions => "unions",
            Part::Between => "between",
            Part::Findings => "findings",
            Part::LeftOut => "left-out",
        }
    }

    /// What it is, for whoever chooses.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Part::Overview => "概况 Counts, rates and the share that keeps books",
            Part::Statements => "汇总报表 Forms 01 and 02, line by line the sum of the books",
            Part::Unions => "各单位 One line a union",
            Part::Between => "往来核对 What unions of two levels say of the same money",
            Part::Findings => "审计发现 Findings that are open, and those overdue",
            Part::LeftOut => "未计入 Bundles that do not count, and why",
        }
    }
}

/// These parts of the picture, one below the other.
#[must_use]
pub fn consolidated(report: &Consolidated, parts: &[Part], lang: Lang) -> Page {
    let of = |part: &Part| match part {
        Part::Overview => overview(report, lang),
        Part::Statements => statements(report, lang),
        Part::Unions => unions(report, lang),
        Part::Between => between(&report.between, lang),
        Part::Findings => findings(&report.findings, lang),
        Part::LeftOut => left_out(&report.left_out, lang),
    };
    let title = report.title.get(lang);
    let (months, today) = (report.months.label(lang), report.asked.today);
    let head = match lang {
        Lang::Zh => format!("{title}\n期间: {months}  截至: {today}\n"),
        Lang::En => format!("{title}\nPeriod: {months}  As of: {today}\n"),
    };
    Page::from(head) + Page::set_apart(parts.iter().map(of))
}

fn overview(report: &Consolidated, lang: Lang) -> Page {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut line = |zh: &str, en: &str, value: String| {
        let title = if lang == Lang::Zh { zh } else { en };
        rows.push(vec![title.to_owned(), value]);
    };
    line("审计包", "Bundles", report.counts.bundles.to_string());
    line("计入", "Counted", report.counts.counted.to_string());
    for (standing, count) in &report.counts.by_standing {
        let title = standing.words();
        line(&format!("  {}", title.zh), &format!("  {}", title.en), count.to_string());
    }
    if let Some(Coverage { registered, keeping, rate: of, .. }) = &report.coverage {
        line("建账率", "Keep books", share(*of, *keeping, *registered, lang));
    }
    let Row { members, dues, dues_through, allocation, remittance, closing, findings } =
        &report.total;
    line("会员", "Members", members.to_string());
    line("会费收缴率", "Dues collected", rate(dues.rate));
    let through = dues_through.map(|month| month.to_string()).unwrap_or_default();
    line("会费截至", "Dues through", through);
    line("拨缴经费收缴率", "Allocation collected", rate(allocation.collection_rate));
    let full =
        share(allocation.full_payment_rate, allocation.payers_in_full, allocation.payers_due, lang);
    line("足额率", "Paid in full", full);
    let covered = share(allocation.coverage_rate, allocation.payers_paid, allocation.payers, lang);
    line("覆盖率", "Coverage", covered);
    line("应上解", "To be sent up", amount(remittance.owed));
    line("已上解", "Sent up", amount(remittance.paid));
    line("未上解", "Not sent up", amount(remittance.unpaid));
    line("逾期未解", "Overdue", amount(remittance.overdue));
    line(
        "按时结账（月）",
        "Months closed in time",
        share(closing.rate, closing.in_time, closing.due, lang),
    );
    let in_time = report.in_time;
    line(
        "全部按时结账的单位",
        "Unions all in time",
        share(in_time.rate, in_time.unions, in_time.of, lang),
    );
    line("未销号的审计发现", "Open findings", findings.open.to_string());
    line("逾期未整改", "Rectification overdue", findings.overdue.to_string());
    let columns = [words(pick(lang, "项目", "Item")), figures(pick(lang, "数", "Figure"))];
    let mut text = table(&columns, rows);
    if let Some(coverage) = &report.coverage {
        text += missing(coverage, lang);
    }
    for alike in &report.like_named {
        let (name, origins) = (&alike.organisation, alike.origins.join(", "));
        let said = match lang {
            Lang::Zh => format!("同名而账套不同: {name}: {origins}\n"),
            Lang::En => format!("One name and different books: {name}: {origins}\n"),
        };
        text += said;
    }
    text
}

fn share(of: Option<Rate>, part: u32, whole: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}（{part}/{whole}）", rate(of)),
        Lang::En => format!("{} ({part} of {whole})", rate(of)),
    }
}

fn missing(coverage: &Coverage, lang: Lang) -> String {
    let mut text = String::new();
    for unit in &coverage.missing {
        let (id, name) = (&unit.unit, &unit.name);
        let said = match lang {
            Lang::Zh => format!("没有计入的账套: {id} {name}\n"),
            Lang::En => format!("No book that counts: {id} {name}\n"),
        };
        text.push_str(&said);
    }
    for origin in &coverage.unlisted {
        let said = match lang {
            Lang::Zh => format!("名单上没有: {origin}\n"),
            Lang::En => format!("Not on the list of units: {origin}\n"),
        };
        text.push_str(&said);
    }
    text
}

fn statements(report: &Consolidated, lang: Lang) -> Page {
    // Without a book of its own the level above has no name here.
    let organisation = match (report.balance_sheet.heading.organisation.as_str(), lang) {
        ("", Lang::Zh) => format!("{}个单位", report.counts.counted),
        ("", Lang::En) => format!("{} unions", report.counts.counted),
        (named, Lang::Zh) => format!("{named}所属{}个单位", report.counts.counted),
        (named, Lang::En) => format!("{} unions of {named}", report.counts.counted),
    };
    let (mut sheet, mut results) = (report.balance_sheet.clone(), report.income_statement.clone());
    sheet.heading.organisation.clone_from(&organisation);
    results.heading.organisation = organisation;
    let mut text = balance_sheet(&sheet, lang);
    if let Some(taken_over) = report.taken_over {
        let (unions, result) = (taken_over.unions, amount(taken_over.result));
        let said = match lang {
            Lang::Zh => format!(
                "{unions} 个单位年中启用账套：年初余额栏的资产总计因此比负债与净资产总计多 {result}\n"
            ),
            Lang::En => format!(
                "{unions} books begin in mid-year: in the first column assets exceed the rest by \
                 {result}\n"
            ),
        };
        text += said;
    }
    text += "\n";
    text += income_statement(&results, lang);
    if report.without_last_year > 0 {
        let unions = report.without_last_year;
        let said = match lang {
            Lang::Zh => format!("{unions} 个单位没有上年的账，不在上年数内\n"),
            Lang::En => {
                format!("{unions} unions have no book of last year and are not in that column\n")
            }
        };
        text += said;
    }
    text
}

fn unions(report: &Consolidated, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "账套", "Book")),
        words(pick(lang, "单位", "Union")),
        words(pick(lang, "验证", "Verified")),
        figures(pick(lang, "会员", "Members")),
        figures(pick(lang, "会费收缴率", "Dues")),
        figures(pick(lang, "足额率", "In full")),
        figures(pick(lang, "应上解", "Send up")),
        figures(pick(lang, "已上解", "Sent up")),
        figures(pick(lang, "逾期未解", "Overdue")),
        figures(pick(lang, "按时结账", "In time")),
        figures(pick(lang, "审计发现", "Findings")),
        figures(pick(lang, "逾期", "Late")),
        words(pick(lang, "最后记录", "Last record")),
    ];
    let row = |union: &Union| {
        let head = [
            union.origin.clone(),
            union.organisation.clone(),
            union.standing.words().get(lang).to_owned(),
        ];
        head.into_iter().chain(cells(&union.row)).chain([day(union.last_record)]).collect()
    };
    let sum = [pick(lang, "合计", "Total").to_owned(), String::new(), String::new()];
    let sum = sum.into_iter().chain(cells(&report.total)).chain([String::new()]).collect();
    let mut text = table(&columns, report.unions.iter().map(row).chain([sum]));
    let others = report.unions.iter().filter(|one| one.standing != Standing::Witnessed);
    text += others
        .map(|union| format!("{}: {}\n", union.origin, union.why.get(lang)))
        .collect::<Page>();
    text
}

fn cells(row: &Row) -> [String; 9] {
    [
        row.members.to_string(),
        rate(row.dues.rate),
        rate(row.allocation.full_payment_rate),
        amount(row.remittance.owed),
        amount(row.remittance.paid),
        amount_or_blank(row.remittance.overdue),
        format!("{}/{}", row.closing.in_time, row.closing.due),
        row.findings.open.to_string(),
        row.findings.overdue.to_string(),
    ]
}

fn between(lines: &[Between], lang: Lang) -> Page {
    if lines.is_empty() {
        return Page::from(
            pick(
                lang,
                "往来核对: 没有一本账登记了下级工会的往来\n",
                "Between unions: no book here says anything of a lower union\n",
            )
            .to_owned(),
        );
    }
    let columns = [
        words(pick(lang, "上级账套", "Upper book")),
        words(pick(lang, "下级单位", "Lower union")),
        words(pick(lang, "下级账套", "Its book")),
        words(pick(lang, "往来", "What")),
        figures(pick(lang, "下级账上", "Lower says")),
        figures(pick(lang, "上级账上", "Upper says")),
        figures(pick(lang, "差额", "Difference")),
    ];
    let rows = lines.iter().map(|line| {
        vec![
            line.upper.clone(),
            format!("{} {}", line.unit, line.name),
            line.lower.clone().unwrap_or_else(|| "-".to_owned()),
            line.flow.title(lang).to_owned(),
            amount_if_any(line.of_lower),
            amount(line.of_upper),
            line.difference.map(amount_or_blank).unwrap_or_default(),
        ]
    });
    table(&columns, rows)
}

fn findings(lines: &[OpenFinding], lang: Lang) -> Page {
    if lines.is_empty() {
        return Page::from(pick(lang, "没有未销号的审计发现\n", "No open findings\n").to_owned());
    }
    let columns = [
        words(pick(lang, "账套", "Book")),
        words(pick(lang, "审计发现", "Finding")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "整改期限", "Due")),
        words(pick(lang, "状态", "State")),
    ];
    let rows = lines.iter().map(|line| {
        let state = if line.overdue {
            pick(lang, "逾期", "overdue")
        } else {
            pick(lang, "整改中", "open")
        };
        vec![
            line.origin.clone(),
            line.finding.to_string(),
            line.date.to_string(),
            day(line.due),
            state.to_owned(),
        ]
    });
    table(&columns, rows)
}

fn left_out(lines: &[LeftOut], lang: Lang) -> Page {
    if lines.is_empty() {
        return Page::from(
            pick(lang, "收到的审计包全部计入\n", "Every bundle that came in was counted\n")
                .to_owned(),
        );
    }
    let columns = [
        words(pick(lang, "未计入", "Left out")),
        words(pick(lang, "账套", "Book")),
        words(pick(lang, "单位", "Union")),
        words(pick(lang, "状态", "State")),
        words(pick(lang, "最后记录", "Last record")),
    ];
    let rows = lines.iter().map(|line| {
        vec![
            line.place.clone(),
            line.origin.clone().unwrap_or_default(),
            line.organisation.clone().unwrap_or_default(),
            line.standing.words().get(lang).to_owned(),
            day(line.last_record),
        ]
    });
    let mut text = table(&columns, rows);
    text += lines
        .iter()
        .map(|line| format!("{}: {}\n", line.place, line.why.get(lang)))
        .collect::<Page>();
    text
}

fn day(of: Option<Day>) -> String {
    of.map(|day| day.to_string()).unwrap_or_default()
}

/// One line a bundle, those that are left out last, for a spreadsheet: RFC 4180, UTF-8.
#[must_use]
pub fn consolidated_csv(report: &Consolidated, lang: Lang) -> String {
    const COLUMNS: [(&str, &str); 23] = [
        ("位置", "place"),
        ("账套", "book"),
        ("单位", "union"),
        ("验证", "standing"),
        ("计入", "counted"),
        ("记录数", "records"),
        ("未见证记录", "unwitnessed"),
        ("最后记录", "last_record"),
        ("会员", "members"),
        ("应缴会费", "dues_due"),
        ("实缴会费", "dues_received"),
        ("会费收缴率", "dues_rate"),
        ("应拨经费", "allocation_due"),
        ("实拨经费", "allocation_received"),
        ("足额率", "full_payment_rate"),
        ("应上解", "owed_up"),
        ("已上解", "paid_up"),
        ("逾期未解", "overdue_up"),
        ("应结月数", "months_due"),
        ("按时结账月数", "months_in_time"),
        ("未销号审计发现", "findings_open"),
        ("逾期未整改", "findings_overdue"),
        ("说明", "why"),
    ];
    let head = COLUMNS.iter().map(|(zh, en)| match lang {
        Lang::Zh => (*zh).to_owned(),
        Lang::En => (*en).to_owned(),
    });
    let mut rows: Vec<Vec<String>> = vec![head.collect()];
    for union in &report.unions {
        let Row { members, dues, allocation, remittance, closing, findings, dues_through: _ } =
            &union.row;
        let percent = |of: Option<Rate>| of.map(|r| r.to_string()).unwrap_or_default();
        rows.push(vec![
            quoted(&union.place),
            quoted(&union.origin),
            quoted(&union.organisation),
            union.standing.words().get(lang).to_owned(),
            "1".to_owned(),
            union.records.to_string(),
            union.unwitnessed.to_string(),
            day(union.last_record),
            members.to_string(),
            dues.due.to_string(),
            dues.received.to_string(),
            percent(dues.rate),
            allocation.due.to_string(),
            allocation.received.to_string(),
            percent(allocation.full_payment_rate),
            remittance.owed.to_string(),
            remittance.paid.to_string(),
            remittance.overdue.to_string(),
            closing.due.to_string(),
            closing.in_time.to_string(),
            findings.open.to_string(),
            findings.overdue.to_string(),
            quoted(union.why.get(lang)),
        ]);
    }
    for line in &report.left_out {
        let head = [
            quoted(&line.place),
            quoted(line.origin.as_deref().unwrap_or_default()),
            quoted(line.organisation.as_deref().unwrap_or_default()),
            line.standing.words().get(lang).to_owned(),
            "0".to_owned(),
            line.records.to_string(),
            String::new(),
            day(line.last_record),
        ];
        let blank = std::iter::repeat_n(String::new(), 14);
        rows.push(head.into_iter().chain(blank).chain([quoted(line.why.get(lang))]).collect());
    }
    // Writing into memory does not fail.
    String::from_utf8(csv::lines(&rows).unwrap_or_default()).unwrap_or_default()
}
