//! `Map` and `Set` (ECMA-262, 24.1 and 24.2): in order of insertion; iterators stand where they
//! stood while entries come and go. `forEach` is in `prelude/collections.js`.

use super::{Action, Entry, iterator, shown};
use crate::machine::heap::{Cell, ENTRY_BYTES, Hashed, Key, Table};
use crate::machine::{Args, ErrorKind, Index, Machine, Trap, Val, bigint};

use Action::{Constructor, Native, Prelude};

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "Map", length: 0, action: Constructor(new_map) },
    Entry { path: "Map.prototype.get", length: 1, action: Native(map_get) },
    Entry { path: "Map.prototype.set", length: 2, action: Native(map_set) },
    Entry { path: "Map.prototype.has", length: 1, action: Native(map_has) },
    Entry { path: "Map.prototype.delete", length: 1, action: Native(map_delete) },
    Entry { path: "Map.prototype.clear", length: 0, action: Native(map_clear) },
    Entry { path: "Map.prototype.forEach", length: 1, action: Prelude("mapForEach") },
    Entry { path: "Map.prototype.keys", length: 0, action: Native(iterator::keys) },
    Entry { path: "Map.prototype.values", length: 0, action: Native(iterator::values) },
    Entry { path: "Map.prototype.entries", length: 0, action: Native(iterator::entries) },
    Entry { path: "Set", length: 0, action: Constructor(new_set) },
    Entry { path: "Set.prototype.add", length: 1, action: Native(set_add) },
    Entry { path: "Set.prototype.has", length: 1, action: Native(set_has) },
    Entry { path: "Set.prototype.delete", length: 1, action: Native(set_delete) },
    Entry { path: "Set.prototype.clear", length: 0, action: Native(set_clear) },
    Entry { path: "Set.prototype.forEach", length: 1, action: Prelude("setForEach") },
    Entry { path: "Set.prototype.keys", length: 0, action: Native(iterator::keys) },
    Entry { path: "Set.prototype.values", length: 0, action: Native(iterator::values) },
    Entry { path: "Set.prototype.entries", length: 0, action: Native(iterator::entries) },
    Entry { path: "$beginMap", length: 2, action: Native(begin_map) },
    Entry { path: "$beginSet", length: 2, action: Native(begin_set) },
    Entry { path: "$checkEntry", length: 1, action: Native(check_entry) },
];

/// Which of the two a receiver has to be.
#[derive(Clone, Copy)]
enum Kind {
    Map,
    Set,
}

/// `new Map(entries)`.
fn new_map(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let mut table = Table::default();
    let source = machine.arg(args, 0);
    if !matches!(source, Val::Undefined | Val::Null) {
        let entries = iterator::collect(machine, source, ENTRY_BYTES)?;
        for entry in entries {
            let (key, value) = entry_of(machine, entry)?;
            put(machine, &mut table, key, value);
        }
    }
    Ok(Val::Object(machine.alloc(Cell::Map(table))))
}

/// `new Set(values)`.
fn new_set(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let mut table = Table::default();
    let source = machine.arg(args, 0);
    if !matches!(source, Val::Undefined | Val::Null) {
        let values = iterator::collect(machine, source, ENTRY_BYTES)?;
        for value in values {
            put(machine, &mut table, value, Val::Undefined);
        }
    }
    Ok(Val::Object(machine.alloc(Cell::Set(table))))
}

fn put(machine: &mut Machine, table: &mut Table, key: Val, value: Val) {
    machine.charge(1);
    let key = normal(key);
    let by = key_of(machine, key);
    table.set(by, key, value);
}

/// Key and value of an entry: the first two elements of an array, or properties of an object.
fn entry_of(machine: &mut Machine, entry: Val) -> Result<(Val, Val), Trap> {
    if !matches!(entry, Val::Object(_) | Val::Builtin(_)) {
        let shown = shown::shown(machine, entry);
        return Err(machine.throw(
            ErrorKind::TypeError,
            format_args!("Iterator value {shown} is not an entry object"),
        ));
    }
    let (first, second) = (machine.atom_str("0"), machine.atom_str("1"));
    let part = |name| machine.get(entry, name).unwrap_or(Val::Undefined);
    Ok((part(first), part(second)))
}

/// `$checkEntry(entry)`: throws unless it is an object.
fn check_entry(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let entry = machine.arg(args, 0);
    entry_of(machine, entry)?;
    Ok(Val::Undefined)
}

fn map_get(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (index, key) = receiver_and_key(machine, this, args, Kind::Map)?;
    Ok(table(machine, index).and_then(|table| table.get(&key)).unwrap_or(Val::Undefined))
}

fn map_has(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (index, key) = receiver_and_key(machine, this, args, Kind::Map)?;
    Ok(Val::Bool(table(machine, index).is_some_and(|table| table.has(&key))))
}

fn set_has(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (index, key) = receiver_and_key(machine, this, args, Kind::Set)?;
    Ok(Val::Bool(table(machine, index).is_some_and(|table| table.has(&key))))
}

fn map_set(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (index, key) = receiver_and_key(machine, this, args, Kind::Map)?;
    let value = machine.arg(args, 1);
    insert(machine, index, key, machine.arg(args, 0), value)?;
    Ok(this)
}

fn set_add(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (index, key) = receiver_and_key(machine, this, args, Kind::Set)?;
    insert(machine, index, key, machine.arg(args, 0), Val::Undefined)?;
    Ok(this)
}

fn insert(
    machine: &mut Machine,
    index: Index,
    by: Hashed,
    key: Val,
    value: Val,
) -> Result<(), Trap> {
    machine.reserve(ENTRY_BYTES)?;
    let (Cell::Map(table) | Cell::Set(table)) = machine.cell_mut(index) else {
        return Ok(());
    };
    if table.set(by, normal(key), value) {
        machine.heap.resized(0, ENTRY_BYTES);
    }
    Ok(())
}

fn map_delete(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (index, key) = receiver_and_key(machine, this, args, Kind::Map)?;
    Ok(delete(machine, index, &key))
}

fn set_delete(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (index, key) = receiver_and_key(machine, this, args, Kind::Set)?;
    Ok(delete(machine, index, &key))
}

/// The hole that stays counts as an entry does, until a collection packs the table.
fn delete(machine: &mut Machine, index: Index, key: &Hashed) -> Val {
    match machine.cell_mut(index) {
        Cell::Map(table) | Cell::Set(table) => Val::Bool(table.delete(key)),
        _ => Val::Bool(false),
    }
}

fn map_clear(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let index = receiver(machine, this, Kind::Map)?;
    Ok(clear(machine, index))
}

fn set_clear(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let index = receiver(machine, this, Kind::Set)?;
    Ok(clear(machine, index))
}

fn clear(machine: &mut Machine, index: Index) -> Val {
    let entries = table(machine, index).map_or(0, |table| table.entries.len());
    machine.charge(entries / 16);
    if let Cell::Map(table) | Cell::Set(table) = machine.cell_mut(index) {
        table.clear();
    }
    Val::Undefined
}

/// `$beginMap(map, callback)`: checks both.
fn begin_map(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    begin(machine, args, Kind::Map)
}

/// `$beginSet(set, callback)`: checks both.
fn begin_set(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    begin(machine, args, Kind::Set)
}

fn begin(machine: &mut Machine, args: Args, kind: Kind) -> Result<Val, Trap> {
    receiver(machine, machine.arg(args, 0), kind)?;
    let callback = machine.arg(args, 1);
    if !machine.is_callable(callback) {
        let message = not_a_function(machine, callback);
        return Err(machine.throw(ErrorKind::TypeError, message));
    }
    Ok(Val::Undefined)
}

/// As `forEach` of maps and sets says it in Node: by the type.
fn not_a_function(machine: &Machine, callback: Val) -> String {
    let kind = machine.type_of(callback);
    let shown = shown::shown(machine, callback);
    match callback {
        Val::Bool(_) | Val::Number(_) | Val::Null => format!("{kind} {shown} is not a function"),
        Val::Text(_) => format!("{kind} \"{shown}\" is not a function"),
        _ => format!("{kind} is not a function"),
    }
}

fn receiver_and_key(
    machine: &mut Machine,
    this: Val,
    args: Args,
    kind: Kind,
) -> Result<(Index, Hashed), Trap> {
    let index = receiver(machine, this, kind)?;
    let key = machine.arg(args, 0);
    Ok((index, key_of(machine, key)))
}

fn receiver(machine: &mut Machine, this: Val, kind: Kind) -> Result<Index, Trap> {
    if let Val::Object(index) = this {
        match (kind, machine.cell(index)) {
            (Kind::Map, Cell::Map(_)) | (Kind::Set, Cell::Set(_)) => return Ok(index),
            _ => {}
        }
    }
    let name = match kind {
        Kind::Map => "Map",
        Kind::Set => "Set",
    };
    let message = format!("a method of {name} was called on something that is none");
    Err(machine.throw(ErrorKind::TypeError, message))
}

fn table(machine: &Machine, index: Index) -> Option<&Table> {
    match machine.cell(index) {
        Cell::Map(table) | Cell::Set(table) => Some(table),
        _ => None,
    }
}

/// The key as it is kept: -0 is 0.
fn normal(key: Val) -> Val {
    // Adding 0 makes -0 a 0.
    if let Val::Number(number) = key { Val::Number(number + 0.0) } else { key }
}

/// What a key is found by (SameValueZero). Strings and big integers cost their length.
fn key_of(machine: &mut Machine, key: Val) -> Hashed {
    let key = match key {
        Val::Undefined | Val::Uninit | Val::Var(_) => Key::Undefined,
        Val::Null => Key::Null,
        Val::Bool(value) => Key::Bool(value),
        Val::Number(number) if number.is_nan() => Key::Number(f64::NAN.to_bits()),
        // Adding 0 makes -0 a 0.
        Val::Number(number) => Key::Number((number + 0.0).to_bits()),
        Val::Text(index) => {
            let text = machine.text_of(index);
            // It is compared with some of the other keys.
            machine.charge(text.len() / 4);
            Key::Text(text)
        }
        Val::BigInt(index) => {
            let integer = machine.bigint_of(index);
            machine.charge(bigint::linear(integer.bits()));
            Key::BigInt(integer)
        }
        Val::Object(index) => Key::Object(index),
        Val::Builtin(builtin) => Key::Builtin(builtin),
    };
    key.into()
}
