//! Amounts in capitals 人民币大写, as receipts and vouchers show them beside the figures.
//!
//! Two rules hold: 《会计基础工作规范》 Art. 52 (财会字〔1996〕19号) for vouchers, and
//! 《正确填写票据和结算凭证的基本规定》 (支付结算办法, 附件一, 1997) for bills. Where they leave a
//! choice, one spelling is written and every one is read.

use crate::money::Money;

/// Why an amount has no capitals, or a text in capitals is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CapitalsError {
    #[error("a negative amount is not written in capitals: {0}")]
    Negative(Money),
    #[error("too large to be written in capitals: {0}")]
    TooLarge(Money),
    #[error("not an amount in capitals, such as 壹佰贰拾元伍角整: {0:?}")]
    Form(String),
}

/// The amount in capitals: `1409.50` is 壹仟肆佰零玖元伍角整.
///
/// The word 人民币 is not part of it: where the form does not have it printed, it is written right
/// before, without a gap. A negative amount is refused, for no receipt is given for one.
pub fn to_capitals(amount: Money) -> Result<String, CapitalsError> {
    if amount.is_negative() {
        return Err(CapitalsError::Negative(amount));
    }
    if amount > largest() {
        return Err(CapitalsError::TooLarge(amount));
    }
    let written = |sign: &Sign| match sign {
        Sign::Must(c) | Sign::Usual(c) => Some(*c),
        Sign::Seldom(_) => None,
    };
    Ok(spelling(amount).iter().filter_map(written).collect())
}

/// Up to 玖万玖仟…亿: beyond it, no form has a name for the place.
fn largest() -> Money {
    Money::from_fen(999_999_999_999_999)
}

/// Reads an amount in capitals, in any spelling that the two rules allow: with 整 or 正, with 元 or
/// 圆, with 零 or without where that is left open, after 人民币 or alone, and in the traditional
/// characters that banks accept.
pub fn parse_capitals(text: &str) -> Result<Money, CapitalsError> {
    let wrong = || CapitalsError::Form(text.to_owned());
    let bare = text.strip_prefix("人民币").or_else(|| text.strip_prefix("人民幣"));
    let signs: Vec<char> = bare.unwrap_or(text).chars().map(plain).collect();
    let amount = value(&signs).ok_or_else(wrong)?;
    // What was read is one amount; only its own spellings are right, so that 拾元 (for 壹拾元), a
    // missing 零 or a sign out of its place is refused.
    if fits(&signs, &spelling(amount)) { Ok(amount) } else { Err(wrong()) }
}

/// One sign of a spelling.
enum Sign {
    Must(char),
    /// May be left out, and we write it.
    Usual(char),
    /// May be written, and we leave it out.
    Seldom(char),
}

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
/// Within four digits, from the left.
const PLACES: [Option<char>; 4] = [Some('仟'), Some('佰'), Some('拾'), None];
/// What follows each four digits, from the left: 9,9999,9999,9999 is 玖万…亿…万….
const GROUPS: [Option<char>; 4] = [Some('万'), Some('亿'), Some('万'), None];

/// How an amount that is not negative is spelled, with every choice that the rules leave.
fn spelling(amount: Money) -> Vec<Sign> {
    if amount.is_zero() {
        return vec![Sign::Must('零'), Sign::Must('元'), Sign::Must('整')];
    }
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut signs = whole_yuan(&format!("{whole:0>16}"));
    let has_yuan = !signs.is_empty();
    if has_yuan {
        signs.push(Sign::Must('元'));
    }
    let mut digits = fraction.chars().map(capital);
    let jiao = digits.next().flatten();
    let fen = digits.next().flatten();
    if let Some(jiao) = jiao {
        if has_yuan && whole.ends_with('0') {
            signs.push(Sign::Seldom('零'));
        }
        signs.extend([Sign::Must(jiao), Sign::Must('角')]);
    }
    match (jiao, fen) {
        (None, None) => signs.push(Sign::Must('整')),
        // The rule of 1996 has 整 after 角, and that of 1997 leaves it open.
        (Some(_), None) => signs.push(Sign::Usual('整')),
        (Some(_), Some(fen)) => signs.extend([Sign::Must(fen), Sign::Must('分')]),
        (None, Some(fen)) => {
            if has_yuan {
                signs.push(Sign::Must('零'));
            }
            signs.extend([Sign::Must(fen), Sign::Must('分')]);
        }
    }
    signs
}

/// The whole yuan, from sixteen digits. Noughts between other digits are one 零; where a group of
/// four ends in them and the next begins with a thousand, that 零 may be left out.
fn whole_yuan(sixteen_digits: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut noughts = false;
    let mut group_before = false;
    for (group, unit) in sixteen_digits.as_bytes().chunks(4).zip(GROUPS) {
        let mut has_digit = false;
        for (digit, place) in group.iter().zip(PLACES) {
            let Some(digit) = capital(char::from(*digit)) else {
                noughts = !signs.is_empty();
                continue;
            };
            if noughts {
                let open = place == Some('仟') && group_before;
                signs.push(if open { Sign::Seldom('零') } else { Sign::Must('零') });
            }
            signs.push(Sign::Must(digit));
            signs.extend(place.map(Sign::Must));
            noughts = false;
            has_digit = true;
        }
        // 壹万亿: what stands above 亿 is counted in 亿, so 亿 is written even after four noughts.
        if has_digit || (unit == Some('亿') && !signs.is_empty()) {
            signs.extend(unit.map(Sign::Must));
        }
        group_before = has_digit;
    }
    signs
}

/// The capital of a digit; none of a nought, which is not counted but passed over.
fn capital(digit: char) -> Option<char> {
    let at = usize::try_from(digit.to_digit(10)?).ok()?;
    DIGITS.get(at).copied().filter(|capital| *capital != '零')
}

/// The sign that we write for one that may stand in its place.
fn plain(sign: char) -> char {
    match sign {
        '正' => '整',
        '圆' | '圓' => '元',
        '貳' => '贰',
        '陸' => '陆',
        '億' => '亿',
        '萬' => '万',
        other => other,
    }
}

/// The amount that the signs add up to, in whatever order they stand.
fn value(signs: &[char]) -> Option<Money> {
    let (mut digit, mut below_myriad, mut myriads, mut above) = (0_i64, 0_i64, 0_i64, 0_i64);
    let (mut yuan, mut fen) = (0_i64, 0_i64);
    for sign in signs {
        if let Some(found) = DIGITS.iter().position(|capital| capital == sign) {
            digit = i64::try_from(found).ok()?;
            continue;
        }
        let counted = std::mem::take(&mut digit);
        let add = |sum: i64, units: i64| sum.checked_add(counted.checked_mul(units)?);
        match sign {
            '拾' => below_myriad = add(below_myriad, 10)?,
            '佰' => below_myriad = add(below_myriad, 100)?,
            '仟' => below_myriad = add(below_myriad, 1_000)?,
            '万' => {
                let group = add(std::mem::take(&mut below_myriad), 1)?;
                myriads = myriads.checked_add(group.checked_mul(10_000)?)?;
            }
            '亿' => {
                let group = add(std::mem::take(&mut below_myriad), 1)?;
                let group = group.checked_add(std::mem::take(&mut myriads))?;
                above = above.checked_add(group.checked_mul(100_000_000)?)?;
            }
            '元' => yuan = add(below_myriad, 1)?.checked_add(myriads)?.checked_add(above)?,
            '角' => fen = add(fen, 10)?,
            '分' => fen = add(fen, 1)?,
            '整' => {}
            _ => return None,
        }
    }
    let amount = Money::from_fen(yuan.checked_mul(100)?.checked_add(fen)?);
    (amount <= largest()).then_some(amount)
}

fn fits(signs: &[char], spelling: &[Sign]) -> bool {
    let mut left = signs.iter().peekable();
    for sign in spelling {
        let found = match sign {
            Sign::Must(c) | Sign::Usual(c) | Sign::Seldom(c) => left.next_if(|next| *next == c),
        };
        if found.is_none() && matches!(sign, Sign::Must(_)) {
            return false;
        }
    }
    left.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn yuan(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn the_examples_of_the_rules_are_written_and_read() {
        for (figures, capitals) in [
            ("1409.50", "壹仟肆佰零玖元伍角整"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
            ("107000.53", "壹拾万柒仟元伍角叁分"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("325.04", "叁佰贰拾伍元零肆分"),
            ("0.05", "伍分"),
            ("100000.00", "壹拾万元整"),
        ] {
            assert_eq!(to_capitals(yuan(figures)).as_deref(), Ok(capitals));
            assert_eq!(parse_capitals(capitals), Ok(yuan(figures)));
        }
    }

    #[test]
    fn noughts_are_one_zero_or_none_and_large_amounts_are_counted_in_groups_of_four() {
        for (figures, capitals) in [
            ("0.00", "零元整"),
            ("0.50", "伍角整"),
            ("10.00", "壹拾元整"),
            ("10.05", "壹拾元零伍分"),
            ("10000.00", "壹万元整"),
            ("100700.00", "壹拾万零柒佰元整"),
            ("10070000.00", "壹仟零柒万元整"),
            ("100003000.00", "壹亿零叁仟元整"),
            ("1005000000.00", "壹拾亿零伍佰万元整"),
            ("1000000000000.00", "壹万亿元整"),
            ("1000100000000.00", "壹万零壹亿元整"),
            ("1000000050000.00", "壹万亿零伍万元整"),
            ("1000050000000.00", "壹万亿零伍仟万元整"),
            ("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ] {
            assert_eq!(to_capitals(yuan(figures)).as_deref(), Ok(capitals), "{figures}");
            assert_eq!(parse_capitals(capitals), Ok(yuan(figures)), "{capitals}");
        }
    }

    #[test]
    fn every_spelling_that_the_rules_leave_open_is_read() {
        for (figures, capitals) in [
            ("1409.50", "人民币壹仟肆佰零玖元伍角"),
            ("1409.50", "壹仟肆佰零玖元伍角正"),
            ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
            ("107000.53", "壹拾万零柒仟元伍角叁分"),
            ("107000.53", "壹拾万柒仟元零伍角叁分"),
            ("107000.53", "壹拾万零柒仟元零伍角叁分"),
            ("100000.00", "人民币壹拾万圆正"),
            ("220006000.00", "貳億貳仟萬零陸仟圓整"),
        ] {
            assert_eq!(parse_capitals(capitals), Ok(yuan(figures)), "{capitals}");
        }
    }

    #[test]
    fn any_other_spelling_is_refused() {
        for bad in [
            "",
            "人民币",
            "整",
            "元整",
            "拾元整",
            "壹佰元",
            "壹佰整",
            "壹佰元零角整",
            "壹佰元零伍分整",
            "壹佰元伍分",
            "壹佰零拾元整",
            "壹仟零零柒元整",
            "壹万零元整",
            "拾佰壹元整",
            "壹元壹元整",
            "壹分壹角",
            "零壹元整",
            "一百元整",
            "负壹元整",
            "人民币 壹元整",
            "人民币人民币壹元整",
            "壹佰亿亿元整",
            "玖亿亿亿亿亿元整",
            "壹拾万亿元整",
        ] {
            assert_eq!(parse_capitals(bad), Err(CapitalsError::Form(bad.into())), "{bad}");
        }
    }

    #[test]
    fn a_negative_amount_has_no_capitals() {
        let red = yuan("-0.01");
        assert_eq!(to_capitals(red), Err(CapitalsError::Negative(red)));
        let vast = largest().plus(yuan("0.01"));
        assert_eq!(to_capitals(vast), Err(CapitalsError::TooLarge(vast)));
    }

    /// Amounts of every size, with as many noughts in them as treasurers write.
    fn fen() -> impl Strategy<Value = i64> {
        prop_oneof![
            0..=999_999_999_999_999_i64,
            0..=9_999_999_i64,
            proptest::collection::vec(prop_oneof![3 => Just(0_i64), 1 => 1..=9_i64], 1..=15)
                .prop_map(|digits| digits.iter().fold(0, |sum, digit| sum * 10 + digit)),
        ]
    }

    proptest! {
        #[test]
        fn every_amount_is_read_back_from_its_capitals(fen in fen()) {
            let amount = Money::from_fen(fen);
            let capitals = to_capitals(amount).unwrap();
            prop_assert_eq!(parse_capitals(&capitals), Ok(amount));
            let no_pair = !capitals.contains("零零") && !capitals.contains("零万");
            prop_assert!(no_pair && !capitals.contains("零亿"), "{}", capitals);
        }

        #[test]
        fn every_choice_left_open_is_read_as_the_same_amount(fen in fen(), choices: u32) {
            let amount = Money::from_fen(fen);
            let written = |(at, sign): (usize, &Sign)| match sign {
                Sign::Must(c) => Some(*c),
                Sign::Usual(c) | Sign::Seldom(c) => (choices >> (at % 32) & 1 == 1).then_some(*c),
            };
            let text: String = spelling(amount).iter().enumerate().filter_map(written).collect();
            prop_assert_eq!(parse_capitals(&text), Ok(amount), "{}", text);
        }
    }
}
