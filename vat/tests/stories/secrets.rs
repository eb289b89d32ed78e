//! Errors carry no internals: what a caller is told of a failure, and what the host's log is.

use std::collections::BTreeMap;

use hogshead_objects::error::Result;
use hogshead_objects::ids::{PromiseId, Timestamp};
use hogshead_objects::records::{Overlay, RecordsError, table};
use hogshead_objects::{Class, Context, Error, ErrorValue, Ref};
use hogshead_vat::{Failure, TurnMeta, Vat, VatError};
use serde::{Deserialize, Serialize, Serializer};

use crate::cast::{PUPPET, Step};
use crate::world::{Memory, World, story};

pub const SECRET: &str = "the key is 4711, see /home/alice/vault.rs";

/// An object that fails in every way in which it could tell its secret.
#[hogshead_objects::interface]
pub trait Vault {
    /// Panics with the secret.
    fn drop_it(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// From now on its state cannot be written.
    fn spoil(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// Gives something that is no value.
    fn unspeakable(&self, cx: &mut Context<'_>) -> Result<BTreeMap<Unspeakable, u64>>;

    /// Says more for the log than for its caller.
    fn confide(&self, cx: &mut Context<'_>) -> Result<()>;
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unspeakable(String);

impl Serialize for Unspeakable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom(SECRET))
    }
}

#[derive(Serialize, Deserialize, Default)]
struct Safe {
    spoilt: Option<Unspeakable>,
}

#[hogshead_objects::object(name = "safe", version = 1, construct)]
impl Vault for Safe {
    fn drop_it(&mut self, _cx: &mut Context<'_>) -> Result<()> {
        std::panic::panic_any(SECRET.to_owned());
    }

    fn spoil(&mut self, _cx: &mut Context<'_>) -> Result<()> {
        self.spoilt = Some(Unspeakable(String::new()));
        Ok(())
    }

    fn unspeakable(&self, _cx: &mut Context<'_>) -> Result<BTreeMap<Unspeakable, u64>> {
        Ok([(Unspeakable(String::new()), 1)].into())
    }

    fn confide(&self, _cx: &mut Context<'_>) -> Result<()> {
        Err(Error::refused("not now").with_detail(SECRET))
    }
}

fn safe(world: &mut World) -> Ref {
    world.registry.register::<Safe>().unwrap();
    world.spawn("hogshead-vat/safe")
}

/// Sends and runs; gives the answer's promise, what it broke with and what the log is told.
fn fails(world: &mut World, target: Ref, method: &'static str) -> (PromiseId, Error, Failure) {
    let answer = world.ask(target, method, ());
    let id = world.next_ready().expect("it is there to be run");
    world.run_one(id);
    let mut failures = world.last.take().unwrap().failures;
    assert_eq!(failures.len(), 1);
    let error = world.outcome(answer).expect("it is settled").unwrap_err();
    (answer, error, failures.remove(0))
}

#[test]
fn whatever_fails_inside_an_object_its_caller_learns_only_that_and_a_cause() {
    let told = [
        ("drop_it", "failed: the object panicked"),
        ("spoil", "failed: the object failed"),
        ("unspeakable", "failed: the object failed"),
        ("confide", "refused: not now"),
    ];
    for (method, told) in told {
        story(|world| {
            let safe = safe(world);
            let (answer, error, failure) = fails(world, safe, method);
            let said = format!("{told} [cause {}]", failure.cause);
            assert_eq!(ErrorValue::from(error.clone()).message, said);
            assert_eq!((error.cause(), error.detail()), (Some(failure.cause), None));
            for row in world.store.rows.values() {
                let bytes = row.bytes.as_ref();
                assert!(!bytes.windows(9).any(|part| part == b"vault.rs" || part == b"is 4711, "));
            }
            // The log has it all.
            assert!(failure.error.detail().unwrap().contains(SECRET), "{failure:?}");
            assert_eq!((failure.kind, failure.method.as_str()), ("hogshead-vat/safe", method));
            world.release(Ref::Promise(answer));
        });
    }
}

#[test]
fn a_cause_is_its_failures_own_and_the_same_on_every_replay() {
    let causes = || {
        let mut world = World::new(Memory::Kept);
        let safe = safe(&mut world);
        [fails(&mut world, safe, "spoil").2.cause, fails(&mut world, safe, "spoil").2.cause]
    };
    let [first, second] = causes();
    assert_ne!(first, second);
    assert_eq!(causes(), [first, second]);
}

#[test]
fn an_error_that_is_passed_on_keeps_the_cause_of_where_it_began() {
    story(|world| {
        let (alice, bob) = (world.spawn(PUPPET), world.spawn(PUPPET));
        world.give(alice, bob);
        let ask = Step::Ask { to: 0, steps: vec![Step::Fail] };
        world.act(alice, vec![ask]).unwrap();
        let heard = world.call_value(alice, "settled", (0,)).unwrap_err();
        world.act(alice, vec![Step::PassOn(0)]).unwrap();
        let passed = world.call_value(alice, "settled", (1,)).unwrap_err();
        assert!(heard.cause().is_some());
        assert_eq!(passed, heard);
    });
}

#[test]
fn a_refusal_that_commits_is_no_failure() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let error = world.act(alice, vec![Step::Refuse]).unwrap_err();
        assert_eq!((error.class(), error.cause()), (Class::Refused, None));
    });
}

#[test]
fn rows_that_cannot_be_read_end_the_turn_and_nobody_is_told_of_them() {
    let mut world = World::new(Memory::Reloaded);
    let alice = world.spawn(PUPPET);
    world.act(alice, vec![Step::Spawn]).unwrap();
    // Her child's row: the last object that was made.
    let rows = world.store.rows.keys().rev();
    world.store.damaged = rows.clone().find(|key| key[0] == table::OBJECT).cloned();
    let near = Step::Near { to: 0, steps: vec![], caught: true };
    world.ask(alice, "act", (vec![near],));
    let id = world.next_ready().unwrap();
    let mut vat = Vat::load(&world.store).unwrap().unwrap();
    let mut overlay = Overlay::new(&world.store);
    let meta = TurnMeta { now: Timestamp(0), entropy: &|| [0; 32] };
    let mut turn = vat.open(&mut overlay, &world.registry, meta);
    let trouble = turn.run(id).unwrap_err();
    assert!(matches!(trouble, VatError::Records(RecordsError::Store(_))), "{trouble}");
    assert!(turn.take_outgoing().is_empty());
    assert!(turn.close().unwrap().ran.is_empty(), "and no answer was settled");
}
