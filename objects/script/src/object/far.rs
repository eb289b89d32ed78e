//! What `Far` made, as others hold it.

use std::collections::BTreeSet;

use hogshead_objects::{Cap, Context, Message, Promise, Result, Value};
use serde::{Deserialize, Serialize};

use super::Process;
use crate::machine::Machine;
use crate::machine::event::{Border, Datum, Effect};

/// A process, as the objects of its script see it.
#[hogshead_objects::interface]
pub trait Receiver {
    /// A message to an object of the script's; gives the promise of its answer. `to` is that object:
    /// while the message is on its way it is held by somebody.
    fn receive(
        &mut self,
        cx: &mut Context<'_>,
        export: u32,
        message: Vec<Value>,
        to: Cap<dyn FarMethods>,
    ) -> Result<Promise<Value>>;
}

/// An object of a script's that was passed out. It takes every message to its process.
#[hogshead_objects::interface]
pub trait FarMethods {
    /// Takes a message.
    #[method(any)]
    fn forward(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>>;
}

/// The kind `hogshead/script-object`.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct FarObject {
    process: Cap<dyn Receiver>,
    export: u32,
}

impl FarObject {
    pub(super) fn new(process: Cap<dyn Receiver>, export: u32) -> Self {
        Self { process, export }
    }
}

#[hogshead_objects::object(name = "hogshead/script-object", version = 1)]
impl FarMethods for FarObject {
    fn forward(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>> {
        let this = cx.this()?;
        self.process.send(cx).receive(self.export, message.values, this)
    }
}

/// Objects that nobody else holds.
impl Process {
    /// Lets go of the objects that were passed out and that nobody holds any more but this process,
    /// as far as they are not about to be passed out again by one of the effects. Looked for when
    /// there are twice as many as the last time, so that it costs little however many there are.
    pub(super) fn drop_exports(
        &mut self,
        cx: &mut Context<'_>,
        machine: &mut Machine,
        effects: &[Effect],
    ) -> Result<()> {
        let count = self.table.exports.len();
        let most = usize::try_from(self.table.look_at).unwrap_or(usize::MAX).max(FEW);
        let is_interrupted = machine.suspended.is_some() || !machine.inbox.is_empty();
        if is_interrupted || !self.queue.is_empty() || (FEW < count && count < most) {
            return Ok(());
        }
        let outcome = machine.outcome.iter().flat_map(|(Ok(datum) | Err(datum))| exports_of(datum));
        let passed = effects.iter().flat_map(Effect::data).flat_map(exports_of);
        let passed: BTreeSet<u32> = passed.chain(outcome).collect();
        let mut dropped = Vec::new();
        for (export, cap) in &self.table.exports {
            if !passed.contains(export) && !cap.is_shared(cx)? {
                dropped.push(*export);
            }
        }
        for export in &dropped {
            self.table.exports.remove(export);
        }
        machine.drop_exports(&dropped);
        let twice = self.table.exports.len().saturating_mul(2);
        self.table.look_at = u32::try_from(twice).unwrap_or(u32::MAX);
        Ok(())
    }
}

/// The objects of the script's in data.
fn exports_of(datum: &Datum) -> impl Iterator<Item = u32> {
    datum.refs().filter_map(|border| match border {
        Border::Export(export) => Some(*export),
        _ => None,
    })
}

/// So few are looked at after every event.
const FEW: usize = 16;
