//! What the host tells its owner about itself and its vats, read from records.

mod sessions;

use hogshead_objects::ids::VatNumber;
use hogshead_vat::{Trigger, Vat, Waiting};

use super::clock::Clock as _;
use super::core::Core;
use super::view::VatView;
use super::{HostError, clock, layout};
use crate::admin::{ClockInfo, DueInfo, Grant, HostInfo, ObjectInfo, VatDetails, VatInfo, Wait};
use crate::limits::{DETAILS_PAGE_MAX, DUES_SHOWN_MAX, SESSIONS_PAGE_MAX, VATS_PAGE_MAX};

impl Core {
    /// The vat of that name, or the error that says there is none.
    pub(crate) fn named(&self, name: &str) -> Result<VatNumber, HostError> {
        self.number_by_name(name)?.ok_or(HostError::NoSuchVat)
    }

    /// The host's identity and how far its commits are.
    pub(crate) fn host_info(&self) -> Result<HostInfo, HostError> {
        let zero = self.identity(super::VAT_ZERO)?.ok_or(HostError::NoSuchVat)?;
        Ok(HostInfo {
            host: self.host_key.id().to_string(),
            vat_zero: zero.id.to_string(),
            addresses: self.advertised(),
            ways: self.hog_location(zero.id).hints.unwrap_or_default().into(),
            engine: self.keep.engine().to_string(),
            commit: self.keep.newest().0,
            durable: self.keep.durable().0,
            clock_jumped_to_ms: self.clock.jump().map(|jump| jump.shown.0),
        })
    }

    /// A vat at a glance.
    pub(crate) fn vat_info(&self, vat: VatNumber) -> Result<VatInfo, HostError> {
        let loaded = Vat::load(&VatView::new(self, vat))?.ok_or(HostError::NoSuchVat)?;
        self.vat_info_from(vat, &loaded)
    }

    fn vat_info_from(&self, vat: VatNumber, loaded: &Vat) -> Result<VatInfo, HostError> {
        let identity = self.identity(vat)?.ok_or(HostError::NoSuchVat)?;
        let slot = self.slot_if_any(vat);
        let meter = loaded.meter();
        Ok(VatInfo {
            name: identity.name,
            id: identity.id.to_string(),
            number: vat.0,
            state: self.standing(slot.as_ref()).as_str().to_owned(),
            paused: loaded.paused(),
            turns: loaded.turn().0,
            records: meter.records,
            bytes: meter.bytes,
        })
    }

    /// A page of vats in the order of their names.
    pub(crate) fn vat_list(&self, after: &str, limit: u64) -> Result<Vec<VatInfo>, HostError> {
        let limit = usize::try_from(limit.min(VATS_PAGE_MAX)).unwrap_or(usize::MAX);
        let mut vats = Vec::new();
        for (_, vat) in self.vats_after(after, limit)? {
            match self.vat_info(vat) {
                Ok(info) => vats.push(info),
                // It was removed since its name was read.
                Err(HostError::NoSuchVat) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(vats)
    }

    /// A vat in detail.
    pub(crate) fn vat_details(&self, vat: VatNumber) -> Result<VatDetails, HostError> {
        let certificate = self.fresh_certificate(vat)?.ok_or(HostError::NoSuchVat)?;
        let view = VatView::new(self, vat);
        let (waits, _) = Vat::waits(&view, None, DETAILS_PAGE_MAX)?;
        Ok(VatDetails {
            info: self.vat_info(vat)?,
            epoch: certificate.epoch.0,
            certificate_expires_ms: certificate.expires.0,
            waits_for: waits.iter().map(wait).collect(),
            sessions: self.session_list(vat, 0, SESSIONS_PAGE_MAX)?,
            grants: Vat::grants(&view, DETAILS_PAGE_MAX)?.into_iter().map(grant).collect(),
            objects: Vat::objects(&view, DETAILS_PAGE_MAX)?.into_iter().map(object).collect(),
        })
    }

    /// The parked deliveries of a vat.
    pub(crate) fn parked(&self, vat: VatNumber) -> Result<Vec<Wait>, HostError> {
        let parked = Vat::parked(&VatView::new(self, vat), DETAILS_PAGE_MAX)?;
        Ok(parked.iter().map(wait).collect())
    }
}

impl Core {
    /// The clock, and the vats that wait for it.
    pub(crate) fn clock_info(&self) -> Result<ClockInfo, HostError> {
        let (from, to) = layout::dues();
        let mut due = Vec::new();
        for (key, _) in self.keep.range(&from, &to, DUES_SHOWN_MAX)? {
            let Some((time, vat)) = layout::due_in(&key) else { continue };
            let Some(identity) = self.identity(vat)? else { continue };
            due.push(DueInfo { vat: identity.name, due_ms: time.0 });
        }
        Ok(ClockInfo {
            now_ms: self.clock.now().0,
            r#virtual: self.clock.as_virtual().is_some(),
            jumped_to_ms: self.clock.jump().map(|jump| jump.shown.0),
            due,
        })
    }
}

fn grant(grant: hogshead_vat::Grant) -> Grant {
    Grant {
        facet: grant.facet.0,
        object: grant.object.0,
        label: grant.label,
        methods: grant.methods,
        may: grant.words,
        revoked: grant.revoked,
        shares: grant.shares,
    }
}

fn object(object: hogshead_vat::ObjectSummary) -> ObjectInfo {
    ObjectInfo { id: object.id.0, kind: object.kind, version: object.version, bytes: object.bytes }
}

fn wait(waiting: &Waiting) -> Wait {
    let trigger = match waiting.trigger {
        Trigger::Now => "its turn".to_owned(),
        Trigger::Promise(promise) => format!("promise {promise}"),
        Trigger::Time(time) => clock::text(time),
        Trigger::Session(session) => format!("session {session}"),
        Trigger::Device => "a device".to_owned(),
        Trigger::Parked => "its owner".to_owned(),
        Trigger::Revoked(facet) => format!("{facet} to be revoked"),
    };
    Wait {
        delivery: waiting.id.0,
        trigger,
        action: waiting.what.clone(),
        cause: waiting.cause.as_ref().map(ToString::to_string),
        timer: match waiting.trigger {
            Trigger::Time(_) => waiting.answer.map(|promise| promise.0),
            _ => None,
        },
    }
}
