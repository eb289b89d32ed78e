//! What a store has been, read from its beginning or from a snapshot.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeMap;
use std::fs;

use bytes::Bytes;
use common::{on_each_engine, puts};
use hogshead_objects::ids::CommitNumber;
use hogshead_store::history::{History, Past, Reader};
use hogshead_store::{Batch, Keep, Options, Retention, StoreError};

/// Applies what it reads.
#[derive(Default)]
struct Book {
    rows: BTreeMap<Bytes, Bytes>,
    given: Vec<u64>,
    descriptions: Vec<Bytes>,
}

impl Reader for Book {
    fn row(&mut self, key: Bytes, value: Bytes) -> Result<(), StoreError> {
        assert!(self.given.is_empty(), "a snapshot's rows come first");
        self.rows.insert(key, value);
        Ok(())
    }

    fn commit(&mut self, number: CommitNumber, batch: Batch) -> Result<(), StoreError> {
        self.given.push(number.0);
        self.descriptions.push(batch.description().clone());
        for (key, value) in batch.changes() {
            match value {
                Some(value) => self.rows.insert(key.clone(), value.clone()),
                None => self.rows.remove(key),
            };
        }
        Ok(())
    }
}

fn commit(keep: &Keep, numbers: std::ops::RangeInclusive<u64>) {
    for n in numbers {
        let mut batch = puts([(&format!("row {n:03}"), "x"), ("last", &n.to_string())]);
        batch.meta(format!("turn {n}"));
        keep.commit(batch).unwrap();
    }
    keep.wait_durable(keep.newest()).unwrap();
}

#[test]
fn a_history_is_the_same_from_its_beginning_and_from_a_snapshot() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, Options { segment_bytes: 1000, ..options }).unwrap();
        commit(&keep, 1..=30);
        let taken = keep.snapshot(&dir.join("backup")).unwrap();
        commit(&keep, 31..=60);
        assert!(matches!(History::open(&dir), Err(StoreError::InUse { .. })));
        keep.close().unwrap();

        let history = History::open(&dir).unwrap();
        let (mut all, mut rest) = (Book::default(), Book::default());
        let read = history.read(None, &mut all).unwrap();
        assert_eq!(read, Past { from: CommitNumber(0), newest: CommitNumber(60) });
        assert_eq!(all.given, (1..=60).collect::<Vec<_>>());
        assert_eq!(all.descriptions[6], "turn 7");
        let read = history.read(Some(&taken.path), &mut rest).unwrap();
        assert_eq!(read, Past { from: CommitNumber(30), newest: CommitNumber(60) });
        assert_eq!(rest.given, (31..=60).collect::<Vec<_>>());
        assert_eq!(rest.rows, all.rows);
    });
}

#[test]
fn a_beginning_that_retention_has_dropped_is_said_to_be_gone() {
    on_each_engine(|options, dir| {
        let options = Options { segment_bytes: 1000, retention: Retention::Bytes(0), ..options };
        let keep = Keep::create(&dir, options).unwrap();
        commit(&keep, 1..=30);
        let early = keep.snapshot(&dir.join("early")).unwrap();
        commit(&keep, 31..=60);
        let late = keep.snapshot(&dir.join("late")).unwrap();
        commit(&keep, 61..=90);
        keep.close().unwrap();

        let history = History::open(&dir).unwrap();
        for too_early in [None, Some(early.path.as_path())] {
            let gone = history.read(too_early, &mut Book::default()).unwrap_err();
            let StoreError::Gone { first } = gone else { panic!("{gone}") };
            assert!((32..=61).contains(&first.0), "{first}");
        }
        let mut rest = Book::default();
        assert_eq!(history.read(Some(&late.path), &mut rest).unwrap().newest.0, 90);
        assert_eq!(rest.rows.len(), 91);
    });
}

#[test]
fn damage_and_what_belongs_to_another_store_are_refused() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=30);
        keep.close().unwrap();
        let other = dir.join("other");
        let keep = Keep::create(&other, options).unwrap();
        commit(&keep, 1..=3);
        let foreign = keep.snapshot(&dir.join("backup")).unwrap();
        keep.close().unwrap();
        let history = History::open(&dir).unwrap();
        let refused = history.read(Some(&foreign.path), &mut Book::default()).unwrap_err();
        assert!(matches!(refused, StoreError::OtherStore { .. }), "{refused}");

        let segment = fs::read_dir(dir.join("journal")).unwrap().next().unwrap().unwrap().path();
        let mut bytes = fs::read(&segment).unwrap();
        bytes[200] ^= 0x10;
        fs::write(segment, bytes).unwrap();
        let mut book = Book::default();
        let damaged = history.read(None, &mut book).unwrap_err();
        assert!(matches!(damaged, StoreError::Damaged { .. }), "{damaged}");
        assert!(book.given.len() < 30, "what is behind the damage is not given");
    });
}
