//! A host over the sleepers in a process of its own, and the size of their store.

use std::path::Path;
use std::time::{Duration, Instant};

use hogshead::{Engine, Host};
use hogshead_benches::machine::{folder_bytes, resident_bytes};

use super::{Failure, start};

/// What a host needs once it is quiet.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Resident kilobytes.
    pub rss_kb: u64,
    /// Vats in memory.
    pub vats: usize,
}

/// Bytes of a store's files.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// The rows.
    pub checkpoint: u64,
    /// The commits that made them.
    pub journal: u64,
}

/// The child: starts, and says what it needs.
pub async fn look(data: &Path, engine: Engine) -> Result<(), Failure> {
    let host = start(data, engine).await?;
    quiet(&host).await?;
    println!("{} {}", resident_bytes() / 1024, host.vats_in_memory());
    host.shutdown().await?;
    Ok(())
}

/// Runs a child that looks, and gives what it says.
pub fn in_child(data: &Path, engine: Engine) -> Result<Look, Failure> {
    let mut child = std::process::Command::new(std::env::current_exe()?);
    let output = child.arg("look").arg(data).arg(engine.to_string()).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let said = String::from_utf8(output.stdout)?;
    let (rss_kb, vats) = said.trim().split_once(' ').ok_or("the child says nothing")?;
    Ok(Look { rss_kb: rss_kb.parse()?, vats: vats.parse()? })
}

/// Waits until all vats but vat zero are cold.
pub async fn quiet(host: &Host) -> Result<(), Failure> {
    let began = Instant::now();
    while host.vats_in_memory() > 1 {
        if began.elapsed() > QUIET_TIME {
            return Err(format!("{} vats stay in memory", host.vats_in_memory()).into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// The sizes of a data folder's store.
pub fn sizes(data: &Path) -> Sizes {
    let store = data.join("store");
    Sizes {
        checkpoint: folder_bytes(&store.join("checkpoint")),
        journal: folder_bytes(&store.join("journal")),
    }
}

const QUIET_TIME: Duration = Duration::from_secs(120);
