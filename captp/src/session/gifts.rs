//! The gifts of a gifter's session: rows that the sessions of their receivers change as well, so
//! they have no cache.

use bytes::Bytes;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{PromiseId, SessionId};
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::{ReadRecords, Records, RecordsError, Row};
use hogshead_objects::{Class, Error, Ref, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::rows::{self, Gift, Handoffs, Name};
use super::sever::each_row;
use crate::crypto::{PublicKey, SessionHash};
use crate::descriptor::HandoffGive;
use crate::handoff::Gifter;
use crate::limits::{EXPIRE_ROWS_MAX, GIFTS_MAX, Limits, WITHDRAWAL_WAIT_MS_MAX};

/// Why a gift was not deposited or withdrawn.
pub(super) type Taken = Result<(), Error>;

/// What a session's handoffs amount to.
pub(super) fn handoffs(id: SessionId, records: &dyn ReadRecords) -> Result<Handoffs, RecordsError> {
    Ok(get(&rows::handoffs_key(id), records)?.unwrap_or_default())
}

pub(super) fn put_handoffs(id: SessionId, row: &Handoffs, records: &mut dyn Records) {
    put(rows::handoffs_key(id), row, records);
}

/// Lets a session be found by its name.
pub(super) fn put_name(
    id: SessionId,
    name: SessionHash,
    key: PublicKey,
    local: bool,
    records: &mut dyn Records,
) -> Result<(), RecordsError> {
    let mut row = handoffs(id, records)?;
    if row.name != Some(name) {
        if let Some(before) = row.name.replace(name) {
            records.delete(rows::name_key(before));
        }
        put_handoffs(id, &row, records);
        put(rows::name_key(name), &Name { session: id.0, key, local }, records);
    }
    Ok(())
}

/// The session with this name.
pub(crate) fn gifter(
    name: SessionHash,
    records: &dyn ReadRecords,
) -> Result<Option<Gifter>, RecordsError> {
    let row: Option<Name> = get(&rows::name_key(name), records)?;
    Ok(row.map(|Name { session, key, local }| Gifter { session: SessionId(session), key, local }))
}

/// Keeps a gift until it is withdrawn, or gives it to whoever waits for it.
pub(super) fn deposit(
    gifter: SessionId,
    gift: &[u8],
    reference: Ref,
    limits: &Limits,
    heap: &mut dyn Heap,
) -> Result<Taken, RecordsError> {
    let key = rows::gift_key(gifter, gift);
    match get(&key, heap.records())? {
        Some(Gift::Deposited { .. }) => {
            Ok(Err(Error::refused("a gift was deposited under this id already")))
        }
        Some(row @ Gift::Awaited { promise, .. }) => {
            heap.settle(promise, Ok(Value::Ref(reference)))?;
            heap.release(Ref::Resolver(promise))?;
            remove(gifter, &key, row, heap)?;
            Ok(Ok(()))
        }
        None if mutation::has(Mutation::ForgetGift) => Ok(Ok(())),
        None => {
            let until = heap.now().0.saturating_add(limits.gift_age_ms_max);
            let row = Gift::Deposited { reference: reference.into(), until };
            let added = add(gifter, key, row, limits, heap)?;
            if added.is_ok() {
                heap.hold(reference)?;
            }
            Ok(added)
        }
    }
}

/// Settles `answer` with a gift, now or when it is deposited. The receiver's right to it has been
/// proven. `limits` are those of the receiver's session.
pub(super) fn withdraw(
    gifter: Gifter,
    give: &HandoffGive,
    answer: PromiseId,
    limits: &Limits,
    heap: &mut dyn Heap,
) -> Result<Taken, RecordsError> {
    let limits = waiting_limits(gifter, limits);
    let (gifter, receiver) = (gifter.session, give.receiver);
    let key = rows::gift_key(gifter, &give.gift);
    match get(&key, heap.records())? {
        Some(row @ Gift::Deposited { reference, .. }) => {
            let reference = reference.reference()?;
            heap.settle(answer, Ok(Value::Ref(reference)))?;
            heap.release(reference)?;
            remove(gifter, &key, row, heap)?;
            return Ok(Ok(()));
        }
        Some(Gift::Awaited { receiver: first, .. }) if first != receiver => {
            return Ok(Err(Error::refused("another receiver waits for this gift")));
        }
        Some(row @ Gift::Awaited { promise, .. }) => {
            // The same receiver asks again, perhaps since its session had ended.
            let why = Error::refused("the gift was asked for once more");
            heap.settle(promise, Err(why))?;
            heap.release(Ref::Resolver(promise))?;
            remove(gifter, &key, row, heap)?;
        }
        None => {}
    }
    let until = heap.now().0.saturating_add(limits.withdrawal_wait_ms_max);
    let row = Gift::Awaited { promise: answer, receiver, until };
    let added = add(gifter, key, row, &limits, heap)?;
    if added.is_ok() {
        heap.hold(Ref::Resolver(answer))?;
    }
    Ok(added)
}

/// The limits on waiting for a gift: the rows are the gifter's session's, so a gifter elsewhere has
/// no more of them for giving to a neighbour of ours.
fn waiting_limits(gifter: Gifter, limits: &Limits) -> Limits {
    if gifter.local {
        return *limits;
    }
    Limits {
        gifts_max: limits.gifts_max.min(GIFTS_MAX),
        withdrawal_wait_ms_max: limits.withdrawal_wait_ms_max.min(WITHDRAWAL_WAIT_MS_MAX),
        ..*limits
    }
}

/// Lets go of what a gifter's session has deposited, and breaks what waits for it.
pub(super) fn release_all(
    id: SessionId,
    why: &Error,
    heap: &mut dyn Heap,
) -> Result<(), RecordsError> {
    each_row(id, rows::GIFT, heap, &mut |key, bytes, heap| {
        let row: Gift = rows::decode(key, bytes)?;
        heap.records().delete(rows::expiry_key(row.until(), key));
        let_go(row, why, heap)
    })?;
    each_row(id, rows::COUNT, heap, &mut |_, _, _| Ok(()))?;
    each_row(id, rows::HANDOFFS, heap, &mut |key, bytes, heap| {
        let row: Handoffs = rows::decode(key, bytes)?;
        let Some(name) = row.name else { return Ok(()) };
        if gifter(name, heap.records())?.is_some_and(|found| found.session == id) {
            heap.records().delete(rows::name_key(name));
        }
        Ok(())
    })
}

/// Lets go of gifts that nobody has withdrawn for too long, and breaks withdrawals that have
/// waited too long. At most [`EXPIRE_ROWS_MAX`].
pub(crate) fn expire(heap: &mut dyn Heap) -> Result<(), RecordsError> {
    let (from, to) = rows::expiry_range(Some(heap.now().0));
    let why = Error::new(Class::NotFound, "the gift was not deposited in time");
    for (key, _) in heap.records().range(&from, &to, EXPIRE_ROWS_MAX)? {
        let (_, id, gift) =
            rows::split_expiry(&key).ok_or_else(|| rows::damaged(&key, "not a gift's age"))?;
        match get::<Gift>(&gift, heap.records())? {
            Some(row) => {
                let_go(row, &why, heap)?;
                remove(id, &gift, row, heap)?;
            }
            None => heap.records().delete(key),
        }
    }
    Ok(())
}

/// When [`expire`] has something to do, in milliseconds since 1970.
pub(crate) fn next_expiry(records: &dyn ReadRecords) -> Result<Option<u64>, RecordsError> {
    let (from, to) = rows::expiry_range(None);
    let first = records.range(&from, &to, 1)?;
    Ok(first.first().and_then(|(key, _)| rows::split_expiry(key)).map(|(until, ..)| until))
}

fn let_go(row: Gift, why: &Error, heap: &mut dyn Heap) -> Result<(), RecordsError> {
    match row {
        Gift::Deposited { reference, .. } => heap.release(reference.reference()?),
        Gift::Awaited { promise, .. } => {
            heap.settle(promise, Err(why.clone()))?;
            heap.release(Ref::Resolver(promise))
        }
    }
}

fn add(
    id: SessionId,
    key: Bytes,
    row: Gift,
    limits: &Limits,
    heap: &mut dyn Heap,
) -> Result<Taken, RecordsError> {
    let mut about = handoffs(id, heap.records())?;
    let counted = row.counted(&mut about);
    if *counted >= limits.gifts_max {
        let max = limits.gifts_max;
        let why = format!("at most {max} gifts of one gifter wait at a time; try again later");
        return Ok(Err(Error::new(Class::Busy, why)));
    }
    *counted = counted.saturating_add(1);
    put_handoffs(id, &about, heap.records());
    // What has no end needs not be found by it.
    if row.until() < u64::MAX {
        let expiry = rows::expiry_key(row.until(), &key);
        heap.records().put(expiry, Row { bytes: Bytes::new(), secret: false });
    }
    put(key, &row, heap.records());
    Ok(Ok(()))
}

fn remove(id: SessionId, key: &Bytes, row: Gift, heap: &mut dyn Heap) -> Result<(), RecordsError> {
    heap.records().delete(rows::expiry_key(row.until(), key));
    heap.records().delete(key.clone());
    let mut about = handoffs(id, heap.records())?;
    let counted = row.counted(&mut about);
    *counted = counted.saturating_sub(1);
    put_handoffs(id, &about, heap.records());
    Ok(())
}

fn get<T: DeserializeOwned>(
    key: &[u8],
    records: &dyn ReadRecords,
) -> Result<Option<T>, RecordsError> {
    records.get(key)?.map(|bytes| rows::decode(key, &bytes)).transpose()
}

fn put<T: Serialize>(key: Bytes, row: &T, records: &mut dyn Records) {
    records.put(key, Row { bytes: rows::encode(row), secret: false });
}
