//! 有页脚的页 What a verb prints of a book's records: made once to be kept, and once more by
//! `verify-report` to be compared.

use mingzhang::book::{Folder, Reading};
use mingzhang::lang::Lang;
use mingzhang::render::{self, Page};
use mingzhang::report::foot::{Covered, Foot};

use super::failure::Failure;
use super::form::{Format, Printed, Printing};
use super::output::Output;
use super::report::{notes, policy};

/// A page as JSON, with its foot or without.
pub(crate) type Json = Box<dyn Fn(Option<&Foot>) -> String>;

/// A page without its foot, and the records that it rests on.
pub(crate) struct Sheet {
    pub(crate) reading: Reading,
    pub(crate) page: Page,
    pub(crate) json: Json,
    /// What was typed before its form, and after it.
    pub(crate) typed: (String, String),
    pub(crate) lang: Lang,
}

impl Sheet {
    /// Prints it, or writes it to its file. What is kept has a foot; what passes over a screen has none.
    pub(crate) fn put(
        self,
        printed: &Printed,
        folder: &Folder,
        out: &Output,
    ) -> Result<(), Failure> {
        let format = printed.printing.format(out)?;
        let foot = if printed.is_kept(format) {
            let notes = notes(folder, &self.reading)?;
            let covered = Covered::of(&notes, policy(&self.reading), self.reading.tree.size());
            Some(self.foot(covered, &printed.printing, format))
        } else {
            None
        };
        let page = self.page(foot.as_ref());
        printed.put(&page, || (self.json)(foot.as_ref()), out)
    }

    pub(crate) fn foot(&self, covered: Option<Covered>, form: &Printing, format: Format) -> Foot {
        let (before, after) = &self.typed;
        let typed = [before, " ", &form.typed(format), after].concat();
        foot(&self.reading, covered, self.lang, &typed)
    }

    /// The bytes that were kept.
    pub(crate) fn bytes(
        &self,
        foot: &Foot,
        form: &Printing,
        format: Format,
    ) -> Result<Vec<u8>, Failure> {
        form.bytes(&self.page(Some(foot)), format, || (self.json)(Some(foot)), self.lang)
    }

    fn page(&self, foot: Option<&Foot>) -> Page {
        self.page.clone() + foot.map(|foot| render::foot(foot, self.lang)).unwrap_or_default()
    }
}

/// What the records of a reading say below a page.
pub(crate) fn foot(reading: &Reading, covered: Option<Covered>, lang: Lang, typed: &str) -> Foot {
    Foot {
        book: reading.origin.as_ref().map(ToString::to_string).unwrap_or_default(),
        records: reading.tree.size(),
        head: reading.head,
        root: reading.tree.root(),
        checkpoint: covered,
        lang,
        made_by: format!("{} {typed}", env!("CARGO_PKG_NAME")),
    }
}

/// A word as a shell reads it.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:,=@+%~、·（）〔〕".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The words of a line, as a shell reads them; of one whose quotes do not end, what is between blanks.
pub(crate) fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            '\\' if !quoted => word.get_or_insert_default().extend(letters.next()),
            blank if blank.is_whitespace() && !quoted => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    if quoted {
        return line.split_whitespace().map(str::to_owned).collect();
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_read_as_it_was_typed() {
        for word in ["102", "货币资金", "Dues income", "it's", "", "a\\b", "$HOME", "工资（一）"]
        {
            assert_eq!(words(&format!("explain {} --at 3", quoted(word)))[1], word);
        }
        assert_eq!(quoted("general/401"), "general/401");
        assert_eq!(words("report  funds --place O'Hara"), ["report", "funds", "--place", "O'Hara"]);
    }
}
