//! What puppets do with clocks.

use hogshead_objects::error::Result;
use hogshead_objects::ids::Timestamp;
use hogshead_objects::stock::clock::{Clock, Ticked, Timer};
use hogshead_objects::{Cap, Context};

use super::{Marionette, Puppet, Step, pick};

impl Ticked for Marionette {
    fn tick(&mut self, _cx: &mut Context<'_>, count: u64, due: Timestamp) -> Result<()> {
        self.number += count;
        self.text.push_str(&format!("{count}@{} ", due.0));
        Ok(())
    }
}

impl Marionette {
    pub(super) fn time(&mut self, cx: &mut Context<'_>, step: Step) -> Result<()> {
        match step {
            Step::After { clock, by } => {
                if let Some(clock) = pick(&self.caps, clock) {
                    let due = clock.cast::<dyn Clock>().send(cx).after(by)?;
                    self.promises.push(due.cast());
                }
            }
            Step::Every { clock, period, catch_up } => {
                let me = cx.this::<dyn Puppet>()?.cast::<dyn Ticked>();
                if let Some(clock) = pick(&self.caps, clock) {
                    let timer = clock.cast::<dyn Clock>().send(cx).every(period, catch_up, me)?;
                    self.promises.push(timer.cast());
                }
            }
            Step::Timer { clock, by } => {
                let time = Timestamp(cx.now().0 + by);
                if let Some(clock) = pick(&self.caps, clock) {
                    let timer = clock.cast::<dyn Clock>().send(cx).timer(time)?;
                    self.promises.push(timer.cast());
                }
            }
            Step::Cancel(index) => {
                if let Some(timer) = pick(&self.promises, index) {
                    let cancelled = timer.cast::<Cap<dyn Timer>>().send(cx).cancel()?;
                    self.promises.push(cancelled.cast());
                }
            }
            _ => {}
        }
        Ok(())
    }
}
