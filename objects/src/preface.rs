//! The preface: what two hosts say on a fresh stream before it carries a session.
//!
//! ```text
//!   dialler                                     listener
//!      │ ── Want: version, mode, wanted vat ──────▶ │
//!      │ ◀── ListenerProof: certificate, signature ─│   or Refused
//!      │ ── DiallerProof: certificate, signature ─▶ │
//!      │ ◀── Accepted: signature over both ─────────│   or Refused
//! ```
//!
//! The listener proves itself first, so that an impostor at the dialled address learns which vat
//! is wanted and no more. A listener that used to host the vat, or was told where it is, may say so
//! after refusing: `Moved`, with the vat's own location record. It follows the refusal and does not
//! stand in its place, so that whoever does not know it reads what was always said. Each message is one deterministically encoded CBOR array whose first
//! item says which message it is. These are the types and their bytes; who says what when is the
//! netlayer's.

use ciborium::Value;
use ed25519_dalek::Signature;

use crate::ids::{HostId, VatId};
use crate::keys::HostingCertificate;
use crate::location::LocationRecord;

/// The version of the preface that this code speaks.
pub const PREFACE_VERSION: u8 = 1;

/// Bytes of one message of the preface. A proof has fewer than 400; the longest, a location record,
/// at most half of it. The rest is room for later versions.
pub const PREFACE_BYTES_MAX: usize = 4096;

/// Nesting of a message of the preface, in levels: the array, the certificate, its fields.
const PREFACE_DEPTH_MAX: usize = 4;

/// The label under which hosts sign, so that no other signature of theirs can pass for this one.
const LABEL: &[u8] = b"hogshead preface 1\0";

/// Which protocol a session speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Mode {
    /// OCapN as the specification has it: a lost connection ends the session.
    Plain,
    /// Numbered, chained and resumed: the session outlives its connections.
    Durable,
}

/// One message of the preface.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Message {
    /// The dialler opens.
    Want(Want),
    /// The listener proves itself.
    ListenerProof(ListenerProof),
    /// The dialler proves itself.
    DiallerProof(DiallerProof),
    /// The listener lets the session begin.
    Accepted(Accepted),
    /// The listener does not.
    Refused(Refusal),
    /// After [`Refusal::NoSuchVat`]: where the vat says that it is. Read, not verified.
    Moved(Box<LocationRecord>),
}

/// Names the wanted vat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Want {
    /// The version of the preface that the dialler speaks.
    pub version: u8,
    /// The most that the dialler wants.
    pub mode: Mode,
    /// The vat.
    pub vat: VatId,
}

/// Shows that the listener may speak for the wanted vat, and that it is on this connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListenerProof {
    /// What the session will speak: never more than was wanted.
    pub mode: Mode,
    /// The vat's certificate for the listener's host.
    pub certificate: HostingCertificate,
    /// The listener's host key over [`Transcript::signed_bytes`] as [`Signer::Listener`].
    pub signature: Signature,
}

/// Shows the same of the dialler.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DiallerProof {
    /// The dialling vat's certificate for the dialler's host.
    pub certificate: HostingCertificate,
    /// The dialler's host key over [`Transcript::signed_bytes`] as [`Signer::Dialler`].
    pub signature: Signature,
}

/// Ends the preface. From here on the stream carries frames of the session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// The listener's host key over [`Transcript::signed_bytes`] as [`Signer::Acceptor`].
    pub signature: Signature,
}

/// Why a listener refuses. The texts are ours, so nothing that a peer wrote is ever shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// Unknown here or refused to this caller; both get this answer.
    #[error("no such vat there, or not for us")]
    NoSuchVat,
    /// The listener speaks another version of the preface.
    #[error("the peer speaks another version of the preface")]
    Version,
    /// A message was not what the preface allows at that point.
    #[error("the peer found our preface malformed")]
    Malformed,
    /// The dialler's certificate or signature does not hold.
    #[error("the peer does not accept our hosting certificate or our signature")]
    NotProven,
    /// The dialler's certificate is over.
    #[error("the peer says that our hosting certificate has expired")]
    Expired,
    /// The peer has seen a newer certificate of the dialler's.
    #[error("the peer has seen a newer hosting certificate of ours")]
    OldEpoch,
    /// The listener is at one of its limits.
    #[error("the peer is busy: try again later")]
    Busy,
    /// A code of a later version.
    #[error("the peer refused with the unknown code {0}")]
    Unknown(u8),
}

impl Refusal {
    const KNOWN: [(Self, u8); 7] = [
        (Self::NoSuchVat, 1),
        (Self::Version, 2),
        (Self::Malformed, 3),
        (Self::NotProven, 4),
        (Self::Expired, 5),
        (Self::OldEpoch, 6),
        (Self::Busy, 7),
    ];

    fn code(self) -> u8 {
        match self {
            Self::Unknown(code) => code,
            known => Self::KNOWN.iter().find(|(refusal, _)| *refusal == known).map_or(0, |k| k.1),
        }
    }

    fn from_code(code: u8) -> Self {
        Self::KNOWN.iter().find(|(_, c)| *c == code).map_or(Self::Unknown(code), |k| k.0)
    }
}

/// Bytes that are not a message of the preface.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Malformed {
    /// More than [`PREFACE_BYTES_MAX`].
    #[error("a message of the preface has {0} bytes, more than {PREFACE_BYTES_MAX}")]
    TooLong(usize),
    /// Not CBOR, or nested deeper than any message is.
    #[error("a message of the preface is not CBOR of a shape that the preface has")]
    NotCbor,
    /// CBOR in another form than the deterministic one.
    #[error("a message of the preface is not deterministically encoded")]
    NotDeterministic,
    /// An array of another kind or length.
    #[error("a message of the preface has an unknown kind or a wrong number of fields")]
    Shape,
    /// The named field does not hold what it must.
    #[error("the field `{0}` of a message of the preface does not hold what it must")]
    Field(&'static str),
}

impl Message {
    /// The message in deterministic CBOR (RFC 8949, section 4.2).
    pub fn encode(&self) -> Vec<u8> {
        let items = match self {
            Self::Want(want) => vec![
                0.into(),
                want.version.into(),
                mode_number(want.mode).into(),
                want.vat.as_bytes().to_vec().into(),
            ],
            Self::ListenerProof(proof) => vec![
                1.into(),
                mode_number(proof.mode).into(),
                certificate_value(&proof.certificate),
                proof.signature.to_vec().into(),
            ],
            Self::DiallerProof(proof) => {
                vec![
                    2.into(),
                    certificate_value(&proof.certificate),
                    proof.signature.to_vec().into(),
                ]
            }
            Self::Accepted(accepted) => vec![3.into(), accepted.signature.to_vec().into()],
            Self::Refused(refusal) => vec![4.into(), refusal.code().into()],
            Self::Moved(record) => vec![5.into(), record.encode().into()],
        };
        encode_value(&Value::Array(items))
    }

    /// Reads a message, taking only the form that [`Message::encode`] writes.
    ///
    /// Signatures and certificates are read, not verified.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > PREFACE_BYTES_MAX {
            return Err(Malformed::TooLong(bytes.len()));
        }
        let value: Value = ciborium::de::from_reader_with_recursion_limit(bytes, PREFACE_DEPTH_MAX)
            .map_err(|_| Malformed::NotCbor)?;
        let Value::Array(items) = value else { return Err(Malformed::Shape) };
        let message = Self::from_items(&items)?;
        // One comparison refuses every other way to write the same: longer heads, indefinite
        // lengths, keys out of order, and bytes after the end.
        if message.encode() != bytes {
            return Err(Malformed::NotDeterministic);
        }
        Ok(message)
    }

    fn from_items(items: &[Value]) -> Result<Self, Malformed> {
        let (kind, fields) = items.split_first().ok_or(Malformed::Shape)?;
        match (read_u8(kind, "kind")?, fields) {
            (0, [version, mode, vat]) => Ok(Self::Want(Want {
                version: read_u8(version, "version")?,
                mode: read_mode(mode)?,
                vat: VatId::from_bytes(read_bytes(vat, "vat")?)
                    .map_err(|_| Malformed::Field("vat"))?,
            })),
            (1, [mode, certificate, signature]) => Ok(Self::ListenerProof(ListenerProof {
                mode: read_mode(mode)?,
                certificate: read_certificate(certificate)?,
                signature: read_signature(signature)?,
            })),
            (2, [certificate, signature]) => Ok(Self::DiallerProof(DiallerProof {
                certificate: read_certificate(certificate)?,
                signature: read_signature(signature)?,
            })),
            (3, [signature]) => {
                Ok(Self::Accepted(Accepted { signature: read_signature(signature)? }))
            }
            (4, [code]) => Ok(Self::Refused(Refusal::from_code(read_u8(code, "code")?))),
            (5, [record]) => {
                let bytes = record.as_bytes().ok_or(Malformed::Field("record"))?;
                let record = LocationRecord::decode(bytes);
                Ok(Self::Moved(Box::new(record.map_err(|_| Malformed::Field("record"))?)))
            }
            _ => Err(Malformed::Shape),
        }
    }
}

/// What ties a preface to one stream of one connection between two hosts.
///
/// Over TLS the secret is exported keying material; a netlayer without TLS puts the hash of its
/// Noise handshake there.
#[derive(Clone, PartialEq, Eq)]
pub struct Binding {
    /// Known to both ends of this connection and different on every other.
    pub exporter: [u8; 32],
    /// The stream's number within the connection.
    pub stream: u64,
    /// The host that opened the stream, as the connection authenticated it.
    pub dialler: HostId,
    /// The other.
    pub listener: HostId,
}

/// In which role a host signs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signer {
    /// The listener, before it knows who dials.
    Listener,
    /// The dialler.
    Dialler,
    /// The listener again, now over everything.
    Acceptor,
}

/// Everything that both sides sign over.
pub struct Transcript<'a> {
    /// The stream and the connection.
    pub binding: &'a Binding,
    /// What the dialler asked for.
    pub want: &'a Want,
    /// What the session will speak.
    pub mode: Mode,
    /// The listener's certificate.
    pub listener: &'a HostingCertificate,
    /// The dialler's; absent while the listener proves itself.
    pub dialler: Option<&'a HostingCertificate>,
}

impl Transcript<'_> {
    /// The bytes that `signer` signs. Each field has a fixed length or is preceded by its own, so
    /// that no two transcripts have the same bytes.
    pub fn signed_bytes(&self, signer: Signer) -> Vec<u8> {
        let mut bytes = LABEL.to_vec();
        bytes.push(match signer {
            Signer::Listener => 1,
            Signer::Dialler => 2,
            Signer::Acceptor => 3,
        });
        bytes.extend_from_slice(&self.binding.exporter);
        bytes.extend_from_slice(&self.binding.stream.to_be_bytes());
        bytes.extend_from_slice(self.binding.dialler.as_bytes());
        bytes.extend_from_slice(self.binding.listener.as_bytes());
        bytes.extend_from_slice(&[
            self.want.version,
            mode_number(self.want.mode),
            mode_number(self.mode),
        ]);
        bytes.extend_from_slice(self.want.vat.as_bytes());
        put_certificate(&mut bytes, Some(self.listener));
        put_certificate(&mut bytes, self.dialler);
        bytes
    }
}

fn put_certificate(bytes: &mut Vec<u8>, certificate: Option<&HostingCertificate>) {
    let encoded = certificate.map(|c| encode_value(&certificate_value(c))).unwrap_or_default();
    bytes.extend_from_slice(&(encoded.len() as u64).to_be_bytes());
    bytes.extend_from_slice(&encoded);
}

fn certificate_value(certificate: &HostingCertificate) -> Value {
    // The fields are declared in the order that RFC 8949 section 4.2.1 gives their names:
    // shorter ones first.
    Value::serialized(certificate).expect("a certificate is plain data")
}

fn encode_value(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("writing to memory cannot fail");
    bytes
}

fn mode_number(mode: Mode) -> u8 {
    match mode {
        Mode::Plain => 0,
        Mode::Durable => 1,
    }
}

fn read_mode(value: &Value) -> Result<Mode, Malformed> {
    match read_u8(value, "mode")? {
        0 => Ok(Mode::Plain),
        1 => Ok(Mode::Durable),
        _ => Err(Malformed::Field("mode")),
    }
}

fn read_u8(value: &Value, field: &'static str) -> Result<u8, Malformed> {
    value.as_integer().and_then(|i| u8::try_from(i).ok()).ok_or(Malformed::Field(field))
}

fn read_bytes<'a, const N: usize>(
    value: &'a Value,
    field: &'static str,
) -> Result<&'a [u8; N], Malformed> {
    value
        .as_bytes()
        .and_then(|bytes| bytes.as_slice().try_into().ok())
        .ok_or(Malformed::Field(field))
}

fn read_signature(value: &Value) -> Result<Signature, Malformed> {
    read_bytes::<64>(value, "signature").map(Signature::from_bytes)
}

fn read_certificate(value: &Value) -> Result<HostingCertificate, Malformed> {
    value.deserialized().map_err(|_| Malformed::Field("certificate"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Epoch, Timestamp};
    use ed25519_dalek::{Signer as _, SigningKey};

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn certificate() -> HostingCertificate {
        let host = HostId::from(key(2).verifying_key());
        HostingCertificate::sign(&key(1), host, Epoch(7), Timestamp(u64::MAX))
    }

    fn one_of_each() -> Vec<Message> {
        let (certificate, signature) = (certificate(), key(2).sign(b"anything"));
        let mode = Mode::Durable;
        vec![
            Message::Want(Want { version: PREFACE_VERSION, mode, vat: certificate.vat }),
            Message::ListenerProof(ListenerProof {
                mode,
                certificate: certificate.clone(),
                signature,
            }),
            Message::DiallerProof(DiallerProof { certificate, signature }),
            Message::Accepted(Accepted { signature }),
            Message::Refused(Refusal::NoSuchVat),
            Message::Refused(Refusal::Unknown(200)),
            Message::Moved(Box::new(record("192.0.2.7:4433"))),
        ]
    }

    fn record(quic: &str) -> LocationRecord {
        let ways = [("quic".to_owned(), quic.to_owned())].into();
        LocationRecord::sign(&key(1), 7, ways).unwrap()
    }

    #[test]
    fn every_message_survives_its_encoding_and_is_small() {
        for message in one_of_each() {
            let bytes = message.encode();
            assert_eq!(Message::decode(&bytes), Ok(message));
            assert!(bytes.len() < 400, "{} bytes", bytes.len());
        }
    }

    #[test]
    fn the_longest_record_fits_into_a_message() {
        let around = record(&"x".repeat(1000)).encode().len() - 1000;
        let longest = record(&"x".repeat(crate::limits::LOCATION_BYTES_MAX - around));
        assert_eq!(longest.encode().len(), crate::limits::LOCATION_BYTES_MAX);
        let message = Message::Moved(Box::new(longest));
        assert_eq!(Message::decode(&message.encode()), Ok(message));
    }

    #[test]
    fn a_record_that_cannot_be_read_is_no_message() {
        for record in [vec![0_u8; 40], vec![0x80; crate::limits::LOCATION_BYTES_MAX + 1]] {
            let bytes = encode_value(&Value::Array(vec![5.into(), record.into()]));
            assert_eq!(Message::decode(&bytes), Err(Malformed::Field("record")));
        }
    }

    #[test]
    fn every_refusal_has_a_code_of_its_own() {
        for (refusal, code) in Refusal::KNOWN {
            assert_eq!(Refusal::from_code(code), refusal);
            assert_eq!(refusal.code(), code);
        }
    }

    #[test]
    fn another_encoding_of_the_same_message_is_refused() {
        let bytes = Message::Refused(Refusal::Busy).encode();
        assert_eq!(bytes, [0x82, 4, 7]);
        for other in [&[0x82, 4, 0x18, 7][..], &[0x9f, 4, 7, 0xff], &[0x82, 4, 7, 0]] {
            assert_eq!(Message::decode(other), Err(Malformed::NotDeterministic), "{other:?}");
        }
    }

    #[test]
    fn cut_short_and_too_long_messages_are_refused() {
        for message in one_of_each() {
            let bytes = message.encode();
            for length in 0..bytes.len() {
                Message::decode(&bytes[..length]).expect_err("cut short");
            }
        }
        let long = vec![0; PREFACE_BYTES_MAX + 1];
        assert_eq!(Message::decode(&long), Err(Malformed::TooLong(PREFACE_BYTES_MAX + 1)));
    }

    #[test]
    fn deep_nesting_is_refused_before_it_is_built() {
        assert_eq!(Message::decode(&[0x81; PREFACE_BYTES_MAX]), Err(Malformed::NotCbor));
    }

    #[test]
    fn a_weak_key_is_not_a_vat() {
        let mut bytes = vec![0x84, 0, 1, 0, 0x58, 32];
        bytes.extend_from_slice(&[0; 32]);
        assert_eq!(Message::decode(&bytes), Err(Malformed::Field("vat")));
    }

    #[test]
    fn signed_bytes_differ_by_every_field() {
        let certificate = certificate();
        let other = HostingCertificate::sign(&key(3), certificate.host, Epoch(1), Timestamp(9));
        let host = HostId::from(key(4).verifying_key());
        let binding = Binding { exporter: [9; 32], stream: 4, dialler: host, listener: host };
        let want = Want { version: 1, mode: Mode::Durable, vat: certificate.vat };
        let base = || Transcript {
            binding: &binding,
            want: &want,
            mode: Mode::Plain,
            listener: &certificate,
            dialler: None,
        };
        let second = Binding { exporter: [8; 32], ..binding.clone() };
        let third = Binding { stream: 5, ..binding.clone() };
        let fourth = Binding { dialler: certificate.host, ..binding.clone() };
        let fifth = Binding { listener: certificate.host, ..binding.clone() };
        let plain = Want { mode: Mode::Plain, ..want };
        let elsewhere = Want { vat: other.vat, ..want };
        let all = [
            base().signed_bytes(Signer::Listener),
            base().signed_bytes(Signer::Dialler),
            base().signed_bytes(Signer::Acceptor),
            Transcript { binding: &second, ..base() }.signed_bytes(Signer::Listener),
            Transcript { binding: &third, ..base() }.signed_bytes(Signer::Listener),
            Transcript { binding: &fourth, ..base() }.signed_bytes(Signer::Listener),
            Transcript { binding: &fifth, ..base() }.signed_bytes(Signer::Listener),
            Transcript { want: &plain, ..base() }.signed_bytes(Signer::Listener),
            Transcript { want: &elsewhere, ..base() }.signed_bytes(Signer::Listener),
            Transcript { mode: Mode::Durable, ..base() }.signed_bytes(Signer::Listener),
            Transcript { listener: &other, ..base() }.signed_bytes(Signer::Listener),
            Transcript { dialler: Some(&other), ..base() }.signed_bytes(Signer::Listener),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
