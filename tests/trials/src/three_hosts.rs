//! Three hosts over QUIC, killed at random moments while players on them keep each other busy.
//!
//! ```text
//!   this process ──SIGKILL, start──▶ host 0 ◀──QUIC──▶ host 1
//!                                       ▲                 ▲
//!                                       └────▶ host 2 ◀───┘   (which sometimes moves)
//! ```
//!
//! Nobody outside has any part in the load: see [`players`](crate::players). Every so many kills
//! the players end what they began, and their ledgers are compared.

mod report;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use hogshead::Engine;

use self::report::{describe, write};
use crate::host_process::{Failure, Start};
use crate::players::{Ledger, Table, ledger};
use crate::random::Random;

/// What the command is given.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Kills.
    #[arg(long, default_value_t = 1_000)]
    kills: u32,
    /// Plays the same choices again.
    #[arg(long)]
    seed: Option<u64>,
    /// Kills from one comparison to the next.
    #[arg(long, default_value_t = 50)]
    compare_every: u32,
    /// The result file.
    #[arg(long, default_value = "docs/results/three-hosts.md")]
    result: PathBuf,
}

/// What a trial does.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The `trials` binary.
    pub program: PathBuf,
    /// How many kills.
    pub kills: u32,
    /// Where the randomness comes from.
    pub seed: u64,
    /// Kills from one comparison to the next.
    pub compare_every: u32,
    /// Whether sessions end with their connections: then the trial must find what that loses.
    pub plain: bool,
}

/// What a trial found.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Kills of each host.
    pub kills: [u32; HOSTS],
    /// Times that two hosts or all three were killed at once.
    pub together: u32,
    /// Starts at another port than before.
    pub moves: u32,
    /// Stores that were checked while their host was dead.
    pub checks: u32,
    /// Comparisons of all ledgers.
    pub comparisons: u32,
    /// The ledgers at the last comparison.
    pub ledgers: Vec<Ledger>,
    /// How long it took at each comparison until nothing was under way any more.
    pub settled: Vec<Duration>,
    /// How long each start of a killed host took.
    pub starts: Vec<Duration>,
    /// What went wrong, a line each.
    pub faults: Vec<String>,
    /// How long it all took.
    pub took: Duration,
}

/// The command: plays, writes the result file, and fails if anything is wrong.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { kills, seed, compare_every, result } = arguments;
    let seed = seed.unwrap_or_else(|| u64::from(std::process::id()));
    println!("{kills} kills, seed {seed}");
    let program = std::env::current_exe()?;
    let plan = Plan { program, kills, seed, compare_every, plain: false };
    let outcome = play(&plan).await?;
    print!("{}", describe(&plan, &outcome));
    write(&result, &plan, &outcome)?;
    match outcome.faults.len() {
        0 => Ok(()),
        faults => Err(format!("{faults} faults: see {}", result.display()).into()),
    }
}

/// Plays the trial. `Err` is a trial that could not be played; faults are in the outcome.
pub async fn play(plan: &Plan) -> Result<Outcome, Failure> {
    let began = Instant::now();
    let mut random = Random::new(plan.seed);
    let mut outcome = Outcome::default();
    let folder = tempfile::Builder::new().prefix("hogshead-three-").tempdir()?;
    let engines = [Engine::Sled, Engine::Redb, Engine::Sled];
    let starts = engines.iter().enumerate().map(|(number, engine)| {
        let start = Start::new(&folder.path().join(format!("host-{number}")));
        Start { plain: plan.plain, ..start.with_engine(*engine) }
    });
    let mut table = Table::lay(plan.program.clone(), starts.collect()).await?;
    table.introduce().await?;
    table.begin(PLAYS, random.next_u64()).await?;
    // Undisturbed at first: what is wrong already would not be a kill's work.
    tokio::time::sleep(UNDISTURBED).await;
    compare(&mut table, &mut outcome).await?;
    table.begin(PLAYS, random.next_u64()).await?;
    let mut killed = 0;
    while killed < plan.kills && outcome.faults.is_empty() {
        let before = killed / plan.compare_every;
        killed += round(&mut table, &mut random, plan.kills - killed, &mut outcome).await?;
        if killed / plan.compare_every > before || killed == plan.kills {
            compare(&mut table, &mut outcome).await?;
            let (faults, took) = (outcome.faults.len(), began.elapsed().as_secs());
            eprintln!("{killed} of {} kills, {faults} faults, {took} s", plan.kills);
            table.snapshot().await?;
            table.begin(PLAYS, random.next_u64()).await?;
        }
    }
    table.clear().await?;
    outcome.took = began.elapsed();
    Ok(outcome)
}

/// Kills one host or more at a random moment, and starts them again; gives how many.
async fn round(
    table: &mut Table,
    random: &mut Random,
    most: u32,
    outcome: &mut Outcome,
) -> Result<u32, Failure> {
    let first = random.below(HOSTS as u64) as usize;
    let many = match random.below(24) {
        0 => 3,
        1..=3 => 2,
        _ => 1,
    };
    let victims: Vec<usize> =
        (0..many.min(most as usize)).map(|next| (first + next) % HOSTS).collect();
    tokio::time::sleep(Duration::from_micros(random.below(MOMENT_MAX_US))).await;
    table.kill(&victims).await?;
    for &victim in &victims {
        outcome.kills[victim] += 1;
        // One that others must find again. They find it because it finds them, where they were.
        if victim == NOMAD && random.below(3) == 0 {
            table.move_away(victim);
            outcome.moves += 1;
        }
        if random.below(CHECK_ONE_OF) == 0 {
            outcome.checks += 1;
            outcome.faults.extend(table.check(victim).await?);
        }
    }
    outcome.together += u32::from(victims.len() > 1);
    let absent = if random.below(16) == 0 { ABSENT_LONG_MAX_US } else { ABSENT_MAX_US };
    tokio::time::sleep(Duration::from_micros(random.below(absent))).await;
    for &victim in &victims {
        let began = Instant::now();
        outcome.faults.extend(table.start(&[victim]).await?);
        outcome.starts.push(began.elapsed());
    }
    Ok(victims.len() as u32)
}

/// Has everybody end what they began, and compares. Somebody must have been at work.
async fn compare(table: &mut Table, outcome: &mut Outcome) -> Result<(), Failure> {
    let before = ledger::messages(&outcome.ledgers);
    let began = Instant::now();
    let (ledgers, faults) = table.compare(PATIENCE).await?;
    outcome.settled.push(began.elapsed());
    outcome.comparisons += 1;
    let nth = outcome.comparisons;
    outcome.faults.extend(faults.into_iter().map(|fault| format!("comparison {nth}: {fault}")));
    if ledger::messages(&ledgers) == before {
        outcome.faults.push(format!("comparison {nth}: nobody played since the last one"));
    }
    outcome.ledgers = ledgers;
    Ok(())
}

/// Hosts at the table.
pub const HOSTS: usize = 3;

/// The host that moves.
const NOMAD: usize = 2;

/// Plays that each player has under way at once.
const PLAYS: u32 = 4;

/// A kill comes at a random moment within this time after the last start, in microseconds.
const MOMENT_MAX_US: u64 = 250_000;

/// A killed host is away for a random time, in microseconds: mostly a short one.
const ABSENT_MAX_US: u64 = 100_000;
const ABSENT_LONG_MAX_US: u64 = 2_000_000;

/// One of so many dead stores is checked.
const CHECK_ONE_OF: u64 = 8;

/// How long the players play before the first kill.
const UNDISTURBED: Duration = Duration::from_millis(500);

/// How long anything may take: far more than it does, so that only a fault is late.
const PATIENCE: Duration = Duration::from_secs(120);
