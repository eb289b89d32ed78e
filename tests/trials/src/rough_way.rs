//! A rough way: two hosts whose packets are lost, late, doubled and reordered, and whose address
//! changes in mid-session.
//!
//! ```text
//!   host 0 ◀──▶ relay, a process of its own ◀──▶ host 1      `trials rough-way`
//!   host 0 ◀──▶ two network namespaces, netem ◀▶ host 1      the same with --left and --right
//! ```
//!
//! [`players`](crate::players) on both keep each other busy through all of it. Afterwards their
//! ledgers must agree, and what the way did to packets must have happened.

mod between;
mod report;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use self::between::Between;
pub use self::between::Namespace;
use self::report::{describe, write};
use crate::host_process::Failure;
use crate::players::{Ledger, Table, ledger};
use crate::random::Random;
use crate::relay::Counters;
use crate::relay::weather::Weather;

/// What the command is given.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Plays the same choices again.
    #[arg(long)]
    seed: Option<u64>,
    /// Rounds: in each the address changes, and everything is cut off for a while.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// How long everything is cut off in a round. 90 is longer than QUIC waits.
    #[arg(long, default_value_t = 10)]
    cut_seconds: u64,
    #[command(flatten)]
    weather: Weather,
    /// Two network namespaces instead of the relay, `name,device,address` each; what lies between
    /// them makes the weather.
    #[arg(long, requires = "right")]
    left: Option<Namespace>,
    /// The other one.
    #[arg(long, requires = "left")]
    right: Option<Namespace>,
    /// The result file.
    #[arg(long, default_value = "docs/results/rough-way.md")]
    result: PathBuf,
}

/// What a trial does.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The `trials` binary.
    pub program: PathBuf,
    /// Where the randomness comes from.
    pub seed: u64,
    /// Rounds: in each the address changes, and everything is cut off for a while.
    pub rounds: u32,
    /// How long everything is cut off in a round.
    pub cut: Duration,
    /// Plays that each player has under way at once.
    pub plays: u32,
    /// How long the players play from one thing that happens to the next.
    pub play: Duration,
    /// The weather.
    pub weather: Weather,
    /// Whether the players meet before it gets rough.
    pub meet_in_calm: bool,
    /// Namespaces instead of the relay.
    pub namespaces: Option<[Namespace; 2]>,
}

/// What a trial found.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What the relay did, if it was one.
    pub counters: Option<Counters>,
    /// The ledgers in the end.
    pub ledgers: Vec<Ledger>,
    /// How long it took after each cut until both players had answers again.
    pub returns: Vec<Duration>,
    /// What went wrong, a line each.
    pub faults: Vec<String>,
    /// How long it all took.
    pub took: Duration,
}

/// The command: plays, writes the result file, and fails if anything is wrong.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let seed = arguments.seed.unwrap_or_else(|| u64::from(std::process::id()));
    println!("{} rounds, seed {seed}", arguments.rounds);
    let plan = Plan {
        program: std::env::current_exe()?,
        seed,
        rounds: arguments.rounds,
        cut: Duration::from_secs(arguments.cut_seconds),
        plays: PLAYS,
        play: PLAY,
        weather: arguments.weather,
        meet_in_calm: false,
        namespaces: arguments.left.zip(arguments.right).map(|(left, right)| [left, right]),
    };
    let outcome = play(&plan).await?;
    print!("{}", describe(&plan, &outcome));
    write(&arguments.result, &plan, &outcome)?;
    match outcome.faults.len() {
        0 => Ok(()),
        faults => Err(format!("{faults} faults: see {}", arguments.result.display()).into()),
    }
}

/// Plays the trial. `Err` is a trial that could not be played; faults are in the outcome.
pub async fn play(plan: &Plan) -> Result<Outcome, Failure> {
    let began = Instant::now();
    let mut random = Random::new(plan.seed);
    let mut outcome = Outcome::default();
    let folder = tempfile::Builder::new().prefix("hogshead-rough-").tempdir()?;
    let (mut between, starts) = Between::open(plan, folder.path()).await?;
    let mut table = Table::lay(plan.program.clone(), starts).await?;
    between.lead(&table).await?;
    if plan.meet_in_calm {
        table.introduce().await?;
        between.rough().await?;
    } else {
        between.rough().await?;
        table.introduce().await?;
    }
    table.begin(plan.plays, random.next_u64()).await?;
    for nth in 1..=plan.rounds {
        tokio::time::sleep(plan.play).await;
        between.rebind().await?;
        let rebound = goes_on(&table).await?;
        tokio::time::sleep(plan.play).await;
        between.cut().await?;
        tokio::time::sleep(plan.cut).await;
        between.has_cut(PATIENCE).await?;
        between.rough().await?;
        let mended = goes_on(&table).await?;
        outcome.returns.extend(mended);
        for (found, what) in [(rebound, "the address changed"), (mended, "all was cut off")] {
            if found.is_none() {
                outcome.faults.push(format!("round {nth}: nothing went on after {what}"));
            }
        }
        eprintln!("{nth} of {} rounds, {} faults", plan.rounds, outcome.faults.len());
        if !outcome.faults.is_empty() {
            break;
        }
    }
    let (ledgers, faults) = table.compare(PATIENCE).await?;
    outcome.faults.extend(faults);
    if ledger::messages(&ledgers) == 0 {
        outcome.faults.push("nobody played".to_owned());
    }
    outcome.ledgers = ledgers;
    outcome.counters = between.counters().await?;
    outcome.faults.extend(outcome.counters.iter().flat_map(|counters| did_not(counters, plan)));
    table.clear().await?;
    outcome.took = began.elapsed();
    Ok(outcome)
}

/// Waits until both players have had answers; gives how long it took, or nothing if they had none
/// for far longer than they need, or if something is spoiled for good.
async fn goes_on(table: &Table) -> Result<Option<Duration>, Failure> {
    let began = Instant::now();
    let before = table.ledgers().await?;
    while began.elapsed() < PATIENCE {
        let now = table.ledgers().await?;
        if now.iter().any(Ledger::is_spoiled) {
            return Ok(None);
        }
        if now.iter().zip(&before).all(|(now, before)| now.answers.told > before.answers.told) {
            return Ok(Some(began.elapsed()));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(None)
}

/// What the relay should have done and did not: then nothing was tried.
fn did_not(counters: &Counters, plan: &Plan) -> Vec<String> {
    let Weather { loss, delay_ms, jitter_ms, doubled } = plan.weather;
    let checks = [
        ("pass a packet", counters.passed, true),
        ("lose a packet", counters.lost, loss > 0),
        ("delay a packet", counters.delayed, delay_ms > 0),
        ("reorder packets", counters.reordered, jitter_ms > 0),
        ("double a packet", counters.doubled, doubled > 0),
        ("cut a packet off", counters.cut, plan.rounds > 0 && !plan.cut.is_zero()),
        ("change an address", counters.rebound, plan.rounds > 0),
        ("bring an answer to a changed address", counters.followed, plan.rounds > 0),
    ];
    let missing = checks.into_iter().filter(|(_, count, wanted)| *wanted && *count == 0);
    missing.map(|(what, ..)| format!("the relay did not {what}: {counters:?}")).collect()
}

/// Plays that each player of the command has under way at once.
const PLAYS: u32 = 4;

/// How long the command's players play from one thing that happens to the next.
const PLAY: Duration = Duration::from_secs(10);

/// How long anything may take: far more than it does, so that only a fault is late.
const PATIENCE: Duration = Duration::from_secs(300);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_that_does_nothing_is_found_out() {
        let weather = Weather { loss: 300, delay_ms: 200, jitter_ms: 50, doubled: 20 };
        let plan = Plan {
            program: PathBuf::new(),
            seed: 1,
            rounds: 1,
            cut: Duration::from_secs(1),
            plays: PLAYS,
            play: PLAY,
            weather,
            meet_in_calm: false,
            namespaces: None,
        };
        let idle = Counters::default();
        assert_eq!(did_not(&idle, &plan).len(), 8);
        let busy = Counters {
            came: 9,
            passed: 9,
            lost: 1,
            cut: 1,
            doubled: 1,
            delayed: 1,
            reordered: 1,
            rebound: 1,
            followed: 1,
        };
        assert_eq!(did_not(&busy, &plan), Vec::<String>::new());
        let calm = Plan { weather: Weather::calm(), rounds: 0, ..plan };
        assert_eq!(did_not(&idle, &calm).len(), 1);
    }
}
