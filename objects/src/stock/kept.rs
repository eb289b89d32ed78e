//! Values that wait in an object of the house: small ones in its record, large ones apart.

use serde::{Deserialize, Serialize};

use super::cell::{Cell, ValueCell};
use crate::cap::Cap;
use crate::context::Context;
use crate::error::Result;
use crate::limits::KEPT_INLINE_BYTES_MAX;
use crate::value::Value;

/// A value that waits. The record of its keeper is written again with every change, so that what is
/// large has a record of its own, which goes with this.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) enum Kept {
    Small(Value),
    Apart(Cap<dyn Cell>, usize),
}

impl Kept {
    pub(crate) fn new(cx: &mut Context<'_>, value: Value) -> Result<Self> {
        match value.size_bytes() {
            bytes if bytes > KEPT_INLINE_BYTES_MAX => {
                Ok(Self::Apart(cx.spawn(ValueCell::new(value))?, bytes))
            }
            _ => Ok(Self::Small(value)),
        }
    }

    /// The value, for as long as its keeper keeps it.
    pub(crate) fn read(&self, cx: &mut Context<'_>) -> Result<Value> {
        match self {
            Self::Small(value) => Ok(value.clone()),
            Self::Apart(cell, _) => cell.near(cx).get(),
        }
    }

    /// Its size, as [`Value::size_bytes`] counts it.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Small(value) => value.size_bytes(),
            Self::Apart(_, bytes) => *bytes,
        }
    }
}
