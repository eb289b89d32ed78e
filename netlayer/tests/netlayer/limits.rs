//! Limits that honest hosts reach too: each has a clear answer.

use std::time::Duration;

use hogshead_netlayer::limits::{ADDRESSES_MAX, LOCAL_CONNECTIONS_MAX};
use hogshead_netlayer::local::{self, LocalListener};
use hogshead_netlayer::memory::MemoryNetwork;
use hogshead_netlayer::{DialError, Limits, Mode, Netlayer};
use tokio::time::timeout;

use crate::support::{Party, eventually, greet, meet};

#[tokio::test]
async fn sessions_of_one_connection_end_somewhere_and_room_returns() {
    let limits = Limits {
        prefaces_per_connection_max: 2,
        sessions_per_connection_max: 3,
        preface_time: Duration::from_millis(600),
        ..Limits::default()
    };
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(limits.clone()), bob.quic(limits));
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(meet(&alice, &a, &bob, &b).await);
    }
    let to = bob.at(&b);
    let error = a.dial(alice.vat, &to, Mode::Plain).await.unwrap_err();
    assert!(error.to_string().contains("busy: try again later"), "{error}");
    assert!(error.is_transient());
    for (one, other) in &mut held {
        greet(one, other).await;
    }
    held.pop();
    held.push(meet(&alice, &a, &bob, &b).await);
}

/// QUIC announces higher limits on streams late. Once a connection stopped taking sessions at some
/// hundred of them; with fewer prefaces at once it did at fourteen.
#[tokio::test]
async fn a_connection_takes_sessions_far_beyond_the_prefaces_at_once() {
    let limits = Limits { prefaces_per_connection_max: 2, ..Limits::default() };
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(Limits::default()), bob.quic(limits));
    let mut held = Vec::new();
    for _ in 0..30 {
        held.push(timeout(Duration::from_secs(5), meet(&alice, &a, &bob, &b)).await.unwrap());
    }
    assert_eq!(a.load().connections, 1);
}

#[tokio::test]
async fn sessions_that_the_host_does_not_take_end_and_those_it_has_go_on() {
    let limits =
        Limits { accepted_max: 1, preface_time: Duration::from_millis(400), ..Limits::default() };
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(Limits::default()), bob.quic(limits));
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    let to = bob.at(&b);
    let mut waiting = Vec::new();
    for _ in 0..3 {
        let dial = a.dial(alice.vat, &to, Mode::Plain);
        waiting.push(dial.await.unwrap());
    }
    // One lies in the queue; the others are ended.
    eventually("two are ended", || waiting.iter().filter(|c| c.tx.is_closed()).count() == 2).await;
    waiting.retain(|channel| !channel.tx.is_closed());
    let mut taken = b.accept().await.unwrap();
    greet(&mut waiting[0], &mut taken).await;
    greet(&mut to_bob, &mut to_alice).await;
}

#[tokio::test]
async fn a_dial_tries_eight_addresses_and_no_more() {
    let network = MemoryNetwork::new();
    let (alice, bob) = (Party::new(1), Party::new(2));
    let join = |at: &str, party: &Party| {
        let vats = party.vats.clone();
        network.join(at, party.key.clone(), vats, Limits::default(), Mode::Plain)
    };
    let (a, b) = (join("a", &alice), join("b", &bob));
    let mut addresses: Vec<_> = (0..ADDRESSES_MAX).map(|n| format!("nowhere {n}")).collect();
    addresses.push("b".to_owned());
    let to = bob.by("memory", &addresses);
    let error = a.dial(alice.vat, &to, Mode::Plain).await.unwrap_err();
    let DialError::Unreachable { attempts, .. } = error else { panic!("{error}") };
    assert_eq!(attempts.len(), ADDRESSES_MAX);
    addresses.remove(0);
    let to = bob.by("memory", &addresses);
    let dial = a.dial(alice.vat, &to, Mode::Plain);
    let (dialled, accepted) = tokio::join!(dial, b.accept());
    greet(&mut dialled.unwrap(), &mut accepted.unwrap()).await;
}

#[tokio::test]
async fn the_owners_socket_serves_so_many_at_once_and_then_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run").join("host.sock");
    let limits = Limits::default();
    let listener = LocalListener::bind(&path, limits.clone()).unwrap();
    let mut held = Vec::new();
    for _ in 0..LOCAL_CONNECTIONS_MAX {
        let client = local::connect(&path, &limits).await.unwrap();
        held.push((client, listener.accept().await.unwrap()));
    }
    let _next = local::connect(&path, &limits).await.unwrap();
    let waiting = timeout(Duration::from_millis(100), listener.accept());
    waiting.await.expect_err("it waits for room");
    held.pop();
    timeout(Duration::from_secs(5), listener.accept()).await.unwrap().unwrap();
}
