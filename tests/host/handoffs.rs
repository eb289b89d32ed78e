//! Alice introduces Bob to Carol: from then on it is between the two of them.

mod chains;

use hogshead::admin::Revocation;
use hogshead::stock::counter::Counter;
use hogshead::{Class, Client, Handle, Host, Value};

use super::cast::{
    Actor, builder, cast, look_up, objects, over_to, sessions, sessions_between, soon, start, until,
};

const NAMES: [&str; 3] = ["alice", "bob", "carol"];
const ALICE: usize = 0;
const BOB: usize = 1;
const CAROL: usize = 2;

/// Alice, Bob and Carol, each in a vat of the same name, on up to three hosts.
struct Stage {
    hosts: Vec<Option<Host>>,
    clients: Vec<Client>,
    actors: Vec<Handle<dyn Actor>>,
    at: [usize; 3],
    folder: tempfile::TempDir,
}

impl Stage {
    /// `at` says on which host each of them is.
    async fn set(at: [usize; 3]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (mut hosts, mut clients, mut actors) = (Vec::new(), Vec::new(), Vec::new());
        for n in 0..=at.into_iter().max().unwrap() {
            let host = start(&folder.path().join(n.to_string())).await;
            clients.push(host.client().await.unwrap());
            hosts.push(Some(host));
        }
        for (name, at) in NAMES.into_iter().zip(at) {
            actors.push(cast(&clients[at], name).await);
        }
        Self { hosts, clients, actors, at, folder }
    }

    fn actor(&self, who: usize) -> &Handle<dyn Actor> {
        &self.actors[who]
    }

    fn client(&self, who: usize) -> &Client {
        &self.clients[self.at[who]]
    }

    fn vat(&self, who: usize) -> (&Client, &'static str) {
        (self.client(who), NAMES[who])
    }

    /// Gives one of them a reference to another, under that one's name.
    async fn acquaint(&self, who: usize, with: usize) {
        let whom = match self.at[who] == self.at[with] {
            true => self.actor(with).clone(),
            false => over_to(self.actor(with), self.client(who)).await,
        };
        soon(self.actor(who).ask().keep(NAMES[with].into(), whom.value())).await.unwrap();
    }

    /// Alice makes Carol spawn a counter, and keeps it.
    async fn alice_gets_a_counter(&self) {
        let alice = self.actor(ALICE).ask();
        soon(alice.get("carol".into(), "counter".into(), vec![], "counter".into())).await.unwrap();
        assert_eq!(increment(self.actor(ALICE), 1).await, 1);
    }

    /// Removes one of them: with the host if nobody else is on it.
    async fn remove(&mut self, who: usize) {
        let at = self.at[who];
        if self.at.iter().filter(|other| **other == at).count() == 1 {
            self.hosts[at].take().unwrap().shutdown().await.unwrap();
        } else {
            let admin = self.clients[at].admin();
            soon(admin.ask().vat_evict(NAMES[who].into())).await.unwrap();
            soon(admin.ask().vat_rm(NAMES[who].into())).await.unwrap();
        }
    }

    async fn end(self) {
        for host in self.hosts.into_iter().flatten() {
            host.shutdown().await.unwrap();
        }
    }
}

/// Increments what somebody keeps under "counter".
async fn increment(who: &Handle<dyn Actor>, by: u64) -> u64 {
    let asked = who.ask().ask("counter".into(), "increment".into(), vec![by.into()]);
    hogshead::codec::from_value(soon(asked).await.unwrap()).unwrap()
}

/// What one gives another to keep and to use at once; gives what came of that.
async fn give_to_use(from: &Handle<dyn Actor>, to: &str, by: u64) -> Value {
    let uses = vec!["counter".into(), "increment".into(), Value::List(vec![by.into()])];
    let given = from.ask().give("counter".into(), to.into(), "keep_and_ask".into(), uses);
    soon(given).await.unwrap()
}

/// The whole story: Bob uses what he is given before it can have arrived, keeps it when Alice is
/// gone, and is the last to hold it.
async fn alice_introduces_bob_to_carol(at: [usize; 3]) {
    let mut stage = Stage::set(at).await;
    let (alice, bob) = (stage.actor(ALICE).clone(), stage.actor(BOB).clone());
    let before = objects(stage.client(CAROL), "carol").await;
    stage.acquaint(ALICE, BOB).await;
    stage.acquaint(ALICE, CAROL).await;
    stage.alice_gets_a_counter().await;

    assert_eq!(give_to_use(&alice, "bob", 2).await, Value::from(3_u64));
    let more: Vec<_> = (4..=9_u64)
        .map(|n| (n, bob.ask().ask("counter".into(), "increment".into(), vec![1_u64.into()])))
        .collect();
    for (n, counted) in more {
        assert_eq!(soon(counted).await.unwrap(), Value::from(n));
    }

    // The session is their own.
    let kind = if at[BOB] == at[CAROL] { "local" } else { "durable" };
    for (one, other) in [(BOB, CAROL), (CAROL, BOB)] {
        let sessions = sessions_between(stage.vat(one), stage.vat(other)).await;
        assert_eq!(sessions.len(), 1, "{sessions:?}");
        assert_eq!(sessions[0].kind, kind);
        let held = if one == BOB { sessions[0].imports } else { sessions[0].exports };
        assert_eq!(held, 1, "{sessions:?}");
    }

    alice.ask().forget("counter".into()).await.unwrap();
    drop(alice);
    stage.remove(ALICE).await;
    assert_eq!(increment(&bob, 1).await, 10);
    assert_eq!(objects(stage.client(CAROL), "carol").await, before + 1);

    bob.ask().forget("counter".into()).await.unwrap();
    until("what Bob was the last to hold is gone", || async {
        objects(stage.client(CAROL), "carol").await == before
    })
    .await;
    stage.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_are_on_three_hosts() {
    alice_introduces_bob_to_carol([0, 1, 2]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bob_and_carol_are_on_one_host_and_alice_elsewhere() {
    alice_introduces_bob_to_carol([0, 1, 1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alice_and_carol_are_on_one_host_and_bob_elsewhere() {
    alice_introduces_bob_to_carol([0, 1, 0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alice_and_bob_are_on_one_host_and_carol_elsewhere() {
    alice_introduces_bob_to_carol([0, 0, 1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_three_are_on_one_host() {
    alice_introduces_bob_to_carol([0, 0, 0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_that_turns_out_to_be_of_carol_is_an_introduction() {
    for at in [[0, 1, 2], [0, 0, 0]] {
        let mut stage = Stage::set(at).await;
        let (alice, bob) = (stage.actor(ALICE).clone(), stage.actor(BOB).clone());
        stage.acquaint(BOB, ALICE).await;
        stage.acquaint(ALICE, CAROL).await;
        alice.ask().keep("self".into(), alice.value()).await.unwrap();
        stage.alice_gets_a_counter().await;

        // Bob waits for what Alice will decide on, and writes to it all the while.
        let later = ("later".to_owned(), "counter".to_owned());
        bob.ask().ask_and_keep("alice".into(), later.0, vec![], later.1).await.unwrap();
        let early = bob.ask().ask("counter".into(), "increment".into(), vec![1_u64.into()]);
        until("Alice owes it", || async {
            let admin = stage.client(ALICE).admin();
            !admin.ask().vat_show("alice".into()).await.unwrap().waits_for.is_empty()
        })
        .await;
        let decided = alice.ask().give("counter".into(), "self".into(), "decide".into(), vec![]);
        assert_eq!(soon(decided).await.unwrap(), Value::from(1_u64));
        let late = bob.ask().ask("counter".into(), "increment".into(), vec![1_u64.into()]);
        assert_eq!(soon(early).await.unwrap(), Value::from(2_u64));
        assert_eq!(soon(late).await.unwrap(), Value::from(3_u64));
        let own = sessions_between(stage.vat(BOB), stage.vat(CAROL)).await;
        assert_eq!(own.len(), 1, "{own:?}");

        drop(alice);
        stage.remove(ALICE).await;
        assert_eq!(increment(&bob, 1).await, 4);
        stage.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_carol_revokes_is_revoked_for_whom_it_was_passed_to() {
    let stage = Stage::set([0, 1, 2]).await;
    let (alice, bob) = (stage.actor(ALICE), stage.actor(BOB));
    stage.acquaint(ALICE, BOB).await;
    // Alice is given a facet that can be revoked.
    stage.acquaint(ALICE, CAROL).await;
    let given = alice.ask().give("carol".into(), "bob".into(), "keep".into(), vec!["c".into()]);
    soon(given).await.unwrap();
    let note = || bob.ask().ask("c".into(), "note".into(), vec!["hello".into()]);
    assert_eq!(soon(note()).await.unwrap(), Value::from(1_u64));

    let what = Revocation {
        reference: stage.actor(CAROL).value(),
        label: Some("over".into()),
        deep: false,
    };
    assert_eq!(stage.client(CAROL).admin().ask().revoke(what).await.unwrap(), 1);
    let error = soon(note()).await.unwrap_err();
    assert_eq!(error.class(), Class::Revoked, "{error}");
    let error = soon(alice.ask().ask("carol".into(), "notes".into(), vec![])).await.unwrap_err();
    assert_eq!(error.class(), Class::Revoked, "{error}");
    assert_eq!(stage.actor(CAROL).ask().notes().await.unwrap(), ["hello"], "herself she may ask");
    stage.end().await;
}

/// Alice and Bob on hosts of their own, which speak plain OCapN; Carol's host tells others to reach it at `advertised`,
/// and calls Alice's by itself.
async fn stage_with_carol_at(advertised: String) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let (mut hosts, mut clients, mut actors) = (Vec::new(), Vec::new(), Vec::new());
    for name in NAMES {
        let mut builder = builder(&folder.path().join(name)).plain_sessions();
        if name == "carol" {
            builder = builder.advertise([advertised.clone()]);
        }
        let host = builder.start().await.unwrap();
        let client = host.client().await.unwrap();
        actors.push(cast(&client, name).await);
        clients.push(client);
        hosts.push(Some(host));
    }
    let stage = Stage { hosts, clients, actors, at: [0, 1, 2], folder };
    let carol = stage.actor(CAROL);
    stage.acquaint(CAROL, ALICE).await;
    let gives = vec!["carol".into(), carol.value()];
    soon(carol.ask().ask("alice".into(), "keep".into(), gives)).await.unwrap();
    stage.acquaint(ALICE, BOB).await;
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn if_carol_cannot_be_reached_only_what_was_sent_to_her_breaks() {
    // Nothing can be at port 0.
    let stage = stage_with_carol_at("127.0.0.1:0".to_owned()).await;
    let (alice, bob) = (stage.actor(ALICE), stage.actor(BOB));
    stage.alice_gets_a_counter().await;
    let keeps = vec!["counter".into()];
    let kept = alice.ask().give("counter".into(), "bob".into(), "keep".into(), keeps);
    assert_eq!(soon(kept).await.unwrap(), Value::Undefined, "the rest of the message arrived");
    let noted = bob.ask().ask_and_note("counter".into(), "increment".into(), vec![1_u64.into()]);
    let noted = soon(noted).await.unwrap();
    assert!(noted.starts_with("increment: severed: "), "{noted}");
    // The next try fails likewise, and neither of the others is any worse for it.
    let used = alice.ask().give(
        "counter".into(),
        "bob".into(),
        "keep_and_ask".into(),
        vec!["counter".into(), "increment".into(), Value::List(vec![1_u64.into()])],
    );
    let error = soon(used).await.unwrap_err();
    assert_eq!(error.class(), Class::Severed, "{error}");
    assert_eq!(increment(alice, 1).await, 2, "Alice reaches her still");
    stage.end().await;
}

async fn a_host_restarts_while_it_dials(politely: bool) {
    // Whoever listens here never says anything.
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let mut stage = stage_with_carol_at(silent.local_addr().unwrap().to_string()).await;
    let before = objects(stage.client(CAROL), "carol").await;
    let alice = stage.actor(ALICE);
    stage.alice_gets_a_counter().await;
    let keeps = vec!["counter".into()];
    soon(alice.ask().give("counter".into(), "bob".into(), "keep".into(), keeps)).await.unwrap();
    let admin = stage.client(BOB).admin();
    let records = admin.ask().vat_show("bob".into()).await.unwrap().info.records;
    drop(admin);

    let host = stage.hosts[BOB].take().unwrap();
    if politely {
        host.shutdown().await.unwrap();
    } else {
        tokio::task::spawn_blocking(move || drop(host)).await.unwrap();
    }
    let host = builder(&stage.folder.path().join("bob")).plain_sessions().start().await.unwrap();
    let client = host.client().await.unwrap();
    let bob: Handle<dyn Actor> = look_up(&client, "bob").await;
    let noted = bob.ask().ask_and_note("counter".into(), "increment".into(), vec![1_u64.into()]);
    assert_eq!(soon(noted).await.unwrap(), "increment: severed: the host was restarted");
    bob.ask().forget("counter".into()).await.unwrap();
    until("no session is left, nor what came by it", || async {
        let details = client.admin().ask().vat_show("bob".into()).await.unwrap();
        details.sessions.iter().all(|session| session.kind == "local")
            && details.info.records < records
    })
    .await;
    host.shutdown().await.unwrap();

    // The gift that nobody came for goes with whoever left it.
    stage.remove(ALICE).await;
    until("Carol's counter is gone", || async {
        objects(stage.client(CAROL), "carol").await == before
    })
    .await;
    stage.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_stops_while_it_dials_breaks_what_waited() {
    a_host_restarts_while_it_dials(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_dies_while_it_dials_breaks_what_waited() {
    a_host_restarts_while_it_dials(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_is_no_go_between_for_what_its_owner_passes_on() {
    let stage = Stage::set([0, 0, 1]).await;
    let (alice, bob) = (stage.actor(ALICE), stage.actor(BOB));
    let client = stage.client(BOB);
    let before = objects(client, "alice").await;
    // An answer that is known, and one that is still awaited.
    let known: Handle<dyn Counter> =
        client.handle_on(&soon(alice.ask().counter()).await.unwrap()).cast();
    bob.ask().keep("counter".into(), known.value()).await.unwrap();
    let (awaited, answer) = client.pipeline(alice, hogshead::Message::new("counter", []));
    let kept = bob.ask().keep("awaited".into(), awaited.unwrap().value());
    soon(kept).await.unwrap();
    let answer = client.handle(&soon(answer).await.unwrap());
    drop((known, answer));
    assert_eq!(increment(bob, 1).await, 1);
    let counted = bob.ask().ask("awaited".into(), "increment".into(), vec![5_u64.into()]);
    assert_eq!(soon(counted).await.unwrap(), Value::from(5_u64));
    // A reference of another host: Bob calls there himself.
    stage.acquaint(BOB, CAROL).await;
    let noted = bob.ask().ask("carol".into(), "note".into(), vec!["hello".into()]);
    assert_eq!(soon(noted).await.unwrap(), Value::from(1_u64));

    let with_alice = sessions_between(stage.vat(BOB), stage.vat(ALICE)).await;
    assert_eq!(with_alice.len(), 1, "{with_alice:?}");
    assert_eq!((with_alice[0].kind.as_str(), with_alice[0].imports), ("local", 2));
    let with_carol = sessions_between(stage.vat(BOB), stage.vat(CAROL)).await;
    assert_eq!(with_carol.len(), 1, "{with_carol:?}");
    assert_eq!((with_carol[0].kind.as_str(), with_carol[0].imports), ("durable", 1));
    for counter in ["counter", "awaited"] {
        bob.ask().forget(counter.into()).await.unwrap();
    }
    until("the counters are gone", || async { objects(client, "alice").await == before }).await;
    stage.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_handed_off_within_a_host_outlives_it_and_so_do_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
    let carol = cast(&client, "carol").await;
    alice.ask().keep("bob".into(), bob.value()).await.unwrap();
    alice.ask().keep("carol".into(), carol.value()).await.unwrap();
    let get = alice.ask();
    soon(get.get("carol".into(), "counter".into(), vec![], "counter".into())).await.unwrap();
    assert_eq!(increment(&alice, 1).await, 1);
    let keeps = vec!["counter".into()];
    soon(alice.ask().give("counter".into(), "bob".into(), "keep".into(), keeps)).await.unwrap();
    drop((alice, bob, carol, client));
    host.shutdown().await.unwrap();

    let host = start(&data).await;
    let client = host.client().await.unwrap();
    let alice: Handle<dyn Actor> = look_up(&client, "alice").await;
    let bob: Handle<dyn Actor> = look_up(&client, "bob").await;
    assert_eq!(increment(&bob, 1).await, 2, "in the session that there was");
    assert_eq!(give_to_use(&alice, "bob", 1).await, Value::from(3_u64), "and given once more");
    let sessions = sessions(&client, "carol").await;
    assert_eq!(sessions.len(), 3, "with the host, Alice and Bob: {sessions:?}");
    host.shutdown().await.unwrap();
}
