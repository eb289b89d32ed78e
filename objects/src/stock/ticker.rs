//! A ticker: one beat, told to everybody who registered for it.

use serde::{Deserialize, Serialize};

use super::clock::Ticked;
use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::ids::Timestamp;
use crate::limits;
use crate::promise::Promise;
use crate::value::Value;

/// Tells every member of each beat, in the order in which they registered.
///
/// It beats when it is told to: by hand ([`beat`](Ticker::beat)), or by a clock, since it takes the
/// [ticks](Ticked) that [`Clock::every`](super::clock::Clock::every) sends. So a game, a simulation
/// or a patrol has one timer and not one a piece, and all of its pieces move in one order.
///
/// A member leaves by answering a beat with [`Next::Leave`], or by its [`Place`]. One whose reference
/// was revoked or whose session ended has left, and so has one that fails
/// [`FAILURES_MAX`](limits::FAILURES_MAX) times in a row. One that has not answered yet is not
/// told of further beats until it has; then one beat stands for all that it missed. So nobody who is
/// slow, or never answers, keeps the others waiting or fills the vat.
///
/// ```
/// use hogshead_objects::stock::clock::{CatchUp, Clock};
/// use hogshead_objects::stock::ticker::{Beat, Metronome, Next, TickMember, Ticker};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Context, Result};
/// use serde::{Deserialize, Serialize};
///
/// /// Burns for so many beats.
/// #[derive(Serialize, Deserialize)]
/// struct Candle {
///     left: u64,
/// }
///
/// #[hogshead_objects::object(name = "candle", version = 1)]
/// impl TickMember for Candle {
///     fn beat(&mut self, _cx: &mut Context<'_>, beat: Beat) -> Result<Next> {
///         self.left = self.left.saturating_sub(beat.count);
///         Ok(if self.left == 0 { Next::Leave } else { Next::Stay })
///     }
/// }
///
/// let mut bench = Bench::new();
/// let (ticker, clock) = (bench.spawn_apart(Metronome::default()), bench.clock());
/// for left in [1, 3] {
///     let candle = bench.spawn_apart(Candle { left });
///     bench.turn(|cx| ticker.tell(cx).register(candle))?;
/// }
/// bench.turn(|cx| clock.tell(cx).every(1_000, CatchUp::Once, ticker.cast()))?;
/// bench.advance(1_000);
/// // By hand as well. The short candle is out by now.
/// let told = bench.turn(|cx| ticker.send(cx).beat())?;
/// bench.run();
/// assert_eq!(bench.answer(told)?, 1);
/// bench.advance(1_000);
/// let members = bench.turn(|cx| ticker.send(cx).members())?;
/// bench.run();
/// assert_eq!(bench.answer(members)?, 0);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Ticker {
    /// Adds a member, at the end. Refused with [`Class::Busy`] if there are
    /// [`MEMBERS_MAX`](limits::MEMBERS_MAX).
    fn register(
        &mut self,
        cx: &mut Context<'_>,
        member: Cap<dyn TickMember>,
    ) -> Result<Cap<dyn Place>>;

    /// Beats once; gives the number of members who were told.
    fn beat(&mut self, cx: &mut Context<'_>) -> Result<u64>;

    /// How many members there are.
    fn members(&self, cx: &mut Context<'_>) -> Result<u64>;

    /// A new facet that can only `register`.
    fn register_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Ticker>>;
}

/// Who takes part.
#[crate::interface]
pub trait TickMember {
    /// A beat. Of a member written in another language every answer but the text or symbol `leave`
    /// means that it stays.
    fn beat(&mut self, cx: &mut Context<'_>, beat: Beat) -> Result<Next>;
}

/// A member's place: the right to give it up.
#[crate::interface]
pub trait Place {
    /// Leaves; `false` if it had left. A beat that is on its way arrives nevertheless.
    fn leave(&mut self, cx: &mut Context<'_>) -> Result<bool>;

    /// Why the member is not there any more; nothing if it is.
    fn left(&self, cx: &mut Context<'_>) -> Result<Option<Error>>;
}

/// A beat.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Beat {
    /// Beats of a ticker are counted from one.
    pub number: u64,
    /// For how many beats this one stands, itself included.
    pub count: u64,
}

/// What a member does after a beat.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Next {
    /// Goes on.
    Stay,
    /// Leaves.
    Leave,
}

/// The stock ticker, `hogshead/ticker`. It is constructed from nothing.
#[derive(Serialize, Deserialize, Default, Debug)]
pub struct Metronome {
    beats: u64,
    members: Vec<Member>,
}

/// A member, and what holds the wait for its answer: held here and not by the place itself, it goes
/// with the ticker.
#[derive(Serialize, Deserialize, Debug)]
struct Member {
    place: Cap<dyn Seat>,
    wait: Option<Promise<()>>,
}

#[crate::object(
    name = "ticker",
    version = 1,
    interfaces(Ticked),
    construct = |_| Ok(Metronome::default())
)]
impl Ticker for Metronome {
    fn register(
        &mut self,
        cx: &mut Context<'_>,
        member: Cap<dyn TickMember>,
    ) -> Result<Cap<dyn Place>> {
        let max = limits::MEMBERS_MAX;
        if self.members.len() >= max {
            self.remove_who_left(cx)?;
        }
        if self.members.len() >= max {
            let why = format!("a ticker has at most {max} members; try again later");
            return Err(Error::new(Class::Busy, why));
        }
        let place: Cap<dyn Seat> = cx.spawn(TickPlace::new(member, self.beats))?.cast();
        self.members.push(Member { place, wait: None });
        place.near(cx).for_member()
    }

    fn beat(&mut self, cx: &mut Context<'_>) -> Result<u64> {
        self.beat_for(cx, 1)
    }

    fn members(&self, cx: &mut Context<'_>) -> Result<u64> {
        let mut count = 0;
        for member in &self.members {
            count += u64::from(member.place.near(cx).is_taken()?);
        }
        Ok(count)
    }

    fn register_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Ticker>> {
        cx.facet(&["register"], "register only")
    }
}

/// A clock's ticks are beats; one that stands for several is a beat that does.
impl Ticked for Metronome {
    fn tick(&mut self, cx: &mut Context<'_>, count: u64, _due: Timestamp) -> Result<()> {
        self.beat_for(cx, count.max(1)).map(drop)
    }
}

impl Metronome {
    fn beat_for(&mut self, cx: &mut Context<'_>, count: u64) -> Result<u64> {
        self.beats = self.beats.saturating_add(count);
        let mut told = 0;
        let mut stay = Vec::with_capacity(self.members.len());
        for mut member in std::mem::take(&mut self.members) {
            match member.place.near(cx).beat(self.beats)? {
                Told::Left => continue,
                Told::Waits => {}
                Told::Told(wait) => {
                    member.wait = Some(wait);
                    told += 1;
                }
            }
            stay.push(member);
        }
        self.members = stay;
        Ok(told)
    }

    fn remove_who_left(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let mut stay = Vec::with_capacity(self.members.len());
        for member in std::mem::take(&mut self.members) {
            if member.place.near(cx).is_taken()? {
                stay.push(member);
            }
        }
        self.members = stay;
        Ok(())
    }
}

/// How the ticker reaches a member's place.
#[crate::interface]
pub trait Seat {
    /// Tells the member of the beat with that number, unless it owes an answer.
    #[method(name = "hog:beat")]
    fn beat(&mut self, cx: &mut Context<'_>, number: u64) -> Result<Told>;

    /// What the member gets of it.
    #[method(name = "hog:for-member")]
    fn for_member(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Place>>;

    /// Whether the member has not left.
    #[method(name = "hog:is-taken")]
    fn is_taken(&self, cx: &mut Context<'_>) -> Result<bool>;
}

/// What became of a beat.
#[doc(hidden)]
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub enum Told {
    Left,
    Waits,
    Told(Promise<()>),
}

/// A place, `hogshead/ticker-place`.
#[derive(Serialize, Deserialize, Debug)]
pub(super) struct TickPlace {
    member: Option<Cap<dyn TickMember>>,
    /// The last beat that the member was told of.
    beat: u64,
    waits: bool,
    failures: u32,
    left: Option<Error>,
}

#[crate::object(name = "ticker-place", version = 1, interfaces(Seat), continuations)]
impl Place for TickPlace {
    fn leave(&mut self, _cx: &mut Context<'_>) -> Result<bool> {
        let there = self.member.is_some();
        self.end(Error::new(Class::Stopped, "it gave up its place"));
        Ok(there)
    }

    fn left(&self, _cx: &mut Context<'_>) -> Result<Option<Error>> {
        Ok(self.left.clone())
    }
}

impl Seat for TickPlace {
    fn beat(&mut self, cx: &mut Context<'_>, number: u64) -> Result<Told> {
        let Some(member) = self.member else { return Ok(Told::Left) };
        if self.waits {
            return Ok(Told::Waits);
        }
        let beat = Beat { number, count: number.saturating_sub(self.beat) };
        // A member that may not be sent more now is told later.
        let Ok(answer) = member.send(cx).beat(beat) else { return Ok(Told::Waits) };
        let wait = answer.cast().then_while_wanted(cx, Self::on_answer, ())?;
        (self.beat, self.waits) = (number, true);
        Ok(Told::Told(wait))
    }

    fn for_member(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Place>> {
        cx.facet(&["leave", "left"], "a ticker's place")
    }

    fn is_taken(&self, _cx: &mut Context<'_>) -> Result<bool> {
        Ok(self.member.is_some())
    }
}

#[crate::continuations]
impl TickPlace {
    #[continuation]
    fn on_answer(&mut self, _cx: &mut Context<'_>, answer: Result<Value>) -> Result<()> {
        self.waits = false;
        let error = match answer {
            Ok(next) => {
                self.failures = 0;
                if leaves(&next) {
                    self.end(Error::new(Class::Stopped, "it left"));
                }
                return Ok(());
            }
            Err(error) => error,
        };
        self.failures += 1;
        if is_gone(&error) || self.failures >= limits::FAILURES_MAX {
            self.end(error);
        }
        Ok(())
    }
}

impl TickPlace {
    fn new(member: Cap<dyn TickMember>, beat: u64) -> Self {
        Self { member: Some(member), beat, waits: false, failures: 0, left: None }
    }

    fn end(&mut self, why: Error) {
        if self.member.take().is_some() {
            self.left = Some(why);
        }
    }
}

fn leaves(answer: &Value) -> bool {
    match answer {
        Value::String(text) => text == "leave",
        Value::Symbol(symbol) => symbol.as_str() == "leave",
        _ => false,
    }
}

/// Whether nothing can ever be sent to whom this error came from.
pub(crate) fn is_gone(error: &Error) -> bool {
    matches!(error.class(), Class::Revoked | Class::Severed | Class::NotFound)
}
