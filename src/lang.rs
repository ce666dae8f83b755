//! The two languages that everything is said in.

use core::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of names, reports and messages: `zh` or `en`.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, the language of the books (财会〔2021〕7号, Art. 11).
    Zh,
    En,
}

/// Why a text is not a language. It carries the text that was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a language is zh or en: {0:?}")]
pub struct LangError(pub String);

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    #[must_use]
    pub fn other(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Lang {
    type Err = LangError;
    fn from_str(text: &str) -> Result<Lang, LangError> {
        let named = Lang::ALL.into_iter().find(|lang| lang.as_str() == text);
        named.ok_or_else(|| LangError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_written_the_same_everywhere() {
        for lang in Lang::ALL {
            assert_eq!(lang.to_string().parse(), Ok(lang));
            assert_eq!(serde_json::to_string(&lang).unwrap(), format!("\"{lang}\""));
        }
        assert_eq!("zh_CN".parse::<Lang>(), Err(LangError("zh_CN".into())));
    }
}
