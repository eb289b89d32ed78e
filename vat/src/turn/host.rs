//! What only the host does in a turn.

use std::collections::BTreeSet;

use hogshead_objects::error::{Class, Error};
use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::SessionId;
use hogshead_objects::object::Object;
use hogshead_objects::reference::Ref;

use super::{Ran, Turn};
use crate::error::VatError;

/// What has come of a turn until now: whether anything else fits into its batch, and whether
/// somebody waits for its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weight {
    /// Octets that were written.
    pub written: usize,
    /// Messages to be sent, and calls of devices.
    pub said: usize,
}

impl Turn<'_, '_> {
    /// Makes an object that is of no other's composition; gives its facet with all methods, held
    /// by nobody yet.
    pub fn spawn_from_host(&mut self, object: Box<dyn Object>) -> Result<Ref, VatError> {
        self.spawn_in(object, None).map(Ref::Facet).map_err(VatError::Command)
    }

    /// Names the sessions whose peers have more waiting than they may: what objects send there
    /// in this turn is refused at once, before anything is accepted.
    pub fn set_crowded(&mut self, sessions: BTreeSet<SessionId>) {
        self.crowded = sessions;
    }

    /// Whether the vat takes no more deliveries, by its quota.
    pub fn is_full(&self) -> bool {
        self.vat.is_full()
    }

    /// Runs the first delivery that is ready, as [`run`](Self::run) does, also after others of this
    /// turn: each is undone by itself if it fails, and has the limits of a turn to itself. `None` if
    /// nothing is ready.
    pub fn run_next(&mut self) -> Result<Option<Ran>, VatError> {
        let ready = self.vat.row.meter.ready;
        if self.vat.row.paused || ready == 0 {
            return Ok(None);
        }
        // If all of them are of this turn, nothing has to be looked for.
        let next = match self.ready.first() {
            Some(first) if self.ready.len() as u64 == ready => Some(*first),
            _ => self.vat.next_ready(&*self.overlay)?,
        };
        next.map(|id| self.run(id)).transpose()
    }

    /// What has come of the turn until now.
    pub fn weight(&self) -> Weight {
        let is_said = |out: &&Outgoing| !matches!(out, Outgoing::Drop { .. });
        let said = self.outgoing.iter().filter(is_said).count() + self.device_calls.len();
        Weight { written: self.overlay.written(), said }
    }

    /// Refuses a send to a peer that has too much waiting.
    pub(crate) fn admit_target(&mut self, target: Ref) -> Result<(), Error> {
        if self.crowded.is_empty() {
            return Ok(());
        }
        match self.far(target) {
            Ok(Some(far)) if self.crowded.contains(&far.session) => {
                let why = "the vat there has too much waiting; try again later";
                Err(Error::new(Class::Busy, why))
            }
            Ok(_) => Ok(()),
            Err(trouble) => Err(self.visible(trouble.into())),
        }
    }

    /// Puts what was delivered in this turn behind the vat's other deliveries without running it: it
    /// is a row before it can do any harm.
    pub fn keep_delivered(&mut self) -> Result<Ran, VatError> {
        let paused = std::mem::replace(&mut self.vat.row.paused, true);
        let ran = self.run_delivered();
        self.vat.row.paused = paused;
        ran
    }

    /// Parks what [`Heap::deliver`](hogshead_objects::heap::Heap::deliver) left in this turn
    /// instead of running it: a suspect after an unclean stop.
    pub fn park_delivered(&mut self, cause: Error) -> Result<Ran, VatError> {
        match self.keep_delivered()? {
            Ran::Queued(id) => {
                let id = self.park(id, cause.clone())?;
                Ok(Ran::Parked { id, cause })
            }
            other => Ok(other),
        }
    }

    /// Revokes the facets that were made of the object behind `of`: those with this label, or all
    /// that have a label or a share; with `deep` what was derived from them as well. The facet `of`
    /// itself stays. Gives how many were revoked, of which those are not counted.
    pub(crate) fn revoke_made(
        &mut self,
        of: Ref,
        label: Option<&str>,
        deep: bool,
    ) -> Result<u64, Error> {
        let own = self.facet_at(of)?;
        let object = self.usable_facet(own)?.object;
        let made = self.made_facets(object).map_err(|trouble| self.visible(trouble))?;
        let mut revoked = 0;
        for (facet, row) in made {
            let wanted = label.is_none_or(|label| label == row.label);
            let left = !row.revoked || (deep && !row.deep);
            if facet != own && wanted && left {
                self.revoke_facet(facet, deep)?;
                revoked += 1;
            }
        }
        if revoked == 0 {
            let what =
                label.map_or_else(String::new, |label| format!(" under the label {label:?}"));
            let why = format!("nothing that was made of this object{what} is left to revoke");
            return Err(Error::new(Class::NotFound, why));
        }
        Ok(revoked)
    }
}
