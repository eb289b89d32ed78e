//! Two hosts over real UDP.

use std::time::Duration;

use bytes::Bytes;
use hogshead_netlayer::channel::Role;
use hogshead_netlayer::{ChannelError, CloseReason, Limits, Mode, Netlayer};
use tokio::time::timeout;

use crate::support::{Party, frame, greet, meet, proven};

#[tokio::test]
async fn alice_dials_bob_and_both_know_who_is_there() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(Limits::default()), bob.quic(Limits::default()));
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    assert_eq!((to_bob.us, proven(&to_bob).vat, to_bob.role), (alice.vat, bob.vat, Role::Dialled));
    assert_eq!((to_alice.us, proven(&to_alice).vat), (bob.vat, alice.vat));
    assert_eq!(to_alice.role, Role::Accepted);
    assert_eq!((proven(&to_bob).host, proven(&to_alice).host), (bob.key.id(), alice.key.id()));
    assert_eq!((proven(&to_bob).epoch.0, to_bob.mode), (5, Mode::Plain));
    greet(&mut to_bob, &mut to_alice).await;
    a.shutdown().await;
    assert!(a.accept().await.is_none());
    let end = to_alice.rx.recv().await.unwrap_err();
    assert!(matches!(end, ChannelError::Connection(_)), "{end}");
}

#[tokio::test]
async fn ten_thousand_frames_go_each_way_in_order() {
    const COUNT: u32 = 10_000;
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(Limits::default()), bob.quic(Limits::default()));
    let (to_bob, to_alice) = meet(&alice, &a, &bob, &b).await;
    let mut tasks = Vec::new();
    for channel in [to_bob, to_alice] {
        let (tx, mut rx) = (channel.tx, channel.rx);
        tasks.push(tokio::spawn(async move {
            for n in 0..COUNT {
                let size = if n % 1000 == 0 { 50_000 } else { (n % 200) as usize };
                let mut bytes = n.to_be_bytes().to_vec();
                bytes.resize(4 + size, 7);
                tx.send(bytes.into()).await.unwrap();
            }
            tx.close(CloseReason::Done);
        }));
        tasks.push(tokio::spawn(async move {
            let mut next = 0_u32;
            let mut frames = Vec::new();
            while rx.recv_many(&mut frames, 64).await.unwrap() > 0 {
                for frame in frames.drain(..) {
                    assert_eq!(frame[..4], next.to_be_bytes());
                    next += 1;
                }
            }
            assert_eq!(next, COUNT);
        }));
    }
    for task in tasks {
        timeout(Duration::from_secs(15), task).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn sessions_share_one_connection() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(Limits::default()), bob.quic(Limits::default()));
    let mut channels = Vec::new();
    for _ in 0..20 {
        channels.push(meet(&alice, &a, &bob, &b).await);
    }
    // Also those that go the other way.
    let (mut back, mut forth) = meet(&bob, &b, &alice, &a).await;
    greet(&mut back, &mut forth).await;
    assert_eq!((a.load().connections, b.load().connections), (1, 1));
    for (to_bob, to_alice) in &mut channels {
        greet(to_bob, to_alice).await;
    }
}

#[tokio::test]
async fn done_delivers_what_was_queued() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(Limits::default()), bob.quic(Limits::default()));
    let (to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    let big = Bytes::from(vec![3; 3_000_000]);
    to_bob.tx.send(big.clone()).await.unwrap();
    to_bob.tx.send(frame("last")).await.unwrap();
    to_bob.tx.close(CloseReason::Done);
    assert_eq!(to_alice.rx.recv().await.unwrap().unwrap(), big);
    assert_eq!(to_alice.rx.recv().await.unwrap().unwrap(), "last");
    assert_eq!(to_alice.rx.recv().await.unwrap(), None);
    assert_eq!(to_bob.tx.closed().await, ChannelError::ClosedHere);
    to_bob.tx.send(frame("too late")).await.unwrap_err();
}
