//! What a vat's records say of its sessions, without waking any.

use hogshead_objects::ids::SessionId;
use hogshead_objects::records::{ReadRecords, RecordsError, table};

use super::Carrier;
use super::rows::{self, Head};
use crate::durable::row;

/// A session as found in a vat's records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Its number.
    pub id: SessionId,
    /// Its carrier. After a start every plain session is to be severed.
    pub carrier: Carrier,
}

/// How many rows a session has in each of its tables.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Holdings {
    /// References that the peer may use.
    pub exports: u64,
    /// References that the peer lets this vat use.
    pub imports: u64,
    /// Answers that this vat owes, until the peer gives them back.
    pub answers: u64,
    /// Answers that this vat waits for.
    pub questions: u64,
    /// Resolvers of the peer that wait for an outcome.
    pub pending: u64,
}

/// How much a session holds: one point read. A session without rows holds nothing.
pub fn holdings(id: SessionId, records: &dyn ReadRecords) -> Result<Holdings, RecordsError> {
    let key = rows::head_key(id);
    let Some(bytes) = records.get(&key)? else { return Ok(Holdings::default()) };
    let Head { exports, imports, answers, questions, pending, .. } = rows::decode(&key, &bytes)?;
    Ok(Holdings { exports, imports, answers, questions, pending })
}

/// The sessions that a vat's records hold, ascending from after `after`, at most `limit`. Of one
/// that has left nothing but the evidence of a fork nothing is said.
pub fn sessions(
    records: &dyn ReadRecords,
    after: Option<SessionId>,
    limit: usize,
) -> Result<Vec<Listed>, RecordsError> {
    let end = [table::SESSION.saturating_add(1)];
    let mut from = match after {
        None => vec![table::SESSION],
        Some(SessionId(u64::MAX)) => return Ok(Vec::new()),
        Some(SessionId(id)) => rows::prefix(SessionId(id.saturating_add(1))),
    };
    let mut found = Vec::new();
    while found.len() < limit {
        let next = records.range(&from, &end, 1)?;
        let Some((key, bytes)) = next.into_iter().next() else { break };
        let (id, rest) =
            rows::split_key(&key).ok_or_else(|| rows::damaged(&key, "not a session's key"))?;
        found.extend(carrier(rest, &key, &bytes)?.map(|carrier| Listed { id, carrier }));
        if id.0 == u64::MAX {
            break;
        }
        from = rows::prefix(SessionId(id.0.saturating_add(1)));
    }
    Ok(found)
}

/// Whose session it is by its first row; none if all that is left of it is evidence.
fn carrier(part: &[u8], key: &[u8], bytes: &[u8]) -> Result<Option<Carrier>, RecordsError> {
    match part {
        [rows::HEAD] => {
            let head: Head = rows::decode(key, bytes)?;
            Ok(Some(match (head.durable, head.linked) {
                (false, _) => Carrier::Plain,
                (true, false) => Carrier::Local,
                (true, true) => Carrier::Durable,
            }))
        }
        // Nothing was exchanged yet.
        [row::LINK] => Ok(Some(Carrier::Durable)),
        [row::EVIDENCE] => Ok(None),
        _ => Err(rows::damaged(key, "a session without a head")),
    }
}
