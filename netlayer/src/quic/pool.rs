//! The connections of one endpoint: one a host, found by host or address.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hogshead_objects::ids::HostId;
use tokio::time::Instant;

use super::link::Link;
use crate::backoff::Backoff;
use crate::limits::{CONNECTIONS_PER_HOST_MAX, REMEMBERED_ADDRESSES_MAX};

/// Two connections made within this time of each other count as dialled at once. Dials that cross
/// are a round trip apart; a host that died and came back takes longer, and its older connection
/// must not be preferred to the new one.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Connections, and what is remembered of addresses.
pub(crate) struct Pool {
    us: HostId,
    state: Mutex<State>,
}

struct State {
    hosts: BTreeMap<HostId, Vec<Arc<Link>>>,
    addresses: BTreeMap<SocketAddr, Arc<Link>>,
    failures: BTreeMap<SocketAddr, Failures>,
    dialling: BTreeMap<SocketAddr, Arc<tokio::sync::Mutex<()>>>,
    seed: u64,
}

struct Failures {
    backoff: Backoff,
    until: Instant,
}

impl Pool {
    pub(crate) fn new(us: HostId, seed: u64) -> Self {
        let state = State {
            hosts: BTreeMap::new(),
            addresses: BTreeMap::new(),
            failures: BTreeMap::new(),
            dialling: BTreeMap::new(),
            seed,
        };
        Self { us, state: Mutex::new(state) }
    }

    /// The connection to whoever is at `address`, if there is one.
    pub(crate) fn at(&self, address: SocketAddr) -> Option<Arc<Link>> {
        let state = self.state();
        let link = state.addresses.get(&address)?;
        let links = state.hosts.get(&link.host)?;
        preferred(self.us, links).filter(|link| link.is_alive())
    }

    /// Takes a new connection in. Of several to one host, all but the preferred one are used up
    /// and then closed. Gives a connection that is too many, to be closed at once.
    ///
    /// The preferred one is the newest; but of two made at once by different sides, the one
    /// dialled by the host with the lower key. Both sides see the same, so both keep the same.
    pub(crate) fn insert(&self, link: &Arc<Link>) -> Option<Arc<Link>> {
        let mut state = self.state();
        state.addresses.insert(link.address, Arc::clone(link));
        let links = state.hosts.entry(link.host).or_default();
        links.push(Arc::clone(link));
        let surplus = (links.len() > CONNECTIONS_PER_HOST_MAX).then(|| links.remove(0));
        rank(self.us, links);
        surplus
    }

    /// Forgets a connection that has ended.
    pub(crate) fn remove(&self, link: &Arc<Link>) {
        let mut state = self.state();
        let State { hosts, addresses, .. } = &mut *state;
        if let Some(links) = hosts.get_mut(&link.host) {
            links.retain(|other| !Arc::ptr_eq(other, link));
            rank(self.us, links);
            if links.is_empty() {
                hosts.remove(&link.host);
            }
        }
        if addresses.get(&link.address).is_some_and(|other| Arc::ptr_eq(other, link)) {
            addresses.remove(&link.address);
        }
    }

    /// One dial an address at a time: the others then find its connection.
    pub(crate) fn dial_lock(&self, address: SocketAddr) -> Arc<tokio::sync::Mutex<()>> {
        let mut state = self.state();
        if state.dialling.len() >= REMEMBERED_ADDRESSES_MAX {
            state.dialling.retain(|_, lock| Arc::strong_count(lock) > 1);
        }
        Arc::clone(state.dialling.entry(address).or_default())
    }

    /// How long to wait before `address` is tried again.
    pub(crate) fn pause(&self, address: SocketAddr, now: Instant) -> Duration {
        let state = self.state();
        state.failures.get(&address).map_or(Duration::ZERO, |f| f.until.duration_since(now))
    }

    pub(crate) fn record_failure(&self, address: SocketAddr, now: Instant) {
        let mut state = self.state();
        if state.failures.len() >= REMEMBERED_ADDRESSES_MAX
            && !state.failures.contains_key(&address)
        {
            // Whose pause ends first has failed least lately or least often.
            let first = state.failures.iter().min_by_key(|(_, f)| f.until).map(|(a, _)| *a);
            first.and_then(|address| state.failures.remove(&address));
        }
        state.seed = state.seed.wrapping_add(1);
        let seed = state.seed;
        let failures = state
            .failures
            .entry(address)
            .or_insert_with(|| Failures { backoff: Backoff::new(seed), until: now });
        failures.until = now + failures.backoff.pause();
    }

    pub(crate) fn record_success(&self, address: SocketAddr) {
        self.state().failures.remove(&address);
    }

    pub(crate) fn hosts(&self) -> usize {
        self.state().hosts.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn rank(us: HostId, links: &[Arc<Link>]) {
    let best = preferred(us, links);
    for link in links {
        match &best {
            Some(best) if !Arc::ptr_eq(best, link) => link.supersede(),
            _ => link.prefer(),
        }
    }
}

fn preferred(us: HostId, links: &[Arc<Link>]) -> Option<Arc<Link>> {
    let alive = links.iter().filter(|link| link.is_alive());
    alive.cloned().reduce(|best, link| {
        let newer = if link.since >= best.since { (&link, &best) } else { (&best, &link) };
        let first = Made { since: newer.1.since, by_us: newer.1.dialled };
        let second = Made { since: newer.0.since, by_us: newer.0.dialled };
        let keep_second = second_wins(us, best.host, first, second);
        Arc::clone(if keep_second { newer.0 } else { newer.1 })
    })
}

#[derive(Clone, Copy)]
struct Made {
    since: Instant,
    by_us: bool,
}

/// Whether the later of two connections between `us` and `them` is the one to keep.
fn second_wins(us: HostId, them: HostId, first: Made, second: Made) -> bool {
    let at_once = second.since.duration_since(first.since) < AT_ONCE;
    if first.by_us == second.by_us || !at_once {
        return true;
    }
    second.by_us == (us < them)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hosts::HostKey;

    #[test]
    fn both_sides_keep_the_same_of_two_connections_made_at_once() {
        let a = HostKey::from_secret(&[1; 32]).id();
        let b = HostKey::from_secret(&[2; 32]).id();
        let now = Instant::now();
        let later = now + Duration::from_millis(3);
        // A's connection is seen first by A, B's first by B.
        let by_a = |us, since| Made { since, by_us: us == a };
        let by_b = |us, since| Made { since, by_us: us == b };
        let a_keeps_its_own = !second_wins(a, b, by_a(a, now), by_b(a, later));
        let b_keeps_a_s = second_wins(b, a, by_b(b, now), by_a(b, later));
        assert_eq!(a_keeps_its_own, b_keeps_a_s);
        assert_eq!(a_keeps_its_own, a < b, "the lower key's connection stays");
    }

    #[test]
    fn a_later_connection_replaces_an_older_one() {
        let a = HostKey::from_secret(&[1; 32]).id();
        let b = HostKey::from_secret(&[2; 32]).id();
        let now = Instant::now();
        let made = |by_us, since| Made { since, by_us };
        for (first, second) in [(true, false), (false, true), (true, true), (false, false)] {
            let (first, second) = (made(first, now), made(second, now + AT_ONCE));
            assert!(second_wins(a, b, first, second));
        }
    }

    #[test]
    fn remembered_failures_are_bounded_and_pauses_grow() {
        let pool = Pool::new(HostKey::from_secret(&[1; 32]).id(), 1);
        let now = Instant::now();
        let address = |n: usize| SocketAddr::from(([127, 0, 0, 1], n as u16));
        for n in 0..2 * REMEMBERED_ADDRESSES_MAX {
            pool.record_failure(address(n), now);
        }
        assert_eq!(pool.state().failures.len(), REMEMBERED_ADDRESSES_MAX);
        for _ in 0..6 {
            pool.record_failure(address(1), now);
        }
        assert!(pool.pause(address(1), now) > Duration::from_secs(1));
        pool.record_success(address(1));
        assert_eq!(pool.pause(address(1), now), Duration::ZERO);
    }
}
