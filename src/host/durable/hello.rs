//! Hellos: how a session is opened and, on each new carrier, resumed.
//!
//! Whoever dialled speaks first, and the other side answers. A side that knows another incarnation
//! than the peer does has outlived a session that the peer has not: that one is over.

use hogshead_captp::Session;
use hogshead_captp::durable::{self, End, EndReason, Frame, Hello, Incarnation, Link};
use hogshead_captp::handoff::Identity;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, VatId};
use hogshead_objects::{Class, Error};

use super::{Arrived, Carrier};
use crate::host::core::Core;
use crate::host::history::{Carried, Cause};
use crate::host::peers::PeerKey;
use crate::host::sessions::{SessionKind, SessionRow, durable_config};
use crate::host::slot::{Live, LiveCarrier, Resident, Slot};
use crate::host::turn::{Release, Work};
use crate::host::vats::{decode, encode, epoch_row};
use crate::host::{HostError, layout};
use crate::limits::{DECLINED_MAX, RESEND_BYTES};

impl Core {
    /// A channel has come for a vat.
    pub(crate) fn run_carrier(
        &self,
        slot: &std::sync::Arc<Slot>,
        resident: &mut Resident,
        arrived: Arrived,
    ) -> Result<(), HostError> {
        let Arrived { peer, carrier, hello } = arrived;
        if !self.peers.is_carried(slot.number, &peer, carrier.number) {
            // Another one has taken its place on the way here.
            return Ok(());
        }
        let number = carrier.number;
        let told = self.tell(&Cause::Carried(Box::new(Carried {
            peer,
            number,
            dialled: carrier.dialled,
            epoch: carrier.epoch,
            hello: hello.as_ref().map(|hello| Frame::Hello(hello.clone()).encode()),
        })));
        // Dropping the earlier one closes it.
        resident.carriers.insert(peer, carrier);
        self.redial.reached(slot.number, peer);
        let greeted =
            self.turn_as(slot, resident, &told, |work| work.greet(peer, hello.as_deref()));
        self.after_link(slot, resident, (peer, number), greeted.map(|_| ()))
    }
}

impl Work<'_, '_, '_> {
    /// The session with a peer, opened if there is none: what the peer will be told of it is in
    /// the rows before it is told. An error for the caller if the vat has as many as it may.
    pub fn open_link(&mut self, peer: VatId) -> Result<SessionId, HostError> {
        if let Some(id) = self.durable_session(&peer)? {
            return Ok(id);
        }
        self.count_durable(1)?;
        let id = self.core.next_session()?;
        let row = SessionRow::new(SessionKind::Durable, Some(peer), self.turn.now());
        let row = encode(&row, false)?;
        self.turn.records().put(layout::session(id), row);
        self.turn.records().put(layout::session_by_peer(&peer), encode(&id.0, false)?);
        let key = ed25519_dalek::SigningKey::from_bytes(&self.turn.random());
        let mut ours = [0; 16];
        ours.copy_from_slice(&self.turn.random()[..16]);
        let parties = self.parties(peer);
        let location = self.core.hog_location(self.slot.id)?;
        durable::put_key(id, &key, &location, self.turn.records());
        let mut link = Link::open(id, parties, Incarnation(ours), self.turn.records());
        link.flush(self.turn.records());
        Ok(id)
    }

    /// Drops a session that was never established and that nobody waits for any more.
    pub fn drop_opening(&mut self, peer: &PeerKey) -> Result<(), HostError> {
        let PeerKey::Vat(vat) = peer else { return Ok(()) };
        let Some(id) = self.durable_session(vat)? else { return Ok(()) };
        if self.sessions.contains_key(&id) || self.stored_link(id, *vat)?.is_established() {
            return Ok(());
        }
        self.count_durable(-1)?;
        Link::delete_rows(id, self.turn.records())?;
        self.turn.records().delete(layout::session(id));
        self.turn.records().delete(layout::session_by_peer(vat));
        if let Some(carrier) = self.carriers.remove(vat) {
            self.core.uncarried(self.slot.number, vat, carrier.number);
        }
        Ok(())
    }

    /// Takes up a new carrier: with what the peer said, or by speaking first.
    pub fn greet(&mut self, peer: VatId, hello: Option<&Hello>) -> Result<(), HostError> {
        match hello {
            Some(hello) => self.take_hello(peer, hello),
            None => self.send_hello(peer),
        }
    }

    /// Says hello on the carrier that there is: who we are in this session, and how far we are.
    pub fn send_hello(&mut self, peer: VatId) -> Result<(), HostError> {
        self.say_hello(peer, false)
    }

    /// Says hello likewise, perhaps to hear the peer's own another time.
    fn say_hello(&mut self, peer: VatId, again: bool) -> Result<(), HostError> {
        let Some(id) = self.durable_session(&peer)? else {
            // What it was dialled for has gone.
            return self.drop_carrier(peer);
        };
        let established = self.load_session(id)?;
        let knock = if established { None } else { self.knock(&PeerKey::Vat(peer))? };
        let start = self.own_start(id, established)?;
        let place = self.location_record()?;
        let hello = if established {
            self.give_credit(id)?;
            match self.sessions.get(&id).map(|live| &live.carrier) {
                Some(LiveCarrier::Durable { link, .. }) => link.hello(start, place, None),
                _ => return Ok(()),
            }
        } else {
            self.stored_link(id, peer)?.hello(start, place, knock)
        };
        let hello = Hello { again, ..hello };
        self.release_link(peer, vec![Frame::Hello(Box::new(hello)).encode()]);
        Ok(())
    }

    /// The peer has doubts whether what we said on this channel is what we said last. It was to be
    /// dialled for that, and asks once.
    fn say_hello_again(&mut self, peer: VatId) -> Result<(), HostError> {
        if self.is_first(peer, true)? {
            return self.send_hello(peer);
        }
        self.drop_carrier(peer)
    }

    /// Whether a channel is one that we dialled, or that the peer did, and nobody was asked for
    /// another hello on it.
    fn is_first(&mut self, peer: VatId, dialled: bool) -> Result<bool, HostError> {
        let carrier = self.carriers.get_mut(&peer).filter(|carrier| carrier.dialled == dialled);
        let first = carrier.is_some_and(|carrier| !std::mem::replace(&mut carrier.again, true));
        self.core.remembered(first)
    }

    /// Our key in a session, as the peer is told it each time.
    fn own_start(&mut self, id: SessionId, established: bool) -> Result<bytes::Bytes, HostError> {
        let own = if established {
            let identity = durable::identity(id, self.turn.records())?;
            identity.map(|identity| (identity.key, identity.location))
        } else {
            durable::key(id, self.turn.records())?
        };
        let (key, location) =
            own.ok_or_else(|| HostError::Damaged(format!("session {id} has no key")))?;
        Ok(durable::start(&key, &location))
    }

    /// Takes in what the peer says on a new carrier.
    pub fn take_hello(&mut self, peer: VatId, hello: &Hello) -> Result<(), HostError> {
        if hello.again {
            return self.say_hello_again(peer);
        }
        let known = self.durable_session(&peer)?;
        let id = match known {
            None => match hello.theirs {
                Some(unknown) => return self.disown(peer, hello.ours, unknown),
                // Whoever comes here has shown that it knows something: see `meet`.
                None => match self.open_link(peer) {
                    Err(HostError::Caller(why)) => return self.decline(peer, &why),
                    opened => opened?,
                },
            },
            Some(id) if self.load_session(id)? => {
                let link = self.link_mut(id)?;
                let same = link.theirs() == Some(hello.ours);
                let known = hello.theirs == Some(link.ours());
                // One of the two alone proves a fork, unless the peer has not heard of us yet.
                let goes_on = known || (same && hello.theirs.is_none());
                // Channels may come in another order than they were opened. Only an answer to our
                // own hello says how the peer is now.
                let may_be_late = !goes_on || link.is_behind(hello);
                if may_be_late && self.is_first(peer, false)? {
                    return self.say_hello(peer, true);
                }
                if goes_on {
                    return self.resume(id, peer, hello);
                }
                self.outlived(id, peer)?;
                return self.take_hello(peer, hello);
            }
            Some(id) => id,
        };
        let link = self.stored_link(id, peer)?;
        if let Some(unknown) = hello.theirs.filter(|theirs| *theirs != link.ours()) {
            return self.disown(peer, hello.ours, unknown);
        }
        self.establish(id, peer, link, hello)?;
        self.resume(id, peer, hello)?;
        self.grant_all(&PeerKey::Vat(peer), id)
    }

    /// Counts a durable session more or less of this vat; refuses one that is too many.
    pub fn count_durable(&mut self, change: i64) -> Result<(), HostError> {
        let key = layout::durable_sessions();
        let count = match self.turn.records().get(&key)? {
            Some(row) => decode::<u64>(&row, "the number of sessions")?,
            None => 0,
        };
        if change > 0 && count >= self.core.durable_sessions()? {
            let why = "the vat has as many sessions as it may; its owner can end some";
            return Err(Error::new(Class::Busy, why).into());
        }
        let count = count.saturating_add_signed(change);
        self.turn.records().put(key, encode(&count, false)?);
        Ok(())
    }

    /// Lets a peer know that it is not let in now.
    fn decline(&mut self, peer: VatId, why: &Error) -> Result<(), HostError> {
        let declined = Frame::Declined { reason: why.message().to_owned() };
        self.release_link(peer, vec![declined.encode()]);
        self.drop_carrier(peer)
    }

    /// Tells the peer that we do not know the session that it speaks of. It may then say hello
    /// again, without it.
    fn disown(
        &mut self,
        peer: VatId,
        theirs: Incarnation,
        ours: Incarnation,
    ) -> Result<(), HostError> {
        let end = End {
            ours,
            theirs,
            why: EndReason::Unknown,
            text: "there is no such session here".to_owned(),
            evidence: None,
        };
        self.release_link(peer, vec![Frame::End(Box::new(end)).encode()]);
        Ok(())
    }

    /// Ends our side of a session that the peer no longer knows.
    fn outlived(&mut self, id: SessionId, peer: VatId) -> Result<(), HostError> {
        let why = "the peer does not know this session any more: it has ended it, or was restored \
                   from an older copy of its store";
        tracing::warn!(vat = %self.slot.number, %peer, session = %id, "a session was outlived");
        self.forget_session(id, &Error::new(Class::Severed, why))
    }

    /// Both sides know each other's incarnation from here on.
    fn establish(
        &mut self,
        id: SessionId,
        peer: VatId,
        mut link: Link,
        hello: &Hello,
    ) -> Result<(), HostError> {
        let (peer_key, location) = durable::judge_start(&hello.start)?;
        if !location.vat().is_ok_and(|named| named == peer) {
            return Err(hogshead_captp::Violation::WrongPeer.into());
        }
        let own = durable::key(id, self.turn.records())?;
        let (key, ours) =
            own.ok_or_else(|| HostError::Damaged(format!("session {id} has no key")))?;
        let identity = Identity { key, location: ours, peer: location, peer_key };
        durable::put_identity(id, &identity, self.turn.records());
        link.establish(hello.ours, self.turn.records());
        self.insert_durable(id, peer, link, identity);
        self.announce_to(&peer, true)?;
        Ok(())
    }

    /// Puts an established session in its place in memory.
    pub fn insert_durable(&mut self, id: SessionId, peer: VatId, link: Link, identity: Identity) {
        if link.has_unsent() {
            self.sending.insert(id);
        }
        let session = Session::durable(durable_config(id, identity));
        let carrier = LiveCarrier::Durable { peer, link: Box::new(link) };
        self.sessions.insert(id, Live::new(session, carrier));
        self.by_peer.insert(PeerKey::Vat(peer), id);
    }

    /// Compares how far both sides are, and sends what the peer has not got.
    fn resume(&mut self, id: SessionId, peer: VatId, hello: &Hello) -> Result<(), HostError> {
        if let Some(record) = &hello.location {
            self.note_location(peer, record)?;
        }
        self.announced_to(&peer)?;
        self.link_resume(id, hello)?;
        self.note_heard(id)?;
        let carrier = self.carriers.get(&peer);
        let carrier = carrier.map(|Carrier { dialled, epoch, .. }| (*dialled, *epoch));
        let Some((dialled, epoch)) = self.core.remembered(carrier)? else { return Ok(()) };
        self.turn.records().put(layout::seen_epoch(&peer), epoch_row(epoch)?);
        if !dialled {
            self.send_hello(peer)?;
        }
        if let Some(carrier) = self.carriers.get_mut(&peer) {
            carrier.greeted = true;
        }
        self.resend(id, peer, hello.received.number)
    }

    fn link_resume(&mut self, id: SessionId, hello: &Hello) -> Result<(), HostError> {
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        let LiveCarrier::Durable { link, .. } = &mut live.carrier else { return Ok(()) };
        link.resume(hello, self.turn.records())?;
        self.touched.insert(id);
        Ok(())
    }

    /// Sends what is in the outbox after a number, as far as it goes at once.
    pub fn resend(&mut self, id: SessionId, peer: VatId, after: u64) -> Result<(), HostError> {
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        let LiveCarrier::Durable { link, .. } = &mut live.carrier else { return Ok(()) };
        let (frames, more) = link.resend(after, RESEND_BYTES, self.turn.records())?;
        let sent = more.unwrap_or_else(|| link.sent().number);
        // What this turn numbers is among them.
        drop(link.take_frames());
        self.sent.insert(peer, (sent, more.is_some()));
        self.release_link(peer, frames);
        Ok(())
    }

    /// The peer knows nothing of what we knocked with: who waits for that is told, and what waits
    /// beside it is tried next.
    pub fn declined(&mut self, peer: VatId, reason: &str) -> Result<(), HostError> {
        let key = PeerKey::Vat(peer);
        let established = match self.durable_session(&peer)? {
            Some(id) => self.load_session(id)?,
            None => false,
        };
        if established {
            return Ok(());
        }
        self.deny_first(&key, &Error::new(Class::NotFound, reason))?;
        if !self.has_wishes(&key)? {
            return self.drop_opening(&key);
        }
        let Some(carrier) = self.carriers.get_mut(&peer) else { return Ok(()) };
        carrier.declined += 1;
        if carrier.declined >= DECLINED_MAX {
            self.drop_carrier(peer)?;
            return self.wish_again(&key);
        }
        self.send_hello(peer)
    }

    /// Lets go of a carrier.
    pub fn drop_carrier(&mut self, peer: VatId) -> Result<(), HostError> {
        if let Some(carrier) = self.carriers.remove(&peer) {
            self.core.uncarried(self.slot.number, &peer, carrier.number);
            // Closed once what was said before has left.
            self.effects.release.push(Release::Then(Box::new(move || drop(carrier))));
        }
        Ok(())
    }

    /// Gives frames to the carrier of a peer, if there is one, once the turn is durable.
    pub fn release_link(&mut self, peer: VatId, frames: Vec<bytes::Bytes>) {
        if frames.is_empty() {
            return;
        }
        if let Some(carrier) = self.carriers.get(&peer) {
            let outbox = carrier.outbox.clone();
            self.effects.release.push(Release::Link { outbox, frames });
        }
    }
}
