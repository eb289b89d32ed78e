//! Clocks and timers: objects whose code is the vat itself.
//!
//! A clock is a device by its kind, but nothing leaves the vat: what it is asked happens within the
//! turn that delivers the message. A timer is an object with one edge, the promise that its alarm
//! settles, by which the alarm is found. See
//! [`stock::clock`](hogshead_objects::stock::clock) for what they promise.

use hogshead_objects::codec::{from_value, to_value};
use hogshead_objects::error::{Error, Result};
use hogshead_objects::ids::{FacetId, ObjectId, PromiseId, SessionId, Timestamp};
use hogshead_objects::message::Message;
use hogshead_objects::object::State;
use hogshead_objects::reference::Ref;
use hogshead_objects::stock::clock::CatchUp;
use hogshead_objects::value::Value;
use serde::de::DeserializeOwned;

use crate::cache::{Form, Slot};
use crate::rows::{Alarm, Caller, Edge};
use crate::steward::{CLOCK_DEVICE, DEVICE_KIND};
use crate::turn::Turn;

/// The kind of timers. No registry has it.
const TIMER_KIND: &str = "hogshead/timer";

const CLOCK_METHODS: &str = "now, after, at, timer, once, every, every_from";

/// Who asks: the facet that was used, and the session that is counted for it.
#[derive(Clone, Copy)]
pub(crate) struct From {
    pub facet: FacetId,
    pub session: Option<SessionId>,
    pub caller: Caller,
}

/// Whether an object is a clock or a timer.
pub(crate) fn is_timekeeper(slot: Option<&mut Slot>) -> bool {
    slot.is_some_and(|slot| slot.head.kind == TIMER_KIND || is_clock(slot))
}

/// Whether an object is a timer.
pub(crate) fn is_timer(slot: Option<&mut Slot>) -> bool {
    slot.is_some_and(|slot| slot.head.kind == TIMER_KIND)
}

fn is_clock(slot: &Slot) -> bool {
    slot.head.kind == DEVICE_KIND
        && matches!(&slot.form, Form::Encoded(state) if state.bytes == CLOCK_DEVICE.as_bytes())
}

/// Runs a method of a clock or a timer.
pub(crate) fn call(
    turn: &mut Turn<'_, '_>,
    object: ObjectId,
    from: From,
    message: Message,
) -> Result<Value> {
    let promise = match turn.load_slot(object) {
        Ok(Some(Slot { form: Form::Encoded(state), .. })) => state.edges.first().copied(),
        Ok(_) => None,
        Err(trouble) => return Err(turn.visible(trouble)),
    };
    match promise {
        Some(Ref::Promise(promise)) => call_timer(turn, promise, &message),
        _ => call_clock(turn, from, message),
    }
}

fn call_timer(turn: &mut Turn<'_, '_>, promise: PromiseId, message: &Message) -> Result<Value> {
    match message.symbol() {
        Some("cancel") => match turn.cancel_alarm(promise, "the timer was cancelled") {
            Ok(cancelled) => Ok(Value::Bool(cancelled)),
            Err(trouble) => Err(turn.visible(trouble)),
        },
        Some("done") => Ok(Value::Ref(Ref::Promise(promise))),
        _ => Err(Error::bad_call("a timer has the methods cancel, done")),
    }
}

fn call_clock(turn: &mut Turn<'_, '_>, from: From, message: Message) -> Result<Value> {
    let now = turn.created();
    let later = |milliseconds: u64| Timestamp(now.0.saturating_add(milliseconds));
    let mut args = Args(message.values.into_iter());
    let method = match args.0.next() {
        Some(Value::Symbol(method)) => method,
        _ => return Err(no_method()),
    };
    let alarm = Alarm::at(from.facet);
    match method.as_str() {
        "now" => to_value(&now),
        "after" => promised(turn, later(args.next("milliseconds")?), from),
        "at" => promised(turn, args.next("time")?, from),
        "timer" => timer(turn, args.next("time")?, alarm, from),
        "once" => {
            let time = args.next("time")?;
            let target = Some(args.target()?);
            timer(turn, time, Alarm { target, ..alarm }, from)
        }
        "every" | "every_from" => {
            let first = match method.as_str() {
                "every" => None,
                _ => Some(args.next("first")?),
            };
            let period = args.next("period")?;
            let every = Some((period, args.next::<CatchUp>("catch_up")?));
            let target = Some(args.target()?);
            let first = CatchUp::first_tick(first.unwrap_or(later(period)), period, now)?;
            timer(turn, first, Alarm { target, every, ..alarm }, from)
        }
        _ => Err(no_method()),
    }
}

/// Sets a timer of which there is a promise only.
fn promised(turn: &mut Turn<'_, '_>, time: Timestamp, from: From) -> Result<Value> {
    if time <= turn.created() {
        return to_value(&time);
    }
    let alarm = Alarm::at(from.facet);
    turn.set_alarm(time, alarm, from.session, from.caller)
        .map(|promise| Value::Ref(Ref::Promise(promise)))
}

/// Sets a timer of which there is an object.
fn timer(turn: &mut Turn<'_, '_>, time: Timestamp, alarm: Alarm, from: From) -> Result<Value> {
    let promise = turn.set_alarm(time, alarm, from.session, from.caller)?;
    let edges = vec![Ref::Promise(promise)];
    let state = State { edges, ..State::default() };
    let facet = turn.add_object(TIMER_KIND, 1, None, Form::Encoded(state))?;
    Ok(Value::Ref(Ref::Facet(facet)))
}

fn no_method() -> Error {
    Error::bad_call(format!("a clock has the methods {CLOCK_METHODS}"))
}

/// The arguments of a message, taken one by one.
struct Args(std::vec::IntoIter<Value>);

impl Args {
    fn next<T: DeserializeOwned>(&mut self, name: &str) -> Result<T> {
        let missing = || Error::bad_call(format!("the argument `{name}` is missing"));
        from_value(self.0.next().ok_or_else(missing)?)
            .map_err(|error| Error::bad_call(format!("{name}: {}", error.message())))
    }

    fn target(&mut self) -> Result<Edge> {
        match self.0.next() {
            Some(Value::Ref(reference)) => Ok(reference.into()),
            _ => Err(Error::bad_call("target: expected a reference to send ticks to")),
        }
    }
}
