//! What the files of `docs/results` say besides their figures.

use std::path::Path;
use std::{fmt, fs, io};

use crate::machine::Machine;
use crate::measure::Spread;
use crate::report;

/// Writes a section into a file that several benches write: in place of the one of this name, or
/// behind the others. A file that is not there yet begins with `head`.
///
/// # Errors
///
/// What the file system says.
pub fn write(file: &Path, head: &str, name: &str, section: &str) -> io::Result<()> {
    let before = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => head.to_owned(),
        read => read?,
    };
    let section = format!("<!-- {name} -->\n{section}\n<!-- end of {name} -->\n");
    fs::write(file, report::files::merge(&before, &[(name.to_owned(), section)]))
}

/// What `docs/results/scripts.md` begins with.
pub const SCRIPTS_HEAD: &str = "# Scripts

Written by the benches `scripts` and `sleepers`; each section names its command and its machine.
";

/// The command and the machine of a run, a line each.
pub fn circumstances(bench: &str, data: &Path) -> String {
    let machine = Machine::describe(data);
    let Machine { cpu, cores, memory_mib, kernel, file_system, .. } = &machine;
    let Machine { compiler, commit, day, load, options, .. } = &machine;
    let dashes = if options.is_empty() { "" } else { " -- " };
    // The peers of scripts are built for that bench alone.
    let features = if bench == "scripts" { " --features scripts" } else { "" };
    let command = format!(
        "cargo run --release --manifest-path benches/Cargo.toml{features} --bin {bench}{dashes}{options}"
    );
    format!(
        "- command: `{command}`\n- CPU: {cpu}\n- cores: {cores}\n- memory: {memory_mib} MiB\n\
         - kernel: {kernel}\n- file system: {file_system}\n- compiler: {compiler}\n\
         - commit: {commit}\n- day: {day}\n- load when it began: {load}\n"
    )
}

/// How much faster one thing is than another that took turns with it.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    /// The ratio of the medians.
    pub of_medians: f64,
    /// The spread of the ratios of each round.
    pub rounds: Spread,
}

impl Ratio {
    /// `theirs` over `ours`, a round of each beside the other: above 1, ours is faster.
    pub fn of(ours: &[f64], theirs: &[f64]) -> Self {
        let rounds: Vec<f64> =
            ours.iter().zip(theirs).map(|(ours, theirs)| theirs / ours).collect();
        let of_medians = Spread::of(theirs).median / Spread::of(ours).median;
        Self { of_medians, rounds: Spread::of(&rounds) }
    }

    /// The geometric mean of ratios.
    pub fn mean(ratios: &[Self]) -> f64 {
        let sum: f64 = ratios.iter().map(|ratio| ratio.of_medians.ln()).sum();
        (sum / ratios.len() as f64).exp()
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spread { low, high, .. } = self.rounds;
        write!(f, "{:.2} ({low:.2} to {high:.2})", self.of_medians)
    }
}
