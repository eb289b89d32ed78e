//! The store's folder: what is in it, who may open it, and what it says of itself.
//!
//! ```text
//!   DIR/store         what kind of store this is; written last, so without it there is none
//!   DIR/lock          locked by the process that has the store open
//!   DIR/journal/      the commit order
//!   DIR/checkpoint/   the engine's files
//!   DIR/snapshot      the number of the newest verified snapshot
//!   DIR/making        left by a crash while the store was made
//!   DIR/swap          left by a crash while a rebuilt part took its place; the next opener goes on
//!   DIR/*.old-N       what a rebuild has set aside
//! ```

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use hogshead_objects::ids::CommitNumber;
use rustix::fs::{FlockOperation, flock};

use crate::disk::real::{create_dir, create_file, sync_path};
use crate::engine::memory::MemoryStore;
use crate::engine::redb::RedbStore;
use crate::engine::sled::SledStore;
use crate::engine::{Engine, Store};
use crate::error::{StoreError, way_out};
use crate::journal::format::StoreId;

/// A store's folder, locked for as long as this lives.
#[derive(Debug)]
pub(crate) struct Folder {
    dir: PathBuf,
    _lock: File,
}

/// What a store says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Identity {
    pub(crate) engine: Engine,
    pub(crate) id: StoreId,
}

impl Folder {
    /// Whether a folder holds a store. One that was only half made, or is being made, is none yet.
    ///
    /// # Errors
    ///
    /// Parts of a store without the file that says what it is, and what is left of a restore: nothing
    /// may be made over them.
    pub(crate) fn holds_store(dir: &Path) -> Result<bool, StoreError> {
        let there = |name: &str| dir.join(name).exists();
        // In this order: the store file is written before the mark of its making goes.
        let part = [JOURNAL, CHECKPOINT].into_iter().find(|part| there(part));
        let lone = part.filter(|_| !there(MAKING));
        match lone {
            _ if there(STORE) => Ok(true),
            Some(part) => Err(without_store_file(dir, part)),
            None if is_restoring(dir) => {
                let _nobody_restores_it_now = Self::lock(dir)?;
                Err(StoreError::HalfMade { dir: dir.to_owned(), restoring: true })
            }
            None => Ok(false),
        }
    }

    /// Makes a folder as [`make`](Self::make) does, for a store that is to be as a snapshot has it:
    /// what a crash leaves of that is not made into an empty one.
    pub(crate) fn make_to_restore(dir: &Path) -> Result<Self, StoreError> {
        let folder = Self::make(dir)?;
        fs::write(folder.path(MAKING), RESTORING)
            .and_then(|()| sync_path(&folder.path(MAKING)))
            .map_err(|e| StoreError::io(format!("preparing {}", dir.display()), e))?;
        Ok(folder)
    }

    /// Makes and locks a folder for a new store. What a crash left while one was made is removed.
    pub(crate) fn make(dir: &Path) -> Result<Self, StoreError> {
        create_dir(dir).map_err(|e| StoreError::io(format!("making {}", dir.display()), e))?;
        let folder = Self::lock(dir)?;
        if folder.path(STORE).exists() {
            let what = "it already holds a store".to_owned();
            return Err(StoreError::Occupied { dir: dir.to_owned(), what });
        }
        let io = |e| StoreError::io(format!("preparing {}", dir.display()), e);
        if folder.path(MAKING).exists() {
            for half_made in [JOURNAL, CHECKPOINT] {
                remove_dir_if_there(&folder.path(half_made)).map_err(io)?;
            }
        } else if let Some(part) = [JOURNAL, CHECKPOINT].iter().find(|n| folder.path(n).exists()) {
            return Err(without_store_file(dir, part));
        } else {
            create_file(&folder.path(MAKING)).map_err(io)?;
            sync_path(dir).map_err(io)?;
        }
        for made in [JOURNAL, CHECKPOINT] {
            create_dir(&folder.path(made)).map_err(io)?;
        }
        Ok(folder)
    }

    /// Locks the folder of a store and reads what it is.
    pub(crate) fn open(dir: &Path) -> Result<(Self, Identity), StoreError> {
        // In this order: the store file is written before the mark of its making goes.
        if !dir.join(MAKING).exists() && !dir.join(STORE).exists() {
            return Err(StoreError::Missing { dir: dir.to_owned() });
        }
        let folder = Self::lock(dir)?;
        if !folder.path(STORE).exists() {
            let restoring = is_restoring(dir);
            return Err(StoreError::HalfMade { dir: dir.to_owned(), restoring });
        }
        let swap = folder.path(Swap::MARK);
        if swap.exists() {
            let text = fs::read_to_string(swap);
            let text = text.map_err(|e| StoreError::io("reading what was swapped", e))?;
            folder.finish_swap(Identity::parse(&text)?)?;
        }
        let text = fs::read_to_string(folder.path(STORE))
            .map_err(|e| StoreError::io("reading the store file", e))?;
        let identity = Identity::parse(&text)?;
        if folder.path(MAKING).exists() {
            fs::remove_file(folder.path(MAKING))
                .map_err(|e| StoreError::io("finishing the store", e))?;
        }
        Ok((folder, identity))
    }

    /// Says that the store is complete. From here on it is one.
    pub(crate) fn finish(&self, identity: Identity) -> Result<(), StoreError> {
        self.write_whole(STORE, identity.text().as_bytes())
            .and_then(|()| fs::remove_file(self.path(MAKING)))
            .and_then(|()| sync_path(&self.dir))
            .map_err(|e| StoreError::io("writing the store file", e))
    }

    /// Opens the checkpoint's engine.
    pub(crate) fn engine(
        &self,
        engine: Engine,
        cache_bytes: usize,
    ) -> Result<Box<dyn Store>, StoreError> {
        open_engine(&self.checkpoint(), engine, cache_bytes)
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.path(JOURNAL)
    }

    pub(crate) fn checkpoint(&self) -> PathBuf {
        self.path(CHECKPOINT)
    }

    /// The number of the newest verified snapshot.
    pub(crate) fn snapshot(&self) -> Result<Option<CommitNumber>, StoreError> {
        match fs::read_to_string(self.path(SNAPSHOT)) {
            Ok(text) => match text.trim_end().parse() {
                Ok(number) => Ok(Some(CommitNumber(number))),
                Err(_) => Err(StoreError::Damaged {
                    file: SNAPSHOT.to_owned(),
                    what: "it holds no number".to_owned(),
                    way_out: "Remove it: then the whole journal is kept until the next snapshot",
                }),
            },
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(StoreError::io("reading the snapshot's number", e)),
        }
    }

    /// Notes that a verified snapshot exists.
    pub(crate) fn note_snapshot(&self, number: CommitNumber) -> Result<(), StoreError> {
        self.write_whole(SNAPSHOT, format!("{}\n", number.0).as_bytes())
            .map_err(|e| StoreError::io("noting the snapshot", e))
    }

    /// Forgets a snapshot of commits that are given up: their numbers will be used again.
    pub(crate) fn forget_snapshot_after(&self, newest: CommitNumber) -> Result<(), StoreError> {
        if self.snapshot()?.is_none_or(|number| number <= newest) {
            return Ok(());
        }
        fs::remove_file(self.path(SNAPSHOT))
            .and_then(|()| sync_path(&self.dir))
            .map_err(|e| StoreError::io("forgetting the snapshot", e))
    }

    /// An empty folder for a part that is made anew, to be swapped in.
    pub(crate) fn fresh(&self, part: &str) -> Result<PathBuf, StoreError> {
        let dir = self.path(&format!("{part}.new"));
        remove_dir_if_there(&dir)
            .and_then(|()| create_dir(&dir))
            .map_err(|e| StoreError::io(format!("making {}", dir.display()), e))?;
        Ok(dir)
    }

    /// Puts the parts that were made anew in their places. Answers what was set aside.
    pub(crate) fn swap(&self, identity: Identity) -> Result<Vec<PathBuf>, StoreError> {
        self.write_whole(Swap::MARK, identity.text().as_bytes())
            .map_err(|e| StoreError::io("beginning the swap", e))?;
        self.finish_swap(identity)
    }

    /// From the mark on a swap is finished by whoever opens the store next.
    fn finish_swap(&self, identity: Identity) -> Result<Vec<PathBuf>, StoreError> {
        let io = |e| StoreError::io("swapping in what was made anew", e);
        let mut set_aside = Vec::new();
        for part in [Swap::CHECKPOINT, Swap::JOURNAL] {
            let (new, old) = (self.path(&format!("{part}.new")), self.path(part));
            if !new.exists() {
                continue;
            }
            if old.exists() {
                let aside = (1_u32..).map(|n| self.path(&format!("{part}.old-{n}")));
                let aside = aside.into_iter().find(|aside| !aside.exists());
                let aside = aside.expect("not every number is taken");
                fs::rename(&old, &aside).map_err(io)?;
                set_aside.push(aside);
            }
            fs::rename(&new, &old).map_err(io)?;
            sync_path(&self.dir).map_err(io)?;
        }
        self.write_whole(STORE, identity.text().as_bytes())
            .and_then(|()| fs::remove_file(self.path(Swap::MARK)))
            .and_then(|()| sync_path(&self.dir))
            .map_err(io)?;
        Ok(set_aside)
    }

    fn lock(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(LOCK);
        let lock = match create_file(&path) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                File::options().read(true).write(true).open(&path)
            }
            made => made,
        };
        let lock = lock.map_err(|e| StoreError::io(format!("opening {}", path.display()), e))?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self { dir: dir.to_owned(), _lock: lock }),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(StoreError::InUse { dir: dir.to_owned() }),
            Err(e) => Err(StoreError::io(format!("locking {}", path.display()), e.into())),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Writes a file so that a crash leaves the one before or this one.
    fn write_whole(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let half = self.path(&format!("{name}.new"));
        if half.exists() {
            fs::remove_file(&half)?;
        }
        let mut file = create_file(&half)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&half, self.path(name))?;
        sync_path(&self.dir)
    }
}

/// The parts of a store that can be made anew.
pub(crate) struct Swap;

impl Swap {
    pub(crate) const CHECKPOINT: &str = CHECKPOINT;
    pub(crate) const JOURNAL: &str = JOURNAL;
    const MARK: &str = "swap";
}

impl Identity {
    fn text(&self) -> String {
        let id: String = self.id.0.iter().map(|byte| format!("{byte:02x}")).collect();
        let text =
            format!("hogshead store\nformat {STORE_FORMAT}\nengine {}\nid {id}\n", self.engine);
        let sum = crc32fast::hash(text.as_bytes());
        format!("{text}sum {sum:08x}\n")
    }

    fn parse(text: &str) -> Result<Self, StoreError> {
        let damaged = |what: &str| StoreError::Damaged {
            file: STORE.to_owned(),
            what: what.to_owned(),
            way_out: way_out::STORE_FILE,
        };
        let mut lines = text.lines();
        if lines.next() != Some("hogshead store") {
            return Err(damaged("its first line is not `hogshead store`"));
        }
        let mut field = |name: &str| {
            let line = lines.next().unwrap_or_default();
            let value = line.strip_prefix(name).and_then(|rest| rest.strip_prefix(' '));
            value.ok_or_else(|| damaged(&format!("the line {name:?} is missing")))
        };
        // The version comes first: a newer file may have other lines after it.
        let format: u32 =
            field("format")?.parse().map_err(|_| damaged("its format is not a number"))?;
        if format > STORE_FORMAT {
            let file = STORE.to_owned();
            return Err(StoreError::Newer { file, found: format, known: STORE_FORMAT });
        }
        let engine = field("engine")?.parse().map_err(|_| damaged("its engine is unknown"))?;
        let id = parse_id(field("id")?).ok_or_else(|| damaged("its id is not 32 digits"))?;
        let sum = field("sum")?;
        let identity = Self { engine, id };
        let whole = format == STORE_FORMAT && identity.text().ends_with(&format!("sum {sum}\n"));
        if whole { Ok(identity) } else { Err(damaged("its checksum does not fit")) }
    }
}

/// Opens an engine in a folder of its own.
pub(crate) fn open_engine(
    dir: &Path,
    engine: Engine,
    cache_bytes: usize,
) -> Result<Box<dyn Store>, StoreError> {
    Ok(match engine {
        Engine::Sled => Box::new(SledStore::open(dir, cache_bytes)?),
        Engine::Redb => Box::new(RedbStore::open(dir, cache_bytes)?),
        Engine::Memory => Box::new(MemoryStore::new()),
    })
}

fn parse_id(text: &str) -> Option<StoreId> {
    let digits = text.as_bytes();
    let mut id = [0; 16];
    if digits.len() != 32 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in id.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(StoreId(id))
}

/// Whether what is being made, or was, is a store of a snapshot.
fn is_restoring(dir: &Path) -> bool {
    fs::read(dir.join(MAKING)).is_ok_and(|mark| mark == RESTORING)
}

fn without_store_file(dir: &Path, part: &str) -> StoreError {
    let what = format!("it holds {part}/, but no store file; restore that from a backup");
    StoreError::Occupied { dir: dir.to_owned(), what }
}

fn remove_dir_if_there(dir: &Path) -> io::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// The format of the folder and of everything in it that has no version of its own.
const STORE_FORMAT: u32 = 1;
const STORE: &str = "store";
const LOCK: &str = "lock";
const JOURNAL: &str = "journal";
const CHECKPOINT: &str = "checkpoint";
const SNAPSHOT: &str = "snapshot";
const MAKING: &str = "making";
/// What the mark says while a store is made of a snapshot.
const RESTORING: &[u8] = b"restoring\n";
