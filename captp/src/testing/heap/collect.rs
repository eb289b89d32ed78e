//! Freeing what nobody can reach.

use std::collections::BTreeSet;

use hogshead_objects::heap::Outgoing;
use hogshead_objects::{Ref, Value};

use super::{Delivery, Import, MemoryHeap, Pending, Promise};

impl MemoryHeap {
    /// Frees what nobody can reach, and says so for what is a peer's.
    pub(super) fn collect(&mut self) {
        let live = self.reachable();
        let mut dropped = Vec::new();
        self.imports.retain(|id, import| {
            let keep = live.contains(&Ref::Import(*id));
            if let (false, Import::Open(far)) = (keep, &*import) {
                dropped.push(*far);
            }
            keep
        });
        self.promises.retain(|id, promise| {
            if live.contains(&Ref::Promise(*id)) {
                return true;
            }
            if let Promise::Pending(pending) = promise
                && let Some(far) = pending.far.take()
            {
                dropped.push(far);
            }
            live.contains(&Ref::Resolver(*id))
        });
        self.objects.retain(|id, _| live.contains(&Ref::Facet(*id)));
        self.outgoing.extend(dropped.into_iter().map(|far| Outgoing::Drop { far }));
    }

    fn reachable(&self) -> BTreeSet<Ref> {
        let mut open: Vec<Ref> = self.held.keys().chain(self.kept.keys()).copied().collect();
        open.extend(self.shared.values());
        self.deliveries.iter().for_each(|delivery| held_by(delivery, &mut open));
        for (id, promise) in &self.promises {
            let Promise::Pending(pending) = promise else { continue };
            let Pending { resolvers, messages, parts, .. } = pending;
            // What waits for a promise is a root: it revives the vat.
            if !resolvers.is_empty() || !messages.is_empty() || !parts.is_empty() {
                open.push(Ref::Promise(*id));
            }
            open.extend(resolvers.iter().map(|waiter| waiter.resolver));
            messages.iter().for_each(|delivery| held_by(delivery, &mut open));
            open.extend(parts.iter().map(|(_, answer, _)| Ref::Promise(*answer)));
        }
        let mut live = BTreeSet::new();
        while let Some(reference) = open.pop() {
            if !live.insert(reference) {
                continue;
            }
            let Ref::Promise(id) = reference else { continue };
            if let Some(Promise::Settled(Ok(value))) = self.promises.get(&id) {
                open.extend(value.refs());
            }
        }
        live
    }
}

fn held_by(delivery: &Delivery, open: &mut Vec<Ref>) {
    open.push(delivery.target);
    open.extend(delivery.message.values.iter().flat_map(Value::refs));
    open.extend(delivery.answer.map(Ref::Promise));
}
