//! One way through a relay: a front, the host behind it, and a socket for each who sends.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::sync::watch;

use super::Counters;
use super::weather::{Fate, Weather};
use crate::random::Random;

/// A way.
pub struct Way {
    front: Arc<UdpSocket>,
    state: Mutex<State>,
}

struct State {
    to: Option<SocketAddr>,
    /// Nothing passes if it is absent.
    weather: Option<Weather>,
    /// Those who send, by their address.
    senders: BTreeMap<SocketAddr, watch::Sender<Back>>,
    /// Towards the host, and back.
    directions: [Direction; 2],
    counters: Counters,
    /// Packets that are late at the moment.
    waiting: usize,
}

/// The socket that stands for a sender before the host, and how often it was replaced.
#[derive(Clone)]
struct Back {
    socket: Arc<UdpSocket>,
    replaced: u64,
}

/// One direction of a way.
struct Direction {
    random: Random,
    came: u64,
    /// The newest packet that went on, by its number.
    passed: u64,
}

/// Where a packet goes on to.
#[derive(Clone)]
enum Onward {
    /// To the host, by whichever socket stands for the sender then.
    Host(watch::Receiver<Back>),
    Sender(Arc<UdpSocket>, SocketAddr),
}

impl Way {
    /// Opens a front at an address, and relays as long as the process lives.
    pub async fn open(seed: u64, address: SocketAddr) -> io::Result<Arc<Self>> {
        let direction = |number: u64| Direction {
            random: Random::new(seed.wrapping_mul(2).wrapping_add(number)),
            came: 0,
            passed: 0,
        };
        let state = State {
            to: None,
            weather: Some(Weather::calm()),
            senders: BTreeMap::new(),
            directions: [direction(0), direction(1)],
            counters: Counters::default(),
            waiting: 0,
        };
        let front = Arc::new(UdpSocket::bind(address).await?);
        let way = Arc::new(Self { front, state: Mutex::new(state) });
        tokio::spawn(Arc::clone(&way).read_front());
        Ok(way)
    }

    /// Where senders send to.
    pub fn front(&self) -> io::Result<SocketAddr> {
        self.front.local_addr()
    }

    /// Where it leads from now on.
    pub fn lead(&self, to: SocketAddr) {
        let mut state = self.state();
        state.to = Some(to);
        // Their sockets lead to where the host was.
        state.senders.clear();
    }

    /// Sets the weather, or cuts everything off.
    pub fn set(&self, weather: Option<Weather>) {
        self.state().weather = weather;
    }

    /// What it has done so far.
    pub fn counters(&self) -> Counters {
        self.state().counters
    }

    /// Replaces each sender's socket by one at another port.
    pub async fn rebind(&self) -> io::Result<()> {
        let (to, senders) = {
            let state = self.state();
            (state.to, state.senders.values().cloned().collect::<Vec<_>>())
        };
        let Some(to) = to else {
            return Ok(());
        };
        for sender in senders {
            let socket = Arc::new(back(to).await?);
            let replaced = sender.borrow().replaced + 1;
            sender.send_replace(Back { socket, replaced });
            self.state().counters.rebound += 1;
        }
        Ok(())
    }

    async fn read_front(self: Arc<Self>) {
        let mut buffer = vec![0; PACKET_BYTES_MAX];
        loop {
            // An error is the echo of a packet that nobody took.
            let Ok((bytes, from)) = self.front.recv_from(&mut buffer).await else {
                continue;
            };
            match self.sender(from).await {
                Some(back) => self.pass(0, buffer[..bytes].to_vec(), Onward::Host(back)).await,
                None => {
                    let mut state = self.state();
                    state.counters.came += 1;
                    state.counters.cut += 1;
                }
            }
        }
    }

    /// The socket of a sender, made with his first packet.
    async fn sender(self: &Arc<Self>, from: SocketAddr) -> Option<watch::Receiver<Back>> {
        let to = {
            let state = self.state();
            if let Some(known) = state.senders.get(&from) {
                return Some(known.subscribe());
            }
            if state.senders.len() >= SENDERS_MAX {
                return None;
            }
            state.to?
        };
        let socket = Arc::new(back(to).await.ok()?);
        let (sender, back) = watch::channel(Back { socket, replaced: 0 });
        self.state().senders.insert(from, sender);
        tokio::spawn(Arc::clone(self).read_back(from, back.clone()));
        Some(back)
    }

    /// Brings a sender what the host answers him, until his socket is given up.
    async fn read_back(self: Arc<Self>, from: SocketAddr, mut back: watch::Receiver<Back>) {
        let mut buffer = vec![0; PACKET_BYTES_MAX];
        loop {
            let Back { socket, replaced } = back.borrow_and_update().clone();
            let bytes = tokio::select! {
                changed = back.changed() => match changed {
                    Ok(()) => continue,
                    Err(_) => return,
                },
                bytes = socket.recv(&mut buffer) => bytes,
            };
            let Ok(bytes) = bytes else {
                continue;
            };
            self.state().counters.followed += u64::from(replaced > 0);
            let onward = Onward::Sender(Arc::clone(&self.front), from);
            self.pass(1, buffer[..bytes].to_vec(), onward).await;
        }
    }

    /// Decides what becomes of a packet, and lets it happen.
    async fn pass(self: &Arc<Self>, direction: usize, packet: Vec<u8>, onward: Onward) {
        let (number, late) = {
            let mut state = self.state();
            state.counters.came += 1;
            let State { weather, directions, counters, waiting, .. } = &mut *state;
            let flow = &mut directions[direction];
            flow.came += 1;
            let fate = weather.filter(|_| *waiting < WAITING_MAX).map(|w| w.fate(&mut flow.random));
            let late = match fate {
                None => {
                    counters.cut += 1;
                    return;
                }
                Some(Fate::Lost) => {
                    counters.lost += 1;
                    return;
                }
                Some(Fate::Late(late)) => vec![late],
                Some(Fate::Twice(first, second)) => {
                    counters.doubled += 1;
                    vec![first, second]
                }
            };
            *waiting += late.len();
            (flow.came, late)
        };
        for late in late {
            // What is not late goes in order.
            if late.is_zero() {
                self.let_go(direction, number, late, &packet, onward.clone()).await;
                continue;
            }
            let (way, packet, onward) = (Arc::clone(self), packet.clone(), onward.clone());
            tokio::spawn(async move { way.let_go(direction, number, late, &packet, onward).await });
        }
    }

    async fn let_go(
        &self,
        direction: usize,
        number: u64,
        late: Duration,
        packet: &[u8],
        onward: Onward,
    ) {
        if !late.is_zero() {
            tokio::time::sleep(late).await;
        }
        {
            let mut state = self.state();
            state.waiting -= 1;
            // What was under way when everything was cut off does not arrive either.
            if state.weather.is_none() {
                state.counters.cut += 1;
                return;
            }
            let flow = &mut state.directions[direction];
            let overtaken = number < flow.passed;
            flow.passed = flow.passed.max(number);
            state.counters.passed += 1;
            state.counters.delayed += u64::from(!late.is_zero());
            state.counters.reordered += u64::from(overtaken);
        }
        // A host that is not there takes nothing: that is its trial, not the relay's.
        let _ = match onward {
            Onward::Host(back) => {
                let socket = Arc::clone(&back.borrow().socket);
                socket.send(packet).await
            }
            Onward::Sender(front, from) => front.send_to(packet, from).await,
        };
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn back(to: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    socket.connect(to).await?;
    Ok(socket)
}

/// Bytes of the largest packet that UDP has.
const PACKET_BYTES_MAX: usize = 65_535;

/// Packets of one way that are late at once, in packets: those beyond it are lost.
const WAITING_MAX: usize = 10_000;

/// Senders that one way tells apart, in sockets: a host that starts again is another one.
const SENDERS_MAX: usize = 1_000;
