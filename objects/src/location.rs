//! Location records: where a vat says that it is.
//!
//! ```text
//!   root key ──sign──▶ LocationRecord { vat, number, ways }
//!                        │ encode: deterministic CBOR       in hellos, prefaces and rows
//!                        └ Display: hogloc:…, base64url     for people
//! ```
//!
//! A record is the vat's own word, so whoever passes it on need not be trusted: a peer that kept
//! it, or an old host that forwards. Of two records the one with the higher number holds. It says
//! where to dial and nothing more; who answers there still proves that it hosts the vat.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use ciborium::Value;
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Signer, SigningKey};

use crate::ids::VatId;
use crate::keys::is_signed;
use crate::limits::{LOCATION_ADDRESSES_MAX, LOCATION_BYTES_MAX};
use crate::locator::{HOG, Locator, LocatorError};
use crate::value::Symbol;

/// Where a vat is, numbered and signed by its root key.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use hogshead_objects::location::LocationRecord;
///
/// let root = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
/// let ways = |address: &str| BTreeMap::from([("quic".to_owned(), address.to_owned())]);
/// let old = LocationRecord::sign(&root, 1, ways("192.0.2.7:4433"))?;
/// let new = LocationRecord::sign(&root, 2, ways("198.51.100.7:4433"))?;
/// assert!(new.is_newer_than(&old));
/// assert_eq!(LocationRecord::read(&new.encode(), old.vat)?, new);
/// assert!(new.locator().addresses("quic").eq(["198.51.100.7:4433"]));
/// # Ok::<(), hogshead_objects::location::LocationError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocationRecord {
    /// The vat.
    pub vat: VatId,
    /// Counts the vat's records. The highest holds.
    pub number: u64,
    /// The ways to the vat, as in a [`Locator`]: each way's name and its addresses, with commas
    /// between. Empty if nobody can dial it.
    pub ways: BTreeMap<String, String>,
    signature: Signature,
}

/// Why something is not a location record.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LocationError {
    /// More than [`LOCATION_BYTES_MAX`].
    #[error("a location record has at most {LOCATION_BYTES_MAX} bytes")]
    TooLong,
    /// More than [`LOCATION_ADDRESSES_MAX`].
    #[error("a location record has at most {LOCATION_ADDRESSES_MAX} addresses")]
    TooManyAddresses,
    /// The text does not begin with `hogloc:`, or goes on with what is not base64url.
    #[error("a location record as text is `{SCHEME}` and base64url without padding")]
    Text,
    /// Not the CBOR of a record, in its deterministic form.
    #[error("these bytes are not a location record")]
    Shape,
    /// Of a later version.
    #[error("this location record is of version {0}, which this program does not know")]
    Version(u64),
    /// The key of the vat, or its ways.
    #[error("the location record holds no good locator: {0}")]
    Locator(#[from] LocatorError),
    /// Not signed by the vat's root key.
    #[error("the location record is not signed by the vat")]
    Forged,
    /// Of another vat than the one asked about.
    #[error("the location record is of another vat")]
    OtherVat,
}

impl LocationRecord {
    /// Signs a record with the vat's root key. Fails for ways beyond the limits.
    pub fn sign(
        root: &SigningKey,
        number: u64,
        ways: BTreeMap<String, String>,
    ) -> Result<Self, LocationError> {
        let vat = VatId::from(root.verifying_key());
        let signature = root.sign(&signed_bytes(vat, number, &ways));
        let record = Self { vat, number, ways, signature };
        record.check()?;
        Ok(record)
    }

    /// Checks the vat's signature.
    pub fn verify(&self) -> Result<(), LocationError> {
        let signed = signed_bytes(self.vat, self.number, &self.ways);
        let is_signed = is_signed(self.vat, &signed, &self.signature);
        if is_signed { Ok(()) } else { Err(LocationError::Forged) }
    }

    /// Reads and verifies a record of `vat`: what anybody may have sent.
    pub fn read(bytes: &[u8], vat: VatId) -> Result<Self, LocationError> {
        let record = Self::decode(bytes)?;
        if record.vat != vat {
            return Err(LocationError::OtherVat);
        }
        record.verify()?;
        Ok(record)
    }

    /// Whether this record takes the place of `other`: of the same vat, with a higher number.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        self.vat == other.vat && self.number > other.number
    }

    /// The record's content as a locator.
    pub fn locator(&self) -> Locator {
        let hints = (!self.ways.is_empty()).then(|| self.ways.clone().into());
        let (designator, transport) = (self.vat.to_string(), Symbol::from_static(HOG));
        Locator { designator, transport, hints }
    }

    /// The record in deterministic CBOR (RFC 8949, section 4.2): an array of the version, the vat,
    /// the number, the ways, and the signature.
    pub fn encode(&self) -> Vec<u8> {
        let mut items = signed_items(self.vat, self.number, &self.ways);
        items.push(self.signature.to_vec().into());
        encode_items(items)
    }

    /// Reads a record, taking only the form that [`LocationRecord::encode`] writes. The signature
    /// is read, not verified.
    pub fn decode(bytes: &[u8]) -> Result<Self, LocationError> {
        if bytes.len() > LOCATION_BYTES_MAX {
            return Err(LocationError::TooLong);
        }
        let value: Value = ciborium::de::from_reader_with_recursion_limit(bytes, DEPTH_MAX)
            .map_err(|_| LocationError::Shape)?;
        let record = Self::from_value(&value)?;
        // One comparison refuses every other way to write the same.
        if record.encode() != bytes {
            return Err(LocationError::Shape);
        }
        record.check()?;
        Ok(record)
    }

    fn from_value(value: &Value) -> Result<Self, LocationError> {
        let number = |value: &Value| {
            let number = value.as_integer().and_then(|i| u64::try_from(i).ok());
            number.ok_or(LocationError::Shape)
        };
        let (version, fields) = match value.as_array().map(Vec::as_slice) {
            Some([version, fields @ ..]) => (number(version)?, fields),
            _ => return Err(LocationError::Shape),
        };
        if version != VERSION {
            return Err(LocationError::Version(version));
        }
        let [vat, count, Value::Map(ways), signature] = fields else {
            return Err(LocationError::Shape);
        };
        let vat = VatId::from_bytes(bytes_of(vat)?).map_err(LocatorError::Key)?;
        let signature = Signature::from_bytes(bytes_of(signature)?);
        let text = |value: &Value| value.as_text().map(str::to_owned).ok_or(LocationError::Shape);
        let ways = ways.iter().map(|(name, addresses)| Ok((text(name)?, text(addresses)?)));
        let ways = ways.collect::<Result<_, LocationError>>()?;
        Ok(Self { vat, number: number(count)?, ways, signature })
    }

    fn check(&self) -> Result<(), LocationError> {
        self.locator().check()?;
        let addresses = self.ways.values().map(|value| value.split(',').count());
        if addresses.sum::<usize>() > LOCATION_ADDRESSES_MAX {
            return Err(LocationError::TooManyAddresses);
        }
        if self.encode().len() > LOCATION_BYTES_MAX { Err(LocationError::TooLong) } else { Ok(()) }
    }
}

/// For people, to be carried from one host to another: `hogloc:` and the bytes in base64url.
impl fmt::Display for LocationRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}", BASE64URL_NOPAD.encode(&self.encode()))
    }
}

/// Reads and verifies what `Display` writes.
impl FromStr for LocationRecord {
    type Err = LocationError;

    fn from_str(text: &str) -> Result<Self, LocationError> {
        let encoded = text.strip_prefix(SCHEME).ok_or(LocationError::Text)?;
        // Three bytes are four characters: nothing is decoded that would be refused for its length.
        if encoded.len() > LOCATION_BYTES_MAX.div_ceil(3) * 4 {
            return Err(LocationError::TooLong);
        }
        let bytes = BASE64URL_NOPAD.decode(encoded.as_bytes());
        let record = Self::decode(&bytes.map_err(|_| LocationError::Text)?)?;
        record.verify()?;
        Ok(record)
    }
}

fn signed_bytes(vat: VatId, number: u64, ways: &BTreeMap<String, String>) -> Vec<u8> {
    let mut bytes = LABEL.to_vec();
    bytes.extend_from_slice(&encode_items(signed_items(vat, number, ways)));
    bytes
}

fn signed_items(vat: VatId, number: u64, ways: &BTreeMap<String, String>) -> Vec<Value> {
    let mut ways: Vec<_> = ways.iter().collect();
    // RFC 8949, section 4.2.1, of keys that are text: shorter ones first.
    ways.sort_by_key(|(name, _)| (name.len(), *name));
    let ways = ways.into_iter().map(|(name, value)| (name.as_str().into(), value.as_str().into()));
    vec![VERSION.into(), vat.as_bytes().to_vec().into(), number.into(), Value::Map(ways.collect())]
}

fn encode_items(items: Vec<Value>) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(&Value::Array(items), &mut bytes).expect("writing to memory cannot fail");
    bytes
}

fn bytes_of<const N: usize>(value: &Value) -> Result<&[u8; N], LocationError> {
    let bytes = value.as_bytes().and_then(|bytes| bytes.as_slice().try_into().ok());
    bytes.ok_or(LocationError::Shape)
}

/// What a record begins with as text.
const SCHEME: &str = "hogloc:";

/// The version of the record's bytes.
const VERSION: u64 = 1;

/// The label under which vats sign, so that no other signature of theirs can pass for this one.
const LABEL: &[u8] = b"hogshead location record 1\0";

/// Nesting of a record, in levels: the array, the ways, a name.
const DEPTH_MAX: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn root(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn ways<const N: usize>(ways: [(&str, &str); N]) -> BTreeMap<String, String> {
        ways.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    fn record(number: u64) -> LocationRecord {
        let three = ways([
            ("quic", "192.0.2.7:4433,[2001:db8::7]:4433"),
            ("unix", "/run/hog.sock"),
            ("ws", "wss://home.example/hog"),
        ]);
        LocationRecord::sign(&root(1), number, three).unwrap()
    }

    #[test]
    fn a_record_survives_its_bytes_and_its_text_and_keeps_its_signature() {
        let nowhere = LocationRecord::sign(&root(1), u64::MAX, BTreeMap::new()).unwrap();
        for record in [record(0), record(7), nowhere] {
            assert_eq!(record.verify(), Ok(()));
            assert_eq!(LocationRecord::decode(&record.encode()), Ok(record.clone()));
            assert_eq!(record.to_string().parse(), Ok(record.clone()));
            assert_eq!(record.locator().vat(), Ok(record.vat));
            assert!(record.encode().len() < 300);
        }
    }

    #[test]
    fn the_bytes_of_a_record_stay_the_same() {
        let short = LocationRecord::sign(&root(1), 2, ways([("ws", "a"), ("quic", "b,c")]));
        let bytes = short.unwrap().encode();
        // An array of five: the version, 32 bytes, the number, a map with the shorter name first.
        assert_eq!(bytes[..4], [0x85, 0x01, 0x58, 0x20]);
        assert_eq!(bytes[36..50], *b"\x02\xa2\x62ws\x61a\x64quic\x63b");
        assert_eq!(bytes[50..54], *b",c\x58\x40");
        assert_eq!(bytes.len(), 54 + 64);
    }

    #[test]
    fn of_two_records_of_one_vat_the_higher_number_holds() {
        assert!(record(8).is_newer_than(&record(7)));
        assert!(!record(7).is_newer_than(&record(7)));
        assert!(!record(6).is_newer_than(&record(7)));
        let other = LocationRecord::sign(&root(2), 9, BTreeMap::new()).unwrap();
        assert!(!other.is_newer_than(&record(7)));
    }

    #[test]
    fn what_the_vat_did_not_sign_is_forged() {
        let moved = LocationRecord { ways: ways([("quic", "203.0.113.66:1")]), ..record(7) };
        let renumbered = LocationRecord { number: 8, ..record(7) };
        let taken = LocationRecord { vat: VatId::from(root(2).verifying_key()), ..record(7) };
        for forged in [moved, renumbered, taken] {
            assert_eq!(forged.verify(), Err(LocationError::Forged));
            let read = LocationRecord::read(&forged.encode(), forged.vat);
            assert_eq!(read, Err(LocationError::Forged));
            assert_eq!(forged.to_string().parse::<LocationRecord>(), Err(LocationError::Forged));
        }
        let other = VatId::from(root(2).verifying_key());
        let read = LocationRecord::read(&record(7).encode(), other);
        assert_eq!(read, Err(LocationError::OtherVat));
    }

    #[test]
    fn a_signature_of_another_purpose_is_no_record() {
        let good = record(7);
        let items = encode_items(signed_items(good.vat, 7, &good.ways));
        let bare = LocationRecord { signature: root(1).sign(&items), ..good };
        assert_eq!(bare.verify(), Err(LocationError::Forged));
    }

    #[test]
    fn a_weak_key_under_which_anybody_can_sign_is_no_vat() {
        let mut bytes = record(7).encode();
        // The point of order one: every message has a signature under it.
        bytes[4..36].copy_from_slice(&[0; 32]);
        bytes[4] = 1;
        let weak = LocatorError::Key(crate::ids::KeyError::Weak);
        assert_eq!(LocationRecord::decode(&bytes), Err(LocationError::Locator(weak)));
    }

    #[test]
    fn only_the_deterministic_form_is_read() {
        let good = record(7);
        let items = signed_items(good.vat, 7, &good.ways);
        let with = |change: &dyn Fn(&mut Vec<Value>)| {
            let mut items = items.clone();
            items.push(good.signature.to_vec().into());
            change(&mut items);
            LocationRecord::decode(&encode_items(items))
        };
        assert_eq!(with(&|_| {}), Ok(good.clone()));
        let reorder = |items: &mut Vec<Value>| {
            items[3].as_map_mut().unwrap().reverse();
        };
        let twice = |items: &mut Vec<Value>| {
            let ways = items[3].as_map_mut().unwrap();
            ways.push(ways[0].clone());
        };
        for change in [&reorder as &dyn Fn(&mut Vec<Value>), &twice, &|items| drop(items.pop())] {
            assert_eq!(with(change), Err(LocationError::Shape));
        }
        assert_eq!(with(&|items| items[0] = 2.into()), Err(LocationError::Version(2)));
        let mut longer = good.encode();
        longer.push(0);
        assert_eq!(LocationRecord::decode(&longer), Err(LocationError::Shape));
        assert_eq!(LocationRecord::decode(b""), Err(LocationError::Shape));
    }

    #[test]
    fn text_that_is_no_record_is_refused() {
        let text = record(7).to_string();
        let padded = format!("{text}=");
        let upper = text.replacen("hogloc", "HOGLOC", 1);
        for wrong in ["", "hogloc:%", &padded, &upper, &text[7..]] {
            let read = wrong.parse::<LocationRecord>();
            assert_eq!(read, Err(LocationError::Text), "{wrong}");
        }
        assert_eq!("hogloc:".parse::<LocationRecord>(), Err(LocationError::Shape));
        let endless = format!("hogloc:{}", "A".repeat(1 << 20));
        assert_eq!(endless.parse::<LocationRecord>(), Err(LocationError::TooLong));
    }

    #[test]
    fn a_record_has_so_many_addresses_and_bytes_and_no_more() {
        let sign = |ways| LocationRecord::sign(&root(1), 1, ways);
        let eight = ["a:1"; 8].join(",");
        let names = ["a", "b", "c"];
        let full = LOCATION_ADDRESSES_MAX / 8;
        let some = |n: usize| names[..n].iter().map(|n| ((*n).to_owned(), eight.clone())).collect();
        assert!(sign(some(full)).is_ok());
        assert_eq!(sign(some(full + 1)), Err(LocationError::TooManyAddresses));
        let nine = ways([("quic", &*["a:1"; 9].join(","))]);
        assert_eq!(sign(nine), Err(LocationError::Locator(LocatorError::TooManyAddresses)));
        assert_eq!(
            sign(ways([("", "a")])),
            Err(LocationError::Locator(LocatorError::NamelessHint))
        );

        let of = |length: usize| sign(ways([("ws", &*"x".repeat(length))]));
        // The array, the version, the key, the number, the way's name and length, the signature.
        let longest = LOCATION_BYTES_MAX - (1 + 1 + 34 + 1 + 1 + 3 + 3 + 66);
        assert_eq!(of(longest).unwrap().encode().len(), LOCATION_BYTES_MAX);
        assert_eq!(of(longest + 1), Err(LocationError::TooLong));
        let long = vec![0x81; LOCATION_BYTES_MAX + 1];
        assert_eq!(LocationRecord::decode(&long), Err(LocationError::TooLong));
    }

    #[test]
    fn damaged_bytes_never_panic_and_never_pass() {
        let good = record(7);
        let bytes = good.encode();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                let read = LocationRecord::read(&damaged, good.vat);
                assert!(read.is_err(), "byte {at}, bit {bit}");
            }
            assert!(LocationRecord::decode(&bytes[..at]).is_err(), "the first {at} bytes");
        }
        // A million levels, and arrays that announce more than there is.
        for hostile in [vec![0x81; 2000], vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]] {
            assert_eq!(LocationRecord::decode(&hostile), Err(LocationError::Shape));
        }
    }
}
