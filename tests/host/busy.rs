//! A vat that is asked faster than it answers: who comes too late is told so, nothing is lost.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use hogshead::stock::counter::Counter;
use hogshead::{Class, Context, Error, Handle, Result, Value};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use super::cast::{builder, soon, spawn, until};

/// A turn that lasts as long as the test wants.
#[hogshead::interface]
trait Sluice {
    /// Ends once the gate is open.
    fn pass(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// How many have counted, with this one.
    fn count(&mut self, cx: &mut Context<'_>) -> Result<u64>;
}

#[derive(Serialize, Deserialize)]
struct Lock {
    counted: u64,
}

#[hogshead::object(name = "sluice", version = 1, construct = Lock::born)]
impl Sluice for Lock {
    fn pass(&mut self, _: &mut Context<'_>) -> Result<()> {
        set(Gate::Awaited);
        let gate = GATE.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = MOVED.wait_timeout_while(gate, PATIENCE, |gate| *gate != Gate::Open);
        match waited.is_ok_and(|(_, timeout)| !timeout.timed_out()) {
            true => Ok(()),
            false => Err(Error::refused("nobody opened the gate")),
        }
    }

    fn count(&mut self, _: &mut Context<'_>) -> Result<u64> {
        self.counted += 1;
        Ok(self.counted)
    }
}

impl Lock {
    fn born(_: Value) -> Result<Self> {
        Ok(Self { counted: 0 })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    Closed,
    Awaited,
    Open,
}

/// Objects cannot hold what is not theirs to keep, so the gate is everybody's: for one test.
static GATE: Mutex<Gate> = Mutex::new(Gate::Closed);
static MOVED: Condvar = Condvar::new();

fn set(gate: Gate) {
    *GATE.lock().unwrap_or_else(PoisonError::into_inner) = gate;
    MOVED.notify_all();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_whose_inbox_is_full_is_busy_and_answers_what_it_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let host =
        builder(&folder.path().join("a")).inbox(INBOX).register::<Lock>().start().await.unwrap();
    let client = host.client().await.unwrap();
    let admin = client.admin();
    for vat in ["slow", "other"] {
        admin.ask().vat_new(vat.into()).await.unwrap();
    }
    let slow: Handle<dyn Sluice> = spawn(&client, "slow", "hogshead/sluice", "slow").await;
    let other: Handle<dyn Counter> = spawn(&client, "other", "hogshead/counter", "other").await;

    // The vat is in a turn that does not end.
    let passing = tokio::spawn(slow.ask().pass());
    until("the turn has begun", || async {
        *GATE.lock().unwrap_or_else(PoisonError::into_inner) == Gate::Awaited
    })
    .await;
    let mut asked = JoinSet::new();
    for _ in 0..ASKED {
        asked.spawn(slow.ask().count());
    }
    // Whatever has no place is told at once, while the turn goes on.
    let mut busy = 0;
    while busy < ASKED - INBOX {
        let answer = soon(asked.join_next()).await.expect("some are left").unwrap();
        assert_eq!(answer.expect_err("the vat is in a turn").class(), Class::Busy);
        busy += 1;
        // And another vat answers meanwhile.
        assert_eq!(soon(other.ask().increment(1)).await.unwrap(), busy as u64);
    }
    assert!(!passing.is_finished());

    set(Gate::Open);
    soon(passing).await.unwrap().unwrap();
    let mut counted = Vec::new();
    while let Some(answer) = soon(asked.join_next()).await {
        match answer.unwrap() {
            Ok(number) => counted.push(number),
            // A row of the inbox may have been something else than a question.
            Err(error) => {
                assert_eq!(error.class(), Class::Busy, "{error}");
                busy += 1;
            }
        }
    }
    counted.sort_unstable();
    println!("{busy} were too late, {} were answered", counted.len());
    let accepted = (ASKED - busy) as u64;
    assert!(accepted > 0, "nothing was accepted");
    assert_eq!(counted, (1..=accepted).collect::<Vec<_>>());
    // What was refused never arrives later, and who asks now is answered.
    assert_eq!(soon(slow.ask().count()).await.unwrap(), accepted + 1);
    host.shutdown().await.unwrap();
}

/// Rows that the inbox takes.
const INBOX: usize = 8;
/// Questions.
const ASKED: usize = 40;
/// A turn that nobody ends fails the test, in place of hanging.
const PATIENCE: Duration = Duration::from_secs(60);
