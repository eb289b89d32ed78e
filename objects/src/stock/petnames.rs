//! Petnames: the owner's own names for references, and edge names, by which others call them.

use serde::{Deserialize, Serialize};

use super::directory::{Directory, Path, check_name, check_target, unknown};
use crate::cap::Cap;
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::limits::{EDGE_DIRECTORIES_ASKED_MAX, PETNAMES_MAX};
use crate::promise::Promise;
use crate::promise::join::Settled;
use crate::stored::{Cursor, Page, StoredMap};
use crate::value::Value;

/// Names that their owner has given to references, told to nobody.
///
/// In a petname system (Stiegler, *An Introduction to Petname Systems*, 2005) a reference is secure
/// and global, but means nothing to people; what its owner calls it is memorable and secure, and means
/// nothing to others. So a petname is its owner's alone: one reference has one petname, one petname one
/// reference, and nothing that a peer says of itself can look like one.
///
/// What others call something are *edge names*: `bob/printer` is what the one that I call `bob` calls
/// `printer`. A contact may have a directory for that; a name with a slash always is one that somebody
/// else has given, and says who. No petname leaves the book: a directory on the way is asked for the
/// next name only, and to find edge names the book has the names of others come to it, rather than show
/// them the reference.
///
/// The reference to the book itself is for its owner. What is meant for others is a
/// [`Directory`], of which each name is a decision to tell it.
///
/// ```
/// use hogshead_objects::stock::directory::{Directory, Names};
/// use hogshead_objects::stock::greeter::PoliteGreeter;
/// use hogshead_objects::stock::petnames::{PetnameBook, Petnames};
/// use hogshead_objects::testing::Bench;
///
/// let mut bench = Bench::new();
/// let book = bench.spawn_apart(PetnameBook::default());
/// let bob = bench.spawn_apart(PoliteGreeter::default());
/// let names_of_bob = bench.spawn_apart(Names::default());
/// let printer = bench.spawn_apart(PoliteGreeter::default());
/// let called = bench.turn(|cx| {
///     names_of_bob.tell(cx).set("printer".into(), printer.into())?;
///     book.tell(cx).name("my-rival".into(), bob.into())?;
///     book.tell(cx).know_edges("my-rival".into(), Some(names_of_bob))?;
///     Ok((book.send(cx).petname_of(bob.into())?, book.send(cx).edge_names(printer.into())?))
/// })?;
/// bench.run();
/// assert_eq!(bench.answer(called.0)?, Some("my-rival".to_owned()));
/// assert_eq!(bench.answer(called.1)?, ["my-rival/printer"]);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[crate::interface]
pub trait Petnames {
    /// Names a reference or a sturdyref. Refused if something else has the petname, or if this has
    /// another one: [`rename`](Self::rename) and [`forget`](Self::forget) say that it is meant.
    fn name(&mut self, cx: &mut Context<'_>, petname: String, to: Value) -> Result<()>;

    /// Gives another petname.
    fn rename(&mut self, cx: &mut Context<'_>, petname: String, new: String) -> Result<()>;

    /// Forgets a petname.
    fn forget(&mut self, cx: &mut Context<'_>, petname: String) -> Result<()>;

    /// The petname of a reference, if it has one.
    fn petname_of(&self, cx: &mut Context<'_>, to: Value) -> Result<Option<String>>;

    /// Keeps the directory in which a contact tells its own names, or forgets it.
    fn know_edges(
        &mut self,
        cx: &mut Context<'_>,
        petname: String,
        names: Option<Cap<dyn Directory>>,
    ) -> Result<()>;

    /// What a petname, or a path that begins with one, leads to: through the directory of that
    /// contact if there is one, and else through the contact itself.
    fn look_up(&self, cx: &mut Context<'_>, path: String) -> Result<Value>;

    /// What contacts call a reference, with their petnames before it: `bob/printer`. Only the first
    /// 100 names of each contact are looked at, and of the first 32 contacts that tell any; who does not
    /// answer keeps the others waiting, who answers with an error is left out.
    fn edge_names(&mut self, cx: &mut Context<'_>, to: Value) -> Result<Promise<Vec<String>>>;

    /// The petnames, in order, a page of at most 1,000 of them.
    fn list(&self, cx: &mut Context<'_>, after: Option<Cursor>) -> Result<Page<String>>;
}

/// The stock book of petnames, `hogshead/petnames`, with a record a petname and at most
/// [`PETNAMES_MAX`] of them.
#[derive(Serialize, Deserialize, Default, Debug)]
pub struct PetnameBook {
    contacts: StoredMap<String, Contact>,
}

#[derive(Serialize, Deserialize, Debug)]
struct Contact {
    to: Value,
    /// Where it tells its own names.
    names: Option<Cap<dyn Directory>>,
}

#[crate::object(name = "petnames", version = 1, construct, continuations)]
impl Petnames for PetnameBook {
    fn name(&mut self, cx: &mut Context<'_>, petname: String, to: Value) -> Result<()> {
        check_name(&petname)?;
        check_target(&to)?;
        if self.contacts.contains(cx, &petname)? {
            return Err(Error::refused(format!("{petname:?} is a petname already")));
        }
        if let Some(other) = self.petname_of(cx, to.clone())? {
            return Err(Error::refused(format!("this has the petname {other:?}")));
        }
        if self.contacts.len() >= PETNAMES_MAX {
            let why = format!("a book has at most {PETNAMES_MAX} petnames; forget one first");
            return Err(Error::new(Class::Limit, why));
        }
        self.contacts.insert(cx, petname, Contact { to, names: None }).map(drop)
    }

    fn rename(&mut self, cx: &mut Context<'_>, petname: String, new: String) -> Result<()> {
        check_name(&new)?;
        if self.contacts.contains(cx, &new)? {
            return Err(Error::refused(format!("{new:?} is a petname already")));
        }
        let contact = self.take(cx, &petname)?;
        self.contacts.insert(cx, new, contact).map(drop)
    }

    fn forget(&mut self, cx: &mut Context<'_>, petname: String) -> Result<()> {
        self.take(cx, &petname).map(drop)
    }

    fn petname_of(&self, cx: &mut Context<'_>, to: Value) -> Result<Option<String>> {
        let mut page = self.contacts.range(cx, .., SCANNED)?;
        loop {
            for (petname, contact) in page.entries {
                if is_same(cx, &contact.to, &to)? {
                    return Ok(Some(petname));
                }
            }
            let Some(next) = page.next else { return Ok(None) };
            page = self.contacts.resume(cx, .., &next, SCANNED)?;
        }
    }

    fn know_edges(
        &mut self,
        cx: &mut Context<'_>,
        petname: String,
        names: Option<Cap<dyn Directory>>,
    ) -> Result<()> {
        let contact = self.contact(cx, &petname)?;
        self.contacts.insert(cx, petname, Contact { names, ..contact }).map(drop)
    }

    fn look_up(&self, cx: &mut Context<'_>, path: String) -> Result<Value> {
        let path: Path = path.parse()?;
        let Contact { to, names } = self.contact(cx, path.first())?;
        match names {
            Some(names) if path.split_last().is_some() => path.go_on(cx, names.into()),
            _ => path.go_on(cx, to),
        }
    }

    fn edge_names(&mut self, cx: &mut Context<'_>, to: Value) -> Result<Promise<Vec<String>>> {
        let (mut petnames, mut pages) = (Vec::new(), Vec::new());
        let mut page = self.contacts.range(cx, .., SCANNED)?;
        loop {
            for (petname, contact) in page.entries {
                if let Some(names) = contact.names
                    && pages.len() < EDGE_DIRECTORIES_ASKED_MAX
                {
                    petnames.push(petname);
                    pages.push(names.send(cx).entries(None)?);
                }
            }
            let Some(next) = page.next else { break };
            page = self.contacts.resume(cx, .., &next, SCANNED)?;
        }
        let told = Promise::settled(cx, pages)?;
        told.then(cx, Self::told, (petnames, to))
    }

    fn list(&self, cx: &mut Context<'_>, after: Option<Cursor>) -> Result<Page<String>> {
        let page = match after {
            None => self.contacts.range(cx, .., SCANNED)?,
            Some(cursor) => self.contacts.resume(cx, .., &cursor, SCANNED)?,
        };
        let entries = page.entries.into_iter().map(|(petname, _)| petname).collect();
        Ok(Page { entries, next: page.next })
    }
}

#[crate::continuations]
impl PetnameBook {
    /// Contacts have told their names, or not.
    #[continuation]
    fn told(
        &mut self,
        cx: &mut Context<'_>,
        told: Result<Vec<Told>>,
        asked: (Vec<String>, Value),
    ) -> Result<Vec<String>> {
        let (petnames, to) = asked;
        let mut found = Vec::new();
        for (petname, page) in petnames.iter().zip(told?) {
            let Settled::Fulfilled(page) = page else { continue };
            for (name, value) in page.entries {
                // What others say is a name only if it could be one.
                if check_name(&name).is_ok() && is_same(cx, &value, &to)? {
                    found.push(format!("{petname}/{name}"));
                }
            }
        }
        Ok(found)
    }
}

impl PetnameBook {
    fn contact(&self, cx: &mut Context<'_>, petname: &str) -> Result<Contact> {
        check_name(petname).map_err(|_| unknown(petname))?;
        self.contacts.get(cx, &petname.to_owned())?.ok_or_else(|| unknown(petname))
    }

    fn take(&mut self, cx: &mut Context<'_>, petname: &str) -> Result<Contact> {
        check_name(petname).map_err(|_| unknown(petname))?;
        self.contacts.remove(cx, &petname.to_owned())?.ok_or_else(|| unknown(petname))
    }
}

/// Whether two names would lead to the same. What is still a promise is not known to be.
fn is_same(cx: &mut Context<'_>, one: &Value, other: &Value) -> Result<bool> {
    match (one, other) {
        (Value::Ref(one), Value::Ref(other)) => Ok(cx.same(*one, *other)? == Some(true)),
        (Value::SturdyRef(_), Value::SturdyRef(_)) => Ok(one == other),
        _ => Ok(false),
    }
}

/// What has come of asking one contact.
type Told = Settled<Page<(String, Value)>>;

/// Contacts that are read at once.
const SCANNED: usize = 1_000;
