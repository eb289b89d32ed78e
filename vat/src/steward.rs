//! The steward: object 1 of every vat, through which its owner makes, shares and revokes.
//!
//! | method | arguments | answer |
//! | --- | --- | --- |
//! | `spawn` | type, initial value | a reference with all methods; the object is on its own |
//! | `facet` | reference, caveats, label | a reference that grants what both do |
//! | `share` | reference, caveats, label, the vat's locator | a sturdyref |
//! | `invite` | reference, caveats, label, locator, whether for one vat alone | its sturdyref |
//! | `publish` | reference, sturdyref, label | one: its swiss number leads to it from now on |
//! | `enlivener` | none | a device that enlivens sturdyrefs for this vat's objects |
//! | `sealing` | none | a device that seals to the keys of vats and opens what was sealed to this one |
//! | `clock` | none | a clock for this vat's objects |
//! | `entropy` | none | a source of octets that nobody can guess, for this vat's objects |
//! | `fetch` | sturdyref | the reference that was shared under it |
//! | `revoke` | reference, sturdyref, or number of a share or facet; whether deep | one |
//! | `revoke_made` | reference, label or undefined; whether deep | how many facets were revoked |
//! | `forget` | number of a share, or sturdyref | one; revokes, and drops the share |
//! | `grants` | reference or number, or none; a number | what was derived from it, or all grants after that one |
//! | `methods` | reference | the methods that it grants, each with the names of its parameters |
//! | `confirm` | reference or number, or none | how many suspended grants go on |
//! | `collect` | none | how many entries were freed |
//!
//! Caveats are [`Caveats`] as a Struct, a list of methods, or undefined for none. Grants are a list
//! of [`GrantInfo`](hogshead_objects::grant::GrantInfo).

use hogshead_objects::codec::{from_value, to_value};
use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::grant::Caveats;
use hogshead_objects::ids::{FacetId, ObjectId};
use hogshead_objects::locator::{Locator, SturdyRef, SwissHash, SwissNumber};
use hogshead_objects::message::Message;
use hogshead_objects::records::table;
use hogshead_objects::reference::Ref;
use hogshead_objects::value::Value;
use sha2::{Digest, Sha256};

use crate::error::VatError;
use crate::invitation;
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

/// The device that seals to the keys of vats; the host serves it in every vat.
pub(crate) const SEALING_DEVICE: &str = "sealing";

/// The device that is a clock; the vat serves it itself.
pub(crate) const CLOCK_DEVICE: &str = "clock";

/// The device that gives octets nobody can guess; the vat serves it itself.
pub(crate) const ENTROPY_DEVICE: &str = "entropy";

const METHODS: &[&str] = &[
    "spawn",
    "facet",
    "share",
    "invite",
    "publish",
    "enlivener",
    "sealing",
    "clock",
    "entropy",
    "fetch",
    "revoke",
    "revoke_made",
    "forget",
    "grants",
    "methods",
    "confirm",
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
            let (of, caveats) = (next(), caveats(next(), &next())?);
            let facet = turn.grant_of(reference(&of)?, caveats)?;
            Ok(Value::Ref(Ref::Facet(facet)))
        }
        "share" => {
            let (of, caveats) = (next(), caveats(next(), &next())?);
            share(turn, reference(&of)?, caveats, &text(&next(), "locator")?)
        }
        "invite" => {
            let (of, caveats) = (next(), caveats(next(), &next())?);
            let locator = text(&next(), "locator")?;
            invitation::invite(turn, reference(&of)?, caveats, &locator, flag(&next())?)
        }
        "publish" => {
            let (of, at, label) = (next(), next(), label(&next())?);
            publish(turn, reference(&of)?, &at, &label)
        }
        "enlivener" => device(turn, ENLIVEN_DEVICE),
        "sealing" => device(turn, SEALING_DEVICE),
        "clock" => device(turn, CLOCK_DEVICE),
        "entropy" => device(turn, ENTROPY_DEVICE),
        "revoke" => revoke(turn, &next(), flag(&next())?, false),
        "fetch" => fetch(turn, &next()),
        "revoke_made" => {
            let of = reference(&next())?;
            let label = match next() {
                Value::Undefined | Value::Null => None,
                other => Some(text(&other, "label")?),
            };
            let deep = flag(&next())?;
            turn.revoke_made(of, label.as_deref(), deep).map(|count| Value::Int(count.into()))
        }
        "forget" => revoke(turn, &next(), false, true),
        "grants" => {
            let (of, after) = (next(), next());
            grants(turn, &of, &after)
        }
        "methods" => methods(turn, &next()),
        "confirm" => confirm(turn, &next()),
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

fn share(turn: &mut Turn<'_, '_>, of: Ref, caveats: Caveats, locator: &str) -> Result<Value> {
    let peer: Locator =
        locator.parse().map_err(|why| Error::bad_call(format!("locator: {why}")))?;
    let label = caveats.label_text().to_owned();
    let facet = turn.grant_of(of, caveats)?;
    let swiss = turn.mint_swiss();
    let row = SwissRow { facet, label, share: turn.draw_id(), created: turn.created() };
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

fn revoke(turn: &mut Turn<'_, '_>, what: &Value, deep: bool, forget: bool) -> Result<Value> {
    let by_number = match what {
        Value::Ref(of) if !forget => {
            let facet = turn.facet_at(*of)?;
            turn.revoke_facet(facet, deep)?;
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
                turn.revoke_facet(FacetId(number), deep)?;
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
    turn.revoke_facet(row.facet, deep)?;
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

/// The facet that is meant: by a reference, its number, or the number of a share.
fn facet_meant(turn: &mut Turn<'_, '_>, what: &Value) -> Result<FacetId> {
    match what {
        Value::Ref(of) => turn.facet_at(*of),
        Value::Int(number) => {
            let number = number.to_u64().unwrap_or(0);
            match turn.share_by_number(number) {
                Ok(Some((_, row))) => Ok(row.facet),
                Ok(None) => Ok(FacetId(number)),
                Err(trouble) => Err(turn.visible(trouble)),
            }
        }
        _ => Err(Error::bad_call("say which facet: a reference, or the number of it or a share")),
    }
}

fn grants(turn: &mut Turn<'_, '_>, of: &Value, after: &Value) -> Result<Value> {
    let after = match after {
        Value::Undefined | Value::Null => FacetId(0),
        after => from_value(after.clone()).map(FacetId)?,
    };
    let list = match of {
        Value::Undefined | Value::Null => turn.all_grants(after),
        of => {
            let facet = facet_meant(turn, of)?;
            turn.grants_below(facet)
        }
    };
    match list {
        Ok(list) => to_value(&list),
        Err(trouble) => Err(turn.visible(trouble)),
    }
}

fn methods(turn: &mut Turn<'_, '_>, of: &Value) -> Result<Value> {
    let facet = turn.facet_at(reference(of)?)?;
    match turn.methods_granted(facet) {
        Ok(list) => to_value(&list),
        Err(trouble) => Err(turn.visible(trouble)),
    }
}

fn confirm(turn: &mut Turn<'_, '_>, what: &Value) -> Result<Value> {
    let facet = match what {
        Value::Undefined | Value::Null => None,
        what => Some(facet_meant(turn, what)?),
    };
    match turn.confirm_grants(facet) {
        Ok(confirmed) => Ok(Value::Int(confirmed.into())),
        Err(trouble) => Err(turn.visible(trouble)),
    }
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

/// Caveats as they are, or only the names of methods, under a label of its own if one is given.
fn caveats(value: Value, by: &Value) -> Result<Caveats> {
    let caveats = match value {
        Value::Undefined | Value::Null => Caveats::new(),
        Value::List(names) => {
            let names = names.iter().map(|name| text(name, "method's name"));
            Caveats::new().methods(names.collect::<Result<Vec<_>>>()?)
        }
        Value::Struct(_) => from_value(value)
            .map_err(|error| Error::bad_call(format!("caveats: {}", error.message())))?,
        _ => {
            let why = "say what is granted: caveats, a list of methods, or undefined for all";
            return Err(Error::bad_call(why));
        }
    };
    Ok(match label(by)? {
        label if label.is_empty() => caveats,
        label => caveats.label(label),
    })
}

fn flag(value: &Value) -> Result<bool> {
    match value {
        Value::Undefined | Value::Null => Ok(false),
        Value::Bool(flag) => Ok(*flag),
        _ => Err(Error::bad_call("whether all that was derived is meant is true or false")),
    }
}

impl Turn<'_, '_> {
    pub(crate) fn mint_swiss(&mut self) -> SwissNumber {
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
