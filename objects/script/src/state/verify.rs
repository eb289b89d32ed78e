//! What concerns several items of a state: that calls fit on the stack and to their codes, and that
//! the tables of questions, exports and references agree with the cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::{Kinds, Verified};
use crate::error::LoadError;
use crate::limits::STATE_BYTES_MAX;
use crate::machine::frame::{Frame, Then};
use crate::machine::heap::{Cell, Class, Hashed, Key};
use crate::machine::promise::{Job, PromiseState, Reaction};
use crate::machine::{Index, Machine, Phase, Val};

/// Checks a machine whose items are sound each by itself, and makes again what is not written.
pub(super) fn check(machine: &mut Machine, codes: &[&Verified]) -> Result<(), LoadError> {
    check_codes(machine, codes)?;
    check_stack(machine, codes)?;
    check_calls(machine, codes)?;
    check_promises(machine)?;
    check_exports(machine)?;
    measure_ropes(machine)?;
    find_keys(machine)?;
    find_remotes(machine)
}

fn unfit<T>(why: impl Into<String>) -> Result<T, LoadError> {
    Err(LoadError::new(format!("the state is not sound: {}", why.into())))
}

fn check_codes(machine: &Machine, codes: &[&Verified]) -> Result<(), LoadError> {
    let len = codes.len() as u32;
    if machine.main >= len || matches!(machine.phase, Phase::Modules(number) if number >= len) {
        return unfit("it is of no code");
    }
    for (code, module) in codes.iter().zip(&machine.modules) {
        if let Some(missing) = code.imports.iter().find(|hash| !machine.codes.contains(hash)) {
            return Err(LoadError::UnknownCode(*missing));
        }
        let names: BTreeSet<_> = module.exports.iter().map(|(name, _)| *name).collect();
        let is_exported = |name| {
            let text = String::from_utf16(&machine.atoms.text(name)).ok();
            text.is_some_and(|text| code.exports.contains(&text))
        };
        if names.len() != module.exports.len() || !names.into_iter().all(is_exported) {
            return unfit("a module exports what its code does not");
        }
    }
    Ok(())
}

/// The calls in progress lie on the stack one after the other, and fill it.
fn check_stack(machine: &Machine, codes: &[&Verified]) -> Result<(), LoadError> {
    if !machine.frames.is_empty() && machine.suspended.is_none() {
        return unfit("there are calls in progress, and it does not stand still");
    }
    let mut end = 0;
    // Operands of the caller, of which one may be replaced.
    let mut operands = 0..0;
    for (depth, frame) in machine.frames.iter().enumerate() {
        let is_placed = frame.base.checked_sub(frame.under) == Some(end);
        let is_first = depth == 0;
        let fits = match frame.then {
            Then::Push | Then::Executor(_) => !is_first,
            Then::Replace(at) => operands.contains(&at),
            Then::Item(..) => !is_first,
            Then::Settle(_) | Then::Thenable(_) | Then::Drop => is_first,
        };
        if !is_placed || !fits {
            return unfit("a call in progress is not where its caller left it");
        }
        let under = machine.stack.get(end as usize..frame.base as usize);
        if !under.is_some_and(|under| under.iter().all(|value| is_value(*value))) {
            return unfit("a call in progress has no function");
        }
        let next = machine.frames.get(depth + 1).map(|frame| frame.then);
        let (slots, height) = frame_shape(frame, codes, next)?;
        operands = frame.base + slots.len() as u32..frame.base + slots.len() as u32 + height;
        end = operands.end;
        let Some(values) = machine.stack.get(frame.base as usize..end as usize) else {
            return unfit("a call in progress has no place on the stack");
        };
        let wanted = slots.iter().copied().chain(std::iter::repeat(Kinds::VALUE));
        if !values
            .iter()
            .zip(wanted)
            .all(|(value, wanted)| super::load::kind_of(*value).within(wanted))
        {
            return unfit("a slot of a call in progress holds something else");
        }
        check_frame(machine, frame, codes)?;
    }
    if machine.stack.len() != end as usize {
        return unfit("there is something on the stack that belongs to no call");
    }
    Ok(())
}

/// The slots of a call, and how many operands it has while the next call goes on.
fn frame_shape(
    frame: &Frame,
    codes: &[&Verified],
    next: Option<Then>,
) -> Result<(Vec<Kinds>, u32), LoadError> {
    let shape = codes.get(frame.code as usize).and_then(|code| {
        let slots = code.slots_before(frame.function, frame.pc)?;
        let height = u32::from(code.operands_before(frame.function, frame.pc)?);
        let height = match next {
            None | Some(Then::Replace(_) | Then::Item(..)) => height,
            // Behind an instruction that leaves one value, which is not there yet.
            Some(_) => {
                let below = code.operands_below(frame.function, frame.pc.checked_sub(1)?)?;
                (height == below + 1).then_some(below)?
            }
        };
        Some((slots, height))
    });
    shape.map_or_else(|| unfit("a call stands where its code has no place for it"), Ok)
}

/// A call, in progress or waiting, is of its closure's function.
fn check_frame(machine: &Machine, frame: &Frame, codes: &[&Verified]) -> Result<(), LoadError> {
    let code = codes.get(frame.code as usize);
    let Some(function) = code.and_then(|code| code.functions.get(frame.function as usize)) else {
        return unfit("a call is of no function");
    };
    let is_of = match frame.closure.map(|closure| machine.heap.get(closure)) {
        None => function.captures.is_empty(),
        Some(Cell::Function(of)) => (of.code, of.function) == (frame.code, frame.function),
        Some(_) => false,
    };
    // The body of a module may be called without a promise.
    let has_promise = frame.promise.is_some();
    if !is_of || (has_promise != function.is_async && (has_promise || frame.function != 0)) {
        return unfit("a call is not of its closure's function");
    }
    Ok(())
}

/// Every waiting call is of its closure's function, and goes on once.
fn check_calls(machine: &Machine, codes: &[&Verified]) -> Result<(), LoadError> {
    let mut resumed = BTreeSet::new();
    let mut resume = |reaction: &Reaction| match reaction {
        Reaction::Resume(call) if !resumed.insert(*call) => unfit("a call would go on twice"),
        _ => Ok(()),
    };
    for job in &machine.jobs {
        if let Job::React { reaction, .. } = job {
            resume(reaction)?;
        }
    }
    for (_, cell) in machine.heap.iter() {
        match cell {
            Cell::Promise(promise) => {
                if let PromiseState::Pending(reactions) = &promise.state {
                    reactions.iter().try_for_each(&mut resume)?;
                }
            }
            Cell::Coroutine(coroutine) => check_frame(machine, &coroutine.frame, codes)?,
            _ => {}
        }
    }
    Ok(())
}

/// Questions and the promises that their answers settle name each other.
fn check_promises(machine: &Machine) -> Result<(), LoadError> {
    for (&number, question) in machine.questions.iter() {
        let asks = match machine.heap.get(question.promise) {
            Cell::Promise(promise) => promise.question == Some(number),
            _ => false,
        };
        if !asks || number >= machine.next_question {
            return unfit(format!("question {number} settles no promise"));
        }
    }
    for (index, cell) in machine.heap.iter() {
        let Cell::Promise(promise) = cell else { continue };
        let Some(number) = promise.question else { continue };
        let is_pending = matches!(promise.state, PromiseState::Pending(_));
        let question = machine.questions.get(&number);
        if !is_pending || question.is_none_or(|question| question.promise != index) {
            return unfit(format!("a promise waits for question {number}, which is not asked"));
        }
    }
    Ok(())
}

/// What was passed out has the number that it has in the table, and nothing else has it. A number
/// that was dropped outside is kept for the next time.
fn check_exports(machine: &Machine) -> Result<(), LoadError> {
    let mut numbers = BTreeMap::new();
    for (index, cell) in machine.heap.iter() {
        let Some(number) = exported(cell) else { continue };
        if number >= machine.next_export || numbers.insert(number, index).is_some() {
            return unfit(format!("two objects have the number {number} outside, or none has it"));
        }
    }
    for (number, value) in &machine.exports {
        let is_out = match value {
            Val::Object(index) => numbers.get(number) == Some(index),
            _ => false,
        };
        if !is_out {
            return unfit(format!("export {number} is no object that can be passed out"));
        }
    }
    Ok(())
}

/// The number outside of what a cell holds.
fn exported(cell: &Cell) -> Option<u32> {
    match cell {
        Cell::Promise(promise) => promise.export,
        Cell::Object(object) => match object.class {
            Class::Far { export, .. } => export,
            _ => None,
        },
        _ => None,
    }
}

/// Finds how long the ropes are, from their parts on: none is a part of itself.
fn measure_ropes(machine: &mut Machine) -> Result<(), LoadError> {
    let cells: Vec<Index> = machine.heap.iter().map(|(index, _)| index).collect();
    let mut open: Vec<(Index, bool)> = Vec::new();
    // Ropes that were gone into and not come out of yet, and those that are done.
    let (mut inside, mut done) = (BTreeSet::new(), BTreeSet::new());
    for &cell in &cells {
        open.push((cell, false));
        while let Some((index, is_measured)) = open.pop() {
            let Cell::Rope { left, right, .. } = *machine.heap.get(index) else { continue };
            if is_measured {
                let length = machine.text_len(left).saturating_add(machine.text_len(right));
                // No longer than one in one piece could be.
                LoadError::check_size("code units of a string", length, STATE_BYTES_MAX / 2)?;
                if let Cell::Rope { units, .. } = machine.heap.get_mut(index) {
                    *units = length as u32;
                }
                inside.remove(&index);
                done.insert(index);
            } else if !done.contains(&index) {
                if !inside.insert(index) {
                    return unfit("a string is a part of itself");
                }
                open.extend([(index, true), (right, false), (left, false)]);
            }
        }
    }
    machine.count_ropes(&cells);
    Ok(())
}

/// Finds where the keys of maps and sets are.
fn find_keys(machine: &mut Machine) -> Result<(), LoadError> {
    let is_table = |cell: &Cell| matches!(cell, Cell::Map(_) | Cell::Set(_));
    let tables = machine.heap.iter().filter(|(_, cell)| is_table(cell));
    let tables: Vec<Index> = tables.map(|(index, _)| index).collect();
    for index in tables {
        let (Cell::Map(table) | Cell::Set(table)) = machine.heap.get(index) else { continue };
        let entries = table.entries.iter().zip(0_u32..);
        let keys =
            entries.filter_map(|(entry, at)| Some((key_of(machine, entry.as_ref()?.0).into(), at)));
        let keys: BTreeMap<Hashed, u32> = keys.collect();
        if keys.len() != table.size as usize {
            return unfit("a key is twice there");
        }
        machine.heap.modify(index, |cell| {
            if let Cell::Map(table) | Cell::Set(table) = cell {
                table.index = keys;
            }
        });
    }
    Ok(())
}

fn key_of(machine: &Machine, value: Val) -> Key {
    match value {
        Val::Uninit | Val::Undefined => Key::Undefined,
        Val::Null => Key::Null,
        Val::Bool(value) => Key::Bool(value),
        Val::Number(number) if number.is_nan() => Key::Number(f64::NAN.to_bits()),
        // The two zeros are one key.
        Val::Number(number) => Key::Number((number + 0.0).to_bits()),
        Val::Text(index) => Key::Text(machine.text_units(index).into()),
        Val::BigInt(index) => Key::BigInt(machine.bigint_of(index)),
        Val::Object(index) | Val::Var(index) => Key::Object(index),
        Val::Builtin(builtin) => Key::Builtin(builtin),
    }
}

/// Finds the cell of each reference from outside: there is one each, for references are compared
/// by it.
fn find_remotes(machine: &mut Machine) -> Result<(), LoadError> {
    for (index, cell) in machine.heap.iter() {
        let Cell::Remote(port) = cell else { continue };
        if machine.remotes.insert(*port, index).is_some() {
            return unfit(format!("the reference {} is twice there", port.0));
        }
    }
    Ok(())
}

fn is_value(value: Val) -> bool {
    !matches!(value, Val::Uninit | Val::Var(_))
}
