//! A registry of nonces: references found again by octets that nobody can guess.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::directory::check_target;
use super::entropy::Entropy;
use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::promise::Promise;
use crate::stored::StoredMap;
use crate::value::Value;

/// Registers references under nonces, each 32 octets that nobody can guess.
///
/// Whoever has a nonce and the [`locator`](Self::locator) finds the reference again; neither of the
/// two is enough. So what must be written where only data can go, in a file, a link or a row of
/// another system, is the nonce, and it is worth nothing to whom the locator was never given. The
/// registry keeps the hashes of its nonces only.
///
/// ```
/// use hogshead_objects::stock::greeter::PoliteGreeter;
/// use hogshead_objects::stock::nonce::{NonceLocator, NonceRegistry, Nonces};
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let entropy = bench.entropy();
/// let registry = bench.spawn_apart(Nonces::new(entropy));
/// let greeter = bench.spawn_apart(PoliteGreeter::default());
/// let asked = bench.turn(|cx| {
///     Ok((registry.send(cx).register(greeter.into())?, registry.send(cx).locator()?))
/// })?;
/// bench.run();
/// let (nonce, locator) = (bench.answer(asked.0)?, bench.answer(asked.1)?);
///
/// let asked = bench.turn(|cx| {
///     Ok((locator.send(cx).find(nonce)?, locator.send(cx).find(vec![7; 32].into())?))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(asked.0)?, greeter.into());
/// assert!(bench.answer(asked.1).unwrap_err().to_string().starts_with("not-found: "));
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait NonceRegistry {
    /// Registers a reference or a sturdyref; gives its nonce, another one each time.
    fn register(&mut self, cx: &mut Context<'_>, to: Value) -> Result<Promise<Bytes>>;

    /// Forgets a nonce; `false` if there is none.
    fn forget(&mut self, cx: &mut Context<'_>, nonce: Bytes) -> Result<bool>;

    /// A new facet that can only [`find`](NonceLocator::find).
    fn locator(&self, cx: &mut Context<'_>) -> Result<Cap<dyn NonceLocator>>;
}

/// Finds what is registered under nonces.
#[crate::interface]
pub trait NonceLocator {
    /// What was registered under a nonce. Whatever else it is asked for, [`Class::NotFound`] is all
    /// that it says.
    fn find(&self, cx: &mut Context<'_>, nonce: Bytes) -> Result<Value>;
}

/// The stock registry, `hogshead/nonces`, with a record a nonce. It is constructed from an
/// [`Entropy`] and knows no other source of nonces.
#[derive(Serialize, Deserialize, Debug)]
pub struct Nonces {
    entropy: Cap<dyn Entropy>,
    found: StoredMap<[u8; 32], Value>,
}

impl Nonces {
    /// A registry without nonces.
    pub fn new(entropy: Cap<dyn Entropy>) -> Self {
        Self { entropy, found: StoredMap::new() }
    }

    fn constructed(entropy: Value) -> Result<Self> {
        match entropy {
            Value::Ref(entropy) => Ok(Self::new(Cap::from(entropy))),
            _ => Err(Error::bad_call("a registry of nonces is made from an entropy capability")),
        }
    }
}

#[crate::object(
    name = "nonces",
    version = 1,
    interfaces(NonceLocator),
    construct = Nonces::constructed,
    continuations
)]
impl NonceRegistry for Nonces {
    fn register(&mut self, cx: &mut Context<'_>, to: Value) -> Result<Promise<Bytes>> {
        check_target(&to)?;
        let octets = self.entropy.send(cx).octets()?;
        octets.then(cx, Self::minted, to)
    }

    fn forget(&mut self, cx: &mut Context<'_>, nonce: Bytes) -> Result<bool> {
        Ok(self.found.remove(cx, &hash(&nonce))?.is_some())
    }

    fn locator(&self, cx: &mut Context<'_>) -> Result<Cap<dyn NonceLocator>> {
        cx.facet(&["find"], "locator")
    }
}

impl NonceLocator for Nonces {
    fn find(&self, cx: &mut Context<'_>, nonce: Bytes) -> Result<Value> {
        let found = self.found.get(cx, &hash(&nonce))?;
        found.ok_or_else(|| Error::new(Class::NotFound, "nothing is registered under this nonce"))
    }
}

#[crate::continuations]
impl Nonces {
    #[continuation]
    fn minted(&mut self, cx: &mut Context<'_>, octets: Result<Bytes>, to: Value) -> Result<Bytes> {
        let nonce = octets?;
        // A source that gives less than this, or the same again, would let others guess.
        if nonce.len() < NONCE_OCTETS_MIN || self.found.contains(cx, &hash(&nonce))? {
            return Err(Error::refused("the entropy of this registry is none"));
        }
        self.found.insert(cx, hash(&nonce), to)?;
        Ok(nonce)
    }
}

/// What is shorter could be guessed.
const NONCE_OCTETS_MIN: usize = 32;

fn hash(nonce: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(b"hogshead nonce 1\0").chain_update(nonce).finalize().into()
}
