//! The side of a turn that faces the objects.

use std::any::Any;

use bytes::Bytes;
use hogshead_objects::context::Turn as ObjectsTurn;
use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::grant::{Caveats, GrantInfo};
use hogshead_objects::heap::Part;
use hogshead_objects::ids::{CollectionId, FacetId, ObjectId, PromiseId, Timestamp};
use hogshead_objects::message::Message;
use hogshead_objects::object::{Kind, MethodInfo, Object, State};
use hogshead_objects::reference::Ref;
use hogshead_objects::stored::{Entries, Span};
use hogshead_objects::value::Value;

use super::Turn;
use super::post::{Body, End, Letter, too_large};
use super::undo::Undo;
use crate::cache::{Form, Slot};
use crate::limits;
use crate::rows::{Caller, Edge, FacetRow, ObjectHead, PromiseState};

impl ObjectsTurn for Turn<'_, '_> {
    fn now(&self) -> Timestamp {
        self.meta.now
    }

    fn this(&self) -> ObjectId {
        self.this
    }

    fn near(&mut self, target: Ref, method: &'static MethodInfo, call: &mut dyn Any) -> Result<()> {
        self.near_typed(target, method, call)
    }

    fn near_message(&mut self, target: Ref, message: Message) -> Result<Value> {
        self.near_untyped(target, message)
    }

    fn send(&mut self, target: Ref, message: Message) -> Result<PromiseId> {
        self.admit_send(&message.values)?;
        self.admit_target(target)?;
        let answer = self.new_promise(PromiseState::Pending);
        self.post_visibly(Letter {
            target,
            body: Body::Live(message),
            answer: Some(answer),
            born: None,
            session: None,
            caller: Caller::Own,
        })?;
        Ok(answer)
    }

    fn tell(&mut self, target: Ref, message: Message) -> Result<()> {
        self.admit_send(&message.values)?;
        self.admit_target(target)?;
        let body = Body::Live(message);
        self.post_visibly(Letter {
            target,
            body,
            answer: None,
            born: None,
            session: None,
            caller: Caller::Own,
        })
    }

    fn spawn(&mut self, object: Box<dyn Object>) -> Result<Ref> {
        let root = self.root;
        self.spawn_in(object, Some(root)).map(Ref::Facet)
    }

    fn spawn_kind(&mut self, name: &str, init: Value) -> Result<Ref> {
        let object = self.construct(name, init)?;
        self.spawn(object)
    }

    fn promise(&mut self) -> Result<PromiseId> {
        self.vat.row.quota.admit_record(&self.vat.row.meter)?;
        Ok(self.new_promise(PromiseState::Pending))
    }

    fn then(
        &mut self,
        promise: Ref,
        continuation: &'static str,
        captured: Value,
    ) -> Result<PromiseId> {
        let (answer, _) = self.await_in(promise, continuation, captured)?;
        Ok(answer)
    }

    fn then_while_wanted(
        &mut self,
        promise: Ref,
        continuation: &'static str,
        captured: Value,
    ) -> Result<PromiseId> {
        let (answer, key) = self.await_in(promise, continuation, captured)?;
        self.tie_delivery(answer, &key).map_err(|trouble| self.visible(trouble))?;
        Ok(answer)
    }

    fn is_wanted(&mut self, resolver: Ref) -> Result<bool> {
        self.wanted(resolver).map_err(|trouble| self.visible(trouble))
    }

    fn is_shared(&mut self, facet: Ref) -> Result<bool> {
        self.shared(facet).map_err(|trouble| self.visible(trouble))
    }

    fn part(&mut self, from: Ref, part: Part) -> Result<PromiseId> {
        self.admit_send(&[])?;
        self.admit_target(from)?;
        let answer = self.new_promise(PromiseState::Pending);
        self.derive_part(from, part, answer, None).map_err(|trouble| self.visible(trouble))?;
        Ok(answer)
    }

    fn on_sever(&mut self, reference: Ref) -> Result<PromiseId> {
        self.admit_send(&[])?;
        let answer = self.new_promise(PromiseState::Pending);
        self.watch(reference, answer).map_err(|trouble| self.visible(trouble))?;
        Ok(answer)
    }

    fn same(&mut self, one: Ref, other: Ref) -> Result<Option<bool>> {
        self.same_end(one, other)
    }

    fn self_ref(&mut self) -> Result<Ref> {
        self.whole_facet(self.this).map(Ref::Facet)
    }

    fn facet(&mut self, methods: &[&str], label: &str) -> Result<Ref> {
        let caveats = Caveats::new().methods(methods.iter().copied()).label(label);
        self.new_facet(self.this, None, caveats).map(Ref::Facet)
    }

    fn grant(&mut self, of: Ref, caveats: Caveats) -> Result<Ref> {
        self.grant_of(of, caveats).map(Ref::Facet)
    }

    fn grants(&mut self, of: Ref) -> Result<Vec<GrantInfo>> {
        self.own_grants(of)
    }

    fn revoke(&mut self, facet: Ref) -> Result<()> {
        self.revoke_own(facet, false)
    }

    fn revoke_deep(&mut self, facet: Ref) -> Result<()> {
        self.revoke_own(facet, true)
    }

    fn revoke_derived(&mut self, of: Ref, facet: u64, deep: bool) -> Result<()> {
        self.revoke_below(of, FacetId(facet), deep)
    }

    fn hand_over(&mut self, object: Ref, to: Ref) -> Result<()> {
        let object = self.object_at(object)?;
        let receiver = self.facet_at(to)?;
        let whole = self.is_whole(receiver).map_err(|trouble| self.visible(trouble))?;
        let receiver = self.usable_facet(receiver)?;
        let of = self.root_of(object)?;
        let root = self.root_of(receiver.object)?;
        if of != self.root {
            return Err(Error::new(Class::Denied, "the object is not of this composition"));
        }
        if root != self.root && !whole {
            return Err(Error::new(
                Class::Denied,
                "an object is handed over only to one that can be used in full",
            ));
        }
        if self.stack.contains(&object) {
            return Err(Error::bad_call("an object that runs cannot be handed over"));
        }
        self.undo_head(object);
        if let Some(slot) = self.vat.objects.get_mut(object) {
            slot.head.root = root;
            slot.dirty_head = true;
            self.touched.push(Edge::Object(object));
        }
        Ok(())
    }

    fn new_collection(&mut self) -> Result<CollectionId> {
        self.make_collection()
    }

    fn entry(&mut self, collection: CollectionId, key: &[u8]) -> Result<Option<State>> {
        self.read_entry(collection, key)
    }

    fn put_entry(
        &mut self,
        collection: CollectionId,
        key: &[u8],
        entry: State,
    ) -> Result<Option<State>> {
        self.write_entry(collection, key, entry)
    }

    fn remove_entry(&mut self, collection: CollectionId, key: &[u8]) -> Result<Option<State>> {
        self.delete_entry(collection, key)
    }

    fn entries(&mut self, collection: CollectionId, span: &Span, limit: usize) -> Result<Entries> {
        self.read_entries(collection, span, limit)
    }

    fn last_entry(&mut self, collection: CollectionId) -> Result<Option<(Bytes, State)>> {
        self.read_last_entry(collection)
    }

    fn drop_entries_before(&mut self, collection: CollectionId, key: &[u8]) -> Result<()> {
        self.drop_entries(collection, key)
    }
}

impl Turn<'_, '_> {
    /// Refuses a send over a limit or the vat's quota, before anything of it is accepted.
    pub(super) fn admit_send(&mut self, values: &[Value]) -> Result<()> {
        self.sends += 1;
        if self.sends > limits::TURN_SENDS_MAX {
            let max = limits::TURN_SENDS_MAX;
            return Err(self.poisoned(format!("the turn sends more than {max} messages")));
        }
        admit_size(values)?;
        self.vat.row.quota.admit_delivery(&self.vat.row.meter)
    }

    /// Makes an object of the kind with that name.
    pub(crate) fn construct(&self, name: &str, init: Value) -> Result<Box<dyn Object>> {
        let Some(kind) = self.registry.kind(name) else {
            return Err(Error::new(Class::NotFound, format!("this host knows no kind `{name}`")));
        };
        match kind.construct {
            Some(construct) => construct(init),
            None => Err(Error::bad_call(format!("a `{name}` cannot be made by its name"))),
        }
    }

    fn post_visibly(&mut self, letter: Letter) -> Result<()> {
        self.post(letter).map_err(|trouble| self.visible(trouble))
    }

    /// Adds an object with its whole facet, of the composition with that root or of its own.
    pub(crate) fn spawn_in(
        &mut self,
        object: Box<dyn Object>,
        root: Option<ObjectId>,
    ) -> Result<FacetId> {
        let kind = object.kind();
        if self.registry.kind(kind.name).is_none_or(|known| known.version != kind.version) {
            let why = "is not registered with this host, so it could not be read again";
            return Err(Error::internal(format!("{kind:?} {why}")));
        }
        self.spawns += 1;
        if self.spawns > limits::TURN_SPAWNS_MAX {
            let max = limits::TURN_SPAWNS_MAX;
            return Err(self.poisoned(format!("the turn spawns more than {max} objects")));
        }
        self.add_object(kind.name, kind.version, root, Form::Live(object))
    }

    /// Adds an object in any form, with its whole facet.
    pub(crate) fn add_object(
        &mut self,
        kind: &str,
        version: u32,
        root: Option<ObjectId>,
        form: Form,
    ) -> Result<FacetId> {
        self.vat.row.quota.admit_record(&self.vat.row.meter)?;
        let id = ObjectId(self.vat.draw_id());
        let head = ObjectHead {
            kind: kind.to_owned(),
            version,
            root: root.unwrap_or(id),
            whole: None,
            count: 0,
            priors: 0,
        };
        let slot = Slot {
            head,
            form,
            edges: Vec::new(),
            collections: Vec::new(),
            pending: None,
            stored: 0,
            dirty_head: true,
            dirty_state: true,
            used: self.vat.clock,
        };
        self.vat.objects.insert(id, slot);
        self.touched.push(Edge::Object(id));
        self.changed.push(id);
        if self.undoable {
            self.undo.push(Undo::Spawned { id });
        }
        self.whole_facet(id)
    }

    /// Gives an object another state whose code is the vat itself.
    pub(crate) fn set_encoded(&mut self, id: ObjectId, state: State) -> Result<()> {
        let slot = match self.load_slot(id) {
            Ok(Some(slot)) => slot,
            Ok(None) => return Err(Error::new(Class::NotFound, "there is no such object")),
            Err(trouble) => return Err(self.visible(trouble)),
        };
        let Form::Encoded(before) = &slot.form else {
            return Err(Error::internal("the object is not the vat's own"));
        };
        let before = Some(before.clone());
        slot.form = Form::Encoded(state);
        slot.dirty_state = true;
        self.changed.push(id);
        self.undo.push(Undo::State { id, before });
        Ok(())
    }

    /// The facet with all methods of an object, made anew if nobody held the last one.
    fn whole_facet(&mut self, object: ObjectId) -> Result<FacetId> {
        let slot = match self.load_slot(object) {
            Ok(Some(slot)) => slot,
            Ok(None) => return Err(Error::new(Class::NotFound, "there is no such object")),
            Err(trouble) => return Err(self.visible(trouble)),
        };
        if let Some(facet) = slot.head.whole {
            return Ok(facet);
        }
        let facet = self.create_facet_row(FacetRow::whole(object));
        self.deltas.push((Edge::Object(object), 1));
        self.set_whole(object, Some(facet));
        Ok(facet)
    }

    pub(super) fn set_whole(&mut self, object: ObjectId, whole: Option<FacetId>) {
        self.undo_head(object);
        if let Some(slot) = self.vat.objects.get_mut(object) {
            slot.head.whole = whole;
            slot.dirty_head = true;
            self.touched.push(Edge::Object(object));
        }
    }

    /// The kind of an object that is warm.
    pub(super) fn kind_of(&self, object: ObjectId) -> Option<&'static Kind> {
        self.registry.kind(&self.vat.objects.get(object)?.head.kind)
    }

    /// The facet at the end of a reference.
    pub(crate) fn facet_at(&mut self, reference: Ref) -> Result<FacetId> {
        match self.end_of(reference) {
            Ok(End::Facet(facet)) => Ok(facet),
            Ok(End::Broken(error)) => Err(error),
            Ok(_) => Err(Error::bad_call("this is not an object of this vat")),
            Err(trouble) => Err(self.visible(trouble)),
        }
    }

    fn object_at(&mut self, reference: Ref) -> Result<ObjectId> {
        let facet = self.facet_at(reference)?;
        Ok(self.usable_facet(facet)?.object)
    }

    fn root_of(&mut self, object: ObjectId) -> Result<ObjectId> {
        match self.load_slot(object) {
            Ok(Some(slot)) => Ok(slot.head.root),
            Ok(None) => Err(Error::new(Class::NotFound, "there is no such object")),
            Err(trouble) => Err(self.visible(trouble)),
        }
    }
}

/// Refuses values that are too large to be one message.
pub(super) fn admit_size(values: &[Value]) -> Result<()> {
    let bytes = values.iter().map(weight).fold(0_usize, usize::saturating_add);
    if bytes > limits::MESSAGE_BYTES_MAX {
        return Err(too_large(bytes));
    }
    let refs = values.iter().map(|value| value.refs().count()).fold(0_usize, usize::saturating_add);
    if refs > limits::MESSAGE_REFS_MAX {
        let max = limits::MESSAGE_REFS_MAX;
        let why = format!("a message with {refs} references; at most {max} go into one");
        return Err(Error::new(Class::Limit, why));
    }
    Ok(())
}

/// The bytes of a value, about as kept and as sent.
fn weight(value: &Value) -> usize {
    const NODE: usize = 9;
    let inside = match value {
        Value::String(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::Symbol(symbol) => symbol.as_str().len(),
        Value::Error(error) => error.message.len(),
        Value::Int(int) if int.to_i64().is_none() => int.to_big().bits() as usize / 8,
        Value::List(items) => items.iter().map(weight).fold(0, usize::saturating_add),
        Value::Struct(fields) => fields
            .iter()
            .map(|(name, item)| name.len() + NODE + weight(item))
            .fold(0, usize::saturating_add),
        Value::Tagged(tagged) => tagged.tag.len() + weight(&tagged.value),
        Value::SturdyRef(_) => 256,
        _ => 0,
    };
    inside.saturating_add(NODE)
}
