//! `hogshead`: runs hosts, and tends them for their owner.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
