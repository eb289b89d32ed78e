//! Ten small programs on our script machine, on `boa_engine` and on QuickJS, in one run; and what it
//! takes to write and load a script that waits.
//!
//! ```text
//! cargo run --release --bin scripts [-- [--rounds N] [--only PROGRAM] [--out FILE]]
//! ```
//!
//! Each program is compiled before, and its function `run` is called in each round by each engine,
//! one after the other. For us a call is a whole step: an event comes in, an answer goes out, and
//! the state is in canonical form again.

#[path = "scripts/engines.rs"]
mod engines;
#[path = "scripts/meeting.rs"]
mod meeting;

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use engines::{Boa, Engine, Ours, Quick};
use hogshead_benches::measure::{Spread, cpu_ns};
use hogshead_benches::results::{self, Ratio, circumstances};

const PROGRAMS: [(&str, &str); 10] = [
    ("fib", include_str!("../../scripts/fib.js")),
    ("loops", include_str!("../../scripts/loops.js")),
    ("sieve", include_str!("../../scripts/sieve.js")),
    ("objects", include_str!("../../scripts/objects.js")),
    ("closures", include_str!("../../scripts/closures.js")),
    ("arrays", include_str!("../../scripts/arrays.js")),
    ("sort", include_str!("../../scripts/sort.js")),
    ("strings", include_str!("../../scripts/strings.js")),
    ("maps", include_str!("../../scripts/maps.js")),
    ("json", include_str!("../../scripts/json.js")),
];

/// The versions of the peers, as `Cargo.toml` has them.
const BOA: &str = "0.21";
const QUICK: &str = "0.14";

/// What is asked for on the command line.
struct Options {
    /// Runs of each program on each engine.
    rounds: usize,
    only: Option<String>,
    out: Option<String>,
}

fn main() {
    let options = options();
    let mut text = String::new();
    let _ = writeln!(
        text,
        "## Beside other engines\n\n\
         Ten small programs (`benches/scripts`), {} rounds, boa_engine {BOA}, QuickJS as rquickjs {QUICK} has\n\
         it, each engine in turn. The time is that of the processor, so that what the machine does besides\n\
         is not in it. A ratio is the other's median over ours, with the quartiles of the rounds: above 1,\n\
         ours is faster.\n\n\
         {}",
        options.rounds,
        circumstances("scripts", Path::new("."))
    );
    text += &table(&options);
    if options.only.is_none() {
        text += &meeting::measure();
    }
    print!("{text}");
    if let Some(file) = options.out {
        results::write(Path::new(&file), results::SCRIPTS_HEAD, "engines", text.trim_end())
            .unwrap_or_else(|why| panic!("{file}: {why}"));
    }
}

fn options() -> Options {
    let mut options = Options { rounds: 51, only: None, out: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().unwrap_or_else(|| panic!("{name} needs a value"));
        match name.as_str() {
            "--rounds" => options.rounds = value.parse().expect("--rounds takes a number"),
            "--only" => options.only = Some(value),
            "--out" => options.out = Some(value),
            _ => panic!("--rounds N, --only PROGRAM, --out FILE; not {name}"),
        }
    }
    options
}

/// Runs what is asked for.
fn table(options: &Options) -> String {
    let mut text = String::from(
        "| program | Hogshead, µs | boa, µs | QuickJS, µs | boa / Hogshead | QuickJS / Hogshead |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    let (mut boa, mut quick, mut losing) = (Vec::new(), Vec::new(), Vec::new());
    for (name, source) in PROGRAMS {
        if options.only.as_deref().is_some_and(|only| only != name) {
            continue;
        }
        let [ours, boas, quicks] = rounds(name, source, options.rounds);
        let (to_boa, to_quick) = (Ratio::of(&ours, &boas), Ratio::of(&ours, &quicks));
        let [a, b, c] = [&ours, &boas, &quicks].map(|times| Spread::of(times).median);
        let _ = writeln!(text, "| {name} | {a:.0} | {b:.0} | {c:.0} | {to_boa} | {to_quick} |");
        if to_boa.of_medians < 1.0 {
            losing.push(name);
        }
        boa.push(to_boa);
        quick.push(to_quick);
    }
    let means = (Ratio::mean(&boa), Ratio::mean(&quick));
    let _ = writeln!(text, "| geometric mean | | | | {:.2} | {:.2} |\n", means.0, means.1);
    let losing = if losing.is_empty() { "none".to_owned() } else { losing.join(", ") };
    let _ = writeln!(text, "Programs on which boa is faster: {losing}.");
    text
}

/// The times of each engine, in microseconds, a round each.
fn rounds(name: &str, source: &str, rounds: usize) -> [Vec<f64>; 3] {
    let (mut ours, mut boa, mut quick) = (Ours::new(source), Boa::new(source), Quick::new(source));
    let mut engines: [&mut dyn Engine; 3] = [&mut ours, &mut boa, &mut quick];
    let mut times: [Vec<f64>; 3] = Default::default();
    let mut answers = Vec::new();
    for _ in 0..rounds {
        for (engine, times) in engines.iter_mut().zip(&mut times) {
            let begun = cpu_ns();
            let answer = black_box(engine.run());
            times.push((cpu_ns() - begun) / 1e3);
            answers.push(answer);
        }
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{name}: {answers:?}");
    times
}
