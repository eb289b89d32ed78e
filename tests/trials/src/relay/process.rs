//! A relay as a child process, as its parent sees it.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};

use super::{Command, Counters, Ready, Start};
use crate::host_process::Failure;

/// A running relay. It ends with this, or with its standard input.
pub struct RelayProcess {
    // Kills it when it is dropped.
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    fronts: Vec<SocketAddr>,
}

impl RelayProcess {
    /// Starts a relay by `program`, which is the `trials` binary.
    pub async fn start(program: &Path, start: &Start) -> Result<Self, Failure> {
        let weather = &start.weather;
        let mut command = tokio::process::Command::new(program);
        command.arg("relay");
        for (option, value) in [
            ("--seed", start.seed),
            ("--ways", start.ways as u64),
            ("--loss", weather.loss),
            ("--delay-ms", weather.delay_ms),
            ("--jitter-ms", weather.jitter_ms),
            ("--doubled", weather.doubled),
        ] {
            command.args([option, &value.to_string()]);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let input = child.stdin.take().ok_or("the relay has no input")?;
        let output = child.stdout.take().ok_or("the relay has no output")?;
        let output = BufReader::new(output).lines();
        let mut relay = Self { _child: child, input, output, fronts: Vec::new() };
        let Ready { fronts } = serde_json::from_str(&relay.hear().await?)?;
        relay.fronts = fronts;
        Ok(relay)
    }

    /// Where senders send to.
    pub fn fronts(&self) -> &[SocketAddr] {
        &self.fronts
    }

    /// Tells it something; gives what it has done so far.
    pub async fn tell(&mut self, command: Command) -> Result<Counters, Failure> {
        let line = format!("{}\n", serde_json::to_string(&command)?);
        self.input.write_all(line.as_bytes()).await?;
        self.input.flush().await?;
        Ok(serde_json::from_str(&self.hear().await?)?)
    }

    async fn hear(&mut self) -> Result<String, Failure> {
        let line = tokio::time::timeout(PATIENCE, self.output.next_line()).await??;
        Ok(line.ok_or("the relay ended")?)
    }
}

/// How long an answer may take: far more than it does, so that only a fault is late.
const PATIENCE: Duration = Duration::from_secs(60);
