//! The ways between hosts: whichever they share carries the same vats under the same names.

use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use hogshead::stock::counter::Counter;
use hogshead::{Class, Client, Handle, Host, HostBuilder, SturdyRef, Value};

use super::cast::{Actor, Player, cast, look_up, over_to, sessions, sessions_between, soon, spawn};
use super::ocapn::talk::{Hand, key};

/// A host that no way leads to, yet.
fn closed(data: &Path) -> HostBuilder {
    Host::builder(data).idle(Duration::from_secs(3600)).turn_threads(2).register::<Player>()
}

fn by_quic(builder: HostBuilder) -> HostBuilder {
    builder.listen("127.0.0.1:0".parse().unwrap())
}

fn by_websocket(builder: HostBuilder) -> HostBuilder {
    builder.listen_websocket("127.0.0.1:0".parse().unwrap())
}

/// Alice's host and Bob's, each with an actor in a vat of its name.
struct Two {
    hosts: [Host; 2],
    alice: Handle<dyn Actor>,
    bob: Handle<dyn Actor>,
}

impl Two {
    async fn start(alice: HostBuilder, bob: HostBuilder) -> Self {
        let hosts = [alice.start().await.unwrap(), bob.start().await.unwrap()];
        let alice = cast(&hosts[0].client().await.unwrap(), "alice").await;
        let bob = cast(&hosts[1].client().await.unwrap(), "bob").await;
        Self { hosts, alice, bob }
    }

    fn clients(&self) -> (&Client, &Client) {
        (self.alice.client(), self.bob.client())
    }

    /// A sturdyref for Alice.
    async fn shared(&self) -> SturdyRef {
        let admin = self.alice.client().admin();
        admin.ask().share(self.alice.value(), None, "bob".into()).await.unwrap()
    }

    /// Bob gets to know Alice, and calls her from his own vat; she calls him back over the session
    /// that there is.
    async fn talk(&self) {
        let far = soon(over_to(&self.alice, self.bob.client())).await;
        soon(self.bob.ask().keep("alice".into(), far.value())).await.unwrap();
        let gives = vec!["bob".into(), self.bob.value()];
        soon(self.bob.ask().ask("alice".into(), "keep".into(), gives)).await.unwrap();
        let asked = self.alice.ask().ask("bob".into(), "note".into(), vec!["hello".into()]);
        assert_eq!(soon(asked).await.unwrap(), 1_u64.into());
        let between = sessions_between((self.alice.client(), "alice"), (self.bob.client(), "bob"));
        let between = between.await;
        let kinds: Vec<_> = between.iter().map(|session| session.kind.as_str()).collect();
        assert_eq!(kinds, ["durable"]);
    }

    async fn end(self) {
        for host in self.hosts {
            host.shutdown().await.unwrap();
        }
    }
}

/// Bob's owner enlivens a sturdyref.
async fn enliven(client: &Client, sturdyref: SturdyRef) -> hogshead::Result<Handle<dyn Actor>> {
    let live = soon(client.admin().ask().enliven(sturdyref)).await?;
    Ok(client.handle(&live).unwrap().cast())
}

/// The same sturdyref with other hints.
fn with_hints(sturdyref: &SturdyRef, hints: &[(&str, &str)]) -> SturdyRef {
    let mut sturdyref = sturdyref.clone();
    let hints = hints.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    sturdyref.peer.hints = Some(hints.collect());
    sturdyref
}

/// An address at which nobody listens.
fn dead_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_share_a_unix_socket_alone_talk() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| {
        closed(&folder.path().join(name)).listen_unix(folder.path().join(format!("{name}.sock")))
    };
    let two = Two::start(at("a"), at("b")).await;
    two.talk().await;
    let hints = two.shared().await.peer.hints.unwrap();
    let path = folder.path().join("a.sock").display().to_string();
    assert_eq!(hints, [("unix".to_owned(), path)].into());
    two.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_share_websocket_alone_talk() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| by_websocket(closed(&folder.path().join(name)));
    let two = Two::start(at("a"), at("b")).await;
    two.talk().await;
    let hints = two.shared().await.peer.hints.unwrap();
    assert!(hints.keys().eq(["ws"]), "{hints:?}");
    two.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_has_one_name_and_shows_every_way_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let url = "wss://home.example/hog";
    let socket = folder.path().join("a.sock");
    let alice = by_websocket(by_quic(closed(&folder.path().join("a"))))
        .listen_unix(&socket)
        .advertise_websocket([url.to_owned()]);
    let two = Two::start(alice, by_quic(closed(&folder.path().join("b")))).await;
    let peer = two.shared().await.peer;
    assert!(peer.is_hog());
    let shown = two.alice.client().admin().ask().vat_show("alice".into()).await.unwrap();
    assert_eq!(peer.designator, shown.info.id);
    let quic = two.hosts[0].listening().unwrap().to_string();
    assert_eq!(peer.hint("quic"), Some(quic.as_str()));
    assert_eq!(peer.hint("unix"), Some(socket.display().to_string().as_str()));
    assert_eq!(peer.hint("ws"), Some(url), "what is advertised, not where it listens");
    assert_eq!(peer.hints.as_ref().unwrap().len(), 3);
    two.talk().await;
    two.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_way_is_passed_over_and_the_next_one_taken() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| {
        by_websocket(by_quic(closed(&folder.path().join(name))))
            .listen_unix(folder.path().join(format!("{name}.sock")))
    };
    let two = Two::start(at("a"), at("b")).await;
    let (_, his) = two.clients();
    let shared = two.shared().await;
    let (nobody, dead) = (folder.path().join("nobody.sock").display().to_string(), dead_address());

    let all_dead = with_hints(&shared, &[("quic", "nowhere"), ("unix", &nobody), ("ws", &dead)]);
    let error = enliven(his, all_dead).await.unwrap_err();
    assert_eq!(error.class(), Class::Severed, "{error}");
    for part in ["nowhere: ", &nobody, &dead, "nobody listens there", "check the address"] {
        assert!(error.message().contains(part), "`{part}` is missing: {error}");
    }

    let good = shared.peer.hint("ws").unwrap();
    let both = format!("{dead},{good}");
    let last_alive = [("quic", "nowhere"), ("unix", nobody.as_str()), ("ws", both.as_str())];
    let alice = enliven(his, with_hints(&shared, &last_alive)).await.unwrap();
    assert_eq!(soon(alice.ask().note("found".into())).await.unwrap(), 1);
    two.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_ways_to_a_vat_are_one_peer() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| by_websocket(by_quic(closed(&folder.path().join(name))));
    let two = Two::start(at("a"), at("b")).await;
    let (hers, his) = two.clients();
    let shared = two.shared().await;
    let quic = with_hints(&shared, &[("quic", shared.peer.hint("quic").unwrap())]);
    let first = enliven(his, quic).await.unwrap();
    assert_eq!(soon(first.ask().note("by QUIC".into())).await.unwrap(), 1);

    // The session that is open is taken: where the other way leads does not even matter.
    let websocket = shared.peer.hint("ws").unwrap();
    for address in [websocket, &dead_address()] {
        let again = enliven(his, with_hints(&shared, &[("ws", address)])).await.unwrap();
        assert_eq!(soon(again.ask().notes()).await.unwrap(), ["by QUIC"]);
        assert_eq!(sessions_between((his, "host"), (hers, "alice")).await.len(), 1);
        assert_eq!(sessions_between((hers, "alice"), (his, "host")).await.len(), 1);
    }
    two.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_comes_back_at_its_socket() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| {
        closed(&folder.path().join(name))
            .plain_sessions()
            .listen_unix(folder.path().join(format!("{name}.sock")))
    };
    let bob = at("b").start().await.unwrap();
    let his = bob.client().await.unwrap();
    let host = at("a").start().await.unwrap();
    let hers = host.client().await.unwrap();
    hers.admin().ask().vat_new("alice".into()).await.unwrap();
    let counter: Handle<dyn Counter> = spawn(&hers, "alice", "hogshead/counter", "c").await;
    let shared = hers.admin().ask().share(counter.value(), None, "bob".into()).await.unwrap();
    let mut host = Some(host);
    for (n, politely) in [true, false].into_iter().enumerate() {
        let live = soon(his.admin().ask().enliven(shared.clone())).await.unwrap();
        let far: Handle<dyn Counter> = his.handle(&live).unwrap().cast();
        assert_eq!(soon(far.ask().increment(1)).await.unwrap(), n as u64 + 1);
        let old = host.take().unwrap();
        if politely {
            old.shutdown().await.unwrap();
        } else {
            tokio::task::spawn_blocking(move || drop(old)).await.unwrap();
        }
        super::cast::until("Bob's host has noticed", || async {
            !sessions(&his, "host").await.iter().any(|session| session.kind == "plain")
        })
        .await;
        let error = soon(his.admin().ask().enliven(shared.clone())).await.unwrap_err();
        assert!(error.message().contains("nobody listens there"), "{error}");
        host = Some(at("a").start().await.unwrap());
    }
    let hers = host.as_ref().unwrap().client().await.unwrap();
    let counter: Handle<dyn Counter> = look_up(&hers, "c").await;
    assert_eq!(soon(counter.ask().read()).await.unwrap(), 2);
    host.take().unwrap().shutdown().await.unwrap();
    bob.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_without_a_way_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let alice = by_quic(closed(&folder.path().join("a")));
    let two = Two::start(alice, closed(&folder.path().join("b"))).await;
    let shared = two.shared().await;
    let error = enliven(two.clients().1, shared.clone()).await.unwrap_err();
    assert_eq!(error.class(), Class::Severed);
    for part in ["no way", "`hog`", "--listen", "--listen-unix", "--listen-ws"] {
        assert!(error.message().contains(part), "`{part}` is missing: {error}");
    }

    // With a way, but none of those that the locator shows.
    let unix = closed(&folder.path().join("c")).listen_unix(folder.path().join("c.sock"));
    let carol = unix.start().await.unwrap();
    let error = enliven(&carol.client().await.unwrap(), shared).await.unwrap_err();
    for part in ["quic", "unix"] {
        assert!(error.message().contains(part), "`{part}` is missing: {error}");
    }
    carol.shutdown().await.unwrap();

    // Within the host everything goes on.
    let bob: Handle<dyn Actor> = look_up(two.clients().1, "bob").await;
    assert_eq!(soon(bob.ask().note("alone".into())).await.unwrap(), 1);
    two.end().await;
}

/// Whoever asks a vat to enliven something, perhaps a peer, must not explore the network by it.
#[tokio::test(flavor = "multi_thread")]
async fn why_a_dial_failed_is_told_to_the_owner_and_to_no_vat() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| by_websocket(by_quic(closed(&folder.path().join(name))));
    let two = Two::start(at("a"), at("b")).await;
    let (_, his) = two.clients();
    let device = his.admin().ask().enlivener("bob".into()).await.unwrap();
    soon(two.bob.ask().keep("device".into(), device)).await.unwrap();
    let dead = dead_address();
    let nobody = with_hints(&two.shared().await, &[("ws", &dead)]);
    let error = enliven(his, nobody.clone()).await.unwrap_err();
    assert!(error.message().contains(&dead), "{error}");

    let asked = vec![Value::SturdyRef(Box::new(nobody))];
    let asked = two.bob.ask().ask("device".into(), "enliven".into(), asked);
    let error = soon(asked).await.unwrap_err();
    assert_eq!(error.class(), Class::Severed, "{error}");
    assert_eq!(error.message(), "the peer could not be reached");
    two.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hello_must_name_whom_the_connection_has_proven() {
    let folder = tempfile::tempdir().unwrap();
    let alice = by_quic(closed(&folder.path().join("a"))).start().await.unwrap();
    let client = alice.client().await.unwrap();
    let actor = cast(&client, "alice").await;
    let shared = client.admin().ask().share(actor.value(), None, "all".into()).await.unwrap();
    let (bob, carol) = (Hand::on_quic(7), Hand::on_quic(8));
    let mut talk = bob.call_as(&shared.peer, carol.location(), key(1)).await;
    let why = soon(talk.greeted()).await.unwrap_err();
    assert!(why.contains("not the vat that the connection authenticated"), "{why}");
    // Under his own name he is welcome.
    let mut talk = bob.call(&shared.peer, 2).await;
    let fetched = talk.fetch(shared.swiss.expose()).await;
    assert!(talk.outcome(fetched).await.is_ok());
    alice.shutdown().await.unwrap();
}
