//! `opening`: a document that is not of its form is named where it is wrong, and what is only looked at
//! is not recorded.

use crate::program::Desk;

/// A book that begins in July 2025, with its accountant.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.say(
        "-b b init gh.example.org/b --organisation 示例 --starts 2025-07-01 --no-passphrase --as acc",
    )
    .ends(0);
    let appoint = r#"{"command":"officer.appoint","officer":"acc","roles":["accountant"],"from":"2025-07-01"}"#;
    desk.write("officers.jsonl", appoint);
    desk.say("-b b apply officers.jsonl --as acc").ends(0);
    desk
}

const SOUND: &str = r#"{
  "as_of": "2025-06-30",
  "source": "原账",
  "balances": [
    {"account": "102", "debit": "5.00"},
    {"account": "32205", "credit": "5.00"}
  ],
  "control": {"debit": "5.00", "credit": "5.00"}
}
"#;

#[test]
fn a_document_that_is_not_of_its_form_is_named_where_it_is_wrong() {
    let desk = desk();
    let before = desk.read("b/events.ndjson");
    let cases = [
        (SOUND.replace("[\n", "[[\n"), "J01", 8),
        (SOUND.replace("\"5.00\"},", "5.00},"), "J05", 5),
        (SOUND.replace("\"source\"", "\"sauce\""), "J05", 3),
        (
            SOUND.replace("\"account\": \"32205\"", "\"account\": \"1\", \"account\": \"32205\""),
            "J06",
            6,
        ),
        (SOUND.replace("32205", "301"), "F03", 6),
    ];
    for (text, code, line) in cases {
        desk.write("o.json", &text);
        let errors = desk.say("-b b --json opening o.json --as acc");
        // A document that cannot be read is bad input, and one that breaks a rule is refused.
        let errors = errors.ends(if code.starts_with('J') { 2 } else { 3 }).errors();
        let found: Vec<_> = errors
            .iter()
            .map(|e| (e["code"].as_str().unwrap(), e["place"]["line"].as_u64()))
            .collect();
        assert_eq!(found, [(code, Some(line))], "{text}");
    }
    assert!(desk.read("b/events.ndjson") == before);
}

#[test]
fn what_is_only_looked_at_is_not_recorded() {
    let desk = desk();
    desk.write("o.json", SOUND);
    let before = desk.read("b/events.ndjson");
    let seen = desk.say("-b b --json opening o.json --dry-run --as acc").ends(0).json();
    assert_eq!(seen["moved"][1]["line"]["account"], "32205");
    assert_eq!(seen["receipts"][0]["records"][0]["type"], "opening.recorded");
    assert!(desk.read("b/events.ndjson") == before);
    desk.say("-b b opening o.json --as acc").ends(0);
    let again = desk.say("-b b --json opening o.json --as acc").ends(3).errors();
    assert_eq!(again[0]["code"], "O44");
}

#[test]
fn the_document_is_described_as_a_schema() {
    let desk = Desk::new();
    let schema = desk.say("schema opening").ends(0).json();
    let fields: Vec<&str> =
        schema["required"].as_array().unwrap().iter().map(|f| f.as_str().unwrap()).collect();
    assert_eq!(fields, ["as_of", "source", "balances", "control"]);
}
