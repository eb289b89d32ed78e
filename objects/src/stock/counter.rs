//! A counter.

use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::error::{Error, Result};

/// Counts.
///
/// ```
/// use hogshead_objects::stock::counter::{Counter, Tally};
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let (counter, incremented) = bench.turn(|cx| {
///     let counter = cx.spawn(Tally::default())?;
///     let incremented = counter.send(cx).increment(5)?;
///     Ok((counter, incremented))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(incremented)?, 5);
///
/// // A count never goes below zero, and a failed turn never happened.
/// let below = bench.turn(|cx| counter.near(cx).decrement(6));
/// assert_eq!(below.unwrap_err().to_string(), "refused: the count is 5, which is less than 6");
/// assert_eq!(bench.turn(|cx| counter.near(cx).read())?, 5);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Counter {
    /// Adds `by` and gives the new count. Refuses what would exceed 64 bits.
    fn increment(&mut self, cx: &mut Context<'_>, by: u64) -> Result<u64>;

    /// Takes `by` away and gives the new count. Refuses what would go below zero.
    fn decrement(&mut self, cx: &mut Context<'_>, by: u64) -> Result<u64>;

    /// The count.
    fn read(&self, cx: &mut Context<'_>) -> Result<u64>;
}

/// The stock counter, `hogshead/counter`. It is constructed from its first count; from 0 if
/// nothing is given.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(transparent)]
pub struct Tally {
    count: u64,
}

impl Tally {
    /// A counter that starts at `count`.
    pub fn new(count: u64) -> Self {
        Self { count }
    }
}

#[crate::object(name = "counter", version = 1, construct)]
impl Counter for Tally {
    fn increment(&mut self, _cx: &mut Context<'_>, by: u64) -> Result<u64> {
        self.count = self.count.checked_add(by).ok_or_else(|| {
            Error::refused(format!("the count is {} and cannot grow by {by}", self.count))
        })?;
        Ok(self.count)
    }

    fn decrement(&mut self, _cx: &mut Context<'_>, by: u64) -> Result<u64> {
        self.count = self.count.checked_sub(by).ok_or_else(|| {
            Error::refused(format!("the count is {}, which is less than {by}", self.count))
        })?;
        Ok(self.count)
    }

    fn read(&self, _cx: &mut Context<'_>) -> Result<u64> {
        Ok(self.count)
    }
}
