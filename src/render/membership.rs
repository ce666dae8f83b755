use super::beside::Beside;
use super::dues::group_name;
use super::table::{figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::membership::{Counts, Line, Membership, Movement, What};

/// With a private field beside each member's number.
#[must_use]
pub fn membership_beside(report: &Membership, beside: &Beside, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    let columns = [
        words(pick(lang, "小组", "Group")),
        figures(pick(lang, "期初", "Opening")),
        figures(said(What::Joined, lang)),
        figures(said(What::Arrived, lang)),
        figures(said(What::MovedIn, lang)),
        figures(said(What::MovedOut, lang)),
        figures(said(What::Resigned, lang)),
        figures(said(What::Departed, lang)),
        figures(said(What::Retired, lang)),
        figures(said(What::Died, lang)),
        figures(pick(lang, "期末", "Closing")),
        figures(pick(lang, "其中免缴", "Exempt")),
    ];
    let line = |line: &Line| {
        counts(group_name(Some(&line.group), line.name.as_deref(), lang), &line.counts)
    };
    let total = counts(pick(lang, "合计", "Total").to_owned(), &report.total);
    text += table(&columns, report.groups.iter().map(line).chain([total]));
    if report.movements.is_empty() {
        return text;
    }
    let columns = [
        words(pick(lang, "日期", "Day")),
        words(pick(lang, "会员", "Member")),
        words(pick(lang, "增减", "Movement")),
        words(pick(lang, "小组", "Group")),
    ];
    let row = |moved: &Movement| {
        vec![
            moved.on.to_string(),
            beside.member(&moved.member),
            said(moved.what, lang).to_owned(),
            moved.group.to_string(),
        ]
    };
    text += table(&columns, report.movements.iter().map(row));
    text
}

fn counts(name: String, of: &Counts) -> Vec<String> {
    let figures = [
        of.opening,
        of.joined,
        of.arrived,
        of.moved_in,
        of.moved_out,
        of.resigned,
        of.departed,
        of.retired,
        of.died,
        of.closing,
        of.exempt,
    ];
    std::iter::once(name).chain(figures.iter().map(ToString::to_string)).collect()
}

fn said(what: What, lang: Lang) -> &'static str {
    match what {
        What::Joined => pick(lang, "入会", "Joined"),
        What::Arrived => pick(lang, "转入", "Arrived"),
        What::MovedIn => pick(lang, "调入", "Moved in"),
        What::MovedOut => pick(lang, "调出", "Moved out"),
        What::Resigned => pick(lang, "退会", "Resigned"),
        What::Departed => pick(lang, "转出", "Departed"),
        What::Retired => pick(lang, "退休", "Retired"),
        What::Died => pick(lang, "去世", "Died"),
    }
}
