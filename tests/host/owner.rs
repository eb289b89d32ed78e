//! Owners: several at once, the directory, and what happens to calls when the host ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hogshead::{Class, Client, Clock, Timestamp, Value};

use super::cast::{Actor, builder, cast, look_up, soon, start};

/// A clock that stops its host: reading it panics, in the host's own code within a turn.
#[derive(Default)]
struct Trap(AtomicBool);

impl Clock for Trap {
    fn now(&self) -> Timestamp {
        let thread = std::thread::current();
        let in_turn = thread.name().is_some_and(|name| name.starts_with("hogshead-turns"));
        assert!(!(in_turn && self.0.load(Ordering::Acquire)), "the clock was told to break");
        Timestamp(1_700_000_000_000)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_ends_when_the_host_cannot_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(Trap::default());
    let host = builder(&folder.path().join("a")).clock(clock.clone()).start().await.unwrap();
    let inside = host.client().await.unwrap();
    let outside = Client::connect(host.socket().unwrap()).await.unwrap();
    let alice = cast(&inside, "alice").await;
    let beside: hogshead::Handle<dyn Actor> = look_up(&outside, "alice").await;
    let (pending, other) = (alice.ask().later(), beside.ask().later());
    alice.ask().notes().await.unwrap();
    beside.ask().notes().await.unwrap();
    clock.0.store(true, Ordering::Release);
    let last = soon(alice.ask().note("never".into())).await.unwrap_err();
    assert_eq!(last.class(), Class::OutcomeUnknown, "{last}");
    for call in [pending, other] {
        let error = soon(call).await.unwrap_err();
        assert_eq!(error.class(), Class::OutcomeUnknown, "{error}");
    }
    soon(host.stopped()).await;
    let late = soon(alice.ask().note("later".into())).await.unwrap_err();
    assert_eq!(late.class(), Class::Severed, "{late}");
    assert!(soon(host.client()).await.is_err(), "nobody is taken in any more");
    assert!(host.shutdown().await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_owners_see_the_same_host_and_each_others_work() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let one = host.client().await.unwrap();
    let other = Client::connect(host.socket().unwrap()).await.unwrap();
    let alice = cast(&one, "alice").await;
    let same: hogshead::Handle<dyn Actor> = look_up(&other, "alice").await;
    let pending = alice.ask().later();
    let calls = (0..40).map(|n| {
        let owner = if n % 2 == 0 { &alice } else { &same };
        owner.ask().note("n".into())
    });
    let mut counts = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        counts.push(soon(call).await.unwrap());
    }
    counts.sort_unstable();
    assert_eq!(counts, (1..=40).collect::<Vec<_>>());
    // One makes a vat under a name; the other cannot.
    let (a, b) = tokio::join!(
        one.admin().ask().vat_new("bob".into()),
        other.admin().ask().vat_new("bob".into())
    );
    assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|made| **made).count(), 1);
    // One goes; the other's questions are still answered.
    drop((same, other));
    assert_eq!(alice.ask().decide(Some("yes".into())).await.unwrap(), 1);
    assert_eq!(soon(pending).await.unwrap(), "yes".into());
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn more_owners_than_there_is_room_for_are_told_and_room_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let mut owners = Vec::new();
    for _ in 0..hogshead::limits::OWNERS_MAX {
        owners.push(host.client().await.unwrap());
    }
    let error = soon(host.client()).await.err().expect("there is no room");
    assert!(!error.to_string().is_empty());
    owners[0].admin().ask().key().await.unwrap();
    owners.truncate(1);
    super::cast::until("there is room again", || async { host.client().await.is_ok() }).await;
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_directory_keeps_names() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    let alice = cast(&client, "alice").await;
    admin.ask().name("also".into(), alice.value()).await.unwrap();
    let shared = admin.ask().share(alice.value(), None, "s".into()).await.unwrap();
    let sturdy = Value::SturdyRef(Box::new(shared));
    admin.ask().name("sturdy".into(), sturdy).await.unwrap();
    let names = admin.ask().names().await.unwrap();
    let listed: Vec<_> = names.iter().map(|n| (n.name.as_str(), n.kind.as_str())).collect();
    assert_eq!(listed, [("alice", "live"), ("also", "live"), ("sturdy", "sturdy")]);
    assert!(names.iter().all(|name| !name.to.contains("/s/")), "no secret is shown");
    for wrong in ["", ".hidden", "-x", "a b", "a//b", "/a", &"x".repeat(200)] {
        let error = admin.ask().name(wrong.into(), alice.value()).await.unwrap_err();
        assert_eq!(error.class(), Class::BadCall, "{wrong:?}: {error}");
    }
    let error = admin.ask().name("seven".into(), 7_u64.into()).await.unwrap_err();
    assert_eq!(error.class(), Class::BadCall, "{error}");
    let error = admin.ask().lookup("nobody".into()).await.unwrap_err();
    assert_eq!(error.class(), Class::NotFound, "{error}");
    drop((alice, admin, client));
    host.shutdown().await.unwrap();

    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let admin = client.admin();
    for name in ["alice", "also", "sturdy"] {
        let alice: hogshead::Handle<dyn Actor> = look_up(&client, name).await;
        alice.ask().note(name.into()).await.unwrap();
    }
    admin.ask().unname("also".into()).await.unwrap();
    let error = admin.ask().unname("also".into()).await.unwrap_err();
    assert_eq!(error.class(), Class::NotFound, "{error}");
    let alice: hogshead::Handle<dyn Actor> = look_up(&client, "alice").await;
    assert_eq!(alice.ask().notes().await.unwrap(), ["alice", "also", "sturdy"]);
    host.shutdown().await.unwrap();
}
