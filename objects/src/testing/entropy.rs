//! The entropy of a bench: what anybody could compute, and so is the same in each run of a test.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::context::Context;
use crate::error::Result;
use crate::stock::entropy::Entropy;

#[derive(Serialize, Deserialize, Default)]
pub(super) struct BenchEntropy {
    drawn: u64,
}

#[crate::object(name = "bench-entropy", version = 1)]
impl Entropy for BenchEntropy {
    fn octets(&mut self, _cx: &mut Context<'_>) -> Result<Bytes> {
        self.drawn += 1;
        Ok(Sha256::digest(self.drawn.to_be_bytes()).to_vec().into())
    }
}
