//! What a vat on the bench remembers.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::error::{Class, Error, Result};
use crate::grant::{Caveats, Tally};
use crate::heap::Part;
use crate::ids::{CollectionId, FacetId, ObjectId, PromiseId, Timestamp};
use crate::message::Message;
use crate::object::{Kind, Object, State};
use crate::reference::Ref;
use crate::value::Value;

#[derive(Default)]
pub(super) struct World {
    pub(super) tables: Tables,
    /// Nothing stands for an object whose method is running.
    objects: BTreeMap<ObjectId, Option<Box<dyn Object>>>,
}

#[derive(Clone, Default)]
pub(super) struct Tables {
    pub(super) last_id: u64,
    /// Collections and the objects that they belong to.
    pub(super) collections: BTreeMap<CollectionId, ObjectId>,
    pub(super) entries: BTreeMap<(CollectionId, Bytes), State>,
    pub(super) objects: BTreeMap<ObjectId, About>,
    pub(super) facets: BTreeMap<FacetId, Facet>,
    pub(super) promises: BTreeMap<PromiseId, Option<Result<Value>>>,
    queue: Vec<Delivery>,
    /// The answers of messages, and the facets that they were sent to.
    pub(super) asked: BTreeMap<PromiseId, FacetId>,
    /// Who wants to know that a facet was revoked.
    pub(super) watches: Vec<(FacetId, PromiseId)>,
}

/// What is known of an object without looking into it.
#[derive(Clone)]
pub(super) struct About {
    pub(super) kind: &'static Kind,
    /// The object that its composition grew from; nothing is the test itself.
    pub(super) root: Option<ObjectId>,
    /// The facet with all its methods, unless that was revoked.
    pub(super) whole: Option<FacetId>,
}

#[derive(Clone)]
pub(super) struct Facet {
    pub(super) object: ObjectId,
    pub(super) caveats: Caveats,
    /// The facet that it was derived from.
    pub(super) parent: Option<FacetId>,
    /// The object that granted it; nothing is the test itself.
    pub(super) grantor: Option<ObjectId>,
    pub(super) created: Timestamp,
    pub(super) tally: Tally,
    pub(super) revoked: bool,
    /// Whether what is derived from it is revoked as well.
    pub(super) deep: bool,
}

impl Facet {
    pub(super) fn whole(object: ObjectId) -> Self {
        Self {
            object,
            caveats: Caveats::new(),
            parent: None,
            grantor: None,
            created: Timestamp(0),
            tally: Tally::default(),
            revoked: false,
            deep: false,
        }
    }
}

#[derive(Clone)]
pub(super) struct Delivery {
    pub(super) action: Action,
    pub(super) answer: Option<PromiseId>,
}

#[derive(Clone)]
pub(super) enum Action {
    Message { target: Ref, message: Message },
    Part { from: Ref, part: Part },
    Resume { promise: Ref, object: ObjectId, continuation: &'static str, captured: Value },
}

/// Where a new object belongs.
pub(super) enum Composition {
    Of(Option<ObjectId>),
    Own,
}

/// Where a reference leads, promises followed.
pub(super) enum Resolved {
    Ref(Ref),
    Data(Value),
    Broken(Error),
}

/// Everything, with objects written down.
#[derive(Clone)]
pub(super) struct Snapshot {
    tables: Tables,
    states: BTreeMap<ObjectId, Option<(&'static Kind, State)>>,
}

impl Snapshot {
    pub(super) fn has_states_of(&self, other: &Self) -> bool {
        self.states.len() == other.states.len()
            && self.states.iter().zip(&other.states).all(|((id, one), (other_id, other))| {
                let state =
                    |kept: &Option<(&'static Kind, State)>| kept.as_ref().map(|k| k.1.clone());
                id == other_id && state(one) == state(other)
            })
    }
}

impl World {
    pub(super) fn new_id(&mut self) -> u64 {
        self.tables.last_id += 1;
        self.tables.last_id
    }

    pub(super) fn snapshot(&self) -> Result<Snapshot> {
        let mut states = BTreeMap::new();
        for (id, object) in &self.objects {
            let state = match object {
                Some(object) => Some((object.kind(), object.encode()?)),
                None => None,
            };
            states.insert(*id, state);
        }
        Ok(Snapshot { tables: self.tables.clone(), states })
    }

    pub(super) fn restore(&mut self, snapshot: Snapshot) -> Result<()> {
        self.tables = snapshot.tables;
        self.objects.clear();
        for (id, state) in snapshot.states {
            let object = match state {
                Some((kind, state)) => Some((kind.decode)(&state)?),
                None => None,
            };
            self.objects.insert(id, object);
        }
        Ok(())
    }

    /// Adds an object to the composition of `root`, or to one of its own; gives its whole facet.
    pub(super) fn add(&mut self, object: Box<dyn Object>, root: Composition) -> Ref {
        let id = ObjectId(self.new_id());
        let root = match root {
            Composition::Of(root) => root,
            Composition::Own => Some(id),
        };
        let about = About { kind: object.kind(), root, whole: None };
        self.tables.objects.insert(id, about);
        self.objects.insert(id, Some(object));
        self.whole(id)
    }

    /// The facet with all methods of an object, made anew if the last one was revoked.
    pub(super) fn whole(&mut self, id: ObjectId) -> Ref {
        if let Some(About { whole: Some(facet), .. }) = self.tables.objects.get(&id) {
            return Ref::Facet(*facet);
        }
        let facet = self.facet(Facet::whole(id));
        if let Some(about) = self.tables.objects.get_mut(&id) {
            about.whole = Some(facet);
        }
        Ref::Facet(facet)
    }

    pub(super) fn facet(&mut self, facet: Facet) -> FacetId {
        let id = FacetId(self.new_id());
        self.tables.facets.insert(id, facet);
        id
    }

    /// The object behind a reference, if it is not running.
    pub(super) fn object(&self, reference: Ref) -> Option<&dyn Object> {
        let Resolved::Ref(Ref::Facet(facet)) = self.resolve(reference) else { return None };
        let id = self.tables.facets.get(&facet)?.object;
        self.objects.get(&id)?.as_deref()
    }

    /// Takes an object out while its method runs.
    pub(super) fn take(&mut self, id: ObjectId) -> Result<Box<dyn Object>> {
        let place = self.objects.get_mut(&id);
        let place = place.ok_or_else(|| Error::new(Class::NotFound, format!("no object {id}")))?;
        place.take().ok_or_else(|| {
            Error::bad_call(format!(
                "{id} is called back while its own call still runs; send instead"
            ))
        })
    }

    pub(super) fn put_back(&mut self, id: ObjectId, object: Box<dyn Object>) {
        self.objects.insert(id, Some(object));
    }

    pub(super) fn new_promise(&mut self) -> PromiseId {
        let id = PromiseId(self.new_id());
        self.tables.promises.insert(id, None);
        id
    }

    /// Settles a promise, unless it is settled.
    pub(super) fn settle(&mut self, promise: PromiseId, outcome: Result<Value>) {
        let outcome = outcome.and_then(|value| match value {
            Value::Ref(reference) => match self.resolve(reference) {
                Resolved::Ref(Ref::Promise(other)) if other == promise => {
                    Err(Error::refused("a promise cannot wait for itself"))
                }
                _ => Ok(Value::Ref(reference)),
            },
            value => Ok(value),
        });
        if let Some(pending @ None) = self.tables.promises.get_mut(&promise) {
            *pending = Some(outcome);
        }
    }

    pub(super) fn resolve(&self, reference: Ref) -> Resolved {
        let mut reference = reference;
        loop {
            let Ref::Promise(promise) = reference else { return Resolved::Ref(reference) };
            match self.tables.promises.get(&promise) {
                None | Some(None) => return Resolved::Ref(reference),
                Some(Some(Ok(Value::Ref(next)))) => reference = *next,
                Some(Some(Ok(data))) => return Resolved::Data(data.clone()),
                Some(Some(Err(error))) => return Resolved::Broken(error.clone()),
            }
        }
    }

    pub(super) fn queue(&mut self, action: Action, answer: Option<PromiseId>) {
        self.tables.queue.push(Delivery { action, answer });
    }

    /// The first delivery that can run, and what it waited for.
    pub(super) fn next_delivery(&mut self) -> Option<(Delivery, Resolved)> {
        for place in 0..self.tables.queue.len() {
            let awaited = match &self.tables.queue[place].action {
                Action::Message { target, .. } => *target,
                Action::Part { from, .. } => *from,
                Action::Resume { promise, .. } => *promise,
            };
            match self.resolve(awaited) {
                Resolved::Ref(Ref::Promise(_)) => {}
                resolved => return Some((self.tables.queue.remove(place), resolved)),
            }
        }
        None
    }
}
