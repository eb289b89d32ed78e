//! `Context`: the only authority that a method is handed.

use std::any::Any;

use bytes::Bytes;
use serde::Serialize;

use crate::cap::Cap;
use crate::error::{Class, Error, Result};
use crate::grant::{Caveats, GrantInfo};
use crate::heap::Part;
use crate::ids::{CollectionId, ObjectId, PromiseId, Timestamp};
use crate::interface::{Continues, Interface, Primary};
use crate::message::Message;
use crate::object::{MethodInfo, Object, State};
use crate::promise::{Continuation, Promise, Resolver};
use crate::reference::Ref;
use crate::stored::{Entries, Span};
use crate::value::Value;

/// What a method may do besides changing its own object. `vat` stands behind it.
///
/// Nothing done through a context happens before the method's turn has committed, and nothing of
/// it remains if the turn fails.
pub struct Context<'a> {
    turn: &'a mut dyn Turn,
}

/// The side of a turn that faces the objects: implemented by `vat`.
pub trait Turn {
    /// The turn's logged timestamp.
    fn now(&self) -> Timestamp;

    /// The object whose method is running.
    fn this(&self) -> ObjectId;

    /// The near call, typed: `call` carries the arguments in and the result out.
    ///
    /// Reaches only objects of the caller's own composition. An `Err` (unless it keeps the turn)
    /// undoes everything below the call; the caller goes on.
    fn near(&mut self, target: Ref, method: &'static MethodInfo, call: &mut dyn Any) -> Result<()>;

    /// The near call, untyped.
    fn near_message(&mut self, target: Ref, message: Message) -> Result<Value>;

    /// Sends after the turn; gives the promise of the answer.
    fn send(&mut self, target: Ref, message: Message) -> Result<PromiseId>;

    /// Sends after the turn; nobody waits for an answer.
    fn tell(&mut self, target: Ref, message: Message) -> Result<()>;

    /// Adds an object to the caller's composition; gives the facet that has all its methods.
    fn spawn(&mut self, object: Box<dyn Object>) -> Result<Ref>;

    /// Adds an object of the kind that the host's registry has under `name`, made from `init` by
    /// the kind's `construct`. Unknown kinds are [`Class::NotFound`]; a kind without `construct`
    /// is [`Class::BadCall`].
    ///
    /// Spawning by name reaches every type of the host, so it is a capability: only the stock
    /// object [`KindMaker`](crate::stock::maker::KindMaker) calls this, and [`Context`] has no
    /// method for it.
    fn spawn_kind(&mut self, name: &str, init: Value) -> Result<Ref> {
        let _ = init;
        Err(Error::new(Class::NotFound, format!("no kind {name}: this vat has no registry")))
    }

    /// A promise; its resolver is `Ref::Resolver` of the same id.
    fn promise(&mut self) -> Result<PromiseId>;

    /// Runs the running object's `continuation` with `captured` when `promise` settles; gives the
    /// promise of what the continuation returns.
    fn then(
        &mut self,
        promise: Ref,
        continuation: &'static str,
        captured: Value,
    ) -> Result<PromiseId>;

    /// The same, but the continuation is let go, and never runs, once nobody holds the promise that
    /// is given. Where nothing is ever let go it is [`then`](Turn::then).
    fn then_while_wanted(
        &mut self,
        promise: Ref,
        continuation: &'static str,
        captured: Value,
    ) -> Result<PromiseId> {
        self.then(promise, continuation, captured)
    }

    /// Whether anybody holds the promise of `resolver`, and it is not settled. Of a promise of
    /// another vat nothing is known, and the answer is yes.
    fn is_wanted(&mut self, resolver: Ref) -> Result<bool> {
        let _ = resolver;
        Ok(true)
    }

    /// Whether anybody but the running object holds a facet of an object of this vat. Where nothing is
    /// counted, and of anything else, the answer is yes.
    fn is_shared(&mut self, facet: Ref) -> Result<bool> {
        let _ = facet;
        Ok(true)
    }

    /// The promise of a part of what `from` promises.
    fn part(&mut self, from: Ref, part: Part) -> Result<PromiseId>;

    /// A promise that is fulfilled with an error when the session that `reference` came over ends.
    fn on_sever(&mut self, reference: Ref) -> Result<PromiseId>;

    /// Whether two references are the same once promises are followed; nothing while that is open.
    fn same(&mut self, one: Ref, other: Ref) -> Result<Option<bool>>;

    /// The running object with all its methods.
    fn self_ref(&mut self) -> Result<Ref>;

    /// A new facet of the running object that grants `methods` only, under `label`.
    fn facet(&mut self, methods: &[&str], label: &str) -> Result<Ref>;

    /// A new facet that is derived from `of` and allows what both it and the caveats do.
    fn grant(&mut self, of: Ref, caveats: Caveats) -> Result<Ref> {
        let _ = (of, caveats);
        Err(no_grants())
    }

    /// What was derived from a facet of the running object, or from one that it granted, the
    /// facet itself first.
    fn grants(&mut self, of: Ref) -> Result<Vec<GrantInfo>> {
        let _ = of;
        Err(no_grants())
    }

    /// Revokes a facet of the running object, or one that it granted: every use from now on is
    /// refused.
    fn revoke(&mut self, facet: Ref) -> Result<()>;

    /// Revokes a facet as [`revoke`](Self::revoke) does, with all that was derived from it.
    fn revoke_deep(&mut self, facet: Ref) -> Result<()> {
        let _ = facet;
        Err(no_grants())
    }

    /// Revokes the facet with this number, if it was derived from `of`, and what was derived from
    /// it too if `deep` says so.
    fn revoke_derived(&mut self, of: Ref, facet: u64, deep: bool) -> Result<()> {
        let _ = (of, facet, deep);
        Err(no_grants())
    }

    /// Moves an object of the caller's composition into the composition of `to`, of which the
    /// caller must have the facet with all methods.
    fn hand_over(&mut self, object: Ref, to: Ref) -> Result<()>;

    /// A new collection of the running object, without entries. It lives as long as the object's
    /// state holds its number.
    fn new_collection(&mut self) -> Result<CollectionId>;

    /// The entry of the running object's `collection` under `key`.
    fn entry(&mut self, collection: CollectionId, key: &[u8]) -> Result<Option<State>>;

    /// Sets an entry; gives the one that was there.
    fn put_entry(
        &mut self,
        collection: CollectionId,
        key: &[u8],
        entry: State,
    ) -> Result<Option<State>>;

    /// Removes an entry; gives the one that was there.
    fn remove_entry(&mut self, collection: CollectionId, key: &[u8]) -> Result<Option<State>>;

    /// The first entries of a span, at most `limit` and as many as the turn may read.
    fn entries(&mut self, collection: CollectionId, span: &Span, limit: usize) -> Result<Entries>;

    /// The last entry.
    fn last_entry(&mut self, collection: CollectionId) -> Result<Option<(Bytes, State)>>;

    /// Removes every entry before `key`, the later ones of many by turns of their own. Nothing may
    /// be put there again.
    fn drop_entries_before(&mut self, collection: CollectionId, key: &[u8]) -> Result<()>;
}

impl<'a> Context<'a> {
    /// A context over an open turn.
    pub fn new(turn: &'a mut dyn Turn) -> Self {
        Self { turn }
    }

    /// The turn's logged timestamp: the same on every replay.
    pub fn now(&self) -> Timestamp {
        self.turn.now()
    }

    /// Refuses and still remembers: the turn commits, and the caller gets `error`.
    ///
    /// A caller in the same turn that passes the error on with `?` commits as well.
    pub fn refuse(&self, error: Error) -> Error {
        error.keeping_turn()
    }

    /// Adds `object` to the running object's composition; gives the facet with all its methods.
    pub fn spawn<T: Primary>(&mut self, object: T) -> Result<Cap<T::Face>> {
        self.turn.spawn(Box::new(object)).map(Cap::from)
    }

    /// Adds an object whose type is not known here.
    pub fn spawn_boxed(&mut self, object: Box<dyn Object>) -> Result<Cap> {
        self.turn.spawn(object).map(Cap::from)
    }

    /// The running object, with all its methods.
    pub fn this<I: Interface + ?Sized>(&mut self) -> Result<Cap<I>> {
        self.turn.self_ref().map(Cap::from)
    }

    /// A new facet of the running object that grants `methods` only. `label` is for people: the
    /// owner sees it beside the facet.
    pub fn facet<I: Interface + ?Sized>(
        &mut self,
        methods: &[&str],
        label: &str,
    ) -> Result<Cap<I>> {
        self.turn.facet(methods, label).map(Cap::from)
    }

    /// Passes on less than one has: a new reference to the object behind `cap`, which allows what
    /// both `cap` and the caveats do. It can be revoked without touching `cap`.
    ///
    /// The object may be any of this vat. One of another vat, or a promise, is granted by way of an
    /// object that forwards to it. Methods that `cap` does not grant are [`Class::Denied`]; any
    /// other caveat that asks for more than `cap` allows just adds nothing. See
    /// [`grant`](crate::grant).
    ///
    /// ```
    /// use hogshead_objects::grant::Caveats;
    /// use hogshead_objects::stock::counter::{Counter, Tally};
    /// use hogshead_objects::testing::Bench;
    ///
    /// let mut bench = Bench::new();
    /// let counter = bench.spawn_apart(Tally::default());
    /// let caveats = Caveats::new().methods(["increment"]).rule("0<=10".parse()?).label("Bob");
    /// let bobs = bench.turn(|cx| cx.grant(&counter, caveats))?;
    /// let (small, large) =
    ///     bench.turn(|cx| Ok((bobs.send(cx).increment(10)?, bobs.send(cx).increment(11)?)))?;
    /// bench.run();
    /// assert_eq!(bench.answer(small)?, 10);
    /// let why = bench.answer(large).unwrap_err();
    /// assert_eq!(why.to_string(), "denied: the grant asks for: argument 0 at most 10");
    /// # Ok::<(), hogshead_objects::Error>(())
    /// ```
    pub fn grant<I: ?Sized>(&mut self, cap: &Cap<I>, caveats: Caveats) -> Result<Cap<I>> {
        self.turn.grant(cap.into(), caveats).map(Cap::from)
    }

    /// The tree of what was derived from `cap`, itself first: who was given what, and what was done
    /// with it. For facets of the running object and for those that it granted.
    pub fn grants(&mut self, cap: impl Into<Ref>) -> Result<Vec<GrantInfo>> {
        self.turn.grants(cap.into())
    }

    /// Revokes a facet of the running object, or one that it granted: every use from now on is
    /// refused, by whomever, and answers of earlier uses that are still awaited break. What was
    /// derived from it goes on.
    pub fn revoke(&mut self, facet: impl Into<Ref>) -> Result<()> {
        self.turn.revoke(facet.into())
    }

    /// Revokes a facet as [`revoke`](Self::revoke) does, with all that was derived from it.
    pub fn revoke_deep(&mut self, facet: impl Into<Ref>) -> Result<()> {
        self.turn.revoke_deep(facet.into())
    }

    /// Revokes what [`grants`](Self::grants) lists for `cap` under this number, with what was
    /// derived from it if `deep` says so.
    pub fn revoke_derived(&mut self, cap: impl Into<Ref>, facet: u64, deep: bool) -> Result<()> {
        self.turn.revoke_derived(cap.into(), facet, deep)
    }

    /// Moves `object`, of the running object's composition, into the composition of `to`: from then
    /// on that can call it near, and this one cannot. Needs the facet of `to` with all its methods.
    pub fn hand_over(&mut self, object: impl Into<Ref>, to: impl Into<Ref>) -> Result<()> {
        self.turn.hand_over(object.into(), to.into())
    }

    /// A promise, and the right to settle it.
    pub fn promise<T>(&mut self) -> Result<(Promise<T>, Resolver<T>)> {
        let id = self.turn.promise()?;
        Ok((Promise::from_ref(Ref::Promise(id)), Resolver::from_ref(Ref::Resolver(id))))
    }

    /// Goes on in `continuation` when `promise` settles: the same as [`Promise::then`].
    pub fn then<O: Continues, T, C: Serialize, R>(
        &mut self,
        promise: Promise<T>,
        continuation: Continuation<O, T, C, R>,
        captured: C,
    ) -> Result<Promise<R>> {
        promise.then(self, continuation, captured)
    }

    /// A promise of why the session ended that `reference` came over: the same as
    /// [`Cap::on_sever`].
    pub fn on_sever(&mut self, reference: impl Into<Ref>) -> Result<Promise<Error>> {
        let promise = self.turn.on_sever(reference.into())?;
        Ok(Promise::from_ref(Ref::Promise(promise)))
    }

    /// Whether two references are the same: whether, once promises are followed, they lead to the
    /// same object of the same vat through the same facet.
    ///
    /// | what they lead to | answer |
    /// | --- | --- |
    /// | objects of this vat | whether the facet is the same. A grant or a narrowed facet of an object is another reference than the object |
    /// | objects of other vats | whether it is the same export of the same peer in the same session |
    /// | the same pending promise, or the same resolver | `Some(true)` |
    /// | a pending promise and something else | `None`: not decided yet. Whoever must know goes on with [`then`](Context::then) and asks again |
    /// | a promise that broke | the error that it broke with |
    /// | a promise that was kept with data | [`Class::BadCall`]: data is compared by its value |
    ///
    /// `Some` never changes while both are held, with one exception that only what leads to
    /// another vat can have: two peers that each forward to one object are two references, and so
    /// are two sessions with one vat. Nothing is sent to find out, and nobody learns that it was
    /// asked. A severed reference still is what it was.
    ///
    /// Two facets of one object are told to belong together by a
    /// [brand](crate::stock::brand) only: being able to compare objects behind their facets would
    /// undo what facets hide. This is E's `==` on references (Miller, *Robust Composition*, 2006,
    /// chapter 10), which the Grant Matcher needs.
    ///
    /// ```
    /// use hogshead_objects::stock::cell::{Cell, ValueCell};
    /// use hogshead_objects::testing::Bench;
    ///
    /// let mut bench = Bench::new();
    /// bench.turn(|cx| {
    ///     let cell = cx.spawn(ValueCell::default())?;
    ///     let reader = cell.near(cx).read_only()?;
    ///     assert_eq!(cx.same(cell, cell)?, Some(true));
    ///     assert_eq!(cx.same(cell, reader)?, Some(false));
    ///     let (promise, resolver) = cx.promise()?;
    ///     assert_eq!(cx.same(cell, &promise)?, None);
    ///     resolver.fulfill(cx, cell)?;
    ///     let _ = promise;
    ///     Ok(())
    /// })?;
    /// # Ok::<(), hogshead_objects::Error>(())
    /// ```
    pub fn same(&mut self, one: impl Into<Ref>, other: impl Into<Ref>) -> Result<Option<bool>> {
        self.turn.same(one.into(), other.into())
    }

    /// Calls near, untyped.
    pub fn near(&mut self, target: impl Into<Ref>, message: Message) -> Result<Value> {
        self.turn.near_message(target.into(), message)
    }

    /// Sends after the turn, untyped; gives the promise of the answer.
    ///
    /// ```
    /// use hogshead_objects::stock::counter::Tally;
    /// use hogshead_objects::testing::Bench;
    /// use hogshead_objects::{Message, codec};
    ///
    /// let mut bench = Bench::new();
    /// let (count, wrong) = bench.turn(|cx| {
    ///     let counter = cx.spawn(Tally::default())?;
    ///     let count = cx.send(counter, Message::new("increment", [codec::to_value(&5)?]))?;
    ///     let wrong = cx.send(counter, Message::new("increment", [codec::to_value("5")?]))?;
    ///     Ok((count.cast::<u64>(), wrong))
    /// })?;
    /// bench.run();
    /// assert_eq!(bench.answer(count)?, 5);
    /// assert_eq!(
    ///     bench.answer(wrong).unwrap_err().message(),
    ///     "increment: argument 1 (by): expected integer (u64), found string",
    /// );
    /// # Ok::<(), hogshead_objects::Error>(())
    /// ```
    pub fn send(&mut self, target: impl Into<Ref>, message: Message) -> Result<Promise> {
        let promise = self.turn.send(target.into(), message)?;
        Ok(Promise::from_ref(Ref::Promise(promise)))
    }

    /// Sends after the turn, untyped, wanting no answer.
    pub fn tell(&mut self, target: impl Into<Ref>, message: Message) -> Result<()> {
        self.turn.tell(target.into(), message)
    }

    /// The turn behind the context, for the clients that the macros write.
    pub fn turn(&mut self) -> &mut dyn Turn {
        self.turn
    }
}

fn no_grants() -> Error {
    Error::bad_call("nothing can be granted here")
}
