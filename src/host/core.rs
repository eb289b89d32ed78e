//! The core of a host: what its turn threads, its network tasks and its owner share.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, Weak};

use hogshead_netlayer::{HostKey, Netlayer};
use hogshead_objects::ids::{Epoch, SessionId, VatId, VatNumber};
use hogshead_objects::{Ref, Registry};
use hogshead_store::Keep;
use tokio::task::JoinSet;
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::builder::Settings;
use super::durable::Redial;
use super::entropy::Entropy;
use super::guard::Guard;
use super::local_keys::LocalKeys;
use super::locations::Announcing;
use super::peers::Peers;
use super::seal::Sealer;
use super::slot::{Input, Slot};
use super::timers::Timers;
use super::view::Reads;
use super::waking::Waking;
use super::{HostError, vats};
use crate::limits::{PLAIN_SESSIONS_MAX, STRANGERS_MAX};

pub(crate) struct Core {
    pub keep: Keep,
    pub sealer: Sealer,
    pub registry: Registry,
    pub clock: Arc<Guard>,
    pub entropy: Arc<dyn Entropy>,
    pub settings: Settings,
    pub host_key: HostKey,
    pub runtime: tokio::runtime::Handle,
    /// Whether the stop before this start was a clean one.
    pub was_clean: bool,
    /// The epoch below which no vat's certificate is.
    pub epoch: Epoch,
    /// The ways to other hosts; QUIC by default.
    pub netlayers: RwLock<Vec<Arc<dyn Netlayer>>>,
    pub reads: Reads,
    /// Serialises the making, renaming and removing of vats.
    pub vats: Mutex<vats::Numbers>,
    /// The facet of the admin object in vat zero.
    pub admin: std::sync::OnceLock<Ref>,
    pub owners: std::sync::atomic::AtomicUsize,
    pub strangers: Arc<tokio::sync::Semaphore>,
    /// Who has a session with whom, or is about to.
    pub peers: Peers,
    /// Whom to dial again.
    pub redial: Redial,
    /// Makes the keys of sessions between vats of this host.
    pub local_keys: LocalKeys,
    /// Tells peers when this host has other addresses.
    pub announcing: Announcing,
    /// What wakes vats when their timers are due.
    pub timers: Timers,
    /// Places for plain sessions.
    pub plain_sessions: Arc<tokio::sync::Semaphore>,
    tasks: Mutex<JoinSet<()>>,
    slots: Mutex<HashMap<VatNumber, Arc<Slot>>>,
    /// Who runs them.
    pub waking: Waking,
    activity: RwLock<()>,
    arrivals: AtomicU64,
    /// Counts removed vats.
    removals: AtomicU64,
    /// The vats whose inbox may be over its limit, and whether there are any.
    crowded: Mutex<BTreeMap<VatNumber, VatId>>,
    is_crowded: AtomicBool,
    stopping: AtomicBool,
    tasks_closed: AtomicBool,
    /// Whether the host stopped because it could not go on.
    pub failed: AtomicBool,
    pub stopped: tokio::sync::Notify,
    this: Weak<Core>,
}

/// What a host is made of before it runs.
pub(crate) struct Parts {
    pub keep: Keep,
    pub sealer: Sealer,
    pub registry: Registry,
    pub clock: Arc<Guard>,
    pub entropy: Arc<dyn Entropy>,
    pub settings: Settings,
    pub host_key: HostKey,
    /// The secret of the host's key, from which other secrets are derived.
    pub host_secret: Zeroizing<[u8; 32]>,
    pub numbers: vats::Numbers,
    /// How often this store was started: the high bits of every number given out in memory.
    pub starts: u32,
    /// Whether the stop before this start was a clean one.
    pub was_clean: bool,
    /// The epoch below which no vat's certificate is.
    pub epoch: Epoch,
}

impl Core {
    pub fn new(parts: Parts) -> Arc<Self> {
        let waking = Waking::new(parts.settings.turn_threads);
        Arc::new_cyclic(|this| Self {
            keep: parts.keep,
            sealer: parts.sealer,
            registry: parts.registry,
            clock: parts.clock,
            entropy: parts.entropy,
            settings: parts.settings,
            host_key: parts.host_key,
            was_clean: parts.was_clean,
            epoch: parts.epoch,
            runtime: tokio::runtime::Handle::current(),
            netlayers: RwLock::default(),
            reads: Reads::default(),
            vats: Mutex::new(parts.numbers),
            admin: std::sync::OnceLock::new(),
            owners: std::sync::atomic::AtomicUsize::new(0),
            strangers: Arc::new(tokio::sync::Semaphore::new(STRANGERS_MAX)),
            peers: Peers::default(),
            announcing: Announcing::default(),
            redial: Redial::default(),
            local_keys: LocalKeys::new(&parts.host_secret),
            timers: Timers::default(),
            plain_sessions: Arc::new(tokio::sync::Semaphore::new(PLAIN_SESSIONS_MAX)),
            tasks: Mutex::default(),
            slots: Mutex::default(),
            waking,
            activity: RwLock::new(()),
            // Forty bits count what one start gives out: a million a second for twelve days.
            arrivals: AtomicU64::new(u64::from(parts.starts) << 40),
            removals: AtomicU64::new(0),
            crowded: Mutex::default(),
            is_crowded: AtomicBool::new(false),
            stopping: AtomicBool::new(false),
            tasks_closed: AtomicBool::new(false),
            failed: AtomicBool::new(false),
            stopped: tokio::sync::Notify::new(),
            this: this.clone(),
        })
    }

    /// The core as a shared pointer.
    pub fn arc(&self) -> Arc<Self> {
        self.this.upgrade().expect("whoever calls a method of the core holds it")
    }

    /// The counter of vats and the host's own row.
    pub fn numbers(&self) -> std::sync::MutexGuard<'_, vats::Numbers> {
        self.vats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number that no other start and no other caller gets; ascending.
    pub fn next_arrival(&self) -> u64 {
        self.arrivals.fetch_add(1, Ordering::Relaxed)
    }

    /// A number for a new session.
    pub fn next_session(&self) -> SessionId {
        SessionId(self.next_arrival())
    }

    /// Fresh entropy for a turn.
    pub fn entropy(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// Held from looking whether a vat is awake to the push that would wake it.
    pub fn awake(&self) -> RwLockReadGuard<'_, ()> {
        self.activity.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Held from looking whether a vat is at rest to the commit that takes its mark.
    pub fn asleep(&self) -> RwLockWriteGuard<'_, ()> {
        self.activity.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn slots(&self) -> std::sync::MutexGuard<'_, HashMap<VatNumber, Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The slot of a vat that is in memory.
    pub fn slot_if_any(&self, vat: VatNumber) -> Option<Arc<Slot>> {
        self.slots().get(&vat).cloned()
    }

    /// The slot of a vat, made if it was cold; `None` if there is no such vat.
    pub fn slot(&self, vat: VatNumber) -> Result<Option<Arc<Slot>>, HostError> {
        if let Some(slot) = self.slot_if_any(vat) {
            return Ok(Some(slot));
        }
        loop {
            let removals = self.removals.load(Ordering::Acquire);
            let Some(id) = self.vat_id(vat)? else { return Ok(None) };
            let mut slots = self.slots();
            // A vat that was removed since its identity was read must not get a slot again.
            if self.removals.load(Ordering::Acquire) == removals {
                let slot = slots.entry(vat).or_insert_with(|| Slot::new(vat, id));
                return Ok(Some(Arc::clone(slot)));
            }
        }
    }

    /// All slots, for housekeeping.
    pub fn all_slots(&self) -> Vec<Arc<Slot>> {
        let mut slots: Vec<_> = self.slots().values().cloned().collect();
        slots.sort_by_key(|slot| slot.number);
        slots
    }

    /// Whether a vat has a slot and its active mark is in the store.
    pub fn is_awake(&self, vat: VatNumber) -> bool {
        self.slots().get(&vat).is_some_and(|slot| slot.marked_active.load(Ordering::Acquire))
    }

    /// Operations waiting in a vat's inbox.
    pub fn inbox_backlog(&self, vat: VatNumber) -> usize {
        self.slot_if_any(vat).map_or(0, |slot| slot.inputs().waiting())
    }

    /// Gives a vat an input and has it scheduled; an input for a vat that is gone is dropped.
    pub fn push(&self, vat: VatNumber, input: Input) {
        let mut input = Some(input);
        while let Ok(Some(slot)) = self.slot(vat) {
            let mut inputs = slot.inputs();
            if inputs.retired {
                drop(inputs);
                self.forget_slot(&slot);
                continue;
            }
            inputs.queue.extend(input.take());
            inputs.last_used = Instant::now();
            let waiting = inputs.waiting();
            drop(inputs);
            self.note_if_crowded(&slot, waiting);
            self.wake(vat);
            return;
        }
        tracing::warn!(%vat, "an input for a vat that is not here was dropped");
    }

    /// Notes that a vat's inbox is over its limit, if it is.
    pub fn note_if_crowded(&self, slot: &Slot, waiting: usize) {
        if waiting >= self.settings.inbox_rows {
            let mut crowded = self.crowded();
            crowded.insert(slot.number, slot.id);
            self.is_crowded.store(true, Ordering::Release);
        }
    }

    /// The vats whose inbox is over its limit.
    pub fn crowded_vats(&self) -> Vec<VatId> {
        if !self.is_crowded.load(Ordering::Acquire) {
            return Vec::new();
        }
        let mut crowded = self.crowded();
        crowded.retain(|vat, _| self.inbox_backlog(*vat) >= self.settings.inbox_rows);
        self.is_crowded.store(!crowded.is_empty(), Ordering::Release);
        crowded.values().copied().collect()
    }

    fn crowded(&self) -> std::sync::MutexGuard<'_, BTreeMap<VatNumber, VatId>> {
        self.crowded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that deliveries of the vat's own are ready.
    pub fn push_ready(&self, slot: &Slot) {
        slot.inputs().ready = true;
        self.wake(slot.number);
    }

    /// Has a vat run when its turn comes.
    pub fn wake(&self, vat: VatNumber) {
        self.waking.wake(vat);
    }

    /// Whether the host has no threads: turns, and what waits for the disk, run on the runtime's.
    pub fn is_inline(&self) -> bool {
        self.settings.turn_threads == 0
    }

    /// Runs something that may wait for the disk where it keeps nobody waiting; if the host has no
    /// threads, here.
    pub async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, tokio::task::JoinError> {
        if self.is_inline() {
            return Ok(work());
        }
        self.runtime.spawn_blocking(work).await
    }

    /// Spawns a task that ends with the host.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks();
        // What has ended is let go here, so that the set does not grow with time.
        while tasks.try_join_next().is_some() {}
        if !self.tasks_closed.load(Ordering::Acquire) {
            tasks.spawn_on(task, &self.runtime);
        }
    }

    /// Ends all tasks; gives them to whoever wants to wait for their end.
    pub fn end_tasks(&self) -> JoinSet<()> {
        self.tasks_closed.store(true, Ordering::Release);
        let mut tasks = std::mem::take(&mut *self.tasks());
        tasks.abort_all();
        tasks
    }

    fn tasks(&self) -> std::sync::MutexGuard<'_, JoinSet<()>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the host is stopping.
    pub fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    /// Lets no further turn begin.
    pub fn stop_turns(&self) {
        self.stopping.store(true, Ordering::Release);
        self.waking.stop();
    }

    /// Drops a slot that was retired.
    pub fn forget_slot(&self, slot: &Arc<Slot>) {
        let mut slots = self.slots();
        if slots.get(&slot.number).is_some_and(|found| Arc::ptr_eq(found, slot)) {
            slots.remove(&slot.number);
        }
    }

    /// Drops the slot of a vat whose identity is no longer in the store, and what waits in it.
    pub fn remove_slot(&self, slot: &Arc<Slot>) {
        let dropped = {
            let mut inputs = slot.inputs();
            inputs.retired = true;
            inputs.ready = false;
            (std::mem::take(&mut inputs.queue), std::mem::take(&mut inputs.held))
        };
        let mut slots = self.slots();
        self.removals.fetch_add(1, Ordering::AcqRel);
        slots.remove(&slot.number);
        drop(slots);
        drop(dropped);
    }

    /// Turns an idle vat cold: `commit` is called with no vat of this host able to wake it
    /// meanwhile.
    pub fn retire(
        &self,
        slot: &Arc<Slot>,
        commit: impl FnOnce() -> Result<(), HostError>,
    ) -> Result<bool, HostError> {
        let _asleep = self.asleep();
        if !slot.inputs().is_empty() {
            return Ok(false);
        }
        // The inputs are not locked meanwhile: the committer, for which a commit may wait, has
        // inputs to give.
        commit()?;
        let mut inputs = slot.inputs();
        slot.marked_active.store(false, Ordering::Release);
        if !inputs.is_empty() {
            return Ok(false);
        }
        inputs.retired = true;
        drop(inputs);
        self.forget_slot(slot);
        Ok(true)
    }

    /// The vat with this key, if it is one of this host's.
    pub fn number_of(&self, id: &VatId) -> Result<Option<VatNumber>, HostError> {
        vats::number_of(self, id)
    }
}
