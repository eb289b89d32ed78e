//! Random programs over collections, against ordinary maps in memory.

use std::cell::RefCell;

use hogshead_objects::Class;
use hogshead_objects::records::table;

use super::KEEPER;
use super::keeper::{End, Hoard, Step};
use crate::world::{Dice, World, story};

#[test]
fn collections_are_what_maps_in_memory_would_be() {
    let first = std::env::var("HOGSHEAD_SEED").ok().and_then(|seed| seed.parse().ok());
    let (from, to) = first.map_or((0, 40), |seed: u64| (seed, seed + 1));
    let ends = RefCell::new([0; 3]);
    for seed in from..to {
        println!("HOGSHEAD_SEED={seed}");
        story(|world| play(world, seed, &mut ends.borrow_mut()));
    }
    let ends = ends.into_inner();
    assert!(first.is_some() || ends.iter().all(|count| *count > 30), "{ends:?}");
}

fn play(world: &mut World, seed: u64, ends: &mut [u32; 3]) {
    let mut dice = Dice(seed);
    let keeper = world.spawn(KEEPER);
    let mut model = Hoard::default();
    for _ in 0..12 {
        let steps: Vec<_> = (0..=dice.roll(6)).map(|_| step(&mut dice, 2)).collect();
        let before = model.clone();
        let expected = model.keep_all(&steps);
        let found = world.call::<u64>(keeper, "keep_all", (steps,));
        match expected {
            Ok(()) => {
                assert_eq!(found, Ok(model.map.len() as u64));
                ends[0] += 1;
            }
            Err(End::Refused) => {
                assert_eq!(found.unwrap_err().class(), Class::Refused);
                ends[1] += 1;
            }
            Err(End::Failed | End::Panicked) => {
                found.unwrap_err();
                model = before;
                ends[2] += 1;
            }
        }
        assert_eq!(world.call(keeper, "hoard", ()), Ok(model.clone()));
    }
    // Children know nobody, so counts free all.
    world.release(keeper);
    assert_eq!((world.rows(table::ENTRY), world.rows(table::OBJECT)), (0, 1), "a leak");
}

fn step(dice: &mut Dice, depth: u64) -> Step {
    let key = dice.roll(6);
    let name = ["", "a", "a\0", "ab", "b"][dice.roll(5) as usize].to_owned();
    match dice.roll(24) {
        0..=4 => Step::Insert { key, number: dice.roll(9) },
        5 | 6 => Step::InsertCap { key },
        7 | 8 => Step::Remove(key),
        9 => Step::Clear,
        10 => Step::Swap,
        11 | 12 => Step::Tick(name),
        13 => Step::Untick(name),
        14 | 15 => Step::Push(key),
        16 => Step::Truncate(key),
        17 => Step::Waste(key),
        18..=20 if depth > 0 => {
            let steps = (0..dice.roll(4)).map(|_| step(dice, depth - 1)).collect();
            Step::Child { steps, caught: dice.roll(3) > 0 }
        }
        21 => Step::Fail,
        22 if dice.roll(3) == 0 => Step::Panic,
        23 => Step::Refuse,
        _ => Step::Insert { key: u64::MAX - key, number: 0 },
    }
}
