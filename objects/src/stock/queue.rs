//! A queue between those who make things and those who wait for them.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::kept::Kept;
use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits;
use crate::promise::{Promise, Resolver};
use crate::value::Value;

/// Hands what is put to those who take, first in, first out, on both sides: the first who waits
/// gets the first that comes.
///
/// It holds a bounded number of values and bytes. When it is full, [`put`](Queue::put) is refused
/// with [`Class::Busy`], and [`put_when_room`](Queue::put_when_room) waits; neither overtakes who
/// waits already. What was put and not taken outlasts restarts, as do those who wait.
///
/// A value goes to one taker. One who stopped waiting, or whose session ended, is passed over; one
/// who goes while the answer is on its way takes the value along: whoever must not lose any has a
/// [mailbox](super::mailbox), of which a letter is removed when it has been dealt with.
///
/// ```
/// use hogshead_objects::stock::queue::{BoundedQueue, Queue};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Class, Value};
///
/// let mut bench = Bench::new();
/// let queue = bench.spawn_apart(BoundedQueue::new(1, 1_000)?);
/// let (first, second) = bench.turn(|cx| {
///     Ok((queue.send(cx).take()?, queue.send(cx).take()?))
/// })?;
/// bench.turn(|cx| {
///     queue.tell(cx).put(Value::from("tea"))?;
///     queue.tell(cx).put(Value::from("rum"))?;
///     queue.tell(cx).put(Value::from("wine"))
/// })?;
/// let full = bench.turn(|cx| queue.send(cx).put(Value::from("beer")))?;
/// bench.run();
/// assert_eq!(bench.answer(first)?, Value::from("tea"));
/// assert_eq!(bench.answer(second)?, Value::from("rum"));
/// assert_eq!(bench.answer(full).unwrap_err().class(), Class::Busy);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Queue {
    /// Puts a value. Refused with [`Class::Busy`] if the queue is full, [`Class::Limit`] if it could
    /// never hold the value, [`Class::Stopped`] if it is closed.
    fn put(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()>;

    /// Puts a value as soon as there is room, which fulfils the promise. Whoever stops waiting
    /// before takes the value back.
    fn put_when_room(&mut self, cx: &mut Context<'_>, value: Value) -> Result<Promise<()>>;

    /// The next value, as soon as there is one. Broken with [`Class::Stopped`] if the queue is
    /// closed and there will be none.
    fn take(&mut self, cx: &mut Context<'_>) -> Result<Promise<Value>>;

    /// Takes no more values. Those that are in it can still be taken; whoever waits is told.
    fn close(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// What is in it, and who waits.
    fn count(&self, cx: &mut Context<'_>) -> Result<QueueCount>;

    /// A new facet that can only `put` and `put_when_room`.
    fn put_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Queue>>;

    /// A new facet that can only `take`.
    fn take_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Queue>>;
}

/// What is in a queue.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct QueueCount {
    /// Values in it.
    pub values: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Who waits for a value. Those who stopped are among them until the next value comes.
    pub takers: u64,
    /// Who waits for room, counted in the same way.
    pub putters: u64,
    /// Whether it is closed.
    pub closed: bool,
}

/// The stock queue, `hogshead/queue`. It is constructed from a struct with the fields `values` and
/// `bytes`, how much of each it holds, or from nothing.
#[derive(Serialize, Deserialize, Debug)]
pub struct BoundedQueue {
    values_max: u64,
    bytes_max: u64,
    values: VecDeque<Kept>,
    bytes: u64,
    takers: VecDeque<Resolver<Value>>,
    putters: VecDeque<(Kept, Resolver<()>)>,
    closed: bool,
}

impl BoundedQueue {
    /// A queue for so many values and bytes.
    pub fn new(values_max: u64, bytes_max: u64) -> Result<Self> {
        let capacity = Capacity { values: values_max, bytes: bytes_max }.checked()?;
        Ok(Self {
            values_max: capacity.values,
            bytes_max: capacity.bytes,
            values: VecDeque::new(),
            bytes: 0,
            takers: VecDeque::new(),
            putters: VecDeque::new(),
            closed: false,
        })
    }

    fn born(init: Value) -> Result<Self> {
        let Capacity { values, bytes } = Capacity::read(init)?;
        Self::new(values, bytes)
    }

    /// Refuses what cannot be put now or ever.
    fn admit(&self, value: &Value) -> Result<()> {
        if self.closed {
            return Err(closed());
        }
        admit_bytes(value, self.bytes_max)
    }

    fn has_room(&self, bytes: usize) -> bool {
        let bytes = self.bytes.saturating_add(bytes as u64);
        (self.values.len() as u64) < self.values_max && bytes <= self.bytes_max
    }

    /// Gives a value to who waits longest, or keeps it.
    fn accept(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()> {
        match next_wanted(cx, &mut self.takers)? {
            Some(taker) => taker.fulfill(cx, value),
            None => {
                let kept = Kept::new(cx, value)?;
                self.bytes += kept.bytes() as u64;
                self.values.push_back(kept);
                Ok(())
            }
        }
    }

    /// Lets those in who wait for room, as far as there is some.
    fn let_in(&mut self, cx: &mut Context<'_>) -> Result<()> {
        while let Some((kept, putter)) = self.putters.front() {
            if !putter.is_wanted(cx)? {
                self.putters.pop_front();
                continue;
            }
            if !self.has_room(kept.bytes()) {
                return Ok(());
            }
            if let Some((kept, putter)) = self.putters.pop_front() {
                putter.fulfill(cx, ())?;
                self.bytes += kept.bytes() as u64;
                self.values.push_back(kept);
            }
        }
        Ok(())
    }
}

impl Default for BoundedQueue {
    fn default() -> Self {
        Self {
            values_max: limits::HELD_VALUES_DEFAULT,
            bytes_max: limits::HELD_BYTES_DEFAULT,
            values: VecDeque::new(),
            bytes: 0,
            takers: VecDeque::new(),
            putters: VecDeque::new(),
            closed: false,
        }
    }
}

#[crate::object(name = "queue", version = 1, construct = BoundedQueue::born)]
impl Queue for BoundedQueue {
    fn put(&mut self, cx: &mut Context<'_>, value: Value) -> Result<()> {
        self.admit(&value)?;
        self.let_in(cx)?;
        if self.putters.is_empty() && self.has_room(value.size_bytes()) {
            return self.accept(cx, value);
        }
        Err(Error::new(
            Class::Busy,
            format!("the queue is full: it holds {} values; try again later", self.values.len()),
        ))
    }

    fn put_when_room(&mut self, cx: &mut Context<'_>, value: Value) -> Result<Promise<()>> {
        self.admit(&value)?;
        self.let_in(cx)?;
        let (promise, putter) = cx.promise()?;
        if self.putters.is_empty() && self.has_room(value.size_bytes()) {
            self.accept(cx, value)?;
            putter.fulfill(cx, ())?;
            return Ok(promise);
        }
        if self.putters.len() >= limits::WAITERS_MAX {
            return Err(too_many_wait("to put something in"));
        }
        // What waits for room has bytes as well, though not in the queue.
        let waiting: usize = self.putters.iter().map(|(kept, _)| kept.bytes()).sum();
        if (waiting + value.size_bytes()) as u64 > self.bytes_max {
            return Err(too_many_wait("with too much to put in"));
        }
        self.putters.push_back((Kept::new(cx, value)?, putter));
        Ok(promise)
    }

    fn take(&mut self, cx: &mut Context<'_>) -> Result<Promise<Value>> {
        self.let_in(cx)?;
        let (promise, taker) = cx.promise()?;
        if let Some(kept) = self.values.pop_front() {
            self.bytes = self.bytes.saturating_sub(kept.bytes() as u64);
            let value = kept.read(cx)?;
            taker.fulfill(cx, value)?;
            self.let_in(cx)?;
            return Ok(promise);
        }
        if self.closed {
            return Err(closed());
        }
        wait(cx, &mut self.takers, taker, "to take something")?;
        Ok(promise)
    }

    fn close(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.closed = true;
        for taker in std::mem::take(&mut self.takers) {
            taker.break_(cx, closed())?;
        }
        for (_, putter) in std::mem::take(&mut self.putters) {
            putter.break_(cx, closed())?;
        }
        Ok(())
    }

    fn count(&self, _cx: &mut Context<'_>) -> Result<QueueCount> {
        Ok(QueueCount {
            values: self.values.len() as u64,
            bytes: self.bytes,
            takers: self.takers.len() as u64,
            putters: self.putters.len() as u64,
            closed: self.closed,
        })
    }

    fn put_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Queue>> {
        cx.facet(&["put", "put_when_room"], "put only")
    }

    fn take_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Queue>> {
        cx.facet(&["take"], "take only")
    }
}

/// How much a queue or a mailbox holds.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
#[serde(default)]
pub(crate) struct Capacity {
    pub(crate) values: u64,
    pub(crate) bytes: u64,
}

impl Default for Capacity {
    fn default() -> Self {
        Self { values: limits::HELD_VALUES_DEFAULT, bytes: limits::HELD_BYTES_DEFAULT }
    }
}

impl Capacity {
    pub(crate) fn read(init: Value) -> Result<Self> {
        match init {
            Value::Undefined => Ok(Self::default()),
            init => codec::from_value::<Self>(init)?.checked(),
        }
    }

    pub(crate) fn checked(self) -> Result<Self> {
        let (values, bytes) = (limits::HELD_VALUES_MAX, limits::HELD_BYTES_MAX);
        if (1..=values).contains(&self.values) && (1..=bytes).contains(&self.bytes) {
            return Ok(self);
        }
        let why = format!("it holds between 1 and {values} values, and at most {bytes} bytes");
        Err(Error::new(Class::Limit, why))
    }
}

/// Refuses a value that alone is more than there is room for at all.
pub(crate) fn admit_bytes(value: &Value, max: u64) -> Result<()> {
    let bytes = value.size_bytes() as u64;
    if bytes <= max {
        return Ok(());
    }
    let why = format!("the value has {bytes} bytes, and there is room for {max} at all");
    Err(Error::new(Class::Limit, why))
}

/// Whose turn it is, without those who have gone.
pub(crate) fn next_wanted<T>(
    cx: &mut Context<'_>,
    waiting: &mut VecDeque<Resolver<T>>,
) -> Result<Option<Resolver<T>>> {
    while let Some(waiter) = waiting.pop_front() {
        if waiter.is_wanted(cx)? {
            return Ok(Some(waiter));
        }
    }
    Ok(None)
}

/// Has somebody wait at the end. Those who have gone are looked for only when there is no room.
pub(crate) fn wait<T>(
    cx: &mut Context<'_>,
    waiting: &mut VecDeque<Resolver<T>>,
    waiter: Resolver<T>,
    what_for: &str,
) -> Result<()> {
    if waiting.len() >= limits::WAITERS_MAX {
        for other in std::mem::take(waiting) {
            if other.is_wanted(cx)? {
                waiting.push_back(other);
            }
        }
    }
    if waiting.len() >= limits::WAITERS_MAX {
        return Err(too_many_wait(what_for));
    }
    waiting.push_back(waiter);
    Ok(())
}

fn too_many_wait(what_for: &str) -> Error {
    let max = limits::WAITERS_MAX;
    Error::new(Class::Busy, format!("too many wait {what_for}, at most {max}; try again later"))
}

fn closed() -> Error {
    Error::new(Class::Stopped, "the queue is closed")
}
