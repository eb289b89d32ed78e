//! The instructions that are less frequent, in groups.

use super::super::heap::{Array, Cell, RegExp, VAL_BYTES};
use super::super::{ErrorKind, Machine, Trap, Val};
use super::calls::{Called, Placed};
use super::{Next, Run, Site, capture, pop, top};
use crate::builtin::iterator;
use crate::code::{Constant, Op};
use crate::machine::frame::Then;

impl Run<'_> {
    /// Does one instruction; `pc` is the one after it.
    #[inline(never)]
    pub(super) fn cold(&mut self, m: &mut Machine, op: Op, site: Site, pc: usize) -> Called {
        match op {
            Op::Call(arguments) => return self.call(m, arguments.into(), 1),
            Op::CallMethod(arguments) => return self.call(m, arguments.into(), 2),
            Op::Return => {
                let value = pop(m);
                self.leave(m, value);
                return Ok(Next::Frame);
            }
            Op::GetProp(name) => {
                let value = self.get_property(m, site, pc, top(m), name)?;
                m.replace(1, value)?;
            }
            Op::GetMethod(name) => {
                let value = self.get_property(m, site, pc, top(m), name)?;
                m.stack.push(value);
            }
            Op::SetProp(name) => self.set_property(m, site, pc, name)?,
            Op::GetElem => {
                let [.., object, _] = *m.stack.as_slice() else { return Ok(Next::Op) };
                let value = self.element(m, object, m.stack.len() - 1)?;
                m.replace(2, value)?;
            }
            Op::GetMethodElem => {
                let [.., object, _] = *m.stack.as_slice() else { return Ok(Next::Op) };
                let value = self.element(m, object, m.stack.len() - 1)?;
                m.replace(1, value)?;
            }
            Op::SetElem => self.set_element(m)?,
            Op::Add => m.add()?,
            Op::Lt | Op::Le | Op::Gt | Op::Ge => m.compare(op)?,
            Op::Sub | Op::Mul | Op::Div | Op::Rem | Op::Pow => m.binary(op)?,
            Op::BitAnd | Op::BitOr | Op::BitXor | Op::Shl | Op::Shr | Op::UShr => m.binary(op)?,
            Op::Neg | Op::ToNumber | Op::ToNumeric | Op::BitNot | Op::Inc | Op::Dec => {
                m.unary(op)?;
            }
            Op::StrictEq | Op::StrictNe => {
                let [.., a, b] = *m.stack.as_slice() else { return Ok(Next::Op) };
                m.charge(m.comparison_work(a, b));
                let equal = m.strict_equals(a, b);
                m.replace(2, Val::Bool(equal == (op == Op::StrictEq)))?;
            }
            Op::Not => {
                let value = !m.to_boolean(top(m));
                m.replace(1, Val::Bool(value))?;
            }
            Op::CallBuiltin { .. }
            | Op::CallSpread
            | Op::CallMethodSpread
            | Op::New(_)
            | Op::NewSpread
            | Op::Send(_)
            | Op::SendElem
            | Op::SendApply
            | Op::Throw
            | Op::Await => return self.call_op(m, op, site, pc),
            Op::NewObject => {
                let object = m.new_object();
                m.stack.push(object);
            }
            Op::Define(name) => {
                let name = self.name(m, site.code, name);
                let value = pop(m);
                m.define(top(m), name, value);
            }
            Op::Closure(function) => self.closure(m, site, function),
            _ => return self.colder(m, op, site, pc),
        }
        Ok(Next::Op)
    }

    fn colder(&mut self, m: &mut Machine, op: Op, site: Site, pc: usize) -> Called {
        match op {
            Op::JumpIfFalseOrPop(_)
            | Op::JumpIfTrueOrPop(_)
            | Op::JumpUnlessNullishOrPop(_)
            | Op::JumpUnlessUndefinedOrPop(_)
            | Op::JumpIfNullish(_)
            | Op::NextOrJump(_) => return Ok(self.jump_op(m, op)),
            Op::GetSlotChecked(_)
            | Op::SetSlotChecked(_)
            | Op::ClearSlot(_)
            | Op::NewVar(_)
            | Op::ShareSlot(_)
            | Op::RenewVar(_)
            | Op::GetVar(_)
            | Op::SetVar(_)
            | Op::InitVar(_)
            | Op::GetCaptureVar(_)
            | Op::SetCaptureVar(_)
            | Op::Import { .. }
            | Op::Export(_) => self.variable_op(m, op, site, pc)?,
            Op::Null
            | Op::True
            | Op::False
            | Op::Builtin(_)
            | Op::RegExp(_)
            | Op::Dup2
            | Op::Swap
            | Op::Pick(_)
            | Op::Bury(_)
            | Op::GetCapture(_)
            | Op::TypeOf => self.stack_op(m, op, site),
            Op::Iterate | Op::Next | Op::NextAll | Op::ToString | Op::Concat(_) => {
                self.series_op(m, op)?;
            }
            _ => self.object_op(m, op, site)?,
        }
        Ok(Next::Op)
    }

    fn call_op(&mut self, m: &mut Machine, op: Op, site: Site, pc: usize) -> Called {
        super::save(m, pc);
        match op {
            Op::CallBuiltin { builtin, arguments } => {
                let arguments = usize::from(arguments);
                let start = m.stack.len() - arguments;
                let place = Placed { start, arguments, under: 0, then: Then::Push };
                return self.call_builtin(m, builtin, Val::Undefined, place);
            }
            Op::CallSpread => return self.spread(m, |run, m, count| run.call(m, count, 1)),
            Op::CallMethodSpread => return self.spread(m, |run, m, count| run.call(m, count, 2)),
            Op::New(arguments) => return self.construct(m, arguments.into()),
            Op::NewSpread => return self.spread(m, |run, m, count| run.construct(m, count)),
            Op::Send(name) => {
                let name = self.name(m, site.code, name);
                self.send(m, Some(name))?;
            }
            Op::SendElem => self.send_element(m)?,
            Op::SendApply => self.send(m, None)?,
            Op::Await => return self.wait(m, pc),
            _ => return Err(Trap::Throw(pop(m))),
        }
        Ok(Next::Op)
    }

    /// A call whose arguments are in an array. If it is to be done again, the array is back.
    fn spread(
        &mut self,
        m: &mut Machine,
        call: impl FnOnce(&mut Self, &mut Machine, usize) -> Called,
    ) -> Called {
        let list = pop(m);
        let items = m.items(list);
        if m.stack.len() + items.len() > crate::limits::STACK_VALUES_MAX {
            m.stack.push(list);
            return Err(m.throw(ErrorKind::RangeError, "Maximum call stack size exceeded"));
        }
        let start = m.stack.len();
        m.stack.extend_from_slice(&items);
        let called = call(self, m, items.len());
        match called {
            // Its primitive goes into a copy of the array, which may be the script's own.
            Err(Trap::Coerce { at, hint }) if at >= start => {
                let value = m.stack[at];
                m.stack.truncate(start);
                let Val::Object(copy) = m.new_array(items) else { return Ok(Next::Op) };
                m.stack.push(Val::Object(copy));
                if let Some(frame) = m.frames.last_mut() {
                    frame.pc -= 1;
                }
                self.coerce(m, value, hint, Then::Item(copy, (at - start) as u32))?;
                Ok(Next::Frame)
            }
            Err(trap @ (Trap::Coerce { .. } | Trap::OutOfFuel | Trap::OutOfHeap)) => {
                m.stack.truncate(start);
                m.stack.push(list);
                Err(trap)
            }
            other => other,
        }
    }

    fn jump_op(&mut self, m: &mut Machine, op: Op) -> Next {
        let value = top(m);
        let (target, jumps, pops) = match op {
            Op::JumpIfFalseOrPop(target) => (target, !m.to_boolean(value), true),
            Op::JumpIfTrueOrPop(target) => (target, m.to_boolean(value), true),
            Op::JumpUnlessNullishOrPop(target) => {
                (target, !matches!(value, Val::Undefined | Val::Null), true)
            }
            Op::JumpUnlessUndefinedOrPop(target) => (target, value != Val::Undefined, true),
            Op::JumpIfNullish(target) => {
                (target, matches!(value, Val::Undefined | Val::Null), false)
            }
            Op::NextOrJump(target) => {
                let Some(value) = next(m, value) else { return Next::Jump(target) };
                m.stack.push(value);
                return Next::Op;
            }
            _ => return Next::Op,
        };
        if jumps {
            return Next::Jump(target);
        }
        if pops {
            m.stack.pop();
        }
        Next::Op
    }

    /// Constants and the stack.
    fn stack_op(&mut self, m: &mut Machine, op: Op, site: Site) {
        match op {
            Op::Null => m.stack.push(Val::Null),
            Op::True => m.stack.push(Val::Bool(true)),
            Op::False => m.stack.push(Val::Bool(false)),
            Op::Builtin(builtin) => m.stack.push(Val::Builtin(builtin)),
            Op::RegExp(number) => {
                let constant = &self.codes[site.code].code.constants[number as usize];
                if let Constant::RegExp(pattern, flags) = constant {
                    let (pattern, flags) = (pattern.as_slice().into(), flags.clone());
                    let regexp = RegExp { pattern, flags, last_index: Val::Number(0.0) };
                    let regexp = m.alloc(Cell::RegExp(regexp));
                    m.stack.push(Val::Object(regexp));
                }
            }
            Op::Dup2 => {
                if let [.., a, b] = *m.stack.as_slice() {
                    m.stack.extend([a, b]);
                }
            }
            Op::Swap => {
                if let [.., a, b] = m.stack.as_mut_slice() {
                    std::mem::swap(a, b);
                }
            }
            Op::Pick(depth) => m.stack.push(m.stack[m.stack.len() - 1 - usize::from(depth)]),
            Op::Bury(depth) => {
                let value = pop(m);
                let at = m.stack.len() - usize::from(depth);
                m.stack.insert(at, value);
            }
            Op::GetCapture(number) => m.stack.push(capture(m, site, number)),
            Op::TypeOf => {
                let kind = m.type_of(top(m));
                m.stack.pop();
                let kind = m.new_str(kind);
                m.stack.push(kind);
            }
            _ => {}
        }
    }

    /// Objects and arrays.
    fn object_op(&mut self, m: &mut Machine, op: Op, site: Site) -> Result<(), Trap> {
        match op {
            Op::NewArray(len) => {
                let items = m.stack.split_off(m.stack.len() - usize::from(len));
                let array = m.new_array(items);
                m.stack.push(array);
            }
            Op::Append => {
                let value = pop(m);
                if let Some(array) = array_of(m, top(m)) {
                    array.items.push(value);
                    m.heap.resized(0, VAL_BYTES);
                }
            }
            Op::AppendAll => self.append_all(m)?,
            Op::DefineElem => {
                let [.., object, key, value] = *m.stack.as_slice() else { return Ok(()) };
                let name = m.key_atom(key, m.stack.len() - 2)?;
                m.check_key(name)?;
                m.define(object, name, value);
                m.stack.truncate(m.stack.len() - 2);
            }
            Op::DefineAll => {
                let source = pop(m);
                let properties = self.own_properties(m, source);
                m.charge(properties.len());
                for (name, value) in properties {
                    m.define(top(m), name, value);
                }
            }
            Op::Rest(keys) => self.rest(m, keys.into())?,
            Op::RequireObject => {
                if matches!(top(m), Val::Undefined | Val::Null) {
                    let shown = m.brief(top(m));
                    let message = format!("Cannot destructure '{shown}' as it is {shown}.");
                    return Err(m.throw(ErrorKind::TypeError, message));
                }
            }
            Op::ToKey => {
                let key = top(m);
                if !matches!(key, Val::Number(_) | Val::Text(_)) {
                    let text = m.value_to_text(key, m.stack.len() - 1)?;
                    let text = m.new_text(text);
                    m.replace(1, text)?;
                }
            }
            Op::DeleteProp(name) => {
                let name = self.name(m, site.code, name);
                m.delete_named(top(m), name)?;
                m.replace(1, Val::Bool(true))?;
            }
            Op::DeleteElem => {
                m.delete_element()?;
                m.replace(2, Val::Bool(true))?;
            }
            Op::In => {
                let [.., key, object] = *m.stack.as_slice() else { return Ok(()) };
                let has = m.has_named(object, key, m.stack.len() - 2)?;
                m.replace(2, Val::Bool(has))?;
            }
            Op::InstanceOf => {
                let [.., value, constructor] = *m.stack.as_slice() else { return Ok(()) };
                let is = instance_of(m, value, constructor)?;
                m.replace(2, Val::Bool(is))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Iteration and text.
    fn series_op(&mut self, m: &mut Machine, op: Op) -> Result<(), Trap> {
        match op {
            Op::Iterate => {
                let iterator = iterator::iterate(m, top(m))?;
                m.replace(1, Val::Object(iterator))?;
            }
            Op::Next => {
                let value = next(m, top(m)).unwrap_or(Val::Undefined);
                m.stack.push(value);
            }
            Op::NextAll => {
                let mut values = Vec::new();
                while let Some(value) = next(m, top(m)) {
                    values.push(value);
                }
                m.charge(values.len());
                let array = m.new_array(values);
                m.stack.push(array);
            }
            Op::ToString if !matches!(top(m), Val::Text(_)) => {
                let text = m.value_to_text(top(m), m.stack.len() - 1)?;
                let text = m.new_text(text);
                m.replace(1, text)?;
            }
            Op::Concat(count) => m.concat_all(count.into())?,
            _ => {}
        }
        Ok(())
    }

    fn append_all(&mut self, m: &mut Machine) -> Result<(), Trap> {
        let [.., array, iterable] = *m.stack.as_slice() else { return Ok(()) };
        let room = match iterable {
            Val::Object(index) => m.heap.get(index).size_bytes(),
            Val::Text(index) => 96 * m.text_len(index),
            _ => 0,
        };
        m.reserve(2 * room)?;
        let iterator = iterator::iterate(m, iterable)?;
        let mut values = Vec::new();
        while let Some(value) = iterator::next_value(m, iterator) {
            values.push(value);
        }
        m.charge(values.len());
        m.stack.pop();
        let added = values.len();
        if let Some(array) = array_of(m, array) {
            array.items.append(&mut values);
            m.heap.resized(0, VAL_BYTES * added);
        }
        Ok(())
    }

    /// `{ a, ...rest }`: the source stands below the keys.
    fn rest(&mut self, m: &mut Machine, keys: usize) -> Result<(), Trap> {
        let start = m.stack.len() - keys;
        let mut taken = Vec::with_capacity(keys);
        for at in start..start + keys {
            taken.push(m.key_atom(m.stack[at], at)?);
        }
        let source = m.stack[start - 1];
        let properties = self.own_properties(m, source);
        m.charge(properties.len());
        let object = m.new_object();
        for (name, value) in properties {
            if !taken.contains(&name) {
                m.define(object, name, value);
            }
        }
        m.replace(keys + 1, object)
    }
}

fn next(m: &mut Machine, iterator: Val) -> Option<Val> {
    match iterator {
        Val::Object(index) => iterator::next_value(m, index),
        _ => None,
    }
}

fn array_of(m: &mut Machine, value: Val) -> Option<&mut Array> {
    match value {
        Val::Object(index) => match m.heap.get_mut(index) {
            Cell::Array(array) => Some(array),
            _ => None,
        },
        _ => None,
    }
}

/// `value instanceof constructor`.
fn instance_of(m: &mut Machine, value: Val, constructor: Val) -> Result<bool, Trap> {
    use crate::machine::heap::Class;
    let path = match constructor {
        Val::Builtin(builtin) if builtin.is_callable() => builtin.entry().path,
        _ => {
            let message = "Right-hand side of 'instanceof' is not callable";
            return Err(m.throw(ErrorKind::TypeError, message));
        }
    };
    let Val::Object(index) = value else {
        return Ok(matches!(value, Val::Builtin(b) if b.is_callable()) && path == "Function");
    };
    Ok(match m.heap.get(index) {
        Cell::Object(object) => match object.class {
            Class::Error(kind) => path == "Error" || path == kind.name() || path == "Object",
            _ => path == "Object",
        },
        Cell::Array(_) => path == "Array" || path == "Object",
        Cell::Map(_) => path == "Map" || path == "Object",
        Cell::Set(_) => path == "Set" || path == "Object",
        Cell::Promise(_) => path == "Promise" || path == "Object",
        Cell::RegExp(_) => path == "RegExp" || path == "Object",
        Cell::Function(_) | Cell::Bound { .. } => path == "Object",
        _ => false,
    })
}
