//! Collections on the bench: as in a vat, but for limits.

use std::collections::BTreeMap;

use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Error, Result, StoredLog, StoredMap, StoredSet, codec,
};
use serde::{Deserialize, Serialize};

/// Somewhere to put things.
#[hogshead_objects::interface]
pub trait Drawer {
    /// Puts something in; gives what was there.
    fn put(&mut self, cx: &mut Context<'_>, key: i64, what: String) -> Result<Option<String>>;
    /// Takes something out.
    fn take(&mut self, cx: &mut Context<'_>, key: i64) -> Result<Option<String>>;
    /// All that is in it, in order.
    fn all(&self, cx: &mut Context<'_>) -> Result<Vec<(i64, String)>>;
    /// Puts something in and fails, after a near call that does the same and is caught.
    fn fumble(&mut self, cx: &mut Context<'_>, depth: u64) -> Result<()>;
    /// Gives what is in it to a new drawer, which may not have it.
    fn hand_on(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Drawer>>;
    /// Logs a name: its number, how many the log has, and whether the name is new.
    fn tally(&mut self, cx: &mut Context<'_>, name: String) -> Result<(u64, u64, bool)>;
    /// Drops all; gives how many there were.
    fn empty(&mut self, cx: &mut Context<'_>) -> Result<u64>;
}

#[derive(Serialize, Deserialize, Default)]
struct Wooden {
    things: StoredMap<i64, String>,
    names: StoredSet<String>,
    log: StoredLog<String>,
}

#[hogshead_objects::object(name = "wooden", version = 1)]
impl Drawer for Wooden {
    fn put(&mut self, cx: &mut Context<'_>, key: i64, what: String) -> Result<Option<String>> {
        self.things.insert(cx, key, what)
    }

    fn take(&mut self, cx: &mut Context<'_>, key: i64) -> Result<Option<String>> {
        self.things.remove(cx, &key)
    }

    fn all(&self, cx: &mut Context<'_>) -> Result<Vec<(i64, String)>> {
        let (mut all, mut page) = (Vec::new(), self.things.range(cx, .., 2)?);
        loop {
            all.append(&mut page.entries);
            let Some(next) = page.next else { break };
            page = self.things.resume(cx, .., &next, 2)?;
        }
        assert_eq!(self.things.first(cx)?.as_ref(), all.first());
        assert_eq!(self.things.last(cx)?.as_ref(), all.last());
        assert_eq!(self.things.len(), all.len() as u64);
        Ok(all)
    }

    fn fumble(&mut self, cx: &mut Context<'_>, depth: u64) -> Result<()> {
        self.things.insert(cx, 100, "lost".into())?;
        if depth > 0 {
            let inner = cx.spawn(Self::default())?;
            let failed = inner.near(cx).fumble(depth - 1);
            assert!(failed.is_err());
            assert_eq!(inner.near(cx).all()?, [], "what failed never happened");
        }
        Err(Error::refused("it fell"))
    }

    fn hand_on(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Drawer>> {
        let things = std::mem::take(&mut self.things);
        cx.spawn(Self { things, ..Self::default() })
    }

    fn tally(&mut self, cx: &mut Context<'_>, name: String) -> Result<(u64, u64, bool)> {
        let number = self.log.push(cx, name.clone())?;
        if number >= 2 {
            self.log.truncate_before(cx, number - 1)?;
        }
        let new = self.names.insert(cx, name)?;
        Ok((number, self.log.range(cx, .., 9)?.entries.len() as u64, new))
    }

    fn empty(&mut self, _cx: &mut Context<'_>) -> Result<u64> {
        let before = self.things.len();
        self.things.clear();
        Ok(before)
    }
}

#[test]
fn entries_are_kept_in_order_and_failed_turns_leave_none() {
    for mut bench in [Bench::new(), Bench::new().evicting()] {
        let drawer = bench.spawn_apart(Wooden::default());
        let mut model = BTreeMap::new();
        for (key, what) in [(3, "pen"), (-7, "ink"), (0, "cap"), (3, "nib"), (i64::MIN, "lid")] {
            let before = bench.outcome(|cx| drawer.send(cx).put(key, what.into()));
            assert_eq!(before, Ok(model.insert(key, what.to_owned())));
        }
        let taken = bench.outcome(|cx| drawer.send(cx).take(0));
        assert_eq!(taken, Ok(model.remove(&0)));
        let fallen = bench.outcome(|cx| drawer.send(cx).fumble(2)).unwrap_err();
        assert_eq!(fallen.class(), Class::Refused);
        let moved = bench.outcome(|cx| drawer.send(cx).hand_on()).unwrap_err();
        assert_eq!(moved.class(), Class::BadCall);
        let all = bench.outcome(|cx| drawer.send(cx).all());
        assert_eq!(all, Ok(model.clone().into_iter().collect::<Vec<_>>()));
        let emptied = bench.outcome(|cx| drawer.send(cx).empty());
        assert_eq!(emptied, Ok(model.len() as u64));
        assert_eq!(bench.outcome(|cx| drawer.send(cx).all()), Ok(vec![]));
    }
}

#[test]
fn logs_are_cut_off_and_sets_know_what_they_have() {
    let mut bench = Bench::new().evicting();
    let drawer = bench.spawn_apart(Wooden::default());
    let mut tally = |name: &str| bench.outcome(|cx| drawer.send(cx).tally(name.into()));
    assert_eq!(tally("ann"), Ok((0, 1, true)));
    assert_eq!(tally("bob"), Ok((1, 2, true)));
    assert_eq!(tally("ann"), Ok((2, 2, false)));
    assert_eq!(tally("eve"), Ok((3, 2, true)));
}

#[test]
fn a_collection_is_written_into_states_only() {
    let empty = StoredMap::<u64, String>::new();
    assert!(codec::to_value(&empty).is_err());
    assert!(codec::encode_row(&empty).is_err());
    assert!(serde_json::to_string(&empty).is_err());
    let state = codec::encode_state(&empty).expect("a state");
    assert_eq!(state.collections, []);
    let plain = codec::to_value(&(Option::<u64>::None, 0_u64)).expect("a list");
    assert!(codec::from_value::<StoredMap<u64, String>>(plain).is_err());
    codec::check_round_trip(&StoredLog::<u64>::new()).expect("the same");
}
