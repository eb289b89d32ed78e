//! The lies: a peer that keeps to the syntax and not to the truth, a test each. The comment of a
//! test tells the lie, what the liar **sees**, and what **stays**; `docs/conformance.md` has a
//! line for each, which `table` checks.

mod answers;
mod counts;
mod forms;
mod gifts;
mod handoffs;
mod hellos;
mod positions;

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_captp::Limits;
use hogshead_objects::ids::{ImportId, PromiseId, SessionId};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::{Class, Error, Ref, Value};

use crate::raw::{NEW, Raw, Side};

/// A peer that lies, and one that stands by: both know the same objects.
///
/// The liar has been given an echo and a promise of ours, lends an object at 40 and a promise at
/// 41 of its own, and owes us an answer.
struct Liar {
    raw: Raw,
    /// Where the echo is exported to the liar.
    echo: u64,
    /// The answer position of a promise of ours that is pending.
    vow: u64,
    /// What the liar owes us: our promise, its answer position, and its resolver's position.
    owed: (PromiseId, u64, u64),
    /// Our reference to its promise at 41, and the resolver's position of it.
    theirs: (PromiseId, u64),
    bystander: SessionId,
    before: Before,
}

/// What was there before the liar's session had a row.
struct Before {
    rows: Vec<(Bytes, Bytes)>,
    held: BTreeMap<Ref, u64>,
    imports: Vec<ImportId>,
    echo: u64,
    waits: PromiseId,
}

impl Liar {
    fn new() -> Self {
        Self::with(Limits::default())
    }

    fn with(limits: Limits) -> Self {
        let mut raw = Raw::new(NEW, limits);
        let bystander = raw.join(2, &Side::new(3, "carol"), NEW, Limits::default());
        let echo = raw.add(|_, values| Ok(Value::List(values)));
        raw.vat.heap.keep(echo);
        let (vow, _) = raw.vow();
        let before = Before::new(&mut raw, bystander, echo, vow);
        let (echo, vow) = (raw.offer(echo), raw.answer(vow));
        let Ref::Promise(theirs) = raw.lend("<19'desc:import-promise41+>") else {
            panic!("a promise")
        };
        let object = raw.add(|_, _| Ok(Value::Null));
        let next = raw.offer(object);
        raw.say(format!("<13'op:gc-exports[{next}+][1+]>")).unwrap();
        let owed = raw.ask(40);
        assert_eq!(raw.heard(), [""; 0]);
        Self { raw, echo, vow, owed, theirs: (theirs, next - 1), bystander, before }
    }

    /// The lie ends the session at once, with this reason, and nothing of it stays.
    #[track_caller]
    fn ends(mut self, lie: impl AsRef<[u8]>, reason: &str) {
        self.raw.is_aborted(lie, reason);
        self.after();
    }

    /// The lie is told, and no violation of the protocol: gives what the liar hears.
    #[track_caller]
    fn is_taken(&mut self, lie: impl AsRef<[u8]>) -> Vec<String> {
        self.raw.say(lie).expect("it harms nobody");
        assert!(!self.raw.has_ended(), "the session goes on");
        self.raw.heard()
    }

    /// The session goes on: the echo still answers.
    #[track_caller]
    fn goes_on(&mut self) {
        let echo = self.echo;
        let says =
            format!("<10'op:deliver<11'desc:export{echo}+>[2'hi]f<18'desc:import-object60+>>");
        let heard = self.is_taken(says);
        assert_eq!(heard[0], "<10'op:deliver<11'desc:export60+>[7'fulfill[2'hi]]ff>");
    }

    /// Whatever became of the liar, once its session is gone nothing of it is held, what it owed
    /// is broken, and nobody else has noticed.
    #[track_caller]
    fn after(mut self) {
        assert_eq!(self.raw.heard_on(self.bystander), [""; 0], "the bystander heard of it");
        let id = self.raw.id;
        self.raw.vat.sever(id, &Error::new(Class::Severed, "the story is over"));
        self.raw.heard();
        let heap = &self.raw.vat.heap;
        assert_eq!(*heap.held(), self.before.held, "what the sessions hold");
        assert_eq!(rows(&self.raw), self.before.rows, "the rows of the sessions");
        let mut imports = heap.imports();
        imports.retain(|import| !self.before.imports.contains(import));
        assert_eq!(imports, [], "what is still open of the liar's");
        for promise in [self.owed.0, self.theirs.0] {
            assert!(heap.outcome(promise).is_some(), "what the liar owed is settled");
        }
        assert_eq!(heap.outcome(self.before.waits), None, "what another owes is waited for");
        assert!(self.raw.say("<13'op:gc-answers[]>").is_err(), "the liar is heard no more");
        let echo = self.before.echo;
        let says =
            format!("<10'op:deliver<11'desc:export{echo}+>[2'hi]f<18'desc:import-object60+>>");
        self.raw.say_on(self.bystander, says).expect("the bystander goes on");
        let heard = self.raw.heard_on(self.bystander);
        assert_eq!(heard[0], "<10'op:deliver<11'desc:export60+>[7'fulfill[2'hi]]ff>");
    }
}

impl Before {
    /// The bystander knows the echo, listens to the vow, lends an object and owes an answer.
    fn new(raw: &mut Raw, bystander: SessionId, echo: Ref, vow: Ref) -> Self {
        let echo = raw.offer_on(bystander, echo);
        raw.vat.heap.share(b"vow", vow);
        raw.say_on(bystander, "<10'op:deliver<11'desc:export0+>[5'fetch3:vow]1+f>").unwrap();
        raw.say_on(bystander, "<9'op:listen<11'desc:answer1+><18'desc:import-object50+>>").unwrap();
        let theirs = raw.lend_on(bystander, "<18'desc:import-object51+>");
        let waits = raw.vat.turn(|heap| heap.ask(theirs, hogshead_objects::Message::new("hi", [])));
        raw.heard_on(bystander);
        let (held, imports) = (raw.vat.heap.held().clone(), raw.vat.heap.imports());
        Self { rows: rows(raw), held, imports, echo, waits }
    }
}

/// Every row of the vat.
fn rows(raw: &Raw) -> Vec<(Bytes, Bytes)> {
    raw.vat.heap.rows().range(&[], &[0xff; 32], usize::MAX).expect("memory does not fail")
}
