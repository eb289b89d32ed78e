//! Wishes as rows, and what is in memory of them.

use std::collections::BTreeMap;

use hogshead_captp::handoff::Introduction;
use hogshead_objects::codec;
use hogshead_objects::ids::{DeliveryId, SessionId};
use hogshead_objects::locator::{Locator, SturdyRef};
use hogshead_objects::records::{ReadRecords, Row};
use serde::{Deserialize, Serialize};

use crate::host::peers::PeerKey;
use crate::host::{HostError, layout};

/// What a vat wants of a peer.
pub(crate) enum Wish {
    /// What a sturdyref leads to.
    Fetch(Enliven),
    /// A gift that the peer keeps for this vat.
    Withdraw(Box<Introduction>),
}

/// A sturdyref that somebody waits for.
#[derive(Serialize, Deserialize)]
pub(crate) struct Enliven {
    /// The device delivery to be answered.
    pub delivery: DeliveryId,
    pub target: SturdyRef,
}

/// A wish that waits, under the number of its row.
pub(crate) struct Kept {
    pub number: u64,
    pub wish: Wish,
}

/// The wishes of a vat that wait, by peer and in their order. The rows are the truth; what is here
/// was read from them when it was first needed.
#[derive(Default)]
pub(crate) struct Wishes {
    loaded: bool,
    by_peer: BTreeMap<PeerKey, Vec<Kept>>,
}

impl Wishes {
    /// Reads the rows unless that was done.
    pub fn load(
        &mut self,
        records: &dyn ReadRecords,
    ) -> Result<&mut BTreeMap<PeerKey, Vec<Kept>>, HostError> {
        if !self.loaded {
            let (from, to) = layout::wishes();
            for (key, bytes) in records.range(&from, &to, usize::MAX)? {
                let wish = Wish::from_row(&key, &bytes)?;
                let number = layout::wish_number(&key).ok_or_else(|| damaged("its key"))?;
                let peer = PeerKey::of(wish.peer()).map_err(|_| damaged("its peer"))?;
                self.by_peer.entry(peer).or_default().push(Kept { number, wish });
            }
            self.loaded = true;
        }
        Ok(&mut self.by_peer)
    }

    /// Drops what is in memory.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether some are in memory.
    pub fn are_waiting(&self) -> bool {
        !self.by_peer.is_empty()
    }
}

impl Wish {
    /// Whom it is for, and the ways to it that are known.
    pub fn peer(&self) -> &Locator {
        match self {
            Self::Fetch(enliven) => &enliven.target.peer,
            Self::Withdraw(introduction) => &introduction.exporter,
        }
    }

    /// The session over which it was given, if it was.
    pub fn gifter(&self) -> Option<SessionId> {
        match self {
            Self::Fetch(_) => None,
            Self::Withdraw(introduction) => Some(introduction.gifter),
        }
    }

    /// Whether it has nothing better to offer than one that came to nothing.
    pub fn is_like(&self, tried: &Self) -> bool {
        let gifter = self.gifter();
        self.peer() == tried.peer() || (gifter.is_some() && gifter == tried.gifter())
    }

    /// The row: a byte that says which kind, and the kind's own. Both hold secrets.
    pub fn to_row(&self) -> Result<Row, HostError> {
        let (kind, row) = match self {
            Self::Fetch(enliven) => (FETCH, codec::encode_row(enliven)?),
            Self::Withdraw(introduction) => (WITHDRAW, introduction.to_row()),
        };
        let mut bytes = Vec::with_capacity(1 + row.bytes.len());
        bytes.push(kind);
        bytes.extend_from_slice(&row.bytes);
        Ok(Row { bytes: bytes.into(), secret: true })
    }

    fn from_row(key: &[u8], bytes: &bytes::Bytes) -> Result<Self, HostError> {
        match bytes.first() {
            Some(&FETCH) => {
                let enliven = codec::decode_row(&bytes.slice(1..));
                enliven.map(Self::Fetch).map_err(|e| damaged(&e.to_string()))
            }
            Some(&WITHDRAW) => {
                let introduction = Introduction::from_row(key, &bytes.slice(1..))?;
                Ok(Self::Withdraw(Box::new(introduction)))
            }
            _ => Err(damaged("no kind of wish has this number")),
        }
    }
}

const FETCH: u8 = 1;
const WITHDRAW: u8 = 2;

fn damaged(what: &str) -> HostError {
    HostError::Damaged(format!("a wish: {what}"))
}
