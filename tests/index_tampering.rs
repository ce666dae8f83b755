//! A hand in the index, under the engine: whatever it changes is named or mended, and the log is
//! right. This is the one test that opens sled itself.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod common;

use common::{BOOK, Chain, Folder, append, read_all};
use mingzhang::ids::Seq;
use mingzhang::store::compare::Difference;
use mingzhang::store::opening::{IndexOpening, OpenError};
use mingzhang::store::{AppendError, Direction, EventStore, ReadError};

/// `events`: book ‖ 0x00 ‖ the record's number, eight bytes, big-endian.
fn event(seq: u64) -> Vec<u8> {
    [BOOK.as_bytes(), &[0], &seq.to_be_bytes()].concat()
}

/// A book of twelve records, four commands, its index changed while it was closed.
fn tampered(change: impl FnOnce(&sled::Db)) -> Folder {
    let (folder, _) = Folder::with_book(4);
    let db = sled::open(folder.store()).unwrap();
    change(&db);
    db.flush().unwrap();
    drop(db);
    folder
}

fn differences(folder: &Folder) -> Vec<Difference> {
    folder.open().0.compare_with_log(&mut |_| {}).unwrap()
}

#[test]
fn a_record_changed_in_the_index_is_named() {
    let folder = tampered(|db| {
        db.open_tree("events").unwrap().insert(event(5), b"other").unwrap();
    });
    assert_eq!(differences(&folder), [Difference::Different { seq: Seq(5) }]);
}

#[test]
fn two_records_that_changed_places_are_named() {
    let folder = tampered(|db| {
        let events = db.open_tree("events").unwrap();
        let (five, six) = (events.get(event(5)).unwrap(), events.get(event(6)).unwrap());
        events.insert(event(5), six.unwrap()).unwrap();
        events.insert(event(6), five.unwrap()).unwrap();
    });
    let both = [5, 6].map(|seq| Difference::Different { seq: Seq(seq) });
    assert_eq!(differences(&folder), both);
}

#[test]
fn a_record_taken_out_of_the_index_is_named_and_never_read_past() {
    let folder = tampered(|db| {
        db.open_tree("events").unwrap().remove(event(5)).unwrap();
    });
    assert_eq!(differences(&folder), [Difference::OnlyInLog { seq: Seq(5) }]);
    let (store, _) = folder.open();
    let all = 100.try_into().unwrap();
    let forward = store.read_stream(store.origin(), Seq(0), Direction::Forward, all);
    assert_eq!(forward, Err(ReadError::Gap { expected: Seq(5), found: Some(Seq(6)) }));
    let backward = store.read_stream(store.origin(), Seq(5), Direction::Backward, all);
    assert_eq!(backward, Err(ReadError::Gap { expected: Seq(5), found: Some(Seq(4)) }));
}

#[test]
fn a_record_that_only_the_index_has_is_an_alarm() {
    let folder = tampered(|db| {
        db.open_tree("events").unwrap().insert(event(12), b"slipped in").unwrap();
    });
    let alarm = OpenError::StoreAheadOfLog { store: Seq(12), log: Some(Seq(11)) };
    assert_eq!(folder.try_open().unwrap_err(), alarm);
}

#[test]
fn a_receipt_that_was_taken_out_or_changed_is_named() {
    let receipt = |key: &str| [BOOK.as_bytes(), &[0], key.as_bytes()].concat();
    let folder = tampered(|db| {
        let idem = db.open_tree("idem").unwrap();
        let other = idem.get(receipt("key-4")).unwrap().unwrap();
        idem.remove(receipt("key-2")).unwrap();
        idem.insert(receipt("key-3"), other).unwrap();
    });
    let named = |seq, key: &str| Difference::Receipt { seq: Seq(seq), key: key.to_owned() };
    assert_eq!(differences(&folder), [named(3, "key-2"), named(6, "key-3")]);
}

/// Else a payment would be called recorded that nobody ever recorded.
#[test]
fn a_receipt_that_was_slipped_in_is_named_and_never_given() {
    let folder = tampered(|db| {
        let idem = db.open_tree("idem").unwrap();
        let receipt = |key: &str| [BOOK.as_bytes(), &[0], key.as_bytes()].concat();
        let value = idem.get(receipt("key-4")).unwrap().unwrap();
        let (places, text) = value.split_at(48);
        let text = std::str::from_utf8(text).unwrap().replace("key-4", "key-5");
        idem.insert(receipt("key-5"), [places, text.as_bytes()].concat()).unwrap();
    });
    let (store, _) = folder.open();
    assert_eq!(
        store.compare_with_log(&mut |_| {}).unwrap(),
        [Difference::StrayReceipt { key: "key-5".to_owned(), first: Seq(9) }]
    );
    let mut chain = Chain::behind(BOOK, &folder.lines());
    let expected = chain.head;
    let batch = chain.batch(&[("key-5", "pay", 1)], 0);
    let refused = store.append(&chain.origin, expected, &batch).unwrap_err();
    assert!(matches!(refused, AppendError::Corrupt { .. }), "{refused:?}");
}

#[test]
fn an_index_whose_last_records_or_head_are_gone_is_built_again() {
    let last = |db: &sled::Db| drop(db.open_tree("events").unwrap().remove(event(11)).unwrap());
    let first = |db: &sled::Db| drop(db.open_tree("events").unwrap().remove(event(0)).unwrap());
    let head = |db: &sled::Db| drop(db.open_tree("heads").unwrap().remove(BOOK).unwrap());
    let other = |db: &sled::Db| drop(db.open_tree("meta").unwrap().insert("version", "1").unwrap());
    let changes: [&dyn Fn(&sled::Db); 4] = [&last, &first, &head, &other];
    for change in changes {
        let folder = tampered(change);
        let (store, report) = folder.open();
        assert!(matches!(report.index, IndexOpening::Rebuilt { records: 12, .. }), "{report:?}");
        assert_eq!(read_all(&store, store.origin()), folder.lines());
        assert_eq!(store.compare_with_log(&mut |_| {}).unwrap(), []);
    }
}

#[test]
fn an_index_rolled_back_in_all_its_parts_is_caught_up() {
    let (folder, mut chain) = Folder::with_book(4);
    let db = sled::open(folder.store()).unwrap();
    let head = db.open_tree("heads").unwrap().get(BOOK).unwrap().unwrap();
    drop(db);
    append(&folder.open().0, &mut chain, 1);
    let db = sled::open(folder.store()).unwrap();
    db.open_tree("heads").unwrap().insert(BOOK, head).unwrap();
    db.open_tree("events").unwrap().remove(event(12)).unwrap();
    drop(db);
    let (store, report) = folder.open();
    assert_eq!(report.index, IndexOpening::CaughtUp { from: Seq(12), records: 1 });
    assert_eq!(store.compare_with_log(&mut |_| {}).unwrap(), []);
}
