//! Files that were imported.

use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::given::{ACCOUNTANT, Asked, asks, given, of, union};
use crate::{Case, LATER, after, case};

const MARK: &str = "0123456789abcdef";

/// A file of two lines, of which the second is a row of totals; `more` stands in place of its fields.
fn import(source: &str, more: &Value) -> Asked {
    let mut fields = json!({
        "source": source.repeat(32), "form": {"csv": {"encoding": "gb18030"}},
        "kind": "dues_roll", "total": "27.15", "declared": {"count": 1, "total": "27.15"},
        "taken": [{"line": 2, "mark": MARK}], "left": [{"line": 3, "why": "total"}],
    });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    asks(ACCOUNTANT, LATER, "import.record", fields)
}

pub(crate) fn files() -> Vec<Case> {
    let next = given(union()).state().next();
    let first = || import("ab", &json!({}));
    let imported = || after(union(), [first()]);
    let there = |like: &Value| {
        let mut line = json!({"line": 7, "mark": MARK});
        if !like.is_null() {
            line["like"] = like.clone();
        }
        import("cd", &json!({"taken": [line]}))
    };
    let nothing = json!({"taken": []});
    let twice = json!({"left": [{"line": 2, "why": "total"}]});
    let no_mark = json!({"taken": [{"line": 2, "mark": "0123456789ABCDEF"}]});
    vec![
        case(
            imported(),
            first(),
            Refusal::FileImportedAlready { source: of(&"ab".repeat(32)), seq: next, taken: 1 },
            import("cd", &json!({"taken": [{"line": 2, "mark": "fedcba9876543210"}]})),
        ),
        case(
            union(),
            import("ab", &nothing),
            Refusal::NothingImported { source: of(&"ab".repeat(32)) },
            first(),
        ),
        case(
            union(),
            import("ab", &twice),
            Refusal::ImportLineTwice { source: of(&"ab".repeat(32)), line: 2 },
            first(),
        ),
        case(
            union(),
            import("ab", &no_mark),
            Refusal::ImportMarkForm { line: 2, mark: of("0123456789ABCDEF") },
            first(),
        ),
        case(
            imported(),
            there(&Value::Null),
            Refusal::ImportLineThere { line: 7, seq: next },
            there(&json!(next)),
        ),
        case(
            imported(),
            there(&json!(next.0 + 2)),
            Refusal::ImportLikeUnknown { line: 7, seq: Seq(next.0 + 2) },
            there(&json!(next.0 + 1)),
        ),
    ]
}
