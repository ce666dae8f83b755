use super::beside::Beside;
use super::page::Page;
use super::table::pick;
use crate::lang::Lang;
use crate::report::transfer_letter::{Letter, TransferLetter};

/// With a private field, such as the number of the card, beside the member's number.
#[must_use]
pub fn transfer_letter_beside(report: &TransferLetter, beside: &Beside, lang: Lang) -> Page {
    let (title, from) = (report.heading.title.get(lang), &report.heading.organisation);
    let Some(Letter { member, joined, on, to_union, dues_paid_through }) = &report.letter else {
        let asked = report.asked.as_deref().unwrap_or("-");
        return Page::from(match lang {
            Lang::Zh => format!("{title}\n没有转出的会员 {asked}（用 --of 指明会员编号）\n"),
            Lang::En => format!("{title}\nNo member {asked} has departed; name one with --of\n"),
        });
    };
    let paid = dues_paid_through.map(|month| month.to_string());
    let paid = paid.unwrap_or_else(|| pick(lang, "无", "none").to_owned());
    let member = match &beside.field {
        Some(field) => format!("{} ({field})", beside.member(member)),
        None => member.to_string(),
    };
    Page::from(match lang {
        Lang::Zh => format!(
            "{title}\n{to_union}：\n兹有我会会员一名转入你会，请予接收。\n\
             会员编号: {member}\n入会日期: {joined}\n转出日期: {on}\n会费缴至: {paid}\n\
             转出单位: {from}\n",
        ),
        Lang::En => format!(
            "{title}\nTo: {to_union}\nA member of ours comes over to you; please take the member in.\n\
             Member: {member}\nJoined: {joined}\nDeparted: {on}\nDues paid through: {paid}\n\
             From: {from}\n",
        ),
    })
}
