//! Which peers are sent a flush, and what becomes of one that a peer sends.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use hogshead_captp::testing::{FakeVat, Sent, Wire, local_pair, plain_pair};
use hogshead_captp::{Bootstrap, Carrier, Dialect, Limits, Operation};
use hogshead_objects::{Message, Ref, Value};

/// An object of the second vat, which counts what it is sent, as the first one knows it.
fn counter(vats: &mut [FakeVat; 2], wire: &Wire) -> Ref {
    vats[1].turn(|heap| {
        let mut count = 0_u64;
        let counter = heap.object(move |_, _| {
            count += 1;
            Ok(Value::Int(count.into()))
        });
        heap.share(b"counter", counter);
    });
    let fetched = vats[0].session_turn(wire.ends[0], |session, heap| {
        let bootstrap = session.bootstrap(heap).unwrap();
        heap.ask(bootstrap, Message::new("fetch", [Value::Bytes(b"counter".as_slice().into())]))
    });
    wire.run(vats).unwrap();
    match vats[0].heap.outcome(fetched.unwrap()) {
        Some(Ok(Value::Ref(counter))) => *counter,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_plain_peer_is_sent_no_flush_and_its_sender_need_not_wait() {
    let (mut vats, wire) = plain_pair(Dialect::default(), Limits::default());
    let counter = counter(&mut vats, &wire);
    let flushed = vats[0].turn(|heap| heap.ask(counter, Message::flush()));
    assert_eq!(vats[0].heap.outcome(flushed), Some(&Ok(Value::Undefined)));
    assert!(vats[0].sent(wire.ends[0]).is_empty());
    // With an argument it is no flush.
    let message = Message::new("hog:flush", [Value::Null]);
    let counted = vats[0].turn(|heap| heap.ask(counter, message));
    wire.run(&mut vats).unwrap();
    assert_eq!(vats[0].heap.outcome(counted), Some(&Ok(Value::Int(1.into()))));
    assert!(!Carrier::Plain.keeps_order());
}

#[test]
fn a_plain_peer_is_sent_no_watch_and_its_sender_hears_that_it_is_not_told() {
    let (mut vats, wire) = plain_pair(Dialect::default(), Limits::default());
    let counter = counter(&mut vats, &wire);
    let told = vats[0].turn(|heap| heap.ask(counter, Message::watch()));
    let Some(Err(error)) = vats[0].heap.outcome(told) else { panic!("it is known at once") };
    assert_eq!(error.class(), hogshead_objects::Class::BadCall);
    assert!(vats[0].sent(wire.ends[0]).is_empty());
    let (mut vats, wire) = local_pair([Bootstrap::Fetch, Bootstrap::Fetch]);
    let counter = self::counter(&mut vats, &wire);
    let told = vats[0].turn(|heap| heap.ask(counter, Message::watch()));
    assert_eq!(vats[0].heap.outcome(told), None);
    assert_eq!(vats[0].sent(wire.ends[0]).len(), 1);
}

#[test]
fn a_flush_goes_to_a_vat_of_the_same_host_behind_what_was_sent_before() {
    let (mut vats, wire) = local_pair([Bootstrap::Fetch, Bootstrap::Fetch]);
    let counter = counter(&mut vats, &wire);
    let flushed = vats[0].turn(|heap| {
        heap.tell(counter, Message::new("count", []));
        heap.ask(counter, Message::flush())
    });
    let sent: Vec<_> = vats[0].sent(wire.ends[0]).iter().cloned().collect();
    let symbols = sent.iter().filter_map(|sent| {
        let Sent::Row(bytes) = sent else { panic!("{sent:?}") };
        match Operation::from_row(bytes).unwrap() {
            Operation::Deliver(deliver) => Some(deliver.message.symbol().unwrap().to_owned()),
            _ => None,
        }
    });
    assert_eq!(symbols.collect::<Vec<_>>(), ["count", "hog:flush"]);
    assert_eq!(vats[0].heap.outcome(flushed), None);
    wire.run(&mut vats).unwrap();
    assert_eq!(vats[0].heap.outcome(flushed), Some(&Ok(Value::Undefined)));
    let counted = vats[0].turn(|heap| heap.ask(counter, Message::new("count", [])));
    wire.run(&mut vats).unwrap();
    assert_eq!(vats[0].heap.outcome(counted), Some(&Ok(Value::Int(2.into()))));
    assert!(Carrier::Local.keeps_order() && Carrier::Durable.keeps_order());
}
