//! Reading and writing properties.

use super::super::heap::{Cell, Class, Properties};
use super::super::{Index, Machine, Trap, Val, atoms};
use super::{Run, Site};
use crate::machine::Atom;

impl Run<'_> {
    /// `array[index]` with an index that is there.
    #[inline(always)]
    pub(super) fn get_element_fast(&self, m: &mut Machine) -> bool {
        let [.., Val::Object(object), Val::Number(number)] = *m.stack.as_slice() else {
            return false;
        };
        let Cell::Array(array) = m.heap.get(object) else { return false };
        let at = number as u32;
        if f64::from(at) != number {
            return false;
        }
        let Some(&value) = array.items.get(at as usize) else { return false };
        m.stack.pop();
        if let Some(top) = m.stack.last_mut() {
            *top = value;
        }
        true
    }

    /// The own property of an object, looked for where it was the last time at this instruction.
    #[inline(always)]
    pub(super) fn get_property_fast(
        &mut self,
        m: &mut Machine,
        site: Site,
        pc: usize,
        name: u32,
    ) -> bool {
        let Some(&Val::Object(index)) = m.stack.last() else { return false };
        let Cell::Object(object) = m.heap.get(index) else {
            return self.length_fast(m, site, name, index);
        };
        let Some(place) = self.place_fast(site, pc, name, &object.properties) else { return false };
        let value = object.properties.values[place];
        if let Some(top) = m.stack.last_mut() {
            *top = value;
        }
        true
    }

    /// As [`get_property_fast`](Self::get_property_fast), for `object.name(…)`: the object stays.
    #[inline(always)]
    pub(super) fn get_method_fast(
        &mut self,
        m: &mut Machine,
        site: Site,
        pc: usize,
        name: u32,
    ) -> bool {
        let Some(&Val::Object(index)) = m.stack.last() else { return false };
        let Cell::Object(object) = m.heap.get(index) else { return false };
        let Some(place) = self.place_fast(site, pc, name, &object.properties) else { return false };
        let value = object.properties.values[place];
        m.stack.push(value);
        true
    }

    /// `object.name = value` of a property that is where it was the last time at this instruction.
    #[inline(always)]
    pub(super) fn set_property_fast(
        &mut self,
        m: &mut Machine,
        site: Site,
        pc: usize,
        name: u32,
    ) -> bool {
        let [.., Val::Object(index), value] = *m.stack.as_slice() else { return false };
        let Cell::Object(object) = m.heap.get_mut(index) else { return false };
        if object.frozen {
            return false;
        }
        let Some(place) = self.place_fast(site, pc, name, &object.properties) else { return false };
        object.properties.values[place] = value;
        m.stack.pop();
        if let Some(top) = m.stack.last_mut() {
            *top = value;
        }
        true
    }

    /// Where a property is, if it is where it was the last time at this instruction.
    #[inline(always)]
    fn place_fast(
        &self,
        site: Site,
        pc: usize,
        name: u32,
        properties: &Properties,
    ) -> Option<usize> {
        let loaded = &self.codes[site.code];
        let atom = (*loaded.atoms.get(name as usize)?)?;
        let place = *loaded.hints.get(site.function)?.get(pc - 1)? as usize;
        (properties.names.get(place) == Some(&atom)).then_some(place)
    }

    fn length_fast(&self, m: &mut Machine, site: Site, name: u32, index: Index) -> bool {
        let Cell::Array(array) = m.heap.get(index) else { return false };
        let length = array.items.len();
        if self.codes[site.code].atoms.get(name as usize) != Some(&Some(atoms::LENGTH)) {
            return false;
        }
        if let Some(top) = m.stack.last_mut() {
            *top = Val::Number(length as f64);
        }
        true
    }

    /// The property of an object, and keeps in mind where it was.
    pub(super) fn get_property(
        &mut self,
        m: &mut Machine,
        site: Site,
        pc: usize,
        object: Val,
        name: u32,
    ) -> Result<Val, Trap> {
        let atom = self.name(m, site.code, name);
        if let Val::Object(index) = object
            && let Cell::Object(object) = m.heap.get(index)
        {
            let hint = self.hint(site, pc);
            if object.properties.names.get(*hint as usize) == Some(&atom) {
                return Ok(object.properties.values[*hint as usize]);
            }
            if let Some(place) = object.properties.find(atom) {
                *hint = place as u32;
                return Ok(object.properties.values[place]);
            }
        }
        self.property(m, object, atom)
    }

    /// `object.name = value`.
    pub(super) fn set_property(
        &mut self,
        m: &mut Machine,
        site: Site,
        pc: usize,
        name: u32,
    ) -> Result<(), Trap> {
        let [.., object, value] = *m.stack.as_slice() else { return Ok(()) };
        let atom = self.name(m, site.code, name);
        let mut done = false;
        if let Val::Object(index) = object
            && let Cell::Object(object) = m.heap.get_mut(index)
        {
            let hint = self.hint(site, pc);
            let place = match object.properties.names.get(*hint as usize) {
                Some(&found) if found == atom => Some(*hint as usize),
                _ => object.properties.find(atom),
            };
            if let (Some(place), false) = (place, object.frozen) {
                *hint = place as u32;
                object.properties.values[place] = value;
                done = true;
            }
        }
        if !done {
            m.set_named(object, atom, value)?;
        }
        m.stack.truncate(m.stack.len() - 2);
        m.stack.push(value);
        Ok(())
    }

    fn hint(&mut self, site: Site, pc: usize) -> &mut u32 {
        let loaded = &mut self.codes[site.code];
        let functions = &loaded.code.functions;
        if loaded.hints.is_empty() {
            loaded.hints = vec![Vec::new(); functions.len()];
        }
        let hints = &mut loaded.hints[site.function];
        if hints.is_empty() {
            *hints = vec![0; functions[site.function].ops.len()];
        }
        &mut hints[pc - 1]
    }

    /// A property of any value.
    pub(super) fn property(
        &mut self,
        m: &mut Machine,
        object: Val,
        name: Atom,
    ) -> Result<Val, Trap> {
        if let Val::Object(index) = object {
            let function = match m.heap.get(index) {
                Cell::Function(function) => Some((function.code, function.function)),
                _ => None,
            };
            if let Some((code, function)) = function {
                let func = self.func(code as usize, function as usize);
                match name {
                    atoms::NAME => return Ok(m.new_str(&func.name)),
                    atoms::LENGTH => return Ok(Val::Number(func.length.into())),
                    _ => {}
                }
            }
        }
        m.property_of(object, name)
    }

    /// `object[key]`.
    pub(super) fn element(
        &mut self,
        m: &mut Machine,
        object: Val,
        key_at: usize,
    ) -> Result<Val, Trap> {
        let key = m.stack[key_at];
        if let Val::Undefined | Val::Null = object {
            let atom = m.key_of_nothing(key, key_at)?;
            return m.property_of(object, atom);
        }
        if let Some(value) = m.element_at(object, key) {
            return Ok(value);
        }
        match m.key_atom_if_known(key, key_at)? {
            Some(atom) => {
                m.check_key(atom)?;
                self.property(m, object, atom)
            }
            None => Ok(Val::Undefined),
        }
    }

    /// `object[key] = value`, all three on the stack.
    pub(super) fn set_element(&mut self, m: &mut Machine) -> Result<(), Trap> {
        let [.., object, key, value] = *m.stack.as_slice() else { return Ok(()) };
        if !m.set_element_fast(object, key, value) {
            let at = m.stack.len() - 2;
            let atom = match object {
                Val::Undefined | Val::Null => m.key_of_nothing(key, at)?,
                _ => m.key_atom(key, at)?,
            };
            m.check_key(atom)?;
            m.set_named(object, atom, value)?;
        }
        m.stack.truncate(m.stack.len() - 3);
        m.stack.push(value);
        Ok(())
    }

    /// `{ ...source }`: copies of all own properties of a value.
    pub(super) fn own_properties(&self, m: &mut Machine, source: Val) -> Vec<(Atom, Val)> {
        match source {
            Val::Object(index) => match m.heap.get(index) {
                Cell::Object(object) => {
                    let hidden = matches!(object.class, Class::Error(_));
                    let shown = |(name, _): &(Atom, Val)| {
                        !hidden || ![atoms::MESSAGE, atoms::CAUSE, atoms::ERRORS].contains(name)
                    };
                    object.properties.iter().filter(shown).collect()
                }
                Cell::Array(array) => {
                    let items = array.items.iter().zip(0..);
                    items.filter_map(|(&v, i)| Some((Atom::from_index(i)?, v))).collect()
                }
                _ => Vec::new(),
            },
            Val::Text(index) => {
                let text = m.text_of(index);
                let units = text.iter().zip(0..);
                units
                    .filter_map(|(&unit, i)| {
                        Some((Atom::from_index(i)?, m.new_text([unit].as_slice())))
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}
