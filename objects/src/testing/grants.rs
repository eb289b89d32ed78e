//! What facets grant, on the bench.

use super::turn::BenchTurn;
use super::world::{Facet, Resolved};
use crate::error::{Class, Error, Result};
use crate::grant::{self, Call, Caveats, GrantInfo};
use crate::ids::{FacetId, ObjectId, PromiseId};
use crate::limits::GRANT_DEPTH_MAX;
use crate::message::Message;
use crate::reference::Ref;

impl BenchTurn<'_> {
    /// The object that takes a message, if the facet and all that it was derived from allow it;
    /// the use is counted, or that it was refused.
    pub(super) fn admit(
        &mut self,
        target: Ref,
        message: &Message,
        answer: Option<PromiseId>,
    ) -> Result<ObjectId> {
        let chain = self.chain(target)?;
        let facets = &self.bench.world.tables.facets;
        let object = facets[&chain[0]].object;
        let narrowed = chain.iter().any(|id| facets[id].caveats.method_names().is_some());
        let method = self.about(object)?.kind.method(message);
        let call = match &method {
            Ok(method) => Call::new(method, message, self.bench.now, self.bench.key),
            Err(_) => Call::untyped(message, self.bench.now, self.bench.key),
        };
        if let (Err(error), false) = (&method, narrowed) {
            return Err(error.clone());
        }
        let mut refused = None;
        for id in &chain {
            let facet = &facets[id];
            let admitted = match &method {
                Err(_) => Err(grant::not_granted(call.method)),
                Ok(_) => facet.caveats.admit(&call, &facet.tally),
            };
            if let Err(why) = admitted {
                refused = Some((*id, why));
                break;
            }
        }
        let facets = &mut self.bench.world.tables.facets;
        if let Some((id, why)) = refused {
            for id in [Some(id), Some(chain[0]).filter(|first| *first != id)].into_iter().flatten()
            {
                if let Some(facet) = facets.get_mut(&id) {
                    facet.tally.deny(call.now, call.method, &why, call.caller);
                }
            }
            return Err(why);
        }
        for id in &chain {
            if let Some(facet) = facets.get_mut(id) {
                facet.tally.charge(&facet.caveats, call.now);
            }
        }
        if let Some(answer) = answer {
            self.bench.world.tables.asked.insert(answer, chain[0]);
        }
        Ok(object)
    }

    /// The object that a near call reaches: conditions beyond methods are on messages.
    pub(super) fn admit_near(&self, target: Ref, method: Option<&str>) -> Result<ObjectId> {
        let chain = self.chain(target)?;
        let facets = &self.bench.world.tables.facets;
        for facet in chain.iter().map(|id| &facets[id]) {
            let mut others = facet.caveats.clone();
            others.take_methods();
            if let Some(method) = method {
                if !facet.caveats.allows_method(method) {
                    return Err(grant::not_granted(method));
                }
                if !others.is_empty() {
                    return Err(grant::not_near());
                }
            }
        }
        Ok(facets[&chain[0]].object)
    }

    /// A facet that may be used, and those that it was derived from.
    fn chain(&self, target: Ref) -> Result<Vec<FacetId>> {
        let Ref::Facet(id) = target else {
            return Err(Error::bad_call("this reference is no object of this vat"));
        };
        let facets = &self.bench.world.tables.facets;
        let mut chain = vec![id];
        let mut next = Some(id);
        while let Some(id) = next {
            let facet = facets.get(&id);
            let facet =
                facet.ok_or_else(|| Error::new(Class::NotFound, "this vat has no such object"))?;
            if facet.deep || (facet.revoked && id == chain[0]) {
                return Err(grant::revoked());
            }
            next = facet.parent;
            chain.extend(next);
        }
        Ok(chain)
    }

    pub(super) fn derive(&mut self, of: Ref, mut caveats: Caveats) -> Result<Ref> {
        let Resolved::Ref(of) = self.bench.world.resolve(of) else {
            return Err(Error::bad_call("only an object can be granted"));
        };
        caveats.check()?;
        let chain = self.chain(of)?;
        if chain.len() >= GRANT_DEPTH_MAX {
            let why = format!("a grant is derived at most {GRANT_DEPTH_MAX} times");
            return Err(Error::new(Class::Limit, why));
        }
        let parent = chain[0];
        let object = self.bench.world.tables.facets[&parent].object;
        self.check_methods(object, Some(&chain), &caveats)?;
        if caveats.method_names().is_none()
            && let Some(names) = self.bench.world.tables.facets[&parent].caveats.method_names()
        {
            caveats = caveats.methods(names.to_vec());
        }
        let facet = Facet {
            caveats,
            parent: Some(parent),
            grantor: self.this,
            created: self.bench.now,
            ..Facet::whole(object)
        };
        Ok(Ref::Facet(self.bench.world.facet(facet)))
    }

    pub(super) fn check_methods(
        &self,
        object: ObjectId,
        chain: Option<&[FacetId]>,
        caveats: &Caveats,
    ) -> Result<()> {
        let kind = self.about(object)?.kind;
        let facets = &self.bench.world.tables.facets;
        for name in caveats.method_names().unwrap_or_default() {
            let mut chain = chain.unwrap_or_default().iter();
            if !chain.all(|id| facets[id].caveats.allows_method(name)) {
                return Err(grant::not_granted(name));
            }
            if !kind.can_grant(name) {
                return Err(Error::bad_call(format!("{} has no method `{name}`", kind.name)));
            }
        }
        Ok(())
    }

    pub(super) fn revoke_own(&mut self, facet: Ref, deep: bool) -> Result<()> {
        let facet = self.controlled(facet)?;
        self.end_facet(facet, deep);
        Ok(())
    }

    pub(super) fn revoke_below(&mut self, of: Ref, facet: FacetId, deep: bool) -> Result<()> {
        let of = self.controlled(of)?;
        if !self.line(facet).contains(&of) {
            return Err(Error::new(Class::NotFound, "no such grant was derived from this one"));
        }
        self.end_facet(facet, deep);
        Ok(())
    }

    /// The facet, if the running object granted it, or something that it was derived from, or is
    /// the object itself.
    fn controlled(&self, facet: Ref) -> Result<FacetId> {
        let Resolved::Ref(Ref::Facet(id)) = self.bench.world.resolve(facet) else {
            return Err(Error::bad_call("this is not an object of this vat"));
        };
        let facets = &self.bench.world.tables.facets;
        let its_own = facets.get(&id).is_none_or(|facet| Some(facet.object) == self.this);
        if its_own || self.line(id).iter().any(|id| facets[id].grantor == self.this) {
            return Ok(id);
        }
        let why = "an object revokes facets of its own and what it granted; this one is another's";
        Err(Error::new(Class::Denied, why))
    }

    /// A facet and those that it was derived from.
    fn line(&self, facet: FacetId) -> Vec<FacetId> {
        let facets = &self.bench.world.tables.facets;
        std::iter::successors(Some(facet).filter(|id| facets.contains_key(id)), |id| {
            facets.get(id).and_then(|facet| facet.parent)
        })
        .collect()
    }

    fn end_facet(&mut self, id: FacetId, deep: bool) {
        let Some(row) = self.bench.world.tables.facets.get_mut(&id) else { return };
        row.revoked = true;
        row.deep |= deep;
        let object = row.object;
        if let Some(about) = self.bench.world.tables.objects.get_mut(&object)
            && about.whole == Some(id)
        {
            about.whole = None;
        }
        let ended = |facet: FacetId| self.chain(Ref::Facet(facet)).is_err();
        let tables = &self.bench.world.tables;
        let asked: Vec<_> =
            tables.asked.iter().filter(|(_, facet)| ended(**facet)).map(|(id, _)| *id).collect();
        let told: Vec<_> =
            tables.watches.iter().filter(|(facet, _)| ended(*facet)).map(|(_, id)| *id).collect();
        for answer in asked {
            if let Resolved::Ref(Ref::Promise(_)) = self.bench.world.resolve(Ref::Promise(answer)) {
                let broken = Some(Err(grant::revoked()));
                self.bench.world.tables.promises.insert(answer, broken);
            }
        }
        for watch in told {
            self.bench.world.settle(watch, Ok(grant::revoked().into_reason()));
        }
    }

    pub(super) fn watch(&mut self, reference: Ref) -> PromiseId {
        let answer = self.bench.world.new_promise();
        if let Resolved::Ref(Ref::Facet(facet)) = self.bench.world.resolve(reference) {
            if self.chain(Ref::Facet(facet)).is_err() {
                self.bench.world.settle(answer, Ok(grant::revoked().into_reason()));
            } else {
                self.bench.world.tables.watches.push((facet, answer));
            }
        }
        answer
    }

    pub(super) fn list(&self, of: Ref) -> Result<Vec<GrantInfo>> {
        let of = self.controlled(of)?;
        let facets = &self.bench.world.tables.facets;
        let derived = facets.iter().filter(|(id, _)| self.line(**id).contains(&of));
        Ok(derived.map(|(id, facet)| self.info(*id, facet)).collect())
    }

    fn info(&self, id: FacetId, facet: &Facet) -> GrantInfo {
        let words = facet.caveats.to_string();
        let mut caveats = facet.caveats.clone();
        let (label, methods) = (caveats.take_label(), caveats.take_methods());
        let tally = facet.tally.clone();
        GrantInfo {
            facet: id.0,
            object: facet.object.0,
            parent: facet.parent.map(|id| id.0),
            grantor: facet.grantor.map(|id| id.0),
            label,
            methods,
            left: caveats.use_count().map(|uses| uses.saturating_sub(tally.used)),
            caveats,
            words,
            created: Some(facet.created),
            share: None,
            shares: Vec::new(),
            holders: 0,
            revoked: self.chain(Ref::Facet(id)).is_err(),
            suspended: false,
            used: tally.used,
            last: tally.last,
            denied: tally.denied,
            denials: tally.denials,
        }
    }
}
