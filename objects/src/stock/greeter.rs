//! A greeter.

use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::error::Result;

/// Greets.
///
/// ```
/// use hogshead_objects::stock::greeter::{Greeter, PoliteGreeter};
/// use hogshead_objects::testing::Bench;
///
/// let greeting = Bench::new().turn(|cx| {
///     let greeter = cx.spawn(PoliteGreeter::default())?;
///     greeter.near(cx).greet("Alice".into())
/// })?;
/// assert_eq!(greeting, "Hello, Alice!");
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Greeter {
    /// A greeting for `name`.
    fn greet(&self, cx: &mut Context<'_>, name: String) -> Result<String>;
}

/// The stock greeter, `hogshead/greeter`. It is constructed from the word that it greets with, or
/// from nothing: "Hello".
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(transparent)]
pub struct PoliteGreeter {
    word: String,
}

impl PoliteGreeter {
    /// A greeter that greets with `word`.
    pub fn new(word: impl Into<String>) -> Self {
        Self { word: word.into() }
    }
}

impl Default for PoliteGreeter {
    fn default() -> Self {
        Self::new("Hello")
    }
}

#[crate::object(name = "greeter", version = 1, construct)]
impl Greeter for PoliteGreeter {
    fn greet(&self, _cx: &mut Context<'_>, name: String) -> Result<String> {
        Ok(format!("{}, {name}!", self.word))
    }
}
