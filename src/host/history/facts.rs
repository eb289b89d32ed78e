//! Facts: what a turn asks of its host beside its vat's records, in the order in which it asks.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use hogshead_objects::ids::{FacetId, SessionId, VatId, VatNumber};
use hogshead_objects::location::LocationRecord;
use hogshead_objects::locator::Locator;
use hogshead_objects::records::Row;
use serde::Serialize;
use serde_bytes::ByteBuf;

use crate::admin::{ForwardInfo, HostInfo, VatInfo};
use crate::host::HostError;
use crate::host::core::Core;
use crate::host::peers::{PeerKey, Want};
use crate::host::slot::Slot;
use crate::host::vats::HostRow;

/// The host as one turn sees it. Whatever may be another on another day is asked here, so that it
/// is noted; the rest of the core is for effects.
pub(crate) struct Facts<'c> {
    core: &'c Core,
    tape: RefCell<Tape>,
}

/// The facts that a turn was told.
#[derive(Default)]
pub(crate) struct Tape {
    /// One CBOR value after another.
    pub bytes: Vec<u8>,
    pub count: u64,
    /// Whether there is a secret among them.
    pub secret: bool,
}

impl<'c> Facts<'c> {
    /// The facts of a host that runs.
    pub fn live(core: &'c Core) -> Self {
        Self { core, tape: RefCell::default() }
    }

    /// What was asked, for the turn's description.
    pub fn into_tape(self) -> Tape {
        self.tape.into_inner()
    }

    fn ask<T: Serialize>(&self, fact: impl FnOnce(&Core) -> T) -> T {
        let fact = fact(self.core);
        self.note(&fact);
        fact
    }

    /// Asks for what may fail. That the host itself must stop ends the turn and is not noted.
    fn try_ask<T: Serialize>(
        &self,
        fact: impl FnOnce(&Core) -> Result<T, HostError>,
    ) -> Result<T, HostError> {
        match fact(self.core) {
            Ok(fact) => {
                self.note(&(0, &fact));
                Ok(fact)
            }
            Err(error) => {
                let error = error.for_caller()?;
                self.note(&(1, &error));
                Err(error.into())
            }
        }
    }

    fn note(&self, fact: &impl Serialize) {
        let mut tape = self.tape.borrow_mut();
        tape.count += 1;
        ciborium::into_writer(fact, &mut tape.bytes)
            .expect("facts are plain data, and memory takes all of it");
    }

    /// A number that no other caller gets; ascending.
    pub fn next_arrival(&self) -> u64 {
        self.ask(Core::next_arrival)
    }

    /// A number for a new session.
    pub fn next_session(&self) -> SessionId {
        self.ask(Core::next_session)
    }

    /// Whether so much waits for a vat of this host that nobody may ask it more.
    pub fn is_inbox_full(&self, vat: VatNumber) -> bool {
        self.ask(|core| core.inbox_backlog(vat) >= core.settings.inbox_rows)
    }

    /// Whether a vat has its active mark in the store.
    pub fn is_awake(&self, vat: VatNumber) -> bool {
        self.ask(|core| core.is_awake(vat))
    }

    /// Whether the vat of this turn has its active mark in the store.
    pub fn is_marked(&self, slot: &Slot) -> bool {
        self.ask(|_| slot.marked_active.load(Ordering::Acquire))
    }

    /// Which sessions the turn may not ask anything over, as `crowded` finds them.
    pub fn crowded(
        &self,
        crowded: impl FnOnce(&Core) -> BTreeSet<SessionId>,
    ) -> BTreeSet<SessionId> {
        self.ask(crowded)
    }

    /// The vat with this key, if it is one of this host's.
    pub fn number_of(&self, id: &VatId) -> Result<Option<VatNumber>, HostError> {
        self.try_ask(|core| core.number_of(id))
    }

    /// The vat of that name, or the error that says there is none.
    pub fn named(&self, name: &str) -> Result<VatNumber, HostError> {
        self.try_ask(|core| core.named(name))
    }

    /// The key of a vat of this host.
    pub fn id_of(&self, vat: VatNumber) -> Result<VatId, HostError> {
        self.try_ask(|core| Ok(core.identity(vat)?.ok_or(HostError::NoSuchVat)?.id))
    }

    /// Where a vat of this host is reached now.
    pub fn hog_location(&self, vat: VatId) -> Locator {
        self.ask(|core| core.hog_location(vat))
    }

    /// What a vat says of where it is, given its last word; and whether that is a new one.
    pub fn own_location(
        &self,
        vat: VatNumber,
        last: Option<Bytes>,
    ) -> Result<(Option<ByteBuf>, bool), HostError> {
        self.try_ask(|core| core.own_location(vat, last))
    }

    /// Where a peer is reached, as far as a vat knows by what is committed.
    pub fn way_to(&self, vat: VatNumber, to: &Locator) -> Result<Locator, HostError> {
        self.try_ask(|core| core.way_to(vat, to))
    }

    /// Which of this host's addresses are the present ones.
    pub fn address_generation(&self) -> u64 {
        self.ask(|core| core.announcing.generation())
    }

    /// Whether the peer of a session has been told of them; the session by its key in the index.
    pub fn is_announced(&self, key: &Bytes) -> Result<bool, HostError> {
        self.try_ask(|core| core.is_told(key))
    }

    /// Whether a forwarding record may be kept, and how it is shown.
    pub fn may_forward(&self, record: &LocationRecord) -> Result<ForwardInfo, HostError> {
        self.try_ask(|core| core.may_forward(record))
    }

    /// Whether there is a forwarding record to be removed.
    pub fn may_forget(&self, vat: &VatId) -> Result<(), HostError> {
        self.try_ask(|core| core.may_forget(vat))
    }

    /// A page of forwarding records.
    pub fn forward_list(&self, after: &str, limit: u64) -> Result<Vec<ForwardInfo>, HostError> {
        self.try_ask(|core| core.forward_list(after, limit))
    }

    /// Whether a peer is this vat by whatever name.
    pub fn is_name_of(&self, peer: &PeerKey, vat: VatId) -> bool {
        self.ask(|core| core.is_name_of(peer, vat))
    }

    /// What is to be done for a session with a peer.
    pub fn want(&self, vat: VatNumber, peer: &PeerKey) -> Want {
        let want = self.core.peers.want(vat, peer);
        let kind: u8 = match want {
            Want::Wait => 0,
            Want::Dial(_) => 1,
            Want::Busy => 2,
        };
        self.note(&kind);
        want
    }

    /// Makes a vat; what the owner is told of it.
    pub fn create_vat(&self, name: &str) -> Result<VatInfo, HostError> {
        self.try_ask(|core| core.vat_info(core.create_vat(name)?))
    }

    /// A page of vats.
    pub fn vat_list(&self, after: &str, limit: u64) -> Result<Vec<VatInfo>, HostError> {
        self.try_ask(|core| core.vat_list(after, limit))
    }

    /// The host's identity and how far its commits are.
    pub fn host_info(&self) -> Result<HostInfo, HostError> {
        self.try_ask(Core::host_info)
    }

    /// The host's own row with the admin object in it. The host's key is in it as well.
    pub fn host_row_with(&self, admin: FacetId) -> Result<Row, HostError> {
        let row = HostRow { admin: Some(admin.0), ..self.core.numbers().row.clone() }.row()?;
        self.tape.borrow_mut().secret = true;
        self.note(&serde_bytes::Bytes::new(&row.bytes));
        Ok(row)
    }
}

impl Deref for Facts<'_> {
    type Target = Core;

    fn deref(&self) -> &Core {
        self.core
    }
}
