//! Everybody who answers calls from elsewhere, with both sides where a row wants them.

use std::time::Instant;

use bytes::Bytes;
use hogshead::Host;
use tokio::runtime::Runtime;
use tokio::task::LocalSet;

use super::super::{one_thread, two_threads};
use crate::measure::{ns, quantile, wall_and_cpu};
use crate::peers::actors::{Asked, ask_all};
use crate::peers::{capnp::Capnp, quic::Quic, tarpc::Tarpc, tonic::Tonic};
use crate::processes::Served;
use crate::stage::{
    Pair, Threads, begin_stamps, ephemeral, journalled, listening, payload, take_stamps,
};

/// Where the two sides of a call are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sides {
    /// Both on one thread.
    OneThread,
    /// Both on the threads of one process: two for tasks, and those of the hosts.
    Threads,
    /// Each in a process of its own, on one thread.
    Processes,
}

impl Sides {
    /// What a line of the report begins with.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneThread => "one thread: ",
            Self::Threads => "threads: ",
            Self::Processes => "two processes: ",
        }
    }
}

/// Somebody who calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Who {
    /// A vat, over a session that ends with its connection.
    Plain,
    /// A vat, over a session that lasts.
    Durable,
    /// Frames over a stream.
    Quic,
    /// capnp-rpc.
    Capnp,
    /// tarpc.
    Tarpc,
    /// tonic.
    Tonic,
}

impl Who {
    /// All of them, in their order in [`Scene`].
    pub const ALL: [Self; 6] =
        [Self::Plain, Self::Durable, Self::Quic, Self::Capnp, Self::Tarpc, Self::Tonic];

    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "Hogshead, plain session",
            Self::Durable => "Hogshead, durable session",
            Self::Quic => "raw quinn, framed echo",
            Self::Capnp => "capnp-rpc over TCP",
            Self::Tarpc => "tarpc over TCP",
            Self::Tonic => "tonic over TCP",
        }
    }

    /// Whether it has a goal.
    pub fn is_ours(self) -> bool {
        matches!(self, Self::Plain | Self::Durable)
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Durable => "durable",
            Self::Quic => "quic",
            Self::Capnp => "capnp",
            Self::Tarpc => "tarpc",
            Self::Tonic => "tonic",
        }
    }
}

/// Everybody, connected.
pub struct Scene {
    runtime: Runtime,
    local: LocalSet,
    /// A caller and an echo of another host, over a plain session.
    pub plain: Pair,
    /// The same over a durable session.
    pub durable: Pair,
    /// Raw quinn.
    pub quic: Quic,
    /// capnp-rpc.
    pub capnp: Capnp,
    tarpc: Tarpc,
    tonic: Tonic,
    served: Vec<Served>,
}

impl Scene {
    /// Sets it.
    pub fn set(sides: Sides) -> Self {
        let local = LocalSet::new();
        let runtime = if sides == Sides::Threads { two_threads() } else { one_thread() };
        if sides == Sides::Processes {
            return Self::apart(runtime, local);
        }
        let threads = if sides == Sides::Threads { Threads::Own } else { Threads::None };
        let (plain, durable, quic, capnp, tarpc, tonic) = local.block_on(&runtime, async {
            let plain = two_hosts(threads, true).await;
            let durable = two_hosts(threads, false).await;
            let (quic, capnp) = (Quic::start().await, Capnp::start().await);
            (plain, durable, quic, capnp, Tarpc::start().await, Tonic::start().await)
        });
        Self { runtime, local, plain, durable, quic, capnp, tarpc, tonic, served: Vec::new() }
    }

    fn apart(runtime: Runtime, local: LocalSet) -> Self {
        let served: Vec<Served> = Who::ALL.map(|who| Served::start(who.kind())).into();
        let at = |who: Who| served[who as usize].at.clone();
        let address = |who: Who| at(who).parse().expect("an address");
        let (plain, durable, quic, capnp, tarpc, tonic) = local.block_on(&runtime, async {
            let (plain, durable) =
                (host(1, Threads::None, true).await, host(1, Threads::None, false).await);
            let to = |who| at(who).parse().expect("a sturdyref");
            let plain = Pair::towards(plain, to(Who::Plain)).await;
            let durable = Pair::towards(durable, to(Who::Durable)).await;
            let quic = Quic::connect(&at(Who::Quic).parse().expect("a place")).await;
            let capnp = Capnp::connect(address(Who::Capnp)).await;
            let tarpc = Tarpc::connect(address(Who::Tarpc)).await;
            (plain, durable, quic, capnp, tarpc, Tonic::connect(address(Who::Tonic)).await)
        });
        Self { runtime, local, plain, durable, quic, capnp, tarpc, tonic, served }
    }

    /// Runs something beside all of them.
    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.local.block_on(&self.runtime, work)
    }

    /// Calls so often, one at a time: the p50, and the CPU a call of both sides.
    pub fn sequential(&self, who: Who, times: u64) -> Vec<f64> {
        let mut p50 = 0.0;
        let cpu = self.wall_and_cpu(who, times, || p50 = self.p50(who, times))[1];
        vec![p50, cpu]
    }

    fn p50(&self, who: Who, times: u64) -> f64 {
        match who {
            Who::Plain => self.pair_p50(&self.plain, times, false),
            Who::Durable => self.pair_p50(&self.durable, times, false),
            Who::Capnp => self.run(timed(times, || self.capnp.ask(&PAYLOAD))),
            Who::Quic => self.asked_p50(&self.quic, times),
            Who::Tarpc => self.asked_p50(&self.tarpc, times),
            Who::Tonic => self.asked_p50(&self.tonic, times),
        }
    }

    /// The p50 of a pair's calls, or of its chains of three.
    pub fn pair_p50(&self, pair: &Pair, times: u64, chained: bool) -> f64 {
        begin_stamps();
        self.run(pair.call(1, times, chained));
        middle(take_stamps())
    }

    /// Whoever asks is a task, so that it is on the runtime's own threads.
    fn asked_p50(&self, asked: &impl Asked, times: u64) -> f64 {
        let asked = asked.clone();
        let asking = p50_of(asked, times);
        self.run(async { tokio::spawn(asking).await.expect("asked") })
    }

    /// Calls in so many strands, so often in each: calls a second, and the CPU a call of both
    /// sides.
    pub fn in_flight(&self, who: Who, strands: u64, times: u64) -> Vec<f64> {
        let mut each = self.wall_and_cpu(who, strands * times, || match who {
            Who::Plain => self.run(self.plain.call(strands, times, false)),
            Who::Durable => self.run(self.durable.call(strands, times, false)),
            Who::Capnp => self.run(self.capnp.ask_all(strands, times, &PAYLOAD)),
            Who::Quic => self.ask_all(&self.quic, strands, times),
            Who::Tarpc => self.ask_all(&self.tarpc, strands, times),
            Who::Tonic => self.ask_all(&self.tonic, strands, times),
        });
        each[0] = 1e9 / each[0];
        each
    }

    fn ask_all(&self, asked: &impl Asked, strands: u64, times: u64) {
        self.run(ask_all(asked, strands, times, payload()));
    }

    fn wall_and_cpu(&self, who: Who, times: u64, work: impl FnOnce()) -> Vec<f64> {
        match self.served.get(who as usize) {
            Some(served) => served.wall_and_cpu(times, work),
            None => wall_and_cpu(times, work),
        }
    }

    /// Ends it.
    pub fn end(self) {
        let Self { runtime, local, plain, durable, .. } = self;
        local.block_on(&runtime, async {
            plain.end().await;
            durable.end().await;
        });
    }
}

/// The one argument.
pub static PAYLOAD: Bytes = Bytes::from_static(&[0x5a; crate::stage::PAYLOAD_BYTES]);

/// A host with nothing on a disk. What keeps sessions that last keeps a journal.
pub async fn host(key: u8, threads: Threads, plain: bool) -> Host {
    if plain {
        return ephemeral(key, threads, |b| listening(b).plain_sessions()).await;
    }
    journalled(key, threads, listening).await
}

/// A vat of each of two hosts of this process.
pub async fn two_hosts(threads: Threads, plain: bool) -> Pair {
    let hers = host(1, threads, plain).await;
    Pair::apart(hers, host(2, threads, plain).await).await
}

async fn p50_of(asked: impl Asked, times: u64) -> f64 {
    let mut latencies = Vec::new();
    for _ in 0..times {
        let begun = Instant::now();
        assert_eq!(asked.ask(payload()).await.len(), PAYLOAD.len());
        latencies.push(ns(begun.elapsed()));
    }
    middle(latencies)
}

/// Does something again and again: the p50 of how long it took.
pub async fn timed(times: u64, once: impl AsyncFn()) -> f64 {
    let mut latencies = Vec::new();
    for _ in 0..times {
        let begun = Instant::now();
        once().await;
        latencies.push(ns(begun.elapsed()));
    }
    middle(latencies)
}

fn middle(mut latencies: Vec<f64>) -> f64 {
    latencies.sort_by(f64::total_cmp);
    quantile(&latencies, 0.5)
}
