//! What every engine behind the seam must do, and what sled must not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use common::{Random, seed};
use hogshead_objects::ids::CommitNumber;
use hogshead_store::engine::faulty::{Calls, Fault, FaultyStore};
use hogshead_store::engine::memory::MemoryStore;
use hogshead_store::engine::redb::RedbStore;
use hogshead_store::engine::sled::SledStore;
use hogshead_store::{Changes, Store};

const CACHE: usize = 8 << 20;

/// Runs a check on each engine; the function opens the engine in the folder, again and again.
fn on_each(check: impl Fn(&dyn Fn() -> Box<dyn Store>, &Path)) {
    for engine in ["sled", "redb", "faulty"] {
        println!("on {engine}");
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path();
        let open = || -> Box<dyn Store> {
            match engine {
                "sled" => Box::new(SledStore::open(path, CACHE).unwrap()),
                "redb" => Box::new(RedbStore::open(path, CACHE).unwrap()),
                _ => Box::new(FaultyStore::new(RedbStore::open(path, CACHE).unwrap())),
            }
        };
        check(&open, path);
    }
}

fn change(key: impl Into<Bytes>, value: impl Into<Bytes>) -> Changes {
    [(key.into(), Some(value.into()))].into()
}

fn value(len: usize, tag: u8) -> Vec<u8> {
    let pattern: Vec<u8> = (0..251).map(|at| at ^ tag).collect();
    pattern.iter().copied().cycle().take(len).collect()
}

fn rows(store: &dyn Store) -> Vec<(Bytes, Bytes)> {
    store.range(b"", None, usize::MAX).unwrap()
}

#[test]
fn rows_and_their_number_survive_reopening() {
    on_each(|open, _| {
        let store = open();
        assert_eq!(store.number().unwrap().0, 0);
        assert_eq!(rows(&*store), []);
        let mut changes = change("a", "1");
        changes.extend(change("b", ""));
        changes.insert("never there".into(), None);
        store.apply(&changes, CommitNumber(7)).unwrap();
        store.flush().unwrap();
        drop(store);
        let store = open();
        assert_eq!(store.number().unwrap().0, 7);
        assert_eq!(rows(&*store), [("a".into(), "1".into()), ("b".into(), "".into())]);
        assert_eq!(store.get(b"b").unwrap(), Some(Bytes::new()));
        assert_eq!(store.get(b"c").unwrap(), None);
        store.apply(&[("a".into(), None)].into(), CommitNumber(8)).unwrap();
        assert_eq!(store.get(b"a").unwrap(), None);
        assert_eq!(store.number().unwrap().0, 8);
    });
}

#[test]
fn ranges_are_half_open_sorted_and_limited() {
    on_each(|open, _| {
        let store = open();
        let mut changes = Changes::new();
        for key in [&b""[..], b"\0", b"a", b"a\0", b"ab", b"b", b"\xff", b"\xff\xff"] {
            changes.insert(Bytes::from_static(key), Some("x".into()));
        }
        store.apply(&changes, CommitNumber(1)).unwrap();
        let keys = |from: &[u8], to: Option<&[u8]>, limit| -> Vec<Vec<u8>> {
            let rows = store.range(from, to, limit).unwrap();
            rows.into_iter().map(|(key, _)| key.to_vec()).collect()
        };
        assert_eq!(keys(b"a", Some(b"b"), 9), [&b"a"[..], b"a\0", b"ab"]);
        assert_eq!(keys(b"a", Some(b"b"), 2), [&b"a"[..], b"a\0"]);
        assert_eq!(keys(b"b", None, 9), [&b"b"[..], b"\xff", b"\xff\xff"]);
        assert_eq!(keys(b"", None, 99).len(), changes.len());
        assert_eq!(keys(b"b", Some(b"a"), 9), [[0; 0]; 0]);
        assert_eq!(keys(b"a", Some(b"a"), 9), [[0; 0]; 0]);
        assert_eq!(keys(b"", None, 0), [[0; 0]; 0]);
    });
}

#[test]
fn values_of_every_size_come_back() {
    on_each(|open, dir| {
        let mut store = open();
        let edges = [4096, 8192, 65536];
        let mut sizes: Vec<usize> =
            edges.iter().flat_map(|edge| [edge - 1, *edge, edge + 1, edge * 2]).collect();
        sizes.extend([0, 1, 300_000, 3 << 20]);
        for (round, reopen) in [(1_u8, false), (2, true)] {
            for (at, size) in sizes.iter().enumerate() {
                // Each row has another size each time, so that chunks come and go.
                let size = sizes[(at + usize::from(round)) % sizes.len()].max(*size / 2);
                let number = CommitNumber(u64::from(round) * 1000 + at as u64);
                store.apply(&change(at.to_string(), value(size, round)), number).unwrap();
            }
            store.flush().unwrap();
            if reopen {
                drop(store);
                store = open();
            }
            for (at, size) in sizes.iter().enumerate() {
                let size = sizes[(at + usize::from(round)) % sizes.len()].max(*size / 2);
                let found = store.get(at.to_string().as_bytes()).unwrap().unwrap();
                assert!(found == value(size, round), "row {at} of {size} bytes");
            }
            assert_eq!(rows(&*store).len(), sizes.len());
            no_blobs(dir);
        }
        for at in 0..sizes.len() {
            let gone = [(Bytes::from(at.to_string()), None)].into();
            store.apply(&gone, CommitNumber(9000)).unwrap();
        }
        assert_eq!(rows(&*store), []);
        no_blobs(dir);
    });
}

#[test]
fn a_whole_overlay_at_once_leaves_no_blob() {
    let seed = seed();
    on_each(|open, dir| {
        let mut random = Random(seed);
        let store = open();
        for number in 1..=3 {
            let mut changes = Changes::new();
            for _ in 0..500 {
                let len = if random.below(50) == 0 { 200_000 } else { 4000 };
                let len = random.below(len) as usize;
                changes.insert(random.below(5000).to_string().into(), Some(vec![1; len].into()));
            }
            store.apply(&changes, CommitNumber(number)).unwrap();
            store.flush().unwrap();
            no_blobs(dir);
        }
    });
}

/// sled neither syncs nor frees what it puts there.
fn no_blobs(dir: &Path) {
    if let Ok(entries) = fs::read_dir(dir.join("sled/blobs")) {
        let blobs: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        assert!(blobs.is_empty(), "blobs: {blobs:?}");
    }
}

#[test]
fn applying_again_changes_nothing() {
    on_each(|open, _| {
        let store = open();
        let mut first = change("a", value(100_000, 1));
        first.extend(change("b", "1"));
        let mut second = change("a", value(50_000, 2));
        second.insert("b".into(), None);
        for _ in 0..2 {
            store.apply(&first, CommitNumber(1)).unwrap();
            store.apply(&second, CommitNumber(2)).unwrap();
        }
        assert_eq!(rows(&*store), [("a".into(), value(50_000, 2).into())]);
        // Grouped otherwise, as recovery does.
        let mut both = first;
        both.extend(second);
        store.apply(&both, CommitNumber(2)).unwrap();
        assert_eq!(rows(&*store), [("a".into(), value(50_000, 2).into())]);
    });
}

#[test]
fn a_value_that_is_replaced_while_it_is_read_is_the_one_or_the_other() {
    on_each(|open, _| {
        let store = open();
        let ends = AtomicBool::new(false);
        store.apply(&change("a", value(60_000, 0)), CommitNumber(1)).unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for n in 2..100_u64 {
                    let bytes = value(60_000 + n as usize % 3 * 10_000, n as u8);
                    store.apply(&change("a", bytes), CommitNumber(n)).unwrap();
                }
                ends.store(true, Ordering::SeqCst);
            });
            while !ends.load(Ordering::SeqCst) {
                let got = store.get(b"a").unwrap().unwrap();
                assert!(got == value(got.len(), got[0]));
                let ranged = rows(&*store);
                assert!(ranged[0].1 == value(ranged[0].1.len(), ranged[0].1[0]));
            }
        });
    });
}

#[test]
fn sled_opens_after_it_was_killed_while_opening() {
    let dir = tempfile::tempdir().unwrap();
    let store = SledStore::open(dir.path(), CACHE).unwrap();
    store.apply(&change("a", "1"), CommitNumber(1)).unwrap();
    drop(store);
    fs::write(dir.path().join("sled/snap.00000000000000FF.generating"), "half").unwrap();
    let store = SledStore::open(dir.path(), CACHE).unwrap();
    assert_eq!(store.get(b"a").unwrap(), Some("1".into()));
}

#[test]
fn the_faulty_store_fails_when_it_is_told_to() {
    let store = FaultyStore::new(MemoryStore::new());
    store.plan(Calls::Applies, Fault::Device, 1);
    store.apply(&change("a", "1"), CommitNumber(1)).unwrap();
    let error = store.apply(&change("a", "2"), CommitNumber(2)).unwrap_err();
    assert_eq!(error.to_string(), "faulty store: planned fault: Device");
    store.apply(&change("a", "3"), CommitNumber(3)).unwrap();
    assert_eq!(store.count(Calls::Applies), 3);

    store.plan(Calls::Applies, Fault::Short, 0);
    let mut two = change("a", "4");
    two.extend(change("b", "4"));
    store.apply(&two, CommitNumber(4)).unwrap_err();
    assert_eq!(rows(store.inner()), [("a".into(), "4".into())]);
    assert_eq!(store.number().unwrap().0, 3);

    store.plan(Calls::Reads, Fault::Crash, 1);
    store.get(b"a").unwrap();
    store.get(b"a").unwrap_err();
    store.flush().unwrap_err();
    store.apply(&two, CommitNumber(4)).unwrap_err();
    store.mend();
    store.apply(&two, CommitNumber(4)).unwrap();
}
