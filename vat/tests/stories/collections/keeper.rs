//! An object with collections that does what it is told, and what it should have then.

use std::collections::BTreeMap;

use hogshead_objects::error::{Error, Result};
use hogshead_objects::{Cap, Class, Context, Cursor, StoredLog, StoredMap, StoredSet, Value};
use serde::{Deserialize, Serialize};

pub const KEEPER: &str = "hogshead-vat/keeper";

/// Does what it is told with its collections.
#[hogshead_objects::interface]
pub trait Keeper {
    /// Plays the steps; gives how many entries the map has.
    fn keep_all(&mut self, cx: &mut Context<'_>, steps: Vec<Step>) -> Result<u64>;

    /// All that it has.
    fn hoard(&self, cx: &mut Context<'_>) -> Result<Hoard>;

    /// Keeps a cap under a key.
    fn put(&mut self, cx: &mut Context<'_>, key: u64, cap: Cap) -> Result<()>;

    /// How many entries it has counted of its map from where it stopped, as many as a turn may.
    fn count_on(&mut self, cx: &mut Context<'_>) -> Result<(u64, bool)>;

    /// What is under a key.
    fn look_up(&self, cx: &mut Context<'_>, key: u64) -> Result<Option<u64>>;

    /// Does something that is not allowed.
    fn misuse(&mut self, cx: &mut Context<'_>, how: Misuse) -> Result<()>;

    /// Keeps a text under a key.
    fn write_down(&mut self, cx: &mut Context<'_>, key: u64, text: String) -> Result<()>;

    /// How many texts were in each page, and whether there are more; the last page is what the turn
    /// may not read.
    fn read_texts(&self, cx: &mut Context<'_>) -> Result<Vec<(usize, bool)>>;
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum Step {
    Insert {
        key: u64,
        number: u64,
    },
    InsertMany {
        from: u64,
        to: u64,
    },
    InsertCap {
        key: u64,
    },
    Remove(u64),
    Clear,
    Swap,
    Tick(String),
    Untick(String),
    Push(u64),
    Truncate(u64),
    /// Fills a collection that it does not keep.
    Waste(u64),
    /// Has a child of its own composition do the steps; `caught` goes on if it fails.
    Child {
        steps: Vec<Step>,
        caught: bool,
    },
    Fail,
    Panic,
    Refuse,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub enum Misuse {
    IntoAnother,
    Twice,
    IntoAnEntry,
    IntoAMessage,
    LargeEntry,
}

/// What a keeper has, and what the model says that it has.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Default)]
pub struct Hoard {
    pub map: BTreeMap<u64, (u64, bool)>,
    pub spare: BTreeMap<u64, (u64, bool)>,
    pub ticked: Vec<String>,
    pub log: Vec<(u64, u64)>,
    pub log_end: u64,
    pub child: Option<Box<Hoard>>,
}

#[derive(Serialize, Deserialize, Default)]
pub struct Hoarder {
    map: StoredMap<u64, Thing>,
    spare: StoredMap<u64, Thing>,
    ticked: StoredSet<String>,
    log: StoredLog<u64>,
    texts: StoredMap<u64, String>,
    child: Option<Cap<dyn Keeper>>,
    counted: u64,
    cursor: Option<Cursor>,
}

#[derive(Serialize, Deserialize)]
struct Thing {
    number: u64,
    cap: Option<Cap>,
}

#[derive(Serialize)]
struct Nested(StoredMap<u64, Thing>);

#[hogshead_objects::object(name = "keeper", version = 1, construct = Hoarder::born)]
impl Keeper for Hoarder {
    fn keep_all(&mut self, cx: &mut Context<'_>, steps: Vec<Step>) -> Result<u64> {
        for step in steps {
            self.play(cx, step)?;
        }
        Ok(self.map.len())
    }

    fn hoard(&self, cx: &mut Context<'_>) -> Result<Hoard> {
        let ticked = self.ticked.range(cx, .., 1_000)?.entries;
        let log = self.log.range(cx, .., 1_000)?.entries;
        let child = match self.child {
            Some(child) => Some(Box::new(child.near(cx).hoard()?)),
            None => None,
        };
        let (map, spare) = (all(&self.map, cx)?, all(&self.spare, cx)?);
        assert_eq!(self.map.len(), map.len() as u64);
        assert_eq!(self.ticked.len(), ticked.len() as u64);
        assert_eq!(self.log.len(), log.len() as u64);
        let last = self.map.last(cx)?.map(|(key, thing)| (key, thing.number));
        assert_eq!(last, map.last_key_value().map(|(key, (number, _))| (*key, *number)));
        assert_eq!(self.ticked.last(cx)?.as_ref(), ticked.last());
        assert_eq!(self.ticked.first(cx)?.as_ref(), ticked.first());
        assert_eq!(self.log.first(cx)?.as_ref(), log.first());
        assert_eq!(self.log.last(cx)?.as_ref(), log.last());
        Ok(Hoard { map, spare, ticked, log, log_end: self.log.end(), child })
    }

    fn put(&mut self, cx: &mut Context<'_>, key: u64, cap: Cap) -> Result<()> {
        self.map.insert(cx, key, Thing { number: 0, cap: Some(cap) }).map(drop)
    }

    fn count_on(&mut self, cx: &mut Context<'_>) -> Result<(u64, bool)> {
        loop {
            let page = match &self.cursor {
                None => self.map.range(cx, .., 700),
                Some(cursor) => self.map.resume(cx, .., cursor, 700),
            };
            match page {
                Ok(page) => {
                    self.counted += page.entries.len() as u64;
                    let Some(next) = page.next else { return Ok((self.counted, true)) };
                    self.cursor = Some(next);
                }
                Err(error) if error.class() == Class::Limit => return Ok((self.counted, false)),
                Err(error) => return Err(error),
            }
        }
    }

    fn look_up(&self, cx: &mut Context<'_>, key: u64) -> Result<Option<u64>> {
        Ok(self.map.get(cx, &key)?.map(|thing| thing.number))
    }

    fn misuse(&mut self, cx: &mut Context<'_>, how: Misuse) -> Result<()> {
        self.map.insert(cx, 1, Thing { number: 1, cap: None })?;
        match how {
            Misuse::IntoAnother => {
                let map = std::mem::take(&mut self.map);
                let other = cx.spawn(Self { map, ..Self::default() })?;
                // Nor can it be used before its state is written.
                let refused = other.near(cx).look_up(1).unwrap_err();
                assert!(refused.message().contains("another object's"), "{refused}");
                self.child = Some(other);
            }
            Misuse::Twice => {
                // As only a program would that means it.
                let state = hogshead_objects::codec::encode_state(&self.map)?;
                self.spare = hogshead_objects::codec::decode_state(&state)?;
            }
            Misuse::IntoAnEntry => {
                let mut outer: StoredMap<u64, Value> = StoredMap::new();
                outer.insert(cx, 1, Value::Null)?;
                let nested = Nested(std::mem::take(&mut self.map));
                let state = hogshead_objects::codec::encode_state(&nested)?;
                let inner: Inner = hogshead_objects::codec::decode_state(&state)?;
                let mut outer = StoredMap::<u64, Inner>::new();
                outer.insert(cx, 1, inner)?;
            }
            Misuse::IntoAMessage => {
                hogshead_objects::codec::to_value(&self.map)?;
            }
            Misuse::LargeEntry => {
                self.texts.insert(cx, 1, "x".repeat(1 << 20))?;
            }
        }
        Ok(())
    }

    fn write_down(&mut self, cx: &mut Context<'_>, key: u64, text: String) -> Result<()> {
        self.texts.insert(cx, key, text).map(drop)
    }

    fn read_texts(&self, cx: &mut Context<'_>) -> Result<Vec<(usize, bool)>> {
        let mut pages = Vec::new();
        let mut page = self.texts.range(cx, .., 1_000)?;
        loop {
            pages.push((page.entries.len(), page.next.is_some()));
            let Some(next) = page.next else { return Ok(pages) };
            page = match self.texts.resume(cx, .., &next, 1_000) {
                Ok(page) => page,
                Err(error) => {
                    assert_eq!(error.class(), Class::Limit);
                    pages.push((0, false));
                    return Ok(pages);
                }
            };
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Inner(StoredMap<u64, Thing>);

fn all(map: &StoredMap<u64, Thing>, cx: &mut Context<'_>) -> Result<BTreeMap<u64, (u64, bool)>> {
    let mut found = BTreeMap::new();
    let mut page = map.range(cx, .., 3)?;
    loop {
        let entries = page.entries.into_iter();
        found.extend(entries.map(|(key, thing)| (key, (thing.number, thing.cap.is_some()))));
        let Some(cursor) = page.next else { return Ok(found) };
        page = map.resume(cx, .., &cursor, 3)?;
    }
}

impl Hoarder {
    fn born(_init: Value) -> Result<Self> {
        Ok(Self::default())
    }

    fn play(&mut self, cx: &mut Context<'_>, step: Step) -> Result<()> {
        match step {
            Step::Insert { key, number } => {
                self.map.insert(cx, key, Thing { number, cap: None })?;
            }
            Step::InsertMany { from, to } => {
                for key in from..to {
                    self.map.insert(cx, key, Thing { number: key, cap: None })?;
                }
            }
            Step::InsertCap { key } => {
                let cap = cx.spawn(crate::cast::Marionette::default())?.cast();
                self.map.insert(cx, key, Thing { number: 0, cap: Some(cap) })?;
            }
            Step::Remove(key) => {
                let had = self.map.contains(cx, &key)?;
                assert_eq!(self.map.remove(cx, &key)?.is_some(), had);
            }
            Step::Clear => self.map.clear(),
            Step::Swap => std::mem::swap(&mut self.map, &mut self.spare),
            Step::Tick(name) => {
                self.ticked.insert(cx, name)?;
            }
            Step::Untick(name) => {
                self.ticked.remove(cx, &name)?;
            }
            Step::Push(number) => {
                self.log.push(cx, number)?;
            }
            Step::Truncate(number) => self.log.truncate_before(cx, number)?,
            Step::Waste(many) => {
                let mut waste = StoredMap::new();
                for key in 0..many {
                    let cap = Some(cx.this::<dyn Keeper>()?.cast());
                    waste.insert(cx, key, Thing { number: key, cap })?;
                }
            }
            Step::Child { steps, caught } => {
                let child = match self.child {
                    Some(child) => child,
                    None => *self.child.insert(cx.spawn(Self::default())?),
                };
                match child.near(cx).keep_all(steps) {
                    Err(error) if !caught => return Err(error),
                    _ => {}
                }
            }
            Step::Fail => return Err(Error::refused("told to fail")),
            Step::Panic => panic!("told to panic"),
            Step::Refuse => return Err(cx.refuse(Error::refused("told to refuse"))),
        }
        Ok(())
    }
}

/// How a turn of the model ends.
pub enum End {
    Failed,
    /// Nobody on the stack goes on.
    Panicked,
    Refused,
}

impl Hoard {
    /// Does what a keeper does.
    pub fn keep_all(&mut self, steps: &[Step]) -> std::result::Result<(), End> {
        steps.iter().try_for_each(|step| self.play(step))
    }

    fn play(&mut self, step: &Step) -> std::result::Result<(), End> {
        match step {
            Step::Insert { key, number } => drop(self.map.insert(*key, (*number, false))),
            Step::InsertMany { from, to } => {
                self.map.extend((*from..*to).map(|key| (key, (key, false))));
            }
            Step::InsertCap { key } => drop(self.map.insert(*key, (0, true))),
            Step::Remove(key) => drop(self.map.remove(key)),
            Step::Clear => self.map.clear(),
            Step::Swap => std::mem::swap(&mut self.map, &mut self.spare),
            Step::Tick(name) => {
                self.ticked.push(name.clone());
                self.ticked.sort();
                self.ticked.dedup();
            }
            Step::Untick(name) => self.ticked.retain(|other| other != name),
            Step::Push(number) => {
                self.log.push((self.log_end, *number));
                self.log_end += 1;
            }
            Step::Truncate(number) => self.log.retain(|(index, _)| index >= number),
            Step::Waste(_) => {}
            Step::Child { steps, caught } => {
                let before = self.child.get_or_insert_default().clone();
                let end = self.child.get_or_insert_default().keep_all(steps);
                match end {
                    Ok(()) => {}
                    Err(End::Panicked) => return Err(End::Panicked),
                    Err(end) => {
                        if let End::Failed = end {
                            self.child = Some(before);
                        }
                        if !caught {
                            return Err(end);
                        }
                    }
                }
            }
            Step::Fail => return Err(End::Failed),
            Step::Panic => return Err(End::Panicked),
            Step::Refuse => return Err(End::Refused),
        }
        Ok(())
    }
}
