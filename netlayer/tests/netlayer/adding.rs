//! A netlayer made outside of the crate: byte streams within one process, as a transport of its
//! own. `docs/netlayers.md`, "Adding a netlayer", leads through it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use hogshead_netlayer::error::{Cause, Step};
use hogshead_netlayer::frames::{Framing, over};
use hogshead_netlayer::{BoxFuture, Channel, CloseReason, DialError, Limits, Mode, Netlayer};
use hogshead_netlayer::{PeerInfo, Role};
use hogshead_objects::{ids::VatId, locator::Locator};
use tokio::io::{DuplexStream, duplex};
use tokio::sync::mpsc;

type Dialled = Result<Channel, DialError>;

/// The network: who listens under which designator.
type Doors = Arc<Mutex<BTreeMap<String, mpsc::Sender<DuplexStream>>>>;

struct Pipes {
    doors: Doors,
    vat: VatId,
    locator: Locator,
    knocks: tokio::sync::Mutex<mpsc::Receiver<DuplexStream>>,
}

impl Pipes {
    fn open(doors: &Doors, vat: VatId, designator: &str) -> Self {
        let (door, knocks) = mpsc::channel(16);
        doors.lock().unwrap().insert(designator.to_owned(), door);
        let locator = format!("ocapn://{designator}.pipe").parse().unwrap();
        Self { doors: Arc::clone(doors), vat, locator, knocks: knocks.into() }
    }

    fn channel(&self, stream: DuplexStream, role: Role) -> Channel {
        let (tx, rx) = over(stream, &Framing::Length, &Limits::default());
        let peer = PeerInfo { proof: None, address: "here".to_owned(), netlayer: self.name() };
        Channel { peer, us: self.vat, mode: Mode::Plain, role, tx, rx }
    }
}

impl Netlayer for Pipes {
    fn transport(&self) -> &'static str {
        "pipe"
    }

    fn name(&self) -> &'static str {
        "pipe"
    }

    fn dial<'a>(&'a self, _: VatId, to: &'a Locator, _: Mode) -> BoxFuture<'a, Dialled> {
        Box::pin(async move {
            if to.transport.as_str() != self.transport() {
                return Err(DialError::Transport { peer: to.peer(), netlayer: self.name() });
            }
            let (ours, theirs) = duplex(64 * 1024);
            let door = self.doors.lock().unwrap().get(&to.designator).cloned();
            let nobody = || DialError::unreachable(to, "here", Step::Connect, Cause::Timeout);
            door.ok_or_else(nobody)?.send(theirs).await.map_err(|_| nobody())?;
            Ok(self.channel(ours, Role::Dialled))
        })
    }

    fn accept(&self) -> BoxFuture<'_, Option<Channel>> {
        let knock = async { self.knocks.lock().await.recv().await };
        Box::pin(async { Some(self.channel(knock.await?, Role::Accepted)) })
    }

    fn local_addresses(&self) -> Vec<String> {
        vec![self.locator.designator.clone()]
    }

    fn locator(&self, vat: VatId) -> Option<Locator> {
        (vat == self.vat).then(|| self.locator.clone())
    }

    fn shutdown(&self) -> BoxFuture<'_, ()> {
        // Nobody can knock any more, so `accept` gives nothing, also where it waits already.
        self.doors.lock().unwrap().remove(&self.locator.designator);
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn two_netlayers_of_ones_own_carry_a_session() {
    let vat = |n| VatId::from(ed25519_dalek::SigningKey::from_bytes(&[n; 32]).verifying_key());
    let doors = Doors::default();
    let (a, b) = (Pipes::open(&doors, vat(1), "alice"), Pipes::open(&doors, vat(2), "bob"));
    let to = b.locator(vat(2)).unwrap();
    let mut to_bob = a.dial(vat(1), &to, Mode::Plain).await.unwrap();
    let mut to_alice = b.accept().await.unwrap();
    to_bob.tx.send("hello".into()).await.unwrap();
    assert_eq!(to_alice.rx.recv().await.unwrap().unwrap(), "hello");
    to_alice.tx.close(CloseReason::Done);
    assert_eq!(to_bob.rx.recv().await, Ok(None), "a good end");
    b.shutdown().await;
    assert!(b.accept().await.is_none());
    assert!(a.dial(vat(1), &to, Mode::Plain).await.unwrap_err().is_transient());
}
