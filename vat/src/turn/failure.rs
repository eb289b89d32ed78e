//! What is said of a failure: to the caller a class, a message and a cause; to the host's log all.

use std::any::Any;

use hogshead_objects::error::{CauseId, Error};
use hogshead_objects::ids::ObjectId;
use sha2::{Digest, Sha256};

use super::Turn;
use crate::limits;

/// A method that failed, for the log of the host.
#[derive(Clone, PartialEq, Debug)]
pub struct Failure {
    /// What the caller was told to find this by.
    pub cause: CauseId,
    /// The object whose method it was.
    pub object: ObjectId,
    /// The object's kind, if that is known here.
    pub kind: &'static str,
    /// The method or continuation that was delivered.
    pub method: String,
    /// What the caller was told, and with it, as [`Error::detail`], what it was not.
    pub error: Error,
}

impl Turn<'_, '_> {
    /// Notes the failure of a method for the log; gives what its caller may know of it. An error
    /// that came from elsewhere keeps the cause that it came with.
    pub(super) fn tell_failure(&mut self, object: ObjectId, error: Error) -> Error {
        let error = error.with_cause(self.new_cause());
        let kind = self.kind_of(object).map_or("", |kind| kind.name);
        let method = bounded(&self.method);
        let told = error.clone().without_detail();
        if let Some(cause) = error.cause() {
            self.failures.push(Failure { cause, object, kind, method, error });
        }
        told
    }

    /// Sixty-four bits that are the same on every replay and tell nobody anything.
    fn new_cause(&self) -> CauseId {
        let mut hasher = Sha256::new();
        hasher.update(b"hogshead cause 1\0");
        hasher.update((self.meta.entropy)());
        hasher.update(self.number().0.to_be_bytes());
        hasher.update((self.failures.len() as u64).to_be_bytes());
        let hash: [u8; 32] = hasher.finalize().into();
        CauseId(hash.iter().take(8).fold(0, |cause, octet| cause << 8 | u64::from(*octet)))
    }
}

/// What a panic said.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("it panicked: {}", bounded(text.unwrap_or("without a text")))
}

/// A failure inside an object, of which its caller learns nothing more.
pub(super) fn inside(what: &str, error: &Error) -> Error {
    match error.detail() {
        Some(detail) => Error::internal(format!("{what}: {}", bounded(detail))),
        None => Error::internal(format!("{what}: {}", bounded(error.message()))),
    }
}

/// As much of a text as goes into the log.
fn bounded(text: &str) -> String {
    text.chars().take(limits::FAILURE_TEXT_CHARS_MAX).collect()
}
