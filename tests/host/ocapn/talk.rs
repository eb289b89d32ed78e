//! A peer by hand: it says what a story wants it to say, and keeps no tables.

use std::sync::Arc;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead::{Class, DeliverForm, Error, GcLabels, Locator, Message, TcpFraming, Value};
use hogshead_captp::crypto::{PublicId, PublicKey};
use hogshead_captp::operation::Deliver;
use hogshead_captp::syrup::split::Splitter;
use hogshead_captp::{
    Bootstrap, Config, Descriptor, Dialect, Event, Hello, Import, Limits, Operation, Session,
    Target,
};
use hogshead_netlayer::frames::Framing;
use hogshead_netlayer::quic::{Quic, QuicConfig};
use hogshead_netlayer::tcp_testing::{TcpTesting, TcpTestingConfig};
use hogshead_netlayer::{Channel, HostKey, Mode, Netlayer, Vats};
use hogshead_objects::ids::{Epoch, SessionId, Timestamp, VatId};
use hogshead_objects::keys::HostingCertificate;

use crate::host::cast::soon;

/// Who speaks by hand: a vat in name, and its way to others.
pub struct Hand {
    pub way: Arc<dyn Netlayer>,
    pub vat: VatId,
}

impl Hand {
    /// Somebody on `tcp-testing-only`.
    pub fn on_tcp(designator: &str, framing: TcpFraming) -> Self {
        let framing = match framing {
            TcpFraming::Prefixed => Framing::Prefixed,
            TcpFraming::Bare => Framing::bare(|| {
                let mut splitter = Splitter::new();
                move |octets: &[u8], max| splitter.feed(octets, max).map_err(|e| e.to_string())
            }),
        };
        let vat = VatId::from(SigningKey::from_bytes(&[0x44; 32]).verifying_key());
        let mut config = TcpTestingConfig::new(vat, "127.0.0.1:0".parse().unwrap(), framing);
        config.designator = Some(designator.to_owned());
        Self { way: Arc::new(TcpTesting::bind(config).unwrap()), vat }
    }

    /// Somebody on our own network, who can prove to be a vat.
    pub fn on_quic(seed: u8) -> Self {
        let root = key(seed);
        let host = HostKey::from_secret(&[seed ^ 0x80; 32]);
        let until = Timestamp(u64::MAX / 2);
        let papers = Papers(HostingCertificate::sign(&root, host.id(), Epoch(1), until));
        let config = QuicConfig::new("127.0.0.1:0".parse().unwrap(), u64::from(seed));
        let way = Quic::bind(config, host, Arc::new(papers)).unwrap();
        Self { way: Arc::new(way), vat: VatId::from(root.verifying_key()) }
    }

    /// Where it says it is reached.
    pub fn location(&self) -> Locator {
        let hog = || Locator::hog(self.vat, self.way.local_addresses());
        self.way.locator(self.vat).unwrap_or_else(hog)
    }

    /// Opens a connection and says nothing.
    pub async fn dial(&self, to: &Locator) -> Channel {
        soon(self.way.dial(self.vat, to, Mode::Plain)).await.unwrap()
    }

    /// Opens a connection and says hello.
    pub async fn call_with(&self, to: &Locator, key: SigningKey) -> Talk {
        self.call_as(to, self.location(), key).await
    }

    /// Opens a connection and says to be somebody.
    pub async fn call_as(&self, to: &Locator, location: Locator, key: SigningKey) -> Talk {
        let mut talk = self.prepare(to, location, key).await;
        talk.flush().await;
        talk
    }

    /// Opens a connection and has a hello ready.
    pub async fn prepare(&self, to: &Locator, location: Locator, key: SigningKey) -> Talk {
        let channel = self.dial(to).await;
        let expected_peer = Some(to.clone());
        let hello = Hello { key, location, expected_peer };
        Talk::new(channel, Session::dial(config(), hello))
    }

    /// Opens a session: hellos both ways.
    pub async fn call(&self, to: &Locator, seed: u8) -> Talk {
        let mut talk = self.call_with(to, key(seed)).await;
        talk.greeted().await.unwrap();
        talk
    }

    /// Waits to be called, and reads the hello; its own goes with [`Talk::flush`].
    pub async fn be_called(&self, seed: u8) -> (Talk, PublicId) {
        let channel = soon(self.way.accept()).await.unwrap();
        let hello = Hello { key: key(seed), location: self.location(), expected_peer: None };
        let mut talk = Talk::new(channel, Session::accept(config(), hello));
        let theirs = talk.greeted().await.unwrap();
        (talk, theirs)
    }
}

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// A key whose side of a session is above or below another.
pub fn key_beside(other: PublicId, above: bool) -> SigningKey {
    let side = |key: &SigningKey| PublicKey::from(key.verifying_key()).id();
    (0..=255).map(key).find(|key| (side(key) > other) == above).unwrap()
}

fn config() -> Config {
    Config {
        id: SessionId(1),
        dialect: Dialect { deliver: DeliverForm::Folded, gc: GcLabels::Plural },
        bootstrap: Bootstrap::Fetch,
        limits: Limits::default().into(),
        identity: None,
        handoffs: true,
    }
}

/// What somebody on our own network shows. Its clock stands still.
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

/// A connection with its session, open or not.
pub struct Talk {
    pub channel: Channel,
    pub session: Session,
    next_position: u64,
}

impl Talk {
    fn new(channel: Channel, session: Session) -> Self {
        Self { channel, session, next_position: 1 }
    }

    /// Sends what the session has to say by itself: hellos and aborts.
    pub async fn flush(&mut self) {
        let frames = self.session.take_frames();
        // The other side may have hung up.
        let _ = self.channel.tx.send_many(frames).await;
    }

    /// The next frame; nothing after the end.
    pub async fn frame(&mut self) -> Option<Bytes> {
        soon(self.channel.rx.recv()).await.unwrap_or(None)
    }

    /// The next event, or why there will be none.
    async fn event(&mut self) -> Result<Event, String> {
        let frame = self.frame().await.ok_or("the connection was closed")?;
        match self.session.handle_frame(&frame) {
            Ok(Event::Aborted(why)) => Err(why),
            Ok(event) => Ok(event),
            Err(violation) => panic!("the host broke the protocol: {violation}"),
        }
    }

    /// Waits for the other side's hello, and gives that side; or why it ended the session first.
    pub async fn greeted(&mut self) -> Result<PublicId, String> {
        match self.event().await? {
            Event::Established(peer) => Ok(peer.id),
            other => panic!("no hello: {other:?}"),
        }
    }

    /// Sends whatever is said here in one piece with a hello that has not been sent.
    pub async fn flush_with(&mut self, operations: impl IntoIterator<Item = Operation>) {
        let mut frames = self.session.take_frames();
        frames.extend(operations.into_iter().map(|said| said.encode(Dialect::default())));
        self.channel.tx.send_many(frames).await.unwrap();
    }

    pub async fn say(&mut self, operation: Operation) {
        let frame = operation.encode(Dialect::default());
        self.channel.tx.send(frame).await.unwrap();
    }

    /// Sends a message; the position of its answer, which is also that of its resolver.
    pub async fn ask(&mut self, to: Target, message: Message<Descriptor>) -> u64 {
        let position = self.next_position;
        self.next_position += 1;
        let resolver = Some(Import::Object(position));
        let deliver = Deliver { to, message, answer: Some(position), resolver };
        self.say(Operation::Deliver(deliver)).await;
        position
    }

    pub async fn fetch(&mut self, swiss: &[u8]) -> u64 {
        let swiss = Value::Bytes(swiss.to_vec().into());
        self.ask(Target::Export(0), Message::new("fetch", [swiss])).await
    }

    /// What came of the question at this position, or why the session ended.
    pub async fn outcome(&mut self, position: u64) -> Result<Value<Descriptor>, Error> {
        loop {
            let ended = |why: String| Error::new(Class::Severed, why);
            let Event::Operation(operation) = self.event().await.map_err(ended)? else { continue };
            let Operation::Deliver(deliver) = operation else { continue };
            if deliver.to != Target::Export(position) {
                continue;
            }
            let method = deliver.message.symbol().unwrap_or_default().to_owned();
            let value = deliver.message.values.into_iter().nth(1).unwrap();
            return match (method.as_str(), value) {
                ("fulfill", value) => Ok(value),
                ("break", Value::Error(error)) => Err(Error::from(error)),
                (other, value) => panic!("neither kept nor broken: {other} {value:?}"),
            };
        }
    }

    /// The next message with this method.
    pub async fn asked(&mut self, method: &str) -> Deliver {
        loop {
            if let Event::Operation(Operation::Deliver(deliver)) = self.event().await.unwrap()
                && deliver.message.symbol() == Some(method)
            {
                return deliver;
            }
        }
    }

    /// Answers a message.
    pub async fn answer(&mut self, to: &Deliver, value: Value<Descriptor>) {
        let to = Target::Export(to.resolver.unwrap().position());
        let message = Message::new("fulfill", [value]);
        self.say(Operation::Deliver(Deliver { to, message, answer: None, resolver: None })).await;
    }

    /// Ends the session at once.
    pub async fn abort(mut self) {
        self.session.abort("enough");
        self.flush().await;
    }

    /// Reads until the other side has ended the session; its reason.
    pub async fn ended(&mut self) -> String {
        loop {
            if let Err(why) = self.event().await {
                return why;
            }
        }
    }
}
