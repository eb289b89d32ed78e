//! The overlay: what is committed and may not be in the checkpoint yet.

use std::collections::BTreeMap;
use std::ops::Bound;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;

/// The newest change of each row that the checkpoint may not have: its commit, and the value.
pub(super) type Overlay = BTreeMap<Bytes, (CommitNumber, Option<Bytes>)>;

/// The changes of a range, in the order of their keys.
pub(super) fn changes<'o>(
    overlay: &'o Overlay,
    from: &[u8],
    to: &[u8],
) -> impl Iterator<Item = (&'o Bytes, Option<&'o Bytes>)> {
    let bounds = (Bound::Included(from), Bound::Excluded(to));
    overlay.range::<[u8], _>(bounds).map(|(key, (_, value))| (key, value.as_ref()))
}
