//! Strict reading of a line's JSON: once through, borrowed, and with every way named in which it is
//! not canonical. The writer has its own canonical form in `canon`; this reader shares nothing with
//! it, so that a mistake in one shows against the other.

use std::borrow::Cow;

use super::kind::FaultKind;
use crate::ids::is_composed;

/// The deepest nesting of objects and arrays that a record may have, itself counted.
const DEPTH_MAX: usize = 16;

/// Deeper than this nothing is read, so that a hostile line cannot exhaust the stack.
const DEPTH_READ_MAX: usize = 100;

/// 2⁵³ − 1.
const INTEGER_MAX: u64 = 9_007_199_254_740_991;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    /// `None` where it is a number, but none that a record may hold.
    Number(Option<u64>),
    Text(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    Object(Object<'a>),
}

/// Fields in the order of the line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

/// What one line gave: as much as could be read, and what is wrong with it.
pub(super) struct Reading<'a> {
    pub(super) object: Option<Object<'a>>,
    pub(super) blemishes: Vec<Blemish>,
    /// A line feed stands in `body.policy`; whether it may depends on the record's type.
    pub(super) lines_in_policy: bool,
}

/// A fault of the line's form.
pub(super) struct Blemish {
    pub(super) kind: FaultKind,
    /// Bytes from the start of the line.
    pub(super) at: usize,
    pub(super) expected: &'static str,
    pub(super) found: String,
}

/// Reads one line.
pub(super) fn read(line: &[u8]) -> Reading<'_> {
    let mut reader = Reader::default();
    let object = match core::str::from_utf8(line) {
        Ok(text) => {
            reader.text = text;
            reader.line()
        }
        Err(error) => {
            reader.at = error.valid_up_to();
            let byte = line.get(reader.at).copied().unwrap_or_default();
            Err(Halt(FaultKind::NotUtf8, "UTF-8", format!("0x{byte:02x}")))
        }
    };
    let too_deep = reader.too_deep.map(|at| {
        reader.at = at;
        Halt(FaultKind::TooDeep, "≤ 16", "> 16".to_owned())
    });
    let Reader { at, mut blemishes, lines_in_policy, .. } = reader;
    match object.and_then(|object| too_deep.map_or(Ok(object), Err)) {
        Ok(object) => {
            // Such a line is not its own canonical form anyhow, and the reason is named already.
            let named =
                |b: &Blemish| matches!(b.kind, FaultKind::DuplicateKey | FaultKind::NumberForm);
            if blemishes.iter().any(named) {
                blemishes.retain(|blemish| blemish.kind != FaultKind::NotCanonical);
            }
            Reading { object: Some(object), blemishes, lines_in_policy }
        }
        // What was seen before the end means nothing where the whole is no record.
        Err(Halt(kind, expected, found)) => {
            let blemishes = vec![Blemish { kind, at, expected, found }];
            Reading { object: None, blemishes, lines_in_policy: false }
        }
    }
}

impl<'a> Object<'a> {
    /// Where a key stands twice, the last one counts, as with most readers.
    pub(super) fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.0.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Json::text)
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// Whether it has these fields and no other, each once.
    pub(super) fn has_exactly(&self, keys: &[&str]) -> bool {
        self.0.len() == keys.len() && keys.iter().all(|key| self.has(key))
    }
}

impl Json<'_> {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => None,
        }
    }

    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Json::Number(number) => *number,
            Json::Null | Json::Bool(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => None,
        }
    }

    pub(super) fn object(&self) -> Option<&Object<'_>> {
        match self {
            Json::Object(object) => Some(object),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => None,
        }
    }

    pub(super) fn array(&self) -> Option<&[Json<'_>]> {
        match self {
            Json::Array(items) => Some(items),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Object(_) => None,
        }
    }

    /// The same value for readers that are not this one.
    pub(super) fn to_value(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Json::Null | Json::Number(None) => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(Some(number)) => Value::from(*number),
            Json::Text(text) => Value::String(text.as_ref().to_owned()),
            Json::Array(items) => Value::Array(items.iter().map(Json::to_value).collect()),
            Json::Object(object) => Value::Object(
                object.fields().map(|(key, value)| (key.to_owned(), value.to_value())).collect(),
            ),
        }
    }

    /// For people, in a fault.
    pub(super) fn shown(&self) -> String {
        self.to_value().to_string()
    }
}

/// Why reading cannot go on.
struct Halt(FaultKind, &'static str, String);

/// What stands around a value, as far as the one exception for control characters needs it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Record,
    Body,
    Policy,
    Other,
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    at: usize,
    blemishes: Vec<Blemish>,
    lines_in_policy: bool,
    /// Where it goes too deep first.
    too_deep: Option<usize>,
}

impl<'a> Reader<'a> {
    fn line(&mut self) -> Result<Object<'a>, Halt> {
        self.space();
        let value = self.value(1, Around::Record)?;
        self.space();
        if self.at < self.text.len() {
            return Err(self.not_json());
        }
        match value {
            Json::Object(object) => Ok(object),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => {
                self.at = 0;
                Err(self.not_json())
            }
        }
    }

    fn value(&mut self, depth: usize, around: Around) -> Result<Json<'a>, Halt> {
        match self.peek() {
            Some(b'{') => self.object(depth, around).map(Json::Object),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string(around).map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(_) | None => Err(self.not_json()),
        }
    }

    fn object(&mut self, depth: usize, around: Around) -> Result<Object<'a>, Halt> {
        self.go_in(depth)?;
        let mut fields: Vec<(Cow<'a, str>, Json<'a>)> = Vec::with_capacity(12);
        self.space();
        if self.take(b'}') {
            return Ok(Object(fields));
        }
        loop {
            self.space();
            let key_at = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.not_json());
            }
            let key = self.string(Around::Other)?;
            self.order_of(&key, &fields, key_at);
            self.space();
            if !self.take(b':') {
                return Err(self.not_json());
            }
            self.space();
            let inside = match (around, key.as_ref()) {
                (Around::Record, "body") => Around::Body,
                (Around::Body, "policy") => Around::Policy,
                (Around::Record | Around::Body | Around::Policy | Around::Other, _) => {
                    Around::Other
                }
            };
            let value = self.value(depth.saturating_add(1), inside)?;
            fields.push((key, value));
            self.space();
            if self.take(b'}') {
                return Ok(Object(fields));
            }
            if !self.take(b',') {
                return Err(self.not_json());
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json<'a>, Halt> {
        self.go_in(depth)?;
        let mut items = Vec::new();
        self.space();
        if self.take(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            self.space();
            items.push(self.value(depth.saturating_add(1), Around::Other)?);
            self.space();
            if self.take(b']') {
                return Ok(Json::Array(items));
            }
            if !self.take(b',') {
                return Err(self.not_json());
            }
        }
    }

    fn go_in(&mut self, depth: usize) -> Result<(), Halt> {
        if depth > DEPTH_READ_MAX {
            return Err(Halt(FaultKind::TooDeep, "≤ 16", "> 16".to_owned()));
        }
        if depth > DEPTH_MAX {
            self.too_deep = self.too_deep.or(Some(self.at));
        }
        self.skip(1);
        Ok(())
    }

    /// Keys ascend by their UTF-16 code units; a key that is there already has a name of its own.
    fn order_of(&mut self, key: &str, fields: &[(Cow<'a, str>, Json<'a>)], at: usize) {
        let Some((last, _)) = fields.last() else { return };
        let ascends = if key.is_ascii() && last.is_ascii() {
            last.as_ref() < key
        } else {
            last.encode_utf16().lt(key.encode_utf16())
        };
        if ascends {
            return;
        }
        if fields.iter().any(|(before, _)| before == key) {
            self.blemish(FaultKind::DuplicateKey, at, "each key once", key.to_owned());
        } else {
            self.blemish(
                FaultKind::NotCanonical,
                at,
                "JCS: sorted keys",
                format!("{last} > {key}"),
            );
        }
    }

    fn number(&mut self) -> Result<Json<'a>, Halt> {
        let start = self.at;
        self.take(b'-');
        let whole_at = self.at;
        let whole = self.digits();
        let leading_zero = whole > 1 && self.text.as_bytes().get(whole_at) == Some(&b'0');
        if whole == 0 || leading_zero {
            return Err(self.not_json());
        }
        if self.take(b'.') && self.digits() == 0 {
            return Err(self.not_json());
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            if self.digits() == 0 {
                return Err(self.not_json());
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        // Only digits are left where the whole text is read as a number.
        let number = text.parse::<u64>().ok().filter(|number| *number <= INTEGER_MAX);
        if number.is_none() {
            let found = text.to_owned();
            self.blemish(FaultKind::NumberForm, start, "0…9007199254740991", found);
        }
        Ok(Json::Number(number))
    }

    fn digits(&mut self) -> usize {
        let rest = self.rest().bytes();
        let count = rest.take_while(u8::is_ascii_digit).count();
        self.skip(count);
        count
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Result<Json<'a>, Halt> {
        if self.rest().starts_with(word) {
            self.skip(word.len());
            Ok(value)
        } else {
            Err(self.not_json())
        }
    }

    fn string(&mut self, around: Around) -> Result<Cow<'a, str>, Halt> {
        let start = self.at;
        self.skip(1);
        let plain = self.plain_run();
        let text = if self.take(b'"') { Cow::Borrowed(plain) } else { self.escaped(plain)? };
        self.check_text(&text, start, around);
        Ok(text)
    }

    /// As much as stands for itself: up to a quote, a backslash or a raw control character.
    fn plain_run(&mut self) -> &'a str {
        let rest = self.rest();
        let ends = |b: u8| b == b'"' || b == b'\\' || b < 0x20;
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        self.skip(length);
        rest.get(..length).unwrap_or_default()
    }

    fn escaped(&mut self, start: &str) -> Result<Cow<'a, str>, Halt> {
        let mut text = start.to_owned();
        loop {
            if self.take(b'"') {
                return Ok(Cow::Owned(text));
            }
            if !self.take(b'\\') {
                return Err(self.not_json());
            }
            let at = self.at.saturating_sub(1);
            let c = self.escape()?;
            let written = self.text.get(at..self.at).unwrap_or_default();
            if c.is_none_or(|c| shortest_escape(c).as_deref() != Some(written)) {
                let found = written.to_owned();
                self.blemish(FaultKind::NotCanonical, at, "JCS: shortest escapes", found);
            }
            text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
            text.push_str(self.plain_run());
        }
    }

    /// The character behind a backslash, `None` for half of a surrogate pair.
    fn escape(&mut self) -> Result<Option<char>, Halt> {
        let Some(letter) = self.peek() else { return Err(self.not_json()) };
        let c = match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(self.not_json()),
        };
        self.skip(1);
        Ok(Some(c))
    }

    fn unicode_escape(&mut self) -> Result<Option<char>, Halt> {
        self.skip(1);
        let unit = self.hex4().ok_or_else(|| self.not_json())?;
        if let Some(c) = char::from_u32(unit) {
            return Ok(Some(c));
        }
        let after_first = self.at;
        if (0xD800..0xDC00).contains(&unit) && self.rest().starts_with("\\u") {
            self.skip(2);
            let low = self.hex4().ok_or_else(|| self.not_json())?;
            let units = [unit, low].map(|unit| u16::try_from(unit).unwrap_or_default());
            if let Some(Ok(c)) = char::decode_utf16(units).next() {
                return Ok(Some(c));
            }
            self.at = after_first;
        }
        Ok(None)
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.skip(4);
        u32::from_str_radix(digits, 16).ok()
    }

    fn check_text(&mut self, text: &str, at: usize, around: Around) {
        if text.is_ascii() && !text.bytes().any(|b| b < 0x20 || b == 0x7F) {
            return;
        }
        let mut control = None;
        for c in text.chars().filter(|c| is_control(*c)) {
            if c == '\n' && around == Around::Policy {
                self.lines_in_policy = true;
            } else {
                control = control.or(Some(c));
            }
        }
        if let Some(c) = control {
            let found = format!("U+{:04X}", u32::from(c));
            self.blemish(FaultKind::ControlCharacter, at, "no control character", found);
        }
        if !is_composed(text) {
            self.blemish(FaultKind::NotNfc, at, "NFC", text.to_owned());
        }
    }

    /// JSON allows space between tokens, and the canonical form has none.
    fn space(&mut self) {
        if !matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            return;
        }
        let at = self.at;
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.skip(1);
        }
        self.blemish(FaultKind::NotCanonical, at, "JCS: no space", "space".to_owned());
    }

    fn blemish(&mut self, kind: FaultKind, at: usize, expected: &'static str, found: String) {
        self.blemishes.push(Blemish { kind, at, expected, found });
    }

    fn not_json(&self) -> Halt {
        let found: String = self.rest().chars().take(20).collect();
        let found = if found.is_empty() { "end of line".to_owned() } else { found };
        Halt(FaultKind::NotJson, "JSON object", found)
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        if there {
            self.skip(1);
        }
        there
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }
}

/// What no text of a record holds: C0, C1, the line and paragraph separators, the byte order mark.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// How JCS writes a character that must be escaped; `None` for one that stands for itself.
fn shortest_escape(c: char) -> Option<String> {
    match c {
        '"' => Some("\\\"".to_owned()),
        '\\' => Some("\\\\".to_owned()),
        '\u{8}' => Some("\\b".to_owned()),
        '\t' => Some("\\t".to_owned()),
        '\n' => Some("\\n".to_owned()),
        '\u{c}' => Some("\\f".to_owned()),
        '\r' => Some("\\r".to_owned()),
        other if other < ' ' => Some(format!("\\u{:04x}", u32::from(other))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::canon;
    use super::*;

    fn kinds(line: &str) -> Vec<&'static str> {
        read(line.as_bytes()).blemishes.iter().map(|blemish| blemish.kind.name()).collect()
    }

    #[test]
    fn each_way_to_be_no_canonical_line_has_its_name() {
        for (line, expected) in [
            (r#"{"a":"会费","b":[1,true],"c":{"d":"0.05"}}"#, &[][..]),
            (r#"{"a":null}"#, &[]),
            (r#"{"a":"\"\\\/"}"#, &["not_canonical"]),
            (r#"{"b":1,"a":2}"#, &["not_canonical"]),
            (r#"{"a":1,"a":1}"#, &["duplicate_key"]),
            (r#"{"a": 1}"#, &["not_canonical"]),
            (r#"{"a":1.0}"#, &["number_form"]),
            (r#"{"a":-0}"#, &["number_form"]),
            (r#"{"a":1e2}"#, &["number_form"]),
            (r#"{"a":9007199254740992}"#, &["number_form"]),
            (r#"{"a":99999999999999999999}"#, &["number_form"]),
            (r#"{"a":01}"#, &["not_json"]),
            (r#"{"a":+1}"#, &["not_json"]),
            (r#"{"a":"\u4f1a"}"#, &["not_canonical"]),
            (r#"{"a":"\ud83d\ude00"}"#, &["not_canonical"]),
            (r#"{"a":"\ud83d"}"#, &["not_canonical"]),
            (r#"{"a":"\x"}"#, &["not_json"]),
            ("{\"a\":\"e\u{301}\"}", &["not_nfc"]),
            (r#"{"a":"x\ny"}"#, &["control_character"]),
            (r#"{"a":"\u001F"}"#, &["not_canonical", "control_character"]),
            (r#"{"a":"\u001f"}"#, &["control_character"]),
            ("{\"a\":\"\u{85}\"}", &["control_character"]),
            ("{\"\u{feff}\":1}", &["control_character"]),
            ("\u{feff}{}", &["not_json"]),
            (r#"{"body":{"policy":"a\nb\n"}}"#, &[]),
            (r#"{"body":{"policy":["a\nb"]}}"#, &["control_character"]),
            (r#"{"policy":"a\nb"}"#, &["control_character"]),
            ("[]", &["not_json"]),
            ("", &["not_json"]),
            ("{}{}", &["not_json"]),
            (r#"{"a":1,}"#, &["not_json"]),
            ("{\"a\":\"\t\"}", &["not_json"]),
        ] {
            assert_eq!(kinds(line), expected, "{line}");
        }
        assert_eq!(read(b"{\"a\":\"\xff\"}").blemishes[0].at, 6);
    }

    #[test]
    fn keys_ascend_by_their_utf_16_units() {
        assert_eq!(kinds("{\"\u{1F600}\":1,\"\u{E000}\":1}"), [""; 0]);
        assert_eq!(kinds("{\"\u{E000}\":1,\"\u{1F600}\":1}"), ["not_canonical"]);
    }

    #[test]
    fn depth_is_counted_and_a_hostile_one_does_no_harm() {
        let nested =
            |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        assert_eq!(kinds(&nested(16)), [""; 0]);
        assert_eq!(kinds(&nested(17)), ["too_deep"]);
        assert!(read(nested(17).as_bytes()).object.is_none());
        assert_eq!(kinds(&"[".repeat(1_000_000)), ["too_deep"]);
        assert_eq!(kinds(&"[".repeat(20)), ["not_json"]);
    }

    proptest::proptest! {
        /// The writer's canonical form and this reader were made apart, and agree.
        #[test]
        fn what_the_writer_accepts_is_without_blemish(line in r#"\{"a":("[ -~会é\n]{0,8}"|[0-9]{1,17}|-?[0-9.e]{1,4}|\[1, ?2\]|\{"c":1,"[abc]":2\})\}"#) {
            let reading = read(line.as_bytes());
            let good = reading.object.is_some() && reading.blemishes.is_empty();
            proptest::prop_assert_eq!(canon::read(line.as_bytes()).is_ok(), good, "{}", line);
        }
    }
}
