//! 会员组织关系转接信 A letter for the union that a member goes over to. The member is a number here;
//! the card's number is private, and stands beside it only for who was shown it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::{Day, Month};
use crate::ids::MemberId;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TransferLetter {
    pub heading: Heading,
    /// Of whom it was asked for.
    pub asked: Option<String>,
    /// None where nobody of that number went over to another union.
    pub letter: Option<Letter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Letter {
    pub member: MemberId,
    /// 入会日期
    pub joined: Day,
    /// 转出日期
    pub on: Day,
    /// 转入工会
    pub to_union: String,
    /// 会费缴至 None where the first month is unpaid.
    pub dues_paid_through: Option<Month>,
}

impl TransferLetter {
    /// The member whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<MemberId> {
        self.letter.iter().map(|letter| letter.member.clone()).collect()
    }
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period, asked: Option<&str>) -> TransferLetter {
    let title = Words::new("会员会籍转接信", "Letter of transfer");
    TransferLetter {
        heading: Books { state, chart }.heading(title, "", period),
        asked: asked.map(str::to_owned),
        letter: asked.and_then(|asked| letter(state, asked)),
    }
}

/// Of the last time that the member went over to another union.
fn letter(state: &State, asked: &str) -> Option<Letter> {
    let id = MemberId::parse(asked).ok()?;
    let member = state.members.member(&id)?;
    let spell = member.spells().filter(|spell| spell.to_union.is_some()).last()?;
    let (on, _) = spell.left?;
    Some(Letter {
        joined: spell.joined,
        on,
        dues_paid_through: state.dues_paid_through(&id, &spell, on),
        to_union: spell.to_union?.as_str().to_owned(),
        member: id,
    })
}
