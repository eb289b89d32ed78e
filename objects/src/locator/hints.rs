//! The hints of a locator: the ways to reach a peer.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Names with a value each, in ascending order of the names.
///
/// Most locators have one or two, so that they are kept in a vector: a tree has room for eleven.
///
/// ```
/// use hogshead_objects::locator::Hints;
///
/// let mut hints = Hints::from([("port".to_owned(), "22046".to_owned())]);
/// hints.insert("host".to_owned(), "127.0.0.1".to_owned());
/// assert_eq!(hints.get("port").map(String::as_str), Some("22046"));
/// assert!(hints.keys().eq(["host", "port"]));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hints(Vec<(String, String)>);

impl Hints {
    /// No hints.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value under a name.
    pub fn get(&self, name: &str) -> Option<&String> {
        let at = self.find(name).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Whether there is a value under a name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.find(name).is_ok()
    }

    /// Puts a value under a name; gives the one that was there.
    pub fn insert(&mut self, name: String, value: String) -> Option<String> {
        match self.find(&name) {
            Ok(at) => self.0.get_mut(at).map(|hint| std::mem::replace(&mut hint.1, value)),
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (name, value));
                None
            }
        }
    }

    /// Takes the value under a name out.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        let at = self.find(name).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Keeps the hints for which `keep` holds.
    pub fn retain(&mut self, keep: impl Fn(&str, &str) -> bool) {
        self.0.retain(|(name, value)| keep(name, value));
    }

    /// Names and values, in the order of the names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&String, &String)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// The names, in their order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &String> {
        self.0.iter().map(|(name, _)| name)
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|hint| hint.0.as_str().cmp(name))
    }
}

impl fmt::Debug for Hints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Of several under one name the last one counts.
impl FromIterator<(String, String)> for Hints {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(hints: I) -> Self {
        BTreeMap::from_iter(hints).into()
    }
}

impl<const N: usize> From<[(String, String); N]> for Hints {
    fn from(hints: [(String, String); N]) -> Self {
        hints.into_iter().collect()
    }
}

impl From<BTreeMap<String, String>> for Hints {
    fn from(hints: BTreeMap<String, String>) -> Self {
        Self(Vec::from_iter(hints))
    }
}

impl From<Hints> for BTreeMap<String, String> {
    fn from(hints: Hints) -> Self {
        hints.0.into_iter().collect()
    }
}

impl<'a> IntoIterator for &'a Hints {
    type Item = (&'a String, &'a String);
    type IntoIter = std::iter::Map<
        std::slice::Iter<'a, (String, String)>,
        fn(&'a (String, String)) -> (&'a String, &'a String),
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(name, value)| (name, value))
    }
}

impl Serialize for Hints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Hints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self::from)
    }
}
