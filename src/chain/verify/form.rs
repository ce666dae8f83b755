//! The forms of single values that docs/FORMAT.md names.

/// Half of a 256-bit hash: nobody finds two texts with the same one, and a million fit in 16 MB.
pub(super) type Digest = u128;

/// The first half of a hash.
pub(super) fn digest_of(hash: &[u8; 32]) -> Digest {
    hash.first_chunk().map_or(0, |half| Digest::from_be_bytes(*half))
}

pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(is_hex)
}

pub(super) fn is_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// A URL without scheme, as far as the format says: not empty, no Unicode spaces, no `+`.
pub(super) fn is_origin(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c == '+')
}

/// Fen of `-?(0|[1-9][0-9]{0,14})\.[0-9]{2}`, never `-0.00`.
pub(super) fn fen(text: &str) -> Option<i64> {
    if is_amount(text) && text.len() <= 19 { fen_of(text) } else { None }
}

/// The same form with as many digits as it takes.
pub(super) fn is_amount(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let Some((yuan, fen)) = digits.split_once('.') else { return false };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = yuan.len() > 1 && yuan.starts_with('0');
    all_digits(yuan) && all_digits(fen) && fen.len() == 2 && !leading_zero && text != "-0.00"
}

fn fen_of(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (yuan, fen) = digits.split_once('.').filter(|(yuan, _)| yuan.len() <= 15)?;
    let amount = yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(fen.parse().ok()?)?;
    Some(if digits.len() < text.len() { 0_i64.saturating_sub(amount) } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_two_decimals_and_at_most_fifteen_digits_before_them() {
        for (text, expected) in [
            ("0.00", Some(0)),
            ("0.05", Some(5)),
            ("-12.50", Some(-1250)),
            ("999999999999999.99", Some(99_999_999_999_999_999)),
            ("-999999999999999.99", Some(-99_999_999_999_999_999)),
        ] {
            assert_eq!(fen(text), expected, "{text}");
        }
        for bad in [
            "",
            "1",
            "1.0",
            "1.000",
            "01.00",
            "-0.00",
            "+1.00",
            "1,0.00",
            "１.00",
            ".50",
            "--1.00",
            "1000000000000000.00",
            "1.-1",
        ] {
            assert_eq!(fen(bad), None, "{bad}");
        }
    }
}
