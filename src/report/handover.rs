//! 会计工作移交清册 The paper of one handover: what was found, what the book said, the list, and who signs.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::officers::title;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::VoucherNumber;
use crate::event::office::{HandedItem, Handover, HandoverFigures};
use crate::ids::{OfficerId, Seq};
use crate::money::Money;
use crate::projection::State;
use crate::projection::handovers::Handed;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HandoverPaper {
    pub heading: Heading,
    /// Of which record it was asked for.
    pub asked: Option<String>,
    /// None where no such handover is recorded.
    pub sheet: Option<Sheet>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sheet {
    pub seq: Seq,
    pub on: Day,
    pub office: Words,
    /// 移交人
    pub from: OfficerId,
    /// 接收人
    pub to: OfficerId,
    /// 监交人
    pub witness: OfficerId,
    pub figures: Vec<FigureLine>,
    /// 不符原因
    pub explanation: Option<String>,
    pub list: Vec<ItemLine>,
    /// Whether the whole list is there.
    pub complete: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FigureLine {
    pub what: Words,
    /// 账面
    pub book: Figure,
    /// 移交
    pub declared: Figure,
    pub agrees: bool,
}

/// Money, or a number of something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Figure {
    Amount(Money),
    Other(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemLine {
    pub number: u32,
    pub what: String,
    pub count: u32,
    pub figure: Option<Money>,
}

/// The one that was asked for, or the last one.
#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period, asked: Option<&str>) -> HandoverPaper {
    let heading = Words::new("会计工作移交清册", "List of a handover");
    let of = match asked {
        Some(asked) => asked.trim_start_matches('#').parse().ok().map(Seq),
        None => state.handovers.all().last().map(|(seq, _)| *seq),
    };
    let found = of.and_then(|seq| Some((seq, state.handovers.handover(seq)?)));
    HandoverPaper {
        heading: Books { state, chart }.heading(heading, "", period),
        asked: asked.map(str::to_owned),
        sheet: found.map(|(seq, handed)| sheet(seq, handed)),
    }
}

fn sheet(seq: Seq, handed: &Handed) -> Sheet {
    let Handover { office, from, to, witness, on, declared, book, explanation, lines } =
        handed.handover.clone();
    let numbered = (1..).zip(&handed.list).map(|(number, item)| {
        let HandedItem { what, count, figure } = item.clone();
        ItemLine { number, what: what.as_str().to_owned(), count, figure }
    });
    let list: Vec<ItemLine> = numbered.collect();
    Sheet {
        seq,
        on,
        office: title(office),
        from,
        to,
        witness,
        figures: figures(&book, &declared),
        explanation: explanation.map(|text| text.as_str().to_owned()),
        complete: u32::try_from(list.len()).is_ok_and(|there| there == lines),
        list,
    }
}

fn figures(book: &HandoverFigures, declared: &HandoverFigures) -> Vec<FigureLine> {
    let other = |of: &dyn ToString| Figure::Other(of.to_string());
    let voucher = |of: Option<VoucherNumber>| of.map_or_else(|| other(&"-"), |of| other(&of));
    let line = |zh: &str, en: &str, of: &dyn Fn(&HandoverFigures) -> Figure| {
        let (book, declared) = (of(book), of(declared));
        FigureLine { what: Words::new(zh, en), agrees: book == declared, book, declared }
    };
    vec![
        line("库存现金", "Cash", &|of| Figure::Amount(of.cash)),
        line("银行存款", "Bank", &|of| Figure::Amount(of.bank)),
        line("最后一张凭证", "Last voucher", &|of| voucher(of.voucher)),
        line("空白票据（份）", "Blank receipts", &|of| other(&of.receipts)),
        line("未结清借款（笔）", "Advances not settled", &|of| other(&of.advances)),
    ]
}
