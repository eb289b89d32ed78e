//! The patterns of `docs/patterns.md` in whole hosts, over the network, with restarts and evictions in
//! the middle, and the attacks that each is for.

mod brand;
mod directory;
mod escrow;
pub mod grants;
mod joiner;
mod lazy;
mod membrane;
mod nonces;
mod once;
mod petnames;
mod pubsub;
mod purse;
mod queue;
mod sealing;
mod swappable;
mod ticker;
mod warding;
pub mod witness;

use hogshead::{Client, Handle, Value};

use super::cast::{Actor, soon, until};
use super::home::Home;

/// Has an actor of any host keep a reference, under a word.
pub async fn lend<I: ?Sized>(what: &Handle<I>, to: &Handle<dyn Actor>, word: &str) {
    let admin = what.client().admin();
    let shared = admin.ask().share(what.value(), None, word.into()).await.unwrap();
    let live = to.client().admin().ask().enliven(shared).await.unwrap();
    soon(to.ask().keep(word.into(), live)).await.unwrap();
}

/// What an object of the host makes of its kind and a first value, in a vat.
async fn made<I: ?Sized>(client: &Client, vat: &str, kind: &str, init: Value) -> Handle<I> {
    let admin = client.admin();
    let made = admin.ask().spawn(vat.into(), kind.into(), init, None).await.unwrap();
    client.handle(&made).unwrap().cast()
}

/// Has a vat go out of memory.
pub async fn evict(client: &Client, vat: &str) {
    let admin = client.admin();
    // What is still on its way to it warms it again.
    until(&format!("{vat} is cold"), || async {
        admin.ask().vat_evict(vat.into()).await.unwrap().state == "cold"
    })
    .await;
}

/// Ends a host as a crash would, and starts it again.
pub async fn restart(home: &mut Home) {
    home.crash();
    home.start().await;
}
