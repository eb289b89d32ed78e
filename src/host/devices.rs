//! The host device: what vat zero's admin object cannot do by itself.
//!
//! A call is a delivery of vat zero. It is made once its turn is durable, and answered by another
//! turn. What concerns another vat is a task in that vat, so that nothing ever waits for a lock.

use std::path::PathBuf;
use std::sync::Arc;

use hogshead_objects::codec::{from_value, to_value};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{DeliveryId, PromiseId, Timestamp, VatNumber};
use hogshead_objects::locator::SturdyRef;
use hogshead_objects::{Class, Error, Message, Ref, Result, Value};
use hogshead_vat::DeviceCall;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::core::Core;
use super::history::{Cause, Command};
use super::quotas::admit_change;
use super::sealing::SEALING_DEVICE;
use super::slot::{Input, Resident, Slot};
use super::timers::ClockCommand;
use super::turn::Work;
use super::{HostError, VAT_ZERO};
use crate::admin::{QuotaChange, Revocation, VatInfo};

/// The name under which vat zero knows the host.
pub(crate) const HOST_DEVICE: &str = "host";

/// The name of the device that enlivens sturdyrefs, in any vat.
pub(crate) const ENLIVEN_DEVICE: &str = "enliven";

/// How a call goes on.
pub(super) enum Then {
    /// It is answered.
    Answer(Result<Value>),
    /// It will be answered by an input that is under way.
    Later,
}

impl Core {
    pub(crate) fn run_device(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        call: DeviceCall,
    ) -> Result<(), HostError> {
        let told = self.tell(&Cause::Called(call.delivery));
        self.turn_as(slot, resident, &told, |work| work.call_device(call)).map(|_| ())
    }

    /// Runs something that may take a while, and answers a device call with what it gives.
    pub(super) fn answer_later<T: Serialize + Send + 'static>(
        &self,
        delivery: DeliveryId,
        work: impl FnOnce(&Arc<Core>) -> Result<T, HostError> + Send + 'static,
    ) {
        let core = self.arc();
        self.answer_with(delivery, async move {
            let working = Arc::clone(&core);
            core.blocking(move || work(&working)).await.unwrap_or_else(|panic| {
                tracing::error!(%panic, "a device call failed");
                Err(Error::new(Class::Failed, "the host could not do this").into())
            })
        });
    }

    /// Answers a device call with what a task gives.
    pub(super) fn answer_with<T: Serialize>(
        &self,
        delivery: DeliveryId,
        work: impl Future<Output = Result<T, HostError>> + Send + 'static,
    ) {
        let core = self.arc();
        self.spawn(async move {
            let outcome = match work.await {
                Ok(value) => to_value(&value),
                Err(error) => match error.for_caller() {
                    Ok(error) => Err(error),
                    Err(fatal) => return core.fail(fatal),
                },
            };
            core.push(VAT_ZERO, Input::DeviceDone { delivery, outcome });
        });
    }

    /// Has another vat take an owner's command, which answers a device call of vat zero.
    pub(super) fn command(&self, vat: VatNumber, delivery: DeliveryId, command: Command) {
        self.push(vat, Input::Cause(Box::new(Cause::Command { delivery, command })));
    }

    /// Answers a device call with why it could not be done.
    pub(super) fn refuse_call(&self, delivery: DeliveryId, error: HostError) {
        match error.for_caller() {
            Ok(error) => self.push(VAT_ZERO, Input::DeviceDone { delivery, outcome: Err(error) }),
            Err(fatal) => self.fail(fatal),
        }
    }
}

impl Work<'_, '_, '_> {
    /// Takes a call of a device.
    pub(crate) fn call_device(&mut self, call: DeviceCall) -> Result<(), HostError> {
        let delivery = call.delivery;
        if call.device == ENLIVEN_DEVICE {
            return match sturdyref(call.message) {
                Ok(target) => self.enliven(delivery, target),
                Err(why) => self.answer_device(delivery, Err(why)),
            };
        }
        if call.device == SEALING_DEVICE {
            self.call_sealing(call);
            return Ok(());
        }
        if self.slot.number != VAT_ZERO || call.device != HOST_DEVICE {
            let why = Error::new(Class::NotFound, "there is no such device on this host");
            return self.answer_device(delivery, Err(why));
        }
        let then = match self.host_device(call) {
            Ok(then) => then,
            Err(error) => Then::Answer(Err(error.for_caller()?)),
        };
        match then {
            Then::Answer(outcome) => self.answer_device(delivery, outcome),
            Then::Later => Ok(()),
        }
    }

    /// Does what the owner commands this vat; vat zero's call is answered once that is durable.
    pub(crate) fn obey(&mut self, delivery: DeliveryId, command: Command) -> Result<(), HostError> {
        if command == Command::Remove {
            self.say_goodbye()?;
            let vat = self.slot.number;
            let remove = move |core: &Arc<Core>| {
                core.answer_later(delivery, move |core| core.remove_vat(vat));
            };
            if let Some(remove) = self.core.later(remove) {
                self.after_durable(remove);
            }
            return Ok(());
        }
        let outcome = match self.try_obey(command) {
            Ok(value) => value,
            Err(error) => Err(error.for_caller()?),
        };
        if let Some(answer) = self.core.answering(delivery, outcome) {
            self.after_durable(answer);
        }
        Ok(())
    }

    fn try_obey(&mut self, command: Command) -> Result<Result<Value>, HostError> {
        match command {
            Command::Pause | Command::Resume => {
                let pause = command == Command::Pause;
                if pause {
                    self.turn.pause();
                } else {
                    self.turn.resume();
                    // At once, lest the vat go cold before it has looked at what waits.
                    self.core.push_ready(self.slot);
                }
                // The rest is as the last turn left it.
                match self.core.glance(self.slot.number) {
                    Some(info) => Ok(to_value(&VatInfo { paused: pause, ..info? })),
                    None => Ok(Ok(Value::Undefined)),
                }
            }
            Command::RetryParked(parked) => {
                self.turn.retry_parked(parked)?;
                Ok(to_value(&()))
            }
            Command::DropParked(parked) => Ok(to_value(&self.turn.drop_parked(parked)?)),
            Command::Collect => Ok(to_value(&self.turn.collect()?)),
            Command::CancelTimer(timer) => {
                let why = "the vat's owner cancelled the timer";
                Ok(to_value(&self.turn.cancel_alarm(timer, why)?))
            }
            Command::Location => Ok(to_value(&self.location_info()?)),
            Command::Session(id, command) => self.tend_session(id, command),
            Command::Quota(change) => self.change_quota(change),
            Command::Remove => Err(HostError::Internal("a removal is no answer".to_owned())),
        }
    }

    fn host_device(&mut self, call: DeviceCall) -> Result<Then, HostError> {
        let DeviceCall { delivery, message, .. } = call;
        let mut args = Args::new(message)?;
        let method = std::mem::take(&mut args.method);
        let core = self.core;
        match method.as_str() {
            "key" => answer(&core.host_info()?),
            "vat_new" => {
                let name: String = args.next()?;
                answer(&core.create_vat(&name)?)
            }
            "vat_ls" => {
                let (after, limit) = (args.next::<String>()?, args.next()?);
                answer(&core.vat_list(&after, limit)?)
            }
            "vat_show" => {
                let vat = core.named(&args.next::<String>()?)?;
                core.answer_later(delivery, move |core| core.vat_details(vat));
                Ok(Then::Later)
            }
            "vat_evict" => {
                let vat = core.named(&args.next::<String>()?)?;
                core.answer_with(delivery, |core| async move {
                    core.evict_now(vat).await?;
                    core.vat_info(vat)
                });
                Ok(Then::Later)
            }
            "vat_pause" | "vat_resume" => {
                let vat = core.named(&args.next::<String>()?)?;
                if vat == VAT_ZERO {
                    let why = "vat zero cannot be paused: it takes your commands";
                    return Err(Error::bad_call(why).into());
                }
                let pause = method == "vat_pause";
                let command = if pause { Command::Pause } else { Command::Resume };
                core.command(vat, delivery, command);
                Ok(Then::Later)
            }
            "vat_quota" => {
                let vat = core.named(&args.next::<String>()?)?;
                let change = args.next()?;
                if change == QuotaChange::default() {
                    core.answer_later(delivery, move |core| core.quota_info(vat));
                } else {
                    admit_change(vat, change)?;
                    core.command(vat, delivery, Command::Quota(change));
                }
                Ok(Then::Later)
            }
            "vat_location" | "forward_add" | "forward_ls" | "forward_rm" => {
                self.location_device(&method, args, delivery)
            }
            "vat_rm" => {
                let vat = core.named(&args.next::<String>()?)?;
                core.effect(|core| core.remove_politely(vat, delivery));
                Ok(Then::Later)
            }
            "awaited" => self.session_device(&method, args, delivery),
            method if method.starts_with("session_") => self.session_device(method, args, delivery),
            "steward" => {
                let vat = core.named(&args.next::<String>()?)?;
                let message = Message { values: args.rest() };
                self.ask_steward(vat, message).map(Then::Answer)
            }
            "enliven" => {
                self.enliven(delivery, args.next()?)?;
                Ok(Then::Later)
            }
            "share" | "grant" | "invite" => self.share(&method, args),
            "grants_of" => self.ask_home("grants", args.reference()?),
            "methods_of" => self.ask_home("methods", args.reference()?),
            "vat_of" => {
                let vat = self.vat_of(args.reference()?)?.ok_or_else(not_ours)?;
                core.answer_later(delivery, move |core| Ok(core.vat_info(vat)?.name));
                Ok(Then::Later)
            }
            "publish" => self.publish(args),
            "revoke" => self.revoke(args.next()?),
            "parked" => {
                let vat = core.named(&args.next::<String>()?)?;
                core.answer_later(delivery, move |core| core.parked(vat));
                Ok(Then::Later)
            }
            "parked_retry" | "parked_drop" => {
                let vat = core.named(&args.next::<String>()?)?;
                let parked = DeliveryId(args.next()?);
                let command = match method.as_str() {
                    "parked_retry" => Command::RetryParked(parked),
                    _ => Command::DropParked(parked),
                };
                core.command(vat, delivery, command);
                Ok(Then::Later)
            }
            "collect" => {
                let vat = core.named(&args.next::<String>()?)?;
                core.command(vat, delivery, Command::Collect);
                Ok(Then::Later)
            }
            "clock_show" | "clock_set" | "clock_advance" | "clock_accept" => {
                self.tend_clock(&method, args, delivery)
            }
            "timer_cancel" => {
                let vat = core.named(&args.next::<String>()?)?;
                let timer = PromiseId(args.next()?);
                core.command(vat, delivery, Command::CancelTimer(timer));
                Ok(Then::Later)
            }
            "snapshot" => {
                let folder: PathBuf = args.next::<String>()?.into();
                if !folder.is_absolute() {
                    let why = "a snapshot goes into a folder named from the root: `/…`";
                    return Err(Error::bad_call(why).into());
                }
                core.answer_later(delivery, move |core| Ok(core.keep.snapshot(&folder)?.number.0));
                Ok(Then::Later)
            }
            other => {
                Err(Error::bad_call(format!("the host device has no method `{other}`")).into())
            }
        }
    }

    fn tend_clock(
        &self,
        method: &str,
        mut args: Args,
        delivery: DeliveryId,
    ) -> Result<Then, HostError> {
        let command = match method {
            "clock_set" => ClockCommand::Set(Timestamp(args.next()?)),
            "clock_advance" => ClockCommand::Advance(args.next()?),
            "clock_accept" => ClockCommand::Accept,
            _ => ClockCommand::Show,
        };
        let tend = |core: Arc<Core>| async move { core.tend_clock(command).await };
        self.core.answer_with(delivery, tend);
        Ok(Then::Later)
    }

    /// Sends a message to the steward of a vat; gives the promise of its answer.
    fn ask_steward(
        &mut self,
        vat: VatNumber,
        message: Message,
    ) -> Result<Result<Value>, HostError> {
        if vat == VAT_ZERO {
            let promise = self.turn.new_host_promise();
            let steward = self.turn.steward();
            self.turn.send_from_host(steward, message, Some(promise))?;
            return Ok(Ok(Value::Ref(Ref::Promise(promise))));
        }
        let id = self.core.id_of(vat)?;
        let session = self.local_session(vat, id)?;
        Ok(Ok(self.ask_bootstrap(session, message)?))
    }

    /// Makes a facet of what is in a vat of this host, or of a forwarder to what is elsewhere.
    fn share(&mut self, method: &str, mut args: Args) -> Result<Then, HostError> {
        let (reference, caveats) = (args.reference()?, args.next_value()?);
        let last = args.next_value().unwrap_or(Value::Undefined);
        let home = self.vat_of(reference)?.unwrap_or(VAT_ZERO);
        let id = self.core.id_of(home)?;
        let locator = Value::String(self.core.hog_location(id)?.to_string());
        let message = match method {
            "invite" => {
                let args = [Value::Ref(reference), caveats, Value::Undefined, locator, last];
                Message::new("invite", args)
            }
            _ => Message::new("share", [Value::Ref(reference), caveats, last, locator]),
        };
        self.ask_steward(home, message).map(Then::Answer)
    }

    /// Asks the steward of the vat of this host that a reference leads to about it.
    fn ask_home(&mut self, method: &'static str, reference: Ref) -> Result<Then, HostError> {
        let home = self.vat_of(reference)?.ok_or_else(not_ours)?;
        let message = Message::new(method, [Value::Ref(reference)]);
        self.ask_steward(home, message).map(Then::Answer)
    }

    /// The vat of this host that a reference leads to; `None` if it is of another host.
    fn vat_of(&mut self, reference: Ref) -> Result<Option<VatNumber>, HostError> {
        match self.home_of(reference)? {
            Some((vat, _)) => Ok(Some(vat)),
            None => Ok(self.turn.far(reference)?.is_none().then_some(VAT_ZERO)),
        }
    }

    fn publish(&mut self, mut args: Args) -> Result<Then, HostError> {
        let reference = args.reference()?;
        let (_, session) = self.home(reference)?;
        let args = [Value::Ref(reference)].into_iter().chain(args.rest());
        let promise = self.ask_bootstrap(session, Message::new("publish", args))?;
        Ok(Then::Answer(Ok(promise)))
    }

    fn revoke(&mut self, what: Revocation) -> Result<Then, HostError> {
        let (label, deep) = (to_value(&what.label)?, Value::Bool(what.deep));
        let (vat, message) = match what.reference {
            Value::Ref(reference) => {
                let vat = self.vat_of(reference)?.ok_or_else(not_ours)?;
                (vat, Message::new("revoke_made", [Value::Ref(reference), label, deep]))
            }
            Value::SturdyRef(target) => {
                let peer = target.peer.vat().map_err(|e| Error::bad_call(e.to_string()))?;
                let vat = self.core.number_of(&peer)?.ok_or_else(not_ours)?;
                (vat, Message::new("revoke", [Value::SturdyRef(target), deep]))
            }
            _ => return Err(Error::bad_call("revoke takes a reference or a sturdyref").into()),
        };
        self.ask_steward(vat, message).map(Then::Answer)
    }

    fn home(
        &mut self,
        reference: Ref,
    ) -> Result<(VatNumber, hogshead_objects::ids::SessionId), HostError> {
        self.home_of(reference)?.ok_or_else(|| not_ours().into())
    }
}

fn not_ours() -> Error {
    Error::bad_call(
        "this reference is of another host: what its owner granted is not yours to list or revoke; \
         what you granted of it is in `hogshead grants`, with the numbers to revoke it by",
    )
}

pub(super) fn answer<T: Serialize>(value: &T) -> Result<Then, HostError> {
    Ok(Then::Answer(to_value(value)))
}

/// The sturdyref in a message `enliven(sturdyref)`.
fn sturdyref(message: Message) -> Result<SturdyRef> {
    let mut args = Args::new(message)?;
    if args.method != "enliven" {
        return Err(Error::bad_call("this device has one method: enliven(sturdyref)"));
    }
    from_value(args.next_value()?)
}

/// The arguments of a device call, taken one by one.
pub(super) struct Args {
    method: String,
    values: std::vec::IntoIter<Value>,
}

impl Args {
    pub(super) fn new(message: Message) -> Result<Self> {
        let mut values = message.values.into_iter();
        let method = match values.next() {
            Some(Value::Symbol(method)) => method.as_str().to_owned(),
            _ => return Err(Error::bad_call("a device call names its method")),
        };
        Ok(Self { method, values })
    }

    pub(super) fn method(&self) -> &str {
        &self.method
    }

    pub(super) fn next_value(&mut self) -> Result<Value> {
        let missing = || Error::bad_call("an argument is missing");
        self.values.next().ok_or_else(missing)
    }

    pub(super) fn next<T: DeserializeOwned>(&mut self) -> Result<T> {
        from_value(self.next_value()?)
    }

    fn reference(&mut self) -> Result<Ref> {
        match self.next_value()? {
            Value::Ref(reference) => Ok(reference),
            _ => Err(Error::bad_call("a reference is expected here")),
        }
    }

    fn rest(self) -> Vec<Value> {
        self.values.collect()
    }
}
