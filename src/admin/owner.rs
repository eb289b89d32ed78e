//! The admin object of vat zero.

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_objects::Value;
use hogshead_objects::codec::{from_value, to_value};
use hogshead_objects::locator::{Locator, SturdyRef};
use serde::{Deserialize, Serialize};

use super::names::{far_name_info, name_info};
use super::{
    Admin, ClockInfo, ForwardInfo, HostInfo, LocationInfo, MethodsOf, NameInfo, OutboxDropped,
    QuotaChange, QuotaInfo, Revocation, SessionDetails, SessionEnded, SessionInfo, VatDetails,
    VatInfo, Wait,
};
use crate::grant::{Caveats, GrantInfo};
use crate::limits::NAMES_LISTED_MAX;
use crate::stock::directory::{Directory, Names, Path, check_name};
use crate::{Cap, Context, Cursor, Error, Message, Page, Promise, Result, Symbol, Untyped};

/// The admin object: what the owner's socket has as its bootstrap.
#[derive(Serialize, Deserialize)]
pub struct Owner {
    /// The host device.
    host: Cap<Untyped>,
    /// The owner's names; made on first use, so that it is of this object's composition.
    directory: Option<Cap<dyn Directory>>,
    /// The scripts of each vat that has some.
    #[serde(default)]
    scripts: BTreeMap<String, Promise<Value>>,
}

impl Owner {
    pub(crate) fn new(host: Cap<Untyped>) -> Self {
        Self { host, directory: None, scripts: BTreeMap::new() }
    }

    /// Asks the host device.
    fn ask<T>(
        &self,
        cx: &mut Context<'_>,
        method: &'static str,
        args: impl IntoIterator<Item = Value>,
    ) -> Result<Promise<T>> {
        let message = Message::new(Symbol::from_static(method), args);
        Ok(cx.send(self.host, message)?.cast())
    }

    /// Asks the steward of a vat.
    fn ask_steward<T>(
        &self,
        cx: &mut Context<'_>,
        vat: String,
        method: &'static str,
        args: impl IntoIterator<Item = Value>,
    ) -> Result<Promise<T>> {
        let head = [vat.into(), Value::Symbol(Symbol::from_static(method))];
        self.ask(cx, "steward", head.into_iter().chain(args))
    }

    fn directory(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Directory>> {
        if let Some(directory) = &self.directory {
            return Ok(*directory);
        }
        let directory = cx.spawn(Names::default())?;
        self.directory = Some(directory);
        Ok(directory)
    }
}

#[crate::object(name = "owner", version = 1, continuations)]
impl Admin for Owner {
    fn key(&mut self, cx: &mut Context<'_>) -> Result<Promise<HostInfo>> {
        self.ask(cx, "key", [])
    }

    fn vat_new(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatInfo>> {
        self.ask(cx, "vat_new", [name.into()])
    }

    fn vat_ls(
        &mut self,
        cx: &mut Context<'_>,
        after: String,
        limit: u64,
    ) -> Result<Promise<Vec<VatInfo>>> {
        self.ask(cx, "vat_ls", [after.into(), limit.into()])
    }

    fn vat_show(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatDetails>> {
        let details: Promise<VatDetails> = self.ask(cx, "vat_show", [name.into()])?;
        details.then(cx, Self::vat_with_petnames, ())
    }

    fn vat_evict(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatInfo>> {
        self.ask(cx, "vat_evict", [name.into()])
    }

    fn vat_pause(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatInfo>> {
        self.ask(cx, "vat_pause", [name.into()])
    }

    fn vat_resume(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<VatInfo>> {
        self.ask(cx, "vat_resume", [name.into()])
    }

    fn vat_quota(
        &mut self,
        cx: &mut Context<'_>,
        name: String,
        change: QuotaChange,
    ) -> Result<Promise<QuotaInfo>> {
        self.ask(cx, "vat_quota", [name.into(), to_value(&change)?])
    }

    fn vat_rm(&mut self, cx: &mut Context<'_>, name: String) -> Result<Promise<()>> {
        self.scripts.remove(&name);
        self.ask(cx, "vat_rm", [name.into()])
    }

    fn vat_location(
        &mut self,
        cx: &mut Context<'_>,
        name: String,
    ) -> Result<Promise<LocationInfo>> {
        self.ask(cx, "vat_location", [name.into()])
    }

    fn forward_add(
        &mut self,
        cx: &mut Context<'_>,
        record: String,
    ) -> Result<Promise<ForwardInfo>> {
        self.ask(cx, "forward_add", [record.into()])
    }

    fn forward_ls(
        &mut self,
        cx: &mut Context<'_>,
        after: String,
        limit: u64,
    ) -> Result<Promise<Vec<ForwardInfo>>> {
        self.ask(cx, "forward_ls", [after.into(), limit.into()])
    }

    fn forward_rm(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<()>> {
        self.ask(cx, "forward_rm", [vat.into()])
    }

    fn spawn(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        kind: String,
        init: Value,
        name: Option<String>,
    ) -> Result<Promise<Value>> {
        if let Some(name) = &name {
            check_name(name)?;
        }
        let spawned = self.ask_steward(cx, vat, "spawn", [kind.into(), init])?;
        match name {
            Some(name) => spawned.then(cx, Self::named, name),
            None => Ok(spawned),
        }
    }

    fn lookup(&mut self, cx: &mut Context<'_>, path: String) -> Result<Value> {
        let path: Path = match path.parse() {
            // What is no name at all is a name that is not there.
            Err(_) if !path.contains('/') => return self.directory(cx)?.near(cx).get(path),
            parsed => parsed?,
        };
        match self.walk(cx, &path)? {
            Value::Ref(at) if path.split_last().is_some() => {
                // What a directory elsewhere holds may be a sturdyref as well.
                let found: Promise<Value> = from_value(Value::Ref(at))?;
                to_value(&found.then(cx, Self::found, ())?)
            }
            live => Ok(live),
        }
    }

    fn name(&mut self, cx: &mut Context<'_>, path: String, to: Value) -> Result<Promise<()>> {
        let path: Path = path.parse()?;
        let to = match to {
            Value::String(of) => self.directory(cx)?.near(cx).get(of)?,
            to => to,
        };
        match path.split_last() {
            Some((within, last)) => {
                self.ask_directory(cx, &within, "set", vec![last.to_owned().into(), to])
            }
            None => {
                self.directory(cx)?.near(cx).set(path.to_string(), to)?;
                done(cx, ())
            }
        }
    }

    fn unname(&mut self, cx: &mut Context<'_>, path: String) -> Result<Promise<()>> {
        let path: Path = path.parse()?;
        match path.split_last() {
            Some((within, last)) => {
                self.ask_directory(cx, &within, "remove", vec![last.to_owned().into()])
            }
            None => {
                self.directory(cx)?.near(cx).remove(path.to_string())?;
                done(cx, ())
            }
        }
    }

    fn names(&mut self, cx: &mut Context<'_>) -> Result<Vec<NameInfo>> {
        let directory = self.directory(cx)?;
        let (mut names, mut after) = (Vec::new(), None);
        while names.len() < NAMES_LISTED_MAX {
            let page = directory.near(cx).entries(after)?;
            names.extend(page.entries.iter().map(name_info));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        Ok(names)
    }

    fn names_in(
        &mut self,
        cx: &mut Context<'_>,
        path: Option<String>,
        after: Option<Cursor>,
    ) -> Result<Promise<Page<NameInfo>>> {
        match path {
            Some(path) => {
                let path = path.parse()?;
                let page = self.ask_directory(cx, &path, "entries", vec![to_value(&after)?])?;
                page.then(cx, Self::listed, ())
            }
            None => {
                let Page { entries, next } = self.directory(cx)?.near(cx).entries(after)?;
                done(cx, Page { entries: entries.iter().map(name_info).collect(), next })
            }
        }
    }

    fn enliven(&mut self, cx: &mut Context<'_>, sturdyref: SturdyRef) -> Result<Promise<Value>> {
        self.ask(cx, "enliven", [Value::SturdyRef(Box::new(sturdyref))])
    }

    fn share(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
        only: Option<Vec<String>>,
        label: String,
    ) -> Result<Promise<SturdyRef>> {
        self.ask(cx, "share", [reference, to_value(&only)?, label.into()])
    }

    fn grant(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
        caveats: Caveats,
    ) -> Result<Promise<SturdyRef>> {
        self.ask(cx, "grant", [reference, to_value(&caveats)?])
    }

    fn invite(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
        caveats: Caveats,
        bind: bool,
    ) -> Result<Promise<SturdyRef>> {
        self.ask(cx, "invite", [reference, to_value(&caveats)?, bind.into()])
    }

    fn grants(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        after: Option<u64>,
    ) -> Result<Promise<Vec<GrantInfo>>> {
        self.ask_steward(cx, vat, "grants", [Value::Undefined, to_value(&after)?])
    }

    fn grants_of(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
    ) -> Result<Promise<Vec<GrantInfo>>> {
        self.ask(cx, "grants_of", [reference])
    }

    fn methods_of(&mut self, cx: &mut Context<'_>, of: Value) -> Result<Promise<MethodsOf>> {
        self.ask(cx, "methods_of", [of])
    }

    fn vat_of(&mut self, cx: &mut Context<'_>, reference: Value) -> Result<Promise<String>> {
        self.ask(cx, "vat_of", [reference])
    }

    fn grants_revoke(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        grant: u64,
        deep: bool,
    ) -> Result<Promise<u64>> {
        self.ask_steward(cx, vat, "revoke", [grant.into(), deep.into()])
    }

    fn grants_confirm(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        grant: Option<u64>,
    ) -> Result<Promise<u64>> {
        self.ask_steward(cx, vat, "confirm", [to_value(&grant)?])
    }

    fn publish(
        &mut self,
        cx: &mut Context<'_>,
        reference: Value,
        at: SturdyRef,
        label: String,
    ) -> Result<Promise<u64>> {
        self.ask(cx, "publish", [reference, Value::SturdyRef(Box::new(at)), label.into()])
    }

    fn enlivener(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Value>> {
        self.ask_steward(cx, vat, "enlivener", [])
    }

    fn sealing(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Value>> {
        let method = Value::Symbol(Symbol::from_static("sealing"));
        self.ask(cx, "steward", [vat.into(), method])
    }

    fn clock(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Value>> {
        self.ask_steward(cx, vat, "clock", [])
    }

    fn entropy(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Value>> {
        let method = Value::Symbol(Symbol::from_static("entropy"));
        self.ask(cx, "steward", [vat.into(), method])
    }

    fn scripts(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        seed: Bytes,
    ) -> Result<Promise<Value>> {
        if let Some(made) = self.scripts.get(&vat) {
            return Ok(*made);
        }
        let clock: Promise<Value> = self.ask_steward(cx, vat.clone(), "clock", [])?;
        let library = clock.then(cx, Self::make_scripts, (vat.clone(), seed))?.cast();
        let made = library.then(cx, Self::scripts_made, vat.clone())?;
        self.scripts.insert(vat, made);
        Ok(made)
    }

    fn script_vats(&mut self, _cx: &mut Context<'_>) -> Result<Vec<String>> {
        Ok(self.scripts.keys().cloned().collect())
    }

    fn clock_show(&mut self, cx: &mut Context<'_>) -> Result<Promise<ClockInfo>> {
        self.ask(cx, "clock_show", [])
    }

    fn clock_set(&mut self, cx: &mut Context<'_>, time_ms: u64) -> Result<Promise<ClockInfo>> {
        self.ask(cx, "clock_set", [time_ms.into()])
    }

    fn clock_advance(&mut self, cx: &mut Context<'_>, by_ms: u64) -> Result<Promise<ClockInfo>> {
        self.ask(cx, "clock_advance", [by_ms.into()])
    }

    fn clock_accept(&mut self, cx: &mut Context<'_>) -> Result<Promise<ClockInfo>> {
        self.ask(cx, "clock_accept", [])
    }

    fn timer_cancel(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        timer: u64,
    ) -> Result<Promise<bool>> {
        self.ask(cx, "timer_cancel", [vat.into(), timer.into()])
    }

    fn on_sever(&mut self, cx: &mut Context<'_>, reference: Value) -> Result<Promise<Error>> {
        match reference {
            Value::Ref(reference) => cx.on_sever(reference),
            _ => Err(Error::bad_call("on_sever takes a reference")),
        }
    }

    fn revoke(&mut self, cx: &mut Context<'_>, what: Revocation) -> Result<Promise<u64>> {
        self.ask(cx, "revoke", [to_value(&what)?])
    }

    fn session_ls(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        after: u64,
        limit: u64,
    ) -> Result<Promise<Vec<SessionInfo>>> {
        let args = [vat.into(), after.into(), limit.into()];
        let listed: Promise<Vec<SessionInfo>> = self.ask(cx, "session_ls", args)?;
        listed.then(cx, Self::with_petnames, ())
    }

    fn session_show(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
    ) -> Result<Promise<SessionDetails>> {
        let peer = self.peer_named(cx, peer)?;
        let details: Promise<SessionDetails> =
            self.ask(cx, "session_show", [vat.into(), peer.into()])?;
        details.then(cx, Self::session_with_petname, ())
    }

    fn session_end(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
    ) -> Result<Promise<SessionEnded>> {
        let peer = self.peer_named(cx, peer)?;
        self.ask(cx, "session_end", [vat.into(), peer.into()])
    }

    fn session_drop_outbox(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
    ) -> Result<Promise<OutboxDropped>> {
        let peer = self.peer_named(cx, peer)?;
        self.ask(cx, "session_drop_outbox", [vat.into(), peer.into()])
    }

    fn session_expire(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
        import: u64,
    ) -> Result<Promise<()>> {
        let peer = self.peer_named(cx, peer)?;
        self.ask(cx, "session_expire", [vat.into(), peer.into(), import.into()])
    }

    fn session_expire_export(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        peer: String,
        export: u64,
    ) -> Result<Promise<()>> {
        let peer = self.peer_named(cx, peer)?;
        self.ask(cx, "session_expire_export", [vat.into(), peer.into(), export.into()])
    }

    fn awaited(
        &mut self,
        cx: &mut Context<'_>,
        target: Value,
    ) -> Result<Promise<Vec<SessionInfo>>> {
        let target = match target {
            Value::String(path) => {
                let path: Path = path.parse()?;
                self.directory(cx)?.near(cx).get(path.first().to_owned())?
            }
            other => other,
        };
        let absent: Promise<Vec<SessionInfo>> = self.ask(cx, "awaited", [target])?;
        absent.then(cx, Self::with_petnames, ())
    }

    fn parked(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<Vec<Wait>>> {
        self.ask(cx, "parked", [vat.into()])
    }

    fn parked_retry(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        delivery: u64,
    ) -> Result<Promise<()>> {
        self.ask(cx, "parked_retry", [vat.into(), delivery.into()])
    }

    fn parked_drop(
        &mut self,
        cx: &mut Context<'_>,
        vat: String,
        delivery: u64,
    ) -> Result<Promise<()>> {
        self.ask(cx, "parked_drop", [vat.into(), delivery.into()])
    }

    fn collect(&mut self, cx: &mut Context<'_>, vat: String) -> Result<Promise<u64>> {
        self.ask(cx, "collect", [vat.into()])
    }

    fn snapshot(&mut self, cx: &mut Context<'_>, folder: String) -> Result<Promise<u64>> {
        self.ask(cx, "snapshot", [folder.into()])
    }
}

#[crate::continuations]
impl Owner {
    /// What was spawned gets its name.
    #[continuation]
    fn named(
        &mut self,
        cx: &mut Context<'_>,
        spawned: Result<Value>,
        name: String,
    ) -> Result<Value> {
        let spawned = spawned?;
        self.directory(cx)?.near(cx).set(name, spawned.clone())?;
        Ok(spawned)
    }

    /// What a path has led to is live, or becomes so.
    #[continuation]
    fn found(&mut self, cx: &mut Context<'_>, found: Result<Value>, _asked: ()) -> Result<Value> {
        match found? {
            sturdy @ Value::SturdyRef(_) => {
                let live: Promise<Value> = self.ask(cx, "enliven", [sturdy])?;
                to_value(&live)
            }
            live => Ok(live),
        }
    }

    /// The scripts of a vat get its clock.
    #[continuation]
    fn make_scripts(
        &mut self,
        cx: &mut Context<'_>,
        clock: Result<Value>,
        vat: String,
        seed: Bytes,
    ) -> Result<Promise<Value>> {
        let init = Value::structure([("clock", clock?), ("seed", Value::Bytes(seed))]);
        self.ask_steward(cx, vat, "spawn", ["hogshead/scripts".into(), init])
    }

    /// What could not be made is tried again when it is next asked for.
    #[continuation]
    fn scripts_made(
        &mut self,
        cx: &mut Context<'_>,
        made: Result<Value>,
        vat: String,
    ) -> Result<Value> {
        made.map_err(|error| {
            self.scripts.remove(&vat);
            cx.refuse(error)
        })
    }

    /// What a directory elsewhere has listed.
    #[continuation]
    fn listed(
        &mut self,
        _cx: &mut Context<'_>,
        page: Result<Page<(String, Value)>>,
        _asked: (),
    ) -> Result<Page<NameInfo>> {
        let Page { entries, next } = page?;
        Ok(Page { entries: entries.iter().map(far_name_info).collect(), next })
    }

    /// Sessions are told by the names of their peers.
    #[continuation]
    fn with_petnames(
        &mut self,
        cx: &mut Context<'_>,
        sessions: Result<Vec<SessionInfo>>,
        _asked: (),
    ) -> Result<Vec<SessionInfo>> {
        let mut sessions = sessions?;
        self.add_petnames(cx, &mut sessions)?;
        Ok(sessions)
    }

    #[continuation]
    fn session_with_petname(
        &mut self,
        cx: &mut Context<'_>,
        details: Result<SessionDetails>,
        _asked: (),
    ) -> Result<SessionDetails> {
        let mut details = details?;
        self.add_petnames(cx, std::slice::from_mut(&mut details.info))?;
        Ok(details)
    }

    #[continuation]
    fn vat_with_petnames(
        &mut self,
        cx: &mut Context<'_>,
        details: Result<VatDetails>,
        _asked: (),
    ) -> Result<VatDetails> {
        let mut details = details?;
        self.add_petnames(cx, &mut details.sessions)?;
        Ok(details)
    }
}

impl Owner {
    /// What a path leads to; what its first name has is enlivened, if it is a sturdyref.
    fn walk(&mut self, cx: &mut Context<'_>, path: &Path) -> Result<Value> {
        let mut found = self.directory(cx)?.near(cx).get(path.first().to_owned())?;
        if let Value::SturdyRef(_) = found {
            let live: Promise<Value> = self.ask(cx, "enliven", [found])?;
            found = to_value(&live)?;
        }
        path.go_on(cx, found)
    }

    /// Asks the directory that a path leads to.
    fn ask_directory<T>(
        &mut self,
        cx: &mut Context<'_>,
        path: &Path,
        method: &'static str,
        args: Vec<Value>,
    ) -> Result<Promise<T>> {
        let Value::Ref(directory) = self.walk(cx, path)? else {
            return Err(Error::bad_call(format!("{path} leads to no directory")));
        };
        let message = Message::new(Symbol::from_static(method), args);
        Ok(cx.send(directory, message)?.cast())
    }

    /// Gives each session the first name that leads to its peer.
    fn add_petnames(&mut self, cx: &mut Context<'_>, sessions: &mut [SessionInfo]) -> Result<()> {
        let mut names = BTreeMap::new();
        for NameInfo { name, to, .. } in self.names(cx)? {
            if let Ok(peer) = to.parse::<Locator>()
                && let Ok(vat) = peer.vat()
            {
                names.entry(vat.to_string()).or_insert(name);
            }
        }
        for session in sessions {
            session.petname = names.get(&session.peer).cloned();
        }
        Ok(())
    }

    /// The key of the peer that a name of the directory leads to; whatever else names a session is
    /// left as it is.
    fn peer_named(&mut self, cx: &mut Context<'_>, peer: String) -> Result<String> {
        let Ok(Value::SturdyRef(to)) = self.directory(cx)?.near(cx).get(peer.clone()) else {
            return Ok(peer);
        };
        let key = to.peer.vat().map(|vat| vat.to_string());
        Ok(key.unwrap_or_else(|_| to.peer.peer().to_string()))
    }
}

/// A promise that is kept.
fn done<T: Serialize>(cx: &mut Context<'_>, value: T) -> Result<Promise<T>> {
    let (promise, resolver) = cx.promise()?;
    resolver.fulfill(cx, value)?;
    Ok(promise)
}
