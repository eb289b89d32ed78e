//! Values in the messages of errors, and their classes.

use super::{Action, Entry};
use crate::machine::heap::{Cell, Class, Gives, Object};
use crate::machine::{Args, Machine, Trap, Val, atoms};

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "$shown", length: 1, action: Action::Native(shown_text) },
    Entry { path: "$classOf", length: 1, action: Action::Native(class_text) },
    Entry { path: "$plainText", length: 1, action: Action::Native(plain_text) },
    Entry { path: "$isCallable", length: 1, action: Action::Native(is_callable) },
    Entry { path: "$isObject", length: 1, action: Action::Native(is_object) },
];

/// A value as it is shown in a message: short, and without calling anything.
pub(super) fn shown(machine: &Machine, value: Val) -> String {
    match value {
        Val::Undefined | Val::Uninit | Val::Var(_) => "undefined".to_owned(),
        Val::Null => "null".to_owned(),
        Val::Bool(value) => value.to_string(),
        Val::Number(number) => crate::machine::convert::number_to_text(number),
        Val::BigInt(index) => machine.bigint_shown(index),
        Val::Text(index) => {
            let units = machine.text_start(index, SHOWN_UNITS_MAX + 1);
            let text = String::from_utf16_lossy(&units[..units.len().min(SHOWN_UNITS_MAX)]);
            if units.len() > SHOWN_UNITS_MAX { format!("{text}…") } else { text }
        }
        Val::Object(_) | Val::Builtin(_) => match class_of(machine, value) {
            "Array" => "[object Array]".to_owned(),
            "RegExp" => "[object RegExp]".to_owned(),
            "Error" => shown_error(machine, value),
            "Function" => "a function".to_owned(),
            class => format!("#<{class}>"),
        },
    }
}

/// An error by its name and message, if they are strings.
fn shown_error(machine: &Machine, error: Val) -> String {
    let part = |name| match machine.get(error, name) {
        Some(text @ Val::Text(_)) => Some(shown(machine, text)),
        _ => None,
    };
    let kind = match error {
        Val::Object(index) => match machine.cell(index) {
            Cell::Object(Object { class: Class::Error(kind), .. }) => kind.name(),
            _ => "Error",
        },
        _ => "Error",
    };
    let name = part(atoms::NAME).unwrap_or_else(|| kind.to_owned());
    match part(atoms::MESSAGE) {
        Some(message) if !message.is_empty() => format!("{name}: {message}"),
        _ => name,
    }
}

/// Code units of a string that a message shows.
const SHOWN_UNITS_MAX: usize = 64;

/// The class of an object, as `[object …]` names it; empty for primitive values.
pub(super) fn class_of(machine: &Machine, value: Val) -> &'static str {
    let index = match value {
        Val::Object(index) => index,
        Val::Builtin(builtin) if builtin.is_callable() => return "Function",
        Val::Builtin(builtin) => return builtin.entry().path,
        _ => return "",
    };
    match machine.cell(index) {
        Cell::Object(object) => match &object.class {
            Class::Error(_) => "Error",
            Class::Plain | Class::Far { .. } => "Object",
        },
        Cell::Array(_) => "Array",
        Cell::Function(_) | Cell::Bound { .. } => "Function",
        Cell::Map(_) => "Map",
        Cell::Set(_) => "Set",
        Cell::Promise(_) => "Promise",
        Cell::RegExp(_) => "RegExp",
        Cell::Iterator(iterator) => match (iterator.source, iterator.gives) {
            (Val::Text(_), _) => "String Iterator",
            (Val::Object(source), _) => match machine.cell(source) {
                Cell::Map(_) => "Map Iterator",
                Cell::Set(_) => "Set Iterator",
                _ => "Array Iterator",
            },
            (_, Gives::Keys | Gives::Values | Gives::Entries) => "Array Iterator",
        },
        Cell::Remote(_) => "Remote",
        _ => "Opaque",
    }
}

fn shown_text(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let shown = shown(machine, machine.arg(args, 0));
    Ok(machine.new_str(&shown))
}

fn class_text(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let class = class_of(machine, machine.arg(args, 0));
    Ok(machine.new_str(class))
}

/// `$plainText(object)`.
fn plain_text(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let text = object_text(machine, machine.arg(args, 0));
    Ok(machine.new_str(&text))
}

/// What an object is as text if it does not say so itself.
pub(super) fn object_text(machine: &Machine, value: Val) -> String {
    if let Val::Object(index) = value
        && let Cell::Object(object) = machine.cell(index)
        && let Class::Far { name, .. } = &object.class
    {
        return format!("[object Alleged: {}]", String::from_utf16_lossy(name));
    }
    format!("[object {}]", class_of(machine, value))
}

fn is_callable(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    Ok(Val::Bool(machine.is_callable(machine.arg(args, 0))))
}

fn is_object(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    Ok(Val::Bool(matches!(machine.arg(args, 0), Val::Object(_) | Val::Builtin(_))))
}
