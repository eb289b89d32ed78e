//! What the owner of a host can do: the `Admin` object of vat zero, and the types it speaks.
//!
//! ```text
//!   CLI ──Unix socket──▶ Owner ──near call──▶ Directory     names
//!   Host::client ───────▶  │
//!                          └─────send───────▶ host device   vats, sturdyrefs, parked deliveries
//! ```
//!
//! `Owner` is an ordinary durable object; what it cannot do itself it asks of the host device.

mod names;
mod owner;
mod quotas;
mod sessions;

use std::collections::BTreeMap;

use bytes::Bytes;

use hogshead_objects::Value;
use hogshead_objects::locator::SturdyRef;
use serde::{Deserialize, Serialize};

pub use self::owner::Owner;
pub use self::quotas::{Allowance, QuotaChange, QuotaInfo};
pub use self::sessions::{
    ForkInfo, HeldInfo, OutboxDropped, OutboxInfo, QueuedInfo, SessionDetails, SessionEnded,
    SessionInfo,
};
use crate::grant::{Caveats, GrantInfo};
use crate::{Context, Cursor, Error, Page, Promise, Result};

/// A vat, as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VatInfo {
    /// The owner's name for it.
    pub name: String,
    /// Its key in base32.
    pub id: String,
    /// The host's number for it.
    pub number: u32,
    /// `warm`, `unloaded` or `cold`.
    pub state: String,
    /// Whether it takes no turns.
    pub paused: bool,
    /// Turns taken.
    pub turns: u64,
    /// Records kept.
    pub records: u64,
    /// Bytes of records kept.
    pub bytes: u64,
}

/// A vat in detail.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VatDetails {
    /// What the list shows.
    pub info: VatInfo,
    /// The epoch of its hosting certificate.
    pub epoch: u64,
    /// When the certificate ends: milliseconds since 1970.
    pub certificate_expires_ms: u64,
    /// What it waits for.
    pub waits_for: Vec<Wait>,
    /// Its sessions.
    pub sessions: Vec<SessionInfo>,
    /// What was shared or narrowed, and whether it was revoked.
    pub grants: Vec<Grant>,
    /// Its objects, at most a page of them.
    pub objects: Vec<ObjectInfo>,
}

/// A delivery that has not run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wait {
    /// The delivery.
    pub delivery: u64,
    /// What it waits for, in words.
    pub trigger: String,
    /// What it will do, in words.
    pub action: String,
    /// Why it is parked, if it is.
    pub cause: Option<String>,
    /// The number to cancel it by, if it is a timer.
    pub timer: Option<u64>,
}

/// A facet that was made for somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Grant {
    /// The facet.
    pub facet: u64,
    /// The object that it is a facet of.
    pub object: u64,
    /// The label it was made under.
    pub label: String,
    /// The methods, or nothing if it grants all.
    pub methods: Option<Vec<String>>,
    /// What it allows by itself, in words.
    pub may: String,
    /// Whether it was revoked.
    pub revoked: bool,
    /// How many sturdyrefs lead to it.
    pub shares: u64,
}

/// An object of a vat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ObjectInfo {
    /// The object.
    pub id: u64,
    /// Its kind.
    pub kind: String,
    /// The version of its state.
    pub version: u32,
    /// Bytes of its record.
    pub bytes: u64,
}

/// Methods of an object, each with the names of its parameters.
pub type MethodsOf = Vec<(String, Vec<String>)>;

/// A name in the owner's directory.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NameInfo {
    /// The name.
    pub name: String,
    /// `live`: an object of this host; `sturdy`: a sturdyref that was accepted.
    pub kind: String,
    /// Where it leads, without any secret.
    pub to: String,
}

/// The host's identity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HostInfo {
    /// The host's key in base32.
    pub host: String,
    /// The key of vat zero in base32.
    pub vat_zero: String,
    /// The QUIC addresses that sturdyrefs carry.
    pub addresses: Vec<String>,
    /// The hints that sturdyrefs carry: each way's name, and its addresses with commas between.
    pub ways: BTreeMap<String, String>,
    /// The engine of the checkpoint.
    pub engine: String,
    /// The newest commit.
    pub commit: u64,
    /// The newest durable commit.
    pub durable: u64,
    /// The time that the clock jumped to, in milliseconds since 1970, if its owner is asked whether
    /// that is right. No timer fires until then.
    pub clock_jumped_to_ms: Option<u64>,
}

/// The host's clock and what waits for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClockInfo {
    /// The time that vats see: milliseconds since 1970.
    pub now_ms: u64,
    /// Whether it shows what its owner says.
    pub r#virtual: bool,
    /// The time that it jumped to, if its owner is asked whether that is right.
    pub jumped_to_ms: Option<u64>,
    /// The vats whose timers are due next, in the order of their times.
    pub due: Vec<DueInfo>,
}

/// When a vat's first timer is due.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DueInfo {
    /// The vat's name.
    pub vat: String,
    /// The time: milliseconds since 1970.
    pub due_ms: u64,
}

/// Where a vat of this host says that it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LocationInfo {
    /// The vat's key in base32.
    pub vat: String,
    /// The record's number.
    pub number: u64,
    /// Each way's name, and its addresses with commas between.
    pub ways: BTreeMap<String, String>,
    /// The record itself, for `forward_add` of another host.
    pub record: String,
}

/// A forwarding record: whoever asks here for that vat is told where it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ForwardInfo {
    /// The vat's key in base32.
    pub vat: String,
    /// The record's number.
    pub number: u64,
    /// Where it leads.
    pub to: String,
}

/// Which grants to revoke.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Revocation {
    /// The object, or a sturdyref that leads to the very facet.
    pub reference: Value,
    /// Only the facets with this label; all that were made of the object if absent.
    pub label: Option<String>,
    /// Whether what was derived from these is taken as well.
    pub deep: bool,
}

/// Everything the owner may ask of the host. The bootstrap object of the owner's private socket.
#[crate::interface]
pub trait Admin {
    /// The host's identity.
    fn key(&mut self, cx: &mut Context<'_>) -> Result<Promise<HostInfo>>;

    /// Makes a vat.
    fn vat_new(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatInfo>>;

    /// The vats after `after` in the order of their names, at most `limit`.
    fn vat_ls(
        &mut self,
        cx: &mut Context<'_>,
        after: String,
        limit: u64,
    ) -> Result<Promise<Vec<VatInfo>>>;

    /// One vat in detail.
    fn vat_show(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatDetails>>;

    /// Drops a vat's objects from memory; its plain sessions stay.
    fn vat_evict(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatInfo>>;

    /// Lets a vat take no more turns until `vat_resume`; what arrives is kept.
    fn vat_pause(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatInfo>>;

    /// Lets a paused vat go on.
    fn vat_resume(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatInfo>>;

    /// What a vat uses and what it may use, after a change of that. Vat zero, which takes these
    /// commands, is not given less than a new vat has.
    fn vat_quota(
        &mut self,
        cx: &mut Context<'_>,
        name: String,
        change: QuotaChange,
    ) -> Result<Promise<QuotaInfo>>;

    /// Removes a vat with everything in it, for good.
    fn vat_rm(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<()>>;

    /// Where a vat says that it is: its own location record, as its peers get it.
    fn vat_location(&mut self, cx: &mut Context<'_>, name: String)
    -> Result<Promise<LocationInfo>>;

    /// Keeps the location record of a vat that is hosted elsewhere: whoever asks here for it is
    /// sent on, and vats of this host find it.
    fn forward_add(&mut self, cx: &mut Context<'_>, record: String)
    -> Result<Promise<ForwardInfo>>;

    /// The forwarding records after that of the vat `after` in the order of the vats' keys, at
    /// most `limit`.
    fn forward_ls(
        &mut self,
        cx: &mut Context<'_>,
        after: String,
        limit: u64,
    ) -> Result<Promise<Vec<ForwardInfo>>>;

    /// Forgets the forwarding record of a vat, named by its key.
    fn forward_rm(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<()>>;

    /// Makes an object of a kind in a vat; optionally names it.
    fn spawn(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        kind: String,
        init: Value,
        name: Option<String>,
    ) -> Result<Promise<Value>>;

    /// What a name of the owner's directory leads to, or a path through directories anywhere, such
    /// as `office/printer`. A sturdyref is enlivened.
    fn lookup(&mut self, cx: &mut Context<'_>, path: String) -> Result<Value>;

    /// Keeps a reference, or a sturdyref, under a name, or at the end of a path, in the directory
    /// there. A string is a name of the owner's directory: what it has gets this name as well.
    fn name(&mut self, cx: &mut Context<'_>, path: String, to: Value) -> Result<Promise<()>>;

    /// Forgets a name, or the last one of a path.
    fn unname(&mut self, cx: &mut Context<'_>, path: String) -> Result<Promise<()>>;

    /// The names of the owner's directory, the first 4,096 of them.
    fn names(&mut self, cx: &mut Context<'_>) -> Result<Vec<NameInfo>>;

    /// A page of the names of the directory that a path leads to; of the owner's, without a path.
    fn names_in(
        &mut self,
        cx: &mut Context<'_>,
        path: Option<String>,
        after: Option<Cursor>,
    ) -> Result<Promise<Page<NameInfo>>>;

    /// Fetches what a sturdyref leads to.
    fn enliven(&mut self, cx: &mut Context<'_>, sturdyref: SturdyRef) -> Result<Promise<Value>>;

    /// Writes a reference down: a new facet with `only` these methods under `label`, and a new
    /// swiss number for it.
    fn share(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
        only: Option<Vec<String>>,
        label: String,
    ) -> Result<Promise<SturdyRef>>;

    /// Makes a facet that is narrowed by these conditions, and a sturdyref to it. What is of another
    /// host is granted by a forwarder of vat zero, which whoever uses the grant does not see.
    fn grant(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
        caveats: Caveats,
    ) -> Result<Promise<SturdyRef>>;

    /// Makes an invitation to a facet that is narrowed by these conditions (see
    /// [`Invitation`](crate::stock::invitation::Invitation)); with `bind` for the vat alone that
    /// redeems it.
    fn invite(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
        caveats: Caveats,
        bind: bool,
    ) -> Result<Promise<SturdyRef>>;

    /// What was granted of a vat, by its owner, its objects and those who hold it: in the order in
    /// which it was made, at most [`GRANTS_PAGE_MAX`](crate::limits::GRANTS_PAGE_MAX) that were made
    /// after the one with the number `after`; none is left if there are fewer.
    fn grants(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        after: Option<u64>,
    ) -> Result<Promise<Vec<GrantInfo>>>;

    /// The same of one object of this host, that `reference` itself included: the first of them.
    fn grants_of(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
    ) -> Result<Promise<Vec<GrantInfo>>>;

    /// The methods that a reference of this host grants, each with the names of its parameters: none
    /// if its kind is not known, or takes any message.
    fn methods_of(&mut self, cx: &mut Context<'_>, of: Value) -> Result<Promise<MethodsOf>>;

    /// The name of the vat of this host that a reference leads to.
    fn vat_of(&mut self, cx: &mut Context<'_>, reference: Value) -> Result<Promise<String>>;

    /// Revokes a grant of a vat by its number, and with `deep` all that was derived from it.
    fn grants_revoke(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        grant: u64,
        deep: bool,
    ) -> Result<Promise<u64>>;

    /// Lets a grant of a vat be used again that a restore has suspended, or all of them; gives how
    /// many.
    fn grants_confirm(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        grant: Option<u64>,
    ) -> Result<Promise<u64>>;

    /// Makes an object of this host available under a swiss number of the owner's choice, that
    /// of `at`, for well-known objects of a test peer. Whoever can guess it may use the object.
    fn publish(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
        at: SturdyRef,
        label: String,
    ) -> Result<Promise<u64>>;

    /// A device in a vat that enlivens sturdyrefs: hand it to objects of that vat which may reach
    /// out by sturdyrefs that they are given.
    fn enlivener(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Value>>;

    /// A device in a vat that seals to the keys of vats, and opens what was sealed to this one,
    /// [`Sealing`](crate::stock::sealing::Sealing): hand it to objects which may do so in the vat's
    /// name.
    fn sealing(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Value>>;

    /// A clock in a vat, [`Clock`](crate::stock::clock::Clock): hand it to objects which may know
    /// the time and set timers. Narrowed or revoked, it takes its timers along.
    fn clock(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Value>>;

    /// A source of octets that nobody can guess in a vat, [`Entropy`](crate::stock::entropy::Entropy):
    /// hand it to objects of that vat which may surprise others.
    fn entropy(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Value>>;

    /// The scripts of a vat, [`Scripts`](crate::script::Scripts): its codes and processes. Made when
    /// they are first asked for; `seed` are 32 octets that nobody can guess, from which the ids of
    /// its processes follow then.
    fn scripts(&mut self, cx: &mut Context<'_>, vat: String, seed: Bytes)
    -> Result<Promise<Value>>;

    /// The vats that have scripts.
    fn script_vats(&mut self, cx: &mut Context<'_>) -> Result<Vec<String>>;

    /// The host's own clock.
    fn clock_show(&mut self, cx: &mut Context<'_>) -> Result<Promise<ClockInfo>>;

    /// Sets a virtual clock, to milliseconds since 1970 and not back; answered when what then is
    /// due has fired.
    fn clock_set(&mut self, cx: &mut Context<'_>, time_ms: u64) -> Result<Promise<ClockInfo>>;

    /// Lets so many milliseconds pass on a virtual clock; answered as `clock_set` is.
    fn clock_advance(&mut self, cx: &mut Context<'_>, by_ms: u64) -> Result<Promise<ClockInfo>>;

    /// Says that a jump of the clock was right: timers fire again.
    fn clock_accept(&mut self, cx: &mut Context<'_>) -> Result<Promise<ClockInfo>>;

    /// Cancels a timer of a vat; `false` if it was over already.
    fn timer_cancel(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        timer: u64,
    ) -> Result<Promise<bool>>;

    /// Why the session ended that a reference came over to this host, once it has: a connection
    /// to another host, or that with a vat of this host that was removed.
    fn on_sever(&mut self, cx: &mut Context<'_>, reference: Value) -> Result<Promise<Error>>;

    /// Revokes what was shared of an object, or one sharing by its sturdyref; gives how many
    /// facets that were.
    fn revoke(&mut self, cx: &mut Context<'_>, what: Revocation) -> Result<Promise<u64>>;

    /// The sessions of a vat after the one with the number `after`, at most `limit`; those that have
    /// forked are among them.
    fn session_ls(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        after: u64,
        limit: u64,
    ) -> Result<Promise<Vec<SessionInfo>>>;

    /// One session in detail: what waits in it, who holds what. `peer` is its number, the peer's
    /// key, a name of the directory with a sturdyref of that peer, or a vat of this host.
    fn session_show(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
    ) -> Result<Promise<SessionDetails>>;

    /// Ends a session: all that each side held of the other breaks. The peer is told, at once if it
    /// can be reached. Of one that has forked it forgets the evidence.
    fn session_end(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
    ) -> Result<Promise<SessionEnded>>;

    /// Drops what waits in the outbox of a durable session and has no number yet: its questions
    /// break.
    fn session_drop_outbox(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
    ) -> Result<Promise<OutboxDropped>>;

    /// Gives up what this vat holds of a peer at a position: it breaks for all its holders here,
    /// and the peer may let go of it.
    fn session_expire(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
        import: u64,
    ) -> Result<Promise<()>>;

    /// Takes back the object that a peer holds of this vat at a position: whatever the peer does
    /// with it breaks.
    fn session_expire_export(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
        export: u64,
    ) -> Result<Promise<()>>;

    /// The absent peers that an answer of `target` may be waiting for: that of its session or, if it
    /// is an object of this host, those of which its vat waits for something. `target` is a
    /// reference, a sturdyref, or a name.
    fn awaited(&mut self, cx: &mut Context<'_>, target: Value)
    -> Result<Promise<Vec<SessionInfo>>>;

    /// The parked deliveries of a vat, with their causes.
    fn parked(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Vec<Wait>>>;

    /// Lets a parked delivery run again: after all that came later, which did not wait for it.
    fn parked_retry(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        delivery: u64,
    ) -> Result<Promise<()>>;

    /// Gives a parked delivery up: whoever waits for its answer gets an error.
    fn parked_drop(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        delivery: u64,
    ) -> Result<Promise<()>>;

    /// Runs the cycle collector of a vat; gives how many records it freed.
    fn collect(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<u64>>;

    /// Writes a verified snapshot of the store into a new folder of the host's machine; gives
    /// its commit number.
    fn snapshot(&mut self, cx: &mut Context<'_>, folder: String) -> Result<Promise<u64>>;
}
