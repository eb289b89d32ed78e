//! What the owner sees and says of where vats are: `vat location`, `forward …`.

use hogshead_objects::ids::{DeliveryId, VatId};
use hogshead_objects::location::LocationRecord;
use hogshead_objects::{Class, Error};

use super::{decode, row};
use crate::admin::{ForwardInfo, LocationInfo};
use crate::host::core::Core;
use crate::host::devices::{Args, Then, answer};
use crate::host::history::Command;
use crate::host::turn::Work;
use crate::host::{HostError, layout};
use crate::limits::{FORWARDS_KEPT_MAX, FORWARDS_PAGE_MAX};

impl Work<'_, '_, '_> {
    /// The host device's methods about locations.
    pub(in crate::host) fn location_device(
        &mut self,
        method: &str,
        mut args: Args,
        delivery: DeliveryId,
    ) -> Result<Then, HostError> {
        match method {
            "vat_location" => {
                let vat = self.core.named(&args.next::<String>()?)?;
                self.core.command(vat, delivery, Command::Location);
                Ok(Then::Later)
            }
            "forward_add" => {
                let record: String = args.next()?;
                let read = record.trim().parse::<LocationRecord>();
                let record = read.map_err(|why| Error::bad_call(why.to_string()))?;
                let info = self.core.may_forward(&record)?;
                let row = row(record.encode().into());
                self.effects.rows.push((layout::forward(&record.vat), Some(row)));
                answer(&info)
            }
            "forward_ls" => {
                let (after, limit) = (args.next::<String>()?, args.next()?);
                answer(&self.core.forward_list(&after, limit)?)
            }
            "forward_rm" => {
                let vat = read_vat(&args.next::<String>()?)?;
                self.core.may_forget(&vat)?;
                self.effects.rows.push((layout::forward(&vat), None));
                answer(&())
            }
            other => Err(Error::bad_call(format!("there is no method `{other}`")).into()),
        }
    }

    pub(in crate::host) fn location_info(&mut self) -> Result<LocationInfo, HostError> {
        let record = self.location_record()?.map(|bytes| decode(&bytes)).transpose()?;
        let record = record.ok_or_else(|| {
            let how = "start it with --listen, --listen-unix or --listen-ws";
            Error::new(Class::NotFound, format!("no way leads to this host: {how}"))
        })?;
        Ok(LocationInfo {
            vat: record.vat.to_string(),
            number: record.number,
            record: record.to_string(),
            ways: record.ways,
        })
    }
}

impl Core {
    /// Whether a forwarding record may be kept, and how it is shown.
    pub(in crate::host) fn may_forward(
        &self,
        record: &LocationRecord,
    ) -> Result<ForwardInfo, HostError> {
        if self.number_of(&record.vat)?.is_some() {
            return Err(Error::bad_call("this vat is hosted here: nobody has to be sent on").into());
        }
        match self.forwarding(&record.vat)? {
            Some(known) if known.number > record.number => {
                let why = format!("there is a newer record of this vat, number {}", known.number);
                return Err(Error::bad_call(why).into());
            }
            Some(_) => {}
            None => {
                let (from, to) = layout::forwards();
                if self.keep.range(&from, &to, FORWARDS_KEPT_MAX)?.len() >= FORWARDS_KEPT_MAX {
                    let full = format!("this host keeps {FORWARDS_KEPT_MAX}; remove one first");
                    return Err(Error::new(Class::Limit, full).into());
                }
            }
        }
        Ok(forward_info(record))
    }

    /// Whether there is a forwarding record to be removed.
    pub(in crate::host) fn may_forget(&self, vat: &VatId) -> Result<(), HostError> {
        if self.forwarding(vat)?.is_none() {
            let why = "no forwarding record of this vat is kept; `hogshead forward ls` lists them";
            return Err(Error::new(Class::NotFound, why).into());
        }
        Ok(())
    }

    /// A page of forwarding records in the order of their vats' keys.
    pub(in crate::host) fn forward_list(
        &self,
        after: &str,
        limit: u64,
    ) -> Result<Vec<ForwardInfo>, HostError> {
        let limit = usize::try_from(limit.min(FORWARDS_PAGE_MAX)).unwrap_or(usize::MAX);
        let (mut from, to) = layout::forwards();
        if !after.is_empty() {
            let mut past = layout::forward(&read_vat(after)?).to_vec();
            past.push(0);
            from = past.into();
        }
        let rows = self.keep.range(&from, &to, limit)?.into_iter();
        rows.map(|(key, kept)| Ok(forward_info(&decode(&self.sealer.open(&key, kept)?)?))).collect()
    }
}

fn forward_info(record: &LocationRecord) -> ForwardInfo {
    let LocationRecord { vat, number, .. } = record;
    ForwardInfo { vat: vat.to_string(), number: *number, to: record.locator().to_string() }
}

fn read_vat(text: &str) -> Result<VatId, Error> {
    text.parse().map_err(|why| Error::bad_call(format!("this names no vat: {why}")))
}
