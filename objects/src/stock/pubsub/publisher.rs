//! The publisher: its log, and whom it tells.

use serde::{Deserialize, Serialize};

use super::lane::{Lane, NewsLane, Offer, Span};
use super::{
    Publisher, PublisherStatus, SubscribeOptions, Subscriber, Subscription, SubscriptionStatus,
    WhenBehind,
};
use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits;
use crate::stock::queue::admit_bytes;
use crate::stored::StoredLog;
use crate::value::Value;

/// The stock publisher, `hogshead/publisher`. It is constructed from its
/// [options](PublisherOptions), a struct, or from nothing.
#[derive(Serialize, Deserialize, Default, Debug)]
pub struct NewsPublisher {
    options: PublisherOptions,
    log: StoredLog<Value>,
    /// For each value of the log how many bytes were published before it.
    marks: StoredLog<u64>,
    /// Bytes of all values that were ever published.
    total: u64,
    lanes: Vec<Cap<dyn Lane>>,
    /// Whether another turn goes on telling those for whom one turn had no room.
    going_on: bool,
}

/// What a publisher allows.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(default)]
pub struct PublisherOptions {
    /// How many positions a subscriber may be behind at the most, and is if it says nothing else.
    pub lag: u64,
    /// How many positions are kept for those who subscribe later, though everybody has them.
    pub history: u64,
    /// Bytes of all values in the log. If there are more, whoever needs the oldest is too far
    /// behind.
    pub bytes: u64,
    /// How many subscribers there may be.
    pub subscribers: u64,
    /// Whether a subscriber may hold up publishing: [`WhenBehind::Refuse`].
    pub refuse: bool,
}

/// What one turn may still send.
struct Room {
    bytes: usize,
    /// The newest value, which need not be read.
    newest: Option<(u64, Value)>,
    /// Whether a lane was passed over.
    short: bool,
}

impl Default for PublisherOptions {
    fn default() -> Self {
        Self {
            lag: limits::LAG_DEFAULT,
            history: 0,
            bytes: limits::HELD_BYTES_DEFAULT,
            subscribers: limits::MEMBERS_MAX as u64,
            refuse: false,
        }
    }
}

impl Default for Room {
    fn default() -> Self {
        Self { bytes: limits::NOTES_BYTES_A_TURN, newest: None, short: false }
    }
}

impl Room {
    fn after(position: u64, value: Value) -> Self {
        Self { newest: Some((position, value)), ..Self::default() }
    }
}

impl NewsPublisher {
    /// A publisher that allows so much.
    pub fn new(options: PublisherOptions) -> Result<Self> {
        let within = |what: &str, found: u64, least: u64, most: u64| {
            if (least..=most).contains(&found) {
                return Ok(());
            }
            let why = format!("a publisher's {what} is between {least} and {most}, not {found}");
            Err(Error::new(Class::Limit, why))
        };
        within("lag", options.lag, 1, limits::LAG_MAX)?;
        within("history", options.history, 0, limits::LAG_MAX)?;
        within("bytes", options.bytes, 1, limits::HELD_BYTES_MAX)?;
        within("number of subscribers", options.subscribers, 1, limits::MEMBERS_MAX as u64)?;
        Ok(Self { options, ..Self::default() })
    }

    fn born(init: Value) -> Result<Self> {
        match init {
            Value::Undefined => Ok(Self::default()),
            init => Self::new(codec::from_value(init)?),
        }
    }

    fn bytes_from(&self, cx: &mut Context<'_>, position: u64) -> Result<u64> {
        let before = self.marks.get(cx, position)?;
        Ok(before.map_or(0, |before| self.total.saturating_sub(before)))
    }

    /// The first position from which on the log has no more bytes than it may.
    fn first_within(&self, cx: &mut Context<'_>) -> Result<u64> {
        let (mut low, mut high) = (self.log.start(), self.log.end());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.bytes_from(cx, middle)? > self.options.bytes {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        Ok(low)
    }

    fn values(&self, cx: &mut Context<'_>, from: u64, most: u64) -> Result<Vec<(u64, Value)>> {
        let most = most.min(limits::NOTES_AT_ONCE_MAX);
        Ok(self.log.range(cx, from..from.saturating_add(most), most as usize)?.entries)
    }

    /// Offers all lanes what they have not got, as far as there is room for it in one turn; gives
    /// the first position that one of them may need. Who was passed over is told by turns to come.
    fn feed_all(&mut self, cx: &mut Context<'_>, span: Span, room: &mut Room) -> Result<u64> {
        let mut lowest = span.end;
        let mut stay = Vec::with_capacity(self.lanes.len());
        for lane in std::mem::take(&mut self.lanes) {
            if let Some(needed) = self.feed(cx, lane, span, room)? {
                lowest = lowest.min(needed);
                stay.push(lane);
            }
        }
        self.lanes = stay;
        if room.short && !self.going_on {
            // If there is no room for that either, the next value will do.
            let newsroom = cx.this::<dyn Newsroom>()?;
            self.going_on = newsroom.tell(cx).go_on().is_ok();
        }
        Ok(lowest)
    }

    /// Offers a lane what it has not got; gives the first position that it may need, unless it has
    /// ended.
    fn feed(
        &self,
        cx: &mut Context<'_>,
        lane: Cap<dyn Lane>,
        span: Span,
        room: &mut Room,
    ) -> Result<Option<u64>> {
        let (from, most) = match lane.near(cx).offer(span)? {
            Offer::Ended => return Ok(None),
            Offer::Waits(needed) => return Ok(Some(needed)),
            Offer::Wants { from, most } => (from, most),
        };
        if room.bytes == 0 {
            room.short = true;
            return Ok(Some(from));
        }
        let values = match &room.newest {
            Some(newest) if newest.0 == from => vec![newest.clone()],
            _ => self.values(cx, from, most)?,
        };
        let bytes: usize = values.iter().map(|(_, value)| value.size_bytes()).sum();
        room.bytes = room.bytes.saturating_sub(bytes);
        let newsroom = cx.this()?;
        lane.near(cx).give(newsroom, values).map(Some)
    }

    fn span(&self) -> Span {
        Span { start: self.log.start(), end: self.log.end() }
    }

    fn admit(&self, options: &SubscribeOptions) -> Result<()> {
        if self.lanes.len() as u64 >= self.options.subscribers {
            let most = self.options.subscribers;
            let why = format!("there are {most} subscribers already; try again later");
            return Err(Error::new(Class::Busy, why));
        }
        let (credit, lag) = (limits::CREDIT_MAX, self.options.lag);
        if options.credit.is_some_and(|asked| !(1..=credit).contains(&asked)) {
            return Err(Error::new(Class::Limit, format!("credit is between 1 and {credit}")));
        }
        if options.lag.is_some_and(|asked| !(1..=lag).contains(&asked)) {
            let why = format!("this publisher lets a subscriber be 1 to {lag} positions behind");
            return Err(Error::new(Class::Limit, why));
        }
        if options.behind == WhenBehind::Refuse && !self.options.refuse {
            return Err(Error::refused("this publisher lets no subscriber hold it up"));
        }
        match options.from {
            Some(from) if from > self.log.end() => {
                let why =
                    format!("position {from} is not published; the next is {}", self.log.end());
                Err(Error::bad_call(why))
            }
            _ => Ok(()),
        }
    }
}

#[crate::object(
    name = "publisher",
    version = 1,
    interfaces(Newsroom),
    construct = NewsPublisher::born
)]
impl Publisher for NewsPublisher {
    fn publish(&mut self, cx: &mut Context<'_>, value: Value) -> Result<u64> {
        admit_bytes(&value, self.options.bytes)?;
        self.marks.push(cx, self.total)?;
        self.total = self.total.saturating_add(value.size_bytes() as u64);
        let position = self.log.push(cx, value.clone())?;
        let span = Span { start: self.first_within(cx)?, end: self.log.end() };
        let lowest = self.feed_all(cx, span, &mut Room::after(position, value))?;
        let kept = lowest.min(span.end.saturating_sub(self.options.history));
        let kept = kept.max(span.start);
        self.log.truncate_before(cx, kept)?;
        self.marks.truncate_before(cx, kept)?;
        Ok(position)
    }

    fn subscribe(
        &mut self,
        cx: &mut Context<'_>,
        subscriber: Cap<dyn Subscriber>,
        options: Option<SubscribeOptions>,
    ) -> Result<Cap<dyn Subscription>> {
        let options = options.unwrap_or_default();
        self.admit(&options)?;
        let span = self.span();
        let asked = options.from.unwrap_or(span.end);
        let lag = options.lag.unwrap_or(self.options.lag);
        let lane: Cap<dyn Lane> = cx.spawn(NewsLane::new(subscriber, &options, asked, lag))?.cast();
        // What it asked for and is too old is no reason to end it before it has begun.
        lane.near(cx).skip_to(span.start.max(span.end.saturating_sub(lag)))?;
        self.lanes.push(lane);
        self.feed(cx, lane, span, &mut Room::default())?;
        let newsroom = cx.this()?;
        cx.spawn(Subscribed { newsroom, lane })
    }

    fn status(&self, cx: &mut Context<'_>) -> Result<PublisherStatus> {
        let Span { start, end } = self.span();
        let bytes = self.bytes_from(cx, start)?;
        let subscribers = self.lanes.len() as u64;
        Ok(PublisherStatus { first: start, next: end, bytes, subscribers })
    }

    fn publish_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Publisher>> {
        cx.facet(&["publish"], "publish only")
    }

    fn subscribe_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Publisher>> {
        cx.facet(&["subscribe"], "subscribe only")
    }
}

/// How lanes and subscriptions reach their publisher.
#[crate::interface]
pub trait Newsroom {
    /// What is in the log from a position on, with its positions.
    #[method(name = "hog:read")]
    fn read(&self, cx: &mut Context<'_>, from: u64, most: u64) -> Result<Vec<(u64, Value)>>;

    /// Offers a lane what it has not got.
    #[method(name = "hog:feed")]
    fn feed_lane(&mut self, cx: &mut Context<'_>, lane: Cap<dyn Lane>) -> Result<()>;

    /// Goes on telling those for whom the turn before had no room.
    #[method(name = "hog:go-on")]
    fn go_on(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// Forgets a lane that has ended.
    #[method(name = "hog:forget")]
    fn forget(&mut self, cx: &mut Context<'_>, lane: Cap<dyn Lane>) -> Result<()>;
}

impl Newsroom for NewsPublisher {
    fn read(&self, cx: &mut Context<'_>, from: u64, most: u64) -> Result<Vec<(u64, Value)>> {
        self.values(cx, from, most)
    }

    fn feed_lane(&mut self, cx: &mut Context<'_>, lane: Cap<dyn Lane>) -> Result<()> {
        self.feed(cx, lane, self.span(), &mut Room::default()).map(drop)
    }

    fn go_on(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.going_on = false;
        self.feed_all(cx, self.span(), &mut Room::default()).map(drop)
    }

    fn forget(&mut self, _cx: &mut Context<'_>, lane: Cap<dyn Lane>) -> Result<()> {
        self.lanes.retain(|other| *other != lane);
        Ok(())
    }
}

/// A subscription, `hogshead/subscription`: what its holder has of a lane.
#[derive(Serialize, Deserialize, Debug)]
pub(super) struct Subscribed {
    newsroom: Cap<dyn Newsroom>,
    lane: Cap<dyn Lane>,
}

#[crate::object(name = "subscription", version = 1)]
impl Subscription for Subscribed {
    fn cancel(&mut self, cx: &mut Context<'_>) -> Result<bool> {
        let cancelled = self.lane.near(cx).cancel()?;
        self.newsroom.near(cx).forget(self.lane)?;
        Ok(cancelled)
    }

    fn pause(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.lane.near(cx).pause(true)
    }

    fn resume(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.lane.near(cx).pause(false)?;
        self.newsroom.near(cx).feed_lane(self.lane)
    }

    fn status(&self, cx: &mut Context<'_>) -> Result<SubscriptionStatus> {
        self.lane.near(cx).status()
    }
}
