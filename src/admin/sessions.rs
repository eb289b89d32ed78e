//! What the owner is told of sessions.

use serde::{Deserialize, Serialize};

/// A session of a vat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SessionInfo {
    /// The vat's number for it.
    pub id: u64,
    /// The peer's key, or what else is known of it.
    pub peer: String,
    /// The first name of the owner's directory whose sturdyref is of this peer.
    pub petname: Option<String>,
    /// `local`, `durable`, `plain` or `owner`.
    pub kind: String,
    /// `open`; `opening`, as long as the peer of a durable one has not been reached; or `forked`,
    /// of one that has ended so.
    pub state: String,
    /// Whether messages can go to and fro now.
    pub carried: bool,
    /// Whether the peer is being dialled.
    pub dialling: bool,
    /// When an absent peer is dialled next, in milliseconds since 1970.
    pub next_dial_ms: Option<u64>,
    /// When the session began, likewise; rows of earlier versions do not say.
    pub began_ms: Option<u64>,
    /// When the peer of a durable one was last known to be there: written as channels come and go.
    pub heard_ms: Option<u64>,
    /// Since when a peer with a channel has taken nothing of what it was sent, likewise; said once
    /// that is longer than a peer needs.
    pub silent_ms: Option<u64>,
    /// What the peer has not got, of a durable one.
    pub outbox: OutboxInfo,
    /// Exports held by the peer.
    pub exports: u64,
    /// Imports held by this vat.
    pub imports: u64,
    /// Answers that this vat waits for.
    pub questions: u64,
    /// Outcomes that the peer waits for.
    pub owed: u64,
    /// What waits for the peer to be reached for the first time: sturdyrefs and gifts.
    pub wishes: u64,
    /// The proof that it has forked.
    pub fork: Option<ForkInfo>,
}

/// How much an outbox holds that the peer is not known to have.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct OutboxInfo {
    /// Operations with a number: the peer may have applied them.
    pub numbered: u64,
    /// Bytes of their rows.
    pub numbered_bytes: u64,
    /// Operations that wait for the peer to be ready: it has never seen them.
    pub waiting: u64,
    /// Bytes of their rows.
    pub waiting_bytes: u64,
}

/// That a session has forked: a store was copied, or put back to an earlier state.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ForkInfo {
    /// When it was found, in milliseconds since 1970.
    pub found_ms: u64,
    /// What proves it, in words.
    pub evidence: String,
}

/// A session in detail. Of each list it has the first page; the counts say whether there is more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SessionDetails {
    /// What the list shows.
    pub info: SessionInfo,
    /// What the peer has not got, in the order in which it will.
    pub outbox: Vec<QueuedInfo>,
    /// What the peer holds of this vat.
    pub exports: Vec<HeldInfo>,
    /// What this vat holds of the peer.
    pub imports: Vec<HeldInfo>,
}

/// An operation that the peer has not got.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct QueuedInfo {
    /// Its number, if it has one: then it cannot be dropped by itself.
    pub number: Option<u64>,
    /// What it does, in words, without its arguments.
    pub action: String,
    /// Whether somebody here waits for what comes of it.
    pub asks: bool,
    /// Since when it waits, if that is known, in milliseconds since 1970.
    pub since_ms: Option<u64>,
    /// Bytes of its row.
    pub bytes: u64,
}

/// A reference that one side of a session holds of the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HeldInfo {
    /// Its position: what `session_expire` and `session_expire_export` take.
    pub position: u64,
    /// What it is, in words: the kind of an object, a promise.
    pub what: String,
    /// The object, if it is one of this vat's.
    pub object: Option<u64>,
    /// How many in this vat hold it, sessions included.
    pub holders: u64,
    /// Since when, in milliseconds since 1970; rows of earlier versions do not say.
    pub since_ms: Option<u64>,
    /// Why it is broken, if it is.
    pub broken: Option<String>,
}

/// What became of a session that the owner ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SessionEnded {
    /// The vat's number for it.
    pub id: u64,
    /// The peer.
    pub peer: String,
    /// Whether the peer could be told. Otherwise it learns it when it comes.
    pub told: bool,
}

/// What became of an outbox that the owner dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OutboxDropped {
    /// Operations that were dropped.
    pub operations: u64,
    /// How many of them were questions: their answers are broken.
    pub questions: u64,
    /// Sturdyrefs and gifts that are not asked for any more.
    pub wishes: u64,
    /// What is left since it has a number, or since the peer is owed it.
    pub left: OutboxInfo,
}
