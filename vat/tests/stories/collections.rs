//! Collections: entries are records that agree with their objects, whatever fails, is evicted or
//! goes.

mod keeper;
mod limits;
mod model;
mod upgrades;

use hogshead_objects::ids::Timestamp;
use hogshead_objects::locator::SturdyRef;
use hogshead_objects::records::{Overlay, table};
use hogshead_objects::{Cap, Class, Error, Ref, Untyped, Value};
use hogshead_vat::{TurnMeta, Vat, check};

use self::keeper::{Hoard, Misuse, Step};
pub use self::keeper::{Hoarder, KEEPER};
use crate::cast::PUPPET;
use crate::world::{Args, World, story};

fn cap(reference: Ref) -> Cap<Untyped> {
    Cap::from(reference)
}

#[test]
fn what_an_entry_refers_to_lives_as_long_as_the_entry() {
    story(|world| {
        let keeper = world.spawn(KEEPER);
        let puppet = world.spawn(PUPPET);
        let objects = world.rows(table::OBJECT);
        world.call::<()>(keeper, "put", (7, cap(puppet))).unwrap();
        world.release(puppet);
        assert_eq!(world.rows(table::OBJECT), objects, "the entry holds it");
        // What is written over it lets it go, in the same turn.
        let over = vec![Step::Insert { key: 7, number: 1 }];
        assert_eq!(world.call::<u64>(keeper, "keep_all", (over,)), Ok(1));
        assert_eq!(world.rows(table::OBJECT), objects - 1);
        world.release(keeper);
        assert_eq!(world.rows(table::ENTRY), 0, "entries go with their object");
    });
}

#[test]
fn a_cycle_through_maps_is_found() {
    story(|world| {
        let (one, other) = (world.spawn(KEEPER), world.spawn(KEEPER));
        world.call::<()>(one, "put", (1, cap(other))).unwrap();
        world.call::<()>(other, "put", (1, cap(one))).unwrap();
        world.turn(|turn| turn.collect().unwrap());
        assert_eq!(world.rows(table::ENTRY), 2, "both are held from outside");
        world.release(one);
        world.turn(|turn| turn.collect().unwrap());
        assert_eq!(world.rows(table::ENTRY), 2, "the other one holds it");
        world.release(other);
        assert_eq!(world.rows(table::ENTRY), 2, "counts alone do not see it");
        assert!(world.turn(|turn| turn.collect().unwrap()) > 0);
        assert_eq!((world.rows(table::ENTRY), world.rows(table::OBJECT)), (0, 1));
    });
}

/// Inserts so many entries, a turn's worth at a time.
fn fill(world: &mut World, keeper: Ref, to: u64) {
    for from in (0..to).step_by(5_000) {
        let steps = vec![Step::InsertMany { from, to: to.min(from + 5_000) }];
        world.call::<u64>(keeper, "keep_all", (steps,)).unwrap();
    }
}

#[test]
fn a_large_collection_goes_a_few_entries_a_turn() {
    story(|world| {
        world.audited = false;
        let keeper = world.spawn(KEEPER);
        fill(world, keeper, 3_500);
        world.audited = true;
        let all = world.rows(table::ENTRY);
        assert_eq!(all, 3_500);
        let answer = world.ask(keeper, "keep_all", (vec![Step::Clear],));
        let ready = world.next_ready().unwrap();
        world.run_one(ready);
        let (mut left, mut turns) = (world.rows(table::ENTRY), 1);
        assert!((2_000..all).contains(&left), "{left} are left");
        while let Some(id) = world.next_ready() {
            world.run_one(id);
            let now = world.rows(table::ENTRY);
            assert!(left - now < 1_100, "one turn let {} go", left - now);
            (left, turns) = (now, turns + 1);
        }
        assert_eq!((left, turns), (0, 4));
        world.release(Ref::Promise(answer));
        // It is empty, and can be filled again.
        assert_eq!(world.call(keeper, "hoard", ()), Ok(Hoard::default()));
        world.audited = false;
        fill(world, keeper, 2_500);
        world.audited = true;
        world.release(keeper);
        assert!(world.rows(table::ENTRY) > 1_000, "the object is gone, most entries are not yet");
        assert_eq!(world.rows(table::OBJECT), 1);
        world.run();
        assert_eq!((world.rows(table::ENTRY), world.rows(table::DELIVERY)), (0, 0));
    });
}

#[test]
fn a_cycle_with_many_entries_is_emptied_and_then_freed() {
    story(|world| {
        world.audited = false;
        let keeper = world.spawn(KEEPER);
        fill(world, keeper, 2_500);
        world.call::<()>(keeper, "put", (1, cap(keeper))).unwrap();
        world.audited = true;
        world.release(keeper);
        assert_eq!(world.rows(table::ENTRY), 2_500);
        world.turn(|turn| turn.collect().unwrap());
        world.run();
        world.turn(|turn| turn.collect().unwrap());
        assert_eq!((world.rows(table::ENTRY), world.rows(table::OBJECT)), (0, 1));
    });
}

#[test]
fn a_log_is_cut_off_at_its_beginning_by_and_by() {
    story(|world| {
        world.audited = false;
        let keeper = world.spawn(KEEPER);
        let steps: Vec<_> = (0..2_500).map(Step::Push).collect();
        world.call::<u64>(keeper, "keep_all", (steps,)).unwrap();
        world.audited = true;
        let answer = world.ask(keeper, "keep_all", (vec![Step::Truncate(2_498)],));
        let ready = world.next_ready().unwrap();
        world.run_one(ready);
        assert!(world.rows(table::ENTRY) > 1_000);
        // What is still on its way out is not seen.
        let hoard: Hoard = world.call(keeper, "hoard", ()).unwrap();
        assert_eq!(hoard.log, [(2_498, 2_498), (2_499, 2_499)]);
        assert_eq!(world.rows(table::ENTRY), 2);
        world.release(Ref::Promise(answer));
    });
}

#[track_caller]
fn misuse(world: &mut World, how: Misuse, why: &str) {
    let keeper = world.spawn(KEEPER);
    world.call::<u64>(keeper, "keep_all", (vec![Step::Insert { key: 1, number: 5 }],)).unwrap();
    let entries = world.rows(table::ENTRY);
    let error: Error = world.call::<()>(keeper, "misuse", (how,)).unwrap_err();
    assert!(error.message().contains(why), "{how:?}: {error}");
    assert_eq!(world.call(keeper, "look_up", (1,)), Ok(Some(5)), "{how:?} is undone");
    assert_eq!(world.rows(table::ENTRY), entries, "{how:?} is undone");
    world.release(keeper);
}

#[test]
fn a_collection_is_in_the_state_of_its_own_object_once_and_nowhere_else() {
    story(|world| {
        misuse(world, Misuse::IntoAnother, "another object's");
        misuse(world, Misuse::Twice, "same collection twice");
        misuse(world, Misuse::IntoAnEntry, "cannot be an entry of another");
        misuse(world, Misuse::IntoAMessage, "goes nowhere else");
        assert_eq!(world.rows(table::ENTRY), 0);
    });
}

#[test]
fn an_entry_with_a_sturdyref_is_sealed_and_no_other() {
    story(|world| {
        let directory = world.spawn("hogshead/directory");
        let sturdy: SturdyRef =
            "ocapn://peer.tcp-testing-only/s/a-printer?host=127.0.0.1&port=1".parse().unwrap();
        let sturdy = Value::SturdyRef(Box::new(sturdy));
        for (name, to) in [("away", sturdy), ("here", Value::Ref(directory))] {
            world.call_value(directory, "set", Args(vec![name.into(), to])).unwrap();
        }
        let entries = world.store.rows.iter().filter(|(key, _)| key[0] == table::ENTRY);
        let secret: Vec<_> = entries.map(|(_, row)| row.secret).collect();
        assert_eq!(secret, [true, false]);
    });
}

#[test]
fn the_audit_finds_an_entry_that_does_not_fit() {
    let mut world = World::new(crate::world::Memory::Kept);
    let (keeper, puppet) = (world.spawn(KEEPER), world.spawn(PUPPET));
    world.call::<()>(keeper, "put", (1, cap(puppet))).unwrap();
    let find = |world: &World| {
        check::audit(&world.store, None)
            .map(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    };
    assert_eq!(find(&world).unwrap(), "");
    let key = world.store.rows.keys().find(|key| key[0] == table::ENTRY).unwrap().clone();
    let whole = world.store.rows[&key].clone();

    // Octets that are no row.
    let mut broken = whole.bytes.to_vec();
    broken.truncate(broken.len() - 3);
    world.store.rows.get_mut(&key).unwrap().bytes = broken.into();
    assert!(find(&world).unwrap_err().to_string().contains("damaged"));

    // The entry of a collection that nobody has.
    world.store.rows.remove(&key);
    let mut orphan = key.to_vec();
    orphan[16] ^= 1;
    world.store.rows.insert(orphan.clone().into(), whole.clone());
    assert!(find(&world).unwrap().contains("has no such collection"));

    // One that is missing, without what it held and took.
    world.store.rows.remove(orphan.as_slice());
    assert!(find(&world).unwrap().contains("the meter"));
    world.store.rows.insert(key, whole);
    assert_eq!(find(&world).unwrap(), "");
}

#[test]
fn an_entry_that_cannot_be_read_fails_the_turn_for_the_host() {
    let mut world = World::new(crate::world::Memory::Reloaded);
    let keeper = world.spawn(KEEPER);
    world.call::<u64>(keeper, "keep_all", (vec![Step::Insert { key: 1, number: 5 }],)).unwrap();
    let key = world.store.rows.keys().find(|key| key[0] == table::ENTRY).unwrap().clone();
    world.store.damaged = Some(key);
    let answer = world.ask(keeper, "look_up", (1,));
    let ready = world.next_ready().unwrap();
    let mut vat = Vat::load(&world.store).unwrap().unwrap();
    let mut overlay = Overlay::new(&world.store);
    let meta = TurnMeta { now: Timestamp(9), entropy: &|| [9; 32] };
    let failed = vat.open(&mut overlay, &world.registry, meta).run(ready);
    assert!(failed.is_err(), "the object cannot catch it");
    world.store.damaged = None;
    world.run();
    assert_eq!(world.outcome(answer).unwrap().unwrap(), Value::from(5_u64));
}

#[test]
fn what_another_object_says_of_numbers_and_lengths_is_no_collection() {
    story(|world| {
        let keeper = world.spawn(KEEPER);
        world.call::<u64>(keeper, "keep_all", (vec![Step::Push(1)],)).unwrap();
        let state = Value::List(vec![Value::from(9_u64)]);
        let error = world.call_value(keeper, "keep_all", Args(vec![state])).unwrap_err();
        assert_eq!(error.class(), Class::BadCall);
    });
}
