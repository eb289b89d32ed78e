//! Reviving a vat: what one touched object costs must not depend on how many there are.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hogshead::stock::counter::{Counter, Tally};
use hogshead::{Cap, Client, Context, Engine, Handle, Host, Result, Value};
use serde::{Deserialize, Serialize};

use crate::host_process::Failure;
use crate::machine;

/// Makes many objects and keeps them all alive.
#[hogshead::interface]
pub trait Grove {
    /// Makes counters, at most a page of them; gives one of them.
    fn grow(&mut self, cx: &mut Context<'_>, count: u64) -> Result<Cap<dyn Counter>>;
}

/// Holds the newest page.
#[derive(Serialize, Deserialize, Default)]
pub struct Trees {
    newest: Option<Cap>,
}

#[hogshead::object(name = "grove", version = 1, construct = |_| Ok(Trees::default()))]
impl Grove for Trees {
    fn grow(&mut self, cx: &mut Context<'_>, count: u64) -> Result<Cap<dyn Counter>> {
        let mut members = Vec::new();
        for nth in 0..count.clamp(1, PAGE) {
            members.push(cx.spawn(Tally::new(nth))?);
        }
        let one = members[0];
        let older = self.newest.take();
        self.newest = Some(Cap::from(cx.spawn(Leaves { members, older })?.untyped()));
        Ok(one)
    }
}

/// A page of objects, and the page before it.
#[hogshead::interface]
pub trait Page {
    /// How many there are on this page.
    fn count(&self, cx: &mut Context<'_>) -> Result<u64>;
}

/// The page.
#[derive(Serialize, Deserialize)]
pub struct Leaves {
    members: Vec<Cap<dyn Counter>>,
    older: Option<Cap>,
}

#[hogshead::object(name = "page", version = 1)]
impl Page for Leaves {
    fn count(&self, _: &mut Context<'_>) -> Result<u64> {
        Ok(self.members.len() as u64)
    }
}

/// Objects that one turn makes.
const PAGE: u64 = 1_000;

/// What is tried.
pub struct Plan {
    /// Objects in the vat.
    pub objects: u64,
    /// Evictions, each with a call after it, whose times are taken.
    pub calls: usize,
    /// The engine of the checkpoint.
    pub engine: Engine,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// Records of the vat.
    pub records: u64,
    /// How long it took to make them.
    pub built: Duration,
    /// Reads of a call that finds everything in memory, those of vat zero included: points and
    /// ranges.
    pub warm: (u64, u64),
    /// Reads of the same call after the vat was evicted.
    pub cold: (u64, u64),
    /// Reads of the same call after the host was started again, name and all.
    pub restarted: (u64, u64),
    /// How long the call took after each eviction, sorted.
    pub times: Vec<Duration>,
}

impl Outcome {
    /// Point reads that reviving the vat and touching the object cost.
    pub fn revival(&self) -> u64 {
        self.cold.0.saturating_sub(self.warm.0)
    }

    /// The time at a share of the sorted times, in percent.
    pub fn at(&self, percent: usize) -> Duration {
        percentile(&self.times, percent)
    }
}

/// The value at a share of sorted times, in percent.
pub(crate) fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let index = sorted.len().saturating_sub(1) * percent / 100;
    sorted.get(index).copied().unwrap_or_default()
}

/// Builds the vat, then touches one object after evictions and after a restart.
pub async fn play(plan: &Plan) -> std::result::Result<Outcome, Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let host = start(&data, plan.engine).await?;
    let client = host.client().await?;
    let began = Instant::now();
    let target = build(&client, plan.objects).await?;
    let built = began.elapsed();
    let records = client.admin().ask().vat_show("grove".into()).await?.info.records;

    call(&target).await?;
    let warm = reads_of(&host, call(&target)).await?;
    evict(&client).await?;
    let cold = reads_of(&host, call(&target)).await?;
    let mut times = Vec::new();
    for _ in 0..plan.calls {
        evict(&client).await?;
        let began = Instant::now();
        call(&target).await?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    drop((target, client));
    // What the client let go of is let go before the host stops, not in its next life.
    quiet(&host).await;
    host.shutdown().await?;

    let host = start(&data, plan.engine).await?;
    let client = host.client().await?;
    let restarted = reads_of(&host, async {
        let found = client.admin().ask().lookup("target".into()).await?;
        let target = client.handle(&found).ok_or("a name that leads nowhere")?;
        call(&target.cast()).await
    })
    .await?;
    drop(client);
    host.shutdown().await?;
    Ok(Outcome { records, built, warm, cold, restarted, times })
}

async fn start(data: &Path, engine: Engine) -> std::result::Result<Host, Failure> {
    let host = Host::builder(data)
        .engine(engine)
        .idle(Duration::from_secs(3600))
        .without_control_socket()
        .register::<Trees>()
        .register::<Leaves>()
        .start()
        .await?;
    Ok(host)
}

async fn build(client: &Client, objects: u64) -> std::result::Result<Handle<dyn Counter>, Failure> {
    let admin = client.admin();
    admin.ask().vat_new("grove".into()).await?;
    let kind = "hogshead-trials/grove".into();
    let grove =
        admin.ask().spawn("grove".into(), kind, Value::Undefined, Some("grove".into())).await?;
    let grove: Handle<dyn Grove> = client.handle(&grove).ok_or("no grove")?.cast();
    let mut left = objects;
    let mut target = None;
    while left > 0 {
        let now = left.min(PAGE);
        let one = client.handle_on(&grove.ask().grow(now).await?);
        target.get_or_insert(one);
        left -= now;
    }
    let target = target.ok_or("a grove of no objects")?;
    admin.ask().name("target".into(), target.value()).await?;
    Ok(target)
}

async fn call(target: &Handle<dyn Counter>) -> std::result::Result<(), Failure> {
    target.ask().increment(1).await?;
    Ok(())
}

async fn evict(client: &Client) -> std::result::Result<(), Failure> {
    let info = client.admin().ask().vat_evict("grove".into()).await?;
    if info.state == "cold" { Ok(()) } else { Err(format!("the vat is {}", info.state).into()) }
}

/// The reads that `what` causes, also those that follow its answer.
pub(crate) async fn reads_of(
    host: &Host,
    what: impl Future<Output = std::result::Result<(), Failure>>,
) -> std::result::Result<(u64, u64), Failure> {
    let before = quiet(host).await;
    what.await?;
    let after = quiet(host).await;
    Ok((after.0 - before.0, after.1 - before.1))
}

/// The counters once they stand still.
async fn quiet(host: &Host) -> (u64, u64) {
    let mut last = host.reads();
    let mut same = 0;
    while same < 10 {
        tokio::time::sleep(Duration::from_millis(30)).await;
        let now = host.reads();
        same = if now == last { same + 1 } else { 0 };
        last = now;
    }
    last
}

/// What the command is given.
#[derive(clap::Args)]
pub struct Arguments {
    /// Objects of the large vat; the small one has ten.
    #[arg(long, default_value_t = 1_000_000)]
    objects: u64,
    /// Evictions, each with a call after it.
    #[arg(long, default_value_t = 200)]
    calls: usize,
    /// The result file.
    #[arg(long, default_value = "docs/results/revive.md")]
    out: PathBuf,
}

/// The command: both engines, ten objects and many.
pub async fn run(arguments: Arguments) -> std::result::Result<(), Failure> {
    let Arguments { objects, calls, out } = arguments;
    let mut text = format!("{HEAD}{}\n{TABLE}", machine::describe(&std::env::temp_dir()));
    let mut faults = Vec::new();
    for engine in [Engine::Sled, Engine::Redb] {
        let mut revivals = Vec::new();
        for objects in [10, objects] {
            let outcome = play(&Plan { objects, calls, engine }).await?;
            let row = row(engine, objects, &outcome);
            print!("{row}");
            text += &row;
            revivals.push((outcome.warm, outcome.cold, outcome.restarted));
        }
        if revivals[0] != revivals[1] {
            faults.push(format!("with {engine}, more objects cost other reads: {revivals:?}"));
        }
    }
    std::fs::write(&out, text)?;
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ").into()) }
}

fn row(engine: Engine, objects: u64, outcome: &Outcome) -> String {
    let mut row = String::new();
    let Outcome { records, built, warm, cold, restarted, .. } = outcome;
    let _ = writeln!(
        row,
        "| {engine} | {objects} | {records} | {:.1} s | {} + {} | {} + {} | **{}** | {} + {} | {:.2} ms | {:.2} ms |",
        built.as_secs_f64(),
        warm.0,
        warm.1,
        cold.0,
        cold.1,
        outcome.revival(),
        restarted.0,
        restarted.1,
        outcome.at(50).as_secs_f64() * 1e3,
        outcome.at(99).as_secs_f64() * 1e3,
    );
    row
}

const HEAD: &str = "# Reviving a vat

`trials revive` makes a vat of ten objects and one of many, evicts it, and calls one object. Reads
are counted where vats read the store: point reads + range reads of all vats, vat zero included
(the call comes in through it). What the vat alone costs is the difference between the call that
finds it cold and the same call that finds it in memory. The time is that of the whole call from
the client, the turn's commit to disk included.

";

const TABLE: &str = "\
| engine | objects | records | built in | warm call | cold call | revival | after a restart, by name | p50 | p99 |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
";
