//! Keys, written so that their bytes order as they do.

use bytes::Bytes;

use crate::error::{Class, Error, Result};
use crate::ids::Timestamp;

/// A type that can be the key of a collection.
///
/// Its encoding orders as bytes in the way that its values order, and says itself where it ends, so
/// that tuples order by their first part and then by the second. `write` and `read` are each
/// other's inverse. References are no keys: they order as the vat's own numbers do, which mean
/// nothing.
///
/// ```
/// use hogshead_objects::StoredKey;
///
/// fn encoded(key: impl StoredKey) -> Vec<u8> {
///     let mut bytes = Vec::new();
///     key.write(&mut bytes);
///     bytes
/// }
///
/// assert!(encoded(-1_i64) < encoded(0_i64));
/// assert!(encoded("a".to_owned()) < encoded("aa".to_owned()));
/// assert!(encoded(("a".to_owned(), 9_u64)) < encoded(("aa".to_owned(), 1_u64)));
/// ```
pub trait StoredKey: Sized {
    /// Appends the key's bytes.
    fn write(&self, to: &mut Vec<u8>);

    /// Takes a key from the front of `bytes`; nothing if there is none.
    fn read(bytes: &mut &[u8]) -> Option<Self>;
}

macro_rules! number_keys {
    ($($number:ty),*) => {
        $(impl StoredKey for $number {
            fn write(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_be_bytes());
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                <[u8; size_of::<$number>()]>::read(bytes).map(Self::from_be_bytes)
            }
        })*
    };
}

number_keys!(u8, u16, u32, u64, u128);

/// The sign is turned round, so that negative numbers come first.
impl StoredKey for i64 {
    fn write(&self, to: &mut Vec<u8>) {
        ((*self as u64) ^ SIGN).write(to);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        u64::read(bytes).map(|number| (number ^ SIGN) as Self)
    }
}

impl StoredKey for Timestamp {
    fn write(&self, to: &mut Vec<u8>) {
        self.0.write(to);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        u64::read(bytes).map(Self)
    }
}

/// Octets of a length that is always the same.
impl<const N: usize> StoredKey for [u8; N] {
    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (first, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        Some(*first)
    }
}

impl StoredKey for Bytes {
    fn write(&self, to: &mut Vec<u8>) {
        write_octets(self, to);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        read_octets(bytes).map(Self::from)
    }
}

/// By the code points, as `str` orders.
impl StoredKey for String {
    fn write(&self, to: &mut Vec<u8>) {
        write_octets(self.as_bytes(), to);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Self::from_utf8(read_octets(bytes)?).ok()
    }
}

impl<A: StoredKey, B: StoredKey> StoredKey for (A, B) {
    fn write(&self, to: &mut Vec<u8>) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::read(bytes)?, B::read(bytes)?))
    }
}

/// The key's bytes, if they are not too many.
pub(super) fn encode<K: StoredKey>(key: &K) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    key.write(&mut bytes);
    let max = crate::limits::ENTRY_KEY_BYTES_MAX;
    if bytes.len() > max {
        let why = format!("a key of {} bytes; one of a collection has at most {max}", bytes.len());
        return Err(Error::new(Class::Limit, why));
    }
    Ok(bytes)
}

/// The key that these bytes are.
pub(super) fn decode<K: StoredKey>(mut bytes: &[u8]) -> Result<K> {
    let key = K::read(&mut bytes).filter(|_| bytes.is_empty());
    key.ok_or_else(|| Error::internal("a collection has keys of another type"))
}

const SIGN: u64 = 1 << 63;

// Octets end with 0, 1. A zero among them becomes 0, 255, which is after every end: so a text that
// begins as another and goes on comes after it, whatever follows in a tuple.
const ZERO: u8 = 0;
const END: u8 = 1;
const ESCAPED: u8 = 255;

fn write_octets(octets: &[u8], to: &mut Vec<u8>) {
    for octet in octets {
        to.push(*octet);
        if *octet == ZERO {
            to.push(ESCAPED);
        }
    }
    to.extend_from_slice(&[ZERO, END]);
}

fn read_octets(bytes: &mut &[u8]) -> Option<Vec<u8>> {
    let mut octets = Vec::new();
    loop {
        match bytes {
            [ZERO, ESCAPED, rest @ ..] => {
                octets.push(ZERO);
                *bytes = rest;
            }
            [ZERO, END, rest @ ..] => {
                *bytes = rest;
                return Some(octets);
            }
            [ZERO, ..] | [] => return None,
            [octet, rest @ ..] => {
                octets.push(*octet);
                *bytes = rest;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use proptest::prelude::*;

    use super::*;

    fn check<K: StoredKey + Ord + Debug>(one: K, other: K) {
        let (first, second) = (encode(&one).unwrap(), encode(&other).unwrap());
        assert_eq!(first.cmp(&second), one.cmp(&other), "{one:?} and {other:?}");
        assert_eq!(decode::<K>(&first).unwrap(), one);
        let longer = [first.as_slice(), &[7]].concat();
        assert!(decode::<K>(&longer).is_err(), "something follows {one:?}");
    }

    /// Octets among which those are frequent that have a meaning.
    fn octets() -> impl Strategy<Value = Vec<u8>> {
        let octet = prop_oneof![Just(0_u8), Just(1), Just(254), Just(255), any::<u8>()];
        prop::collection::vec(octet, 0..6)
    }

    proptest! {
        #[test]
        fn keys_order_as_their_bytes_and_read_back(
            numbers in any::<(u64, u64)>(),
            signed in any::<(i64, i64)>(),
            octets in (octets(), octets()),
            texts in ("[a\u{0}\u{1}ÿ𐀀]{0,4}", "[a\u{0}\u{1}ÿ𐀀]{0,4}"),
        ) {
            check(numbers.0, numbers.1);
            check(numbers.0 as u8, numbers.1 as u8);
            check(Timestamp(numbers.0), Timestamp(numbers.1));
            check(signed.0, signed.1);
            check(signed.0 % 3, signed.1 % 3);
            check(Bytes::from(octets.0.clone()), Bytes::from(octets.1.clone()));
            check((Bytes::from(octets.0), numbers.0), (Bytes::from(octets.1), numbers.1));
            check((texts.0.clone(), signed.0), (texts.1.clone(), signed.1));
            check((numbers.0 % 2, texts.0), (numbers.1 % 2, texts.1));
        }
    }

    #[test]
    fn bytes_that_are_no_key_are_refused() {
        assert!(decode::<u64>(&[1, 2]).is_err());
        assert!(decode::<String>(b"no end").is_err());
        assert!(decode::<String>(&[0xFF, 0, 1]).is_err());
        assert!(decode::<Bytes>(&[0]).is_err());
        assert!(decode::<Bytes>(&[0, 2]).is_err());
    }

    #[test]
    fn a_key_over_the_limit_is_refused() {
        let fits = crate::limits::ENTRY_KEY_BYTES_MAX - 2;
        assert!(encode(&"x".repeat(fits)).is_ok());
        assert_eq!(encode(&"x".repeat(fits + 1)).unwrap_err().class(), Class::Limit);
    }
}
