//! What it costs to revive a vat: as much for ten thousand objects as for ten.

use hogshead_objects::heap::Heap;
use hogshead_objects::records::{Overlay, RecordsError, table};
use hogshead_objects::{Ref, Value};
use hogshead_vat::{Turn, Vat, VatError};

use crate::cast::{PUPPET, Step};
use crate::world::{Memory, World, message};

/// A world with so many objects; the last is given.
fn crowd(size: usize) -> (World, Ref) {
    let mut world = World::new(Memory::Kept);
    let alice = world.spawn(PUPPET);
    let mut left = size;
    while left > 0 {
        let some = left.min(1000);
        world.act(alice, (0..some).map(|_| Step::Spawn).collect()).unwrap();
        left -= some;
    }
    let last = world.cap(alice, size - 1);
    (world, last)
}

/// Point reads and range reads of a delivery to one object, from cold.
fn reads(world: &mut World, target: Ref) -> (usize, usize) {
    world.turn(|turn| {
        turn.send_from_host(target, message("act", (vec![Step::Add(1)],)), None).unwrap();
    });
    world.vat = None;
    world.store.reset();
    let mut vat = Vat::load(&world.store).unwrap().unwrap();
    assert_eq!(world.store.gets.get(), 1, "loading reads the vat's row");
    let id = vat.next_ready(&world.store).unwrap().unwrap();
    let mut overlay = Overlay::new(&world.store);
    let meta =
        hogshead_vat::TurnMeta { now: hogshead_objects::ids::Timestamp(0), entropy: &|| [0; 32] };
    let mut turn = vat.open(&mut overlay, &world.registry, meta);
    turn.run(id).unwrap();
    turn.close().unwrap();
    let changes = overlay.into_changes();
    let read = (world.store.gets.get(), world.store.ranges.get());
    world.store.apply(changes);
    world.vat = Some(vat);
    read
}

#[test]
fn reviving_one_of_many_objects_reads_as_much_as_one_of_ten() {
    let (mut small, one_of_ten) = crowd(10);
    let (mut large, one_of_many) = crowd(5_000);
    let of_ten = reads(&mut small, one_of_ten);
    assert_eq!(of_ten, (4, 1), "vat, delivery, facet, object; and one look for what is ready");
    assert_eq!(reads(&mut large, one_of_many), of_ten);
    assert_eq!(large.rows(table::OBJECT), 5_002);
}

#[test]
fn a_look_for_what_is_ready_begins_behind_what_has_run_and_misses_nothing() {
    let (mut world, target) = crowd(1);
    let send = |world: &mut World| {
        world.turn(|turn| {
            turn.send_from_host(target, message("act", (vec![Step::Add(1)],)), None).unwrap();
        });
    };
    (0..3).for_each(|_| send(&mut world));
    world.vat();
    let vat = world.vat.take().unwrap();
    let ready = vat.ready(&world.store, 8).unwrap();
    world.vat = Some(vat);
    assert_eq!(ready.len(), 3);
    // The one in the middle first: the one before it is not forgotten.
    world.run_one(ready[1]);
    for next in [ready[0], ready[2]] {
        assert_eq!(world.next_ready(), Some(next));
        world.run_one(next);
    }
    send(&mut world);
    let last = world.next_ready().unwrap();
    assert!(last > ready[2]);
    let looked = world.store.from.take();
    assert!(looked.ends_with(&ready[2].0.to_be_bytes()), "not from the beginning: {looked:?}");
}

#[test]
fn what_began_to_wait_in_this_turn_is_not_looked_for_in_the_store() {
    for (others, ranges) in [(0, 0), (1, 2)] {
        let mut world = World::new(Memory::Kept);
        world.audited = false;
        let wait = |turn: &mut Turn<'_, '_>| {
            let (promise, told) = (turn.create_promise(None)?, turn.create_promise(None)?);
            turn.hold(Ref::Promise(promise))?;
            turn.hold(Ref::Resolver(promise))?;
            turn.hold(Ref::Promise(told))?;
            turn.settle_to(Ref::Promise(promise), Ref::Resolver(told))?;
            Ok::<_, RecordsError>((promise, told))
        };
        let earlier: Vec<_> = (0..others).map(|_| world.turn(|turn| wait(turn).unwrap())).collect();
        world.store.reset();
        let told = world.turn(|turn| {
            let (promise, told) = wait(turn).unwrap();
            Heap::settle(turn, promise, Ok(Value::Bool(true))).unwrap();
            told
        });
        assert_eq!(world.store.ranges.get(), ranges, "with {others} of earlier turns");
        assert_eq!(world.outcome(told), Some(Ok(Value::Bool(true))));
        for (promise, told) in earlier {
            assert_eq!(world.outcome(told), None);
            world.turn(|turn| Heap::settle(turn, promise, Ok(Value::Bool(false))).unwrap());
            assert_eq!(world.outcome(told), Some(Ok(Value::Bool(false))));
        }
    }
}

#[test]
fn a_warm_vat_is_trimmed_to_its_budget_by_age() {
    let (mut world, last) = crowd(500);
    let full = world.vat().memory_bytes();
    let vat = world.vat();
    vat.trim(full);
    assert_eq!(vat.memory_bytes(), full, "nothing to do");
    vat.trim(full / 4);
    let (used, budget) = (vat.memory_bytes(), full / 4);
    assert!(used <= budget - budget / 4 && used > budget / 2, "{used} of {budget}");
    vat.trim(budget);
    assert_eq!(vat.memory_bytes(), used, "there is room");
    assert_eq!(world.act(last, vec![Step::Add(2)]).unwrap(), 2);
    world.audited = false;
    // What was used last stays longest: running it again reads nothing of it.
    let least = world.vat().memory_bytes() / 2;
    world.vat().trim(least);
    world.store.reset();
    world.turn(|turn| {
        hogshead_objects::heap::Heap::deliver(turn, last, message("peek", ()), None).unwrap();
        turn.run_delivered().unwrap();
    });
    assert_eq!(world.store.gets.get(), 0);
    world.vat().evict();
    assert_eq!(world.vat().memory_bytes(), 0);
    assert_eq!(world.peek(last).0, 2);
}

#[test]
fn a_vat_is_made_once_and_damage_is_named() {
    let mut world = World::new(Memory::Kept);
    let again = Vat::create(&mut Overlay::new(&world.store), Default::default());
    assert!(matches!(again, Err(VatError::Exists)));
    let key: bytes::Bytes = vec![table::VAT].into();
    let mut row = world.store.rows[&key].clone();
    row.bytes = vec![99, 0].into();
    world.store.rows.insert(key.clone(), row.clone());
    assert!(matches!(Vat::load(&world.store), Err(VatError::Format { found: 99, known: 1 })));
    row.bytes = vec![1, 0xff].into();
    world.store.rows.insert(key.clone(), row);
    let damage = Vat::load(&world.store).err().unwrap().to_string();
    assert!(damage.contains("row 01 is damaged"), "{damage}");
    world.store.rows.remove(&key);
    assert!(Vat::load(&world.store).unwrap().is_none());
}

#[test]
fn a_turn_that_does_nothing_writes_nothing() {
    let mut world = World::new(Memory::Kept);
    let before = world.vat().turn();
    world.turn(|turn| {
        assert!(hogshead_objects::heap::Heap::fetch(turn, b"a guess").unwrap().is_none());
    });
    assert!(!world.last.as_ref().unwrap().wrote);
    assert_eq!(world.vat().turn(), before);
}

#[test]
fn an_audit_finds_what_does_not_agree() {
    let mut world = World::new(Memory::Kept);
    let alice = world.spawn(PUPPET);
    world.act(alice, vec![Step::Spawn, Step::Promise, Step::Then(0)]).unwrap();
    let found = |world: &World| {
        let differences = hogshead_vat::check::audit(&world.store, Some(&world.held)).unwrap();
        differences.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(found(&world), "");
    let rows = world.store.rows.clone();
    // Each table in turn loses its last row, which something else knows of.
    for (table, complaint) in [
        (table::OBJECT, "but there is no row"),
        (table::FACET, "but there is no row"),
        (table::PROMISE, "the resolver of"),
        (table::DELIVERY, "held only"),
        (table::VAT, "it has no row"),
    ] {
        let last = rows.keys().rfind(|key| key[0] == table).unwrap();
        world.store.rows.remove(last);
        let differences = found(&world);
        assert!(differences.contains(complaint), "{table:#x}: {differences}");
        world.store.rows.clone_from(&rows);
    }
    // A session that is not known of, and one that is not there.
    let other = world.held.insert(alice, 2);
    assert!(found(&world).contains("count 1, but held 2 times"));
    world.held.remove(&alice);
    assert_eq!(other, Some(1));
    assert!(found(&world).contains("but held only"));
    let unknown = hogshead_vat::check::audit(&world.store, None).unwrap();
    assert!(unknown.is_empty(), "without the sessions' word a count may be larger");
}
