//! A cell: one value that can be read and replaced, together or apart.

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::context::Context;
use crate::error::Result;
use crate::value::Value;

/// Holds one value.
///
/// ```
/// use hogshead_objects::Value;
/// use hogshead_objects::stock::cell::{Cell, ValueCell};
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let (reader, writer) = bench.turn(|cx| {
///     let cell = cx.spawn(ValueCell::default())?;
///     cell.near(cx).set(Value::Bool(false))?;
///     let reader = cell.near(cx).read_only()?;
///     let writer = cell.near(cx).write_only()?;
///     Ok((reader, writer))
/// })?;
///
/// let (set, peeked, got) = bench.turn(|cx| {
///     let set = writer.send(cx).set(Value::Bool(true))?;
///     let peeked = writer.send(cx).get()?;
///     let got = reader.send(cx).get()?;
///     Ok((set, peeked, got))
/// })?;
/// bench.run();
/// bench.answer(set)?;
/// assert!(matches!(bench.answer(got)?, Value::Bool(true)));
/// assert!(bench.answer(peeked).unwrap_err().to_string().starts_with("denied: "));
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Cell {
    /// The value. A new cell holds Undefined.
    fn get(&self, cx: &mut Context<'_>) -> Result<Value>;

    /// Replaces the value.
    fn set(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()>;

    /// A new facet that can only `get`.
    fn read_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Cell>>;

    /// A new facet that can only `set`.
    fn write_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Cell>>;
}

/// The stock cell, `hogshead/cell`. It is constructed from its first value.
#[derive(Serialize, Deserialize, Clone, Debug)]
#[serde(transparent)]
pub struct ValueCell {
    value: Value,
}

impl ValueCell {
    /// A cell that holds `value`.
    pub fn new(value: Value) -> Self {
        Self { value }
    }

    /// The value that it holds.
    pub fn into_inner(self) -> Value {
        self.value
    }
}

impl Default for ValueCell {
    fn default() -> Self {
        Self::new(Value::Undefined)
    }
}

#[crate::object(name = "cell", version = 1, construct = |value| Ok(ValueCell::new(value)))]
impl Cell for ValueCell {
    fn get(&self, _cx: &mut Context<'_>) -> Result<Value> {
        Ok(self.value.clone())
    }

    fn set(&mut self, _cx: &mut Context<'_>, value: Value) -> Result<()> {
        self.value = value;
        Ok(())
    }

    fn read_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Cell>> {
        cx.facet(&["get"], "read-only")
    }

    fn write_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Cell>> {
        cx.facet(&["set"], "write-only")
    }
}
