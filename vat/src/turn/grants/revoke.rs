//! Ending a grant.
//!
//! A mark in its row is enough to refuse every use: of the facet alone, or of all that was derived
//! from it, which looks at the mark as it looks at any caveat. What has to be told besides (answers
//! that break, watchers) is found by the facet. With all that was derived it may be much, so it is
//! told a part a turn: the rest is a delivery, which goes on where the last turn stopped.

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::grant;
use hogshead_objects::ids::{FacetId, ObjectId};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::reference::Ref;

use crate::error::VatError;
use crate::invitation;
use crate::limits;
use crate::rows::{self, Action, Caller, DeliveryRow};
use crate::turn::Turn;
use crate::vat::Trigger;

impl Turn<'_, '_> {
    /// Revokes a facet, and with `deep` all that was derived from it: every use from now on is
    /// refused, of messages in flight as well. An invitation takes with it what it has become.
    pub fn revoke_facet(&mut self, facet: FacetId, deep: bool) -> Result<()> {
        if facet == crate::steward::STEWARD_FACET {
            return Err(Error::bad_call("the steward's own facet cannot be revoked"));
        }
        let object = match self.load_facet(facet) {
            Ok(Some(row)) => row.object,
            Ok(None) => return Err(Error::new(Class::NotFound, "there is no such facet")),
            Err(trouble) => return Err(self.visible(trouble)),
        };
        let mut ended = vec![facet];
        let invites = self.load_slot(object).map(invitation::is_invitation);
        if invites.map_err(|trouble| self.visible(trouble))? {
            ended.extend(invitation::leads_to(self, object)?);
        }
        for facet in ended {
            let done = self.end_facet(facet, deep).and_then(|()| self.taken_up(facet));
            let became = done.map_err(|trouble| self.visible(trouble))?;
            if let Some(guests) = became {
                self.end_facet(guests, deep).map_err(|trouble| self.visible(trouble))?;
            }
        }
        Ok(())
    }

    /// The grant that an invitation for this facet has become: nobody but the invitation has held
    /// the facet, so whoever ends it means its guest.
    fn taken_up(&mut self, facet: FacetId) -> Result<Option<FacetId>, VatError> {
        let (from, to) = rows::derived_range(facet, FacetId(0));
        let first = self.overlay.range(&from, &to, 1)?.pop();
        let first = first.and_then(|(key, _)| rows::id_of_key(&key)).map(FacetId);
        let Some(first) = first else { return Ok(None) };
        let grantor = self.load_facet(first)?.and_then(|row| row.grantor);
        let Some(grantor) = grantor else { return Ok(None) };
        Ok(invitation::is_invitation(self.load_slot(grantor)?).then_some(first))
    }

    /// What an object may do: revoke facets of its own, and what was derived from what it granted.
    pub(in crate::turn) fn revoke_own(&mut self, facet: Ref, deep: bool) -> Result<()> {
        let facet = self.facet_at(facet)?;
        if !self.controls(facet)? {
            return Err(Error::new(
                Class::Denied,
                "an object revokes facets of its own and what it granted; this one is another's",
            ));
        }
        self.end_facet(facet, deep).map_err(|trouble| self.visible(trouble))
    }

    /// The same for a facet that is known by its number alone.
    pub(in crate::turn) fn revoke_below(
        &mut self,
        of: Ref,
        facet: FacetId,
        deep: bool,
    ) -> Result<()> {
        let of = self.facet_at(of)?;
        let below = self.line_of(facet).map_err(|trouble| self.visible(trouble))?.contains(&of);
        if !below || !self.controls(of)? {
            let why = "no such grant was derived from this one";
            return Err(Error::new(Class::NotFound, why));
        }
        self.end_facet(facet, deep).map_err(|trouble| self.visible(trouble))
    }

    /// Whether the running object may look at a facet's use and end it: it is its own, or it
    /// granted it or something that it was derived from. What is gone is anybody's.
    pub(super) fn controls(&mut self, facet: FacetId) -> Result<bool> {
        let this = self.this;
        let line = self.line_of(facet).map_err(|trouble| self.visible(trouble))?;
        for (place, id) in line.into_iter().enumerate() {
            match self.load_facet(id) {
                Ok(Some(row)) if row.object == this || row.grantor == Some(this) => {
                    return Ok(true);
                }
                Ok(Some(_)) => {}
                Ok(None) => return Ok(place == 0),
                Err(trouble) => return Err(self.visible(trouble)),
            }
        }
        Ok(false)
    }

    /// A facet and those that it was derived from.
    pub(super) fn line_of(&mut self, facet: FacetId) -> Result<Vec<FacetId>, VatError> {
        let mut line = vec![facet];
        let mut at = facet;
        while let Some(parent) = self.load_facet(at)?.and_then(|row| row.parent) {
            line.push(parent);
            at = parent;
        }
        Ok(line)
    }

    fn end_facet(&mut self, facet: FacetId, deep: bool) -> Result<(), VatError> {
        let Some(row) = self.load_facet(facet)? else { return Ok(()) };
        let (object, known) = (row.object, row.revoked && (row.deep || !deep));
        if known {
            return Ok(());
        }
        if let Some(row) = self.modify_facet(facet)?.row.as_mut() {
            row.revoked = true;
            row.deep |= deep;
        }
        self.forget_whole(object, facet)?;
        if deep {
            return self.uproot(vec![facet], true);
        }
        self.tell_revoked(facet)?;
        Ok(())
    }

    /// The object's own `self_ref` must not hand out what was revoked.
    fn forget_whole(&mut self, object: ObjectId, facet: FacetId) -> Result<(), VatError> {
        if self.load_slot(object)?.is_some_and(|slot| slot.head.whole == Some(facet)) {
            self.set_whole(object, None);
        }
        Ok(())
    }

    /// Breaks what is awaited over a facet and tells who watches it; gives how much that was.
    fn tell_revoked(&mut self, facet: FacetId) -> Result<usize, VatError> {
        let broken = self.break_awaited(facet)?;
        let mut told = 0;
        self.take_waiting(Trigger::Revoked(facet), &mut |turn, row| {
            told += 1;
            match row.answer {
                Some(answer) => turn.settle_promise(answer, Ok(grant::revoked().into_reason())),
                None => Ok(()),
            }
        })?;
        Ok(broken + told)
    }

    /// Ends what was derived from the first facet of the path, from its last on: a walk of the tree
    /// whose only memory is the path to where it stands.
    pub(in crate::turn) fn uproot(
        &mut self,
        mut path: Vec<FacetId>,
        fresh: bool,
    ) -> Result<(), VatError> {
        let mut budget = limits::UPROOT_ENTRIES_MAX;
        if fresh && let Some(first) = path.last().copied() {
            budget = budget.saturating_sub(self.tell_revoked(first)?);
        }
        // Where among its siblings the walk stands: before all of them, or after this one.
        let mut after = FacetId(0);
        if !fresh && let Some(last) = path.pop() {
            after = last;
        }
        while let Some(at) = path.last().copied() {
            if budget == 0 {
                path.push(after);
                return self.put_uproot(path);
            }
            budget -= 1;
            let (from, to) = rows::derived_range(at, after);
            let next = self.overlay.range(&from, &to, 1)?.pop();
            match next.and_then(|(key, _)| rows::id_of_key(&key)).map(FacetId) {
                Some(child) => {
                    budget = budget.saturating_sub(self.tell_revoked(child)?);
                    path.push(child);
                    after = FacetId(0);
                }
                None => {
                    path.pop();
                    after = at;
                }
            }
        }
        Ok(())
    }

    fn put_uproot(&mut self, path: Vec<FacetId>) -> Result<(), VatError> {
        let (born, turn) = (self.vat.row.next_id, self.number());
        let row = DeliveryRow {
            action: Action::Uproot { path },
            answer: None,
            born,
            turn,
            cause: None,
            session: None,
            caller: Caller::Own,
        };
        self.put_delivery(Trigger::Now, row).map(drop)
    }
}
