//! Whether a message can be sent at all: what no peer would take is refused before it is accepted.

use hogshead_objects::locator::Locator;
use hogshead_objects::{Class, Error, Message, Value};

use crate::limits;

/// What surrounds the arguments of the longest operation, in octets.
const ENVELOPE: usize = 256;

/// The longest descriptor: `<19'desc:import-promise18446744073709551615+>` and some.
const DESCRIPTOR: usize = 64;

/// A signed give without its locator: labels, a key, three times 32 octets, a signature.
const GIVE: usize = 512;

/// What surrounds the text of a value at most: its length and the record's label.
const AROUND: usize = 40;

/// Whether every peer with our limits takes `message`.
///
/// The octets are counted from above, by not much: what is refused here is within a few per cent
/// of the limit.
pub(crate) fn fits<R>(message: &Message<R>, frame_bytes_max: usize) -> Result<(), Error> {
    let mut measure =
        Measure { octets_left: frame_bytes_max.saturating_sub(ENVELOPE), ..Measure::default() };
    for value in &message.values {
        measure.value(value, 0)?;
    }
    Ok(())
}

/// What a signed give takes at most, more than [`DESCRIPTOR`] or not.
pub(crate) fn give_octets(exporter: &Locator) -> usize {
    locator_octets(exporter).saturating_add(GIVE)
}

fn locator_octets(peer: &Locator) -> usize {
    let hints = peer.hints.iter().flatten();
    let hints = hints.map(|(key, hint)| key.len().saturating_add(hint.len()));
    let names = peer.designator.len().saturating_add(peer.transport.as_str().len());
    let names = names.saturating_add(AROUND.saturating_mul(3));
    hints.fold(names, |sum, hint| sum.saturating_add(hint).saturating_add(AROUND))
}

struct Measure {
    octets_left: usize,
    values_left: usize,
    digits_left: usize,
}

impl Default for Measure {
    fn default() -> Self {
        Self {
            octets_left: 0,
            values_left: limits::VALUES_MAX,
            digits_left: limits::INTEGER_DIGITS_MAX,
        }
    }
}

impl Measure {
    fn value<R>(&mut self, value: &Value<R>, depth: usize) -> Result<(), Error> {
        spend(&mut self.values_left, 1, "values", limits::VALUES_MAX)?;
        let is_container = matches!(value, Value::List(_) | Value::Struct(_) | Value::Tagged(_));
        if is_container && depth >= limits::DEPTH_MAX {
            return Err(too_much("levels of nesting", limits::DEPTH_MAX));
        }
        let inner = depth.saturating_add(1);
        match value {
            Value::Bool(_) => self.octets(1),
            Value::Undefined | Value::Null => self.octets(8),
            Value::Float(_) => self.octets(9),
            Value::Int(n) => match n.to_i64() {
                Some(_) => self.octets(20),
                None => {
                    // A decimal digit takes more than three bits.
                    let bits = usize::try_from(n.to_big().bits()).unwrap_or(usize::MAX);
                    let digits = bits.div_ceil(3);
                    let max = limits::INTEGER_DIGITS_MAX;
                    spend(&mut self.digits_left, digits, "digits", max)?;
                    self.octets(digits)
                }
            },
            Value::String(text) => self.octets(text.len().saturating_add(AROUND)),
            Value::Bytes(octets) => self.octets(octets.len().saturating_add(AROUND)),
            Value::Symbol(name) => self.name(name.as_str()),
            Value::Error(error) => self.octets(error.message.len().saturating_add(AROUND)),
            Value::Ref(_) => self.octets(DESCRIPTOR),
            Value::SturdyRef(reference) => {
                let swiss = reference.swiss.expose().len().saturating_add(AROUND);
                self.octets(locator_octets(&reference.peer).saturating_add(swiss))
            }
            Value::List(items) => {
                self.octets(2)?;
                items.iter().try_for_each(|item| self.value(item, inner))
            }
            Value::Struct(fields) => {
                self.octets(2)?;
                fields.iter().try_for_each(|(key, field)| {
                    self.name(key)?;
                    self.value(field, inner)
                })
            }
            Value::Tagged(tagged) => {
                self.name(&tagged.tag)?;
                self.value(&tagged.value, inner)
            }
        }
    }

    fn name(&mut self, name: &str) -> Result<(), Error> {
        if name.len() > limits::NAME_BYTES_MAX {
            return Err(too_much("bytes in a name", limits::NAME_BYTES_MAX));
        }
        self.octets(name.len().saturating_add(AROUND))
    }

    fn octets(&mut self, octets: usize) -> Result<(), Error> {
        spend(&mut self.octets_left, octets, "bytes", limits::FRAME_BYTES_MAX)
    }
}

fn spend(left: &mut usize, cost: usize, what: &str, max: usize) -> Result<(), Error> {
    *left = left.checked_sub(cost).ok_or_else(|| too_much(what, max))?;
    Ok(())
}

fn too_much(what: &str, max: usize) -> Error {
    Error::new(Class::Limit, format!("a message may have at most {max} {what}"))
}
