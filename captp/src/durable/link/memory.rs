//! What a link has beside its rows, for whoever runs its turns again.

use hogshead_objects::ids::SessionId;
use hogshead_objects::records::{ReadRecords, RecordsError};
use serde::{Deserialize, Serialize};

use super::{Chain, Link, Mark, Parties};

/// What a link knows that is in no row: what was acknowledged and granted without a turn. With the
/// same rows and the same memory a turn does the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Memory {
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    noted: Option<(u64, serde_bytes::ByteArray<32>, u64)>,
    #[serde(rename = "c")]
    credit: u64,
    #[serde(rename = "m", default, skip_serializing_if = "std::ops::Not::not")]
    more: bool,
    #[serde(rename = "g")]
    granted: u64,
    #[serde(rename = "t")]
    told: u64,
    #[serde(rename = "l")]
    allowed: u64,
}

impl Link {
    /// What the link has beside its rows, between turns.
    pub fn memory(&self) -> Memory {
        let noted = self
            .noted
            .map(|(mark, bytes)| (mark.number, serde_bytes::ByteArray::new(mark.chain.0), bytes));
        let Self { more, granted, told, allowed, .. } = *self;
        Memory { noted, credit: self.row.credit, more, granted, told, allowed }
    }

    /// The link that rows hold, if there is one, as it was when its [`memory`](Link::memory) was
    /// taken.
    pub fn remembered(
        id: SessionId,
        parties: Parties,
        memory: &Memory,
        records: &dyn ReadRecords,
    ) -> Result<Option<Self>, RecordsError> {
        let Some(mut link) = Self::load(id, parties, records)? else { return Ok(None) };
        let Memory { noted, credit, more, granted, told, allowed } = memory;
        link.noted = noted.as_ref().map(|(number, chain, bytes)| {
            (Mark { number: *number, chain: Chain(**chain) }, *bytes)
        });
        link.row.credit = link.row.credit.max(*credit);
        (link.more, link.granted, link.told, link.allowed) = (*more, *granted, *told, *allowed);
        Ok(Some(link))
    }
}
