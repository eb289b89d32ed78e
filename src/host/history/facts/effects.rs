//! What a turn has its host do at once. Nothing of it happens when the turn is run again.

use std::sync::{Arc, RwLockReadGuard};

use hogshead_objects::ids::{DeliveryId, SessionId, VatId, VatNumber};
use hogshead_objects::locator::Locator;
use hogshead_objects::{Result as Answer, Value};
use serde::Serialize;

use super::Facts;
use crate::admin::VatInfo;
use crate::host::core::Core;
use crate::host::history::Command;
use crate::host::peers::{PeerKey, Want};
use crate::host::slot::{Input, Slot};
use crate::host::{HostError, VAT_ZERO};

impl Facts<'_> {
    /// Held from looking whether a vat is awake to the push that would wake it.
    pub fn awake(&self) -> Option<RwLockReadGuard<'_, ()>> {
        self.host.map(Core::awake)
    }

    /// Gives a vat an input.
    pub fn push(&self, vat: VatNumber, input: impl FnOnce() -> Input) {
        if let Some(core) = self.host {
            core.push(vat, input());
        }
    }

    /// Notes that deliveries of the vat's own are ready.
    pub fn push_ready(&self, slot: &Slot) {
        if let Some(core) = self.host {
            core.push_ready(slot);
        }
    }

    /// Has the host do something that is no part of any turn.
    pub fn effect(&self, effect: impl FnOnce(&Core)) {
        if let Some(core) = self.host {
            effect(core);
        }
    }

    /// The same, to be done once the turn is durable.
    pub fn later(
        &self,
        effect: impl FnOnce(&Arc<Core>) + Send + 'static,
    ) -> Option<impl FnOnce() + Send + 'static> {
        let core = self.host?.arc();
        Some(move || effect(&core))
    }

    /// Has another vat take an owner's command, which answers a device call of vat zero.
    pub fn command(&self, vat: VatNumber, delivery: DeliveryId, command: Command) {
        self.effect(|core| core.command(vat, delivery, command));
    }

    /// What answers a device call of vat zero, to be done once the turn is durable.
    pub fn answering(
        &self,
        delivery: DeliveryId,
        outcome: Answer<Value>,
    ) -> Option<impl FnOnce() + Send + 'static> {
        self.later(move |core| core.push(VAT_ZERO, Input::DeviceDone { delivery, outcome }))
    }

    /// Runs something that may take a while, and answers a device call with what it gives.
    pub fn answer_later<T: Serialize + Send + 'static>(
        &self,
        delivery: DeliveryId,
        work: impl FnOnce(&Arc<Core>) -> Result<T, HostError> + Send + 'static,
    ) {
        if let Some(core) = self.host {
            core.answer_later(delivery, work);
        }
    }

    /// Answers a device call with what a task gives.
    pub fn answer_with<T: Serialize, F>(
        &self,
        delivery: DeliveryId,
        work: impl FnOnce(Arc<Core>) -> F,
    ) where
        F: Future<Output = Result<T, HostError>> + Send + 'static,
    {
        if let Some(core) = self.host {
            core.answer_with(delivery, work(core.arc()));
        }
    }

    /// The vat of this turn at a glance, as the turn before left it. Nothing in the vat depends
    /// on it.
    pub fn glance(&self, vat: VatNumber) -> Option<Result<VatInfo, HostError>> {
        self.host.map(|core| core.vat_info(vat))
    }

    /// Has a peer reached; `false` if the host dials as many as it can.
    pub fn reach(
        &self,
        us: (VatNumber, VatId),
        peer: &PeerKey,
        to: &Locator,
    ) -> Result<bool, HostError> {
        self.ask(|core| match core.peers.want(us.0, peer) {
            Want::Wait => true,
            Want::Dial(attempt) => {
                core.spawn_dial(us, peer.clone(), to.clone(), attempt);
                true
            }
            Want::Busy => false,
        })
    }

    /// A plain session has ended.
    pub fn session_ended(&self, vat: VatNumber, peer: &PeerKey, session: SessionId) {
        if let Some(core) = self.host {
            // Nobody waits for it: it was in its vat.
            core.peers.ended(vat, peer, session);
        }
    }

    /// A channel of a durable session was let go of.
    pub fn uncarried(&self, vat: VatNumber, peer: &VatId, carrier: u64) {
        if let Some(core) = self.host {
            core.peers.uncarried(vat, peer, carrier);
        }
    }
}
