//! Notes to the statements, and vouchers that stand for reversed ones.

use mingzhang::date::FiscalYear;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::json;

use super::given::{ACCOUNTANT, Asked, FINANCE, asks, given, interest, reverse, union};
use super::{Case, LATER, after, case, union_records};

fn note(on: &str, year: i32, item: u32, text: &str) -> Asked {
    asks(FINANCE, on, "note.write", json!({"year": year, "item": item, "text": text}))
}

fn correct(replaces: u64, by: u64) -> Asked {
    asks(ACCOUNTANT, LATER, "entry.correct", json!({"replaces": replaces, "by": by}))
}

pub(crate) fn notes() -> Vec<Case> {
    let next = u64::try_from(union_records()).unwrap();
    let word = || note(LATER, 2025, 8, "会员人数较上年增加");
    vec![
        case(
            union(),
            note(LATER, 2025, 9, "其他"),
            Refusal::NoteItemUnknown { item: 9, most: 8 },
            word(),
        ),
        case(
            union(),
            note(LATER, 2024, 8, "会员人数较上年增加"),
            Refusal::NoteOfAnotherYear {
                year: FiscalYear(2024),
                first: FiscalYear(2025),
                last: FiscalYear(2025),
            },
            word(),
        ),
        case(
            after(union(), [word()]),
            word(),
            Refusal::NoteThereAlready { year: FiscalYear(2025), item: 8, seq: Seq(next) },
            note(LATER, 2025, 8, "会费标准未变"),
        ),
    ]
}

/// Interest that was wrong, its red voucher, and the right one.
fn reversed() -> (Vec<Asked>, u64) {
    let wrong = u64::try_from(union_records()).unwrap();
    let asked =
        after(union(), [interest(LATER, "66.60"), reverse(LATER, wrong), interest(LATER, "6.66")]);
    (asked, wrong)
}

pub(crate) fn corrected_vouchers() -> Vec<Case> {
    let (before, wrong) = reversed();
    let (red, blue) = (wrong + 1, wrong + 2);
    vec![
        case(
            before.clone(),
            correct(wrong, blue),
            Refusal::NotARedVoucher { seq: Seq(wrong) },
            correct(red, blue),
        ),
        case(
            before.clone(),
            correct(red, 0),
            Refusal::NoVoucherThere { seq: Seq(0) },
            correct(red, blue),
        ),
        case(
            before.clone(),
            correct(red, red),
            Refusal::CorrectsNothing {
                seq: Seq(red),
                kind: "entry.reversed".to_owned(),
                red: Seq(red),
            },
            correct(red, blue),
        ),
        case(
            after(before, [correct(red, blue), interest(LATER, "1.00"), reverse(LATER, blue + 2)]),
            correct(red, blue),
            Refusal::CorrectedAlready { seq: Seq(blue + 1), red: Seq(red), blue: Seq(blue) },
            reverse(LATER, blue),
        ),
    ]
}

/// A blue voucher that was itself reversed stands for nothing.
#[test]
fn what_is_reversed_itself_stands_for_no_other_voucher() {
    let (before, wrong) = reversed();
    let (red, blue) = (wrong + 1, wrong + 2);
    let mut book = given(after(before, [reverse(LATER, blue)]));
    let refused = book.when(&correct(red, blue));
    assert_eq!(refused, Err(Refusal::ReversedAlready { seq: Seq(blue), by: Seq(blue + 1) }));
    // Made once more, it does.
    book.then(&interest(LATER, "6.66"));
    book.then(&correct(red, blue + 2));
}

/// What was recorded before its reversal cannot have been made in its place.
#[test]
fn an_earlier_voucher_stands_for_no_later_reversal() {
    let wrong = u64::try_from(union_records()).unwrap();
    let asked = [interest(LATER, "1.00"), interest(LATER, "2.00"), reverse(LATER, wrong)];
    let mut book = given(after(union(), asked));
    let (kind, seq, red) = ("interest.received".to_owned(), Seq(wrong + 1), Seq(wrong + 2));
    assert_eq!(
        book.when(&correct(wrong + 2, wrong + 1)),
        Err(Refusal::CorrectsNothing { seq, kind, red })
    );
}
