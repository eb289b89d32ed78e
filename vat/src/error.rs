//! What can stop a turn from being: the host's trouble, never a peer's or an object's.

use hogshead_objects::error::Error;
use hogshead_objects::records::RecordsError;

/// Why a turn cannot go on. The host drops the turn and the `Vat`, commits nothing of it, and
/// loads the vat anew; what objects and peers do wrong breaks promises instead.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum VatError {
    /// The vat's rows could not be read, or are not what they should be.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// A vat was to be made where there is one.
    #[error("there is a vat here already")]
    Exists,
    /// The owner's command cannot be done.
    #[error(transparent)]
    Command(Error),
    /// The vat was written by a later version of this program.
    #[error("the vat has format {found}, and this program knows up to {known}")]
    Format {
        /// The format of the row.
        found: u8,
        /// The newest one that is known here.
        known: u8,
    },
}
