//! Codes in memory: each is decoded and verified once, whoever runs it.

use std::sync::{Mutex, PoisonError};

use hogshead_objects::{Cap, Class, Context, Error, Result};

use super::code::Coded;
use crate::code::CodeHash;
use crate::code::Verified;
use crate::limits::CODES_CACHED_MAX;
use crate::machine::codes::Codes;

/// Codes that were used. What is here follows from the hash alone, so that it changes nothing but
/// how long things take.
static CACHE: Mutex<Option<Codes>> = Mutex::new(None);

/// Verifies a code's encoding; gives its hash.
pub(super) fn add(encoded: &[u8]) -> Result<CodeHash> {
    with(|codes| {
        let hash = CodeHash::of(encoded);
        if codes.get(hash).is_none() {
            insert(codes, encoded)?;
        }
        Ok(hash)
    })
}

/// The codes of a process, and the prelude of new ones. Those that are not in memory are read.
pub(super) fn codes(cx: &mut Context<'_>, named: &[(CodeHash, Cap<dyn Coded>)]) -> Result<Codes> {
    let missing = |codes: &mut Codes| -> Vec<_> {
        named.iter().filter(|(hash, _)| codes.get(*hash).is_none()).copied().collect()
    };
    let mut read = Vec::new();
    for (_, cap) in with(missing) {
        read.push(cap.near(cx).encoded()?);
    }
    with(|codes| {
        for encoded in read {
            insert(codes, &encoded)?;
        }
        Ok(codes.clone())
    })
}

/// Does something with the codes in memory.
pub(super) fn with<T>(use_codes: impl FnOnce(&mut Codes) -> T) -> T {
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let codes = cache.get_or_insert_with(crate::prelude::codes);
    if codes.count() > CODES_CACHED_MAX {
        *codes = crate::prelude::codes();
    }
    use_codes(codes)
}

fn insert(codes: &mut Codes, encoded: &[u8]) -> Result<()> {
    let verified = Verified::decode(encoded).map_err(|error| {
        Error::new(Class::BadCall, format!("this is no code of a script: {error}"))
    })?;
    codes.insert(verified);
    Ok(())
}
