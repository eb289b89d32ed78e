//! Owners: the CLI over the private socket, and callers within the process.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use hogshead_captp::{Event, Session};
use hogshead_netlayer::{FrameReceiver, FrameSender};
use hogshead_objects::Error;

use super::{next_frame, send_all};
use crate::host::VAT_ZERO;
use crate::host::carrier::{Outbox, read_frames};
use crate::host::core::Core;
use crate::host::sessions::owner_config;
use crate::host::slot::{Input, LiveCarrier};
use crate::limits::{OWNERS_MAX, STRANGER_TIME};

impl Core {
    /// Serves one owner: a session with vat zero whose bootstrap is the admin object.
    pub(crate) async fn serve_owner(self: Arc<Self>, tx: FrameSender, mut rx: FrameReceiver) {
        let Some(admin) = self.admin.get().copied() else { return };
        if self.owners.fetch_add(1, Ordering::AcqRel) >= OWNERS_MAX {
            self.owners.fetch_sub(1, Ordering::AcqRel);
            tracing::warn!("too many owners are connected; one was turned away");
            return;
        }
        let id = self.next_session();
        let config = owner_config(id, admin);
        let us = self.identity(VAT_ZERO).ok().flatten().map(|identity| identity.id);
        if let Some(us) = us {
            let mut session = Session::accept(config, self.hello(self.hog_location(us), None));
            let greeted = tokio::time::timeout(STRANGER_TIME, async {
                let frame = next_frame(&mut rx).await?;
                let event = session.handle_frame(&frame).map_err(|v| Error::from(&v))?;
                send_all(&tx, session.take_frames()).await?;
                Ok::<_, Error>(matches!(event, Event::Established(_)))
            });
            if matches!(greeted.await, Ok(Ok(true))) {
                let outbox = Outbox::new(tx);
                let carrier = LiveCarrier::Owner { outbox };
                let session = Box::new(session);
                self.push(VAT_ZERO, Input::Opened { session, carrier, first: None, epoch: None });
                read_frames(Arc::clone(&self), VAT_ZERO, id, rx).await;
            }
        }
        self.owners.fetch_sub(1, Ordering::AcqRel);
    }
}
