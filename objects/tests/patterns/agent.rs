//! Who plays in these stories: an object that does what it is told with what it was given.

use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Error, Message, Promise, Resolver, Result, Value, codec,
};
use serde::{Deserialize, Serialize};

#[hogshead_objects::interface]
pub trait Agent {
    /// Keeps something.
    fn keep(&mut self, cx: &mut Context<'_>, what: Value) -> Result<()>;

    /// What it has kept, in order.
    fn kept(&self, cx: &mut Context<'_>) -> Result<Vec<Value>>;

    /// Whether it keeps this: the same, not one that does the same.
    fn is_kept(&self, cx: &mut Context<'_>, what: Value) -> Result<bool>;

    fn echo(&self, cx: &mut Context<'_>, what: Value) -> Result<Value>;

    /// A promise that `decide` or `break_with` settles.
    fn later(&mut self, cx: &mut Context<'_>) -> Result<Promise<Value>>;

    /// A promise and its resolver, both given away.
    fn pair(&mut self, cx: &mut Context<'_>) -> Result<(Promise, Resolver)>;

    fn decide(&mut self, cx: &mut Context<'_>, with: Value) -> Result<()>;

    fn break_with(&mut self, cx: &mut Context<'_>, reason: Value) -> Result<()>;

    fn fail(&mut self, cx: &mut Context<'_>, why: String) -> Result<()>;

    /// Sends a message to `to`, and gives the promise of the answer.
    fn ask(
        &mut self,
        cx: &mut Context<'_>,
        to: Cap,
        method: String,
        args: Vec<Value>,
    ) -> Result<Promise<Value>>;

    /// The same to what it keeps at an index.
    fn use_kept(
        &mut self,
        cx: &mut Context<'_>,
        index: usize,
        method: String,
        args: Vec<Value>,
    ) -> Result<Promise<Value>>;

    /// Notes a text; gives the number of notes.
    fn note(&mut self, cx: &mut Context<'_>, text: String) -> Result<u64>;

    fn notes(&self, cx: &mut Context<'_>) -> Result<Vec<String>>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Player {
    pub kept: Vec<Value>,
    pub notes: Vec<String>,
    open: Vec<Resolver>,
}

#[hogshead_objects::object(name = "agent")]
impl Agent for Player {
    fn keep(&mut self, _: &mut Context<'_>, what: Value) -> Result<()> {
        self.kept.push(what);
        Ok(())
    }

    fn kept(&self, _: &mut Context<'_>) -> Result<Vec<Value>> {
        Ok(self.kept.clone())
    }

    fn is_kept(&self, _: &mut Context<'_>, what: Value) -> Result<bool> {
        Ok(self.kept.contains(&what))
    }

    fn echo(&self, _: &mut Context<'_>, what: Value) -> Result<Value> {
        Ok(what)
    }

    fn later(&mut self, cx: &mut Context<'_>) -> Result<Promise<Value>> {
        let (promise, resolver) = cx.promise()?;
        self.open.push(resolver);
        Ok(promise)
    }

    fn pair(&mut self, cx: &mut Context<'_>) -> Result<(Promise, Resolver)> {
        cx.promise()
    }

    fn decide(&mut self, cx: &mut Context<'_>, with: Value) -> Result<()> {
        let open = std::mem::take(&mut self.open);
        open.iter().try_for_each(|resolver| resolver.fulfill(cx, with.clone()))
    }

    fn break_with(&mut self, cx: &mut Context<'_>, reason: Value) -> Result<()> {
        let open = std::mem::take(&mut self.open);
        open.iter().try_for_each(|resolver| resolver.break_with(cx, reason.clone()))
    }

    fn fail(&mut self, _: &mut Context<'_>, why: String) -> Result<()> {
        Err(Error::refused(why))
    }

    fn ask(
        &mut self,
        cx: &mut Context<'_>,
        to: Cap,
        method: String,
        args: Vec<Value>,
    ) -> Result<Promise<Value>> {
        cx.send(to, Message::new(method, args))
    }

    fn use_kept(
        &mut self,
        cx: &mut Context<'_>,
        index: usize,
        method: String,
        args: Vec<Value>,
    ) -> Result<Promise<Value>> {
        let to: Cap = codec::from_value(self.kept.get(index).cloned().unwrap_or(Value::Null))?;
        cx.send(to, Message::new(method, args))
    }

    fn note(&mut self, _: &mut Context<'_>, text: String) -> Result<u64> {
        self.notes.push(text);
        Ok(self.notes.len() as u64)
    }

    fn notes(&self, _: &mut Context<'_>) -> Result<Vec<String>> {
        Ok(self.notes.clone())
    }
}

/// Tells a story to a bench that keeps its objects and to one that evicts them after each turn.
pub fn story(tell: impl Fn(&mut Bench)) {
    tell(&mut Bench::new());
    tell(&mut Bench::new().evicting());
}

pub fn agent(bench: &mut Bench) -> Cap<dyn Agent> {
    bench.spawn_apart(Player::default())
}

/// The answer to an untyped message.
#[track_caller]
pub fn call(
    bench: &mut Bench,
    to: impl Into<hogshead_objects::Ref>,
    message: Message,
) -> Result<Value> {
    let to = to.into();
    bench.outcome(|cx| cx.send(to, message))
}

/// The reference that a value is.
#[track_caller]
pub fn cap(value: Value) -> Cap {
    match value {
        Value::Ref(reference) => Cap::from(reference),
        other => panic!("no reference: {other}"),
    }
}

/// The class of the error that came.
#[track_caller]
pub fn class<T: std::fmt::Debug>(outcome: Result<T>) -> Class {
    match outcome {
        Err(error) => error.class(),
        Ok(value) => panic!("this should have failed: {value:?}"),
    }
}

pub fn kept(bench: &mut Bench, of: Cap<dyn Agent>) -> Vec<Value> {
    bench.outcome(|cx| of.send(cx).kept()).unwrap_or_else(|error| panic!("{error}"))
}

pub fn notes(bench: &mut Bench, of: Cap<dyn Agent>) -> Vec<String> {
    bench.outcome(|cx| of.send(cx).notes()).unwrap_or_else(|error| panic!("{error}"))
}
