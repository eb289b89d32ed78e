//! The load under which hosts are killed: callers who stop at the first call that is cut off.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hogshead::{Class, Handle};
use tokio::task::JoinSet;

use super::books::Account;
use super::objects::{Ledger, Runner, Sender};

/// Calls that a caller from outside has under way at once.
pub const WINDOW: usize = 4;

/// Messages that a runner or sender sends in one turn.
pub const BURST: u32 = 10;

/// Callers at work.
pub struct Load {
    stop: Arc<AtomicBool>,
    callers: JoinSet<(u32, Account)>,
    pokers: JoinSet<()>,
}

impl Load {
    /// Begins with nobody.
    pub fn new() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        Self { stop, callers: JoinSet::new(), pokers: JoinSet::new() }
    }

    /// Adds a caller from outside, with a window of calls.
    pub fn call(&mut self, ledger: &Handle<dyn Ledger>, caller: u32) {
        for task in 0..WINDOW {
            let (ledger, stop) = (ledger.clone(), Arc::clone(&self.stop));
            self.callers
                .spawn(async move { (caller, call_on(&ledger, caller, task, &stop).await) });
        }
    }

    /// Keeps a runner running.
    pub fn run(&mut self, runner: &Handle<dyn Runner>) {
        let (runner, stop) = (runner.clone(), Arc::clone(&self.stop));
        self.pokers.spawn(async move {
            while !stop.load(Ordering::Relaxed) && runner.ask().run(BURST).await.is_ok() {}
        });
    }

    /// Keeps a sender sending.
    pub fn send(&mut self, sender: &Handle<dyn Sender>) {
        let (sender, stop) = (sender.clone(), Arc::clone(&self.stop));
        self.pokers.spawn(async move {
            while !stop.load(Ordering::Relaxed) && sender.ask().send(BURST).await.is_ok() {}
        });
    }

    /// Lets nobody begin another call.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Waits for the last answers; gives what the callers were told.
    pub async fn end(mut self) -> Vec<(u32, Account)> {
        self.stop();
        while self.pokers.join_next().await.is_some() {}
        let mut told = Vec::new();
        while let Some(account) = self.callers.join_next().await {
            told.push(account.expect("a caller does not panic"));
        }
        told
    }
}

async fn call_on(
    ledger: &Handle<dyn Ledger>,
    caller: u32,
    task: usize,
    stop: &AtomicBool,
) -> Account {
    let mut account = Account::default();
    let mut nth = task;
    while !stop.load(Ordering::Relaxed) {
        nth += 1;
        if nth.is_multiple_of(SPOILED_EVERY) {
            match ledger.ask().spoil().await {
                Err(error) if error.class() == Class::Refused => continue,
                // Not counted by the ledger, so there is nothing to account for.
                _ => return account,
            }
        }
        match ledger.ask().add(caller).await {
            Ok(count) => {
                account.told += 1;
                account.highest = account.highest.max(count);
            }
            Err(_) => {
                account.cut_off += 1;
                return account;
            }
        }
    }
    account
}

/// Every so many calls is one that must leave no trace.
const SPOILED_EVERY: usize = 7;
