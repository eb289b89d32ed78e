//! Facts: what a turn asks of its host beside its vat's records, in the order in which it asks.
//!
//! While the host runs, what it answers is noted for the turn's description; when a turn is run
//! again, what was noted is the answer. Nothing else of the host can be reached from a turn, so
//! that nothing can be forgotten here.

mod effects;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::Ordering;

use bytes::Bytes;
use ciborium::Value;
use hogshead_objects::ids::{Epoch, FacetId, SessionId, Timestamp, VatId, VatNumber};
use hogshead_objects::location::LocationRecord;
use hogshead_objects::locator::Locator;
use hogshead_objects::records::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_bytes::ByteBuf;

use crate::admin::{ForwardInfo, HostInfo, VatInfo};
use crate::host::HostError;
use crate::host::core::Core;
use crate::host::local_keys::LocalKeys;
use crate::host::peers::PeerKey;
use crate::host::slot::Slot;
use crate::host::vats::HostRow;

/// The host as one turn sees it.
pub(crate) struct Facts<'c> {
    /// The host, if this is not a turn that is run again.
    host: Option<&'c Core>,
    /// Makes the keys of sessions between vats of this host.
    pub local_keys: &'c LocalKeys,
    /// Whether anybody will read what is noted.
    notes: bool,
    tape: RefCell<Tape>,
    /// What was noted and has not been asked yet.
    told: RefCell<VecDeque<Value>>,
    /// Whether something was asked that nobody can know any more.
    lost: Cell<bool>,
}

/// The facts that a turn was told.
#[derive(Default)]
pub(crate) struct Tape {
    /// One CBOR value after another.
    pub bytes: Vec<u8>,
    pub count: usize,
    /// Whether there is a secret among them.
    pub secret: bool,
}

impl<'c> Facts<'c> {
    /// The facts of a host that runs.
    pub fn live(core: &'c Core) -> Self {
        Self::new(Some(core), &core.local_keys, VecDeque::new())
    }

    /// The facts of a turn that is run again.
    pub fn past(local_keys: &'c LocalKeys, told: Vec<Value>) -> Self {
        Self::new(None, local_keys, told.into())
    }

    fn new(host: Option<&'c Core>, local_keys: &'c LocalKeys, told: VecDeque<Value>) -> Self {
        let notes = host.is_some_and(|core| !core.keep.is_ephemeral());
        let (tape, told) = (RefCell::default(), RefCell::new(told));
        Self { host, local_keys, notes, tape, told, lost: Cell::new(false) }
    }

    /// Whether this is a turn that is run again.
    pub fn is_past(&self) -> bool {
        self.host.is_none()
    }

    /// What was asked, for the turn's description.
    pub fn take_tape(&self) -> Tape {
        self.tape.take()
    }

    /// How many facts a turn that is run again has not asked for.
    pub fn left(&self) -> usize {
        self.told.borrow().len()
    }

    /// A session that is not in memory although it is open: nothing of it is in the records but
    /// that it is there. While the host runs it has died with a process before.
    pub fn lose_session(&self) {
        self.lost.set(true);
    }

    /// Whether the turn needed a session that began before what it was run again from.
    pub fn has_lost(&self) -> bool {
        self.lost.get()
    }

    fn ask<T: Serialize + DeserializeOwned>(
        &self,
        fact: impl FnOnce(&Core) -> T,
    ) -> Result<T, HostError> {
        let Some(core) = self.host else { return self.recall() };
        let fact = fact(core);
        self.note(&fact);
        Ok(fact)
    }

    /// Asks for what may fail. That the host itself must stop ends the turn and is not noted.
    fn try_ask<T: Serialize + DeserializeOwned>(
        &self,
        fact: impl FnOnce(&Core) -> Result<T, HostError>,
    ) -> Result<T, HostError> {
        let Some(core) = self.host else {
            let (failed, told): (bool, Value) = self.recall()?;
            return match failed {
                false => told.deserialized().map_err(|_| amiss()),
                true => Err(told.deserialized().map_or_else(|_| amiss(), HostError::Caller)),
            };
        };
        match fact(core) {
            Ok(fact) => {
                self.note(&(false, &fact));
                Ok(fact)
            }
            Err(error) => {
                let error = error.for_caller()?;
                self.note(&(true, &error));
                Err(error.into())
            }
        }
    }

    /// What was noted as the answer to this question.
    fn recall<T: DeserializeOwned>(&self) -> Result<T, HostError> {
        let told = self.told.borrow_mut().pop_front().ok_or_else(amiss)?;
        told.deserialized().map_err(|_| amiss())
    }

    fn note(&self, fact: &impl Serialize) {
        if !self.notes {
            return;
        }
        let mut tape = self.tape.borrow_mut();
        tape.count += 1;
        super::write(fact, &mut tape.bytes);
    }

    /// What is in the vat's memory alone, and a turn comes to depend on.
    pub fn remembered<T: Serialize + DeserializeOwned>(&self, now: T) -> Result<T, HostError> {
        self.ask(|_| now)
    }

    /// A number that no other caller gets; ascending.
    pub fn next_arrival(&self) -> Result<u64, HostError> {
        self.ask(Core::next_arrival)
    }

    /// A number for a new session.
    pub fn next_session(&self) -> Result<SessionId, HostError> {
        self.ask(Core::next_session)
    }

    /// Whether what arrives for a vat of this host is a row of its inbox. Where nothing outlives the
    /// process it is in memory alone.
    pub fn keeps_inboxes(&self) -> bool {
        self.host.is_none_or(|core| !core.keep.is_ephemeral())
    }

    /// Whether so much waits for a vat of this host that nobody may ask it more.
    pub fn is_inbox_full(&self, vat: VatNumber) -> Result<bool, HostError> {
        self.ask(|core| core.inbox_backlog(vat) >= core.settings.inbox_rows)
    }

    /// Whether a vat has its active mark in the store.
    pub fn is_awake(&self, vat: VatNumber) -> Result<bool, HostError> {
        self.ask(|core| core.is_awake(vat))
    }

    /// Whether the vat of this turn has its active mark in the store.
    pub fn is_marked(&self, slot: &Slot) -> Result<bool, HostError> {
        self.ask(|_| slot.marked_active.load(Ordering::Acquire))
    }

    /// Whether an operation may be what the host died of: the `first` one that a peer brings after
    /// an unclean stop.
    pub fn may_have_killed(&self, first: impl FnOnce() -> bool) -> Result<bool, HostError> {
        self.ask(|core| !core.was_clean && first())
    }

    /// How many sessions that last a vat may have.
    pub fn durable_sessions(&self) -> Result<u64, HostError> {
        self.ask(|core| core.settings.durable_sessions)
    }

    /// The vats elsewhere with which a vat has sessions that last.
    pub fn durable_peers(&self, vat: VatNumber) -> Result<Vec<VatId>, HostError> {
        self.try_ask(|core| core.durable_peers(vat))
    }

    /// How many operations an outbox takes before callers are refused.
    pub fn outbox_rows(&self) -> Result<u64, HostError> {
        self.ask(|core| core.settings.outbox_rows)
    }

    /// The sessions over which nothing may be asked in this turn, as `crowded` finds them.
    pub fn crowded(
        &self,
        crowded: impl FnOnce(&Core) -> BTreeSet<SessionId>,
    ) -> Result<BTreeSet<SessionId>, HostError> {
        self.ask(crowded)
    }

    /// The mark of the clock that is to be written with this turn.
    pub fn clock_mark(&self) -> Result<Option<Timestamp>, HostError> {
        self.ask(|core| core.clock.take_mark())
    }

    /// The epoch of this host, which restoring a store raises.
    pub fn epoch(&self) -> Result<Epoch, HostError> {
        self.ask(|core| core.epoch)
    }

    /// Whether sessions with other hosts may outlive connections.
    pub fn is_durable(&self) -> Result<bool, HostError> {
        self.ask(|core| core.settings.durable)
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
    pub fn hog_location(&self, vat: VatId) -> Result<Locator, HostError> {
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
    pub fn address_generation(&self) -> Result<u64, HostError> {
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
    pub fn is_name_of(&self, peer: &PeerKey, vat: VatId) -> Result<bool, HostError> {
        self.ask(|core| core.is_name_of(peer, vat))
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
        self.tape.borrow_mut().secret = true;
        let row = |core: &Core| {
            let row = core.numbers().row.clone();
            let row = HostRow { admin: Some(admin.0), ..row }.row()?;
            Ok(ByteBuf::from(row.bytes))
        };
        let bytes: ByteBuf = self.try_ask(row)?;
        Ok(Row { bytes: bytes.into_vec().into(), secret: true })
    }
}

/// What a turn says that asks for something else than it did.
fn amiss() -> HostError {
    HostError::Internal("it asks its host for something else than it did".to_owned())
}
