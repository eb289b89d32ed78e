//! An ask between two vats of a host, beside asks between two actors of a process.

use tokio::runtime::Runtime;

use super::{Plan, one_thread, two_threads};
use crate::measure::{Contender, interleave, wall_and_cpu};
use crate::peers::actors::{Asked, Channels, Kameo, Ractor, ask_all};
use crate::report::{Goal, Section, Shown, Unit};
use crate::stage::{Pair, Threads, ephemeral, payload};

/// Strands that ask at once, where throughput is measured.
const STRANDS: u64 = 256;

/// Measures the row.
pub fn ask(plan: &Plan) -> Section {
    let goal = "at most ractor's latency, at least its throughput";
    let mut section = Section::new("ask", "Ask across two vats of a host").goal(goal);
    for (threads, name) in [(Threads::None, "one thread"), (Threads::Own, "two threads")] {
        let runtime = if threads == Threads::None { one_thread() } else { two_threads() };
        let runtime = &runtime;
        let pair =
            runtime.block_on(async { Pair::near_by(ephemeral(1, threads, |b| b).await).await });
        let (channels, ractor, kameo) =
            runtime.block_on(async { (Channels::start(), Ractor::start().await, Kameo::start()) });
        for (strands, times, what) in [
            (1, plan.times(2_000), "one at a time"),
            (STRANDS, plan.times(2_000) / 50 + 1, "256 at once"),
        ] {
            let ours = || {
                wall_and_cpu(strands * times, || runtime.block_on(pair.call(strands, times, false)))
            };
            let contenders = [
                Contender::several("Hogshead, ephemeral host", ours).ours(),
                peer(runtime, "tokio mpsc and oneshot", channels.clone(), (strands, times * 10)),
                peer(runtime, "ractor", ractor.clone(), (strands, times * 10)),
                peer(runtime, "kameo", kameo.clone(), (strands, times * 10)),
            ];
            let all = interleave(2, plan.rounds, contenders);
            let before = format!("{name}, {what}: ");
            let shown = Shown { around: (&before, ""), column: 0, unit: Unit::Ns };
            section.compare(&all, 2, shown, |ractor| Some(Goal::AtMost(ractor)));
            let shown = Shown { around: (&before, ": CPU"), column: 1, unit: Unit::Ns };
            section.compare(&all, 2, shown, |_| None);
        }
        runtime.block_on(pair.end());
    }
    section.note(
        "Time an ask, with so many at once; CPU is that of all threads of the process. The ratio is to ractor. Ours goes from an object of one vat to an \
         object of another and back, and the continuation, with the rows that they change put into an \
         ordered map in memory.",
    );
    section
}

fn peer<'a>(
    runtime: &'a Runtime,
    name: &str,
    asked: impl Asked,
    (strands, times): (u64, u64),
) -> Contender<'a> {
    Contender::several(name, move || {
        // As a task, so that nobody asks from outside of the runtime's own threads.
        let asked = asked.clone();
        let asking = async move { ask_all(&asked, strands, times, payload()).await };
        wall_and_cpu(strands * times, || {
            runtime.block_on(async { tokio::spawn(asking).await.expect("asked") });
        })
    })
}
