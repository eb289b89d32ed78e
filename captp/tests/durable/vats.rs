//! Two vats, random traffic, carriers that break, processes that die: everything is applied exactly
//! once and in order, every answer arrives, and nothing is held in the end.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use hogshead_captp::Limits;
use hogshead_captp::durable::Backlog;
use hogshead_captp::session::{Holdings, holdings};
use hogshead_objects::heap::Part;
use hogshead_objects::{Class, Error, Message, Ref, Value};

use crate::random::{Random, is_unusual, seeds};
use crate::side::ID;
use crate::world::{Node, World, object};

/// What is said to who waits for what an owner dropped.
const DROPPED: &str = "the owner has dropped it";

/// A vat does something by itself, in a turn.
fn act(node: &mut Node, random: &mut Random) {
    let done = node.turn(random.one_in(12), |node| {
        match random.below(10) {
            0..6 => send(node, random),
            6..8 => settle_one(node, random),
            8 => take_answer(node, random),
            _ => let_go_of_one(node, random),
        }
        Ok(())
    });
    done.unwrap();
}

fn send(node: &mut Node, random: &mut Random) {
    let (held, given) = {
        let app = node.app.borrow();
        let held: Vec<_> =
            app.held.iter().copied().filter(|held| matches!(held, Ref::Import(_))).collect();
        let given = app.asked.iter().filter(|(_, number)| number.is_none());
        (held, given.map(|(promise, _)| Ref::Promise(*promise)).collect::<Vec<_>>())
    };
    let pipelines = random.one_in(4);
    let Some(target) = random.pick(if pipelines { &given } else { &held }) else { return };
    let verb = random.pick(&["echo", "give", "later", "keep", "pair"]).unwrap();
    let number = node.fresh();
    let mut values = vec![Value::Int(number.into())];
    if verb == "keep" {
        for _ in 0..random.below(3) {
            values.push(Value::Ref(match random.below(4) {
                0 => random.pick(&held).unwrap_or(target),
                1 => random.pick(&given).unwrap_or(target),
                _ => object(&mut node.heap, &node.app),
            }));
        }
    }
    let message = Message::new(verb, values);
    node.app.borrow_mut().sent.push((target, number));
    if random.one_in(3) {
        node.heap.tell(target, message);
    } else {
        let mut promise = node.heap.ask(target, message);
        if verb == "pair" {
            let pair = Ref::Promise(promise);
            promise = node.heap.part(pair, Part::Item(1));
            node.heap.let_go(pair);
        }
        let brings = (!matches!(verb, "give" | "pair")).then_some(number);
        node.app.borrow_mut().asked.push((promise, brings));
    }
}

fn settle_one(node: &mut Node, random: &mut Random) {
    let open = node.app.borrow().open.len();
    if open == 0 {
        return;
    }
    let (promise, number) = node.app.borrow_mut().open.swap_remove(random.below(open));
    let message = Message::new("fulfill", [Value::Int(number.into())]);
    node.heap.tell(Ref::Resolver(promise), message);
    node.heap.let_go(Ref::Resolver(promise));
}

/// An answer that has come is checked, and what it brought may be kept.
fn take_answer(node: &mut Node, random: &mut Random) {
    let asked = node.app.borrow().asked.clone();
    let Some((promise, number)) = random.pick(&asked) else { return };
    let Some(outcome) = node.heap.outcome(promise).cloned() else { return };
    match (outcome, number) {
        (Ok(Value::Int(found)), Some(number)) => assert_eq!(found.to_u64(), Some(number)),
        (Ok(Value::Ref(given)), _) => {
            node.heap.keep(given);
            node.app.borrow_mut().held.push(given);
        }
        (Err(error), _) if error.message() == DROPPED => {}
        other => panic!("{other:?}"),
    }
    node.heap.let_go(Ref::Promise(promise));
    node.app.borrow_mut().asked.retain(|(asked, _)| *asked != promise);
}

fn let_go_of_one(node: &mut Node, random: &mut Random) {
    let held = node.app.borrow().held.len();
    // The first one stays, so that there is always somebody to send to.
    if held > 1 {
        let dropped = node.app.borrow_mut().held.remove(1 + random.below(held - 1));
        node.heap.let_go(dropped);
    }
}

/// Everything that was asked for is settled, and everything has arrived.
fn finish(world: &mut World) {
    loop {
        world.settle(u64::MAX);
        let mut any = false;
        for node in &mut world.nodes {
            let settled = node.turn(false, |node| {
                let open = std::mem::take(&mut node.app.borrow_mut().open);
                let any = !open.is_empty();
                for (promise, number) in open {
                    let message = Message::new("fulfill", [Value::Int(number.into())]);
                    node.heap.tell(Ref::Resolver(promise), message);
                    node.heap.let_go(Ref::Resolver(promise));
                }
                Ok(any)
            });
            any |= settled.unwrap();
        }
        if !any {
            return;
        }
    }
}

/// Of what an owner has dropped nothing arrives, of the rest everything.
fn check_applied(world: &World, drops: bool) {
    for (here, there) in [(0, 1), (1, 0)] {
        let sent = world.nodes[here].app.borrow().sent.clone();
        let applied = world.nodes[there].app.borrow().applied.clone();
        let places: BTreeMap<u64, usize> =
            applied.iter().enumerate().map(|(place, (_, number))| (*number, place)).collect();
        assert_eq!(places.len(), applied.len(), "nothing is applied twice");
        let numbers: BTreeSet<_> = sent.iter().map(|(_, number)| *number).collect();
        let found: BTreeSet<_> = places.keys().copied().collect();
        assert!(found.is_subset(&numbers), "nothing is made up");
        assert!(drops || found == numbers, "nothing is lost");
        let mut last = BTreeMap::new();
        for (target, number) in sent {
            let Some(&place) = places.get(&number) else { continue };
            let before = last.insert(target, place);
            assert!(before.is_none_or(|before| before < place), "{number} came too early");
        }
    }
}

fn check_answers(world: &mut World) -> usize {
    let mut answers = 0;
    for node in &mut world.nodes {
        let asked = std::mem::take(&mut node.app.borrow_mut().asked);
        answers += asked.len();
        for (promise, number) in &asked {
            match (node.heap.outcome(*promise), number) {
                (Some(Ok(Value::Int(found))), Some(number)) => {
                    assert_eq!(found.to_u64(), Some(*number));
                }
                (Some(Ok(Value::Ref(_))), _) => {}
                (Some(Err(error)), _) if error.message() == DROPPED => {}
                other => panic!("{promise} has no answer: {other:?}"),
            }
        }
        let release = node.turn(false, |node| {
            asked.iter().for_each(|(promise, _)| node.heap.let_go(Ref::Promise(*promise)));
            let held = std::mem::take(&mut node.app.borrow_mut().held);
            held.iter().for_each(|held| node.heap.let_go(*held));
            Ok(())
        });
        release.unwrap();
    }
    answers
}

fn drop_outbox(world: &mut World, random: &mut Random) {
    let node = &mut world.nodes[random.below(2)];
    let waiting = node.link.backlog().waiting;
    let dropped = node.turn(random.one_in(4), |node| {
        let why = Error::new(Class::Busy, DROPPED);
        node.link.drop_outbox(&mut node.session, &why, &mut node.heap)
    });
    let dropped = dropped.unwrap();
    assert!(dropped.operations <= waiting && dropped.questions <= dropped.operations);
    world.seen.dropped += dropped.operations;
}

fn check_nothing_is_held(world: &World) {
    for node in &world.nodes {
        assert_eq!(node.link.backlog(), Backlog::default());
        assert_eq!(holdings(ID, node.heap.rows()), Ok(Holdings::default()));
        assert!(node.heap.held().is_empty(), "{:?}", node.heap.held());
        assert!(node.heap.imports().is_empty(), "{:?}", node.heap.imports());
    }
}

fn play(random: &mut Random, window: u64, drops: bool) -> (World, usize) {
    let mut world = World::new(Limits::default());
    for _ in 0..400 {
        if drops && random.one_in(30) {
            drop_outbox(&mut world, random);
        } else if random.one_in(3) {
            act(&mut world.nodes[random.below(2)], random);
        } else {
            world.happen(random, window);
        }
    }
    finish(&mut world);
    check_applied(&world, drops);
    let answers = check_answers(&mut world);
    world.settle(u64::MAX);
    check_nothing_is_held(&world);
    (world, answers)
}

#[test]
fn through_whatever_happens_everything_is_applied_once() {
    let total = Cell::new((0, 0, 0, 0, 0));
    let total_ref = std::panic::AssertUnwindSafe(&total);
    seeds(40, |random| {
        let window = [2, 5, 1000][random.below(3)];
        let (world, answers) = play(random, window, false);
        let (crashes, carriers, failed, waited, all) = total_ref.get();
        total_ref.set((
            crashes + world.seen.crashes,
            carriers + world.seen.carriers,
            failed + world.seen.failed,
            waited + u64::from(world.seen.waited > 0),
            all + answers,
        ));
    });
    let (crashes, carriers, failed, waited, answers) = total.get();
    let much = crashes > 70 && carriers > 150 && failed > 70 && waited > 15 && answers > 300;
    assert!(
        is_unusual() || much,
        "{crashes} crashes, {carriers} carriers, {failed} failed turns, {waited} with waiting \
         rows, {answers} answers"
    );
}

#[test]
fn an_outbox_may_be_dropped_at_any_moment() {
    let total = Cell::new((0, 0));
    let total_ref = std::panic::AssertUnwindSafe(&total);
    seeds(40, |random| {
        let (world, answers) = play(random, 2, true);
        let (dropped, all) = total_ref.get();
        total_ref.set((dropped + world.seen.dropped, all + answers));
    });
    let (dropped, answers) = total.get();
    assert!(
        is_unusual() || (dropped > 200 && answers > 200),
        "{dropped} dropped, {answers} answers"
    );
}
