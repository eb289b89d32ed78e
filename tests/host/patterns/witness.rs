//! Somebody who takes part in what others coordinate, and writes down what comes.

use hogshead::stock::joiner::Joiner;
use hogshead::stock::mailbox::{MailSlot, Mailbox, Receipt};
use hogshead::stock::pubsub::{Note, Subscriber};
use hogshead::stock::queue::Queue;
use hogshead::stock::ticker::{Beat, TickMember};
use hogshead::{Cap, Context, Error, Message, Promise, Resolver, Result, Value};
use serde::{Deserialize, Serialize};

use crate::host::cast::Actor;

/// Takes part and writes down.
#[hogshead::interface]
pub trait Witness {
    /// From now on answers so.
    fn become_(&mut self, cx: &mut Context<'_>, manner: Manner) -> Result<()>;

    /// Answers all that it owes an answer.
    fn answer(&mut self, cx: &mut Context<'_>) -> Result<u64>;

    /// What it wrote down.
    fn lines(&self, cx: &mut Context<'_>) -> Result<Vec<String>>;

    /// Asks others for something later, has the promises joined, and writes down the result.
    fn join_later(
        &mut self,
        cx: &mut Context<'_>,
        joiner: Cap<dyn Joiner>,
        how: String,
        of: Vec<Cap<dyn Actor>>,
    ) -> Result<()>;

    /// Takes from a queue, and writes down what comes.
    fn take(&mut self, cx: &mut Context<'_>, queue: Cap<dyn Queue>) -> Result<()>;

    /// Puts something in a queue when there is room, and writes down that it is in.
    fn put(&mut self, cx: &mut Context<'_>, queue: Cap<dyn Queue>, text: String) -> Result<()>;

    /// Drops a letter, and writes down the receipt.
    fn post(&mut self, cx: &mut Context<'_>, slot: Cap<dyn MailSlot>, text: String) -> Result<()>;

    /// Reads the next letter of a mailbox, and writes it down.
    fn read_next(&mut self, cx: &mut Context<'_>, mailbox: Cap<dyn Mailbox>) -> Result<()>;

    /// Wants nothing any more of all that it waits for.
    fn forget(&mut self, cx: &mut Context<'_>) -> Result<()>;
}

/// How a witness answers what it is told.
#[derive(Serialize, Deserialize, Clone, Copy, Default)]
pub enum Manner {
    #[default]
    Answers,
    Owes,
    Throws,
}

#[derive(Serialize, Deserialize, Default)]
pub struct Scribe {
    manner: Manner,
    lines: Vec<String>,
    owed: Vec<Resolver<Value>>,
    waits: Vec<Promise<()>>,
}

#[hogshead::object(
    name = "witness",
    version = 1,
    interfaces(Hearing),
    construct = |_| Ok(Scribe::default()),
    continuations
)]
impl Witness for Scribe {
    fn become_(&mut self, _: &mut Context<'_>, manner: Manner) -> Result<()> {
        self.manner = manner;
        Ok(())
    }

    fn answer(&mut self, cx: &mut Context<'_>) -> Result<u64> {
        let owed = std::mem::take(&mut self.owed);
        for resolver in &owed {
            resolver.fulfill(cx, Value::Undefined)?;
        }
        Ok(owed.len() as u64)
    }

    fn lines(&self, _: &mut Context<'_>) -> Result<Vec<String>> {
        Ok(self.lines.clone())
    }

    fn join_later(
        &mut self,
        cx: &mut Context<'_>,
        joiner: Cap<dyn Joiner>,
        how: String,
        of: Vec<Cap<dyn Actor>>,
    ) -> Result<()> {
        let mut promises = Vec::new();
        for actor in of {
            promises.push(Value::from(actor.send(cx).later()?));
        }
        let message = Message::new(how.clone(), [Value::List(promises)]);
        let joined = cx.send(joiner, message)?;
        self.await_(cx, joined, how)
    }

    fn take(&mut self, cx: &mut Context<'_>, queue: Cap<dyn Queue>) -> Result<()> {
        let taken = queue.send(cx).take()?;
        self.await_(cx, taken, "took".into())
    }

    fn put(&mut self, cx: &mut Context<'_>, queue: Cap<dyn Queue>, text: String) -> Result<()> {
        let put = queue.send(cx).put_when_room(Value::from(text.clone()))?;
        self.await_(cx, put.cast(), format!("put {text}"))
    }

    fn post(&mut self, cx: &mut Context<'_>, slot: Cap<dyn MailSlot>, text: String) -> Result<()> {
        let receipt = slot.send(cx).drop_registered(Value::from(text))?;
        let _ = receipt.then(cx, Self::on_receipt, ())?;
        Ok(())
    }

    fn read_next(&mut self, cx: &mut Context<'_>, mailbox: Cap<dyn Mailbox>) -> Result<()> {
        let letter = mailbox.send(cx).next()?.field::<Value>(cx, "value")?;
        self.await_(cx, letter, "read".into())
    }

    fn forget(&mut self, _: &mut Context<'_>) -> Result<()> {
        self.waits.clear();
        Ok(())
    }
}

/// What a witness is told: as a subscriber and as a ticker's member, with answers that may be owed.
#[hogshead::interface]
pub trait Hearing {
    fn notify(&mut self, cx: &mut Context<'_>, note: Note) -> Result<Promise<Value>>;
    fn ended(&mut self, cx: &mut Context<'_>, why: Error) -> Result<()>;
    fn beat(&mut self, cx: &mut Context<'_>, beat: Beat) -> Result<Promise<Value>>;
}

impl Hearing for Scribe {
    fn notify(&mut self, cx: &mut Context<'_>, note: Note) -> Result<Promise<Value>> {
        let Note { position, missed, value } = note;
        let missed = if missed > 0 { format!(" (missed {missed})") } else { String::new() };
        self.hear(cx, format!("{position}: {value}{missed}"))
    }

    fn ended(&mut self, _: &mut Context<'_>, why: Error) -> Result<()> {
        self.lines.push(format!("ended: {}", why.class().as_str()));
        Ok(())
    }

    fn beat(&mut self, cx: &mut Context<'_>, beat: Beat) -> Result<Promise<Value>> {
        self.hear(cx, format!("beat {} for {}", beat.number, beat.count))
    }
}

#[hogshead::continuations]
impl Scribe {
    #[continuation]
    fn on_result(
        &mut self,
        _: &mut Context<'_>,
        result: Result<Value>,
        what: String,
    ) -> Result<()> {
        self.lines.push(match result {
            Ok(Value::Undefined) => what,
            Ok(Value::String(text)) => format!("{what}: {text}"),
            Ok(value) => format!("{what}: {value}"),
            Err(error) => format!("{what}: {}", error.class().as_str()),
        });
        Ok(())
    }

    #[continuation]
    fn on_receipt(&mut self, _: &mut Context<'_>, receipt: Result<Receipt>) -> Result<()> {
        self.lines.push(match receipt {
            Ok(receipt) => format!("receipt: {}", receipt.number),
            Err(error) => format!("no receipt: {}", error.class().as_str()),
        });
        Ok(())
    }
}

impl Scribe {
    fn await_(&mut self, cx: &mut Context<'_>, what: Promise<Value>, name: String) -> Result<()> {
        self.waits.push(what.then_while_wanted(cx, Self::on_result, name)?);
        Ok(())
    }

    fn hear(&mut self, cx: &mut Context<'_>, line: String) -> Result<Promise<Value>> {
        if let Manner::Throws = self.manner {
            return Err(Error::refused("I do not want to know"));
        }
        self.lines.push(line);
        let (promise, resolver) = cx.promise()?;
        match self.manner {
            Manner::Owes => self.owed.push(resolver),
            _ => resolver.fulfill(cx, Value::Undefined)?,
        }
        Ok(promise)
    }
}

/// A witness as a subscriber.
pub fn subscriber(witness: Cap<dyn Witness>) -> Cap<dyn Subscriber> {
    witness.cast()
}

/// A witness as a ticker's member.
pub fn member(witness: Cap<dyn Witness>) -> Cap<dyn TickMember> {
    witness.cast()
}
