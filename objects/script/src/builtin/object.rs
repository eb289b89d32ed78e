//! `Object` (ECMA-262, 20.1) and `harden`. Objects have own data properties only.

use std::collections::BTreeSet;

use super::{Action, Entry, shown};
use crate::machine::heap::{CELL_BYTES, Cell, Class, PROPERTY_BYTES, VAL_BYTES};
use crate::machine::{Args, Atom, ErrorKind, Index, Machine, Trap, Val, atoms};

use Action::{Native, Prelude};

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "Object", length: 1, action: Action::None },
    Entry { path: "Object.keys", length: 1, action: Native(keys) },
    Entry { path: "Object.values", length: 1, action: Native(values) },
    Entry { path: "Object.entries", length: 1, action: Native(entries) },
    Entry { path: "Object.assign", length: 2, action: Native(assign) },
    Entry { path: "Object.fromEntries", length: 1, action: Prelude("objectFromEntries") },
    Entry { path: "Object.freeze", length: 1, action: Native(freeze) },
    Entry { path: "Object.isFrozen", length: 1, action: Native(is_frozen) },
    Entry { path: "Object.hasOwn", length: 2, action: Native(has_own) },
    Entry { path: "Object.is", length: 2, action: Native(is) },
    Entry { path: "Object.prototype.hasOwnProperty", length: 1, action: Native(has_own_property) },
    Entry { path: "Object.prototype.toString", length: 0, action: Native(to_string) },
    Entry { path: "Object.prototype.valueOf", length: 0, action: Native(value_of) },
    Entry { path: "harden", length: 1, action: Native(harden) },
    Entry { path: "$ownPrimitive", length: 2, action: Prelude("ownPrimitive") },
];

/// `Object.keys(value)`.
fn keys(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let value = machine.arg(args, 0);
    let own = own_properties(machine, value)?;
    machine.reserve(own.len() * (CELL_BYTES + VAL_BYTES))?;
    let keys = own.into_iter().map(|(key, _)| key_text(machine, key)).collect();
    Ok(machine.new_array(keys))
}

/// `Object.values(value)`.
fn values(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let value = machine.arg(args, 0);
    let own = own_properties(machine, value)?;
    machine.reserve(own.len() * VAL_BYTES)?;
    let values = own.into_iter().map(|(_, value)| value).collect();
    Ok(machine.new_array(values))
}

/// `Object.entries(value)`.
fn entries(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let value = machine.arg(args, 0);
    let own = own_properties(machine, value)?;
    machine.reserve(own.len() * (2 * CELL_BYTES + 3 * VAL_BYTES))?;
    let mut entries = Vec::with_capacity(own.len());
    for (key, value) in own {
        let key = key_text(machine, key);
        entries.push(machine.new_array(vec![key, value]));
    }
    Ok(machine.new_array(entries))
}

/// `Object.assign(target, …sources)`.
fn assign(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let target = machine.arg(args, 0);
    match target {
        Val::Undefined | Val::Null => return Err(no_object(machine)),
        Val::Object(_) => {}
        _ => {
            return Err(
                machine.throw(ErrorKind::TypeError, "the target is no object that can change")
            );
        }
    }
    let mut assigned = Vec::new();
    for at in 1..args.len {
        let source = machine.arg(args, at);
        if !matches!(source, Val::Undefined | Val::Null) {
            assigned.extend(own_properties(machine, source)?);
        }
    }
    machine.reserve(assigned.len() * PROPERTY_BYTES)?;
    for (key, value) in assigned {
        let name = key_atom(machine, key);
        machine.check_key(name)?;
        machine.set_named(target, name, value)?;
    }
    Ok(target)
}

/// A property's name before it is needed as one: elements of arrays and strings are numbered.
enum OwnKey {
    Index(usize),
    Name(Atom),
}

fn key_text(machine: &mut Machine, key: OwnKey) -> Val {
    match key {
        OwnKey::Index(index) => machine.new_str(&index.to_string()),
        OwnKey::Name(name) => {
            let text = machine.atom_text(name);
            machine.new_text(text)
        }
    }
}

fn key_atom(machine: &mut Machine, key: OwnKey) -> Atom {
    match key {
        OwnKey::Index(index) => machine.atom_str(&index.to_string()),
        OwnKey::Name(name) => name,
    }
}

/// The own enumerable properties of a value, in order.
fn own_properties(machine: &mut Machine, value: Val) -> Result<Vec<(OwnKey, Val)>, Trap> {
    let properties: Vec<(OwnKey, Val)> = match value {
        Val::Undefined | Val::Null => return Err(no_object(machine)),
        Val::Text(index) => {
            let text = machine.text_of(index);
            machine.reserve(text.len() * (CELL_BYTES + VAL_BYTES))?;
            let units = text.iter().enumerate();
            units.map(|(at, &unit)| (OwnKey::Index(at), machine.new_text([unit]))).collect()
        }
        Val::Object(index) => match machine.cell(index) {
            Cell::Object(object) => {
                let is_error = matches!(object.class, Class::Error(_));
                let own = object.properties.iter();
                own.filter(|(name, _)| !is_error || is_enumerable_of_error(*name))
                    .map(|(name, value)| (OwnKey::Name(name), value))
                    .collect()
            }
            Cell::Array(array) => {
                let items = array.items.iter().enumerate();
                items.map(|(at, &item)| (OwnKey::Index(at), item)).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    machine.charge(properties.len());
    Ok(properties)
}

/// What the constructor of an error defines is not enumerable; a `name` that was assigned is.
fn is_enumerable_of_error(name: Atom) -> bool {
    ![atoms::MESSAGE, atoms::CAUSE, atoms::ERRORS, atoms::STACK].contains(&name)
}

/// `Object.freeze(value)`.
fn freeze(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let value = machine.arg(args, 0);
    if let Val::Object(index) = value {
        freeze_cell(machine, index);
    }
    Ok(value)
}

fn freeze_cell(machine: &mut Machine, index: Index) {
    match machine.cell_mut(index) {
        Cell::Object(object) => object.frozen = true,
        Cell::Array(array) => array.frozen = true,
        Cell::Function(function) => function.frozen = true,
        Cell::Promise(promise) => promise.frozen = true,
        // Maps, sets and regular expressions have no properties to freeze, as their content is none.
        _ => {}
    }
}

/// `Object.isFrozen(value)`.
fn is_frozen(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let Val::Object(index) = machine.arg(args, 0) else { return Ok(Val::Bool(true)) };
    Ok(Val::Bool(match machine.cell(index) {
        Cell::Object(object) => object.frozen,
        Cell::Array(array) => array.frozen,
        Cell::Function(function) => function.frozen,
        Cell::Promise(promise) => promise.frozen,
        Cell::Remote(_) | Cell::Opaque(_) | Cell::Bound { .. } => true,
        _ => false,
    }))
}

/// `harden(value)`: freezes it and all that can be reached by properties from there.
fn harden(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let value = machine.arg(args, 0);
    harden_from(machine, vec![value]);
    Ok(value)
}

fn harden_from(machine: &mut Machine, mut left: Vec<Val>) {
    let mut seen = BTreeSet::new();
    while let Some(value) = left.pop() {
        let Val::Object(index) = value else { continue };
        if !seen.insert(index) {
            continue;
        }
        freeze_cell(machine, index);
        let before = left.len();
        match machine.cell(index) {
            Cell::Object(object) => left.extend_from_slice(&object.properties.values),
            Cell::Array(array) => left.extend_from_slice(&array.items),
            _ => {}
        }
        machine.charge(1 + left.len() - before);
    }
}

/// `Object.hasOwn(value, key)`.
fn has_own(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let value = machine.arg(args, 0);
    has_own_key(machine, value, args, 1)
}

/// `value.hasOwnProperty(key)`.
fn has_own_property(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    has_own_key(machine, this, args, 0)
}

fn has_own_key(machine: &mut Machine, value: Val, args: Args, at: usize) -> Result<Val, Trap> {
    if matches!(value, Val::Undefined | Val::Null) {
        return Err(no_object(machine));
    }
    let key = machine.to_text(args, at)?;
    let name = machine.atom(&key);
    Ok(Val::Bool(has_own_name(machine, value, name)))
}

/// Whether a value has an own property, enumerable or not.
fn has_own_name(machine: &Machine, value: Val, name: Atom) -> bool {
    let element = |length: usize| match machine.atoms.index(name) {
        Some(index) => (index as usize) < length,
        None => name == atoms::LENGTH,
    };
    match value {
        Val::Text(index) => element(machine.text_len(index)),
        Val::Builtin(builtin) if builtin.is_callable() => {
            name == atoms::NAME || name == atoms::LENGTH
        }
        Val::Object(index) => match machine.cell(index) {
            Cell::Object(object) => object.properties.find(name).is_some(),
            Cell::Array(array) => element(array.items.len()),
            Cell::Function(_) | Cell::Bound { .. } => name == atoms::NAME || name == atoms::LENGTH,
            Cell::RegExp(_) => name == atoms::LAST_INDEX,
            _ => false,
        },
        _ => false,
    }
}

/// `Object.is(left, right)`.
fn is(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let (left, right) = (machine.arg(args, 0), machine.arg(args, 1));
    Ok(Val::Bool(machine.same_value(left, right)))
}

/// `object.toString()` of an object that has none of its own.
fn to_string(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let text = shown::object_text(machine, this);
    Ok(machine.new_str(&text))
}

/// `object.valueOf()`: the object.
fn value_of(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    match this {
        Val::Undefined | Val::Null => Err(no_object(machine)),
        object => Ok(object),
    }
}

fn no_object(machine: &mut Machine) -> Trap {
    machine.throw(ErrorKind::TypeError, "Cannot convert undefined or null to object")
}
