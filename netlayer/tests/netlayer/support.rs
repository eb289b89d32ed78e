//! Hosts for tests: a key, a vat or two with certificates, and what has been seen.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead_netlayer::quic::{Quic, QuicConfig};
use hogshead_netlayer::way::hog_locator;
use hogshead_netlayer::{Channel, CloseReason, HostKey, Limits, Mode, Netlayer, Proof, Role, Vats};
use hogshead_objects::ids::{Epoch, HostId, Timestamp, VatId};
use hogshead_objects::keys::HostingCertificate;
use hogshead_objects::location::LocationRecord;
use hogshead_objects::locator::Locator;
use tokio::time::timeout;

/// The time in all tests, in milliseconds.
pub const NOW: u64 = 1_000_000;

/// What a test host answers, and how often it was asked.
#[derive(Default)]
pub struct TestVats {
    certificates: Mutex<BTreeMap<VatId, HostingCertificate>>,
    seen: Mutex<BTreeMap<VatId, Epoch>>,
    moved: Mutex<BTreeMap<VatId, LocationRecord>>,
    pub asked: AtomicUsize,
}

impl TestVats {
    pub fn host(&self, certificate: HostingCertificate) {
        self.certificates.lock().unwrap().insert(certificate.vat, certificate);
    }

    /// Shows `certificate` to whoever asks for `vat`, whatever it says.
    pub fn show_as(&self, vat: VatId, certificate: HostingCertificate) {
        self.certificates.lock().unwrap().insert(vat, certificate);
    }

    pub fn forget(&self, vat: &VatId) {
        self.certificates.lock().unwrap().remove(vat);
    }

    pub fn see(&self, peer: VatId, epoch: u64) {
        self.seen.lock().unwrap().insert(peer, Epoch(epoch));
    }

    /// Says from now on that the vat is elsewhere.
    pub fn forward_to(&self, record: LocationRecord) {
        self.moved.lock().unwrap().insert(record.vat, record);
    }

    pub fn hosted(&self) -> usize {
        self.certificates.lock().unwrap().len()
    }
}

impl Vats for TestVats {
    fn certificate(&self, vat: &VatId) -> Option<HostingCertificate> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.certificates.lock().unwrap().get(vat).cloned()
    }

    fn forward(&self, vat: &VatId) -> Option<LocationRecord> {
        self.moved.lock().unwrap().get(vat).cloned()
    }

    fn seen_epoch(&self, _our_vat: &VatId, peer: &VatId) -> Option<Epoch> {
        self.seen.lock().unwrap().get(peer).copied()
    }

    fn now(&self) -> Timestamp {
        Timestamp(NOW)
    }
}

pub fn root(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub fn vat(seed: u8) -> VatId {
    VatId::from(root(seed).verifying_key())
}

pub fn certificate(seed: u8, host: HostId, epoch: u64) -> HostingCertificate {
    HostingCertificate::sign(&root(seed), host, Epoch(epoch), Timestamp(2 * NOW))
}

/// A host with one vat; both keys come from one small number.
pub struct Party {
    pub key: HostKey,
    pub vat: VatId,
    pub vats: Arc<TestVats>,
}

impl Party {
    pub fn new(seed: u8) -> Self {
        let key = HostKey::from_secret(&[seed | 0x80; 32]);
        let vats = Arc::new(TestVats::default());
        vats.host(certificate(seed, key.id(), 5));
        Self { key, vat: vat(seed), vats }
    }

    /// The locator of the vat as reached by one netlayer.
    pub fn at(&self, netlayer: &dyn Netlayer) -> Locator {
        self.by(netlayer.name(), &netlayer.local_addresses())
    }

    /// The locator of the vat at these addresses.
    pub fn by(&self, way: &'static str, addresses: &[String]) -> Locator {
        hog_locator(self.vat, [(way, addresses.to_vec())])
    }

    pub fn quic(&self, limits: Limits) -> Quic {
        self.quic_at("127.0.0.1:0".parse().unwrap(), limits)
    }

    pub fn quic_at(&self, listen: SocketAddr, limits: Limits) -> Quic {
        let config = QuicConfig { limits, ..QuicConfig::new(listen, 7) };
        Quic::bind(config, self.key.clone(), self.vats.clone()).unwrap()
    }
}

/// What the other end has proven; on `hog` it always has.
pub fn proven(channel: &Channel) -> Proof {
    channel.peer.proof.unwrap()
}

/// Alice dials Bob; gives both ends.
pub async fn meet(
    alice: &Party,
    from: &dyn Netlayer,
    bob: &Party,
    to: &dyn Netlayer,
) -> (Channel, Channel) {
    let locator = bob.at(to);
    let dial = from.dial(alice.vat, &locator, Mode::Plain);
    let (dialled, accepted) = tokio::join!(dial, to.accept());
    (dialled.unwrap(), accepted.unwrap())
}

pub fn frame(text: &str) -> Bytes {
    Bytes::copy_from_slice(text.as_bytes())
}

/// The largest frame. Its pattern is longer than a message of Noise, so that no two of them look
/// alike.
pub fn sixteen_mib() -> Bytes {
    let pattern: Vec<u8> = (0..1_u32 << 16).map(|n| (n >> 3) as u8).collect();
    pattern.repeat(1 << 8).into()
}

/// That Alice, who dialled, and Bob know each other, and how they met.
pub fn assert_met(to_bob: &Channel, alice: &Party, to_alice: &Channel, bob: &Party, way: &str) {
    assert_eq!((to_bob.us, proven(to_bob).vat), (alice.vat, bob.vat));
    assert_eq!((to_alice.us, proven(to_alice).vat), (bob.vat, alice.vat));
    assert_eq!((proven(to_bob).host, proven(to_alice).host), (bob.key.id(), alice.key.id()));
    assert_eq!((to_bob.role, to_alice.role), (Role::Dialled, Role::Accepted));
    assert_eq!((to_bob.peer.netlayer, to_alice.peer.netlayer), (way, way));
}

/// Ten thousand small frames and the largest one go each way at once, all of them in order.
pub async fn carry_small_and_big(one: Channel, other: Channel, within: Duration) {
    const COUNT: u32 = 10_000;
    let small = |n: u32| vec![n as u8; (n % 200) as usize];
    let mut tasks = Vec::new();
    for Channel { tx, mut rx, .. } in [one, other] {
        let big = sixteen_mib();
        let sent = big.clone();
        tasks.push(tokio::spawn(async move {
            for n in 0..COUNT {
                tx.send(Bytes::from(small(n))).await.unwrap();
            }
            tx.send(sent).await.unwrap();
            tx.close(CloseReason::Done);
        }));
        tasks.push(tokio::spawn(async move {
            for n in 0..COUNT {
                assert_eq!(rx.recv().await.unwrap().unwrap(), small(n));
            }
            assert!(rx.recv().await.unwrap().unwrap() == big);
            assert_eq!(rx.recv().await.unwrap(), None);
        }));
    }
    for task in tasks {
        timeout(within, task).await.unwrap().unwrap();
    }
}

/// One frame each way.
pub async fn greet(one: &mut Channel, other: &mut Channel) {
    one.tx.send(frame("hello")).await.unwrap();
    assert_eq!(other.rx.recv().await.unwrap().unwrap(), "hello");
    other.tx.send(frame("hello yourself")).await.unwrap();
    assert_eq!(one.rx.recv().await.unwrap().unwrap(), "hello yourself");
}

/// Waits until `condition` holds, at most ten seconds.
pub async fn eventually(what: &str, condition: impl Fn() -> bool) {
    for _ in 0..1000 {
        if condition() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never happened that {what}");
}

/// The seed of this run's randomness: `HOGSHEAD_SEED`, or the clock. Printed, so that a failure
/// can be run again.
pub fn seed() -> u64 {
    let given = std::env::var("HOGSHEAD_SEED").ok().and_then(|text| text.parse().ok());
    let clock = || {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        since.as_nanos() as u64
    };
    let seed = given.unwrap_or_else(clock);
    println!("HOGSHEAD_SEED={seed}");
    seed
}

/// A small generator for tests (xorshift64*).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 8
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}
