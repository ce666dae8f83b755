//! Doc texts are written `中文 English`; somebody who is asked reads one of the two.

use mingzhang::lang::Lang;

/// The same in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Words {
    pub(crate) zh: String,
    pub(crate) en: String,
}

impl Words {
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Words {
        Words { zh: zh.into(), en: en.into() }
    }

    pub(crate) fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The two halves of a doc text. Where one of them is not there, the other has to do.
    pub(crate) fn of_doc(doc: &str) -> Words {
        let doc = doc.replace('\n', " ");
        let (zh, en) = halves(doc.trim());
        match (zh.is_empty(), en.is_empty()) {
            (true, _) => Words::new(en, en),
            (false, true) => Words::new(zh, zh),
            (false, false) => Words::new(zh, en),
        }
    }
}

fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The Chinese that a text begins with, and what follows it: the Chinese ends with its last word
/// before the first word of Latin letters alone.
fn halves(doc: &str) -> (&str, &str) {
    let mut end = 0;
    let mut at = 0;
    for word in doc.split_inclusive(char::is_whitespace) {
        at += word.len();
        if word.contains(is_chinese) {
            end = at;
        } else if word.contains(|c: char| c.is_ascii_alphabetic()) {
            break;
        }
    }
    let (zh, en) = doc.split_at_checked(end).unwrap_or((doc, ""));
    (zh.trim().trim_end_matches([':', ',', '：', '，']), en.trim().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doc_text_is_said_in_one_language() {
        for (doc, zh, en) in [
            ("收款方式 Cash or bank.", "收款方式", "Cash or bank"),
            ("64 位十六进制数字 64 hex digits", "64 位十六进制数字", "64 hex digits"),
            ("免缴: keeps the membership", "免缴", "keeps the membership"),
            ("合计", "合计", "合计"),
            (
                "an account code of the chart",
                "an account code of the chart",
                "an account code of the chart",
            ),
            ("单位\nAn organisation", "单位", "An organisation"),
        ] {
            assert_eq!(Words::of_doc(doc), Words::new(zh, en), "{doc}");
        }
    }
}
