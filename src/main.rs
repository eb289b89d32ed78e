//! `hogshead`: runs hosts, and tends them for their owner.

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A turn makes and frees many small things, often on another thread than the one that made them.
/// `docs/performance.md` measures with the same.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
