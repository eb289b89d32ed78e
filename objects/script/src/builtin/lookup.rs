//! Which built-in a name means: on a receiver, or on a constructor or namespace.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Builtin, TABLES};
use crate::machine::{Atom, atoms};

/// What kind of receiver a method is looked up on: whose `prototype` in ECMA-262.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Receiver {
    Object,
    Array,
    String,
    Number,
    BigInt,
    Boolean,
    Function,
    Error,
    Map,
    Set,
    Promise,
    RegExp,
    Iterator,
}

const RECEIVERS: [(Receiver, &str); 13] = [
    (Receiver::Object, "Object"),
    (Receiver::Array, "Array"),
    (Receiver::String, "String"),
    (Receiver::Number, "Number"),
    (Receiver::BigInt, "BigInt"),
    (Receiver::Boolean, "Boolean"),
    (Receiver::Function, "Function"),
    (Receiver::Error, "Error"),
    (Receiver::Map, "Map"),
    (Receiver::Set, "Set"),
    (Receiver::Promise, "Promise"),
    (Receiver::RegExp, "RegExp"),
    (Receiver::Iterator, "Iterator"),
];

struct Lookup {
    /// By receiver, by atom.
    methods: Vec<Vec<Option<Builtin>>>,
    members: BTreeMap<(Builtin, Atom), Builtin>,
    paths: BTreeMap<&'static str, Builtin>,
}

static LOOKUP: LazyLock<Lookup> = LazyLock::new(|| {
    let mut paths: BTreeMap<_, _> =
        super::all().map(|builtin| (builtin.entry().path, builtin)).collect();
    // ECMA-262, 21.1.2.12 and 21.1.2.13: these are the same functions.
    for (alias, path) in [("Number.parseFloat", "parseFloat"), ("Number.parseInt", "parseInt")] {
        if let Some(&builtin) = paths.get(path) {
            paths.insert(alias, builtin);
        }
    }
    let known = atoms::known_len() as usize;
    let mut lookup = Lookup {
        methods: vec![vec![None; known]; RECEIVERS.len()],
        members: BTreeMap::new(),
        paths: paths.clone(),
    };
    for (&path, &builtin) in &paths {
        let Some((owner, name)) = path.rsplit_once('.') else { continue };
        let Some(atom) = atoms::known(name) else { continue };
        if let Some(owner) = owner.strip_suffix(".prototype") {
            if let Some(place) = RECEIVERS.iter().position(|(_, name)| *name == owner) {
                lookup.methods[place][atom.0 as usize] = Some(builtin);
            }
        } else if let Some(&owner) = paths.get(owner) {
            lookup.members.insert((owner, atom), builtin);
        }
    }
    lookup
});

/// The method of a receiver with this name.
#[inline]
pub fn method(receiver: Receiver, name: Atom) -> Option<Builtin> {
    *LOOKUP.methods[receiver as usize].get(name.0 as usize)?
}

/// The member of a constructor or namespace with this name, such as `max` of `Math`.
pub fn member(owner: Builtin, name: Atom) -> Option<Builtin> {
    LOOKUP.members.get(&(owner, name)).copied()
}

/// The built-in with this path.
pub fn at_path(path: &str) -> Option<Builtin> {
    LOOKUP.paths.get(path).copied()
}

/// The last parts of all paths: the names that this crate knows.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLES
        .iter()
        .flat_map(|entries| entries.iter())
        .map(|entry| entry.path.rsplit_once('.').map_or(entry.path, |(_, name)| name))
}
