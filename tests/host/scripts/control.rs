//! What owners do with processes that others are in touch with: go on twice, exchange the code, end
//! and copy them.

use hogshead::script::ProcessStatus;
use hogshead::{Class, Value};

use super::super::cast::{soon, until};
use super::super::home::{Home, LONG};
use super::super::patterns::{lend, restart};
use super::{
    Process, added, bob, couple, found, info, library, log, noted, process, result, start,
    through_the_worst, waited, waits_for,
};

const ASKS: &str = "export const main = async ({ bob }) => {
  const word = await E(bob).later();
  await E(bob).note(`got ${word}`);
};";

#[tokio::test(flavor = "multi_thread")]
async fn of_two_owners_who_go_on_from_one_state_one_does_also_after_a_crash() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let one = start(at_alice.client(), "alice", ASKS, [("bob", at_alice.value())]).await;
    waits_for(&one, "later").await;
    let id = one.id.clone();
    soon(one.control.ask().pause(None)).await.unwrap();
    assert_eq!(soon(bob(&his).await.ask().decide(Some("go".into()))).await.unwrap(), 1);
    until("the answer waits", || async { info(&one).await.queued == 1 }).await;
    drop((one, at_alice));
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;

    let (one, two) = (
        found(&hers.client().await, "alice", &id).await,
        found(&hers.client().await, "alice", &id).await,
    );
    let at = Some(info(&one).await.number);
    let (first, second) = tokio::join!(one.control.ask().resume(at), two.control.ask().resume(at));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let refused = first.err().or(second.err()).unwrap();
    assert_eq!(refused.class(), Class::Refused);
    assert!(refused.message().contains("somebody else went on"), "{refused}");
    noted(&bob(&his).await, &["got go"]).await;
    drop((one, two));
    restart(&mut hers).await;
    let again = found(&hers.client().await, "alice", &id).await;
    let late = soon(again.control.ask().resume(at)).await.unwrap_err();
    assert_eq!(late.class(), Class::Refused, "{late}");
    assert_eq!(info(&again).await.status, ProcessStatus::Done);
    noted(&bob(&his).await, &["got go"]).await;
}

/// Waits until so many calls of `later` are not answered, and nothing else.
async fn waits_for_him(process: &Process, count: usize) {
    until("it waits for him", || async { waited(&info(process).await) == vec!["later"; count] })
        .await;
}

const CLERK: &str = "export const main = async ({ bob }) => Far('clerk', {
  serve: async (what) => {
    let word;
    asked: word = await E(bob).later();
    return `${what}: ${word}`;
  },
});";

#[tokio::test(flavor = "multi_thread")]
async fn a_script_is_revised_while_the_call_of_a_peer_waits_in_it() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let client = at_alice.client().clone();
    let process = start(&client, "alice", CLERK, [("bob", at_alice.value())]).await;
    let clerk = client.handle(&result(&process).await.unwrap()).unwrap();
    lend(&clerk, &bob(&his).await, "clerk").await;
    let id = process.id.clone();
    let serve = ("clerk".to_owned(), "serve".to_owned(), vec![Value::from("tea")]);
    let serving = bob(&his).await.ask().ask_and_note(serve.0, serve.1, serve.2);
    drop(serving);
    waits_for_him(&process, 1).await;

    let wrong = added(&client, "alice", &CLERK.replace("asked:", "wished:")).await;
    let refused = soon(process.revising.ask().revise(wrong.cap(), None)).await.unwrap_err();
    assert!(refused.message().contains("`asked`"), "{refused}");
    let gladly = added(&client, "alice", &CLERK.replace("${what}:", "${what}, gladly:")).await;
    let revised = soon(process.revising.ask().revise(gladly.cap(), None)).await.unwrap();
    assert_eq!(revised.calls, 1, "{revised:?}");
    drop((process, clerk, client, at_alice));
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;

    assert_eq!(soon(bob(&his).await.ask().decide(Some("yes".into()))).await.unwrap(), 1);
    noted(&bob(&his).await, &["serve: \"tea, gladly: yes\""]).await;
    let lines = log(&found(&hers.client().await, "alice", &id).await).await;
    assert!(lines[0].starts_with("revised from "), "{lines:?}");
}

const CLOSES: &str = "export const main = async ({ bob }) => {
  try {
    await E(bob).later();
  } finally {
    await E(bob).note('closing');
    const word = await E(bob).later();
    await E(bob).note(`closed: ${word}`);
  }
};";

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_script_says_goodbye_over_the_network_however_long_that_takes() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let process = start(at_alice.client(), "alice", CLOSES, [("bob", at_alice.value())]).await;
    waits_for(&process, "later").await;
    let id = process.id.clone();
    his.crash();
    soon(process.control.ask().cancel(Some("enough".into()))).await.unwrap();
    assert_eq!(info(&process).await.status.to_string(), "being cancelled: enough");
    drop((process, at_alice));
    restart(&mut hers).await;
    his.start().await;
    noted(&bob(&his).await, &["closing"]).await;
    let process = found(&hers.client().await, "alice", &id).await;
    // What was interrupted may still be answered, and so may what its `finally` asks.
    waits_for_him(&process, 2).await;
    drop(process);
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    soon(bob(&his).await.ask().decide(Some("bye".into()))).await.unwrap();
    noted(&bob(&his).await, &["closing", "closed: bye"]).await;
    let process = found(&hers.client().await, "alice", &id).await;
    let cancelled = ProcessStatus::Cancelled { why: "enough".into() };
    until("it is over", || async { info(&process).await.status == cancelled }).await;
    let error = result(&process).await.unwrap_err();
    assert!(error.message().contains("enough"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_never_answered_in_its_finally_is_ended_by_cancelling_again() {
    let (hers, his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let process = start(at_alice.client(), "alice", CLOSES, [("bob", at_alice.value())]).await;
    waits_for(&process, "later").await;
    soon(process.control.ask().cancel(Some("enough".into()))).await.unwrap();
    noted(&bob(&his).await, &["closing"]).await;
    let library = library(&hers.client().await, "alice").await;
    let refused = soon(library.ask().remove(process.id.clone(), false)).await.unwrap_err();
    assert!(refused.message().contains("once more"), "{refused}");
    soon(process.control.ask().cancel(None)).await.unwrap();
    assert_eq!(info(&process).await.status.to_string(), "cancelled: enough");
    let over = soon(process.control.ask().cancel(None)).await.unwrap_err();
    assert_eq!(over.class(), Class::Refused, "{over}");
    soon(bob(&his).await.ask().decide(Some("bye".into()))).await.unwrap();
    noted(&bob(&his).await, &["closing"]).await;
    soon(library.ask().remove(process.id.clone(), false)).await.unwrap();
}

const CARD: &str = "export const main = async ({ bob }) => {
  const word = await E(bob).later();
  let asked = 0;
  const card = Far('card', { count: () => { asked += 1; return `${word} ${asked}`; } });
  const known = await E(bob).is_kept('card', card);
  await E(bob).keep('card', card);
  await E(bob).note(`${word}: ${known}, ${await E(bob).is_kept('card', card)}`);
};";

#[tokio::test(flavor = "multi_thread")]
async fn two_forks_hear_the_same_answer_and_are_not_the_same() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let client = at_alice.client().clone();
    let first = start(&client, "alice", CARD, [("bob", at_alice.value())]).await;
    waits_for(&first, "later").await;
    let fork = library(&client, "alice").await.ask().fork(first.id.clone());
    let second = process(&client, soon(fork).await.unwrap());
    assert_ne!(first.id, second.id);
    waits_for(&second, "later").await;
    soon(second.control.ask().pause(None)).await.unwrap();
    let id = second.id.clone();
    drop((first, second, client, at_alice));
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;

    assert_eq!(soon(bob(&his).await.ask().decide(Some("go".into()))).await.unwrap(), 1);
    let said = "go: false, true";
    noted(&bob(&his).await, &[said]).await;
    let bob = bob(&his).await;
    let count = async || soon(bob.ask().ask("card".into(), "count".into(), vec![])).await.unwrap();
    assert_eq!(count().await, Value::from("go 1"));
    assert_eq!(count().await, Value::from("go 2"));
    // The other one hears the same, and has a card of its own: that of the first is not it.
    let second = found(&hers.client().await, "alice", &id).await;
    soon(second.control.ask().resume(None)).await.unwrap();
    noted(&bob, &[said, said]).await;
    assert_eq!(count().await, Value::from("go 1"));
}
