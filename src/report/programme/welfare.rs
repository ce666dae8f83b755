//! Benefits against their caps.

use super::{Ground, Looked};
use crate::report::Words;

pub(super) fn caps(_: &Ground<'_>) -> Result<Looked, Words> {
    Err(Words::new("未记录福利发放", "no benefit is recorded"))
}
