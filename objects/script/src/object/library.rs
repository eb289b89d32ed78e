//! The scripts of a vat: their codes, and the processes that run them.

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_objects::grant::Caveats;
use hogshead_objects::stock::clock::Clock;
use hogshead_objects::stored::StoredMap;
use hogshead_objects::{Cap, Class, Context, Error, Result, Value, codec};
use serde::{Deserialize, Serialize};

use super::code::{Coded, KeptCode};
use super::control::{Control, Copying, Revising};
use super::report::{ProcessInfo, ProcessStatus};
use super::{Allowance, Process, Seed, cache};
use crate::code::{Code, CodeHash};
use crate::limits::{CODES_LOOKED_AT, LISTED_MAX, NAME_BYTES_MAX};
use crate::machine::Machine;
use crate::prelude;
use crate::state::{self, ProcFile};

/// The scripts of a vat.
#[hogshead_objects::interface]
pub trait Scripts {
    /// Keeps a code, once; gives it, and its hash is its name. What it imports must be here. It stays
    /// for whatever will import it; one that was only started goes with its last process.
    fn add(&mut self, cx: &mut Context<'_>, encoded: Bytes) -> Result<Cap<dyn Coded>>;

    /// Starts a process.
    fn start(&mut self, cx: &mut Context<'_>, start: Start) -> Result<Started>;

    /// Makes a process of a file. Of one state of one process one resumption counts: a second
    /// import, and one of a state that was passed already, is refused.
    fn import(&mut self, cx: &mut Context<'_>, import: Import) -> Result<Started>;

    /// Copies a process as it is now: the copy has an id of its own, holds the same capabilities
    /// and waits for the same answers. Objects of the first that others hold stay with the first.
    fn fork(&mut self, cx: &mut Context<'_>, id: String) -> Result<Started>;

    /// The processes whose id comes after this one's; a page at a time.
    fn list(&self, cx: &mut Context<'_>, after: Option<String>) -> Result<Vec<ProcessInfo>>;

    /// The process whose id begins so, if it is one.
    fn find(&self, cx: &mut Context<'_>, id: String) -> Result<Started>;

    /// Forgets a process that is over, or any other if `force` says so; it is gone once nobody holds
    /// its objects.
    fn remove(&mut self, cx: &mut Context<'_>, id: String, force: bool) -> Result<()>;
}

/// What to start.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Start {
    /// The code's encoding. What it imports was added before.
    pub code: Bytes,
    /// A name for people.
    #[serde(default)]
    pub name: String,
    /// What `main` gets as its first argument: the capabilities by name.
    #[serde(default)]
    pub grants: BTreeMap<String, Cap>,
    /// Further arguments.
    #[serde(default)]
    pub args: Vec<Value>,
    /// What it may use.
    #[serde(default)]
    pub allowance: Allowance,
}

/// What to make a process of.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Import {
    /// The file.
    pub file: Bytes,
    /// The capabilities that it held, by the names under which they were granted. Those that are not
    /// here are broken.
    #[serde(default)]
    pub grants: BTreeMap<String, Cap>,
}

/// A process and the rights to it.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Started {
    /// Its id.
    pub id: String,
    /// Control over it.
    pub control: Cap<dyn Control>,
    /// The right to change what it does.
    pub revising: Cap<dyn Revising>,
}

/// The kind `hogshead/scripts`. It is constructed from `{seed, clock}`: 32 random octets, from
/// which the ids of processes follow, and a clock for deadlines, which may be left out.
#[derive(Serialize, Deserialize)]
pub struct ScriptsLibrary {
    #[serde(with = "serde_bytes")]
    seed: [u8; 32],
    clock: Option<Cap<dyn Clock>>,
    /// Codes by their hash.
    codes: StoredMap<String, Shelved>,
    /// The last code that was looked at, whether anything needs it.
    looked_at: String,
    /// Processes by their id.
    processes: StoredMap<String, Entry>,
    /// Processes that were made here.
    made: u64,
    /// Of each process that came from a file, the state that it was resumed at.
    passed: StoredMap<String, u64>,
}

/// A code, as it is kept.
#[derive(Serialize, Deserialize, Clone, Copy)]
struct Shelved {
    code: Cap<dyn Coded>,
    /// It stays also if no process has it.
    stays: bool,
}

/// A process, and the facets of it that others get.
#[derive(Serialize, Deserialize, Clone)]
struct Entry {
    whole: Cap<dyn Copying>,
    started: Started,
}

#[derive(Deserialize)]
struct Init {
    seed: Bytes,
    #[serde(default)]
    clock: Option<Cap<dyn Clock>>,
}

/// The methods of [`Control`], which is all that its facet grants.
const CONTROL_METHODS: [&str; 11] = [
    "info", "show", "result", "pause", "resume", "step", "cancel", "undo", "allow", "export",
    "logs",
];

impl ScriptsLibrary {
    /// A library without scripts.
    pub fn new(seed: [u8; 32], clock: Option<Cap<dyn Clock>>) -> Self {
        let (codes, processes, passed) = (StoredMap::new(), StoredMap::new(), StoredMap::new());
        Self { seed, clock, codes, looked_at: String::new(), processes, made: 0, passed }
    }

    fn construct(init: Value) -> Result<Self> {
        let init: Init = codec::from_value(init)?;
        let seed = <[u8; 32]>::try_from(init.seed.as_ref())
            .map_err(|_| Error::bad_call("scripts need a seed of 32 random octets"))?;
        Ok(Self::new(seed, init.clock))
    }

    fn new_id(&mut self) -> String {
        self.made = self.made.saturating_add(1);
        let mut hasher = blake3::Hasher::new_keyed(&self.seed);
        hasher.update(&self.made.to_be_bytes());
        let hash = hasher.finalize();
        data_encoding::HEXLOWER.encode(hash.as_bytes().get(..16).unwrap_or_default())
    }

    /// Keeps a code, unless it is here.
    fn keep_code(&mut self, cx: &mut Context<'_>, encoded: &Bytes) -> Result<CodeHash> {
        let hash = cache::add(encoded)?;
        if !self.codes.contains(cx, &hash.to_string())? {
            let code = cx.spawn(KeptCode::new(hash, encoded.clone()))?;
            self.codes.insert(cx, hash.to_string(), Shelved { code, stays: false })?;
        }
        Ok(hash)
    }

    /// Looks at some codes, other ones each time, and drops those that nothing needs any more.
    fn clear_shelf(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let after = std::mem::take(&mut self.looked_at) + "\0";
        let page = self.codes.range(cx, after.., CODES_LOOKED_AT)?;
        for (hash, shelved) in page.entries {
            if !shelved.stays && !shelved.code.is_shared(cx)? {
                self.codes.remove(cx, &hash)?;
            }
            self.looked_at = hash;
        }
        if page.next.is_none() {
            self.looked_at.clear();
        }
        Ok(())
    }

    fn code(&self, cx: &mut Context<'_>, hash: CodeHash) -> Result<Cap<dyn Coded>> {
        let found = self.codes.get(cx, &hash.to_string())?.map(|shelved| shelved.code);
        found.ok_or_else(|| {
            let what = format!("the script needs blake3:{hash}, which is not here; add it first");
            Error::new(Class::NotFound, what)
        })
    }

    /// A code and all that it imports.
    fn with_imports(
        &self,
        cx: &mut Context<'_>,
        hash: CodeHash,
    ) -> Result<Vec<(CodeHash, Cap<dyn Coded>)>> {
        let mut found: Vec<(CodeHash, Cap<dyn Coded>)> = Vec::new();
        let mut open = vec![hash];
        while let Some(hash) = open.pop() {
            if found.iter().any(|(other, _)| *other == hash) {
                continue;
            }
            let cap = self.code(cx, hash)?;
            found.push((hash, cap));
            let codes = cache::codes(cx, &[(hash, cap)])?;
            open.extend(codes.get(hash).map(|code| code.imports.clone()).unwrap_or_default());
        }
        Ok(found)
    }

    /// The codes of a machine in its order, the prelude among them.
    fn codes_of(
        &mut self,
        cx: &mut Context<'_>,
        machine: &Machine,
    ) -> Result<Vec<(CodeHash, Cap<dyn Coded>)>> {
        if machine.codes.contains(&prelude::hash()) {
            self.keep_code(cx, &prelude::encoded())?;
        }
        machine.codes.iter().map(|hash| Ok((*hash, self.code(cx, *hash)?))).collect()
    }

    /// Has a process found again by its id, and go on.
    fn enlist(&mut self, cx: &mut Context<'_>, whole: Cap<dyn Copying>) -> Result<Started> {
        let id = whole.cast::<dyn Control>().near(cx).info()?.id;
        let control = Caveats::new().methods(CONTROL_METHODS).label("control");
        let revising = Caveats::new().methods(["revise"]).label("revising");
        let started = Started {
            id: id.clone(),
            control: cx.grant(&whole, control)?.cast(),
            revising: cx.grant(&whole, revising)?.cast(),
        };
        let entry = Entry { whole, started: started.clone() };
        self.processes.insert(cx, id, entry)?;
        whole.tell(cx).settle_in()?;
        Ok(started)
    }

    /// The process whose id begins so.
    fn named(&self, cx: &mut Context<'_>, id: &str) -> Result<Entry> {
        let found = self.processes.range(cx, id.to_owned().., 2)?.entries;
        let begins = |known: &str| !id.is_empty() && known.starts_with(id);
        let mut found = found.into_iter().filter(|(known, _)| begins(known));
        match (found.next(), found.next()) {
            (Some((_, entry)), None) => Ok(entry),
            (None, _) => {
                let what = format!("no process has an id that begins with `{id}`");
                Err(Error::new(Class::NotFound, what))
            }
            (Some(_), Some(_)) => {
                let what = format!("several processes have ids that begin with `{id}`");
                Err(Error::bad_call(what))
            }
        }
    }
}

#[hogshead_objects::object(
    name = "hogshead/scripts",
    version = 1,
    construct = ScriptsLibrary::construct
)]
impl Scripts for ScriptsLibrary {
    fn add(&mut self, cx: &mut Context<'_>, encoded: Bytes) -> Result<Cap<dyn Coded>> {
        let hash = self.keep_code(cx, &encoded)?;
        self.with_imports(cx, hash)?;
        let code = self.code(cx, hash)?;
        self.codes.insert(cx, hash.to_string(), Shelved { code, stays: true })?;
        Ok(code)
    }

    fn start(&mut self, cx: &mut Context<'_>, start: Start) -> Result<Started> {
        if start.name.len() > NAME_BYTES_MAX {
            let what = format!("a process's name has {NAME_BYTES_MAX} bytes at the most");
            return Err(Error::bad_call(what));
        }
        let allowance = start.allowance.checked()?;
        self.clear_shelf(cx)?;
        let main = self.keep_code(cx, &start.code)?;
        let named = self.with_imports(cx, main)?;
        let known = cache::codes(cx, &named)?;
        if !known.get(main).is_some_and(Code::has_main) {
            let what =
                "the script exports no function `main`: write `export const main = async (…) => …`";
            return Err(Error::bad_call(what));
        }
        let machine = Machine::new(&known, main)
            .map_err(|error| Error::bad_call(format!("it cannot be started: {error}")))?;
        let codes = self.codes_of(cx, &machine)?;
        let (id, clock) = (self.new_id(), self.clock);
        let seed = Seed { id, name: start.name, codes, machine, allowance, clock };
        let mut process = Process::new(cx, seed)?;
        process.begin(start.grants, start.args);
        let whole = cx.spawn(process)?.cast();
        self.enlist(cx, whole)
    }

    fn import(&mut self, cx: &mut Context<'_>, import: Import) -> Result<Started> {
        let unsound = |error| Error::bad_call(format!("this is no sound file: {error}"));
        let file = ProcFile::decode(&import.file).map_err(unsound)?;
        if self.passed.get(cx, &file.id)?.is_some_and(|number| number >= file.number) {
            let what = format!(
                "process {} was resumed here at state {} or a later one already: of one state one \
                 resumption counts; fork that process if two are wanted",
                file.id, file.number
            );
            return Err(Error::refused(what));
        }
        if self.processes.contains(cx, &file.id)? {
            let what = format!(
                "process {} is here already: of one process one resumption counts; fork it if two \
                 are wanted, or remove it first",
                file.id
            );
            return Err(Error::refused(what));
        }
        self.passed.insert(cx, file.id.clone(), file.number)?;
        let mut named = Vec::with_capacity(file.codes.len());
        for code in &file.codes {
            let hash = self.keep_code(cx, &Bytes::copy_from_slice(code))?;
            named.push((hash, self.code(cx, hash)?));
        }
        let machine = state::load(&file.state, &cache::codes(cx, &named)?).map_err(unsound)?;
        let seed = Seed {
            id: file.id.clone(),
            name: file.name.clone(),
            codes: self.codes_of(cx, &machine)?,
            machine,
            allowance: Allowance::default(),
            clock: self.clock,
        };
        let process = Process::from_file(cx, &file, seed, &import.grants)?;
        let whole = cx.spawn(process)?.cast();
        self.enlist(cx, whole)
    }

    fn fork(&mut self, cx: &mut Context<'_>, id: String) -> Result<Started> {
        let original = self.named(cx, &id)?;
        let whole = original.whole.near(cx).copy(self.new_id())?;
        self.enlist(cx, whole)
    }

    fn list(&self, cx: &mut Context<'_>, after: Option<String>) -> Result<Vec<ProcessInfo>> {
        let from = after.map_or(String::new(), |after| after + "\0");
        let mut infos = Vec::new();
        for (_, entry) in self.processes.range(cx, from.., LISTED_MAX)?.entries {
            infos.push(entry.whole.cast::<dyn Control>().near(cx).info()?);
        }
        Ok(infos)
    }

    fn find(&self, cx: &mut Context<'_>, id: String) -> Result<Started> {
        self.named(cx, &id).map(|entry| entry.started)
    }

    fn remove(&mut self, cx: &mut Context<'_>, id: String, force: bool) -> Result<()> {
        let entry = self.named(cx, &id)?;
        let info = entry.whole.cast::<dyn Control>().near(cx).info()?;
        if !force && !info.status.is_over() && info.status != ProcessStatus::Done {
            let how = match info.status {
                ProcessStatus::Cancelling { .. } => "cancel it once more to end it at once",
                _ => "cancel it first",
            };
            let what = format!("process {} is {}; {how}", info.id, info.status);
            return Err(Error::refused(what));
        }
        self.processes.remove(cx, &entry.started.id).map(drop)
    }
}
