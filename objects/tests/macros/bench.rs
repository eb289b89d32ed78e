//! The vat for tests itself: what it would be a pity to find missing in a test that passes.

use hogshead_objects::ids::Timestamp;
use hogshead_objects::testing::{Bench, DELIVERIES_MAX};
use hogshead_objects::{Cap, Class, Context, Result, codec, interface, object};
use serde::{Deserialize, Deserializer, Serialize};

#[interface]
pub trait Clock {
    fn tick(&mut self, cx: &mut Context<'_>) -> Result<u64>;
    fn hour(&self, cx: &mut Context<'_>) -> Result<u64>;
    fn facet_of(&self, cx: &mut Context<'_>, method: String) -> Result<Cap<dyn Clock>>;
    fn revoke(&self, cx: &mut Context<'_>, facet: Cap<dyn Clock>) -> Result<Cap<dyn Clock>>;
}

/// A clock that never stops, and that is not the same after it was read from its record.
#[derive(Serialize, Deserialize, Default)]
struct Restless {
    #[serde(deserialize_with = "one_more")]
    ticks: u64,
}

fn one_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    u64::deserialize(deserializer).map(|ticks| ticks + 1)
}

#[object(name = "restless")]
impl Clock for Restless {
    fn tick(&mut self, cx: &mut Context<'_>) -> Result<u64> {
        let this: Cap<dyn Clock> = cx.this()?;
        this.tell(cx).tick()?;
        self.ticks += 1;
        Ok(self.ticks)
    }

    fn hour(&self, cx: &mut Context<'_>) -> Result<u64> {
        Ok(cx.now().0)
    }

    fn facet_of(&self, cx: &mut Context<'_>, method: String) -> Result<Cap<dyn Clock>> {
        cx.facet(&[&method], "one method")
    }

    fn revoke(&self, cx: &mut Context<'_>, facet: Cap<dyn Clock>) -> Result<Cap<dyn Clock>> {
        cx.revoke(facet)?;
        cx.this()
    }
}

#[test]
fn deliveries_without_end_end_the_run_and_can_go_on() {
    let mut bench = Bench::new();
    let clock = bench.turn(|cx| cx.spawn(Restless::default())).expect("spawns");
    bench.turn(|cx| clock.tell(cx).tick()).expect("told");
    assert_eq!(bench.run(), DELIVERIES_MAX);
    assert_eq!(bench.look(clock, |clock: &Restless| clock.ticks), Some(DELIVERIES_MAX as u64));
    assert_eq!(bench.run(), DELIVERIES_MAX);
}

#[test]
fn a_state_that_changes_by_being_read_is_found() {
    assert!(codec::check_round_trip(&Restless::default()).is_err());
    let mut bench = Bench::new().evicting();
    let spawned = bench.turn(|cx| cx.spawn(Restless::default()));
    assert_eq!(spawned.unwrap_err().class(), Class::Failed);
}

#[test]
fn time_is_what_the_test_says() {
    let mut bench = Bench::new();
    let clock = bench.turn(|cx| cx.spawn(Restless::default())).expect("spawns");
    assert_eq!(bench.turn(|cx| clock.near(cx).hour()), Ok(0));
    bench.set_now(Timestamp(7));
    assert_eq!(bench.turn(|cx| clock.near(cx).hour()), Ok(7));
}

#[test]
fn a_facet_is_of_methods_that_there_are_and_is_revoked_by_its_own_object() {
    let mut bench = Bench::new();
    let (clock, other) = bench
        .turn(|cx| Ok((cx.spawn(Restless::default())?, cx.spawn(Restless::default())?)))
        .expect("spawns");
    let unknown = bench.turn(|cx| clock.near(cx).facet_of("tock".into())).unwrap_err();
    assert_eq!(unknown.message(), "hogshead/restless has no method `tock`");
    let foreign = bench.turn(|cx| clock.near(cx).revoke(other)).unwrap_err();
    assert_eq!(foreign.class(), Class::Denied);
    // The facet with all methods is one and the same until it is revoked.
    let hour = bench.turn(|cx| clock.near(cx).facet_of("hour".into())).expect("a facet");
    assert_eq!(bench.turn(|cx| clock.near(cx).revoke(hour)), Ok(clock));
    let fresh = bench.turn(|cx| clock.near(cx).revoke(clock)).expect("revoked itself");
    assert_ne!(fresh, clock);
    assert_eq!(bench.turn(|cx| clock.near(cx).hour()).unwrap_err().class(), Class::Revoked);
    assert_eq!(bench.turn(|cx| fresh.near(cx).hour()), Ok(0));
}
