//! Hosts come back at other addresses, and who has a durable session with a vat of theirs goes on.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use hogshead::{Client, Handle, Host, Value};
use tempfile::TempDir;

use super::cast::{Actor, Player, cast, look_up, over_to, soon, start, until};

/// A host that is reached by a Unix socket, now here and now there.
struct Home {
    folder: TempDir,
    idle: Duration,
    running: Option<(Host, Client)>,
}

impl Home {
    async fn new(idle: Duration) -> Self {
        let mut home = Self { folder: tempfile::tempdir().unwrap(), idle, running: None };
        home.start("first").await;
        home
    }

    async fn start(&mut self, address: &str) {
        let folder: &Path = self.folder.path();
        let builder = Host::builder(&folder.join("data")).idle(self.idle).turn_threads(2);
        let builder = builder.listen_unix(folder.join(address)).register::<Player>();
        let host = builder.start().await.unwrap();
        let client = host.client().await.unwrap();
        self.running = Some((host, client));
    }

    /// Ends it as a crash would, or in good order.
    async fn stop(&mut self, politely: bool) {
        let (host, _) = self.running.take().unwrap();
        if politely {
            host.shutdown().await.unwrap();
        } else {
            tokio::task::spawn_blocking(move || drop(host)).await.unwrap();
        }
    }

    fn client(&self) -> &Client {
        &self.running.as_ref().unwrap().1
    }

    async fn actor(&self, name: &str) -> Handle<dyn Actor> {
        look_up(self.client(), name).await
    }

    async fn turns(&self, vat: &str) -> u64 {
        let shown = soon(self.client().admin().ask().vat_show(vat.into())).await.unwrap();
        shown.info.turns
    }

    async fn is_cold(&self) -> bool {
        self.running.as_ref().unwrap().0.vats_in_memory() == 1
    }
}

const LONG: Duration = Duration::from_secs(3600);

/// Has `whom` keep a reference to `to` of another host, and speak to it once.
async fn introduce(whom: &Handle<dyn Actor>, to: &Handle<dyn Actor>, word: &str) {
    let far = soon(over_to(to, whom.client())).await;
    soon(whom.ask().keep(word.into(), far.value())).await.unwrap();
    soon(whom.ask().ask(word.into(), "notes".into(), vec![])).await.unwrap();
}

/// Alice on one host keeps a reference to Bob on another.
async fn couple(idle: Duration) -> (Home, Home) {
    let (hers, his) = (Home::new(idle).await, Home::new(idle).await);
    let alice = cast(hers.client(), "alice").await;
    let bob = cast(his.client(), "bob").await;
    introduce(&alice, &bob, "bob").await;
    (hers, his)
}

/// Alice has Bob note something.
async fn say(home: &Home, what: &str) -> u64 {
    let alice = home.actor("alice").await;
    let asked = alice.ask().ask("bob".into(), "note".into(), vec![Value::from(what)]);
    let count = soon(asked).await.unwrap();
    hogshead::codec::from_value(count).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_calls_a_restarted_host_at_its_new_address() {
    let (hers, mut his) = couple(LONG).await;
    for (n, politely) in [true, false].into_iter().enumerate() {
        his.stop(politely).await;
        // Nobody on his side has anything to say, and she calls at once.
        his.start(["second", "third"][n]).await;
        assert_eq!(say(&hers, "there you are").await, n as u64 + 1);
    }
}

/// As hosts do by default: by QUIC, and here at a free port at each start.
#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_takes_another_port_at_each_start_keeps_its_peers() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let his = async || start(&folders[1].path().join("data")).await;
    let hers = start(&folders[0].path().join("data")).await;
    let host = his().await;
    let alice = cast(&hers.client().await.unwrap(), "alice").await;
    let bob = cast(&host.client().await.unwrap(), "bob").await;
    introduce(&alice, &bob, "bob").await;
    drop(bob);
    let mut running = Some(host);
    let mut ports = BTreeSet::new();
    for n in 1..=3_u64 {
        let host = running.take().unwrap();
        ports.insert(host.listening().unwrap());
        host.shutdown().await.unwrap();
        running = Some(his().await);
        let asked = alice.ask().ask("bob".into(), "note".into(), vec![Value::from("hello")]);
        assert_eq!(soon(asked).await.unwrap(), n.into());
    }
    assert!(ports.len() > 1, "the system gave one port again and again: {ports:?}");
    running.take().unwrap().shutdown().await.unwrap();
    hers.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_was_made_while_the_host_was_away_reaches_it_at_its_new_address() {
    let (hers, mut his) = couple(LONG).await;
    his.stop(false).await;
    let alice = hers.actor("alice").await;
    let said = vec![Value::from("while you were away")];
    soon(alice.ask().tell("bob".into(), "note".into(), said, 1)).await.unwrap();
    his.start("second").await;
    let bob = his.actor("bob").await;
    until("it has arrived", || async {
        soon(bob.ask().notes()).await.unwrap() == ["while you were away"]
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_host_announces_itself_and_what_was_announced_is_kept() {
    let (mut hers, mut his) = couple(Duration::from_millis(100)).await;
    until("her vat is cold", || hers.is_cold()).await;
    until("his vat is cold", || his.is_cold()).await;
    let turns = hers.turns("alice").await;
    his.stop(true).await;
    his.start("second").await;
    // Nobody calls anybody: her vat wakes for the hello alone.
    until("she has heard of it", || async { hers.turns("alice").await > turns }).await;
    until("her vat is cold", || hers.is_cold()).await;
    until("his vat is cold", || his.is_cold()).await;

    // Both start again where they are now. He has nothing to announce, and she has kept it.
    his.stop(true).await;
    hers.stop(true).await;
    his.start("second").await;
    hers.start("first").await;
    let turns = his.turns("bob").await;
    assert_eq!(say(&hers, "found").await, 1);
    assert!(his.turns("bob").await > turns);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_is_told_later_and_its_absence_wakes_nobody() {
    let (mut hers, mut his) = couple(Duration::from_millis(100)).await;
    until("his vat is cold", || his.is_cold()).await;
    until("her vat is cold", || hers.is_cold()).await;
    hers.stop(true).await;
    his.stop(true).await;
    let turns = {
        his.start("second").await;
        his.turns("bob").await
    };
    // She is not there for the first words. He tries again, though nobody calls anybody.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(his.turns("bob").await, turns, "his vat was woken for nothing");
    hers.start("first").await;
    let before = hers.turns("alice").await;
    until("she has heard of it", || async { hers.turns("alice").await > before }).await;
    assert_eq!(say(&hers, "found").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_move_at_once_and_whoever_is_left_a_word_at_the_old_address_is_found() {
    let (mut hers, mut his) = couple(LONG).await;
    his.stop(true).await;
    hers.stop(true).await;
    his.start("second").await;
    hers.start("second").await;
    // Neither knows where the other is, until his old address sends her on.
    let record = soon(his.client().admin().ask().vat_location("bob".into())).await.unwrap().record;
    let folder = tempfile::tempdir().unwrap();
    let old =
        Host::builder(&folder.path().join("data")).listen_unix(his.folder.path().join("first"));
    let old = old.start().await.unwrap();
    let client = old.client().await.unwrap();
    soon(client.admin().ask().forward_add(record)).await.unwrap();
    assert_eq!(say(&hers, "found").await, 1);
    old.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_given_a_reference_learns_where_its_vat_is_now() {
    let (hers, his) = couple(LONG).await;
    let mut theirs = Home::new(LONG).await;
    let carol = cast(theirs.client(), "carol").await;
    let alice = hers.actor("alice").await;
    introduce(&alice, &carol, "carol").await;
    drop(carol);
    theirs.stop(true).await;
    theirs.start("second").await;
    // Once she has been called there, Alice knows where Carol is, and says so to Bob.
    soon(alice.ask().ask("carol".into(), "notes".into(), vec![])).await.unwrap();
    let note = vec!["carol".into(), "note".into(), Value::from(vec![Value::from("from bob")])];
    let given = alice.ask().give("carol".into(), "bob".into(), "keep_and_ask".into(), note);
    soon(given).await.unwrap();
    let carol = theirs.actor("carol").await;
    assert_eq!(soon(carol.ask().notes()).await.unwrap(), ["from bob"]);
    drop(his);
}
