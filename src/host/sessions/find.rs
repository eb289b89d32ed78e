//! Which session an owner means: by its number, the peer's key, or the name of a vat of this host.

use hogshead_objects::ids::{SessionId, VatId, VatNumber};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::{Class, Error};

use super::{SessionKind, SessionRow};
use crate::host::core::Core;
use crate::host::durable::Found;
use crate::host::vats::decode;
use crate::host::view::VatView;
use crate::host::{HostError, layout};

/// A session that was asked for.
#[derive(Clone)]
pub(crate) enum Meant {
    /// There it is.
    Open(SessionId, SessionRow),
    /// It has forked, and its evidence is left.
    Forked(SessionId, Found),
}

impl SessionKind {
    /// As the owner reads it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local { .. } => "local",
            Self::Plain => "plain",
            Self::Durable => "durable",
            Self::Owner => "owner",
        }
    }
}

impl SessionRow {
    /// The peer, as the owner reads it.
    pub fn peer_text(&self) -> String {
        let key = self.peer.map(|peer| peer.to_string());
        key.or_else(|| self.elsewhere.clone()).unwrap_or_else(|| "the owner".to_owned())
    }
}

impl Core {
    /// The session of a vat that an owner names.
    pub(crate) fn meant(&self, vat: VatNumber, text: &str) -> Result<Meant, HostError> {
        let view = VatView::new(self, vat);
        if let Ok(number) = text.parse() {
            return session(&view, SessionId(number))?.ok_or_else(|| unknown(text));
        }
        let peer = match text.parse::<VatId>() {
            Ok(peer) => Some(peer),
            Err(_) => match self.number_by_name(text) {
                Ok(Some(number)) => self.identity(number)?.map(|identity| identity.id),
                // What is no name may be a peer of another transport.
                Ok(None) | Err(HostError::Caller(_)) => None,
                Err(error) => return Err(error),
            },
        };
        if let Some(peer) = peer
            && let Some(row) = view.get(&layout::session_by_peer(&peer))?
            && let Some(found) = session(&view, SessionId(decode(&row, "an index of sessions")?))?
        {
            return Ok(found);
        }
        let (from, to) = layout::sessions();
        for (key, row) in view.range(&from, &to, usize::MAX)? {
            let Some(id) = layout::session_in(&key) else { continue };
            let row: SessionRow = decode(&row, "a session")?;
            let is_meant = match peer {
                Some(peer) => row.peer == Some(peer),
                None => row.elsewhere.as_deref() == Some(text),
            };
            if is_meant {
                return Ok(Meant::Open(id, row));
            }
        }
        let (from, to) = layout::forks();
        for (key, row) in view.range(&from, &to, usize::MAX)?.into_iter().rev() {
            let found: Found = decode(&row, "a fork")?;
            if let (Some(id), true) = (layout::session_in(&key), Some(found.peer) == peer) {
                return Ok(Meant::Forked(id, found));
            }
        }
        Err(unknown(text))
    }
}

fn session(view: &VatView<'_>, id: SessionId) -> Result<Option<Meant>, HostError> {
    if let Some(row) = view.get(&layout::session(id))? {
        return Ok(Some(Meant::Open(id, decode(&row, "a session")?)));
    }
    let Some(row) = view.get(&layout::fork(id))? else { return Ok(None) };
    Ok(Some(Meant::Forked(id, decode(&row, "a fork")?)))
}

fn unknown(text: &str) -> HostError {
    let shown: String = text.chars().take(80).collect();
    let why = format!(
        "this vat has no session {shown:?}: give its number, the peer's key, or a name of the peer; \
         `hogshead session ls` lists them"
    );
    Error::new(Class::NotFound, why).into()
}
