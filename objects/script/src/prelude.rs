//! The built-in functions that are written in the language itself, compiled.

use std::sync::LazyLock;

use bytes::Bytes;

use crate::builtin::prelude::SOURCE;
use crate::code::{CodeHash, Verified};
use crate::front::{self, Options};
use crate::machine::codes::Codes;

/// The prelude of this version. A state names its hash, so a process goes on with the one that it
/// began with, which is kept as every code is.
static PRELUDE: LazyLock<(Verified, Bytes)> = LazyLock::new(|| {
    let options = Options { name: "prelude".into(), prelude: true };
    let code = front::compile(SOURCE, &options).unwrap_or_else(|wrong| {
        let wrong: Vec<_> = wrong.iter().map(ToString::to_string).collect();
        unreachable!("the prelude is in its language: {}", wrong.join("; "))
    });
    let encoded = Bytes::from(code.encode());
    let verified = Verified::new(code)
        .unwrap_or_else(|error| unreachable!("the compiler makes sound codes: {error}"));
    (verified, encoded)
});

/// No codes but the prelude of new processes.
pub fn codes() -> Codes {
    Codes::new(PRELUDE.0.clone())
}

/// The prelude's hash.
pub fn hash() -> CodeHash {
    PRELUDE.0.hash()
}

/// The prelude's encoding.
pub fn encoded() -> Bytes {
    PRELUDE.1.clone()
}
