//! The steward: object 1 of every vat, through which its owner makes, shares and revokes.
//!
//! | method | arguments | answer |
//! | --- | --- | --- |
//! | `spawn` | type, initial value | a reference with all methods; the object is on its own |
//! | `facet` | reference, list of methods or undefined, label | a reference that grants those |
//! | `share` | reference, list of methods or undefined, label, the vat's locator | a sturdyref |
//! | `publish` | reference, sturdyref, label | one: its swiss number leads to it from now on |
//! | `enlivener` | none | a device that enlivens sturdyrefs for this vat's objects |
//! | `clock` | none | a clock for this vat's objects |
//! | `fetch` | sturdyref | the reference that was shared under it |
//! | `revoke` | reference, sturdyref, or number of a share or facet | one |
//! | `revoke_made` | reference, label or undefined | how many facets of its object were revoked |
//! | `forget` | number of a share, or sturdyref | one; revokes, and drops the share |
//! | `grants` | none | the facets with labels, and their shares |
//! | `collect` | none | how many entries were freed |

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::ids::{FacetId, ObjectId};
use hogshead_objects::locator::{Locator, SturdyRef, SwissHash, SwissNumber};
use hogshead_objects::message::Message;
use hogshead_objects::records::table;
use hogshead_objects::reference::Ref;
use hogshead_objects::value::Value;
use sha2::{Digest, Sha256};

use crate::error::VatError;
use crate::limits;
use crate::rows::{self, FacetRow, SwissRow};
use crate::turn::Turn;

/// The steward's object.
pub(crate) const STEWARD: ObjectId = ObjectId(1);
/// The steward's facet, which the vat itself holds.
pub(crate) const STEWARD_FACET: FacetId = FacetId(2);
/// The steward's kind. No registry has it: the vat itself is its code.
pub(crate) const STEWARD_KIND: &str = "hogshead/steward";
/// The kind of devices. No registry has it: the host is their code.
pub(crate) const DEVICE_KIND: &str = "hogshead/device";

/// The device that enlivens sturdyrefs; the host serves it in every vat.
pub(crate) const ENLIVEN_DEVICE: &str = "enliven";

/// The device that is a clock; the vat serves it itself.
pub(crate) const CLOCK_DEVICE: &str = "clock";

const METHODS: [&str; 12] = [
    "spawn",
    "facet",
    "share",
    "publish",
    "enlivener",
    "clock",
    "fetch",
    "revoke",
    "revoke_made",
    "forget",
    "grants",
    "collect",
];

/// Runs a method of the steward.
pub(crate) fn call(turn: &mut Turn<'_, '_>, message: Message) -> Result<Value> {
    let method = message.symbol().unwrap_or_default().to_owned();
    let mut args = message.values.into_iter().skip(1);
    let mut next = || args.next().unwrap_or(Value::Undefined);
    match method.as_str() {
        "spawn" => spawn(turn, &text(&next(), "type")?, next()),
        "facet" => {
            let (of, methods, label) = (next(), methods(next())?, label(&next())?);
            let of = reference(&of)?;
            turn.facet_of(of, methods, &label).map(|facet| Value::Ref(Ref::Facet(facet)))
        }
        "share" => {
            let (of, methods, label) = (next(), methods(next())?, label(&next())?);
            let of = reference(&of)?;
            share(turn, of, methods, &label, &text(&next(), "locator")?)
        }
        "publish" => {
            let (of, at, label) = (next(), next(), label(&next())?);
            publish(turn, reference(&of)?, &at, &label)
        }
        "enlivener" => device(turn, ENLIVEN_DEVICE),
        "clock" => device(turn, CLOCK_DEVICE),
        "revoke" => revoke(turn, &next(), false),
        "fetch" => fetch(turn, &next()),
        "revoke_made" => {
            let of = reference(&next())?;
            let label = match next() {
                Value::Undefined | Value::Null => None,
                other => Some(text(&other, "label")?),
            };
            turn.revoke_made(of, label.as_deref()).map(|count| Value::Int(count.into()))
        }
        "forget" => revoke(turn, &next(), true),
        "grants" => grants(turn),
        _ => Err(Error::bad_call(format!(
            "the steward has no method `{method}`; it has {}",
            METHODS.join(", ")
        ))),
    }
}

fn spawn(turn: &mut Turn<'_, '_>, name: &str, init: Value) -> Result<Value> {
    let object = turn.construct(name, init)?;
    let facet = turn.spawn_in(object, None)?;
    Ok(Value::Ref(Ref::Facet(facet)))
}

fn share(
    turn: &mut Turn<'_, '_>,
    of: Ref,
    methods: Option<Vec<String>>,
    label: &str,
    locator: &str,
) -> Result<Value> {
    let peer: Locator =
        locator.parse().map_err(|why| Error::bad_call(format!("locator: {why}")))?;
    let facet = turn.facet_of(of, methods, label)?;
    let swiss = turn.mint_swiss();
    let row =
        SwissRow { facet, label: label.to_owned(), share: turn.draw_id(), created: turn.created() };
    turn.put_share(&swiss.hash(), &row);
    Ok(Value::SturdyRef(Box::new(SturdyRef { peer, swiss })))
}

/// Shares under a number of the owner's choice: for the well-known objects of a peer in tests.
///
/// This is unsafe unless the number is unguessable: nothing else protects the object, and whoever
/// guesses it may use it. A number that this vat has already, revoked or not, is refused until its
/// share is forgotten.
fn publish(turn: &mut Turn<'_, '_>, of: Ref, at: &Value, label: &str) -> Result<Value> {
    let Value::SturdyRef(at) = at else {
        return Err(Error::bad_call("publish takes a sturdyref with the number to be used"));
    };
    at.swiss.check().map_err(|why| Error::bad_call(format!("the swiss number: {why}")))?;
    let swiss = at.swiss.hash();
    match turn.share_by_hash(&swiss) {
        Ok(None) => {}
        Ok(Some(_)) => return Err(Error::refused("this swiss number is in use in this vat")),
        Err(trouble) => return Err(turn.visible(trouble)),
    }
    let facet = turn.facet_of(of, None, label)?;
    let row =
        SwissRow { facet, label: label.to_owned(), share: turn.draw_id(), created: turn.created() };
    turn.put_share(&swiss, &row);
    Ok(Value::Int(1.into()))
}

fn device(turn: &mut Turn<'_, '_>, name: &str) -> Result<Value> {
    match turn.create_device(name) {
        Ok(device) => Ok(Value::Ref(device)),
        Err(VatError::Command(why)) => Err(why),
        Err(trouble) => Err(turn.visible(trouble)),
    }
}

fn revoke(turn: &mut Turn<'_, '_>, what: &Value, forget: bool) -> Result<Value> {
    let by_number = match what {
        Value::Ref(of) if !forget => {
            let facet = turn.facet_at(*of)?;
            turn.revoke_facet(facet)?;
            return Ok(Value::Int(1.into()));
        }
        Value::SturdyRef(sturdy) => {
            let hash = sturdy.swiss.hash();
            turn.share_by_hash(&hash).map(|row| row.map(|row| (hash, row)))
        }
        Value::Int(number) => {
            let number = number.to_i64().and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
            let found = turn.share_by_number(number);
            if matches!(found, Ok(None)) && !forget {
                turn.revoke_facet(FacetId(number))?;
                return Ok(Value::Int(1.into()));
            }
            found
        }
        _ => return Err(Error::bad_call("say which share or facet: its number or a reference")),
    };
    let found = match by_number {
        Ok(found) => found,
        Err(trouble) => return Err(turn.visible(trouble)),
    };
    let Some((hash, row)) = found else {
        return Err(Error::new(Class::NotFound, "there is no such share"));
    };
    turn.revoke_facet(row.facet)?;
    if forget {
        turn.drop_share(&hash, &row);
    }
    Ok(Value::Int(1.into()))
}

fn fetch(turn: &mut Turn<'_, '_>, what: &Value) -> Result<Value> {
    let Value::SturdyRef(sturdy) = what else {
        return Err(Error::bad_call("fetch takes a sturdyref"));
    };
    match turn.share_by_hash(&sturdy.swiss.hash()) {
        Ok(Some(row)) => Ok(Value::Ref(Ref::Facet(row.facet))),
        Ok(None) => Err(Error::new(Class::NotFound, "there is no such object")),
        Err(trouble) => Err(turn.visible(trouble)),
    }
}

fn grants(turn: &mut Turn<'_, '_>) -> Result<Value> {
    match list_grants(turn) {
        Ok(list) => Ok(Value::List(list)),
        Err(trouble) => Err(turn.visible(trouble)),
    }
}

fn list_grants(turn: &mut Turn<'_, '_>) -> Result<Vec<Value>, VatError> {
    let mut list = Vec::new();
    for (_, row) in turn.shares()? {
        let Some(facet) = turn.facet_row(row.facet)? else { continue };
        list.push(grant(row.facet, &facet, Some(&row)));
    }
    for (id, row) in turn.labelled_facets()? {
        list.push(grant(id, &row, None));
    }
    list.truncate(limits::GRANTS_LISTED_MAX);
    Ok(list)
}

fn grant(id: FacetId, facet: &FacetRow, share: Option<&SwissRow>) -> Value {
    let methods = facet.methods.as_ref().map_or(Value::Null, |methods| {
        Value::List(methods.iter().map(|m| Value::Symbol(m.clone().into())).collect())
    });
    let number = |n: u64| Value::Int(n.into());
    Value::Struct(
        [
            ("facet".to_owned(), number(id.0)),
            ("object".to_owned(), number(facet.object.0)),
            ("label".to_owned(), Value::String(facet.label.clone())),
            ("methods".to_owned(), methods),
            ("revoked".to_owned(), Value::Bool(facet.revoked)),
            ("share".to_owned(), share.map_or(Value::Null, |row| number(row.share))),
            ("created".to_owned(), share.map_or(Value::Null, |row| number(row.created.0))),
        ]
        .into(),
    )
}

fn text(value: &Value, what: &str) -> Result<String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Symbol(symbol) => Ok(symbol.to_string()),
        _ => Err(Error::bad_call(format!("the {what} must be a string"))),
    }
}

fn label(value: &Value) -> Result<String> {
    match value {
        Value::Undefined | Value::Null => Ok(String::new()),
        other => text(other, "label"),
    }
}

fn reference(value: &Value) -> Result<Ref> {
    match value {
        Value::Ref(reference) => Ok(*reference),
        _ => Err(Error::bad_call("the first argument must be a reference")),
    }
}

fn methods(value: Value) -> Result<Option<Vec<String>>> {
    match value {
        Value::Undefined | Value::Null => Ok(None),
        Value::List(names) => {
            names.iter().map(|name| text(name, "method's name")).collect::<Result<_>>().map(Some)
        }
        _ => Err(Error::bad_call("the methods must be a list of names, or undefined for all")),
    }
}

impl Turn<'_, '_> {
    fn mint_swiss(&mut self) -> SwissNumber {
        let mut hasher = Sha256::new();
        hasher.update(b"hogshead swiss number 1\0");
        hasher.update(self.fresh_entropy());
        SwissNumber::new(hasher.finalize().to_vec())
    }

    fn share_by_number(&mut self, number: u64) -> Result<Option<(SwissHash, SwissRow)>, VatError> {
        Ok(self.shares()?.into_iter().find(|(_, row)| row.share == number))
    }

    fn shares(&mut self) -> Result<Vec<(SwissHash, SwissRow)>, VatError> {
        let mut shares = Vec::new();
        self.each_row(table::SWISS, |key, bytes| {
            let row: SwissRow = rows::decode(key, bytes)?;
            if let Ok(hash) = <[u8; 32]>::try_from(&key[1..]) {
                shares.push((SwissHash(hash), row));
            }
            Ok(())
        })?;
        shares.sort_by_key(|(_, row)| row.share);
        Ok(shares)
    }

    /// The facets of an object that were made for somebody: with a label or a share.
    pub(crate) fn made_facets(
        &mut self,
        object: ObjectId,
    ) -> Result<Vec<(FacetId, FacetRow)>, VatError> {
        let mut facets = Vec::new();
        for (_, share) in self.shares()? {
            if let Some(row) = self.facet_row(share.facet)?
                && row.object == object
                && facets.iter().all(|(id, _)| *id != share.facet)
            {
                facets.push((share.facet, row));
            }
        }
        let labelled = self.labelled_facets()?;
        facets.extend(labelled.into_iter().filter(|(_, row)| row.object == object));
        Ok(facets)
    }

    /// Facets with a label that no share has.
    fn labelled_facets(&mut self) -> Result<Vec<(FacetId, FacetRow)>, VatError> {
        let shared: std::collections::BTreeSet<_> =
            self.shares()?.into_iter().map(|(_, row)| row.facet).collect();
        let mut facets = Vec::new();
        self.each_row(table::FACET, |key, bytes| {
            let row: FacetRow = rows::decode(key, bytes)?;
            let id = FacetId(rows::id_of_key(key).unwrap_or(0));
            let wanted = !row.label.is_empty() && !shared.contains(&id);
            if wanted && facets.len() < limits::GRANTS_LISTED_MAX {
                facets.push((id, row));
            }
            Ok(())
        })?;
        Ok(facets)
    }
}
