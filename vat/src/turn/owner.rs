//! What the vat's owner, or the host on its behalf, commands.

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::grant::Caveats;
use hogshead_objects::ids::{DeliveryId, FacetId, ObjectId, PromiseId};
use hogshead_objects::object::State;
use hogshead_objects::reference::Ref;
use hogshead_objects::value::Value;

use super::Turn;
use crate::cache::Form;
use crate::error::VatError;
use crate::limits;
use crate::meter::Quota;
use crate::rows::{Action, DeliveryRow, Edge};
use crate::steward::DEVICE_KIND;
use crate::vat::Trigger;

impl Turn<'_, '_> {
    /// Stops running deliveries; they are still accepted, up to the quota.
    pub fn pause(&mut self) {
        self.vat_changed |= !std::mem::replace(&mut self.vat.row.paused, true);
    }

    /// Runs deliveries again.
    pub fn resume(&mut self) {
        self.vat_changed |= std::mem::replace(&mut self.vat.row.paused, false);
    }

    /// Sets what the vat may use. What it uses already beyond that stays.
    pub fn set_quota(&mut self, quota: Quota) {
        self.vat_changed |= self.vat.row.quota != quota;
        self.vat.row.quota = quota;
    }

    /// Parks a ready delivery with a cause: a suspect after an unclean stop.
    pub fn park(&mut self, id: DeliveryId, cause: Error) -> Result<DeliveryId, VatError> {
        let (row, stored) = self.required(Trigger::Now, id)?;
        self.drop_delivery(Trigger::Now, id, &row, stored);
        self.put_delivery(Trigger::Parked, DeliveryRow { cause: Some(cause), ..row })
    }

    /// Makes a parked delivery ready again; gives its new id.
    pub fn retry_parked(&mut self, id: DeliveryId) -> Result<DeliveryId, VatError> {
        let (row, stored) = self.required(Trigger::Parked, id)?;
        self.drop_delivery(Trigger::Parked, id, &row, stored);
        self.put_delivery(Trigger::Now, DeliveryRow { cause: None, ..row })
    }

    /// Drops a parked delivery: its answer breaks.
    pub fn drop_parked(&mut self, id: DeliveryId) -> Result<(), VatError> {
        let (row, stored) = self.required(Trigger::Parked, id)?;
        self.drop_delivery(Trigger::Parked, id, &row, stored);
        let why = Error::new(Class::Stopped, "the vat's owner dropped the message");
        match row.answer {
            Some(answer) => self.settle_promise(answer, Err(why)),
            None => Ok(()),
        }
    }

    /// Completes a device call: its outcome settles the answer. Gives `false` if it was completed
    /// or dropped before. An error with a detail gets a cause, and the detail is put out for the
    /// log, as if a method had failed.
    pub fn complete_device(
        &mut self,
        id: DeliveryId,
        outcome: Result<Value>,
    ) -> Result<bool, VatError> {
        let Some((row, stored)) = self.delivery(Trigger::Device, id)? else { return Ok(false) };
        self.drop_delivery(Trigger::Device, id, &row, stored);
        if let Some(answer) = row.answer {
            let outcome = outcome.and_then(|value| {
                super::context::admit_size(std::slice::from_ref(&value))?;
                Ok(value)
            });
            let ended = match &row.action {
                Action::Message { target: Edge::Facet(facet), .. } => self.ended(*facet)?,
                _ => None,
            };
            // What a device gives is not for whom it was taken from meanwhile.
            let outcome = ended.map_or(outcome, Err);
            let outcome = match outcome {
                Err(error) if error.detail().is_some() => {
                    Err(self.tell_device_failure(&row, error)?)
                }
                other => other,
            };
            self.settle_promise(answer, outcome)?;
        }
        Ok(true)
    }

    /// Makes a device object, whose messages are put out as device calls; gives a facet of it,
    /// held by nobody yet.
    pub fn create_device(&mut self, name: &str) -> Result<Ref, VatError> {
        if name.len() > limits::LABEL_BYTES_MAX {
            let max = limits::LABEL_BYTES_MAX;
            let why = Error::new(Class::Limit, format!("a device's name has at most {max} bytes"));
            return Err(VatError::Command(why));
        }
        let bytes = name.as_bytes().to_vec().into();
        let state = State { bytes, ..State::default() };
        self.add_object(DEVICE_KIND, 1, None, Form::Encoded(state))
            .map(Ref::Facet)
            .map_err(VatError::Command)
    }

    /// Confirms the upgrades of an object: the rows that it had before are deleted. Gives how
    /// many there were.
    pub fn confirm_upgrade(&mut self, object: ObjectId) -> Result<u64, VatError> {
        let priors = self.load_slot(object)?.map_or(0, |slot| slot.head.priors);
        if priors == 0 {
            return Ok(0);
        }
        let dropped = self.drop_priors(object)?;
        if let Some(slot) = self.vat.objects.get_mut(object) {
            slot.head.priors = 0;
            slot.dirty_head = true;
            self.touched.push(Edge::Object(object));
        }
        Ok(dropped)
    }

    /// A facet that grants `methods`, or all that `of` grants, under a label; held by nobody yet.
    pub fn facet_of(
        &mut self,
        of: Ref,
        methods: Option<Vec<String>>,
        label: &str,
    ) -> Result<FacetId> {
        let caveats = Caveats::new().label(label);
        let caveats = match methods {
            Some(methods) => caveats.methods(methods),
            None => caveats,
        };
        let base = self.facet_at(of)?;
        self.facet_of_facet(base, caveats)
    }

    /// A promise that the host itself will settle; it and its resolver are held by nobody yet.
    pub fn new_host_promise(&mut self) -> PromiseId {
        self.new_promise(crate::rows::PromiseState::Pending)
    }

    fn tell_device_failure(&mut self, row: &DeliveryRow, error: Error) -> Result<Error, VatError> {
        let object = match row.action {
            Action::Message { target: Edge::Facet(facet), .. } => {
                self.load_facet(facet)?.map(|row| row.object)
            }
            _ => None,
        };
        Ok(self.tell_failure(object.unwrap_or(ObjectId(0)), error))
    }

    fn required(&self, trigger: Trigger, id: DeliveryId) -> Result<(DeliveryRow, usize), VatError> {
        self.delivery(trigger, id)?.ok_or_else(|| {
            let what = if trigger == Trigger::Parked { "parked" } else { "ready" };
            let why = format!("there is no {what} delivery {id}");
            VatError::Command(Error::new(Class::NotFound, why))
        })
    }
}
