//! Hostile peers over QUIC: each is refused or bounded, and an honest session goes on beside it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use hogshead_netlayer::quic::Quic;
use hogshead_netlayer::{Channel, ChannelError, CloseReason, Limits, Mode, Netlayer};
use hogshead_objects::preface::{Message, Refusal, Want};
use tokio::time::{Instant, sleep, timeout};

use crate::raw::{Raw, read, write};
use crate::support::{Party, TestVats, certificate, eventually, greet, meet, vat};

/// Alice and Bob have a session; Mallory may connect to Bob.
struct Scene {
    bob: Party,
    b: Quic,
    _a: Quic,
    to_bob: Channel,
    to_alice: Channel,
    mallory: Raw,
}

impl Scene {
    async fn new(limits: Limits) -> Self {
        let (alice, bob) = (Party::new(1), Party::new(2));
        let (a, b) = (alice.quic(Limits::default()), bob.quic(limits));
        let (to_bob, to_alice) = meet(&alice, &a, &bob, &b).await;
        Self { bob, b, _a: a, to_bob, to_alice, mallory: Raw::new(66) }
    }

    async fn connect(&self) -> quinn::Connection {
        self.mallory.connect(self.b.local_address().unwrap()).await
    }

    /// Mallory in a session of its own, as anybody may have who knows Bob's name.
    async fn session(&self) -> (quinn::Connection, quinn::SendStream, quinn::RecvStream, Channel) {
        let connection = self.connect().await;
        let us = certificate(9, self.mallory.host(), 1);
        let session = self.mallory.session(&connection, us, self.bob.vat, self.bob.key.id());
        let ((send, receive), accepted) = tokio::join!(session, self.b.accept());
        (connection, send, receive, accepted.unwrap())
    }

    async fn honest_go_on(&mut self) {
        greet(&mut self.to_bob, &mut self.to_alice).await;
    }
}

fn short() -> Limits {
    Limits {
        preface_time: Duration::from_millis(400),
        unproven_time: Duration::from_millis(800),
        frame_grace: Duration::from_millis(300),
        stall_grace: Duration::from_millis(300),
        ..Limits::default()
    }
}

#[tokio::test]
async fn a_frame_announcing_4_gib_ends_its_session_alone() {
    let mut scene = Scene::new(Limits::default()).await;
    let (_connection, mut send, mut receive, mut accepted) = scene.session().await;
    write(&mut send, b"good").await;
    send.write_all(&[0xff; 4]).await.unwrap();
    assert_eq!(accepted.rx.recv().await.unwrap().unwrap(), "good");
    let error = accepted.rx.recv().await.unwrap_err();
    assert!(matches!(error, ChannelError::FrameTooLarge { announced: 0xffff_ffff, .. }));
    assert!(error.to_string().contains("4294967295 bytes; the limit is 16842752"), "{error}");
    accepted.tx.close(CloseReason::Limit);
    assert_eq!(read(&mut receive).await, None, "Mallory's stream is reset");
    scene.honest_go_on().await;
}

#[tokio::test]
async fn a_preface_announcing_more_than_4_kib_is_refused() {
    let mut scene = Scene::new(Limits::default()).await;
    let connection = scene.connect().await;
    let (mut send, mut receive) = connection.open_bi().await.unwrap();
    send.write_all(&4097_u32.to_be_bytes()).await.unwrap();
    assert_eq!(read(&mut receive).await, None);
    scene.honest_go_on().await;
}

#[tokio::test]
async fn a_thousand_streams_are_sixteen_at_a_time() {
    let mut scene = Scene::new(short()).await;
    let connection = scene.connect().await;
    let mut held = Vec::new();
    while let Ok(stream) = timeout(Duration::from_millis(100), connection.open_bi()).await {
        // A stream exists for the other side once a byte was written.
        let (mut send, receive) = stream.unwrap();
        send.write_all(&[0]).await.unwrap();
        held.push((send, receive));
        assert!(held.len() <= 1000);
    }
    let limit = Limits::default().prefaces_per_connection_max as usize;
    assert!(held.len() <= 2 * limit, "{} streams at once", held.len());
    scene.honest_go_on().await;
    // None of them led anywhere, so Mallory is put out.
    timeout(Duration::from_secs(5), connection.closed()).await.unwrap();
    eventually("only Alice is connected", || scene.b.load().connections == 1).await;
    scene.honest_go_on().await;
}

#[tokio::test]
async fn a_byte_at_a_time_does_not_hold_a_preface_open() {
    let mut scene = Scene::new(short()).await;
    let connection = scene.connect().await;
    let (mut send, mut receive) = connection.open_bi().await.unwrap();
    let start = Instant::now();
    let dripping = async {
        for byte in [0, 0, 0, 38].into_iter().chain(std::iter::repeat(1)) {
            if send.write_all(&[byte]).await.is_err() {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(Duration::from_secs(5), dripping).await.unwrap();
    assert_eq!(read(&mut receive).await, None);
    assert!(start.elapsed() < Duration::from_secs(3));
    scene.honest_go_on().await;
}

#[tokio::test]
async fn a_byte_at_a_time_does_not_hold_a_frame_open() {
    let mut scene = Scene::new(short()).await;
    let (_connection, mut send, _receive, mut accepted) = scene.session().await;
    let dripping = tokio::spawn(async move {
        for byte in [0, 0, 0, 200].into_iter().chain(std::iter::repeat(1)) {
            if send.write_all(&[byte]).await.is_err() {
                return;
            }
            sleep(Duration::from_millis(40)).await;
        }
    });
    let error = timeout(Duration::from_secs(5), accepted.rx.recv()).await.unwrap().unwrap_err();
    assert_eq!(error, ChannelError::FrameTooSlow);
    scene.honest_go_on().await;
    dripping.abort();
}

#[tokio::test]
async fn a_peer_that_does_not_read_is_given_up_and_costs_a_bounded_queue() {
    let limits = Limits { queue_bytes_max: 100_000, ..short() };
    let mut scene = Scene::new(limits).await;
    let (_connection, _send, _receive, accepted) = scene.session().await;
    let piece = bytes::Bytes::from(vec![1; 50_000]);
    let sending = async {
        loop {
            assert!(accepted.tx.queued_bytes() <= 100_000);
            if let Err(error) = accepted.tx.send(piece.clone()).await {
                return error;
            }
        }
    };
    let error = timeout(Duration::from_secs(20), sending).await.unwrap();
    assert_eq!(error, ChannelError::Stalled);
    scene.honest_go_on().await;
}

#[tokio::test]
async fn silent_peers_are_bounded_in_number_and_time() {
    let unproven_time = Duration::from_secs(4);
    let limits = Limits { unproven_per_address_max: 8, unproven_time, ..short() };
    let mut scene = Scene::new(limits).await;
    let to = scene.b.local_address().unwrap();
    let strangers = (0..16).map(|n| {
        let stranger = Raw::new(100 + n);
        // All at once, so that on a busy machine too they are there together.
        tokio::spawn(async move { (stranger.try_connect(to).await, stranger) })
    });
    let mut silent = Vec::new();
    let mut refused = 0;
    for stranger in strangers.collect::<Vec<_>>() {
        match stranger.await.unwrap() {
            (Ok(connection), stranger) => silent.push((stranger, connection)),
            (Err(quinn::ConnectionError::ConnectionClosed(_)), _) => refused += 1,
            (Err(other), _) => panic!("{other}"),
        }
        assert!(scene.b.load().unproven <= 8);
    }
    assert!(refused > 0, "all {} were let in", silent.len());
    scene.honest_go_on().await;
    eventually("the silent ones are put out", || scene.b.load().connections == 1).await;
    scene.honest_go_on().await;
    // There is room again.
    scene.connect().await;
}

#[tokio::test]
async fn one_host_cannot_have_many_connections() {
    let mut scene = Scene::new(Limits::default()).await;
    let mut held = Vec::new();
    for _ in 0..12 {
        held.push(scene.connect().await);
    }
    eventually("but four are closed", || scene.b.load().connections <= 1 + 4).await;
    assert!(held.last().unwrap().close_reason().is_none(), "the newest stays");
    scene.honest_go_on().await;
}

#[tokio::test]
async fn hellos_to_ten_thousand_vats_keep_nothing() {
    const STREAMS: usize = 8;
    const EACH: usize = 10_000 / STREAMS;
    let mut scene = Scene::new(Limits::default()).await;
    let (connection, _send, _receive, _accepted) = scene.session().await;
    let asked = scene.bob.vats.asked.load(Ordering::Relaxed);
    let mut tasks = Vec::new();
    for _ in 0..STREAMS {
        let connection = connection.clone();
        tasks.push(tokio::spawn(async move {
            let want = Want { version: 1, mode: Mode::Plain, vat: vat(200) };
            let want = Message::Want(want).encode();
            for _ in 0..EACH {
                let (mut send, mut receive) = connection.open_bi().await.unwrap();
                write(&mut send, &want).await;
                let answer = read(&mut receive).await.unwrap();
                let answer = Message::decode(&answer).unwrap();
                assert_eq!(answer, Message::Refused(Refusal::NoSuchVat));
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let vats: &TestVats = &scene.bob.vats;
    assert_eq!(vats.asked.load(Ordering::Relaxed) - asked, 10_000);
    assert_eq!(vats.hosted(), 1);
    assert_eq!(scene.b.load().connections, 2);
    scene.honest_go_on().await;
}

#[tokio::test]
async fn garbage_on_streams_is_refused_and_harms_nobody() {
    let mut scene = Scene::new(Limits::default()).await;
    let connection = scene.connect().await;
    let mut random = crate::support::Random::new(crate::support::seed());
    for _ in 0..50 {
        let (mut send, mut receive) = connection.open_bi().await.unwrap();
        let length = 1 + random.below(200) as usize;
        let garbage: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
        write(&mut send, &garbage).await;
        let answer = read(&mut receive).await.map(|bytes| Message::decode(&bytes).unwrap());
        assert_eq!(answer, Some(Message::Refused(Refusal::Malformed)));
    }
    scene.honest_go_on().await;
}

#[tokio::test]
async fn a_weak_key_a_stolen_key_and_another_protocol_fail_in_tls() {
    let mut scene = Scene::new(Limits::default()).await;
    let to = scene.b.local_address().unwrap();
    let bobs = *scene.bob.key.id().as_bytes();
    for liar in [
        Raw::with(66, |_| [0; 32], b"hog/1"),
        Raw::with(66, move |_| bobs, b"hog/1"),
        Raw::with(66, |key| key.verifying_key().to_bytes(), b"h3"),
    ] {
        if let Ok(connection) = liar.try_connect(to).await {
            // The failure of a client's proof shows only after its own handshake is done.
            timeout(Duration::from_secs(5), connection.closed()).await.unwrap();
        }
    }
    eventually("only Alice is connected", || scene.b.load().connections == 1).await;
    scene.honest_go_on().await;
}
