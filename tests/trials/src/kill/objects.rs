//! The objects of the kill trial: each keeps books that can be compared with another's.

use hogshead::stock::counter::{Counter, Tally};
use hogshead::{Cap, Context, Error, Result};
use serde::{Deserialize, Serialize};

/// Counts calls in several records at once: any that is half applied shows.
#[hogshead::interface]
pub trait Ledger {
    /// Counts a call of `caller`; gives how many of its calls were counted.
    fn add(&mut self, cx: &mut Context<'_>, caller: u32) -> Result<u64>;

    /// Does half of what `add` does, and refuses: nothing of it may remain.
    fn spoil(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// Everything that it keeps, also in its children.
    fn books(&self, cx: &mut Context<'_>) -> Result<Books>;
}

/// What a ledger keeps.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Books {
    /// Calls in all.
    pub total: u64,
    /// The same, as two children count it.
    pub left: u64,
    /// See `left`.
    pub right: u64,
    /// Calls by caller.
    pub by_caller: Vec<u64>,
    /// The newest children, one spawned by each call: each knows the total at its birth.
    pub marks: Vec<u64>,
}

/// The ledger: the total is its own record, the halves and marks are its children's.
#[derive(Serialize, Deserialize, Default)]
pub struct Bookkeeper {
    total: u64,
    by_caller: Vec<u64>,
    halves: Option<(Cap<dyn Counter>, Cap<dyn Counter>)>,
    marks: Vec<Cap<dyn Counter>>,
}

impl Bookkeeper {
    fn halves(&mut self, cx: &mut Context<'_>) -> Result<(Cap<dyn Counter>, Cap<dyn Counter>)> {
        if let Some(halves) = self.halves {
            return Ok(halves);
        }
        let halves = (cx.spawn(Tally::default())?, cx.spawn(Tally::default())?);
        self.halves = Some(halves);
        Ok(halves)
    }

    fn mark(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let mark = cx.spawn(Tally::new(self.total))?;
        self.marks.push(mark);
        if self.marks.len() > MARKS {
            self.marks.remove(0);
        }
        Ok(())
    }
}

#[hogshead::object(name = "bookkeeper", version = 1, construct = |_| Ok(Bookkeeper::default()))]
impl Ledger for Bookkeeper {
    fn add(&mut self, cx: &mut Context<'_>, caller: u32) -> Result<u64> {
        let (left, right) = self.halves(cx)?;
        left.near(cx).increment(1)?;
        self.total += 1;
        self.mark(cx)?;
        right.near(cx).increment(1)?;
        let caller = caller as usize;
        if caller >= CALLERS_MAX {
            return Err(Error::refused("there are not so many callers"));
        }
        if self.by_caller.len() <= caller {
            self.by_caller.resize(caller + 1, 0);
        }
        self.by_caller[caller] += 1;
        Ok(self.by_caller[caller])
    }

    fn spoil(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let (left, _) = self.halves(cx)?;
        left.near(cx).increment(1)?;
        self.total += 1;
        self.mark(cx)?;
        Err(Error::refused("spoiled"))
    }

    fn books(&self, cx: &mut Context<'_>) -> Result<Books> {
        let read = |half: Option<Cap<dyn Counter>>, cx: &mut Context<'_>| match half {
            Some(half) => half.near(cx).read(),
            None => Ok(0),
        };
        Ok(Books {
            total: self.total,
            left: read(self.halves.map(|halves| halves.0), cx)?,
            right: read(self.halves.map(|halves| halves.1), cx)?,
            by_caller: self.by_caller.clone(),
            marks: self.marks.iter().map(|m| m.near(cx).read()).collect::<Result<_>>()?,
        })
    }
}

/// Calls a ledger from a vat and keeps count of what came of it.
#[hogshead::interface]
pub trait Runner {
    /// Has it call this ledger from now on, as this caller.
    fn connect(&mut self, cx: &mut Context<'_>, ledger: Cap<dyn Ledger>, caller: u32)
    -> Result<()>;

    /// Calls so many times.
    fn run(&mut self, cx: &mut Context<'_>, times: u32) -> Result<()>;

    /// What it has sent, and what came of it.
    fn tally(&self, cx: &mut Context<'_>) -> Result<RunnerTally>;
}

/// What a runner or a sender knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RunnerTally {
    /// Messages sent.
    pub asked: u64,
    /// Messages answered.
    pub told: u64,
    /// Messages whose answer broke.
    pub broken: u64,
    /// Answers that came in another order than the messages went.
    pub disorder: u64,
}

/// The runner.
#[derive(Serialize, Deserialize, Default)]
pub struct Errand {
    ledger: Option<(Cap<dyn Ledger>, u32)>,
    tally: RunnerTally,
}

#[hogshead::object(
    name = "errand", version = 1, continuations, construct = |_| Ok(Errand::default())
)]
impl Runner for Errand {
    fn connect(
        &mut self,
        _cx: &mut Context<'_>,
        ledger: Cap<dyn Ledger>,
        caller: u32,
    ) -> Result<()> {
        self.ledger = Some((ledger, caller));
        Ok(())
    }

    fn run(&mut self, cx: &mut Context<'_>, times: u32) -> Result<()> {
        let Some((ledger, caller)) = self.ledger else {
            return Err(Error::refused("it has no ledger to call"));
        };
        for _ in 0..times {
            self.tally.asked += 1;
            let _ = ledger.send(cx).add(caller)?.then(cx, Self::came, ())?;
        }
        Ok(())
    }

    fn tally(&self, _cx: &mut Context<'_>) -> Result<RunnerTally> {
        Ok(self.tally)
    }
}

#[hogshead::continuations]
impl Errand {
    #[continuation]
    fn came(&mut self, _cx: &mut Context<'_>, outcome: Result<u64>) -> Result<()> {
        match outcome {
            Ok(_) => self.tally.told += 1,
            Err(_) => self.tally.broken += 1,
        }
        Ok(())
    }
}

/// Sends numbered messages to another vat.
#[hogshead::interface]
pub trait Sender {
    /// Has it send to this receiver from now on.
    fn connect(&mut self, cx: &mut Context<'_>, receiver: Cap<dyn Receiver>) -> Result<()>;

    /// Sends so many.
    fn send(&mut self, cx: &mut Context<'_>, times: u32) -> Result<()>;

    /// What it has sent, and what came of it.
    fn tally(&self, cx: &mut Context<'_>) -> Result<RunnerTally>;
}

/// The sender.
#[derive(Serialize, Deserialize, Default)]
pub struct Numberer {
    receiver: Option<Cap<dyn Receiver>>,
    tally: RunnerTally,
}

#[hogshead::object(
    name = "numberer", version = 1, continuations, construct = |_| Ok(Numberer::default())
)]
impl Sender for Numberer {
    fn connect(&mut self, _cx: &mut Context<'_>, receiver: Cap<dyn Receiver>) -> Result<()> {
        self.receiver = Some(receiver);
        Ok(())
    }

    fn send(&mut self, cx: &mut Context<'_>, times: u32) -> Result<()> {
        let Some(receiver) = self.receiver else {
            return Err(Error::refused("it has nobody to send to"));
        };
        for _ in 0..times {
            self.tally.asked += 1;
            let _ = receiver.send(cx).take(self.tally.asked)?.then(cx, Self::came, ())?;
        }
        Ok(())
    }

    fn tally(&self, _cx: &mut Context<'_>) -> Result<RunnerTally> {
        Ok(self.tally)
    }
}

#[hogshead::continuations]
impl Numberer {
    #[continuation]
    fn came(&mut self, _cx: &mut Context<'_>, outcome: Result<u64>) -> Result<()> {
        match outcome {
            Ok(number) => {
                self.tally.told += 1;
                self.tally.disorder += u64::from(number != self.tally.told);
            }
            Err(_) => self.tally.broken += 1,
        }
        Ok(())
    }
}

/// Takes numbered messages.
#[hogshead::interface]
pub trait Receiver {
    /// Takes a message; gives its number back.
    fn take(&mut self, cx: &mut Context<'_>, number: u64) -> Result<u64>;

    /// What it has taken.
    fn taken(&self, cx: &mut Context<'_>) -> Result<Taken>;
}

/// What a receiver knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Taken {
    /// Messages taken.
    pub count: u64,
    /// Messages that did not follow the one before.
    pub disorder: u64,
}

/// The receiver.
#[derive(Serialize, Deserialize, Default)]
pub struct Collector {
    last: u64,
    taken: Taken,
}

#[hogshead::object(name = "collector", version = 1, construct = |_| Ok(Collector::default()))]
impl Receiver for Collector {
    fn take(&mut self, _cx: &mut Context<'_>, number: u64) -> Result<u64> {
        self.taken.count += 1;
        self.taken.disorder += u64::from(number != self.last + 1);
        self.last = number;
        Ok(number)
    }

    fn taken(&self, _cx: &mut Context<'_>) -> Result<Taken> {
        Ok(self.taken)
    }
}

/// Children that a ledger keeps of those it spawned.
pub const MARKS: usize = 8;

/// Callers that a ledger tells apart.
pub const CALLERS_MAX: usize = 16;
