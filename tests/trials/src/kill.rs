//! The kill trial: two hosts under load, one of them killed at a random moment, again and again.
//!
//! ```text
//!   this process ──socket──▶ host A: Bookkeeper ◀── Errand      Numberer ──▶ Collector
//!        │                              ▲          (vats of A)   (vats of A)
//!        └───────socket──▶ host B ──QUIC┘◀── Errand (a vat of B)
//! ```
//!
//! After each kill the store is checked, the host started again, and everybody's books compared.

mod books;
mod load;
mod objects;
mod report;
mod stage;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use hogshead::{Engine, HostBuilder};

pub use self::books::{Account, Statements};
use self::load::Load;
pub use self::report::{describe, write};
use self::stage::Stage;
use crate::host_process::Failure;
use crate::random::Random;

/// What a kill trial does.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The `trials` binary.
    pub program: PathBuf,
    /// How many kills.
    pub times: u32,
    /// Where the randomness comes from.
    pub seed: u64,
    /// The engine of both hosts.
    pub engine: Engine,
}

/// What a kill trial found.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Kills of the callee's host, of the caller's host, of both at once.
    pub kills: [u32; 3],
    /// Times that a host was killed again while it started.
    pub strikes: u32,
    /// Innocent deliveries that were parked by that, and run again by their owner.
    pub retried: u64,
    /// Calls from outside that were answered.
    pub told: u64,
    /// Calls from outside whose outcome a kill cut off.
    pub cut_off: u64,
    /// Calls between vats of one host.
    pub local: u64,
    /// Messages between the pair of vats.
    pub pair: u64,
    /// Calls from a vat of one host to a vat of the other: sent, answered.
    pub remote: (u64, u64),
    /// How long each start of a killed host took.
    pub starts: Vec<Duration>,
    /// What went wrong, a line each.
    pub faults: Vec<String>,
    /// How long it all took.
    pub took: Duration,
}

/// Who is killed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Victim {
    Callee,
    Caller,
    Both,
}

/// Adds the kinds of this trial to a host.
pub fn register(builder: HostBuilder) -> HostBuilder {
    builder
        .register::<objects::Bookkeeper>()
        .register::<objects::Errand>()
        .register::<objects::Numberer>()
        .register::<objects::Collector>()
}

/// Plays the trial. `Err` is a trial that could not be played; faults are in the outcome.
pub async fn play(plan: &Plan) -> Result<Outcome, Failure> {
    let began = Instant::now();
    let mut random = Random::new(plan.seed);
    let mut outcome = Outcome::default();
    let mut stage = Stage::set(plan).await?;
    for nth in 1..=plan.times {
        let victim = match random.below(5) {
            0 | 1 => Victim::Callee,
            2 | 3 => Victim::Caller,
            _ => Victim::Both,
        };
        outcome.kills[victim as usize] += 1;
        let after = Duration::from_micros(random.below(MOMENT_MAX_US));
        // Every fourth time the host that starts again is killed once more, while it recovers.
        let strike = Duration::from_micros(random.below(STRIKE_MAX_US));
        let strike = (random.below(4) == 0).then_some(strike);
        outcome.strikes += u32::from(strike.is_some());
        let faults = round(&mut stage, victim, (after, strike), &mut outcome).await;
        let faults = faults.map_err(|e| format!("kill {nth} ({victim:?}): {e}"))?;
        if nth.is_multiple_of(SNAPSHOT_EVERY) {
            eprintln!("{nth} of {} kills, {} faults", plan.times, outcome.faults.len());
            stage.snapshot().await?;
        }
        outcome.faults.extend(faults.into_iter().map(|f| format!("kill {nth} ({victim:?}): {f}")));
        if outcome.faults.len() > FAULTS_MAX {
            break;
        }
    }
    stage.sum_up(&mut outcome);
    stage.clear().await?;
    outcome.took = began.elapsed();
    Ok(outcome)
}

/// One kill: load, the moment, the death, the new start, the comparison.
async fn round(
    stage: &mut Stage,
    victim: Victim,
    (after, strike): (Duration, Option<Duration>),
    outcome: &mut Outcome,
) -> Result<Vec<String>, Failure> {
    let mut load = Load::new();
    stage.enter(&mut load);
    tokio::time::sleep(WARM_UP + after).await;
    let (callee, caller) = (victim != Victim::Caller, victim != Victim::Callee);
    stage.kill(callee, caller).await?;
    load.stop();
    let mut faults = stage.check(callee, caller).await?;
    if let Some(strike) = strike {
        stage.strike(callee, caller, strike).await?;
    }
    stage.start(callee, caller, outcome, &mut faults).await?;
    let ended = tokio::time::timeout(PATIENCE, load.end()).await;
    stage.note(ended.map_err(|_| "a call was neither answered nor broken")?);
    stage.reconnect().await?;
    faults.extend(stage.compare(PATIENCE, strike.is_some()).await?);
    Ok(faults)
}

/// A kill comes at a random moment within this time, in microseconds.
const MOMENT_MAX_US: u64 = 150_000;

/// A second kill comes within this time after a start, in microseconds.
const STRIKE_MAX_US: u64 = 300_000;

/// How long the load has to get going before that.
const WARM_UP: Duration = Duration::from_millis(30);

/// A journal is kept whole until there is a snapshot; and each check reads all of it.
const SNAPSHOT_EVERY: u32 = 10;

/// Faults after which a trial goes no further.
const FAULTS_MAX: usize = 20;

/// How long anything may take: far more than it does, so that only a fault is late.
const PATIENCE: Duration = Duration::from_secs(60);
