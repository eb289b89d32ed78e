//! Codes that nobody would write: instructions at random, as far as the verifier allows.

use crate::builtin;
use crate::code::{AwaitPoint, Capture, Code, Constant, Func, Handler, Op, random_op};

/// Instructions of one function, before what ends it.
const OPS: usize = 60;
/// Operands at once.
const HEIGHT_MAX: u16 = 12;
/// Slots: a shared variable in the first, values in the others.
const SLOTS: u16 = 4;

/// A code of a few functions with instructions at random. `below(n)` draws a number below `n`.
///
/// Its first function exports the second as `main`; it is sound as a rule.
pub fn generate(below: &mut dyn FnMut(usize) -> usize) -> Code {
    let text = |text: &str| Constant::String(text.encode_utf16().collect());
    let names = ["main", "length", "then", "a", "7", "value", "message", "toString"];
    let mut constants: Vec<Constant> = names.into_iter().map(text).collect();
    constants.push(Constant::Number(0.5));
    constants.push(Constant::BigInt((1_u64 << 63).into()));
    constants.push(Constant::RegExp("a(b)?".encode_utf16().collect(), "g".to_owned()));
    let mut body = Func { slots: SLOTS, operands_max: 2, ..Func::default() };
    body.is_async = true;
    let prologue = [Op::NewVar(0), Op::Null, Op::InitVar(0), Op::Null, Op::SetSlot(1)];
    body.ops.extend(prologue);
    body.ops.extend([Op::Closure(1), Op::Export(0), Op::Undefined, Op::Return]);
    let functions = (1..4).map(|number| function(number, &constants, below));
    let functions = std::iter::once(body).chain(functions).collect();
    Code {
        name: "generated".to_owned(),
        source: String::new(),
        imports: Vec::new(),
        exports: vec!["main".to_owned()],
        constants,
        functions,
    }
}

fn function(number: usize, constants: &[Constant], below: &mut dyn FnMut(usize) -> usize) -> Func {
    let mut function = Func {
        path: format!("f{number}"),
        parameters: 1,
        length: 1,
        is_async: below(2) == 0,
        slots: SLOTS,
        operands_max: HEIGHT_MAX + 8,
        captures: vec![Capture::Slot(0), Capture::Slot(1)],
        ..Func::default()
    };
    // The parameter becomes the shared variable; the others begin as values.
    function.ops.extend([Op::ShareSlot(0), Op::Int(3), Op::SetSlot(1), Op::NewObject]);
    function.ops.extend([Op::SetSlot(2), Op::NewArray(0), Op::SetSlot(3)]);
    let start = function.ops.len() as u32;
    let mut height = 0;
    let builtins: Vec<_> = builtin::all().collect();
    for _ in 0..OPS {
        let Some((op, after)) = random_op(&builtins, height, below) else { continue };
        let pc = function.ops.len() as u32;
        let fits = match op {
            Op::Const(at) => matches!(
                constants.get(at as usize),
                Some(Constant::Number(_) | Constant::String(_) | Constant::BigInt(_))
            ),
            Op::RegExp(at) => matches!(constants.get(at as usize), Some(Constant::RegExp(..))),
            Op::Await => function.is_async,
            Op::Closure(at) => (1..4).contains(&at),
            Op::GetCapture(at) => at == 1,
            Op::GetCaptureVar(at) | Op::SetCaptureVar(at) => at == 0,
            Op::GetVar(slot) | Op::SetVar(slot) | Op::InitVar(slot) | Op::RenewVar(slot) => {
                slot == 0
            }
            Op::GetSlot(slot) | Op::SetSlot(slot) => (1..SLOTS).contains(&slot),
            Op::GetSlotChecked(slot) | Op::SetSlotChecked(slot) => (1..SLOTS).contains(&slot),
            _ => true,
        };
        if !fits || after > HEIGHT_MAX {
            continue;
        }
        if op == Op::Await {
            function.awaits.push(AwaitPoint { pc, label: None });
        }
        // Both ways lead to the next.
        function.ops.push(match op {
            Op::JumpIfFalse(_) => Op::JumpIfFalse(pc + 1),
            Op::JumpIfTrue(_) => Op::JumpIfTrue(pc + 1),
            op => op,
        });
        height = after;
    }
    function.ops.extend(std::iter::repeat_n(Op::Pop, height.into()));
    // Again, as long as the second slot holds something truthy.
    function.ops.extend([Op::GetSlot(1), Op::JumpIfTrue(start), Op::GetSlot(2), Op::Return]);
    let end = function.ops.len() as u32;
    function.ops.extend([Op::SetSlot(3), Op::Null, Op::SetSlot(1), Op::GetSlot(3), Op::Return]);
    function.handlers = vec![Handler { start, end, target: end, operands: 0 }];
    function
}
