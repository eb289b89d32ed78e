//! `console`: one log, whatever the function is called. A string is written as it is, everything else
//! as it would be in a source text, more or less, and cut where it is long or deep.

mod inspect;

pub use inspect::inspect;

use super::{Action, Entry};
use crate::limits::LOG_BYTES_MAX;
use crate::machine::event::Effect;
use crate::machine::{Args, Machine, Trap, Val};

use Action::Native;

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "console", length: 0, action: Action::None },
    Entry { path: "console.debug", length: 0, action: Native(log) },
    Entry { path: "console.error", length: 0, action: Native(log) },
    Entry { path: "console.info", length: 0, action: Native(log) },
    Entry { path: "console.log", length: 0, action: Native(log) },
    Entry { path: "console.warn", length: 0, action: Native(log) },
];

/// Fuel that a line of the log takes besides its bytes.
const LINE_FUEL: usize = 64;

/// `console.log(…values)`.
fn log(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let mut line = String::new();
    for i in 0..args.len {
        if i > 0 {
            line.push(' ');
        }
        match machine.arg(args, i) {
            Val::Text(index) => {
                let text = machine.text_of(index);
                let shown = text.get(..LOG_BYTES_MAX).unwrap_or(&text);
                line.push_str(&String::from_utf16_lossy(shown));
            }
            value => line.push_str(&inspect(machine, value)),
        }
        if line.len() > LOG_BYTES_MAX {
            let end = (0..=LOG_BYTES_MAX).rev().find(|&end| line.is_char_boundary(end));
            line.truncate(end.unwrap_or(0));
            line.push('…');
            break;
        }
    }
    // So that the fuel of a step bounds the memory of its log: a line takes some room by itself.
    machine.charge(line.len() + LINE_FUEL);
    machine.effects.push(Effect::Log(line));
    Ok(Val::Undefined)
}
