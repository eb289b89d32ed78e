//! Runs seeds of the simulation: see the library.

mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use clap::Parser;
use hogshead_sim::coverage::Coverage;
use hogshead_sim::{Outcome, run};

/// Runs seeds of the simulation.
#[derive(Parser)]
struct Arguments {
    /// How many seeds.
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// The first.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Threads, each with worlds of its own: by default one for each core.
    #[arg(long)]
    threads: Option<usize>,
    /// Shows what happens, line by line, and every seed's counts.
    #[arg(long)]
    trace: bool,
    /// Writes a result file.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Puts faults in, one after another, and shows who finds them, instead of running seeds.
    #[cfg(feature = "mutations")]
    #[arg(long)]
    faults: bool,
}

/// After so many seeds the result file is written as far as it is known.
const EVERY: u64 = 1_000;

/// What came of all seeds so far.
#[derive(Default)]
struct Sum {
    seeds: u64,
    total: Coverage,
    least: Option<Coverage>,
    failed: Vec<(u64, Vec<String>)>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Hosts complain of every death.
    let filter = std::env::var("HOGSHEAD_LOG").unwrap_or_else(|_| "off".to_owned());
    let filter = tracing_subscriber::EnvFilter::new(filter);
    tracing_subscriber::fmt().with_env_filter(filter).init();
    #[cfg(feature = "mutations")]
    if arguments.faults {
        return show_faults(&arguments);
    }
    let begun = Instant::now();
    let sum = run_all(&arguments, begun);
    let took = begun.elapsed();
    if let Some(least) = &sum.least {
        println!("{} seeds in {took:.1?}; at least {least}", sum.seeds);
    }
    let is_written = written(&arguments, |out| report::write(out, &arguments, &sum, took));
    if is_written && sum.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes the result file, if one is wanted; `false` if it cannot be written.
fn written(arguments: &Arguments, write: impl Fn(&Path) -> std::io::Result<()>) -> bool {
    let Some(out) = &arguments.out else { return true };
    let done = write(out);
    if let Err(error) = &done {
        eprintln!("{}: {error}", out.display());
    }
    done.is_ok()
}

#[cfg(feature = "mutations")]
fn show_faults(arguments: &Arguments) -> ExitCode {
    let caught = hogshead_sim::faults::find_all();
    for caught in &caught {
        println!("{:?}: {:?}, such as {}", caught.mutation, caught.by, caught.said);
    }
    let is_written = written(arguments, |out| report::write_faults(out, &caught));
    let all = caught.iter().all(|caught| caught.by.is_some());
    if is_written && all { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_all(arguments: &Arguments, begun: Instant) -> Sum {
    if arguments.trace {
        hogshead_sim::trace::show_live();
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if arguments.trace { 1 } else { arguments.threads.unwrap_or(cores) };
    let (next, sum) = (AtomicU64::new(arguments.from), Mutex::new(Sum::default()));
    let end = arguments.from.saturating_add(arguments.seeds);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return;
            }
            let outcome = run(seed);
            let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
            sum.add(&outcome, arguments.trace);
            if sum.seeds.is_multiple_of(EVERY) {
                println!("{} seeds in {:.0?}", sum.seeds, begun.elapsed());
                // A run that is cut short has said what it has seen; the last file counts.
                written(arguments, |out| report::write(out, arguments, &sum, begun.elapsed()));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            // What a turn may need, and as much again for the world around it.
            let stack = 2 * hogshead::limits::TURN_STACK_BYTES;
            let thread = std::thread::Builder::new().stack_size(stack).spawn_scoped(scope, work);
            thread.expect("a machine that simulates can start a thread");
        }
    });
    sum.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Sum {
    fn add(&mut self, outcome: &Outcome, show: bool) {
        let Outcome { seed, findings, coverage, .. } = outcome;
        self.seeds += 1;
        self.total += *coverage;
        self.least = Some(self.least.map_or(*coverage, |least| least.least(*coverage)));
        if show || !findings.is_empty() {
            println!("seed {seed}: {coverage}");
        }
        for finding in findings {
            println!("  {finding}");
        }
        if !findings.is_empty() {
            self.failed.push((*seed, findings.clone()));
        }
    }
}
