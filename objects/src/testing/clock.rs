//! The clock of a bench: an object like others, which the bench winds.

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::ids::Timestamp;
use crate::promise::{Promise, Resolver};
use crate::stock::clock::{CatchUp, Clock, Ticked, Timer};

/// How the bench and the timers reach their clock.
#[crate::interface]
pub trait Wound {
    /// Fires what is due.
    fn wind(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// Takes an alarm away; `false` if there is none.
    fn take(&mut self, cx: &mut Context<'_>, alarm: u64) -> Result<bool>;
}

#[derive(Serialize, Deserialize, Default)]
pub(super) struct BenchClock {
    last: u64,
    alarms: Vec<Alarm>,
}

#[derive(Serialize, Deserialize)]
struct Alarm {
    number: u64,
    due: Timestamp,
    done: Resolver<Timestamp>,
    target: Option<Cap<dyn Ticked>>,
    /// The period and what becomes of missed ticks.
    again: Option<(u64, CatchUp)>,
}

#[crate::object(name = "bench-clock", version = 1, interfaces(Wound))]
impl Clock for BenchClock {
    fn now(&self, cx: &mut Context<'_>) -> Result<Timestamp> {
        Ok(cx.now())
    }

    fn after(&mut self, cx: &mut Context<'_>, milliseconds: u64) -> Result<Promise<Timestamp>> {
        let due = Timestamp(cx.now().0.saturating_add(milliseconds));
        self.at(cx, due)
    }

    fn at(&mut self, cx: &mut Context<'_>, time: Timestamp) -> Result<Promise<Timestamp>> {
        let (_, done) = self.set(cx, time, None, None)?;
        self.wind(cx)?;
        Ok(done)
    }

    fn timer(&mut self, cx: &mut Context<'_>, time: Timestamp) -> Result<Cap<dyn Timer>> {
        self.set_timer(cx, time, None, None)
    }

    fn once(
        &mut self,
        cx: &mut Context<'_>,
        time: Timestamp,
        target: Cap<dyn Ticked>,
    ) -> Result<Cap<dyn Timer>> {
        self.set_timer(cx, time, Some(target), None)
    }

    fn every(
        &mut self,
        cx: &mut Context<'_>,
        period: u64,
        catch_up: CatchUp,
        target: Cap<dyn Ticked>,
    ) -> Result<Cap<dyn Timer>> {
        let first = Timestamp(cx.now().0.saturating_add(period));
        self.every_from(cx, first, period, catch_up, target)
    }

    fn every_from(
        &mut self,
        cx: &mut Context<'_>,
        first: Timestamp,
        period: u64,
        catch_up: CatchUp,
        target: Cap<dyn Ticked>,
    ) -> Result<Cap<dyn Timer>> {
        let first = CatchUp::first_tick(first, period, cx.now())?;
        self.set_timer(cx, first, Some(target), Some((period, catch_up)))
    }
}

impl Wound for BenchClock {
    fn wind(&mut self, cx: &mut Context<'_>) -> Result<()> {
        loop {
            let first = self.alarms.iter().enumerate().min_by_key(|(_, alarm)| alarm.due);
            let Some((index, alarm)) = first else { return Ok(()) };
            if alarm.due > cx.now() {
                return Ok(());
            }
            let (due, done) = (alarm.due, alarm.done);
            match (alarm.again, alarm.target) {
                (Some((period, catch_up)), Some(target)) => {
                    let ticks = catch_up.ticks_due(due, period, cx.now());
                    if let Some((count, due)) = ticks.tick {
                        target.tell(cx).tick(count, due)?;
                    }
                    if let Some(alarm) = self.alarms.get_mut(index) {
                        alarm.due = ticks.next;
                    }
                }
                (_, target) => {
                    if let Some(target) = target {
                        target.tell(cx).tick(1, due)?;
                    }
                    done.fulfill(cx, due)?;
                    self.alarms.remove(index);
                }
            }
        }
    }

    fn take(&mut self, cx: &mut Context<'_>, alarm: u64) -> Result<bool> {
        let Some(index) = self.alarms.iter().position(|other| other.number == alarm) else {
            return Ok(false);
        };
        let why = Error::new(Class::Stopped, "the timer was cancelled");
        self.alarms.remove(index).done.break_(cx, why)?;
        Ok(true)
    }
}

impl BenchClock {
    fn set(
        &mut self,
        cx: &mut Context<'_>,
        due: Timestamp,
        target: Option<Cap<dyn Ticked>>,
        again: Option<(u64, CatchUp)>,
    ) -> Result<(u64, Promise<Timestamp>)> {
        let (promise, done) = cx.promise()?;
        self.last += 1;
        self.alarms.push(Alarm { number: self.last, due, done, target, again });
        Ok((self.last, promise))
    }

    fn set_timer(
        &mut self,
        cx: &mut Context<'_>,
        due: Timestamp,
        target: Option<Cap<dyn Ticked>>,
        again: Option<(u64, CatchUp)>,
    ) -> Result<Cap<dyn Timer>> {
        let clock = cx.this::<dyn Wound>()?;
        let (alarm, done) = self.set(cx, due, target, again)?;
        self.wind(cx)?;
        cx.spawn(BenchTimer { clock, alarm, done })
    }
}

#[derive(Serialize, Deserialize)]
struct BenchTimer {
    clock: Cap<dyn Wound>,
    alarm: u64,
    done: Promise<Timestamp>,
}

#[crate::object(name = "bench-timer", version = 1)]
impl Timer for BenchTimer {
    fn cancel(&mut self, cx: &mut Context<'_>) -> Result<bool> {
        self.clock.near(cx).take(self.alarm)
    }

    fn done(&self, _cx: &mut Context<'_>) -> Result<Promise<Timestamp>> {
        Ok(self.done)
    }
}
