//! The listener's side.

use std::fmt;

use hogshead_objects::keys::{CertificateError, HostingCertificate};
use hogshead_objects::preface::{
    Accepted, Binding, ListenerProof, Message, Mode, PREFACE_VERSION, Signer, Transcript, Want,
};

use super::{Agreed, Failure, refusal, verify};
use crate::error::PrefaceError;
use crate::hosts::{HostKey, Vats};

/// The listener waits for the name of a vat.
pub struct Listening {
    binding: Binding,
    most: Mode,
}

/// The listener has proven itself and waits for the dialler's proof.
pub struct AwaitingProof {
    binding: Binding,
    want: Want,
    us: HostingCertificate,
    mode: Mode,
}

impl Listening {
    /// Begins on a stream that the peer has opened; `most` is what sessions may speak at the most.
    pub fn new(binding: Binding, most: Mode) -> Self {
        Self { binding, most }
    }

    /// Looks the wanted vat up and proves that this host speaks for it; or refuses, and says where
    /// the vat is if this host has its word for that.
    pub fn handle_message(
        self,
        bytes: &[u8],
        key: &HostKey,
        vats: &dyn Vats,
    ) -> Result<(AwaitingProof, Vec<u8>), Failure> {
        self.step(bytes, key, vats).map_err(|error| {
            let moved = match &error {
                PrefaceError::NoSuchVat(vat) => vats.forward(vat),
                _ => None,
            };
            let moved = moved.map(|record| Message::Moved(Box::new(record)).encode());
            Failure { moved, ..refuse(error) }
        })
    }

    fn step(
        self,
        bytes: &[u8],
        key: &HostKey,
        vats: &dyn Vats,
    ) -> Result<(AwaitingProof, Vec<u8>), PrefaceError> {
        let Message::Want(want) = Message::decode(bytes)? else {
            return Err(PrefaceError::Unexpected);
        };
        if want.version != PREFACE_VERSION {
            return Err(PrefaceError::Version(want.version));
        }
        let us = vats.certificate(&want.vat).ok_or(PrefaceError::NoSuchVat(want.vat))?;
        let mode = want.mode.min(self.most);
        let transcript =
            Transcript { binding: &self.binding, want: &want, mode, listener: &us, dialler: None };
        let signature = key.sign(&transcript.signed_bytes(Signer::Listener));
        let proof = ListenerProof { mode, certificate: us.clone(), signature };
        let next = AwaitingProof { binding: self.binding, want, us, mode };
        Ok((next, Message::ListenerProof(proof).encode()))
    }
}

impl AwaitingProof {
    /// Checks the dialler's proof and lets the session begin.
    pub fn handle_message(
        self,
        bytes: &[u8],
        key: &HostKey,
        vats: &dyn Vats,
    ) -> Result<(Agreed, Vec<u8>), Failure> {
        self.step(bytes, key, vats).map_err(refuse)
    }

    fn step(
        self,
        bytes: &[u8],
        key: &HostKey,
        vats: &dyn Vats,
    ) -> Result<(Agreed, Vec<u8>), PrefaceError> {
        let Message::DiallerProof(proof) = Message::decode(bytes)? else {
            return Err(PrefaceError::Unexpected);
        };
        let peer = proof.certificate;
        peer.verify(self.binding.dialler, vats.now())?;
        if vats.seen_epoch(&self.us.vat, &peer.vat).is_some_and(|seen| peer.epoch < seen) {
            return Err(CertificateError::OldEpoch.into());
        }
        let transcript = Transcript {
            binding: &self.binding,
            want: &self.want,
            mode: self.mode,
            listener: &self.us,
            dialler: Some(&peer),
        };
        verify(&transcript, Signer::Dialler, &self.binding.dialler, &proof.signature)?;
        let signature = key.sign(&transcript.signed_bytes(Signer::Acceptor));
        let agreed = Agreed { us: self.us, peer, mode: self.mode };
        Ok((agreed, Message::Accepted(Accepted { signature }).encode()))
    }
}

fn refuse(error: PrefaceError) -> Failure {
    let answer = Message::Refused(refusal(&error)).encode();
    Failure { error, answer: Some(answer), moved: None }
}

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Listening(stream {})", self.binding.stream)
    }
}

impl fmt::Debug for AwaitingProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AwaitingProof(stream {})", self.binding.stream)
    }
}
