//! The trials as commands: see the library.

use clap::Parser;

/// What Hogshead must stand.
#[derive(Parser)]
enum Trial {
    /// Describes this machine as result files do.
    Machine,
}

fn main() {
    match Trial::parse() {
        Trial::Machine => print!("{}", hogshead_trials::machine::describe(&std::env::temp_dir())),
    }
}
