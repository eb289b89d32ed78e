//! The vats of a host: their keys, certificates, names and numbers.

use std::fmt;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead_netlayer::Vats;
use hogshead_objects::codec;
use hogshead_objects::ids::{Epoch, Timestamp, VatId, VatNumber};
use hogshead_objects::keys::HostingCertificate;
use hogshead_objects::location::LocationRecord;
use hogshead_objects::records::{Overlay, ReadRecords, Row};
use hogshead_objects::stock::directory::check_name;
use hogshead_objects::{Class, Error};
use hogshead_store::Batch;
use hogshead_vat::{Vat, VatOptions};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::clock::Clock as _;
use super::core::Core;
use super::entropy::Entropy;
use super::turn::Effects;
use super::view::VatView;
use super::{HostError, layout};

/// Who a vat is: one row of it, sealed because the root key is inside.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub format: u8,
    pub id: VatId,
    pub name: String,
    pub root: RootKey,
    pub certificate: HostingCertificate,
    pub created: Timestamp,
}

/// A vat's root key. It is wiped from memory when dropped and never shown.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct RootKey(#[serde(with = "serde_bytes_32")] Zeroizing<[u8; 32]>);

impl RootKey {
    fn generate(entropy: &dyn Entropy) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        entropy.fill(seed.as_mut_slice());
        Self(seed)
    }

    pub fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.0)
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey(…)")
    }
}

mod serde_bytes_32 {
    use serde::{Deserialize, Deserializer, Serializer};
    use zeroize::Zeroizing;

    pub fn serialize<S: Serializer>(key: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(key)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Zeroizing<[u8; 32]>, D::Error> {
        let bytes = Zeroizing::new(serde_bytes::ByteBuf::deserialize(deserializer)?.into_vec());
        let key = bytes
            .as_slice()
            .try_into()
            .map_err(|_| serde::de::Error::custom("a key has 32 bytes"))?;
        Ok(Zeroizing::new(key))
    }
}

/// The counter of vat numbers, in the host's row. Its lock serialises the making of vats.
pub(crate) struct Numbers {
    pub row: HostRow,
}

/// The host's own row.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct HostRow {
    pub format: u8,
    pub key: RootKey,
    pub next_vat: u32,
    /// How often the store was started.
    pub starts: u32,
    /// Whether the last stop was a clean one.
    pub clean: bool,
    /// The id of the facet of the admin object in vat zero, once it exists.
    pub admin: Option<u64>,
    /// The epoch below which no vat's certificate is: raised by each restore.
    #[serde(default)]
    pub epoch: u64,
}

const FORMAT: u8 = 1;

/// Vats that one store can ever make: the last prefix is the host's own.
const VATS_EVER_MAX: u32 = u32::MAX - 1;

impl HostRow {
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self {
            format: FORMAT,
            key: RootKey::generate(entropy),
            next_vat: 0,
            starts: 0,
            clean: true,
            admin: None,
            epoch: 0,
        }
    }

    pub fn row(&self) -> Result<Row, HostError> {
        encode(self, true)
    }
}

/// Encodes a row of the host's own.
pub(crate) fn encode<T: Serialize>(value: &T, secret: bool) -> Result<Row, HostError> {
    let bytes = codec::cbor_behind(&[], value)
        .map_err(|e| HostError::Internal(format!("a host row could not be encoded: {e}")))?;
    Ok(Row { bytes, secret })
}

/// Decodes a row of the host's own.
pub(crate) fn decode<T: DeserializeOwned>(row: &[u8], what: &str) -> Result<T, HostError> {
    codec::read_cbor(row)
        .map_err(|error| HostError::Damaged(format!("{what}: {}", error.message())))
}

/// The vat with this key, if this host has it: one point read.
pub(crate) fn number_of(core: &Core, id: &VatId) -> Result<Option<VatNumber>, HostError> {
    read_number(core, &layout::vat_by_id(id))
}

fn read_number(core: &Core, key: &[u8]) -> Result<Option<VatNumber>, HostError> {
    let Some(kept) = core.keep.get(key)? else { return Ok(None) };
    let row = core.sealer.open(key, kept)?;
    Ok(Some(VatNumber(decode(&row, "an index of vats")?)))
}

impl Core {
    /// Who a vat is; `None` if there is no such vat.
    pub(crate) fn identity(&self, vat: VatNumber) -> Result<Option<Identity>, HostError> {
        let Some(row) = VatView::new(self, vat).get(&layout::identity())? else {
            return Ok(None);
        };
        let identity: Identity = decode(&row, "the identity of a vat")?;
        if identity.format != FORMAT {
            return Err(HostError::Damaged(format!(
                "the identity of {vat} has format {}, which is not known here",
                identity.format
            )));
        }
        Ok(Some(identity))
    }

    /// The key of a vat; `None` if there is no such vat. As much of [`identity`](Self::identity) as
    /// a vat that comes to memory needs: its row is sealed, so the key in it is the one that was
    /// written.
    pub(crate) fn vat_id(&self, vat: VatNumber) -> Result<Option<VatId>, HostError> {
        #[derive(Deserialize)]
        struct Named {
            id: serde_bytes::ByteArray<32>,
        }
        let row = VatView::new(self, vat).get(&layout::identity())?;
        let named = row.map(|row| decode::<Named>(&row, "the identity of a vat")).transpose()?;
        Ok(named.map(|named| VatId::from_own(named.id.into_array())))
    }

    /// The vat with this name.
    pub(crate) fn number_by_name(&self, name: &str) -> Result<Option<VatNumber>, HostError> {
        check_name(name)?;
        read_number(self, &layout::vat_by_name(name))
    }

    /// The names and numbers of vats after `after`, in the order of the names.
    pub(crate) fn vats_after(
        &self,
        after: &str,
        limit: usize,
    ) -> Result<Vec<(String, VatNumber)>, HostError> {
        let (start, end) = layout::vats_by_name();
        let mut from = start;
        if !after.is_empty() {
            let mut past = layout::vat_by_name(after).to_vec();
            past.push(0);
            from = past.into();
        }
        let mut found = Vec::new();
        for (key, kept) in self.keep.range(&from, &end, limit)? {
            let row = self.sealer.open(&key, kept)?;
            let name = String::from_utf8_lossy(layout::host_suffix(&key)).into_owned();
            found.push((name, VatNumber(decode(&row, "an index of vats")?)));
        }
        Ok(found)
    }

    /// Makes a vat: key, certificate, steward; one batch.
    pub(crate) fn create_vat(&self, name: &str) -> Result<VatNumber, HostError> {
        check_name(name)?;
        let mut numbers = self.numbers();
        if self.number_by_name(name)?.is_some() {
            return Err(HostError::NameTaken(name.to_owned()));
        }
        let mut host = numbers.row.clone();
        let number = VatNumber(host.next_vat);
        if number.0 >= VATS_EVER_MAX {
            let full = "this store has made as many vats as it has numbers for";
            return Err(Error::new(Class::Limit, full).into());
        }
        host.next_vat += 1;
        let identity = self.new_identity(name);
        let view = VatView::new(self, number);
        let mut overlay = Overlay::new(&view);
        Vat::create(&mut overlay, VatOptions::default())?;
        let mut effects = Effects::default();
        let number_row = encode(&number.0, false)?;
        effects.rows.push((layout::host_row(), Some(host.row()?)));
        effects.rows.push((layout::vat_by_id(&identity.id), Some(number_row.clone())));
        effects.rows.push((layout::vat_by_name(name), Some(number_row)));
        let identity_key = layout::in_vat(number, &layout::identity());
        effects.rows.push((identity_key, Some(encode(&identity, true)?)));
        for (key, change) in overlay.into_changes() {
            effects.rows.push((layout::in_vat(number, &key), change));
        }
        self.commit(Batch::new(), effects)?;
        numbers.row = host;
        Ok(number)
    }

    fn new_identity(&self, name: &str) -> Identity {
        let root = RootKey::generate(&*self.entropy);
        let now = self.clock.now();
        let expires = Timestamp(now.0 + self.settings.certificate_life_ms);
        let signing = root.signing_key();
        let certificate = HostingCertificate::sign(
            &signing,
            self.host_key.id(),
            self.epoch.max(Epoch(1)),
            expires,
        );
        Identity {
            format: FORMAT,
            id: certificate.vat,
            name: name.to_owned(),
            root,
            certificate,
            created: now,
        }
    }

    /// The certificate of a vat of ours. With a third of its life left or less a new one is signed
    /// on the spot; nothing is written, since strangers may ask for it.
    pub(crate) fn fresh_certificate(
        &self,
        vat: VatNumber,
    ) -> Result<Option<HostingCertificate>, HostError> {
        let Some(identity) = self.identity(vat)? else { return Ok(None) };
        let now = self.clock.now().0;
        let left = identity.certificate.expires.0.saturating_sub(now);
        let host = self.host_key.id();
        let epoch = identity.certificate.epoch.max(self.epoch);
        let same = (host, epoch) == (identity.certificate.host, identity.certificate.epoch);
        if left > self.settings.certificate_life_ms / 3 && same {
            return Ok(Some(identity.certificate));
        }
        let expires = Timestamp(now + self.settings.certificate_life_ms);
        let root = identity.root.signing_key();
        Ok(Some(HostingCertificate::sign(&root, host, epoch, expires)))
    }
}

/// What the netlayers ask of the host about its vats.
pub(crate) struct Directory(pub std::sync::Weak<Core>);

impl Vats for Directory {
    fn certificate(&self, vat: &VatId) -> Option<HostingCertificate> {
        let core = self.0.upgrade()?;
        let found = core.number_of(vat).and_then(|number| match number {
            Some(number) => core.fresh_certificate(number),
            None => Ok(None),
        });
        found.unwrap_or_else(|error| {
            tracing::error!(%error, "a certificate could not be read");
            None
        })
    }

    fn forward(&self, vat: &VatId) -> Option<LocationRecord> {
        let core = self.0.upgrade()?;
        core.forwarding(vat).unwrap_or_else(|error| {
            tracing::error!(%error, "a forwarding record could not be read");
            None
        })
    }

    fn seen_epoch(&self, our_vat: &VatId, peer: &VatId) -> Option<Epoch> {
        let core = self.0.upgrade()?;
        let number = core.number_of(our_vat).ok()??;
        let row = VatView::new(&core, number).get(&layout::seen_epoch(peer));
        let seen = row
            .map_err(HostError::from)
            .and_then(|row| row.map(|row| decode(&row, "a seen epoch").map(Epoch)).transpose());
        // What cannot be read must not let a lower epoch pass.
        seen.unwrap_or_else(|error| {
            tracing::error!(%error, "a seen epoch could not be read");
            Some(Epoch(u64::MAX))
        })
    }

    fn now(&self) -> Timestamp {
        self.0.upgrade().map_or(Timestamp(u64::MAX), |core| core.clock.now())
    }
}

/// A row of the highest epoch seen of a peer.
pub(crate) fn epoch_row(epoch: u64) -> Result<Row, HostError> {
    encode(&epoch, false)
}

/// An empty row.
pub(crate) fn mark() -> Row {
    Row { bytes: Bytes::new(), secret: false }
}
