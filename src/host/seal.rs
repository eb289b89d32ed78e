//! Sealing of rows that hold secrets, under the key file that lies outside the store.
//!
//! Every row of the store begins with a byte that says how it is kept: plain, or sealed with
//! XChaCha20-Poly1305 under a random nonce, bound to its key so that rows can't be exchanged.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::{Buf, Bytes};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hogshead_objects::records::{RecordsError, Row};
use zeroize::Zeroizing;

use super::HostError;
use super::entropy::{Entropy, SystemEntropy};

/// Seals and opens rows.
#[derive(Clone)]
pub struct Sealer {
    /// Nothing for rows that never lie anywhere: they are kept as they are.
    seals: Option<Seals>,
}

#[derive(Clone)]
struct Seals {
    cipher: XChaCha20Poly1305,
    entropy: Arc<dyn Entropy>,
    /// The file that the key was read from, if it was.
    file: Option<Arc<Path>>,
}

const PLAIN: u8 = 0;
const SEALED: u8 = 1;
const NONCE_BYTES: usize = 24;
/// A key file says what it is, so that nobody takes it for rubbish and deletes it.
const KEY_FILE_HEAD: &str = "hogshead key file 1: without it the store beside it is lost\n";

impl Sealer {
    /// A sealer under a key, with nonces of this source.
    pub fn new(key: &[u8; 32], entropy: Arc<dyn Entropy>) -> Self {
        let cipher = XChaCha20Poly1305::new(key.into());
        Self { seals: Some(Seals { cipher, entropy, file: None }) }
    }

    /// A sealer of rows that are gone with the process, as everything is that was made of them.
    pub fn of_memory() -> Self {
        Self { seals: None }
    }

    /// Reads the key file.
    pub fn open_file(path: &Path, entropy: Arc<dyn Entropy>) -> Result<Self, HostError> {
        let mut text = Zeroizing::new(String::new());
        let mut file =
            fs::File::open(path).map_err(|e| HostError::key_file(path, e.to_string()))?;
        let mode = file
            .metadata()
            .map_err(|e| HostError::key_file(path, e.to_string()))?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            return Err(HostError::key_file(path, "others may read it: chmod 600 it"));
        }
        // A key file has two short lines; anything longer is not one.
        Read::take(&mut file, 1024)
            .read_to_string(&mut text)
            .map_err(|e| HostError::key_file(path, e.to_string()))?;
        let key = text
            .strip_prefix(KEY_FILE_HEAD)
            .and_then(|key| BASE32_NOPAD.decode(key.trim_end().as_bytes()).ok())
            .map(Zeroizing::new)
            .ok_or_else(|| HostError::key_file(path, "it is not a hogshead key file"))?;
        let key: &[u8; 32] = key
            .as_slice()
            .try_into()
            .map_err(|_| HostError::key_file(path, "its key has not 32 bytes"))?;
        let cipher = XChaCha20Poly1305::new(key.into());
        Ok(Self { seals: Some(Seals { cipher, entropy, file: Some(path.into()) }) })
    }

    /// Makes a new key file, mode 0600; an existing one is never overwritten.
    pub fn create_file(path: &Path, entropy: Arc<dyn Entropy>) -> Result<Self, HostError> {
        let mut key = Zeroizing::new([0; 32]);
        entropy.fill(key.as_mut_slice());
        let text = Zeroizing::new(format!("{KEY_FILE_HEAD}{}\n", BASE32_NOPAD.encode(&*key)));
        let written = write_new(path, text.as_bytes());
        written.map_err(|e| HostError::key_file(path, e.to_string()))?;
        Ok(Self::new(&key, entropy))
    }

    /// Reads the key file, or makes it if it is missing. Whoever makes it at the same moment makes
    /// the one of both.
    pub fn open_or_create_file(path: &Path, entropy: &Arc<dyn Entropy>) -> Result<Self, HostError> {
        if !path.exists() {
            match Self::create_file(path, Arc::clone(entropy)) {
                Err(_) if path.exists() => {}
                made => return made,
            }
        }
        Self::open_file(path, Arc::clone(entropy))
    }

    /// The form in which a row is kept under `key` (the key in the store, prefix included).
    pub fn close(&self, key: &[u8], row: Row) -> Bytes {
        let Some(Seals { cipher, entropy, .. }) = &self.seals else { return row.bytes };
        if row.secret {
            let mut nonce = [0; NONCE_BYTES];
            entropy.fill(&mut nonce);
            let sealed = cipher
                .encrypt(XNonce::from_slice(&nonce), Payload { msg: &row.bytes, aad: key })
                .expect("rows are far below the cipher's limit of 256 GiB");
            return joined(SEALED, &nonce, &sealed);
        }
        joined(PLAIN, &[], &row.bytes)
    }

    /// The row that [`close`](Self::close) was given.
    pub fn row(&self, key: &[u8], kept: Bytes) -> Result<Row, RecordsError> {
        let secret = self.seals.is_some() && kept.first() == Some(&SEALED);
        Ok(Row { bytes: self.open(key, kept)?, secret })
    }

    /// The bytes of the host's own row, which whoever reads a store looks at before any other.
    ///
    /// # Errors
    ///
    /// If it is sealed and does not open, the key file is taken to be another store's.
    pub fn open_first(&self, key: &[u8], kept: Bytes) -> Result<Bytes, HostError> {
        let file = self.seals.as_ref().and_then(|seals| seals.file.as_deref());
        let file = file.filter(|_| is_sealed(&kept)).map(Path::to_owned);
        self.open(key, kept).map_err(|error| match file {
            Some(path) => HostError::OtherKey { path },
            None => error.into(),
        })
    }

    /// The bytes that [`close`](Self::close) was given.
    pub fn open(&self, key: &[u8], mut kept: Bytes) -> Result<Bytes, RecordsError> {
        let Some(Seals { cipher, .. }) = &self.seals else { return Ok(kept) };
        match kept.first() {
            Some(&PLAIN) => {
                kept.advance(1);
                Ok(kept)
            }
            Some(&SEALED) if is_sealed(&kept) => {
                let (nonce, sealed) = kept[1..].split_at(NONCE_BYTES);
                cipher
                    .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: key })
                    .map(Bytes::from)
                    .map_err(|_| damaged(key, "it does not open under this key file"))
            }
            _ => Err(damaged(key, "it is neither plain nor sealed")),
        }
    }
}

/// Whether a row is as a sealed one begins, and long enough for one.
fn is_sealed(kept: &[u8]) -> bool {
    kept.first() == Some(&SEALED) && kept.len() > 1 + NONCE_BYTES
}

/// Writes a file of the owner's that is whole from the moment on that it has its name. One that has
/// the name already stays, and is an error.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A name that nobody else takes, and that nobody has left behind.
    let mut random = [0; 8];
    SystemEntropy.fill(&mut random);
    let mut half = path.as_os_str().to_owned();
    half.push(format!(".new-{}", HEXLOWER.encode(&random)));
    let half = PathBuf::from(half);
    let mut options = fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(&half)?;
    let named = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(&half, path).or_else(|error| rename_new(&half, path, error)));
    // Of no use to anybody, whatever came of it. After the renaming it is gone already.
    let _ = fs::remove_file(&half);
    named?;
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => fs::File::open(folder)?.sync_all(),
        _ => fs::File::open(".")?.sync_all(),
    }
}

/// For file systems without links, such as those of memory sticks.
fn rename_new(half: &Path, path: &Path, error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported if !path.exists() => {
            fs::rename(half, path)
        }
        _ => Err(error),
    }
}

/// A row as it is kept, in no more memory than it takes.
fn joined(how: u8, nonce: &[u8], bytes: &[u8]) -> Bytes {
    let mut kept = Vec::with_capacity(1 + nonce.len() + bytes.len());
    kept.push(how);
    kept.extend_from_slice(nonce);
    kept.extend_from_slice(bytes);
    kept.into()
}

fn damaged(key: &[u8], what: &str) -> RecordsError {
    RecordsError::Damaged { key: HEXLOWER.encode(key), what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(key: u8) -> Sealer {
        Sealer::new(&[key; 32], Arc::new(SystemEntropy))
    }

    #[test]
    fn a_sealed_row_opens_under_its_own_key_only() {
        let sealer = sealer(7);
        let row = Row { bytes: Bytes::from_static(b"swiss"), secret: true };
        let kept = sealer.close(b"a", row.clone());
        assert!(!kept.windows(5).any(|w| w == b"swiss"));
        assert_eq!(sealer.open(b"a", kept.clone()).unwrap(), row.bytes);
        assert!(sealer.open(b"b", kept.clone()).is_err());
        assert!(self::sealer(8).open(b"a", kept).is_err());
    }

    #[test]
    fn a_plain_row_costs_one_byte() {
        let sealer = sealer(7);
        let row = Row { bytes: Bytes::from_static(b"plain"), secret: false };
        let kept = sealer.close(b"a", row.clone());
        assert_eq!(kept.len(), 6);
        assert_eq!(sealer.open(b"a", kept).unwrap(), row.bytes);
    }

    #[test]
    fn a_row_that_never_leaves_memory_is_kept_as_it_is() {
        let sealer = Sealer::of_memory();
        for bytes in [&b""[..], b"\0plain", b"\x01plain"] {
            for secret in [false, true] {
                let row = Row { bytes: Bytes::copy_from_slice(bytes), secret };
                let kept = sealer.close(b"a", row);
                assert_eq!(kept, bytes);
                assert_eq!(sealer.open(b"a", kept).unwrap(), bytes);
            }
        }
    }

    #[test]
    fn a_key_file_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let open = || Sealer::open_file(&path, Arc::new(SystemEntropy));
        let create = || Sealer::create_file(&path, Arc::new(SystemEntropy));
        create().unwrap();
        assert!(open().is_ok());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(open().is_err());
        assert!(create().is_err(), "an existing key file stays");
    }

    #[test]
    fn a_key_file_has_its_name_only_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let row = || Row { bytes: Bytes::from_static(b"swiss"), secret: true };
        // What a crash left of the making of another is in nobody's way.
        fs::write(folder.path().join("key.new-0123456789abcdef"), "").unwrap();
        std::thread::scope(|scope| {
            let make = || Sealer::open_or_create_file(&path, &entropy).unwrap();
            let made: Vec<_> = (0..4).map(|_| scope.spawn(make)).collect();
            let kept = make().close(b"a", row());
            for sealer in made {
                let opened = sealer.join().unwrap().open(b"a", kept.clone());
                assert_eq!(opened.unwrap(), "swiss", "all have the same key");
            }
        });
        let names = fs::read_dir(folder.path()).unwrap();
        assert_eq!(names.count(), 2, "nothing else is left of it");
    }
}
