//! The objects of the stories.

mod grants;
mod time;

use hogshead_objects::error::{Error, Result};
use hogshead_objects::grant::Caveats;
use hogshead_objects::stock;
use hogshead_objects::stock::clock::{CatchUp, Ticked};
use hogshead_objects::{Cap, Context, Promise, Registry, Resolver, Symbol, Value, codec};
use serde::{Deserialize, Serialize};

/// Does what it is told: one step of its part after the other.
#[hogshead_objects::interface]
pub trait Puppet {
    /// Plays the steps; gives its number.
    fn act(&mut self, cx: &mut Context<'_>, steps: Vec<Step>) -> Result<u64>;

    /// Keeps a cap.
    fn keep(&mut self, cx: &mut Context<'_>, cap: Cap) -> Result<u64>;

    /// Its number and how many caps, promises and resolvers it has.
    fn peek(&self, cx: &mut Context<'_>) -> Result<(u64, usize, usize, usize)>;

    /// Plays the steps without being changed itself.
    fn look(&self, cx: &mut Context<'_>, steps: Vec<Step>) -> Result<u64>;

    /// Gives the cap at an index, counted round.
    fn cap(&self, cx: &mut Context<'_>, index: usize) -> Result<Cap>;

    /// Whether two references are the same.
    fn same(&self, cx: &mut Context<'_>, one: Cap, other: Cap) -> Result<Option<bool>>;

    /// What it wrote down.
    fn text(&self, cx: &mut Context<'_>) -> Result<String>;

    /// Gives what the promise at an index is settled with, once it is.
    fn settled(&self, cx: &mut Context<'_>, index: usize) -> Result<Promise<Value>>;
}

/// How promises are joined.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub enum How {
    All,
    Any,
    Race,
    Settled,
}

/// What a puppet can do. Indices count round.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum Step {
    Add(u64),
    Spawn,
    Forget(usize),
    ForgetPromise(usize),
    ForgetResolver(usize),
    Give {
        to: usize,
        index: usize,
    },
    GiveSelf(usize),
    Send {
        to: usize,
        steps: Vec<Step>,
    },
    Ask {
        to: usize,
        steps: Vec<Step>,
    },
    AskPromised {
        to: usize,
        steps: Vec<Step>,
    },
    Near {
        to: usize,
        steps: Vec<Step>,
        caught: bool,
    },
    NearLook {
        to: usize,
        steps: Vec<Step>,
    },
    Promise,
    Fulfill {
        index: usize,
        with: u64,
    },
    FulfillCap {
        index: usize,
        cap: usize,
    },
    Follow {
        index: usize,
        promise: usize,
    },
    Break(usize),
    BreakWith(usize, Symbol),
    Then(usize),
    /// The same as long as the promise of it is wanted.
    ThenWhileWanted(usize),
    /// Adds one if the promise of a resolver is wanted.
    IfWanted(usize),
    /// Keeps the promise of the join of two promises.
    Join {
        how: How,
        promises: (usize, usize),
    },
    /// Keeps the promise of a field of what is promised.
    Part {
        promise: usize,
        name: String,
    },
    /// Awaits a promise and ends as it does.
    PassOn(usize),
    /// Keeps the promise of why a cap's session ends.
    Watch(usize),
    /// The same of a promise.
    WatchPromise(usize),
    /// Writes down why a cap's session ended.
    WatchThen(usize),
    Facet,
    /// Keeps a grant of a cap.
    Grant {
        of: usize,
        caveats: Caveats,
    },
    Revoke(usize),
    /// Keeps the promise of what a cap's promise at an index is settled with.
    AskSettled {
        to: usize,
        index: usize,
    },
    /// Revokes a cap with what was derived from it, or fails.
    RevokeDeep(usize),
    /// Revokes what was derived from a cap, and adds up how much of it there is.
    RevokeBelow(usize),
    Fail,
    Panic,
    Refuse,
    CallSelf,
    HandOver {
        object: usize,
        to: usize,
    },
    /// Spawns a child that does the same, so many levels down.
    Dive(usize),
    SpawnMany(usize),
    SendMany(usize),
    Grow(usize),
    /// Keeps the promise of a time so many milliseconds from now.
    After {
        clock: usize,
        by: u64,
    },
    /// Keeps the promise of a timer that ticks itself.
    Every {
        clock: usize,
        period: u64,
        catch_up: CatchUp,
    },
    /// Keeps the promise of a timer that can be cancelled.
    Timer {
        clock: usize,
        by: u64,
    },
    /// Cancels the timer that is promised, and keeps the promise of whether there was one.
    Cancel(usize),
}

#[derive(Serialize, Deserialize, Default)]
pub struct Marionette {
    number: u64,
    caps: Vec<Cap>,
    promises: Vec<Promise<Value>>,
    resolvers: Vec<Resolver<Value>>,
    text: String,
}

#[hogshead_objects::object(name = "puppet", version = 1, interfaces(Ticked), construct = Marionette::born, continuations)]
impl Puppet for Marionette {
    fn act(&mut self, cx: &mut Context<'_>, steps: Vec<Step>) -> Result<u64> {
        for step in steps {
            self.play(cx, step)?;
        }
        Ok(self.number)
    }

    fn keep(&mut self, _cx: &mut Context<'_>, cap: Cap) -> Result<u64> {
        self.caps.push(cap);
        Ok(self.caps.len() as u64)
    }

    fn peek(&self, _cx: &mut Context<'_>) -> Result<(u64, usize, usize, usize)> {
        Ok((self.number, self.caps.len(), self.promises.len(), self.resolvers.len()))
    }

    fn look(&self, cx: &mut Context<'_>, steps: Vec<Step>) -> Result<u64> {
        for step in steps {
            match step {
                Step::Send { to, steps } => {
                    if let Some(cap) = pick(&self.caps, to) {
                        cap.cast::<dyn Puppet>().tell(cx).act(steps)?;
                    }
                }
                Step::Fail => return Err(Error::refused("told to fail")),
                Step::Panic => panic!("told to panic"),
                _ => {}
            }
        }
        Ok(self.number)
    }

    fn cap(&self, _cx: &mut Context<'_>, index: usize) -> Result<Cap> {
        pick(&self.caps, index).ok_or_else(|| Error::refused("it has no caps"))
    }

    fn same(&self, cx: &mut Context<'_>, one: Cap, other: Cap) -> Result<Option<bool>> {
        cx.same(one, other)
    }

    fn text(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok(self.text.clone())
    }

    fn settled(&self, _cx: &mut Context<'_>, index: usize) -> Result<Promise<Value>> {
        pick(&self.promises, index).ok_or_else(|| Error::refused("it has no promises"))
    }
}

#[hogshead_objects::continuations]
impl Marionette {
    #[continuation]
    fn on_settled(
        &mut self,
        _cx: &mut Context<'_>,
        settled: Result<Value>,
        amount: u64,
    ) -> Result<u64> {
        match settled {
            Ok(Value::Ref(reference)) => self.caps.push(Cap::from(reference)),
            Ok(_) => self.number += amount,
            Err(_) => self.number += 1000,
        }
        Ok(self.number)
    }

    #[continuation]
    fn on_gone(&mut self, _cx: &mut Context<'_>, why: Result<Error>, name: String) -> Result<()> {
        self.text.push_str(&format!("{name}: {}; ", why?));
        Ok(())
    }

    #[continuation]
    fn pass_on(&mut self, _cx: &mut Context<'_>, settled: Result<Value>) -> Result<Value> {
        settled
    }
}

impl Marionette {
    fn born(_init: Value) -> Result<Self> {
        Ok(Self::default())
    }

    fn play(&mut self, cx: &mut Context<'_>, step: Step) -> Result<()> {
        match step {
            Step::Add(by) => self.number += by,
            Step::Spawn => {
                let child = cx.spawn(Self::default())?;
                self.caps.push(child.cast());
            }
            Step::Forget(index) => forget(&mut self.caps, index),
            Step::ForgetPromise(index) => forget(&mut self.promises, index),
            Step::ForgetResolver(index) => forget(&mut self.resolvers, index),
            Step::GiveSelf(to) => {
                let me = cx.this::<dyn Puppet>()?;
                if let Some(to) = pick(&self.caps, to) {
                    to.cast::<dyn Puppet>().tell(cx).keep(me.cast())?;
                }
            }
            Step::Give { to, index } => {
                if let (Some(to), Some(cap)) = (pick(&self.caps, to), pick(&self.caps, index)) {
                    to.cast::<dyn Puppet>().tell(cx).keep(cap)?;
                }
            }
            Step::Fail => return Err(Error::refused("told to fail")),
            Step::Panic => panic!("told to panic"),
            Step::Refuse => return Err(cx.refuse(Error::refused("told to refuse"))),
            Step::CallSelf => {
                let me = cx.this::<dyn Puppet>()?;
                me.near(cx).peek()?;
            }
            Step::HandOver { object, to } => {
                if let (Some(object), Some(to)) = (pick(&self.caps, object), pick(&self.caps, to)) {
                    cx.hand_over(object, to)?;
                }
            }
            Step::Dive(0) => {}
            Step::Dive(levels) => {
                let child = cx.spawn(Self::default())?;
                // Caught, and yet a limit of the turn fails the turn.
                let _ = child.near(cx).act(vec![Step::Dive(levels - 1)]);
            }
            Step::SpawnMany(many) => {
                for _ in 0..many {
                    let _ = cx.spawn(Self::default());
                }
            }
            Step::SendMany(many) => {
                let me = cx.this::<dyn Puppet>()?;
                for _ in 0..many {
                    let _ = me.tell(cx).peek();
                }
            }
            Step::Grow(bytes) => self.text = "x".repeat(bytes),
            step @ (Step::Facet
            | Step::Revoke(_)
            | Step::Grant { .. }
            | Step::AskSettled { .. }
            | Step::RevokeDeep(_)
            | Step::RevokeBelow(_)) => self.authority(cx, step)?,
            step @ (Step::Send { .. }
            | Step::Ask { .. }
            | Step::AskPromised { .. }
            | Step::Near { .. }
            | Step::NearLook { .. }) => self.reach(cx, step)?,
            step @ (Step::After { .. }
            | Step::Every { .. }
            | Step::Timer { .. }
            | Step::Cancel(_)) => self.time(cx, step)?,
            promising => self.promise(cx, promising)?,
        }
        Ok(())
    }

    fn reach(&mut self, cx: &mut Context<'_>, step: Step) -> Result<()> {
        match step {
            Step::Send { to, steps } => {
                if let Some(cap) = pick(&self.caps, to) {
                    cap.cast::<dyn Puppet>().tell(cx).act(steps)?;
                }
            }
            Step::Ask { to, steps } => {
                if let Some(cap) = pick(&self.caps, to) {
                    let answer = cap.cast::<dyn Puppet>().send(cx).act(steps)?;
                    self.promises.push(answer.cast());
                }
            }
            Step::AskPromised { to, steps } => {
                if let Some(promise) = pick(&self.promises, to) {
                    let answer = promise.cast::<Cap<dyn Puppet>>().send(cx).act(steps)?;
                    self.promises.push(answer.cast());
                }
            }
            Step::Near { to, steps, caught } => {
                if let Some(cap) = pick(&self.caps, to) {
                    match cap.cast::<dyn Puppet>().near(cx).act(steps) {
                        Err(error) if !caught => return Err(error),
                        _ => {}
                    }
                }
            }
            Step::NearLook { to, steps } => {
                if let Some(cap) = pick(&self.caps, to) {
                    let _ = cap.cast::<dyn Puppet>().near(cx).look(steps);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn promise(&mut self, cx: &mut Context<'_>, step: Step) -> Result<()> {
        match step {
            Step::Promise => {
                let (promise, resolver) = cx.promise::<Value>()?;
                self.promises.push(promise);
                self.resolvers.push(resolver);
            }
            Step::Fulfill { index, with } => {
                if let Some(resolver) = pick(&self.resolvers, index) {
                    resolver.fulfill(cx, codec::to_value(&with)?)?;
                }
            }
            Step::FulfillCap { index, cap } => {
                if let (Some(resolver), Some(cap)) =
                    (pick(&self.resolvers, index), pick(&self.caps, cap))
                {
                    resolver.fulfill(cx, codec::to_value(&cap)?)?;
                }
            }
            Step::Follow { index, promise } => {
                if let (Some(resolver), Some(promise)) =
                    (pick(&self.resolvers, index), pick(&self.promises, promise))
                {
                    resolver.follow(cx, promise)?;
                }
            }
            Step::Break(index) => {
                if let Some(resolver) = pick(&self.resolvers, index) {
                    resolver.break_(cx, Error::refused("told to break"))?;
                }
            }
            Step::BreakWith(index, reason) => {
                if let Some(resolver) = pick(&self.resolvers, index) {
                    resolver.break_with(cx, reason)?;
                }
            }
            Step::Part { promise, name } => {
                if let Some(promise) = pick(&self.promises, promise) {
                    self.promises.push(promise.field(cx, &name)?);
                }
            }
            step => self.wait(cx, step)?,
        }
        Ok(())
    }

    fn wait(&mut self, cx: &mut Context<'_>, step: Step) -> Result<()> {
        match step {
            Step::Watch(index) => {
                if let Some(cap) = pick(&self.caps, index) {
                    self.promises.push(cap.on_sever(cx)?.cast());
                }
            }
            Step::WatchPromise(index) => {
                if let Some(promise) = pick(&self.promises, index) {
                    self.promises.push(promise.cast::<Cap>().on_sever(cx)?.cast());
                }
            }
            Step::WatchThen(index) => {
                if let Some(cap) = pick(&self.caps, index) {
                    let name = format!("cap {index}");
                    let _ = cap.on_sever(cx)?.then(cx, Self::on_gone, name)?;
                }
            }
            Step::PassOn(index) => {
                if let Some(promise) = pick(&self.promises, index) {
                    let answer = promise.then(cx, Self::pass_on, ())?;
                    self.promises.push(answer);
                }
            }
            Step::ThenWhileWanted(index) => {
                if let Some(promise) = pick(&self.promises, index) {
                    let answer = promise.then_while_wanted(cx, Self::on_settled, 7)?;
                    self.promises.push(answer.cast());
                }
            }
            Step::IfWanted(index) => {
                if let Some(resolver) = pick(&self.resolvers, index) {
                    self.number += u64::from(resolver.is_wanted(cx)?);
                }
            }
            Step::Join { how, promises: (one, other) } => {
                let both = pick(&self.promises, one).zip(pick(&self.promises, other));
                if let Some((one, other)) = both {
                    let joined = match how {
                        How::All => Promise::all(cx, [one, other])?.cast(),
                        How::Any => Promise::any(cx, [one, other])?,
                        How::Race => Promise::race(cx, [one, other])?,
                        How::Settled => Promise::settled(cx, [one, other])?.cast(),
                    };
                    self.promises.push(joined);
                }
            }
            Step::Then(index) => {
                if let Some(promise) = pick(&self.promises, index) {
                    let answer = promise.then(cx, Self::on_settled, 7)?;
                    self.promises.push(answer.cast());
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn pick<T: Clone>(items: &[T], index: usize) -> Option<T> {
    if items.is_empty() { None } else { items.get(index % items.len()).cloned() }
}

fn forget<T>(items: &mut Vec<T>, index: usize) {
    if !items.is_empty() {
        let index = index % items.len();
        items.remove(index);
    }
}

pub fn register(registry: &mut Registry) {
    stock::register(registry).unwrap();
    registry.register::<Marionette>().unwrap();
    registry.register::<crate::collections::Hoarder>().unwrap();
    registry.register::<crate::constants::Printed>().unwrap();
    registry.register::<crate::constants::Reader>().unwrap();
}

pub const PUPPET: &str = "hogshead-vat/puppet";
