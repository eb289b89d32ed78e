//! What goes over the wire, octet by octet: conformance to the specification's sections, the
//! hello, and what becomes of peers that lie.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod conformance;
mod hello;
mod hostile;
mod limits;
mod rows;

use hogshead_captp::testing::{self, FakeVat, Sent};
use hogshead_captp::{
    Bootstrap, Config, DeliverForm, Dialect, GcLabels, Limits, Session, Violation,
};
use hogshead_objects::ids::SessionId;

/// What the suite's main branch speaks.
const OLD: Dialect = Dialect { deliver: DeliverForm::Only, gc: GcLabels::Singular };

/// Our vat, and a peer that is nothing but octets.
struct Raw {
    vat: FakeVat,
    id: SessionId,
}

impl Raw {
    /// An established session that the peer dialled.
    fn new(dialect: Dialect, limits: Limits) -> Self {
        let id = SessionId(1);
        let config = Config {
            id,
            dialect,
            bootstrap: Bootstrap::Fetch,
            limits,
            identity: None,
            handoffs: false,
        };
        let mut vat = FakeVat::new();
        vat.join(Session::accept(config.clone(), testing::hello(2, "bob", None)));
        let mut raw = Self { vat, id };
        let config = Config { limits: Limits::default(), ..config };
        let mut peer = Session::dial(config, testing::hello(1, "alice", Some("bob")));
        for frame in peer.take_frames() {
            raw.vat.receive(id, &Sent::Frame(frame)).unwrap();
        }
        assert_eq!(raw.heard().len(), 1, "our hello and nothing else");
        raw
    }

    /// The peer sends one frame.
    fn say(&mut self, octets: &str) -> Result<(), Violation> {
        let frame = octets.as_bytes().to_vec().into();
        self.vat.receive(self.id, &Sent::Frame(frame))
    }

    /// What the peer has been sent since it last listened.
    fn heard(&mut self) -> Vec<String> {
        let frames = self.vat.sent(self.id).drain(..);
        frames
            .map(|sent| match sent {
                Sent::Frame(frame) => String::from_utf8_lossy(&frame).into_owned(),
                Sent::Row(_) => panic!("a plain session sends frames"),
            })
            .collect()
    }

    /// Says something, and expects to hear exactly this.
    fn check(&mut self, says: &str, hears: &[&str]) {
        self.say(says).unwrap_or_else(|violation| panic!("{says}: {violation}"));
        assert_eq!(self.heard(), hears, "after {says}");
    }
}
