//! How values cross a membrane.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::proxy::StandIn;
use super::{Crossings, Side, cut_off};
use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits::{MEMBRANE_PENDING_MAX, MEMBRANE_PROXIES_MAX};
use crate::message::Message;
use crate::promise::{Promise, Resolver};
use crate::reference::Ref;
use crate::stored::StoredMap;
use crate::value::Value;

/// What a membrane's proxies call.
#[crate::interface]
pub trait Passage {
    /// Sends a message that came to `proxy`, used on `side`, to what it stands for; gives the promise
    /// of the answer, as it comes back.
    fn pass_message(
        &mut self,
        cx: &mut Context<'_>,
        side: Side,
        proxy: Cap,
        message: Vec<Value>,
    ) -> Result<Promise<Value>>;
}

/// The stock membrane, `hogshead/membrane`. It is constructed from nothing, or from the number of
/// objects that may pass.
#[derive(Serialize, Deserialize, Debug)]
pub struct Partition {
    cut: bool,
    /// Objects that may pass.
    max: u64,
    passed: Passed,
    /// Promises that have crossed and are not settled, by a number that only grows.
    pending: BTreeMap<u64, Pending>,
    last_pending: u64,
}

/// A promise that has crossed.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
struct Pending {
    /// The side that it came from.
    from: Side,
    promise: Promise,
    /// What was given to the other side for it.
    stand_in: Promise,
    resolver: Resolver,
    /// As long as this is held, the promise is waited for.
    waiting: Promise<()>,
}

impl Passage for Partition {
    fn pass_message(
        &mut self,
        cx: &mut Context<'_>,
        side: Side,
        proxy: Cap,
        message: Vec<Value>,
    ) -> Result<Promise<Value>> {
        if self.cut {
            return Err(cut_off());
        }
        // It is not there if the membrane's owner has revoked this one proxy.
        let target = self.passed.other(cx, side, proxy)?.ok_or_else(cut_off)?;
        let mut values = Vec::with_capacity(message.len());
        for value in message {
            values.push(self.pass(cx, side, value)?);
        }
        let answer = cx.send(target, Message::apply(values))?;
        self.await_promise(cx, side.other(), answer)
    }
}

#[crate::continuations]
impl Partition {
    /// A promise that has crossed is settled.
    #[continuation]
    fn settled(&mut self, cx: &mut Context<'_>, settled: Result<Value>, number: u64) -> Result<()> {
        let Some(Pending { from, resolver, .. }) = self.pending.remove(&number) else {
            return Ok(());
        };
        match settled.and_then(|value| self.pass(cx, from, value)) {
            Ok(value) => resolver.fulfill(cx, value),
            Err(error) => resolver.break_(cx, error),
        }
    }
}

impl Partition {
    /// A membrane that lets at most `max` objects pass. More than
    /// [`MEMBRANE_PROXIES_MAX`] are a [`Class::Limit`].
    pub fn of_at_most(max: u64) -> Result<Self> {
        if max > MEMBRANE_PROXIES_MAX {
            let why = format!("a membrane lets at most {MEMBRANE_PROXIES_MAX} objects pass");
            return Err(Error::new(Class::Limit, why));
        }
        Ok(Self { max, ..Self::default() })
    }

    pub(super) fn construct(init: Value) -> Result<Self> {
        match codec::from_value::<Option<u64>>(init)? {
            Some(max) => Self::of_at_most(max),
            None => Ok(Self::default()),
        }
    }

    pub(super) fn pass_cap(&mut self, cx: &mut Context<'_>, from: Side, cap: Cap) -> Result<Cap> {
        self.pass_reference(cx, from, cap.untyped()).map(Cap::from)
    }

    /// Breaks what is pending, as far as there is room for it, and lets go of everything else.
    pub(super) fn cut_all(&mut self, cx: &mut Context<'_>) -> u64 {
        self.cut = true;
        self.passed = Passed::default();
        let before = self.pending.len();
        self.pending.retain(|_, pending| pending.resolver.break_(cx, cut_off()).is_err());
        (before - self.pending.len()) as u64
    }

    pub(super) fn crossings(&self) -> Crossings {
        Crossings { cut: self.cut, proxies: self.passed.len(), pending: self.pending.len() as u64 }
    }

    /// A value of one side as the other side gets it.
    fn pass(&mut self, cx: &mut Context<'_>, from: Side, value: Value) -> Result<Value> {
        if self.cut {
            return Err(cut_off());
        }
        if value.contains_secret() {
            return Err(Error::new(
                Class::Denied,
                "a membrane lets no sturdyref pass, since whoever reads it could go past the \
                 membrane; pass the live reference",
            ));
        }
        value.try_map(&mut |reference| self.pass_reference(cx, from, reference))
    }

    fn pass_reference(&mut self, cx: &mut Context<'_>, from: Side, reference: Ref) -> Result<Ref> {
        if self.cut {
            return Err(cut_off());
        }
        if let Ref::Promise(_) = reference {
            let promise = Promise::from_ref(reference);
            return Ok(self.pass_promise(cx, from, promise)?.untyped());
        }
        let cap = Cap::from(reference);
        if let Some(other) = self.passed.other(cx, from, cap)? {
            return Ok(other.untyped());
        }
        if self.passed.len() >= self.max {
            let max = self.max;
            let why = "objects have passed this membrane, and no more can: cut it and make another";
            return Err(Error::new(Class::Limit, format!("{max} {why}")));
        }
        let membrane = cx.this()?;
        let proxy: Cap = cx.spawn(StandIn::new(membrane, from.other()))?.cast();
        self.passed.add(cx, from, cap, proxy)?;
        Ok(proxy.untyped())
    }

    /// Promises cross as promises of our own, which we can break.
    fn pass_promise(
        &mut self,
        cx: &mut Context<'_>,
        from: Side,
        promise: Promise,
    ) -> Result<Promise<Value>> {
        for pending in self.pending.values() {
            if pending.from == from && pending.promise == promise {
                return Ok(pending.stand_in);
            }
            if pending.from != from && pending.stand_in == promise {
                return Ok(pending.promise);
            }
        }
        self.await_promise(cx, from, promise)
    }

    fn await_promise(
        &mut self,
        cx: &mut Context<'_>,
        from: Side,
        promise: Promise,
    ) -> Result<Promise<Value>> {
        if self.pending.len() >= MEMBRANE_PENDING_MAX {
            return Err(Error::new(
                Class::Limit,
                format!("{MEMBRANE_PENDING_MAX} promises wait at this membrane; try later"),
            ));
        }
        let (stand_in, resolver) = cx.promise::<Value>()?;
        self.last_pending += 1;
        let number = self.last_pending;
        let waiting = promise.then_while_wanted(cx, Self::settled, number)?;
        self.pending.insert(number, Pending { from, promise, stand_in, resolver, waiting });
        Ok(stand_in)
    }
}

impl Default for Partition {
    /// A membrane that lets as many objects pass as any may.
    fn default() -> Self {
        let (passed, pending) = (Passed::default(), BTreeMap::new());
        Self { cut: false, max: MEMBRANE_PROXIES_MAX, passed, pending, last_pending: 0 }
    }
}

/// What has passed: for each thing as it is seen on a side, what stands for it on the other. Thing and
/// proxy each have an entry that holds the other, so neither goes as long as both are here, and the
/// numbers in the keys stay theirs.
#[derive(Serialize, Deserialize, Default, Debug)]
#[serde(transparent)]
struct Passed {
    others: StoredMap<Seen, Cap>,
}

/// The side, the kind of reference, and its number.
type Seen = (u8, (u8, u64));

impl Passed {
    fn other(&self, cx: &mut Context<'_>, side: Side, seen: Cap) -> Result<Option<Cap>> {
        self.others.get(cx, &place(side, seen))
    }

    fn add(&mut self, cx: &mut Context<'_>, side: Side, object: Cap, proxy: Cap) -> Result<()> {
        self.others.insert(cx, place(side, object), proxy)?;
        self.others.insert(cx, place(side.other(), proxy), object)?;
        Ok(())
    }

    /// The number of objects that have a proxy.
    fn len(&self) -> u64 {
        self.others.len() / 2
    }
}

fn place(side: Side, seen: Cap) -> Seen {
    let side = match side {
        Side::Inside => 0,
        Side::Outside => 1,
    };
    let reference = match seen.untyped() {
        Ref::Facet(id) => (0, id.0),
        Ref::Promise(id) => (1, id.0),
        Ref::Resolver(id) => (2, id.0),
        Ref::Import(id) => (3, id.0),
    };
    (side, reference)
}
