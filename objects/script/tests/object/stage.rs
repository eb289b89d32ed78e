//! A vat with a library of scripts.

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_objects::stock::counter::{Counter, Tally};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Promise, Result, Value, stock};
use hogshead_script::front::{self, Options};
use hogshead_script::object::{
    self, Allowance, Control, ProcessInfo, Scripts, ScriptsLibrary, Start, Started,
};

pub struct Stage {
    pub bench: Bench,
    pub library: Cap<dyn Scripts>,
}

impl Stage {
    /// A vat that keeps its objects in memory, and one that forgets them after every turn, must not
    /// differ.
    pub fn both(tell: impl Fn(&mut Stage)) {
        for evicting in [false, true] {
            tell(&mut Stage::new(evicting));
        }
    }

    pub fn new(evicting: bool) -> Self {
        let mut bench = if evicting { Bench::new().evicting() } else { Bench::new() };
        stock::register(bench.registry()).unwrap();
        object::register(bench.registry()).unwrap();
        let clock = bench.clock();
        let library = bench.spawn_apart(ScriptsLibrary::new([7; 32], Some(clock)));
        Self { bench, library }
    }

    pub fn counter(&mut self) -> Cap<dyn Counter> {
        self.bench.spawn_apart(Tally::default())
    }

    /// Starts a script with capabilities and arguments.
    pub fn start(&mut self, source: &str, grants: &[(&str, Cap)], args: Vec<Value>) -> Started {
        self.start_with(source, grants, args, Allowance::default())
    }

    pub fn start_with(
        &mut self,
        source: &str,
        grants: &[(&str, Cap)],
        args: Vec<Value>,
        allowance: Allowance,
    ) -> Started {
        let grants: BTreeMap<_, _> =
            grants.iter().map(|(name, cap)| ((*name).to_owned(), *cap)).collect();
        let start = Start { code: code(source), name: "test".into(), grants, args, allowance };
        let library = self.library;
        let started = self.bench.turn(|cx| library.send(cx).start(start)).unwrap();
        self.bench.run();
        self.bench.answer(started).unwrap()
    }

    pub fn answer<T: serde::de::DeserializeOwned>(&self, promise: Promise<T>) -> Result<T> {
        self.bench.answer(promise)
    }

    /// What `main` came to.
    pub fn result(&mut self, process: &Started) -> Result<Value> {
        let promise = self.bench.turn(|cx| process.control.send(cx).result()).unwrap();
        self.bench.run();
        self.bench.answer(promise.cast())
    }

    pub fn info(&mut self, process: &Started) -> ProcessInfo {
        self.ask(process.control, |control, cx| control.send(cx).info()).unwrap()
    }

    /// Asks a process's control something.
    pub fn ask<T: serde::de::DeserializeOwned>(
        &mut self,
        control: Cap<dyn Control>,
        ask: impl FnOnce(Cap<dyn Control>, &mut hogshead_objects::Context<'_>) -> Result<Promise<T>>,
    ) -> Result<T> {
        let promise = self.bench.turn(|cx| ask(control, cx))?;
        self.bench.run();
        self.bench.answer(promise)
    }

    pub fn library<T: serde::de::DeserializeOwned>(
        &mut self,
        ask: impl FnOnce(Cap<dyn Scripts>, &mut hogshead_objects::Context<'_>) -> Result<Promise<T>>,
    ) -> Result<T> {
        let library = self.library;
        let promise = self.bench.turn(|cx| ask(library, cx))?;
        self.bench.run();
        self.bench.answer(promise)
    }

    pub fn log(&mut self, process: &Started) -> Vec<String> {
        let lines = self.ask(process.control, |control, cx| control.send(cx).logs(None)).unwrap();
        lines.into_iter().map(|(_, line)| line.text).collect()
    }
}

/// The encoding of a script's code.
pub fn code(source: &str) -> Bytes {
    let options = Options { name: "test".into(), ..Options::default() };
    front::compile(source, &options).unwrap_or_else(|wrong| panic!("{wrong:?}")).encode().into()
}
