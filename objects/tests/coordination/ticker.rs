//! Tickers: order, leaving, and members who are slow, fail or never answer.

use hogshead_objects::limits::FAILURES_MAX;
use hogshead_objects::stock::clock::CatchUp;
use hogshead_objects::stock::ticker::{Beat, Metronome, Next, Place, TickMember, Ticker};
use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Error, Promise, Resolver, Result, Value, interface, object,
};
use serde::{Deserialize, Serialize};

use super::super::bench;

/// Writes down who was told of which beat.
#[interface]
pub trait Scribe {
    fn write(&mut self, cx: &mut Context<'_>, line: String) -> Result<()>;
    fn read(&self, cx: &mut Context<'_>) -> Result<Vec<String>>;
}

#[derive(Serialize, Deserialize, Default)]
struct Book(Vec<String>);

#[object(name = "book", version = 1)]
impl Scribe for Book {
    fn write(&mut self, _cx: &mut Context<'_>, line: String) -> Result<()> {
        self.0.push(line);
        Ok(())
    }

    fn read(&self, _cx: &mut Context<'_>) -> Result<Vec<String>> {
        Ok(self.0.clone())
    }
}

/// A member that has every beat written down, and answers as it was told.
#[derive(Serialize, Deserialize)]
struct Player {
    name: String,
    book: Cap<dyn Scribe>,
    manner: Manner,
    owed: Vec<Resolver<Value>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
enum Manner {
    Stays,
    LeavesAt(u64),
    Throws,
    NeverAnswers,
}

#[interface]
pub trait Beaten {
    fn beat(&mut self, cx: &mut Context<'_>, beat: Beat) -> Result<Promise<Value>>;
    fn answer_now(&mut self, cx: &mut Context<'_>) -> Result<()>;
}

#[object(name = "player", version = 1)]
impl Beaten for Player {
    fn beat(&mut self, cx: &mut Context<'_>, beat: Beat) -> Result<Promise<Value>> {
        let Beat { number, count } = beat;
        self.book.tell(cx).write(format!("{} {number}/{count}", self.name))?;
        let (promise, resolver) = cx.promise()?;
        let next = match self.manner {
            Manner::Throws => return Err(cx.refuse(Error::refused("I will not"))),
            Manner::NeverAnswers => {
                self.owed.push(resolver);
                return Ok(promise);
            }
            Manner::LeavesAt(last) if number >= last => Next::Leave,
            _ => Next::Stay,
        };
        let answer = hogshead_objects::codec::to_value(&next)?;
        resolver.fulfill(cx, answer)?;
        Ok(promise)
    }

    fn answer_now(&mut self, cx: &mut Context<'_>) -> Result<()> {
        for owed in std::mem::take(&mut self.owed) {
            owed.fulfill(cx, Value::Undefined)?;
        }
        Ok(())
    }
}

struct Stage {
    bench: Bench,
    ticker: Cap<dyn Ticker>,
    book: Cap<dyn Scribe>,
}

impl Stage {
    fn new() -> Self {
        let mut bench = bench();
        let ticker = bench.spawn_apart(Metronome::default());
        let book = bench.spawn_apart(Book::default());
        Self { bench, ticker, book }
    }

    fn add(&mut self, name: &str, manner: Manner) -> (Cap<dyn Beaten>, Cap<dyn Place>) {
        let (book, owed) = (self.book, Vec::new());
        let player = Player { name: name.into(), book, manner, owed };
        let player = self.bench.spawn_apart(player);
        let ticker = self.ticker;
        let member: Cap<dyn TickMember> = player.cast();
        let place = self.bench.outcome(|cx| ticker.send(cx).register(member)).unwrap();
        (player, place)
    }

    fn beat(&mut self) -> u64 {
        let ticker = self.ticker;
        self.bench.outcome(|cx| ticker.send(cx).beat()).unwrap()
    }

    fn members(&mut self) -> u64 {
        let ticker = self.ticker;
        self.bench.outcome(|cx| ticker.send(cx).members()).unwrap()
    }

    fn lines(&mut self) -> Vec<String> {
        let book = self.book;
        self.bench.outcome(|cx| book.send(cx).read()).unwrap()
    }

    fn left(&mut self, place: Cap<dyn Place>) -> Option<Error> {
        self.bench.outcome(|cx| place.send(cx).left()).unwrap()
    }
}

#[test]
fn members_are_told_in_the_order_in_which_they_came_until_they_leave() {
    let mut stage = Stage::new();
    stage.add("a", Manner::Stays);
    let (_, place) = stage.add("b", Manner::LeavesAt(2));
    stage.add("c", Manner::Stays);
    assert_eq!((stage.beat(), stage.beat(), stage.beat()), (3, 3, 2));
    let expected = ["a 1/1", "b 1/1", "c 1/1", "a 2/1", "b 2/1", "c 2/1", "a 3/1", "c 3/1"];
    assert_eq!(stage.lines(), expected);
    assert_eq!(stage.left(place).unwrap().message(), "it left");
    // One that comes later is told from the next beat on.
    let (_, place) = stage.add("d", Manner::Stays);
    assert_eq!((stage.beat(), stage.lines().last().unwrap().as_str()), (3, "d 4/1"));
    let gave_up = stage.bench.outcome(|cx| place.send(cx).leave());
    assert_eq!((gave_up, stage.members()), (Ok(true), 2));
    let again = stage.bench.outcome(|cx| place.send(cx).leave());
    assert_eq!((again, stage.beat()), (Ok(false), 2));
}

#[test]
fn whoever_does_not_answer_is_told_once_for_all_that_it_missed_and_holds_nobody_up() {
    let mut stage = Stage::new();
    let (slow, _) = stage.add("slow", Manner::NeverAnswers);
    stage.add("quick", Manner::Stays);
    assert_eq!((stage.beat(), stage.beat(), stage.beat()), (2, 1, 1));
    stage.bench.outcome(|cx| slow.send(cx).answer_now()).unwrap();
    assert_eq!(stage.beat(), 2);
    let expected = ["slow 1/1", "quick 1/1", "quick 2/1", "quick 3/1", "slow 4/3", "quick 4/1"];
    assert_eq!(stage.lines(), expected);
}

#[test]
fn whoever_always_fails_has_left_after_a_while_and_whoever_was_revoked_at_once() {
    let mut stage = Stage::new();
    let (_, fails) = stage.add("fails", Manner::Throws);
    stage.add("stays", Manner::Stays);
    for _ in 1..FAILURES_MAX {
        stage.beat();
    }
    assert_eq!((stage.left(fails), stage.members()), (None, 2));
    stage.beat();
    assert_eq!(stage.left(fails).unwrap().message(), "I will not");
    assert_eq!(stage.members(), 1);
    // Nothing that an object can be sent to any more.
    let gone = stage.bench.turn(|cx| {
        let (promise, resolver) = cx.promise::<Cap<dyn TickMember>>()?;
        resolver.break_(cx, Error::new(Class::Revoked, "taken back"))?;
        stage.ticker.send(cx).register(promise.cap())
    });
    stage.bench.run();
    let place = stage.bench.answer(gone.unwrap()).unwrap();
    assert_eq!((stage.beat(), stage.members()), (2, 1));
    assert_eq!(stage.left(place).unwrap().class(), Class::Revoked);
}

#[test]
fn a_clock_beats_it_and_ticks_that_were_missed_are_one_beat() {
    let mut stage = Stage::new();
    stage.add("a", Manner::Stays);
    let clock = stage.bench.clock();
    let ticker = stage.ticker;
    stage.bench.turn(|cx| clock.tell(cx).every(100, CatchUp::Once, ticker.cast())).unwrap();
    stage.bench.advance(100);
    stage.bench.advance(350);
    assert_eq!(stage.lines(), ["a 1/1", "a 4/3"]);
}

#[test]
fn a_place_is_only_left_and_who_registers_does_not_beat() {
    let mut stage = Stage::new();
    let (_, place) = stage.add("a", Manner::Stays);
    let ticker = stage.ticker;
    let register = stage.bench.outcome(|cx| ticker.send(cx).register_only()).unwrap();
    let beat = stage.bench.outcome(|cx| register.send(cx).beat());
    assert_eq!(beat.unwrap_err().class(), Class::Denied);
    let message = hogshead_objects::Message::new("hog:beat", [Value::from(9_u64)]);
    let forged = stage.bench.outcome(|cx| cx.send(place, message));
    assert_eq!(forged.unwrap_err().class(), Class::Denied);
}
