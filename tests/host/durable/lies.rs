//! What a peer may do wrong, what comes of it, and what stays.

use hogshead::{Client, Handle, Host, HostBuilder, SturdyRef, Value};
use hogshead_captp::durable::{Chain, End, EndReason, Frame, Incarnation, Mark};

use super::super::cast::{Actor, builder, cast, sessions, soon, until};
use super::hand::{Hand, Side, Talk, fetch, tell};

const OURS: Incarnation = Incarnation([1; 16]);

/// A host with Alice, and a hand that was given a sturdyref to her.
struct Stage {
    host: Host,
    client: Client,
    alice: Handle<dyn Actor>,
    known: SturdyRef,
    hand: Hand,
    _folder: tempfile::TempDir,
}

impl Stage {
    async fn set() -> Self {
        Self::with(|builder| builder).await
    }

    async fn with(change: impl FnOnce(HostBuilder) -> HostBuilder) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = change(builder(&folder.path().join("data"))).start().await.unwrap();
        let client = host.client().await.unwrap();
        let alice = cast(&client, "alice").await;
        let known = client.admin().ask().share(alice.value(), None, "hand".into()).await.unwrap();
        Self { host, client, alice, known, hand: Hand::new(7), _folder: folder }
    }

    /// An open session in which Alice was told `one`.
    async fn talking(&self) -> (Talk, Side) {
        let (mut talk, mut side) = self.hand.open(&self.known, OURS).await;
        talk.say(side.next(&fetch(&self.known, 1))).await;
        talk.say(side.next(&tell(1, "note", "one"))).await;
        talk.acked(&mut side).await;
        // With nothing left to say to the hand, her vat does not dial it by itself.
        talk.say(Frame::Ack { received: side.received, credit: 200 }).await;
        (talk, side)
    }

    async fn resume(&self, side: &Side) -> Talk {
        let talk = self.hand.dial(&self.known.peer).await;
        talk.say(Frame::Hello(Box::new(self.hand.hello(side)))).await;
        talk
    }

    async fn notes(&self) -> Vec<String> {
        soon(self.alice.ask().notes()).await.unwrap()
    }

    /// The sessions of Alice's vat with others than its own host.
    async fn sessions(&self) -> usize {
        let all = sessions(&self.client, "alice").await;
        all.iter().filter(|session| session.kind != "local" && session.state != "forked").count()
    }

    async fn is_severed(&self) {
        until("the session is gone", || async { self.sessions().await == 0 }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_knows_nothing_writes_nothing_and_is_shut_out_after_some_tries() {
    let stage = Stage::set().await;
    let mut wrong = stage.known.clone();
    wrong.swiss = hogshead_objects::locator::SwissNumber::new(vec![9; 32]);
    soon(stage.client.admin().ask().vat_evict("alice".into())).await.unwrap();
    let before = stage.host.vats_in_memory();
    let mut talk = stage.hand.dial(&stage.known.peer).await;
    let hello = stage.hand.first_hello(OURS, Some(&wrong));
    for _ in 0..16 {
        talk.say(Frame::Hello(Box::new(hello.clone()))).await;
        assert!(matches!(talk.hear().await, Frame::Declined { .. }));
    }
    assert!(talk.next().await.is_none(), "it knocked too often");
    assert_eq!(stage.host.vats_in_memory(), before, "nobody was woken");
    assert_eq!(stage.sessions().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_speaks_of_an_unknown_session_or_says_no_hello_gets_nowhere() {
    let stage = Stage::set().await;
    let mut talk = stage.hand.dial(&stage.known.peer).await;
    let mut hello = stage.hand.first_hello(OURS, Some(&stage.known));
    hello.theirs = Some(Incarnation([3; 16]));
    talk.say(Frame::Hello(Box::new(hello))).await;
    assert_eq!(talk.end().await.why, EndReason::Unknown);

    for octets in [&b"\x01"[..], b"", b"\x01\x02", b"<10'op:deliver>", &[1, 200, 0, 0]] {
        let mut talk = stage.hand.dial(&stage.known.peer).await;
        talk.say_octets(octets.to_vec().into()).await;
        assert!(talk.next().await.is_none(), "{octets:?}");
    }
    assert_eq!(stage.sessions().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_twice_is_applied_once_and_a_gap_costs_the_channel_only() {
    let stage = Stage::set().await;
    let (mut talk, mut side) = stage.talking().await;
    let before = side;
    let two = side.next(&tell(1, "note", "two"));
    talk.say(two.clone()).await;
    talk.say(two.clone()).await;
    talk.acked(&mut side).await;
    assert_eq!(stage.notes().await, ["one", "two"]);

    let left_out = side.next(&tell(1, "note", "three"));
    talk.say(side.next(&tell(1, "note", "four"))).await;
    assert!(talk.hear_more().await.is_none(), "the channel is closed");
    assert_eq!(stage.sessions().await, 1, "the session is not");
    let mut talk = stage.resume(&side).await;
    let Frame::Hello(hello) = talk.hear().await else { panic!("no hello came") };
    assert_eq!(hello.received.number, before.sent.number + 1);
    talk.say(left_out).await;
    let mut again = Side { sent: hello.received, ..side };
    again.next(&tell(1, "note", "three"));
    talk.say(again.next(&tell(1, "note", "four"))).await;
    talk.acked(&mut side).await;
    assert_eq!(stage.notes().await, ["one", "two", "three", "four"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_with_another_history_proves_a_fork() {
    let stage = Stage::set().await;
    let (mut talk, mut side) = stage.talking().await;
    side.sent.chain = Chain([9; 32]);
    talk.say(side.next(&tell(1, "note", "other"))).await;
    let end = talk.end().await;
    assert_eq!(end.why, EndReason::Fork);
    assert!(end.evidence.is_some());
    stage.is_severed().await;
    assert_eq!(stage.notes().await, ["one"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_was_put_back_is_found_out_by_its_hello() {
    // What it says it has sent, and what it says it has received, are less than we know of.
    let put_back = |side: Side, start: Side| {
        [Side { sent: start.sent, ..side }, Side { received: start.received, ..side }]
    };
    for nth in 0..2 {
        let stage = Stage::set().await;
        let (talk, mut side) = stage.talking().await;
        let us = (stage.hand.vat, side.ours);
        let peer = (talk.peer, side.theirs);
        let mark = |chain| Mark { number: 0, chain };
        let start = Side {
            sent: mark(Chain::seed(us, peer)),
            received: mark(Chain::seed(peer, us)),
            ..side
        };
        // That the answer was taken was said.
        side.next(&tell(1, "note", "lost"));
        drop(talk);
        let put_back = put_back(side, start)[nth];
        let mut talk = stage.resume(&put_back).await;
        // It could be a late word. What it says next is not.
        assert!(matches!(talk.hear().await, Frame::Hello(hello) if hello.again));
        talk.say(Frame::Hello(Box::new(stage.hand.hello(&put_back)))).await;
        let end = talk.end().await;
        assert_eq!(end.why, EndReason::Fork, "{nth}");
        stage.is_severed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hello_that_comes_later_than_what_was_said_after_it_proves_nothing() {
    let stage = Stage::set().await;
    let (mut talk, mut side) = stage.talking().await;
    // A channel that is slow. Meanwhile the hand has given it up and goes on over another one.
    let (mut slow, late) = (stage.hand.dial(&stage.known.peer).await, stage.hand.hello(&side));
    talk.say(side.next(&tell(1, "note", "two"))).await;
    talk.acked(&mut side).await;
    slow.say(Frame::Hello(Box::new(late))).await;
    assert!(matches!(slow.hear().await, Frame::Hello(hello) if hello.again));
    drop(slow);

    let mut talk = stage.resume(&side).await;
    let Frame::Hello(hello) = talk.hear().await else { panic!("no hello came") };
    assert_eq!((hello.again, hello.received), (false, side.sent));
    talk.say(side.next(&tell(1, "note", "three"))).await;
    talk.acked(&mut side).await;
    assert_eq!(stage.notes().await, ["one", "two", "three"]);
    assert_eq!(stage.sessions().await, 1);

    // Nor does one of a session that is over by now end the next.
    let (slow, late) = (stage.hand.dial(&stage.known.peer).await, stage.hand.hello(&side));
    let (mut talk, mut side) = stage.hand.open(&stage.known, Incarnation([2; 16])).await;
    let begun = side;
    slow.say(Frame::Hello(Box::new(late))).await;
    drop(slow);
    while talk.next().await.is_some() {}
    let mut talk = stage.resume(&side).await;
    let Frame::Hello(hello) = talk.hear().await else { panic!("no hello came") };
    assert_eq!((hello.ours, hello.again), (begun.theirs, false));
    talk.say(side.next(&fetch(&stage.known, 1))).await;
    talk.acked(&mut side).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_of_what_was_never_sent_proves_a_fork() {
    let stage = Stage::set().await;
    let (mut talk, side) = stage.talking().await;
    let received = Mark { number: side.received.number + 5, chain: Chain([1; 32]) };
    talk.say(Frame::Ack { received, credit: 1 }).await;
    assert_eq!(talk.end().await.why, EndReason::Fork);
    stage.is_severed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_in_an_open_session_ends_it_and_nothing_else() {
    let stage = Stage::set().await;
    let (mut talk, mut side) = stage.talking().await;
    let Frame::Operation { number, chain, cause, .. } = side.next(&fetch(&stage.known, 9)) else {
        panic!("it is an operation");
    };
    let payload = bytes::Bytes::from_static(b"<9'op:nonsense>");
    talk.say(Frame::Operation { number, chain, cause, payload }).await;
    assert_eq!(talk.end().await.why, EndReason::Violation);
    stage.is_severed().await;
    assert_eq!(soon(stage.alice.ask().note("goes on".into())).await.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_begins_anew_ends_what_was_and_the_other_side_follows() {
    let stage = Stage::set().await;
    let (talk, _) = stage.talking().await;
    drop(talk);
    let (mut talk, mut side) = stage.hand.open(&stage.known, Incarnation([2; 16])).await;
    talk.say(side.next(&fetch(&stage.known, 1))).await;
    talk.say(side.next(&tell(1, "note", "anew"))).await;
    talk.acked(&mut side).await;
    assert_eq!(stage.notes().await, ["one", "anew"]);
    assert_eq!(stage.sessions().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_with_as_many_sessions_as_it_may_lets_nobody_else_in() {
    let stage = Stage::with(|builder| builder.durable_sessions(1)).await;
    let (talk, side) = stage.talking().await;
    let another = Hand::new(8);
    let mut other = another.dial(&stage.known.peer).await;
    let hello = another.first_hello(Incarnation([8; 16]), Some(&stage.known));
    other.say(Frame::Hello(Box::new(hello.clone()))).await;
    assert!(matches!(other.hear().await, Frame::Declined { .. }));
    assert!(other.next().await.is_none());
    // Whoever is in stays, and makes room by leaving.
    drop(talk);
    let mut talk = stage.resume(&side).await;
    assert!(matches!(talk.hear().await, Frame::Hello(_)));
    let (ours, theirs, why) = (side.ours, side.theirs, EndReason::Owner);
    let end = End { ours, theirs, why, text: "enough".to_owned(), evidence: None };
    talk.say(Frame::End(Box::new(end))).await;
    stage.is_severed().await;
    another.open(&stage.known, Incarnation([8; 16])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_answered_a_hello_is_dialled_again_when_the_vat_has_gone_cold() {
    let stage = Stage::set().await;
    let device = soon(stage.client.admin().ask().enlivener("alice".into())).await.unwrap();
    soon(stage.alice.ask().keep("enlivener".into(), device)).await.unwrap();
    let target = vec![Value::SturdyRef(Box::new(stage.hand.sturdyref()))];
    let asked = stage.alice.clone();
    let waits = tokio::spawn(async move {
        asked.ask().get("enlivener".into(), "enliven".into(), target, "friend".into()).await
    });
    let mut first = stage.hand.accept().await;
    let Frame::Hello(hello) = first.hear().await else { panic!("no hello came") };

    let evicted = soon(stage.client.admin().ask().vat_evict("alice".into())).await.unwrap();
    assert_eq!(evicted.state.as_str(), "cold");
    assert!(first.next().await.is_none(), "a cold vat has no channel");
    let mut second = stage.hand.accept().await;
    let Frame::Hello(again) = second.hear().await else { panic!("no hello came") };
    assert_eq!(again.ours, hello.ours, "it is the same session that is opened");
    second.say(Frame::Declined { reason: "unknown".to_owned() }).await;
    assert!(soon(waits).await.unwrap().is_err(), "who asked is told");
}

/// Has the hand ask Alice something, and gives the channel when the answer is there, which the hand
/// does not take in.
async fn with_an_answer_unsaid(stage: &Stage) -> (Talk, Side) {
    let (mut talk, mut side) = stage.hand.open(&stage.known, OURS).await;
    talk.say(side.next(&fetch(&stage.known, 1))).await;
    assert!(matches!(talk.hear_more().await, Some(Frame::Operation { .. })));
    (talk, side)
}

/// Takes the answer in on a channel that Alice's vat has opened.
async fn is_answered(stage: &Stage, side: &mut Side) {
    let mut talk = stage.hand.accept().await;
    assert!(matches!(talk.hear().await, Frame::Hello(_)));
    talk.say(Frame::Hello(Box::new(stage.hand.hello(side)))).await;
    side.take(&talk.hear_more().await.expect("she says it again"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_taken_an_answer_is_dialled_again_however_often_the_vat_goes_cold() {
    let stage = Stage::set().await;
    let (talk, mut side) = with_an_answer_unsaid(&stage).await;
    drop(talk);
    // Each time the vat is cold before its hello is answered, as a busy machine may have it.
    for _ in 0..3 {
        let mut talk = stage.hand.accept().await;
        assert!(matches!(talk.hear().await, Frame::Hello(_)));
        soon(stage.client.admin().ask().vat_evict("alice".into())).await.unwrap();
        assert!(talk.next().await.is_none(), "a cold vat has no channel");
    }
    is_answered(&stage, &mut side).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_taken_an_answer_is_dialled_again_although_another_peer_lies_meanwhile() {
    let stage = Stage::set().await;
    let (mut talk, mut side) = with_an_answer_unsaid(&stage).await;
    // What a peer brings that is no operation has the vat read its sessions anew.
    let liar = Hand::new(8);
    let (mut lying, mut lies) = liar.open(&stage.known, Incarnation([8; 16])).await;
    let Frame::Operation { number, chain, cause, .. } = lies.next(&fetch(&stage.known, 9)) else {
        panic!("it is an operation");
    };
    let payload = bytes::Bytes::from_static(b"<9'op:nonsense>");
    lying.say(Frame::Operation { number, chain, cause, payload }).await;
    assert_eq!(lying.end().await.why, EndReason::Violation);
    soon(stage.client.admin().ask().vat_evict("alice".into())).await.unwrap();
    while talk.next().await.is_some() {}
    is_answered(&stage, &mut side).await;
}
