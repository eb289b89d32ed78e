//! Calls of other shapes: chained, and large.

use std::time::Instant;

use super::super::Plan;
use super::scene::{PAYLOAD, Scene, Sides, Who, timed};
use crate::measure::{Contender, interleave};
use crate::peers::actors::ask_all;
use crate::report::{Goal, Section, Shown, Unit};
use crate::stage::{LOAD_BYTES_MAX, Pair, octets};

/// A call to the answer of a call to the answer of a call, beside a single call.
pub fn chain(plan: &Plan) -> Section {
    let scene = Scene::set(Sides::OneThread);
    let times = plan.times(300);
    let ours = |pair, chained| {
        let scene = &scene;
        move || scene.pair_p50(pair, times, chained)
    };
    let (plain, durable) = (&scene.plain, &scene.durable);
    let capnp = || scene.run(timed(times, || scene.capnp.ask(&PAYLOAD)));
    let capnp_chain = || scene.run(timed(times, || scene.capnp.chain(&PAYLOAD)));
    let contenders = [
        Contender::new("Hogshead, plain session: single call", ours(plain, false)),
        Contender::new("Hogshead, plain session: chain of three", ours(plain, true)).ours(),
        Contender::new("Hogshead, durable session: single call", ours(durable, false)),
        Contender::new("Hogshead, durable session: chain of three", ours(durable, true)).ours(),
        Contender::new("capnp-rpc: single call", capnp),
        Contender::new("capnp-rpc: chain of three", capnp_chain),
    ];
    let all = interleave(2, plan.rounds, contenders);
    let goal = "at most 1.5 times a single call";
    let mut section = Section::new("chain", "Chain of three pipelined calls").goal(goal);
    let shown = Shown { around: ("", ""), column: 0, unit: Unit::Ns };
    for two in all.chunks(2) {
        section.compare(two, 0, shown, |single| Some(Goal::AtMost(1.5 * single)));
    }
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
    let scene = Scene::set(Sides::OneThread);
    let (strands, times) = (4, plan.times(8));
    let what = octets(LOAD_BYTES_MAX);
    let bytes = |strands: u64, times: u64| (strands * times) as f64 * what.len() as f64 * 2.0;
    scene.run(async {
        scene.plain.aim(&scene.plain.echo, what.len()).await;
        scene.durable.aim(&scene.durable.echo, what.len()).await;
    });
    let ours = |pair| {
        let (bytes, scene): (_, &Scene) = (&bytes, &scene);
        move || {
            let pair: &Pair = pair;
            let begun = Instant::now();
            scene.run(pair.call(strands, times, false));
            bytes(strands, times) / begun.elapsed().as_secs_f64()
        }
    };
    let quic = || {
        let begun = Instant::now();
        scene.run(ask_all(&scene.quic, strands, times, what.clone()));
        bytes(strands, times) / begun.elapsed().as_secs_f64()
    };
    let contenders = [
        Contender::new(Who::Plain.name(), ours(&scene.plain)).ours(),
        Contender::new(Who::Durable.name(), ours(&scene.durable)).ours(),
        Contender::new(Who::Quic.name(), quic),
    ];
    let all = interleave(1, plan.rounds, contenders);
    let goal = "at least 0.9 times raw quinn";
    let mut section = Section::new("bulk", "1 MiB messages").goal(goal);
    let shown = Shown { around: ("", ""), column: 0, unit: Unit::BytesPerSecond };
    section.compare(&all, 2, shown, |quic| Some(Goal::AtLeast(0.9 * quic)));
    section.note(
        "An echo of 1 MiB, four in flight, one thread; octets of both directions. What the durable session \
         carries is journalled into memory on its way, what the plain one carries is not. Quinn has the windows and the \
         sockets' buffers of ours.",
    );
    scene.end();
    section
}
