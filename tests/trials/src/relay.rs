//! A relay of UDP packets that loses, delays, doubles and reorders them as a seed says: `trials
//! relay`, a process of its own between two hosts.
//!
//! ```text
//!   host A ──▶ front 0 ─┐                    ┌─ a socket for each sender ──▶ host B
//!   host B ──▶ front 1 ─┴─▶ weather, a seed ─┴─ a socket for each sender ──▶ host A
//!
//!   parent ──stdin: a command a line──▶ relay ──stdout: a line of JSON each──▶ parent
//! ```
//!
//! A host tells others the address of a front as its own. To *rebind* is to put another socket, at
//! another port, in the place of each sender's, as a translator of addresses does when it has
//! forgotten a mapping: the host behind sees its peer come from elsewhere in mid-connection.

mod process;
mod way;
pub mod weather;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::process::RelayProcess;
use self::way::Way;
use self::weather::Weather;
use crate::host_process::{Failure, hear, say};

/// How a relay is started.
#[derive(Clone, Debug, clap::Args)]
pub struct Start {
    /// Where the randomness comes from.
    #[arg(long)]
    pub seed: u64,
    /// How many fronts.
    #[arg(long, default_value_t = 2)]
    pub ways: usize,
    /// The weather while it is rough.
    #[command(flatten)]
    pub weather: Weather,
}

/// What a relay is told, a line of JSON each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Command {
    /// Where a front leads.
    Lead {
        /// The front's number.
        way: usize,
        /// The host behind it.
        to: SocketAddr,
    },
    /// Packets pass as they come; so it begins.
    Calm,
    /// The weather is as the start says.
    Rough,
    /// Nothing passes.
    Cut,
    /// Every sender's socket is replaced by one at another port.
    Rebind,
    /// Nothing but the answer, which is the same to all: the counters.
    Count,
}

/// What a relay has done, both directions of all ways together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counters {
    /// Packets that came.
    pub came: u64,
    /// Packets that went on, copies included.
    pub passed: u64,
    /// Packets lost by the weather.
    pub lost: u64,
    /// Packets lost while everything was cut off, or for want of room or of somewhere to go.
    pub cut: u64,
    /// Copies of packets that went on twice.
    pub doubled: u64,
    /// Packets that went on later than they came.
    pub delayed: u64,
    /// Packets that went on after one that had come later.
    pub reordered: u64,
    /// Sockets replaced by others.
    pub rebound: u64,
    /// Packets that such a socket brought back to a sender: the other side has followed.
    pub followed: u64,
}

/// What a relay says once its fronts are open.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Ready {
    fronts: Vec<SocketAddr>,
}

/// Relays until the standard input ends. This is the child's side.
pub async fn serve(start: Start) -> Result<(), Failure> {
    let mut ways: Vec<Arc<Way>> = Vec::new();
    for number in 0..start.ways {
        let seed = start.seed.wrapping_add((number as u64) << 32);
        ways.push(Way::open(seed, (Ipv4Addr::LOCALHOST, 0).into()).await?);
    }
    say(&Ready { fronts: ways.iter().map(|way| way.front()).collect::<Result<_, _>>()? })?;
    while let Some(line) = tokio::task::spawn_blocking(hear).await?? {
        match serde_json::from_str(&line)? {
            Command::Lead { way, to } => ways.get(way).ok_or("there is no such way")?.lead(to),
            Command::Calm => ways.iter().for_each(|way| way.set(Some(Weather::calm()))),
            Command::Rough => ways.iter().for_each(|way| way.set(Some(start.weather))),
            Command::Cut => ways.iter().for_each(|way| way.set(None)),
            Command::Rebind => {
                for way in &ways {
                    way.rebind().await?;
                }
            }
            Command::Count => {}
        }
        say(&ways.iter().fold(Counters::default(), |sum, way| sum.plus(way.counters())))?;
    }
    Ok(())
}

impl Counters {
    fn plus(self, other: Self) -> Self {
        Self {
            came: self.came + other.came,
            passed: self.passed + other.passed,
            lost: self.lost + other.lost,
            cut: self.cut + other.cut,
            doubled: self.doubled + other.doubled,
            delayed: self.delayed + other.delayed,
            reordered: self.reordered + other.reordered,
            rebound: self.rebound + other.rebound,
            followed: self.followed + other.followed,
        }
    }
}
