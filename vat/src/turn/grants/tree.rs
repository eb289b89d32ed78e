//! What a grantor is shown: who was given what, by whom, and what was done with it.

use std::collections::BTreeMap;

use hogshead_objects::Interface;
use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::grant::{Caveats, GrantInfo};
use hogshead_objects::ids::FacetId;
use hogshead_objects::object::{MethodInfo, Takes};
use hogshead_objects::records::{ReadRecords, table};
use hogshead_objects::reference::Ref;
use hogshead_objects::stock::clock::Clock;
use hogshead_objects::stock::enliven::Enliven;
use hogshead_objects::stock::entropy::Entropy;
use hogshead_objects::stock::sealing::Sealing;

use crate::cache::Form;
use crate::error::VatError;
use crate::limits;
use crate::rows::{self, FacetRow, GrantRow, SwissRow};
use crate::steward::{CLOCK_DEVICE, DEVICE_KIND, ENLIVEN_DEVICE, ENTROPY_DEVICE, SEALING_DEVICE};
use crate::turn::Turn;

/// What a device can do, if it is one that every vat has.
fn device_methods(name: &[u8]) -> &'static [MethodInfo] {
    match std::str::from_utf8(name) {
        Ok(CLOCK_DEVICE) => <dyn Clock as Interface>::METHODS,
        Ok(ENTROPY_DEVICE) => <dyn Entropy as Interface>::METHODS,
        Ok(ENLIVEN_DEVICE) => <dyn Enliven as Interface>::METHODS,
        Ok(SEALING_DEVICE) => <dyn Sealing as Interface>::METHODS,
        _ => &[],
    }
}

/// The numbers of sturdyrefs by the facets that they lead to.
type Shares = BTreeMap<FacetId, Vec<(u64, hogshead_objects::ids::Timestamp)>>;

impl Turn<'_, '_> {
    /// All that was made for somebody after the facet `after`, in the order in which it was made; the
    /// first of it, if there is more than fits an answer.
    pub(crate) fn all_grants(&mut self, after: FacetId) -> Result<Vec<GrantInfo>, VatError> {
        let shares = self.shares_by_facet()?;
        let mut found = Vec::new();
        self.each_row(table::FACET, |key, bytes| {
            if found.len() < limits::GRANTS_LISTED_MAX {
                let row: FacetRow = rows::decode(key, bytes)?;
                let id = FacetId(rows::id_of_key(key).unwrap_or_default());
                if id > after && (row.is_grant() || shares.contains_key(&id)) {
                    found.push(id);
                }
            }
            Ok(())
        })?;
        self.infos(found, &shares)
    }

    /// A facet and all that was derived from it.
    pub(crate) fn grants_below(&mut self, root: FacetId) -> Result<Vec<GrantInfo>, VatError> {
        let shares = self.shares_by_facet()?;
        let mut found = vec![root];
        let mut at = 0;
        while let Some(parent) = found.get(at).copied() {
            at += 1;
            let room = limits::GRANTS_LISTED_MAX.saturating_sub(found.len());
            let (from, to) = rows::derived_range(parent, FacetId(0));
            let children = self.overlay.range(&from, &to, room)?;
            found.extend(children.iter().filter_map(|(key, _)| rows::id_of_key(key)).map(FacetId));
        }
        found.sort_unstable();
        self.infos(found, &shares)
    }

    /// What the running object may see: what was derived from a facet of its own, or from one that
    /// it granted.
    pub(in crate::turn) fn own_grants(&mut self, of: Ref) -> Result<Vec<GrantInfo>> {
        let facet = self.facet_at(of)?;
        if !self.controls(facet)? {
            let why = "an object sees what was made of its own facets and of what it granted";
            return Err(Error::new(Class::Denied, why));
        }
        self.grants_below(facet).map_err(|trouble| self.visible(trouble))
    }

    /// The methods that a facet grants, each with the names of its parameters: none of a kind that is
    /// not known here, or that takes any message.
    pub(crate) fn methods_granted(
        &mut self,
        facet: FacetId,
    ) -> Result<Vec<(String, Vec<String>)>, VatError> {
        let Some(object) = self.load_facet(facet)?.map(|row| row.object) else {
            return Ok(Vec::new());
        };
        let registry = self.registry;
        let Some(slot) = self.load_slot(object)? else { return Ok(Vec::new()) };
        let known: Vec<&MethodInfo> = match (&slot.form, slot.head.kind.as_str()) {
            (Form::Encoded(state), DEVICE_KIND) => device_methods(&state.bytes).iter().collect(),
            (_, kind) => registry.kind(kind).map(|it| it.methods().collect()).unwrap_or_default(),
        };
        let mut known: Vec<_> =
            known.into_iter().filter(|method| method.takes == Takes::Named).collect();
        let mut at = Some(facet);
        while let Some(id) = at {
            let Some(row) = self.load_facet(id)? else { return Ok(Vec::new()) };
            if let Some(granted) = &row.methods {
                known.retain(|method| granted.iter().any(|name| name == method.name));
            }
            at = row.parent;
        }
        let params = |method: &MethodInfo| {
            method.params.iter().map(|(name, _)| (*name).to_owned()).collect()
        };
        Ok(known.into_iter().map(|method| (method.name.to_owned(), params(method))).collect())
    }

    fn infos(&mut self, facets: Vec<FacetId>, shares: &Shares) -> Result<Vec<GrantInfo>, VatError> {
        let mut infos = Vec::with_capacity(facets.len());
        for id in facets {
            let Some(row) = self.load_facet(id)?.cloned() else { continue };
            let grant = self.load_grant(id)?.cloned().unwrap_or_default();
            let revoked = self.ended(id)?.is_some();
            let suspended = row.counts() && self.is_suspended(id)?;
            let shares = shares.get(&id).map(Vec::as_slice).unwrap_or_default();
            infos.push(info(id, row, grant, shares, revoked, suspended));
        }
        Ok(infos)
    }

    fn shares_by_facet(&mut self) -> Result<Shares, VatError> {
        let mut shares = Shares::new();
        self.each_row(table::SWISS, |key, bytes| {
            let row: SwissRow = rows::decode(key, bytes)?;
            shares.entry(row.facet).or_default().push((row.share, row.created));
            Ok(())
        })?;
        shares.values_mut().for_each(|numbers| numbers.sort_unstable());
        Ok(shares)
    }
}

fn info(
    id: FacetId,
    row: FacetRow,
    grant: GrantRow,
    shares: &[(u64, hogshead_objects::ids::Timestamp)],
    revoked: bool,
    suspended: bool,
) -> GrantInfo {
    let caveats = row.caveats.map_or_else(Caveats::new, |caveats| (*caveats).clone());
    let words = match &row.methods {
        Some(methods) => caveats.clone().methods(methods.iter().cloned()).to_string(),
        None => caveats.to_string(),
    };
    GrantInfo {
        facet: id.0,
        object: row.object.0,
        parent: row.parent.map(|id| id.0),
        grantor: row.grantor.map(|id| id.0),
        label: row.label,
        methods: row.methods,
        left: caveats.use_count().map(|uses| uses.saturating_sub(grant.tally.used)),
        caveats,
        words,
        created: row.created.or(shares.first().map(|(_, created)| *created)),
        share: shares.first().map(|(number, _)| *number),
        shares: shares.iter().map(|(number, _)| *number).collect(),
        holders: row.count,
        revoked,
        suspended,
        used: grant.tally.used,
        last: grant.tally.last,
        denied: grant.tally.denied,
        denials: grant.tally.denials,
    }
}
