use super::table::{amount, amount_if_any, figures, heading, pick, table, words};
use crate::date::Day;
use crate::lang::Lang;
use crate::render::page::{Block, Page, Signatures};
use crate::report::Words;
use crate::report::handover::{Figure, HandoverPaper, Sheet};
use crate::report::officers::{OfficerLine, Officers};

#[must_use]
pub fn officers(report: &Officers, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "编号", "Officer")),
        words(pick(lang, "职务", "Offices")),
        words(pick(lang, "会员编号", "Member")),
        words(pick(lang, "任职", "From")),
        words(pick(lang, "免职", "Until")),
        words(pick(lang, "任期届满", "Term ends")),
        words(pick(lang, "提示", "Remarks")),
    ];
    let rows = report.officers.iter().map(|line| {
        vec![
            line.officer.to_string(),
            joined(&line.offices, lang),
            line.member.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.from.to_string(),
            day(line.until),
            day(line.term_ends),
            remarks(line, lang),
        ]
    });
    let mut text = heading(&report.heading, lang) + table(&columns, rows);
    for part in [substitutes(report, lang), relations(report, lang), handovers(report, lang)] {
        text += part;
    }
    text
}

fn substitutes(report: &Officers, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "被代理人", "Absent")),
        words(pick(lang, "代理人", "Substitute")),
        words(pick(lang, "代理审批职务", "Approves as")),
        words(pick(lang, "起", "First")),
        words(pick(lang, "止", "Last")),
        words(pick(lang, "依据", "Resolution")),
        words(pick(lang, "被替换", "Replaced by")),
    ];
    let rows = report.substitutes.iter().map(|line| {
        vec![
            line.seq.to_string(),
            line.officer.to_string(),
            line.by.to_string(),
            joined(&line.offices, lang),
            line.first.to_string(),
            line.last.to_string(),
            line.resolution.clone(),
            line.replaced.map(|seq| seq.to_string()).unwrap_or_default(),
        ]
    });
    below(pick(lang, "代理", "Substitutes"), report.substitutes.len(), table(&columns, rows))
}

fn relations(report: &Officers, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "编号", "Officer")),
        words(pick(lang, "关系", "Relation")),
        words(pick(lang, "相关方", "To")),
        words(pick(lang, "起", "From")),
        words(pick(lang, "解除", "Until")),
    ];
    let rows = report.relations.iter().map(|line| {
        vec![
            line.seq.to_string(),
            line.officer.to_string(),
            line.what.get(lang).to_owned(),
            line.to.clone(),
            line.from.to_string(),
            day(line.until),
        ]
    });
    let title = pick(lang, "亲属和利害关系", "Relatives and interests");
    below(title, report.relations.len(), table(&columns, rows))
}

fn handovers(report: &Officers, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "职务", "Office")),
        words(pick(lang, "移交人", "From")),
        words(pick(lang, "接收人", "To")),
        words(pick(lang, "监交人", "Witness")),
        words(pick(lang, "账实", "Agrees")),
    ];
    let rows = report.handovers.iter().map(|line| {
        vec![
            line.seq.to_string(),
            line.on.to_string(),
            line.office.get(lang).to_owned(),
            line.from.to_string(),
            line.to.to_string(),
            line.witness.to_string(),
            agrees(line.agrees, lang).to_owned(),
        ]
    });
    below(pick(lang, "工作交接", "Handovers"), report.handovers.len(), table(&columns, rows))
}

/// The paper that three persons sign.
#[must_use]
pub fn handover(report: &HandoverPaper, lang: Lang) -> Page {
    let Some(sheet) = &report.sheet else {
        let title = report.heading.title.get(lang);
        let asked = report.asked.as_deref().unwrap_or("-");
        return match lang {
            Lang::Zh => {
                Page::from(format!("{title}\n没有工作交接 {asked}（用 --of 指明记录号）\n"))
            }
            Lang::En => {
                Page::from(format!("{title}\nNo handover {asked}; name its record with --of\n"))
            }
        };
    };
    let columns = [
        words(pick(lang, "项目", "Item")),
        figures(pick(lang, "账面", "Book")),
        figures(pick(lang, "移交", "Handed over")),
        words(pick(lang, "账实", "Agrees")),
    ];
    let compared = sheet.figures.iter().map(|line| {
        let what = line.what.get(lang).to_owned();
        let agrees = agrees(line.agrees, lang).to_owned();
        let [book, declared] = [&line.book, &line.declared].map(|figure| match figure {
            Figure::Amount(figure) => amount(*figure),
            Figure::Other(text) => text.clone(),
        });
        vec![what, book, declared, agrees]
    });
    let head = heading(&report.heading, lang);
    let compared = table(&columns, compared);
    head + said(sheet, lang) + compared + listed(sheet, lang) + signed(sheet, lang)
}

fn said(sheet: &Sheet, lang: Lang) -> String {
    let Sheet { seq, on, office, .. } = sheet;
    match lang {
        Lang::Zh => format!("记录: {seq}  交接日期: {on}  职务: {}\n", office.get(lang)),
        Lang::En => format!("Record: {seq}  On: {on}  Office: {}\n", office.get(lang)),
    }
}

fn listed(sheet: &Sheet, lang: Lang) -> Page {
    let columns = [
        figures(pick(lang, "序号", "No.")),
        words(pick(lang, "移交物品和资料", "Handed over")),
        figures(pick(lang, "数量", "Count")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let rows = sheet.list.iter().map(|line| {
        vec![
            line.number.to_string(),
            line.what.clone(),
            line.count.to_string(),
            amount_if_any(line.figure),
        ]
    });
    let explanation = match (&sheet.explanation, lang) {
        (Some(why), Lang::Zh) => format!("不符原因: {why}\n"),
        (Some(why), Lang::En) => format!("Why it differs: {why}\n"),
        (None, _) => String::new(),
    };
    let complete = pick(lang, "清册不全!\n", "The list is not complete!\n");
    let complete = if sheet.complete { "" } else { complete };
    Page::from(explanation) + table(&columns, rows) + complete
}

fn signed(sheet: &Sheet, lang: Lang) -> Page {
    let Sheet { from, to, witness, .. } = sheet;
    let (copies, names) = match lang {
        Lang::Zh => (
            "本清册一式三份，交接双方各执一份，存档一份。\n",
            ["移交人", "接收人", "监交人", "签章日期"],
        ),
        Lang::En => (
            "In three copies: one for each side, one for the archive.\n",
            ["Handed over by", "Taken over by", "Watched by", "Signed on"],
        ),
    };
    let [by, over, watched, day] = names;
    let places = [
        format!("{by} {from}"),
        format!("{over} {to}"),
        format!("{watched} {witness}"),
        day.to_owned(),
    ];
    let lines = places.iter().map(|place| format!("{place}: ________________\n"));
    let text = lines.collect::<Vec<_>>().concat();
    let places = places.into_iter().map(|place| (place, String::new())).collect();
    Page::from(copies) + Page::from(Block::Signatures(Signatures { places, seal: false, text }))
}

fn below(title: &str, lines: usize, table: Page) -> Page {
    if lines == 0 { Page::default() } else { Page::from(format!("\n{title}\n")) + table }
}

fn joined(offices: &[Words], lang: Lang) -> String {
    let titles: Vec<&str> = offices.iter().map(|office| office.get(lang)).collect();
    titles.join(pick(lang, "、", ", "))
}

fn day(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn agrees(agrees: bool, lang: Lang) -> &'static str {
    if agrees { pick(lang, "相符", "yes") } else { pick(lang, "不符", "no") }
}

fn remarks(line: &OfficerLine, lang: Lang) -> String {
    let over = line.over.then(|| pick(lang, "任期已满", "beyond the term").to_owned());
    let both = line.incompatible.iter().map(|[one, other]| {
        let (one, other) = (one.get(lang), other.get(lang));
        match lang {
            Lang::Zh => format!("{one}、{other}不相容"),
            Lang::En => format!("{one} and {other} are kept apart"),
        }
    });
    over.into_iter().chain(both).collect::<Vec<_>>().join(pick(lang, "；", "; "))
}
