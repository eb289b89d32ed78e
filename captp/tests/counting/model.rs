//! The model: who should hold what, told without sessions, positions or counts.
//!
//! Everything that is passed around is a [`Thing`]. The model writes down what was done and works
//! out, once everything has arrived, what each vat holds: it does not know what is in flight.

use std::collections::{BTreeMap, BTreeSet};

/// An object, a promise or a resolver, by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Thing(pub u64);

/// What a thing is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Keeps, echoes or gives, as it is asked.
    Object,
    /// Becomes what it is settled with.
    Promise,
    /// Settles the promise.
    Resolver(Thing),
}

/// What a message asks of an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// Keep all; answer with nothing.
    Keep,
    /// Keep nothing; answer with a list of all.
    Echo,
    /// Keep nothing; answer with the first.
    Give,
}

/// A message once sent, by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Sent(pub usize);

/// What a message is sent to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// A thing that the sender holds.
    Thing(Thing),
    /// What the answer of an earlier message becomes.
    Answer(Sent),
    /// What the first item of the answer of an earlier message becomes.
    Part(Sent),
}

struct Message {
    to: To,
    verb: Verb,
    things: Vec<Thing>,
    /// Who holds the answer, and the first item of it.
    asker: Option<usize>,
    part: Option<usize>,
    /// Whether an answer was asked for, held or not: who answers owes it.
    asked: bool,
    /// Whether the first item of the answer was asked for.
    part_asked: bool,
}

/// Where a message ends up.
enum End {
    /// At an object of this vat.
    At(usize),
    /// It waits for a promise of this vat.
    Waits(usize),
    /// It is broken: sent to what is no object.
    Broken,
}

/// Where following a reference ends.
enum Found {
    Thing(Thing),
    Waits(usize),
    Nothing,
}

/// Everything that was done.
#[derive(Default)]
pub struct Model {
    things: BTreeMap<Thing, (usize, Kind)>,
    settled: BTreeMap<Thing, Option<Thing>>,
    messages: Vec<Message>,
    /// What each vat was given at first, less what it let go of: may be negative until what was
    /// sent to it is counted.
    own: BTreeMap<(usize, Thing), i64>,
}

impl Model {
    /// A vat makes a thing and holds it.
    pub fn make(&mut self, vat: usize, kind: Kind) -> Thing {
        let thing = Thing(u64::try_from(self.things.len()).expect("few"));
        self.things.insert(thing, (vat, kind));
        *self.own.entry((vat, thing)).or_default() += 1;
        thing
    }

    /// A vat comes to hold a thing without a message.
    pub fn gain(&mut self, vat: usize, thing: Thing) {
        *self.own.entry((vat, thing)).or_default() += 1;
    }

    /// A vat lets go of one of its references to a thing.
    pub fn drop(&mut self, vat: usize, thing: Thing) {
        *self.own.entry((vat, thing)).or_default() -= 1;
    }

    /// A message is sent.
    pub fn send(&mut self, to: To, verb: Verb, things: Vec<Thing>, asker: Option<usize>) -> Sent {
        let asked = asker.is_some();
        self.messages.push(Message {
            to,
            verb,
            things,
            asker,
            part: None,
            asked,
            part_asked: false,
        });
        Sent(self.messages.len() - 1)
    }

    /// The sender also holds the first item of an answer.
    pub fn hold_part(&mut self, of: Sent) {
        let message = &mut self.messages[of.0];
        (message.part, message.part_asked) = (message.asker, true);
    }

    /// The sender lets go of the answer of a message, and of the first item of it.
    pub fn drop_answer(&mut self, of: Sent) {
        (self.messages[of.0].asker, self.messages[of.0].part) = (None, None);
    }

    /// A promise is settled, with a thing or an error; false if it was settled already.
    pub fn settle(&mut self, promise: Thing, with: Option<Thing>) -> bool {
        let first = !self.settled.contains_key(&promise);
        self.settled.entry(promise).or_insert(with);
        first
    }

    /// Whether a promise is settled.
    pub fn is_settled(&self, promise: Thing) -> bool {
        self.settled.contains_key(&promise)
    }

    /// Whether a promise has become neither an object nor nothing yet, be it that it was settled
    /// with one that has not.
    pub fn is_pending(&self, promise: Thing) -> bool {
        matches!(self.follow(promise), Found::Waits(_))
    }

    /// What a thing is, and whose.
    pub fn what(&self, thing: Thing) -> (usize, Kind) {
        self.things[&thing]
    }

    /// Every thing.
    pub fn things(&self) -> impl Iterator<Item = Thing> {
        self.things.keys().copied()
    }

    /// The object that a thing is or has become, if it has become one.
    pub fn object(&self, thing: Thing) -> Option<Thing> {
        match self.follow(thing) {
            Found::Thing(thing) => Some(thing),
            Found::Waits(_) | Found::Nothing => None,
        }
    }

    fn follow(&self, thing: Thing) -> Found {
        match self.things[&thing] {
            (vat, Kind::Promise) => match self.settled.get(&thing) {
                None => Found::Waits(vat),
                Some(None) => Found::Nothing,
                Some(Some(next)) => self.follow(*next),
            },
            _ => Found::Thing(thing),
        }
    }

    fn end(&self, to: To) -> End {
        let found = match to {
            To::Thing(thing) => self.follow(thing),
            To::Answer(sent) | To::Part(sent) => {
                let message = &self.messages[sent.0];
                match (self.end(message.to), to, message.verb, message.things.first()) {
                    (End::Waits(vat), ..) => Found::Waits(vat),
                    (End::At(_), To::Answer(_), Verb::Give, Some(thing))
                    | (End::At(_), To::Part(_), Verb::Echo, Some(thing)) => self.follow(*thing),
                    _ => Found::Nothing,
                }
            }
        };
        match found {
            Found::Thing(thing) => match self.things[&thing] {
                (vat, Kind::Object) => End::At(vat),
                _ => End::Broken,
            },
            Found::Waits(vat) => End::Waits(vat),
            Found::Nothing => End::Broken,
        }
    }

    /// What the objects of a vat keep, with how often.
    pub fn kept(&self, vat: usize) -> BTreeMap<Thing, i64> {
        let mut kept = BTreeMap::new();
        for ((whose, thing), count) in &self.own {
            if *whose == vat {
                *kept.entry(*thing).or_default() += count;
            }
        }
        for message in self.messages.iter().filter(|message| message.verb == Verb::Keep) {
            if matches!(self.end(message.to), End::At(at) if at == vat) {
                message.things.iter().for_each(|thing| *kept.entry(*thing).or_default() += 1);
            }
        }
        kept.retain(|_, count| *count != 0);
        kept
    }

    /// Everything that a vat has a reference to, through promises that were settled too: what it
    /// keeps, what waits there, and the answers that it holds.
    pub fn reaches(&self, vat: usize) -> BTreeSet<Thing> {
        let mut open: Vec<Thing> = self.kept(vat).into_keys().collect();
        for message in &self.messages {
            match self.end(message.to) {
                End::Waits(at) if at == vat => open.extend(&message.things),
                End::At(_) => {
                    let all = match (message.verb, message.asker == Some(vat)) {
                        (Verb::Echo, true) => message.things.as_slice(),
                        (Verb::Give, true) => message.things.get(..1).unwrap_or_default(),
                        _ => &[],
                    };
                    open.extend(all);
                }
                _ => {}
            }
        }
        let mut reached = BTreeSet::new();
        while let Some(thing) = open.pop() {
            if reached.insert(thing)
                && let Some(Some(next)) = self.settled.get(&thing)
            {
                open.push(*next);
            }
        }
        reached
    }

    /// The pending promises that a vat needs because it has answered with them: whoever asked is
    /// told what becomes of them.
    pub fn owes(&self, vat: usize) -> BTreeSet<Thing> {
        let mut owed = BTreeSet::new();
        let promised = |message: &&Message| match message.verb {
            Verb::Give => message.asked,
            Verb::Echo => message.part_asked,
            Verb::Keep => false,
        };
        for message in self.messages.iter().filter(promised) {
            let mut next = message.things.first().copied();
            while let (Some(thing), End::At(at)) = (next, self.end(message.to)) {
                if at == vat {
                    owed.insert(thing);
                }
                next = self.settled.get(&thing).copied().flatten();
            }
        }
        owed
    }
}
