//! The capability to entropy: octets that nobody can guess.

use bytes::Bytes;

use crate::context::Context;
use crate::error::Result;

/// Gives octets that nobody can guess.
///
/// A method computes the same from the same, so that its turn can be run again; an object that must
/// surprise others asks for entropy and goes on when it has come. A vat serves it itself, from the
/// entropy that its host gives to each turn and keeps sealed in the turn's description. The owner
/// makes one by `admin.entropy(vat)` and hands it to whom it trusts with it; it has no kind of its
/// own, and can be narrowed and revoked like any other facet.
///
/// ```
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let entropy = bench.entropy();
/// let (one, other) = bench.turn(|cx| {
///     Ok((entropy.send(cx).octets()?, entropy.send(cx).octets()?))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(one)?.len(), 32);
/// assert_ne!(bench.answer(one)?, bench.answer(other)?);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Entropy {
    /// 32 octets, other ones each time.
    fn octets(&mut self, cx: &mut Context<'_>) -> Result<Bytes>;
}
