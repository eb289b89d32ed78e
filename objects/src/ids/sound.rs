//! Keys that were found sound not long ago, so that they are not taken apart again.
//!
//! A key is 32 bytes in every row and message, and to see whether they are a point of the curve
//! takes a root in its field: a fifth of the time of verifying a signature. A vat reads the same few
//! keys in each turn.

use std::cell::RefCell;

use ed25519_dalek::VerifyingKey;

use super::KeyError;

/// Takes a public key apart. Refuses what is not a point of the curve, and the weak keys of small
/// order, under which anybody can sign.
///
/// ```
/// use hogshead_objects::ids::{KeyError, sound_key};
///
/// let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
/// assert_eq!(sound_key(key.as_bytes()), Ok(key));
/// assert_eq!(sound_key(&[0; 32]), Err(KeyError::Weak));
/// ```
pub fn sound_key(bytes: &[u8; 32]) -> Result<VerifyingKey, KeyError> {
    if let Some(known) = KNOWN.with_borrow(|known| known.get(bytes)) {
        return Ok(known);
    }
    let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotAPoint)?;
    if key.is_weak() {
        return Err(KeyError::Weak);
    }
    KNOWN.with_borrow_mut(|known| known.put(key));
    Ok(key)
}

thread_local! {
    /// Public keys only. What is in it changes how long an answer takes, never the answer.
    static KNOWN: RefCell<Known> = const { RefCell::new(Known(Vec::new())) };
}

/// Each key has one place. Who sends keys that share one takes from others what this saves, and no
/// more.
struct Known(Vec<Option<VerifyingKey>>);

impl Known {
    fn get(&self, bytes: &[u8; 32]) -> Option<VerifyingKey> {
        self.0.get(place(bytes)).copied().flatten().filter(|key| key.as_bytes() == bytes)
    }

    fn put(&mut self, key: VerifyingKey) {
        self.0.resize(PLACES, None);
        if let Some(held) = self.0.get_mut(place(key.as_bytes())) {
            *held = Some(key);
        }
    }
}

/// Keys are as good as random where nobody has chosen them.
fn place(bytes: &[u8; 32]) -> usize {
    usize::from(bytes[0]) % PLACES
}

/// How many keys a thread knows at the most, of 200 bytes each: those of the peers of a few vats.
const PLACES: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> impl Iterator<Item = [u8; 32]> {
        let key = |seed| ed25519_dalek::SigningKey::from_bytes(&[seed; 32]).verifying_key();
        (0..=255).map(move |seed| key(seed).to_bytes())
    }

    #[test]
    fn a_key_is_the_same_however_often_it_is_read_and_whichever_shares_its_place() {
        for bytes in keys().chain(keys()) {
            for _ in 0..2 {
                assert_eq!(sound_key(&bytes), Ok(VerifyingKey::from_bytes(&bytes).unwrap()));
            }
        }
    }

    #[test]
    fn what_is_no_key_is_refused_each_time() {
        let mut no_point = keys().next().unwrap();
        while VerifyingKey::from_bytes(&no_point).is_ok() {
            no_point[1] = no_point[1].wrapping_add(1);
        }
        for _ in 0..2 {
            assert_eq!(sound_key(&[0; 32]), Err(KeyError::Weak));
            assert_eq!(sound_key(&no_point), Err(KeyError::NotAPoint));
        }
    }
}
