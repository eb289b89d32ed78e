//! Codes in a vat: each is an object that never changes, so that a million processes share one.

use bytes::Bytes;
use hogshead_objects::{Context, Result, Value};
use serde::{Deserialize, Serialize};

use crate::code::CodeHash;

/// A code, as those read it that run it.
#[hogshead_objects::interface]
pub trait Coded {
    /// Its encoding, as [`Code::encode`](crate::code::Code::encode) gives it.
    fn encoded(&self, cx: &mut Context<'_>) -> Result<Bytes>;

    /// Its hash, in hexadecimal.
    fn hash(&self, cx: &mut Context<'_>) -> Result<String>;
}

/// The kind `hogshead/code`. It is constructed from a code's encoding, which is verified.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct KeptCode {
    hash: CodeHash,
    encoded: Bytes,
}

impl KeptCode {
    /// A code that was verified.
    pub(super) fn new(hash: CodeHash, encoded: Bytes) -> Self {
        Self { hash, encoded }
    }

    fn construct(encoded: Value) -> Result<Self> {
        let Value::Bytes(encoded) = encoded else {
            return Err(hogshead_objects::Error::bad_call("a code is constructed from its bytes"));
        };
        let hash = super::cache::add(&encoded)?;
        Ok(Self { hash, encoded })
    }
}

#[hogshead_objects::object(name = "hogshead/code", version = 1, constant, construct = KeptCode::construct)]
impl Coded for KeptCode {
    fn encoded(&self, _cx: &mut Context<'_>) -> Result<Bytes> {
        Ok(self.encoded.clone())
    }

    fn hash(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok(self.hash.to_string())
    }
}
