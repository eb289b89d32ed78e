//! Memory of what does nothing: a warm vat, a cold vat, an idle actor.
//!
//! Each is measured in a process of its own, which this one starts with `--resident KIND`, as the
//! growth of what is resident of it: what an allocator was given before would hide what it needs.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use hogshead::{Handle, HostBuilder, Value};

use super::{Plan, one_thread, two_threads};
use crate::machine::resident_bytes;
use crate::measure::Spread;
use crate::peers::actors::{Asked, Ractor};
use crate::peers::quic::Quic;
use crate::report::{Goal, Line, Section, Unit};
use crate::rows::cold::{Town, open_sled};
use crate::stage::{Echo, Threads, ephemeral, listening, payload, spawn};

const VATS: u64 = 4_000;
const ACTORS: u64 = 20_000;
const TASKS: u64 = 100_000;
const CONNECTIONS: u64 = 400;

/// Measures the row.
pub fn memory(plan: &Plan) -> Section {
    let goal = "an idle warm vat at most 2 KiB, a cold one nothing, an idle connection at most 1.2 times quinn's";
    let mut section = Section::new("memory", "Memory at rest").goal(goal);
    let vats = plan.times(VATS);
    let folder = tempfile::tempdir_in(&plan.data).expect("a folder");
    let data = folder.path().join("data");
    let few = folder.path().join("few");
    two_threads().block_on(async {
        Town::build(&data, vats).await.end().await;
        Town::build(&few, 1).await.end().await;
    });
    let rounds = plan.rounds.min(5);
    let each = |kind: &str, many: u64| {
        let figures: Vec<f64> =
            (0..rounds).map(|_| child(kind, &data, many) / many as f64).collect();
        Spread::of(&figures)
    };
    let more =
        |kind: &str| (child(kind, &data, vats) - child(kind, &few, 1)).max(0.0) / vats as f64;
    let ractor = each("ractor", ACTORS);
    let warm = each("warm", vats);
    let line = Line::new("a warm vat with an object in it", warm, Unit::Bytes).against(&ractor);
    section.line(line.goal(Goal::AtMost(2_048.0)));
    let engine: Vec<_> = (0..rounds).map(|_| more("sled")).collect();
    let whole: Vec<_> = (0..rounds).map(|_| more("cold")).collect();
    let engine = Spread::of(&engine);
    let ours: Vec<_> = whole.iter().map(|whole| (whole - engine.median).max(0.0)).collect();
    let line = Line::new("a cold vat: the host's", Spread::of(&ours), Unit::Bytes);
    section.line(line.against(&ractor).goal(Goal::AtMost(64.0)));
    let line =
        Line::new("a cold vat: sled's, which knows where its pages are", engine, Unit::Bytes);
    section.line(line.against(&ractor));
    section.line(Line::new("an idle actor of ractor", ractor, Unit::Bytes));
    section.line(Line::new(
        "an idle task of tokio behind a channel",
        each("task", TASKS),
        Unit::Bytes,
    ));
    let quinn = each("quinn", CONNECTIONS);
    let session = each("session", CONNECTIONS);
    let line = Line::new("an idle connection of two hosts, both ends", session, Unit::Bytes);
    section.line(line.against(&quinn).goal(Goal::AtMost(1.2 * quinn.median)));
    section.line(Line::new("an idle connection of quinn, both ends", quinn, Unit::Bytes));
    section.note(
        "The ratio of connections is to quinn's, which has carried an echo. A connection of hosts is that of a vat with a vat \
         of another host that was reached by its sturdyref, with the session on it and what the vats keep of each other.",
    );
    section.note(format!(
        "What a process has resident grows by this for each of {vats} vats that an object of another vat has called \
         once (a warm vat with its end of that session, and whatever the checkpoint's cache of 1 MiB took), or by which \
         the start of a host with them takes more than that of a host with one (cold; sled's is what opening its \
         checkpoint alone takes more), or for actors and tasks that wait."
    ));
    section
}

fn child(kind: &str, data: &Path, many: u64) -> f64 {
    let own = std::env::current_exe().expect("a program");
    let many = many.to_string();
    let said = Command::new(own).args(["--resident", kind]).arg(data).arg(many).output();
    let said = said.expect("it runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8_lossy(&said.stdout).trim().parse().expect("a number")
}

/// What `--resident KIND DATA MANY` prints: bytes that so many of a kind take.
pub fn resident(kind: &str, data: &Path, many: u64) -> Option<u64> {
    let grown = |before: u64| resident_bytes().saturating_sub(before);
    match kind {
        "warm" => two_threads().block_on(async {
            let town = Town::open(data, 1 << 20).await;
            town.visit(0, 1).await;
            let before = resident_bytes();
            town.visit(1, many - 1).await;
            let bytes = grown(before);
            town.end().await;
            Some(bytes)
        }),
        "cold" => {
            let runtime = two_threads();
            let before = resident_bytes();
            let town = runtime.block_on(Town::open(data, 1 << 20));
            let bytes = grown(before);
            runtime.block_on(town.end());
            Some(bytes)
        }
        "sled" => {
            let before = resident_bytes();
            let sled = open_sled(data, 1 << 20);
            let bytes = grown(before);
            drop(sled);
            Some(bytes)
        }
        "ractor" => one_thread().block_on(async {
            let first = Ractor::start().await;
            let before = resident_bytes();
            let mut all = Vec::new();
            for _ in 0..many {
                all.push(Ractor::start().await);
            }
            let bytes = grown(before);
            drop((first, all));
            Some(bytes)
        }),
        "task" => one_thread().block_on(async {
            let before = resident_bytes();
            let all: Vec<_> = (0..many).map(|_| crate::peers::actors::Channels::start()).collect();
            tokio::task::yield_now().await;
            let bytes = grown(before);
            drop(all);
            Some(bytes)
        }),
        "quinn" => one_thread().block_on(async {
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
        }),
        "session" => one_thread().block_on(sessions(many)),
        _ => None,
    }
}

/// Bytes of so many connections between a vat and vats of another host, which are in memory before.
async fn sessions(many: u64) -> Option<u64> {
    let change = |b: HostBuilder| listening(b).plain_sessions().idle(Duration::from_secs(3_600));
    let hers = ephemeral(1, Threads::None, change).await;
    let his = ephemeral(2, Threads::None, change).await;
    let (owner, client) = (hers.client().await.ok()?, his.client().await.ok()?);
    let mut all = Vec::new();
    for nth in 0..=many {
        let echo = spawn::<dyn Echo>(&client, &format!("echo{nth}"), "bench-wall").await;
        all.push(client.admin().ask().share(echo.value(), None, "bench".into()).await.ok()?);
    }
    let (mut found, mut before) = (Vec::new(), 0);
    for (nth, shared) in all.into_iter().enumerate() {
        if nth == 1 {
            before = resident_bytes();
        }
        let value = owner.admin().ask().enliven(shared).await.ok()?;
        let echo: Handle<dyn Echo> = owner.handle(&value)?.cast();
        echo.ask().echo(Value::Bytes(payload())).await.ok()?;
        found.push(echo);
    }
    let bytes = resident_bytes().saturating_sub(before);
    let sessions = hers.sessions_in_memory() as u64;
    assert!(sessions >= many, "only {sessions} of {many} sessions are in memory");
    drop((found, owner, client));
    hers.shutdown().await.ok()?;
    his.shutdown().await.ok()?;
    Some(bytes)
}
