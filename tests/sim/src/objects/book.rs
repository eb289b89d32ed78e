//! Books: what one has done and met, as the checkers read it.

use serde::{Deserialize, Serialize};

/// What one has done and met.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Book {
    /// Whose it is.
    pub id: u32,
    /// The owner's commands, in the order in which they were done.
    pub done: Vec<u64>,
    /// Every route that it has written on.
    pub routes: Vec<Route>,
    /// Every route that it has heard letters of.
    pub heard: Vec<Heard>,
    /// What came of each gift and order, by the command that led to it.
    pub asked: Vec<Asked>,
    /// Grants that it was given: who gave it, by which command, and whom it leads to.
    pub granted: Vec<Granted>,
    /// Promises that it owes.
    pub owes: u64,
    /// Alarms that it has set.
    pub alarms: Vec<Alarm>,
}

/// A timer, in milliseconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Alarm {
    /// The command that led to it.
    pub op: u64,
    /// Before which time it must not ring.
    pub due: u64,
    /// When it first rang.
    pub rang: Option<u64>,
    /// How often it rang.
    pub times: u64,
}

/// A reference that letters went by.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Route {
    /// Its number.
    pub number: u64,
    /// Whom it leads to; zero if that was not decided when it came.
    pub to: u32,
    /// By which sharing it came.
    pub share: u32,
    /// For each letter in order: the command that led to it, and what came of it.
    pub letters: Vec<(u64, Option<String>)>,
}

/// Letters of a route as they were heard.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Heard {
    /// Who wrote them.
    pub from: u32,
    /// On which route.
    pub route: u64,
    /// By which sharing that had come.
    pub share: u32,
    /// Number, command and addressee of each, in the order heard.
    pub letters: Vec<(u64, u64, u32)>,
}

/// Something that was asked for besides letters.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// The command that led to it.
    pub op: u64,
    /// What came of it.
    pub outcome: Option<String>,
}

/// A reference as it was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Granted {
    /// The command that led to it.
    pub op: u64,
    /// Who gave it.
    pub from: u32,
    /// Whom it leads to.
    pub to: u32,
}
