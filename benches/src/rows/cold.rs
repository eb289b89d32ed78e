//! Vats that are not in memory: how fast they come, what they cost, how many there may be.

mod many;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use futures_util::future::join_all;
use hogshead::{Cap, Client, Context, Handle, Host, Promise, Resolver, Result, StoredMap, Value};
use serde::{Deserialize, Serialize};

pub use self::many::{many, open_sled, opened};
use super::{Plan, one_thread, two_threads};
use crate::machine::file_system;
use crate::measure::{Spread, quantile};
use crate::report::{Goal, Line, Section, Unit};
use crate::stage::{Echo, begin_stamps, durable, payload, spawn, stamp, take_stamps, threadless};

/// Calls many echoes, one after the other.
#[hogshead::interface]
pub trait Tour {
    /// Adds echoes to the tour.
    fn add(&mut self, cx: &mut Context<'_>, stops: Vec<Cap<dyn Echo>>) -> Result<()>;

    /// Calls so many, from this one on, each when the one before has answered. They are visited
    /// in steps of a prime, so that no two neighbours follow each other.
    fn visit(&mut self, cx: &mut Context<'_>, from: u64, stops: u64) -> Result<Promise<()>>;
}

/// The object behind [`Tour`].
#[derive(Serialize, Deserialize, Default)]
pub struct Tourist {
    stops: StoredMap<u64, Cap<dyn Echo>>,
    count: u64,
    done: Option<Resolver<()>>,
}

const STEP: u64 = 7_919;

/// Bytes of the checkpoint's cache: the default of a host.
const CACHE: usize = 64 << 20;

#[hogshead::object(name = "bench-tourist", version = 1, construct = Tourist::born, continuations)]
impl Tour for Tourist {
    fn add(&mut self, cx: &mut Context<'_>, stops: Vec<Cap<dyn Echo>>) -> Result<()> {
        for stop in stops {
            self.stops.insert(cx, self.count, stop)?;
            self.count += 1;
        }
        Ok(())
    }

    fn visit(&mut self, cx: &mut Context<'_>, from: u64, stops: u64) -> Result<Promise<()>> {
        let (promise, resolver) = cx.promise()?;
        self.done = Some(resolver);
        self.next(cx, from, stops)?;
        Ok(promise)
    }
}

#[hogshead::continuations]
impl Tourist {
    #[continuation]
    fn on_answer(
        &mut self,
        cx: &mut Context<'_>,
        answer: Result<Value>,
        at: u64,
        left: u64,
    ) -> Result<()> {
        stamp();
        answer?;
        match (left, &self.done) {
            (1, Some(done)) => done.fulfill(cx, ()),
            _ => self.next(cx, at + 1, left - 1),
        }
    }
}

impl Tourist {
    fn born(_: Value) -> Result<Self> {
        Ok(Self::default())
    }

    fn next(&self, cx: &mut Context<'_>, at: u64, left: u64) -> Result<()> {
        let stop = self.stops.get(cx, &(at * STEP % self.count))?;
        let stop = stop.ok_or_else(|| hogshead::Error::refused("no such stop"))?;
        let answer = stop.send(cx).echo(Value::Bytes(payload()))?;
        let _ = answer.then(cx, Self::on_answer, (at, left))?;
        Ok(())
    }
}

/// A host with so many vats of one echo each, and a tourist who knows them all.
pub struct Town {
    host: Host,
    client: Client,
    tour: Handle<dyn Tour>,
}

async fn open(data: &Path, cache: usize) -> Host {
    let long = Duration::from_secs(3_600);
    durable(data, |b| b.register::<Tourist>().idle(long).cache(cache)).await
}

impl Town {
    /// Makes it in this folder.
    pub async fn build(data: &Path, vats: u64) -> Self {
        Self::over(open(data, CACHE).await, vats).await
    }

    /// Makes it on a host that knows tourists.
    pub async fn over(host: Host, vats: u64) -> Self {
        let town = Self::with_tourist(host, TOURIST).await;
        for from in (0..vats).step_by(AT_ONCE) {
            let stops = settle(&town.client, from, vats).await;
            town.learn(&stops).await;
        }
        town
    }

    /// One whose tourist, of this name, knows nobody yet.
    async fn with_tourist(host: Host, name: &str) -> Self {
        let client = host.client().await.expect("a client");
        let tour = spawn::<dyn Tour>(&client, name, "bench-tourist").await;
        client.admin().ask().name(name.into(), tour.value()).await.expect("named");
        Self { host, client, tour }
    }

    /// Tells the tourist of further stops.
    async fn learn(&self, stops: &[Handle<dyn Echo>]) {
        let stops = stops.iter().map(Handle::cap).collect();
        self.tour.ask().add(stops).await.expect("added");
    }

    /// Opens it again, with all vats cold and a checkpoint's cache of so many bytes.
    pub async fn open(data: &Path, cache: usize) -> Self {
        Self::again(open(data, cache).await, TOURIST).await
    }

    /// The town of a host's tourist.
    async fn again(host: Host, tourist: &str) -> Self {
        let client = host.client().await.expect("a client");
        let found = client.admin().ask().lookup(tourist.into()).await.expect("named");
        let tour = client.handle(&found).expect("a reference").cast();
        Self { host, client, tour }
    }

    /// The owner's client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// How many vats are in memory.
    pub fn warm(&self) -> u64 {
        self.host.vats_in_memory() as u64
    }

    /// Has the tourist visit stops; gives the sorted times.
    pub async fn visit(&self, from: u64, stops: u64) -> Vec<f64> {
        begin_stamps();
        self.tour.ask().visit(from, stops).await.expect("visited");
        let mut stamps = take_stamps();
        stamps.sort_by(f64::total_cmp);
        stamps
    }

    /// Stops the host.
    pub async fn end(self) {
        drop((self.tour, self.client));
        self.host.shutdown().await.expect("stopped");
    }
}

/// The name of a town's own tourist, and of his vat.
const TOURIST: &str = "tourist";

/// Vats that are made at the same time.
const AT_ONCE: usize = 64;

/// Makes some of so many vats, with an echo in each: those from this one on.
async fn settle(client: &Client, from: u64, vats: u64) -> Vec<Handle<dyn Echo>> {
    let until = vats.min(from + AT_ONCE as u64);
    let echo = |nth| async move { spawn::<dyn Echo>(client, &vat(nth), "bench-wall").await };
    join_all((from..until).map(echo)).await
}

fn vat(nth: u64) -> String {
    format!("stop{nth}")
}

/// Reviving a cold vat: a message to it, to the answer.
pub fn revive(plan: &Plan) -> Section {
    let (runtime, vats) = (two_threads(), plan.times(2_000));
    let folder = tempfile::tempdir_in(&plan.data).expect("a folder");
    let data = folder.path().join("data");
    runtime.block_on(async { Town::build(&data, vats).await.end().await });
    let (mut cold, mut warm) = (Percentiles::default(), Percentiles::default());
    for _ in 0..plan.rounds.min(5) {
        runtime.block_on(async {
            let town = Town::open(&data, CACHE).await;
            // The tourist's own vat comes to memory with this.
            town.visit(0, 1).await;
            cold.add(&town.visit(1, vats - 1).await);
            warm.add(&town.visit(1, vats - 1).await);
            town.end().await;
        });
    }
    let goal = "at most 100 µs p50";
    let mut section = Section::new("revive", "Revive a cold vat and answer").goal(goal);
    let (p50, p99) = cold.spreads();
    section.line(Line::new("cold: p50", p50, Unit::Ns).goal(Goal::AtMost(100_000.0)));
    section.line(Line::new("cold: p99", p99, Unit::Ns));
    let (p50, p99) = warm.spreads();
    section.line(Line::new("the same vats, warm: p50", p50, Unit::Ns));
    section.line(Line::new("warm: p99", p99, Unit::Ns));
    section.note(format!(
        "An object asks {vats} echoes, each in a vat of its own, one after the other; its host was started anew, so \
         none of them is in memory. Their rows are in the checkpoint (sled on {}), whose files are in the page cache. \
         The session between the two vats is read again as well.",
        file_system(&plan.data)
    ));
    section
}

/// Revives so many vats, one after the other, on a host without threads: to be counted. The vats
/// are made by a process of its own, which is not.
pub fn revived(times: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let own = std::env::current_exe().expect("a program");
    let made = Command::new(own).arg("--town").arg(&data).arg(COUNTED_VATS.to_string()).status();
    assert!(made.is_ok_and(|made| made.success()), "no town was made");
    one_thread().block_on(async {
        let town = Town::again(quiet(&data).await, TOURIST).await;
        town.visit(0, 1).await;
        town.visit(1, times).await;
        town.end().await;
    });
}

/// Makes what [`revived`] opens.
pub fn town(data: &Path, vats: u64) {
    one_thread().block_on(async { Town::over(quiet(data).await, vats).await.end().await });
}

async fn quiet(data: &Path) -> Host {
    let long = Duration::from_secs(3_600);
    threadless(data, 1, |b| b.register::<Tourist>().idle(long)).await
}

/// Vats of a town whose revival is counted.
const COUNTED_VATS: u64 = 1_024;

/// The p50 and p99 of rounds.
#[derive(Default)]
pub struct Percentiles {
    p50: Vec<f64>,
    p99: Vec<f64>,
}

impl Percentiles {
    /// Takes in a round's sorted times.
    pub fn add(&mut self, sorted: &[f64]) {
        self.p50.push(quantile(sorted, 0.5));
        self.p99.push(quantile(sorted, 0.99));
    }

    /// The spreads of both.
    pub fn spreads(&self) -> (Spread, Spread) {
        (Spread::of(&self.p50), Spread::of(&self.p99))
    }
}
