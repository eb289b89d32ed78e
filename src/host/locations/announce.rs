//! Telling peers that this host's vats have moved, though nobody has anything to send.
//!
//! ```text
//!   start, a way is added ──▶ other addresses than the last ones? ──no──▶ (nothing)
//!                                   │ yes: the next generation of addresses
//!                                   ▼
//!   index of durable sessions ──▶ told of this generation? ──no──▶ dial, for the sake of its hello
//!        ▲                                                           │
//!        └── the generation that the peer was told ◀─────────────────┘
//! ```
//!
//! Only sessions that outlive their connections are told: they are in an index of the host's own,
//! so vats without any cost nothing, however many they are. Each pass through the index dials so
//! many at a time, and everybody once. Who was away is dialled by another pass, after a pause that
//! grows, for about a day. A host that is stopped goes on where it was.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use hogshead_objects::ids::{VatId, VatNumber};
use hogshead_objects::records::Row;
use hogshead_store::Batch;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use tokio::sync::Notify;

use super::merge::fitting;
use crate::host::core::Core;
use crate::host::peers::{PeerKey, Want};
use crate::host::turn::{Effects, Work};
use crate::host::vats::{decode, encode};
use crate::host::{HostError, VAT_ZERO, layout};
use crate::limits::{ANNOUNCE_PASSES_MAX, ANNOUNCED_AT_ONCE_MAX};

/// What the task that tells peers shares with those who speak to them.
#[derive(Default)]
pub(crate) struct Announcing {
    changed: Notify,
    /// Counts the addresses that this host has had.
    generation: AtomicU64,
}

impl Announcing {
    /// The ways to this host may have changed.
    pub fn look(&self) {
        self.changed.notify_one();
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }
}

impl Work<'_, '_, '_> {
    /// Notes that the vat has a durable session with a peer, who is told when this host has other
    /// addresses; or that it has none any more. Part of the turn that opens or ends it.
    pub fn announce_to(&mut self, peer: &VatId, open: bool) -> Result<(), HostError> {
        let key = layout::durable_peer(self.slot.number, peer);
        let row = if open { Some(told_row(self.core.address_generation()?)) } else { None };
        self.effects.rows.push((key, row));
        Ok(())
    }

    /// Notes that hellos were exchanged with a peer: it knows the addresses that there are now.
    pub fn announced_to(&mut self, peer: &VatId) -> Result<(), HostError> {
        let key = layout::durable_peer(self.slot.number, peer);
        if !self.core.is_announced(&key)? {
            self.announce_to(peer, true)?;
        }
        Ok(())
    }
}

/// The host's row of what it announces.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct Announced {
    /// The addresses.
    ways: BTreeMap<String, String>,
    /// Which ones these are, counted from one.
    generation: u64,
    /// Passes that came to their end and left somebody out.
    passes: u32,
    /// How far the present pass has come, if there is one: a key of the index, empty at first.
    reached: Option<ByteBuf>,
}

/// One pass through the index.
struct Pass {
    mark: Announced,
    /// The last session that was taken from the index.
    reached: Bytes,
    exhausted: bool,
    /// Sessions whose peers are being dialled, each with the one before it in the index.
    under_way: BTreeMap<Bytes, Dial>,
    /// Sessions whose peers were dialled and not told.
    missed: usize,
    /// Dials that have ended since the mark was last written.
    unsaved: usize,
}

struct Dial {
    before: Bytes,
    /// How often it was looked at without a dial to be seen: what follows one takes a moment.
    quiet: u32,
}

/// What a pass asks of its host.
trait Crier {
    /// The keys of sessions behind one, in order, and whether their peers have been told.
    fn sessions_after(&self, key: &Bytes, limit: usize) -> Result<Vec<(Bytes, bool)>, HostError>;

    /// Whether the peer of a session has been told.
    fn is_told(&self, key: &Bytes) -> Result<bool, HostError>;

    /// Dials the peer of a session.
    fn dial(&self, key: &Bytes) -> Result<(), HostError>;

    /// Whether that is still under way.
    fn is_dialling(&self, key: &Bytes) -> bool;
}

impl Pass {
    fn new(mark: Announced) -> Self {
        let reached = mark.reached.clone().unwrap_or_default().into_vec().into();
        let under_way = BTreeMap::new();
        Self { mark, reached, exhausted: false, under_way, missed: 0, unsaved: 0 }
    }

    /// Lets go of what has been dialled and dials on; `true` at the end.
    fn step(&mut self, crier: &impl Crier) -> Result<bool, HostError> {
        let mut ended = Vec::new();
        for (key, dial) in &mut self.under_way {
            dial.quiet = if crier.is_dialling(key) { 0 } else { dial.quiet + 1 };
            let told = crier.is_told(key)?;
            if told || dial.quiet >= QUIET_LOOKS {
                self.missed += usize::from(!told);
                ended.push(key.clone());
            }
        }
        self.unsaved += ended.len();
        ended.iter().for_each(|key| drop(self.under_way.remove(key)));
        let mut looked_at = 0;
        while !self.exhausted && looked_at < LOOKED_AT_A_STEP && self.room() > 0 {
            let page = crier.sessions_after(&self.reached, PAGE)?;
            self.exhausted = page.len() < PAGE;
            looked_at += page.len();
            for (key, told) in page {
                if self.room() == 0 {
                    self.exhausted = false;
                    break;
                }
                let before = std::mem::replace(&mut self.reached, key.clone());
                if !told {
                    crier.dial(&key)?;
                    self.under_way.insert(key, Dial { before, quiet: 0 });
                }
            }
        }
        Ok(self.exhausted && self.under_way.is_empty())
    }

    fn room(&self) -> usize {
        ANNOUNCED_AT_ONCE_MAX.saturating_sub(self.under_way.len())
    }

    /// The mark as it is to be kept: where a later process goes on, or whether there is to be
    /// another pass.
    fn mark(&self, ended: bool) -> Announced {
        let mut mark = self.mark.clone();
        if !ended {
            let first = self.under_way.values().next().map(|dial| &dial.before);
            mark.reached = Some(first.unwrap_or(&self.reached).to_vec().into());
            return mark;
        }
        mark.passes += 1;
        let again = self.missed > 0 && mark.passes < ANNOUNCE_PASSES_MAX;
        mark.reached = again.then(ByteBuf::new);
        mark
    }
}

/// What is to be done next.
enum Next {
    /// A pass goes on.
    Pass(Pass),
    /// Somebody was left out: another pass, after a pause.
    Again(Duration),
    /// Nothing.
    Rest,
}

impl Core {
    /// Tells peers of new addresses whenever there are some, as long as the host runs.
    pub(crate) async fn announce_moves(self: Arc<Self>) {
        while !self.stopping() {
            let mut changed = std::pin::pin!(self.announcing.changed.notified());
            let mut next = self.do_next(Self::begin_pass).await;
            loop {
                let pause = match &next {
                    Next::Pass(_) => STEP,
                    Next::Again(pause) => *pause,
                    Next::Rest => {
                        changed.await;
                        break;
                    }
                };
                tokio::select! {
                    biased;
                    () = &mut changed => break,
                    () = tokio::time::sleep(pause) => {}
                }
                let Next::Pass(pass) = next else { break };
                next = self.do_next(move |core| core.step_pass(pass)).await;
            }
        }
    }

    /// Runs what reads and writes the store where it may wait for a disk. A full one is tried
    /// again; anything else that fails ends the host.
    async fn do_next(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<Next, HostError> + Send + 'static,
    ) -> Next {
        let core = Arc::clone(self);
        match self.blocking(move || work(&core)).await {
            Ok(Ok(next)) => next,
            Ok(Err(error)) if error.is_full_disk() => Next::Again(FULL_DISK_PAUSE),
            Ok(Err(error)) => {
                self.fail(error);
                Next::Rest
            }
            Err(panic) => {
                tracing::error!(%panic, "peers could not be told of this host's addresses");
                Next::Rest
            }
        }
    }

    /// Notes the addresses that there are at the start, so that each hello is counted as a word of
    /// these.
    pub(crate) fn look_at_ways(&self) -> Result<(), HostError> {
        self.begin_pass().map(drop)
    }

    /// What is to be told, if anything: of new addresses everybody, of the last ones whoever was
    /// left out.
    fn begin_pass(&self) -> Result<Next, HostError> {
        let zero = self.identity(VAT_ZERO)?.ok_or(HostError::NoSuchVat)?;
        let ways = fitting(self.hog_location(zero.id).hints.unwrap_or_default().into());
        let kept = self.announced()?;
        // Without a way nobody can be told.
        let changed = !ways.is_empty() && kept.ways != ways;
        let mark = if changed {
            tracing::info!(?ways, "this host has other addresses than before");
            let (generation, reached) = (kept.generation + 1, Some(ByteBuf::new()));
            let mark = Announced { ways, generation, passes: 0, reached };
            self.put_announced(&mark)?;
            mark
        } else {
            kept
        };
        self.announcing.generation.store(mark.generation, Ordering::Release);
        Ok(if mark.reached.is_some() { Next::Pass(Pass::new(mark)) } else { Next::Rest })
    }

    /// Goes on with a pass.
    fn step_pass(&self, mut pass: Pass) -> Result<Next, HostError> {
        let ended = pass.step(self)?;
        let mark = pass.mark(ended);
        if ended || pass.unsaved >= SAVED_EVERY {
            self.put_announced(&mark)?;
            pass.unsaved = 0;
        }
        if !ended {
            return Ok(Next::Pass(pass));
        }
        let (generation, missed) = (mark.generation, pass.missed);
        tracing::debug!(generation, missed, "peers were told of this host's addresses");
        let pause = PASS_PAUSE.saturating_mul(1 << mark.passes.min(20)).min(PASS_PAUSE_MAX);
        Ok(if mark.reached.is_some() { Next::Again(pause) } else { Next::Rest })
    }

    fn announced(&self) -> Result<Announced, HostError> {
        let key = layout::announced();
        match self.keep.get(&key)? {
            Some(kept) => decode(&self.sealer.open(&key, kept)?, "what was announced"),
            None => Ok(Announced::default()),
        }
    }

    fn put_announced(&self, mark: &Announced) -> Result<(), HostError> {
        let rows = vec![(layout::announced(), Some(encode(mark, false)?))];
        self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
        Ok(())
    }

    /// Whether the peer of a session of the index has been told of the addresses that there are.
    pub(crate) fn is_told(&self, key: &Bytes) -> Result<bool, HostError> {
        let kept = self.keep.get(key)?;
        kept.map_or(Ok(false), |kept| self.is_current(key, kept))
    }

    /// Whether a row of the index is of the addresses that there are now.
    fn is_current(&self, key: &[u8], kept: Bytes) -> Result<bool, HostError> {
        let told = self.sealer.open(key, kept)?;
        Ok(told.as_ref() == self.announcing.generation().to_be_bytes())
    }

    /// Forgets the index of a vat that is removed.
    pub(crate) fn forget_index(&self, vat: VatNumber) -> Result<(), HostError> {
        let (from, to) = layout::durable_peers_of(vat);
        loop {
            let page = self.keep.range(&from, &to, FORGOTTEN_AT_ONCE)?;
            let last = page.len() < FORGOTTEN_AT_ONCE;
            let rows: Vec<_> = page.into_iter().map(|(key, _)| (key, None)).collect();
            if !rows.is_empty() {
                self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
            }
            if last {
                return Ok(());
            }
        }
    }
}

impl Crier for Core {
    fn sessions_after(&self, key: &Bytes, limit: usize) -> Result<Vec<(Bytes, bool)>, HostError> {
        let (mut from, to) = layout::durable_peers();
        if !key.is_empty() {
            from = [key.as_ref(), &[0]].concat().into();
        }
        let rows = self.keep.range(&from, &to, limit)?.into_iter();
        rows.map(|(key, kept)| self.is_current(&key, kept).map(|told| (key, told))).collect()
    }

    fn is_told(&self, key: &Bytes) -> Result<bool, HostError> {
        Self::is_told(self, key)
    }

    fn dial(&self, key: &Bytes) -> Result<(), HostError> {
        let Some((vat, peer)) = layout::durable_peer_in(key) else { return Ok(()) };
        let Some(identity) = self.identity(vat)? else { return Ok(()) };
        let Some(to) = self.last_location(vat, peer)? else { return Ok(()) };
        let key = PeerKey::Vat(peer);
        if let Want::Dial(attempt) = self.peers.want(vat, &key) {
            self.spawn_hail((vat, identity.id), key, to, attempt);
        }
        Ok(())
    }

    fn is_dialling(&self, key: &Bytes) -> bool {
        let pair = layout::durable_peer_in(key);
        pair.is_some_and(|(vat, peer)| self.peers.is_dialling(vat, &PeerKey::Vat(peer)))
    }
}

/// The row of the index for a peer that was told of the addresses of a generation.
fn told_row(generation: u64) -> Row {
    Row { bytes: Bytes::copy_from_slice(&generation.to_be_bytes()), secret: false }
}

/// The pause between two looks at how the dials go.
const STEP: Duration = Duration::from_millis(100);

/// After so many looks without a dial a session is done with.
const QUIET_LOOKS: u32 = 5;

/// Rows of the index read at once, and in one step.
const PAGE: usize = 256;
const LOOKED_AT_A_STEP: usize = 4096;

/// Dials that have ended before the mark is written again.
const SAVED_EVERY: usize = 256;

/// The pause after the first pass that left somebody out; it doubles up to the other.
const PASS_PAUSE: Duration = Duration::from_secs(1);
const PASS_PAUSE_MAX: Duration = Duration::from_secs(3600);

/// Rows of the index that one batch deletes.
const FORGOTTEN_AT_ONCE: usize = 10_000;

/// How long a full disk is left alone.
const FULL_DISK_PAUSE: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeSet;

    use super::*;

    /// A host whose dials end when the test says so.
    #[derive(Default)]
    struct Town {
        sessions: BTreeSet<Bytes>,
        told: RefCell<BTreeSet<Bytes>>,
        dialling: RefCell<BTreeSet<Bytes>>,
        dialled: RefCell<Vec<Bytes>>,
        most: Cell<usize>,
        /// Those whose dials fail.
        away: BTreeSet<Bytes>,
    }

    impl Crier for Town {
        fn sessions_after(
            &self,
            key: &Bytes,
            limit: usize,
        ) -> Result<Vec<(Bytes, bool)>, HostError> {
            let after = self.sessions.iter().filter(|session| *session > key).take(limit);
            after.map(|key| Ok((key.clone(), self.is_told(key)?))).collect()
        }

        fn is_told(&self, key: &Bytes) -> Result<bool, HostError> {
            Ok(self.told.borrow().contains(key))
        }

        fn dial(&self, key: &Bytes) -> Result<(), HostError> {
            self.dialled.borrow_mut().push(key.clone());
            self.dialling.borrow_mut().insert(key.clone());
            self.most.set(self.most.get().max(self.dialling.borrow().len()));
            Ok(())
        }

        fn is_dialling(&self, key: &Bytes) -> bool {
            self.dialling.borrow().contains(key)
        }
    }

    impl Town {
        fn new(sessions: usize) -> Self {
            Self { sessions: (0..sessions).map(key).collect(), ..Self::default() }
        }

        fn end_dials(&self) {
            let ended = std::mem::take(&mut *self.dialling.borrow_mut());
            self.told.borrow_mut().extend(ended.into_iter().filter(|key| !self.away.contains(key)));
        }

        /// Runs a pass to its end; gives the mark that it leaves.
        fn run(&self, mut pass: Pass) -> Announced {
            while !pass.step(self).unwrap() {
                self.end_dials();
            }
            pass.mark(true)
        }
    }

    fn key(n: usize) -> Bytes {
        Bytes::copy_from_slice(&n.to_be_bytes())
    }

    fn pass() -> Pass {
        Pass::new(Announced { generation: 1, reached: Some(ByteBuf::new()), ..Default::default() })
    }

    #[test]
    fn everybody_is_told_once_and_so_many_at_a_time() {
        let town = Town::new(1000);
        let mark = town.run(pass());
        assert_eq!(*town.dialled.borrow(), town.sessions.iter().cloned().collect::<Vec<_>>());
        assert_eq!(town.most.get(), ANNOUNCED_AT_ONCE_MAX);
        assert_eq!(mark.reached, None, "that was all");
    }

    #[test]
    fn a_host_without_durable_sessions_has_nobody_to_tell() {
        let mut pass = pass();
        assert!(pass.step(&Town::new(0)).unwrap());
        assert_eq!(pass.mark(true).reached, None);
    }

    #[test]
    fn who_has_been_told_already_is_passed_over() {
        let town = Town::new(1000);
        town.told.borrow_mut().extend((0..1000).filter(|n| n % 300 != 0).map(key));
        town.run(pass());
        assert_eq!(*town.dialled.borrow(), [0, 300, 600, 900].map(key));
    }

    #[test]
    fn who_is_away_keeps_nobody_waiting_and_is_dialled_by_later_passes_for_so_long() {
        let town = Town { away: (0..100).map(key).collect(), ..Town::new(500) };
        let mut mark = town.run(pass());
        assert_eq!(town.dialled.borrow().len(), 500);
        assert_eq!((mark.passes, &mark.reached), (1, &Some(ByteBuf::new())));
        town.dialled.borrow_mut().clear();
        mark = town.run(Pass::new(mark));
        assert_eq!(*town.dialled.borrow(), (0..100).map(key).collect::<Vec<_>>());
        while mark.reached.is_some() {
            mark = town.run(Pass::new(mark));
        }
        assert_eq!(mark.passes, ANNOUNCE_PASSES_MAX);
    }

    #[test]
    fn a_pass_goes_on_wherever_it_was_stopped_and_leaves_nobody_out() {
        for steps in 0..30 {
            let town = Town::new(600);
            let mut first = pass();
            for _ in 0..steps {
                if first.step(&town).unwrap() {
                    break;
                }
                town.end_dials();
            }
            // What was under way is lost with the process.
            town.dialling.borrow_mut().clear();
            let mark = first.mark(false);
            town.run(Pass::new(mark));
            assert_eq!(*town.told.borrow(), town.sessions, "stopped after {steps} steps");
            let twice = town.dialled.borrow().len() - town.sessions.len();
            assert!(twice <= ANNOUNCED_AT_ONCE_MAX, "{twice} after {steps} steps");
        }
    }
}
