//! A store around a store that fails when it is told to.

use std::io;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;

use super::Store;
use crate::changes::Changes;
use crate::error::StoreError;

/// What goes wrong at the planned call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The call fails as a broken device does.
    Device,
    /// The call finds no space.
    Full,
    /// Only half of an application's changes arrive, without its number, and the call fails. No
    /// engine may do so; it shows what absolute batches forgive.
    Short,
    /// The call and every later one fails: the process is as good as dead.
    Crash,
}

/// Which calls are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Calls {
    /// `get` and `range`.
    Reads,
    /// `apply`.
    Applies,
    /// `flush`.
    Flushes,
}

/// A store around a store that fails when it is told to, and counts its calls.
pub struct FaultyStore<S> {
    inner: S,
    plan: Mutex<Option<(Calls, Fault)>>,
    left: AtomicI64,
    reads: AtomicU64,
    applies: AtomicU64,
    flushes: AtomicU64,
}

impl<S: Store> FaultyStore<S> {
    /// Wraps a store; nothing fails yet.
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            plan: Mutex::new(None),
            left: AtomicI64::new(0),
            reads: AtomicU64::new(0),
            applies: AtomicU64::new(0),
            flushes: AtomicU64::new(0),
        }
    }

    /// Lets `after` calls of a kind pass, and the next one fail.
    pub fn plan(&self, calls: Calls, fault: Fault, after: u32) {
        self.left.store(i64::from(after), Ordering::SeqCst);
        *self.plan.lock().unwrap_or_else(PoisonError::into_inner) = Some((calls, fault));
    }

    /// Lets every call pass again.
    pub fn mend(&self) {
        *self.plan.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The number of calls so far.
    pub fn count(&self, calls: Calls) -> u64 {
        self.counter(calls).load(Ordering::SeqCst)
    }

    /// The store within.
    pub fn inner(&self) -> &S {
        &self.inner
    }

    fn counter(&self, calls: Calls) -> &AtomicU64 {
        match calls {
            Calls::Reads => &self.reads,
            Calls::Applies => &self.applies,
            Calls::Flushes => &self.flushes,
        }
    }

    /// The fault of this call, if it is the planned one.
    fn due(&self, calls: Calls) -> Option<Fault> {
        self.counter(calls).fetch_add(1, Ordering::SeqCst);
        let (planned, fault) = (*self.plan.lock().unwrap_or_else(PoisonError::into_inner))?;
        if planned == calls {
            let left = self.left.fetch_sub(1, Ordering::SeqCst);
            return match fault {
                Fault::Crash => (left <= 0).then_some(fault),
                _ => (left == 0).then_some(fault),
            };
        }
        let crashed = fault == Fault::Crash && self.left.load(Ordering::SeqCst) < 0;
        crashed.then_some(fault)
    }

    fn pass(&self, calls: Calls) -> Result<(), StoreError> {
        self.due(calls).map_or(Ok(()), |fault| Err(fault.error()))
    }
}

impl Fault {
    fn error(self) -> StoreError {
        let error = match self {
            Self::Full => io::ErrorKind::StorageFull.into(),
            fault => io::Error::other(format!("planned fault: {fault:?}")),
        };
        StoreError::io("faulty store", error)
    }
}

impl<S: Store> Store for FaultyStore<S> {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        self.pass(Calls::Reads)?;
        self.inner.get(key)
    }

    fn range(
        &self,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        self.pass(Calls::Reads)?;
        self.inner.range(from, to, limit)
    }

    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        match self.due(Calls::Applies) {
            None => self.inner.apply(changes, number),
            Some(Fault::Short) => {
                let half = changes.len() / 2;
                let half = changes.iter().take(half).map(|(k, v)| (k.clone(), v.clone())).collect();
                self.inner.apply(&half, self.inner.number()?)?;
                Err(Fault::Short.error())
            }
            Some(fault) => Err(fault.error()),
        }
    }

    fn number(&self) -> Result<CommitNumber, StoreError> {
        self.inner.number()
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.pass(Calls::Flushes)?;
        self.inner.flush()
    }
}
