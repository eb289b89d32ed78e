//! `JSON` (ECMA-262, 25.5). Data alone is read and written here; what calls functions of the script
//! (`toJSON`, a replacer, a reviver) goes through it in `prelude/json.js`.

mod circle;
mod read;
mod write;

use super::{Action, Entry};
use crate::machine::heap::{Cell, Class};
use crate::machine::{Args, Atom, Machine, Trap, Val, atoms};

use Action::{Native, Prelude};

pub(super) use write::quoted;

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "JSON", length: 0, action: Action::None },
    Entry { path: "JSON.parse", length: 2, action: Prelude("jsonParse") },
    Entry { path: "JSON.stringify", length: 3, action: Prelude("jsonStringify") },
    Entry { path: "$revived", length: 3, action: Prelude("revived") },
    Entry { path: "$written", length: 5, action: Prelude("written") },
    Entry { path: "$writtenObject", length: 4, action: Prelude("writtenObject") },
    Entry { path: "$jsonParse", length: 1, action: Native(read::parse) },
    Entry { path: "$jsonText", length: 3, action: Native(write::text) },
    Entry { path: "$jsonQuote", length: 1, action: Native(write::quote) },
    Entry { path: "$jsonGap", length: 1, action: Native(write::gap) },
    Entry { path: "$jsonList", length: 1, action: Native(write::list) },
    Entry { path: "$jsonKeys", length: 1, action: Native(keys) },
    Entry { path: "$jsonGet", length: 2, action: Native(get) },
    Entry { path: "$jsonSet", length: 3, action: Native(set) },
    Entry { path: "$jsonCircle", length: 3, action: Native(circle::circle) },
];

/// The names and values of what is written as an object, in order: the enumerable own properties.
/// What is neither plain nor an error has none.
fn properties(machine: &Machine, value: Val) -> Vec<(Atom, Val)> {
    let Val::Object(index) = value else { return Vec::new() };
    let Cell::Object(object) = machine.cell(index) else { return Vec::new() };
    object.properties.iter().filter(|(name, _)| !is_hidden(&object.class, *name)).collect()
}

/// One of them, or an element of an array.
fn property(machine: &Machine, value: Val, name: Atom) -> Option<Val> {
    let Val::Object(index) = value else { return None };
    match machine.cell(index) {
        Cell::Object(object) if is_hidden(&object.class, name) => None,
        _ => machine.get(value, name),
    }
}

/// What the constructor of an error defines is not enumerable.
fn is_hidden(class: &Class, name: Atom) -> bool {
    matches!(class, Class::Error(_))
        && [atoms::MESSAGE, atoms::CAUSE, atoms::ERRORS, atoms::STACK].contains(&name)
}

/// `$jsonKeys(object)`.
fn keys(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let own = properties(machine, machine.arg(args, 0));
    machine.charge(own.len());
    let keys = own
        .into_iter()
        .map(|(name, _)| {
            let text = machine.atom_text(name);
            machine.new_text(text)
        })
        .collect();
    Ok(machine.new_array(keys))
}

/// `$jsonGet(object, key)`: an own property, whatever its name; undefined if there is none.
fn get(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let key = machine.to_text(args, 1)?;
    let name = machine.atom(&key);
    Ok(property(machine, machine.arg(args, 0), name).unwrap_or(Val::Undefined))
}

/// `$jsonSet(object, key, value)`: what a reviver made of a property. If it is undefined the property
/// is removed; of an array, which has no holes, the element becomes undefined. What is frozen stays.
fn set(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let key = machine.to_text(args, 1)?;
    let name = machine.atom(&key);
    let (object, value) = (machine.arg(args, 0), machine.arg(args, 2));
    let Val::Object(index) = object else { return Ok(Val::Undefined) };
    match machine.cell(index) {
        Cell::Object(own) if own.frozen => {}
        Cell::Object(_) if value == Val::Undefined => {
            machine.modify(index, |cell| {
                if let Cell::Object(own) = cell {
                    own.properties.remove(name);
                }
            });
        }
        Cell::Object(_) => machine.define(object, name, value),
        Cell::Array(array) if !array.frozen => {
            let place = machine.atoms.index(name);
            if let (Cell::Array(array), Some(place)) = (machine.cell_mut(index), place)
                && let Some(item) = array.items.get_mut(place as usize)
            {
                *item = value;
            }
        }
        _ => {}
    }
    Ok(Val::Undefined)
}
