//! Tickers with members on two hosts, and a clock that outlasts all.

use std::sync::Arc;

use hogshead::stock::clock::{CatchUp, Clock};
use hogshead::stock::ticker::Ticker;
use hogshead::{Client, Handle, Host, Timestamp, VirtualClock};

use super::super::cast::{builder, look_up, over_to, soon, spawn, until};
use super::super::home::{Home, LONG};
use super::restart;
use super::witness::{Manner, Witness, member};

async fn witness(client: &Client, name: &str) -> Handle<dyn Witness> {
    client.admin().ask().vat_new(name.into()).await.unwrap();
    spawn(client, name, "hogshead/witness", name).await
}

async fn says(witness: &Handle<dyn Witness>, expected: &[&str]) {
    until("it is written down", || async { witness.ask().lines().await.unwrap() == expected })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_other_hosts_are_told_who_is_slow_once_for_all_it_missed() {
    let (mut hers, mut his) = (Home::new(LONG).await, Home::new(LONG).await);
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    let (alice, carol) = (witness(&at_hers, "alice").await, witness(&at_hers, "carol").await);
    let bob = witness(&at_his, "bob").await;
    let ticker: Handle<dyn Ticker> = spawn(&at_his, "bob", "hogshead/ticker", "ticker").await;
    let far = over_to(&ticker, &at_hers).await;
    soon(carol.ask().become_(Manner::Owes)).await.unwrap();
    soon(ticker.ask().register(member(bob.cap()))).await.unwrap();
    for witness in [&alice, &carol] {
        soon(far.ask().register(member(witness.cap()))).await.unwrap();
    }
    assert_eq!(soon(ticker.ask().beat()).await.unwrap(), 3);
    says(&alice, &["beat 1 for 1"]).await;
    says(&carol, &["beat 1 for 1"]).await;
    drop((far, ticker, bob, carol, alice, at_hers, at_his));
    restart(&mut his).await;
    restart(&mut hers).await;

    let ticker: Handle<dyn Ticker> = look_up(&his.client().await, "ticker").await;
    let at_hers = hers.client().await;
    let alice: Handle<dyn Witness> = look_up(&at_hers, "alice").await;
    let carol: Handle<dyn Witness> = look_up(&at_hers, "carol").await;
    // Nobody's answer to the beat before is under way but hers.
    let at_rest = async |owed: usize| {
        until("who answers has answered", || async {
            let bob = his.client().await.admin().ask().vat_show("bob".into()).await.unwrap();
            bob.waits_for.len() == owed
        })
        .await;
    };
    for number in 2..4 {
        at_rest(1).await;
        assert_eq!(soon(ticker.ask().beat()).await.unwrap(), 2, "she owes an answer");
        says(&alice, &["beat 1 for 1", "beat 2 for 1", "beat 3 for 1"][..number]).await;
    }
    assert_eq!(soon(carol.ask().answer()).await.unwrap(), 1);
    at_rest(0).await;
    assert_eq!(soon(ticker.ask().beat()).await.unwrap(), 3);
    says(&carol, &["beat 1 for 1", "beat 4 for 3"]).await;
}

async fn start(data: &std::path::Path, clock: &Arc<VirtualClock>) -> Host {
    builder(data).clock(Arc::clone(clock) as Arc<dyn hogshead::Clock>).start().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_drives_a_ticker_that_sleeps_between_beats_and_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(VirtualClock::new(Timestamp(1_800_000_000_000)));
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let bob = witness(&client, "bob").await;
    let ticker: Handle<dyn Ticker> = spawn(&client, "bob", "hogshead/ticker", "ticker").await;
    soon(ticker.ask().register(member(bob.cap()))).await.unwrap();
    let his = client.admin().ask().clock("bob".into()).await.unwrap();
    let his: Handle<dyn Clock> = client.handle(&his).unwrap().cast();
    soon(his.ask().every(1_000, CatchUp::Once, ticker.cap().cast())).await.unwrap();
    super::evict(&client, "bob").await;
    client.admin().ask().clock_advance(1_000).await.unwrap();
    says(&bob, &["beat 1 for 1"]).await;
    drop((his, ticker, bob, client));
    host.shutdown().await.unwrap();

    clock.advance(std::time::Duration::from_secs(10));
    let host = start(&folder.path().join("a"), &clock).await;
    let client = host.client().await.unwrap();
    let bob: Handle<dyn Witness> = look_up(&client, "bob").await;
    says(&bob, &["beat 1 for 1", "beat 11 for 10"]).await;
    host.shutdown().await.unwrap();
}
