//! Writing properties, and taking them away.

use crate::machine::heap::{Cell, Class, PROPERTY_BYTES, VAL_BYTES};
use crate::machine::{Atom, ErrorKind, Index, Machine, Trap, Val, atoms, convert};

/// Writing.
impl Machine {
    /// Replaces an element of an array or adds the next one.
    #[inline]
    pub fn set_element_fast(&mut self, object: Val, key: Val, value: Val) -> bool {
        let (Val::Object(index), Val::Number(number)) = (object, key) else { return false };
        let Cell::Array(array) = self.heap.get_mut(index) else { return false };
        let at = number as u32;
        if f64::from(at) != number || array.frozen {
            return false;
        }
        let at = at as usize;
        if at < array.items.len() {
            array.items[at] = value;
        } else if at == array.items.len() {
            array.items.push(value);
            self.heap.resized(0, VAL_BYTES);
        } else {
            return false;
        }
        true
    }

    /// `object.name = value`.
    ///
    /// # Errors
    ///
    /// What is to be thrown, if the value cannot have this property.
    pub fn set_named(&mut self, object: Val, name: Atom, value: Val) -> Result<(), Trap> {
        let Val::Object(index) = object else {
            return Err(self.cannot_set(object, name));
        };
        match self.heap.get_mut(index) {
            Cell::Object(target) => {
                let exists = target.properties.find(name).is_some();
                if target.frozen {
                    return Err(self.frozen(object, name, exists));
                }
                let error = matches!(target.class, Class::Error(_));
                if error && !exists && !ERROR_PROPERTIES.contains(&name) {
                    let name = self.name_shown(name);
                    let message =
                        format!("an error has message, name and cause, it cannot have '{name}'");
                    return Err(self.throw(ErrorKind::TypeError, message));
                }
                if let Some(moved) = target.properties.set(name, value, &self.atoms) {
                    self.heap.resized(0, PROPERTY_BYTES);
                    self.charge(moved / 64);
                }
                Ok(())
            }
            Cell::Array(_) => self.set_of_array(index, name, value),
            Cell::RegExp(regexp) if name == atoms::LAST_INDEX => {
                regexp.last_index = value;
                Ok(())
            }
            _ => {
                let (kind, name) = (self.brief(object), self.name_shown(name));
                let message =
                    format!("Cannot add property {name}: {kind} has no properties of its own");
                Err(self.throw(ErrorKind::TypeError, message))
            }
        }
    }

    fn set_of_array(&mut self, index: Index, name: Atom, value: Val) -> Result<(), Trap> {
        let Cell::Array(array) = self.heap.get_mut(index) else { return Ok(()) };
        let length = array.items.len();
        let place = self.atoms.index(name).map(|place| place as usize);
        if array.frozen {
            let exists = name == atoms::LENGTH || place.is_some_and(|place| place < length);
            return Err(self.frozen(Val::Object(index), name, exists));
        }
        if name == atoms::LENGTH {
            return self.set_length(index, value);
        }
        match place {
            Some(place) if place < length => array.items[place] = value,
            Some(place) if place == length => {
                array.items.push(value);
                self.heap.resized(0, VAL_BYTES);
            }
            Some(place) => {
                let message = format!(
                    "arrays have no holes: element {place} cannot be set when the length is {length}"
                );
                return Err(self.throw(ErrorKind::RangeError, message));
            }
            None => {
                let name = self.name_shown(name);
                let message = format!("an array has elements only, it cannot have '{name}'");
                return Err(self.throw(ErrorKind::TypeError, message));
            }
        }
        Ok(())
    }

    fn set_length(&mut self, index: Index, value: Val) -> Result<(), Trap> {
        let after = match value {
            Val::Number(number) => number,
            Val::Bool(value) => f64::from(u8::from(value)),
            Val::Null => 0.0,
            Val::Text(text) => convert::text_to_number(&self.text_of(text)),
            _ => f64::NAN,
        };
        if !(after >= 0.0 && after.trunc() == after) {
            return Err(self.throw(ErrorKind::RangeError, "Invalid array length"));
        }
        let Cell::Array(array) = self.heap.get_mut(index) else { return Ok(()) };
        let before = array.items.len();
        if after > before as f64 {
            let message = "arrays have no holes: the length cannot grow but by adding elements";
            return Err(self.throw(ErrorKind::RangeError, message));
        }
        array.items.truncate(after as usize);
        self.heap.resized(VAL_BYTES * before, VAL_BYTES * after as usize);
        Ok(())
    }

    /// `delete object.name`. Gives true: what cannot be deleted throws.
    ///
    /// # Errors
    ///
    /// A TypeError to be thrown.
    pub fn delete_named(&mut self, object: Val, name: Atom) -> Result<(), Trap> {
        if matches!(object, Val::Undefined | Val::Null) {
            let message = "Cannot convert undefined or null to object";
            return Err(self.throw(ErrorKind::TypeError, message));
        }
        let Val::Object(index) = object else { return Ok(()) };
        let kind = self.brief(object);
        let shown = self.name_shown(name);
        let refused = format!("Cannot delete property '{shown}' of {kind}");
        match self.heap.get_mut(index) {
            Cell::Object(object) => {
                if object.frozen {
                    if object.properties.find(name).is_none() {
                        return Ok(());
                    }
                    return Err(self.throw(ErrorKind::TypeError, refused));
                }
                if object.properties.remove(name).is_some() {
                    let work = object.properties.len();
                    self.heap.resized(PROPERTY_BYTES, 0);
                    self.charge(work / 4);
                }
                Ok(())
            }
            Cell::Array(array) => {
                let place = self.atoms.index(name).map(|place| place as usize);
                if name == atoms::LENGTH || place.is_some_and(|place| place < array.items.len()) {
                    let message = format!("{refused}: arrays have no holes; use splice");
                    return Err(self.throw(ErrorKind::TypeError, message));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// `delete object[key]`, both on the stack.
    ///
    /// # Errors
    ///
    /// A TypeError to be thrown.
    pub fn delete_element(&mut self) -> Result<(), Trap> {
        let [.., object, key] = *self.stack.as_slice() else { return Ok(()) };
        let at = self.stack.len() - 1;
        let name = match object {
            Val::Undefined | Val::Null => self.key_of_nothing(key, at)?,
            _ => self.key_atom(key, at)?,
        };
        self.check_key(name)?;
        self.delete_named(object, name)
    }

    /// `name in object`.
    ///
    /// # Errors
    ///
    /// A TypeError to be thrown, if the value is no object.
    pub fn has_named(&mut self, object: Val, key: Val, at: usize) -> Result<bool, Trap> {
        let Val::Object(index) = object else {
            if let Val::Builtin(builtin) = object {
                let name = self.key_atom(key, at)?;
                return Ok(self.builtin_property(builtin, name).is_some());
            }
            let (key, object) = (self.brief(key), self.brief(object));
            let (key, object) = (key.trim_matches('"'), object.trim_matches('"'));
            let message = format!("Cannot use 'in' operator to search for '{key}' in {object}");
            return Err(self.throw(ErrorKind::TypeError, message));
        };
        Ok(match self.key_atom_if_known(key, at)? {
            Some(name) => {
                self.check_key(name)?;
                self.own_property(index, name).is_some()
            }
            None => false,
        })
    }

    fn frozen(&mut self, object: Val, name: Atom, exists: bool) -> Trap {
        let (name, shown) = (self.name_shown(name), self.brief(object));
        let message = if exists {
            format!("Cannot assign to read only property '{name}' of object '{shown}'")
        } else {
            format!("Cannot add property {name}, object is not extensible")
        };
        self.throw(ErrorKind::TypeError, message)
    }

    fn cannot_set(&mut self, value: Val, name: Atom) -> Trap {
        let name = self.name_shown(name);
        let message = match value {
            Val::Undefined | Val::Null => {
                let shown = self.brief(value);
                format!("Cannot set properties of {shown} (setting '{name}')")
            }
            _ => {
                let (kind, shown) = (self.type_of(value), self.brief(value));
                let shown = shown.trim_matches('"');
                format!("Cannot create property '{name}' on {kind} '{shown}'")
            }
        };
        self.throw(ErrorKind::TypeError, message)
    }
}

/// What an error may be given.
const ERROR_PROPERTIES: [Atom; 5] =
    [atoms::MESSAGE, atoms::NAME, atoms::CAUSE, atoms::STACK, atoms::ERRORS];
