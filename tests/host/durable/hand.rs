//! A vat played by hand: it speaks durable frames over QUIC, and nothing keeps it honest.

use std::sync::Arc;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead::{Locator, Message, SturdyRef, Value};
use hogshead_captp::durable::{self, Cause, Chain, End, Frame, Hello, Incarnation, Knock, Mark};
use hogshead_captp::operation::Deliver;
use hogshead_captp::{Descriptor, Dialect, Import, Operation, Target};
use hogshead_netlayer::quic::{Quic, QuicConfig};
use hogshead_netlayer::sim::SimNetwork;
use hogshead_netlayer::way::hog_locator;
use hogshead_netlayer::{
    Channel, FrameReceiver, FrameSender, HostKey, Limits, Mode, Netlayer, PeerInfo, Vats,
};
use hogshead_objects::ids::{Epoch, Timestamp, VatId};
use hogshead_objects::keys::HostingCertificate;
use hogshead_objects::locator::SwissNumber;

use super::super::cast::soon;

/// A host with one vat.
pub struct Hand {
    pub vat: VatId,
    netlayer: Arc<dyn Netlayer>,
    key: SigningKey,
}

struct Papers(HostingCertificate);

impl Vats for Papers {
    fn certificate(&self, _: &VatId) -> Option<HostingCertificate> {
        Some(self.0.clone())
    }

    fn seen_epoch(&self, _: &VatId, _: &VatId) -> Option<Epoch> {
        None
    }

    fn now(&self) -> Timestamp {
        Timestamp(1)
    }
}

impl Hand {
    /// A hand whose keys come from a small number.
    pub fn new(seed: u8) -> Self {
        let mut config = QuicConfig::new("127.0.0.1:0".parse().unwrap(), u64::from(seed));
        config.most = Mode::Durable;
        Self::over(seed, |key, vats| Arc::new(Quic::bind(config, key, vats).unwrap()))
    }

    /// A hand on a simulated network.
    pub fn on(network: &SimNetwork, seed: u8) -> Self {
        let address = format!("hand-{seed}");
        Self::over(seed, |key, vats| {
            Arc::new(network.join(&address, key, vats, Limits::default(), Mode::Durable))
        })
    }

    fn over(seed: u8, open: impl FnOnce(HostKey, Arc<dyn Vats>) -> Arc<dyn Netlayer>) -> Self {
        let root = SigningKey::from_bytes(&[seed; 32]);
        let host = HostKey::from_secret(&[seed ^ 0x80; 32]);
        let papers = HostingCertificate::sign(&root, host.id(), Epoch(1), Timestamp(u64::MAX / 2));
        let netlayer = open(host, Arc::new(Papers(papers)));
        let vat = VatId::from(root.verifying_key());
        Self { vat, netlayer, key: SigningKey::from_bytes(&[seed ^ 0x40; 32]) }
    }

    fn location(&self) -> Locator {
        hog_locator(self.vat, [(self.netlayer.name(), self.netlayer.local_addresses())])
    }

    /// Whether there is no such vat any more.
    pub async fn finds_nobody(&self, at: &Locator) -> bool {
        soon(self.netlayer.dial(self.vat, at, Mode::Durable)).await.is_err()
    }

    /// A channel to a vat, and no word on it yet.
    pub async fn dial(&self, to: &Locator) -> Talk {
        let channel = soon(self.netlayer.dial(self.vat, to, Mode::Durable)).await.unwrap();
        let Channel { mode, tx, rx, peer: PeerInfo { proof, .. }, .. } = channel;
        assert_eq!(mode, Mode::Durable);
        Talk { peer: proof.unwrap().vat, tx, rx }
    }

    /// A sturdyref to something that the hand's vat may have.
    pub fn sturdyref(&self) -> SturdyRef {
        SturdyRef { peer: self.location(), swiss: SwissNumber::new(vec![5; 32]) }
    }

    /// The next channel that a peer opens, and no word on it yet.
    pub async fn accept(&self) -> Talk {
        let channel = soon(self.netlayer.accept()).await.unwrap();
        let Channel { tx, rx, peer: PeerInfo { proof, .. }, .. } = channel;
        Talk { peer: proof.unwrap().vat, tx, rx }
    }

    /// A hello of a session that the peer knows nothing of yet.
    pub fn first_hello(&self, ours: Incarnation, knock: Option<&SturdyRef>) -> Hello {
        let location = self.location();
        Hello {
            ours,
            theirs: None,
            sent: Mark::NONE,
            received: Mark::NONE,
            credit: 100,
            start: durable::start(&self.key, &location),
            location: None,
            knock: knock.map(|known| Knock::Swiss(known.swiss.expose().to_vec().into())),
            again: false,
        }
    }

    /// A session that is open: it knows the number, and the peer has said hello.
    pub async fn open(&self, known: &SturdyRef, ours: Incarnation) -> (Talk, Side) {
        let mut talk = self.dial(&known.peer).await;
        let first = Frame::Hello(Box::new(self.first_hello(ours, Some(known))));
        talk.say(first.clone()).await;
        let Frame::Hello(mut hello) = talk.hear().await else { panic!("no hello came") };
        if hello.again {
            talk.say(first).await;
            let Frame::Hello(next) = talk.hear().await else { panic!("no hello came") };
            hello = next;
        }
        assert_eq!(hello.theirs, Some(ours));
        let (us, peer) = ((self.vat, ours), (talk.peer, hello.ours));
        let mark = |chain| Mark { number: 0, chain };
        let side = Side {
            ours,
            theirs: hello.ours,
            sent: mark(Chain::seed(us, peer)),
            received: mark(Chain::seed(peer, us)),
        };
        (talk, side)
    }

    /// A hello that resumes.
    pub fn hello(&self, side: &Side) -> Hello {
        let first = self.first_hello(side.ours, None);
        let theirs = Some(side.theirs);
        Hello { theirs, sent: side.sent, received: side.received, ..first }
    }
}

/// How far the hand's side of a session is.
#[derive(Clone, Copy)]
pub struct Side {
    pub ours: Incarnation,
    pub theirs: Incarnation,
    pub sent: Mark,
    pub received: Mark,
}

impl Side {
    /// The next operation's frame.
    pub fn next(&mut self, operation: &Operation) -> Frame {
        let payload = operation.encode(Dialect::default());
        let (number, cause, chain) = (self.sent.number + 1, Cause([7; 16]), self.sent.chain);
        self.sent = Mark { number, chain: chain.after(number, &cause, &payload) };
        Frame::Operation { number, chain, cause, payload }
    }

    /// Takes an operation of the peer in.
    pub fn take(&mut self, frame: &Frame) {
        let Frame::Operation { number, chain, cause, payload } = frame else {
            panic!("an operation was due, {frame:?} came");
        };
        assert_eq!((*number, *chain), (self.received.number + 1, self.received.chain));
        self.received = Mark { number: *number, chain: chain.after(*number, cause, payload) };
    }
}

/// A channel to a peer.
pub struct Talk {
    pub peer: VatId,
    tx: FrameSender,
    rx: FrameReceiver,
}

impl Talk {
    pub async fn say(&self, frame: Frame) {
        self.say_octets(frame.encode()).await;
    }

    pub async fn say_octets(&self, octets: Bytes) {
        soon(self.tx.send_many(vec![octets])).await.unwrap();
    }

    /// The peer's next frame; none once it has closed the channel.
    pub async fn next(&mut self) -> Option<Frame> {
        match soon(self.rx.recv()).await {
            Ok(Some(octets)) => Some(Frame::decode(&octets).unwrap()),
            Ok(None) | Err(_) => None,
        }
    }

    pub async fn hear(&mut self) -> Frame {
        self.next().await.expect("the peer closed the channel")
    }

    /// The peer's next frame that is no acknowledgement.
    pub async fn hear_more(&mut self) -> Option<Frame> {
        loop {
            match self.next().await {
                Some(Frame::Ack { .. }) => {}
                other => return other,
            }
        }
    }

    /// Waits for the peer to end the session.
    pub async fn end(&mut self) -> End {
        match self.hear_more().await {
            Some(Frame::End(end)) => *end,
            other => panic!("an end was due, {other:?} came"),
        }
    }

    /// Waits until the peer has acknowledged a number.
    pub async fn acked(&mut self, side: &mut Side) {
        loop {
            match self.hear().await {
                Frame::Ack { received, .. } if received == side.sent => return,
                Frame::Ack { .. } => {}
                operation => side.take(&operation),
            }
        }
    }
}

/// Asks the bootstrap object for something; the answer is at `answer`.
pub fn fetch(known: &SturdyRef, answer: u64) -> Operation {
    let swiss = Value::Bytes(known.swiss.expose().to_vec().into());
    Operation::Deliver(Deliver {
        to: Target::Export(0),
        message: Message::apply(vec![symbol("fetch"), swiss]),
        answer: Some(answer),
        resolver: Some(Import::Object(answer)),
    })
}

/// Tells what is at an answer of the peer something.
pub fn tell(answer: u64, method: &str, text: &str) -> Operation {
    Operation::Deliver(Deliver {
        to: Target::Answer(answer),
        message: Message::apply(vec![symbol(method), Value::String(text.to_owned())]),
        answer: None,
        resolver: None,
    })
}

fn symbol(name: &str) -> Value<Descriptor> {
    Value::Symbol(name.to_owned().into())
}
