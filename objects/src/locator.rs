//! Locators: where a peer is, and sturdyrefs: a reference as text ("Locators" of the OCapN draft
//! specifications).
//!
//! ```text
//!   ocapn://<designator>.<transport>[/s/<swiss number>][?<hint>=<value>&…]
//! ```
//!
//! Reading is strict and writing canonical; `uri` has the rules. A sturdyref is bearer authority:
//! `Display` and `Debug` show the peer only, and [`SturdyRef::expose_text`] is the one way to its
//! whole text.

mod hints;
mod serde_impls;
mod uri;

use std::fmt;
use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::ids::VatId;
use crate::limits::{
    LOCATOR_ADDRESSES_MAX, LOCATOR_HINTS_MAX, LOCATOR_TEXT_BYTES_MAX, SWISS_BYTES_MAX,
};
use crate::value::Symbol;

pub use hints::Hints;
pub use uri::LocatorError;

/// The transport of our own network.
pub const HOG: &str = "hog";

/// Where a peer is: `ocapn://<designator>.<transport>?hint=value…`.
///
/// Two locators name the same peer if designator and transport agree ([`Locator::peer`]); hints
/// only say how to reach it. Equality compares everything.
///
/// ```
/// use hogshead_objects::locator::Locator;
///
/// let text = "ocapn://abc.tcp-testing-only?host=127.0.0.1&port=22046";
/// let locator: Locator = text.parse()?;
/// assert_eq!(locator.designator, "abc");
/// assert_eq!(locator.hint("port"), Some("22046"));
/// assert_eq!(locator.to_string(), text);
/// # Ok::<(), hogshead_objects::locator::LocatorError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Locator {
    /// How the network names the peer; for `hog` the vat's root key in base32.
    pub designator: String,
    /// The transport; contains no dot.
    pub transport: Symbol,
    /// The ways to reach the peer. Absent and empty differ on the wire, so both are kept.
    pub hints: Option<Hints>,
}

/// Who a locator leads to, whatever the way: locators with one peer are of one peer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Peer {
    /// How the network names the peer.
    pub designator: String,
    /// The transport.
    pub transport: Symbol,
}

impl Locator {
    /// The locator of a vat on our own network, with its QUIC addresses, each `host:port`.
    ///
    /// ```
    /// use hogshead_objects::ids::VatId;
    /// use hogshead_objects::locator::Locator;
    ///
    /// let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    /// let vat = VatId::from(key.verifying_key());
    /// let locator = Locator::hog(vat, ["198.51.100.7:4433", "[2001:db8::7]:4433"]);
    /// assert_eq!(locator.vat()?, vat);
    /// assert!(locator.addresses("quic").eq(["198.51.100.7:4433", "[2001:db8::7]:4433"]));
    /// # Ok::<(), hogshead_objects::locator::LocatorError>(())
    /// ```
    pub fn hog<A: fmt::Display>(vat: VatId, quic: impl IntoIterator<Item = A>) -> Self {
        let addresses: Vec<_> = quic.into_iter().map(|address| address.to_string()).collect();
        let hints = (!addresses.is_empty())
            .then(|| Hints::from([("quic".to_owned(), addresses.join(","))]));
        Self { designator: vat.to_string(), transport: Symbol::from_static(HOG), hints }
    }

    /// Whether the peer is a vat on our own network.
    pub fn is_hog(&self) -> bool {
        self.transport.as_str() == HOG
    }

    /// The vat that a locator of our own network names.
    pub fn vat(&self) -> Result<VatId, LocatorError> {
        if !self.is_hog() {
            return Err(LocatorError::NotHog);
        }
        self.designator.parse().map_err(LocatorError::Key)
    }

    /// The peer, without the ways to it.
    pub fn peer(&self) -> Peer {
        Peer { designator: self.designator.clone(), transport: self.transport.clone() }
    }

    /// A hint's value.
    pub fn hint(&self, name: &str) -> Option<&str> {
        self.hints.as_ref()?.get(name).map(String::as_str)
    }

    /// The addresses of one way to the peer, such as `quic`: the hint's value, cut at commas. At
    /// most [`LOCATOR_ADDRESSES_MAX`] of them.
    pub fn addresses(&self, way: &str) -> impl Iterator<Item = &str> {
        let value = self.hint(way).unwrap_or_default();
        value.split(',').filter(|address| !address.is_empty()).take(LOCATOR_ADDRESSES_MAX)
    }

    /// Checks a locator that was not read from text: names, limits, and for our own network the
    /// key.
    pub fn check(&self) -> Result<(), LocatorError> {
        if self.designator.is_empty() {
            return Err(LocatorError::NoDesignator);
        }
        let transport = self.transport.as_str();
        if transport.is_empty() || transport.contains('.') {
            return Err(LocatorError::Transport);
        }
        let hints = self.hints.as_ref().map_or(0, Hints::len);
        if hints > LOCATOR_HINTS_MAX {
            return Err(LocatorError::TooManyHints);
        }
        if self.hints.iter().flatten().any(|(name, _)| name.is_empty()) {
            return Err(LocatorError::NamelessHint);
        }
        uri::check_length(self)?;
        if self.is_hog() {
            self.vat()?;
            let addresses = |value: &String| value.split(',').count();
            if self.hints.iter().flatten().any(|(_, v)| addresses(v) > LOCATOR_ADDRESSES_MAX) {
                return Err(LocatorError::TooManyAddresses);
            }
        }
        Ok(())
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        uri::write_peer(f, &self.designator, self.transport.as_str())
    }
}

/// A swiss number: whoever knows it may fetch the object.
///
/// Its `Debug` shows nothing, it is wiped from memory when dropped, and it is compared in
/// constant time through its hash only.
#[derive(Clone)]
pub struct SwissNumber(Zeroizing<Vec<u8>>);

/// What is kept of a swiss number of our own: its SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SwissHash(pub [u8; 32]);

impl SwissNumber {
    /// A swiss number from bytes of any origin.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes. They are a secret.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The hash under which the vat that minted it finds the object.
    pub fn hash(&self) -> SwissHash {
        SwissHash(Sha256::digest(self.0.as_slice()).into())
    }

    /// Checks a swiss number that was not read from text: one byte at least, and the limit.
    pub fn check(&self) -> Result<(), LocatorError> {
        match self.0.len() {
            0 => Err(LocatorError::NoSwissNumber),
            length if length > SWISS_BYTES_MAX => Err(LocatorError::SwissTooLong),
            _ => Ok(()),
        }
    }
}

impl PartialEq for SwissNumber {
    fn eq(&self, other: &Self) -> bool {
        self.hash() == other.hash()
    }
}

impl Eq for SwissNumber {}

impl Hash for SwissNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        SwissNumber::hash(self).hash(state);
    }
}

impl fmt::Debug for SwissNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SwissNumber(…)")
    }
}

/// A reference written down: `ocapn://<vat key>.hog/s/<swiss number>?quic=<host:port>…`.
///
/// ```
/// use hogshead_objects::locator::SturdyRef;
///
/// let sturdy: SturdyRef = "ocapn://abc.tcp/s/my-object?host=127.0.0.1".parse()?;
/// assert_eq!(sturdy.swiss.expose(), b"my-object");
/// assert_eq!(sturdy.to_string(), "ocapn://abc.tcp/s/…?host=127.0.0.1");
/// assert_eq!(*sturdy.expose_text(), "ocapn://abc.tcp/s/my-object?host=127.0.0.1");
/// # Ok::<(), hogshead_objects::locator::LocatorError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SturdyRef {
    /// The vat that has the object.
    pub peer: Locator,
    /// Which object.
    pub swiss: SwissNumber,
}

impl SturdyRef {
    /// The whole text, which is a secret: whoever reads it may use the object.
    pub fn expose_text(&self) -> Zeroizing<String> {
        uri::expose_text(self)
    }

    /// Checks a sturdyref that was not read from text.
    pub fn check(&self) -> Result<(), LocatorError> {
        self.peer.check()?;
        self.swiss.check()?;
        let length = self.expose_text().len();
        if length > LOCATOR_TEXT_BYTES_MAX { Err(LocatorError::TooLong) } else { Ok(()) }
    }

    pub(crate) fn size_bytes(&self) -> usize {
        let Locator { designator, transport, hints } = &self.peer;
        let hints = hints.iter().flatten().map(|(name, value)| name.len() + value.len());
        designator.len() + transport.as_str().len() + hints.sum::<usize>() + self.swiss.0.len()
    }
}
