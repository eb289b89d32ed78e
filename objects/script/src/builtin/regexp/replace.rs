//! Replacing: by a template here; what a function is to be told about each match.

use super::found::{group, named, stretch};
use super::{Run, compiled_at, regexp_index, run_all};
use crate::builtin::string::search::Finder;
use crate::builtin::string::{check_length, room};
use crate::limits::DEBT_MAX;
use crate::machine::heap::{CELL_BYTES, Text, VAL_BYTES};
use crate::machine::{Args, ErrorKind, Machine, Trap, Val};
use crate::regexp::{Captures, Regexp, Template};

/// Places of a text that are to be replaced, and the regular expression that found them.
struct Found {
    text: Text,
    run: Option<Run>,
    /// Without a regular expression.
    matches: Vec<Captures>,
}

impl Found {
    fn regexp(&self) -> Option<&Regexp> {
        self.run.as_ref().map(|run| &run.regexp)
    }

    fn matches(&self) -> &[Captures] {
        self.run.as_ref().map_or(&self.matches, |run| &run.matches)
    }

    fn finish(self, machine: &mut Machine) {
        if let Some(run) = self.run {
            run.finish(machine);
        }
    }
}

/// `$stringReplace(text, pattern, template)`.
pub(super) fn replace(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    replaced(machine, args, false)
}

/// `$stringReplaceAll(text, pattern, template)`.
pub(super) fn replace_all(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    replaced(machine, args, true)
}

fn replaced(machine: &mut Machine, args: Args, all: bool) -> Result<Val, Trap> {
    // In the order of 22.1.3.19: the pattern if it is none yet, then the template.
    let text = machine.this_text(machine.arg(args, 0))?;
    let is_regexp = regexp_index(machine, machine.arg(args, 1)).is_some();
    if !is_regexp {
        machine.to_text(args, 1)?;
    }
    check_global(machine, args, all)?;
    let template = machine.to_text(args, 2)?;
    let found = find(machine, args, text, all)?;
    let replaced = expand(machine, &found, &template)?;
    found.finish(machine);
    Ok(replaced)
}

/// `$stringMatches(text, pattern, all)`: of each match where it starts and ends, and an array of what
/// a function is called with.
pub(super) fn matches(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(machine.arg(args, 0))?;
    let all = machine.arg(args, 2) == Val::Bool(true);
    check_global(machine, args, all)?;
    let all = find(machine, args, text, all)?;
    let (text, matches) = (&all.text, all.matches());
    let count = all.regexp().map_or(0, Regexp::groups) + 1;
    let each = (count + 1) * (CELL_BYTES + VAL_BYTES) + 7 * VAL_BYTES;
    machine.charge(matches.len().saturating_mul(count));
    machine.reserve(matches.len().saturating_mul(each))?;
    let mut told = Vec::with_capacity(3 * matches.len());
    for found in matches {
        let whole = found.whole();
        let mut items: Vec<Val> = found.iter().map(|range| group(machine, text, range)).collect();
        let groups = match all.regexp() {
            Some(regexp) => named(machine, regexp, &items),
            None => Val::Undefined,
        };
        items.push(Val::Number(whole.start as f64));
        items.push(machine.arg(args, 0));
        if groups != Val::Undefined {
            items.push(groups);
        }
        let items = machine.new_array(items);
        told.extend([Val::Number(whole.start as f64), Val::Number(whole.end as f64), items]);
    }
    all.finish(machine);
    Ok(machine.new_array(told))
}

/// `replaceAll` takes no regular expression without the flag `g`.
fn check_global(machine: &mut Machine, args: Args, all: bool) -> Result<(), Trap> {
    if let (true, Some(index)) = (all, regexp_index(machine, machine.arg(args, 1)))
        && !compiled_at(machine, index)?.flags().global
    {
        let why = "String.prototype.replaceAll called with a non-global RegExp argument";
        return Err(machine.throw(ErrorKind::TypeError, why));
    }
    Ok(())
}

fn find(machine: &mut Machine, args: Args, text: Text, all: bool) -> Result<Found, Trap> {
    if let Some(index) = regexp_index(machine, machine.arg(args, 1)) {
        let run = Some(run_all(machine, index, &text)?);
        return Ok(Found { text, run, matches: Vec::new() });
    }
    let needle = machine.to_text(args, 1)?;
    machine.charge((text.len() + needle.len()) / 8);
    let finder = Finder::new(&needle);
    let (mut matches, mut from) = (Vec::new(), 0);
    while let Some(start) = finder.find(&text, from) {
        matches.push(Captures::of(start..start + needle.len()));
        if !all {
            break;
        }
        machine.reserve(matches.len() * VAL_BYTES)?;
        // After an empty match the next is looked for one further.
        from = start + needle.len().max(1);
    }
    Ok(Found { text, run: None, matches })
}

fn expand(machine: &mut Machine, found: &Found, template: &[u16]) -> Result<Val, Trap> {
    let (text, matches) = (&found.text, found.matches());
    machine.charge(template.len() / 8);
    let template = Template::new(template, found.regexp());
    // What is before and after a match may be inserted at each, so the length is known first.
    let mut length = text.len();
    for captures in matches {
        length = length.saturating_add(template.expanded_len(text, captures));
        length -= captures.whole().len().min(length);
        machine.charge(1);
    }
    check_length(machine, length as f64)?;
    room(machine, length)?;
    if machine.fuel < -i64::try_from(DEBT_MAX).unwrap_or(i64::MAX) {
        return Err(Trap::OutOfFuel);
    }
    let mut units = Vec::with_capacity(length);
    let mut from = 0;
    for captures in matches {
        let whole = captures.whole();
        units.extend_from_slice(text.get(from..whole.start).unwrap_or_default());
        template.expand(text, captures, &mut units);
        from = whole.end;
    }
    if matches.is_empty() {
        return Ok(stretch(machine, text, 0..text.len()));
    }
    units.extend_from_slice(text.get(from..).unwrap_or_default());
    Ok(machine.new_text(units))
}
