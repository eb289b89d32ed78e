//! Who acts in the stories: writes numbered notes, and keeps the notes of others in order.

use std::collections::BTreeMap;

use hogshead::codec::to_value;
use hogshead::{Cap, Context, Message, Promise, Resolver, Result, Value};
use serde::{Deserialize, Serialize};

/// A note: who wrote it, over which of its references, and the how many-th over that one.
pub type Note = (u64, u64, u64);

/// Keeps references under numbers, and does with them what it is told.
#[hogshead::interface]
pub trait Scribe {
    /// Itself.
    fn me(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Scribe>>;

    /// Keeps a reference under a number.
    fn keep(&mut self, cx: &mut Context<'_>, slot: u64, what: Value) -> Result<()>;

    /// Forgets the reference under a number.
    fn forget(&mut self, cx: &mut Context<'_>, slot: u64) -> Result<()>;

    /// Forgets all references.
    fn forget_all(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// A promise that it will settle when it is told to.
    fn later(&mut self, cx: &mut Context<'_>, promise: u64) -> Result<Promise<Value>>;

    /// Settles such a promise with what it keeps under a number.
    fn decide(&mut self, cx: &mut Context<'_>, promise: u64, slot: u64) -> Result<()>;

    /// Settles every promise that is left with itself.
    fn decide_all(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// Asks what it keeps under a number for a promise, and keeps that under another number.
    fn ask(&mut self, cx: &mut Context<'_>, of: u64, promise: u64, slot: u64) -> Result<()>;

    /// Sends what it keeps under a number to somebody else, to be kept under a number there.
    fn pass(&mut self, cx: &mut Context<'_>, to: u64, slot: u64, there: u64) -> Result<()>;

    /// Writes so many notes to what it keeps under a number.
    fn write(&mut self, cx: &mut Context<'_>, slot: u64, count: u64) -> Result<()>;

    /// Takes a note.
    fn note(&mut self, cx: &mut Context<'_>, note: Note) -> Result<()>;

    /// How many notes it wrote over each reference.
    fn written(&self, cx: &mut Context<'_>) -> Result<Vec<(u64, u64)>>;

    /// The notes it was sent, in order.
    fn notes(&self, cx: &mut Context<'_>) -> Result<Vec<Note>>;
}

/// A scribe.
#[derive(Serialize, Deserialize, Default)]
pub struct Clerk {
    name: u64,
    kept: BTreeMap<u64, Cap>,
    open: BTreeMap<u64, Resolver<Value>>,
    written: BTreeMap<u64, u64>,
    notes: Vec<Note>,
}

#[hogshead::object(name = "clerk", version = 1)]
impl Scribe for Clerk {
    fn me(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Scribe>> {
        cx.this::<dyn Scribe>()
    }

    fn keep(&mut self, _: &mut Context<'_>, slot: u64, what: Value) -> Result<()> {
        self.kept.insert(slot, hogshead::codec::from_value(what)?);
        Ok(())
    }

    fn forget(&mut self, _: &mut Context<'_>, slot: u64) -> Result<()> {
        self.kept.remove(&slot);
        Ok(())
    }

    fn forget_all(&mut self, _: &mut Context<'_>) -> Result<()> {
        self.kept.clear();
        Ok(())
    }

    fn later(&mut self, cx: &mut Context<'_>, promise: u64) -> Result<Promise<Value>> {
        let (given, resolver) = cx.promise()?;
        self.open.insert(promise, resolver);
        Ok(given)
    }

    fn decide(&mut self, cx: &mut Context<'_>, promise: u64, slot: u64) -> Result<()> {
        let Some(with) = self.kept.get(&slot) else { return Ok(()) };
        let Some(resolver) = self.open.remove(&promise) else { return Ok(()) };
        resolver.fulfill(cx, to_value(with)?)
    }

    fn decide_all(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let me = to_value(&cx.this::<dyn Scribe>()?)?;
        for resolver in std::mem::take(&mut self.open).into_values() {
            resolver.fulfill(cx, me.clone())?;
        }
        Ok(())
    }

    fn ask(&mut self, cx: &mut Context<'_>, of: u64, promise: u64, slot: u64) -> Result<()> {
        let Some(of) = self.kept.get(&of) else { return Ok(()) };
        let answer = cx.send(*of, Message::new("later", [Value::from(promise)]))?;
        self.kept.insert(slot, hogshead::codec::from_value(to_value(&answer)?)?);
        Ok(())
    }

    fn pass(&mut self, cx: &mut Context<'_>, to: u64, slot: u64, there: u64) -> Result<()> {
        let (Some(to), Some(what)) = (self.kept.get(&to), self.kept.get(&slot)) else {
            return Ok(());
        };
        cx.tell(*to, Message::new("keep", [Value::from(there), to_value(what)?]))
    }

    fn write(&mut self, cx: &mut Context<'_>, slot: u64, count: u64) -> Result<()> {
        let Some(to) = self.kept.get(&slot) else { return Ok(()) };
        let written = self.written.entry(slot).or_default();
        for _ in 0..count {
            let note: Note = (self.name, slot, *written);
            cx.tell(*to, Message::new("note", [to_value(&note)?]))?;
            *written += 1;
        }
        Ok(())
    }

    fn note(&mut self, _: &mut Context<'_>, note: Note) -> Result<()> {
        self.notes.push(note);
        Ok(())
    }

    fn written(&self, _: &mut Context<'_>) -> Result<Vec<(u64, u64)>> {
        Ok(self.written.iter().map(|(slot, count)| (*slot, *count)).collect())
    }

    fn notes(&self, _: &mut Context<'_>) -> Result<Vec<Note>> {
        Ok(self.notes.clone())
    }
}

impl Clerk {
    /// One with a name of its own.
    pub fn named(name: u64) -> Self {
        Self { name, ..Self::default() }
    }
}
