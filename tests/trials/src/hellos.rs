//! Hellos to cold vats: a stranger greets every vat of a host and fetches nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hogshead::stock::counter::Counter;
use hogshead::{Client, Handle, Host, Locator, Value};
use tokio::task::JoinSet;

use crate::cold_vats::{quiet, rss_kb};
use crate::host_process::Failure;
use crate::hostile::{Stranger, Talk};
use crate::machine;

/// What the command is given.
#[derive(clap::Args)]
pub struct Arguments {
    /// Vats that are greeted.
    #[arg(long, default_value_t = 10_000)]
    vats: usize,
    /// The result file.
    #[arg(long, default_value = "docs/results/hellos.md")]
    out: PathBuf,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// Vats that answered the stranger's hello.
    pub greeted: usize,
    /// How long the hellos took, all together.
    pub greeting: Duration,
    /// Vats in memory before the first hello: vat zero and the bystander's.
    pub slots_before: usize,
    /// The most vats in memory at any look since.
    pub slots_most: usize,
    /// Sessions in memory before the first hello: the owner's, and both ends of vat zero's with
    /// the bystander's vat.
    pub sessions_before: usize,
    /// The most sessions in memory at any look since.
    pub sessions_most: usize,
    /// Commits that came with hellos. Whatever writes a row is a commit.
    pub commits: u64,
    /// The same question twice, without hellos between: proof that commits are counted.
    pub commits_of_asking: u64,
    /// Resident kilobytes before and after; the stranger lives in the same process.
    pub memory_kb: (u64, u64),
    /// The longest that a bystander's call took while greeted sessions were open.
    pub bystander: Duration,
}

impl Outcome {
    /// What should not be so, if anything.
    pub fn faults(&self, vats: usize) -> Vec<String> {
        let grown = self.memory_kb.1.saturating_sub(self.memory_kb.0);
        let checks = [
            (self.greeted != vats, format!("{} of {vats} were greeted", self.greeted)),
            (self.slots_most != self.slots_before, "a vat was revived".to_owned()),
            (self.sessions_most != self.sessions_before, "a session was kept".to_owned()),
            (self.commits != 0, format!("{} commits came with hellos", self.commits)),
            (self.commits_of_asking == 0, "commits were not counted".to_owned()),
            (grown > MEMORY_KB, format!("memory grew by {grown} kB")),
            (self.bystander > PATIENCE, format!("a call took {:?}", self.bystander)),
        ];
        checks.into_iter().filter_map(|(wrong, what)| wrong.then_some(what)).collect()
    }
}

/// The command: greets, writes the result file, and fails if anything is wrong.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { vats, out } = arguments;
    let outcome = play(vats).await?;
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let machine = machine::describe(&std::env::temp_dir());
    let text = format!("{HEAD}{machine}- build: {build}\n\n{}", table(&outcome));
    print!("{text}");
    std::fs::write(&out, text)?;
    let faults = outcome.faults(vats);
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ").into()) }
}

/// Makes the vats, starts the host anew so that they are cold, and greets each of them.
pub async fn play(vats: usize) -> Result<Outcome, Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let ids = make(&data, vats).await?;
    let host = start(&data, Duration::from_secs(3600)).await?;
    let client = host.client().await?;
    let mut bystander = Bystander::new(&client).await?;
    bystander.call().await?;
    let peers = ids.iter().map(|id| Ok(Locator::hog(id.parse()?, host.addresses())));
    let peers: Vec<Locator> = peers.collect::<Result<_, Failure>>()?;
    let stranger = Arc::new(Stranger::new(1)?);

    let (_, commits_of_asking) = newest(&client).await?;
    let (slots_before, sessions_before) = (host.vats_in_memory(), host.sessions_in_memory());
    let memory_before = rss_kb()?;
    let mut outcome = Outcome {
        greeted: 0,
        greeting: Duration::ZERO,
        slots_before,
        slots_most: slots_before,
        sessions_before,
        sessions_most: sessions_before,
        commits: 0,
        commits_of_asking,
        memory_kb: (memory_before, memory_before),
        bystander: Duration::ZERO,
    };
    for block in peers.chunks(BLOCK) {
        let (before, step) = newest(&client).await?;
        let began = Instant::now();
        let mut open = Vec::new();
        for some in block.chunks(AT_ONCE) {
            // Those of the last round hang up only now.
            open = greet(&stranger, some).await?;
            outcome.greeted += open.len();
            outcome.slots_most = outcome.slots_most.max(host.vats_in_memory());
            outcome.sessions_most = outcome.sessions_most.max(host.sessions_in_memory());
        }
        outcome.greeting += began.elapsed();
        let after = client.admin().ask().key().await?.commit;
        outcome.commits += (after - before).saturating_sub(step);
        outcome.bystander = outcome.bystander.max(bystander.call().await?);
        drop(open);
    }
    outcome.memory_kb.1 = rss_kb()?;
    drop((bystander, client));
    host.shutdown().await?;
    Ok(outcome)
}

async fn start(data: &Path, idle: Duration) -> Result<Host, Failure> {
    let builder = Host::builder(data).listen("127.0.0.1:0".parse()?).idle(idle);
    Ok(builder.without_control_socket().start().await?)
}

/// Makes vats, and stops the host once all are cold; gives their ids.
async fn make(data: &Path, vats: usize) -> Result<Vec<String>, Failure> {
    let host = start(data, Duration::from_millis(500)).await?;
    let client = host.client().await?;
    let mut ids = Vec::new();
    while ids.len() < vats {
        let mut making = JoinSet::new();
        for nth in ids.len()..vats.min(ids.len() + MADE_AT_ONCE) {
            let client = client.clone();
            making.spawn(async move { client.admin().ask().vat_new(format!("v{nth}")).await });
        }
        while let Some(made) = making.join_next().await {
            ids.push(made??.id);
        }
    }
    quiet(&host).await?;
    drop(client);
    host.shutdown().await?;
    Ok(ids)
}

/// Greets some vats at once; all must answer.
async fn greet(stranger: &Arc<Stranger>, peers: &[Locator]) -> Result<Vec<Talk>, Failure> {
    let mut greetings = JoinSet::new();
    for peer in peers {
        let (stranger, peer) = (Arc::clone(stranger), peer.clone());
        greetings.spawn(async move { stranger.greet(&peer).await });
    }
    let mut open = Vec::new();
    while let Some(greeted) = greetings.join_next().await {
        open.push(greeted??);
    }
    Ok(open)
}

/// The newest commit, and by how much asking for it moves it. What follows earlier answers is
/// done once it moves by the same twice.
async fn newest(client: &Client) -> Result<(u64, u64), Failure> {
    let (mut last, mut before) = (0, client.admin().ask().key().await?.commit);
    loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = client.admin().ask().key().await?.commit;
        if now - before == last {
            return Ok((now, last));
        }
        (last, before) = (now - before, now);
    }
}

/// Somebody in a vat of its own, who must not notice anything.
struct Bystander {
    counter: Handle<dyn Counter>,
    calls: u64,
}

impl Bystander {
    async fn new(client: &Client) -> Result<Self, Failure> {
        let admin = client.admin();
        let name = "bystander".to_owned();
        admin.ask().vat_new(name.clone()).await?;
        let kind = "hogshead/counter".to_owned();
        let made = admin.ask().spawn(name.clone(), kind, Value::Undefined, Some(name)).await?;
        let counter = client.handle(&made).ok_or("no counter")?.cast();
        Ok(Self { counter, calls: 0 })
    }

    async fn call(&mut self) -> Result<Duration, Failure> {
        let began = Instant::now();
        self.calls += 1;
        let answer = self.counter.ask().increment(1).await?;
        if answer != self.calls {
            return Err(format!("{answer} after {} calls", self.calls).into());
        }
        Ok(began.elapsed())
    }
}

fn table(outcome: &Outcome) -> String {
    let (before, after) = outcome.memory_kb;
    format!(
        "{TABLE}| {} | {:.1} s | {} → {} | {} → {} | {} | {} | {:.1} → {:.1} MB | {:.1} ms |\n",
        outcome.greeted,
        outcome.greeting.as_secs_f64(),
        outcome.slots_before,
        outcome.slots_most,
        outcome.sessions_before,
        outcome.sessions_most,
        outcome.commits,
        outcome.commits_of_asking,
        before as f64 / 1024.0,
        after as f64 / 1024.0,
        outcome.bystander.as_secs_f64() * 1e3,
    )
}

const HEAD: &str = "# Hellos to cold vats

`trials hellos` makes many vats in a host's store and starts the host anew, so that they are cold.
Then a stranger opens a session with each of them over QUIC, a few at a time: preface and
`op:start-session`, both ways. It fetches nothing. Slots and sessions are what the host holds in
memory for vats, before the first hello and at the most since; the owner's client and a bystander
in a vat of its own account for them. Commits are those that came with hellos, of which there must
be none, since whatever writes a row is a commit; asking for the number costs commits of its own,
which are shown beside it and taken off. Memory is the resident memory of the process, in which the
stranger lives as well. The bystander is called after every 500 hellos, while sessions of greeted
vats are open: the time is that of its slowest call.

";

const TABLE: &str = "\
| greeted | in | slots | sessions | commits | commits of asking | memory | slowest call |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
";

/// Hellos between two looks at the newest commit.
const BLOCK: usize = 500;
/// Hellos at once.
const AT_ONCE: usize = 8;
/// Vats that are being made at once: enough to share each flush of the journal.
const MADE_AT_ONCE: usize = 256;
/// Kilobytes by which the process may grow: as many as the store's cache takes by default.
const MEMORY_KB: u64 = 64 << 10;
/// Longer than a call takes on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(10);
