//! Names of things: short, stable, and never a person's name.

use core::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::schema::string_schema;

/// Why a text is not an id, a code or a line of text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    #[error("an id is 1 to 40 of a-z, 0-9 and '-', and starts with a letter or digit: {0:?}")]
    Id(String),
    #[error("an account code is 3 to 12 digits: {0:?}")]
    Account(String),
    #[error("an economic class is five digits that begin with 3: {0:?}")]
    Economic(String),
    #[error("text of 1 to {max} characters was expected, and {found} were found")]
    Length { found: usize, max: usize },
    #[error("a digest is 64 hex digits in lower case: {0:?}")]
    Digest(String),
    #[error("a control character stands in the text {0:?}")]
    Control(String),
}

impl Text {
    /// The same name however it is typed: wide and narrow letters and brackets are one, and spaces are
    /// none. For comparing alone.
    #[must_use]
    pub fn folded(&self) -> Text {
        Text(self.0.nfkc().filter(|letter| !letter.is_whitespace()).collect())
    }
}

impl FundId {
    /// The fund of what nobody has earmarked 一般资金; every book begins with it.
    #[must_use]
    pub fn general() -> FundId {
        FundId("general".to_owned())
    }
}

/// The place of a record in its book, counted from 0.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
#[schemars(transparent)]
pub struct Seq(pub u64);

impl Seq {
    #[must_use]
    pub fn next(self) -> Seq {
        Seq(self.0.saturating_add(1))
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.len() <= 40
        && text.bytes().next().is_some_and(plain)
        && text.bytes().all(|b| plain(b) || b == b'-')
}

/// A text type behind a check, the same in `FromStr`, `Display` and JSON.
macro_rules! text_types {
    ($($(#[$doc:meta])* $name:ident, $parse:expr, $pattern:expr, $about:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            pub fn parse(text: &str) -> Result<$name, IdError> {
                let parse: fn(&str) -> Result<String, IdError> = $parse;
                parse(text).map($name)
            }

            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<$name, IdError> {
                $name::parse(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                $name::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        string_schema!($name, $pattern, $about);
    )*};
}

impl Digest {
    /// The BLAKE3 of a text.
    #[must_use]
    pub fn of(text: &str) -> Digest {
        Digest(blake3::hash(text.as_bytes()).to_hex().as_str().to_owned())
    }
}

fn id(text: &str) -> Result<String, IdError> {
    if is_id(text) { Ok(text.to_owned()) } else { Err(IdError::Id(text.to_owned())) }
}

fn digest(text: &str) -> Result<String, IdError> {
    let hex = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if hex && text.len() == 64 {
        Ok(text.to_owned())
    } else {
        Err(IdError::Digest(text.to_owned()))
    }
}

/// 款级: three digits of the class 类 and two of the item 款.
fn economic_class(text: &str) -> Result<String, IdError> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if digits && text.len() == 5 && text.starts_with('3') {
        Ok(text.to_owned())
    } else {
        Err(IdError::Economic(text.to_owned()))
    }
}

fn account_code(text: &str) -> Result<String, IdError> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if digits && (3..=12).contains(&text.len()) {
        Ok(text.to_owned())
    } else {
        Err(IdError::Account(text.to_owned()))
    }
}

/// Line separators, and marks that nobody sees but that change what everybody reads.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// NFC, no control characters, no space at the ends, every name dot written U+00B7.
fn line_of_text(text: &str, max: usize) -> Result<String, IdError> {
    let one_dot = |c: char| if matches!(c, '•' | '‧' | '・' | '･') { '·' } else { c };
    let text: String = text.trim().nfc().map(one_dot).collect();
    if text.chars().any(|c| c.is_control() || is_unseen(c)) {
        return Err(IdError::Control(text));
    }
    let found = text.chars().count();
    if found == 0 || found > max {
        return Err(IdError::Length { found, max });
    }
    Ok(text)
}

const ID: &str = "^[a-z0-9][a-z0-9-]{0,39}$";

text_types! {
    /// An officer 经办人: whoever records, approves, pays or audits.
    OfficerId, id, ID, "经办人编号 an officer's id";
    /// A member 会员: a random or internal number, never a name.
    MemberId, id, ID, "会员号 a member's id";
    /// A union group 工会小组.
    GroupId, id, ID, "小组编号 a group's id";
    /// A fund 资金: money that is kept apart.
    FundId, id, ID, "资金编号 a fund's id";
    /// A disbursement 支出, from request to payment.
    DisbursementId, id, ID, "支出编号 a disbursement's id";
    /// A fixed or intangible asset 固定资产, 无形资产, or a long-term prepaid expense: one card.
    AssetId, id, ID, "资产编号 an asset's id";
    /// A kind of supplies 库存物品.
    ItemId, id, ID, "物品编号 an item's id";
    /// A stocktake 盘点.
    StocktakeId, id, ID, "盘点编号 a stocktake's id";
    /// An investment 投资.
    InvestmentId, id, ID, "投资编号 an investment's id";
    /// A payer 缴费单位 of the two per cent, or a lower union: its number, such as its credit code.
    PayerId, id, ID, "缴费单位编号 a payer's id";
    /// A list 税务代收清单 of the tax bureau.
    TaxListId, id, ID, "税务清单编号 a tax list's id";
    /// A demand 催缴 of arrears.
    DemandId, id, ID, "催缴编号 a demand's id";
    /// An audit 审计项目, from its opening to its report.
    AuditId, id, ID, "审计编号 an audit's id";
    /// An audit finding 审计发现.
    FindingId, id, ID, "审计发现编号 a finding's id";
    /// A welfare item 福利事项, such as `spring-festival`.
    WelfareItemId, id, ID, "福利事项编号 a welfare item's id";
    /// A visit 走访.
    VisitId, id, ID, "走访编号 a visit's id";
    /// A hardship case 困难职工档案: a number, and never a name.
    CaseId, id, ID, "档案编号 a case's id";
    /// An application 帮扶申请 for aid.
    ApplicationId, id, ID, "申请编号 an application's id";
    /// A public notice 公示.
    NoticeId, id, ID, "公示编号 a notice's id";
    /// A donation drive 募捐.
    DriveId, id, ID, "募捐编号 a drive's id";
    /// A kind of goods 捐物 that a drive collects.
    ArticleId, id, ID, "捐物编号 an article's id";
    /// A mutual-aid scheme 互助保障.
    SchemeId, id, ID, "互助保障编号 a scheme's id";
    /// A claim 给付申请 on a scheme.
    ClaimId, id, ID, "给付申请编号 a claim's id";
    /// A project 项目 of the budget.
    ProjectId, id, ID, "项目编号 a project's id";
    /// A person whose private fields are committed to: random, and says nothing of the person.
    SubjectId, id, ID, "主体编号 a subject's id";
    /// 一本票据 A book of receipts with printed numbers.
    ReceiptStockId, id, ID, "收据本编号 the id of a book of receipts";
    /// A SHA-256 or a BLAKE3, 64 hex digits.
    Digest, digest, "^[0-9a-f]{64}$", "64 位十六进制数字 64 hex digits";
    /// A chart of accounts 科目表, such as `cn-gonghui-2021`.
    ChartId, id, ID, "科目表编号 a chart's id";
    /// An account of the chart 科目编码, such as `102` or `50105`.
    AccountCode, account_code, "^[0-9]{3,12}$", "an account code of the chart";
    /// A bank statement 银行对账单.
    StatementId, id, ID, "对账单编号 a bank statement's id";
    /// 部门预算支出经济分类科目, 款级, such as `30299`.
    EconomicClass, economic_class, "^3[0-9]{4}$", "经济分类款级科目 an economic class of five digits";
    /// One line of text of at most 200 characters: a purpose, a reason, an organisation.
    Text, |text| line_of_text(text, 200), "^.{1,200}$", "一行文字 one line of text";
    /// Where a rule comes from: a law, a document number, a resolution.
    Source, |text| line_of_text(text, 200), "^.{1,200}$", "依据 the source of a rule";
}

impl AccountCode {
    /// A code that stands in the program's own text, or comes from a code already read.
    pub(crate) fn literal(code: &str) -> AccountCode {
        debug_assert!(account_code(code).is_ok(), "{code}");
        AccountCode(code.to_owned())
    }

    /// The first-level account that this code stands under 一级科目.
    #[must_use]
    pub fn level_one(&self) -> &str {
        self.0.get(..3).unwrap_or(&self.0)
    }
}

/// Whether a text is in Unicode's composed form, as every text in a record is.
#[must_use]
pub fn is_composed(text: &str) -> bool {
    is_nfc(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_plain_and_lower_case() {
        assert_eq!(MemberId::parse("m-0001").unwrap().as_str(), "m-0001");
        for bad in ["", "-a", "A", "张三", "a b", "a_b", &"a".repeat(41)] {
            assert_eq!(MemberId::parse(bad), Err(IdError::Id(bad.to_owned())));
        }
        assert_eq!(AccountCode::parse("50105").unwrap().level_one(), "501");
        assert!(AccountCode::parse("10").is_err());
    }

    #[test]
    fn text_is_composed_trimmed_and_has_one_name_dot() {
        assert_eq!(Text::parse(" 买买提•依明 ").unwrap().as_str(), "买买提·依明");
        assert_eq!(Text::parse("e\u{301}").unwrap().as_str(), "é");
        assert_eq!(Text::parse("a\nb"), Err(IdError::Control("a\nb".into())));
        assert_eq!(Text::parse("  "), Err(IdError::Length { found: 0, max: 200 }));
    }
}
