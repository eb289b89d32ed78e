//! What a vat wants of peers: sturdyrefs enlivened and gifts withdrawn, over the session that
//! there is or one that is dialled for it.
//!
//! ```text
//!   enliven (device) ──▶ wish ──▶ session with that peer? ──yes──▶ grant: fetch, withdraw-gift
//!   desc:handoff-give ─▶ wish         │ no                            ▲
//!                                     └──▶ wait, dial ── Opened ──────┘
//!                                                     └─ Unreachable ──▶ deny, or another way
//! ```
//!
//! A wish that waits lives in memory. A promise that waits for a withdrawal has a mark in the
//! records, so that it breaks if the host dies first.

use hogshead_captp::handoff::{self, Introducer, Introducers};
use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::{DeliveryId, PromiseId, SessionId, VatId};
use hogshead_objects::locator::{Locator, SturdyRef};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::{Class, Error, Message, Ref, Value};

use super::core::Core;
use super::peers::{PeerKey, Want};
use super::slot::{Enliven, Resident, Slot, Wish};
use super::turn::Work;
use super::view::VatView;
use super::{HostError, VAT_ZERO, layout, vats};
use crate::limits::{GIFTER_DIALS_MAX, GIFTER_WISHES_MAX, WISHES_WAITING_MAX};

impl Work<'_, '_, '_> {
    /// Fetches what a sturdyref leads to; answers the device delivery that asked for it.
    pub fn enliven(&mut self, delivery: DeliveryId, target: SturdyRef) -> Result<(), HostError> {
        let locator = target.peer.clone();
        self.wish(&locator, Wish::Fetch(Enliven { delivery, target }))
    }

    /// Withdraws the gifts of which a session was told in this turn.
    pub fn withdraw_gifts(&mut self, session: SessionId) -> Result<(), HostError> {
        let Some(live) = self.sessions.get_mut(&session) else { return Ok(()) };
        for introduction in live.session.take_introductions() {
            self.turn.records().put(layout::withdrawal(introduction.promise), vats::mark());
            let exporter = introduction.exporter.clone();
            self.wish(&exporter, Wish::Withdraw(Box::new(introduction)))?;
        }
        Ok(())
    }

    fn wish(&mut self, locator: &Locator, wish: Wish) -> Result<(), HostError> {
        let peer = match PeerKey::of(locator) {
            Ok(peer) => peer,
            Err(error) => return self.deny(wish, &Error::bad_call(error.to_string())),
        };
        if self.core.is_name_of(&peer, self.slot.id) {
            return self.grant_from_own(wish);
        }
        if let Some(session) = self.session_with(&peer)? {
            return self.grant(session, wish);
        }
        if let Some(gifter) = wish.gifter()
            && self.is_greedy(gifter, &peer)
        {
            let why = "too much of what this gifter gave waits for peers to be reached; try later";
            return self.deny(wish, &Error::new(Class::Busy, why));
        }
        let waiting = self.wishes.entry(peer.clone()).or_default();
        if waiting.len() >= WISHES_WAITING_MAX {
            let why = "too many wait for this peer to be reached; try again later";
            return self.deny(wish, &Error::new(Class::Busy, why));
        }
        waiting.push(wish);
        if waiting.len() > 1 {
            return Ok(());
        }
        match self.core.peers.want(self.slot.number, &peer) {
            Want::Wait => {}
            Want::Dial(attempt) => {
                let us = (self.slot.number, self.slot.id);
                self.core.spawn_dial(us, peer, locator.clone(), attempt);
            }
            Want::Busy => {
                let why = "this host dials as many peers as it can; try again later";
                self.deny_all(&peer, &Error::new(Class::Busy, why))?;
            }
        }
        Ok(())
    }

    /// Whether what a gifter gave keeps this vat as busy as it may.
    fn is_greedy(&self, gifter: SessionId, peer: &PeerKey) -> bool {
        let given = |wish: &Wish| wish.gifter() == Some(gifter);
        let lists = || self.wishes.values();
        let waiting: usize = lists().map(|list| list.iter().filter(|w| given(w)).count()).sum();
        let dials = lists().filter(|list| list.first().is_some_and(given)).count();
        let dials_anew = !self.wishes.contains_key(peer);
        waiting >= GIFTER_WISHES_MAX || (dials_anew && dials >= GIFTER_DIALS_MAX)
    }

    /// The session with a peer, begun at once if it is a vat of this host.
    fn session_with(&mut self, peer: &PeerKey) -> Result<Option<SessionId>, HostError> {
        if let Some(session) = self.by_peer.get(peer) {
            return Ok(Some(*session));
        }
        let Some(vat) = peer.vat() else { return Ok(None) };
        match self.core.number_of(&vat)? {
            Some(number) => self.local_session(number, vat).map(Some),
            None => Ok(None),
        }
    }

    /// A session has begun: what waited for it goes on.
    pub fn grant_all(&mut self, peer: &PeerKey, session: SessionId) -> Result<(), HostError> {
        for wish in self.wishes.remove(peer).unwrap_or_default() {
            self.grant(session, wish)?;
        }
        Ok(())
    }

    fn deny_all(&mut self, peer: &PeerKey, why: &Error) -> Result<(), HostError> {
        for wish in self.wishes.remove(peer).unwrap_or_default() {
            self.deny(wish, why)?;
        }
        Ok(())
    }

    /// A peer could not be reached by what was tried first: that breaks, with what knows no other
    /// way and what the same gifter gave. The rest is tried anew. Whoever gives wrong ways to a
    /// peer must not keep others from reaching it.
    pub fn unreachable(&mut self, peer: &PeerKey, why: &Error) -> Result<(), HostError> {
        let mut waiting = self.wishes.remove(peer).unwrap_or_default().into_iter();
        let Some(tried) = waiting.next() else { return Ok(()) };
        let (lost, mut rest): (Vec<_>, Vec<_>) = waiting.partition(|wish| wish.is_like(&tried));
        for wish in std::iter::once(tried).chain(lost) {
            self.deny(wish, why)?;
        }
        // What the vat itself wants comes before what it was given.
        rest.sort_by_key(|wish| wish.gifter().is_some());
        self.wish_all(rest)
    }

    /// The session that was waited for has not begun, and nobody was found to be out of reach:
    /// what waits looks again for a session or a dial.
    pub fn wish_again(&mut self, peer: &PeerKey) -> Result<(), HostError> {
        let waiting = self.wishes.remove(peer).unwrap_or_default();
        self.wish_all(waiting)
    }

    fn wish_all(&mut self, wishes: Vec<Wish>) -> Result<(), HostError> {
        for wish in wishes {
            let locator = wish.peer().clone();
            self.wish(&locator, wish)?;
        }
        Ok(())
    }

    fn grant(&mut self, session: SessionId, wish: Wish) -> Result<(), HostError> {
        match wish {
            Wish::Fetch(Enliven { delivery, target }) => {
                // In vat zero's sessions with vats of this host the bootstrap is their steward,
                // which knows revoked numbers from wrong ones.
                let stewards = self.slot.number == VAT_ZERO
                    && target.peer.vat().is_ok_and(|vat| self.is_of_this_host(&vat));
                let argument = if stewards {
                    Value::SturdyRef(Box::new(target))
                } else {
                    Value::Bytes(target.swiss.expose().to_vec().into())
                };
                let promise = self.ask_bootstrap(session, Message::new("fetch", [argument]))?;
                self.answer_device(delivery, Ok(promise))
            }
            Wish::Withdraw(introduction) => {
                self.turn.records().delete(layout::withdrawal(introduction.promise));
                let Some(live) = self.sessions.get_mut(&session) else { return Ok(()) };
                self.touched.insert(session);
                Ok(live.session.withdraw(*introduction, self.turn)?)
            }
        }
    }

    /// What leads to this very vat needs no session.
    fn grant_from_own(&mut self, wish: Wish) -> Result<(), HostError> {
        match wish {
            Wish::Fetch(Enliven { delivery, target }) => {
                let found = self.turn.fetch(target.swiss.expose())?;
                let not_found = || Error::new(Class::NotFound, "no object has this swiss number");
                self.answer_device(delivery, found.map(Value::Ref).ok_or_else(not_found))
            }
            Wish::Withdraw(introduction) => {
                self.turn.records().delete(layout::withdrawal(introduction.promise));
                let limits = hogshead_captp::Limits::default();
                Ok(handoff::withdraw_own(*introduction, &limits, self.turn)?)
            }
        }
    }

    fn deny(&mut self, wish: Wish, why: &Error) -> Result<(), HostError> {
        match wish {
            Wish::Fetch(Enliven { delivery, .. }) => self.answer_device(delivery, Err(why.clone())),
            Wish::Withdraw(introduction) => {
                let promise = introduction.promise;
                self.turn.records().delete(layout::withdrawal(promise));
                Ok(handoff::fail(promise, why, self.turn)?)
            }
        }
    }

    fn is_of_this_host(&self, vat: &VatId) -> bool {
        self.core.number_of(vat).is_ok_and(|number| number.is_some())
    }

    /// What the sessions over which the references of a message came lend to the one that sends
    /// it, so that it can hand them off.
    pub fn introducers(&mut self, outgoing: &Outgoing) -> Result<Introducers, HostError> {
        let mut introducers = Introducers::new();
        let Outgoing::Deliver { far, message, .. } = outgoing else { return Ok(introducers) };
        for reference in message.values.iter().flat_map(Value::refs) {
            let reference = self.turn.passed_as(*reference)?;
            if !matches!(reference, Ref::Import(_)) {
                continue;
            }
            let Some(from) = self.turn.far(reference)? else { continue };
            if from.session == far.session || introducers.contains_key(&from.session) {
                continue;
            }
            if self.load_session(from.session)?
                && let Some(introducer) = self.introducer(from.session)
            {
                introducers.insert(from.session, introducer);
            }
        }
        Ok(introducers)
    }

    fn introducer(&self, session: SessionId) -> Option<Introducer> {
        let mut introducer = self.sessions.get(&session)?.session.introducer()?;
        if introducer.local
            && let Ok(vat) = introducer.exporter.vat()
        {
            // By the ways that there are now, not when the session was loaded.
            introducer.exporter = self.core.hog_location(vat);
        }
        Some(introducer)
    }
}

impl Wish {
    /// Whom it is for, and the ways to it that are known.
    fn peer(&self) -> &Locator {
        match self {
            Self::Fetch(enliven) => &enliven.target.peer,
            Self::Withdraw(introduction) => &introduction.exporter,
        }
    }

    /// The session over which it was given, if it was.
    fn gifter(&self) -> Option<SessionId> {
        match self {
            Self::Fetch(_) => None,
            Self::Withdraw(introduction) => Some(introduction.gifter),
        }
    }

    /// Whether it has nothing better to offer than one that came to nothing.
    fn is_like(&self, tried: &Self) -> bool {
        let gifter = self.gifter();
        self.peer() == tried.peer() || (gifter.is_some() && gifter == tried.gifter())
    }
}

impl Core {
    /// Whether a peer is this vat of ours, by the name that it has on our own network or by
    /// another transport's.
    fn is_name_of(&self, peer: &PeerKey, vat: VatId) -> bool {
        match peer {
            PeerKey::Vat(named) => *named == vat,
            PeerKey::Other(named) => {
                let locators = self.ways().into_iter().filter_map(|way| way.locator(vat));
                locators.into_iter().any(|locator| locator.peer() == *named)
            }
        }
    }

    /// Breaks the promises that an earlier process was withdrawing gifts for.
    pub(crate) fn forget_withdrawals(
        &self,
        slot: &Slot,
        resident: &mut Resident,
    ) -> Result<(), HostError> {
        let (from, to) = layout::withdrawals();
        let rows = VatView::new(self, slot.number).range(&from, &to, usize::MAX)?;
        let lost: Vec<PromiseId> =
            rows.iter().filter_map(|(key, _)| layout::withdrawal_in(key)).collect();
        if lost.is_empty() {
            return Ok(());
        }
        self.turn(slot, resident, |work| {
            for promise in lost {
                let why = Error::new(Class::Severed, "the host was restarted");
                handoff::fail(promise, &why, work.turn)?;
                work.turn.records().delete(layout::withdrawal(promise));
            }
            Ok(())
        })?;
        Ok(())
    }
}
