//! Many cold vats in one store: what does not run costs its records and nothing else.

mod report;
mod sample;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hogshead::stock::cell::Cell;
use hogshead::{Client, Engine, Handle, Host, SturdyRef, Value};
use tokio::sync::Semaphore;

pub use self::report::{Arguments, run};
pub use self::sample::{Arguments as LookArguments, Look, Sample, look, rss_kb};
use crate::host_process::Failure;
use crate::random::Random;
use crate::revive::percentile;

/// Bytes of state in each vat.
pub const STATE_BYTES: usize = 4096;

/// What is tried.
pub struct Plan {
    /// How many vats.
    pub vats: u32,
    /// How many of them are called.
    pub calls: usize,
    /// The engine of the checkpoint.
    pub engine: Engine,
    /// Which of them, by this seed.
    pub seed: u64,
    /// This program: a start is measured in a process of its own.
    pub program: PathBuf,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// How long it took to make all vats.
    pub made: Duration,
    /// Bytes of the store's files.
    pub disk: u64,
    /// Slots in memory once all is quiet: vat zero's.
    pub quiet_slots: usize,
    /// Sessions in memory once all is quiet: the caller's.
    pub quiet_sessions: usize,
    /// The most sessions that were in memory while vats were called.
    pub busy_sessions: usize,
    /// Times of the calls, sorted.
    pub times: Vec<Duration>,
    /// A start of the host in a fresh process.
    pub host: Sample,
    /// The store alone, opened in a fresh process.
    pub store: Sample,
}

impl Outcome {
    /// The time at a share of the sorted times, in percent.
    pub fn at(&self, percent: usize) -> Duration {
        percentile(&self.times, percent)
    }
}

/// Makes the vats, stops, starts in fresh processes, and calls some of the vats.
pub async fn play(plan: &Plan) -> Result<Outcome, Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let host = start(&data, plan.engine).await?;
    let client = host.client().await?;
    let began = Instant::now();
    let shared = make(&client, plan.vats).await?;
    let made = began.elapsed();
    drop(client);
    host.shutdown().await?;

    let disk = size_of(&data)?;
    let sampled = |look| sample::in_child(&plan.program, &data, plan.engine, look);
    let host_sample = sampled(Look::Host)?;
    let store_sample = sampled(Look::Store)?;

    let host = start(&data, plan.engine).await?;
    let client = host.client().await?;
    let mut random = Random::new(plan.seed);
    let mut chosen = Vec::new();
    for _ in 0..plan.calls {
        let nth = usize::try_from(random.below(shared.len() as u64))?;
        chosen.push(enliven(&client, &shared[nth]).await?);
    }
    let mut busy_sessions = host.sessions_in_memory();
    quiet(&host).await?;
    let mut times = Vec::new();
    for cell in &chosen {
        let began = Instant::now();
        let value = cell.ask().get().await?;
        times.push(began.elapsed());
        check(&value)?;
        busy_sessions = busy_sessions.max(host.sessions_in_memory());
    }
    times.sort_unstable();
    quiet(&host).await?;
    let (quiet_slots, quiet_sessions) = (host.vats_in_memory(), host.sessions_in_memory());
    drop((chosen, client));
    host.shutdown().await?;
    let (host, store) = (host_sample, store_sample);
    Ok(Outcome { made, disk, quiet_slots, quiet_sessions, busy_sessions, times, host, store })
}

async fn start(data: &Path, engine: Engine) -> Result<Host, Failure> {
    let host =
        Host::builder(data).engine(engine).idle(IDLE).without_control_socket().start().await?;
    Ok(host)
}

/// Makes the vats, many at a time, each with a cell of 4 KB that a sturdyref keeps.
async fn make(client: &Client, vats: u32) -> Result<Vec<SturdyRef>, Failure> {
    let places = Arc::new(Semaphore::new(MADE_AT_ONCE));
    let mut tasks = Vec::new();
    for nth in 0..vats {
        let place = Arc::clone(&places).acquire_owned().await?;
        let client = client.clone();
        tasks.push(tokio::spawn(async move {
            let made = make_one(&client, nth).await;
            drop(place);
            made
        }));
    }
    let mut shared = Vec::new();
    for task in tasks {
        shared.push(task.await??);
    }
    Ok(shared)
}

async fn make_one(client: &Client, nth: u32) -> hogshead::Result<SturdyRef> {
    let admin = client.admin();
    let name = format!("v{nth}");
    admin.ask().vat_new(name.clone()).await?;
    let state = Value::Bytes(vec![b'x'; STATE_BYTES].into());
    let cell = admin.ask().spawn(name, "hogshead/cell".into(), state, None).await?;
    let cell = client.handle(&cell).ok_or_else(|| hogshead::Error::refused("no cell"))?;
    admin.ask().share(cell.value(), None, "trial".into()).await
}

async fn enliven(client: &Client, shared: &SturdyRef) -> Result<Handle<dyn Cell>, Failure> {
    let found = client.admin().ask().enliven(shared.clone()).await?;
    Ok(client.handle(&found).ok_or("a sturdyref that leads nowhere")?.cast())
}

fn check(value: &Value) -> Result<(), Failure> {
    match value {
        Value::Bytes(bytes) if bytes.len() == STATE_BYTES => Ok(()),
        _ => Err("a cell without its state".into()),
    }
}

/// Waits until all vats but vat zero are cold.
pub(crate) async fn quiet(host: &Host) -> Result<(), Failure> {
    let began = Instant::now();
    while host.vats_in_memory() > 1 || host.sessions_in_memory() > 1 {
        if began.elapsed() > QUIET_TIME {
            let (vats, sessions) = (host.vats_in_memory(), host.sessions_in_memory());
            return Err(format!("{vats} vats and {sessions} sessions stay in memory").into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

fn size_of(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let meta = entry.metadata()?;
        bytes += if meta.is_dir() { size_of(&entry.path())? } else { meta.len() };
    }
    Ok(bytes)
}

/// After which a vat goes cold: short, so that the trial does not wait.
const IDLE: Duration = Duration::from_millis(500);
const QUIET_TIME: Duration = Duration::from_secs(60);
/// Vats that are being made at once: enough to share each flush of the journal.
const MADE_AT_ONCE: usize = 256;
