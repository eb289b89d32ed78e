//! Processes of scripts in whole hosts: what they wait for comes from another host, vats go cold and
//! hosts die in the middle, and every script goes on exactly once.

mod control;
mod objects;
mod waits;

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead::script::front::{self, Options};
use hogshead::script::{
    Allowance, Coded, Control, ProcessInfo, ProcessStatus, Revising, Scripts, Start,
};
use hogshead::{Cap, Client, Handle, Message, Value, codec};

use super::cast::{Actor, look_up, soon, until};
use super::home::Home;
use super::patterns::{evict, restart};

/// A process, as its owner knows it.
struct Process {
    id: String,
    control: Handle<dyn Control>,
    revising: Handle<dyn Revising>,
}

/// The scripts of a vat.
async fn library(client: &Client, vat: &str) -> Handle<dyn Scripts> {
    let seed = Bytes::from(vec![7; 32]);
    let found = client.admin().ask().scripts(vat.into(), seed).await.unwrap();
    client.handle(&found).unwrap().cast()
}

/// Starts a script in a vat with what is granted to it.
async fn start(
    client: &Client,
    vat: &str,
    source: &str,
    grants: impl IntoIterator<Item = (&str, Value)>,
) -> Process {
    let cap = |(name, value): (&str, Value)| (name.to_owned(), codec::from_value(value).unwrap());
    let grants: BTreeMap<String, Cap> = grants.into_iter().map(cap).collect();
    let allowance = Allowance::default();
    let start = Start { code: code(source), name: vat.into(), grants, args: vec![], allowance };
    let started = soon(library(client, vat).await.ask().start(start)).await.unwrap();
    process(client, started)
}

/// The process with this id, after its host came back, say.
async fn found(client: &Client, vat: &str, id: &str) -> Process {
    let started = soon(library(client, vat).await.ask().find(id.to_owned())).await.unwrap();
    process(client, started)
}

fn process(client: &Client, started: hogshead::script::Started) -> Process {
    Process {
        id: started.id,
        control: client.handle_on(&started.control),
        revising: client.handle_on(&started.revising),
    }
}

/// The encoding of a script's code.
fn code(source: &str) -> Bytes {
    let options = Options { name: "story".into(), ..Options::default() };
    let compiled = front::compile(source, &options);
    compiled.unwrap_or_else(|wrong| panic!("{wrong:?}")).encode().into()
}

/// A code, as the vat of a process has it.
async fn added(client: &Client, vat: &str, source: &str) -> Handle<dyn Coded> {
    let added = soon(library(client, vat).await.ask().add(code(source))).await.unwrap();
    client.handle_on(&added)
}

async fn info(process: &Process) -> ProcessInfo {
    soon(process.control.ask().info()).await.unwrap()
}

/// What `main` came to.
async fn result(process: &Process) -> hogshead::Result<Value> {
    soon(process.control.call(Message::new("result", []))).await
}

/// The lines of its log.
async fn log(process: &Process) -> Vec<String> {
    let lines = soon(process.control.ask().logs(None)).await.unwrap();
    lines.into_iter().map(|(_, line)| line.text).collect()
}

/// Waits until it waits for an answer to this method and nothing else: what it was granted has
/// arrived.
async fn waits_for(process: &Process, method: &str) {
    until(&format!("it waits for {method}"), || async {
        let info = info(process).await;
        info.status == ProcessStatus::Waiting && waited(&info) == [method]
    })
    .await;
}

/// The methods that it waits for.
fn waited(info: &ProcessInfo) -> Vec<&str> {
    info.waits.iter().map(|wait| wait.method.as_deref().unwrap_or_default()).collect()
}

/// What an actor has noted, once there is as much.
async fn noted(actor: &Handle<dyn Actor>, expected: &[&str]) {
    until("it is noted", || async { actor.ask().notes().await.unwrap().len() >= expected.len() })
        .await;
    assert_eq!(actor.ask().notes().await.unwrap(), expected);
}

/// Both vats go cold, then both hosts die and come back, hers first.
async fn through_the_worst(hers: &mut Home, her_vat: &str, his: &mut Home, his_vat: &str) {
    evict(&hers.client().await, her_vat).await;
    evict(&his.client().await, his_vat).await;
    restart(hers).await;
    restart(his).await;
}

/// Alice's vat on her host, Bob in his on another, and Bob for a client of her host.
async fn couple(hers: &Home, his: &Home) -> Handle<dyn Actor> {
    let (at_hers, at_his) = (hers.client().await, his.client().await);
    at_hers.admin().ask().vat_new("alice".into()).await.unwrap();
    let bob = super::cast::cast(&at_his, "bob").await;
    super::cast::over_to(&bob, &at_hers).await
}

/// Bob, for his own owner.
async fn bob(his: &Home) -> Handle<dyn Actor> {
    look_up(&his.client().await, "bob").await
}
