//! A store without threads: nothing reaches the disk before its driver says so, and what its
//! driver did is what a crash leaves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use common::{puts, text};
use hogshead_objects::ids::CommitNumber;
use hogshead_store::disk::power_cut::{Fate, PowerCut};
use hogshead_store::disk::simulated::{Faults, SimulatedDisk};
use hogshead_store::engine::memory::MemoryStore;
use hogshead_store::{Keep, Options, StoreError, StoreId};

fn options() -> Options {
    Options { stepped: true, reserve_bytes: 0, ..Options::default() }
}

fn create(disk: &SimulatedDisk) -> Keep {
    let engine = Box::new(MemoryStore::new());
    Keep::create_over(Arc::new(disk.clone()), engine, StoreId([1; 16]), options()).unwrap()
}

fn open(disk: SimulatedDisk) -> Keep {
    let engine = Box::new(MemoryStore::new());
    Keep::open_over(Arc::new(disk), engine, StoreId([1; 16]), None, options()).unwrap()
}

#[test]
fn nothing_is_durable_before_the_step_that_makes_it_so() {
    let disk = SimulatedDisk::recording();
    let keep = create(&disk);
    let stepper = keep.stepper().unwrap();
    let (work, told) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
    let counted = work.clone();
    stepper.on_work(move || {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    for n in 1..=3 {
        let number = keep.commit(puts([("key", "value")])).unwrap();
        let told = told.clone();
        keep.on_durable(number, Box::new(move |done| told.lock().unwrap().push((n, done.is_ok()))));
    }
    assert_eq!(work.load(Ordering::Relaxed), 3, "the driver hears of each commit");
    assert_eq!(keep.durable(), CommitNumber(0));
    assert_eq!(text(&keep, "key").as_deref(), Some("value"), "it is read at once");

    let writes = disk.log().len();
    assert!(stepper.sync());
    assert_eq!(disk.log().len(), writes + 2, "three commits, one write, one sync");
    assert_eq!(*told.lock().unwrap(), [(1, true), (2, true), (3, true)]);
    assert!(!stepper.sync(), "nothing more is to be done");

    assert_eq!(keep.status().applied, CommitNumber(0));
    stepper.checkpoint(true).unwrap();
    assert_eq!(keep.status().flushed, CommitNumber(3));
    keep.close().unwrap();
}

#[test]
fn who_waits_does_the_work_itself() {
    let keep = create(&SimulatedDisk::new());
    let number = keep.commit(puts([("key", "value")])).unwrap();
    keep.wait_durable(number).unwrap();
    keep.commit(puts([("key", "other")])).unwrap();
    assert_eq!(keep.flush().unwrap(), CommitNumber(2));
    assert_eq!(keep.status().flushed, CommitNumber(2));
}

#[test]
fn a_dropped_store_has_what_was_synced_and_tells_who_waits_for_more() {
    let disk = SimulatedDisk::recording();
    let keep = create(&disk);
    keep.commit(puts([("kept", "1")])).unwrap();
    assert!(keep.stepper().unwrap().sync());
    let lost = keep.commit(puts([("lost", "1")])).unwrap();
    let told = Arc::new(Mutex::new(None));
    let teller = told.clone();
    keep.on_durable(lost, Box::new(move |done| *teller.lock().unwrap() = Some(done)));
    drop(keep);
    assert!(matches!(*told.lock().unwrap(), Some(Err(StoreError::Failed { .. }))));

    let log = disk.log();
    let again = open(PowerCut::after(&log, log.len()).disk(|_| Fate::Lost));
    assert_eq!(text(&again, "kept").as_deref(), Some("1"));
    assert_eq!(text(&again, "lost"), None);
}

#[test]
fn a_process_that_is_killed_at_some_call_has_made_the_calls_before_it() {
    for calls in 0..=6 {
        let disk = SimulatedDisk::recording();
        let keep = create(&disk);
        let made = disk.log().len();
        disk.plan(Faults { calls: Some(calls), ..Faults::default() });
        let mut durable = 0;
        for n in 1..=3 {
            let number = keep.commit(puts([(format!("{n}").as_str(), "1")])).unwrap();
            match keep.wait_durable(number) {
                Ok(()) => durable = n,
                Err(_) => break,
            }
        }
        assert_eq!(durable, calls / 2, "a write and a sync each");
        assert_eq!(disk.is_dead(), calls < 6);
        assert_eq!(disk.log().len() - made, usize::try_from(calls).unwrap());
        let log = disk.log();
        let again = open(PowerCut::after(&log, log.len()).disk(|_| Fate::Lost));
        assert_eq!(again.newest(), CommitNumber(durable));
    }
}
