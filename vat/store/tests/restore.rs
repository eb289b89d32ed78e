//! Restoring: the store of a snapshot's day, told apart from the one that went on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{on_each_engine, puts, text};
use hogshead_store::check::{Base, Rebuild, check, rebuild};
use hogshead_store::{Batch, Keep, Options, Restored, StoreError, restore};

/// A store with three commits, a snapshot after the second; and the snapshot.
fn three_commits(dir: &Path, options: Options) -> PathBuf {
    let keep = Keep::create(dir, options).unwrap();
    keep.commit(puts([("day", "sunday")])).unwrap();
    keep.wait_durable(keep.commit(puts([("day", "monday")])).unwrap()).unwrap();
    let snapshot = keep.snapshot(&dir.with_extension("snapshots")).unwrap();
    keep.commit(puts([("day", "tuesday"), ("later", "yes")])).unwrap();
    keep.close().unwrap();
    snapshot.path
}

/// Says in the first commit which day it is again.
fn declare(keep: &Keep) -> Result<Batch, StoreError> {
    Ok(puts([("restored to", text(keep, "day").unwrap().as_str())]))
}

#[test]
fn a_store_is_again_as_its_snapshot_has_it_and_what_came_later_is_set_aside() {
    on_each_engine(|options, dir| {
        let dir = dir.as_path();
        let snapshot = three_commits(dir, options.clone());
        let Restored { number, set_aside } = restore(dir, &snapshot, None, declare).unwrap();
        assert_eq!((number.0, set_aside.len()), (2, 2), "checkpoint and journal are set aside");
        assert!(set_aside.iter().all(|path| path.exists()));
        let keep = Keep::open(dir, options).unwrap();
        assert_eq!(keep.newest().0, 3, "the declaration is the first commit");
        assert_eq!(text(&keep, "day").as_deref(), Some("monday"));
        assert_eq!(text(&keep, "later"), None);
        assert_eq!(text(&keep, "restored to").as_deref(), Some("monday"));
        keep.commit(puts([("day", "wednesday")])).unwrap();
        keep.close().unwrap();
        assert!(check(dir).unwrap().is_whole());

        // Its commits have the numbers of others: a snapshot of those is of another store.
        let from = Rebuild { base: Base::Snapshot(snapshot), engine: None, accept_loss: false };
        let refused = rebuild(dir, &from).unwrap_err();
        assert!(matches!(refused, StoreError::OtherStore { .. }), "{refused}");
    });
}

#[test]
fn a_snapshot_becomes_a_store_where_there_was_none_in_the_engine_that_is_asked_for() {
    on_each_engine(|options, dir| {
        let dir = dir.as_path();
        let snapshot = three_commits(dir, options.clone());
        let elsewhere = dir.with_extension("elsewhere");
        let restored = restore(&elsewhere, &snapshot, Some(options.engine), declare).unwrap();
        assert_eq!((restored.number.0, restored.set_aside.len()), (2, 0));
        let keep = Keep::open(&elsewhere, options.clone()).unwrap();
        assert_eq!(keep.engine(), options.engine);
        assert_eq!(text(&keep, "restored to").as_deref(), Some("monday"));
        keep.close().unwrap();
        let keep = Keep::open(dir, options).unwrap();
        assert_eq!(text(&keep, "day").as_deref(), Some("tuesday"), "the other one is untouched");
    });
}

#[test]
fn what_goes_wrong_leaves_the_store_as_it_was() {
    on_each_engine(|options, dir| {
        let dir = dir.as_path();
        let snapshot = three_commits(dir, options.clone());
        let damaged = snapshot.with_file_name("damaged");
        let mut bytes = fs::read(&snapshot).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&damaged, bytes).unwrap();
        let error = restore(dir, &damaged, None, declare).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        let unwilling = |_: &Keep| Err(StoreError::OtherStore { file: snapshot.clone() });
        restore(dir, &snapshot, None, unwilling).unwrap_err();
        let nowhere = dir.with_extension("nowhere");
        restore(&nowhere, &snapshot, Some(options.engine), unwilling).unwrap_err();
        // Nor is an empty one made where a snapshot was to be.
        let (opened, looked) = (Keep::open(&nowhere, options.clone()), Keep::exists(&nowhere));
        for missing in [opened.err().unwrap(), looked.unwrap_err()] {
            let half = matches!(missing, StoreError::HalfMade { restoring: true, .. });
            assert!(half && missing.to_string().contains("store restore"), "{missing}");
        }
        restore(&nowhere, &snapshot, Some(options.engine), declare).unwrap();

        let keep = Keep::open(dir, options).unwrap();
        assert_eq!(text(&keep, "day").as_deref(), Some("tuesday"));
        let in_use = restore(dir, &snapshot, None, declare).unwrap_err();
        assert!(matches!(in_use, StoreError::InUse { .. }), "{in_use}");
        keep.close().unwrap();
    });
}

#[test]
fn large_values_keep_their_own_bytes_however_many_portions_they_are_restored_in() {
    // More than twice what is put into an engine at once, of values that it keeps in pieces.
    const VALUES: u8 = 17;
    let value = |nth: u8| vec![nth; 1 << 20];
    let holds = |dir: &Path, options: &Options| {
        let keep = Keep::open(dir, options.clone()).unwrap();
        for nth in 0..VALUES {
            let read = keep.get(&[nth]).unwrap().expect("it is there");
            assert!(*read == *value(nth), "the value {nth} is another's");
        }
        keep.close().unwrap();
    };
    on_each_engine(|options, dir| {
        let dir = dir.as_path();
        let keep = Keep::create(dir, options.clone()).unwrap();
        for nth in 0..VALUES {
            let mut batch = Batch::new();
            batch.put(vec![nth], value(nth));
            keep.commit(batch).unwrap();
        }
        let snapshot = keep.snapshot(&dir.with_extension("snapshots")).unwrap().path;
        keep.close().unwrap();
        let again = Rebuild { base: Base::Checkpoint, engine: None, accept_loss: false };
        rebuild(dir, &again).unwrap();
        holds(dir, &options);
        let elsewhere = dir.with_extension("elsewhere");
        let declare = |_: &Keep| Ok::<_, StoreError>(puts([("restored", "yes")]));
        restore(&elsewhere, &snapshot, Some(options.engine), declare).unwrap();
        holds(&elsewhere, &options);
    });
}
