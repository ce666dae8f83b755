//! Books that are changed at random: by their keeper before he signs, or by others afterwards.

use serde_json::{Value, json};

use super::office::{PAPER, office, openings, paper};
use super::travel::tiles_of;
use super::{Bundle, bundle, good, records, seal};

/// The book of this seed, and what was done to it.
pub(crate) fn book(seed: u64) -> (String, Bundle) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1));
    let mut done = Vec::new();
    let mut records = if dice.below(2) == 0 { records() } else { signed_office() };
    let changes = dice.below(3);
    for _ in 0..changes {
        done.push(change(&mut records, &mut dice));
    }
    let mut lines = seal(records);
    let mut book = bundle(&lines);
    if changes == 0 || dice.below(4) == 0 {
        done.push(tamper(&mut lines, &mut dice));
        book.events = super::file(&lines);
    }
    if dice.below(4) == 0 {
        done.push("with what is shown of the office, its paper and tiles".to_owned());
        book.openings = Some(openings().into_bytes());
        book.papers = vec![paper(PAPER)];
        book.tiles = tiles_of(&lines);
    }
    if dice.below(8) == 0 {
        done.push("with the good book's checkpoint".to_owned());
        book.against = good().checkpoints;
        "held".clone_into(&mut book.against[0].name);
    }
    (done.join(", "), book)
}

/// The union with officers as it was signed: what is changed afterwards nobody signs again.
fn signed_office() -> Vec<Value> {
    let unsealed = |line: Vec<u8>| {
        let mut record: Value = serde_json::from_slice(&line).unwrap();
        for field in ["seq", "prev"] {
            record.as_object_mut().unwrap().remove(field);
        }
        record
    };
    seal(office()).into_iter().map(unsealed).collect()
}

/// One change of the keeper's, to a field or to the order.
fn change(records: &mut Vec<Value>, dice: &mut Dice) -> String {
    let n = dice.below(records.len());
    match dice.below(10) {
        0 if records.len() > 2 => {
            records.remove(n);
            format!("record {n} removed")
        }
        1 => {
            let other = dice.below(records.len());
            records.swap(n, other);
            format!("records {n} and {other} swapped")
        }
        2 => {
            let copy = records[n].clone();
            records.push(copy);
            format!("record {n} repeated")
        }
        3 => {
            let seq = dice.below(12);
            records[n]["seq"] = seq.into();
            format!("record {n} numbered {seq}")
        }
        _ => format!("record {n}: {}", change_within(&mut records[n], dice)),
    }
}

/// Goes down a random way and changes what stands there.
fn change_within(value: &mut Value, dice: &mut Dice) -> String {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let at = dice.below(fields.len());
            let Some(key) = fields.keys().nth(at).cloned() else { return String::new() };
            match dice.below(8) {
                0 => {
                    fields.remove(&key);
                    format!("{key} removed")
                }
                1 => {
                    fields.insert("zz".to_owned(), any(dice));
                    "zz added".to_owned()
                }
                _ => match fields.get_mut(&key) {
                    Some(inner) => format!("{key}/{}", change_within(inner, dice)),
                    None => String::new(),
                },
            }
        }
        Value::Array(items) if !items.is_empty() && dice.below(6) > 0 => {
            let at = dice.below(items.len());
            format!("{at}/{}", change_within(&mut items[at], dice))
        }
        Value::Object(_)
        | Value::Array(_)
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_) => {
            *value = any(dice);
            format!("= {value}")
        }
    }
}

fn any(dice: &mut Dice) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(5),
        json!(-1),
        json!(1.5),
        json!(9_007_199_254_740_992_u64),
        json!(""),
        json!("x"),
        json!([]),
        json!({}),
        json!([{}]),
        json!("0.00"),
        json!("-0.00"),
        json!("12.50"),
        json!("-12.50"),
        json!("1.0"),
        json!("2026-01-05"),
        json!("2026-02"),
        json!("2026-02-30"),
        json!("2027-01-01"),
        json!("0001-01-01"),
        json!("记-2026-01-0001"),
        json!("记-2026-02-0003"),
        json!("记-2026-1-1"),
        json!("general"),
        json!("401"),
        json!("999"),
        json!("entry.reversed"),
        json!("ledger.created"),
        json!("period.closed"),
        json!("note.taken"),
        json!("k1~0123456789abcdef"),
        json!("k1"),
        json!("c1"),
        json!("m-0001"),
        json!("chair"),
        json!(["chair", "clerk"]),
        json!("2026-04-01"),
        json!("act.signed"),
        json!("approval.given"),
        json!("收-2026-0001"),
        json!(21),
        json!("e\u{301}"),
        json!("a\nb"),
        json!("\u{feff}"),
        json!("-14:00"),
        json!("+14:01"),
        json!("2026-04-01T01:00:01Z"),
        json!("2026-03-01T00:00:00Z"),
        json!([[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]),
    ];
    values[dice.below(values.len())].clone()
}

/// One change of somebody who has not the keys.
fn tamper(lines: &mut Vec<Vec<u8>>, dice: &mut Dice) -> String {
    let n = dice.below(lines.len());
    match dice.below(6) {
        0 => {
            lines.remove(n);
            format!("line {n} removed")
        }
        1 => {
            let other = dice.below(lines.len());
            lines.swap(n, other);
            format!("lines {n} and {other} swapped")
        }
        2 => {
            let copy = lines[n].clone();
            let to = dice.below(lines.len() + 1);
            lines.insert(to, copy);
            format!("line {n} copied to {to}")
        }
        _ => {
            let at = dice.below(lines[n].len());
            let mask = [0x01, 0x02, 0x10, 0x20, 0x80][dice.below(5)];
            lines[n][at] ^= mask;
            format!("line {n}, byte {at} ^ {mask:#x}")
        }
    }
}

/// A sequence that is the same each time.
struct Dice(u64);

impl Dice {
    #[allow(clippy::cast_possible_truncation, reason = "the bound is small")]
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % bound as u64) as usize
    }
}
