//! Order per reference through whole hosts: Alice writes to what Bob has promised, and it turns out
//! to be Carol while what she wrote first is still on its way to him.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use hogshead::{Client, Context, Handle, Host, HostBuilder, Result, Value};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use super::cast::{Actor, builder, cast, look_up, over_to, soon, spawn, until};

/// Keeps its vat busy until the test lets it go.
#[hogshead::interface]
pub trait Gate {
    /// Returns when the gate of that name is open.
    fn pass(&self, cx: &mut Context<'_>, name: String) -> Result<()>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Barrier;

#[hogshead::object(name = "barrier", version = 1, construct = Barrier::born)]
impl Gate for Barrier {
    fn pass(&self, _: &mut Context<'_>, name: String) -> Result<()> {
        let open = OPEN.lock().unwrap();
        let patience = Duration::from_secs(20);
        let closed = |open: &mut BTreeSet<String>| !open.contains(&name);
        drop(OPENED.wait_timeout_while(open, patience, closed).unwrap());
        Ok(())
    }
}

impl Barrier {
    fn born(_: Value) -> Result<Self> {
        Ok(Self)
    }
}

static OPEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
static OPENED: Condvar = Condvar::new();

fn open(name: &str) {
    OPEN.lock().unwrap().insert(name.to_owned());
    OPENED.notify_all();
}

/// What a vat is to do while one of its promises drains.
const DRAINS: &str = "let a promise that drains lead on";

/// Alice with a promise of Bob's under `someone`, and Carol. Bob's vat stands at the first of two
/// gates; behind it he decides that it was Carol, and behind the second one is what Alice has just
/// written.
struct Race {
    folders: Vec<TempDir>,
    hosts: Vec<Host>,
    alices: Client,
    alice: Handle<dyn Actor>,
    carol: Handle<dyn Actor>,
    gates: [String; 2],
}

impl Race {
    /// Alice's host, and the other two's if that is another one.
    async fn new(name: &str, settings: &[fn(HostBuilder) -> HostBuilder]) -> Self {
        let (mut folders, mut hosts) = (Vec::new(), Vec::new());
        for set in settings {
            let folder = tempfile::tempdir().unwrap();
            let host = builder(&folder.path().join("data")).register::<Barrier>();
            hosts.push(set(host).start().await.unwrap());
            folders.push(folder);
        }
        let alices = hosts[0].client().await.unwrap();
        let others = match &hosts[..] {
            [_] => alices.clone(),
            [.., other] => other.client().await.unwrap(),
            [] => panic!("there is a host"),
        };
        let alice = cast(&alices, "alice").await;
        let (bob, carol) = (cast(&others, "bob").await, cast(&others, "carol").await);
        let barrier: Handle<dyn Gate> = spawn(&others, "bob", "hogshead/barrier", "barrier").await;
        let known = if hosts.len() == 1 { bob.clone() } else { over_to(&bob, &alices).await };
        alice.ask().keep("bob".into(), known.value()).await.unwrap();
        let (someone, later) = ("someone".into(), "later".into());
        soon(alice.ask().ask_and_keep("bob".into(), later, vec![], someone)).await.unwrap();
        until("Bob owes it", || async {
            !others.admin().ask().vat_show("bob".into()).await.unwrap().waits_for.is_empty()
        })
        .await;
        // He knows Carol already: while he stands at a gate he hears nothing.
        bob.ask().keep("bob".into(), bob.value()).await.unwrap();
        bob.ask().keep("carol".into(), carol.value()).await.unwrap();
        soon(bob.ask().ask("carol".into(), "notes".into(), vec![])).await.unwrap();
        let gates = ["first", "second"].map(|gate| format!("{name}: {gate}"));
        let barred = barrier.ask().pass(gates[0].clone());
        let decided = bob.ask().give("carol".into(), "bob".into(), "decide".into(), vec![]);
        let barred_again = barrier.ask().pass(gates[1].clone());
        // Vat zero has passed them on when it answers this.
        others.admin().ask().vat_show("carol".into()).await.unwrap();
        tokio::spawn(async { (barred.await, decided.await, barred_again.await) });
        let race = Self { folders, hosts, alices, alice, carol, gates };
        race.write(0).await;
        open(&race.gates[0]);
        race
    }

    async fn write(&self, number: u64) {
        let text = vec![Value::from(number.to_string())];
        let told = self.alice.ask().tell("someone".into(), "note".into(), text, 1);
        soon(told).await.unwrap();
    }

    async fn notes(&self) -> Vec<String> {
        soon(self.carol.ask().notes()).await.unwrap()
    }

    async fn drains(&self) -> bool {
        let show = self.alices.admin().ask().vat_show("alice".into()).await.unwrap();
        show.waits_for.iter().any(|wait| wait.action == DRAINS)
    }

    /// Alice has heard who it is, and what she writes now waits.
    async fn keeps_the_order(self) {
        self.waits().await;
        self.ends_in_order().await;
    }

    async fn waits(&self) {
        until("Alice hears who it is", || self.drains()).await;
        self.write(1).await;
        assert_eq!(self.notes().await, [] as [&str; 0]);
    }

    /// Alice's host dies, and comes back.
    async fn crash(&mut self) {
        drop(self.hosts.remove(0));
        let host = builder(&self.folders[0].path().join("data")).register::<Barrier>();
        self.hosts.insert(0, host.start().await.unwrap());
        self.alices = self.hosts[0].client().await.unwrap();
        self.alice = look_up(&self.alices, "alice").await;
    }

    async fn ends_in_order(self) {
        open(&self.gates[1]);
        until("both have arrived", || async { self.notes().await.len() == 2 }).await;
        assert_eq!(self.notes().await, ["0", "1"]);
        assert!(!self.drains().await);
        for host in self.hosts {
            host.shutdown().await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_vats_of_one_host_keep_the_order_when_a_promise_turns_out_to_be_the_thirds() {
    Race::new("one host", &[|host| host]).await.keeps_the_order().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn durable_sessions_keep_the_order_between_hosts() {
    Race::new("durable", &[|host| host, |host| host]).await.keeps_the_order().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_drains_on_after_its_host_has_died() {
    let mut race = Race::new("crash", &[|host| host, |host| host]).await;
    race.waits().await;
    race.crash().await;
    assert!(race.drains().await, "as before");
    race.ends_in_order().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_plain_sessions_order_ends_where_a_promise_resolves() {
    let race = Race::new("plain", &[HostBuilder::plain_sessions, |host| host]).await;
    // Sooner or later Alice hears who it is, and then she writes to Carol herself.
    until("Carol hears from Alice", || async {
        race.write(1).await;
        !race.notes().await.is_empty()
    })
    .await;
    assert!(!race.drains().await, "nobody would answer a flush");
    open(&race.gates[1]);
    until("the first comes last", || async { race.notes().await.contains(&"0".to_owned()) }).await;
    assert_eq!(race.notes().await[0], "1");
}
