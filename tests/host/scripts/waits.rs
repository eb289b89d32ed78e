//! One event, a stream of events, a length of time, an end of patience: each is waited for through
//! cold vats and crashes on both sides, and comes once.

use std::sync::Arc;
use std::time::Duration;

use hogshead::stock::mailbox::{MailSlot, Mailbox};
use hogshead::stock::pubsub::Publisher;
use hogshead::stock::queue::Queue;
use hogshead::{Client, Handle, Timestamp, Value, VirtualClock};

use super::super::cast::{look_up, over_to, soon, spawn, until};
use super::super::home::{Home, LONG};
use super::super::patterns::{evict, restart};
use super::{bob, couple, found, info, noted, result, start, through_the_worst, waits_for};

const START: u64 = 1_800_000_000_000;
const DAY: Duration = Duration::from_secs(24 * 3600);

#[tokio::test(flavor = "multi_thread")]
async fn one_event_that_is_awaited_over_the_network_comes_once() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let source = "export const main = async ({ bob }) => {
      const word = await E(bob).later();
      await E(bob).note(`got ${word}`);
      return word;
    };";
    let process = start(at_alice.client(), "alice", source, [("bob", at_alice.value())]).await;
    waits_for(&process, "later").await;
    let id = process.id.clone();
    drop((process, at_alice));
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    waits_for(&found(&hers.client().await, "alice", &id).await, "later").await;
    // It is answered while she is away.
    hers.crash();
    assert_eq!(soon(bob(&his).await.ask().decide(Some("go".into()))).await.unwrap(), 1);
    restart(&mut his).await;
    hers.start().await;
    noted(&bob(&his).await, &["got go"]).await;
    restart(&mut hers).await;
    let process = found(&hers.client().await, "alice", &id).await;
    assert_eq!(result(&process).await.unwrap(), Value::from("go"));
    noted(&bob(&his).await, &["got go"]).await;
}

/// Something of Bob's under its kind's name, for him and for what runs on her host.
async fn of_bobs<I: ?Sized>(kind: &str, his: &Home, hers: &Client) -> Handle<I> {
    let made: Handle<I> =
        spawn(&his.client().await, "bob", &format!("hogshead/{kind}"), kind).await;
    over_to(&made, hers).await
}

async fn his_own<I: ?Sized>(kind: &str, his: &Home) -> Handle<I> {
    look_up(&his.client().await, kind).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_pulled_one_event_after_another_loses_and_repeats_none() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let queue: Handle<dyn Queue> = of_bobs("queue", &his, at_alice.client()).await;
    let source = "export const main = async ({ queue, bob }) => {
      const words = [];
      while (words.length < 5) {
        const word = await E(queue).take();
        words.push(word);
        await E(bob).note(word);
      }
      return words.join('');
    };";
    let grants = [("queue", queue.value()), ("bob", at_alice.value())];
    let process = start(at_alice.client(), "alice", source, grants).await;
    let id = process.id.clone();
    waits_for(&process, "take").await;
    drop((process, queue, at_alice));
    async fn put(his: &Home, word: &'static str) {
        let queue: Handle<dyn Queue> = his_own("queue", his).await;
        soon(queue.ask().put(word.into())).await.unwrap();
    }
    put(&his, "a").await;
    noted(&bob(&his).await, &["a"]).await;
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    put(&his, "b").await;
    noted(&bob(&his).await, &["a", "b"]).await;
    hers.crash();
    put(&his, "c").await;
    put(&his, "d").await;
    restart(&mut his).await;
    hers.start().await;
    noted(&bob(&his).await, &["a", "b", "c", "d"]).await;
    evict(&hers.client().await, "alice").await;
    put(&his, "e").await;
    let process = found(&hers.client().await, "alice", &id).await;
    assert_eq!(result(&process).await.unwrap(), Value::from("abcde"));
    noted(&bob(&his).await, &["a", "b", "c", "d", "e"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_pushed_to_an_object_of_the_scripts_comes_in_order_and_once() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let news: Handle<dyn Publisher> = of_bobs("publisher", &his, at_alice.client()).await;
    let source = "export const main = async ({ news, bob }) => {
      let heard = '';
      let full;
      const whole = new Promise((resolve) => { full = resolve; });
      const subscriber = Far('subscriber', {
        notify: async ({ position, missed, value }) => {
          heard += value;
          await E(bob).note(`${position} ${missed} ${value}`);
          if (heard.length === 4) full(heard);
        },
        ended: (why) => console.log(why.message),
      });
      await E(news).subscribe(subscriber, undefined);
      return whole;
    };";
    let grants = [("news", news.value()), ("bob", at_alice.value())];
    let process = start(at_alice.client(), "alice", source, grants).await;
    let id = process.id.clone();
    until("it has subscribed", || async {
        let subscribers = soon(news.ask().status()).await.unwrap().subscribers;
        subscribers == 1 && info(&process).await.waits.is_empty()
    })
    .await;
    drop((process, news, at_alice));
    async fn publish(his: &Home, word: &'static str) {
        let news: Handle<dyn Publisher> = his_own("publisher", his).await;
        soon(news.ask().publish(word.into())).await.unwrap();
    }
    publish(&his, "a").await;
    noted(&bob(&his).await, &["0 0 a"]).await;
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    hers.crash();
    publish(&his, "b").await;
    publish(&his, "c").await;
    restart(&mut his).await;
    hers.start().await;
    noted(&bob(&his).await, &["0 0 a", "1 0 b", "2 0 c"]).await;
    evict(&hers.client().await, "alice").await;
    publish(&his, "d").await;
    let process = found(&hers.client().await, "alice", &id).await;
    assert_eq!(result(&process).await.unwrap(), Value::from("abcd"));
    noted(&bob(&his).await, &["0 0 a", "1 0 b", "2 0 c", "3 0 d"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_a_mailbox_are_read_one_by_one_each_once() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let mailbox: Handle<dyn Mailbox> = of_bobs("mailbox", &his, at_alice.client()).await;
    let source = "export const main = async ({ mailbox, bob }) => {
      for (let left = 3; left > 0; left -= 1) {
        const { number, from, value } = await E(mailbox).next();
        await E(bob).note(`${number} of ${from}: ${value}`);
      }
      return 'read';
    };";
    let grants = [("mailbox", mailbox.value()), ("bob", at_alice.value())];
    let process = start(at_alice.client(), "alice", source, grants).await;
    let id = process.id.clone();
    waits_for(&process, "next").await;
    drop((process, mailbox, at_alice));
    async fn post(his: &Home, word: &'static str) {
        let mailbox: Handle<dyn Mailbox> = his_own("mailbox", his).await;
        let slot = soon(mailbox.ask().slot("carol".into(), None)).await.unwrap();
        let slot: Handle<dyn MailSlot> = mailbox.client().handle_on(&slot);
        soon(slot.ask().drop_letter(word.into())).await.unwrap();
    }
    post(&his, "a").await;
    noted(&bob(&his).await, &["1 of carol: a"]).await;
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    hers.crash();
    post(&his, "b").await;
    hers.start().await;
    noted(&bob(&his).await, &["1 of carol: a", "2 of carol: b"]).await;
    evict(&hers.client().await, "alice").await;
    post(&his, "c").await;
    let process = found(&hers.client().await, "alice", &id).await;
    assert_eq!(result(&process).await.unwrap(), Value::from("read"));
    noted(&bob(&his).await, &["1 of carol: a", "2 of carol: b", "3 of carol: c"]).await;
}

/// The clock of Alice's vat.
async fn clock(client: &Client) -> Value {
    client.admin().ask().clock("alice".into()).await.unwrap()
}

/// How many timers Alice's vat has.
async fn timers(client: &Client) -> usize {
    let shown = client.admin().ask().vat_show("alice".into()).await.unwrap();
    shown.waits_for.iter().filter(|wait| wait.timer.is_some()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_is_slept_through_cold_vats_and_a_host_that_is_down_when_it_ends() {
    let time = Arc::new(VirtualClock::new(Timestamp(START)));
    let (mut hers, mut his) = (Home::timed(LONG, &time).await, Home::timed(LONG, &time).await);
    let at_alice = couple(&hers, &his).await;
    let source = "export const main = async ({ clock, bob }) => {
      const due = await E(clock, { note: 'a week' }).after(7 * 24 * 3600 * 1000);
      await E(bob).note('a week later');
      return due;
    };";
    let client = at_alice.client().clone();
    let grants = [("clock", clock(&client).await), ("bob", at_alice.value())];
    let process = start(&client, "alice", source, grants).await;
    waits_for(&process, "after").await;
    let id = process.id.clone();
    drop((process, client, at_alice));
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    time.advance(6 * DAY);
    waits_for(&found(&hers.client().await, "alice", &id).await, "after").await;
    hers.crash();
    time.advance(2 * DAY);
    hers.start().await;
    noted(&bob(&his).await, &["a week later"]).await;
    let process = found(&hers.client().await, "alice", &id).await;
    assert_eq!(result(&process).await.unwrap(), Value::from(START + 7 * 24 * 3600 * 1000));
    noted(&bob(&his).await, &["a week later"]).await;
}

const PATIENT: &str = "export const main = async ({ bob }) => {
  try {
    return await E(bob, { within: 60_000, note: 'an answer' }).later();
  } catch (error) {
    await E(bob).note(error.message);
    return 'late';
  }
};";

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_passes_while_the_host_is_down_and_a_late_answer_changes_nothing() {
    let time = Arc::new(VirtualClock::new(Timestamp(START)));
    let (mut hers, mut his) = (Home::timed(LONG, &time).await, Home::timed(LONG, &time).await);
    let at_alice = couple(&hers, &his).await;
    let process = start(at_alice.client(), "alice", PATIENT, [("bob", at_alice.value())]).await;
    waits_for(&process, "later").await;
    let id = process.id.clone();
    drop((process, at_alice));
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    time.advance(Duration::from_secs(59));
    let process = found(&hers.client().await, "alice", &id).await;
    let waiting = info(&process).await;
    assert_eq!(waiting.waits[0].deadline, Some(Timestamp(START + 60_000)), "{waiting:?}");
    drop(process);
    hers.crash();
    time.advance(Duration::from_secs(2));
    hers.start().await;
    let process = found(&hers.client().await, "alice", &id).await;
    assert_eq!(result(&process).await.unwrap(), Value::from("late"));
    let said = "failed: no answer came within the time that was set";
    noted(&bob(&his).await, &[said]).await;
    assert_eq!(soon(bob(&his).await.ask().decide(Some("at last".into()))).await.unwrap(), 1);
    drop(process);
    restart(&mut hers).await;
    let process = found(&hers.client().await, "alice", &id).await;
    assert_eq!(result(&process).await.unwrap(), Value::from("late"));
    noted(&bob(&his).await, &[said]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_time_takes_its_deadline_along() {
    let time = Arc::new(VirtualClock::new(Timestamp(START)));
    let (mut hers, mut his) = (Home::timed(LONG, &time).await, Home::timed(LONG, &time).await);
    let at_alice = couple(&hers, &his).await;
    let process = start(at_alice.client(), "alice", PATIENT, [("bob", at_alice.value())]).await;
    waits_for(&process, "later").await;
    let id = process.id.clone();
    drop((process, at_alice));
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    assert_eq!(timers(&hers.client().await).await, 1);
    assert_eq!(soon(bob(&his).await.ask().decide(Some("yes".into()))).await.unwrap(), 1);
    let process = found(&hers.client().await, "alice", &id).await;
    assert_eq!(result(&process).await.unwrap(), Value::from("yes"));
    drop(process);
    time.advance(Duration::from_secs(61));
    restart(&mut hers).await;
    let process = found(&hers.client().await, "alice", &id).await;
    assert_eq!(result(&process).await.unwrap(), Value::from("yes"));
    noted(&bob(&his).await, &[]).await;
}
