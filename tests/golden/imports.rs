//! Files that were imported: of each form, with each reason for which a line is left out.

use serde_json::{Value, json};

use crate::given::{ACCOUNTANT, Asked, asks};

const DAY: &str = "2025-02-10";

fn import(fields: Value) -> Asked {
    asks(ACCOUNTANT, DAY, "import.record", fields)
}

fn mark(number: u32) -> String {
    format!("{number:016x}")
}

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    // So long that it takes several records.
    let long: Vec<Value> = (2..=60).map(|line| json!({"line": line, "mark": mark(line)})).collect();
    let mut all = vec![
        import(json!({
            "source": "ab".repeat(32), "form": {"csv": {"encoding": "gb18030"}},
            "kind": "dues_roll", "total": "27.15",
            "taken": [{"line": 3, "mark": mark(1_003)}],
        })),
        import(json!({
            "source": "cd".repeat(32), "form": {"xlsx": {"sheet": "明细"}}, "kind": "entries",
            "rules": "ef".repeat(32), "table": "12".repeat(32), "total": "-12.30",
            "declared": {"count": 59, "total": "-12.30"},
            "taken": long,
            "left": [
                {"line": 61, "why": "duplicate"}, {"line": 62, "why": "rule"},
                {"line": 63, "why": "total"},
            ],
        })),
    ];
    let forms = ["utf8", "utf8_bom", "utf16_le", "utf16_be"];
    let kinds = ["roster", "payroll", "bank_statement", "tax_list"];
    for ((number, form), kind) in (2_000..).zip(forms).zip(kinds) {
        all.push(import(json!({
            "source": format!("{number:064x}"), "form": {"csv": {"encoding": form}}, "kind": kind,
            "total": "1.00", "declared": {"count": 1},
            "taken": [{"line": 2, "mark": mark(number)}],
        })));
    }
    // What is like a line that was taken before, and a sheet without a name.
    all.push(import(json!({
        "source": "34".repeat(32), "form": {"xlsx": {}}, "kind": "vouchers", "total": "5.00",
        "declared": {"total": "5.00"},
        "taken": [{"line": 9, "mark": mark(1_003), "like": 0}],
    })));
    all
}
