//! Regular expressions in scripts, and the methods of strings that take them (ECMA-262, 22.2 and
//! 22.1). The engine is `crate::regexp`; functions that make replacements are called by
//! `prelude/text.js`.

mod found;
mod replace;
mod split;

use std::collections::BTreeMap;

use super::{Action, Entry};
use crate::limits::REGEXP_RANGES_MAX;
use crate::machine::convert::to_integer;
use crate::machine::heap::{Cell, Text};
use crate::machine::{Args, ErrorKind, Index, Machine, Trap, Val};
use crate::regexp::{Captures, Matches, Regexp};

use Action::Native;

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "RegExp.prototype.exec", length: 1, action: Native(exec) },
    Entry { path: "RegExp.prototype.test", length: 1, action: Native(test) },
    Entry { path: "RegExp.prototype.toString", length: 0, action: Native(to_string) },
    Entry { path: "String.prototype.match", length: 1, action: Native(found::match_text) },
    Entry { path: "String.prototype.matchAll", length: 1, action: Native(found::match_all) },
    Entry { path: "String.prototype.search", length: 1, action: Native(found::search) },
    Entry { path: "String.prototype.split", length: 2, action: Native(split::split) },
    Entry { path: "$replaced", length: 3, action: Action::Prelude("replaced") },
    Entry { path: "$stringReplace", length: 3, action: Native(replace::replace) },
    Entry { path: "$stringReplaceAll", length: 3, action: Native(replace::replace_all) },
    Entry { path: "$stringMatches", length: 3, action: Native(replace::matches) },
];

/// Compiled regular expressions of a process, by pattern and flags. No part of its state: what is
/// not there is compiled again. Whether it is there makes no difference to the fuel, so every use
/// pays for compiling: who goes round more patterns than are kept gets no work for nothing.
#[derive(Clone, Debug, Default)]
pub struct Compiled(BTreeMap<(Text, String), Regexp>);

/// Compiled regular expressions that a process keeps; then it begins anew.
const COMPILED_MAX: usize = 64;

fn regexp_index(machine: &Machine, value: Val) -> Option<Index> {
    match value {
        Val::Object(index) if matches!(machine.cell(index), Cell::RegExp(_)) => Some(index),
        _ => None,
    }
}

/// The compiled form of a pattern.
fn compiled(machine: &mut Machine, pattern: &Text, flags: &str) -> Result<Regexp, Trap> {
    let key = (Text::clone(pattern), flags.to_owned());
    if let Some(regexp) = machine.compiled.0.get(&key) {
        let regexp = regexp.clone();
        machine.charge(regexp.weight());
        return Ok(regexp);
    }
    match Regexp::from_units(pattern, flags) {
        Ok(regexp) => {
            machine.charge(regexp.weight());
            if machine.compiled.0.len() >= COMPILED_MAX {
                machine.compiled.0.clear();
            }
            machine.compiled.0.insert(key, regexp.clone());
            Ok(regexp)
        }
        Err(why) => {
            // It may have been refused at its very end.
            machine.charge(REGEXP_RANGES_MAX);
            let pattern = String::from_utf16_lossy(pattern);
            let why = format!("Invalid regular expression: /{pattern}/: {why}");
            Err(machine.throw(ErrorKind::SyntaxError, why))
        }
    }
}

/// The compiled form of a regular expression of the script.
fn compiled_at(machine: &mut Machine, index: Index) -> Result<Regexp, Trap> {
    let (pattern, flags) = match machine.cell(index) {
        Cell::RegExp(regexp) => (Text::clone(&regexp.pattern), regexp.flags.clone()),
        _ => Default::default(),
    };
    compiled(machine, &pattern, &flags)
}

/// The pattern that an argument is made to be if it is no regular expression; undefined is the empty
/// one.
fn compiled_from(machine: &mut Machine, args: Args, i: usize, flags: &str) -> Result<Regexp, Trap> {
    let pattern = match machine.arg(args, i) {
        Val::Undefined => Text::default(),
        _ => machine.to_text(args, i)?,
    };
    machine.charge(pattern.len());
    compiled(machine, &pattern, flags)
}

/// Runs a search on the process's fuel.
fn on_fuel<T>(
    machine: &mut Machine,
    search: impl FnOnce(&mut u64) -> Result<T, crate::regexp::OutOfFuel>,
) -> Result<T, Trap> {
    let before = u64::try_from(machine.fuel).unwrap_or(0);
    let mut fuel = before;
    let found = search(&mut fuel).map_err(|_| Trap::OutOfFuel)?;
    machine.charge(usize::try_from(before.saturating_sub(fuel)).unwrap_or(usize::MAX));
    Ok(found)
}

/// `lastIndex` as a length (ToLength).
fn last_index(machine: &mut Machine, index: Index) -> Result<u64, Trap> {
    let value = match machine.cell(index) {
        Cell::RegExp(regexp) => regexp.last_index,
        _ => Val::Undefined,
    };
    if let Val::Object(_) | Val::Builtin(_) = value {
        // It is on no stack, so it cannot be made a number by the script.
        return Err(machine.throw(ErrorKind::TypeError, "lastIndex is no number"));
    }
    let number = to_integer(machine.value_to_number(value, 0)?);
    // Infinity is cut to the most there is, which is behind every text.
    Ok(number.max(0.0) as u64)
}

/// What was found with a regular expression, and what its `lastIndex` is to be. It is set when
/// nothing can end in a second try any more.
struct Run {
    regexp: Regexp,
    matches: Vec<Captures>,
    index: Index,
    last_index: Option<u64>,
}

impl Run {
    fn finish(self, machine: &mut Machine) {
        if let (Some(place), Cell::RegExp(regexp)) = (self.last_index, machine.cell_mut(self.index))
        {
            regexp.last_index = Val::Number(place as f64);
        }
    }
}

/// RegExpBuiltinExec (22.2.7.2).
fn run(machine: &mut Machine, index: Index, text: &[u16]) -> Result<Run, Trap> {
    let regexp = compiled_at(machine, index)?;
    let mut last = last_index(machine, index)?;
    let found = on_fuel(machine, |fuel| regexp.exec(text, &mut last, fuel))?;
    let is_set = regexp.flags().global || regexp.flags().sticky;
    let matches = found.into_iter().collect();
    Ok(Run { regexp, matches, index, last_index: is_set.then_some(last) })
}

/// All matches of a regular expression, as `match` and `replace` find them; one unless it has the
/// flag `g`.
fn run_all(machine: &mut Machine, index: Index, text: &[u16]) -> Result<Run, Trap> {
    let regexp = compiled_at(machine, index)?;
    if !regexp.flags().global {
        return run(machine, index, text);
    }
    let matches = all_from(machine, &regexp, text, 0)?;
    Ok(Run { regexp, matches, index, last_index: Some(0) })
}

/// All matches from a place on.
fn all_from(
    machine: &mut Machine,
    regexp: &Regexp,
    text: &[u16],
    start: u64,
) -> Result<Vec<Captures>, Trap> {
    let mut matches = Matches::from(start);
    let mut all = Vec::new();
    // Numbers that a match keeps, in bytes.
    let each = 16 + 8 * (1 + regexp.groups());
    while let Some(found) = on_fuel(machine, |fuel| matches.next(regexp, text, fuel))? {
        all.push(found);
        machine.reserve(all.len() * each)?;
    }
    Ok(all)
}

/// The receiver of a regular expression's method.
fn receiver(machine: &mut Machine, this: Val, name: &str) -> Result<Index, Trap> {
    match regexp_index(machine, this) {
        Some(index) => Ok(index),
        None => Err(machine.throw(
            ErrorKind::TypeError,
            format!("RegExp.prototype.{name} was called on something that is no RegExp"),
        )),
    }
}

/// `regexp.exec(text)`.
fn exec(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let index = receiver(machine, this, "exec")?;
    let text = machine.to_text(args, 0)?;
    let input = input(machine, args, &text);
    let run = run(machine, index, &text)?;
    let found = found::first(machine, &run, &text, input)?;
    run.finish(machine);
    Ok(found)
}

/// The first argument as a value: itself if it is a string.
fn input(machine: &mut Machine, args: Args, text: &Text) -> Val {
    match machine.arg(args, 0) {
        value @ Val::Text(_) => value,
        _ => machine.new_text(Text::clone(text)),
    }
}

/// `regexp.test(text)`.
fn test(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let index = receiver(machine, this, "test")?;
    let text = machine.to_text(args, 0)?;
    let run = run(machine, index, &text)?;
    let found = Val::Bool(!run.matches.is_empty());
    run.finish(machine);
    Ok(found)
}

/// `regexp.toString()`.
fn to_string(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let index = receiver(machine, this, "toString")?;
    let text = match machine.cell(index) {
        Cell::RegExp(regexp) => {
            format!("/{}/{}", String::from_utf16_lossy(&regexp.pattern), regexp.flags)
        }
        _ => String::new(),
    };
    Ok(machine.new_str(&text))
}
