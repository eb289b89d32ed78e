//! A turn: one input run to the end, with all of its effects or none.

use hogshead_objects::error::{Error, Result};
use hogshead_objects::heap::Outgoing;
use hogshead_objects::ids::{DeliveryId, FacetId, PromiseId, Timestamp, TurnNumber};
use hogshead_objects::message::Message;
use hogshead_objects::records::Overlay;
use hogshead_objects::reference::{Far, Ref};
use hogshead_objects::value::Value;

use crate::error::VatError;
use crate::meter::{Meter, Quota};
use crate::vat::Vat;

/// An open turn.
pub struct Turn<'t, 'b> {
    vat: &'t mut Vat,
    overlay: &'t mut Overlay<'b>,
}

/// What a turn is told of the world.
#[derive(Clone, Copy, Debug)]
pub struct TurnMeta {
    /// What its objects see as the time.
    pub now: Timestamp,
    /// From the host's random source; swiss numbers are derived from it. Fresh for each turn.
    pub entropy: [u8; 32],
}

/// How the running of a delivery went.
#[derive(Clone, PartialEq, Debug)]
pub enum Ran {
    /// There was no such delivery: it has run already, or was dropped.
    Nothing,
    /// It ran; its answer is settled.
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
    /// What the vat uses now.
    pub meter: Meter,
    /// Objects, facets, promises and imports that the turn freed.
    pub freed: u64,
}

impl<'t, 'b> Turn<'t, 'b> {
    /// Runs a ready delivery, which this turn consumes.
    pub fn run(&mut self, id: DeliveryId) -> Result<Ran, VatError> {
        todo!()
    }

    /// Runs what [`Heap::deliver`](hogshead_objects::heap::Heap::deliver) left in this turn.
    pub fn run_delivered(&mut self) -> Result<Ran, VatError> {
        todo!()
    }

    /// Sends a message to a place at a peer; gives the promise of the answer, held by nobody.
    pub fn ask_far(&mut self, far: Far, message: Message) -> Result<PromiseId, VatError> {
        todo!()
    }

    /// Sends `message` from outside any object: the host's own sends.
    pub fn send_from_host(
        &mut self,
        target: Ref,
        message: Message,
        answer: Option<PromiseId>,
    ) -> Result<(), VatError> {
        todo!()
    }

    /// Completes a device call; nothing if it is completed or dropped already.
    pub fn complete_device(
        &mut self,
        id: DeliveryId,
        outcome: Result<Value>,
    ) -> Result<bool, VatError> {
        todo!()
    }

    /// Brings counts and rows up to date and frees what nobody holds; may add outgoing.
    pub fn settle(&mut self) -> Result<(), VatError> {
        todo!()
    }

    /// Whether there is something to send.
    pub fn has_outgoing(&self) -> bool {
        todo!()
    }

    /// What is to be sent, in order. References in it stay alive until the next
    /// [`settle`](Self::settle).
    pub fn take_outgoing(&mut self) -> Vec<Outgoing> {
        todo!()
    }

    /// Ends the turn.
    pub fn close(self) -> Result<TurnOutput, VatError> {
        todo!()
    }

    /// Stops running deliveries; they are still accepted, up to the quota.
    pub fn pause(&mut self) {
        todo!()
    }

    /// Runs deliveries again.
    pub fn resume(&mut self) {
        todo!()
    }

    /// Sets what the vat may use.
    pub fn set_quota(&mut self, quota: Quota) {
        todo!()
    }

    /// Parks a ready delivery with a cause.
    pub fn park(&mut self, id: DeliveryId, cause: Error) -> Result<DeliveryId, VatError> {
        todo!()
    }

    /// Makes a parked delivery ready again; gives its new id.
    pub fn retry_parked(&mut self, id: DeliveryId) -> Result<DeliveryId, VatError> {
        todo!()
    }

    /// Drops a parked delivery: its answer breaks.
    pub fn drop_parked(&mut self, id: DeliveryId) -> Result<(), VatError> {
        todo!()
    }

    /// Frees cycles that nothing outside them holds; gives how many entries were freed.
    pub fn collect(&mut self) -> Result<u64, VatError> {
        todo!()
    }

    /// Makes a device object and a facet of it, held by nobody yet.
    pub fn create_device(&mut self, name: &str) -> Result<Ref, VatError> {
        todo!()
    }

    /// Confirms the upgrade of an object: its prior records are deleted.
    pub fn confirm_upgrade(&mut self, object: hogshead_objects::ids::ObjectId) -> Result<(), VatError> {
        todo!()
    }

    /// A facet that grants `methods` (or all that `of` grants) under a label, held by nobody yet.
    pub fn facet_of(
        &mut self,
        of: Ref,
        methods: Option<&[&str]>,
        label: &str,
    ) -> Result<FacetId, VatError> {
        todo!()
    }

    /// Revokes a facet: every use from now on is refused, messages in flight included.
    pub fn revoke_facet(&mut self, facet: FacetId) -> Result<(), VatError> {
        todo!()
    }
}
