//! What a vat waits for: its deliveries, as its owner sees them.

use bytes::Bytes;
use hogshead_objects::error::Error;
use hogshead_objects::ids::{DeliveryId, ObjectId, PromiseId, TurnNumber};
use hogshead_objects::records::{ReadRecords, table};
use hogshead_objects::stock::clock::CatchUp;

use super::{Trigger, Vat};
use crate::error::VatError;
use crate::rows::{self, Action, Alarm, DeliveryRow, Edge, FacetRow};

/// A delivery that has not run, as `vat show` prints it.
#[derive(Clone, PartialEq, Debug)]
pub struct Waiting {
    /// The delivery.
    pub id: DeliveryId,
    /// What it waits for.
    pub trigger: Trigger,
    /// The target and the method or continuation; no arguments, which may be secret.
    pub what: String,
    /// The object that it is for, if it is known.
    pub object: Option<ObjectId>,
    /// The promise that its outcome settles, if anybody waits for it.
    pub answer: Option<PromiseId>,
    /// Why it is parked, if it is.
    pub cause: Option<Error>,
    /// The turn that sent it.
    pub sent: TurnNumber,
}

impl Vat {
    /// What the vat waits for: deliveries by trigger, after the cursor that the last page ended
    /// with, at most `limit`; and the cursor of the next page, if there may be one.
    pub fn waits(
        records: &dyn ReadRecords,
        after: Option<Bytes>,
        limit: usize,
    ) -> Result<(Vec<Waiting>, Option<Bytes>), VatError> {
        let (start, to) = rows::table_range(table::DELIVERY);
        let from = after.map_or(start, just_after);
        list(records, &from, &to, limit)
    }

    /// The parked deliveries, oldest first, at most `limit`.
    pub fn parked(records: &dyn ReadRecords, limit: usize) -> Result<Vec<Waiting>, VatError> {
        let (from, to) = rows::delivery_range(Trigger::Parked, None);
        Ok(list(records, &from, &to, limit)?.0)
    }

    /// The device calls that have not been completed, oldest first. After a crash their outcome
    /// is unknown.
    pub fn device_calls(records: &dyn ReadRecords, limit: usize) -> Result<Vec<Waiting>, VatError> {
        let (from, to) = rows::delivery_range(Trigger::Device, None);
        Ok(list(records, &from, &to, limit)?.0)
    }
}

fn list(
    records: &dyn ReadRecords,
    from: &[u8],
    to: &[u8],
    limit: usize,
) -> Result<(Vec<Waiting>, Option<Bytes>), VatError> {
    let found = records.range(from, to, limit)?;
    let cursor = (found.len() == limit).then(|| found.last().map(|(key, _)| key.clone())).flatten();
    let mut waiting = Vec::with_capacity(found.len());
    for (key, bytes) in &found {
        let Some((trigger, id)) = rows::parse_delivery_key(key) else {
            return Err(rows::damaged(key, "it is not a delivery's key".into()).into());
        };
        let row: DeliveryRow = rows::decode(key, bytes)?;
        waiting.push(Waiting {
            id,
            trigger,
            what: describe(&row.action),
            object: object_of(records, &row.action)?,
            answer: row.answer,
            cause: row.cause,
            sent: row.turn,
        });
    }
    Ok((waiting, cursor))
}

fn describe(action: &Action) -> String {
    match action {
        Action::Message { target, message } => {
            let method = rows::values(message).ok().and_then(|values| match values.first() {
                Some(hogshead_objects::Value::Symbol(symbol)) => Some(symbol.to_string()),
                _ => None,
            });
            format!("{} to {target}", method.as_deref().unwrap_or("a message"))
        }
        Action::Continue { object, name, .. } => format!("continuation {name} of {object}"),
        Action::Tell { resolver, .. } => format!("tell {resolver}"),
        Action::Derive { awaited, .. } => format!("a part of {awaited}"),
        Action::Watch { awaited: Some(awaited) } => format!("the end of {awaited}'s session"),
        Action::Watch { awaited: None } => "the end of the session".to_owned(),
        Action::Alarm(Alarm { target: None, .. }) => "the promise of a timer".to_owned(),
        Action::Alarm(Alarm { target: Some(target), every: None, .. }) => {
            format!("tick to {target}")
        }
        Action::Alarm(Alarm { target: Some(target), every: Some((period, catch_up)), .. }) => {
            let missed = match catch_up {
                CatchUp::All => "all",
                CatchUp::Once => "once",
                CatchUp::Skip => "skip",
            };
            format!("tick to {target}, every {period} ms, catching up: {missed}")
        }
        Action::Sweep(sweep) => {
            format!("let entries of {}'s {} go", sweep.object, sweep.collection)
        }
        Action::Drain { .. } => "let a promise that drains lead on".to_owned(),
        Action::Answer { over, .. } => format!("an answer over {over}"),
        Action::Notice { .. } => "word that a reference was revoked".to_owned(),
        Action::Uproot { .. } => "end what was derived from a revoked reference".to_owned(),
    }
}

fn object_of(records: &dyn ReadRecords, action: &Action) -> Result<Option<ObjectId>, VatError> {
    match action {
        Action::Message { target: Edge::Facet(facet), .. }
        | Action::Alarm(Alarm { target: Some(Edge::Facet(facet)), .. }) => {
            let key = rows::facet_key(*facet);
            let Some(bytes) = records.get(&key)? else { return Ok(None) };
            Ok(Some(rows::decode::<FacetRow>(&key, &bytes)?.object))
        }
        Action::Continue { object, .. } => Ok(Some(*object)),
        _ => Ok(None),
    }
}

fn just_after(key: Bytes) -> Bytes {
    let mut next = key.to_vec();
    next.push(0);
    next.into()
}
