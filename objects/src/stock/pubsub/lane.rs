//! A lane: where one subscriber is in the log, and what it has not answered.
//!
//! A lane holds no publisher: it is handed one with the values that it sends, and captures it for as
//! long as their answers are awaited. So what holds a publisher is who publishes, who has a
//! subscription, and what is on its way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::publisher::Newsroom;
use super::{Note, SubscribeOptions, Subscriber, SubscriptionStatus, WhenBehind};
use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits;
use crate::promise::Promise;
use crate::stock::ticker::is_gone;
use crate::value::Value;

/// The log as it is: its first position, and the next one.
#[doc(hidden)]
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Span {
    pub start: u64,
    pub end: u64,
}

/// What a lane says when there is something for it.
#[doc(hidden)]
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub enum Offer {
    Ended,
    /// It can send nothing now; this is the first position that it may need.
    Waits(u64),
    Wants {
        from: u64,
        most: u64,
    },
}

/// How a publisher reaches its lanes.
#[crate::interface]
pub trait Lane {
    /// There is something in the log, perhaps. Refused if the lane may hold up publishing and does.
    #[method(name = "hog:offer")]
    fn offer(&mut self, cx: &mut Context<'_>, span: Span) -> Result<Offer>;

    /// Sends what was published, each with its position; gives the first position that it may need.
    #[method(name = "hog:give")]
    fn give(
        &mut self,
        cx: &mut Context<'_>,
        newsroom: Cap<dyn Newsroom>,
        values: Vec<(u64, Value)>,
    ) -> Result<u64>;

    /// What is before a position will not be sent.
    #[method(name = "hog:skip")]
    fn skip_to(&mut self, cx: &mut Context<'_>, position: u64) -> Result<()>;

    /// Ends it; `false` if it had ended.
    #[method(name = "hog:cancel")]
    fn cancel(&mut self, cx: &mut Context<'_>) -> Result<bool>;

    /// Holds it up, or lets it go on.
    #[method(name = "hog:pause")]
    fn pause(&mut self, cx: &mut Context<'_>, paused: bool) -> Result<()>;

    /// Where it is.
    #[method(name = "hog:status")]
    fn status(&self, cx: &mut Context<'_>) -> Result<SubscriptionStatus>;
}

/// A lane, `hogshead/news-lane`.
#[derive(Serialize, Deserialize, Debug)]
pub(super) struct NewsLane {
    /// Nothing once it has ended.
    subscriber: Option<Cap<dyn Subscriber>>,
    /// The position of the next note.
    next: u64,
    credit: u64,
    lag: u64,
    behind: WhenBehind,
    /// Positions missed that no note has told of.
    missed: u64,
    in_flight: BTreeMap<u64, Sent>,
    /// What is before it is not sent again, whatever becomes of it.
    floor: u64,
    /// One beyond the last position that was taken.
    taken: u64,
    /// Notes for which the subscriber was too busy. While there are any nothing is sent, so that it
    /// shows whether they were the last ones.
    refused: Option<Refused>,
    failures: u32,
    failed: u64,
    paused: bool,
    ended: Option<Error>,
}

/// A note that was not answered.
#[derive(Serialize, Deserialize, Debug)]
struct Sent {
    wait: Promise<()>,
    missed: u64,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
struct Refused {
    first: u64,
    count: u64,
    /// What they said was missed.
    missed: u64,
}

#[crate::object(name = "news-lane", version = 1, continuations)]
impl Lane for NewsLane {
    fn offer(&mut self, cx: &mut Context<'_>, span: Span) -> Result<Offer> {
        if self.subscriber.is_none() {
            return Ok(Offer::Ended);
        }
        let first = span.start.max(span.end.saturating_sub(self.lag));
        self.floor = first;
        if self.next < first {
            let behind = span.end.saturating_sub(self.next);
            match self.behind {
                WhenBehind::Skip => self.skip_to(cx, first)?,
                WhenBehind::Drop => {
                    let why = format!("the subscriber is {behind} positions behind");
                    self.end(cx, Error::new(Class::Limit, why), true)?;
                    return Ok(Offer::Ended);
                }
                WhenBehind::Refuse => {
                    let why = format!("a subscriber is {behind} positions behind; try again later");
                    return Err(Error::new(Class::Busy, why));
                }
            }
        }
        Ok(match self.room() {
            most if most > 0 && self.next < span.end => Offer::Wants { from: self.next, most },
            _ => Offer::Waits(self.needed()),
        })
    }

    fn give(
        &mut self,
        cx: &mut Context<'_>,
        newsroom: Cap<dyn Newsroom>,
        values: Vec<(u64, Value)>,
    ) -> Result<u64> {
        let Some(subscriber) = self.subscriber else { return Ok(self.next) };
        for (position, value) in values {
            self.skip_to(cx, position)?;
            let missed = self.missed;
            let note = Note { position, missed, value };
            // Whatever may not be sent now stays in the log.
            let Ok(answer) = subscriber.send(cx).notify(note) else { break };
            (self.next, self.missed) = (position + 1, 0);
            let answer = answer.cast::<Value>();
            let wait = answer.then_while_wanted(cx, Self::on_answer, (newsroom, position));
            if let Ok(wait) = wait {
                self.in_flight.insert(position, Sent { wait, missed });
            }
        }
        Ok(self.needed())
    }

    fn skip_to(&mut self, _cx: &mut Context<'_>, position: u64) -> Result<()> {
        if self.next < position {
            self.missed += position - self.next;
            self.next = position;
        }
        Ok(())
    }

    fn cancel(&mut self, cx: &mut Context<'_>) -> Result<bool> {
        let goes_on = self.subscriber.is_some();
        self.end(cx, Error::new(Class::Stopped, "the subscription was cancelled"), false)?;
        Ok(goes_on)
    }

    fn pause(&mut self, _cx: &mut Context<'_>, paused: bool) -> Result<()> {
        self.paused = paused;
        Ok(())
    }

    fn status(&self, _cx: &mut Context<'_>) -> Result<SubscriptionStatus> {
        Ok(SubscriptionStatus {
            position: self.next,
            in_flight: self.in_flight.len() as u64,
            failed: self.failed,
            missed: self.missed,
            paused: self.paused,
            ended: self.ended.clone(),
        })
    }
}

#[crate::continuations]
impl NewsLane {
    #[continuation]
    fn on_answer(
        &mut self,
        cx: &mut Context<'_>,
        answer: Result<Value>,
        newsroom: Cap<dyn Newsroom>,
        position: u64,
    ) -> Result<()> {
        let Some(sent) = self.in_flight.remove(&position) else { return Ok(()) };
        match answer {
            Ok(_) => {
                self.failures = 0;
                self.taken = self.taken.max(position + 1);
            }
            Err(error) if error.class() == Class::Busy => self.refuse(position, sent.missed),
            Err(error) => {
                self.taken = self.taken.max(position + 1);
                (self.failures, self.failed) = (self.failures + 1, self.failed + 1);
                if is_gone(&error) || self.failures >= limits::FAILURES_MAX {
                    // Told also if it seems gone: the error may be of something that it called.
                    self.end(cx, error, true)?;
                    let lane = cx.this()?;
                    return newsroom.near(cx).forget(lane);
                }
            }
        }
        if self.in_flight.is_empty()
            && let Some(refused) = self.refused.take()
        {
            self.missed += refused.missed;
            if self.taken <= refused.first {
                // None was taken out of order: they will be sent again, but not at once.
                self.next = refused.first;
                return Ok(());
            }
            self.missed += refused.count;
        }
        self.catch_up(cx, newsroom)
    }
}

impl NewsLane {
    /// A lane that begins at a position.
    pub(super) fn new(
        subscriber: Cap<dyn Subscriber>,
        options: &SubscribeOptions,
        next: u64,
        lag: u64,
    ) -> Self {
        Self {
            subscriber: Some(subscriber),
            next,
            credit: options.credit.unwrap_or(limits::CREDIT_DEFAULT),
            lag,
            behind: options.behind,
            missed: 0,
            in_flight: BTreeMap::new(),
            floor: 0,
            taken: next,
            refused: None,
            failures: 0,
            failed: 0,
            paused: false,
            ended: None,
        }
    }

    /// How many notes may be sent now.
    fn room(&self) -> u64 {
        match self.paused || self.refused.is_some() || self.subscriber.is_none() {
            true => 0,
            false => self.credit.saturating_sub(self.in_flight.len() as u64),
        }
    }

    /// The first position that may have to be sent, now or again.
    fn needed(&self) -> u64 {
        let unanswered = self.in_flight.keys().next().copied().unwrap_or(self.next);
        let refused = self.refused.map_or(self.next, |refused| refused.first);
        self.next.min(unanswered).min(refused).max(self.floor)
    }

    /// Sends what is in the log, as far as there is credit. What cannot be read now is sent later.
    fn catch_up(&mut self, cx: &mut Context<'_>, newsroom: Cap<dyn Newsroom>) -> Result<()> {
        let most = self.room();
        if most == 0 {
            return Ok(());
        }
        let Ok(values) = newsroom.near(cx).read(self.next, most) else { return Ok(()) };
        self.give(cx, newsroom, values).map(drop)
    }

    fn refuse(&mut self, position: u64, missed: u64) {
        let before = self.refused.unwrap_or(Refused { first: position, count: 0, missed: 0 });
        self.refused = Some(Refused {
            first: before.first.min(position),
            count: before.count + 1,
            missed: before.missed + missed,
        });
    }

    /// Ends it; the waits for answers are let go.
    fn end(&mut self, cx: &mut Context<'_>, why: Error, tell: bool) -> Result<()> {
        let Some(subscriber) = self.subscriber.take() else { return Ok(()) };
        self.in_flight.clear();
        self.refused = None;
        self.ended = Some(why.clone());
        if tell {
            // Who cannot even be told this may find out by what does not come.
            let _ = subscriber.tell(cx).ended(why);
        }
        Ok(())
    }
}
