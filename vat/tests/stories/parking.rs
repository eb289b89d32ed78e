//! What cannot run is parked and never lost: unknown kinds and versions, failed upgrades, suspects,
//! a paused vat. And what devices do.

use hogshead_objects::codec;
use hogshead_objects::error::{Error, Result};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::ObjectId;
use hogshead_objects::object::{Kind, State, Upgrade};
use hogshead_objects::records::table;
use hogshead_objects::{Class, Message, Object, Ref, Registry, Typed, Value};
use hogshead_vat::{Ran, Vat};

use crate::cast::{self, PUPPET, Step};
use crate::world::{World, message, story};

/// Starts the host's program anew, with other kinds.
fn restart(world: &mut World, registry: Registry) {
    world.vat = None;
    world.registry = registry;
}

fn all_kinds() -> Registry {
    let mut registry = Registry::new();
    cast::register(&mut registry);
    registry
}

#[test]
fn a_message_to_an_object_of_an_unknown_kind_is_parked_and_retried() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        restart(world, Registry::new());
        let answer = world.ask(alice, "act", (vec![Step::Add(3)],));
        let rans = world.run();
        let Ran::Parked { id, cause } = &rans[0] else { panic!("not parked: {rans:?}") };
        assert!(cause.message().contains("knows no kind of object named"), "{cause}");
        assert!(world.outcome(answer).is_none(), "nothing is lost, nothing is told");
        let parked = Vat::parked(&world.store, 10).unwrap();
        assert_eq!((parked[0].id, parked[0].cause.as_ref()), (*id, Some(cause)));
        assert!(parked[0].what.contains("act"), "{parked:?}");

        restart(world, all_kinds());
        world.turn(|turn| turn.retry_parked(*id).unwrap());
        world.run();
        assert!(matches!(world.outcome(answer), Some(Ok(Value::Int(_)))));
        assert_eq!(world.peek(alice).0, 3);
        assert_eq!(world.vat().meter().parked, 0);
    });
}

#[test]
fn a_parked_message_that_is_dropped_breaks_its_answer() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        restart(world, Registry::new());
        let answer = world.ask(alice, "act", (vec![Step::Add(3)],));
        world.run();
        let id = Vat::parked(&world.store, 1).unwrap()[0].id;
        world.turn(|turn| turn.drop_parked(id).unwrap());
        assert_eq!(world.outcome(answer).unwrap().unwrap_err().class(), Class::Stopped);
        assert!(world.turn(|turn| turn.drop_parked(id)).is_err(), "once only");
        assert!(world.turn(|turn| turn.retry_parked(id)).is_err());
        restart(world, all_kinds());
        assert_eq!(world.peek(alice).0, 0);
    });
}

#[test]
fn a_continuation_of_an_unknown_kind_is_parked_too() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Promise, Step::Then(0)]).unwrap();
        world.ask(alice, "act", (vec![Step::Fulfill { index: 0, with: 1 }],));
        let id = world.next_ready().unwrap();
        world.run_one(id);
        restart(world, Registry::new());
        assert!(matches!(world.run()[..], [Ran::Parked { .. }]));
        restart(world, all_kinds());
        let id = Vat::parked(&world.store, 1).unwrap()[0].id;
        world.turn(|turn| turn.retry_parked(id).unwrap());
        world.run();
        assert_eq!(world.peek(alice).0, 7);
    });
}

#[test]
fn a_delivered_message_that_cannot_run_becomes_a_parked_row() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        restart(world, Registry::new());
        let ran = world.turn(|turn| {
            turn.deliver(alice, message("act", (vec![Step::Add(2)],)), None).unwrap();
            turn.run_delivered().unwrap()
        });
        let Ran::Parked { id, .. } = ran else { panic!("not parked: {ran:?}") };
        restart(world, all_kinds());
        world.turn(|turn| turn.retry_parked(id).unwrap());
        world.run();
        assert_eq!(world.peek(alice).0, 2);
    });
}

#[test]
fn a_suspect_is_parked_by_the_host_and_an_innocent_one_retried() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.ask(alice, "act", (vec![Step::Add(1)],));
        let id = world.next_ready().unwrap();
        let why = Error::new(Class::Parked, "the host died while it ran");
        let parked = world.turn(|turn| turn.park(id, why.clone()).unwrap());
        assert!(world.next_ready().is_none());
        assert_eq!(Vat::parked(&world.store, 1).unwrap()[0].cause, Some(why));
        world.turn(|turn| turn.retry_parked(parked).unwrap());
        world.run();
        assert_eq!(world.peek(alice).0, 1);
    });
}

#[test]
fn a_paused_vat_accepts_and_runs_nothing_until_it_is_resumed() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.turn(|turn| turn.pause());
        let answer = world.ask(alice, "act", (vec![Step::Add(1)],));
        assert!(world.next_ready().is_none());
        let ran = world.turn(|turn| {
            turn.deliver(alice, message("act", (vec![Step::Add(2)],)), None).unwrap();
            turn.run_delivered().unwrap()
        });
        assert!(matches!(ran, Ran::Queued(_)));
        assert!(world.vat().paused() && world.outcome(answer).is_none());
        world.turn(|turn| turn.resume());
        assert_eq!(world.run().len(), 2);
        assert_eq!(world.peek(alice).0, 3);
    });
}

#[test]
fn a_message_to_a_device_is_put_out_and_completed_later() {
    story(|world| {
        let device = Ref::Facet(hogshead_objects::ids::FacetId(world.peek_next_id() + 1));
        world.held.insert(device, 1);
        world.turn(|turn| {
            assert_eq!(turn.create_device("printer").unwrap(), device);
            turn.hold(device).unwrap();
        });
        let answer = world.ask(device, "print", ("hello",));
        assert!(matches!(world.run()[..], [Ran::Device(_)]));
        let call = world.last.as_ref().unwrap().device_calls[0].clone();
        assert_eq!((call.device.as_str(), call.message.symbol()), ("printer", Some("print")));
        assert_eq!(Vat::device_calls(&world.store, 9).unwrap()[0].id, call.delivery);
        assert!(world.outcome(answer).is_none());
        let done = |world: &mut World| {
            world.turn(|turn| turn.complete_device(call.delivery, Ok(Value::Null)).unwrap())
        };
        assert!(done(world));
        assert!(!done(world), "once only");
        assert!(matches!(world.outcome(answer), Some(Ok(Value::Null))));
    });
}

/// A kind in three versions: its state is a number, then a text, then a list.
struct Versioned {
    kind: &'static Kind,
    state: Value,
}

impl Object for Versioned {
    fn kind(&self) -> &'static Kind {
        self.kind
    }

    fn call(&mut self, _: &mut hogshead_objects::Context<'_>, message: Message) -> Result<Value> {
        let argument = message.values.into_iter().nth(1).unwrap_or(Value::Undefined);
        Ok(Value::List(vec![self.state.clone(), argument]))
    }

    fn near(
        &mut self,
        _: &mut hogshead_objects::Context<'_>,
        _: &mut dyn std::any::Any,
    ) -> Result<()> {
        Ok(())
    }

    fn resume(
        &mut self,
        _: &mut hogshead_objects::Context<'_>,
        _: &str,
        _: Value,
        _: Result<Value>,
    ) -> Result<Value> {
        Ok(Value::Undefined)
    }

    fn encode(&self) -> Result<State> {
        codec::encode_state(&self.state)
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

const SAY: &[hogshead_objects::MethodInfo] = &[hogshead_objects::MethodInfo {
    name: "say",
    interface: "Versioned",
    params: &[],
    mutates: false,
    takes: hogshead_objects::Takes::Named,
}];

fn decode<const V: u32>(state: &State) -> Result<Box<dyn Object>> {
    let kind = match V {
        1 => &FIRST,
        2 => &SECOND,
        _ => &THIRD,
    };
    Ok(Box::new(Versioned { kind, state: codec::decode_state(state)? }))
}

fn wrap(state: State) -> Result<State> {
    let inner: Value = codec::decode_state(&state)?;
    codec::encode_state(&Value::List(vec![inner]))
}

fn wrap_message(mut message: Message) -> Result<Message> {
    if let Some(argument) = message.values.get_mut(1) {
        *argument = Value::List(vec![argument.clone()]);
    }
    Ok(message)
}

fn explode(_: State) -> Result<State> {
    panic!("told to panic")
}

const STEP_1: Upgrade = Upgrade { from: 1, state: wrap, message: wrap_message };
const STEP_2: Upgrade = Upgrade { from: 2, state: wrap, message: wrap_message };
const BAD_STEP: Upgrade = Upgrade { from: 1, state: explode, message: wrap_message };

const fn kind(version: u32, upgrades: &'static [Upgrade]) -> Kind {
    Kind {
        name: "acme/versioned",
        version,
        methods: &[SAY],
        continuations: &[],
        decode: match version {
            1 => decode::<1>,
            2 => decode::<2>,
            _ => decode::<3>,
        },
        construct: Some(|value| Ok(Box::new(Versioned { kind: &FIRST, state: value }))),
        constant: false,
        upgrades,
    }
}

static FIRST: Kind = kind(1, &[]);
static SECOND: Kind = kind(2, &[STEP_1]);
static THIRD: Kind = kind(3, &[STEP_1, STEP_2]);
static GAP: Kind = kind(3, &[STEP_2]);
static BAD: Kind = kind(2, &[BAD_STEP]);

fn with(kind: &'static Kind) -> Registry {
    let mut registry = all_kinds();
    registry.register_kind(kind).unwrap();
    registry
}

fn say(world: &mut World, target: Ref) -> String {
    format!("{:?}", world.call_value(target, "say", (1,)).unwrap())
}

#[test]
fn an_object_is_upgraded_step_by_step_and_its_prior_record_kept_until_confirmed() {
    story(|world| {
        restart(world, with(&FIRST));
        let alice = world.spawn_with("acme/versioned", Value::from(7_u64));
        let first = say(world, alice);
        restart(world, with(&THIRD));
        let third = say(world, alice);
        assert_ne!(first, third);
        assert_eq!(third.matches("List").count(), 3, "wrapped twice: {third}");
        assert_eq!(world.rows(table::PRIOR), 1);
        assert_eq!(say(world, alice), third, "once only");
        let object = object_of(world);
        assert_eq!(world.turn(|turn| turn.confirm_upgrade(object).unwrap()), 1);
        assert_eq!(world.rows(table::PRIOR), 0);
        assert_eq!(world.turn(|turn| turn.confirm_upgrade(object).unwrap()), 0);
        assert_eq!(say(world, alice), third);
    });
}

#[test]
fn a_message_that_waited_through_an_upgrade_is_upgraded_with_it() {
    story(|world| {
        restart(world, with(&FIRST));
        let alice = world.spawn_with("acme/versioned", Value::from(7_u64));
        let old = world.ask(alice, "say", (1,));
        restart(world, with(&SECOND));
        let new = world.ask(alice, "say", (1,));
        world.run();
        let said = |world: &mut World, answer| match world.outcome(answer) {
            Some(Ok(Value::List(items))) => format!("{:?}", items[1]),
            other => panic!("no answer: {other:?}"),
        };
        assert!(said(world, old).contains("List"), "sent to the first version");
        assert!(!said(world, new).contains("List"), "sent to the second");
    });
}

#[test]
fn an_object_without_a_way_up_is_left_alone_and_its_message_parked() {
    for (kind, cause) in [
        (&GAP, "there is no upgrade of acme/versioned from version 1"),
        (&BAD, "the upgrade of acme/versioned from version 1 failed"),
    ] {
        story(|world| {
            restart(world, with(&FIRST));
            let alice = world.spawn_with("acme/versioned", Value::from(7_u64));
            let before = say(world, alice);
            restart(world, with(kind));
            world.ask(alice, "say", (1,));
            let Ran::Parked { cause: found, id } = world.run().remove(0) else { panic!("ran") };
            assert!(found.message().starts_with(cause), "{found}");
            assert_eq!(world.rows(table::PRIOR), 0);
            restart(world, with(&FIRST));
            world.turn(|turn| turn.drop_parked(id).unwrap());
            assert_eq!(say(world, alice), before);
        });
    }
}

#[test]
fn a_newer_version_than_the_host_knows_is_parked() {
    story(|world| {
        restart(world, with(&FIRST));
        let alice = world.spawn_with("acme/versioned", Value::from(7_u64));
        restart(world, with(&SECOND));
        say(world, alice);
        restart(world, with(&FIRST));
        world.ask(alice, "say", (1,));
        let Ran::Parked { cause, .. } = world.run().remove(0) else { panic!("ran") };
        assert!(cause.message().contains("knows up to 1"), "{cause}");
    });
}

#[test]
fn what_an_upgrade_drops_lives_until_the_upgrade_is_confirmed() {
    fn forget(_: State) -> Result<State> {
        codec::encode_state(&Value::<Ref>::Null)
    }
    const FORGETS: Upgrade = Upgrade { from: 1, state: forget, message: wrap_message };
    static FORGETFUL: Kind = kind(2, &[FORGETS]);
    story(|world| {
        restart(world, with(&FIRST));
        let bob = world.spawn(PUPPET);
        let alice = world.spawn_with("acme/versioned", Value::Ref(bob));
        world.release(bob);
        let objects = world.rows(table::OBJECT);
        restart(world, with(&FORGETFUL));
        say(world, alice);
        assert_eq!(world.rows(table::OBJECT), objects);
        let object = object_of(world);
        world.turn(|turn| turn.confirm_upgrade(object).unwrap());
        assert_eq!(world.rows(table::OBJECT), objects - 1, "Bob is free");
    });
}

/// The object with a prior record.
fn object_of(world: &World) -> ObjectId {
    let key = world.store.rows.keys().find(|key| key[0] == table::PRIOR).unwrap();
    ObjectId(u64::from_be_bytes(key[1..9].try_into().unwrap()))
}

#[test]
fn the_kinds_of_the_stories_are_what_they_seem() {
    assert_eq!(cast::Marionette::KIND.name, PUPPET);
}
