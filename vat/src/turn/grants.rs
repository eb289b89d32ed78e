//! Grants: what facets allow, checked where messages are delivered and nowhere else.
//!
//! ```text
//!   derive.rs    a facet of a facet: what it adds, and the limits
//!   revoke.rs    ending one, or all that was derived from it, and what is told to whom
//!   answers.rs   answers that are awaited over a grant, and break with it
//!   tree.rs      what a grantor is shown
//! ```
//!
//! A facet's row says what it allows and which facet it was derived from; both never change. A
//! message is checked against the facet that it came to and every one that this was derived from,
//! up to the first: so what was derived can only be narrower, whatever it says of itself. What is
//! counted stands in a row beside ([`GrantRow`]), which is written as the message is taken, before
//! the method runs: a use counts although the method fails, and a refused one is remembered
//! although nothing else happens.

mod answers;
mod derive;
mod revoke;
mod tree;

use std::sync::Arc;

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::grant::{self, Call, Caveats, Tally};
use hogshead_objects::ids::{Epoch, FacetId, Timestamp, VatId};
use hogshead_objects::limits::GRANT_DEPTH_MAX;
use hogshead_objects::message::Message;
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::object::{Kind, MethodInfo};
use hogshead_objects::records::{ReadRecords, table};

use super::Turn;
use super::undo::Undo;
use crate::cache::Entry;
use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Caller, Edge, FacetRow, GrantRow};

/// Facets whose row of counts a use is written into.
struct Charged {
    facets: [FacetId; GRANT_DEPTH_MAX],
    count: usize,
}

impl Turn<'_, '_> {
    /// Says who sends the messages that are delivered from now on: the peer of the session whose
    /// operation is applied. Without it they are the vat's own.
    pub fn set_caller(&mut self, caller: Caller) {
        self.caller = caller;
    }

    /// The key that the vat goes by, if that was said.
    pub(crate) fn own_key(&self) -> Option<VatId> {
        self.own
    }

    /// Says which key the vat itself goes by.
    pub fn set_own_key(&mut self, own: VatId) {
        self.own = Some(own);
    }

    /// The method that takes a message, if the facet that it came to and all that this was derived
    /// from allow it. The use is counted, or that it was refused. A facet that grants some methods
    /// only does not tell which others there are.
    pub(super) fn admit_method(
        &mut self,
        facet: FacetId,
        kind: &'static Kind,
        message: &Message,
        caller: Caller,
    ) -> Result<Result<&'static MethodInfo>, VatError> {
        let (now, caller) = (self.grant_time(), self.key_of(caller));
        let method = match kind.method(message) {
            Ok(method) => method,
            // Whoever may use all methods is told which there are.
            Err(error) if !self.is_narrowed(facet)? => return Ok(Err(error)),
            Err(_) => {
                let call = Call::untyped(message, now, caller);
                let name = if call.method.is_empty() { NO_METHOD } else { call.method };
                let why = grant::not_granted(name);
                self.deny(facet, facet, &call, &why)?;
                return Ok(Err(why));
            }
        };
        let call = Call::new(method, message, now, caller);
        Ok(self.admit(facet, &call)?.map(|()| method))
    }

    /// The same for a message to an object that the vat or the host serves by itself.
    pub(super) fn admit_untyped(
        &mut self,
        facet: FacetId,
        message: &Message,
        caller: Caller,
    ) -> Result<Result<()>, VatError> {
        let call = Call::untyped(message, self.grant_time(), self.key_of(caller));
        self.admit(facet, &call)
    }

    fn key_of(&self, caller: Caller) -> Option<VatId> {
        match caller {
            Caller::Own => self.own,
            Caller::Vat(vat) => Some(vat),
            Caller::Unknown => None,
        }
    }

    fn admit(&mut self, facet: FacetId, call: &Call<'_>) -> Result<Result<()>, VatError> {
        let mut charged = Charged { facets: [facet; GRANT_DEPTH_MAX], count: 0 };
        let mut at = Some(facet);
        while let Some(id) = at {
            let Some(row) = self.load_facet(id)? else {
                return Ok(Err(nothing_there()));
            };
            at = row.parent;
            if !row.allows(call.method) {
                let name = if call.method.is_empty() { NO_METHOD } else { call.method };
                let why = grant::not_granted(name);
                self.deny(facet, id, call, &why)?;
                return Ok(Err(why));
            }
            if !row.is_tallied() {
                continue;
            }
            let caveats = row.caveats.clone();
            charged.add(id);
            if let Some(caveats) = caveats
                && let Err(why) = self.admit_by(id, &caveats, call)?
            {
                self.deny(facet, id, call, &why)?;
                return Ok(Err(why));
            }
        }
        if let Err(why) = self.admit_awaited(facet)? {
            return Ok(Err(why));
        }
        for id in charged.facets.into_iter().take(charged.count) {
            let caveats = self.load_facet(id)?.and_then(|row| row.caveats.clone());
            let grant = self.modify_grant(id)?;
            match &caveats {
                Some(caveats) => grant.tally.charge(caveats, call.now),
                None => grant.tally.charge(&Caveats::new(), call.now),
            }
        }
        Ok(Ok(()))
    }

    fn admit_by(
        &mut self,
        id: FacetId,
        caveats: &Arc<Caveats>,
        call: &Call<'_>,
    ) -> Result<Result<()>, VatError> {
        if caveats.counts() && self.is_suspended(id)? {
            return Ok(Err(grant::suspended()));
        }
        Ok(match self.load_grant(id)? {
            Some(grant) => caveats.admit(call, &grant.tally),
            None => caveats.admit(call, &Tally::default()),
        })
    }

    /// Whether a grant that counts waits for the owner, since the vat was restored.
    pub(super) fn is_suspended(&mut self, id: FacetId) -> Result<bool, VatError> {
        let epoch = self.vat.row.epoch;
        Ok(epoch > 0 && self.load_grant(id)?.map_or(0, |grant| grant.epoch) < epoch)
    }

    /// Lets grants go on that a restore has suspended: one, or all; gives how many.
    pub(crate) fn confirm_grants(&mut self, facet: Option<FacetId>) -> Result<u64, VatError> {
        let mut suspended = Vec::new();
        match facet {
            Some(facet) => suspended.push(facet),
            None => self.each_row(table::FACET, |key, bytes| {
                let row: FacetRow = rows::decode(key, bytes)?;
                let id = FacetId(rows::id_of_key(key).unwrap_or_default());
                suspended.extend(row.counts().then_some(id));
                Ok(())
            })?,
        }
        let epoch = self.vat.row.epoch;
        let mut confirmed = 0;
        for id in suspended {
            let counts = self.load_facet(id)?.is_some_and(|row| row.counts());
            if counts && self.is_suspended(id)? {
                self.modify_grant(id)?.epoch = epoch;
                confirmed += 1;
            }
        }
        Ok(confirmed)
    }

    /// Says in which epoch the host is: a higher one than the vat knows means that the vat was
    /// restored from an older store. What counts, and may have been used since then, is suspended
    /// until the owner confirms it.
    pub fn set_epoch(&mut self, epoch: Epoch) {
        if epoch.0 > self.vat.row.epoch {
            self.vat.row.epoch = epoch.0;
            self.vat_changed = true;
        }
    }

    /// Notes a refused use with the facet that was used and with the one that refused it.
    fn deny(
        &mut self,
        used: FacetId,
        refused_by: FacetId,
        call: &Call<'_>,
        why: &Error,
    ) -> Result<(), VatError> {
        for id in [Some(used), Some(refused_by).filter(|by| *by != used)].into_iter().flatten() {
            if self.load_facet(id)?.is_some_and(|row| row.is_grant()) {
                self.modify_grant(id)?.tally.deny(call.now, call.method, why, call.caller);
            }
        }
        Ok(())
    }

    /// Why a facet is of no use any more: it was revoked, alone or with what it was derived from,
    /// or is gone.
    pub(super) fn ended(&mut self, facet: FacetId) -> Result<Option<Error>, VatError> {
        let mut at = Some(facet);
        while let Some(id) = at {
            let Some(row) = self.load_facet(id)? else { return Ok(Some(nothing_there())) };
            if row.deep || (row.revoked && id == facet) {
                let forgotten = mutation::has(Mutation::ForgetRevocation);
                return Ok((!forgotten).then(grant::revoked));
            }
            at = row.parent;
        }
        Ok(None)
    }

    /// Why a facet will never be of use again: it has ended, or its time is over.
    pub(crate) fn over_for_good(&mut self, facet: FacetId) -> Result<Option<Error>, VatError> {
        if let Some(why) = self.ended(facet)? {
            return Ok(Some(why));
        }
        let now = self.grant_time();
        let mut at = Some(facet);
        while let Some(id) = at {
            let Some(row) = self.load_facet(id)? else { return Ok(Some(nothing_there())) };
            let until = row.caveats.as_ref().and_then(|caveats| caveats.expires());
            if until.is_some_and(|until| now >= until) {
                let why = "the grant of what this was asked of has expired";
                return Ok(Some(Error::new(Class::Denied, why)));
            }
            at = row.parent;
        }
        Ok(None)
    }

    /// Whether the facet, or one that it was derived from, grants some methods only.
    fn is_narrowed(&mut self, facet: FacetId) -> Result<bool, VatError> {
        let mut at = Some(facet);
        while let Some(id) = at {
            let Some(row) = self.load_facet(id)? else { return Ok(true) };
            if row.methods.is_some() {
                return Ok(true);
            }
            at = row.parent;
        }
        Ok(false)
    }

    /// Whether a facet allows all that its object can do: it and what it was derived from have no
    /// condition.
    pub(super) fn is_whole(&mut self, facet: FacetId) -> Result<bool, VatError> {
        let mut at = Some(facet);
        while let Some(id) = at {
            let Some(row) = self.load_facet(id)? else { return Ok(false) };
            if row.methods.is_some() || row.caveats.is_some() {
                return Ok(false);
            }
            at = row.parent;
        }
        Ok(true)
    }

    /// Whether a near call may go through a facet: it and all that it was derived from grant the
    /// method and have no condition that only messages are checked against.
    pub(super) fn admit_near(
        &mut self,
        facet: FacetId,
        method: Option<&str>,
    ) -> Result<Result<()>, VatError> {
        if let Some(why) = self.ended(facet)? {
            return Ok(Err(why));
        }
        let mut at = Some(facet);
        while let Some(id) = at {
            let Some(row) = self.load_facet(id)? else { return Ok(Err(nothing_there())) };
            if let Some(method) = method
                && !row.allows(method)
            {
                return Ok(Err(grant::not_granted(method)));
            }
            if row.caveats.is_some() {
                return Ok(Err(grant::not_near()));
            }
            at = row.parent;
        }
        Ok(Ok(()))
    }

    /// The time as grants see it: it does not go back, whatever the host's clock did since the
    /// vat's last turn.
    pub(super) fn grant_time(&self) -> Timestamp {
        self.vat.row.seen.unwrap_or_default().max(self.meta.now)
    }

    /// The row of what was done with a facet, read if it is not warm.
    pub(super) fn load_grant(&mut self, id: FacetId) -> Result<Option<&GrantRow>, VatError> {
        if self.vat.grants.get(id).is_none() {
            let key = rows::grant_key(id);
            let (row, stored) = match self.overlay.get(&key)? {
                Some(bytes) => (Some(rows::decode(&key, &bytes)?), key.len() + bytes.len()),
                None => (None, 0),
            };
            let used = self.vat.clock;
            self.vat.grants.insert(id, Entry { row, stored, dirty: false, used });
        }
        let clock = self.vat.clock;
        Ok(self.vat.grants.get_mut(id).and_then(|entry| {
            entry.used = clock;
            entry.row.as_ref()
        }))
    }

    /// The row of what was done with a facet, to be changed; a fresh one if there is none.
    pub(super) fn modify_grant(&mut self, id: FacetId) -> Result<&mut GrantRow, VatError> {
        self.load_grant(id)?;
        let Some(entry) = self.vat.grants.get_mut(id) else {
            return Err(rows::damaged(&rows::grant_key(id), "it is not there".into()).into());
        };
        if self.undoable {
            self.undo.push(Undo::Grant { id, before: entry.clone() });
        }
        if !std::mem::replace(&mut entry.dirty, true) {
            self.touched.push(Edge::Facet(id));
        }
        Ok(entry.row.get_or_insert_default())
    }

    /// Removes the rows beside that of a facet which is freed.
    pub(super) fn remove_grant(
        &mut self,
        id: FacetId,
        parent: Option<FacetId>,
    ) -> Result<(), VatError> {
        if self.load_grant(id)?.is_some() {
            self.modify_grant(id)?;
            if let Some(entry) = self.vat.grants.get_mut(id) {
                entry.row = None;
            }
        }
        if let Some(parent) = parent {
            self.deltas.push((Edge::Facet(parent), -1));
            let key = rows::derived_key(parent, id);
            let stored = key.len() + derive::link().bytes.len();
            self.delete_row(key, stored);
        }
        Ok(())
    }

    /// Refuses a use if too many answers are awaited over the facet.
    fn admit_awaited(&mut self, facet: FacetId) -> Result<Result<()>, VatError> {
        let max = limits::GRANT_AWAITED_MAX;
        let warm = self.load_facet(facet)?.is_some_and(|row| row.is_grant());
        if warm && self.load_grant(facet)?.is_some_and(|grant| grant.awaited >= max) {
            let why = format!("{max} answers over this reference are awaited already");
            return Ok(Err(Error::new(Class::Busy, why)));
        }
        Ok(Ok(()))
    }
}

impl Charged {
    fn add(&mut self, id: FacetId) {
        if let Some(place) = self.facets.get_mut(self.count) {
            *place = id;
            self.count += 1;
        }
    }
}

/// How a message is called that names no method.
const NO_METHOD: &str = "a message without a method";

pub(super) fn nothing_there() -> Error {
    Error::new(Class::NotFound, "there is nothing at this reference")
}
