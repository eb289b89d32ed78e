//! The numbers of the instructions in a code's encoding. A number, once given, keeps its meaning:
//! new instructions get new numbers.

use super::Op;
use super::leb::{Operand, Reader, Writer};
use crate::error::LoadError;

macro_rules! opcodes {
    ($($number:literal $name:ident $(($value:ident))? $({ $($field:ident),* })?;)*) => {
        /// Writes an instruction: its number and its operands.
        pub(super) fn write(op: Op, to: &mut Writer) {
            match op {
                $(Op::$name $(($value))? $({ $($field),* })? => {
                    to.byte($number);
                    $($value.write(to);)?
                    $($($field.write(to);)*)?
                })*
            }
        }

        /// Reads an instruction.
        pub(super) fn read(from: &mut Reader<'_>) -> Result<Op, LoadError> {
            Ok(match from.byte()? {
                $($number => Op::$name
                    $(({ let $value = Operand::read(from)?; $value }))?
                    $({ $($field: Operand::read(from)?),* })?,)*
                number => return Err(from.malformed(format!(
                    "there is no instruction {number}; a newer version may have it"
                ))),
            })
        }
    };
}

opcodes! {
    0 Undefined;
    1 Null;
    2 True;
    3 False;
    4 Int(value);
    5 Const(constant);
    6 Builtin(builtin);
    7 RegExp(constant);
    8 Closure(function);

    10 Pop;
    11 Dup;
    12 Dup2;
    13 Swap;
    14 Pick(depth);
    15 Bury(depth);

    20 GetSlot(slot);
    21 SetSlot(slot);
    22 GetSlotChecked(slot);
    23 SetSlotChecked(slot);
    24 ClearSlot(slot);
    25 NewVar(slot);
    26 ShareSlot(slot);
    27 RenewVar(slot);
    28 GetVar(slot);
    29 SetVar(slot);
    30 InitVar(slot);
    31 GetCapture(capture);
    32 GetCaptureVar(capture);
    33 SetCaptureVar(capture);
    34 Import { module, name };
    35 Export(name);

    40 NewObject;
    41 NewArray(len);
    42 Append;
    43 AppendAll;
    44 Define(name);
    45 DefineElem;
    46 DefineAll;
    47 Rest(keys);
    48 RequireObject;
    49 ToKey;
    50 GetProp(name);
    51 SetProp(name);
    52 GetElem;
    53 SetElem;
    54 DeleteProp(name);
    55 DeleteElem;
    56 In;
    57 InstanceOf;

    60 Call(arguments);
    61 GetMethod(name);
    62 GetMethodElem;
    63 CallMethod(arguments);
    64 CallSpread;
    65 CallMethodSpread;
    66 CallBuiltin { builtin, arguments };
    67 New(arguments);
    68 NewSpread;
    69 Send(name);
    70 SendElem;
    71 SendApply;
    72 Return;
    73 Throw;
    74 Await;

    80 Jump(target);
    81 JumpIfFalse(target);
    82 JumpIfTrue(target);
    83 JumpIfFalseOrPop(target);
    84 JumpIfTrueOrPop(target);
    85 JumpUnlessNullishOrPop(target);
    86 JumpIfNullish(target);
    87 JumpUnlessUndefinedOrPop(target);

    90 Iterate;
    91 NextOrJump(target);
    92 Next;
    93 NextAll;

    100 Add;
    101 Sub;
    102 Mul;
    103 Div;
    104 Rem;
    105 Pow;
    106 BitAnd;
    107 BitOr;
    108 BitXor;
    109 Shl;
    110 Shr;
    111 UShr;
    112 Lt;
    113 Le;
    114 Gt;
    115 Ge;
    116 StrictEq;
    117 StrictNe;
    118 Neg;
    119 ToNumber;
    120 ToNumeric;
    121 BitNot;
    122 Inc;
    123 Dec;
    124 Not;
    125 TypeOf;
    126 ToString;
    127 Concat(pieces);

    140 UnlessLt(target);
    141 UnlessLe(target);
    142 UnlessGt(target);
    143 UnlessGe(target);
    144 IncSlot { slot, skip };
}

/// An instruction at random that takes no more operands than there are and goes on with the next,
/// and how many there are after it.
pub(crate) fn random_op(
    builtins: &[crate::builtin::Builtin],
    height: u16,
    below: &mut dyn FnMut(usize) -> usize,
) -> Option<(Op, u16)> {
    let mut bytes = [0_u8; 6];
    bytes[0] = below(150) as u8;
    bytes[1..].fill_with(|| below(12) as u8);
    let mut reader = Reader::new(&bytes, 0);
    if !builtins.is_empty() {
        reader.builtins = (0..12).map(|_| builtins[below(builtins.len())]).collect();
    }
    let op = read(&mut reader).ok()?;
    let effect = super::effect::effect(op, 0);
    let is_jump = effect.skip.is_some()
        || matches!(effect.jump, Some((_, leaves)) if Some(leaves) != effect.leaves)
        || matches!(op, Op::IncSlot { .. } | Op::JumpIfNullish(_));
    let needs_names = matches!(op, Op::Import { .. } | Op::Export(_));
    let changes_kinds = matches!(op, Op::NewVar(_) | Op::ClearSlot(_) | Op::ShareSlot(_));
    if is_jump || needs_names || changes_kinds {
        return None;
    }
    let below = u32::from(height).checked_sub(effect.needs)?;
    Some((op, u16::try_from(below + effect.leaves?).ok()?))
}
