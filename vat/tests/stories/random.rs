//! Random programs over a few objects: whatever they do, every count agrees with the rows, and
//! the rows do not depend on what was in memory.

use std::cell::RefCell;

use hogshead_objects::grant::{Caveats, Rate};
use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::{ImportId, PromiseId, SessionId, Timestamp};
use hogshead_objects::records::table;
use hogshead_objects::stock::clock::CatchUp;
use hogshead_objects::{Cap, Class, Error, Far, Place, Ref, Untyped, Value};
use hogshead_vat::Ran;

use crate::cast::{PUPPET, Step};
use crate::world::{Dice, World, story};

#[test]
fn random_programs_leave_exact_counts_and_the_same_rows_however_memory_is_kept() {
    let first = std::env::var("HOGSHEAD_SEED").ok().and_then(|seed| seed.parse().ok());
    let (from, to) = first.map_or((0, 40), |seed: u64| (seed, seed + 1));
    let outcomes = RefCell::new(Outcomes::default());
    for seed in from..to {
        println!("HOGSHEAD_SEED={seed}");
        story(|world| play(world, seed, &mut outcomes.borrow_mut()));
    }
    let outcomes = outcomes.into_inner();
    println!("{outcomes:?}");
    let Outcomes { done, failed, refused, panicked, emptied, answered, severed, fired } = outcomes;
    assert!(
        first.is_some()
            || [done, failed, refused, panicked, emptied, answered, severed, fired]
                .iter()
                .all(|n| *n > 9)
    );
}

fn play(world: &mut World, seed: u64, outcomes: &mut Outcomes) {
    let mut dice = Dice(seed);
    let actors: Vec<Ref> = (0..3).map(|_| world.spawn(PUPPET)).collect();
    for from in 0..3 {
        for to in 0..3 {
            if dice.roll(2) == 0 {
                world.turn(|turn| {
                    let message =
                        crate::world::message("keep", (Cap::<Untyped>::from(actors[to]),));
                    turn.send_from_host(actors[from], message, None).unwrap();
                });
            }
        }
    }
    // Somebody far away, who answers when he pleases.
    let far = Far { session: SessionId(1), place: Place::Export(1) };
    let bob = Ref::Import(ImportId(world.peek_next_id()));
    world.held.insert(bob, 1);
    world.turn(|turn| {
        turn.create_import(far).unwrap();
        turn.hold(bob).unwrap();
    });
    world.give(actors[0], bob);
    world.give(actors[1], bob);
    let clock = world.clock();
    world.give(actors[1], clock);
    world.give(actors[2], clock);
    let mut owed: Vec<PromiseId> = Vec::new();
    for _ in 0..25 {
        note_owed(world, &mut owed);
        if !owed.is_empty() && dice.roll(3) == 0 {
            let promise = owed.remove(dice.roll(owed.len() as u64) as usize);
            let outcome = match dice.roll(4) {
                0 => Ok(Value::from(5_u64)),
                1 => Ok(Value::Ref(bob)),
                2 => Ok(Value::Ref(actors[dice.roll(3) as usize])),
                _ => Err(Error::refused("far away")),
            };
            outcomes.answered += 1;
            world.turn(|turn| Heap::settle(turn, promise, outcome).unwrap());
        }
        if dice.roll(40) == 0 {
            // The session with him ends, as `captp` ends one.
            note_owed(world, &mut owed);
            let lost = Error::new(Class::Severed, "lost");
            outcomes.severed += 1;
            world.turn(|turn| {
                for promise in std::mem::take(&mut owed) {
                    Heap::settle(turn, promise, Err(lost.clone())).unwrap();
                }
                let Ref::Import(bob) = bob else { panic!("no import") };
                turn.sever_import(bob, &lost).unwrap();
                turn.sever_session(far.session, &lost).unwrap();
            });
        }
        let actor = actors[dice.roll(3) as usize];
        let steps: Vec<Step> = (0..=dice.roll(5)).map(|_| step(&mut dice, 3)).collect();
        world.turn(|turn| {
            let message = crate::world::message("act", (steps,));
            turn.send_from_host(actor, message, None).unwrap();
        });
        if dice.roll(4) == 0 {
            world.pass_until(world.now() + 1 + dice.roll(150));
            outcomes.fired += world.turn(|turn| turn.fire_due(3).unwrap()).count;
        }
        // Some run at once, a turn each or in one, some pile up.
        match dice.roll(4) {
            0 => (),
            1 => world.run_together(dice.roll(6)).iter().for_each(|ran| outcomes.count(ran)),
            _ => {
                for _ in 0..dice.roll(6) {
                    if let Some(id) = world.next_ready() {
                        outcomes.count(&world.run_one(id));
                    }
                }
            }
        }
    }
    while let Some(id) = world.next_ready() {
        outcomes.count(&world.run_one(id));
    }
    // What ticks for ever ends with the clock.
    let Ref::Facet(facet) = clock else { panic!("no facet") };
    world.turn(|turn| turn.revoke_facet(facet, true).unwrap());
    world.pass_until(world.now() + 1_000);
    outcomes.fired += world.fire();
    world.turn(|turn| turn.collect().unwrap());
    note_owed(world, &mut owed);
    while let Some(promise) = owed.pop() {
        world.turn(|turn| Heap::settle(turn, promise, Ok(Value::Null)).unwrap());
        while let Some(id) = world.next_ready() {
            world.run_one(id);
        }
        note_owed(world, &mut owed);
    }
    world.release(bob);
    world.release(clock);
    // Without anybody outside, only what waits is left.
    actors.into_iter().for_each(|actor| world.release(actor));
    while let Some(id) = world.next_ready() {
        world.run_one(id);
    }
    world.turn(|turn| turn.collect().unwrap());
    if world.rows(table::DELIVERY) == 0 {
        assert_eq!((world.rows(table::OBJECT), world.rows(table::FACET)), (1, 1), "a leak");
        assert_eq!((world.rows(table::PROMISE), world.rows(table::IMPORT)), (0, 0), "a leak");
        outcomes.emptied += 1;
    }
}

/// Collects the answers that the far side owes.
fn note_owed(world: &mut World, owed: &mut Vec<PromiseId>) {
    for out in std::mem::take(&mut world.sent) {
        match out {
            Outgoing::Deliver { answer, .. } => owed.extend(answer),
            Outgoing::Derive { answer, .. } => owed.push(answer),
            Outgoing::Drop { far: Far { place: Place::Answer(id), .. } } => {
                owed.retain(|promise| promise.0 != id);
            }
            Outgoing::Drop { .. } => {}
        }
    }
}

/// How often things happened, so that the programs cannot become harmless unnoticed.
#[derive(Default, Debug)]
struct Outcomes {
    done: usize,
    failed: usize,
    refused: usize,
    panicked: usize,
    emptied: usize,
    answered: usize,
    severed: usize,
    fired: usize,
}

impl Outcomes {
    fn count(&mut self, ran: &Ran) {
        match ran {
            Ran::Done => self.done += 1,
            Ran::Failed(error) if error.message().contains("panicked") => self.panicked += 1,
            Ran::Failed(_) => self.failed += 1,
            Ran::Refused(_) => self.refused += 1,
            _ => {}
        }
    }
}

fn step(dice: &mut Dice, depth: u64) -> Step {
    let index = dice.roll(4) as usize;
    let other = dice.roll(4) as usize;
    let inner = |dice: &mut Dice| -> Vec<Step> {
        if depth == 0 {
            return Vec::new();
        }
        (0..dice.roll(3)).map(|_| step(dice, depth - 1)).collect()
    };
    match dice.roll(42) {
        0 => Step::Add(dice.roll(10)),
        1 | 2 => Step::Spawn,
        3 => Step::Forget(index),
        4 => Step::ForgetPromise(index),
        5 => Step::ForgetResolver(index),
        6 => Step::Give { to: index, index: other },
        7 => Step::GiveSelf(index),
        8 | 9 => Step::Send { to: index, steps: inner(dice) },
        10 | 11 => Step::Ask { to: index, steps: inner(dice) },
        12 => Step::AskPromised { to: index, steps: inner(dice) },
        13 | 14 => Step::Near { to: index, steps: inner(dice), caught: dice.roll(4) > 0 },
        15 => Step::NearLook { to: index, steps: inner(dice) },
        16 => Step::Promise,
        17 => Step::Fulfill { index, with: 3 },
        18 => Step::FulfillCap { index, cap: other },
        19 => Step::Follow { index, promise: other },
        20 => Step::Break(index),
        21 => Step::Then(index),
        22 => Step::Facet,
        23 => Step::Fail,
        24 => {
            if dice.roll(4) == 0 {
                Step::Panic
            } else {
                Step::Revoke(index)
            }
        }
        25 => Step::Watch(index),
        26 => Step::WatchPromise(index),
        27 => Step::Part { promise: index, name: "none".into() },
        28 => Step::BreakWith(index, "oh-no".into()),
        29 | 30 => Step::After { clock: index, by: dice.roll(100) },
        31 => {
            let catch_up = [CatchUp::All, CatchUp::Once, CatchUp::Skip][dice.roll(3) as usize];
            Step::Every { clock: index, period: 10 + dice.roll(50), catch_up }
        }
        32 => Step::Timer { clock: index, by: dice.roll(100) },
        33 => Step::Cancel(index),
        34 | 35 => Step::AskSettled { to: index, index: other },
        36..39 => Step::Grant { of: index, caveats: caveats(dice) },
        39 => Step::RevokeDeep(index),
        40 => Step::RevokeBelow(index),
        _ => Step::Refuse,
    }
}

fn caveats(dice: &mut Dice) -> Caveats {
    let caveats = Caveats::new();
    match dice.roll(6) {
        0 => caveats,
        1 => caveats.uses(1 + dice.roll(3)).label("few"),
        2 => caveats.until(Timestamp(dice.roll(400))),
        3 => caveats.rate(Rate::new(1, 1 + dice.roll(50)).unwrap()),
        4 => caveats.methods(["act", "settled"]),
        _ => caveats.label("anything"),
    }
}
