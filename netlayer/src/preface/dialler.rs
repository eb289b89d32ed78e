//! The dialler's side.

use hogshead_objects::ids::VatId;
use hogshead_objects::keys::{CertificateError, HostingCertificate};
use hogshead_objects::location::{LocationError, LocationRecord};
use hogshead_objects::preface::{
    Binding, DiallerProof, Message, Mode, PREFACE_VERSION, Signer, Transcript, Want,
};

use super::{Agreed, Failure, verify};
use crate::error::PrefaceError;
use crate::hosts::{HostKey, Vats};

/// The dialler has named the vat it wants and waits for the listener's proof.
#[derive(Debug)]
pub struct Dialling {
    binding: BindingOf,
    us: HostingCertificate,
    want: Want,
}

/// The dialler has proven itself and waits for the listener's answer.
#[derive(Debug)]
pub struct AwaitingAnswer {
    binding: BindingOf,
    want: Want,
    agreed: Agreed,
}

/// A binding that does not show its secret.
struct BindingOf(Binding);

impl std::fmt::Debug for BindingOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "stream {}", self.0.stream)
    }
}

impl Dialling {
    /// Begins: gives the state and the first message to send.
    ///
    /// `us` must be a certificate for the binding's dialler; the listener checks it.
    pub fn new(
        binding: Binding,
        us: HostingCertificate,
        wanted: VatId,
        mode: Mode,
    ) -> (Self, Vec<u8>) {
        let want = Want { version: PREFACE_VERSION, mode, vat: wanted };
        let message = Message::Want(want).encode();
        (Self { binding: BindingOf(binding), us, want }, message)
    }

    /// Checks the listener's proof and gives ours.
    ///
    /// Nothing about our vat leaves before the listener has shown that it hosts the wanted one.
    pub fn handle_message(
        self,
        bytes: &[u8],
        key: &HostKey,
        vats: &dyn Vats,
    ) -> Result<(AwaitingAnswer, Vec<u8>), Failure> {
        let proof = match Message::decode(bytes).map_err(PrefaceError::from)? {
            Message::ListenerProof(proof) => proof,
            Message::Refused(refusal) => return Err(PrefaceError::Refused(refusal).into()),
            _ => return Err(PrefaceError::Unexpected.into()),
        };
        if proof.mode > self.want.mode {
            return Err(PrefaceError::Mode.into());
        }
        let binding = &self.binding.0;
        let peer = proof.certificate;
        check_certificate(&peer, self.want.vat, binding, &self.us, vats)?;
        let mut transcript = Transcript {
            binding,
            want: &self.want,
            mode: proof.mode,
            listener: &peer,
            dialler: None,
        };
        verify(&transcript, Signer::Listener, &binding.listener, &proof.signature)?;
        transcript.dialler = Some(&self.us);
        let signature = key.sign(&transcript.signed_bytes(Signer::Dialler));
        let message =
            Message::DiallerProof(DiallerProof { certificate: self.us.clone(), signature });
        let agreed = Agreed { us: self.us, peer, mode: proof.mode };
        let next = AwaitingAnswer { binding: self.binding, want: self.want, agreed };
        Ok((next, message.encode()))
    }
}

impl AwaitingAnswer {
    /// Checks the listener's last word. From then on the connection is to be trusted.
    pub fn handle_message(self, bytes: &[u8]) -> Result<Agreed, Failure> {
        let accepted = match Message::decode(bytes).map_err(PrefaceError::from)? {
            Message::Accepted(accepted) => accepted,
            Message::Refused(refusal) => return Err(PrefaceError::Refused(refusal).into()),
            _ => return Err(PrefaceError::Unexpected.into()),
        };
        let binding = &self.binding.0;
        let transcript = Transcript {
            binding,
            want: &self.want,
            mode: self.agreed.mode,
            listener: &self.agreed.peer,
            dialler: Some(&self.agreed.us),
        };
        verify(&transcript, Signer::Acceptor, &binding.listener, &accepted.signature)?;
        Ok(self.agreed)
    }
}

/// Reads what a listener may say after [`Refusal::NoSuchVat`]: where the wanted vat is. The
/// record is the vat's own word, so it does not matter whose host passes it on.
///
/// [`Refusal::NoSuchVat`]: hogshead_objects::preface::Refusal::NoSuchVat
pub fn read_moved(bytes: &[u8], wanted: VatId) -> Result<LocationRecord, PrefaceError> {
    let Message::Moved(record) = Message::decode(bytes)? else {
        return Err(PrefaceError::Unexpected);
    };
    if record.vat != wanted {
        return Err(LocationError::OtherVat.into());
    }
    record.verify()?;
    Ok(*record)
}

fn check_certificate(
    certificate: &HostingCertificate,
    wanted: VatId,
    binding: &Binding,
    us: &HostingCertificate,
    vats: &dyn Vats,
) -> Result<(), PrefaceError> {
    if certificate.vat != wanted {
        return Err(CertificateError::OtherVat.into());
    }
    certificate.verify(binding.listener, vats.now())?;
    match vats.seen_epoch(&us.vat, &wanted) {
        Some(seen) if certificate.epoch < seen => Err(CertificateError::OldEpoch.into()),
        _ => Ok(()),
    }
}
