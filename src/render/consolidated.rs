use super::table::{amount, amount_if_any, amount_or_blank, figures, pick, rate, table, words};
use super::{balance_sheet, income_statement};
use crate::date::Day;
use crate::lang::Lang;
use crate::render::page::Page;
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
    /// 逐包, with every figure
    Bundles,
}

impl Part {
    pub const ALL: [Part; 7] = [
        Part::Overview,
        Part::Statements,
        Part::Unions,
        Part::Between,
        Part::Findings,
        Part::LeftOut,
        Part::Bundles,
    ];

    /// 全部各部分 Those that are printed where none is chosen: one line a bundle with everything is
    /// wider than any paper, and says again what the others say.
    pub fn usual() -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(|part| *part != Part::Bundles)
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Overview => "overview",
            Part::Statements => "statements",
            Part::Unions => "unions",
            Part::Between => "between",
            Part::Findings => "findings",
            Part::LeftOut => "left-out",
            Part::Bundles => "bundles",
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
            Part::Bundles => {
                "逐包 One line a bundle with every figure, for a spreadsheet; only where it is asked for"
            }
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
        Part::Bundles => bundles(report, lang),
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
    let mut line = |zh: &str, en: &str, value: String, of: String| {
        let title = if lang == Lang::Zh { zh } else { en };
        rows.push(vec![title.to_owned(), value, of]);
    };
    let none = String::new;
    let of = |part: u32, whole: u32| format!("{part}/{whole}");
    line("审计包", "Bundles", report.counts.bundles.to_string(), none());
    line("计入", "Counted", report.counts.counted.to_string(), none());
    for (standing, count) in &report.counts.by_standing {
        let title = standing.words();
        let (zh, en) = (format!("  {}", title.zh), format!("  {}", title.en));
        line(&zh, &en, count.to_string(), none());
    }
    if let Some(Coverage { registered, keeping, rate: kept, .. }) = &report.coverage {
        line("建账率", "Keep books", rate(*kept), of(*keeping, *registered));
    }
    let Row { members, dues, dues_through, allocation, remittance, closing, findings } =
        &report.total;
    line("会员", "Members", members.to_string(), none());
    line("会费收缴率", "Dues collected", rate(dues.rate), none());
    let through = dues_through.map(|month| month.to_string()).unwrap_or_default();
    line("会费截至", "Dues through", through, none());
    let collected = rate(allocation.collection_rate);
    line("拨缴经费收缴率", "Allocation collected", collected, none());
    let in_full = of(allocation.payers_in_full, allocation.payers_due);
    line("足额率", "Paid in full", rate(allocation.full_payment_rate), in_full);
    let paid = of(allocation.payers_paid, allocation.payers);
    line("覆盖率", "Coverage", rate(allocation.coverage_rate), paid);
    line("应上解", "To be sent up", amount(remittance.owed), none());
    line("已上解", "Sent up", amount(remittance.paid), none());
    line("未上解", "Not sent up", amount(remittance.unpaid), none());
    line("逾期未解", "Overdue", amount(remittance.overdue), none());
    let months = of(closing.in_time, closing.due);
    line("按时结账（月）", "Months closed in time", rate(closing.rate), months);
    let in_time = report.in_time;
    let unions = of(in_time.unions, in_time.of);
    line("全部按时结账的单位", "Unions all in time", rate(in_time.rate), unions);
    line("未销号的审计发现", "Open findings", findings.open.to_string(), none());
    line("逾期未整改", "Rectification overdue", findings.overdue.to_string(), none());
    let columns = [
        words(pick(lang, "项目", "Item")),
        figures(pick(lang, "数", "Figure")),
        words(pick(lang, "其中", "Of them")),
    ];
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

/// One line a bundle with every figure, those that are left out last.
fn bundles(report: &Consolidated, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "位置", "Place")),
        words(pick(lang, "账套", "Book")),
        words(pick(lang, "单位", "Union")),
        words(pick(lang, "验证", "Standing")),
        figures(pick(lang, "计入", "Counted")),
        figures(pick(lang, "记录数", "Records")),
        figures(pick(lang, "未见证记录", "Unwitnessed records")),
        words(pick(lang, "最后记录", "Last record")),
        figures(pick(lang, "会员", "Members")),
        figures(pick(lang, "应缴会费", "Dues due")),
        figures(pick(lang, "实缴会费", "Dues received")),
        figures(pick(lang, "会费收缴率", "Dues collected")),
        figures(pick(lang, "应拨经费", "Allocation due")),
        figures(pick(lang, "实拨经费", "Allocation received")),
        figures(pick(lang, "足额率", "Paid in full")),
        figures(pick(lang, "应上解", "To be sent up")),
        figures(pick(lang, "已上解", "Sent up")),
        figures(pick(lang, "逾期未解", "Overdue")),
        figures(pick(lang, "应结月数", "Months to close")),
        figures(pick(lang, "按时结账月数", "Months closed in time")),
        figures(pick(lang, "未销号审计发现", "Open findings")),
        figures(pick(lang, "逾期未整改", "Rectification overdue")),
        words(pick(lang, "说明", "Why")),
    ];
    let counted = |union: &Union| {
        let Row { members, dues, allocation, remittance, closing, findings, dues_through: _ } =
            &union.row;
        vec![
            union.place.clone(),
            union.origin.clone(),
            union.organisation.clone(),
            union.standing.words().get(lang).to_owned(),
            "1".to_owned(),
            union.records.to_string(),
            union.unwitnessed.to_string(),
            day(union.last_record),
            members.to_string(),
            amount(dues.due),
            amount(dues.received),
            rate(dues.rate),
            amount(allocation.due),
            amount(allocation.received),
            rate(allocation.full_payment_rate),
            amount(remittance.owed),
            amount(remittance.paid),
            amount(remittance.overdue),
            closing.due.to_string(),
            closing.in_time.to_string(),
            findings.open.to_string(),
            findings.overdue.to_string(),
            union.why.get(lang).to_owned(),
        ]
    };
    let left_out = |line: &LeftOut| {
        let head = [
            line.place.clone(),
            line.origin.clone().unwrap_or_default(),
            line.organisation.clone().unwrap_or_default(),
            line.standing.words().get(lang).to_owned(),
            "0".to_owned(),
            line.records.to_string(),
            String::new(),
            day(line.last_record),
        ];
        let blank = std::iter::repeat_n(String::new(), 14);
        head.into_iter().chain(blank).chain([line.why.get(lang).to_owned()]).collect()
    };
    let rows = report.unions.iter().map(counted).chain(report.left_out.iter().map(left_out));
    table(&columns, rows)
}
