//! Whole hosts on one thread: a simulated network, disks that lose power, a clock of their own, and
//! everything decided by one seed.
//!
//! ```text
//!   seed ──▶ program ──commands, faults──▶ World: machines, network, virtual clock
//!                                             │ real hosts, over stores that are stepped
//!                                             ▼
//!            findings ◀── checkers ◀── Evidence: everybody's books, what owners were told
//! ```
//!
//! ```
//! let outcome = hogshead_sim::run(7);
//! assert!(outcome.findings.is_empty(), "{:#?}", outcome.findings);
//! ```

pub mod checkers;
pub mod coverage;
pub mod ending;
pub mod engine;
pub mod evidence;
pub mod faults;
pub mod fork;
pub mod machine;
pub mod money;
pub mod objects;
pub mod program;
pub mod random;
pub mod trace;
pub mod world;

use crate::coverage::Coverage;
use crate::world::World;

/// What came of a seed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// What must not be, a line each.
    pub findings: Vec<String>,
    /// What was met.
    pub coverage: Coverage,
    /// What happened, in order.
    pub trace: Vec<String>,
}

/// Runs a seed, on this thread and nowhere else.
pub fn run(seed: u64) -> Outcome {
    let lived = std::panic::catch_unwind(|| run_to_its_end(seed));
    lived.unwrap_or_else(|_| Outcome {
        seed,
        findings: vec!["rest: the world panicked".to_owned()],
        coverage: Coverage::default(),
        trace: Vec::new(),
    })
}

fn run_to_its_end(seed: u64) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without any driver of the system's");
    runtime.block_on(async {
        let living = tokio::time::timeout(WORLD_TIME, live(seed));
        living.await.unwrap_or_else(|_| Outcome {
            seed,
            findings: vec!["rest: the world came to no end".to_owned()],
            coverage: Coverage::default(),
            trace: Vec::new(),
        })
    })
}

async fn live(seed: u64) -> Outcome {
    let mut world = match World::new(seed).await {
        Ok(world) => world,
        Err(error) => {
            let findings = vec![format!("rest: the world did not come to be: {error}")];
            return Outcome { seed, findings, coverage: Coverage::default(), trace: Vec::new() };
        }
    };
    program::play(&mut world).await;
    let evidence = ending::end(&mut world).await;
    let mut findings = checkers::check(&evidence);
    findings.extend(fork::story(&mut world).await);
    let lacks = world.coverage.lacks();
    findings.extend(lacks.into_iter().map(|lack| format!("coverage: {lack}")));
    for book in &evidence.books {
        world.trace.note(format_args!("{book:?}"));
    }
    Outcome { seed, findings, coverage: world.coverage, trace: world.trace.lines() }
}

/// How long a world may last, in its own time.
const WORLD_TIME: std::time::Duration = std::time::Duration::from_secs(6 * 3600);
