//! The figures that stand in a text, whatever program wrote it.

/// Every number in a text: its sign where it has one, no commas of thousands, no noughts at its end.
pub(crate) fn figures(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let (mut figures, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let signed = at > 0 && chars[at - 1] == '-' && (at < 2 || !chars[at - 2].is_alphanumeric());
        let mut figure = if signed { "-".to_owned() } else { String::new() };
        while digit(at) || (chars.get(at) == Some(&',') && thousands(&chars, at)) {
            if chars[at] != ',' {
                figure.push(chars[at]);
            }
            at += 1;
        }
        if chars.get(at) == Some(&'.') && digit(at + 1) {
            let mut fraction = String::new();
            at += 1;
            while digit(at) {
                fraction.push(chars[at]);
                at += 1;
            }
            let fraction = fraction.trim_end_matches('0');
            if !fraction.is_empty() {
                figure = format!("{figure}.{fraction}");
            }
        }
        figures.push(figure);
    }
    figures
}

fn thousands(chars: &[char], comma: usize) -> bool {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    (1..=3).all(|n| digit(comma + n)) && !digit(comma + 4)
}
