//! A host without threads: everything runs on its runtime's one thread, and over a store that is
//! stepped nothing leaves it before its driver says so.

use std::sync::Arc;
use std::task::Poll;

use super::cast::{Player, builder, cast, look_up, soon};
use hogshead::{Host, HostBuilder};
use hogshead_store::disk::power_cut::{Fate, PowerCut};
use hogshead_store::disk::simulated::SimulatedDisk;
use hogshead_store::engine::memory::MemoryStore;
use hogshead_store::{Keep, Options, StoreId};
use tokio::sync::Notify;

#[tokio::test]
async fn a_host_without_threads_does_all_that_one_with_threads_does() {
    let folder = tempfile::tempdir().unwrap();
    let start = || builder(&folder.path().join("a")).turn_threads(0).start();
    let host = start().await.unwrap();
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    bob.ask().keep("alice".into(), alice.value()).await.unwrap();
    let told = soon(bob.ask().ask("alice".into(), "note".into(), vec!["hello".into()])).await;
    assert_eq!(told.unwrap(), 1.into());
    let info = client.admin().ask().vat_evict("alice".into()).await.unwrap();
    assert_eq!(info.state, "cold");
    assert!(host.audit().await.unwrap().is_empty());
    drop((alice, bob, client));
    soon(host.shutdown()).await.unwrap();

    let host = start().await.unwrap();
    let client = host.client().await.unwrap();
    let alice = look_up::<dyn super::cast::Actor>(&client, "alice").await;
    assert_eq!(alice.ask().notes().await.unwrap(), ["hello"]);
    soon(host.shutdown()).await.unwrap();
}

/// A host over a store that somebody steps when he is notified, and over what he may stop at.
async fn start_stepped(disk: &SimulatedDisk, exists: bool) -> (Host, hogshead_store::Stepper) {
    let options = Options { stepped: true, reserve_bytes: 0, ..Options::default() };
    let (disk, engine, id) = (Arc::new(disk.clone()), Box::<MemoryStore>::default(), [1; 16]);
    let keep = if exists {
        Keep::open_over(disk, engine, StoreId(id), None, options).unwrap()
    } else {
        Keep::create_over(disk, engine, StoreId(id), options).unwrap()
    };
    let stepper = keep.stepper().unwrap();
    let host = Host::over(keep, &[7; 32]).turn_threads(0).register::<Player>();
    (host.start().await.unwrap(), stepper)
}

/// A host over a simulated disk that syncs at once. With a simulated network, and the runtime's
/// time paused, nothing of it waits for the machine.
pub async fn simulated(key: u8, change: impl FnOnce(HostBuilder) -> HostBuilder) -> Host {
    let options = Options { stepped: true, reserve_bytes: 0, ..Options::default() };
    let (disk, engine) = (Arc::new(SimulatedDisk::new()), Box::<MemoryStore>::default());
    let keep = Keep::create_over(disk, engine, StoreId([key; 16]), options).unwrap();
    let stepper = keep.stepper().unwrap();
    let work = Arc::new(Notify::new());
    let notified = Arc::clone(&work);
    stepper.on_work(move || notified.notify_one());
    tokio::spawn(async move { drive(&stepper, &work).await });
    let builder = Host::over(keep, &[key; 32]).turn_threads(0).register::<Player>();
    change(builder).start().await.unwrap()
}

/// Syncs whatever there is, as long as it is not dropped.
async fn drive(stepper: &hogshead_store::Stepper, work: &Notify) {
    loop {
        while stepper.sync() {}
        work.notified().await;
    }
}

#[tokio::test]
async fn an_answer_waits_for_the_step_that_makes_it_durable_and_survives_what_follows() {
    let disk = SimulatedDisk::recording();
    let (host, stepper) = start_stepped(&disk, false).await;
    let work = Arc::new(Notify::new());
    let notified = Arc::clone(&work);
    stepper.on_work(move || notified.notify_one());
    let story = async {
        let client = host.client().await.unwrap();
        (cast(&client, "alice").await, client)
    };
    let (alice, client) = tokio::select! {
        cast = soon(story) => cast,
        () = drive(&stepper, &work) => unreachable!("it goes on for ever"),
    };

    let mut asked = Box::pin(alice.ask().note("durable".into()));
    for _ in 0..1_000 {
        assert!(poll_once(&mut asked).await.is_none(), "nobody has synced what it did");
        tokio::task::yield_now().await;
    }
    let noted = tokio::select! {
        noted = soon(asked) => noted,
        () = drive(&stepper, &work) => unreachable!("it goes on for ever"),
    };
    assert_eq!(noted.unwrap(), 1);
    let mut lost = Box::pin(alice.ask().note("lost".into()));
    for _ in 0..1_000 {
        assert!(poll_once(&mut lost).await.is_none());
        tokio::task::yield_now().await;
    }
    drop((lost, alice, client));
    drop(host);

    // The power is cut as well: what was not synced is gone.
    let log = disk.log();
    let disk = PowerCut::after(&log, log.len()).disk(|_| Fate::Lost);
    let (host, stepper) = start_stepped(&disk, true).await;
    let story = async {
        let client = host.client().await.unwrap();
        look_up::<dyn super::cast::Actor>(&client, "alice").await.ask().notes().await.unwrap()
    };
    let notes = soon(async {
        let mut story = Box::pin(story);
        loop {
            stepper.sync();
            if let Some(notes) = poll_once(&mut story).await {
                return notes;
            }
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(notes.await, ["durable"]);
}

/// Polls a future once.
async fn poll_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    std::future::poll_fn(|cx| {
        Poll::Ready(match std::pin::Pin::new(&mut *future).poll(cx) {
            Poll::Ready(done) => Some(done),
            Poll::Pending => None,
        })
    })
    .await
}
