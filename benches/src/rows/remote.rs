//! Calls between two hosts over QUIC, beside raw quinn and what others call with.

mod scene;
mod shapes;

pub use scene::{host, two_hosts};
pub use shapes::{bulk, chain};

use self::scene::{Scene, Sides, Who};
use super::Plan;
use crate::measure::{Contender, Outcome, interleave};
use crate::report::{Goal, Section, Shown, Unit};

const SIDES: [Sides; 3] = [Sides::OneThread, Sides::Threads, Sides::Processes];

/// One call at a time: the p50 of each round.
pub fn sequential(plan: &Plan) -> Section {
    let title = "Remote call over QUIC, one at a time";
    let goal = "on one thread, p50 at most 1.25 times raw quinn's";
    let mut section = Section::new("remote", title).goal(goal);
    let times = plan.times(1_000);
    for sides in SIDES {
        let scene = Scene::set(sides);
        let all = everybody(plan, &Who::ALL, |who| scene.sequential(who, times));
        let floor = Who::Quic as usize;
        let shown = Shown { around: (sides.name(), ""), column: 0, unit: Unit::Ns };
        let wanted = sides == Sides::OneThread;
        section.compare(&all, floor, shown, |quic| wanted.then_some(Goal::AtMost(1.25 * quic)));
        let shown = Shown { around: (sides.name(), ": CPU"), column: 1, ..shown };
        section.compare(&all, floor, shown, |_| None);
        scene.end();
    }
    section.note(
        "CPU is that of both sides, all threads. Ours is from the turn that gets one answer to the turn that gets \
         the next, between vats of two hosts with nothing on a disk; those with durable sessions keep a journal \
         in memory. The median of the rounds' p50; the ratio is to raw quinn. Quinn and ours encrypt, the others do not. Quinn has the windows \
         and the sockets' buffers of ours. Of two processes each has one thread; capnp-rpc has both sides on one also where \
         the others have threads.",
    );
    section
}

/// Strands that call at once.
const STRANDS: u64 = 1_024;

/// Many calls in flight on one session.
pub fn in_flight(plan: &Plan) -> Section {
    let title = "Remote calls a second, 1,024 in flight, one session";
    let goal = "at least 500 k/s, at most 2 µs CPU a call on both sides together";
    let mut section = Section::new("in-flight", title).goal(goal);
    let who = [Who::Plain, Who::Durable, Who::Quic, Who::Capnp, Who::Tarpc];
    let times = plan.times(8);
    for sides in SIDES {
        let scene = Scene::set(sides);
        let all = everybody(plan, &who, |who| {
            // A round of the fastest is not to be over before it has begun.
            let more = if who == Who::Quic { 10 } else { 1 };
            scene.in_flight(who, STRANDS, times * more)
        });
        let floor = Who::Capnp as usize;
        let shown = Shown { around: (sides.name(), ""), column: 0, unit: Unit::PerSecond };
        section.compare(&all, floor, shown, |_| Some(Goal::AtLeast(500_000.0)));
        let around = (sides.name(), ": CPU a call");
        let shown = Shown { around, column: 1, unit: Unit::Ns };
        section.compare(&all, floor, shown, |_| Some(Goal::AtMost(2_000.0)));
        scene.end();
    }
    section.note(
        "Calls between two vats, each strand asking again when it has its answer. The ratio is to capnp-rpc, which flushes after \
         each message; the others write all that waits at once. It has both sides on one thread also where the others have \
         threads. Quinn has the windows and the sockets' buffers of ours.",
    );
    section
}

fn everybody(plan: &Plan, who: &[Who], round: impl Fn(Who) -> Vec<f64>) -> Vec<Outcome> {
    let round = &round;
    let contenders = who.iter().map(|who| {
        let contender = Contender::several(who.name(), || round(*who));
        if who.is_ours() { contender.ours() } else { contender }
    });
    interleave(1, plan.rounds, contenders)
}
