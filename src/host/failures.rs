//! What the log is told of methods that failed: more than their callers were.

use hogshead_objects::Class;
use hogshead_objects::ids::VatNumber;
use hogshead_vat::Failure;

/// Logs failures of a turn, each under the cause that its caller got. What an object refused by its
/// own rules is nothing to worry about.
pub(super) fn log(vat: VatNumber, failures: &[Failure]) {
    for Failure { cause, object, kind, method, error } in failures {
        let detail = error.detail().unwrap_or_default();
        if error.class() == Class::Failed {
            tracing::warn!(%vat, %cause, %object, kind, ?method, %error, ?detail, "a method failed");
        } else {
            tracing::debug!(%vat, %cause, %object, kind, ?method, %error, ?detail, "a method failed");
        }
    }
}
