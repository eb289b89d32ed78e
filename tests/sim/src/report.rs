//! The result file: what was run, on what, and what was met and found.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use hogshead_sim::coverage::MINIMUM;
#[cfg(feature = "mutations")]
use hogshead_sim::faults::{Caught, SEEDS};

use crate::{Arguments, Sum};

/// Writes the result file.
pub(crate) fn write(
    out: &Path,
    arguments: &Arguments,
    sum: &Sum,
    took: Duration,
) -> io::Result<()> {
    let (from, done) = (arguments.from, sum.seeds);
    let mut text = String::from("# Simulated worlds\n\n");
    let _ = writeln!(
        text,
        "Whole hosts on one thread, a simulated network and disks that lose power; every world is \
         decided by its seed,\nand `cargo run --release -p hogshead-sim -- --from SEED --seeds 1 \
         --trace` shows it again.\n"
    );
    let _ =
        writeln!(text, "- command: `cargo run --release -p hogshead-sim {}`", command(arguments));
    text.push_str(&machine(out.parent().unwrap_or(Path::new("."))));
    let _ = writeln!(text, "- seeds: {done} of {} from {from} on, in {took:.0?}", arguments.seeds);
    let _ = writeln!(text, "- worlds in which something was found: {}\n", sum.failed.len());
    text.push_str("| met | least of a seed | must be | all seeds |\n| --- | --- | --- | --- |\n");
    let least = sum.least.unwrap_or_default().counts();
    for (((name, all), (_, least)), (_, must)) in
        sum.total.counts().into_iter().zip(least).zip(MINIMUM.counts())
    {
        let _ = writeln!(text, "| {name} | {least} | {must} | {all} |");
    }
    text.push_str(
        "\nOne world in three, as chance has it, ends with a store that is put back or started twice, \
         which its peers must\nfind out.\n",
    );
    for (seed, findings) in &sum.failed {
        let _ = writeln!(text, "\n## Seed {seed}\n");
        for finding in findings {
            let _ = writeln!(text, "- {finding}");
        }
    }
    fs::write(out, text)
}

/// Writes who finds which fault.
#[cfg(feature = "mutations")]
pub(crate) fn write_faults(out: &Path, caught: &[Caught]) -> io::Result<()> {
    let mut text = String::from(
        "# Faults put in on purpose\n\nEach is put into the hosts of simulated worlds, until a seed shows it to the \
         checker that must find it. `FAULT=all cargo\ntest --release -p hogshead-sim --test \
         mutations` fails if one is not found.\n\n",
    );
    text.push_str(
        "- command: `cargo run --release -p hogshead-sim --features mutations -- --faults`\n",
    );
    text.push_str(&machine(out.parent().unwrap_or(Path::new("."))));
    let (first, last) = (SEEDS.start(), SEEDS.end());
    let _ = writeln!(text, "- seeds: {first} to {last} at the most\n");
    text.push_str("| fault | seed | found by |\n| --- | --- | --- |\n");
    for caught in caught {
        let (seed, by) = match &caught.by {
            Some((seed, by)) => {
                (seed.to_string(), by.iter().cloned().collect::<Vec<_>>().join(", "))
            }
            None => ("none".to_owned(), "**nobody**".to_owned()),
        };
        let _ = writeln!(text, "| {:?} | {seed} | {by} |", caught.mutation);
    }
    fs::write(out, text)
}

fn command(arguments: &Arguments) -> String {
    format!("-- --seeds {} --from {}", arguments.seeds, arguments.from)
}

/// CPU, cores, kernel, file system, compiler and commit, a line each.
fn machine(folder: &Path) -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    format!(
        "- CPU: {}\n- cores: {cores}\n- kernel: {}\n- file system: {}\n- compiler: {}\n- commit: {}\n",
        cpu.unwrap_or("unknown"),
        said("uname", &["-sr"]),
        said("stat", &["-f", "-c", "%T", &folder.display().to_string()]),
        said("rustc", &["--version"]),
        said("git", &["rev-parse", "HEAD"]),
    )
}

fn said(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    let said = output.ok().filter(|output| output.status.success());
    let said = said.and_then(|output| String::from_utf8(output.stdout).ok());
    said.map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}
