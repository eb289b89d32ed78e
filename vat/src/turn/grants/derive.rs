//! A facet of a facet.

use std::sync::Arc;

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::grant::{self, Caveats};
use hogshead_objects::ids::{FacetId, ObjectId};
use hogshead_objects::limits::GRANT_DEPTH_MAX;
use hogshead_objects::records::Row;
use hogshead_objects::reference::Ref;

use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Edge, FacetRow};
use crate::turn::Turn;
use crate::turn::post::End;
use crate::vat::Vat;

/// The kind of the objects that forward what they are sent: what stands in this vat for an object
/// of another one, so that it can be granted.
const FORWARDER_KIND: &str = "hogshead/forwarder";

impl Turn<'_, '_> {
    /// A new facet derived from what `of` is, which allows what both do; held by nobody yet.
    pub fn grant_of(&mut self, of: Ref, caveats: Caveats) -> Result<FacetId> {
        let end = self.end_of(of).map_err(|trouble| self.visible(trouble))?;
        let base = match end {
            End::Facet(facet) => facet,
            End::Broken(error) => return Err(error),
            End::Data(_) | End::Resolver(_) => {
                return Err(Error::bad_call("only a reference to an object can be granted"));
            }
            End::Pending(_) | End::Far(..) | End::Import(_) => self.forwarder_to(of)?,
        };
        self.facet_of_facet(base, caveats)
    }

    pub(crate) fn facet_of_facet(&mut self, base: FacetId, caveats: Caveats) -> Result<FacetId> {
        let row = self.usable_facet(base)?;
        if !Vat::is_steward(row.object)
            && let Err(trouble) = self.load_slot(row.object).map(drop)
        {
            return Err(self.visible(trouble));
        }
        self.new_facet(row.object, Some(base), caveats)
    }

    /// Notes which object has granted a facet, where that is not the running one.
    pub(crate) fn note_grantor(&mut self, facet: FacetId, object: ObjectId) -> Result<()> {
        match self.modify_facet(facet) {
            Ok(entry) => entry.row.iter_mut().for_each(|row| row.grantor = Some(object)),
            Err(trouble) => return Err(self.visible(trouble)),
        }
        Ok(())
    }

    fn forwarder_to(&mut self, of: Ref) -> Result<FacetId> {
        let forwarder = self.construct(FORWARDER_KIND, of.into())?;
        self.spawn_in(forwarder, None)
    }

    /// A new facet of an object, which grants at most what the facet `parent` does.
    pub(crate) fn new_facet(
        &mut self,
        object: ObjectId,
        parent: Option<FacetId>,
        mut caveats: Caveats,
    ) -> Result<FacetId> {
        caveats.check()?;
        let label = caveats.take_label();
        if label.len() > limits::LABEL_BYTES_MAX {
            let max = limits::LABEL_BYTES_MAX;
            return Err(Error::new(Class::Limit, format!("a label has at most {max} bytes")));
        }
        let mut methods = caveats.take_methods();
        self.check_derived(object, parent, methods.as_deref()).map_err(|t| self.visible(t))??;
        if methods.is_none()
            && let Some(parent) = parent
        {
            methods = self
                .load_facet(parent)
                .map(|row| row.and_then(|row| row.methods.clone()))
                .map_err(|trouble| self.visible(trouble))?;
        }
        self.vat.row.quota.admit_record(&self.vat.row.meter)?;
        let counts = caveats.counts();
        let row = FacetRow {
            methods,
            label,
            caveats: (!caveats.is_empty()).then(|| Arc::new(caveats)),
            parent,
            grantor: Some(self.this).filter(|this| *this != ObjectId(0)),
            created: Some(self.meta.now),
            ..FacetRow::whole(object)
        };
        let facet = self.create_facet_row(row);
        self.deltas.push((Edge::Object(object), 1));
        if let Some(parent) = parent {
            self.deltas.push((Edge::Facet(parent), 1));
            self.put_row(rows::derived_key(parent, facet), link(), 0);
        }
        if counts && self.vat.row.epoch > 0 {
            let epoch = self.vat.row.epoch;
            match self.modify_grant(facet) {
                Ok(grant) => grant.epoch = epoch,
                Err(trouble) => return Err(self.visible(trouble)),
            }
        }
        Ok(facet)
    }

    /// Refuses methods that are not there or not granted, and grants of grants without end.
    fn check_derived(
        &mut self,
        object: ObjectId,
        parent: Option<FacetId>,
        names: Option<&[String]>,
    ) -> Result<Result<()>, VatError> {
        let names = names.unwrap_or_default();
        if names.len() > limits::FACET_METHODS_MAX
            || names.iter().any(|name| name.len() > limits::METHOD_BYTES_MAX)
        {
            let (count, bytes) = (limits::FACET_METHODS_MAX, limits::METHOD_BYTES_MAX);
            let why =
                format!("a facet grants at most {count} methods, with names of {bytes} bytes");
            return Ok(Err(Error::new(Class::Limit, why)));
        }
        let mut depth = 1;
        let mut at = parent;
        while let Some(id) = at {
            let Some(row) = self.load_facet(id)? else { break };
            at = row.parent;
            depth += 1;
            if let Some(name) = names.iter().find(|name| !row.allows(name)) {
                return Ok(Err(grant::not_granted(name)));
            }
        }
        if depth > GRANT_DEPTH_MAX {
            let why = format!(
                "a grant of a grant goes on for at most {GRANT_DEPTH_MAX}; grant it from further up"
            );
            return Ok(Err(Error::new(Class::Limit, why)));
        }
        let Some(kind) = self.kind_of(object) else { return Ok(Ok(())) };
        Ok(match names.iter().find(|name| !kind.can_grant(name)) {
            Some(name) => Err(Error::bad_call(format!("{} has no method `{name}`", kind.name))),
            None => Ok(()),
        })
    }
}

/// The row that says that one facet was derived from another. All is in its key.
pub(super) fn link() -> Row {
    rows::encode(&0_u8, false)
}
