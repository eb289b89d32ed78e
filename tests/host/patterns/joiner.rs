//! Joins over promises of other hosts.

use hogshead::stock::joiner::Joiner;
use hogshead::{Client, Handle, Value};

use super::super::cast::{Actor, cast, look_up, over_to, soon, spawn, until};
use super::super::home::{Home, LONG};
use super::restart;
use super::witness::Witness;

/// Alice on one host, Bob and Carol on another; a joiner in her vat and one in Bob's.
struct Stage {
    hers: Home,
    his: Home,
}

impl Stage {
    async fn new() -> Self {
        let stage = Self { hers: Home::new(LONG).await, his: Home::new(LONG).await };
        let (at_hers, at_his) = stage.clients().await;
        at_hers.admin().ask().vat_new("alice".into()).await.unwrap();
        spawn::<dyn Witness>(&at_hers, "alice", "hogshead/witness", "alice").await;
        spawn::<dyn Joiner>(&at_hers, "alice", "hogshead/joiner", "joiner").await;
        for name in ["bob", "carol"] {
            cast(&at_his, name).await;
        }
        spawn::<dyn Joiner>(&at_his, "bob", "hogshead/joiner", "joiner").await;
        stage
    }

    async fn clients(&self) -> (Client, Client) {
        (self.hers.client().await, self.his.client().await)
    }

    async fn alice(&self) -> Handle<dyn Witness> {
        look_up(&self.hers.client().await, "alice").await
    }

    /// Alice has joined what Bob and Carol will say, by the joiner of either host.
    async fn join(&self, how: &str, by_his: bool) {
        let (at_hers, at_his) = self.clients().await;
        let mut of = Vec::new();
        for name in ["bob", "carol"] {
            let actor: Handle<dyn Actor> = look_up(&at_his, name).await;
            of.push(over_to(&actor, &at_hers).await);
        }
        let joiner: Handle<dyn Joiner> = match by_his {
            true => over_to(&look_up(&at_his, "joiner").await, &at_hers).await,
            false => look_up(&at_hers, "joiner").await,
        };
        let alice: Handle<dyn Witness> = look_up(&at_hers, "alice").await;
        let caps = of.iter().map(Handle::cap).collect();
        soon(alice.ask().join_later(joiner.cap(), how.into(), caps)).await.unwrap();
    }

    async fn decide(&self, name: &str, with: Option<u64>) {
        let actor: Handle<dyn Actor> = self.his.actor(name).await;
        until("he was asked", || async {
            soon(actor.ask().decide(with.map(Value::from))).await.unwrap() > 0
        })
        .await;
    }

    async fn says(&self, expected: &[&str]) {
        let alice = self.alice().await;
        until("she knows", || async { alice.ask().lines().await.unwrap().len() >= expected.len() })
            .await;
        assert_eq!(alice.ask().lines().await.unwrap(), expected);
    }

    /// Waits until nothing is left of the joins: a vat waits for nothing, and has its own objects.
    async fn at_rest(&self, objects: usize, by_his: bool) {
        let (at_hers, at_his) = self.clients().await;
        let (client, vat) = if by_his { (at_his, "bob") } else { (at_hers, "alice") };
        until("the losers are let go", || async {
            let shown = client.admin().ask().vat_show(vat.into()).await.unwrap();
            shown.waits_for.is_empty() && shown.objects.len() == objects
        })
        .await;
    }
}

async fn objects_of(client: &Client, vat: &str) -> usize {
    client.admin().ask().vat_show(vat.into()).await.unwrap().objects.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_are_waited_for_over_evictions_and_crashes_of_both_hosts() {
    for by_his in [false, true] {
        let mut stage = Stage::new().await;
        stage.join("all", by_his).await;
        let (at_hers, at_his) = stage.clients().await;
        stage.decide("carol", Some(2)).await;
        for (client, vat) in [(&at_hers, "alice"), (&at_his, "bob"), (&at_his, "carol")] {
            until("it is cold", || async {
                client.admin().ask().vat_evict(vat.into()).await.unwrap().state == "cold"
            })
            .await;
        }
        drop((at_hers, at_his));
        restart(&mut stage.hers).await;
        restart(&mut stage.his).await;
        stage.decide("bob", Some(1)).await;
        stage.says(&["all: [1 2]"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_losers_of_a_race_are_let_go_at_whichever_host_it_is_run() {
    for by_his in [false, true] {
        let mut stage = Stage::new().await;
        let (at_hers, at_his) = stage.clients().await;
        let before = match by_his {
            true => objects_of(&at_his, "bob").await,
            false => objects_of(&at_hers, "alice").await,
        };
        stage.join("race", by_his).await;
        drop((at_hers, at_his));
        restart(&mut stage.his).await;
        stage.decide("carol", Some(2)).await;
        stage.says(&["race: 2"]).await;
        stage.at_rest(before, by_his).await;
        // What the loser says in the end is nobody's.
        stage.decide("bob", None).await;
        stage.says(&["race: 2"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_join_that_nobody_waits_for_any_more_is_let_go_although_nothing_settles() {
    for by_his in [false, true] {
        let stage = Stage::new().await;
        let (at_hers, at_his) = stage.clients().await;
        let (client, vat) = if by_his { (&at_his, "bob") } else { (&at_hers, "alice") };
        let before = objects_of(client, vat).await;
        stage.join("settled", by_his).await;
        until("the join waits", || async { objects_of(client, vat).await == before + 1 }).await;
        soon(stage.alice().await.ask().forget()).await.unwrap();
        stage.at_rest(before, by_his).await;
        stage.decide("bob", Some(1)).await;
        stage.says(&[]).await;
    }
}
