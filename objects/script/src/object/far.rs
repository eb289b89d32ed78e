//! What `Far` made, as others hold it.

use hogshead_objects::{Cap, Context, Message, Promise, Result, Value};
use serde::{Deserialize, Serialize};

/// A process, as the objects of its script see it.
#[hogshead_objects::interface]
pub trait Receiver {
    /// A message to an object of the script's; gives the promise of its answer.
    fn receive(
        &mut self,
        cx: &mut Context<'_>,
        export: u32,
        message: Vec<Value>,
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
        self.process.send(cx).receive(self.export, message.values).map(|promise| promise.cast())
    }
}
