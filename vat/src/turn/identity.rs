//! Whether two references are the same.
//!
//! They are if they end at the same place: promises are followed, and nothing else is. A facet is
//! its own reference, whatever object is behind it, and an import is what its peer exported to this
//! session, whatever that leads to there: so nobody learns by asking what a reference hides.

use hogshead_objects::error::{Error, Result};
use hogshead_objects::reference::Ref;

use super::Turn;
use super::post::End;

impl Turn<'_, '_> {
    /// Whether two references are the same; nothing if one is a promise that is still pending and
    /// the other is not the same promise.
    pub(super) fn same_end(&mut self, one: Ref, other: Ref) -> Result<Option<bool>> {
        let (one, other) = (self.place_of(one)?, self.place_of(other)?);
        Ok(match (one, other) {
            _ if one == other => Some(true),
            (Ref::Promise(_), _) | (_, Ref::Promise(_)) => None,
            // A session has one import for each export of its peer, and a vat one session with
            // each peer, so two imports are two places.
            _ => Some(false),
        })
    }

    /// Where a reference ends, as a reference that is no settled promise.
    fn place_of(&mut self, reference: Ref) -> Result<Ref> {
        match self.end_of(reference) {
            Ok(End::Facet(id)) => Ok(Ref::Facet(id)),
            Ok(End::Import(id)) => Ok(Ref::Import(id)),
            Ok(End::Resolver(id)) => Ok(Ref::Resolver(id)),
            Ok(End::Pending(id) | End::Far(id, _)) => Ok(Ref::Promise(id)),
            Ok(End::Data(_)) => Err(Error::bad_call(
                "this promise was kept with data, which is compared by its value",
            )),
            Ok(End::Broken(error)) => Err(error),
            Err(trouble) => Err(self.visible(trouble)),
        }
    }
}
