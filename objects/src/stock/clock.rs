//! The capability to know the time and to be woken at one: clocks and timers.

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::ids::Timestamp;
use crate::limits;
use crate::promise::Promise;

/// Tells the time and sets timers.
///
/// A vat serves clocks itself; the owner makes one by `admin.clock(vat)` and hands it to whom it
/// trusts with it. It is an ordinary facet: it can be passed on, narrowed (a facet with `now` alone
/// tells the time and wakes nobody) and revoked. A revoked clock takes its timers along: none of
/// them fires any more.
///
/// Timers are records. They outlast the process, and what came due while it was down fires at the
/// next start, in order of time. They never fire early, and may fire late. A wait is counted from
/// when the clock takes the message.
///
/// Who only wants to wait uses the promise of [`after`](Clock::after) or [`at`](Clock::at), to
/// which [`then`](Promise::then) leads on; when nobody waits for it any more the timer is let go.
/// Who may change its mind sets a [`timer`](Clock::timer), and who wants a message, once or again
/// and again, has a [`Ticked`] told by [`once`](Clock::once) or [`every`](Clock::every).
///
/// ```
/// use hogshead_objects::ids::Timestamp;
/// use hogshead_objects::stock::clock::Clock;
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Cap, Context, Promise, Result};
/// use serde::{Deserialize, Serialize};
///
/// #[hogshead_objects::interface]
/// pub trait Kitchen {
///     fn boil(&mut self, cx: &mut Context<'_>, minutes: u64) -> Result<Promise<String>>;
/// }
///
/// #[derive(Serialize, Deserialize)]
/// struct Cook {
///     clock: Cap<dyn Clock>,
/// }
///
/// #[hogshead_objects::object(name = "cook", version = 1, continuations)]
/// impl Kitchen for Cook {
///     fn boil(&mut self, cx: &mut Context<'_>, minutes: u64) -> Result<Promise<String>> {
///         let due = self.clock.send(cx).after(minutes * 60_000)?;
///         due.then(cx, Self::on_boiled, minutes)
///     }
/// }
///
/// #[hogshead_objects::continuations]
/// impl Cook {
///     #[continuation]
///     fn on_boiled(
///         &mut self,
///         _cx: &mut Context<'_>,
///         due: Result<Timestamp>,
///         minutes: u64,
///     ) -> Result<String> {
///         due?;
///         Ok(format!("an egg of {minutes} minutes"))
///     }
/// }
///
/// let mut bench = Bench::new();
/// let clock = bench.clock();
/// let cook = bench.spawn_apart(Cook { clock });
/// let egg = bench.turn(|cx| cook.send(cx).boil(4))?;
/// bench.advance(3 * 60_000);
/// assert!(bench.answer(egg).is_err(), "it is not done yet");
/// bench.advance(60_000);
/// assert_eq!(bench.answer(egg)?, "an egg of 4 minutes");
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Clock {
    /// The time.
    fn now(&self, cx: &mut Context<'_>) -> Result<Timestamp>;

    /// Fulfilled, with the time for which it was set, so many milliseconds from now.
    fn after(&mut self, cx: &mut Context<'_>, milliseconds: u64) -> Result<Promise<Timestamp>>;

    /// Fulfilled, with that time, at `time`; at once if it has passed.
    fn at(&mut self, cx: &mut Context<'_>, time: Timestamp) -> Result<Promise<Timestamp>>;

    /// A timer for `time` that can be cancelled; [`Timer::done`] tells when it fires. It is let go
    /// with whoever held it or waited for it.
    fn timer(&mut self, cx: &mut Context<'_>, time: Timestamp) -> Result<Cap<dyn Timer>>;

    /// Sends `target` one [`tick`](Ticked::tick) at `time`, also if nobody keeps the timer.
    fn once(
        &mut self,
        cx: &mut Context<'_>,
        time: Timestamp,
        target: Cap<dyn Ticked>,
    ) -> Result<Cap<dyn Timer>>;

    /// Sends `target` a [`tick`](Ticked::tick) every `period` milliseconds, the first a period from
    /// now, until the timer is cancelled, also if nobody keeps it. It ends too when the target is
    /// gone, or this clock or the target's reference is revoked.
    ///
    /// Times are counted from the first one and do not drift, however late a tick is. `catch_up`
    /// says what becomes of ticks that could not be sent in time, and of those that nobody can take
    /// yet, because the target is a promise that is not resolved, or has too much waiting.
    fn every(
        &mut self,
        cx: &mut Context<'_>,
        period: u64,
        catch_up: CatchUp,
        target: Cap<dyn Ticked>,
    ) -> Result<Cap<dyn Timer>>;

    /// The same with ticks at `first` and every period after it. If `first` has passed, it says at
    /// which moments they are, and the next of these is the first tick: a day's period from any
    /// midnight on ticks at midnights.
    fn every_from(
        &mut self,
        cx: &mut Context<'_>,
        first: Timestamp,
        period: u64,
        catch_up: CatchUp,
        target: Cap<dyn Ticked>,
    ) -> Result<Cap<dyn Timer>>;
}

/// A timer that was set: the right to cancel it.
#[crate::interface]
pub trait Timer {
    /// Cancels it: it fires no more, and [`done`](Timer::done) breaks with
    /// [`Class::Stopped`]. `false` if it was over already. A tick that is on
    /// its way arrives nevertheless.
    fn cancel(&mut self, cx: &mut Context<'_>) -> Result<bool>;

    /// Fulfilled, with the time that it was set for, when a timer that fires once has fired; broken
    /// when it was cancelled or cannot go on. A timer of [`every`](Clock::every) never fulfils it.
    fn done(&self, cx: &mut Context<'_>) -> Result<Promise<Timestamp>>;
}

/// What a clock sends its ticks to.
#[crate::interface]
pub trait Ticked {
    /// The time has come. `count` says for how many ticks this one stands, itself included, and
    /// `due` for when the last of them was set.
    fn tick(&mut self, cx: &mut Context<'_>, count: u64, due: Timestamp) -> Result<()>;
}

/// What becomes of the ticks of [`Clock::every`] that could not be sent in time: because the host
/// was down, its vat paused, or just busy.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum CatchUp {
    /// Each is sent, in order, with a count of one. Of more than [`CatchUp::ALL_MAX`] the oldest
    /// are told as one tick, with their count.
    All,
    /// One is sent for all of them, with their count.
    Once,
    /// They are not sent. The newest one is if it is no later than [`CatchUp::LATE_MS_MAX`]: being
    /// late is not being missed.
    Skip,
}

/// What is to be done about a tick that is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TicksDue {
    /// How many ticks to tell of, and when the last of them was due; nothing if they are skipped.
    pub tick: Option<(u64, Timestamp)>,
    /// When the next one is due. It may be due already.
    pub next: Timestamp,
}

impl CatchUp {
    /// Missed ticks that [`CatchUp::All`] sends one by one, in ticks.
    pub const ALL_MAX: u64 = limits::TICKS_CAUGHT_UP_MAX;

    /// How late a tick may be without being missed, in milliseconds, if its period is longer.
    pub const LATE_MS_MAX: u64 = limits::TICK_LATE_MS_MAX;

    /// The shortest period, in milliseconds.
    pub const PERIOD_MS_MIN: u64 = limits::TIMER_PERIOD_MS_MIN;

    /// The first tick after `now` of those every `period` milliseconds before and after `first`;
    /// `first` itself if it is to come. Refuses a period that is too short.
    pub fn first_tick(first: Timestamp, period: u64, now: Timestamp) -> Result<Timestamp> {
        let min = Self::PERIOD_MS_MIN;
        if period >= min {
            return Ok(match now.0.checked_sub(first.0) {
                None | Some(0) => first,
                Some(passed) => Timestamp(now.0.saturating_add(period - passed % period)),
            });
        }
        let why = format!("a period of {period} ms is too short; {min} ms is the shortest");
        Err(Error::new(Class::Limit, why))
    }

    /// What is due at `now` of ticks every `period` milliseconds from `due` on, of which the first
    /// is due.
    pub fn ticks_due(self, due: Timestamp, period: u64, now: Timestamp) -> TicksDue {
        let period = period.max(1);
        let passed = now.0.saturating_sub(due.0) / period;
        // The newest tick that is due, and how many there are with it.
        let last = due.0.saturating_add(passed.saturating_mul(period));
        let count = passed.saturating_add(1);
        let after = |tick: u64| Timestamp(tick.saturating_add(period));
        match self {
            Self::All => {
                let told = (count.saturating_sub(Self::ALL_MAX) + 1).min(count);
                let last = due.0.saturating_add((told - 1).saturating_mul(period));
                TicksDue { tick: Some((told, Timestamp(last))), next: after(last) }
            }
            Self::Once => TicksDue { tick: Some((count, Timestamp(last))), next: after(last) },
            Self::Skip => {
                let punctual = now.0.saturating_sub(last) <= Self::LATE_MS_MAX;
                let tick = punctual.then_some((1, Timestamp(last)));
                TicksDue { tick, next: after(last) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3_600_000;

    fn check(catch_up: CatchUp, period: u64, now: u64, tick: Option<(u64, u64)>, next: u64) {
        let tick = tick.map(|(count, due)| (count, Timestamp(due)));
        let found = catch_up.ticks_due(Timestamp(1_000), period, Timestamp(now));
        assert_eq!(found, TicksDue { tick, next: Timestamp(next) }, "{catch_up:?} at {now}");
    }

    #[test]
    fn each_way_to_catch_up_says_what_is_sent_and_what_comes_next() {
        for catch_up in [CatchUp::All, CatchUp::Once, CatchUp::Skip] {
            check(catch_up, 100, 1_000, Some((1, 1_000)), 1_100);
            check(catch_up, 100, 1_099, Some((1, 1_000)), 1_100);
        }
        check(CatchUp::All, 100, 1_350, Some((1, 1_000)), 1_100);
        check(CatchUp::Once, 100, 1_350, Some((4, 1_300)), 1_400);
        check(CatchUp::Skip, 100, 1_350, Some((1, 1_300)), 1_400);
        let (last, next) = (1_000 + 3 * HOUR, 1_000 + 4 * HOUR);
        let late = last + CatchUp::LATE_MS_MAX;
        check(CatchUp::Skip, HOUR, late, Some((1, last)), next);
        check(CatchUp::Skip, HOUR, late + 1, None, next);
        check(CatchUp::Once, HOUR, late + 1, Some((4, last)), next);
    }

    #[test]
    fn a_first_tick_that_has_passed_says_at_which_moments_the_others_are() {
        let first = |first, now| {
            CatchUp::first_tick(Timestamp(first), 100, Timestamp(now)).map(|time| time.0)
        };
        assert_eq!(first(500, 400), Ok(500));
        assert_eq!(first(500, 500), Ok(500));
        assert_eq!(first(500, 501), Ok(600));
        assert_eq!(first(500, 1_600), Ok(1_700));
        assert_eq!(first(0, u64::MAX), Ok(u64::MAX));
        let short = CatchUp::PERIOD_MS_MIN - 1;
        let refused = CatchUp::first_tick(Timestamp(0), short, Timestamp(0)).unwrap_err();
        assert_eq!(refused.class(), Class::Limit);
    }

    #[test]
    fn of_more_than_all_max_missed_ticks_the_oldest_are_told_as_one() {
        let count = CatchUp::ALL_MAX + 5;
        let now = Timestamp(count - 1);
        let first = CatchUp::All.ticks_due(Timestamp(0), 1, now);
        assert_eq!(first.tick, Some((6, Timestamp(5))));
        let mut told = 6;
        let mut due = first.next;
        while due <= now {
            let ticks = CatchUp::All.ticks_due(due, 1, now);
            assert_eq!(ticks.tick, Some((1, due)));
            (told, due) = (told + 1, ticks.next);
        }
        assert_eq!(told, count, "no tick is left out");
    }

    #[test]
    fn the_end_of_time_is_no_panic() {
        for catch_up in [CatchUp::All, CatchUp::Once, CatchUp::Skip] {
            let ticks = catch_up.ticks_due(Timestamp(0), 0, Timestamp(u64::MAX));
            assert!(ticks.next > Timestamp(0));
            catch_up.ticks_due(Timestamp(u64::MAX), u64::MAX, Timestamp(u64::MAX));
        }
    }
}
