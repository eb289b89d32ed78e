//! What a turn and a vat may do with entries, and what a large collection costs.

use hogshead_objects::Class;
use hogshead_objects::limits::ENTRY_BYTES_MAX;
use hogshead_objects::records::table;
use hogshead_vat::Quota;
use hogshead_vat::limits::{TURN_ENTRIES_MAX, TURN_ENTRY_BYTES_MAX};

use super::keeper::{Misuse, Step};
use super::{KEEPER, fill, misuse};
use crate::world::{Memory, World, story};

#[test]
fn a_turn_over_its_budget_is_told_to_go_on_in_a_next_one() {
    let mut world = World::new(Memory::Evicted);
    world.audited = false;
    let keeper = world.spawn(KEEPER);
    let all = TURN_ENTRIES_MAX as u64;
    let fits = vec![Step::InsertMany { from: 0, to: all }];
    assert_eq!(world.call(keeper, "keep_all", (fits,)), Ok(all));
    let more = vec![Step::InsertMany { from: all, to: 2 * all + 1 }];
    let refused = world.call::<u64>(keeper, "keep_all", (more,)).unwrap_err();
    assert_eq!(refused.class(), Class::Limit);
    assert!(refused.message().contains("in a next turn"), "{refused}");
    let fits = vec![Step::InsertMany { from: all, to: 2 * all }];
    assert_eq!(world.call(keeper, "keep_all", (fits,)), Ok(2 * all), "the rest is undone");
    world.audit();
    // Who catches it goes on with the cursor.
    let (mut counted, mut turns) = (0, 0);
    loop {
        let (now, done): (u64, bool) = world.call(keeper, "count_on", ()).unwrap();
        assert!(now > counted && now - counted <= all, "{counted}, then {now}");
        (counted, turns) = (now, turns + 1);
        if done {
            break;
        }
    }
    assert_eq!((counted, turns), (2 * all, 2));
}

#[test]
fn the_bytes_of_entries_are_limited_for_a_turn_as_well() {
    let mut world = World::new(Memory::Evicted);
    let keeper = world.spawn(KEEPER);
    let text = "x".repeat(ENTRY_BYTES_MAX - 100);
    let turns = TURN_ENTRY_BYTES_MAX / ENTRY_BYTES_MAX + 24;
    for key in 0..turns as u64 {
        world.call::<()>(keeper, "write_down", (key, text.clone())).unwrap();
    }
    let pages: Vec<(usize, bool)> = world.call(keeper, "read_texts", ()).unwrap();
    let read: usize = pages.iter().map(|(texts, _)| texts).sum();
    assert!(pages[0].0 < turns / 2, "a page ends early");
    assert!(read >= TURN_ENTRY_BYTES_MAX / ENTRY_BYTES_MAX && read < turns, "{pages:?}");
    assert_eq!(pages.last(), Some(&(0, false)), "and then the turn's budget is used up");
}

#[test]
fn an_entry_over_its_limit_is_refused() {
    story(|world| misuse(world, Misuse::LargeEntry, "one of a collection has at most"));
}

#[test]
fn entries_are_records_of_the_vats_quota() {
    let quota = Quota { records: 40, ..Quota::default() };
    let mut world = World::with_quota(Memory::Kept, quota);
    let keeper = world.spawn(KEEPER);
    let many = vec![Step::InsertMany { from: 0, to: 40 }];
    let refused = world.call::<u64>(keeper, "keep_all", (many,)).unwrap_err();
    assert_eq!(refused.class(), Class::Busy);
    assert_eq!(world.rows(table::ENTRY), 0);
    let fits = vec![Step::InsertMany { from: 0, to: 30 }];
    assert_eq!(world.call(keeper, "keep_all", (fits,)), Ok(30));
    // What is there may be changed at any time.
    let again = vec![Step::InsertMany { from: 0, to: 30 }];
    assert_eq!(world.call(keeper, "keep_all", (again,)), Ok(30));
}

#[test]
fn one_of_many_entries_costs_what_one_of_few_costs() {
    let reads = |entries: u64| {
        let mut world = World::new(Memory::Reloaded);
        world.audited = false;
        let keeper = world.spawn(KEEPER);
        fill(&mut world, keeper, entries);
        world.audit();
        world.store.reset();
        assert_eq!(world.call(keeper, "look_up", (3,)), Ok(Some(3)));
        let reads = (world.store.gets.get(), world.store.ranges.get());
        world.memory = Memory::Kept;
        for key in 0..200 {
            let found = world.call::<Option<u64>>(keeper, "look_up", (key,)).unwrap();
            assert_eq!(found.is_some(), key < entries);
        }
        (reads, world.vat().memory_bytes(), world.rows(table::ENTRY))
    };
    let (few, small, ten) = reads(10);
    let (many, large, all) = reads(50_000);
    assert_eq!((few, ten, all), (many, 10, 50_000));
    assert!(large < small + 1_000, "{small} bytes of memory, then {large}");
}
