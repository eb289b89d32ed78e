//! The simulated network as a netlayer.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::{Instant, sleep_until};

use super::net::{Arrival, ConnectionId, Event, Node, Side, SimNet, Weather};
use crate::channel::{CloseReason, Mode};
use crate::error::ChannelError;
use crate::frames::{Sink, Source};
use crate::hosts::{HostKey, Vats};
use crate::inprocess::{AnySink, Doors, End, Fabric, InProcess, Wire};
use crate::limits::Limits;

/// The name of the netlayer, and of its hint in locators.
pub const NAME: &str = "sim";

/// A simulated network between hosts of one process. Clones are the same network.
///
/// Its virtual time is tokio's: under a paused clock, years pass in a moment. It bounds nothing
/// that is under way.
#[derive(Clone)]
pub struct SimNetwork(Arc<Shared>);

struct Shared {
    doors: Doors,
    state: Mutex<State>,
    changed: Arc<Notify>,
    begun: Instant,
}

struct State {
    net: SimNet,
    nodes: BTreeMap<String, Node>,
    ends: BTreeMap<(ConnectionId, Side), Inbox>,
}

struct Inbox {
    arrivals: mpsc::UnboundedSender<Event>,
    broken: watch::Sender<bool>,
}

impl SimNetwork {
    /// A network whose chances are decided by `seed`. Must be called within a tokio runtime.
    pub fn new(seed: u64, weather: Weather) -> Self {
        let state = State {
            net: SimNet::new(seed, weather),
            nodes: BTreeMap::new(),
            ends: BTreeMap::new(),
        };
        let shared = Arc::new(Shared {
            doors: Doors::default(),
            state: Mutex::new(state),
            changed: Arc::new(Notify::new()),
            begun: Instant::now(),
        });
        tokio::spawn(pump(Arc::downgrade(&shared), Arc::clone(&shared.changed)));
        Self(shared)
    }

    /// Lets a host in at `address`, replacing whoever was there. Sessions speak `most` at the
    /// most.
    pub fn join(
        &self,
        address: &str,
        key: HostKey,
        vats: Arc<dyn Vats>,
        limits: Limits,
        most: Mode,
    ) -> InProcess {
        self.0.state().node(address);
        InProcess::join(Arc::new(self.clone()), address, key, vats, limits, most)
    }

    /// Keeps two addresses apart until [`SimNetwork::heal`].
    pub fn partition(&self, one: &str, other: &str) {
        self.0.change(|state| {
            let (one, other) = (state.node(one), state.node(other));
            state.net.partition(one, other);
        });
    }

    /// Ends a partition.
    pub fn heal(&self, one: &str, other: &str) {
        self.0.change(|state| {
            let (one, other) = (state.node(one), state.node(other));
            state.net.heal(one, other);
        });
    }

    /// Changes how the network behaves from now on.
    pub fn set_weather(&self, weather: Weather) {
        self.0.change(|state| state.net.set_weather(weather));
    }

    /// Breaks every connection that there is.
    pub fn cut_all(&self) {
        self.0.change(|state| {
            let connections: Vec<_> = state.ends.keys().map(|(id, _)| *id).collect();
            for id in connections {
                state.net.cut(id);
            }
        });
    }

    /// Breaks every connection of an address, as the death of its process does.
    pub fn cut_off(&self, address: &str) {
        self.0.change(|state| {
            let node = state.node(address);
            state.net.cut_off(node);
        });
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the network at the present moment, once what is due has arrived.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state();
        state.deliver_due(self.begun.elapsed());
        let result = change(&mut state);
        drop(state);
        self.changed.notify_one();
        result
    }
}

impl State {
    fn node(&mut self, address: &str) -> Node {
        let next = Node(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        *self.nodes.entry(address.to_owned()).or_insert(next)
    }

    fn deliver_due(&mut self, now: Duration) {
        while self.net.next_at().is_some_and(|at| at <= now) {
            match self.net.step() {
                Some(arrival) => self.deliver(arrival),
                None => break,
            }
        }
        self.net.advance(now);
    }

    fn deliver(&mut self, arrival: Arrival) {
        let end = (arrival.connection, arrival.side);
        let Some(inbox) = self.ends.get(&end) else { return };
        let broken = arrival.event == Event::Broken;
        inbox.broken.send_replace(broken);
        // A reader that is gone misses nothing.
        let _ = inbox.arrivals.send(arrival.event);
        if broken {
            self.ends.remove(&end);
        }
    }
}

/// Delivers what is due, as long as the network exists.
async fn pump(shared: std::sync::Weak<Shared>, changed: Arc<Notify>) {
    loop {
        let due = {
            let Some(shared) = shared.upgrade() else { return };
            let mut state = shared.state();
            state.deliver_due(shared.begun.elapsed());
            state.net.next_at().map(|at| shared.begun + at)
        };
        // Without a next event the branch is off; the instant is then of no matter.
        let until = due.unwrap_or_else(Instant::now);
        tokio::select! {
            biased;
            () = changed.notified() => {}
            () = sleep_until(until), if due.is_some() => {}
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.changed.notify_one();
    }
}

impl Fabric for SimNetwork {
    fn name(&self) -> &'static str {
        NAME
    }

    fn wire(&self, from: &str, to: &str) -> Wire {
        self.0.change(|state| {
            let (from, to) = (state.node(from), state.node(to));
            let id = state.net.connect(from, to);
            Wire {
                dialler: self.end(state, id, Side::Dialler),
                listener: self.end(state, id, Side::Listener),
                number: id.0,
            }
        })
    }

    fn doors(&self) -> &Doors {
        &self.0.doors
    }
}

impl SimNetwork {
    fn end(&self, state: &mut State, id: ConnectionId, side: Side) -> End {
        let (arrivals, inbox) = mpsc::unbounded_channel();
        let broken = watch::Sender::new(false);
        let sink = SimSink { shared: Arc::clone(&self.0), id, side, broken: broken.subscribe() };
        let source = SimSource { shared: Arc::clone(&self.0), id, side, inbox };
        state.ends.insert((id, side), Inbox { arrivals, broken });
        End { sink: AnySink::Sim(sink), source: Box::new(source) }
    }
}

/// The sending half of an end.
pub(crate) struct SimSink {
    shared: Arc<Shared>,
    id: ConnectionId,
    side: Side,
    broken: watch::Receiver<bool>,
}

/// The receiving half.
struct SimSource {
    shared: Arc<Shared>,
    id: ConnectionId,
    side: Side,
    inbox: mpsc::UnboundedReceiver<Event>,
}

fn gone() -> ChannelError {
    ChannelError::Connection("the simulated connection broke".into())
}

impl Sink for SimSink {
    async fn write(&mut self, pieces: &mut [Bytes]) -> Result<(), ChannelError> {
        self.shared.change(|state| {
            for piece in pieces {
                if !state.net.is_open(self.id) {
                    return Err(gone());
                }
                state.net.send(self.id, self.side, std::mem::take(piece));
            }
            Ok(())
        })
    }

    fn stopped(&self) -> impl Future<Output = ChannelError> + Send + 'static {
        let mut broken = self.broken.clone();
        async move {
            if broken.wait_for(|broken| *broken).await.is_err() {
                // Our reader is gone, and with it the news; a write tells.
                std::future::pending::<()>().await;
            }
            gone()
        }
    }

    async fn finish(&mut self) {
        self.shared.change(|state| state.net.finish(self.id, self.side));
    }

    fn reset(&mut self, reason: CloseReason) {
        self.shared.change(|state| state.net.reset(self.id, self.side, reason.code()));
    }
}

impl Source for SimSource {
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>> {
        self.inbox.poll_recv(cx).map(|event| match event {
            Some(Event::Bytes(bytes)) => Ok(Some(bytes)),
            Some(Event::Finished) => Ok(None),
            Some(Event::Reset(code)) => {
                Err(ChannelError::Closed(CloseReason::from_code(code.into())))
            }
            Some(Event::Broken) | None => Err(gone()),
        })
    }

    fn stop(&mut self, _reason: CloseReason) {}
}

impl Drop for SimSource {
    fn drop(&mut self) {
        self.shared.change(|state| state.ends.remove(&(self.id, self.side)));
    }
}
