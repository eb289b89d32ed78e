//! One session a peer pair (CapTP, section "`op:start-session`"): which vat knows whom, from the
//! first hello or dial on.
//!
//! ```text
//!   want ──▶ Dialling ──greets──▶ Dialling, hello sent ──established──┐
//!               │ crossed hellos: the higher public id goes on        ▼
//!   meet ──▶   Met  ─────────────── admitted ───────────────────▶   Open ──ended──▶ (nothing)
//! ```
//!
//! A peer that was met may still be a stranger to its vat: nothing is written for it. When the
//! vat wants to speak with a peer that has been met, that session is adopted. The table is in
//! memory, bounded by the limits on strangers, dials and plain sessions.
//!
//! A durable session has no hello that could cross: the table knows the channel that carries it
//! (`Carried`), and which of two is kept.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hogshead_captp::crypto::PublicId;
use hogshead_captp::session::outbound_survives;
use hogshead_objects::ids::{SessionId, VatId, VatNumber};
use hogshead_objects::locator::{Locator, LocatorError, Peer};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::limits::{CARRIERS_CROSS_TIME, CROSSING_TIME, DIALS_MAX, VAT_DIALS_MAX};

/// A peer, whatever the way to it; vats of our own network by their key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum PeerKey {
    Vat(VatId),
    Other(Peer),
}

impl PeerKey {
    pub fn of(locator: &Locator) -> Result<Self, LocatorError> {
        if locator.is_hog() {
            locator.vat().map(Self::Vat)
        } else {
            Ok(Self::Other(locator.peer()))
        }
    }

    pub fn vat(&self) -> Option<VatId> {
        match self {
            Self::Vat(vat) => Some(*vat),
            Self::Other(_) => None,
        }
    }
}

impl std::fmt::Display for PeerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Vat(vat) => write!(f, "{vat}"),
            Self::Other(peer) => write!(f, "{peer}"),
        }
    }
}

/// Who is who to whom.
#[derive(Default)]
pub(crate) struct Peers {
    table: Mutex<BTreeMap<(VatNumber, PeerKey), Entry>>,
    changed: Notify,
    attempts: AtomicU64,
}

struct Entry {
    state: State,
    since: Instant,
    /// Our side of the session, if we dialled it and have said hello.
    ours: Option<PublicId>,
    /// Tells the task that has the session or the dial in its hands.
    signal: Arc<Signal>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Dialling {
        attempt: u64,
    },
    Met {
        session: SessionId,
        wanted: bool,
    },
    Open {
        session: SessionId,
    },
    /// A channel of a durable session, by its number; whether we dialled it.
    Carried {
        carrier: u64,
        dialled: bool,
    },
}

/// What the table tells a task.
#[derive(Default)]
pub(crate) struct Signal {
    /// Another session takes this one's place.
    pub give_up: Notify,
    /// The vat wants to speak: hand the session over.
    pub adopt: Notify,
}

/// What a vat does that wants to speak with a peer.
pub(crate) enum Want {
    /// A session or a dial is under way; the vat will hear of it.
    Wait,
    /// Dial.
    Dial(Attempt),
    /// Too many dials are under way.
    Busy,
}

/// The right to dial a peer.
pub(crate) struct Attempt {
    pub number: u64,
    pub signal: Arc<Signal>,
}

/// How a peer's hello is received.
pub(crate) enum Verdict {
    /// It goes on.
    Go(Arc<Signal>),
    /// It goes on, and this earlier session of the same peer is over.
    Instead(SessionId, Arc<Signal>),
    /// Crossed hellos: the one that we sent goes on.
    Crossed,
    /// There is a session with this peer, which may be about to end.
    Taken,
}

/// Who says hello to a vat.
pub(crate) struct Caller {
    pub vat: VatNumber,
    pub peer: PeerKey,
    /// Our number for the session.
    pub session: SessionId,
    /// The peer's side of it.
    pub theirs: PublicId,
    /// Whether the connection has proven who it is.
    pub proven: bool,
    /// Whether it is known that its hello has not crossed one of ours.
    pub insists: bool,
}

impl Peers {
    fn table(&self) -> MutexGuard<'_, BTreeMap<(VatNumber, PeerKey), Entry>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A vat wants to speak with a peer of which it has no session.
    pub fn want(&self, vat: VatNumber, peer: &PeerKey) -> Want {
        let mut table = self.table();
        if let Some(entry) = table.get_mut(&(vat, peer.clone())) {
            if let State::Met { wanted, .. } = &mut entry.state {
                *wanted = true;
                entry.signal.adopt.notify_one();
            }
            return Want::Wait;
        }
        let dialled = table.iter().filter(|(_, e)| matches!(e.state, State::Dialling { .. }));
        let (all, own) = dialled
            .fold((0, 0), |(all, own), ((of, _), _)| (all + 1, own + usize::from(*of == vat)));
        if all >= DIALS_MAX || own >= VAT_DIALS_MAX {
            return Want::Busy;
        }
        let number = self.attempts.fetch_add(1, Ordering::Relaxed);
        let entry = Entry::new(State::Dialling { attempt: number });
        let signal = Arc::clone(&entry.signal);
        table.insert((vat, peer.clone()), entry);
        Want::Dial(Attempt { number, signal })
    }

    /// Whether a vat dials a peer at the moment.
    pub fn is_dialling(&self, vat: VatNumber, peer: &PeerKey) -> bool {
        let table = self.table();
        let entry = table.get(&(vat, peer.clone()));
        entry.is_some_and(|entry| matches!(entry.state, State::Dialling { .. }))
    }

    /// Our hello is about to be sent to a peer that we dialled; `false` if another session has
    /// taken the place of this one.
    pub fn greets(&self, vat: VatNumber, peer: &PeerKey, attempt: u64, ours: PublicId) -> bool {
        let mut table = self.table();
        let Some(entry) = dialling(&mut table, vat, peer, attempt) else { return false };
        entry.ours = Some(ours);
        entry.since = Instant::now();
        true
    }

    /// The peer has answered our hello; `false` likewise.
    pub fn established(
        &self,
        vat: VatNumber,
        peer: &PeerKey,
        attempt: u64,
        session: SessionId,
    ) -> bool {
        let mut table = self.table();
        let Some(entry) = dialling(&mut table, vat, peer, attempt) else { return false };
        entry.state = State::Open { session };
        true
    }

    /// The session that we dialled is over before the peer has answered our hello: whatever hello
    /// of its own comes now goes on, wherever the two compare.
    pub fn rebuffed(&self, vat: VatNumber, peer: &PeerKey, attempt: u64) {
        if let Some(entry) = dialling(&mut self.table(), vat, peer, attempt) {
            entry.ours = None;
        }
    }

    /// A dial has failed; `false` if another session has taken its place.
    pub fn failed(&self, vat: VatNumber, peer: &PeerKey, attempt: u64) -> bool {
        let mut table = self.table();
        if dialling(&mut table, vat, peer, attempt).is_none() {
            return false;
        }
        table.remove(&(vat, peer.clone()));
        drop(table);
        self.changed.notify_waiters();
        true
    }

    /// A peer that dialled us has said a good hello.
    pub fn meet(&self, caller: &Caller) -> Verdict {
        let Caller { vat, peer, session, theirs, proven, insists } = caller;
        let mut table = self.table();
        let known = table.get(&(*vat, peer.clone()));
        let recent = known.is_some_and(|entry| entry.since.elapsed() < CROSSING_TIME);
        let late = recent && !insists;
        let ours = known.and_then(|entry| entry.ours);
        let crossed = ours.is_some_and(|ours| outbound_survives(ours, *theirs));
        let (wanted, replaced) = match known.map(|entry| entry.state) {
            None => (false, None),
            Some(State::Dialling { .. }) if crossed => return Verdict::Crossed,
            // The wishes behind the dial are for this session now.
            Some(State::Dialling { .. }) => (true, None),
            // Whoever has proven itself and comes again has lost the earlier session, which we
            // could not know yet; unless our hello to it and its own have just crossed.
            Some(State::Open { .. }) if *proven && late && crossed => return Verdict::Crossed,
            Some(State::Open { session }) if *proven => (false, Some(session)),
            Some(State::Met { wanted, .. }) if *proven => (wanted, None),
            // Anybody can claim to be an unproven peer, so the first one keeps its place.
            // What carries a durable session cannot be replaced by a plain one.
            Some(State::Open { .. } | State::Met { .. } | State::Carried { .. }) => {
                return Verdict::Taken;
            }
        };
        let entry = Entry::new(State::Met { session: *session, wanted });
        let signal = Arc::clone(&entry.signal);
        if wanted {
            signal.adopt.notify_one();
        }
        if let Some(earlier) = table.insert((*vat, peer.clone()), entry) {
            earlier.signal.give_up.notify_one();
        }
        match replaced {
            Some(earlier) => Verdict::Instead(earlier, signal),
            None => Verdict::Go(signal),
        }
    }

    /// Whether a hello looks as if it had crossed the one by which the open session with the same
    /// peer began. If it has, the peer ends it by itself; otherwise it has lost that session.
    pub fn may_have_crossed(&self, caller: &Caller) -> bool {
        let table = self.table();
        let Some(entry) = table.get(&(caller.vat, caller.peer.clone())) else { return false };
        caller.proven
            && matches!(entry.state, State::Open { .. })
            && entry.since.elapsed() < CROSSING_TIME
            && entry.ours.is_some_and(|ours| outbound_survives(ours, caller.theirs))
    }

    /// A stranger is taken in by its vat; `false` if another session has taken its place.
    pub fn admitted(&self, vat: VatNumber, peer: &PeerKey, session: SessionId) -> bool {
        let mut table = self.table();
        match table.get_mut(&(vat, peer.clone())) {
            Some(entry) if entry.is_met(session) => {
                entry.state = State::Open { session };
                true
            }
            _ => false,
        }
    }

    /// A channel for the durable session of two vats, us first, is there; `false` if another one is
    /// kept instead. Of two that crossed, both sides keep the one that the vat with the higher key
    /// has dialled; otherwise the newer, since its dialler has lost the older.
    pub fn carried(
        &self,
        vat: VatNumber,
        (us, peer): (VatId, VatId),
        carrier: u64,
        dialled: bool,
    ) -> bool {
        let mut table = self.table();
        let key = (vat, PeerKey::Vat(peer));
        let we_are_higher = us.as_bytes() > peer.as_bytes();
        if let Some(entry) = table.get(&key)
            && let State::Carried { dialled: before, .. } = entry.state
            && before != dialled
            && before == we_are_higher
            && entry.since.elapsed() < CARRIERS_CROSS_TIME
        {
            return false;
        }
        let entry = Entry::new(State::Carried { carrier, dialled });
        if let Some(earlier) = table.insert(key, entry) {
            earlier.signal.give_up.notify_one();
        }
        true
    }

    /// Whether a channel has the place of its peer.
    pub fn is_carried(&self, vat: VatNumber, peer: &VatId, carrier: u64) -> bool {
        let table = self.table();
        let entry = table.get(&(vat, PeerKey::Vat(*peer)));
        entry.is_some_and(|entry| entry.is_carried(carrier))
    }

    /// Whether there is a channel with a peer.
    pub fn has_carrier(&self, vat: VatNumber, peer: &VatId) -> bool {
        let table = self.table();
        let entry = table.get(&(vat, PeerKey::Vat(*peer)));
        entry.is_some_and(|entry| matches!(entry.state, State::Carried { .. }))
    }

    /// A channel is gone.
    pub fn uncarried(&self, vat: VatNumber, peer: &VatId, carrier: u64) {
        let mut table = self.table();
        let key = (vat, PeerKey::Vat(*peer));
        if table.get(&key).is_some_and(|entry| entry.is_carried(carrier)) {
            table.remove(&key);
            drop(table);
            self.changed.notify_waiters();
        }
    }

    /// Whether a session has the place of its peer.
    pub fn is_open(&self, vat: VatNumber, peer: &PeerKey, session: SessionId) -> bool {
        let table = self.table();
        let open = State::Open { session };
        table.get(&(vat, peer.clone())).is_some_and(|entry| entry.state == open)
    }

    /// A session has ended. `true` if its vat had wanted it and never got it.
    pub fn ended(&self, vat: VatNumber, peer: &PeerKey, session: SessionId) -> bool {
        let mut table = self.table();
        let key = (vat, peer.clone());
        let wanted = match table.get(&key).map(|entry| entry.state) {
            Some(State::Open { session: open }) if open == session => false,
            Some(State::Met { session: met, wanted }) if met == session => wanted,
            _ => return false,
        };
        table.remove(&key);
        drop(table);
        self.changed.notify_waiters();
        wanted
    }

    /// A vat was removed.
    pub fn forget_vat(&self, gone: VatNumber) {
        self.table().retain(|(vat, _), entry| {
            if *vat == gone {
                entry.signal.give_up.notify_one();
            }
            *vat != gone
        });
    }

    /// Waits until some session has ended, at most for `time`.
    pub async fn change(&self, time: Duration) {
        // Whether it was the right one shows when it is asked again.
        let _ = tokio::time::timeout(time, self.changed.notified()).await;
    }
}

impl Entry {
    fn new(state: State) -> Self {
        Self { state, since: Instant::now(), ours: None, signal: Arc::default() }
    }

    fn is_carried(&self, carrier: u64) -> bool {
        matches!(self.state, State::Carried { carrier: carried, .. } if carried == carrier)
    }

    fn is_met(&self, session: SessionId) -> bool {
        matches!(self.state, State::Met { session: met, .. } if met == session)
    }
}

fn dialling<'a>(
    table: &'a mut BTreeMap<(VatNumber, PeerKey), Entry>,
    vat: VatNumber,
    peer: &PeerKey,
    attempt: u64,
) -> Option<&'a mut Entry> {
    table.get_mut(&(vat, peer.clone())).filter(|entry| entry.state == State::Dialling { attempt })
}

#[cfg(test)]
mod tests;
