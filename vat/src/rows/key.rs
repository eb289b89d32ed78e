//! The keys of the heap's rows. Numbers are big-endian, so that keys order as numbers do.

use bytes::Bytes;
use hogshead_objects::ids::{
    CollectionId, DeliveryId, FacetId, ImportId, ObjectId, PromiseId, SessionId, Timestamp,
};
use hogshead_objects::locator::SwissHash;
use hogshead_objects::records::table;
use hogshead_objects::stored::Span;

use crate::vat::Trigger;

/// The key of the vat's own row.
pub(crate) const VAT_KEY: &[u8] = &[table::VAT];

const NOW: u8 = 0x01;
const PROMISE: u8 = 0x02;
const TIME: u8 = 0x03;
const SESSION: u8 = 0x04;
const DEVICE: u8 = 0x05;
const PARKED: u8 = 0x06;
const REVOKED: u8 = 0x07;

pub(crate) fn object_key(id: ObjectId) -> Bytes {
    with_number(&[table::OBJECT], id.0)
}

pub(crate) fn facet_key(id: FacetId) -> Bytes {
    with_number(&[table::FACET], id.0)
}

pub(crate) fn promise_key(id: PromiseId) -> Bytes {
    with_number(&[table::PROMISE], id.0)
}

pub(crate) fn import_key(id: ImportId) -> Bytes {
    with_number(&[table::IMPORT], id.0)
}

pub(crate) fn swiss_key(hash: &SwissHash) -> Bytes {
    let mut key = vec![table::SWISS];
    key.extend_from_slice(&hash.0);
    key.into()
}

pub(crate) fn prior_key(id: ObjectId, version: u32) -> Bytes {
    let mut key = with_number(&[table::PRIOR], id.0).to_vec();
    key.extend_from_slice(&version.to_be_bytes());
    key.into()
}

pub(crate) fn unsettled_key(session: SessionId) -> Bytes {
    with_number(&[table::UNSETTLED], session.0)
}

pub(crate) fn grant_key(id: FacetId) -> Bytes {
    with_number(&[table::GRANT], id.0)
}

pub(crate) fn derived_key(parent: FacetId, id: FacetId) -> Bytes {
    with_two_numbers(table::DERIVED, parent.0, id.0)
}

/// The facets derived from one, those after `after`.
pub(crate) fn derived_range(parent: FacetId, after: FacetId) -> (Bytes, Bytes) {
    let from = with_two_numbers(table::DERIVED, parent.0, after.0.saturating_add(1));
    (from, with_number(&[table::DERIVED], parent.0.saturating_add(1)))
}

pub(crate) fn awaited_key(over: FacetId, answer: PromiseId) -> Bytes {
    with_two_numbers(table::AWAITED, over.0, answer.0)
}

/// The answers awaited over one facet.
pub(crate) fn awaited_range(over: FacetId) -> (Bytes, Bytes) {
    let end = with_number(&[table::AWAITED], over.0.saturating_add(1));
    (with_number(&[table::AWAITED], over.0), end)
}

/// The prior records of one object.
pub(crate) fn prior_range(id: ObjectId) -> (Bytes, Bytes) {
    (prior_key(id, 0), with_number(&[table::PRIOR], id.0.saturating_add(1)))
}

/// An entry's key: whose, of which collection, and the entry's own.
pub(crate) fn entry_key(object: ObjectId, collection: CollectionId, key: &[u8]) -> Bytes {
    [&entry_prefix(object, collection), key].concat().into()
}

/// The entries of a span of a collection.
pub(crate) fn entry_range(
    object: ObjectId,
    collection: CollectionId,
    span: &Span,
) -> (Bytes, Bytes) {
    let to = match &span.to {
        Some(to) => entry_key(object, collection, to),
        None => entry_prefix(object, CollectionId(collection.0.saturating_add(1))).into(),
    };
    (entry_key(object, collection, &span.from), to)
}

/// All entries of an object.
pub(crate) fn entries_of(object: ObjectId) -> (Bytes, Bytes) {
    let from = with_number(&[table::ENTRY], object.0);
    (from, with_number(&[table::ENTRY], object.0.saturating_add(1)))
}

/// Whose an entry is, by its key.
pub(crate) fn parse_entry_key(key: &[u8]) -> Option<(ObjectId, CollectionId)> {
    let prefix = key.get(..ENTRY_PREFIX)?.strip_prefix(&[table::ENTRY])?;
    Some((ObjectId(id_of_key(prefix.get(..8)?)?), CollectionId(id_of_key(prefix)?)))
}

/// An entry's own key.
pub(crate) fn key_of_entry(key: &Bytes) -> Bytes {
    key.slice(ENTRY_PREFIX.min(key.len())..)
}

const ENTRY_PREFIX: usize = 17;

fn entry_prefix(object: ObjectId, collection: CollectionId) -> Vec<u8> {
    let mut prefix = Vec::with_capacity(ENTRY_PREFIX);
    prefix.push(table::ENTRY);
    prefix.extend_from_slice(&object.0.to_be_bytes());
    prefix.extend_from_slice(&collection.0.to_be_bytes());
    prefix
}

pub(crate) fn delivery_key(trigger: Trigger, id: DeliveryId) -> Bytes {
    in_queue(trigger, &id.0.to_be_bytes())
}

/// The deliveries with one trigger, those after `after` if it is given.
pub(crate) fn delivery_range(trigger: Trigger, after: Option<DeliveryId>) -> (Bytes, Bytes) {
    const BEYOND: [u8; 9] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0];
    let from = after.map_or(0, |id| id.0.saturating_add(1));
    (in_queue(trigger, &from.to_be_bytes()), in_queue(trigger, &BEYOND))
}

/// The deliveries that wait for a time, up to and with `until`, in the order of their times.
pub(crate) fn due_range(until: Timestamp) -> (Bytes, Bytes) {
    let (from, _) = delivery_range(Trigger::Time(Timestamp(0)), None);
    let (_, to) = delivery_range(Trigger::Time(until), None);
    (from, to)
}

/// Every octet at the place of its number.
static OCTETS: [u8; 256] = {
    let (mut octets, mut at) = ([0; 256], 0);
    while at < 256 {
        octets[at] = at as u8;
        at += 1;
    }
    octets
};

/// All rows of a table.
pub(crate) fn table_range(table: u8) -> (Bytes, Bytes) {
    let table = usize::from(table);
    (Bytes::from_static(&OCTETS[table..=table]), Bytes::from_static(&OCTETS[table + 1..=table + 1]))
}

/// The number at the end of a key.
pub(crate) fn id_of_key(key: &[u8]) -> Option<u64> {
    let start = key.len().checked_sub(8)?;
    Some(u64::from_be_bytes(key.get(start..)?.try_into().ok()?))
}

/// The trigger and id in a delivery's key.
pub(crate) fn parse_delivery_key(key: &[u8]) -> Option<(Trigger, DeliveryId)> {
    let (kind, rest) = key.strip_prefix(&[table::DELIVERY])?.split_first()?;
    let id = DeliveryId(id_of_key(rest)?);
    let own = match rest.len() {
        8 => None,
        16 => id_of_key(rest.get(..8)?),
        _ => return None,
    };
    let trigger = match (*kind, own) {
        (NOW, None) => Trigger::Now,
        (PROMISE, Some(own)) => Trigger::Promise(PromiseId(own)),
        (TIME, Some(own)) => Trigger::Time(Timestamp(own)),
        (SESSION, Some(own)) => Trigger::Session(SessionId(own)),
        (DEVICE, None) => Trigger::Device,
        (PARKED, None) => Trigger::Parked,
        (REVOKED, Some(own)) => Trigger::Revoked(FacetId(own)),
        _ => return None,
    };
    Some((trigger, id))
}

/// A key among the deliveries with one trigger. It is made at its length: octets made of more room
/// than they fill take another allocation.
fn in_queue(trigger: Trigger, rest: &[u8]) -> Bytes {
    let (kind, own) = match trigger {
        Trigger::Now => (NOW, None),
        Trigger::Promise(id) => (PROMISE, Some(id.0)),
        Trigger::Time(time) => (TIME, Some(time.0)),
        Trigger::Session(id) => (SESSION, Some(id.0)),
        Trigger::Device => (DEVICE, None),
        Trigger::Parked => (PARKED, None),
        Trigger::Revoked(id) => (REVOKED, Some(id.0)),
    };
    let own = own.map(u64::to_be_bytes);
    let own = own.as_ref().map_or(&[][..], |own| own.as_slice());
    let mut key = Vec::with_capacity(2 + own.len() + rest.len());
    key.extend_from_slice(&[table::DELIVERY, kind]);
    key.extend_from_slice(own);
    key.extend_from_slice(rest);
    key.into()
}

fn with_two_numbers(table: u8, first: u64, second: u64) -> Bytes {
    with_number(&with_number(&[table], first), second)
}

fn with_number(prefix: &[u8], number: u64) -> Bytes {
    let mut key = Vec::with_capacity(prefix.len() + 8);
    key.extend_from_slice(prefix);
    key.extend_from_slice(&number.to_be_bytes());
    key.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_key_reads_back_with_every_trigger() {
        for trigger in [
            Trigger::Now,
            Trigger::Promise(PromiseId(7)),
            Trigger::Time(Timestamp(8)),
            Trigger::Session(SessionId(9)),
            Trigger::Device,
            Trigger::Parked,
            Trigger::Revoked(FacetId(6)),
        ] {
            let key = delivery_key(trigger, DeliveryId(5));
            assert_eq!(parse_delivery_key(&key), Some((trigger, DeliveryId(5))));
            let (from, to) = delivery_range(trigger, None);
            assert!(from <= key && key < to);
            let (after, _) = delivery_range(trigger, Some(DeliveryId(5)));
            assert!(after > key);
        }
    }

    #[test]
    fn the_range_of_what_is_due_ends_with_its_time() {
        let key = |time| delivery_key(Trigger::Time(Timestamp(time)), DeliveryId(u64::MAX));
        let (from, to) = due_range(Timestamp(8));
        assert!(from <= key(0) && key(8) < to && to <= key(9));
        let (_, to) = due_range(Timestamp(u64::MAX));
        assert!(
            key(u64::MAX) < to && to < delivery_key(Trigger::Session(SessionId(0)), DeliveryId(0))
        );
    }

    #[test]
    fn an_entry_key_reads_back_and_lies_in_its_range() {
        let (object, collection) = (ObjectId(u64::MAX - 1), CollectionId(7));
        let key = entry_key(object, collection, b"key");
        assert_eq!(parse_entry_key(&key), Some((object, collection)));
        assert_eq!(key_of_entry(&key), Bytes::from_static(b"key"));
        let of = |from: &'static [u8], to: Option<&'static [u8]>| {
            let span = Span { from: from.into(), to: to.map(Bytes::from_static) };
            let (from, to) = entry_range(object, collection, &span);
            from <= key && key < to
        };
        assert!(of(b"", None) && of(b"key", None) && of(b"", Some(b"key ")));
        assert!(!of(b"key ", None) && !of(b"", Some(b"key")));
        let (from, to) = entries_of(object);
        assert!(from <= key && key < to);
        assert_eq!(parse_entry_key(&key[..16]), None);
        assert_eq!(parse_entry_key(&[table::OBJECT; 17]), None);
    }

    #[test]
    fn keys_that_are_no_deliveries_are_refused() {
        for key in [&[][..], &[table::DELIVERY], &[table::DELIVERY, 9, 0, 0, 0, 0, 0, 0, 0, 1]] {
            assert_eq!(parse_delivery_key(key), None);
        }
    }
}
