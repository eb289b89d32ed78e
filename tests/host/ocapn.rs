//! Other implementations, over `tcp-testing-only`: peers by hand, and hosts that know each other
//! by nothing else.

mod crossings;
pub mod talk;

use hogshead::{
    Class, Client, DeliverForm, Dialect, GcLabels, Handle, Host, HostBuilder, Locator, Message,
    SturdyRef, TcpFraming, Value,
};
use hogshead_captp::operation::Deliver;
use hogshead_captp::{Descriptor, Operation, Target};
use hogshead_objects::locator::SwissNumber;

use self::talk::{Hand, key};
use super::cast::{Actor, builder, cast, sessions, soon, until};

const TRANSPORT: &str = "tcp-testing-only";

/// A host with Alice, whom others reach by TCP alone.
struct Stage {
    host: Host,
    client: Client,
    alice: Handle<dyn Actor>,
    /// Where she is reached.
    at: Locator,
    /// What she is fetched by.
    swiss: Vec<u8>,
    _folder: tempfile::TempDir,
}

impl Stage {
    async fn set(framing: TcpFraming) -> Self {
        Self::with(framing, |builder| builder).await
    }

    async fn with(framing: TcpFraming, change: impl FnOnce(HostBuilder) -> HostBuilder) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut host = change(builder(&folder.path().join("a"))).start().await.unwrap();
        let client = host.client().await.unwrap();
        let (alice, at, swiss) = player(&mut host, &client, "alice", framing).await;
        Self { host, client, alice, at, swiss, _folder: folder }
    }

    /// Alice enlivens a sturdyref and keeps what it leads to as her friend.
    async fn befriend(&self, peer: Locator, swiss: &[u8]) -> hogshead::Result<()> {
        befriend(&self.alice, peer, swiss).await
    }

    /// Her sessions with peers on this transport.
    async fn sessions(&self) -> usize {
        on_tcp(&self.client, "alice").await
    }
}

async fn on_tcp(client: &Client, vat: &str) -> usize {
    let all = sessions(client, vat).await;
    all.iter().filter(|session| session.peer.contains(TRANSPORT)).count()
}

async fn befriend(who: &Handle<dyn Actor>, peer: Locator, swiss: &[u8]) -> hogshead::Result<()> {
    let target = SturdyRef { peer, swiss: SwissNumber::new(swiss.to_vec()) };
    let target = vec![Value::SturdyRef(Box::new(target))];
    let asked = who.ask();
    soon(asked.get("enlivener".into(), "enliven".into(), target, "friend".into())).await
}

/// An actor that can reach out, where it is reached by TCP, and what it is fetched by.
async fn player(
    host: &mut Host,
    client: &Client,
    name: &str,
    framing: TcpFraming,
) -> (Handle<dyn Actor>, Locator, Vec<u8>) {
    let actor = cast(client, name).await;
    let admin = client.admin();
    let device = soon(admin.ask().enlivener(name.into())).await.unwrap();
    actor.ask().keep("enlivener".into(), device).await.unwrap();
    let at = host.listen_tcp_testing(name, "127.0.0.1:0".parse().unwrap(), framing).unwrap();
    let shared = soon(admin.ask().share(actor.value(), None, "all".into())).await.unwrap();
    (actor, at, shared.swiss.expose().to_vec())
}

fn note(text: &str) -> Message<Descriptor> {
    Message::new("note", [Value::String(text.into())])
}

fn int(number: u64) -> Value<Descriptor> {
    Value::Int(number.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_fetches_and_uses_an_object_with_either_framing() {
    for framing in [TcpFraming::Bare, TcpFraming::Prefixed] {
        let stage = Stage::set(framing).await;
        let bob = Hand::on_tcp("bob", framing);
        let mut talk = bob.call(&stage.at, 1).await;
        // Everything is asked at once; the answers come one after the other.
        let fetched = talk.fetch(&stage.swiss).await;
        let noted = talk.ask(Target::Answer(fetched), note("hello")).await;
        let wrong = talk.fetch(b"not that one, but one as long as").await;
        assert!(matches!(talk.outcome(fetched).await, Ok(Value::Ref(_))));
        assert_eq!(talk.outcome(noted).await.unwrap(), int(1));
        assert_eq!(talk.outcome(wrong).await.unwrap_err().class(), Class::NotFound);
        assert_eq!(stage.alice.ask().notes().await.unwrap(), ["hello"]);
        assert_eq!(stage.sessions().await, 1);
        talk.abort().await;
        until("her session is over", || async { stage.sessions().await == 0 }).await;
        stage.host.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_in_one_piece_with_a_lie_counts_up_to_the_lie() {
    let stage = Stage::set(TcpFraming::Prefixed).await;
    let bob = Hand::on_tcp("bob", TcpFraming::Prefixed);
    let mut talk = bob.call(&stage.at, 1).await;
    let fetched = talk.fetch(&stage.swiss).await;
    assert!(matches!(talk.outcome(fetched).await, Ok(Value::Ref(_))));
    let to = Target::Answer(fetched);
    let says = |text| {
        let (message, answer, resolver) = (note(text), None, None);
        Operation::Deliver(Deliver { to, message, answer, resolver })
    };
    let lie = Operation::GcAnswers(vec![fetched + 1_000]);
    talk.flush_with([says("true"), lie, says("too late")]).await;
    until("her session is over", || async { stage.sessions().await == 0 }).await;
    assert_eq!(stage.alice.ask().notes().await.unwrap(), ["true"]);
    stage.host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hangs_up_comes_again_at_once_from_the_same_place() {
    let stage = Stage::set(TcpFraming::Bare).await;
    let bob = Hand::on_tcp("bob", TcpFraming::Bare);
    for round in 1..=20_u64 {
        let mut talk = bob.call(&stage.at, u8::try_from(round).unwrap()).await;
        let fetched = talk.fetch(&stage.swiss).await;
        let noted = talk.ask(Target::Answer(fetched), note("hello")).await;
        assert_eq!(talk.outcome(noted).await.unwrap(), int(round));
        // By turns politely, without a word, and before it was ever more than a stranger.
        match round % 3 {
            0 => talk.abort().await,
            1 => drop(talk),
            _ => {
                talk.abort().await;
                bob.call(&stage.at, 0x80).await.abort().await;
            }
        }
    }
    until("no session is left", || async { stage.sessions().await == 0 }).await;
    stage.host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stays_silent_keeps_nobody_else_out() {
    let stage = Stage::set(TcpFraming::Bare).await;
    let port: u16 = stage.at.hint("port").unwrap().parse().unwrap();
    let mut silent = Vec::new();
    for n in 0..40 {
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        if n % 2 == 0 {
            // The beginning of something.
            tokio::io::AsyncWriteExt::write_all(&mut stream, b"<16'op:start").await.unwrap();
        }
        silent.push(stream);
    }
    // Some say hello and nothing more.
    let mut strangers = Vec::new();
    for n in 0..10_u8 {
        let hand = Hand::on_tcp(&format!("stranger{n}"), TcpFraming::Bare);
        let talk = hand.call(&stage.at, 0x90 + n).await;
        strangers.push((hand, talk));
    }
    let bob = Hand::on_tcp("bob", TcpFraming::Bare);
    let mut talk = bob.call(&stage.at, 1).await;
    let fetched = talk.fetch(&stage.swiss).await;
    let noted = talk.ask(Target::Answer(fetched), note("hello")).await;
    assert_eq!(talk.outcome(noted).await.unwrap(), int(1));
    assert_eq!(stage.sessions().await, 1, "strangers are known to nobody");
    drop((silent, strangers));
    stage.host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_session_from_the_same_place_is_turned_away() {
    let stage = Stage::set(TcpFraming::Bare).await;
    let bob = Hand::on_tcp("bob", TcpFraming::Bare);
    // Whether the first one is a stranger yet or not.
    let mut first = bob.call(&stage.at, 1).await;
    let dave = Hand::on_tcp("dave", TcpFraming::Bare);
    let mut daves = dave.call(&stage.at, 2).await;
    let fetched = first.fetch(&stage.swiss).await;
    assert!(first.outcome(fetched).await.is_ok());
    let mut second = bob.call_with(&stage.at, key(3)).await;
    let mut of_dave = dave.call_with(&stage.at, key(4)).await;
    let (second, of_dave) = tokio::join!(second.greeted(), of_dave.greeted());
    for why in [second.unwrap_err(), of_dave.unwrap_err()] {
        assert!(why.contains("session"), "{why}");
    }
    let noted = first.ask(Target::Answer(fetched), note("hello")).await;
    assert_eq!(first.outcome(noted).await.unwrap(), int(1));
    let fetched = daves.fetch(&stage.swiss).await;
    assert!(daves.outcome(fetched).await.is_ok());
    stage.host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_called_back_where_it_called_from() {
    let stage = Stage::set(TcpFraming::Prefixed).await;
    let bob = Hand::on_tcp("bob", TcpFraming::Prefixed);
    let mut talk = bob.call(&stage.at, 1).await;
    // It is no session of Alice's yet. At the place that she is told nobody is, but Bob is there.
    let mut location = bob.location();
    location.hints.as_mut().unwrap().insert("port".into(), "1".into());
    assert_eq!(stage.sessions().await, 0);
    let (befriended, ()) = tokio::join!(stage.befriend(location, b"bob"), async {
        let asked = talk.asked("fetch").await;
        talk.answer(&asked, Value::Ref(Descriptor::ImportObject(1000))).await;
    });
    befriended.unwrap();
    assert_eq!(stage.sessions().await, 1);
    stage.host.shutdown().await.unwrap();
}

/// What the host sends by itself after Alice has told her friend something, and let go of it.
async fn said_in(dialect: Option<Dialect>, speaks_old: bool) -> (String, String) {
    let stage = Stage::with(TcpFraming::Bare, |builder| match dialect {
        Some(dialect) => builder.dialect(TRANSPORT, dialect),
        None => builder,
    })
    .await;
    let bob = Hand::on_tcp("bob", TcpFraming::Bare);
    let mut talk = bob.call(&stage.at, 1).await;
    let fetched = talk.fetch(&stage.swiss).await;
    let given = [Value::String("friend".into()), Value::Ref(Descriptor::ImportObject(1000))];
    let kept = talk.ask(Target::Answer(fetched), Message::new("keep", given)).await;
    talk.outcome(kept).await.unwrap();
    if speaks_old {
        let old = Dialect { deliver: DeliverForm::Only, gc: GcLabels::Plural };
        let to = Target::Answer(fetched);
        let message = note("in the older form");
        let deliver =
            hogshead_captp::operation::Deliver { to, message, answer: None, resolver: None };
        talk.channel.tx.send(Operation::Deliver(deliver).encode(old)).await.unwrap();
        until("it was understood", || async {
            stage.alice.ask().notes().await.unwrap() == ["in the older form"]
        })
        .await;
    }
    let tell = stage.alice.ask();
    soon(tell.tell("friend".into(), "hi".into(), vec![], 1)).await.unwrap();
    stage.alice.ask().forget("friend".into()).await.unwrap();
    let (mut told, mut dropped) = (None, None);
    while told.is_none() || dropped.is_none() {
        let frame = talk.frame().await.unwrap();
        let text = String::from_utf8_lossy(&frame).into_owned();
        // An operation begins with the length of its label and the label.
        let from = text.find('\'').unwrap() + 1;
        let length: usize = text[1..from - 1].parse().unwrap();
        let label = text[from..from + length].to_owned();
        if label.starts_with("op:gc-export") {
            dropped = Some(label);
        } else if text.contains("2'hi") {
            told = Some(label);
        }
    }
    stage.host.shutdown().await.unwrap();
    (told.unwrap(), dropped.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_is_spoken_to_in_the_dialect_that_was_set_or_that_it_speaks() {
    let old = Dialect { deliver: DeliverForm::Only, gc: GcLabels::Singular };
    let said = |told: &str, dropped: &str| (told.to_owned(), dropped.to_owned());
    assert_eq!(said_in(None, false).await, said("op:deliver", "op:gc-exports"));
    assert_eq!(said_in(Some(old), false).await, said("op:deliver-only", "op:gc-export"));
    // Who sends the older form may know no other.
    assert_eq!(said_in(None, true).await, said("op:deliver-only", "op:gc-exports"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_known_by_two_transports_is_two_peers() {
    let stage = Stage::set(TcpFraming::Bare).await;
    let folder = tempfile::tempdir().unwrap();
    let mut b = builder(&folder.path().join("b")).start().await.unwrap();
    let his = b.client().await.unwrap();
    let (bob, at, swiss) = player(&mut b, &his, "bob", TcpFraming::Bare).await;
    stage.befriend(at, &swiss).await.unwrap();
    let keeps = stage.alice.ask();
    let asked = keeps.ask_and_note("friend".into(), "note".into(), vec!["by TCP".into()]);
    assert_eq!(soon(asked).await.unwrap(), "note: 1");
    let hog = soon(his.admin().ask().share(bob.value(), None, "hog".into())).await.unwrap();
    stage.befriend(hog.peer.clone(), hog.swiss.expose()).await.unwrap();
    let asked = keeps.ask_and_note("friend".into(), "note".into(), vec!["by QUIC".into()]);
    assert_eq!(soon(asked).await.unwrap(), "note: 2");
    let peers = sessions(&stage.client, "alice").await;
    let peers: Vec<_> = peers.iter().filter(|session| session.kind != "local").collect();
    assert_eq!(peers.len(), 2, "{peers:?}");
    assert_ne!(peers[0].peer, peers[1].peer);
    assert_eq!(bob.ask().notes().await.unwrap(), ["by TCP", "by QUIC"]);
    stage.host.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leads_to_a_vat_itself_needs_no_session_by_any_name() {
    let stage = Stage::set(TcpFraming::Bare).await;
    stage.befriend(stage.at.clone(), &stage.swiss).await.unwrap();
    let asked = stage.alice.ask();
    let noted = asked.ask_and_note("friend".into(), "note".into(), vec!["dear diary".into()]);
    assert_eq!(soon(noted).await.unwrap(), "note: 1");
    let error = stage.befriend(stage.at.clone(), b"wrong").await.unwrap_err();
    assert_eq!(error.class(), Class::NotFound, "{error}");
    assert_eq!(stage.sessions().await, 0);
    stage.host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_vats_of_one_host_may_meet_by_tcp_and_one_without_it_is_told() {
    let mut stage = Stage::set(TcpFraming::Bare).await;
    let (client, bare) = (stage.client.clone(), TcpFraming::Bare);
    let (_, at, swiss) = player(&mut stage.host, &client, "bob", bare).await;
    stage.befriend(at.clone(), &swiss).await.unwrap();
    assert_eq!((stage.sessions().await, on_tcp(&client, "bob").await), (1, 1));
    // Nobody has named a place for Dave on that network.
    let dave = cast(&client, "dave").await;
    let device = soon(client.admin().ask().enlivener("dave".into())).await.unwrap();
    dave.ask().keep("enlivener".into(), device).await.unwrap();
    let error = befriend(&dave, at, &swiss).await.unwrap_err();
    assert_eq!(error.class(), Class::Severed, "{error}");
    stage.host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_a_vat_of_our_own_network_without_proof() {
    let stage = Stage::set(TcpFraming::Bare).await;
    let bob = Hand::on_tcp("bob", TcpFraming::Bare);
    let mut liar = bob.call_as(&stage.at, Locator::hog(bob.vat, ["127.0.0.1:1"]), key(1)).await;
    let why = liar.greeted().await.unwrap_err();
    assert!(why.contains("authenticated"), "{why}");
    let mut talk = bob.call(&stage.at, 2).await;
    let fetched = talk.fetch(&stage.swiss).await;
    assert!(talk.outcome(fetched).await.is_ok());
    stage.host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hosts_hand_off_by_tcp_alone() {
    for framing in [TcpFraming::Bare, TcpFraming::Prefixed] {
        let folder = tempfile::tempdir().unwrap();
        let alice = Stage::set(framing).await;
        let mut hosts = Vec::new();
        let mut others = Vec::new();
        for name in ["bob", "carol"] {
            let mut host = builder(&folder.path().join(name)).start().await.unwrap();
            let client = host.client().await.unwrap();
            let (actor, at, swiss) = player(&mut host, &client, name, framing).await;
            alice.befriend(at, &swiss).await.unwrap();
            // What she befriended is under its own name now.
            let renamed = vec![name.into()];
            alice.alice.ask().keep("self".into(), alice.alice.value()).await.unwrap();
            let renames = alice.alice.ask();
            soon(renames.give("friend".into(), "self".into(), "keep".into(), renamed))
                .await
                .unwrap();
            hosts.push(host);
            others.push((client, actor));
        }
        let gives = alice.alice.ask();
        let uses = vec!["carol".into(), "note".into(), Value::List(vec!["at once".into()])];
        let used = gives.give("carol".into(), "bob".into(), "keep_and_ask".into(), uses);
        assert_eq!(soon(used).await.unwrap(), Value::from(1_u64));
        assert_eq!(on_tcp(&others[0].0, "bob").await, 2, "with Alice and with Carol");
        assert_eq!(on_tcp(&others[1].0, "carol").await, 2, "with Alice and with Bob");
        alice.host.shutdown().await.unwrap();
        let later = others[0].1.ask().ask("carol".into(), "note".into(), vec!["later".into()]);
        assert_eq!(soon(later).await.unwrap(), Value::from(2_u64));
        for host in hosts {
            host.shutdown().await.unwrap();
        }
    }
}
