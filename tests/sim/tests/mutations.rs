//! The checkers can fail: each fault that is put in is found, within so many seeds.

use hogshead_objects::mutation::{self, ALL, COMPILED_IN, Mutation};
use hogshead_sim::faults::find_with;

/// What is looked for if nobody says otherwise: minutes are too much for a test.
const SAMPLE: [Mutation; 3] =
    [Mutation::ForgetDuplicates, Mutation::IgnoreChain, Mutation::ForgetOutbox];

/// `FAULT=all cargo test --release -p hogshead-sim --test mutations -- --nocapture` looks for every
/// fault, and `FAULT=SkipSync …` for one.
#[test]
fn faults_are_found() {
    const { assert!(COMPILED_IN) };
    let chosen = std::env::var("FAULT").ok();
    let wanted = |fault: &Mutation| match chosen.as_deref() {
        None => SAMPLE.contains(fault),
        Some("all") => true,
        Some(one) => format!("{fault:?}") == one,
    };
    let faults: Vec<_> = ALL.into_iter().filter(wanted).collect();
    assert!(!faults.is_empty(), "no fault is named {chosen:?}; there are {ALL:?}");
    let faults = faults.into_iter();
    let next = std::sync::Mutex::new(faults);
    let missed = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            let work = || {
                while let Some(mutation) = { next.lock().unwrap().next() } {
                    let caught = find_with(mutation, mutation::set);
                    match caught.by {
                        Some(by) => println!("{mutation:?}: {by:?}, such as {}", caught.said),
                        None => missed.lock().unwrap().push(mutation),
                    }
                }
            };
            let stack = 2 * hogshead::limits::TURN_STACK_BYTES;
            std::thread::Builder::new().stack_size(stack).spawn_scoped(scope, work).unwrap();
        }
    });
    let missed = missed.into_inner().unwrap();
    assert!(missed.is_empty(), "not found: {missed:?}");
}
