//! Hellos that cross: of two sessions between the same peers one goes on.

use hogshead::{Message, TcpFraming, Value};
use hogshead_captp::operation::Deliver;
use hogshead_captp::{Descriptor, Import, Operation, Target};

use super::talk::{Hand, key_beside};
use super::{Stage, int, note};
use crate::host::cast::soon;

#[tokio::test(flavor = "multi_thread")]
async fn of_crossed_hellos_the_higher_goes_on_and_carries_what_both_wanted() {
    for ours_goes_on in [true, false] {
        let stage = Stage::set(TcpFraming::Bare).await;
        let bob = Hand::on_tcp("bob", TcpFraming::Bare);
        let befriended = stage.befriend(bob.location(), b"bob");
        let talk = async {
            // The host has said hello; before it hears ours, it hears another.
            let (mut inbound, theirs) = bob.be_called(0xF0).await;
            let key = key_beside(theirs, ours_goes_on);
            let mut outbound = bob.call_with(&stage.at, key).await;
            let mut talk = if ours_goes_on {
                outbound.greeted().await.unwrap();
                let why = inbound.ended().await;
                assert!(why.contains("crossed"), "{why}");
                outbound
            } else {
                let why = outbound.greeted().await.unwrap_err();
                assert!(why.contains("crossed"), "{why}");
                inbound.flush().await;
                inbound
            };
            // What Alice had dialled for comes by the session that goes on, and so does ours.
            let asked = talk.asked("fetch").await;
            assert_eq!(asked.message.values[1], Value::Bytes(b"bob"[..].into()));
            talk.answer(&asked, Value::Ref(Descriptor::ImportObject(1000))).await;
            let fetched = talk.fetch(&stage.swiss).await;
            let noted = talk.ask(Target::Answer(fetched), note("hello")).await;
            assert_eq!(talk.outcome(noted).await.unwrap(), int(1));
            talk
        };
        let (befriended, mut talk) = tokio::join!(befriended, talk);
        befriended.unwrap();
        assert_eq!(stage.sessions().await, 1);
        let told = stage.alice.ask().ask("friend".into(), "hi".into(), vec![]);
        let (told, ()) = tokio::join!(soon(told), async {
            let asked = talk.asked("hi").await;
            assert_eq!(asked.to, Target::Export(1000));
            talk.answer(&asked, int(7)).await;
        });
        assert_eq!(told.unwrap(), Value::from(7_u64));
        stage.host.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_ends_our_session_may_begin_its_own() {
    // The end of the one that loses comes before the one that wins; and whoever has ended ours
    // has not crossed it, in whatever order the two connections are read.
    for (above, ends_first) in [(true, true), (false, true), (true, false), (false, false)] {
        let stage = Stage::set(TcpFraming::Bare).await;
        let bob = Hand::on_tcp("bob", TcpFraming::Bare);
        let befriended = stage.befriend(bob.location(), b"bob");
        let talk = async {
            let (mut inbound, theirs) = bob.be_called(0xF0).await;
            drop(inbound.session.take_frames());
            let key = key_beside(theirs, above);
            let mut talk = if ends_first {
                inbound.abort().await;
                bob.call_with(&stage.at, key).await
            } else {
                let talk = bob.call_with(&stage.at, key).await;
                inbound.abort().await;
                talk
            };
            talk.greeted().await.unwrap();
            let asked = talk.asked("fetch").await;
            talk.answer(&asked, Value::Ref(Descriptor::ImportObject(1000))).await;
            talk
        };
        let (befriended, _talk) = tokio::join!(befriended, talk);
        befriended.unwrap();
        assert_eq!(stage.sessions().await, 1);
        stage.host.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_wanted_and_breaks_the_rules_at_once_keeps_nobody_waiting() {
    let stage = Stage::set(TcpFraming::Prefixed).await;
    for round in 0..16 {
        let bob = Hand::on_tcp(&format!("bob{round}"), TcpFraming::Prefixed);
        let befriended = stage.befriend(bob.location(), b"bob");
        let rude = async {
            let (mut inbound, theirs) = bob.be_called(0xF0).await;
            let key = key_beside(theirs, true);
            let mut talk = bob.prepare(&stage.at, bob.location(), key).await;
            // Both questions under one position, in one piece with the hello: the first is
            // answered to a stranger, the second is for the vat, which wants this session already.
            let fetch = |swiss: &[u8]| {
                let message = Message::new("fetch", [Value::Bytes(swiss.to_vec().into())]);
                let (to, resolver) = (Target::Export(0), Some(Import::Object(1)));
                Operation::Deliver(Deliver { to, message, answer: Some(1), resolver })
            };
            talk.flush_with([fetch(b"wrong"), fetch(&stage.swiss)]).await;
            inbound.ended().await;
            talk.ended().await
        };
        let (befriended, why) = tokio::join!(befriended, rude);
        assert!(why.contains("in use"), "{why}");
        let error = befriended.unwrap_err();
        assert_eq!(error.class(), hogshead::Class::Severed, "{error}");
    }
    stage.host.shutdown().await.unwrap();
}
