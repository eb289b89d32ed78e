//! A peer that speaks QUIC and TLS as it should, and above them whatever a test wants.

use std::net::SocketAddr;
use std::sync::Arc;

use ed25519_dalek::{Signer as _, SigningKey as DalekKey};
use hogshead_netlayer::preface::{Binding, Dialling};
use hogshead_netlayer::{HostKey, Mode};
use hogshead_objects::ids::{HostId, VatId};
use hogshead_objects::keys::HostingCertificate;
use quinn::crypto::rustls::QuicClientConfig;
use rustls::client::AlwaysResolvesClientRawPublicKeys;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{DigitallySignedStruct, Error, SignatureAlgorithm, SignatureScheme};

use crate::support::TestVats;

const SPKI_HEAD: [u8; 12] = *b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

/// A client with a host key of its own.
pub struct Raw {
    pub endpoint: quinn::Endpoint,
    secret: [u8; 32],
}

impl Raw {
    pub fn new(seed: u8) -> Self {
        Self::with(seed, |key| key.verifying_key().to_bytes(), b"hog/1")
    }

    /// One that shows `public` and signs with a key that need not belong to it.
    pub fn with(seed: u8, public: impl Fn(&DalekKey) -> [u8; 32], alpn: &[u8]) -> Self {
        let secret = [seed; 32];
        let key = DalekKey::from_bytes(&secret);
        let spki = [&SPKI_HEAD[..], &public(&key)].concat();
        let certified =
            CertifiedKey::new(vec![CertificateDer::from(spki.clone())], Arc::new(Key(key, spki)));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Trusting))
            .with_client_cert_resolver(Arc::new(AlwaysResolvesClientRawPublicKeys::new(Arc::new(
                certified,
            ))));
        config.alpn_protocols = vec![alpn.to_vec()];
        let config = QuicClientConfig::try_from(config).unwrap();
        let mut endpoint = quinn::Endpoint::client("127.0.0.1:0".parse().unwrap()).unwrap();
        endpoint.set_default_client_config(quinn::ClientConfig::new(Arc::new(config)));
        Self { endpoint, secret }
    }

    pub fn host(&self) -> HostId {
        self.key().id()
    }

    pub fn key(&self) -> HostKey {
        HostKey::from_secret(&self.secret)
    }

    pub async fn connect(&self, to: SocketAddr) -> quinn::Connection {
        self.try_connect(to).await.unwrap()
    }

    pub async fn try_connect(
        &self,
        to: SocketAddr,
    ) -> Result<quinn::Connection, quinn::ConnectionError> {
        self.endpoint.connect(to, "hog.invalid").unwrap().await
    }

    /// A session as it should be, up to where frames begin.
    pub async fn session(
        &self,
        connection: &quinn::Connection,
        us: HostingCertificate,
        wanted: VatId,
        listener: HostId,
    ) -> (quinn::SendStream, quinn::RecvStream) {
        let (mut send, mut receive) = connection.open_bi().await.unwrap();
        let mut exporter = [0; 32];
        connection
            .export_keying_material(&mut exporter, b"EXPORTER-hogshead-preface-1", b"")
            .unwrap();
        let stream = quinn::VarInt::from(send.id()).into_inner();
        let binding = Binding { exporter, stream, dialler: self.host(), listener };
        let vats = TestVats::default();
        let (state, want) = Dialling::new(binding, us, wanted, Mode::Plain);
        write(&mut send, &want).await;
        let proof = read(&mut receive).await.unwrap();
        let (state, ours) = state.handle_message(&proof, &self.key(), &vats).unwrap();
        write(&mut send, &ours).await;
        let answer = read(&mut receive).await.unwrap();
        state.handle_message(&answer).unwrap();
        (send, receive)
    }
}

/// Writes one frame.
pub async fn write(send: &mut quinn::SendStream, frame: &[u8]) {
    let head = u32::try_from(frame.len()).unwrap().to_be_bytes();
    send.write_all(&[&head, frame].concat()).await.unwrap();
}

/// Reads one frame; nothing when the stream or the connection ends.
pub async fn read(receive: &mut quinn::RecvStream) -> Option<Vec<u8>> {
    let mut head = [0; 4];
    receive.read_exact(&mut head).await.ok()?;
    let mut frame = vec![0; u32::from_be_bytes(head) as usize];
    receive.read_exact(&mut frame).await.ok()?;
    Some(frame)
}

#[derive(Debug)]
struct Key(DalekKey, Vec<u8>);

impl SigningKey for Key {
    fn choose_scheme(&self, _offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        Some(Box::new(Self(self.0.clone(), self.1.clone())))
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(SubjectPublicKeyInfoDer::from(self.1.clone()))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ED25519
    }
}

impl Signer for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(self.0.sign(message).to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}

#[derive(Debug)]
struct Trusting;

impl ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::HandshakeNotComplete)
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }

    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}
