//! Publishers: positions, credit, and subscribers who are slow, fail, are busy or never answer.

use hogshead_objects::limits::{CREDIT_MAX, FAILURES_MAX, LAG_MAX};
use hogshead_objects::stock::pubsub::{
    NewsPublisher, Note, Publisher, PublisherOptions, SubscribeOptions, Subscriber, Subscription,
    SubscriptionStatus, WhenBehind,
};
use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Error, Message, Promise, Resolver, Result, Value, codec, interface, object,
};
use serde::{Deserialize, Serialize};

use super::super::bench;

/// Writes down what it is told, and answers as it was told to.
#[interface]
pub trait Reader {
    #[method(name = "notify")]
    fn hear(&mut self, cx: &mut Context<'_>, note: Note) -> Result<Promise<()>>;
    fn ended(&mut self, cx: &mut Context<'_>, why: Error) -> Result<()>;
    /// From now on answers so.
    fn become_(&mut self, cx: &mut Context<'_>, manner: Manner) -> Result<()>;
    /// Is too busy for the oldest note that it has not answered.
    fn refuse_first(&mut self, cx: &mut Context<'_>) -> Result<()>;
    /// Answers so many of the oldest notes that it has not answered.
    fn answer(&mut self, cx: &mut Context<'_>, count: usize) -> Result<()>;
    fn read(&self, cx: &mut Context<'_>) -> Result<Vec<String>>;
}

#[derive(Serialize, Deserialize, Clone, Copy)]
pub enum Manner {
    Answers,
    Owes,
    Throws,
    IsBusy,
}

use Manner::{Answers, IsBusy, Owes, Throws};

#[derive(Serialize, Deserialize)]
struct Listener {
    manner: Manner,
    lines: Vec<String>,
    owed: Vec<Resolver<()>>,
}

#[object(name = "listener", version = 1)]
impl Reader for Listener {
    fn hear(&mut self, cx: &mut Context<'_>, note: Note) -> Result<Promise<()>> {
        let (promise, resolver) = cx.promise()?;
        match self.manner {
            Throws => return Err(Error::refused("I do not want to know")),
            IsBusy => return Err(Error::new(Class::Busy, "not now")),
            Owes => self.owed.push(resolver),
            Answers => resolver.fulfill(cx, ())?,
        }
        let missed = if note.missed > 0 { format!("-{}", note.missed) } else { String::new() };
        self.lines.push(format!("{}{missed}", note.position));
        Ok(promise)
    }

    fn ended(&mut self, _cx: &mut Context<'_>, why: Error) -> Result<()> {
        self.lines.push(format!("ended: {}", why.class().as_str()));
        Ok(())
    }

    fn become_(&mut self, _cx: &mut Context<'_>, manner: Manner) -> Result<()> {
        self.manner = manner;
        Ok(())
    }

    fn refuse_first(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.owed.remove(0).break_(cx, Error::new(Class::Busy, "too busy"))
    }

    fn answer(&mut self, cx: &mut Context<'_>, count: usize) -> Result<()> {
        let count = count.min(self.owed.len());
        for owed in self.owed.drain(..count) {
            owed.fulfill(cx, ())?;
        }
        Ok(())
    }

    fn read(&self, _cx: &mut Context<'_>) -> Result<Vec<String>> {
        Ok(self.lines.clone())
    }
}

struct Stage {
    bench: Bench,
    news: Cap<dyn Publisher>,
}

struct Seat {
    reader: Cap<dyn Reader>,
    subscription: Cap<dyn Subscription>,
}

impl Stage {
    fn new(options: PublisherOptions) -> Self {
        let mut bench = bench();
        let news = bench.spawn_apart(NewsPublisher::new(options).unwrap());
        Self { bench, news }
    }

    fn reader(&mut self, manner: Manner) -> Cap<dyn Reader> {
        self.bench.spawn_apart(Listener { manner, lines: Vec::new(), owed: Vec::new() })
    }

    fn try_subscribe(
        &mut self,
        reader: Cap<dyn Reader>,
        options: SubscribeOptions,
    ) -> Result<Cap<dyn Subscription>> {
        let news = self.news;
        self.bench.outcome(|cx| news.send(cx).subscribe(reader.cast(), Some(options)))
    }

    fn subscribe(&mut self, manner: Manner, options: SubscribeOptions) -> Seat {
        let reader = self.reader(manner);
        let subscription = self.try_subscribe(reader, options).unwrap();
        Seat { reader, subscription }
    }

    fn publish(&mut self, count: usize) -> Result<u64> {
        let news = self.news;
        let mut last = Ok(0);
        for _ in 0..count {
            last = self.bench.outcome(|cx| news.send(cx).publish(Value::from("news")));
        }
        last
    }

    fn answer(&mut self, seat: &Seat, count: usize) {
        let reader = seat.reader;
        self.bench.outcome(|cx| reader.send(cx).answer(count)).unwrap();
    }

    fn become_(&mut self, seat: &Seat, manner: Manner) {
        let reader = seat.reader;
        self.bench.outcome(|cx| reader.send(cx).become_(manner)).unwrap();
    }

    #[track_caller]
    fn heard(&mut self, seat: &Seat, expected: &str) {
        let reader = seat.reader;
        let lines = self.bench.outcome(|cx| reader.send(cx).read()).unwrap();
        assert_eq!(lines.join(" "), expected);
    }

    fn status(&mut self, seat: &Seat) -> SubscriptionStatus {
        let subscription = seat.subscription;
        self.bench.outcome(|cx| subscription.send(cx).status()).unwrap()
    }

    /// First position, next position, subscribers.
    fn log(&mut self) -> (u64, u64, u64) {
        let news = self.news;
        let status = self.bench.outcome(|cx| news.send(cx).status()).unwrap();
        (status.first, status.next, status.subscribers)
    }
}

fn credit(credit: u64) -> SubscribeOptions {
    SubscribeOptions { credit: Some(credit), ..SubscribeOptions::default() }
}

fn behind(lag: u64, behind: WhenBehind) -> SubscribeOptions {
    SubscribeOptions { credit: Some(1), lag: Some(lag), behind, from: None }
}

#[test]
fn each_subscriber_has_its_own_pace_and_its_own_credit() {
    let mut stage = Stage::new(PublisherOptions::default());
    let quick = stage.subscribe(Answers, credit(1));
    let slow = stage.subscribe(Owes, credit(2));
    assert_eq!(stage.publish(5), Ok(4));
    stage.heard(&quick, "0 1 2 3 4");
    stage.heard(&slow, "0 1");
    assert_eq!(stage.log(), (0, 5, 2), "what somebody has not answered is kept");
    let status = stage.status(&slow);
    assert_eq!((status.position, status.in_flight), (2, 2));
    stage.answer(&slow, 1);
    stage.heard(&slow, "0 1 2");
    stage.become_(&slow, Answers);
    stage.answer(&slow, 2);
    stage.heard(&slow, "0 1 2 3 4");
    assert_eq!(stage.publish(1), Ok(5));
    assert_eq!(stage.log(), (5, 6, 2), "and what everybody has is not");
}

#[test]
fn whoever_is_too_far_behind_is_dropped_and_told() {
    let mut stage = Stage::new(PublisherOptions::default());
    let slow = stage.subscribe(Owes, behind(2, WhenBehind::Drop));
    stage.publish(3).unwrap();
    assert_eq!(stage.log(), (1, 3, 1));
    stage.publish(1).unwrap();
    stage.heard(&slow, "0 ended: limit");
    assert_eq!(stage.log(), (4, 4, 0));
    assert_eq!(stage.status(&slow).ended.unwrap().class(), Class::Limit);
    stage.answer(&slow, 1);
    stage.publish(1).unwrap();
    stage.heard(&slow, "0 ended: limit");
}

#[test]
fn whoever_would_rather_miss_something_is_told_how_much() {
    let mut stage = Stage::new(PublisherOptions::default());
    let slow = stage.subscribe(Owes, behind(2, WhenBehind::Skip));
    stage.publish(6).unwrap();
    assert_eq!((stage.status(&slow).missed, stage.log().0), (3, 4));
    stage.answer(&slow, 1);
    stage.answer(&slow, 1);
    stage.heard(&slow, "0 4-3 5");
    assert_eq!(stage.status(&slow).missed, 0);
}

#[test]
fn a_subscriber_holds_up_publishing_only_where_that_is_allowed() {
    let mut stage = Stage::new(PublisherOptions::default());
    let reader = stage.reader(Owes);
    let refused = stage.try_subscribe(reader, behind(1, WhenBehind::Refuse)).unwrap_err();
    assert_eq!(refused.class(), Class::Refused, "{refused}");

    let options = PublisherOptions { refuse: true, ..PublisherOptions::default() };
    let mut stage = Stage::new(options);
    let slow = stage.subscribe(Owes, behind(1, WhenBehind::Refuse));
    let other = stage.subscribe(Answers, credit(1));
    stage.publish(2).unwrap();
    let busy = stage.publish(1).unwrap_err();
    assert_eq!(busy.class(), Class::Busy, "{busy}");
    stage.heard(&other, "0 1");
    assert_eq!(stage.log(), (1, 2, 2), "what was refused was not published");
    stage.answer(&slow, 1);
    assert_eq!(stage.publish(1), Ok(2));
    stage.heard(&other, "0 1 2");
}

#[test]
fn whoever_throws_gets_the_next_and_is_taken_for_gone_after_a_while() {
    let mut stage = Stage::new(PublisherOptions::default());
    let throws = stage.subscribe(Throws, credit(1));
    let other = stage.subscribe(Answers, credit(1));
    stage.publish(1).unwrap();
    assert_eq!(stage.status(&throws).failed, 1);
    stage.become_(&throws, Answers);
    stage.publish(1).unwrap();
    stage.heard(&throws, "1");
    stage.become_(&throws, Throws);
    stage.publish(FAILURES_MAX as usize - 1).unwrap();
    assert_eq!(stage.status(&throws).ended, None, "failures in a row count");
    stage.publish(1).unwrap();
    assert_eq!(stage.status(&throws).ended.unwrap().class(), Class::Refused);
    stage.heard(&throws, "1 ended: refused");
    assert_eq!(stage.log().2, 1);
    stage.heard(&other, "0 1 2 3 4 5 6 7 8 9");
}

#[test]
fn whoever_is_busy_gets_the_same_again_in_order() {
    let mut stage = Stage::new(PublisherOptions::default());
    let busy = stage.subscribe(IsBusy, credit(4));
    stage.publish(2).unwrap();
    stage.heard(&busy, "");
    stage.become_(&busy, Answers);
    stage.publish(1).unwrap();
    stage.heard(&busy, "0 1 2");
    // Without news it takes a word of its own.
    stage.become_(&busy, IsBusy);
    stage.publish(1).unwrap();
    stage.become_(&busy, Answers);
    stage.bench.outcome(|cx| busy.subscription.send(cx).resume()).unwrap();
    stage.heard(&busy, "0 1 2 3");
    assert_eq!(stage.status(&busy).failed, 0);
}

#[test]
fn what_was_refused_although_later_notes_were_taken_is_told_as_missed() {
    let mut stage = Stage::new(PublisherOptions::default());
    let seat = stage.subscribe(Owes, credit(4));
    stage.publish(2).unwrap();
    // The later one is answered first.
    let refuse_first = |stage: &mut Stage| {
        let reader = seat.reader;
        stage.bench.outcome(|cx| reader.send(cx).refuse_first()).unwrap();
    };
    refuse_first(&mut stage);
    stage.publish(1).unwrap();
    stage.heard(&seat, "0 1");
    stage.answer(&seat, 1);
    stage.heard(&seat, "0 1 2-1");
    assert_eq!(stage.status(&seat).missed, 0);
    // One that nothing was taken after comes again, also if it told of something missed.
    refuse_first(&mut stage);
    stage.heard(&seat, "0 1 2-1");
    stage.publish(1).unwrap();
    stage.heard(&seat, "0 1 2-1 2-1 3");
}

#[test]
fn a_paused_subscription_falls_behind_and_goes_on() {
    let mut stage = Stage::new(PublisherOptions::default());
    let seat = stage.subscribe(Answers, behind(2, WhenBehind::Skip));
    stage.bench.outcome(|cx| seat.subscription.send(cx).pause()).unwrap();
    stage.publish(3).unwrap();
    stage.heard(&seat, "");
    assert!(stage.status(&seat).paused);
    stage.bench.outcome(|cx| seat.subscription.send(cx).resume()).unwrap();
    stage.heard(&seat, "1-1 2");
    let cancel = |stage: &mut Stage| stage.bench.outcome(|cx| seat.subscription.send(cx).cancel());
    assert_eq!((cancel(&mut stage), cancel(&mut stage)), (Ok(true), Ok(false)));
    stage.publish(1).unwrap();
    stage.heard(&seat, "1-1 2");
    assert_eq!(stage.log(), (4, 4, 0));
}

#[test]
fn whoever_comes_back_goes_on_where_it_was_as_far_as_there_is_history() {
    let options = PublisherOptions { history: 3, ..PublisherOptions::default() };
    let mut stage = Stage::new(options);
    stage.publish(5).unwrap();
    assert_eq!(stage.log(), (2, 5, 0));
    let from = |from| SubscribeOptions { from: Some(from), ..SubscribeOptions::default() };
    let back = stage.subscribe(Answers, from(3));
    stage.heard(&back, "3 4");
    let late = stage.subscribe(Answers, from(0));
    stage.heard(&late, "2-2 3 4");
    let new = stage.subscribe(Answers, from(5));
    stage.heard(&new, "");
    let reader = stage.reader(Answers);
    let early = stage.try_subscribe(reader, from(6)).unwrap_err();
    assert_eq!(early.class(), Class::BadCall, "{early}");
}

#[test]
fn bytes_in_the_log_are_bounded_and_whoever_needs_the_oldest_is_behind() {
    let options = PublisherOptions { bytes: 2_500, ..PublisherOptions::default() };
    let mut stage = Stage::new(options);
    let slow = stage.subscribe(Owes, behind(100, WhenBehind::Skip));
    let news = stage.news;
    let publish = |stage: &mut Stage, bytes: usize| {
        let value = Value::from("x".repeat(bytes));
        stage.bench.outcome(|cx| news.send(cx).publish(value))
    };
    for _ in 0..4 {
        publish(&mut stage, 1_000).unwrap();
    }
    assert_eq!(stage.log(), (2, 4, 1));
    stage.answer(&slow, 1);
    stage.heard(&slow, "0 2-1");
    let never = publish(&mut stage, 3_000).unwrap_err();
    assert_eq!(never.class(), Class::Limit, "{never}");
}

#[test]
fn whoever_floods_a_publisher_with_subscribers_is_refused() {
    let options = PublisherOptions { subscribers: 3, ..PublisherOptions::default() };
    let mut stage = Stage::new(options);
    let reader = stage.reader(Answers);
    let made: Vec<_> = (0..9).filter_map(|_| stage.try_subscribe(reader, credit(1)).ok()).collect();
    assert_eq!(made.len(), 3);
    let full = stage.try_subscribe(reader, credit(1)).unwrap_err();
    assert_eq!(full.class(), Class::Busy, "{full}");
    stage.bench.outcome(|cx| made[0].send(cx).cancel()).unwrap();
    stage.try_subscribe(reader, credit(1)).unwrap();
    for wrong in [credit(0), credit(CREDIT_MAX + 1)] {
        stage.bench.outcome(|cx| made[1].send(cx).cancel()).unwrap();
        assert_eq!(stage.try_subscribe(reader, wrong).unwrap_err().class(), Class::Limit);
    }
    let far = behind(PublisherOptions::default().lag + 1, WhenBehind::Drop);
    assert_eq!(stage.try_subscribe(reader, far).unwrap_err().class(), Class::Limit);
}

#[test]
fn a_reference_that_was_revoked_is_removed_with_the_next_note() {
    let mut stage = Stage::new(PublisherOptions::default());
    let (news, reader) = (stage.news, stage.reader(Answers));
    let gone = stage.bench.turn(|cx| {
        let (promise, resolver) = cx.promise::<Cap<dyn Subscriber>>()?;
        resolver.break_(cx, Error::new(Class::Revoked, "taken back"))?;
        news.send(cx).subscribe(promise.cap(), None)
    });
    stage.bench.run();
    let subscription = stage.bench.answer(gone.unwrap()).unwrap();
    assert_eq!(stage.log().2, 1);
    stage.publish(1).unwrap();
    assert_eq!(stage.log().2, 0);
    let seat = Seat { reader, subscription };
    assert_eq!(stage.status(&seat).ended.unwrap().class(), Class::Revoked);
}

#[test]
fn who_subscribes_does_not_publish_and_nobody_outside_reaches_a_lane() {
    let mut stage = Stage::new(PublisherOptions::default());
    let news = stage.news;
    let subscribe = stage.bench.outcome(|cx| news.send(cx).subscribe_only()).unwrap();
    let publish = stage.bench.outcome(|cx| news.send(cx).publish_only()).unwrap();
    for (cap, method) in [(subscribe, "publish"), (publish, "subscribe"), (subscribe, "hog:read")] {
        let message = Message::new(method, []);
        let denied = stage.bench.outcome(|cx| cx.send(cap, message)).unwrap_err();
        assert_eq!(denied.class(), Class::Denied, "{method}");
    }
    let seat = stage.subscribe(Answers, credit(1));
    for method in ["hog:give", "hog:offer", "hog:forget"] {
        let message = Message::new(method, []);
        let none = stage.bench.outcome(|cx| cx.send(seat.subscription, message));
        assert_eq!(none.unwrap_err().class(), Class::BadCall, "{method}");
    }
}

#[test]
fn a_publisher_is_made_by_its_name_within_limits() {
    let options = PublisherOptions::default();
    let checks = [
        (PublisherOptions { lag: 0, ..options }, false),
        (PublisherOptions { lag: LAG_MAX + 1, ..options }, false),
        (PublisherOptions { history: LAG_MAX + 1, ..options }, false),
        (PublisherOptions { bytes: u64::MAX, ..options }, false),
        (PublisherOptions { subscribers: 0, ..options }, false),
        (PublisherOptions { subscribers: u64::MAX, ..options }, false),
        (PublisherOptions { lag: LAG_MAX, refuse: true, ..options }, true),
    ];
    for (options, fine) in checks {
        let mut bench = bench();
        let maker = bench.spawn_apart(hogshead_objects::stock::maker::KindMaker::default());
        let init = codec::to_value(&options).unwrap();
        let message = Message::new("make", [Value::from("hogshead/publisher"), init]);
        let made = bench.outcome(|cx| cx.send(maker, message));
        assert_eq!(made.is_ok(), fine, "{options:?}");
    }
}
