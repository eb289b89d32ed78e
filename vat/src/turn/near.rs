//! Near calls: synchronous, within a composition, each with its savepoint.

use std::any::Any;

use hogshead_objects::context::Context;
use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::grant;
use hogshead_objects::ids::ObjectId;
use hogshead_objects::message::Message;
use hogshead_objects::object::{MethodInfo, Object};
use hogshead_objects::reference::Ref;
use hogshead_objects::value::Value;

use super::Turn;
use super::failure::inside;
use super::post::End;
use super::undo::Undo;
use crate::cache::{Form, Slot};
use crate::limits;

impl Turn<'_, '_> {
    /// A typed near call. Nothing is allocated if facet and object are warm and the object is
    /// not changed for the second time.
    pub(super) fn near_typed(
        &mut self,
        target: Ref,
        method: &'static MethodInfo,
        call: &mut dyn Any,
    ) -> Result<()> {
        let id = self.near_target(target, Some(method.name))?;
        self.below(id, method.mutates, |object, cx| object.near(cx, call))
    }

    /// An untyped near call.
    pub(super) fn near_untyped(&mut self, target: Ref, message: Message) -> Result<Value> {
        let id = self.near_target(target, None)?;
        self.near_ready(id)?;
        let Some(kind) = self.kind_of(id) else {
            return Err(Error::new(Class::Failed, "the object's kind is not known here"));
        };
        let method = kind.method(&message)?;
        self.near_target(target, Some(method.granted_as(&message)))?;
        self.below(id, method.mutates, |object, cx| object.call(cx, message))
    }

    /// The object that a near call is for, through a facet that grants the method.
    fn near_target(&mut self, target: Ref, method: Option<&str>) -> Result<ObjectId> {
        let Ref::Facet(facet) = target else { return self.near_promised(target, method) };
        let row = match self.vat.facets.get(facet) {
            Some(entry) => entry.row.as_ref(),
            None => {
                if let Err(trouble) = self.load_facet(facet).map(drop) {
                    return Err(self.visible(trouble));
                }
                self.vat.facets.get(facet).and_then(|entry| entry.row.as_ref())
            }
        };
        let Some(row) = row else {
            return Err(Error::new(Class::NotFound, "there is nothing at this reference"));
        };
        let (id, derived) = (row.object, row.parent.is_some() || row.caveats.is_some());
        if row.revoked {
            return Err(grant::revoked());
        }
        if let Some(method) = method
            && !row.allows(method)
        {
            return Err(grant::not_granted(method));
        }
        if derived {
            self.admit_near(facet, method).map_err(|trouble| self.visible(trouble))??;
        }
        Ok(id)
    }

    /// A promise that was settled with an object leads to it.
    fn near_promised(&mut self, target: Ref, method: Option<&str>) -> Result<ObjectId> {
        match self.end_of(target) {
            Ok(End::Facet(facet)) => self.near_target(Ref::Facet(facet), method),
            Ok(End::Broken(error)) => Err(error),
            Ok(_) => Err(Error::bad_call(
                "a near call reaches an object of this composition only; send instead",
            )),
            Err(trouble) => Err(self.visible(trouble)),
        }
    }

    /// Makes an object ready for a near call, which reaches the caller's own composition; and of
    /// others constants only, which nobody can change and whose reading nobody can be in between of.
    #[cold]
    fn near_ready(&mut self, id: ObjectId) -> Result<()> {
        let (root, registry) = (self.root, self.registry);
        let is_constant = |kind: &str| registry.kind(kind).is_some_and(|kind| kind.constant);
        match self.load_slot(id) {
            Ok(Some(slot)) if slot.head.root != root && !is_constant(&slot.head.kind) => {
                return Err(Error::new(
                    Class::Denied,
                    "the object is of another composition; send instead of calling near",
                ));
            }
            Ok(Some(slot)) if matches!(slot.form, Form::Running) => {
                return Err(Error::bad_call(format!(
                    "a {} is called back while its own call still runs; send instead",
                    slot.head.kind
                )));
            }
            Ok(_) => {}
            Err(trouble) => return Err(self.visible(trouble)),
        }
        match self.enliven(id) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(cause)) => Err(inside("a near call", &cause)),
            Err(trouble) => Err(self.visible(trouble)),
        }
    }

    /// Runs a near call under a savepoint: an error undoes what happened below it.
    fn below<T>(
        &mut self,
        id: ObjectId,
        mutates: bool,
        run: impl FnOnce(&mut dyn Object, &mut Context<'_>) -> Result<T>,
    ) -> Result<T> {
        if self.stack.len() >= limits::NEAR_DEPTH_MAX {
            return Err(
                self.poisoned(format!("near calls are more than {} deep", limits::NEAR_DEPTH_MAX))
            );
        }
        let mark = self.mark();
        let caller = std::mem::replace(&mut self.frame, mark.undo());
        let result = self.on_object(id, Way::Near, mutates, run);
        self.frame = caller;
        match &result {
            Err(error) if !error.keeps_turn() => self.roll_back(&mark),
            _ if mutates => self.forget_snapshot(id, caller),
            _ => {}
        }
        result
    }

    /// After a call that changed nothing but its object: if the entry before is of that object as
    /// well and belongs to the same caller, then that one is what the caller's failure needs, and
    /// a loop of a million calls keeps one snapshot.
    fn forget_snapshot(&mut self, id: ObjectId, caller: usize) {
        let of = |undo: &Undo| matches!(undo, Undo::State { id: other, .. } if *other == id);
        if let [.., before, last] = &self.undo[caller..]
            && of(before)
            && of(last)
        {
            self.undo.pop();
        }
    }

    /// Runs something on an object, as the top of the stack.
    pub(super) fn on_object<T>(
        &mut self,
        id: ObjectId,
        way: Way,
        mutates: bool,
        run: impl FnOnce(&mut dyn Object, &mut Context<'_>) -> Result<T>,
    ) -> Result<T> {
        let is_live = |slot: &Slot| matches!(slot.form, Form::Live(_));
        let slot = match (self.vat.objects.get_mut(id), way) {
            (Some(slot), Way::Near) if slot.head.root == self.root && is_live(slot) => Some(slot),
            (_, Way::Near) => {
                self.near_ready(id)?;
                self.vat.objects.get_mut(id)
            }
            (slot, Way::Delivered) => slot,
        };
        let Some(slot) = slot else {
            return Err(Error::new(Class::Failed, "the object is not there"));
        };
        if mutates && slot.dirty_state {
            // Changed before in this turn: what it was on entry is in no record, so it is kept.
            let Form::Live(object) = &slot.form else { return Err(not_live()) };
            let before = object.encode().map_err(|error| inside("its state", &error))?;
            self.undo.push(Undo::State { id, before: Some(before) });
        } else if mutates {
            slot.dirty_state = true;
            self.changed.push(id);
            self.undo.push(Undo::State { id, before: None });
        }
        let object = std::mem::replace(&mut slot.form, Form::Running);
        let Form::Live(mut object) = object else {
            slot.form = object;
            return Err(not_live());
        };
        let outer = (self.this, self.root);
        (self.this, self.root) = (id, slot.head.root);
        self.stack.push(id);
        let result = run(&mut *object, &mut Context::new(self));
        self.stack.pop();
        (self.this, self.root) = outer;
        if let Some(slot) = self.vat.objects.get_mut(id) {
            slot.form = Form::Live(object);
        }
        result
    }

    /// An error that fails the running method even if it is caught.
    pub(super) fn poisoned(&mut self, message: String) -> Error {
        let error = Error::new(Class::Limit, message);
        self.poison.get_or_insert_with(|| error.clone());
        error
    }
}

/// How something comes to run on an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// From another object of the turn.
    Near,
    /// As the turn's own, for which the object was made ready.
    Delivered,
}

fn not_live() -> Error {
    Error::new(Class::Failed, "the object is not ready to run")
}
