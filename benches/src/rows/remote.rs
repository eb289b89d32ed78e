//! Calls between two hosts over QUIC, beside raw quinn and capnp-rpc.

use std::time::Instant;

use tokio::runtime::Runtime;
use tokio::task::LocalSet;

use super::{Plan, one_thread, two_threads};
use crate::measure::{Contender, Spread, cpu_ns, interleave, ns, quantile, wall_and_cpu};
use crate::peers::actors::{Asked, ask_all};
use crate::peers::capnp::Capnp;
use crate::peers::quic::Quic;
use crate::report::{Line, Section, Unit};
use crate::stage::{
    LOAD_BYTES_MAX, Pair, Threads, begin_stamps, ephemeral, listening, octets, payload, take_stamps,
};

/// Everybody on one runtime of one thread.
struct Scene {
    runtime: Runtime,
    local: LocalSet,
    durable: Pair,
    plain: Pair,
    quic: Quic,
    capnp: Capnp,
}

impl Scene {
    fn new() -> Self {
        let (runtime, local) = (one_thread(), LocalSet::new());
        let (durable, plain, quic, capnp) = local.block_on(&runtime, async {
            let durable = two_hosts(Threads::None, false).await;
            let plain = two_hosts(Threads::None, true).await;
            (durable, plain, Quic::start().await, Capnp::start().await)
        });
        Self { runtime, local, durable, plain, quic, capnp }
    }

    fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.local.block_on(&self.runtime, work)
    }

    fn end(self) {
        let Self { runtime, local, durable, plain, .. } = self;
        local.block_on(&runtime, async {
            durable.end().await;
            plain.end().await;
        });
    }
}

async fn two_hosts(threads: Threads, plain: bool) -> Pair {
    let change = move |builder| {
        let builder = listening(builder);
        if plain { builder.plain_sessions() } else { builder }
    };
    let (hers, his) = (ephemeral(1, threads, change).await, ephemeral(2, threads, change).await);
    Pair::apart(hers, his).await
}

/// One call at a time: the p50 of each round.
pub fn sequential(plan: &Plan) -> Section {
    let scene = Scene::new();
    let times = plan.times(1_000);
    let ours = |pair: &'static str| {
        let scene = &scene;
        move || {
            let pair = if pair == "plain" { &scene.plain } else { &scene.durable };
            begin_stamps();
            let cpu = wall_and_cpu(times, || scene.run(pair.call(1, times, false)))[1];
            vec![middle(take_stamps()), cpu]
        }
    };
    let what = payload();
    let with_cpu = |work: &dyn Fn() -> f64| {
        let mut p50 = 0.0;
        let cpu = wall_and_cpu(times, || p50 = work())[1];
        vec![p50, cpu]
    };
    let asked = || async { drop(scene.quic.ask(payload()).await) };
    let quic = || with_cpu(&|| scene.run(timed(times, asked)));
    let capnp = || with_cpu(&|| scene.run(timed(times, || scene.capnp.ask(&what))));
    let mut contenders = [
        Contender::several("Hogshead, plain session", ours("plain")),
        Contender::several("Hogshead, durable session", ours("durable")),
        Contender::several("raw quinn, framed echo", quic),
        Contender::several("capnp-rpc over TCP", capnp),
    ];
    let spreads = interleave(2, plan.rounds, &mut contenders);
    let title = "Remote call over QUIC, one at a time, one thread";
    let mut section = Section::new("remote", title).goal("p50 at most 1.25 times raw quinn's");
    let floor = spreads[2][0];
    for (contender, spread) in contenders.iter().zip(&spreads) {
        let line = Line::new(contender.name.clone(), spread[0], Unit::Ns).against(&floor);
        let is_ours = contender.name.starts_with('H');
        section.line(if is_ours {
            line.goal(spread[0].median <= 1.25 * floor.median)
        } else {
            line
        });
        let cpu = Line::new(format!("{}: CPU", contender.name), spread[1], Unit::Ns);
        section.line(cpu.against(&spreads[2][1]));
    }
    drop(contenders);
    section.note(
        "Both sides on one thread; CPU is that of both. Ours is from the turn that gets one \
         answer to the turn that gets the next, between vats of two ephemeral hosts. The median of the rounds' p50.",
    );
    section.note("Missing: the same as two processes.");
    scene.end();
    section
}

/// 1,024 calls in flight on one session.
pub fn in_flight(plan: &Plan) -> Section {
    let title = "Remote calls a second, 1,024 in flight, one session";
    let goal = "at least 500 k/s, at most 2 µs CPU a call on both sides together";
    let mut section = Section::new("in-flight", title).goal(goal);
    let scene = Scene::new();
    let (strands, times) = (1_024, plan.times(8));
    let ours = |pair| move || with_cpu(strands * times, || scene_call(pair, strands, times));
    let what = payload();
    let mut contenders = [
        Contender::several("one thread: Hogshead, plain session", ours((&scene, &scene.plain))),
        Contender::several("one thread: Hogshead, durable session", ours((&scene, &scene.durable))),
        Contender::several("one thread: raw quinn, writes batched", || {
            let asking = ask_all(&scene.quic, strands, times * 10, payload());
            with_cpu(strands * times * 10, || scene.run(asking))
        }),
        Contender::several("one thread: capnp-rpc over TCP", || {
            with_cpu(strands * times, || scene.run(scene.capnp.ask_all(strands, times, &what)))
        }),
    ];
    let spreads = interleave(1, plan.rounds, &mut contenders);
    add_rates(&mut section, &contenders, &spreads, spreads[3][0]);
    drop(contenders);
    scene.end();

    let runtime = two_threads();
    let runtime = &runtime;
    let (pair, quic) =
        runtime.block_on(async { (two_hosts(Threads::Own, true).await, Quic::start().await) });
    let mut contenders = [
        Contender::several("threads of its own: Hogshead, plain session", || {
            with_cpu(strands * times, || runtime.block_on(pair.call(strands, times, false)))
        }),
        Contender::several("two threads: raw quinn, writes batched", || {
            let quic = quic.clone();
            let asking = async move { ask_all(&quic, strands, times * 10, payload()).await };
            let asking = async { tokio::spawn(asking).await.expect("asked") };
            with_cpu(strands * times * 10, || runtime.block_on(asking))
        }),
    ];
    let spreads = interleave(1, plan.rounds, &mut contenders);
    add_rates(&mut section, &contenders, &spreads, spreads[1][0]);
    drop(contenders);
    runtime.block_on(pair.end());
    section.note(
        "The ratio of the rates is to capnp-rpc on one thread, and to raw quinn on two. CPU is that of the whole \
         process a call, both sides together.",
    );
    section.note("Missing: tarpc, and the same as two processes.");
    section
}

fn scene_call((scene, pair): (&Scene, &Pair), strands: u64, times: u64) {
    scene.run(pair.call(strands, times, false));
}

fn add_rates(section: &mut Section, who: &[Contender<'_>], spreads: &[Vec<Spread>], floor: Spread) {
    for (contender, spread) in who.iter().zip(spreads) {
        let ours = contender.name.contains("Hogshead");
        let rate = Line::new(contender.name.clone(), spread[0], Unit::PerSecond).against(&floor);
        section.line(if ours { rate.goal(spread[0].median >= 500_000.0) } else { rate });
        let cpu = Line::new(format!("{}: CPU a call", contender.name), spread[1], Unit::Ns);
        section.line(if ours { cpu.goal(spread[1].median <= 2_000.0) } else { cpu });
    }
}

/// Calls a second, and CPU a call in nanoseconds.
fn with_cpu(calls: u64, work: impl FnOnce()) -> Vec<f64> {
    let (begun, cpu) = (Instant::now(), cpu_ns());
    work();
    let (time, cpu) = (begun.elapsed().as_secs_f64(), cpu_ns() - cpu);
    vec![calls as f64 / time, cpu / calls as f64]
}

/// A call to the answer of a call to the answer of a call, beside a single call.
pub fn chain(plan: &Plan) -> Section {
    let scene = Scene::new();
    let times = plan.times(300);
    let ours = |pair: &'static str, chained| {
        let scene = &scene;
        move || {
            let pair = if pair == "plain" { &scene.plain } else { &scene.durable };
            begin_stamps();
            scene.run(pair.call(1, times, chained));
            middle(take_stamps())
        }
    };
    let what = payload();
    let capnp = || scene.run(timed(times, || scene.capnp.ask(&what)));
    let capnp_chain = || scene.run(timed(times, || scene.capnp.chain(&what)));
    let mut contenders = [
        Contender::new("Hogshead, plain session: single call", ours("plain", false)),
        Contender::new("Hogshead, plain session: chain of three", ours("plain", true)),
        Contender::new("Hogshead, durable session: single call", ours("durable", false)),
        Contender::new("Hogshead, durable session: chain of three", ours("durable", true)),
        Contender::new("capnp-rpc: single call", capnp),
        Contender::new("capnp-rpc: chain of three", capnp_chain),
    ];
    let spreads = interleave(2, plan.rounds, &mut contenders);
    let goal = "at most 1.5 times a single call";
    let mut section = Section::new("chain", "Chain of three pipelined calls").goal(goal);
    for (at, contender) in contenders.iter().enumerate() {
        let line = Line::new(contender.name.clone(), spreads[at][0], Unit::Ns);
        section.line(match at % 2 {
            0 => line,
            _ => {
                let single = spreads[at - 1][0];
                let line = line.against(&single);
                if at < 4 { line.goal(spreads[at][0].median <= 1.5 * single.median) } else { line }
            }
        });
    }
    drop(contenders);
    section.note(
        "Two calls that give a reference each, and a call with 64 octets to the last of them, sent without waiting. \
         On one thread without delay between the sides, so this is CPU rather than round trips. The ratio is to the \
         single call of the same line above.",
    );
    scene.end();
    section
}

/// 1 MiB each way, a few in flight.
pub fn bulk(plan: &Plan) -> Section {
    let scene = Scene::new();
    let (strands, times) = (4, plan.times(8));
    let what = octets(LOAD_BYTES_MAX);
    let bytes = |strands: u64, times: u64| (strands * times) as f64 * what.len() as f64 * 2.0;
    scene.run(async {
        scene.plain.aim(&scene.plain.echo, what.len()).await;
        scene.durable.aim(&scene.durable.echo, what.len()).await;
    });
    let ours = |pair| {
        let bytes = &bytes;
        move || {
            let begun = Instant::now();
            scene_call(pair, strands, times);
            bytes(strands, times) / begun.elapsed().as_secs_f64()
        }
    };
    let quic = || {
        let begun = Instant::now();
        scene.run(ask_all(&scene.quic, strands, times, what.clone()));
        bytes(strands, times) / begun.elapsed().as_secs_f64()
    };
    let mut contenders = [
        Contender::new("Hogshead, plain session", ours((&scene, &scene.plain))),
        Contender::new("Hogshead, durable session", ours((&scene, &scene.durable))),
        Contender::new("raw quinn, framed echo", quic),
    ];
    let spreads = interleave(1, plan.rounds, &mut contenders);
    let goal = "at least 0.9 times raw quinn";
    let mut section = Section::new("bulk", "1 MiB messages").goal(goal);
    let floor = spreads[2][0];
    for (contender, spread) in contenders.iter().zip(&spreads) {
        let line =
            Line::new(contender.name.clone(), spread[0], Unit::BytesPerSecond).against(&floor);
        let is_ours = contender.name.starts_with('H');
        section.line(if is_ours {
            line.goal(spread[0].median >= 0.9 * floor.median)
        } else {
            line
        });
    }
    drop(contenders);
    section.note(
        "An echo of 1 MiB, four in flight, one thread; octets of both directions. Ours are journalled into memory on their way.",
    );
    scene.end();
    section
}

async fn timed<F: Future>(times: u64, once: impl Fn() -> F) -> f64 {
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
