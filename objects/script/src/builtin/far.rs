//! `Far`, which makes an object that others may hold, and the options of `E`, with which a script
//! sends messages (Miller, Robust Composition, 2006; the names are those of Endo).

use super::{Action, Entry, shown};
use crate::limits::{FAR_NAME_UNITS_MAX, NOTE_UNITS_MAX};
use crate::machine::heap::{Cell, Class, Text};
use crate::machine::{Args, ErrorKind, Index, Machine, Trap, Val, atoms};

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "Far", length: 2, action: Action::Native(far) },
    Entry { path: "E", length: 1, action: Action::Native(bare_e) },
];

/// `Far(name, methods)`: the object itself, which is frozen and may be passed out from now on.
fn far(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let Val::Text(name) = machine.arg(args, 0) else {
        return Err(machine.throw(ErrorKind::TypeError, "Far needs a name, which is a string"));
    };
    let name = machine.text_of(name);
    check_text(machine, &name, FAR_NAME_UNITS_MAX, "the name of a Far object")?;
    let methods = machine.arg(args, 1);
    let index = checked_methods(machine, methods)?;
    machine.reserve(2 * name.len())?;
    machine.heap.modify(index, |cell| {
        if let Cell::Object(object) = cell {
            object.class = Class::Far { name, export: None };
            object.frozen = true;
        }
    });
    Ok(methods)
}

/// The cell of a plain object that can still change, and whose values are functions.
fn checked_methods(machine: &mut Machine, methods: Val) -> Result<Index, Trap> {
    let plain = match methods {
        Val::Object(index) => match machine.cell(index) {
            Cell::Object(object) if object.class == Class::Plain => Some((index, object)),
            _ => None,
        },
        _ => None,
    };
    let Some((index, object)) = plain else {
        let shown = shown::shown(machine, methods);
        let message = format!("Far needs a plain object of methods, not {shown}");
        return Err(machine.throw(ErrorKind::TypeError, message));
    };
    if object.frozen {
        let message = "Far marks a new object: this one is frozen already";
        return Err(machine.throw(ErrorKind::TypeError, message));
    }
    let other = object.properties.iter().find(|(_, value)| !machine.is_callable(*value));
    if let Some((name, _)) = other {
        let name = String::from_utf16_lossy(&machine.atom_text(name));
        let message = format!(
            "all properties of a Far object are functions, but {name} is none: keep it in a variable"
        );
        return Err(machine.throw(ErrorKind::TypeError, message));
    }
    Ok(index)
}

/// `E` alone: the compiler knows the calls that mean something.
fn bare_e(machine: &mut Machine, _: Val, _: Args) -> Result<Val, Trap> {
    let message =
        "E(target) is only the beginning of a message: E(target).method(…) or E(target)(…)";
    Err(machine.throw(ErrorKind::TypeError, message))
}

/// What `E(target, options)` says about a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// After how many milliseconds it counts as failed.
    pub within_ms: Option<u64>,
    /// What the script says that it asks for.
    pub note: Option<String>,
}

impl Options {
    /// Reads them from the value that the script gave.
    ///
    /// # Errors
    ///
    /// A TypeError to be thrown, if it is no plain object, or says something else than `within`, a
    /// number of milliseconds, and `note`, a string.
    pub fn read(machine: &mut Machine, value: Val) -> Result<Self, Trap> {
        let given: Vec<_> = match value {
            Val::Undefined => return Ok(Self::default()),
            Val::Object(index) => match machine.cell(index) {
                Cell::Object(object) if object.class == Class::Plain => {
                    object.properties.iter().collect()
                }
                _ => return Err(refused(machine, "the options of E are a plain object")),
            },
            _ => return Err(refused(machine, "the options of E are a plain object")),
        };
        let mut options = Self::default();
        for (name, value) in given {
            match (name, value) {
                (atoms::WITHIN | atoms::NOTE, Val::Undefined) => {}
                (atoms::WITHIN, Val::Number(ms)) if (0.0..=SAFE_INTEGER_MAX).contains(&ms) => {
                    options.within_ms = Some(ms as u64);
                }
                (atoms::NOTE, Val::Text(index)) => {
                    let note = machine.text_of(index);
                    check_text(machine, &note, NOTE_UNITS_MAX, "the note of a question")?;
                    options.note = Some(String::from_utf16_lossy(&note));
                }
                (atoms::WITHIN, _) => {
                    return Err(refused(machine, "within is a number of milliseconds, from 0 on"));
                }
                (atoms::NOTE, _) => return Err(refused(machine, "note is a string")),
                _ => {
                    return Err(refused(
                        machine,
                        "the options of E are within and note, no others",
                    ));
                }
            }
        }
        Ok(options)
    }
}

/// 2^53 - 1.
const SAFE_INTEGER_MAX: f64 = 9_007_199_254_740_991.0;

fn refused(machine: &mut Machine, message: &str) -> Trap {
    machine.throw(ErrorKind::TypeError, message)
}

/// Throws if a text is too long or has a lone surrogate: it will cross the border.
fn check_text(machine: &mut Machine, text: &Text, max: usize, what: &str) -> Result<(), Trap> {
    if text.len() > max {
        let message = format!("{what} may have {max} characters, this has {}", text.len());
        return Err(machine.throw(ErrorKind::RangeError, message));
    }
    if char::decode_utf16(text.iter().copied()).any(|unit| unit.is_err()) {
        let message = format!("{what} has half a character (a lone surrogate)");
        return Err(machine.throw(ErrorKind::TypeError, message));
    }
    Ok(())
}
