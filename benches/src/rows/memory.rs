//! Memory of what does nothing: a warm vat, a cold vat, an idle actor.
//!
//! Each is measured in a process of its own, which this one starts with `--resident KIND`, as the
//! growth of what is resident of it: what an allocator was given before would hide what it needs.

use std::path::Path;
use std::time::Duration;

use hogshead::{Client, Handle, Host, HostBuilder, SturdyRef, Value};

use super::{Plan, one_thread, two_threads};
use crate::machine::resident_bytes;
use crate::measure::Spread;
use crate::peers::actors::{Asked, Ractor};
use crate::peers::quic::Quic;
use crate::processes::said;
use crate::report::{Goal, Line, Section, Unit};
use crate::rows::cold::{Town, open_sled};
use crate::stage::{Echo, Threads, ephemeral, listening, payload, share_echo, spawn};

const VATS: u64 = 20_000;

/// How long a host is left alone until it is idle: until the checkpoint has what was committed.
const REST: Duration = Duration::from_secs(3);

const ACTORS: u64 = 20_000;
const TASKS: u64 = 100_000;
const CONNECTIONS: u64 = 400;
const SESSIONS: u64 = 400;

/// Hosts that one is connected with.
const HOSTS: u64 = 200;

/// Measures the row.
pub fn memory(plan: &Plan) -> Section {
    let goal = "an idle warm vat at most 2 KiB, an idle connection at most 1.2 times quinn's";
    let mut section = Section::new("memory", "Memory at rest").goal(goal);
    vats(plan, &mut section);
    connections(plan, &mut section);
    section
}

/// Rounds of a run: each is a process.
fn rounds(plan: &Plan) -> usize {
    plan.rounds.min(5)
}

fn vats(plan: &Plan, section: &mut Section) {
    let vats = plan.times(VATS);
    let folder = tempfile::tempdir_in(&plan.data).expect("a folder");
    let data = folder.path().join("data");
    let few = folder.path().join("few");
    two_threads().block_on(async {
        Town::build(&data, vats).await.end().await;
        Town::build(&few, 1).await.end().await;
    });
    let each = |kind, many| each(plan, (kind, &data), many);
    let more = |kind: &str| (child(kind, &data, vats) - child(kind, &few, 1)) / vats as f64;
    let ractor = each("ractor", ACTORS);
    let (first, rest) = in_two(vats);
    let warm = |kind, many| Spread::of(&repeated(plan, || child(kind, &data, vats) / many as f64));
    let line = Line::new("a warm vat with an object in it", warm("warm", rest), Unit::Bytes);
    section.line(line.against(&ractor).goal(Goal::AtMost(2_048.0)));
    let what = format!("each of the first {first}, with what a host takes for its first ones");
    let line = Line::new(&what, warm("warm-first", first), Unit::Bytes);
    section.line(line.against(&ractor));
    let both: Vec<_> = (0..rounds(plan)).map(|_| (more("cold"), more("sled"))).collect();
    let spread = |of: fn(&(f64, f64)) -> f64| Spread::of(&both.iter().map(of).collect::<Vec<_>>());
    let line = Line::new("a cold vat: the whole", spread(|b| b.0), Unit::Bytes);
    section.line(line.against(&ractor));
    let what = "a cold vat: sled's alone, which knows where its pages are";
    section.line(Line::new(what, spread(|b| b.1), Unit::Bytes).against(&ractor));
    section.line(Line::new("an idle actor of ractor", ractor, Unit::Bytes));
    let task = each("task", TASKS);
    section.line(Line::new("an idle task of tokio behind a channel", task, Unit::Bytes));
    section.note(format!(
        "What a process has resident grows by this for each of {rest} vats that an object of another vat has called once, \
         after {first} others, with which the store's buffers, what the allocator keeps and the caller's sessions in \
         memory (at most 1,024) came to their size; either time the host rested for {} s. Or it is that by which the start \
         of a host with {vats} cold ones takes more than that of a host with one (sled's is what opening its checkpoint \
         alone takes more), or what actors and tasks take that wait. The ratios of vats are to ractor's actor. What of a \
         cold vat is the host's is said by the row of many cold vats: of {vats} it is less than what a start wavers by.",
        REST.as_secs()
    ));
}

fn connections(plan: &Plan, section: &mut Section) {
    let each = |kind, many| each(plan, (kind, &plan.data), many);
    let quinn = each("quinn", CONNECTIONS);
    let connection = each("connection", HOSTS);
    let line = Line::new("an idle connection of two hosts, both ends", connection, Unit::Bytes);
    section.line(line.against(&quinn).goal(Goal::AtMost(1.2 * quinn.median)));
    section.line(Line::new("an idle connection of quinn, both ends", quinn, Unit::Bytes));
    let session = each("session", SESSIONS);
    let what = "a further session between two hosts that are connected, both ends";
    section.line(Line::new(what, session, Unit::Bytes));
    section.note(format!(
        "The ratio of connections is to quinn's, {CONNECTIONS} of two endpoints, each of which has carried an echo. Ours are \
         of one host with {HOSTS} others of its process, each reached by the sturdyref of an echo in it: a connection, the \
         session of two vats on it, and what the vats and the hosts keep of each other. All hosts had a connection before, \
         so that what a socket takes with its first is not in it. All sessions of two hosts share their connection: a \
         further one is that of a vat with another vat of the same host, {SESSIONS} of them."
    ));
}

/// Bytes for each of so many of a kind.
fn each(plan: &Plan, (kind, data): (&str, &Path), many: u64) -> Spread {
    Spread::of(&repeated(plan, || child(kind, data, many) / many as f64))
}

/// What each round gives.
fn repeated(plan: &Plan, round: impl Fn() -> f64) -> Vec<f64> {
    (0..rounds(plan)).map(|_| round()).collect()
}

/// So many vats: the first of them, which come before those that count, and the others.
fn in_two(vats: u64) -> (u64, u64) {
    (vats / 5, vats - vats / 5)
}

fn child(kind: &str, data: &Path, many: u64) -> f64 {
    let many = many.to_string();
    let said = said(["--resident".as_ref(), kind.as_ref(), data.as_os_str(), many.as_ref()]);
    said.parse().expect("a number")
}

/// What `--resident KIND DATA MANY` prints: bytes that so many of a kind take.
pub fn resident(kind: &str, data: &Path, many: u64) -> Option<u64> {
    match kind {
        "warm-first" => two_threads().block_on(warm_first(data, many)),
        "warm" => two_threads().block_on(warm(data, many)),
        "cold" => Some(cold(data)),
        "sled" => {
            let before = resident_bytes();
            let sled = open_sled(data, 1 << 20);
            let bytes = grown(before);
            drop(sled);
            Some(bytes)
        }
        "ractor" => one_thread().block_on(ractors(many)),
        "task" => one_thread().block_on(tasks(many)),
        "quinn" => one_thread().block_on(quinns(many)),
        "session" => one_thread().block_on(sessions(many)),
        "connection" => one_thread().block_on(hosts(many)),
        _ => None,
    }
}

fn grown(before: u64) -> u64 {
    resident_bytes().saturating_sub(before)
}

/// What the vats take that are warm first, on a host that had none.
async fn warm_first(data: &Path, many: u64) -> Option<u64> {
    let town = Town::open(data, 1 << 20).await;
    let before = resident_bytes();
    town.visit(0, in_two(many).0).await;
    tokio::time::sleep(REST).await;
    let bytes = grown(before);
    town.end().await;
    Some(bytes)
}

/// What those take that are warm after these.
async fn warm(data: &Path, many: u64) -> Option<u64> {
    let (first, rest) = in_two(many);
    let town = Town::open(data, 1 << 20).await;
    town.visit(0, first).await;
    tokio::time::sleep(REST).await;
    let before = resident_bytes();
    town.visit(first, rest).await;
    tokio::time::sleep(REST).await;
    assert!(town.warm() >= many, "only {} of {many} vats are warm", town.warm());
    let bytes = grown(before);
    town.end().await;
    Some(bytes)
}

/// What a host takes whose vats are all cold.
fn cold(data: &Path) -> u64 {
    let runtime = two_threads();
    let before = resident_bytes();
    let town = runtime.block_on(Town::open(data, 1 << 20));
    let bytes = grown(before);
    runtime.block_on(town.end());
    bytes
}

async fn ractors(many: u64) -> Option<u64> {
    let first = Ractor::start().await;
    let before = resident_bytes();
    let mut all = Vec::new();
    for _ in 0..many {
        all.push(Ractor::start().await);
    }
    let bytes = grown(before);
    drop((first, all));
    Some(bytes)
}

async fn tasks(many: u64) -> Option<u64> {
    let before = resident_bytes();
    let all: Vec<_> = (0..many).map(|_| crate::peers::actors::Channels::start()).collect();
    tokio::task::yield_now().await;
    let bytes = grown(before);
    drop(all);
    Some(bytes)
}

async fn quinns(many: u64) -> Option<u64> {
    let (theirs, place) = Quic::serve();
    let first = Quic::connect(&place).await;
    let before = resident_bytes();
    let mut all = Vec::new();
    for _ in 0..many {
        let quic = first.another(&place).await;
        quic.ask(payload()).await;
        all.push(quic);
    }
    let bytes = grown(before);
    drop((theirs, first, all));
    Some(bytes)
}

async fn host(key: u8) -> Host {
    let change = |b: HostBuilder| listening(b).plain_sessions().idle(Duration::from_secs(3_600));
    ephemeral(key, Threads::None, change).await
}

/// Finds an echo that is elsewhere, and asks it once.
async fn reach(owner: &Client, shared: SturdyRef) -> Option<Handle<dyn Echo>> {
    let value = owner.admin().ask().enliven(shared).await.ok()?;
    let echo: Handle<dyn Echo> = owner.handle(&value)?.cast();
    echo.ask().echo(Value::Bytes(payload())).await.ok()?;
    Some(echo)
}

/// By how many bytes it grows as a host's owner finds these echoes, the first of which does not count.
async fn reached(host: &Host, owner: Client, all: Vec<SturdyRef>) -> Option<u64> {
    let (many, mut found, mut before) = (all.len() as u64 - 1, Vec::new(), 0);
    for (nth, shared) in all.into_iter().enumerate() {
        if nth == 1 {
            before = resident_bytes();
        }
        found.push(reach(&owner, shared).await?);
    }
    let bytes = resident_bytes().saturating_sub(before);
    let sessions = host.sessions_in_memory() as u64;
    assert!(sessions >= many, "only {sessions} of {many} sessions are in memory");
    Some(bytes)
}

/// Bytes of so many connections of a host, each with another one. All hosts are there before, and
/// have been called by a third one, so that what a socket or a host needs once does not count.
async fn hosts(many: u64) -> Option<u64> {
    let (hers, third) = (host(1).await, host(2).await);
    let (owner, other) = (hers.client().await.ok()?, third.client().await.ok()?);
    let (mut his, mut shared, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..=many {
        let host = host(3).await;
        let (client, echo) = share_echo(&host).await;
        found.push(reach(&other, echo.clone()).await?);
        his.push((host, client));
        shared.push(echo);
    }
    let bytes = reached(&hers, owner, shared).await?;
    drop((found, other));
    for (host, client) in his {
        drop(client);
        host.shutdown().await.ok()?;
    }
    hers.shutdown().await.ok()?;
    third.shutdown().await.ok()?;
    Some(bytes)
}

/// Bytes of so many sessions between a vat and vats of another host, which are in memory before and
/// connected.
async fn sessions(many: u64) -> Option<u64> {
    let (hers, his) = (host(1).await, host(2).await);
    let (owner, client) = (hers.client().await.ok()?, his.client().await.ok()?);
    let mut all = Vec::new();
    for nth in 0..=many {
        let echo = spawn::<dyn Echo>(&client, &format!("echo{nth}"), "bench-wall").await;
        all.push(client.admin().ask().share(echo.value(), None, "bench".into()).await.ok()?);
    }
    let bytes = reached(&hers, owner, all).await?;
    drop(client);
    hers.shutdown().await.ok()?;
    his.shutdown().await.ok()?;
    Some(bytes)
}
