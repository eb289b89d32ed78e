//! Keys of hosts and vats, and the hosting certificate that ties one to the other.

use ed25519_dalek::{Signature, Signer, SigningKey};
use serde::{Deserialize, Serialize};

use crate::ids::{Epoch, HostId, Timestamp, VatId};

mod verified;

pub(crate) use self::verified::is_signed;

/// What a vat's root key signs: this host may speak for the vat until then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HostingCertificate {
    /// The vat.
    pub vat: VatId,
    /// The host that may speak for it.
    pub host: HostId,
    /// Peers refuse a lower epoch than they have seen.
    pub epoch: Epoch,
    /// When it ends.
    pub expires: Timestamp,
    #[serde(with = "serde_bytes")]
    signature: Vec<u8>,
}

/// Why a certificate is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CertificateError {
    /// Not signed by the vat's root key.
    #[error("the hosting certificate is not signed by the vat")]
    Forged,
    /// Its time is over.
    #[error("the hosting certificate has expired")]
    Expired,
    /// It is for another host than the connection's.
    #[error("the hosting certificate is for another host")]
    OtherHost,
    /// It is for another vat than the wanted one.
    #[error("the hosting certificate is for another vat")]
    OtherVat,
    /// A newer one has been seen.
    #[error("the hosting certificate has a lower epoch than one seen before")]
    OldEpoch,
}

impl HostingCertificate {
    /// Signs a certificate with the vat's root key.
    pub fn sign(root: &SigningKey, host: HostId, epoch: Epoch, expires: Timestamp) -> Self {
        let vat = VatId::from(root.verifying_key());
        let signature = root.sign(&signed_bytes(vat, host, epoch, expires)).to_vec();
        Self { vat, host, epoch, expires, signature }
    }

    /// Checks the signature, the host and the time. The epoch is compared by whoever remembers.
    pub fn verify(&self, host: HostId, now: Timestamp) -> Result<(), CertificateError> {
        let signature =
            Signature::from_slice(&self.signature).map_err(|_| CertificateError::Forged)?;
        let signed = signed_bytes(self.vat, self.host, self.epoch, self.expires);
        if !is_signed(self.vat, &signed, &signature) {
            return Err(CertificateError::Forged);
        }
        if self.host != host {
            return Err(CertificateError::OtherHost);
        }
        if self.expires <= now {
            return Err(CertificateError::Expired);
        }
        Ok(())
    }
}

fn signed_bytes(vat: VatId, host: HostId, epoch: Epoch, expires: Timestamp) -> Vec<u8> {
    let mut bytes = b"hogshead hosting certificate 1\0".to_vec();
    bytes.extend_from_slice(vat.as_bytes());
    bytes.extend_from_slice(host.as_bytes());
    bytes.extend_from_slice(&epoch.0.to_be_bytes());
    bytes.extend_from_slice(&expires.0.to_be_bytes());
    bytes
}
