//! The instructions.
//!
//! A stack machine: operands are pushed and popped; `a b → c` below says what an instruction finds
//! on top of the stack (`b` uppermost) and what it leaves. *Name* is the index of a string among
//! the code's constants; *target* an instruction of the same function.
//!
//! An operator or built-in function that finds an object where it needs a primitive value has the
//! prelude's `toPrimitive` called, which puts the primitive in the operand's place, and is then done
//! again from its start ([`Trap::Coerce`](crate::machine::Trap::Coerce)). So it may not change
//! anything before it has what it needs.

use crate::builtin::Builtin;

/// One instruction.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the headings of the sections say it")]
pub enum Op {
    // ---- constants: → value
    Undefined,
    Null,
    True,
    False,
    /// A small integer, as a number.
    Int(i32),
    /// A number, string or big integer of the constants.
    Const(u32),
    /// A built-in function or namespace.
    Builtin(Builtin),
    /// A new regular expression of the constants.
    RegExp(u32),
    /// A closure of a function of the same code.
    Closure(u32),

    // ---- the stack
    /// a →
    Pop,
    /// a → a a
    Dup,
    /// a b → a b a b
    Dup2,
    /// a b → b a
    Swap,
    /// Copies the operand `n` below the top (0 is the top itself).
    Pick(u16),
    /// Takes the top and puts it below the next `n`.
    Bury(u16),

    // ---- variables
    /// → value
    GetSlot(u16),
    /// value →
    SetSlot(u16),
    /// As `GetSlot`, throws ReferenceError before the initialization (the temporal dead zone).
    GetSlotChecked(u16),
    /// As `SetSlot`, throws ReferenceError before the initialization.
    SetSlotChecked(u16),
    /// Makes a slot uninitialized.
    ClearSlot(u16),
    /// Puts a new shared variable, uninitialized, into a slot.
    NewVar(u16),
    /// Puts a new shared variable with the slot's (unshared) value into the slot: parameters.
    ShareSlot(u16),
    /// Replaces the shared variable in a slot by a new one with its value: the next iteration.
    RenewVar(u16),
    /// → value of the shared variable in a slot; throws before the initialization.
    GetVar(u16),
    /// value → ; throws before the initialization.
    SetVar(u16),
    /// value → ; initializes.
    InitVar(u16),
    /// → a captured value.
    GetCapture(u16),
    /// → value of a captured shared variable; throws before the initialization.
    GetCaptureVar(u16),
    /// value → ; throws before the initialization.
    SetCaptureVar(u16),
    /// → what module `imports[module]` exports under *name*.
    Import {
        module: u16,
        name: u32,
    },
    /// value → ; exports it under *name*.
    Export(u32),

    // ---- objects and arrays
    /// → {}
    NewObject,
    /// v1 … vn → [v1, … vn]
    NewArray(u16),
    /// array v → array
    Append,
    /// array iterable → array
    AppendAll,
    /// object v → object; defines the property.
    Define(u32),
    /// object key v → object
    DefineElem,
    /// object source → object; defines copies of all own properties.
    DefineAll,
    /// source k1 … kn → object with all own properties of source but these.
    Rest(u16),
    /// value → value; throws TypeError if it is undefined or null (destructuring).
    RequireObject,
    /// key → property key (a string or number), once: computed keys.
    ToKey,
    /// object → v
    GetProp(u32),
    /// object v → v
    SetProp(u32),
    /// object key → v
    GetElem,
    /// object key v → v
    SetElem,
    /// object → boolean
    DeleteProp(u32),
    /// object key → boolean
    DeleteElem,
    /// key object → boolean; own properties.
    In,
    /// value constructor → boolean
    InstanceOf,

    // ---- calls
    /// function a1 … an → result
    Call(u8),
    /// object → object function: looked up before the arguments are evaluated.
    GetMethod(u32),
    /// object key → object function
    GetMethodElem,
    /// object function a1 … an → result
    CallMethod(u8),
    /// function array → result
    CallSpread,
    /// object function array → result
    CallMethodSpread,
    /// a1 … an → result; a built-in function that needs no receiver.
    CallBuiltin {
        builtin: Builtin,
        arguments: u8,
    },
    /// constructor a1 … an → object
    New(u8),
    /// constructor array → object
    NewSpread,
    /// target options array → promise: `E(target, options).name(...array)`; options may be undefined.
    Send(u32),
    /// target options key array → promise: `E(target)[key](...array)`.
    SendElem,
    /// target options array → promise: `E(target)(...array)`.
    SendApply,
    /// value → ; leaves the function.
    Return,
    /// value → ; throws it.
    Throw,
    /// value → what the promise is fulfilled with; throws what it is rejected with.
    Await,

    // ---- jumps
    Jump(u32),
    /// a → ; jumps if it is falsy.
    JumpIfFalse(u32),
    /// a → ; jumps if it is truthy.
    JumpIfTrue(u32),
    /// a → a and jumps if falsy, else a → : `&&`
    JumpIfFalseOrPop(u32),
    /// a → a and jumps if truthy, else a → : `||`
    JumpIfTrueOrPop(u32),
    /// a → a and jumps unless it is undefined or null, else a → : `??`
    JumpUnlessNullishOrPop(u32),
    /// a → a ; jumps if it is undefined or null: `?.`
    JumpIfNullish(u32),
    /// a → a and jumps unless it is undefined, else a → : defaults
    JumpUnlessUndefinedOrPop(u32),

    // ---- iteration
    /// iterable → iterator; throws TypeError if it is none.
    Iterate,
    /// iterator → iterator v, or iterator → iterator and jumps at the end.
    NextOrJump(u32),
    /// iterator → iterator v; undefined after the end: array patterns.
    Next,
    /// iterator → iterator array of what is left.
    NextAll,

    // ---- operators: a b → c or a → b
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    Pow,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
    UShr,
    Lt,
    Le,
    Gt,
    Ge,
    StrictEq,
    StrictNe,
    Neg,
    /// `+a`
    ToNumber,
    /// For `++` and `--` after the operand: a number or big integer.
    ToNumeric,
    BitNot,
    Inc,
    Dec,
    Not,
    TypeOf,
    /// `${a}`
    ToString,
    /// s1 … sn → their concatenation; all are strings.
    Concat(u16),

    // ---- shortcuts: the compiler emits them in front of the plain instructions, which follow and
    // ---- are done if the operands are not numbers
    /// If the top two are numbers: pops them, and jumps to *target* unless a < b, otherwise skips
    /// the next two instructions (`Lt`, `JumpIfFalse`).
    UnlessLt(u32),
    /// As `UnlessLt` for `Le`.
    UnlessLe(u32),
    /// As `UnlessLt` for `Gt`.
    UnlessGt(u32),
    /// As `UnlessLt` for `Ge`.
    UnlessGe(u32),
    /// Adds 1 to a number in a slot, and skips the next `skip` instructions; else nothing.
    IncSlot {
        slot: u16,
        skip: u16,
    },
}
