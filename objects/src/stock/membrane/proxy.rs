//! What stands on one side for an object of the other.

use serde::{Deserialize, Serialize};

use super::Side;
use super::crossing::Passage;
use crate::cap::Cap;
use crate::context::Context;
use crate::error::Result;
use crate::message::Message;
use crate::promise::Promise;
use crate::value::Value;

/// Stands on one side of a membrane for an object of the other, and takes its messages.
#[crate::interface]
pub trait MembraneProxy {
    /// Passes a message through; gives the promise of what comes back.
    #[method(any)]
    fn pass(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>>;
}

/// A membrane's proxy, `hogshead/membrane-proxy`. Membranes make them. It has nothing but the
/// membrane, which knows what it stands for, so that a cut leaves nothing behind.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct StandIn {
    membrane: Cap<dyn Passage>,
    /// The side that it can be used on.
    side: Side,
}

impl StandIn {
    pub(super) fn new(membrane: Cap<dyn Passage>, side: Side) -> Self {
        Self { membrane, side }
    }
}

#[crate::object(name = "membrane-proxy", version = 1)]
impl MembraneProxy for StandIn {
    fn pass(&self, cx: &mut Context<'_>, message: Message) -> Result<Promise<Value>> {
        let this: Cap = cx.this::<dyn MembraneProxy>()?.cast();
        self.membrane.near(cx).pass_message(self.side, this, message.values)
    }
}
