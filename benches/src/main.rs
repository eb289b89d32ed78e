//! Measures rows of the bench and writes the report.
//!
//! ```text
//! cargo run --release --manifest-path benches/Cargo.toml -- [ROW…] [--out docs/performance.md]
//! ```
//!
//! Without a row it measures all but `soak`, which takes an hour. The sections go to the screen, and into the report that `--out`
//! names, where each replaces what it said before.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use hogshead_benches::machine::{Machine, checkout};
use hogshead_benches::report::merge;
use hogshead_benches::rows::{LONG_ROWS, Plan, ROWS, Row, instructions, memory};

const HELP: &str = "\
Usage: hogshead-benches [ROW…] [OPTIONS]

  --out FILE        put the sections into this report, a path from the root of the checkout
  --data FOLDER     where durable rows write (default: a new folder in the system's place for them)
  --rounds N        rounds that count (default 15)
  --divide N        rounds shorter by this factor, for a quick look (default 1)
  --cold-vats N     vats of the row cold-vats (default 5000)
  --minutes N       length of the row soak (default 60), which leaves its samples in the data's folder
  --samples FILE    what the row soak shows: the samples of one that was
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}\n\n{HELP}\nRows: {}", names().join(" "));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| format!("no folder for data: {e}"))?;
    let data = folder.path().to_owned();
    let mut plan =
        Plan { rounds: 15, divide: 1, data, cold_vats: 5_000, minutes: 60.0, samples: None };
    let (mut out, mut rows) = (None, Vec::new());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--out" => out = Some(checkout().join(value()?)),
            "--data" => plan.data = PathBuf::from(value()?),
            "--rounds" => plan.rounds = number(&value()?)?,
            "--divide" => plan.divide = number(&value()?)?,
            "--cold-vats" => plan.cold_vats = number(&value()?)?,
            "--minutes" => plan.minutes = number(&value()?)?,
            "--samples" => plan.samples = Some(PathBuf::from(value()?)),
            "--resident" => return resident(&value()?, Path::new(&value()?), number(&value()?)?),
            "--count" => return count(&value()?, number(&value()?)?),
            name => rows.push(*row(name).ok_or_else(|| format!("there is no row {name}"))?),
        }
    }
    let rows = if rows.is_empty() { ROWS.to_vec() } else { rows };
    let machine = Machine::describe(&plan.data);
    println!("{machine}");
    for (name, measure) in rows {
        let section = measure(&plan).markdown(&machine);
        println!("{section}");
        if let Some(out) = &out {
            write(out, name, section)?;
        }
    }
    Ok(())
}

/// For a process of its own that measures its memory.
fn resident(kind: &str, data: &Path, many: u64) -> Result<(), String> {
    let bytes = memory::resident(kind, data, many).ok_or_else(|| format!("no kind {kind}"))?;
    println!("{bytes}");
    Ok(())
}

/// For a process of its own whose instructions are counted.
fn count(kind: &str, times: u64) -> Result<(), String> {
    instructions::run(kind, times).ok_or_else(|| format!("no kind {kind}"))
}

/// After each row, so that a run that is cut short has told what it measured.
fn write(report: &Path, name: &str, section: String) -> Result<(), String> {
    let before = match std::fs::read_to_string(report) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("{}: {error}", report.display())),
    };
    let text = merge(&before, &[(name.to_owned(), section)]);
    std::fs::write(report, text).map_err(|error| format!("{}: {error}", report.display()))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{text} is not a number"))
}

fn row(name: &str) -> Option<&'static Row> {
    ROWS.iter().chain(LONG_ROWS).find(|(known, _)| *known == name)
}

fn names() -> Vec<&'static str> {
    ROWS.iter().chain(LONG_ROWS).map(|(name, _)| *name).collect()
}
