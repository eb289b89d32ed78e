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

#[test]
fn a_chain_of_promises_over_many_vats_keeps_order_whichever_link_is_slow() {
    let [dora, emil] = [3, 4];
    for slow in [(ALICE, BOB), (BOB, CAROL), (CAROL, dora), (ALICE, dora), (BOB, dora)] {
        story(5, |world| {
            // Bob's promise will be Carol's, hers Dora's, and that one Emil.
            world.tell(ALICE, "ask", (BOB, 1, PROMISED));
            world.tell(BOB, "ask", (CAROL, 2, PROMISED));
            world.tell(CAROL, "ask", (dora, 3, PROMISED));
            world.run();
            let mut written = 0;
            for (who, promise, slot) in [(BOB, 1, PROMISED), (CAROL, 2, PROMISED), (dora, 3, 4)] {
                world.tell(ALICE, "write", (PROMISED, 1));
                world.tell(who, "decide", (promise, slot));
                world.run_except(&[slow]);
                world.tell(ALICE, "write", (PROMISED, 1));
                written += 2;
            }
            world.run_except(&[slow]);
            world.tell(ALICE, "write", (PROMISED, 1));
            world.run();
            let expected: Vec<u64> = (0..=written).collect();
            assert_eq!(world.notes(emil, ALICE, PROMISED), expected, "slow: {slow:?}");
        });
    }
}

#[test]
fn a_promise_that_drains_can_be_passed_on_and_forgotten() {
    story(4, |world| {
        let dora = 3;
        world.tell(ALICE, "ask", (BOB, 1, PROMISED));
        world.run();
        world.tell(ALICE, "write", (PROMISED, 1));
        world.tell(BOB, "decide", (1, CAROL));
        world.run_except(&[(ALICE, BOB)]);
        // Alice knows that it is Carol and waits for the flush; to Dora it is a promise.
        world.tell(ALICE, "write", (PROMISED, 1));
        world.tell(ALICE, "pass", (dora, PROMISED, 20));
        world.tell(ALICE, "forget", (PROMISED,));
        world.run_except(&[(ALICE, BOB)]);
        world.tell(dora, "write", (20, 1));
        world.run_except(&[(ALICE, BOB)]);
        assert_eq!(world.notes(CAROL, dora, 20), [] as [u64; 0]);
        world.run();
        assert_eq!(world.notes(CAROL, ALICE, PROMISED), [0, 1]);
        assert_eq!(world.notes(CAROL, dora, 20), [0]);
        world.tell(dora, "forget", (20,));
        world.run();
        for at in [ALICE, BOB, CAROL, dora] {
            world.tell(at, "forget_all", ());
            world.run();
        }
        assert_eq!(world.count(ALICE, table::PROMISE), 0);
    });
}

#[test]
fn a_peer_that_never_answers_a_flush_keeps_its_own_promise_from_settling_and_nothing_else() {
    story(3, |world| {
        world.tell(ALICE, "ask", (BOB, 1, PROMISED));
        world.tell(ALICE, "ask", (CAROL, 2, PROMISED + 1));
        world.run();
        world.tell(ALICE, "write", (PROMISED, 1));
        world.tell(ALICE, "write", (PROMISED + 1, 1));
        world.tell(BOB, "decide", (1, CAROL));
        world.tell(CAROL, "decide", (2, ALICE));
        // From now on nothing comes from Bob but what he has said.
        while world.carry(BOB, ALICE) {}
        world.run_except(&[(BOB, ALICE)]);
        world.tell(ALICE, "write", (PROMISED, 1));
        world.tell(ALICE, "write", (PROMISED + 1, 1));
        world.tell(ALICE, "write", (CAROL, 1));
        world.run_except(&[(BOB, ALICE)]);
        assert_eq!(world.notes(CAROL, ALICE, PROMISED), [0]);
        assert_eq!(world.notes(ALICE, ALICE, PROMISED + 1), [0, 1]);
        assert_eq!(world.notes(CAROL, ALICE, CAROL as u64), [0]);
    });
}
