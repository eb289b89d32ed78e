//! The trials as commands: see the library.

use std::path::PathBuf;

use clap::Parser;
use hogshead::Engine;
use hogshead_trials::host_process::Failure;
use hogshead_trials::kill;

/// What Hogshead must stand.
#[derive(Parser)]
enum Trial {
    /// Describes this machine as result files do.
    Machine,
    /// Kills one of two hosts at random moments under load, and compares everybody's books.
    Kill(KillArguments),
    /// Kills three hosts at random moments while they keep each other busy, and compares ledgers.
    ThreeHosts(hogshead_trials::three_hosts::Arguments),
    /// Has two hosts talk over a way that loses, delays and reorders packets, and compares ledgers.
    RoughWay(hogshead_trials::rough_way::Arguments),
    /// Touches one object of a vat of many, and counts the reads.
    Revive(hogshead_trials::revive::Arguments),
    /// Fills a map beyond memory, touches one entry, and lets all of them go.
    Entries(hogshead_trials::entries::Arguments),
    /// Makes many vats that sleep in one store, and looks what they cost.
    ColdVats(hogshead_trials::cold_vats::Arguments),
    /// Greets many cold vats, and looks that none is woken and nothing written.
    Hellos(hogshead_trials::hellos::Arguments),
    /// One start of the cold vats' store: a child process of theirs.
    #[command(hide = true)]
    ColdStart(hogshead_trials::cold_vats::LookArguments),
    /// A relay between hosts: a child process of the trials.
    #[command(hide = true)]
    Relay(hogshead_trials::relay::Start),
    /// A host of the trials: a child process of theirs.
    #[command(hide = true)]
    Host(hogshead_trials::host_process::Start),
}

/// How often, and from which seed.
#[derive(clap::Args)]
struct KillArguments {
    /// Kills, half of them with each engine.
    #[arg(long, default_value_t = 200)]
    times: u32,
    /// Plays the same choices again.
    #[arg(long)]
    seed: Option<u64>,
    /// One engine only.
    #[arg(long, value_parser = hogshead_trials::host_process::engine)]
    engine: Option<hogshead::Engine>,
    /// The result file.
    #[arg(long, default_value = "docs/results/kill.md")]
    out: PathBuf,
}

fn main() -> Result<(), Failure> {
    match Trial::parse() {
        Trial::Kill(arguments) => return runtime()?.block_on(kill_trial(arguments)),
        Trial::Host(start) => {
            return runtime()?.block_on(hogshead_trials::host_process::serve(start));
        }
        Trial::Relay(start) => return runtime()?.block_on(hogshead_trials::relay::serve(start)),
        Trial::Revive(arguments) => {
            return runtime()?.block_on(hogshead_trials::revive::run(arguments));
        }
        Trial::Entries(arguments) => {
            return runtime()?.block_on(hogshead_trials::entries::run(arguments));
        }
        Trial::ThreeHosts(arguments) => {
            return runtime()?.block_on(hogshead_trials::three_hosts::run(arguments));
        }
        Trial::RoughWay(arguments) => {
            return runtime()?.block_on(hogshead_trials::rough_way::run(arguments));
        }
        Trial::ColdVats(arguments) => {
            return runtime()?.block_on(hogshead_trials::cold_vats::run(arguments));
        }
        Trial::Hellos(arguments) => {
            return runtime()?.block_on(hogshead_trials::hellos::run(arguments));
        }
        Trial::ColdStart(arguments) => {
            return runtime()?.block_on(hogshead_trials::cold_vats::look(arguments));
        }
        Trial::Machine => print!("{}", hogshead_trials::machine::describe(&std::env::temp_dir())),
    }
    Ok(())
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

async fn kill_trial(arguments: KillArguments) -> Result<(), Failure> {
    let KillArguments { times, seed, engine, out } = arguments;
    let engines = match engine {
        Some(engine) => vec![(engine, times)],
        None => vec![(Engine::Sled, times.div_ceil(2)), (Engine::Redb, times / 2)],
    };
    let seed = seed.unwrap_or_else(|| u64::from(std::process::id()));
    let program = std::env::current_exe()?;
    let mut plays = Vec::new();
    for (engine, times) in engines {
        let plan = kill::Plan { program: program.clone(), times, seed, engine };
        println!("{times} kills with {engine}, seed {seed}");
        let outcome = kill::play(&plan).await?;
        print!("{}", kill::describe(&plan, &outcome));
        plays.push((plan, outcome));
    }
    kill::write(&out, &plays)?;
    match plays.iter().map(|(_, outcome)| outcome.faults.len()).sum() {
        0 => Ok(()),
        faults => Err(format!("{faults} faults: see {}", out.display()).into()),
    }
}
