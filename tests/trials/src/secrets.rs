//! Secrets at rest: objects that put values into every kind of row, and a scanner of files.

mod scanner;

use hogshead::{Cap, Context, Message, Promise, Resolver, Result, Untyped, Value};
use serde::{Deserialize, Serialize};

pub use self::scanner::{Needle, Scanner, files};

/// Puts values where an object can put them.
#[hogshead::interface]
pub trait Keeper {
    /// Into its own state.
    fn hold(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()>;

    /// Into a promise that is kept.
    fn settle(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()>;

    /// Into a message to a promise that nobody keeps.
    fn wait(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()>;

    /// Into what a continuation has captured, on a promise that nobody keeps.
    fn capture(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()>;

    /// Into a message to another object, wherever it is.
    fn pass(&mut self, cx: &mut Context<'_>, to: Cap<Untyped>, value: Value) -> Result<()>;
}

/// The keeper.
#[derive(Serialize, Deserialize, Default)]
pub struct Drawer {
    held: Vec<Value>,
    settled: Vec<Promise>,
    open: Vec<(Promise, Resolver)>,
}

#[hogshead::object(
    name = "drawer", version = 1, continuations, construct = |_| Ok(Drawer::default())
)]
impl Keeper for Drawer {
    fn hold(&mut self, _: &mut Context<'_>, value: Value) -> Result<()> {
        self.held.push(value);
        Ok(())
    }

    fn settle(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()> {
        let (promise, resolver) = cx.promise()?;
        resolver.fulfill(cx, value)?;
        self.settled.push(promise);
        Ok(())
    }

    fn wait(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()> {
        let (promise, resolver) = cx.promise()?;
        cx.tell(promise.untyped(), Message::new("hold", [value]))?;
        self.open.push((promise, resolver));
        Ok(())
    }

    fn capture(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()> {
        let (promise, resolver) = cx.promise()?;
        let _ = promise.then(cx, Self::came, value)?;
        self.open.push((promise, resolver));
        Ok(())
    }

    fn pass(&mut self, cx: &mut Context<'_>, to: Cap<Untyped>, value: Value) -> Result<()> {
        cx.tell(to, Message::new("hold", [value]))
    }
}

#[hogshead::continuations]
impl Drawer {
    #[continuation]
    fn came(&mut self, _: &mut Context<'_>, _: Result<Value>, value: Value) -> Result<()> {
        self.held.push(value);
        Ok(())
    }
}

/// An object whose kind a later start does not know: what it is sent is parked.
#[hogshead::interface]
pub trait Forgotten {
    /// Into a delivery that is parked.
    fn hold(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()>;
}

/// The object of the forgotten kind.
#[derive(Serialize, Deserialize, Default)]
pub struct Fossil {
    held: Vec<Value>,
}

#[hogshead::object(name = "fossil", version = 1, construct = |_| Ok(Fossil::default()))]
impl Forgotten for Fossil {
    fn hold(&mut self, _: &mut Context<'_>, value: Value) -> Result<()> {
        self.held.push(value);
        Ok(())
    }
}
