//! Who may connect: counts of connections, so that strangers cannot take all of them.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::limits::Limits;

/// The counts of one endpoint. `K` tells strangers apart: by their network address, or however
/// else a carrier knows whence they come.
pub(crate) struct Admission<K = IpAddr> {
    counts: Mutex<Counts<K>>,
    connections_max: usize,
    unproven_max: usize,
    unproven_per_address_max: usize,
}

struct Counts<K> {
    connections: usize,
    unproven: usize,
    by_address: BTreeMap<K, usize>,
}

/// One counted connection, from its first packet to its end.
pub(crate) struct Ticket<K: Ord + Copy = IpAddr> {
    admission: Arc<Admission<K>>,
    /// The stranger's address, until it has proven itself; nothing for connections of ours.
    unproven: Option<K>,
}

impl<K: Ord + Copy> Admission<K> {
    pub(crate) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            counts: Mutex::new(Counts { connections: 0, unproven: 0, by_address: BTreeMap::new() }),
            connections_max: limits.connections_max,
            unproven_max: limits.unproven_max,
            unproven_per_address_max: limits.unproven_per_address_max,
        })
    }

    /// Lets a stranger in, if there is room.
    pub(crate) fn admit(self: &Arc<Self>, address: K) -> Option<Ticket<K>> {
        let mut counts = self.counts();
        let here = counts.by_address.get(&address).copied().unwrap_or(0);
        if counts.connections >= self.connections_max
            || counts.unproven >= self.unproven_max
            || here >= self.unproven_per_address_max
        {
            return None;
        }
        counts.connections += 1;
        counts.unproven += 1;
        counts.by_address.insert(address, here + 1);
        Some(Ticket { admission: Arc::clone(self), unproven: Some(address) })
    }

    /// Counts a connection that we make, if there is room.
    pub(crate) fn dial(self: &Arc<Self>) -> Option<Ticket<K>> {
        let mut counts = self.counts();
        if counts.connections >= self.connections_max {
            return None;
        }
        counts.connections += 1;
        Some(Ticket { admission: Arc::clone(self), unproven: None })
    }

    pub(crate) fn connections(&self) -> usize {
        self.counts().connections
    }

    pub(crate) fn unproven(&self) -> usize {
        self.counts().unproven
    }

    fn counts(&self) -> MutexGuard<'_, Counts<K>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Ord + Copy> Ticket<K> {
    /// The connection has had a session.
    pub(crate) fn prove(&mut self) {
        let Some(address) = self.unproven.take() else { return };
        let mut counts = self.admission.counts();
        counts.unproven = counts.unproven.saturating_sub(1);
        if let Some(here) = counts.by_address.get_mut(&address) {
            *here = here.saturating_sub(1);
            if *here == 0 {
                counts.by_address.remove(&address);
            }
        }
    }
}

impl<K: Ord + Copy> Drop for Ticket<K> {
    fn drop(&mut self) {
        self.prove();
        let mut counts = self.admission.counts();
        counts.connections = counts.connections.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn each_limit_holds_and_the_end_of_a_connection_makes_room() {
        let limits = Limits {
            connections_max: 4,
            unproven_max: 3,
            unproven_per_address_max: 2,
            ..Limits::default()
        };
        let admission = Admission::new(&limits);
        let mut first = admission.admit(address(1)).unwrap();
        let second = admission.admit(address(1)).unwrap();
        assert!(admission.admit(address(1)).is_none(), "two from one address");
        let third = admission.admit(address(2)).unwrap();
        assert!(admission.admit(address(3)).is_none(), "three unproven ones");

        first.prove();
        let fourth = admission.admit(address(1)).unwrap();
        assert!(admission.admit(address(4)).is_none(), "four connections");
        assert!(admission.dial().is_none());

        drop((first, second, third, fourth));
        assert_eq!((admission.connections(), admission.unproven()), (0, 0));
        assert!(admission.counts().by_address.is_empty());
    }
}
