//! Measures rows of the bench and writes the report.
//!
//! ```text
//! cargo run --release --manifest-path benches/Cargo.toml -- [ROW…] [--out docs/performance.md]
//! ```
//!
//! Without a row it measures all but `soak`, which takes an hour. The sections go to the screen, and
//! into the report that `--out` names, where each replaces what it said before; its plots lie beside
//! the report.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use hogshead_benches::machine::{Machine, checkout};
use hogshead_benches::processes;
use hogshead_benches::report::files::write;
use hogshead_benches::rows::{LONG_ROWS, Plan, ROWS, Row, cold, instructions, memory, sustained};

const HELP: &str = "\
Usage: hogshead-benches [ROW…] [OPTIONS]

  --out FILE        put the sections into this report, a path from the root of the checkout
  --data FOLDER     where durable rows write (default: a new folder in the system's place for them)
  --quick           a look: --rounds 3 --divide 5 --cold-vats 1000
  --rounds N        rounds that count (default 15)
  --divide N        rounds shorter by this factor, for a quick look (default 1)
  --cold-vats N     vats of the row cold-vats (default 5000)
  --town-in FOLDER  where the row cold-vats has them: made if they are not there yet, and kept with
                    what it took to create them, for a later run
  --minutes N       length of the row soak (default 60); its samples are kept if --data says where, or
                    --out, beside the report
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
    let mut plan = Plan { data, ..Plan::default() };
    let (mut out, mut rows) = (None, Vec::new());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--out" => out = Some(checkout().join(value()?)),
            "--data" => plan.data = PathBuf::from(value()?),
            "--rounds" => plan.rounds = number(&value()?)?,
            "--divide" => plan.divide = number(&value()?)?,
            "--quick" => (plan.rounds, plan.divide, plan.cold_vats) = (3, 5, 1_000),
            "--cold-vats" => plan.cold_vats = number(&value()?)?,
            "--town-in" => plan.town_in = Some(PathBuf::from(value()?)),
            "--minutes" => plan.minutes = number(&value()?)?,
            "--samples" => plan.samples = Some(PathBuf::from(value()?)),
            "--resident" => return resident(&value()?, Path::new(&value()?), number(&value()?)?),
            "--open" => return open(&value()?, Path::new(&value()?)),
            "--sustain" => {
                return sustain(&value()?, number(&value()?)?, Path::new(&value()?));
            }
            "--serve" => return serve(&value()?),
            "--town" => return town(Path::new(&value()?), number(&value()?)?),
            "--count" => return count(&value()?, number(&value()?)?),
            name => rows.push(*row(name).ok_or_else(|| format!("there is no row {name}"))?),
        }
    }
    let rows = if rows.is_empty() { ROWS.to_vec() } else { rows };
    match rows.as_slice() {
        [one] => measure(one, &plan, out.as_deref()),
        all => each_alone(all),
    }
}

/// Measures a row.
fn measure((name, row): &Row, plan: &Plan, out: Option<&Path>) -> Result<(), String> {
    let (machine, begun) = (Machine::describe(&plan.data), Instant::now());
    let section = row(plan);
    println!("{}", section.markdown(&machine));
    eprintln!("{name} took {:.0} s", begun.elapsed().as_secs_f64());
    out.map_or(Ok(()), |out| {
        write(out, &section, &machine).map_err(|e| format!("{}: {e}", out.display()))
    })
}

/// Measures rows in a process each: what one leaves in memory is not the next one's, and one that
/// fails does not keep the others from being measured.
fn each_alone(rows: &[Row]) -> Result<(), String> {
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let options: Vec<String> =
        std::env::args().skip(1).filter(|word| row(word).is_none()).collect();
    let mut failed = Vec::new();
    for (name, _) in rows {
        let ended = Command::new(&own).args(&options).arg(name).status();
        if !ended.map_err(|e| e.to_string())?.success() {
            failed.push(*name);
        }
    }
    match failed.as_slice() {
        [] => Ok(()),
        failed => Err(format!("these rows failed: {}", failed.join(" "))),
    }
}

/// For a process of its own that measures its memory.
fn resident(kind: &str, data: &Path, many: u64) -> Result<(), String> {
    let bytes = memory::resident(kind, data, many).ok_or_else(|| format!("no kind {kind}"))?;
    println!("{bytes}");
    Ok(())
}

/// For a process of its own that opens what another has made, and measures that.
fn open(kind: &str, data: &Path) -> Result<(), String> {
    let (time, bytes) = cold::opened(kind, data).ok_or_else(|| format!("no kind {kind}"))?;
    println!("{time} {bytes}");
    Ok(())
}

/// For a process of its own that writes for so many seconds.
fn sustain(kind: &str, seconds: u64, data: &Path) -> Result<(), String> {
    let said = sustained::sustain(kind, seconds, data).ok_or_else(|| format!("no kind {kind}"))?;
    println!("{said}");
    Ok(())
}

/// For a process of its own whose instructions are counted.
fn count(kind: &str, times: u64) -> Result<(), String> {
    instructions::run(kind, times).ok_or_else(|| format!("no kind {kind}"))
}

/// For a process of its own that makes what another opens and counts.
fn town(data: &Path, vats: u64) -> Result<(), String> {
    cold::town(data, vats);
    Ok(())
}

/// For a process of its own that another calls.
fn serve(kind: &str) -> Result<(), String> {
    processes::serve(kind).ok_or_else(|| format!("no kind {kind}"))
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
