//! How frames are told apart on a stream.

use std::fmt;
use std::sync::Arc;

/// Finds where a message ends on a stream without lengths.
///
/// It looks at the next bytes of the stream and gives how many of them belong to the message that
/// is under way, if it ends among them; the bytes that follow are the next call's. The second
/// argument is the limit on a message in bytes: a message that is or announces itself longer is
/// an error, as are bytes that begin no message. The text of an error is for logs.
pub type FindEnd = Box<dyn FnMut(&[u8], usize) -> Result<Option<usize>, String> + Send + Sync>;

/// How frames are told apart on a stream.
///
/// A netlayer does not know what frames say, so a framing that depends on it
/// ([`Framing::Bare`]) is given how to find their ends.
#[derive(Clone)]
pub enum Framing {
    /// A length of four bytes, big-endian, before each frame: every way of `hog`.
    Length,
    /// A length in decimal digits and a colon before each frame: `5:hello`.
    Prefixed,
    /// Nothing: one message after another. Makes a fresh [`FindEnd`] for each stream.
    Bare(Arc<dyn Fn() -> FindEnd + Send + Sync>),
}

impl Framing {
    /// Messages without lengths. `find_end` is called once a stream.
    ///
    /// ```
    /// use bytes::Bytes;
    /// use hogshead_netlayer::frames::{Framing, Splitter};
    ///
    /// // Messages that are lines.
    /// let lines = Framing::bare(|| {
    ///     |bytes: &[u8], _limit: usize| Ok(bytes.iter().position(|b| *b == b'\n').map(|at| at + 1))
    /// });
    /// let mut splitter = Splitter::framed(&lines, 1024);
    /// splitter.handle_chunk(Bytes::from_static(b"one\ntw"));
    /// assert_eq!(splitter.take_frame()?.unwrap(), "one\n");
    /// assert_eq!(splitter.take_frame()?, None);
    /// splitter.handle_chunk(Bytes::from_static(b"o\n"));
    /// assert_eq!(splitter.take_frame()?.unwrap(), "two\n");
    /// # Ok::<(), hogshead_netlayer::ChannelError>(())
    /// ```
    pub fn bare<F>(find_end: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: FnMut(&[u8], usize) -> Result<Option<usize>, String> + Send + Sync + 'static,
    {
        Self::Bare(Arc::new(move || Box::new(find_end())))
    }

    /// What the sender writes before each frame.
    pub(super) fn heads(&self) -> Heads {
        match self {
            Self::Length => Heads::Length,
            Self::Prefixed => Heads::Prefixed,
            Self::Bare(_) => Heads::None,
        }
    }
}

impl fmt::Debug for Framing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "Length",
            Self::Prefixed => "Prefixed",
            Self::Bare(_) => "Bare",
        })
    }
}

/// What stands before each frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Heads {
    Length,
    Prefixed,
    None,
}
