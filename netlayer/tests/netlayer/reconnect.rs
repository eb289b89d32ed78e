//! Connections that break, hosts that come back, and both sides dialling at once.

use std::time::Duration;

use hogshead_netlayer::error::Cause;
use hogshead_netlayer::{ChannelError, DialError, Limits, Mode, Netlayer};
use tokio::time::{Instant, timeout};

use crate::support::{Party, eventually, greet, meet};

fn quick() -> Limits {
    Limits {
        silence: Duration::from_millis(600),
        keep_alive: Duration::from_millis(200),
        handshake_time: Duration::from_millis(500),
        dial_time: Duration::from_secs(3),
        ..Limits::default()
    }
}

#[tokio::test]
async fn a_host_that_restarts_at_its_address_is_reached_again() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(Limits::default()), bob.quic(Limits::default()));
    let (_to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    let address = b.local_address().unwrap();
    b.shutdown().await;
    to_alice.rx.recv().await.unwrap_err();
    drop((b, to_alice));

    let b = rebind(&bob, address).await;
    let (mut to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    greet(&mut to_bob, &mut to_alice).await;
}

#[tokio::test]
async fn a_host_that_is_dropped_gives_its_port_back_whoever_holds_on_to_its_sessions() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    let a = alice.quic(Limits::default());
    let b = bob.quic(Limits::default());
    let address = b.local_address().unwrap();
    let (_to_bob, mut to_alice) = meet(&alice, &a, &bob, &b).await;
    drop(b);
    // The session is over for both, and Bob's end of it is not let go of.
    to_alice.rx.recv().await.unwrap_err();
    let b = rebind(&bob, address).await;
    let (mut to_bob, mut to_alice_again) = meet(&alice, &a, &bob, &b).await;
    greet(&mut to_bob, &mut to_alice_again).await;
    drop(to_alice);
}

async fn rebind(party: &Party, address: std::net::SocketAddr) -> hogshead_netlayer::quic::Quic {
    use hogshead_netlayer::quic::{BindError, Quic, QuicConfig};
    for _ in 0..200 {
        let config = QuicConfig::new(address, 7);
        match Quic::bind(config, party.key.clone(), party.vats.clone()) {
            Ok(quic) => return quic,
            Err(BindError::Socket { .. }) => tokio::time::sleep(Duration::from_millis(10)).await,
            Err(other) => panic!("{other}"),
        }
    }
    panic!("the old socket was never given back");
}

/// A killed process says no farewell: its runtime is dropped with everything in it.
#[test]
fn a_killed_host_is_reached_again_without_waiting_for_the_silence() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    let here = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let there =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let b = there.block_on(async { bob.quic(Limits::default()) });
    let address = b.local_address().unwrap();
    here.block_on(async {
        let a = alice.quic(Limits::default());
        let (mut to_bob, to_alice) = meet(&alice, &a, &bob, &b).await;
        // Nothing of Bob's runs any more, so nothing is sent by what is dropped.
        there.shutdown_background();
        drop((b, to_alice));

        let start = Instant::now();
        let b = rebind(&bob, address).await;
        let (mut again, mut to_alice) = meet(&alice, &a, &bob, &b).await;
        greet(&mut again, &mut to_alice).await;
        let took = start.elapsed();
        assert!(took < Duration::from_secs(8), "{took:?}: not by a preface that timed out");
        to_bob.rx.recv().await.unwrap_err();
    });
}

#[tokio::test]
async fn a_broken_connection_is_reported_within_the_limit_on_silence() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    let relay = Relay::start().await;
    let (a, b) = (alice.quic(quick()), bob.quic(quick()));
    relay.lead_to(b.local_address().unwrap());
    let to = bob.by("quic", &[relay.address()]);
    let dial = a.dial(alice.vat, &to, Mode::Plain);
    let (to_bob, to_alice) = tokio::join!(dial, b.accept());
    let (mut to_bob, mut to_alice) = (to_bob.unwrap(), to_alice.unwrap());
    greet(&mut to_bob, &mut to_alice).await;

    // An idle session stays, longer than the limit, by keep-alives alone.
    tokio::time::sleep(Duration::from_millis(1200)).await;
    greet(&mut to_bob, &mut to_alice).await;

    relay.cut();
    let start = Instant::now();
    let ends = async { tokio::join!(to_bob.rx.recv(), to_alice.rx.recv(), to_bob.tx.closed()) };
    let (one, other, sender) = timeout(Duration::from_secs(3), ends).await.unwrap();
    assert!(matches!(one.unwrap_err(), ChannelError::Connection(_)));
    assert!(matches!(other.unwrap_err(), ChannelError::Connection(_)));
    assert!(matches!(sender, ChannelError::Connection(_)), "{sender}");
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());

    relay.mend();
    let dial = a.dial(alice.vat, &to, Mode::Plain);
    let (to_bob, to_alice) = tokio::join!(dial, b.accept());
    greet(&mut to_bob.unwrap(), &mut to_alice.unwrap()).await;
}

#[tokio::test]
async fn an_address_where_nobody_is_fails_in_time_and_then_pauses() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    let limits = Limits {
        handshake_time: Duration::from_millis(100),
        dial_time: Duration::from_millis(1000),
        ..quick()
    };
    let a = alice.quic(limits);
    // A socket that is bound and never answers.
    let nobody = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let to = bob.by("quic", &[nobody.local_addr().unwrap().to_string()]);
    let mut pauses = 0;
    for _ in 0..8 {
        let start = Instant::now();
        let error = a.dial(alice.vat, &to, Mode::Plain).await.unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(3));
        assert!(error.is_transient());
        let DialError::Unreachable { attempts, .. } = &error else { panic!("{error}") };
        match &attempts[0].cause {
            Cause::Timeout => assert!(error.to_string().contains("check that the host runs")),
            Cause::Backoff(ms) => {
                assert!(*ms > 0);
                pauses += 1;
            }
            other => panic!("{other}"),
        }
    }
    assert!(pauses > 0, "the pauses grow beyond what a dial waits");
}

#[tokio::test]
async fn when_both_dial_at_once_both_succeed_and_one_connection_remains() {
    let limits = Limits { unused_time: Duration::from_millis(300), ..Limits::default() };
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(limits.clone()), bob.quic(limits));
    let (to_a, to_b) = (alice.at(&a), bob.at(&b));
    let (one, two, three, four) = tokio::join!(
        a.dial(alice.vat, &to_b, Mode::Plain),
        b.dial(bob.vat, &to_a, Mode::Plain),
        a.accept(),
        b.accept(),
    );
    let (mut one, mut two, mut three, mut four) =
        (one.unwrap(), two.unwrap(), three.unwrap(), four.unwrap());
    greet(&mut one, &mut four).await;
    greet(&mut two, &mut three).await;

    // What is begun from now on takes the preferred one, from either side.
    let held = meet(&alice, &a, &bob, &b).await;
    let back = meet(&bob, &b, &alice, &a).await;
    drop((one, two, three, four));
    eventually("one is closed", || (a.load().connections, b.load().connections) == (1, 1)).await;
    let (mut one, mut other) = held;
    greet(&mut one, &mut other).await;
    let (mut one, mut other) = back;
    greet(&mut one, &mut other).await;
}

#[tokio::test]
async fn many_dials_at_once_share_one_connection() {
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(Limits::default()), bob.quic(Limits::default()));
    let to = bob.at(&b);
    let dials: Vec<_> = (0..10)
        .map(|_| a.dial(alice.vat, &to, Mode::Plain))
        .map(|dial| async { dial.await.unwrap() })
        .collect();
    let mut channels = Vec::new();
    let accepting = async {
        let mut accepted = Vec::new();
        for _ in 0..10 {
            accepted.push(b.accept().await.unwrap());
        }
        accepted
    };
    let dialling = async {
        let mut set = Vec::new();
        for dial in dials {
            set.push(Box::pin(dial));
        }
        // Polled together: each waits while the first connects.
        std::future::poll_fn(|cx| {
            let mut at = 0;
            while at < set.len() {
                match set[at].as_mut().poll(cx) {
                    std::task::Poll::Ready(channel) => {
                        channels.push(channel);
                        drop(set.swap_remove(at));
                    }
                    std::task::Poll::Pending => at += 1,
                }
            }
            if set.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
    };
    let (accepted, ()) = tokio::join!(accepting, dialling);
    assert_eq!((channels.len(), accepted.len()), (10, 10));
    assert_eq!((a.load().connections, b.load().connections), (1, 1));
}

#[tokio::test]
async fn an_unused_connection_is_closed_and_made_again_when_needed() {
    let limits = Limits { unused_time: Duration::from_millis(200), ..Limits::default() };
    let (alice, bob) = (Party::new(1), Party::new(2));
    let (a, b) = (alice.quic(limits), bob.quic(Limits::default()));
    drop(meet(&alice, &a, &bob, &b).await);
    eventually("both have none", || a.load().connections + b.load().connections == 0).await;
    let (mut one, mut other) = meet(&alice, &a, &bob, &b).await;
    greet(&mut one, &mut other).await;
}

/// Forwards datagrams between whoever dials it and one host, until cut.
struct Relay {
    inner: std::sync::Arc<RelayInner>,
}

struct RelayInner {
    outside: tokio::net::UdpSocket,
    inside: tokio::net::UdpSocket,
    target: std::sync::Mutex<Option<std::net::SocketAddr>>,
    client: std::sync::Mutex<Option<std::net::SocketAddr>>,
    cut: std::sync::atomic::AtomicBool,
}

impl Relay {
    async fn start() -> Self {
        use tokio::net::UdpSocket;
        let inner = std::sync::Arc::new(RelayInner {
            outside: UdpSocket::bind("127.0.0.1:0").await.unwrap(),
            inside: UdpSocket::bind("127.0.0.1:0").await.unwrap(),
            target: std::sync::Mutex::new(None),
            client: std::sync::Mutex::new(None),
            cut: std::sync::atomic::AtomicBool::new(false),
        });
        let (one, other) = (inner.clone(), inner.clone());
        tokio::spawn(async move {
            let mut buffer = vec![0; 65_536];
            while let Ok((length, from)) = one.outside.recv_from(&mut buffer).await {
                *one.client.lock().unwrap() = Some(from);
                let target = *one.target.lock().unwrap();
                if let (Some(target), false) = (target, one.is_cut()) {
                    let _ = one.inside.send_to(&buffer[..length], target).await;
                }
            }
        });
        tokio::spawn(async move {
            let mut buffer = vec![0; 65_536];
            while let Ok((length, _)) = other.inside.recv_from(&mut buffer).await {
                let client = *other.client.lock().unwrap();
                if let (Some(client), false) = (client, other.is_cut()) {
                    let _ = other.outside.send_to(&buffer[..length], client).await;
                }
            }
        });
        Self { inner }
    }

    fn address(&self) -> String {
        self.inner.outside.local_addr().unwrap().to_string()
    }

    fn lead_to(&self, target: std::net::SocketAddr) {
        *self.inner.target.lock().unwrap() = Some(target);
    }

    fn cut(&self) {
        self.inner.cut.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    fn mend(&self) {
        self.inner.cut.store(false, std::sync::atomic::Ordering::Relaxed);
    }
}

impl RelayInner {
    fn is_cut(&self) -> bool {
        self.cut.load(std::sync::atomic::Ordering::Relaxed)
    }
}
