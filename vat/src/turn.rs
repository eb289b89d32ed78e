//! A turn: one input run to the end, with all of its effects or none.
//!
//! ```text
//!   deliver.rs   takes the input, finds the object, runs it, settles its answer
//!   failure.rs   what is said of a failure: to the caller little, to the host's log all
//!   context.rs   what the running object may do          (objects::Turn)
//!   near.rs      calls within a composition, each with its savepoint
//!   heap.rs      what a session may do                   (objects::heap::Heap)
//!   post.rs      where a message goes
//!   promise.rs   settling, and what waited
//!   flush.rs     order when a promise turns out to lead another way
//!   identity.rs  whether two references are the same
//!   entries.rs   collections: entries read, written and let go
//!   grants.rs    what facets allow: checked, derived, revoked, shown
//!   fault.rs     rows and objects into memory, upgrades
//!   undo.rs      savepoints
//!   settle.rs    counts, freeing, writing
//!   owner.rs     what the vat's owner commands
//!   share.rs     what the steward needs
//!   time.rs      timers: setting, firing, cancelling
//!   unsettled.rs how much of what each session brought waits
//!   wanted.rs    continuations that are let go when nobody wants what they give
//!   watch.rs     who wants to know that a session ended
//! ```

mod context;
mod deliver;
mod entries;
mod failure;
mod fault;
mod flush;
mod grants;
mod heap;
mod host;
mod identity;
mod near;
mod owner;
mod post;
mod promise;
mod settle;
mod share;
mod time;
mod undo;
mod unsettled;
mod wanted;
mod watch;

use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};

use hogshead_objects::error::{Error, Result};
use hogshead_objects::heap::Outgoing;
use hogshead_objects::ids::{
    DeliveryId, FacetId, ObjectId, PromiseId, SessionId, Timestamp, TurnNumber, VatId,
};
use hogshead_objects::message::Message;
use hogshead_objects::object::Registry;
use hogshead_objects::records::{Overlay, Records};
use hogshead_objects::reference::Ref;
use hogshead_objects::value::Value;

use crate::cache::Lately;
use crate::error::VatError;
use crate::meter::{Meter, Quota};
use crate::rows::{self, Caller, Edge};
use crate::vat::Vat;

use entries::EntriesUsed;
pub use failure::Failure;
pub use host::Weight;
pub(crate) use share::each_row;
pub use time::Fired;
use undo::Undo;

/// An open turn. Floor 3 feeds it one input, hands what is outgoing to sessions, settles, and
/// closes it; dropping it instead leaves a [`Vat`] that must be loaded anew.
pub struct Turn<'t, 'b> {
    vat: &'t mut Vat,
    overlay: &'t mut Overlay<'b>,
    registry: &'t Registry,
    meta: TurnMeta<'t>,

    /// The running object, its composition, and the objects below it on the stack.
    this: ObjectId,
    root: ObjectId,
    stack: Vec<ObjectId>,
    /// The method that was delivered.
    method: Cow<'static, str>,
    /// Whether changes are noted so that they can be undone.
    undoable: bool,
    undo: Vec<Undo>,
    /// Where the running call's changes begin among them.
    frame: usize,

    /// Changes of counts since the last settling; 0 marks what was just made.
    deltas: Vec<(Edge, i64)>,
    /// Rows that may differ from the overlay's.
    touched: Vec<Edge>,
    /// Objects with a state that may have changed.
    changed: Vec<ObjectId>,

    outgoing: Vec<Outgoing>,
    /// What the outgoing hold until the sessions have taken them.
    outgoing_edges: Vec<Edge>,
    device_calls: Vec<DeviceCall>,
    ready: Vec<DeliveryId>,
    delivered: Option<Delivered>,
    /// The session whose operation is being applied, if what it brings is counted.
    comes_from: Option<SessionId>,
    /// The vat whose session's operation is being applied.
    caller: Caller,
    /// The vat itself.
    own: Option<VatId>,
    /// The granted facet that the running message came to.
    over: Option<FacetId>,
    /// Changes of what waits of each session, in deliveries and bytes, since the last settling.
    waiting: Vec<(SessionId, i64, i64)>,
    /// What promises were settled with in this turn, as far as it is simple: it is read at once.
    settled: Vec<(PromiseId, Value)>,
    settling: bool,
    unsettled: VecDeque<(PromiseId, Result<Value>)>,
    pipelining: bool,
    owed: VecDeque<PromiseId>,

    /// Sessions whose peers take nothing more for now.
    crowded: BTreeSet<SessionId>,

    sends: usize,
    spawns: usize,
    entries_used: EntriesUsed,
    minted: u64,
    /// Fails the running method whatever it answers.
    poison: Option<Error>,
    /// Fails the turn and the vat: the host's trouble.
    fatal: Option<VatError>,
    /// The vat's counter of ids when the turn was opened.
    first_id: u64,
    vat_changed: bool,
    /// Whether a delivery that waits for a time came or went.
    times_changed: bool,
    /// Whether anything was handed to a session.
    sent_out: bool,
    ran: Vec<Ran>,
    failures: Vec<Failure>,
    freed: u64,
}

/// What a turn is told of the world.
#[derive(Clone, Copy)]
pub struct TurnMeta<'m> {
    /// What its objects see as the time.
    pub now: Timestamp,
    /// Gives what swiss numbers are derived from: fresh for each turn, from the host's random
    /// source, and the same whenever it is asked again. Most turns don't ask.
    pub entropy: &'m dyn Fn() -> [u8; 32],
}

/// How the running of a delivery went.
#[derive(Clone, PartialEq, Debug)]
pub enum Ran {
    /// There was no such delivery: it has run already, or was dropped.
    Nothing,
    /// It ran, or went on to where it belongs.
    Done,
    /// It failed and is undone; its answer is broken with this.
    Failed(Error),
    /// The object refused and what it did remains; its answer is broken with this.
    Refused(Error),
    /// It could not run and is parked under this id.
    Parked {
        /// The id to retry or drop it by.
        id: DeliveryId,
        /// Why.
        cause: Error,
    },
    /// It is a row now: the vat is paused, or something came before it.
    Queued(DeliveryId),
    /// It is a device's: see [`TurnOutput::device_calls`].
    Device(DeliveryId),
}

/// A call for a device, to be made when the turn is durable.
#[derive(Clone, Debug)]
pub struct DeviceCall {
    /// The delivery, to be completed with [`Turn::complete_device`].
    pub delivery: DeliveryId,
    /// The device's name.
    pub device: String,
    /// The message.
    pub message: Message,
}

/// What a closed turn leaves to the host.
#[derive(Debug)]
pub struct TurnOutput {
    /// The turn's number; one that wrote nothing has the number of the one before.
    pub turn: TurnNumber,
    /// Whether the turn changed any row.
    pub wrote: bool,
    /// Deliveries that can run now and could not before, in order.
    pub ready: Vec<DeliveryId>,
    /// Calls for devices, in order.
    pub device_calls: Vec<DeviceCall>,
    /// How the deliveries of the turn went, for tracing.
    pub ran: Vec<Ran>,
    /// Methods that failed, for the host's log: more than their callers were told.
    pub failures: Vec<Failure>,
    /// What the vat uses now.
    pub meter: Meter,
    /// The time of the vat's first timer before the turn.
    pub due_before: Option<Timestamp>,
    /// The time of the vat's first timer now: when [`Turn::fire_due`] is to be called.
    pub due: Option<Timestamp>,
    /// Objects, facets, promises and imports that the turn freed.
    pub freed: u64,
}

/// A delivery that a session left to be run in this turn.
struct Delivered {
    target: Ref,
    message: Message,
    answer: Option<PromiseId>,
    edges: Vec<Edge>,
    session: Option<SessionId>,
    caller: Caller,
}

impl<'t, 'b> Turn<'t, 'b> {
    pub(crate) fn open(
        vat: &'t mut Vat,
        overlay: &'t mut Overlay<'b>,
        registry: &'t Registry,
        meta: TurnMeta<'t>,
    ) -> Self {
        vat.clock += 1;
        note_kinds(vat, registry);
        let first_id = vat.row.next_id;
        Self {
            vat,
            overlay,
            registry,
            meta,
            this: ObjectId(0),
            root: ObjectId(0),
            stack: Vec::new(),
            method: Cow::Borrowed(""),
            undoable: false,
            undo: Vec::new(),
            frame: 0,
            deltas: Vec::with_capacity(32),
            touched: Vec::with_capacity(16),
            changed: Vec::new(),
            outgoing: Vec::new(),
            outgoing_edges: Vec::new(),
            device_calls: Vec::new(),
            ready: Vec::new(),
            delivered: None,
            comes_from: None,
            caller: Caller::Own,
            own: None,
            over: None,
            waiting: Vec::new(),
            settled: Vec::new(),
            settling: false,
            unsettled: VecDeque::new(),
            pipelining: false,
            owed: VecDeque::new(),
            crowded: BTreeSet::new(),
            sends: 0,
            spawns: 0,
            entries_used: EntriesUsed::default(),
            minted: 0,
            poison: None,
            fatal: None,
            first_id,
            vat_changed: false,
            times_changed: false,
            sent_out: false,
            ran: Vec::new(),
            failures: Vec::new(),
            freed: 0,
        }
    }

    /// The number that this turn has if it writes anything.
    pub fn number(&self) -> TurnNumber {
        TurnNumber(self.vat.row.turn + 1)
    }

    /// What the vat uses at this moment of the turn.
    pub fn meter(&self) -> Meter {
        self.vat.row.meter
    }

    /// What the vat may use.
    pub fn quota(&self) -> Quota {
        self.vat.row.quota
    }

    /// The facet of the steward, with all its methods: the owner's way in.
    pub fn steward(&self) -> Ref {
        self.vat.steward()
    }

    /// Whether there is something to send.
    pub fn has_outgoing(&self) -> bool {
        !self.outgoing.is_empty()
    }

    /// What is to be sent, in order. References in it stay alive until the next
    /// [`settle`](Self::settle), before which the sessions hold what they export.
    pub fn take_outgoing(&mut self) -> Vec<Outgoing> {
        for edge in std::mem::take(&mut self.outgoing_edges) {
            self.deltas.push((edge, -1));
        }
        self.sent_out |= !self.outgoing.is_empty();
        std::mem::take(&mut self.outgoing)
    }

    /// Ends the turn: settles what is left and writes the vat's own row, if anything changed.
    ///
    /// What is still outgoing or delivered and was not taken is the host's mistake, and refused.
    pub fn close(mut self) -> Result<TurnOutput, VatError> {
        self.settle()?;
        self.write_rows()?;
        if !self.outgoing.is_empty() || self.delivered.is_some() {
            return Err(VatError::Command(Error::bad_call(
                "a turn was closed with messages that nobody has taken",
            )));
        }
        if let Some(fatal) = self.fatal.take() {
            return Err(fatal);
        }
        let due_before = self.vat.row.due;
        self.note_due()?;
        let wrote = self.vat_changed || self.sent_out || !self.overlay.is_empty();
        if wrote {
            self.vat.row.turn += 1;
            self.vat.row.seen = Some(self.grant_time());
            self.overlay.put(rows::VAT_KEY.into(), rows::encode(&self.vat.row, false));
        } else {
            // Ids that nobody saw are drawn again, as they would be after loading the vat anew.
            self.vat.row.next_id = self.first_id;
            self.vat.lately = Lately::default();
        }
        Ok(TurnOutput {
            turn: TurnNumber(self.vat.row.turn),
            wrote,
            ready: self.ready,
            device_calls: self.device_calls,
            ran: self.ran,
            failures: self.failures,
            meter: self.vat.row.meter,
            due_before,
            due: self.vat.row.due,
            freed: self.freed,
        })
    }

    pub(crate) fn freed(&self) -> u64 {
        self.freed
    }

    fn note(&mut self, ran: Ran) -> Ran {
        self.ran.push(ran.clone());
        ran
    }

    /// Keeps the host's trouble for the end of the method, and gives the object an error that
    /// tells it nothing.
    pub(crate) fn visible(&mut self, trouble: VatError) -> Error {
        match trouble {
            VatError::Command(error) => error,
            other => {
                self.fatal.get_or_insert(other);
                Error::new(hogshead_objects::Class::Failed, "the vat's records cannot be read")
            }
        }
    }
}

/// Notes versions of kinds that are new to the vat, with the id from which on messages are of
/// that version, so that older ones can be brought up to it.
fn note_kinds(vat: &mut Vat, registry: &Registry) {
    if std::mem::replace(&mut vat.kinds_checked, true) {
        return;
    }
    let since = vat.row.next_id;
    for kind in registry.kinds().filter(|kind| kind.version > 1) {
        let known = vat.row.kinds.iter().filter(|(name, ..)| name == kind.name);
        if known.map(|(_, version, _)| *version).max().unwrap_or(1) < kind.version {
            vat.row.kinds.push((kind.name.to_owned(), kind.version, since));
        }
    }
}
