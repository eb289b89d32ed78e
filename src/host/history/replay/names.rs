//! What rows and their fields are called. `docs/storage.md` has their forms.

use bytes::Bytes;
use ciborium::Value;
use hogshead_objects::ids::VatNumber;
use hogshead_objects::records::{Row, table};

/// The part of a key within its vat, or within the host's rows.
pub(super) fn within(key: &[u8]) -> &[u8] {
    key.get(4..).unwrap_or_default()
}

/// What a row is of.
pub(super) fn about(vat: Option<VatNumber>, rest: &[u8], kind: Option<&str>) -> String {
    if vat.is_none() {
        return "a row of the host".to_owned();
    }
    let number = |from: usize| {
        let octets = rest.get(from..from + 8).and_then(|octets| octets.try_into().ok());
        octets.map(u64::from_be_bytes)
    };
    let named = |what: &str, from: usize| match number(from) {
        Some(number) => format!("{what} {number}"),
        None => what.to_owned(),
    };
    let last = rest.len().saturating_sub(8);
    match rest.first() {
        Some(&table::VAT) => "the vat".to_owned(),
        Some(&table::OBJECT) => match kind {
            Some(kind) => format!("{} ({kind})", named("object", 1)),
            None => named("object", 1),
        },
        Some(&table::FACET) => named("facet", 1),
        Some(&table::PROMISE) => named("promise", 1),
        Some(&table::IMPORT) => named("import", 1),
        Some(&table::DELIVERY) => named("delivery", last),
        Some(&table::SWISS) => "a share".to_owned(),
        Some(&table::PRIOR) => named("the prior record of object", 1),
        Some(&table::ENTRY) => named("an entry of a collection of object", 1),
        Some(&table::UNSETTLED) => named("what is unsettled of session", 1),
        Some(&table::SESSION) => named("session", 1),
        Some(&table::HANDOFF) => "a handoff".to_owned(),
        Some(&table::INBOX) => named("the inbox, operation", 1),
        Some(&table::HOST) => "what the host keeps of the vat".to_owned(),
        _ => "a row of an unknown table".to_owned(),
    }
}

/// How early a difference is told: objects first, counters last.
pub(super) fn rank(vat: Option<VatNumber>, rest: &[u8]) -> u8 {
    match (vat, rest.first()) {
        (None, _) => 4,
        (_, Some(&table::OBJECT)) => 0,
        (_, Some(&table::VAT)) => 3,
        (_, Some(&(table::FACET | table::PROMISE | table::IMPORT | table::DELIVERY))) => 1,
        _ => 2,
    }
}

/// The field that a letter of a row means.
pub(super) fn field(table: Option<&u8>, depth: usize, within: &str, letter: &str) -> String {
    let known: &[(&str, &str)] = match (table, depth, within) {
        (Some(&(table::OBJECT | table::PRIOR)), 0, _) => &[("h", "head"), ("s", "state")],
        (Some(&(table::OBJECT | table::PRIOR)), 1, "head") => &[
            ("k", "kind"),
            ("v", "version"),
            ("r", "root"),
            ("f", "facet"),
            ("c", "count"),
            ("p", "priors"),
        ],
        (Some(&table::VAT), 0, _) => &[
            ("i", "next id"),
            ("t", "turn"),
            ("z", "paused"),
            ("m", "meter"),
            ("q", "quota"),
            ("k", "kinds"),
        ],
        (Some(&table::FACET), 0, _) => {
            &[("o", "object"), ("m", "methods"), ("l", "label"), ("z", "revoked"), ("c", "count")]
        }
        (Some(&table::PROMISE), 0, _) => {
            &[("s", "state"), ("c", "count"), ("r", "resolvers"), ("w", "watch")]
        }
        (Some(&table::DELIVERY), 0, _) => {
            &[("a", "action"), ("p", "answer"), ("b", "born"), ("t", "turn"), ("e", "cause")]
        }
        _ => &[],
    };
    let found = known.iter().find(|(short, _)| *short == letter);
    found.map_or_else(|| letter.to_owned(), |(_, name)| (*name).to_owned())
}

/// A field's place in words: what an object keeps of itself begins at `state`.
pub(super) fn place(table: Option<&u8>, path: &[String]) -> String {
    let place = path.join(".");
    if !matches!(table, Some(&(table::OBJECT | table::PRIOR))) {
        return place;
    }
    let inner = place.strip_prefix("state.b.1").or_else(|| place.strip_prefix("state.b"));
    match inner {
        Some(inner) => format!("state{inner}"),
        None => place.replacen("state.e", "state's references", 1),
    }
}

/// The kind of the object that a row is of.
pub(super) fn kind_of(
    vat: Option<VatNumber>,
    rest: &[u8],
    recorded: &Option<Option<Row>>,
    replayed: &Option<Option<Row>>,
) -> Option<String> {
    vat?;
    if rest.first() != Some(&table::OBJECT) {
        return None;
    }
    [recorded, replayed].into_iter().flatten().flatten().find_map(|row| kind_in(&row.bytes))
}

/// The kind that an object's row names.
pub(super) fn kind_in(row: &Bytes) -> Option<String> {
    let row: Value = ciborium::from_reader(row.get(1..)?).ok()?;
    let head = member(&row, "h")?;
    Some(member(head, "k")?.as_text()?.to_owned())
}

/// Whether the vat itself is the code of a kind.
pub(super) fn is_built_in(kind: &str) -> bool {
    matches!(kind, "hogshead/steward" | "hogshead/device" | "hogshead/timer")
}

fn member<'v>(map: &'v Value, name: &str) -> Option<&'v Value> {
    let entries = map.as_map()?;
    entries.iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value)
}
