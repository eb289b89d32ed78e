//! The fuzz harnesses, run for a short while on what a seeded generator makes and mutates.
//!
//! A failure prints the seed; `FUZZ_SEED=<seed> cargo test -p hogshead-script --test fuzz` runs
//! that one again, and `FUZZ_RUNS=<n>` runs that many seeds a harness. The targets in `fuzz/` run
//! the same harnesses for as long as one likes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

#[path = "state/sample.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod sample;

use std::sync::atomic::{AtomicU64, Ordering};

use hogshead_script::code::{Code, Func, Op, Verified};
use hogshead_script::fuzzing::{fuzz_code, fuzz_process, fuzz_run, generate};
use hogshead_script::machine::heap::Cell;
use hogshead_script::machine::promise::PromiseState;
use hogshead_script::machine::{Index, Machine, Val};
use hogshead_script::state::{self, ProcFile};

/// SplitMix64: small, good enough, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// The number of seeds to try: the usual one, or the environment's.
fn runs(usual: u64) -> u64 {
    let wanted = std::env::var("FUZZ_RUNS").ok();
    wanted.map_or(usual, |runs| runs.parse().expect("FUZZ_RUNS is a number"))
}

/// Runs `try_one` for many seeds, or for the one of the environment. At least one of ten has to
/// come through, or the generator does not reach what it is for.
fn run(count: u64, try_one: impl Fn(&mut Random) -> bool + std::panic::RefUnwindSafe) {
    let single = std::env::var("FUZZ_SEED").ok();
    let seeds = match &single {
        Some(seed) => vec![seed.parse().expect("FUZZ_SEED is a number")],
        None => (0..runs(count)).collect(),
    };
    let through = AtomicU64::new(0);
    for seed in seeds {
        let tried = std::panic::catch_unwind(|| try_one(&mut Random(seed)));
        let Ok(passed) = tried else { panic!("failed with FUZZ_SEED={seed}") };
        through.fetch_add(passed.into(), Ordering::Relaxed);
    }
    let through = through.into_inner();
    assert!(single.is_some() || 10 * through > runs(count), "only {through} came through");
}

/// A prelude that has nothing for the machine.
fn prelude() -> Verified {
    let body = Func { ops: vec![Op::Null, Op::Return], operands_max: 1, ..Func::default() };
    let code = Code {
        name: "prelude".to_owned(),
        source: String::new(),
        imports: vec![],
        exports: vec![],
        constants: vec![],
        functions: vec![body],
    };
    Verified::new(code).expect("it is sound")
}

/// Flips bits, copies, removes and repeats pieces, cuts the end off.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        let len = random.below(bytes.len() - at).min(16);
        let piece = bytes[at..at + len].to_vec();
        let to = random.below(bytes.len());
        match random.below(6) {
            0 | 1 => bytes[at] ^= 1 << random.below(8),
            2 => bytes[at] = random.next() as u8,
            3 => drop(bytes.splice(to..to, piece)),
            4 => {
                let end = bytes.len().min(to + len);
                bytes.splice(to..end, piece);
            }
            _ => drop(bytes.drain(at..at + len)),
        }
        if random.below(50) == 0 {
            bytes.truncate(at);
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
}

fn file(machine: &Machine, code: &Verified) -> ProcFile {
    ProcFile { state: state::dump(machine), codes: vec![code.encode()], ..ProcFile::default() }
}

#[test]
fn codes_take_any_bytes() {
    let sample = sample::code().encode();
    run(400, |random| {
        let mut bytes = match random.below(2) {
            0 => sample.clone(),
            _ => generate(&mut |end| random.below(end)).encode(),
        };
        mutate(&mut bytes, random);
        fuzz_code(&bytes);
        true
    });
}

#[test]
fn generated_codes_run() {
    let prelude = prelude();
    run(100, |random| fuzz_run(&prelude, generate(&mut |end| random.below(end))));
}

#[test]
fn states_take_any_bytes() {
    let code = sample::code();
    let sample = file(&sample::sample(), &code);
    run(300, |random| {
        let mut file = sample.clone();
        mutate(&mut file.state, random);
        fuzz_process(&file.encode());
        true
    });
    assert!(fuzz_process(&sample.encode()));
}

/// Not the bytes are changed but what they say: values go elsewhere, calls stand elsewhere.
#[test]
fn states_may_say_anything() {
    let code = sample::code();
    run(60, |random| {
        let mut machine = sample::sample();
        for _ in 0..=random.below(2) {
            change(&mut machine, random);
        }
        fuzz_process(&file(&machine, &code).encode())
    });
}

/// Another instruction in the code, and a state that names the new code.
#[test]
fn states_of_other_codes_are_sound_or_refused() {
    let sample = sample::code();
    run(60, |random| {
        let mut code = sample.code().clone();
        let number = random.below(code.functions.len());
        let function = &mut code.functions[number];
        let (from, to) = (random.below(function.ops.len()), random.below(function.ops.len()));
        match random.below(4) {
            0 => function.ops[to] = function.ops[from],
            1 => function.ops.swap(from, to),
            2 => function.slots = function.slots.wrapping_add(1),
            _ => function.captures.reverse(),
        }
        let Ok(code) = Verified::new(code) else { return true };
        let mut machine = sample::sample();
        machine.codes = vec![code.hash()];
        fuzz_process(&file(&machine, &code).encode());
        true
    });
}

fn change(machine: &mut Machine, random: &mut Random) {
    let cells: Vec<Index> = machine.heap.iter().map(|(index, _)| index).collect();
    let value = any_value(machine, random);
    let frame = random.below(machine.frames.len());
    match random.below(12) {
        0 => {
            let at = random.below(machine.stack.len());
            machine.stack[at] = value;
        }
        1 => machine.frames[frame].pc = random.below(10) as u32,
        2 => machine.frames[frame].function = random.below(3) as u32,
        3 => drop(machine.jobs.remove(random.below(machine.jobs.len()))),
        4 => machine.frames.truncate(2),
        5 => {
            machine.exports.insert(random.below(9) as u32, value);
        }
        _ => {
            let index = cells[random.below(cells.len())];
            let at = random.below(40);
            change_cell(machine.heap.get_mut(index), at, value);
        }
    }
}

/// Puts a value somewhere into a cell.
fn change_cell(cell: &mut Cell, at: usize, value: Val) {
    let values: &mut [Val] = match cell {
        Cell::Object(object) => &mut object.properties.values,
        Cell::Array(array) => &mut array.items,
        Cell::Function(function) => &mut function.captures,
        Cell::Bound { values, .. } => values,
        Cell::Var(value) => std::slice::from_mut(value),
        Cell::Iterator(iterator) => std::slice::from_mut(&mut iterator.source),
        Cell::RegExp(regexp) => std::slice::from_mut(&mut regexp.last_index),
        Cell::Coroutine(coroutine) => &mut coroutine.values,
        Cell::Map(table) | Cell::Set(table) => {
            let len = table.entries.len();
            match table.entries.get_mut(at % len.max(1)) {
                Some(Some((_, old))) => std::slice::from_mut(old),
                _ => return,
            }
        }
        Cell::Promise(promise) => {
            promise.state = PromiseState::Fulfilled(value);
            return;
        }
        _ => return,
    };
    let len = values.len();
    if let Some(old) = values.get_mut(at % len.max(1)) {
        *old = value;
    }
}

/// A value of the machine, from anywhere.
fn any_value(machine: &Machine, random: &mut Random) -> Val {
    let all = machine.arguments.iter().chain(&machine.stack).copied();
    let variables = machine.heap.iter().filter_map(|(index, cell)| match cell {
        Cell::Var(_) => Some(Val::Var(index)),
        Cell::Promise(_) | Cell::Function(_) => Some(Val::Object(index)),
        _ => None,
    });
    let all: Vec<Val> = all.chain(variables).chain([Val::Uninit]).collect();
    all[random.below(all.len())]
}
