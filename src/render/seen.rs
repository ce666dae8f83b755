//! What may stand in a text that somebody reads.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What could move the cursor, colour the screen, or turn or hide letters, is shown by its number:
/// a broken book, or a file from outside, shall not paint over what is said of it.
#[must_use]
pub fn seen(text: &str) -> Cow<'_, str> {
    if !text.contains(paints) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if paints(c) {
            write!(shown, "\\u{{{:X}}}", u32::from(c)).ok();
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Noncharacters are among them, for no XML may hold them.
fn paints(c: char) -> bool {
    let unseen = matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}');
    unseen || (c.is_control() && !matches!(c, '\n' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_paints_is_shown_by_its_number_and_the_rest_as_it_is() {
        assert_eq!(seen("a\u{1b}[31m\r\u{202e}b\u{200b}"), "a\\u{1B}[31m\\u{D}\\u{202E}b\\u{200B}");
        let plain = "金额\t1,000.00 元·\n";
        assert!(matches!(seen(plain), Cow::Borrowed(same) if same == plain));
    }
}
