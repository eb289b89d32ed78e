//! References at the border: the vat's on one side, numbers on the script's.
//!
//! ```text
//!   Ref::Facet, Import ─▶ Port       a place in the process's table, the same for the same reference
//!   Ref::Promise       ─▶ PortPromise, or the promise of the script's own that it is
//!   own Far object     ─▶ Export     what was passed out comes back as itself
//! ```

use hogshead_objects::{Cap, Class, Context, Error, Promise, Ref, Resolver, Result, Value, codec};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::far::{FarObject, Receiver};
use crate::limits::PORTS_MAX;
use crate::machine::Port;
use crate::machine::event::{Border, Datum};

/// What a process holds of the outside, and the outside of it. A state names all of it by numbers
/// alone, so that bytes carry no authority.
#[derive(Serialize, Deserialize, Default, Clone, Debug)]
pub(super) struct Table {
    /// What the script holds, and what it was called when it was granted.
    pub ports: BTreeMap<u32, Held>,
    /// The next port.
    pub next: u32,
    /// The objects of the script's that were passed out.
    pub exports: BTreeMap<u32, Cap>,
    /// How many of them there are when it is next looked which nobody else holds.
    pub look_at: u32,
    /// The promises of the script's that were passed out and are not settled.
    pub promises: BTreeMap<u32, (Promise, Resolver)>,
    /// What the script asked and was not answered yet.
    pub questions: BTreeMap<u32, Heard>,
    /// Whom it owes an answer.
    pub answers: BTreeMap<u32, Resolver>,
    /// The next answer.
    pub next_answer: u32,
}

/// A question that was asked.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub(super) struct Heard {
    /// What it will be answered with.
    pub answer: Promise,
    /// While this is held, the process hears of the answer.
    pub heard: Promise<()>,
    /// While this is held, the process hears that the time for it is over.
    pub over: Option<Promise<()>>,
}

impl Heard {
    /// It without what the process does to hear of it, as long as it does not.
    pub fn unheard(&self) -> Self {
        Self::of(self.answer)
    }

    /// What will be answered with this, and is not listened to yet.
    pub fn of(answer: Promise) -> Self {
        Self { answer, heard: answer.cast(), over: None }
    }
}

/// Something of the outside that a script holds.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(super) struct Held {
    /// It.
    pub it: Cap,
    /// It is a promise.
    pub promise: bool,
    /// The name under which it was granted.
    pub name: Option<String>,
}

impl Table {
    /// What goes in.
    pub fn inward(&mut self, value: Value) -> Result<Datum> {
        value.try_map(&mut |reference| self.border_of(reference, None))
    }

    /// What was granted under a name goes in.
    pub fn grant(&mut self, name: &str, cap: Cap) -> Result<Datum> {
        self.border_of(cap.untyped(), Some(name)).map(Value::Ref)
    }

    fn border_of(&mut self, reference: Ref, name: Option<&str>) -> Result<Border> {
        let of = |cap: &Cap| cap.untyped() == reference;
        if let Some((export, _)) = self.exports.iter().find(|(_, cap)| of(cap)) {
            return Ok(Border::Export(*export));
        }
        let own = self.promises.iter().find(|(_, (promise, _))| promise.untyped() == reference);
        if let Some((promise, _)) = own {
            return Ok(Border::Promise(*promise));
        }
        let port = match self.ports.iter_mut().find(|(_, held)| of(&held.it)) {
            Some((port, held)) => {
                if let (None, Some(name)) = (&held.name, name) {
                    held.name = Some(name.to_owned());
                }
                *port
            }
            None => self.new_port(reference, name)?,
        };
        let promise = matches!(reference, Ref::Promise(_));
        Ok(if promise { Border::PortPromise(Port(port)) } else { Border::Port(Port(port)) })
    }

    fn new_port(&mut self, reference: Ref, name: Option<&str>) -> Result<u32> {
        if self.ports.len() >= PORTS_MAX {
            let what = format!("the script holds {PORTS_MAX} references; no more");
            return Err(Error::new(Class::Limit, what));
        }
        let port = self.next;
        self.next = port.saturating_add(1);
        let promise = matches!(reference, Ref::Promise(_));
        let held = Held { it: Cap::from(reference), promise, name: name.map(str::to_owned) };
        self.ports.insert(port, held);
        Ok(port)
    }

    /// What goes out. `receiver` is the process as its own objects see it.
    pub fn outward(
        &mut self,
        cx: &mut Context<'_>,
        receiver: &Cap<dyn Receiver>,
        datum: Datum,
    ) -> Result<Value> {
        datum.try_map(&mut |border| match border {
            Border::Port(port) | Border::PortPromise(port) => self.held(port),
            Border::Answer(question) => self.question(question).map(|promise| promise.untyped()),
            Border::Export(export) => self.export(cx, receiver, export),
            Border::Promise(number) => self.promise(cx, number),
        })
    }

    /// What the ports were called when they were granted.
    pub fn labels(&self) -> BTreeMap<Port, String> {
        let named = self.ports.iter();
        named.filter_map(|(port, held)| Some((Port(*port), held.name.clone()?))).collect()
    }

    /// What is held at a port.
    pub fn held(&self, port: Port) -> Result<Ref> {
        let held = self.ports.get(&port.0);
        held.map(|held| held.it.untyped()).ok_or_else(|| stray("port", port.0))
    }

    /// The promise of an answer.
    pub fn question(&self, question: u32) -> Result<Promise> {
        let asked = self.questions.get(&question);
        asked.map(|asked| asked.answer).ok_or_else(|| stray("question", question))
    }

    fn export(
        &mut self,
        cx: &mut Context<'_>,
        receiver: &Cap<dyn Receiver>,
        export: u32,
    ) -> Result<Ref> {
        if let Some(cap) = self.exports.get(&export) {
            return Ok(cap.untyped());
        }
        let cap = cx.spawn_boxed(Box::new(FarObject::new(*receiver, export)))?;
        self.exports.insert(export, cap);
        Ok(cap.untyped())
    }

    fn promise(&mut self, cx: &mut Context<'_>, number: u32) -> Result<Ref> {
        if let Some((promise, _)) = self.promises.get(&number) {
            return Ok(promise.untyped());
        }
        let (promise, resolver) = cx.promise()?;
        self.promises.insert(number, (promise, resolver));
        Ok(promise.untyped())
    }
}

/// A reference that is known to be a promise.
pub(super) fn promise_of(reference: Ref) -> Result<Promise> {
    codec::from_value(Value::Ref(reference))
}

/// A state named what its table does not have: it was not checked when it was loaded.
fn stray(what: &str, number: u32) -> Error {
    Error::new(Class::Failed, format!("the state names {what} {number}, which the process has not"))
}
