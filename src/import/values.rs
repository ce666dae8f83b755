//! Cells into values, as people and programs in China write them. What could mean two things is
//! refused with what is accepted, never guessed; nothing is ever rounded.

use super::code;
use super::delimited::is_nothing;
use super::flaw::{Flaw, shortened};
use super::grid::{Cell, Epoch, Row, Value};
use crate::date::{Day, Month};
use crate::money::{Money, half_width};

/// Why a text is not the value that was asked for. It carries the text that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    Blank,
    NoAmount(String),
    Groups(String),
    Decimals(String),
    AmountTooLarge(String),
    ErrorCell(String),
    NoResult(String),
    DigitsLost(String),
    NoDay(String),
    DayAmbiguous(String),
    NoMonth(String),
    NoCount(String),
}

/// An amount in yuan of either sign: `1,234.56`, `￥１，２３４．５`, `(12.00)`, `-5元`, `CNY 100`.
///
/// Thousands stand in threes or are not separated; brackets about it or a sign before it make it
/// negative; zeros alone may follow the fen. A dash alone is nothing, as accountants write it.
pub fn amount(text: &str) -> Result<Money, Misread> {
    let plain = plain_of(text)?;
    let bare = plain.trim_matches(is_nothing);
    if bare.chars().all(|letter| matches!(letter, '-' | '—' | '–' | '―')) {
        return Err(Misread::Blank);
    }
    let found = || text.trim_matches(is_nothing).to_owned();
    let digits = signed(bare).ok_or_else(|| Misread::NoAmount(found()))?;
    let written = decimal(&digits.number).map_err(|fault| match fault {
        Fault::Form => Misread::NoAmount(found()),
        Fault::Groups => Misread::Groups(found()),
        Fault::Decimals => Misread::Decimals(found()),
    })?;
    // The form holds by now: only the size is left.
    let amount = Money::parse(&written).map_err(|_| Misread::AmountTooLarge(found()))?;
    Ok(if digits.negative { amount.negated() } else { amount })
}

/// The amount of a cell; nothing of a blank one.
pub fn amount_of(cell: &Cell) -> Result<Option<Money>, Misread> {
    match &cell.value {
        Value::Day(day) => Err(Misread::NoAmount(day.to_string())),
        Value::Text(text) | Value::Number(text) => unless_blank(amount(text)),
        Value::Blank => Ok(None),
    }
}

/// A day: `2026-03-05`, `2026/3/5`, `2026.3.5`, `20260305`, `2026年3月5日`, with or without a time
/// behind it, or the number by which a spreadsheet counts it.
///
/// A spreadsheet counts from 1900 on and takes that year for a leap year, or from 1904 on; no day
/// before 1949 is a day of any book, so that the 29 February that never was concerns nobody here.
pub fn day(text: &str, epoch: Epoch) -> Result<Day, Misread> {
    let plain = plain_of(text)?;
    let found = || text.trim_matches(is_nothing).to_owned();
    let written = without_time(plain.trim_matches(is_nothing));
    if let Some(day) = serial(written, epoch) {
        return Ok(day);
    }
    let written =
        written.strip_suffix('日').or_else(|| written.strip_suffix('号')).unwrap_or(written);
    let parts: Vec<&str> = written.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    let all_digits = |part: &&str| part.chars().all(|digit| digit.is_ascii_digit());
    if !parts.iter().all(all_digits) {
        return Err(Misread::NoDay(found()));
    }
    let told = match parts.as_slice() {
        [one] if one.len() == 8 => {
            let (year, rest) = one.split_at_checked(4).unwrap_or_default();
            let (month, day) = rest.split_at_checked(2).unwrap_or_default();
            named_day(year, month, day)
        }
        [year, month, day] if year.len() == 4 => named_day(year, month, day),
        [first, second, year] if year.len() == 4 && first.len() <= 2 && second.len() <= 2 => {
            return Err(Misread::DayAmbiguous(found()));
        }
        [first, second, third] if [first, second, third].iter().all(|part| part.len() == 2) => {
            return Err(Misread::DayAmbiguous(found()));
        }
        _ => None,
    };
    told.ok_or_else(|| Misread::NoDay(found()))
}

/// The day of a cell; nothing of a blank one.
pub fn day_of(cell: &Cell, epoch: Epoch) -> Result<Option<Day>, Misread> {
    match &cell.value {
        Value::Day(day) => Ok(Some(*day)),
        Value::Text(text) | Value::Number(text) => unless_blank(day(text, epoch)),
        Value::Blank => Ok(None),
    }
}

/// A month: `2026-03`, `2026/3`, `2026.03`, `2026年3月`, `2026年03月份`, `202603`.
///
/// `2026.1` is none: a spreadsheet makes it of a `2026.10`.
pub fn month(text: &str) -> Result<Month, Misread> {
    let plain = plain_of(text)?;
    let written = plain.trim_matches(is_nothing);
    let written = written.strip_suffix('份').unwrap_or(written);
    let written = written.strip_suffix('月').unwrap_or(written);
    let parts: Vec<&str> = written.split(['-', '/', '.', '年']).map(str::trim).collect();
    let told = match parts.as_slice() {
        [one] if one.len() == 6 => one.split_at_checked(4),
        [_, month] if month.len() == 1 && written.contains('.') => None,
        [year, month] if year.len() == 4 && (1..=2).contains(&month.len()) => Some((*year, *month)),
        _ => None,
    };
    let told = told.and_then(|(year, month)| Month::parse(&format!("{year}-{month:0>2}")).ok());
    told.ok_or_else(|| Misread::NoMonth(text.trim_matches(is_nothing).to_owned()))
}

/// The month of a cell, be it by one of its days; nothing of a blank one.
pub fn month_of(cell: &Cell) -> Result<Option<Month>, Misread> {
    match &cell.value {
        Value::Day(day) => Ok(Some(day.month())),
        Value::Text(text) | Value::Number(text) => unless_blank(month(text)),
        Value::Blank => Ok(None),
    }
}

/// A number of persons, months or pieces: whole, and not negative.
pub fn count(text: &str) -> Result<u32, Misread> {
    let plain = plain_of(text)?;
    let bare =
        plain.trim_matches(is_nothing).trim_end_matches(['人', '个', '月', '件', '份', '张', '笔']);
    let told = decimal(bare.trim_end_matches(is_nothing)).ok();
    let whole = told.as_deref().and_then(|written| written.strip_suffix(".00"));
    let number = whole.and_then(|whole| whole.parse().ok());
    number.ok_or_else(|| Misread::NoCount(text.trim_matches(is_nothing).to_owned()))
}

/// The number in a cell; nothing of a blank one.
pub fn count_of(cell: &Cell) -> Result<Option<u32>, Misread> {
    match &cell.value {
        Value::Day(day) => Err(Misread::NoCount(day.to_string())),
        Value::Text(text) | Value::Number(text) => unless_blank(count(text)),
        Value::Blank => Ok(None),
    }
}

/// The words of a cell on one line, its blanks of any width as single spaces; nothing of a blank one.
/// Of a number of more than 15 digits, such as an account number, a spreadsheet keeps the first 15.
pub fn text_of(cell: &Cell) -> Result<Option<String>, Misread> {
    let text = cell.text();
    if matches!(cell.value, Value::Number(_)) && text.len() > SERIAL_DIGITS && !text.contains('.') {
        return Err(Misread::DigitsLost(text));
    }
    if let Some(fault) = of_sheet(&text) {
        return Err(fault);
    }
    let words: Vec<&str> = text.split(is_nothing).filter(|word| !word.is_empty()).collect();
    Ok((!words.is_empty()).then(|| words.join(" ")))
}

/// How many digits of a number a spreadsheet keeps.
const SERIAL_DIGITS: usize = 15;

fn unless_blank<T>(read: Result<T, Misread>) -> Result<Option<T>, Misread> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Misread::Blank) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The text in half-width letters, unless a spreadsheet wrote of a fault in it.
fn plain_of(text: &str) -> Result<String, Misread> {
    let bare = text.trim_matches(is_nothing);
    if bare.is_empty() {
        return Err(Misread::Blank);
    }
    match of_sheet(bare) {
        Some(fault) => Err(fault),
        None => Ok(bare.chars().map(narrow).collect()),
    }
}

/// `#REF!` and its like, and a formula that has no result: how a workbook is read says so.
fn of_sheet(text: &str) -> Option<Misread> {
    const ERRORS: [&str; 10] = [
        "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!",
        "#DATA!",
    ];
    if ERRORS.contains(&text) || (text.len() > 3 && text.bytes().all(|byte| byte == b'#')) {
        return Some(Misread::ErrorCell(text.to_owned()));
    }
    let formula = text.strip_prefix('=')?.chars().next()?;
    let begins = formula.is_ascii_alphanumeric() || "(+-{['\"$@_#".contains(formula);
    begins.then(|| Misread::NoResult(text.to_owned()))
}

/// A full-width letter of amounts and days as the half-width one.
fn narrow(letter: char) -> char {
    match letter {
        '．' | '。' => '.',
        '，' => ',',
        '－' | '−' | '﹣' => '-',
        '＋' => '+',
        '／' => '/',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '￥' => '¥',
        _ if letter.is_whitespace() => ' ',
        _ => half_width(letter),
    }
}

/// The digits of an amount, and which sign stood about them.
struct Signed {
    negative: bool,
    number: String,
}

/// Takes signs, brackets and the currency off; none where there are two of a kind.
fn signed(text: &str) -> Option<Signed> {
    let bracketed = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let inner = bracketed.unwrap_or(text).trim();
    let (before, rest) = sign(inner);
    let (currency, rest) = without_currency(rest);
    let (behind, rest) = if currency { sign(rest) } else { (None, rest) };
    let number = without_unit(rest);
    let signs = [before, behind, bracketed.map(|_| true)];
    if signs.iter().flatten().count() > 1 {
        return None;
    }
    let negative = signs.into_iter().flatten().next().unwrap_or(false);
    Some(Signed { negative, number: number.to_owned() })
}

/// A sign at the beginning, whether it is a minus, and what follows.
fn sign(text: &str) -> (Option<bool>, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (Some(true), rest.trim_start()),
        None => match text.strip_prefix('+') {
            Some(rest) => (Some(false), rest.trim_start()),
            None => (None, text),
        },
    }
}

/// What follows the currency, and whether there was one.
fn without_currency(text: &str) -> (bool, &str) {
    let known = ["¥", "CNY", "cny", "RMB", "rmb", "人民币"];
    match known.iter().find_map(|known| text.strip_prefix(known)) {
        Some(rest) => (true, rest.trim_start_matches([' ', ':', '¥'])),
        None => (false, text),
    }
}

fn without_unit(text: &str) -> &str {
    let known = ["元整", "元", "圆", "CNY", "RMB"];
    known.iter().find_map(|known| text.strip_suffix(known)).unwrap_or(text).trim_end()
}

/// What is wrong with the digits of an amount.
enum Fault {
    Form,
    Groups,
    Decimals,
}

/// Digits as [`Money`] writes them: without separators, with two decimals.
fn decimal(number: &str) -> Result<String, Fault> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
    if !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        let in_groups = fraction.split(['.', ',']).all(digits);
        return Err(if in_groups && !fraction.is_empty() { Fault::Groups } else { Fault::Form });
    }
    let whole = if whole.is_empty() { "0".to_owned() } else { ungrouped(whole)? };
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(Fault::Form);
    }
    let (fen, beyond) = fraction.split_at_checked(2).unwrap_or((fraction, ""));
    if beyond.chars().any(|digit| digit != '0') {
        return Err(Fault::Decimals);
    }
    Ok(format!("{whole}.{fen:0<2}"))
}

/// Yuan without their separators, which are commas or spaces and stand before each three digits.
fn ungrouped(whole: &str) -> Result<String, Fault> {
    let separator = whole.chars().find(|letter| !letter.is_ascii_digit());
    let Some(separator) = separator else { return Ok(whole.to_owned()) };
    if !matches!(separator, ',' | ' ') {
        return Err(Fault::Form);
    }
    let groups: Vec<&str> = whole.split(separator).collect();
    if !groups.iter().all(|group| group.chars().all(|digit| digit.is_ascii_digit())) {
        let known = |letter: char| letter.is_ascii_digit() || matches!(letter, ',' | ' ');
        return Err(if whole.chars().all(known) { Fault::Groups } else { Fault::Form });
    }
    let (first, rest) = groups.split_first().ok_or(Fault::Form)?;
    if !(1..=3).contains(&first.len()) || rest.iter().any(|group| group.len() != 3) {
        return Err(Fault::Groups);
    }
    Ok(groups.concat())
}

/// The day before the time that stands behind it: `2026-03-05 14:22:33`, `2026-03-05T14:22`,
/// `20260305142233`.
fn without_time(text: &str) -> &str {
    let is_time = |rest: &str| {
        let rest = rest.trim();
        let clock = rest.trim_end_matches('Z');
        let parts: Vec<&str> = clock.split(':').collect();
        let plain = |part: &&str| {
            (1..=6).contains(&part.len()) && part.chars().all(|d| d.is_ascii_digit() || d == '.')
        };
        (2..=3).contains(&parts.len()) && parts.iter().all(plain)
    };
    if text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.get(..8).unwrap_or(text);
    }
    match text.rsplit_once([' ', 'T']) {
        Some((day, time)) if is_time(time) => day.trim_end(),
        Some(_) | None => text,
    }
}

/// A day as a spreadsheet counts it: five digits, perhaps with the time as a part of the day.
fn serial(text: &str, epoch: Epoch) -> Option<Day> {
    // What 1949-01-01 is: the first day that a book can have.
    let first = match epoch {
        Epoch::From1900 => 17_899_u32,
        Epoch::From1904 => 16_437,
    };
    let (whole, time) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || !digits(time) {
        return None;
    }
    let after = whole.parse::<u32>().ok()?.checked_sub(first)?;
    Some(Day::parse("1949-01-01").ok()?.plus_days(after))
}

fn named_day(year: &str, month: &str, day: &str) -> Option<Day> {
    Day::parse(&format!("{year}-{month:0>2}-{day:0>2}")).ok()
}

impl Misread {
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Misread::Blank => code::BLANK,
            Misread::NoAmount(_) => code::NO_AMOUNT,
            Misread::Groups(_) => code::GROUPS,
            Misread::Decimals(_) => code::DECIMALS,
            Misread::AmountTooLarge(_) => code::AMOUNT_TOO_LARGE,
            Misread::ErrorCell(_) => code::ERROR_CELL,
            Misread::NoResult(_) => code::NO_RESULT,
            Misread::DigitsLost(_) => code::DIGITS_LOST,
            Misread::NoDay(_) => code::NO_DAY,
            Misread::DayAmbiguous(_) => code::DAY_AMBIGUOUS,
            Misread::NoMonth(_) => code::NO_MONTH,
            Misread::NoCount(_) => code::NO_COUNT,
        }
    }

    /// What was found, where anything was.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        match self {
            Misread::Blank => None,
            Misread::NoAmount(found)
            | Misread::Groups(found)
            | Misread::Decimals(found)
            | Misread::AmountTooLarge(found)
            | Misread::ErrorCell(found)
            | Misread::NoResult(found)
            | Misread::DigitsLost(found)
            | Misread::NoDay(found)
            | Misread::DayAmbiguous(found)
            | Misread::NoMonth(found)
            | Misread::NoCount(found) => Some(found),
        }
    }

    /// What would have been accepted.
    #[must_use]
    pub fn expected(&self) -> Option<&'static str> {
        match self {
            Misread::NoAmount(_) | Misread::Groups(_) | Misread::Decimals(_) => {
                Some("1234.56, 1,234.56, -1234.56, (1,234.56), ¥1,234.56")
            }
            Misread::AmountTooLarge(_) => Some("999999999999999.99"),
            Misread::NoDay(_) | Misread::DayAmbiguous(_) => {
                Some("2026-03-05, 2026/3/5, 2026.3.5, 20260305, 2026年3月5日")
            }
            Misread::NoMonth(_) => {
                Some("2026-03, 2026/3, 202603, 2026年3月; 3月: --set month=2026-03")
            }
            Misread::NoCount(_) => Some("12"),
            Misread::Blank
            | Misread::ErrorCell(_)
            | Misread::NoResult(_)
            | Misread::DigitsLost(_) => None,
        }
    }

    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Misread::Blank => "这里须有内容，却是空的".to_owned(),
            Misread::NoAmount(found) => format!("“{found}”不是金额"),
            Misread::Groups(found) => {
                format!("“{found}”的分隔符不是每三位一个，分不清是千分位还是小数点")
            }
            Misread::Decimals(found) => format!("“{found}”有不足一分的零头；本程序不替人四舍五入"),
            Misread::AmountTooLarge(found) => format!("“{found}”大于一笔金额的上限"),
            Misread::ErrorCell(found) => {
                format!("单元格是 {found}，公式出错或列宽不够；请在表格软件中改好再存")
            }
            Misread::NoResult(found) => {
                format!("公式 {found} 没有计算结果；请用表格软件打开并保存一次")
            }
            Misread::DigitsLost(found) => format!(
                "{found} 在表格中是数字，15 位以后已经丢失；请把这一列设为文本格式，重新填写"
            ),
            Misread::NoDay(found) => format!("“{found}”不是日期"),
            Misread::DayAmbiguous(found) => {
                format!("“{found}”分不清月和日；请写四位的年，再写月、日")
            }
            Misread::NoMonth(found) => format!("“{found}”不是月份"),
            Misread::NoCount(found) => format!("“{found}”不是整数"),
        }
    }

    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Misread::Blank => "something is needed here, and it is blank".to_owned(),
            Misread::NoAmount(found) => format!("{found:?} is not an amount"),
            Misread::Groups(found) => {
                format!(
                    "the separators in {found:?} do not stand in threes: thousands or decimals?"
                )
            }
            Misread::Decimals(found) => {
                format!("{found:?} has parts of a fen, and nothing is rounded here")
            }
            Misread::AmountTooLarge(found) => {
                format!("{found:?} is more than an amount can be")
            }
            Misread::ErrorCell(found) => {
                format!(
                    "the cell shows {found}: a formula failed or the column is too narrow; mend it in the spreadsheet"
                )
            }
            Misread::NoResult(found) => {
                format!(
                    "the formula {found} has no result: open the workbook in a spreadsheet program and save it once"
                )
            }
            Misread::DigitsLost(found) => format!(
                "{found} is a number in the spreadsheet, which keeps 15 digits: make the column text and fill it in again"
            ),
            Misread::NoDay(found) => format!("{found:?} is not a day"),
            Misread::DayAmbiguous(found) => {
                format!(
                    "which is the month in {found:?}? write the year in four digits first, then month and day"
                )
            }
            Misread::NoMonth(found) => format!("{found:?} is not a month"),
            Misread::NoCount(found) => format!("{found:?} is not a whole number"),
        }
    }

    /// What to do once it is mended, or in place of that.
    fn next(&self) -> &'static str {
        match self {
            Misread::NoMonth(_) => "mingzhang import FILE --set month=2026-03 --dry-run",
            Misread::NoAmount(_) => "mingzhang import FILE --dry-run",
            Misread::Blank
            | Misread::Groups(_)
            | Misread::Decimals(_)
            | Misread::AmountTooLarge(_)
            | Misread::ErrorCell(_)
            | Misread::NoResult(_)
            | Misread::DigitsLost(_)
            | Misread::NoDay(_)
            | Misread::DayAmbiguous(_)
            | Misread::NoCount(_) => "",
        }
    }

    /// The same at its place.
    #[must_use]
    pub fn flaw(&self, row: &Row, cell: usize) -> Flaw {
        Flaw {
            expected: self.expected().map(str::to_owned),
            found: self.found().map(shortened),
            next: self.next().to_owned(),
            ..row.flaw(self.code(), Some(cell), self.zh(), self.en())
        }
    }
}
