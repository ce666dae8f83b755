//! Personal data 个人信息 in free text: the book is kept for ever and read by many, so that the numbers by
//! which a person is found stand in no field of it.

use serde_json::Value;

use super::{Command, Refusal};

/// Numbers that others gave to their papers: a bank's reference, the series of a book of receipts.
const NUMBERS_OF_PAPERS: &[&str] = &["reference", "series"];

/// No text of a command holds the number of an identity card 公民身份号码 or of a mobile phone.
pub(super) fn check(command: &Command) -> Result<(), Refusal> {
    let said = serde_json::to_value(command).unwrap_or_default();
    found(&said, "").map_or(Ok(()), Err)
}

fn found(value: &Value, field: &str) -> Option<Refusal> {
    match value {
        Value::String(text) if !NUMBERS_OF_PAPERS.contains(&field) => {
            let field = field.to_owned();
            let runs = || text.split(|c: char| !c.is_ascii_alphanumeric());
            if runs().any(is_identity) {
                return Some(Refusal::IdentityNumberSaid { field });
            }
            // An amount of money, or anything else that has a part after a point, is no telephone.
            let whole = text.parse::<crate::money::Money>().is_err() || !text.contains('.');
            (whole && runs().any(is_mobile)).then_some(Refusal::MobileNumberSaid { field })
        }
        Value::Array(values) => values.iter().find_map(|value| found(value, field)),
        Value::Object(fields) => fields.iter().find_map(|(name, value)| found(value, name)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Eleven digits, 1 and then 3 to 9.
fn is_mobile(run: &str) -> bool {
    let mut digits = run.bytes();
    run.len() == 11
        && digits.next() == Some(b'1')
        && digits.next().is_some_and(|second| (b'3'..=b'9').contains(&second))
        && digits.all(|digit| digit.is_ascii_digit())
}

/// Seventeen digits and the check digit of GB 11643-1999, which is X for ten.
fn is_identity(run: &str) -> bool {
    const CHECKS: &[u8; 11] = b"10X98765432";
    let Some((body, check)) = run.len().checked_sub(1).and_then(|last| run.split_at_checked(last))
    else {
        return false;
    };
    if body.len() != 17 || !body.bytes().all(|digit| digit.is_ascii_digit()) {
        return false;
    }
    // Each digit weighs 2 to the power of its place from the right, modulo 11: Horner's way.
    let sum = body.bytes().fold(0_u32, |sum, digit| {
        let value = u32::from(digit.saturating_sub(b'0'));
        sum.saturating_mul(2).saturating_add(value).checked_rem(11).unwrap_or(0)
    });
    let place = sum.saturating_mul(2).checked_rem(11).and_then(|sum| usize::try_from(sum).ok());
    let wanted = place.and_then(|place| CHECKS.get(place));
    check.bytes().next().map(|found| found.to_ascii_uppercase()) == wanted.copied()
}
