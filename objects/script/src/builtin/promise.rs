//! `Promise` (ECMA-262, 27.2). What calls functions is in `prelude/promise.js`; the constructor and
//! the functions that it hands out are the interpreter's.

use super::{Action, Entry, Special};
use crate::machine::heap::CELL_BYTES;
use crate::machine::promise::{REACTION_BYTES, Reaction};
use crate::machine::{Args, ErrorKind, Machine, Trap, Val};

use Action::{Native, Prelude};

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "Promise", length: 1, action: Action::Special(Special::NewPromise) },
    Entry { path: "Promise.resolve", length: 1, action: Native(resolve) },
    Entry { path: "Promise.reject", length: 1, action: Native(reject) },
    Entry { path: "Promise.all", length: 1, action: Prelude("promiseAll") },
    Entry { path: "Promise.allSettled", length: 1, action: Prelude("promiseAllSettled") },
    Entry { path: "Promise.any", length: 1, action: Prelude("promiseAny") },
    Entry { path: "Promise.race", length: 1, action: Prelude("promiseRace") },
    Entry { path: "Promise.prototype.then", length: 2, action: Native(then) },
    Entry { path: "Promise.prototype.catch", length: 1, action: Prelude("promiseCatch") },
    Entry { path: "Promise.prototype.finally", length: 1, action: Prelude("promiseFinally") },
];

/// `Promise.resolve(value)`: the value itself if it is a promise.
fn resolve(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let value = machine.arg(args, 0);
    machine.reserve(CELL_BYTES)?;
    Ok(Val::Object(machine.promise_of(value)))
}

/// `Promise.reject(reason)`.
fn reject(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let reason = machine.arg(args, 0);
    machine.reserve(CELL_BYTES)?;
    let promise = machine.new_promise();
    machine.reject_promise(promise, reason);
    Ok(Val::Object(promise))
}

/// `promise.then(fulfilled, rejected)` (ECMA-262, 27.2.5.4).
fn then(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let Some(promise) = machine.promise_index(this) else {
        return Err(machine.throw(ErrorKind::TypeError, "then was called on no promise"));
    };
    machine.reserve(CELL_BYTES + REACTION_BYTES)?;
    let function = |machine: &Machine, at| match machine.arg(args, at) {
        value if machine.is_callable(value) => value,
        _ => Val::Undefined,
    };
    let (fulfilled, rejected) = (function(machine, 0), function(machine, 1));
    let derived = machine.new_promise();
    machine.react(promise, Reaction::Call { derived: Some(derived), fulfilled, rejected });
    Ok(Val::Object(derived))
}
