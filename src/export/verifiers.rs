//! The verifiers that travel in a bundle. They are written from `docs/FORMAT.md` alone and share no
//! code with this program; here they are only put together and handed on.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};

const PAGE: &str = include_str!("verifiers/html/page.html");

/// The pieces of the page's script. The page says where each stands, by a line `//= NAME`.
const PIECES: [(&str, &str); 14] = [
    ("noble.js", include_str!("verifiers/html/noble.js")),
    ("text.js", include_str!("verifiers/html/text.js")),
    ("tree.js", include_str!("verifiers/html/tree.js")),
    ("notes.js", include_str!("verifiers/html/notes.js")),
    ("records.js", include_str!("verifiers/html/records.js")),
    ("bodies.js", include_str!("verifiers/html/bodies.js")),
    ("vouchers.js", include_str!("verifiers/html/vouchers.js")),
    ("acts.js", include_str!("verifiers/html/acts.js")),
    ("spending.js", include_str!("verifiers/html/spending.js")),
    ("private.js", include_str!("verifiers/html/private.js")),
    ("bundle.js", include_str!("verifiers/html/bundle.js")),
    ("verify.js", include_str!("verifiers/html/verify.js")),
    ("words.js", include_str!("verifiers/html/words.js")),
    ("view.js", include_str!("verifiers/html/view.js")),
];

/// `verify.py`: one file that checks a bundle with Python alone.
#[must_use]
pub const fn python() -> &'static str {
    include_str!("verifiers/verify.py")
}

/// `verify.html`: one file that checks a bundle in a browser, without a network.
///
/// Its content security policy lets nothing run but its own script, named by hash, and lets it reach
/// no address: an auditor can see in the first lines that it never phones home.
#[must_use]
pub fn html() -> String {
    let page = PIECES.iter().fold(PAGE.to_owned(), |page, (name, piece)| {
        page.replacen(&format!("//= {name}\n"), piece, 1)
    });
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(between(&page, "<script>", "</script>")),
        hash(between(&page, "<style>", "</style>")),
    );
    page.replacen("//= policy", &policy, 1)
}

fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let inside = page.split_once(start).and_then(|(_, rest)| rest.split_once(end));
    inside.map_or("", |(inside, _)| inside)
}

/// As a content security policy names a script.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_stands_in_the_page_once_and_nothing_is_left_to_fill_in() {
        let page = html();
        for (name, piece) in PIECES {
            assert_eq!(page.matches(piece).count(), 1, "{name}");
        }
        assert!(!page.contains("//= "));
        assert_eq!((page.matches("<script").count(), page.matches("</script>").count()), (1, 1));
    }

    #[test]
    fn the_page_names_its_script_and_its_style_by_hash_and_reaches_no_address() {
        let page = html();
        let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
        let (script, style) =
            (between(&page, "<script>", "</script>"), between(&page, "<style>", "</style>"));
        assert!(script.len() > 100_000 && style.len() > 1000);
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; \
                 form-action 'none'",
                hash(script),
                hash(style)
            )
        );
    }

    /// A browser would read carriage returns as line feeds, and the hash would be another.
    #[test]
    fn the_page_has_no_carriage_returns() {
        assert!(!html().contains('\r'));
    }
}
