//! The interpreter: takes the calls in progress on, instruction by instruction.
//!
//! ```text
//!   run ──▶ dispatch: the frequent instructions, in one match
//!    ▲        │  other ──▶ cold: the rest, in groups
//!    │        ▼
//!    └── signal: another frame · time to look after fuel and heap · a trap
//! ```
//!
//! Fuel is one an instruction. It is counted by stretches, when one is left by a jump, a call or a
//! trap; and looked at where calls begin and end, and where a jump goes back.

mod access;
pub(super) mod calls;
mod cold;
mod compare;
mod operators;
mod send;
mod text;
mod unwind;
mod variables;

use self::operators::remainder;
use super::codes::{Codes, MissingCode, Prelude};
use super::convert::{to_int32, to_uint32};
use super::frame::{Frame, Then};
use super::heap::Cell;
use super::{Atom, Hint, Index, Machine, Reason, Trap, Val};
use crate::code::{Code, Constant, Func, Op};

/// What is made again for every step: it is no part of the state.
pub(super) struct Run<'c> {
    pub(super) codes: Vec<Loaded<'c>>,
    prelude: &'c Prelude,
    /// Bytes of the heap from which on it is collected.
    collect_at: usize,
    /// If the step is to stop at the next line: where it began.
    stop: Option<Option<Line>>,
}

/// A code with what is quicker than to look into it.
pub(super) struct Loaded<'c> {
    pub(super) code: &'c Code,
    /// The values of constants that were needed.
    values: Vec<Option<Val>>,
    /// The atoms of constants that were needed.
    atoms: Vec<Option<Atom>>,
    /// For each instruction of a function where in the object its property was the last time.
    hints: Vec<Vec<u32>>,
}

/// A line of a code.
type Line = (u32, u32);

/// Where the interpreter is.
struct Cursor<'c> {
    site: Site,
    ops: &'c [Op],
    pc: usize,
    /// Up to where instructions are paid for.
    mark: usize,
}

/// The call that is in progress.
#[derive(Clone, Copy)]
struct Site {
    code: usize,
    function: usize,
    base: usize,
    closure: Option<Index>,
}

/// Why the dispatch ended.
enum Signal {
    /// Another frame is on top, or none.
    Frame,
    /// It is time to look after fuel and heap.
    Check,
    /// The next line has come.
    Line,
    /// The instruction did not end as usual.
    Trap(Trap),
}

/// How the interpreter goes on after an instruction.
pub(super) enum Next {
    /// With the next.
    Op,
    /// At another.
    Jump(u32),
    /// In another frame.
    Frame,
}

/// Bytes of garbage that are not worth a collection.
const GARBAGE_BYTES_IGNORED: usize = 1 << 20;

impl<'c> Run<'c> {
    pub(super) fn new(codes: &'c Codes, machine: &Machine) -> Result<Self, MissingCode> {
        let loaded = machine.codes.iter().map(|&hash| {
            let code = codes.get(hash).ok_or(MissingCode(Some(hash)))?;
            Ok(Loaded { code, values: Vec::new(), atoms: Vec::new(), hints: Vec::new() })
        });
        let prelude = machine.codes.first().and_then(|&hash| codes.functions(hash));
        let mut run = Self {
            codes: loaded.collect::<Result<_, MissingCode>>()?,
            prelude: prelude.ok_or(MissingCode(None))?,
            collect_at: 0,
            stop: None,
        };
        run.aim(machine);
        Ok(run)
    }

    /// Where the functions are that the machine calls by itself.
    pub(super) fn prelude(&self) -> &'c Prelude {
        self.prelude
    }

    /// Throws into the call that is in progress.
    pub(super) fn interrupt(&mut self, m: &mut Machine, trap: Trap) {
        if let Trap::Throw(value) = trap {
            self.throw(m, value);
        }
    }

    /// As between two jobs: whether fuel or room are used up.
    pub(super) fn look_after_job(&mut self, m: &mut Machine) -> Option<Reason> {
        if m.fuel <= 0 || m.heap_pressure() >= self.collect_at { self.look_after(m) } else { None }
    }

    /// As before a step's first instruction: whether there is less room than the process takes.
    pub(super) fn look_after_room(&mut self, m: &mut Machine) -> Option<Reason> {
        if m.heap_pressure() > m.heap_bytes_max {
            self.collect(m);
        }
        (m.heap_pressure() > m.heap_bytes_max).then_some(Reason::Heap)
    }

    /// Has the next run stop at the next line.
    pub(super) fn stop_after_line(&mut self, machine: &Machine) {
        let line = machine.frames.last().map(|frame| self.line_of(frame));
        self.stop = Some(line);
    }

    /// Takes the calls in progress on, until there are none. Gives a reason if they stand still.
    pub(super) fn run(&mut self, m: &mut Machine) -> Option<Reason> {
        while let Some(frame) = m.frames.last() {
            let mut cursor = self.cursor(frame);
            if (m.fuel <= 0 || m.heap_pressure() >= self.collect_at)
                && let Some(reason) = self.look_after(m)
            {
                return Some(reason);
            }
            let signal = match self.stop {
                None => self.dispatch::<false>(m, &mut cursor),
                Some(_) => self.dispatch::<true>(m, &mut cursor),
            };
            m.fuel -= (cursor.pc - cursor.mark) as i64;
            match signal {
                Signal::Frame => {}
                Signal::Check => save(m, cursor.pc),
                Signal::Line => {
                    save(m, cursor.pc);
                    return Some(Reason::Line);
                }
                Signal::Trap(trap) => {
                    save(m, cursor.pc - 1);
                    if let Some(reason) = self.trap(m, trap) {
                        return Some(reason);
                    }
                }
            }
        }
        None
    }

    fn cursor(&self, frame: &Frame) -> Cursor<'c> {
        let (code, function) = (frame.code as usize, frame.function as usize);
        let pc = frame.pc as usize;
        let ops = &self.codes[code].code.functions[function].ops;
        let site = Site { code, function, base: frame.base as usize, closure: frame.closure };
        Cursor { site, ops, pc, mark: pc }
    }

    fn func(&self, code: usize, function: usize) -> &'c Func {
        &self.codes[code].code.functions[function]
    }

    /// Does instructions until the frame is left or something is to be looked after.
    fn dispatch<const LINE: bool>(&mut self, m: &mut Machine, cursor: &mut Cursor<'c>) -> Signal {
        let (mut ops, mut site) = (cursor.ops, cursor.site);
        let (mut base, collect_at) = (site.base, self.collect_at);
        let (mut pc, mut mark) = (cursor.pc, cursor.mark);
        // Another frame is on top. What has to be looked after here is what `run` looks after.
        macro_rules! frame {
            () => {{
                m.fuel -= (pc - mark) as i64;
                mark = pc;
                let Some(frame) = m.frames.last() else { break Signal::Frame };
                let next = self.cursor(frame);
                (ops, site, base) = (next.ops, next.site, next.site.base);
                (pc, mark) = (next.pc, next.pc);
                if m.fuel <= 0 || m.heap_pressure() >= collect_at {
                    break Signal::Check;
                }
            }};
        }
        macro_rules! jump {
            ($target:expr) => {{
                m.fuel -= (pc - mark) as i64;
                let back = ($target as usize) < pc;
                pc = $target as usize;
                mark = pc;
                if back && (m.fuel <= 0 || m.heap_pressure() >= collect_at) {
                    break Signal::Check;
                }
            }};
        }
        macro_rules! number {
            ($op:expr, $a:ident, $b:ident, $result:expr) => {
                match m.stack.as_mut_slice() {
                    [.., first @ Val::Number(_), Val::Number($b)] => {
                        let (Val::Number($a), $b) = (*first, *$b) else { continue };
                        *first = $result;
                        m.stack.pop();
                    }
                    _ => cold!($op),
                }
            };
        }
        macro_rules! unless {
            ($target:expr, $a:ident, $b:ident, $holds:expr) => {
                if let [.., Val::Number($a), Val::Number($b)] = *m.stack.as_slice() {
                    m.stack.truncate(m.stack.len() - 2);
                    if $holds {
                        pc += 2;
                    } else {
                        jump!($target);
                    }
                }
            };
        }
        macro_rules! cold {
            ($op:expr) => {
                match self.cold(m, $op, site, pc) {
                    Ok(Next::Op) if m.heap_pressure() < collect_at => {}
                    Ok(Next::Op) => break Signal::Check,
                    Ok(Next::Jump(target)) => jump!(target),
                    Ok(Next::Frame) => frame!(),
                    Err(trap) => break Signal::Trap(trap),
                }
            };
        }
        let signal = loop {
            if LINE && self.at_next_line(site, pc) {
                break Signal::Line;
            }
            let op = ops[pc];
            pc += 1;
            match op {
                Op::GetSlot(slot) => m.stack.push(m.stack[base + usize::from(slot)]),
                Op::SetSlot(slot) => m.stack[base + usize::from(slot)] = pop(m),
                Op::Int(value) => m.stack.push(Val::Number(value.into())),
                Op::Undefined => m.stack.push(Val::Undefined),
                Op::Pop => drop(m.stack.pop()),
                Op::Dup => m.stack.push(top(m)),
                Op::Add => number!(op, a, b, Val::Number(a + b)),
                Op::Sub => number!(op, a, b, Val::Number(a - b)),
                Op::Mul => number!(op, a, b, Val::Number(a * b)),
                Op::Div => number!(op, a, b, Val::Number(a / b)),
                Op::Rem => number!(op, a, b, Val::Number(remainder(a, b))),
                Op::BitAnd => number!(op, a, b, integer(to_int32(a) & to_int32(b))),
                Op::BitOr => number!(op, a, b, integer(to_int32(a) | to_int32(b))),
                Op::BitXor => number!(op, a, b, integer(to_int32(a) ^ to_int32(b))),
                Op::Shl => number!(op, a, b, integer(to_int32(a).wrapping_shl(to_uint32(b)))),
                Op::Shr => number!(op, a, b, integer(to_int32(a).wrapping_shr(to_uint32(b)))),
                Op::Lt => number!(op, a, b, Val::Bool(a < b)),
                Op::Le => number!(op, a, b, Val::Bool(a <= b)),
                Op::Gt => number!(op, a, b, Val::Bool(a > b)),
                Op::Ge => number!(op, a, b, Val::Bool(a >= b)),
                Op::StrictEq => number!(op, a, b, Val::Bool(a == b)),
                Op::StrictNe => number!(op, a, b, Val::Bool(a != b)),
                Op::UnlessLt(target) => unless!(target, a, b, a < b),
                Op::UnlessLe(target) => unless!(target, a, b, a <= b),
                Op::UnlessGt(target) => unless!(target, a, b, a > b),
                Op::UnlessGe(target) => unless!(target, a, b, a >= b),
                Op::IncSlot { slot, skip } => {
                    if let Val::Number(number) = &mut m.stack[base + usize::from(slot)] {
                        *number += 1.0;
                        pc += usize::from(skip);
                    }
                }
                Op::Inc | Op::Dec => match m.stack.last_mut() {
                    Some(Val::Number(number)) if op == Op::Inc => *number += 1.0,
                    Some(Val::Number(number)) => *number -= 1.0,
                    _ => cold!(op),
                },
                Op::Not => {
                    let value = pop(m);
                    m.stack.push(Val::Bool(!m.to_boolean(value)));
                }
                Op::True => m.stack.push(Val::Bool(true)),
                Op::False => m.stack.push(Val::Bool(false)),
                Op::Null => m.stack.push(Val::Null),
                Op::Jump(target) => jump!(target),
                Op::JumpIfFalse(target) => {
                    let value = pop(m);
                    if !m.to_boolean(value) {
                        jump!(target);
                    }
                }
                Op::JumpIfTrue(target) => {
                    let value = pop(m);
                    if m.to_boolean(value) {
                        jump!(target);
                    }
                }
                Op::GetElem if self.get_element_fast(m) => {}
                Op::SetElem if set_element_fast(m) => {}
                Op::SetCaptureVar(number) if set_var_fast(m, capture(m, site, number)) => {}
                Op::SetVar(slot) if set_var_fast(m, m.stack[base + usize::from(slot)]) => {}
                Op::GetProp(name) if self.get_property_fast(m, site, pc, name) => {}
                Op::SetProp(name) if self.set_property_fast(m, site, pc, name) => {}
                Op::GetMethod(name) if self.get_method_fast(m, site, pc, name) => {}
                Op::GetCapture(number) => m.stack.push(capture(m, site, number)),
                Op::GetCaptureVar(number) if get_var_fast(m, capture(m, site, number)) => {}
                Op::GetVar(slot) if get_var_fast(m, m.stack[base + usize::from(slot)]) => {}
                Op::Const(number) => {
                    let value = self.constant(m, site.code, number);
                    m.stack.push(value);
                }
                Op::Call(arguments) if is_closure(m, arguments) => {
                    save(m, pc);
                    match self.call_closure(m, arguments.into(), 1) {
                        Ok(()) => frame!(),
                        Err(trap) => break Signal::Trap(trap),
                    }
                }
                Op::CallMethod(arguments) if is_closure(m, arguments) => {
                    save(m, pc);
                    match self.call_closure(m, arguments.into(), 2) {
                        Ok(()) => frame!(),
                        Err(trap) => break Signal::Trap(trap),
                    }
                }
                Op::Return if leave_fast(m) => frame!(),
                Op::Call(_) | Op::CallMethod(_) | Op::CallBuiltin { .. } => {
                    save(m, pc);
                    cold!(op);
                }
                op => cold!(op),
            }
        };
        (cursor.pc, cursor.mark) = (pc, mark);
        signal
    }

    /// The value of a constant.
    fn constant(&mut self, m: &mut Machine, code: usize, number: u32) -> Val {
        let loaded = &mut self.codes[code];
        if let Some(Some(value)) = loaded.values.get(number as usize) {
            return *value;
        }
        let value = match &loaded.code.constants[number as usize] {
            Constant::Number(number) => Val::Number(*number),
            Constant::String(text) => m.new_text(text.as_slice()),
            Constant::BigInt(value) => m.new_bigint(value.clone()),
            Constant::RegExp(..) => Val::Undefined,
        };
        if loaded.values.is_empty() {
            loaded.values = vec![None; loaded.code.constants.len()];
        }
        loaded.values[number as usize] = Some(value);
        value
    }

    /// The atom of a constant that is a name.
    fn name(&mut self, m: &mut Machine, code: usize, number: u32) -> Atom {
        let loaded = &mut self.codes[code];
        if let Some(Some(atom)) = loaded.atoms.get(number as usize) {
            return *atom;
        }
        let atom = match &loaded.code.constants[number as usize] {
            Constant::String(text) => m.atom(text),
            _ => super::atoms::EMPTY,
        };
        if loaded.atoms.is_empty() {
            loaded.atoms = vec![None; loaded.code.constants.len()];
        }
        loaded.atoms[number as usize] = Some(atom);
        atom
    }

    fn trap(&mut self, m: &mut Machine, trap: Trap) -> Option<Reason> {
        match trap {
            Trap::Throw(value) => self.throw(m, value),
            Trap::Coerce { at, hint } => {
                let (value, then) = (m.stack[at], Then::Replace(at as u32));
                if let Err(Trap::Throw(error)) = self.coerce(m, value, hint, then) {
                    self.throw(m, error);
                }
            }
            Trap::OutOfFuel => return Some(Reason::Fuel),
            Trap::OutOfHeap => {
                self.collect(m);
                if m.heap_pressure().saturating_add(m.heap_bytes_wanted) > m.heap_bytes_max {
                    return Some(Reason::Heap);
                }
            }
        }
        None
    }

    /// Calls the prelude's `toPrimitive`; the calling frame stands at the instruction to do again.
    fn coerce(&mut self, m: &mut Machine, value: Val, hint: Hint, then: Then) -> Result<(), Trap> {
        let Some(function) = self.prelude.to_primitive else {
            let message = "Cannot convert object to primitive value";
            return Err(m.throw(super::ErrorKind::TypeError, message));
        };
        let hint = m.new_str(match hint {
            Hint::Default => "default",
            Hint::Number => "number",
            Hint::String => "string",
        });
        let start = m.stack.len();
        m.stack.extend([value, hint]);
        let callee = calls::Callee { code: 0, function, closure: None };
        let place = calls::Placed { start, arguments: 2, under: 0, then };
        self.enter(m, callee, place)
    }

    /// Collects garbage if there may be much. Gives a reason if fuel or room are used up.
    fn look_after(&mut self, m: &mut Machine) -> Option<Reason> {
        if m.heap_pressure() >= self.collect_at {
            self.collect(m);
            if m.heap_pressure() > m.heap_bytes_max {
                return Some(Reason::Heap);
            }
        }
        (m.fuel <= 0).then_some(Reason::Fuel)
    }

    /// Gives back the cells that are out of use.
    fn collect(&mut self, m: &mut Machine) {
        self.forget();
        m.collect();
        self.aim(m);
    }

    /// Forgets what it keeps in the heap and among the atoms.
    pub(super) fn forget(&mut self) {
        for loaded in &mut self.codes {
            loaded.values.clear();
            loaded.atoms.clear();
        }
    }

    fn aim(&mut self, m: &Machine) {
        let worthwhile = m.heap_pressure().saturating_mul(2).max(GARBAGE_BYTES_IGNORED);
        self.collect_at = worthwhile.min(m.heap_bytes_max.saturating_add(1));
        // Where the limit is near, a collection has to be worth something all the same.
        self.collect_at = self.collect_at.max(m.heap_pressure() + 1);
    }

    fn line_of(&self, frame: &Frame) -> Line {
        let func = self.func(frame.code as usize, frame.function as usize);
        (frame.code, line_at(func, frame.pc as usize))
    }

    fn at_next_line(&mut self, site: Site, pc: usize) -> bool {
        let Some(stop) = &self.stop else { return false };
        let line = (site.code as u32, line_at(self.func(site.code, site.function), pc));
        // The prelude is nobody's program.
        if site.code == 0 || *stop == Some(line) {
            return false;
        }
        let passed = stop.is_some();
        self.stop = Some(Some(line));
        passed
    }
}

/// The line at an instruction; 0 if it is not known.
fn line_at(func: &Func, pc: usize) -> u32 {
    let place = func.lines.partition_point(|place| place.pc as usize <= pc);
    place.checked_sub(1).map_or(0, |place| func.lines[place].line)
}

fn save(m: &mut Machine, pc: usize) {
    if let Some(frame) = m.frames.last_mut() {
        frame.pc = pc as u32;
    }
}

#[inline(always)]
fn pop(m: &mut Machine) -> Val {
    m.stack.pop().unwrap_or(Val::Undefined)
}

#[inline(always)]
fn top(m: &Machine) -> Val {
    m.stack.last().copied().unwrap_or(Val::Undefined)
}

/// Whether what stands below so many arguments is a closure.
#[inline(always)]
fn is_closure(m: &Machine, arguments: u8) -> bool {
    let place = m.stack.len().checked_sub(1 + usize::from(arguments));
    match place.and_then(|place| m.stack.get(place)) {
        Some(&Val::Object(index)) => matches!(m.heap.get(index), Cell::Function(_)),
        _ => false,
    }
}

/// Ends a call whose result the caller wants on the stack, and nothing else.
#[inline(always)]
fn leave_fast(m: &mut Machine) -> bool {
    let Some(&Frame { base, under, promise: None, then: Then::Push, .. }) = m.frames.last() else {
        return false;
    };
    let value = top(m);
    m.frames.pop();
    m.stack.truncate((base - under) as usize);
    m.stack.push(value);
    true
}

fn integer(value: i32) -> Val {
    Val::Number(value.into())
}

/// `array[index] = value` with an index that is there or next.
#[inline(always)]
fn set_element_fast(m: &mut Machine) -> bool {
    let [.., object, key, value] = *m.stack.as_slice() else { return false };
    let set = m.set_element_fast(object, key, value);
    if set {
        m.stack.truncate(m.stack.len() - 2);
        if let Some(top) = m.stack.last_mut() {
            *top = value;
        }
    }
    set
}

/// Takes the new value of a shared variable from the stack, if it is initialized.
#[inline(always)]
fn set_var_fast(m: &mut Machine, var: Val) -> bool {
    let (Val::Var(index), Some(&value)) = (var, m.stack.last()) else { return false };
    match m.heap.get_mut(index) {
        Cell::Var(Val::Uninit) => false,
        Cell::Var(old) => {
            *old = value;
            m.stack.pop();
            true
        }
        _ => false,
    }
}

/// What the closure took along.
#[inline(always)]
fn capture(m: &Machine, site: Site, number: u16) -> Val {
    match site.closure.map(|closure| m.heap.get(closure)) {
        Some(Cell::Function(function)) => function.captures[usize::from(number)],
        _ => Val::Undefined,
    }
}

/// Pushes the value of a shared variable, if it is initialized.
#[inline(always)]
fn get_var_fast(m: &mut Machine, var: Val) -> bool {
    let Val::Var(index) = var else { return false };
    match m.heap.get(index) {
        Cell::Var(Val::Uninit) => false,
        Cell::Var(value) => {
            let value = *value;
            m.stack.push(value);
            true
        }
        _ => false,
    }
}
