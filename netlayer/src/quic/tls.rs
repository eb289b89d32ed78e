//! TLS 1.3 with raw public keys (RFC 7250): each end shows its host key and proves to have it.
//!
//! Any strong ed25519 key is let in: TLS says *which* host is there, the preface says whether it
//! may speak for a vat. Resumption, tickets and 0-RTT are off on both sides, since no verifier is
//! called on resumption.

use std::sync::Arc;

use ed25519_dalek::Signature;
use hogshead_objects::ids::HostId;
use quinn::crypto::rustls::{QuicClientConfig, QuicServerConfig};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{AlwaysResolvesClientRawPublicKeys, Resumption};
use rustls::pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{AlwaysResolvesServerRawPublicKeys, NoServerSessionStorage};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, PeerIncompatible,
    SignatureAlgorithm, SignatureScheme,
};

use crate::hosts::HostKey;

/// The protocol's name within TLS.
pub(crate) const ALPN: &[u8] = b"hog/1";

/// The name that TLS wants for a server. It is not sent, and nothing is looked up by it.
pub(crate) const SERVER_NAME: &str = "hog.invalid";

/// What precedes the 32 bytes of an ed25519 key in its SubjectPublicKeyInfo (RFC 8410).
const SPKI_HEAD: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The server's half of the handshake.
pub(crate) fn server(key: &HostKey) -> Result<QuicServerConfig, Error> {
    let mut config = rustls::ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_client_cert_verifier(Arc::new(RawKeys))
        .with_cert_resolver(Arc::new(AlwaysResolvesServerRawPublicKeys::new(certified(key))));
    config.alpn_protocols = vec![ALPN.to_vec()];
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    config.max_early_data_size = 0;
    QuicServerConfig::try_from(config).map_err(|_| no_suite())
}

/// The client's half.
pub(crate) fn client(key: &HostKey) -> Result<QuicClientConfig, Error> {
    let mut config = rustls::ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(RawKeys))
        .with_client_cert_resolver(Arc::new(AlwaysResolvesClientRawPublicKeys::new(certified(
            key,
        ))));
    config.alpn_protocols = vec![ALPN.to_vec()];
    config.resumption = Resumption::disabled();
    config.enable_early_data = false;
    config.enable_sni = false;
    QuicClientConfig::try_from(config).map_err(|_| no_suite())
}

/// Who is at the other end of a connection whose handshake is done.
pub(crate) fn peer(connection: &quinn::Connection) -> Option<HostId> {
    let identity = connection.peer_identity()?.downcast::<Vec<CertificateDer<'static>>>().ok()?;
    host_of(identity.first()?).ok()
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn no_suite() -> Error {
    Error::General("the provider lacks the suite of QUIC's first packets".into())
}

fn certified(key: &HostKey) -> Arc<CertifiedKey> {
    let spki = spki_of(&key.id());
    Arc::new(CertifiedKey::new(vec![CertificateDer::from(spki)], Arc::new(TlsKey(key.clone()))))
}

fn spki_of(host: &HostId) -> Vec<u8> {
    [&SPKI_HEAD[..], host.as_bytes()].concat()
}

/// Takes in a peer's key, refusing weak ones: anybody can sign for those.
fn host_of(spki: &[u8]) -> Result<HostId, Error> {
    let key = spki.strip_prefix(&SPKI_HEAD).and_then(|key| <&[u8; 32]>::try_from(key).ok());
    let key = key.ok_or(Error::InvalidCertificate(CertificateError::BadEncoding))?;
    HostId::from_bytes(key)
        .map_err(|_| Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
}

fn verify_key(end_entity: &[u8], rest: &[CertificateDer<'_>]) -> Result<(), Error> {
    if !rest.is_empty() {
        return Err(Error::InvalidCertificate(CertificateError::BadEncoding));
    }
    host_of(end_entity).map(drop)
}

fn verify_signature(
    message: &[u8],
    spki: &[u8],
    signed: &DigitallySignedStruct,
) -> Result<HandshakeSignatureValid, Error> {
    let bad = || Error::InvalidCertificate(CertificateError::BadSignature);
    if signed.scheme != SignatureScheme::ED25519 {
        return Err(bad());
    }
    let signature = Signature::from_slice(signed.signature()).map_err(|_| bad())?;
    let key = host_of(spki)?.verifying_key();
    key.verify_strict(message, &signature).map_err(|_| bad())?;
    Ok(HandshakeSignatureValid::assertion())
}

/// Verifies the keys of both servers and clients.
#[derive(Debug)]
struct RawKeys;

impl ServerCertVerifier for RawKeys {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        verify_key(end_entity, intermediates)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(PeerIncompatible::Tls13RequiredForQuic.into())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }

    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}

impl ClientCertVerifier for RawKeys {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        verify_key(end_entity, intermediates)?;
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(PeerIncompatible::Tls13RequiredForQuic.into())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }

    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}

/// The host key as TLS uses it.
#[derive(Debug)]
struct TlsKey(HostKey);

impl SigningKey for TlsKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered
            .contains(&SignatureScheme::ED25519)
            .then(|| Box::new(Self(self.0.clone())) as Box<dyn Signer>)
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(SubjectPublicKeyInfoDer::from(spki_of(&self.0.id())))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ED25519
    }
}

impl Signer for TlsKey {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(self.0.sign(message).to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strong_key_is_read_back_and_a_weak_or_odd_one_refused() {
        let host = HostKey::from_secret(&[1; 32]).id();
        assert_eq!(host_of(&spki_of(&host)).unwrap(), host);

        // The neutral element and a point of order two: both have small order.
        let mut neutral = [0; 32];
        neutral[0] = 1;
        for weak in [[0; 32], neutral] {
            host_of(&[&SPKI_HEAD[..], &weak].concat()).expect_err("weak");
        }
        host_of(&spki_of(&host)[1..]).expect_err("cut short");
        let long = [spki_of(&host), vec![0]].concat();
        host_of(&long).expect_err("too long");
    }

    #[test]
    fn a_chain_is_refused() {
        let spki = CertificateDer::from(spki_of(&HostKey::from_secret(&[1; 32]).id()));
        verify_key(&spki, std::slice::from_ref(&spki)).expect_err("a raw key has no chain");
        verify_key(&spki, &[]).unwrap();
    }
}
