//! What all ways of `hog` share: reading their addresses out of a locator, and joining them into
//! one.

use std::collections::BTreeMap;

use hogshead_objects::ids::VatId;
use hogshead_objects::locator::{HOG, Locator, LocatorError};
use hogshead_objects::value::Symbol;

use crate::error::DialError;

/// Where a locator leads by one way of `hog`: what a netlayer of that way dials.
///
/// ```
/// use hogshead_netlayer::way::{Way, hog_locator};
/// use hogshead_objects::ids::VatId;
///
/// let vat = VatId::from(ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key());
/// let ways = [("quic", vec!["198.51.100.7:4433"]), ("unix", vec!["/run/hog"]), ("ws", vec![])];
/// let locator = hog_locator(vat, ways);
/// assert_eq!(Way::read(&locator, "quic")?.addresses, ["198.51.100.7:4433"]);
/// assert_eq!(Way::read(&locator, "unix")?.vat, vat);
/// assert!(Way::read(&locator, "ws").is_err());
/// # Ok::<(), hogshead_netlayer::DialError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Way {
    /// The vat, by the designator.
    pub vat: VatId,
    /// The hint's addresses, in order; at least one.
    pub addresses: Vec<String>,
}

impl Way {
    /// Reads the addresses under the hint `name`. Fails with [`DialError::Transport`] if the
    /// locator is of another network, [`DialError::Designator`] if it names no vat, and
    /// [`DialError::NoAddress`] if it shows no such way.
    pub fn read(to: &Locator, name: &'static str) -> Result<Self, DialError> {
        let vat = to.vat().map_err(|error| match error {
            LocatorError::NotHog => DialError::Transport { peer: to.peer(), netlayer: name },
            error => DialError::Designator { peer: to.peer(), error },
        })?;
        let addresses: Vec<_> = to.addresses(name).map(str::to_owned).collect();
        if addresses.is_empty() {
            return Err(DialError::NoAddress { peer: to.peer(), netlayer: name });
        }
        Ok(Self { vat, addresses })
    }
}

/// The locator of a vat of ours on `hog`: each way's name and its addresses, such as
/// [`Netlayer::name`](crate::Netlayer::name) and
/// [`Netlayer::local_addresses`](crate::Netlayer::local_addresses). Ways of one name are joined.
pub fn hog_locator<A: AsRef<str>>(
    vat: VatId,
    ways: impl IntoIterator<Item = (&'static str, Vec<A>)>,
) -> Locator {
    let mut hints = BTreeMap::<String, String>::new();
    for (name, addresses) in ways {
        for address in addresses {
            let hint = hints.entry(name.to_owned()).or_default();
            if !hint.is_empty() {
                hint.push(',');
            }
            hint.push_str(address.as_ref());
        }
    }
    let hints = (!hints.is_empty()).then(|| hints.into());
    Locator { designator: vat.to_string(), transport: Symbol::from_static(HOG), hints }
}
