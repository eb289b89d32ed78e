//! Telling peers that this host's vats have moved, though nobody has anything to send.
//!
//! ```text
//!   start, a way is added ──▶ other addresses than the last ones? ──no──▶ (nothing)
//!                                   │ yes: a mark, with how far it went
//!                                   ▼
//!   index of durable sessions ──▶ so many at a time: dial, for the sake of its hello
//! ```
//!
//! Only sessions that outlive their connections are told: they are in an index of the host's own,
//! so vats without any cost nothing, however many they are. A host that is stopped goes on where
//! it was. Who is not reached hears of it when it calls, or is called.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hogshead_objects::ids::{VatId, VatNumber};
use hogshead_objects::locator::Locator;
use hogshead_store::Batch;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use tokio::sync::Notify;

use super::merge::fitting;
use crate::host::core::Core;
use crate::host::peers::{PeerKey, Want};
use crate::host::turn::{Effects, Work};
use crate::host::vats::{decode, encode, mark};
use crate::host::{HostError, VAT_ZERO, layout};
use crate::limits::ANNOUNCED_AT_ONCE_MAX;

/// Wakes the task that tells peers.
#[derive(Default)]
pub(crate) struct Announcing {
    changed: Notify,
}

impl Announcing {
    /// The ways to this host may have changed.
    pub fn look(&self) {
        self.changed.notify_one();
    }
}

impl Work<'_, '_, '_> {
    /// Notes that the vat has a durable session with a peer, who is told when this host has other
    /// addresses; or that it has none any more. Part of the turn that opens or ends it.
    pub fn announce_to(&mut self, peer: &VatId, open: bool) {
        let key = layout::durable_peer(self.slot.number, peer);
        self.effects.rows.push((key, open.then(mark)));
    }
}

/// The host's row of what it has announced.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct Announced {
    /// The addresses.
    ways: BTreeMap<String, String>,
    /// How far the index was gone through, if its end was not reached: a key, empty at first.
    told: Option<ByteBuf>,
}

/// One going through the index.
struct Round {
    ways: BTreeMap<String, String>,
    /// The last session that was taken from the index.
    reached: Bytes,
    exhausted: bool,
    /// Sessions whose peers are being dialled, each with the one before it in the index.
    under_way: BTreeMap<Bytes, Dial>,
    /// Sessions that are done with since the mark was last written.
    unsaved: usize,
}

struct Dial {
    before: Bytes,
    /// How often it was looked at without a dial to be seen: one begins a moment after it was
    /// asked for.
    quiet: u32,
}

/// What a round asks of its host.
trait Crier {
    /// The keys of sessions behind one, in order.
    fn sessions_after(&self, key: &Bytes, limit: usize) -> Result<Vec<Bytes>, HostError>;

    /// Dials the peer of a session, or finds that it is connected.
    fn dial(&self, key: &Bytes) -> Result<(), HostError>;

    /// Whether that is still under way.
    fn is_dialling(&self, key: &Bytes) -> bool;
}

impl Round {
    fn new(ways: BTreeMap<String, String>, told: Vec<u8>) -> Self {
        let (reached, under_way) = (told.into(), BTreeMap::new());
        Self { ways, reached, exhausted: false, under_way, unsaved: 0 }
    }

    /// Lets go of what is done and dials on; `true` at the end.
    fn step(&mut self, crier: &impl Crier) -> Result<bool, HostError> {
        let before = self.under_way.len();
        self.under_way.retain(|key, dial| {
            dial.quiet = if crier.is_dialling(key) { 0 } else { dial.quiet + 1 };
            dial.quiet < QUIET_LOOKS
        });
        self.unsaved += before - self.under_way.len();
        let room = ANNOUNCED_AT_ONCE_MAX.saturating_sub(self.under_way.len());
        if !self.exhausted && room > 0 {
            let page = crier.sessions_after(&self.reached, room)?;
            self.exhausted = page.len() < room;
            for key in page {
                crier.dial(&key)?;
                let before = std::mem::replace(&mut self.reached, key.clone());
                self.under_way.insert(key, Dial { before, quiet: 0 });
            }
        }
        Ok(self.exhausted && self.under_way.is_empty())
    }

    /// Where a later process may go on: everything up to here is done with.
    fn told(&self) -> Vec<u8> {
        let first = self.under_way.values().next();
        first.map_or_else(|| self.reached.to_vec(), |dial| dial.before.to_vec())
    }
}

impl Core {
    /// Tells peers of new addresses whenever there are some, as long as the host runs.
    pub(crate) async fn announce_moves(self: Arc<Self>) {
        while !self.stopping() {
            let mut changed = std::pin::pin!(self.announcing.changed.notified());
            let mut round = match self.go_on(Self::begin_round).await {
                Some(round) => round,
                None => {
                    changed.await;
                    continue;
                }
            };
            loop {
                tokio::select! {
                    biased;
                    () = &mut changed => break,
                    () = tokio::time::sleep(STEP) => {}
                }
                let stepped = self.go_on(move |core| {
                    let ended = core.step_round(&mut round)?;
                    Ok((!ended).then_some(round))
                });
                match stepped.await {
                    Some(going_on) => round = going_on,
                    None => break,
                }
            }
        }
    }

    /// Runs what reads and writes the store where it may wait for a disk. A full one is tried
    /// again; anything else that fails ends the host.
    async fn go_on(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<Option<Round>, HostError> + Send + 'static,
    ) -> Option<Round> {
        let core = Arc::clone(self);
        match self.blocking(move || work(&core)).await {
            Ok(Ok(round)) => round,
            Ok(Err(error)) if error.is_full_disk() => {
                tokio::time::sleep(FULL_DISK_PAUSE).await;
                self.announcing.look();
                None
            }
            Ok(Err(error)) => {
                self.fail(error);
                None
            }
            Err(panic) => {
                tracing::error!(%panic, "peers could not be told of this host's addresses");
                None
            }
        }
    }

    /// What is to be told, if anything: of new addresses everybody, of those that an earlier
    /// process was telling of the rest.
    fn begin_round(&self) -> Result<Option<Round>, HostError> {
        let zero = self.identity(VAT_ZERO)?.ok_or(HostError::NoSuchVat)?;
        let ways = fitting(self.hog_location(zero.id).hints.unwrap_or_default());
        // Without a way nobody can be told.
        if ways.is_empty() {
            return Ok(None);
        }
        let kept = self.announced()?;
        if kept.ways == ways {
            return Ok(kept.told.map(|told| Round::new(ways, told.into_vec())));
        }
        tracing::info!(?ways, "this host has other addresses than before");
        let round = Round::new(ways, Vec::new());
        self.save_round(&round, false)?;
        Ok(Some(round))
    }

    fn step_round(&self, round: &mut Round) -> Result<bool, HostError> {
        let ended = round.step(self)?;
        if ended || round.unsaved >= SAVED_EVERY {
            self.save_round(round, ended)?;
            round.unsaved = 0;
        }
        Ok(ended)
    }

    fn announced(&self) -> Result<Announced, HostError> {
        let key = layout::announced();
        match self.keep.get(&key)? {
            Some(kept) => decode(&self.sealer.open(&key, kept)?, "what was announced"),
            None => Ok(Announced::default()),
        }
    }

    fn save_round(&self, round: &Round, ended: bool) -> Result<(), HostError> {
        let told = (!ended).then(|| ByteBuf::from(round.told()));
        let row = encode(&Announced { ways: round.ways.clone(), told }, false)?;
        let rows = vec![(layout::announced(), Some(row))];
        self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
        Ok(())
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
    fn sessions_after(&self, key: &Bytes, limit: usize) -> Result<Vec<Bytes>, HostError> {
        let (mut from, to) = layout::durable_peers();
        if !key.is_empty() {
            from = [key.as_ref(), &[0]].concat().into();
        }
        Ok(self.keep.range(&from, &to, limit)?.into_iter().map(|(key, _)| key).collect())
    }

    fn dial(&self, key: &Bytes) -> Result<(), HostError> {
        let Some((vat, peer)) = layout::durable_peer_in(key) else { return Ok(()) };
        let Some(identity) = self.identity(vat)? else { return Ok(()) };
        let to = PeerKey::Vat(peer);
        if let Want::Dial(attempt) = self.peers.want(vat, &to) {
            let nowhere = Locator::hog(peer, std::iter::empty::<String>());
            self.spawn_dial((vat, identity.id), to, nowhere, attempt);
        }
        Ok(())
    }

    fn is_dialling(&self, key: &Bytes) -> bool {
        let pair = layout::durable_peer_in(key);
        pair.is_some_and(|(vat, peer)| self.peers.is_dialling(vat, &PeerKey::Vat(peer)))
    }
}

/// The pause between two looks at how the dials go.
const STEP: Duration = Duration::from_millis(100);

/// After so many looks without a dial a session is done with.
const QUIET_LOOKS: u32 = 2;

/// Sessions done with before the mark is written again.
const SAVED_EVERY: usize = 256;

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
        dialling: RefCell<BTreeSet<Bytes>>,
        dialled: RefCell<Vec<Bytes>>,
        most: Cell<usize>,
        /// Dials that never end.
        absent: BTreeSet<Bytes>,
    }

    impl Crier for Town {
        fn sessions_after(&self, key: &Bytes, limit: usize) -> Result<Vec<Bytes>, HostError> {
            let after = self.sessions.iter().filter(|session| *session > key);
            Ok(after.take(limit).cloned().collect())
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

    fn key(n: usize) -> Bytes {
        Bytes::copy_from_slice(&n.to_be_bytes())
    }

    fn town(sessions: usize) -> Town {
        Town { sessions: (0..sessions).map(key).collect(), ..Town::default() }
    }

    impl Town {
        fn end_dials(&self) {
            self.dialling.borrow_mut().retain(|key| self.absent.contains(key));
        }
    }

    fn round() -> Round {
        Round::new(BTreeMap::new(), Vec::new())
    }

    #[test]
    fn everybody_is_told_once_and_so_many_at_a_time() {
        let town = town(1000);
        let mut round = round();
        while !round.step(&town).unwrap() {
            town.end_dials();
        }
        assert_eq!(*town.dialled.borrow(), town.sessions.iter().cloned().collect::<Vec<_>>());
        assert_eq!(town.most.get(), ANNOUNCED_AT_ONCE_MAX);
    }

    #[test]
    fn a_host_without_durable_sessions_has_nobody_to_tell() {
        assert!(round().step(&town(0)).unwrap());
    }

    #[test]
    fn whoever_does_not_answer_takes_one_place_and_is_asked_again_by_a_later_process() {
        let town = Town { absent: [key(3)].into(), ..town(500) };
        let mut first = round();
        for _ in 0..200 {
            assert!(!first.step(&town).unwrap());
            town.end_dials();
        }
        assert_eq!(town.dialled.borrow().len(), 500, "the others were told");
        assert_eq!(first.told(), key(2).to_vec());

        let mut second = Round::new(BTreeMap::new(), first.told());
        let later = Town { sessions: town.sessions.clone(), ..Town::default() };
        while !second.step(&later).unwrap() {
            later.end_dials();
        }
        assert_eq!(later.dialled.borrow().first(), Some(&key(3)));
    }

    #[test]
    fn a_round_goes_on_wherever_it_was_stopped_and_leaves_nobody_out() {
        for steps in 0..30 {
            let town = town(300);
            let mut first = round();
            for _ in 0..steps {
                if first.step(&town).unwrap() {
                    break;
                }
                town.end_dials();
            }
            let done = first.told();
            let mut second = Round::new(BTreeMap::new(), done.clone());
            while !second.step(&town).unwrap() {
                town.end_dials();
            }
            let told: BTreeSet<_> = town.dialled.borrow().iter().cloned().collect();
            assert_eq!(told, town.sessions, "stopped after {steps} steps");
            let twice = town.dialled.borrow().len() - town.sessions.len();
            assert!(twice <= 2 * ANNOUNCED_AT_ONCE_MAX, "{twice} after {steps} steps");
        }
    }
}
