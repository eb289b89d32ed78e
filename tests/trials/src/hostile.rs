//! A hostile peer: a host of its own making, which says whatever it likes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead_captp::{
    Bootstrap, Config, Descriptor, Dialect, Event, Hello, Import, Limits, Operation, Session,
    Target,
};
use hogshead_netlayer::quic::{Quic, QuicConfig};
use hogshead_netlayer::{Channel, DialError, HostKey, Mode, Netlayer, Vats};
use hogshead_objects::ids::{Epoch, SessionId, Timestamp, VatId};
use hogshead_objects::keys::HostingCertificate;
use hogshead_objects::locator::{Locator, SturdyRef};
use hogshead_objects::{Error, Message, Value};

use crate::host_process::Failure;

/// A host with one vat, and nothing that keeps it honest.
pub struct Stranger {
    /// Its way to its victims.
    pub netlayer: Quic,
    /// Its vat.
    pub vat: VatId,
    root: SigningKey,
    host: HostKey,
    papers: Arc<Papers>,
}

/// What the stranger shows.
struct Papers {
    certificate: Mutex<HostingCertificate>,
    /// Of the stranger's other vats.
    others: Mutex<BTreeMap<VatId, HostingCertificate>>,
    now: Timestamp,
}

impl Vats for Papers {
    fn certificate(&self, vat: &VatId) -> Option<HostingCertificate> {
        if let Some(certificate) = self.others.lock().ok()?.get(vat) {
            return Some(certificate.clone());
        }
        self.certificate.lock().ok().map(|certificate| certificate.clone())
    }

    fn seen_epoch(&self, _: &VatId, _: &VatId) -> Option<Epoch> {
        None
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

/// A time long ago: what expires then still holds by a clock that stands before it.
const LONG_AGO: Timestamp = Timestamp(1_000_000);

impl Stranger {
    /// A stranger whose keys come from a small number. Its clock stands still, long ago.
    pub fn new(seed: u8) -> Result<Self, Failure> {
        let root = SigningKey::from_bytes(&[seed; 32]);
        let host = HostKey::from_secret(&[seed ^ 0x80; 32]);
        let certificate =
            HostingCertificate::sign(&root, host.id(), Epoch(1), Timestamp(u64::MAX / 2));
        let papers = Arc::new(Papers {
            certificate: Mutex::new(certificate),
            others: Mutex::default(),
            now: Timestamp(LONG_AGO.0 / 2),
        });
        let config = QuicConfig::new("127.0.0.1:0".parse()?, u64::from(seed));
        let vats = Arc::clone(&papers) as Arc<dyn Vats>;
        let netlayer = Quic::bind(config, host.clone(), vats)?;
        Ok(Self { netlayer, vat: VatId::from(root.verifying_key()), root, host, papers })
    }

    /// Shows a certificate of this epoch from now on.
    pub fn show_epoch(&self, epoch: u64) {
        self.show(Epoch(epoch), Timestamp(u64::MAX / 2));
    }

    /// Shows a certificate that has expired by any honest clock.
    pub fn show_expired(&self) {
        self.show(Epoch(1), LONG_AGO);
    }

    fn show(&self, epoch: Epoch, expires: Timestamp) {
        let certificate = HostingCertificate::sign(&self.root, self.host.id(), epoch, expires);
        if let Ok(mut shown) = self.papers.certificate.lock() {
            *shown = certificate;
        }
    }

    /// Opens a channel to a vat and says no word on it.
    pub async fn dial(&self, to: &Locator) -> Result<Channel, DialError> {
        self.netlayer.dial(self.vat, to, Mode::Plain).await
    }

    /// One more vat of the stranger's host: a name costs it nothing.
    pub fn another_vat(&self, number: u64) -> VatId {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&number.to_be_bytes());
        let root = SigningKey::from_bytes(&seed);
        let vat = VatId::from(root.verifying_key());
        let expires = Timestamp(u64::MAX / 2);
        let certificate = HostingCertificate::sign(&root, self.host.id(), Epoch(1), expires);
        if let Ok(mut others) = self.papers.others.lock() {
            others.insert(vat, certificate);
        }
        vat
    }

    /// Opens a session: hellos both ways.
    pub async fn greet(&self, to: &Locator) -> Result<Talk, Failure> {
        self.greet_as(self.vat, to).await
    }

    /// Opens a session of one of its vats.
    pub async fn greet_as(&self, vat: VatId, to: &Locator) -> Result<Talk, Failure> {
        let mut channel = self.netlayer.dial(vat, to, Mode::Plain).await?;
        let config = Config {
            id: SessionId(1),
            dialect: Dialect::default(),
            bootstrap: Bootstrap::Fetch,
            limits: Limits::default().into(),
            identity: None,
            handoffs: false,
        };
        let hello = Hello {
            key: SigningKey::from_bytes(&[9; 32]),
            location: Locator::hog(vat, self.netlayer.local_addresses()),
            expected_peer: Some(to.clone()),
        };
        let mut session = Session::dial(config, hello);
        channel.tx.send_many(session.take_frames()).await?;
        let frame = next(&mut channel).await?.ok_or("the victim hung up before its hello")?;
        match session.handle_frame(&frame)? {
            Event::Established(_) => Ok(Talk { channel, next_position: 1 }),
            other => Err(format!("no hello: {other:?}").into()),
        }
    }
}

/// An open session, without tables and without manners.
pub struct Talk {
    /// The frames.
    pub channel: Channel,
    next_position: u64,
}

impl Talk {
    /// Sends a message and gives the position of its answer; the outcome is told to the resolver
    /// of the same position.
    pub async fn send(&mut self, to: Target, message: Message<Descriptor>) -> Result<u64, Failure> {
        let position = self.next_position;
        self.next_position += 1;
        let deliver = hogshead_captp::operation::Deliver {
            to,
            message,
            answer: Some(position),
            resolver: Some(Import::Object(position)),
        };
        let frame = Operation::Deliver(deliver).encode(Dialect::default());
        self.channel.tx.send(frame).await?;
        Ok(position)
    }

    /// Asks the bootstrap object for a swiss number.
    pub async fn fetch(&mut self, swiss: &[u8]) -> Result<u64, Failure> {
        let swiss = Value::Bytes(swiss.to_vec().into());
        self.send(Target::Export(0), Message::new("fetch", [swiss])).await
    }

    /// Fetches what a sturdyref leads to, and gives what came of it.
    pub async fn enliven(
        &mut self,
        target: &SturdyRef,
    ) -> Result<Result<Value<Descriptor>, Error>, Failure> {
        let position = self.fetch(target.swiss.expose()).await?;
        self.outcome(position).await
    }

    /// What came of the question at this position.
    pub async fn outcome(
        &mut self,
        position: u64,
    ) -> Result<Result<Value<Descriptor>, Error>, Failure> {
        loop {
            let frame = next(&mut self.channel).await?.ok_or("the session was closed")?;
            let deliver = match Operation::decode(&frame)? {
                Operation::Deliver(deliver) if deliver.to == Target::Export(position) => deliver,
                Operation::Abort(reason) => return Err(reason.into()),
                _ => continue,
            };
            let method = deliver.message.symbol().unwrap_or_default().to_owned();
            let value = deliver.message.values.into_iter().nth(1);
            return match (method.as_str(), value) {
                ("fulfill", Some(value)) => Ok(Ok(value)),
                ("break", Some(Value::Error(error))) => Ok(Err(Error::from(error))),
                (other, value) => Err(format!("neither kept nor broken: {other} {value:?}").into()),
            };
        }
    }

    /// Reads until the victim ends the session; gives the reason if it said one.
    pub async fn end(&mut self) -> Result<String, Failure> {
        let mut reason = String::new();
        loop {
            match tokio::time::timeout(PATIENCE, self.channel.rx.recv()).await? {
                Ok(Some(frame)) => {
                    if let Ok(Operation::Abort(said)) = Operation::decode(&frame) {
                        reason = said;
                    }
                }
                Ok(None) => return Ok(reason),
                Err(error) if reason.is_empty() => return Ok(error.to_string()),
                Err(_) => return Ok(reason),
            }
        }
    }
}

async fn next(channel: &mut Channel) -> Result<Option<Bytes>, Failure> {
    Ok(tokio::time::timeout(PATIENCE, channel.rx.recv()).await??)
}

/// How long the stranger waits for its victim.
const PATIENCE: Duration = Duration::from_secs(20);
