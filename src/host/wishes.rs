//! What a vat wants of peers: sturdyrefs enlivened and gifts withdrawn, over the session that
//! there is or one that is dialled for it.
//!
//! ```text
//!   enliven (device) ──▶ wish ──▶ session with that peer? ──yes──▶ grant: fetch, withdraw-gift
//!   desc:handoff-give ─▶ wish         │ no                            ▲
//!                                     └──▶ a row, a dial ─ a session ─┘
//!                                                       └─ Unreachable ──▶ deny, or another way
//! ```
//!
//! A wish that waits is a row, so that it outlives the process. Somebody who asked for a sturdyref
//! is told when its peer cannot be reached. A gift that came over a session which outlives
//! connections is waited for as long as it takes: nobody else would ask for it again.

mod kept;

use std::collections::BTreeSet;

use hogshead_captp::durable::Knock;
use hogshead_captp::handoff::{self, Introducer, Introducers};
use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::{DeliveryId, SessionId, VatId};
use hogshead_objects::locator::{Locator, SturdyRef};
use hogshead_objects::{Class, Error, Message, Ref, Value};

pub(crate) use self::kept::{Enliven, Kept, Wish, Wishes};
use super::core::Core;
use super::peers::PeerKey;
use super::slot::LiveCarrier;
use super::turn::Work;
use super::{HostError, VAT_ZERO, layout};
use crate::limits::{GIFTER_DIALS_MAX, GIFTER_WISHES_MAX, WISHES_WAITING_MAX};

impl Work<'_, '_, '_> {
    /// Fetches what a sturdyref leads to; answers the device delivery that asked for it.
    pub fn enliven(&mut self, delivery: DeliveryId, target: SturdyRef) -> Result<(), HostError> {
        self.wish(Wish::Fetch(Enliven { delivery, target }))
    }

    /// Withdraws the gifts of which a session was told in this turn.
    pub fn withdraw_gifts(&mut self, session: SessionId) -> Result<(), HostError> {
        let Some(live) = self.sessions.get_mut(&session) else { return Ok(()) };
        for introduction in live.session.take_introductions() {
            self.wish(Wish::Withdraw(Box::new(introduction)))?;
        }
        Ok(())
    }

    fn wish(&mut self, wish: Wish) -> Result<(), HostError> {
        let peer = match PeerKey::of(wish.peer()) {
            Ok(peer) => peer,
            Err(error) => return self.deny(wish, &Error::bad_call(error.to_string())),
        };
        if self.core.is_name_of(&peer, self.slot.id)? {
            return self.grant_from_own(wish);
        }
        if let Some(session) = self.session_with(&peer)? {
            return self.grant(session, wish);
        }
        self.keep_wish(peer, wish)
    }

    /// Keeps a wish until there is a session with its peer, and has that one reached.
    fn keep_wish(&mut self, peer: PeerKey, wish: Wish) -> Result<(), HostError> {
        if let Some(gifter) = wish.gifter()
            && self.is_greedy(gifter, &peer)?
        {
            let why = "too much of what this gifter gave waits for peers to be reached; try later";
            return self.deny(wish, &Error::new(Class::Busy, why));
        }
        let row = wish.to_row()?;
        let to = wish.peer().clone();
        let waiting = self.wishes.load(self.turn.records())?.entry(peer.clone()).or_default();
        if waiting.len() >= WISHES_WAITING_MAX {
            let why = "too many wait for this peer to be reached; try again later";
            return self.deny(wish, &Error::new(Class::Busy, why));
        }
        let number = self.core.next_arrival()?;
        waiting.push(Kept { number, wish });
        let first = waiting.len() == 1;
        self.turn.records().put(layout::wish(number), row);
        if first { self.reach(&peer, &to) } else { Ok(()) }
    }

    /// Has a peer reached for which something waits.
    fn reach(&mut self, peer: &PeerKey, to: &Locator) -> Result<(), HostError> {
        if let PeerKey::Vat(vat) = peer
            && self.core.is_durable()?
        {
            match self.open_link(*vat) {
                Err(HostError::Caller(why)) => return self.deny_all(peer, &why),
                opened => opened?,
            };
            if self.core.remembered(self.carriers.contains_key(vat))? {
                return self.send_hello(*vat);
            }
        }
        if self.core.reach((self.slot.number, self.slot.id), peer, to)? {
            return Ok(());
        }
        let why = "this host dials as many peers as it can; try again later";
        self.deny_all(peer, &Error::new(Class::Busy, why))
    }

    /// Whether what a gifter gave keeps this vat as busy as it may.
    fn is_greedy(&mut self, gifter: SessionId, peer: &PeerKey) -> Result<bool, HostError> {
        let given = |kept: &Kept| kept.wish.gifter() == Some(gifter);
        let wishes = self.wishes.load(self.turn.records())?;
        let lists = || wishes.values();
        let waiting: usize = lists().map(|list| list.iter().filter(|w| given(w)).count()).sum();
        let dials = lists().filter(|list| list.first().is_some_and(given)).count();
        let dials_anew = !wishes.contains_key(peer);
        Ok(waiting >= GIFTER_WISHES_MAX || (dials_anew && dials >= GIFTER_DIALS_MAX))
    }

    /// The session with a peer, begun at once if it is a vat of this host.
    fn session_with(&mut self, peer: &PeerKey) -> Result<Option<SessionId>, HostError> {
        if let Some(session) = self.by_peer.get(peer) {
            return Ok(Some(*session));
        }
        let Some(vat) = peer.vat() else { return Ok(None) };
        // What the records say is not asked of the host, whatever of it is in memory.
        if let Some(session) = self.known_session(&vat)? {
            return Ok(Some(session));
        }
        match self.core.number_of(&vat)? {
            Some(number) => self.local_session(number, vat).map(Some),
            None => Ok(None),
        }
    }

    /// Takes what waits for a peer, and its rows.
    fn take_wishes(&mut self, peer: &PeerKey) -> Result<Vec<Wish>, HostError> {
        let waiting = self.wishes.load(self.turn.records())?.remove(peer).unwrap_or_default();
        for kept in &waiting {
            self.turn.records().delete(layout::wish(kept.number));
        }
        Ok(waiting.into_iter().map(|kept| kept.wish).collect())
    }

    /// Whether something waits for a peer to be reached.
    pub fn has_wishes(&mut self, peer: &PeerKey) -> Result<bool, HostError> {
        Ok(self.wishes.load(self.turn.records())?.contains_key(peer))
    }

    /// What a stranger to this peer says to be let in: what the first wish knows.
    pub fn knock(&mut self, peer: &PeerKey) -> Result<Option<Knock>, HostError> {
        let wishes = self.wishes.load(self.turn.records())?;
        let first = wishes.get(peer).and_then(|waiting| waiting.first());
        Ok(first.and_then(|kept| match &kept.wish {
            Wish::Fetch(enliven) => {
                Some(Knock::Swiss(enliven.target.swiss.expose().to_vec().into()))
            }
            Wish::Withdraw(introduction) => Knock::of_introduction(introduction),
        }))
    }

    /// The peer knows nothing of what the first wish asks for.
    pub fn deny_first(&mut self, peer: &PeerKey, why: &Error) -> Result<(), HostError> {
        let wishes = self.wishes.load(self.turn.records())?;
        let Some(waiting) = wishes.get_mut(peer).filter(|waiting| !waiting.is_empty()) else {
            return Ok(());
        };
        let Kept { number, wish } = waiting.remove(0);
        if waiting.is_empty() {
            wishes.remove(peer);
        }
        self.turn.records().delete(layout::wish(number));
        self.deny(wish, why)
    }

    /// A session has begun: what waited for it goes on.
    pub fn grant_all(&mut self, peer: &PeerKey, session: SessionId) -> Result<(), HostError> {
        for wish in self.take_wishes(peer)? {
            self.grant(session, wish)?;
        }
        Ok(())
    }

    /// Gives up what waits for a peer, and the session that was being opened for it.
    pub fn deny_all(&mut self, peer: &PeerKey, why: &Error) -> Result<(), HostError> {
        for wish in self.take_wishes(peer)? {
            self.deny(wish, why)?;
        }
        self.drop_opening(peer)
    }

    /// A peer could not be reached by what was tried first: that breaks, with what knows no other
    /// way and what the same gifter gave. The rest is tried anew. Whoever gives wrong ways to a
    /// peer must not keep others from reaching it. What can wait stays, to be tried again later.
    pub fn unreachable(&mut self, peer: &PeerKey, why: &Error) -> Result<(), HostError> {
        let mut waiting = self.take_wishes(peer)?.into_iter();
        let Some(tried) = waiting.next() else { return self.keep_trying(peer) };
        let (lost, mut rest): (Vec<_>, Vec<_>) = waiting.partition(|wish| wish.is_like(&tried));
        let mut patient = Vec::new();
        for wish in std::iter::once(tried).chain(lost) {
            if self.can_wait(peer, &wish)? {
                patient.push(wish);
            } else {
                self.deny(wish, why)?;
            }
        }
        // What the vat itself wants comes before what it was given.
        rest.sort_by_key(|wish| wish.gifter().is_some());
        self.wish_all(rest)?;
        for wish in patient {
            let number = self.core.next_arrival()?;
            self.turn.records().put(layout::wish(number), wish.to_row()?);
            let waiting = self.wishes.load(self.turn.records())?.entry(peer.clone()).or_default();
            waiting.push(Kept { number, wish });
        }
        if let (PeerKey::Vat(vat), true) = (peer, self.has_wishes(peer)?) {
            self.effects.retry.push(*vat);
            return Ok(());
        }
        self.drop_opening(peer)
    }

    /// Nothing waits for a peer to be reached for the first time, but something may have been said
    /// to it that it has not heard.
    fn keep_trying(&mut self, peer: &PeerKey) -> Result<(), HostError> {
        let PeerKey::Vat(vat) = peer else { return Ok(()) };
        if let Some(id) = self.durable_session(vat)?
            && self.load_session(id)?
            && self.has_reason_to_dial(id)?
        {
            self.effects.retry.push(*vat);
            return Ok(());
        }
        self.drop_opening(peer)
    }

    /// Whether a wish waits for a peer that is away: a gift that only this vat knows of, from a
    /// gifter that does not give it again.
    fn can_wait(&mut self, peer: &PeerKey, wish: &Wish) -> Result<bool, HostError> {
        let (Some(gifter), PeerKey::Vat(_)) = (wish.gifter(), peer) else { return Ok(false) };
        if !self.core.is_durable()? || !self.load_session(gifter)? {
            return Ok(false);
        }
        let carrier = self.sessions.get(&gifter).map(|live| &live.carrier);
        Ok(matches!(carrier, Some(LiveCarrier::Local { .. } | LiveCarrier::Durable { .. })))
    }

    /// The session that was waited for has not begun, and nobody was found to be out of reach:
    /// what waits looks again for a session or a dial.
    pub fn wish_again(&mut self, peer: &PeerKey) -> Result<(), HostError> {
        let waiting = self.take_wishes(peer)?;
        self.wish_all(waiting)
    }

    /// The device deliveries that are answered when a peer is reached.
    pub fn wished(&mut self) -> Result<BTreeSet<DeliveryId>, HostError> {
        let wishes = self.wishes.load(self.turn.records())?;
        let delivery = |kept: &Kept| match &kept.wish {
            Wish::Fetch(enliven) => Some(enliven.delivery),
            Wish::Withdraw(_) => None,
        };
        Ok(wishes.values().flatten().filter_map(delivery).collect())
    }

    /// Goes on with what waited when the host stopped.
    pub fn resume_wishes(&mut self) -> Result<(), HostError> {
        let peers: Vec<_> = self.wishes.load(self.turn.records())?.keys().cloned().collect();
        for peer in peers {
            let mut kept = Vec::new();
            for wish in self.take_wishes(&peer)? {
                // Whoever gave it over a connection is gone with that one.
                if wish.gifter().is_none() || self.can_wait(&peer, &wish)? {
                    kept.push(wish);
                } else {
                    self.deny(wish, &Error::new(Class::Severed, "the host was restarted"))?;
                }
            }
            self.wish_all(kept)?;
        }
        Ok(())
    }

    fn wish_all(&mut self, wishes: Vec<Wish>) -> Result<(), HostError> {
        for wish in wishes {
            self.wish(wish)?;
        }
        Ok(())
    }

    fn grant(&mut self, session: SessionId, wish: Wish) -> Result<(), HostError> {
        match wish {
            Wish::Fetch(Enliven { delivery, target }) => {
                // In vat zero's sessions with vats of this host the bootstrap is their steward,
                // which knows revoked numbers from wrong ones.
                let stewards = self.slot.number == VAT_ZERO
                    && match target.peer.vat() {
                        Ok(vat) => self.core.number_of(&vat)?.is_some(),
                        Err(_) => false,
                    };
                let argument = if stewards {
                    Value::SturdyRef(Box::new(target))
                } else {
                    Value::Bytes(target.swiss.expose().to_vec().into())
                };
                let promise = self.ask_bootstrap(session, Message::new("fetch", [argument]))?;
                self.answer_device(delivery, Ok(promise))
            }
            Wish::Withdraw(introduction) => {
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
                let limits = hogshead_captp::Limits::default();
                Ok(handoff::withdraw_own(*introduction, &limits, self.turn)?)
            }
        }
    }

    fn deny(&mut self, wish: Wish, why: &Error) -> Result<(), HostError> {
        match wish {
            Wish::Fetch(Enliven { delivery, .. }) => self.answer_device(delivery, Err(why.clone())),
            Wish::Withdraw(introduction) => {
                Ok(handoff::fail(introduction.promise, why, self.turn)?)
            }
        }
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
                && let Some(introducer) = self.introducer(from.session)?
            {
                introducers.insert(from.session, introducer);
            }
        }
        Ok(introducers)
    }

    fn introducer(&mut self, session: SessionId) -> Result<Option<Introducer>, HostError> {
        let Some(live) = self.sessions.get_mut(&session) else { return Ok(None) };
        let introducer = live.session.introducer(self.turn.records())?;
        let Some(mut introducer) = introducer else { return Ok(None) };
        if introducer.local
            && let Ok(vat) = introducer.exporter.vat()
        {
            // By the ways that there are now, not when the session was loaded.
            introducer.exporter = self.core.hog_location(vat)?;
        } else if matches!(live.carrier, LiveCarrier::Durable { .. }) {
            // Each hello says where the exporter is; the session itself only knows where it was.
            introducer.exporter = self.core.way_to(self.slot.number, &introducer.exporter)?;
        }
        Ok(Some(introducer))
    }
}

impl Core {
    /// Whether a peer is this vat of ours, by the name that it has on our own network or by
    /// another transport's.
    pub(crate) fn is_name_of(&self, peer: &PeerKey, vat: VatId) -> bool {
        match peer {
            PeerKey::Vat(named) => *named == vat,
            PeerKey::Other(named) => {
                let locators = self.ways().into_iter().filter_map(|way| way.locator(vat));
                locators.into_iter().any(|locator| locator.peer() == *named)
            }
        }
    }
}
