//! A host that runs as a child process of the demo.

use std::fs::File;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Signal, kill_process};
use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::cli::failure::{Exit, Failure};
use crate::cli::owner::Owner;

/// A running host, and a connection to it as its owner.
///
/// The child ends with the demo however the demo ends: it stops when its standard input closes.
pub struct HostProcess {
    child: Child,
    ready: Ready,
    owner: Owner,
    data: PathBuf,
}

/// The line that `hogshead start --json` prints.
#[derive(Debug, Deserialize)]
struct Ready {
    pid: u32,
    listening: SocketAddr,
}

impl HostProcess {
    /// Starts a host on `data` and waits until it is ready.
    pub async fn start(
        data: &Path,
        listen: SocketAddr,
        advertise: Option<SocketAddr>,
    ) -> Result<Self, Failure> {
        let program = std::env::current_exe()
            .map_err(|error| Failure::stream("find this program's own file", &error))?;
        let log = data.with_extension("log");
        let log_file = File::options().create(true).append(true).open(&log);
        let log_file = log_file.map_err(|error| Failure::file("write", &log, &error))?;
        // The child has the lock with the file, and so holds it as long as it lives: the sweeper
        // knows by it who is still there.
        flock(&log_file, FlockOperation::LockShared)
            .map_err(|error| Failure::file("lock", &log, &error.into()))?;
        let mut command = Command::new(program);
        command.args(["start", "--json", "--stop-with-stdin", "--data"]).arg(data);
        command.args(["--listen", &listen.to_string()]);
        if let Some(address) = advertise {
            command.args(["--advertise", &address.to_string()]);
        }
        // Its own process group: Ctrl-C is for the demo, which then ends its children in order.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log_file);
        command.process_group(0).kill_on_drop(true);
        let child = command.spawn().map_err(|error| Failure::stream("start a host", &error))?;
        Self::wait_until_ready(child, data).await
    }

    async fn wait_until_ready(mut child: Child, data: &Path) -> Result<Self, Failure> {
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            let mut output = BufReader::new(output);
            let reading = tokio::time::timeout(PATIENCE, output.read_line(&mut line)).await;
            let failed = |error: &io::Error| Failure::stream("read a host's ready line", error);
            reading.map_err(|_| not_ready(data))?.map_err(|error| failed(&error))?;
        }
        let ready: Ready = serde_json::from_str(&line).map_err(|_| not_ready(data))?;
        let owner = Owner::connect(data, PATIENCE).await?;
        Ok(Self { child, ready, owner, data: data.to_owned() })
    }

    /// The host's owner.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.ready.pid
    }

    /// Where it listens.
    pub fn listening(&self) -> SocketAddr {
        self.ready.listening
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Ends the process with SIGKILL: it can do nothing about it, nor before it.
    pub async fn kill(mut self) -> Result<ExitStatus, Failure> {
        self.signal(Signal::KILL)?;
        self.wait().await
    }

    /// Asks the process to stop, as Ctrl-C does, and waits until it has.
    pub async fn stop(mut self) -> Result<ExitStatus, Failure> {
        self.signal(Signal::TERM)?;
        self.wait().await
    }

    fn signal(&self, signal: Signal) -> Result<(), Failure> {
        // `id` is absent once the child was waited for; a process id is never used after that.
        let pid = self.child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        let Some(pid) = pid else { return Ok(()) };
        let failed = |error: rustix::io::Errno| Failure::stream("signal a host", &error.into());
        kill_process(pid, signal).map_err(failed)
    }

    async fn wait(&mut self) -> Result<ExitStatus, Failure> {
        match tokio::time::timeout(PATIENCE, self.child.wait()).await {
            Ok(status) => status.map_err(|error| Failure::stream("wait for a host", &error)),
            Err(_) => {
                let wrong = format!("the host on {} does not stop", self.data.display());
                Err(Failure::new(Exit::Refused, wrong, "please report it"))
            }
        }
    }
}

/// What a host that did not get ready said last.
fn not_ready(data: &Path) -> Failure {
    let log = std::fs::read_to_string(data.with_extension("log")).unwrap_or_default();
    let said = log.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("nothing");
    let wrong = format!("a host did not get ready; it said: {said}");
    Failure::new(Exit::Refused, wrong, "see what its message says")
}

/// How long the demo waits for anything: far more than it takes, so that only a fault is late.
const PATIENCE: Duration = Duration::from_secs(20);
