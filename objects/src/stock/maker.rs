//! A maker: spawning objects by the name of their kind is a capability.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::object::Typed;
use crate::value::Value;

/// Spawns objects by the name of their kind.
///
/// A Rust object spawns what its code names. Who wants to spawn what a *message* names, and so
/// anything that the host's registry holds, needs a maker. What it makes belongs to the maker's
/// composition, and its maker's caller gets the only reference.
///
/// ```
/// use hogshead_objects::stock::{self, counter::Counter, maker::{KindMaker, Maker}};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Value, codec};
///
/// let mut bench = Bench::new();
/// stock::register(bench.registry())?;
/// let (counted, greeter) = bench.turn(|cx| {
///     let maker = cx.spawn(KindMaker::default())?;
///     let counters = maker.near(cx).restricted(["hogshead/counter".to_owned()].into())?;
///     let init = codec::to_value(&40)?;
///     let counter = counters.send(cx).make("hogshead/counter".into(), init)?;
///     let counted = counter.cap().cast::<dyn Counter>().send(cx).increment(2)?;
///     let greeter = counters.send(cx).make("hogshead/greeter".into(), Value::Undefined)?;
///     Ok((counted, greeter))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(counted)?, 42);
/// assert_eq!(
///     bench.answer(greeter).unwrap_err().to_string(),
///     "refused: this maker makes only hogshead/counter",
/// );
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Maker {
    /// Spawns an object of `kind`, made from `init` (Undefined if there is nothing to say).
    fn make(&mut self, cx: &mut Context<'_>, kind: String, init: Value) -> Result<Cap>;

    /// A new maker that makes `kinds` only, as far as this one does.
    fn restricted(
        &mut self,
        cx: &mut Context<'_>,
        kinds: BTreeSet<String>,
    ) -> Result<Cap<dyn Maker>>;

    /// The kinds that it makes; nothing if it makes all that the host knows.
    fn kinds(&self, cx: &mut Context<'_>) -> Result<Option<BTreeSet<String>>>;
}

/// The stock maker, `hogshead/maker`. It is constructed from the list of kinds that it makes; from
/// nothing it makes all that the host knows.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Default, Debug)]
#[serde(transparent)]
pub struct KindMaker {
    kinds: Option<BTreeSet<String>>,
}

impl KindMaker {
    /// A maker of these kinds only.
    pub fn only<K: Into<String>>(kinds: impl IntoIterator<Item = K>) -> Self {
        Self { kinds: Some(kinds.into_iter().map(Into::into).collect()) }
    }
}

#[crate::object(name = "maker", version = 1, construct)]
impl Maker for KindMaker {
    fn make(&mut self, cx: &mut Context<'_>, kind: String, init: Value) -> Result<Cap> {
        if let Some(kinds) = &self.kinds {
            if !kinds.contains(&kind) {
                let kinds: Vec<_> = kinds.iter().map(String::as_str).collect();
                let kinds = if kinds.is_empty() { "nothing".into() } else { kinds.join(", ") };
                return Err(Error::refused(format!("this maker makes only {kinds}")));
            }
            // Otherwise a restricted maker could make itself one that is not.
            if kind == Self::KIND.name {
                return Err(Error::refused("a restricted maker makes makers by `restricted` only"));
            }
        }
        cx.turn().spawn_kind(&kind, init).map(Cap::from)
    }

    fn restricted(
        &mut self,
        cx: &mut Context<'_>,
        kinds: BTreeSet<String>,
    ) -> Result<Cap<dyn Maker>> {
        let kinds = match &self.kinds {
            Some(mine) => mine.intersection(&kinds).cloned().collect(),
            None => kinds,
        };
        cx.spawn(Self { kinds: Some(kinds) })
    }

    fn kinds(&self, _cx: &mut Context<'_>) -> Result<Option<BTreeSet<String>>> {
        Ok(self.kinds.clone())
    }
}
