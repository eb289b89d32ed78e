//! A directory: names for references, and paths that lead through directories anywhere.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::codec;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits::{DIRECTORY_NAME_BYTES_MAX, PATH_NAMES_MAX};
use crate::message::Message;
use crate::object::{State, Upgrade};
use crate::stored::{Cursor, Page, StoredMap};
use crate::value::Value;

/// Keeps references and sturdyrefs under names.
///
/// Names are their directory's own: the same thing has other names elsewhere, and a name says
/// nothing of who gave what it leads to. A path such as `office/printer` begins in the directory
/// that is asked and goes on in whatever its names lead to, which may be directories of other vats:
/// [`walk`](Self::walk) asks each of them for its name only, all of them at once.
///
/// [`read_only`](Self::read_only) gives a facet that lists and looks up. What is found through it is
/// what the directory holds, with all its methods: another directory, too. Who is to read a whole
/// tree, and no more, is given a tree of read-only facets, or a membrane around it.
///
/// ```
/// use hogshead_objects::stock::directory::{Directory, Names};
/// use hogshead_objects::stock::greeter::{Greeter, PoliteGreeter};
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Cap, Value};
///
/// let mut bench = Bench::new();
/// let greeting = bench.turn(|cx| {
///     let (home, office) = (cx.spawn(Names::default())?, cx.spawn(Names::default())?);
///     let greeter = cx.spawn(PoliteGreeter::default())?;
///     office.near(cx).set("porter".into(), greeter.into())?;
///     home.near(cx).set("office".into(), office.into())?;
///
///     // Nobody is waited for: messages follow the path.
///     let porter = home.send(cx).walk("office/porter".into())?;
///     porter.cast::<Cap<dyn Greeter>>().send(cx).greet("Bob".into())
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(greeting)?, "Hello, Bob!");
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Directory {
    /// Keeps a reference or a sturdyref under a name (see [`check_name`]); what had the name before
    /// is forgotten.
    fn set(&mut self, cx: &mut Context<'_>, name: String, to: Value) -> Result<()>;

    /// What a name leads to. A name that is not there is [`Class::NotFound`].
    fn get(&self, cx: &mut Context<'_>, name: String) -> Result<Value>;

    /// Forgets a name.
    fn remove(&mut self, cx: &mut Context<'_>, name: String) -> Result<()>;

    /// The names, in order, a page of at most 1,000 of them.
    fn list(&self, cx: &mut Context<'_>, after: Option<Cursor>) -> Result<Page<String>>;

    /// The names with what they lead to, a page of at most 100 of them.
    fn entries(&self, cx: &mut Context<'_>, after: Option<Cursor>)
    -> Result<Page<(String, Value)>>;

    /// What a path leads to (see [`Path`]): a promise, if it leads through other directories.
    fn walk(&self, cx: &mut Context<'_>, path: String) -> Result<Value>;

    /// A new facet that can `get`, `list`, `entries` and `walk`.
    fn read_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Directory>>;
}

/// The stock directory, `hogshead/directory`: a record a name, so that it may have any number.
#[derive(Serialize, Deserialize, Default, Debug)]
pub struct Names {
    names: StoredMap<String, Value>,
    /// What a directory of version 1 had. It is kept until it is changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    old: BTreeMap<String, Value>,
}

#[crate::object(name = "directory", version = 2, construct, upgrades(UPGRADES))]
impl Directory for Names {
    fn set(&mut self, cx: &mut Context<'_>, name: String, to: Value) -> Result<()> {
        check_name(&name)?;
        check_target(&to)?;
        self.old.remove(&name);
        self.names.insert(cx, name, to).map(drop)
    }

    fn get(&self, cx: &mut Context<'_>, name: String) -> Result<Value> {
        check_name(&name).map_err(|_| unknown(&name))?;
        if let Some(to) = self.old.get(&name) {
            return Ok(to.clone());
        }
        self.names.get(cx, &name)?.ok_or_else(|| unknown(&name))
    }

    fn remove(&mut self, cx: &mut Context<'_>, name: String) -> Result<()> {
        check_name(&name).map_err(|_| unknown(&name))?;
        if self.old.remove(&name).is_some() {
            return Ok(());
        }
        self.names.remove(cx, &name)?.map(drop).ok_or_else(|| unknown(&name))
    }

    fn list(&self, cx: &mut Context<'_>, after: Option<Cursor>) -> Result<Page<String>> {
        let Page { entries, next } = self.page(cx, after.as_ref(), LISTED)?;
        Ok(Page { entries: entries.into_iter().map(|(name, _)| name).collect(), next })
    }

    fn entries(
        &self,
        cx: &mut Context<'_>,
        after: Option<Cursor>,
    ) -> Result<Page<(String, Value)>> {
        self.page(cx, after.as_ref(), ENTRIES_LISTED)
    }

    fn walk(&self, cx: &mut Context<'_>, path: String) -> Result<Value> {
        let path: Path = path.parse()?;
        let found = self.get(cx, path.first().to_owned())?;
        path.go_on(cx, found)
    }

    fn read_only(&self, cx: &mut Context<'_>) -> Result<Cap<dyn Directory>> {
        cx.facet(&["get", "list", "entries", "walk"], "read-only")
    }
}

impl Names {
    fn page(
        &self,
        cx: &mut Context<'_>,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<(String, Value)>> {
        let page = match after {
            None => self.names.range(cx, .., limit),
            Some(cursor) => self.names.resume(cx, .., cursor, limit),
        }?;
        if self.old.is_empty() {
            return Ok(page);
        }
        // Names of before are put in between, so that all of them are in order.
        let from = match after {
            Some(cursor) => Bound::Excluded(cursor.last::<String>()?),
            None => Bound::Unbounded,
        };
        let to = match (&page.next, page.entries.last()) {
            (Some(_), Some((last, _))) => Bound::Excluded(last.clone()),
            _ => Bound::Unbounded,
        };
        let mut entries: BTreeMap<_, _> = page.entries.into_iter().collect();
        let old = self.old.range((from, to)).take(limit);
        entries.extend(old.map(|(name, to)| (name.clone(), to.clone())));
        let more = entries.len() > limit;
        let entries: Vec<_> = entries.into_iter().take(limit).collect();
        let next = if more {
            entries.last().map(|(name, _)| Cursor::after(name)).transpose()?
        } else {
            page.next
        };
        Ok(Page { entries, next })
    }
}

/// Names with slashes in between: at least one, and at most
/// [`PATH_NAMES_MAX`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path(Vec<String>);

impl Path {
    /// The name that it begins with.
    pub fn first(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// The name that it ends with, and the path to the directory which has that name; nothing if it
    /// is but one name.
    pub fn split_last(&self) -> Option<(Self, &str)> {
        match self.0.split_last() {
            Some((last, before)) if !before.is_empty() => Some((Self(before.to_vec()), last)),
            _ => None,
        }
    }

    /// Goes on from what the first name has led to: asks directory after directory, none of which is
    /// waited for, and gives what is at the end, or the promise of it. A directory is told the name
    /// that it is asked for, and no other.
    pub fn go_on(&self, cx: &mut Context<'_>, found: Value) -> Result<Value> {
        let rest = self.0.get(1..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(found);
        }
        let Value::Ref(mut at) = found else {
            let why = format!(
                "{:?} leads to a sturdyref; a path goes on through a live reference only",
                self.first()
            );
            return Err(Error::bad_call(why));
        };
        for name in rest {
            at = cx.send(at, Message::new("get", [name.clone().into()]))?.untyped();
        }
        Ok(Value::Ref(at))
    }
}

impl FromStr for Path {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        // Counted before anything is made of them.
        if text.split('/').take(PATH_NAMES_MAX + 1).count() > PATH_NAMES_MAX {
            let why = format!("a path has at most {PATH_NAMES_MAX} names");
            return Err(Error::new(Class::Limit, why));
        }
        let names: Vec<_> = text.split('/').map(str::to_owned).collect();
        names.iter().try_for_each(|name| check_name(name))?;
        Ok(Self(names))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("/"))
    }
}

/// Checks a name: letters and digits of any script, `-`, `_` and `.`, at most
/// [`DIRECTORY_NAME_BYTES_MAX`] bytes, and neither `-` nor
/// `.` first. So no shell or path takes it apart.
pub fn check_name(name: &str) -> Result<()> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fits = !name.is_empty() && name.len() <= DIRECTORY_NAME_BYTES_MAX;
    if fits && name.chars().all(plain) && !name.starts_with(['-', '.']) {
        return Ok(());
    }
    let (shown, max) = (shown(name), DIRECTORY_NAME_BYTES_MAX);
    Err(Error::bad_call(format!(
        "{shown:?} cannot be a name: use up to {max} letters, digits, `-`, `_` and `.`"
    )))
}

pub(crate) fn check_target(to: &Value) -> Result<()> {
    match to {
        Value::Ref(_) | Value::SturdyRef(_) => Ok(()),
        _ => Err(Error::bad_call("a name leads to a reference or a sturdyref")),
    }
}

pub(crate) fn unknown(name: &str) -> Error {
    Error::new(
        Class::NotFound,
        format!("no name {:?} here; the directory lists those that there are", shown(name)),
    )
}

/// What comes from a peer is shown in errors only as far as this.
fn shown(name: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 40;
    name.chars().take(SHOWN_CHARS_MAX).collect()
}

/// Names in one page.
const LISTED: usize = 1_000;

/// Names with references in one page: each costs the sessions that it goes over a row.
const ENTRIES_LISTED: usize = 100;

/// Version 1 had all of its names in its state.
const UPGRADES: &[Upgrade] = &[Upgrade { from: 1, state: from_version_1, message: Ok }];

fn from_version_1(state: State) -> Result<State> {
    #[derive(Deserialize)]
    struct Version1 {
        names: BTreeMap<String, Value>,
    }

    let Version1 { names: old } = codec::decode_state(&state)?;
    codec::encode_state(&Names { names: StoredMap::new(), old })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Typed;
    use crate::testing::Bench;

    #[test]
    fn a_name_is_a_word_that_no_path_takes_apart() {
        for fine in ["a", "visits.ref", "Café-2_x", "日本", &"x".repeat(DIRECTORY_NAME_BYTES_MAX)]
        {
            assert_eq!(check_name(fine), Ok(()), "{fine:?}");
        }
        let long = "x".repeat(DIRECTORY_NAME_BYTES_MAX + 1);
        for wrong in ["", "a/b", ".", "..", ".hidden", "-x", "a b", "a\0", "a\u{202e}b", &long] {
            assert_eq!(check_name(wrong).unwrap_err().class(), Class::BadCall, "{wrong:?}");
        }
    }

    #[test]
    fn a_path_has_a_limited_number_of_names() {
        let path = |names: usize| vec!["a"; names].join("/").parse::<Path>();
        assert_eq!(path(1).unwrap().split_last(), None);
        let longest = path(PATH_NAMES_MAX).unwrap();
        let (before, last) = longest.split_last().unwrap();
        assert_eq!((before, last), (path(PATH_NAMES_MAX - 1).unwrap(), "a"));
        assert_eq!(path(PATH_NAMES_MAX + 1).unwrap_err().class(), Class::Limit);
        for wrong in ["", "/", "a/", "/a", "a//b", "a/../b"] {
            assert_eq!(wrong.parse::<Path>().unwrap_err().class(), Class::BadCall, "{wrong:?}");
        }
    }

    #[test]
    fn names_of_version_1_stay_and_are_listed_among_the_new_ones() {
        #[derive(Serialize)]
        struct Version1 {
            names: BTreeMap<String, Value>,
        }

        let mut bench = Bench::new().evicting();
        let to = bench.spawn_apart(Names::default());
        let names = ["b", "d", "e"].map(|name| (name.to_owned(), Value::from(to)));
        let before = codec::encode_state(&Version1 { names: names.into() }).unwrap();
        let upgrade = Names::KIND.upgrades.first().unwrap();
        let names: Names = codec::decode_state(&(upgrade.state)(before).unwrap()).unwrap();
        let directory = bench.spawn_apart(names);
        bench
            .turn(|cx| {
                for name in ["a", "c", "d", "f"] {
                    directory.tell(cx).set(name.into(), directory.into())?;
                }
                directory.tell(cx).remove("b".into())
            })
            .unwrap();
        let asked = bench
            .turn(|cx| {
                let d = directory.send(cx).get("d".into())?;
                let e = directory.send(cx).get("e".into())?;
                Ok((directory.send(cx).list(None)?, d, e))
            })
            .unwrap();
        bench.run();
        let page = bench.answer(asked.0).unwrap();
        assert_eq!(
            (page.entries, page.next),
            (["a", "c", "d", "e", "f"].map(Into::into).into(), None)
        );
        assert_eq!(bench.answer(asked.1).unwrap(), Value::from(directory), "set anew");
        assert_eq!(bench.answer(asked.2).unwrap(), Value::from(to), "as it was");
        let one = bench.look(directory, |names: &Names| names.old.len()).unwrap();
        assert_eq!(one, 1);
    }
}
