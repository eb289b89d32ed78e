//! A near call: an object calls another of its vat within a turn.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use hogshead::{Cap, Context, Result, Value};
use hogshead_objects::{Message, Ref, Registry};
use serde::{Deserialize, Serialize};

use super::Plan;
use crate::measure::{Contender, interleave, ns, ns_each, opaque};
use crate::one_vat::OneVat;
use crate::report::{Goal, Section, Shown, Unit};
use crate::stage::{Echo, Wall, payload};

/// Objects that are called in one turn.
pub const MEMBERS: u64 = 256;

/// Measures the row.
pub fn near(plan: &Plan) -> Section {
    let (vat, crowd) = crowd();
    let vat = RefCell::new(vat);
    let touch = |method: &'static str| {
        let vat = &vat;
        move || {
            let what = Value::Bytes(payload());
            vat.borrow_mut().deliver(crowd, Message::new(method, [what]));
            SPENT.load(Ordering::Relaxed) as f64 / MEMBERS as f64
        }
    };
    let (calls, queued) = (u32::try_from(plan.times(20_000)).unwrap_or(1), payload());
    let boxed: Box<dyn Plain> = opaque(Box::new(PlainWall));
    let virtual_call =
        || ns_each(calls, || drop(opaque(boxed.echo(opaque(Value::Bytes(queued.clone()))))));
    let turns = Queue::default();
    let queue_turn = || ns_each(calls, || drop(opaque(turns.ask(Value::Bytes(queued.clone())))));
    let all = interleave(
        plan.rounds / 2 + 1,
        plan.rounds * 8,
        [
            Contender::new("first touch in a turn, `&self`", touch("once")).ours(),
            Contender::new("a later touch", touch("twice")),
            Contender::new("a virtual call", virtual_call),
            Contender::new("a turn of a queue of boxed closures over `Rc`", queue_turn),
        ],
    );
    let mut section = Section::new("near", "Near call").goal("at most 60 ns at the first touch");
    let shown = Shown { around: ("", ""), column: 0, unit: Unit::Ns };
    section.compare(&all, 3, shown, |_| Some(Goal::AtMost(60.0)));
    section.note(format!(
        "One object calls {MEMBERS} others of its vat, whose records are in memory, each with 64 octets that \
         come back. The time is taken within the turn, so its opening and closing are not in it. The ratio is \
         to the queue."
    ));
    section
}

/// So many turns that touch each member once.
pub fn touch(turns: u64) {
    let (mut vat, crowd) = crowd();
    for _ in 0..turns {
        vat.deliver(crowd, Message::new("once", [Value::Bytes(payload())]));
    }
}

/// A vat with a crowd, and who is in front of it.
fn crowd() -> (OneVat, Ref) {
    let mut registry = Registry::new();
    registry.register::<Wall>().expect("a kind");
    registry.register::<Crowd>().expect("a kind");
    let mut vat = OneVat::new(registry);
    let crowd = vat.spawn(Box::new(Crowd::default()));
    vat.deliver(crowd, Message::new("grow", [Value::from(MEMBERS)]));
    (vat, crowd)
}

/// Nanoseconds that the crowd's last call took.
static SPENT: AtomicU64 = AtomicU64::new(0);

/// Calls its members.
#[hogshead::interface]
pub trait Calls {
    /// Spawns so many members.
    fn grow(&mut self, cx: &mut Context<'_>, members: u64) -> Result<()>;

    /// Calls each once, and notes how long that took.
    fn once(&self, cx: &mut Context<'_>, what: Value) -> Result<()>;

    /// Calls each twice, and notes how long the second time took.
    fn twice(&self, cx: &mut Context<'_>, what: Value) -> Result<()>;
}

#[derive(Serialize, Deserialize, Default)]
struct Crowd {
    members: Vec<Cap<dyn Echo>>,
}

#[hogshead::object(name = "bench-crowd", version = 1)]
impl Calls for Crowd {
    fn grow(&mut self, cx: &mut Context<'_>, members: u64) -> Result<()> {
        for _ in 0..members {
            self.members.push(cx.spawn(Wall::default())?);
        }
        Ok(())
    }

    fn once(&self, cx: &mut Context<'_>, what: Value) -> Result<()> {
        let begun = Instant::now();
        for member in &self.members {
            opaque(member.near(cx).echo(what.clone())?);
        }
        SPENT.store(ns(begun.elapsed()) as u64, Ordering::Relaxed);
        Ok(())
    }

    fn twice(&self, cx: &mut Context<'_>, what: Value) -> Result<()> {
        self.once(cx, what.clone())?;
        self.once(cx, what)
    }
}

trait Plain {
    fn echo(&self, what: Value) -> Result<Value>;
}

struct PlainWall;

impl Plain for PlainWall {
    fn echo(&self, what: Value) -> Result<Value> {
        Ok(what)
    }
}

type Turns = Rc<RefCell<VecDeque<Box<dyn FnOnce(&mut Option<Value>)>>>>;

/// The least that could be called a turn: a closure in a queue.
#[derive(Default)]
struct Queue(Turns);

impl Queue {
    fn ask(&self, what: Value) -> Option<Value> {
        self.0.borrow_mut().push_back(Box::new(move |answer| *answer = Some(what)));
        let mut answer = None;
        let next = self.0.borrow_mut().pop_front();
        if let Some(turn) = next {
            turn(&mut answer);
        }
        answer
    }
}
