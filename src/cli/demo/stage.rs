//! The temporary folder in which the demo plays, and the sweeper who removes it afterwards.

use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use hogshead::host::check_socket;
use rustix::fs::{FlockOperation, flock};

use crate::cli::failure::{Exit, Failure};

/// A temporary folder that goes however the demo ends, also by SIGKILL.
///
/// A child process, the sweeper, holds the other end of a pipe. When the demo's end closes, for
/// whatever reason, the sweeper removes the folder.
#[derive(Debug)]
pub struct Stage {
    folder: PathBuf,
    sweeper: Child,
}

impl Stage {
    /// Makes the folder (mode 0700) and starts its sweeper.
    pub fn set_up() -> Result<Self, Failure> {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir();
        let failed = |error: io::Error| Failure::file("make", &std::env::temp_dir(), &error);
        // The folder goes on its own until the sweeper has it in charge.
        let folder = folder.map_err(failed)?;
        // The longest of what the hosts will listen at.
        if check_socket(&folder.path().join("alice")).is_err() {
            let temporary = std::env::temp_dir();
            let wrong = format!("{} is too long for the sockets in it", temporary.display());
            let remedy = "set TMPDIR to a folder with a shorter path";
            return Err(Failure::new(Exit::Machine, wrong, remedy));
        }
        let program = std::env::current_exe()
            .map_err(|error| Failure::stream("find this program's own file", &error))?;
        let sweeper = Command::new(program)
            .args(["demo", "--sweep"])
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|error| Failure::stream("start the sweeper", &error))?;
        Ok(Self { folder: folder.keep(), sweeper })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Has the folder removed; gives whether it is gone.
    pub fn strike(mut self) -> bool {
        drop(self.sweeper.stdin.take());
        let _ = self.sweeper.wait();
        !self.folder.exists()
    }
}

/// The sweeper's whole life: waits until standard input closes, then removes `folder`.
pub fn sweep(folder: &Path) -> Result<(), Failure> {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !name.starts_with(PREFIX) || !folder.is_absolute() {
        let wrong = format!("{} is no folder of a demo", folder.display());
        return Err(Failure::usage(wrong, "leave --sweep to the demo"));
    }
    // Whatever the end is, it is the end of the demo.
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    // Hosts of a demo that was killed stop by themselves, and write until they have.
    let began = Instant::now();
    let mut left_alone = true;
    while anybody_in(folder) && began.elapsed() < SWEEPING {
        left_alone = false;
        std::thread::sleep(Duration::from_millis(10));
    }
    remove(folder)?;
    if !left_alone {
        // Whoever was still there may have written once more on its way out.
        std::thread::sleep(LINGERING);
        remove(folder)?;
    }
    Ok(())
}

/// Removes the folder. What is made or removed in it meanwhile makes that fail, so it is tried
/// until nothing is left.
fn remove(folder: &Path) -> Result<(), Failure> {
    let began = Instant::now();
    loop {
        match std::fs::remove_dir_all(folder) {
            Ok(()) => return Ok(()),
            Err(_) if !folder.exists() => return Ok(()),
            Err(error) if began.elapsed() > REMOVING => {
                return Err(Failure::file("remove", folder, &error));
            }
            Err(_) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// Whether a host still holds the lock on its log.
fn anybody_in(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let logs = entries.map(|entry| entry.path()).filter(|p| p.extension() == Some("log".as_ref()));
    let held = |log: PathBuf| {
        let log = File::open(log).ok()?;
        Some(flock(&log, FlockOperation::NonBlockingLockExclusive).is_err())
    };
    logs.filter_map(held).any(|held| held)
}

/// How the folder's name begins.
const PREFIX: &str = "hogshead-demo-";

/// How long the sweeper waits for hosts to stop. On a machine with much else to do one that was just
/// started stops late.
const SWEEPING: Duration = Duration::from_secs(60);

/// How long after the folder's end something may come back into it.
const LINGERING: Duration = Duration::from_secs(1);

/// How long it tries to remove the folder then.
const REMOVING: Duration = Duration::from_secs(5);
