//! The way between the two hosts: a UDP relay with a delay, which can hold back what comes from
//! Alice, so that the demo can prove what travelled before what.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::net::UdpSocket;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

/// A relay that Bob takes for Alice's address.
///
/// ```text
///   Bob ──▶ front ──delay──▶ back ──▶ Alice
///   Bob ◀── front ◀──gate◀──delay── back ◀── Alice
/// ```
#[derive(Debug)]
pub struct Link {
    address: SocketAddr,
    gate: watch::Sender<bool>,
    alice: Arc<Mutex<Option<SocketAddr>>>,
    // Dropping the set ends the tasks.
    _tasks: JoinSet<()>,
}

impl Link {
    /// Opens a relay on free ports that delays each datagram by `delay`.
    pub async fn open(delay: Duration) -> io::Result<Self> {
        let front = Arc::new(UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?);
        let back = Arc::new(UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?);
        let address = front.local_addr()?;
        let bob = Arc::new(Mutex::new(None));
        let alice = Arc::new(Mutex::new(None));
        let (gate, gate_of_bob) = watch::channel(true);
        let (_, always_open) = watch::channel(true);
        let (to_alice, for_alice) = mpsc::channel(QUEUE);
        let (to_bob, for_bob) = mpsc::channel(QUEUE);
        let mut tasks = JoinSet::new();
        tasks.spawn(receive(front.clone(), Some(bob.clone()), to_alice));
        tasks.spawn(receive(back.clone(), None, to_bob));
        tasks.spawn(send(back, alice.clone(), delay, for_alice, always_open));
        tasks.spawn(send(front, bob, delay, for_bob, gate_of_bob));
        Ok(Self { address, gate, alice, _tasks: tasks })
    }

    /// The address that Bob takes for Alice's.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Leads to where Alice's host really listens.
    pub fn lead_to(&self, alice: SocketAddr) {
        *self.alice.lock().expect("no holder panics") = Some(alice);
    }

    /// Holds back whatever comes from Alice until [`Link::release`].
    pub fn hold(&self) {
        self.gate.send_replace(false);
    }

    /// Lets everything through again, what was held first.
    pub fn release(&self) {
        self.gate.send_replace(true);
    }
}

type Peer = Arc<Mutex<Option<SocketAddr>>>;

/// Takes datagrams in; remembers in `sender` where they came from.
async fn receive(
    socket: Arc<UdpSocket>,
    sender: Option<Peer>,
    queue: mpsc::Sender<(Instant, Vec<u8>)>,
) {
    let mut buffer = vec![0; LARGEST_DATAGRAM];
    loop {
        // An error tells of an earlier datagram that nobody took: a host is down. QUIC copes.
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else { continue };
        if let Some(sender) = &sender {
            *sender.lock().expect("no holder panics") = Some(from);
        }
        // A full queue drops, as a network does.
        let _ = queue.try_send((Instant::now(), buffer[..length].to_vec()));
    }
}

/// Gives datagrams out, each `delay` after it came, while the gate is open.
async fn send(
    socket: Arc<UdpSocket>,
    to: Peer,
    delay: Duration,
    mut queue: mpsc::Receiver<(Instant, Vec<u8>)>,
    mut gate: watch::Receiver<bool>,
) {
    while let Some((came, datagram)) = queue.recv().await {
        tokio::time::sleep_until((came + delay).into()).await;
        // The sender of a gate that is always open is gone; then the last value stands.
        while !*gate.borrow_and_update() {
            if gate.changed().await.is_err() {
                return;
            }
        }
        let to = *to.lock().expect("no holder panics");
        if let Some(to) = to {
            let _ = socket.send_to(&datagram, to).await;
        }
    }
}

/// Datagrams under way in one direction at most.
const QUEUE: usize = 4096;

/// Bytes of a UDP datagram at most.
const LARGEST_DATAGRAM: usize = 65_535;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_gate_holds_what_comes_back_and_nothing_else() {
        let alice = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let bob = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let link = Link::open(Duration::from_millis(1)).await.unwrap();
        link.lead_to(alice.local_addr().unwrap());
        link.hold();
        let mut buffer = [0; 8];

        bob.send_to(b"ask", link.address()).await.unwrap();
        let (length, relay) = alice.recv_from(&mut buffer).await.unwrap();
        assert_eq!(&buffer[..length], b"ask");
        alice.send_to(b"answer", relay).await.unwrap();
        let early = tokio::time::timeout(Duration::from_millis(50), bob.recv(&mut buffer)).await;
        assert!(early.is_err(), "the answer came through a closed gate");

        link.release();
        let length = bob.recv(&mut buffer).await.unwrap();
        assert_eq!(&buffer[..length], b"answer");
    }
}
