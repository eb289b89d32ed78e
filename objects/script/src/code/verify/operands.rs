//! Every index in an instruction names something that is there, of the kind that it must be of.
//! Instructions that are never reached are checked as well.

use super::unsound;
use crate::code::{Code, Constant, Func, Op};
use crate::error::LoadError;

pub(super) fn check(code: &Code, number: usize, function: &Func) -> Result<(), LoadError> {
    for (pc, op) in function.ops.iter().enumerate() {
        if let Some(why) = wrong(code, function, *op) {
            return unsound(number, pc, why);
        }
    }
    Ok(())
}

fn wrong(code: &Code, function: &Func, op: Op) -> Option<&'static str> {
    match op {
        Op::Const(at) => {
            let constant = code.constants.get(at as usize);
            let is_value = constant.is_some_and(|constant| !is_regexp(constant));
            (!is_value).then_some("it names no number, string or big integer of the constants")
        }
        Op::RegExp(at) => {
            let is_there = code.constants.get(at as usize).is_some_and(is_regexp);
            (!is_there).then_some("it names no regular expression of the constants")
        }
        Op::Closure(at) => {
            // The body of a module is called by the machine alone, once.
            let is_there = at > 0 && (at as usize) < code.functions.len();
            (!is_there).then_some("it names no function")
        }
        Op::Import { module, name } => {
            let is_there = usize::from(module) < code.imports.len() && is_name(code, name);
            (!is_there).then_some("it names no import")
        }
        Op::Export(name) => {
            let is_there = text(code, name).is_some_and(|name| code.exports.contains(&name));
            (!is_there).then_some("it names no export")
        }
        Op::Define(name)
        | Op::GetProp(name)
        | Op::SetProp(name)
        | Op::DeleteProp(name)
        | Op::GetMethod(name)
        | Op::Send(name) => (!is_name(code, name)).then_some("it names no string of the constants"),
        Op::GetSlot(slot)
        | Op::SetSlot(slot)
        | Op::GetSlotChecked(slot)
        | Op::SetSlotChecked(slot)
        | Op::ClearSlot(slot)
        | Op::NewVar(slot)
        | Op::ShareSlot(slot)
        | Op::RenewVar(slot)
        | Op::GetVar(slot)
        | Op::SetVar(slot)
        | Op::InitVar(slot)
        | Op::IncSlot { slot, .. } => (slot >= function.slots).then_some("there is no such slot"),
        Op::GetCapture(at) | Op::GetCaptureVar(at) | Op::SetCaptureVar(at) => {
            (usize::from(at) >= function.captures.len()).then_some("there is no such capture")
        }
        _ => None,
    }
}

fn is_regexp(constant: &Constant) -> bool {
    matches!(constant, Constant::RegExp(..))
}

fn is_name(code: &Code, at: u32) -> bool {
    matches!(code.constants.get(at as usize), Some(Constant::String(_)))
}

fn text(code: &Code, at: u32) -> Option<String> {
    match code.constants.get(at as usize)? {
        Constant::String(units) => String::from_utf16(units).ok(),
        _ => None,
    }
}
