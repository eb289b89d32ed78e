//! Disks that are full, and disks that fail: what a host does with callers then.

use std::sync::Arc;
use std::time::Duration;

use hogshead::stock::counter::{Counter, Tally};
use hogshead::{Client, Handle, Host};
use hogshead_store::disk::simulated::{Faults, SimulatedDisk};
use hogshead_store::engine::memory::MemoryStore;
use hogshead_store::{Engine, Keep, Options, StoreId};

use super::{find, spawn};

const ID: StoreId = StoreId([7; 16]);

fn options() -> Options {
    Options { engine: Engine::Memory, reserve_bytes: 0, ..Options::default() }
}

async fn start(data: &std::path::Path, keep: Keep) -> (Host, Client) {
    let host = Host::builder(data).keep(keep).start().await.unwrap();
    let client = host.client().await.unwrap();
    (host, client)
}

fn keep(disk: &SimulatedDisk) -> Keep {
    let (disk, engine) = (Arc::new(disk.clone()), Box::new(MemoryStore::new()));
    Keep::create_over(disk, engine, ID, options()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_keeps_every_caller_waiting_and_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let disk = SimulatedDisk::new();
    let (host, client) = start(&folder.path().join("host"), keep(&disk)).await;
    let counter: Handle<dyn Counter> = spawn::<Tally>(&client, "alice").await.cast();
    let other: Handle<dyn Counter> = spawn::<Tally>(&client, "bob").await.cast();
    assert_eq!(counter.ask().increment(1).await.unwrap(), 1);

    disk.plan(Faults { space: Some(0), ..Faults::default() });
    let mut calls = tokio::task::JoinSet::new();
    for nth in 0..40 {
        let to = if nth % 4 == 0 { other.clone() } else { counter.clone() };
        calls.spawn(async move { to.ask().increment(1).await });
        // Some come while the disk is found full, some long after.
        tokio::time::sleep(Duration::from_millis(nth)).await;
    }
    let early = tokio::time::timeout(Duration::from_millis(300), calls.join_next()).await;
    assert!(early.is_err(), "an answer left before it could be durable: {early:?}");

    disk.plan(Faults::default());
    while let Some(answer) = calls.join_next().await {
        answer.unwrap().unwrap();
    }
    assert_eq!(counter.ask().read().await.unwrap(), 1 + 30);
    assert_eq!(other.ask().read().await.unwrap(), 10);
    assert_eq!(host.audit().await.unwrap(), [""; 0]);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fails_to_sync_stops_the_host_and_nothing_more_is_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let disk = SimulatedDisk::new();
    let data = folder.path().join("host");
    let (host, client) = start(&data, keep(&disk)).await;
    let counter: Handle<dyn Counter> = spawn::<Tally>(&client, "alice").await.cast();
    assert_eq!(counter.ask().increment(1).await.unwrap(), 1);

    disk.plan(Faults { syncs: Some(0), ..Faults::default() });
    // A single call: nothing comes after it that could find the store dead.
    let cut_off = tokio::time::timeout(Duration::from_secs(10), counter.ask().increment(1)).await;
    let cut_off = cut_off.expect("its caller is told").unwrap_err();
    assert_eq!(cut_off.class(), hogshead::Class::OutcomeUnknown, "{cut_off}");
    tokio::time::timeout(Duration::from_secs(10), host.stopped()).await.unwrap();
    assert!(host.shutdown().await.is_err(), "it does not say that all is well");
    drop((counter, client));

    disk.plan(Faults::default());
    let (over, engine) = (Arc::new(disk.clone()), Box::new(MemoryStore::new()));
    let again = Keep::open_over(over, engine, ID, None, options()).unwrap();
    let (host, client) = start(&data, again).await;
    let counter: Handle<dyn Counter> = find(&client, "alice").await.unwrap().cast();
    let count = counter.ask().read().await.unwrap();
    assert!((1..=2).contains(&count), "one acknowledged, one in flight, and {count} counted");
    host.shutdown().await.unwrap();
}
