//! `demo`: the whole story with real processes, real files and real packets, each step checked.
//!
//! ```text
//!   this process ──Unix socket──▶ Alice's host ◀──UDP──▶ link ◀──UDP──▶ Bob's host ◀── socket ──┐
//!        └─────────────────────────────────────────────────────────────────────────────────────┘
//! ```

mod disk;
mod link;
mod narrator;
mod process;
mod stage;
mod story;

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use super::Context;
use super::arguments::Demo;
use super::failure::{Exit, Failure};
use narrator::Narrator;
use stage::Stage;

/// Runs the demo, or the sweeper of one.
pub async fn run(context: &Context, demo: Demo) -> Result<(), Failure> {
    if let Some(folder) = demo.sweep {
        return stage::sweep(&folder);
    }
    let stopped = stopped()?;
    let stage = Stage::set_up()?;
    let mut narrator = Narrator::new(context.output);
    let told = tokio::select! {
        told = Box::pin(story::tell(&mut narrator, stage.folder())) => told,
        failure = stopped => Err(failure),
        () = tokio::time::sleep(LONGEST) => Err(too_long()),
    };
    // Whatever the story left running was dropped, and so killed, before the folder goes.
    let folder = stage.folder().to_owned();
    let struck = stage.strike();
    told?;
    narrator::ensure(struck, || format!("{} to be gone", folder.display()))?;
    narrator.say("The processes have ended and the folder is gone. That was all of it.")
}

/// Waits for a signal that asks the demo to stop.
fn stopped() -> Result<impl Future<Output = Failure>, Failure> {
    let listen = |kind| signal(kind).map_err(|e| Failure::stream("listen for signals", &e));
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    let mut hangup = listen(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
        let remedy = "its processes and its folder are gone; run it again";
        Failure::new(Exit::Refused, "the demo was stopped", remedy)
    })
}

fn too_long() -> Failure {
    let wrong = format!("the demo did not end within {} s", LONGEST.as_secs());
    Failure::new(Exit::Refused, wrong, "run it again while the machine has less to do")
}

/// How long the demo may take on a machine with much else to do; it takes a few seconds.
const LONGEST: Duration = Duration::from_secs(60);
