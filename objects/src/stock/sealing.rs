//! The capability to seal data to a vat's key, for travel through strangers.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::error::Result;
use crate::value::Value;

/// Seals data so that one vat alone can open it, and opens what was sealed to this one.
///
/// What is sealed is bytes: they may lie in a file, go through strangers or wait for years. Nobody
/// but the vat with that key opens them, and nobody sees who sealed them. It is a device that the
/// host serves in any vat, and acts with that vat's key: an owner gives it to whom may speak, and
/// be spoken to, in the vat's name. A facet that grants `seal` alone is harmless; one that grants
/// `open` reads all of the vat's mail; one that grants `seal_as_me` signs for it.
///
/// A vat is named by its key as people see it: 52 characters of base32, the name in its locators.
/// The context says what the bytes are for ("invoice of the tea house"), and must be the same where
/// they are opened: what was sealed for one purpose is nothing for another.
///
/// Data is any value without references; whoever wants to send one seals a sturdyref, which is what
/// sealing is for. Bytes may come twice: who must act once keeps the [`id`](Opened::id)s that it has
/// seen. Errors do not say whether it was the key, the context or a byte that was wrong.
///
/// Each call draws a new key for the sender's side, so that no nonce can be used twice. It is HPKE
/// (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305, in base mode; `seal_as_me` puts the
/// auth mode inside. `docs/security.md` says what that protects from, and what not: a receiver whose
/// root key was stolen can be told anything in anybody's name, and everything that was ever sealed
/// to it can be read.
///
/// ```
/// use bytes::Bytes;
/// use hogshead_objects::stock::sealing::{Opened, Sealing};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Cap, Context, Error, Promise, Result, Value};
/// use serde::{Deserialize, Serialize};
///
/// #[hogshead_objects::interface]
/// pub trait Correspondent {
///     fn write(&mut self, cx: &mut Context<'_>, to: String, text: String) -> Result<Promise<Bytes>>;
///     fn read(&mut self, cx: &mut Context<'_>, letter: Bytes) -> Result<Promise<Opened>>;
/// }
///
/// #[derive(Serialize, Deserialize)]
/// struct Alice {
///     sealing: Cap<dyn Sealing>,
/// }
///
/// #[hogshead_objects::object(name = "alice", version = 1)]
/// impl Correspondent for Alice {
///     fn write(&mut self, cx: &mut Context<'_>, to: String, text: String) -> Result<Promise<Bytes>> {
///         self.sealing.send(cx).seal(to, "letter".into(), text.into())
///     }
///
///     fn read(&mut self, cx: &mut Context<'_>, letter: Bytes) -> Result<Promise<Opened>> {
///         self.sealing.send(cx).open("letter".into(), letter)
///     }
/// }
///
/// /// Stands in for the host's device: it has envelopes with numbers on them.
/// #[derive(Serialize, Deserialize, Default)]
/// struct Drawer(Vec<(String, String, Value)>);
///
/// #[hogshead_objects::object(name = "drawer", version = 1)]
/// impl Sealing for Drawer {
///     fn own_key(&self, _: &mut Context<'_>) -> Result<String> {
///         Ok("me".into())
///     }
///
///     fn seal(&mut self, _: &mut Context<'_>, to: String, context: String, data: Value) -> Result<Bytes> {
///         self.0.push((to, context, data));
///         Ok(vec![self.0.len() as u8 - 1].into())
///     }
///
///     fn seal_as_me(&mut self, cx: &mut Context<'_>, to: String, context: String, data: Value) -> Result<Bytes> {
///         self.seal(cx, to, context, data)
///     }
///
///     fn open(&self, _: &mut Context<'_>, context: String, sealed: Bytes) -> Result<Opened> {
///         let found = sealed.first().and_then(|number| self.0.get(usize::from(*number)));
///         match found {
///             Some((to, of, data)) if to == "me" && *of == context => {
///                 Ok(Opened { data: data.clone(), from: None, id: sealed })
///             }
///             _ => Err(Error::refused("it does not open")),
///         }
///     }
/// }
///
/// let mut bench = Bench::new();
/// let sealing = bench.spawn_apart(Drawer::default());
/// let alice = bench.spawn_apart(Alice { sealing });
/// let mine = bench.turn(|cx| alice.send(cx).write("me".into(), "to myself".into()))?;
/// let hers = bench.turn(|cx| alice.send(cx).write("carol".into(), "to Carol".into()))?;
/// bench.run();
/// let (mine, hers) = (bench.answer(mine)?, bench.answer(hers)?);
/// let (mine, hers) = bench.turn(|cx| Ok((alice.send(cx).read(mine)?, alice.send(cx).read(hers)?)))?;
/// bench.run();
/// assert_eq!(bench.answer(mine)?.data, Value::from("to myself"));
/// assert!(bench.answer(hers).is_err());
/// # Ok::<(), Error>(())
/// ```
#[crate::interface]
pub trait Sealing {
    /// The key of this vat, to be told to whom is to seal to it.
    fn own_key(&self, cx: &mut Context<'_>) -> Result<String>;

    /// Seals `data` to the vat with the key `to`. Who opens it is not told who sealed it.
    fn seal(
        &mut self,
        cx: &mut Context<'_>,
        to: String,
        context: String,
        data: Value,
    ) -> Result<Bytes>;

    /// The same, and who opens it is told the key of this vat, and can rely on it. Nobody else can
    /// be shown that it was so: the receiver could have made it itself.
    fn seal_as_me(
        &mut self,
        cx: &mut Context<'_>,
        to: String,
        context: String,
        data: Value,
    ) -> Result<Bytes>;

    /// Opens what was sealed to this vat for this context.
    fn open(&self, cx: &mut Context<'_>, context: String, sealed: Bytes) -> Result<Opened>;
}

/// What was sealed.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Opened {
    /// The data.
    pub data: Value,
    /// The key of the vat that sealed it, if that wanted to be known.
    pub from: Option<String>,
    /// The same for the same bytes, and for no others: 32 bytes.
    pub id: Bytes,
}
