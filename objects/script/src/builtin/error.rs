//! The errors (ECMA-262, 20.5). Their `toString` calls functions, so it is in `prelude/primitive.js`.

use super::iterator::{iterate, next_value};
use super::{Action, Entry};
use crate::machine::heap::{Cell, Class, VAL_BYTES};
use crate::machine::{Args, Atom, ErrorKind, Machine, Trap, Val, atoms};

use Action::{Either, Native, Prelude};

/// The constructor of one kind.
macro_rules! constructor {
    ($path:literal, $kind:ident) => {
        Entry {
            path: $path,
            length: 1,
            action: Either(|machine, _, args| construct(machine, ErrorKind::$kind, args, 0)),
        }
    };
}

pub(super) const TABLE: &[Entry] = &[
    constructor!("Error", Error),
    constructor!("EvalError", EvalError),
    constructor!("RangeError", RangeError),
    constructor!("ReferenceError", ReferenceError),
    constructor!("SyntaxError", SyntaxError),
    constructor!("TypeError", TypeError),
    constructor!("URIError", URIError),
    Entry { path: "AggregateError", length: 2, action: Either(aggregate) },
    Entry { path: "Error.prototype.toString", length: 0, action: Prelude("errorToString") },
    Entry { path: "$checkError", length: 1, action: Native(check) },
];

/// `new Error(message, options)`; the message is the argument `at`.
fn construct(machine: &mut Machine, kind: ErrorKind, args: Args, at: usize) -> Result<Val, Trap> {
    let message = match machine.arg(args, at) {
        Val::Undefined => None,
        text @ Val::Text(_) => Some(text),
        _ => {
            let text = machine.to_text(args, at)?;
            Some(machine.new_text(text))
        }
    };
    let cause = machine.get(machine.arg(args, at + 1), atoms::CAUSE);
    let error = machine.new_object_of(Class::Error(kind));
    let mut define = |name: Atom, value: Option<Val>| {
        if let Some(value) = value {
            machine.define(error, name, value);
        }
    };
    define(atoms::MESSAGE, message);
    define(atoms::CAUSE, cause);
    Ok(error)
}

/// `new AggregateError(errors, message, options)`.
fn aggregate(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let error = construct(machine, ErrorKind::AggregateError, args, 1)?;
    let errors = listed(machine, machine.arg(args, 0))?;
    let errors = machine.new_array(errors);
    machine.define(error, atoms::ERRORS, errors);
    Ok(error)
}

/// What an iterable gives.
fn listed(machine: &mut Machine, value: Val) -> Result<Vec<Val>, Trap> {
    let iterator = iterate(machine, value)?;
    let mut items = Vec::new();
    while let Some(item) = next_value(machine, iterator) {
        items.push(item);
        machine.charge(1);
        machine.reserve(VAL_BYTES * items.len())?;
    }
    Ok(items)
}

/// `$checkError(value)`: throws unless it is an error.
fn check(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    if let Val::Object(index) = machine.arg(args, 0)
        && let Cell::Object(object) = machine.cell(index)
        && matches!(object.class, Class::Error(_))
    {
        return Ok(Val::Undefined);
    }
    let why = "Error.prototype.toString was called on something that is no error";
    Err(machine.throw(ErrorKind::TypeError, why))
}
