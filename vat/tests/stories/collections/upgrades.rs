//! Collections over an upgrade of their object's kind.

use hogshead_objects::error::Result;
use hogshead_objects::object::{State, Upgrade};
use hogshead_objects::records::table;
use hogshead_objects::{Context, Ref, Registry, StoredMap, Typed, Value, codec, stock};
use hogshead_vat::Vat;
use serde::{Deserialize, Serialize};

use crate::world::{World, story};

const SHELF: &str = "acme/shelf";

#[hogshead_objects::interface]
pub trait Shelf {
    /// Puts a book on the shelf, and a leaf beside it, as far as there is place for leaves.
    fn put(&mut self, cx: &mut Context<'_>, key: u64) -> Result<()>;

    /// The books.
    fn books(&self, cx: &mut Context<'_>) -> Result<Vec<u64>>;
}

#[derive(Serialize, Deserialize, Default)]
struct First {
    books: StoredMap<u64, String>,
    leaves: StoredMap<u64, String>,
}

#[hogshead_objects::object(name = "acme/shelf", version = 1, construct)]
impl Shelf for First {
    fn put(&mut self, cx: &mut Context<'_>, key: u64) -> Result<()> {
        self.leaves.insert(cx, key, "a leaf".into())?;
        self.books.insert(cx, key, "a book".into()).map(drop)
    }

    fn books(&self, cx: &mut Context<'_>) -> Result<Vec<u64>> {
        listed(&self.books, cx)
    }
}

/// Nobody wants the leaves any more.
#[derive(Serialize, Deserialize, Default)]
struct Second {
    books: StoredMap<u64, String>,
}

#[hogshead_objects::object(name = "acme/shelf", version = 2, construct, upgrades(STEPS))]
impl Shelf for Second {
    fn put(&mut self, cx: &mut Context<'_>, key: u64) -> Result<()> {
        self.books.insert(cx, key, "a book".into()).map(drop)
    }

    fn books(&self, cx: &mut Context<'_>) -> Result<Vec<u64>> {
        listed(&self.books, cx)
    }
}

const STEPS: &[Upgrade] = &[Upgrade { from: 1, state: without_leaves, message: Ok }];

fn without_leaves(state: State) -> Result<State> {
    let First { books, .. } = codec::decode_state(&state)?;
    codec::encode_state(&Second { books })
}

fn listed(books: &StoredMap<u64, String>, cx: &mut Context<'_>) -> Result<Vec<u64>> {
    Ok(books.range(cx, .., 100)?.entries.into_iter().map(|(key, _)| key).collect())
}

fn knowing<T: Typed>() -> Registry {
    let mut registry = Registry::new();
    stock::register(&mut registry).unwrap();
    registry.register::<T>().unwrap();
    registry
}

/// A shelf of version 1 with three books and leaves, in a host that knows version 2.
fn shelf(world: &mut World) -> Ref {
    world.registry = knowing::<First>();
    let shelf = world.spawn_with(SHELF, Value::Undefined);
    for key in 0..3 {
        world.call::<()>(shelf, "put", (key,)).unwrap();
    }
    assert_eq!(world.rows(table::ENTRY), 6);
    world.registry = knowing::<Second>();
    world.vat = None;
    shelf
}

#[test]
fn what_an_upgrade_drops_is_kept_until_it_is_confirmed() {
    story(|world| {
        let shelf = shelf(world);
        world.call::<()>(shelf, "put", (7,)).unwrap();
        assert_eq!(world.call::<Vec<u64>>(shelf, "books", ()), Ok(vec![0, 1, 2, 7]));
        assert_eq!(world.rows(table::ENTRY), 7, "the leaves belong to the record of before");
        let objects = Vat::objects(&world.store, 9).unwrap();
        let object = objects.iter().find(|object| object.kind == SHELF).unwrap().id;
        assert_eq!(world.turn(|turn| turn.confirm_upgrade(object).unwrap()), 1);
        assert_eq!(world.rows(table::ENTRY), 4);
        assert_eq!(world.call::<Vec<u64>>(shelf, "books", ()), Ok(vec![0, 1, 2, 7]));
        world.release(shelf);
        assert_eq!(world.rows(table::ENTRY), 0);
    });
}

#[test]
fn what_an_upgrade_dropped_goes_with_the_object_as_well() {
    story(|world| {
        let shelf = shelf(world);
        assert_eq!(world.call::<Vec<u64>>(shelf, "books", ()), Ok(vec![0, 1, 2]));
        world.release(shelf);
        assert_eq!((world.rows(table::ENTRY), world.rows(table::PRIOR)), (0, 0));
    });
}
