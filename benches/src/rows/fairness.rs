//! One vat of many is asked far more than it can take: what do the others feel, and is anything lost?

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hogshead::{Cap, Class, Context, Handle, HostBuilder, Result};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use super::cold::{Percentiles, Tourist, Town};
use super::{Plan, two_threads};
use crate::machine::resident_bytes;
use crate::measure::Spread;
use crate::report::{Goal, Line, Section, Unit};
use crate::stage::{Threads, ephemeral, spawn};

/// Vats beside the one that is flooded.
const VATS: u64 = 10_000;

/// What a question takes the one who is flooded, by the clock, so that it can take 500 a second at
/// the most: so few that sending ten times as many leaves the others most of a core.
const TOIL: Duration = Duration::from_millis(2);

/// Between two bursts, and questions of each: ten times what can be taken.
const BURSTS: Duration = Duration::from_millis(10);
const BURST: u64 = 50;

/// What may wait for one vat before its callers are refused.
const INBOX: usize = 2_048;

/// The budget of all objects together, in bytes: the default of a host.
const BUDGET: f64 = (256 << 20) as f64;

/// Who is flooded.
#[hogshead::interface]
pub trait Toil {
    /// Takes its time.
    fn toil(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// How often it did.
    fn toiled(&self, cx: &mut Context<'_>) -> Result<u64>;
}

/// The object behind [`Toil`].
#[derive(Serialize, Deserialize, Default)]
pub struct Toiler {
    times: u64,
}

#[hogshead::object(name = "bench-toiler", version = 1, construct = Toiler::born)]
impl Toil for Toiler {
    fn toil(&mut self, _: &mut Context<'_>) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < TOIL {
            std::hint::spin_loop();
        }
        self.times += 1;
        Ok(())
    }

    fn toiled(&self, _: &mut Context<'_>) -> Result<u64> {
        Ok(self.times)
    }
}

impl Toiler {
    fn born(_: hogshead::Value) -> Result<Self> {
        Ok(Self::default())
    }
}

/// Who floods.
#[hogshead::interface]
pub trait Flood {
    /// Asks so often, without waiting.
    fn burst(&mut self, cx: &mut Context<'_>, at: Cap<dyn Toil>, times: u64) -> Result<()>;

    /// How many questions were sent, answered and refused.
    fn counts(&self, cx: &mut Context<'_>) -> Result<(u64, u64, u64)>;
}

/// The object behind [`Flood`].
#[derive(Serialize, Deserialize, Default)]
pub struct River {
    sent: u64,
    answered: u64,
    refused: u64,
}

#[hogshead::object(name = "bench-river", version = 1, construct = River::born, continuations)]
impl Flood for River {
    fn burst(&mut self, cx: &mut Context<'_>, at: Cap<dyn Toil>, times: u64) -> Result<()> {
        for _ in 0..times {
            let _ = at.send(cx).toil()?.then(cx, Self::on_done, ())?;
        }
        self.sent += times;
        SO_FAR.sent.fetch_add(times, Ordering::Relaxed);
        Ok(())
    }

    fn counts(&self, _: &mut Context<'_>) -> Result<(u64, u64, u64)> {
        Ok((self.sent, self.answered, self.refused))
    }
}

#[hogshead::continuations]
impl River {
    #[continuation]
    fn on_done(&mut self, _: &mut Context<'_>, answer: Result<()>) -> Result<()> {
        let (own, so_far) = match answer {
            Ok(()) => (&mut self.answered, &SO_FAR.answered),
            Err(_) => (&mut self.refused, &SO_FAR.refused),
        };
        *own += 1;
        so_far.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

impl River {
    fn born(_: hogshead::Value) -> Result<Self> {
        Ok(Self::default())
    }
}

/// What has become of the flood so far. The one who floods may be too busy to be asked, and what it
/// says once it is not includes what it got when nobody flooded any more.
struct SoFar {
    offered: AtomicU64,
    stopped: AtomicU64,
    sent: AtomicU64,
    answered: AtomicU64,
    refused: AtomicU64,
}

static SO_FAR: SoFar = SoFar {
    offered: AtomicU64::new(0),
    stopped: AtomicU64::new(0),
    sent: AtomicU64::new(0),
    answered: AtomicU64::new(0),
    refused: AtomicU64::new(0),
};

impl SoFar {
    /// What has been offered, refused at the sender, sent, answered and refused until now, a second.
    fn rates(&self, seconds: f64) -> [f64; 5] {
        let all = [&self.offered, &self.stopped, &self.sent, &self.answered, &self.refused];
        all.map(|count| count.load(Ordering::Relaxed) as f64 / seconds)
    }
}

/// Measures the row.
pub fn fairness(plan: &Plan) -> Section {
    let (vats, stops) = (plan.times(VATS), plan.times(VATS) / 2);
    let seen = two_threads().block_on(async {
        let change = |b: HostBuilder| {
            let b = b.register::<Tourist>().register::<Toiler>().register::<River>();
            b.inbox(INBOX).idle(Duration::from_secs(3_600))
        };
        let town = Town::over(ephemeral(1, Threads::Own, change).await, vats).await;
        let toiler = spawn::<dyn Toil>(town.client(), "toiler", "bench-toiler").await;
        let river = spawn::<dyn Flood>(town.client(), "river", "bench-river").await;
        town.visit(0, vats).await;
        let (mut before, mut during) = (Percentiles::default(), Percentiles::default());
        let rounds = plan.rounds.min(5) as u64;
        for round in 0..rounds {
            before.add(&town.visit(round * stops, stops).await);
        }
        let memory = resident_bytes();
        let (end, begun) = (AtomicBool::new(false), Instant::now());
        let visiting = async {
            // The inbox is to be full when it begins to count.
            tokio::time::sleep(FILLING).await;
            for round in 0..rounds {
                during.add(&town.visit(round * stops, stops).await);
            }
            end.store(true, Ordering::Relaxed);
            // Before what still waits is answered: that is not part of these seconds.
            SO_FAR.rates(begun.elapsed().as_secs_f64())
        };
        let (rates, grown) = tokio::join!(visiting, flood(&river, &toiler, (&end, memory)));
        let counts = settled(&river).await;
        let toiled = toiled(&toiler).await;
        drop((toiler, river));
        town.end().await;
        Seen { before, during, rates, grown, counts, toiled }
    });
    seen.section(vats)
}

const FILLING: Duration = Duration::from_secs(1);

struct Seen {
    before: Percentiles,
    during: Percentiles,
    /// See [`SoFar::rates`].
    rates: [f64; 5],
    /// Bytes by which the process has grown at the most.
    grown: u64,
    /// Of all questions, once each has its answer.
    counts: (u64, u64, u64),
    toiled: u64,
}

/// Sends bursts until the end, whether those before are through or not. A burst that is refused
/// because as much waits for the one who sends them is not made up for. Gives by how much the
/// process has grown at the most.
async fn flood(
    river: &Handle<dyn Flood>,
    toiler: &Handle<dyn Toil>,
    (end, memory): (&AtomicBool, u64),
) -> u64 {
    let mut every = tokio::time::interval(BURSTS);
    let mut grown = 0;
    let mut bursts = JoinSet::new();
    while !end.load(Ordering::Relaxed) {
        every.tick().await;
        let (river, toiler) = (river.clone(), toiler.clone());
        SO_FAR.offered.fetch_add(BURST, Ordering::Relaxed);
        bursts.spawn(async move {
            if let Err(error) = river.ask().burst(toiler.cap(), BURST).await {
                assert_eq!(error.class(), Class::Busy, "a burst failed: {error}");
                SO_FAR.stopped.fetch_add(BURST, Ordering::Relaxed);
            }
        });
        grown = grown.max(resident_bytes().saturating_sub(memory));
    }
    bursts.join_all().await;
    grown
}

/// The counts once every question has its answer.
async fn settled(river: &Handle<dyn Flood>) -> (u64, u64, u64) {
    let begun = Instant::now();
    loop {
        // It may be too busy to say.
        if let Ok(counts) = river.ask().counts().await {
            let (sent, answered, refused) = counts;
            if sent == answered + refused || begun.elapsed() > SETTLING / 2 {
                return counts;
            }
        }
        assert!(begun.elapsed() < SETTLING, "it stays busy");
        tokio::time::sleep(BURSTS).await;
    }
}

/// How often the one who was flooded has toiled, once it has room for the question.
async fn toiled(toiler: &Handle<dyn Toil>) -> u64 {
    let begun = Instant::now();
    loop {
        match toiler.ask().toiled().await {
            Ok(times) => return times,
            Err(error) => assert!(begun.elapsed() < SETTLING, "it stays busy: {error}"),
        }
        tokio::time::sleep(BURSTS).await;
    }
}

/// Far longer than a full inbox takes.
const SETTLING: Duration = Duration::from_secs(120);

impl Seen {
    fn section(self, vats: u64) -> Section {
        let goal =
            "p99 of the others at most doubles; memory stays under the budget; nothing is lost";
        let title = format!("{vats} vats, and one that is flooded");
        let mut section = Section::new("fairness", &title).goal(goal);
        let (p50, p99) = self.before.spreads();
        let (p50_during, p99_during) = self.during.spreads();
        section.line(Line::new("before: p50", p50, Unit::Ns));
        section.line(Line::new("during: p50", p50_during, Unit::Ns).against(&p50));
        section.line(Line::new("before: p99", p99, Unit::Ns));
        let line = Line::new("during: p99", p99_during, Unit::Ns).against(&p99);
        section.line(line.goal(Goal::AtMost(2.0 * p99.median)));
        let (sent, answered, refused) = self.counts;
        let [offered, stopped, passed, taken, turned_away] = self.rates.map(Spread::exact);
        section.line(Line::new("flood: offered", offered, Unit::PerSecond).against(&taken));
        section.line(Line::new("refused at the sender", stopped, Unit::PerSecond));
        section.line(Line::new("sent", passed, Unit::PerSecond).against(&taken));
        section.line(Line::new("taken", taken, Unit::PerSecond).against(&taken));
        section.line(Line::new("refused at the one flooded", turned_away, Unit::PerSecond));
        let lost = sent.abs_diff(answered + refused) + self.toiled.abs_diff(answered);
        let line = Line::new("lost, or done twice", Spread::exact(lost as f64), Unit::Count);
        section.line(line.goal(Goal::AtMost(0.0)));
        let grown = Spread::exact(self.grown as f64);
        let line = Line::new("memory that the flood takes, at the most", grown, Unit::Bytes);
        section.line(line.goal(Goal::AtMost(BUDGET)));
        section.note(format!(
            "A visitor asks echoes in vats of their own, one after the other. Meanwhile another vat asks one more {BURST} \
             things every {} ms, each of which takes it {} ms by the clock; up to {INBOX} may wait for it, and the others are refused. \
             That is ten times what it can take. Who sends is held up when the inbox of the one flooded is full, and then refuses bursts in its turn: what is \
             offered is refused there, sent, or waits there still when the last visit ends, up to which all this is counted; \
             whether anything is lost is counted once everything has its answer. An ephemeral host with a turn thread a core. The ratios of the flood are to what is taken.",
            BURSTS.as_millis(),
            TOIL.as_millis()
        ));
        section
    }
}
