//! The cycle collector: frees what only holds itself.
//!
//! Counts free at once what nobody holds, but a cycle holds itself. The collector reads every
//! record once and compares counts: whatever has more holders than the heap's own records explain
//! is held from outside (by a session, a share, a delivery, a prior record) and is a root. What no
//! root reaches is freed. It runs as an input of its own, so that a replay frees the same.
//!
//! What an entry of a collection holds, its object holds. A cycle with more entries than one turn
//! may let go is not freed at once: its collections are emptied, by later turns as well, and the
//! next run finds the rest.
//!
//! The graph is held in memory while it runs, in at most
//! [`COLLECT_ENTRIES_MAX`](crate::limits::COLLECT_ENTRIES_MAX) entries.

use std::collections::{BTreeMap, BTreeSet};

use hogshead_objects::error::{Class, Error};
use hogshead_objects::ids::{FacetId, ImportId, ObjectId, PromiseId};
use hogshead_objects::records::table;

use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Edge, FacetRow, ImportRow, ObjectRow, Payload, PromiseRow};
use crate::turn::Turn;
use crate::vat::Vat;

/// The heap as a graph. A promise and its resolver are one entry.
struct Graph {
    entries: BTreeMap<Edge, Entry>,
    /// References in entries of collections, which take memory as well.
    references: usize,
    entries_max: usize,
}

struct Entry {
    /// All holders, by the row's counts.
    holders: u64,
    /// Holders that are entries of the graph.
    internal: u64,
    holds: Vec<Edge>,
    marked: bool,
}

impl Turn<'_, '_> {
    /// Frees cycles that nothing outside of them holds; gives how many entries were freed.
    pub fn collect(&mut self) -> Result<u64, VatError> {
        self.collect_at_most(limits::COLLECT_ENTRIES_MAX)
    }

    /// The same with a limit of its own, for hosts with little memory. A vat with more entries is
    /// refused, and nothing changes.
    pub fn collect_at_most(&mut self, entries_max: usize) -> Result<u64, VatError> {
        self.settle()?;
        self.write_rows()?;
        let before = self.freed();
        let garbage = self.read_graph(entries_max)?.into_garbage();
        let objects = || garbage.iter().filter_map(object_of);
        if self.too_many_entries(objects())? {
            objects().try_for_each(|object| self.empty_object(object))?;
            self.settle()?;
            return Ok(self.freed() - before);
        }
        for edge in garbage {
            match edge {
                Edge::Object(id) => self.remove_object(id)?,
                Edge::Facet(id) => self.remove_facet(id)?,
                Edge::Promise(id) | Edge::Resolver(id) => self.remove_promise(id)?,
                Edge::Import(id) => self.remove_import(id)?,
            }
        }
        self.settle()?;
        Ok(self.freed() - before)
    }

    fn read_graph(&self, entries_max: usize) -> Result<Graph, VatError> {
        let mut graph = Graph { entries: BTreeMap::new(), references: 0, entries_max };
        let mut collections = BTreeSet::new();
        self.each_row(table::OBJECT, |key, bytes| {
            let row: ObjectRow = rows::decode(key, bytes)?;
            let object = ObjectId(id(key));
            collections.extend(row.state.collections.iter().map(|id| (object, *id)));
            graph.add(Edge::Object(ObjectId(id(key))), row.head.count, row.state.edges)
        })?;
        self.each_row(table::FACET, |key, bytes| {
            let row: FacetRow = rows::decode(key, bytes)?;
            graph.add(Edge::Facet(FacetId(id(key))), row.count, row.edges().collect())
        })?;
        self.each_row(table::PROMISE, |key, bytes| {
            let row: PromiseRow = rows::decode(key, bytes)?;
            let holders = row.count.saturating_add(row.resolvers);
            graph.add(Edge::Promise(PromiseId(id(key))), holders, row.edges().to_vec())
        })?;
        self.each_row(table::IMPORT, |key, bytes| {
            let row: ImportRow = rows::decode(key, bytes)?;
            graph.add(Edge::Import(ImportId(id(key))), row.count, Vec::new())
        })?;
        self.each_row(table::ENTRY, |key, bytes| match rows::parse_entry_key(key) {
            // Entries that are on their way out hold from outside what they hold.
            Some(of) if !collections.contains(&of) => Ok(()),
            Some((object, _)) => {
                let row: Payload = rows::decode(key, bytes)?;
                graph.hold(Edge::Object(object), row.edges)
            }
            None => Err(rows::damaged(key, "it is not an entry's key".into()).into()),
        })?;
        Ok(graph)
    }
}

impl Graph {
    fn add(&mut self, edge: Edge, holders: u64, holds: Vec<Edge>) -> Result<(), VatError> {
        self.admit()?;
        let holds = holds.into_iter().map(one_entry).collect();
        self.entries.insert(edge, Entry { holders, internal: 0, holds, marked: false });
        Ok(())
    }

    /// Adds what an entry of an object's collections holds.
    fn hold(&mut self, object: Edge, holds: Vec<Edge>) -> Result<(), VatError> {
        self.references += holds.len();
        self.admit()?;
        if let Some(entry) = self.entries.get_mut(&object) {
            entry.holds.extend(holds.into_iter().map(one_entry));
        }
        Ok(())
    }

    fn admit(&self) -> Result<(), VatError> {
        if self.entries.len() + self.references < self.entries_max {
            return Ok(());
        }
        let max = self.entries_max;
        let why = format!("the collector looks at {max} entries at most; the vat has more");
        Err(VatError::Command(Error::new(Class::Limit, why)))
    }

    /// What no root reaches, in order.
    fn into_garbage(mut self) -> Vec<Edge> {
        let held: Vec<Edge> = self.entries.values().flat_map(|e| e.holds.iter().copied()).collect();
        for edge in held {
            if let Some(entry) = self.entries.get_mut(&edge) {
                entry.internal += 1;
            }
        }
        let is_root = |edge: &Edge, entry: &Entry| {
            entry.holders > entry.internal
                || matches!(edge, Edge::Object(id) if Vat::is_steward(*id))
        };
        let mut work: Vec<Edge> =
            self.entries.iter().filter(|(e, entry)| is_root(e, entry)).map(|(e, _)| *e).collect();
        while let Some(edge) = work.pop() {
            if let Some(entry) = self.entries.get_mut(&edge)
                && !std::mem::replace(&mut entry.marked, true)
            {
                work.extend_from_slice(&entry.holds);
            }
        }
        self.entries.into_iter().filter(|(_, entry)| !entry.marked).map(|(edge, _)| edge).collect()
    }
}

fn object_of(edge: &Edge) -> Option<ObjectId> {
    match edge {
        Edge::Object(id) => Some(*id),
        _ => None,
    }
}

fn one_entry(edge: Edge) -> Edge {
    match edge {
        Edge::Resolver(id) => Edge::Promise(id),
        edge => edge,
    }
}

fn id(key: &[u8]) -> u64 {
    rows::id_of_key(key).unwrap_or(0)
}
