//! Restoring, declared: a store as a snapshot has it, whose host says that it was put back.
//!
//! Peers remember what this host did after the snapshot, and grants may have been used up since.
//! So a restore raises the epoch of the host, below which no certificate of its vats is from then
//! on: peers that have met one refuse whoever shows an older, such as the store that was replaced
//! and is started again by mistake. A vat whose rows are of an older epoch than its host knows by
//! that that it was restored.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hogshead_objects::ids::Epoch;
use hogshead_store::{Batch, Keep, Restored};

use super::builder::Settings;
use super::clock::{Clock as _, SystemClock};
use super::entropy::SystemEntropy;
use super::seal::Sealer;
use super::vats::{HostRow, decode};
use super::{HostError, layout, open};

/// Puts the store in the data folder back to a snapshot, or makes one of it; no host may run on it.
pub(super) fn restore(settings: &Settings, from: &Path) -> Result<Restore, HostError> {
    let Settings { data, key_file, engine, .. } = settings;
    open::make_private_folder(data)?;
    if !key_file.exists() {
        let what = "it is missing; put the one there that belongs to the snapshot's store";
        return Err(HostError::key_file(key_file, what));
    }
    let sealer = Sealer::open_file(key_file, Arc::new(SystemEntropy))?;
    let mut epoch = Epoch(0);
    let declare = |keep: &Keep| {
        let key = layout::host_row();
        let kept = keep.get(&key)?.ok_or_else(|| HostError::Damaged("no host's row".to_owned()))?;
        let opened = sealer.open(&key, kept).map_err(|_| {
            HostError::key_file(key_file, "it is of another store than the snapshot is")
        })?;
        let mut row: HostRow = decode(&opened, "the host's row")?;
        // The time is above every epoch that a later life of this store may have had, of which
        // the snapshot knows nothing.
        let time = SystemClock.now().0 / 1000;
        row.epoch = time.max(row.epoch.saturating_add(1));
        epoch = Epoch(row.epoch);
        let mut batch = Batch::new();
        batch.put(key.clone(), sealer.close(&key, row.row()?));
        Ok::<_, HostError>(batch)
    };
    let restored = hogshead_store::restore(&data.join("store"), from, *engine, declare)?;
    let Restored { number, set_aside } = restored;
    Ok(Restore { commit: number.0, epoch: epoch.0, set_aside })
}

/// What was restored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restore {
    /// The commit that the snapshot was of.
    pub commit: u64,
    /// The epoch of the host from now on.
    pub epoch: u64,
    /// Folders with what was there before. They can be removed once the store is found good.
    pub set_aside: Vec<PathBuf>,
}
