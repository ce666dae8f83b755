//! The forms of fields that the bodies of sections 10 and 17 to 21 of docs/FORMAT.md share.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::calendar::Day;
use super::finding::Findings;
use super::form::fen;
use super::json::{Json, Object};
use super::kind::FaultKind;

/// The body does not have the fields that it has to have.
pub(super) fn wrong(body: &Object<'_>, expected: &str, findings: &mut Findings) {
    findings.fault(FaultKind::BodyForm, expected, Json::Object(body.clone()).shown());
}

/// All that have to be there, and besides only those that may be; each once.
pub(super) fn exactly(body: &Object<'_>, needed: &[&str], allowed: &[&str]) -> Option<()> {
    let there = allowed.iter().filter(|name| body.has(name));
    let fields: Vec<&str> = needed.iter().chain(there).copied().collect();
    body.has_exactly(&fields).then_some(())
}

/// Text that is not empty.
pub(super) fn text<'a>(body: &'a Object<'_>, name: &str) -> Option<&'a str> {
    body.text(name).filter(|text| !text.is_empty())
}

/// A field is there and is not of its form.
pub(super) struct Misread;

/// The same, where it need not be there.
pub(super) fn optional<T>(
    body: &Object<'_>,
    name: &str,
    read: impl FnOnce() -> Option<T>,
) -> Result<Option<T>, Misread> {
    if body.has(name) { read().map(Some).ok_or(Misread) } else { Ok(None) }
}

pub(super) fn id<'a>(body: &'a Object<'_>, name: &str) -> Option<&'a str> {
    body.text(name).filter(|text| is_id(text))
}

pub(super) fn day(body: &Object<'_>, name: &str) -> Option<Day> {
    body.text(name).and_then(Day::parse)
}

/// Fen.
pub(super) fn money(body: &Object<'_>, name: &str) -> Option<i64> {
    body.text(name).and_then(fen)
}

pub(super) fn number(body: &Object<'_>, name: &str) -> Option<u64> {
    body.get(name).and_then(Json::number)
}

/// So many bytes in the one spelling that base64 has for them.
pub(super) fn base64<const N: usize>(body: &Object<'_>, name: &str) -> Option<[u8; N]> {
    STANDARD.decode(body.text(name)?).ok()?.try_into().ok()
}

pub(super) fn hash(body: &Object<'_>, name: &str) -> Option<[u8; 32]> {
    body.text(name).and_then(hash_of)
}

/// 64 lower-case hex digits.
pub(super) fn hash_of(text: &str) -> Option<[u8; 32]> {
    let is_hash = super::form::is_hash(text);
    let hash = blake3::Hash::from_hex(text).ok().filter(|_| is_hash)?;
    Some(*hash.as_bytes())
}

/// Texts, as many as there are.
pub(super) fn texts<'a>(
    body: &'a Object<'_>,
    name: &str,
    fits: impl Fn(&str) -> bool,
) -> Option<Vec<&'a str>> {
    let items = body.get(name)?.array()?;
    items.iter().map(|item| item.text().filter(|text| fits(text))).collect()
}

/// An object of one field of these names, with a text: name and text.
pub(super) fn one_of<'a>(
    body: &'a Object<'_>,
    name: &str,
    names: &[&'static str],
) -> Option<(&'static str, &'a str)> {
    let object = body.get(name)?.object()?;
    let kind = names.iter().find(|kind| object.has_exactly(&[kind]))?;
    Some((*kind, text(object, kind)?))
}

/// `[a-z0-9][a-z0-9-]{0,39}`.
pub(super) fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.len() <= 40
        && text.bytes().next().is_some_and(plain)
        && text.bytes().all(|b| plain(b) || b == b'-')
}
