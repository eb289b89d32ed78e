//! The simulated network as a queue of events.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use bytes::Bytes;

use crate::backoff::Random;

/// A machine on the network.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Node(pub u32);

/// A connection, numbered from zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ConnectionId(pub u64);

/// An end of a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// Whoever made the connection.
    Dialler,
    /// The other.
    Listener,
}

impl Side {
    /// The other end.
    pub fn other(self) -> Self {
        match self {
            Self::Dialler => Self::Listener,
            Self::Listener => Self::Dialler,
        }
    }
}

/// How the network behaves.
#[derive(Clone, Debug)]
pub struct Weather {
    /// The shortest time that bytes are under way.
    pub latency_min: Duration,
    /// The longest. Bytes of different connections overtake each other within this span.
    pub latency_max: Duration,
    /// One in so many sends breaks its connection; zero for never.
    pub break_one_in: u64,
    /// How long a partition may last before the connections across it are broken.
    pub silence: Duration,
}

impl Default for Weather {
    /// A wide-area network on a good day.
    fn default() -> Self {
        Self {
            latency_min: Duration::from_millis(5),
            latency_max: Duration::from_millis(50),
            break_one_in: 0,
            silence: crate::limits::SILENCE,
        }
    }
}

/// Something that reaches an end of a connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrival {
    /// When, since the beginning.
    pub at: Duration,
    /// On which connection.
    pub connection: ConnectionId,
    /// At which end.
    pub side: Side,
    /// What.
    pub event: Event,
}

/// What reaches an end of a connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// Bytes, in the order sent.
    Bytes(Bytes),
    /// The other end has finished sending.
    Finished,
    /// The other end has given up sending, for the reason of this code.
    Reset(u32),
    /// The connection is gone; nothing more arrives.
    Broken,
}

/// A simulated network in virtual time.
pub struct SimNet {
    now: Duration,
    random: Random,
    weather: Weather,
    /// What is under way, by when it arrives and the order in which it was sent.
    queue: BTreeMap<(Duration, u64), Pending>,
    sequence: u64,
    connections: BTreeMap<ConnectionId, Connection>,
    next_connection: u64,
    /// Pairs that cannot reach each other, the lower node first.
    partitions: BTreeSet<(Node, Node)>,
}

enum Pending {
    Arrive(ConnectionId, Side, Event),
    /// The pair's connections break if the partition of this number still lasts.
    Silence(ConnectionId, u64),
}

struct Connection {
    dialler: Node,
    listener: Node,
    /// The latest arrival in each direction: nothing overtakes within a connection.
    last: BTreeMap<Side, Duration>,
    /// What waits for the end of a partition.
    held: VecDeque<(Side, Event)>,
    /// Counts partitions, so that the end of an earlier one is not taken for a later one's.
    partition: u64,
    closed: BTreeSet<Side>,
}

impl SimNet {
    /// A network whose chances are decided by `seed`.
    pub fn new(seed: u64, weather: Weather) -> Self {
        Self {
            now: Duration::ZERO,
            random: Random::new(seed),
            weather,
            queue: BTreeMap::new(),
            sequence: 0,
            connections: BTreeMap::new(),
            next_connection: 0,
            partitions: BTreeSet::new(),
        }
    }

    /// Changes how the network behaves from now on. What is under way arrives as it would have.
    pub fn set_weather(&mut self, weather: Weather) {
        self.weather = weather;
    }

    /// The virtual time since the beginning.
    pub fn now(&self) -> Duration {
        self.now
    }

    /// When the next event is due.
    pub fn next_at(&self) -> Option<Duration> {
        self.queue.keys().next().map(|(at, _)| *at)
    }

    /// Lets time pass up to `now`, but not past what is due before.
    pub fn advance(&mut self, now: Duration) {
        let bound = self.next_at().map_or(now, |next| next.min(now));
        self.now = self.now.max(bound);
    }

    /// Connects two nodes. Bytes may be sent at once, from both ends.
    pub fn connect(&mut self, dialler: Node, listener: Node) -> ConnectionId {
        let id = ConnectionId(self.next_connection);
        self.next_connection += 1;
        let connection = Connection {
            dialler,
            listener,
            last: BTreeMap::new(),
            held: VecDeque::new(),
            partition: 0,
            closed: BTreeSet::new(),
        };
        self.connections.insert(id, connection);
        if self.partitions.contains(&pair(dialler, listener)) {
            self.await_silence(id);
        }
        id
    }

    /// Sends bytes from one end. On a connection that is gone nothing happens: its ends have been
    /// told, or will be.
    pub fn send(&mut self, id: ConnectionId, from: Side, bytes: Bytes) {
        let one_in = self.weather.break_one_in;
        if one_in > 0 && self.random.below(one_in) == 0 {
            return self.cut(id);
        }
        self.transmit(id, from.other(), Event::Bytes(bytes));
    }

    /// Ends one direction after what was sent.
    pub fn finish(&mut self, id: ConnectionId, from: Side) {
        self.transmit(id, from.other(), Event::Finished);
    }

    /// Ends one direction with a code; what was sent before still arrives.
    pub fn reset(&mut self, id: ConnectionId, from: Side, code: u32) {
        self.transmit(id, from.other(), Event::Reset(code));
    }

    /// Whether a connection still carries anything.
    pub fn is_open(&self, id: ConnectionId) -> bool {
        self.connections.contains_key(&id)
    }

    /// Breaks a connection: what is under way on it is lost, and both ends learn of it.
    pub fn cut(&mut self, id: ConnectionId) {
        let Some(connection) = self.connections.get_mut(&id) else { return };
        connection.held.clear();
        self.take_under_way(id);
        for side in [Side::Dialler, Side::Listener] {
            self.schedule(id, side, Event::Broken);
        }
        // No further send finds it; what is scheduled still arrives.
        self.connections.remove(&id);
    }

    /// Breaks every connection of a node, as the death of its process does: what it has sent is
    /// under way and still arrives.
    pub fn cut_off(&mut self, node: Node) {
        let all = self.connections.iter();
        let of_node = all.filter(|(_, c)| c.dialler == node || c.listener == node);
        let sides = of_node.map(|(id, c)| (*id, c.dialler == node)).collect::<Vec<_>>();
        for (id, is_dialler) in sides {
            let gone = if is_dialler { Side::Dialler } else { Side::Listener };
            for (side, event) in self.take_under_way(id) {
                if side != gone {
                    self.schedule(id, side, event);
                }
            }
            for side in [gone, gone.other()] {
                self.schedule(id, side, Event::Broken);
            }
            self.connections.remove(&id);
        }
    }

    /// Keeps two nodes apart until [`SimNet::heal`]. What is sent meanwhile waits; connections
    /// break when the partition outlasts [`Weather::silence`].
    pub fn partition(&mut self, one: Node, other: Node) {
        if !self.partitions.insert(pair(one, other)) {
            return;
        }
        for id in self.between(one, other) {
            for (side, event) in self.take_under_way(id) {
                self.transmit(id, side, event);
            }
            self.await_silence(id);
        }
    }

    /// Ends a partition: what waited is under way again.
    pub fn heal(&mut self, one: Node, other: Node) {
        if !self.partitions.remove(&pair(one, other)) {
            return;
        }
        for id in self.between(one, other) {
            let Some(connection) = self.connections.get_mut(&id) else { continue };
            connection.partition += 1;
            for (side, event) in std::mem::take(&mut connection.held) {
                self.transmit(id, side, event);
            }
        }
    }

    /// Moves time to the next event and gives what arrives; nothing when nothing is under way.
    pub fn step(&mut self) -> Option<Arrival> {
        while let Some(((at, _), pending)) = self.queue.pop_first() {
            self.now = self.now.max(at);
            match pending {
                Pending::Arrive(connection, side, event) => {
                    self.forget_if_done(connection, side, &event);
                    return Some(Arrival { at: self.now, connection, side, event });
                }
                Pending::Silence(id, number) => {
                    let lasts = self.connections.get(&id).is_some_and(|c| {
                        c.partition == number
                            && self.partitions.contains(&pair(c.dialler, c.listener))
                    });
                    if lasts {
                        self.cut(id);
                    }
                }
            }
        }
        None
    }

    /// Puts an event under way, or keeps it while a partition lasts.
    fn transmit(&mut self, id: ConnectionId, side: Side, event: Event) {
        let Some(connection) = self.connections.get_mut(&id) else { return };
        if self.partitions.contains(&pair(connection.dialler, connection.listener)) {
            connection.held.push_back((side, event));
        } else {
            self.schedule(id, side, event);
        }
    }

    /// Takes a connection's events out of the queue, in their order.
    fn take_under_way(&mut self, id: ConnectionId) -> Vec<(Side, Event)> {
        let mut taken = Vec::new();
        self.queue.retain(|_, pending| match pending {
            Pending::Arrive(connection, side, event) if *connection == id => {
                taken.push((*side, event.clone()));
                false
            }
            _ => true,
        });
        taken
    }

    fn schedule(&mut self, id: ConnectionId, side: Side, event: Event) {
        let span = self.weather.latency_max.saturating_sub(self.weather.latency_min);
        let spread = u64::try_from(span.as_nanos()).unwrap_or(u64::MAX).saturating_add(1);
        let latency = self.weather.latency_min + Duration::from_nanos(self.random.below(spread));
        let mut at = self.now + latency;
        if let Some(connection) = self.connections.get_mut(&id) {
            let last = connection.last.entry(side).or_default();
            at = at.max(*last);
            *last = at;
        }
        self.enqueue(at, Pending::Arrive(id, side, event));
    }

    fn enqueue(&mut self, at: Duration, pending: Pending) {
        self.sequence += 1;
        self.queue.insert((at, self.sequence), pending);
    }

    fn forget_if_done(&mut self, id: ConnectionId, side: Side, event: &Event) {
        let Some(connection) = self.connections.get_mut(&id) else { return };
        if matches!(event, Event::Finished | Event::Reset(_)) {
            connection.closed.insert(side);
            if connection.closed.len() == 2 {
                self.connections.remove(&id);
            }
        }
    }

    fn await_silence(&mut self, id: ConnectionId) {
        let Some(connection) = self.connections.get_mut(&id) else { return };
        connection.partition += 1;
        let number = connection.partition;
        self.enqueue(self.now + self.weather.silence, Pending::Silence(id, number));
    }

    fn between(&self, one: Node, other: Node) -> Vec<ConnectionId> {
        let wanted = pair(one, other);
        let all = self.connections.iter();
        all.filter(|(_, c)| pair(c.dialler, c.listener) == wanted).map(|(id, _)| *id).collect()
    }
}

fn pair(one: Node, other: Node) -> (Node, Node) {
    (one.min(other), one.max(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Node = Node(1);
    const B: Node = Node(2);
    const C: Node = Node(3);

    fn all(net: &mut SimNet) -> Vec<Arrival> {
        std::iter::from_fn(|| net.step()).collect()
    }

    /// Three connections, many sends, a partition and a cut.
    fn story(seed: u64) -> Vec<Arrival> {
        let weather = Weather { break_one_in: 60, ..Weather::default() };
        let mut net = SimNet::new(seed, weather);
        let connections = [net.connect(A, B), net.connect(A, C), net.connect(C, B)];
        let mut trace = Vec::new();
        for n in 0..100_u8 {
            for id in connections {
                net.send(id, Side::Dialler, Bytes::copy_from_slice(&[n]));
                net.send(id, Side::Listener, Bytes::copy_from_slice(&[n]));
            }
            match n {
                20 => net.partition(A, B),
                40 => net.heal(A, B),
                _ => {}
            }
            trace.extend(net.step());
        }
        trace.extend(all(&mut net));
        trace
    }

    #[test]
    fn the_same_seed_gives_the_same_arrivals_and_another_gives_others() {
        for seed in 0..20 {
            assert_eq!(story(seed), story(seed), "seed {seed}");
            assert_ne!(story(seed), story(seed + 1), "seed {seed}");
        }
    }

    #[test]
    fn within_a_connection_order_is_kept_and_nothing_comes_after_the_break() {
        for seed in 0..50 {
            let mut next = BTreeMap::new();
            let mut broken = BTreeSet::new();
            let mut at = Duration::ZERO;
            for arrival in story(seed) {
                assert!(arrival.at >= at, "seed {seed}: time runs forward");
                at = arrival.at;
                let end = (arrival.connection, arrival.side);
                assert!(!broken.contains(&end), "seed {seed}: {arrival:?} after the break");
                match arrival.event {
                    Event::Bytes(bytes) => {
                        let expected = next.entry(end).or_insert(0_u8);
                        assert_eq!(bytes, vec![*expected], "seed {seed}");
                        *expected += 1;
                    }
                    Event::Broken => drop(broken.insert(end)),
                    Event::Finished | Event::Reset(_) => panic!("nobody finished"),
                }
            }
        }
    }

    #[test]
    fn between_connections_bytes_overtake_each_other() {
        let overtakes = (0..20).any(|seed| {
            let mut net = SimNet::new(seed, Weather::default());
            let (first, second) = (net.connect(A, B), net.connect(A, B));
            net.send(first, Side::Dialler, Bytes::from_static(b"1"));
            net.send(second, Side::Dialler, Bytes::from_static(b"2"));
            net.step().unwrap().connection == second
        });
        assert!(overtakes);
    }

    #[test]
    fn a_short_partition_delays_and_a_long_one_breaks() {
        let mut net = SimNet::new(1, Weather::default());
        let id = net.connect(A, B);
        net.partition(A, B);
        net.send(id, Side::Dialler, Bytes::from_static(b"late"));
        net.advance(Duration::from_secs(1));
        net.heal(A, B);
        let arrivals = all(&mut net);
        assert_eq!(arrivals.len(), 1);
        assert_eq!(arrivals[0].event, Event::Bytes(Bytes::from_static(b"late")));

        net.partition(A, B);
        net.send(id, Side::Dialler, Bytes::from_static(b"never"));
        let arrivals = all(&mut net);
        assert_eq!(arrivals.len(), 2, "{arrivals:?}");
        assert!(arrivals.iter().all(|arrival| arrival.event == Event::Broken));
    }

    #[test]
    fn who_is_cut_off_loses_its_connections_and_nobody_else_does() {
        let mut net = SimNet::new(1, Weather::default());
        let connections = [net.connect(A, B), net.connect(C, A), net.connect(B, C)];
        net.cut_off(A);
        assert_eq!(connections.map(|id| net.is_open(id)), [false, false, true]);
        assert_eq!(all(&mut net).len(), 4, "both ends of both learn of it");

        let id = net.connect(A, B);
        net.send(id, Side::Dialler, Bytes::from_static(b"last"));
        net.send(id, Side::Listener, Bytes::from_static(b"late"));
        net.cut_off(A);
        let at_b: Vec<_> =
            all(&mut net).into_iter().filter(|arrival| arrival.side == Side::Listener).collect();
        assert_eq!(at_b[0].event, Event::Bytes(Bytes::from_static(b"last")), "it was under way");
        assert_eq!(at_b[1].event, Event::Broken);
        assert_eq!(at_b.len(), 2);
    }

    #[test]
    fn connections_that_ended_leave_nothing() {
        let mut net = SimNet::new(1, Weather::default());
        let (first, second) = (net.connect(A, B), net.connect(B, C));
        net.finish(first, Side::Dialler);
        net.finish(first, Side::Listener);
        net.cut(second);
        all(&mut net);
        assert!(net.connections.is_empty() && net.queue.is_empty());
    }
}
