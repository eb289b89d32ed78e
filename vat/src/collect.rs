//! The cycle collector: frees what only holds itself.
//!
//! Counts free at once what nobody holds, but a cycle holds itself. The collector reads every
//! record once and compares counts: whatever has more holders than the heap's own records explain
//! is held from outside (by a session, a share, a delivery, a prior record) and is a root. What no
//! root reaches is freed. It runs as an input of its own, so that a replay frees the same.
//!
//! The graph is held in memory while it runs, in at most
//! [`COLLECT_ENTRIES_MAX`](crate::limits::COLLECT_ENTRIES_MAX) entries.

use std::collections::BTreeMap;

use hogshead_objects::error::{Class, Error};
use hogshead_objects::ids::{FacetId, ImportId, ObjectId, PromiseId};
use hogshead_objects::records::table;

use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Edge, FacetRow, ImportRow, ObjectRow, PromiseRow};
use crate::turn::Turn;
use crate::vat::Vat;

/// The heap as a graph. A promise and its resolver are one entry.
struct Graph {
    entries: BTreeMap<Edge, Entry>,
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
        let before = self.freed();
        for edge in self.read_graph(entries_max)?.into_garbage() {
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
        let mut graph = Graph { entries: BTreeMap::new(), entries_max };
        self.each_row(table::OBJECT, |key, bytes| {
            let row: ObjectRow = rows::decode(key, bytes)?;
            graph.add(Edge::Object(ObjectId(id(key))), row.head.count, row.state.edges)
        })?;
        self.each_row(table::FACET, |key, bytes| {
            let row: FacetRow = rows::decode(key, bytes)?;
            graph.add(Edge::Facet(FacetId(id(key))), row.count, vec![Edge::Object(row.object)])
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
        Ok(graph)
    }
}

impl Graph {
    fn add(&mut self, edge: Edge, holders: u64, holds: Vec<Edge>) -> Result<(), VatError> {
        if self.entries.len() >= self.entries_max {
            let max = self.entries_max;
            let why = format!("the collector looks at {max} entries at most; the vat has more");
            return Err(VatError::Command(Error::new(Class::Limit, why)));
        }
        let holds = holds.into_iter().map(one_entry).collect();
        self.entries.insert(edge, Entry { holders, internal: 0, holds, marked: false });
        Ok(())
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

fn one_entry(edge: Edge) -> Edge {
    match edge {
        Edge::Resolver(id) => Edge::Promise(id),
        edge => edge,
    }
}

fn id(key: &[u8]) -> u64 {
    rows::id_of_key(key).unwrap_or(0)
}
