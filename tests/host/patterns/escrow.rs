//! An exchange of money of two mints, on two hosts, by an agent on a third that dies in the middle.

use hogshead::stock::escrow::{Exchange, Outcome, Stake};
use hogshead::stock::mint::Mint;
use hogshead::{Client, Handle, Value, codec};

use super::super::cast::{Actor, cast, look_up, soon, until};
use super::super::home::{Home, LONG};
use super::purse::balance;
use super::{evict, lend, made, restart};

/// A person with money of her own mint: the mint's issuer, on paper for others, is kept beside it.
async fn rich(client: &Client, name: &str) -> Handle<dyn Actor> {
    let actor = cast(client, name).await;
    let mint = made::<dyn Mint>(client, name, "hogshead/mint", name.into()).await;
    let issuer = client.handle_on(&mint.ask().issuer().await.unwrap());
    let purse = client.handle_on(&mint.ask().mint(100).await.unwrap());
    actor.ask().keep("issuer".into(), issuer.value()).await.unwrap();
    actor.ask().keep("purse".into(), purse.value()).await.unwrap();
    actor
}

/// What another host's client has of a person's issuer.
async fn stake(of: &Handle<dyn Actor>, at: &Client, amount: u64) -> Stake {
    let issuer = soon(of.ask().kept("issuer".into())).await.unwrap();
    let issuer = of.client().handle(&issuer).unwrap();
    let shared = of.client().admin().ask().share(issuer.value(), None, "issuer".into());
    let live = at.admin().ask().enliven(shared.await.unwrap()).await.unwrap();
    Stake { issuer: codec::from_value(live).unwrap(), amount }
}

/// Puts somebody's money in, and waits until it has left her purse.
async fn put(who: &Handle<dyn Actor>, left: u64) {
    let asking = who.clone();
    // Its answer may be cut off; the outcome is asked for later.
    tokio::spawn(async move {
        let _ = asking.ask().give("purse".into(), "seat".into(), "put".into(), vec![]).await;
    });
    until("the money is in", || async { balance(who, "purse").await == left }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_or_neither_although_everybody_dies_in_between() {
    for cancelled in [false, true] {
        let (mut agents, mut hers, mut his) =
            (Home::new(LONG).await, Home::new(LONG).await, Home::new(LONG).await);
        let (at_agent, at_hers, at_his) =
            (agents.client().await, hers.client().await, his.client().await);
        let (alice, bob) = (rich(&at_hers, "alice").await, rich(&at_his, "bob").await);
        let host = cast(&at_agent, "agent").await;
        let agent = made::<dyn Exchange>(&at_agent, "agent", "hogshead/escrow", Value::Undefined);
        let agent = agent.await;
        let left = stake(&alice, &at_agent, 10).await;
        let right = stake(&bob, &at_agent, 3).await;
        let seats = soon(agent.ask().open(left, right, None)).await.unwrap();
        for (seat, whom) in [(&seats.left, &alice), (&seats.right, &bob)] {
            lend(&at_agent.handle_on(seat), whom, "seat").await;
        }
        put(&alice, 90).await;
        evict(&at_agent, "agent").await;
        drop((alice, bob, host, agent, at_agent, at_hers, at_his));
        for home in [&mut agents, &mut hers, &mut his] {
            restart(home).await;
        }

        let (at_hers, at_his) = (hers.client().await, his.client().await);
        let alice = look_up::<dyn Actor>(&at_hers, "alice").await;
        let bob = look_up::<dyn Actor>(&at_his, "bob").await;
        if cancelled {
            soon(bob.ask().ask("seat".into(), "cancel".into(), vec![])).await.unwrap();
        } else {
            put(&bob, 97).await;
        }
        let outcome = async |who: &Handle<dyn Actor>| -> Outcome {
            let told = soon(who.ask().ask("seat".into(), "outcome".into(), vec![])).await;
            codec::from_value(told.unwrap()).unwrap()
        };
        let (her, his_own) = (outcome(&alice).await, outcome(&bob).await);
        assert_eq!((her.exchanged, his_own.exchanged), (!cancelled, !cancelled));
        let purse = at_hers.handle_on(&her.purse.unwrap());
        let expected = if cancelled { 10 } else { 3 };
        assert_eq!(soon(purse.ask().balance()).await, Ok(expected));
        match his_own.purse {
            Some(purse) => {
                assert_eq!(soon(at_his.handle_on(&purse).ask().balance()).await, Ok(10));
            }
            None => assert!(cancelled, "he had put nothing in"),
        }
    }
}
