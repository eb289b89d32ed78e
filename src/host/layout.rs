//! Where the host keeps what in its one store.
//!
//! ```text
//!   [vat number, u32 BE] [table byte] …      a vat's rows: see objects/src/records.rs
//!   [ff ff ff ff]        [host table] …      the host's own
//! ```

use bytes::{BufMut, Bytes, BytesMut};
use hogshead_objects::ids::{SessionId, Timestamp, VatId, VatNumber};
use hogshead_objects::records::table;

/// The prefix of the host's own rows; no vat ever gets this number.
const HOST: u32 = u32::MAX;

/// The host's tables.
mod host_table {
    pub const HOST: u8 = 0x01;
    pub const VAT_BY_ID: u8 = 0x02;
    pub const VAT_BY_NAME: u8 = 0x03;
    pub const ACTIVE: u8 = 0x04;
    pub const SUSPECT: u8 = 0x05;
    pub const REMOVING: u8 = 0x06;
    pub const GONE: u8 = 0x07;
    pub const DURABLE_PEER: u8 = 0x10;
    pub const FORWARD: u8 = 0x11;
    pub const ANNOUNCED: u8 = 0x12;
    pub const DUE: u8 = 0x20;
    pub const CLOCK: u8 = 0x21;
}

/// The rows that the host keeps inside a vat's prefix, in its `HOST` table.
mod vat_table {
    pub const IDENTITY: u8 = 0x01;
    pub const SESSION_BY_PEER: u8 = 0x02;
    pub const SEEN_EPOCH: u8 = 0x03;
    pub const SESSION: u8 = 0x04;
    pub const CARRIED_SESSION: u8 = 0x05;
    pub const LOCATION: u8 = 0x10;
    pub const PEER_LOCATION: u8 = 0x11;
    pub const WISH: u8 = 0x06;
    pub const UNSENT: u8 = 0x07;
    pub const FORK: u8 = 0x08;
    pub const DURABLE_SESSIONS: u8 = 0x09;
}

/// The host's own row.
pub fn host_row() -> Bytes {
    host_key(host_table::HOST, &[])
}

/// The number of the vat with this key.
pub fn vat_by_id(id: &VatId) -> Bytes {
    host_key(host_table::VAT_BY_ID, id.as_bytes())
}

/// The number of the vat with this name.
pub fn vat_by_name(name: &str) -> Bytes {
    host_key(host_table::VAT_BY_NAME, name.as_bytes())
}

/// The range of all vats by name.
pub fn vats_by_name() -> (Bytes, Bytes) {
    host_range(host_table::VAT_BY_NAME)
}

/// The mark of a vat that may have something to do: after an unclean stop, these are looked at.
pub fn active(vat: VatNumber) -> Bytes {
    host_key(host_table::ACTIVE, &vat.0.to_be_bytes())
}

/// The range of all active marks.
pub fn actives() -> (Bytes, Bytes) {
    host_range(host_table::ACTIVE)
}

/// The mark that names the suspect delivery that is being run alone.
pub fn suspect(vat: VatNumber) -> Bytes {
    host_key(host_table::SUSPECT, &vat.0.to_be_bytes())
}

/// The mark of a vat that was removed and may still have rows.
pub fn removing(vat: VatNumber) -> Bytes {
    host_key(host_table::REMOVING, &vat.0.to_be_bytes())
}

/// The range of all marks of [`removing`].
pub fn all_removing() -> (Bytes, Bytes) {
    host_range(host_table::REMOVING)
}

/// The mark of a vat that has yet to end its session with one that was removed.
pub fn gone(peer: VatNumber, gone: &VatId) -> Bytes {
    let mut rest = peer.0.to_be_bytes().to_vec();
    rest.extend_from_slice(gone.as_bytes());
    host_key(host_table::GONE, &rest)
}

/// The range of all marks of [`gone`].
pub fn all_gone() -> (Bytes, Bytes) {
    host_range(host_table::GONE)
}

/// What is in a key of [`gone`].
pub fn gone_in(key: &[u8]) -> Option<(VatNumber, VatId)> {
    vat_and_peer(host_suffix(key))
}

fn vat_and_peer(suffix: &[u8]) -> Option<(VatNumber, VatId)> {
    let (number, id) = suffix.split_first_chunk::<4>()?;
    let id = VatId::from_bytes(id.try_into().ok()?).ok()?;
    Some((VatNumber(u32::from_be_bytes(*number)), id))
}

/// The mark of a durable session of a vat of ours with a peer.
pub fn durable_peer(vat: VatNumber, peer: &VatId) -> Bytes {
    host_key(host_table::DURABLE_PEER, &[&vat.0.to_be_bytes(), peer.as_bytes().as_slice()].concat())
}

/// The range of all marks of [`durable_peer`], vat by vat.
pub fn durable_peers() -> (Bytes, Bytes) {
    host_range(host_table::DURABLE_PEER)
}

/// The range of the marks of [`durable_peer`] of one vat.
pub fn durable_peers_of(vat: VatNumber) -> (Bytes, Bytes) {
    let of = |number: u32| host_key(host_table::DURABLE_PEER, &number.to_be_bytes());
    (of(vat.0), of(vat.0 + 1))
}

/// What is in a key of [`durable_peer`].
pub fn durable_peer_in(key: &[u8]) -> Option<(VatNumber, VatId)> {
    vat_and_peer(host_suffix(key))
}

/// Where a vat is that is not hosted here: whoever asks for it is told.
pub fn forward(vat: &VatId) -> Bytes {
    host_key(host_table::FORWARD, vat.as_bytes())
}

/// The range of all rows of [`forward`].
pub fn forwards() -> (Bytes, Bytes) {
    host_range(host_table::FORWARD)
}

/// The addresses of this host that peers were told, and how far.
pub fn announced() -> Bytes {
    host_key(host_table::ANNOUNCED, &[])
}

/// The mark of a vat whose first timer is due at this time: no vat has more than one.
pub fn due(due: Timestamp, vat: VatNumber) -> Bytes {
    let mut rest = due.0.to_be_bytes().to_vec();
    rest.extend_from_slice(&vat.0.to_be_bytes());
    host_key(host_table::DUE, &rest)
}

/// The range of all marks of [`due`], in the order of their times.
pub fn dues() -> (Bytes, Bytes) {
    host_range(host_table::DUE)
}

/// What is in a key of [`due`].
pub fn due_in(key: &[u8]) -> Option<(Timestamp, VatNumber)> {
    let (due, vat) = host_suffix(key).split_first_chunk::<8>()?;
    let vat = u32::from_be_bytes(vat.try_into().ok()?);
    Some((Timestamp(u64::from_be_bytes(*due)), VatNumber(vat)))
}

/// The latest time that vats may have seen: a start does not go back behind it.
pub fn clock_mark() -> Bytes {
    host_key(host_table::CLOCK, &[])
}

/// The range of all suspect marks.
pub fn suspects() -> (Bytes, Bytes) {
    host_range(host_table::SUSPECT)
}

/// The name in a key of [`vats_by_name`], or the number in one of [`actives`], [`suspects`]
/// and [`all_removing`].
pub fn host_suffix(key: &[u8]) -> &[u8] {
    key.get(5..).unwrap_or_default()
}

/// The vat number in a key of [`actives`], [`suspects`] or [`all_removing`].
pub fn number_in(key: &[u8]) -> Option<VatNumber> {
    host_suffix(key).try_into().ok().map(|n| VatNumber(u32::from_be_bytes(n)))
}

/// The vat whose row a key of the store is; nothing if it is the host's own.
pub fn vat_of(key: &[u8]) -> Option<VatNumber> {
    let number = u32::from_be_bytes(*key.first_chunk()?);
    (number != HOST).then_some(VatNumber(number))
}

/// A vat's key inside the store.
pub fn in_vat(vat: VatNumber, key: &[u8]) -> Bytes {
    let mut bytes = Vec::with_capacity(4 + key.len());
    bytes.extend_from_slice(&vat.0.to_be_bytes());
    bytes.extend_from_slice(key);
    bytes.into()
}

/// The range of every row of a vat.
pub fn all_of(vat: VatNumber) -> (Bytes, Bytes) {
    (in_vat(vat, &[]), in_vat(VatNumber(vat.0 + 1), &[]))
}

/// Within a vat: its keys and certificate.
pub fn identity() -> Bytes {
    vat_key(vat_table::IDENTITY, &[])
}

/// Within a vat: its session with a peer that outlives connections: a durable or a local one.
pub fn session_by_peer(peer: &VatId) -> Bytes {
    vat_key(vat_table::SESSION_BY_PEER, peer.as_bytes())
}

/// Within a vat: the highest epoch seen of a peer.
pub fn seen_epoch(peer: &VatId) -> Bytes {
    vat_key(vat_table::SEEN_EPOCH, peer.as_bytes())
}

/// Within a vat: its newest location record.
pub fn location() -> Bytes {
    vat_key(vat_table::LOCATION, &[])
}

/// Within a vat: the newest location record of a peer.
pub fn peer_location(peer: &VatId) -> Bytes {
    vat_key(vat_table::PEER_LOCATION, peer.as_bytes())
}

/// Within a vat: what the host knows of a session.
pub fn session(id: SessionId) -> Bytes {
    vat_key(vat_table::SESSION, &id.0.to_be_bytes())
}

/// Within a vat: the range of its sessions.
pub fn sessions() -> (Bytes, Bytes) {
    (vat_key(vat_table::SESSION, &[]), vat_key(vat_table::SESSION + 1, &[]))
}

/// Within a vat: the mark of a session that ends with its connection.
pub fn carried_session(id: SessionId) -> Bytes {
    vat_key(vat_table::CARRIED_SESSION, &id.0.to_be_bytes())
}

/// Within a vat: the range of the marks of carried sessions.
pub fn carried_sessions() -> (Bytes, Bytes) {
    (vat_key(vat_table::CARRIED_SESSION, &[]), vat_key(vat_table::CARRIED_SESSION + 1, &[]))
}

/// The session in a key of [`sessions`], [`carried_sessions`], [`unsents`] or [`forks`].
pub fn session_in(key: &[u8]) -> Option<SessionId> {
    key.get(2..)?.try_into().ok().map(|n| SessionId(u64::from_be_bytes(n)))
}

/// Within a vat: something that it wants of a peer not yet reached.
pub fn wish(number: u64) -> Bytes {
    vat_key(vat_table::WISH, &number.to_be_bytes())
}

/// Within a vat: the range of its wishes.
pub fn wishes() -> (Bytes, Bytes) {
    (vat_key(vat_table::WISH, &[]), vat_key(vat_table::WISH + 1, &[]))
}

/// The number in a key of [`wishes`].
pub fn wish_number(key: &[u8]) -> Option<u64> {
    key.get(2..)?.try_into().ok().map(u64::from_be_bytes)
}

/// Within a vat: the mark of a session with something to send, left when its vat went cold.
pub fn unsent(id: SessionId) -> Bytes {
    vat_key(vat_table::UNSENT, &id.0.to_be_bytes())
}

/// Within a vat: the range of the marks of [`unsent`].
pub fn unsents() -> (Bytes, Bytes) {
    (vat_key(vat_table::UNSENT, &[]), vat_key(vat_table::UNSENT + 1, &[]))
}

/// Within a vat: how many durable sessions it has.
pub fn durable_sessions() -> Bytes {
    vat_key(vat_table::DURABLE_SESSIONS, &[])
}

/// Within a vat: that a session was found to have forked, and with whom.
pub fn fork(id: SessionId) -> Bytes {
    vat_key(vat_table::FORK, &id.0.to_be_bytes())
}

/// Within a vat: the range of the rows of [`fork`].
pub fn forks() -> (Bytes, Bytes) {
    (vat_key(vat_table::FORK, &[]), vat_key(vat_table::FORK + 1, &[]))
}

/// Within a vat: an operation that arrived from another vat of this host.
pub fn inbox(number: u64) -> Bytes {
    let mut bytes = BytesMut::with_capacity(9);
    bytes.put_u8(table::INBOX);
    bytes.put_u64(number);
    bytes.freeze()
}

/// Within a vat: the range of its inbox.
pub fn inboxes() -> (Bytes, Bytes) {
    (Bytes::from_static(&[table::INBOX]), Bytes::from_static(&[table::INBOX + 1]))
}

/// The number in a key of [`inboxes`].
pub fn inbox_number(key: &[u8]) -> Option<u64> {
    key.get(1..)?.try_into().ok().map(u64::from_be_bytes)
}

fn host_key(table: u8, rest: &[u8]) -> Bytes {
    let mut bytes = BytesMut::with_capacity(5 + rest.len());
    bytes.put_u32(HOST);
    bytes.put_u8(table);
    bytes.put_slice(rest);
    bytes.freeze()
}

fn host_range(table: u8) -> (Bytes, Bytes) {
    (host_key(table, &[]), host_key(table + 1, &[]))
}

fn vat_key(row: u8, rest: &[u8]) -> Bytes {
    let mut bytes = BytesMut::with_capacity(2 + rest.len());
    bytes.put_u8(table::HOST);
    bytes.put_u8(row);
    bytes.put_slice(rest);
    bytes.freeze()
}
