//! What each instruction does to the height of the operands, and where it goes on.

use super::Op;

/// An instruction as the verifier sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effect {
    /// Operands that it finds.
    pub(crate) needs: u32,
    /// Operands that it leaves in the place of those, if it goes on with the next instruction.
    pub(crate) leaves: Option<u32>,
    /// Another instruction where it may go on, and what it leaves then.
    pub(crate) jump: Option<(u64, u32)>,
    /// A third one.
    pub(crate) skip: Option<(u64, u32)>,
}

const fn plain(needs: u32, leaves: u32) -> Effect {
    Effect { needs, leaves: Some(leaves), jump: None, skip: None }
}

const fn ends(needs: u32) -> Effect {
    Effect { needs, leaves: None, jump: None, skip: None }
}

fn branch(needs: u32, leaves: u32, target: u32, leaves_there: u32) -> Effect {
    let jump = Some((target.into(), leaves_there));
    Effect { needs, leaves: Some(leaves), jump, skip: None }
}

/// The effect of an instruction that stands at `pc`.
pub(crate) fn effect(op: Op, pc: usize) -> Effect {
    match op {
        Op::Pop
        | Op::SetSlot(_)
        | Op::SetSlotChecked(_)
        | Op::SetVar(_)
        | Op::InitVar(_)
        | Op::SetCaptureVar(_)
        | Op::Export(_) => plain(1, 0),
        Op::Dup => plain(1, 2),
        Op::Dup2 => plain(2, 4),
        Op::Swap => plain(2, 2),
        Op::Pick(depth) => plain(u32::from(depth) + 1, u32::from(depth) + 2),
        Op::Bury(depth) => plain(u32::from(depth) + 1, u32::from(depth) + 1),
        Op::ClearSlot(_) | Op::NewVar(_) | Op::ShareSlot(_) | Op::RenewVar(_) => plain(0, 0),
        Op::NewArray(len) | Op::Concat(len) => plain(len.into(), 1),
        Op::Append | Op::AppendAll | Op::Define(_) | Op::DefineAll | Op::SetProp(_) => plain(2, 1),
        Op::DefineElem | Op::SetElem => plain(3, 1),
        Op::Rest(keys) => plain(u32::from(keys) + 1, 1),
        Op::GetElem | Op::DeleteElem | Op::In | Op::InstanceOf => plain(2, 1),
        Op::GetMethod(_) => plain(1, 2),
        Op::GetMethodElem => plain(2, 2),
        Op::IncSlot { skip, .. } => {
            let skipped = (pc + 1 + usize::from(skip)) as u64;
            Effect { needs: 0, leaves: Some(0), jump: Some((skipped, 0)), skip: None }
        }
        _ => call(op).or_else(|| jump(op, pc)).unwrap_or_else(|| operator(op)),
    }
}

fn call(op: Op) -> Option<Effect> {
    Some(match op {
        Op::Call(arguments) | Op::New(arguments) => plain(u32::from(arguments) + 1, 1),
        Op::CallMethod(arguments) => plain(u32::from(arguments) + 2, 1),
        Op::CallBuiltin { arguments, .. } => plain(arguments.into(), 1),
        Op::CallSpread | Op::NewSpread => plain(2, 1),
        Op::CallMethodSpread | Op::Send(_) | Op::SendApply => plain(3, 1),
        Op::SendElem => plain(4, 1),
        Op::Return | Op::Throw => ends(1),
        _ => return None,
    })
}

fn jump(op: Op, pc: usize) -> Option<Effect> {
    Some(match op {
        Op::Jump(target) => Effect { jump: Some((target.into(), 0)), ..ends(0) },
        Op::JumpIfFalse(target) | Op::JumpIfTrue(target) => branch(1, 0, target, 0),
        Op::JumpIfFalseOrPop(target)
        | Op::JumpIfTrueOrPop(target)
        | Op::JumpUnlessNullishOrPop(target)
        | Op::JumpUnlessUndefinedOrPop(target) => branch(1, 0, target, 1),
        Op::JumpIfNullish(target) => branch(1, 1, target, 1),
        Op::NextOrJump(target) => branch(1, 2, target, 1),
        Op::UnlessLt(target)
        | Op::UnlessLe(target)
        | Op::UnlessGt(target)
        | Op::UnlessGe(target) => {
            Effect { skip: Some((pc as u64 + 3, 0)), ..branch(2, 2, target, 0) }
        }
        _ => return None,
    })
}

fn operator(op: Op) -> Effect {
    match op {
        Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem | Op::Pow => plain(2, 1),
        Op::BitAnd | Op::BitOr | Op::BitXor | Op::Shl | Op::Shr | Op::UShr => plain(2, 1),
        Op::Lt | Op::Le | Op::Gt | Op::Ge | Op::StrictEq | Op::StrictNe => plain(2, 1),
        Op::Neg | Op::ToNumber | Op::ToNumeric | Op::BitNot | Op::Inc | Op::Dec => plain(1, 1),
        Op::Not | Op::TypeOf | Op::ToString | Op::Await | Op::Iterate => plain(1, 1),
        Op::RequireObject | Op::ToKey | Op::GetProp(_) | Op::DeleteProp(_) => plain(1, 1),
        Op::Next | Op::NextAll => plain(1, 2),
        Op::Undefined | Op::Null | Op::True | Op::False | Op::Int(_) => plain(0, 1),
        Op::Const(_) | Op::Builtin(_) | Op::RegExp(_) | Op::Closure(_) => plain(0, 1),
        Op::GetSlot(_) | Op::GetSlotChecked(_) | Op::GetVar(_) => plain(0, 1),
        Op::GetCapture(_) | Op::GetCaptureVar(_) | Op::Import { .. } | Op::NewObject => plain(0, 1),
        // The arms of `effect`, `call` and `jump`; a test says that none is forgotten there.
        _ => ends(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::{leb::Reader, opcode};

    #[test]
    fn every_instruction_has_an_effect() {
        let known = (0..=u8::MAX).filter_map(|number| {
            let bytes = [number, 0, 0];
            let mut reader = Reader::new(&bytes, 0);
            reader.builtins.extend(crate::builtin::Builtin::named("Math.max"));
            opcode::read(&mut reader).ok()
        });
        let mut count = 0;
        for op in known {
            assert_ne!(effect(op, 0).needs, u32::MAX, "{op:?}");
            count += 1;
        }
        assert!(count > 100, "{count}");
    }
}
