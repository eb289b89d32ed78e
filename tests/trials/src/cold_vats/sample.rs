//! One start in a process of its own: how long it takes, and what memory it needs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use hogshead::Engine;
use hogshead_store::{Keep, Options};
use serde::{Deserialize, Serialize};

use super::{quiet, start};
use crate::host_process::Failure;

/// What is started.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Look {
    /// The whole host.
    Host,
    /// The store alone.
    Store,
}

/// What a start needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sample {
    /// Microseconds until it runs.
    pub start_us: u64,
    /// Resident kilobytes of the process once it is quiet.
    pub rss_kb: u64,
    /// Vats in memory: 0 for the store alone.
    pub vats: usize,
}

impl Sample {
    /// How long it took until it ran.
    pub fn start(&self) -> Duration {
        Duration::from_micros(self.start_us)
    }
}

/// What the child is given.
#[derive(clap::Args)]
pub struct Arguments {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// What is started.
    #[arg(long, value_enum)]
    look: Look,
    /// The engine of the checkpoint.
    #[arg(long, value_parser = crate::host_process::engine)]
    engine: Engine,
}

/// The child: starts, and says what it needed.
pub async fn look(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { data, look, engine } = arguments;
    let began = Instant::now();
    let sample = match look {
        Look::Host => {
            let host = start(&data, engine).await?;
            let took = began.elapsed();
            quiet(&host).await?;
            let sample = sample(took, host.vats_in_memory())?;
            host.shutdown().await?;
            sample
        }
        Look::Store => {
            let options = Options { engine, cache_bytes: 64 << 20, ..Options::default() };
            let keep = Keep::open(&data.join("store"), options)?;
            let took = began.elapsed();
            let sample = sample(took, 0)?;
            keep.close()?;
            sample
        }
    };
    println!("{}", serde_json::to_string(&sample)?);
    Ok(())
}

/// Runs a child that looks, and gives what it says.
pub(super) fn in_child(
    program: &Path,
    data: &Path,
    engine: Engine,
    look: Look,
) -> Result<Sample, Failure> {
    let look = match look {
        Look::Host => "host",
        Look::Store => "store",
    };
    let output = Command::new(program)
        .args(["cold-start", "--look", look, "--engine", &engine.to_string(), "--data"])
        .arg(data)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn sample(took: Duration, vats: usize) -> Result<Sample, Failure> {
    let start_us = u64::try_from(took.as_micros())?;
    Ok(Sample { start_us, rss_kb: rss_kb()?, vats })
}

/// Resident kilobytes of this process.
pub fn rss_kb() -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(kb.ok_or("the system does not say what memory is used")?.trim().parse()?)
}
