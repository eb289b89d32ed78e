//! Exchanging the code of a process.
//!
//! ```text
//!   old Func ──path──▶ new Func
//!     await `label` ──▶ await `label`     with the same live names, and as many operands
//!     closure ──▶ closure                 its captures found again by name
//! ```
//!
//! All of it is worked out before anything changes: one place that does not fit, and the process
//! is left as it was.

use std::collections::BTreeMap;

use crate::code::{AwaitPoint, Capture, Code, CodeHash, Func, Kinds, Variable, Verified};
use crate::limits::STATE_CODES_MAX;
use crate::machine::heap::Cell;
use crate::machine::{Index, Machine, Val};

use super::helpers::{Helpers, Taken};
use super::{Call, CodeList, held, live};

/// What a revision has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Calls that wait, and go on in the new code.
    pub calls: usize,
    /// Closures that are of the new code now.
    pub functions: usize,
}

/// Has a process go on with `new`. What that imports must be among the codes of the state.
///
/// Every call of the old code that waits must stand at an await with a label; in the new code the
/// function of the same path must have an await with that label, with variables of the same names in
/// scope. Closures become those of the same path; one whose function is gone stays what it is. What
/// one uses now and did not take along is made anew, if it is a function of the module that uses
/// nothing but such functions.
///
/// # Errors
///
/// Every place that does not fit, as a sentence each. Then nothing was changed.
pub fn revise(
    machine: &mut Machine,
    codes: &CodeList<'_>,
    new: &Verified,
) -> Result<Revision, Vec<String>> {
    let old = usize::try_from(machine.main).ok().and_then(|main| codes.get(main).copied());
    let Some(old) = old else { return Err(vec!["its code is not known here".into()]) };
    let helpers = Helpers::new(new.code());
    let mut plan =
        Plan { machine, old, verified: new, new: new.code(), helpers, problems: Vec::new() };
    plan.check_whole();
    let moves = plan.calls();
    let closures = plan.closures();
    if !plan.problems.is_empty() {
        return Err(plan.problems);
    }
    let revision = Revision { calls: moves.len(), functions: closures.len() };
    let helpers = plan.helpers;
    apply(machine, new.hash(), moves, closures, helpers);
    Ok(revision)
}

struct Plan<'a, 'n> {
    machine: &'a Machine,
    old: &'a Code,
    verified: &'a Verified,
    new: &'a Code,
    helpers: Helpers<'n>,
    problems: Vec<String>,
}

/// A call that waits, as it goes on.
struct Move {
    coroutine: Index,
    function: u32,
    pc: u32,
    values: Vec<Val>,
}

/// A closure, as it is from now on.
struct Remade {
    closure: Index,
    function: u32,
    captures: Vec<Taken>,
}

impl<'n> Plan<'_, 'n> {
    fn check_whole(&mut self) {
        if self.machine.suspended.is_some() || !self.machine.frames.is_empty() {
            self.problems.push(
                "it was interrupted in the middle of a step; resume it until it waits".into(),
            );
        }
        if self.machine.codes.len() >= STATE_CODES_MAX {
            self.problems.push(format!("it has seen {STATE_CODES_MAX} codes, which is the limit"));
        }
        for import in &self.new.imports {
            if !self.machine.codes.contains(import) {
                self.problems.push(format!(
                    "the new code imports blake3:{import}, which the old one did not"
                ));
            }
        }
    }

    fn find(&self, path: &str) -> Option<(u32, &'n Func)> {
        self.helpers.at(path)
    }

    fn calls(&mut self) -> Vec<Move> {
        let machine = self.machine;
        let mut moves = Vec::new();
        for (index, cell) in machine.heap.iter() {
            let Cell::Coroutine(waiting) = cell else { continue };
            if waiting.frame.code != machine.main {
                continue;
            }
            let call = Call {
                frame: &waiting.frame,
                values: &waiting.values,
                pc: waiting.frame.pc.saturating_sub(1),
                waits: true,
            };
            match self.call(index, &call) {
                Ok(moved) => moves.push(moved),
                Err(problem) => self.problems.push(problem),
            }
        }
        moves
    }

    fn call(&self, coroutine: Index, call: &Call<'_>) -> Result<Move, String> {
        let machine = self.machine;
        let number = usize::try_from(call.frame.function).unwrap_or(usize::MAX);
        let Some(old) = self.old.functions.get(number) else {
            return Err("a call's function is not in its code".into());
        };
        let whose = format!("the call of `{}`", shown_path(old));
        let Some(label) = label_at(old, call.pc) else {
            let line = line_at(old, call.pc);
            return Err(format!("{whose} waits in line {line} at an await without a label"));
        };
        let Some((function, new)) = self.find(&old.path) else {
            return Err(format!("{whose} waits, and the new code has no such function"));
        };
        let Some(point) = point_with(new, label) else {
            return Err(format!("{whose} waits at `{label}`, and the new one has no such await"));
        };
        let (before, after) = (names(old, call.pc), names(new, point.pc));
        if before != after {
            return Err(format!(
                "{whose} waits at `{label}` with the variables {}; the new one has {} there",
                listed(&before),
                listed(&after)
            ));
        }
        let operands = call.values.len().saturating_sub(usize::from(old.slots));
        let expected = self.verified.operands_before(function, point.pc.saturating_add(1));
        if expected.map(usize::from) != Some(operands.saturating_add(1)) {
            return Err(format!(
                "{whose} waits at `{label}` within another expression than before"
            ));
        }
        let pc = point.pc.saturating_add(1);
        let mut values = self.temporaries(function, pc, call);
        // Of several that have one name, the inner ones come first in both.
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for variable in live(new, point.pc) {
            let Capture::Slot(slot) = variable.at else { continue };
            let before = seen.entry(&variable.name).or_default();
            let value = live(old, call.pc)
                .filter(|found| found.name == variable.name)
                .nth(*before)
                .and_then(|found| held(machine, call, found.at))
                .ok_or_else(|| format!("{whose}: `{}` is nowhere", variable.name))?;
            *before += 1;
            if let Some(place) = values.get_mut(usize::from(slot)) {
                *place = value;
            }
        }
        values.extend(call.values.iter().skip(usize::from(old.slots)));
        Ok(Move { coroutine, function, pc, values })
    }

    /// The slots of a call as they are before its variables are put there: what the compiler keeps
    /// in slots without names, such as where a `finally` goes on, stands where it stood.
    fn temporaries(&self, function: u32, pc: u32, call: &Call<'_>) -> Vec<Val> {
        let slots = self.verified.slots_before(function, pc).unwrap_or_default();
        let fill = |(slot, wanted): (usize, &Kinds)| {
            let before = call.values.get(slot).copied();
            let mut fitting = before.into_iter().chain([Val::Undefined, Val::Uninit]);
            fitting.find(|value| kind_of(*value).within(*wanted)).unwrap_or(Val::Undefined)
        };
        slots.iter().enumerate().map(fill).collect()
    }

    fn closures(&mut self) -> Vec<Remade> {
        let machine = self.machine;
        let mut remade = Vec::new();
        for (closure, cell) in machine.heap.iter() {
            let Cell::Function(function) = cell else { continue };
            if function.code != machine.main {
                continue;
            }
            let number = usize::try_from(function.function).unwrap_or(usize::MAX);
            let Some(old) = self.old.functions.get(number) else { continue };
            let Some((index, new)) = self.find(&old.path) else { continue };
            match captures(old, (index, new), &function.captures, &mut self.helpers) {
                Ok(captures) => remade.push(Remade { closure, function: index, captures }),
                Err(name) => self.problems.push(format!(
                    "`{}` uses `{name}` in the new code, which it did not take along when it was \
                     made; only functions that use nothing but such functions are made anew, so put \
                     `{name}` inside it, or hand it over as an argument",
                    shown_path(old)
                )),
            }
        }
        remade
    }
}

fn kind_of(value: Val) -> Kinds {
    match value {
        Val::Uninit => Kinds::UNINIT,
        Val::Var(_) => Kinds::VAR,
        _ => Kinds::VALUE,
    }
}

/// The captures of a closure in the order of the new function; or the name of one that is missing.
fn captures(
    old: &Func,
    (number, new): (u32, &Func),
    values: &[Val],
    helpers: &mut Helpers<'_>,
) -> Result<Vec<Taken>, String> {
    (0..new.captures.len())
        .map(|index| {
            let wanted = capture_named(new, index);
            let wanted = wanted.ok_or_else(|| format!("captured variable {index}"))?;
            let found = (0..old.captures.len()).find(|index| {
                capture_named(old, *index)
                    .is_some_and(|it| it.name == wanted.name && it.shared == wanted.shared)
            });
            let kept = found.and_then(|index| values.get(index).copied()).map(Taken::Kept);
            kept.or_else(|| helpers.take(number, index)).ok_or_else(|| wanted.name.clone())
        })
        .collect()
}

fn capture_named(function: &Func, index: usize) -> Option<&Variable> {
    let index = u16::try_from(index).ok()?;
    function.variables.iter().find(|variable| variable.at == Capture::Capture(index))
}

fn apply(
    machine: &mut Machine,
    hash: CodeHash,
    moves: Vec<Move>,
    closures: Vec<Remade>,
    helpers: Helpers<'_>,
) {
    let old = machine.main;
    let code = u32::try_from(machine.codes.len()).unwrap_or(u32::MAX);
    machine.codes.push(hash);
    let exports = usize::try_from(old).ok().and_then(|old| machine.modules.get(old)).cloned();
    machine.modules.push(exports.unwrap_or_default());
    machine.main = code;
    let made = helpers.make(machine, code);
    for moved in moves {
        machine.modify(moved.coroutine, |cell| {
            if let Cell::Coroutine(waiting) = cell {
                waiting.frame.code = code;
                (waiting.frame.function, waiting.frame.pc) = (moved.function, moved.pc);
                waiting.values = moved.values;
            }
        });
    }
    for remade in closures {
        let captures = remade.captures.iter().map(|taken| made.value(taken)).collect();
        machine.modify(remade.closure, |cell| {
            if let Cell::Function(function) = cell {
                (function.code, function.function) = (code, remade.function);
                function.captures = captures;
            }
        });
    }
}

fn shown_path(function: &Func) -> &str {
    if function.path.is_empty() { "the module" } else { &function.path }
}

fn label_at(function: &Func, pc: u32) -> Option<&str> {
    function.awaits.iter().find(|point| point.pc == pc)?.label.as_deref()
}

fn point_with<'a>(function: &'a Func, label: &str) -> Option<&'a AwaitPoint> {
    function.awaits.iter().find(|point| point.label.as_deref() == Some(label))
}

fn line_at(function: &Func, pc: u32) -> u32 {
    let before = function.lines.partition_point(|place| place.pc <= pc);
    before.checked_sub(1).and_then(|index| function.lines.get(index)).map_or(0, |it| it.line)
}

/// The names in scope in slots; of those that a closure took along the closure sees itself.
fn names(function: &Func, pc: u32) -> Vec<(String, bool)> {
    let slots = live(function, pc).filter(|it| matches!(it.at, Capture::Slot(_)));
    let mut names: Vec<_> = slots.map(|it| (it.name.clone(), it.shared)).collect();
    names.sort();
    names
}

fn listed(names: &[(String, bool)]) -> String {
    match names {
        [] => "(none)".into(),
        names => names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "),
    }
}
