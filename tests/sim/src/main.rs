//! Runs seeds of the simulation: see the library.

use clap::Parser;

/// Runs seeds of the simulation.
#[derive(Parser)]
struct Arguments {
    /// How many seeds.
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// The first.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Shows what happens, line by line.
    #[arg(long)]
    trace: bool,
}

fn main() {
    let Arguments { seeds, from, trace } = Arguments::parse();
    // Hosts complain of every death.
    let filter = std::env::var("HOGSHEAD_LOG").unwrap_or_else(|_| "off".to_owned());
    let filter = tracing_subscriber::EnvFilter::new(filter);
    tracing_subscriber::fmt().with_env_filter(filter).init();
    if trace {
        hogshead_sim::trace::show_live();
    }
    for seed in from..from + seeds {
        let outcome = hogshead_sim::run(seed);
        println!("seed {seed}: {}", outcome.coverage);
        for finding in &outcome.findings {
            println!("  {finding}");
        }
    }
}
