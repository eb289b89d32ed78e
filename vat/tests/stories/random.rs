//! Random programs over a few objects: whatever they do, every count agrees with the rows, and
//! the rows do not depend on what was in memory.

use hogshead_objects::Ref;

use crate::cast::{PUPPET, Step};
use crate::world::{Dice, World, story};

#[test]
fn random_programs_leave_exact_counts_and_the_same_rows_however_memory_is_kept() {
    let first = std::env::var("HOGSHEAD_SEED").ok().and_then(|seed| seed.parse().ok());
    let (from, to) = first.map_or((0, 40), |seed: u64| (seed, seed + 1));
    for seed in from..to {
        println!("HOGSHEAD_SEED={seed}");
        story(|world| play(world, seed));
    }
}

fn play(world: &mut World, seed: u64) {
    let mut dice = Dice(seed);
    let actors: Vec<Ref> = (0..3).map(|_| world.spawn(PUPPET)).collect();
    for from in 0..3 {
        for to in 0..3 {
            if dice.roll(2) == 0 {
                world.turn(|turn| {
                    let message = crate::world::message("keep", (as_cap(actors[to]),));
                    turn.send_from_host(actors[from], message, None).unwrap();
                });
            }
        }
    }
    for _ in 0..25 {
        let actor = actors[dice.roll(3) as usize];
        let steps: Vec<Step> = (0..=dice.roll(5)).map(|_| step(&mut dice, 3)).collect();
        world.turn(|turn| {
            let message = crate::world::message("act", (steps,));
            turn.send_from_host(actor, message, None).unwrap();
        });
        // Some run at once, some pile up.
        if dice.roll(3) > 0 {
            for _ in 0..dice.roll(6) {
                if let Some(id) = world.next_ready() {
                    world.run_one(id);
                }
            }
        }
    }
    for _ in 0..400 {
        let Some(id) = world.next_ready() else { break };
        world.run_one(id);
    }
    world.turn(|turn| turn.collect().unwrap());
    world.audit();
}

fn as_cap(reference: Ref) -> hogshead_objects::Cap {
    hogshead_objects::Cap::from(reference)
}

fn step(dice: &mut Dice, depth: u64) -> Step {
    let index = dice.roll(4) as usize;
    let other = dice.roll(4) as usize;
    let mut inner = |dice: &mut Dice| -> Vec<Step> {
        if depth == 0 {
            return Vec::new();
        }
        (0..dice.roll(3)).map(|_| step(dice, depth - 1)).collect()
    };
    match dice.roll(26) {
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
        24 => if dice.roll(4) == 0 { Step::Panic } else { Step::Revoke(index) },
        _ => Step::Refuse,
    }
}
