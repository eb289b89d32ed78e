//! A turn until it is to be committed: the same when it happens and when it is run again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::RwLockReadGuard;

use bytes::Bytes;
use hogshead_objects::Registry;
use hogshead_objects::ids::VatId;
use hogshead_objects::records::{Overlay, ReadRecords, Row};
use hogshead_vat::{TurnMeta, TurnOutput};

use super::{Effects, Work, plain};
use crate::host::core::Core;
use crate::host::history::Facts;
use crate::host::slot::{Resident, Slot};
use crate::host::timers::DueChange;
use crate::host::{HostError, layout};

/// All that a turn is made from but its input.
pub(crate) struct Stage<'c> {
    pub facts: &'c Facts<'c>,
    pub registry: &'c Registry,
    pub records: &'c dyn ReadRecords,
    pub meta: TurnMeta<'c>,
}

/// A turn that has run.
pub(crate) struct Run<'c, T> {
    pub value: T,
    /// Every row that it changes, with its whole key. The last change of a key counts.
    pub rows: Vec<(Bytes, Option<Row>)>,
    /// Its other effects. The rows of other vats and of the host are above.
    pub effects: Effects,
    pub output: TurnOutput,
    /// How far channels have been served.
    pub sent: BTreeMap<VatId, (u64, bool)>,
    /// Held until what this turn sends to other vats is pushed.
    pub _awake: Option<RwLockReadGuard<'c, ()>>,
}

impl<'c> Stage<'c> {
    /// Runs `work` as one turn of a vat that is in memory.
    pub fn run<T>(
        &self,
        slot: &Slot,
        resident: &mut Resident,
        work: impl FnOnce(&mut Work<'_, '_, '_>) -> Result<T, HostError>,
    ) -> Result<Run<'c, T>, HostError> {
        let facts = self.facts;
        let between = facts.remembered(resident.between.told())?;
        if facts.is_past() {
            resident.relive(between.as_ref(), self.records)?;
        }
        let mut overlay = Overlay::new(self.records);
        let crowded = facts.crowded(|core| resident.crowded(core))?;
        let vat = resident.vat.as_mut().ok_or(HostError::NoSuchVat)?;
        let mut turn = vat.open(&mut overlay, self.registry, self.meta);
        turn.set_crowded(crowded);
        turn.set_own_key(slot.id);
        turn.set_epoch(facts.epoch()?);
        let mut effects = Effects::default();
        if !facts.is_marked(slot)? {
            effects.rows.push((layout::active(slot.number), Some(plain(Bytes::new()))));
        }
        let mut open = Work {
            core: facts,
            slot,
            turn: &mut turn,
            sessions: &mut resident.sessions,
            by_peer: &mut resident.by_peer,
            wishes: &mut resident.wishes,
            carriers: &mut resident.carriers,
            starved: &mut resident.starved,
            sending: &mut resident.sending,
            unsent: &mut resident.unsent,
            effects: &mut effects,
            touched: BTreeSet::new(),
            acks: BTreeSet::new(),
            sent: BTreeMap::new(),
        };
        if let Some(between) = &between {
            open.take_acks(between)?;
        }
        let value = work(&mut open)?;
        open.hand_over_outgoing()?;
        // Eviction takes the other side of this lock, so that no vat goes cold between the look
        // at whether it is awake and the push that would wake it.
        let _awake = facts.awake();
        open.hand_over_operations()?;
        let sent = open.sent;
        let output = turn.close()?;
        effects.rows.extend(DueChange::of(&output).rows(slot.number));
        effects.rows.extend(Core::clock_mark_row(facts.clock_mark()?)?);
        let mut rows = Vec::with_capacity(overlay.len() + effects.rows.len());
        let changes = overlay.into_changes().into_iter();
        rows.extend(changes.map(|(key, row)| (layout::in_vat(slot.number, &key), row)));
        rows.append(&mut effects.rows);
        Ok(Run { value, rows, effects, output, sent, _awake })
    }
}
