//! What the disk adds: turns that are on it before anybody hears of them.

mod floor;
mod ledger;

use std::path::Path;
use std::time::Instant;

use hogshead::Value;
use hogshead_objects::{Message, Ref, Registry};
use hogshead_store::{Keep, Options};
use tokio::runtime::Runtime;

pub use self::floor::journal_bytes;
use self::floor::{Appended, Overwritten, fresh, places};
pub use self::ledger::{Book, Ledger, Ledgers, VATS};
use super::{Plan, two_threads};
use crate::measure::{Contender, Outcome, interleave, ns, quantile};
use crate::one_vat::OneVat;
use crate::report::{Goal, Line, Section, Shown, Unit};
use crate::stage::{Pair, begin_stamps, durable, listening, spawn, take_stamps};

/// A ledger in a vat over a store, with no host around it.
struct Alone {
    vat: OneVat,
    book: Ref,
}

impl Alone {
    fn new(folder: &Path) -> Self {
        let mut registry = Registry::new();
        registry.register::<Book>().expect("a kind");
        let keep = Keep::create(folder, Options::default()).expect("a store");
        let mut vat = OneVat::durable(registry, keep);
        let book = vat.spawn(Box::new(Book::default()));
        Self { vat, book }
    }

    fn write(&mut self) {
        let message = Message::new("go_on", [Value::from(1_u64), Value::Bool(false)]);
        self.vat.deliver(self.book, message);
    }
}

/// A durable turn, one at a time.
pub fn turn(plan: &Plan) -> Section {
    let title = "Durable turn, one at a time";
    let goal = "at most 1.2 times append and fdatasync of as many bytes";
    let mut section = Section::new("durable-turn", title).goal(goal);
    let runtime = two_threads();
    for (name, place) in places(plan) {
        let folder = fresh(&place);
        let all = turns_one_by_one(plan, &runtime, folder.path());
        let before = format!("{name}: ");
        let shown = Shown { around: (&before, ""), column: 0, unit: Unit::Ns };
        for three in all.chunks(3) {
            section.compare(three, 1, shown, |raw| Some(Goal::AtMost(1.2 * raw)));
        }
        let turn = &all[0].figures;
        let line =
            Line::new(format!("{name}: the part of such a turn that waits"), turn[1], Unit::Ns);
        section.line(line.against(&turn[0]));
    }
    section.note(
        "The call is more than a turn: it goes from a client in the process through the host's vat to the ledger's, \
         which changes 5 records of 200 bytes in a turn of its own, and the answer goes back: a handful of turns, two \
         of which are waited for on the disk. Without a host a message is delivered to the ledger and the turn's rows are \
         committed; what waits of it has its ratio to the whole: the rest is the turn itself, and the wait is the hand-over to the store's thread, the \
         write and the sync.",
    );
    section.note(
        "Each of the two is held against files that take as many bytes as it leaves in the journal: one write and one sync. \
         An append makes the file longer, which the file system writes down as well; zeros that are on the disk already \
         are written over without that, which is what the journal does too. The ratio is to the append.",
    );
    section
}

/// The turn without a host and the call, each followed by the two files of as many bytes.
fn turns_one_by_one(plan: &Plan, runtime: &Runtime, folder: &Path) -> Vec<Outcome> {
    let data = folder.join("data");
    let (host, book) = runtime.block_on(async {
        let host = durable(&data, |b| b.register::<Book>()).await;
        let client = host.client().await.expect("a client");
        (host, spawn::<dyn Ledger>(&client, "alice", "bench-book").await)
    });
    let times = plan.times(100);
    let call = || runtime.block_on(book.ask().write(1, false)).expect("written");
    let mut alone = Alone::new(&folder.join("alone"));
    let of_call = octets_of(&data.join("store").join("journal"), times, call);
    let of_turn = octets_of(&folder.join("alone").join("journal"), times, || alone.write());
    let raw = |name: &str, bytes: &[u8]| {
        let folder = folder.join(name);
        std::fs::create_dir(&folder).expect("a folder");
        let room = bytes.len() as u64 * times * (plan.rounds as u64 + 1);
        (Appended::new(&folder), Overwritten::new(&folder, room))
    };
    let (mut append_turn, mut over_turn) = raw("raw-turn", &of_turn);
    let (mut append_call, mut over_call) = raw("raw-call", &of_call);
    let append = |what| format!("append and fdatasync, as many bytes as {what}");
    let over = |what| format!("overwrite of zeros and fdatasync, as many bytes as {what}");
    let contenders = [
        Contender::several("Hogshead: a turn of a vat over a store, without a host", || {
            let waited = alone.vat.waited();
            let all = each(times, || alone.write());
            vec![all, ns(alone.vat.waited() - waited) / times as f64]
        })
        .ours(),
        Contender::new(append("the turn"), || each(times, || append_turn.append(&of_turn))),
        Contender::new(over("the turn"), || each(times, || over_turn.write(&of_turn))),
        Contender::new("Hogshead: a call from the process, to its answer", || each(times, call))
            .ours(),
        Contender::new(append("the call"), || each(times, || append_call.append(&of_call))),
        Contender::new(over("the call"), || each(times, || over_call.write(&of_call))),
    ];
    let all = interleave(1, plan.rounds, contenders);
    drop(book);
    runtime.block_on(host.shutdown()).expect("stopped");
    all
}

/// As many octets as something leaves in this journal, each time that it is done.
fn octets_of(journal: &Path, times: u64, mut once: impl FnMut()) -> Vec<u8> {
    // Not the first time, which makes what is there from then on.
    once();
    let before = journal_bytes(journal);
    (0..times).for_each(|_| once());
    octets_for(journal_bytes(journal) - before, times)
}

fn octets_for(bytes: u64, times: u64) -> Vec<u8> {
    vec![7; usize::try_from(bytes / times).unwrap_or(1)]
}

fn each(times: u64, mut once: impl FnMut()) -> f64 {
    let begun = Instant::now();
    (0..times).for_each(|_| once());
    ns(begun.elapsed()) / times as f64
}

/// Durable deliveries a second, with many vats.
pub fn turns(plan: &Plan) -> Section {
    let title = "Durable deliveries a second, 256 vats, 5 changed records of 200 bytes each";
    let goal = "a burst of at least 100 k/s on memory-backed files, at least 0.8 times raw group append on disk";
    let mut section = Section::new("durable-turns", title).goal(goal);
    let runtime = two_threads();
    for (name, place) in places(plan) {
        for (keys, others) in [("the same keys again", false), ("other keys each time", true)] {
            let all = bursts(plan, &runtime, (&place, others));
            let in_memory = name == "tmpfs";
            let before = format!("{name}, {keys}: ");
            let shown = Shown { around: (&before, ""), column: 0, unit: Unit::PerSecond };
            section.compare(&all, 1, shown, |raw| {
                Some(Goal::AtLeast(if in_memory { 100_000.0 } else { 0.8 * raw }))
            });
            let ours = &all[0].figures;
            let (commits, journal) = (format!("{before}commits"), format!("{before}journal"));
            let line = Line::new(format!("{commits} for 1,000 deliveries"), ours[1], Unit::Count);
            section.line(line);
            section.line(Line::new(format!("{journal}, a delivery"), ours[2], Unit::Bytes));
        }
    }
    section.note(
        "Each vat's ledger sends itself a message again and again, each of which is a delivery that changes the records; a \
         round is over when all have said so. Deliveries that are ready together share a turn, up to 64 of them, and so a \
         commit: how many commits there were is said of the rounds that count, in which all vats have been quick for \
         long. Each kind of writing has a host of its own, and the floor's bytes are those of its rounds after the first. \
         The checkpoint runs beside.",
    );
    section
}

/// Rounds of a fresh host, and of a file that takes as many bytes.
fn bursts(plan: &Plan, runtime: &Runtime, (place, others): (&Path, bool)) -> Vec<Outcome> {
    let folder = fresh(place);
    let data = folder.path().join("data");
    let (host, ledgers) = runtime.block_on(async {
        let host = durable(&data, |b| b.register::<Book>()).await;
        let ledgers = Ledgers::open(&host).await;
        (host, ledgers)
    });
    let each = plan.times(40);
    let journal = data.join("store").join("journal");
    let run = |each| runtime.block_on(ledgers.write(each, others));
    let counts = || (runtime.block_on(ledgers.commits()), journal_bytes(&journal));
    run(QUICK.max(each));
    let before = journal_bytes(&journal);
    run(each);
    let bytes = octets_for(journal_bytes(&journal) - before, each);
    let mut raw = Appended::new(folder.path());
    let contenders = [
        Contender::several("Hogshead", || {
            let before = counts();
            let rate = run(each);
            let (commits, bytes) = counts();
            let deliveries = (VATS * each) as f64;
            let (commits, bytes) = ((commits - before.0) as f64, (bytes - before.1) as f64);
            vec![rate, commits / deliveries * 1_000.0, bytes / deliveries]
        })
        .ours(),
        Contender::new("append of as many bytes, a sync for every 256 deliveries", || {
            let begun = Instant::now();
            (0..each).for_each(|_| raw.append(&bytes));
            (VATS * each) as f64 / begun.elapsed().as_secs_f64()
        }),
    ];
    let all = interleave(1, plan.rounds, contenders);
    drop(ledgers);
    runtime.block_on(host.shutdown()).expect("stopped");
    all
}

/// Deliveries to a vat after which those that are ready share turns: twice as many as a host wants
/// to have seen quick.
const QUICK: u64 = 128;

/// A call between durable vats of two hosts.
pub fn remote(plan: &Plan) -> Section {
    let title = "Durable remote call";
    let goal = "p50 at most 1.3 times two syncs; at least 50 k/s in flight";
    let mut section = Section::new("durable-remote", title).goal(goal);
    let runtime = two_threads();
    for (name, place) in places(plan) {
        let folder = fresh(&place);
        let pair = runtime.block_on(async {
            let hers = durable(&folder.path().join("a"), listening).await;
            let his = durable(&folder.path().join("b"), listening).await;
            Pair::apart(hers, his).await
        });
        let mut raw = Appended::new(folder.path());
        let (times, strands, a_strand) = (plan.times(200), 1_024, plan.times(4));
        let bytes = [7; 1_000];
        let contenders = [
            Contender::new("Hogshead, one at a time (p50)", || {
                begin_stamps();
                runtime.block_on(pair.call(1, times, false));
                let mut stamps = take_stamps();
                stamps.sort_by(f64::total_cmp);
                quantile(&stamps, 0.5)
            })
            .ours(),
            Contender::new("two appends of 1,000 bytes, each with fdatasync", || {
                each(times, || (0..2).for_each(|_| raw.append(&bytes)))
            }),
        ];
        let all = interleave(1, plan.rounds, contenders);
        let before = format!("{name}: ");
        let shown = Shown { around: (&before, ""), column: 0, unit: Unit::Ns };
        section.compare(&all, 1, shown, |raw| Some(Goal::AtMost(1.3 * raw)));
        let in_flight = Contender::new("Hogshead, 1,024 in flight", || {
            let begun = Instant::now();
            runtime.block_on(pair.call(strands, a_strand, false));
            (strands * a_strand) as f64 / begun.elapsed().as_secs_f64()
        });
        let all = interleave(1, plan.rounds, [in_flight.ours()]);
        let shown = Shown { unit: Unit::PerSecond, ..shown };
        section.compare(&all, 0, shown, |_| Some(Goal::AtLeast(50_000.0)));
        runtime.block_on(pair.end());
    }
    section.note("Both hosts have their data on the same disk; from the turn that gets an answer to the next that does.");
    section
}
