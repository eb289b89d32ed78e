//! Walks over values. None of them recurses, so that depth cannot exhaust a stack.

use std::collections::btree_map;
use std::vec;

use super::{Tagged, Value};

impl<R> Value<R> {
    fn is_container(&self) -> bool {
        matches!(self, Self::List(_) | Self::Struct(_) | Self::Tagged(_))
    }

    /// The containers inside each other at the deepest place: none for an atom, one for a list of
    /// atoms.
    pub fn depth(&self) -> usize {
        if !self.is_container() {
            return 0;
        }
        let mut deepest = 0;
        let mut open = vec![(self, 1)];
        while let Some((value, depth)) = open.pop() {
            deepest = deepest.max(depth);
            let inside = |value: &&Self| value.is_container();
            let deeper = |value| (value, depth + 1);
            match value {
                Self::List(values) => open.extend(values.iter().filter(inside).map(deeper)),
                Self::Struct(fields) => open.extend(fields.values().filter(inside).map(deeper)),
                Self::Tagged(tagged) => open.extend(Some(&tagged.value).filter(inside).map(deeper)),
                _ => {}
            }
        }
        deepest
    }

    /// Every value inside, this one first, each before what it contains.
    pub fn walk(&self) -> impl Iterator<Item = &Self> {
        // Most values contain nothing: then no room is needed for what is inside.
        let (mut whole, mut open) = (Some(self), Vec::new());
        std::iter::from_fn(move || {
            let value = whole.take().or_else(|| open.pop())?;
            match value {
                Self::List(values) => open.extend(values.iter().rev()),
                Self::Struct(fields) => open.extend(fields.values().rev()),
                Self::Tagged(tagged) => open.push(&tagged.value),
                _ => {}
            }
            Some(value)
        })
    }

    /// The references inside, in order, each as often as it occurs.
    pub fn refs(&self) -> impl Iterator<Item = &R> {
        self.walk().filter_map(Self::as_reference)
    }

    /// Whether a sturdyref is inside: then a row that holds the value must be sealed.
    pub fn contains_secret(&self) -> bool {
        self.walk().any(|value| matches!(value, Self::SturdyRef(_)))
    }

    /// An estimate of the bytes that the value takes when kept or sent, for meters.
    ///
    /// Every value counts a few bytes for itself, so that a list of a million nulls is not free.
    pub fn size_bytes(&self) -> usize {
        self.walk().map(Self::own_bytes).fold(0, usize::saturating_add)
    }

    fn own_bytes(&self) -> usize {
        const EACH: usize = 8;
        EACH + match self {
            Self::Undefined | Self::Null | Self::Bool(_) | Self::Float(_) => 0,
            Self::Int(v) => v.size_bytes(),
            Self::String(v) => v.len(),
            Self::Bytes(v) => v.len(),
            Self::Symbol(v) => v.as_str().len(),
            Self::List(_) | Self::Ref(_) => 0,
            Self::Struct(fields) => fields.keys().map(String::len).sum(),
            Self::Tagged(v) => v.tag.len(),
            Self::Error(v) => v.message.len(),
            Self::SturdyRef(v) => v.size_bytes(),
        }
    }

    /// Drops a value of any depth without recursion.
    ///
    /// The ordinary drop recurses, which is safe for everything that was decoded or converted,
    /// because that is never deeper than [`VALUE_DEPTH_MAX`](crate::limits::VALUE_DEPTH_MAX). Code
    /// that nests values in a loop without bound must use this.
    pub fn dismantle(self) {
        if !self.is_container() {
            return;
        }
        let mut open = vec![self];
        while let Some(value) = open.pop() {
            match value {
                Self::List(values) => open.extend(values),
                Self::Struct(fields) => open.extend(fields.into_values()),
                Self::Tagged(tagged) => open.push(tagged.value),
                _ => {}
            }
        }
    }

    /// The same value with other references: `map` is shown each one in order, and the first error
    /// ends it.
    ///
    /// ```
    /// use hogshead_objects::Value;
    ///
    /// let value: Value<u8> = Value::List(vec![Value::Ref(1), Value::Null, Value::Ref(2)]);
    /// let mapped = value.try_map(&mut |n| if n < 9 { Ok(n.to_string()) } else { Err("too big") });
    /// let refs: Vec<_> = mapped?.refs().cloned().collect();
    /// assert_eq!(refs, ["1", "2"]);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn try_map<Q, E>(self, map: &mut impl FnMut(R) -> Result<Q, E>) -> Result<Value<Q>, E> {
        let mut open: Vec<Frame<R, Q>> = Vec::new();
        let mut next = Step::Open(self);
        loop {
            next = match next {
                Step::Open(value) => match value.open(map)? {
                    Opened::Leaf(leaf) => Step::Close(leaf),
                    Opened::Frame(frame) => {
                        open.push(frame);
                        Step::Continue
                    }
                },
                Step::Close(done) => match open.last_mut() {
                    None => return Ok(done),
                    Some(frame) => {
                        frame.add(done);
                        Step::Continue
                    }
                },
                Step::Continue => match open.last_mut().and_then(Frame::next) {
                    Some(value) => Step::Open(value),
                    None => match open.pop() {
                        Some(frame) => Step::Close(frame.close()),
                        None => return Ok(Value::Undefined),
                    },
                },
            };
        }
    }

    fn open<Q, E>(self, map: &mut impl FnMut(R) -> Result<Q, E>) -> Result<Opened<R, Q>, E> {
        Ok(Opened::Leaf(match self {
            Self::Undefined => Value::Undefined,
            Self::Null => Value::Null,
            Self::Bool(v) => Value::Bool(v),
            Self::Int(v) => Value::Int(v),
            Self::Float(v) => Value::Float(v),
            Self::String(v) => Value::String(v),
            Self::Bytes(v) => Value::Bytes(v),
            Self::Symbol(v) => Value::Symbol(v),
            Self::Error(v) => Value::Error(v),
            Self::SturdyRef(v) => Value::SturdyRef(v),
            Self::Ref(r) => Value::Ref(map(r)?),
            Self::List(values) => {
                let done = Vec::with_capacity(values.len());
                return Ok(Opened::Frame(Frame::List(values.into_iter(), done)));
            }
            Self::Struct(fields) => {
                let done = Vec::with_capacity(fields.len());
                return Ok(Opened::Frame(Frame::Struct(fields.into_iter(), done, None)));
            }
            Self::Tagged(tagged) => {
                let Tagged { tag, value } = *tagged;
                return Ok(Opened::Frame(Frame::Tagged(tag, Some(value), None)));
            }
        }))
    }
}

enum Step<R, Q> {
    /// A value is to be mapped.
    Open(Value<R>),
    /// A value was mapped, and belongs to the innermost container.
    Close(Value<Q>),
    /// The innermost container goes on.
    Continue,
}

enum Opened<R, Q> {
    Leaf(Value<Q>),
    Frame(Frame<R, Q>),
}

/// A container half of which is mapped.
enum Frame<R, Q> {
    List(vec::IntoIter<Value<R>>, Vec<Value<Q>>),
    /// The keys stay in order, so the map is built at once in the end.
    Struct(btree_map::IntoIter<String, Value<R>>, Vec<(String, Value<Q>)>, Option<String>),
    Tagged(String, Option<Value<R>>, Option<Value<Q>>),
}

impl<R, Q> Frame<R, Q> {
    fn next(&mut self) -> Option<Value<R>> {
        match self {
            Self::List(values, _) => values.next(),
            Self::Struct(fields, _, current) => {
                let (key, value) = fields.next()?;
                *current = Some(key);
                Some(value)
            }
            Self::Tagged(_, value, _) => value.take(),
        }
    }

    fn add(&mut self, value: Value<Q>) {
        match self {
            Self::List(_, done) => done.push(value),
            Self::Struct(_, done, current) => done.extend(current.take().map(|key| (key, value))),
            Self::Tagged(_, _, done) => *done = Some(value),
        }
    }

    fn close(self) -> Value<Q> {
        match self {
            Self::List(_, done) => Value::List(done),
            Self::Struct(_, done, _) => Value::Struct(done.into_iter().collect()),
            Self::Tagged(tag, _, done) => {
                let value = done.unwrap_or(Value::Undefined);
                Value::Tagged(Box::new(Tagged { tag, value }))
            }
        }
    }
}
