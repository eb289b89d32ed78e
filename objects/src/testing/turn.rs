//! A turn on the bench: what stands behind a [`Context`] there.

use std::any::Any;

use bytes::Bytes;

use super::Bench;
use super::world::{About, Action, Composition, Facet, Resolved};
use crate::context::{Context, Turn};
use crate::error::{Class, Error, Result};
use crate::grant::{Caveats, GrantInfo};
use crate::heap::Part;
use crate::ids::{CollectionId, FacetId, ObjectId, PromiseId, Timestamp};
use crate::message::Message;
use crate::object::{MethodInfo, Object, State};
use crate::reference::Ref;
use crate::stored::{Entries, Span};
use crate::value::Value;

pub(super) struct BenchTurn<'b> {
    pub(super) bench: &'b mut Bench,
    /// The running object; nothing is the test itself.
    pub(super) this: Option<ObjectId>,
}

impl<'b> BenchTurn<'b> {
    pub(super) fn new(bench: &'b mut Bench, this: Option<ObjectId>) -> Self {
        Self { bench, this }
    }

    /// Runs a delivery as a turn.
    pub(super) fn deliver(
        &mut self,
        action: Action,
        settled: Resolved,
        answer: Option<PromiseId>,
    ) -> Result<Value> {
        match action {
            Action::Message { message, .. } => match settled {
                Resolved::Ref(Ref::Resolver(promise)) => self.resolve(promise, message),
                Resolved::Ref(target) => {
                    let id = self.admit(target, &message, answer)?;
                    self.enter(id, |object, cx| object.call(cx, message))
                }
                Resolved::Data(_) => {
                    Err(Error::bad_call("the promise was kept with data, which takes no messages"))
                }
                Resolved::Broken(error) => Err(error),
            },
            Action::Part { part, .. } => match settled {
                Resolved::Ref(_) => Err(Error::bad_call("an object has no parts; only data has")),
                Resolved::Data(value) => part.take(value),
                Resolved::Broken(error) => Err(error),
            },
            Action::Resume { object, continuation, captured, .. } => {
                let settled = match settled {
                    Resolved::Ref(reference) => Ok(Value::Ref(reference)),
                    Resolved::Data(value) => Ok(value),
                    Resolved::Broken(error) => Err(error),
                };
                self.enter(object, |object, cx| object.resume(cx, continuation, captured, settled))
            }
        }
    }

    pub(super) fn about(&self, id: ObjectId) -> Result<&About> {
        let about = self.bench.world.tables.objects.get(&id);
        about.ok_or_else(|| Error::new(Class::NotFound, format!("there is no object {id}")))
    }

    /// What the composition of the running object grew from.
    fn root(&self) -> Option<ObjectId> {
        self.this.and_then(|this| self.about(this).ok()).and_then(|about| about.root)
    }

    /// The target of a near call: an object of the running one's composition.
    fn near_target(&self, target: Ref, method: &str) -> Result<ObjectId> {
        let Resolved::Ref(target) = self.bench.world.resolve(target) else {
            return Err(Error::bad_call("near calls need an object"));
        };
        let id = self.admit_near(target, Some(method))?;
        let about = self.about(id)?;
        if about.root != self.root() && !about.kind.constant {
            let message = "the object is of another composition; send instead of calling near";
            return Err(Error::new(Class::Denied, message));
        }
        Ok(id)
    }

    fn enter<R>(
        &mut self,
        id: ObjectId,
        run: impl FnOnce(&mut dyn Object, &mut Context<'_>) -> Result<R>,
    ) -> Result<R> {
        let before = self.bench.world.snapshot()?;
        let mut object = self.bench.world.take(id)?;
        let mut inner = BenchTurn::new(self.bench, Some(id));
        let mut outcome = run(&mut *object, &mut Context::new(&mut inner));
        if outcome.as_ref().err().is_none_or(Error::keeps_turn) {
            let kept = object.encode();
            let kept = kept.and_then(|state| self.bench.world.tables.keep_collections(id, &state));
            if let Err(error) = kept {
                outcome = Err(error);
            }
        }
        if outcome.as_ref().is_err_and(|error| !error.keeps_turn()) {
            self.bench.world.restore(before)?;
        } else {
            self.bench.world.put_back(id, object);
        }
        outcome
    }

    fn resolve(&mut self, promise: PromiseId, message: Message) -> Result<Value> {
        let name = message.symbol().map(str::to_owned);
        let value = message.values.into_iter().nth(1).unwrap_or(Value::Undefined);
        let outcome = match name.as_deref() {
            Some("fulfill") => Ok(value),
            Some("break") => Err(Error::from_reason(value)),
            _ => return Err(Error::bad_call("a resolver has the methods fulfill, break")),
        };
        self.bench.world.settle(promise, outcome);
        Ok(Value::Undefined)
    }

    pub(super) fn running(&self) -> Result<ObjectId> {
        self.this.ok_or_else(|| Error::bad_call("the test itself is no object"))
    }

    /// Calls near, with the savepoint and the checks of a real one.
    fn call_near<R>(
        &mut self,
        target: Ref,
        method: &str,
        run: impl FnOnce(&mut dyn Object, &mut Context<'_>) -> Result<R>,
    ) -> Result<R> {
        let id = self.near_target(target, method)?;
        self.enter(id, run)
    }
}

impl Turn for BenchTurn<'_> {
    fn now(&self) -> Timestamp {
        self.bench.now
    }

    fn this(&self) -> ObjectId {
        self.this.unwrap_or(ObjectId(0))
    }

    fn near(&mut self, target: Ref, method: &'static MethodInfo, call: &mut dyn Any) -> Result<()> {
        self.call_near(target, method.name, |object, cx| object.near(cx, call))
    }

    fn near_message(&mut self, target: Ref, message: Message) -> Result<Value> {
        let method = message.symbol().unwrap_or_default().to_owned();
        self.call_near(target, &method, |object, cx| object.call(cx, message))
    }

    fn send(&mut self, target: Ref, message: Message) -> Result<PromiseId> {
        let answer = self.bench.world.new_promise();
        self.bench.world.queue(Action::Message { target, message }, Some(answer));
        Ok(answer)
    }

    fn tell(&mut self, target: Ref, message: Message) -> Result<()> {
        self.bench.world.queue(Action::Message { target, message }, None);
        Ok(())
    }

    fn spawn(&mut self, object: Box<dyn Object>) -> Result<Ref> {
        if !object.encode()?.collections.is_empty() {
            let why = "a new object begins with empty collections; another's entries stay with it";
            return Err(Error::bad_call(why));
        }
        let composition = Composition::Of(self.root());
        Ok(self.bench.world.add(object, composition))
    }

    fn spawn_kind(&mut self, name: &str, init: Value) -> Result<Ref> {
        let kind = self.bench.registry.kind(name);
        let kind = kind.ok_or_else(|| Error::new(Class::NotFound, format!("no kind {name}")))?;
        let construct = kind.construct.ok_or_else(|| {
            Error::bad_call(format!("{name} cannot be made by name: it has no `construct`"))
        })?;
        self.spawn(construct(init)?)
    }

    fn promise(&mut self) -> Result<PromiseId> {
        Ok(self.bench.world.new_promise())
    }

    fn then(
        &mut self,
        promise: Ref,
        continuation: &'static str,
        captured: Value,
    ) -> Result<PromiseId> {
        let object = self.running()?;
        let answer = self.bench.world.new_promise();
        let action = Action::Resume { promise, object, continuation, captured };
        self.bench.world.queue(action, Some(answer));
        Ok(answer)
    }

    fn part(&mut self, from: Ref, part: Part) -> Result<PromiseId> {
        let answer = self.bench.world.new_promise();
        self.bench.world.queue(Action::Part { from, part }, Some(answer));
        Ok(answer)
    }

    /// There are no sessions here, so only facets end.
    fn on_sever(&mut self, reference: Ref) -> Result<PromiseId> {
        Ok(self.watch(reference))
    }

    fn same(&mut self, one: Ref, other: Ref) -> Result<Option<bool>> {
        let end = |reference| match self.bench.world.resolve(reference) {
            Resolved::Ref(reference) => Ok(reference),
            Resolved::Data(_) => Err(Error::bad_call(
                "this promise was kept with data, which is compared by its value",
            )),
            Resolved::Broken(error) => Err(error),
        };
        let (one, other) = (end(one)?, end(other)?);
        Ok(match (one, other) {
            _ if one == other => Some(true),
            (Ref::Promise(_), _) | (_, Ref::Promise(_)) => None,
            _ => Some(false),
        })
    }

    fn self_ref(&mut self) -> Result<Ref> {
        let this = self.running()?;
        Ok(self.bench.world.whole(this))
    }

    fn facet(&mut self, methods: &[&str], label: &str) -> Result<Ref> {
        let this = self.running()?;
        let caveats = Caveats::new().methods(methods.iter().copied()).label(label);
        self.check_methods(this, None, &caveats)?;
        let created = self.bench.now;
        let facet = Facet { caveats, grantor: Some(this), created, ..Facet::whole(this) };
        Ok(Ref::Facet(self.bench.world.facet(facet)))
    }

    fn grant(&mut self, of: Ref, caveats: Caveats) -> Result<Ref> {
        self.derive(of, caveats)
    }

    fn grants(&mut self, of: Ref) -> Result<Vec<GrantInfo>> {
        self.list(of)
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
        let (object, receiver) = (self.admit_near(object, None)?, self.admit_near(to, None)?);
        let (from, root) = (self.about(object)?.root, self.about(receiver)?.root);
        if from != self.root() {
            return Err(Error::new(Class::Denied, "the object is not of this composition"));
        }
        let whole = self.about(receiver)?.whole.map(Ref::Facet) == Some(to);
        if root != from && !whole {
            let message = "an object is handed over only to one that can be used in full";
            return Err(Error::new(Class::Denied, message));
        }
        if let Some(about) = self.bench.world.tables.objects.get_mut(&object) {
            about.root = root;
        }
        Ok(())
    }

    fn new_collection(&mut self) -> Result<CollectionId> {
        let owner = self.running()?;
        Ok(self.bench.world.tables.new_collection(owner))
    }

    fn entry(&mut self, collection: CollectionId, key: &[u8]) -> Result<Option<State>> {
        self.bench.world.tables.entry(self.running()?, collection, key)
    }

    fn put_entry(
        &mut self,
        collection: CollectionId,
        key: &[u8],
        entry: State,
    ) -> Result<Option<State>> {
        let owner = self.running()?;
        self.bench.world.tables.put_entry(owner, collection, key, entry)
    }

    fn remove_entry(&mut self, collection: CollectionId, key: &[u8]) -> Result<Option<State>> {
        let owner = self.running()?;
        self.bench.world.tables.remove_entry(owner, collection, key)
    }

    fn entries(&mut self, collection: CollectionId, span: &Span, limit: usize) -> Result<Entries> {
        self.bench.world.tables.entries_in(self.running()?, collection, span, limit)
    }

    fn last_entry(&mut self, collection: CollectionId) -> Result<Option<(Bytes, State)>> {
        self.bench.world.tables.last_entry(self.running()?, collection)
    }

    fn drop_entries_before(&mut self, collection: CollectionId, key: &[u8]) -> Result<()> {
        let owner = self.running()?;
        self.bench.world.tables.drop_entries_before(owner, collection, key)
    }
}
