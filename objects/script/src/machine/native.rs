//! What native functions may do with the machine.
//!
//! No collection runs inside a native function, so it may hold values in locals. It reads and
//! converts its arguments first, in the order of ECMA-262: a conversion that meets an object ends
//! in [`Trap::Coerce`], and the function is called again from its start.

use std::fmt::Display;
use std::sync::LazyLock;

use num_bigint::BigInt;

use super::heap::{self, Array, Cell, Class, Object, Properties, Text};
use super::{Args, Atom, ErrorKind, Hint, Index, Machine, Trap, Val, atoms, convert};
use crate::limits::DEBT_MAX;

/// A number of either kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Numeric {
    /// A float.
    Number(f64),
    /// A big integer.
    BigInt(BigInt),
}

/// The strings of one code unit that are frequent.
static UNITS: LazyLock<Vec<Text>> =
    LazyLock::new(|| (0..128_u16).map(|unit| [unit].as_slice().into()).collect());

/// Arguments.
impl Machine {
    /// An argument; undefined if it is not there.
    #[inline]
    pub fn arg(&self, args: Args, i: usize) -> Val {
        if i < args.len { self.stack[args.start + i] } else { Val::Undefined }
    }

    /// An argument as text (ToString).
    pub fn to_text(&mut self, args: Args, i: usize) -> Result<Text, Trap> {
        let value = self.arg(args, i);
        self.value_to_text(value, args.start + i)
    }

    /// An argument as a number (ToNumber).
    pub fn to_number(&mut self, args: Args, i: usize) -> Result<f64, Trap> {
        let value = self.arg(args, i);
        self.value_to_number(value, args.start + i)
    }

    /// An argument as a number without fraction (ToIntegerOrInfinity).
    pub fn to_integer(&mut self, args: Args, i: usize) -> Result<f64, Trap> {
        Ok(convert::to_integer(self.to_number(args, i)?))
    }

    /// An argument as a number of either kind (ToNumeric).
    pub fn to_numeric(&mut self, args: Args, i: usize) -> Result<Numeric, Trap> {
        let value = self.arg(args, i);
        self.value_to_numeric(value, args.start + i)
    }

    /// The receiver as text (`this` of a string's methods).
    pub fn this_text(&mut self, this: Val) -> Result<Text, Trap> {
        match this {
            Val::Text(index) => Ok(self.text_of(index)),
            other => {
                let shown = self.type_of(other);
                Err(self
                    .throw(ErrorKind::TypeError, format!("the receiver is no string but {shown}")))
            }
        }
    }

    /// Whether a value is truthy (ToBoolean).
    #[inline]
    pub fn to_boolean(&self, value: Val) -> bool {
        match value {
            Val::Bool(value) => value,
            Val::Uninit | Val::Undefined | Val::Null => false,
            Val::Number(number) => !(number == 0.0 || number.is_nan()),
            Val::Text(index) => self.text_len(index) != 0,
            Val::BigInt(index) => match self.heap.get(index) {
                Cell::BigInt(value) => value.sign() != num_bigint::Sign::NoSign,
                _ => true,
            },
            Val::Object(_) | Val::Builtin(_) | Val::Var(_) => true,
        }
    }
}

/// Conversions of values; `at` is the value's place on the stack, where a primitive may be put.
impl Machine {
    /// ToString.
    pub fn value_to_text(&mut self, value: Val, at: usize) -> Result<Text, Trap> {
        match value {
            Val::Text(index) => Ok(self.text_of(index)),
            Val::Object(_) | Val::Builtin(_) => Err(Trap::Coerce { at, hint: Hint::String }),
            Val::Number(number) => Ok(convert::number_to_units(number)),
            Val::BigInt(index) => Ok(self.bigint_text(index)?.encode_utf16().collect()),
            primitive => {
                let text = primitive_to_text(primitive);
                Ok(text.encode_utf16().collect())
            }
        }
    }

    /// ToNumber.
    pub fn value_to_number(&mut self, value: Val, at: usize) -> Result<f64, Trap> {
        match self.value_to_numeric(value, at)? {
            Numeric::Number(number) => Ok(number),
            Numeric::BigInt(_) => {
                Err(self.throw(ErrorKind::TypeError, "Cannot convert a BigInt value to a number"))
            }
        }
    }

    /// ToNumeric.
    pub fn value_to_numeric(&mut self, value: Val, at: usize) -> Result<Numeric, Trap> {
        Ok(Numeric::Number(match value {
            Val::Number(number) => number,
            Val::Uninit | Val::Undefined | Val::Var(_) => f64::NAN,
            Val::Null => 0.0,
            Val::Bool(value) => f64::from(u8::from(value)),
            Val::Text(index) => {
                let text = self.text_of(index);
                self.charge(text.len() / 16);
                convert::text_to_number(&text)
            }
            Val::BigInt(index) => return Ok(Numeric::BigInt(self.bigint_of(index))),
            Val::Object(_) | Val::Builtin(_) => {
                return Err(Trap::Coerce { at, hint: Hint::Number });
            }
        }))
    }

    /// The integer in a cell.
    pub fn bigint_of(&self, index: Index) -> BigInt {
        match self.heap.get(index) {
            Cell::BigInt(value) => value.clone(),
            _ => BigInt::default(),
        }
    }

    /// The text in a cell; a rope is put together first, once.
    pub fn text_of(&mut self, index: Index) -> Text {
        match self.heap.get(index) {
            Cell::Text(text) => Text::clone(text),
            Cell::Rope { .. } => self.flatten(index),
            _ => Text::default(),
        }
    }

    /// Code units of the text in a cell.
    pub fn text_len(&self, index: Index) -> usize {
        match self.heap.get(index) {
            Cell::Text(text) => text.len(),
            Cell::Rope { units, .. } => *units as usize,
            _ => 0,
        }
    }

    fn flatten(&mut self, index: Index) -> Text {
        let units = self.text_units(index);
        self.charge(units.len() / 16);
        let text: Text = units.into();
        let flat = Text::clone(&text);
        self.heap.modify(index, |cell| *cell = Cell::Text(flat));
        text
    }

    /// What `typeof` gives.
    pub fn type_of(&self, value: Val) -> &'static str {
        match value {
            Val::Uninit | Val::Undefined | Val::Var(_) => "undefined",
            Val::Null => "object",
            Val::Bool(_) => "boolean",
            Val::Number(_) => "number",
            Val::Text(_) => "string",
            Val::BigInt(_) => "bigint",
            Val::Builtin(builtin) if builtin.is_callable() => "function",
            Val::Builtin(_) => "object",
            Val::Object(index) => match self.heap.get(index) {
                Cell::Function(_) | Cell::Bound { .. } => "function",
                _ => "object",
            },
        }
    }

    /// Whether a value can be called.
    pub fn is_callable(&self, value: Val) -> bool {
        self.type_of(value) == "function"
    }
}

/// New values.
impl Machine {
    /// Puts a cell into the heap.
    #[inline]
    pub fn alloc(&mut self, cell: Cell) -> Index {
        self.heap.alloc(cell)
    }

    /// A cell of the heap.
    #[inline]
    pub fn cell(&self, index: Index) -> &Cell {
        self.heap.get(index)
    }

    /// A cell of the heap, to be changed: see [`heap::Heap::resized`].
    #[inline]
    pub fn cell_mut(&mut self, index: Index) -> &mut Cell {
        self.heap.get_mut(index)
    }

    /// Changes a cell and counts what its size becomes.
    pub fn modify<T>(&mut self, index: Index, change: impl FnOnce(&mut Cell) -> T) -> T {
        self.heap.modify(index, change)
    }

    /// A string.
    pub fn new_text(&mut self, text: impl Into<Text>) -> Val {
        Val::Text(self.alloc(Cell::Text(text.into())))
    }

    /// A string of one code unit.
    pub fn new_unit(&mut self, unit: u16) -> Val {
        match UNITS.get(usize::from(unit)) {
            Some(text) => self.new_text(Text::clone(text)),
            None => self.new_text([unit].as_slice()),
        }
    }

    /// A string.
    pub fn new_str(&mut self, text: &str) -> Val {
        let text: Text = text.encode_utf16().collect();
        self.new_text(text)
    }

    /// An array.
    pub fn new_array(&mut self, items: Vec<Val>) -> Val {
        Val::Object(self.alloc(Cell::Array(Array { items, frozen: false, matched: None })))
    }

    /// A plain object.
    pub fn new_object(&mut self) -> Val {
        self.new_object_of(Class::Plain)
    }

    /// An object of a class.
    pub fn new_object_of(&mut self, class: Class) -> Val {
        let object = Object { class, frozen: false, properties: Properties::default() };
        Val::Object(self.alloc(Cell::Object(object)))
    }

    /// A big integer.
    pub fn new_bigint(&mut self, value: impl Into<BigInt>) -> Val {
        Val::BigInt(self.alloc(Cell::BigInt(value.into())))
    }

    /// An error.
    pub fn new_error(&mut self, kind: ErrorKind, message: impl Display) -> Val {
        let error = self.new_object_of(Class::Error(kind));
        let message = self.new_str(&message.to_string());
        self.define(error, atoms::MESSAGE, message);
        error
    }

    /// Throws an error.
    #[cold]
    pub fn throw(&mut self, kind: ErrorKind, message: impl Display) -> Trap {
        Trap::Throw(self.new_error(kind, message))
    }
}

/// Names and properties.
impl Machine {
    /// The atom of a name.
    pub fn atom(&mut self, name: &[u16]) -> Atom {
        self.atoms.intern(name)
    }

    /// The atom of a name.
    pub fn atom_str(&mut self, name: &str) -> Atom {
        match atoms::known(name) {
            Some(atom) => atom,
            None => self.atoms.intern(&name.encode_utf16().collect::<Vec<_>>()),
        }
    }

    /// The name that an atom stands for.
    pub fn atom_text(&self, atom: Atom) -> Text {
        self.atoms.text(atom)
    }

    /// The own data property of an object with this name. Methods, lengths and what else a value
    /// has by its kind are none of them.
    pub fn get(&self, object: Val, name: Atom) -> Option<Val> {
        let Val::Object(index) = object else { return None };
        match self.heap.get(index) {
            Cell::Object(object) => object.properties.get(name),
            Cell::Array(array) => {
                let Some(place) = self.atoms.index(name) else {
                    return array.matched.as_ref()?.get(name);
                };
                array.items.get(place as usize).copied()
            }
            _ => None,
        }
    }

    /// Sets a property of a plain object, error or `Far` object, frozen or not: while it is made.
    pub fn define(&mut self, object: Val, name: Atom, value: Val) {
        let Val::Object(index) = object else { return };
        if let Cell::Object(object) = self.heap.get_mut(index)
            && let Some(moved) = object.properties.set(name, value, &self.atoms)
        {
            self.heap.resized(0, heap::PROPERTY_BYTES);
            self.charge(moved / 64);
        }
    }
}

/// Work and room.
impl Machine {
    /// Takes fuel for work whose size depends on the data, in steps about as long as an
    /// instruction. It may go into debt; then the process is suspended after this instruction.
    #[inline]
    pub fn charge(&mut self, work: usize) {
        self.fuel = self.fuel.saturating_sub(work as i64);
    }

    /// Takes fuel for work before it is done, unless it costs so much more than there is that the
    /// debt would be too large: then the instruction is done again when there is more.
    pub fn afford(&mut self, work: usize) -> Result<(), Trap> {
        self.check_debt(work)?;
        self.charge(work);
        Ok(())
    }

    /// As [`afford`](Self::afford), without taking the fuel yet.
    pub fn check_debt(&self, work: usize) -> Result<(), Trap> {
        let work = i64::try_from(work).unwrap_or(i64::MAX);
        let left = self.fuel.saturating_add(DEBT_MAX as i64);
        if work > left { Err(Trap::OutOfFuel) } else { Ok(()) }
    }

    /// Asks for room before something large is built: so many bytes that it will count for.
    pub fn reserve(&mut self, bytes: usize) -> Result<(), Trap> {
        if self.heap_pressure().saturating_add(bytes) > self.heap_bytes_max {
            self.heap_bytes_wanted = bytes;
            return Err(Trap::OutOfHeap);
        }
        Ok(())
    }
}

/// What a primitive value is as text that is neither text nor a big integer.
fn primitive_to_text(value: Val) -> String {
    match value {
        Val::Uninit | Val::Undefined | Val::Var(_) => "undefined".to_owned(),
        Val::Null => "null".to_owned(),
        Val::Bool(value) => value.to_string(),
        Val::Number(number) => convert::number_to_text(number),
        Val::BigInt(_) | Val::Text(_) | Val::Object(_) | Val::Builtin(_) => String::new(),
    }
}

/// Equality.
impl Machine {
    /// The work of comparing two values, besides that of looking at them.
    #[inline]
    pub fn comparison_work(&self, a: Val, b: Val) -> usize {
        match (a, b) {
            (Val::Text(a), Val::Text(b)) if a != b => {
                let units = self.text_len(a);
                if units == self.text_len(b) { units / 16 } else { 0 }
            }
            (Val::BigInt(a), Val::BigInt(_)) => {
                usize::try_from(self.bigint_bits(a) / 512).unwrap_or(usize::MAX)
            }
            _ => 0,
        }
    }

    /// `===`.
    #[inline]
    pub fn strict_equals(&self, a: Val, b: Val) -> bool {
        match (a, b) {
            (Val::Number(a), Val::Number(b)) => a == b,
            (Val::Text(a), Val::Text(b)) => a == b || self.same_text(a, b),
            (Val::BigInt(a), Val::BigInt(b)) => match (self.heap.get(a), self.heap.get(b)) {
                (Cell::BigInt(a), Cell::BigInt(b)) => a == b,
                _ => false,
            },
            (a, b) => a == b,
        }
    }

    /// `Object.is`.
    pub fn same_value(&self, a: Val, b: Val) -> bool {
        match (a, b) {
            (Val::Number(a), Val::Number(b)) => {
                a.is_nan() && b.is_nan() || a == b && a.is_sign_negative() == b.is_sign_negative()
            }
            _ => self.strict_equals(a, b),
        }
    }

    /// As `includes` and `Map` compare.
    pub fn same_value_zero(&self, a: Val, b: Val) -> bool {
        match (a, b) {
            (Val::Number(a), Val::Number(b)) => a == b || a.is_nan() && b.is_nan(),
            _ => self.strict_equals(a, b),
        }
    }

    fn same_text(&self, a: Index, b: Index) -> bool {
        match (self.heap.get(a), self.heap.get(b)) {
            (Cell::Text(a), Cell::Text(b)) => a == b,
            _ => {
                self.text_len(a) == self.text_len(b)
                    && self.text_units(a).into_iter().eq(self.text_units(b))
            }
        }
    }

    /// The text in a cell, without changing the cell.
    pub fn text_units(&self, index: Index) -> Vec<u16> {
        self.text_start(index, usize::MAX)
    }

    /// The first code units of the text in a cell, at the most so many.
    pub fn text_start(&self, index: Index, units_max: usize) -> Vec<u16> {
        let mut units = Vec::with_capacity(self.text_len(index).min(units_max));
        let mut left = vec![index];
        while let Some(part) = left.pop()
            && units.len() < units_max
        {
            match self.heap.get(part) {
                Cell::Text(text) => {
                    units.extend_from_slice(&text[..text.len().min(units_max - units.len())]);
                }
                Cell::Rope { left: first, right, .. } => left.extend([*right, *first]),
                _ => {}
            }
        }
        units
    }
}
