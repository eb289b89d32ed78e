//! Descriptors: how references are named on the wire (section "Descriptors").
//!
//! They are always written from the receiver's side: what Alice exports she describes to Bob as
//! an import. So in a message that we receive, `desc:import-object` is the peer's object and
//! `desc:export` is ours.

use bytes::Bytes;
use hogshead_objects::locator::Locator;
use serde::{Deserialize, Serialize};

use crate::crypto::{PublicId, PublicKey, SessionHash, Signature};

/// A reference on the wire.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Descriptor {
    /// `desc:import-object`: an object of the sender, at this position of its exports.
    ImportObject(u64),
    /// `desc:import-promise`: a promise of the sender, at this position of its exports.
    ImportPromise(u64),
    /// `desc:export`: what the receiver exported at this position.
    Export(u64),
    /// `desc:answer`: the answer that the receiver owes under this position.
    Answer(u64),
    /// `desc:sig-envelope`: a certificate of a handoff.
    Signed(Box<Envelope>),
    /// A handoff among three vats of one host, whose rows vouch for it in place of signatures.
    /// It is in rows only; no octets are read as one.
    Given(Box<HandoffGive>),
}

/// Where an operation is addressed: the receiver's export or answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Target {
    /// `desc:export`.
    Export(u64),
    /// `desc:answer`.
    Answer(u64),
}

/// Who is told of an outcome: an object or a promise of the sender.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Import {
    /// `desc:import-object`.
    Object(u64),
    /// `desc:import-promise`.
    Promise(u64),
}

impl Import {
    /// The position in the sender's exports.
    pub fn position(self) -> u64 {
        match self {
            Self::Object(position) | Self::Promise(position) => position,
        }
    }
}

impl From<Target> for Descriptor {
    fn from(target: Target) -> Self {
        match target {
            Target::Export(position) => Self::Export(position),
            Target::Answer(position) => Self::Answer(position),
        }
    }
}

impl From<Import> for Descriptor {
    fn from(import: Import) -> Self {
        match import {
            Import::Object(position) => Self::ImportObject(position),
            Import::Promise(position) => Self::ImportPromise(position),
        }
    }
}

impl Descriptor {
    /// The import that this is, if it is one.
    pub fn import(&self) -> Option<Import> {
        match self {
            Self::ImportObject(position) => Some(Import::Object(*position)),
            Self::ImportPromise(position) => Some(Import::Promise(*position)),
            _ => None,
        }
    }

    /// Whether this is a certificate of a handoff.
    pub fn is_certificate(&self) -> bool {
        matches!(self, Self::Signed(_) | Self::Given(_))
    }
}

/// `desc:sig-envelope`: a certificate and the signature over its Syrup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Envelope {
    /// What is signed.
    pub signed: Certificate,
    /// The signature, not verified by decoding.
    pub signature: Signature,
}

/// What handoffs sign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Certificate {
    /// `desc:handoff-give`: the gifter's word that the receiver may have the gift.
    Give(HandoffGive),
    /// `desc:handoff-receive`: the receiver's proof that it is the one meant.
    Receive(HandoffReceive),
}

/// `desc:handoff-give`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HandoffGive {
    /// The receiver's key in the session of gifter and receiver.
    pub receiver: PublicKey,
    /// Where the exporter is.
    #[serde(with = "crate::operation::locator_row")]
    pub exporter: Locator,
    /// The session of gifter and exporter.
    pub session: SessionHash,
    /// The gifter's side in that session.
    pub gifter: PublicId,
    /// Which gift: octets of any length.
    pub gift: Bytes,
}

/// `desc:handoff-receive`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HandoffReceive {
    /// The session of receiver and exporter.
    pub session: SessionHash,
    /// The receiver's side in that session.
    pub receiver: PublicId,
    /// Never used twice in that session.
    pub count: u64,
    /// The gifter's certificate, a [`Certificate::Give`], with its signature.
    pub give: HandoffGive,
    /// The gifter's signature.
    pub give_signature: Signature,
}
