//! The clock guard: what stands between a clock that anybody may set and the vats.
//!
//! ```text
//!   clock ──now──▶ guard ──▶ turns, certificates, timers     never back
//!     └──elapsed──▶  │
//!                    └─▶ mark in the store: where the next start goes on from
//! ```
//!
//! - **Set back**, the clock is not followed: time goes on at half its speed until the clock has
//!   caught up.
//! - **Set forward** by more than a limit, it is not believed: time goes on as if nothing had
//!   happened, timers do not fire, and the owner is told. He accepts the new time, or mends the clock.
//! - **At a start** the clock is compared with the mark. Hosts are down for weeks and months, so
//!   this limit is long.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hogshead_objects::ids::Timestamp;

use super::clock::{Clock, VirtualClock, Wait, text};
use crate::limits::{CLOCK_JUMP_MAX, CLOCK_MARK_PACE, CLOCK_START_JUMP_MAX};

/// A clock that never goes back, and that does not jump without its owner's word.
pub(crate) struct Guard {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

/// A jump that the owner has not accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Jump {
    /// The time that the vats see.
    pub seen: Timestamp,
    /// The time that the clock shows.
    pub shown: Timestamp,
}

struct State {
    /// What was told last.
    told: u64,
    /// What had passed by then, in milliseconds of the clock that nobody sets.
    elapsed: u64,
    /// Whether the clock was at the time that is told since the start. Until then, what it shows
    /// may be what a machine shows that does not know the time yet.
    has_met: bool,
    jumped: bool,
    /// What is written down.
    mark: Option<u64>,
}

impl Guard {
    /// Guards a clock; `mark` is the time that an earlier start wrote down.
    pub fn new(clock: Arc<dyn Clock>, mark: Option<Timestamp>) -> Self {
        if let (Some(clock), Some(mark)) = (clock.as_virtual(), mark)
            && mark > clock.now()
        {
            clock.set(mark);
        }
        let elapsed = millis(clock.elapsed());
        let told = mark.unwrap_or_else(|| clock.now()).0;
        let mark = mark.map(|mark| mark.0);
        let state = State { told, elapsed, has_met: mark.is_none(), jumped: false, mark };
        let guard = Self { clock, state: Mutex::new(state) };
        guard.now();
        guard
    }

    /// The jump for which the owner is asked, if there is one.
    pub fn jump(&self) -> Option<Jump> {
        let shown = self.clock.now();
        let state = self.look(shown);
        state.jumped.then_some(Jump { seen: Timestamp(state.told), shown })
    }

    /// Believes the clock, on its owner's word; gives the jump that was accepted.
    pub fn accept(&self) -> Option<Jump> {
        let shown = self.clock.now();
        let mut state = self.look(shown);
        if !std::mem::take(&mut state.jumped) {
            return None;
        }
        let jump = Jump { seen: Timestamp(state.told), shown };
        state.meet(shown.0, millis(self.clock.elapsed()));
        Some(jump)
    }

    /// The time to be written down, if what is written is old: it is from then on that this one is.
    pub fn take_mark(&self) -> Option<Timestamp> {
        self.mark_after(millis(CLOCK_MARK_PACE))
    }

    /// The time to be written down at a start or a stop.
    pub fn take_mark_now(&self) -> Option<Timestamp> {
        self.mark_after(0)
    }

    fn mark_after(&self, pace: u64) -> Option<Timestamp> {
        let mut state = self.state();
        let told = state.told;
        let is_new = state.mark.is_none_or(|mark| told > mark && told - mark >= pace);
        is_new.then(|| {
            state.mark = Some(told);
            Timestamp(told)
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, shown: Timestamp) -> MutexGuard<'_, State> {
        let elapsed = millis(self.clock.elapsed());
        let mut state = self.state();
        if self.clock.as_virtual().is_some() {
            // It jumps because its owner says so.
            let told = state.told.max(shown.0);
            state.meet(told, elapsed);
        } else {
            state.look(shown.0, elapsed);
        }
        state
    }
}

impl Clock for Guard {
    fn now(&self) -> Timestamp {
        Timestamp(self.look(self.clock.now()).told)
    }

    fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    fn until(&self, due: Timestamp) -> Wait<'_> {
        self.clock.until(due)
    }

    fn as_virtual(&self) -> Option<&VirtualClock> {
        self.clock.as_virtual()
    }
}

impl State {
    fn look(&mut self, shown: u64, elapsed: u64) {
        let passed = elapsed.saturating_sub(self.elapsed);
        if shown < self.told {
            // Half of what passes, so that the clock catches up and waiting still ends.
            let step = passed / 2;
            self.told = self.told.saturating_add(step);
            self.elapsed = self.elapsed.saturating_add(2 * step);
            self.settle(false, shown);
            return;
        }
        let expected = self.told.saturating_add(passed);
        let limit = if self.has_met { CLOCK_JUMP_MAX } else { CLOCK_START_JUMP_MAX };
        if shown.saturating_sub(expected) > millis(limit) {
            self.told = expected;
            self.elapsed = self.elapsed.max(elapsed);
            self.settle(true, shown);
        } else {
            self.meet(shown, elapsed);
            self.settle(false, shown);
        }
    }

    fn meet(&mut self, told: u64, elapsed: u64) {
        self.told = self.told.max(told);
        self.elapsed = self.elapsed.max(elapsed);
        self.has_met = true;
    }

    fn settle(&mut self, jumped: bool, shown: u64) {
        if std::mem::replace(&mut self.jumped, jumped) == jumped {
            return;
        }
        let (seen, shown) = (text(Timestamp(self.told)), text(Timestamp(shown)));
        if jumped {
            tracing::error!(
                "the clock jumped from {seen} to {shown}: timers do not fire until its owner \
                 accepts that (`hogshead clock accept`) or mends the clock"
            );
        } else {
            tracing::warn!("the clock is back at {shown}: timers fire again");
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock whose two hands are set apart.
    #[derive(Default)]
    struct Hands(Mutex<(u64, u64)>);

    impl Hands {
        /// Time passes, and then somebody sets the clock.
        fn turn(&self, passed: Duration, set_by: i64) {
            let mut hands = self.0.lock().unwrap();
            hands.1 += millis(passed);
            hands.0 = (hands.0 + millis(passed)).saturating_add_signed(set_by);
        }
    }

    impl Clock for Hands {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.lock().unwrap().0)
        }

        fn elapsed(&self) -> Duration {
            Duration::from_millis(self.0.lock().unwrap().1)
        }
    }

    const SECOND: Duration = Duration::from_secs(1);
    const HOUR: u64 = 3_600_000;
    const YEAR: u64 = 365 * 24 * HOUR;

    /// A guarded clock that shows `now`, with the mark of an earlier start.
    fn guarded(now: u64, mark: Option<u64>) -> (Arc<Hands>, Guard) {
        let hands = Arc::new(Hands(Mutex::new((now, 5))));
        let guard = Guard::new(Arc::clone(&hands) as Arc<dyn Clock>, mark.map(Timestamp));
        (hands, guard)
    }

    #[test]
    fn time_passes_as_the_clock_shows_it() {
        let (hands, guard) = guarded(1_000, None);
        hands.turn(SECOND, 0);
        assert_eq!(guard.now(), Timestamp(2_000));
        hands.turn(SECOND, 500);
        assert_eq!(guard.now(), Timestamp(3_500));
        assert_eq!(guard.jump(), None);
    }

    #[test]
    fn a_clock_that_is_set_back_is_waited_for_at_half_the_speed() {
        let (hands, guard) = guarded(HOUR, None);
        hands.turn(Duration::ZERO, -10_000);
        let mut last = guard.now().0;
        assert_eq!(last, HOUR);
        for _ in 0..40_000 {
            hands.turn(Duration::from_millis(1), 0);
            let now = guard.now().0;
            assert!(now >= last);
            last = now;
        }
        assert_eq!(guard.now(), hands.now(), "it has caught up");
        let (hands, guard) = guarded(HOUR, None);
        hands.turn(Duration::ZERO, -10_000);
        hands.turn(8 * SECOND, 0);
        assert_eq!(guard.now(), Timestamp(HOUR + 4_000));
    }

    #[test]
    fn a_jump_forward_is_not_believed_until_it_is_accepted_or_mended() {
        let limit = millis(CLOCK_JUMP_MAX);
        let (hands, guard) = guarded(HOUR, None);
        hands.turn(SECOND, limit.cast_signed());
        assert_eq!(guard.jump(), None, "the limit itself is believed");
        let before = guard.now().0;
        hands.turn(SECOND, limit.cast_signed() + 1);
        let jump = Jump { seen: Timestamp(before + 1_000), shown: hands.now() };
        assert_eq!(guard.jump(), Some(jump));
        hands.turn(SECOND, 0);
        assert_eq!(guard.now(), Timestamp(before + 2_000), "time goes on nevertheless");
        // Mended.
        hands.turn(SECOND, -(limit.cast_signed() + 1));
        assert_eq!((guard.now(), guard.jump()), (hands.now(), None));
        // Accepted.
        hands.turn(SECOND, YEAR.cast_signed());
        assert!(guard.accept().is_some());
        assert_eq!((guard.now(), guard.accept()), (hands.now(), None));
    }

    #[test]
    fn a_start_after_a_year_is_believed_and_after_ten_is_not() {
        let (hands, guard) = guarded(40 * YEAR, Some(39 * YEAR));
        assert_eq!((guard.now(), guard.jump()), (hands.now(), None));
        let (hands, guard) = guarded(49 * YEAR, Some(39 * YEAR));
        assert_eq!(guard.now(), Timestamp(39 * YEAR));
        assert!(guard.jump().is_some_and(|jump| jump.shown == hands.now()));
        guard.accept();
        assert_eq!(guard.now(), hands.now());
    }

    #[test]
    fn a_machine_that_learns_the_time_after_its_start_is_believed_as_at_a_start() {
        let (hands, guard) = guarded(0, Some(39 * YEAR));
        assert_eq!(guard.now(), Timestamp(39 * YEAR), "time does not go back over a stop");
        hands.turn(30 * SECOND, (39 * YEAR + 24 * HOUR).cast_signed());
        assert_eq!((guard.now(), guard.jump()), (hands.now(), None));
    }

    #[test]
    fn the_mark_is_written_now_and_then() {
        let (hands, guard) = guarded(HOUR, None);
        assert_eq!(guard.take_mark(), Some(Timestamp(HOUR)), "there is none yet");
        hands.turn(CLOCK_MARK_PACE - SECOND, 0);
        guard.now();
        assert_eq!(guard.take_mark(), None);
        hands.turn(SECOND, 0);
        let now = guard.now();
        assert_eq!((guard.take_mark(), guard.take_mark()), (Some(now), None));
        hands.turn(SECOND, 0);
        let now = guard.now();
        assert_eq!((guard.take_mark_now(), guard.take_mark_now()), (Some(now), None));
    }

    #[test]
    fn a_virtual_clock_jumps_at_its_owners_word_and_never_back() {
        let clock = Arc::new(VirtualClock::new(Timestamp(HOUR)));
        let guard = Guard::new(Arc::clone(&clock) as Arc<dyn Clock>, Some(Timestamp(0)));
        clock.set(Timestamp(100 * YEAR));
        assert_eq!((guard.now(), guard.jump()), (Timestamp(100 * YEAR), None));
        clock.set(Timestamp(HOUR));
        assert_eq!(guard.now(), Timestamp(100 * YEAR));
    }
}
