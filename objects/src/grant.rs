//! Grants: what a facet allows, said as data that is kept, checked and shown.
//!
//! ```text
//!   Caveats ── what is allowed: methods, arguments, times, uses, a rate, by whom   (kept, fixed)
//!   Tally ──── what was done: used, when, how much of the rate is left, denied     (kept, counts)
//!   Call ───── one use: method, arguments, time, caller
//!
//!   for the facet that a message came to and every one that it was derived from:
//!       caveats.admit(call, tally)       if one refuses, nothing is charged
//!   then for each of them:
//!       tally.charge(caveats, now)
//! ```
//!
//! A grant of a grant is checked against both, so that it can only narrow. That is attenuation
//! by facets (Mark S. Miller, "Robust Composition", 2006, section 9.3), said in caveats (Arnar
//! Birgisson and others, "Macaroons: Cookies with Contextual Caveats for Decentralized
//! Authorization in the Cloud", 2014): conditions that are only ever added.
//!
//! What an application holds of a grant it can look at in any way and pass on; the way back to what
//! the grant was derived from is not among the things that it can say. A reference is no number:
//!
//! ```compile_fail,E0277
//! use hogshead_objects::face as hogshead;
//!
//! fn widen(parent: hogshead::grant::GrantInfo) -> hogshead::Cap {
//!     hogshead::Cap::from(parent.facet)
//! }
//! ```
//!
//! nor has it a part that could be another one:
//!
//! ```compile_fail,E0616
//! use hogshead_objects::face as hogshead;
//!
//! fn widen(narrow: hogshead::Cap, whole: hogshead::Cap) -> hogshead::Cap {
//!     hogshead::Cap { reference: whole.reference, ..narrow }
//! }
//! ```

mod info;
mod rate;
mod rule;
mod tally;
mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Class, Error, Result};
use crate::ids::{Timestamp, VatId};
use crate::limits;
use crate::message::Message;
use crate::object::{MethodInfo, Takes};
use crate::value::Value;

pub use info::GrantInfo;
pub use rate::Rate;
pub use rule::{ArgRule, Step, Test};
pub use tally::{Denial, Tally};

/// What a facet allows: conditions that must all hold for a message to be delivered.
///
/// None of them means that everything is allowed that the facet it is derived from allows.
///
/// ```
/// use hogshead_objects::grant::{Caveats, Rate};
/// use hogshead_objects::ids::Timestamp;
///
/// let caveats = Caveats::new()
///     .methods(["pay", "balance"])
///     .rule("0<=100".parse()?)
///     .until(Timestamp(1_767_225_600_000))
///     .uses(3)
///     .rate(Rate::new(1, 60_000)?)
///     .label("for Bob");
/// assert_eq!(
///     caveats.to_string(),
///     "balance, pay; argument 0 at most 100; until 2026-01-01T00:00:00Z; 3 uses; \
///      1 use in 1 minute",
/// );
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caveats {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    methods: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rules: Vec<ArgRule>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_before: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    uses: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rate: Option<Rate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caller: Option<VatId>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    label: String,
}

/// One use of a facet, as far as caveats look at it.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The method: the name of the one that takes the message, or the message's own symbol where
    /// one method takes all.
    pub method: &'a str,
    /// What the method is given.
    pub args: &'a [Value],
    /// The time.
    pub now: Timestamp,
    /// The vat whose session brought the message, or the object's own; nothing if that is not
    /// known, and then no grant to one vat holds.
    pub caller: Option<VatId>,
}

impl<'a> Call<'a> {
    /// A message that this method takes.
    pub fn new(
        method: &'static MethodInfo,
        message: &'a Message,
        now: Timestamp,
        caller: Option<VatId>,
    ) -> Self {
        let args = match method.takes {
            Takes::Apply => &message.values,
            Takes::Named | Takes::Any => arguments(message),
        };
        Self { method: method.granted_as(message), args, now, caller }
    }

    /// A message to an object whose methods are in no table: its leading symbol names the method.
    pub fn untyped(message: &'a Message, now: Timestamp, caller: Option<VatId>) -> Self {
        let method = message.symbol().unwrap_or_default();
        Self { method, args: arguments(message), now, caller }
    }
}

/// What follows the method's name.
fn arguments(message: &Message) -> &[Value] {
    match message.values.split_first() {
        Some((Value::Symbol(_), args)) => args,
        _ => &message.values,
    }
}

impl Caveats {
    /// No condition at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only these methods, by their names on the wire.
    pub fn methods<M: Into<String>>(mut self, methods: impl IntoIterator<Item = M>) -> Self {
        let mut methods: Vec<String> = methods.into_iter().map(Into::into).collect();
        methods.sort_unstable();
        methods.dedup();
        self.methods = Some(methods);
        self
    }

    /// Only calls whose arguments are as the rule says; of several all must hold.
    pub fn rule(mut self, rule: ArgRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Only from this time on.
    pub fn not_before(mut self, time: Timestamp) -> Self {
        self.not_before = Some(time);
        self
    }

    /// Only before this time.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.until = Some(time);
        self
    }

    /// Only so many times. A use is counted when it is delivered, also if the method then fails.
    pub fn uses(mut self, uses: u64) -> Self {
        self.uses = Some(uses);
        self
    }

    /// Only so often.
    pub fn rate(mut self, rate: Rate) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Only what the session with this vat brings, or, if it is the object's own vat, what its
    /// objects send. The vat is who sent the message over its own session, also if the reference
    /// was handed on to it.
    pub fn only_from(mut self, vat: VatId) -> Self {
        self.caller = Some(vat);
        self
    }

    /// Says for people, and for accounting, whom it is for.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The methods, ascending; nothing means all.
    pub fn method_names(&self) -> Option<&[String]> {
        self.methods.as_deref()
    }

    /// The rules for arguments.
    pub fn rules(&self) -> &[ArgRule] {
        &self.rules
    }

    /// From when on it holds, if that is said.
    pub fn begins(&self) -> Option<Timestamp> {
        self.not_before
    }

    /// When it expires, if that is said.
    pub fn expires(&self) -> Option<Timestamp> {
        self.until
    }

    /// How many uses it is for, if that is said.
    pub fn use_count(&self) -> Option<u64> {
        self.uses
    }

    /// How often it may be used, if that is said.
    pub fn use_rate(&self) -> Option<Rate> {
        self.rate
    }

    /// Who alone may use it, if that is said.
    pub fn only_caller(&self) -> Option<VatId> {
        self.caller
    }

    /// The label; empty if there is none.
    pub fn label_text(&self) -> &str {
        &self.label
    }

    /// The label, taken out of the conditions.
    pub fn take_label(&mut self) -> String {
        std::mem::take(&mut self.label)
    }

    /// The methods, taken out of the conditions.
    pub fn take_methods(&mut self) -> Option<Vec<String>> {
        self.methods.take()
    }

    /// Whether there is any condition; a label is none.
    pub fn is_empty(&self) -> bool {
        let Self { methods, rules, not_before, until, uses, rate, caller, label: _ } = self;
        methods.is_none()
            && rules.is_empty()
            && not_before.is_none()
            && until.is_none()
            && uses.is_none()
            && rate.is_none()
            && caller.is_none()
    }

    /// Whether it counts: what a restored store must not give again.
    pub fn counts(&self) -> bool {
        self.uses.is_some() || self.rate.is_some()
    }

    /// Whether a method of that name is granted.
    pub fn allows_method(&self, method: &str) -> bool {
        match &self.methods {
            None => true,
            Some(methods) => methods.binary_search_by(|m| m.as_str().cmp(method)).is_ok(),
        }
    }

    /// Refuses conditions beyond the limits of this crate, or that can never hold.
    pub fn check(&self) -> Result<()> {
        let sorted = self.methods.iter().all(|names| names.is_sorted_by(|a, b| a < b));
        if !sorted {
            return Err(Error::bad_call("the methods of a grant must be ascending, each once"));
        }
        if self.rules.len() > limits::GRANT_RULES_MAX {
            let max = limits::GRANT_RULES_MAX;
            return Err(over(format!("a grant has at most {max} rules for arguments")));
        }
        self.rules.iter().try_for_each(ArgRule::check)?;
        let bytes: usize = self.rules.iter().map(ArgRule::size_bytes).sum();
        if bytes > limits::GRANT_RULE_BYTES_MAX {
            let max = limits::GRANT_RULE_BYTES_MAX;
            return Err(over(format!("the rules of a grant would take {bytes} bytes; {max} fit")));
        }
        if let (Some(begins), Some(until)) = (self.not_before, self.until)
            && begins >= until
        {
            return Err(Error::bad_call("the grant would expire before it begins"));
        }
        if self.uses == Some(0) {
            return Err(Error::bad_call("a grant for no use at all is none; revoke it instead"));
        }
        self.rate.map_or(Ok(()), Rate::check)
    }

    /// Whether the call is allowed; the error says why not. Nothing is counted.
    pub fn admit(&self, call: &Call<'_>, tally: &Tally) -> Result<()> {
        if !self.allows_method(call.method) {
            return Err(not_granted(call.method));
        }
        if let Some(only) = self.caller
            && call.caller != Some(only)
        {
            return Err(denied("the grant is for another vat"));
        }
        let now = call.now;
        if let Some(begins) = self.not_before
            && now < begins
        {
            return Err(denied(format!("the grant begins at {}", words::time(begins))));
        }
        if let Some(until) = self.until
            && now >= until
        {
            return Err(denied(format!("the grant has expired at {}", words::time(until))));
        }
        self.rules.iter().try_for_each(|rule| rule.admit(call.args))?;
        if self.uses.is_some_and(|uses| tally.used >= uses) {
            return Err(denied("all uses of the grant are used up"));
        }
        match self.rate.and_then(|rate| tally.wait_ms(rate, now)) {
            Some(wait) => {
                let wait = words::duration(wait);
                let why = format!("the grant is used too often; try again in {wait}");
                Err(Error::new(Class::Busy, why))
            }
            None => Ok(()),
        }
    }

    /// Each condition in words.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(self.methods.as_ref().map(|names| match names.is_empty() {
            true => "no method".to_owned(),
            false => names.join(", "),
        }));
        words.extend(self.rules.iter().map(ToString::to_string));
        words.extend(self.not_before.map(|time| format!("not before {}", words::time(time))));
        words.extend(self.until.map(|time| format!("until {}", words::time(time))));
        words.extend(self.uses.map(words::uses));
        words.extend(self.rate.map(|rate| rate.to_string()));
        words.extend(self.caller.map(|vat| format!("only for {vat}")));
        words
    }
}

/// The conditions in words; `everything` if there is none.
impl fmt::Display for Caveats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.words();
        f.write_str(if words.is_empty() { "everything" } else { "" })?;
        f.write_str(&words.join("; "))
    }
}

/// What a holder is told whose reference does not grant a method.
pub fn not_granted(method: &str) -> Error {
    denied(format!("this reference does not grant `{method}`"))
}

/// What a holder is told whose reference was revoked.
pub fn revoked() -> Error {
    Error::new(Class::Revoked, "this reference was revoked")
}

/// What a holder is told until the owner of a restored store has confirmed the grant.
pub fn suspended() -> Error {
    denied("the grant is suspended since its vat was restored, until the vat's owner confirms it")
}

/// What a near call is told through a facet whose conditions are on messages.
pub fn not_near() -> Error {
    denied("this reference has conditions that only messages are checked against; send instead")
}

fn denied(why: impl Into<String>) -> Error {
    Error::new(Class::Denied, why)
}

fn over(why: String) -> Error {
    Error::new(Class::Limit, why)
}
