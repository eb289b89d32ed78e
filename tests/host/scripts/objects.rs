//! Objects of a script that another host holds: called, forgotten by memory, and let go when nobody
//! holds them any more.

use hogshead::{Client, Value};

use super::super::cast::{soon, until};
use super::super::home::{Home, LONG};
use super::{bob, couple, info, library, result, start, through_the_worst, waited};

const DESK: &str = "export const main = async ({ bob }) => {
  let opened = 0;
  const desk = Far('desk', {
    open: () => {
      opened += 1;
      const number = opened;
      let calls = 0;
      return Far('session', { call: () => { calls += 1; return `${number}.${calls}`; } });
    },
  });
  await E(bob).keep('desk', desk);
};";

/// How many objects of a kind her vat has.
async fn count(client: &Client, kind: &str) -> usize {
    let shown = client.admin().ask().vat_show("alice".into()).await.unwrap();
    shown.objects.iter().filter(|object| object.kind == kind).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_of_a_script_outlasts_everything_but_its_last_holder() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let process = start(at_alice.client(), "alice", DESK, [("bob", at_alice.value())]).await;
    assert_eq!(result(&process).await.unwrap(), Value::Undefined);
    let id = process.id.clone();
    drop((process, at_alice));
    let open = |under: &str| (("desk".to_owned(), "open".to_owned()), under.to_owned());
    let ((desk, method), under) = open("first");
    soon(bob(&his).await.ask().get(desk, method, vec![], under)).await.unwrap();
    async fn call(his: &Home, word: &str) -> hogshead::Result<Value> {
        soon(bob(his).await.ask().ask(word.into(), "call".into(), vec![])).await
    }
    assert_eq!(call(&his, "first").await.unwrap(), Value::from("1.1"));
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    assert_eq!(call(&his, "first").await.unwrap(), Value::from("1.2"));

    // Each takes the place of the one before it, which nobody holds then.
    for _ in 0..60 {
        let ((desk, method), under) = open("passing");
        soon(bob(&his).await.ask().get(desk, method, vec![], under)).await.unwrap();
    }
    let client = hers.client().await;
    let kind = "hogshead/script-object";
    until("the dropped ones are gone", || async {
        // What is dropped is seen with an event.
        assert_eq!(call(&his, "passing").await.unwrap().as_str().unwrap().get(..3), Some("61."));
        count(&client, kind).await <= 3
    })
    .await;
    assert_eq!(call(&his, "first").await.unwrap(), Value::from("1.3"));
    drop(client);
    through_the_worst(&mut hers, "alice", &mut his, "bob").await;
    assert_eq!(call(&his, "first").await.unwrap(), Value::from("1.4"));

    // With the last holder the process goes.
    let client = hers.client().await;
    soon(library(&client, "alice").await.ask().remove(id, false)).await.unwrap();
    assert_eq!(call(&his, "first").await.unwrap(), Value::from("1.5"));
    for word in ["first", "passing", "desk"] {
        soon(bob(&his).await.ask().forget(word.into())).await.unwrap();
    }
    until("the process is gone", || async {
        client.admin().ask().collect("alice".into()).await.unwrap();
        count(&client, "hogshead/script").await + count(&client, kind).await == 0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_passed_out_in_a_life_that_was_undone_never_becomes_something_else() {
    let (hers, his) = (Home::new(LONG).await, Home::new(LONG).await);
    let at_alice = couple(&hers, &his).await;
    let source = "export const main = async ({ bob }) => {
      for (;;) {
        const word = await E(bob).later();
        if (word !== 'nothing') await E(bob).keep(word, Far(word, { who: () => word }));
      }
    };";
    let process = start(at_alice.client(), "alice", source, [("bob", at_alice.value())]).await;
    let bob = &bob(&his).await;
    let decide = async |word: &'static str| {
        until("he is asked", || async { soon(bob.ask().decide(Some(word.into()))).await != Ok(0) })
            .await;
    };
    let who = async |word: &str| soon(bob.ask().ask(word.into(), "who".into(), vec![])).await;
    decide("nothing").await;
    decide("first").await;
    // Every event leaves a state to go back to, so nobody calls it yet.
    until("he has it", || async { soon(bob.ask().kept("first".into())).await.is_ok() }).await;
    until("he is asked again", || async {
        let info = info(&process).await;
        waited(&info) == ["later"] && info.undo >= 3
    })
    .await;
    // To before it was asked what to make: the first answer is heard again.
    soon(process.control.ask().undo(3, None)).await.unwrap();
    let gone = who("first").await.unwrap_err();
    assert!(gone.message().contains("no such object"), "{gone}");
    decide("second").await;
    until("he has another", || async { who("second").await == Ok(Value::from("second")) }).await;
    let gone = who("first").await.unwrap_err();
    assert!(gone.message().contains("no such object"), "{gone}");
}
