//! The objects of the simulation. Each keeps books: what it was told to do, what it has said to
//! whom, what came of that, and what it has heard. The checkers compare them.

use std::collections::BTreeMap;

use hogshead::stock::clock::Clock;
use hogshead::{Cap, Context, Error, Promise, Resolver, Result, Timestamp};
use serde::{Deserialize, Serialize};

pub use self::book::{Alarm, Asked, Book, Granted, Heard, Route};

mod book;

/// Who keeps books.
#[hogshead::interface]
pub trait Actor {
    /// Does something for the owner; gives how much.
    fn act(&mut self, cx: &mut Context<'_>, op: u64, command: Command) -> Result<u64>;

    /// Keeps a reference.
    fn keep(&mut self, cx: &mut Context<'_>, grant: Grant) -> Result<()>;

    /// Hears a letter; gives its number.
    fn hear(&mut self, cx: &mut Context<'_>, letter: Letter) -> Result<u64>;

    /// Makes another like itself.
    fn bear(&mut self, cx: &mut Context<'_>, child: u32) -> Result<Cap<dyn Actor>>;

    /// Promises a reference that a later command decides on.
    fn later(&mut self, cx: &mut Context<'_>) -> Result<Promise<Cap<dyn Actor>>>;

    /// Forgets every reference, breaks what it owes, and has its children do the same.
    fn part(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// The books, its children's after its own.
    fn books(&self, cx: &mut Context<'_>) -> Result<Vec<Book>>;
}

/// What an owner may want.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Command {
    /// Sends letters on a slot.
    Write {
        /// From which slot.
        slot: u32,
        /// How many.
        times: u32,
    },
    /// Gives what is in one slot to what is in another, who keeps it in a slot of its own.
    Give {
        /// What is given.
        what: u32,
        /// Who gets it.
        to: u32,
        /// Where it is to keep it.
        at: u32,
    },
    /// Asks what is in a slot for a child, and writes to it before it can be there.
    Order {
        /// Who is asked.
        slot: u32,
        /// The child's number.
        child: u32,
        /// Where the promise is kept.
        at: u32,
        /// Letters at once.
        times: u32,
    },
    /// Asks what is in a slot for a promise, and writes to that.
    Ask {
        /// Who is asked.
        slot: u32,
        /// Where the promise is kept.
        at: u32,
        /// Letters at once.
        times: u32,
    },
    /// Decides what was promised: by what is in a slot, or by breaking it if nothing is there, or
    /// only a promise.
    Decide {
        /// Where it is.
        slot: u32,
    },
    /// Forgets what is in a slot.
    Drop {
        /// Which.
        slot: u32,
    },
    /// Writes after a while.
    Alarm {
        /// In so many milliseconds.
        after: u64,
        /// From which slot.
        slot: u32,
        /// How many letters.
        times: u32,
    },
    /// Writes, forgets what it wrote with, and fails: nothing of it may remain.
    Spoil {
        /// With which slot.
        slot: u32,
    },
    /// Makes two objects that hold each other, and forgets them.
    Knot,
}

/// A reference on its way to who is to keep it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Grant {
    /// The command that led to it.
    pub op: u64,
    /// Where it is to be kept.
    pub slot: u32,
    /// Whom it leads to; zero if that is not decided.
    pub to: u32,
    /// Under which sharing it went out of its vat; zero for none.
    pub share: u32,
    /// Who gave it; zero for the owner.
    pub from: u32,
    /// The reference.
    pub what: Cap<dyn Actor>,
}

/// A message that everybody keeps account of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Letter {
    /// The command that led to it.
    pub op: u64,
    /// Who wrote it.
    pub from: u32,
    /// By which of its references, which it numbers as it gets them.
    pub route: u64,
    /// Its number on that route, from one.
    pub number: u64,
    /// Whom it is for; zero if the writer cannot know.
    pub to: u32,
    /// The sharing by which the route came into being.
    pub share: u32,
}

/// Keeps books.
#[derive(Serialize, Deserialize, Default)]
pub struct Player {
    book: Book,
    slots: BTreeMap<u32, Slot>,
    children: Vec<Cap<dyn Actor>>,
    open: Vec<Resolver<Cap<dyn Actor>>>,
    /// Children have none.
    clock: Option<Cap<dyn Clock>>,
}

/// A reference that is kept.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Slot {
    to: u32,
    share: u32,
    /// Its place among the routes.
    route: usize,
    cap: Cap<dyn Actor>,
}

impl Player {
    fn born(init: hogshead::Value) -> Result<Self> {
        let (id, clock) = hogshead::codec::from_value(init)?;
        Ok(Self { clock: Some(clock), ..Self::new(id) })
    }

    /// One who has met nobody yet, and has no clock.
    pub fn new(id: u32) -> Self {
        Self { book: Book { id, ..Book::default() }, ..Self::default() }
    }

    fn place(&mut self, slot: u32, to: u32, share: u32, cap: Cap<dyn Actor>) {
        let route = self.book.routes.len();
        let number = route as u64 + 1;
        self.book.routes.push(Route { number, to, share, letters: Vec::new() });
        self.slots.insert(slot, Slot { to, share, route, cap });
    }

    fn slot(&self, slot: u32) -> Result<Slot> {
        self.slots.get(&slot).copied().ok_or_else(|| Error::refused("nothing is in that slot"))
    }

    fn write(&mut self, cx: &mut Context<'_>, op: u64, slot: u32, times: u32) -> Result<u64> {
        let Slot { to, share, route, cap } = self.slot(slot)?;
        for _ in 0..times {
            let book = &mut self.book.routes[route];
            book.letters.push((op, None));
            let (number, from) = (book.letters.len() as u64, self.book.id);
            let letter = Letter { op, from, route: book.number, number, to, share };
            let place = (route as u64, number);
            let _ = cap.send(cx).hear(letter)?.then(cx, Self::answered, place)?;
        }
        Ok(u64::from(times))
    }

    fn asks(&mut self, op: u64) -> u64 {
        self.book.asked.push(Asked { op, outcome: None });
        self.book.asked.len() as u64 - 1
    }

    fn give(&mut self, cx: &mut Context<'_>, op: u64, what: u32, to: u32, at: u32) -> Result<u64> {
        let (what, receiver) = (self.slot(what)?, self.slot(to)?);
        let from = self.book.id;
        let Slot { to, share, cap, .. } = what;
        let grant = Grant { op, slot: at, to, share, from, what: cap };
        let place = self.asks(op);
        let _ = receiver.cap.send(cx).keep(grant)?.then(cx, Self::given, place)?;
        Ok(1)
    }

    fn order(&mut self, cx: &mut Context<'_>, op: u64, what: &Command) -> Result<u64> {
        let Command::Order { slot, child, at, times } = *what else { return Ok(0) };
        let of = self.slot(slot)?;
        let promised = of.cap.send(cx).bear(child)?;
        let place = self.asks(op);
        let _ = promised.then(cx, Self::came, place)?;
        // What is shared is the parent, not the child.
        self.place(at, child, 0, promised.cap());
        self.write(cx, op, at, times)
    }

    fn ask(&mut self, cx: &mut Context<'_>, op: u64, what: &Command) -> Result<u64> {
        let Command::Ask { slot, at, times } = *what else { return Ok(0) };
        let of = self.slot(slot)?;
        let promised = of.cap.send(cx).later()?;
        let place = self.asks(op);
        let _ = promised.then(cx, Self::came, place)?;
        self.place(at, 0, 0, promised.cap());
        self.write(cx, op, at, times)
    }

    fn decide(&mut self, cx: &mut Context<'_>, slot: Option<Slot>) -> Result<u64> {
        let open = std::mem::take(&mut self.open);
        self.book.owes = 0;
        for resolver in &open {
            match slot {
                Some(slot) => resolver.fulfill(cx, slot.cap)?,
                None => resolver.break_(cx, Error::refused("decided against it"))?,
            }
        }
        Ok(open.len() as u64)
    }
}

#[hogshead::object(
    name = "player", version = 1, continuations, construct = Player::born
)]
impl Actor for Player {
    fn act(&mut self, cx: &mut Context<'_>, op: u64, command: Command) -> Result<u64> {
        let done = match command {
            Command::Write { slot, times } => self.write(cx, op, slot, times),
            Command::Give { what, to, at } => self.give(cx, op, what, to, at),
            Command::Order { .. } => self.order(cx, op, &command),
            Command::Ask { .. } => self.ask(cx, op, &command),
            Command::Decide { slot } => {
                // Promises that wait for each other would wait for ever, and so would one for what
                // is asked of it.
                let is_known = |slot: &Slot| (1..FIRST_CHILD).contains(&slot.to);
                let decided = self.slots.get(&slot).copied().filter(is_known);
                self.decide(cx, decided)
            }
            Command::Drop { slot } => Ok(u64::from(self.slots.remove(&slot).is_some())),
            Command::Alarm { after, .. } => {
                let clock = self.clock.ok_or_else(|| Error::refused("it has no clock"))?;
                let due = cx.now().0 + after;
                self.book.alarms.push(Alarm { op, due, rang: None, times: 0 });
                let place = self.book.alarms.len() as u64 - 1;
                let _ = clock.send(cx).after(after)?.then(cx, Self::rings, (place, command))?;
                Ok(1)
            }
            Command::Spoil { slot } => {
                self.write(cx, op, slot, 2)?;
                self.slots.remove(&slot);
                Err(Error::refused("spoiled"))
            }
            Command::Knot => {
                let (one, other) = (cx.spawn(Passer::default())?, cx.spawn(Passer::default())?);
                one.near(cx).hold(other)?;
                other.near(cx).hold(one)?;
                Ok(2)
            }
        };
        // A refusal undoes all of it, this included.
        let done = done?;
        self.book.done.push(op);
        Ok(done)
    }

    fn keep(&mut self, _cx: &mut Context<'_>, grant: Grant) -> Result<()> {
        let Grant { op, slot, to, share, from, what } = grant;
        self.book.granted.push(Granted { op, from, to });
        self.place(slot, to, share, what);
        Ok(())
    }

    fn hear(&mut self, _cx: &mut Context<'_>, letter: Letter) -> Result<u64> {
        let Letter { op, from, route, number, to, share } = letter;
        let of = |heard: &Heard| (heard.from, heard.route) == (from, route);
        let place = self.book.heard.iter().position(of).unwrap_or_else(|| {
            self.book.heard.push(Heard { from, route, share, letters: Vec::new() });
            self.book.heard.len() - 1
        });
        self.book.heard[place].letters.push((number, op, to));
        Ok(number)
    }

    fn bear(&mut self, cx: &mut Context<'_>, child: u32) -> Result<Cap<dyn Actor>> {
        let born = cx.spawn(Self::new(child))?;
        self.children.push(born);
        Ok(born)
    }

    fn later(&mut self, cx: &mut Context<'_>) -> Result<Promise<Cap<dyn Actor>>> {
        let (promise, resolver) = cx.promise()?;
        self.open.push(resolver);
        self.book.owes += 1;
        Ok(promise)
    }

    fn part(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.slots.clear();
        self.decide(cx, None)?;
        for child in self.children.clone() {
            child.near(cx).part()?;
        }
        Ok(())
    }

    fn books(&self, cx: &mut Context<'_>) -> Result<Vec<Book>> {
        let mut books = vec![self.book.clone()];
        for child in &self.children {
            books.extend(child.near(cx).books()?);
        }
        Ok(books)
    }
}

#[hogshead::continuations]
impl Player {
    #[continuation]
    fn answered(
        &mut self,
        _cx: &mut Context<'_>,
        outcome: Result<u64>,
        route: u64,
        number: u64,
    ) -> Result<()> {
        let letter = self
            .book
            .routes
            .get_mut(index(route))
            .and_then(|route| route.letters.get_mut(index(number.saturating_sub(1))));
        if let Some((_, settled)) = letter {
            let right = outcome.map(|heard| heard == number);
            let outcome = match right {
                Ok(true) => TOLD.to_owned(),
                Ok(false) => "answered as another letter".to_owned(),
                Err(error) => error.to_string(),
            };
            note(settled, outcome);
        }
        Ok(())
    }

    #[continuation]
    fn rings(
        &mut self,
        cx: &mut Context<'_>,
        due: Result<Timestamp>,
        place: u64,
        command: Command,
    ) -> Result<()> {
        let Some(alarm) = self.book.alarms.get_mut(index(place)) else { return Ok(()) };
        alarm.times += 1;
        // One that broke has not rung.
        alarm.rang = alarm.rang.or(due.is_ok().then_some(cx.now().0));
        let op = alarm.op;
        if let Command::Alarm { slot, times, .. } = command
            && self.slots.contains_key(&slot)
        {
            self.write(cx, op, slot, times)?;
        }
        Ok(())
    }

    #[continuation]
    fn given(&mut self, _cx: &mut Context<'_>, outcome: Result<()>, place: u64) -> Result<()> {
        self.settle(place, outcome);
        Ok(())
    }

    #[continuation]
    fn came(
        &mut self,
        _cx: &mut Context<'_>,
        outcome: Result<Cap<dyn Actor>>,
        place: u64,
    ) -> Result<()> {
        self.settle(place, outcome.map(|_| ()));
        Ok(())
    }
}

impl Player {
    fn settle(&mut self, place: u64, outcome: Result<()>) {
        if let Some(asked) = self.book.asked.get_mut(index(place)) {
            note(&mut asked.outcome, said(outcome));
        }
    }
}

/// Holds one other, for knots.
#[hogshead::interface]
pub trait Holder {
    /// Holds it from now on.
    fn hold(&mut self, cx: &mut Context<'_>, what: Cap<dyn Holder>) -> Result<()>;
}

/// Holds one other.
#[derive(Serialize, Deserialize, Default)]
pub struct Passer {
    held: Option<Cap<dyn Holder>>,
}

#[hogshead::object(name = "passer", version = 1)]
impl Holder for Passer {
    fn hold(&mut self, _cx: &mut Context<'_>, what: Cap<dyn Holder>) -> Result<()> {
        self.held = Some(what);
        Ok(())
    }
}

/// An outcome in the books.
fn said(outcome: Result<()>) -> String {
    match outcome {
        Ok(()) => TOLD.to_owned(),
        Err(error) => error.to_string(),
    }
}

/// Notes an outcome; a second one for the same shows.
fn note(outcome: &mut Option<String>, said: String) {
    *outcome = Some(if outcome.is_none() { said } else { "settled twice".to_owned() });
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The number of the first child; roots have lower ones.
pub const FIRST_CHILD: u32 = 1_000;

/// How the books say that all went well.
pub const TOLD: &str = "told";
