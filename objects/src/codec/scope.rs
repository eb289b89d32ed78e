//! The scope of a running conversion: what a thread is encoding or decoding just now.
//!
//! `serde` has no data type for references, and the serializers between a `Cap` and our codec
//! (`flatten`, `untagged`, derive's buffers) know nothing of them. So a reference is put aside
//! here, and a *token* takes its place in the data: octets that begin with the scope's mark,
//! wrapped as a newtype struct. The functions of the codec open a scope, and its guard closes it
//! also when they panic.

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Visitor};
use serde::{Deserializer, Serialize, Serializer};

use super::tree::Reference;
use crate::ids::CollectionId;
use crate::reference::Ref;
use crate::value::Value;

/// What is under way on this thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    /// Nothing: references and secrets cannot be written or read.
    Closed,
    /// A Rust type becomes a Value; special values are put into slots.
    ToValue,
    /// A Value becomes a Rust type; special values are put into slots.
    FromValue,
    /// A state is written; references become edges.
    Encode,
    /// A state is read; references come from its edges.
    Decode,
    /// A row without edges is written.
    EncodeRow,
    /// A row without edges is read.
    DecodeRow,
}

/// A mark: the first octets of a token.
pub(super) type Mark = [u8; MARK_BYTES];
pub(super) const MARK_BYTES: usize = 4;

/// The mark of the `salt`-th choice. Zero is taken unless a state holds octets that begin so.
///
/// It begins with an octet that UTF-8 does not know, because serde's buffers give octets that are
/// UTF-8 to whoever asks for a `String`.
pub(super) const fn mark(salt: u32) -> Mark {
    let [_, a, b, c] = salt.to_be_bytes();
    [0xFF, a ^ 0xA7, b ^ 0x0E, c ^ 0x5D]
}

/// Salts at or above it have the marks of those below.
pub(super) const SALT_END: u32 = 1 << 24;

/// The scopes of a thread, the innermost one open. Their slots and edges lie on two stacks, so
/// that a conversion allocates nothing for its scope.
struct Scopes {
    open: Frame,
    slots: Vec<Value>,
    edges: Vec<Ref>,
    collections: Vec<CollectionId>,
    /// A special value on its direct way from the Value deserializer to a visitor.
    hand: Option<Value>,
}

/// What is known of one scope besides its part of the stacks.
#[derive(Clone, Copy)]
struct Frame {
    mode: Mode,
    mark: Mark,
    /// Where the scope's slots begin.
    slots_from: usize,
    /// Where the scope's edges begin.
    edges_from: usize,
    /// Where the scope's collections begin.
    collections_from: usize,
    /// How many slots were asked back.
    taken: usize,
    secret: bool,
}

impl Scopes {
    const CLOSED: Self = Self {
        open: Frame {
            mode: Mode::Closed,
            mark: [0; MARK_BYTES],
            slots_from: 0,
            edges_from: 0,
            collections_from: 0,
            taken: 0,
            secret: false,
        },
        slots: Vec::new(),
        edges: Vec::new(),
        collections: Vec::new(),
        hand: None,
    };

    /// Closes the open scope and goes back to the one around it.
    fn close(&mut self, outer: Frame) {
        self.slots.truncate(self.open.slots_from);
        self.edges.truncate(self.open.edges_from);
        self.collections.truncate(self.open.collections_from);
        self.hand = None;
        self.open = outer;
        // A large message must not take memory for ever.
        const KEPT: usize = 1024;
        if self.slots.is_empty() && self.slots.capacity() > KEPT {
            self.slots = Vec::new();
        }
        if self.edges.is_empty() && self.edges.capacity() > KEPT {
            self.edges = Vec::new();
        }
    }
}

thread_local! {
    static SCOPES: RefCell<Scopes> = const { RefCell::new(Scopes::CLOSED) };
}

/// Closes the scope when dropped, and brings back the one around it.
pub(super) struct Guard {
    outer: Frame,
    // A guard must be dropped on the thread that made it.
    not_send: PhantomData<*const ()>,
}

/// Opens a scope.
pub(super) fn enter(mode: Mode, salt: u32, edges: &[Ref]) -> Guard {
    SCOPES.with_borrow_mut(|scopes| {
        let slots_from = scopes.slots.len();
        let edges_from = scopes.edges.len();
        let collections_from = scopes.collections.len();
        scopes.edges.extend_from_slice(edges);
        let (mark, taken, secret) = (mark(salt), 0, false);
        let open = Frame { mode, mark, slots_from, edges_from, collections_from, taken, secret };
        let outer = std::mem::replace(&mut scopes.open, open);
        Guard { outer, not_send: PhantomData }
    })
}

/// What a scope leaves behind.
pub(super) struct Outcome {
    pub(super) edges: Vec<Ref>,
    pub(super) collections: Vec<CollectionId>,
    pub(super) secret: bool,
    /// Whether each special value given to the scope reached its place.
    pub(super) complete: bool,
}

impl Guard {
    /// Closes the scope.
    pub(super) fn finish(self) -> Outcome {
        SCOPES.with_borrow(|scopes| Outcome {
            complete: scopes.open.taken == scopes.slots.len() - scopes.open.slots_from,
            edges: scopes.edges.get(scopes.open.edges_from..).unwrap_or_default().to_vec(),
            collections: {
                let all = scopes.collections.get(scopes.open.collections_from..);
                all.unwrap_or_default().to_vec()
            },
            secret: scopes.open.secret,
        })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        SCOPES.with_borrow_mut(|scopes| scopes.close(self.outer));
    }
}

/// What is under way on this thread.
pub(crate) fn mode() -> Mode {
    SCOPES.with_borrow(|scopes| scopes.open.mode)
}

/// Notes that a secret is being written, or fails where it would leave the vat's rows.
pub(crate) fn note_secret() -> Result<(), &'static str> {
    SCOPES.with_borrow_mut(|scopes| match scopes.open.mode {
        Mode::Encode | Mode::EncodeRow | Mode::ToValue => {
            scopes.open.secret = true;
            Ok(())
        }
        _ => Err("a sturdyref is a secret: only the vat's own codec writes it"),
    })
}

/// Notes that a state has a collection, or fails where there is no state.
pub(crate) fn note_collection(id: Option<CollectionId>) -> Result<(), &'static str> {
    SCOPES.with_borrow_mut(|scopes| match scopes.open.mode {
        Mode::Encode => {
            scopes.collections.extend(id);
            Ok(())
        }
        _ => Err("a collection is kept in the state of its own object, and goes nowhere else"),
    })
}

/// The octets that stand for a special value.
pub(super) struct Token {
    octets: [u8; TOKEN_BYTES_MAX],
    length: usize,
}

/// Mark and an index of at most four octets.
const TOKEN_BYTES_MAX: usize = MARK_BYTES + 4;

impl Token {
    fn new(mark: Mark, index: usize) -> Result<Self, &'static str> {
        let index = u32::try_from(index).map_err(|_| "too many references in one value")?;
        let mut octets = [0; TOKEN_BYTES_MAX];
        octets[..MARK_BYTES].copy_from_slice(&mark);
        // The shortest form, at least one octet.
        let skip = (index.leading_zeros() as usize / 8).min(3);
        let tail = &index.to_be_bytes()[skip..];
        let length = MARK_BYTES + tail.len();
        octets[MARK_BYTES..length].copy_from_slice(tail);
        Ok(Self { octets, length })
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.octets[..self.length]
    }
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.as_bytes())
    }
}

/// The index in a token; `None` if these octets are no token of `mark`.
pub(super) fn token_index(mark: Mark, octets: &[u8]) -> Option<usize> {
    let tail = octets.strip_prefix(&mark)?;
    let shortest = tail.len() == 1 || tail.first().is_some_and(|first| *first != 0);
    if tail.len() > 4 || !shortest {
        return None;
    }
    Some(tail.iter().fold(0, |index, octet| index << 8 | usize::from(*octet)))
}

/// Puts a reference aside; what stands for it goes into the data.
pub(super) fn push_ref(r: Ref) -> Result<Token, &'static str> {
    SCOPES.with_borrow_mut(|scopes| match scopes.open.mode {
        Mode::ToValue => {
            scopes.slots.push(Value::Ref(r));
            Token::new(scopes.open.mark, scopes.slots.len() - 1 - scopes.open.slots_from)
        }
        Mode::Encode => {
            scopes.edges.push(r);
            Token::new(scopes.open.mark, scopes.edges.len() - 1 - scopes.open.edges_from)
        }
        Mode::EncodeRow => Err("a row without edges cannot hold a reference"),
        _ => Err("a reference is written only by the vat's own codec"),
    })
}

/// Puts a special value aside, on its way into a Value, or from one through a buffer.
pub(super) fn push_slot(value: Value) -> Result<Token, &'static str> {
    SCOPES.with_borrow_mut(|scopes| {
        scopes.slots.push(value);
        Token::new(scopes.open.mark, scopes.slots.len() - 1 - scopes.open.slots_from)
    })
}

/// Writes a special value; the mode must be [`Mode::ToValue`].
pub(crate) fn serialize_slot<S: Serializer>(value: Value, s: S) -> Result<S::Ok, S::Error> {
    let token = push_slot(value).map_err(serde::ser::Error::custom)?;
    s.serialize_newtype_struct(SLOT, &token)
}

/// Hands a special value to the visitor that asks next.
pub(super) fn hand_over(value: Value) {
    SCOPES.with_borrow_mut(|scopes| scopes.hand = Some(value));
}

/// Gives the slot that the token stands for back to the Value serializer.
pub(super) fn take_slot(octets: &[u8]) -> Option<Value> {
    SCOPES.with_borrow_mut(|scopes| {
        let index = token_index(scopes.open.mark, octets)?;
        let slot = scopes.slots.get_mut(scopes.open.slots_from + index)?;
        scopes.open.taken += 1;
        Some(std::mem::replace(slot, Value::Undefined))
    })
}

/// Whether these octets begin like a token of the running scope.
pub(super) fn is_marked(octets: &[u8]) -> bool {
    SCOPES.with_borrow(|scopes| octets.starts_with(&scopes.open.mark))
}

/// The edge that a token in a state stands for.
pub(super) fn edge(octets: &[u8]) -> Result<Ref, String> {
    SCOPES.with_borrow(|scopes| {
        let index = token_index(scopes.open.mark, octets).ok_or("a damaged reference")?;
        let edge = scopes.edges.get(scopes.open.edges_from + index).copied();
        edge.ok_or_else(|| format!("no edge {index} in this record"))
    })
}

/// A special value that comes from a Value: handed over directly, or through a buffer.
///
/// A buffer may be read several times (`untagged` tries one variant after another), so its slots
/// are copied.
pub(crate) fn receive(octets: &[u8]) -> Option<Value> {
    SCOPES.with_borrow_mut(|scopes| {
        if scopes.open.mode != Mode::FromValue {
            return None;
        }
        if octets == HAND {
            return scopes.hand.take();
        }
        let index = token_index(scopes.open.mark, octets)?;
        scopes.slots.get(scopes.open.slots_from + index).cloned()
    })
}

/// Reads the special value named `name`; the mode must be [`Mode::FromValue`].
pub(crate) fn deserialize_slot<'de, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
) -> Result<Value, D::Error> {
    deserializer.deserialize_newtype_struct(name, SlotVisitor(expecting(name)))
}

/// Receives a special value.
struct SlotVisitor(&'static str);

impl<'de> Visitor<'de> for SlotVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(self)
    }

    fn visit_bytes<E: de::Error>(self, octets: &[u8]) -> Result<Value, E> {
        receive(octets).ok_or_else(|| E::invalid_type(de::Unexpected::Bytes(octets), &self))
    }
}

/// Receives a reference.
pub(super) struct RefVisitor;

impl<'de> Visitor<'de> for RefVisitor {
    type Value = Ref;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expecting(REF))
    }

    // Any number of layers: a buffer keeps ours, other formats drop them.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Ref, D::Error> {
        d.deserialize_any(self)
    }

    fn visit_bytes<E: de::Error>(self, octets: &[u8]) -> Result<Ref, E> {
        match mode() {
            Mode::FromValue => match receive(octets) {
                Some(Value::Ref(r)) => Ok(r),
                Some(other) => {
                    Err(E::invalid_type(de::Unexpected::Other(other.type_name()), &self))
                }
                None => Err(E::invalid_type(de::Unexpected::Bytes(octets), &self)),
            },
            Mode::Decode if is_marked(octets) => edge(octets).map_err(E::custom),
            Mode::Decode => Err(E::invalid_type(de::Unexpected::Bytes(octets), &self)),
            _ => Err(E::custom("a reference is read only by the vat's own codec")),
        }
    }
}

/// What a type of ours calls what it asks for.
pub(crate) fn expecting(name: &'static str) -> &'static str {
    name.strip_prefix(PREFIX).unwrap_or(name)
}

/// Reads a whole value on its way out of a Value.
pub(super) fn into_value<R: Reference, E: de::Error>(value: Value) -> Result<Value<R>, E> {
    R::from_slot(value).ok_or_else(|| E::custom("only references of a vat travel in a Value"))
}

/// Begins the names of the newtype structs that stand for what serde has no word for. No Rust
/// type has such a name.
const PREFIX: &str = "\u{0}";
/// Written: a token.
pub(super) const SLOT: &str = "\u{0}slot";
/// Asked for: a reference.
pub(super) const REF: &str = "\u{0}reference";
/// Asked for: any value.
pub(super) const VALUE: &str = "\u{0}any value";
/// Asked for: a symbol.
pub(crate) const SYMBOL: &str = "\u{0}symbol";
/// Asked for: an integer of any size.
pub(crate) const INT: &str = "\u{0}integer";
/// Asked for: a sturdyref.
pub(crate) const STURDY: &str = "\u{0}sturdyref";
/// Asked for: an error.
pub(crate) const ERROR: &str = "\u{0}error";
/// Asked for: a tagged value.
pub(crate) const TAGGED: &str = "\u{0}tagged value";

/// Announces that the value is in the scope's hand: a mark without an index. Octets that begin so
/// are refused in a Value wherever they could be mistaken for it.
pub(super) const HAND: &[u8] = &mark(0);
