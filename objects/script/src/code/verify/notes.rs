//! What can be checked without looking at instructions: sizes, names, places.

use std::collections::BTreeSet;

use super::unsound;
use crate::code::{Capture, Code, Func, Op};
use crate::error::LoadError;
use crate::limits::{
    CODE_FUNCTIONS_MAX, CODE_IMPORTS_MAX, CODE_NAME_BYTES_MAX, OPERANDS_MAX, SLOTS_MAX,
    SOURCE_BYTES_MAX,
};

pub(super) fn check(code: &Code) -> Result<(), LoadError> {
    LoadError::check_size("bytes of a code's name", code.name.len(), CODE_NAME_BYTES_MAX)?;
    LoadError::check_size("bytes of source text", code.source.len(), SOURCE_BYTES_MAX)?;
    LoadError::check_size("functions of a code", code.functions.len(), CODE_FUNCTIONS_MAX)?;
    LoadError::check_size("imports of a code", code.imports.len(), CODE_IMPORTS_MAX)?;
    let Some(body) = code.functions.first() else {
        return unsound(0, 0, "there is no module body");
    };
    if body.parameters != 0 || body.rest || !body.captures.is_empty() {
        return unsound(0, 0, "the module's body takes parameters or captures");
    }
    let exports: BTreeSet<_> = code.exports.iter().collect();
    if exports.len() != code.exports.len() {
        return unsound(0, 0, "a name is exported twice");
    }
    let mut paths = BTreeSet::new();
    for (number, function) in code.functions.iter().enumerate() {
        if !paths.insert(&function.path) {
            return unsound(number, 0, format!("two functions have the path {}", function.path));
        }
        check_function(number, function)?;
    }
    Ok(())
}

fn check_function(number: usize, function: &Func) -> Result<(), LoadError> {
    LoadError::check_size("slots of a function", function.slots.into(), SLOTS_MAX)?;
    LoadError::check_size("operands of a function", function.operands_max.into(), OPERANDS_MAX)?;
    let inputs = u32::from(function.parameters) + u32::from(function.rest);
    if inputs > u32::from(function.slots) || function.length > function.parameters {
        return unsound(number, 0, "it has more parameters than slots");
    }
    let len = function.ops.len();
    if u32::try_from(len).is_err() {
        return unsound(number, 0, "it has too many instructions");
    }
    for handler in &function.handlers {
        let (start, end) = (handler.start as usize, handler.end as usize);
        if start >= end || end > len || handler.target as usize >= len {
            return unsound(number, start, "a handler is out of range");
        }
        if handler.operands >= function.operands_max {
            return unsound(number, start, "a handler keeps more operands than there are");
        }
    }
    let mut last = None;
    for point in &function.awaits {
        let pc = point.pc as usize;
        if !matches!(function.ops.get(pc), Some(Op::Await)) || last >= Some(pc) {
            return unsound(number, pc, "this is noted as an await and is none, or is noted twice");
        }
        last = Some(pc);
    }
    let awaits = function.ops.iter().filter(|op| matches!(op, Op::Await)).count();
    if awaits != function.awaits.len() || (awaits > 0 && !function.is_async) {
        return unsound(number, 0, "it has an await that is not noted, or is not async");
    }
    check_places(number, function)
}

fn check_places(number: usize, function: &Func) -> Result<(), LoadError> {
    let len = function.ops.len();
    let mut last = None;
    for place in &function.lines {
        if place.pc as usize >= len || last >= Some(place.pc) {
            return unsound(number, place.pc as usize, "the places in the source do not ascend");
        }
        last = Some(place.pc);
    }
    for variable in &function.variables {
        let is_there = match variable.at {
            Capture::Slot(slot) => slot < function.slots,
            Capture::Capture(capture) => usize::from(capture) < function.captures.len(),
        };
        if !is_there || variable.start > variable.end || variable.end as usize > len {
            let why = format!("the variable {} is nowhere", variable.name);
            return unsound(number, variable.start as usize, why);
        }
    }
    Ok(())
}
