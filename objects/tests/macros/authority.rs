//! Who may do what: facets, casts, compositions, and references that cannot be written down.

use hogshead_objects::stock::cell::{Cell, ValueCell};
use hogshead_objects::stock::counter::{Counter, Tally};
use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Error, Promise, Result, Value, codec, interface, object,
};
use serde::{Deserialize, Serialize};

#[interface]
pub trait Door {
    fn enter(&mut self, cx: &mut Context<'_>, pin: String) -> Result<u32>;
    fn key(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Door>>;
    fn change_locks(&mut self, cx: &mut Context<'_>) -> Result<()>;
    fn myself(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Door>>;
}

#[interface]
pub trait Alarm {
    fn wrong(&self, cx: &mut Context<'_>) -> Result<u32>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Gate {
    entered: u32,
    wrong: u32,
    keys: Vec<Cap<dyn Door>>,
}

#[object(name = "gate", interfaces(Alarm))]
impl Door for Gate {
    fn enter(&mut self, cx: &mut Context<'_>, pin: String) -> Result<u32> {
        if pin == "break it" {
            self.wrong += 100;
            return Err(Error::refused("the door holds"));
        }
        if pin != "1234" {
            self.wrong += 1;
            return Err(cx.refuse(Error::refused("wrong PIN")));
        }
        self.entered += 1;
        Ok(self.entered)
    }

    fn key(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Door>> {
        let key = cx.facet(&["enter"], "key")?;
        self.keys.push(key);
        Ok(key)
    }

    fn change_locks(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.keys.drain(..).try_for_each(|key| cx.revoke(key))
    }

    fn myself(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Door>> {
        cx.this()
    }
}

impl Alarm for Gate {
    fn wrong(&self, _cx: &mut Context<'_>) -> Result<u32> {
        Ok(self.wrong)
    }
}

#[test]
fn a_facet_grants_its_methods_however_it_is_looked_at() {
    let mut bench = Bench::new();
    let gate = bench.turn(|cx| cx.spawn(Gate::default())).expect("spawns");
    let key = bench.turn(|cx| gate.near(cx).key()).expect("a key");
    assert_eq!(bench.outcome(|cx| key.send(cx).enter("1234".into())), Ok(1));
    let more = bench.outcome(|cx| key.send(cx).key()).unwrap_err();
    assert_eq!(more.to_string(), "denied: this reference does not grant `key`");
    let cast = key.cast::<dyn Alarm>();
    let more = bench.outcome(|cx| cast.send(cx).wrong()).unwrap_err();
    assert_eq!(more.class(), Class::Denied);
    assert_eq!(bench.outcome(|cx| gate.cast::<dyn Alarm>().send(cx).wrong()), Ok(0));
}

#[test]
fn a_revoked_facet_is_refused_and_others_are_not() {
    let mut bench = Bench::new().evicting();
    let gate = bench.turn(|cx| cx.spawn(Gate::default())).expect("spawns");
    let old = bench.turn(|cx| gate.near(cx).key()).expect("a key");
    bench.turn(|cx| gate.near(cx).change_locks()).expect("changed");
    let new = bench.turn(|cx| gate.near(cx).key()).expect("a key");
    let refused = bench.outcome(|cx| old.send(cx).enter("1234".into())).unwrap_err();
    assert_eq!(refused.class(), Class::Revoked);
    assert_eq!(bench.outcome(|cx| new.send(cx).enter("1234".into())), Ok(1));
    assert_ne!(old, new);
}

#[test]
fn a_failed_call_never_happened_and_a_refused_one_is_remembered() {
    let mut bench = Bench::new();
    let gate = bench.turn(|cx| cx.spawn(Gate::default())).expect("spawns");
    let alarm = gate.cast::<dyn Alarm>();
    assert!(bench.outcome(|cx| gate.send(cx).enter("break it".into())).is_err());
    assert_eq!(bench.outcome(|cx| alarm.send(cx).wrong()), Ok(0));
    assert!(bench.outcome(|cx| gate.send(cx).enter("0000".into())).is_err());
    assert_eq!(bench.outcome(|cx| alarm.send(cx).wrong()), Ok(1));
    // Near, the caller goes on: what is below the failed call is undone, and nothing else.
    let wrong = bench.turn(|cx| {
        assert!(gate.near(cx).enter("0000".into()).is_err());
        assert!(gate.near(cx).enter("break it".into()).is_err());
        gate.near(cx).enter("1234".into())?;
        alarm.near(cx).wrong()
    });
    assert_eq!(wrong, Ok(2));
    assert_eq!(bench.look(gate, |gate: &Gate| (gate.entered, gate.wrong)), Some((1, 2)));
}

#[interface]
pub trait Clerk {
    fn count(&mut self, cx: &mut Context<'_>, counter: Cap<dyn Counter>) -> Result<u64>;
}

#[derive(Serialize, Deserialize)]
struct Desk;

#[object(name = "desk")]
impl Clerk for Desk {
    fn count(&mut self, cx: &mut Context<'_>, counter: Cap<dyn Counter>) -> Result<u64> {
        counter.near(cx).increment(1)
    }
}

#[test]
fn near_calls_reach_the_callers_own_composition_only() {
    let mut bench = Bench::new();
    let desk = bench.spawn_apart(Desk);
    let counter = bench.turn(|cx| cx.spawn(Tally::default())).expect("spawns");
    let apart = bench.turn(|cx| desk.near(cx).count(counter)).unwrap_err();
    assert_eq!(apart.class(), Class::Denied, "{apart}");
    let foreign = bench.outcome(|cx| desk.send(cx).count(counter)).unwrap_err();
    assert_eq!(foreign.class(), Class::Denied, "{foreign}");
    bench.turn(|cx| cx.hand_over(counter, desk)).expect("handed over");
    assert_eq!(bench.outcome(|cx| desk.send(cx).count(counter)), Ok(1));
    let given_away = bench.turn(|cx| counter.near(cx).read()).unwrap_err();
    assert_eq!(given_away.class(), Class::Denied);
    // A sibling is of the same composition.
    let together = bench.turn(|cx| {
        let counter = cx.spawn(Tally::default())?;
        cx.spawn(Desk)?.near(cx).count(counter)
    });
    assert_eq!(together, Ok(1));
}

#[test]
fn a_reference_is_written_only_into_the_vats_own_records() {
    let mut bench = Bench::new();
    let gate = bench.turn(|cx| cx.spawn(Gate::default())).expect("spawns");
    let (promise, resolver) = bench.turn(|cx| cx.promise::<u64>()).expect("a promise");
    assert!(serde_json::to_string(&gate).is_err());
    assert!(serde_json::to_string(&promise).is_err());
    assert!(serde_json::to_string(&resolver).is_err());
    assert!(serde_json::from_str::<Cap<dyn Door>>("0").is_err());
    assert!(serde_json::from_str::<Cap<dyn Door>>("{\"Facet\":1}").is_err());
    assert!(codec::from_value::<Cap<dyn Door>>(Value::from(gate)).is_ok());
    assert!(codec::from_value::<Cap<dyn Door>>(codec::to_value(&1).expect("encodes")).is_err());
    let state = codec::encode_state(&vec![(gate, promise)]).expect("encodes");
    assert_eq!(state.edges, [gate.untyped(), promise.untyped()]);
    let read: Vec<(Cap<dyn Door>, Promise<u64>)> = codec::decode_state(&state).expect("decodes");
    assert_eq!(read, [(gate, promise)]);
}

#[test]
fn debug_shows_the_interface_and_a_number_that_nobody_can_use() {
    let mut bench = Bench::new();
    let gate = bench.turn(|cx| cx.spawn(Gate::default())).expect("spawns");
    let (promise, resolver) = bench.turn(|cx| cx.promise::<Vec<u8>>()).expect("a promise");
    assert_eq!(format!("{gate:?}"), "Cap<Door>(f2)");
    assert_eq!(format!("{:?}", gate.cast::<hogshead_objects::Untyped>()), "Cap<Untyped>(f2)");
    assert!(format!("{promise:?} {resolver:?}").ends_with("(r3)"));
}

#[test]
fn self_is_a_reference_to_pass_on() {
    let mut bench = Bench::new();
    let gate = bench.turn(|cx| cx.spawn(Gate::default())).expect("spawns");
    let itself = bench.outcome(|cx| gate.send(cx).myself()).expect("itself");
    assert_eq!(bench.outcome(|cx| itself.send(cx).enter("1234".into())), Ok(1));
}

#[test]
fn a_cell_can_hold_what_is_only_a_reference_to_it() {
    let mut bench = Bench::new().evicting();
    let got = bench.turn(|cx| {
        let cell = cx.spawn(ValueCell::default())?;
        cell.near(cx).set(Value::from(cell))?;
        Ok(codec::from_value::<Cap<dyn Cell>>(cell.near(cx).get()?)? == cell)
    });
    assert_eq!(got, Ok(true));
}
