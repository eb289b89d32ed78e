//! Handoffs that succeed, in every role and order.

use hogshead_objects::heap::{Heap, Resolution};

use super::*;

#[test]
fn a_reference_is_given_to_a_third_vat() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
        trio.run().unwrap();
        let given = heard_reference(&heard);
        assert!(matches!(given, Ref::Promise(_)), "a promise stands for the gift: {given:?}");
        let found = trio.vats[BOB].heap.resolution(given).unwrap();
        let Resolution::Ref(import @ Ref::Import(_)) = found else { panic!("{found:?}") };
        let far = trio.vats[BOB].heap.far(import).unwrap().unwrap();
        assert_eq!(far.session, Trio::session(BOB, CAROL), "it is Carol's without detour");
        assert_eq!(say(&mut trio, BOB, given, "hello"), echoed("hello"));
        assert_nothing_is_left(&mut trio);
    });
}
