//! What must agree once everything has arrived: the vats, the model, and the ledgers.

use std::collections::BTreeMap;

use hogshead_captp::session::holdings;
use hogshead_captp::testing::Trio;
use hogshead_objects::heap::Heap;
use hogshead_objects::{Class, Error, Message, Ref, Value};

use crate::model::Kind;
use crate::world::World;

impl World {
    /// Everything has arrived: the vats hold what the model says, and no more.
    pub fn check(&mut self) {
        self.run();
        if !self.severed {
            for vat in 0..self.vats {
                let shelf = self.shelves[vat].borrow();
                let counts = shelf.iter().map(|(thing, refs)| (*thing, count(refs.len())));
                assert_eq!(counts.collect::<BTreeMap<_, _>>(), self.model.kept(vat), "{vat} keeps");
            }
            self.check_holders();
        }
        self.check_tables();
        self.check_references();
    }

    /// Whoever has an object of another vat has it from that vat, once; nobody else is counted.
    fn check_holders(&self) {
        let reaches: Vec<_> = (0..self.vats).map(|vat| self.model.reaches(vat)).collect();
        let owes: Vec<_> = (0..self.vats).map(|vat| self.model.owes(vat)).collect();
        for thing in self.model.things() {
            let (owner, kind) = self.model.what(thing);
            let others =
                (0..self.vats).filter(|vat| *vat != owner && reaches[*vat].contains(&thing));
            let wanted = u64::try_from(others.count()).expect("few");
            let holders = self.trio.vats[owner].heap.holders(self.origins[&thing]);
            match kind {
                Kind::Object | Kind::Resolver(_) => {
                    assert_eq!(holders, wanted, "holders of {thing:?}, {kind:?} of {owner}");
                }
                // A third vat's listener may wait at the second for what nobody needs any more:
                // listening has no end but the outcome.
                Kind::Promise if self.vats > 2 && self.model.is_pending(thing) => {}
                Kind::Promise if self.model.is_settled(thing) => {
                    assert_eq!(holders, 0, "a settled promise {thing:?} is held by nobody");
                }
                Kind::Promise => {
                    let owed = (0..self.vats).any(|vat| vat != owner && owes[vat].contains(&thing));
                    assert!(wanted > 0 || owed || holders == 0, "nobody has {thing:?}");
                }
            }
        }
    }

    /// Each session's tables are as long as the ledger says, on both sides.
    fn check_tables(&self) {
        for ((low, high), ledgers) in &self.ledgers {
            for (us, them, side) in [(*low, *high, 0), (*high, *low, 1)] {
                let ours =
                    holdings(Trio::session(us, them), self.trio.vats[us].heap.rows()).unwrap();
                let (exporter, importer) = (&ledgers.0[side], &ledgers.0[1 - side]);
                assert_eq!(ours.exports, exporter.exported(), "{us} exports to {them}");
                assert_eq!(ours.answers, exporter.asked(), "{us} owes {them}");
                assert_eq!(ours.questions, importer.asked(), "{us} waits for {them}");
                assert_eq!(ours.imports, importer.exported(), "{us} imports from {them}");
            }
        }
    }

    /// Every reference that is kept still leads to its thing, whatever way it came.
    fn check_references(&mut self) {
        let mut pings = Vec::new();
        for vat in 0..self.vats {
            for (thing, reference) in self.kept(vat, |kind| !matches!(kind, Kind::Resolver(_))) {
                let ping = Message::new("ping", []);
                let answer = self.trio.vats[vat].turn(|heap| heap.ask(reference, ping));
                pings.push((vat, thing, answer));
            }
        }
        self.run();
        for (vat, thing, answer) in pings {
            let outcome = self.trio.vats[vat].heap.outcome(answer).cloned();
            match (outcome, self.model.object(thing)) {
                (Some(Ok(value)), Some(object)) => assert_eq!(value, Value::from(object.0)),
                (None, None) => {}
                (Some(Err(error)), object) => {
                    // A gift goes with the session of its gifter.
                    let gone = error.message() == "there is no session with this gifter";
                    let severed = self.severed && (gone || error.class() == Class::Severed);
                    let refused =
                        (self.severed || object.is_none()) && error.class() == Class::Refused;
                    assert!(severed || refused, "{vat} has lost {thing:?}: {error}");
                }
                (outcome, object) if self.severed => {
                    assert!(outcome.is_none(), "{thing:?} is {outcome:?}, not {object:?}");
                }
                (outcome, object) => panic!("{vat}: {thing:?} is {outcome:?}, not {object:?}"),
            }
            self.trio.vats[vat].turn(|heap| heap.let_go(Ref::Promise(answer)));
        }
        self.run();
    }

    /// What was to settle a promise may be lost with a session; its own vat breaks it.
    fn break_promises(&mut self) {
        for (thing, reference) in self.origins.clone() {
            if let Ref::Promise(promise) = reference {
                self.model.settle(thing, None);
                self.trio.vats[self.model.what(thing).0].turn(|heap| {
                    heap.settle(promise, Err(Error::refused("no"))).unwrap();
                });
            }
        }
        self.after();
    }

    /// Everything is settled and let go; then nothing may be left.
    pub fn end(mut self) {
        self.check();
        for vat in 0..self.vats {
            for resolver in self.kept(vat, |kind| matches!(kind, Kind::Resolver(_))) {
                self.settle(vat, resolver, None);
            }
        }
        if self.severed {
            self.break_promises();
        }
        self.check();
        for sent in self.answers.keys().copied().collect::<Vec<_>>() {
            self.drop_answer(sent);
        }
        for vat in 0..self.vats {
            for what in self.kept(vat, |_| true) {
                self.drop(vat, what);
            }
        }
        self.run();
        for vat in 0..self.vats {
            // What waited in a queue until now was kept.
            for what in self.kept(vat, |_| true) {
                self.drop(vat, what);
            }
        }
        self.run();
        self.check_tables();
        if self.severed {
            // A give that was lost with its session leaves a gift with its gifter's session.
            for pair in [(0, 1), (0, 2), (1, 2)] {
                self.part(pair);
            }
            assert!(self.trio.vats.iter().all(|vat| vat.heap.rows().is_empty()), "rows are left");
        }
        for (us, vat) in self.trio.vats.iter().enumerate() {
            assert!(vat.heap.held().is_empty(), "{us} still holds {:?}", vat.heap.held());
            assert_eq!(vat.heap.imports(), [], "{us}");
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).expect("few")
}
