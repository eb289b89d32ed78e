//! A slot: what the host holds in memory for a vat that is not cold.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use hogshead_captp::durable::{Link, is_operation};
use hogshead_captp::{Operation, Session};
use hogshead_objects::few::Few;
use hogshead_objects::ids::{DeliveryId, SessionId, VatId, VatNumber};
use hogshead_objects::{Error, Result, Value};
use hogshead_vat::Caller;
use hogshead_vat::{DeviceCall, Vat};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

use super::carrier::Outbox;
use super::core::Core;
use super::durable::{Arrived, Carrier};
use super::history::{Between, Cause};
use super::peers::PeerKey;
use super::run::Quickness;
use super::wishes::Wishes;

/// A vat's place in memory.
pub(crate) struct Slot {
    pub number: VatNumber,
    pub id: VatId,
    /// Whether the active mark is in the store.
    pub marked_active: AtomicBool,
    /// Whether sessions may have died of which rows are left.
    pub look_for_dead: AtomicBool,
    inputs: Mutex<Inputs>,
    resident: Mutex<Resident>,
}

/// What waits for the vat. Locked for moments only.
pub(crate) struct Inputs {
    pub queue: VecDeque<Input>,
    /// Rows of the inbox that wait until the vat has room for deliveries. They come before those
    /// of the queue.
    pub held: VecDeque<Input>,
    /// Whether deliveries of the vat's own are ready. They go before the queue.
    pub ready: bool,
    /// Whether the slot was given up: whoever finds it so looks the vat up again.
    pub retired: bool,
    pub last_used: Instant,
}

/// What is in memory of the vat itself. Locked while a turn runs.
pub(crate) struct Resident {
    /// The heap; absent after eviction or a commit that failed.
    pub vat: Option<Vat>,
    pub sessions: Few<SessionId, Live>,
    /// The open session with each peer.
    pub by_peer: Few<PeerKey, SessionId>,
    /// What waits for a session with a peer.
    pub wishes: Wishes,
    /// The channels that carry durable sessions now.
    pub carriers: BTreeMap<VatId, Carrier>,
    /// Sessions whose peers may bring no more deliveries until some of theirs have run.
    pub starved: BTreeSet<SessionId>,
    /// Durable sessions that may have something which their peers have not taken: at least those
    /// in memory that do.
    pub sending: BTreeSet<SessionId>,
    /// Sessions with a mark that they had something to send when the vat was last in memory.
    pub unsent: BTreeSet<SessionId>,
    /// How many of the inputs to come are to be taken alone, one a turn.
    pub alone: usize,
    /// How many inputs were taken since the slot was made.
    pub calm: usize,
    /// How quick its methods are.
    pub quickness: Quickness,
    /// What has happened to all this since the last turn.
    pub between: Between,
}

/// A session in memory.
pub(crate) struct Live {
    /// Boxed: the table of sessions has room for eleven as soon as there is one.
    pub session: Box<Session>,
    pub carrier: LiveCarrier,
    pub last_used: Instant,
}

/// What carries a session.
pub(crate) enum LiveCarrier {
    /// A vat of this host: operations are rows of its inbox.
    Local { peer: VatNumber, id: VatId },
    /// A peer elsewhere; it has a place in the host's table of plain sessions.
    Plain { peer: PeerKey, outbox: Outbox, _place: Option<OwnedSemaphorePermit> },
    /// A caller from outside: the CLI, or `Host::client`.
    Owner { outbox: Outbox },
    /// A vat elsewhere, whatever channel there is: operations are rows of the outbox.
    Durable { peer: VatId, link: Box<Link> },
}

impl Live {
    pub fn new(session: Session, carrier: LiveCarrier) -> Self {
        Self { session: Box::new(session), carrier, last_used: Instant::now() }
    }

    /// Whether its peer has acknowledged something that no turn has written yet.
    pub fn has_noted_acks(&self) -> bool {
        match &self.carrier {
            LiveCarrier::Durable { link, .. } => link.has_noted_acks(),
            _ => false,
        }
    }
}

impl LiveCarrier {
    /// Whether the session is in records altogether, and read again when it is needed.
    pub fn outlives_connections(&self) -> bool {
        matches!(self, Self::Local { .. } | Self::Durable { .. })
    }

    /// Who sends what the session brings. Owners' callers act for the vat itself; a peer on a network
    /// whose names are no keys is nobody in particular.
    pub fn caller(&self) -> Caller {
        match self {
            Self::Local { id, .. } | Self::Durable { peer: id, .. } => Caller::Vat(*id),
            Self::Plain { peer, .. } => peer.vat().map_or(Caller::Unknown, Caller::Vat),
            Self::Owner { .. } => Caller::Own,
        }
    }

    /// What must be dropped for the carrier to close.
    pub fn closer(&self) -> Option<Outbox> {
        match self {
            Self::Local { .. } | Self::Durable { .. } => None,
            Self::Plain { outbox, .. } | Self::Owner { outbox } => Some(outbox.clone()),
        }
    }
}

/// What makes a vat take a turn.
pub(crate) enum Input {
    /// A row of the inbox; the operation rides along if it was just written, or if there are no
    /// rows since the host is ephemeral.
    Inbox { number: u64, arrived: Option<Box<(VatNumber, VatId, Operation)>> },
    /// A frame of a plain session. The permit is the peer's share of bytes in flight.
    Frame { session: SessionId, bytes: Bytes, permit: OwnedSemaphorePermit },
    /// A plain session has begun; perhaps with its first operation.
    Opened {
        session: Box<Session>,
        carrier: LiveCarrier,
        first: Option<Operation>,
        /// Of the peer's certificate, if it has proven itself by one.
        epoch: Option<u64>,
    },
    /// A plain session's carrier is gone.
    Closed { session: SessionId, why: Error },
    /// A channel for a durable session.
    Carrier(Box<Arrived>),
    /// A frame on such a channel.
    Link { peer: VatId, carrier: u64, bytes: Bytes, permit: OwnedSemaphorePermit },
    /// Such a channel is gone; `in_order` if the peer closed it.
    Uncarried { peer: VatId, carrier: u64, why: Error, in_order: bool },
    /// A peer could not be reached.
    Unreachable { peer: PeerKey, why: Error },
    /// A device was called, and the call is durable.
    Device(Box<DeviceCall>),
    /// A device has an answer.
    DeviceDone { delivery: DeliveryId, outcome: Result<Value> },
    /// Timers are due.
    Timers,
    /// What the host itself has the vat do.
    Cause(Box<Cause>),
}

impl Slot {
    pub fn new(number: VatNumber, id: VatId) -> Arc<Self> {
        Arc::new(Self {
            number,
            id,
            marked_active: AtomicBool::new(false),
            look_for_dead: AtomicBool::new(false),
            inputs: Mutex::new(Inputs {
                queue: VecDeque::new(),
                held: VecDeque::new(),
                ready: false,
                retired: false,
                last_used: Instant::now(),
            }),
            resident: Mutex::new(Resident {
                vat: None,
                sessions: Few::new(),
                by_peer: Few::new(),
                wishes: Wishes::default(),
                carriers: BTreeMap::new(),
                starved: BTreeSet::new(),
                sending: BTreeSet::new(),
                unsent: BTreeSet::new(),
                alone: 0,
                calm: 0,
                quickness: Quickness::default(),
                between: Between::default(),
            }),
        })
    }

    pub fn inputs(&self) -> MutexGuard<'_, Inputs> {
        self.inputs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The vat. A panic inside a turn is caught there; one that poisons this lock came from our
    /// own code between turns, and then the vat is loaded anew from its records.
    pub fn resident(&self) -> MutexGuard<'_, Resident> {
        self.resident.lock().unwrap_or_else(|poisoned| {
            let mut resident = poisoned.into_inner();
            resident.forget();
            self.resident.clear_poison();
            resident
        })
    }

    pub fn try_resident(&self) -> Option<MutexGuard<'_, Resident>> {
        self.resident.try_lock().ok()
    }
}

impl Inputs {
    /// Sets aside what brings deliveries that are not to be lost (rows of the inbox, operations of
    /// durable sessions) while the vat is full, lest one without an answer be refused with nobody
    /// to tell; and puts them back, in order, once it is not. Everything else, the owner's tasks
    /// above all, goes on.
    pub fn hold_or_let_go(&mut self, full: bool) {
        let brings = |input: &Input| match input {
            Input::Inbox { .. } => true,
            Input::Link { bytes, .. } => is_operation(bytes),
            _ => false,
        };
        if full {
            while self.queue.front().is_some_and(brings) {
                self.held.extend(self.queue.pop_front());
            }
        } else {
            while let Some(row) = self.held.pop_back() {
                self.queue.push_front(row);
            }
        }
    }

    /// Gives back the room of a queue in which nothing waits: most vats are idle most of the time.
    pub fn shrink(&mut self) {
        if self.queue.is_empty() {
            self.queue = VecDeque::new();
        }
    }

    /// How many inputs wait.
    pub fn waiting(&self) -> usize {
        self.queue.len() + self.held.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        !self.ready && self.queue.is_empty() && self.held.is_empty()
    }
}

impl Resident {
    /// Notes how far channels have been served.
    pub fn note_sent(&mut self, sent: BTreeMap<VatId, (u64, bool)>) {
        for (peer, (through, behind)) in sent {
            if let Some(carrier) = self.carriers.get_mut(&peer) {
                (carrier.sent_through, carrier.behind) = (through, behind);
            }
        }
    }

    /// Drops everything that can be read again from records; sessions with a carrier stay, but
    /// forget what they remember of their tables.
    pub fn forget(&mut self) {
        self.vat = None;
        self.wishes.forget();
        self.sessions.retain(|_, live| !live.carrier.outlives_connections());
        for live in self.sessions.values_mut() {
            live.session.forget();
        }
        let open = &self.sessions;
        self.by_peer.retain(|_, id| open.contains_key(id));
        self.between.note_failure();
    }

    /// Drops sessions that outlive connections if there are more than `max`: they are read again
    /// from records. Only between turns.
    pub fn trim_sessions(&mut self, max: usize) {
        if self.sessions.len() <= max {
            return;
        }
        self.sessions.retain(|_, live| !live.carrier.outlives_connections());
        let sessions = &self.sessions;
        self.by_peer.retain(|_, id| sessions.contains_key(id));
        self.between.note_trim();
    }

    /// Whether a peer has all that was said to it, as far as is known here.
    pub fn has_sent_all(&self, peer: VatId) -> bool {
        let id = self.by_peer.get(&PeerKey::Vat(peer));
        let live = id.and_then(|id| self.sessions.get(id));
        live.is_some_and(|live| match &live.carrier {
            LiveCarrier::Durable { link, .. } => !link.has_unsent(),
            _ => true,
        })
    }

    /// The sessions over which nothing may be asked now: durable ones with a full outbox, and those
    /// with vats of this host whose inbox is over its limit. It looks at nobody else.
    pub fn crowded(&mut self, core: &Core) -> BTreeSet<SessionId> {
        let mut crowded = BTreeSet::new();
        let (sessions, rows_max) = (&self.sessions, core.settings.outbox_rows);
        self.sending.retain(|id| match sessions.get(id).map(|live| &live.carrier) {
            Some(LiveCarrier::Durable { link, .. }) => {
                if super::durable::is_full(link, rows_max) {
                    crowded.insert(*id);
                }
                link.has_unsent()
            }
            _ => false,
        });
        for vat in core.crowded_vats() {
            crowded.extend(self.by_peer.get(&PeerKey::Vat(vat)));
        }
        crowded
    }

    /// Whether plain sessions are open, or peers being dialled for the first time; or a peer may
    /// bring no more until there is room, of which only this vat can tell it.
    pub fn has_carriers(&self) -> bool {
        self.wishes.are_waiting()
            || !self.starved.is_empty()
            || self.sessions.values().any(|live| !live.carrier.outlives_connections())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hogshead_captp::durable::{Cause, Chain, Frame, Mark};

    #[test]
    fn a_full_vat_sets_aside_what_brings_deliveries_and_takes_it_up_in_order() {
        let slot = Slot::new(VatNumber(1), vat());
        let places = Arc::new(tokio::sync::Semaphore::new(10));
        let link = |frame: Frame| Input::Link {
            peer: vat(),
            carrier: 1,
            bytes: frame.encode(),
            permit: Arc::clone(&places).try_acquire_owned().unwrap(),
        };
        let (chain, cause) = (Chain([0; 32]), Cause([0; 16]));
        let operation = Frame::Operation { number: 1, chain, cause, payload: Bytes::new() };
        let ack = Frame::Ack { received: Mark { number: 0, chain }, credit: 0 };
        let mut inputs = slot.inputs();
        inputs.queue.push_back(link(operation.clone()));
        inputs.queue.push_back(Input::Inbox { number: 7, arrived: None });
        inputs.queue.push_back(link(ack));
        inputs.queue.push_back(link(operation));

        inputs.hold_or_let_go(true);
        assert_eq!(inputs.held.len(), 2);
        let Some(Input::Link { bytes, .. }) = inputs.queue.pop_front() else { panic!("the ack") };
        assert!(!is_operation(&bytes));
        inputs.hold_or_let_go(true);
        assert_eq!((inputs.held.len(), inputs.queue.len()), (3, 0));

        inputs.hold_or_let_go(false);
        let order: Vec<_> =
            inputs.queue.iter().map(|input| matches!(input, Input::Inbox { .. })).collect();
        assert_eq!(order, [false, true, false]);
    }

    fn vat() -> VatId {
        VatId::from(ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key())
    }
}
