//! What waits for a peer to be reached, and who gave which way to it.

use bytes::Bytes;
use hogshead::limits::{GIFTER_DIALS_MAX, GIFTER_WISHES_MAX};
use hogshead::{Class, Hints, Locator, SturdyRef, Value};
use hogshead_captp::crypto::{PublicId, SessionHash, Signature};
use hogshead_captp::descriptor::{Certificate, Envelope, HandoffGive};
use hogshead_captp::{Descriptor, Target};
use hogshead_objects::Message;
use hogshead_objects::ids::VatId;

use super::cast::{builder, cast, soon, start};
use super::ocapn::talk::{Hand, Talk, key};

/// The same object by a way on which nobody ever answers.
fn by_websocket(target: &SturdyRef, address: std::net::SocketAddr) -> SturdyRef {
    let hints = Some(Hints::from([("ws".to_owned(), address.to_string())]));
    let peer = Locator { hints, ..target.peer.clone() };
    SturdyRef { peer, swiss: target.swiss.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_way_to_a_peer_does_not_keep_others_from_reaching_it() {
    let folder = tempfile::tempdir().unwrap();
    let a = builder(&folder.path().join("a"));
    let address = "127.0.0.1:0".parse().unwrap();
    let a = a.listen(address).listen_websocket(address).start().await.unwrap();
    let b = start(&folder.path().join("b")).await;
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let (alice, bob) = (cast(&hers, "alice").await, cast(&his, "bob").await);
    let to_alice = soon(hers.admin().ask().share(alice.value(), None, "a".into())).await.unwrap();
    let to_bob = soon(his.admin().ask().share(bob.value(), None, "b".into())).await.unwrap();

    // Somebody gives her a way that leads nowhere, and she goes it.
    let nowhere = tokio::net::TcpListener::bind(address).await.unwrap();
    let wrong = by_websocket(&to_bob, nowhere.local_addr().unwrap());
    let misled = tokio::spawn(hers.admin().ask().enliven(wrong));
    let (dial, _) = soon(nowhere.accept()).await.unwrap();
    // Meanwhile she gets to know the right one. Calls are in order: what is answered after it
    // was asked after it.
    let led = tokio::spawn(hers.admin().ask().enliven(to_bob));
    soon(hers.admin().ask().enliven(to_alice)).await.unwrap();
    assert!(!led.is_finished(), "it waits for the dial that is under way");
    drop((dial, nowhere));

    let error = soon(misled).await.unwrap().unwrap_err();
    assert_eq!(error.class(), Class::Severed, "{error}");
    soon(led).await.unwrap().expect("the right way leads to him");
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

/// A give of something at somebody who is nowhere, as the receiver takes it: whether it is genuine
/// only its exporter could say.
fn give(talk: &Talk, exporter: u8, address: std::net::SocketAddr) -> Value<Descriptor> {
    let vat = VatId::from(key(exporter).verifying_key());
    let give = HandoffGive {
        receiver: talk.session.peer().unwrap().key,
        exporter: Locator::hog(vat, [address]),
        session: SessionHash([1; 32]),
        gifter: PublicId([2; 32]),
        gift: Bytes::from_static(b"gift"),
    };
    let signature = Signature::sign(&key(1), b"anything");
    Value::Ref(Descriptor::Signed(Box::new(Envelope {
        signed: Certificate::Give(give),
        signature,
    })))
}

fn text(text: &str) -> Value<Descriptor> {
    Value::String(text.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_gifter_makes_a_vat_wait_for_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    let shared = soon(client.admin().ask().share(alice.value(), None, "a".into())).await.unwrap();
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().unwrap();
    // As many as may be for one peer, and one more; the same for one gift each of many peers.
    for (seed, exporters) in [(7, 1), (8, GIFTER_DIALS_MAX)] {
        let exporter = |n: usize| seed * 10 + u8::try_from(n).unwrap();
        let gifter = Hand::on_quic(seed);
        let mut talk = gifter.call(&shared.peer, seed).await;
        let fetched = talk.fetch(shared.swiss.expose()).await;
        let alice = match talk.outcome(fetched).await.unwrap() {
            Value::Ref(Descriptor::ImportObject(position)) => Target::Export(position),
            other => panic!("{other:?}"),
        };
        let many = if exporters == 1 { GIFTER_WISHES_MAX } else { exporters };
        let gives = (0..many).map(|n| give(&talk, exporter(n % exporters), silent)).collect();
        let keep = Message::new("keep", [text("many"), Value::List(gives)]);
        let kept = talk.ask(alice, keep).await;
        talk.outcome(kept).await.unwrap();
        let one_more = give(&talk, exporter(exporters), silent);
        let asked = [text("more"), text("hi"), Value::List(vec![]), one_more];
        let asked = talk.ask(alice, Message::new("keep_and_ask", asked)).await;
        let error = talk.outcome(asked).await.unwrap_err();
        assert_eq!(error.class(), Class::Busy, "{error}");
        assert!(error.message().contains("this gifter"), "{error}");
    }
    tokio::task::spawn_blocking(move || drop(host)).await.unwrap();
}
