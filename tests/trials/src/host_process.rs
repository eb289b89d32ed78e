//! A host as a child process: `trials host`, and whoever starts, kills and asks it.
//!
//! ```text
//!   parent ──stdin: "audit\n", or its end──▶ child: Host
//!          ◀──stdout: a line of JSON each──
//!          ◀──private socket──────────────▶
//! ```

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use hogshead::{Client, Engine, Host};
use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, setrlimit};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Whatever ends a trial early.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How a host is started.
#[derive(Clone, Debug, clap::Args)]
pub struct Start {
    /// Its data folder.
    #[arg(long)]
    pub data: PathBuf,
    /// Where it listens; port 0 takes a free one.
    #[arg(long, default_value_t = FREE_PORT)]
    pub listen: SocketAddr,
    /// The engine of its checkpoint: sled or redb.
    #[arg(long, default_value = "sled", value_parser = engine)]
    pub engine: Engine,
    /// Address space that the process may use, in bytes.
    #[arg(long)]
    pub memory: Option<u64>,
    /// The address that it tells others, if that is not where it listens.
    #[arg(long)]
    pub advertise: Option<String>,
    /// Whether its sessions with other hosts end with their connections.
    #[arg(long)]
    pub plain: bool,
    /// The network namespace that it is started in. Needs `ip` and the rights of root.
    #[arg(skip)]
    pub namespace: Option<String>,
}

/// A running host as its parent sees it.
pub struct HostProcess {
    child: Child,
    ready: Ready,
    input: Option<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
    data: PathBuf,
}

/// What a host says once it takes calls.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Ready {
    listening: String,
    /// What the audit of its vats found right after its recovery.
    audit: Vec<String>,
}

/// Why a host did not get ready.
#[derive(Debug)]
pub enum NotReady {
    /// The process died first.
    Died(ExitStatus),
    /// Something else went wrong.
    Other(Failure),
}

impl Start {
    /// A host in `data` as it is started by default.
    pub fn new(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            listen: FREE_PORT,
            engine: Engine::default(),
            memory: None,
            advertise: None,
            plain: false,
            namespace: None,
        }
    }

    /// The same with another engine.
    pub fn with_engine(mut self, engine: Engine) -> Self {
        self.engine = engine;
        self
    }

    /// The same, listening where an earlier process did.
    pub fn listening(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// The same, telling others this address.
    pub fn advertising(mut self, address: SocketAddr) -> Self {
        self.advertise = Some(address.to_string());
        self
    }
}

/// Runs a host until its standard input ends. This is the child's side.
pub async fn serve(start: Start) -> Result<(), Failure> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("HOGSHEAD_LOG"))
        .with_writer(io::stderr)
        .init();
    // A process that dies on purpose needs no core file.
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    if let Some(bytes) = start.memory {
        setrlimit(Resource::As, Rlimit { current: Some(bytes), maximum: Some(bytes) })?;
    }
    let builder = Host::builder(&start.data)
        .listen(start.listen)
        .engine(start.engine)
        .cache(4 << 20)
        .turn_threads(2)
        .advertise(start.advertise);
    let builder = if start.plain { builder.plain_sessions() } else { builder };
    let builder = crate::crash::register(crate::kill::register(builder));
    let host = crate::players::register(builder).start().await?;
    let listening = host.listening().ok_or("it listens nowhere")?.to_string();
    say(&Ready { listening, audit: host.audit().await? })?;
    while let Some(asked) = tokio::task::spawn_blocking(hear).await?? {
        match asked.as_str() {
            "audit" => say(&host.audit().await?)?,
            other => return Err(format!("a host is not asked {other:?}").into()),
        }
    }
    host.shutdown().await?;
    Ok(())
}

/// The next line that the parent says.
pub fn hear() -> io::Result<Option<String>> {
    io::stdin().lines().next().transpose()
}

/// Says something to the parent, as a line of JSON.
pub fn say(what: &impl Serialize) -> Result<(), Failure> {
    use std::io::Write;
    let mut output = io::stdout().lock();
    writeln!(output, "{}", serde_json::to_string(what)?)?;
    Ok(output.flush()?)
}

impl HostProcess {
    /// Starts a host by `program`, which is the `trials` binary, and waits until it is ready.
    pub async fn start(program: &Path, start: &Start) -> Result<Self, NotReady> {
        Self::start_with(program, start, &[]).await
    }

    /// Starts a host and kills it this much later, wherever its recovery is then.
    pub async fn start_and_kill(
        program: &Path,
        start: &Start,
        after: Duration,
    ) -> Result<(), Failure> {
        let mut child = launch(program, start, &[])?;
        tokio::time::sleep(after).await;
        if let Some(status) = child.try_wait()? {
            return Err(format!("a start died before it was killed: {status}").into());
        }
        Ok(child.kill().await?)
    }

    /// The same with variables in its environment.
    pub async fn start_with(
        program: &Path,
        start: &Start,
        variables: &[(&str, &str)],
    ) -> Result<Self, NotReady> {
        let other = |e: io::Error| NotReady::Other(e.into());
        let mut child = launch(program, start, variables).map_err(other)?;
        let input = child.stdin.take();
        let Some(output) = child.stdout.take() else {
            return Err(NotReady::Other("the child has no output".into()));
        };
        let mut output = BufReader::new(output).lines();
        let line = tokio::time::timeout(PATIENCE, output.next_line()).await;
        let line = line.map_err(|_| NotReady::Other("a host did not get ready".into()))?;
        let Some(line) = line.map_err(other)? else {
            return Err(NotReady::Died(child.wait().await.map_err(other)?));
        };
        let ready = serde_json::from_str(&line).map_err(|e| NotReady::Other(e.into()))?;
        Ok(Self { child, ready, input, output, data: start.data.clone() })
    }

    /// Where it listens.
    pub fn listening(&self) -> Result<SocketAddr, Failure> {
        Ok(self.ready.listening.parse()?)
    }

    /// The port of that.
    pub fn port(&self) -> Result<u16, Failure> {
        Ok(self.listening()?.port())
    }

    /// What the audit of its vats found right after its recovery.
    pub fn found_at_start(&self) -> &[String] {
        &self.ready.audit
    }

    /// A new connection as its owner.
    pub async fn client(&self) -> Result<Client, Failure> {
        Ok(Client::connect(&self.data.join("control.sock")).await?)
    }

    /// Has it audit its vats.
    pub async fn audit(&mut self) -> Result<Vec<String>, Failure> {
        let input = self.input.as_mut().ok_or("its input is closed")?;
        input.write_all(b"audit\n").await?;
        let line = tokio::time::timeout(PATIENCE, self.output.next_line()).await??;
        Ok(serde_json::from_str(&line.ok_or("the host died before it had answered")?)?)
    }

    /// Ends it with SIGKILL: it can do nothing about it, nor before it.
    pub async fn kill(mut self) -> Result<(), Failure> {
        // `id` is absent once the child was waited for; a process id is never used after that.
        let pid = self.child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        let pid = pid.ok_or("the host had died before it was killed")?;
        kill_process(pid, Signal::KILL)?;
        self.wait().await?;
        Ok(())
    }

    /// Lets it stop in good order.
    pub async fn stop(mut self) -> Result<(), Failure> {
        drop(self.input.take());
        let status = self.wait().await?;
        if status.success() { Ok(()) } else { Err(format!("a host ended with {status}").into()) }
    }

    /// Waits until it has ended by itself.
    pub async fn wait(&mut self) -> Result<ExitStatus, Failure> {
        Ok(tokio::time::timeout(PATIENCE, self.child.wait()).await??)
    }
}

/// Starts the process.
fn launch(program: &Path, start: &Start, variables: &[(&str, &str)]) -> io::Result<Child> {
    let log = start.data.with_extension("log");
    let log = std::fs::File::options().create(true).append(true).open(log)?;
    let mut command = match &start.namespace {
        None => Command::new(program),
        Some(namespace) => {
            // It becomes the program: the process keeps its id.
            let mut command = Command::new("ip");
            command.args(["netns", "exec", namespace]).arg(program);
            command
        }
    };
    command.arg("host").arg("--data").arg(&start.data);
    command.args(["--listen", &start.listen.to_string()]);
    command.args(["--engine", &start.engine.to_string()]);
    if let Some(bytes) = start.memory {
        command.args(["--memory", &bytes.to_string()]);
    }
    if start.plain {
        command.arg("--plain");
    }
    if let Some(address) = &start.advertise {
        command.args(["--advertise", address]);
    }
    command.envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
    command.spawn()
}

impl std::fmt::Display for NotReady {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Died(status) => write!(f, "a host died before it was ready: {status}"),
            Self::Other(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotReady {}

/// Reads an engine's name.
pub fn engine(name: &str) -> Result<Engine, String> {
    match name {
        "sled" => Ok(Engine::Sled),
        "redb" => Ok(Engine::Redb),
        other => Err(format!("{other} is neither sled nor redb")),
    }
}

/// Any free port of this machine.
pub const FREE_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// How long anything may take: far more than it does, so that only a fault is late.
const PATIENCE: Duration = Duration::from_secs(60);
