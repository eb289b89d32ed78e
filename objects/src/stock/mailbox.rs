//! A mailbox: many may drop letters into it, and one reads them.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::kept::Kept;
use super::queue::{Capacity, admit_bytes, next_wanted, wait};
use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::ids::Timestamp;
use crate::limits;
use crate::promise::{Promise, Resolver};
use crate::value::Value;

/// A mailbox, as its owner sees it, and with [`reader`](Mailbox::reader) who empties it.
///
/// Everybody who may write gets a [slot](MailSlot) of their own: what comes through it bears its
/// label, which the sender cannot choose, and takes no more room than the slot was given, so that
/// nobody who floods it keeps others out. A slot neither reads nor tells what is in the box.
///
/// The box holds a bounded number of letters and bytes. Letters outlast restarts. [`next`] takes a
/// letter out and gives it, once; who must not lose one whose answer does not arrive [`peek`]s, deals
/// with it, and [`remove`]s it by its number, which may be said twice.
///
/// [`next`]: Mailbox::next
/// [`peek`]: Mailbox::peek
/// [`remove`]: Mailbox::remove
///
/// ```
/// use hogshead_objects::stock::mailbox::{LetterBox, MailSlot, Mailbox};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Class, Value};
///
/// let mut bench = Bench::new();
/// let mailbox = bench.spawn_apart(LetterBox::default());
/// let slot = bench.turn(|cx| mailbox.send(cx).slot("Alice".into(), Some(1)))?;
/// bench.run();
/// let (receipt, again) = bench.turn(|cx| {
///     let receipt = slot.send(cx).drop_registered(Value::from("dear Bob"))?;
///     Ok((receipt, slot.send(cx).drop_letter(Value::from("are you there?"))?))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(again).unwrap_err().class(), Class::Busy);
///
/// let letter = bench.turn(|cx| mailbox.send(cx).next())?;
/// bench.run();
/// let letter = bench.answer(letter)?;
/// assert_eq!((letter.number, letter.from.as_str()), (1, "Alice"));
/// assert_eq!(letter.value, Value::from("dear Bob"));
/// assert_eq!(bench.answer(receipt)?.number, 1);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Mailbox {
    /// A new slot for a sender, whose letters bear `label`; of those that were not read at most
    /// `most` may be in the box, or as many as it holds.
    fn slot(
        &mut self,
        cx: &mut Context<'_>,
        label: String,
        most: Option<u64>,
    ) -> Result<Cap<dyn MailSlot>>;

    /// Takes the oldest letter out, as soon as there is one. Broken with [`Class::Stopped`] if the
    /// box is closed and empty.
    fn next(&mut self, cx: &mut Context<'_>) -> Result<Promise<Letter>>;

    /// The oldest letter, if there is one, which stays.
    fn peek(&self, cx: &mut Context<'_>) -> Result<Option<Letter>>;

    /// Takes a letter out by its number; `false` if it is not there (any more).
    fn remove(&mut self, cx: &mut Context<'_>, number: u64) -> Result<bool>;

    /// What is in the box.
    fn count(&self, cx: &mut Context<'_>) -> Result<MailCount>;

    /// Takes no more letters. Those that are in it can still be read.
    fn close(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// A new facet that reads: `next`, `peek`, `remove` and `count`.
    fn reader(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Mailbox>>;
}

/// Where letters are dropped in: what a sender has of a mailbox.
#[crate::interface]
pub trait MailSlot {
    /// Drops a letter; gives its number. Refused with [`Class::Busy`] if the box or the slot's share
    /// of it is full, [`Class::Limit`] if the letter would never fit, [`Class::Stopped`] if the box
    /// is closed.
    #[method(name = "drop")]
    fn drop_letter(&mut self, cx: &mut Context<'_>, value: Value) -> Result<u64>;

    /// The same, with a receipt when the letter has been taken out.
    fn drop_registered(&mut self, cx: &mut Context<'_>, value: Value) -> Result<Promise<Receipt>>;
}

/// A letter.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Letter {
    /// Letters of a box are counted from one, in the order in which they were dropped.
    pub number: u64,
    /// The label of the slot.
    pub from: String,
    /// When it was dropped.
    pub dropped: Timestamp,
    /// What it says.
    pub value: Value,
}

/// That a letter was taken out.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The letter's number.
    pub number: u64,
    /// When it was taken out.
    pub taken: Timestamp,
}

/// What is in a mailbox.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct MailCount {
    /// Letters that were not taken out.
    pub letters: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Letters that were ever dropped.
    pub dropped: u64,
    /// Whether the box is closed.
    pub closed: bool,
}

/// The stock mailbox, `hogshead/mailbox`. It is constructed from a struct with the fields `values`
/// and `bytes`, how much of each it holds, or from nothing.
#[derive(Serialize, Deserialize, Debug)]
pub struct LetterBox {
    letters_max: u64,
    bytes_max: u64,
    letters: VecDeque<Envelope>,
    bytes: u64,
    dropped: u64,
    slots: u64,
    /// How many letters of each slot are in the box, of those that have any.
    of_slots: BTreeMap<u64, u64>,
    readers: VecDeque<Resolver<Letter>>,
    closed: bool,
}

#[derive(Serialize, Deserialize, Debug)]
struct Envelope {
    number: u64,
    slot: u64,
    from: String,
    dropped: Timestamp,
    value: Kept,
    receipt: Option<Resolver<Receipt>>,
}

/// How slots reach their box.
#[crate::interface]
pub trait Sorting {
    /// Takes a letter in.
    fn accept(
        &mut self,
        cx: &mut Context<'_>,
        slot: Slot,
        value: Value,
        receipt: Option<Resolver<Receipt>>,
    ) -> Result<u64>;
}

/// Which slot it is, as its box knows it.
#[doc(hidden)]
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Slot {
    number: u64,
    label: String,
    most: u64,
}

impl LetterBox {
    /// A box for so many letters and bytes.
    pub fn new(letters_max: u64, bytes_max: u64) -> Result<Self> {
        Capacity { values: letters_max, bytes: bytes_max }.checked().map(Self::empty)
    }

    fn empty(capacity: Capacity) -> Self {
        Self {
            letters_max: capacity.values,
            bytes_max: capacity.bytes,
            letters: VecDeque::new(),
            bytes: 0,
            dropped: 0,
            slots: 0,
            of_slots: BTreeMap::new(),
            readers: VecDeque::new(),
            closed: false,
        }
    }

    fn born(init: Value) -> Result<Self> {
        Capacity::read(init).map(Self::empty)
    }

    /// Refuses a letter for which there is no room.
    fn admit(&self, slot: &Slot, value: &Value) -> Result<()> {
        if self.closed {
            return Err(closed());
        }
        admit_bytes(value, self.bytes_max)?;
        let of_slot = self.of_slots.get(&slot.number).copied().unwrap_or(0);
        if of_slot >= slot.most {
            let most = slot.most;
            let why = format!("{most} letters through this slot are unread; try again later");
            return Err(Error::new(Class::Busy, why));
        }
        let bytes = self.bytes.saturating_add(value.size_bytes() as u64);
        if self.letters.len() as u64 >= self.letters_max || bytes > self.bytes_max {
            return Err(Error::new(Class::Busy, "the mailbox is full; try again later"));
        }
        Ok(())
    }

    /// A letter leaves the box.
    fn hand_out(&mut self, cx: &mut Context<'_>, envelope: &Envelope) -> Result<()> {
        self.bytes = self.bytes.saturating_sub(envelope.value.bytes() as u64);
        if let Some(left) = self.of_slots.get_mut(&envelope.slot) {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.of_slots.remove(&envelope.slot);
            }
        }
        let receipt = Receipt { number: envelope.number, taken: cx.now() };
        match envelope.receipt {
            Some(sender) => sender.fulfill(cx, receipt),
            None => Ok(()),
        }
    }
}

impl Default for LetterBox {
    fn default() -> Self {
        Self::empty(Capacity::default())
    }
}

impl Envelope {
    fn open(&self, cx: &mut Context<'_>) -> Result<Letter> {
        let (number, from, dropped) = (self.number, self.from.clone(), self.dropped);
        Ok(Letter { number, from, dropped, value: self.value.read(cx)? })
    }
}

#[crate::object(name = "mailbox", version = 1, interfaces(Sorting), construct = LetterBox::born)]
impl Mailbox for LetterBox {
    fn slot(
        &mut self,
        cx: &mut Context<'_>,
        label: String,
        most: Option<u64>,
    ) -> Result<Cap<dyn MailSlot>> {
        let max = limits::NAME_BYTES_MAX;
        if label.len() > max {
            return Err(Error::new(Class::Limit, format!("a label has at most {max} bytes")));
        }
        self.slots += 1;
        let most = most.unwrap_or(self.letters_max).min(self.letters_max);
        let slot = Slot { number: self.slots, label, most };
        let mailbox = cx.this()?;
        cx.spawn(LetterSlot { mailbox, slot })
    }

    fn next(&mut self, cx: &mut Context<'_>) -> Result<Promise<Letter>> {
        let (promise, reader) = cx.promise()?;
        if let Some(envelope) = self.letters.pop_front() {
            let letter = envelope.open(cx)?;
            reader.fulfill(cx, letter)?;
            self.hand_out(cx, &envelope)?;
            return Ok(promise);
        }
        if self.closed {
            return Err(closed());
        }
        wait(cx, &mut self.readers, reader, "for a letter")?;
        Ok(promise)
    }

    fn peek(&self, cx: &mut Context<'_>) -> Result<Option<Letter>> {
        self.letters.front().map(|envelope| envelope.open(cx)).transpose()
    }

    fn remove(&mut self, cx: &mut Context<'_>, number: u64) -> Result<bool> {
        let place = self.letters.iter().position(|envelope| envelope.number == number);
        let Some(envelope) = place.and_then(|place| self.letters.remove(place)) else {
            return Ok(false);
        };
        self.hand_out(cx, &envelope)?;
        Ok(true)
    }

    fn count(&self, _cx: &mut Context<'_>) -> Result<MailCount> {
        Ok(MailCount {
            letters: self.letters.len() as u64,
            bytes: self.bytes,
            dropped: self.dropped,
            closed: self.closed,
        })
    }

    fn close(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.closed = true;
        for reader in std::mem::take(&mut self.readers) {
            reader.break_(cx, closed())?;
        }
        Ok(())
    }

    fn reader(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Mailbox>> {
        cx.facet(&["next", "peek", "remove", "count"], "reader")
    }
}

impl Sorting for LetterBox {
    fn accept(
        &mut self,
        cx: &mut Context<'_>,
        slot: Slot,
        value: Value,
        receipt: Option<Resolver<Receipt>>,
    ) -> Result<u64> {
        self.admit(&slot, &value)?;
        let value = Kept::new(cx, value)?;
        self.dropped += 1;
        let (number, dropped) = (self.dropped, cx.now());
        self.bytes += value.bytes() as u64;
        *self.of_slots.entry(slot.number).or_default() += 1;
        let (from, slot) = (slot.label, slot.number);
        let envelope = Envelope { number, slot, from, dropped, value, receipt };
        match next_wanted(cx, &mut self.readers)? {
            Some(reader) => {
                let letter = envelope.open(cx)?;
                reader.fulfill(cx, letter)?;
                self.hand_out(cx, &envelope)?;
            }
            None => self.letters.push_back(envelope),
        }
        Ok(number)
    }
}

/// A slot, `hogshead/mail-slot`: knows its box and nothing of what is in it.
#[derive(Serialize, Deserialize, Debug)]
pub(super) struct LetterSlot {
    mailbox: Cap<dyn Sorting>,
    slot: Slot,
}

#[crate::object(name = "mail-slot", version = 1)]
impl MailSlot for LetterSlot {
    fn drop_letter(&mut self, cx: &mut Context<'_>, value: Value) -> Result<u64> {
        self.mailbox.near(cx).accept(self.slot.clone(), value, None)
    }

    fn drop_registered(&mut self, cx: &mut Context<'_>, value: Value) -> Result<Promise<Receipt>> {
        let (promise, receipt) = cx.promise()?;
        self.mailbox.near(cx).accept(self.slot.clone(), value, Some(receipt))?;
        Ok(promise)
    }
}

fn closed() -> Error {
    Error::new(Class::Stopped, "the mailbox is closed")
}
