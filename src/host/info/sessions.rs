//! What the host tells its owner about the sessions of its vats.

use std::collections::BTreeMap;

use hogshead_captp::Operation;
use hogshead_captp::descriptor::{Import, Target};
use hogshead_captp::durable::{self, Backlog, Link, Parties, Queued};
use hogshead_captp::session::{Exported, Imported, exported, holdings, imported};
use hogshead_objects::Ref;
use hogshead_objects::ids::{SessionId, Timestamp, VatId, VatNumber};
use hogshead_objects::records::ReadRecords;
use hogshead_vat::Vat;

use crate::admin::{ForkInfo, HeldInfo, OutboxInfo, QueuedInfo, SessionDetails, SessionInfo};
use crate::host::clock::Clock as _;
use crate::host::core::Core;
use crate::host::durable::Found;
use crate::host::peers::PeerKey;
use crate::host::sessions::{Meant, SessionKind, SessionRow};
use crate::host::slot::LiveCarrier;
use crate::host::vats::decode;
use crate::host::view::VatView;
use crate::host::wishes::Wishes;
use crate::host::{HostError, layout};
use crate::limits::{SESSION_DETAILS_MAX, SESSIONS_PAGE_MAX, SILENT_AFTER};

/// Where the numbering of a durable session stands.
struct Standing {
    established: bool,
    outstanding: Backlog,
    acknowledged: u64,
}

/// What waits for each peer to be reached for the first time.
type Waiting = BTreeMap<PeerKey, u64>;

impl Core {
    /// A page of a vat's sessions, by their numbers, after the one `after`; those that have forked
    /// and left their evidence are among them.
    pub(crate) fn session_list(
        &self,
        vat: VatNumber,
        after: u64,
        limit: u64,
    ) -> Result<Vec<SessionInfo>, HostError> {
        let limit = usize::try_from(limit.min(SESSIONS_PAGE_MAX)).unwrap_or(usize::MAX);
        let view = VatView::new(self, vat);
        let waiting = self.waiting(&view)?;
        let mut found = BTreeMap::new();
        let (_, to) = layout::sessions();
        let from = layout::session(SessionId(after.saturating_add(1)));
        for (key, row) in view.range(&from, &to, limit)? {
            let Some(id) = layout::session_in(&key) else { continue };
            let row: SessionRow = decode(&row, "a session")?;
            found.insert(id, self.session_info(vat, id, &row, &waiting)?);
        }
        let (_, to) = layout::forks();
        let from = layout::fork(SessionId(after.saturating_add(1)));
        for (key, row) in view.range(&from, &to, limit)? {
            let Some(id) = layout::session_in(&key) else { continue };
            if let std::collections::btree_map::Entry::Vacant(place) = found.entry(id) {
                place.insert(forked(id, decode(&row, "a fork")?, &view)?);
            }
        }
        Ok(found.into_values().take(limit).collect())
    }

    /// A session in detail.
    pub(crate) fn session_details(
        &self,
        vat: VatNumber,
        peer: &str,
    ) -> Result<SessionDetails, HostError> {
        let view = VatView::new(self, vat);
        let (id, row) = match self.meant(vat, peer)? {
            Meant::Open(id, row) => (id, row),
            Meant::Forked(id, found) => {
                let info = forked(id, found, &view)?;
                let (outbox, exports, imports) = Default::default();
                return Ok(SessionDetails { info, outbox, exports, imports });
            }
        };
        let info = self.session_info(vat, id, &row, &self.waiting(&view)?)?;
        let exports = exported(id, SESSION_DETAILS_MAX, &view)?;
        let imports = imported(id, SESSION_DETAILS_MAX, &view)?;
        let mut outbox = Vec::new();
        if let (SessionKind::Durable, Some(peer)) = (row.kind, row.peer) {
            let standing = self.standing_of(vat, id, peer)?;
            for item in durable::queued(id, standing.acknowledged, SESSION_DETAILS_MAX, &view)? {
                outbox.push(queued(&item, &exports, &imports));
            }
        }
        Ok(SessionDetails {
            info,
            outbox,
            exports: exports.iter().map(|e| held_by_peer(e, &view)).collect::<Result<_, _>>()?,
            imports: imports.iter().map(|i| held_here(i, &view)).collect::<Result<_, _>>()?,
        })
    }

    /// The absent or silent peers of a vat of which it waits for something.
    pub(crate) fn absent_peers(&self, vat: VatNumber) -> Result<Vec<SessionInfo>, HostError> {
        let mut sessions = self.session_list(vat, 0, SESSIONS_PAGE_MAX)?;
        sessions.retain(is_waited_for);
        Ok(sessions)
    }

    /// A session, if it is one with an absent or silent peer of which its vat waits for something.
    pub(crate) fn absent_peer(
        &self,
        vat: VatNumber,
        peer: &VatId,
    ) -> Result<Option<SessionInfo>, HostError> {
        let view = VatView::new(self, vat);
        let Some(row) = view.get(&layout::session_by_peer(peer))? else { return Ok(None) };
        let id = SessionId(decode(&row, "an index of sessions")?);
        let Some(row) = view.get(&layout::session(id))? else { return Ok(None) };
        let row: SessionRow = decode(&row, "a session")?;
        let info = self.session_info(vat, id, &row, &self.waiting(&view)?)?;
        Ok(Some(info).filter(is_waited_for))
    }

    fn waiting(&self, view: &VatView<'_>) -> Result<Waiting, HostError> {
        let mut wishes = Wishes::default();
        let by_peer = wishes.load(view)?.iter();
        Ok(by_peer.map(|(peer, kept)| (peer.clone(), kept.len() as u64)).collect())
    }

    fn session_info(
        &self,
        vat: VatNumber,
        id: SessionId,
        row: &SessionRow,
        waiting: &Waiting,
    ) -> Result<SessionInfo, HostError> {
        let held = holdings(id, &VatView::new(self, vat))?;
        let mut info = SessionInfo {
            id: id.0,
            peer: row.peer_text(),
            petname: None,
            kind: row.kind.as_str().to_owned(),
            state: "open".to_owned(),
            carried: true,
            dialling: false,
            next_dial_ms: None,
            began_ms: row.began.map(|began| began.0),
            heard_ms: row.heard.map(|heard| heard.0),
            silent_ms: None,
            outbox: OutboxInfo::default(),
            exports: held.exports,
            imports: held.imports,
            questions: held.questions,
            owed: held.pending,
            wishes: 0,
            fork: None,
        };
        let (SessionKind::Durable, Some(peer)) = (row.kind, row.peer) else { return Ok(info) };
        let standing = self.standing_of(vat, id, peer)?;
        let key = PeerKey::Vat(peer);
        info.outbox = standing.outstanding.into();
        info.wishes = waiting.get(&key).copied().unwrap_or_default();
        info.carried = self.peers.has_carrier(vat, &peer) && standing.established;
        info.dialling = self.peers.is_dialling(vat, &key);
        if info.carried && info.outbox.numbered > 0 {
            info.silent_ms = self.silent_since(vat, id, standing.acknowledged)?;
        }
        if !standing.established {
            info.state = "opening".to_owned();
        }
        if !info.carried && !info.dialling {
            let due = self.redial.due_in(vat, peer).map(|pause| pause.as_millis());
            let due = due.map(|ms| u64::try_from(ms).unwrap_or(u64::MAX));
            info.next_dial_ms = due.map(|ms| self.clock.now().0.saturating_add(ms));
        }
        Ok(info)
    }

    /// Since when the oldest question that the peer has not acknowledged is on its way.
    fn silent_since(
        &self,
        vat: VatNumber,
        id: SessionId,
        acknowledged: u64,
    ) -> Result<Option<u64>, HostError> {
        let view = VatView::new(self, vat);
        let exports = exported(id, SESSION_DETAILS_MAX, &view)?;
        let waiting = durable::queued(id, acknowledged, SESSION_DETAILS_MAX, &view)?;
        let numbered = waiting.iter().filter(|item| item.number.is_some());
        let oldest = numbered.filter_map(|item| queued(item, &exports, &[]).since_ms).min();
        let patience = u64::try_from(SILENT_AFTER.as_millis()).unwrap_or(u64::MAX);
        Ok(oldest.filter(|since| self.clock.now().0.saturating_sub(*since) >= patience))
    }

    /// What is in memory knows more than the rows: what was acknowledged and not settled.
    fn standing_of(
        &self,
        vat: VatNumber,
        id: SessionId,
        peer: VatId,
    ) -> Result<Standing, HostError> {
        let of = |link: &Link| Standing {
            established: link.is_established(),
            outstanding: link.outstanding(),
            acknowledged: link.acknowledged(),
        };
        if let Some(slot) = self.slot_if_any(vat)
            && let Some(resident) = slot.try_resident()
            && let Some(live) = resident.sessions.get(&id)
            && let LiveCarrier::Durable { link, .. } = &live.carrier
        {
            return Ok(of(link));
        }
        let us = self.identity(vat)?.ok_or(HostError::NoSuchVat)?.id;
        let link = Link::load(id, Parties { us, peer }, &VatView::new(self, vat))?;
        let none =
            || Standing { established: false, outstanding: Backlog::default(), acknowledged: 0 };
        Ok(link.as_ref().map_or_else(none, of))
    }
}

impl From<Backlog> for OutboxInfo {
    fn from(backlog: Backlog) -> Self {
        let Backlog { numbered, numbered_bytes, waiting, waiting_bytes } = backlog;
        Self { numbered, numbered_bytes, waiting, waiting_bytes }
    }
}

fn is_waited_for(info: &SessionInfo) -> bool {
    info.kind == "durable"
        && info.fork.is_none()
        && (!info.carried || info.silent_ms.is_some())
        && (info.questions > 0 || info.wishes > 0)
}

/// What is left of a session that has forked.
fn forked(id: SessionId, found: Found, view: &VatView<'_>) -> Result<SessionInfo, HostError> {
    let evidence = durable::evidence(id, view)?;
    let evidence = evidence.map_or_else(|| "it was not kept".to_owned(), |e| e.to_string());
    Ok(SessionInfo {
        id: id.0,
        peer: found.peer.to_string(),
        petname: None,
        kind: SessionKind::Durable.as_str().to_owned(),
        state: "forked".to_owned(),
        carried: false,
        dialling: false,
        next_dial_ms: None,
        began_ms: None,
        heard_ms: None,
        silent_ms: None,
        outbox: OutboxInfo::default(),
        exports: 0,
        imports: 0,
        questions: 0,
        owed: 0,
        wishes: 0,
        fork: Some(ForkInfo { found_ms: found.at.0, evidence }),
    })
}

fn held_by_peer(export: &Exported, view: &VatView<'_>) -> Result<HeldInfo, HostError> {
    held(export.position, export.reference, export.since, view)
}

fn held_here(import: &Imported, view: &VatView<'_>) -> Result<HeldInfo, HostError> {
    let mut info = held(import.position, import.reference, import.since, view)?;
    if import.waits > 0 {
        info.what = "where the peer waits for an answer".to_owned();
    } else if import.position == 0 {
        info.what = "what looks up swiss numbers".to_owned();
    }
    Ok(info)
}

fn held(
    position: u64,
    reference: Ref,
    since: Option<Timestamp>,
    view: &VatView<'_>,
) -> Result<HeldInfo, HostError> {
    let found = Vat::reference(view, reference)?;
    let (what, object, holders, broken) = match found {
        Some(found) => (found.what, found.object, found.holders, found.broken),
        None => ("nothing any more".to_owned(), None, 0, None),
    };
    Ok(HeldInfo {
        position,
        what,
        object: object.map(|object| object.0),
        holders,
        since_ms: since.map(|since| since.0),
        broken: broken.map(|why| why.to_string()),
    })
}

/// An operation in words. It says nothing of arguments, which may be secret.
fn queued(item: &Queued, exports: &[Exported], imports: &[Imported]) -> QueuedInfo {
    let (mut asks, mut resolver) = (false, None);
    let action = match &item.operation {
        Operation::Deliver(deliver) => {
            asks = deliver.answer.is_some();
            resolver = deliver.resolver.map(Import::position);
            let to = target(deliver.to, imports);
            let method = deliver.message.symbol().map(shown);
            match (method.as_deref(), &deliver.resolver) {
                (Some("fulfill"), None) => format!("the answer to {to}"),
                (Some("break"), None) => format!("an error to {to}"),
                (Some(method), _) => format!("{method} to {to}"),
                (None, _) => format!("a message to {to}"),
            }
        }
        Operation::Listen(listen) => {
            resolver = Some(listen.resolver.position());
            asks = true;
            format!("what becomes of {}", target(listen.to, imports))
        }
        Operation::Derive(derive) => {
            asks = true;
            format!("a part of {}", target(derive.from, imports))
        }
        Operation::GcExports(exports) => format!("lets go of {} objects", exports.len()),
        Operation::GcAnswers(answers) => format!("lets go of {} answers", answers.len()),
        Operation::StartSession(_) | Operation::Abort(_) => "nothing".to_owned(),
    };
    let since = resolver.and_then(|at| exports.iter().find(|export| export.position == at));
    QueuedInfo {
        number: item.number,
        action,
        asks,
        since_ms: since.and_then(|export| export.since).map(|since| since.0),
        bytes: item.bytes,
    }
}

fn target(to: Target, imports: &[Imported]) -> String {
    match to {
        Target::Export(0) => "what looks up swiss numbers".to_owned(),
        Target::Export(position) => {
            let known = imports.iter().find(|import| import.position == position);
            match known {
                Some(import) if import.waits > 0 => format!("its question {position}"),
                _ => format!("its object {position}"),
            }
        }
        Target::Answer(answer) => format!("the answer of our question {answer}"),
    }
}

fn shown(method: &str) -> String {
    method.chars().take(SHOWN_CHARS_MAX).collect()
}

/// Names of methods are shown only as far as this.
const SHOWN_CHARS_MAX: usize = 64;
