//! Objects as a vat handles them: erased behind [`Object`], described by their [`Kind`], found
//! again in a [`Registry`].

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::CollectionId;
use crate::message::Message;
use crate::reference::Ref;
use crate::value::Value;

/// A Rust value with state and methods, living in a vat. The `#[object]` macro implements it.
pub trait Object: Any + Send {
    /// What kind of object this is.
    fn kind(&self) -> &'static Kind;

    /// Runs a method that came as a message. The facet has been checked.
    fn call(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;

    /// Runs a method that came as a typed near call: `call` is the interface's own call type
    /// with its arguments, into which the result is put.
    fn near(&mut self, cx: &mut Context<'_>, call: &mut dyn Any) -> Result<()>;

    /// Runs a continuation: what was awaited has settled.
    fn resume(
        &mut self,
        cx: &mut Context<'_>,
        continuation: &str,
        captured: Value,
        settled: Result<Value>,
    ) -> Result<Value>;

    /// The object's state as canonical bytes and the references in it.
    fn encode(&self) -> Result<State>;

    /// The object as `Any`, to be downcast.
    fn as_any(&self) -> &dyn Any;
}

/// An encoded state: canonical CBOR in which a reference is an index into `edges`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The bytes.
    pub bytes: Bytes,
    /// The references, in the order in which the state meets them.
    pub edges: Vec<Ref>,
    /// Whether a sturdyref or another secret is inside.
    pub secret: bool,
    /// The collections, in the order in which the state meets them. Their entries are kept beside
    /// the state: see [`stored`](crate::stored).
    pub collections: Vec<CollectionId>,
}

/// A kind of object: its name and version, its methods, and how its state is read.
pub struct Kind {
    /// The name with the crate's namespace, such as `hogshead/counter`. Never changes.
    pub name: &'static str,
    /// The version of the state's form, counted from one.
    pub version: u32,
    /// The methods of all interfaces.
    pub methods: &'static [&'static [MethodInfo]],
    /// The names of the continuations.
    pub continuations: &'static [&'static str],
    /// Reads a state of this version.
    pub decode: fn(&State) -> Result<Box<dyn Object>>,
    /// Makes a new object from a value, for `spawn` by name; absent if the kind does not offer it.
    pub construct: Option<Construct>,
    /// Whether its objects never change once made, so that whoever of the vat holds one may read it
    /// by a near call, of whichever composition it is.
    pub constant: bool,
    /// The steps from older versions, each one version up.
    pub upgrades: &'static [Upgrade],
}

/// Makes a new object from a value.
pub type Construct = fn(Value) -> Result<Box<dyn Object>>;

/// One step up in a kind's versions: pure, over a state and over the messages still pending.
pub struct Upgrade {
    /// The version that it reads; it writes the next one.
    pub from: u32,
    /// Rewrites a state. It may drop references and collections but not invent any.
    pub state: fn(State) -> Result<State>,
    /// Rewrites a pending message.
    pub message: fn(Message) -> Result<Message>,
}

/// A method, as far as delivery and checks need to know it.
#[derive(Debug)]
pub struct MethodInfo {
    /// The name on the wire.
    pub name: &'static str,
    /// The Rust name of its interface, for messages and `vat show`.
    pub interface: &'static str,
    /// The names and types of its parameters, as written.
    pub params: &'static [(&'static str, &'static str)],
    /// Whether it takes `&mut self`: only then the object is written after the turn.
    pub mutates: bool,
    /// Which messages it takes.
    pub takes: Takes,
}

/// Which messages a method takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// Those that name it.
    Named,
    /// Those that name no other method: `#[method(apply)]`. They become its arguments, and a facet
    /// grants them by the method's name.
    Apply,
    /// Those that name no other method, whole: `#[method(any)]`. A facet grants them by the name
    /// that each of them bears.
    Any,
}

impl MethodInfo {
    /// The name by which a facet that grants some methods only grants this one to `message`: the
    /// method's own, and for one that takes any message the message's, so that no name stands for
    /// others. Empty for a message without a name.
    pub fn granted_as<'m>(&self, message: &'m Message) -> &'m str {
        match self.takes {
            Takes::Any => message.symbol().unwrap_or_default(),
            Takes::Named | Takes::Apply => self.name,
        }
    }
}

impl Kind {
    /// Every method.
    pub fn methods(&self) -> impl Iterator<Item = &'static MethodInfo> {
        self.methods.iter().flat_map(|interface| interface.iter())
    }

    /// Whether a facet may grant `name`: a method's, or any if there is a method for any message.
    pub fn can_grant(&self, name: &str) -> bool {
        self.methods().any(|method| method.takes == Takes::Any || method.name == name)
    }

    /// The method that `message` is for: the one its leading symbol names, or else the one that
    /// takes messages naming none.
    pub fn method(&self, message: &Message) -> Result<&'static MethodInfo> {
        let symbol = message.symbol();
        let is_named = |method: &&MethodInfo| {
            method.takes == Takes::Named && symbol.is_some_and(|name| method.name == name)
        };
        let others = || self.methods().find(|method| method.takes != Takes::Named);
        self.methods().find(is_named).or_else(others).ok_or_else(|| {
            let known: Vec<_> = self.methods().map(|m| m.name).collect();
            let known = known.join(", ");
            Error::bad_call(match symbol {
                Some(name) => format!("{} has no method `{name}`; it has {known}", self.name),
                None => format!("a message to {} must name a method: {known}", self.name),
            })
        })
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} v{}", self.name, self.version)
    }
}

/// A type that has a kind. The `#[object]` macro implements it.
///
/// ```
/// use hogshead_objects::stock::counter::{Counter, Tally};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Cap, Context, Result, Typed};
/// use serde::{Deserialize, Serialize};
///
/// #[hogshead_objects::interface]
/// pub trait Purse {
///     fn pay(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<u64>;
/// }
///
/// // Any type that serde can write and read, with references inside.
/// #[derive(Serialize, Deserialize)]
/// struct Wallet {
///     balance: u64,
///     payments: Cap<dyn Counter>,
/// }
///
/// #[hogshead_objects::object(name = "wallet", version = 1)]
/// impl Purse for Wallet {
///     fn pay(&mut self, cx: &mut Context<'_>, amount: u64) -> Result<u64> {
///         self.balance = self
///             .balance
///             .checked_sub(amount)
///             .ok_or_else(|| hogshead_objects::Error::refused("not enough"))?;
///         self.payments.tell(cx).increment(1)?;
///         Ok(self.balance)
///     }
/// }
///
/// // The crate's name goes before the slash; for this crate it is `hogshead`.
/// assert_eq!(Wallet::KIND.name, "hogshead/wallet");
///
/// let mut bench = Bench::new();
/// let rest = bench.turn(|cx| {
///     let payments = cx.spawn(Tally::default())?;
///     cx.spawn(Wallet { balance: 10, payments })?.near(cx).pay(3)
/// })?;
/// assert_eq!(rest, 7);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
///
/// The macro stands on the impl of the type's main interface, which is what
/// [`Context::spawn`] gives a [`Cap`](crate::Cap) for. Its options:
///
/// | option | what it says |
/// | --- | --- |
/// | `name = "wallet"` | the kind's name; the crate's name goes before it unless it has a slash |
/// | `version = 1` | the version of the state's form; 1 if not said |
/// | `interfaces(Reader, Lister)` | further interfaces that the type implements |
/// | `continuations` | the type has `#[continuations]` |
/// | `construct` | can be spawned by name: from Undefined by `Default`, else from its state |
/// | `constant` | never changes: its methods take `&self`, and near calls reach it from any composition of its vat |
/// | `construct = f` | can be spawned by name, by `fn f(Value) -> Result<Self>` |
/// | `upgrades(STEPS)` | a `const STEPS: &[Upgrade]`, one step from each older version |
/// | `crate = "its_name"` | how the dependency on Hogshead is called |
pub trait Typed: Object + Sized {
    /// The kind.
    const KIND: &'static Kind;
}

/// The kinds that a host knows. A state of any other kind is kept, and its deliveries parked,
/// until a host that knows it comes.
#[derive(Clone, Default, Debug)]
pub struct Registry {
    kinds: BTreeMap<&'static str, &'static Kind>,
}

impl Registry {
    /// A registry that knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `T`'s kind. Two kinds of one name are a mistake of the program.
    pub fn register<T: Typed>(&mut self) -> Result<&mut Self> {
        self.register_kind(T::KIND)
    }

    /// Adds a kind.
    pub fn register_kind(&mut self, kind: &'static Kind) -> Result<&mut Self> {
        match self.kinds.insert(kind.name, kind) {
            Some(other) if !std::ptr::eq(other, kind) => {
                Err(Error::bad_call(format!("two kinds are named {}", kind.name)))
            }
            _ => Ok(self),
        }
    }

    /// The kind of that name.
    pub fn kind(&self, name: &str) -> Option<&'static Kind> {
        self.kinds.get(name).copied()
    }

    /// All kinds, by name.
    pub fn kinds(&self) -> impl Iterator<Item = &'static Kind> {
        self.kinds.values().copied()
    }
}
