//! What every store promises, asked of each. A new store is one line in `every_store`.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod common;

use std::num::NonZeroU32;
use std::sync::Barrier;

use common::{BOOK, Chain, Folder, append, origin, read_all};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::{RECORD_BYTES_MAX, Sealed};
use mingzhang::ids::Seq;
use mingzhang::store::Direction::{Backward, Forward};
use mingzhang::store::memory::{Fault, MemoryStore};
use mingzhang::store::{
    AppendError, AppendReceipt, Durability, EventStore, Expected, ReadError, StoredReceipt,
    StoredRecord, StreamHead, StreamSlice,
};

fn every_store(promise: impl Fn(&dyn EventStore, &mut Chain)) {
    promise(&MemoryStore::new(), &mut Chain::new(BOOK));
    let folder = Folder::new();
    promise(&folder.create(), &mut Chain::new(BOOK));
}

fn limit(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap()
}

fn bytes(records: &[Sealed]) -> Vec<Vec<u8>> {
    records.iter().map(|record| record.bytes.clone()).collect()
}

fn head_of(chain: &Chain) -> Option<StreamHead> {
    match chain.head {
        Expected::NoStream => None,
        Expected::Exact { seq, hash } => {
            Some(StreamHead { stream: chain.origin.clone(), seq, hash })
        }
    }
}

fn numbers(slice: &StreamSlice) -> Vec<u64> {
    slice.records.iter().map(|record| record.seq.0).collect()
}

#[test]
fn what_was_put_in_comes_out_byte_for_byte() {
    every_store(|store, chain| {
        let mut all = Vec::new();
        for payload in [0, 1, 300, 3_500] {
            let expected = chain.head;
            let batch = chain.command(3, payload);
            store.append(&chain.origin, expected, &batch).unwrap();
            all.extend(batch);
        }
        assert_eq!(read_all(store, &chain.origin), bytes(&all));
        assert_eq!(store.stream_head(&chain.origin).unwrap(), head_of(chain));
    });
}

#[test]
fn the_same_records_make_the_same_log_as_they_have_in_memory() {
    let (folder, memory) = (Folder::new(), MemoryStore::new());
    let disk = folder.create();
    let mut chain = Chain::new(BOOK);
    for count in 1..20 {
        let expected = chain.head;
        let batch = chain.command(count, count * 7);
        let both = [&disk as &dyn EventStore, &memory];
        let receipts = both.map(|store| store.append(&chain.origin, expected, &batch).unwrap());
        assert_eq!(receipts[0], receipts[1]);
    }
    assert_eq!(folder.lines(), read_all(&memory, &chain.origin));
    assert_eq!(folder.lines(), read_all(&disk, &chain.origin));
}

#[test]
fn records_are_in_order_where_a_byte_of_their_number_is_full() {
    every_store(|store, chain| {
        for _ in 0..7 {
            append(store, chain, 10_000);
        }
        for boundary in [256_u64, 65_536] {
            let page = |from, direction| {
                let page = store.read_stream(&chain.origin, Seq(from), direction, limit(4));
                numbers(&page.unwrap())
            };
            let b = boundary;
            assert_eq!(page(b - 2, Forward), [b - 2, b - 1, b, b + 1]);
            assert_eq!(page(b + 1, Backward), [b + 1, b, b - 1, b - 2]);
        }
        assert_eq!(read_all(store, &chain.origin).len(), 70_000);
    });
}

#[test]
fn an_append_says_which_record_it_follows() {
    every_store(|store, chain| {
        let unborn = Expected::Exact { seq: Seq(4), hash: RecordHash::NONE };
        let mut early = Chain { head: unborn, ..chain.clone() };
        let refused = store.append(&chain.origin, unborn, &early.command(1, 0)).unwrap_err();
        let nothing = AppendError::WrongExpectedVersion { expected: unborn, actual: None };
        assert_eq!(refused, nothing);

        append(store, chain, 2);
        let there = head_of(chain);
        let Expected::Exact { seq, hash } = chain.head else { panic!("two were appended") };
        for wrong in [
            Expected::NoStream,
            Expected::Exact { seq: Seq(0), hash },
            Expected::Exact { seq: Seq(2), hash },
            Expected::Exact { seq, hash: RecordHash::of(b"another history") },
        ] {
            let late = Chain { head: wrong, ..chain.clone() }.command(1, 0);
            let refused = store.append(&chain.origin, wrong, &late).unwrap_err();
            let actual = there.clone();
            assert_eq!(refused, AppendError::WrongExpectedVersion { expected: wrong, actual });
            assert_eq!(store.stream_head(&chain.origin).unwrap(), there);
            assert_eq!(read_all(store, &chain.origin).len(), 2);
        }
        append(store, chain, 1);
    });
}

/// Twelve writers have read the same head; the store lets exactly one of them go on.
fn race(store: &dyn EventStore, chain: &mut Chain, round: usize) {
    let start = Barrier::new(12);
    let writer = |n: usize| {
        let (mut mine, start) = (chain.clone(), &start);
        move || {
            let expected = mine.head;
            let key = format!("race-{round}-{n}");
            let batch = mine.batch(&[(key.as_str(), "pay", 1)], 10 + n);
            start.wait();
            (store.append(&mine.origin, expected, &batch), mine)
        }
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..12).map(|n| scope.spawn(writer(n))).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(|(done, _)| done.is_ok());
    assert_eq!(won.len(), 1, "round {round}");
    let (expected, winner) = (chain.head, won.into_iter().next().unwrap().1);
    for (refused, _) in lost {
        let actual = head_of(&winner);
        let conflict = AppendError::WrongExpectedVersion { expected, actual };
        assert_eq!(refused.unwrap_err(), conflict, "round {round}");
    }
    *chain = winner;
}

#[test]
fn of_twelve_who_append_behind_the_same_record_one_succeeds() {
    every_store(|store, chain| {
        append(store, chain, 1);
        for round in 0..1_000 {
            race(store, chain, round);
        }
        assert_eq!(read_all(store, &chain.origin).len(), 1_001);
    });
}

#[test]
fn of_twelve_who_begin_the_same_book_one_succeeds() {
    let memory = MemoryStore::new();
    for round in 0..500 {
        race(&memory, &mut Chain::new(&format!("{BOOK}-{round}")), round);
    }
    for round in 0..20 {
        let folder = Folder::new();
        race(&folder.create(), &mut Chain::new(BOOK), round);
    }
}

#[test]
fn a_batch_is_kept_whole_whatever_its_size() {
    every_store(|store, chain| {
        let mut due = 0;
        for size in [1, 100, 1_000, 10_000] {
            let receipt = append(store, chain, size);
            let first = Seq(due);
            due += u64::try_from(size).unwrap();
            assert_eq!((receipt.first, receipt.last), (first, Seq(due - 1)));
            assert_eq!(store.stream_head(&chain.origin).unwrap(), head_of(chain));
        }
    });
}

#[test]
fn a_fault_in_the_last_record_leaves_none_of_the_batch() {
    every_store(|store, chain| {
        append(store, chain, 1);
        for size in [2, 100, 1_000, 10_000] {
            let mut batch = chain.clone().command(size, 10);
            let last = batch.last_mut().unwrap();
            let seq = last.seq;
            last.bytes = vec![b'x'; RECORD_BYTES_MAX + 1];
            let refused = store.append(&chain.origin, chain.head, &batch).unwrap_err();
            assert_eq!(refused, AppendError::TooLarge { seq, bytes: RECORD_BYTES_MAX + 1 });
            assert_eq!(store.stream_head(&chain.origin).unwrap(), head_of(chain));
            assert_eq!(read_all(store, &chain.origin).len(), 1);
        }
    });
}

#[test]
fn a_record_has_at_most_4096_bytes() {
    every_store(|store, chain| {
        let before = chain.head;
        let largest = chain.record_of(RECORD_BYTES_MAX);
        assert_eq!(largest.bytes.len(), 4_096);
        store.append(&chain.origin, before, &[largest]).unwrap();
    });
}

#[test]
fn a_batch_that_does_not_hang_together_is_refused() {
    every_store(|store, chain| {
        append(store, chain, 2);
        let expected = chain.head;
        let good = chain.clone().command(3, 10);
        let refusal = |change: &dyn Fn(&mut Vec<Sealed>)| {
            let mut batch = good.clone();
            change(&mut batch);
            store.append(&chain.origin, expected, &batch).unwrap_err()
        };
        let (two, three) = (Seq(2), Seq(3));
        assert_eq!(refusal(&|batch| batch.clear()), AppendError::Empty);
        assert_eq!(
            refusal(&|batch| drop(batch.remove(0))),
            AppendError::NotContiguous { expected: two, found: three }
        );
        assert_eq!(
            refusal(&|batch| batch[1].prev = RecordHash::NONE),
            AppendError::WrongPrev { seq: three, expected: good[0].hash, found: RecordHash::NONE }
        );
        assert_eq!(
            refusal(&|batch| batch.truncate(2)),
            AppendError::WrongMore { seq: three, found: true }
        );
        assert_eq!(
            refusal(&|batch| batch[1].bytes.push(b'\n')),
            AppendError::NotSealed { seq: three }
        );
        assert_eq!(
            refusal(&|batch| batch[0].hash = RecordHash::NONE),
            AppendError::NotSealed { seq: two }
        );
        let twice = chain.clone().batch(&[("a", "pay", 1), ("b", "pay", 1), ("a", "pay", 1)], 1);
        assert_eq!(
            store.append(&chain.origin, expected, &twice).unwrap_err(),
            AppendError::KeyTwice { key: "a".into(), seq: Seq(4) }
        );
        assert_eq!(store.stream_head(&chain.origin).unwrap(), head_of(chain));
    });
}

#[test]
fn a_command_sent_twice_is_kept_once() {
    every_store(|store, chain| {
        let early = chain.head;
        let batch = chain.batch(&[("march", "dues of March", 2)], 10);
        let first = store.append(&chain.origin, early, &batch).unwrap();
        append(store, chain, 1);
        let there = head_of(chain);
        let again = AppendReceipt { repeated: true, ..first };
        assert_eq!(store.append(&chain.origin, early, &batch).unwrap(), again);
        // Sealed anew behind the head of today it is still the same command.
        let anew = chain.clone().batch(&[("march", "dues of March", 1)], 10);
        assert_eq!(store.append(&chain.origin, chain.head, &anew).unwrap(), again);
        assert_eq!(store.stream_head(&chain.origin).unwrap(), there);

        let (idem, last) = (batch[0].idem.clone(), batch[1].hash);
        let receipt = StoredReceipt { idem, first: Seq(0), last: Seq(1), hash: last };
        assert_eq!(store.receipt(&chain.origin, "march").unwrap(), Some(receipt));
        assert_eq!(store.receipt(&chain.origin, "april").unwrap(), None);
    });
}

#[test]
fn a_key_stands_for_one_command() {
    every_store(|store, chain| {
        append(store, chain, 4);
        let expected = chain.head;
        let batch = chain.batch(&[("march", "dues of March", 2)], 10);
        store.append(&chain.origin, expected, &batch).unwrap();
        let other = chain.clone().batch(&[("new", "pay", 1), ("march", "dues of April", 1)], 10);
        assert_eq!(
            store.append(&chain.origin, chain.head, &other).unwrap_err(),
            AppendError::IdempotencyConflict { key: "march".into(), first: Seq(4) }
        );
        assert_eq!(store.stream_head(&chain.origin).unwrap(), head_of(chain));
    });
}

#[test]
fn a_file_of_commands_sent_again_is_repeated_or_refused_as_a_whole() {
    every_store(|store, chain| {
        let commands = [("a", "pay", 1), ("b", "pay", 2), ("c", "pay", 1)];
        let expected = chain.head;
        let batch = chain.batch(&commands, 10);
        let first = store.append(&chain.origin, expected, &batch).unwrap();
        let again = chain.clone().batch(&commands, 10);
        assert_eq!(
            store.append(&chain.origin, chain.head, &again).unwrap(),
            AppendReceipt { repeated: true, ..first }
        );
        let receipt = store.receipt(&chain.origin, "b").unwrap().unwrap();
        assert_eq!((receipt.first, receipt.last), (Seq(1), Seq(2)));

        let partly = chain.clone().batch(&[("b", "pay", 2), ("c", "pay", 1), ("d", "pay", 1)], 1);
        assert_eq!(
            store.append(&chain.origin, chain.head, &partly).unwrap_err(),
            AppendError::PartlyRepeated {
                stored: vec![("b".into(), Seq(1)), ("c".into(), Seq(3))],
                commands: 3
            }
        );
        assert_eq!(store.stream_head(&chain.origin).unwrap(), head_of(chain));
    });
}

#[test]
fn an_append_is_read_at_once_and_the_head_never_goes_back() {
    every_store(|store, chain| {
        std::thread::scope(|scope| {
            let name = chain.origin.clone();
            let watching = scope.spawn(move || {
                let mut highest = None;
                while highest < Some(Seq(299)) {
                    let head = store.stream_head(&name).unwrap().map(|head| head.seq);
                    assert!(head >= highest, "{head:?} after {highest:?}");
                    // Batches of three: a head inside one would be half an append.
                    assert_eq!(head.map_or(0, |seq| (seq.0 + 1) % 3), 0);
                    highest = head;
                }
            });
            for _ in 0..100 {
                let expected = chain.head;
                let batch = chain.command(3, 50);
                let receipt = store.append(&chain.origin, expected, &batch).unwrap();
                let page = store.read_stream(&chain.origin, receipt.first, Forward, limit(10));
                let found = page.unwrap().records.into_iter().map(|record| record.bytes);
                assert_eq!(found.collect::<Vec<_>>(), bytes(&batch));
            }
            watching.join().unwrap();
        });
    });
}

#[test]
fn a_stream_is_paged_in_both_directions() {
    every_store(|store, chain| {
        let nothing = StreamSlice { records: Vec::new(), next: None };
        for direction in [Forward, Backward] {
            let page = store.read_stream(&chain.origin, Seq(0), direction, limit(1)).unwrap();
            assert_eq!(page, nothing);
        }
        let batch = chain.command(10, 5);
        store.append(&chain.origin, Expected::NoStream, &batch).unwrap();
        let page = |from, direction, n| {
            let page = store.read_stream(&chain.origin, Seq(from), direction, limit(n)).unwrap();
            (numbers(&page), page.next.map(|next| next.0))
        };
        assert_eq!(page(0, Forward, 4), (vec![0, 1, 2, 3], Some(4)));
        assert_eq!(page(4, Forward, 6), (vec![4, 5, 6, 7, 8, 9], None));
        assert_eq!(page(8, Forward, u32::MAX), (vec![8, 9], None));
        assert_eq!(page(10, Forward, 4), (vec![], None));
        assert_eq!(page(u64::MAX, Forward, 4), (vec![], None));
        assert_eq!(page(9, Backward, 4), (vec![9, 8, 7, 6], Some(5)));
        assert_eq!(page(u64::MAX, Backward, 2), (vec![9, 8], Some(7)));
        assert_eq!(page(3, Backward, 4), (vec![3, 2, 1, 0], None));
        assert_eq!(page(0, Backward, 1), (vec![0], None));
        let seventh = StoredRecord { seq: Seq(7), bytes: batch[7].bytes.clone() };
        let found = store.read_stream(&chain.origin, Seq(7), Forward, limit(1)).unwrap();
        assert_eq!(found.records, [seventh]);
    });
}

#[test]
fn streams_are_listed_with_their_heads() {
    every_store(|store, chain| {
        assert_eq!(store.list_streams(None, limit(10)).unwrap(), []);
        append(store, chain, 2);
        let there = head_of(chain).unwrap();
        assert_eq!(store.list_streams(None, limit(10)).unwrap(), [there]);
        assert_eq!(store.list_streams(Some(&chain.origin), limit(10)).unwrap(), []);
    });
    let store = MemoryStore::new();
    // Names that begin alike, in the order of their bytes.
    let names = ["gh.example.org/1", "gh.example.org/10", "gh.example.org/2"];
    for name in names {
        append(&store, &mut Chain::new(name), 1);
    }
    let listed = |after: Option<&str>, n| {
        let after = after.map(origin);
        let found = store.list_streams(after.as_ref(), limit(n)).unwrap();
        found.into_iter().map(|head| head.stream.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(listed(None, 2), names[..2]);
    assert_eq!(listed(Some(names[0]), 9), names[1..]);
}

#[test]
fn status_says_how_durable_a_store_is() {
    every_store(|store, chain| {
        append(store, chain, 1_000);
        assert_eq!(store.status().unwrap().problems, []);
    });
    let folder = Folder::new();
    let status = folder.create().status().unwrap();
    assert_eq!(status.durability, Durability::LogSynced);
    assert_eq!((status.engine, status.version, status.format), ("sled", "0.34.7", 1));
    assert_eq!(MemoryStore::new().status().unwrap().durability, Durability::None);
}

#[test]
fn a_folder_holds_one_book() {
    let folder = Folder::new();
    let store = folder.create();
    let mut chain = Chain::new("gh.example.org/branch-018");
    let batch = chain.command(1, 0);
    let (asked, held) = (chain.origin.clone(), origin(BOOK));
    assert_eq!(
        store.append(&chain.origin, Expected::NoStream, &batch).unwrap_err(),
        AppendError::AnotherStream { asked: asked.clone(), held: held.clone() }
    );
    let refused = store.stream_head(&chain.origin).unwrap_err();
    assert_eq!(refused, ReadError::AnotherStream { asked, held });
}

#[test]
fn a_command_sent_again_is_known_after_reopening_and_after_the_index_is_lost() {
    let folder = Folder::new();
    let mut chain = Chain::new(BOOK);
    let commands = [("a", "pay", 1), ("b", "pay", 1_500), ("c", "pay", 2_000)];
    let batch = chain.batch(&commands, 10);
    let first = folder.create().append(&chain.origin, Expected::NoStream, &batch).unwrap();
    for lost in [false, true] {
        if lost {
            std::fs::remove_dir_all(folder.store()).unwrap();
        }
        let (store, _) = folder.open();
        let again = chain.clone().batch(&commands, 10);
        let receipt = store.append(&chain.origin, chain.head, &again).unwrap();
        assert_eq!(receipt, AppendReceipt { repeated: true, ..first }, "lost: {lost}");
        let other = chain.clone().batch(&[("b", "pay more", 1)], 10);
        let conflict = AppendError::IdempotencyConflict { key: "b".into(), first: Seq(1) };
        assert_eq!(store.append(&chain.origin, chain.head, &other).unwrap_err(), conflict);
        assert_eq!(store.compare_with_log(&mut |_| {}).unwrap(), []);
    }
}

/// Which append fails, and whether it reached the store before it did.
#[test]
fn a_store_in_memory_fails_as_it_is_told_to() {
    let unknown = AppendError::Indeterminate { reason: "told to fail".into() };
    let none = AppendError::Unavailable { reason: "told to fail".into() };
    let full = AppendError::StorageFull { path: "memory".into() };
    for (fault, error, stored) in [
        (Fault::IndeterminateStored, unknown.clone(), true),
        (Fault::IndeterminateNotStored, unknown, false),
        (Fault::Unavailable, none, false),
        (Fault::StorageFull, full, false),
    ] {
        for others in 0..3 {
            let (store, mut chain) = (MemoryStore::new(), Chain::new(BOOK));
            store.fail_append_after(others, fault);
            for _ in 0..others {
                append(&store, &mut chain, 2);
            }
            let before = chain.clone();
            let batch = chain.batch(&[("march", "dues of March", 2)], 10);
            let failed = store.append(&chain.origin, before.head, &batch).unwrap_err();
            assert_eq!(failed, error);
            let there = if stored { head_of(&chain) } else { head_of(&before) };
            assert_eq!(store.stream_head(&chain.origin).unwrap(), there);
            assert_eq!(store.receipt(&chain.origin, "march").unwrap().is_some(), stored);
            let again = store.append(&chain.origin, before.head, &batch).unwrap();
            assert_eq!(again.repeated, stored);
        }
    }
}
