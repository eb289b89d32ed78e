//! The checkers can fail: each fault that is put in is found, within so many seeds.

use hogshead_objects::mutation::{self, ALL, COMPILED_IN};
use hogshead_sim::faults::find_with;

/// `FAULT=SkipSync cargo test -p hogshead-sim --test mutations -- --nocapture` looks for one.
#[test]
fn every_fault_is_found() {
    const { assert!(COMPILED_IN) };
    let one = std::env::var("FAULT").ok();
    let wanted = |name: String| one.as_ref().is_none_or(|one| *one == name);
    let faults = ALL.into_iter().filter(|fault| wanted(format!("{fault:?}")));
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
