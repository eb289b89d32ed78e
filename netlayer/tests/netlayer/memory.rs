//! Hosts within one process: over memory, and over the simulated network.

use std::sync::Arc;
use std::time::Duration;

use hogshead_netlayer::frames::{Framing, over};
use hogshead_netlayer::memory::{InProcess, MemoryNetwork};
use hogshead_netlayer::sim::{SimNetwork, Weather};
use hogshead_netlayer::{
    ChannelError, CloseReason, DialError, Limits, Mode, Netlayer, PrefaceError, Vats,
};
use hogshead_objects::preface::Refusal;
use tokio::time::Instant;

use crate::support::{Party, frame, greet, meet, proven};

fn vats(party: &Party) -> Arc<dyn Vats> {
    party.vats.clone()
}

fn in_memory(network: &MemoryNetwork, address: &str, party: &Party) -> InProcess {
    network.join(address, party.key.clone(), vats(party), Limits::default(), Mode::Durable)
}

fn in_sim(network: &SimNetwork, address: &str, party: &Party) -> InProcess {
    network.join(address, party.key.clone(), vats(party), Limits::default(), Mode::Plain)
}

#[tokio::test]
async fn hosts_in_memory_meet_with_the_same_preface() {
    let network = MemoryNetwork::new();
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (in_memory(&network, "a", &alice), in_memory(&network, "b", &bob));
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    assert_eq!((proven(&to_bob).vat, proven(&to_alice).vat), (bob.vat, alice.vat));
    assert_eq!((to_bob.peer.address.as_str(), to_bob.peer.netlayer), ("b", "memory"));
    greet(&mut to_bob, &mut to_alice).await;

    to_bob.tx.send(frame("last")).await.unwrap();
    to_bob.tx.close(CloseReason::Done);
    assert_eq!(to_alice.rx.recv().await.unwrap().unwrap(), "last");
    assert_eq!(to_alice.rx.recv().await.unwrap(), None);

    to_alice.tx.close(CloseReason::Severed);
    let error = to_bob.rx.recv().await.unwrap_err();
    assert_eq!(error, ChannelError::Closed(CloseReason::Severed));
}

#[tokio::test]
async fn in_memory_both_may_ask_for_durable() {
    let network = MemoryNetwork::new();
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (in_memory(&network, "a", &alice), in_memory(&network, "b", &bob));
    let to = bob.at(&b);
    let dial = a.dial(alice.vat, &to, Mode::Durable);
    let (to_bob, to_alice) = tokio::join!(dial, b.accept());
    assert_eq!((to_bob.unwrap().mode, to_alice.unwrap().mode), (Mode::Durable, Mode::Durable));
}

#[tokio::test]
async fn in_memory_unknown_vats_and_hosts_are_refused() {
    let network = MemoryNetwork::new();
    let (alice, bob, carol) = (Party::new(1), Party::new(2), Party::new(3));
    let (a, b) = (in_memory(&network, "a", &alice), in_memory(&network, "b", &bob));
    let to = carol.by("memory", &["nowhere".to_owned(), "b".to_owned()]);
    let error = a.dial(alice.vat, &to, Mode::Plain).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("nowhere: connecting: nobody is there"), "{text}");
    assert!(text.contains(&PrefaceError::Refused(Refusal::NoSuchVat).to_string()), "{text}");

    b.shutdown().await;
    assert!(b.accept().await.is_none());
    let to = bob.at(&b);
    let error = a.dial(alice.vat, &to, Mode::Plain).await.unwrap_err();
    assert!(matches!(error, DialError::Unreachable { .. }), "{error}");
    a.shutdown().await;
    let error = a.dial(alice.vat, &to, Mode::Plain).await.unwrap_err();
    assert_eq!(error, DialError::ShutDown);
}

#[tokio::test]
async fn a_peer_that_drops_its_end_is_noticed_by_a_sender_that_only_waits() {
    let network = MemoryNetwork::new();
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (in_memory(&network, "a", &alice), in_memory(&network, "b", &bob));
    let (to_bob, to_alice) = meet(&alice, &a, &bob, &b).await;
    drop(to_alice);
    assert!(matches!(to_bob.tx.closed().await, ChannelError::Connection(_)));
    assert!(to_bob.tx.is_closed());
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_makes_senders_wait_and_try_send_give_back() {
    let network = MemoryNetwork::new();
    let (alice, bob) = (Party::new(1), Party::new(2));
    let limits = Limits { queue_bytes_max: 1000, ..Limits::default() };
    let a = network.join("a", alice.key.clone(), vats(&alice), limits, Mode::Plain);
    let b = in_memory(&network, "b", &bob);
    let (to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    let piece = bytes::Bytes::from(vec![1; 396]);
    let mut sent = 0;
    // The pipe beneath takes some; then the queue fills.
    let full = loop {
        match to_bob.tx.try_send(piece.clone()) {
            Ok(()) => sent += 1,
            Err(error) => break error,
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(full, hogshead_netlayer::TrySendError::Full(piece.clone()));
    assert!(to_bob.tx.queued_bytes() <= 1000);
    let waiting = tokio::time::timeout(Duration::from_secs(1), to_bob.tx.send(piece.clone()));
    waiting.await.expect_err("there is no room");
    for _ in 0..sent {
        assert_eq!(to_alice.rx.recv().await.unwrap().unwrap(), piece);
    }
    to_bob.tx.send(piece).await.unwrap();
    to_alice.rx.recv().await.unwrap();
}

#[tokio::test]
async fn a_frame_over_the_limit_is_the_senders_mistake() {
    let network = MemoryNetwork::new();
    let (alice, bob) = (Party::new(1), Party::new(2));
    let limits = Limits { frame_bytes_max: 100, ..Limits::default() };
    let a = network.join("a", alice.key.clone(), vats(&alice), limits, Mode::Plain);
    let b = in_memory(&network, "b", &bob);
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    let error = to_bob.tx.send(vec![0; 101].into()).await.unwrap_err();
    assert_eq!(error, ChannelError::OversizedSend { bytes: 101, limit: 100 });
    greet(&mut to_bob, &mut to_alice).await;
}

#[tokio::test(start_paused = true)]
async fn over_the_simulated_network_time_passes_and_sessions_work() {
    let network = SimNetwork::new(1, Weather::default());
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (in_sim(&network, "a", &alice), in_sim(&network, "b", &bob));
    let start = Instant::now();
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    greet(&mut to_bob, &mut to_alice).await;
    let took = start.elapsed();
    let (least, most) = (Duration::from_millis(6 * 5), Duration::from_millis(6 * 50 + 20));
    assert!(took >= least && took <= most, "six messages took {took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_short_partition_is_survived_and_a_long_one_reported() {
    let network = SimNetwork::new(2, Weather::default());
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (in_sim(&network, "a", &alice), in_sim(&network, "b", &bob));
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    network.partition("a", "b");
    to_bob.tx.send(frame("late")).await.unwrap();
    tokio::time::sleep(Duration::from_secs(10)).await;
    network.heal("a", "b");
    assert_eq!(to_alice.rx.recv().await.unwrap().unwrap(), "late");

    network.partition("a", "b");
    let start = Instant::now();
    to_alice.rx.recv().await.unwrap_err();
    to_bob.rx.recv().await.unwrap_err();
    assert!(start.elapsed() <= Weather::default().silence + Duration::from_secs(1));
    assert!(matches!(to_bob.tx.closed().await, ChannelError::Connection(_)));
    let to = bob.at(&b);
    a.dial(alice.vat, &to, Mode::Plain).await.expect_err("still apart");
    network.heal("a", "b");
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    greet(&mut to_bob, &mut to_alice).await;
}

/// What happens to one session on a network that breaks connections: each frame's time, or the
/// end's.
async fn story(seed: u64) -> Vec<(Duration, Option<u32>)> {
    let weather = Weather { break_one_in: 40, ..Weather::default() };
    let network = SimNetwork::new(seed, weather);
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (in_sim(&network, "a", &alice), in_sim(&network, "b", &bob));
    let to = bob.at(&b);
    let start = Instant::now();
    let mut trace = Vec::new();
    let mut next = 0_u32;
    for _ in 0..5 {
        let dial = a.dial(alice.vat, &to, Mode::Plain);
        let Ok(to_bob) = dial.await else {
            trace.push((start.elapsed(), None));
            continue;
        };
        let mut to_alice = b.accept().await.unwrap();
        loop {
            if to_bob.tx.send(next.to_be_bytes().to_vec().into()).await.is_err() {
                break;
            }
            next += 1;
            let Ok(Some(frame)) = to_alice.rx.recv().await else { break };
            let number = u32::from_be_bytes(frame[..].try_into().unwrap());
            trace.push((start.elapsed(), Some(number)));
        }
        trace.push((start.elapsed(), None));
    }
    trace
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_tells_the_same_story() {
    let seed = crate::support::seed();
    let first = story(seed).await;
    assert_eq!(story(seed).await, first);
    assert_ne!(story(seed.wrapping_add(1)).await, first);
    assert!(first.iter().any(|(_, frame)| frame.is_none()), "some connection breaks");
}

#[tokio::test]
async fn what_is_pushed_waits_for_no_room_and_of_what_passes_the_last_one_is_sent() {
    let (one, other) = tokio::io::duplex(1 << 20);
    let limits = Limits { queue_bytes_max: 10, frame_bytes_max: 100, ..Limits::default() };
    let (tx, _) = over(one, &Framing::Length, &limits);
    let (_tx, mut rx) = over(other, &Framing::Length, &limits);
    let is_passing = |frame: &bytes::Bytes| frame.starts_with(b"ack");
    let push = |frames: &[&'static str]| {
        tx.push(frames.iter().map(|text| frame(text)).collect(), is_passing)
    };
    assert_eq!(push(&["ack 1", "hello"]), Ok(0));
    assert_eq!(push(&["ack 2", "world"]), Ok(10), "what waited before");
    assert_eq!(tx.queued_bytes(), 20, "more than the room there is for those who wait");
    let error = tx.push(vec![vec![0; 101].into(), frame("lost")], is_passing).unwrap_err();
    assert_eq!(error, ChannelError::OversizedSend { bytes: 101, limit: 100 });
    for expected in ["hello", "ack 2", "world"] {
        assert_eq!(rx.recv().await.unwrap().unwrap(), expected);
    }
    push(&["ack 3"]).unwrap();
    assert_eq!(rx.recv().await.unwrap().unwrap(), "ack 3");
    assert_eq!(tx.queued_bytes(), 0);

    push(&["last"]).unwrap();
    tx.close(CloseReason::Done);
    push(&["too late"]).unwrap();
    assert_eq!(rx.recv().await.unwrap().unwrap(), "last");
    assert_eq!(rx.recv().await, Ok(None));
    assert_eq!(push(&["gone"]), Err(ChannelError::ClosedHere));
}

#[tokio::test]
async fn an_end_that_drops_what_waits_goes_before_one_that_does_not() {
    let (one, other) = tokio::io::duplex(16);
    let (tx, _) = over(one, &Framing::Length, &Limits::default());
    let (_tx, mut rx) = over(other, &Framing::Length, &Limits::default());
    // Longer than the pipe: the writer is in the midst of it.
    tx.push(vec![vec![1; 64].into()], |_| false).unwrap();
    tokio::task::yield_now().await;
    tx.push(vec![frame("dropped")], |_| false).unwrap();
    tx.close(CloseReason::Done);
    tx.close(CloseReason::Severed);
    assert_eq!(rx.recv().await.unwrap().unwrap().len(), 64);
    assert_eq!(rx.recv().await, Ok(None));
    assert_eq!(tx.closed().await, ChannelError::ClosedHere);
}
