//! Races, told step by step.

use hogshead_objects::records::table;

use super::world::World;

const ALICE: usize = 0;
const BOB: usize = 1;
const CAROL: usize = 2;

/// Where Alice keeps Bob's promise.
const PROMISED: u64 = 10;

/// Tells a story with vats that keep what they know in memory, and with such as keep nothing.
fn story(count: usize, tell: impl Fn(&mut World)) {
    for forgetful in [false, true] {
        let mut world = World::new(count, forgetful);
        tell(&mut world);
        world.audit();
    }
}

#[test]
fn what_was_sent_to_a_promise_is_not_overtaken_when_it_turns_out_to_be_a_third_vats() {
    story(3, |world| {
        world.tell(ALICE, "ask", (BOB, 1, PROMISED));
        world.run();
        world.tell(ALICE, "write", (PROMISED, 1));
        // Bob's promise is Carol now; Alice's first note has not come to him.
        world.tell(BOB, "decide", (1, CAROL));
        world.run_except(&[(ALICE, BOB)]);
        world.tell(ALICE, "write", (PROMISED, 1));
        world.run_except(&[(ALICE, BOB)]);
        assert_eq!(world.notes(CAROL, ALICE, PROMISED), [] as [u64; 0], "the second came first");
        world.run();
        assert_eq!(world.notes(CAROL, ALICE, PROMISED), [0, 1]);
        assert_eq!(world.count(ALICE, table::DELIVERY), 0);
    });
}

#[test]
fn what_was_sent_to_a_promise_is_not_overtaken_when_it_turns_out_to_be_the_senders_own() {
    story(2, |world| {
        world.tell(ALICE, "ask", (BOB, 1, PROMISED));
        world.run();
        world.tell(ALICE, "write", (PROMISED, 1));
        world.tell(BOB, "decide", (1, ALICE));
        world.run_except(&[(ALICE, BOB)]);
        world.tell(ALICE, "write", (PROMISED, 1));
        world.run();
        assert_eq!(world.notes(ALICE, ALICE, PROMISED), [0, 1]);
    });
}

#[test]
fn a_promise_whose_session_ends_while_it_drains_leads_on() {
    story(3, |world| {
        world.tell(ALICE, "ask", (BOB, 1, PROMISED));
        world.run();
        world.tell(ALICE, "write", (PROMISED, 1));
        world.tell(BOB, "decide", (1, CAROL));
        world.run_except(&[(ALICE, BOB)]);
        world.tell(ALICE, "write", (PROMISED, 1));
        world.run_except(&[(ALICE, BOB)]);
        world.sever(ALICE, BOB);
        world.run();
        // What became of the first nobody can tell Alice any more; here it was still on its way.
        assert_eq!(world.notes(CAROL, ALICE, PROMISED), [1, 0]);
        assert_eq!(world.count(ALICE, table::DELIVERY), 0);
    });
}
