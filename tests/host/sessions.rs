//! Peers that break the rules, by the owner's socket: they lose their session, and nobody else
//! anything.

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead::{Locator, Message};
use hogshead_captp::operation::{Deliver, GcExport, Operation};
use hogshead_captp::{Bootstrap, Config, Dialect, Event, Hello, Session, Target, limits};
use hogshead_netlayer::local::LocalChannel;
use hogshead_objects::ids::SessionId;

use super::cast::{cast, over_to, soon, start, until};

/// A peer that has said a good hello, and may now say anything.
struct Rude {
    channel: LocalChannel,
    session: Session,
}

impl Rude {
    async fn at(host: &hogshead::Host) -> Self {
        let limits = hogshead_netlayer::Limits::default();
        let mut channel =
            hogshead_netlayer::local::connect(host.socket().unwrap(), &limits).await.unwrap();
        let config = Config {
            id: SessionId(1),
            dialect: Dialect::default(),
            bootstrap: Bootstrap::Fetch,
            limits: limits::Limits::default().into(),
            identity: None,
            handoffs: false,
        };
        let location =
            Locator { designator: "rude".into(), transport: "hogcaller".into(), hints: None };
        let key = SigningKey::from_bytes(&[7; 32]);
        let mut session = Session::dial(config, Hello { key, location, expected_peer: None });
        channel.tx.send_many(session.take_frames()).await.unwrap();
        let frame = soon(channel.rx.recv()).await.unwrap().unwrap();
        assert!(matches!(session.handle_frame(&frame), Ok(Event::Established(_))));
        Self { channel, session }
    }

    async fn says(&mut self, operation: Operation) {
        let frame = self.session.encode(&operation);
        self.channel.tx.send_many(vec![frame]).await.unwrap();
    }

    /// Reads until the host has ended the session; gives its reason.
    async fn until_sent_away(mut self) -> Option<String> {
        let mut reason = None;
        loop {
            match soon(self.channel.rx.recv()).await {
                Ok(Some(frame)) => {
                    if let Ok(Event::Aborted(why)) = self.session.handle_frame(&frame) {
                        reason = Some(why);
                    }
                }
                Ok(None) | Err(_) => return reason,
            }
        }
    }
}

fn deliver(to: Target) -> Operation {
    let message = Message::new("key", []);
    Operation::Deliver(Deliver { to, message, answer: None, resolver: None })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_violation_ends_its_session_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    let pending = alice.ask().later();
    let violations = [
        deliver(Target::Export(99)),
        deliver(Target::Answer(99)),
        Operation::GcExports(vec![GcExport { position: 99, delta: 1 }]),
        Operation::GcAnswers(vec![99]),
    ];
    for (n, violation) in violations.into_iter().enumerate() {
        let mut rude = Rude::at(&host).await;
        rude.says(violation).await;
        let reason = rude.until_sent_away().await.expect("it is told why");
        assert!(!reason.is_empty());
        let noted = soon(alice.ask().note("undisturbed".into())).await.unwrap();
        assert_eq!(noted, n as u64 + 1);
    }
    // Bytes that are no operation at all.
    let rude = Rude::at(&host).await;
    rude.channel.tx.send_many(vec![Bytes::from_static(b"[[[[")]).await.unwrap();
    assert!(rude.until_sent_away().await.is_some());
    assert_eq!(alice.ask().decide(Some("yes".into())).await.unwrap(), 1);
    assert_eq!(soon(pending).await.unwrap(), "yes".into());
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_the_first_thing_said_after_a_violation_arrives() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (start(&folder.path().join("a")).await, start(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let alice = cast(&hers, "alice").await;
    let far = over_to(&alice, &his).await;
    let pending = alice.ask().later();
    until("Alice owes it", || async {
        let admin = hers.admin();
        !admin.ask().vat_show("alice".into()).await.unwrap().waits_for.is_empty()
    })
    .await;
    // The failed turn makes vat zero forget what it can read again.
    let mut rude = Rude::at(&a).await;
    rude.says(deliver(Target::Export(99))).await;
    rude.until_sent_away().await;
    // Bob has Alice's vat answer without a word from vat zero.
    assert_eq!(soon(far.ask().decide(Some("yes".into()))).await.unwrap(), 1);
    assert_eq!(soon(pending).await.unwrap(), "yes".into());
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_stays_silent_or_leaves_costs_nothing_that_lasts() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    for _ in 0..20 {
        drop(Rude::at(&host).await);
    }
    until("their sessions are gone", || async {
        let sessions = client.admin().ask().vat_show("host".into()).await.unwrap().sessions;
        sessions.iter().filter(|session| session.kind == "owner").count() == 1
    })
    .await;
    assert_eq!(alice.ask().note("n".into()).await.unwrap(), 1);
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_says_no_more_at_once_than_a_stranger_has_to_say() {
    use hogshead::limits::STRANGER_FRAME_BYTES_MAX;
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    let shared = soon(client.admin().ask().share(alice.value(), None, "a".into())).await.unwrap();
    let bob = super::ocapn::talk::Hand::on_quic(7);
    let long = |to, octets: usize| {
        let filling = hogshead::Value::Bytes(vec![0; octets].into());
        let message = hogshead_objects::Message::new("hello", [filling]);
        Operation::Deliver(Deliver { to, message, answer: None, resolver: None })
    };
    let mut stranger = bob.call(&shared.peer, 1).await;
    stranger.say(long(Target::Export(0), STRANGER_FRAME_BYTES_MAX)).await;
    stranger.ended().await;
    // Who has shown that it knows something may say as much as anybody.
    let mut known = bob.call(&shared.peer, 2).await;
    let fetched = known.fetch(shared.swiss.expose()).await;
    known.say(long(Target::Answer(fetched), 2 * STRANGER_FRAME_BYTES_MAX)).await;
    known.outcome(fetched).await.unwrap();
    let again = known.fetch(shared.swiss.expose()).await;
    known.outcome(again).await.unwrap();
    host.shutdown().await.unwrap();
}
