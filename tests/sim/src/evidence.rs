//! What a world leaves for the checkers, who see nothing else of it.

use std::collections::BTreeMap;

use hogshead::admin::SessionInfo;

use crate::objects::{Book, Command};

/// All that is known of a world at its end.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Whether sessions between hosts outlive their carriers.
    pub durable: bool,
    /// The books of everybody, children included, once everything had come to rest.
    pub books: Vec<Book>,
    /// The vats: which machine they are on.
    pub vats: Vec<VatSeen>,
    /// The owners' commands.
    pub commands: BTreeMap<u64, Commanded>,
    /// Sharings that were revoked: from which command on nothing may pass.
    pub revoked: BTreeMap<u32, u64>,
    /// How many parked deliveries the owner of each of the cast had run after all: later than what
    /// had come after them.
    pub retried: BTreeMap<u32, u64>,
    /// What was wrong with the records of vats, by the audit that counts everything anew.
    pub audit: Vec<String>,
    /// Books that an evicted vat, or a host that was started again, told otherwise than before.
    pub reloads: Vec<String>,
    /// What had not come to rest when it should have.
    pub restless: Vec<String>,
    /// Anything else that must not be.
    pub faults: Vec<String>,
}

/// A vat after everybody has let go of everything.
#[derive(Clone, Debug, Default)]
pub struct VatSeen {
    /// Its name.
    pub name: String,
    /// Its key.
    pub id: String,
    /// The machine that it is on.
    pub machine: usize,
    /// The root of its objects.
    pub actor: u32,
    /// Its objects.
    pub objects: usize,
    /// Its sessions.
    pub sessions: Vec<SessionInfo>,
}

/// What became of an owner's command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commanded {
    /// Whom.
    pub actor: u32,
    /// What; nothing if it was to keep something.
    pub command: Option<Command>,
    /// What the owner was told: how much was done, or the class of an error.
    pub outcome: Option<Result<u64, String>>,
}
