//! Three vats, each joined with both others: what a handoff takes.

use hogshead_objects::ids::SessionId;

use super::{FakeVat, hello, key, locator};
use crate::crypto::PublicKey;
use crate::handoff::Identity;
use crate::limits::Limits;
use crate::operation::Dialect;
use crate::session::{Bootstrap, Carrier, Config, Session, Violation};

/// Alice, Bob and Carol, each with a session with both others.
///
/// Alice gives Bob what is Carol's, unless a test turns the roles around.
pub struct Trio {
    /// The vats, by the numbers below.
    pub vats: [FakeVat; 3],
}

impl Trio {
    /// Who gives.
    pub const ALICE: usize = 0;
    /// Who receives.
    pub const BOB: usize = 1;
    /// Who exports.
    pub const CAROL: usize = 2;

    const NAMES: [&str; 3] = ["alice", "bob", "carol"];

    /// Sessions over connections, with the hellos exchanged.
    pub fn plain(limits: Limits) -> Self {
        Self::joined([Carrier::Plain; 3], limits)
    }

    /// Sessions among vats of one host.
    pub fn local(limits: Limits) -> Self {
        Self::joined([Carrier::Local; 3], limits)
    }

    /// Sessions by the carriers of: Alice and Bob, Alice and Carol, Bob and Carol.
    pub fn joined(carriers: [Carrier; 3], limits: Limits) -> Self {
        let vats = [1, 2, 3].map(FakeVat::with_entropy);
        let mut trio = Self { vats };
        let pairs =
            [(Self::ALICE, Self::BOB), (Self::ALICE, Self::CAROL), (Self::BOB, Self::CAROL)];
        for ((one, other), carrier) in pairs.into_iter().zip(carriers) {
            trio.join(one, other, carrier, limits);
        }
        let greeted = trio.run();
        debug_assert_eq!(greeted, Ok(()), "all hellos are good");
        trio
    }

    /// Joins two of the vats by a session that is new on both sides.
    pub fn join(&mut self, one: usize, other: usize, carrier: Carrier, limits: Limits) {
        for (us, them, dials) in [(one, other, true), (other, one, false)] {
            let greets = carrier == Carrier::Plain;
            let config = Config {
                id: Self::session(us, them),
                dialect: Dialect::default(),
                bootstrap: Bootstrap::Fetch,
                limits: limits.into(),
                identity: (!greets).then(|| Self::identity(us, them)),
                handoffs: true,
            };
            let (our_name, their_name) = (Self::name(us), Self::name(them));
            let session = match (carrier, dials) {
                (Carrier::Local, _) => Session::local(config),
                (Carrier::Durable, _) => Session::durable(config),
                (Carrier::Plain, true) => {
                    Session::dial(config, hello(Self::seed(us, them), our_name, Some(their_name)))
                }
                (Carrier::Plain, false) => {
                    Session::accept(config, hello(Self::seed(us, them), our_name, None))
                }
            };
            if let Some(vat) = self.vats.get_mut(us) {
                vat.join(session);
            }
        }
    }

    /// The number that `us` has for its session with `them`.
    pub fn session(us: usize, them: usize) -> SessionId {
        SessionId(Self::seed(us, them).into())
    }

    /// The two sides of a session, as `us` knows them.
    pub fn identity(us: usize, them: usize) -> Identity {
        Identity {
            key: key(Self::seed(us, them)),
            location: locator(Self::name(us)),
            peer: locator(Self::name(them)),
            peer_key: PublicKey::from(key(Self::seed(them, us)).verifying_key()),
        }
    }

    /// Carries the next thing from one vat to another; tells whether there was one.
    pub fn step(&mut self, from: usize, to: usize) -> Result<bool, Violation> {
        let Some(vat) = self.vats.get_mut(from) else { return Ok(false) };
        let Some(sent) = vat.sent(Self::session(from, to)).pop_front() else { return Ok(false) };
        if let Some(vat) = self.vats.get_mut(to) {
            vat.receive(Self::session(to, from), &sent)?;
        }
        Ok(true)
    }

    /// Carries everything from one vat to another until it is silent.
    pub fn drain(&mut self, from: usize, to: usize) -> Result<(), Violation> {
        while self.step(from, to)? {}
        Ok(())
    }

    /// Carries everything until all are silent.
    pub fn run(&mut self) -> Result<(), Violation> {
        loop {
            let mut moved = false;
            for from in 0..3 {
                for to in 0..3 {
                    moved |= from != to && self.step(from, to)?;
                }
            }
            if !moved {
                return Ok(());
            }
        }
    }

    fn name(vat: usize) -> &'static str {
        Self::NAMES.get(vat).copied().unwrap_or_default()
    }

    /// Tells the six sides of the three sessions apart: also the seed of the side's key.
    fn seed(us: usize, them: usize) -> u8 {
        let number = us.saturating_mul(3).saturating_add(them).saturating_add(10);
        u8::try_from(number).unwrap_or(u8::MAX)
    }
}
