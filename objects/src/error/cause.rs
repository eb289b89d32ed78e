//! By what an error is found again in the log of the host where it began.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Sixty-four bits that say nothing, and that the log of one host says beside the whole story. On
/// the wire it stands at the end of an error's message: ` [cause 00c0ffee00c0ffee]`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CauseId(pub u64);

impl CauseId {
    /// Splits a message as `Display` of an error writes it.
    pub(super) fn split(message: &str) -> (&str, Option<Self>) {
        let found = message.strip_suffix(']').and_then(|message| message.rsplit_once(" [cause "));
        match found.and_then(|(before, digits)| Some((before, Self::parse(digits)?))) {
            Some((before, cause)) => (before, Some(cause)),
            None => (message, None),
        }
    }

    /// Exactly what `Display` writes, so that every message has one reading.
    fn parse(digits: &str) -> Option<Self> {
        let cause = u64::from_str_radix(digits, 16).ok().map(Self)?;
        (cause.to_string() == digits).then_some(cause)
    }
}

/// Sixteen digits of hex, in lower case.
impl fmt::Display for CauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Class, Error};
    use super::*;
    use crate::value::ErrorValue;

    #[test]
    fn a_cause_is_written_after_the_message_and_read_back() {
        for error in [
            Error::new(Class::Failed, "the object failed").with_cause(CauseId(0x3f2a)),
            Error::new(Class::Remote, "boom").with_cause(CauseId(u64::MAX)),
            Error::refused("[cause 0000000000000001]").with_cause(CauseId(0)),
            Error::refused("no cause"),
        ] {
            let said = ErrorValue::from(error.clone());
            assert_eq!(Error::from(said.clone()), error, "{}", said.message);
        }
        let error = Error::refused("no").with_cause(CauseId(7)).with_cause(CauseId(8));
        assert_eq!(error.to_string(), "refused: no [cause 0000000000000007]");
    }

    #[test]
    fn what_is_no_cause_is_of_the_message() {
        for message in [
            "boom [cause 7]",
            "boom [cause 00000000000000FF]",
            "boom [cause +000000000000007]",
            "boom[cause 0000000000000007]",
            "boom [cause 0000000000000007] ",
            "boom [cause 00000000000000007]",
        ] {
            let error = Error::from(ErrorValue { message: message.to_owned() });
            assert_eq!((error.message(), error.cause()), (message, None));
        }
    }
}
