//! Openness.

use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::given::{
    ACCOUNTANT, Asked, CHAIR, asks, given, interest, interest_into, of, rule, union,
};
use crate::{Case, LATER, after, case};

fn publish(more: &Value) -> Asked {
    let mut fields = json!({
        "what": "notice", "first": "2025-01", "last": "2025-01", "on": LATER, "place": "公示栏",
    });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    asks(ACCOUNTANT, LATER, "disclosure.publish", fields)
}

/// The small union's head, at so many records.
fn head_after(asked: Vec<Asked>) -> (u64, String) {
    let book = given(asked);
    let reading = book.book.reading();
    (reading.tree.size(), reading.head.to_string())
}

pub(crate) fn notices() -> Vec<Case> {
    let (size, head) = head_after(union());
    let (_, other) = head_after(after(union(), [interest(LATER, "1.00")]));
    let of_february = json!({"first": "2025-02", "last": "2025-02"});
    let mut interim = of_february.clone();
    interim["interim"] = true.into();
    let monthly = |day: u32| {
        let rule_of = json!({
            "name": "monthly_notice", "by_day": day, "place": "公示栏", "contact": "工会办公室",
        });
        rule(CHAIR, LATER, &rule_of)
    };
    vec![
        case(
            union(),
            publish(&of_february),
            Refusal::PostedBeforeMonthEnds { last: of("2025-02"), on: of(LATER) },
            publish(&interim),
        ),
        case(union(), monthly(29), Refusal::NoticeDayWrong { found: 29 }, monthly(28)),
        case(
            union(),
            publish(&json!({"through": "2025-02-09"})),
            Refusal::PostedThroughBefore { on: of(LATER), through: of("2025-02-09") },
            publish(&json!({"through": LATER})),
        ),
        case(
            union(),
            publish(&json!({"size": size + 1})),
            Refusal::RecordsNotThere { size: size + 1, has: size },
            publish(&json!({"size": size})),
        ),
        case(
            union(),
            publish(&json!({"size": size, "head": other})),
            Refusal::HeadDiffers { size, expected: of(&head), found: of(&other) },
            publish(&json!({"size": size, "head": head})),
        ),
        // What was recorded after the page was posted is not on it; what was there is.
        case(
            after(union(), [interest("2025-01-20", "1.00")]),
            publish(&json!({"size": size})),
            Refusal::PostedWithout { size, seq: Seq(size), on: of(LATER) },
            publish(&json!({"size": size + 1})),
        ),
    ]
}

/// Refusals of other families that a notice can meet.
pub(crate) fn notices_like_others() -> Vec<Case> {
    let january = publish(&json!({}));
    let (size, head) = head_after(union());
    vec![
        case(
            after(union(), [interest_into("general", LATER, "2025-01-20", "1.00")]),
            publish(&json!({"size": size})),
            Refusal::PostedWithout { size, seq: Seq(size), on: of(LATER) },
            publish(&json!({"size": size, "on": "2025-02-09"})),
        ),
        case(
            union(),
            publish(&json!({"first": "2025-01", "last": "2024-12"})),
            Refusal::MonthsBackwards { first: of("2025-01"), last: of("2024-12") },
            january.clone(),
        ),
        case(
            union(),
            publish(&json!({"first": "2024-12"})),
            Refusal::DateBeforeBook { date: of("2024-12-01"), starts: of("2025-01-01") },
            january.clone(),
        ),
        case(
            union(),
            publish(&json!({"head": head})),
            Refusal::NothingSaid { what: "size".to_owned() },
            january.clone(),
        ),
        case(
            union(),
            publish(&json!({"size": 0})),
            Refusal::RecordsNotThere { size: 0, has: given(union()).book.reading().tree.size() },
            january,
        ),
    ]
}
