//! Reaching absent peers again: at growing intervals, for a while, then not until there is a new
//! reason.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hogshead_objects::ids::{VatId, VatNumber};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::host::core::Core;
use crate::host::peers::{PeerKey, Want};
use crate::limits::{REDIAL_FIRST, REDIAL_MAX, REDIAL_TRIES_MAX};

/// Who is to be dialled again, and when.
#[derive(Default)]
pub(crate) struct Redial {
    table: Mutex<BTreeMap<(VatNumber, VatId), Retry>>,
    changed: Notify,
}

#[derive(Clone, Copy)]
struct Retry {
    tries: u32,
    due: Instant,
}

impl Redial {
    fn table(&self) -> MutexGuard<'_, BTreeMap<(VatNumber, VatId), Retry>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// There is something to send: the peer is dialled at once, unless it was found to be absent
    /// and its next time has not come.
    pub fn want(&self, vat: VatNumber, peer: VatId) {
        let retry = Retry { tries: 0, due: Instant::now() };
        self.table().entry((vat, peer)).or_insert(retry);
        self.changed.notify_one();
    }

    /// The peer was not there, or has gone: it is dialled again after a pause that grows, until
    /// there were too many.
    pub fn retry(&self, vat: VatNumber, peer: VatId) {
        let mut table = self.table();
        let retry = table.entry((vat, peer)).or_insert(Retry { tries: 0, due: Instant::now() });
        if retry.tries >= REDIAL_TRIES_MAX {
            table.remove(&(vat, peer));
            return;
        }
        retry.due = Instant::now() + pause(retry.tries);
        retry.tries += 1;
        drop(table);
        self.changed.notify_one();
    }

    /// This host dials as many peers as it can: another moment will do.
    fn postpone(&self, vat: VatNumber, peer: VatId) {
        if let Some(retry) = self.table().get_mut(&(vat, peer)) {
            retry.due = Instant::now() + REDIAL_FIRST;
        }
        self.changed.notify_one();
    }

    /// Whether a peer is to be dialled for something to send.
    pub fn is_wanted(&self, vat: VatNumber, peer: VatId) -> bool {
        self.table().contains_key(&(vat, peer))
    }

    /// How long until a peer is dialled again, if it will be.
    pub fn due_in(&self, vat: VatNumber, peer: VatId) -> Option<Duration> {
        let retry = self.table().get(&(vat, peer)).copied();
        retry.map(|retry| retry.due.saturating_duration_since(Instant::now()))
    }

    /// The peer is there.
    pub fn reached(&self, vat: VatNumber, peer: VatId) {
        self.table().remove(&(vat, peer));
    }

    /// A vat was removed.
    pub fn forget_vat(&self, gone: VatNumber) {
        self.table().retain(|(vat, _), _| *vat != gone);
    }

    /// Who is due, and when the next one is.
    fn due(&self) -> (Vec<(VatNumber, VatId)>, Option<Instant>) {
        let now = Instant::now();
        let mut table = self.table();
        let mut due = Vec::new();
        for (key, retry) in table.iter_mut().filter(|(_, retry)| retry.due <= now) {
            due.push(*key);
            // Whoever dials says how it went; this is for the case that it never does.
            retry.due = now + REDIAL_MAX;
        }
        (due, table.values().map(|retry| retry.due).min())
    }
}

/// The pause after so many failures: doubling. Two hosts that look for each other have the table
/// of peers to decide between their dials, so there is no jitter.
fn pause(tries: u32) -> Duration {
    REDIAL_FIRST.saturating_mul(2_u32.saturating_pow(tries)).min(REDIAL_MAX)
}

impl Core {
    /// Dials whoever is due, as long as the host runs.
    pub(crate) async fn redial_peers(self: Arc<Self>) {
        while !self.stopping() {
            let changed = self.redial.changed.notified();
            let (due, next) = self.redial.due();
            for (vat, peer) in due {
                self.dial_again(vat, peer);
            }
            let until = next.unwrap_or_else(|| Instant::now() + REDIAL_MAX);
            tokio::select! {
                biased;
                () = self.stopped.notified() => return,
                () = changed => {}
                () = tokio::time::sleep_until(until) => {}
            }
        }
    }

    fn dial_again(&self, vat: VatNumber, peer: VatId) {
        let us = match self.identity(vat) {
            Ok(Some(identity)) => identity.id,
            Ok(None) => return self.redial.reached(vat, peer),
            Err(error) => return self.fail(error),
        };
        let to = match self.last_location(vat, peer) {
            Ok(Some(to)) => to,
            Ok(None) => return self.redial.reached(vat, peer),
            Err(error) => return self.fail(error),
        };
        let key = PeerKey::Vat(peer);
        match self.peers.want(vat, &key) {
            Want::Wait => {}
            Want::Busy => self.redial.postpone(vat, peer),
            Want::Dial(attempt) => self.spawn_redial((vat, us), key, to, attempt),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VAT: VatNumber = VatNumber(1);

    fn peer() -> VatId {
        VatId::from(ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key())
    }

    /// The pauses after which the peer is dialled, each of which fails.
    async fn pauses(redial: &Redial) -> Vec<Duration> {
        let mut pauses = Vec::new();
        loop {
            redial.retry(VAT, peer());
            let Some(next) = redial.due().1 else { return pauses };
            pauses.push(next - Instant::now());
            tokio::time::sleep_until(next).await;
            assert_eq!(redial.due().0, [(VAT, peer())]);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn pauses_double_up_to_a_minute_and_end_after_an_hour() {
        let redial = Redial::default();
        redial.want(VAT, peer());
        assert_eq!(redial.due().0, [(VAT, peer())], "at once");
        let pauses = pauses(&redial).await;
        assert_eq!(pauses.len(), REDIAL_TRIES_MAX as usize);
        assert_eq!(pauses[0], REDIAL_FIRST);
        let doubles = |pair: &[Duration]| pair[1] == (pair[0] * 2).min(REDIAL_MAX);
        assert!(pauses.windows(2).all(doubles), "{pauses:?}");
        let all: Duration = pauses.iter().sum();
        assert!(all > Duration::from_secs(3600) && all < Duration::from_secs(2 * 3600), "{all:?}");

        redial.want(VAT, peer());
        assert_eq!(redial.due().0, [(VAT, peer())], "something new begins it again");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_new_does_not_hurry_and_who_appears_ends_it() {
        let redial = Redial::default();
        for _ in 0..5 {
            redial.retry(VAT, peer());
        }
        redial.want(VAT, peer());
        assert!(redial.due().0.is_empty(), "the pause goes on");
        redial.reached(VAT, peer());
        assert_eq!(redial.due(), (Vec::new(), None));
        redial.want(VAT, peer());
        redial.forget_vat(VAT);
        assert_eq!(redial.due(), (Vec::new(), None));
    }
}
