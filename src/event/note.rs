//! 附注 Notes to the year's statements, in the union's own words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::FiscalYear;
use crate::ids::Text;

/// 附注 What the union says under one of the eight items of the notes (财会〔2021〕7号, 第六部分).
/// An item may take several texts, which stand one below the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// 年度 Whose statements it explains.
    pub year: FiscalYear,
    /// 1 to 8, as 第六部分 numbers them.
    pub item: u32,
    pub text: Text,
}
