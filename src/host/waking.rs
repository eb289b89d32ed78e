//! Who runs a vat that has something to do, and who writes what was committed: threads that are
//! awake before threads that would have to be woken.
//!
//! Waking a thread costs more than a turn. So a turn thread that gives another vat something to do
//! wakes nobody as long as it may be about to take that vat itself: it tells the others when it
//! begins another turn, or when it goes on and leaves something. Likewise the store's own thread
//! hears of a commit only if the turn thread that made it has something else to do; if not, it
//! writes the commit itself.

use std::cell::Cell;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use hogshead_objects::ids::VatNumber;
use hogshead_store::Keep;
use hogshead_vat::scheduler::FairQueue;

use crate::limits::INPUTS_PER_ROUND;

/// The vats that have something to do, and those who wait for them.
pub(crate) struct Waking {
    queue: Mutex<Queue>,
    wake: Condvar,
    /// Turn threads; with none, turns are a task.
    threads: usize,
    /// The same as `wake` for such a host.
    here: tokio::sync::Notify,
}

struct Queue {
    vats: FairQueue<VatNumber>,
    /// Threads that sleep and were not woken. A thread that wakes for no reason counts too many,
    /// which costs a call that wakes nobody.
    asleep: usize,
}

thread_local! {
    /// What a turn thread has left unsaid; nothing on any other thread.
    static UNSAID: Cell<Option<Unsaid>> = const { Cell::new(None) };
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unsaid {
    Nothing,
    Something,
}

/// Notes that something is left unsaid, if this is a turn thread.
fn leave_unsaid() -> bool {
    let is_turn_thread = UNSAID.get().is_some();
    if is_turn_thread {
        UNSAID.set(Some(Unsaid::Something));
    }
    is_turn_thread
}

impl Waking {
    pub fn new(threads: usize) -> Self {
        let queue = Queue { vats: FairQueue::new(INPUTS_PER_ROUND), asleep: 0 };
        let here = tokio::sync::Notify::new();
        Self { queue: Mutex::new(queue), wake: Condvar::new(), threads, here }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a vat run when its turn comes.
    pub fn wake(&self, vat: VatNumber) {
        let mut queue = self.queue();
        queue.vats.wake(vat);
        self.tell(queue);
    }

    /// Gives a vat back after its round.
    pub fn done(&self, vat: VatNumber, more: bool) {
        let mut queue = self.queue();
        queue.vats.done(vat, more);
        self.tell(queue);
    }

    fn tell(&self, queue: MutexGuard<'_, Queue>) {
        if self.threads == 0 {
            drop(queue);
            self.here.notify_one();
        } else if !leave_unsaid() {
            self.wake_one(queue);
        }
    }

    /// Wakes a thread, if there is something for it to do.
    fn wake_one(&self, mut queue: MutexGuard<'_, Queue>) {
        if queue.asleep > 0 && !queue.vats.is_empty() {
            queue.asleep -= 1;
            drop(queue);
            self.wake.notify_one();
        }
    }

    /// Has a commit written: at once, or on a turn thread when that thread goes on.
    pub fn committed(&self, keep: &Keep) {
        if !leave_unsaid() {
            keep.nudge();
        }
    }

    /// Says what was left unsaid: this thread begins something that may take its time.
    pub fn say_all(&self, keep: &Keep) {
        if UNSAID.get() == Some(Unsaid::Something) {
            UNSAID.set(Some(Unsaid::Nothing));
            self.wake_one(self.queue());
            keep.nudge();
        }
    }

    /// This thread runs turns from now on.
    pub fn begin(&self) {
        UNSAID.set(Some(Unsaid::Nothing));
    }

    /// The next vat to run; waits for one. `None` once the host stops.
    pub fn next(&self, keep: &Keep, stopping: impl Fn() -> bool) -> Option<VatNumber> {
        let mut queue = self.queue();
        loop {
            if stopping() {
                drop(queue);
                keep.nudge();
                return None;
            }
            if let Some(slice) = queue.vats.next_slice() {
                // This thread goes on, and what is left is for others.
                self.wake_one(queue);
                if UNSAID.replace(Some(Unsaid::Nothing)) == Some(Unsaid::Something) {
                    keep.nudge();
                }
                return Some(slice.vat);
            }
            if UNSAID.get() == Some(Unsaid::Something) {
                drop(queue);
                // Another thread is there for what comes meanwhile.
                if self.threads == 1 || !keep.help() {
                    UNSAID.set(Some(Unsaid::Nothing));
                    keep.nudge();
                }
                queue = self.queue();
                continue;
            }
            queue.asleep = self.threads.min(queue.asleep + 1);
            queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// As [`next`](Self::next), for a host whose turns are a task.
    pub async fn next_here(&self, stopping: impl Fn() -> bool) -> Option<VatNumber> {
        loop {
            if stopping() {
                return None;
            }
            let next = self.queue().vats.next_slice();
            if let Some(slice) = next {
                return Some(slice.vat);
            }
            self.here.notified().await;
        }
    }

    /// Has all see that the host stops.
    pub fn stop(&self) {
        let mut queue = self.queue();
        queue.asleep = 0;
        self.wake.notify_all();
        drop(queue);
        self.here.notify_one();
    }
}
