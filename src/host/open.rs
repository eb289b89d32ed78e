//! Opening a host: its folder, key file and store, or what it was brought instead of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hogshead_netlayer::local::check_length;
use hogshead_objects::ids::Epoch;
use hogshead_store::{Batch, Engine, Keep, Options};
use zeroize::Zeroizing;

use super::builder::{HostBuilder, Settings, Store};
use super::core::{Core, Parts};
use super::entropy::Entropy;
use super::guard::Guard;
use super::seal::Sealer;
use super::vats::{HostRow, Numbers, decode, encode};
use super::{HostError, layout};

/// Opens data folder, key file and store, and makes what is missing.
pub(super) fn open(builder: HostBuilder) -> Result<Arc<Core>, HostError> {
    let HostBuilder { mut settings, registry, clock, entropy, mistake, store, .. } = builder;
    if let Some(mistake) = mistake {
        return Err(mistake);
    }
    if settings.control_socket {
        // Before anything is made that would then be of no use.
        check_socket(&settings.data)?;
    }
    let (keep, sealer) = match store {
        Store::Brought(keep, _) if keep.is_ephemeral() => (keep, Sealer::of_memory()),
        Store::Brought(keep, key) => (keep, Sealer::new(&key, Arc::clone(&entropy))),
        Store::Folder(keep) => open_folder(&settings, keep, &entropy)?,
    };
    // Its vats will not be there again, so nobody is to wait for them.
    settings.durable &= !keep.is_ephemeral();
    let key = layout::host_row();
    let mut row = match keep.get(&key)? {
        Some(kept) => decode::<HostRow>(&sealer.open_first(&key, kept)?, "the host's row")?,
        None => HostRow::generate(&*entropy),
    };
    let was_clean = row.clean;
    row.starts += 1;
    row.clean = false;
    let mark = match keep.get(&layout::clock_mark())? {
        Some(kept) => {
            Some(decode(&sealer.open(&layout::clock_mark(), kept)?, "the mark of the clock")?)
        }
        None => None,
    };
    let clock = Arc::new(Guard::new(clock, mark));
    let mut batch = Batch::new();
    batch.put(key.clone(), sealer.close(&key, row.row()?));
    if let Some(mark) = clock.take_mark_now() {
        let key = layout::clock_mark();
        batch.put(key.clone(), sealer.close(&key, encode(&mark, false)?));
    }
    let number = keep.commit(batch)?;
    keep.wait_durable(number)?;
    let parts = Parts {
        keep,
        sealer,
        registry,
        clock,
        entropy,
        settings,
        host_key: row.key.signing_key().into(),
        host_secret: Zeroizing::new(row.key.signing_key().to_bytes()),
        starts: row.starts,
        was_clean,
        epoch: Epoch(row.epoch),
        numbers: Numbers { row },
    };
    Ok(Core::new(parts))
}

/// Checks whether the path of a data folder is short enough for the owner's private socket in it.
pub fn check_socket(data: &Path) -> Result<(), HostError> {
    check_length(&socket_in(data)).map_err(HostError::Socket)
}

/// The owner's private socket in a data folder.
pub(super) fn socket_in(data: &Path) -> PathBuf {
    data.join("control.sock")
}

/// The store in the data folder, and what opens its sealed rows.
fn open_folder(
    settings: &Settings,
    brought: Option<Keep>,
    entropy: &Arc<dyn Entropy>,
) -> Result<(Keep, Sealer), HostError> {
    let store = settings.data.join("store");
    if settings.engine == Some(Engine::Memory) && brought.is_none() {
        return open_memory(settings, &store);
    }
    make_private_folder(&settings.data)?;
    let options = Options {
        engine: settings.engine.unwrap_or_default(),
        cache_bytes: settings.cache_bytes,
        retention: settings.retention,
        ..Options::default()
    };
    let exists = Keep::exists(&store)?;
    let (keep, sealer) = if exists {
        let sealer = Sealer::open_file(&settings.key_file, Arc::clone(entropy))?;
        (Keep::open(&store, options)?, sealer)
    } else {
        // First: a store must not be without its key, but a key may be without a store.
        let sealer = Sealer::open_or_create_file(&settings.key_file, entropy)?;
        let keep = brought.map_or_else(|| Keep::create(&store, options), Ok)?;
        (keep, sealer)
    };
    if exists
        && let Some(wanted) = settings.engine
        && wanted != keep.engine()
    {
        let (path, kept) = (settings.data.clone(), keep.engine());
        return Err(HostError::OtherEngine { path, kept, wanted });
    }
    Ok((keep, sealer))
}

/// A store in memory, where nothing lies that somebody could find.
fn open_memory(settings: &Settings, store: &Path) -> Result<(Keep, Sealer), HostError> {
    if settings.control_socket {
        make_private_folder(&settings.data)?;
    }
    if store.exists() {
        return Err(HostError::Lasting(settings.data.clone()));
    }
    Ok((Keep::memory(), Sealer::of_memory()))
}

pub(super) fn make_private_folder(path: &Path) -> Result<(), HostError> {
    use std::io::ErrorKind::{AlreadyExists, NotADirectory};
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(path).map_err(|e| match e.kind() {
        AlreadyExists => HostError::NoFolder { path: path.to_owned(), what: "it is no folder" },
        NotADirectory => {
            HostError::NoFolder { path: path.to_owned(), what: "what it lies in is no folder" }
        }
        _ => HostError::data(path, e.to_string()),
    })?;
    let meta = std::fs::metadata(path).map_err(|e| HostError::data(path, e.to_string()))?;
    if meta.mode() & 0o077 != 0 {
        return Err(HostError::data(path, "others may enter it: run `chmod 700` on it"));
    }
    Ok(())
}
