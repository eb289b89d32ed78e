//! The command of the cold vats, and its result file.

use std::path::PathBuf;

use hogshead::Engine;

use super::{Outcome, Plan, play};
use crate::host_process::Failure;
use crate::machine;

/// What the command is given.
#[derive(clap::Args)]
pub struct Arguments {
    /// Vats of the large store; the small one has a hundredth.
    #[arg(long, default_value_t = 100_000)]
    vats: u32,
    /// How many of them are called.
    #[arg(long, default_value_t = 1_000)]
    calls: usize,
    /// Plays the same choices again.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One engine only.
    #[arg(long, value_parser = crate::host_process::engine)]
    engine: Option<Engine>,
    /// The result file.
    #[arg(long, default_value = "docs/results/cold-vats.md")]
    out: PathBuf,
}

/// The command: both engines, a hundredth of the vats and all.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { vats, calls, seed, engine, out } = arguments;
    let mut text =
        format!("{HEAD}{}- seed: {seed}\n\n{TABLE}", machine::describe(&std::env::temp_dir()));
    let mut faults = Vec::new();
    let engines = engine.map_or_else(|| vec![Engine::Sled, Engine::Redb], |one| vec![one]);
    for engine in engines {
        let mut counts = Vec::new();
        for vats in [(vats / 100).max(1), vats] {
            let program = std::env::current_exe()?;
            let outcome = play(&Plan { vats, calls, engine, seed, program }).await?;
            let row = row(engine, vats, &outcome);
            print!("{row}");
            text += &row;
            counts.push((outcome.host.vats, outcome.quiet_slots, outcome.quiet_sessions));
        }
        if counts[0] != counts[1] {
            faults.push(format!("with {engine}, memory grows with cold vats: {counts:?}"));
        }
    }
    std::fs::write(&out, text)?;
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ").into()) }
}

fn row(engine: Engine, vats: u32, outcome: &Outcome) -> String {
    format!(
        "| {engine} | {vats} | {:.1} s | {} MB | {:.0} ms | {:.1} MB | {:.0} ms | {:.1} MB | {} | {} | {} | {:.2} ms | {:.2} ms |\n",
        outcome.made.as_secs_f64(),
        outcome.disk >> 20,
        outcome.host.start().as_secs_f64() * 1e3,
        outcome.host.rss_kb as f64 / 1024.0,
        outcome.store.start().as_secs_f64() * 1e3,
        outcome.store.rss_kb as f64 / 1024.0,
        outcome.quiet_slots,
        outcome.quiet_sessions,
        outcome.busy_sessions,
        outcome.at(50).as_secs_f64() * 1e3,
        outcome.at(99).as_secs_f64() * 1e3,
    )
}

const HEAD: &str = "# Cold vats

`trials cold-vats` makes many vats in one store, each with a cell of 4,096 bytes that a sturdyref
keeps alive, through the owner's session. Then it stops the host and starts it in a fresh process,
and opens the store alone in another: time until it runs, resident memory once it is quiet. At last
it calls random cold vats from a client: the time is that of the whole call, the flush of the
turn's commit included. Slots and sessions are what the host itself holds in memory for vats:
once all is quiet, and the most sessions while vats were called.

";

const TABLE: &str = "\
| engine | vats | made in | disk | host start | host memory | store start | store memory | slots | sessions | busy sessions | p50 | p99 |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
";
